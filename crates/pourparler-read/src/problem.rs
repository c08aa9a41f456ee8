//! What went wrong in reading: always a value beside the articles, never an error in their stead.

use std::fmt;

/// What kind of trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// There is no text in it.
    Empty,
    /// It is no text at all.
    Binary,
    /// A known format that is not read.
    Unsupported,
    /// It is too large, or nested too deep, for what it claims to be.
    TooLarge,
    /// Some bytes or escapes stand for no character; the article is read, with U+FFFD in their place.
    Encoding,
    /// A JSON value is broken or is no article.
    Json,
    /// No article was found in an HTML page.
    Html,
    /// A day of publication could not be read; the article is read without it.
    Date,
    /// The article is in a language other than English; it is given, but nothing can be extracted from it.
    OtherLanguage,
}

/// Something that could not be read, or not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The input's name.
    pub source: String,
    /// Where in the input, such as `line 12`; `None` where it is the whole.
    pub place: Option<String>,
    /// What kind of trouble.
    pub kind: ProblemKind,
    /// What is wrong and what to do about it.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{}: {place}: {}", self.source, self.reason),
            None => write!(f, "{}: {}", self.source, self.reason),
        }
    }
}

/// So many problems of one input are told one by one; a file of another format can be broken on every line.
const TOLD: usize = 100;

/// Collects the problems of one input.
pub(crate) struct Report<'a> {
    source: &'a str,
    problems: Vec<Problem>,
    /// Kind of the first problem that is not told, and how many they are.
    untold: Option<(ProblemKind, usize)>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        Self { source, problems: Vec::new(), untold: None }
    }

    pub(crate) fn add(&mut self, kind: ProblemKind, place: Option<String>, reason: impl Into<String>) {
        if self.problems.len() < TOLD {
            self.problems.push(Problem { source: self.source.to_owned(), place, kind, reason: reason.into() });
        } else {
            self.untold.get_or_insert((kind, 0)).1 += 1;
        }
    }

    pub(crate) fn finish(mut self) -> Vec<Problem> {
        if let Some((kind, more)) = self.untold {
            let reason = format!("{more} more problems like these; mend those above and read it again");
            self.problems.push(Problem { source: self.source.to_owned(), place: None, kind, reason });
        }
        self.problems
    }
}
