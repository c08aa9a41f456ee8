//! Review: statements that wait for a decision, one at a time with the words around them; how right the machine was so far; the log; where
//! reviewers differ; who reads what.

mod assignments;
mod context;
mod disagreements;
mod figures;
mod log;

use axum::extract::State;
use maud::html;
use pourparler_ledger::{LedgerError, Paging};
use serde::{Deserialize, Serialize};

pub use assignments::page as assignments;
pub use disagreements::page as disagreements;
pub use log::page as log;

use super::Answer;
use super::articles::{Card, clipped, comment_dialog, dialog, link, talk};
use crate::App;
use crate::api::Waiting;
use crate::ask::Asked;
use crate::quality::Quality;
use crate::shell::{Page, Reader};
use crate::widgets::{day, statement_address};

/// So many statements are sent at once; the module asks for more before they are used up.
const DECK: usize = 8;
/// So many parties and issues are offered.
const CHOICES: usize = 100;

/// Which statements wait, and how many are passed over.
#[derive(Debug, Default, Deserialize)]
pub struct Query {
    speaker: Option<String>,
    party: Option<String>,
    issue: Option<String>,
    /// What waits for whoever asks, in the articles assigned to them.
    mine: Option<bool>,
    skip: Option<usize>,
}

#[derive(Serialize)]
struct Kept<'a> {
    speaker: Option<&'a str>,
    party: Option<&'a str>,
    issue: Option<&'a str>,
    mine: Option<bool>,
    skip: Option<usize>,
}

/// `GET /review`
pub async fn page(State(app): State<App>, reader: Reader, Asked(query): Asked<Query>) -> Answer {
    let skip = query.skip.unwrap_or_default();
    let waiting = Waiting {
        speaker: query.speaker.clone(),
        party: query.party.clone(),
        issue: query.issue.clone(),
        mine: query.mine,
        ..Waiting::default()
    };
    let (name, mine) = (reader.name.clone(), query.mine == Some(true));
    let read = app.read(move |ledger| -> Result<_, LedgerError> {
        let found = waiting.page(ledger, &name, Paging { skip, most: DECK })?;
        let mut texts = std::collections::HashMap::new();
        let mut comments = std::collections::HashMap::new();
        for entry in &found.items {
            if !texts.contains_key(&entry.article) {
                texts.insert(entry.article.clone(), ledger.article_text(&entry.article)?.unwrap_or_default());
                comments.insert(entry.article.clone(), ledger.comments(&entry.article)?);
            }
        }
        let own = ledger.assignments(Some(&name), Paging::first(if mine { usize::MAX } else { 0 }))?;
        let total = match mine {
            true => own.items.iter().map(|one| if one.done { one.decided } else { one.statements }).sum(),
            false => ledger.count(&waiting.filter())?,
        };
        Ok((found, texts, comments, own.total, total))
    });
    let (found, texts, comments, own, total) = read.await?;
    let current = app.view().await?;
    let quality = match current.quality.get() {
        Some(quality) => quality.clone(),
        None => {
            let quality = app.read(Quality::read).await?;
            current.quality.get_or_init(|| quality).clone()
        }
    };
    let talks = &current.talks;
    let (waits, done) = (found.total, total.saturating_sub(found.total));
    let at = |skip: usize| {
        let (speaker, party, issue) = (query.speaker.as_deref(), query.party.as_deref(), query.issue.as_deref());
        link("/review", &Kept { speaker, party, issue, mine: query.mine, skip: Some(skip).filter(|n| *n > 0) })
    };
    let body = html! {
        h1 { "Review" }
        form.asks action="/review" aria-label="What to review" {
            label { span { "Issue" } select name="issue" {
                option value="" { "all issues" }
                @for issue in talks.issues.iter().take(CHOICES) {
                    option value=(issue.id) selected[query.issue.as_ref() == Some(&issue.id)] { (issue.label) }
                }
            } }
            label { span { "Party" } select name="party" {
                option value="" { "all parties" }
                @for row in current.matrix.rows.iter().take(CHOICES) {
                    option value=(row.party) selected[query.party.as_ref() == Some(&row.party)] { (pourparler_brief::excerpt(&row.party, 60)) }
                }
            } }
            label { span { "Speaker" } input name="speaker" value=[query.speaker.as_ref()] placeholder="words of the name"; }
            button { "Show" }
            a href="/review/log" { "Log of decisions" }
        }
        p.way data-live="ways" {
            @if mine { a href="/review" { "What waits for anybody" } } @else if own > 0 { a href="/review?mine=true" { "What waits for me" } } @if mine || own > 0 { " · " }
            a href="/review/disagreements" { "Where reviewers differ" @if quality.open > 0 { " (" (quality.open) ")" } } " · "
            a href="/review/assignments" { "Who reads what" }
        }
        div.tally data-live="tally" {
            progress max=(total.max(1)) value=(done) aria-label="Decided on" {}
            p.quiet {
                @if mine { (waits) " wait for " bdi { (reader.name) } " in the articles assigned to them, " (done) " are done" }
                @else { (waits) " wait for a decision, " (done) " that stand were decided on; the least certain come first" }
            }
        }
        @if found.items.is_empty() {
            p #deck-end { @if total == 0 { "There are no statements here." } @else if skip > 0 { "No more wait after those that you passed over. " a href=(at(0)) { "To the first" } } @else { "Nothing waits for a decision here." } }
        } @else {
            p.quiet.scripted { "Keys: a accept, x reject, e correct, s skip, u undo, j k go on and back." }
        }
        div.deck #deck data-waits=(waits) data-skip=(skip) {
            @for entry in &found.items {
                @let statement = &entry.statement;
                section.turn data-turn={ (entry.article) "/" (statement.id) } {
                    p.particulars {
                        a href=(statement_address(entry)) { @match &entry.title { Some(title) => (clipped(title)), None => "Without a headline" } }
                        @if let Some(outlet) = &entry.outlet { " · " (clipped(outlet)) } " · " (day(entry.published))
                    }
                    (context::around(texts.get(&entry.article).map_or("", String::as_str), statement))
                    (Card { article: &entry.article, statement, deed: None, made: None, talks }.render())
                    (talk(&entry.article, &statement.id, comments.get(&entry.article).map_or(&[], Vec::as_slice), &reader.name))
                }
            }
        }
        @if skip + found.items.len() < waits {
            nav.pager.unscripted aria-label="More" { a rel="next" href=(at(skip + found.items.len())) { "Further statements" } }
        }
        p.scripted #deck-done hidden { "That was all that waits here." }
        (figures::quality(&quality))
        (dialog())
        (comment_dialog())
    };
    let title = query.issue.as_deref().map_or("Review", |_| "Review by issue");
    Ok(Page::new(title).module("review.js").module("comments.js").of(&current).with(&reader, &body))
}
