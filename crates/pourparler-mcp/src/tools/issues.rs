//! `issues`: what is talked about, with counts.

use std::collections::BTreeSet;

use pourparler_brief::{IssueLabel, counted};
use pourparler_text::tame;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::record::Record;
use crate::refusal::Refusal;
use crate::tool::{Answer, Call};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Issues {}

#[derive(Debug, Serialize, JsonSchema)]
pub struct AllIssues {
    /// The issues that statements take up, the one with most statements first
    taken_up: Vec<Issue>,
    /// The issues of the dossier that no statement takes up
    not_taken_up: Vec<Issue>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Issue {
    /// By which other tools ask for it
    id: String,
    /// What it is called
    label: String,
    /// What it belongs to
    #[serde(skip_serializing_if = "String::is_empty")]
    group: String,
    /// How many statements take it up, each counted once
    statements: usize,
    /// How many parties speak on it
    parties: usize,
    /// The outcomes that are on the table
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<Outcome>,
}

/// An outcome of an issue.
#[derive(Debug, Serialize, JsonSchema)]
struct Outcome {
    /// As `option` in positions
    id: String,
    /// What it is
    label: String,
}

impl Call for Issues {
    type Answer = AllIssues;
    const NAME: &'static str = "issues";
    const TITLE: &'static str = "List issues";
    const DESCRIPTION: &'static str =
        "Lists the issues of the negotiation with their ids, and how many statements and parties take each up.";

    fn answer(self, record: &Record<'_>) -> Result<AllIssues, Refusal> {
        let statements = record.statements()?;
        let of_ledger = record.ledger.issues()?;
        let mut ids: Vec<&str> = record.labels.iter().map(|l| l.id.as_str()).collect();
        ids.extend(of_ledger.iter().map(String::as_str).filter(|id| record.labels.iter().all(|l| l.id != *id)));
        let issue = |id: &str| {
            let on: Vec<_> = statements.iter().filter(|c| c.stance_on(id).is_some()).collect();
            let options = record.dossier.issues.iter().find(|i| i.id == id).map_or(&[][..], |i| &i.options);
            Issue {
                id: id.to_owned(),
                label: record.label(id).to_owned(),
                group: IssueLabel::group_in(record.labels, id).to_owned(),
                statements: on.len(),
                parties: on.iter().filter_map(|c| c.party()).collect::<BTreeSet<_>>().len(),
                options: options.iter().map(|o| Outcome { id: o.id.clone(), label: o.label.clone() }).collect(),
            }
        };
        let (mut taken_up, not_taken_up): (Vec<_>, Vec<_>) = ids.into_iter().map(issue).partition(|i| i.statements > 0);
        taken_up.sort_by_key(|i| std::cmp::Reverse(i.statements));
        Ok(AllIssues { taken_up, not_taken_up })
    }
}

impl Answer for AllIssues {
    fn text(&self) -> String {
        let mut out = vec![format!("{} issues are taken up:", self.taken_up.len())];
        out.extend(self.taken_up.iter().map(|i| {
            let options: Vec<_> = i.options.iter().map(|o| o.id.as_str()).collect();
            let options = if options.is_empty() { String::new() } else { format!("; options: {}", options.join(", ")) };
            {
                let statements = counted(i.statements, "statement", "statements");
                let parties = counted(i.parties, "party", "parties");
                format!("- {}: {}; {statements}, {parties}{options}", i.id, i.label)
            }
        }));
        let others: Vec<_> = self.not_taken_up.iter().map(|i| i.id.as_str()).collect();
        if !others.is_empty() {
            out.push(format!("No statement in this record on: {}", others.join(", ")));
        }
        // The dossier may come from somebody else.
        out.iter().map(|line| tame(line)).collect::<Vec<_>>().join("\n")
    }
}
