//! Decisions as readers meet them: beside the statements of an article, and in the log, each told by what it did.

use std::collections::HashMap;

use pourparler_text::{ArticleStatements, CodePoint, Entry, Span, Statement, Text};

use crate::query::find_article;
use crate::review::{self, Outcome, REVIEW, Review, Verdict};
use crate::store::{Store, ToValue, Value, values};
use crate::{Ledger, LedgerError, Page, Paging, Part, Problem, differences};

/// So many characters of a statement's words stand in the log.
const WORDS: usize = 240;

/// What a decision did to what stood there before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// Left it as it was.
    Accept,
    /// Put something right.
    Correct,
    /// Added what was not there.
    Add,
    /// Took it away.
    Reject,
    /// Took another decision back.
    Undo,
}

impl Did {
    /// Every value, in the order of definition.
    pub const ALL: &[Self] = &[Self::Accept, Self::Correct, Self::Add, Self::Reject, Self::Undo];

    /// What it did in a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Correct => "correct",
            Self::Add => "add",
            Self::Reject => "reject",
            Self::Undo => "undo",
        }
    }
}

/// A decision, and what it did.
#[derive(Debug, Clone, PartialEq)]
pub struct Deed {
    /// The decision.
    pub review: Review,
    /// What it did. One that does not hold is told as if it came after those before it that do.
    pub did: Did,
    /// The parts that it put right.
    pub parts: Vec<Part>,
    /// The id that the statement it is about has now; `None` where there is none now.
    pub statement: Option<String>,
    /// The first words of the content, and of an undoing those of what it took back.
    pub words: String,
}

/// Which decisions are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewFilter {
    /// Who decided, to the letter.
    pub reviewer: Option<String>,
    /// Those that keep a statement ([`Did::Accept`], [`Did::Correct`] and [`Did::Add`] alike), reject one, or undo.
    pub verdict: Option<Did>,
}

/// What came of a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// Its number in the log.
    pub number: i64,
    /// Id of the article.
    pub article: String,
    /// The statement as it is now; `None` where there is none now.
    pub entry: Option<Entry>,
}

/// An article with its statements, and what people decided about them.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The article with its statements as they are now.
    pub read: ArticleStatements,
    /// The decisions about it, in the order in which they were made.
    pub deeds: Vec<Deed>,
    /// For each statement, which of these are about it.
    pub about: Vec<Vec<usize>>,
    /// For each statement, what the machine had made of it, where a person put something right.
    pub made: Vec<Option<Statement<CodePoint>>>,
    /// What was rejected, with the number of the decision.
    pub rejected: Vec<(Statement<CodePoint>, i64)>,
}

impl Reading {
    /// The decision that holds about a statement, by its place among the statements.
    #[must_use]
    pub fn holds(&self, at: usize) -> Option<&Deed> {
        self.about.get(at)?.iter().rev().filter_map(|&n| self.deeds.get(n)).find(|deed| !deed.review.undone)
    }
}

impl Ledger {
    /// Decides about an article's statements as they are at this moment: nobody else changes them between what `verdict` sees and what
    /// it gives.
    ///
    /// # Errors
    /// What `verdict` gives, [`Problem::UnknownArticle`], [`Problem::Unfit`], or where the ledger fails.
    pub fn judge<E: From<LedgerError>>(
        &mut self,
        article: &str,
        reviewer: &str,
        verdict: impl FnOnce(&ArticleStatements) -> Result<Verdict, E>,
    ) -> Result<Decided, E> {
        let result = self.db.write(|tx| {
            let unknown = || Problem::UnknownArticle { id: article.to_owned() };
            let read = find_article(tx, article)?.ok_or_else(unknown)?;
            let verdict = match verdict(&read) {
                Ok(verdict) => verdict,
                Err(refused) => return Ok(Err(refused)),
            };
            if let Some(kept) = verdict.kept() {
                review::fits(article, kept, read.article.text.as_str().chars().count())?;
            }
            let key = review::article_key(tx, article)?;
            let number = review::note(tx, key, &verdict, reviewer)?;
            let outcome = review::apply(tx, key)?;
            let now = outcome.held.into_iter().find(|h| h.reviews.last() == Some(&number)).map(|h| h.statement);
            let entry = entry(read, now);
            Ok(Ok(Decided { number, article: article.to_owned(), entry }))
        });
        self.told(result)?
    }

    /// Undoes a decision, as [`Ledger::undo_review`], and gives the statement that it was about as it is now.
    ///
    /// # Errors
    /// [`Problem::NoReview`] where no decision that holds has the number, or where the ledger fails.
    pub fn take_back(&mut self, number: i64, reviewer: &str) -> Result<Decided, LedgerError> {
        let undoing = self.undo_review(number, reviewer)?;
        self.told(self.db.view(|view| {
            let review = view.row(&format!("{REVIEW} WHERE r.key = ?"), values![number], |row| {
                review::logged(row, &std::collections::HashSet::new())
            })?;
            let review = review.ok_or(Problem::NoReview { number })?;
            let article = review.article.clone().unwrap_or_default();
            let key = review::article_key(view, &article)?;
            let outcome = review::outcome(review::made(view, key)?, &review::reviews(view, Some(key))?);
            let now = outcome.held.into_iter().find(|h| h.reviews.contains(&number)).map(|h| h.statement);
            let entry = find_article(view, &article)?.and_then(|read| entry(read, now));
            Ok(Decided { number: undoing, article, entry })
        }))
    }

    /// An article with its statements and all that people decided about them.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn reading(&self, id: &str) -> Result<Option<Reading>, LedgerError> {
        self.told(self.db.view(|view| {
            let Some(read) = find_article(view, id)? else { return Ok(None) };
            let key = review::article_key(view, id)?;
            let (deeds, outcome, made) = replay(view, key, &read.article.text)?;
            let places: HashMap<i64, usize> = deeds.iter().zip(0..).map(|(d, at)| (d.review.number, at)).collect();
            let mut about = vec![Vec::new(); read.statements.len()];
            let mut before = vec![None; read.statements.len()];
            // Where nothing was decided, the rows are what the machine made.
            let at: HashMap<&str, usize> = read.statements.iter().zip(0..).map(|(s, at)| (s.id.as_str(), at)).collect();
            for held in outcome.held.iter().filter(|h| !h.reviews.is_empty()) {
                let Some(&at) = at.get(held.statement.id.as_str()) else { continue };
                about[at] = held.reviews.iter().filter_map(|n| places.get(n).copied()).collect();
                before[at] =
                    held.made.and_then(|n| made.get(n)).filter(|_| held.statement.confidence.is_none()).cloned();
            }
            let rejected = outcome.rejected.into_iter();
            let rejected = rejected.map(|h| (h.reviews.last().copied().unwrap_or_default(), h.statement));
            let rejected = rejected.map(|(number, statement)| (statement, number)).collect();
            Ok(Some(Reading { read, deeds, about, made: before, rejected }))
        }))
    }

    /// A page of the decisions that pass, the latest first, each with what it did.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn deeds(&self, filter: &ReviewFilter, paging: Paging) -> Result<Page<Deed>, LedgerError> {
        self.told(self.db.view(|view| {
            let mut terms = vec!["TRUE"];
            if filter.reviewer.is_some() {
                terms.push("r.reviewer = ?");
            }
            match filter.verdict {
                Some(Did::Undo) => terms.push("r.article IS NULL"),
                Some(Did::Reject) => terms.push(view.dialect().rejects()),
                Some(Did::Accept | Did::Correct | Did::Add) => terms.push(view.dialect().keeps()),
                None => {}
            }
            let terms = terms.join(" AND ");
            let values: Vec<Value<'_>> = filter.reviewer.iter().map(ToValue::to_value).collect();
            let total = view.one(&format!("SELECT count(*) FROM review r WHERE {terms}"), &values)?;
            let undone = review::undone(view)?;
            let sql = format!("{REVIEW} WHERE {terms} ORDER BY r.key DESC {}", paging.sql());
            let found: Vec<Review> = view.rows(&sql, &values, |row| review::logged(row, &undone))?;
            Ok(Page { items: told(view, found)?, total })
        }))
    }
}

pub(crate) fn entry(read: ArticleStatements, statement: Option<Statement<CodePoint>>) -> Option<Entry> {
    let only = ArticleStatements::new(read.article, vec![statement?]);
    only.entries().pop()
}

/// What each of these decisions did.
fn told(view: &dyn Store, found: Vec<Review>) -> Result<Vec<Deed>, Problem> {
    let mut articles: HashMap<String, Vec<Deed>> = HashMap::new();
    let mut out = Vec::with_capacity(found.len());
    for review in found {
        // An undoing is told by what it took back.
        let meant = match &review.verdict {
            Verdict::Undo(number) => {
                let sql = "SELECT a.id FROM review r JOIN article a ON a.key = r.article WHERE r.key = ?";
                (*number, view.value(sql, values![number])?)
            }
            _ => (review.number, review.article.clone()),
        };
        let (number, Some(article)) = meant else { continue };
        if !articles.contains_key(&article) {
            let key = review::article_key(view, &article)?;
            let text: String = view.one("SELECT text FROM article WHERE key = ?", values![key])?;
            articles.insert(article.clone(), replay(view, key, &Text::new(text))?.0);
        }
        let Some(deed) = articles.get(&article).and_then(|all| all.iter().find(|d| d.review.number == number)) else {
            continue;
        };
        let did = if matches!(review.verdict, Verdict::Undo(_)) { Did::Undo } else { deed.did };
        let parts = if did == Did::Undo { Vec::new() } else { deed.parts.clone() };
        let review = Review { article: Some(article), ..review };
        out.push(Deed { review, did, parts, statement: deed.statement.clone(), words: deed.words.clone() });
    }
    Ok(out)
}

/// Makes the decisions about an article once more, one after the other. Gives also what comes of them, and what the machine had made.
#[expect(clippy::type_complexity, reason = "three things that are made in one go")]
fn replay(
    view: &dyn Store,
    article: i64,
    text: &Text,
) -> Result<(Vec<Deed>, Outcome, Vec<Statement<CodePoint>>), Problem> {
    let reviews: Vec<Review> =
        review::reviews(view, Some(article))?.into_iter().filter(|r| r.article.is_some()).collect();
    if reviews.is_empty() {
        return Ok((Vec::new(), Outcome::new(Vec::new()), Vec::new()));
    }
    let made = review::made(view, article)?;
    let mut outcome = Outcome::new(made.clone());
    let mut deeds = Vec::with_capacity(reviews.len());
    for review in reviews {
        let before = outcome.about(&review.verdict).first().map(|&at| outcome.held[at].statement.clone());
        let now = review.verdict.kept();
        let parts = before.as_ref().zip(now).map(|(before, now)| differences(before, now)).unwrap_or_default();
        let did = match (&before, now) {
            (_, None) => Did::Reject,
            (None, Some(_)) => Did::Add,
            (Some(_), Some(_)) if parts.is_empty() => Did::Accept,
            (Some(_), Some(_)) => Did::Correct,
        };
        let content = now
            .or(before.as_ref())
            .map_or_else(|| review.verdict.places().pop().map_or(&[][..], |p| p.0), |s| &s.content);
        let words = words(text, content);
        outcome.apply(&review);
        deeds.push(Deed { review, did, parts, statement: None, words });
    }
    let ids = outcome.held.iter().flat_map(|h| h.reviews.iter().map(|&number| (number, &h.statement.id)));
    let ids: HashMap<i64, &String> = ids.collect();
    for deed in &mut deeds {
        deed.statement = ids.get(&deed.review.number).map(|id| (*id).clone());
    }
    Ok((deeds, outcome, made))
}

pub(crate) fn words(text: &Text, spans: &[Span<CodePoint>]) -> String {
    let mut out = String::new();
    for span in spans {
        if out.chars().count() > WORDS {
            break;
        }
        if !out.is_empty() {
            out.push_str(" … ");
        }
        out.extend(text.get(text.to_bytes(*span)).chars().take(WORDS));
    }
    out
}
