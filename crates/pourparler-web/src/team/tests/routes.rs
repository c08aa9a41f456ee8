//! Every route, with whoever may ask and whoever may not.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::http::{Method, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use pourparler_ledger::{IDLE, LONGEST, Role};
use tower::ServiceExt as _;

use super::{DAY, Desk, Shows, ago, json};
use crate::team::{Need, Needs, door};
use crate::tests::{Space, request};
use crate::{error, routes};

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Becomes {
    /// It reaches its handler.
    Answered,
    /// It is told to sign in.
    SignIn,
    /// It is told that this is not for it.
    Refused,
}

/// Who asks, by what that is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Worth {
    Nothing,
    Person(Role),
    Token(Role),
}

impl Worth {
    /// What has to become of a request to a route that needs this.
    fn at(self, need: Need) -> Becomes {
        match (need, self) {
            (Need::Anyone, _) | (Need::Person, Self::Person(_)) => Becomes::Answered,
            (_, Self::Nothing) => Becomes::SignIn,
            (Need::Person, Self::Token(_)) => Becomes::Refused,
            (Need::Role(needed), Self::Person(role) | Self::Token(role)) => {
                if role >= needed {
                    Becomes::Answered
                } else {
                    Becomes::Refused
                }
            }
        }
    }
}

/// Makes what somebody shows, anew for each request since requests may end it.
type Makes = Box<dyn Fn(&Desk) -> Shows>;

fn callers(desk: &Desk) -> Vec<(&'static str, Worth, Makes)> {
    let [reader, reviewer, editor, owner] =
        [("Rea", Role::Reader), ("Rev", Role::Reviewer), ("Edi", Role::Editor), ("Own", Role::Owner)]
            .map(|(name, role)| desk.somebody(name, role));
    let mut all: Vec<(&str, Worth, Makes)> = vec![
        ("nobody", Worth::Nothing, Box::new(|_| Shows::Nothing)),
        ("reader", Worth::Person(Role::Reader), Box::new(move |desk| desk.session(reader))),
        ("reviewer", Worth::Person(Role::Reviewer), Box::new(move |desk| desk.session(reviewer))),
        ("editor", Worth::Person(Role::Editor), Box::new(move |desk| desk.session(editor))),
        ("owner", Worth::Person(Role::Owner), Box::new(move |desk| desk.session(owner))),
        ("a guess", Worth::Nothing, Box::new(|_| Shows::Session("0".repeat(64)))),
        ("a guessed token", Worth::Nothing, Box::new(|_| Shows::Token("pourparler_guess".to_owned()))),
        ("an empty token", Worth::Nothing, Box::new(|_| Shows::Token(String::new()))),
        ("an idle session", Worth::Nothing, Box::new(move |desk| desk.session_since(owner, ago(IDLE)))),
        ("an old session", Worth::Nothing, Box::new(move |desk| desk.session_since(owner, ago(LONGEST)))),
        ("an old token", Worth::Nothing, Box::new(move |desk| desk.token_until(owner, Role::Owner, ago(DAY / 24)))),
        ("a reader's token to own", Worth::Token(Role::Reader), Box::new(move |desk| desk.token(reader, Role::Owner))),
        (
            "an ended session",
            Worth::Nothing,
            Box::new(move |desk| {
                let shows = desk.session(owner);
                desk.app.at_once(|ledger| ledger.people().end_sessions(owner, None)).expect("ended");
                shows
            }),
        ),
        (
            "a withdrawn token",
            Worth::Nothing,
            Box::new(move |desk| {
                let shows = desk.token(owner, Role::Owner);
                let withdrawn = desk.app.at_once(|ledger| {
                    let token = ledger.people().tokens(owner).expect("tokens").remove(0);
                    ledger.people().withdraw_token(owner, token.id)
                });
                withdrawn.expect("withdrawn");
                shows
            }),
        ),
    ];
    let gone = desk.somebody("Gone", Role::Owner);
    let (session, token) = (desk.session(gone), desk.token(gone, Role::Owner));
    desk.app.at_once(|ledger| ledger.people().end_account("tests", gone, super::now())).expect("ended");
    all.push(("an ended account", Worth::Nothing, Box::new(move |_| session.clone())));
    all.push(("an ended account's token", Worth::Nothing, Box::new(move |_| token.clone())));
    for (told, scope) in [
        ("a token to read", Role::Reader),
        ("a token to review", Role::Reviewer),
        ("a token to edit", Role::Editor),
        ("a token to own", Role::Owner),
    ] {
        all.push((told, Worth::Token(scope), Box::new(move |desk| desk.token(owner, scope))));
    }
    all
}

/// An address of a route.
fn address(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_route_lets_in_whom_it_says_and_nobody_else() {
    let desk = Desk::new();
    let callers = callers(&desk);
    let needs = routes(&desk.app).1;
    let all = needs.all();
    assert!(all.len() > 80, "{} routes", all.len());
    let mut tried = 0;
    for (method, path, need) in all {
        for (told, worth, makes) in &callers {
            let shows = makes(&desk);
            let address = address(path);
            let response = desk.send_as(&shows, method.clone(), &address, "application/json", "nonsense").await;
            let status = response.status();
            let led = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
            let becomes = match status {
                StatusCode::UNAUTHORIZED => Becomes::SignIn,
                StatusCode::SEE_OTHER if led.starts_with("/sign-in") && path != "/sign-out" => Becomes::SignIn,
                StatusCode::FORBIDDEN => Becomes::Refused,
                _ => Becomes::Answered,
            };
            assert_eq!(becomes, worth.at(need), "{method} {path} ({need:?}) by {told}: {status} {led}");
            assert!(!status.is_server_error(), "{method} {path} by {told}: {status}");
            let api = path.starts_with("/api/");
            if becomes == Becomes::SignIn {
                let redirected = status == StatusCode::SEE_OTHER;
                let looks = method == Method::GET && !api && !matches!(shows, Shows::Token(_));
                assert_eq!(redirected, looks, "{method} {path} by {told}: {status}");
                assert!(redirected || response.headers().contains_key(header::WWW_AUTHENTICATE), "{path}");
            }
            if api && becomes != Becomes::Answered {
                let kind = response.headers().get(header::CONTENT_TYPE).expect("a type");
                assert_eq!(kind, "application/problem+json", "{method} {path} by {told}");
            }
            tried += 1;
        }
    }
    assert!(tried > 1_500, "{tried} requests");
}

/// The list that requests are held against is the router's and the document's.
#[tokio::test]
async fn the_list_of_needs_is_the_list_of_routes() {
    let desk = Desk::new();
    let owner = desk.signed_in("Own", Role::Owner);
    let document = json(&desk.api(&owner, Method::GET, "/openapi.json", "").await);
    let mut told = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            told.insert((method.to_uppercase(), path.clone()));
            let words = operation["description"].as_str().unwrap_or_default();
            assert!(words.contains("In a team: for"), "{method} {path}: {words}");
            assert!(operation["responses"]["401"].is_object() && operation["responses"]["403"].is_object(), "{path}");
            let security = operation["security"].to_string();
            let in_person = words.contains("a token is not enough");
            assert_eq!(security.contains("\"token\""), !in_person, "{method} {path}: {security}");
        }
    }
    let needs = routes(&desk.app).1;
    let declared = needs.all().into_iter().filter(|(_, path, _)| path.starts_with("/api/"));
    let declared: BTreeSet<_> = declared.map(|(method, path, _)| (method.to_string(), path.to_owned())).collect();
    assert_eq!(told, declared);
    let schemes = document["components"]["securitySchemes"].as_object().expect("schemes");
    assert_eq!(schemes.keys().collect::<Vec<_>>(), ["session", "token"]);
    // Nothing of the workspace itself is for anyone but ways in and the program's own files.
    let open = needs.all().into_iter().filter(|(.., need)| *need == Need::Anyone).map(|(_, path, _)| path);
    let open: Vec<_> = open.filter(|path| !path.starts_with("/sign-in") && !path.starts_with("/invitation")).collect();
    assert_eq!(open, ["/assets/{version}/{name}"]);
}

#[tokio::test]
async fn a_route_that_says_nothing_is_for_nobody() {
    let desk = Desk::new();
    let owner = desk.signed_in("Own", Role::Owner);
    let state = (desk.app.clone(), Arc::new(Needs::default()));
    let router = Router::new().route("/bare", get(async || "bare")).fallback(error::no_such_page);
    let router = router.layer(from_fn_with_state(state, door)).with_state(desk.app.clone());
    let Shows::Session(secret) = owner else { panic!("a session") };
    for (path, status) in [("/bare", StatusCode::METHOD_NOT_ALLOWED), ("/nowhere", StatusCode::NOT_FOUND)] {
        let asked = request(Method::GET, path).header(header::COOKIE, format!("pourparler-session={secret}"));
        let got = router.clone().oneshot(asked.body(String::new()).expect("a request")).await.expect("an answer");
        assert_eq!(got.status(), status, "{path}");
    }
}

#[tokio::test]
async fn methods_that_a_route_does_not_have_are_refused() {
    let desk = Desk::new();
    let owner = desk.signed_in("Own", Role::Owner);
    for (method, path) in [
        (Method::POST, "/matrix"),
        (Method::DELETE, "/api/v1/articles"),
        (Method::OPTIONS, "/api/v1/statements"),
        (Method::PATCH, "/api/v1/people/1"),
        (Method::TRACE, "/"),
        (Method::POST, "/assets/x/style.css"),
    ] {
        for shows in [&owner, &Shows::Nothing] {
            let status = desk.send_as(shows, method.clone(), path, "application/json", "{}").await.status();
            assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path} {shows:?}");
        }
    }
    assert_eq!(desk.send_as(&owner, Method::HEAD, "/matrix", "", "").await.status(), StatusCode::OK);
    assert_eq!(desk.send_as(&Shows::Nothing, Method::HEAD, "/matrix", "", "").await.status(), StatusCode::SEE_OTHER);
}

/// What there is not tells nobody from outside anything.
#[tokio::test]
async fn strangers_cannot_tell_what_is_there() {
    let desk = Desk::new();
    for path in ["/nowhere", "/articles/known", "/api/v1/nowhere", "/api/v1/people/1"] {
        let got = desk.get_as(&Shows::Nothing, path).await;
        let wanted = match path.starts_with("/api/v1/people/") {
            // Which addresses a workspace has, everybody knows who has the program.
            true => StatusCode::METHOD_NOT_ALLOWED,
            false if path.starts_with("/api") => StatusCode::UNAUTHORIZED,
            false => StatusCode::SEE_OTHER,
        };
        assert_eq!(got.status, wanted, "{path}");
    }
}

/// Without `--team` there are no accounts, and nothing of them can be asked or done.
#[tokio::test]
async fn without_a_team_there_is_nothing_of_one() {
    let space = Space::new();
    let needs = routes(&space.app).1;
    let of_team = |path: &str| {
        ["/sign-in", "/sign-out", "/invitation", "/account", "/people", "/api/v1/people", "/api/v1/me/"]
            .iter()
            .any(|own| path.starts_with(own))
    };
    let mut seen = 0;
    for (method, path, _) in needs.all().into_iter().filter(|(_, path, _)| of_team(path)) {
        let form = [("name", "a"), ("password", "b"), ("code", "c")];
        let (kind, body) = match path.starts_with("/api") {
            true => ("application/json", "{}".to_owned()),
            false => ("application/x-www-form-urlencoded", serde_html_form::to_string(form).expect("a form")),
        };
        let sent = request(method.clone(), &address(path)).header(header::CONTENT_TYPE, kind);
        let got = space.send(sent.body(body.into()).expect("a request")).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{method} {path}: {}", got.body);
        seen += 1;
    }
    assert!(seen > 20, "{seen} routes");
    let who = space.get("/api/v1/me").await;
    assert_eq!(json(&who), serde_json::json!({ "name": "tester", "role": null, "in_person": true }));
}
