//! Accounts: who is in the team, and what they may do.

use jiff::Timestamp;
use serde_json::json;

use super::{Done, People, PeopleError, Refusal, Role, granted, instant, instants, key, session, stored, token};
use crate::store::{Store, values};
use crate::{LedgerError, Problem, log};

/// Somebody who is or was in the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: i64,
    /// In whose name decisions are kept.
    pub name: String,
    /// By which a provider's word is taken for theirs.
    pub mail: Option<String>,
    /// What they may do.
    pub role: Role,
    /// Whether they sign in with a password.
    pub has_password: bool,
    /// The provider that vouches for them.
    pub provider: Option<String>,
    /// Since when.
    pub made_at: Timestamp,
    /// Since when they may no longer come in.
    pub ended_at: Option<Timestamp>,
}

impl Account {
    /// Whether they may come in.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.ended_at.is_none()
    }
}

pub(super) const COLUMNS: &str = "account.id, account.name, account.mail, account.role, \
                                  CAST(CASE WHEN account.password IS NULL THEN 0 ELSE 1 END AS BIGINT), \
                                  account.issuer, account.made_at, account.ended_at";

/// An account from a row that has [`COLUMNS`] from `at` on.
pub(super) fn of(row: &crate::store::Row<'_>, at: usize) -> Result<Account, Problem> {
    Ok(Account {
        id: row.get(at)?,
        name: row.get(at + 1)?,
        mail: row.get(at + 2)?,
        role: Role::of(&row.get::<String>(at + 3)?)?,
        has_password: row.get::<i64>(at + 4)? != 0,
        provider: row.get(at + 5)?,
        made_at: instant(&row.get::<String>(at + 6)?)?,
        ended_at: instants(row.get(at + 7)?)?,
    })
}

pub(super) fn one(db: &dyn Store, id: i64) -> Result<Option<Account>, Problem> {
    db.row(&format!("SELECT {COLUMNS} FROM account WHERE id = ?"), values![id], |row| of(row, 0))
}

pub(super) fn about(id: i64) -> String {
    format!("account {id}")
}

/// Whether nobody but this account is an owner who may come in.
fn is_last_owner(db: &dyn Store, account: &Account) -> Result<bool, Problem> {
    if account.role != Role::Owner || !account.is_open() {
        return Ok(false);
    }
    let sql = "SELECT COUNT(*) FROM account WHERE role = 'owner' AND ended_at IS NULL AND id <> ?";
    let others: Option<i64> = db.row(sql, values![account.id], |row| row.get(0))?;
    Ok(others.unwrap_or(0) == 0)
}

/// What is needed of an account that is made.
pub(super) struct New<'a> {
    pub name: (String, String),
    pub mail: Option<String>,
    pub role: Role,
    pub password: Option<&'a str>,
    /// The provider and its name for them.
    pub subject: Option<(&'a str, &'a str)>,
}

/// Makes an account, in the name of whoever it is for.
pub(super) fn make(db: &dyn Store, new: &New<'_>, now: Timestamp) -> Done<Account> {
    let (name, folded) = &new.name;
    let taken = "SELECT 1 FROM account WHERE name_key = ?";
    if db.row(taken, values![folded.as_str()], |row| row.get::<i64>(0))?.is_some() {
        return Ok(Err(Refusal::NameTaken(name.clone())));
    }
    if let Some(mail) = &new.mail {
        let taken = "SELECT 1 FROM account WHERE mail = ?";
        if db.row(taken, values![mail.as_str()], |row| row.get::<i64>(0))?.is_some() {
            return Ok(Err(Refusal::MailTaken(mail.clone())));
        }
    }
    let (issuer, subject) = new.subject.unzip();
    let sql = "INSERT INTO account (name, name_key, mail, role, password, issuer, subject, made_at) \
               VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id";
    let id: i64 = db
        .row(
            sql,
            values![
                name.as_str(),
                folded.as_str(),
                new.mail.as_deref(),
                new.role.as_str(),
                new.password,
                issuer,
                subject,
                stored(now)
            ],
            |row| row.get(0),
        )?
        .ok_or(Problem::Missing)?;
    let after = json!({ "name": name, "role": new.role, "provider": issuer });
    log::record(db, name, "account made", &about(id), None, Some(&after))?;
    one(db, id)?.map_or(Ok(Err(Refusal::NoAccount)), |account| Ok(Ok(account)))
}

/// Ends whatever lets somebody in: sessions, but for the one to be kept, tokens, and links by which to set a password.
pub(super) fn shut_out(db: &dyn Store, account: i64, but: Option<i64>, now: Timestamp) -> Result<(), Problem> {
    session::end_all(db, account, but)?;
    token::withdraw_all(db, account)?;
    let sql = "UPDATE invitation SET withdrawn_at = ? WHERE account = ? AND used_at IS NULL AND withdrawn_at IS NULL";
    db.execute(sql, values![stored(now), account])?;
    Ok(())
}

/// Takes back the invitations of somebody who may no longer invite.
fn take_invitations_back(db: &dyn Store, account: i64, now: Timestamp) -> Result<(), Problem> {
    let sql = "UPDATE invitation SET withdrawn_at = ? WHERE made_by = ? AND used_at IS NULL AND withdrawn_at IS NULL";
    db.execute(sql, values![stored(now), account])?;
    Ok(())
}

impl People<'_> {
    /// All accounts, those that may come in first, by name.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn accounts(self) -> Result<Vec<Account>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM account ORDER BY ended_at IS NOT NULL, name_key");
        self.ask(|db| db.rows(&sql, values![], |row| of(row, 0)))
    }

    /// An account by its number.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn account(self, id: i64) -> Result<Option<Account>, LedgerError> {
        self.ask(|db| one(db, id))
    }

    /// An account by its name, as people write it.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn account_of(self, name: &str) -> Result<Option<Account>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM account WHERE name_key = ?");
        self.ask(|db| db.row(&sql, values![key(name)], |row| of(row, 0)))
    }

    /// Whether somebody can let others in.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn has_owner(self) -> Result<bool, LedgerError> {
        let sql = "SELECT 1 FROM account WHERE role = 'owner' AND ended_at IS NULL LIMIT 1";
        Ok(self.ask(|db| db.row(sql, values![], |row| row.get::<i64>(0)))?.is_some())
    }

    /// The account that a name or mail address stands for, where it may come in, with the PHC string of its password.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn password_of(self, name_or_mail: &str) -> Result<Option<(i64, Option<String>)>, LedgerError> {
        let (column, wanted) = match super::mailed(name_or_mail) {
            Ok(mail) => ("mail", mail),
            Err(_) => ("name_key", key(name_or_mail)),
        };
        let sql = format!("SELECT id, password FROM account WHERE {column} = ? AND ended_at IS NULL");
        self.ask(|db| db.row(&sql, values![wanted], |row| Ok((row.get(0)?, row.get(1)?))))
    }

    /// Keeps another password. All other sessions of the account end, and so do its tokens and links by which to set a password.
    ///
    /// # Errors
    /// Where there is no such account or the ledger fails.
    pub fn set_password(self, id: i64, phc: &str, session: Option<i64>, now: Timestamp) -> Result<(), PeopleError> {
        self.change(|db| {
            let account = granted!(one(db, id)?.filter(Account::is_open).ok_or(Refusal::NoAccount));
            db.execute("UPDATE account SET password = ? WHERE id = ?", values![phc, id])?;
            shut_out(db, id, session, now)?;
            log::record(db, &account.name, "password set", &about(id), None, None)?;
            Ok(Ok(()))
        })
    }

    /// Gives somebody another role.
    ///
    /// # Errors
    /// Where there is no such account, it is the last owner's, or the ledger fails.
    pub fn set_role(self, by: &str, id: i64, role: Role, now: Timestamp) -> Result<Account, PeopleError> {
        self.change(|db| {
            let account = granted!(one(db, id)?.ok_or(Refusal::NoAccount));
            if account.role == role {
                return Ok(Ok(account));
            }
            if is_last_owner(db, &account)? {
                return Ok(Err(Refusal::LastOwner));
            }
            db.execute("UPDATE account SET role = ? WHERE id = ?", values![role.as_str(), id])?;
            if account.role == Role::Owner {
                take_invitations_back(db, id, now)?;
            }
            let (before, after) = (json!({ "role": account.role }), json!({ "role": role }));
            log::record(db, by, "role changed", &about(id), Some(&before), Some(&after))?;
            Ok(Ok(Account { role, ..account }))
        })
    }

    /// Ends an account, with all that lets its owner in and all invitations that they made.
    ///
    /// # Errors
    /// Where there is no such account, it is the last owner's, or the ledger fails.
    pub fn end_account(self, by: &str, id: i64, now: Timestamp) -> Result<Account, PeopleError> {
        self.change(|db| {
            let account = granted!(one(db, id)?.ok_or(Refusal::NoAccount));
            if !account.is_open() {
                return Ok(Ok(account));
            }
            if is_last_owner(db, &account)? {
                return Ok(Err(Refusal::LastOwner));
            }
            db.execute("UPDATE account SET ended_at = ? WHERE id = ?", values![stored(now), id])?;
            shut_out(db, id, None, now)?;
            take_invitations_back(db, id, now)?;
            log::record(db, by, "account ended", &about(id), None, None)?;
            Ok(Ok(Account { ended_at: Some(now), ..account }))
        })
    }

    /// Lets somebody in again whose account was ended.
    ///
    /// # Errors
    /// Where there is no such account or the ledger fails.
    pub fn reopen_account(self, by: &str, id: i64) -> Result<Account, PeopleError> {
        self.change(|db| {
            let account = granted!(one(db, id)?.ok_or(Refusal::NoAccount));
            if account.is_open() {
                return Ok(Ok(account));
            }
            db.execute("UPDATE account SET ended_at = NULL WHERE id = ?", values![id])?;
            log::record(db, by, "account opened again", &about(id), None, None)?;
            Ok(Ok(Account { ended_at: None, ..account }))
        })
    }
}
