//! Tables as Parquet, out and in.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde::Serialize;

use super::{Assembler, Column, STATEMENTS, StatementRow, arrow};
use crate::{ArticleRecord, ExchangeError, Exporter, Problem, Report};

/// So many rows are turned into columns at a time.
const BATCH: usize = 4096;

/// So many rows stand in one group of a file: what a reader has to hold in memory.
const GROUP: usize = 32 * 1024;

/// The table of statements as Parquet.
pub struct Parquet<W: Write + Send> {
    out: ArrowWriter<W>,
    file: PathBuf,
    waiting: Vec<StatementRow>,
    report: Report,
}

impl<W: Write + Send> Parquet<W> {
    /// Writes to `out`, which messages call `file`.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn new(out: W, file: &Path) -> Result<Self, ExchangeError> {
        let out = writer(out, file, STATEMENTS)?;
        Ok(Self { out, file: file.to_owned(), waiting: Vec::new(), report: Report::default() })
    }

    fn write(&mut self) -> Result<(), ExchangeError> {
        let rows = std::mem::take(&mut self.waiting);
        put(&mut self.out, &self.file, STATEMENTS, &rows)
    }
}

impl<W: Write + Send> Exporter for Parquet<W> {
    fn article(&mut self, record: &ArticleRecord) -> Result<(), ExchangeError> {
        self.waiting.extend(StatementRow::of(record));
        self.report.articles += 1;
        self.report.statements += record.read.statements.len();
        if self.waiting.len() >= BATCH { self.write() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> Result<Report, ExchangeError> {
        self.write()?;
        let Self { out, file, report, .. } = *self;
        out.close().map_err(|e| failed(&file, &e))?;
        Ok(report)
    }
}

/// Writes a whole table.
///
/// # Errors
/// Where it cannot be written.
pub fn write_parquet<T: Serialize>(
    out: impl Write + Send,
    file: &Path,
    columns: &[Column],
    rows: &[T],
) -> Result<(), ExchangeError> {
    let mut out = writer(out, file, columns)?;
    for rows in rows.chunks(BATCH) {
        put(&mut out, file, columns, rows)?;
    }
    out.close().map_err(|e| failed(file, &e))?;
    Ok(())
}

fn writer<W: Write + Send>(out: W, file: &Path, columns: &[Column]) -> Result<ArrowWriter<W>, ExchangeError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(GROUP))
        .build();
    ArrowWriter::try_new(out, Arc::new(arrow::schema(columns)), Some(properties)).map_err(|e| failed(file, &e))
}

fn put<W: Write + Send, T: Serialize>(
    out: &mut ArrowWriter<W>,
    file: &Path,
    columns: &[Column],
    rows: &[T],
) -> Result<(), ExchangeError> {
    if rows.is_empty() {
        return Ok(());
    }
    let batch = arrow::batch(columns, rows).map_err(|e| damaged(file, e))?;
    out.write(&batch).map_err(|e| failed(file, &e))
}

/// Whether a file is a table of statements as Parquet, by its first bytes and its schema.
#[must_use]
pub fn is_statements(file: &Path) -> bool {
    let mut magic = [0; 4];
    let opened = File::open(file).and_then(|mut f| f.read_exact(&mut magic).map(|()| magic));
    if !matches!(opened, Ok(magic) if &magic == b"PAR1") {
        return false;
    }
    let schema = File::open(file).ok().and_then(|f| ParquetRecordBatchReaderBuilder::try_new(f).ok());
    schema.is_some_and(|reader| arrow::is_statements(reader.schema()))
}

/// Reads a table of statements, and gives each article when it is whole. What is wrong with an article goes to `wrong`, and the rest
/// is read. Parts of one table, as clusters write it, share an assembler.
///
/// # Errors
/// Where it cannot be read on, or what `each` gives.
pub fn read_parquet<E: From<ExchangeError>>(
    file: &Path,
    assembler: &mut Assembler,
    each: &mut dyn FnMut(ArticleRecord) -> Result<(), E>,
    wrong: &mut dyn FnMut(String),
) -> Result<(), E> {
    let opened = File::open(file).map_err(|e| ExchangeError::new(file, e))?;
    let batches = ParquetRecordBatchReaderBuilder::try_new(opened).and_then(|b| b.with_batch_size(BATCH).build());
    for batch in batches.map_err(|e| failed(file, &e))? {
        let batch = batch.map_err(|e| damaged(file, e.to_string()))?;
        for row in arrow::statement_rows(&batch).map_err(|e| damaged(file, e))? {
            match assembler.row(row) {
                Ok(Some(record)) => each(record)?,
                Ok(None) => {}
                Err(what) => wrong(what),
            }
        }
    }
    Ok(())
}

fn failed(file: &Path, error: &parquet::errors::ParquetError) -> ExchangeError {
    damaged(file, error.to_string())
}

fn damaged(file: &Path, what: String) -> ExchangeError {
    ExchangeError::new(file, Problem::Damaged(what))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fixture::{any_record, tricky};

    fn written(folder: &Path, records: &[ArticleRecord]) -> PathBuf {
        let path = folder.join("table.parquet");
        let mut table = Box::new(Parquet::new(File::create(&path).expect("made"), &path).expect("begun"));
        for record in records {
            table.article(record).expect("written");
        }
        assert_eq!(table.finish().expect("finished").articles, records.len());
        path
    }

    fn read(path: &Path) -> Result<(Vec<ArticleRecord>, Vec<String>), ExchangeError> {
        let (mut assembler, mut records, mut wrong) = (Assembler::default(), Vec::new(), Vec::new());
        let each = &mut |record| {
            records.push(record);
            Ok::<(), ExchangeError>(())
        };
        read_parquet(path, &mut assembler, each, &mut |what| wrong.push(what))?;
        wrong.extend(assembler.finish());
        Ok((records, wrong))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn what_goes_out_comes_back(record in any_record()) {
            let folder = tempfile::tempdir().expect("a folder");
            let path = written(folder.path(), std::slice::from_ref(&record));
            prop_assert!(is_statements(&path));
            prop_assert_eq!(read(&path).expect("read"), (vec![record], vec![]));
        }

        #[test]
        fn damage_is_told(at in 0_usize..20_000, bytes in proptest::collection::vec(any::<u8>(), 1..50)) {
            let folder = tempfile::tempdir().expect("a folder");
            let path = written(folder.path(), &[tricky()]);
            let mut harmed = std::fs::read(&path).expect("read");
            let at = at % harmed.len();
            let end = (at + bytes.len()).min(harmed.len());
            harmed.splice(at..end, bytes);
            std::fs::write(&path, harmed).expect("written");
            let _ = is_statements(&path);
            let _ = read(&path);
        }
    }

    #[test]
    fn rows_that_failed_are_told_and_the_rest_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut rows = StatementRow::of(&tricky());
        rows.push(StatementRow {
            article: "bad".to_owned(),
            error: Some("no text".to_owned()),
            ..StatementRow::default()
        });
        let path = folder.path().join("part-0.parquet");
        write_parquet(File::create(&path).expect("made"), &path, STATEMENTS, &rows).expect("written");
        let (records, wrong) = read(&path).expect("read");
        assert_eq!(records, [tricky()]);
        assert_eq!(wrong, ["article `bad` was not read: no text"]);
    }
}
