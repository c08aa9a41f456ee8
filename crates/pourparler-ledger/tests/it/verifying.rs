use pourparler_ledger::{Fault, Ledger};

use crate::store::{IS_SQLITE, Place};
use crate::support::{article, origin};

/// The faults of a ledger of three articles after somebody changed it by `sql`.
fn faults_after(sql: &str) -> Vec<Fault> {
    let place = Place::new();
    let mut ledger = place.open();
    for n in 1..4 {
        ledger.add(&origin(format!("{n}").as_bytes()), &article(n), "model 1").expect("added");
    }
    drop(ledger);
    place.tamper(sql);
    Ledger::open_existing(&place.name).and_then(|ledger| ledger.verify()).expect(sql)
}

#[test]
fn a_ledger_left_alone_has_no_faults() {
    assert_eq!(faults_after(""), []);
}

/// `UPDATE statement SET …` of one statement.
fn statement(change: &str) -> String {
    format!("UPDATE statement SET {change} WHERE id = 's4' AND article = (SELECT key FROM article WHERE id = 'n2')")
}

#[test]
fn every_change_is_found_and_named() {
    let text = "UPDATE article SET text = text || '!' WHERE id = 'n2'";
    let moved = "UPDATE article SET text = '🎉' || text WHERE id = 'n2'";
    let hash = "UPDATE article SET text_sha256 = 'beef' WHERE id = 'n2'";
    let snapshot = if IS_SQLITE {
        "UPDATE snapshot SET bytes = x'00' WHERE bytes = CAST('2' AS BLOB)"
    } else {
        "UPDATE snapshot SET bytes = '\\x00' WHERE bytes = '2'"
    };
    let published = "UPDATE article SET published = 'soon' WHERE id = 'n2'";
    let orphan = "PRAGMA foreign_keys = OFF; DELETE FROM extraction WHERE article = 2";
    let index = "DELETE FROM statement_words_data WHERE id > 10";
    let cases: &[(String, &str)] = &[
        (text.to_owned(), "the text of article `n2`, recorded as "),
        (moved.to_owned(), "the text of article `n2`, recorded as "),
        (moved.to_owned(), "article `n2`, statement `s4`: content is Some(\"the corridor of day 2 needs 4 guards"),
        (hash.to_owned(), "the text of article `n2`, recorded as beef, hashes to "),
        (snapshot.to_owned(), "the snapshot recorded as "),
        (statement("content = 'war'"), "article `n2`, statement `s4`: content is Some(\"war\") and should be Some"),
        (statement("content_code_points = '[[0,3]]'"), "statement `s4`: content is Some"),
        (statement("source_code_points = '[[0,3],[9,70000]]'"), "`n2`, statement `s4`: source 9..70000 is not inside"),
        (statement("cue_code_points = '[[9,3]]'"), "`n2`, statement `s4`: cue_code_points: a span ends at 3 before"),
        (statement("via = 'wire'"), "`n2`, statement `s4`: via: "),
        (statement("act = 'shout'"), "`n2`, statement `s4`: act: `shout` is none of "),
        (statement("said_from = '2024-02-31', said_to = '2024-02-31'"), "`n2`, statement `s4`: said_from: "),
        (statement("speaker_key = 'nobody'"), "`n2`, statement `s4`: speaker_key is Some(\"nobody\")"),
        (statement("speaker_name = 'Nobody'"), "`n2`, statement `s4`: speaker_key is Some"),
        (statement("party_key = NULL"), "`n2`, statement `s4`: party_key is None"),
        (statement("day = '1999-01-01'"), "`n2`, statement `s4`: day is Some(\"1999-01-01\")"),
        (published.to_owned(), "article `n2`: published: "),
        (orphan.to_owned(), "of `statement` belongs to a row of `extraction` that is not there"),
        (index.to_owned(), "the file is damaged: "),
    ];
    for (sql, message) in cases {
        // PostgreSQL keeps its own order among rows and indexes.
        if !IS_SQLITE && (sql == orphan || sql == index) {
            continue;
        }
        let faults: Vec<_> = faults_after(sql).iter().map(Fault::to_string).collect();
        assert!(faults.iter().any(|fault| fault.contains(message)), "{sql}: {faults:#?}");
    }
}
