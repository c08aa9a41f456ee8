//! `moves`: positions that changed.

use pourparler_brief::{Caution, Standings};
use pourparler_text::tame;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::cite::{Citation, bracketed, cited, listed, names};
use crate::input::Day;
use crate::page::{MOST_ROWS, Page, joined};
use crate::record::Record;
use crate::refusal::Refusal;
use crate::tool::{Answer, Call};

/// So many moves are given where no number is asked for.
const USUAL: usize = 20;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Moves {
    /// Only this party, as `parties` spells it
    party: Option<String>,
    /// Only this issue, an id from `issues`
    issue: Option<String>,
    /// Only moves to a position of this day or later
    since: Option<Day>,
    /// How many moves to give; 20 where it is absent
    #[schemars(range(min = 1, max = 50))]
    limit: Option<usize>,
    /// How many to pass over, to get the next part of a long list
    offset: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct AllMoves {
    /// How many moves there are
    total: usize,
    /// The moves of this part, the firm ones first, each kind by day
    moves: Vec<Move>,
    /// The statements on which they rest, at most 100, by day
    statements: Vec<Citation>,
    /// How to get the rest, where there is any
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<String>,
}

/// A party's change of position on an issue.
#[derive(Debug, Serialize, JsonSchema)]
struct Move {
    /// The day of the new position
    day: String,
    /// The party
    party: String,
    /// Id of the issue
    issue: String,
    /// What the issue is called
    label: String,
    /// The stance before
    from: String,
    /// The stance after
    to: String,
    /// Whether nothing speaks against it but that its day may be that of publication
    firm: bool,
    /// Why it may be no change of position at all
    doubts: Vec<String>,
    /// Names of the statements of the last day of the earlier position, at most 3
    before: Vec<String>,
    /// Names of the statements of the first day of the new position, who said it first coming first, at most 3
    after: Vec<String>,
}

impl Call for Moves {
    type Answer = AllMoves;
    const NAME: &'static str = "moves";
    const TITLE: &'static str = "What moved";
    const DESCRIPTION: &'static str = "Tells which parties changed their position on which issue, when, from what to what, how firm that \
        is and what speaks against it, with the statements before and after. Gives 20 moves at a time, at most 50, and 100 statements.";

    fn answer(self, record: &Record<'_>) -> Result<AllMoves, Refusal> {
        let page = Page::of(self.limit, self.offset, USUAL, MOST_ROWS)?;
        let (party, issue) = (record.party(self.party)?, record.issue(self.issue)?);
        let statements = record.statements()?;
        let mut all = Standings::of(&statements).moves();
        all.retain(|m| {
            party.as_ref().is_none_or(|p| *p == m.party)
                && issue.as_ref().is_none_or(|i| *i == m.issue)
                && self.since.is_none_or(|since| m.day >= since.0)
        });
        let total = all.len();
        let (part, rest) = page.cut(all);
        let rows: Vec<&[usize]> = part.iter().flat_map(|m| [m.after.as_slice(), m.before.as_slice()]).collect();
        let moves = part.iter().map(|m| Move {
            day: m.day.to_string(),
            party: m.party.clone(),
            issue: m.issue.clone(),
            label: record.label(&m.issue).to_owned(),
            from: m.from.to_string(),
            to: m.to.to_string(),
            firm: m.is_firm(),
            doubts: m.cautions.iter().copied().map(Caution::as_str).map(str::to_owned).collect(),
            before: names(&statements, &m.before),
            after: names(&statements, &m.after),
        });
        let (moves, (statements, uncited)) = (moves.collect(), cited(record, &statements, &rows));
        Ok(AllMoves { total, moves, statements, more: joined([rest, uncited]) })
    }
}

impl Answer for AllMoves {
    fn text(&self) -> String {
        let mut out = vec![format!("{} of {} moves.", self.moves.len(), self.total)];
        out.extend(self.moves.iter().map(|m| {
            let firm = if m.firm { "firm" } else { "perhaps" };
            let doubts = if m.doubts.is_empty() { String::new() } else { format!(" ({})", m.doubts.join("; ")) };
            let (before, after) = (bracketed(&m.before, m.before.len()), bracketed(&m.after, m.after.len()));
            let line = format!(
                "- {}, {}, {} ({}): {} {before} → {} {after}; {firm}{doubts}",
                m.day, m.party, m.label, m.issue, m.from, m.to
            );
            tame(&line)
        }));
        out.extend(self.more.as_ref().map(|m| format!("{m}.")));
        format!("{}\n\n{}", out.join("\n"), listed(&self.statements))
    }
}
