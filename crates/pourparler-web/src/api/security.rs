//! What the document of the interface says of who may use it.

use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{OpenApi, Ref, RefOr, Response, path::Operation};

use crate::team::Need;

const TOKEN: &str = "token";
const SESSION: &str = "session";

/// How somebody shows who they are.
pub fn schemes(document: &mut OpenApi) {
    let mut bearer = Http::new(HttpAuthScheme::Bearer);
    bearer.description =
        Some("A token of an account, made on its page, in a workspace that is served to a team.".to_owned());
    let cookie = ApiKeyValue::with_description(
        "__Host-session",
        "The session of somebody who signed in with a browser; `pourparler-session` where the workspace is reached without https.",
    );
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(TOKEN, SecurityScheme::Http(bearer));
    components.add_security_scheme(SESSION, SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
}

/// Who may use an operation.
pub fn told(operation: &mut Operation, need: Need) {
    if need == Need::Anyone {
        return;
    }
    let words = match need {
        Need::Person => "In a team: for whoever signed in; a token is not enough.".to_owned(),
        need => format!("In a team: for the role of {} or a higher one.", need.as_str()),
    };
    let before = operation.description.take().filter(|text| !text.is_empty());
    operation.description = Some(before.map_or_else(|| words.clone(), |before| format!("{before}\n\n{words}")));
    let requirement = |name: &str| SecurityRequirement::new(name, Vec::<String>::new());
    let mut requirements = vec![requirement(SESSION)];
    if need != Need::Person {
        requirements.push(requirement(TOKEN));
    }
    // Without accounts nothing needs to be shown.
    requirements.push(SecurityRequirement::default());
    operation.security = Some(requirements);
    for (status, words) in [("401", "Nobody signed in, and no token that holds is shown"), ("403", "Not for this role")]
    {
        let mut response = Response::new(words);
        let schema = RefOr::Ref(Ref::from_schema_name("ProblemDetails"));
        let content = utoipa::openapi::Content::new(Some(schema));
        response.content.insert("application/problem+json".to_owned(), RefOr::T(content));
        operation.responses.responses.entry(status.to_owned()).or_insert(RefOr::T(response));
    }
}
