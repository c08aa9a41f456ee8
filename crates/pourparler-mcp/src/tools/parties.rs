//! `parties`: for whom anybody speaks, with counts.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use pourparler_brief::{Cited, counted};
use pourparler_text::tame;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::page::{MOST_ROWS, Page};
use crate::record::Record;
use crate::refusal::Refusal;
use crate::tool::{Answer, Call};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parties {
    /// How many parties to give; 50 where it is absent
    #[schemars(range(min = 1, max = 50))]
    limit: Option<usize>,
    /// How many to pass over, to get the next part of a long list
    offset: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct AllParties {
    /// How many parties anybody speaks for
    total: usize,
    /// The parties of this part, the one with most statements first
    parties: Vec<Party>,
    /// The dossier's sides for which nobody speaks in this record: they are silent on everything
    silent: Vec<String>,
    /// How many statements there are in all, each counted once
    statements: usize,
    /// How many of them are of speakers for no known party
    without_party: usize,
    /// How to get the rest, where there is any
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Party {
    /// By which other tools ask for it
    name: String,
    /// How many statements are made for it, each counted once
    statements: usize,
    /// How many people and bodies are named that speak for it
    speakers: usize,
    /// How many issues they take up
    issues: usize,
    /// First day of a statement
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    /// Last day of a statement
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
}

impl Call for Parties {
    type Answer = AllParties;
    const NAME: &'static str = "parties";
    const TITLE: &'static str = "List parties";
    const DESCRIPTION: &'static str = "Lists the parties for which anybody speaks, as the record spells them, with how many statements \
        and speakers each has, on how many issues and from when to when.";

    fn answer(self, record: &Record<'_>) -> Result<AllParties, Refusal> {
        let page = Page::of(self.limit, self.offset, MOST_ROWS, MOST_ROWS)?;
        let statements = record.statements()?;
        let mut of_party: BTreeMap<&str, Vec<&Cited>> = BTreeMap::new();
        for cited in &statements {
            if let Some(party) = cited.party() {
                of_party.entry(party).or_default().push(cited);
            }
        }
        let sides = record.dossier.sides.iter().map(|s| &s.name);
        let silent = sides.filter(|s| !of_party.contains_key(s.as_str())).cloned().collect();
        let without_party = statements.iter().filter(|c| c.party().is_none()).count();
        let mut all: Vec<_> = of_party.into_iter().map(|(name, said)| party(name, &said)).collect();
        all.sort_by_key(|p| std::cmp::Reverse(p.statements));
        let total = all.len();
        let (parties, more) = page.cut(all);
        Ok(AllParties { total, parties, silent, statements: statements.len(), without_party, more })
    }
}

fn party(name: &str, said: &[&Cited]) -> Party {
    let speakers = said.iter().filter(|c| c.is_named()).filter_map(|c| c.entry.statement.speaker.name.as_deref());
    let issues = said.iter().flat_map(|c| &c.entry.statement.positions).map(|p| &p.issue);
    let days = || said.iter().filter_map(|c| c.day);
    let written = |day: Option<Date>| day.map(|d| d.to_string());
    Party {
        name: name.to_owned(),
        statements: said.len(),
        speakers: speakers.collect::<BTreeSet<_>>().len(),
        issues: issues.collect::<BTreeSet<_>>().len(),
        first: written(days().min()),
        last: written(days().max()),
    }
}

impl Answer for AllParties {
    fn text(&self) -> String {
        let mut out = vec![format!(
            "{} of {} parties; {} statements in all, {} of them for no known party.",
            self.parties.len(),
            self.total,
            self.statements,
            self.without_party
        )];
        out.extend(self.parties.iter().map(|p| {
            let days = p.first.as_deref().zip(p.last.as_deref());
            let days = days.map_or_else(|| "undated".to_owned(), |(first, last)| format!("{first} to {last}"));
            {
                let statements = counted(p.statements, "statement", "statements");
                let speakers = counted(p.speakers, "speaker", "speakers");
                let issues = counted(p.issues, "issue", "issues");
                format!("- {}: {statements}, {speakers}, {issues}, {days}", p.name)
            }
        }));
        if !self.silent.is_empty() {
            out.push(format!("Silent on everything: {}", self.silent.join(", ")));
        }
        out.extend(self.more.as_ref().map(|m| format!("{m}.")));
        out.iter().map(|line| tame(line)).collect::<Vec<_>>().join("\n")
    }
}
