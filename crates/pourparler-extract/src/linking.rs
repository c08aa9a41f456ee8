//! Which issues a statement takes up: by the dossier's words, by what was learnt of the built-in issues, and by how near its
//! meaning stands to that of an issue that a user wrote.

use pourparler_dossier::{Dossier, Issue, IssueHit, IssueMatcher};
use pourparler_text::Shown;

use crate::issue_words::IssueWords;
use crate::tagger::{Tagger, TaggerError};
use crate::told::{Subject, Topic};

/// From this score on a statement takes up an issue. It and what words add were chosen on the corpus's dev part.
const BAR: f32 = -1.25;
/// What it adds to a score that the content's own words show the issue. Weak words, and those around a content that points back,
/// add nothing that helped to the score of a built-in issue.
const WORDS: f32 = 3.0;
/// The score of an issue that nothing was learnt of and no word shows: by its meaning alone it has to be plain.
const UNSHOWN: f32 = -4.0;
/// What it adds that the statement means about the same as an example of the issue.
const EXAMPLE: f32 = 3.0;
/// It means so from this cosine of the two topics on.
const ALIKE: f32 = 0.9;
/// More issues than this are listed by hardly any statement.
const MOST: usize = 3;

/// Finds the issues of a dossier in statements.
pub(crate) struct Linker {
    words: IssueMatcher,
    learnt: IssueWords,
    issues: Vec<Known>,
}

/// An issue as the tagger reads it.
struct Known {
    id: String,
    by: Reads,
    /// What its examples are about.
    examples: Vec<Topic>,
}

/// By what the tagger knows an issue.
enum Reads {
    /// By words learnt from statements: its row in them.
    Learnt(usize),
    /// By the meaning of the words that describe it.
    Words(Box<Subject>),
}

impl Linker {
    /// Reads the issues of a dossier with the tagger that will read the statements.
    pub(crate) fn new(dossier: &Dossier, tagger: &Tagger) -> Result<Self, TaggerError> {
        let learnt = IssueWords::new()?;
        let known = |i: &Issue| -> Result<Known, TaggerError> {
            let by = match learnt.row(&i.id) {
                Some(row) => Reads::Learnt(row),
                None => Reads::Words(Box::new(tagger.subject(&i.in_words())?)),
            };
            let examples = i.examples.iter().map(|words| tagger.topic(words)).collect::<Result<_, _>>()?;
            Ok(Known { id: i.id.clone(), by, examples })
        };
        let issues = dossier.issues.iter().map(known).collect::<Result<_, _>>()?;
        Ok(Self { words: IssueMatcher::new(dossier), learnt, issues })
    }

    /// The issues of a statement, those that it most likely takes up first. `context` is as in [`IssueMatcher::issues`].
    ///
    /// # Errors
    /// Where the tokenizer fails.
    pub(crate) fn issues(
        &self,
        tagger: &Tagger,
        content: &str,
        context: &str,
        topic: &Topic,
    ) -> Result<Vec<IssueHit>, TaggerError> {
        let mut shown = self.words.issues(content, context);
        let pieces = tagger.pieces_of(content)?;
        let mut found: Vec<(f32, IssueHit)> = Vec::new();
        for known in &self.issues {
            let by_words = shown.iter().position(|hit| hit.issue == known.id).map(|at| shown.swap_remove(at));
            let hit = by_words.unwrap_or_else(|| IssueHit {
                issue: known.id.clone(),
                by: Shown::Meaning,
                option: None,
                words: 0..0,
            });
            let like = known.examples.iter().map(|example| cosine(example, topic)).fold(0.0, f32::max);
            let example = if like >= ALIKE { EXAMPLE } else { 0.0 };
            let score = match &known.by {
                Reads::Learnt(row) => {
                    self.learnt.score(*row, &pieces) + if hit.by == Shown::Words { WORDS } else { 0.0 }
                }
                // Of an issue that a user wrote any of its words will do.
                Reads::Words(_) if hit.by != Shown::Meaning => WORDS,
                Reads::Words(subject) => UNSHOWN + subject.of(topic).max(0.0),
            };
            if score + example >= BAR {
                found.push((score, hit));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        Ok(found.into_iter().take(MOST).map(|(_, hit)| hit).collect())
    }
}

fn cosine(a: &Topic, b: &Topic) -> f32 {
    let product = |x: &Topic, y: &Topic| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
    let lengths = (product(a, a) * product(b, b)).sqrt();
    if lengths > 0.0 { product(a, b) / lengths } else { 0.0 }
}
