//! A ledger in a schema of a PostgreSQL database.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::error::Error;
use std::ops::ControlFlow;
use std::sync::Arc;

use bytes::BytesMut;
use postgres::config::{Host, SslMode};
use postgres::error::SqlState;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, Config, NoTls, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{Begin, Damage, Dialect, Row, Store, Take, Value, ValueRef, finish, known, migrations};
use crate::Problem;

/// How long one writer waits for another, and how long a server may take to answer a new connection.
const PATIENCE_SECONDS: u16 = 30;

/// Names the lock that writers of one schema take one after the other.
const WRITE_LOCK: &str = "SELECT pg_advisory_xact_lock(hashtext('pourparler'), hashtext(current_schema()))";

/// A connection to a server. It is made again where the server was restarted, but not in the middle of a transaction.
pub(crate) struct Postgres {
    config: Config,
    connection: RefCell<Connection>,
    within: Cell<bool>,
    read_only: Cell<bool>,
}

/// Prepared statements by the words of the question.
type Prepared = HashMap<String, Statement>;

#[derive(Default)]
struct Connection {
    client: Option<Client>,
    prepared: Prepared,
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The configuration has a password in it.
        f.debug_struct("Postgres").field("within", &self.within).finish_non_exhaustive()
    }
}

/// Whether the name of a ledger is an address of a PostgreSQL database.
pub(crate) fn is_address(name: &str) -> bool {
    name.starts_with("postgres://") || name.starts_with("postgresql://")
}

/// An address as it may be shown: without a password.
pub(crate) fn shown(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    // Of an address with a password as a parameter, nothing after the question mark is shown.
    let rest = if rest.contains("password=") { rest.split('?').next().unwrap_or_default() } else { rest };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (server, path) = rest.split_at(end);
    match server.rsplit_once('@') {
        Some((user, host)) => format!("{scheme}://{}@{host}{path}", user.split(':').next().unwrap_or_default()),
        None => format!("{scheme}://{rest}"),
    }
}

impl Postgres {
    /// Connects to a database and brings its ledger to the newest format; where `make` is set, a ledger is made where there is none.
    pub(crate) fn open(address: &str, make: bool) -> Result<Self, Problem> {
        let mut config: Config = address.parse().map_err(|e| Problem::CannotOpen(told(&e)))?;
        if config.get_application_name().is_none() {
            config.application_name("pourparler");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(std::time::Duration::from_secs(PATIENCE_SECONDS.into()));
        }
        let store =
            Self { config, connection: RefCell::default(), within: Cell::new(false), read_only: Cell::new(false) };
        store.check(make)?;
        store.migrate()?;
        Ok(store)
    }

    /// Whether the schema holds a ledger that this program knows, or nothing.
    fn check(&self, make: bool) -> Result<(), Problem> {
        let db: &dyn Store = self;
        let empty: bool = db.one(
            "SELECT NOT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = current_schema() AND c.relkind = 'r')",
            &[],
        )?;
        match (self.format()?, empty) {
            (Some(found), _) if found > known() => Err(Problem::Newer { found, known: known() }),
            (Some(_), _) => Ok(()),
            (None, true) if make => Ok(()),
            (None, true) => Err(Problem::Missing),
            (None, false) => Err(Problem::Foreign { application_id: 0 }),
        }
    }

    /// The format of the ledger; `None` where there is none.
    fn format(&self) -> Result<Option<i64>, Problem> {
        let db: &dyn Store = self;
        // Read from the catalogue as a table: a name that is only looked up may be remembered as missing.
        let there: bool = db.one(
            "SELECT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = current_schema() AND c.relname = 'ledger_format')",
            &[],
        )?;
        if there { db.value("SELECT format FROM ledger_format", &[]) } else { Ok(None) }
    }

    fn migrate(&self) -> Result<(), Problem> {
        while self.format()?.unwrap_or(0) < known() {
            let db: &dyn Store = self;
            db.write(|db| {
                // Another program may have taken this step while this one waited for the lock.
                let format = self.format()?;
                if format.is_none() {
                    db.batch(
                        "CREATE TABLE ledger_format (format BIGINT NOT NULL); INSERT INTO ledger_format VALUES (0)",
                    )?;
                }
                let done = usize::try_from(format.unwrap_or(0)).ok();
                if let Some(step) = done.and_then(|done| migrations().get(done)) {
                    db.batch(step.sql(Dialect::Postgres))?;
                    finish(db, format.unwrap_or(0) + 1)?;
                    db.batch("UPDATE ledger_format SET format = format + 1")?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Does something with the connection, a new one where the old one broke outside of a transaction.
    fn with<T: Send>(
        &self,
        work: impl FnOnce(&mut Client, &mut Prepared) -> Result<T, Problem> + Send,
    ) -> Result<T, Problem> {
        let mut connection = self.connection.borrow_mut();
        let connection = &mut *connection;
        let (config, read_only, within) = (&self.config, self.read_only.get(), self.within.get());
        aside(move || {
            if connection.client.as_ref().is_none_or(|client| client.is_closed() && !within) {
                connection.prepared.clear();
                let mut client = connect(config)?;
                if read_only {
                    client.batch_execute(READ_ONLY)?;
                }
                connection.client = Some(client);
            }
            match &mut connection.client {
                Some(client) => work(client, &mut connection.prepared),
                None => Err(Problem::Unreachable("there is no connection".to_owned())),
            }
        })
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Saying goodbye to the server is waiting for it, too.
        let client = self.connection.get_mut().client.take();
        aside(move || drop(client));
    }
}

/// Does what waits for the server. The client waits by a runtime of its own, which cannot be done by a thread that drives another:
/// then somebody else has to do that meanwhile.
fn aside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    use tokio::runtime::{Handle, RuntimeFlavor};
    match Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Err(_) => work(),
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        // A panic of the work goes on here.
        Ok(_) => std::thread::scope(|scope| scope.spawn(work).join())
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
    }
}

/// Prepares a question, where that was not done before.
fn prepare(client: &mut Client, prepared: &mut Prepared, sql: &str) -> Result<Statement, Problem> {
    if let Some(known) = prepared.get(sql) {
        return Ok(known.clone());
    }
    let made = client.prepare(&numbered(sql))?;
    prepared.insert(sql.to_owned(), made.clone());
    Ok(made)
}

const READ_ONLY: &str = "SET default_transaction_read_only = on";

/// Connects: over a network only with TLS and a certificate that holds, unless the address says `sslmode=disable`.
fn connect(config: &Config) -> Result<Client, Problem> {
    let near = |host: &Host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback()),
    };
    let plain = match config.get_ssl_mode() {
        SslMode::Disable => true,
        SslMode::Prefer => config.get_hosts().iter().all(near),
        _ => false,
    };
    let mut config = config.clone();
    let mut client = if plain {
        config.ssl_mode(SslMode::Disable).connect(NoTls)?
    } else {
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let roots = own_roots(roots)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|e| Problem::CannotOpen(e.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.ssl_mode(SslMode::Require).connect(MakeRustlsConnect::new(tls))?
    };
    client.batch_execute(&format!(
        "SET client_min_messages = warning; SET lock_timeout = '{PATIENCE_SECONDS}s'; SET timezone = 'UTC'; \
         SET synchronous_commit = on; SET standard_conforming_strings = on"
    ))?;
    Ok(client)
}

/// The certificates of the file that `PGSSLROOTCERT` names, as PostgreSQL's own programs read them, beside those of the Web.
fn own_roots(mut roots: rustls::RootCertStore) -> Result<rustls::RootCertStore, Problem> {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;
    if let Some(file) = std::env::var_os("PGSSLROOTCERT") {
        let cannot = |e: &dyn std::fmt::Display| {
            Problem::CannotOpen(format!("PGSSLROOTCERT, {}: {e}", std::path::Path::new(&file).display()))
        };
        for certificate in CertificateDer::pem_file_iter(&file).map_err(|e| cannot(&e))? {
            roots.add(certificate.map_err(|e| cannot(&e))?).map_err(|e| cannot(&e))?;
        }
    }
    Ok(roots)
}

impl Store for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<usize, Problem> {
        can_be_held(values)?;
        let changed = self.with(|client, prepared| {
            let statement = prepare(client, prepared, sql)?;
            Ok(client.execute(&statement, &borrowed(values))?)
        })?;
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    fn query(&self, sql: &str, values: &[Value<'_>], take: &mut Take<'_>) -> Result<(), Problem> {
        can_be_held(values)?;
        // All rows come before the first is looked at, so that whoever looks may ask further questions.
        let rows = self.with(|client, prepared| match values {
            // What has no values is asked seldom, or has its values written into it and is asked once.
            [] => Ok(client.query(sql, &[])?),
            _ => {
                let statement = prepare(client, prepared, sql)?;
                Ok(client.query(&statement, &borrowed(values))?)
            }
        })?;
        for row in &rows {
            if let ControlFlow::Break(()) = take(&Row::Postgres(row))? {
                break;
            }
        }
        Ok(())
    }

    fn batch(&self, sql: &str) -> Result<(), Problem> {
        self.with(|client, _| Ok(client.batch_execute(sql)?))
    }

    fn begin(&self, what: Begin) -> Result<(), Problem> {
        self.batch(match what {
            Begin::View => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Begin::Write => "BEGIN",
        })?;
        self.within.set(true);
        if what == Begin::Write {
            let locked = self.batch(WRITE_LOCK);
            if locked.is_err() {
                self.roll_back();
            }
            return locked;
        }
        Ok(())
    }

    fn commit(&self) -> Result<(), Problem> {
        self.batch("COMMIT")?;
        self.within.set(false);
        Ok(())
    }

    fn roll_back(&self) {
        // Where the connection is broken the server undoes everything by itself.
        let _undone = self.batch("ROLLBACK");
        self.within.set(false);
    }

    fn is_within(&self) -> bool {
        self.within.get()
    }

    fn is_read_only(&self) -> Result<bool, Problem> {
        let db: &dyn Store = self;
        Ok(db.one::<String>("SELECT current_setting('transaction_read_only')", &[])? == "on")
    }

    fn only_read(&self) -> Result<(), Problem> {
        self.read_only.set(true);
        self.batch(READ_ONLY)
    }

    fn touched(&self) -> Result<i64, Problem> {
        let db: &dyn Store = self;
        // It also grows with what happens elsewhere on the server: then one looks once too often.
        db.one("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint", &[])
    }

    fn close(&self) -> Result<(), Problem> {
        Ok(())
    }

    fn damage(&self) -> Result<Vec<Damage>, Problem> {
        // The server keeps its own sums over pages and its foreign keys; reading every row, which follows, asks for them.
        Ok(Vec::new())
    }
}

/// A NUL is in no text of PostgreSQL, nor, as an escape, in its JSON.
fn can_be_held(values: &[Value<'_>]) -> Result<(), Problem> {
    let held =
        |value: &Value<'_>| !matches!(value, Value::Text(text) if text.contains('\0') || text.contains("\\u0000"));
    if values.iter().all(held) { Ok(()) } else { Err(Problem::HoldsNul) }
}

/// `?` and `?1` as `$1`.
fn numbered(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 8);
    let (mut next, mut quoted) = (1, false);
    let mut rest = sql.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\'' => {
                quoted = !quoted;
                out.push(c);
            }
            '?' if !quoted => {
                out.push('$');
                if !rest.peek().is_some_and(char::is_ascii_digit) {
                    out.push_str(&next.to_string());
                    next += 1;
                }
            }
            _ => out.push(c),
        }
    }
    out
}

fn borrowed<'v>(values: &'v [Value<'_>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values.iter().map(|v| v as &(dyn ToSql + Sync)).collect()
}

impl ToSql for Value<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Integer(n) => match *kind {
                Type::BOOL => (*n != 0).to_sql(kind, out),
                Type::INT2 => i16::try_from(*n)?.to_sql(kind, out),
                Type::INT4 => i32::try_from(*n)?.to_sql(kind, out),
                #[expect(clippy::cast_precision_loss, reason = "a score that is a whole number")]
                Type::FLOAT8 => (*n as f64).to_sql(kind, out),
                _ => n.to_sql(kind, out),
            },
            Self::Real(x) => match *kind {
                #[expect(clippy::cast_possible_truncation, reason = "the column holds no more")]
                Type::FLOAT4 => (*x as f32).to_sql(kind, out),
                _ => x.to_sql(kind, out),
            },
            Self::Text(text) => text.as_ref().to_sql(kind, out),
            Self::Blob(bytes) => bytes.as_ref().to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// The value of a column.
pub(super) fn value(row: &postgres::Row, column: usize) -> Result<ValueRef<'_>, Problem> {
    fn some<'r, T: postgres::types::FromSql<'r>>(
        row: &'r postgres::Row,
        column: usize,
        make: impl FnOnce(T) -> ValueRef<'r>,
    ) -> Result<ValueRef<'r>, Problem> {
        Ok(row.try_get::<_, Option<T>>(column)?.map_or(ValueRef::Null, make))
    }
    let kind = row.columns().get(column).map(|c| c.type_().clone());
    match kind {
        Some(Type::INT8) => some(row, column, ValueRef::Integer),
        Some(Type::INT4) => some(row, column, |n: i32| ValueRef::Integer(n.into())),
        Some(Type::BOOL) => some(row, column, |b: bool| ValueRef::Integer(b.into())),
        Some(Type::FLOAT8) => some(row, column, ValueRef::Real),
        Some(Type::FLOAT4) => some(row, column, |x: f32| ValueRef::Real(x.into())),
        Some(Type::BYTEA) => some(row, column, ValueRef::Blob),
        _ => some(row, column, ValueRef::Text),
    }
}

/// A failure with what lies under it; the client's own words leave that out.
fn told(error: &postgres::Error) -> String {
    if let Some(db) = error.as_db_error() {
        return db.message().to_owned();
    }
    let mut out = error.to_string();
    let mut under = error.source();
    while let Some(error) = under {
        out = format!("{out}: {error}");
        under = error.source();
    }
    out
}

impl From<postgres::Error> for Problem {
    fn from(error: postgres::Error) -> Self {
        let said = told(&error);
        let Some(code) = error.code() else {
            return Self::Unreachable(said);
        };
        match *code {
            SqlState::DISK_FULL => Self::DiskFull,
            SqlState::READ_ONLY_SQL_TRANSACTION => Self::ReadOnly,
            SqlState::LOCK_NOT_AVAILABLE | SqlState::T_R_DEADLOCK_DETECTED | SqlState::T_R_SERIALIZATION_FAILURE => {
                Self::Locked
            }
            SqlState::DATA_CORRUPTED | SqlState::INDEX_CORRUPTED => Self::Damaged(said),
            SqlState::INVALID_PASSWORD
            | SqlState::INVALID_AUTHORIZATION_SPECIFICATION
            | SqlState::INVALID_CATALOG_NAME
            | SqlState::INVALID_SCHEMA_NAME
            | SqlState::INSUFFICIENT_PRIVILEGE => Self::CannotOpen(said),
            SqlState::ADMIN_SHUTDOWN
            | SqlState::CRASH_SHUTDOWN
            | SqlState::CANNOT_CONNECT_NOW
            | SqlState::TOO_MANY_CONNECTIONS => Self::Unreachable(said),
            _ => Self::Database(said),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_marks_become_numbers() {
        for (sql, wanted) in [
            ("a = ? AND b = ?", "a = $1 AND b = $2"),
            ("a = ?1 OR b = ?2 OR a = ?1", "a = $1 OR b = $2 OR a = $1"),
            ("a = '?' AND b = ?", "a = '?' AND b = $1"),
            ("a = 'it''s ?' AND b = ?", "a = 'it''s ?' AND b = $1"),
        ] {
            assert_eq!(numbered(sql), wanted);
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        for (address, wanted) in [
            ("postgres://desk:se:cr@t@db.example:5432/talks", "postgres://desk@db.example:5432/talks"),
            ("postgres://desk@db/talks?sslmode=require", "postgres://desk@db/talks?sslmode=require"),
            ("postgresql:///talks?user=desk&password=secret", "postgresql:///talks"),
            ("postgres://localhost/talks", "postgres://localhost/talks"),
        ] {
            assert_eq!(shown(address), wanted);
        }
    }
}
