//! Signing in and out, and what is tried at it.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use pourparler_ledger::{LONGEST, Role};

use super::{Desk, PASSWORD, Shows, begun, cookie_line};
use crate::team::TeamSettings;
use crate::tests::Got;

async fn sign_in(desk: &Desk, shows: &Shows, name: &str, password: &str) -> Got {
    desk.form(shows, "/sign-in", &[("name", name), ("password", password), ("to", "/matrix")]).await
}

#[tokio::test]
async fn name_or_address_and_password_let_in() {
    let desk = Desk::new();
    desk.with_mail("Ana Maria Ortega", Role::Reviewer, Some("ana@desk.example"));
    for name in ["Ana Maria Ortega", " ana maria  ORTEGA ", "Ana@Desk.Example"] {
        let got = sign_in(&desk, &Shows::Nothing, name, PASSWORD).await;
        assert_eq!(
            (got.status, &got.headers[header::LOCATION]),
            (StatusCode::SEE_OTHER, &"/matrix".parse().expect("v"))
        );
        let shows = begun(&got).expect("a session");
        let page = desk.get_as(&shows, "/matrix").await;
        assert!(page.body.contains("Ana Maria Ortega") && page.body.contains("reviewer"), "{}", page.body);
        assert_eq!(desk.get_as(&shows, "/sign-in?to=/issues").await.headers[header::LOCATION], "/issues");
        let out = desk.form(&shows, "/sign-out", &[]).await;
        assert_eq!(out.headers[header::LOCATION], "/sign-in");
        assert!(cookie_line(&out.headers, "pourparler-session").expect("a cookie").contains("Max-Age=0"));
        assert!(!desk.lets_in(&shows).await, "signed out");
    }
}

/// Whoever sets a browser's cookie beforehand gains nothing: the session is a new one, and the one shown ends.
#[tokio::test]
async fn a_session_that_was_there_before_is_not_the_one_after() {
    let desk = Desk::new();
    let (ana, mallory) = (desk.somebody("Ana", Role::Owner), desk.somebody("Mallory", Role::Reader));
    let _ = ana;
    for planted in [Shows::Session("f".repeat(64)), desk.session(mallory)] {
        let got = sign_in(&desk, &planted, "Ana", PASSWORD).await;
        let (Shows::Session(before), Some(Shows::Session(after))) = (&planted, begun(&got)) else {
            panic!("a session")
        };
        assert_ne!(*before, after);
        assert!(desk.lets_in(&Shows::Session(after)).await);
        assert!(!desk.lets_in(&planted).await, "what was planted stands for nobody");
    }
}

#[tokio::test]
async fn cookies_are_for_this_host_and_no_script() {
    let plain = Desk::new();
    plain.somebody("Ana", Role::Reader);
    let line = cookie_line(&sign_in(&plain, &Shows::Nothing, "Ana", PASSWORD).await.headers, "pourparler-session");
    let line = line.expect("a cookie");
    assert!(line.ends_with("; HttpOnly; SameSite=Lax") && !line.contains("Domain"), "{line}");
    assert!(line.contains(&format!("; Path=/; Max-Age={};", LONGEST.as_secs())), "{line}");

    let proxied = Desk::of(TeamSettings { behind_proxy: true, provider: None });
    proxied.somebody("Ana", Role::Reader);
    let got = through_proxy(&proxied, "https", "198.51.100.7", "Ana", PASSWORD).await;
    let line = cookie_line(&got.headers, "__Host-session").expect("a cookie");
    assert!(line.ends_with("; HttpOnly; SameSite=Lax; Secure") && line.contains("; Path=/;"), "{line}");
    assert_eq!(got.headers[header::STRICT_TRANSPORT_SECURITY], "max-age=31536000");
}

async fn through_proxy(desk: &Desk, scheme: &str, from: &str, name: &str, password: &str) -> Got {
    let fields = serde_html_form::to_string([("name", name), ("password", password)]).expect("a form");
    let mut request = Request::builder().method(Method::POST).uri("/sign-in").header(header::HOST, "desk.example");
    if !scheme.is_empty() {
        request = request.header("x-forwarded-proto", scheme);
    }
    let request = request
        .header("x-forwarded-for", from)
        .header(header::ORIGIN, "https://desk.example")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    desk.send(request.body(Body::from(fields)).expect("a request")).await
}

#[tokio::test]
async fn a_proxy_says_https_and_for_whom() {
    let desk = Desk::of(TeamSettings { behind_proxy: true, provider: None });
    desk.somebody("Ana", Role::Reader);
    for (scheme, status) in
        [("https", StatusCode::SEE_OTHER), ("http", StatusCode::FORBIDDEN), ("", StatusCode::FORBIDDEN)]
    {
        let got = through_proxy(&desk, scheme, "198.51.100.7", "Ana", PASSWORD).await;
        assert_eq!(got.status, status, "{scheme}");
    }
    // What the asker wrote in front of what the proxy adds changes nothing about who has to wait.
    for number in 0..20 {
        let from = format!("203.0.113.{number}, 198.51.100.8");
        assert_eq!(
            through_proxy(&desk, "https", &from, &format!("guess {number}"), "x").await.status,
            StatusCode::UNAUTHORIZED
        );
    }
    let waits = through_proxy(&desk, "https", "192.0.2.1, 198.51.100.8", "Ana", PASSWORD).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    let other = through_proxy(&desk, "https", "198.51.100.9", "Ana", PASSWORD).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER);
    // The next of a network of IPv6 is no other address.
    for number in 0..20 {
        let from = format!("2001:db8:1:2::{number}");
        let _ = through_proxy(&desk, "https", &from, &format!("further guess {number}"), "x").await;
    }
    let waits = through_proxy(&desk, "https", "2001:db8:1:2:ffff::1", "Ana", PASSWORD).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn who_was_not_announced_as_a_proxy_is_not_believed() {
    let desk = Desk::new();
    desk.somebody("Ana", Role::Reader);
    for number in 0..25 {
        let form = serde_html_form::to_string([("name", format!("guess {number}")), ("password", "x".to_owned())]);
        let request = crate::tests::request(Method::POST, "/sign-in")
            .header("x-forwarded-for", "198.51.100.7")
            .header("x-forwarded-proto", "https")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let got = desk.send(request.body(Body::from(form.expect("a form"))).expect("a request")).await;
        assert_eq!(got.status, StatusCode::UNAUTHORIZED, "nobody is counted under an address that the asker made up");
        assert!(!got.headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    }
}

/// What is answered to a wrong password does not tell whether there is such an account, and takes as long.
#[tokio::test]
async fn names_cannot_be_found_out() {
    let desk = Desk::new();
    desk.somebody("Known", Role::Reader);
    let ended = desk.somebody("Ended", Role::Reader);
    desk.somebody("Own", Role::Owner);
    desk.app.at_once(|ledger| ledger.people().end_account("tests", ended, super::now())).expect("ended");
    let mut seen: Vec<(String, Duration)> = Vec::new();
    for name in ["Known", "Ended", "Nobodyyy", "known@desk.example", ""] {
        let mut fastest = Duration::MAX;
        let mut answer = String::new();
        for _ in 0..3 {
            let began = Instant::now();
            let got = sign_in(&desk, &Shows::Nothing, name, "a wrong password").await;
            fastest = fastest.min(began.elapsed());
            assert_eq!(got.status, StatusCode::UNAUTHORIZED, "{name}");
            let field = format!(r#"name="name" value="{name}""#);
            assert!(got.body.contains(&field), "{}", got.body);
            answer = got.body.replace(&field, "");
        }
        seen.push((answer, fastest));
    }
    let (known, took) = seen[0].clone();
    for (answer, fastest) in &seen {
        assert_eq!(*answer, known);
        assert!(*fastest * 3 > took && took * 3 > *fastest, "{fastest:?} beside {took:?}");
    }
}

#[tokio::test]
async fn who_guesses_has_to_wait_and_so_does_who_guesses_names() {
    let desk = Desk::new();
    desk.somebody("Ana", Role::Reader);
    for name in ["Ana", "Nobody"] {
        for _ in 0..5 {
            assert_eq!(sign_in(&desk, &Shows::Nothing, name, "wrong").await.status, StatusCode::UNAUTHORIZED);
        }
        let got = sign_in(&desk, &Shows::Nothing, name, PASSWORD).await;
        assert_eq!(got.status, StatusCode::TOO_MANY_REQUESTS, "{name}");
        let wait: u64 = got.headers[header::RETRY_AFTER].to_str().expect("ASCII").parse().expect("seconds");
        assert!((1..=4).contains(&wait), "{wait}");
        assert!(got.body.contains("Too many attempts") && begun(&got).is_none());
    }
}

/// Who signed in is sent to no other site.
#[tokio::test]
async fn nobody_is_sent_elsewhere() {
    let desk = Desk::new();
    desk.somebody("Ana", Role::Reader);
    let shows = desk.signed_in("Ben", Role::Reader);
    for to in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\n/evil.example"] {
        let got = desk.form(&Shows::Nothing, "/sign-in", &[("name", "Ana"), ("password", PASSWORD), ("to", to)]).await;
        assert_eq!(
            (got.status, &got.headers[header::LOCATION]),
            (StatusCode::SEE_OTHER, &"/".parse().expect("v")),
            "{to}"
        );
        let to = percent_encoding::utf8_percent_encode(to, percent_encoding::NON_ALPHANUMERIC).to_string();
        let got = desk.get_as(&shows, &format!("/sign-in?to={to}")).await;
        assert_eq!(got.headers[header::LOCATION], "/", "{to}");
    }
    let got = desk.get_as(&Shows::Nothing, "/matrix?on=2031-03-04").await;
    assert_eq!(got.headers[header::LOCATION], "/sign-in?to=%2Fmatrix%3Fon%3D2031%2D03%2D04");
}

#[tokio::test]
async fn what_cannot_be_read_is_not_repeated() {
    let desk = Desk::new();
    for (kind, body) in [
        ("application/json", r#"{"name":"Ana","password":"a secret of mine"}"#),
        ("application/x-www-form-urlencoded", "password=a+secret+of+mine"),
        ("text/plain", "a secret of mine"),
    ] {
        let response = desk.send_as(&Shows::Nothing, Method::POST, "/sign-in", kind, body).await;
        let got = super::read(response).await;
        assert_eq!(got.status, StatusCode::BAD_REQUEST);
        assert!(!got.body.contains("secret"), "{}", got.body);
    }
}
