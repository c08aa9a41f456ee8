//! The dossier: what the talks are about, read, checked, changed and kept.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use pourparler_brief::{Suggestion, suggestions};
use pourparler_dossier::{Change, Dossier, EditError};
use pourparler_text::names;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::app::News;
use crate::ask::Sent;
use crate::error::ProblemDetails;
use crate::kept::Passing;
use crate::preview::{Preview, preview};
use crate::talks::Talks;
use crate::{App, WebError};

/// A dossier has at most so many bytes.
const MOST: usize = 1 << 20;
/// Suggestions are made from so many statements, the latest.
const LATEST: usize = 20_000;

/// Writing is one at a time, so that nobody's changes are lost between the look and the writing.
static WRITING: Mutex<()> = Mutex::new(());

/// The dossier as it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierOut {
    /// The file that is written to; null where the workspace was started without one.
    pub file: Option<String>,
    /// What stands in it.
    pub text: String,
    /// Why the file as it is cannot be used; then what it said before holds.
    pub fault: Option<String>,
    /// What it says: sides, people and issues in the form of the file.
    #[schema(value_type = Object)]
    pub dossier: Dossier,
    /// The issues that are built in.
    #[schema(value_type = Vec<Object>)]
    pub built_in: Vec<pourparler_dossier::Issue>,
}

/// A text that is to be a dossier.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Draft {
    /// TOML.
    pub text: String,
}

/// A text that is to be a dossier, and a change to make in it.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ToChange {
    /// TOML.
    pub text: String,
    /// `{"kind": "side", "of": "NAME NOW", "to": {…}}`: without `of` something new, without `to` it goes. Kinds are `name`, `side`,
    /// `person` and `issue`; what they are to be has the form of the file.
    #[schema(value_type = Object)]
    pub change: Change,
}

/// What a text is as a dossier.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checked {
    /// The text.
    pub text: String,
    /// What it says; null where it is no dossier.
    #[schema(value_type = Option<Object>)]
    pub dossier: Option<Dossier>,
    /// What is wrong or dubious; where it is no dossier, the one reason.
    pub problems: Vec<ProblemOut>,
    /// What it would change in the record; null where it is no dossier.
    pub preview: Option<Preview>,
}

/// Something wrong or dubious.
#[derive(Debug, Serialize, ToSchema, PartialEq, Eq)]
pub struct ProblemOut {
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What it concerns.
    pub subject: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
    /// Whether it keeps the text from being a dossier.
    pub fatal: bool,
}

/// What may be added.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuggestionOut {
    /// `side`, `person` or `issue`.
    pub kind: &'static str,
    /// Name or phrase.
    pub name: String,
    /// Whom a person speaks for.
    pub party: Option<String>,
    /// The offices that articles give.
    pub roles: Vec<String>,
    /// In how many statements.
    pub statements: usize,
    /// Sentences that show it, …
    pub sentences: Vec<String>,
    /// … and the statements in them, as `ARTICLE/ID`.
    pub names: Vec<String>,
}

/// What marks a text.
fn mark(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    format!("\"{}\"", hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect::<String>())
}

/// The file as it is now; empty where there is none yet.
fn own_text(file: Option<&PathBuf>, talks: &Talks) -> Result<String, WebError> {
    match file {
        Some(file) if file.exists() => {
            std::fs::read_to_string(file).map_err(|e| WebError::Fault(format!("{}: {e}", file.display())))
        }
        Some(_) => Ok(String::new()),
        None => Ok(talks.own.clone()),
    }
}

/// The dossier.
#[utoipa::path(get, path = "/dossier", responses((status = 200, body = DossierOut, description = "With an `ETag` for `If-Match`")))]
pub async fn get(State(app): State<App>) -> Result<Response, WebError> {
    let talks = app.talks();
    let text = own_text(app.dossier_file(), &talks)?;
    let tag = mark(&text);
    let dossier = Dossier::parse(&text).unwrap_or_default();
    let file = app.dossier_file().map(|f| f.display().to_string());
    let out = DossierOut { file, text, fault: talks.fault.clone(), dossier, built_in: Dossier::general().issues };
    Ok(marked(Json(out).into_response(), &tag))
}

fn marked(mut response: Response, tag: &str) -> Response {
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    // The mark is the text's own, not that of the record.
    response.extensions_mut().insert(Passing);
    response
}

/// Puts a text in the place of the dossier's file. `If-Match` names the text that it takes the place of.
#[utoipa::path(put, path = "/dossier", request_body(content = String, content_type = "application/toml"), params(("if-match" = String, Header, description = "The `ETag` of the text as it was read")), responses((status = 204, description = "Kept"), (status = 400, body = ProblemDetails), (status = 409, body = ProblemDetails, description = "Somebody else changed the file"), (status = 413, body = ProblemDetails)))]
pub async fn put(State(app): State<App>, headers: HeaderMap, text: String) -> Result<Response, WebError> {
    let Some(file) = app.dossier_file().cloned() else {
        return Err(WebError::Bad(
            "The workspace was started without a dossier file. Start it with --dossier FILE; the file need not exist yet.".to_owned(),
        ));
    };
    if text.len() > MOST {
        return Err(WebError::TooLarge(format!("A dossier has at most {MOST} bytes.")));
    }
    let known = headers.get(header::IF_MATCH).and_then(|tag| tag.to_str().ok());
    let known = known.ok_or_else(|| WebError::Bad("Say in `If-Match` which text it takes the place of.".to_owned()))?;
    Dossier::parse(&text).map_err(|e| WebError::Bad(format!("This is no dossier: {e}.")))?;
    {
        let _one = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        if mark(&own_text(Some(&file), &app.talks())?) != known {
            return Err(WebError::Conflict(format!(
                "{} was changed by somebody else in the meantime.",
                file.display()
            )));
        }
        write(&file, &text).map_err(|e| WebError::Fault(format!("{}: {e}", file.display())))?;
    }
    app.tell(News::Changed);
    Ok(marked(axum::http::StatusCode::NO_CONTENT.into_response(), &mark(&text)))
}

/// Writes a file in one step, so that nobody ever reads a half of it; its permissions stay, and a link still leads to it.
fn write(file: &Path, text: &str) -> std::io::Result<()> {
    let file = if file.exists() { file.canonicalize()? } else { file.to_owned() };
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".dossier").tempfile_in(folder)?;
    new.write_all(text.as_bytes())?;
    new.as_file().sync_all()?;
    match file.metadata() {
        Ok(before) => new.as_file().set_permissions(before.permissions())?,
        // As any new file, not for its owner alone as temporary ones are.
        #[cfg(unix)]
        Err(_) => {
            use std::os::unix::fs::PermissionsExt as _;
            new.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
        }
        #[cfg(not(unix))]
        Err(_) => {}
    }
    new.persist(&file).map_err(|e| e.error)?;
    Ok(())
}

/// Says what is wrong in a text, and what it would change in the record. Nothing is kept.
#[utoipa::path(post, path = "/dossier/check", request_body = Draft, responses((status = 200, body = Checked)))]
pub async fn check(State(app): State<App>, Sent(draft): Sent<Draft>) -> Result<Json<Checked>, WebError> {
    checked(&app, draft.text).await.map(Json)
}

/// Makes a change in a text, as a form does; comments and order stay. Nothing is kept.
#[utoipa::path(post, path = "/dossier/change", request_body = ToChange, responses((status = 200, body = Checked), (status = 400, body = ProblemDetails), (status = 409, body = ProblemDetails)))]
pub async fn change(State(app): State<App>, Sent(asked): Sent<ToChange>) -> Result<Json<Checked>, WebError> {
    let told = |error: EditError| match error {
        EditError::Wrong(_) | EditError::Inline { .. } => WebError::Bad(format!("{error}.")),
        EditError::Missing { .. } | EditError::Taken { .. } => WebError::Conflict(format!("{error}.")),
    };
    let text = pourparler_dossier::changed(&asked.text, &asked.change).map_err(told)?;
    checked(&app, text).await.map(Json)
}

/// What a text is as a dossier.
pub async fn checked(app: &App, text: String) -> Result<Checked, WebError> {
    let own = match Dossier::parse(&text) {
        Ok(own) => own,
        Err(_) if text.trim().is_empty() => Dossier::default(),
        Err(e) => {
            let problem = ProblemOut { line: Some(e.line), subject: None, message: e.message, fatal: true };
            return Ok(Checked { text, dossier: None, problems: vec![problem], preview: None });
        }
    };
    let whole = Dossier::general().extended_by(own.clone());
    let problem = |p: pourparler_dossier::Problem| ProblemOut {
        line: place(&text, &p.subject),
        subject: Some(p.subject),
        message: p.message,
        fatal: false,
    };
    let problems = whole.problems().into_iter().map(problem).collect();
    let (current, talks) = (app.view().await?, app.talks());
    let told = tokio::task::spawn_blocking(move || preview(&current.statements, &talks.dossier, &whole)).await;
    let told = told.map_err(|_| WebError::Fault("What would change could not be worked out.".to_owned()))?;
    Ok(Checked { text, dossier: Some(own), problems, preview: Some(told) })
}

/// The line of a text that a problem is about: the last one below a header of its kind that gives the name, else the last one that
/// quotes it.
fn place(text: &str, subject: &str) -> Option<usize> {
    let (kind, name) = subject.split_once(" `").map(|(kind, rest)| (kind, rest.trim_end_matches('`')))?;
    let quoted = [format!("\"{name}\""), format!("'{name}'")];
    let holds = |line: &str| quoted.iter().any(|q| line.contains(q.as_str()));
    let header = match kind {
        "side" => "[[side]]",
        "person" => "[[person]]",
        "issue" => "[[issue]]",
        _ => "",
    };
    let (mut inside, mut best, mut any) = (false, None, None);
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_start();
        if line.starts_with('[') && !line.starts_with("[\"") {
            inside = line.starts_with(header) && !header.is_empty();
        }
        if holds(line) {
            any = Some(at + 1);
            if inside && (line.starts_with("name") || line.starts_with("id")) {
                best = Some(at + 1);
            }
        }
    }
    best.or(any)
}

/// What the record speaks of and the dossier does not know, with sentences that show it.
#[utoipa::path(get, path = "/dossier/suggestions", responses((status = 200, body = Vec<SuggestionOut>)))]
pub async fn suggest(State(app): State<App>) -> Result<Json<Vec<SuggestionOut>>, WebError> {
    let (current, talks) = (app.view().await?, app.talks());
    let found = tokio::task::spawn_blocking(move || {
        let own = &talks.dossier;
        let sides = own.sides.iter().flat_map(|s| std::iter::once(&s.name).chain(&s.aliases));
        let people = own.people.iter().flat_map(|p| std::iter::once(&p.name).chain(&p.aliases));
        let known: std::collections::HashSet<String> = sides.chain(people).map(|n| names::key(n)).collect();
        let statements = &current.statements[current.statements.len().saturating_sub(LATEST)..];
        suggestions(statements.iter().map(|c| &c.entry), |name| known.contains(&names::key(name)))
    });
    let found = found.await.map_err(|_| WebError::Fault("Suggestions could not be made.".to_owned()))?;
    let of = |kind| {
        move |s: Suggestion| {
            let Suggestion { name, party, roles, statements, sentences, names } = s;
            SuggestionOut { kind, name, party, roles, statements, sentences, names }
        }
    };
    let all = found.parties.into_iter().map(of("side")).chain(found.people.into_iter().map(of("person")));
    Ok(Json(all.chain(found.phrases.into_iter().map(of("issue"))).collect()))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Method, StatusCode};

    use super::*;
    use crate::tests::{Got, Space, request};

    #[test]
    fn problems_are_found_at_their_lines() {
        let text = "name = \"T\"\n[[side]]\nname = \"A\"\n[[side]]\nname = \"A\"\n[[issue]]\nid = \"b\"\nwords = [\n  \"x*y\",\n]\n";
        for (subject, line) in [
            ("side `A`", Some(5)),
            ("issue `b`", Some(7)),
            ("name `x*y`", Some(9)),
            ("person `A`", Some(5)),
            ("issue `gone`", None),
            ("dossier", None),
        ] {
            assert_eq!(place(text, subject), line, "{subject}");
        }
    }

    async fn sent(space: &Space, method: Method, path: &str, tag: Option<&str>, body: &str) -> Got {
        let mut request = request(method, path).header(header::CONTENT_TYPE, "application/json");
        if let Some(tag) = tag {
            request = request.header(header::IF_MATCH, tag);
        }
        space.send(request.body(Body::from(body.to_owned())).expect("a request")).await
    }

    #[tokio::test]
    async fn who_writes_has_to_have_read_what_is_there() {
        let space = Space::new();
        let tag = |got: &Got| got.headers.get(header::ETAG).expect("a mark").to_str().expect("ASCII").to_owned();
        let first = tag(&space.get("/api/v1/dossier").await);
        for (text, mark, status) in [
            ("name = \"T\"", None, StatusCode::BAD_REQUEST),
            ("nam = \"T\"", Some(first.as_str()), StatusCode::BAD_REQUEST),
            ("name = \"T\"", Some("\"other\""), StatusCode::CONFLICT),
        ] {
            let got = sent(&space, Method::PUT, "/api/v1/dossier", mark, text).await;
            assert_eq!(got.status, status, "{text}: {}", got.body);
            assert!(!space.path("talks.toml").exists());
        }
        let got = sent(&space, Method::PUT, "/api/v1/dossier", Some(&first), "name = \"Tamm\"").await;
        assert_eq!(got.status, StatusCode::NO_CONTENT, "{}", got.body);
        let second = tag(&got);
        assert_eq!(tag(&space.get("/api/v1/dossier").await), second);
        assert_eq!(space.app.talks().dossier.name, "Tamm");
        std::fs::write(space.path("talks.toml"), "name = \"By hand\"\n").expect("written");
        let got = sent(&space, Method::PUT, "/api/v1/dossier", Some(&second), "name = \"Lost\"").await;
        assert_eq!(got.status, StatusCode::CONFLICT, "{}", got.body);
        assert_eq!(std::fs::read_to_string(space.path("talks.toml")).expect("read"), "name = \"By hand\"\n");
    }

    #[tokio::test]
    async fn drafts_are_checked_and_changed_without_being_kept() {
        let space = Space::new();
        let check = |text: &str| serde_json::json!({ "text": text }).to_string();
        let got = sent(&space, Method::POST, "/api/v1/dossier/check", None, &check("name = \"T\"\nsid = 1\n")).await;
        let told: serde_json::Value = serde_json::from_str(&got.body).expect("JSON");
        assert_eq!((&told["problems"][0]["line"], &told["dossier"]), (&2.into(), &serde_json::Value::Null), "{told}");
        let got =
            sent(&space, Method::POST, "/api/v1/dossier/check", None, &check("name = \"T\"\n[[issue]]\nid = \"x\"\n"))
                .await;
        let told: serde_json::Value = serde_json::from_str(&got.body).expect("JSON");
        assert_eq!(told["problems"][0]["line"], 3, "{told}");
        assert_eq!(told["problems"][0]["fatal"], false, "{told}");
        let change = serde_json::json!({
            "text": "# mine\nname = \"T\"\n", "change": { "kind": "side", "to": { "name": "Velmora" } }
        });
        let got = sent(&space, Method::POST, "/api/v1/dossier/change", None, &change.to_string()).await;
        let told: serde_json::Value = serde_json::from_str(&got.body).expect("JSON");
        assert_eq!(told["text"], "# mine\nname = \"T\"\n\n[[side]]\nname = \"Velmora\"\n", "{told}");
        let gone = serde_json::json!({ "text": "name = \"T\"\n", "change": { "kind": "side", "of": "Velmora" } });
        let got = sent(&space, Method::POST, "/api/v1/dossier/change", None, &gone.to_string()).await;
        assert_eq!(got.status, StatusCode::CONFLICT, "{}", got.body);
        assert!(!space.path("talks.toml").exists());
    }

    #[test]
    fn files_are_written_whole_and_keep_their_permissions() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("talks.toml");
        write(&file, "name = \"A\"\n").expect("written");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).expect("set");
            let link = folder.path().join("link.toml");
            std::os::unix::fs::symlink(&file, &link).expect("linked");
            write(&link, "name = \"B\"\n").expect("written");
            assert!(link.symlink_metadata().expect("there").is_symlink());
            assert_eq!(file.metadata().expect("there").permissions().mode() & 0o777, 0o640);
        }
        #[cfg(not(unix))]
        write(&file, "name = \"B\"\n").expect("written");
        assert_eq!(std::fs::read_to_string(&file).expect("read"), "name = \"B\"\n");
    }
}
