//! Signing in and out.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::caller::Caller;
use super::given::Given;
use super::links::local;
use super::origin::Outside;
use super::password::Password;
use super::sessions::{self, no_store};
use crate::ask::Asked;
use crate::pages::Answer;
use crate::shell::{Page, Reader};
use crate::{App, WebError};

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub struct Back {
    pub to: Option<String>,
}

/// `GET /sign-in`
pub async fn page(State(app): State<App>, reader: Reader, caller: Option<Caller>, Asked(back): Asked<Back>) -> Answer {
    let to = local(back.to.as_deref());
    if caller.is_some() {
        return Ok(Redirect::to(to).into_response());
    }
    Ok(form(&app, &reader, to, "", None))
}

/// The form that is sent.
#[derive(Deserialize)]
pub struct Entering {
    name: String,
    password: Password,
    to: Option<String>,
}

/// `POST /sign-in`
pub async fn enter(
    State(app): State<App>,
    reader: Reader,
    outside: Outside,
    headers: HeaderMap,
    Given(entering): Given<Entering>,
) -> Answer {
    let team = app.needed_team()?;
    let to = local(entering.to.as_deref());
    let told = |status, words: &str| {
        let mut response = form(&app, &reader, to, &entering.name, Some(words));
        *response.status_mut() = status;
        response
    };
    let attempt = match team.attempts.begin(&entering.name, outside.counted()) {
        Ok(attempt) => attempt,
        Err(wait) => {
            let seconds = wait.as_secs().max(1);
            let words = format!("Too many attempts failed. The next one is possible in {seconds} seconds.");
            let mut response = told(StatusCode::TOO_MANY_REQUESTS, &words);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            return Ok(response);
        }
    };
    // Whether there is such an account or not, the way from here is one.
    let name = entering.name.clone();
    let found = app.read(move |ledger| ledger.people().password_of(&name)).await?;
    let (account, phc) = found.map_or((None, None), |(account, phc)| (Some(account), phc));
    let fits = team.verify(&entering.password, phc).await?;
    match account.filter(|_| fits) {
        Some(account) => {
            attempt.succeeded();
            sessions::begin(&app, account, &headers, to).await
        }
        None => Ok(told(StatusCode::UNAUTHORIZED, "Name and password do not belong together.")),
    }
}

/// `POST /sign-out`
pub async fn leave(State(app): State<App>, headers: HeaderMap) -> Result<Response, WebError> {
    sessions::end(&app, &headers).await
}

fn form(app: &App, reader: &Reader, to: &str, name: &str, wrong: Option<&str>) -> Response {
    let body = html! {
        div.door {
            h1 { "Sign in" }
            @if let Some(wrong) = wrong { p.note role="alert" { (wrong) } }
            form.filling method="post" action="/sign-in" {
                input type="hidden" name="to" value=(to);
                label { span { "Name or mail address" } input name="name" value=(name) required maxlength="254" autocomplete="username" autofocus; }
                label { span { "Password" } input type="password" name="password" required maxlength="1024" autocomplete="current-password"; }
                p.buttons { button.first { "Sign in" } }
            }
            (by_provider(app, to))
            p.aside { "Whoever has no account needs an invitation, and whoever forgot a password a link: an owner of this ledger makes both." }
        }
    };
    let mut response = Page::new("Sign in").with(reader, &body);
    no_store(&mut response);
    response
}

fn by_provider(app: &App, to: &str) -> Markup {
    let provider = app.team().and_then(|team| team.provider.as_ref());
    html! {
        @if let Some(provider) = provider {
            p { a.button href=(format!("/sign-in/provider?to={}", percent_encoding::utf8_percent_encode(to, percent_encoding::NON_ALPHANUMERIC))) {
                "Sign in with " (provider.name())
            } }
        }
    }
}
