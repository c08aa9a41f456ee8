//! A provider of identities vouches for people: OpenID Connect, the code flow with PKCE, a state and a nonce.
//!
//! It vouches only for those who were invited: an account is found by what the provider calls somebody for good, or by their verified
//! mail address, or made by an invitation. Nobody registers themselves.

pub mod pages;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreJwsSigningAlgorithm as Signing, CoreProviderMetadata,
};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, OAuth2TokenResponse as _,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse as _,
};
use pourparler_fetch::{FetchError, Service, http};
use pourparler_ledger::{Identity, Secret};

use super::secret_file;
use crate::WebError;

/// So long somebody may take to sign in at the provider.
const PATIENCE: Duration = Duration::from_secs(10 * 60);
/// So many may be on their way there at a time.
const ON_THEIR_WAY: usize = 1_000;
/// Where the provider sends people back to.
const BACK: &str = "/sign-in/provider/back";

/// Signatures that a provider may make: those whose keys it keeps for itself. A shared secret is none, and neither is no signature.
const SIGNATURES: [Signing; 9] = [
    Signing::RsaSsaPkcs1V15Sha256,
    Signing::RsaSsaPkcs1V15Sha384,
    Signing::RsaSsaPkcs1V15Sha512,
    Signing::RsaSsaPssSha256,
    Signing::RsaSsaPssSha384,
    Signing::RsaSsaPssSha512,
    Signing::EcdsaP256Sha256,
    Signing::EcdsaP384Sha384,
    Signing::EdDsa,
];

/// Which provider vouches for people.
#[derive(Debug, Clone)]
pub struct ProviderSettings {
    /// Its address, as its tokens name it.
    pub issuer: String,
    /// How it knows this workspace.
    pub client_id: String,
    /// A file that holds the secret that it shares with this workspace.
    pub secret_file: PathBuf,
}

/// The provider, and who is on their way there.
pub struct Provider {
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: ClientSecret,
    service: Service,
    waiting: Mutex<HashMap<String, Waiting>>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// Somebody on their way to the provider and back.
struct Waiting {
    since: Instant,
    /// The hash of what their browser keeps, so that nobody else can come back in their place.
    browser: String,
    metadata: CoreProviderMetadata,
    back: RedirectUrl,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
    /// Where they wanted to go.
    to: String,
    /// The invitation that they hold.
    invitation: Option<Secret>,
}

/// Who comes back.
pub struct Returned {
    /// For whom the provider vouches.
    pub identity: Identity,
    /// Where they wanted to go.
    pub to: String,
    /// The invitation that they hold.
    pub invitation: Option<Secret>,
}

/// What is wrong, told to people without the provider's words, which may hold anything; standard error has those.
fn wrong(what: &str, why: &dyn std::fmt::Display) -> WebError {
    eprintln!("pourparler: sign-in by the provider: {what}: {why}");
    WebError::Refused(format!("The sign-in by the provider failed: {what}."))
}

impl Provider {
    /// Reads the secret; the provider is asked nothing yet.
    ///
    /// # Errors
    /// Where the address is none, is not https on another machine, or the secret cannot be read.
    pub fn new(settings: &ProviderSettings) -> Result<Self, String> {
        let ProviderSettings { issuer, client_id, secret_file: file } = settings;
        let issuer = IssuerUrl::new(issuer.clone()).map_err(|_| format!("`{issuer}` is no address of a provider"))?;
        let host = issuer.url().host_str().unwrap_or_default().to_owned();
        let near = matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]");
        if issuer.url().scheme() != "https" && !near {
            return Err(format!("{}: a provider is talked to by https alone", issuer.as_str()));
        }
        let secret = secret_file(file).map_err(|error| format!("{}: {error}", file.display()))?;
        if secret.is_empty() {
            return Err(format!("{}: there is no secret in it", file.display()));
        }
        Ok(Self {
            service: Service::new(&[host]),
            issuer,
            client_id: ClientId::new(client_id.clone()),
            client_secret: ClientSecret::new(secret),
            waiting: Mutex::default(),
        })
    }

    /// What people are told of it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.issuer.url().host_str().unwrap_or_default()
    }

    fn send(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, FetchError> {
        self.service.send(request)
    }

    /// The provider's page to go to. It asks the provider where that is, and so must not run where others wait.
    ///
    /// # Errors
    /// Where the provider does not answer as it should, or too many are on their way.
    pub fn leave(
        &self,
        base: &str,
        browser: &Secret,
        to: &str,
        invitation: Option<Secret>,
    ) -> Result<String, WebError> {
        let send = |request| self.send(request);
        let metadata = CoreProviderMetadata::discover(&self.issuer, &send);
        let metadata = metadata.map_err(|error| wrong("it does not say what it offers", &error))?;
        let back = RedirectUrl::new(format!("{base}{BACK}")).map_err(|error| wrong("no way back", &error))?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let secret = Some(self.client_secret.clone());
        let client = CoreClient::from_provider_metadata(metadata.clone(), self.client_id.clone(), secret)
            .set_redirect_uri(back.clone());
        let (url, state, nonce) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, w| w.since.elapsed() < PATIENCE);
        if waiting.len() >= ON_THEIR_WAY {
            return Err(WebError::TooOften { seconds: 60 });
        }
        let left = Waiting {
            since: Instant::now(),
            browser: browser.hash(),
            metadata,
            back,
            nonce,
            verifier,
            to: to.to_owned(),
            invitation,
        };
        waiting.insert(state.secret().clone(), left);
        Ok(url.into())
    }

    /// Whom the provider vouches for, as this browser comes back from it. Each way there leads back once.
    ///
    /// # Errors
    /// Where this browser was not sent there, it took too long, or anything that the provider says does not hold.
    pub fn come_back(
        &self,
        browser: &Secret,
        state: &str,
        code: String,
        issuer: Option<&str>,
    ) -> Result<Returned, WebError> {
        let found = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(state);
        let holds = |w: &Waiting| w.since.elapsed() < PATIENCE && w.browser == browser.hash();
        let Some(waiting) = found.filter(holds) else {
            return Err(WebError::Refused(
                "This browser is not on its way back from the provider, or was too long; sign in anew.".to_owned(),
            ));
        };
        if let Some(named) = issuer.filter(|named| *named != self.issuer.as_str()) {
            return Err(wrong("another provider answers", &named));
        }
        let Waiting { metadata, back, nonce, verifier, to, invitation, .. } = waiting;
        let secret = Some(self.client_secret.clone());
        let client =
            CoreClient::from_provider_metadata(metadata, self.client_id.clone(), secret).set_redirect_uri(back);
        let send = |request| self.send(request);
        let asked = client.exchange_code(AuthorizationCode::new(code));
        let asked = asked.map_err(|error| wrong("it says nothing of tokens", &error))?;
        let answer = asked.set_pkce_verifier(verifier).request(&send);
        let answer = answer.map_err(|error| wrong("it gives no token", &error))?;
        let token = answer.id_token().ok_or_else(|| wrong("it does not say who it is", &"no id token"))?;
        let rules = client.id_token_verifier().set_allowed_algs(SIGNATURES);
        let claims = token.claims(&rules, &nonce).map_err(|error| wrong("its word does not hold", &error))?;
        if let Some(expected) = claims.access_token_hash() {
            let algorithm = token.signing_alg().map_err(|error| wrong("its word does not hold", &error))?;
            let key = token.signing_key(&rules).map_err(|error| wrong("its word does not hold", &error))?;
            let hash = AccessTokenHash::from_token(answer.access_token(), algorithm, key);
            if hash.map_err(|error| wrong("its word does not hold", &error))? != *expected {
                return Err(wrong("its word does not hold", &"another access token"));
            }
        }
        let verified = claims.email().filter(|_| claims.email_verified() == Some(true));
        let called = claims.name().and_then(|name| name.get(None)).map(|name| name.as_str().to_owned());
        let identity = Identity {
            issuer: self.issuer.as_str().to_owned(),
            subject: claims.subject().as_str().to_owned(),
            verified_mail: verified.map(|mail| mail.as_str().to_owned()),
            name: called,
        };
        Ok(Returned { identity, to, invitation })
    }
}
