//! What a record speaks of and nobody has written down yet: parties, people with offices, and recurring matters that no issue
//! covers, each with the sentences that make one think so.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pourparler_text::{Entry, SpeakerKind, names};

use crate::same::tells;

/// Somebody is proposed from so many statements on.
const STATEMENTS: usize = 2;
/// A matter is proposed where so many statements that show no issue speak of it, in as many articles.
const RECURS: usize = 3;
/// So many sentences are shown for each proposal.
const SHOWN: usize = 2;
/// So many proposals of a kind are made.
const MOST: usize = 12;

/// What may be added to a dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// Parties that speak and that the dossier does not name.
    pub parties: Vec<Suggestion>,
    /// People, with the offices that articles give them.
    pub people: Vec<Suggestion>,
    /// Phrases that recur in statements which show no issue.
    pub phrases: Vec<Suggestion>,
}

/// One proposal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// Name, or phrase.
    pub name: String,
    /// Whom a person speaks for.
    pub party: Option<String>,
    /// The offices that articles give, the latest last.
    pub roles: Vec<String>,
    /// How many statements.
    pub statements: usize,
    /// Sentences that show it, …
    pub sentences: Vec<String>,
    /// … and what the statements in them are called: `ARTICLE/ID`.
    pub names: Vec<String>,
}

impl Suggestion {
    fn add(&mut self, entry: &Entry) {
        self.statements += 1;
        if self.sentences.len() < SHOWN && !self.sentences.contains(&entry.sentence) {
            self.sentences.push(entry.sentence.clone());
            self.names.push(format!("{}/{}", entry.article, entry.statement.id));
        }
    }
}

/// What may be added to a dossier; `known` tells which names it has already.
#[must_use]
pub fn suggestions<'a>(
    entries: impl IntoIterator<Item = &'a Entry, IntoIter: Clone>,
    known: impl Fn(&str) -> bool,
) -> Suggestions {
    let entries = entries.into_iter();
    let mut parties: BTreeMap<String, Suggestion> = BTreeMap::new();
    let mut people: BTreeMap<String, Suggestion> = BTreeMap::new();
    for entry in entries.clone() {
        let speaker = &entry.statement.speaker;
        if let Some(party) = speaker.party.as_ref().filter(|p| !known(p)) {
            let one = parties.entry(names::key(party)).or_default();
            one.name.clone_from(party);
            one.add(entry);
        }
        let person =
            speaker.name.as_ref().filter(|n| speaker.kind == SpeakerKind::Person && n.contains(' ') && !known(n));
        if let Some(name) = person {
            let one = people.entry(names::key(name)).or_default();
            one.name.clone_from(name);
            one.party = speaker.party.clone().or(one.party.take());
            one.roles.extend(speaker.role.clone().filter(|r| !one.roles.contains(r)));
            one.add(entry);
        }
    }
    Suggestions { parties: most(parties), people: most(people), phrases: most(phrases(entries)) }
}

/// Pairs of content words side by side in statements that show no issue.
fn phrases<'a>(entries: impl Iterator<Item = &'a Entry> + Clone) -> BTreeMap<String, Suggestion> {
    let speakers: BTreeSet<String> = entries
        .clone()
        .flat_map(|e| [&e.statement.speaker.name, &e.statement.speaker.party])
        .flatten()
        .flat_map(|name| names::fold(name))
        .collect();
    let mut found: BTreeMap<String, Suggestion> = BTreeMap::new();
    let mut articles: HashMap<String, BTreeSet<&'a str>> = HashMap::new();
    for entry in entries.filter(|e| e.statement.positions.is_empty()) {
        let words = names::fold(&entry.content);
        let pairs = words.windows(2).filter(|w| w.iter().all(|w| tells(w) && !speakers.contains(w)));
        let pairs: BTreeSet<String> = pairs.map(|w| w.join(" ")).collect();
        for pair in pairs {
            let one = found.entry(pair.clone()).or_default();
            one.name.clone_from(&pair);
            one.add(entry);
            articles.entry(pair).or_default().insert(&entry.article);
        }
    }
    found.retain(|pair, one| one.statements >= RECURS && articles.get(pair).is_some_and(|a| a.len() >= RECURS));
    found
}

fn most(found: BTreeMap<String, Suggestion>) -> Vec<Suggestion> {
    let mut found: Vec<Suggestion> = found.into_values().filter(|s| s.statements >= STATEMENTS).collect();
    found.sort_by_key(|s| std::cmp::Reverse(s.statements));
    found.truncate(MOST);
    found
}
