//! Who speaks, how often, for whom and through whom.

use std::collections::HashMap;
use std::rc::Rc;

use jiff::civil::Date;
use pourparler_text::SpeakerKind;
use serde::Serialize;

use crate::Cited;
use crate::cited::SpeakerKeys;

/// Everyone who speaks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Voices {
    /// The speakers that are named, the one with most statements first.
    pub speakers: Vec<Voice>,
    /// Statements of speakers that are described and not named: *a senior official*.
    pub unnamed: Vec<usize>,
    /// Statements that nobody is said to have made: *reportedly*.
    pub unattributed: Vec<usize>,
}

/// One speaker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Voice {
    /// Name.
    pub name: String,
    /// Person, organisation, …
    pub kind: SpeakerKind,
    /// Office or description, the latest given.
    pub role: Option<String>,
    /// The party spoken for, the latest given.
    pub party: Option<String>,
    /// The statements.
    pub statements: Vec<usize>,
    /// First and last day.
    pub days: Option<(Date, Date)>,
    /// Who carried some of the words.
    pub via: Vec<Carrier>,
    /// The outlets in which they appear, in alphabetical order.
    pub outlets: Vec<String>,
}

impl Voice {
    /// Whether every word of this speaker was carried by someone else.
    #[must_use]
    pub fn only_relayed(&self, statements: &[Cited]) -> bool {
        let numbered = |n: usize| statements.get(n.checked_sub(1)?);
        self.statements.iter().all(|n| numbered(*n).is_some_and(Cited::is_relayed))
    }
}

/// Someone who carried words between a speaker and an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Carrier {
    /// Name.
    pub name: String,
    /// The statements carried.
    pub statements: Vec<usize>,
}

/// Counts the speakers. Spellings that differ only in case, accents or punctuation are one speaker.
#[must_use]
pub fn voices(statements: &[Cited]) -> Voices {
    let mut out = Voices::default();
    let mut keys = SpeakerKeys::default();
    let mut at: HashMap<Rc<str>, usize> = HashMap::new();
    for cited in statements {
        let speaker = &cited.entry.statement.speaker;
        let (Some(name), true) = (&speaker.name, cited.is_named()) else {
            let list = if speaker.name.is_some() || speaker.role.is_some() || speaker.kind != SpeakerKind::Unnamed {
                &mut out.unnamed
            } else {
                &mut out.unattributed
            };
            list.push(cited.number);
            continue;
        };
        let i = *at.entry(keys.of(cited).unwrap_or_default()).or_insert(out.speakers.len());
        if i == out.speakers.len() {
            out.speakers.push(Voice {
                name: name.clone(),
                kind: speaker.kind,
                role: None,
                party: None,
                statements: Vec::new(),
                days: None,
                via: Vec::new(),
                outlets: Vec::new(),
            });
        }
        add(&mut out.speakers[i], cited);
    }
    out.speakers.sort_by(|a, b| b.statements.len().cmp(&a.statements.len()).then_with(|| a.name.cmp(&b.name)));
    out
}

fn add(voice: &mut Voice, cited: &Cited) {
    let speaker = &cited.entry.statement.speaker;
    voice.statements.push(cited.number);
    voice.role = speaker.role.clone().or(voice.role.take());
    voice.party = speaker.party.clone().or(voice.party.take());
    if let Some(day) = cited.day {
        // Statements come in the order of days.
        voice.days = Some((voice.days.map_or(day, |(first, _)| first), day));
    }
    for name in &cited.entry.statement.via {
        match voice.via.iter_mut().find(|c| c.name == *name) {
            Some(carrier) => carrier.statements.push(cited.number),
            None => voice.via.push(Carrier { name: name.clone(), statements: vec![cited.number] }),
        }
    }
    for outlet in cited.appearances.iter().filter_map(|a| a.outlet.as_ref()) {
        if let Err(place) = voice.outlets.binary_search(outlet) {
            voice.outlets.insert(place, outlet.clone());
        }
    }
}
