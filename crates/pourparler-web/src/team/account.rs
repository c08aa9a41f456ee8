//! One's own account: password, sessions, tokens.

use axum::extract::State;
use jiff::Timestamp;
use maud::{Markup, html};
use pourparler_ledger::{Account, Role, Session, Token};

use super::caller::Caller;
use super::own::LONGEST_TOKEN;
use super::sessions::no_store;
use crate::pages::{Answer, instant};
use crate::shell::{Page, Reader};
use crate::{App, WebError};

/// `GET /account`
pub async fn page(State(app): State<App>, reader: Reader, caller: Caller) -> Answer {
    let (id, own) = (caller.account, caller.session()?);
    let (account, sessions, tokens) = app
        .read(move |ledger| -> Result<_, WebError> {
            let people = ledger.people();
            let account =
                people.account(id)?.ok_or_else(|| WebError::Missing("There is no such account.".to_owned()))?;
            Ok((account, people.sessions(id, Timestamp::now())?, people.tokens(id)?))
        })
        .await?;
    let body = html! {
        div.people {
            h1 { "Your account" }
            (who(&account))
            noscript { p.note { "Changing anything on this page but signing out needs script." } }
            (password(&account))
            (sessions_of(&sessions, own))
            (tokens_of(&tokens, account.role))
            (secret_dialog())
        }
    };
    let mut response = Page::new("Your account").module("team.js").with(&reader, &body);
    no_store(&mut response);
    Ok(response)
}

/// An instant as a day and a time.
pub fn moment(at: Timestamp) -> Markup {
    instant(&at.to_string())
}

/// What was made and is shown once.
pub fn secret_dialog() -> Markup {
    html! {
        dialog #made aria-labelledby="made-title" {
            form method="dialog" {
                h2 #made-title { "Shown once" }
                p data-made-for {}
                label { span.hidden-label { "What was made" } input.secret data-made readonly size="60" spellcheck="false"; }
                p.buttons { button.first type="button" data-copy { "Copy" } button { "Close" } }
            }
        }
    }
}

fn who(account: &Account) -> Markup {
    html! {
        p {
            bdi { (account.name) } ", " strong { (account.role) }
            @if let Some(mail) = &account.mail { ", " (mail) }
            @if let Some(provider) = &account.provider { ", by " (provider) }
        }
        form method="post" action="/sign-out" { button { "Sign out" } }
    }
}

fn password(account: &Account) -> Markup {
    html! {
        section {
            h2 #password-title { "Password" }
            form.filling data-password aria-labelledby="password-title" {
                input.hidden-label name="username" value=(account.name) autocomplete="username" readonly tabindex="-1" aria-hidden="true";
                @if account.has_password {
                    label { span { "The password so far" } input type="password" name="now" required maxlength="1024" autocomplete="current-password"; }
                } @else { p.quiet { "You have none: your provider vouches for you." } }
                label { span { "The new one" } input type="password" name="new" required minlength="12" maxlength="1024" autocomplete="new-password"; }
                p.aside { "Twelve characters or more. Your other sessions and all your tokens end." }
                p.buttons { button.first { "Change the password" } }
            }
        }
    }
}

fn sessions_of(sessions: &[Session], own: i64) -> Markup {
    html! {
        section {
            h2 { "Where you are signed in" }
            div.scroll role="region" aria-label="Sessions" tabindex="0" { table {
                thead { tr { th scope="col" { "Browser" } th scope="col" { "Since" } th scope="col" { "Last used" } th scope="col" { span.hidden-label { "End" } } } }
                tbody { @for session in sessions { tr {
                    td { (session.agent) }
                    td.day { (moment(session.made_at)) }
                    td.day { (moment(session.used_at)) }
                    td { @if session.id == own { span.badge { "this one" } } @else {
                        button type="button" data-end-session=(session.id) { "End" }
                    } }
                } } }
            } }
            @if sessions.len() > 1 { p.buttons { button type="button" data-end-sessions { "End all others" } } }
        }
    }
}

fn tokens_of(tokens: &[Token], role: Role) -> Markup {
    let scopes = [
        (Role::Reader, "read", "read"),
        (Role::Reviewer, "review", "review"),
        (Role::Editor, "edit", "edit"),
        (Role::Owner, "own", "own: all that owners do"),
    ];
    html! {
        section {
            h2 { "Tokens for programs" }
            p.quiet { "A program that shows a token works in your name, with what the token is for." }
            @if !tokens.is_empty() {
                div.scroll role="region" aria-label="Tokens" tabindex="0" { table {
                    thead { tr {
                        th scope="col" { "For" } th scope="col" { "May" } th scope="col" { "Until" } th scope="col" { "Last used" }
                        th scope="col" { span.hidden-label { "Withdraw" } }
                    } }
                    tbody { @for token in tokens { tr {
                        td { (token.label) }
                        td { (scopes.iter().find(|(role, ..)| *role == token.scope).map_or("", |(_, name, _)| name)) }
                        td.day { (moment(token.ends_at)) }
                        td.day { @match &token.used_at { Some(at) => (moment(*at)), None => "never" } }
                        td { button type="button" data-withdraw-token=(token.id) { "Withdraw" } }
                    } } }
                } }
            }
            form.asks data-token aria-label="Make a token" {
                label { span { "What it is for" } input name="label" required maxlength="80"; }
                label { span { "What it may do" } select name="scope" {
                    @for (_, name, told) in scopes.iter().filter(|(needed, ..)| *needed <= role) { option value=(name) { (told) } }
                } }
                label { span { "Days" } input type="number" name="days" required min="1" max=(LONGEST_TOKEN) value="90"; }
                button { "Make a token" }
            }
        }
    }
}
