//! What keeps other sites, other people and caches out.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use pourparler_ledger::{Paging, Role};

use super::{Desk, Shows, json};
use crate::fixture::{article, said};
use crate::guard::POLICY;
use crate::tests::{Space, request};

/// A browser that shows a session changes nothing for a page of another site, nor for one that does not say whose it is.
#[tokio::test]
async fn other_sites_change_nothing_with_a_session() {
    let desk = Desk::new();
    let Shows::Session(secret) = desk.signed_in("Own", Role::Owner) else { panic!("a session") };
    let Shows::Token(token) = desk.token(1, Role::Owner) else { panic!("a token") };
    let cases: &[(&[(&str, &str)], StatusCode)] = &[
        (&[("sec-fetch-site", "same-origin")], StatusCode::NO_CONTENT),
        (&[("sec-fetch-site", "same-origin"), ("origin", "http://localhost:7070")], StatusCode::NO_CONTENT),
        (&[("origin", "http://localhost:7070")], StatusCode::NO_CONTENT),
        (&[("sec-fetch-site", "none")], StatusCode::NO_CONTENT),
        (&[], StatusCode::FORBIDDEN),
        (&[("sec-fetch-site", "cross-site")], StatusCode::FORBIDDEN),
        (&[("sec-fetch-site", "same-site")], StatusCode::FORBIDDEN),
        (&[("sec-fetch-site", "cross-site"), ("origin", "http://localhost:7070")], StatusCode::FORBIDDEN),
        (&[("origin", "http://evil.example")], StatusCode::FORBIDDEN),
        (&[("origin", "null")], StatusCode::FORBIDDEN),
        (&[("origin", "https://localhost:7070")], StatusCode::FORBIDDEN),
        (&[("origin", "http://localhost:7071")], StatusCode::FORBIDDEN),
    ];
    for (headers, status) in cases {
        let mut asked = request(Method::PUT, "/api/v1/me").header(header::CONTENT_TYPE, "application/json");
        asked = asked.header(header::COOKIE, format!("pourparler-session={secret}"));
        for (name, value) in *headers {
            asked = asked.header(*name, *value);
        }
        let got = desk.send(asked.body(Body::from(r#"{"theme":"dark"}"#)).expect("a request")).await;
        assert_eq!(got.status, *status, "{headers:?}: {}", got.body);
    }
    // The forms of strangers are held to the same: nobody is signed in by another site under its own name.
    for (headers, status) in cases {
        let mut asked = request(Method::POST, "/sign-in");
        asked = asked.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in *headers {
            asked = asked.header(*name, *value);
        }
        let got = desk.send(asked.body(Body::from("name=Nobody&password=x")).expect("a request")).await;
        let wanted = if *status == StatusCode::NO_CONTENT { StatusCode::UNAUTHORIZED } else { *status };
        // Several at one name have to wait.
        let waits = got.status == StatusCode::TOO_MANY_REQUESTS && wanted == StatusCode::UNAUTHORIZED;
        assert!(got.status == wanted || waits, "{headers:?}: {}", got.status);
    }
    // A program with a token is no browser, and a cookie beside it counts for nothing.
    for cookie in ["", "pourparler-session=nonsense"] {
        let asked = request(Method::PUT, "/api/v1/me").header(header::CONTENT_TYPE, "application/json");
        let asked = asked.header(header::AUTHORIZATION, format!("bearer {token}")).header(header::COOKIE, cookie);
        let got = desk.send(asked.body(Body::from(r#"{"theme":"dark"}"#)).expect("a request")).await;
        assert_eq!(got.status, StatusCode::NO_CONTENT, "{}", got.body);
    }
}

#[tokio::test]
async fn answers_about_accounts_are_kept_nowhere() {
    let desk = Desk::new();
    let owner = desk.signed_in("Own", Role::Owner);
    for (shows, path) in [
        (&Shows::Nothing, "/sign-in"),
        (&Shows::Nothing, "/invitation"),
        (&Shows::Nothing, "/matrix"),
        (&owner, "/account"),
        (&owner, "/people"),
        (&owner, "/api/v1/me"),
        (&owner, "/api/v1/me/sessions"),
        (&owner, "/api/v1/me/tokens"),
        (&owner, "/api/v1/people"),
        (&owner, "/api/v1/people/invitations"),
    ] {
        let got = desk.get_as(shows, path).await;
        assert_eq!(got.headers[header::CACHE_CONTROL], "no-store", "{path}");
        assert!(!got.headers.contains_key(header::ETAG), "{path}");
    }
}

#[tokio::test]
async fn every_answer_has_its_policy() {
    let desk = Desk::new();
    let owner = desk.signed_in("Own", Role::Owner);
    let reader = desk.signed_in("Rea", Role::Reader);
    for (shows, path) in [
        (&Shows::Nothing, "/sign-in"),
        (&Shows::Nothing, "/matrix"),
        (&Shows::Nothing, "/api/v1/statements"),
        (&reader, "/people"),
        (&owner, "/people"),
        (&owner, "/account"),
        (&owner, "/nowhere"),
    ] {
        let got = desk.get_as(shows, path).await;
        for (name, value) in [
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
            (header::REFERRER_POLICY, "same-origin"),
        ] {
            assert_eq!(got.headers[&name], value, "{path}: {name}");
        }
        assert!(
            !got.body.contains("<script>") && !got.body.contains(" style=") && !got.body.contains(" onclick"),
            "{path}"
        );
    }
    assert!(POLICY.contains("frame-ancestors 'none'"));
}

/// Answers are made once for each who asks: nobody gets another's, and a role that changed shows at once.
#[tokio::test]
async fn nobody_gets_what_was_made_for_another() {
    let desk = Desk::new();
    let ana = desk.somebody("Ana", Role::Owner);
    desk.somebody("Own", Role::Owner);
    let (ana_shows, ben) = (desk.session(ana), desk.signed_in("Ben", Role::Reader));
    let first = desk.get_as(&ana_shows, "/matrix").await;
    assert!(first.body.contains("Ana") && first.body.contains("href=\"/people\""));
    let tag = first.headers[header::ETAG].clone();
    assert_eq!(first.headers[header::VARY], "Cookie, Authorization");
    let again = desk.get_as(&ben, "/matrix").await;
    assert!(again.body.contains("Ben") && !again.body.contains("Ana") && !again.body.contains("href=\"/people\""));
    let Shows::Session(secret) = &ben else { panic!("a session") };
    let asked = request(Method::GET, "/matrix").header(header::COOKIE, format!("pourparler-session={secret}"));
    let asked = asked.header(header::IF_NONE_MATCH, &tag).body(Body::empty());
    assert_eq!(desk.send(asked.expect("a request")).await.status, StatusCode::OK);
    desk.app.at_once(|ledger| ledger.people().set_role("tests", ana, Role::Reader, super::now())).expect("changed");
    assert!(!desk.get_as(&ana_shows, "/matrix").await.body.contains("href=\"/people\""));
}

/// A name that the request gives is not the one under which a decision is kept.
#[tokio::test]
async fn decisions_are_kept_in_the_accounts_name() {
    let desk = Desk::new();
    let shows = desk.signed_in("Ana", Role::Reviewer);
    let refused = desk.api(&shows, Method::PUT, "/me", r#"{"reviewer":"Somebody else"}"#).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.body);
    let Shows::Session(secret) = &shows else { panic!("a session") };
    let asked = request(Method::GET, "/api/v1/me");
    let asked = asked.header(header::COOKIE, format!("reviewer=Somebody%20else; pourparler-session={secret}"));
    let got = desk.send(asked.body(Body::empty()).expect("a request")).await;
    assert_eq!(json(&got), serde_json::json!({ "name": "Ana", "role": "reviewer", "in_person": true }));
    let token = desk.token(1, Role::Reader);
    let got = desk.api(&token, Method::GET, "/me", "").await;
    assert_eq!(json(&got), serde_json::json!({ "name": "Ana", "role": "reader", "in_person": false }));
}

/// What somebody changes stands in the log under their name, whichever way they came; of what lets them in nothing stands there.
#[tokio::test]
async fn changes_stand_in_the_log_under_the_name_of_who_made_them() {
    let desk = Desk::new();
    let ana = desk.with_mail("Ana", Role::Editor, Some("ana@desk.example"));
    let (shows, token) = (desk.session(ana), desk.token(ana, Role::Editor));
    desk.add(article("a", "Courier", "2031-03-01", &[said("Nara Ishkenti", "Karveth", "the gates stay shut")])).await;
    let actors = json(&desk.api(&shows, Method::GET, "/actors", "").await);
    let id = actors["items"][0]["id"].as_str().expect("an actor").to_owned();
    let rename = |name: &str| serde_json::json!({ "decide": "rename", "actor": id, "name": name }).to_string();
    for (shows, name) in [(&shows, "N. Ishkenti"), (&token, "Minister Ishkenti")] {
        let got = desk.api(shows, Method::POST, "/actors/decisions", &rename(name)).await;
        assert_eq!(got.status, StatusCode::OK, "{}", got.body);
    }
    let all = Paging { skip: 0, most: 1_000 };
    let events = desk.app.at_once(|ledger| ledger.events(all)).expect("a log").items;
    assert_eq!([&events[0].actor, &events[1].actor], ["Ana", "Ana"], "{events:?}");
    let done: Vec<&str> = events.iter().map(|event| event.action.as_str()).collect();
    for action in ["invitation made", "account made", "token made"] {
        assert!(done.contains(&action), "{done:?}");
    }
    let (Shows::Session(session), Shows::Token(token)) = (&shows, &token) else { panic!("both") };
    let told = format!("{events:?}");
    for secret in [session, token, "ana@desk.example", "argon2id"] {
        assert!(!told.contains(secret) && !told.contains(&pourparler_text::sha256_hex(secret.as_bytes())), "{told}");
    }
    assert_eq!(desk.app.at_once(|ledger| ledger.verify()).expect("looked"), []);

    // Without accounts it is whoever the browser says.
    let space = Space::new();
    space.add(article("a", "Courier", "2031-03-01", &[said("Nara Ishkenti", "Karveth", "the gates stay shut")])).await;
    let asked = request(Method::POST, "/api/v1/actors/decisions").header(header::CONTENT_TYPE, "application/json");
    let asked = asked.header(header::COOKIE, "reviewer=Ben%20O").body(Body::from(rename("N. Ishkenti")));
    assert_eq!(space.send(asked.expect("a request")).await.status, StatusCode::OK);
    let events = space.app.at_once(|ledger| ledger.events(all)).expect("a log").items;
    assert_eq!(events[0].actor, "Ben O");
}
