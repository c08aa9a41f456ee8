//! The statements that were found.

use maud::{Markup, html};
use pourparler_ledger::{Facets, Page};
use pourparler_text::{Entry, Quotation};

use super::{Asking, STATEMENTS, facets};
use crate::api::MOST_ROWS;
use crate::marked::Terms;
use crate::widgets::{article_address, day, decided, grouped, stance, statement_address, words};

/// So many characters of a content are shown.
const SHOWN: usize = 320;

/// The list, with the counts by which to narrow it down.
pub fn findings(asking: &Asking, found: &Page<Entry>, facets: &Facets) -> Markup {
    let filter = asking.filters.filter();
    let words = Terms::of(filter.text.as_deref());
    let names = Terms::of(filter.text.iter().chain(&filter.speaker).map(String::as_str));
    let table = format!("/api/v1/statements.csv{}", asking.filters.query(&[]));
    html! {
        (facets::months(asking, facets))
        div.findings {
            section aria-labelledby="found" {
                h2.hidden-label #found { "Statements" }
                p.aside {
                    (grouped(found.total)) " found, counted in each article that carries them · "
                    a href="#narrow" class="to-facets" { "Narrow down" }
                    " " a href=(table) download="statements.csv" {
                        @if found.total > MOST_ROWS { "CSV of the first " (grouped(MOST_ROWS)) } @else { "CSV" }
                    }
                }
                ol.lines { @for entry in &found.items { li { (line(asking, entry, &words, &names)) } } }
                (asking.pager(found.total, STATEMENTS))
            }
            (facets::facets(asking, facets))
        }
    }
}

fn line(asking: &Asking, entry: &Entry, searched: &Terms, names: &Terms) -> Markup {
    let statement = &entry.statement;
    let direct = statement.quotation == Quotation::Direct;
    // Words that stand in the sentence alone are shown in it.
    let around = !searched.are_in(&entry.content) && searched.are_in(&entry.sentence);
    let speaker = &statement.speaker;
    html! {
        a.line href=(statement_address(entry)) {
            (day(entry.day())) " "
            span.who {
                @match &speaker.name { Some(name) => strong { (names.mark(name)) }, None => em { "no source named" } }
                @if let Some(role) = &speaker.role { ", " (words(role)) }
                @if let Some(party) = speaker.party.as_ref().filter(|p| speaker.name.as_ref() != Some(p)) { " · " (words(party)) }
            }
            ": " span.said { @if direct { "“" } (searched.passage(unquoted(&entry.content, direct), SHOWN)) @if direct { "”" } }
            @if around { span.around { (searched.passage(&entry.sentence, SHOWN)) } }
        }
        p.particulars {
            (statement.act)
            @for position in &statement.positions {
                " · " (stance(position.stance)) " "
                a href=(asking.address(&[("issue", Some(&position.issue))])) { (words(asking.talks.label(&position.issue))) }
            }
            " · " a href=(article_address(&entry.article)) { (words(entry.outlet.as_deref().unwrap_or("no outlet"))) }
            " · " (decided(entry))
        }
    }
}

/// Words without the marks and commas that print sets around them.
fn unquoted(content: &str, direct: bool) -> &str {
    let marks = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | ',') || c.is_whitespace();
    if direct { content.trim_matches(marks) } else { content }
}
