//! Tokens: what a program shows that works for somebody.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Account, People, PeopleError, Refusal, Role, Secret, account, granted, instant, instants, stored};
use crate::store::{Store, values};
use crate::{LedgerError, Problem, log};

/// When a token was last used is kept to this.
const COARSE: SignedDuration = SignedDuration::from_mins(5);

/// What a program shows that works for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its number.
    pub id: i64,
    /// What it is for.
    pub label: String,
    /// What it may do, and no more than its account may.
    pub scope: Role,
    /// Since when.
    pub made_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// When it was last used, to some minutes.
    pub used_at: Option<Timestamp>,
}

impl Token {
    /// Whether it is long enough since it was last used to keep that it is used again.
    #[must_use]
    pub fn is_used_anew(&self, now: Timestamp) -> bool {
        self.used_at.is_none_or(|used| now.duration_since(used) >= COARSE)
    }
}

const COLUMNS: &str =
    "api_token.id, api_token.label, api_token.scope, api_token.made_at, api_token.ends_at, api_token.used_at";

fn of(row: &crate::store::Row<'_>) -> Result<Token, Problem> {
    Ok(Token {
        id: row.get(0)?,
        label: row.get(1)?,
        scope: Role::of(&row.get::<String>(2)?)?,
        made_at: instant(&row.get::<String>(3)?)?,
        ends_at: instant(&row.get::<String>(4)?)?,
        used_at: instants(row.get(5)?)?,
    })
}

pub(super) fn withdraw_all(db: &dyn Store, account: i64) -> Result<(), Problem> {
    db.execute("DELETE FROM api_token WHERE account = ?", values![account]).map(drop)
}

impl People<'_> {
    /// Makes a token for an account.
    ///
    /// # Errors
    /// Where there is no such account, the label cannot be one, or the ledger fails.
    pub fn make_token(
        self,
        id: i64,
        secret: &Secret,
        label: &str,
        scope: Role,
        (now, ends): (Timestamp, Timestamp),
    ) -> Result<Token, PeopleError> {
        let (label, _) = super::named(label)?;
        self.change(|db| {
            let account = granted!(account::one(db, id)?.filter(Account::is_open).ok_or(Refusal::NoAccount));
            let sql = "INSERT INTO api_token (hash, account, label, scope, made_at, ends_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING id";
                let number: i64 = db.row(sql, values![secret.hash(), id, label.as_str(), scope.as_str(), stored(now), stored(ends)], |row| row.get(0))?.ok_or(Problem::Missing)?;
            let after = json!({ "token": number, "label": label, "scope": scope, "until": stored(ends) });
            log::record(db, &account.name, "token made", &account::about(id), None, Some(&after))?;
            Ok(Ok(Token { id: number, label, scope, made_at: now, ends_at: ends, used_at: None }))
        })
    }

    /// The token that a secret stands for, with its account, where both hold.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn token(self, secret: &Secret, now: Timestamp) -> Result<Option<(Token, Account)>, LedgerError> {
        let sql = format!(
            "SELECT {COLUMNS}, {} FROM api_token JOIN account ON account.id = api_token.account \
             WHERE api_token.hash = ? AND account.ended_at IS NULL",
            account::COLUMNS
        );
        let found = self.ask(|db| db.row(&sql, values![secret.hash()], |row| Ok((of(row)?, account::of(row, 6)?))))?;
        Ok(found.filter(|(token, _)| now < token.ends_at))
    }

    /// Keeps that a token was used.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn use_token(self, token: &Token, now: Timestamp) -> Result<(), LedgerError> {
        self.ask(|db| db.execute("UPDATE api_token SET used_at = ? WHERE id = ?", values![stored(now), token.id]))
            .map(drop)
    }

    /// The tokens of an account, the newest first; those too old to hold are told, too.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn tokens(self, account: i64) -> Result<Vec<Token>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM api_token WHERE account = ? ORDER BY id DESC");
        self.ask(|db| db.rows(&sql, values![account], of))
    }

    /// Withdraws a token of this account.
    ///
    /// # Errors
    /// Where this account has no such token, or the ledger fails.
    pub fn withdraw_token(self, account: i64, id: i64) -> Result<(), PeopleError> {
        self.change(|db| {
            let owner = granted!(account::one(db, account)?.ok_or(Refusal::NoAccount));
            if db.execute("DELETE FROM api_token WHERE id = ? AND account = ?", values![id, account])? == 0 {
                return Ok(Err(Refusal::NoToken));
            }
            let before = json!({ "token": id });
            log::record(db, &owner.name, "token withdrawn", &account::about(account), Some(&before), None)?;
            Ok(Ok(()))
        })
    }
}
