//! How well repeated statements are told from different ones: a table of pairs, scored as a whole.

mod fixture;

use std::collections::BTreeMap;

use pourparler_brief::distinct;
use pourparler_text::{Entry, SpeakerKind};

/// An entry that was published on the day on which it was said, or where that is not told on the day of the other report.
fn entry(article: &str, speaker: &str, day: &str, other_day: &str, content: &str) -> Entry {
    let mut e = fixture::entry(article, content);
    e.statement.speaker.name = Some(speaker.to_owned());
    e.statement.speaker.kind = SpeakerKind::Person;
    e.statement.said_on = day.parse().ok().and_then(fixture::on);
    e.published = day.parse().or_else(|_| other_day.parse()).ok();
    e
}

/// Pairs of one kind: how many, and how many were taken for one utterance.
type Counts = BTreeMap<&'static str, (usize, usize)>;

/// F1 of the pairs that are one utterance, without those of some kind.
fn f1(counts: &Counts, without: &str) -> f64 {
    let of = |apart: bool| counts.iter().filter(move |(kind, _)| (**kind == "apart") == apart && **kind != without);
    let (gold, right) = of(false).fold((0, 0), |sum, (_, n)| (sum.0 + n.0, sum.1 + n.1));
    let wrong: usize = of(true).map(|(_, n)| n.1).sum();
    #[expect(clippy::cast_precision_loss, reason = "counts of pairs")]
    let f1 = 2.0 * right as f64 / (gold + right + wrong) as f64;
    f1
}

#[test]
fn repeated_statements_are_grouped() {
    let mut counts = Counts::new();
    let mut wrong = Vec::new();
    for line in include_str!("same_words.tsv").lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[kind, a, a_day, a_words, b, b_day, b_words] = columns.as_slice() else { panic!("seven columns: {line}") };
        let pair = [entry("a", a, a_day, b_day, a_words), entry("b", b, b_day, a_day, b_words)];
        let same = distinct(&pair).len() == 1;
        let (all, found) = counts.entry(kind).or_default();
        *all += 1;
        *found += usize::from(same);
        if same == (kind == "apart") {
            wrong.push(format!("{kind}: {a} {a_day} {a_words} | {b} {b_day} {b_words}"));
        }
    }
    let (all, by_words) = (f1(&counts, ""), f1(&counts, "translated"));
    let report = format!("{counts:?}, F1 {all:.3}, without translations {by_words:.3}\n{}", wrong.join("\n"));
    println!("{report}");
    // Two translations with hardly a word in common are beyond a rule of words.
    assert!(by_words >= 0.9 && all >= 0.8, "{report}");
}
