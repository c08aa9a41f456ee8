//! How real news marks what people say: every kind of `conventions.toml`, hits and false positives.

use std::collections::BTreeSet;

use pourparler_extract::{Attribution, LEAST_CONFIDENCE, Model, Tagger};
use pourparler_text::{Byte, Span};
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    kind: String,
    text: String,
    /// Source and content of what has to be found.
    #[serde(default)]
    says: Vec<(String, String)>,
    /// Words that no content may hold.
    #[serde(default)]
    not: Vec<String>,
    /// Nothing at all may be found.
    #[serde(default)]
    silent: bool,
}

fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn part(text: &str, spans: &[Span<Byte>]) -> String {
    spans.iter().map(|s| &text[s.start..s.end]).collect::<Vec<_>>().join(" ")
}

/// Two thirds of the content's words and at most three others, and a word of the source.
fn fits(text: &str, found: &Attribution, (source, content): &(String, String)) -> bool {
    let (expected, content) = (words(content), words(&part(text, &found.content)));
    let common = expected.intersection(&content).count();
    3 * common >= 2 * expected.len()
        && content.len() - common <= 3
        && !words(source).is_disjoint(&words(&part(text, &found.source)))
}

#[test]
fn conventions_of_real_news() {
    let cases: Cases = toml::from_str(include_str!("conventions.toml")).expect("it is TOML");
    let tagger = Tagger::new(Model::Accurate).expect("the weights are part of the crate");
    let mut wrong = Vec::new();
    for case in &cases.case {
        let text = &case.text;
        let (mut found, _) = tagger.attributions(text, |_| true).expect("it is text");
        found.retain(|a| tagger.confidence(&a.signals) >= LEAST_CONFIDENCE);
        let contents: Vec<String> = found.iter().map(|a| part(text, &a.content)).collect();
        let missed = case.says.iter().filter(|says| !found.iter().any(|a| fits(text, a, says)));
        wrong.extend(missed.map(|says| format!("{}: missed {says:?}, found {contents:?}", case.kind)));
        let invented = case.not.iter().filter(|not| contents.iter().any(|c| c.contains(*not)));
        wrong.extend(invented.map(|not| format!("{}: took {not:?}", case.kind)));
        if case.silent && !found.is_empty() {
            wrong.push(format!("{}: found {contents:?} where nobody speaks", case.kind));
        }
    }
    assert!(wrong.is_empty(), "{} of {} kinds:\n{}", wrong.len(), cases.case.len(), wrong.join("\n"));
}
