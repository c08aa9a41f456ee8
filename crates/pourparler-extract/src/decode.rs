//! From the encoder's scores to attributions: best label paths, then every cue takes its source and its contents.

use pourparler_text::{Byte, Span};

use crate::contents::{Evidence, contents, labels};
use crate::tagger::{Role, Scores};
use crate::told::Told;
use crate::view::{NO_LETTERS, Quoted, Window};

/// A source, a cue and a content that belong together, as the tagger sees them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attribution {
    /// The words that name the speaker, if any do.
    pub source: Vec<Span<Byte>>,
    /// The words that make it an attribution.
    pub cue: Vec<Span<Byte>>,
    /// What is said or held.
    pub content: Vec<Span<Byte>>,
    /// What the tagger's scores say of it, for [`Tagger::confidence`](crate::Tagger::confidence).
    pub signals: Signals,
    /// What the tagger tells of it beyond its spans.
    pub told: Told,
    /// Whether the content stands as it was spoken though no marks enclose it, as in a transcript.
    pub verbatim: bool,
    /// Whether it is the answer of one who is interviewed, whom no label names.
    pub asked: bool,
    /// Whether it is said in the first person inside an answer or a turn that is a statement as a whole.
    pub own_voice: bool,
}

/// Signs of an attribution's being right, from the scores that it was made of.
pub type Signals = [f32; SIGNALS];
/// How many signs there are.
pub const SIGNALS: usize = 13;
/// The first of the two that the words of the cue give, which [`read_cue`](crate::confidence::read_cue) fills in.
pub(crate) const OF_CUE: usize = 10;
/// Whether the content is a part of another cue's.
pub(crate) const WITHIN: usize = 12;

impl Attribution {
    /// Adds the content of a quotation that no cue claimed.
    pub(crate) fn take(&mut self, quotation: Attribution) {
        if self.content.is_empty() {
            for sign in OF_CONTENT {
                self.signals[sign] = quotation.signals[sign];
            }
            self.told.add(&quotation.told, 1.0);
        }
        self.content.extend(quotation.content);
    }

    /// Takes a name and a mark that print sets beside a quotation for source and cue, as sure ones.
    pub(crate) fn name_speaker(&mut self, name: Span<Byte>, mark: Span<Byte>) {
        (self.source, self.cue) = (vec![name], vec![mark]);
        for sign in OF_SPEAKER {
            self.signals[sign] = 1.0;
        }
    }
}

/// The signs that are read from the content alone.
const OF_CONTENT: [usize; 5] = [1, 3, 7, 8, 9];
/// The signs that are read from cue, source and links.
const OF_SPEAKER: [usize; 5] = [0, 2, 4, 5, 6];

/// What kind of name an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
    /// A nationality, an event, a work.
    Other,
}

/// A name in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entity {
    /// Where.
    pub span: Span<Byte>,
    /// What it is.
    pub kind: EntityKind,
}

/// How much is taken off the scores of "outside": the tagger learnt to be sure before it marks a word, and what it
/// passes over costs more than what a reader strikes out. Chosen on PolNeAR dev, as the thresholds below.
const LEAN: f32 = 1.0;
/// A source's link to a cue counts from this probability on.
const SOURCE_LINKED: f32 = 0.1;
/// A content's link to a cue counts from this probability on.
const CONTENT_LINKED: f32 = 0.4;
/// A word is the source of a cue by its link alone from this probability on.
const SOURCE_BY_LINK: f32 = 0.4;
/// A content inside another cue's content is taken from this probability of its links and this many words on.
const NESTED: f32 = 0.5;
const NESTED_WORDS: usize = 2;
/// A quotation that no cue claims stands alone from this probability and this many words on.
const ALONE: f32 = 0.8;
const ALONE_WORDS: usize = 4;

/// A run of words with one label, and how sure the path is of it (mean probability of its words).
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub words: std::ops::Range<usize>,
    pub probability: f32,
}

/// A cue with the links of every word of its window to it, as logits.
struct Cue {
    run: Run,
    sources: Vec<f32>,
    contents: Vec<f32>,
}

/// The probability that a run of words is linked, from the logits of all words.
fn linked(logits: &[f32], words: &std::ops::Range<usize>) -> f32 {
    sigmoid(logits[words.clone()].iter().sum::<f32>() / words.len() as f32)
}

/// One window's words and the scores of their first pieces.
struct Words<'a> {
    scores: &'a Scores,
    window: &'a Window,
    /// First piece of every word.
    first: Vec<usize>,
}

impl<'a> Words<'a> {
    fn new(window: &'a Window, scores: &'a Scores) -> Self {
        let first = (0..window.pieces.ids.len()).filter(|&k| window.pieces.starts[k]).collect();
        Self { scores, window, first }
    }

    fn span(&self, words: &std::ops::Range<usize>) -> Span<Byte> {
        let spans = &self.window.pieces.spans;
        let last = self.first.get(words.end).copied().unwrap_or(spans.len()) - 1;
        Span::new(spans[self.first[words.start]].start, spans[last].end)
    }

    fn paragraph(&self, word: usize) -> usize {
        self.window.paragraph[self.first[word]]
    }

    /// A word's scores of outside, begin and inside, with less for outside.
    fn leaning(&self, word: usize, role: Role) -> [f32; 3] {
        let s = self.scores.role(self.first[word], role);
        [s[0] - LEAN, s[1], s[2]]
    }

    fn runs(&self, role: Role) -> Vec<Run> {
        let scores: Vec<[f32; 3]> = (0..self.first.len()).map(|word| self.leaning(word, role)).collect();
        let path = best_path(&scores);
        let mut runs: Vec<Run> = Vec::new();
        for (word, &label) in path.iter().enumerate() {
            let p = probability(&scores[word], 0);
            match (label, runs.last_mut()) {
                (0, _) => {}
                (2, Some(run)) if run.words.end == word => {
                    run.words.end += 1;
                    run.probability += 1.0 - p;
                }
                _ => runs.push(Run { words: word..word + 1, probability: 1.0 - p }),
            }
        }
        for run in &mut runs {
            run.probability /= run.words.len() as f32;
        }
        runs
    }

    /// Whether a run holds a letter: a bracket or a dash is nobody.
    fn named(&self, run: &Run) -> bool {
        let no_letters = |w: usize| self.window.pieces.case[self.first[w]] == NO_LETTERS;
        !run.words.clone().all(no_letters)
    }

    /// The source of a cue by its links alone, where no words are tagged as one: the likeliest run of words.
    fn linked_source(&self, cue: &Cue) -> Option<(Run, f32)> {
        let p: Vec<f32> = cue.sources.iter().map(|&logit| sigmoid(logit)).collect();
        let best = (0..p.len()).max_by(|&a, &b| p[a].total_cmp(&p[b])).filter(|&w| p[w] >= SOURCE_BY_LINK)?;
        let grow = |w: &usize| p[*w] >= SOURCE_BY_LINK / 2.0 && self.paragraph(*w) == self.paragraph(best);
        let start = (0..best).rev().take_while(grow).last().unwrap_or(best);
        let end = (best + 1..p.len()).take_while(grow).last().unwrap_or(best) + 1;
        let probability = p[start..end].iter().sum::<f32>() / (end - start) as f32;
        Some((Run { words: start..end, probability }, probability))
    }

    /// The content of a cue that stands inside another's content, which the labels show as one: what its links tell.
    fn nested(&self, cue: &Cue, whole: &std::ops::Range<usize>) -> Option<(Run, f32)> {
        let own = |w: usize| cue.run.words.contains(&w);
        let p = |w: usize| if own(w) { 0.0 } else { sigmoid(cue.contents[w]) };
        let best = whole.clone().max_by(|&a, &b| p(a).total_cmp(&p(b))).filter(|&w| p(w) >= NESTED)?;
        let grow = |w: &usize| p(*w) >= NESTED / 2.0 && self.paragraph(*w) == self.paragraph(best);
        let start = (whole.start..best).rev().take_while(grow).last().unwrap_or(best);
        let end = (best + 1..whole.end).take_while(grow).last().unwrap_or(best) + 1;
        let probability = (start..end).map(p).sum::<f32>() / (end - start) as f32;
        (probability >= NESTED && end - start >= NESTED_WORDS)
            .then_some((Run { words: start..end, probability }, probability))
    }

    /// The signs by which confidence is judged; the order is that of the fitted weights.
    fn signals(&self, cue: Option<&Run>, source: Option<&(Run, f32)>, contents: &[(Run, f32)]) -> Signals {
        let least = |of: &dyn Fn(&(Run, f32)) -> f32| contents.iter().map(of).fold(1.0, f32::min);
        let content = |word: usize, label: usize| probability(self.scores.role(self.first[word], Role::Content), label);
        let edges = |run: &Run| {
            let after = Some(run.words.end).filter(|&w| w < self.first.len());
            content(run.words.start, 1) * (1.0 - after.map_or(0.0, |w| content(w, 2)))
        };
        let words: usize = contents.iter().map(|(run, _)| run.words.len()).sum();
        let quoted = contents
            .iter()
            .flat_map(|(run, _)| run.words.clone())
            .filter(|&w| self.window.pieces.quoted[self.first[w]] != Quoted::Outside)
            .count();
        [
            cue.map_or(0.0, |run| run.probability),
            least(&|(run, _)| run.probability),
            least(&|(_, link)| *link),
            least(&|(run, _)| edges(run)),
            source.map_or(0.0, |(run, _)| run.probability),
            source.map_or(0.0, |(_, link)| *link),
            f32::from(source.is_some()),
            quoted as f32 / words.max(1) as f32,
            (words.max(1) as f32).ln(),
            contents.len() as f32,
            0.0,
            0.0,
            0.0,
        ]
    }

    /// What the words of cue and contents tell of their statement: the mean of each part.
    fn told(&self, cue: Option<&Run>, contents: &[(Run, f32)]) -> Told {
        let mut told = Told::default();
        let mut read = |words: Vec<usize>, role: Role| {
            let share = 1.0 / words.len().max(1) as f32;
            words.iter().for_each(|&word| told.add(&self.scores.told(self.first[word], role), share));
        };
        read(cue.map_or_else(Vec::new, |run| run.words.clone().collect()), Role::Cue);
        read(contents.iter().flat_map(|(run, _)| run.words.clone()).collect(), Role::Content);
        told
    }

    fn cue(&self, run: Run) -> Cue {
        let links = |role: Role| {
            let of = |&word: &usize| {
                let sum: f32 = run.words.clone().map(|c| self.scores.link(self.first[c], word, role)).sum();
                sum / run.words.len() as f32
            };
            self.first.iter().map(of).collect()
        };
        Cue { sources: links(Role::Source), contents: links(Role::Content), run }
    }

    fn contents(&self, cues: &[Cue]) -> Vec<(Run, Option<usize>)> {
        let evidence = |word| Evidence {
            label: labels(self.leaning(word, Role::Content)),
            links: cues.iter().map(|cue| sigmoid(cue.contents[word])).collect(),
        };
        contents(&(0..self.first.len()).map(evidence).collect::<Vec<_>>())
    }
}

/// Runs that touch are one: a name that begins anew inside its title's phrase.
fn joined(runs: Vec<Run>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for run in runs {
        match out.last_mut() {
            Some(last) if last.words.end == run.words.start => {
                last.probability = last.probability.min(run.probability);
                last.words.end = run.words.end;
            }
            _ => out.push(run),
        }
    }
    out
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

pub(crate) fn probability(scores: &[f32], label: usize) -> f32 {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = scores.iter().map(|s| (s - top).exp()).sum();
    (scores[label] - top).exp() / sum
}

/// The best path through outside (0), begin (1), inside (2), where inside follows begin or inside only.
fn best_path(scores: &[[f32; 3]]) -> Vec<usize> {
    // Before the first word everything is outside.
    let mut best = [0.0, f32::MIN / 2.0, f32::MIN / 2.0];
    let mut back: Vec<[usize; 3]> = Vec::with_capacity(scores.len());
    for s in scores {
        let any = (0..3).fold(0, |a, b| if best[b] > best[a] { b } else { a });
        let within = if best[2] > best[1] { 2 } else { 1 };
        back.push([any, any, within]);
        best = [best[any] + s[0], best[any] + s[1], best[within] + s[2]];
    }
    let mut label = (0..3).fold(0, |a, b| if best[b] > best[a] { b } else { a });
    let mut path = vec![0; scores.len()];
    for i in (0..scores.len()).rev() {
        path[i] = label;
        label = back[i][label];
    }
    path
}

/// The attributions of one window, in the order of their first words; cues without content are among them, which may find it
/// in another window.
#[must_use]
pub fn attributions(window: &Window, scores: &Scores) -> Vec<Attribution> {
    let words = Words::new(window, scores);
    let cues: Vec<Cue> = words.runs(Role::Cue).into_iter().map(|run| words.cue(run)).collect();
    let mut sources = joined(words.runs(Role::Source));
    sources.retain(|run| words.named(run));
    let mut contents: Vec<Vec<(Run, f32)>> = vec![Vec::new(); cues.len()];
    let mut out = Vec::new();
    let mut all = Vec::new();
    for (run, owner) in words.contents(&cues) {
        all.push(run.words.clone());
        let owner = owner.map(|cue| (cue, linked(&cues[cue].contents, &run.words)));
        match owner.filter(|(_, link)| *link >= CONTENT_LINKED) {
            Some((cue, link)) => contents[cue].push((run, link)),
            None if stands_alone(&words, &run) => {
                let content = vec![words.span(&run.words)];
                let run = [(run, 0.0)];
                out.push(Attribution {
                    content,
                    told: words.told(None, &run),
                    signals: words.signals(None, None, &run),
                    ..Attribution::default()
                });
            }
            None => {}
        }
    }
    for (cue, mut contents) in cues.iter().zip(contents) {
        let mut within = false;
        if contents.is_empty()
            && let Some(whole) = all.iter().find(|w| w.start <= cue.run.words.start && cue.run.words.end <= w.end)
        {
            contents.extend(words.nested(cue, whole));
            within = !contents.is_empty();
        }
        let tagged = sources
            .iter()
            .map(|run| (run.clone(), linked(&cue.sources, &run.words)))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .filter(|(_, link)| *link >= SOURCE_LINKED);
        let source = tagged.or_else(|| words.linked_source(cue).filter(|(run, _)| words.named(run)));
        let mut signals = words.signals(Some(&cue.run), source.as_ref(), &contents);
        signals[WITHIN] = f32::from(within);
        out.push(Attribution {
            source: source.iter().map(|(run, _)| words.span(&run.words)).collect(),
            cue: vec![words.span(&cue.run.words)],
            content: contents.iter().map(|(run, _)| words.span(&run.words)).collect(),
            signals,
            told: words.told(Some(&cue.run), &contents),
            verbatim: false,
            asked: false,
            own_voice: false,
        });
    }
    out.sort_by_key(|a| a.source.iter().chain(&a.cue).chain(&a.content).map(|s| s.start).min());
    out
}

/// Whether a content with no cue is a whole quotation.
fn stands_alone(words: &Words, run: &Run) -> bool {
    run.probability >= ALONE
        && run.words.len() >= ALONE_WORDS
        && run.words.clone().all(|w| words.window.pieces.quoted[words.first[w]] != Quoted::Outside)
}

/// The names in one window.
#[must_use]
pub fn entities(window: &Window, scores: &Scores) -> Vec<Entity> {
    let words = Words::new(window, scores);
    let mut out: Vec<(EntityKind, std::ops::Range<usize>)> = Vec::new();
    for (word, &piece) in words.first.iter().enumerate() {
        let s = scores.entity(piece);
        let label = (0..s.len()).fold(0, |a, b| if s[b] > s[a] { b } else { a });
        let Some(kind) = label
            .checked_sub(1)
            .map(|l| [EntityKind::Person, EntityKind::Organisation, EntityKind::Place, EntityKind::Other][l / 2])
        else {
            continue;
        };
        let begins = label % 2 == 1;
        match out.last_mut() {
            Some((k, run))
                if *k == kind && run.end == word && !begins && words.paragraph(word) == words.paragraph(word - 1) =>
            {
                run.end += 1;
            }
            _ => out.push((kind, word..word + 1)),
        }
    }
    out.into_iter().map(|(kind, run)| Entity { span: words.span(&run), kind }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_needs_a_beginning() {
        // "inside" scores best everywhere, yet a path has to begin first
        let scores = [[0.0, -1.0, 5.0], [0.0, 1.0, 5.0], [0.0, -1.0, 5.0], [3.0, 0.0, 0.0]];
        assert_eq!(best_path(&scores), [1, 2, 2, 0]);
        assert_eq!(best_path(&[]), Vec::<usize>::new());
        assert_eq!(best_path(&[[2.0, 1.0, 9.0]]), [0]);
    }

    #[test]
    fn neighbours_can_begin_anew() {
        let scores = [[0.0, 4.0, 0.0], [0.0, 4.0, 1.0], [0.0, 0.0, 4.0]];
        assert_eq!(best_path(&scores), [1, 1, 2]);
    }
}
