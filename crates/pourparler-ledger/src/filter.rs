//! Which statements are asked for, and how that is said in SQL.

use jiff::Timestamp;
use jiff::civil::Date;
use pourparler_text::{Act, Quotation, SpeakerKind, Stance, names};

use crate::store::{Dialect, ToValue, Value};
use crate::words::Words;

/// That an article was stored after an instant. Instants are written with as many digits as they have: without the `Z` at their end
/// the order of their texts is that of time.
macro_rules! added_since {
    () => {
        "rtrim(added_at, 'Z') > rtrim(?, 'Z')"
    };
}
pub(crate) use added_since;

/// Which statements are asked for: those that pass everything that is set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Words of the speaker's name, in any order; case, accents and punctuation do not count. `lavrov` finds
    /// `Sergey Lavrov`.
    pub speaker: Option<String>,
    /// The whole name of the speaker; case, accents and punctuation do not count.
    pub speaker_exactly: Option<String>,
    /// What kind of speaker it is.
    pub kind: Option<SpeakerKind>,
    /// The whole name of the party; case, accents and punctuation do not count.
    pub party: Option<String>,
    /// Id of an issue that the statement takes up.
    pub issue: Option<String>,
    /// Stance on that issue, or on any where none is asked for.
    pub stance: Option<Stance>,
    /// What the statement does.
    pub act: Option<Act>,
    /// Kind of quotation.
    pub quotation: Option<Quotation>,
    /// First [day](pourparler_text::Entry::day); statements of no known day do not pass.
    pub since: Option<Date>,
    /// Last [day](pourparler_text::Entry::day), inclusive; statements of no known day do not pass.
    pub until: Option<Date>,
    /// Words that all stand in the statement's content, sentences or speaker; those joined by punctuation must follow
    /// one another. Nothing in it is an operator.
    pub text: Option<String>,
    /// Id of the article.
    pub article: Option<String>,
    /// The outlet of the article, to the letter.
    pub outlet: Option<String>,
    /// Only statements of articles that were stored after this instant.
    pub added_since: Option<Timestamp>,
    /// Only what a person decided, or only what nobody did.
    pub reviewed: Option<bool>,
    /// Least confidence; what a person decided always passes.
    pub min_score: Option<f32>,
    /// At most so many statements. Pages and counts go without it.
    pub limit: Option<usize>,
}

/// A filter in SQL: what must hold of a statement `s`, and the values of the question marks.
#[derive(Default)]
pub(crate) struct Conditions {
    terms: Vec<&'static str>,
    pub(crate) values: Vec<Value<'static>>,
}

impl Conditions {
    /// `None` where the filter asks for words and gives none, which nothing passes.
    pub(crate) fn of(filter: &Filter, dialect: Dialect) -> Option<Self> {
        let mut all = Self::default();
        let queries = [filter.speaker.as_deref().map(Words::speaker), filter.text.as_deref().map(Words::text)];
        for words in queries.into_iter().flatten() {
            all.add(dialect.statement_has_words(), dialect.query(&words?));
        }
        if let Some(name) = &filter.speaker_exactly {
            all.add("s.speaker_key = ?", names::key(name));
        }
        if let Some(kind) = filter.kind {
            all.add("s.speaker_kind = ?", kind.as_str().to_owned());
        }
        if let Some(party) = &filter.party {
            all.add("s.party_key = ?", names::key(party));
        }
        match (&filter.issue, filter.stance.map(|s| s.as_str().to_owned())) {
            (Some(issue), Some(stance)) => {
                all.add(
                    "s.key IN (SELECT statement FROM statement_position WHERE issue = ? AND stance = ?)",
                    issue.clone(),
                );
                all.values.push(stance.to_value().owned());
            }
            (Some(issue), None) => {
                all.add("s.key IN (SELECT statement FROM statement_position WHERE issue = ?)", issue.clone());
            }
            (None, Some(stance)) => {
                all.add("s.key IN (SELECT statement FROM statement_position WHERE stance = ?)", stance);
            }
            (None, None) => {}
        }
        if let Some(act) = filter.act {
            all.add("s.act = ?", act.as_str().to_owned());
        }
        if let Some(quotation) = filter.quotation {
            all.add("s.quotation = ?", quotation.as_str().to_owned());
        }
        if let Some(day) = filter.since {
            all.add("s.day >= ?", day.to_string());
        }
        if let Some(day) = filter.until {
            all.add("s.day <= ?", day.to_string());
        }
        if let Some(article) = &filter.article {
            all.add("s.article = (SELECT key FROM article WHERE id = ?)", article.clone());
        }
        if let Some(outlet) = &filter.outlet {
            all.add("s.article IN (SELECT key FROM article WHERE outlet = ?)", outlet.clone());
        }
        if let Some(instant) = filter.added_since {
            all.add(concat!("s.article IN (SELECT key FROM article WHERE ", added_since!(), ")"), instant.to_string());
        }
        match filter.reviewed {
            Some(true) => all.terms.push("s.confidence IS NULL"),
            Some(false) => all.terms.push("s.confidence IS NOT NULL"),
            None => {}
        }
        if let Some(score) = filter.min_score {
            all.add("(s.confidence IS NULL OR s.confidence >= ?)", f64::from(score));
        }
        Some(all)
    }

    /// Whether everything passes.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    fn add(&mut self, term: &'static str, value: impl ToValue) {
        self.terms.push(term);
        self.values.push(value.to_value().owned());
    }

    pub(crate) fn sql(&self) -> String {
        if self.terms.is_empty() { "TRUE".to_owned() } else { self.terms.join(" AND ") }
    }
}
