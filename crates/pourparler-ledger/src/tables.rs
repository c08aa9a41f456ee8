//! The tables of a ledger as such: what moves one from one database to another, compares two, and writes all of one out.

use serde_json::{Map, Value as Json};

use crate::store::{Dialect, Row, Store, Value, ValueRef, values};
use crate::{Problem, words};

/// A table. They are listed so that whatever a row refers to comes before it.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// A column of whole numbers by which it is read piece by piece; without one it is small and read at once.
    pub(crate) by: Option<&'static str>,
    /// The columns that bring its rows into one order in every database.
    pub(crate) order: &'static str,
}

const fn table(name: &'static str, by: Option<&'static str>, order: &'static str) -> Table {
    Table { name, by, order }
}

/// Every table of the record and of those who work on it.
pub(crate) const TABLES: &[Table] = &[
    table("snapshot", Some("key"), "key"),
    table("article", Some("key"), "key"),
    table("appearance", Some("key"), "key"),
    table("extraction", Some("article"), "article"),
    table("statement", Some("key"), "key"),
    table("statement_position", Some("statement"), "statement, ordinal"),
    table("round", Some("article"), "article, ordinal"),
    table("compared", Some("article"), "article"),
    table("sketch", Some("article"), "article, hash"),
    table("kin", Some("article"), "article, earlier"),
    table("actor_decision", Some("key"), "key"),
    table("tombstone", Some("article"), "article"),
    table("review", Some("key"), "key"),
    table("comment", Some("key"), "key"),
    table("settlement", Some("key"), "key"),
    table("assignment", Some("key"), "key"),
    table("watched_feed", Some("key"), "key"),
    table("watched_entry", Some("feed"), "feed, entry"),
    table("input", None, "sha256"),
    table("looked", None, "reader"),
    table("event", Some("number"), "number"),
    table("account", Some("id"), "id"),
    table("session", Some("id"), "id"),
    table("api_token", Some("id"), "id"),
    table("invitation", Some("id"), "id"),
];

/// So many numbers of the column `by` are read at once.
const AT_ONCE: i64 = 200;

/// The columns of a table, in alphabetical order.
pub(crate) fn columns(db: &dyn Store, table: &str) -> Result<Vec<String>, Problem> {
    let sql = match db.dialect() {
        Dialect::Sqlite => "SELECT name FROM pragma_table_info(?)",
        Dialect::Postgres => {
            "SELECT column_name::text FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = ?"
        }
    };
    let mut names: Vec<String> = db.rows(sql, values![table], |row| row.get(0))?;
    names.sort_unstable();
    Ok(names)
}

/// The pieces in which a table is read: what its rows have to fulfil.
pub(crate) fn pieces(db: &dyn Store, table: &Table) -> Result<Vec<String>, Problem> {
    let Some(by) = table.by else { return Ok(vec!["TRUE".to_owned()]) };
    let sql = format!("SELECT min({by}), max({by}) FROM {}", table.name);
    let ends = db.row(&sql, &[], |row| Ok((row.get::<Option<i64>>(0)?, row.get::<Option<i64>>(1)?)))?;
    let Some((Some(first), Some(last))) = ends else { return Ok(Vec::new()) };
    let step = usize::try_from(AT_ONCE).unwrap_or(1);
    let starts = (first..=last).step_by(step);
    Ok(starts.map(|from| format!("{by} >= {from} AND {by} < {}", from.saturating_add(AT_ONCE))).collect())
}

/// The rows of one piece of a table.
fn rows(db: &dyn Store, table: &Table, columns: &[String], piece: &str) -> Result<Vec<Vec<Value<'static>>>, Problem> {
    let sql = format!("SELECT {} FROM {} WHERE {piece} ORDER BY {}", columns.join(", "), table.name, table.order);
    db.rows(&sql, &[], |row| (0..row.len()).map(|column| Ok(owned(row.value(column)?))).collect())
}

/// That nothing is in any table.
pub(crate) fn are_empty(db: &dyn Store) -> Result<(), Problem> {
    for table in TABLES {
        if db.one(&format!("SELECT EXISTS (SELECT 1 FROM {})", table.name), &[])? {
            return Err(Problem::NotEmpty);
        }
    }
    Ok(())
}

/// Puts the rows of a table of one database into that of another.
pub(crate) fn copy(from: &dyn Store, to: &dyn Store, table: &Table) -> Result<(), Problem> {
    let columns = columns(from, table.name)?;
    for piece in pieces(from, table)? {
        for row in rows(from, table, &columns, &piece)? {
            insert(to, table.name, &columns, &row)?;
            index(to, table.name, &columns, &row)?;
        }
    }
    Ok(())
}

/// Puts the words of a row into the index where the database does not do so by itself.
fn index(to: &dyn Store, table: &str, columns: &[String], row: &[Value<'_>]) -> Result<(), Problem> {
    let value = |name: &str| columns.iter().position(|column| column == name).and_then(|at| row.get(at));
    let text = |name: &str| match value(name) {
        Some(Value::Text(text)) => Some(text.as_ref()),
        _ => None,
    };
    let Some(Value::Integer(key)) = value("key") else { return Ok(()) };
    match table {
        "article" => words::index_article(to, *key, text("title"), text("text").unwrap_or_default()),
        "statement" => words::index_statement(
            to,
            *key,
            text("content").unwrap_or_default(),
            text("sentence").unwrap_or_default(),
            text("speaker_key"),
        ),
        _ => Ok(()),
    }
}

/// How many rows a piece of a table has, where those of both databases are the same; else the place of the first that is another,
/// from 1 on.
pub(crate) fn same_rows(
    one: &dyn Store,
    other: &dyn Store,
    table: &Table,
    columns: &[String],
    piece: &str,
) -> Result<Result<usize, usize>, Problem> {
    let (ours, theirs) = (rows(one, table, columns, piece)?, rows(other, table, columns, piece)?);
    let same = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
    Ok(if same < ours.len().max(theirs.len()) { Err(same + 1) } else { Ok(same) })
}

fn owned(value: ValueRef<'_>) -> Value<'static> {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Integer(n),
        ValueRef::Real(x) => Value::Real(x),
        ValueRef::Text(text) => Value::Text(text.to_owned().into()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_owned().into()),
    }
}

/// The column by which the log names a row of a table.
pub(crate) fn logged_key(table: &str) -> &'static str {
    if table == "tombstone" { "article" } else { "key" }
}

/// A row as it stands in the log: every column but the texts and bytes themselves, for which their hashes stand.
pub(crate) fn logged_row(db: &dyn Store, table: &str, key: i64) -> Result<Option<Json>, Problem> {
    let names = columns(db, table)?;
    let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| *name != "text").collect();
    let sql = format!("SELECT {} FROM {table} WHERE {} = ?", names.join(", "), logged_key(table));
    let mut row = db.row(&sql, values![key], json)?;
    if let (Some(Json::Object(row)), "appearance") = (&mut row, table) {
        let sql = "SELECT s.sha256 FROM snapshot s JOIN appearance p ON p.snapshot = s.key WHERE p.key = ?";
        row.insert("snapshot_sha256".to_owned(), db.value::<String>(sql, values![key])?.into());
    }
    Ok(row)
}

/// A row as an object; bytes are told by how many they are.
pub(crate) fn json(row: &Row) -> Result<Json, Problem> {
    let mut out = Map::new();
    for column in 0..row.len() {
        let value = match row.value(column)? {
            ValueRef::Null => Json::Null,
            ValueRef::Integer(n) => n.into(),
            ValueRef::Real(x) => x.into(),
            ValueRef::Text(text) => text.into(),
            ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()).into(),
        };
        out.insert(row.name(column).to_owned(), value);
    }
    Ok(Json::Object(out))
}

/// Puts a row into a table.
pub(crate) fn insert(db: &dyn Store, table: &str, columns: &[String], row: &[Value<'_>]) -> Result<(), Problem> {
    let marks = vec!["?"; columns.len()].join(", ");
    db.execute(&format!("INSERT INTO {table} ({}) VALUES ({marks})", columns.join(", ")), row)?;
    Ok(())
}
