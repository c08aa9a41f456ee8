//! What people decide about statements holds whatever is extracted again, and can be undone.

use pourparler_ledger::{Ledger, Problem, Verdict};
use pourparler_text::{Act, Article, ArticleStatements, CodePoint, Statement};

use crate::store::fresh;
use crate::support::{origin, said, span};

const TEXT: &str = "Ana Oren said the toll stays. Oren Tal said the bridge is closed. Mira Quist said it rained.";

fn read(statements: Vec<Statement<CodePoint>>) -> ArticleStatements {
    ArticleStatements::new(Article::from_text(TEXT), statements)
}

fn extracted() -> ArticleStatements {
    read(vec![said(TEXT, "s1", "Ana Oren", "the toll stays"), said(TEXT, "s2", "Oren Tal", "the bridge is closed")])
}

/// Speaker, act and whether a person decided, of each statement.
fn held(ledger: &Ledger, id: &str) -> Vec<(String, Act, bool)> {
    let found = ledger.article(id).expect("readable").expect("there");
    let row = |s: &Statement<CodePoint>| (s.speaker.name.clone().unwrap_or_default(), s.act, s.confidence.is_none());
    found.statements.iter().map(row).collect()
}

#[test]
fn decisions_outlive_extractions_and_can_be_undone() {
    let mut ledger = fresh();
    let first = extracted();
    let id = first.article.id.clone();
    ledger.add(&origin(TEXT.as_bytes()), &first, "model 1").expect("added");

    let mut mended = first.statements[0].clone();
    mended.act = Act::Commit;
    let keep = ledger.review(&id, &Verdict::Keep(Box::new(mended)), "ana").expect("kept");
    ledger.review(&id, &Verdict::Reject(first.statements[1].content.clone()), "ana").expect("rejected");
    let added = said(TEXT, "x", "Mira Quist", "it rained");
    ledger.review(&id, &Verdict::Keep(Box::new(added)), "ivo").expect("added");
    let decided = [("Ana Oren".to_owned(), Act::Commit, true), ("Mira Quist".to_owned(), Act::Assert, true)];
    assert_eq!(held(&ledger, &id), decided);

    // A newer model finds other edges and one statement more.
    let mut again =
        vec![said(TEXT, "s1", "Ana Oren", "toll stays"), said(TEXT, "s2", "Oren Tal", "the bridge is closed")];
    again[0].act = Act::Warn;
    ledger.replace(&read(again), "model 2").expect("replaced");
    assert_eq!(held(&ledger, &id), decided);
    let machine = ledger.as_extracted(&id).expect("readable").expect("there");
    assert_eq!(machine.statements.iter().map(|s| s.act).collect::<Vec<_>>(), [Act::Warn, Act::Assert]);

    ledger.undo_review(keep, "ivo").expect("undone");
    assert_eq!(held(&ledger, &id)[0], ("Ana Oren".to_owned(), Act::Warn, false));
    let log = ledger.reviews().expect("readable");
    assert_eq!(
        log.iter().map(|r| (r.number, r.reviewer.as_str(), r.undone)).collect::<Vec<_>>(),
        [(1, "ana", true), (2, "ana", false), (3, "ivo", false), (4, "ivo", false)]
    );
    assert!(ledger.verify().expect("looked through").is_empty());
    for number in [keep, 4, 99] {
        let refused = ledger.undo_review(number, "ivo").map_err(|e| e.problem);
        assert!(matches!(refused, Err(Problem::NoReview { .. })), "{number}");
    }
}

#[test]
fn a_decision_has_to_fit_the_text() {
    let mut ledger = fresh();
    let read = extracted();
    ledger.add(&origin(TEXT.as_bytes()), &read, "model 1").expect("added");
    let mut beyond = read.statements[0].clone();
    beyond.content = vec![pourparler_text::Span::new(0, 1000)];
    let refused = ledger.review(&read.article.id, &Verdict::Keep(Box::new(beyond)), "ana").map_err(|e| e.problem);
    assert!(matches!(refused, Err(Problem::Unfit { .. })));
    let unknown = ledger.review("nowhere", &Verdict::Reject(vec![span(TEXT, "toll")]), "ana").map_err(|e| e.problem);
    assert!(matches!(unknown, Err(Problem::UnknownArticle { .. })));
    assert!(ledger.reviews().expect("readable").is_empty());
}
