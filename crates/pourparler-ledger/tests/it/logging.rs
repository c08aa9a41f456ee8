//! The log: what it holds, what it shows of changes made past the program, and the ledger made anew from it.

use pourparler_ledger::{Decision, Fault, Head, Ledger, Paging, Place as Words, Problem, Put, Verdict};

use crate::store::{IS_SQLITE, Place, fresh};
use crate::support::{article, origin};

/// A ledger in which everything was done that the log tells of.
fn busy(ledger: &mut Ledger) {
    for n in 1..4 {
        ledger.add(&origin(format!("{n}").as_bytes()), &article(n), "model 1").expect("added");
    }
    ledger.appeared(&origin(b"again"), &article(2).article).expect("asked").expect("known");
    ledger.act_as("ivo");
    let read = article(2);
    let words = read.statements[4].content.clone();
    ledger.review("n2", &Verdict::Reject(words), "ana").expect("decided");
    let mut kept = read.statements[6].clone();
    kept.speaker.party = Some("Sarn".to_owned());
    let put = Put { was: Some(Words::of(&read.statements[6])), now: Some(Box::new(kept)) };
    ledger.review("n2", &Verdict::Put(put), "ivo").expect("decided");
    ledger.undo_review(1, "ana").expect("undone");
    let all = ledger.actors().expect("asked")[0].all();
    ledger.decide(&Decision::Rename(all, "Ana".to_owned())).expect("decided");
    ledger.decide(&Decision::Undo(1)).expect("decided");
}

#[test]
fn every_change_of_the_record_is_in_the_log() {
    let mut ledger = fresh();
    assert_eq!(ledger.head().expect("asked"), None);
    busy(&mut ledger);
    let events = ledger.events(Paging::first(100)).expect("asked");
    assert_eq!(events.total, 9);
    let told: Vec<_> =
        events.items.iter().rev().map(|e| (e.number, e.actor.as_str(), e.action.as_str(), e.about.as_str())).collect();
    assert_eq!(
        told,
        [
            (1, "local", "add", "article n1"),
            (2, "local", "add", "article n2"),
            (3, "local", "add", "article n3"),
            (4, "local", "appear", "article n2"),
            (5, "ana", "review", "review 1"),
            (6, "ivo", "review", "review 2"),
            (7, "ana", "review", "review 3"),
            (8, "ivo", "actor_decision", "actor decision 1"),
            (9, "ivo", "actor_decision", "actor decision 2"),
        ]
    );
    // Each tells what was there before, and what is now.
    let event = |number: i64| events.items.iter().find(|e| e.number == number).expect("there");
    let before = event(6).before.as_ref().expect("a statement was there");
    assert_eq!(before[0]["speaker"]["party"], "Ostland");
    assert!(event(6).after.as_ref().expect("decided")["review"]["decision"].as_str().expect("JSON").contains("Sarn"));
    assert_eq!(event(7).before.as_ref().expect("undone")["review"], 1);
    // The words of an article are not in it.
    let whole = format!("{:?}", events.items);
    assert!(!whole.contains("guards and a toll."), "{whole}");
    assert_eq!(ledger.verify().expect("looked"), []);
    // What changes nothing adds nothing.
    ledger.appeared(&origin(b"again"), &article(2).article).expect("asked").expect("known");
    assert_eq!(ledger.events(Paging::first(1)).expect("asked").total, 9);
}

#[test]
fn what_is_done_past_the_program_is_found() {
    let stop = if IS_SQLITE {
        "DROP TRIGGER event_stays; DROP TRIGGER event_is_kept; DROP TRIGGER review_stays; DROP TRIGGER review_is_kept;
         DROP TRIGGER actor_decision_stays; DROP TRIGGER actor_decision_is_kept;"
    } else {
        "ALTER TABLE event DISABLE TRIGGER ALL; ALTER TABLE review DISABLE TRIGGER ALL;
         ALTER TABLE actor_decision DISABLE TRIGGER ALL;"
    };
    for (change, message) in [
        ("UPDATE event SET actor = 'eve' WHERE number = 5", "entry 5 of the log: it is not what its hash says"),
        (
            "UPDATE event SET after = '{}' WHERE number = 5",
            "entry 5 of the log: its words are not what their hash says",
        ),
        (
            "UPDATE event SET after = NULL WHERE number = 5",
            "entry 5 of the log: its words are gone, and nothing was erased",
        ),
        ("DELETE FROM event WHERE number = 4", "entry 5 of the log: entry 4 is missing before it"),
        ("DELETE FROM event WHERE number = 9", "row 2 of `actor_decision` came in past the log"),
        (
            "UPDATE event SET number = 99 WHERE number = 5; UPDATE event SET number = 5 WHERE number = 6;
             UPDATE event SET number = 6 WHERE number = 99",
            "entry 5 of the log: it does not follow from the entry before it",
        ),
        ("UPDATE review SET reviewer = 'eve' WHERE key = 1", "row 1 of `review` is not what entry 5 of the log says"),
        ("DELETE FROM review WHERE key = 2", "row 2 of `review`, which entry 6 of the log tells of, is gone"),
        (
            "INSERT INTO review (made_at, reviewer, article, decision) VALUES ('2024-01-01T00:00:00Z', 'eve', 1, '{\"undo\":1}')",
            "row 4 of `review` came in past the log",
        ),
        ("UPDATE article SET outlet = 'Eve' WHERE id = 'n3'", "row 3 of `article` is not what entry 3 of the log says"),
        (
            "UPDATE appearance SET source = 'eve' WHERE key = 4",
            "row 4 of `appearance` is not what entry 4 of the log says",
        ),
        ("UPDATE actor_decision SET about = '{}' WHERE key = 1", "row 1 of `actor_decision` is not what entry 8"),
    ] {
        let place = Place::new();
        busy(&mut place.open());
        place.tamper(&format!("{stop} {change}"));
        let faults = place.open().verify().expect("looked");
        let told: Vec<_> = faults.iter().map(Fault::to_string).collect();
        assert!(told.iter().any(|fault| fault.contains(message)), "{change}: {told:#?}");
    }
}

#[test]
fn the_log_cannot_be_changed_by_accident() {
    for change in [
        "UPDATE event SET actor = 'eve' WHERE number = 1",
        "UPDATE event SET after = NULL WHERE number = 1",
        "DELETE FROM event",
        "UPDATE review SET reviewer = 'eve'",
        "DELETE FROM review",
    ] {
        let place = Place::new();
        busy(&mut place.open());
        assert!(place.try_to_tamper(change).is_err(), "{change}");
        assert_eq!(place.open().verify().expect("looked"), []);
    }
}

#[test]
fn a_log_cut_short_is_told_by_the_end_that_was_noted() {
    let place = Place::new();
    let mut ledger = place.open();
    busy(&mut ledger);
    let noted = ledger.head().expect("asked").expect("there");
    let parsed: Head = noted.to_string().parse().expect("an end");
    assert_eq!(parsed, noted);
    ledger.add(&origin(b"more"), &article(7), "model 1").expect("added");
    assert!(ledger.still_holds(&noted).expect("asked"));
    let other = Head { hash: noted.hash.replace(|c: char| c.is_ascii_digit(), "a"), ..noted };
    assert!(!ledger.still_holds(&other).expect("asked"));
    assert!(!ledger.still_holds(&Head { number: 99, ..parsed }).expect("asked"));
    for noise in ["", "12", "12:beef", "x:0000"] {
        assert!(noise.parse::<Head>().is_err(), "{noise}");
    }
}

#[test]
fn a_ledger_is_made_anew_from_its_log() {
    let place = Place::new();
    let mut ledger = place.open();
    busy(&mut ledger);
    ledger.erase("n3", "asked for by its author").expect("erased");
    let mut anew = Ledger::in_memory().expect("a ledger");
    assert_eq!(ledger.rebuild_into(&mut anew).expect("made"), []);
    assert_eq!(anew.article("n2").expect("read"), ledger.article("n2").expect("read"));
    assert_eq!(anew.reviews().expect("read"), ledger.reviews().expect("read"));
    assert_eq!(anew.actors().expect("read"), ledger.actors().expect("read"));
    let again = ledger.rebuild_into(&mut anew).expect_err("something is there");
    assert!(matches!(again.problem, Problem::NotEmpty));
    // Statements that are not what the log gives are found.
    place.tamper("UPDATE statement SET act = 'deny' WHERE id = 's6' AND article = 2");
    let faults = ledger.rebuild_into(&mut Ledger::in_memory().expect("a ledger")).expect("made");
    assert!(faults.iter().any(|f| matches!(f, Fault::NotRebuilt { table: "statement", .. })), "{faults:?}");
}

/// The record does not run backwards where the clock is put back.
#[test]
fn time_goes_on_when_the_clock_is_put_back() {
    let place = Place::new();
    let mut ledger = place.open();
    ledger.add(&origin(b"1"), &article(1), "model 1").expect("added");
    let later = "2999-01-01T00:00:00Z";
    let stop = if IS_SQLITE { "DROP TRIGGER event_stays;" } else { "ALTER TABLE event DISABLE TRIGGER ALL;" };
    place.tamper(&format!("{stop} UPDATE event SET made_at = '{later}'"));
    ledger.add(&origin(b"2"), &article(2), "model 1").expect("added");
    assert_eq!(ledger.events(Paging::first(1)).expect("asked").items[0].made_at, later);
    let head = ledger.article_head("n2").expect("asked").expect("there");
    assert_eq!(head.added_at.to_string(), later);
}
