use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn of(json: &str) -> (Option<Draft>, Vec<ProblemKind>) {
    let Ok(Value::Object(object)) = serde_json::from_str(json) else { panic!("an object: {json}") };
    assert!(looks_like(&object), "{json}");
    let mut report = Report::new("test");
    let draft = read(&object, Some("line 1".to_owned()), json, &mut report);
    (draft, report.finish().into_iter().map(|p| p.kind).collect())
}

#[test]
fn all_versions_are_read_alike() {
    for json in [
        r#"{"uri":"urn:x:1","type":"text","versioncreated":"2031-03-16T10:37:00Z","byline":"By Ana Oren","headline":"Talks go on",
            "copyrightholder":"Agence Oria","language":"en","body_text":"The talks go on. They end.",
            "body_xhtml":"<p>The talks\n go on.</p><p>They end.</p>"}"#,
        r#"{"uri":"urn:x:1","type":"text","versioncreated":"2031-03-16T10:37:00Z","by":"Ana Oren","language":"en",
            "infosources":[{"name":"Agence Oria"}],"headlines":[{"role":"short","value":"Talks"},{"role":"main","value":"Talks go on"}],
            "bodies":[{"role":"text","contenttype":"text/plain","value":"The talks go on. They end."},
                      {"role":"x","contenttype":"text/html","value":"<html><head><title>T</title></head><body><h1>Talks go on</h1><p>The talks go on.</p><p>They end.</p></body></html>"}]}"#,
        r#"{"uri":"urn:x:1","versionCreated":"2031-03-16T10:37:00Z","by":"By Ana Oren","language":"en","provider":"Agence Oria",
            "headlines":[{"value":"Talks go on"}],
            "bodies":[{"contentType":"text/plain","value":"Talks go on\n\nThe talks\ngo on.\n\nThey end.\n"}]}"#,
        r#"{"uri":"urn:x:1","firstCreated":"2031-03-16T10:37:00Z","by":"Ana Oren","language":"en","copyrightHolder":"Agence Oria",
            "title":"Talks go on","bodies":[{"contentType":"text/vnd.IPTC.NITF","value":"<?xml version=\"1.0\"?><nitf><head><title>T</title></head><body><body.head><byline>By X</byline></body.head><body.content><block><p>The talks go on.</p></block><p>They end.</p></body.content></body></nitf>"}]}"#,
    ] {
        let (draft, problems) = of(json);
        let draft = draft.expect("an article");
        assert_eq!(problems, [], "{json}");
        let article = draft.article;
        assert_eq!(article.text.as_str(), "The talks go on.\nThey end.", "{json}");
        assert_eq!(
            (article.title.as_deref(), article.byline.as_deref()),
            (Some("Talks go on"), Some("Ana Oren")),
            "{json}"
        );
        assert_eq!(
            (article.outlet.as_deref(), article.language.as_deref()),
            (Some("Agence Oria"), Some("en")),
            "{json}"
        );
        assert_eq!((article.published, article.id.as_str(), article.url), (Some(date(2031, 3, 16)), "urn:x:1", None));
        assert_eq!(draft.record.as_deref(), Some(json.as_bytes()));
    }
}

#[test]
fn days_of_first_version_change_and_embargo() {
    let rest = r#""bodies":[{"value":"The talks go on."}]"#;
    for (days, published, modified) in [
        (r#""firstcreated":"2031-03-14T10:00:00Z","versioncreated":"2031-03-16T10:00:00Z""#, Some(14), Some(16)),
        (r#""versioncreated":"2031-03-16T10:00:00Z""#, Some(16), None),
        (r#""contentCreated":"2031-03-15T10:00:00Z""#, Some(15), None),
        (r#""versionCreated":"2031-03-14T10:00:00Z","embargoedUntil":"2031-03-16T00:00:00Z""#, Some(16), None),
        (r#""versionCreated":"soon""#, None, None),
    ] {
        let (draft, problems) = of(&format!(r#"{{"uri":"https://example.org/1",{days},{rest}}}"#));
        let draft = draft.expect("an article");
        let day = |d: i8| date(2031, 3, d);
        assert_eq!((draft.article.published, draft.modified), (published.map(day), modified.map(day)), "{days}");
        assert_eq!(draft.article.url.as_deref(), Some("https://example.org/1"));
        assert_eq!(problems.is_empty(), published.is_some());
    }
}

#[test]
fn what_is_no_article_is_told() {
    for (json, kind) in [
        (
            r#"{"uri":"urn:x:1","type":"picture","headline":"A harbour","description_text":"The harbour"}"#,
            ProblemKind::Empty,
        ),
        (r#"{"uri":"urn:x:1","type":"text","headline":"Talks"}"#, ProblemKind::Empty),
        (r#"{"uri":"urn:x:1","eventDetails":{},"descriptions":[{"value":"A meeting"}]}"#, ProblemKind::Empty),
        (r#"{"uri":"urn:x:1","pubStatus":"canceled","bodies":[{"value":"The talks go on."}]}"#, ProblemKind::Withdrawn),
    ] {
        let (draft, problems) = of(json);
        assert!(draft.is_none(), "{json}");
        assert_eq!(problems, [kind], "{json}");
    }
    let (draft, problems) = of(
        r#"{"uri":"urn:x:1","type":"text","versionCreated":"2031-03-16","descriptions":[{"value":"The talks go on."}]}"#,
    );
    assert_eq!(draft.map(|d| d.article.text.as_str().to_owned()).as_deref(), Some("The talks go on."));
    assert_eq!(problems, [ProblemKind::Partial]);
}

#[test]
fn other_objects_are_no_items() {
    for json in [
        r#"{"uri":"urn:x:1","text":"The talks go on.","type":"text"}"#,
        r#"{"uri":"urn:x:1","note":"x"}"#,
        r#"{"headline":"Talks","body_text":"The talks go on."}"#,
        r#"{"uri":1,"headline":"Talks"}"#,
    ] {
        let Ok(Value::Object(object)) = serde_json::from_str(json) else { panic!("an object: {json}") };
        assert!(!looks_like(&object), "{json}");
    }
}

proptest! {
    #[test]
    fn no_item_panics(fields in proptest::collection::vec((
        prop_oneof![
            Just("type"), Just("headline"), Just("headlines"), Just("bodies"), Just("body_xhtml"), Just("versioncreated"),
            Just("pubStatus"), Just("infoSources"), Just("by"), Just("descriptions"),
        ],
        prop_oneof![
            Just("1"), Just("\"<p>é\""), Just("[{\"value\":\"<body.content>x\"}]"), Just("\"2031-03-é\""), Just("[1,null]"),
            Just("{}"), Just("\"By \""), Just("[{\"name\":\"\"}]"),
        ],
    ), 0..8)) {
        let fields: String = fields.iter().map(|(name, value)| format!(",\"{name}\":{value}")).collect();
        let json = format!("{{\"uri\":\"urn:x:1\"{fields}}}");
        if let Ok(Value::Object(object)) = serde_json::from_str(&json) {
            looks_like(&object);
            read(&object, None, &json, &mut Report::new("test"));
        }
    }
}
