//! The brief as data: everything that the two written forms show.

use std::borrow::Cow;
use std::collections::HashSet;

use jiff::civil::Date;
use pourparler_dossier::{Dossier, Issue};
use pourparler_text::{Entry, RoundEntry, Stance, names};
use serde::{Deserialize, Serialize};

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

/// An article that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Id of the article.
    pub article: String,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Address.
    pub url: Option<String>,
    /// How many statements were found in it.
    pub statements: usize,
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
    /// Only this party's positions, and the statements that it answers or that answer it.
    pub party: Option<String>,
    /// Only this issue (an id). Statements lose their positions on others.
    pub issue: Option<String>,
}

/// What the record adds up to. Numbers are those of [`Brief::statements`], counted from 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Brief {
    /// Headline.
    pub title: String,
    /// The party that it is about, if it is about one.
    pub party: Option<String>,
    /// The issue that it is about, if it is about one.
    pub issue: Option<String>,
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
    pub statements: Vec<Cited>,
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
}

impl Brief {
    /// Adds up the record.
    #[must_use]
    pub fn new(record: &Record<'_>, options: &BriefOptions) -> Self {
        let all = select(record.entries, options);
        let whole = matrix(&all, None);
        let party = options.party.as_deref().map(|wanted| spelling(wanted, &whole).to_owned());
        let (statements, matrix, claims) = match &party {
            Some(party) => for_party(all, party, &whole),
            None => {
                let claims = claims(&all);
                (all, whole, claims)
            }
        };

        let sources: Vec<Source> =
            record.sources.iter().filter(|s| options.until.is_none_or(|u| s.published <= Some(u))).cloned().collect();
        let days = || statements.iter().filter_map(|c| c.day);
        let period = days().min().zip(days().max()).map(|(from, to)| Period { from, to });
        let ours = |p: Option<&str>| party.is_none() || p == party.as_deref();
        let reported = |r: &&RoundEntry| options.until.is_none_or(|u| r.published.is_some_and(|day| day <= u));
        let reports: Vec<RoundEntry> = record.rounds.iter().filter(reported).cloned().collect();
        let mut rounds = if options.issue.is_some() { Vec::new() } else { meetings(&reports, &statements) };
        rounds.retain(|m| party.is_none() || m.parties.iter().any(|p| Some(p) == party.as_ref()));
        // Of a brief about one issue it says nothing that there is no statement on the others.
        let groups = if options.issue.is_some() { &[] } else { record.issues };
        let mut brief = Self {
            title: String::new(),
            issue: options.issue.clone(),
            moves: moves(&statements).into_iter().filter(|m| ours(Some(&m.party))).collect(),
            conditions: conditions(&statements).into_iter().filter(|c| ours(c.party.as_deref())).collect(),
            claims,
            commitments: commitments(&statements).into_iter().filter(|c| ours(c.party.as_deref())).collect(),
            distances: period.map_or_else(Vec::new, |p| changed(&statements, options.since.unwrap_or(p.to), &ours)),
            // Of one party’s statements they would be found by chance only.
            talk_days: if party.is_some() || !rounds.is_empty() {
                Vec::new()
            } else {
                talk_days(&statements, record.issues)
            },
            rounds,
            new: period.map(|p| new_since(&statements, options.since.unwrap_or(p.to))),
            voices: voices(&statements),
            gaps: gaps(&statements, &matrix, &sources, groups, record.furniture),
            issues: record.issues.to_vec(),
            party,
            period,
            sources,
            matrix,
            statements,
        };
        brief.title = options.title.clone().unwrap_or_else(|| brief.own_title());
        brief
    }

    fn own_title(&self) -> String {
        match (&self.party, self.issue.as_deref().map(|i| self.label(i))) {
            (Some(party), Some(issue)) => format!("{party} on {issue}"),
            (Some(party), None) => format!("Where {party} stands"),
            (None, Some(issue)) => format!("Where the parties stand on {issue}"),
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
        self.issues.iter().find(|l| l.id == issue).map_or(issue, |l| &l.label)
    }

    /// The columns of the matrix by group, groups in the order of [`Brief::issues`], issues without a group last.
    pub(crate) fn groups(&self) -> Vec<(&str, Vec<usize>)> {
        let group = |c: &Column| self.issues.iter().find(|l| l.id == c.id).map_or("", |l| l.group.as_str());
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

/// The statements that the options ask for, but for the party.
fn select(entries: &[Entry], options: &BriefOptions) -> Vec<Cited> {
    let mut chosen: Cow<'_, [Entry]> = Cow::Borrowed(entries);
    if let Some(until) = options.until {
        chosen.to_mut().retain(|e| e.day().is_some_and(|day| day <= until));
    }
    if let Some(issue) = &options.issue {
        chosen.to_mut().retain_mut(|e| {
            e.statement.positions.retain(|p| p.issue == *issue);
            !e.statement.positions.is_empty()
        });
    }
    distinct(&chosen)
}

/// How the record spells a party that was asked for.
fn spelling<'a>(wanted: &'a str, matrix: &'a Matrix) -> &'a str {
    let key = names::key(wanted);
    matrix.rows.iter().map(|r| r.party.as_str()).find(|p| names::key(p) == key).unwrap_or(wanted)
}

/// The party's statements and those joined to them as claim or answer, numbered anew; the party's row over all issues
/// that anybody raises; and its claims, found among the statements of all.
fn for_party(mut all: Vec<Cited>, party: &str, whole: &Matrix) -> (Vec<Cited>, Matrix, Claims) {
    let mut claims = claims(&all);
    let own: HashSet<usize> = all.iter().filter(|c| c.party() == Some(party)).map(|c| c.number).collect();
    for joined in &mut claims.answered {
        joined.answers.retain(|answer| own.contains(answer) || own.contains(&joined.claim));
    }
    claims.answered.retain(|joined| !joined.answers.is_empty());
    claims.unanswered.retain(|n| own.contains(n));
    claims.denials.retain(|n| own.contains(n));

    let joined = claims.answered.iter().flat_map(|a| a.answers.iter().chain([&a.claim]));
    let keep: HashSet<usize> = own.iter().chain(joined).copied().collect();
    all.retain(|c| keep.contains(&c.number));
    let old: Vec<usize> = all.iter().map(|c| c.number).collect();
    number(&mut all);
    claims.renumber(|n| old.partition_point(|&o| o < n) + 1);

    let narrow = matrix(&all, None);
    let row = Row {
        party: party.to_owned(),
        statements: narrow.rows.iter().find(|r| r.party == party).map_or_else(Vec::new, |r| r.statements.clone()),
        cells: whole.issues.iter().map(|c| narrow.cell(party, &c.id).cloned()).collect(),
    };
    let issues = whole.issues.iter().map(|c| Column {
        id: c.id.clone(),
        statements: narrow.issues.iter().find(|n| n.id == c.id).map_or_else(Vec::new, |n| n.statements.clone()),
    });
    let matrix = Matrix { on: None, issues: issues.collect(), rows: vec![row] };
    (all, matrix, claims)
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
fn changed(statements: &[Cited], since: Date, ours: &dyn Fn(Option<&str>) -> bool) -> Vec<Distance> {
    let all = Standings::of(statements).distances(Some(since), None);
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
