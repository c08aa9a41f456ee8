//! One's own account, and that it is nobody else's.

use axum::http::{Method, StatusCode};
use pourparler_ledger::Role;

use super::{Desk, PASSWORD, Shows, begun, json};

#[tokio::test]
async fn another_password_ends_all_that_let_in_before() {
    let desk = Desk::new();
    let ana = desk.somebody("Ana", Role::Editor);
    let (here, elsewhere, token) = (desk.session(ana), desk.session(ana), desk.token(ana, Role::Reader));
    let other = desk.signed_in("Ben", Role::Reader);
    for (body, why) in [
        (format!(r#"{{"now":"{PASSWORD}","new":"too short"}}"#), "12 characters or more"),
        (r#"{"now":"wrong","new":"four quite other words"}"#.to_owned(), "is another"),
        (r#"{"new":"four quite other words"}"#.to_owned(), "password so far"),
    ] {
        let got = desk.api(&here, Method::PUT, "/me/password", &body).await;
        assert_eq!(got.status, StatusCode::BAD_REQUEST);
        assert!(got.body.contains(why) && !got.body.contains(PASSWORD), "{}", got.body);
    }
    assert!(desk.lets_in(&elsewhere).await && desk.lets_in(&token).await, "nothing has changed yet");
    let body = format!(r#"{{"now":"{PASSWORD}","new":"four quite other words"}}"#);
    let got = desk.api(&here, Method::PUT, "/me/password", &body).await;
    assert_eq!(got.status, StatusCode::NO_CONTENT, "{}", got.body);
    let fresh = begun(&got).expect("another session");
    assert!(desk.lets_in(&fresh).await && desk.lets_in(&other).await);
    for ended in [&here, &elsewhere, &token] {
        assert!(!desk.lets_in(ended).await, "{ended:?}");
    }
    for (password, status) in [(PASSWORD, StatusCode::UNAUTHORIZED), ("four quite other words", StatusCode::SEE_OTHER)]
    {
        let got = desk.form(&Shows::Nothing, "/sign-in", &[("name", "Ana"), ("password", password)]).await;
        assert_eq!(got.status, status);
    }
}

/// Who found an open browser cannot guess on.
#[tokio::test]
async fn the_password_so_far_cannot_be_guessed() {
    let desk = Desk::new();
    let shows = desk.signed_in("Ana", Role::Editor);
    let body = r#"{"now":"a guess","new":"four quite other words"}"#;
    for _ in 0..5 {
        assert_eq!(desk.api(&shows, Method::PUT, "/me/password", body).await.status, StatusCode::BAD_REQUEST);
    }
    let got = desk.api(&shows, Method::PUT, "/me/password", body).await;
    assert_eq!(got.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(got.headers.contains_key("retry-after") && got.body.contains("Too many attempts"), "{}", got.body);
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let desk = Desk::new();
    let ana = desk.somebody("Ana", Role::Reader);
    let (here, second, third) = (desk.session(ana), desk.session(ana), desk.session(ana));
    let list = json(&desk.api(&here, Method::GET, "/me/sessions", "").await);
    let list = list.as_array().expect("a list");
    assert_eq!(list.len(), 3);
    let of_this: Vec<_> = list.iter().filter(|session| session["this"] == true).collect();
    assert_eq!(of_this.len(), 1);
    assert!(!list.iter().any(|session| session.to_string().contains("hash")));
    let theirs = json(&desk.api(&second, Method::GET, "/me/sessions", "").await);
    let id = theirs.as_array().expect("a list").iter().find(|s| s["this"] == true).expect("this")["id"].clone();
    let got = desk.api(&here, Method::DELETE, &format!("/me/sessions/{id}"), "").await;
    assert_eq!(got.status, StatusCode::NO_CONTENT);
    assert!(!desk.lets_in(&second).await && desk.lets_in(&third).await);
    assert_eq!(desk.api(&here, Method::DELETE, "/me/sessions", "").await.status, StatusCode::NO_CONTENT);
    assert!(!desk.lets_in(&third).await && desk.lets_in(&here).await);
}

#[tokio::test]
async fn tokens_do_what_they_are_for_and_no_more() {
    let desk = Desk::new();
    let shows = desk.signed_in("Rev", Role::Reviewer);
    for (body, status) in [
        (r#"{"label":"export","scope":"read","days":30}"#, StatusCode::CREATED),
        (r#"{"label":"export","scope":"edit","days":30}"#, StatusCode::BAD_REQUEST),
        (r#"{"label":"export","scope":"all","days":30}"#, StatusCode::BAD_REQUEST),
        (r#"{"label":"export","scope":"read","days":0}"#, StatusCode::BAD_REQUEST),
        (r#"{"label":"export","scope":"read","days":367}"#, StatusCode::BAD_REQUEST),
        (r#"{"label":"export","scope":"read","days":9223372036854775807}"#, StatusCode::BAD_REQUEST),
        (r#"{"label":" ","scope":"read","days":1}"#, StatusCode::BAD_REQUEST),
        (r#"{"label":"a","scope":"read","days":1,"account":1}"#, StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(desk.api(&shows, Method::POST, "/me/tokens", body).await.status, status, "{body}");
    }
    let made =
        json(&desk.api(&shows, Method::POST, "/me/tokens", r#"{"label":"for me","scope":"review","days":1}"#).await);
    let secret = made["secret"].as_str().expect("a secret").to_owned();
    assert!(secret.starts_with("pourparler_") && secret.len() == 75, "{secret}");
    let listed = desk.api(&shows, Method::GET, "/me/tokens", "").await;
    assert!(!listed.body.contains(&secret) && listed.body.contains("for me"));
    let token = Shows::Token(secret);
    assert!(desk.lets_in(&token).await);
    let used = json(&desk.api(&shows, Method::GET, "/me/tokens", "").await);
    assert!(used[0]["last_used"].is_string() && used[1]["last_used"].is_null(), "{used}");
    assert_eq!(desk.api(&token, Method::POST, "/me/tokens", "{}").await.status, StatusCode::FORBIDDEN);
    let id = made["id"].as_i64().expect("a number");
    assert_eq!(desk.api(&shows, Method::DELETE, &format!("/me/tokens/{id}"), "").await.status, StatusCode::NO_CONTENT);
    assert!(!desk.lets_in(&token).await);
}

/// Numbers of others' sessions and tokens open nothing, for whatever role: they are as if they were not there.
#[tokio::test]
async fn numbers_of_others_open_nothing() {
    let desk = Desk::new();
    let ana = desk.somebody("Ana", Role::Reader);
    let (session, token) = (desk.session(ana), desk.token(ana, Role::Reader));
    let session_id = desk.app.at_once(|ledger| ledger.people().sessions(ana, super::now())).expect("sessions")[0].id;
    let token_id = desk.app.at_once(|ledger| ledger.people().tokens(ana)).expect("tokens")[0].id;
    for role in Role::ALL {
        let other = desk.signed_in(&format!("Other {role}"), role);
        for (kind, id) in [("sessions", session_id), ("tokens", token_id)] {
            let theirs = desk.api(&other, Method::DELETE, &format!("/me/{kind}/{id}"), "").await;
            let nobodys = desk.api(&other, Method::DELETE, &format!("/me/{kind}/999999"), "").await;
            assert_eq!(theirs.status, StatusCode::NOT_FOUND, "{role} {kind}");
            assert_eq!(theirs.body, nobodys.body, "{role} {kind}");
            let listed = json(&desk.api(&other, Method::GET, &format!("/me/{kind}"), "").await);
            let listed = listed.as_array().expect("a list").clone();
            assert!(listed.iter().all(|one| one["id"] != id), "{role} {kind}");
        }
        for id in ["-1", "0", "x", "1%20OR%201", "99999999999999999999"] {
            let got = desk.api(&other, Method::DELETE, &format!("/me/sessions/{id}"), "").await;
            assert!(got.status.is_client_error(), "{id}: {}", got.status);
        }
        assert!(desk.lets_in(&session).await && desk.lets_in(&token).await, "{role}");
    }
}
