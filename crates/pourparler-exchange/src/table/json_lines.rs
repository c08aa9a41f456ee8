//! Tables as JSON lines: one object a row, its keys the columns.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Assembler, StatementRow};
use crate::{ArticleRecord, ExchangeError, Exporter, Problem, Report};

/// The table of statements as JSON lines.
#[derive(Debug)]
pub struct JsonLines<W: Write> {
    out: W,
    file: PathBuf,
    report: Report,
}

impl<W: Write> JsonLines<W> {
    /// Writes to `out`, which messages call `file`.
    pub fn new(out: W, file: &Path) -> Self {
        Self { out, file: file.to_owned(), report: Report::default() }
    }
}

impl<W: Write> Exporter for JsonLines<W> {
    fn article(&mut self, record: &ArticleRecord) -> Result<(), ExchangeError> {
        write_json_lines(&mut self.out, &self.file, &StatementRow::of(record))?;
        self.report.articles += 1;
        self.report.statements += record.read.statements.len();
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Report, ExchangeError> {
        self.out.flush().map_err(|e| ExchangeError::new(&self.file, e))?;
        Ok(self.report)
    }
}

/// Writes rows, one object a line.
///
/// # Errors
/// Where they cannot be written.
pub fn write_json_lines<T: Serialize>(out: &mut impl Write, file: &Path, rows: &[T]) -> Result<(), ExchangeError> {
    for row in rows {
        serde_json::to_writer(&mut *out, row).map_err(|e| ExchangeError::new(file, e))?;
        out.write_all(b"\n").map_err(|e| ExchangeError::new(file, e))?;
    }
    Ok(())
}

/// Reads the table of statements, and gives each article when it is whole. What is wrong with a line or an article goes to
/// `wrong`, with the number of the line, and the rest is read.
///
/// # Errors
/// Where it cannot be read on, or what `each` gives.
pub fn read_json_lines<E: From<ExchangeError>>(
    input: impl BufRead,
    file: &Path,
    each: &mut dyn FnMut(ArticleRecord) -> Result<(), E>,
    wrong: &mut dyn FnMut(String),
) -> Result<(), E> {
    let mut assembler = Assembler::default();
    for (number, line) in input.lines().enumerate() {
        let line = line.map_err(|e| ExchangeError::new(file, Problem::Io(e)))?;
        if line.trim().is_empty() {
            continue;
        }
        let row = serde_json::from_str::<StatementRow>(&line).map_err(|e| e.to_string());
        match row.and_then(|row| assembler.row(row)) {
            Ok(Some(record)) => each(record)?,
            Ok(None) => {}
            Err(what) => wrong(format!("line {}: {what}", number + 1)),
        }
    }
    assembler.finish().into_iter().for_each(wrong);
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fixture::{any_record, tricky};

    fn written(records: &[ArticleRecord]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut table = JsonLines::new(&mut bytes, Path::new("table.jsonl"));
        for record in records {
            table.article(record).expect("memory can be written");
        }
        bytes
    }

    fn read(bytes: &[u8]) -> (Vec<ArticleRecord>, Vec<String>) {
        let (mut records, mut wrong) = (Vec::new(), Vec::new());
        let file = Path::new("table.jsonl");
        let each = &mut |record| {
            records.push(record);
            Ok::<(), ExchangeError>(())
        };
        // Bytes that are no text end the reading, as they would in a file.
        let _ = read_json_lines(bytes, file, each, &mut |what| wrong.push(what));
        (records, wrong)
    }

    proptest! {
        #[test]
        fn what_goes_out_comes_back(record in any_record()) {
            prop_assert_eq!(read(&written(std::slice::from_ref(&record))), (vec![record], vec![]));
        }

        #[test]
        fn no_bytes_are_too_bad(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0_usize..4000) {
            read(&bytes);
            let mut harmed = written(&[tricky()]);
            let at = at % harmed.len();
            harmed.splice(at..at, bytes);
            read(&harmed);
        }
    }

    #[test]
    fn one_bad_line_costs_its_article_only() {
        let mut other = tricky();
        other.read.article.id = "second".to_owned();
        let bytes = written(&[tricky(), other.clone()]);
        let text = String::from_utf8(bytes).expect("it is text");
        let lines: Vec<&str> = text.lines().collect();
        let harmed = [lines[0], "{\"article\":", lines[2], lines[3], lines[4], lines[5]].join("\n");
        let (records, wrong) = read(harmed.as_bytes());
        assert_eq!(records, [other]);
        assert!(wrong[0].starts_with("line 2: ") && wrong[1].contains("2 of 3 rows"), "{wrong:?}");
    }
}
