//! Several people at one workspace: accounts, and what each may do. Without `--team` none of it is there, and whoever reaches the
//! workspace is its one user.
//!
//! - `needs` is where every route says who may use it; a route that says nothing is used by nobody.
//! - `door` stands before all routes: it finds out who asks (`caller`), from which address (`origin`), and lets through or refuses.
//! - `password` hashes passwords, `attempts` makes those wait who guess them, `sessions` begins and ends what a browser is let in by.
//! - `provider` has people vouched for by OpenID Connect, `tls` reads certificates.
//! - `sign_in`, `invitation`, `account`, `people` are the pages; `own` and `members` the same for programs.
//!
//! What is stored lies in the ledger, of secrets only hashes. What is only of this run of the program (attempts, sign-ins that wait for
//! the provider) is kept in memory, within bounds.

mod account;
mod attempts;
mod caller;
mod door;
mod given;
mod invitation;
mod links;
pub mod members;
mod needs;
mod origin;
pub mod own;
mod password;
mod people;
mod provider;
mod sessions;
mod sign_in;
mod tls;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use axum::Router;
use jiff::Timestamp;
use pourparler_ledger::{PeopleError, Refusal, Role, Secret};
use tokio::sync::Semaphore;

pub use caller::Caller;
pub use door::door;
pub use needs::{Declared, Need, Needs, PREFIX, in_person, reads, writes};
pub use provider::ProviderSettings;
pub use tls::{TlsFiles, config, renew};

use crate::{App, ServeError, Settings, WebError};
use attempts::Attempts;
use provider::Provider;

/// How a workspace is served to a team.
#[derive(Debug, Clone, Default)]
pub struct TeamSettings {
    /// A proxy stands before the workspace, is reached by https, and says for whom it asks.
    pub behind_proxy: bool,
    /// Who vouches for people besides their passwords.
    pub provider: Option<ProviderSettings>,
}

/// What a workspace that is served to a team keeps of this run.
#[derive(Debug)]
pub struct Team {
    behind_proxy: bool,
    /// Whether browsers reach us by https, here or at the proxy.
    secure: bool,
    attempts: Attempts,
    /// Hashing a password takes 19 MiB and a core; no more are hashed at a time.
    hashing: Semaphore,
    provider: Option<Provider>,
}

impl Team {
    /// For these settings, if they are for a team.
    ///
    /// # Errors
    /// Where they would have passwords go over a network in the clear, or the provider's settings cannot be read.
    pub fn of(settings: &Settings) -> Result<Option<Self>, ServeError> {
        let Some(team) = &settings.team else { return Ok(None) };
        let secure = settings.tls.is_some() || team.behind_proxy;
        if !secure && !settings.listen.ip().is_loopback() {
            return Err(ServeError::InTheClear { address: settings.listen });
        }
        let provider = team.provider.as_ref().map(Provider::new).transpose().map_err(ServeError::Provider)?;
        password::prepare();
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Some(Self {
            behind_proxy: team.behind_proxy,
            secure,
            attempts: Attempts::default(),
            hashing: Semaphore::new(cores),
            provider,
        }))
    }

    /// Whether browsers reach us by https.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.secure
    }
}

impl App {
    /// What is of a team, which there must be where accounts are asked about.
    ///
    /// # Errors
    /// Where the workspace is not served to a team.
    pub(crate) fn needed_team(&self) -> Result<&Team, WebError> {
        self.team().ok_or_else(|| {
            WebError::Missing(
                "This workspace has no accounts: whoever reaches it is its user. `pourparler serve --team` has."
                    .to_owned(),
            )
        })
    }
}

/// Who made the first invitation of a ledger.
pub const MACHINE: &str = "pourparler serve";

/// Where nobody can let others in yet, the path by which the first owner comes in; it holds once and for a day.
///
/// # Errors
/// Where the ledger fails or the system has no randomness.
pub fn first_invitation(app: &App) -> Result<Option<String>, ServeError> {
    if app.team().is_none() {
        return Ok(None);
    }
    app.at_once(|ledger| {
        if ledger.people().has_owner()? {
            return Ok(None);
        }
        let secret = Secret::new().map_err(|_| ServeError::NoRandomness)?;
        let now = Timestamp::now();
        let ends = now.saturating_add(jiff::SignedDuration::from_hours(24)).unwrap_or(now);
        match ledger.people().invite_first(MACHINE, &secret, (now, ends)) {
            Ok(_) => Ok(Some(links::invitation(&secret))),
            Err(PeopleError::Ledger(error)) => Err(error.into()),
            Err(PeopleError::Refused(_)) => Ok(None),
        }
    })
}

/// The pages of a team, and the addresses that their forms are sent to.
pub fn pages() -> Declared<Router<App>> {
    Declared::pages()
        .page("/sign-in", Need::Anyone, sign_in::page)
        .form("/sign-in", Need::Anyone, sign_in::enter)
        .page("/sign-in/provider", Need::Anyone, provider::pages::start)
        .page("/sign-in/provider/back", Need::Anyone, provider::pages::back)
        .form("/sign-out", Need::Person, sign_in::leave)
        .page("/invitation", Need::Anyone, invitation::page)
        .form("/invitation", Need::Anyone, invitation::opened)
        .form("/invitation/accept", Need::Anyone, invitation::accept)
        .form("/invitation/provider", Need::Anyone, provider::pages::invited)
        .page("/account", Need::Person, account::page)
        .page("/people", Need::Role(Role::Owner), people::page)
}

impl From<PeopleError> for WebError {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::Ledger(error) => error.into(),
            PeopleError::Refused(refusal) => {
                let words = sentence(&refusal.to_string());
                match refusal {
                    Refusal::NoAccount | Refusal::NoSession | Refusal::NoToken | Refusal::NoInvitation => {
                        Self::Missing(words)
                    }
                    Refusal::NameTaken(_) | Refusal::MailTaken(_) | Refusal::LastOwner => Self::Conflict(words),
                    Refusal::BadName | Refusal::BadMail(_) => Self::Bad(words),
                    Refusal::NotInvited => Self::Refused(words),
                }
            }
        }
    }
}

/// Words as a sentence of their own.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// A new secret.
///
/// # Errors
/// Where the system has no randomness.
fn secret() -> Result<Secret, WebError> {
    Secret::new().map_err(|_| WebError::Fault("The system gives no random numbers.".to_owned()))
}

/// Reads a file that holds one secret, without what ends its line.
fn secret_file(path: &PathBuf) -> std::io::Result<String> {
    Ok(std::fs::read_to_string(path)?.trim().to_owned())
}
