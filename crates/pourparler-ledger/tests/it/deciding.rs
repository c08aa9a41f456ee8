//! Decisions about one statement among several over the same words, and what the log tells of them.

use pourparler_ledger::{Did, Ledger, LedgerError, Paging, Part, Place, Put, ReviewFilter, Verdict};
use pourparler_text::{Article, ArticleStatements, CodePoint, Statement};

use crate::store::fresh;
use crate::support::{origin, said, span};

const TEXT: &str = "Ana Oren said Oren Tal vowed the bridge stays closed. Mira Quist said it rained.";

/// One reports another: the contents are mostly the same words.
fn nested() -> ArticleStatements {
    let mut outer = said(TEXT, "s1", "Ana Oren", "Oren Tal vowed the bridge stays closed");
    outer.cue = vec![span(TEXT, "said")];
    let mut inner = said(TEXT, "s2", "Oren Tal", "the bridge stays closed");
    inner.cue = vec![span(TEXT, "vowed")];
    ArticleStatements::new(Article::from_text(TEXT), vec![outer, inner])
}

fn ledger() -> (Ledger, String, Vec<Statement<CodePoint>>) {
    let mut ledger = fresh();
    let read = nested();
    ledger.add(&origin(TEXT.as_bytes()), &read, "model 1").expect("added");
    (ledger, read.article.id.clone(), read.statements)
}

fn names(ledger: &Ledger, id: &str) -> Vec<String> {
    let found = ledger.article(id).expect("readable").expect("there").statements;
    found.into_iter().map(|s| s.speaker.name.unwrap_or_default()).collect()
}

fn put(was: Option<&Statement<CodePoint>>, now: Option<Statement<CodePoint>>) -> Verdict {
    Verdict::Put(Put { was: was.map(Place::of), now: now.map(Box::new) })
}

#[test]
fn one_of_several_over_the_same_words_is_meant() {
    for rejected in [0, 1] {
        let (mut ledger, id, made) = ledger();
        ledger.review(&id, &put(Some(&made[rejected]), None), "ana").expect("rejected");
        assert_eq!(names(&ledger, &id), [made[1 - rejected].speaker.name.clone().expect("a name")]);
    }
    let (mut ledger, id, made) = ledger();
    let mut moved = made[1].clone();
    moved.content = vec![span(TEXT, "it rained")];
    let done =
        ledger.judge(&id, "ana", |_| Ok::<_, LedgerError>(put(Some(&made[1]), Some(moved.clone())))).expect("moved");
    assert_eq!(done.entry.expect("there").statement.id, "s2");
    assert_eq!(names(&ledger, &id), ["Ana Oren", "Oren Tal"]);
    // What is added puts nothing else aside, though it has the same words.
    let mut beside = made[0].clone();
    (beside.cue, beside.speaker.name) = (vec![span(TEXT, "rained")], Some("Mira Quist".to_owned()));
    ledger.review(&id, &put(None, Some(beside)), "ivo").expect("added");
    assert_eq!(names(&ledger, &id).len(), 3);
    assert!(ledger.verify().expect("looked through").is_empty());
}

#[test]
fn the_log_tells_what_each_decision_did() {
    let (mut ledger, id, made) = ledger();
    ledger.review(&id, &put(Some(&made[0]), Some(made[0].clone())), "ana").expect("accepted");
    let mut other = made[0].clone();
    other.speaker.party = Some("Karveth".to_owned());
    ledger.review(&id, &put(Some(&made[0]), Some(other)), "ivo").expect("corrected");
    ledger.review(&id, &put(Some(&made[1]), None), "ana").expect("rejected");
    ledger.review(&id, &put(None, Some(said(TEXT, "x", "Mira Quist", "it rained"))), "ana").expect("added");
    let back = ledger.take_back(3, "ivo").expect("undone");
    assert_eq!(back.entry.expect("back again").statement.id, "s2");
    let log = ledger.deeds(&ReviewFilter::default(), Paging::first(10)).expect("readable");
    let told: Vec<_> = log.items.iter().map(|d| (d.did, d.statement.as_deref(), d.review.undone)).collect();
    let expected = [
        (Did::Undo, Some("s2"), false),
        (Did::Add, Some("r1"), false),
        (Did::Reject, Some("s2"), true),
        (Did::Correct, Some("s1"), false),
        (Did::Accept, Some("s1"), false),
    ];
    assert_eq!(told, expected);
    assert_eq!(log.items[3].parts, [Part::Party]);
    assert_eq!(log.items[1].words, "it rained");
    for (reviewer, verdict, count) in [
        (Some("ana"), None, 3),
        (None, Some(Did::Reject), 1),
        (None, Some(Did::Accept), 3),
        (None, Some(Did::Undo), 1),
        (Some("ivo"), Some(Did::Reject), 0),
    ] {
        let filter = ReviewFilter { reviewer: reviewer.map(str::to_owned), verdict };
        let page = ledger.deeds(&filter, Paging::first(10)).expect("readable");
        assert_eq!((page.total, page.items.len()), (count, count), "{filter:?}");
    }
    let reading = ledger.reading(&id).expect("readable").expect("there");
    assert_eq!(reading.about, [vec![0, 1], vec![2], vec![3]]);
    assert_eq!(reading.holds(0).map(|d| d.review.number), Some(2));
    assert!(reading.holds(1).is_none() && reading.rejected.is_empty());
    let statistics = ledger.review_statistics().expect("readable");
    assert_eq!((statistics.kept, statistics.corrected, statistics.rejected, statistics.missed), (0, 1, 0, 1));
}

/// Nobody decides on what they did not see.
#[test]
fn a_refused_decision_leaves_no_trace() {
    let (mut ledger, id, _) = ledger();
    let before = ledger.version().expect("readable");
    #[derive(Debug)]
    enum Refused {
        Seen(usize),
        Failed,
    }
    impl From<LedgerError> for Refused {
        fn from(_: LedgerError) -> Self {
            Self::Failed
        }
    }
    let refused = ledger.judge(&id, "ana", |read| Err(Refused::Seen(read.statements.len())));
    assert!(matches!(refused, Err(Refused::Seen(2))));
    let unknown = ledger.judge("nowhere", "ana", |_| Err(Refused::Seen(0)));
    assert!(matches!(unknown, Err(Refused::Failed)));
    assert_eq!(ledger.version().expect("readable"), before);
    assert!(ledger.reviews().expect("readable").is_empty());
}
