//! Search: words and filters over statements and articles, counts by which to narrow down, and all of it in the address.

mod articles;
mod facets;
mod form;
mod statements;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::State;
use maud::{Markup, html};
use pourparler_ledger::{Facets, Filter, LedgerError, Paging};
use serde::Deserialize;

use super::Answer;
use super::parts::numbered;
use crate::App;
use crate::ask::Asked;
use crate::filters::Filters;
use crate::shell::{Page, Reader};
use crate::talks::Talks;
use crate::widgets::grouped;

/// So many statements, and so many articles, are on a page.
const STATEMENTS: usize = 40;
const ARTICLES: usize = 25;

/// What of the findings is shown.
#[derive(Debug, Default, Deserialize)]
pub struct Query {
    tab: Option<Tab>,
    /// From 1 on.
    page: Option<usize>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Tab {
    #[default]
    Statements,
    Articles,
}

/// What the parts of the page are made from.
struct Asking<'a> {
    filters: &'a Filters,
    talks: &'a Talks,
    tab: Tab,
    /// From 1 on.
    page: usize,
}

impl Asking<'_> {
    /// The address of this search with some of it changed; a changed search begins on its first page.
    fn address(&self, changes: &[(&'static str, Option<&str>)]) -> String {
        let mut changes = changes.to_vec();
        if self.tab == Tab::Articles && changes.iter().all(|(name, _)| *name != "tab") {
            changes.push(("tab", Some("articles")));
        }
        format!("/search{}", self.filters.query(&changes))
    }

    /// Links to the pages before and after.
    fn pager(&self, total: usize, most: usize) -> Markup {
        let to = |page: usize| self.address(&[("page", Some(&page.to_string()))]);
        numbered("the findings", self.page, total.div_ceil(most).max(1), to)
    }
}

/// `GET /search`
pub async fn page(
    State(app): State<App>,
    reader: Reader,
    Asked(filters): Asked<Filters>,
    Asked(query): Asked<Query>,
) -> Answer {
    let talks = app.talks();
    let tab = query.tab.unwrap_or_default();
    let asking = Asking { filters: &filters, talks: &talks, tab, page: query.page.unwrap_or(1).max(1) };
    let most = if tab == Tab::Statements { STATEMENTS } else { ARTICLES };
    let paging = |own: Tab| match own == tab {
        true => Paging { skip: (asking.page - 1).saturating_mul(most), most },
        false => Paging::first(0),
    };
    let (filter, order, of_articles) = (filters.filter(), filters.order(), filters.articles());
    let (statements_part, articles_part) = (paging(Tab::Statements), paging(Tab::Articles));
    let found = app.read(move |ledger| {
        let statements = ledger.page(&filter, order, statements_part)?;
        let articles = ledger.article_page(&of_articles, articles_part)?;
        let texts = articles.items.iter().map(|a| Ok(ledger.article(&a.id)?.map(|found| found.article.text)));
        let texts = texts.collect::<Result<Vec<_>, LedgerError>>()?;
        Ok::<_, LedgerError>((statements, articles, texts))
    });
    let (found, facets, all) = tokio::join!(found, app.facets(filters.filter()), app.facets(Filter::default()));
    let ((statements, articles, texts), facets, all): (_, Arc<Facets>, Arc<Facets>) = (found?, facets?, all?);
    let tabs = [
        (Tab::Statements, None, "Statements", statements.total),
        (Tab::Articles, Some("articles"), "Articles", articles.total),
    ];
    let nothing = match tab {
        Tab::Statements => statements.total == 0,
        Tab::Articles => articles.total == 0,
    };
    let way_out = if nothing { ways_out(&app, &asking).await? } else { Vec::new() };
    let body = html! {
        div.search {
            h1 { "Search" }
            (form::form(&asking, &all))
            nav.tabs aria-label="What was found" {
                @for (own, name, label, count) in tabs {
                    a href=(asking.address(&[("tab", name)])) aria-current=[(own == tab).then_some("page")] {
                        (label) " " span.count { (grouped(count)) }
                    }
                }
            }
            @if nothing {
                (empty(&asking, &way_out, all.statements, articles.total, statements.total))
            } @else {
                @match tab {
                    Tab::Statements => (statements::findings(&asking, &statements, &facets)),
                    Tab::Articles => (articles::findings(&asking, &articles, &texts)),
                }
            }
        }
    };
    let title = filters.filter().text.map_or_else(|| "Search".to_owned(), |words| format!("{words} – Search"));
    Ok(Page::new(title).module("search.js").with(&reader, &body))
}

/// What there would be without one of the filters: its names, what it asks for, how much would be found.
async fn ways_out(app: &App, asking: &Asking<'_>) -> Result<Vec<(form::Set, usize)>, crate::WebError> {
    let set = form::set(asking);
    let mut without = Vec::new();
    for filter in &set {
        let rest = asking.filters.without(&filter.names)?;
        without.push((rest.filter(), rest.articles()));
    }
    let tab = asking.tab;
    let counts = app
        .read(move |ledger| {
            let count = |(statements, articles): &(Filter, _)| match tab {
                Tab::Statements => ledger.count(statements),
                Tab::Articles => ledger.article_page(articles, Paging::first(0)).map(|page| page.total),
            };
            without.iter().map(count).collect::<Result<Vec<_>, LedgerError>>()
        })
        .await?;
    let mut found: Vec<_> = set.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect();
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(found)
}

/// What to do where nothing was found.
fn empty(asking: &Asking, ways_out: &[(form::Set, usize)], all: usize, articles: usize, statements: usize) -> Markup {
    let what = if asking.tab == Tab::Statements { "statement" } else { "article" };
    html! {
        section.empty aria-labelledby="nothing" {
            @if all == 0 && asking.filters.pairs().is_empty() {
                h2 #nothing { "Nothing is on record yet" }
                p { "What is said in articles can be found here once there are some: " a href="/add" { "add articles" } "." }
            } @else {
                h2 #nothing { "No " (what) " passes all of this" }
                @if asking.page > 1 { p { a href=(asking.address(&[])) { "Back to the first page" } } }
                @if !ways_out.is_empty() {
                    p { "There would be" }
                    ul { @for (set, count) in ways_out {
                        li {
                            a href=(asking.address(&set.taken_away())) { (grouped(*count)) " without " (set.name) " " bdi { (set.value) } }
                        }
                    } }
                }
                @if asking.tab == Tab::Statements && articles > 0 {
                    p { a href=(asking.address(&[("tab", Some("articles"))])) { "Articles hold it: " (grouped(articles)) } }
                }
                @if asking.tab == Tab::Articles && statements > 0 {
                    p { a href=(asking.address(&[("tab", None)])) { "Statements pass it: " (grouped(statements)) } }
                }
                @if ways_out.is_empty() && articles == 0 {
                    p { "Whole words are looked for, all of them; fewer words, or the beginning of a name spelled out, find more." }
                }
            }
        }
    }
}
