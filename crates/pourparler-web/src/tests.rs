//! The whole router over a ledger of its own, without a network.

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use tower::ServiceExt as _;

use crate::{App, Settings, router};

mod analysis;
mod reading;
mod together;

/// A workspace over a new ledger, which lasts as long as this value.
pub struct Space {
    folder: tempfile::TempDir,
    /// The application.
    pub app: App,
}

/// An answer, read to its end.
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Space {
    /// An empty ledger.
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// An empty ledger, served in another way.
    pub fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut settings = Settings {
            ledger: folder.path().join("talks.db"),
            dossier: Some(folder.path().join("talks.toml")),
            listen: ([127, 0, 0, 1], 0).into(),
            hosts: vec!["desk.example".to_owned()],
            allow_hosts: Vec::new(),
            reviewer: "tester".to_owned(),
            tls: None,
            team: None,
        };
        change(&mut settings);
        let app = App::open(settings, ([127, 0, 0, 1], 7070).into()).expect("a workspace");
        Self { folder, app }
    }

    /// Where its files are.
    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Got {
        let response = router(self.app.clone()).oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        Got { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Asks for an address as a browser at this machine does.
    pub async fn get(&self, path: &str) -> Got {
        self.send(request(Method::GET, path).body(Body::empty()).expect("a request")).await
    }
}

/// A request to the workspace by its usual name.
pub fn request(method: Method, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header(header::HOST, "localhost:7070")
}

#[tokio::test]
async fn only_our_names_are_answered() {
    let space = Space::new();
    for (host, status) in [
        ("localhost:7070", StatusCode::OK),
        ("LOCALHOST", StatusCode::OK),
        ("127.0.0.1:7070", StatusCode::OK),
        ("[::1]:7070", StatusCode::OK),
        ("desk.example", StatusCode::OK),
        ("evil.example", StatusCode::FORBIDDEN),
        ("localhost.evil.example", StatusCode::FORBIDDEN),
        ("127.0.0.1.evil.example:7070", StatusCode::FORBIDDEN),
        ("", StatusCode::FORBIDDEN),
    ] {
        let request = Request::builder().uri("/matrix").header(header::HOST, host).body(Body::empty());
        assert_eq!(space.send(request.expect("a request")).await.status, status, "{host}");
    }
    let nameless = Request::builder().uri("/matrix").body(Body::empty()).expect("a request");
    assert_eq!(space.send(nameless).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn other_sites_change_nothing() {
    let space = Space::new();
    let cases: &[(&[(&str, &str)], StatusCode)] = &[
        (&[], StatusCode::NO_CONTENT),
        (&[("origin", "http://localhost:7070")], StatusCode::NO_CONTENT),
        (&[("sec-fetch-site", "same-origin"), ("origin", "http://localhost:7070")], StatusCode::NO_CONTENT),
        (&[("sec-fetch-site", "none")], StatusCode::NO_CONTENT),
        (&[("origin", "http://evil.example")], StatusCode::FORBIDDEN),
        (&[("origin", "null")], StatusCode::FORBIDDEN),
        (&[("origin", "http://localhost:9999")], StatusCode::FORBIDDEN),
        (&[("sec-fetch-site", "cross-site")], StatusCode::FORBIDDEN),
        (&[("sec-fetch-site", "same-site"), ("origin", "http://localhost:7070")], StatusCode::FORBIDDEN),
    ];
    for (headers, status) in cases {
        let mut request = request(Method::PUT, "/api/v1/me").header(header::CONTENT_TYPE, "application/json");
        for (name, value) in *headers {
            request = request.header(*name, *value);
        }
        let got = space.send(request.body(Body::from(r#"{"theme":"dark"}"#)).expect("a request")).await;
        assert_eq!(got.status, *status, "{headers:?}: {}", got.body);
    }
}

#[tokio::test]
async fn every_answer_keeps_pages_to_themselves() {
    let space = Space::new();
    for path in ["/matrix", "/nowhere", "/api/v1/statements", "/api/v1/nowhere", "/assets/x/style.css"] {
        let got = space.get(path).await;
        let policy = got.headers.get(header::CONTENT_SECURITY_POLICY).expect(path).to_str().expect("ASCII");
        assert!(!policy.contains("unsafe") && policy.contains("default-src 'none'"), "{path}: {policy}");
        assert_eq!(got.headers.get(header::X_CONTENT_TYPE_OPTIONS).expect(path), "nosniff");
    }
}

#[tokio::test]
async fn what_did_not_change_is_not_sent_again() {
    let space = Space::new();
    let first = space.get("/matrix").await;
    let tag = first.headers.get(header::ETAG).expect("a mark").clone();
    let again = request(Method::GET, "/matrix").header(header::IF_NONE_MATCH, &tag).body(Body::empty());
    assert_eq!(space.send(again.expect("a request")).await.status, StatusCode::NOT_MODIFIED);
    for (path, cookie) in [("/matrix?on=2031-03-04", ""), ("/matrix", "theme=dark")] {
        let other = request(Method::GET, path).header(header::IF_NONE_MATCH, &tag).header(header::COOKIE, cookie);
        assert_eq!(space.send(other.body(Body::empty()).expect("a request")).await.status, StatusCode::OK, "{path}");
    }
    std::fs::write(space.path("talks.toml"), "name = \"Talks\"\n").expect("written");
    let again = request(Method::GET, "/matrix").header(header::IF_NONE_MATCH, &tag).body(Body::empty());
    assert_eq!(space.send(again.expect("a request")).await.status, StatusCode::OK, "the dossier is another");
}

#[tokio::test]
async fn programs_get_problem_details_and_people_a_page() {
    let space = Space::new();
    let got = space.get("/api/v1/statements?since=soon").await;
    assert_eq!(got.status, StatusCode::BAD_REQUEST);
    assert_eq!(got.headers.get(header::CONTENT_TYPE).expect("a type"), "application/problem+json");
    assert!(got.body.contains("since=soon"), "{}", got.body);
    let got = space.get("/matrix?on=soon").await;
    assert_eq!(got.status, StatusCode::BAD_REQUEST);
    assert!(got.body.starts_with("<!DOCTYPE html>") && got.body.contains("on=soon"), "{}", got.body);
}

#[tokio::test]
async fn the_document_tells_of_every_route_as_it_is() {
    let space = Space::new();
    let got = space.get("/api/v1/openapi.json").await;
    let document: serde_json::Value = serde_json::from_str(&got.body).expect("JSON");
    assert!(document["openapi"].as_str().expect("a version").starts_with("3.1"));
    let mut names = std::collections::BTreeSet::new();
    let paths = document["paths"].as_object().expect("paths");
    assert!(paths.len() > 30, "{} paths", paths.len());
    for (path, item) in paths {
        for (method, operation) in item.as_object().expect("operations") {
            let name = operation["operationId"].as_str().expect("a name");
            assert!(names.insert(name.to_owned()), "{name} is the name of two operations");
            assert!(operation["responses"].as_object().is_some_and(|r| !r.is_empty()), "{name} answers nothing");
            let described = |field: &str| operation[field].as_str().is_some_and(|text| !text.trim().is_empty());
            assert!(described("summary") || described("description"), "{name} is not described");
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let in_path = parameters.iter().filter(|p| p["in"] == "path").filter_map(|p| p["name"].as_str());
            let mut declared: Vec<String> = in_path.map(|name| format!("{{{name}}}")).collect();
            let mut written: Vec<String> = path.split('/').filter(|s| s.starts_with('{')).map(str::to_owned).collect();
            declared.sort();
            written.sort();
            assert_eq!(declared, written, "{name}: parameters of {path}");

            // The route is there: what it answers to nonsense is its own answer.
            if path.ends_with("/events") {
                continue;
            }
            let address =
                path.split('/').map(|s| if s.starts_with('{') { "1" } else { s }).collect::<Vec<_>>().join("/");
            let method = method.to_uppercase().parse().expect("a method");
            let sent = request(method, &address).header(header::CONTENT_TYPE, "application/json");
            let got = space.send(sent.body(Body::from("nonsense")).expect("a request")).await;
            assert!(!got.body.contains("There is nothing at"), "{name}: {}", got.body);
            assert_ne!(got.status, StatusCode::METHOD_NOT_ALLOWED, "{name}");
            assert!(!got.status.is_server_error(), "{name}: {}", got.body);
        }
    }
}
