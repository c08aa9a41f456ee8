//! What SQLite and PostgreSQL say differently.

use crate::words::Words;

/// Which of them is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// The positions of a statement `s` as a list in JSON.
    pub(crate) fn positions(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "(SELECT json_group_array(json_object('issue', p.issue, 'stance', p.stance, \
                 'option', p.option, 'by', p.shown_by) ORDER BY p.ordinal) FROM statement_position p WHERE p.statement = s.key)"
            }
            Self::Postgres => {
                "(SELECT coalesce(json_agg(json_build_object('issue', p.issue, 'stance', p.stance, \
                 'option', p.option, 'by', p.shown_by) ORDER BY p.ordinal)::text, '[]') \
                 FROM statement_position p WHERE p.statement = s.key)"
            }
        }
    }

    /// That a statement `s` has words; the value is [`Words::query`].
    pub(crate) fn statement_has_words(self) -> &'static str {
        match self {
            Self::Sqlite => "s.key IN (SELECT rowid FROM statement_words WHERE statement_words MATCH ?)",
            Self::Postgres => "s.key IN (SELECT statement FROM statement_words WHERE words @@ to_tsquery('simple', ?))",
        }
    }

    /// That an article `a` has words; the value is [`Words::query`].
    pub(crate) fn article_has_words(self) -> &'static str {
        match self {
            Self::Sqlite => "a.key IN (SELECT rowid FROM article_words WHERE article_words MATCH ?)",
            Self::Postgres => "a.key IN (SELECT article FROM article_words WHERE words @@ to_tsquery('simple', ?))",
        }
    }

    /// Statements `s` that have words, with their day and how little the words weigh in them; the first value is [`Words::query`].
    pub(crate) fn relevance(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "SELECT s.key, s.day, w.rank FROM statement_words w JOIN statement s ON s.key = w.rowid
                 WHERE statement_words MATCH ?1"
            }
            Self::Postgres => {
                "SELECT s.key, s.day, -ts_rank(w.words, to_tsquery('simple', ?1))::double precision
                 FROM statement_words w JOIN statement s ON s.key = w.statement WHERE w.words @@ to_tsquery('simple', ?1)"
            }
        }
    }

    /// A query of the full-text index for words.
    pub(crate) fn query(self, words: &Words) -> String {
        match self {
            Self::Sqlite => words.for_fts5(),
            Self::Postgres => words.for_tsquery(),
        }
    }

    /// What of a review's decision tells which way it went: that it rejects, that it keeps. `r` is the review.
    pub(crate) fn rejects(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "(json_type(r.decision, '$.reject') IS NOT NULL OR json_type(r.decision, '$.put.now') = 'null')"
            }
            Self::Postgres => {
                "(jsonb_exists(r.decision::jsonb, 'reject') OR jsonb_typeof(r.decision::jsonb #> '{put,now}') = 'null')"
            }
        }
    }

    /// See [`Dialect::rejects`].
    pub(crate) fn keeps(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "(json_type(r.decision, '$.keep') IS NOT NULL OR json_type(r.decision, '$.put.now') = 'object')"
            }
            Self::Postgres => {
                "(jsonb_exists(r.decision::jsonb, 'keep') OR jsonb_typeof(r.decision::jsonb #> '{put,now}') = 'object')"
            }
        }
    }
}
