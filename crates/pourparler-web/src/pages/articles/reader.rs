//! `GET /articles/{id}`: the text with its statements beside it, in parts where it is long.

use std::collections::HashSet;
use std::ops::Range;

use axum::extract::{Path, State};
use maud::{Markup, html};
use pourparler_brief::excerpt;
use pourparler_ledger::{AppearanceHead, ArticleHead, Comment, LedgerError, Reading, Relative};
use pourparler_text::{CodePoint, Span, Statement, Text};
use serde::Deserialize;

use super::card::{Card, clipped, dialog, done};
use super::comments::{comment_dialog, left, talk};
use super::marks::{Mark, marked, marks};
use super::parts::{Stretch, part_of, parts};
use crate::App;
use crate::api::no_article;
use crate::ask::Asked;
use crate::pages::Answer;
use crate::shell::{Page, Reader};
use crate::talks::Talks;
use crate::widgets::{article_address, day, percent, words};

/// So many inputs, relatives and rejected statements are shown.
const SHOWN: usize = 12;
/// So many statements that began in earlier parts are still marked.
const CARRIED: usize = 40;

/// Which part is asked for.
#[derive(Debug, Deserialize)]
pub struct Query {
    /// That in which this statement stands.
    at: Option<String>,
    /// Its number, from 1 on.
    part: Option<usize>,
}

struct Found {
    reading: Reading,
    head: ArticleHead,
    furniture: Vec<Span<CodePoint>>,
    appearances: Vec<AppearanceHead>,
    relatives: Vec<Relative>,
    comments: Vec<Comment>,
    /// Who reads it.
    reader: String,
}

/// `GET /articles/{id}`
pub async fn page(
    State(app): State<App>,
    reader: Reader,
    Path(id): Path<String>,
    Asked(query): Asked<Query>,
) -> Answer {
    let (asked, name) = (id.clone(), reader.name.clone());
    let read = app.read(move |ledger| -> Result<_, LedgerError> {
        let Some((reading, head)) = ledger.reading(&id)?.zip(ledger.article_head(&id)?) else { return Ok(None) };
        let furniture = ledger.furniture(&id)?.unwrap_or_default();
        let (appearances, relatives) = (ledger.appearances(&id, SHOWN + 1)?, ledger.relatives(&id, SHOWN + 1)?);
        let comments = ledger.comments(&id)?;
        Ok(Some(Found { reading, head, furniture, appearances, relatives, comments, reader: name }))
    });
    let found = read.await?.ok_or_else(|| no_article(&asked))?;
    let talks = app.talks();
    let article = &found.reading.read.article;
    let title = article.title.as_deref().map_or_else(|| "Without a headline".to_owned(), |title| excerpt(title, 300));
    let body = render(&found, &talks, &query, &title);
    Ok(Page::new(excerpt(&title, 90)).module("reader.js").module("comments.js").with(&reader, &body))
}

fn render(found: &Found, talks: &Talks, query: &Query, title: &str) -> Markup {
    let read = &found.reading.read;
    let (article, statements) = (&read.article, &read.statements);
    let parts = parts(article.text.as_str(), statements);
    let wanted = query.at.as_ref().map(|at| statements.iter().position(|s| s.id == *at));
    let number = match wanted {
        Some(Some(at)) => part_of(&parts, at).unwrap_or_default(),
        _ => query.part.unwrap_or(1).saturating_sub(1).min(parts.len().saturating_sub(1)),
    };
    let part = parts.get(number).map_or(&[][..], Vec::as_slice);
    let carried = carried(part, statements);
    let language = article.language.as_deref().filter(|tag| is_tag(tag));
    let link = |n: usize| format!("{}?part={}", article_address(&article.id), n + 1);
    let pager = html! {
        @if parts.len() > 1 { nav.pager aria-label="Parts of the article" {
            @if number > 0 { a rel="prev" href=(link(number - 1)) { "Part before" } }
            span.quiet { "Part " (number + 1) " of " (parts.len()) }
            @if number + 1 < parts.len() { a rel="next" href=(link(number + 1)) { "Part after" } a href=(link(parts.len() - 1)) { "Last" } }
        } }
    };
    html! {
        div.reading #reading data-article=(article.id) data-part=(number + 1) {
            h1 { (words(title)) }
            p.particulars {
                @if let Some(outlet) = &article.outlet { span { (clipped(outlet)) } " · " }
                (day(article.published))
                @if let Some(byline) = &article.byline { " · " span { (clipped(byline)) } }
                " · " span { (statements.len()) @if statements.len() == 1 { " statement" } @else { " statements" } }
                @if let Some(address) = &article.url { " · " (outward(address)) }
            }
            @if wanted == Some(None) { p.note role="status" {
                "There is no statement " (clipped(query.at.as_deref().unwrap_or_default())) " in this article any longer; it was rejected, or the article was read anew."
            } }
            (particulars(found))
            p.legend aria-hidden="true" {
                span.s { "source" } " " span.u { "cue" } " " span.c { "content" } " " span.c.d { "content within content" } " " span.furniture { "page furniture" }
            }
            p.quiet.scripted { "Select words to add a statement or to mend the chosen one. Keys: j k choose, a accept, e correct, x reject, u undo." }
            (pager)
            div.stretches { @for stretch in part { (self::stretch(stretch, part, &carried, found, talks, language)) } }
            @if part.is_empty() { p.silent { "The article has no text." } }
            (pager)
            (rejected(&found.reading))
            (left(&found.comments, &found.reader))
        }
        div.selected #selected role="toolbar" aria-label="Selected words" hidden {
            button type="button" data-new { "New statement" }
            button type="button" data-role="content" { "Content" }
            button type="button" data-role="source" { "Source" }
            button type="button" data-role="cue" { "Cue" }
            span.aside data-of {}
        }
        (dialog())
        (comment_dialog())
    }
}

/// The statements that began in other parts and go on in this one.
fn carried(part: &[Stretch], statements: &[Statement<CodePoint>]) -> Vec<Mark> {
    let (Some(first), Some(last)) = (part.first(), part.last()) else { return Vec::new() };
    let extent = Span::new(first.block.points.start, last.block.points.end);
    let shown: HashSet<usize> = part.iter().flat_map(|s| s.statements.iter().copied()).collect();
    let others = statements.iter().enumerate().filter(|(at, _)| !shown.contains(at)).map(|(_, s)| s);
    others.filter(|s| marks(s).any(|m| m.span.overlaps(extent))).take(CARRIED).flat_map(marks).collect()
}

/// A stretch of text with the statements that begin in it.
fn stretch(
    stretch: &Stretch,
    part: &[Stretch],
    carried: &[Mark],
    found: &Found,
    talks: &Talks,
    language: Option<&str>,
) -> Markup {
    let read = &found.reading.read;
    let block = stretch.block;
    // Statements of this part, those of other blocks too: contents go on over several lines.
    let here =
        part.iter().filter(|other| other.block != block || *other == stretch).flat_map(|other| &other.statements);
    let here = here.flat_map(|&at| marks(&read.statements[at])).chain(carried.iter().copied());
    let all: Vec<Mark> = here.filter(|mark| mark.span.overlaps(block.points)).collect();
    let text: &Text = &read.article.text;
    let line = &text.as_str()[Range::from(block.bytes)];
    let furniture = found.furniture.iter().any(|f| f.overlaps(block.points));
    html! {
        div.stretch data-live={ "b" (block.points.start) "." (stretch.earlier) } {
            p.text.furniture[furniture].on[block.goes_on] dir="auto" lang=[language] { (marked(line, block.points.start, &all)) }
            @if !stretch.statements.is_empty() { div.cards {
                @if stretch.all > stretch.statements.len() { p.quiet {
                    "Statements " (stretch.earlier + 1) "–" (stretch.earlier + stretch.statements.len()) " of " (stretch.all) " that begin here"
                } }
                @for &at in &stretch.statements {
                    (Card::of(&found.reading, at, talks).render())
                    (talk(&read.article.id, &read.statements[at].id, &found.comments, &found.reader))
                }
            } }
        }
    }
}

/// Where the article came from, and which others tell the same.
fn particulars(found: &Found) -> Markup {
    let first = found.appearances.first();
    html! {
        details.origin {
            summary { "Where it came from"
                @if !found.relatives.is_empty() { ", and " (counted(found.relatives.len())) @if found.relatives.len() == 1 { " copy or update" } @else { " copies or updates" } }
            }
            dl {
                @if let Some(modified) = first.and_then(|a| a.modified) { dt { "Changed" } dd { (day(Some(modified))) } }
                @if let Some(language) = &found.head.language { dt { "Language" } dd { (clipped(language)) } }
                dt { "Stored" } dd { (super::instant(&found.head.added_at.to_string())) }
                dt { "Read by" } dd { (clipped(&found.head.extractor)) }
                dt { "SHA-256 of the text" } dd { code { (found.head.sha256) } }
                @for appearance in found.appearances.iter().take(SHOWN) {
                    dt { "Input" } dd { (clipped(&appearance.source)) ", " (clipped(&appearance.decoding)) br; span.aside { "bytes " code { (appearance.sha256) } } }
                }
                @if found.appearances.len() > SHOWN { dt { "Input" } dd { "and others" } }
                @for relative in found.relatives.iter().take(SHOWN) {
                    dt { (kin(relative)) }
                    dd { a href=(article_address(&relative.article.id)) {
                        @match &relative.article.title { Some(title) => (clipped(title)), None => "Without a headline" }
                    } " " span.aside {
                        @if let Some(outlet) = &relative.article.outlet { (clipped(outlet)) ", " } (day(relative.article.published)) ", "
                        (percent(f64::from(relative.score))) " of the words in common"
                    } }
                }
                @if found.relatives.len() > SHOWN { dt { "Others" } dd { "and more" } }
            }
        }
    }
}

fn counted(n: usize) -> String {
    if n > SHOWN { format!("more than {SHOWN}") } else { n.to_string() }
}

fn kin(relative: &Relative) -> &'static str {
    match (relative.kinship.as_str(), relative.later) {
        ("update", true) => "Updated by",
        ("update", false) => "Update of",
        (_, true) => "Copied by",
        (_, false) => "Copy of",
    }
}

/// What was said to be no statement, with the way to bring it back.
fn rejected(reading: &Reading) -> Markup {
    let deed = |number: i64| reading.deeds.iter().find(|d| d.review.number == number);
    let all: Vec<_> = reading.rejected.iter().rev().filter_map(|(s, number)| Some((s, deed(*number)?))).collect();
    html! {
        section.rejected data-live="rejected" hidden[all.is_empty()] {
            h2 { "Rejected" }
            ul.lines { @for (statement, deed) in all.iter().take(SHOWN) { li {
                span.said { (clipped(&deed.words)) } " "
                @if let Some(name) = &statement.speaker.name { (clipped(name)) " " } (done(deed))
            } } }
            @if all.len() > SHOWN { p { a href="/review/log?verdict=reject" { "and " (all.len() - SHOWN) " more" } } }
        }
    }
}

/// An address as a link where it leads to the web, and as words where it does not.
fn outward(address: &str) -> Markup {
    let start = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    let web = start.starts_with("http://") || start == "https://";
    html! {
        @if web && address.len() < 2_000 && !address.contains(char::is_whitespace) {
            a href=(address) rel="noreferrer noopener" { (clipped(address)) }
        } @else { (clipped(address)) }
    }
}

/// Whether it can be a language tag.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary =
        parts.next().is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    primary && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}
