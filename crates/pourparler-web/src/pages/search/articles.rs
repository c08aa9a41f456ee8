//! The articles that were found.

use maud::{Markup, html};
use pourparler_ledger::{ArticleHead, Page};
use pourparler_text::Text;

use super::{ARTICLES, Asking, form};
use crate::marked::Terms;
use crate::widgets::{article_address, day, grouped, words};

/// So many characters of a text are shown.
const SHOWN: usize = 280;

/// The list; `texts` are those of its articles.
pub fn findings(asking: &Asking, found: &Page<ArticleHead>, texts: &[Option<Text>]) -> Markup {
    let terms = Terms::of(asking.filters.articles().words.as_deref());
    let of_articles = |name: &str| matches!(name, "text" | "outlet" | "since" | "until" | "added_since");
    let idle = form::set(asking).iter().any(|set| set.names.iter().any(|name| !of_articles(name)));
    html! {
        section aria-labelledby="found" {
            h2.hidden-label #found { "Articles" }
            p.aside {
                (grouped(found.total)) " found, those published last first"
                @if idle { " · of articles only words, outlet and period are asked" }
            }
            ol.lines { @for (article, text) in found.items.iter().zip(texts) { li {
                a.line href=(article_address(&article.id)) {
                    (day(article.published)) " "
                    strong { @match &article.title { Some(title) => (terms.mark(title)), None => "no headline" } }
                    @if let Some(text) = text { span.around { (terms.passage(text.as_str(), SHOWN)) } }
                }
                p.particulars {
                    (words(article.outlet.as_deref().unwrap_or("no outlet")))
                    " · " (article.statements) @if article.statements == 1 { " statement" } @else { " statements" }
                    @if let Some(language) = article.language.as_ref().filter(|l| *l != "en") { " · in " (language) }
                }
            } } }
            (asking.pager(found.total, ARTICLES))
        }
    }
}
