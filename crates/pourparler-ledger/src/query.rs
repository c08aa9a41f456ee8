//! Reading: the questions put to the ledger.

use jiff::civil::Date;
use pourparler_text::{ArticleStatements, CodePoint, Entry, RoundEntry, Span};
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use crate::filter::{Conditions, Filter};
use crate::row::{self, Columns};
use crate::{Ledger, LedgerError, Problem};

/// How much the ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Different texts.
    pub articles: usize,
    /// Inputs in which they appeared.
    pub appearances: usize,
    /// Statements of all articles.
    pub statements: usize,
}

impl Ledger {
    /// The statements that pass the filter, by day, those of no known day last, then by article and place in it.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn statements(&self, filter: &Filter) -> Result<Vec<Entry>, LedgerError> {
        self.told(self.find(filter))
    }

    fn find(&self, filter: &Filter) -> Result<Vec<Entry>, Problem> {
        let Some(conditions) = Conditions::of(filter) else { return Ok(Vec::new()) };
        let order = match filter.limit {
            Some(limit) => {
                let limit = i64::try_from(limit).unwrap_or(i64::MAX);
                format!("ORDER BY s.day NULLS LAST, a.id, s.ordinal LIMIT {limit}")
            }
            // SQLite would sort whole rows, most of which are words.
            None => String::new(),
        };
        let sql = format!(
            "SELECT {}, {}, s.ordinal FROM statement s JOIN article a ON a.key = s.article WHERE {} {order}",
            row::STATEMENT,
            row::ENTRY,
            conditions.sql(),
        );
        let mut select = self.db.prepare(&sql)?;
        let ordinal = select.column_count() - 1;
        let mut rows = select.query(params_from_iter(conditions.values))?;
        let (mut found, mut keys) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let entry = row::entry(row)?;
            let ordinal: u32 = row.get(ordinal)?;
            keys.push((entry.day().is_none(), entry.day(), ordinal));
            found.push(entry);
        }
        Ok(if filter.limit.is_none() { in_order(found, &keys) } else { found })
    }

    /// The article with this id and its statements.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<ArticleStatements>, LedgerError> {
        // One view, so that the statements are those of this text whatever is being written.
        let read = || find_article(&*self.db.unchecked_transaction()?, id);
        self.told(read())
    }

    /// The rounds of talks that articles tell of, by day of publication.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn rounds(&self) -> Result<Vec<RoundEntry>, LedgerError> {
        let sql = "SELECT r.round, r.sentence, a.id, a.outlet, a.published, a.url FROM round r
                   JOIN article a ON a.key = r.article ORDER BY a.published NULLS LAST, a.id, r.ordinal";
        let read = || self.db.prepare(sql)?.query_and_then([], row::round)?.collect();
        self.told(read())
    }

    /// The parties for which anybody speaks, as they are spelled, in alphabetical order.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn parties(&self) -> Result<Vec<String>, LedgerError> {
        self.names("SELECT DISTINCT speaker_party FROM statement WHERE speaker_party IS NOT NULL ORDER BY 1")
    }

    /// The ids of the issues that statements take up, in alphabetical order.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn issues(&self) -> Result<Vec<String>, LedgerError> {
        self.names("SELECT DISTINCT issue FROM statement_position ORDER BY 1")
    }

    fn names(&self, sql: &str) -> Result<Vec<String>, LedgerError> {
        let read = || -> Result<Vec<String>, Problem> {
            Ok(self.db.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        };
        self.told(read())
    }

    /// What people decided that statements are about: an issue's id and the words of a content, the latest first, at most
    /// `limit` of them.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn decided_issues(&self, limit: usize) -> Result<Vec<(String, String)>, LedgerError> {
        let sql = "SELECT p.issue, s.content FROM statement s JOIN statement_position p ON p.statement = s.key
                   WHERE s.confidence IS NULL AND p.shown_by IS NULL ORDER BY s.key DESC LIMIT ?";
        let read = || -> Result<Vec<_>, Problem> {
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            Ok(self
                .db
                .prepare(sql)?
                .query_map([limit], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?)
        };
        self.told(read())
    }

    /// The bytes of an article's first appearance and the name of the input that they came from.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn snapshot(&self, id: &str) -> Result<Option<(Vec<u8>, String)>, LedgerError> {
        let sql = "SELECT s.bytes, p.source FROM appearance p JOIN snapshot s ON s.key = p.snapshot
                   WHERE p.article = (SELECT key FROM article WHERE id = ?) ORDER BY p.key LIMIT 1";
        let found = self.db.query_row(sql, [id], |row| Ok((row.get(0)?, row.get(1)?))).optional();
        self.told(found.map_err(Problem::from))
    }

    /// Name and version of what made an article's statements; `None` where there is no such article.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn extractor(&self, id: &str) -> Result<Option<String>, LedgerError> {
        let sql = "SELECT extractor FROM extraction WHERE article = (SELECT key FROM article WHERE id = ?)";
        self.told(self.db.query_row(sql, [id], |row| row.get(0)).optional().map_err(Problem::from))
    }

    /// Which lines of an article's text are page furniture; `None` where it is not stored, or was stored before this was kept.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn furniture(&self, id: &str) -> Result<Option<Vec<Span<CodePoint>>>, LedgerError> {
        let read = || -> Result<_, Problem> {
            let kept: Option<Option<String>> =
                self.db.query_row("SELECT furniture FROM article WHERE id = ?", [id], |row| row.get(0)).optional()?;
            let parse = |spans: String| serde_json::from_str(&spans).map_err(|e| Problem::Unreadable(e.to_string()));
            kept.flatten().map(parse).transpose()
        };
        self.told(read())
    }

    /// How many articles an input with these bytes held, where it was read to its end and nothing was lost.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn finished(&self, sha256: &str) -> Result<Option<usize>, LedgerError> {
        let sql = "SELECT articles FROM input WHERE sha256 = ?";
        self.told(self.db.query_row(sql, [sha256], |row| row.get(0)).optional().map_err(Problem::from))
    }

    /// The articles that appeared as these very bytes, by their ids: one where the input is no container, else none or few.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn held_by(&self, snapshot_sha256: &str) -> Result<Vec<String>, LedgerError> {
        let sql = "SELECT DISTINCT a.id FROM appearance p JOIN article a ON a.key = p.article
                   WHERE p.snapshot = (SELECT key FROM snapshot WHERE sha256 = ?) ORDER BY a.key";
        let ids =
            self.db.prepare_cached(sql).and_then(|mut s| s.query_map([snapshot_sha256], |row| row.get(0))?.collect());
        self.told(ids.map_err(Problem::from))
    }

    /// Keeps that an input was read to its end, that nothing was lost and all its articles are stored.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn finish(&mut self, sha256: &str, source: &str, articles: usize) -> Result<(), LedgerError> {
        let sql = "INSERT INTO input (sha256, source, articles, read_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
        let now = jiff::Timestamp::now().to_string();
        let done = self.db.execute(sql, rusqlite::params![sha256, source, articles, now]);
        self.told(done.map(|_| ()).map_err(Problem::from))
    }

    /// How much the ledger holds.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn counts(&self) -> Result<Counts, LedgerError> {
        let sql = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM appearance),
                          (SELECT count(*) FROM statement)";
        let counts = self.db.query_row(sql, [], |row| {
            Ok(Counts { articles: row.get(0)?, appearances: row.get(1)?, statements: row.get(2)? })
        });
        self.told(counts.map_err(Problem::from))
    }
}

/// Entries by day, those of no known day last, then by article and place in it; `keys` are the day and the place of each.
fn in_order(mut entries: Vec<Entry>, keys: &[(bool, Option<Date>, u32)]) -> Vec<Entry> {
    let key = |at: usize| (keys[at].0, keys[at].1, &entries[at].article, keys[at].2);
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_unstable_by(|&a, &b| key(a).cmp(&key(b)));
    // Each is put in its place by exchange: where what belongs here has been moved already, its new place is looked up.
    for place in 0..order.len() {
        let mut from = order[place];
        while from < place {
            from = order[from];
        }
        entries.swap(place, from);
    }
    entries
}

/// The article with this id and its statements.
pub(crate) fn find_article(view: &Connection, id: &str) -> Result<Option<ArticleStatements>, Problem> {
    let sql = format!("SELECT {} FROM article WHERE id = ?", row::ARTICLE);
    let Some(article) = view.query_row(&sql, [id], |row| Ok(row::article(row))).optional()?.transpose()? else {
        return Ok(None);
    };
    let sql = format!(
        "SELECT {} FROM statement s WHERE s.article = (SELECT key FROM article WHERE id = ?) ORDER BY s.ordinal",
        row::STATEMENT
    );
    let statements = view
        .prepare(&sql)?
        .query_and_then([id], |row| row::statement(&mut Columns::of(row)))?
        .collect::<Result<_, Problem>>()?;
    let sql = "SELECT round FROM round WHERE article = (SELECT key FROM article WHERE id = ?) ORDER BY ordinal";
    let rounds =
        view.prepare(sql)?.query_and_then([id], |row| Columns::of(row).json())?.collect::<Result<_, Problem>>()?;
    Ok(Some(ArticleStatements { article, statements, rounds }))
}
