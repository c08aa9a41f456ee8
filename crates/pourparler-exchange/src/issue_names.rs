//! What issues are called where no two may be called the same.

use std::collections::HashSet;

use pourparler_brief::IssueLabel;

/// A name for each issue, in their order. Those that share a label are told apart by their ids, and none is the id of another.
pub(crate) fn distinct(issues: &[IssueLabel]) -> Vec<String> {
    let mut taken: HashSet<&str> = issues.iter().map(|issue| issue.id.as_str()).collect();
    let mut names = Vec::new();
    for issue in issues {
        let label = IssueLabel::name_in(issues, &issue.id);
        // An id may be the name of its own issue.
        names.push(match label == issue.id || (taken.insert(label) && !label.is_empty()) {
            true => label.to_owned(),
            false => format!("{label} ({})", issue.id).trim_start().to_owned(),
        });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_issues_are_called_the_same() {
        let issue = |id: &str, label: &str| IssueLabel { id: id.into(), label: label.into(), group: String::new() };
        let issues = [issue("a", "Trade"), issue("b", "Trade"), issue("c", "a"), issue("d", ""), issue("e", "e")];
        assert_eq!(distinct(&issues), ["Trade", "Trade (b)", "a (c)", "(d)", "e"]);
    }
}
