//! `brief`: what the record adds up to, written up.

use std::fmt::Write as _;

use pourparler_brief::{Brief as Written, BriefOptions, Record as Material, Source, findings_to_markdown};
use pourparler_ledger::Filter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::cite::{Citation, numbered};
use crate::input::Day;
use crate::page::{MOST_STATEMENTS, Page};
use crate::record::{Record, period};
use crate::refusal::Refusal;
use crate::tool::{Answer, Call};

/// So many statements are listed where no number is asked for.
const USUAL: usize = 50;
/// So many characters of the findings are given.
const LONGEST: usize = 40_000;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Brief {
    /// About this party only, as `parties` spells it
    party: Option<String>,
    /// About this issue only, an id from `issues`
    issue: Option<String>,
    /// What counts as new; absent: the record's last day
    since: Option<Day>,
    /// The brief as it would have been on this day
    until: Option<Day>,
    /// How many of the statements that it cites to list; 50 where it is absent
    #[schemars(range(min = 1, max = 100))]
    limit: Option<usize>,
    /// How many of them to pass over, to get the next part of a long list
    offset: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct WrittenUp {
    /// What it is about
    title: String,
    /// The brief in Markdown; numbers in square brackets are those of `statements`
    markdown: String,
    /// How many statements it rests on
    total: usize,
    /// The statements that it cites, of this part, by number
    statements: Vec<Numbered>,
    /// How to get the rest of them, where there is any
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<String>,
}

/// A statement with the number that the brief gives it.
#[derive(Debug, Serialize, JsonSchema)]
struct Numbered {
    /// As in the brief
    number: usize,
    /// The statement
    #[serde(flatten)]
    statement: Citation,
}

impl Call for Brief {
    type Answer = WrittenUp;
    const NAME: &'static str = "brief";
    const TITLE: &'static str = "Write a brief";
    const DESCRIPTION: &'static str = "Writes up in Markdown where the parties stand, what moved, what is new, conditions, claims and \
        answers, promises, rounds of talks, who speaks and what is not covered, each line with the numbers of its statements. Long \
        briefs are cut at 40000 characters; narrow them by party, issue and days. Lists 50 of the statements that it cites, at most \
        100; `offset` gives the next.";

    fn answer(self, record: &Record<'_>) -> Result<WrittenUp, Refusal> {
        let page = Page::of(self.limit, self.offset, USUAL, MOST_STATEMENTS)?;
        let (since, until) = period(self.since, self.until)?;
        let (party, issue) = (record.party(self.party)?, record.issue(self.issue)?);
        let entries = record.ledger.statements(&Filter::default())?;
        let sources: Vec<Source> = record.ledger.articles()?.into_iter().map(Source::from).collect();
        let rounds = record.ledger.rounds()?;
        let material =
            Material { entries: &entries, sources: &sources, rounds: &rounds, issues: record.labels, furniture: 0 };
        let (parties, issues) = (party.into_iter().collect(), issue.into_iter().collect());
        let brief = Written::new(&material, &BriefOptions { title: None, since, until, parties, issues });
        let markdown = cut(findings_to_markdown(&brief));
        let (numbers, more) = page.cut(numbers_in(&markdown));
        let statement = |number: usize| {
            let cited = numbered(&brief.statements, number)?;
            Some(Numbered { number, statement: Citation::of(record, cited) })
        };
        let statements = numbers.into_iter().filter_map(statement).collect();
        Ok(WrittenUp { title: brief.title.clone(), markdown, total: brief.statements.len(), statements, more })
    }
}

/// Long Markdown up to the end of a line, with what to do about it.
fn cut(mut markdown: String) -> String {
    if let Some((end, _)) = markdown.char_indices().nth(LONGEST) {
        markdown.truncate(markdown[..end].rfind('\n').map_or(end, |line| line + 1));
        markdown.push_str("\n*The brief is longer and was cut here: narrow it by party, issue or days.*\n");
    }
    markdown
}

/// The numbers that Markdown of a brief cites, in their order. What comes from articles has its brackets escaped.
fn numbers_in(markdown: &str) -> Vec<usize> {
    let pieces: Vec<&str> = markdown.split('[').collect();
    let cited = pieces.windows(2).filter(|pair| !pair[0].ends_with('\\'));
    let mut numbers: Vec<usize> = cited.filter_map(|pair| pair[1].split_once(']')?.0.parse().ok()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

impl Answer for WrittenUp {
    fn text(&self) -> String {
        let mut out = self.markdown.clone();
        if !self.statements.is_empty() {
            out.push_str("\n## Statements\n\n");
        }
        for numbered in &self.statements {
            let _ = writeln!(out, "**[{}]** {}", numbered.number, numbered.statement.text());
        }
        out.extend(self.more.as_ref().map(|m| format!("{m}.\n")));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_briefs_own_numbers_are_cited() {
        let markdown = "- **A**: yes [12][3], but ✗ [3]; *terms \\[7\\] or [8 and \\[9]* [x] [10].";
        assert_eq!(numbers_in(markdown), [3, 10, 12]);
        assert_eq!(numbers_in(""), [0; 0]);
    }

    #[test]
    fn long_briefs_are_cut_between_lines() {
        let line = "- é said so [1]\n";
        let long = cut(line.repeat(LONGEST));
        assert!(long.chars().count() < LONGEST + 100);
        assert!(long.lines().next_back().expect("a line").contains("cut here"));
        assert!(long.lines().filter(|l| l.starts_with('-')).all(|l| l == line.trim_end()));
        assert_eq!(cut(line.to_owned()), line);
    }
}
