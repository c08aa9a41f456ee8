//! W3C Web Annotation: each statement an annotation of the words of its article, in one collection of one page, as JSON-LD.
//!
//! The target is the article by its address, else by the hash of its text (`urn:sha256:`). Each piece of the content is a
//! target of its own, found by quotation (with up to 32 characters before and after) and by position in code points of the frozen
//! text, whose hash is told. Everything else is a body: text that any reader of annotations shows, with its part in the statement
//! in terms of ours (`pp:part`). Bodies that are words of the text carry their place, too.
//!
//! Annotations, and their collection, are named after what they hold: the same export has the same names. The standard wants its
//! context by its address; nothing is fetched here.

use std::io::Write;
use std::path::Path;

use pourparler_text::{Article, CodePoint, DateRange, Span, SpeakerKind, Statement};
use serde_json::{Value, json};

use crate::linked::{Stream, TERMS, address, begin, confidence, object, statement_urn, text_urn, urn};
use crate::record::Maker;
use crate::{ArticleRecord, ExchangeError, Exporter, PROGRAM, Report};

/// So many characters before and after a quotation.
const AROUND: usize = 32;

/// Writes annotations, one file.
pub struct WebAnnotations {
    stream: Stream,
    /// Names the annotations so far, all together.
    name: String,
    report: Report,
}

impl WebAnnotations {
    /// Begins a collection; `file` is its name in errors.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn new(out: impl Write + 'static, file: &Path) -> Result<Self, ExchangeError> {
        let context = json!(["http://www.w3.org/ns/anno.jsonld", { "pp": TERMS }]);
        let head = format!(
            "{{\"@context\":{context},\n\"type\":\"AnnotationCollection\",\"label\":\"Statements\",\n\
             \"first\":{{\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":["
        );
        let (name, report) = (String::new(), Report::default());
        Ok(Self { stream: Stream::begin(Box::new(out), file, &head)?, name, report })
    }
}

impl Exporter for WebAnnotations {
    fn article(&mut self, record: &ArticleRecord) -> Result<(), ExchangeError> {
        begin(record, &mut self.report);
        let source = Source::of(&record.read.article, &mut self.report);
        for statement in &record.read.statements {
            let annotation = annotation(record, statement, &source);
            self.name = urn("collection", &[&self.name, annotation["id"].as_str().unwrap_or_default()]);
            self.stream.item(&annotation)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Report, ExchangeError> {
        let [page, all] = ["page", "collection"].map(|kind| json!(urn(kind, &[&self.name])));
        let total = self.report.statements;
        self.stream.end(&format!("\n],\"id\":{page},\"partOf\":{all}}},\n\"id\":{all},\"total\":{total}}}\n"))?;
        Ok(self.report)
    }
}

/// An article as a target, made once for all its statements.
struct Source {
    resource: Value,
    state: Value,
    /// The text's characters: spans are code points.
    text: Vec<char>,
}

impl Source {
    fn of(article: &Article, report: &mut Report) -> Self {
        let hash = text_urn(article);
        let resource = object([
            ("id", json!(address(article.url.as_deref(), &article.id, report).unwrap_or_else(|| hash.clone()))),
            ("type", json!("Text")),
            ("language", json!(article.language)),
            ("pp:article", json!(article.id)),
            ("pp:text", json!(hash)),
            ("pp:title", json!(article.title)),
            ("pp:outlet", json!(article.outlet)),
            ("pp:byline", json!(article.byline)),
            ("pp:published", json!(article.published)),
        ]);
        let state = article.published.map_or(Value::Null, |day| {
            json!({
                "type": "TimeState",
                "sourceDateStart": format!("{day}T00:00:00Z"),
                "sourceDateEnd": format!("{day}T23:59:59Z"),
            })
        });
        Self { resource, state, text: article.text.as_str().chars().collect() }
    }

    fn words(&self, start: usize, end: usize) -> String {
        let end = end.min(self.text.len());
        self.text[start.min(end)..end].iter().collect()
    }

    /// The target of a piece of content.
    fn target(&self, span: Span<CodePoint>) -> Value {
        let length = self.text.len();
        let span = Span::<CodePoint>::new(span.start.min(length), span.end.min(length));
        let quote = object([
            ("type", json!("TextQuoteSelector")),
            ("exact", json!(self.words(span.start, span.end))),
            ("prefix", json!(self.words(span.start.saturating_sub(AROUND), span.start))),
            ("suffix", json!(self.words(span.end, span.end + AROUND))),
        ]);
        let place = json!({ "type": "TextPositionSelector", "start": span.start, "end": span.end });
        object([
            ("type", json!("SpecificResource")),
            ("source", self.resource.clone()),
            ("selector", json!([quote, place])),
            ("state", self.state.clone()),
        ])
    }
}

fn annotation(record: &ArticleRecord, statement: &Statement<CodePoint>, source: &Source) -> Value {
    let article = record.read.article.id.as_str();
    let creator = match record.maker(statement) {
        Maker::Person(Some(name)) => json!({ "id": urn("person", &[name]), "type": "Person", "name": name }),
        Maker::Person(None) => json!({ "type": "Person" }),
        Maker::Machine => {
            let name = record.extractor.as_str();
            json!({ "id": urn("software", &[name]), "type": "Software", "name": name })
        }
    };
    let mut targets: Vec<Value> = statement.content.iter().map(|&span| source.target(span)).collect();
    if targets.is_empty() {
        targets.push(object([("type", json!("SpecificResource")), ("source", source.resource.clone())]));
    }
    object([
        ("id", json!(urn("annotation", &[article, &statement.id]))),
        ("type", json!("Annotation")),
        ("motivation", json!("classifying")),
        ("creator", creator),
        ("generator", json!({ "id": urn("software", &[PROGRAM]), "type": "Software", "name": PROGRAM })),
        ("body", Value::Array(bodies(article, statement, source))),
        ("target", Value::Array(targets)),
        ("pp:statement", json!(statement_urn(article, &statement.id))),
        ("pp:statementId", json!(statement.id)),
        ("pp:confidence", confidence(statement.confidence)),
    ])
}

fn body(purpose: &str, part: &str, value: &str) -> Value {
    json!({ "type": "TextualBody", "purpose": purpose, "value": value, "pp:part": part })
}

fn bodies(article: &str, statement: &Statement<CodePoint>, source: &Source) -> Vec<Value> {
    let speaker = &statement.speaker;
    let mut out = Vec::new();
    let mut told = |purpose: &str, part: &str, value: Option<&str>| {
        out.extend(value.map(|value| body(purpose, part, value)));
    };
    told("identifying", "speaker", speaker.name.as_deref());
    // Of the others there is a name, or nothing to be told of them.
    let kind = (speaker.kind != SpeakerKind::Unnamed || speaker.role.is_some()).then(|| speaker.kind.as_str());
    told("classifying", "speaker kind", kind);
    told("describing", "role", speaker.role.as_deref());
    told("classifying", "party", speaker.party.as_deref());
    told("classifying", "act", Some(statement.act.as_str()));
    told("classifying", "quotation", Some(statement.quotation.as_str()));
    told("classifying", "firmness", statement.manner.firmness.map(|f| f.as_str()));
    told("describing", "addressee", statement.manner.addressee.as_deref());
    for (at, via) in statement.via.iter().enumerate() {
        let mut body = body("describing", "via", via);
        body["pp:order"] = json!(at + 1);
        out.push(body);
    }
    if let Some(outer) = &statement.relayed_by {
        out.push(body("linking", "relayed by", &urn("annotation", &[article, outer])));
    }
    for position in &statement.positions {
        out.push(object([
            ("type", json!("TextualBody")),
            ("purpose", json!("tagging")),
            ("value", json!(position.issue)),
            ("pp:part", json!("issue")),
            ("pp:stance", json!(position.stance.as_str())),
            ("pp:option", json!(position.option)),
            ("pp:shownBy", json!(position.by.map(pourparler_text::Shown::as_str))),
        ]));
    }
    out.extend(statement.said_on.as_ref().map(|days| day("said on", days)));
    out.extend(statement.manner.due.as_ref().map(|days| day("due", days)));
    let manner = &statement.manner;
    let words = [
        ("source", &statement.source),
        ("cue", &statement.cue),
        ("condition", &manner.conditions),
        ("reason", &manner.reasons),
        ("hedge", &manner.hedges),
    ];
    for (part, spans) in words {
        out.extend(spans.iter().map(|span| {
            let mut body = body("highlighting", part, &source.words(span.start, span.end));
            (body["pp:start"], body["pp:end"]) = (json!(span.start), json!(span.end));
            body
        }));
    }
    out
}

fn day(part: &str, days: &DateRange) -> Value {
    object([
        ("type", json!("TextualBody")),
        ("purpose", json!("describing")),
        ("value", json!(days.iso())),
        ("pp:part", json!(part)),
        ("pp:words", json!(days.text)),
        ("pp:method", json!(days.method.map(pourparler_text::Dating::as_str))),
        ("pp:anchor", json!(days.anchor)),
    ])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fixture::{TEXT, any_record, tricky};
    use crate::linked::tests::{exported, slice};

    fn written(records: &[ArticleRecord]) -> (Value, Report) {
        exported(WebAnnotations::new, records)
    }

    /// What a body says of a part.
    fn said<'a>(annotation: &'a Value, part: &str) -> Vec<&'a Value> {
        annotation["body"].as_array().expect("bodies").iter().filter(|b| b["pp:part"] == part).collect()
    }

    /// Every quotation and its place, where the text has the same words there.
    fn quotations(annotation: &Value, text: &str) -> Vec<String> {
        let targets = annotation["target"].as_array().expect("targets").iter();
        targets
            .filter(|target| target.get("selector").is_some())
            .map(|target| {
                let [quote, place] = [0, 1].map(|n| &target["selector"][n]);
                let [start, end] = ["start", "end"].map(|k| place[k].as_u64().expect("a number") as usize);
                let told = |key: &str| quote.get(key).map_or("", |v| v.as_str().expect("words"));
                assert_eq!(told("exact"), slice(text, start, end));
                assert_eq!(told("prefix"), slice(text, start.saturating_sub(AROUND), start));
                assert!(text.contains(&(told("prefix").to_owned() + told("exact") + told("suffix"))));
                told("exact").to_owned()
            })
            .collect()
    }

    #[test]
    fn a_statement_is_found_by_words_and_place() {
        let (all, report) = written(&[tricky()]);
        let items = all["first"]["items"].as_array().expect("items");
        assert_eq!((items.len(), &all["total"]), (3, &json!(3)));
        assert_eq!(quotations(&items[0], TEXT), ["Neutrality,", "if guaranteed, may come,"]);
        assert_eq!(quotations(&items[1], TEXT), ["שלום לכולם,"]);
        let source = &items[0]["target"][0]["source"];
        assert_eq!(source["id"], "https://example.org/a?b=1&c=2");
        assert_eq!(source["pp:text"], text_urn(&tricky().read.article));
        assert_eq!(items[0]["target"][0]["state"]["sourceDateStart"], "2031-03-05T00:00:00Z");
        let lost: Vec<_> = report.losses.iter().map(|l| l.what).collect();
        assert_eq!(lost, ["lines known as page furniture"]);
    }

    #[test]
    fn all_of_a_statement_is_in_the_bodies() {
        let (all, _) = written(&[tricky()]);
        let [full, relayed, decided] = [0, 1, 2].map(|n| &all["first"]["items"][n]);
        assert_eq!(said(full, "speaker")[0]["value"], "Zoe\u{301} Mar\u{327}");
        assert_eq!(said(full, "issue")[0]["pp:stance"], "conditional");
        assert_eq!(said(full, "issue")[0]["pp:option"], "osk");
        let via: Vec<_> = said(full, "via").iter().map(|b| (&b["value"], &b["pp:order"])).collect();
        assert_eq!(via, [(&json!("𝄞 Radio Tolm"), &json!(1)), (&json!("the Tolm agency"), &json!(2))]);
        for (part, words) in
            [("said on", "2031-03-03"), ("condition", "if guaranteed"), ("hedge", "may"), ("cue", "told")]
        {
            assert_eq!(said(full, part)[0]["value"], words, "{part}");
        }
        assert_eq!(said(relayed, "relayed by")[0]["value"], full["id"]);
        assert_eq!((&full["creator"]["type"], &full["creator"]["name"]), (&json!("Software"), &json!("accurate 6")));
        assert_eq!((&decided["creator"]["type"], &decided["creator"]["name"]), (&json!("Person"), &json!("Bo")));
        assert!(full.get("created").is_none(), "nobody knows when it was made");
    }

    #[test]
    fn without_an_address_the_text_is_the_source() {
        let mut record = tricky();
        record.read.article.url = Some("front page".to_owned());
        let (all, report) = written(&[record]);
        let id = &all["first"]["items"][0]["target"][0]["source"]["id"];
        assert_eq!(id, &json!(text_urn(&tricky().read.article)));
        assert!(report.losses.iter().any(|l| l.what == "addresses of articles that are no IRI"));
    }

    #[test]
    fn nothing_is_a_collection_too() {
        assert_eq!(written(&[]).0["total"], 0);
        let names = [&[][..], &[tricky()], &[tricky(), tricky()]].map(|all| written(all).0["id"].to_string());
        assert!(names[0] != names[1] && names[1] != names[2]);
        assert_eq!(written(&[tricky()]).0["first"]["partOf"].to_string(), names[1]);
    }

    proptest! {
        #[test]
        fn any_words_are_found_again(record in any_record()) {
            let (all, _) = written(std::slice::from_ref(&record));
            let items = all["first"]["items"].as_array().expect("items");
            prop_assert_eq!(items.len(), record.read.statements.len());
            let text = record.read.article.text.as_str();
            for (item, statement) in items.iter().zip(&record.read.statements) {
                let words: Vec<String> = statement.content.iter().map(|s| slice(text, s.start, s.end)).collect();
                prop_assert_eq!(quotations(item, text), words);
            }
        }
    }
}
