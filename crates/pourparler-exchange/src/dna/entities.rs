//! Values of short text variables, which DNA keeps as entities, each once, with attributes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::layout::{ATTRIBUTES, Holds, SHORT, VARIABLES};
use crate::Report;

/// Told of what was too long.
pub const CUT: &str = "texts of more than 190 characters in short fields, cut";
const ALTERED: &str = "texts in short fields that had to be numbered, since another was cut to the same";

/// The first characters of a text, as many as a short field holds.
pub fn short(text: &str) -> &str {
    first(text, SHORT)
}

fn first(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(at, _)| &text[..at])
}

/// A text as a short field holds it; what is cut is told.
pub fn fit<'a>(text: &'a str, report: &mut Report, place: impl FnOnce() -> String) -> &'a str {
    let cut = short(text);
    if cut.len() < text.len() {
        report.lose(CUT, place);
    }
    cut
}

/// Short forms of texts, one for each, no two the same.
#[derive(Debug, Default)]
pub struct Shortened(HashSet<String>);

impl Shortened {
    /// The short form of a text that was not met before.
    pub fn add<'a>(&mut self, text: &'a str, report: &mut Report, place: impl Fn() -> String) -> Cow<'a, str> {
        let mut form = Cow::Borrowed(fit(text, report, &place));
        for n in 2.. {
            if !self.0.contains(form.as_ref()) {
                break;
            }
            let number = format!(" ({n})");
            form = Cow::Owned(format!("{}{number}", first(text, SHORT - number.len())));
        }
        if matches!(form, Cow::Owned(_)) && text.len() == short(text).len() {
            report.lose(ALTERED, place);
        }
        self.0.insert(form.clone().into_owned());
        form
    }
}

/// The entities of each short text variable.
#[derive(Debug)]
pub struct Entities {
    known: Vec<(i64, Values)>,
}

#[derive(Debug, Default)]
struct Values {
    ids: HashMap<String, i64>,
    forms: Shortened,
}

impl Entities {
    /// With the empty value that each variable has.
    pub fn begin(db: &Connection) -> rusqlite::Result<Self> {
        let variables = VARIABLES.iter().filter(|(_, _, _, holds)| *holds == Holds::Short);
        let known = variables.map(|(id, ..)| (*id, Values::default())).collect();
        let mut entities = Self { known };
        let all: Vec<i64> = entities.known.iter().map(|(id, _)| *id).collect();
        let mut nothing = Report::default();
        for variable in all {
            entities.of(db, variable, "", &[], &mut nothing, String::new)?;
        }
        Ok(entities)
    }

    /// The key of a value, with its attributes where it is new: `(attribute, value)`.
    pub fn of(
        &mut self,
        db: &Connection,
        variable: i64,
        value: &str,
        attributes: &[(i64, &str)],
        report: &mut Report,
        place: impl Fn() -> String,
    ) -> rusqlite::Result<i64> {
        let at = self.known.partition_point(|(id, _)| *id < variable);
        let Some((_, values)) = self.known.get_mut(at) else { return Err(rusqlite::Error::QueryReturnedNoRows) };
        if let Some(&id) = values.ids.get(value) {
            return Ok(id);
        }
        let form = values.forms.add(value, report, &place);
        db.prepare_cached("INSERT INTO ENTITIES (VariableId, Value, Red, Green, Blue) VALUES (?, ?, 0, 0, 0)")?
            .execute((variable, form.as_ref()))?;
        let id = db.last_insert_rowid();
        for (attribute, of, _) in ATTRIBUTES.iter().filter(|(_, of, _)| *of == variable) {
            debug_assert_eq!(*of, variable);
            let told = attributes.iter().find(|(a, _)| a == attribute).map_or("", |(_, told)| told);
            db.prepare_cached(
                "INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId, AttributeValue) VALUES (?, ?, ?)",
            )?
            .execute((id, attribute, fit(told, report, &place)))?;
        }
        values.ids.insert(value.to_owned(), id);
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_texts_get_one_short_form() {
        let (mut forms, mut report) = (Shortened::default(), Report::default());
        let long = |end: &str| format!("{}{end}", "é".repeat(SHORT));
        let texts = [long("a"), long("b"), long(""), "x".to_owned()];
        let short: Vec<String> = texts.iter().map(|t| forms.add(t, &mut report, || "p".into()).into_owned()).collect();
        assert_eq!(short.iter().collect::<HashSet<_>>().len(), 4);
        assert!(short.iter().all(|s| s.chars().count() <= SHORT));
        assert_eq!(report.losses.iter().map(|l| (l.what, l.times)).collect::<Vec<_>>(), [(CUT, 2), (ALTERED, 1)]);
    }
}
