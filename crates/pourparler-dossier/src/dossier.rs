//! The dossier file: its form, how it is read, and how one extends another.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

const GENERAL: &str = include_str!("../../../dossiers/peace-and-security.toml");
/// The dossiers inside the program that a user may take up beside the general one, by topic.
const TOPICS: &[(&str, &str)] = &[
    ("peace", GENERAL),
    ("trade", include_str!("../../../dossiers/trade.toml")),
    ("climate", include_str!("../../../dossiers/climate.toml")),
    ("labour", include_str!("../../../dossiers/labour.toml")),
];
const TEMPLATE: &str = include_str!("../../../dossiers/template.toml");

/// What a negotiation is about: its sides, people and issues.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dossier {
    /// What the talks are called.
    pub name: String,
    /// Ids of built-in issues that this dossier's own ones stand in for, so that no statement is counted under both.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<String>,
    /// Events that texts count days from (*on the tenth day of the war*).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<Anchor>,
    /// The parties to the talks.
    #[serde(default, rename = "side", skip_serializing_if = "Vec::is_empty")]
    pub sides: Vec<Side>,
    /// Who speaks for them.
    #[serde(default, rename = "person", skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<Person>,
    /// What is under negotiation.
    #[serde(default, rename = "issue", skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
}

/// An event that texts count days from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// How texts call it: *the war*.
    pub name: String,
    /// Its first day.
    #[serde(deserialize_with = "day")]
    pub from: Date,
}

/// A party to the talks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// Short common name: what statements give as their party.
    pub name: String,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The capital that stands for the government.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capital: Option<String>,
    /// Words for its people and for what is theirs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub demonyms: Vec<String>,
    /// Seats of government that stand for it: *the Kremlin*.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seats: Vec<String>,
    /// What kind of party it is.
    #[serde(default)]
    pub kind: SideKind,
    /// Its item in Wikidata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
}

/// What kind of party a side is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SideKind {
    /// A state or a place that acts as one.
    #[default]
    Country,
    /// An alliance, union, company, trade union, …
    Organisation,
    /// A movement or an armed group.
    Group,
}

/// Someone who speaks for a party.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// Other spellings and short forms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The side, country or body that they speak for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// Their item in Wikidata: `Q58217`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
    /// What they were, and when.
    #[serde(default, rename = "office", skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<Office>,
}

/// An office that a person held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// The title without the country: *Foreign Minister*.
    pub title: String,
    /// First day in office, where known.
    #[serde(default, deserialize_with = "some_day", skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day in office; absent while it lasts.
    #[serde(default, deserialize_with = "some_day", skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

/// An issue under negotiation.
///
/// Words and phrases match without regard to case, a hyphen is the same as a space, a `*` at the end of a word
/// stands for any ending, `a | b` is either and `a + b` is both in the same statement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// What statements and positions call it.
    pub id: String,
    /// What it is, in a few words.
    #[serde(default)]
    pub label: String,
    /// What it belongs to: *security*, *economy*, …
    #[serde(default)]
    pub group: String,
    /// What shows that a statement takes it up.
    #[serde(default)]
    pub words: Vec<String>,
    /// What shows it only where a statement shows no other issue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weak: Vec<String>,
    /// Phrases that hold one of the words and do not mean the issue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not: Vec<String>,
    /// What somebody might say on it, in whole sentences: statements that mean about the same take up the issue, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
    /// The outcomes that are on the table.
    #[serde(default, rename = "option", skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
}

impl Issue {
    /// What the issue is in plain words, for a reader of meanings: its label and then its words, without the signs of patterns.
    #[must_use]
    pub fn in_words(&self) -> String {
        let plain = |w: &String| w.replace(['*', '+', '|'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
        let label = if self.label.is_empty() { self.id.replace('-', " ") } else { self.label.clone() };
        std::iter::once(label).chain(self.words.iter().map(plain)).collect::<Vec<_>>().join("; ")
    }
}

/// One outcome that an issue may have: an `[[issue.option]]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Unique in its issue.
    pub id: String,
    /// What it is, in a few words.
    #[serde(default)]
    pub label: String,
    /// What shows that a statement takes it up, and the issue with it.
    #[serde(default)]
    pub words: Vec<String>,
}

/// Why a dossier cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}, column {column}: {message}{}", shown(.excerpt))]
pub struct DossierError {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// What is wrong and what is wanted instead.
    pub message: String,
    /// The line itself, without the white space around it.
    pub excerpt: String,
}

fn shown(excerpt: &str) -> String {
    if excerpt.is_empty() { String::new() } else { format!(" (the line is `{excerpt}`)") }
}

impl DossierError {
    fn new(text: &str, error: &toml::de::Error) -> Self {
        let at = error.span().map_or(0, |s| s.start.min(text.len()));
        let before = text.get(..at).unwrap_or("");
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        let message = error.message().trim();
        let help = if message.starts_with("unknown field") {
            "; correct the spelling or take it out"
        } else if message.starts_with("missing field") {
            "; add it to this table"
        } else if message.starts_with("duplicate key") {
            "; keep one of the two"
        } else {
            ""
        };
        Self {
            line: before.matches('\n').count() + 1,
            column: before.get(start..).map_or(0, |s| s.chars().count()) + 1,
            message: format!("{message}{help}"),
            excerpt: text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("").trim().to_owned(),
        }
    }
}

impl Dossier {
    /// The dossier as a file, to be read and edited.
    #[must_use]
    pub fn to_toml(&self) -> String {
        // Texts, days and lists of them: nothing in it that TOML does not hold.
        toml::to_string(self).unwrap_or_default()
    }

    /// Reads a dossier file.
    ///
    /// # Errors
    /// Where the text is no TOML, has a key that no dossier has, or lacks one that it needs.
    pub fn parse(text: &str) -> Result<Self, DossierError> {
        toml::from_str(text).map_err(|e| DossierError::new(text, &e))
    }

    /// The built-in dossier: the issues of peace and security talks at large, with no sides or people.
    #[must_use]
    pub fn general() -> Self {
        // The file is part of the program, and a test reads it.
        Self::parse(GENERAL).expect("the built-in dossier is well-formed")
    }

    /// A starter file with comments.
    #[must_use]
    pub fn template() -> &'static str {
        TEMPLATE
    }

    /// The Wikidata item of the person or side that one of these names is; case, accents and punctuation do not count.
    #[must_use]
    pub fn wikidata<'a>(&self, names: impl Iterator<Item = &'a String> + Clone) -> Option<&str> {
        let is =
            |own: &String| names.clone().any(|n| pourparler_text::names::key(n) == pourparler_text::names::key(own));
        let person = self.people.iter().find(|p| std::iter::once(&p.name).chain(&p.aliases).any(is));
        let side = || self.sides.iter().find(|s| std::iter::once(&s.name).chain(&s.aliases).any(is));
        match person {
            Some(person) => person.wikidata.as_deref(),
            None => side()?.wikidata.as_deref(),
        }
    }

    /// The text of a dossier inside the program, to read or to start from: `peace`, `trade`, `climate` or `labour`.
    #[must_use]
    pub fn built_in(topic: &str) -> Option<&'static str> {
        TOPICS.iter().find(|(name, _)| *name == topic).map(|(_, text)| *text)
    }

    /// The topics of the dossiers inside the program.
    pub fn topics() -> impl Iterator<Item = &'static str> {
        TOPICS.iter().map(|(name, _)| *name)
    }

    /// This dossier with what another one adds: anchors, sides, people and issues. A side or person that both have
    /// is the other's; an issue that both have keeps its words and gains the other's, under the other's label.
    #[must_use]
    pub fn extended_by(mut self, user: Self) -> Self {
        replace_or_add(&mut self.anchors, user.anchors, |a| &a.name);
        replace_or_add(&mut self.sides, user.sides, |s| &s.name);
        replace_or_add(&mut self.people, user.people, |p| &p.name);
        self.issues.retain(|i| !user.replaces.contains(&i.id));
        for issue in user.issues {
            match self.issues.iter_mut().find(|i| i.id == issue.id) {
                Some(own) => own.extend(issue),
                None => self.issues.push(issue),
            }
        }
        Self { name: user.name, ..self }
    }
}

impl Issue {
    fn extend(&mut self, user: Self) {
        replace_text(&mut self.label, user.label);
        replace_text(&mut self.group, user.group);
        add_new(&mut self.words, user.words);
        add_new(&mut self.weak, user.weak);
        add_new(&mut self.not, user.not);
        add_new(&mut self.examples, user.examples);
        for option in user.options {
            match self.options.iter_mut().find(|o| o.id == option.id) {
                Some(own) => {
                    replace_text(&mut own.label, option.label);
                    add_new(&mut own.words, option.words);
                }
                None => self.options.push(option),
            }
        }
    }
}

fn replace_text(own: &mut String, user: String) {
    if !user.is_empty() {
        *own = user;
    }
}

fn add_new(own: &mut Vec<String>, user: Vec<String>) {
    for word in user {
        if !own.contains(&word) {
            own.push(word);
        }
    }
}

fn replace_or_add<T>(own: &mut Vec<T>, user: Vec<T>, name: fn(&T) -> &String) {
    for item in user {
        match own.iter_mut().find(|o| name(o) == name(&item)) {
            Some(same) => *same = item,
            None => own.push(item),
        }
    }
}

/// A day, quoted or as TOML's own date.
fn day<'de, D: Deserializer<'de>>(d: D) -> Result<Date, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Quoted(String),
        Toml(toml::value::Datetime),
    }
    let wanted = "write a day as \"2031-01-10\" (year-month-day)";
    let written = match Written::deserialize(d) {
        Ok(Written::Quoted(s)) => s,
        Ok(Written::Toml(t)) => t.to_string(),
        Err(_) => return Err(serde::de::Error::custom(format!("this is no date; {wanted}"))),
    };
    written.parse().map_err(|_| serde::de::Error::custom(format!("`{written}` is no date; {wanted}")))
}

fn some_day<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Date>, D::Error> {
    day(d).map(Some)
}
