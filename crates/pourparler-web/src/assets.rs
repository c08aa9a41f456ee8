//! The style sheet and the modules, inside the binary. Their address carries a hash of all of them, so browsers may keep them for good.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::WebError;

macro_rules! assets {
    ($($name:literal),+ $(,)?) => {
        /// Every file with its text.
        const ASSETS: &[(&str, &str)] = &[
            // How briefs look is for the brief to say.
            ("brief.css", pourparler_brief::STYLE),
            $(($name, include_str!(concat!("../assets/", $name)))),+
        ];
    };
}

assets! {
    "style.css",
    "app.js",
    "decide.js",
    "reader.js",
    "review.js",
    "comments.js",
    "together.js",
    "icon.svg",
    "brief.js",
    "dossier.js",
    "add.js",
    "matrix.js",
    "actors.js",
    "search.js",
    "today.js",
    "team.js",
    "invitation.js",
}

/// A hash of all files.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    for (name, text) in ASSETS {
        hash.update(name.as_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
});

/// The address of a file.
pub fn address(name: &str) -> String {
    debug_assert!(ASSETS.iter().any(|(known, _)| *known == name), "{name} is listed");
    format!("/assets/{}/{name}", *VERSION)
}

/// `GET /assets/{version}/{name}`
pub async fn asset(Path((version, name)): Path<(String, String)>) -> Response {
    let Some((_, text)) = ASSETS.iter().find(|(known, _)| *known == name) else {
        return WebError::Missing(format!("There is no file {name}.")).into_response();
    };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
    let mut response = (*text).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    // A page of an older program may still ask for older files; those it gets must not be kept under the new name.
    let keep = if version == *VERSION { "public, max-age=31536000, immutable" } else { "no-store" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}
