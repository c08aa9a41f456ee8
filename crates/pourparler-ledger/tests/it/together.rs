//! Several people on one record: comments, disagreements and what they are settled to, assignments, agreement.

use pourparler_ledger::{
    Assigned, Field, Ledger, LedgerError, Paging, Part, Place, Problem, Put, SecondOpinion, Verdict,
};
use pourparler_text::{Act, Article, ArticleStatements, CodePoint, Quotation, Statement};

use crate::store::fresh;
use crate::support::{article, origin, said, span};

const TEXT: &str = "Ana Oren said the toll stays. Oren Tal said the bridge is closed. Mira Quist said it rained. \
                    Ludo Bram said nothing moved.";

fn ledger() -> (Ledger, String, Vec<Statement<CodePoint>>) {
    let mut ledger = fresh();
    let statements = vec![
        said(TEXT, "s1", "Ana Oren", "the toll stays"),
        said(TEXT, "s2", "Oren Tal", "the bridge is closed"),
        said(TEXT, "s3", "Mira Quist", "it rained"),
    ];
    let read = ArticleStatements::new(Article::from_text(TEXT), statements);
    ledger.add(&origin(TEXT.as_bytes()), &read, "model 1").expect("added");
    (ledger, read.article.id, read.statements)
}

fn keep(statement: &Statement<CodePoint>, change: impl Fn(&mut Statement<CodePoint>)) -> Verdict {
    let mut kept = statement.clone();
    change(&mut kept);
    Verdict::Put(Put { was: Some(Place::of(statement)), now: Some(Box::new(kept)) })
}

fn reject(statement: &Statement<CodePoint>) -> Verdict {
    Verdict::Put(Put { was: Some(Place::of(statement)), now: None })
}

fn open(ledger: &Ledger) -> Vec<Vec<i64>> {
    let open = ledger.disagreements(Paging::first(100)).expect("asked").items;
    open.iter().map(|opinion| opinion.decisions.iter().map(|review| review.number).collect()).collect()
}

/// Settles on what the decision of a number has.
fn settle_on(ledger: &mut Ledger, differing: &[i64], number: i64, who: &str) -> Result<i64, Problem> {
    let choose = |opinion: &SecondOpinion, _: &ArticleStatements| {
        let chosen = opinion.decisions.iter().find(|review| review.number == number).expect("one of them");
        Ok::<_, LedgerError>(chosen.verdict.kept().cloned())
    };
    let settled = ledger.settle(differing, who, " they read it again ", choose);
    settled.map(|decided| decided.number).map_err(|error| error.problem)
}

fn act(ledger: &Ledger, id: &str, statement: &str) -> Option<Act> {
    let read = ledger.article(id).expect("readable").expect("there");
    read.statements.iter().find(|s| s.id == statement).map(|s| s.act)
}

#[test]
fn a_disagreement_is_settled_until_somebody_decides_otherwise() {
    let (mut ledger, id, made) = ledger();
    let deny = keep(&made[0], |s| s.act = Act::Deny);
    ledger.review(&id, &deny, "ana").expect("decided");
    assert!(open(&ledger).is_empty(), "one alone differs from nobody");
    ledger.review(&id, &keep(&made[0], |s| s.act = Act::Warn), "ivo").expect("decided");
    assert_eq!(open(&ledger), [[1, 2]]);

    assert_eq!(settle_on(&mut ledger, &[2, 1], 1, "una").expect("settled"), 3);
    assert!(open(&ledger).is_empty());
    assert_eq!(act(&ledger, &id, "s1"), Some(Act::Deny));
    let opinion = &ledger.second_opinions().expect("asked")[0];
    assert_eq!((opinion.decisions.len(), opinion.agrees(), opinion.is_open()), (2, false, false));
    let settled = opinion.settled.as_ref().expect("settled");
    assert_eq!(
        (settled.review.number, settled.review.reviewer.as_str(), settled.note.as_str()),
        (3, "una", "they read it again")
    );
    assert_eq!(settled.opinions, [1, 2]);
    // Who looked before it was settled settles nothing.
    assert!(matches!(settle_on(&mut ledger, &[1, 2], 2, "ivo"), Err(Problem::Overtaken)));

    // Who follows leaves it settled; who decides otherwise opens it again.
    ledger.review(&id, &deny, "ivo").expect("decided");
    assert!(open(&ledger).is_empty());
    ledger.review(&id, &keep(&made[0], |s| s.act = Act::Demand), "ivo").expect("decided");
    assert_eq!(open(&ledger), [[1, 5]]);
    // A settlement of one of the two is a decision of its own: both opinions stay what they were.
    let undone = settle_on(&mut ledger, &[1, 5], 5, "ana").expect("settled");
    assert_eq!((open(&ledger).len(), act(&ledger, &id, "s1")), (0, Some(Act::Demand)));
    ledger.undo_review(undone, "ivo").expect("undone");
    assert_eq!((open(&ledger), act(&ledger, &id, "s1")), (vec![vec![1, 5]], Some(Act::Demand)));
    ledger.undo_review(5, "ivo").expect("undone");
    ledger.undo_review(4, "ivo").expect("undone");
    ledger.undo_review(2, "ivo").expect("undone");
    assert!(open(&ledger).is_empty() && ledger.second_opinions().expect("asked").is_empty());
    assert!(ledger.verify().expect("looked through").is_empty());
}

#[test]
fn whether_a_statement_is_there_is_settled_either_way() {
    for (chosen, stands, late) in [(1, true, "una"), (2, false, "ana")] {
        let (mut ledger, id, made) = ledger();
        ledger.review(&id, &keep(&made[1], |s| s.act = Act::Deny), "ana").expect("decided");
        ledger.review(&id, &reject(&made[1]), "ivo").expect("decided");
        assert_eq!(open(&ledger), [[1, 2]]);
        settle_on(&mut ledger, &[1, 2], chosen, late).expect("settled");
        assert!(open(&ledger).is_empty(), "{chosen}");
        let read = ledger.article(&id).expect("readable").expect("there");
        let found = read.statements.iter().find(|s| s.content == made[1].content);
        assert_eq!(found.map(|s| s.act), Some(Act::Deny).filter(|_| stands));
        assert_eq!(read.statements.len(), 2 + usize::from(stands));
        // The other way round again.
        let opposite = if stands { reject(found.expect("it stands")) } else { keep(&made[1], |s| s.act = Act::Deny) };
        ledger.review(&id, &opposite, "ivo").expect("decided");
        let again = open(&ledger);
        assert_eq!(again.len(), usize::from(stands), "{chosen}: who comes over to the other's reading agrees");
    }
}

#[test]
fn a_settlement_may_be_a_third_reading() {
    let (mut ledger, id, made) = ledger();
    ledger.review(&id, &keep(&made[2], |s| s.act = Act::Deny), "ana").expect("decided");
    ledger.review(&id, &keep(&made[2], |s| s.act = Act::Warn), "ivo").expect("decided");
    let third = |_: &SecondOpinion, read: &ArticleStatements| {
        let mut found = read.statements[2].clone();
        (found.act, found.content) = (Act::Demand, vec![span(TEXT, "rained")]);
        Ok::<_, LedgerError>(Some(found))
    };
    let decided = ledger.settle(&[1, 2], "una", "", third).expect("settled");
    assert_eq!(decided.entry.map(|entry| (entry.statement.id, entry.content)), Some(("s3".into(), "rained".into())));
    assert!(open(&ledger).is_empty());
    let opinion = &ledger.second_opinions().expect("asked")[0];
    assert_eq!((&opinion.content, opinion.parts.as_slice()), (&vec![span(TEXT, "rained")], &[Part::Act][..]));
    // What is decided later about other words of it belongs to the same place.
    ledger.review(&id, &Verdict::Reject(vec![span(TEXT, "rained")]), "ana").expect("decided");
    assert_eq!(open(&ledger), [[2, 4]]);
}

#[test]
fn nothing_is_settled_that_does_not_differ() {
    let (mut ledger, id, made) = ledger();
    for who in ["ana", "ivo"] {
        ledger.review(&id, &keep(&made[0], |_| ()), who).expect("decided");
        ledger
            .review(&id, &keep(&made[1], |s| s.act = if who == "ana" { Act::Deny } else { Act::Warn }), who)
            .expect("decided");
    }
    let version = ledger.version().expect("asked");
    for numbers in [&[][..], &[1], &[1, 3], &[2, 4, 1], &[2], &[2, 99], &[99], &[-1, 0]] {
        assert!(matches!(settle_on(&mut ledger, numbers, 1, "una"), Err(Problem::Overtaken)), "{numbers:?}");
    }
    // One of them changed their mind meanwhile.
    ledger.review(&id, &keep(&made[1], |s| s.act = Act::Demand), "ana").expect("decided");
    assert!(matches!(settle_on(&mut ledger, &[2, 4], 2, "una"), Err(Problem::Overtaken)));
    assert!(matches!(settle_on(&mut ledger, &[4, 5], 4, " "), Err(Problem::Unsuited(_))));
    let long = ledger.settle(&[4, 5], "una", &"x".repeat(4_001), |_, _| Ok::<_, LedgerError>(None));
    assert!(matches!(long.map_err(|e| e.problem), Err(Problem::Unsuited(_))));
    let unfit = |_: &SecondOpinion, read: &ArticleStatements| {
        let mut found = read.statements[1].clone();
        found.content = vec![pourparler_text::Span::new(0, 100_000)];
        Ok::<_, LedgerError>(Some(found))
    };
    let unfit = ledger.settle(&[4, 5], "una", "", unfit);
    assert!(matches!(unfit.map_err(|e| e.problem), Err(Problem::Unfit { .. })));
    assert_eq!(ledger.version().expect("asked"), version + 1, "only the decision was kept");
    assert_eq!(ledger.reviews().expect("asked").len(), 5);
}

#[test]
fn agreement_is_measured_on_what_each_decided_alone() {
    let (mut ledger, id, made) = ledger();
    let none = ledger.agreement().expect("asked");
    assert_eq!(none.len(), Field::ALL.len());
    assert!(none.iter().all(|(_, alpha)| alpha.value.is_none() && alpha.units == 0));
    let mut decide = |who: &str, verdict: &Verdict| ledger.review(&id, verdict, who).expect("decided");
    decide("ana", &keep(&made[0], |s| s.act = Act::Deny));
    decide("ana", &keep(&made[1], |s| s.speaker.party = Some("Tarn".to_owned())));
    decide("ana", &keep(&made[2], |s| s.quotation = Quotation::Direct));
    decide("ivo", &keep(&made[0], |s| s.act = Act::Deny));
    decide("ivo", &keep(&made[1], |_| ()));
    decide("ivo", &reject(&made[2]));
    let found = ledger.agreement().expect("asked");
    let of = |wanted: Field| {
        let (_, alpha) = found.iter().find(|(field, _)| *field == wanted).expect("every field");
        (alpha.value.map(|value| (value * 1000.0).round() / 1000.0), alpha.units, alpha.values)
    };
    // Three places, five say that something is there: 1 - 5 · 2 / (2 · 5 · 1).
    assert_eq!(of(Field::Statement), (Some(0.0), 3, 6));
    // Of the two that both keep: deny, deny; assert, assert.
    assert_eq!(of(Field::Act), (Some(1.0), 2, 4));
    // None and none; Tarn and none: 1 - 3 · 2 / (2 · 3 · 1).
    assert_eq!(of(Field::Party), (Some(0.0), 2, 4));
    // Where one value is all there is, nothing can be told.
    for field in [Field::Quotation, Field::Issues, Field::Date, Field::Via] {
        assert_eq!(of(field), (None, 2, 4), "{field:?}");
    }
    // What it is settled to changes no opinion.
    settle_on(&mut ledger, &[2, 5], 5, "ana").expect("settled");
    assert_eq!(ledger.agreement().expect("asked"), found);
}

#[test]
fn comments_stay_with_their_statement() {
    let (mut ledger, id, made) = ledger();
    let first = ledger.comment(&id, "s2", "ana", "  Is it the bridge?\n<b>Or the road?</b> ").expect("added");
    let answer = ledger.answer(first, "ivo", "The bridge.").expect("added");
    // The statement gets other words, is commented on as it is then, and is put back.
    let mut moved = made[1].clone();
    moved.content = vec![span(TEXT, "nothing moved")];
    let mend = Verdict::Put(Put { was: Some(Place::of(&made[1])), now: Some(Box::new(moved)) });
    let mended = ledger.review(&id, &mend, "ana").expect("decided");
    ledger.comment(&id, "s2", "una", "Now it is about something else.").expect("added");
    let about = |ledger: &Ledger| -> Vec<_> {
        let all = ledger.comments(&id).expect("asked");
        all.into_iter().map(|c| (c.number, c.statement, c.about, c.words.is_some(), c.answers)).collect()
    };
    let told = |number, statement: Option<&str>, words: &str, stands, answers| {
        (number, statement.map(str::to_owned), words.to_owned(), stands, answers)
    };
    let wanted = |statement| {
        vec![
            told(1, statement, "the bridge is closed", true, None),
            told(2, statement, "the bridge is closed", true, Some(1)),
            told(3, statement, "nothing moved", true, None),
        ]
    };
    assert_eq!(about(&ledger), wanted(Some("s2")));
    ledger.undo_review(mended, "ana").expect("undone");
    assert_eq!(about(&ledger), wanted(Some("s2")), "a comment made on other words stays with its statement");
    let rejected = ledger.review(&id, &reject(&made[1]), "ivo").expect("decided");
    assert_eq!(about(&ledger), wanted(None), "nothing is there to comment on");
    assert!(matches!(
        ledger.comment(&id, "s2", "ana", "x").map_err(|e| e.problem),
        Err(Problem::UnknownStatement { .. })
    ));
    ledger.undo_review(rejected, "ivo").expect("undone");
    // Read anew, with other ids.
    let mut again: Vec<_> = made[1..].to_vec();
    again.iter_mut().zip(["t1", "t2"]).for_each(|(s, id)| s.id = id.to_owned());
    ledger.replace(&ArticleStatements::new(Article::from_text(TEXT), again), "model 2").expect("replaced");
    assert_eq!(about(&ledger)[0], told(1, Some("t1"), "the bridge is closed", true, None));

    let withdrawn = |result: Result<(), LedgerError>| result.map_err(|error| error.problem);
    assert!(matches!(withdrawn(ledger.withdraw_comment(answer, "ana")), Err(Problem::OthersComment { .. })));
    withdrawn(ledger.withdraw_comment(answer, "ivo")).expect("withdrawn");
    assert!(matches!(withdrawn(ledger.withdraw_comment(answer, "ivo")), Err(Problem::NoComment { .. })));
    assert!(matches!(withdrawn(ledger.withdraw_comment(99, "ivo")), Err(Problem::NoComment { number: 99 })));
    // A withdrawal is no comment, though it has a number.
    assert!(matches!(withdrawn(ledger.withdraw_comment(4, "ivo")), Err(Problem::NoComment { .. })));
    assert!(matches!(ledger.answer(answer, "ana", "x").map_err(|e| e.problem), Err(Problem::NoComment { .. })));
    let all = ledger.comments(&id).expect("asked");
    assert_eq!(
        all.iter().map(|c| c.words.as_deref()).collect::<Vec<_>>()[..2],
        [Some("Is it the bridge?\n<b>Or the road?</b>"), None]
    );
    assert_eq!(all.len(), 3);
    assert!(ledger.verify().expect("looked through").is_empty());
}

#[test]
fn comments_that_cannot_be_kept_are_refused() {
    let (mut ledger, id, _) = ledger();
    for (author, words) in [
        ("ana", String::new()),
        ("ana", " \n ".to_owned()),
        ("ana", "é".repeat(4_001)),
        ("ana", "a\0b".to_owned()),
        ("", "x".to_owned()),
        ("a\nb", "x".to_owned()),
    ] {
        let refused = ledger.comment(&id, "s1", author, &words).map_err(|error| error.problem);
        assert!(matches!(refused, Err(Problem::Unsuited(_))), "{author:?}: {words:?}");
    }
    assert!(matches!(
        ledger.comment("nowhere", "s1", "ana", "x").map_err(|e| e.problem),
        Err(Problem::UnknownArticle { .. })
    ));
    assert!(matches!(
        ledger.comment(&id, "s9", "ana", "x").map_err(|e| e.problem),
        Err(Problem::UnknownStatement { .. })
    ));
    assert!(ledger.comments(&id).expect("asked").is_empty());
    ledger.comment(&id, "s1", "ana", &"é".repeat(4_000)).expect("as long as it may be");
    assert!(matches!(ledger.comments("nowhere").map_err(|e| e.problem), Err(Problem::UnknownArticle { .. })));
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Articles `n0` to `n5`; the higher its number, the less certain one is.
fn many() -> Ledger {
    let mut ledger = fresh();
    for n in 0..6 {
        let mut read = article(n);
        read.statements.truncate(2);
        read.statements.iter_mut().for_each(|s| s.confidence = Some(0.9 - n as f32 / 10.0));
        ledger.add(&origin(format!("snapshot {n}").as_bytes()), &read, "model 1").expect("added");
    }
    ledger
}

fn short(assigned: &[Assigned]) -> Vec<String> {
    assigned.iter().map(|a| format!("{} {}", a.article, a.reviewer)).collect()
}

#[test]
fn articles_are_assigned_and_read() {
    let mut ledger = many();
    let made = ledger.assign(&strings(&["n1", "n0"]), &strings(&["ana", " ana ", "ivo"]), "una").expect("assigned");
    assert_eq!(short(&made), ["n1 ana", "n1 ivo", "n0 ana", "n0 ivo"]);
    assert!(ledger.assign(&strings(&["n1"]), &strings(&["ana"]), "una").expect("known").is_empty());
    let waiting = |ledger: &Ledger, who: &str| -> Vec<String> {
        let page = ledger.waiting_for(who, Paging::first(100)).expect("asked");
        assert_eq!(page.total, page.items.len());
        page.items.iter().map(|e| format!("{}/{}", e.article, e.statement.id)).collect()
    };
    assert_eq!(waiting(&ledger, "ana"), ["n1/s0", "n1/s1", "n0/s0", "n0/s1"]);
    assert!(waiting(&ledger, "una").is_empty());
    let page = ledger.waiting_for("ana", Paging { skip: 1, most: 2 }).expect("asked");
    let ids: Vec<_> = page.items.iter().map(|e| format!("{}/{}", e.article, e.statement.id)).collect();
    assert_eq!((ids, page.total), (strings(&["n1/s1", "n0/s0"]), 4));

    // What another decided leaves it waiting, what they decided themselves does not.
    let read = ledger.article("n1").expect("readable").expect("there").statements;
    ledger.review("n1", &keep(&read[0], |_| ()), "ivo").expect("decided");
    assert_eq!(waiting(&ledger, "ana").len(), 4);
    ledger.review("n1", &keep(&read[0], |_| ()), "ana").expect("decided");
    let last = ledger.review("n1", &reject(&read[1]), "ana").expect("decided");
    assert_eq!(waiting(&ledger, "ana"), ["n0/s0", "n0/s1"]);
    let told = |ledger: &Ledger, who: Option<&str>| -> Vec<_> {
        let all = ledger.assignments(who, Paging::first(100)).expect("asked").items;
        all.iter().map(|a| format!("{} {} {} {} {}", a.article, a.reviewer, a.decided, a.statements, a.done)).collect()
    };
    assert_eq!(told(&ledger, Some("ana")), ["n1 ana 2 2 true", "n0 ana 0 2 false"]);
    // To others the statement that was rejected is not there to be decided on.
    assert_eq!(told(&ledger, Some("ivo")), ["n1 ivo 1 1 true", "n0 ivo 0 2 false"]);
    ledger.undo_review(last, "una").expect("undone");
    assert_eq!(told(&ledger, None), ["n1 ana 1 2 false", "n1 ivo 1 2 false", "n0 ana 0 2 false", "n0 ivo 0 2 false"]);

    ledger.read_through("n1", "ana", "ana").expect("done");
    assert_eq!((told(&ledger, Some("ana"))[0].as_str(), waiting(&ledger, "ana").len()), ("n1 ana 1 2 true", 2));
    ledger.unassign("n0", "ana", "una").expect("withdrawn");
    assert_eq!(told(&ledger, Some("ana")), ["n1 ana 1 2 true"]);
    for (article, who) in [("n0", "ana"), ("n2", "ana"), ("n1", "una")] {
        let refused = ledger.unassign(article, who, "una").map_err(|error| error.problem);
        assert!(matches!(refused, Err(Problem::NotAssigned { .. })), "{article} {who}");
    }
    assert!(matches!(ledger.read_through("n1", "ana", "ana").map_err(|e| e.problem), Err(Problem::NotAssigned { .. })));
    // Both come back to who has them assigned anew.
    ledger.assign(&strings(&["n0", "n1"]), &strings(&["ana"]), "una").expect("assigned");
    assert_eq!(waiting(&ledger, "ana"), ["n1/s1", "n0/s0", "n0/s1"]);
    assert!(ledger.verify().expect("looked through").is_empty());
}

#[test]
fn the_next_articles_are_shared_out() {
    let mut ledger = many();
    let made = ledger.assign_next(&strings(&["ana", "ivo"]), 2, 1, "una").expect("assigned");
    // Three articles, the least certain first; the one in the middle is for both.
    assert_eq!(short(&made), ["n5 ana", "n4 ana", "n4 ivo", "n3 ivo"]);
    // What is withdrawn may be assigned again, what others have to read is not.
    ledger.unassign("n5", "ana", "una").expect("withdrawn");
    let made = ledger.assign_next(&strings(&["una"]), 3, 0, "una").expect("assigned");
    assert_eq!(short(&made), ["n5 una", "n2 una", "n1 una"]);
    // Fewer wait than are wanted; all those in common come first in number.
    let made = ledger.assign_next(&strings(&["ana", "ivo"]), 5, 5, "una").expect("assigned");
    assert_eq!(short(&made), ["n0 ana", "n0 ivo"]);
    assert!(ledger.assign_next(&strings(&["ana"]), 5, 0, "una").expect("nothing is left").is_empty());
    // Articles on which everything is decided wait no longer.
    let mut other = many();
    let read = other.article("n5").expect("readable").expect("there").statements;
    for statement in &read {
        other.review("n5", &keep(statement, |_| ()), "ana").expect("decided");
    }
    assert_eq!(short(&other.assign_next(&strings(&["ivo"]), 1, 0, "una").expect("assigned")), ["n4 ivo"]);
}

#[test]
fn assignments_that_make_no_sense_are_refused() {
    let mut ledger = many();
    let long = "x".repeat(81);
    for reviewers in [&[][..], &[""], &["ana", " "], &["a\tb"], &[long.as_str()]] {
        let refused = ledger.assign(&strings(&["n1"]), &strings(reviewers), "una").map_err(|error| error.problem);
        assert!(matches!(refused, Err(Problem::Unsuited(_))), "{reviewers:?}");
        let refused = ledger.assign_next(&strings(reviewers), 1, 0, "una").map_err(|error| error.problem);
        assert!(matches!(refused, Err(Problem::Unsuited(_))), "{reviewers:?}");
    }
    for (each, common) in [(1, 2), (1_001, 0), (usize::MAX, usize::MAX)] {
        let refused = ledger.assign_next(&strings(&["ana"]), each, common, "una").map_err(|error| error.problem);
        assert!(matches!(refused, Err(Problem::Unsuited(_))), "{each} {common}");
    }
    let unknown = ledger.assign(&strings(&["n1", "nowhere"]), &strings(&["ana"]), "una").map_err(|error| error.problem);
    assert!(matches!(unknown, Err(Problem::UnknownArticle { .. })));
    assert_eq!(ledger.assignments(None, Paging::first(10)).expect("asked").total, 0, "nothing of it was kept");
}

/// What people do together is ground: it is logged, only added to, copied, made anew from the log, and goes with an article.
#[test]
fn it_is_kept_as_all_that_people_decide_is() {
    let place = crate::store::Place::new();
    let mut ledger = place.open();
    let read = ArticleStatements::new(Article::from_text(TEXT), vec![said(TEXT, "s1", "Ana Oren", "the toll stays")]);
    ledger.add(&origin(TEXT.as_bytes()), &read, "model 1").expect("added");
    let (id, made) = (read.article.id.clone(), &read.statements[0]);
    ledger.add(&origin(b"another"), &article(1), "model 1").expect("added");
    ledger.comment("n1", "s0", "ana", "stays").expect("added");
    let first = ledger.comment(&id, "s1", "ana", "words of a comment").expect("added");
    ledger.answer(first, "ivo", "words of an answer").expect("added");
    ledger.withdraw_comment(first, "ana").expect("withdrawn");
    ledger.review(&id, &keep(made, |s| s.act = Act::Deny), "ana").expect("decided");
    ledger.review(&id, &reject(made), "ivo").expect("decided");
    settle_on(&mut ledger, &[1, 2], 1, "una").expect("settled");
    ledger.assign(&[id.clone(), "n1".to_owned()], &strings(&["ana"]), "una").expect("assigned");

    let events = ledger.events(Paging::first(100)).expect("asked").items;
    for (action, actor, count) in
        [("comment", "ana", 3), ("comment", "ivo", 1), ("settlement", "una", 1), ("assignment", "una", 2)]
    {
        let found = events.iter().filter(|event| event.action == action && event.actor == actor).count();
        assert_eq!(found, count, "{action} by {actor}");
    }
    for table in ["comment", "settlement", "assignment"] {
        for sql in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET article = article")] {
            assert!(place.try_to_tamper(&sql).is_err(), "{sql}");
        }
    }
    assert!(ledger.verify().expect("looked through").is_empty());
    let mut copy = fresh();
    ledger.copy_into(&mut copy).expect("copied");
    assert_eq!(copy.comments(&id).expect("asked"), ledger.comments(&id).expect("asked"));
    assert_eq!(copy.second_opinions().expect("asked"), ledger.second_opinions().expect("asked"));
    let mut anew = fresh();
    assert!(ledger.rebuild_into(&mut anew).expect("made anew").is_empty());
    assert_eq!(anew.assignments(None, Paging::first(9)).expect("asked").items.len(), 2);

    ledger.erase(&id, "asked to").expect("erased");
    assert!(matches!(ledger.comments(&id).map_err(|e| e.problem), Err(Problem::UnknownArticle { .. })));
    assert_eq!(ledger.comments("n1").expect("asked").len(), 1, "what is said about others stays");
    assert_eq!(ledger.assignments(None, Paging::first(9)).expect("asked").items.len(), 1);
    assert!(ledger.second_opinions().expect("asked").is_empty());
    let left = format!("{:?}", ledger.events(Paging::first(100)).expect("asked").items);
    assert!(left.contains("stays") && !left.contains("words of"), "the log lets go of what was said");
    assert!(ledger.verify().expect("looked through").is_empty());
}
