//! Actors, and what is decided about them, over a small ledger.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use pourparler_text::Stance;
use serde_json::{Value, json};

use crate::fixture::{article, said};
use crate::tests::{Got, Space, request};

const DOSSIER: &str = r#"
name = "Talks"
[[person]]
name = "Nara Ishkenti"
party = "Karveth"
wikidata = "Q1"
[[person.office]]
title = "Foreign Minister"
from = "2029-09-15"
"#;

async fn space() -> Space {
    let space = Space::new();
    std::fs::write(space.path("talks.toml"), DOSSIER).expect("written");
    let mut relayed = said("Pavle Orduk", "Karveth", "the gates could open").on("dam", Stance::Supports);
    relayed.via = vec!["Reuters".to_owned()];
    let first = [
        said("Nara Ishkenti", "Karveth", "the gates stay shut").on("dam", Stance::Opposes).role("Foreign Minister"),
        relayed,
    ];
    space.add(article("a", "Courier", "2031-03-01", &first)).await;
    let second = [
        said("Nara Ishkenti", "Karveth", "talks go on").role("chief negotiator"),
        said("Nara Ishkentu", "", "nothing is lost"),
    ];
    space.add(article("b", "Post", "2031-03-05", &second)).await;
    space
}

async fn post(space: &Space, path: &str, body: Value) -> Got {
    let request = request(Method::POST, path).header(header::CONTENT_TYPE, "application/json");
    space.send(request.body(Body::from(body.to_string())).expect("a request")).await
}

fn read(got: &Got) -> Value {
    assert_eq!(got.status, StatusCode::OK, "{}", got.body);
    serde_json::from_str(&got.body).expect("JSON")
}

async fn id(space: &Space, name: &str) -> String {
    let list = read(&space.get("/api/v1/actors").await);
    let found = list["items"].as_array().expect("a list").iter().find(|actor| actor["name"] == name);
    found.unwrap_or_else(|| panic!("{name} in {list}"))["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn actors_are_found_by_the_beginnings_of_their_names() {
    let space = space().await;
    for (query, wanted) in [
        ("name=ishk", 2),
        ("name=nara%20ISHKENTI", 1),
        ("name=karveth", 0),
        ("party=karveth", 2),
        ("kind=group", 0),
        ("", 3),
    ] {
        assert_eq!(read(&space.get(&format!("/api/v1/actors?{query}")).await)["total"], wanted, "{query}");
    }
    let page = space.get("/actors?name=orduk").await.body;
    assert!(page.contains("Pavle Orduk") && !page.contains("Nara Ishkenti<"), "{page}");
}

#[tokio::test]
async fn a_profile_tells_dossier_and_text_apart() {
    let space = space().await;
    let nara = id(&space, "Nara Ishkenti").await;
    let full = read(&space.get(&format!("/api/v1/actors/{nara}")).await);
    assert_eq!(
        (&full["dossier_party"], &full["dossier_offices"][0]["from"]),
        (&json!("Karveth"), &json!("2029-09-15"))
    );
    let offices: Vec<_> =
        full["offices"].as_array().expect("a list").iter().map(|o| (o["value"].clone(), o["from"].clone())).collect();
    assert_eq!(
        offices,
        [(json!("Foreign Minister"), json!("2031-03-01")), (json!("chief negotiator"), json!("2031-03-05"))]
    );
    let authority: Vec<_> = full["authority"].as_array().expect("a list").iter().map(|a| a["value"].clone()).collect();
    assert_eq!(authority, ["settles", "speaks"]);
    assert_eq!((&full["said"]["total"], &full["dissent"]), (&json!(2), &json!([])));
    let page = space.get(&format!("/actors/{nara}")).await.body;
    assert!(
        page.contains("by the dossier") && page.contains("by the text") && page.contains("wikidata.org/wiki/Q1"),
        "{page}"
    );

    let orduk = id(&space, "Pavle Orduk").await;
    let full = read(&space.get(&format!("/api/v1/actors/{orduk}")).await);
    assert_eq!(
        (&full["via"][0]["value"], &full["dissent"][0]["line"], &full["dissent"][0]["lead"]),
        (&json!("Reuters"), &json!("opposes"), &json!("a/s1"))
    );
    let page = space.get(&format!("/actors/{orduk}")).await.body;
    assert!(page.contains("Departs from the party line") && page.contains("Relayed by"), "{page}");
    for (query, wanted) in [
        ("?issue=dam", 1),
        ("?via=reuters", 1),
        ("?via=AP", 0),
        ("?dissent=true", 1),
        ("?dissent=false", 0),
        ("?outlet=Post", 0),
    ] {
        let full = read(&space.get(&format!("/api/v1/actors/{orduk}{query}")).await);
        assert_eq!(full["said"]["total"], wanted, "{query}");
    }
    assert_eq!(space.get("/actors/nobody").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn decisions_hold_and_are_undone() {
    let space = space().await;
    let (nara, other) = (id(&space, "Nara Ishkenti").await, id(&space, "Nara Ishkentu").await);
    let merged =
        read(&post(&space, "/api/v1/actors/decisions", json!({ "decide": "merge", "actors": [other, nara] })).await);
    assert_eq!(read(&space.get("/api/v1/actors").await)["total"], 2);
    // Its id of before leads to where it belongs now.
    let moved = space.get(&format!("/actors/{other}")).await;
    assert_eq!(
        (moved.status, moved.headers.get(header::LOCATION).expect("a way").to_str().expect("ASCII")),
        (StatusCode::TEMPORARY_REDIRECT, &*format!("/actors/{nara}"))
    );
    let page = space.get(&format!("/actors/{nara}")).await.body;
    assert!(
        page.contains("decided by a person")
            && page.contains("Decisions about this actor")
            && page.contains("data-undo=\"1\""),
        "{page}"
    );

    let undone = read(&post(&space, &format!("/api/v1/actors/decisions/{}/undo", merged["number"]), Value::Null).await);
    assert_eq!(read(&space.get("/api/v1/actors").await)["total"], 3);
    let page = space.get("/actors").await.body;
    assert!(page.contains(&format!("data-undo=\"{}\" aria-label=\"Do again decision 1\"", undone["number"])), "{page}");
    let again = post(&space, "/api/v1/actors/decisions/1/undo", Value::Null).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "it is undone already");
    read(&post(&space, &format!("/api/v1/actors/decisions/{}/undo", undone["number"]), Value::Null).await);
    assert_eq!(read(&space.get("/api/v1/actors").await)["total"], 2, "undoing the undoing");

    let split = json!({ "decide": "split", "actor": nara, "names": ["nara ishkentu"] });
    read(&post(&space, "/api/v1/actors/decisions", split).await);
    read(
        &post(
            &space,
            "/api/v1/actors/decisions",
            json!({ "decide": "rename", "actor": nara, "name": " Minister Ishkenti " }),
        )
        .await,
    );
    id(&space, "Minister Ishkenti").await;
    read(
        &post(&space, "/api/v1/actors/decisions", json!({ "decide": "alias", "actor": nara, "name": "Nara Ishkentu" }))
            .await,
    );
    assert_eq!(read(&space.get("/api/v1/actors").await)["total"], 2);
    let log = read(&space.get("/api/v1/actors/decisions").await);
    assert_eq!((&log["total"], &log["items"][0]["action"]), (&json!(6), &json!("alias")));
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let space = space().await;
    let nara = id(&space, "Nara Ishkenti").await;
    for (body, status) in [
        (json!({ "decide": "merge", "actors": [nara, nara] }), StatusCode::BAD_REQUEST),
        (json!({ "decide": "merge", "actors": [] }), StatusCode::BAD_REQUEST),
        (json!({ "decide": "merge", "actors": [nara, "nobody"] }), StatusCode::NOT_FOUND),
        (json!({ "decide": "split", "actor": nara }), StatusCode::BAD_REQUEST),
        (json!({ "decide": "split", "actor": nara, "articles": ["a", "b"] }), StatusCode::BAD_REQUEST),
        (json!({ "decide": "rename", "actor": nara, "name": " … " }), StatusCode::BAD_REQUEST),
        (json!({ "decide": "rename", "actor": nara, "name": "a\u{7}b" }), StatusCode::BAD_REQUEST),
        (json!({ "decide": "alias", "actor": nara, "name": "x".repeat(300) }), StatusCode::BAD_REQUEST),
        (json!({ "decide": "forget", "actor": nara }), StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(post(&space, "/api/v1/actors/decisions", body.clone()).await.status, status, "{body}");
    }
    assert_eq!(read(&space.get("/api/v1/actors/decisions").await)["total"], 0);
}
