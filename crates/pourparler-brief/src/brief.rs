//! The brief as data: everything that the two written forms show.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil::Date;
use pourparler_dossier::{Dossier, Issue};
use pourparler_text::{Entry, RoundEntry, Source, Stance, names};
use serde::{Deserialize, Serialize, Serializer};

use crate::cited::number;
use crate::gaps::gaps;
use crate::{
    Cited, Claims, Column, Commitment, Distance, Gaps, Matrix, Meeting, Move, Row, Standings, Voices, claims,
    commitments, distinct, matrix, meetings, moves, voices,
};

/// The group of issues that are about the negotiation itself.
const TALKS: &str = "talks";

/// What a brief is made from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Record<'a> {
    /// The statements.
    pub entries: &'a [Entry],
    /// All articles that were read, also those in which no statement was found.
    pub sources: &'a [Source],
    /// The rounds of talks that the articles tell of.
    pub rounds: &'a [RoundEntry],
    /// The issues in the order in which they are to be shown. Issues that are not among them are shown by their id.
    pub issues: &'a [IssueLabel],
    /// How many lines were left out of the articles as page furniture.
    pub furniture: usize,
}

/// What an issue is called, and the group that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueLabel {
    /// Id, as in positions.
    pub id: String,
    /// A short name.
    pub label: String,
    /// Group; empty where it has none.
    pub group: String,
}

/// What a brief is to be about. Empty: everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BriefOptions {
    /// Headline; otherwise one is made from party, issue and day.
    pub title: Option<String>,
    /// From which day on statements count as new; otherwise from the latest day.
    pub since: Option<Date>,
    /// The last day that counts: the brief as it would have been on that day. Statements without a day drop out.
    pub until: Option<Date>,
    /// Only these parties' positions, and the statements that they answer or that answer them.
    pub parties: Vec<String>,
    /// Only these issues (by id). Statements lose their positions on others.
    pub issues: Vec<String>,
}

/// What was added up before over a whole record, so that a brief over all of it has not to do it again.
#[derive(Debug, Clone, Copy)]
pub struct Summed<'a> {
    /// All statements, each once and numbered.
    pub statements: &'a Arc<Vec<Cited>>,
    /// Their stances.
    pub standings: &'a Standings,
    /// Where the parties stand over the whole record.
    pub matrix: &'a Matrix,
    /// What moved.
    pub moves: &'a [Move],
    /// Claims and answers.
    pub claims: &'a Claims,
    /// What was promised.
    pub commitments: &'a [Commitment],
    /// The rounds of talks.
    pub rounds: &'a [Meeting],
    /// Who speaks.
    pub voices: &'a Voices,
}

/// What the record adds up to. Numbers are those of [`Brief::statements`], counted from 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Brief {
    /// Headline.
    pub title: String,
    /// The parties that it is about; none where it is about all.
    pub parties: Vec<String>,
    /// The ids of the issues that it is about; none where it is about all.
    pub about: Vec<String>,
    /// First and last day of the statements.
    pub period: Option<Period>,
    /// The articles read.
    pub sources: Vec<Source>,
    /// The issues and what they are called.
    pub issues: Vec<IssueLabel>,
    /// Where the parties stand.
    pub matrix: Matrix,
    /// What moved.
    pub moves: Vec<Move>,
    /// What was said yes to on terms.
    pub conditions: Vec<Condition>,
    /// Claims and answers.
    pub claims: Claims,
    /// What was promised.
    pub commitments: Vec<Commitment>,
    /// Where two parties came closer or grew apart since [`New::since`].
    pub distances: Vec<Distance>,
    /// The rounds of talks; of one party those in which it took part.
    pub rounds: Vec<Meeting>,
    /// Days on which the parties spoke of the talks; none in a brief about one party, nor where rounds are known.
    pub talk_days: Vec<TalkDay>,
    /// What is new; `None` where nothing has a day.
    pub new: Option<New>,
    /// Who speaks.
    pub voices: Voices,
    /// What the record does not cover.
    pub gaps: Gaps,
    /// All statements, each once.
    #[serde(serialize_with = "in_a_row")]
    pub statements: Arc<Vec<Cited>>,
}

fn in_a_row<S: Serializer>(statements: &Arc<Vec<Cited>>, serializer: S) -> Result<S::Ok, S::Error> {
    statements.as_slice().serialize(serializer)
}

/// A span of days, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// A statement that says yes on terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// The statement.
    pub statement: usize,
    /// Who sets it.
    pub party: Option<String>,
    /// Ids of the issues on which it is set.
    pub issues: Vec<String>,
    /// The words that set it, where they were found.
    pub terms: Vec<String>,
}

/// A day on which at least two parties are known to have spoken of the negotiation itself. It may be a day of a
/// round; that there was one, the statements alone do not tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TalkDay {
    /// The day.
    pub day: Date,
    /// The parties, in the order in which they speak.
    pub parties: Vec<String>,
    /// The statements.
    pub statements: Vec<usize>,
}

/// The statements from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct New {
    /// The day.
    pub since: Date,
    /// The statements of that day and later.
    pub statements: Vec<usize>,
}

impl IssueLabel {
    /// The issues of a dossier, under the first words of their labels.
    #[must_use]
    pub fn of(dossier: &Dossier) -> Vec<Self> {
        let first = |label: &str| label.split([',', ':']).next().unwrap_or_default().trim().to_owned();
        let label = |i: &Issue| Self { id: i.id.clone(), label: first(&i.label), group: i.group.clone() };
        dossier.issues.iter().map(label).collect()
    }

    /// What an issue is called; its id where it is none of these.
    #[must_use]
    pub fn name_in<'a>(all: &'a [Self], issue: &'a str) -> &'a str {
        all.iter().find(|l| l.id == issue).map_or(issue, |l| &l.label)
    }

    /// The group that an issue belongs to; empty where it has none.
    #[must_use]
    pub fn group_in<'a>(all: &'a [Self], issue: &str) -> &'a str {
        all.iter().find(|l| l.id == issue).map_or("", |l| &l.group)
    }
}

impl Brief {
    /// Adds up the record.
    #[must_use]
    pub fn new(record: &Record<'_>, options: &BriefOptions) -> Self {
        Self::made(Arc::new(select(record.entries, options)), None, record, options)
    }

    /// The same of a record that was added up before; `record` tells the rest, its entries are not asked. Where the options narrow
    /// nothing, nothing is copied and little is left to do.
    #[must_use]
    pub fn of(summed: &Summed<'_>, record: &Record<'_>, options: &BriefOptions) -> Self {
        if options.until.is_none() && options.issues.is_empty() {
            return Self::made(Arc::clone(summed.statements), Some(summed), record, options);
        }
        Self::made(Arc::new(narrowed(summed.statements, options)), None, record, options)
    }

    fn made(all: Arc<Vec<Cited>>, known: Option<&Summed<'_>>, record: &Record<'_>, options: &BriefOptions) -> Self {
        let whole = known.map_or_else(|| matrix(&all, None), |k| k.matrix.clone());
        let parties = spellings(&options.parties, &whole);
        let joined = known.map_or_else(|| claims(&all), |k| k.claims.clone());
        let (statements, matrix, claims, known) = if parties.is_empty() {
            (all, whole, joined, known)
        } else {
            let (statements, matrix, claims) = for_parties(&all, &parties, &whole, joined);
            (Arc::new(statements), matrix, claims, None)
        };

        let sources: Vec<Source> =
            record.sources.iter().filter(|s| options.until.is_none_or(|u| s.published <= Some(u))).cloned().collect();
        let days = || statements.iter().filter_map(|c| c.day);
        let period = days().min().zip(days().max()).map(|(from, to)| Period { from, to });
        let ours = |p: Option<&str>| parties.is_empty() || p.is_some_and(|p| parties.iter().any(|own| own == p));
        let mut rounds = match known {
            _ if !options.issues.is_empty() => Vec::new(),
            Some(known) => known.rounds.to_vec(),
            None => {
                let reported = |r: &&RoundEntry| options.until.is_none_or(|u| r.published.is_some_and(|day| day <= u));
                meetings(&record.rounds.iter().filter(reported).cloned().collect::<Vec<_>>(), &statements)
            }
        };
        rounds.retain(|m| parties.is_empty() || m.parties.iter().any(|p| ours(Some(p))));
        let mut moves = known.map_or_else(|| moves(&statements), |k| k.moves.to_vec());
        moves.retain(|m| ours(Some(&m.party)));
        let mut commitments = known.map_or_else(|| commitments(&statements), |k| k.commitments.to_vec());
        commitments.retain(|c| ours(c.party.as_deref()));
        let since = options.since.or(period.map(|p| p.to));
        let distances = since.map_or_else(Vec::new, |since| match known {
            Some(known) => changed(known.standings, since, &ours),
            None => changed(&Standings::of(&statements), since, &ours),
        });
        // Of a brief about some issues it says nothing that there is no statement on the others.
        let groups = if options.issues.is_empty() { record.issues } else { &[] };
        let mut brief = Self {
            title: String::new(),
            about: options.issues.clone(),
            moves,
            conditions: conditions(&statements).into_iter().filter(|c| ours(c.party.as_deref())).collect(),
            claims,
            commitments,
            distances,
            // Of some parties’ statements they would be found by chance only.
            talk_days: if !parties.is_empty() || !rounds.is_empty() {
                Vec::new()
            } else {
                talk_days(&statements, record.issues)
            },
            rounds,
            new: period.and(since).map(|since| new_since(&statements, since)),
            voices: known.map_or_else(|| voices(&statements), |k| k.voices.clone()),
            gaps: gaps(&statements, &matrix, &sources, groups, record.furniture),
            issues: record.issues.to_vec(),
            parties,
            period,
            sources,
            matrix,
            statements,
        };
        brief.title = options.title.clone().unwrap_or_else(|| brief.own_title());
        brief
    }

    fn own_title(&self) -> String {
        let parties = listed(self.parties.iter().map(String::as_str));
        let issues = listed(self.about.iter().map(|i| self.label(i)));
        let verb = if self.parties.len() == 1 { "stands" } else { "stand" };
        match (parties, issues) {
            (Some(parties), Some(issues)) => format!("{parties} on {issues}"),
            (Some(parties), None) => format!("Where {parties} {verb}"),
            (None, Some(issues)) => format!("Where the parties stand on {issues}"),
            (None, None) => "Where the parties stand".to_owned(),
        }
    }

    /// The statement with a number.
    #[must_use]
    pub fn statement(&self, number: usize) -> Option<&Cited> {
        self.statements.get(number.checked_sub(1)?)
    }

    /// What an issue is called; its id where it has no name.
    #[must_use]
    pub fn label<'a>(&'a self, issue: &'a str) -> &'a str {
        IssueLabel::name_in(&self.issues, issue)
    }

    /// The columns of the matrix by group, groups in the order of [`Brief::issues`], issues without a group last.
    pub(crate) fn groups(&self) -> Vec<(&str, Vec<usize>)> {
        let group = |c: &Column| IssueLabel::group_in(&self.issues, &c.id);
        let mut names: Vec<&str> = Vec::new();
        for name in self.issues.iter().map(|l| l.group.as_str()).filter(|g| !g.is_empty()).chain([""]) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let of = |name: &str| -> Vec<usize> {
            let columns = self.matrix.issues.iter().enumerate();
            columns.filter(|(_, c)| group(c) == name).map(|(i, _)| i).collect()
        };
        names.into_iter().map(|name| (name, of(name))).filter(|(_, columns)| !columns.is_empty()).collect()
    }
}

/// *A*, *A and B*, *A, B and C*; nothing of none.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut names: Vec<&str> = names.collect();
    let last = names.pop()?;
    Some(if names.is_empty() { last.to_owned() } else { format!("{} and {last}", names.join(", ")) })
}

/// The statements that the options ask for, but for the parties.
fn select(entries: &[Entry], options: &BriefOptions) -> Vec<Cited> {
    let mut chosen: Cow<'_, [Entry]> = Cow::Borrowed(entries);
    if let Some(until) = options.until {
        chosen.to_mut().retain(|e| e.day().is_some_and(|day| day <= until));
    }
    if !options.issues.is_empty() {
        chosen.to_mut().retain_mut(|e| keeps_issues(e, &options.issues));
    }
    distinct(&chosen)
}

/// The same of statements that are counted once already, numbered anew.
fn narrowed(statements: &[Cited], options: &BriefOptions) -> Vec<Cited> {
    let until = options.until;
    let asked = |c: &&Cited| {
        let positions = &c.entry.statement.positions;
        until.is_none_or(|until| c.day.is_some_and(|day| day <= until))
            && (options.issues.is_empty() || positions.iter().any(|p| options.issues.contains(&p.issue)))
    };
    let mut chosen: Vec<Cited> = statements.iter().filter(asked).cloned().collect();
    for cited in &mut chosen {
        if !options.issues.is_empty() {
            keeps_issues(&mut cited.entry, &options.issues);
        }
        // Of a report that does not tell when it was said, the day of publication counts.
        if let (Some(until), false) = (until, cited.is_dated()) {
            cited.appearances.retain(|a| a.published.is_none_or(|day| day <= until));
        }
    }
    number(&mut chosen);
    chosen
}

/// Takes away what a statement says on other issues; whether anything is left.
fn keeps_issues(entry: &mut Entry, issues: &[String]) -> bool {
    entry.statement.positions.retain(|p| issues.contains(&p.issue));
    !entry.statement.positions.is_empty()
}

/// How the record spells the parties that were asked for, each once.
fn spellings(wanted: &[String], matrix: &Matrix) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for wanted in wanted {
        let key = names::key(wanted);
        let spelt = matrix.rows.iter().map(|r| &r.party).find(|p| names::key(p) == key).unwrap_or(wanted);
        if !out.contains(spelt) {
            out.push(spelt.clone());
        }
    }
    out
}

/// The parties' statements and those joined to them as claim or answer, numbered anew; the parties' rows over all issues
/// that anybody raises; and their claims, found among the statements of all.
fn for_parties(all: &[Cited], parties: &[String], whole: &Matrix, mut claims: Claims) -> (Vec<Cited>, Matrix, Claims) {
    let is_own = |c: &&Cited| c.party().is_some_and(|party| parties.iter().any(|own| own == party));
    let own: HashSet<usize> = all.iter().filter(is_own).map(|c| c.number).collect();
    for joined in &mut claims.answered {
        joined.answers.retain(|answer| own.contains(answer) || own.contains(&joined.claim));
    }
    claims.answered.retain(|joined| !joined.answers.is_empty());
    claims.unanswered.retain(|n| own.contains(n));
    claims.denials.retain(|n| own.contains(n));

    let joined = claims.answered.iter().flat_map(|a| a.answers.iter().chain([&a.claim]));
    let keep: HashSet<usize> = own.iter().chain(joined).copied().collect();
    let mut kept: Vec<Cited> = all.iter().filter(|c| keep.contains(&c.number)).cloned().collect();
    let old: Vec<usize> = kept.iter().map(|c| c.number).collect();
    number(&mut kept);
    claims.renumber(|n| old.partition_point(|&o| o < n) + 1);

    let narrow = matrix(&kept, None);
    let row = |party: &String| Row {
        party: party.clone(),
        statements: narrow.rows.iter().find(|r| r.party == *party).map_or_else(Vec::new, |r| r.statements.clone()),
        cells: whole.issues.iter().map(|c| narrow.cell(party, &c.id).cloned()).collect(),
    };
    let issues = whole.issues.iter().map(|c| Column {
        id: c.id.clone(),
        statements: narrow.issues.iter().find(|n| n.id == c.id).map_or_else(Vec::new, |n| n.statements.clone()),
    });
    let matrix = Matrix { on: None, issues: issues.collect(), rows: parties.iter().map(row).collect() };
    (kept, matrix, claims)
}

fn conditions(statements: &[Cited]) -> Vec<Condition> {
    let conditional = |c: &Cited| {
        let positions = c.entry.statement.positions.iter().filter(|p| p.stance == Stance::Conditional);
        positions.map(|p| p.issue.clone()).collect::<Vec<_>>()
    };
    statements
        .iter()
        .map(|c| Condition {
            statement: c.number,
            party: c.party().map(str::to_owned),
            issues: conditional(c),
            terms: c.words_of(&c.entry.statement.manner.conditions),
        })
        .filter(|c| !c.issues.is_empty())
        .collect()
}

/// The distances that changed since a day, of parties that are asked for.
fn changed(standings: &Standings, since: Date, ours: &dyn Fn(Option<&str>) -> bool) -> Vec<Distance> {
    let all = standings.distances(Some(since), None);
    let asked = |d: &Distance| d.parties.iter().any(|p| ours(Some(p)));
    all.into_iter().filter(|d| d.trend() != "unchanged" && asked(d)).collect()
}

fn talk_days(statements: &[Cited], issues: &[IssueLabel]) -> Vec<TalkDay> {
    let about_talks = |c: &Cited| issues.iter().any(|l| l.group == TALKS && c.takes_up(&l.id));
    let mut days: Vec<TalkDay> = Vec::new();
    for cited in statements.iter().filter(|c| c.is_dated() && about_talks(c)) {
        let (Some(day), Some(party)) = (cited.day, cited.party()) else { continue };
        if days.last().is_none_or(|d| d.day != day) {
            days.push(TalkDay { day, parties: Vec::new(), statements: Vec::new() });
        }
        if let Some(last) = days.last_mut() {
            last.statements.push(cited.number);
            if !last.parties.iter().any(|p| p == party) {
                last.parties.push(party.to_owned());
            }
        }
    }
    days.retain(|d| d.parties.len() > 1);
    days
}

fn new_since(statements: &[Cited], since: Date) -> New {
    New { since, statements: statements.iter().filter(|c| c.day >= Some(since)).map(|c| c.number).collect() }
}
