//! Which words are content, and of which cue: both are found by one search, since what belongs to different cues is
//! different content even where the words touch.
//!
//! The search is Viterbi's over the states "outside", "begins content of cue c" and "goes on with content of cue c", with one
//! more owner that is nobody, for quotations whose cue stands in another window.

use crate::decode::{Run, probability};

/// What a word's links weigh beside its own label, both as logarithms of probabilities.
const LINKS: f32 = 0.3;
/// What it costs to pass from one cue's content to another's with no new beginning.
const SWITCH: f32 = 3.0;
/// A probability below this counts as this: no single word decides.
const LEAST: f32 = 1e-6;

/// For one word: its label's probabilities (outside, begin, inside), and for each cue that it is content of that cue.
pub(crate) struct Evidence {
    pub label: [f32; 3],
    pub links: Vec<f32>,
}

/// Runs of content with the number of the cue that owns each, or none.
pub(crate) fn contents(words: &[Evidence]) -> Vec<(Run, Option<usize>)> {
    let Some(cues) = words.first().map(|word| word.links.len()) else { return Vec::new() };
    let mut runs: Vec<(Run, Option<usize>)> = Vec::new();
    let mut before = None;
    for (at, &state) in best_path(words, cues).iter().enumerate() {
        let State::Content { owner, begins } = state else {
            before = None;
            continue;
        };
        let within = 1.0 - words[at].label[0];
        match runs.last_mut() {
            Some((run, _)) if !begins && before == Some(owner) => {
                run.words.end += 1;
                run.probability += within;
            }
            _ => runs.push((Run { words: at..at + 1, probability: within }, Some(owner).filter(|&o| o < cues))),
        }
        before = Some(owner);
    }
    for (run, _) in &mut runs {
        run.probability /= run.words.len() as f32;
    }
    runs
}

/// What a word is on a path. The owner after the last cue is nobody.
#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Outside,
    Content { owner: usize, begins: bool },
}

impl State {
    /// States in a row: outside, then begin and inside of each owner.
    fn of(number: usize) -> Self {
        match number {
            0 => Self::Outside,
            _ => Self::Content { owner: (number - 1) / 2, begins: number % 2 == 1 },
        }
    }
}

fn best_path(words: &[Evidence], cues: usize) -> Vec<State> {
    let states = 1 + 2 * (cues + 1);
    // Before the first word everything is outside.
    let mut best = vec![f32::MIN / 2.0; states];
    best[0] = 0.0;
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(words.len());
    for word in words {
        let log = |p: f32| p.max(LEAST).ln();
        let top = word.links.iter().copied().fold(0.0, f32::max);
        let nobodys = LINKS * log(1.0 - top);
        let any = highest(&best, 0);
        let content = highest(&best, 1);
        let (mut next, mut from) = (vec![0.0; states], vec![any; states]);
        next[0] = best[any] + log(word.label[0]) + nobodys;
        for owner in 0..=cues {
            let link = word.links.get(owner).map_or(nobodys, |&p| LINKS * log(p));
            let (begin, inside) = (1 + 2 * owner, 2 + 2 * owner);
            let own = if best[inside] >= best[begin] { inside } else { begin };
            let (score, previous) = match best[content] - SWITCH {
                other if other > best[own] => (other, content),
                _ => (best[own], own),
            };
            next[begin] = best[any] + log(word.label[1]) + link;
            next[inside] = score + log(word.label[2]) + link;
            from[inside] = previous;
        }
        best = next;
        back.push(from);
    }
    let mut state = highest(&best, 0);
    let mut path = vec![State::Outside; words.len()];
    for (place, from) in path.iter_mut().zip(&back).rev() {
        *place = State::of(state);
        state = from[state];
    }
    path
}

/// The first of the highest scores from `start` on.
fn highest(scores: &[f32], start: usize) -> usize {
    (start..scores.len()).fold(start, |a, b| if scores[b] > scores[a] { b } else { a })
}

/// Label probabilities of a word from its scores.
pub(crate) fn labels(scores: [f32; 3]) -> [f32; 3] {
    std::array::from_fn(|label| probability(&scores, label))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGIN: [f32; 3] = [0.05, 0.9, 0.05];
    const INSIDE: [f32; 3] = [0.05, 0.05, 0.9];
    const OUTSIDE: [f32; 3] = [0.9, 0.05, 0.05];

    fn found(words: &[([f32; 3], &[f32])]) -> Vec<(std::ops::Range<usize>, Option<usize>)> {
        let words: Vec<_> = words.iter().map(|&(label, links)| Evidence { label, links: links.to_vec() }).collect();
        contents(&words).into_iter().map(|(run, owner)| (run.words, owner)).collect()
    }

    #[test]
    fn words_of_two_cues_part_where_the_links_change() {
        let (first, second): (&[f32], &[f32]) = (&[0.99, 0.01], &[0.01, 0.99]);
        let words =
            [(BEGIN, first), (INSIDE, first), (INSIDE, first), (INSIDE, second), (INSIDE, second), (INSIDE, second)];
        assert_eq!(found(&words), [(0..3, Some(0)), (3..6, Some(1))]);
    }

    #[test]
    fn one_wavering_word_parts_nothing() {
        let (first, second): (&[f32], &[f32]) = (&[0.99, 0.01], &[0.4, 0.6]);
        let words = [(BEGIN, first), (INSIDE, first), (INSIDE, second), (INSIDE, first)];
        assert_eq!(found(&words), [(0..4, Some(0))]);
    }

    #[test]
    fn content_of_no_cue_is_nobodys() {
        let words = [(OUTSIDE, &[0.1][..]), (BEGIN, &[0.001]), (INSIDE, &[0.001])];
        assert_eq!(found(&words), [(1..3, None)]);
        assert_eq!(found(&[(BEGIN, &[]), (INSIDE, &[]), (OUTSIDE, &[])]), [(0..2, None)]);
        assert_eq!(found(&[]), []);
    }

    #[test]
    fn inside_needs_a_beginning() {
        let words = [(INSIDE, &[0.9][..]), (INSIDE, &[0.9])];
        assert_eq!(found(&words), [(0..2, Some(0))]);
    }
}
