//! What people say about statements to one another. Comments are added and never changed; who wrote one may withdraw it, which is a further row.

use std::collections::{HashMap, HashSet};

use pourparler_text::{CodePoint, Statement, Text};

use super::{named, written};
use crate::add::json;
use crate::decided::words;
use crate::review::{self, Outcome, Place, Review, Verdict};
use crate::store::{Store, values};
use crate::{Ledger, LedgerError, Problem, chain, log};

/// What somebody said about a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its number, by which it is answered and withdrawn.
    pub number: i64,
    /// When it was written, RFC 3339 in UTC.
    pub made_at: String,
    /// Who wrote it.
    pub author: String,
    /// Id of the article.
    pub article: String,
    /// Where the statement stood when it was written.
    pub place: Place,
    /// The id that the statement has now; `None` where it is there no longer.
    pub statement: Option<String>,
    /// The first words of what it is about.
    pub about: String,
    /// What it says; `None` where it was withdrawn.
    pub words: Option<String>,
    /// The number of the comment that it answers.
    pub answers: Option<i64>,
}

/// A row of the table, withdrawals among them.
struct Row {
    number: i64,
    made_at: String,
    author: String,
    place: Option<String>,
    words: Option<String>,
    answers: Option<i64>,
    withdraws: Option<i64>,
    after: i64,
}

impl Ledger {
    /// Adds a comment on a statement, as it is named now. Gives its number.
    ///
    /// # Errors
    /// [`Problem::UnknownArticle`], [`Problem::UnknownStatement`], [`Problem::Unsuited`] where it is empty or too long, or where the ledger
    /// fails.
    pub fn comment(&mut self, article: &str, statement: &str, author: &str, words: &str) -> Result<i64, LedgerError> {
        self.told(self.db.write(|tx| {
            let key = review::article_key(tx, article)?;
            let outcome = now(tx, key)?;
            let found = outcome.held.iter().find(|held| held.statement.id == statement);
            let unknown = || Problem::UnknownStatement { article: article.to_owned(), statement: statement.to_owned() };
            add(tx, key, &Place::of(&found.ok_or_else(unknown)?.statement), None, author, words)
        }))
    }

    /// Adds an answer to a comment. Gives its number.
    ///
    /// # Errors
    /// [`Problem::NoComment`] where no comment that stands has the number, [`Problem::Unsuited`] where it is empty or too long, or where the
    /// ledger fails.
    pub fn answer(&mut self, number: i64, author: &str, words: &str) -> Result<i64, LedgerError> {
        self.told(self.db.write(|tx| {
            let (article, _) = standing(tx, number)?;
            let place: String = tx.one("SELECT place FROM comment WHERE key = ?", values![number])?;
            add(tx, article, &place_of(&place)?, Some(number), author, words)
        }))
    }

    /// Withdraws a comment. What it said is shown no longer; that it was there is.
    ///
    /// # Errors
    /// [`Problem::NoComment`] where no comment that stands has the number, [`Problem::OthersComment`], or where the ledger fails.
    pub fn withdraw_comment(&mut self, number: i64, author: &str) -> Result<(), LedgerError> {
        self.told(self.db.write(|tx| {
            let (article, wrote) = standing(tx, number)?;
            if wrote != author {
                return Err(Problem::OthersComment { number, author: wrote });
            }
            let sql =
                "INSERT INTO comment (made_at, author, article, withdraws, after) VALUES (?, ?, ?, ?, 0) RETURNING key";
            let key = tx.one(sql, values![log::now(tx)?, author, article, number])?;
            chain::log_row(tx, author, "comment", Some(article), key, None)
        }))
    }

    /// The comments on the statements of an article, in the order in which they were written; those that were withdrawn are there without
    /// their words.
    ///
    /// # Errors
    /// [`Problem::UnknownArticle`], or where the ledger fails or holds something that cannot be read.
    pub fn comments(&self, article: &str) -> Result<Vec<Comment>, LedgerError> {
        self.told(self.db.view(|view| {
            let key = review::article_key(view, article)?;
            let rows = rows(view, key)?;
            if rows.is_empty() {
                return Ok(Vec::new());
            }
            let withdrawn: HashSet<i64> = rows.iter().filter_map(|row| row.withdraws).collect();
            let text: String = view.one("SELECT text FROM article WHERE key = ?", values![key])?;
            let text = Text::new(text);
            let mut past = Past::of(view, key)?;
            let mut out = Vec::new();
            for row in rows {
                let (Some(place), Some(said)) = (row.place, row.words) else { continue };
                let place = place_of(&place)?;
                out.push(Comment {
                    number: row.number,
                    made_at: row.made_at,
                    author: row.author,
                    article: article.to_owned(),
                    statement: past.now(&place, row.after),
                    about: words(&text, &place.content),
                    place,
                    words: Some(said).filter(|_| !withdrawn.contains(&row.number)),
                    answers: row.answers,
                });
            }
            Ok(out)
        }))
    }
}

fn rows(db: &dyn Store, article: i64) -> Result<Vec<Row>, Problem> {
    let sql = "SELECT key, made_at, author, place, words, answers, withdraws, after FROM comment WHERE article = ? ORDER BY key";
    db.rows(sql, values![article], |row| {
        Ok(Row {
            number: row.get(0)?,
            made_at: row.get(1)?,
            author: row.get(2)?,
            place: row.get(3)?,
            words: row.get(4)?,
            answers: row.get(5)?,
            withdraws: row.get(6)?,
            after: row.get(7)?,
        })
    })
}

fn place_of(json: &str) -> Result<Place, Problem> {
    serde_json::from_str(json).map_err(|e| Problem::Unreadable(format!("comment: {e}")))
}

/// Article and author of a comment that stands.
fn standing(db: &dyn Store, number: i64) -> Result<(i64, String), Problem> {
    let sql = "SELECT article, author FROM comment c WHERE key = ? AND withdraws IS NULL
               AND NOT EXISTS (SELECT 1 FROM comment w WHERE w.withdraws = c.key)";
    db.row(sql, values![number], |row| Ok((row.get(0)?, row.get(1)?)))?.ok_or(Problem::NoComment { number })
}

fn add(
    tx: &dyn Store,
    article: i64,
    place: &Place,
    answers: Option<i64>,
    author: &str,
    words: &str,
) -> Result<i64, Problem> {
    let (author, words) = (named(author)?, written(words, "the comment")?);
    if words.is_empty() {
        return Err(Problem::Unsuited("the comment is empty".to_owned()));
    }
    let key = tx.one(
        "INSERT INTO comment (made_at, author, article, place, words, answers, after)
         VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(key), 0) FROM review)) RETURNING key",
        values![log::now(tx)?, author, article, json(place), words, answers],
    )?;
    chain::log_row(tx, author, "comment", Some(article), key, None)?;
    Ok(key)
}

fn now(db: &dyn Store, article: i64) -> Result<Outcome, Problem> {
    Ok(review::outcome(review::made(db, article)?, &review::reviews(db, Some(article))?))
}

/// What the statements of an article were at earlier moments, and which of them they are now.
struct Past {
    made: Vec<Statement<CodePoint>>,
    reviews: Vec<Review>,
    now: Outcome,
    /// The statements as they were after the decision of a number.
    then: HashMap<i64, Outcome>,
}

/// What stays the same about a statement whatever is decided: which of the extractor's it is, else the decision that added it.
type Same = Result<usize, Option<i64>>;

fn same(held: &review::Held) -> Same {
    held.made.ok_or_else(|| held.reviews.first().copied())
}

impl Past {
    fn of(db: &dyn Store, article: i64) -> Result<Self, Problem> {
        let (made, reviews) = (review::made(db, article)?, review::reviews(db, Some(article))?);
        let now = review::outcome(made.clone(), &reviews);
        Ok(Self { made, reviews, now, then: HashMap::new() })
    }

    /// The id that a statement has now which stood at a place after the decision of a number.
    fn now(&mut self, place: &Place, after: i64) -> Option<String> {
        let then = self.then.entry(after).or_insert_with(|| {
            let undone: HashSet<i64> = self.reviews.iter().filter(|r| r.number <= after).filter_map(undoes).collect();
            let known = self.reviews.iter().filter(|r| r.number <= after);
            let known: Vec<_> = known.map(|r| Review { undone: undone.contains(&r.number), ..r.clone() }).collect();
            review::outcome(self.made.clone(), &known)
        });
        let held = match then.find(place) {
            Some(at) => {
                let wanted = same(&then.held[at]);
                self.now.held.iter().find(|held| same(held) == wanted)
            }
            // What the extractor makes now is other than what it made then.
            None => self.now.find(place).map(|at| &self.now.held[at]),
        };
        held.map(|held| held.statement.id.clone())
    }
}

fn undoes(review: &Review) -> Option<i64> {
    if let Verdict::Undo(number) = review.verdict { Some(number) } else { None }
}
