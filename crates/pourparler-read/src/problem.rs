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
    /// A row of a table does not fit its columns, or no column holds a text.
    Table,
    /// No article was found in an HTML page.
    Html,
    /// A feed is damaged; what could be read of it is read.
    Feed,
    /// Entries of a feed hold only a summary of their article, and that is what is read.
    Teaser,
    /// The stream failed or a container is damaged; what was read before is read.
    Broken,
    /// A day of publication could not be read; the article is read without it.
    Date,
    /// An article is read without something that it should have, such as its headline.
    Partial,
    /// An export holds another number of articles than it says of itself.
    Count,
    /// The item was withdrawn by whoever published it.
    Withdrawn,
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

/// So many problems of one kind are told one by one; a file of another format can be broken on every line.
const TOLD: usize = 100;

/// An archive may be in another language as a whole, which a few articles tell.
const LANGUAGES_TOLD: usize = 3;

/// So many problems of this kind are told.
fn most(kind: ProblemKind) -> usize {
    if kind == ProblemKind::OtherLanguage { LANGUAGES_TOLD } else { TOLD }
}

/// Collects the problems of one input.
pub(crate) struct Report<'a> {
    source: &'a str,
    problems: Vec<Problem>,
    /// How many problems of each kind there were.
    counts: Vec<(ProblemKind, usize)>,
    /// The parts of the input in which the next problem stands, from the outside in.
    places: Vec<String>,
    /// Number of the first line of the piece that is being read, counted from 1.
    pub(crate) first_line: usize,
}

impl<'a> Report<'a> {
    pub(crate) fn new(source: &'a str) -> Self {
        Self { source, problems: Vec::new(), counts: Vec::new(), places: Vec::new(), first_line: 1 }
    }

    pub(crate) fn add(&mut self, kind: ProblemKind, place: Option<String>, reason: impl Into<String>) {
        let at = self.counts.iter().position(|(k, _)| *k == kind).unwrap_or_else(|| {
            self.counts.push((kind, 0));
            self.counts.len() - 1
        });
        self.counts[at].1 += 1;
        if self.counts[at].1 <= most(kind) {
            let places: Vec<_> = self.places.iter().cloned().chain(place).collect();
            let place = Some(places.join(", ")).filter(|p| !p.is_empty());
            self.problems.push(Problem { source: self.source.to_owned(), place, kind, reason: reason.into() });
        }
    }

    /// What follows is about this part of the input.
    pub(crate) fn enter(&mut self, place: String) {
        self.places.push(place);
    }

    /// What follows is no longer about the part that was entered last.
    pub(crate) fn leave(&mut self) {
        self.places.pop();
    }

    /// The problems since they were last taken.
    pub(crate) fn take(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }

    /// How many problems were not told one by one.
    pub(crate) fn untold(&self) -> Vec<Problem> {
        let more = self.counts.iter().filter(|(kind, count)| *count > most(*kind));
        more.map(|&(kind, count)| {
            let more = count - most(kind);
            let reason = match kind {
                ProblemKind::OtherLanguage => format!("{more} more articles are in languages that are not read"),
                _ => format!("{more} more problems like these; mend those above and read it again"),
            };
            Problem { source: self.source.to_owned(), place: None, kind, reason }
        })
        .collect()
    }

    /// All problems.
    #[cfg(test)]
    pub(crate) fn finish(mut self) -> Vec<Problem> {
        let untold = self.untold();
        self.take().into_iter().chain(untold).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floods_are_counted_and_not_told() {
        let mut report = Report::new("test");
        for line in 1..=120 {
            report.add(ProblemKind::Json, Some(format!("line {line}")), "it is broken");
            report.add(ProblemKind::OtherLanguage, None, "it is in French");
        }
        let told = report.finish();
        let of = |kind| told.iter().filter(|p| p.kind == kind).count();
        assert_eq!((of(ProblemKind::Json), of(ProblemKind::OtherLanguage)), (101, 4));
        let last: Vec<_> = told.iter().rev().take(2).map(|p| p.reason.split(';').next().unwrap_or_default()).collect();
        assert_eq!(last, ["117 more articles are in languages that are not read", "20 more problems like these"]);
    }
}
