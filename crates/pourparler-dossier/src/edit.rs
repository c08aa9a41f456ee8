//! Changes of a dossier's text by forms: one side, person or issue is put in, changed or taken out, and all else stays as its writer
//! left it, comments and order included.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use toml_edit::{Array, ArrayOfTables, Decor, DocumentMut, Item, Table, Value};

use crate::{Choice, Dossier, DossierError, Issue, Office, Person, Side, SideKind};

/// One change of a dossier. `of` is the name or id that the thing has now, absent where it is new; `to` is what it is to be, absent
/// where it is to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Change {
    /// What the talks are called.
    Name {
        /// The new name.
        to: String,
    },
    /// A party to the talks.
    Side {
        /// Its name now.
        of: Option<String>,
        /// What it is to be.
        to: Option<Side>,
    },
    /// Somebody who speaks.
    Person {
        /// The name now.
        of: Option<String>,
        /// What they are to be.
        to: Option<Person>,
    },
    /// A matter under negotiation.
    Issue {
        /// Its id now.
        of: Option<String>,
        /// What it is to be.
        to: Option<Issue>,
    },
}

/// Why a change cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// The text is no dossier.
    #[error(transparent)]
    Wrong(#[from] DossierError),
    /// What is to be changed is not there.
    #[error("there is no {kind} `{name}` in the file any longer")]
    Missing {
        /// Side, person or issue.
        kind: &'static str,
        /// Its name or id.
        name: String,
    },
    /// There is one of that name already.
    #[error("there is a {kind} `{name}` already")]
    Taken {
        /// Side, person or issue.
        kind: &'static str,
        /// Its name or id.
        name: String,
    },
    /// It is written in a way that only people can change.
    #[error("the file writes `{kind}` in square brackets on one line; change it as text")]
    Inline {
        /// Side, person, issue, office or option.
        kind: &'static str,
    },
}

/// The text of a dossier with a change made. An empty text is an empty dossier.
///
/// # Errors
/// Where the text is no dossier, or has not what is to be changed, or the result would be none.
pub fn changed(text: &str, change: &Change) -> Result<String, EditError> {
    // A file that is to be begun with its first party has no name yet.
    if !text.trim().is_empty() || !matches!(change, Change::Name { .. }) {
        let named = if text.trim().is_empty() { "name = \"\"\n" } else { text };
        Dossier::parse(named)?;
    }
    let mut document: DocumentMut = text.parse().map_err(|e: toml_edit::TomlError| wrong(&e))?;
    if document.get("name").is_none() && !matches!(change, Change::Name { .. }) {
        set(document.as_table_mut(), "name", Some(String::new()));
    }
    match change {
        Change::Name { to } => set(document.as_table_mut(), "name", Some(to.clone())),
        Change::Side { of, to } => one(&mut document, "side", "name", of.as_deref(), to.as_ref(), |s| &s.name, side)?,
        Change::Person { of, to } => {
            one(&mut document, "person", "name", of.as_deref(), to.as_ref(), |p| &p.name, person)?;
        }
        Change::Issue { of, to } => one(&mut document, "issue", "id", of.as_deref(), to.as_ref(), |i| &i.id, issue)?,
    }
    let text = document.to_string();
    Dossier::parse(&text)?;
    Ok(text)
}

fn wrong(error: &toml_edit::TomlError) -> EditError {
    let (message, excerpt) = (error.message().to_owned(), String::new());
    EditError::Wrong(DossierError { line: 1, column: 1, message, excerpt })
}

/// Puts one thing of a kind in, changes it or takes it out.
fn one<T>(
    document: &mut DocumentMut,
    kind: &'static str,
    key: &str,
    of: Option<&str>,
    to: Option<&T>,
    called: fn(&T) -> &String,
    write: fn(&mut Table, &T) -> Result<(), EditError>,
) -> Result<(), EditError> {
    let all = tables(document.as_table_mut(), kind)?;
    let at = |name: &str| all.iter().position(|table| text_of(table, key) == Some(name));
    let place =
        of.map(|name| at(name).ok_or_else(|| EditError::Missing { kind, name: name.to_owned() })).transpose()?;
    if let Some(name) = to.map(called)
        && at(name).is_some_and(|found| Some(found) != place)
    {
        return Err(EditError::Taken { kind, name: name.clone() });
    }
    match (place, to) {
        (Some(place), Some(to)) => all.get_mut(place).map_or(Ok(()), |table| write(table, to)),
        (None, Some(to)) => {
            let mut table = Table::new();
            table.decor_mut().set_prefix("\n");
            write(&mut table, to)?;
            all.push(table);
            Ok(())
        }
        (Some(place), None) => {
            take_out(document, kind, place);
            Ok(())
        }
        (None, None) => Ok(()),
    }
}

/// Takes a table out. Comments that stand right above it go with it; those that a blank line sets apart stay where they are.
fn take_out(document: &mut DocumentMut, kind: &'static str, place: usize) {
    let Some(all) = document.get_mut(kind).and_then(Item::as_array_of_tables_mut) else { return };
    let Some(table) = all.get(place) else { return };
    let (position, prefix) = (table.position(), prefix(table.decor()));
    all.remove(place);
    if all.is_empty() {
        document.remove(kind);
    }
    let kept = prefix.rfind("\n\n").map_or("", |end| &prefix[..=end]);
    if !kept.contains('#') {
        return;
    }
    match first_after(document.as_table_mut(), position.unwrap_or_default()) {
        Some(next) => {
            let own = self::prefix(next.decor());
            next.decor_mut().set_prefix(format!("{kept}{own}"));
        }
        None => {
            let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
            document.set_trailing(format!("{kept}{trailing}"));
        }
    }
}

/// The first table that stands after a position.
fn first_after(table: &mut Table, position: isize) -> Option<&mut Table> {
    let nested = table.iter_mut().filter_map(|(_, item)| item.as_array_of_tables_mut());
    let tables = nested.flat_map(ArrayOfTables::iter_mut).filter(|t| t.position().is_some_and(|at| at > position));
    tables.min_by_key(|t| t.position())
}

fn prefix(decor: &Decor) -> String {
    decor.prefix().and_then(|p| p.as_str()).unwrap_or_default().to_owned()
}

fn side(table: &mut Table, side: &Side) -> Result<(), EditError> {
    let Side { name, aliases, capital, demonyms, seats, kind, wikidata } = side;
    let kind = match kind {
        // The default is written only where it takes the place of another.
        SideKind::Country => table.contains_key("kind").then_some("country"),
        SideKind::Organisation => Some("organisation"),
        SideKind::Group => Some("group"),
    };
    set(table, "name", Some(name.clone()));
    set_all(table, "aliases", aliases);
    set(table, "capital", capital.clone());
    set_all(table, "demonyms", demonyms);
    set_all(table, "seats", seats);
    set(table, "kind", kind.map(str::to_owned));
    set(table, "wikidata", wikidata.clone());
    Ok(())
}

fn person(table: &mut Table, person: &Person) -> Result<(), EditError> {
    let Person { name, aliases, party, wikidata, offices } = person;
    set(table, "name", Some(name.clone()));
    set_all(table, "aliases", aliases);
    set(table, "party", party.clone());
    set(table, "wikidata", wikidata.clone());
    series(table, "office", offices, |table, office: &Office| {
        set(table, "title", Some(office.title.clone()));
        set(table, "from", office.from.map(|day| day.to_string()));
        set(table, "to", office.to.map(|day| day.to_string()));
    })
}

fn issue(table: &mut Table, issue: &Issue) -> Result<(), EditError> {
    let Issue { id, label, group, words, weak, not, examples, options } = issue;
    let given = |text: &String| (!text.is_empty()).then(|| text.clone());
    set(table, "id", Some(id.clone()));
    set(table, "label", given(label));
    set(table, "group", given(group));
    set_all(table, "words", words);
    set_all(table, "weak", weak);
    set_all(table, "not", not);
    set_all(table, "examples", examples);
    series(table, "option", options, |table, option: &Choice| {
        set(table, "id", Some(option.id.clone()));
        set(table, "label", given(&option.label));
        set_all(table, "words", &option.words);
    })
}

/// The tables of a kind; there are none yet where the key is absent.
fn tables<'a>(table: &'a mut Table, kind: &'static str) -> Result<&'a mut ArrayOfTables, EditError> {
    let item = table.entry(kind).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    item.as_array_of_tables_mut().ok_or(EditError::Inline { kind })
}

/// Makes the tables of a kind inside another be these, in their order.
fn series<T>(
    table: &mut Table,
    kind: &'static str,
    wanted: &[T],
    write: impl Fn(&mut Table, &T),
) -> Result<(), EditError> {
    if wanted.is_empty() {
        table.remove(kind);
        return Ok(());
    }
    let all = tables(table, kind)?;
    while all.len() > wanted.len() {
        all.remove(all.len() - 1);
    }
    for (at, one) in wanted.iter().enumerate() {
        match all.get_mut(at) {
            Some(table) => write(table, one),
            None => {
                let mut table = Table::new();
                write(&mut table, one);
                all.push(table);
            }
        }
    }
    Ok(())
}

/// What a key says now, days in either form included.
fn text_of<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    table.get(key).and_then(Item::as_str)
}

/// Gives a key a text; the same text stays as it is written, and the comment beside it in any case.
fn set(table: &mut Table, key: &str, text: Option<String>) {
    let Some(text) = text else {
        table.remove(key);
        return;
    };
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(value) => {
            let same = match value {
                Value::String(own) => *own.value() == text,
                Value::Datetime(own) => own.value().to_string() == text,
                _ => false,
            };
            if !same {
                let decor = value.decor().clone();
                *value = Value::from(text);
                *value.decor_mut() = decor;
            }
        }
        None => _ = table.insert(key, Item::Value(Value::from(text))),
    }
}

/// Gives a key a list of texts; those that stay keep their places and comments, and new ones come last.
fn set_all(table: &mut Table, key: &str, texts: &[String]) {
    if texts.is_empty() {
        table.remove(key);
        return;
    }
    let item = table.entry(key).or_insert_with(|| Item::Value(Value::Array(Array::new())));
    let Some(array) = item.as_array_mut() else { return };
    array.retain(|value| value.as_str().is_some_and(|own| texts.iter().any(|text| text == own)));
    for text in texts {
        if array.iter().any(|value| value.as_str() == Some(text)) {
            continue;
        }
        let mut value = Value::from(text.clone());
        // As the one before it: on a line of its own where that is so.
        match array.iter().last() {
            Some(last) => {
                let before = last.decor().prefix().and_then(|p| p.as_str()).unwrap_or_default();
                let plain = if before.contains('#') { "\n  " } else { before };
                value.decor_mut().set_prefix(if array.len() == 1 && plain.is_empty() { " " } else { plain });
            }
            None => value.decor_mut().set_prefix(""),
        }
        array.push_formatted(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"# The talks on the Tamm.
name = "Tamm talks"   # as papers call them

# --- parties ---

# our side
[[side]]
name = "Velmora"      # the short name
aliases = ["Republic of Velmora"]

[[side]]
name = "Ostrand"
kind = "group"

# --- people ---

[[person]]
name = "Ilva Rast"
party = "Velmora"
[[person.office]]
title = "Foreign Minister"
from = 2031-01-10     # sworn in

[[issue]]
id = "straits"
label = "passage through the straits"
words = [
  "strait*",   # both spellings
  "passage",
]
"#;

    fn made(change: &Change) -> String {
        changed(TEXT, change).expect("it can be made")
    }

    #[test]
    fn what_is_not_changed_stays_as_it_is_written() {
        let dossier = Dossier::parse(TEXT).expect("well-formed");
        for side in &dossier.sides {
            assert_eq!(made(&Change::Side { of: Some(side.name.clone()), to: Some(side.clone()) }), TEXT);
        }
        let person = dossier.people[0].clone();
        assert_eq!(made(&Change::Person { of: Some(person.name.clone()), to: Some(person) }), TEXT);
        let issue = dossier.issues[0].clone();
        assert_eq!(made(&Change::Issue { of: Some(issue.id.clone()), to: Some(issue) }), TEXT);
        assert_eq!(made(&Change::Name { to: "Tamm talks".to_owned() }), TEXT);
    }

    #[test]
    fn comments_beside_what_is_changed_stay() {
        let mut side = Dossier::parse(TEXT).expect("well-formed").sides[0].clone();
        side.name = "Velmoria".to_owned();
        side.aliases.push("the Republic".to_owned());
        let text = made(&Change::Side { of: Some("Velmora".to_owned()), to: Some(side) });
        assert!(text.contains("name = \"Velmoria\"      # the short name\n"), "{text}");
        assert!(text.contains("aliases = [\"Republic of Velmora\", \"the Republic\"]\n"), "{text}");
        let mut issue = Dossier::parse(TEXT).expect("well-formed").issues[0].clone();
        issue.words.push("lighthouse*".to_owned());
        issue.options.push(Choice { id: "toll".to_owned(), label: String::new(), words: vec!["toll*".to_owned()] });
        let text = made(&Change::Issue { of: Some("straits".to_owned()), to: Some(issue.clone()) });
        assert!(text.contains("  \"strait*\",   # both spellings\n  \"passage\""), "{text}");
        assert_eq!(Dossier::parse(&text).expect("well-formed").issues[0], issue);
    }

    #[test]
    fn what_is_new_comes_after_its_kind() {
        let side = Side { name: "Free Coast".to_owned(), ..Side::default() };
        let text = made(&Change::Side { of: None, to: Some(side) });
        let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} is in {text}"));
        assert!(place("Ostrand") < place("Free Coast") && place("Free Coast") < place("# --- people"), "{text}");
        let mut person = Dossier::parse(TEXT).expect("well-formed").people[0].clone();
        person.offices.push(Office { title: "Prime Minister".to_owned(), from: None, to: None });
        let text = made(&Change::Person { of: Some("Ilva Rast".to_owned()), to: Some(person.clone()) });
        assert!(text.contains("from = 2031-01-10     # sworn in\n"), "{text}");
        assert_eq!(Dossier::parse(&text).expect("well-formed").people[0], person);
    }

    #[test]
    fn what_is_taken_out_takes_its_own_comment_along_and_no_other() {
        let text = made(&Change::Side { of: Some("Velmora".to_owned()), to: None });
        assert!(text.contains("# --- parties ---") && !text.contains("our side"), "{text}");
        let text = made(&Change::Person { of: Some("Ilva Rast".to_owned()), to: None });
        assert!(text.contains("# --- people ---") && !text.contains("sworn in"), "{text}");
        assert!(Dossier::parse(&text).expect("well-formed").people.is_empty());
        let text = made(&Change::Issue { of: Some("straits".to_owned()), to: None });
        assert!(Dossier::parse(&text).expect("well-formed").issues.is_empty());
    }

    #[test]
    fn what_cannot_be_changed_is_told() {
        let side = |name: &str| Side { name: name.to_owned(), ..Side::default() };
        let missing = changed(TEXT, &Change::Side { of: Some("Karveth".to_owned()), to: None });
        assert!(matches!(missing, Err(EditError::Missing { .. })));
        for of in [None, Some("Velmora".to_owned())] {
            let taken = changed(TEXT, &Change::Side { of, to: Some(side("Ostrand")) });
            assert!(matches!(taken, Err(EditError::Taken { .. })));
        }
        let inline = "name = \"x\"\nside = [{ name = \"A\" }]\n";
        let told = changed(inline, &Change::Side { of: None, to: Some(side("B")) });
        assert_eq!(told, Err(EditError::Inline { kind: "side" }));
        assert!(matches!(changed("name = ", &Change::Name { to: "x".to_owned() }), Err(EditError::Wrong(_))));
    }

    #[test]
    fn an_empty_file_can_be_begun() {
        let named = changed("", &Change::Name { to: "Tamm talks".to_owned() }).expect("made");
        assert_eq!(named, "name = \"Tamm talks\"\n");
        let side = Side { name: "Velmora".to_owned(), ..Side::default() };
        let text = changed("", &Change::Side { of: None, to: Some(side) }).expect("made");
        assert_eq!(Dossier::parse(&text).expect("well-formed").sides[0].name, "Velmora");
    }
}
