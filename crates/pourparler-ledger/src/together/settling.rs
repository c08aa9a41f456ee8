//! Disagreements of reviewers, and whose reading holds.

use std::collections::{BTreeSet, HashMap};

use pourparler_text::{ArticleStatements, CodePoint, Statement};

use crate::agreement::opinions;
use crate::query::find_article;
use crate::review::{self, Place, Put, Review, Verdict};
use crate::store::{Store, values};
use crate::{Decided, Ledger, LedgerError, Page, Paging, Problem, SecondOpinion, chain, decided};

/// What a disagreement was settled to.
#[derive(Debug, Clone, PartialEq)]
pub struct Settlement {
    /// The numbers of the decisions that it is about.
    pub opinions: Vec<i64>,
    /// The decision that holds in their place, with who settled it and when.
    pub review: Review,
    /// Why; it may be empty.
    pub note: String,
}

/// What is stored of a settlement beside its decision.
pub(crate) struct Settled {
    pub(crate) opinions: Vec<i64>,
    pub(crate) note: String,
}

/// The settlements of an article, or all, by the numbers of their decisions.
pub(crate) fn settlements(db: &dyn Store, article: Option<i64>) -> Result<HashMap<i64, Settled>, Problem> {
    let mut out = HashMap::new();
    let term = if article.is_some() { "WHERE article = ?" } else { "" };
    let values: Vec<_> = article.iter().map(crate::store::ToValue::to_value).collect();
    db.each(&format!("SELECT review, opinions, note FROM settlement {term} ORDER BY key"), &values, |row| {
        let opinions = serde_json::from_str(&row.get::<String>(1)?);
        let opinions = opinions.map_err(|e| Problem::Unreadable(format!("settlement: {e}")))?;
        out.insert(row.get(0)?, Settled { opinions, note: row.get(2)? });
        Ok(())
    })?;
    Ok(out)
}

impl Ledger {
    /// A page of the disagreements that wait to be settled, those about which somebody decided last first.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn disagreements(&self, paging: Paging) -> Result<Page<SecondOpinion>, LedgerError> {
        let mut open: Vec<_> = self.second_opinions()?.into_iter().filter(SecondOpinion::is_open).collect();
        open.sort_by_key(|opinion| std::cmp::Reverse(opinion.decisions.last().map(|review| review.number)));
        let total = open.len();
        Ok(Page { items: open.into_iter().skip(paging.skip).take(paging.most).collect(), total })
    }

    /// Settles a disagreement: `now` is shown what each decided and the article as it is, and gives the statement that holds, or that
    /// there is none. It holds as a decision of whoever settles, until somebody decides otherwise. The numbers are those of the decisions that
    /// differ, all of them.
    ///
    /// # Errors
    /// What `now` gives, [`Problem::Overtaken`] where these are no longer the decisions that differ, [`Problem::Unfit`],
    /// [`Problem::Unsuited`] where the note is too long, or where the ledger fails.
    pub fn settle<E: From<LedgerError>>(
        &mut self,
        differing: &[i64],
        settler: &str,
        note: &str,
        now: impl FnOnce(&SecondOpinion, &ArticleStatements) -> Result<Option<Statement<CodePoint>>, E>,
    ) -> Result<Decided, E> {
        let differing: BTreeSet<i64> = differing.iter().copied().collect();
        let result = self.db.write(|tx| {
            let (note, settler) = (super::written(note, "the note")?, super::named(settler)?);
            let key = differing
                .first()
                .map(|first| tx.value::<Option<i64>>("SELECT article FROM review WHERE key = ?", values![first]));
            let key = key.transpose()?.flatten().flatten().ok_or(Problem::Overtaken)?;
            let all = review::reviews(tx, Some(key))?;
            let holding = all.iter().filter(|r| !r.undone && r.article.is_some()).cloned().collect();
            let article: String = tx.one("SELECT id FROM article WHERE key = ?", values![key])?;
            let same = |opinion: &SecondOpinion| {
                opinion.is_open() && opinion.decisions.iter().map(|r| r.number).collect::<BTreeSet<_>>() == differing
            };
            let opinion = opinions(&article, holding, &settlements(tx, Some(key))?).into_iter().find(same);
            let opinion = opinion.ok_or(Problem::Overtaken)?;
            let read = find_article(tx, &article)?.ok_or_else(|| Problem::UnknownArticle { id: article.clone() })?;
            let now = match now(&opinion, &read) {
                Ok(now) => now,
                Err(refused) => return Ok(Err(refused)),
            };
            if let Some(now) = &now {
                review::fits(&article, now, read.article.text.as_str().chars().count())?;
            }
            let outcome = review::outcome(review::made(tx, key)?, &all);
            let verdict = Verdict::Put(Put { was: place(&opinion, &outcome, now.is_none()), now: now.map(Box::new) });
            let number = review::note(tx, key, &verdict, settler)?;
            let outcome = review::apply(tx, key)?;
            let sql = "INSERT INTO settlement (article, review, opinions, note) VALUES (?, ?, ?, ?) RETURNING key";
            let numbers = serde_json::to_string(&differing).unwrap_or_default();
            let row: i64 = tx.one(sql, values![key, number, numbers, note])?;
            chain::log_row(tx, settler, "settlement", Some(key), row, None)?;
            let now = outcome.held.into_iter().find(|h| h.reviews.last() == Some(&number)).map(|h| h.statement);
            Ok(Ok(Decided { number, article, entry: decided::entry(read, now) }))
        });
        self.told(result)?
    }
}

/// The place of what stands there now; where nothing does, that of what was rejected there if it stays so, and else none: what is brought
/// back puts nothing else aside.
fn place(opinion: &SecondOpinion, outcome: &review::Outcome, stays_out: bool) -> Option<Place> {
    let of = |all: &[review::Held]| {
        let about = |review: &Review| all.iter().find(|held| held.reviews.contains(&review.number));
        opinion.decisions.iter().rev().find_map(about).map(|held| Place::of(&held.statement))
    };
    of(&outcome.held).or_else(|| of(&outcome.rejected).filter(|_| stays_out))
}
