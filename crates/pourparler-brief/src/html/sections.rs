//! The sections of the page.

use maud::{Markup, html};
use pourparler_text::Stance;

use super::charts::symbol;
use super::written::{Which, Written};
use crate::words::{
    DOUBTFUL, answered, counted, decided, excerpt, long, meaning, party, pieces, plain, said, who, who_for,
};
use crate::{Appearance, Cell, Cited};

/// So many parties have a column in the matrix; the others are listed under it.
const COLUMNS: usize = 6;
/// So many statements of a list are quoted, and so many numbers shown; the rest opens on request.
const SHOWN: usize = 8;
/// In a brief that is cut: so many numbers of a list, …
const FEW: usize = 2;
/// … so many lines of a section, …
pub(super) const LINES: usize = 6;
/// … and so many issues of the matrix, with so many parties under it.
const ISSUES: usize = 9;
const OTHERS: usize = 6;

/// The number of a statement, which leads to it and tells on hovering what it says.
fn cite(brief: &Written<'_>, cited: &Cited) -> Markup {
    let title = format!("{}: {}", who(cited), said(cited, if brief.is_cut() { 60 } else { 160 }));
    html! { a.cite href=(brief.place(cited)) title=(title) { (cited.number) } }
}

/// Numbers of statements; many of them fold away behind the first, or are where the rest is.
fn cites(brief: &Written<'_>, numbers: &[usize]) -> Markup {
    cites_of(brief, numbers, &Which::default())
}

/// The same of statements that can be found by what they are on.
fn cites_of(brief: &Written<'_>, numbers: &[usize], which: &Which<'_>) -> Markup {
    let some = |numbers: &[usize]| {
        html! { @for cited in numbers.iter().filter_map(|n| brief.statement(*n)) { (cite(brief, cited)) " " } }
    };
    let (first, rest) = numbers.split_at(numbers.len().min(brief.numbers(SHOWN, FEW)));
    html! {
        (some(first))
        @if brief.is_cut() {
            (brief.more(numbers.len(), first.len(), which))
        } @else if !rest.is_empty() {
            details.more { summary { "and " (rest.len()) " more" } (some(rest)) }
        }
    }
}

/// Text from an article, kept apart in its writing direction.
fn words(text: &str) -> Markup {
    html! { bdi { (plain(text)) } }
}

/// A stance as sign and word.
fn stance(stance: Stance) -> Markup {
    html! { span class={ "stance " (stance) } { (symbol(Some(stance))) (stance) } }
}

pub(super) fn positions(brief: &Written<'_>) -> Markup {
    let (shown, others) = brief.matrix.rows.split_at(brief.matrix.rows.len().min(COLUMNS));
    let issues = brief.some(&brief.matrix.issues, ISSUES).len();
    let cells = if brief.is_cut() { FEW } else { usize::MAX };
    html! {
        section #positions {
            h2 { "Where they stand" }
            @if shown.is_empty() {
                p { "No statement has both a party and an issue." }
            } @else {
                div.scroll role="region" aria-label="Positions of the parties by issue" tabindex="0" {
                    table.standing {
                        thead { tr {
                            th scope="col" { "Issue" }
                            @for row in shown { th scope="col" { (words(&row.party)) } }
                        } }
                        @for (group, columns) in brief.groups() {
                            tbody {
                                @if !group.is_empty() {
                                    tr.group { th scope="rowgroup" colspan=(shown.len() + 1) { (plain(group)) } }
                                }
                                @for column in columns.into_iter().filter(|column| *column < issues) {
                                    @let issue = &brief.matrix.issues[column].id;
                                    tr {
                                        th scope="row" { (plain(brief.label(issue))) }
                                        @for row in shown { (cell(brief, &row.party, issue, row.cells[column].as_ref())) }
                                    }
                                }
                            }
                        }
                    }
                }
                @if brief.matrix.issues.len() > issues {
                    p.quiet { "The " (issues) " issues with most statements of " (brief.matrix.issues.len()) "." }
                }
                @if !others.is_empty() {
                    ul.plain { @for row in brief.some(others, OTHERS) {
                        li {
                            strong { (words(&row.party)) } ": "
                            @let held = brief.matrix.issues.iter().zip(&row.cells).filter_map(|(column, cell)| Some((column, cell.as_ref()?)));
                            @for (column, held) in held.take(cells) {
                                @let which = Which { party: Some(&row.party), issue: Some(&column.id), ..Which::default() };
                                div.together {
                                    (plain(brief.label(&column.id))) " " (stance(held.stance)) " "
                                    (cites_of(brief, &held.statements, &which))
                                } " "
                            }
                            (brief.more(row.cells.iter().flatten().count(), cells, &Which { party: Some(&row.party), ..Which::default() }))
                        }
                    } }
                    (brief.more(others.len(), brief.some(others, OTHERS).len(), &Which::default()))
                }
                p.legend {
                    @for &s in Stance::ALL { span { span class=(s) { (symbol(Some(s))) } (meaning(s)) } " " }
                    span { span.silent { "silent" } " has not spoken on it in this record" }
                }
                details.rules {
                    summary { "How a position is found" }
                    p {
                        "A party stands where it stood on the latest day on which it took a stance. Among the statements of that "
                        "day the stance that weighs most counts: words in quotation marks, a named person and words that nobody "
                        "relayed each add weight. Statements of that day that take another stance stand beside it after “but”. "
                        "The same words in several articles are one statement."
                    }
                }
            }
        }
    }
}

fn cell(brief: &Written<'_>, party: &str, issue: &str, cell: Option<&Cell>) -> Markup {
    let Some(cell) = cell else {
        return html! { td.silent data-party=(plain(party)) { "silent" } };
    };
    let lead = brief.statement(cell.lead);
    let which = Which { party: Some(party), issue: Some(issue), ..Which::default() };
    html! {
        td class={ "held " (cell.stance) } data-party=(plain(party)) {
            div.where {
                (stance(cell.stance))
                @if let Some(day) = cell.day { " " span.day { (brief.short(day)) } }
            }
            @if let Some(lead) = lead { span.said { (words(&said(lead, 64))) } " " }
            div.refs {
                (cites_of(brief, &cell.statements, &which))
                @if !cell.dissent.is_empty() {
                    @for (other, numbers) in brief.by_stance(issue, &cell.dissent) {
                        div.together { span.aside { "but " } (stance(other)) " " (cites_of(brief, &numbers, &which)) }
                    }
                }
                @if !cell.other.is_empty() { div.together { span.aside { "also " } (cites_of(brief, &cell.other, &which)) } }
            }
        }
    }
}

pub(super) fn moved(brief: &Written<'_>) -> Markup {
    html! {
        section #moves {
            h2 { "What moved" }
            @if brief.moves.is_empty() { p { "No party changed its position." } }
            ol.plain {
                @for (i, m) in brief.some(&brief.moves, LINES).iter().enumerate() {
                    @if !m.is_firm() && (i == 0 || brief.moves[i - 1].is_firm()) { li.aside { (DOUBTFUL) ":" } }
                    li id={ "m" (i + 1) } {
                        div.lead { strong { (words(&m.party)) } " on " strong { (plain(brief.label(&m.issue))) } ", " (brief.short(m.day)) }
                        div {
                            (stance(m.from)) " " (cites(brief, &m.before)) span.arrow { "→ " }
                            (stance(m.to)) " " (cites(brief, &m.after))
                            @if let Some(first) = m.after.first().and_then(|n| brief.statement(*n)) {
                                span.aside { "first " (words(&who(first))) }
                            }
                        }
                        @if !m.cautions.is_empty() {
                            div.caution {
                                "Caution: "
                                @for (i, c) in m.cautions.iter().enumerate() { @if i > 0 { ", " } (c.as_str()) }
                            }
                        }
                    }
                }
            }
            (brief.more(brief.moves.len(), LINES, &Which::default()))
        }
    }
}

/// A statement in short: party, speaker, the words, its number.
fn short(brief: &Written<'_>, cited: &Cited) -> Markup {
    html! {
        strong { (words(&party(cited))) }
        span.quiet { @if who(cited) != party(cited) { ", " (words(&who(cited))) } ": " }
        span.said { (words(&said(cited, 120))) } " " (cite(brief, cited))
    }
}

/// Statements in short; of a long list the last ones, and the numbers of the others.
fn list(brief: &Written<'_>, numbers: &[usize]) -> Markup {
    let (rest, last) = numbers.split_at(numbers.len().saturating_sub(SHOWN));
    html! {
        ul.plain {
            @for cited in last.iter().filter_map(|n| brief.statement(*n)) { li { (short(brief, cited)) } }
            @if !rest.is_empty() { li { span.aside { "earlier " } (cites(brief, rest)) } }
        }
    }
}

pub(super) fn conditions(brief: &Written<'_>) -> Markup {
    html! {
        @if !brief.conditions.is_empty() {
            section #conditions {
                h2 { "Conditions" }
                ul.plain {
                    @for condition in brief.some(&brief.conditions, LINES) {
                        @if let Some(cited) = brief.statement(condition.statement) {
                            li {
                                (short(brief, cited)) " "
                                span.aside {
                                    "on " @for (i, issue) in condition.issues.iter().enumerate() { @if i > 0 { ", " } (plain(brief.label(issue))) }
                                    @for term in &condition.terms { " · " em { (words(term)) } }
                                }
                            }
                        }
                    }
                }
                (brief.more(brief.conditions.len(), LINES, &Which::default()))
            }
        }
    }
}

pub(super) fn claims(brief: &Written<'_>) -> Markup {
    let claims = &brief.claims;
    html! {
        @if !claims.answered.is_empty() {
            section #claims {
                h2 { "Claims and answers" }
                table.claims {
                    thead { tr { th scope="col" { "Claim" } th scope="col" { "Answer" } } }
                    tbody { @for joined in brief.some(&claims.answered, LINES) {
                        tr {
                            td { @if let Some(claim) = brief.statement(joined.claim) { (short(brief, claim)) } }
                            td { @for answer in brief.some(&joined.answers, FEW).iter().filter_map(|n| brief.statement(*n)) {
                                div { span.verb { (answered(answer.entry.statement.act)) } " by " (short(brief, answer)) }
                            } }
                        }
                    } }
                }
                (brief.more(claims.answered.len(), LINES, &Which::default()))
            }
        }
    }
}

/// Claims without an answer, and denials without a claim.
pub(super) fn open_claims(brief: &Written<'_>) -> Markup {
    let lists = [
        ("unanswered", "Unanswered", &brief.claims.unanswered),
        ("denials", "Denials of claims not found here", &brief.claims.denials),
    ];
    html! {
        @for (id, title, numbers) in lists.into_iter().filter(|(.., numbers)| !numbers.is_empty()) {
            section id=(id) { h2 { (title) } (list(brief, numbers)) }
        }
    }
}

pub(super) fn new(brief: &Written<'_>) -> Markup {
    html! {
        @if let Some(new) = &brief.new {
            section #new {
                h2 { "New since " (long(new.since)) }
                @if new.statements.is_empty() { p { "Nothing." } } @else { (list(brief, &new.statements)) }
            }
        }
    }
}

pub(super) fn speakers(brief: &Written<'_>) -> Markup {
    let voices = &brief.voices;
    html! {
        section #speakers {
            h2 { "Who speaks" }
            ul.plain {
                @for voice in brief.some(&voices.speakers, LINES) {
                    li {
                        strong { (words(&voice.name)) }
                        @for about in voice.role.iter().chain(voice.party.iter().filter(|p| **p != voice.name)) { span.quiet { ", " (words(about)) } }
                        " " (cites(brief, &voice.statements))
                        @for carrier in brief.some(&voice.via, FEW) {
                            span.aside { "through " (words(&carrier.name)) " " } (cites(brief, &carrier.statements))
                        }
                        @if voice.only_relayed(&brief.statements) { span.aside { "only relayed" } }
                    }
                }
                @if brief.is_cut() && voices.speakers.len() > LINES { li.aside { "and " (voices.speakers.len() - LINES) " more speakers" } }
                @for (what, numbers) in [("Not named", &voices.unnamed), ("No source at all", &voices.unattributed)] {
                    @if !numbers.is_empty() { li { em { (what) } " " (cites(brief, numbers)) } }
                }
            }
        }
    }
}

pub(super) fn distances(brief: &Written<'_>) -> Markup {
    html! {
        @if !brief.distances.is_empty() {
            section #distances {
                h2 { "Closer and further" }
                ul.plain { @for d in brief.some(&brief.distances, LINES) {
                    li {
                        (words(brief.label(&d.issue))) ": " strong { (words(&d.parties.join(" – "))) } " " (d.trend()) ", "
                        @if let Some(before) = d.before { (format!("{before:.2} → ")) } (format!("{:.2} ", d.now))
                        (cites(brief, &d.statements))
                    }
                } }
                (brief.more(brief.distances.len(), LINES, &Which::default()))
                p.aside { "0: they stand together; 1: one is for it and the other against." }
            }
        }
    }
}

pub(super) fn commitments(brief: &Written<'_>) -> Markup {
    let last = brief.period.map(|p| p.to);
    html! {
        @if !brief.commitments.is_empty() {
            section #promised {
                h2 { "Promised" }
                ul.plain { @for promise in brief.some(&brief.commitments, LINES) {
                    @if let Some(cited) = brief.statement(promise.statement) {
                        li {
                            (short(brief, cited)) " "
                            span.aside {
                                @if let Some(to) = &promise.to { "to " (words(to)) " · " }
                                @if let Some(due) = &promise.due { "by " (brief.short(due.to)) " · " }
                                (promise.status(last)) " "
                                (cites(brief, &promise.done.into_iter().chain(promise.broken).collect::<Vec<_>>()))
                            }
                        }
                    }
                } }
                (brief.more(brief.commitments.len(), LINES, &Which::default()))
            }
        }
    }
}

pub(super) fn rounds(brief: &Written<'_>) -> Markup {
    html! {
        @if !brief.rounds.is_empty() {
            section #rounds {
                h2 { "Rounds of talks" }
                ul.plain { @for meeting in brief.some(&brief.rounds, LINES) {
                    li {
                        strong {
                            (meeting.when(|d| brief.short(d)).unwrap_or_else(|| "no day known".to_owned()))
                        }
                        ": " (words(&meeting.title()))
                        @if !meeting.parties.is_empty() { " · " (words(&meeting.parties.join(", "))) }
                        @if let Some(level) = &meeting.level { " · " (words(level)) }
                        @if let Some(mediator) = &meeting.mediator { " · mediator: " (words(mediator)) }
                        @for (when, numbers) in ["before", "during", "after"].into_iter().zip(&meeting.said) {
                            @if !numbers.is_empty() { br; span.aside { "said " (when) ": " (cites(brief, numbers)) } }
                        }
                    }
                } }
            }
        }
    }
}

pub(super) fn talk_days(brief: &Written<'_>) -> Markup {
    html! {
        @if !brief.talk_days.is_empty() {
            section #talks {
                h2 { "Days on which several parties spoke of the talks" }
                ul.plain { @for day in brief.some(&brief.talk_days, LINES) {
                    li {
                        strong { (brief.short(day.day)) } " "
                        @for (i, party) in day.parties.iter().enumerate() { @if i > 0 { ", " } (words(party)) }
                        " " (cites(brief, &day.statements))
                    }
                } }
            }
        }
    }
}

pub(super) fn gaps(brief: &Written<'_>) -> Markup {
    html! {
        section #gaps {
            h2 { "Not covered" }
            ul.plain { @for gap in brief.gap_lines(COLUMNS) {
                li { (words(&if brief.is_cut() { excerpt(&gap.text, 400) } else { gap.text.clone() })) " " (cites(brief, &gap.statements)) }
            } }
        }
    }
}

pub(super) fn statements(brief: &Written<'_>) -> Markup {
    html! {
        section #statements {
            h2 { "Statements" }
            @let listed = brief.listed();
            ol.statements { @for cited in &listed { (statement(brief, cited)) } }
            (brief.more(brief.statements.len(), listed.len(), &Which::default()))
        }
    }
}

fn statement(brief: &Written<'_>, cited: &Cited) -> Markup {
    let statement = &cited.entry.statement;
    html! {
        li id={ "s" (cited.number) } {
            div.number {
                @match brief.sentence(cited) {
                    Some(address) => a href=(address) title="To its sentence" { (cited.number) },
                    None => (cited.number),
                }
            }
            div.meta {
                strong { (words(&who_for(cited))) } " · "
                @match cited.day {
                    Some(day) if cited.is_dated() => (brief.short(day)),
                    Some(day) => { "published " (brief.short(day)) },
                    None => "no date",
                }
                @for p in &statement.positions {
                    " · " span class={ "stance " (p.stance) } title=(p.stance) { (symbol(Some(p.stance))) (plain(brief.label(&p.issue))) }
                }
            }
            blockquote dir="auto" {
                @for (text, inside) in pieces(cited) { @if inside { mark { (text) } } @else { (text) } }
            }
            div.source {
                (appearance(brief, cited.appearances.first()))
                @if !statement.via.is_empty() { " · through " (words(&statement.via.join(", then "))) }
                " · " (statement.quotation) ", " (statement.act) " · " (decided(cited))
                @let more = brief.some(cited.appearances.get(1..).unwrap_or_default(), LINES);
                @if !more.is_empty() {
                    details.more {
                        summary { "and in " (counted(cited.appearances.len() - 1, "other article", "other articles")) }
                        ul.plain { @for a in more { li { (appearance(brief, Some(a))) } } }
                    }
                }
            }
        }
    }
}

fn appearance(brief: &Written<'_>, appearance: Option<&Appearance>) -> Markup {
    let Some(a) = appearance else { return html! {} };
    let title = a.title.as_deref().unwrap_or(&a.article);
    // Only addresses of the web: a hostile feed could bring `javascript:`.
    let url = a.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://"));
    html! {
        @if let Some(outlet) = &a.outlet { (words(outlet)) ", " }
        @if let Some(url) = url { a href=(url) rel="noreferrer" { (words(title)) } } @else { (words(title)) }
        @if let Some(day) = a.published { ", " (brief.short(day)) }
    }
}
