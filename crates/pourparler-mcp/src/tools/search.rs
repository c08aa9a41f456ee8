//! `search_statements`: statements that pass a filter, the latest first.

use std::cmp::Reverse;

use pourparler_brief::distinct;
use pourparler_ledger::Filter;
use pourparler_text::{Act, Stance};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::cite::{Citation, listed};
use crate::input::{Day, Word};
use crate::page::{MOST_STATEMENTS, Page};
use crate::record::{Record, period};
use crate::refusal::Refusal;
use crate::tool::{Answer, Call};

/// So many statements are given where no number is asked for.
const USUAL: usize = 20;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchStatements {
    /// Words of the speaker's name, in any order: `Orduk` finds `Pavle Orduk`
    speaker: Option<String>,
    /// The whole name of the party that the speaker speaks for, as `parties` spells it
    party: Option<String>,
    /// Id of an issue that the statement takes up, from `issues`
    issue: Option<String>,
    /// Stance on that issue, or on any where none is given
    stance: Option<Word<Stance>>,
    /// What the statement does
    act: Option<Word<Act>>,
    /// First day
    since: Option<Day>,
    /// Last day
    until: Option<Day>,
    /// Words that all stand in the statement, its sentence or its speaker's name
    text: Option<String>,
    /// How many statements to give; 20 where it is absent
    #[schemars(range(min = 1, max = 100))]
    limit: Option<usize>,
    /// How many to pass over, to get the next part of a long list
    offset: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Found {
    /// How many statements there are in all, each counted once whatever the number of articles in which it appears
    total: usize,
    /// The statements of this part, the latest first, those without a day last
    statements: Vec<Citation>,
    /// How to get the rest, where there is any
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<String>,
}

impl Call for SearchStatements {
    type Answer = Found;
    const NAME: &'static str = "search_statements";
    const TITLE: &'static str = "Search statements";
    const DESCRIPTION: &'static str = "Finds statements by speaker, party, issue, stance, act, days and words, all of which must hold; \
        the latest first. Says how many there are in all. Gives 20 at a time, at most 100; `offset` gives the next.";

    fn answer(self, record: &Record<'_>) -> Result<Found, Refusal> {
        let page = Page::of(self.limit, self.offset, USUAL, MOST_STATEMENTS)?;
        let (since, until) = period(self.since, self.until)?;
        for (argument, words) in [("speaker", &self.speaker), ("text", &self.text)] {
            if words.as_ref().is_some_and(|w| !w.contains(char::is_alphanumeric)) {
                return Err(Refusal::of(argument, "there is no word in it; leave it out or say what to look for"));
            }
        }
        let filter = Filter {
            speaker: self.speaker,
            party: record.party(self.party)?,
            issue: record.issue(self.issue)?,
            stance: self.stance.map(|s| s.0),
            act: self.act.map(|a| a.0),
            since,
            until,
            text: self.text,
            ..Filter::default()
        };
        let mut all = distinct(&record.ledger.statements(&filter)?);
        all.sort_by_key(|c| (c.day.is_none(), Reverse(c.day), c.number));
        let total = all.len();
        let (part, more) = page.cut(all);
        Ok(Found { total, statements: part.iter().map(|c| Citation::of(record, c)).collect(), more })
    }
}

impl Answer for Found {
    fn text(&self) -> String {
        let head = match (self.total, self.statements.len()) {
            (0, _) => "No statement passes. What is not in the record may still have been said.".to_owned(),
            (total, part) => format!("{part} of {total} statements, the latest first."),
        };
        let more = self.more.as_ref().map_or_else(String::new, |m| format!("\n{m}.\n"));
        format!("{head}\n\n{}{more}", listed(&self.statements))
    }
}
