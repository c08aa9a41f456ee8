//! The log: every change to the ground and to what people decided, hash-chained so that nothing in it can be changed unseen.
//!
//! An entry's hash is the SHA-256 of a JSON array of all that it holds, the hash of the former entry among it. What was there before
//! and after stands in it by its own hash: where the law asks for an article to be erased, the words go and the chain still holds.

use jiff::Timestamp;
use pourparler_text::sha256_hex;
use serde_json::Value as Json;

use crate::store::{Row, Store, values};
use crate::{Ledger, LedgerError, Page, Paging, Problem};

/// What stands for the hash before the first.
pub(crate) const NOTHING_BEFORE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Who acts where nobody said who does.
pub(crate) const LOCAL: &str = "local";

/// An entry of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its number, from 1 on without a gap.
    pub number: i64,
    /// When it was made, RFC 3339 in UTC.
    pub made_at: String,
    /// Who did it: an account, a reviewer, or `local`.
    pub actor: String,
    /// What was done, in a word: `add`, `appear`, `review`, `actor`, `erase`, …
    pub action: String,
    /// What it was done to.
    pub about: String,
    /// What was there before; `None` where nothing was, and where it was erased.
    pub before: Option<Json>,
    /// What was there afterwards, as `before`.
    pub after: Option<Json>,
    /// SHA-256 of the former entry, 64 zeros for the first.
    pub former: String,
    /// SHA-256 of this one.
    pub hash: String,
}

/// Where the log ends: noted elsewhere, it shows later whether the log was cut short or made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// How many entries there are.
    pub number: i64,
    /// The hash of the last.
    pub hash: String,
}

impl std::fmt::Display for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.number, self.hash)
    }
}

impl std::str::FromStr for Head {
    type Err = String;

    fn from_str(noted: &str) -> Result<Self, String> {
        let parts = noted.trim().split_once(':').and_then(|(n, hash)| Some((n.parse().ok()?, hash)));
        match parts {
            Some((number, hash)) if hash.len() == 64 => Ok(Self { number, hash: hash.to_ascii_lowercase() }),
            _ => Err("the end of a log is a number, a colon and 64 hexadecimal digits".to_owned()),
        }
    }
}

/// What is to be logged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'e> {
    pub(crate) actor: &'e str,
    pub(crate) action: &'e str,
    pub(crate) about: &'e str,
    /// Key of the article whose erasing takes the words of this entry with it.
    pub(crate) article: Option<i64>,
    pub(crate) before: Option<&'e Json>,
    pub(crate) after: Option<&'e Json>,
}

impl Ledger {
    /// From now on whatever is done through this connection is done by this actor.
    pub fn act_as(&mut self, actor: impl Into<String>) {
        self.actor = actor.into();
    }

    /// A page of the log, the latest entry first.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn events(&self, paging: Paging) -> Result<Page<Event>, LedgerError> {
        self.told(self.db.view(|view| {
            let total = view.one("SELECT count(*) FROM event", &[])?;
            let sql = format!("{EVENT} ORDER BY number DESC {}", paging.sql());
            Ok(Page { items: view.rows(&sql, &[], event)?, total })
        }))
    }

    /// Where the log ends; `None` where nothing was ever logged.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn head(&self) -> Result<Option<Head>, LedgerError> {
        self.told(head(self.db.as_ref()))
    }
}

/// Logs something that is about no article.
pub(crate) fn record(
    db: &dyn Store,
    actor: &str,
    action: &str,
    about: &str,
    before: Option<&Json>,
    after: Option<&Json>,
) -> Result<i64, Problem> {
    write(db, &Entry { actor, action, about, article: None, before, after })
}

/// Adds an entry and gives its number. It belongs to the transaction that makes the change.
pub(crate) fn write(db: &dyn Store, entry: &Entry) -> Result<i64, Problem> {
    let (number, former) = match head(db)? {
        Some(head) => (head.number + 1, head.hash),
        None => (1, NOTHING_BEFORE.to_owned()),
    };
    let made_at = now(db)?;
    let (before, after) = (entry.before.map(Json::to_string), entry.after.map(Json::to_string));
    let sum = |json: &Option<String>| json.as_deref().map(|json| sha256_hex(json.as_bytes()));
    let (before_sha256, after_sha256) = (sum(&before), sum(&after));
    let linked = Linked {
        number,
        made_at: &made_at,
        actor: entry.actor,
        action: entry.action,
        about: entry.about,
        article: entry.article,
        before_sha256: before_sha256.as_deref(),
        after_sha256: after_sha256.as_deref(),
        former: &former,
    };
    db.execute(
        "INSERT INTO event
             (number, made_at, actor, action, about, article, before, after, before_sha256, after_sha256, former, hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values![
            number,
            made_at,
            entry.actor,
            entry.action,
            entry.about,
            entry.article,
            before,
            after,
            before_sha256,
            after_sha256,
            former,
            linked.hash()
        ],
    )?;
    Ok(number)
}

/// The time of a change. A clock that was put back does not make the record run backwards: whoever asks what came in since a moment
/// must not miss anything.
pub(crate) fn now(db: &dyn Store) -> Result<String, Problem> {
    let now = Timestamp::now();
    let last: Option<String> = db.value("SELECT made_at FROM event ORDER BY number DESC LIMIT 1", &[])?;
    let last = last.and_then(|last| last.parse::<Timestamp>().ok());
    Ok(last.map_or(now, |last| last.max(now)).to_string())
}

fn head(db: &dyn Store) -> Result<Option<Head>, Problem> {
    db.row("SELECT number, hash FROM event ORDER BY number DESC LIMIT 1", &[], |row| {
        Ok(Head { number: row.get(0)?, hash: row.get(1)? })
    })
}

/// All of an entry that its hash is made of.
pub(crate) struct Linked<'e> {
    pub(crate) number: i64,
    pub(crate) made_at: &'e str,
    pub(crate) actor: &'e str,
    pub(crate) action: &'e str,
    pub(crate) about: &'e str,
    pub(crate) article: Option<i64>,
    pub(crate) before_sha256: Option<&'e str>,
    pub(crate) after_sha256: Option<&'e str>,
    pub(crate) former: &'e str,
}

impl Linked<'_> {
    pub(crate) fn hash(&self) -> String {
        let whole = serde_json::json!([
            self.number,
            self.made_at,
            self.actor,
            self.action,
            self.about,
            self.article,
            self.before_sha256,
            self.after_sha256,
            self.former
        ]);
        sha256_hex(whole.to_string().as_bytes())
    }
}

const EVENT: &str = "SELECT number, made_at, actor, action, about, before, after, former, hash FROM event";

fn event(row: &Row) -> Result<Event, Problem> {
    let json = |column: usize| -> Result<Option<Json>, Problem> {
        let parsed = row.text(column)?.map(serde_json::from_str).transpose();
        parsed.map_err(|e| Problem::Unreadable(format!("{}: {e}", row.name(column))))
    };
    Ok(Event {
        number: row.get(0)?,
        made_at: row.get(1)?,
        actor: row.get(2)?,
        action: row.get(3)?,
        about: row.get(4)?,
        before: json(5)?,
        after: json(6)?,
        former: row.get(7)?,
        hash: row.get(8)?,
    })
}
