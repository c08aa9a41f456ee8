//! Articles: the list of them, and each to be read with its statements beside its words.

mod card;
mod comments;
mod marks;
mod parts;
mod reader;

use axum::extract::State;
use maud::html;
use serde::Serialize;

pub use card::{Card, clipped, dialog, instant, value};
pub use comments::{comment_dialog, talk};
pub use marks::{Mark, marked, marks};
pub use reader::page as read;

use super::Answer;
use super::parts::pager;
use crate::App;
use crate::api::ArticleQuery;
use crate::ask::Asked;
use crate::shell::{Page, Reader};
use crate::widgets::{article_address, day};

/// So many articles stand on a page.
const LINES: usize = 50;
/// So many outlets and languages are offered.
const VALUES: usize = 200;

/// What the addresses of the pages of a list have in common.
#[derive(Serialize)]
struct Kept<'a> {
    text: &'a Option<String>,
    outlet: &'a Option<String>,
    language: &'a Option<String>,
    since: Option<String>,
    until: Option<String>,
    offset: Option<usize>,
}

/// The address of a page with a query, which leaves out what is not set.
pub fn link(path: &str, query: &impl Serialize) -> String {
    let query = serde_html_form::to_string(query).unwrap_or_default();
    let given: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.ends_with('=')).collect();
    if given.is_empty() { path.to_owned() } else { format!("{path}?{}", given.join("&")) }
}

/// `GET /articles`
pub async fn list(State(app): State<App>, reader: Reader, Asked(query): Asked<ArticleQuery>) -> Answer {
    let query = ArticleQuery { limit: Some(LINES), ..query };
    let (filter, paging) = (query.filter(), query.paging());
    let read = app.read(move |ledger| -> Result<_, pourparler_ledger::LedgerError> {
        Ok((ledger.article_page(&filter, paging)?, ledger.article_values()?))
    });
    let (found, values) = read.await?;
    let kept = |offset: usize| {
        let (since, until) = (query.since.map(|d| d.to_string()), query.until.map(|d| d.to_string()));
        let offset = Some(offset).filter(|n| *n > 0);
        let kept = Kept { text: &query.text, outlet: &query.outlet, language: &query.language, since, until, offset };
        link("/articles", &kept)
    };
    let choice =
        |name: &str, label: &str, any: &str, chosen: &Option<String>, values: &[pourparler_ledger::FacetValue]| {
            let rare = chosen.as_ref().filter(|c| values.iter().take(VALUES).all(|v| v.value != **c));
            html! { label { span { (label) } select name=(name) {
                option value="" { (any) }
                @if let Some(rare) = rare { option value=(rare) selected { (pourparler_brief::excerpt(rare, 60)) } }
                @for value in values.iter().take(VALUES) {
                    option value=(value.value) selected[chosen.as_ref() == Some(&value.value)] {
                        (pourparler_brief::excerpt(&value.value, 60)) " (" (value.count) ")"
                    }
                }
            } } }
        };
    let body = html! {
        h1 { "Articles" }
        form.asks action="/articles" role="search" aria-label="Articles" {
            label { span { "Words of headline or text" } input type="search" name="text" value=[query.text.as_ref()]; }
            (choice("outlet", "Outlet", "all outlets", &query.outlet, &values.outlets))
            (choice("language", "Language", "all languages", &query.language, &values.languages))
            label { span { "From" } input type="date" name="since" value=[query.since.map(|day| day.to_string())]; }
            label { span { "to" } input type="date" name="until" value=[query.until.map(|day| day.to_string())]; }
            button { "Show" }
        }
        p.quiet { (found.total) @if found.total == 1 { " article" } @else { " articles" } ", those published last first" }
        @if found.items.is_empty() {
            p { "No article passes. " @if query.text.is_some() || query.outlet.is_some() || query.language.is_some() || query.since.is_some() || query.until.is_some() {
                a href="/articles" { "Show all" }
            } @else { a href="/add" { "Add some" } } }
        }
        ol.lines.articles { @for head in &found.items { li { a.line href=(article_address(&head.id)) {
            (day(head.published)) " "
            span.said { @match &head.title { Some(title) => (crate::widgets::words(&pourparler_brief::excerpt(title, 160))), None => em { "without a headline" } } } " "
            span.aside {
                @if let Some(outlet) = &head.outlet { (clipped(outlet)) " · " }
                @if let Some(language) = &head.language { (clipped(language)) " · " }
                (head.statements) @if head.statements == 1 { " statement" } @else { " statements" }
            }
        } } } }
        (pager("articles", paging.skip, LINES, found.total, kept))
    };
    Ok(Page::new("Articles").with(&reader, &body))
}
