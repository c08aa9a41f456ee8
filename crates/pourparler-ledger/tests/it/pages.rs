//! Pages, counts and facets say together what the whole list says.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::civil::date;
use pourparler_ledger::{ArticleFilter, Facet, Filter, Ledger, Order, Page, Paging, Verdict};
use pourparler_text::{Act, Article, ArticleStatements, Entry, Position, SpeakerKind, Stance};

use crate::store::fresh;
use crate::support::{article, origin, said};

/// Five articles of twenty statements, one without day or outlet, one statement that a person decided.
fn ledger() -> Ledger {
    let mut ledger = fresh();
    for n in 0..5 {
        let mut read = article(n);
        read.article.outlet = ["Karveth Post", "Ostrand Daily"].get(n % 3).map(|&outlet| outlet.to_owned());
        read.article.language = Some(if n == 1 { "fr" } else { "en" }.to_owned());
        read.article.title = Some(format!("Headline {n}: Élan"));
        if n == 4 {
            read.article.published = None;
        }
        for (i, statement) in read.statements.iter_mut().enumerate() {
            statement.confidence = Some(0.5 + 0.001 * ((n * 20 + i) * 37 % 100) as f32);
        }
        ledger.add(&origin(n.to_string().as_bytes()), &read, "model 1").expect("added");
    }
    let mut kept = article(2).statements[3].clone();
    kept.positions.push(Position::new("corridor", Stance::Open));
    kept.positions.push(Position::new("corridor", Stance::Open));
    ledger.review("n2", &Verdict::Keep(Box::new(kept)), "ana").expect("kept");
    ledger
}

fn places(entries: &[Entry]) -> Vec<String> {
    entries.iter().map(|e| format!("{}/{}", e.article, e.statement.id)).collect()
}

fn page(ledger: &Ledger, filter: &Filter, order: Order, skip: usize, most: usize) -> Page<Entry> {
    ledger.page(filter, order, Paging { skip, most }).expect("asked")
}

/// The filters of the cases below, each with some hits.
fn filters() -> Vec<Filter> {
    let all = Filter::default;
    let some = |text: &str| Some(text.to_owned());
    vec![
        all(),
        Filter { party: some("tarn"), ..all() },
        Filter { speaker_exactly: some("elise NOVAK"), ..all() },
        Filter { text: some("guards 7"), ..all() },
        Filter { issue: some("toll"), stance: Some(Stance::Opposes), ..all() },
        Filter { since: Some(date(2024, 1, 2)), until: Some(date(2024, 1, 3)), act: Some(Act::Demand), ..all() },
        Filter { outlet: some("Karveth Post"), ..all() },
        Filter { reviewed: Some(false), article: some("n2"), ..all() },
        Filter { reviewed: Some(true), ..all() },
        Filter { kind: Some(SpeakerKind::Person), min_score: Some(0.55), ..all() },
    ]
}

#[test]
fn pages_put_together_are_the_list() {
    let ledger = ledger();
    for filter in filters() {
        let whole: BTreeSet<String> = places(&ledger.statements(&filter).expect("asked")).into_iter().collect();
        assert!(!whole.is_empty(), "{filter:?}");
        assert_eq!(ledger.count(&filter).expect("counted"), whole.len());
        for order in [Order::Newest, Order::Oldest, Order::LeastCertain, Order::Relevance] {
            let mut seen = Vec::new();
            for skip in (0..whole.len() + 7).step_by(7) {
                let page = page(&ledger, &filter, order, skip, 7);
                assert_eq!(page.total, whole.len(), "{filter:?} {order:?}");
                seen.extend(places(&page.items));
            }
            assert_eq!(seen.len(), whole.len(), "{filter:?} {order:?}");
            assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), whole, "{filter:?} {order:?}");
        }
    }
}

#[test]
fn one_by_one_they_are_the_list_until_somebody_breaks_off() {
    let ledger = ledger();
    for filter in filters() {
        for order in [Order::Newest, Order::Relevance] {
            let whole = page(&ledger, &filter, order, 0, usize::MAX).items;
            let mut seen = Vec::new();
            let all = ledger.each(&filter, order, usize::MAX, |entry| {
                seen.push(entry);
                ControlFlow::Continue(())
            });
            all.expect("asked");
            assert_eq!(places(&seen), places(&whole), "{filter:?} {order:?}");
        }
    }
    for (most, breaks_at, wanted) in [(7, 99, 7), (7, 3, 3), (0, 99, 0)] {
        let mut seen = 0;
        let some = ledger.each(&Filter::default(), Order::Newest, most, |_| {
            seen += 1;
            if seen == breaks_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        some.expect("asked");
        assert_eq!(seen, wanted, "at most {most}, broken off at {breaks_at}");
    }
}

#[test]
fn each_order_is_kept() {
    let ledger = ledger();
    for filter in [Filter::default(), Filter { party: Some("Tarn".to_owned()), ..Filter::default() }] {
        let of = |order| page(&ledger, &filter, order, 0, usize::MAX).items;
        let days: Vec<_> = of(Order::Oldest).iter().map(|e| (e.day().is_none(), e.day())).collect();
        assert!(days.is_sorted());
        let latest: Vec<_> =
            of(Order::Newest).iter().map(|e| (e.day().is_none(), std::cmp::Reverse(e.day()))).collect();
        assert!(latest.is_sorted());
        let scores: Vec<_> = of(Order::LeastCertain).iter().map(|e| e.statement.confidence.unwrap_or(2.0)).collect();
        assert!(scores.is_sorted());
    }
    assert_eq!(page(&ledger, &Filter::default(), Order::LeastCertain, 99, 1).items[0].statement.confidence, None);
}

#[test]
fn what_is_nearer_to_the_words_comes_first() {
    let mut ledger = fresh();
    let text =
        "Ana Oren spoke of rain and wind and a bridge and much else besides. Oren Tal said bridge after bridge fell.";
    let once = said(text, "s1", "Ana Oren", "rain and wind and a bridge and much else besides");
    let twice = said(text, "s2", "Oren Tal", "bridge after bridge fell");
    let read = ArticleStatements::new(Article::from_text(text), vec![once, twice]);
    ledger.add(&origin(b"one"), &read, "model 1").expect("added");
    let filter = |text: &str| Filter { text: Some(text.to_owned()), ..Filter::default() };
    let ids = |text: &str| -> Vec<String> {
        let page = page(&ledger, &filter(text), Order::Relevance, 0, 10);
        page.items.into_iter().map(|e| e.statement.id).collect()
    };
    assert_eq!(ids("bridge"), ["s2", "s1"]);
    assert_eq!(ids("wind bridge"), ["s1"]);
    assert!(ids(" — ").is_empty() && ids("bridge OR nothing").is_empty());
}

fn values(facet: &Facet) -> Vec<(&str, usize)> {
    facet.values.iter().map(|v| (v.value.as_str(), v.count)).collect()
}

#[test]
fn facets_count_what_the_filter_gives() {
    let ledger = ledger();
    for filter in filters() {
        let facets = ledger.facets(&filter).expect("asked");
        let entries = ledger.statements(&filter).expect("asked");
        assert_eq!(facets.statements, entries.len(), "{filter:?}");
        let narrowed = |change: &dyn Fn(&mut Filter)| {
            let mut narrower = filter.clone();
            change(&mut narrower);
            ledger.count(&narrower).expect("counted")
        };
        // Each count is what the list gives when its value is asked for.
        for v in &facets.parties.values {
            assert_eq!(v.count, narrowed(&|f| f.party = Some(v.value.clone())), "{filter:?} {v:?}");
        }
        for v in &facets.speakers.values {
            assert_eq!(v.count, narrowed(&|f| f.speaker_exactly = Some(v.value.clone())), "{filter:?} {v:?}");
        }
        for v in &facets.issues.values {
            assert_eq!(v.count, narrowed(&|f| f.issue = Some(v.value.clone())), "{filter:?} {v:?}");
        }
        for v in &facets.stances.values {
            assert_eq!(v.count, narrowed(&|f| f.stance = v.value.parse().ok()), "{filter:?} {v:?}");
        }
        for v in &facets.acts.values {
            assert_eq!(v.count, narrowed(&|f| f.act = v.value.parse().ok()), "{filter:?} {v:?}");
        }
        for v in &facets.kinds.values {
            assert_eq!(v.count, narrowed(&|f| f.kind = v.value.parse().ok()), "{filter:?} {v:?}");
        }
        for v in &facets.outlets.values {
            assert_eq!(v.count, narrowed(&|f| f.outlet = Some(v.value.clone())), "{filter:?} {v:?}");
        }
        let reviewed = entries.iter().filter(|e| e.statement.confidence.is_none()).count();
        assert_eq!(facets.reviewed, reviewed, "{filter:?}");
        let sum = |facet: &Facet| facet.values.iter().map(|v| v.count).sum::<usize>() + facet.without;
        for facet in [&facets.parties, &facets.acts, &facets.quotations, &facets.outlets, &facets.months] {
            assert_eq!((sum(facet), facet.more), (entries.len(), 0), "{filter:?}");
        }
    }
    let facets = ledger.facets(&Filter::default()).expect("asked");
    assert_eq!(values(&facets.months), [("2024-01", 80)]);
    assert_eq!((facets.months.without, facets.outlets.without, facets.reviewed), (20, 20, 1));
    assert_eq!(values(&facets.outlets), [("Karveth Post", 40), ("Ostrand Daily", 40)]);
    // The statement that says twice where it stands on the corridor counts for it once.
    assert_eq!(values(&facets.issues), [("corridor", 51), ("toll", 50)]);
    let nothing = ledger.facets(&Filter { text: Some(String::new()), ..Filter::default() }).expect("asked");
    assert_eq!(nothing.statements, 0);
}

#[test]
fn long_facets_are_cut_and_say_so() {
    let mut ledger = fresh();
    for n in 0..25 {
        let text = format!("Speaker{n} Oren said that rain fell on day {n}.");
        let mut statement = said(&text, "s1", &format!("Speaker{n} Oren"), &format!("rain fell on day {n}"));
        statement.speaker.party = (n > 0).then(|| format!("Party {n}"));
        let read = ArticleStatements::new(Article::from_text(&text), vec![statement]);
        ledger.add(&origin(text.as_bytes()), &read, "model 1").expect("added");
    }
    let facets = ledger.facets(&Filter::default()).expect("asked");
    let lengths = |f: &Facet| (f.values.len(), f.more, f.without);
    assert_eq!(lengths(&facets.speakers), (20, 5, 0));
    assert_eq!(lengths(&facets.parties), (20, 4, 1));
    assert_eq!(facets.speakers.values[0].value, "Speaker0 Oren");
}

#[test]
fn what_came_in_since_is_told() {
    let mut ledger = fresh();
    ledger.add(&origin(b"0"), &article(0), "model 1").expect("added");
    let before = Timestamp::now();
    ledger.add(&origin(b"1"), &article(1), "model 1").expect("added");
    let since = |at| {
        let statements = ledger.count(&Filter { added_since: Some(at), ..Filter::default() }).expect("counted");
        let filter = ArticleFilter { added_since: Some(at), ..ArticleFilter::default() };
        (statements, ledger.article_page(&filter, Paging::first(0)).expect("asked").total)
    };
    assert_eq!(since(before), (20, 1));
    assert_eq!(since(Timestamp::UNIX_EPOCH), (40, 2));
    assert_eq!(since(Timestamp::now()), (0, 0));
    // Instants have as many digits as they need, and are compared as instants.
    let head = ledger.article_page(&ArticleFilter::default(), Paging::first(1)).expect("asked").items.remove(0);
    assert_eq!(since(head.added_at).1, 0);
    let whole = Timestamp::from_second(head.added_at.as_second()).expect("a time");
    assert!(since(whole).1 > 0 || whole == head.added_at);
}

#[test]
fn articles_come_in_pages() {
    let ledger = ledger();
    let ids = |filter: &ArticleFilter, skip| -> (Vec<String>, usize) {
        let page = ledger.article_page(filter, Paging { skip, most: 2 }).expect("asked");
        (page.items.into_iter().map(|head| head.id).collect(), page.total)
    };
    let all = ArticleFilter::default();
    let some = |text: &str| Some(text.to_owned());
    let cases: &[(ArticleFilter, usize, &[&str], usize)] = &[
        (all.clone(), 0, &["n3", "n2"], 5),
        (all.clone(), 4, &["n4"], 5),
        (all.clone(), 5, &[], 5),
        (ArticleFilter { outlet: some("Karveth Post"), ..all.clone() }, 0, &["n3", "n0"], 2),
        (ArticleFilter { outlet: some("karveth post"), ..all.clone() }, 0, &[], 0),
        (ArticleFilter { language: some("fr"), ..all.clone() }, 0, &["n1"], 1),
        (ArticleFilter { since: Some(date(2024, 1, 3)), ..all.clone() }, 0, &["n3", "n2"], 2),
        (ArticleFilter { until: Some(date(2024, 1, 1)), ..all.clone() }, 0, &["n0"], 1),
        (ArticleFilter { words: some("elan 2"), ..all.clone() }, 0, &["n3", "n2"], 5),
        (ArticleFilter { words: some("headline guards day-3"), ..all.clone() }, 0, &["n3"], 1),
        (ArticleFilter { words: some("guard*"), ..all.clone() }, 0, &[], 0),
        (ArticleFilter { words: some("“"), ..all.clone() }, 0, &[], 0),
    ];
    for (filter, skip, expected, total) in cases {
        let (found, of) = ids(filter, *skip);
        assert_eq!(
            (found.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), of),
            (*expected, *total),
            "{filter:?}"
        );
    }
    let head = &ledger.article_page(&all, Paging::first(1)).expect("asked").items[0];
    assert_eq!((head.statements, head.extractor.as_str()), (20, "model 1"));
}
