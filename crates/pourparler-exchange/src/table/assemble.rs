//! Rows of the table of statements, put together to articles again.

use std::collections::{BTreeMap, HashMap};

use pourparler_text::sha256_hex;

use super::statement_row::{SpanCell, StatementRow, spans};
use crate::ArticleRecord;

/// Takes the rows of a table of statements in any order, and gives each article when its last row has come.
///
/// Only articles that are not yet whole are in memory.
#[derive(Debug, Default)]
pub struct Assembler {
    waiting: HashMap<String, Waiting>,
}

/// The rows of an article that have come.
#[derive(Debug, Default)]
struct Waiting {
    rows: Vec<StatementRow>,
    text: Option<String>,
    rounds: Option<String>,
    furniture: Vec<SpanCell>,
}

impl Assembler {
    /// Takes a row, and gives its article where it is whole with it.
    ///
    /// # Errors
    /// What does not fit, in words, where a row or its article is not what it should be. The article is then given up.
    pub fn row(&mut self, mut row: StatementRow) -> Result<Option<ArticleRecord>, String> {
        if let Some(error) = row.error {
            return Err(format!("article `{}` was not read: {error}", row.article));
        }
        let id = row.article.clone();
        let wanted = row.statements.max(1) as usize;
        let waiting = self.waiting.entry(id.clone()).or_default();
        waiting.text = row.text.take().or(waiting.text.take());
        waiting.furniture.append(&mut row.furniture_spans);
        waiting.rounds = row.rounds.take().or(waiting.rounds.take());
        waiting.rows.push(row);
        if waiting.rows.len() < wanted || waiting.text.is_none() {
            // A second copy of a table would else be taken for the rest of an article that has no text.
            return if waiting.rows.len() < 2 * wanted {
                Ok(None)
            } else {
                self.waiting.remove(&id);
                Err(format!("article `{id}`: its rows hold no text; export it anew"))
            };
        }
        let waiting = self.waiting.remove(&id).unwrap_or_default();
        whole(waiting).map(Some).map_err(|what| format!("article `{id}`: {what}; export it anew"))
    }

    /// The articles of which rows are missing, in words, in the order of their ids.
    #[must_use]
    pub fn finish(self) -> Vec<String> {
        let mut out: Vec<String> = self
            .waiting
            .iter()
            .map(|(id, w)| {
                let wanted = w.rows.first().map_or(0, |r| r.statements);
                let text = if w.text.is_some() { "" } else { ", none with its text" };
                format!("article `{id}`: {} of {wanted} rows are there{text}; export it anew", w.rows.len())
            })
            .collect();
        out.sort();
        out
    }
}

fn whole(waiting: Waiting) -> Result<ArticleRecord, String> {
    let Waiting { mut rows, text, rounds, furniture } = waiting;
    rows.sort_by_key(|row| row.ordinal);
    let (Some(first), Some(text)) = (rows.first(), text) else { return Err("it has no rows".to_owned()) };
    if sha256_hex(text.as_bytes()) != first.text_sha256 {
        return Err("its text is not the one that was hashed".to_owned());
    }
    let mut read = first.bare_article(&text);
    if let Some(rounds) = rounds {
        read.rounds = serde_json::from_str(&rounds).map_err(|e| format!("its rounds of talks cannot be read: {e}"))?;
    }
    let mut reviewers = BTreeMap::new();
    for row in &rows {
        let Some(id) = &row.statement else { continue };
        let said = row.said().ok_or_else(|| format!("statement `{id}` lacks its kind, quotation or act"))?;
        reviewers.extend(row.reviewer.clone().map(|reviewer| (id.clone(), reviewer)));
        read.statements.push(said);
    }
    Ok(ArticleRecord { read, furniture: spans(&furniture), extractor: first.extractor.clone(), reviewers })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fixture::{any_record, tricky};

    /// All articles that come of rows, and what was wrong with the others.
    fn assembled(rows: Vec<StatementRow>) -> (Vec<ArticleRecord>, Vec<String>) {
        let (mut assembler, mut out, mut wrong) = (Assembler::default(), Vec::new(), Vec::new());
        for row in rows {
            match assembler.row(row) {
                Ok(record) => out.extend(record),
                Err(what) => wrong.push(what),
            }
        }
        wrong.extend(assembler.finish());
        (out, wrong)
    }

    proptest! {
        #[test]
        fn rows_in_any_order_make_the_record_again(record in any_record(), turn in 0_usize..9) {
            let mut rows = StatementRow::of(&record);
            let by = turn % rows.len();
            rows.rotate_left(by);
            prop_assert_eq!(assembled(rows), (vec![record], vec![]));
        }
    }

    #[test]
    fn what_is_missing_or_wrong_is_told() {
        let rows = || StatementRow::of(&tricky());
        type Harm = Box<dyn Fn(&mut Vec<StatementRow>)>;
        let cases: [(&str, Harm); 4] = [
            ("2 of 3 rows are there; export", Box::new(|rows| drop(rows.pop()))),
            ("2 of 3 rows are there, none with its text", Box::new(|rows| drop(rows.remove(0)))),
            ("its text is not the one that was hashed", Box::new(|rows| rows[0].text = Some("Other.".to_owned()))),
            ("statement `s2` lacks its kind", Box::new(|rows| rows[1].act = None)),
        ];
        for (wanted, harm) in cases {
            let mut rows = rows();
            harm(&mut rows);
            let (out, wrong) = assembled(rows);
            assert!(out.is_empty() && wrong.len() == 1 && wrong[0].contains(wanted), "{wanted}: {wrong:?}");
        }
    }
}
