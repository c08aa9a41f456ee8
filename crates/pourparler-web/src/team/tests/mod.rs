//! A team's workspace: who may use which route, and what keeps others out.

mod headers;
mod members;
mod own;
mod provider;
mod routes;
mod sign_in;
mod tls;

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use pourparler_ledger::{Invite, PeopleError, Role, Secret};
use tower::ServiceExt as _;

use super::{TeamSettings, password};
use crate::router;
use crate::tests::{Got, Space};

/// A password that does.
pub const PASSWORD: &str = "dam gate salt lamp";

/// Its hash, made once.
static PHC: LazyLock<String> = LazyLock::new(|| password::hash(PASSWORD.as_bytes()).expect("a hash"));

/// How somebody shows who they are.
#[derive(Debug, Clone)]
pub enum Shows {
    Nothing,
    Session(String),
    Token(String),
}

/// A workspace of a team.
pub struct Desk(pub Space);

impl std::ops::Deref for Desk {
    type Target = Space;
    fn deref(&self) -> &Space {
        &self.0
    }
}

pub fn now() -> Timestamp {
    Timestamp::now()
}

pub fn ago(time: SignedDuration) -> Timestamp {
    now().checked_sub(time).expect("an instant")
}

pub fn hence(time: SignedDuration) -> Timestamp {
    now().checked_add(time).expect("an instant")
}

pub const DAY: SignedDuration = SignedDuration::from_hours(24);

impl Desk {
    /// Reached without https, at this machine.
    pub fn new() -> Self {
        Self::of(TeamSettings::default())
    }

    pub fn of(team: TeamSettings) -> Self {
        Self(Space::with(|settings| settings.team = Some(team)))
    }

    /// Somebody of this role.
    pub fn somebody(&self, name: &str, role: Role) -> i64 {
        self.with_mail(name, role, None)
    }

    pub fn with_mail(&self, name: &str, role: Role, mail: Option<&str>) -> i64 {
        let made = self.app.at_once(|ledger| -> Result<_, PeopleError> {
            let secret = Secret::new().expect("randomness");
            let invite = Invite { name: Some(name.to_owned()), mail: mail.map(str::to_owned), account: None };
            ledger.people().invite(("tests", None), &invite, role, &secret, (now(), hence(DAY)))?;
            ledger.people().accept(&secret, None, &PHC, now())
        });
        made.expect("an account").id
    }

    /// A session of an account that began at an instant and was not used since.
    pub fn session_since(&self, account: i64, since: Timestamp) -> Shows {
        let secret = Secret::new().expect("randomness");
        self.app.at_once(|ledger| ledger.people().open_session(account, &secret, "tests", since)).expect("a session");
        Shows::Session(secret.reveal().to_owned())
    }

    pub fn session(&self, account: i64) -> Shows {
        self.session_since(account, now())
    }

    /// A token of an account that holds until an instant.
    pub fn token_until(&self, account: i64, scope: Role, until: Timestamp) -> Shows {
        let secret = Secret::new().expect("randomness");
        let when = (ago(DAY), until);
        self.app.at_once(|ledger| ledger.people().make_token(account, &secret, "tests", scope, when)).expect("a token");
        Shows::Token(secret.reveal().to_owned())
    }

    pub fn token(&self, account: i64, scope: Role) -> Shows {
        self.token_until(account, scope, hence(DAY))
    }

    /// Somebody of this role who is signed in.
    pub fn signed_in(&self, name: &str, role: Role) -> Shows {
        self.session(self.somebody(name, role))
    }

    /// Sends a request as a browser at a page of ours does, or a program with its token; the body is not read.
    pub async fn send_as(&self, shows: &Shows, method: Method, path: &str, kind: &str, body: &str) -> Response {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost:7070");
        request = match shows {
            Shows::Nothing => request.header("sec-fetch-site", "same-origin"),
            Shows::Session(secret) => request
                .header("sec-fetch-site", "same-origin")
                .header(header::COOKIE, format!("theme=dark; pourparler-session={secret}")),
            Shows::Token(secret) => request.header(header::AUTHORIZATION, format!("Bearer {secret}")),
        };
        let request = request.header(header::CONTENT_TYPE, kind).body(Body::from(body.to_owned()));
        router(self.app.clone()).oneshot(request.expect("a request")).await.expect("an answer")
    }

    pub async fn get_as(&self, shows: &Shows, path: &str) -> Got {
        read(self.send_as(shows, Method::GET, path, "", "").await).await
    }

    pub async fn api(&self, shows: &Shows, method: Method, path: &str, body: &str) -> Got {
        read(self.send_as(shows, method, &format!("/api/v1{path}"), "application/json", body).await).await
    }

    pub async fn form(&self, shows: &Shows, path: &str, fields: &[(&str, &str)]) -> Got {
        let body = serde_html_form::to_string(fields).expect("a form");
        read(self.send_as(shows, Method::POST, path, "application/x-www-form-urlencoded", &body).await).await
    }

    /// Whether somebody is let in.
    pub async fn lets_in(&self, shows: &Shows) -> bool {
        self.api(shows, Method::GET, "/me", "").await.status == StatusCode::OK
    }
}

/// An answer, read to its end.
pub async fn read(response: Response) -> Got {
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
    Got { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
}

/// The cookie of this name that an answer has a browser keep, as it stands there.
pub fn cookie_line(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().expect("ASCII").to_owned());
    lines.into_iter().find(|line| line.starts_with(&format!("{name}=")))
}

/// The session that an answer begins.
pub fn begun(got: &Got) -> Option<Shows> {
    let line = cookie_line(&got.headers, "pourparler-session")?;
    let value = line.split(';').next()?.split_once('=')?.1.to_owned();
    (!value.is_empty()).then_some(Shows::Session(value))
}

pub fn json(got: &Got) -> serde_json::Value {
    serde_json::from_str(&got.body).unwrap_or_else(|e| panic!("{e}: {} {}", got.status, got.body))
}
