//! What the document of the interface says of answers that refuse: all of them are problem details.

use utoipa::openapi::path::Operation;
use utoipa::openapi::{Content, Ref, RefOr, Response};

/// The form in which problems are told (RFC 9457).
const PROBLEM: &str = "application/problem+json";

/// What only a workspace of a team has.
const OF_A_TEAM: [&str; 4] = ["/api/v1/me/password", "/api/v1/me/sessions", "/api/v1/me/tokens", "/api/v1/people"];

/// Says of an operation what every one of them may answer, and in which form.
pub fn told(operation: &mut Operation, path: &str) {
    let responses = &mut operation.responses.responses;
    let takes = operation.request_body.is_some() || operation.parameters.as_ref().is_some_and(|all| !all.is_empty());
    let of_a_team = OF_A_TEAM.iter().any(|begin| path.starts_with(begin));
    let may = [
        (takes, "400", "It cannot be read, or makes no sense"),
        (of_a_team, "404", "This workspace has no accounts"),
        (true, "503", "Not just now: the ledger is kept busy, does not answer, or has no room left"),
    ];
    for (_, status, words) in may.into_iter().filter(|(may, ..)| *may) {
        let mut response = Response::new(words);
        let schema = RefOr::Ref(Ref::from_schema_name("ProblemDetails"));
        response.content.insert(PROBLEM.to_owned(), RefOr::T(Content::new(Some(schema))));
        responses.entry(status.to_owned()).or_insert(RefOr::T(response));
    }
    for (status, response) in responses.iter_mut() {
        if let (Some('4' | '5'), RefOr::T(response)) = (status.chars().next(), response)
            && let Some(content) = response.content.shift_remove("application/json")
        {
            response.content.insert(PROBLEM.to_owned(), content);
        }
    }
}
