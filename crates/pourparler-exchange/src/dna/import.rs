//! Reads a `.dna` file, document by document.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use pourparler_text::{Article, ArticleStatements, Text};
use rusqlite::{Connection, OpenFlags, Row};

use super::document::{Columns, Notes, day};
use super::layout::{Holds, ISSUE_ID, LABEL, NUMBER, RECORD};
use super::merge::{Marked, Merge, Side};
use super::slug::unique;
use crate::{ArticleRecord, ExchangeError, Problem, Report};

/// What a file held beside its articles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// What was read, and what found no room.
    pub report: Report,
    /// The version of DNA that the file is of: `3.0.7`.
    pub version: String,
    /// The concepts, as issues, in the order of the file; also those that no statement takes up.
    pub issues: Vec<ImportedIssue>,
    /// The organizations, as parties.
    pub parties: Vec<Named>,
    /// The persons.
    pub people: Vec<Named>,
    /// Types of statements that are none here, with how many of each there were.
    pub left_out: Vec<(String, usize)>,
}

/// A concept as an issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedIssue {
    /// The id that positions name it by.
    pub id: String,
    /// The concept's words.
    pub name: String,
    /// What else was told of it: `("Type", "energy")`.
    pub attributes: Vec<(String, String)>,
}

/// A person or an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// What else was told: `("Type", "NGO")`.
    pub attributes: Vec<(String, String)>,
}

/// Reads a file of DNA 3 and gives each document as a record, in the order of the file. Passwords are not looked at.
///
/// # Errors
/// Where the file cannot be read, is none of DNA 3's or is damaged, and where `each` fails.
pub fn import<E: From<ExchangeError>>(
    path: &Path,
    each: &mut dyn FnMut(ArticleRecord) -> Result<(), E>,
) -> Result<Imported, E> {
    let at = |problem: Problem| ExchangeError::new(path, problem);
    let db = open(path).map_err(at)?;
    let mut reader = Reader::begin(&db).map_err(at)?;
    let mut documents =
        db.prepare("SELECT ID, Title, Text, Author, Source, Section, Notes, Type, Date FROM DOCUMENTS ORDER BY ID");
    let documents = documents.as_mut().map_err(|e| at(damaged(e)))?;
    let mut rows = documents.query([]).map_err(|e| at(e.into()))?;
    while let Some(row) = rows.next().map_err(|e| at(e.into()))? {
        each(reader.document(row).map_err(at)?)?;
    }
    Ok(reader.end().map_err(at)?)
}

fn damaged(error: &rusqlite::Error) -> Problem {
    Problem::Damaged(format!("does not have the tables of DNA 3.0: {error}"))
}

fn open(path: &Path) -> Result<Connection, Problem> {
    let mut first = [0; 16];
    let whole = File::open(path)?.read_exact(&mut first).is_ok();
    if !whole || &first != b"SQLite format 3\0" {
        let told = "is no SQLite database, or is encrypted; name a file that DNA 3 saved under `.dna`";
        return Err(Problem::Damaged(told.to_owned()));
    }
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.busy_timeout(Duration::from_secs(2))?;
    db.set_prepared_statement_cache_capacity(32);
    db.pragma_update(None, "trusted_schema", false)?;
    db.pragma_update(None, "cell_size_check", true)?;
    let version: Result<String, _> =
        db.query_row("SELECT Value FROM SETTINGS WHERE Property = 'version'", [], |row| row.get(0));
    match version {
        Ok(version) if version.starts_with("3.") => {}
        Ok(version) => {
            let told = format!(
                "was written by version {version} of DNA, and only files of DNA 3 are read; save it with DNA 3 first"
            );
            return Err(Problem::Damaged(told));
        }
        Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => {
            let told = "is being written by another program; close it there and try again";
            return Err(Problem::Damaged(told.to_owned()));
        }
        Err(e) => {
            return Err(Problem::Damaged(format!(
                "is a database of another program or damaged, and none of DNA 3's: {e}"
            )));
        }
    }
    let check: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    match check.as_str() {
        "ok" => Ok(db),
        _ => Err(Problem::Damaged(format!("is damaged ({check}); take it from a backup copy"))),
    }
}

/// A statement type by the variables that are looked at.
enum Kind {
    /// Each of its statements is a position.
    Sides { person: Option<i64>, organization: Option<i64>, concept: i64, agreement: Option<(i64, Holds)> },
    /// What we wrote ourselves.
    Ours { record: i64, number: i64, person: i64, organization: i64, issue: i64 },
    /// Neither: its label, and how many there were.
    Other { label: String, count: usize },
}

struct Reader<'a> {
    db: &'a Connection,
    version: String,
    kinds: HashMap<i64, Kind>,
    coders: HashMap<i64, String>,
    issues: Vec<ImportedIssue>,
    ids: HashMap<String, String>,
    seen: HashSet<String>,
    report: Report,
}

impl<'a> Reader<'a> {
    fn begin(db: &'a Connection) -> Result<Self, Problem> {
        let version = db.query_row("SELECT Value FROM SETTINGS WHERE Property = 'version'", [], |row| row.get(0))?;
        let kinds = kinds(db)?;
        let mut coders = HashMap::new();
        let mut names = db.prepare("SELECT ID, Name FROM CODERS")?;
        let mut rows = names.query([])?;
        while let Some(row) = rows.next()? {
            coders.insert(row.get(0)?, row.get(1)?);
        }
        // Statements are not indexed by document.
        db.execute_batch(
            "CREATE TEMP TABLE placed (document INTEGER, statement INTEGER, PRIMARY KEY (document, statement)) WITHOUT ROWID;
             INSERT INTO placed SELECT DocumentId, ID FROM STATEMENTS WHERE DocumentId IS NOT NULL",
        )
        .map_err(|e| damaged(&e))?;
        let mut reader = Self {
            db,
            version,
            kinds,
            coders,
            issues: Vec::new(),
            ids: HashMap::new(),
            seen: HashSet::new(),
            report: Report::default(),
        };
        reader.concepts()?;
        Ok(reader)
    }

    /// Gives each concept its id.
    fn concepts(&mut self) -> Result<(), Problem> {
        let ours = self.kinds.values().any(|kind| matches!(kind, Kind::Ours { .. }));
        let all = self.named(|kind| match kind {
            Kind::Sides { concept, .. } => Some(*concept),
            _ => None,
        })?;
        let known = |named: &Named| {
            let id = named.attributes.iter().find(|(name, value)| name == ISSUE_ID && !value.is_empty());
            id.filter(|_| ours).map(|(_, id)| id.clone())
        };
        let mut taken: HashSet<String> = all.iter().filter_map(known).collect();
        for named in all {
            let id = known(&named).unwrap_or_else(|| unique(&named.name, &mut taken));
            self.ids.insert(named.name.clone(), id.clone());
            let attributes = named.attributes.into_iter().filter(|(name, _)| !(ours && name == ISSUE_ID)).collect();
            self.issues.push(ImportedIssue { id, name: named.name, attributes });
        }
        Ok(())
    }

    /// The entities of variables, each name once, with the attributes that are filled.
    fn named(&self, variable: impl Fn(&Kind) -> Option<i64>) -> Result<Vec<Named>, Problem> {
        let mut variables: Vec<i64> = self.kinds.values().filter_map(variable).collect();
        variables.sort_unstable();
        let mut all: Vec<Named> = Vec::new();
        let mut at: HashMap<String, usize> = HashMap::new();
        let mut entities = self.db.prepare(
            "SELECT e.Value, a.AttributeVariable, v.AttributeValue FROM ENTITIES e
             LEFT JOIN ATTRIBUTEVALUES v ON v.EntityId = e.ID AND v.AttributeValue != ''
             LEFT JOIN ATTRIBUTEVARIABLES a ON a.ID = v.AttributeVariableId
             WHERE e.VariableId = ? AND e.Value != '' ORDER BY e.ID, a.ID",
        )?;
        for variable in variables {
            let mut rows = entities.query([variable])?;
            while let Some(row) = rows.next()? {
                let name: String = row.get(0)?;
                let place = *at.entry(name.clone()).or_insert_with(|| {
                    all.push(Named { name, attributes: Vec::new() });
                    all.len() - 1
                });
                let told: (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
                if let (Some(attribute), Some(value)) = told
                    && !all[place].attributes.iter().any(|(a, _)| *a == attribute)
                {
                    all[place].attributes.push((attribute, value));
                }
            }
        }
        Ok(all)
    }

    fn document(&mut self, row: &Row<'_>) -> Result<ArticleRecord, Problem> {
        let key: i64 = row.get(0)?;
        let text = Text::new(row.get::<_, String>(2)?);
        let columns = Columns { title: row.get(1)?, author: row.get(3)?, source: row.get(4)?, date: row.get(8)? };
        let notes: String = row.get(6)?;
        let ours = Notes::read(&notes).filter(|notes| notes.fits(&text));
        let article = match &ours {
            Some(notes) => notes.restored(columns, text),
            None => {
                let fields: (String, String) = (row.get(5)?, row.get(7)?);
                if !notes.is_empty() || fields != Default::default() {
                    self.report.lose("sections, types and notes of documents", || format!("document {key}"));
                }
                if columns.date != 0 && day(columns.date).is_none() {
                    self.report.lose("dates that no calendar holds", || format!("document {key}"));
                }
                columns.article(Article::id_of(text.as_str()), text)
            }
        };
        let article = self.once(article, key);
        let statements = self.statements(key)?;
        let mut merge = Merge::begin(&article, ours.as_ref(), &self.ids, &mut self.report);
        for marked in statements {
            merge.add(marked);
        }
        let (statements, reviewers) = merge.end();
        self.report.articles += 1;
        self.report.statements += statements.len();
        let mut read = ArticleStatements::new(article, statements);
        Ok(match ours {
            Some(Notes { extractor, rounds, furniture, .. }) => {
                read.rounds = rounds;
                ArticleRecord { read, furniture, extractor, reviewers }
            }
            None => {
                let extractor = format!("Discourse Network Analyzer {}", self.version);
                ArticleRecord { read, furniture: Vec::new(), extractor, reviewers }
            }
        })
    }

    /// An article under an id that no other of this file has.
    fn once(&mut self, article: Article, key: i64) -> Article {
        let mut id = article.id.clone();
        while !self.seen.insert(id.clone()) {
            id = format!("{id}-{key}");
        }
        if id != article.id {
            self.report.lose("ids of articles that the file has twice, given a number", || article.id.clone());
        }
        Article { id, ..article }
    }

    /// The statements of a document in the order of their keys.
    fn statements(&mut self, document: i64) -> Result<Vec<Marked>, Problem> {
        let mut places = self.db.prepare_cached(
            "SELECT s.ID, s.StatementTypeId, s.Start, s.Stop, s.Coder FROM temp.placed p
             JOIN STATEMENTS s ON s.ID = p.statement WHERE p.document = ? ORDER BY s.ID",
        )?;
        let mut rows = places.query([document])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, kind): (i64, Option<i64>) = (row.get(0)?, row.get(1)?);
            let coder = row.get::<_, Option<i64>>(4)?.and_then(|coder| self.coders.get(&coder)).cloned();
            let Some(kind) = kind.and_then(|kind| self.kinds.get_mut(&kind)) else { continue };
            let db = self.db;
            let mut side = Side {
                start: row.get(2)?,
                stop: row.get(3)?,
                coder: coder.unwrap_or_default(),
                person: String::new(),
                organization: String::new(),
                concept: String::new(),
                agreement: None,
            };
            match kind {
                Kind::Other { label, count } => {
                    *count += 1;
                    let what = "statements of types without a person or an organization, and a concept";
                    self.report.lose(what, || format!("document {document}, statement {id} ({label})"));
                }
                Kind::Sides { person, organization, concept, agreement } => {
                    side.person = short(db, id, *person)?;
                    side.organization = short(db, id, *organization)?;
                    side.concept = short(db, id, Some(*concept))?;
                    side.agreement = match agreement {
                        Some((variable, Holds::Boolean)) => value(db, BOOLEAN, id, *variable)?.map(|v: i64| v != 0),
                        Some((variable, _)) => {
                            value(db, INTEGER, id, *variable)?.filter(|v: &i64| *v != 0).map(|v| v > 0)
                        }
                        None => None,
                    };
                    all.push(Marked::Side { id, side });
                }
                Kind::Ours { record, number, person, organization, issue } => {
                    side.person = short(db, id, Some(*person))?;
                    side.organization = short(db, id, Some(*organization))?;
                    side.concept = short(db, id, Some(*issue))?;
                    let number: i64 = value(db, INTEGER, id, *number)?.unwrap_or(0);
                    let json: Option<String> = value(db, LONG, id, *record)?;
                    match json.and_then(|json| serde_json::from_str(&json).ok()) {
                        Some(statement) => {
                            let number = usize::try_from(number).unwrap_or(0);
                            all.push(Marked::Ours { id, side, number, statement: Box::new(statement) });
                        }
                        None => {
                            let what = "statements of the type pourparler whose record cannot be read, left out";
                            self.report.lose(what, || format!("document {document}, statement {id}"));
                        }
                    }
                }
            }
        }
        Ok(all)
    }

    fn end(mut self) -> Result<Imported, Problem> {
        for (what, sql) in [
            ("patterns by which words are coloured", "SELECT COUNT(*) FROM REGEXES"),
            ("links between variables", "SELECT COUNT(*) FROM VARIABLELINKS"),
            ("entities that are grouped under others", "SELECT COUNT(*) FROM ENTITIES WHERE ChildOf IS NOT NULL"),
        ] {
            for _ in 0..self.db.query_row(sql, [], |row| row.get::<_, usize>(0))? {
                self.report.lose(what, || "the file".to_owned());
            }
        }
        let parties = self.named(|kind| match kind {
            Kind::Sides { organization, .. } => *organization,
            _ => None,
        })?;
        let people = self.named(|kind| match kind {
            Kind::Sides { person, .. } => *person,
            _ => None,
        })?;
        let mut left_out: Vec<(i64, (String, usize))> = Vec::new();
        for (id, kind) in self.kinds {
            if let Kind::Other { label, count } = kind
                && count > 0
            {
                left_out.push((id, (label, count)));
            }
        }
        left_out.sort_unstable();
        Ok(Imported {
            report: self.report,
            version: self.version,
            issues: self.issues,
            parties,
            people,
            left_out: left_out.into_iter().map(|(_, kind)| kind).collect(),
        })
    }
}

const BOOLEAN: &str = "SELECT Value FROM DATABOOLEAN WHERE StatementId = ? AND VariableId = ?";
const INTEGER: &str = "SELECT Value FROM DATAINTEGER WHERE StatementId = ? AND VariableId = ?";
const LONG: &str = "SELECT Value FROM DATALONGTEXT WHERE StatementId = ? AND VariableId = ?";
const SHORT: &str = "SELECT e.Value FROM DATASHORTTEXT d JOIN ENTITIES e ON e.ID = d.Entity
                     WHERE d.StatementId = ? AND d.VariableId = ?";

fn value<T: rusqlite::types::FromSql>(
    db: &Connection,
    sql: &str,
    statement: i64,
    variable: i64,
) -> rusqlite::Result<Option<T>> {
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query((statement, variable))?;
    rows.next()?.map_or(Ok(None), |row| row.get(0))
}

fn short(db: &Connection, statement: i64, variable: Option<i64>) -> rusqlite::Result<String> {
    let found = variable.map_or(Ok(None), |variable| value(db, SHORT, statement, variable))?;
    Ok(found.unwrap_or_default())
}

/// The statement types, by the names of their variables.
fn kinds(db: &Connection) -> Result<HashMap<i64, Kind>, Problem> {
    let mut types: Vec<(i64, String)> = Vec::new();
    let mut variables: HashMap<(i64, String), (i64, Option<Holds>)> = HashMap::new();
    let mut rows = db.prepare("SELECT ID, Label FROM STATEMENTTYPES").map_err(|e| damaged(&e))?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        types.push((row.get(0)?, row.get(1)?));
    }
    let of_types = "SELECT ID, Variable, DataType, StatementTypeId FROM VARIABLES WHERE StatementTypeId IS NOT NULL";
    let mut rows = db.prepare(of_types).map_err(|e| damaged(&e))?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let (name, holds): (String, String) = (row.get(1)?, row.get(2)?);
        variables.insert((row.get(3)?, name.to_lowercase()), (row.get(0)?, Holds::named(&holds)));
    }
    let kind = |(id, label): (i64, String)| {
        let find = |name: &str, wanted: &[Holds]| {
            let (variable, holds) = variables.get(&(id, name.to_owned()))?;
            holds.filter(|h| wanted.contains(h)).map(|h| (*variable, h))
        };
        let short = |name: &str| find(name, &[Holds::Short]).map(|(variable, _)| variable);
        let (person, organization) = (short("person"), short("organization").or_else(|| short("organisation")));
        let ours = || {
            let (record, number) = (find(RECORD, &[Holds::Long])?.0, find(NUMBER, &[Holds::Integer])?.0);
            Some(Kind::Ours { record, number, person: person?, organization: organization?, issue: short("issue")? })
        };
        let sides = || {
            let concept = short("concept").filter(|_| person.is_some() || organization.is_some())?;
            Some(Kind::Sides {
                person,
                organization,
                concept,
                agreement: find("agreement", &[Holds::Boolean, Holds::Integer]),
            })
        };
        let found = if label == LABEL { ours() } else { sides() };
        (id, found.unwrap_or(Kind::Other { label, count: 0 }))
    };
    Ok(types.into_iter().map(kind).collect())
}
