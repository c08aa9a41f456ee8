//! Reading: the questions put to the ledger.

use jiff::civil::Date;
use pourparler_text::{ArticleStatements, CodePoint, Entry, RoundEntry, Span};

use crate::filter::{Conditions, Filter};
use crate::row::{self, Columns};
use crate::store::{Store, values};
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
        let dialect = self.db.dialect();
        let Some(conditions) = Conditions::of(filter, dialect) else { return Ok(Vec::new()) };
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
            row::statement_columns(dialect),
            row::ENTRY,
            conditions.sql(),
        );
        let (mut found, mut keys) = (Vec::new(), Vec::new());
        self.db.each(&sql, &conditions.values, |row| {
            let entry = row::entry(row)?;
            let ordinal: u32 = row.get(row.len() - 1)?;
            keys.push((entry.day().is_none(), entry.day(), ordinal));
            found.push(entry);
            Ok(())
        })?;
        Ok(if filter.limit.is_none() { in_order(found, &keys) } else { found })
    }

    /// The article with this id and its statements.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<ArticleStatements>, LedgerError> {
        // One view, so that the statements are those of this text whatever is being written.
        self.told(self.db.view(|view| find_article(view, id)))
    }

    /// The rounds of talks that articles tell of, by day of publication.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn rounds(&self) -> Result<Vec<RoundEntry>, LedgerError> {
        let sql = "SELECT r.round, r.sentence, a.id, a.outlet, a.published, a.url FROM round r
                   JOIN article a ON a.key = r.article ORDER BY a.published NULLS LAST, a.id, r.ordinal";
        self.told(self.db.rows(sql, &[], row::round))
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
        self.told(self.db.rows(sql, &[], |row| row.get(0)))
    }

    /// What people decided that statements are about: an issue's id and the words of a content, the latest first, at most
    /// `limit` of them.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn decided_issues(&self, limit: usize) -> Result<Vec<(String, String)>, LedgerError> {
        let sql = "SELECT p.issue, s.content FROM statement s JOIN statement_position p ON p.statement = s.key
                   WHERE s.confidence IS NULL AND p.shown_by IS NULL ORDER BY s.key DESC LIMIT ?";
        self.told(self.db.rows(sql, values![limit], |row| Ok((row.get(0)?, row.get(1)?))))
    }

    /// The bytes of an article's first appearance and the name of the input that they came from.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn snapshot(&self, id: &str) -> Result<Option<(Vec<u8>, String)>, LedgerError> {
        let sql = "SELECT s.bytes, p.source FROM appearance p JOIN snapshot s ON s.key = p.snapshot
                   WHERE p.article = (SELECT key FROM article WHERE id = ?) ORDER BY p.key LIMIT 1";
        self.told(self.db.row(sql, values![id], |row| Ok((row.get(0)?, row.get(1)?))))
    }

    /// Name and version of what made an article's statements; `None` where there is no such article.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn extractor(&self, id: &str) -> Result<Option<String>, LedgerError> {
        let sql = "SELECT extractor FROM extraction WHERE article = (SELECT key FROM article WHERE id = ?)";
        self.told(self.db.value(sql, values![id]))
    }

    /// Which lines of an article's text are page furniture; `None` where it is not stored, or was stored before this was kept.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn furniture(&self, id: &str) -> Result<Option<Vec<Span<CodePoint>>>, LedgerError> {
        let read = || -> Result<_, Problem> {
            let kept: Option<Option<String>> =
                self.db.value("SELECT furniture FROM article WHERE id = ?", values![id])?;
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
        self.told(self.db.value(sql, values![sha256]))
    }

    /// The articles that appeared as these very bytes, by their ids: one where the input is no container, else none or few.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn held_by(&self, snapshot_sha256: &str) -> Result<Vec<String>, LedgerError> {
        let sql = "SELECT a.id FROM article a WHERE a.key IN (SELECT article FROM appearance
                   WHERE snapshot = (SELECT key FROM snapshot WHERE sha256 = ?)) ORDER BY a.key";
        self.told(self.db.rows(sql, values![snapshot_sha256], |row| row.get(0)))
    }

    /// Keeps that an input was read to its end, that nothing was lost and all its articles are stored.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn finish(&mut self, sha256: &str, source: &str, articles: usize) -> Result<(), LedgerError> {
        let sql = "INSERT INTO input (sha256, source, articles, read_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
        let now = jiff::Timestamp::now().to_string();
        self.told(self.db.execute(sql, values![sha256, source, articles, now]).map(drop))
    }

    /// How much the ledger holds.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn counts(&self) -> Result<Counts, LedgerError> {
        let sql = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM appearance),
                          (SELECT count(*) FROM statement)";
        let counts = self.db.row(sql, &[], |row| {
            Ok(Counts { articles: row.get(0)?, appearances: row.get(1)?, statements: row.get(2)? })
        });
        self.told(counts.map(|counts| counts.unwrap_or(Counts { articles: 0, appearances: 0, statements: 0 })))
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
pub(crate) fn find_article(view: &dyn Store, id: &str) -> Result<Option<ArticleStatements>, Problem> {
    let sql = format!("SELECT {} FROM article WHERE id = ?", row::ARTICLE);
    let Some(article) = view.row(&sql, values![id], row::article)? else { return Ok(None) };
    let sql = format!(
        "SELECT {} FROM statement s WHERE s.article = (SELECT key FROM article WHERE id = ?) ORDER BY s.ordinal",
        row::statement_columns(view.dialect())
    );
    let statements = view.rows(&sql, values![id], |row| row::statement(&mut Columns::of(row)))?;
    let sql = "SELECT round FROM round WHERE article = (SELECT key FROM article WHERE id = ?) ORDER BY ordinal";
    let rounds = view.rows(sql, values![id], |row| Columns::of(row).json())?;
    Ok(Some(ArticleStatements { article, statements, rounds }))
}
