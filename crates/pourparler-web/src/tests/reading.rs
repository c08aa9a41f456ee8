//! Decisions by the API, and articles as pages, with the texts that people would rather not meet.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use pourparler_ledger::Origin;
use pourparler_text::{Article, ArticleStatements, CodePoint, Span, Speaker, SpeakerKind, Statement};
use serde_json::{Value, json};

use crate::fixture::bare;
use crate::tests::{Got, Space, request};

const TEXT: &str = "🎉 Ana Oren said the gates stay open.\r\nשלום e\u{301} Oren Tal vowed peace.\r\nRead more";

/// Where words are in a text, in code points.
fn at(text: &str, words: &str) -> [usize; 2] {
    let start = text[..text.find(words).expect("there")].chars().count();
    [start, start + words.chars().count()]
}

fn statement(text: &str, id: &str, name: &str, content: &str) -> Statement<CodePoint> {
    let span = |words: &str| {
        let [start, end] = at(text, words);
        Span::new(start, end)
    };
    Statement {
        source: if text.contains(name) { vec![span(name)] } else { vec![] },
        speaker: Speaker {
            name: Some(name.to_owned()),
            kind: SpeakerKind::Person,
            role: None,
            party: Some("Karveth".to_owned()),
        },
        confidence: Some(0.42),
        ..bare(id, vec![span(content)])
    }
}

async fn add(space: &Space, id: &str, text: &str, statements: Vec<Statement<CodePoint>>) {
    let article = Article {
        id: id.to_owned(),
        title: Some(format!("Talks of {id}")),
        outlet: Some("Wire".to_owned()),
        url: Some("javascript:alert(1)".to_owned()),
        published: Some(jiff::civil::date(2031, 3, 4)),
        ..Article::from_text(text)
    };
    let read = ArticleStatements::new(article, statements);
    let origin_of = move |ledger: &mut pourparler_ledger::Ledger| {
        let origin = Origin {
            snapshot: read.article.text.as_str().as_bytes(),
            source: "a.txt",
            decoding: "text, utf-8",
            ..Origin::default()
        };
        ledger.add(&origin, &read, "model 1").map(drop)
    };
    space.app.write(origin_of).await.expect("added");
}

async fn space() -> Space {
    let space = Space::new();
    let toml = "name = \"Talks\"\n[[issue]]\nid = \"gates\"\nlabel = \"The gates\"\nwords = [\"gates\"]\n[[issue.option]]\nid = \"shut\"\nlabel = \"Shut\"\n";
    std::fs::write(space.path("talks.toml"), toml).expect("written");
    let made =
        vec![statement(TEXT, "s1", "Ana Oren", "the gates stay open"), statement(TEXT, "s2", "Oren Tal", "peace")];
    add(&space, "a/1", TEXT, made).await;
    space
}

async fn post(space: &Space, path: &str, body: &Value) -> (StatusCode, Value) {
    let request = request(Method::POST, &format!("/api/v1{path}")).header(header::CONTENT_TYPE, "application/json");
    let got = space.send(request.body(Body::from(body.to_string())).expect("a request")).await;
    (got.status, serde_json::from_str(&got.body).unwrap_or(Value::Null))
}

async fn get(space: &Space, path: &str) -> Value {
    let got = space.get(&format!("/api/v1{path}")).await;
    assert_eq!(got.status, StatusCode::OK, "{path}: {}", got.body);
    serde_json::from_str(&got.body).expect("JSON")
}

#[tokio::test]
async fn a_decision_changes_what_it_names_and_can_be_undone() {
    let space = space().await;
    let before = get(&space, "/statements/a%2F1/s1").await;
    assert_eq!((before["reviewed"].clone(), before["decisions"].clone()), (json!(false), json!([])));
    let correction = json!({
        "speaker": {"party": null, "role": "Envoy"}, "act": "commit", "said_on": {"from": "2031-03-03"},
        "via": ["Agency"], "addressee": "Lusenia", "firmness": "red line",
        "positions": [{"issue": "gates", "stance": "supports", "option": "shut"}], "cue": [at(TEXT, "said")],
    });
    let sent =
        json!({"statement": "a/1/s1", "decision": "correct", "correction": correction, "expects": before["state"]});
    let (status, answer) = post(&space, "/reviews", &sent).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let now = &answer["now"];
    assert_eq!((&answer["number"], &answer["statement"]), (&json!(1), &json!("a/1/s1")));
    assert_eq!(now["speaker"], json!({"name": "Ana Oren", "kind": "person", "role": "Envoy", "party": null}));
    assert_eq!(
        (&now["act"], &now["firmness"], &now["addressee"]),
        (&json!("commit"), &json!("red line"), &json!("Lusenia"))
    );
    assert_eq!(
        now["positions"],
        json!([{"issue": "gates", "label": "The gates", "stance": "supports", "option": "shut"}])
    );
    assert_eq!(now["cue_spans"], json!([at(TEXT, "said")]));
    assert_eq!((&now["reviewed"], &now["score"]), (&json!(true), &Value::Null));
    assert_ne!(now["state"], before["state"]);

    // Who decided on what it was before is told what it is now, and nothing is changed.
    let late = json!({"statement": "a/1/s1", "decision": "reject", "expects": before["state"]});
    let (status, told) = post(&space, "/reviews", &late).await;
    assert_eq!((status, &told["now"]["state"]), (StatusCode::CONFLICT, &now["state"]));
    assert_eq!(get(&space, "/reviews").await["total"], json!(1));

    let told = get(&space, "/statements/a%2F1/s1").await;
    assert_eq!(told["decisions"][0]["decision"], json!("correct"));
    assert_eq!(told["decisions"][0]["reviewer"], json!("tester"));
    assert_eq!(told["machine"]["speaker"]["party"], json!("Karveth"));
    let corrected = ["cue", "role", "party", "via", "date", "act", "positions", "manner"];
    assert_eq!(told["corrected"], json!(corrected));

    let (status, answer) = post(&space, "/reviews/1/undo", &Value::Null).await;
    assert_eq!((status, &answer["now"]["state"]), (StatusCode::OK, &before["state"]), "{answer}");
    assert_eq!(post(&space, "/reviews/1/undo", &Value::Null).await.0, StatusCode::CONFLICT);
    assert_eq!(post(&space, "/reviews/99/undo", &Value::Null).await.0, StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_is_rejected_is_gone_and_what_is_added_is_there() {
    let space = space().await;
    let (status, answer) = post(&space, "/reviews", &json!({"statement": "a/1/s2", "decision": "reject"})).await;
    assert_eq!((status, &answer["statement"], &answer["now"]), (StatusCode::OK, &Value::Null, &Value::Null));
    assert_eq!(
        post(&space, "/reviews", &json!({"statement": "a/1/s2", "decision": "accept"})).await.0,
        StatusCode::NOT_FOUND
    );
    let late = json!({"statement": "a/1/s2", "decision": "accept", "expects": "0000"});
    let (status, told) = post(&space, "/reviews", &late).await;
    assert_eq!((status, &told["now"]), (StatusCode::CONFLICT, &Value::Null));
    let content = at(TEXT, "שלום e\u{301}");
    let sent =
        json!({"article": "a/1", "decision": "add", "added": {"content": [content], "speaker": {"name": " Mira "}}});
    let (status, answer) = post(&space, "/reviews", &sent).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(
        (&answer["now"]["content"], &answer["now"]["speaker"]["name"]),
        (&json!("שלום e\u{301}"), &json!("Mira"))
    );
    let (status, told) = post(&space, "/reviews", &sent).await;
    assert_eq!((status, &told["now"]["name"]), (StatusCode::CONFLICT, &answer["statement"]), "no second one over it");
    let log = get(&space, "/reviews?verdict=keep&reviewer=tester").await;
    assert_eq!((&log["total"], &log["items"][0]["decision"]), (&json!(1), &json!("add")));
    let statistics = get(&space, "/reviews/statistics").await;
    assert_eq!(
        (&statistics["missed"], &statistics["rejected"]["count"], &statistics["random_sample"]),
        (&json!(1), &json!(1), &json!(false))
    );
    assert_eq!(statistics["agreement"]["alpha"], Value::Null);
    let queue = get(&space, "/reviews/queue").await;
    assert_eq!((&queue["total"], &queue["items"][0]["name"]), (&json!(1), &json!("a/1/s1")));
    let article = get(&space, "/articles/a%2F1").await;
    assert_eq!((&article["text"], article["statements"].as_array().map(Vec::len)), (&json!(TEXT), Some(2)));
    assert_eq!(article["appearances"][0]["decoding"], json!("text, utf-8"));
    assert_eq!(get(&space, "/articles?text=gates").await["total"], json!(1));
    let choices = get(&space, "/reviews/choices").await;
    assert!(
        choices["issues"]
            .as_array()
            .expect("a list")
            .iter()
            .any(|i| i["id"] == "gates" && i["options"] == json!([["shut", "Shut"]]))
    );
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_its_place() {
    let space = space().await;
    let length = TEXT.chars().count();
    let correct = |correction: Value| json!({"statement": "a/1/s1", "decision": "correct", "correction": correction});
    let cases = [
        (correct(json!({"positions": [{"issue": "moon", "stance": "supports"}]})), "correction.positions[0].issue"),
        (
            correct(json!({"positions": [{"issue": "gates", "stance": "supports", "option": "ajar"}]})),
            "correction.positions[0].option",
        ),
        (
            correct(
                json!({"positions": [{"issue": "gates", "stance": "open"}, {"issue": "gates", "stance": "unclear"}]}),
            ),
            "correction.positions[1]",
        ),
        (correct(json!({"positions": [{"issue": "gates", "stance": "loves"}]})), "stance"),
        (correct(json!({"speaker": {"name": "  "}})), "correction.speaker.name"),
        (correct(json!({"speaker": {"name": "A\u{0}B"}})), "correction.speaker.name"),
        (correct(json!({"speaker": {"kind": null}})), "correction.speaker.kind"),
        (correct(json!({"speaker": {"role": "x".repeat(301)}})), "correction.speaker.role"),
        (correct(json!({"act": null})), "correction.act"),
        (correct(json!({"act": "shout"})), "act"),
        (correct(json!({"via": ["Agency", ""]})), "correction.via[1]"),
        (correct(json!({"said_on": {"from": "2031-03-04", "to": "2031-03-01"}})), "correction.said_on"),
        (correct(json!({"said_on": {"from": "soon"}})), "said_on"),
        (correct(json!({"content": []})), "correction.content"),
        (correct(json!({"content": null})), "correction.content"),
        (correct(json!({"content": [[3, 3]]})), "correction.content[0]"),
        (correct(json!({"content": [[0, length + 1]]})), "correction.content[0]"),
        (correct(json!({"content": [[1, 2]]})), "white space"),
        (correct(json!({"content": [[2, 8], [4, 9]]})), "overlap"),
        (correct(json!({"content": [[-1, 4]]})), "content"),
        (correct(json!({"source": vec![[2, 4]; 41]})), "correction.source"),
        (correct(json!({"colour": "red"})), "colour"),
        (json!({"statement": "a/1/s1", "decision": "correct"}), "correction"),
        (json!({"statement": "a/1/s1", "decision": "accept", "correction": {}}), "correction"),
        (json!({"decision": "accept"}), "statement"),
        (json!({"statement": "nowhere", "decision": "accept"}), "ARTICLE/ID"),
        (json!({"statement": "a/1/s1", "article": "b", "decision": "accept"}), "article"),
        (json!({"decision": "add", "article": "a/1", "added": {}}), "added.content"),
        (json!({"decision": "add", "added": {"content": [[2, 8]]}}), "article"),
        (json!({"decision": "shrug"}), "decision"),
    ];
    for (sent, place) in cases {
        let (status, told) = post(&space, "/reviews", &sent).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{sent}: {told}");
        let detail = told["detail"].as_str().unwrap_or_default();
        assert!(detail.contains(place), "{sent}: {detail}");
    }
    let (status, _) = post(&space, "/reviews", &json!({"statement": "b/s1", "decision": "accept"})).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(get(&space, "/reviews").await["total"], json!(0), "nothing of it was kept");
    // An issue that the dossier has no longer may stay, and everything may be sent as it is.
    let (status, _) =
        post(&space, "/reviews", &correct(json!({"positions": [], "addressee": null, "source": null}))).await;
    assert_eq!(status, StatusCode::OK);
}

/// What a page shows of the text, put together again from its pieces.
fn shown(page: &Got) -> String {
    let mut out = String::new();
    for piece in page.body.split("<span data-at=\"").skip(1) {
        let (_, rest) = piece.split_once('>').expect("a start tag");
        out += rest.split("</span>").next().unwrap_or_default();
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn is_harmless(page: &Got) {
    assert_eq!(page.status, StatusCode::OK, "{}", &page.body[..page.body.len().min(500)]);
    assert!(page.body.len() <= 200_000, "{} bytes", page.body.len());
    let body = page.body.split("<main").nth(1).expect("a page");
    assert!(!body.contains("<script") && !body.contains("onerror=x>") && !page.body.contains("href=\"javascript"));
    // What stands in attributes is not shown, and has to be exact where it names something.
    let seen: String = body.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect();
    assert!(!seen.contains(['\0', '\r', '\u{202e}', '\u{2066}', '\u{2028}']), "nothing acts");
    assert!(!body.contains(" style="));
}

#[tokio::test]
async fn hostile_texts_are_read_whole() {
    let space = Space::new();
    let long_name = "<b>".repeat(400_000);
    let hostile = "<script>alert(1)</script> said <img src=x onerror=x> \u{202e}live\u{202c} \0null\0 \u{2066}end\r\nשלום\rעולם\u{2028}x";
    let mut nasty = statement(hostile, "main", "<script>", "<img src=x onerror=x>");
    (nasty.speaker.role, nasty.speaker.party) = (Some(long_name.clone()), Some("\u{202e}x\0".to_owned()));
    nasty.via = vec![long_name.clone(); 3];
    add(&space, "h/<script>\u{202e}", hostile, vec![nasty]).await;
    let page = space.get("/articles/h%2F%3Cscript%3E%E2%80%AE?at=main").await;
    is_harmless(&page);
    let expected: String = hostile
        .replace("\r\n", "")
        .chars()
        .map(|c| match c {
            '\0' => '␀',
            '\r' => '␍',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            '\u{2028}' => '␤',
            c => c,
        })
        .collect();
    assert_eq!(shown(&page), expected);
    is_harmless(&space.get("/review").await);
    is_harmless(&space.get("/articles").await);
    let done = post(&space, "/reviews", &json!({"statement": "h/<script>\u{202e}/main", "decision": "reject"})).await;
    assert_eq!(done.0, StatusCode::OK, "{}", done.1);
    is_harmless(&space.get("/review/log").await);
    is_harmless(&space.get("/articles/h%2F%3Cscript%3E%E2%80%AE?at=main").await);
}

#[tokio::test]
async fn a_megabyte_without_a_space_comes_in_parts() {
    let space = Space::new();
    for (id, unit) in [("x", "x"), ("amp", "&"), ("nul", "\0"), ("lines", "y\n"), ("family", "👩‍👩‍👧")] {
        let text = unit.repeat(1_000_000 / unit.len());
        let mut whole = statement(&text, "s1", "Nobody", unit.trim());
        whole.content = vec![Span::new(0, text.trim_end().chars().count())];
        add(&space, id, &text, vec![whole]).await;
        let mut read = String::new();
        let first = space.get(&format!("/articles/{id}")).await;
        let parts: usize =
            first.body.split("Part 1 of ").nth(1).and_then(|s| s.split('<').next()?.parse().ok()).expect("parts");
        for part in 1..=parts {
            // Each reads the whole article anew, so the first and the last stand for all.
            if part > 3 && part < parts {
                continue;
            }
            let page = space.get(&format!("/articles/{id}?part={part}")).await;
            is_harmless(&page);
            assert!(page.body.contains("class=\"c\""), "{id} {part}: the content goes on");
            read += &shown(&page);
        }
        let sign = unit.trim().replace('\0', "␀");
        assert!(read.chars().count() > 2_000 && read.replace(&sign, "").chars().all(|c| sign.contains(c)), "{id}");
    }
    is_harmless(&space.get("/review").await);
}

#[tokio::test]
async fn two_thousand_statements_in_one_article_stay_readable() {
    let space = Space::new();
    let text = "Ana Oren said the gates stay open. ".repeat(2_000);
    let spread = |n: usize| {
        let start = n * 35;
        Statement {
            id: format!("s{n}"),
            source: vec![Span::new(start, start + 8)],
            cue: vec![Span::new(start + 9, start + 13)],
            content: vec![Span::new(start + 14, start + 33)],
            ..statement(&text, "s", "Ana Oren", "the gates")
        }
    };
    add(&space, "spread", &text, (0..2_000).map(spread).collect()).await;
    // All of them over the same words.
    let other = format!("{text}!");
    let heap = |n: usize| Statement {
        id: format!("s{n}"),
        content: vec![Span::new(0, 33)],
        ..statement(&other, "s", "Ana Oren", "the gates")
    };
    add(&space, "heap", &other, (0..2_000).map(heap).collect()).await;
    for id in ["spread", "heap"] {
        for at in ["s0", "s777", "s1999"] {
            let began = std::time::Instant::now();
            let page = space.get(&format!("/articles/{id}?at={at}")).await;
            is_harmless(&page);
            assert!(page.body.contains(&format!("id=\"{at}\"")), "{id}: the part with {at}");
            assert!(began.elapsed() < std::time::Duration::from_secs(5), "{id}: {:?}", began.elapsed());
        }
        let gone = space.get(&format!("/articles/{id}?at=s2000")).await;
        assert!(gone.status == StatusCode::OK && gone.body.contains("no statement"));
        let done = post(&space, "/reviews", &json!({"statement": format!("{id}/s1999"), "decision": "accept"})).await;
        assert_eq!((done.0, &done.1["statement"]), (StatusCode::OK, &json!(format!("{id}/s1999"))), "{id}");
    }
    is_harmless(&space.get("/review?skip=1990").await);
}

#[tokio::test]
async fn pages_tell_people_from_the_machine() {
    let space = space().await;
    post(
        &space,
        "/reviews",
        &json!({"statement": "a/1/s1", "decision": "correct", "correction": {"speaker": {"party": "Lusenia"}}}),
    )
    .await;
    post(&space, "/reviews", &json!({"statement": "a/1/s2", "decision": "reject"})).await;
    let page = space.get("/articles/a%2F1").await;
    is_harmless(&page);
    for words in [
        "corrected by <bdi>tester</bdi>",
        "The machine had party: <bdi>Karveth</bdi>",
        "rejected by <bdi>tester</bdi>",
        "data-undo=\"1\"",
        "data-undo=\"2\"",
    ] {
        assert!(page.body.contains(words), "{words}");
    }
    let review = space.get("/review").await;
    assert!(
        review.body.contains("0 wait for a decision, 1 that stand") && review.body.contains("Nothing waits"),
        "{}",
        review.body
    );
    assert!(review.body.contains("no random sample") && review.body.contains("95 % interval"));
    let log = space.get("/review/log?verdict=reject").await;
    assert!(log.body.contains("rejected") && !log.body.contains("corrected (party)"));
    let list = space.get("/articles?outlet=Wire&since=2031-03-04&text=gates").await;
    assert!(list.body.contains("Talks of a/1") && list.body.contains("/articles/a%2F1"));
    assert_eq!(space.get("/articles/nowhere").await.status, StatusCode::NOT_FOUND);
}
