//! What the forms of linked data share: names that stay the same from one export to the next, agents, and a stream of objects.

use std::io::Write;
use std::path::{Path, PathBuf};

use pourparler_text::{Article, Speaker, SpeakerKind};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::guid::guid;
use crate::{ArticleRecord, ExchangeError, Report};

/// The namespace of terms for which no vocabulary in use has a word.
pub(crate) const TERMS: &str = "urn:pourparler:terms#";

/// A name made from what is named, see [`guid`].
pub(crate) fn urn(kind: &str, parts: &[&str]) -> String {
    guid(kind, parts).urn().to_string()
}

/// The name of a statement, the same in all forms.
pub(crate) fn statement_urn(article: &str, statement: &str) -> String {
    urn("statement", &[article, statement])
}

/// The name of an article's text: its hash.
pub(crate) fn text_urn(article: &Article) -> String {
    format!("urn:sha256:{}", article.text.sha256())
}

/// An address as an IRI: characters that have no place in one are percent-encoded. `None` where it names no scheme.
pub(crate) fn iri(address: &str) -> Option<String> {
    let (scheme, rest) = address.trim().split_once(':')?;
    let letters = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if rest.is_empty() || !letters || !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut out = format!("{scheme}:");
    for c in rest.chars() {
        if c <= ' ' || "<>\"{}|\\^`\u{7f}".contains(c) || c.is_whitespace() || c.is_control() {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|b| out.push_str(&format!("%{b:02X}")));
        } else {
            out.push(c);
        }
    }
    Some(out)
}

/// The address of an article as an IRI; where it has none that can be one, that is told.
pub(crate) fn address(url: Option<&str>, article: &str, report: &mut Report) -> Option<String> {
    let url = url?;
    let found = iri(url);
    if found.is_none() {
        report.lose("addresses of articles that are no IRI", || article.to_owned());
    }
    found
}

/// An object of those fields that hold something.
pub(crate) fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let kept = fields.into_iter().filter(|(_, value)| !empty(value));
    Value::Object(kept.map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
}

/// How sure the extraction is; nothing where that is no number.
pub(crate) fn confidence(score: Option<f32>) -> Value {
    // By its decimals, so that 0.9 is not 0.8999999761581421.
    score.filter(|s| s.is_finite()).and_then(|s| s.to_string().parse::<f64>().ok()).map_or(Value::Null, Value::from)
}

/// What a speaker is, among persons and organisations. `None` of a speaker of whom nothing is told.
pub(crate) fn agent_type(speaker: &Speaker) -> Option<SpeakerKind> {
    let Speaker { name, kind, role, party } = speaker;
    let told = name.is_some() || role.is_some() || party.is_some() || *kind != SpeakerKind::Unnamed;
    told.then_some(*kind)
}

/// Counts an article in a report, and tells what neither linked data nor a CAS has.
pub(crate) fn begin(record: &ArticleRecord, report: &mut Report) {
    report.articles += 1;
    report.statements += record.read.statements.len();
    for _ in &record.read.rounds {
        report.lose("rounds of talks", || record.read.article.id.clone());
    }
    for _ in &record.furniture {
        report.lose("lines known as page furniture", || record.read.article.id.clone());
    }
}

/// One file of JSON that is written object by object.
pub(crate) struct Stream {
    file: PathBuf,
    out: Box<dyn Write>,
    some: bool,
}

impl Stream {
    /// Begins with `head`, after which objects follow as the items of an array.
    pub fn begin(out: Box<dyn Write>, file: &Path, head: &str) -> Result<Self, ExchangeError> {
        let mut stream = Self { file: file.to_owned(), out, some: false };
        stream.raw(head)?;
        Ok(stream)
    }

    /// Writes an item.
    pub fn item(&mut self, item: &impl Serialize) -> Result<(), ExchangeError> {
        self.raw(if self.some { ",\n" } else { "\n" })?;
        self.some = true;
        serde_json::to_writer(&mut self.out, item).map_err(|e| ExchangeError::new(&self.file, e))
    }

    /// Ends with `tail`.
    pub fn end(mut self, tail: &str) -> Result<(), ExchangeError> {
        self.raw(tail)?;
        self.out.flush().map_err(|e| ExchangeError::new(&self.file, e))
    }

    fn raw(&mut self, text: &str) -> Result<(), ExchangeError> {
        self.out.write_all(text.as_bytes()).map_err(|e| ExchangeError::new(&self.file, e))
    }
}

/// The beginning of a JSON-LD document that is one graph: its context, and the array of its nodes opened.
pub(crate) fn graph_head(context: &Value) -> String {
    format!("{{\"@context\":{context},\n\"@graph\":[")
}

/// The end of such a document.
pub(crate) const GRAPH_TAIL: &str = "\n]}\n";

/// A whole document of some nodes.
pub(crate) fn graph(context: &Value, nodes: &[Value]) -> Value {
    json!({ "@context": context, "@graph": nodes })
}

#[cfg(test)]
pub(crate) mod tests {
    use std::cell::RefCell;
    use std::io;
    use std::rc::Rc;

    use super::*;
    use crate::Exporter;

    /// What an exporter writes, to be looked at when it is gone.
    #[derive(Clone, Default)]
    pub struct Written(Rc<RefCell<Vec<u8>>>);

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Writes records in a form of one file, which has to be JSON.
    pub fn exported<E: Exporter + 'static>(
        make: impl FnOnce(Written, &Path) -> Result<E, ExchangeError>,
        records: &[ArticleRecord],
    ) -> (Value, Report) {
        let out = Written::default();
        let mut exporter = Box::new(make(out.clone(), Path::new("out.json")).expect("it begins"));
        for record in records {
            exporter.article(record).expect("it is written");
        }
        let report = (exporter as Box<dyn Exporter>).finish().expect("it ends");
        let bytes = out.0.borrow();
        (serde_json::from_slice(&bytes).expect("it is JSON"), report)
    }

    /// The words between two code points.
    pub fn slice(text: &str, start: usize, end: usize) -> String {
        text.chars().skip(start).take(end - start).collect()
    }

    /// Writing fails at once.
    struct Full;

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::from(io::ErrorKind::StorageFull))
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_is_told_with_the_file() {
        let failed = Stream::begin(Box::new(Full), Path::new("x.json"), "{").err().expect("it fails");
        assert!(failed.to_string().starts_with("x.json: "), "{failed}");
    }

    #[test]
    fn names_are_uuids_that_stay() {
        let name = statement_urn("tricky-1", "s1");
        assert_eq!(name, statement_urn("tricky-1", "s1"));
        assert_ne!(name, statement_urn("tricky-", "1s1"));
        let digits = name.strip_prefix("urn:uuid:").expect("it is a UUID");
        assert_eq!(digits.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert_eq!(&digits[14..15], "8", "the version");
        assert!("89ab".contains(&digits[19..20]), "the variant");
    }

    #[test]
    fn addresses_become_iris_or_nothing() {
        assert_eq!(iri("https://a.org/é?b=1&c=<2> 3").as_deref(), Some("https://a.org/é?b=1&c=%3C2%3E%203"));
        for no in ["", "front page, 3 March", "www.a.org/x", "a b:c", ":x", "http:"] {
            assert_eq!(iri(no), None, "{no}");
        }
    }
}
