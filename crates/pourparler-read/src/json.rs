//! Articles as JSON: one object, an array of them, or one a line.
//!
//! All three are read the same way, as a stream of objects with commas and brackets between, so that a broken object
//! costs only itself: reading goes on at the next line that begins with one.

use std::borrow::Cow;

use pourparler_text::{Article, Text};
use serde_json::{Map, Value};

use crate::columns::{self, Part};
use crate::export::ninjs;
use crate::problem::{ProblemKind, Report};
use crate::{Draft, InputKind, date};

/// Whether a text is meant as JSON objects. Prose can begin with a bracket too: `[Updated] Talks go on`.
pub(crate) fn looks_like(text: &str) -> bool {
    let inner = text.trim_start().trim_start_matches(|c: char| c == '[' || c.is_whitespace());
    match inner.strip_prefix('{') {
        Some(object) => object.trim_start().starts_with(['"', '}']),
        None => inner.starts_with(']') && text.trim_start().starts_with('['),
    }
}

/// The articles in a JSON text.
pub(crate) fn read(text: &str, report: &mut Report<'_>) -> Vec<Draft> {
    let mended = mend_surrogates(text);
    if let Cow::Owned(_) = mended {
        let reason = "a \\u escape stands for half a character and is read as U+FFFD; write the file anew in UTF-8";
        report.add(ProblemKind::Encoding, None, reason);
    }
    let text = mended.as_ref();
    let mut drafts = Vec::new();
    let mut at = 0;
    let mut lines = Lines { text, at: 0, number: report.first_line };
    loop {
        let rest = text[at..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']'));
        at = text.len() - rest.len();
        if rest.is_empty() {
            return drafts;
        }
        let line = lines.number_of(at);
        let place = || Some(format!("line {line}"));
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        match values.next() {
            Some(Ok(Value::Object(object))) => {
                let length = values.byte_offset();
                drafts.extend(draft(object, &rest[..length], place(), report));
                at += length;
            }
            Some(Ok(_)) => {
                report.add(ProblemKind::Json, place(), "it is no JSON object; an article is an object with `text`");
                at = next_object(text, at);
            }
            Some(Err(error)) => {
                report.add(
                    ProblemKind::Json,
                    place(),
                    format!("it is broken JSON and left out: {}", told(&error, line)),
                );
                // The object may have swallowed whole lines before it broke, as where a closing bracket is missing.
                let broken_at = at + start_of_line(rest, error.line());
                at = if broken_at > at && begins_object(&text[broken_at..]) {
                    broken_at
                } else {
                    next_object(text, broken_at)
                };
            }
            None => return drafts,
        }
    }
}

/// The parser's message with the line counted from the top of the file.
fn told(error: &serde_json::Error, first: usize) -> String {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message);
    format!("{what} (line {}, column {})", first + error.line().saturating_sub(1), error.column())
}

/// Offset of the given line of a text, counted from 1.
fn start_of_line(text: &str, line: usize) -> usize {
    match line.checked_sub(2) {
        Some(breaks) => text.match_indices('\n').nth(breaks).map_or(text.len(), |(at, _)| at + 1),
        None => 0,
    }
}

/// Offset of the first line after this place that begins with an object.
fn next_object(text: &str, from: usize) -> usize {
    let starts = text[from..].match_indices('\n').map(|(at, _)| from + at + 1);
    starts.into_iter().find(|&at| begins_object(&text[at..])).unwrap_or(text.len())
}

fn begins_object(line: &str) -> bool {
    line.starts_with('{')
}

/// Counts lines on the way through a text, each line break once.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    number: usize,
}

impl Lines<'_> {
    /// The number of the line in which the offset stands; offsets must not go back.
    fn number_of(&mut self, offset: usize) -> usize {
        self.number += self.text.as_bytes()[self.at..offset].iter().filter(|&&b| b == b'\n').count();
        self.at = offset;
        self.number
    }
}

/// The article of an object, which is written as `record`.
fn draft(
    mut object: Map<String, Value>,
    record: &str,
    place: Option<String>,
    report: &mut Report<'_>,
) -> Option<Draft> {
    if ninjs::looks_like(&object) {
        let draft = ninjs::read(&object, place, record, report)?;
        return Some(Draft { kind: Some(InputKind::Ninjs), ..draft });
    }
    if let Some(Value::Object(inner)) = object.remove("article") {
        object = inner;
    }
    let Some(Value::String(text)) = object.remove("text") else {
        if let Some(cells) = columns_of(&object) {
            let known = cells.iter().map(|(part, cell)| (*part, cell.as_str()));
            return columns::draft(known, place.unwrap_or_default(), report);
        }
        report.add(ProblemKind::Json, place, "the object has no `text`; an article needs its body there, as a string");
        return None;
    };
    let mut string = |key: &str| match object.remove(key) {
        Some(Value::String(s)) => Some(s),
        Some(Value::Number(n)) => Some(n.to_string()),
        _ => None,
    };
    let published = string("published").and_then(|day| {
        let date = date::written(&day);
        if date.is_none() {
            let shown: String = day.chars().take(40).collect();
            let reason = format!("`published` is no day: `{shown}`; write it as 2022-03-16");
            report.add(ProblemKind::Date, place.clone(), reason);
        }
        date
    });
    let article = Article {
        id: string("id").unwrap_or_else(|| Article::id_of(&text)),
        title: string("title"),
        outlet: string("outlet"),
        byline: string("byline"),
        published,
        url: string("url"),
        language: string("language").filter(|tag| !tag.trim().is_empty()),
        text: Text::new(text),
    };
    Some(Draft { place, record: Some(record.as_bytes().to_vec()), ..Draft::new(article) })
}

/// The parts of an article that an object of another program keeps under names of its own; `None` where none is a text.
fn columns_of(object: &Map<String, Value>) -> Option<Vec<(Part, String)>> {
    let parts = columns::parts(object.keys().map(String::as_str))?;
    let cells = parts.into_iter().zip(object.values()).filter_map(|(part, value)| Some((part?, words(value)?)));
    let cells: Vec<_> = cells.collect();
    cells.iter().any(|(part, _)| *part == Part::Text).then_some(cells)
}

/// The words of a value: of a list all of them, of an object its name or its text.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(all) => {
            Some(all.iter().filter_map(words).collect::<Vec<_>>().join(", ")).filter(|w| !w.is_empty())
        }
        Value::Object(object) => ["name", "title", "rendered", "value"].iter().find_map(|key| words(object.get(*key)?)),
        _ => None,
    }
}

/// The text with every `\u` escape of half a surrogate pair made one of U+FFFD, which is as long, so that the rest of
/// the string can be read.
fn mend_surrogates(text: &str) -> Cow<'_, str> {
    let mut out: Option<String> = None;
    let mut copied = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|&b| b == b'\\') {
        at += found;
        let (length, broken) = match (escaped(bytes, at), escaped(bytes, at + 6)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => (12, false),
            (Some(0xd800..0xe000), _) => (6, true),
            // Whatever is escaped, a second backslash too, begins no escape of its own.
            _ => (2, false),
        };
        if broken {
            let out = out.get_or_insert_default();
            out.push_str(&text[copied..at]);
            out.push_str("\\ufffd");
            copied = at + length;
        }
        at = (at + length).min(bytes.len());
    }
    match out {
        Some(out) => Cow::Owned(out + &text[copied..]),
        None => Cow::Borrowed(text),
    }
}

/// The code unit of the `\u` escape at this offset.
fn escaped(bytes: &[u8], at: usize) -> Option<u16> {
    let hex = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(json: &str) -> (Vec<String>, Vec<(ProblemKind, Option<String>)>) {
        let mut report = Report::new("test");
        let drafts = read(json, &mut report);
        let texts = drafts.iter().map(|d| d.article.text.as_str().to_owned()).collect();
        (texts, report.finish().into_iter().map(|p| (p.kind, p.place)).collect())
    }

    fn broken(line: usize) -> (ProblemKind, Option<String>) {
        (ProblemKind::Json, Some(format!("line {line}")))
    }

    #[test]
    fn json_is_told_from_prose() {
        for json in ["{}", " \n{ \"text\": 1", "[{\"a\":1}]", "[]", "[\n {\n \"a\""] {
            assert!(looks_like(json), "{json}");
        }
        for prose in ["[Updated] Talks go on", "{{byline}} Talks", "[1] A note", "] and", "Talks [sic]", ""] {
            assert!(!looks_like(prose), "{prose}");
        }
    }

    #[test]
    fn one_many_and_one_a_line() {
        for json in [
            "{\"text\":\"a\"}",
            "[{\"text\":\"a\"}]",
            "{\"text\":\"a\"}\n",
            "{\n \"article\": {\"text\": \"a\", \"id\": \"x\"},\n \"statements\": []\n}",
        ] {
            assert_eq!(texts(json), (vec!["a".to_owned()], vec![]), "{json}");
        }
        for json in [
            "{\"text\":\"a\"}\n{\"text\":\"b\"}\n",
            "[{\"text\":\"a\"},\n{\"text\":\"b\"}]",
            "[{\"text\":\"a\"}, {\"text\":\"b\"}]",
            "{\"text\":\"a\"}\r\n\r\n{\"text\":\"b\"}",
            "{\n\"text\":\"a\"\n}\n{\n\"text\":\"b\"\n}",
        ] {
            assert_eq!(texts(json), (vec!["a".to_owned(), "b".to_owned()], vec![]), "{json}");
        }
    }

    #[test]
    fn a_broken_object_costs_only_itself() {
        for (json, problems) in [
            ("{\"text\":\"a\"}\n{\"text\":\"x\n{\"text\":\"b\"}", vec![broken(2)]),
            ("{\"text\":\"a\"}\n{\"text\":\"x\"\n{\"text\":\"b\"}", vec![broken(2)]),
            ("{\"text\":\"a\"}\nnonsense\n{\"text\":\"b\"}", vec![broken(2)]),
            ("{\"text\":\"a\"}\n17\n{\"text\":\"b\"}", vec![broken(2)]),
            ("{\"text\":\"a\"}\n{\"title\":\"x\"}\n{\"text\":\"b\"}\n{\"te", vec![broken(2), broken(4)]),
            ("[\n{\"text\":\"a\"},\n{text:1},\n{\"text\":\"b\"}\n]", vec![broken(3)]),
        ] {
            assert_eq!(texts(json), (vec!["a".to_owned(), "b".to_owned()], problems), "{json}");
        }
    }

    #[test]
    fn what_is_given_is_kept_and_the_rest_ignored() {
        let mut report = Report::new("test");
        let json = r#"{"id":"x 1","text":" A\r\nB ","title":"T","outlet":null,"published":"2022-03-16","licence":{"a":[1]},"language":"fr"}"#;
        let article = &read(json, &mut report)[0].article;
        assert_eq!((article.id.as_str(), article.text.as_str()), ("x 1", " A\r\nB "));
        assert_eq!((article.title.as_deref(), article.outlet.as_deref()), (Some("T"), None));
        assert_eq!(article.published, Some(jiff::civil::date(2022, 3, 16)));
        assert_eq!(article.language.as_deref(), Some("fr"));
        assert_eq!(report.finish(), []);
    }

    #[test]
    fn objects_of_other_programs() {
        let mut report = Report::new("test");
        let json = r#"{"headline":"T","content":"A","date":"2022-03-16T09:00:00Z","source":{"id":null,"name":"Oria Daily"},"authors":["Ana Oren","Lu Tarn"]}
            {"title":{"rendered":"T"},"content":{"rendered":"<p>A</p>"},"description":"x"}"#;
        let drafts = read(json, &mut report);
        let one = &drafts[0].article;
        assert_eq!((one.title.as_deref(), one.outlet.as_deref()), (Some("T"), Some("Oria Daily")));
        assert_eq!(
            (one.byline.as_deref(), one.published),
            (Some("Ana Oren, Lu Tarn"), Some(jiff::civil::date(2022, 3, 16)))
        );
        let texts: Vec<_> = drafts.iter().map(|d| d.article.text.as_str()).collect();
        assert_eq!(texts, ["A", "A"]);
        assert_eq!(drafts[1].article.title.as_deref(), Some("T"));
        assert_eq!(report.finish(), []);
    }

    #[test]
    fn missing_ids_come_from_the_text_and_odd_days_are_reported() {
        let mut report = Report::new("test");
        let drafts = read(
            "{\"text\":\"a\",\"published\":\"2022-03-16T09:00:00Z\"}\n{\"text\":\"b\",\"published\":\"soon\",\"id\":7}",
            &mut report,
        );
        assert_eq!(drafts[0].article.id, Article::id_of("a"));
        assert_eq!(drafts[0].article.published, Some(jiff::civil::date(2022, 3, 16)));
        assert_eq!((drafts[1].article.id.as_str(), drafts[1].article.published), ("7", None));
        let problems = report.finish();
        assert_eq!(problems.iter().map(|p| p.kind).collect::<Vec<_>>(), [ProblemKind::Date]);
        assert_eq!(problems[0].to_string(), "test: line 2: `published` is no day: `soon`; write it as 2022-03-16");
    }

    #[test]
    fn half_surrogates_are_replaced_and_whole_ones_kept() {
        let (got, problems) = texts(r#"{"text":"\ud83c\udf89 \ud83c \udf89 \\ud83c é"}"#);
        assert_eq!(got, ["🎉 \u{fffd} \u{fffd} \\ud83c é"]);
        assert_eq!(problems, [(ProblemKind::Encoding, None)]);
        assert!(matches!(mend_surrogates(r#""\ud83c\udf89 \\ud83c \u00e9""#), Cow::Borrowed(_)));
    }

    #[test]
    fn deep_nesting_and_floods_of_junk_end() {
        let deep = format!("{{\"a\":{}", "[".repeat(200_000));
        assert_eq!(texts(&deep).1, [broken(1)]);
        let flood = "{\n".repeat(50_000);
        assert_eq!(texts(&flood).1.len(), 101);
        assert_eq!(texts(&format!("[{}", "[".repeat(200_000))), (vec![], vec![]));
    }
}
