//! The dossier: sides, people and issues in forms or as text, what is wrong with it, and what it would change.

use axum::extract::State;
use maud::{Markup, html};
use pourparler_dossier::{Dossier, Issue, Person, Side};

use super::Answer;
use crate::App;
use crate::api::dossier::{ProblemOut, checked};
use crate::shell::{Page, Reader};
use crate::widgets::words;

/// So many of a kind are listed by the server; the page's module lists all.
const LISTED: usize = 200;

/// `GET /dossier`
pub async fn page(State(app): State<App>, reader: Reader) -> Answer {
    let talks = app.talks();
    let text = match app.dossier_file() {
        Some(file) if file.exists() => std::fs::read_to_string(file).unwrap_or_default(),
        Some(_) => String::new(),
        None => talks.own.clone(),
    };
    let checked = checked(&app, text).await?;
    let own = checked.dossier.unwrap_or_default();
    let file = app.dossier_file().map(|file| file.display().to_string());
    let body = html! {
        div.dossier data-writable[file.is_some()] {
            h1 { "Dossier" }
            p.quiet {
                "What the talks are about: who sits at the table, who speaks for whom, and what is negotiated. "
                @match &file {
                    Some(file) => { "Kept in " code { (file) } "." },
                    None => {
                        "This workspace was started without a dossier file, so nothing can be kept. Start it with "
                        code { "pourparler serve --dossier talks.toml" } "; the file need not exist yet."
                    },
                }
            }
            @if let Some(fault) = &talks.fault {
                p.note role="alert" { "The file as it is now cannot be used, so what it said before holds: " (words(fault)) }
            }
            div.bar {
                button.first type="button" data-save disabled { "Save" }
                button type="button" data-tab="forms" aria-pressed="true" { "Forms" }
                button type="button" data-tab="text" aria-pressed="false" { "Text" }
                span.quiet role="status" data-status { }
            }
            div #forms {
                label.name { span { "What the talks are called" } input data-name value=(own.name) maxlength="200"; }
                (list("side", "Sides", "Add a side", own.sides.iter().take(LISTED).map(side)))
                (list("person", "People", "Add a person", own.people.iter().take(LISTED).map(person)))
                (list("issue", "Issues", "Add an issue", own.issues.iter().take(LISTED).map(issue)))
                (suggestions())
                (built_in())
            }
            div #text hidden {
                p.quiet { "The same as TOML. Comments and order stay when forms change it." }
                div.editor {
                    pre.gutter aria-hidden="true" data-gutter {}
                    textarea data-text spellcheck="false" autocomplete="off" wrap="off" rows="28" aria-label="The dossier as TOML" {
                        // The first line break of a text area is not part of it.
                        "\n" (checked.text)
                    }
                }
            }
            section {
                h2 { "Problems" }
                div data-problems { (problems(&checked.problems)) }
            }
            section {
                h2 { "What would change" }
                div data-preview { p.quiet { "Nothing: the dossier is as it is kept." } }
                p.aside {
                    "By the words of the dossier, over statements on which no person decided. Stored statements change when all articles are "
                    a href="/add" { "read again" } "."
                }
            }
            (dialogs(&own))
        }
    };
    Ok(Page::new("Dossier").module("dossier.js").with(&reader, &body))
}

fn list(kind: &str, title: &str, add: &str, items: impl Iterator<Item = Markup>) -> Markup {
    html! {
        section {
            h2 { (title) }
            ul.items data-list=(kind) { @for item in items { li { (item) } } }
            button type="button" data-add=(kind) { (add) }
        }
    }
}

fn named(name: &str, more: &str) -> Markup {
    html! { strong { (words(name)) } @if !more.is_empty() { " " span.quiet { (words(more)) } } }
}

fn side(side: &Side) -> Markup {
    named(&side.name, &side.aliases.join(", "))
}

fn person(person: &Person) -> Markup {
    let offices = person.offices.iter().map(|o| o.title.as_str());
    named(&person.name, &person.party.as_deref().into_iter().chain(offices).collect::<Vec<_>>().join(", "))
}

fn issue(issue: &Issue) -> Markup {
    named(&issue.id, &issue.label)
}

fn problems(problems: &[ProblemOut]) -> Markup {
    html! {
        @if problems.is_empty() { p.quiet { "None." } } @else {
            ul { @for problem in problems {
                li {
                    @if let Some(line) = problem.line { "line " (line) ": " }
                    @if let Some(subject) = &problem.subject { (words(subject)) ": " }
                    (words(&problem.message))
                }
            } }
        }
    }
}

fn suggestions() -> Markup {
    html! {
        section {
            h2 { "Suggestions" }
            p.quiet { "Parties, people and recurring matters of which the record speaks and that the dossier does not know." }
            button type="button" data-suggest { "Look for them" }
            ul.items data-suggestions {}
        }
    }
}

fn built_in() -> Markup {
    let general = Dossier::general();
    html! {
        details.built-in {
            summary { "Built-in issues (" (general.issues.len()) ")" }
            p.quiet { "They are always there. To extend one puts an issue of the same id into your file, whose words are added to it." }
            ul.items { @for issue in &general.issues {
                li {
                    strong { (issue.id) } " " span.quiet { (issue.label) } " " span.badge { "built in" } " "
                    button type="button" data-extend=(issue.id) aria-label={ "Extend " (issue.id) } { "Extend" }
                }
            } }
        }
    }
}

/// The forms, which the page's module fills.
fn dialogs(own: &Dossier) -> Markup {
    let text = |name: &str, label: &str, required: bool| {
        html! { label { span { (label) } input name=(name) required[required] maxlength="300"; } }
    };
    let lines = |name: &str, label: &str, rows: usize| {
        html! { label { span { (label) } textarea name=(name) rows=(rows) {} } }
    };
    html! {
        (dialog("side", "Side", &html! {
            (text("name", "Short common name", true))
            (lines("aliases", "Other names, one a line", 3))
            div.row { (text("capital", "Capital", false)) (text("wikidata", "Wikidata item", false)) }
            (lines("demonyms", "Words for its people and what is theirs, one a line", 2))
            (lines("seats", "Seats of government, one a line", 2))
            label { span { "Kind" } select name="kind" {
                option value="country" { "country" } option value="organisation" { "organisation" } option value="group" { "group" }
            } }
        }))
        (dialog("person", "Person", &html! {
            (text("name", "Full name", true))
            (lines("aliases", "Other spellings, one a line", 2))
            div.row {
                label { span { "Speaks for" } input name="party" list="sides" maxlength="300"; }
                (text("wikidata", "Wikidata item", false))
            }
            datalist #sides { @for side in own.sides.iter().take(LISTED) { option value=(side.name) {} } }
            fieldset data-rows="office" {
                legend { "Offices" }
                template {
                    div.row.office {
                        (text("title", "Title", false))
                        label { span { "From" } input type="date" name="from"; }
                        label { span { "To" } input type="date" name="to"; }
                        button type="button" data-remove-row aria-label="Remove the office" { "Remove" }
                    }
                }
                button type="button" data-add-row { "Add an office" }
            }
        }))
        (dialog("issue", "Issue", &html! {
            div.row { (text("id", "Id", true)) (text("group", "Group", false)) }
            (text("label", "What it is, in a few words", false))
            p.aside { "Words match in any case; " code { "*" } " ends a word in any way, " code { "a | b" } " is either, " code { "a + b" } " is both." }
            (lines("words", "Words that show it, one a line", 5))
            (lines("weak", "Weak words: only where nothing else is shown", 2))
            (lines("not", "Phrases that do not mean it", 2))
            (lines("examples", "Examples: sentences that somebody might say", 2))
            fieldset data-rows="option" {
                legend { "Options: outcomes on the table" }
                template {
                    div.row.option {
                        (text("id", "Id", false))
                        (text("label", "What it is", false))
                        (lines("words", "Words, one a line", 2))
                        button type="button" data-remove-row aria-label="Remove the option" { "Remove" }
                    }
                }
                button type="button" data-add-row { "Add an option" }
            }
        }))
    }
}

fn dialog(kind: &str, title: &str, fields: &Markup) -> Markup {
    html! {
        dialog id={ "edit-" (kind) } aria-labelledby={ "edit-" (kind) "-title" } {
            form.filling method="dialog" data-edit=(kind) {
                h2 id={ "edit-" (kind) "-title" } { (title) }
                (fields)
                p.buttons {
                    button.first value="keep" { "Take over" }
                    button value="" formnovalidate { "Cancel" }
                    button value="remove" formnovalidate data-remove { "Remove from the dossier" }
                }
            }
        }
    }
}
