//! What is dubious in a dossier that can be read.

use std::collections::{HashMap, HashSet};
use std::fmt;

use pourparler_text::names;

use crate::phrase::Phrase;
use crate::{Dossier, Gazetteer, Issue, Person, Side};

/// Something in a dossier that is probably not meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it concerns: ``issue `ceasefire` ``.
    pub subject: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.subject, self.message)
    }
}

impl Dossier {
    /// What can be read but is probably not meant: the same name twice, words that show nothing, people of no known
    /// party, offices that end before they begin.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let mut check = Check::default();
        if self.name.trim().is_empty() {
            check.say("dossier", "it has no name; say in `name` what the talks are called");
        }
        check.once("side", self.sides.iter().map(|s| &s.name));
        check.once("person", self.people.iter().map(|p| &p.name));
        check.once("issue", self.issues.iter().map(|i| &i.id));
        self.sides.iter().for_each(|side| check.side(side));
        let gazetteer = Gazetteer::new(self);
        self.people.iter().for_each(|person| check.person(person, &gazetteer));
        self.shared_names(&mut check);
        self.issues.iter().for_each(|issue| check.issue(issue));
        check.problems
    }

    /// Names by which two sides or people are called.
    fn shared_names(&self, check: &mut Check) {
        let sides = self.sides.iter().map(|s| {
            let words = s.aliases.iter().chain(&s.capital).chain(&s.demonyms).chain(&s.seats);
            (&s.name, std::iter::once(&s.name).chain(words).collect::<Vec<_>>())
        });
        let people = self.people.iter().map(|p| (&p.name, std::iter::once(&p.name).chain(&p.aliases).collect()));
        let mut owners: HashMap<String, &String> = HashMap::new();
        for (owner, words) in sides.chain(people) {
            for word in words {
                let first = *owners.entry(names::key(word)).or_insert(owner);
                if first != owner {
                    let message = format!("`{first}` and `{owner}` are both called so; leave it to one of them");
                    check.say(&format!("name `{word}`"), &message);
                }
            }
        }
    }
}

#[derive(Default)]
struct Check {
    problems: Vec<Problem>,
}

impl Check {
    fn say(&mut self, subject: &str, message: &str) {
        self.problems.push(Problem { subject: subject.to_owned(), message: message.to_owned() });
    }

    fn once<'a>(&mut self, kind: &str, names: impl Iterator<Item = &'a String>) {
        let mut seen = HashSet::new();
        for name in names {
            let subject = format!("{kind} `{name}`");
            if name.trim().is_empty() {
                self.say(&subject, "its name is empty; fill it in or take the table out");
            } else if !seen.insert(name) {
                self.say(&subject, "it is there twice; join the two or rename one");
            }
        }
    }

    fn side(&mut self, side: &Side) {
        let item = side.wikidata.as_deref().unwrap_or("Q1");
        let number = item.strip_prefix('Q').unwrap_or("");
        if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
            let message = format!("`{item}` is no Wikidata item; write it as \"Q159\"");
            self.say(&format!("side `{}`", side.name), &message);
        }
    }

    fn person(&mut self, person: &Person, gazetteer: &Gazetteer) {
        let subject = format!("person `{}`", person.name);
        if let Some(party) = &person.party
            && gazetteer.lookup(party).is_none()
        {
            let message = format!("`{party}` is no side, country or body that is known; add a [[side]] of that name");
            self.say(&subject, &message);
        }
        for office in &person.offices {
            if let (Some(from), Some(to)) = (office.from, office.to)
                && to < from
            {
                let message = format!("as {} they end on {to}, before they begin on {from}", office.title);
                self.say(&subject, &message);
            }
        }
    }

    fn issue(&mut self, issue: &Issue) {
        let subject = format!("issue `{}`", issue.id);
        if issue.label.trim().is_empty() {
            self.say(&subject, "it has no label; say in a few words what it is");
        }
        if issue.words.is_empty() && issue.options.iter().all(|o| o.words.is_empty()) {
            self.say(&subject, "it has no words, so no statement will ever be on it; list some in `words`");
        }
        self.once(&format!("option of issue `{}`", issue.id), issue.options.iter().map(|o| &o.id));
        let written = issue.words.iter().chain(&issue.weak).chain(&issue.not);
        for word in written.chain(issue.options.iter().flat_map(|o| &o.words)) {
            if Phrase::parse(word).is_none() {
                let rule = "write words with `*` only at their ends, joined by `+` or `|`";
                self.say(&subject, &format!("`{word}` cannot be sought; {rule}"));
            }
        }
        for word in issue.not.iter().filter(|n| n.contains('+')) {
            self.say(
                &subject,
                &format!("`{word}` is in `not`, which takes phrases without `+`; write it as one phrase"),
            );
        }
    }
}
