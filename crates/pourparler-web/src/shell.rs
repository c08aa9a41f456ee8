//! What all pages have around them: head, ways to the other pages, and who decides.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, header, request::Parts};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use pourparler_brief::symbols;
use pourparler_ledger::Role;

use crate::app::Current;
use crate::cookies::cookie;
use crate::kept::Passing;
use crate::team::Caller;
use crate::{App, WebError, assets};

/// The pages, in the order in which they are listed: address, name, the key that leads there after `g`.
const PLACES: &[&[(&str, &str, &str)]] = &[
    &[
        ("/", "Today", "t"),
        ("/matrix", "Matrix", "m"),
        ("/issues", "Issues", "i"),
        ("/actors", "Actors", "a"),
        ("/timeline", "Timeline", "l"),
        ("/network", "Network", "n"),
    ],
    &[("/review", "Review", "r"), ("/search", "Search", "s"), ("/articles", "Articles", "x")],
    &[("/brief", "Brief", "b"), ("/add", "Add", "d"), ("/dossier", "Dossier", "o")],
];

/// Who asks, and how pages are to look.
#[derive(Debug, Clone)]
pub struct Reader {
    /// In whose name decisions are kept.
    pub name: String,
    /// `light` or `dark`; as the system has it where the reader did not choose.
    pub theme: Option<&'static str>,
    /// The address that was asked for, without its query.
    path: String,
    standing: Standing,
}

/// What the reader may do here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// The one user of a workspace without accounts.
    Alone,
    /// Somebody of the team.
    Of(Role),
    /// Nobody yet.
    Outside,
}

impl Reader {
    /// Of a request; `caller` is who the door found to ask.
    pub fn of(app: &App, path: &str, headers: &HeaderMap, caller: Option<&Caller>) -> Self {
        let theme = match cookie(headers, "theme").as_deref() {
            Some("light") => Some("light"),
            Some("dark") => Some("dark"),
            _ => None,
        };
        let (name, standing) = match (app.team(), caller) {
            (None, _) => {
                let name = cookie(headers, "reviewer").unwrap_or_else(|| app.settings().reviewer.clone());
                (name, Standing::Alone)
            }
            (Some(_), Some(caller)) => (caller.name.clone(), Standing::Of(caller.role)),
            (Some(_), None) => (String::new(), Standing::Outside),
        };
        Self { name, theme, path: path.to_owned(), standing }
    }

    /// Whether the reader may do what this role may.
    #[must_use]
    pub fn may(&self, role: Role) -> bool {
        match self.standing {
            Standing::Alone => true,
            Standing::Of(own) => own >= role,
            Standing::Outside => false,
        }
    }

    /// The role of somebody of a team.
    fn role(&self) -> Option<Role> {
        match self.standing {
            Standing::Of(role) => Some(role),
            Standing::Alone | Standing::Outside => None,
        }
    }
}

impl FromRequestParts<App> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::of(app, parts.uri.path(), &parts.headers, parts.extensions.get()))
    }
}

/// A page: its name, its own modules, and what stands on it.
#[derive(Debug, Default)]
pub struct Page {
    title: String,
    modules: Vec<&'static str>,
    stale: bool,
    passing: bool,
}

impl Page {
    /// A page with nothing on it.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// A module of ours that the page needs.
    #[must_use]
    pub fn module(mut self, name: &'static str) -> Self {
        self.modules.push(name);
        self
    }

    /// Says where the page shows the record as it was a moment ago.
    #[must_use]
    pub fn of(mut self, current: &Current) -> Self {
        self.stale = !current.fresh;
        self
    }

    /// The page shows what goes on just now, so browsers must always ask for it anew.
    #[must_use]
    pub fn passing(mut self) -> Self {
        self.passing = true;
        self
    }

    /// Puts the page together.
    #[must_use]
    pub fn with(self, reader: &Reader, body: &Markup) -> Response {
        let mut response = Html(self.render(reader, body).into_string()).into_response();
        if self.stale || self.passing {
            response.extensions_mut().insert(Passing);
        }
        response
    }

    fn render(&self, reader: &Reader, body: &Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" data-theme=[reader.theme] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) " · Pourparler" }
                    link rel="icon" href=(assets::address("icon.svg"));
                    link rel="stylesheet" href=(assets::address("style.css"));
                    script type="module" src=(assets::address("app.js")) {}
                    @for module in &self.modules { script type="module" src=(assets::address(module)) {} }
                }
                body data-stale[self.stale] data-may=[reader.role()] class=[(!reader.may(Role::Reader)).then_some("outside")] {
                    a.skip href="#main" { "Skip to the page" }
                    (symbols())
                    header.top {
                        a.home href="/" { "Pourparler" }
                        @if reader.may(Role::Reader) {
                            form.find action="/search" role="search" {
                                input #find type="search" name="text" aria-label="Search statements" placeholder="Search statements  ( / )"
                                    autocomplete="off";
                            }
                            details.places {
                                summary { "Pages" }
                                (places(reader))
                            }
                        }
                    }
                    @if reader.may(Role::Reader) { nav.places.wide aria-label="Pages" { (places(reader)) } }
                    main #main tabindex="-1" {
                        @if self.stale {
                            p.note role="status" { "The record has changed; what it adds up to is being made anew. This page is of a moment ago." }
                        }
                        (body)
                    }
                    footer.bottom {
                        @match reader.standing {
                            Standing::Alone => button.plain type="button" data-dialog="me" { "Deciding as " bdi { (reader.name) } },
                            Standing::Of(role) => a.plain href="/account" { bdi { (reader.name) } ", " (role) },
                            Standing::Outside => {}
                        }
                        @if reader.may(Role::Reader) { button.plain type="button" data-theme-switch { "Light or dark" } }
                        button.plain type="button" data-dialog="keys" { "Keys ( ? )" }
                    }
                    @if reader.standing == Standing::Alone { (me(reader)) }
                    (keys())
                    div #toasts role="status" aria-live="polite" {}
                }
            }
        }
    }
}

/// The pages of a team, in the order in which they are listed, with who sees them.
const TEAM_PLACES: &[(&str, &str, Role)] = &[("/people", "People", Role::Owner), ("/account", "Account", Role::Reader)];

fn places(reader: &Reader) -> Markup {
    let here = reader.path.as_str();
    let is_here = |place: &str| if place == "/" { here == "/" } else { here.starts_with(place) };
    html! {
        @for group in PLACES {
            ul { @for (place, name, key) in group.iter().filter(|(place, ..)| *place != "/add" || reader.may(Role::Editor)) {
                li { a href=(place) data-key=(key) aria-current=[is_here(place).then_some("page")] { (name) } }
            } }
        }
        @if let Some(role) = reader.role() {
            ul { @for (place, name, _) in TEAM_PLACES.iter().filter(|(.., needed)| role >= *needed) {
                li { a href=(place) aria-current=[is_here(place).then_some("page")] { (name) } }
            } }
        }
    }
}

fn me(reader: &Reader) -> Markup {
    html! {
        dialog #me aria-labelledby="me-title" {
            form method="dialog" data-me {
                h2 #me-title { "Who decides here" }
                p { "Your decisions are kept under this name." }
                label { "Name " input name="reviewer" value=(reader.name) required maxlength="80"; }
                p.buttons { button.first value="keep" { "Keep" } button value="" formnovalidate { "Cancel" } }
            }
        }
    }
}

fn keys() -> Markup {
    html! {
        dialog #keys aria-labelledby="keys-title" {
            form method="dialog" {
                h2 #keys-title { "Keys" }
                dl.keys {
                    dt { kbd { "/" } } dd { "search" }
                    dt { kbd { "j" } " " kbd { "k" } } dd { "next and previous line of a list" }
                    dt { kbd { "Enter" } } dd { "open it" }
                    dt { kbd { "g" } " then" } dd {
                        @for (_, name, key) in PLACES.iter().flat_map(|group| group.iter()) { kbd { (key) } " " (name) "  " }
                    }
                    dt { kbd { "?" } } dd { "this list; pages with keys of their own add them below it" }
                }
                div #own-keys {}
                p.buttons { button.first { "Close" } }
            }
        }
    }
}

/// Tells people what went wrong on a page of its own; programs get problem details.
pub async fn errors_as_pages(State(app): State<App>, request: Request, next: Next) -> Response {
    let reader = Reader::of(&app, request.uri().path(), request.headers(), request.extensions().get());
    as_page(&reader, next.run(request).await)
}

/// What went wrong as a page; an answer where nothing did stays as it is.
pub fn as_page(reader: &Reader, response: Response) -> Response {
    let Some(error) = response.extensions().get::<WebError>() else { return response };
    let body = html! {
        h1 { (error.title()) }
        p { (error) }
        p { a href="/" { "To the first page" } }
    };
    let mut page = Page::new(error.title()).with(reader, &body);
    *page.status_mut() = response.status();
    for name in [header::RETRY_AFTER, header::WWW_AUTHENTICATE] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page.headers_mut().remove(header::ETAG);
    page
}
