//! Who reads which articles.

use std::collections::BTreeSet;

use pourparler_text::Entry;

use super::named;
use crate::query::find_article;
use crate::review;
use crate::store::{Store, ToValue, values};
use crate::{Ledger, LedgerError, Page, Paging, Problem, chain, log};

/// At most so many articles or reviewers are assigned at once.
const MOST: usize = 1_000;

/// An article that somebody is to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Id of the article.
    pub article: String,
    /// Headline.
    pub title: Option<String>,
    /// Who reads it.
    pub reviewer: String,
    /// Who assigned it, or said that it is done.
    pub by: String,
    /// When, RFC 3339 in UTC.
    pub made_at: String,
    /// On how many of its statements the reviewer decided.
    pub decided: usize,
    /// Of how many; those that others rejected before are not counted.
    pub statements: usize,
    /// Whether the reviewer is through with it: decided on every statement, or somebody said so.
    pub done: bool,
}

/// What was assigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// Id of the article.
    pub article: String,
    /// Who reads it.
    pub reviewer: String,
}

/// The last row about each article and reviewer.
const LAST: &str = "x.key IN (SELECT max(key) FROM assignment GROUP BY article, reviewer)";

struct Row {
    key: i64,
    id: String,
    title: Option<String>,
    reviewer: String,
    by: String,
    made_at: String,
    marked: bool,
}

impl Ledger {
    /// Assigns articles to each of these reviewers. What a reviewer has to read already stays as it is; what was done or withdrawn is theirs
    /// again.
    ///
    /// # Errors
    /// [`Problem::UnknownArticle`], [`Problem::Unsuited`] where a name cannot be one or there are too many, or where the ledger fails.
    pub fn assign(
        &mut self,
        articles: &[String],
        reviewers: &[String],
        by: &str,
    ) -> Result<Vec<Assigned>, LedgerError> {
        self.told(self.db.write(|tx| {
            let reviewers = names(reviewers)?;
            few(articles.len())?;
            let mut out = Vec::new();
            for article in articles {
                for reviewer in &reviewers {
                    if set(tx, article, reviewer, by, "assigned")? {
                        out.push(Assigned { article: article.clone(), reviewer: (*reviewer).to_owned() });
                    }
                }
            }
            Ok(out)
        }))
    }

    /// Assigns the articles next in the queue, those with the least certain statements first, that nobody has to read or has read: to
    /// each of these reviewers `each` of them, `common` of which are the same for all, so that it can be measured how far they
    /// agree. These are spread evenly among the rest, and are no harder than it. Where fewer wait, those are assigned that do.
    ///
    /// # Errors
    /// [`Problem::Unsuited`] where a name cannot be one, where more are to be in common than each reads, or where there are too many, or
    /// where the ledger fails.
    pub fn assign_next(
        &mut self,
        reviewers: &[String],
        each: usize,
        common: usize,
        by: &str,
    ) -> Result<Vec<Assigned>, LedgerError> {
        self.told(self.db.write(|tx| {
            let reviewers = names(reviewers)?;
            few(each)?;
            if common > each {
                let words = format!("{common} articles in common are more than the {each} that each reads");
                return Err(Problem::Unsuited(words));
            }
            let wanted = common + reviewers.len() * (each - common);
            let sql = "SELECT a.id FROM statement s JOIN article a ON a.key = s.article
                       WHERE s.confidence IS NOT NULL AND NOT EXISTS (
                           SELECT 1 FROM assignment x WHERE x.article = a.key AND x.state <> 'withdrawn'
                           AND x.key IN (SELECT max(key) FROM assignment GROUP BY article, reviewer))
                       GROUP BY a.key, a.id ORDER BY min(s.confidence), a.key LIMIT ?";
            let next: Vec<String> = tx.rows(sql, values![wanted], |row| row.get(0))?;
            let shared = spread(common.min(next.len()), next.len());
            let (mut out, mut turn) = (Vec::new(), 0);
            for (at, article) in next.iter().enumerate() {
                let readers = if shared.contains(&at) {
                    reviewers.clone()
                } else {
                    turn += 1;
                    vec![reviewers[(turn - 1) % reviewers.len()]]
                };
                for reviewer in readers {
                    if set(tx, article, reviewer, by, "assigned")? {
                        out.push(Assigned { article: article.clone(), reviewer: reviewer.to_owned() });
                    }
                }
            }
            Ok(out)
        }))
    }

    /// Says that a reviewer is through with an article.
    ///
    /// # Errors
    /// [`Problem::NotAssigned`] where they do not have to read it, or where the ledger fails.
    pub fn read_through(&mut self, article: &str, reviewer: &str, by: &str) -> Result<(), LedgerError> {
        self.mark(article, reviewer, by, "done", &["assigned"])
    }

    /// Takes an article from a reviewer. What they decided about it stays.
    ///
    /// # Errors
    /// [`Problem::NotAssigned`] where they neither have to read it nor have read it, or where the ledger fails.
    pub fn unassign(&mut self, article: &str, reviewer: &str, by: &str) -> Result<(), LedgerError> {
        self.mark(article, reviewer, by, "withdrawn", &["assigned", "done"])
    }

    fn mark(&mut self, article: &str, reviewer: &str, by: &str, state: &str, from: &[&str]) -> Result<(), LedgerError> {
        self.told(self.db.write(|tx| {
            let key = review::article_key(tx, article)?;
            let held = last(tx, key, reviewer)?;
            if !held.is_some_and(|held| from.contains(&held.as_str())) {
                let (article, reviewer) = (article.to_owned(), reviewer.to_owned());
                return Err(Problem::NotAssigned { article, reviewer });
            }
            set(tx, article, reviewer, by, state).map(drop)
        }))
    }

    /// A page of what is assigned, to one reviewer or to all: what was assigned first comes first.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn assignments(&self, reviewer: Option<&str>, paging: Paging) -> Result<Page<Assignment>, LedgerError> {
        self.told(self.db.view(|view| {
            let all = rows(view, reviewer)?;
            let total = all.len();
            let page = all.into_iter().skip(paging.skip).take(paging.most);
            let items = page.map(|row| assignment(view, row).map(|(found, _)| found)).collect::<Result<_, _>>()?;
            Ok(Page { items, total })
        }))
    }

    /// A page of the statements that wait for a reviewer: those on which they did not decide in the articles that they have to read, article
    /// by article.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn waiting_for(&self, reviewer: &str, paging: Paging) -> Result<Page<Entry>, LedgerError> {
        self.told(self.db.view(|view| {
            let (mut total, mut items) = (0, Vec::new());
            for row in rows(view, Some(reviewer))?.into_iter().filter(|row| !row.marked) {
                let id = row.id.clone();
                let (_, waiting) = assignment(view, row)?;
                let (from, until) = (total, total + waiting.len());
                total = until;
                if until <= paging.skip || from >= paging.skip.saturating_add(paging.most) {
                    continue;
                }
                let Some(read) = find_article(view, &id)? else { continue };
                let entries = read.entries().into_iter().filter(|entry| waiting.contains(&entry.statement.id));
                items.extend(entries.skip(paging.skip.saturating_sub(from)));
                items.truncate(paging.most);
            }
            Ok(Page { items, total })
        }))
    }
}

fn few(count: usize) -> Result<(), Problem> {
    let words = || format!("{count} are too many at once; at most {MOST} are assigned");
    if count > MOST { Err(Problem::Unsuited(words())) } else { Ok(()) }
}

/// The names, each once.
fn names(reviewers: &[String]) -> Result<Vec<&str>, Problem> {
    few(reviewers.len())?;
    let mut out: Vec<&str> = Vec::new();
    for reviewer in reviewers {
        let name = named(reviewer)?;
        if !out.contains(&name) {
            out.push(name);
        }
    }
    if out.is_empty() { Err(Problem::Unsuited("nobody is named who is to read".to_owned())) } else { Ok(out) }
}

/// `count` places spread evenly over `length` of them.
fn spread(count: usize, length: usize) -> BTreeSet<usize> {
    (0..count).map(|n| (2 * n + 1) * length / (2 * count)).collect()
}

/// The state in which an article is for a reviewer.
fn last(db: &dyn Store, article: i64, reviewer: &str) -> Result<Option<String>, Problem> {
    let sql = "SELECT state FROM assignment WHERE article = ? AND reviewer = ? ORDER BY key DESC LIMIT 1";
    db.value(sql, values![article, reviewer])
}

/// Adds a row, where the state is another.
fn set(tx: &dyn Store, article: &str, reviewer: &str, by: &str, state: &str) -> Result<bool, Problem> {
    let key = review::article_key(tx, article)?;
    if last(tx, key, reviewer)?.is_some_and(|held| held == state) {
        return Ok(false);
    }
    let sql =
        "INSERT INTO assignment (made_at, by_whom, article, reviewer, state) VALUES (?, ?, ?, ?, ?) RETURNING key";
    let row = tx.one(sql, values![log::now(tx)?, by, key, reviewer, state])?;
    chain::log_row(tx, by, "assignment", Some(key), row, None)?;
    Ok(true)
}

/// What is assigned and not withdrawn, in the order in which it first was.
fn rows(db: &dyn Store, reviewer: Option<&str>) -> Result<Vec<Row>, Problem> {
    let term = if reviewer.is_some() { "AND x.reviewer = ?" } else { "" };
    let values: Vec<_> = reviewer.iter().map(ToValue::to_value).collect();
    let sql = format!(
        "SELECT a.key, a.id, a.title, x.reviewer, x.by_whom, x.made_at, x.state FROM assignment x
         JOIN article a ON a.key = x.article WHERE {LAST} AND x.state <> 'withdrawn' {term}
         ORDER BY (SELECT min(f.key) FROM assignment f WHERE f.article = x.article AND f.reviewer = x.reviewer)"
    );
    db.rows(&sql, &values, |row| {
        Ok(Row {
            key: row.get(0)?,
            id: row.get(1)?,
            title: row.get(2)?,
            reviewer: row.get(3)?,
            by: row.get(4)?,
            made_at: row.get(5)?,
            marked: row.get::<String>(6)? == "done",
        })
    })
}

/// An assignment, and the ids of the statements on which its reviewer did not decide.
fn assignment(db: &dyn Store, row: Row) -> Result<(Assignment, BTreeSet<String>), Problem> {
    let reviews = review::reviews(db, Some(row.key))?;
    let own: BTreeSet<i64> =
        reviews.iter().filter(|r| !r.undone && r.reviewer == row.reviewer).map(|r| r.number).collect();
    let outcome = review::outcome(review::made(db, row.key)?, &reviews);
    let decided_on = |held: &&review::Held| held.reviews.iter().any(|number| own.contains(number));
    let open = outcome.held.iter().filter(|held| !decided_on(held));
    let open: BTreeSet<String> = open.map(|held| held.statement.id.clone()).collect();
    let decided = outcome.held.len() - open.len() + outcome.rejected.iter().filter(decided_on).count();
    let found = Assignment {
        article: row.id,
        title: row.title,
        reviewer: row.reviewer,
        by: row.by,
        made_at: row.made_at,
        decided,
        statements: decided + open.len(),
        done: row.marked || decided > 0 && open.is_empty(),
    };
    Ok((found, open))
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn what_is_in_common_is_spread_evenly() {
        for (count, length, wanted) in [
            (0, 0, vec![]),
            (0, 5, vec![]),
            (1, 1, vec![0]),
            (1, 5, vec![2]),
            (2, 8, vec![2, 6]),
            (3, 3, vec![0, 1, 2]),
            (3, 4, vec![0, 2, 3]),
        ] {
            assert_eq!(spread(count, length).into_iter().collect::<Vec<_>>(), wanted, "{count} of {length}");
        }
        for length in 1..40 {
            for count in 0..=length {
                assert_eq!(spread(count, length).len(), count, "{count} of {length}");
            }
        }
    }
}
