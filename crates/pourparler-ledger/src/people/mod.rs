//! The people of a team: their accounts in this ledger, and what lets them in.
//!
//! An account has one [`Role`], so a role is held for one ledger. Accounts are ended and let in again, never deleted, since decisions
//! bear their names. Who keeps the last account of an owner cannot lose it.
//!
//! Of secrets only hashes are stored: SHA-256 of those that the program draws ([`Secret`], 256 bits, so that nothing slower is needed),
//! and the PHC strings that callers make of passwords. Changes are told to the log, without either, and without mail addresses, since
//! what the log holds stays.
//!
//! [`People`] knows no passwords, cookies or addresses; the workspace does.

mod account;
mod invitation;
mod provider;
mod secret;
mod session;
mod token;

use jiff::Timestamp;
use pourparler_text::names::key;
use serde::{Deserialize, Serialize};

pub use account::Account;
pub use invitation::{Invitation, Invite};
pub use provider::Identity;
pub use secret::Secret;
pub use session::{IDLE, LONGEST, Session};
pub use token::Token;

use crate::store::Store;
use crate::{Ledger, LedgerError, Problem};

/// What somebody may do in a ledger; each may do what those before may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Sees everything that is on record.
    Reader,
    /// Decides about statements.
    Reviewer,
    /// Adds articles and feeds, decides about actors, writes the dossier.
    Editor,
    /// Decides who is in the team and what is deleted.
    Owner,
}

impl Role {
    /// All of them, the least first.
    pub const ALL: [Self; 4] = [Self::Reader, Self::Reviewer, Self::Editor, Self::Owner];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Reviewer => "reviewer",
            Self::Editor => "editor",
            Self::Owner => "owner",
        }
    }

    fn of(name: &str) -> Result<Self, Problem> {
        name.parse().map_err(|_| Problem::Unreadable(format!("role: {name}")))
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Role {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == name)
            .ok_or_else(|| format!("`{name}` is no role; there are reader, reviewer, editor and owner"))
    }
}

/// Why something about people was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such account, or it is none of the one who asks.
    #[error("there is no such account")]
    NoAccount,
    /// There is no such session of this account.
    #[error("there is no such session; it may have ended")]
    NoSession,
    /// There is no such token of this account.
    #[error("there is no such token; it may have been withdrawn")]
    NoToken,
    /// The invitation was used, withdrawn, is too old, or never was.
    #[error("this invitation does not hold: it was used, withdrawn or is too old; ask an owner for another")]
    NoInvitation,
    /// Names tell people apart.
    #[error("`{0}` is the name of another account, or reads like it; choose another")]
    NameTaken(String),
    /// What cannot be a name.
    #[error("a name has 1 to 80 characters, a letter or digit among them, and no line breaks")]
    BadName,
    /// Addresses tell people apart.
    #[error("another account has the address {0}")]
    MailTaken(String),
    /// What cannot be an address.
    #[error("`{0}` is no mail address")]
    BadMail(String),
    /// Somebody must stay who can let others in.
    #[error("this is the only owner; make somebody else an owner first")]
    LastOwner,
    /// The provider vouches for somebody who was not invited.
    #[error("nobody of this name was invited; ask an owner for an invitation to the address that your provider knows")]
    NotInvited,
}

/// A failure of the ledger, or a refusal.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// It was not done.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// What a change gives: inside, whether it was done; outside, whether the ledger works.
type Done<T> = Result<Result<T, Refusal>, Problem>;

/// The people of a ledger.
#[derive(Debug, Clone, Copy)]
pub struct People<'a>(&'a Ledger);

impl Ledger {
    /// The accounts of this ledger, and what lets people in.
    #[must_use]
    pub fn people(&self) -> People<'_> {
        People(self)
    }
}

impl People<'_> {
    /// Does something in one transaction. What refuses does so before it writes.
    fn change<T>(self, change: impl FnOnce(&dyn Store) -> Done<T>) -> Result<T, PeopleError> {
        let done = self.0.told(self.0.db.as_ref().write(change))?;
        Ok(done?)
    }

    fn ask<T>(self, question: impl FnOnce(&dyn Store) -> Result<T, Problem>) -> Result<T, LedgerError> {
        self.0.told(question(self.0.db.as_ref()))
    }
}

/// Leaves a function of type [`Done`] with its refusal.
macro_rules! granted {
    ($asked:expr) => {
        match $asked {
            Ok(granted) => granted,
            Err(refusal) => return Ok(Err(refusal)),
        }
    };
}
use granted;

/// An instant as it is stored: to the second, so that the order of the texts is that of the instants.
fn stored(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}

fn instant(text: &str) -> Result<Timestamp, Problem> {
    text.parse().map_err(|e| Problem::Unreadable(format!("instant `{text}`: {e}")))
}

fn instants(text: Option<String>) -> Result<Option<Timestamp>, Problem> {
    text.as_deref().map(instant).transpose()
}

/// A name as it is kept, and the form of it by which names are told apart.
fn named(name: &str) -> Result<(String, String), Refusal> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let folded = key(&name);
    let long = name.chars().count();
    let fits = (1..=80).contains(&long) && !name.chars().any(char::is_control) && !folded.is_empty();
    if fits { Ok((name, folded)) } else { Err(Refusal::BadName) }
}

/// A mail address as it is kept. Only what cannot be one is refused; whether it is somebody's, a provider says.
fn mailed(mail: &str) -> Result<String, Refusal> {
    let mail = mail.trim().to_lowercase();
    let parts = mail.split_once('@').filter(|(who, host)| !who.is_empty() && !host.is_empty() && !host.contains('@'));
    let fits = mail.len() <= 254 && !mail.chars().any(|c| c.is_whitespace() || c.is_control());
    if fits && parts.is_some() { Ok(mail) } else { Err(Refusal::BadMail(mail)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_held_to_rules() {
        for (given, name, key) in
            [("Ana", "Ana", "ana"), ("  Ana   Ó  ", "Ana Ó", "ana o"), ("李 雷", "李 雷", "李 雷")]
        {
            assert_eq!(named(given), Ok((name.to_owned(), key.to_owned())));
        }
        for bad in ["", "   ", "…", "-", "a\u{7}b", &"a".repeat(81)] {
            assert_eq!(named(bad), Err(Refusal::BadName), "{bad:?}");
        }
        assert_eq!(mailed(" Ana@Desk.Example ").as_deref(), Ok("ana@desk.example"));
        for bad in ["", "@", "a@", "@b", "a b@c", "a@b@c", "ana"] {
            assert!(mailed(bad).is_err(), "{bad:?}");
        }
    }
}
