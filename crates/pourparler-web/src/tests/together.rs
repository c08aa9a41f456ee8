//! Several people on one record: comments, disagreements and what they are settled to, who reads what.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use pourparler_text::{Act, Stance};
use serde_json::{Value, json};

use crate::fixture::{Said, article, said};
use crate::tests::{Got, Space, request};

async fn send(space: &Space, who: &str, method: Method, path: &str, body: &Value) -> Got {
    let request = request(method, path)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::COOKIE, format!("reviewer={who}"))
        .body(if body.is_null() { Body::empty() } else { Body::from(body.to_string()) });
    space.send(request.expect("a request")).await
}

async fn post(space: &Space, who: &str, path: &str, body: &Value) -> (StatusCode, Value) {
    let got = send(space, who, Method::POST, &format!("/api/v1{path}"), body).await;
    (got.status, serde_json::from_str(&got.body).unwrap_or(Value::Null))
}

async fn get(space: &Space, who: &str, path: &str) -> Value {
    let got = send(space, who, Method::GET, &format!("/api/v1{path}"), &Value::Null).await;
    assert_eq!(got.status, StatusCode::OK, "{path}: {}", got.body);
    serde_json::from_str(&got.body).expect("JSON")
}

async fn page(space: &Space, who: &str, path: &str) -> String {
    let got = send(space, who, Method::GET, path, &Value::Null).await;
    assert_eq!(got.status, StatusCode::OK, "{path}: {}", got.body);
    got.body
}

fn two() -> Vec<Said> {
    vec![
        said("Ana Oren", "Karveth", "the gates stay open").on("gates", Stance::Supports),
        said("Oren Tal", "Lusenia", "the toll is too high").act(Act::Demand),
    ]
}

/// An article with a slash in its id, as feeds give them.
async fn space() -> Space {
    let space = Space::new();
    space.add(article("a/1", "Wire", "2031-03-04", &two())).await;
    space
}

/// Two readings of a statement.
async fn differ(space: &Space, statement: &str) {
    for (who, act) in [("ana", "deny"), ("ivo", "warn")] {
        let sent = json!({"statement": statement, "decision": "correct", "correction": {"act": act}});
        let (status, told) = post(space, who, "/reviews", &sent).await;
        assert_eq!(status, StatusCode::OK, "{told}");
    }
}

#[tokio::test]
async fn comments_are_text_beside_their_statement() {
    let space = space().await;
    let hostile = "<script>alert(1)</script>\n<img src=x onerror=x> \u{202e}live";
    let (status, made) = post(&space, "ana", "/comments", &json!({"statement": "a/1/s2", "text": hostile})).await;
    assert_eq!((status, &made["number"]), (StatusCode::OK, &json!(1)), "{made}");
    let (status, made) = post(&space, "ivo", "/comments", &json!({"answers": 1, "text": "Which toll?"})).await;
    assert_eq!((status, &made["number"]), (StatusCode::OK, &json!(2)), "{made}");
    let all = get(&space, "una", "/comments?article=a%2F1").await;
    assert_eq!(
        (&all["total"], &all["items"][0]["text"]),
        (&json!(2), &json!(hostile)),
        "the API gives it as it was written"
    );
    assert_eq!(
        (&all["items"][1]["answers"], &all["items"][1]["statement"], &all["items"][1]["author"]),
        (&json!(1), &json!("a/1/s2"), &json!("ivo"))
    );
    assert_eq!(get(&space, "una", "/comments?article=a%2F1&offset=1&limit=1").await["items"][0]["number"], json!(2));

    for (who, own) in [("ana", true), ("ivo", false)] {
        for path in ["/articles/a%2F1", "/review"] {
            let body = page(&space, who, path).await;
            let talk = body.split("data-talk=\"a/1/s2\"").nth(1).expect(path);
            let talk = talk.split("</div>").next().expect("its end");
            assert!(
                talk.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && talk.contains("Which toll?"),
                "{path}: {talk}"
            );
            assert!(
                !talk.contains("<script") && !talk.contains("<img") && !talk.contains('\u{202e}'),
                "{path}: {talk}"
            );
            assert_eq!(talk.contains("data-withdraw=\"1\""), own, "{path} {who}");
            assert!(talk.contains("data-answer=\"1\"") && talk.contains("data-answer=\"2\""));
            let other = body.split("data-talk=\"a/1/s1\"").nth(1).expect(path);
            assert!(!other.split("</div>").next().expect("its end").contains("Which toll?"), "not beside another");
        }
    }
    // It goes where its statement goes, and stays in sight where that goes altogether.
    post(&space, "una", "/reviews", &json!({"statement": "a/1/s2", "decision": "reject"})).await;
    let body = page(&space, "una", "/articles/a%2F1").await;
    assert!(body.contains("no statement here any longer") && body.contains("Which toll?"));
    assert_eq!(get(&space, "una", "/comments?article=a%2F1").await["items"][0]["statement"], Value::Null);
    post(&space, "una", "/reviews/1/undo", &Value::Null).await;

    assert_eq!(post(&space, "ivo", "/comments/1/withdraw", &Value::Null).await.0, StatusCode::FORBIDDEN);
    assert_eq!(post(&space, "ana", "/comments/1/withdraw", &Value::Null).await.0, StatusCode::NO_CONTENT);
    assert_eq!(post(&space, "ana", "/comments/1/withdraw", &Value::Null).await.0, StatusCode::CONFLICT);
    let body = page(&space, "ana", "/articles/a%2F1").await;
    assert!(!body.contains("alert(1)") && body.contains("withdrawn") && body.contains("Which toll?"));
    assert_eq!(get(&space, "ana", "/comments?article=a%2F1").await["items"][0]["text"], Value::Null);
}

#[tokio::test]
async fn comments_that_make_no_sense_are_refused() {
    let space = space().await;
    for (sent, status) in [
        (json!({"text": "x"}), StatusCode::BAD_REQUEST),
        (json!({"statement": "a/1/s1"}), StatusCode::BAD_REQUEST),
        (json!({"statement": "a/1/s1", "answers": 1, "text": "x"}), StatusCode::BAD_REQUEST),
        (json!({"statement": "a/1/s1", "text": " \n"}), StatusCode::BAD_REQUEST),
        (json!({"statement": "a/1/s1", "text": "é".repeat(4_001)}), StatusCode::BAD_REQUEST),
        (json!({"statement": "a/1/s1", "text": "a\u{0}b"}), StatusCode::BAD_REQUEST),
        (json!({"statement": "a/1/s1", "text": "x", "author": "ana"}), StatusCode::BAD_REQUEST),
        (json!({"statement": "nowhere", "text": "x"}), StatusCode::BAD_REQUEST),
        (json!({"statement": "a/1/s9", "text": "x"}), StatusCode::NOT_FOUND),
        (json!({"statement": "b/s1", "text": "x"}), StatusCode::NOT_FOUND),
        (json!({"answers": 7, "text": "x"}), StatusCode::CONFLICT),
    ] {
        let (found, told) = post(&space, "ana", "/comments", &sent).await;
        assert_eq!(found, status, "{sent}: {told}");
    }
    assert_eq!(get(&space, "ana", "/comments?article=a%2F1").await["total"], json!(0));
    for (path, status) in [("/comments", StatusCode::BAD_REQUEST), ("/comments?article=b", StatusCode::NOT_FOUND)] {
        assert_eq!(space.get(&format!("/api/v1{path}")).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn a_disagreement_is_shown_and_settled() {
    let space = space().await;
    let none = page(&space, "una", "/review/disagreements").await;
    assert!(none.contains("No disagreement waits"));
    differ(&space, "a/1/s1").await;
    let found = get(&space, "una", "/disagreements").await;
    let one = &found["items"][0];
    assert_eq!((&found["total"], &one["differ_in"], &one["disputed"]), (&json!(1), &json!(["act"]), &json!(false)));
    let readings: Vec<_> =
        one["readings"].as_array().expect("a list").iter().map(|r| (&r["reviewer"], &r["statement"]["act"])).collect();
    assert_eq!(readings, [(&json!("ana"), &json!("deny")), (&json!("ivo"), &json!("warn"))]);
    let body = page(&space, "una", "/review/disagreements").await;
    assert!(
        body.contains("data-decisions=\"1 2\"")
            && body.contains("data-settle=\"1\"")
            && body.contains("data-mend=\"2\"")
    );
    assert!(body.contains("<bdi>deny</bdi>") && body.contains("<bdi>warn</bdi>") && body.contains("Headline of a/1"));
    assert!(page(&space, "una", "/review").await.contains("Where reviewers differ (1)"));

    for (sent, status) in [
        (json!({"decisions": [1, 2], "choose": 3}), StatusCode::BAD_REQUEST),
        (json!({"decisions": [1, 2]}), StatusCode::BAD_REQUEST),
        (json!({"decisions": [1, 2], "choose": 1, "note": "x".repeat(4_001)}), StatusCode::BAD_REQUEST),
        (
            json!({"decisions": [1, 2], "choose": 1, "correction": {"positions": [{"issue": "moon", "stance": "open"}]}}),
            StatusCode::BAD_REQUEST,
        ),
        (json!({"decisions": [1], "choose": 1}), StatusCode::CONFLICT),
        (json!({"decisions": [1, 2, 99], "choose": 1}), StatusCode::CONFLICT),
        (json!({"decisions": [7], "choose": 7}), StatusCode::CONFLICT),
    ] {
        let (found, told) = post(&space, "una", "/disagreements/settle", &sent).await;
        assert_eq!(found, status, "{sent}: {told}");
    }
    assert_eq!(get(&space, "una", "/reviews").await["total"], json!(2), "nothing of it was kept");
    let settle =
        json!({"decisions": [2, 1], "choose": 2, "correction": {"speaker": {"role": "Envoy"}}, "note": "by the wire"});
    let (status, answer) = post(&space, "una", "/disagreements/settle", &settle).await;
    assert_eq!((status, &answer["statement"]), (StatusCode::OK, &json!("a/1/s1")), "{answer}");
    assert_eq!((&answer["now"]["act"], &answer["now"]["speaker"]["role"]), (&json!("warn"), &json!("Envoy")));
    assert_eq!(
        post(&space, "ivo", "/disagreements/settle", &settle).await.0,
        StatusCode::CONFLICT,
        "somebody was faster"
    );
    assert_eq!(get(&space, "una", "/disagreements").await["total"], json!(0));
    assert!(!page(&space, "una", "/review").await.contains("Where reviewers differ ("));
    let log = get(&space, "una", "/reviews").await;
    assert_eq!((&log["items"][0]["reviewer"], &log["items"][0]["number"]), (&json!("una"), &json!(3)));

    // Somebody decides anew.
    let again = json!({"statement": "a/1/s1", "decision": "correct", "correction": {"act": "demand"}});
    assert_eq!(post(&space, "ana", "/reviews", &again).await.0, StatusCode::OK);
    assert_eq!(get(&space, "una", "/disagreements").await["total"], json!(1));
    assert_eq!(post(&space, "una", "/disagreements/settle", &settle).await.0, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_rejection_may_be_chosen_but_not_put_right() {
    let space = space().await;
    post(&space, "ana", "/reviews", &json!({"statement": "a/1/s2", "decision": "accept"})).await;
    post(&space, "ivo", "/reviews", &json!({"statement": "a/1/s2", "decision": "reject"})).await;
    let one = get(&space, "una", "/disagreements").await["items"][0].clone();
    assert_eq!((&one["disputed"], &one["readings"][1]["statement"]), (&json!(true), &Value::Null));
    let body = page(&space, "una", "/review/disagreements").await;
    assert!(body.contains("is none") && body.contains("data-settle=\"2\"") && !body.contains("data-mend=\"2\""));
    let mend = json!({"decisions": [1, 2], "choose": 2, "correction": {"act": "deny"}});
    assert_eq!(post(&space, "una", "/disagreements/settle", &mend).await.0, StatusCode::BAD_REQUEST);
    let (status, answer) =
        post(&space, "una", "/disagreements/settle", &json!({"decisions": [1, 2], "choose": 1})).await;
    assert_eq!((status, &answer["now"]["act"]), (StatusCode::OK, &json!("demand")), "{answer}");
}

#[tokio::test]
async fn agreement_is_told_by_field() {
    let space = space().await;
    differ(&space, "a/1/s1").await;
    for who in ["ana", "ivo"] {
        post(&space, who, "/reviews", &json!({"statement": "a/1/s2", "decision": "accept"})).await;
    }
    let found = get(&space, "una", "/reviews/statistics").await["agreement"].clone();
    assert_eq!((&found["open"], &found["statements"]), (&json!(1), &json!(2)));
    let of = |field: &str| {
        let all = found["by_field"].as_array().expect("a list");
        all.iter().find(|one| one["field"] == field).expect(field).clone()
    };
    // deny, warn; demand, demand: 1 - 3 · 2 / (1 · 3 + 1 · 3 + 2 · 2)
    assert_eq!(of("act"), json!({"field": "act", "alpha": 0.4, "units": 2, "values": 4}));
    assert_eq!(of("speaker")["alpha"], json!(1.0));
    assert_eq!(of("statement"), json!({"field": "statement", "alpha": null, "units": 2, "values": 4}));
    let body = page(&space, "una", "/review").await;
    assert!(
        body.contains("<strong>0.40</strong>")
            && body.contains("not defined: all are the same")
            && !body.contains("NaN")
    );
}

#[tokio::test]
async fn articles_are_assigned_and_wait_for_their_reviewer() {
    let space = Space::new();
    for (id, what) in [("n1", "the gates stay open"), ("n2", "the gates are shut"), ("n3", "the gates are gone")] {
        space.add(article(id, "Wire", "2031-03-04", &[Said { what, ..two()[0].clone() }, two()[1].clone()])).await;
    }
    let (status, made) = post(&space, "una", "/assignments", &json!({"reviewers": ["ana"], "articles": ["n2"]})).await;
    assert_eq!((status, &made["assigned"]), (StatusCode::OK, &json!([{"article": "n2", "reviewer": "ana"}])));
    let next = json!({"reviewers": ["ana", "ivo"], "next": 2, "common": 2});
    let (status, made) = post(&space, "una", "/assignments", &next).await;
    assert_eq!((status, made["assigned"].as_array().map(Vec::len)), (StatusCode::OK, Some(4)), "{made}");
    for sent in [
        json!({"reviewers": ["ana"]}),
        json!({"reviewers": ["ana"], "articles": ["n1"], "next": 1}),
        json!({"reviewers": ["ana"], "articles": ["n1"], "common": 1}),
        json!({"reviewers": [], "next": 1}),
        json!({"reviewers": [" "], "next": 1}),
        json!({"reviewers": ["ana"], "next": 1, "common": 2}),
        json!({"reviewers": ["ana"], "next": -1}),
    ] {
        assert_eq!(post(&space, "una", "/assignments", &sent).await.0, StatusCode::BAD_REQUEST, "{sent}");
    }
    let unknown = json!({"reviewers": ["ana"], "articles": ["nowhere"]});
    assert_eq!(post(&space, "una", "/assignments", &unknown).await.0, StatusCode::NOT_FOUND);

    let mine = get(&space, "ana", "/reviews/queue?mine=true").await;
    assert_eq!((&mine["total"], &mine["items"][0]["name"]), (&json!(6), &json!("n2/s1")));
    assert_eq!(get(&space, "una", "/reviews/queue?mine=true").await["total"], json!(0));
    assert_eq!(get(&space, "una", "/reviews/queue?mine=false").await["total"], json!(6));
    assert_eq!(space.get("/api/v1/reviews/queue?mine=true&party=Karveth").await.status, StatusCode::BAD_REQUEST);
    for (who, words) in [("ana", "6 wait for <bdi>ana</bdi>"), ("una", "There are no statements here.")] {
        let body = page(&space, who, "/review?mine=true").await;
        assert!(body.contains(words), "{who}");
        assert_eq!(page(&space, who, "/review").await.contains("What waits for me"), who == "ana");
    }
    // What another decided waits still.
    post(&space, "una", "/reviews", &json!({"statement": "n2/s1", "decision": "accept"})).await;
    assert_eq!(get(&space, "ana", "/reviews/queue?mine=true").await["total"], json!(6));
    for id in ["s1", "s2"] {
        post(&space, "ana", "/reviews", &json!({"statement": format!("n2/{id}"), "decision": "accept"})).await;
    }
    let own = get(&space, "una", "/assignments?reviewer=ana").await;
    let first = &own["items"][0];
    assert_eq!(
        (&own["total"], &first["article"], &first["decided"], &first["done"]),
        (&json!(3), &json!("n2"), &json!(2), &json!(true))
    );
    assert_eq!(get(&space, "una", "/assignments").await["total"], json!(5));

    let change = |becomes: &str, reviewer: Value| json!({"article": "n1", "reviewer": reviewer, "becomes": becomes});
    assert_eq!(
        post(&space, "ivo", "/assignments/change", &change("done", Value::Null)).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(get(&space, "ivo", "/reviews/queue?mine=true").await["total"], json!(2));
    assert_eq!(
        post(&space, "una", "/assignments/change", &change("withdrawn", json!("ana"))).await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        post(&space, "una", "/assignments/change", &change("withdrawn", json!("ana"))).await.0,
        StatusCode::CONFLICT
    );
    assert_eq!(
        post(&space, "una", "/assignments/change", &change("lost", json!("ana"))).await.0,
        StatusCode::BAD_REQUEST
    );
    let body = page(&space, "una", "/review/assignments").await;
    assert!(body.contains("2 of 2") && body.contains("0 of 2") && body.contains("data-becomes=\"withdrawn\""));
    let body = page(&space, "una", "/review/assignments?reviewer=nobody").await;
    assert!(body.contains("Nothing is assigned to them"));
}
