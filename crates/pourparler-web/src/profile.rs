//! What is known of an actor: offices over time, party, authority, outlets and carriers, dissent; for the page and for programs.

use std::collections::HashMap;

use jiff::civil::Date;
use pourparler_brief::{Authority, Cited};
use pourparler_dossier::{Office, Person};
use pourparler_ledger::Actor;
use pourparler_text::names::key;

use crate::app::Current;
use crate::talks::Talks;
use crate::view::View;

/// A value with how often, since when and until when it was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// The value, as it was met first.
    pub value: String,
    /// How many statements.
    pub count: usize,
    /// First and last day, where any is known.
    pub days: Option<(Date, Date)>,
    /// The last statement.
    pub last: usize,
}

/// What statements and dossier tell of an actor.
#[derive(Debug)]
pub struct Profile<'a> {
    /// The person of the dossier that it is.
    pub person: Option<&'a Person>,
    /// Its party by the dossier.
    pub party: Option<&'a str>,
    /// Its item in Wikidata.
    pub wikidata: Option<&'a str>,
    /// Parties that the statements give, the most frequent first.
    pub parties: Vec<Met>,
    /// Offices and descriptions that the statements give, the one that was met first first.
    pub roles: Vec<Met>,
    /// With what authority it speaks, the greatest first.
    pub authority: Vec<Met>,
    /// Ids of issues, the most frequent first.
    pub issues: Vec<Met>,
    /// Outlets in which its words appear, the most frequent first.
    pub outlets: Vec<Met>,
    /// Who carried its words, the most frequent first.
    pub via: Vec<Met>,
    /// Its statements that depart from the party line.
    pub dissent: Vec<usize>,
}

impl<'a> Profile<'a> {
    /// Of the actor at a place.
    pub fn of(current: &'a Current, place: usize) -> Self {
        let actor = &current.actors[place];
        let names = || std::iter::once(&actor.name).chain(&actor.names);
        let person = person(&current.talks, actor);
        let side = current.talks.dossier.sides.iter().find(|side| {
            let is = |own: &String| names().any(|name| key(name) == key(own));
            std::iter::once(&side.name).chain(&side.aliases).any(is)
        });
        let mut met: [Tally; 6] = Default::default();
        let mut dissent = Vec::new();
        for &number in current.statements_of(place) {
            if let Some(cited) = current.statement(number) {
                add(&mut met, cited);
                if !current.dissents_of(number).is_empty() {
                    dissent.push(number);
                }
            }
        }
        let [mut parties, mut roles, mut authority, mut issues, mut outlets, mut via] = met.map(|tally| tally.met);
        for list in [&mut parties, &mut issues, &mut outlets, &mut via] {
            list.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        }
        roles.sort_by_key(|met| (met.days.is_none(), met.days));
        authority.sort_by_key(|met| ["settles", "speaks", "comments"].iter().position(|known| *known == met.value));
        Self {
            person,
            party: person.and_then(|p| p.party.as_deref()).or_else(|| side.map(|s| s.name.as_str())),
            wikidata: current.talks.dossier.wikidata(names()),
            parties,
            roles,
            authority,
            issues,
            outlets,
            via,
            dissent,
        }
    }

    /// The offices of the dossier, the first one first.
    #[must_use]
    pub fn offices(&self) -> &'a [Office] {
        self.person.map_or(&[], |person| &person.offices)
    }
}

/// Counts parties, roles, authority, issues, outlets and carriers of a statement.
fn add([parties, roles, authority, issues, outlets, via]: &mut [Tally; 6], cited: &Cited) {
    let statement = &cited.entry.statement;
    let speaker = &statement.speaker;
    speaker.party.iter().for_each(|party| parties.meet(party, cited));
    speaker.role.iter().for_each(|role| roles.meet(role, cited));
    authority.meet(Authority::of(speaker).as_str(), cited);
    statement.positions.iter().for_each(|position| issues.meet(&position.issue, cited));
    cited.appearances.iter().filter_map(|a| a.outlet.as_ref()).for_each(|outlet| outlets.meet(outlet, cited));
    statement.via.iter().for_each(|carrier| via.meet(carrier, cited));
}

/// Values as they are met; case, accents and punctuation do not count.
#[derive(Debug, Default)]
struct Tally {
    met: Vec<Met>,
    /// Places in that list, by the value to the letter, and by what counts of it.
    spelled: HashMap<String, usize>,
    keys: HashMap<String, usize>,
}

impl Tally {
    fn meet(&mut self, value: &str, cited: &Cited) {
        let place = self.spelled.get(value).copied().unwrap_or_else(|| {
            // Most values come in one spelling: it is folded once.
            let place = *self.keys.entry(key(value)).or_insert(self.met.len());
            self.spelled.insert(value.to_owned(), place);
            place
        });
        let Some(met) = self.met.get_mut(place) else {
            let days = cited.day.map(|day| (day, day));
            self.met.push(Met { value: value.to_owned(), count: 1, days, last: cited.number });
            return;
        };
        // What a statement has twice counts once.
        if met.last != cited.number {
            met.count += 1;
            met.last = cited.number;
            // Statements come in the order of days, those without any last.
            met.days = met
                .days
                .map_or(cited.day.map(|day| (day, day)), |(first, last)| Some((first, cited.day.unwrap_or(last))));
        }
    }
}

/// The person of the dossier that an actor is, by any of its names.
fn person<'a>(talks: &'a Talks, actor: &Actor) -> Option<&'a Person> {
    let names: Vec<String> = std::iter::once(&actor.name).chain(&actor.names).map(|name| key(name)).collect();
    let is = |own: &String| names.contains(&key(own));
    talks.dossier.people.iter().find(|p| std::iter::once(&p.name).chain(&p.aliases).any(is))
}

/// Which of an actor's statements are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Id of an issue.
    pub issue: Option<String>,
    /// `settles`, `speaks` or `comments`.
    pub authority: Option<String>,
    /// An outlet in which they appear.
    pub outlet: Option<String>,
    /// Who carried the words.
    pub via: Option<String>,
    /// Office or description.
    pub role: Option<String>,
    /// The party that the text gives.
    pub party: Option<String>,
    /// Only what departs from the party line.
    pub dissent: Option<bool>,
}

impl Which {
    /// Whether a statement is asked for.
    pub fn passes(&self, current: &Current, cited: &Cited) -> bool {
        let statement = &cited.entry.statement;
        let speaker = &statement.speaker;
        let same = |asked: &str, value: &str| asked == value || key(asked) == key(value);
        let is = |asked: &Option<String>, value: Option<&str>| {
            asked.as_deref().is_none_or(|asked| value.is_some_and(|value| same(asked, value)))
        };
        is(&self.party, speaker.party.as_deref())
            && is(&self.role, speaker.role.as_deref())
            && is(&self.authority, Some(Authority::of(speaker).as_str()))
            && self.issue.as_deref().is_none_or(|issue| cited.stance_on(issue).is_some())
            && self.via.as_deref().is_none_or(|via| statement.via.iter().any(|carrier| same(via, carrier)))
            && self.outlet.as_deref().is_none_or(|outlet| {
                cited.appearances.iter().any(|a| a.outlet.as_deref().is_some_and(|own| same(outlet, own)))
            })
            && self.dissent.is_none_or(|asked| asked != current.dissents_of(cited.number).is_empty())
    }

    /// What is set, by the names that it has in addresses.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let all = [
            ("issue", &self.issue),
            ("authority", &self.authority),
            ("outlet", &self.outlet),
            ("via", &self.via),
            ("role", &self.role),
            ("party", &self.party),
            ("dissent", &self.dissent.map(|dissent| dissent.to_string())),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))).collect()
    }
}

/// Which actors are asked for.
#[derive(Debug, Clone, Default, serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Those {
    /// Words with which words of one of its names begin; case and accents do not count.
    pub name: Option<String>,
    /// `person`, `organisation`, `country`, `group` or `unnamed`.
    pub kind: Option<String>,
    /// The whole name of the party.
    pub party: Option<String>,
}

impl Those {
    /// The places of the actors that are asked for, those with most statements first, each statement counted once.
    #[must_use]
    pub fn among(&self, view: &View) -> Vec<usize> {
        let wanted = pourparler_text::names::fold(self.name.as_deref().unwrap_or_default());
        let party = self.party.as_deref().map(key).filter(|party| !party.is_empty());
        let named = |actor: &Actor| {
            wanted.is_empty()
                || std::iter::once(&actor.name).chain(&actor.names).any(|name| {
                    let own = pourparler_text::names::fold(name);
                    wanted.iter().all(|word| own.iter().any(|own| own.starts_with(word)))
                })
        };
        let passes = |actor: &Actor| {
            self.kind.as_deref().is_none_or(|kind| actor.kind == kind)
                && party.as_ref().is_none_or(|party| actor.party.as_deref().map(key).as_ref() == Some(party))
                && named(actor)
        };
        let mut found: Vec<usize> = (0..view.actors.len()).filter(|place| passes(&view.actors[*place])).collect();
        found.sort_by_key(|place| std::cmp::Reverse(view.statements_of(*place).len()));
        found
    }
}
