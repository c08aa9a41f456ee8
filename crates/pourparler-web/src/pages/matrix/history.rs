//! What a party has said on an issue, in the order of days, with its moves.

use axum::extract::State;
use maud::html;
use pourparler_brief::counted;
use serde::Deserialize;

use crate::App;
use crate::ask::Asked;
use crate::pages::Answer;
use crate::pages::parts::{address, issue, moved, pager, party, statement_on};
use crate::shell::{Page, Reader};
use crate::widgets::{stance, words};

/// So many statements stand on one page.
const LIMIT: usize = 100;

/// Whose words, and on what.
#[derive(Debug, Deserialize)]
pub struct Query {
    party: String,
    issue: String,
    /// How many to pass over; where it is not said, the last part is shown.
    from: Option<usize>,
}

/// `GET /matrix/history`
pub async fn page(State(app): State<App>, reader: Reader, Asked(query): Asked<Query>) -> Answer {
    let current = app.view().await?;
    let rows = current.standings.rows_of(&query.party, &query.issue);
    let last_part = rows.len().saturating_sub(1) / LIMIT * LIMIT;
    let offset = query.from.unwrap_or(last_part).min(last_part);
    let here = |offset: usize| {
        address("/matrix/history", &[("party", &query.party), ("issue", &query.issue), ("from", &offset.to_string())])
    };
    let cell = current.matrix.cell(&query.party, &query.issue);
    let moves: Vec<_> = current.moves.iter().filter(|m| m.party == query.party && m.issue == query.issue).collect();
    let body = html! {
        h1 { (words(&query.party)) " on " (words(current.talks.label(&query.issue))) }
        div #history-of {
            @match cell {
                None => p { span.silent { "Silent" } ": nothing of " (party(&query.party)) " on " (issue(&current.talks, &query.issue)) " is on record." },
                Some(cell) => p {
                    "Stands at " (stance(cell.stance)) " by its latest day; " (counted(cell.count(), "statement", "statements")) ", "
                    (counted(moves.len(), "move", "moves")) ". To " (issue(&current.talks, &query.issue)) " · to all of " (party(&query.party))
                },
            }
            ol.lines.history {
                @for cited in rows.iter().skip(offset).take(LIMIT).filter_map(|row| current.statement(row.statement)) {
                    @if let Some(change) = moves.iter().find(|m| m.after.first() == Some(&cited.number)) { li.moved { (moved(change)) } }
                    li { (statement_on(cited, &query.issue)) }
                }
            }
            (pager("statements", offset, LIMIT, rows.len(), here))
        }
    };
    let title = format!("{} on {}", query.party, current.talks.label(&query.issue));
    Ok(Page::new(pourparler_brief::plain(&title)).of(&current).with(&reader, &body))
}
