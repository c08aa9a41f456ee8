//! Between rows of the ledger and the vocabulary.

use std::collections::HashMap;
use std::fmt::Display;
use std::ops::ControlFlow;
use std::str::FromStr;

use pourparler_text::{
    Article, CodePoint, DateRange, Entry, Manner, Position, RoundEntry, Span, Speaker, Statement, Text,
};
use serde::de::DeserializeOwned;

use crate::store::{Dialect, FromValue, Row, Store};
use crate::{ArticleHead, Problem};

/// What [`statement`] reads, of a statement `s`.
pub fn statement_columns(dialect: Dialect) -> String {
    format!(
        "s.id, s.source_code_points, s.cue_code_points, s.content_code_points, s.quotation, \
         s.speaker_name, s.speaker_kind, s.speaker_role, s.speaker_party, s.via, s.said_from, s.said_to, s.said_text, \
         s.said_method, s.said_anchor, s.relayed_by, s.act, s.confidence, s.manner, {} AS positions",
        dialect.positions()
    )
}

/// What [`entry`] reads after [`statement_columns`], of the statement's article `a`.
pub const ENTRY: &str = "s.content, s.sentence, a.id, a.title, a.outlet, a.published, a.url";

/// What [`article`] reads.
pub const ARTICLE: &str = "id, title, outlet, byline, published, url, language, text";

/// What [`head`] reads, of an article `a` and its extraction `e`.
pub const HEAD: &str = "a.id, a.title, a.outlet, a.published, a.url, a.language, a.text_sha256, a.added_at, e.extractor, \
    (SELECT count(*) FROM statement s WHERE s.article = a.key)";

/// The columns of a row, from left to right.
pub struct Columns<'r, 's> {
    row: &'r Row<'s>,
    next: usize,
}

impl<'r, 's> Columns<'r, 's> {
    pub fn of(row: &'r Row<'s>) -> Self {
        Self::after(row, 0)
    }

    /// Those after the first few.
    pub fn after(row: &'r Row<'s>, few: usize) -> Self {
        Self { row, next: few }
    }

    /// The next column as it is stored.
    pub fn get<T: FromValue>(&mut self) -> Result<T, Problem> {
        self.next += 1;
        self.row.get(self.next - 1)
    }

    /// The next column, which is a name or a day.
    pub fn parse<T: FromStr<Err: Display>>(&mut self) -> Result<T, Problem> {
        self.get::<String>()?.parse().map_err(|error| self.unreadable(error))
    }

    /// The same where the column may be null.
    pub fn parse_some<T: FromStr<Err: Display>>(&mut self) -> Result<Option<T>, Problem> {
        let stored: Option<String> = self.get()?;
        stored.map(|text| text.parse()).transpose().map_err(|error| self.unreadable(error))
    }

    /// The next column, which is JSON.
    pub fn json<T: DeserializeOwned>(&mut self) -> Result<T, Problem> {
        serde_json::from_str(&self.get::<String>()?).map_err(|error| self.unreadable(error))
    }

    /// The next column, which is a list in JSON; it takes no more memory than it has to.
    pub fn list<T: DeserializeOwned>(&mut self) -> Result<Vec<T>, Problem> {
        self.plain(|text| (text == "[]").then(Vec::new), |list: &mut Vec<T>| list.shrink_to_fit())
    }

    /// The next column, which is spans in JSON.
    pub fn spans(&mut self) -> Result<Vec<Span<CodePoint>>, Problem> {
        self.plain(spans, Vec::shrink_to_fit)
    }

    /// The next column, which is a manner in JSON; most have none.
    pub fn manner(&mut self) -> Result<Manner<CodePoint>, Problem> {
        self.plain(
            |text| (text == "{}").then(Manner::default),
            |manner: &mut Manner<CodePoint>| {
                manner.conditions.shrink_to_fit();
                manner.reasons.shrink_to_fit();
                manner.hedges.shrink_to_fit();
            },
        )
    }

    /// The next column, which is JSON: the short way where it is plain, else the long one, after which it is made small.
    fn plain<T: DeserializeOwned>(
        &mut self,
        short: impl Fn(&str) -> Option<T>,
        small: impl Fn(&mut T),
    ) -> Result<T, Problem> {
        self.next += 1;
        let text = self.row.text(self.next - 1)?.ok_or_else(|| self.unreadable("nothing is there"))?;
        if let Some(value) = short(text) {
            return Ok(value);
        }
        let mut value = serde_json::from_str(text).map_err(|error| self.unreadable(error))?;
        small(&mut value);
        Ok(value)
    }

    /// That the column read last holds what it should not.
    fn unreadable(&self, error: impl Display) -> Problem {
        Problem::Unreadable(format!("{}: {error}", self.row.name(self.next - 1)))
    }
}

/// So many keys are asked for at once.
const AT_ONCE: usize = 200;

/// The rows of these keys, in their order; `columns` begin with the key itself.
pub fn by_keys<T>(
    db: &dyn Store,
    columns: &str,
    from: &str,
    key: &str,
    keys: &[i64],
    read: impl FnMut(&Row) -> Result<T, Problem>,
) -> Result<Vec<T>, Problem> {
    let mut out = Vec::with_capacity(keys.len());
    each_of_keys(db, columns, from, key, keys, read, |item| {
        out.push(item);
        ControlFlow::Continue(())
    })?;
    Ok(out)
}

/// The same one by one, until `take` breaks off.
pub fn each_of_keys<T>(
    db: &dyn Store,
    columns: &str,
    from: &str,
    key: &str,
    keys: &[i64],
    mut read: impl FnMut(&Row) -> Result<T, Problem>,
    mut take: impl FnMut(T) -> ControlFlow<()>,
) -> Result<(), Problem> {
    for some in keys.chunks(AT_ONCE) {
        let list: Vec<_> = some.iter().map(ToString::to_string).collect();
        let sql = format!("SELECT {columns} FROM {from} WHERE {key} IN ({})", list.join(", "));
        let mut found: HashMap<i64, T> = HashMap::with_capacity(some.len());
        db.each(&sql, &[], |row| {
            found.insert(row.get(0)?, read(row)?);
            Ok(())
        })?;
        for item in some.iter().filter_map(|key| found.remove(key)) {
            if take(item).is_break() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Spans in JSON as this program writes it; `None` of any other text.
fn spans(text: &str) -> Option<Vec<Span<CodePoint>>> {
    let number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?;
    let pairs = text.strip_prefix("[[")?.strip_suffix("]]")?;
    let mut out = Vec::with_capacity(pairs.bytes().filter(|b| *b == b']').count() + 1);
    for pair in pairs.split("],[") {
        let (start, end) = pair.split_once(',')?;
        let (start, end): (usize, usize) = (number(start)?, number(end)?);
        // What ends before it starts is for the long way to refuse.
        out.push((start <= end).then(|| Span::new(start, end))?);
    }
    Some(out)
}

pub fn statement(c: &mut Columns) -> Result<Statement<CodePoint>, Problem> {
    Ok(Statement {
        id: c.get()?,
        source: c.spans()?,
        cue: c.spans()?,
        content: c.spans()?,
        quotation: c.parse()?,
        speaker: Speaker { name: c.get()?, kind: c.parse()?, role: c.get()?, party: c.get()? },
        via: c.list()?,
        said_on: said_on(c)?,
        relayed_by: c.get()?,
        act: c.parse()?,
        confidence: c.get()?,
        manner: c.manner()?,
        positions: c.list::<Position>()?,
    })
}

fn said_on(c: &mut Columns) -> Result<Option<DateRange>, Problem> {
    let (from, to, text) = (c.parse_some()?, c.parse_some()?, c.get()?);
    let (method, anchor) = (c.parse_some()?, c.parse_some()?);
    // The table's check sees to it that there are both days or none.
    Ok(from.zip(to).map(|(from, to)| DateRange { from, to, text, method, anchor }))
}

pub fn entry(row: &Row) -> Result<Entry, Problem> {
    entry_in(&mut Columns::of(row))
}

/// The same, from the columns that come next.
pub fn entry_in(c: &mut Columns) -> Result<Entry, Problem> {
    Ok(Entry {
        statement: statement(c)?,
        content: c.get()?,
        sentence: c.get()?,
        article: c.get()?,
        title: c.get()?,
        outlet: c.get()?,
        published: c.parse_some()?,
        url: c.get()?,
    })
}

pub fn round(row: &Row) -> Result<RoundEntry, Problem> {
    let c = &mut Columns::of(row);
    Ok(RoundEntry {
        round: c.json()?,
        sentence: c.get()?,
        article: c.get()?,
        outlet: c.get()?,
        published: c.parse_some()?,
        url: c.get()?,
    })
}

pub fn article(row: &Row) -> Result<Article, Problem> {
    let c = &mut Columns::of(row);
    Ok(Article {
        id: c.get()?,
        title: c.get()?,
        outlet: c.get()?,
        byline: c.get()?,
        published: c.parse_some()?,
        url: c.get()?,
        language: c.get()?,
        text: Text::new(c.get::<String>()?),
    })
}

pub fn head(row: &Row) -> Result<ArticleHead, Problem> {
    head_in(&mut Columns::of(row))
}

/// The same, from the columns that come next.
pub fn head_in(c: &mut Columns) -> Result<ArticleHead, Problem> {
    Ok(ArticleHead {
        id: c.get()?,
        title: c.get()?,
        outlet: c.get()?,
        published: c.parse_some()?,
        url: c.get()?,
        language: c.get()?,
        sha256: c.get()?,
        added_at: c.parse()?,
        extractor: c.get()?,
        statements: c.get()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_of_reading_spans_is_the_long_one() {
        for text in ["[[0,1]]", "[[3,7],[9,9],[100,2000]]"] {
            let long: Vec<Span<CodePoint>> = serde_json::from_str(text).expect("spans");
            assert_eq!(spans(text).expect("plain"), long);
        }
        for text in
            ["[]", "", "[[1,2]", "[[2,1]]", "[[1]]", "[[1,2,3]]", "[[+1,2]]", "[[-1,2]]", "[[1, 2]]", "[[1,2],[]]"]
        {
            assert_eq!(spans(text), None, "{text}");
        }
    }
}
