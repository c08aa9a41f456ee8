//! What people made of what the machine found, and of what one another decided.

use std::collections::BTreeMap;

use pourparler_ledger::{Ledger, Paging, Part, ReviewFilter, ReviewStatistics, Verdict};
use pourparler_text::{Act, Article, ArticleStatements, CodePoint, Position, Shown, Stance, Statement};

use crate::store::fresh;
use crate::support::{origin, said, span};

const TEXT: &str = "Ana Oren said the toll stays. Oren Tal said the bridge is closed. Mira Quist said it rained. \
                    Ludo Bram said nothing moved.";

fn extracted() -> ArticleStatements {
    let mut first = said(TEXT, "s1", "Ana Oren", "the toll stays");
    let position = Position { by: Some(Shown::Words), ..Position::new("toll", Stance::Supports) };
    first.positions = vec![position];
    let statements =
        vec![first, said(TEXT, "s2", "Oren Tal", "the bridge is closed"), said(TEXT, "s3", "Mira Quist", "it rained")];
    ArticleStatements::new(Article::from_text(TEXT), statements)
}

fn ledger() -> (Ledger, String, Vec<Statement<CodePoint>>) {
    let mut ledger = fresh();
    let read = extracted();
    ledger.add(&origin(TEXT.as_bytes()), &read, "model 1").expect("added");
    (ledger, read.article.id, read.statements)
}

fn keep(statement: &Statement<CodePoint>, change: impl Fn(&mut Statement<CodePoint>)) -> Verdict {
    let mut kept = statement.clone();
    change(&mut kept);
    Verdict::Keep(Box::new(kept))
}

#[test]
fn what_was_kept_corrected_rejected_and_missed_is_counted() {
    let (mut ledger, id, made) = ledger();
    let none = ledger.review_statistics().expect("counted");
    assert_eq!((none.error_rate(), none), (None, ReviewStatistics::default()));

    // By what a position was shown, a person need not tell.
    ledger.review(&id, &keep(&made[0], |s| s.positions[0].by = None), "ana").expect("kept");
    let corrected = keep(&made[1], |s| (s.act, s.speaker.party) = (Act::Deny, Some("Tarn".to_owned())));
    ledger.review(&id, &corrected, "ana").expect("corrected");
    let rejected = ledger.review(&id, &Verdict::Reject(made[2].content.clone()), "ana").expect("rejected");
    let missed = said(TEXT, "x", "Ludo Bram", "nothing moved");
    ledger.review(&id, &Verdict::Keep(Box::new(missed)), "ana").expect("added");
    let wanted = ReviewStatistics {
        articles: 1,
        kept: 1,
        corrected: 1,
        corrected_in: BTreeMap::from([(Part::Party, 1), (Part::Act, 1)]),
        rejected: 1,
        missed: 1,
    };
    let found = ledger.review_statistics().expect("counted");
    assert_eq!(found, wanted);
    assert_eq!((found.decided(), found.error_rate()), (3, Some(2.0 / 3.0)));

    // What was rejected is brought back as it was, what was added is taken out again, and what was corrected is undone.
    ledger.review(&id, &keep(&made[2], |_| ()), "ivo").expect("kept");
    ledger.review(&id, &Verdict::Reject(vec![span(TEXT, "nothing moved")]), "ivo").expect("rejected");
    ledger.undo_review(2, "ivo").expect("undone");
    let found = ledger.review_statistics().expect("counted");
    assert_eq!(found, ReviewStatistics { articles: 1, kept: 2, ..ReviewStatistics::default() });
    ledger.undo_review(rejected, "ivo").expect("undone");
    assert_eq!(ledger.review_statistics().expect("counted").kept, 2);
}

#[test]
fn reviewers_of_one_place_are_held_beside_each_other() {
    let (mut ledger, id, made) = ledger();
    let mut decide = |who: &str, verdict: &Verdict| ledger.review(&id, verdict, who).expect("decided");
    // One decides alone, and again.
    decide("ana", &keep(&made[0], |s| s.act = Act::Deny));
    decide("ana", &keep(&made[0], |s| s.act = Act::Warn));
    // Two agree; a third is of the same mind after a change of it.
    decide("ana", &keep(&made[1], |_| ()));
    decide("ivo", &Verdict::Reject(made[1].content.clone()));
    decide("ivo", &keep(&made[1], |s| s.id = "other".to_owned()));
    // Two differ in a part, and one in all.
    decide("ana", &keep(&made[2], |s| s.act = Act::Deny));
    decide("ivo", &keep(&made[2], |s| s.speaker.role = Some("envoy".to_owned())));
    let rejected = decide("una", &Verdict::Reject(made[2].content.clone()));

    let opinions = ledger.second_opinions().expect("asked");
    let short: Vec<_> = opinions
        .iter()
        .map(|o| {
            let who: Vec<_> = o.decisions.iter().map(|r| r.reviewer.as_str()).collect();
            (o.content.clone(), who.join(" "), o.agrees(), o.disputed, o.parts.clone())
        })
        .collect();
    let wanted = [
        (made[1].content.clone(), "ana ivo".to_owned(), true, false, vec![]),
        (made[2].content.clone(), "ana ivo una".to_owned(), false, true, vec![Part::Role, Part::Act]),
    ];
    assert_eq!(short, wanted);
    ledger.undo_review(rejected, "una").expect("undone");
    let opinions = ledger.second_opinions().expect("asked");
    assert_eq!((opinions[1].decisions.len(), opinions[1].disputed, opinions[1].agrees()), (2, false, false));
}

#[test]
fn the_log_comes_in_pages_the_latest_first() {
    let (mut ledger, id, made) = ledger();
    for statement in &made {
        ledger.review(&id, &keep(statement, |_| ()), "ana").expect("kept");
    }
    ledger.undo_review(2, "ivo").expect("undone");
    let page = |skip, most| ledger.deeds(&ReviewFilter::default(), Paging { skip, most }).expect("asked");
    let numbers =
        |skip, most| page(skip, most).items.iter().map(|d| (d.review.number, d.review.undone)).collect::<Vec<_>>();
    assert_eq!(numbers(0, 2), [(4, false), (3, false)]);
    assert_eq!(numbers(2, 2), [(2, true), (1, false)]);
    assert_eq!((numbers(4, 2), page(4, 2).total), (vec![], 4));
    let mut all: Vec<_> = page(0, 10).items.into_iter().map(|d| d.review).collect();
    all.reverse();
    // The log tells of an undoing in which article it undid something.
    let mut wanted = ledger.reviews().expect("asked");
    assert_eq!(wanted[3].article.replace(id), None);
    assert_eq!(all, wanted);
}
