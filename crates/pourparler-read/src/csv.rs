//! Tables of articles as CSV: comma, semicolon, tab or bar between columns that have names.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use ::csv::{ByteRecord, ReaderBuilder};

use crate::columns::{self, Part};
use crate::decode;
use crate::open::{LARGEST, Opener};
use crate::problem::ProblemKind;
use crate::{InputKind, record};

/// What may stand between columns.
const DELIMITERS: &[u8] = b",;\t|";

/// No name of a column is longer, in bytes.
const LONGEST_NAME: usize = 60;

/// How columns are divided in a stream that begins so, if it is a table of articles: its first line names columns, one of
/// them for the text and one for something else.
pub(crate) fn delimiter(head: &[u8]) -> Option<u8> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let head = &head[separator_line(head)..];
    let line = head.split(|b| matches!(b, b'\n' | b'\r')).next()?;
    if line.len() == head.len() {
        return None;
    }
    DELIMITERS.iter().copied().find(|&delimiter| {
        let mut table = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(line);
        let mut names = ByteRecord::new();
        matches!(table.read_byte_record(&mut names), Ok(true))
            && names.iter().all(|name| name.len() <= LONGEST_NAME)
            && parts(&names).is_some_and(|parts| parts.iter().flatten().count() >= 2)
    })
}

/// Length of the line with which Excel is told the delimiter: `sep=;`.
fn separator_line(head: &[u8]) -> usize {
    let bare = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let line = bare.split_inclusive(|&b| b == b'\n').next().unwrap_or_default();
    let told = line.len() > 4 && line[..4].eq_ignore_ascii_case(b"sep=") && line.trim_ascii_end().len() <= 5;
    if told { head.len() - bare.len() + line.len() } else { 0 }
}

fn parts(names: &ByteRecord) -> Option<Vec<Option<Part>>> {
    // Names are short; in what is no UTF-8 they are of western languages, whatever the rows are.
    let name = |name| match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(name).0.into_owned(),
    };
    let names: Vec<String> = names.iter().map(name).collect();
    columns::parts(names.iter().map(String::as_str))
}

/// Reads the rows of a table.
pub(crate) fn read(opener: &mut Opener<'_>, input: &mut dyn BufRead, delimiter: u8) -> ControlFlow<()> {
    // Rows are counted as an editor counts lines. The parser counts a line break of two bytes with the row that follows it.
    let mut lines = 0;
    match input.fill_buf().map(|head| (separator_line(head), breaks_with_two(head))) {
        Ok((length, two)) => {
            input.consume(length);
            lines += u64::from(length > 0) + u64::from(two);
        }
        Err(error) => return opener.broken(&error),
    }
    let left = Cell::new(LARGEST);
    let bounded = Bounded { input, left: &left };
    let mut table = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bounded);
    let names = match table.byte_headers() {
        Ok(names) => names.clone(),
        Err(error) => return opener.broken(&io::Error::other(error)),
    };
    let Some(parts) = parts(&names) else { return ControlFlow::Continue(()) };
    let mut row = ByteRecord::new();
    loop {
        left.set(LARGEST);
        match table.read_byte_record(&mut row) {
            Ok(false) => return opener.tell(),
            Ok(true) => one(opener, &row, &names, &parts, lines)?,
            Err(error) => return opener.broken(&io::Error::other(error)),
        }
    }
}

/// Whether the lines of a table end as those of Windows do.
fn breaks_with_two(head: &[u8]) -> bool {
    head.iter().position(|&b| b == b'\n').is_some_and(|at| head[..at].ends_with(b"\r"))
}

fn one(
    opener: &mut Opener<'_>,
    row: &ByteRecord,
    names: &ByteRecord,
    parts: &[Option<Part>],
    lines: u64,
) -> ControlFlow<()> {
    let place = format!("line {}", row.position().map_or(0, |p| p.line() + lines));
    if row.len() != names.len() {
        let reason =
            format!("the row has {} columns and the table {}; put quotes around its text", row.len(), names.len());
        opener.report.add(ProblemKind::Table, Some(place), reason);
        return opener.tell();
    }
    let charset = opener.options.charset.as_deref();
    opener.report.enter(place.clone());
    let decoded = decode::decode(row.as_slice(), charset, &mut opener.report);
    opener.report.leave();
    let Some(decoded) = decoded else { return opener.tell() };
    // The encoding is found for the row as a whole, since a name alone is too short for it, and then used for each cell.
    let encoding = encoding_rs::Encoding::for_label(decoded.decoding.split(' ').next().unwrap_or_default().as_bytes());
    let encoding = encoding.unwrap_or(encoding_rs::UTF_8);
    let cells: Vec<_> = row.iter().map(|cell| encoding.decode_without_bom_handling(cell).0).collect();
    let known = parts.iter().zip(&cells).filter_map(|(part, cell)| Some(((*part)?, cell.as_ref())));
    let Some(mut draft) = columns::draft(known, place, &mut opener.report) else { return opener.tell() };
    draft.record = Some(alone(names, row));
    let article = record::finish(draft, InputKind::Table, &decoded.decoding, opener.options, &mut opener.report);
    opener.give(article.into_iter().collect())
}

/// A table with one row, as it was.
fn alone(names: &ByteRecord, row: &ByteRecord) -> Vec<u8> {
    let mut table = ::csv::Writer::from_writer(Vec::new());
    // Memory takes everything, and both have as many columns.
    let _ = table.write_byte_record(names).and_then(|()| table.write_byte_record(row));
    table.into_inner().unwrap_or_default()
}

/// A stream that fails where a row takes more than memory allows.
struct Bounded<'a> {
    input: &'a mut dyn BufRead,
    /// So many bytes may be read until this is set again.
    left: &'a Cell<usize>,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.get() == 0 {
            return Err(io::Error::other(format!("a row is longer than {} MB", LARGEST >> 20)));
        }
        let most = buffer.len().min(self.left.get());
        let count = self.input.read(&mut buffer[..most])?;
        self.left.set(self.left.get() - count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{ReadOptions, Reading};

    fn reading(table: &[u8]) -> Reading {
        crate::read(table, "test", &ReadOptions::default())
    }

    #[test]
    fn tables_are_told_from_text() {
        for (head, want) in [
            ("id,title,text\n", Some(b',')),
            ("\u{feff}Titel;Headline;Body\r\n", Some(b';')),
            ("\"text\"\t\"date\"\n", Some(b'\t')),
            ("sep=;\r\nTitel;Volltext\r\n", Some(b';')),
            ("text\nThe talks go on.\n", None),
            ("text,words\n", None),
            ("The text, the title and the date\n", None),
            ("Text, title and date\n\nThe talks go on.", None),
            ("id,text", None),
            ("", None),
        ] {
            assert_eq!(delimiter(head.as_bytes()), want, "{head}");
        }
    }

    #[test]
    fn rows_become_articles() {
        let table = "id,headline,date,text,source\n7,Talks go on,16/03/2022,\"The talks, he said,\ngo on.\",Oria Daily\n\
                     8,x,soon,He left.,\n9,too,few\n10,a,,,\n11,end,,The end.,\n";
        let reading = reading(table.as_bytes());
        let articles: Vec<_> = reading.articles.iter().map(|r| &r.article).collect();
        assert_eq!(articles.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["7", "8", "11"]);
        assert_eq!(articles[0].text.as_str(), "The talks, he said,\ngo on.");
        assert_eq!(
            (articles[0].title.as_deref(), articles[0].outlet.as_deref()),
            (Some("Talks go on"), Some("Oria Daily"))
        );
        assert_eq!((articles[0].published, articles[1].published), (Some(date(2022, 3, 16)), None));
        let problems: Vec<_> = reading.problems.iter().map(|p| (p.kind, p.place.as_deref().unwrap_or(""))).collect();
        let want = [(ProblemKind::Date, "line 4"), (ProblemKind::Table, "line 5"), (ProblemKind::Empty, "line 6")];
        assert_eq!(problems, want);
    }

    #[test]
    fn tables_of_office_programs() {
        let table = "sep=;\r\nÜberschrift;Datum;Zeitung;Volltext\r\nGespräche;16.03.2022;Sarn Online;\"The talks; they go on.\"\r\nx;;;\r\n";
        let (old, ..) = encoding_rs::WINDOWS_1252.encode(table);
        for bytes in [table.as_bytes(), &[b"\xef\xbb\xbf", table.as_bytes()].concat(), &old] {
            let reading = reading(bytes);
            let [one] = reading.articles.as_slice() else { panic!("one article: {reading:?}") };
            assert_eq!(one.article.title.as_deref(), Some("Gespräche"));
            assert_eq!(
                (one.article.outlet.as_deref(), one.article.published),
                (Some("Sarn Online"), Some(date(2022, 3, 16)))
            );
            assert_eq!(one.article.text.as_str(), "The talks; they go on.");
            assert_eq!(reading.problems.iter().map(|p| p.place.as_deref()).collect::<Vec<_>>(), [Some("line 4")]);
        }
    }

    #[test]
    fn a_row_alone_is_read_again() {
        let table = "title;text\nTalks;\"The talks; a day\"\nx;y\n";
        let reading_of_all = reading(table.as_bytes());
        let record = &reading_of_all.articles[0].record;
        assert_eq!(reading(record).articles[0].article, reading_of_all.articles[0].article);
    }

    #[test]
    fn tables_of_old_encodings_and_large_rows() {
        let (latin, ..) = encoding_rs::WINDOWS_1252.encode("title,text\nCafé,The café’s owner “agreed” on Monday.\n");
        let one = &reading(&latin).articles[0];
        assert_eq!((one.article.title.as_deref(), one.decoding.as_str()), (Some("Café"), "windows-1252 (detected)"));
        let (utf16, ..) = ("title,text\nCafé,Yes.\n", (), ());
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf16.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(reading(&utf16).articles[0].article.title.as_deref(), Some("Café"));
        let large = b"title,text\na,b\nc,\"".chain(io::repeat(b'x').take(2 * LARGEST as u64));
        let (mut articles, mut problems) = (0, Vec::new());
        let _ = crate::read_from(large, "test", &ReadOptions::default(), |found| {
            match found {
                crate::Found::Article(_) => articles += 1,
                crate::Found::Problem(p) => problems.push(p.kind),
            }
            ControlFlow::Continue(())
        });
        assert_eq!((articles, problems), (1, vec![ProblemKind::Broken]));
    }
}
