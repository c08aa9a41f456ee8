//! What somebody sees and changes of their own account.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use jiff::{SignedDuration, Timestamp};
use pourparler_ledger::{Role, Session, Token};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::caller::{By, Caller};
use super::origin::Outside;
use super::password::Password;
use super::{secret, sessions};
use crate::ask::{Numbered, Sent};
use crate::error::ProblemDetails;
use crate::shell::Reader;
use crate::{App, WebError};

/// So many days a token holds at most.
pub const LONGEST_TOKEN: i64 = 366;
/// So many tokens an account has at most.
const TOKENS: usize = 50;
/// What every token begins with, so that it is known for one where it was left lying about.
pub const TOKEN_PREFIX: &str = "pourparler_";

/// A role, or what a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum RoleName {
    /// Sees everything that is on record.
    Reader,
    /// Decides about statements.
    Reviewer,
    /// Adds, decides about actors, writes the dossier.
    Editor,
    /// Decides who is in the team.
    Owner,
}

impl From<Role> for RoleName {
    fn from(role: Role) -> Self {
        match role {
            Role::Reader => Self::Reader,
            Role::Reviewer => Self::Reviewer,
            Role::Editor => Self::Editor,
            Role::Owner => Self::Owner,
        }
    }
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Reader => Self::Reader,
            RoleName::Reviewer => Self::Reviewer,
            RoleName::Editor => Self::Editor,
            RoleName::Owner => Self::Owner,
        }
    }
}

/// What a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// What readers may.
    Read,
    /// What reviewers may.
    Review,
    /// What editors may.
    Edit,
    /// What owners may, but for what only people may who signed in.
    Own,
}

impl Scope {
    /// The role that has it.
    fn role(self) -> Role {
        match self {
            Self::Read => Role::Reader,
            Self::Review => Role::Reviewer,
            Self::Edit => Role::Editor,
            Self::Own => Role::Owner,
        }
    }
}

impl From<Role> for Scope {
    fn from(role: Role) -> Self {
        match role {
            Role::Reader => Self::Read,
            Role::Reviewer => Self::Review,
            Role::Editor => Self::Edit,
            Role::Owner => Self::Own,
        }
    }
}

/// Who asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct Who {
    /// In whose name decisions are kept.
    name: String,
    /// What they may do; null in a workspace without accounts, where there is one user who may do everything.
    role: Option<RoleName>,
    /// Whether they signed in, and do not show a token.
    in_person: bool,
}

/// Tells who asks, as the workspace sees it.
#[utoipa::path(get, path = "/me", responses((status = 200, body = Who)))]
pub async fn who(State(app): State<App>, reader: Reader, parts: axum::http::Extensions) -> Response {
    let caller = parts.get::<Caller>();
    let who = Who {
        name: reader.name,
        role: caller.map(|caller| caller.role.into()),
        in_person: caller.is_none_or(|caller| caller.by != By::Token),
    };
    let mut response = Json(who).into_response();
    if app.team().is_some() {
        sessions::no_store(&mut response);
    }
    response
}

fn answer<T: Serialize>(what: T) -> Response {
    let mut response = Json(what).into_response();
    sessions::no_store(&mut response);
    response
}

/// Another password.
#[derive(Deserialize, ToSchema)]
pub struct Passwords {
    /// The one so far; not needed where there is none yet.
    now: Option<Password>,
    /// The one from now on.
    new: Password,
}

/// Changes the password. All other sessions of the account end, and so do its tokens.
#[utoipa::path(put, path = "/me/password", request_body = Passwords, responses((status = 204, description = "Changed"), (status = 400, body = ProblemDetails), (status = 429, body = ProblemDetails)))]
pub async fn password(
    State(app): State<App>,
    caller: Caller,
    outside: Outside,
    headers: HeaderMap,
    Sent(passwords): Sent<Passwords>,
) -> Result<Response, WebError> {
    let team = app.needed_team()?;
    let session = caller.session()?;
    passwords.new.fits(&caller.name)?;
    let name = caller.name.clone();
    let found = app.read(move |ledger| ledger.people().password_of(&name)).await?;
    // Who never had one came by the provider, and is signed in.
    if let Some(phc) = found.and_then(|(_, phc)| phc) {
        let attempt = team.attempts.begin(&caller.name, outside.counted());
        let attempt = attempt.map_err(|wait| WebError::TooOften { seconds: wait.as_secs().max(1) })?;
        let given =
            passwords.now.as_ref().ok_or_else(|| WebError::Bad("Give the password so far in `now`.".to_owned()))?;
        if !team.verify(given, Some(phc)).await? {
            return Err(WebError::Bad("The password so far is another.".to_owned()));
        }
        attempt.succeeded();
    }
    let phc = team.hash(&passwords.new).await?;
    let account = caller.account;
    app.keep(move |ledger| ledger.people().set_password(account, &phc, Some(session), Timestamp::now())).await?;
    // Whoever knew this session's secret is shut out as well.
    let mut begun = sessions::begin(&app, account, &headers, "/account").await?;
    *begun.status_mut() = StatusCode::NO_CONTENT;
    begun.headers_mut().remove(axum::http::header::LOCATION);
    Ok(begun)
}

/// A session.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionOut {
    /// Its number.
    id: i64,
    /// What the browser calls itself.
    browser: String,
    /// Since when.
    since: String,
    /// When it was last used, to some minutes.
    last_used: String,
    /// Whether it is the one that asks.
    this: bool,
}

/// The sessions of one's own account, the one last used first.
#[utoipa::path(get, path = "/me/sessions", responses((status = 200, body = Vec<SessionOut>)))]
pub async fn sessions_of(State(app): State<App>, caller: Caller) -> Result<Response, WebError> {
    let (account, own) = (caller.account, caller.session()?);
    let found = app.read(move |ledger| ledger.people().sessions(account, Timestamp::now())).await?;
    let out = |s: Session| SessionOut {
        id: s.id,
        this: s.id == own,
        browser: s.agent,
        since: s.made_at.to_string(),
        last_used: s.used_at.to_string(),
    };
    Ok(answer(found.into_iter().map(out).collect::<Vec<_>>()))
}

/// Ends all sessions of one's own account but the one that asks.
#[utoipa::path(delete, path = "/me/sessions", responses((status = 204, description = "They have ended")))]
pub async fn end_others(State(app): State<App>, caller: Caller) -> Result<StatusCode, WebError> {
    let (account, own) = (caller.account, caller.session()?);
    app.keep(move |ledger| ledger.people().end_sessions(account, Some(own))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a session of one's own account.
#[utoipa::path(delete, path = "/me/sessions/{id}", params(("id" = i64, Path)), responses((status = 204, description = "It has ended"), (status = 404, body = ProblemDetails)))]
pub async fn end(State(app): State<App>, caller: Caller, Numbered(id): Numbered<i64>) -> Result<StatusCode, WebError> {
    let account = caller.account;
    app.keep(move |ledger| ledger.people().end_session(account, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A token, without its secret, which is shown once when it is made.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenOut {
    /// Its number.
    id: i64,
    /// What it is for.
    label: String,
    /// What it may do.
    scope: Scope,
    /// Since when.
    since: String,
    /// Until when.
    until: String,
    /// When it was last used, to some minutes.
    last_used: Option<String>,
}

impl From<Token> for TokenOut {
    fn from(token: Token) -> Self {
        Self {
            id: token.id,
            label: token.label,
            scope: token.scope.into(),
            since: token.made_at.to_string(),
            until: token.ends_at.to_string(),
            last_used: token.used_at.map(|at| at.to_string()),
        }
    }
}

/// A token to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenIn {
    /// What it is for.
    label: String,
    /// What it may do; never more than its account may.
    scope: Scope,
    /// How many days it holds, 366 at most.
    days: i64,
}

/// A token that was made.
#[derive(Serialize, ToSchema)]
pub struct TokenMade {
    /// The token as it is listed.
    #[serde(flatten)]
    token: TokenOut,
    /// What to show as `Authorization: Bearer …`. It is told here and never again.
    secret: String,
}

/// The tokens of one's own account, the newest first.
#[utoipa::path(get, path = "/me/tokens", responses((status = 200, body = Vec<TokenOut>)))]
pub async fn tokens(State(app): State<App>, caller: Caller) -> Result<Response, WebError> {
    let account = caller.account;
    let found = app.read(move |ledger| ledger.people().tokens(account)).await?;
    Ok(answer(found.into_iter().map(TokenOut::from).collect::<Vec<_>>()))
}

/// Makes a token for a program that is to work in one's name.
#[utoipa::path(post, path = "/me/tokens", request_body = TokenIn, responses((status = 201, body = TokenMade), (status = 400, body = ProblemDetails), (status = 409, body = ProblemDetails)))]
pub async fn make_token(
    State(app): State<App>,
    caller: Caller,
    Sent(wanted): Sent<TokenIn>,
) -> Result<Response, WebError> {
    let scope = wanted.scope.role();
    if scope > caller.role {
        return Err(WebError::Bad(format!("A token can do no more than you: you are {}.", caller.role)));
    }
    let when = until(wanted.days, LONGEST_TOKEN)?;
    let random = secret()?;
    let shown = format!("{TOKEN_PREFIX}{}", random.reveal());
    let (account, kept) = (caller.account, pourparler_ledger::Secret::given(&shown));
    let token = app
        .keep(move |ledger| -> Result<_, WebError> {
            if ledger.people().tokens(account)?.len() >= TOKENS {
                return Err(WebError::Conflict(format!("An account has {TOKENS} tokens at most: withdraw one first.")));
            }
            Ok(ledger.people().make_token(account, &kept, &wanted.label, scope, when)?)
        })
        .await?;
    let mut response = answer(TokenMade { token: token.into(), secret: shown });
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// Withdraws a token of one's own account.
#[utoipa::path(delete, path = "/me/tokens/{id}", params(("id" = i64, Path)), responses((status = 204, description = "It holds no longer"), (status = 404, body = ProblemDetails)))]
pub async fn withdraw_token(
    State(app): State<App>,
    caller: Caller,
    Numbered(id): Numbered<i64>,
) -> Result<StatusCode, WebError> {
    let account = caller.account;
    app.keep(move |ledger| ledger.people().withdraw_token(account, id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Now and so many days later.
pub fn until(days: i64, most: i64) -> Result<(Timestamp, Timestamp), WebError> {
    if !(1..=most).contains(&days) {
        return Err(WebError::Bad(format!("`days` is from 1 to {most}.")));
    }
    let now = Timestamp::now();
    let ends = now.saturating_add(SignedDuration::from_hours(24 * days));
    ends.map(|ends| (now, ends)).map_err(|_| WebError::Bad(format!("`days` is from 1 to {most}.")))
}
