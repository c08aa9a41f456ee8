//! The way to the provider and back.

use axum::extract::State;
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use jiff::Timestamp;
use maud::html;
use pourparler_ledger::Secret;
use serde::Deserialize;

use super::PATIENCE;
use crate::ask::Asked;
use crate::cookies::cookie;
use crate::pages::Answer;
use crate::shell::{Page, Reader};
use crate::team::given::Given;
use crate::team::invitation::Shown;
use crate::team::links::local;
use crate::team::sessions::{self, no_store};
use crate::team::sign_in::Back;
use crate::team::{Team, secret};
use crate::{App, WebError};

/// By this cookie a browser is known when it comes back.
const COOKIE: &str = "provider";

fn none() -> WebError {
    WebError::Missing("No provider vouches for people here; sign in with a password.".to_owned())
}

/// The provider's page to go to, and the cookie to come back with.
async fn way(
    app: &App,
    base: String,
    to: String,
    invitation: Option<Secret>,
) -> Result<(String, header::HeaderValue), WebError> {
    let team = app.needed_team()?;
    team.provider.as_ref().ok_or_else(none)?;
    let browser = secret()?;
    let cookie = team.cookie(COOKIE, browser.reveal(), i64::try_from(PATIENCE.as_secs()).unwrap_or(600));
    let asking = app.clone();
    let url = asked(move || provider(asking.needed_team()?)?.leave(&base, &browser, &to, invitation)).await?;
    Ok((url, cookie))
}

fn provider(team: &Team) -> Result<&super::Provider, WebError> {
    team.provider.as_ref().ok_or_else(none)
}

/// Asks the provider where nobody waits for it.
async fn asked<T: Send + 'static>(ask: impl FnOnce() -> Result<T, WebError> + Send + 'static) -> Result<T, WebError> {
    let done = tokio::task::spawn_blocking(ask).await;
    done.map_err(|_| WebError::Fault("The program made a mistake with the provider.".to_owned()))?
}

fn sent(mut response: Response, cookie: header::HeaderValue) -> Response {
    response.headers_mut().append(header::SET_COOKIE, cookie);
    no_store(&mut response);
    response
}

/// `GET /sign-in/provider`
pub async fn start(State(app): State<App>, uri: Uri, headers: HeaderMap, Asked(back): Asked<Back>) -> Answer {
    let base = app.needed_team()?.base(&uri, &headers);
    let (url, cookie) = way(&app, base, local(back.to.as_deref()).to_owned(), None).await?;
    Ok(sent(Redirect::to(&url).into_response(), cookie))
}

/// `POST /invitation/provider`
///
/// A page with a link, since the policy lets no form lead to another site.
pub async fn invited(
    State(app): State<App>,
    reader: Reader,
    uri: Uri,
    headers: HeaderMap,
    Given(shown): Given<Shown>,
) -> Answer {
    let base = app.needed_team()?.base(&uri, &headers);
    let (url, cookie) = way(&app, base, "/".to_owned(), Some(shown.secret())).await?;
    let name = app.team().and_then(|team| team.provider.as_ref()).map_or("", super::Provider::name);
    let body = html! {
        div.door {
            h1 { "Invitation" }
            p { a.button.first href=(url) { "Go on to " (name) } }
        }
    };
    Ok(sent(Page::new("Invitation").with(&reader, &body), cookie))
}

/// What the provider gives on the way back.
#[derive(Deserialize)]
pub struct GivenBack {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// `GET /sign-in/provider/back`
pub async fn back(State(app): State<App>, headers: HeaderMap, Asked(given): Asked<GivenBack>) -> Answer {
    let team = app.needed_team()?;
    provider(team)?;
    let browser = cookie(&headers, &team.cookie_name(COOKIE)).unwrap_or_default();
    let browser = Secret::given(&browser);
    let GivenBack { state, code, error, iss } = given;
    let Some((state, code)) = state.zip(code) else {
        let why = match error.as_deref() {
            Some("access_denied") => "The provider was told not to vouch for you.",
            _ => "The provider did not vouch for you; sign in anew.",
        };
        return Err(WebError::Refused(why.to_owned()));
    };
    let asking = app.clone();
    let returned =
        asked(move || provider(asking.needed_team()?)?.come_back(&browser, &state, code, iss.as_deref())).await?;
    let to = returned.to.clone();
    let account = app
        .keep(move |ledger| ledger.people().vouched(&returned.identity, returned.invitation.as_ref(), Timestamp::now()))
        .await?;
    let mut response = sessions::begin(&app, account.id, &headers, &to).await?;
    response.headers_mut().append(header::SET_COOKIE, team.cookie(COOKIE, "", 0));
    Ok(response)
}
