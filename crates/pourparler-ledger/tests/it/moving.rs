//! Copies of whole ledgers, everything written out, and articles erased with their traces.

use std::collections::BTreeMap;

use pourparler_ledger::{Decision, Filter, Ledger, LedgerError, Paging, Piece, Problem, Verdict};
use pourparler_text::sha256_hex;

use crate::store::{IS_SQLITE, Place, fresh};
use crate::support::{article, origin};

fn full(ledger: &mut Ledger) {
    for n in 1..6 {
        ledger.add(&origin(format!("bytes of {n}").as_bytes()), &article(n), "model 1").expect("added");
    }
    let words = article(2).statements[4].content.clone();
    ledger.review("n2", &Verdict::Reject(words), "ana").expect("decided");
    let all = ledger.actors().expect("asked")[0].all();
    ledger.decide(&Decision::Rename(all, "Ana".to_owned())).expect("decided");
    ledger.add_feed("https://example.org/feed").expect("kept");
    ledger.finish("00", "a.warc", 3).expect("kept");
    ledger.set_looked("ana", jiff::Timestamp::UNIX_EPOCH).expect("kept");
}

#[test]
fn a_ledger_is_copied_row_by_row_into_either_database_and_back() {
    let mut ledger = fresh();
    full(&mut ledger);
    let there = Place::new();
    // This database into this database, into SQLite, and back from there.
    let mut copies = [there.open(), Ledger::in_memory().expect("a ledger"), fresh()];
    let copied = ledger.copy_into(&mut copies[0]).expect("copied");
    assert!(copied.rows.contains(&("article", 5)) && copied.rows.contains(&("statement", 99)), "{copied:?}");
    assert_eq!(ledger.copy_into(&mut copies[1]).expect("copied"), copied);
    let [_, sqlite, back] = &mut copies;
    assert_eq!(sqlite.copy_into(back).expect("copied"), copied);
    for copy in &mut copies {
        assert_eq!(copy.verify().expect("looked"), []);
        assert_eq!(copy.version().expect("asked"), ledger.version().expect("asked"));
        for filter in [
            Filter::default(),
            Filter { text: Some("corridor guards".to_owned()), ..Filter::default() },
            Filter { speaker: Some("novak".to_owned()), ..Filter::default() },
        ] {
            assert_eq!(copy.statements(&filter).expect("asked"), ledger.statements(&filter).expect("asked"));
        }
        // It goes on where the other was.
        copy.add(&origin(b"more"), &article(9), "model 1").expect("added");
        let words = article(9).statements[4].content.clone();
        assert_eq!(copy.review("n9", &Verdict::Reject(words), "ana").expect("decided"), 2);
        assert_eq!(copy.verify().expect("looked"), []);
    }
    let error = ledger.copy_into(&mut copies[0]).expect_err("something is there");
    assert!(matches!(error.problem, Problem::NotEmpty), "{error}");
}

#[test]
fn everything_is_written_out() {
    let mut ledger = fresh();
    full(&mut ledger);
    let (mut rows, mut snapshots) = (BTreeMap::<_, usize>::new(), 0);
    ledger
        .each_piece(|piece| -> Result<(), LedgerError> {
            match piece {
                Piece::Row { table, row } => {
                    assert!(row.get("bytes").is_none());
                    *rows.entry(table).or_default() += 1;
                }
                Piece::Snapshot { sha256, bytes } => {
                    assert_eq!(sha256_hex(bytes), sha256);
                    snapshots += 1;
                }
            }
            Ok(())
        })
        .expect("given");
    assert_eq!((rows["article"], rows["statement"], rows["event"], snapshots), (5, 99, 7, 5));
    // Whoever takes may break off.
    let mut taken = 0;
    let broken = ledger.each_piece(|_| {
        taken += 1;
        if taken == 3 { ledger.article("n1").map(drop).and_then(|()| Err(ledger_error())) } else { Ok(()) }
    });
    assert!(broken.is_err() && taken == 3);
}

fn ledger_error() -> LedgerError {
    Ledger::open_existing("/nowhere/at all").expect_err("missing")
}

#[test]
fn an_erased_article_leaves_a_tombstone_and_no_word() {
    let place = Place::new();
    let mut ledger = place.open();
    full(&mut ledger);
    // One input held two articles: it stays with the other.
    for n in [7, 8] {
        ledger.add(&origin(b"an archive of two"), &article(n), "model 1").expect("added");
    }
    let mut secret = article(10);
    secret.article.title = Some("Quaxolotl".to_owned());
    let text = format!("{} Quaxolotl went home.", secret.article.text.as_str());
    secret.article.text = pourparler_text::Text::new(text);
    ledger.add(&origin(b"the bytes of Quaxolotl"), &secret, "model 1").expect("added");
    let mut kept = secret.statements[2].clone();
    kept.speaker.name = Some("Quaxolotl".to_owned());
    ledger.review("n10", &Verdict::Keep(Box::new(kept)), "ana").expect("decided");
    let number = ledger.review("n10", &Verdict::Reject(secret.statements[3].content.clone()), "ivo").expect("decided");
    ledger.undo_review(number, "ivo").expect("undone");

    let erased = ledger.erase("n10", "a court asked for it").expect("erased");
    assert_eq!((erased.statements, erased.reviews, erased.snapshots), (20, 2, 1));
    assert_eq!(ledger.erase("n7", "asked for").expect("erased").snapshots, 0);
    assert_eq!(ledger.article("n10").expect("asked"), None);
    assert_eq!(ledger.verify().expect("looked"), []);
    assert_eq!(ledger.rebuild_into(&mut Ledger::in_memory().expect("a ledger")).expect("made"), []);
    let last = &ledger.events(Paging::first(2)).expect("asked").items;
    assert_eq!((last[1].action.as_str(), last[1].about.as_str()), ("erase", "article n10"));
    let of = |words: &str| Filter { text: Some(words.to_owned()), ..Filter::default() };
    assert_eq!(ledger.statements(&of("Quaxolotl")).expect("asked"), []);
    // It does not come in again, whatever it is called; others do.
    secret.article.id = "another".to_owned();
    let error = ledger.add(&origin(b"anew"), &secret, "model 1").expect_err("erased");
    assert!(error.problem.is_of_input() && error.to_string().contains("a court asked for it"), "{error}");
    ledger.add(&origin(b"n20"), &article(20), "model 1").expect("added");
    let missing = ledger.erase("n10", "again").expect_err("gone");
    assert!(matches!(missing.problem, Problem::UnknownArticle { .. }));
    let mut copy = fresh();
    ledger.copy_into(&mut copy).expect("copied");
    assert_eq!(copy.verify().expect("looked"), []);
    drop(ledger);
    if IS_SQLITE {
        let bytes = std::fs::read(&place.name).expect("the file");
        let there = |word: &[u8]| bytes.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word));
        assert!(!there(b"quaxolotl"), "the file still holds it");
        assert!(there(b"a court asked for it"));
    }
}
