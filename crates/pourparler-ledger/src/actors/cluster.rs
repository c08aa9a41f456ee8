//! Which speakers of many articles are one actor, by name, party, office and the company they keep.
//!
//! Speakers with one name, kind and party are one *form*. Forms are joined where their names may be one person's or one
//! body's and their parties do not contradict; what could belong to two actors (a bare *Ivanov* beside Igor and Sergei)
//! goes by its office, and where that does not tell either, stays for itself.

use std::collections::{BTreeMap, BTreeSet};

use pourparler_text::SpeakerKind;
use pourparler_text::names::{fold, key, may_be_one};

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

/// The mentions by actor: one set of indices for each, in order of their first.
pub(super) fn cluster(mentions: &[Mention]) -> Vec<Vec<usize>> {
    let mut forms: BTreeMap<&Form, Vec<usize>> = BTreeMap::new();
    for (at, mention) in mentions.iter().enumerate() {
        forms.entry(&mention.form).or_default().push(at);
    }
    // The fullest names first, so that the shorter ones find them.
    let mut order: Vec<(&Form, Vec<usize>)> = forms.into_iter().collect();
    order.sort_by_key(|(form, at)| (std::cmp::Reverse(fold(&form.name).len()), std::cmp::Reverse(at.len())));
    let mut actors: Vec<Vec<(&Form, Vec<usize>)>> = Vec::new();
    for (form, at) in order {
        let fitting: Vec<usize> = (0..actors.len()).filter(|&a| fits(form, &actors[a])).collect();
        let chosen = match fitting.as_slice() {
            [] => None,
            [one] => Some(*one),
            several => by_company(&at, several, &actors, mentions),
        };
        match chosen {
            Some(actor) => actors[actor].push((form, at)),
            None => actors.push(vec![(form, at)]),
        }
    }
    let mut out: Vec<Vec<usize>> = actors
        .into_iter()
        .map(|forms| {
            let mut at: Vec<usize> = forms.into_iter().flat_map(|(_, at)| at).collect();
            at.sort_unstable();
            at
        })
        .collect();
    out.sort_by_key(|at| at.first().copied());
    out
}

/// Whether a form may belong to an actor: it does not contradict any form of it.
fn fits(form: &Form, actor: &[(&Form, Vec<usize>)]) -> bool {
    actor.iter().all(|(other, _)| {
        let party = |f: &Form| f.party.as_deref().map(key);
        let parties = match (party(form), party(other)) {
            (Some(a), Some(b)) => a == b,
            _ => form.kind == "person",
        };
        form.kind == other.kind && parties && same(form, other)
    })
}

fn same(a: &Form, b: &Form) -> bool {
    if a.kind == SpeakerKind::Person.as_str() {
        return may_be_one(&a.name, &b.name);
    }
    let (a, b) = (fold(&a.name), fold(&b.name));
    let initials = |words: &[String]| {
        words
            .iter()
            .filter(|w| !["of", "the", "and", "for"].contains(&w.as_str()))
            .filter_map(|w| w.chars().next())
            .collect::<String>()
    };
    a == b
        || (a.len() == 1 && a[0].len() > 1 && a[0] == initials(&b))
        || (b.len() == 1 && b[0].len() > 1 && b[0] == initials(&a))
}

/// Of several actors to which a form may belong, the only one that shares an article or an office with it.
fn by_company(
    at: &[usize],
    several: &[usize],
    actors: &[Vec<(&Form, Vec<usize>)>],
    mentions: &[Mention],
) -> Option<usize> {
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
            let (theirs, there) = of(&mut actors[actor].iter().flat_map(|(_, at)| at.iter().copied()));
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
