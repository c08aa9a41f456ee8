//! The sections of the page.

use maud::{Markup, html};
use pourparler_text::Stance;

use super::charts::symbol;
use crate::words::{DOUBTFUL, answered, counted, decided, long, meaning, party, pieces, plain, said, who, who_for};
use crate::{Appearance, Brief, Cell, Cited};

/// So many parties have a column in the matrix; the others are listed under it.
const COLUMNS: usize = 6;
/// So many statements of a list are quoted, and so many numbers shown; the rest opens on request.
const SHOWN: usize = 8;

/// The number of a statement, which leads to it and tells on hovering what it says.
fn cite(cited: &Cited) -> Markup {
    let title = format!("{}: {}", who(cited), said(cited, 160));
    html! { a.cite href={ "#s" (cited.number) } title=(title) { (cited.number) } }
}

/// Numbers of statements; many of them fold away behind the first.
fn cites(brief: &Brief, numbers: &[usize]) -> Markup {
    let some = |numbers: &[usize]| {
        html! { @for cited in numbers.iter().filter_map(|n| brief.statement(*n)) { (cite(cited)) " " } }
    };
    let (first, rest) = numbers.split_at(numbers.len().min(SHOWN));
    html! {
        (some(first))
        @if !rest.is_empty() {
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

pub(super) fn positions(brief: &Brief) -> Markup {
    let (shown, others) = brief.matrix.rows.split_at(brief.matrix.rows.len().min(COLUMNS));
    html! {
        section #positions {
            h2 { "Where they stand" }
            @if shown.is_empty() {
                p { "No statement has both a party and an issue." }
            } @else {
                div.scroll role="region" aria-label="Positions of the parties by issue" tabindex="0" {
                    table.matrix {
                        thead { tr {
                            th scope="col" { "Issue" }
                            @for row in shown { th scope="col" { (words(&row.party)) } }
                        } }
                        @for (group, columns) in brief.groups() {
                            tbody {
                                @if !group.is_empty() {
                                    tr.group { th scope="rowgroup" colspan=(shown.len() + 1) { (plain(group)) } }
                                }
                                @for column in columns {
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
                @if !others.is_empty() {
                    ul.plain { @for row in others {
                        li {
                            strong { (words(&row.party)) } ": "
                            @for (column, held) in brief.matrix.issues.iter().zip(&row.cells) {
                                @if let Some(held) = held {
                                    div.together {
                                        (plain(brief.label(&column.id))) " " (stance(held.stance)) " "
                                        (cites(brief, &held.statements))
                                    } " "
                                }
                            }
                        }
                    } }
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

fn cell(brief: &Brief, party: &str, issue: &str, cell: Option<&Cell>) -> Markup {
    let Some(cell) = cell else {
        return html! { td.silent data-party=(plain(party)) { "silent" } };
    };
    let lead = brief.statement(cell.lead);
    html! {
        td class={ "held " (cell.stance) } data-party=(plain(party)) {
            div.where {
                (stance(cell.stance))
                @if let Some(day) = cell.day { " " span.day { (brief.short(day)) } }
            }
            @if let Some(lead) = lead { span.said { (words(&said(lead, 64))) } " " }
            div.refs {
                (cites(brief, &cell.statements))
                @if !cell.dissent.is_empty() {
                    @for (other, numbers) in brief.by_stance(issue, &cell.dissent) {
                        div.together { span.aside { "but " } (stance(other)) " " (cites(brief, &numbers)) }
                    }
                }
                @if !cell.other.is_empty() { div.together { span.aside { "also " } (cites(brief, &cell.other)) } }
            }
        }
    }
}

pub(super) fn moved(brief: &Brief) -> Markup {
    html! {
        section #moves {
            h2 { "What moved" }
            @if brief.moves.is_empty() { p { "No party changed its position." } }
            ol.plain {
                @for (i, m) in brief.moves.iter().enumerate() {
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
        }
    }
}

/// A statement in short: party, speaker, the words, its number.
fn short(cited: &Cited) -> Markup {
    html! {
        strong { (words(&party(cited))) }
        span.quiet { @if who(cited) != party(cited) { ", " (words(&who(cited))) } ": " }
        span.said { (words(&said(cited, 120))) } " " (cite(cited))
    }
}

/// Statements in short; of a long list the last ones, and the numbers of the others.
fn list(brief: &Brief, numbers: &[usize]) -> Markup {
    let (rest, last) = numbers.split_at(numbers.len().saturating_sub(SHOWN));
    html! {
        ul.plain {
            @for cited in last.iter().filter_map(|n| brief.statement(*n)) { li { (short(cited)) } }
            @if !rest.is_empty() { li { span.aside { "earlier " } (cites(brief, rest)) } }
        }
    }
}

pub(super) fn conditions(brief: &Brief) -> Markup {
    html! {
        @if !brief.conditions.is_empty() {
            section #conditions {
                h2 { "Conditions" }
                ul.plain {
                    @for condition in &brief.conditions {
                        @if let Some(cited) = brief.statement(condition.statement) {
                            li {
                                (short(cited)) " "
                                span.aside {
                                    "on " @for (i, issue) in condition.issues.iter().enumerate() { @if i > 0 { ", " } (plain(brief.label(issue))) }
                                    @for term in &condition.terms { " · " em { (words(term)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn claims(brief: &Brief) -> Markup {
    let claims = &brief.claims;
    html! {
        @if !claims.answered.is_empty() {
            section #claims {
                h2 { "Claims and answers" }
                table.claims {
                    thead { tr { th scope="col" { "Claim" } th scope="col" { "Answer" } } }
                    tbody { @for joined in &claims.answered {
                        tr {
                            td { @if let Some(claim) = brief.statement(joined.claim) { (short(claim)) } }
                            td { @for answer in joined.answers.iter().filter_map(|n| brief.statement(*n)) {
                                div { span.verb { (answered(answer.entry.statement.act)) } " by " (short(answer)) }
                            } }
                        }
                    } }
                }
            }
        }
    }
}

/// Claims without an answer, and denials without a claim.
pub(super) fn open_claims(brief: &Brief) -> Markup {
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

pub(super) fn new(brief: &Brief) -> Markup {
    html! {
        @if let Some(new) = &brief.new {
            section #new {
                h2 { "New since " (long(new.since)) }
                @if new.statements.is_empty() { p { "Nothing." } } @else { (list(brief, &new.statements)) }
            }
        }
    }
}

pub(super) fn speakers(brief: &Brief) -> Markup {
    let voices = &brief.voices;
    html! {
        section #speakers {
            h2 { "Who speaks" }
            ul.plain {
                @for voice in &voices.speakers {
                    li {
                        strong { (words(&voice.name)) }
                        @for about in voice.role.iter().chain(voice.party.iter().filter(|p| **p != voice.name)) { span.quiet { ", " (words(about)) } }
                        " " (cites(brief, &voice.statements))
                        @for carrier in &voice.via {
                            span.aside { "through " (words(&carrier.name)) " " } (cites(brief, &carrier.statements))
                        }
                        @if voice.only_relayed(&brief.statements) { span.aside { "only relayed" } }
                    }
                }
                @for (what, numbers) in [("Not named", &voices.unnamed), ("No source at all", &voices.unattributed)] {
                    @if !numbers.is_empty() { li { em { (what) } " " (cites(brief, numbers)) } }
                }
            }
        }
    }
}

pub(super) fn distances(brief: &Brief) -> Markup {
    html! {
        @if !brief.distances.is_empty() {
            section #distances {
                h2 { "Closer and further" }
                ul.plain { @for d in &brief.distances {
                    li {
                        (words(brief.label(&d.issue))) ": " strong { (words(&d.parties.join(" – "))) } " " (d.trend()) ", "
                        @if let Some(before) = d.before { (format!("{before:.2} → ")) } (format!("{:.2} ", d.now))
                        (cites(brief, &d.statements))
                    }
                } }
                p.aside { "0: they stand together; 1: one is for it and the other against." }
            }
        }
    }
}

pub(super) fn commitments(brief: &Brief) -> Markup {
    let last = brief.period.map(|p| p.to);
    html! {
        @if !brief.commitments.is_empty() {
            section #promised {
                h2 { "Promised" }
                ul.plain { @for promise in &brief.commitments {
                    @if let Some(cited) = brief.statement(promise.statement) {
                        li {
                            (short(cited)) " "
                            span.aside {
                                @if let Some(to) = &promise.to { "to " (words(to)) " · " }
                                @if let Some(due) = &promise.due { "by " (brief.short(due.to)) " · " }
                                (promise.status(last)) " "
                                (cites(brief, &promise.done.into_iter().chain(promise.broken).collect::<Vec<_>>()))
                            }
                        }
                    }
                } }
            }
        }
    }
}

pub(super) fn rounds(brief: &Brief) -> Markup {
    html! {
        @if !brief.rounds.is_empty() {
            section #rounds {
                h2 { "Rounds of talks" }
                ul.plain { @for meeting in &brief.rounds {
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

pub(super) fn talk_days(brief: &Brief) -> Markup {
    html! {
        @if !brief.talk_days.is_empty() {
            section #talks {
                h2 { "Days on which several parties spoke of the talks" }
                ul.plain { @for day in &brief.talk_days {
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

pub(super) fn gaps(brief: &Brief) -> Markup {
    html! {
        section #gaps {
            h2 { "Not covered" }
            ul.plain { @for gap in brief.gap_lines(COLUMNS) {
                li { (words(&gap.text)) " " (cites(brief, &gap.statements)) }
            } }
        }
    }
}

pub(super) fn statements(brief: &Brief) -> Markup {
    html! {
        section #statements {
            h2 { "Statements" }
            ol.statements { @for cited in &brief.statements { (statement(brief, cited)) } }
        }
    }
}

fn statement(brief: &Brief, cited: &Cited) -> Markup {
    let statement = &cited.entry.statement;
    html! {
        li id={ "s" (cited.number) } {
            div.number { (cited.number) }
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
                @let more = cited.appearances.get(1..).unwrap_or_default();
                @if !more.is_empty() {
                    details.more {
                        summary { "and in " (counted(more.len(), "other article", "other articles")) }
                        ul.plain { @for a in more { li { (appearance(brief, Some(a))) } } }
                    }
                }
            }
        }
    }
}

fn appearance(brief: &Brief, appearance: Option<&Appearance>) -> Markup {
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
