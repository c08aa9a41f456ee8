//! Writing brat annotation.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use pourparler_text::{ArticleStatements, CodePoint, Span, Statement};
use serde_json::json;

use crate::folder::{FileNames, new_folder};
use crate::{ArticleRecord, ExchangeError, Exporter, Report};

/// A folder with a pair of files for each article, and the `annotation.conf` by which brat shows them.
#[derive(Debug)]
pub struct BratFolder {
    folder: PathBuf,
    names: FileNames,
    report: Report,
}

/// What brat may find in these files.
const CONFIGURATION: &str = "[entities]
Source
Cue
Content
Attribution
Attribution-no-source

[relations]

[events]
Attribution\tSource?:Source, Cue?:Cue, Content?:Content
Attribution-no-source\tCue?:Cue, Content?:Content

[attributes]
Quotation\tArg:<EVENT>, Value:direct|indirect|mixed
Act\tArg:<EVENT>, Value:assert|assess|propose|demand|accept|reject|commit|warn|accuse|deny
SpeakerKind\tArg:<EVENT>, Value:person|organisation|country|group|unnamed
Stance\tArg:<EVENT>, Value:supports|opposes|conditional|open|unclear
Reviewed\tArg:<EVENT>
";

impl BratFolder {
    /// Begins a folder, which may not be there yet or has to be empty.
    ///
    /// # Errors
    /// [`Problem::Taken`](crate::Problem::Taken) where it holds something, or where it cannot be made.
    pub fn create(folder: &Path) -> Result<Self, ExchangeError> {
        new_folder(folder)?;
        let conf = folder.join("annotation.conf");
        fs::write(&conf, CONFIGURATION).map_err(|e| ExchangeError::new(&conf, e))?;
        Ok(Self { folder: folder.to_owned(), names: FileNames::default(), report: Report::default() })
    }
}

impl Exporter for BratFolder {
    fn article(&mut self, record: &ArticleRecord) -> Result<(), ExchangeError> {
        let article = &record.read.article;
        let name = self.names.of(&article.id);
        let file = |extension: &str| self.folder.join(format!("{name}.{extension}"));
        let put = |path: PathBuf, bytes: &[u8]| fs::write(&path, bytes).map_err(|e| ExchangeError::new(&path, e));
        put(file("txt"), article.text.as_str().as_bytes())?;
        let path = file("ann");
        let written = fs::File::create(&path).map(BufWriter::new).and_then(|mut out| {
            annotations(&mut out, &record.read)?;
            further(&mut out, record)?;
            out.flush()
        });
        written.map_err(|e| ExchangeError::new(&path, e))?;
        let mut head = json!(article);
        if let Some(head) = head.as_object_mut() {
            head.remove("text");
        }
        let rest = json!({
            "article": head,
            "text_sha256": article.text.sha256(),
            "extractor": record.extractor,
            "reviewers": record.reviewers,
            "rounds": record.read.rounds,
            "furniture": record.furniture,
            "statements": record.read.statements,
        });
        put(file("json"), format!("{rest:#}\n").as_bytes())?;
        self.report.articles += 1;
        self.report.statements += record.read.statements.len();
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Report, ExchangeError> {
        Ok(self.report)
    }
}

/// Writes the attributions of an article: text-bound source, cue and content, and an event for each.
///
/// # Errors
/// Where `out` fails.
pub fn annotations(out: &mut impl Write, found: &ArticleStatements) -> io::Result<()> {
    let text: Vec<char> = found.article.text.as_str().chars().collect();
    let mut next = 1;
    for (number, s) in found.statements.iter().enumerate() {
        let mut event = Vec::new();
        for (label, spans) in [("Source", &s.source), ("Cue", &s.cue), ("Content", &s.content)] {
            if let Some(id) = text_bound(out, &mut next, label, spans, &text)? {
                event.push(format!("{label}:{id}"));
            }
        }
        // An event is anchored in its cue, or in its content where it has none.
        let anchor = if s.cue.is_empty() { &s.content } else { &s.cue };
        let label = if s.source.is_empty() { "Attribution-no-source" } else { "Attribution" };
        if let Some(id) = text_bound(out, &mut next, label, anchor, &text)? {
            writeln!(out, "E{}\t{label}:{id} {}", number + 1, event.join(" "))?;
        }
    }
    Ok(())
}

fn text_bound(
    out: &mut impl Write,
    next: &mut usize,
    label: &str,
    spans: &[Span<CodePoint>],
    text: &[char],
) -> io::Result<Option<String>> {
    if spans.is_empty() {
        return Ok(None);
    }
    let id = format!("T{next}");
    *next += 1;
    // A place may not reach over the end of a line.
    let places: Vec<String> =
        spans.iter().flat_map(|s| lines(*s, text)).map(|s| format!("{} {}", s.start, s.end)).collect();
    let shown = |s: Span<CodePoint>| text[s.start..s.end].iter().filter(|c| !ends_line(c)).collect::<String>();
    let words: Vec<String> = spans.iter().flat_map(|s| lines(*s, text)).map(shown).collect();
    writeln!(out, "{id}\t{label} {}\t{}", places.join(";"), words.join(" "))?;
    Ok(Some(id))
}

/// A span cut where lines end, without the ends; the whole where nothing else is in it.
pub(super) fn lines(span: Span<CodePoint>, text: &[char]) -> Vec<Span<CodePoint>> {
    let (start, end) = (span.start.min(text.len()), span.end.min(text.len()));
    let mut out = Vec::new();
    let mut from = start;
    for piece in text[start..end].split(ends_line) {
        if !piece.is_empty() {
            out.push(Span::new(from, from + piece.len()));
        }
        from += piece.len() + 1;
    }
    if out.is_empty() && start < end {
        out.push(Span::new(start, end));
    }
    out
}

fn ends_line(c: &char) -> bool {
    matches!(c, '\n' | '\r')
}

/// What labels cannot say: attributes of few values, and a note to read.
fn further(out: &mut impl Write, record: &ArticleRecord) -> io::Result<()> {
    let mut next = 0;
    for (number, s) in record.read.statements.iter().enumerate() {
        let event = format!("E{}", number + 1);
        // An attribute has one value in an event: of several stances the first stands here, and all in the note.
        let stance = s.positions.first().map(|p| p.stance.as_str());
        let values = [
            ("Quotation", Some(s.quotation.as_str())),
            ("Act", Some(s.act.as_str())),
            ("SpeakerKind", Some(s.speaker.kind.as_str())),
            ("Stance", stance),
            ("Reviewed", s.confidence.is_none().then_some("")),
        ];
        for (name, value) in values.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            next += 1;
            writeln!(out, "{}", format!("A{next}\t{name} {event} {value}").trim_end())?;
        }
        writeln!(out, "#{}\tAnnotatorNotes {event}\t{}", number + 1, note(s))?;
    }
    Ok(())
}

/// Who says it, for whom, on what, in a line.
fn note(s: &Statement<CodePoint>) -> String {
    let mut parts: Vec<String> = [&s.speaker.name, &s.speaker.role].into_iter().flatten().cloned().collect();
    parts.extend(s.speaker.party.as_ref().map(|party| format!("for {party}")));
    parts.extend((!s.via.is_empty()).then(|| format!("through {}", s.via.join(", "))));
    parts.extend(s.positions.iter().map(|p| format!("{}: {}", p.issue, p.stance)));
    parts.join("; ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_cut_where_lines_end() {
        let text: Vec<char> = "ab\r\ncd".chars().collect();
        let cut = |start, end| lines(Span::new(start, end), &text).iter().map(|s| (s.start, s.end)).collect::<Vec<_>>();
        assert_eq!(cut(0, 6), [(0, 2), (4, 6)]);
        // the end of a line alone
        assert_eq!(cut(2, 3), [(2, 3)]);
        assert_eq!(cut(2, 2), []);
    }
}
