//! What people say about a statement, beside it. Comments are text: nothing in them is markup.

use maud::{Markup, html};
use pourparler_ledger::Comment;

use super::card::{clipped, instant};
use crate::widgets::words;

/// So many comments on a statement are shown, the latest ones.
const SHOWN: usize = 20;

/// The comments on one statement; its card has the way to add one.
pub fn talk(article: &str, id: &str, comments: &[Comment], reader: &str) -> Markup {
    let own: Vec<&Comment> = comments.iter().filter(|c| c.statement.as_deref() == Some(id)).collect();
    let earlier = own.len().saturating_sub(SHOWN);
    let shown = &own[earlier..];
    let is_shown = |number: i64| shown.iter().any(|c| c.number == number);
    let first = shown.iter().filter(|c| c.answers.is_none_or(|answered| !is_shown(answered)));
    html! {
        div.talk data-talk={ (article) "/" (id) } {
            @if earlier > 0 { p.quiet { (earlier) " earlier" } }
            @if !shown.is_empty() { ol { @for comment in first { (with_answers(comment, shown, reader)) } } }
        }
    }
}

/// The comments on statements that are not there any longer.
pub fn left(comments: &[Comment], reader: &str) -> Markup {
    let left: Vec<&Comment> = comments.iter().filter(|c| c.statement.is_none()).collect();
    html! {
        @if !left.is_empty() { section.talk data-live="left" data-talk="" {
            h2 { "Comments on what is no statement here any longer" }
            ol { @for comment in left.iter().rev().take(SHOWN) {
                li { p.quiet { "On “" (clipped(&comment.about)) "”" } ol { (one(comment, reader, &html! {})) } }
            } }
            @if left.len() > SHOWN { p.quiet { "and " (left.len() - SHOWN) " earlier" } }
        } }
    }
}

/// A comment with those that answer it, those that answer these, and so on. Whatever was answered came earlier, so this ends.
fn with_answers(comment: &Comment, all: &[&Comment], reader: &str) -> Markup {
    let answers: Vec<&&Comment> = all.iter().filter(|c| c.answers == Some(comment.number)).collect();
    let answers =
        html! { @if !answers.is_empty() { ol { @for answer in answers { (with_answers(answer, all, reader)) } } } };
    one(comment, reader, &answers)
}

fn one(comment: &Comment, reader: &str, answers: &Markup) -> Markup {
    html! {
        li {
            p.by { span.human { (clipped(&comment.author)) } " " (instant(&comment.made_at)) }
            @match &comment.words {
                Some(said) => {
                    @for line in said.lines().filter(|line| !line.trim().is_empty()) { p.comment dir="auto" { (words(line)) } }
                    p.scripted {
                        button.plain type="button" data-answer=(comment.number) { "Answer" }
                        @if comment.author == reader { " " button.plain type="button" data-withdraw=(comment.number) { "Withdraw" } }
                    }
                }
                None => p.quiet { em { "withdrawn" } },
            }
            (answers)
        }
    }
}

/// The dialog in which a comment is written.
pub fn comment_dialog() -> Markup {
    html! {
        dialog.comment #comment aria-labelledby="comment-title" {
            form method="dialog" data-comments {
                h2 #comment-title { "Comment" }
                p.note data-fault role="alert" hidden {}
                label { span.quiet { "Plain text, 4,000 characters at most" } textarea name="text" rows="6" maxlength="4000" required {} }
                p.buttons { button.first { "Save" } button type="button" data-close { "Cancel" } }
            }
        }
    }
}
