//! Tables of articles as Parquet, read row by row.

use std::io::BufRead;
use std::ops::ControlFlow;

use ::parquet::data_type::AsBytes as _;
use ::parquet::file::reader::{FileReader as _, SerializedFileReader};
use ::parquet::record::{Field, Row};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::columns::{self, Part};
use crate::open::Opener;
use crate::problem::ProblemKind;
use crate::{InputKind, record};

/// First bytes of a Parquet file.
pub(crate) const MAGIC: &[u8] = b"PAR1";

/// Most bytes of a file. Its directory stands at its end, so it is read into memory first.
const LARGEST: usize = 1 << 30;

/// Reads the rows of a table.
pub(crate) fn read(opener: &mut Opener<'_>, input: &mut dyn BufRead) -> ControlFlow<()> {
    let Some(bytes) = opener.bytes(input, LARGEST)? else { return ControlFlow::Continue(()) };
    let broken = |opener: &mut Opener<'_>, error: ::parquet::errors::ParquetError| {
        opener.report.add(ProblemKind::Broken, None, format!("the Parquet file is damaged: {error}; get it anew"));
        opener.tell()
    };
    let file = match SerializedFileReader::new(bytes::Bytes::from(bytes)) {
        Ok(file) => file,
        Err(error) => return broken(opener, error),
    };
    let fields = file.metadata().file_metadata().schema().get_fields().to_vec();
    let Some(parts) = columns::parts(fields.iter().map(|f| f.name())) else {
        let names = fields.iter().map(|f| f.name()).collect::<Vec<_>>().join(", ");
        let reason = format!("no column holds a text; name it `text`. The columns are: {names}");
        opener.report.add(ProblemKind::Table, None, reason);
        return opener.tell();
    };
    let rows = match file.get_row_iter(None) {
        Ok(rows) => rows,
        Err(error) => return broken(opener, error),
    };
    for (number, row) in (1..).zip(rows) {
        match row {
            Ok(row) => one(opener, &row, &parts, number)?,
            Err(error) => return broken(opener, error),
        }
    }
    opener.tell()
}

fn one(opener: &mut Opener<'_>, row: &Row, parts: &[Option<Part>], number: usize) -> ControlFlow<()> {
    let cells: Vec<(Part, String)> =
        row.get_column_iter().zip(parts).filter_map(|((_, field), part)| Some(((*part)?, cell(field)?))).collect();
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
