//! Whether the log is whole, and the ground what the log says; and the ledger made anew from its log.

use std::collections::{BTreeSet, HashMap};

use pourparler_text::sha256_hex;
use serde_json::{Map, Value as Json, json};

use crate::log::{self, Entry, Linked, NOTHING_BEFORE};
use crate::store::{Store, Value, values};
use crate::tables::{self, TABLES};
use crate::{Fault, Head, Ledger, LedgerError, Problem, review};

/// The tables whose every row came in by an entry of the log.
const GROUND: &[&str] =
    &["article", "appearance", "actor_decision", "tombstone", "review", "comment", "settlement", "assignment"];

/// Tables that are derived, and taken over when a ledger is made anew: what the extractor made, and what is compared by it.
const DERIVED: &[&str] = &["extraction", "round", "compared", "sketch", "kin"];

impl Ledger {
    /// Whether an end of the log that was noted earlier still stands in it.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn still_holds(&self, noted: &Head) -> Result<bool, LedgerError> {
        let hash = self.db.value::<String>("SELECT hash FROM event WHERE number = ?", values![noted.number]);
        self.told(hash.map(|hash| hash.is_some_and(|hash| hash == noted.hash)))
    }

    /// Makes the ledger anew in `empty` from its log, the texts and bytes that the log names by their hashes, and what the extractor
    /// made; and gives every difference between the two. There is none where the log tells all of it.
    ///
    /// # Errors
    /// [`Problem::NotEmpty`], or where either ledger fails.
    pub fn rebuild_into(&self, empty: &mut Self) -> Result<Vec<Fault>, LedgerError> {
        self.told(self.db.view(|from| {
            let made = empty.db.write(|to| {
                replay(from, to)?;
                differences(from, to)
            });
            Ok(empty.told(made))
        }))?
    }
}

/// Adds the entries for what was in a ledger before it had a log.
pub(crate) fn adopt(db: &dyn Store) -> Result<(), Problem> {
    let mut first: BTreeSet<i64> = BTreeSet::new();
    let sql = "SELECT key, article FROM appearance ORDER BY key";
    for (key, article) in db.rows(sql, &[], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))? {
        log_appearance(db, log::LOCAL, article, key, first.insert(article))?;
    }
    let sql = "SELECT key, reviewer, article FROM review ORDER BY key";
    for (key, reviewer, article) in
        db.rows(sql, &[], |row| Ok((row.get(0)?, row.get::<String>(1)?, row.get::<Option<i64>>(2)?)))?
    {
        log_row(db, &reviewer, "review", article, key, None)?;
    }
    for key in db.rows("SELECT key FROM actor_decision ORDER BY key", &[], |row| row.get(0))? {
        log_row(db, log::LOCAL, "actor_decision", None, key, None)?;
    }
    Ok(())
}

/// Logs that an article was added, or appeared once more.
pub(crate) fn log_appearance(db: &dyn Store, actor: &str, article: i64, key: i64, new: bool) -> Result<(), Problem> {
    let mut after = Map::new();
    if new {
        after.insert("article".to_owned(), tables::logged_row(db, "article", article)?.unwrap_or_default());
    }
    after.insert("appearance".to_owned(), tables::logged_row(db, "appearance", key)?.unwrap_or_default());
    let id: String = db.one("SELECT id FROM article WHERE key = ?", values![article])?;
    let entry = Entry {
        actor,
        action: if new { "add" } else { "appear" },
        about: &format!("article {id}"),
        article: Some(article),
        before: None,
        after: Some(&Json::Object(after)),
    };
    log::write(db, &entry).map(drop)
}

/// Logs a row that was put into a table.
pub(crate) fn log_row(
    db: &dyn Store,
    actor: &str,
    table: &str,
    article: Option<i64>,
    key: i64,
    before: Option<&Json>,
) -> Result<(), Problem> {
    let row = tables::logged_row(db, table, key)?.unwrap_or_default();
    let entry = Entry {
        actor,
        action: table,
        about: &format!("{} {key}", table.replace('_', " ")),
        article,
        before,
        after: Some(&json!({ table: row })),
    };
    log::write(db, &entry).map(drop)
}

/// Goes through the log: every entry follows from the one before, holds what its hashes say, and every row of the ground is what an
/// entry says it is.
pub(crate) fn check(db: &dyn Store, faults: &mut Vec<Fault>) -> Result<(), Problem> {
    let erased: BTreeSet<i64> = db.rows("SELECT article FROM tombstone", &[], |row| row.get(0))?.into_iter().collect();
    let mut former = NOTHING_BEFORE.to_owned();
    let mut expected = 1;
    // The rows that the log knows, by table: key, and number of the entry.
    let mut logged: HashMap<&str, BTreeSet<i64>> = HashMap::new();
    let mut said: Vec<(i64, &'static str, Json)> = Vec::new();
    for piece in tables::pieces(db, log_table())? {
        let sql = format!(
            "SELECT number, made_at, actor, action, about, article, before, after, before_sha256, after_sha256, former, hash
             FROM event WHERE {piece} ORDER BY number"
        );
        db.each(&sql, &[], |row| {
            let number: i64 = row.get(0)?;
            let mut fault = |what: &str| faults.push(Fault::Log { number, what: what.to_owned() });
            if number != expected {
                fault(&format!("entry {expected} is missing before it"));
            }
            let (made_at, actor, action, about): (String, String, String, String) =
                (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
            let article: Option<i64> = row.get(5)?;
            let stored = |at: usize| row.get::<Option<String>>(at);
            let (before, after, before_sum, after_sum) = (stored(6)?, stored(7)?, stored(8)?, stored(9)?);
            let (told_former, hash): (String, String) = (row.get(10)?, row.get(11)?);
            if told_former != former && number == expected {
                fault("it does not follow from the entry before it");
            }
            let linked = Linked {
                number,
                made_at: &made_at,
                actor: &actor,
                action: &action,
                about: &about,
                article,
                before_sha256: before_sum.as_deref(),
                after_sha256: after_sum.as_deref(),
                former: &told_former,
            };
            if linked.hash() != hash {
                fault("it is not what its hash says");
            }
            let gone = article.is_some_and(|article| erased.contains(&article));
            for (text, sum) in [(&before, &before_sum), (&after, &after_sum)] {
                match (text, sum) {
                    (Some(text), Some(sum)) if sha256_hex(text.as_bytes()) != *sum => {
                        fault("its words are not what their hash says");
                    }
                    (Some(_), None) => fault("it has words that it was made without"),
                    (None, Some(_)) if !gone => fault("its words are gone, and nothing was erased"),
                    _ => {}
                }
            }
            if let Some(Ok(Json::Object(tables))) = after.as_deref().map(serde_json::from_str) {
                for (table, row) in tables {
                    if let Some(table) = GROUND.iter().find(|ground| **ground == table) {
                        said.push((number, table, row));
                    }
                }
            }
            (former, expected) = (hash, number + 1);
            Ok(())
        })?;
        for (number, table, row) in said.drain(..) {
            let Some(key) = row.get(tables::logged_key(table)).and_then(Json::as_i64) else { continue };
            logged.entry(table).or_default().insert(key);
            match tables::logged_row(db, table, key)? {
                None => faults.push(Fault::Gone { table, row: key, number }),
                Some(now) if now != row => faults.push(Fault::Altered { table, row: key, number }),
                Some(_) => {}
            }
        }
    }
    for table in GROUND {
        let known = logged.remove(table).unwrap_or_default();
        db.each(&format!("SELECT {0} FROM {table} ORDER BY {0}", tables::logged_key(table)), &[], |row| {
            let key = row.get(0)?;
            if !known.contains(&key) {
                faults.push(Fault::Unlogged { table, row: key });
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn log_table() -> &'static tables::Table {
    // It is in the list.
    TABLES.iter().find(|table| table.name == "event").unwrap_or(&TABLES[0])
}

/// Does everything that the log of `from` tells in `to`.
fn replay(from: &dyn Store, to: &dyn Store) -> Result<(), Problem> {
    tables::are_empty(to)?;
    for piece in tables::pieces(from, log_table())? {
        let sql = format!("SELECT after FROM event WHERE after IS NOT NULL AND {piece} ORDER BY number");
        for after in from.rows(&sql, &[], |row| row.get::<String>(0))? {
            let Ok(Json::Object(rows)) = serde_json::from_str(&after) else { continue };
            for table in GROUND {
                if let Some(Json::Object(row)) = rows.get(*table) {
                    put(from, to, table, row)?;
                }
            }
        }
    }
    for table in TABLES.iter().filter(|table| DERIVED.contains(&table.name)) {
        tables::copy(from, to, table)?;
    }
    let articles: Vec<i64> = to.rows("SELECT article FROM extraction ORDER BY article", &[], |row| row.get(0))?;
    for article in articles {
        let made = review::made(from, article)?;
        review::stand(to, article, made)?;
    }
    Ok(())
}

/// Puts a row of the log into its table, with the text or the bytes that it names.
fn put(from: &dyn Store, to: &dyn Store, table: &str, row: &Map<String, Json>) -> Result<(), Problem> {
    let mut columns: Vec<String> = Vec::new();
    let mut row_values: Vec<Value<'static>> = Vec::new();
    for (column, value) in row {
        if column == "snapshot_sha256" {
            let sum = value.as_str().unwrap_or_default();
            let bytes: Option<Vec<u8>> = from.value("SELECT bytes FROM snapshot WHERE sha256 = ?", values![sum])?;
            let key = row.get("snapshot").and_then(Json::as_i64);
            to.execute(
                "INSERT INTO snapshot (key, sha256, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                values![key, sum, bytes.as_deref()],
            )?;
            continue;
        }
        columns.push(column.clone());
        row_values.push(match value {
            Json::Null | Json::Array(_) | Json::Object(_) => Value::Null,
            Json::Bool(yes) => Value::Integer((*yes).into()),
            Json::Number(n) => n.as_i64().map_or_else(|| Value::Real(n.as_f64().unwrap_or_default()), Value::Integer),
            Json::String(text) => Value::Text(text.clone().into()),
        });
    }
    if table == "article" {
        let sum = row.get("text_sha256").and_then(Json::as_str).unwrap_or_default();
        let text: Option<String> = from.value("SELECT text FROM article WHERE text_sha256 = ?", values![sum])?;
        columns.push("text".to_owned());
        row_values.push(text.map_or(Value::Null, |text| Value::Text(text.into())));
    }
    tables::insert(to, table, &columns, &row_values)
}

/// Where two ledgers hold another record: the ground to the letter, statements as they stand in their articles.
fn differences(from: &dyn Store, to: &dyn Store) -> Result<Vec<Fault>, Problem> {
    let mut faults = Vec::new();
    let all = GROUND.iter().chain(DERIVED).chain(&["snapshot", "statement"]);
    for table in TABLES.iter().filter(|table| all.clone().any(|name| *name == table.name)) {
        let mut columns = tables::columns(from, table.name)?;
        // Statements are numbered anew whenever something is decided about their article, and `made` is only kept from then on.
        columns.retain(|column| !(table.name == "statement" && column == "key"));
        let by_article = tables::Table { name: "statement", by: Some("article"), order: "article, ordinal" };
        let table = if table.name == "statement" { &by_article } else { table };
        for piece in tables::pieces(from, table)? {
            if let Err(row) = tables::same_rows(from, to, table, &columns, &piece)? {
                faults.push(Fault::NotRebuilt { table: table.name, piece, row });
            }
        }
    }
    // Positions by the place of their statement, whose key is another.
    let statements = tables::Table { name: "statement", by: Some("article"), order: "article" };
    for piece in tables::pieces(from, &statements)? {
        let sql = format!(
            "SELECT s.article, s.ordinal, p.ordinal, p.issue, p.stance, p.option, p.shown_by
             FROM statement s JOIN statement_position p ON p.statement = s.key WHERE {piece} ORDER BY 1, 2, 3"
        );
        let (ours, theirs) = (from.rows(&sql, &[], tables::json)?, to.rows(&sql, &[], tables::json)?);
        if ours != theirs {
            faults.push(Fault::NotRebuilt { table: "statement_position", piece, row: 1 });
        }
    }
    Ok(faults)
}
