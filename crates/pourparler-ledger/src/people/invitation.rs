//! Invitations: how somebody gets an account, or another password for theirs.

use jiff::Timestamp;
use serde_json::json;

use super::{
    Account, Done, People, PeopleError, Refusal, Role, Secret, account, granted, instant, mailed, named, stored,
};
use crate::store::{Store, values};
use crate::{LedgerError, Problem, log};

/// What somebody is invited to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Invite {
    /// Under which name; who is invited chooses one where it is not said.
    pub name: Option<String>,
    /// Whom a provider must vouch for, where one does.
    pub mail: Option<String>,
    /// To set a password for this account, and not to make one.
    pub account: Option<i64>,
}

/// An invitation that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its number.
    pub id: i64,
    /// What to.
    pub invite: Invite,
    /// What they will be allowed.
    pub role: Role,
    /// Who invites.
    pub by: String,
    /// Since when.
    pub made_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
}

const COLUMNS: &str = "id, name, mail, account, role, made_by_name, made_at, ends_at";
/// Nobody used it or took it back; its day is held against the clock beside this.
const HOLDS: &str = "used_at IS NULL AND withdrawn_at IS NULL AND ends_at > ?";

fn of(row: &crate::store::Row<'_>) -> Result<Invitation, Problem> {
    Ok(Invitation {
        id: row.get(0)?,
        invite: Invite { name: row.get(1)?, mail: row.get(2)?, account: row.get(3)? },
        role: Role::of(&row.get::<String>(4)?)?,
        by: row.get(5)?,
        made_at: instant(&row.get::<String>(6)?)?,
        ends_at: instant(&row.get::<String>(7)?)?,
    })
}

/// The invitation that a secret stands for, where it holds.
pub(super) fn found(db: &dyn Store, secret: &Secret, now: Timestamp) -> Result<Option<Invitation>, Problem> {
    let sql = format!("SELECT {COLUMNS} FROM invitation WHERE hash = ? AND {HOLDS}");
    db.row(&sql, values![secret.hash(), stored(now)], of)
}

/// The invitation to make an account that was made for a mail address, where one holds; the newest of several.
pub(super) fn for_mail(db: &dyn Store, mail: &str, now: Timestamp) -> Result<Option<Invitation>, Problem> {
    let sql = format!(
        "SELECT {COLUMNS} FROM invitation WHERE mail = ? AND account IS NULL AND {HOLDS} ORDER BY id DESC LIMIT 1"
    );
    db.row(&sql, values![mail, stored(now)], of)
}

pub(super) fn used(db: &dyn Store, id: i64, now: Timestamp) -> Result<(), Problem> {
    db.execute("UPDATE invitation SET used_at = ? WHERE id = ?", values![stored(now), id]).map(drop)
}

fn about(id: i64) -> String {
    format!("invitation {id}")
}

/// Makes an invitation; `by` has an account's number where it is somebody of the team.
fn make(
    db: &dyn Store,
    by: (&str, Option<i64>),
    (invite, role): (&Invite, Role),
    secret: &Secret,
    (now, ends): (Timestamp, Timestamp),
) -> Done<Invitation> {
    let name = granted!(invite.name.as_deref().map(named).transpose());
    let mail = granted!(invite.mail.as_deref().map(mailed).transpose());
    if let Some((name, folded)) = &name {
        let sql = "SELECT 1 FROM account WHERE name_key = ?";
        if db.row(sql, values![folded.as_str()], |row| row.get::<i64>(0))?.is_some() {
            return Ok(Err(Refusal::NameTaken(name.clone())));
        }
    }
    if let Some(mail) = &mail {
        let sql = "SELECT 1 FROM account WHERE mail = ?";
        if db.row(sql, values![mail.as_str()], |row| row.get::<i64>(0))?.is_some() {
            return Ok(Err(Refusal::MailTaken(mail.clone())));
        }
    }
    let name = name.map(|(name, _)| name);
    let sql = "INSERT INTO invitation (hash, name, mail, account, role, made_by, made_by_name, made_at, ends_at) \
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id";
    let id: i64 = db
        .row(
            sql,
            values![
                secret.hash(),
                name.as_deref(),
                mail.as_deref(),
                invite.account,
                role.as_str(),
                by.1,
                by.0,
                stored(now),
                stored(ends)
            ],
            |row| row.get(0),
        )?
        .ok_or(Problem::Missing)?;
    let after = json!({ "name": name, "account": invite.account, "role": role, "until": stored(ends) });
    log::record(db, by.0, "invitation made", &about(id), None, Some(&after))?;
    let invite = Invite { name, mail, account: invite.account };
    Ok(Ok(Invitation { id, invite, role, by: by.0.to_owned(), made_at: now, ends_at: ends }))
}

impl People<'_> {
    /// Invites somebody; `by` has an account's number where it is somebody of the team.
    ///
    /// # Errors
    /// Where the name or address is taken or cannot be one, or the ledger fails.
    pub fn invite(
        self,
        by: (&str, Option<i64>),
        invite: &Invite,
        role: Role,
        secret: &Secret,
        when: (Timestamp, Timestamp),
    ) -> Result<Invitation, PeopleError> {
        let invite = Invite { account: None, ..invite.clone() };
        self.change(|db| make(db, by, (&invite, role), secret, when))
    }

    /// Invites the first owner; invitations that were made so before no longer hold.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn invite_first(
        self,
        by: &str,
        secret: &Secret,
        when: (Timestamp, Timestamp),
    ) -> Result<Invitation, PeopleError> {
        self.change(|db| {
            let sql = "UPDATE invitation SET withdrawn_at = ? \
                       WHERE made_by IS NULL AND made_by_name = ? AND used_at IS NULL AND withdrawn_at IS NULL";
            db.execute(sql, values![stored(when.0), by])?;
            make(db, (by, None), (&Invite::default(), Role::Owner), secret, when)
        })
    }

    /// Lets somebody who has an account set a password; links that were made for it before no longer hold.
    ///
    /// # Errors
    /// Where there is no such account, it was ended, or the ledger fails.
    pub fn invite_back(
        self,
        by: (&str, Option<i64>),
        id: i64,
        secret: &Secret,
        when: (Timestamp, Timestamp),
    ) -> Result<Invitation, PeopleError> {
        self.change(|db| {
            let account = granted!(account::one(db, id)?.filter(Account::is_open).ok_or(Refusal::NoAccount));
            let sql =
                "UPDATE invitation SET withdrawn_at = ? WHERE account = ? AND used_at IS NULL AND withdrawn_at IS NULL";
            db.execute(sql, values![stored(when.0), id])?;
            let invite = Invite { account: Some(id), ..Invite::default() };
            make(db, by, (&invite, account.role), secret, when)
        })
    }

    /// The invitations that hold, the newest first.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn invitations(self, now: Timestamp) -> Result<Vec<Invitation>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM invitation WHERE {HOLDS} ORDER BY id DESC");
        self.ask(|db| db.rows(&sql, values![stored(now)], of))
    }

    /// The invitation that a secret stands for, where it holds, and the name of the account that it is for.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn invitation(self, secret: &Secret, now: Timestamp) -> Result<Option<Invitation>, LedgerError> {
        self.ask(|db| found(db, secret, now))
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// Where none of this number holds, or the ledger fails.
    pub fn withdraw_invitation(self, by: &str, id: i64, now: Timestamp) -> Result<(), PeopleError> {
        self.change(|db| {
            let sql = format!("UPDATE invitation SET withdrawn_at = ? WHERE id = ? AND {HOLDS}");
            if db.execute(&sql, values![stored(now), id, stored(now)])? == 0 {
                return Ok(Err(Refusal::NoInvitation));
            }
            log::record(db, by, "invitation withdrawn", &about(id), None, None)?;
            Ok(Ok(()))
        })
    }

    /// Uses an invitation, once: makes the account with its password, or sets the password of the account that it is for, which ends
    /// whatever let somebody into it before.
    ///
    /// # Errors
    /// Where the invitation does not hold, the name is taken or cannot be one, or the ledger fails.
    pub fn accept(
        self,
        secret: &Secret,
        name: Option<&str>,
        phc: &str,
        now: Timestamp,
    ) -> Result<Account, PeopleError> {
        self.change(|db| {
            let invitation = granted!(found(db, secret, now)?.ok_or(Refusal::NoInvitation));
            let account = match invitation.invite.account {
                Some(id) => {
                    let account = account::one(db, id)?.filter(Account::is_open);
                    let account = granted!(account.ok_or(Refusal::NoInvitation));
                    used(db, invitation.id, now)?;
                    db.execute("UPDATE account SET password = ? WHERE id = ?", values![phc, id])?;
                    account::shut_out(db, id, None, now)?;
                    log::record(db, &account.name, "password set", &account::about(id), None, None)?;
                    Account { has_password: true, ..account }
                }
                None => {
                    let name = invitation.invite.name.as_deref().or(name).unwrap_or_default();
                    let new = account::New {
                        name: granted!(named(name)),
                        mail: invitation.invite.mail.clone(),
                        role: invitation.role,
                        password: Some(phc),
                        subject: None,
                    };
                    let account = granted!(account::make(db, &new, now)?);
                    used(db, invitation.id, now)?;
                    account
                }
            };
            Ok(Ok(account))
        })
    }
}
