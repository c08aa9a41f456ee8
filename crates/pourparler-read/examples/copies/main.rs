//! How well copies and updates are found: `cargo run --release --example copies -- [--real PAIRS] [--half 0|1] ARTICLES…`
//!
//! From every article it makes copies (cut, re-ordered, under another headline, corrected, with lines and paragraphs added,
//! and several of these at once) and updates (a new lead, passages from other articles of the same file, other numbers), with a
//! fixed seed. Each is looked up among all articles of its half; every pair but the one that was made is a negative. Articles that
//! are alike by themselves are printed to be judged by eye; `PAIRS` has those that are copies or updates, two ids a line.
//! `--pairs 0.25` prints instead all pairs of all articles with so many words in common, so that the list can be made.
//! Numbers in the library were chosen on half 0; half 1 is what is reported.

mod make;

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::Cursor;
use std::ops::ControlFlow;

use make::{KINDS, Kind, Random};
use pourparler_read::copies::{CopyIndex, Kinship, Profile, compare, words_in_common};
use pourparler_read::{Found, ReadOptions, read_from};
use pourparler_text::Article;

/// Articles of fewer words are left out: their parts are too short to be told from others.
const FEWEST_WORDS: usize = 60;

#[derive(Default)]
struct Score {
    made: usize,
    found: usize,
    kind_right: usize,
    false_pairs: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (mut half, mut real, mut files, mut pairs) = (1, HashSet::new(), Vec::new(), None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--half" => half = arguments.next().unwrap_or_default().parse()?,
            "--pairs" => pairs = Some(arguments.next().unwrap_or_default().parse::<f32>()?),
            "--real" => {
                for line in std::fs::read_to_string(arguments.next().unwrap_or_default())?.lines() {
                    let mut ids = line.split_whitespace().map(str::to_owned);
                    real.extend(ids.next().zip(ids.next()).map(ordered));
                }
            }
            _ => files.push(argument),
        }
    }
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for (topic, file) in files.iter().enumerate() {
        let _ = read_from(File::open(file)?, file, &ReadOptions::default(), |found| {
            if let Found::Article(read) = found
                && read.article.text.as_str().split_whitespace().count() >= FEWEST_WORDS
            {
                let which = Random::of(&read.article.id).below(2);
                if which == half { &mut own } else { &mut others }.push((topic, read.article));
            }
            ControlFlow::Continue(())
        });
    }
    if let Some(least) = pairs {
        let all: Vec<_> = own.iter().chain(&others).map(|(_, a)| (Profile::of(a), &a.id)).collect();
        for (at, (one, id)) in all.iter().enumerate() {
            for (two, other) in &all[at + 1..] {
                let (a, b) = words_in_common(one, two);
                if a.max(b) >= least {
                    println!("{id} {other} {a:.2} {b:.2} {}", compare(one, two).map_or("none", |k| k.kinship.as_str()));
                }
            }
        }
        return Ok(());
    }
    println!("half {half}: {} articles, passages from {} others", own.len(), others.len());
    measure(&own, &others, &real)
}

fn measure(
    own: &[(usize, Article)],
    others: &[(usize, Article)],
    real: &HashSet<(String, String)>,
) -> Result<(), Box<dyn std::error::Error>> {
    let bases: Vec<Article> = own.iter().map(|(_, article)| make::dated(article)).collect();
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let mut by_itself = Score::default();
    for kind in KINDS {
        // Every kind is looked up among the articles alone, so that its figures are its own.
        let mut index = CopyIndex::new(Cursor::new(Vec::new()));
        for article in &bases {
            for related in index.insert(&Profile::of(article), b"")? {
                let other = &bases[related.earlier as usize];
                if kind == KINDS[0] {
                    let known = real.contains(&ordered((other.id.clone(), article.id.clone())));
                    by_itself.found += usize::from(known);
                    by_itself.false_pairs += usize::from(!known);
                    let verdict = if known { "known" } else { "TO JUDGE" };
                    let kin = related.kin;
                    println!("  alike: {} {} {} {:.2} {verdict}", other.id, article.id, kin.kinship, kin.score);
                }
            }
        }
        let score = scores.entry(kind.name()).or_default();
        for (at, base) in bases.iter().enumerate() {
            let topic = own[at].0;
            let pool: Vec<&Article> = others.iter().filter(|(t, _)| *t == topic).map(|(_, a)| a).collect();
            let Some(made) = make::make(base, kind, &pool) else { continue };
            let profile = Profile::of(&made);
            score.made += 1;
            let mut hit = false;
            for related in index.look_up(&profile)? {
                let earlier = related.earlier as usize;
                let pair = ordered((bases[earlier].id.clone(), base.id.clone()));
                if earlier == at {
                    hit = true;
                    let wanted = if kind == Kind::Updated { Kinship::Update } else { Kinship::Copy };
                    score.kind_right += usize::from(related.kin.kinship == wanted);
                } else if !real.contains(&pair) {
                    score.false_pairs += 1;
                    println!(
                        "  false: {} made {} looks like {} {:.2}",
                        base.id,
                        kind.name(),
                        pair.0,
                        related.kin.score
                    );
                }
            }
            score.found += usize::from(hit);
            if !hit && std::env::var_os("MISSED").is_some() {
                let (a, b) = words_in_common(&profile, &Profile::of(base));
                println!("  missed: {} made {}: {a:.2} {b:.2}, {} words", base.id, kind.name(), profile.words());
            }
        }
    }
    print_scores(&scores);
    println!(
        "alike by themselves: {} pairs known, {} to judge, of {}",
        by_itself.found,
        by_itself.false_pairs,
        real.len()
    );
    backgrounds(&bases, others);
    Ok(())
}

fn print_scores(scores: &BTreeMap<&str, Score>) {
    println!("{:12} {:>6} {:>7} {:>7} {:>10} {:>6}", "made", "pairs", "recall", "precis.", "kind right", "false");
    let mut all = Score::default();
    let line = |name: &str, s: &Score| {
        let share = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
        let (recall, precision) = (share(s.found, s.made), share(s.found, s.found + s.false_pairs));
        println!(
            "{name:12} {:>6} {recall:>7.1} {precision:>7.1} {:>10.1} {:>6}",
            s.made,
            share(s.kind_right, s.found),
            s.false_pairs
        );
    };
    for (name, score) in scores {
        line(name, score);
        all.made += score.made;
        all.found += score.found;
        all.kind_right += score.kind_right;
        all.false_pairs += score.false_pairs;
    }
    line("all", &all);
    let updates = &scores["updated"];
    let copies = |s: &Score| s.found - s.kind_right;
    let taken: usize = scores.iter().filter(|(name, _)| **name != "updated").map(|(_, s)| copies(s)).sum();
    let copy_pairs: usize = scores.iter().filter(|(name, _)| **name != "updated").map(|(_, s)| s.found).sum();
    println!(
        "copies taken for updates: {taken} of {copy_pairs}; updates taken for copies: {} of {}",
        copies(updates),
        updates.found
    );
}

/// Different articles of one topic that share some sentences of background: none of them is a copy.
fn backgrounds(bases: &[Article], others: &[(usize, Article)]) {
    for sentences in [2, 4, 6] {
        let (mut pairs, mut taken) = (0, 0);
        for (at, two) in bases.windows(2).enumerate() {
            let background = make::background(&others[at % others.len()].1, sentences);
            let with = |article: &Article| {
                Profile::of(&make::with_text(article, format!("{}\n{background}", article.text.as_str())))
            };
            pairs += 1;
            taken += usize::from(compare(&with(&two[0]), &with(&two[1])).is_some());
        }
        println!("{sentences} sentences of background in common: {taken} of {pairs} pairs taken for kin");
    }
}

fn ordered((a, b): (String, String)) -> (String, String) {
    if a <= b { (a, b) } else { (b, a) }
}
