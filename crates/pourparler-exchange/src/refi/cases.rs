//! Speakers and parties as cases, and the variables of cases and sources.

use std::collections::HashMap;
use std::io::{self, Write};

use pourparler_text::{Speaker, SpeakerKind};
use uuid::Uuid;

use super::xml::Xml;
use crate::guid::guid;

/// A variable: its name and type.
pub type Variable = (&'static str, &'static str);

/// The variables, those of cases first.
pub const VARIABLES: [Variable; 11] = [
    ("Case", "Text"),
    ("Kind", "Text"),
    ("Role", "Text"),
    ("Party", "Text"),
    ("Article", "Text"),
    ("Outlet", "Text"),
    ("Byline", "Text"),
    ("Published", "Date"),
    ("Address", "Text"),
    ("Language", "Text"),
    ("Extractor", "Text"),
];

/// The GUID of a variable.
fn variable(name: &str) -> String {
    guid("variable", &[name]).to_string()
}

/// Writes the element `Variables`.
pub fn variables<W: Write>(xml: &mut Xml<W>) -> io::Result<()> {
    xml.open("Variables", &[])?;
    for (name, kind) in VARIABLES {
        xml.empty("Variable", &[("guid", &variable(name)), ("name", name), ("typeOfVariable", kind)])?;
    }
    xml.close("Variables")
}

/// Writes the values of variables that have one.
pub fn values<W: Write>(xml: &mut Xml<W>, values: &[(&str, Option<&str>)]) -> io::Result<()> {
    for (name, value) in values {
        let Some(value) = value.filter(|v| !v.is_empty()) else { continue };
        let kind = VARIABLES.iter().find(|(n, _)| n == name).map_or("Text", |(_, kind)| kind);
        xml.open("VariableValue", &[])?;
        xml.empty("VariableRef", &[("targetGUID", &variable(name))])?;
        xml.text(if kind == "Date" { "DateValue" } else { "TextValue" }, value)?;
        xml.close("VariableValue")?;
    }
    Ok(())
}

/// A case on the way.
struct Case {
    name: String,
    case: &'static str,
    kind: Option<SpeakerKind>,
    role: Option<String>,
    party: Option<String>,
    sources: Vec<Uuid>,
    selections: Vec<Uuid>,
}

/// All cases, in the order of their first statements.
#[derive(Default)]
pub struct Cases {
    all: Vec<(Uuid, Case)>,
    at: HashMap<Uuid, usize>,
}

impl Cases {
    /// Notes a statement's speaker and party, with where it stands. Those without a name are no cases.
    pub fn add(&mut self, speaker: &Speaker, source: Uuid, selections: &[Uuid]) {
        let (name, party) = (speaker.name.as_deref(), speaker.party.as_deref());
        if let Some(name) = name.filter(|name| !name.is_empty() && Some(*name) != party) {
            let key = guid("speaker", &[name, speaker.kind.as_str(), party.unwrap_or_default()]);
            let made = || Case {
                name: name.to_owned(),
                case: "speaker",
                kind: Some(speaker.kind),
                role: None,
                party: party.map(str::to_owned),
                sources: Vec::new(),
                selections: Vec::new(),
            };
            let case = self.case(key, made);
            case.role = case.role.take().or_else(|| speaker.role.clone());
            case.stands(source, selections);
        }
        if let Some(party) = party.filter(|party| !party.is_empty()) {
            let made = || Case {
                name: party.to_owned(),
                case: "party",
                kind: None,
                role: None,
                party: None,
                sources: Vec::new(),
                selections: Vec::new(),
            };
            let case = self.case(guid("party", &[party]), made);
            if name == Some(party) {
                case.kind = case.kind.or(Some(speaker.kind));
            }
            case.stands(source, selections);
        }
    }

    fn case(&mut self, key: Uuid, made: impl FnOnce() -> Case) -> &mut Case {
        let at = *self.at.entry(key).or_insert_with(|| {
            self.all.push((key, made()));
            self.all.len() - 1
        });
        &mut self.all[at].1
    }

    /// Writes the element `Cases`, where there are any.
    pub fn write<W: Write>(&self, xml: &mut Xml<W>) -> io::Result<()> {
        if self.all.is_empty() {
            return Ok(());
        }
        xml.open("Cases", &[])?;
        for (key, case) in &self.all {
            xml.open("Case", &[("guid", &key.to_string()), ("name", &case.name)])?;
            let told = [
                ("Case", Some(case.case)),
                ("Kind", case.kind.map(SpeakerKind::as_str)),
                ("Role", case.role.as_deref()),
                ("Party", case.party.as_deref()),
            ];
            values(xml, &told)?;
            for (name, targets) in [("SourceRef", &case.sources), ("SelectionRef", &case.selections)] {
                for target in targets {
                    xml.empty(name, &[("targetGUID", &target.to_string())])?;
                }
            }
            xml.close("Case")?;
        }
        xml.close("Cases")
    }
}

impl Case {
    fn stands(&mut self, source: Uuid, selections: &[Uuid]) {
        if self.sources.last() != Some(&source) {
            self.sources.push(source);
        }
        self.selections.extend(selections);
    }
}
