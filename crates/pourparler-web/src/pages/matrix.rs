//! Parties by issues as of any day: stance by colour and sign, how old and how heavy the evidence is, who is silent.

use axum::extract::State;
use jiff::civil::Date;
use maud::html;
use serde::Deserialize;

use super::Answer;
use crate::App;
use crate::ask::Asked;
use crate::shell::{Page, Reader};
use crate::widgets::{segment, stance, words};

/// What is shown.
#[derive(Debug, Deserialize)]
pub struct Query {
    /// As of this day.
    on: Option<Date>,
}

/// `GET /matrix`
pub async fn page(State(app): State<App>, reader: Reader, Asked(query): Asked<Query>) -> Answer {
    let current = app.view().await?;
    let matrix = query.on.map(|on| current.standings.matrix(Some(on)));
    let matrix = matrix.as_ref().unwrap_or(&current.matrix);
    let body = html! {
        h1 { "Where they stand" }
        table.matrix {
            thead { tr { th scope="col" { "Issue" } @for row in &matrix.rows { th scope="col" { (words(&row.party)) } } } }
            tbody { @for (i, issue) in matrix.issues.iter().enumerate() { tr {
                th scope="row" { a href={ "/issues/" (segment(&issue.id)) } { (words(current.talks.label(&issue.id))) } }
                @for row in &matrix.rows {
                    td { @match &row.cells[i] { Some(cell) => (stance(cell.stance)), None => span.silent { "silent" } } }
                }
            } } }
        }
    };
    Ok(Page::new("Matrix").of(&current).with(&reader, &body))
}
