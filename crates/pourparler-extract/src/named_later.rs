//! Speakers whom a story's first sentence only describes and whom it names after: *An Italian official says … On Monday,
//! Minister Ana Oren said …*, where both say the same.

use std::collections::HashSet;

use pourparler_text::names::fold;
use pourparler_text::{Byte, Speaker, SpeakerKind, Statement, Text};

/// So many statements on, a speaker may be named.
const SOON: usize = 3;
/// From this share of common words on, two contents say the same.
const ALIKE: f64 = 0.2;

/// Gives described speakers the names that the text gives them soon after, with what else it tells of them.
pub(crate) fn name_the_described(text: &Text, statements: &mut [Statement<Byte>]) {
    for at in 0..statements.len() {
        let Some(described) = description(text, &statements[at]) else { continue };
        let words = content_words(text, &statements[at]);
        let later = statements[at + 1..].iter().take(SOON);
        let named = later.filter(|s| fits(&statements[at].speaker, s)).find(|s| {
            let other = content_words(text, s);
            let (common, all) = (words.intersection(&other).count(), words.union(&other).count());
            #[expect(clippy::cast_precision_loss, reason = "counts of words")]
            let share = common as f64 / all.max(1) as f64;
            share >= ALIKE || brought_in(text, &statements[at], s)
        });
        let Some(mut speaker) = named.map(|s| s.speaker.clone()) else { continue };
        speaker.party = speaker.party.or_else(|| statements[at].speaker.party.clone());
        for statement in &mut statements[at..] {
            if statement.speaker.name.as_deref() == Some(described.as_str()) {
                statement.speaker = speaker.clone();
            }
        }
    }
}

/// Whether an official of a party is described in a story's first line, and a person of that party is brought in after.
fn brought_in(text: &Text, described: &Statement<Byte>, named: &Statement<Byte>) -> bool {
    let Some(source) = described.source.first() else { return false };
    let first_line = !text.as_str()[..source.start].trim_end().contains('\n');
    let person = named.speaker.kind == SpeakerKind::Person && named.speaker.role.is_some();
    let party = described.speaker.party.is_some() && described.speaker.party == named.speaker.party;
    let known = |name: &str| {
        let last = name.rsplit(' ').next().unwrap_or(name);
        text.as_str()[..source.end].contains(last)
    };
    first_line && person && party && !named.speaker.name.as_deref().is_some_and(known)
}

/// The name of a speaker that is only a description, with an indefinite article or none.
fn description(text: &Text, statement: &Statement<Byte>) -> Option<String> {
    let speaker = &statement.speaker;
    let one = match speaker.kind {
        SpeakerKind::Unnamed => speaker.role.is_some(),
        SpeakerKind::Organisation | SpeakerKind::Group => true,
        _ => false,
    };
    let phrase = text.get(*statement.source.first()?);
    let indefinite = ["A ", "An ", "a ", "an ", "One of "].iter().any(|a| phrase.starts_with(a));
    (one && indefinite).then(|| speaker.name.clone())?
}

/// Whether somebody may be the one described: named, and not of another party.
fn fits(described: &Speaker, statement: &Statement<Byte>) -> bool {
    let speaker = &statement.speaker;
    let named = match described.kind {
        SpeakerKind::Unnamed => matches!(speaker.kind, SpeakerKind::Person | SpeakerKind::Unnamed),
        _ => speaker.kind == SpeakerKind::Organisation,
    };
    let longer = speaker.name.as_deref().is_some_and(|n| Some(n) != described.name.as_deref());
    let own = speaker.party == speaker.name;
    let party = described.party.is_none()
        || speaker.party.is_none()
        || speaker.party == described.party
        || own && speaker.kind == SpeakerKind::Organisation;
    named && longer && party && !statement.source.is_empty()
}

fn content_words(text: &Text, statement: &Statement<Byte>) -> HashSet<String> {
    let words = fold(&Statement::words(&statement.content, text));
    words.into_iter().filter(|w| w.len() > 3).map(|w| w.chars().take(5).collect()).collect()
}
