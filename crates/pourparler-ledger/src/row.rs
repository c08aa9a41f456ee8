//! Between rows of the ledger and the vocabulary.

use std::fmt::Display;
use std::str::FromStr;

use pourparler_text::{Article, DateRange, Entry, RoundEntry, Speaker, Statement, Text};
use pourparler_text::{CodePoint, Position};
use rusqlite::Row;
use rusqlite::types::FromSql;
use serde::de::DeserializeOwned;

use crate::{ArticleHead, Problem};

/// What [`statement`] reads, of a statement `s`.
pub const STATEMENT: &str = "s.id, s.source_code_points, s.cue_code_points, s.content_code_points, s.quotation, \
    s.speaker_name, s.speaker_kind, s.speaker_role, s.speaker_party, s.via, s.said_from, s.said_to, s.said_text, s.said_method, \
    s.said_anchor, s.relayed_by, \
    s.act, s.confidence, s.manner, (SELECT json_group_array(json_object('issue', p.issue, 'stance', p.stance, \
    'option', p.option, 'by', p.shown_by) ORDER BY p.ordinal) FROM statement_position p WHERE p.statement = s.key) AS positions";

/// What [`entry`] reads after [`STATEMENT`], of the statement's article `a`.
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
        Self { row, next: 0 }
    }

    /// The next column as it is stored.
    pub fn get<T: FromSql>(&mut self) -> Result<T, Problem> {
        self.next += 1;
        Ok(self.row.get(self.next - 1)?)
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

    /// That the column read last holds what it should not.
    fn unreadable(&self, error: impl Display) -> Problem {
        let column = self.row.as_ref().column_name(self.next - 1).unwrap_or("?");
        Problem::Unreadable(format!("{column}: {error}"))
    }
}

pub fn statement(c: &mut Columns) -> Result<Statement<CodePoint>, Problem> {
    Ok(Statement {
        id: c.get()?,
        source: c.json()?,
        cue: c.json()?,
        content: c.json()?,
        quotation: c.parse()?,
        speaker: Speaker { name: c.get()?, kind: c.parse()?, role: c.get()?, party: c.get()? },
        via: c.json()?,
        said_on: said_on(c)?,
        relayed_by: c.get()?,
        act: c.parse()?,
        confidence: c.get()?,
        manner: c.json()?,
        positions: c.json::<Vec<Position>>()?,
    })
}

fn said_on(c: &mut Columns) -> Result<Option<DateRange>, Problem> {
    let (from, to, text) = (c.parse_some()?, c.parse_some()?, c.get()?);
    let (method, anchor) = (c.parse_some()?, c.parse_some()?);
    // The table's check sees to it that there are both days or none.
    Ok(from.zip(to).map(|(from, to)| DateRange { from, to, text, method, anchor }))
}

pub fn entry(row: &Row) -> Result<Entry, Problem> {
    let c = &mut Columns::of(row);
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
