//! The door of a team's workspace: every request goes through it, and it holds each against what its route says it needs.

use std::sync::Arc;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;

use super::caller::Shown;
use super::links::sign_in;
use super::needs::PREFIX;
use super::origin::Outside;
use super::{Caller, Need, Needs, Team};
use crate::acting::acting;
use crate::shell::{Reader, as_page};
use crate::{App, WebError};

/// Open pages are told what happens by this; that they are open does not tell that somebody is at work.
const EVENTS: &str = "/api/v1/events";

/// Lets through who may use the route, with who they are.
pub async fn door(State((app, needs)): State<(App, Arc<Needs>)>, mut request: Request, next: Next) -> Response {
    let Some(team) = app.team() else {
        let reader = Reader::of(&app, request.uri().path(), request.headers(), None);
        return acting(reader.name, next.run(request)).await;
    };
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let outside = match Outside::of(team, peer, request.headers()) {
        Ok(outside) => outside,
        Err(error) => return error.into_response(),
    };
    request.extensions_mut().insert(outside);
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map(MatchedPath::as_str);
    match let_in(&app, team, &needs, (request.method(), route), request.headers()).await {
        Ok(caller) => {
            if let Some(caller) = &caller {
                request.extensions_mut().insert(caller.clone());
            }
            // Who is nobody yet acts in the name of what they show: an invitation, a password.
            let name = caller.as_ref().map_or_else(|| "nobody".to_owned(), |caller| caller.name.clone());
            let mut response = acting(name, next.run(request)).await;
            if caller.is_some() {
                response.headers_mut().insert(header::VARY, HeaderValue::from_static("Cookie, Authorization"));
            }
            response
        }
        Err((error, caller)) => refused(&app, &request, error, caller.as_ref()),
    }
}

type Refused = (WebError, Option<Caller>);

async fn let_in(
    app: &App,
    team: &Team,
    needs: &Needs,
    (method, route): (&Method, Option<&str>),
    headers: &HeaderMap,
) -> Result<Option<Caller>, Refused> {
    let shown = Shown::of(app, headers);
    if !matches!(*method, Method::GET | Method::HEAD) && !shown.is_token() {
        from_here(team, headers).map_err(|error| (error, None))?;
    }
    let need = match route {
        // What is not there is told to those who may see what is.
        None => Need::Role(pourparler_ledger::Role::Reader),
        Some(route) => needs.of(method, route).ok_or_else(|| (not_so(method, route), None))?,
    };
    let found = shown.caller(app, route != Some(EVENTS)).await;
    let refuse = |error, caller| Err((error, Some(caller)));
    match (need, found) {
        (Need::Anyone, found) => match found {
            Err(error @ WebError::Fault(_)) => Err((error, None)),
            found => Ok(found.ok()),
        },
        (_, Err(error)) => Err((error, None)),
        (Need::Person, Ok(caller)) => match caller.session() {
            Ok(_) => Ok(Some(caller)),
            Err(error) => refuse(error, caller),
        },
        (Need::Role(role), Ok(caller)) if caller.role >= role => Ok(Some(caller)),
        (Need::Role(role), Ok(caller)) => {
            let words = format!("This is for a role of {role} or higher; you come as {}.", caller.role);
            refuse(WebError::Refused(words), caller)
        }
    }
}

fn not_so(method: &Method, route: &str) -> WebError {
    WebError::Method(format!("{method} is not what {route} answers to."))
}

/// A browser that shows a session by itself must also say which page of which site made it ask; all of today say so whenever something
/// is to be changed. `guard` has refused what comes from other sites; here it must be said at all, and by our own scheme.
fn from_here(team: &Team, headers: &HeaderMap) -> Result<(), WebError> {
    let told = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let ours = if team.is_secure() { "https://" } else { "http://" };
    match (told("sec-fetch-site"), told("origin")) {
        (None, None) => Err(WebError::Refused(
            "The request does not say which page it comes from. A browser does; a program shows a token.".to_owned(),
        )),
        (_, Some(origin)) if !origin.starts_with(ours) => {
            Err(WebError::Refused("Another site may not change anything here.".to_owned()))
        }
        _ => Ok(()),
    }
}

/// Sends those who look at pages to where they can sign in; tells the others.
fn refused(app: &App, request: &Request, error: WebError, caller: Option<&Caller>) -> Response {
    let path = request.uri().path();
    let looks = matches!(*request.method(), Method::GET | Method::HEAD)
        && !path.starts_with(PREFIX)
        && !path.starts_with("/assets/")
        && !request.headers().contains_key(header::AUTHORIZATION);
    match error {
        WebError::SignIn(_) if looks => {
            let to = request.uri().path_and_query().map_or(path, axum::http::uri::PathAndQuery::as_str);
            let mut response = axum::response::Redirect::to(&sign_in(to)).into_response();
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        error if looks => as_page(&Reader::of(app, path, request.headers(), caller), error.into_response()),
        error => error.into_response(),
    }
}
