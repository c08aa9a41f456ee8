//! Briefs over the record, kept while it holds.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use maud::{Markup, PreEscaped};
use pourparler_brief::{Brief, BriefOptions, Cited, Record, Summed, Ways, Which, body};

use crate::app::Current;
use crate::widgets::{segment, statement_address};

/// A brief about less than the whole record holds statements of its own; one of more than so many is not kept.
const KEPT: usize = 5_000;

/// A brief, and what of it stands on a page.
#[derive(Debug)]
pub struct Made {
    /// The brief.
    pub brief: Brief,
    body: OnceLock<String>,
}

impl Made {
    /// What of it stands on a page.
    pub fn body(&self) -> Markup {
        PreEscaped(self.body.get_or_init(|| body(&self.brief, &Workspace).into_string()).clone())
    }
}

/// The briefs that were asked for last: of the whole record, and about a part of it, each with the state of the dossier and the options.
#[derive(Debug, Default)]
pub struct Briefs(Mutex<[Option<Asked>; 2]>);

type Asked = (u64, BriefOptions, Arc<Made>);

/// A brief over the record as a page shows it. It takes a while where the record is large and this brief was not asked for before.
pub fn brief(current: &Current, options: &BriefOptions) -> Arc<Made> {
    let (view, talks) = (&current.view, &current.talks);
    let kept = view.briefs.0.lock().unwrap_or_else(PoisonError::into_inner);
    let same = kept.iter().flatten().find(|(generation, of, _)| *generation == talks.generation && of == options);
    if let Some((.., made)) = same {
        return Arc::clone(made);
    }
    drop(kept);
    let record =
        Record { sources: &view.sources, rounds: &view.round_reports, issues: &talks.issues, ..Record::default() };
    let summed = Summed {
        statements: &view.statements,
        standings: &view.standings,
        matrix: &view.matrix,
        moves: &view.moves,
        claims: &view.claims,
        commitments: &view.commitments,
        rounds: &view.rounds,
        voices: &view.voices,
    };
    let made = Arc::new(Made { brief: Brief::of(&summed, &record, options), body: OnceLock::new() });
    let place = usize::from(*options != BriefOptions::default());
    if place == 0 || made.brief.statements.len() <= KEPT || Arc::ptr_eq(&made.brief.statements, &view.statements) {
        let mut kept = view.briefs.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept[place] = Some((talks.generation, options.clone(), Arc::clone(&made)));
    }
    made
}

/// Where the numbers of a brief lead in the workspace.
struct Workspace;

impl Ways for Workspace {
    fn sentence(&self, cited: &Cited) -> String {
        statement_address(&cited.entry)
    }

    fn statements(&self, which: &Which<'_>) -> String {
        let days = [("since", which.since), ("until", which.until)];
        let words = [("party", which.party), ("issue", which.issue)].into_iter();
        let asked = words.filter_map(|(key, value)| Some(format!("{key}={}", segment(value?))));
        let asked = asked.chain(days.into_iter().filter_map(|(key, day)| Some(format!("{key}={}", day?))));
        let asked = asked.collect::<Vec<_>>().join("&");
        if asked.is_empty() { "/search".to_owned() } else { format!("/search?{asked}") }
    }
}
