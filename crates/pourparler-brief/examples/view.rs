//! What it costs to make everything that a workspace holds in memory of a ledger, step by step, and how much memory it takes:
//! `cargo run --release -p pourparler-ledger --example big -- 100000 big.db`, then
//! `cargo run --release -p pourparler-brief --example view -- big.db`.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use jiff::ToSpan as _;
use pourparler_brief::{Claims, IssueLabel, Source, Standings, distinct_of};
use pourparler_dossier::Dossier;
use pourparler_ledger::{ArticleFilter, Filter, Ledger, Order, Paging, ReviewFilter};
use pourparler_text::{Act, Stance};

/// Tells how long a step took, how long of it on a processor, which other programs do not make longer, and the most memory that was
/// ever held until its end.
fn step<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let (began, ran) = (Instant::now(), processor());
    let done = work();
    let (taken, ran) = (began.elapsed().as_secs_f64() * 1000.0, processor() - ran);
    println!("{name:48} {taken:9.2} ms, {ran:9.2} on a processor   peak {:4} MB", memory("VmHWM"));
    done
}

/// How long the threads of this process have run, in milliseconds; 0 where the system does not tell.
fn processor() -> f64 {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let ran = threads.filter_map(|t| std::fs::read_to_string(t.path().join("schedstat")).ok());
    let nanoseconds = ran.filter_map(|line| line.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.sum::<f64>() / 1e6
}

/// A line of what the system tells about this process, in megabytes; 0 where there is none.
fn memory(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status.lines().find_map(|l| l.strip_prefix(line)?.trim_start_matches(':').trim().split(' ').next());
    kilobytes.and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("give the file of a ledger")?;
    let began = Instant::now();
    let ledger = step("open", || Ledger::open_existing(&path))?;
    let entries = step("read all statements", || ledger.statements(&Filter::default()))?;
    let heads = step("read all heads of articles", || ledger.articles())?;
    let rounds = step("read all rounds", || ledger.rounds())?;
    let actors = step("actors", || ledger.actors())?;
    step("suggestions", || black_box(pourparler_brief::suggestions(&entries, |_| false)));
    let reported = entries.len();
    let statements = step("distinct", || distinct_of(entries));
    let standings = step("standings", || Standings::of(&statements));
    let matrix = step("matrix", || standings.matrix(None));
    let moves = step("moves", || standings.moves());
    let claims: Claims = step("claims", || pourparler_brief::claims(&statements));
    let commitments = step("commitments", || pourparler_brief::commitments(&statements));
    let meetings = step("meetings", || pourparler_brief::meetings(&rounds, &statements));
    let voices = step("voices", || pourparler_brief::voices(&statements));
    let labels = IssueLabel::of(&Dossier::general());
    let sources: Vec<Source> = heads.into_iter().map(Source::from).collect();
    let gaps = step("gaps", || pourparler_brief::gaps(&statements, &matrix, &sources, &labels, 0));
    println!(
        "{:48} {:9.2} ms, {:9.2} on a processor   held {:4} MB",
        "all of it",
        began.elapsed().as_secs_f64() * 1000.0,
        processor(),
        memory("VmRSS")
    );
    println!(
        "{reported} reports, {} statements, {} rows, {} by {}, {} moves, {} claims answered, {} promises, {} meetings, \
         {} voices, {} silences, {} actors",
        statements.len(),
        standings.rows().len(),
        matrix.rows.len(),
        matrix.issues.len(),
        moves.len(),
        claims.answered.len(),
        commitments.len(),
        meetings.len(),
        voices.speakers.len(),
        gaps.silences.len(),
        actors.len(),
    );

    if let (Some(first), Some(last)) =
        (statements.iter().find_map(|c| c.day), statements.iter().rev().find_map(|c| c.day))
    {
        for day in [first.saturating_add(7.days()), first.saturating_add(365.days()), last] {
            step(&format!("matrix as of {day}"), || black_box(standings.matrix(Some(day))));
        }
    }
    queries(&ledger)
}

/// Each question twice: what the first one reads from the file, the second finds in memory.
fn queries(ledger: &Ledger) -> Result<(), Box<dyn Error>> {
    let all = Filter::default;
    let some = |text: &str| Some(text.to_owned());
    let facets = ledger.facets(&all())?;
    let value = |facet: &pourparler_ledger::Facet, at: usize| facet.values.get(at).map(|v| v.value.clone());
    let issue = value(&facets.issues, 0);
    let rare = facets.issues.values.last().map(|v| v.value.clone());
    // What somebody would look for: two longer words that stand together in some statement.
    let some_page = ledger.page(&all(), Order::Oldest, Paging { skip: facets.statements / 2, most: 1 })?;
    let said = some_page.items.first().map(|entry| entry.content.clone()).unwrap_or_default();
    let words: Vec<&str> = said.split(' ').filter(|word| word.len() > 6).take(2).collect();
    let words = Some(words.join(" "));
    let filters = [
        ("everything", all()),
        ("the greatest party", Filter { party: value(&facets.parties, 0), ..all() }),
        ("a small party", Filter { party: value(&facets.parties, 9), ..all() }),
        ("a speaker", Filter { speaker_exactly: value(&facets.speakers, 3), ..all() }),
        ("the greatest issue", Filter { issue: issue.clone(), ..all() }),
        ("a small issue", Filter { issue: rare, ..all() }),
        (
            "issue, stance, party",
            Filter { issue, stance: Some(Stance::Opposes), party: value(&facets.parties, 1), ..all() },
        ),
        ("an act", Filter { act: Some(Act::Commit), ..all() }),
        ("an outlet", Filter { outlet: value(&facets.outlets, 2), ..all() }),
        ("not reviewed", Filter { reviewed: Some(false), ..all() }),
        ("reviewed", Filter { reviewed: Some(true), ..all() }),
        ("a frequent word", Filter { text: some("along"), ..all() }),
        ("two words", Filter { text: words.clone(), ..all() }),
    ];
    for (name, filter) in &filters {
        let total = ledger.count(filter)?;
        for order in [Order::Newest, Order::LeastCertain, Order::Relevance] {
            if order != Order::Relevance || filter.text.is_some() {
                ledger.page(filter, order, Paging::first(50))?;
                step(&format!("page, {name} ({total}), {order:?}"), || ledger.page(filter, order, Paging::first(50)))?;
            }
        }
        step(&format!("facets, {name}"), || ledger.facets(filter))?;
    }
    let deep = Paging { skip: 50_000, most: 50 };
    step("page, everything, the thousandth", || ledger.page(&all(), Order::Newest, deep))?;
    let articles = ArticleFilter::default;
    for (name, filter) in [
        ("everything", articles()),
        ("an outlet", ArticleFilter { outlet: value(&facets.outlets, 2), ..articles() }),
        ("a frequent word", ArticleFilter { words: some("along"), ..articles() }),
        ("two words", ArticleFilter { words, ..articles() }),
        ("since", ArticleFilter { added_since: Some(jiff::Timestamp::now()), ..articles() }),
    ] {
        let total = ledger.article_page(&filter, Paging::first(0))?.total;
        step(&format!("articles, {name} ({total})"), || ledger.article_page(&filter, Paging::first(50)))?;
    }
    step("version", || ledger.version())?;
    step("an article", || ledger.article("big-100"))?;
    step("a page of reviews", || ledger.deeds(&ReviewFilter::default(), Paging::first(50)))?;
    step("all reviews", || ledger.reviews())?;
    step("what became of the machine's statements", || ledger.review_statistics())?;
    step("second opinions", || ledger.second_opinions())?;
    step("copies", || ledger.copies())?;
    step("feeds", || ledger.watched_feeds())?;
    Ok(())
}
