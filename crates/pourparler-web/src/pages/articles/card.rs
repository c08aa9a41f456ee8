//! A statement as a card to decide on, and the dialog in which it is put right.

use jiff::Timestamp;
use maud::{Markup, html};
use pourparler_brief::excerpt;
use pourparler_ledger::{Deed, Part, Reading, differences};
use pourparler_text::{CodePoint, DateRange, Span, Statement};

use crate::api::state;
use crate::talks::Talks;
use crate::widgets::{address_in, percent, stance, words};

/// So many characters of a name, and of other words, are shown.
const NAME: usize = 90;
/// So many positions are shown.
const POSITIONS: usize = 6;

/// Ids that pages use themselves; a statement that has one of them cannot be jumped to.
const TAKEN: &[&str] = &[
    "main",
    "find",
    "me",
    "me-title",
    "keys",
    "keys-title",
    "own-keys",
    "toasts",
    "correct",
    "correct-title",
    "comment",
    "comment-title",
    "disagreements",
    "speakers",
    "parties",
    "position-row",
    "selected",
    "deck",
    "reading",
];

/// A statement, and what is known about it.
pub struct Card<'a> {
    /// Id of its article.
    pub article: &'a str,
    /// The statement.
    pub statement: &'a Statement<CodePoint>,
    /// The decision that holds about it.
    pub deed: Option<&'a Deed>,
    /// What the machine had made of it.
    pub made: Option<&'a Statement<CodePoint>>,
    /// The dossier.
    pub talks: &'a Talks,
}

impl<'a> Card<'a> {
    /// A statement of an article, by its place.
    pub fn of(reading: &'a Reading, at: usize, talks: &'a Talks) -> Self {
        let read = &reading.read;
        let made = reading.made.get(at).and_then(Option::as_ref);
        Self { article: &read.article.id, statement: &read.statements[at], deed: reading.holds(at), made, talks }
    }

    /// The card.
    pub fn render(&self) -> Markup {
        let s = self.statement;
        let id = Some(&s.id).filter(|id| !TAKEN.contains(&id.as_str()) && !id.contains(char::is_whitespace));
        html! {
            article.card.decided[s.confidence.is_none()] id=[id] tabindex="0" data-line data-name={ (self.article) "/" (s.id) } data-state=(state(s))
                data-s=[places(&s.source)] data-u=[places(&s.cue)] data-c=[places(&s.content)] aria-label={ "Statement " (s.id) } {
                p.says { (who(s)) " " span.act { (s.act) } }
                @if s.said_on.is_some() || s.manner.addressee.is_some() || s.manner.firmness.is_some() || !s.via.is_empty() || s.relayed_by.is_some() {
                    p.aside {
                        @if let Some(days) = &s.said_on { span.mark { "said " (range(days)) } " " }
                        @if let Some(to) = &s.manner.addressee { span.mark { "to " (clipped(to)) } " " }
                        @if let Some(firmness) = s.manner.firmness { span.mark { (firmness) } " " }
                        @if !s.via.is_empty() { span.mark { "via " (clipped(&s.via.join(", "))) } " " }
                        @if let Some(by) = &s.relayed_by { span.mark { "inside " a href=(address_in(self.article, by)) { (clipped(by)) } } }
                    }
                }
                @if !s.positions.is_empty() { ul.positions {
                    @for p in s.positions.iter().take(POSITIONS) { li {
                        (clipped(self.talks.label(&p.issue))) " " (stance(p.stance))
                        @if let Some(option) = &p.option { " " span.aside { (clipped(option)) } }
                    } }
                    @if s.positions.len() > POSITIONS { li.aside { "and " (s.positions.len() - POSITIONS) " more" } }
                } }
                (self.provenance())
            }
        }
    }

    /// Who says so, and what the machine had said.
    fn provenance(&self) -> Markup {
        let parts = self.made.map(|made| differences(made, self.statement)).unwrap_or_default();
        html! {
            div.foot { p.by {
                @match (self.statement.confidence, self.deed) {
                    (Some(score), _) => span.machine { "machine, " (percent(f64::from(score))) " sure" },
                    (None, Some(deed)) => (done(deed)),
                    (None, None) => span.human { "reviewed" },
                }
            } p.acts {
                button type="button" data-do="accept" { "Accept" }
                button type="button" data-do="edit" { "Correct" }
                button type="button" data-do="reject" { "Reject" }
                button type="button" data-comment { "Comment" }
            } }
            @if let Some(made) = self.made.filter(|_| !parts.is_empty()) { p.was.machine {
                "The machine had "
                @for (n, part) in parts.iter().enumerate() {
                    @if n > 0 { "; " } (part.as_str()) ": " (clipped(&value(*part, made, self.talks)))
                }
            } }
        }
    }
}

/// Who decided what and when, with the way to undo it.
pub fn done(deed: &Deed) -> Markup {
    let what = match deed.did.as_str() {
        "accept" => "accepted",
        "correct" => "corrected",
        "add" => "added",
        "reject" => "rejected",
        _ => "undone",
    };
    html! {
        span.human { (what) " by " (clipped(&deed.review.reviewer)) } " " (instant(&deed.review.made_at))
        " " button.plain type="button" data-undo=(deed.review.number) { "Undo" }
    }
}

/// An instant as a day and a time.
pub fn instant(at: &str) -> Markup {
    let shown = at.parse::<Timestamp>().map(|at| at.strftime("%-d %b %Y %H:%M").to_string());
    html! { time.day datetime=(at) title="UTC" { (shown.unwrap_or_else(|_| at.to_owned())) } }
}

/// The first words of a text, in its own writing direction.
pub fn clipped(text: &str) -> Markup {
    words(&excerpt(text, NAME))
}

fn who(statement: &Statement<CodePoint>) -> Markup {
    let speaker = &statement.speaker;
    html! {
        span.who {
            @match &speaker.name { Some(name) => strong { (clipped(name)) }, None => em { "no source named" } }
            @if let Some(role) = &speaker.role { ", " (clipped(role)) }
            @if let Some(party) = speaker.party.as_ref().filter(|p| speaker.name.as_ref() != Some(p)) { " · " (clipped(party)) }
        }
    }
}

fn range(days: &DateRange) -> String {
    let day = |day: jiff::civil::Date| day.strftime("%-d %b %Y").to_string();
    if days.from == days.to { day(days.to) } else { format!("{} to {}", day(days.from), day(days.to)) }
}

/// What a statement has in one part, in words; of its places only that they are others.
pub fn value(part: Part, statement: &Statement<CodePoint>, talks: &Talks) -> String {
    let none = || "none".to_owned();
    let speaker = &statement.speaker;
    match part {
        Part::Content => "other edges".to_owned(),
        Part::Source if statement.source.is_empty() => none(),
        Part::Cue if statement.cue.is_empty() => none(),
        Part::Source | Part::Cue => "other words".to_owned(),
        Part::Quotation => statement.quotation.to_string(),
        Part::Speaker => format!("{} ({})", speaker.name.as_deref().unwrap_or("none"), speaker.kind),
        Part::Role => speaker.role.clone().unwrap_or_else(none),
        Part::Party => speaker.party.clone().unwrap_or_else(none),
        Part::Via if statement.via.is_empty() => none(),
        Part::Via => statement.via.join(", "),
        Part::Date => statement.said_on.as_ref().map_or_else(none, range),
        Part::Act => statement.act.to_string(),
        Part::Positions if statement.positions.is_empty() => none(),
        Part::Positions => {
            let one = |p: &pourparler_text::Position| format!("{} {}", talks.label(&p.issue), p.stance);
            statement.positions.iter().take(POSITIONS).map(one).collect::<Vec<_>>().join(", ")
        }
        Part::Manner => {
            let manner = &statement.manner;
            let firmness = manner.firmness.map(|f| f.to_string());
            let all: Vec<String> =
                firmness.into_iter().chain(manner.addressee.as_ref().map(|a| format!("to {a}"))).collect();
            if all.is_empty() { none() } else { all.join(", ") }
        }
    }
}

fn places(spans: &[Span<CodePoint>]) -> Option<String> {
    let one = |s: &Span<CodePoint>| format!("{}-{}", s.start, s.end);
    (!spans.is_empty()).then(|| spans.iter().take(40).map(one).collect::<Vec<_>>().join(" "))
}

/// The dialog in which a statement is put right or added; a module fills it from the API.
pub fn dialog() -> Markup {
    let field = |name: &str, label: &str, list: Option<&str>| {
        html! { label { span { (label) } input name=(name) maxlength="300" autocomplete="off" list=[list]; } }
    };
    html! {
        dialog.correct #correct aria-labelledby="correct-title" {
            form data-correct {
                h2 #correct-title { "Correct a statement" }
                blockquote data-words {}
                p.note data-fault role="alert" hidden {}
                div.fields {
                    (field("name", "Speaker", Some("speakers")))
                    label { span { "Kind" } select name="kind" {} }
                    (field("role", "Role", None))
                    (field("party", "Party", Some("parties")))
                    label { span { "Act" } select name="act" {} }
                    (field("addressee", "Said to", None))
                    label { span { "Said on" } input name="from" type="date"; }
                    label { span { "until, if later" } input name="to" type="date"; }
                    label { span { "Firmness" } select name="firmness" {} }
                }
                fieldset {
                    legend { "Positions" }
                    div data-positions {}
                    button type="button" data-more { "Add an issue" }
                }
                p.buttons { button.first { "Save" } button type="button" data-close { "Cancel" } }
            }
            datalist #speakers {}
            datalist #parties {}
            template #position-row {
                div.position {
                    select name="issue" aria-label="Issue" {}
                    select name="stance" aria-label="Stance" {}
                    select name="option" aria-label="Option" {}
                    button type="button" data-less aria-label="Take this issue away" { "×" }
                }
            }
        }
    }
}
