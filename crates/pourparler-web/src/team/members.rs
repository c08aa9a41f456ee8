//! Who is in the team: for its owners.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use pourparler_ledger::{Account, Invitation, Invite, PeopleError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::caller::Caller;
use super::own::{RoleName, until};
use super::{links, secret, sessions};
use crate::ask::{Numbered, Sent};
use crate::error::ProblemDetails;
use crate::{App, WebError};

/// So many days an invitation holds at most.
pub const LONGEST_INVITATION: i64 = 30;
/// A link by which to set another password holds so many days.
const LINK: i64 = 2;

/// Somebody of the team.
#[derive(Debug, Serialize, ToSchema)]
pub struct Member {
    /// The number of the account.
    id: i64,
    /// In whose name decisions are kept.
    name: String,
    /// By which a provider's word is taken for theirs.
    mail: Option<String>,
    /// What they may do.
    role: RoleName,
    /// Whether they may come in.
    active: bool,
    /// Whether they have a password.
    has_password: bool,
    /// The provider that vouches for them.
    provider: Option<String>,
    /// Since when.
    since: String,
}

impl From<Account> for Member {
    fn from(account: Account) -> Self {
        Self {
            active: account.is_open(),
            id: account.id,
            name: account.name,
            mail: account.mail,
            role: account.role.into(),
            has_password: account.has_password,
            provider: account.provider,
            since: account.made_at.to_string(),
        }
    }
}

fn answer<T: Serialize>(what: T) -> Response {
    let mut response = Json(what).into_response();
    sessions::no_store(&mut response);
    response
}

/// Everybody who is or was in the team; those who may come in are first.
#[utoipa::path(get, path = "/people", responses((status = 200, body = Vec<Member>)))]
pub async fn list(State(app): State<App>, _: Caller) -> Result<Response, WebError> {
    let accounts = app.read(|ledger| ledger.people().accounts()).await?;
    Ok(answer(accounts.into_iter().map(Member::from).collect::<Vec<_>>()))
}

/// What is to be otherwise; what is not given stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// What they may do from now on.
    role: Option<RoleName>,
    /// Whether they may come in. Where not, their sessions, tokens and invitations end at once.
    active: Option<bool>,
}

/// Gives somebody another role, or ends their account or opens it again. The last owner stays one.
#[utoipa::path(put, path = "/people/{id}", params(("id" = i64, Path)), request_body = Change, responses((status = 200, body = Member), (status = 400, body = ProblemDetails), (status = 404, body = ProblemDetails), (status = 409, description = "It is the only owner", body = ProblemDetails)))]
pub async fn change(
    State(app): State<App>,
    caller: Caller,
    Numbered(id): Numbered<i64>,
    Sent(change): Sent<Change>,
) -> Result<Response, WebError> {
    let now = Timestamp::now();
    let changed = app.keep(move |ledger| -> Result<Option<Account>, PeopleError> {
        let people = ledger.people();
        let mut account = people.account(id)?.ok_or(pourparler_ledger::Refusal::NoAccount)?;
        if let Some(role) = change.role {
            account = people.set_role(&caller.name, id, role.into(), now)?;
        }
        account = match change.active {
            Some(true) => people.reopen_account(&caller.name, id)?,
            Some(false) => people.end_account(&caller.name, id, now)?,
            None => account,
        };
        Ok(Some(account))
    });
    Ok(answer(changed.await?.map(Member::from)))
}

/// A link that was made.
#[derive(Serialize, ToSchema)]
pub struct Link {
    /// Until when it holds.
    until: String,
    /// Where it leads; whoever has it can use it, once. It is told here and never again.
    link: String,
}

/// Makes a link by which somebody sets another password, which ends their sessions and tokens; it holds for two days.
#[utoipa::path(post, path = "/people/{id}/password-link", params(("id" = i64, Path)), responses((status = 201, body = Link), (status = 404, body = ProblemDetails)))]
pub async fn password_link(
    State(app): State<App>,
    caller: Caller,
    uri: Uri,
    headers: HeaderMap,
    Numbered(id): Numbered<i64>,
) -> Result<Response, WebError> {
    let base = app.needed_team()?.base(&uri, &headers);
    let when = until(LINK, LINK)?;
    let random = secret()?;
    let path = links::invitation(&random);
    let by = (caller.name, caller.account);
    let made = app.keep(move |ledger| ledger.people().invite_back((&by.0, Some(by.1)), id, &random, when)).await?;
    let mut response = answer(Link { until: made.ends_at.to_string(), link: base + &path });
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// An invitation, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationOut {
    /// Its number.
    id: i64,
    /// Under which name they come in; null where they choose one.
    name: Option<String>,
    /// Whom a provider must vouch for.
    mail: Option<String>,
    /// The number of the account, where it is to set another password.
    account: Option<i64>,
    /// What they will be allowed.
    role: RoleName,
    /// Who invites.
    by: String,
    /// Since when.
    since: String,
    /// Until when.
    until: String,
}

impl From<Invitation> for InvitationOut {
    fn from(invitation: Invitation) -> Self {
        Self {
            id: invitation.id,
            name: invitation.invite.name,
            mail: invitation.invite.mail,
            account: invitation.invite.account,
            role: invitation.role.into(),
            by: invitation.by,
            since: invitation.made_at.to_string(),
            until: invitation.ends_at.to_string(),
        }
    }
}

/// The invitations that hold, the newest first.
#[utoipa::path(get, path = "/people/invitations", responses((status = 200, body = Vec<InvitationOut>)))]
pub async fn invitations(State(app): State<App>, _: Caller) -> Result<Response, WebError> {
    let found = app.read(|ledger| ledger.people().invitations(Timestamp::now())).await?;
    Ok(answer(found.into_iter().map(InvitationOut::from).collect::<Vec<_>>()))
}

/// An invitation to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationIn {
    /// Under which name they come in; where it is not said they choose one.
    name: Option<String>,
    /// Their mail address, by which a provider's word is taken for theirs. Nothing is sent there.
    mail: Option<String>,
    /// What they will be allowed.
    role: RoleName,
    /// How many days it holds, 30 at most.
    days: i64,
}

/// Invites somebody: makes a link that is handed on, and holds once.
#[utoipa::path(post, path = "/people/invitations", request_body = InvitationIn, responses((status = 201, body = Link), (status = 400, body = ProblemDetails), (status = 409, body = ProblemDetails)))]
pub async fn invite(
    State(app): State<App>,
    caller: Caller,
    uri: Uri,
    headers: HeaderMap,
    Sent(wanted): Sent<InvitationIn>,
) -> Result<Response, WebError> {
    let base = app.needed_team()?.base(&uri, &headers);
    let when = until(wanted.days, LONGEST_INVITATION)?;
    let random = secret()?;
    let path = links::invitation(&random);
    let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let invite = Invite { name: given(wanted.name), mail: given(wanted.mail), account: None };
    let by = (caller.name, caller.account);
    let role = wanted.role.into();
    let made =
        app.keep(move |ledger| ledger.people().invite((&by.0, Some(by.1)), &invite, role, &random, when)).await?;
    let mut response = answer(Link { until: made.ends_at.to_string(), link: base + &path });
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// Takes an invitation back.
#[utoipa::path(delete, path = "/people/invitations/{id}", params(("id" = i64, Path)), responses((status = 204, description = "It holds no longer"), (status = 404, body = ProblemDetails)))]
pub async fn withdraw(
    State(app): State<App>,
    caller: Caller,
    Numbered(id): Numbered<i64>,
) -> Result<StatusCode, WebError> {
    app.keep(move |ledger| ledger.people().withdraw_invitation(&caller.name, id, Timestamp::now())).await?;
    Ok(StatusCode::NO_CONTENT)
}
