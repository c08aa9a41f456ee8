//! Writes a record as a `.dna` file, in one transaction of a file beside its place.

use std::collections::HashMap;
use std::path::Path;

use pourparler_brief::IssueLabel;
use pourparler_text::{CodePoint, DateRange, Position, Span, Speaker, SpeakerKind, Stance, Statement, Text, Utf16};
use rusqlite::{CachedStatement, Connection};

use super::coders::Coders;
use super::document::{Columns, Notes};
use super::entities::{Entities, fit};
use super::layout::{ADMIN, OURS, SIDES, attribute, lay, thousandths, var, weight};
use crate::beside::Beside;
use crate::issue_names::distinct;
use crate::record::marked;
use crate::{ArticleRecord, ExchangeError, Exporter, Problem, Report};

/// An export to a file of the Discourse Network Analyzer.
pub struct DnaExport {
    // The connection goes before the file is moved or thrown away.
    db: Connection,
    beside: Beside,
    entities: Entities,
    coders: Coders,
    concepts: HashMap<String, Concept>,
    statements: i64,
    report: Report,
}

/// What an issue is called in the file, where no two are called the same.
#[derive(Debug, Clone)]
struct Concept {
    name: String,
    group: String,
}

impl DnaExport {
    /// Begins a file. All its coders open it with the password: the first, *Admin*, and one for each person who decided on a
    /// statement. The issues become concepts, also those that no statement takes up.
    ///
    /// # Errors
    /// Where something stands in the place already, or it cannot be written.
    pub fn create(path: &Path, password: &str, issues: &[IssueLabel]) -> Result<Self, ExchangeError> {
        let (beside, _) = Beside::begin(path)?;
        let begun = begin(beside.path(), password).map_err(|problem| ExchangeError::new(path, problem))?;
        let (db, entities, coders) = begun;
        let statements = 0;
        let report = Report::default();
        let mut export = Self { db, beside, entities, coders, concepts: concepts(issues), statements, report };
        for issue in issues {
            let listed = export.concept(&issue.id, var::CONCEPT, || issue.id.clone());
            listed
                .and_then(|_| export.concept(&issue.id, var::ISSUE, || issue.id.clone()))
                .map_err(|e| export.at(e))?;
        }
        Ok(export)
    }

    fn at(&self, problem: impl Into<Problem>) -> ExchangeError {
        ExchangeError::new(self.beside.target(), problem)
    }

    fn concept(&mut self, issue: &str, variable: i64, place: impl Fn() -> String) -> Result<i64, Problem> {
        let known = self.concepts.get(issue).cloned();
        let concept = known.unwrap_or_else(|| Concept { name: issue.to_owned(), group: String::new() });
        let told = [(attribute::CONCEPT_TYPE, concept.group.as_str()), (attribute::ISSUE_ID, issue)];
        Ok(self.entities.of(&self.db, variable, &concept.name, &told, &mut self.report, place)?)
    }

    fn short(&mut self, variable: i64, value: &str, place: impl Fn() -> String) -> Result<i64, Problem> {
        Ok(self.entities.of(&self.db, variable, value, &[], &mut self.report, place)?)
    }

    fn document(&mut self, record: &ArticleRecord) -> Result<(), Problem> {
        let article = &record.read.article;
        let columns = Columns::of(article);
        let report = &mut self.report;
        if article.published.is_none() {
            report.lose("articles without a day, which DNA dates 1 January 1970", || article.id.clone());
        }
        if article.text.as_str().contains('\r') {
            let what =
                "texts with carriage returns, which DNA's window may leave out, so that marks look shifted there";
            report.lose(what, || article.id.clone());
        }
        let mut fitted = |text: &str| fit(text, report, || article.id.clone()).to_owned();
        let (title, author, source) = (fitted(&columns.title), fitted(&columns.author), fitted(&columns.source));
        let notes = serde_json::to_string(&Notes::of(record))?;
        self.db
            .prepare_cached(
                "INSERT INTO DOCUMENTS (Title, Text, Coder, Author, Source, Notes, Date) VALUES (?, ?, ?, ?, ?, ?, ?)",
            )?
            .execute((title, article.text.as_str(), ADMIN, author, source, notes, columns.date))?;
        let document = self.db.last_insert_rowid();
        for statement in &record.read.statements {
            self.statement(record, document, statement)?;
        }
        self.report.articles += 1;
        Ok(())
    }

    fn statement(
        &mut self,
        record: &ArticleRecord,
        document: i64,
        statement: &Statement<CodePoint>,
    ) -> Result<(), Problem> {
        let (article, text) = (&record.read.article.id, &record.read.article.text);
        let place = || format!("{article}/{}", statement.id);
        let report = &mut self.report;
        let Some(hull) = hull(statement, text) else {
            report.lose("statements that mark no words, left out", place);
            return Ok(());
        };
        if statement.content.len() > 1 {
            report.lose("contents in pieces, marked from the first to the last", place);
        }
        if statement.positions.is_empty() {
            report.lose("statements without a position, only under the statement type pourparler", place);
        }
        let coder = match record.reviewers.get(&statement.id) {
            Some(reviewer) => self.coders.of(&self.db, reviewer, report)?,
            None => ADMIN,
        };
        report.statements += 1;
        let mark = Mark { document, hull, coder };
        let names = Names::of(&statement.speaker);
        let json = serde_json::to_string(statement)?;
        let said_on = statement.said_on.as_ref().map(DateRange::iso).unwrap_or_default();
        let (cue, chain) = (Statement::words_at(&statement.cue, text), statement.via.join(" < "));
        let none = [None];
        let each: Vec<Option<&Position>> = statement.positions.iter().map(Some).collect();
        for (n, position) in (if each.is_empty() { &none[..] } else { &each }).iter().enumerate() {
            let ours = self.mark(OURS, &mark)?;
            let (stance_name, number) = match position {
                Some(position) => (position.stance.as_str(), n + 1),
                None => ("", 0),
            };
            let values = [
                (var::OUR_PERSON, self.short(var::OUR_PERSON, names.person, place)?),
                (var::OUR_ORGANIZATION, self.short(var::OUR_ORGANIZATION, names.organization, place)?),
                (var::ISSUE, self.issue(var::ISSUE, *position, place)?),
                (var::STANCE_NAME, self.short(var::STANCE_NAME, stance_name, place)?),
                (var::ACT, self.short(var::ACT, statement.act.as_str(), place)?),
                (var::SAID_ON, self.short(var::SAID_ON, &said_on, place)?),
            ];
            self.shorts(ours, &values)?;
            let stance = position.map_or(0, |p| weight(p.stance));
            let number = i64::try_from(number).unwrap_or(0);
            let integers = [(var::STANCE, stance), (var::SCORE, thousandths(statement)), (var::NUMBER, number)];
            for (variable, value) in integers {
                self.data(INTEGER)?.execute((ours, variable, value))?;
            }
            let id = &statement.id;
            for (variable, value) in [(var::CUE, &cue), (var::CHAIN, &chain), (var::ID, id), (var::RECORD, &json)] {
                self.data(LONG)?.execute((ours, variable, value))?;
            }
            if let Some(position) = position {
                self.side(&mark, &statement.speaker, position, place)?;
            }
        }
        Ok(())
    }

    /// A position under DNA Statement, where it takes a side.
    fn side(
        &mut self,
        mark: &Mark,
        speaker: &Speaker,
        position: &Position,
        place: impl Fn() -> String + Copy,
    ) -> Result<(), Problem> {
        let Some(agrees) = position.stance.agrees() else {
            self.report.lose("positions that take no side, only under the statement type pourparler", place);
            return Ok(());
        };
        if position.stance == Stance::Conditional {
            self.report.lose("conditional positions, which are agreements under DNA Statement", place);
        }
        let names = Names::of(speaker);
        let role = [(attribute::PERSON_NOTES, speaker.role.as_deref().unwrap_or_default())];
        let kind = [(attribute::ORGANIZATION_TYPE, if names.itself { speaker.kind.as_str() } else { "" })];
        let report = &mut self.report;
        let person = self.entities.of(&self.db, var::PERSON, names.person, &role, report, place)?;
        let organization = self.entities.of(&self.db, var::ORGANIZATION, names.organization, &kind, report, place)?;
        let concept = self.issue(var::CONCEPT, Some(position), place)?;
        let side = self.mark(SIDES, mark)?;
        self.shorts(side, &[(var::PERSON, person), (var::ORGANIZATION, organization), (var::CONCEPT, concept)])?;
        self.data(BOOLEAN)?.execute((side, var::AGREEMENT, agrees))?;
        Ok(())
    }

    fn issue(
        &mut self,
        variable: i64,
        position: Option<&Position>,
        place: impl Fn() -> String,
    ) -> Result<i64, Problem> {
        match position {
            Some(position) => self.concept(&position.issue, variable, place),
            None => self.short(variable, "", place),
        }
    }

    fn mark(&mut self, kind: i64, mark: &Mark) -> Result<i64, Problem> {
        self.statements += 1;
        let row = (self.statements, kind, mark.document, mark.hull.start, mark.hull.end, mark.coder);
        self.db
            .prepare_cached(
                "INSERT INTO STATEMENTS (ID, StatementTypeId, DocumentId, Start, Stop, Coder) VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(row)?;
        Ok(self.statements)
    }

    fn shorts(&self, statement: i64, values: &[(i64, i64)]) -> Result<(), Problem> {
        for (variable, entity) in values {
            self.data(SHORT_TEXT)?.execute((statement, variable, entity))?;
        }
        Ok(())
    }

    fn data(&self, sql: &str) -> rusqlite::Result<CachedStatement<'_>> {
        self.db.prepare_cached(sql)
    }
}

const BOOLEAN: &str = "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (?, ?, ?)";
const INTEGER: &str = "INSERT INTO DATAINTEGER (StatementId, VariableId, Value) VALUES (?, ?, ?)";
const LONG: &str = "INSERT INTO DATALONGTEXT (StatementId, VariableId, Value) VALUES (?, ?, ?)";
const SHORT_TEXT: &str = "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (?, ?, ?)";

impl Exporter for DnaExport {
    fn article(&mut self, record: &ArticleRecord) -> Result<(), ExchangeError> {
        self.document(record).map_err(|problem| self.at(problem))
    }

    fn finish(self: Box<Self>) -> Result<Report, ExchangeError> {
        let Self { db, beside, report, .. } = *self;
        let ended = db.execute_batch("COMMIT").and_then(|()| db.close().map_err(|(_, e)| e));
        ended.map_err(|e| ExchangeError::new(beside.target(), e))?;
        beside.place()?;
        Ok(report)
    }
}

fn begin(file: &Path, password: &str) -> Result<(Connection, Entities, Coders), Problem> {
    let db = Connection::open(file)?;
    db.set_prepared_statement_cache_capacity(32);
    // What fails is thrown away as a whole, so there is nothing to roll back to.
    for (name, value) in [("journal_mode", "off"), ("locking_mode", "exclusive"), ("synchronous", "off")] {
        db.pragma_update_and_check(None, name, value, |_| Ok(())).or_else(|e| match e {
            rusqlite::Error::QueryReturnedNoRows => Ok(()),
            other => Err(other),
        })?;
    }
    db.pragma_update(None, "foreign_keys", true)?;
    db.execute_batch("BEGIN")?;
    lay(&db)?;
    let coders = Coders::begin(&db, password)?;
    let entities = Entities::begin(&db)?;
    Ok((db, entities, coders))
}

/// Where a statement stands, and whose it is.
struct Mark {
    document: i64,
    hull: Span<Utf16>,
    coder: i64,
}

/// A speaker as DNA's users name them.
struct Names<'a> {
    person: &'a str,
    organization: &'a str,
    /// Whether the organization is the speaker and not whom a person speaks for.
    itself: bool,
}

impl<'a> Names<'a> {
    fn of(speaker: &'a Speaker) -> Self {
        let (name, party) = (speaker.name.as_deref(), speaker.party.as_deref());
        match speaker.kind {
            SpeakerKind::Person | SpeakerKind::Unnamed => {
                Self { person: name.unwrap_or_default(), organization: party.unwrap_or_default(), itself: false }
            }
            SpeakerKind::Organisation | SpeakerKind::Country | SpeakerKind::Group => Self {
                person: "",
                organization: party.or(name).unwrap_or_default(),
                itself: party.is_none() || party == name,
            },
        }
    }
}

/// From the first to the last of the words that are marked.
fn hull(statement: &Statement<CodePoint>, text: &Text) -> Option<Span<Utf16>> {
    let spans = marked(statement, text);
    let start = spans.iter().map(|s| s.start).min()?;
    let end = spans.iter().map(|s| s.end).max()?;
    Some(text.to_utf16(text.to_bytes(Span::new(start, end))))
}

/// What the issues are called.
fn concepts(issues: &[IssueLabel]) -> HashMap<String, Concept> {
    let named = issues.iter().zip(distinct(issues));
    named.map(|(issue, name)| (issue.id.clone(), Concept { name, group: issue.group.clone() })).collect()
}
