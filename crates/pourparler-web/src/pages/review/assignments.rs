//! `GET /review/assignments`: who reads which articles, how far they are, and the form in which it is said.

use axum::extract::State;
use maud::html;

use crate::App;
use crate::api::AssignmentQuery;
use crate::ask::Asked;
use crate::pages::Answer;
use crate::pages::articles::{clipped, instant, link};
use crate::pages::parts::pager;
use crate::shell::{Page, Reader};
use crate::widgets::article_address;

/// So many assignments stand on a page.
const LINES: usize = 50;

#[derive(serde::Serialize)]
struct Kept<'a> {
    reviewer: Option<&'a str>,
    offset: Option<usize>,
}

/// `GET /review/assignments`
pub async fn page(State(app): State<App>, reader: Reader, Asked(query): Asked<AssignmentQuery>) -> Answer {
    let reviewer = query.reviewer.clone();
    let paging = pourparler_ledger::Paging { most: LINES, ..query.paging() };
    let found = app.read(move |ledger| ledger.assignments(reviewer.as_deref(), paging)).await?;
    let at = |offset: usize| {
        let offset = Some(offset).filter(|n| *n > 0);
        link("/review/assignments", &Kept { reviewer: query.reviewer.as_deref(), offset })
    };
    let body = html! {
        h1 { "Who reads what" }
        form.asks action="/review/assignments" aria-label="Assignments" {
            label { span { "Reviewer" } input name="reviewer" maxlength="80" value=[query.reviewer.as_ref()]; }
            button { "Show" }
            a href="/review?mine=true" { "What waits for me" } " "
            a href="/review" { "To the queue" }
        }
        form.asks.scripted data-assign aria-label="Assign articles" {
            label { span { "Reviewers, with commas between" } input name="reviewers" required maxlength="1000" autocomplete="off"; }
            label { span { "Next of the queue, for each" } input name="next" type="number" min="1" max="1000" value="10"; }
            label { span { "of these in common" } input name="common" type="number" min="0" max="1000" value="0"; }
            label { span { "or one article, by its id" } input name="article" maxlength="500" autocomplete="off"; }
            button.first { "Assign" }
        }
        p.quiet { "Articles that two or more read tell how far they agree; those in common are spread evenly over the rest." }
        div.assigned data-live="assigned" {
        @if found.items.is_empty() { p { "Nothing is assigned" @if query.reviewer.is_some() { " to them" } "." } }
        @else { div.scroll role="region" aria-label="Assignments" tabindex="0" { table {
            thead { tr { th scope="col" { "Article" } th scope="col" { "Reviewer" } th.number scope="col" { "Decided" } th scope="col" { "State" } th.scripted scope="col" { "Change" } } }
            tbody { @for one in &found.items { tr {
                th scope="row" { a href=(article_address(&one.article)) { @match &one.title { Some(title) => (clipped(title)), None => "Without a headline" } } }
                td { (clipped(&one.reviewer)) }
                td.number { (one.decided) " of " (one.statements) }
                td { @if one.done { "done" } @else { "assigned" } " " span.aside { "by " (clipped(&one.by)) " " (instant(&one.made_at)) } }
                td.scripted data-article=(one.article) data-reviewer=(one.reviewer) {
                    @if !one.done { button.plain type="button" data-becomes="done" { "Done" } " " }
                    button.plain type="button" data-becomes="withdrawn" { "Withdraw" }
                }
            } } }
        } } }
        (pager("assignments", paging.skip, LINES, found.total, at))
        }
    };
    Ok(Page::new("Who reads what").module("together.js").with(&reader, &body))
}
