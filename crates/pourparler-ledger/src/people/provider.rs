//! Whom a provider of identities vouches for.

use jiff::Timestamp;
use serde_json::json;

use super::{Account, People, PeopleError, Refusal, Secret, account, granted, invitation, mailed, named};
use crate::log;
use crate::store::values;

/// Whom a provider vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider.
    pub issuer: String,
    /// What it calls them, for good.
    pub subject: String,
    /// Their mail address, where the provider has verified it. One that it has not must not stand here.
    pub verified_mail: Option<String>,
    /// What they are called, for an account whose invitation says nothing of a name.
    pub name: Option<String>,
}

impl People<'_> {
    /// The account of somebody for whom a provider vouches: the one that is bound to them; or one with their verified address, which
    /// is bound to them from then on; or one that is made by an invitation, which they hold or which names their verified address.
    ///
    /// # Errors
    /// Where nobody of this identity has an account or an invitation, the account was ended, or the ledger fails.
    pub fn vouched(self, identity: &Identity, held: Option<&Secret>, now: Timestamp) -> Result<Account, PeopleError> {
        let Identity { issuer, subject, .. } = identity;
        let mail = identity.verified_mail.as_deref().and_then(|mail| mailed(mail).ok());
        self.change(|db| {
            let columns = account::COLUMNS;
            let sql = format!("SELECT {columns} FROM account WHERE issuer = ? AND subject = ?");
            let bound = db.row(&sql, values![issuer.as_str(), subject.as_str()], |row| account::of(row, 0))?;
            if let Some(account) = bound {
                return Ok(Some(account).filter(Account::is_open).ok_or(Refusal::NotInvited));
            }
            if let Some(mail) = &mail {
                let sql = format!("SELECT {columns} FROM account WHERE mail = ? AND subject IS NULL");
                let known = db.row(&sql, values![mail.as_str()], |row| account::of(row, 0))?;
                if let Some(account) = known {
                    let account = granted!(Some(account).filter(Account::is_open).ok_or(Refusal::NotInvited));
                    let sql = "UPDATE account SET issuer = ?, subject = ? WHERE id = ?";
                    db.execute(sql, values![issuer.as_str(), subject.as_str(), account.id])?;
                    let after = json!({ "provider": issuer });
                    log::record(db, &account.name, "provider bound", &account::about(account.id), None, Some(&after))?;
                    return Ok(Ok(Account { provider: Some(issuer.clone()), ..account }));
                }
            }
            let invited = match (held, &mail) {
                (Some(secret), _) => invitation::found(db, secret, now)?,
                (None, Some(mail)) => invitation::for_mail(db, mail, now)?,
                (None, None) => None,
            };
            // An invitation that names an address is for whoever has it, and one to set a password is for nobody else.
            let fits = |invited: &invitation::Invitation| {
                let wanted = invited.invite.mail.as_deref();
                invited.invite.account.is_none() && wanted.is_none_or(|wanted| mail.as_deref() == Some(wanted))
            };
            let invited = granted!(invited.filter(fits).ok_or(Refusal::NotInvited));
            let name = invited.invite.name.as_deref().or(identity.name.as_deref()).or(mail.as_deref());
            let new = account::New {
                name: granted!(named(name.unwrap_or_default())),
                mail,
                role: invited.role,
                password: None,
                subject: Some((issuer.as_str(), subject.as_str())),
            };
            let account = granted!(account::make(db, &new, now)?);
            invitation::used(db, invited.id, now)?;
            Ok(Ok(account))
        })
    }
}
