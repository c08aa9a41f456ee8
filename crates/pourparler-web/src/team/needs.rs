//! Who may use which route. A route can be added only together with that, and the same list is what requests are held against: what is
//! not on it is refused.

use std::collections::HashMap;

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{get, post};
use pourparler_ledger::Role;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use crate::App;

/// What somebody must be to use a route of a team's workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Also who has not signed in: ways in, and files of the program itself.
    Anyone,
    /// Somebody who signed in, in person: a token is not enough to make others or to set a password.
    Person,
    /// An account of this role or a higher one, or a token of such.
    Role(Role),
}

impl Need {
    /// Its name in the interface's document.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::Person => "person",
            Self::Role(role) => role.as_str(),
        }
    }
}

/// Who may ask at a route, and who may change something there.
#[derive(Debug, Clone, Copy)]
pub struct Access {
    read: Option<Need>,
    write: Option<Need>,
}

/// Who may ask; nobody changes anything there, unless it is said with [`Access::writes`].
#[must_use]
pub const fn reads(role: Role) -> Access {
    Access { read: Some(Need::Role(role)), write: None }
}

/// Who may change something; there is nothing to ask.
#[must_use]
pub const fn writes(role: Role) -> Access {
    Access { read: None, write: Some(Need::Role(role)) }
}

/// Whoever signed in, about themselves.
#[must_use]
pub const fn in_person() -> Access {
    Access { read: Some(Need::Person), write: Some(Need::Person) }
}

impl Access {
    /// Who may change something.
    #[must_use]
    pub const fn writes(self, role: Role) -> Self {
        Self { write: Some(Need::Role(role)), ..self }
    }

    fn of(self, method: &Method) -> Option<Need> {
        if *method == Method::GET { self.read } else { self.write }
    }
}

/// Who may use each route, by its path as it was declared.
#[derive(Debug, Clone, Default)]
pub struct Needs(HashMap<String, Vec<(Method, Need)>>);

impl Needs {
    fn add(&mut self, method: Method, path: String, need: Need) {
        self.0.entry(path).or_default().push((method, need));
    }

    /// Those of both.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        for (path, declared) in other.0 {
            self.0.entry(path).or_default().extend(declared);
        }
        self
    }

    /// Who may use a route; `None` where nobody may.
    #[must_use]
    pub fn of(&self, method: &Method, path: &str) -> Option<Need> {
        let asked = if *method == Method::HEAD { &Method::GET } else { method };
        self.0.get(path)?.iter().find(|(declared, _)| declared == asked).map(|(_, need)| *need)
    }

    /// All routes in the order of their paths.
    #[cfg(test)]
    #[must_use]
    pub fn all(&self) -> Vec<(Method, &str, Need)> {
        let each =
            self.0.iter().flat_map(|(path, all)| all.iter().map(move |(m, need)| (m.clone(), path.as_str(), *need)));
        let mut all: Vec<_> = each.collect();
        all.sort_by(|a, b| (a.1, a.0.as_str()).cmp(&(b.1, b.0.as_str())));
        all
    }
}

/// Routes with who may use them.
#[derive(Debug, Clone)]
pub struct Declared<R> {
    /// The routes.
    pub router: R,
    /// Who may use them.
    pub needs: Needs,
}

impl Declared<Router<App>> {
    /// No pages yet.
    #[must_use]
    pub fn pages() -> Self {
        Self { router: Router::new(), needs: Needs::default() }
    }

    /// A page.
    #[must_use]
    pub fn page<H: Handler<T, App>, T: 'static>(mut self, path: &str, need: Need, page: H) -> Self {
        self.needs.add(Method::GET, path.to_owned(), need);
        Self { router: self.router.route(path, get(page)), needs: self.needs }
    }

    /// What a form is sent to.
    #[must_use]
    pub fn form<H: Handler<T, App>, T: 'static>(mut self, path: &str, need: Need, taken: H) -> Self {
        self.needs.add(Method::POST, path.to_owned(), need);
        Self { router: self.router.route(path, post(taken)), needs: self.needs }
    }

    /// Those of both.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self { router: self.router.merge(other.router), needs: self.needs.with(other.needs) }
    }
}

impl Declared<OpenApiRouter<App>> {
    /// No operations yet; they will lie under `prefix`.
    #[must_use]
    pub fn operations() -> Self {
        Self { router: OpenApiRouter::new(), needs: Needs::default() }
    }

    /// Operations of one path.
    #[must_use]
    pub fn routes(mut self, access: Access, routes: UtoipaMethodRouter<App>) -> Self {
        for (path, item) in &routes.1.paths {
            for (method, there) in [
                (Method::GET, item.get.is_some()),
                (Method::PUT, item.put.is_some()),
                (Method::POST, item.post.is_some()),
                (Method::DELETE, item.delete.is_some()),
                (Method::PATCH, item.patch.is_some()),
            ] {
                // Where it is not said who may, nobody may, and the tests of all operations fail.
                if let Some(need) = access.of(&method).filter(|_| there) {
                    self.needs.add(method, format!("{PREFIX}{path}"), need);
                }
            }
        }
        Self { router: self.router.routes(routes), needs: self.needs }
    }
}

/// Where the interface for programs lies.
pub const PREFIX: &str = "/api/v1";
