//! Tables as CSV for spreadsheets: lists stand in one cell, parts joined by `; `, words in place of spans.

use std::io::Write;
use std::path::{Path, PathBuf};

use pourparler_brief::{COLUMNS, cells, guarded};
use pourparler_text::{CodePoint, Entry, Span};

use super::Column;
use crate::{ArticleRecord, ExchangeError, Exporter, Report};

/// What follows the columns that every list of statements has.
const FURTHER: [&str; 18] = [
    "byline",
    "language",
    "text_sha256",
    "said_method",
    "said_anchor",
    "options",
    "conditions",
    "reasons",
    "hedges",
    "firmness",
    "addressee",
    "due_from",
    "due_to",
    "relayed_by",
    "source",
    "cue",
    "reviewer",
    "extractor",
];

/// The table of statements as CSV.
pub struct Csv<W: Write> {
    out: csv::Writer<W>,
    file: PathBuf,
    report: Report,
}

impl<W: Write> Csv<W> {
    /// Writes to `out`, which messages call `file`, and begins with the line of column names.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn new(out: W, file: &Path) -> Result<Self, ExchangeError> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(COLUMNS.iter().chain(&FURTHER)).map_err(|e| failed(file, e))?;
        Ok(Self { out, file: file.to_owned(), report: Report::default() })
    }
}

impl<W: Write> Exporter for Csv<W> {
    fn article(&mut self, record: &ArticleRecord) -> Result<(), ExchangeError> {
        let place = || record.read.article.id.clone();
        if record.read.statements.is_empty() {
            self.report.lose("articles without statements have no row", place);
        }
        if !record.read.rounds.is_empty() {
            self.report.lose("rounds of talks", place);
        }
        for entry in record.read.entries() {
            let row = cells(&entry).into_iter().chain(further(&entry, record)).map(guarded);
            self.out.write_record(row).map_err(|e| failed(&self.file, e))?;
            self.report.statements += 1;
        }
        self.report.articles += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Report, ExchangeError> {
        self.out.flush().map_err(|e| ExchangeError::new(&self.file, e))?;
        Ok(self.report)
    }
}

fn further(entry: &Entry, record: &ArticleRecord) -> [String; 18] {
    let (s, article) = (&entry.statement, &record.read.article);
    let words = |spans: &[Span<CodePoint>]| {
        let all = spans.iter().map(|&span| article.text.get(article.text.to_bytes(span)));
        all.collect::<Vec<_>>().join("; ")
    };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let said = s.said_on.as_ref();
    let due = s.manner.due.as_ref();
    let options: Vec<&str> = s.positions.iter().filter_map(|p| p.option.as_deref()).collect();
    [
        text(&article.byline),
        text(&article.language),
        article.text.sha256(),
        said.and_then(|d| d.method).map(|m| m.to_string()).unwrap_or_default(),
        said.and_then(|d| d.anchor).map(|d| d.to_string()).unwrap_or_default(),
        options.join("; "),
        words(&s.manner.conditions),
        words(&s.manner.reasons),
        words(&s.manner.hedges),
        s.manner.firmness.map(|f| f.to_string()).unwrap_or_default(),
        text(&s.manner.addressee),
        due.map(|d| d.from.to_string()).unwrap_or_default(),
        due.map(|d| d.to.to_string()).unwrap_or_default(),
        text(&s.relayed_by),
        words(&s.source),
        words(&s.cue),
        record.reviewers.get(&s.id).cloned().unwrap_or_default(),
        record.extractor.clone(),
    ]
}

/// Writes rows whose cells are given as JSON values, under the names of their columns.
///
/// # Errors
/// Where they cannot be written.
pub fn write_csv<T: serde::Serialize>(
    out: impl Write,
    file: &Path,
    columns: &[Column],
    rows: &[T],
) -> Result<(), ExchangeError> {
    let mut out = csv::Writer::from_writer(out);
    out.write_record(columns.iter().map(|c| c.name)).map_err(|e| failed(file, e))?;
    for row in rows {
        let row = serde_json::to_value(row).map_err(|e| ExchangeError::new(file, e))?;
        out.write_record(columns.iter().map(|c| guarded(cell(&row[c.name])))).map_err(|e| failed(file, e))?;
    }
    out.flush().map_err(|e| ExchangeError::new(file, e))
}

fn cell(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(all) => all.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

fn failed(file: &Path, error: csv::Error) -> ExchangeError {
    ExchangeError::new(file, std::io::Error::from(error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::tricky;
    use crate::table::STATEMENTS;

    #[test]
    fn a_statement_is_a_row_of_words() {
        let mut bytes = Vec::new();
        let mut table = Csv::new(&mut bytes, Path::new("t.csv")).expect("begun");
        table.article(&tricky()).expect("written");
        drop(table);
        let mut read = csv::Reader::from_reader(bytes.as_slice());
        let head = read.headers().expect("a head").clone();
        let rows: Vec<csv::StringRecord> = read.records().collect::<Result<_, _>>().expect("rows");
        assert_eq!(rows.len(), 3);
        let cell = |row: usize, name: &str| {
            let column = head.iter().position(|h| h == name).expect("a column");
            rows[row][column].to_owned()
        };
        for (column, wanted) in [
            ("speaker", "Zoe\u{301} Mar\u{327}"),
            ("via", "𝄞 Radio Tolm; the Tolm agency"),
            ("positions", "neutrality:conditional; ceasefire:supports"),
            ("content", "Neutrality, … if guaranteed, may come,"),
            ("conditions", "if guaranteed"),
            ("hedges", "may"),
            ("options", "osk"),
            ("due_from", "2031-04-01"),
            ("cue", "told"),
        ] {
            assert_eq!(cell(0, column), wanted, "{column}");
        }
        assert_eq!((cell(1, "relayed_by"), cell(2, "reviewer")), ("s1".to_owned(), "Bo".to_owned()));
    }

    /// What CSV adds to the other columns is described where they are, under the same name or as the words of spans.
    #[test]
    fn further_columns_are_described() {
        let known: Vec<&str> = STATEMENTS.iter().map(|c| c.name).collect();
        for name in FURTHER {
            let spans = format!("{}_spans", name.trim_end_matches('s'));
            assert!(known.contains(&name) || known.contains(&spans.as_str()) || name == "options", "{name}");
        }
    }
}
