//! Sessions: somebody signed in at one browser.

use jiff::{SignedDuration, Timestamp};

use super::{Account, People, PeopleError, Refusal, Secret, account, instant, stored};
use crate::store::{Store, values};
use crate::{LedgerError, Problem};

/// A session that is not used for so long ends.
pub const IDLE: SignedDuration = SignedDuration::from_hours(8);
/// No session lasts longer.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);
/// When a session was last used is kept to this.
const COARSE: SignedDuration = SignedDuration::from_mins(5);

/// Somebody signed in at one browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its number.
    pub id: i64,
    /// What the browser calls itself.
    pub agent: String,
    /// Since when.
    pub made_at: Timestamp,
    /// When it was last used, to some minutes.
    pub used_at: Timestamp,
}

impl Session {
    /// Whether it is long enough since it was last used to keep that it is used again.
    #[must_use]
    pub fn is_used_anew(&self, now: Timestamp) -> bool {
        now.duration_since(self.used_at) >= COARSE
    }

    fn holds(&self, now: Timestamp) -> bool {
        now.duration_since(self.used_at) < IDLE && now.duration_since(self.made_at) < LONGEST
    }
}

const COLUMNS: &str = "session.id, session.agent, session.made_at, session.used_at";

fn of(row: &crate::store::Row<'_>) -> Result<Session, Problem> {
    Ok(Session {
        id: row.get(0)?,
        agent: row.get(1)?,
        made_at: instant(&row.get::<String>(2)?)?,
        used_at: instant(&row.get::<String>(3)?)?,
    })
}

/// Ends all sessions of an account but one.
pub(super) fn end_all(db: &dyn Store, account: i64, but: Option<i64>) -> Result<usize, Problem> {
    db.execute("DELETE FROM session WHERE account = ? AND id <> ?", values![account, but.unwrap_or(-1)])
}

pub(super) fn open(db: &dyn Store, account: i64, secret: &Secret, agent: &str, now: Timestamp) -> Result<(), Problem> {
    // Nothing is left of those that ended by themselves.
    let (idle, old) = (now.saturating_sub(IDLE), now.saturating_sub(LONGEST));
    if let (Ok(idle), Ok(old)) = (idle, old) {
        db.execute("DELETE FROM session WHERE used_at <= ? OR made_at <= ?", values![stored(idle), stored(old)])?;
    }
    let agent: String = agent.chars().filter(|c| !c.is_control()).take(200).collect();
    let sql = "INSERT INTO session (hash, account, agent, made_at, used_at) VALUES (?, ?, ?, ?, ?)";
    db.execute(sql, values![secret.hash(), account, agent, stored(now), stored(now)])?;
    Ok(())
}

impl People<'_> {
    /// Signs somebody in: from now on the secret stands for them.
    ///
    /// # Errors
    /// Where there is no such account, it was ended, or the ledger fails.
    pub fn open_session(self, id: i64, secret: &Secret, agent: &str, now: Timestamp) -> Result<(), PeopleError> {
        self.change(|db| match account::one(db, id)?.filter(Account::is_open) {
            Some(_) => open(db, id, secret, agent, now).map(Ok),
            None => Ok(Err(Refusal::NoAccount)),
        })
    }

    /// The session that a secret stands for, with its account, where both hold.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn session(self, secret: &Secret, now: Timestamp) -> Result<Option<(Session, Account)>, LedgerError> {
        let sql = format!(
            "SELECT {COLUMNS}, {} FROM session JOIN account ON account.id = session.account \
             WHERE session.hash = ? AND account.ended_at IS NULL",
            account::COLUMNS
        );
        let found = self.ask(|db| db.row(&sql, values![secret.hash()], |row| Ok((of(row)?, account::of(row, 4)?))))?;
        Ok(found.filter(|(session, _)| session.holds(now)))
    }

    /// Keeps that a session was used.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn use_session(self, session: &Session, now: Timestamp) -> Result<(), LedgerError> {
        let sql = "UPDATE session SET used_at = ? WHERE id = ?";
        self.ask(|db| db.execute(sql, values![stored(now), session.id])).map(drop)
    }

    /// The sessions of an account that hold, the one last used first.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn sessions(self, account: i64, now: Timestamp) -> Result<Vec<Session>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM session WHERE account = ? ORDER BY used_at DESC, id DESC");
        let mut sessions = self.ask(|db| db.rows(&sql, values![account], of))?;
        sessions.retain(|session| session.holds(now));
        Ok(sessions)
    }

    /// Ends a session of this account.
    ///
    /// # Errors
    /// Where this account has no such session, or the ledger fails.
    pub fn end_session(self, account: i64, id: i64) -> Result<(), PeopleError> {
        self.change(|db| {
            let ended = db.execute("DELETE FROM session WHERE id = ? AND account = ?", values![id, account])?;
            Ok(if ended == 0 { Err(Refusal::NoSession) } else { Ok(()) })
        })
    }

    /// Ends the session that a secret stands for, if it stands for one.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn forget_session(self, secret: &Secret) -> Result<(), LedgerError> {
        self.ask(|db| db.execute("DELETE FROM session WHERE hash = ?", values![secret.hash()])).map(drop)
    }

    /// Ends all sessions of this account but one; tells how many.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn end_sessions(self, account: i64, but: Option<i64>) -> Result<usize, LedgerError> {
        self.ask(|db| end_all(db, account, but))
    }
}
