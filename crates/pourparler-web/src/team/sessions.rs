//! What a browser is let in by: a cookie that no script can read.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use pourparler_ledger::{LONGEST, LedgerError, Secret};

use super::{Team, secret};
use crate::cookies::cookie;
use crate::{App, WebError};

impl Team {
    /// The cookie's name. Browsers keep the long one only for this very host and over https, so nobody beside us can set it.
    pub(super) fn cookie_name(&self, name: &str) -> String {
        if self.secure { format!("__Host-{name}") } else { format!("pourparler-{name}") }
    }

    /// The header that has a browser keep a secret for `seconds`; 0 takes it away.
    pub(super) fn cookie(&self, name: &str, secret: &str, seconds: i64) -> HeaderValue {
        let secure = if self.secure { "; Secure" } else { "" };
        // Lax, so that links from elsewhere lead to pages and not to the sign-in. What changes anything is held to more at the door.
        let line =
            format!("{}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", self.cookie_name(name));
        HeaderValue::from_str(&line).unwrap_or_else(|_| HeaderValue::from_static(""))
    }
}

/// The session that a browser shows.
pub fn shown(app: &App, headers: &HeaderMap) -> Option<Secret> {
    cookie(headers, &app.team()?.cookie_name("session")).map(|secret| Secret::given(&secret))
}

/// Signs somebody in at this browser and sends it to a page. The session is a new one whatever the browser showed before, and that one ends.
pub async fn begin(app: &App, account: i64, headers: &HeaderMap, to: &str) -> Result<Response, WebError> {
    let team = app.needed_team()?;
    let (fresh, old) = (secret()?, shown(app, headers));
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let cookie = team.cookie("session", fresh.reveal(), LONGEST.as_secs());
    app.keep(move |ledger| {
        let people = ledger.people();
        if let Some(old) = old {
            people.forget_session(&old)?;
        }
        people.open_session(account, &fresh, &agent, Timestamp::now())
    })
    .await?;
    let mut response = Redirect::to(to).into_response();
    response.headers_mut().append(header::SET_COOKIE, cookie);
    no_store(&mut response);
    Ok(response)
}

/// Signs out: the session ends and the browser forgets what it kept of us.
pub async fn end(app: &App, headers: &HeaderMap) -> Result<Response, WebError> {
    let team = app.needed_team()?;
    if let Some(old) = shown(app, headers) {
        app.keep(move |ledger| -> Result<(), LedgerError> { ledger.people().forget_session(&old) }).await?;
    }
    let mut response = Redirect::to("/sign-in").into_response();
    response.headers_mut().append(header::SET_COOKIE, team.cookie("session", "", 0));
    response.headers_mut().append("clear-site-data", HeaderValue::from_static("\"cache\""));
    no_store(&mut response);
    Ok(response)
}

/// Has nobody keep an answer.
pub fn no_store(response: &mut Response) {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.extensions_mut().insert(crate::kept::Passing);
}
