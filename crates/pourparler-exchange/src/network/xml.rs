//! What both forms of networks need of XML.

use std::borrow::Cow;

use super::Graph;
use crate::Report;

/// A text as XML 1.0 can hold it: what it cannot hold becomes U+FFFD, and the report tells of it.
pub(super) fn clean<'a>(text: &'a str, report: &mut Report) -> Cow<'a, str> {
    if text.chars().all(holds) {
        return Cow::Borrowed(text);
    }
    let clean: String = text.chars().map(|c| if holds(c) { c } else { char::REPLACEMENT_CHARACTER }).collect();
    report.lose("names with characters that XML cannot hold, replaced by U+FFFD", || clean.clone());
    Cow::Owned(clean)
}

fn holds(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// What is lost in either form.
pub(super) fn report(graph: &Graph) -> Report {
    Report { articles: 0, statements: graph.statements, losses: graph.losses.clone() }
}
