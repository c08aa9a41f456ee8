//! `positions`: where each party stands on each issue; silence is told apart from openness and from want of clarity.

use pourparler_brief::{Cell, Standings, counted};
use pourparler_text::tame;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::cite::{Citation, bracketed, cited, listed, names, numbered};
use crate::input::Day;
use crate::page::{MOST_ROWS, Page, joined};
use crate::record::Record;
use crate::refusal::Refusal;
use crate::tool::{Answer, Call};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Positions {
    /// Only this party, as `parties` spells it
    party: Option<String>,
    /// Only this issue, an id from `issues`
    issue: Option<String>,
    /// As of this day; absent: as of the whole record
    on: Option<Day>,
    /// How many positions to give; 50 where it is absent
    #[schemars(range(min = 1, max = 50))]
    limit: Option<usize>,
    /// How many to pass over, to get the next part of a long list
    offset: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct AllPositions {
    /// The day as of which they hold; absent: the whole record
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    /// How many positions there are
    total: usize,
    /// The positions of this part, issue by issue, the most spoken of first
    positions: Vec<Held>,
    /// Parties that have not spoken at all on an issue that was asked for or that others take up: no position, which is neither open
    /// nor unclear
    silent: Vec<Silence>,
    /// The statements on which the positions rest, at most 100, by day
    statements: Vec<Citation>,
    /// How to get the rest, where there is any
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<String>,
}

/// A party's position on an issue: what it said on its latest day, weighed.
#[derive(Debug, Serialize, JsonSchema)]
struct Held {
    /// The party
    party: String,
    /// Id of the issue
    issue: String,
    /// What the issue is called
    label: String,
    /// supports, opposes, conditional (yes, on terms), open (does not exclude it) or unclear (took it up without a stance)
    stance: String,
    /// Id of the option of the issue that is named
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<String>,
    /// The latest day on which the party said so
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    /// Names of the statements of that day that take the stance, the weightiest first, at most 3
    statements: Vec<String>,
    /// Names of the statements of that day that take another stance, at most 3
    #[serde(skip_serializing_if = "Vec::is_empty")]
    otherwise: Vec<String>,
    /// How many statements the party has made on the issue in all
    count: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Silence {
    /// The party
    party: String,
    /// Ids of the issues on which it is silent
    issues: Vec<String>,
}

impl Call for Positions {
    type Answer = AllPositions;
    const NAME: &'static str = "positions";
    const TITLE: &'static str = "Where the parties stand";
    const DESCRIPTION: &'static str = "Tells where each party stands on each issue, today or on a day, with the statements on which that \
        rests. Parties that have not spoken on an issue are listed as silent, apart from those that are open or unclear. Gives at \
        most 50 positions and 100 statements at a time; all statements of a party on an issue are to be had from \
        `search_statements`.";

    fn answer(self, record: &Record<'_>) -> Result<AllPositions, Refusal> {
        let page = Page::of(self.limit, self.offset, MOST_ROWS, MOST_ROWS)?;
        let (party, issue) = (record.party(self.party)?, record.issue(self.issue)?);
        let on = self.on.map(|d| d.0);
        let statements = record.statements()?;
        let matrix = Standings::of(&statements).matrix(on);

        let mut issues: Vec<&str> = matrix.issues.iter().map(|c| c.id.as_str()).collect();
        issues.retain(|id| issue.as_deref().is_none_or(|wanted| wanted == *id));
        // What was asked for and nobody takes up, or nobody speaks for, is not left out: it is all silence.
        issues.extend(issue.as_deref().filter(|_| issues.is_empty()));
        let mut parties: Vec<&str> = matrix.rows.iter().map(|r| r.party.as_str()).collect();
        parties.extend(
            record.dossier.sides.iter().map(|s| s.name.as_str()).filter(|s| matrix.rows.iter().all(|r| r.party != *s)),
        );
        parties.extend(party.as_deref().filter(|p| !parties.contains(p)));
        parties.retain(|name| party.as_deref().is_none_or(|wanted| wanted == *name));

        let held: Vec<(&str, &str, &Cell)> = issues
            .iter()
            .flat_map(|issue| parties.iter().filter_map(|party| Some((*party, *issue, matrix.cell(party, issue)?))))
            .collect();
        let mut silent: Vec<Silence> = parties
            .iter()
            .map(|party| Silence {
                party: (*party).to_owned(),
                issues: issues.iter().filter(|i| matrix.cell(party, i).is_none()).map(|i| (*i).to_owned()).collect(),
            })
            .filter(|s| !s.issues.is_empty())
            .collect();
        let left_out = silent.split_off(silent.len().min(MOST_ROWS)).len();

        let total = held.len();
        let (part, rest) = page.cut(held);
        let others =
            (left_out > 0).then(|| format!("{left_out} more parties are silent on something: ask for one by `party`"));
        let mut rests_on: Vec<Vec<usize>> = Vec::new();
        let mut positions = Vec::new();
        for (party, issue, cell) in part {
            let mut numbers = vec![cell.lead];
            numbers.extend(cell.statements.iter().filter(|n| **n != cell.lead));
            let lead = numbered(&statements, cell.lead).map(|c| &c.entry.statement.positions);
            positions.push(Held {
                party: party.to_owned(),
                issue: issue.to_owned(),
                label: record.label(issue).to_owned(),
                stance: cell.stance.to_string(),
                option: lead.and_then(|all| all.iter().find(|p| p.issue == issue)?.option.clone()),
                day: cell.day.map(|d| d.to_string()),
                statements: names(&statements, &numbers),
                otherwise: names(&statements, &cell.dissent),
                count: cell.count(),
            });
            rests_on.push(numbers);
            rests_on.push(cell.dissent.clone());
        }
        let rows: Vec<&[usize]> = rests_on.iter().map(Vec::as_slice).collect();
        let (statements, uncited) = cited(record, &statements, &rows);
        let more = joined([rest, others, uncited]);
        Ok(AllPositions { on: on.map(|d| d.to_string()), total, positions, silent, statements, more })
    }
}

impl Answer for AllPositions {
    fn text(&self) -> String {
        let on = self.on.as_ref().map_or_else(String::new, |day| format!(" as of {day}"));
        let mut out = vec![format!("{} of {} positions{on}.", self.positions.len(), self.total)];
        out.extend(self.positions.iter().map(|p| {
            let day = p.day.as_ref().map_or_else(|| "undated".to_owned(), |d| format!("since {d}"));
            let option = p.option.as_ref().map_or_else(String::new, |o| format!(" ({o})"));
            let otherwise = match p.otherwise.as_slice() {
                [] => String::new(),
                names => format!("; otherwise that day {}", bracketed(names, names.len())),
            };
            let cites = bracketed(&p.statements, p.statements.len());
            let line = format!(
                "- {}, {} ({}): {}{option} {day} {cites}{otherwise}; {} on it in all",
                p.party,
                p.label,
                p.issue,
                p.stance,
                counted(p.count, "statement", "statements")
            );
            tame(&line)
        }));
        out.extend(self.silent.iter().map(|s| tame(&format!("- {} is silent on: {}", s.party, s.issues.join(", ")))));
        out.push(
            "Silent: has not spoken on it in this record. Open: does not exclude it. Unclear: no stance taken."
                .to_owned(),
        );
        out.extend(self.more.as_ref().map(|m| format!("{m}.")));
        format!("{}\n\n{}", out.join("\n"), listed(&self.statements))
    }
}
