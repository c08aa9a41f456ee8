//! What is exchanged of one article.

use std::collections::BTreeMap;

use pourparler_text::{ArticleStatements, CodePoint, Span, Statement, Text};

/// An article with its statements, and who or what made them.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleRecord {
    /// The article, its statements as they stand (with all decisions of people applied) and its rounds of talks.
    pub read: ArticleStatements,
    /// Lines of the article's text that are page furniture, so that nothing is looked for there when it is read again.
    pub furniture: Vec<Span<CodePoint>>,
    /// Name and version of what made the statements: `accurate 6`, or of the program from which they came.
    pub extractor: String,
    /// For each statement on which a person decided, by its id, who decided last. A statement may carry no score and not
    /// be here: then a person decided, but the place from which the record came does not tell who.
    pub reviewers: BTreeMap<String, String>,
}

/// Whose a statement is, as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Maker<'a> {
    /// A person decided; their name, where it is known.
    Person(Option<&'a str>),
    /// The extractor made it, and nobody decided.
    Machine,
}

impl ArticleRecord {
    pub(crate) fn maker(&self, statement: &Statement<CodePoint>) -> Maker<'_> {
        match (self.reviewers.get(&statement.id), statement.confidence) {
            (None, Some(_)) => Maker::Machine,
            (reviewer, _) => Maker::Person(reviewer.map(String::as_str)),
        }
    }
}

/// The words by which a statement is marked: those of the content; where it has none, those of the cue or the source, or all the text.
pub(crate) fn marked(statement: &Statement<CodePoint>, text: &Text) -> Vec<Span<CodePoint>> {
    let all = Span::<CodePoint>::new(0, usize::MAX);
    let within = |spans: &[Span<CodePoint>]| -> Vec<_> {
        let inside = spans.iter().map(|s| text.to_code_points(text.to_bytes(*s)));
        inside.filter(|s: &Span<CodePoint>| !s.is_empty()).collect()
    };
    let lists = [&statement.content[..], &statement.cue, &statement.source, &[all]];
    lists.into_iter().map(within).find(|spans| !spans.is_empty()).unwrap_or_default()
}
