//! Who asks: found out once, at the door, and handed on with the request.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use pourparler_ledger::{LedgerError, Role, Secret};

use super::sessions;
use crate::{App, WebError};

/// How somebody showed who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// They signed in; the session has this number.
    Session(i64),
    /// A program showed their token.
    Token,
}

/// Somebody with an account, or a program that works for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The number of the account.
    pub account: i64,
    /// In whose name decisions are kept.
    pub name: String,
    /// What they may do: their role, or what the token is for where that is less.
    pub role: Role,
    /// How they showed it.
    pub by: By,
}

impl Caller {
    /// What tells answers to this caller from answers to others.
    #[must_use]
    pub fn mark(&self) -> String {
        format!("{} {} {:?} {}", self.account, self.role, self.by, self.name)
    }

    /// The session that they signed in to.
    ///
    /// # Errors
    /// Where a program shows a token.
    pub fn session(&self) -> Result<i64, WebError> {
        match self.by {
            By::Session(id) => Ok(id),
            By::Token => Err(WebError::Refused("A token is not enough for this: sign in.".to_owned())),
        }
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, WebError> {
        app.needed_team()?;
        // The door lets nobody through without; this is for a route that says anyone may use it.
        parts.extensions.get::<Self>().cloned().ok_or_else(|| WebError::SignIn(NOBODY.to_owned()))
    }
}

impl OptionalFromRequestParts<App> for Caller {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>, WebError> {
        app.needed_team()?;
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

/// What is told to those who show nothing.
pub const NOBODY: &str = "Sign in first, or show a token.";
const NO_TOKEN: &str = "This token does not hold: it was withdrawn, is too old, or never was.";
const NO_SESSION: &str = "Your session has ended: sign in again.";

/// What a request shows of who asks.
pub enum Shown {
    Nothing,
    Session(Secret),
    Token(Secret),
}

impl Shown {
    pub fn of(app: &App, headers: &HeaderMap) -> Self {
        // A program that shows a token means it, whatever cookies it has; browsers never add one by themselves.
        if let Some(value) = headers.get(header::AUTHORIZATION) {
            let token = value.to_str().ok().and_then(|value| value.split_once(' '));
            let token =
                token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim());
            return Self::Token(Secret::given(token.unwrap_or_default()));
        }
        sessions::shown(app, headers).map_or(Self::Nothing, Self::Session)
    }

    pub fn is_token(&self) -> bool {
        matches!(self, Self::Token(_))
    }

    /// Who it is. `busy` is whether the request tells that somebody is at work, and not only that a page lies open.
    pub async fn caller(self, app: &App, busy: bool) -> Result<Caller, WebError> {
        let now = Timestamp::now();
        match self {
            Self::Nothing => Err(WebError::SignIn(NOBODY.to_owned())),
            Self::Session(secret) => {
                let found = app.read(move |ledger| ledger.people().session(&secret, now)).await?;
                let (session, account) = found.ok_or_else(|| WebError::SignIn(NO_SESSION.to_owned()))?;
                let by = By::Session(session.id);
                if busy && session.is_used_anew(now) {
                    app.keep(move |ledger| ledger.people().use_session(&session, now)).await?;
                }
                Ok(Caller { account: account.id, name: account.name, role: account.role, by })
            }
            Self::Token(secret) => {
                let found = app.read(move |ledger| ledger.people().token(&secret, now)).await?;
                let (token, account) = found.ok_or_else(|| WebError::SignIn(NO_TOKEN.to_owned()))?;
                let role = account.role.min(token.scope);
                if token.is_used_anew(now) {
                    app.keep(move |ledger| -> Result<(), LedgerError> { ledger.people().use_token(&token, now) })
                        .await?;
                }
                Ok(Caller { account: account.id, name: account.name, role, by: By::Token })
            }
        }
    }
}
