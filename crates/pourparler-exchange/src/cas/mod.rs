//! UIMA CAS in JSON (0.4), for INCEpTION and what else speaks UIMA: a folder with a file for each article.
//!
//! Beside the articles lies `TypeSystem.xml`. A project of INCEpTION is given it first (*Settings → Layers → Import*), and
//! knows the layers then; the articles are imported as *UIMA CAS JSON*. Offsets are UTF-16 code units.
//!
//! There is a layer for sources, one for cues, one for content and one for terms, reasons and hedges. The first piece of a
//! statement's content carries what the statement says of itself and links to all its other pieces. A statement without
//! content stands on its cue, else on its source; without any words it is left out.

mod types;

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use pourparler_text::{CodePoint, Span, Statement, Text, Utf16, sentences};
use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;

use crate::folder::{FileNames, new_folder};
use crate::linked::{begin, confidence, object};
use crate::record::Maker;
use crate::{ArticleRecord, ExchangeError, Exporter, Report};
use types::{CONTENT, CUE, FIELD, MANNER, META, SENTENCE, SOURCE, TOKEN};

/// The file that holds the layers.
const TYPE_SYSTEM: &str = "TypeSystem.xml";

/// The one id of the text in each file.
const SOFA: usize = 1;

/// Writes articles into a folder.
pub struct CasFolder {
    folder: PathBuf,
    types: Value,
    names: FileNames,
    report: Report,
}

impl CasFolder {
    /// Makes the folder, or takes one that is empty.
    ///
    /// # Errors
    /// Where something is in it, or it cannot be made.
    pub fn create(folder: &Path) -> Result<Self, ExchangeError> {
        new_folder(folder)?;
        let file = folder.join(TYPE_SYSTEM);
        fs::write(&file, types::xml()).map_err(|e| ExchangeError::new(&file, e))?;
        let (names, report) = (FileNames::default(), Report::default());
        Ok(Self { folder: folder.to_owned(), types: types::json(), names, report })
    }
}

impl Exporter for CasFolder {
    fn article(&mut self, record: &ArticleRecord) -> Result<(), ExchangeError> {
        begin(record, &mut self.report);
        let mut cas = Cas::new(record);
        cas.about(record);
        cas.segments(record);
        cas.statements(record, &mut self.report);
        let name = self.names.of(&record.read.article.id);
        let file = self.folder.join(format!("{name}.json"));
        let fail = |e: std::io::Error| ExchangeError::new(&file, e);
        let mut out = BufWriter::new(File::create_new(&file).map_err(fail)?);
        let whole = json!({
            "%TYPES": self.types,
            "%FEATURE_STRUCTURES": cas.structures,
            "%VIEWS": { "_InitialView": { "%SOFA": SOFA, "%MEMBERS": cas.members } },
        });
        serde_json::to_writer(&mut out, &whole).map_err(|e| ExchangeError::new(&file, e))?;
        out.flush().map_err(fail)
    }

    fn finish(self: Box<Self>) -> Result<Report, ExchangeError> {
        Ok(self.report)
    }
}

/// The feature structures of one article.
struct Cas<'a> {
    text: &'a Text,
    structures: Vec<Value>,
    /// Ids of those that are annotations.
    members: Vec<usize>,
}

impl<'a> Cas<'a> {
    fn new(record: &'a ArticleRecord) -> Self {
        let text = &record.read.article.text;
        let sofa = json!({
            "%ID": SOFA, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text",
            "sofaString": text.as_str(),
        });
        Self { text, structures: vec![sofa], members: Vec::new() }
    }

    /// A span of the text in the unit of a CAS.
    fn utf16(&self, span: Span<CodePoint>) -> Span<Utf16> {
        self.text.to_utf16(self.text.to_bytes(span))
    }

    /// Adds a structure with these fields; its id is what is returned.
    fn add<const N: usize>(&mut self, kind: &str, fields: [(&str, Value); N]) -> usize {
        let id = self.structures.len() + 1;
        let mut structure = object(fields);
        (structure["%ID"], structure["%TYPE"]) = (json!(id), json!(kind));
        self.structures.push(structure);
        id
    }

    /// Adds an annotation of words.
    fn annotate<const N: usize>(&mut self, kind: &str, span: Span<Utf16>, fields: [(&str, Value); N]) -> usize {
        let id = self.add(kind, fields);
        let structure = &mut self.structures[id - 1];
        structure["@sofa"] = json!(SOFA);
        (structure["begin"], structure["end"]) = (json!(span.start), json!(span.end));
        self.members.push(id);
        id
    }

    /// Adds a list of texts, unless there is none.
    fn strings(&mut self, all: Vec<String>) -> Value {
        if all.is_empty() {
            return Value::Null;
        }
        json!(self.add("uima.cas.StringArray", [("%ELEMENTS", json!(all))]))
    }

    /// Adds links to annotations, unless there are none.
    fn links(&mut self, kind: &str, to: &[(&str, usize)]) -> Value {
        if to.is_empty() {
            return Value::Null;
        }
        let links: Vec<usize> =
            to.iter().map(|(role, id)| self.add(kind, [("role", json!(role)), ("@target", json!(id))])).collect();
        json!(self.add("uima.cas.FSArray", [("%ELEMENTS", json!(links))]))
    }

    /// What is known of the article.
    fn about(&mut self, record: &ArticleRecord) {
        let article = &record.read.article;
        let whole = self.utf16(Span::new(0, usize::MAX));
        self.annotate(
            META,
            whole,
            [
                ("language", json!(article.language.as_deref().unwrap_or("x-unspecified"))),
                ("documentTitle", json!(article.title)),
                ("documentId", json!(article.id)),
                ("documentUri", json!(article.url)),
                ("isLastSegment", json!(false)),
            ],
        );
        let fields = [
            ("outlet", article.outlet.clone()),
            ("byline", article.byline.clone()),
            ("published", article.published.map(|d| d.to_string())),
            ("sha256", Some(article.text.sha256())),
            ("extractor", Some(record.extractor.clone())),
        ];
        for (key, value) in fields {
            if let Some(value) = value {
                self.annotate(FIELD, Span::new(0, 0), [("key", json!(key)), ("value", json!(value))]);
            }
        }
    }

    /// Sentences and tokens, without which INCEpTION shows nothing.
    fn segments(&mut self, record: &ArticleRecord) {
        let text = record.read.article.text.as_str();
        for sentence in sentences(text) {
            let span = self.text.to_utf16(sentence);
            self.annotate(SENTENCE, span, []);
            for (at, word) in text[sentence.start..sentence.end].split_word_bound_indices() {
                if word.trim().is_empty() {
                    continue;
                }
                let start = sentence.start + at;
                let span = self.text.to_utf16(Span::new(start, start + word.len()));
                self.annotate(TOKEN, span, []);
            }
        }
    }

    fn statements(&mut self, record: &ArticleRecord, report: &mut Report) {
        let mut heads: Vec<(&Statement<CodePoint>, usize)> = Vec::new();
        for statement in &record.read.statements {
            let place = || format!("{}/{}", record.read.article.id, statement.id);
            match self.statement(record, statement) {
                Some(head) => {
                    heads.push((statement, head));
                    if statement.content.is_empty() {
                        report.lose("statements without content, put on their cue or source", place);
                    }
                }
                None => report.lose("statements without any words, left out", place),
            }
            let days = statement.said_on.iter().chain(&statement.manner.due);
            if days.clone().any(|d| d.method.is_some() || d.anchor.is_some()) {
                report.lose("how days were found", place);
            }
            if statement.positions.iter().any(|p| p.by.is_some()) {
                report.lose("what shows an issue", place);
            }
        }
        // All heads have to be known before one can point to another.
        for (statement, head) in heads.clone() {
            let Some(outer) = &statement.relayed_by else { continue };
            match heads.iter().find(|(s, _)| s.id == *outer) {
                Some((_, outer)) => {
                    let links = self.links("webanno.custom.ContentRelayedByLink", &[("relayed by", *outer)]);
                    self.structures[head - 1]["@relayedBy"] = links;
                }
                None => {
                    report.lose("who relays a statement", || format!("{}/{}", record.read.article.id, statement.id))
                }
            }
        }
    }

    /// Adds a statement; the id of the annotation that stands for it.
    fn statement(&mut self, record: &ArticleRecord, statement: &Statement<CodePoint>) -> Option<usize> {
        let manner = &statement.manner;
        let (head, more) = match statement.content.split_first() {
            Some((first, more)) => (first, more),
            None => (statement.cue.first().or(statement.source.first())?, &[][..]),
        };
        let id = json!(statement.id);
        let plain = |cas: &mut Self, kind: &str, spans: &[Span<CodePoint>], role: &'static str| {
            let add = |s: &Span<CodePoint>| {
                let span = cas.utf16(*s);
                (role, cas.annotate(kind, span, [("statementId", id.clone())]))
            };
            spans.iter().map(add).collect::<Vec<_>>()
        };
        let sources = plain(self, SOURCE, &statement.source, "source");
        let cues = plain(self, CUE, &statement.cue, "cue");
        let pieces = plain(self, CONTENT, more, "continued");
        let mut put = Vec::new();
        let kinds = [("condition", &manner.conditions), ("reason", &manner.reasons), ("hedge", &manner.hedges)];
        for (kind, spans) in kinds {
            for &span in spans {
                let span = self.utf16(span);
                let fields = [("statementId", id.clone()), ("kind", json!(kind))];
                put.push((kind, self.annotate(MANNER, span, fields)));
            }
        }
        let sources = self.links("webanno.custom.ContentSourcesLink", &sources);
        let cues = self.links("webanno.custom.ContentCuesLink", &cues);
        let pieces = self.links("webanno.custom.ContentPiecesLink", &pieces);
        let put = self.links("webanno.custom.ContentMannerLink", &put);
        let positions = statement.positions.iter().map(|p| match &p.option {
            Some(option) => format!("{}: {} [{option}]", p.issue, p.stance),
            None => format!("{}: {}", p.issue, p.stance),
        });
        let positions = self.strings(positions.collect());
        let via = self.strings(statement.via.clone());
        let span = self.utf16(*head);
        let speaker = &statement.speaker;
        let (said, due) = (statement.said_on.as_ref(), manner.due.as_ref());
        let made = match record.maker(statement) {
            Maker::Machine => ("software", Some(record.extractor.as_str())),
            Maker::Person(name) => ("person", name),
        };
        let fields = [
            ("statementId", id.clone()),
            ("speaker", json!(speaker.name)),
            ("speakerKind", json!(speaker.kind.as_str())),
            ("role", json!(speaker.role)),
            ("party", json!(speaker.party)),
            ("quotation", json!(statement.quotation.as_str())),
            ("act", json!(statement.act.as_str())),
            ("@positions", positions),
            ("@via", via),
            ("saidFrom", json!(said.map(|d| d.from))),
            ("saidTo", json!(said.map(|d| d.to))),
            ("saidWords", json!(said.and_then(|d| d.text.as_ref()))),
            ("firmness", json!(manner.firmness.map(|f| f.as_str()))),
            ("addressee", json!(manner.addressee)),
            ("dueFrom", json!(due.map(|d| d.from))),
            ("dueTo", json!(due.map(|d| d.to))),
            ("dueWords", json!(due.and_then(|d| d.text.as_ref()))),
            ("confidence", confidence(statement.confidence)),
            ("madeBy", json!(made.0)),
            ("madeByName", json!(made.1)),
            ("@sources", sources),
            ("@cues", cues),
            ("@pieces", pieces),
            ("@manner", put),
        ];
        Some(self.annotate(CONTENT, span, fields))
    }
}

#[cfg(test)]
mod tests;
