//! What people decide about statements: each decision is added to a log, holds whatever is extracted again, and can be undone
//! by a further one.

use std::collections::HashSet;

use pourparler_text::{ArticleStatements, CodePoint, Span, Statement};
use serde::{Deserialize, Serialize};

use crate::add::{beyond, insert_statements, json};
use crate::row::{self, Columns};
use crate::store::{Row, Store, values};
use crate::{Ledger, LedgerError, Problem, chain, log};

/// A human decision about a statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// This is what is said here: what was extracted, or what a person made of it, or what nobody had extracted.
    Keep(Box<Statement<CodePoint>>),
    /// What has its content here is no statement.
    Reject(Vec<Span<CodePoint>>),
    /// One statement among several of nearly the same words is meant, and no other.
    Put(Put),
    /// The decision of this number does not hold.
    Undo(i64),
}

/// What comes in the place of one statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Put {
    /// Where the statement stood; `None` where nobody had found one, and then nothing else is put aside for it.
    pub was: Option<Place>,
    /// What is said there; `None` where it is no statement.
    pub now: Option<Box<Statement<CodePoint>>>,
}

/// By which words a statement is told from others of its article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its id, where several have all their words in common.
    #[serde(default)]
    pub id: String,
    /// Those that name the speaker.
    pub source: Vec<Span<CodePoint>>,
    /// Those that make it an attribution.
    pub cue: Vec<Span<CodePoint>>,
    /// Those that are said.
    pub content: Vec<Span<CodePoint>>,
}

impl Place {
    /// The place of a statement.
    #[must_use]
    pub fn of(statement: &Statement<CodePoint>) -> Self {
        Self {
            id: statement.id.clone(),
            source: statement.source.clone(),
            cue: statement.cue.clone(),
            content: statement.content.clone(),
        }
    }

    fn is_of(&self, statement: &Statement<CodePoint>) -> bool {
        (&self.content, &self.cue, &self.source) == (&statement.content, &statement.cue, &statement.source)
    }
}

impl Verdict {
    /// The statement that it leaves standing.
    #[must_use]
    pub fn kept(&self) -> Option<&Statement<CodePoint>> {
        match self {
            Self::Keep(kept) => Some(kept),
            Self::Put(put) => put.now.as_deref(),
            Self::Reject(_) | Self::Undo(_) => None,
        }
    }

    /// Contents that it is about, with the cues of those that have to have them.
    pub(crate) fn places(&self) -> Vec<Told<'_>> {
        let was = match self {
            Self::Put(Put { was: Some(was), .. }) => Some((was.content.as_slice(), Some(was.cue.as_slice()))),
            Self::Reject(content) => Some((content.as_slice(), None)),
            _ => None,
        };
        let now = self.kept().map(|kept| (kept.content.as_slice(), Some(kept.cue.as_slice())));
        was.into_iter().chain(now).collect()
    }
}

/// A content, and the cue where it has to have one.
pub(crate) type Told<'a> = (&'a [Span<CodePoint>], Option<&'a [Span<CodePoint>]>);

/// A decision with its place in the log.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Review {
    /// Number in the log, from 1 on.
    pub number: i64,
    /// When it was made, RFC 3339 in UTC.
    pub made_at: String,
    /// Who decided.
    pub reviewer: String,
    /// Id of the article; `None` for an undoing.
    pub article: Option<String>,
    /// What was decided.
    pub verdict: Verdict,
    /// Whether a later decision undid it.
    pub undone: bool,
}

impl Ledger {
    /// Adds a decision about a statement of an article and applies it. Gives its number.
    ///
    /// # Errors
    /// [`Problem::UnknownArticle`], [`Problem::Unfit`] where spans do not fit the text, [`Problem::NoReview`] where there is
    /// nothing to undo, or where the ledger fails.
    pub fn review(&mut self, article: &str, verdict: &Verdict, reviewer: &str) -> Result<i64, LedgerError> {
        let result = self.db.write(|tx| {
            let key = article_key(tx, article)?;
            if let Some(statement) = verdict.kept() {
                let text: String = tx.one("SELECT text FROM article WHERE key = ?", values![key])?;
                fits(article, statement, text.chars().count())?;
            }
            let number = note(tx, key, verdict, reviewer)?;
            apply(tx, key)?;
            Ok(number)
        });
        self.told(result)
    }

    /// Undoes a decision and gives the article as if it had not been made. Gives the number of the undoing.
    ///
    /// # Errors
    /// [`Problem::NoReview`] where no decision has the number or it is undone already, or where the ledger fails.
    pub fn undo_review(&mut self, number: i64, reviewer: &str) -> Result<i64, LedgerError> {
        let result = self.db.write(|tx| {
            let known = reviews(tx, None)?;
            let holds =
                known.iter().find(|r| r.number == number && !r.undone && !matches!(r.verdict, Verdict::Undo(_)));
            let Some(article) = holds.and_then(|r| r.article.as_deref()) else {
                return Err(Problem::NoReview { number });
            };
            let key = article_key(tx, article)?;
            let undoing = note(tx, key, &Verdict::Undo(number), reviewer)?;
            apply(tx, key)?;
            Ok(undoing)
        });
        self.told(result)
    }

    /// All decisions in the order in which they were made.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn reviews(&self) -> Result<Vec<Review>, LedgerError> {
        self.told(reviews(self.db.as_ref(), None))
    }

    /// An article with the statements that the extractor made, whatever people decided about them.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn as_extracted(&self, id: &str) -> Result<Option<ArticleStatements>, LedgerError> {
        let Some(mut found) = self.article(id)? else { return Ok(None) };
        let read = || {
            let key = article_key(self.db.as_ref(), id)?;
            made(self.db.as_ref(), key)
        };
        found.statements = self.told(read())?;
        Ok(Some(found))
    }
}

pub(crate) fn fits(article: &str, statement: &Statement<CodePoint>, length: usize) -> Result<(), Problem> {
    let Some((part, span)) = beyond(statement, length) else { return Ok(()) };
    let detail = format!("{part} {span:?} is not inside the text of {length} code points");
    Err(Problem::Unfit { article: article.to_owned(), statement: statement.id.clone(), detail })
}

pub(crate) fn article_key(db: &dyn Store, id: &str) -> Result<i64, Problem> {
    let key = db.value("SELECT key FROM article WHERE id = ?", values![id])?;
    key.ok_or_else(|| Problem::UnknownArticle { id: id.to_owned() })
}

/// Adds a decision about an article, and what stood there before to the ledger's log; an undoing says which decision it is about
/// instead of an article.
pub(crate) fn note(db: &dyn Store, article: i64, verdict: &Verdict, reviewer: &str) -> Result<i64, Problem> {
    let undone = if let Verdict::Undo(number) = verdict { Some(*number) } else { None };
    let before = match undone {
        // What it said stands in its own entry, and goes with the article.
        Some(number) => Some(serde_json::json!({ "review": number })),
        None => {
            let outcome = outcome(made(db, article)?, &reviews(db, Some(article))?);
            let about = outcome.about(verdict).into_iter().map(|at| &outcome.held[at].statement);
            let about: Vec<_> = about.map(|statement| serde_json::json!(statement)).collect();
            (!about.is_empty()).then_some(about.into())
        }
    };
    let about = Some(article).filter(|_| undone.is_none());
    let key = db.one(
        "INSERT INTO review (made_at, reviewer, article, decision) VALUES (?, ?, ?, ?) RETURNING key",
        values![log::now(db)?, reviewer, about, json(verdict)],
    )?;
    chain::log_row(db, reviewer, "review", about, key, before.as_ref())?;
    Ok(key)
}

/// What [`logged`] reads, of a review `r`.
pub(crate) const REVIEW: &str =
    "SELECT r.key, r.made_at, r.reviewer, a.id, r.decision FROM review r LEFT JOIN article a ON a.key = r.article";

/// The decisions about one article, or all.
pub(crate) fn reviews(db: &dyn Store, article: Option<i64>) -> Result<Vec<Review>, Problem> {
    let undone = undone(db)?;
    match article {
        Some(article) => {
            let sql = format!("{REVIEW} WHERE r.article IS NULL OR r.article = ? ORDER BY r.key");
            db.rows(&sql, values![article], |row| logged(row, &undone))
        }
        None => db.rows(&format!("{REVIEW} ORDER BY r.key"), &[], |row| logged(row, &undone)),
    }
}

/// The numbers of the decisions that were undone.
pub(crate) fn undone(db: &dyn Store) -> Result<HashSet<i64>, Problem> {
    // Undoings are about no article.
    let mut out = HashSet::new();
    db.each("SELECT decision FROM review WHERE article IS NULL", &[], |row| {
        if let Verdict::Undo(number) = verdict(&row.get::<String>(0)?)? {
            out.insert(number);
        }
        Ok(())
    })?;
    Ok(out)
}

fn verdict(decision: &str) -> Result<Verdict, Problem> {
    serde_json::from_str(decision).map_err(|e| Problem::Unreadable(format!("review: {e}")))
}

pub(crate) fn logged(row: &Row, undone: &HashSet<i64>) -> Result<Review, Problem> {
    let number = row.get(0)?;
    Ok(Review {
        number,
        made_at: row.get(1)?,
        reviewer: row.get(2)?,
        article: row.get(3)?,
        verdict: verdict(&row.get::<String>(4)?)?,
        undone: undone.contains(&number),
    })
}

/// The statements of an article as the extractor made them.
pub(crate) fn made(db: &dyn Store, article: i64) -> Result<Vec<Statement<CodePoint>>, Problem> {
    let stored: Option<Option<String>> = db.value("SELECT made FROM extraction WHERE article = ?", values![article])?;
    match stored.flatten() {
        Some(json) => serde_json::from_str(&json).map_err(|e| Problem::Unreadable(format!("made: {e}"))),
        None => {
            let columns = row::statement_columns(db.dialect());
            let sql = format!("SELECT {columns} FROM statement s WHERE s.article = ? ORDER BY s.ordinal");
            db.rows(&sql, values![article], |row| row::statement(&mut Columns::of(row)))
        }
    }
}

/// Makes the rows of an article's statements anew: what the extractor made, with what people decided.
pub(crate) fn apply(db: &dyn Store, article: i64) -> Result<Outcome, Problem> {
    let statements = made(db, article)?;
    // From now on the rows are no longer what the extractor made.
    db.execute(
        "UPDATE extraction SET made = ? WHERE article = ? AND made IS NULL",
        values![json(&statements), article],
    )?;
    stand(db, article, statements)
}

/// Makes the rows of an article's statements from what the extractor made and what people decided.
pub(crate) fn stand(db: &dyn Store, article: i64, made: Vec<Statement<CodePoint>>) -> Result<Outcome, Problem> {
    let outcome = outcome(made, &reviews(db, Some(article))?);
    let statements = outcome.held.iter().map(|held| held.statement.clone()).collect();
    let sql = format!("SELECT {} FROM article WHERE key = ?", row::ARTICLE);
    let unknown = || Problem::Unreadable(format!("article {article} is not there"));
    let read = db.row(&sql, values![article], row::article)?.ok_or_else(unknown)?;
    db.execute("DELETE FROM statement WHERE article = ?", values![article])?;
    insert_statements(db, article, &ArticleStatements::new(read, statements).entries())?;
    Ok(outcome)
}

/// A statement with the decisions applied.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) statement: Statement<CodePoint>,
    /// Which of the extractor's it is; `None` where a person added it.
    pub(crate) made: Option<usize>,
    /// Numbers of the decisions about it, those that do not hold among them.
    pub(crate) reviews: Vec<i64>,
}

/// What an article's statements are with decisions applied.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) held: Vec<Held>,
    /// Those that are none.
    pub(crate) rejected: Vec<Held>,
}

/// What the extractor made, with the decisions that hold applied in their order.
pub(crate) fn outcome(made: Vec<Statement<CodePoint>>, reviews: &[Review]) -> Outcome {
    let mut outcome = Outcome::new(made);
    reviews.iter().for_each(|review| outcome.apply(review));
    outcome
}

impl Outcome {
    /// What the extractor made, and no decision yet.
    pub(crate) fn new(made: Vec<Statement<CodePoint>>) -> Self {
        let held = |(at, statement)| Held { statement, made: Some(at), reviews: Vec::new() };
        Self { held: made.into_iter().enumerate().map(held).collect(), rejected: Vec::new() }
    }

    /// Applies a decision; one that was undone is only noted.
    pub(crate) fn apply(&mut self, review: &Review) {
        let about = self.about(&review.verdict);
        for &at in &about {
            self.held[at].reviews.push(review.number);
        }
        if review.undone || matches!(review.verdict, Verdict::Undo(_)) {
            return;
        }
        let Some(kept) = review.verdict.kept() else {
            for at in about.into_iter().rev() {
                self.rejected.push(self.held.remove(at));
            }
            return;
        };
        let mut statement = Statement { confidence: None, ..kept.clone() };
        match about.first() {
            Some(&at) => {
                statement.id.clone_from(&self.held[at].statement.id);
                self.held[at].statement = statement;
            }
            None => {
                statement.id = free_id(&self.held);
                let before = |h: &&Held| h.statement.content.first() < kept.content.first();
                let at = self.held.iter().take_while(before).count();
                // What was rejected may be brought back.
                let same = |h: &Held| Span::same_place(&h.statement.content, &kept.content);
                let mut held = match self.rejected.iter().position(same) {
                    Some(back) => self.rejected.remove(back),
                    None => Held { statement: kept.clone(), made: None, reviews: Vec::new() },
                };
                held.statement = statement;
                held.reviews.push(review.number);
                self.held.insert(at, held);
            }
        }
    }

    /// Which of those that stand has this place, as a correction would find it.
    pub(crate) fn find(&self, place: &Place) -> Option<usize> {
        let exact = |held: &&Held| place.is_of(&held.statement);
        let all = || self.held.iter().enumerate();
        let near = |held: &Held| Span::same_place(&held.statement.content, &place.content);
        let by = |test: &dyn Fn(&Held) -> bool| all().find(|(_, held)| test(held)).map(|(at, _)| at);
        by(&|held| exact(&held) && held.statement.id == place.id)
            .or_else(|| by(&|held| exact(&held)))
            .or_else(|| by(&|held| near(held) && same_cue(&held.statement.cue, &place.cue)))
            .or_else(|| by(&near))
    }

    /// Which of those that stand a decision is about: one, or several for a rejection.
    pub(crate) fn about(&self, verdict: &Verdict) -> Vec<usize> {
        let same = |h: &Held, place: &Place| Span::same_place(&h.statement.content, &place.content);
        let same_all = |h: &Held, place: &Place| same(h, place) && same_cue(&h.statement.cue, &place.cue);
        let find = |test: &dyn Fn(&Held) -> bool| self.held.iter().position(test);
        let exact = |h: &Held, place: &Place| place.is_of(&h.statement);
        let nearest = |place: &Place| {
            find(&|h| exact(h, place) && h.statement.id == place.id)
                .or_else(|| find(&|h| exact(h, place)))
                .or_else(|| find(&|h| same_all(h, place)))
        };
        match verdict {
            Verdict::Keep(kept) => {
                let place = Place::of(kept);
                nearest(&place).or_else(|| find(&|h| same(h, &place))).into_iter().collect()
            }
            Verdict::Put(Put { was: Some(was), now: Some(_) }) => {
                nearest(was).or_else(|| find(&|h| same(h, was))).into_iter().collect()
            }
            Verdict::Put(Put { was: Some(was), now: None }) => nearest(was).into_iter().collect(),
            Verdict::Put(Put { was: None, now: Some(now) }) => nearest(&Place::of(now)).into_iter().collect(),
            Verdict::Put(Put { was: None, now: None }) | Verdict::Undo(_) => Vec::new(),
            Verdict::Reject(content) => {
                let goes = |(_, h): &(usize, &Held)| Span::same_place(&h.statement.content, content);
                self.held.iter().enumerate().filter(goes).map(|(at, _)| at).collect()
            }
        }
    }
}

/// Applies what people decided about an article to a new extraction of it.
pub(crate) fn reapply(db: &dyn Store, article: i64) -> Result<(), Problem> {
    match reviews(db, Some(article))?.iter().any(|r| r.article.is_some()) {
        true => apply(db, article).map(drop),
        false => Ok(()),
    }
}

pub(crate) fn same_cue(a: &[Span<CodePoint>], b: &[Span<CodePoint>]) -> bool {
    a.iter().any(|x| b.iter().any(|y| x.overlaps(*y))) || a.is_empty() && b.is_empty()
}

fn free_id(held: &[Held]) -> String {
    let taken = |id: &String| held.iter().any(|h| h.statement.id == *id);
    (1..).map(|n| format!("r{n}")).find(|id| !taken(id)).unwrap_or_default()
}
