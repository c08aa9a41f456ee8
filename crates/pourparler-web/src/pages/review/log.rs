//! `GET /review/log`: all decisions, the latest first, with the way to undo each.

use axum::extract::State;
use maud::html;
use pourparler_ledger::{Did, Paging, ReviewFilter, Verdict};
use serde::Serialize;

use crate::App;
use crate::api::{LogKind, LogQuery};
use crate::ask::Asked;
use crate::pages::Answer;
use crate::pages::articles::{clipped, instant, link};
use crate::pages::parts::pager;
use crate::shell::{Page, Reader};
use crate::widgets::{address_in, article_address};

/// So many decisions stand on a page.
const LINES: usize = 50;

#[derive(Serialize)]
struct Kept<'a> {
    reviewer: Option<&'a str>,
    verdict: Option<&'a str>,
    offset: Option<usize>,
}

/// `GET /review/log`
pub async fn page(State(app): State<App>, reader: Reader, Asked(query): Asked<LogQuery>) -> Answer {
    let offset = query.offset.unwrap_or_default();
    let filter = ReviewFilter { reviewer: query.reviewer.clone(), verdict: query.verdict.map(LogKind::deed) };
    let found = app.read(move |ledger| ledger.deeds(&filter, Paging { skip: offset, most: LINES })).await?;
    let verdict = query.verdict.map(|kind| match kind {
        LogKind::Keep => "keep",
        LogKind::Reject => "reject",
        LogKind::Undo => "undo",
    });
    let kept = |offset: usize| {
        let offset = Some(offset).filter(|n| *n > 0);
        link("/review/log", &Kept { reviewer: query.reviewer.as_deref(), verdict, offset })
    };
    let body = html! {
        h1 { "Log of decisions" }
        form.asks action="/review/log" aria-label="Decisions" {
            label { span { "Reviewer" } input name="reviewer" value=[query.reviewer.as_ref()]; }
            label { span { "Verdict" } select name="verdict" {
                @for (value, label) in [("", "all"), ("keep", "accepted, corrected, added"), ("reject", "rejected"), ("undo", "undone")] {
                    option value=(value) selected[verdict.unwrap_or_default() == value] { (label) }
                }
            } }
            button { "Show" }
            a href="/review" { "To the queue" }
        }
        @if found.items.is_empty() { p { "No decision passes." } }
        ol.lines.log data-live="log" { @for deed in &found.items {
            @let review = &deed.review;
            li.gone[review.undone] {
                span.day { (review.number) } " " (instant(&review.made_at)) " " span.human { (clipped(&review.reviewer)) } " "
                (told(deed.did)) @if let Verdict::Undo(number) = review.verdict { " " (number) }
                @if !deed.parts.is_empty() { " (" (deed.parts.iter().map(|p| p.as_str()).collect::<Vec<_>>().join(", ")) ")" } ": "
                @if let Some(article) = &review.article {
                    a.said href=(deed.statement.as_ref().map_or_else(|| article_address(article), |id| address_in(article, id))) { (clipped(&deed.words)) }
                }
                @if review.undone { " " em { "undone" } }
                @else if deed.did != Did::Undo { " " button.plain type="button" data-undo=(review.number) { "Undo" } }
            }
        } }
        (pager("decisions", offset, LINES, found.total, kept))
    };
    Ok(Page::new("Log of decisions").module("review.js").with(&reader, &body))
}

fn told(did: Did) -> &'static str {
    match did {
        Did::Accept => "accepted",
        Did::Correct => "corrected",
        Did::Add => "added",
        Did::Reject => "rejected",
        Did::Undo => "took back",
    }
}
