//! How good statements are beside gold: the measures of `score_statements.py`, to the last digit.
//!
//! A predicted statement is matched with a gold one, one to one and best first, where the words of their contents
//! overlap by half (Jaccard). The other measures ask what is right about the pairs.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use caseless::Caseless;
use pourparler_text::{CodePoint, Position, Span, SpeakerKind, Statement};
use regex::Regex;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// A word, as Python's `\w+` has it: letters, numbers and the underscore.
static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").expect("the pattern is well-formed"));

/// Words before a name that are no part of it.
const TITLES: [&str; 17] = [
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "president",
    "minister",
    "prime",
    "foreign",
    "the",
    "of",
    "lord",
    "general",
    "gen",
    "senator",
    "sen",
    "rep",
];

/// Where the words of a text begin, in code points.
pub struct Words(Vec<usize>);

impl Words {
    /// Finds the words of a text.
    pub fn of(text: &str) -> Self {
        let (mut byte, mut point) = (0, 0);
        let starts = WORD.find_iter(text).map(|m| {
            point += text[byte..m.start()].chars().count();
            byte = m.start();
            point
        });
        Self(starts.collect())
    }

    /// The words that begin inside the spans.
    fn inside(&self, spans: &[Span<CodePoint>]) -> BTreeSet<usize> {
        spans.iter().flat_map(|s| &self.0[self.before(s.start)..self.before(s.end)]).copied().collect()
    }

    fn before(&self, offset: usize) -> usize {
        self.0.partition_point(|&w| w < offset)
    }
}

/// A name's words, without case and accents.
fn fold(name: &str) -> Vec<String> {
    let plain: String = name.nfkd().filter(|&c| canonical_combining_class(c) == 0).default_case_fold().collect();
    WORD.find_iter(&plain).map(|m| m.as_str().to_owned()).filter(|w| w != "s").collect()
}

/// Whether two names mean the same: equal, or one the other's initials, or with equal last words and nothing that
/// contradicts. Words of the gold party in a name only repeat it and do not count.
fn same_name(a: Option<&str>, b: Option<&str>, party: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a.filter(|n| !n.is_empty()), b.filter(|n| !n.is_empty())) else {
        return a.unwrap_or_default() == b.unwrap_or_default();
    };
    let (fa, fb) = (fold(a), fold(b));
    if fa == fb {
        return true;
    }
    if a.contains(" and ") || b.contains(" and ") {
        let parts = |names: &str| -> BTreeSet<Vec<String>> {
            names
                .split(" and ")
                .flat_map(|n| n.split(", "))
                .map(|n| fold(n).into_iter().filter(|w| w != "the").collect())
                .collect()
        };
        return parts(a) == parts(b);
    }
    if short_for(&fa, &fb) {
        return true;
    }
    let stem = |w: &str| w.chars().take(5).collect::<String>();
    let of_party: BTreeSet<String> = party.map(fold).unwrap_or_default().iter().map(|w| stem(w)).collect();
    let bare = |words: Vec<String>| -> Vec<String> {
        let kept: Vec<String> =
            words.iter().filter(|w| !TITLES.contains(&w.as_str()) && !of_party.contains(&stem(w))).cloned().collect();
        if kept.is_empty() { words } else { kept }
    };
    let (fa, fb) = (bare(fa), bare(fb));
    if fa.is_empty() || fb.is_empty() || fa.last() != fb.last() {
        return false;
    }
    let (short, long) = if fb.len() < fa.len() { (fb, fa) } else { (fa, fb) };
    let initial = |w: &String| w.chars().count() == 1;
    short.iter().all(|w| long.contains(w) || initial(w) && long.iter().any(|x| x.starts_with(w.as_str())))
}

fn initials(words: &[String]) -> String {
    words
        .iter()
        .filter(|w| !["of", "the", "and", "for"].contains(&w.as_str()))
        .filter_map(|w| w.chars().next())
        .collect()
}

/// Whether one is the other's initials, with or without words in common after them: *UN Security Council*.
fn short_for(a: &[String], b: &[String]) -> bool {
    [(a, b), (b, a)].into_iter().any(|(x, y)| {
        (1..=x.len()).any(|k| {
            let (head, tail) = x.split_at(k);
            y.len().checked_sub(tail.len()).is_some_and(|cut| {
                let (long, rest) = y.split_at(cut);
                head.concat() == initials(long) && tail == rest
            })
        })
    })
}

/// Whether two parties are the same. A body that speaks for itself may have its own name or none.
fn same_party(gold: Option<&str>, predicted: Option<&str>, body: Option<&str>) -> bool {
    let fold = |n: Option<&str>| n.map(fold).unwrap_or_default();
    let (fa, fb, own) = (fold(gold), fold(predicted), fold(body));
    if fa == fb || (!fa.is_empty() && !fb.is_empty() && short_for(&fa, &fb)) {
        return true;
    }
    let is_own = |f: &[String]| f.is_empty() || f == own || short_for(f, &own);
    !own.is_empty() && is_own(&fa) && is_own(&fb)
}

/// The pairs of gold and predicted statements that mean the same, by their places; with the overlap of their words.
pub fn matched(
    words: &Words,
    gold: &[Statement<CodePoint>],
    predicted: &[Statement<CodePoint>],
) -> Vec<(usize, usize, f64)> {
    let contents = |all: &[Statement<CodePoint>]| all.iter().map(|s| words.inside(&s.content)).collect::<Vec<_>>();
    let (g, p) = (contents(gold), contents(predicted));
    let mut candidates = Vec::new();
    for (i, a) in g.iter().enumerate() {
        for (j, b) in p.iter().enumerate() {
            let (common, all) = (a.intersection(b).count(), a.union(b).count());
            if all == 0 || 2 * common < all {
                continue;
            }
            let shared = !words.inside(&gold[i].source).is_disjoint(&words.inside(&predicted[j].source));
            #[expect(clippy::cast_precision_loss, reason = "counts of words in a sentence")]
            candidates.push((common as f64 / all as f64, shared, i, j));
        }
    }
    candidates.sort_by(|a, b| {
        let near = |c: &(f64, bool, usize, usize)| c.2.abs_diff(c.3);
        b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(near(a).cmp(&near(b))).then((b.2, b.3).cmp(&(a.2, a.3)))
    });
    let (mut taken_gold, mut taken) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (overlap, _, i, j) in candidates {
        if !taken_gold.contains(&i) && !taken.contains(&j) {
            taken_gold.insert(i);
            taken.insert(j);
            pairs.push((i, j, overlap));
        }
    }
    pairs
}

/// What is right about a predicted statement that was matched with a gold one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub source: bool,
    pub name: bool,
    pub kind: bool,
    pub party: bool,
    pub quotation: bool,
    pub act: bool,
    pub said_on: bool,
    pub via: bool,
}

impl Verdict {
    /// Compares a gold statement with the predicted one that it was matched with.
    pub fn of(words: &Words, gold: &Statement<CodePoint>, predicted: &Statement<CodePoint>) -> Self {
        let (a, b) = (&gold.speaker, &predicted.speaker);
        let (sa, sb) = (words.inside(&gold.source), words.inside(&predicted.source));
        let body = matches!(a.kind, SpeakerKind::Organisation | SpeakerKind::Group | SpeakerKind::Country);
        let days = |s: &Statement<CodePoint>| s.said_on.as_ref().map(|d| (d.from, d.to));
        let via = |s: &Statement<CodePoint>| s.via.iter().map(|v| fold(v)).collect::<BTreeSet<_>>();
        Self {
            source: !sa.is_disjoint(&sb) || (sa.is_empty() && sb.is_empty()),
            name: same_name(a.name.as_deref(), b.name.as_deref(), a.party.as_deref()),
            kind: a.kind == b.kind,
            party: same_party(a.party.as_deref(), b.party.as_deref(), a.name.as_deref().filter(|_| body)),
            quotation: gold.quotation == predicted.quotation,
            act: gold.act == predicted.act,
            said_on: days(gold) == days(predicted),
            via: via(gold) == via(predicted),
        }
    }
}

/// How many were right of how many.
#[derive(Debug, Clone, Copy, Default)]
pub struct Share {
    pub right: usize,
    pub of: usize,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    /// The share, to four digits.
    pub fn share(self) -> f64 {
        ratio(self.right, self.of)
    }
}

/// Counts behind precision, recall and F1.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    pub right: usize,
    pub predicted: usize,
    pub gold: usize,
}

impl Counts {
    /// The share of the predicted that is right, to four digits.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.predicted)
    }

    /// The share of the gold that was found, to four digits.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.gold)
    }

    /// The harmonic mean of the two, to four digits.
    pub fn f1(self) -> f64 {
        let (p, r) = (exact(self.right, self.predicted), exact(self.right, self.gold));
        if p + r > 0.0 { rounded(2.0 * p * r / (p + r)) } else { 0.0 }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of statements")]
fn exact(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { a as f64 / b as f64 }
}

fn ratio(a: usize, b: usize) -> f64 {
    rounded(exact(a, b))
}

/// Rounds as Python does: the decimal nearest to what the float is exactly.
fn rounded(x: f64) -> f64 {
    // A number that was just written can be read.
    format!("{x:.4}").parse().unwrap_or(x)
}

/// The measures over any number of articles, in the order in which they are printed.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    pub content: Counts,
    pub exact: Counts,
    pub attribution: Counts,
    pub speaker: Counts,
    pub statement: Counts,
    pub issue: Counts,
    pub position: Counts,
    pub kind: Share,
    pub party: Share,
    pub quotation: Share,
    pub act: Share,
    pub said_on: Share,
    pub via: Share,
    /// Of pairs whose gold source is a pronoun, those whose speaker is right; not a measure of the script.
    pub pronouns: Share,
}

impl Scores {
    /// Adds an article. Returns the pairs with what is right about each.
    pub fn add(
        &mut self,
        text: &str,
        gold: &[Statement<CodePoint>],
        predicted: &[Statement<CodePoint>],
    ) -> Vec<(usize, usize, Verdict)> {
        let words = Words::of(text);
        let pairs = matched(&words, gold, predicted);
        for counts in
            [&mut self.content, &mut self.exact, &mut self.attribution, &mut self.speaker, &mut self.statement]
        {
            counts.gold += gold.len();
            counts.predicted += predicted.len();
        }
        let mut out = Vec::with_capacity(pairs.len());
        for &(i, j, overlap) in &pairs {
            let right = Verdict::of(&words, &gold[i], &predicted[j]);
            self.content.right += 1;
            // One exactly where the words are the same.
            self.exact.right += usize::from(overlap >= 1.0);
            self.attribution.right += usize::from(right.source);
            self.speaker.right += usize::from(right.name);
            self.statement.right += usize::from(right.name && right.party);
            for (share, right) in [
                (&mut self.kind, right.kind),
                (&mut self.party, right.party),
                (&mut self.quotation, right.quotation),
                (&mut self.act, right.act),
                (&mut self.said_on, right.said_on),
                (&mut self.via, right.via),
            ] {
                share.count(right);
            }
            if is_pronoun(text, &gold[i].source) {
                self.pronouns.count(right.name);
            }
            out.push((i, j, right));
        }
        self.add_positions(gold, predicted, &pairs);
        out
    }

    fn add_positions(
        &mut self,
        gold: &[Statement<CodePoint>],
        predicted: &[Statement<CodePoint>],
        pairs: &[(usize, usize, f64)],
    ) {
        let mut count = |a: &[Position], b: &[Position]| {
            let issues = |p: &[Position]| p.iter().map(|p| p.issue.clone()).collect::<BTreeSet<_>>();
            let stances = |p: &[Position]| p.iter().map(|p| (p.issue.clone(), p.stance)).collect::<BTreeSet<_>>();
            let (ia, ib, sa, sb) = (issues(a), issues(b), stances(a), stances(b));
            self.issue.right += ia.intersection(&ib).count();
            self.issue.gold += ia.len();
            self.issue.predicted += ib.len();
            self.position.right += sa.intersection(&sb).count();
            self.position.gold += sa.len();
            self.position.predicted += sb.len();
        };
        for (i, statement) in gold.iter().enumerate() {
            let pair = pairs.iter().find(|p| p.0 == i).map(|p| predicted[p.1].positions.as_slice());
            count(&statement.positions, pair.unwrap_or_default());
        }
        for (j, statement) in predicted.iter().enumerate() {
            if !pairs.iter().any(|p| p.1 == j) {
                count(&[], &statement.positions);
            }
        }
    }

    /// The measures with precision and recall, under their names.
    pub fn counts(&self) -> [(&'static str, Counts); 7] {
        [
            ("content", self.content),
            ("exact", self.exact),
            ("attribution", self.attribution),
            ("speaker", self.speaker),
            ("statement", self.statement),
            ("issue", self.issue),
            ("position", self.position),
        ]
    }

    /// What is right about matched pairs, under its name.
    pub fn shares(&self) -> [(&'static str, Share); 6] {
        [
            ("kind", self.kind),
            ("party", self.party),
            ("quotation", self.quotation),
            ("act", self.act),
            ("said_on", self.said_on),
            ("via", self.via),
        ]
    }
}

/// Whether the source is a pronoun as a whole.
fn is_pronoun(text: &str, source: &[Span<CodePoint>]) -> bool {
    let [span] = source else { return false };
    let words: String = text.chars().skip(span.start).take(span.len()).collect();
    ["he", "she", "it", "they", "i", "we", "who", "which"].contains(&words.to_lowercase().as_str())
}

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, c) in self.counts() {
            let (p, r, f1) = (c.precision(), c.recall(), c.f1());
            map.serialize_entry(
                name,
                &serde_json::json!({"P": p, "R": r, "F1": f1, "tp": c.right, "pred": c.predicted, "gold": c.gold}),
            )?;
        }
        let share = |s: Share| serde_json::json!({"right": s.right, "of": s.of, "share": s.share()});
        let shares: serde_json::Map<_, _> = self.shares().into_iter().map(|(n, s)| (n.to_owned(), share(s))).collect();
        map.serialize_entry("matched", &shares)?;
        map.serialize_entry("pronouns", &share(self.pronouns))?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mean_the_same() {
        for (a, b, party, same) in [
            ("Sergey Lavrov", "Lavrov", None, true),
            ("President Ana Oren", "ÁNA OREN", None, true),
            ("J. Kerry", "John Kerry", None, true),
            ("Ana Oren", "Ivo Oren", None, false),
            ("Oren", "Ilves", None, false),
            ("SDF", "Syrian Democratic Forces", None, true),
            ("UN Security Council", "United Nations Security Council", None, true),
            ("Ukrainian presidency", "Ukraine’s presidency", Some("Ukraine"), true),
            ("Ana Oren and Ivo Ilves", "Ivo Ilves and Ana Oren", None, true),
            ("Ana Oren and Ivo Ilves", "Ana Oren", None, false),
        ] {
            assert_eq!(same_name(Some(a), Some(b), party), same, "{a} / {b}");
        }
        assert!(same_name(None, None, None));
        assert!(!same_name(Some("Oren"), None, None));
    }

    #[test]
    fn a_body_may_speak_for_itself() {
        assert!(same_party(None, Some("NATO"), Some("NATO")));
        assert!(same_party(Some("European Union"), Some("EU"), None));
        assert!(!same_party(None, Some("NATO"), None));
        assert!(!same_party(Some("Peru"), Some("Chad"), Some("Peru")));
    }
}
