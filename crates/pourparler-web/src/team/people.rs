//! Who is in the team: for its owners.

use axum::extract::State;
use jiff::Timestamp;
use maud::{Markup, html};
use pourparler_ledger::{Account, Invitation, Role};

use super::account::{moment, secret_dialog};
use super::caller::Caller;
use super::members::LONGEST_INVITATION;
use super::sessions::no_store;
use crate::pages::Answer;
use crate::shell::{Page, Reader};
use crate::{App, WebError};

/// `GET /people`
pub async fn page(State(app): State<App>, reader: Reader, caller: Caller) -> Answer {
    let (accounts, invitations) = app
        .read(|ledger| -> Result<_, WebError> {
            Ok((ledger.people().accounts()?, ledger.people().invitations(Timestamp::now())?))
        })
        .await?;
    let body = html! {
        div.people {
            h1 { "People" }
            noscript { p.note { "Changing anything on this page needs script; " code { "pourparler people" } " on the command line needs none." } }
            (members(&accounts, caller.account))
            (invite())
            (invited(&invitations, &accounts))
            (secret_dialog())
        }
    };
    let mut response = Page::new("People").module("team.js").with(&reader, &body);
    no_store(&mut response);
    Ok(response)
}

fn roles(chosen: Role) -> Markup {
    html! { @for role in Role::ALL { option value=(role) selected[role == chosen] { (role) } } }
}

fn members(accounts: &[Account], own: i64) -> Markup {
    html! {
        div.scroll role="region" aria-label="Accounts" tabindex="0" { table {
            thead { tr {
                th scope="col" { "Name" } th scope="col" { "Role" } th scope="col" { "Mail" } th scope="col" { "Comes in by" } th scope="col" { "Since" }
                th scope="col" { span.hidden-label { "Change" } }
            } }
            tbody { @for account in accounts { tr data-account=(account.id) data-name=(account.name) {
                th scope="row" { bdi { (account.name) } @if account.id == own { " " span.badge { "you" } } }
                td {
                    @if account.is_open() {
                        select data-role aria-label=(format!("Role of {}", account.name)) { (roles(account.role)) }
                    } @else { (account.role) }
                }
                td { @match &account.mail { Some(mail) => (mail), None => "" } }
                td { (ways_in(account)) }
                td.day { (moment(account.made_at)) }
                td { div.row-buttons {
                    @if account.is_open() {
                        button type="button" data-password-link { "Password link" }
                        button type="button" data-active="false" { "End the account" }
                    } @else { button type="button" data-active="true" { "Let in again" } }
                } }
            } } }
        } }
    }
}

fn ways_in(account: &Account) -> Markup {
    html! {
        @if !account.is_open() { span.quiet { "ended" } } @else {
            @match (account.has_password, account.provider.is_some()) {
                (true, true) => "password, provider",
                (true, false) => "password",
                (false, _) => "provider",
            }
        }
    }
}

fn invite() -> Markup {
    html! {
        section {
            h2 #invite-title { "Invite somebody" }
            p.quiet { "You get a link to hand on. Whoever has it can use it, once." }
            form.asks data-invite aria-labelledby="invite-title" {
                label { span { "Name" } input name="name" maxlength="80" placeholder="they choose one"; }
                label { span { "Mail address, for sign-in by a provider" } input type="email" name="mail" maxlength="254"; }
                label { span { "Role" } select name="role" { (roles(Role::Reviewer)) } }
                label { span { "Days" } input type="number" name="days" required min="1" max=(LONGEST_INVITATION) value="7"; }
                button.first { "Make the link" }
            }
        }
    }
}

fn invited(invitations: &[Invitation], accounts: &[Account]) -> Markup {
    let called = |invitation: &Invitation| match (invitation.invite.account, &invitation.invite.name) {
        (Some(id), _) => {
            let name = accounts.iter().find(|account| account.id == id).map_or("", |account| account.name.as_str());
            format!("{name}: another password")
        }
        (None, Some(name)) => name.clone(),
        (None, None) => "whoever has the link".to_owned(),
    };
    html! {
        @if !invitations.is_empty() { section {
            h2 { "Invitations that hold" }
            div.scroll role="region" aria-label="Invitations" tabindex="0" { table {
                thead { tr {
                    th scope="col" { "For" } th scope="col" { "Role" } th scope="col" { "Mail" } th scope="col" { "By" } th scope="col" { "Until" }
                    th scope="col" { span.hidden-label { "Take back" } }
                } }
                tbody { @for invitation in invitations { tr {
                    td { bdi { (called(invitation)) } }
                    td { (invitation.role) }
                    td { @match &invitation.invite.mail { Some(mail) => (mail), None => "" } }
                    td { bdi { (invitation.by) } }
                    td.day { (moment(invitation.ends_at)) }
                    td { button type="button" data-withdraw-invitation=(invitation.id) { "Take back" } }
                } } }
            } }
        } }
    }
}
