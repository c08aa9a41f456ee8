//! Makes a large ledger of an invented dispute, the same each time but for the instants of adding, to measure with and to look at:
//! `cargo run --release -p pourparler-ledger --example big -- 100000 /tmp/big.db`.

mod draft;
mod world;

use std::collections::VecDeque;
use std::error::Error;
use std::time::Instant;

use jiff::ToSpan as _;
use jiff::civil::date;
use pourparler_ledger::{Decision, EntryState, Ledger, Origin, Verdict, WatchedEntry, WatchedFeed};
use pourparler_text::{Act, ArticleStatements, Speaker};

use draft::Draft;
use world::{Chance, World};

/// Statements of an article: so many at least, and below so many more.
const EACH: (usize, usize) = (5, 20);
/// Over so many days.
const DAYS: usize = 730;
/// One article in so many is a copy of one of the last [`REMEMBERED`].
const COPY: usize = 5;
const REMEMBERED: usize = 30;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [count, path] = args.as_slice() else { return Err("give a number of statements and a file".into()) };
    let count: usize = count.parse()?;
    let mut ledger = Ledger::open(path)?;
    let mut chance = Chance(2024);
    let mut world = World::new(&mut chance);
    let mut lately: VecDeque<Draft> = VecDeque::new();
    let began = Instant::now();
    let (mut stored, mut number) = (0, 0);
    while stored < count {
        let copied = (number % COPY == COPY - 1).then(|| chance.below(lately.len()));
        let draft = match copied {
            Some(_) => None,
            None => {
                let day = i64::try_from(stored * DAYS / count)?;
                let published = (!chance.percent(2)).then(|| date(2029, 1, 1).saturating_add(day.days()));
                let statements = EACH.0 + chance.below(EACH.1);
                Some(Draft::new(&mut chance, &mut world, published, statements))
            }
        };
        let Some(printed) = draft.as_ref().or_else(|| lately.get(copied?)) else { break };
        // Agencies write, papers copy.
        let outlet = if copied.is_some() {
            4 + chance.below(world.outlets.len() - 4)
        } else {
            chance.skewed(world.outlets.len())
        };
        let read = printed.printed(&mut chance, number, &world.outlets[outlet], copied.is_some());
        stored += read.statements.len();
        add(&mut ledger, &read)?;
        if number % 40 == 0 {
            review(&mut ledger, &mut chance, &read)?;
        }
        lately.extend(draft);
        while lately.len() > REMEMBERED {
            lately.pop_front();
        }
        number += 1;
    }
    decide(&mut ledger)?;
    watch(&mut ledger)?;
    let counts = ledger.counts()?;
    println!(
        "{} statements of {} articles in {:.1} s",
        counts.statements,
        counts.articles,
        began.elapsed().as_secs_f64()
    );
    println!("{} groups of copies", ledger.copies()?.len());
    Ok(())
}

fn add(ledger: &mut Ledger, read: &ArticleStatements) -> Result<(), Box<dyn Error>> {
    // A page is its text and as much again of markup.
    let text = read.article.text.as_str();
    let page = format!(
        "<html><body><h1>{}</h1><p>{text}</p></body></html>",
        read.article.title.as_deref().unwrap_or_default()
    );
    let origin = Origin { snapshot: page.as_bytes(), source: "big", decoding: "html, utf-8", ..Origin::default() };
    ledger.add(&origin, read, "invented 1")?;
    Ok(())
}

/// What two reviewers decide about an article: mostly that the machine was right.
fn review(ledger: &mut Ledger, chance: &mut Chance, read: &ArticleStatements) -> Result<(), Box<dyn Error>> {
    for (at, statement) in read.statements.iter().enumerate().take(6) {
        let mut kept = statement.clone();
        let verdict = match chance.below(10) {
            0 => Verdict::Reject(kept.content),
            1 => {
                kept.act = *chance.of(Act::ALL);
                Verdict::Keep(Box::new(kept))
            }
            2 => {
                kept.speaker.party = None;
                Verdict::Keep(Box::new(kept))
            }
            _ => Verdict::Keep(Box::new(kept)),
        };
        ledger.review(&read.article.id, &verdict, if at % 2 == 0 { "ana" } else { "ivo" })?;
        if at == 0 {
            // The other looks at the same statement.
            ledger.review(&read.article.id, &Verdict::Keep(Box::new(statement.clone())), "ivo")?;
        }
    }
    // What the machine did not see: the title's words at the beginning of the text.
    if let Some(first) = read.statements.first().filter(|_| chance.percent(30)) {
        let mut missed = first.clone();
        missed.content = vec![pourparler_text::Span::new(0, 3)];
        (missed.source, missed.cue, missed.speaker) = (vec![], vec![], Speaker::unattributed());
        missed.manner = pourparler_text::Manner::default();
        ledger.review(&read.article.id, &Verdict::Keep(Box::new(missed)), "ana")?;
    }
    Ok(())
}

/// Some decisions about actors.
fn decide(ledger: &mut Ledger) -> Result<(), Box<dyn Error>> {
    let actors = ledger.actors()?;
    for (at, two) in actors.chunks(2).step_by(9).take(12).enumerate() {
        let [one, other] = two else { break };
        match at % 3 {
            0 => ledger.decide(&Decision::Rename(one.all(), format!("{} the Elder", one.name)))?,
            1 => ledger.decide(&Decision::Alias(one.all(), format!("Old {}", one.name)))?,
            _ => ledger.decide(&Decision::Merge([one.all(), other.all()].concat()))?,
        };
    }
    Ok(())
}

/// Some feeds, with what became of their entries.
fn watch(ledger: &mut Ledger) -> Result<(), Box<dyn Error>> {
    for n in 0..6 {
        let url = format!("https://news{n}.example.org/feed.xml");
        let failing = (n == 5).then(|| "no answer within 30 seconds".to_owned());
        ledger.keep_feed(&WatchedFeed {
            failures: u32::from(n == 5),
            last_error: failing,
            ..WatchedFeed::new(&url)
        })?;
        for entry in 0..40 {
            let state = [EntryState::Done, EntryState::Failed, EntryState::GivenUp]
                [usize::from(entry == 7) + usize::from(entry == 7 && n == 0)];
            let last_error = (state != EntryState::Done).then(|| "status 503".to_owned());
            let id = format!("{url}#{entry}");
            let entry =
                WatchedEntry { entry: id, link: None, published: None, state, tries: 1, next_at: None, last_error };
            ledger.keep_entry(&url, &entry)?;
        }
    }
    Ok(())
}
