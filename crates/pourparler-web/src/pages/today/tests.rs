//! Today over a small ledger that grows.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use pourparler_text::{Act, Stance};
use serde_json::{Value, json};

use crate::fixture::{article, said};
use crate::tests::{Space, request};

async fn today(space: &Space) -> Value {
    serde_json::from_str(&space.get("/api/v1/today").await.body).expect("JSON")
}

async fn look(space: &Space, body: Value) -> Value {
    let request = request(Method::PUT, "/api/v1/looked").header(header::CONTENT_TYPE, "application/json");
    let got = space.send(request.body(Body::from(body.to_string())).expect("a request")).await;
    assert_eq!(got.status, StatusCode::OK, "{}", got.body);
    serde_json::from_str(&got.body).expect("JSON")
}

#[tokio::test]
async fn an_empty_ledger_tells_what_to_do_first() {
    let space = Space::new();
    let page = space.get("/").await;
    assert!(page.body.contains("Nothing is on record yet") && page.body.contains("href=\"/add\""), "{}", page.body);
    // What was seen is no part of the record, and yet the page is another one after.
    let tag = page.headers.get(header::ETAG).expect("a mark").clone();
    look(&space, json!({ "at": "2031-03-05T00:00:00Z" })).await;
    assert_ne!(space.get("/").await.headers.get(header::ETAG), Some(&tag));
}

#[tokio::test]
async fn what_came_in_since_the_last_look_is_new() {
    let space = Space::new();
    let first = [said("Nara Ishkenti", "Karveth", "the gates stay shut").on("dam", Stance::Opposes).act(Act::Reject)];
    space.add(article("a", "Courier", "2031-03-01", &first)).await;
    let before = today(&space).await;
    assert_eq!(
        (&before["first"], &before["statements"]),
        (&json!(true), &json!(1)),
        "all of a small record is new at first"
    );
    let kept = look(&space, json!({ "at": before["until"] })).await;
    assert_eq!(kept["at"], Value::Null, "nothing was kept before");
    let seen = today(&space).await;
    assert_eq!((&seen["first"], &seen["statements"], &seen["moves"]["total"]), (&json!(false), &json!(0), &json!(0)));
    assert!(space.get("/").await.body.contains("Nothing is new since you last looked"));

    let second = [
        said("Nara Ishkenti", "Karveth", "the gates may open under monitors").on("dam", Stance::Conditional),
        said("Ilse Orso", "Lusenia", "Karveth broke its word on the gates").act(Act::Accuse),
    ];
    space.add(article("b", "Post", "2031-03-05", &second)).await;
    // The same words in another paper are no news.
    space.add(article("c", "Wire", "2031-03-02", &first)).await;
    let now = today(&space).await;
    assert_eq!(now["statements"], 2, "{now}");
    assert_eq!((&now["moves"]["total"], &now["moves"]["items"][0]["to"]), (&json!(1), &json!("conditional")));
    assert_eq!(
        (&now["actors"]["total"], &now["actors"]["items"][0]["name"]),
        (&json!(1), &json!("Ilse Orso")),
        "{now}"
    );
    assert_eq!(now["unanswered"]["total"], 1, "{now}");
    let page = space.get("/").await.body;
    assert!(page.contains("/articles/b?at=s1#s1") && page.contains("/search?added_since="), "{page}");

    // Undone, all is new again; and to another reader it always was.
    look(&space, json!({ "at": null })).await;
    assert_eq!(today(&space).await["first"], true);
    let since = before["until"].as_str().expect("an instant");
    let asked = format!("/api/v1/today?since={}", crate::widgets::segment(since));
    let asked: Value = serde_json::from_str(&space.get(&asked).await.body).expect("JSON");
    assert_eq!(asked["statements"], 2, "as of an instant");
}

#[tokio::test]
async fn what_waits_is_told() {
    let space = Space::new();
    let day = |day: &str| Some(day.parse().expect("a day"));
    let mut all = Vec::new();
    for (what, due) in
        [("deliver grain", "2031-03-08"), ("free the pilots", "2031-02-01"), ("build a bridge", "2031-09-01")]
    {
        let mut promise = said("Ilse Orso", "Lusenia", what).act(Act::Commit);
        promise.due = day(due);
        all.push(promise);
    }
    let mut doubtful = said("Oren Tal", "", "rain is near");
    doubtful.score = Some(0.4);
    all.push(doubtful);
    space.add(article("a", "Courier", "2031-03-01", &all)).await;
    let mut foreign = article("b", "Gazette", "2031-03-01", &[]);
    foreign.article.language = Some("fr".to_owned());
    foreign.article.text = pourparler_text::Text::new("Rien de nouveau.");
    space.add(foreign).await;
    let got = today(&space).await;
    let promises: Vec<_> = got["promises"]["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|p| (p["due"].clone(), p["overdue"].clone()))
        .collect();
    assert_eq!(promises, [(json!("2031-03-08"), json!(false)), (json!("2031-02-01"), json!(true))]);
    assert_eq!((&got["doubtful"], &got["unread"]["items"][0]["language"]), (&json!(1), &json!("fr")), "{got}");
    let page = space.get("/").await.body;
    for wanted in
        ["Due within two weeks", "Overdue, with no word of it", "1 doubtful line<", "In languages that are not read"]
    {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
}
