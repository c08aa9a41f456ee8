//! `pourparler people`: who is in a team, without a browser.

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use pourparler_ledger::{Account, Invite, Ledger, Secret};

use super::{Outcome, Usage};
use crate::args::{People, PeopleCommand};

/// A link by which to set a password holds so long.
const LINK_DAYS: i64 = 2;

pub fn run(args: &People) -> anyhow::Result<Outcome> {
    let ledger = Ledger::open_existing(&args.ledger.ledger)?;
    let (people, now) = (ledger.people(), Timestamp::now());
    let by = args.by.as_str();
    match &args.command {
        PeopleCommand::List => return list(&ledger, now),
        PeopleCommand::Invite { name, role, mail, days, address } => {
            let secret = Secret::new().context("the system gives no random numbers")?;
            let invite = Invite { name: name.clone(), mail: mail.clone(), account: None };
            let when = (now, now.checked_add(SignedDuration::from_hours(24 * days))?);
            let made = people.invite((by, None), &invite, *role, &secret, when)?;
            link(&secret, address, made.ends_at);
        }
        PeopleCommand::Password { name, address } => {
            let account = account(&ledger, name)?;
            let secret = Secret::new().context("the system gives no random numbers")?;
            let when = (now, now.checked_add(SignedDuration::from_hours(24 * LINK_DAYS))?);
            let made = people.invite_back((by, None), account.id, &secret, when)?;
            link(&secret, address, made.ends_at);
        }
        PeopleCommand::Role { name, role } => {
            let account = people.set_role(by, account(&ledger, name)?.id, *role, now)?;
            println!("{} is {} now", account.name, account.role);
        }
        PeopleCommand::Deactivate { name } => {
            let account = people.end_account(by, account(&ledger, name)?.id, now)?;
            println!("{} may no longer come in", account.name);
        }
        PeopleCommand::Activate { name } => {
            let account = people.reopen_account(by, account(&ledger, name)?.id)?;
            println!("{} may come in again, as {}", account.name, account.role);
        }
    }
    Ok(Outcome::Done)
}

fn account(ledger: &Ledger, name: &str) -> anyhow::Result<Account> {
    let found = ledger.people().account_of(name)?;
    found.ok_or_else(|| Usage(format!("nobody here is called `{name}`; `pourparler people list` lists them")).into())
}

fn link(secret: &Secret, address: &str, until: Timestamp) {
    println!("{}/invitation#{}", address.trim_end_matches('/'), secret.reveal());
    eprintln!("pourparler: it holds once, until {until}, and is not shown again");
}

fn list(ledger: &Ledger, now: Timestamp) -> anyhow::Result<Outcome> {
    let (accounts, invitations) = (ledger.people().accounts()?, ledger.people().invitations(now)?);
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_header(["NAME", "ROLE", "MAIL", "STATE"]);
    for account in &accounts {
        let state = if account.is_open() { "active" } else { "ended" };
        table.add_row([account.name.as_str(), account.role.as_str(), account.mail.as_deref().unwrap_or(""), state]);
    }
    for invitation in &invitations {
        let invite = &invitation.invite;
        let asked = invite.account.and_then(|id| accounts.iter().find(|account| account.id == id));
        let name = asked.map(|account| account.name.as_str()).or(invite.name.as_deref()).unwrap_or("(chooses a name)");
        let what = if asked.is_some() { "password link" } else { "invited" };
        let state = format!("{what} until {}", invitation.ends_at);
        table.add_row([name, invitation.role.as_str(), invite.mail.as_deref().unwrap_or(""), &state]);
    }
    if accounts.is_empty() && invitations.is_empty() {
        return Ok(Outcome::NothingFound);
    }
    println!("{table}");
    Ok(Outcome::Done)
}
