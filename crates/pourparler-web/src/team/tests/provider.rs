//! Sign-in by a provider: a small one of our own says what is right, and everything that is not.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use pourparler_ledger::{Invite, Role, Secret};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{DAY, Desk, Shows, begun, cookie_line, hence, now, read};
use crate::team::{ProviderSettings, TeamSettings};
use crate::tests::Got;

const CLIENT: &str = "pourparler-desk";
const SECRET: &str = "shared between us two";

fn key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random).expect("a key")
}

fn coded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// What the provider says of whom, signed.
fn token(key: &EcdsaKeyPair, claims: &Value) -> String {
    let said = format!("{}.{}", coded(&json!({ "alg": "ES256", "kid": "one" })), coded(claims));
    let signature = key.sign(&SystemRandom::new(), said.as_bytes()).expect("signed");
    format!("{said}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
}

/// A provider at this machine.
struct Provider {
    issuer: String,
    key: EcdsaKeyPair,
    /// What it answers to the next code, and the challenge that the code was given for.
    next: Mutex<(Value, String)>,
}

type Own = State<Arc<Provider>>;

impl Provider {
    async fn start() -> Arc<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let provider = Arc::new(Self { issuer, key: key(), next: Mutex::default() });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(async |State(own): Own| Json(own.offers())))
            .route("/keys", get(async |State(own): Own| Json(own.keys())))
            .route("/token", post(exchange))
            .with_state(Arc::clone(&provider));
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    fn offers(&self) -> Value {
        let at = |path: &str| format!("{}{path}", self.issuer);
        json!({
            "issuer": self.issuer, "authorization_endpoint": at("/authorize"), "token_endpoint": at("/token"), "jwks_uri": at("/keys"),
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
        })
    }

    fn keys(&self) -> Value {
        let point = self.key.public_key().as_ref();
        let coordinate = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        json!({ "keys": [{
            "kty": "EC", "crv": "P-256", "use": "sig", "kid": "one", "x": coordinate(&point[1..33]), "y": coordinate(&point[33..]),
        }] })
    }

    /// What it says where nothing is wrong.
    fn claims(&self, nonce: &str, subject: &str, mail: Option<&str>) -> Value {
        let at = now().as_second();
        let mut claims =
            json!({ "iss": self.issuer, "sub": subject, "aud": CLIENT, "exp": at + 300, "iat": at, "nonce": nonce });
        if let Some(mail) = mail {
            claims["email"] = mail.into();
            claims["email_verified"] = true.into();
        }
        claims
    }

    fn settings(&self, folder: &tempfile::TempDir) -> TeamSettings {
        let secret_file = folder.path().join("secret");
        std::fs::write(&secret_file, format!("{SECRET}\n")).expect("written");
        let provider = ProviderSettings { issuer: self.issuer.clone(), client_id: CLIENT.to_owned(), secret_file };
        TeamSettings { behind_proxy: false, provider: Some(provider) }
    }
}

/// Gives the token for a code to whoever shares the secret and left for it.
async fn exchange(State(own): Own, headers: HeaderMap, body: String) -> Result<Json<Value>, StatusCode> {
    let shown = format!("Basic {}", STANDARD.encode(format!("{CLIENT}:{}", SECRET.replace(' ', "+"))));
    if headers.get(header::AUTHORIZATION).is_none_or(|value| value != shown.as_str()) {
        return Err(StatusCode::UNAUTHORIZED);
    }
    let form: Vec<(String, String)> = serde_html_form::from_str(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
    let given =
        |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default();
    let (answer, challenge) = own.next.lock().expect("unpoisoned").clone();
    let verified = URL_SAFE_NO_PAD.encode(Sha256::digest(given("code_verifier")));
    if given("code") != "a code" || verified != challenge {
        return Err(StatusCode::BAD_REQUEST);
    }
    Ok(Json(answer))
}

/// Somebody on their way to the provider.
struct Left {
    state: String,
    nonce: String,
    challenge: String,
    cookie: String,
}

fn left(url: &str, headers: &HeaderMap, provider: &Provider) -> Left {
    let (page, query) = url.split_once('?').expect("a query");
    assert_eq!(page, format!("{}/authorize", provider.issuer));
    let query: Vec<(String, String)> = serde_html_form::from_str(query).expect("a query");
    let given = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, v)| v.clone()).unwrap_or_default();
    assert_eq!((given("response_type"), given("client_id")), ("code".to_owned(), CLIENT.to_owned()));
    assert_eq!(given("code_challenge_method"), "S256");
    assert_eq!(given("redirect_uri"), "http://localhost:7070/sign-in/provider/back");
    assert!(given("scope").split(' ').any(|scope| scope == "openid"));
    let line = cookie_line(headers, "pourparler-provider").expect("a cookie");
    assert!(line.contains("HttpOnly") && line.contains("SameSite=Lax"), "{line}");
    let cookie = line.split(';').next().expect("a pair").to_owned();
    Left { state: given("state"), nonce: given("nonce"), challenge: given("code_challenge"), cookie }
}

async fn leave(desk: &Desk, provider: &Provider) -> Left {
    let got = desk.get_as(&Shows::Nothing, "/sign-in/provider?to=%2Fmatrix").await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.body);
    left(got.headers[header::LOCATION].to_str().expect("ASCII"), &got.headers, provider)
}

async fn come_back(desk: &Desk, cookie: &str, query: &str) -> Got {
    let asked = crate::tests::request(Method::GET, &format!("/sign-in/provider/back?{query}"));
    // The browser comes from the provider's site.
    let asked = asked.header(header::COOKIE, cookie).header("sec-fetch-site", "cross-site");
    let router = crate::router(desk.app.clone());
    let sent = asked.body(axum::body::Body::empty()).expect("a request");
    read(tower::ServiceExt::oneshot(router, sent).await.expect("an answer")).await
}

/// Signs somebody in of whom the provider says this.
async fn signs_in(desk: &Desk, provider: &Provider, subject: &str, mail: Option<&str>) -> Got {
    let left = leave(desk, provider).await;
    let claims = provider.claims(&left.nonce, subject, mail);
    answers(provider, &left, json!(token(&provider.key, &claims)));
    come_back(desk, &left.cookie, &format!("state={}&code=a%20code", left.state)).await
}

fn answers(provider: &Provider, left: &Left, id_token: Value) {
    let mut answer = json!({ "access_token": "unused", "token_type": "Bearer", "expires_in": 60 });
    if !id_token.is_null() {
        answer["id_token"] = id_token;
    }
    *provider.next.lock().expect("unpoisoned") = (answer, left.challenge.clone());
}

async fn who(desk: &Desk, got: &Got) -> Option<String> {
    let shows = begun(got)?;
    Some(super::json(&desk.api(&shows, Method::GET, "/me", "").await)["name"].as_str()?.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_invited_comes_in_and_nobody_else() {
    let (provider, folder) = (Provider::start().await, tempfile::tempdir().expect("a folder"));
    let desk = Desk::of(provider.settings(&folder));
    desk.somebody("Own", Role::Owner);
    let ana = desk.with_mail("Ana", Role::Editor, Some("ana@desk.example"));
    desk.app
        .at_once(|ledger| {
            let invite =
                Invite { name: Some("Ben".to_owned()), mail: Some("ben@desk.example".to_owned()), account: None };
            let secret = Secret::new().expect("randomness");
            ledger.people().invite(("tests", None), &invite, Role::Reader, &secret, (now(), hence(DAY)))
        })
        .expect("invited");
    assert!(desk.get_as(&Shows::Nothing, "/sign-in").await.body.contains("Sign in with 127.0.0.1"));

    let got = signs_in(&desk, &provider, "a-1", Some("Ana@Desk.example")).await;
    assert_eq!((got.status, &got.headers[header::LOCATION]), (StatusCode::SEE_OTHER, &"/matrix".parse().expect("v")));
    assert_eq!(who(&desk, &got).await.as_deref(), Some("Ana"));
    let again = signs_in(&desk, &provider, "a-1", Some("another@desk.example")).await;
    assert_eq!(who(&desk, &again).await.as_deref(), Some("Ana"), "known by what the provider calls her for good");
    let again = signs_in(&desk, &provider, "a-1", None).await;
    assert_eq!(who(&desk, &again).await.as_deref(), Some("Ana"));
    let got = signs_in(&desk, &provider, "b-2", Some("ben@desk.example")).await;
    assert_eq!(who(&desk, &got).await.as_deref(), Some("Ben"), "by the invitation to his address");

    // An address that went to somebody else opens nothing that is bound to another.
    for (subject, mail) in [
        ("c-3", Some("cai@desk.example")),
        ("c-3", None),
        ("c-3", Some("ana@desk.example")),
        ("c-3", Some("ben@desk.example")),
        ("c-3", Some("")),
        ("A-1", Some("x@desk.example")),
    ] {
        let got = signs_in(&desk, &provider, subject, mail).await;
        assert_eq!(
            (got.status, begun(&got).is_none()),
            (StatusCode::FORBIDDEN, true),
            "{subject} {mail:?}: {}",
            got.body
        );
    }
    desk.app.at_once(|ledger| ledger.people().end_account("tests", ana, now())).expect("ended");
    let got = signs_in(&desk, &provider, "a-1", Some("ana@desk.example")).await;
    assert_eq!((got.status, begun(&got).is_none()), (StatusCode::FORBIDDEN, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_do_not_hold_let_nobody_in() {
    let (provider, folder) = (Provider::start().await, tempfile::tempdir().expect("a folder"));
    let desk = Desk::of(provider.settings(&folder));
    desk.with_mail("Ana", Role::Owner, Some("ana@desk.example"));
    let other_key = key();
    type Wrong = Box<dyn Fn(&Provider, &Value) -> Value>;
    let changed = |name: &'static str, value: Value| -> Wrong {
        Box::new(move |provider: &Provider, claims: &Value| {
            let mut claims = claims.clone();
            match &value {
                Value::Null => drop(claims.as_object_mut().expect("an object").remove(name)),
                value => claims[name] = value.clone(),
            }
            token(&provider.key, &claims).into()
        })
    };
    let at = now().as_second();
    let cases: Vec<(&str, Wrong)> = vec![
        ("another nonce", changed("nonce", "another".into())),
        ("no nonce", changed("nonce", Value::Null)),
        ("for another", changed("aud", "somebody-else".into())),
        ("for nobody", changed("aud", json!([]))),
        ("for another, too", changed("aud", json!([CLIENT, "somebody-else"]))),
        ("by another", changed("iss", "https://evil.example".into())),
        ("over", changed("exp", (at - 60).into())),
        ("without an end", changed("exp", Value::Null)),
        ("not verified", changed("email_verified", false.into())),
        ("verified, as text", changed("email_verified", "true".into())),
        ("nothing of verified", changed("email_verified", Value::Null)),
        ("no subject", changed("sub", Value::Null)),
        ("by another key", Box::new(move |_, claims| token(&other_key, claims).into())),
        ("unsigned", Box::new(|_, claims| format!("{}.{}.", coded(&json!({ "alg": "none" })), coded(claims)).into())),
        (
            "signed with what both know",
            Box::new(|_, claims| {
                let said = format!("{}.{}", coded(&json!({ "alg": "HS256" })), coded(claims));
                let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes());
                let signature = ring::hmac::sign(&key, said.as_bytes());
                format!("{said}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref())).into()
            }),
        ),
        (
            "changed afterwards",
            Box::new(|provider, claims| {
                let mut other = claims.clone();
                other["email"] = "nobody@desk.example".into();
                let signed = token(&provider.key, &other);
                let mut parts: Vec<String> = signed.split('.').map(str::to_owned).collect();
                parts[1] = coded(claims);
                parts.join(".").into()
            }),
        ),
        ("nonsense", Box::new(|_, _| "a.b.c".into())),
        ("nothing", Box::new(|_, _| Value::Null)),
    ];
    for (told, wrong) in cases {
        let left = leave(&desk, &provider).await;
        let claims = provider.claims(&left.nonce, "a-1", Some("ana@desk.example"));
        answers(&provider, &left, wrong(&provider, &claims));
        let got = come_back(&desk, &left.cookie, &format!("state={}&code=a%20code", left.state)).await;
        assert_eq!((got.status, begun(&got).is_none()), (StatusCode::FORBIDDEN, true), "{told}: {}", got.body);
        assert!(!got.body.contains(SECRET), "{told}");
    }
    let got = signs_in(&desk, &provider, "a-1", Some("ana@desk.example")).await;
    assert_eq!(
        who(&desk, &got).await.as_deref(),
        Some("Ana"),
        "what holds lets her in, so the rest was refused for what it is"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_browser_that_left_comes_back_and_once() {
    let (provider, folder) = (Provider::start().await, tempfile::tempdir().expect("a folder"));
    let desk = Desk::of(provider.settings(&folder));
    desk.with_mail("Ana", Role::Owner, Some("ana@desk.example"));
    let on_the_way = async || {
        let left = leave(&desk, &provider).await;
        let claims = provider.claims(&left.nonce, "a-1", Some("ana@desk.example"));
        answers(&provider, &left, token(&provider.key, &claims).into());
        left
    };
    for (told, cookie, query) in [
        ("another browser", Some(""), ""),
        ("another browser, on its own way", Some("pourparler-provider=0"), ""),
        ("no state", None, "code=a%20code"),
        ("another state", None, "state=guess&code=a%20code"),
        ("another provider", None, "{state}&code=a%20code&iss=https%3A%2F%2Fevil.example"),
        ("another code", None, "{state}&code=guess"),
        ("refused there", None, "{state}&error=access_denied"),
        ("nothing", None, "error=x"),
    ] {
        let left = on_the_way().await;
        let state = format!("state={}", left.state);
        let query = match query {
            "" => format!("{state}&code=a%20code"),
            query => query.replace("{state}", &state),
        };
        let got = come_back(&desk, cookie.unwrap_or(&left.cookie), &query).await;
        assert_eq!((got.status, begun(&got).is_none()), (StatusCode::FORBIDDEN, true), "{told}: {}", got.body);
    }
    let left = on_the_way().await;
    let query = format!("state={}&code=a%20code&iss={}", left.state, provider.issuer.replace(':', "%3A"));
    assert!(begun(&come_back(&desk, &left.cookie, &query).await).is_some());
    assert_eq!(come_back(&desk, &left.cookie, &query).await.status, StatusCode::FORBIDDEN, "once");
}

/// Whoever holds the link of an invitation can come in by the provider, if the invitation is for them.
#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_that_is_held_goes_along() {
    let (provider, folder) = (Provider::start().await, tempfile::tempdir().expect("a folder"));
    let desk = Desk::of(provider.settings(&folder));
    desk.somebody("Own", Role::Owner);
    let invite = |name: &str, mail: Option<&str>| {
        let secret = Secret::new().expect("randomness");
        let invite = Invite { name: Some(name.to_owned()), mail: mail.map(str::to_owned), account: None };
        let when = (now(), hence(DAY));
        desk.app
            .at_once(|ledger| ledger.people().invite(("tests", None), &invite, Role::Reader, &secret, when))
            .expect("made");
        secret.reveal().to_owned()
    };
    let comes = async |code: &str, subject: &str, mail: Option<&str>| {
        let got = desk.form(&Shows::Nothing, "/invitation/provider", &[("code", code)]).await;
        let url = got.body.split("href=\"").find(|part| part.contains("/authorize")).expect("a link");
        let url = url.split('"').next().expect("its end").replace("&amp;", "&");
        assert!(!url.contains(code), "the code stays here");
        let left = left(&url, &got.headers, &provider);
        let claims = provider.claims(&left.nonce, subject, mail);
        answers(&provider, &left, token(&provider.key, &claims).into());
        come_back(&desk, &left.cookie, &format!("state={}&code=a%20code", left.state)).await
    };
    let open = invite("Cai", None);
    assert_eq!(who(&desk, &comes(&open, "c-3", None).await).await.as_deref(), Some("Cai"));
    assert_eq!(comes(&open, "d-4", None).await.status, StatusCode::FORBIDDEN, "it holds once");
    let named = invite("Dee", Some("dee@desk.example"));
    assert_eq!(comes(&named, "e-5", Some("eve@desk.example")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(comes(&named, "e-5", None).await.status, StatusCode::FORBIDDEN);
    assert_eq!(who(&desk, &comes(&named, "d-4", Some("dee@desk.example")).await).await.as_deref(), Some("Dee"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_out_of_order_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let provider = Provider::start().await;
    let mut settings = provider.settings(&folder);
    // Nobody listens there.
    settings.provider.as_mut().expect("a provider").issuer = "http://127.0.0.1:9".to_owned();
    let desk = Desk::of(settings);
    let got = desk.get_as(&Shows::Nothing, "/sign-in/provider").await;
    assert_eq!(got.status, StatusCode::FORBIDDEN);
    assert!(got.body.contains("failed") && !got.body.contains(SECRET), "{}", got.body);
}

#[test]
fn settings_of_a_provider_are_held_to_rules() {
    let folder = tempfile::tempdir().expect("a folder");
    let secret_file = folder.path().join("secret");
    let settings = |issuer: &str| ProviderSettings {
        issuer: issuer.to_owned(),
        client_id: CLIENT.to_owned(),
        secret_file: secret_file.clone(),
    };
    let made = |issuer: &str| crate::team::provider::Provider::new(&settings(issuer));
    assert!(made("https://id.example").is_err_and(|told| told.contains("secret")), "no file");
    std::fs::write(&secret_file, " \n").expect("written");
    assert!(made("https://id.example").is_err(), "an empty file");
    std::fs::write(&secret_file, "x\n").expect("written");
    assert!(made("https://id.example").is_ok());
    assert!(made("http://id.example").is_err_and(|told| told.contains("https")));
    assert!(made("nonsense").is_err());
    let told = format!("{:?}", made("https://id.example").expect("made"));
    assert!(!told.contains("\"x"), "{told}");
}
