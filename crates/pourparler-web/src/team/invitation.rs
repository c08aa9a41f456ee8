//! Coming in by an invitation: its code is shown first, then a password is chosen.
//!
//! The code stands in the link behind `#`, so the page has to take it from there with a script; without one it is pasted.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use jiff::Timestamp;
use maud::html;
use pourparler_ledger::{Invitation, Refusal, Secret};
use serde::Deserialize;

use super::given::Given;
use super::password::Password;
use super::sessions::{self, no_store};
use crate::pages::Answer;
use crate::shell::{Page, Reader};
use crate::{App, WebError};

/// A code that somebody shows.
#[derive(Deserialize)]
pub struct Shown {
    code: String,
}

impl Shown {
    pub fn secret(&self) -> Secret {
        Secret::given(self.code.trim())
    }
}

/// `GET /invitation`
pub async fn page(State(app): State<App>, reader: Reader) -> Answer {
    app.needed_team()?;
    let body = html! {
        div.door {
            h1 { "Invitation" }
            form.filling method="post" action="/invitation" data-invitation {
                label { span { "Code of the invitation" } input name="code" required maxlength="200" autocomplete="off" spellcheck="false"; }
                p.buttons { button.first { "Go on" } }
            }
        }
    };
    let mut response = Page::new("Invitation").module("invitation.js").with(&reader, &body);
    no_store(&mut response);
    Ok(response)
}

/// An invitation that holds, and the name of the account where it is for one.
async fn held(app: &App, secret: Secret) -> Result<(Invitation, Option<String>), WebError> {
    app.read(move |ledger| -> Result<_, WebError> {
        let found = ledger.people().invitation(&secret, Timestamp::now())?;
        let invitation =
            found.ok_or_else(|| WebError::from(pourparler_ledger::PeopleError::from(Refusal::NoInvitation)))?;
        let account = match invitation.invite.account {
            Some(id) => ledger.people().account(id)?.map(|account| account.name),
            None => None,
        };
        Ok((invitation, account))
    })
    .await
}

/// `POST /invitation`
pub async fn opened(State(app): State<App>, reader: Reader, Given(shown): Given<Shown>) -> Answer {
    app.needed_team()?;
    let (invitation, account) = held(&app, shown.secret()).await?;
    Ok(form(&app, &reader, &Choosing { invitation, account, code: &shown.code, name: "", wrong: None }))
}

/// The form that is sent.
#[derive(Deserialize)]
pub struct Accepting {
    code: String,
    #[serde(default)]
    name: String,
    password: Password,
}

/// `POST /invitation/accept`
pub async fn accept(
    State(app): State<App>,
    reader: Reader,
    headers: HeaderMap,
    Given(accepting): Given<Accepting>,
) -> Answer {
    let team = app.needed_team()?;
    let Accepting { code, name, password } = accepting;
    let secret = || Secret::given(code.trim());
    let (invitation, account) = held(&app, secret()).await?;
    let wrong = |error: &WebError| {
        let words = error.to_string();
        let choosing = Choosing {
            invitation: invitation.clone(),
            account: account.clone(),
            code: &code,
            name: &name,
            wrong: Some(&words),
        };
        let mut response = form(&app, &reader, &choosing);
        *response.status_mut() = StatusCode::BAD_REQUEST;
        response
    };
    let called = account.as_deref().or(invitation.invite.name.as_deref()).unwrap_or(&name);
    if let Err(error) = password.fits(called) {
        return Ok(wrong(&error));
    }
    let phc = team.hash(&password).await?;
    let (given, used) = (name.clone(), secret());
    let made = app.keep(move |ledger| ledger.people().accept(&used, Some(&given), &phc, Timestamp::now())).await;
    match made {
        Ok(account) => sessions::begin(&app, account.id, &headers, "/").await,
        Err(error @ (WebError::Bad(_) | WebError::Conflict(_))) => Ok(wrong(&error)),
        Err(error) => Err(error),
    }
}

struct Choosing<'a> {
    invitation: Invitation,
    account: Option<String>,
    code: &'a str,
    name: &'a str,
    wrong: Option<&'a str>,
}

fn form(app: &App, reader: &Reader, choosing: &Choosing<'_>) -> Response {
    let Choosing { invitation, account, code, name, wrong } = choosing;
    let called = account.as_ref().or(invitation.invite.name.as_ref());
    let provider = app.team().and_then(|team| team.provider.as_ref()).filter(|_| account.is_none());
    let body = html! {
        div.door {
            @if account.is_some() { h1 { "Another password" } } @else { h1 { "Come in" } }
            p.quiet { (app.ledger_name()) }
            @if account.is_some() {
                p { "For the account of " bdi { (called.map_or("", |name| name)) } ". All sessions and tokens that it has end." }
            } @else {
                p { "Invited by " bdi { (invitation.by) } " as " strong { (invitation.role) } "." }
            }
            @if let Some(wrong) = wrong { p.note role="alert" { (wrong) } }
            form.filling method="post" action="/invitation/accept" {
                input type="hidden" name="code" value=(code);
                @if let Some(called) = called {
                    label { span { "Name" } input name="username" value=(called) readonly autocomplete="username"; }
                } @else {
                    label { span { "Name, under which your decisions are kept" } input name="name" value=(name) required maxlength="80" autocomplete="username" autofocus; }
                }
                label { span { "Password" } input type="password" name="password" required minlength="12" maxlength="1024" autocomplete="new-password" aria-describedby="password-rule"; }
                p.aside #password-rule { "Twelve characters or more; four or five words that do not belong together are a good one." }
                p.buttons { button.first { @if account.is_some() { "Keep the password" } @else { "Come in" } } }
            }
            @if let Some(provider) = provider {
                form method="post" action="/invitation/provider" {
                    input type="hidden" name="code" value=(code);
                    p.buttons { button { "Come in with " (provider.name()) } }
                }
            }
        }
    };
    let mut response = Page::new("Invitation").with(reader, &body);
    no_store(&mut response);
    response
}
