//! What goes wrong, told as problem details (RFC 9457) to programs and as a page to people.

use std::any::Any;
use std::net::SocketAddr;
use std::path::PathBuf;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use pourparler_ledger::{LedgerError, Problem};
use serde::Serialize;

/// Why the workspace cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be had.
    #[error("{address}: {error}; another program may use the port: choose one with --listen")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        error: std::io::Error,
    },
    /// The ledger cannot be opened.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The dossier cannot be read.
    #[error("{0}")]
    Dossier(String),
    /// Passwords would go over a network in the clear.
    #[error(
        "--team on {address} would send passwords over the network in the clear: give --tls-cert and --tls-key, or --behind-proxy where a \
         proxy does https, or listen on 127.0.0.1"
    )]
    InTheClear {
        /// Where it was to listen.
        address: SocketAddr,
    },
    /// The certificate cannot be used.
    #[error("{}: {what}; --tls-cert and --tls-key want PEM files that belong together", file.display())]
    Certificate {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The provider of identities cannot be used.
    #[error("{0}")]
    Provider(String),
    /// The system has no randomness to give.
    #[error("the system gives no random numbers, without which there are no secrets")]
    NoRandomness,
    /// Serving broke off.
    #[error("serving broke off: {0}")]
    Broken(std::io::Error),
}

/// Why a request was not answered as it wished.
#[derive(Debug, Clone, thiserror::Error)]
pub enum WebError {
    /// There is nothing under that address.
    #[error("{0}")]
    Missing(String),
    /// The request makes no sense; the words say where and what to do.
    #[error("{0}")]
    Bad(String),
    /// Somebody else changed it in the meantime.
    #[error("{0}")]
    Conflict(String),
    /// Nobody says who they are, or what they show does not hold.
    #[error("{0}")]
    SignIn(String),
    /// The route is there and answers to other methods.
    #[error("{0}")]
    Method(String),
    /// Too many attempts failed, or too much is asked at once.
    #[error("Too many attempts failed. The next one is possible in {seconds} seconds.")]
    TooOften {
        /// How long to wait.
        seconds: u64,
    },
    /// It comes from another site, asks for a host that this is not, or for what whoever asks may not.
    #[error("{0}")]
    Refused(String),
    /// More than is taken at once.
    #[error("{0}")]
    TooLarge(String),
    /// It may be over in a while: the database is kept busy or does not answer, or no room is left.
    #[error("{0}")]
    NotNow(String),
    /// The ledger or the program is at fault.
    #[error("{0}")]
    Fault(String),
}

impl WebError {
    /// The status that goes with it.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Missing(_) => StatusCode::NOT_FOUND,
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::SignIn(_) => StatusCode::UNAUTHORIZED,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Refused(_) => StatusCode::FORBIDDEN,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotNow(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What kind of thing it is, in a few words.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Missing(_) => "Not found",
            Self::Bad(_) => "This cannot be answered as it was asked",
            Self::Conflict(_) => "It was changed in the meantime",
            Self::SignIn(_) => "Sign in",
            Self::Method(_) => "Not to be asked so",
            Self::TooOften { .. } => "Too many attempts",
            Self::NotNow(_) => "Not just now",
            Self::Refused(_) => "Refused",
            Self::TooLarge(_) => "Too large",
            Self::Fault(_) => "The workspace failed",
        }
    }
}

impl From<LedgerError> for WebError {
    fn from(error: LedgerError) -> Self {
        match error.problem {
            Problem::UnknownArticle { .. } | Problem::UnknownStatement { .. } => {
                Self::Missing(error.problem.to_string())
            }
            Problem::NoReview { .. }
            | Problem::NoDecision { .. }
            | Problem::NoComment { .. }
            | Problem::Overtaken
            | Problem::NotAssigned { .. } => Self::Conflict(error.problem.to_string()),
            Problem::OthersComment { .. } => Self::Refused(error.problem.to_string()),
            Problem::Unfit { .. }
            | Problem::IdTaken { .. }
            | Problem::Unsuited(_)
            | Problem::Erased { .. }
            | Problem::HoldsNul => Self::Bad(error.problem.to_string()),
            Problem::Locked | Problem::Unreachable(_) | Problem::DiskFull => Self::NotNow(error.to_string()),
            _ => Self::Fault(error.to_string()),
        }
    }
}

/// Problem details as they are sent.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemDetails {
    /// What kind of problem it is: `about:blank`, so the status says it.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The same in a few words.
    pub title: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// What failed, where, and what to do.
    pub detail: String,
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let (title, detail, status) = (self.title(), self.to_string(), self.status());
        let details = ProblemDetails { kind: "about:blank", title, status: status.as_u16(), detail };
        let mut response = (status, Json(details)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        match &self {
            Self::SignIn(_) => {
                let how = HeaderValue::from_static("Bearer realm=\"pourparler\"");
                response.headers_mut().insert(header::WWW_AUTHENTICATE, how);
            }
            Self::TooOften { seconds } => {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
            }
            _ => {}
        }
        // For pages, which tell it to people.
        response.extensions_mut().insert(self);
        response
    }
}

/// The answer where no route fits.
pub async fn no_such_page(uri: axum::http::Uri) -> WebError {
    WebError::Missing(format!("There is nothing at {}.", uri.path()))
}

/// The answer where a handler panicked, which is our fault; the panic's words are on standard error.
pub fn caught_panic(_: Box<dyn Any + Send + 'static>) -> Response {
    WebError::Fault("The program made a mistake here and goes on; what it was stands on its standard error.".to_owned())
        .into_response()
}
