//! What all pages have around them: head, ways to the other pages, and who decides.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, header, request::Parts};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use pourparler_brief::symbols;

use crate::app::Current;
use crate::cookies::cookie;
use crate::kept::Passing;
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
}

impl Reader {
    fn of(app: &App, path: &str, headers: &HeaderMap) -> Self {
        let theme = match cookie(headers, "theme").as_deref() {
            Some("light") => Some("light"),
            Some("dark") => Some("dark"),
            _ => None,
        };
        let name = cookie(headers, "reviewer").unwrap_or_else(|| app.settings().reviewer.clone());
        Self { name, theme, path: path.to_owned() }
    }
}

impl FromRequestParts<App> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::of(app, parts.uri.path(), &parts.headers))
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
                body data-stale[self.stale] {
                    a.skip href="#main" { "Skip to the page" }
                    (symbols())
                    header.top {
                        a.home href="/" { "Pourparler" }
                        form.find action="/search" role="search" {
                            input #find type="search" name="text" aria-label="Search statements" placeholder="Search statements  ( / )"
                                autocomplete="off";
                        }
                        details.places {
                            summary { "Pages" }
                            (places(&reader.path))
                        }
                    }
                    nav.places.wide aria-label="Pages" { (places(&reader.path)) }
                    main #main tabindex="-1" {
                        @if self.stale {
                            p.note role="status" { "The record has changed; what it adds up to is being made anew. This page is of a moment ago." }
                        }
                        (body)
                    }
                    footer.bottom {
                        button.plain type="button" data-dialog="me" { "Deciding as " bdi { (reader.name) } }
                        button.plain type="button" data-theme-switch { "Light or dark" }
                        button.plain type="button" data-dialog="keys" { "Keys ( ? )" }
                    }
                    (me(reader))
                    (keys())
                    div #toasts role="status" aria-live="polite" {}
                }
            }
        }
    }
}

fn places(here: &str) -> Markup {
    let is_here = |place: &str| if place == "/" { here == "/" } else { here.starts_with(place) };
    html! {
        @for group in PLACES {
            ul { @for (place, name, key) in *group {
                li { a href=(place) data-key=(key) aria-current=[is_here(place).then_some("page")] { (name) } }
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
    let reader = Reader::of(&app, request.uri().path(), request.headers());
    let response = next.run(request).await;
    let Some(error) = response.extensions().get::<WebError>() else { return response };
    let body = html! {
        h1 { (error.title()) }
        p { (error) }
        p { a href="/" { "To the first page" } }
    };
    let mut page = Page::new(error.title()).with(&reader, &body);
    *page.status_mut() = response.status();
    page.headers_mut().remove(header::ETAG);
    page
}
