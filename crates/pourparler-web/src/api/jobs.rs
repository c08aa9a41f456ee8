//! Jobs: what is to be added, how it goes and what came of it.

use std::io::Write as _;

use axum::Json;
use axum::body::Body;
use axum::extract::{FromRequest as _, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tokio_stream::StreamExt as _;
use utoipa::{IntoParams, ToSchema};

use crate::ask::{Asked, Numbered, Sent};
use crate::error::ProblemDetails;
use crate::jobs::{JobOut, Work};
use crate::kept::Passing;
use crate::{App, WebError};

/// A file has at most so many bytes.
const LARGEST: u64 = 512 << 20;
/// So many addresses are taken at once.
const ADDRESSES: usize = 500;
/// A name has at most so many characters.
const NAME: usize = 300;

/// Under which name a file is sent.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Named {
    /// The file's name; then its bytes are the body. Without it the body is a job as JSON.
    name: Option<String>,
}

/// What is to be done: one of these.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ToDo {
    /// A text that was pasted.
    text: Option<Pasted>,
    /// Addresses to fetch.
    addresses: Option<Vec<String>>,
    /// Ask all watched feeds now.
    #[serde(default)]
    feeds: bool,
    /// Read all articles again, with the dossier as it is.
    #[serde(default)]
    reextract: bool,
}

/// A text that was pasted, and what is known of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pasted {
    /// The article's text.
    text: String,
    /// Headline.
    title: Option<String>,
    /// Who published it.
    outlet: Option<String>,
    /// Day of publication, `YYYY-MM-DD`.
    #[schema(value_type = Option<String>, format = Date)]
    published: Option<jiff::civil::Date>,
    /// Where it was published.
    url: Option<String>,
}

/// The jobs of this run of the program, the latest first. The ledger keeps what they stored; the program, when it ends, forgets the jobs.
#[utoipa::path(get, path = "/jobs", responses((status = 200, body = Vec<JobOut>)))]
pub async fn list(State(app): State<App>) -> Response {
    passing(Json(app.jobs().list()).into_response())
}

/// One job. `/events` tells as `job` when it gets further.
#[utoipa::path(get, path = "/jobs/{id}", params(("id" = u64, Path)), responses((status = 200, body = JobOut), (status = 404, body = ProblemDetails)))]
pub async fn get(State(app): State<App>, Numbered(id): Numbered<u64>) -> Result<Response, WebError> {
    let job = app.jobs().get(id).ok_or_else(|| none(id))?;
    Ok(passing(Json(job).into_response()))
}

/// Ends a job: one that waits at once, one in hand after its article. What it stored stays.
#[utoipa::path(delete, path = "/jobs/{id}", params(("id" = u64, Path)), responses((status = 204, description = "It ends"), (status = 404, body = ProblemDetails), (status = 409, body = ProblemDetails)))]
pub async fn cancel(State(app): State<App>, Numbered(id): Numbered<u64>) -> Result<StatusCode, WebError> {
    match app.jobs().cancel(&app, id) {
        None => Err(none(id)),
        Some(false) => Err(WebError::Conflict(format!("Job {id} is over already."))),
        Some(true) => Ok(StatusCode::NO_CONTENT),
    }
}

fn none(id: u64) -> WebError {
    WebError::Missing(format!("There is no job {id} in this run of the program."))
}

fn passing(mut response: Response) -> Response {
    response.extensions_mut().insert(Passing);
    response
}

/// Gives something to add: a job as JSON, or with `name` the bytes of one file, of 512 MB at most.
#[utoipa::path(post, path = "/jobs", params(Named), request_body(content((ToDo = "application/json"), (Vec<u8> = "application/octet-stream"))), responses((status = 202, body = JobOut), (status = 400, body = ProblemDetails), (status = 413, body = ProblemDetails)))]
pub async fn add(State(app): State<App>, Asked(named): Asked<Named>, request: Request) -> Result<Response, WebError> {
    if app.jobs().room() == 0 {
        return Err(WebError::Conflict(
            "Too many jobs wait already; give this one again when some are done.".to_owned(),
        ));
    }
    let job = match named.name {
        Some(name) => {
            let name = printable(&name, "name")?;
            refuse_large(&request)?;
            let (file, size) = received(request.into_body()).await?;
            app.add_job(name, Work::File(file), Some(size))
        }
        None => {
            let Sent(todo) = Sent::<ToDo>::from_request(request, &app).await?;
            job(&app, todo).await?
        }
    };
    Ok((StatusCode::ACCEPTED, Json(job)).into_response())
}

async fn job(app: &App, todo: ToDo) -> Result<JobOut, WebError> {
    let ToDo { text, addresses, feeds, reextract } = todo;
    match (text, addresses, feeds, reextract) {
        (Some(pasted), None, false, false) => paste(app, &pasted),
        (None, Some(addresses), false, false) => {
            let addresses = addresses.iter().map(|a| a.trim()).filter(|a| !a.is_empty()).map(address);
            let addresses = addresses.collect::<Result<Vec<_>, _>>()?;
            if addresses.is_empty() || addresses.len() > ADDRESSES {
                return Err(WebError::Bad(format!("Give at least one address, and {ADDRESSES} at most.")));
            }
            let title = match addresses.as_slice() {
                [one] => one.clone(),
                [first, rest @ ..] => format!("{first} and {} more", rest.len()),
                [] => String::new(),
            };
            let count = addresses.len() as u64;
            Ok(app.add_job(title, Work::Addresses(addresses), Some(count)))
        }
        (None, None, true, false) => {
            let feeds: Vec<String> =
                app.read(|ledger| ledger.watched_feeds()).await?.into_iter().map(|f| f.feed.url).collect();
            if feeds.is_empty() {
                return Err(WebError::Bad("No feed is watched; add one first.".to_owned()));
            }
            let count = feeds.len() as u64;
            Ok(app.add_job("Watched feeds".to_owned(), Work::Feeds(feeds), Some(count)))
        }
        (None, None, false, true) => Ok(app.add_job("All articles read again".to_owned(), Work::Reextract, None)),
        _ => Err(WebError::Bad("Give one of `text`, `addresses`, `feeds` and `reextract`.".to_owned())),
    }
}

/// A pasted text, in the form in which articles are exchanged, so that it is taken as it is.
fn paste(app: &App, pasted: &Pasted) -> Result<JobOut, WebError> {
    if pasted.text.trim().is_empty() {
        return Err(WebError::Bad("`text` is empty.".to_owned()));
    }
    let given = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    let url = given(&pasted.url).map(|url| address(&url)).transpose()?;
    let title = given(&pasted.title);
    let article = serde_json::json!({
        "text": pasted.text, "title": title, "outlet": given(&pasted.outlet), "url": url,
        "published": pasted.published.map(|day| day.to_string()),
    });
    let bytes = article.to_string().into_bytes();
    let size = bytes.len() as u64;
    let first = || pasted.text.trim().chars().take(60).collect::<String>().replace(char::is_control, " ");
    let name = format!("pasted: {}", title.unwrap_or_else(first));
    Ok(app.add_job(name, Work::Bytes(bytes), Some(size)))
}

/// An address of the web, as it was given. Whether it may be connected to is decided where that is done.
pub fn address(given: &str) -> Result<String, WebError> {
    let given = printable(given, "address")?;
    if !pourparler_fetch::is_address(&given) {
        return Err(WebError::Bad(format!("`{given}` is no address that begins with http:// or https://.")));
    }
    Ok(given)
}

fn printable(text: &str, what: &str) -> Result<String, WebError> {
    let text = text.trim();
    let most = if what == "name" { NAME } else { 4_000 };
    if text.is_empty() || text.chars().count() > most || text.chars().any(char::is_control) {
        return Err(WebError::Bad(format!("`{what}` has from 1 to {most} characters, all of them printable.")));
    }
    Ok(text.to_owned())
}

/// Refuses beforehand what says that it is too large.
fn refuse_large(request: &Request) -> Result<(), WebError> {
    let told = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if told.is_some_and(|size| size > LARGEST) { Err(too_large()) } else { Ok(()) }
}

fn too_large() -> WebError {
    WebError::TooLarge(format!(
        "A file may have {} MB at most here; `pourparler add FILE` on the command line takes any size.",
        LARGEST >> 20
    ))
}

/// Writes a body into a temporary file as it comes.
async fn received(body: Body) -> Result<(tempfile::TempPath, u64), WebError> {
    let failed = |e: std::io::Error| WebError::Fault(format!("The file could not be kept for the job: {e}."));
    let mut file = tempfile::Builder::new().prefix("pourparler-").tempfile().map_err(failed)?;
    let (mut stream, mut size) = (body.into_data_stream(), 0);
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|e| WebError::Bad(format!("The file broke off: {e}.")))?;
        size += piece.len() as u64;
        if size > LARGEST {
            return Err(too_large());
        }
        file.write_all(&piece).map_err(failed)?;
    }
    if size == 0 {
        return Err(WebError::Bad("The file is empty.".to_owned()));
    }
    Ok((file.into_temp_path(), size))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::http::Method;

    use super::*;
    use crate::jobs::State as JobState;
    use crate::tests::{Got, Space, request};

    async fn sent(space: &Space, path: &str, body: impl Into<Body>) -> Got {
        let request = request(Method::POST, path).header(header::CONTENT_TYPE, "application/json");
        space.send(request.body(body.into()).expect("a request")).await
    }

    async fn over(space: &Space, id: u64) -> JobOut {
        for _ in 0..1_200 {
            let job = space.app.jobs().get(id).expect("the job");
            if !matches!(job.state, JobState::Waiting | JobState::Running) {
                return job;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the job does not end");
    }

    #[tokio::test]
    async fn what_makes_no_job_is_refused() {
        let space = Space::new();
        for (path, body, status) in [
            ("/api/v1/jobs", "{}", StatusCode::BAD_REQUEST),
            ("/api/v1/jobs", r#"{"feeds":true}"#, StatusCode::BAD_REQUEST),
            ("/api/v1/jobs", r#"{"text":{"text":"  "}}"#, StatusCode::BAD_REQUEST),
            ("/api/v1/jobs", r#"{"addresses":["/etc/passwd"]}"#, StatusCode::BAD_REQUEST),
            ("/api/v1/jobs", r#"{"addresses":["file:///etc/passwd"]}"#, StatusCode::BAD_REQUEST),
            ("/api/v1/jobs", r#"{"addresses":[]}"#, StatusCode::BAD_REQUEST),
            ("/api/v1/jobs", r#"{"reextract":true,"feeds":true}"#, StatusCode::BAD_REQUEST),
            ("/api/v1/jobs?name=a.txt", "", StatusCode::BAD_REQUEST),
        ] {
            let got = sent(&space, path, body).await;
            assert_eq!(got.status, status, "{body}: {}", got.body);
        }
        assert!(space.app.jobs().list().is_empty());
        let large = request(Method::POST, "/api/v1/jobs?name=a.txt").header(header::CONTENT_LENGTH, LARGEST + 1);
        let got = space.send(large.body(Body::from("x")).expect("a request")).await;
        assert_eq!(got.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", got.body);
    }

    #[tokio::test]
    async fn jobs_are_done_in_order_and_tell_what_came_of_them() {
        let space = Space::new();
        let text = "Karveth will not withdraw its troops, Foreign Minister Nara Ishkenti said on Tuesday. \
                    \u{201c}We will sign no ceasefire without guarantees,\u{201d} she told reporters in Osmela.";
        let paste =
            serde_json::json!({ "text": { "text": text, "title": "No withdrawal", "published": "2031-03-04" } });
        let mut ids = Vec::new();
        for (path, body) in [
            ("/api/v1/jobs", paste.to_string()),
            ("/api/v1/jobs", paste.to_string()),
            ("/api/v1/jobs", r#"{"addresses":["http://127.0.0.1:1/"]}"#.to_owned()),
            ("/api/v1/jobs", r#"{"reextract":true}"#.to_owned()),
        ] {
            let got = sent(&space, path, body).await;
            assert_eq!(got.status, StatusCode::ACCEPTED, "{}", got.body);
            let job: serde_json::Value = serde_json::from_str(&got.body).expect("JSON");
            ids.push(job["id"].as_u64().expect("a number"));
        }
        let mut reports = Vec::new();
        for id in ids {
            let job = over(&space, id).await;
            assert_eq!((job.state, job.fault.as_deref()), (JobState::Done, None), "{job:?}");
            reports.push(job.report.expect("a report"));
        }
        assert_eq!((reports[0].new, reports[0].known, reports[0].articles.len()), (1, 0, 1), "{:?}", reports[0]);
        assert!(reports[0].statements > 0);
        assert_eq!((reports[1].new, reports[1].known), (0, 1), "{:?}", reports[1]);
        assert_eq!(reports[2].failed.len(), 1, "no private place is reached: {:?}", reports[2]);
        assert_eq!((reports[3].read, reports[3].changed), (1, Some(0)), "{:?}", reports[3]);
        let page = space.get("/add").await;
        assert!(page.status == StatusCode::OK && page.body.contains("1 new article "), "{}", page.body);
    }

    /// A name that climbs out of its folder is a name and no place: what comes under it lies in a temporary file, and goes with the job.
    #[tokio::test]
    async fn a_name_of_an_upload_leads_nowhere() {
        let space = Space::new();
        let outside = std::env::temp_dir().join("pourparler-outside.txt");
        let name = format!("..%2F..%2F..%2F..%2F..%2F..{}", outside.display().to_string().replace('/', "%2F"));
        let text = "Karveth will not withdraw its troops, Foreign Minister Nara Ishkenti said.";
        let got = sent(&space, &format!("/api/v1/jobs?name={name}"), text).await;
        assert_eq!(got.status, StatusCode::ACCEPTED, "{}", got.body);
        let job: serde_json::Value = serde_json::from_str(&got.body).expect("JSON");
        let job = over(&space, job["id"].as_u64().expect("a number")).await;
        assert_eq!(job.report.map(|r| r.new), Some(1));
        assert!(!outside.exists(), "nothing was written there");
    }
}
