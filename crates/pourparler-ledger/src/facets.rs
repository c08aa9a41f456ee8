//! By what the statements that pass a filter can be told apart further, and how many there are of each: the counts beside a list.

use std::collections::HashMap;

use crate::filter::{Conditions, Filter};
use crate::store::{Row, Store, values};
use crate::{Ledger, LedgerError, Problem, row};

/// So many values of each kind are given.
const MOST: usize = 20;

/// How many of the statements that pass a filter there are of each kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// How many statements pass.
    pub statements: usize,
    /// How many of them a person decided.
    pub reviewed: usize,
    /// Parties.
    pub parties: Facet,
    /// Speakers by name; spellings that differ in case, accents or punctuation are one.
    pub speakers: Facet,
    /// Person, organisation, …
    pub kinds: Facet,
    /// Ids of issues; with a stance asked for, those on which it is taken.
    pub issues: Facet,
    /// Stances; with an issue asked for, those on that issue.
    pub stances: Facet,
    /// What the statements do.
    pub acts: Facet,
    /// Direct, indirect, mixed.
    pub quotations: Facet,
    /// Outlets.
    pub outlets: Facet,
    /// Months, `2024-03`: all of them, the latest first.
    pub months: Facet,
}

/// One way of telling statements apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facet {
    /// The values that most statements have, those first, twenty at most; at a tie in alphabetical order.
    pub values: Vec<FacetValue>,
    /// How many further values there are.
    pub more: usize,
    /// How many statements have none.
    pub without: usize,
}

/// A value and how many statements have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetValue {
    /// What the field of [`Filter`] is to be set to.
    pub value: String,
    /// How many statements.
    pub count: usize,
}

impl Ledger {
    /// What the statements that pass the filter can be told apart by; its limit does not count here. A statement on two issues
    /// counts for both.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub fn facets(&self, filter: &Filter) -> Result<Facets, LedgerError> {
        let Some(conditions) = Conditions::of(filter, self.db.dialect()) else { return Ok(Facets::default()) };
        self.told(self.db.view(|view| facets(view, filter, &conditions)))
    }
}

fn facets(db: &dyn Store, filter: &Filter, conditions: &Conditions) -> Result<Facets, Problem> {
    let mut out = Facets::default();
    let mut texts: [Tally; 6] = Default::default();
    let mut articles: HashMap<i64, usize> = HashMap::new();
    // All of these stand in one index.
    let sql = format!(
        "SELECT s.key, s.article, s.confidence IS NULL, s.party_key, s.speaker_key, s.speaker_kind, s.act, s.quotation,
                substr(s.day, 1, 7)
         FROM statement s WHERE {}",
        conditions.sql()
    );
    db.each(&sql, &conditions.values, |row| {
        let key = row.get(0)?;
        out.statements += 1;
        *articles.entry(row.get(1)?).or_default() += 1;
        out.reviewed += usize::from(row.get::<bool>(2)?);
        for (column, tally) in (3..).zip(&mut texts) {
            tally.add(row.text(column)?, key);
        }
        Ok(())
    })?;
    let [parties, speakers, kinds, acts, quotations, months] = texts;
    out.parties = spelled(db, parties, "SELECT speaker_party FROM statement WHERE key = ?")?;
    out.speakers = spelled(db, speakers, "SELECT speaker_name FROM statement WHERE key = ?")?;
    (out.kinds, out.acts, out.quotations) = (kinds.facet(), acts.facet(), quotations.facet());
    out.months = months.by_value();
    out.outlets = outlets(db, &articles)?;
    (out.issues, out.stances) = positions(db, filter, conditions, out.statements)?;
    Ok(out)
}

/// The facet of a tally over keys, with names as one of their statements spells them.
fn spelled(db: &dyn Store, tally: Tally, sql: &str) -> Result<Facet, Problem> {
    let examples = tally.examples();
    let mut facet = tally.facet();
    for value in &mut facet.values {
        if let Some(example) = examples.get(&value.value) {
            value.value = db.one(sql, values![example])?;
        }
    }
    Ok(facet)
}

fn outlets(db: &dyn Store, articles: &HashMap<i64, usize>) -> Result<Facet, Problem> {
    let mut tally = Tally::default();
    let keys: Vec<i64> = articles.keys().copied().collect();
    let read = |row: &Row| Ok((row.get::<i64>(0)?, row.text(1)?.map(str::to_owned)));
    for (article, outlet) in row::by_keys(db, "key, outlet", "article", "key", &keys, read)? {
        tally.add_many(outlet.as_deref(), article, articles.get(&article).copied().unwrap_or_default());
    }
    Ok(tally.facet())
}

fn positions(
    db: &dyn Store,
    filter: &Filter,
    conditions: &Conditions,
    statements: usize,
) -> Result<(Facet, Facet), Problem> {
    let within = match conditions.is_empty() {
        true => String::new(),
        false => format!("WHERE statement IN (SELECT s.key FROM statement s WHERE {})", conditions.sql()),
    };
    let sql = format!("SELECT statement, issue, stance FROM statement_position {within} ORDER BY statement, ordinal");
    let (mut issues, mut stances) = (Tally::default(), Tally::default());
    // Those of one statement come in a row; what it has twice counts once.
    let (mut current, mut with) = (0, 0);
    db.each(&sql, &conditions.values, |row| {
        let key: i64 = row.get(0)?;
        if with == 0 || key != current {
            (current, with) = (key, with + 1);
        }
        let (issue, stance) = (row.text(1)?, row.text(2)?);
        if filter.stance.is_none_or(|asked| stance == Some(asked.as_str())) {
            issues.add_once(issue, key);
        }
        if filter.issue.is_none() || filter.issue.as_deref() == issue {
            stances.add_once(stance, key);
        }
        Ok(())
    })?;
    let (mut issues, mut stances) = (issues.facet(), stances.facet());
    (issues.without, stances.without) = (statements - with, statements - with);
    Ok((issues, stances))
}

/// How often each value was met.
#[derive(Default)]
struct Tally {
    known: HashMap<String, Met>,
    without: usize,
}

#[derive(Default)]
struct Met {
    count: usize,
    /// Key of the statement in which it was met first, and last.
    first: i64,
    last: i64,
}

impl Tally {
    fn add(&mut self, value: Option<&str>, key: i64) {
        self.add_many(value, key, 1);
    }

    /// Adds a value unless the same statement gave it just before.
    fn add_once(&mut self, value: Option<&str>, key: i64) {
        if value.and_then(|value| self.known.get(value)).is_none_or(|met| met.last != key) {
            self.add(value, key);
        }
    }

    fn add_many(&mut self, value: Option<&str>, key: i64, count: usize) {
        let Some(value) = value else {
            self.without += count;
            return;
        };
        match self.known.get_mut(value) {
            Some(met) => (met.count, met.last) = (met.count + count, key),
            None => {
                self.known.insert(value.to_owned(), Met { count, first: key, last: key });
            }
        }
    }

    fn examples(&self) -> HashMap<String, i64> {
        self.known.iter().map(|(value, met)| (value.clone(), met.first)).collect()
    }

    /// The values that were met most.
    fn facet(self) -> Facet {
        let mut all = self.by_value();
        all.values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        all.more = all.values.len().saturating_sub(MOST);
        all.values.truncate(MOST);
        all
    }

    /// All values, the last in the alphabet first.
    fn by_value(self) -> Facet {
        let values = self.known.into_iter().map(|(value, met)| FacetValue { value, count: met.count });
        let mut values: Vec<_> = values.collect();
        values.sort_by(|a, b| b.value.cmp(&a.value));
        Facet { values, more: 0, without: self.without }
    }
}
