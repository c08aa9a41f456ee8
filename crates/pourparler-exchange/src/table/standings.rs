//! Positions and moves as rows.

use std::collections::HashMap;

use jiff::civil::Date;
use pourparler_brief::{Caution, Cited, IssueLabel, Standings};
use pourparler_text::Stance;
use serde::Serialize;

/// A party's position on an issue. The columns are described in [`POSITIONS`](super::POSITIONS).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the columns are described in one place, from which the data dictionary is made")]
pub struct PositionRow {
    pub party: String,
    pub issue: String,
    pub issue_name: String,
    pub on: Option<Date>,
    pub stance: Stance,
    pub since: Option<Date>,
    pub lead: String,
    #[serde(rename = "for")]
    pub in_favour: Vec<String>,
    pub dissent: Vec<String>,
    pub other: Vec<String>,
}

/// A change of a position. The columns are described in [`MOVES`](super::MOVES).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the columns are described in one place, from which the data dictionary is made")]
pub struct MoveRow {
    pub party: String,
    pub issue: String,
    pub issue_name: String,
    pub from: Stance,
    pub to: Stance,
    pub day: Date,
    pub firm: bool,
    pub cautions: Vec<Caution>,
    pub before: Vec<String>,
    pub after: Vec<String>,
}

/// The positions of all parties, over all statements or as of a day.
#[must_use]
pub fn position_rows(statements: &[Cited], names: &[IssueLabel], on: Option<Date>) -> Vec<PositionRow> {
    let places = places(statements);
    let matrix = Standings::of(statements).matrix(on);
    let rows = matrix.rows.iter().flat_map(|row| {
        row.cells.iter().zip(&matrix.issues).filter_map(move |(cell, issue)| Some((row, cell.as_ref()?, issue)))
    });
    rows.map(|(row, cell, issue)| PositionRow {
        party: row.party.clone(),
        issue: issue.id.clone(),
        issue_name: IssueLabel::name_in(names, &issue.id).to_owned(),
        on,
        stance: cell.stance,
        since: cell.day,
        lead: all(&places, &[cell.lead]).pop().unwrap_or_default(),
        in_favour: all(&places, &cell.statements),
        dissent: all(&places, &cell.dissent),
        other: all(&places, &cell.other),
    })
    .collect()
}

/// The moves of all parties, the firm ones first.
#[must_use]
pub fn move_rows(statements: &[Cited], names: &[IssueLabel]) -> Vec<MoveRow> {
    let places = places(statements);
    let moves = Standings::of(statements).moves().into_iter();
    moves
        .map(|m| MoveRow {
            firm: m.is_firm(),
            issue_name: IssueLabel::name_in(names, &m.issue).to_owned(),
            party: m.party,
            issue: m.issue,
            from: m.from,
            to: m.to,
            day: m.day,
            cautions: m.cautions,
            before: all(&places, &m.before),
            after: all(&places, &m.after),
        })
        .collect()
}

/// Where statements stand, by their numbers.
fn places(statements: &[Cited]) -> HashMap<usize, &Cited> {
    statements.iter().map(|c| (c.number, c)).collect()
}

fn all(places: &HashMap<usize, &Cited>, numbers: &[usize]) -> Vec<String> {
    let found = numbers.iter().filter_map(|n| places.get(n));
    found.map(|c| format!("{}/{}", c.entry.article, c.entry.statement.id)).collect()
}

#[cfg(test)]
mod tests {
    use pourparler_brief::distinct;

    use super::*;
    use crate::fixture::tricky;
    use crate::table::{MOVES, POSITIONS};

    #[test]
    fn positions_and_moves_name_their_statements() {
        let statements = distinct(&tricky().read.entries());
        let positions = position_rows(&statements, &[], None);
        let told: Vec<String> =
            positions.iter().map(|p| format!("{} {} {} {}", p.party, p.issue, p.stance, p.lead)).collect();
        assert_eq!(told, ["Vessar neutrality opposes tricky-1/s3", "Vessar ceasefire supports tricky-1/s1"]);
        let moves = move_rows(&statements, &[]);
        assert_eq!((moves[0].from, moves[0].to), (Stance::Conditional, Stance::Opposes));
        assert_eq!(
            (&moves[0].before[..], &moves[0].after[..]),
            (&["tricky-1/s1".to_owned()][..], &["tricky-1/s3".to_owned()][..])
        );
    }

    #[test]
    fn columns_are_described_in_their_order() {
        let statements = distinct(&tricky().read.entries());
        let described = |row: serde_json::Value, columns: &[super::super::Column]| {
            let names: Vec<&str> = columns.iter().map(|c| c.name).collect();
            let row = row.as_object().expect("an object").clone();
            assert!(row.len() == names.len() && names.iter().all(|n| row.contains_key(*n)), "{row:?}");
        };
        described(serde_json::json!(position_rows(&statements, &[], None)[0]), POSITIONS);
        described(serde_json::json!(move_rows(&statements, &[])[0]), MOVES);
    }
}
