//! What became of what was added.

use std::collections::{BTreeMap, VecDeque};

/// What became of what was added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Articles that were read, or known before they had to be.
    pub read: usize,
    /// Articles that were stored.
    pub new: usize,
    /// Articles that the ledger held already.
    pub known: usize,
    /// Statements that were found in the new ones.
    pub statements: usize,
    /// How many of the new are copies of an article that was there.
    pub copies: usize,
    /// How many of the new are updates of one that was there.
    pub updates: usize,
    /// Articles in languages that are not read, by BCP 47 tag.
    pub languages: BTreeMap<String, usize>,
    /// Inputs of which something was lost, with the reasons.
    pub failed: Vec<(String, Vec<String>)>,
    /// The articles that were seen to last, by id, the latest at the end: at most [`Report::LAST`] of them.
    pub last: VecDeque<(String, Became)>,
}

/// What became of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Became {
    /// It is stored.
    New,
    /// Its text was there already; that it appeared here as well is kept.
    Known,
    /// It is stored, and is a copy of one that was there.
    Copy,
    /// It is stored, and is an update of one that was there.
    Update,
}

/// So many reasons are kept of an input; the listener had all that were told.
const REASONS: usize = 20;

impl Report {
    /// So many articles are kept by their ids.
    pub const LAST: usize = 1000;

    /// Something of an input was lost.
    pub fn fail(&mut self, source: &str, reason: String) {
        if self.failed.last().is_none_or(|(last, _)| last != source) {
            self.failed.push((source.to_owned(), Vec::new()));
        }
        if let Some((_, reasons)) = self.failed.last_mut()
            && reasons.len() < REASONS
        {
            reasons.push(reason);
        }
    }

    /// Something became of an article.
    pub(crate) fn count(&mut self, id: String, became: Became) {
        match became {
            Became::Known => self.known += 1,
            Became::New => self.new += 1,
            Became::Copy => (self.new, self.copies) = (self.new + 1, self.copies + 1),
            Became::Update => (self.new, self.updates) = (self.new + 1, self.updates + 1),
        }
        self.list(id, became);
    }

    pub(crate) fn list(&mut self, id: String, became: Became) {
        if self.last.len() == Self::LAST {
            self.last.pop_front();
        }
        self.last.push_back((id, became));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_the_last_articles_are_listed_and_all_are_counted() {
        let mut report = Report::default();
        for n in 0..Report::LAST + 5 {
            report.count(format!("a{n}"), if n % 2 == 0 { Became::Copy } else { Became::Known });
        }
        assert_eq!((report.new, report.copies, report.updates), (503, 503, 0));
        assert_eq!((report.known, report.last.len()), (502, Report::LAST));
        assert_eq!(report.last.front(), Some(&("a5".to_owned(), Became::Known)));
        assert_eq!(report.last.back(), Some(&("a1004".to_owned(), Became::Copy)));
    }

    #[test]
    fn reasons_of_one_input_stand_together() {
        let mut report = Report::default();
        for n in 0..REASONS + 3 {
            report.fail("a.warc", format!("record {n}"));
        }
        report.fail("b.txt", "empty".to_owned());
        let told: Vec<_> = report.failed.iter().map(|(source, reasons)| (source.as_str(), reasons.len())).collect();
        assert_eq!(told, [("a.warc", REASONS), ("b.txt", 1)]);
    }
}
