//! Names and losses, as both forms of networks have them.

use std::borrow::Cow;

use super::Graph;
use crate::Report;
use crate::xml::held;

/// A text as XML 1.0 can hold it: what it cannot hold becomes U+FFFD, and the report tells of it.
pub(super) fn clean<'a>(text: &'a str, report: &mut Report) -> Cow<'a, str> {
    let (clean, replaced) = held(text);
    if replaced > 0 {
        report.lose("names with characters that XML cannot hold, replaced by U+FFFD", || clean.clone().into_owned());
    }
    clean
}

/// What is lost in either form.
pub(super) fn report(graph: &Graph) -> Report {
    Report { articles: 0, statements: graph.statements, losses: graph.losses.clone() }
}
