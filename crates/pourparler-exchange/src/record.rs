//! What is exchanged of one article.

use std::collections::BTreeMap;

use pourparler_text::{ArticleStatements, CodePoint, Span};

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
