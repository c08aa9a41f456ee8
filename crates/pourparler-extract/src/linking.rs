//! Which issues a statement takes up: by the dossier's words, by what was learnt of the built-in issues, by what the rest of its
//! article is about, and by how near its meaning stands to that of an issue that a user wrote.

use std::collections::BTreeSet;

use pourparler_dossier::{Dossier, Issue, IssueHit, IssueMatcher};
use pourparler_text::Shown;

use crate::issue_words::IssueWords;
use crate::reader::{Reader, Reading};
use crate::tagger::{Tagger, TaggerError};
use crate::told::{Subject, Topic};
use crate::view::Lines;

/// From this score on a statement takes up an issue: where the reader is asked, and where it is not. The weights below are those of a
/// logistic regression on the corpus's train part (`docs/measurements.md`, *Acts, stances, issues*), what it takes off in all being part of
/// the bar; the reader's own weight and its bar were chosen on dev.
const READ_BAR: f32 = -1.3;
const BAR: f32 = -0.17;
/// So much lower is the bar where the dossier's words stand in the content, and where its weak words do or words around it: of issues that
/// train hardly has, little was learnt but that they are rare; and what words show, a reader can see.
const BY_WORDS: f32 = 1.6;
const BY_WEAK_WORDS: f32 = 0.6;
/// What the reader's score weighs.
const READ: f32 = 0.5;
/// What single learnt words of the content weigh, and those of its whole paragraph.
const LEARNT: f32 = 0.54;
const LEARNT_AROUND: f32 = 0.32;
/// What it adds that the dossier's words stand in the content, that only its weak words do or the words around a content that
/// points back, and that they stand in the paragraph.
const WORDS: f32 = 1.12;
const WEAK: f32 = 0.76;
const PARAGRAPH: f32 = 1.20;
/// What the title adds, and the first paragraph. This and what follows count only where the content's words show no other issue: one that
/// says what it is about is not about what the rest is.
const TITLE: f32 = 0.63;
const LEAD: f32 = 0.74;
/// What it weighs which share of the article's other statements show the issue by their words, and that the one before does.
const ARTICLE: f32 = 3.53;
const BEFORE: f32 = 0.56;
/// Weak words are half a sign.
const HALF: f32 = 0.5;
/// What any of its words adds to the score of an issue that a user wrote.
const OWN_WORDS: f32 = 3.0;
/// The score of an issue that nothing was learnt of and no word shows: by its meaning alone it has to be plain.
const UNSHOWN: f32 = -4.0;
/// From this score on a statement takes up an issue that a user wrote.
const OWN_BAR: f32 = -1.25;
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

    /// The issues of each of an article's statements, which come in its order; those first that it most likely takes up. `lead` is
    /// the first paragraph.
    ///
    /// # Errors
    /// Where the tokenizer fails.
    pub(crate) fn issues(
        &self,
        lines: &mut Lines,
        title: &str,
        lead: &str,
        passages: &[Passage],
    ) -> Result<Vec<Vec<IssueHit>>, TaggerError> {
        let shown: Vec<_> = passages.iter().map(|p| self.words.issues(p.content, &p.context)).collect();
        let learnt = self.issues.iter().any(|known| matches!(known.by, Reads::Learnt(_)));
        let mut around = if learnt { Around::read(self, lines, title, lead, passages)? } else { Around::default() };
        around.named = shown.iter().map(|hits| hits.iter().filter(|hit| hit.by == Shown::Words).count()).collect();
        let bar = if passages.iter().any(|p| p.reading.is_some()) { READ_BAR } else { BAR };
        let mut found: Vec<Vec<(f32, IssueHit)>> = vec![Vec::new(); passages.len()];
        for known in &self.issues {
            let hits: Vec<Option<&IssueHit>> =
                shown.iter().map(|hits| hits.iter().find(|hit| hit.issue == known.id)).collect();
            let (scores, bar) = match &known.by {
                Reads::Learnt(row) => (self.of_learnt(*row, &known.id, passages, &hits, &around), bar),
                Reads::Words(subject) => {
                    // Of an issue that a user wrote any of its words will do.
                    let score = |(hit, passage): (&Option<&IssueHit>, &Passage)| match hit {
                        Some(_) => OWN_WORDS,
                        None => UNSHOWN + subject.of(passage.topic).max(0.0),
                    };
                    (hits.iter().zip(passages).map(score).collect(), OWN_BAR)
                }
            };
            for (at, score) in scores.into_iter().enumerate() {
                let like = known.examples.iter().map(|example| cosine(example, passages[at].topic)).fold(0.0, f32::max);
                let example = if like >= ALIKE { EXAMPLE } else { 0.0 };
                let shown = match (&known.by, hits[at]) {
                    (Reads::Learnt(_), Some(hit)) if hit.by == Shown::Words => BY_WORDS,
                    (Reads::Learnt(_), Some(_)) => BY_WEAK_WORDS,
                    _ => 0.0,
                };
                if score + example + shown >= bar {
                    let by_meaning =
                        || IssueHit { issue: known.id.clone(), by: Shown::Meaning, option: None, words: 0..0 };
                    found[at].push((score, hits[at].cloned().unwrap_or_else(by_meaning)));
                }
            }
        }
        let sorted = |mut hits: Vec<(f32, IssueHit)>| {
            hits.sort_by(|a, b| b.0.total_cmp(&a.0));
            hits.into_iter().take(MOST).map(|(_, hit)| hit).collect()
        };
        Ok(found.into_iter().map(sorted).collect())
    }

    /// How far each statement takes up a built-in issue, seen with the rest of its article.
    fn of_learnt(
        &self,
        row: usize,
        issue: &str,
        passages: &[Passage],
        hits: &[Option<&IssueHit>],
        around: &Around,
    ) -> Vec<f32> {
        let shown = |hit: &Option<&IssueHit>| match hit {
            Some(hit) if hit.by == Shown::Words => 1.0,
            Some(_) => HALF,
            None => 0.0,
        };
        let shown: Vec<f32> = hits.iter().map(shown).collect();
        let all: f32 = shown.iter().sum();
        let others = hits.len().saturating_sub(1).max(1) as f32;
        let has = |issues: &[String]| f32::from(issues.iter().any(|i| i == issue));
        let whole = TITLE * has(&around.title) + LEAD * has(&around.lead);
        let about_another = |at: usize| around.named[at] > 0 && shown[at] < 1.0;
        let score = |(at, passage): (usize, &Passage)| {
            let (paragraph, in_paragraph) = &around.paragraphs[around.paragraph[at]];
            let words = match hits[at] {
                Some(hit) if hit.by == Shown::Words => WORDS,
                Some(_) => WEAK,
                None => 0.0,
            };
            let rest = match about_another(at) {
                true => 0.0,
                false => {
                    let before = at.checked_sub(1).map_or(0.0, |before| shown[before]);
                    whole + ARTICLE * (all - shown[at]) / others + BEFORE * before
                }
            };
            LEARNT * self.learnt.score(row, &around.contents[at])
                + LEARNT_AROUND * self.learnt.score(row, paragraph)
                + words
                + PARAGRAPH * has(in_paragraph)
                + rest
                + passage
                    .reading
                    .and_then(|(reader, reading)| reader.takes_up(reading, issue))
                    .map_or(0.0, |read| READ * read)
        };
        passages.iter().enumerate().map(score).collect()
    }
}

/// A statement of an article, as its issues are sought.
pub(crate) struct Passage<'a> {
    /// What is said.
    pub content: &'a str,
    /// Its pieces, each once.
    pub pieces: &'a BTreeSet<i32>,
    /// As in [`IssueMatcher::issues`].
    pub context: String,
    /// The paragraph in which it is said, and which one that is.
    pub paragraph: &'a str,
    pub line: usize,
    /// What the tagger takes it to be about.
    pub topic: &'a Topic,
    /// What the reader makes of the statement, where there is one.
    pub reading: Option<(&'a Reader, &'a Reading)>,
}

/// What stands around the statements of an article.
#[derive(Default)]
struct Around {
    /// The learnt words of each content, as their columns.
    contents: Vec<BTreeSet<usize>>,
    /// Those of each paragraph that has statements, and the issues that the dossier's words show in it.
    paragraphs: Vec<(BTreeSet<usize>, Vec<String>)>,
    /// The paragraph of each statement.
    paragraph: Vec<usize>,
    /// How many issues the words of each content show.
    named: Vec<usize>,
    /// Issues that the title's words show, and the first paragraph's.
    title: Vec<String>,
    lead: Vec<String>,
}

impl Around {
    fn read(
        linker: &Linker,
        lines: &mut Lines,
        title: &str,
        lead: &str,
        passages: &[Passage],
    ) -> Result<Self, TaggerError> {
        let shown = |text: &str, any: bool| -> Vec<String> {
            let hits = linker.words.issues(text, "").into_iter();
            hits.filter(|hit| any || hit.by == Shown::Words).map(|hit| hit.issue).collect()
        };
        let mut around = Self { title: shown(title, true), lead: shown(lead, true), ..Self::default() };
        let mut last = None;
        for passage in passages {
            if last != Some(passage.line) {
                let view = lines.view(passage.line)?;
                let columns = linker.learnt.columns(view.iter().flat_map(|view| view.ids.iter().copied()));
                around.paragraphs.push((columns, shown(passage.paragraph, false)));
                last = Some(passage.line);
            }
            around.paragraph.push(around.paragraphs.len() - 1);
            around.contents.push(linker.learnt.columns(passage.pieces.iter().copied()));
        }
        Ok(around)
    }
}

fn cosine(a: &Topic, b: &Topic) -> f32 {
    let product = |x: &Topic, y: &Topic| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
    let lengths = (product(a, a) * product(b, b)).sqrt();
    if lengths > 0.0 { product(a, b) / lengths } else { 0.0 }
}
