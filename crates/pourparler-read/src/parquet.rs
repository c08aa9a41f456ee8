//! Tables of articles as Parquet, read row by row.

use std::fmt::Display;
use std::io::BufRead;
use std::ops::ControlFlow;
use std::sync::mpsc::{self, SyncSender};
use std::thread;

use ::parquet::data_type::AsBytes as _;
use ::parquet::file::reader::{FileReader as _, SerializedFileReader};
use ::parquet::record::Field;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::budget;
use crate::columns::{self, Part};
use crate::open::Opener;
use crate::problem::ProblemKind;
use crate::{InputKind, record};

/// First bytes of a Parquet file.
pub(crate) const MAGIC: &[u8] = b"PAR1";

/// Most bytes of a file. Its directory stands at its end, so it is read into memory first.
const LARGEST: usize = 1 << 30;

/// A row counts as so many bytes, even where it holds nothing.
const ROW: u64 = 256;

/// So many rows are read ahead.
const WAITING: usize = 16;

/// The cells of a row that hold parts of an article.
type Cells = Vec<(Part, String)>;

/// Reads the rows of a table.
pub(crate) fn read(opener: &mut Opener<'_>, input: &mut dyn BufRead) -> ControlFlow<()> {
    let Some(bytes) = opener.bytes(input, LARGEST)? else { return ControlFlow::Continue(()) };
    let (send, rows) = mpsc::sync_channel(WAITING);
    thread::scope(|scope| {
        // The library gives up on some files by a panic.
        let worker = thread::Builder::new().name(crate::WORKER.to_owned());
        let worker = match worker.spawn_scoped(scope, move || send_rows(bytes, &send)) {
            Ok(worker) => worker,
            Err(error) => return opener.broken(&error),
        };
        // Where this breaks off, there is nobody left to send rows to, and the worker ends too.
        for (number, cells) in (1..).zip(rows) {
            one(opener, &cells, number)?;
        }
        let (kind, reason) = match worker.join() {
            Ok(Ok(())) => return opener.tell(),
            Ok(Err(why)) => why,
            Err(_) => damaged(&"it is of a kind that is unknown"),
        };
        opener.report.add(kind, None, reason);
        opener.tell()
    })
}

fn damaged(what: &dyn Display) -> (ProblemKind, String) {
    (ProblemKind::Broken, format!("the Parquet file is damaged: {what}; get it anew"))
}

/// Sends the cells of each row that hold parts of an article; the error says why there are no more.
fn send_rows(bytes: Vec<u8>, send: &SyncSender<Cells>) -> Result<(), (ProblemKind, String)> {
    let most = budget::most(bytes.len() as u64);
    let file = SerializedFileReader::new(bytes::Bytes::from(bytes)).map_err(|e| damaged(&e))?;
    let fields = file.metadata().file_metadata().schema().get_fields().to_vec();
    let Some(parts) = columns::parts(fields.iter().map(|f| f.name())) else {
        let names = fields.iter().map(|f| f.name()).collect::<Vec<_>>().join(", ");
        let reason = format!("no column holds a text; name it `text`. The columns are: {names}");
        return Err((ProblemKind::Table, reason));
    };
    let mut unpacked = 0;
    for row in file.get_row_iter(None).map_err(|e| damaged(&e))? {
        let row = row.map_err(|e| damaged(&e))?;
        let cells: Cells =
            row.get_column_iter().zip(&parts).filter_map(|((_, field), part)| Some(((*part)?, cell(field)?))).collect();
        unpacked += ROW + cells.iter().map(|(_, words)| words.len() as u64).sum::<u64>();
        if unpacked > most {
            let reason = "its rows unpack to hundreds of times its size, as no text does; the rest is left out";
            return Err((ProblemKind::TooLarge, reason.to_owned()));
        }
        if send.send(cells).is_err() {
            break;
        }
    }
    Ok(())
}

fn one(opener: &mut Opener<'_>, cells: &Cells, number: usize) -> ControlFlow<()> {
    let known = cells.iter().map(|(part, cell)| (*part, cell.as_str()));
    let Some(mut draft) = columns::draft(known, format!("row {number}"), &mut opener.report) else {
        return opener.tell();
    };
    draft.record = serde_json::to_vec(&draft.article).ok();
    let article = record::finish(draft, InputKind::Table, "utf-8", opener.options, &mut opener.report);
    opener.give(article.into_iter().collect())
}

/// The words of a field, days as `2022-03-16`; `None` where it holds nothing.
fn cell(field: &Field) -> Option<String> {
    let day = |t: Result<Timestamp, _>| t.ok().map(|t: Timestamp| TimeZone::UTC.to_datetime(t).date().to_string());
    match field {
        Field::Null => None,
        Field::Str(words) => Some(words.clone()),
        Field::Bytes(bytes) => std::str::from_utf8(bytes.as_bytes()).ok().map(str::to_owned),
        Field::Date(days) => day(Timestamp::from_second(i64::from(*days) * 86_400)),
        Field::TimestampMillis(ms) => day(Timestamp::from_millisecond(*ms)),
        Field::TimestampMicros(us) => day(Timestamp::from_microsecond(*us)),
        other => Some(other.to_string()),
    }
}
