//! `GET /review/disagreements`: where reviewers differ, their readings side by side, and the way to settle it.

use axum::extract::State;
use maud::{Markup, html};
use pourparler_brief::excerpt;
use pourparler_ledger::{Part, Review};
use pourparler_text::{CodePoint, Span, Statement, Text};

use super::context::around;
use crate::App;
use crate::api::{ArticleQuery, Differing, differing};
use crate::ask::Asked;
use crate::pages::Answer;
use crate::pages::articles::{clipped, dialog, instant, link, value};
use crate::pages::parts::pager;
use crate::shell::{Page, Reader};
use crate::talks::Talks;
use crate::widgets::{article_address, day};

/// So many disagreements stand on a page.
const SHOWN: usize = 20;
/// So many characters of words are shown in a cell.
const WORDS: usize = 300;
/// So many reviewers stand side by side.
const READERS: usize = 12;

#[derive(serde::Serialize)]
struct Kept {
    offset: Option<usize>,
}

/// `GET /review/disagreements`
pub async fn page(State(app): State<App>, reader: Reader, Asked(query): Asked<ArticleQuery>) -> Answer {
    let offset = query.paging().skip;
    let paging = pourparler_ledger::Paging { skip: offset, most: SHOWN };
    let found = app.read(move |ledger| differing(ledger, paging)).await?;
    let talks = app.talks();
    let at = |offset: usize| link("/review/disagreements", &Kept { offset: Some(offset).filter(|n| *n > 0) });
    let body = html! {
        h1 { "Where reviewers differ" }
        p.way { a href="/review" { "To the queue" } " · " a href="/review/log" { "Log of decisions" } }
        div #disagreements data-live="disagreements" {
            @if found.total == 0 { p { "No disagreement waits to be settled." } }
            @else { p.quiet { (found.total) @if found.total == 1 { " waits" } @else { " wait" } " to be settled. What is settled holds until somebody decides otherwise; what each decided stays in the log and counts for the agreement." } }
            @for one in &found.items { (disagreement(one, &talks)) }
            (pager("disagreements", offset, SHOWN, found.total, at))
        }
        (dialog())
    };
    Ok(Page::new("Where reviewers differ").module("together.js").with(&reader, &body))
}

fn disagreement(one: &Differing, talks: &Talks) -> Markup {
    let Differing { opinion, article } = one;
    let numbers = opinion.decisions.iter().map(|review| review.number.to_string()).collect::<Vec<_>>().join(" ");
    let text = &article.text;
    let kept = opinion.decisions.iter().rev().find_map(|review| review.verdict.kept());
    let shown = kept.cloned().unwrap_or_else(|| Statement::bare("", opinion.content.clone()));
    let decisions: Vec<&Review> = opinion.decisions.iter().take(READERS).collect();
    html! {
        section.differ data-decisions=(numbers) {
            p.particulars {
                a href=(article_address(&article.id)) { @match &article.title { Some(title) => (clipped(title)), None => "Without a headline" } }
                @if let Some(outlet) = &article.outlet { " · " (clipped(outlet)) } " · " (day(article.published))
            }
            (around(text.as_str(), &shown))
            div.scroll role="region" aria-label={ "Readings " (numbers) } tabindex="0" { table {
                thead { tr { th scope="col" { "Differ in" } @for review in &decisions {
                    th scope="col" { span.human { (clipped(&review.reviewer)) } br; (instant(&review.made_at)) }
                } } }
                tbody {
                    @if opinion.disputed { tr { th scope="row" { "statement" } @for review in &decisions {
                        td { @if review.verdict.kept().is_some() { "is one" } @else { "is none" } }
                    } } }
                    @for part in &opinion.parts { tr { th scope="row" { (part.as_str()) } @for review in &decisions {
                        td { @match review.verdict.kept() { Some(kept) => (cell(*part, kept, text, talks)), None => span.quiet { "–" } } }
                    } } }
                }
                tfoot.scripted { tr { th scope="row" { "Settle" } @for review in &decisions { td {
                    button type="button" data-settle=(review.number) { "This holds" }
                    @if review.verdict.kept().is_some() { " " button type="button" data-mend=(review.number) { "Put right" } }
                } } } }
            } }
            @if opinion.decisions.len() > READERS { p.quiet { "and " (opinion.decisions.len() - READERS) " further reviewers" } }
            p.scripted { label { span.quiet { "Why (may stay empty) " } input name="note" maxlength="4000" autocomplete="off"; } }
        }
    }
}

/// What a reading has in a part: its words where these differ.
fn cell(part: Part, statement: &Statement<CodePoint>, text: &Text, talks: &Talks) -> Markup {
    let spans = match part {
        Part::Content => &statement.content,
        Part::Source => &statement.source,
        Part::Cue => &statement.cue,
        _ => return html! { bdi { (excerpt(&value(part, statement, talks), WORDS)) } },
    };
    let words = |span: &Span<CodePoint>| text.get(text.to_bytes(*span)).to_owned();
    let all = spans.iter().take(20).map(words).collect::<Vec<_>>().join(" … ");
    html! { @if all.is_empty() { "none" } @else { bdi { (excerpt(&all, WORDS)) } } }
}
