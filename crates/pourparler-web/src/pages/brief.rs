//! The brief: what the record adds up to, chosen, read, printed and taken along.

use axum::extract::{RawQuery, State};
use maud::{Markup, html};

use super::Answer;
use crate::api::brief::{Query, made};
use crate::app::Current;
use crate::ask::Asked;
use crate::shell::{Page, Reader};
use crate::widgets::words;
use crate::{App, assets};

/// So many parties and issues can be chosen on the page; the address takes any.
const CHOICES: usize = 80;

/// `GET /brief`
pub async fn page(
    State(app): State<App>,
    reader: Reader,
    RawQuery(raw): RawQuery,
    Asked(query): Asked<Query>,
) -> Answer {
    let current = app.view().await?;
    let asked = raw.filter(|raw| !raw.is_empty()).map_or_else(String::new, |raw| format!("?{raw}"));
    let made = made(&app, query.clone()).await?;
    let body = html! {
        link rel="stylesheet" href=(assets::address("brief.css"));
        div.making-brief {
            (choice(&current, &query))
            p.buttons.take {
                button type="button" data-print { "Print, or keep as PDF" }
                a.button href={ "/api/v1/brief.html" (asked) } download { "HTML" }
                a.button href={ "/api/v1/brief.md" (asked) } download { "Markdown" }
                a.button href={ "/api/v1/brief" (asked) } { "JSON" }
            }
        }
        article.brief { (made.body()) }
    };
    Ok(Page::new(&made.brief.title).module("brief.js").of(&current).with(&reader, &body))
}

fn choice(current: &Current, query: &Query) -> Markup {
    let parties = current.matrix.rows.iter().map(|row| (row.party.as_str(), row.party.as_str(), row.statements.len()));
    let issues = current.matrix.issues.iter().map(|c| (c.id.as_str(), current.talks.label(&c.id), c.statements.len()));
    html! {
        form.asks method="get" action="/brief" aria-label="What the brief is about" {
            label { span { "Title" } input name="title" value=[query.title.as_deref()] maxlength="200"; }
            label { span { "New since" } input type="date" name="since" value=[query.since.map(|d| d.to_string())]; }
            label { span { "Up to" } input type="date" name="until" value=[query.until.map(|d| d.to_string())]; }
            (boxes("Parties", "party", parties, &query.party))
            (boxes("Issues", "issue", issues, &query.issue))
            button.first { "Write it" }
        }
    }
}

/// What can be chosen of a kind, folded away: all where nothing is.
fn boxes<'a>(
    title: &str,
    name: &str,
    choices: impl Iterator<Item = (&'a str, &'a str, usize)>,
    chosen: &[String],
) -> Markup {
    let mut choices: Vec<_> = choices.take(CHOICES).collect();
    // What was chosen and is not on record stays chosen.
    for own in chosen {
        if choices.iter().all(|(value, ..)| value != own) {
            choices.push((own, own, 0));
        }
    }
    html! {
        details.boxes {
            summary { (title) ": " @if chosen.is_empty() { "all" } @else { (chosen.len()) " of " (choices.len()) } }
            fieldset {
                legend.hidden-label { (title) }
                @for (value, label, statements) in choices {
                    label {
                        input type="checkbox" name=(name) value=(value) checked[chosen.iter().any(|own| own == value)];
                        " " (words(label)) " " span.aside { (statements) }
                    }
                }
            }
        }
    }
}
