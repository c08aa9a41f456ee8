//! Arguments of tools: days, words of closed lists, and what their schemas say of them.

use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;

use jiff::civil::Date;
use pourparler_brief::Question;
use pourparler_text::{Act, Stance};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};

/// A day.
#[derive(Debug, Clone, Copy)]
pub struct Day(pub Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wanted = "a day, written year-month-day as in 2031-03-09";
        let written = String::deserialize(deserializer)?;
        // The library would take a time of day with it, too.
        let day = Some(written.as_str()).filter(|w| w.len() == 10).and_then(|w| w.parse().ok());
        day.map(Self).ok_or_else(|| D::Error::invalid_value(Unexpected::Str(&written), &wanted))
    }
}

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

/// Words of which an argument is one.
pub trait Listed: FromStr<Err: Display> {
    /// What the list is called.
    const NAME: &'static str;
    /// The words.
    fn words() -> Vec<&'static str>;
    /// What the schema says of the list, where the words do not speak for themselves.
    fn told() -> Option<String> {
        None
    }
}

impl Listed for Stance {
    const NAME: &'static str = "Stance";
    fn words() -> Vec<&'static str> {
        Self::ALL.iter().map(|s| s.as_str()).collect()
    }
}

impl Listed for Act {
    const NAME: &'static str = "Act";
    fn words() -> Vec<&'static str> {
        Self::ALL.iter().map(|a| a.as_str()).collect()
    }
}

impl Listed for Question {
    const NAME: &'static str = "Question";
    fn words() -> Vec<&'static str> {
        Self::ALL.iter().map(|q| q.name()).collect()
    }
    fn told() -> Option<String> {
        let each: Vec<_> = Self::ALL.iter().map(|q| format!("{}: {}", q.name(), q.words())).collect();
        Some(format!("The question's name.\n{}", each.join("\n")))
    }
}

/// One word of a closed list.
#[derive(Debug, Clone, Copy)]
pub struct Word<T>(pub T);

impl<'de, T: Listed> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map(Self).map_err(D::Error::custom)
    }
}

impl<T: Listed> JsonSchema for Word<T> {
    fn schema_name() -> Cow<'static, str> {
        T::NAME.into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = json_schema!({ "type": "string", "enum": T::words() });
        if let Some(told) = T::told() {
            schema.insert("description".to_owned(), told.into());
        }
        schema
    }
}
