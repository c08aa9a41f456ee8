//! Which issues a statement takes up.
//!
//! An issue is shown by its words. Words that stand inside a longer phrase of another issue do not count (*arms* in
//! *arms embargo*), weak words
//! count, for one issue, only where a statement shows no other, and what remains is ordered by how
//! much is said: longer phrases and more of them come first. A short statement that only points back (*it cannot
//! allow that to happen*) may take one issue from the words around it.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use aho_corasick::AhoCorasick;
use pourparler_text::Shown;

use crate::Dossier;
use crate::phrase::{Folded, Needle, Phrase};

/// More issues than this are listed by hardly any statement; what lies beyond are words in passing.
const MOST: usize = 3;
/// A statement of more words than this says what it is about.
const SHORT: usize = 12;
/// One of no more words than this points back even without a pronoun (*“Absolutely not”*).
const TERSE: usize = 3;
const POINTING: [&str; 8] = ["it", "this", "that", "these", "those", "such", "so", "them"];

/// An issue that a statement takes up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueHit {
    /// The issue's id.
    pub issue: String,
    /// What shows it.
    pub by: Shown,
    /// The id of the option that the statement names.
    pub option: Option<String>,
    /// The bytes of the content that show it; all of it where the words around the content do.
    pub words: Range<usize>,
}

/// Finds the issues of a dossier in statements.
#[derive(Debug)]
pub struct IssueMatcher {
    issues: Vec<Known>,
    rules: Vec<Rule>,
    needles: Vec<Needle>,
    /// For each needle, the rules whose first part it may fulfil, so that the others need not be tried.
    opens: Vec<Vec<usize>>,
    finder: AhoCorasick,
}

#[derive(Debug)]
struct Known {
    id: String,
    options: Vec<String>,
    /// Needles of phrases that do not mean it.
    not: Vec<usize>,
}

/// One entry of an issue's words, by the numbers of its needles.
#[derive(Debug)]
struct Rule {
    issue: usize,
    option: Option<usize>,
    weak: bool,
    parts: Vec<Vec<usize>>,
}

/// A rule that a text fulfils.
struct Sighting<'a> {
    rule: &'a Rule,
    range: Range<usize>,
    /// How much of the text shows it, in words.
    weight: usize,
}

impl IssueMatcher {
    /// A matcher for the issues of a dossier. Words that are not well-formed are left out; `Dossier::problems`
    /// names them.
    #[must_use]
    pub fn new(dossier: &Dossier) -> Self {
        let mut needles = Needles::default();
        let (mut issues, mut rules) = (Vec::new(), Vec::<Rule>::new());
        for (issue, i) in dossier.issues.iter().enumerate() {
            let named = i.words.iter().map(|w| (w, None, false)).chain(i.weak.iter().map(|w| (w, None, true)));
            let chosen = i.options.iter().enumerate();
            let chosen = chosen.flat_map(|(n, o)| o.words.iter().map(move |w| (w, Some(n), false)));
            for (written, option, weak) in named.chain(chosen) {
                if let Some(phrase) = Phrase::parse(written) {
                    let parts = phrase.parts.into_iter().map(|p| needles.numbers(p)).collect();
                    rules.push(Rule { issue, option, weak, parts });
                }
            }
            let not = i.not.iter().filter_map(|n| Phrase::parse(n)).flat_map(|p| p.parts).flatten();
            let not = needles.numbers(not.collect());
            issues.push(Known { id: i.id.clone(), options: i.options.iter().map(|o| o.id.clone()).collect(), not });
        }
        let needles = needles.all;
        // Building fails only where the words together need more than 2^31 states: gigabytes of words.
        let finder = AhoCorasick::new(needles.iter().map(Needle::head)).expect("the words fit into an automaton");
        let mut opens = vec![Vec::new(); needles.len()];
        for (i, rule) in rules.iter().enumerate() {
            for &needle in rule.parts.first().into_iter().flatten() {
                opens[needle].push(i);
            }
        }
        Self { issues, rules, needles, opens, finder }
    }

    /// The issues that a statement takes up, best first. `context` is what stands around it, a
    /// line each, nearest first (its sentence, then the headline): where a short content only points back, one issue
    /// is taken from the first line that shows any.
    #[must_use]
    pub fn issues(&self, content: &str, context: &str) -> Vec<IssueHit> {
        let folded = Folded::new(content);
        let (weak, strong): (Vec<_>, Vec<_>) = self.shown(&folded).into_iter().partition(|s| s.rule.weak);
        let place = |range: &Range<usize>| folded.original(range);
        if !strong.is_empty() {
            return self.ranked(strong, MOST, Shown::Words, place);
        }
        if !weak.is_empty() {
            return self.ranked(weak, 1, Shown::Weak, place);
        }
        if !points_back(&folded.text) {
            return Vec::new();
        }
        let mut around = context.lines().map(|line| {
            let mut shown = self.shown(&Folded::new(line));
            shown.retain(|s| !s.rule.weak);
            self.ranked(shown, 1, Shown::Around, |_| 0..content.len())
        });
        around.find(|hits| !hits.is_empty()).unwrap_or_default()
    }

    /// Every rule that the text fulfils outside the phrases that mean something else.
    fn shown(&self, text: &Folded) -> Vec<Sighting<'_>> {
        let found = self.find(text);
        let all = |needle: &usize| found.get(needle).map_or(&[][..], Vec::as_slice);
        let mut shown: Vec<_> = Vec::new();
        let opened: BTreeSet<_> = found.keys().filter_map(|&needle| self.opens.get(needle)).flatten().collect();
        for rule in opened.into_iter().filter_map(|&i| self.rules.get(i)) {
            let not = self.issues.get(rule.issue).map_or(&[][..], |i| &i.not);
            let meant = |r: &&Range<usize>| !not.iter().flat_map(all).any(|n| n.start < r.end && r.start < n.end);
            let first = |part: &Vec<usize>| {
                let ranges = part.iter().flat_map(all).filter(meant);
                ranges.min_by_key(|r| (r.start, std::cmp::Reverse(r.end))).cloned()
            };
            if let Some(ranges) = rule.parts.iter().map(first).collect::<Option<Vec<_>>>() {
                let words = |r: &Range<usize>| text.text.get(r.clone()).map_or(0, |s| s.split(' ').count());
                let weight = ranges.iter().map(words).sum();
                shown.extend(ranges.into_iter().next().map(|range| Sighting { rule, range, weight }));
            }
        }
        let longer = |a: &Sighting<'_>, b: &Sighting<'_>| {
            let (a, b, other) = (&a.range, &b.range, a.rule.issue != b.rule.issue);
            other && a.start <= b.start && b.end <= a.end && a.len() > b.len()
        };
        let inside: Vec<bool> =
            shown.iter().map(|s| s.rule.parts.len() == 1 && shown.iter().any(|l| longer(l, s))).collect();
        let mut inside = inside.into_iter();
        shown.retain(|_| !inside.next().unwrap_or(false));
        shown
    }

    /// Where each needle stands as a word or words of its own.
    fn find(&self, text: &Folded) -> HashMap<usize, Vec<Range<usize>>> {
        let mut found: HashMap<usize, Vec<Range<usize>>> = HashMap::new();
        for hit in self.finder.find_overlapping_iter(&text.text) {
            let number = hit.pattern().as_usize();
            let Some(needle) = self.needles.get(number) else { continue };
            if let Some(end) = needle.ends(text, hit.start()) {
                found.entry(number).or_default().push(hit.start()..end);
            }
        }
        found
    }

    fn ranked(
        &self,
        shown: Vec<Sighting<'_>>,
        most: usize,
        by: Shown,
        place: impl Fn(&Range<usize>) -> Range<usize>,
    ) -> Vec<IssueHit> {
        let mut by_issue: Vec<(usize, Vec<Sighting<'_>>)> = Vec::new();
        for s in shown {
            match by_issue.iter_mut().find(|(issue, _)| *issue == s.rule.issue) {
                Some((_, same)) => same.push(s),
                None => by_issue.push((s.rule.issue, vec![s])),
            }
        }
        let start = |shown: &[Sighting<'_>]| shown.iter().map(|s| s.range.start).min();
        let weight = |shown: &[Sighting<'_>]| shown.iter().map(|s| s.weight).sum::<usize>();
        by_issue.sort_by_key(|(_, shown)| (std::cmp::Reverse(weight(shown)), start(shown)));
        by_issue
            .iter()
            .take(most)
            .filter_map(|(issue, shown)| {
                let known = self.issues.get(*issue)?;
                let heaviest = |s: &&Sighting<'_>| (s.weight, std::cmp::Reverse(s.range.start));
                let option = shown.iter().filter(|s| s.rule.option.is_some()).max_by_key(heaviest);
                Some(IssueHit {
                    issue: known.id.clone(),
                    by,
                    option: option.and_then(|s| known.options.get(s.rule.option?).cloned()),
                    words: place(&shown.iter().max_by_key(heaviest)?.range),
                })
            })
            .collect()
    }
}

/// Whether the words say little by themselves and point at something said before.
fn points_back(folded: &str) -> bool {
    let words: Vec<_> = folded.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).collect();
    // A *that* which only opens the clause points at nothing.
    let clause = if words.first() == Some(&"that") { &words[1..] } else { &words[..] };
    !clause.is_empty()
        && (clause.len() <= TERSE || clause.len() <= SHORT && clause.iter().any(|w| POINTING.contains(w)))
}

/// Needles, each once.
#[derive(Default)]
struct Needles {
    all: Vec<Needle>,
    index: HashMap<Needle, usize>,
}

impl Needles {
    fn numbers(&mut self, needles: Vec<Needle>) -> Vec<usize> {
        let mut number = |needle: Needle| {
            *self.index.entry(needle.clone()).or_insert_with(|| {
                self.all.push(needle);
                self.all.len() - 1
            })
        };
        needles.into_iter().map(&mut number).collect()
    }
}
