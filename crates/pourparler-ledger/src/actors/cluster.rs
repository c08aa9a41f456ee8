//! Which speakers of many articles are one actor, by name, party, office and the company they keep.
//!
//! Speakers with one name, kind and party are one *form*. Forms are joined where their names may be one person's or one
//! body's and their parties do not contradict; what could belong to two actors (a bare *Ivanov* beside Igor and Sergei)
//! goes by its office, and where that does not tell either, stays for itself.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use pourparler_text::SpeakerKind;
use pourparler_text::names::{PersonName, fold, key};

/// A speaker as statements name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Form {
    /// The name.
    pub name: String,
    /// Person, organisation, …, by its name in JSON.
    pub kind: String,
    /// Whom it speaks for.
    pub party: Option<String>,
}

/// How one article speaks of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The form.
    pub form: Form,
    /// Id of the article.
    pub article: String,
    /// Its offices there.
    pub roles: BTreeSet<String>,
    /// Statements in which it speaks there.
    pub statements: usize,
}

/// A form as it is compared.
struct Compared<'a> {
    form: &'a Form,
    /// Its mentions.
    at: Vec<usize>,
    /// The words of its name, folded.
    words: Vec<String>,
    /// The name, where it is a person's.
    person: Option<PersonName>,
    /// The party's name, folded.
    party: Option<String>,
    /// What all forms that may be one have in common: the last name of a person, the initials of a body.
    tag: String,
}

impl<'a> Compared<'a> {
    fn new(form: &'a Form, at: Vec<usize>) -> Self {
        let words = fold(&form.name);
        let person = (form.kind == SpeakerKind::Person.as_str()).then(|| PersonName::of(&form.name));
        let tag = match &person {
            Some(name) => name.last().unwrap_or_default().to_owned(),
            None if words.len() == 1 => words[0].clone(),
            None => initials(&words),
        };
        Self { party: form.party.as_deref().map(key), form, at, words, person, tag }
    }

    /// Whether a form may belong to an actor: it does not contradict any form of it.
    fn fits(&self, actor: &[Self]) -> bool {
        actor.iter().all(|other| {
            let parties = match (&self.party, &other.party) {
                (Some(a), Some(b)) => a == b,
                _ => self.person.is_some(),
            };
            self.form.kind == other.form.kind && parties && self.is_named_as(other)
        })
    }

    fn is_named_as(&self, other: &Self) -> bool {
        if let (Some(a), Some(b)) = (&self.person, &other.person) {
            return a.may_be(b);
        }
        let (a, b) = (&self.words, &other.words);
        let short = |a: &[String], b: &[String]| a.len() == 1 && a[0].len() > 1 && a[0] == initials(b);
        a == b || short(a, b) || short(b, a)
    }
}

fn initials(words: &[String]) -> String {
    let small = |word: &&String| ["of", "the", "and", "for"].contains(&word.as_str());
    words.iter().filter(|word| !small(word)).filter_map(|word| word.chars().next()).collect()
}

/// The mentions by actor: one set of indices for each, in order of their first.
pub(super) fn cluster(mentions: &[Mention]) -> Vec<Vec<usize>> {
    let mut forms: BTreeMap<&Form, Vec<usize>> = BTreeMap::new();
    for (at, mention) in mentions.iter().enumerate() {
        forms.entry(&mention.form).or_default().push(at);
    }
    // The fullest names first, so that the shorter ones find them.
    let mut order: Vec<Compared> = forms.into_iter().map(|(form, at)| Compared::new(form, at)).collect();
    order.sort_by_key(|c| (Reverse(c.words.len()), Reverse(c.at.len())));
    let mut actors: Vec<Vec<Compared>> = Vec::new();
    // Only actors of one kind and tag need be looked at.
    let mut tagged: HashMap<(&str, String), Vec<usize>> = HashMap::new();
    for form in order {
        let near = tagged.entry((&form.form.kind, form.tag.clone())).or_default();
        let fitting: Vec<usize> = near.iter().copied().filter(|&a| form.fits(&actors[a])).collect();
        let chosen = match fitting.as_slice() {
            [] => None,
            [one] => Some(*one),
            several => by_company(&form.at, several, &actors, mentions),
        };
        match chosen {
            Some(actor) => actors[actor].push(form),
            None => {
                near.push(actors.len());
                actors.push(vec![form]);
            }
        }
    }
    let mut out: Vec<Vec<usize>> = actors
        .into_iter()
        .map(|forms| {
            let mut at: Vec<usize> = forms.into_iter().flat_map(|form| form.at).collect();
            at.sort_unstable();
            at
        })
        .collect();
    out.sort_by_key(|at| at.first().copied());
    out
}

/// Of several actors to which a form may belong, the only one that shares an article or an office with it.
fn by_company(at: &[usize], several: &[usize], actors: &[Vec<Compared>], mentions: &[Mention]) -> Option<usize> {
    let of = |at: &mut dyn Iterator<Item = usize>| {
        let (mut roles, mut articles) = (BTreeSet::new(), BTreeSet::new());
        for i in at {
            roles.extend(mentions[i].roles.iter().map(|r| key(r)));
            articles.insert(&mentions[i].article);
        }
        (roles, articles)
    };
    let (roles, articles) = of(&mut at.iter().copied());
    let shares: Vec<usize> = several
        .iter()
        .copied()
        .filter(|&actor| {
            let (theirs, there) = of(&mut actors[actor].iter().flat_map(|form| form.at.iter().copied()));
            !roles.is_disjoint(&theirs) || !articles.is_disjoint(&there)
        })
        .collect();
    match shares.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(name: &str, kind: &str, party: &str, article: &str, role: &str) -> Mention {
        let some = |s: &str| Some(s.to_owned()).filter(|s| !s.is_empty());
        Mention {
            form: Form { name: name.into(), kind: kind.into(), party: some(party) },
            article: article.into(),
            roles: some(role).into_iter().collect(),
            statements: 1,
        }
    }

    #[test]
    fn one_actor_in_many_articles_and_two_of_one_name() {
        let mentions = [
            mention("John Kerry", "person", "United States", "a", "Secretary of State"),
            mention("Kerry", "person", "United States", "b", ""),
            mention("John Kerry", "person", "", "c", ""),
            mention("Igor Ivanov", "person", "Russia", "d", "foreign minister"),
            mention("Sergei Ivanov", "person", "Russia", "e", "defence minister"),
            mention("Sergey Ivanov", "person", "Russia", "f", ""),
            // by the office it is Igor's, and without one nobody's
            mention("Ivanov", "person", "Russia", "g", "foreign minister"),
            mention("Ivanov", "person", "Russia", "h", "foreign minister"),
            mention("Kerry", "person", "Ireland", "i", ""),
            mention("NATO", "organisation", "NATO", "a", ""),
            mention("North Atlantic Treaty Organisation", "organisation", "NATO", "b", ""),
        ];
        assert_eq!(cluster(&mentions), [vec![0, 1, 2], vec![3, 6, 7], vec![4, 5], vec![8], vec![9, 10]]);
        let alone = [mentions[3].clone(), mentions[4].clone(), mention("Ivanov", "person", "Russia", "z", "")];
        assert_eq!(cluster(&alone), [[0], [1], [2]]);
    }
}
