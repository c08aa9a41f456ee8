//! Writing: articles with where they came from, and what an extractor made of them.

use jiff::Timestamp;
use jiff::civil::Date;
use pourparler_text::{Article, ArticleStatements, CodePoint, Entry, RoundEntry, Span, Statement, names, sha256_hex};
use serde::Serialize;

use crate::store::{Store, values};
use crate::{Ledger, LedgerError, Problem, chain, copies, log, review, words};

/// Where an article came from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Origin<'a> {
    /// The bytes that hold this article and no other: of an archive, a feed or a file of many articles, its record.
    pub snapshot: &'a [u8],
    /// Name of the input.
    pub source: &'a str,
    /// How the bytes were made into text: form and character set.
    pub decoding: &'a str,
    /// Day of the last change that the input tells of.
    pub modified: Option<Date>,
    /// Lines of the article's text that are page furniture.
    pub furniture: &'a [Span<CodePoint>],
}

/// What became of an article that was to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// It is stored.
    New,
    /// Its text was known; that it appeared here as well is stored, and its statements are left as they were.
    Known {
        /// The id under which the text is kept, which may not be the one that was given.
        id: String,
    },
}

impl Ledger {
    /// Whether these bytes were stored before, so that they need not be read again.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn knows(&self, snapshot_sha256: &str) -> Result<bool, LedgerError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM snapshot WHERE sha256 = ?)";
        self.told(self.db.one(sql, values![snapshot_sha256]))
    }

    /// Where the article's text is known, stores that it appeared here as well and gives the id under which it is
    /// kept. It spares the caller the extraction; an article that is not known is to be [added](Ledger::add).
    ///
    /// # Errors
    /// [`Problem::IdTaken`] where the article's id stands for another text, or where the ledger fails.
    pub fn appeared(&mut self, origin: &Origin, article: &Article) -> Result<Option<String>, LedgerError> {
        let result = self.db.write(|tx| appear_again(tx, origin, article, &article.text.sha256(), &self.actor));
        self.told(result)
    }

    /// Stores an article, where it appeared, and the statements that `extractor` (name and version) found in it, be
    /// there none. All of it is stored or nothing.
    ///
    /// # Errors
    /// [`Problem::IdTaken`] where the article's id stands for another text, [`Problem::Unfit`] where a statement does
    /// not fit the text, or where the ledger fails.
    pub fn add(&mut self, origin: &Origin, read: &ArticleStatements, extractor: &str) -> Result<Added, LedgerError> {
        let result = entries(read).and_then(|entries| {
            self.db.write(|tx| {
                let sha256 = read.article.text.sha256();
                if let Some(id) = appear_again(tx, origin, &read.article, &sha256, &self.actor)? {
                    return Ok(Added::Known { id });
                }
                let article = insert_article(tx, &read.article, &sha256, origin.furniture)?;
                insert_appearance(tx, article, origin, &read.article, &self.actor)?;
                insert_extraction(tx, article, extractor, &entries, &read.round_entries())?;
                copies::catch_up(tx)?;
                Ok(Added::New)
            })
        });
        self.told(result)
    }

    /// Puts the statements that `extractor` found in a stored article in the place of those that are there. The
    /// article's particulars are left as they are.
    ///
    /// # Errors
    /// [`Problem::UnknownArticle`] where it is not stored, [`Problem::IdTaken`] where another text is stored under its
    /// id, [`Problem::Unfit`] where a statement does not fit the text, or where the ledger fails.
    pub fn replace(&mut self, read: &ArticleStatements, extractor: &str) -> Result<(), LedgerError> {
        let result = entries(read).and_then(|entries| {
            self.db.write(|tx| {
                let id = &read.article.id;
                let stored = tx.row("SELECT key, text_sha256 FROM article WHERE id = ?", values![id], |row| {
                    Ok((row.get::<i64>(0)?, row.get::<String>(1)?))
                })?;
                match stored {
                    None => Err(Problem::UnknownArticle { id: id.clone() }),
                    Some((_, sha256)) if sha256 != read.article.text.sha256() => {
                        Err(Problem::IdTaken { id: id.clone() })
                    }
                    Some((article, _)) => {
                        tx.execute("DELETE FROM extraction WHERE article = ?", values![article])?;
                        insert_extraction(tx, article, extractor, &entries, &read.round_entries())?;
                        review::reapply(tx, article)
                    }
                }
            })
        });
        self.told(result)
    }
}

/// The statements as lines of the record, where all fit their text.
fn entries(read: &ArticleStatements) -> Result<Vec<Entry>, Problem> {
    let length = read.article.text.as_str().chars().count();
    let mut ids = std::collections::HashSet::new();
    for statement in &read.statements {
        let unfit = |detail| {
            let (article, statement) = (read.article.id.clone(), statement.id.clone());
            Err(Problem::Unfit { article, statement, detail })
        };
        if !ids.insert(&statement.id) {
            return unfit("another statement has the same id".to_owned());
        }
        if let Some((part, span)) = beyond(statement, length) {
            return unfit(format!("{part} {span:?} is not inside the text of {length} code points"));
        }
    }
    Ok(read.entries())
}

/// The first span that reaches beyond a text of so many code points, and what it is a span of.
pub fn beyond(statement: &Statement<CodePoint>, length: usize) -> Option<(&'static str, Span<CodePoint>)> {
    [("source", &statement.source), ("cue", &statement.cue), ("content", &statement.content)]
        .into_iter()
        .flat_map(|(part, spans)| spans.iter().map(move |&span| (part, span)))
        .find(|(_, span)| span.end > length)
}

/// Stores another appearance of a known text and gives the text's id.
fn appear_again(
    tx: &dyn Store,
    origin: &Origin,
    article: &Article,
    sha256: &str,
    actor: &str,
) -> Result<Option<String>, Problem> {
    let known = tx.row("SELECT key, id FROM article WHERE text_sha256 = ?", values![sha256], |row| {
        Ok((row.get::<i64>(0)?, row.get::<String>(1)?))
    })?;
    if let Some((key, id)) = known {
        insert_appearance(tx, key, origin, article, actor)?;
        return Ok(Some(id));
    }
    let erased = "SELECT id, erased_at, because FROM tombstone WHERE text_sha256 = ?";
    let erased = tx.row(erased, values![sha256], |row| {
        Ok(Problem::Erased { id: row.get(0)?, erased_at: row.get(1)?, because: row.get(2)? })
    })?;
    if let Some(erased) = erased {
        return Err(erased);
    }
    if tx.one("SELECT EXISTS (SELECT 1 FROM article WHERE id = ?)", values![article.id])? {
        return Err(Problem::IdTaken { id: article.id.clone() });
    }
    Ok(None)
}

fn insert_article(
    tx: &dyn Store,
    article: &Article,
    sha256: &str,
    furniture: &[Span<CodePoint>],
) -> Result<i64, Problem> {
    let key = tx.one(
        "INSERT INTO article (id, text_sha256, title, outlet, byline, published, url, language, added_at, text, furniture)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING key",
        values![
            article.id,
            sha256,
            article.title,
            article.outlet,
            article.byline,
            article.published.map(|day| day.to_string()),
            article.url,
            article.language,
            log::now(tx)?,
            article.text.as_str(),
            json(&furniture),
        ],
    )?;
    words::index_article(tx, key, article.title.as_deref(), article.text.as_str())?;
    Ok(key)
}

/// The same bytes under the same name are the same appearance.
fn insert_appearance(
    tx: &dyn Store,
    article_key: i64,
    origin: &Origin,
    article: &Article,
    actor: &str,
) -> Result<(), Problem> {
    let sha256 = sha256_hex(origin.snapshot);
    tx.execute(
        "INSERT INTO snapshot (sha256, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING",
        values![sha256, origin.snapshot],
    )?;
    let new = !tx.one::<bool>("SELECT EXISTS (SELECT 1 FROM appearance WHERE article = ?)", values![article_key])?;
    let key: Option<i64> = tx.value(
        "INSERT INTO appearance
             (article, snapshot, source, decoding, article_id, title, outlet, byline, published, url, added_at, modified)
         VALUES (?, (SELECT key FROM snapshot WHERE sha256 = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING RETURNING key",
        values![
            article_key,
            sha256,
            origin.source,
            origin.decoding,
            article.id,
            article.title,
            article.outlet,
            article.byline,
            article.published.map(|day| day.to_string()),
            article.url,
            log::now(tx)?,
            origin.modified.map(|day| day.to_string()),
        ],
    )?;
    // The same bytes under the same name were here before.
    let Some(key) = key else { return Ok(()) };
    chain::log_appearance(tx, actor, article_key, key, new)
}

fn insert_extraction(
    tx: &dyn Store,
    article: i64,
    extractor: &str,
    entries: &[Entry],
    rounds: &[RoundEntry],
) -> Result<(), Problem> {
    tx.execute(
        "INSERT INTO extraction (article, extractor, made_at) VALUES (?, ?, ?)",
        values![article, extractor, Timestamp::now().to_string()],
    )?;
    for (ordinal, entry) in rounds.iter().enumerate() {
        tx.execute(
            "INSERT INTO round (article, ordinal, round, sentence) VALUES (?, ?, ?, ?)",
            values![article, ordinal, json(&entry.round), entry.sentence],
        )?;
    }
    insert_statements(tx, article, entries)
}

/// Stores the rows of an article's statements.
pub(crate) fn insert_statements(db: &dyn Store, article: i64, entries: &[Entry]) -> Result<(), Problem> {
    for (ordinal, entry) in entries.iter().enumerate() {
        let statement = insert_statement(db, article, ordinal, entry)?;
        for (ordinal, position) in entry.statement.positions.iter().enumerate() {
            db.execute(
                "INSERT INTO statement_position (statement, ordinal, issue, stance, option, shown_by)
                 VALUES (?, ?, ?, ?, ?, ?)",
                values![
                    statement,
                    ordinal,
                    position.issue,
                    position.stance.as_str(),
                    position.option,
                    position.by.map(pourparler_text::Shown::as_str)
                ],
            )?;
        }
    }
    Ok(())
}

fn insert_statement(db: &dyn Store, article: i64, ordinal: usize, entry: &Entry) -> Result<i64, Problem> {
    let s = &entry.statement;
    let said_on = s.said_on.as_ref();
    let speaker_key = s.speaker.name.as_deref().map(names::key);
    let key = db.one(
        "INSERT INTO statement
             (article, ordinal, id, source_code_points, cue_code_points, content_code_points, quotation,
              speaker_name, speaker_kind, speaker_role, speaker_party, via, said_from, said_to, said_text, said_method,
              said_anchor, relayed_by, act, confidence, manner, content, sentence, speaker_key, party_key, day)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING key",
        values![
            article,
            ordinal,
            s.id,
            json(&s.source),
            json(&s.cue),
            json(&s.content),
            s.quotation.as_str(),
            s.speaker.name,
            s.speaker.kind.as_str(),
            s.speaker.role,
            s.speaker.party,
            json(&s.via),
            said_on.map(|d| d.from.to_string()),
            said_on.map(|d| d.to.to_string()),
            said_on.and_then(|d| d.text.as_deref()),
            said_on.and_then(|d| d.method).map(|m| m.as_str()),
            said_on.and_then(|d| d.anchor).map(|day| day.to_string()),
            s.relayed_by,
            s.act.as_str(),
            s.confidence,
            json(&s.manner),
            entry.content,
            entry.sentence,
            speaker_key,
            s.speaker.party.as_deref().map(names::key),
            entry.day().map(|day| day.to_string()),
        ],
    )?;
    words::index_statement(db, key, &entry.content, &entry.sentence, speaker_key.as_deref())?;
    Ok(key)
}

/// A value in the form of a column that is JSON.
pub(crate) fn json<T: Serialize>(value: &T) -> String {
    serde_json::json!(value).to_string()
}
