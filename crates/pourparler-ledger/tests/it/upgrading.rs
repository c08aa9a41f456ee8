//! Ledgers of every earlier format open, come to the newest, and hold what they held. Each release adds one of its own to `ledgers/`.

use std::fs;
use std::path::Path;

use pourparler_ledger::{Filter, Ledger, Paging};
use rusqlite::Connection;

/// The steps up to each format, as they were released.
const STEPS: [&str; 7] = [
    include_str!("../../migrations/sqlite/0001_record.sql"),
    include_str!("../../migrations/sqlite/0002_actors.sql"),
    include_str!("../../migrations/sqlite/0003_reviews.sql"),
    include_str!("../../migrations/sqlite/0004_copies.sql"),
    include_str!("../../migrations/sqlite/0005_watch.sql"),
    include_str!("../../migrations/sqlite/0006_inputs.sql"),
    include_str!("../../migrations/sqlite/0007_workspace.sql"),
];

const TEXT: &str = "Ana Oren said that the truce holds.";

/// An article with one statement, in words that every format understands.
fn fill(db: &Connection, format: usize) {
    let sum = pourparler_text::sha256_hex(TEXT.as_bytes());
    let bytes = pourparler_text::sha256_hex(b"bytes");
    db.execute_batch(&format!(
        "INSERT INTO snapshot (sha256, bytes) VALUES ('{bytes}', CAST('bytes' AS BLOB));
         INSERT INTO article (id, text_sha256, outlet, published, added_at, text)
         VALUES ('n1', '{sum}', 'Oria Daily', '2024-03-01', '2024-03-02T10:00:00Z', '{TEXT}');
         INSERT INTO appearance (article, snapshot, source, decoding, article_id, added_at)
         VALUES (1, 1, 'wire/1.txt', 'text, utf-8', 'n1', '2024-03-02T10:00:00Z');
         INSERT INTO extraction (article, extractor, made_at) VALUES (1, 'model 1', '2024-03-02T10:00:00Z');
         INSERT INTO statement (article, ordinal, id, source_code_points, cue_code_points, content_code_points, quotation,
             speaker_name, speaker_kind, via, act, confidence, content, sentence, speaker_key, day)
         VALUES (1, 0, 's1', '[[0,8]]', '[[9,13]]', '[[14,34]]', 'indirect', 'Ana Oren', 'person', '[]', 'assert', 0.5,
             'that the truce holds', '{TEXT}', 'ana oren', '2024-03-01');
         INSERT INTO statement_position (statement, ordinal, issue, stance) VALUES (1, 0, 'truce', 'supports');"
    ))
    .expect("filled");
    if format >= 2 {
        db.execute_batch(
            "INSERT INTO actor_decision (made_at, action, about) VALUES ('2024-03-03T10:00:00Z', 'rename',
                 '{\"rename\":[[{\"form\":{\"name\":\"Ana Oren\",\"kind\":\"person\",\"party\":null}}],\"Ana O.\"]}')",
        )
        .expect("decided");
    }
    if format >= 3 {
        db.execute_batch(
            "INSERT INTO review (made_at, reviewer, article, decision)
             VALUES ('2024-03-04T10:00:00Z', 'ana', 1, '{\"reject\":[[14,34]]}');
             INSERT INTO review (made_at, reviewer, decision) VALUES ('2024-03-05T10:00:00Z', 'ana', '{\"undo\":1}')",
        )
        .expect("reviewed");
    }
}

#[test]
fn every_format_comes_to_the_newest() {
    for format in 1..=STEPS.len() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("talks.db");
        let db = Connection::open(&path).expect("made");
        for step in &STEPS[..format] {
            db.execute_batch(step).expect("a step");
        }
        db.pragma_update(None, "application_id", 0x506f_7572).expect("set");
        db.pragma_update(None, "user_version", format).expect("set");
        fill(&db, format);
        drop(db);
        let mut ledger = Ledger::open_existing(&path).expect("opened");
        assert_eq!(ledger.verify().expect("looked"), [], "format {format}");
        let entries = ledger.statements(&Filter::default()).expect("asked");
        assert_eq!((entries.len(), entries[0].content.as_str()), (1, "that the truce holds"));
        assert_eq!(entries[0].statement.positions.len(), 1);
        let found = Filter { text: Some("truce".to_owned()), ..Filter::default() };
        assert_eq!(ledger.statements(&found).expect("asked").len(), 1);
        assert_eq!(ledger.actor_log().expect("asked").len(), usize::from(format >= 2));
        assert_eq!(ledger.reviews().expect("asked").len(), if format >= 3 { 2 } else { 0 });
        // What was there before there was a log is its beginning.
        let events = ledger.events(Paging::first(9)).expect("asked");
        assert_eq!(events.total, 1 + usize::from(format >= 2) + if format >= 3 { 2 } else { 0 });
        assert_eq!(ledger.rebuild_into(&mut Ledger::in_memory().expect("a ledger")).expect("made"), []);
        ledger.compare_all().expect("compared");
        ledger.erase("n1", "to see that it can be").expect("erased");
        assert_eq!(ledger.verify().expect("looked"), [], "format {format}");
    }
}

/// Ledgers that the released programs themselves made.
#[test]
fn ledgers_of_earlier_programs_open() {
    let ledgers = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/ledgers");
    let mut opened = 0;
    for entry in fs::read_dir(ledgers).expect("a folder") {
        let path = entry.expect("an entry").path();
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join("talks.db");
        fs::copy(&path, &copy).expect("copied");
        let ledger = Ledger::open_existing(&copy).expect("opened");
        assert_eq!(ledger.verify().expect("looked"), [], "{}", path.display());
        assert_eq!((ledger.counts().expect("asked").articles, ledger.reviews().expect("asked").len()), (3, 3));
        assert_eq!(ledger.rebuild_into(&mut Ledger::in_memory().expect("a ledger")).expect("made"), []);
        opened += 1;
    }
    assert!(opened >= 1);
}
