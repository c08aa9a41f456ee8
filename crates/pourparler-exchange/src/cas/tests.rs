use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::Problem;
use crate::fixture::{TEXT, any_record, tricky};
use crate::linked::tests::slice;

/// Writes records into a new folder: the files, in the order of their names, and the report.
fn written(records: &[ArticleRecord]) -> (Vec<(String, Value)>, Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut exporter = Box::new(CasFolder::create(folder.path()).expect("it is empty"));
    records.iter().for_each(|record| exporter.article(record).expect("it is written"));
    let report = (exporter as Box<dyn Exporter>).finish().expect("it ends");
    let mut files: Vec<(String, Value)> = fs::read_dir(folder.path())
        .expect("it is there")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a plain name"))
        .filter(|name| name != TYPE_SYSTEM)
        .map(|name| {
            let bytes = fs::read(folder.path().join(&name)).expect("it can be read");
            (name, serde_json::from_slice(&bytes).expect("it is JSON"))
        })
        .collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    (files, report)
}

fn all<'a>(cas: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    cas["%FEATURE_STRUCTURES"].as_array().expect("a list").iter().filter(move |fs| fs["%TYPE"] == kind)
}

/// The words under an annotation, taken as a program takes them that counts in UTF-16.
fn words(cas: &Value, annotation: &Value) -> String {
    let text: Vec<u16> = cas["%FEATURE_STRUCTURES"][0]["sofaString"].as_str().expect("a text").encode_utf16().collect();
    let [begin, end] = ["begin", "end"].map(|key| annotation[key].as_u64().expect("an offset") as usize);
    String::from_utf16(&text[begin..end]).expect("no character is cut in two")
}

/// What an annotation links to by a feature.
fn linked<'a>(cas: &'a Value, annotation: &Value, feature: &str) -> Vec<&'a Value> {
    let at = |id: &Value| &cas["%FEATURE_STRUCTURES"][id.as_u64().expect("an id") as usize - 1];
    let Some(list) = annotation.get(feature) else { return vec![] };
    at(list)["%ELEMENTS"].as_array().expect("a list").iter().map(|link| at(&at(link)["@target"])).collect()
}

fn head<'a>(cas: &'a Value, id: &str) -> &'a Value {
    let mut heads = all(cas, CONTENT).filter(|a| a.get("speakerKind").is_some());
    heads.find(|a| a["statementId"] == id).expect("it is there")
}

#[test]
fn words_are_where_utf16_has_them() {
    let (files, report) = written(&[tricky()]);
    let cas = &files[0].1;
    let full = head(cas, "s1");
    assert_eq!(words(cas, full), "Neutrality,");
    let told = |feature| linked(cas, full, feature).into_iter().map(|a| words(cas, a)).collect::<Vec<_>>();
    assert_eq!(told("@pieces"), ["if guaranteed, may come,"]);
    assert_eq!(told("@sources"), ["Zoe\u{301} Mar\u{327} of Vessar"]);
    assert_eq!(told("@cues"), ["told"]);
    assert_eq!(told("@manner"), ["if guaranteed", "may"]);
    let relayed = head(cas, "s2");
    assert_eq!(words(cas, relayed), "שלום לכולם,");
    assert_eq!(linked(cas, relayed, "@relayedBy")[0]["%ID"], full["%ID"]);
    assert_eq!(head(cas, "s3")["madeByName"], "Bo");
    let lost: Vec<_> = report.losses.iter().map(|l| l.what).collect();
    assert_eq!(lost, ["lines known as page furniture", "how days were found", "what shows an issue"]);
}

#[test]
fn every_feature_is_declared_and_every_reference_leads_somewhere() {
    let (files, _) = written(&[tricky()]);
    let cas = &files[0].1;
    let structures = cas["%FEATURE_STRUCTURES"].as_array().expect("a list");
    for structure in structures {
        let kind = structure["%TYPE"].as_str().expect("a type");
        let Some(declared) = cas["%TYPES"].get(kind) else {
            assert!(kind.starts_with("uima."), "{kind}");
            continue;
        };
        for (key, value) in structure.as_object().expect("an object") {
            let feature = key.trim_start_matches('@');
            let built_in = ["sofa", "begin", "end", "language"].contains(&feature) || key.starts_with('%');
            assert!(built_in || declared.get(feature).is_some(), "{kind} has no {feature}");
            if key.starts_with('@') {
                assert!((value.as_u64().expect("an id") as usize) <= structures.len());
            }
        }
    }
    assert!(types::xml().contains("<elementType>webanno.custom.ContentSourcesLink</elementType>"));
}

#[test]
fn tokens_are_all_of_the_text_but_white_space() {
    let (files, _) = written(&[tricky()]);
    let cas = &files[0].1;
    let tokens: String = all(cas, TOKEN).map(|t| words(cas, t)).collect();
    assert_eq!(tokens, TEXT.split_whitespace().collect::<String>());
    assert_eq!(words(cas, all(cas, META).next().expect("it is there")), TEXT);
}

#[test]
fn any_ids_make_names_of_their_own() {
    let ids = ["a", "A", "../a", "", "ש/🎉", &"x".repeat(300), "plain-1"];
    let records = ids.map(|id| {
        let mut record = tricky();
        record.read.article.id = id.to_owned();
        record
    });
    let (files, _) = written(&records);
    let told: HashSet<&str> =
        files.iter().filter_map(|(_, cas)| all(cas, META).next()?["documentId"].as_str()).collect();
    assert_eq!(told, HashSet::from(ids));
    assert!(files.iter().any(|(name, _)| name == "plain-1.json"));
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("mine.txt"), "mine").expect("it is written");
    let refused = CasFolder::create(folder.path()).err().expect("it is not empty");
    assert!(matches!(refused.problem, Problem::Taken));
    assert_eq!(fs::read_dir(folder.path()).expect("it is there").count(), 1);
}

#[test]
fn a_statement_without_content_stands_on_its_cue() {
    let mut record = tricky();
    record.read.statements[2].content.clear();
    record.read.statements[1].content.clear();
    record.read.statements[1].cue.clear();
    record.read.statements[1].source.clear();
    let (files, report) = written(&[record]);
    let cas = &files[0].1;
    assert_eq!(words(cas, head(cas, "s3")), "rejects");
    let lost = |what: &str| report.losses.iter().find(|l| l.what == what).map(|l| l.first.as_str());
    assert_eq!(lost("statements without any words, left out"), Some("tricky-1/s2"));
    assert_eq!(lost("statements without content, put on their cue or source"), Some("tricky-1/s3"));
}

proptest! {
    #[test]
    fn any_words_are_found_again(record in any_record()) {
        let (files, _) = written(std::slice::from_ref(&record));
        let cas = &files[0].1;
        let text = record.read.article.text.as_str();
        for statement in &record.read.statements {
            let head = head(cas, &statement.id);
            let mut got = vec![words(cas, head)];
            got.extend(linked(cas, head, "@pieces").into_iter().map(|a| words(cas, a)));
            let want: Vec<String> = statement.content.iter().map(|s| slice(text, s.start, s.end)).collect();
            prop_assert_eq!(got, want);
        }
        for kind in [TOKEN, SENTENCE] {
            prop_assert!(all(cas, kind).all(|a| !words(cas, a).trim().is_empty()));
        }
    }
}
