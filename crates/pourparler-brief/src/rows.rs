//! Statements as rows of a table for other programs: the same columns wherever such a table is written.

use jiff::civil::Date;
use pourparler_text::Entry;

/// What the columns are called. `content_start` and `content_end` are code points of the article's text.
pub const COLUMNS: [&str; 22] = [
    "article",
    "title",
    "outlet",
    "published",
    "url",
    "statement",
    "speaker",
    "kind",
    "role",
    "party",
    "via",
    "said_from",
    "said_to",
    "said_text",
    "quotation",
    "act",
    "positions",
    "content",
    "sentence",
    "confidence",
    "content_start",
    "content_end",
];

/// A statement's cells, one for each of [`COLUMNS`]; what is not known is empty.
#[must_use]
pub fn cells(entry: &Entry) -> [String; 22] {
    let s = &entry.statement;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let date = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let positions: Vec<_> = s.positions.iter().map(|p| format!("{}:{}", p.issue, p.stance)).collect();
    [
        entry.article.clone(),
        text(&entry.title),
        text(&entry.outlet),
        date(entry.published),
        text(&entry.url),
        s.id.clone(),
        text(&s.speaker.name),
        s.speaker.kind.to_string(),
        text(&s.speaker.role),
        text(&s.speaker.party),
        s.via.join("; "),
        date(s.said_on.as_ref().map(|d| d.from)),
        date(s.said_on.as_ref().map(|d| d.to)),
        s.said_on.as_ref().and_then(|d| d.text.clone()).unwrap_or_default(),
        s.quotation.to_string(),
        s.act.to_string(),
        positions.join("; "),
        entry.content.clone(),
        entry.sentence.clone(),
        s.confidence.map(|c| format!("{c:.3}")).unwrap_or_default(),
        s.content.first().map(|c| c.start.to_string()).unwrap_or_default(),
        s.content.last().map(|c| c.end.to_string()).unwrap_or_default(),
    ]
}

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before what would begin one.
#[must_use]
pub fn guarded(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed() {
        for (cell, wanted) in [
            ("=HYPERLINK(\"http://evil.example\")", "'=HYPERLINK(\"http://evil.example\")"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("a = b", "a = b"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell.to_owned()), wanted);
        }
    }
}
