//! Which stored articles are copies or updates of one another, and which agency each comes from.
//!
//! All of it is derived: [`catch_up`] makes it for every article that is not compared yet, which in the run of things is the one
//! that was just stored, and after a change of format or method all of them. Candidates come from the table of sketches,
//! and are compared by their texts.

use std::collections::HashMap;

use jiff::civil::Date;
use pourparler_read::copies::{self, Groups, Kin, Kinship, METHOD, MOST_UNDER_HASH, Profile, compare};
use pourparler_read::origin;
use pourparler_text::Article;
use serde::Serialize;

use crate::row::{self, Columns};
use crate::store::{Store, values};
use crate::{Ledger, LedgerError, Problem};

/// Articles of one text, in the order in which they were stored.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CopyGroup {
    /// Two articles or more, the first stored first.
    pub articles: Vec<CopyMember>,
}

/// An article among its copies.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CopyMember {
    /// Its id.
    pub id: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// The agency that it comes from.
    pub origin: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// In how many inputs this very text was seen.
    pub appearances: usize,
    /// What it is to the earlier article that it is closest to; `None` for the first of its group.
    #[serde(flatten)]
    pub kin: Option<KinOf>,
}

/// What an article is to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KinOf {
    /// `copy` or `update`.
    #[serde(serialize_with = "kinship_out")]
    pub kinship: Kinship,
    /// Id of the earlier article.
    pub of: String,
    /// Share of words in common, from 0 to 1.
    pub score: f32,
}

fn kinship_out<S: serde::Serializer>(kinship: &Kinship, s: S) -> Result<S::Ok, S::Error> {
    kinship.as_str().serialize(s)
}

impl KinOf {
    fn is_closer_than(&self, other: &Self) -> bool {
        let kin = |k: &Self| Kin { kinship: k.kinship, score: k.score };
        kin(self).is_closer_than(&kin(other))
    }
}

impl Ledger {
    /// The stored articles that this one is a copy or an update of, as they stood when it was stored; the closest first.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn kin(&self, id: &str) -> Result<Vec<KinOf>, LedgerError> {
        let sql = "SELECT k.kinship, e.id, k.score FROM kin k JOIN article e ON e.key = k.earlier
                   WHERE k.article = (SELECT key FROM article WHERE id = ?)";
        let found = self.db.rows(sql, values![id], |row| kin_of(&mut Columns::of(row)));
        self.told(found).map(|mut all| {
            all.sort_by(|a, b| b.is_closer_than(a).cmp(&a.is_closer_than(b)).then_with(|| a.of.cmp(&b.of)));
            all
        })
    }

    /// Compares the articles that are not compared yet: those that older versions of this program stored. It need not be called
    /// before [`Ledger::add`], which does the same.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn compare_all(&mut self) -> Result<(), LedgerError> {
        let done = || -> Result<bool, Problem> { Ok(self.db.is_read_only()? || is_caught_up(self.db.as_ref())?) };
        self.told(done().and_then(|done| if done { Ok(()) } else { self.db.write(catch_up) }))
    }

    /// The groups of articles that are copies or updates of one another, directly or by others between them; the first stored
    /// first. Texts that are the same to the letter are one article, see [`CopyMember::appearances`].
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn copies(&self) -> Result<Vec<CopyGroup>, LedgerError> {
        // One view, whatever is being written.
        self.told(self.db.view(groups))
    }
}

fn kin_of(c: &mut Columns) -> Result<KinOf, Problem> {
    Ok(KinOf { kinship: c.parse()?, of: c.get()?, score: c.get()? })
}

fn groups(view: &dyn Store) -> Result<Vec<CopyGroup>, Problem> {
    let sql = "SELECT a.key, a.id, a.outlet, a.published, a.title, c.origin,
                      (SELECT count(*) FROM appearance p WHERE p.article = a.key)
               FROM article a JOIN compared c ON c.article = a.key
               WHERE a.key IN (SELECT article FROM kin UNION SELECT earlier FROM kin) ORDER BY a.key";
    let mut members: Vec<(i64, CopyMember)> = view.rows(sql, &[], |row| {
        let c = &mut Columns::of(row);
        let key = c.get()?;
        let (id, outlet, published, title) = (c.get()?, c.get()?, c.parse_some()?, c.get()?);
        let (origin, appearances) = (c.get()?, c.get()?);
        Ok((key, CopyMember { id, outlet, published, origin, title, appearances, kin: None }))
    })?;
    let places: HashMap<i64, u32> = members.iter().zip(0..).map(|((key, _), place)| (*key, place)).collect();
    let mut sets = Groups::default();
    members.iter().for_each(|_| sets.push());
    let sql = "SELECT k.article, k.earlier, k.kinship, e.id, k.score FROM kin k JOIN article e ON e.key = k.earlier
               ORDER BY k.article, k.earlier";
    view.each(sql, &[], |row| {
        let c = &mut Columns::of(row);
        let (article, earlier): (i64, i64) = (c.get()?, c.get()?);
        let kin = kin_of(c)?;
        if let (Some(&article), Some(&earlier)) = (places.get(&article), places.get(&earlier)) {
            sets.join(article, earlier);
            let closest = &mut members[article as usize].1.kin;
            if closest.as_ref().is_none_or(|old| kin.is_closer_than(old)) {
                *closest = Some(kin);
            }
        }
        Ok(())
    })?;
    let member = |place: u32| members[place as usize].1.clone();
    Ok(sets.all().into_iter().map(|set| CopyGroup { articles: set.into_iter().map(member).collect() }).collect())
}

/// Articles are stored with growing keys and compared in that order.
fn is_caught_up(db: &dyn Store) -> Result<bool, Problem> {
    let sql = "SELECT (SELECT coalesce(max(key), -1) FROM article) = (SELECT coalesce(max(article), -1) FROM compared)
                  AND NOT EXISTS (SELECT 1 FROM compared WHERE article = (SELECT min(key) FROM article) AND method <> ?)";
    db.one(sql, values![METHOD])
}

/// Compares every article that is not compared yet with those stored before it.
pub(crate) fn catch_up(db: &dyn Store) -> Result<(), Problem> {
    if is_caught_up(db)? {
        return Ok(());
    }
    // What another method made says nothing to this one.
    if db.one("SELECT EXISTS (SELECT 1 FROM compared WHERE method <> ?)", values![METHOD])? {
        db.execute("DELETE FROM compared", &[])?;
    }
    let next = "SELECT min(key) FROM article WHERE key > (SELECT coalesce(max(article), -1) FROM compared)";
    while let Some(key) = db.one::<Option<i64>>(next, &[])? {
        compare_one(db, key)?;
    }
    Ok(())
}

fn compare_one(db: &dyn Store, key: i64) -> Result<(), Problem> {
    let article = article(db, key)?;
    let profile = Profile::of(&article);
    db.execute(
        "INSERT INTO compared (article, method, origin) VALUES (?, ?, ?)",
        values![key, METHOD, origin(&article)],
    )?;
    for earlier in candidates(db, profile.sketch())? {
        if let Some(kin) = compare(&profile, &Profile::of(&self::article(db, earlier)?)) {
            db.execute(
                "INSERT INTO kin (article, earlier, kinship, score) VALUES (?, ?, ?, ?)",
                values![key, earlier, kin.kinship.as_str(), kin.score],
            )?;
        }
    }
    let rows: Vec<_> = profile.sketch().iter().map(|hash| format!("({}, {key})", hash.cast_signed())).collect();
    if !rows.is_empty() {
        db.batch(&format!("INSERT INTO sketch (hash, article) VALUES {}", rows.join(", ")))?;
    }
    Ok(())
}

/// The articles that share hashes with a sketch, those that share most first.
fn candidates(db: &dyn Store, sketch: &[u64]) -> Result<Vec<i64>, Problem> {
    let mut found: Vec<i64> = Vec::new();
    for hash in sketch {
        let sql = "SELECT article FROM sketch WHERE hash = ? ORDER BY article LIMIT ?";
        db.each(sql, values![hash.cast_signed(), MOST_UNDER_HASH], |row| {
            found.push(row.get(0)?);
            Ok(())
        })?;
    }
    Ok(copies::candidates(found, sketch.len()))
}

fn article(db: &dyn Store, key: i64) -> Result<Article, Problem> {
    let sql = format!("SELECT {} FROM article WHERE key = ?", row::ARTICLE);
    let missing = || Problem::Unreadable(format!("article {key} is not there"));
    db.row(&sql, values![key], row::article)?.ok_or_else(missing)
}
