use std::fs;
use std::path::{Path, PathBuf};

use pourparler_ledger::{Filter, Ledger, Problem};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::{article, origin};

/// A folder and a path in it where nothing is yet.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("talks.db");
    (folder, path)
}

/// A closed ledger of twenty articles.
fn made(path: &Path) {
    let mut ledger = Ledger::open(path).expect("a ledger");
    for n in 0..20 {
        ledger.add(&origin(format!("{n}").as_bytes()), &article(n), "model 1").expect("added");
    }
}

/// That the file is refused, for a reason that fits, and left as it is.
fn refused(path: &Path, fits: impl Fn(&Problem) -> bool) {
    let before = fs::read(path).ok();
    for error in [Ledger::open(path).err(), Ledger::open_existing(path).err()] {
        let error = error.expect("refused");
        assert!(fits(&error.problem), "{error}");
        assert!(error.to_string().starts_with(&path.display().to_string()), "{error}");
    }
    assert!(before == fs::read(path).ok(), "the file was touched");
}

#[test]
fn a_ledger_is_made_and_opened_again() {
    let (_folder, path) = place();
    let missing = Ledger::open_existing(&path).expect_err("nothing is there");
    assert!(matches!(missing.problem, Problem::Missing));
    assert!(!path.exists());
    made(&path);
    let ledger = Ledger::open_existing(&path).expect("opened");
    assert_eq!(ledger.counts().expect("counts").articles, 20);
    let raw = Connection::open(&path).expect("opened");
    let pragma = |name| raw.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0)).expect(name);
    assert_eq!(pragma("journal_mode"), "wal".to_owned().into());
    assert_eq!(pragma("application_id"), i64::from(u32::from_be_bytes(*b"Pour")).into());
    assert_eq!(pragma("user_version"), 10_i64.into());
}

#[test]
fn an_empty_file_becomes_a_ledger() {
    let (_folder, path) = place();
    fs::write(&path, "").expect("written");
    assert_eq!(Ledger::open_existing(&path).expect("opened").counts().expect("counts").articles, 0);
}

#[test]
fn programs_that_start_together_make_one_ledger() {
    for _ in 0..5 {
        let (_folder, path) = place();
        std::thread::scope(|scope| {
            for n in 0..6 {
                let path = &path;
                scope.spawn(move || {
                    let mut ledger = Ledger::open(path).expect("a ledger");
                    ledger.add(&origin(format!("{n}").as_bytes()), &article(n), "model 1").expect("added");
                });
            }
        });
        let ledger = Ledger::open_existing(&path).expect("opened");
        assert_eq!(ledger.counts().expect("counts").articles, 6);
        assert_eq!(ledger.verify().expect("looked"), []);
    }
}

#[test]
fn what_is_no_database_is_refused() {
    for bytes in [&b"no"[..], b"Minutes of the talks\n", b"SQLite format 3\0", &[0; 4096], &[0xaa; 20_000]] {
        let (_folder, path) = place();
        fs::write(&path, bytes).expect("written");
        refused(&path, |p| matches!(p, Problem::NotSqlite | Problem::Damaged(_)));
    }
}

#[test]
fn a_ledger_cut_short_is_refused() {
    let (_folder, path) = place();
    made(&path);
    let whole = fs::read(&path).expect("read");
    for length in [20, 100, 500, 4096, 8192, whole.len() / 8192 * 4096, whole.len() - 4096] {
        let (_folder, path) = place();
        fs::write(&path, &whole[..length]).expect("written");
        refused(&path, |p| matches!(p, Problem::NotSqlite | Problem::Damaged(_)));
    }
}

#[test]
fn a_ledger_overwritten_in_the_middle_is_told_by_verify() {
    let (_folder, path) = place();
    made(&path);
    let mut bytes = fs::read(&path).expect("read");
    let middle = bytes.len() / 8192 * 4096;
    bytes[middle..middle + 4096].fill(0xaa);
    fs::write(&path, bytes).expect("written");
    let ledger = Ledger::open_existing(&path).expect("its beginning is whole");
    match ledger.verify() {
        Ok(faults) => assert!(!faults.is_empty()),
        Err(error) => assert!(matches!(error.problem, Problem::Damaged(_)), "{error}"),
    }
}

#[test]
fn another_programs_database_is_refused() {
    for (sql, id) in [
        ("CREATE TABLE contact (name TEXT)", 0),
        ("PRAGMA user_version = 3", 0),
        ("PRAGMA application_id = 77", 77),
        ("CREATE TABLE contact (name TEXT); PRAGMA application_id = 77; PRAGMA user_version = 1", 77),
    ] {
        let (_folder, path) = place();
        Connection::open(&path).and_then(|db| db.execute_batch(sql)).expect("made");
        refused(&path, |p| matches!(p, Problem::Foreign { application_id } if *application_id == id));
    }
}

#[test]
fn a_newer_ledger_is_refused() {
    let (_folder, path) = place();
    made(&path);
    Connection::open(&path).and_then(|db| db.pragma_update(None, "user_version", 99)).expect("made");
    refused(&path, |p| matches!(p, Problem::Newer { found: 99, known: 10 }));
}

#[test]
fn what_cannot_be_opened_is_told() {
    let (folder, path) = place();
    for path in [folder.path().to_owned(), path.join("no/such/folder.db"), PathBuf::new()] {
        let error = Ledger::open(&path).expect_err("refused");
        assert!(matches!(error.problem, Problem::CannotOpen(_)), "{error}");
    }
}

#[test]
fn a_read_only_ledger_can_be_asked() {
    let (_folder, path) = place();
    made(&path);
    let mut permissions = fs::metadata(&path).expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("set");
    if fs::OpenOptions::new().write(true).open(&path).is_ok() {
        return; // Whoever runs this may write everything.
    }
    for _ in 0..2 {
        let mut ledger = Ledger::open(&path).expect("opened");
        assert_eq!(ledger.statements(&Filter::default()).expect("asked").len(), 400);
        assert_eq!(ledger.verify().expect("looked"), []);
        let error = ledger.add(&origin(b"one"), &article(99), "model 1").expect_err("refused");
        assert!(matches!(error.problem, Problem::ReadOnly), "{error}");
    }
}

#[test]
fn whoever_only_asks_cannot_write() {
    let (_folder, path) = place();
    assert!(matches!(Ledger::open_to_read(&path).expect_err("refused").problem, Problem::Missing));
    assert!(!path.exists());
    made(&path);
    let mut asking = Ledger::open_to_read(&path).expect("opened");
    let mut writing = Ledger::open(&path).expect("opened");
    let error = asking.add(&origin(b"one"), &article(99), "model 1").expect_err("refused");
    assert!(matches!(error.problem, Problem::ReadOnly), "{error}");
    assert_eq!(asking.counts().expect("asked").articles, 20);
    writing.add(&origin(b"one"), &article(99), "model 1").expect("added");
    assert_eq!(asking.counts().expect("asked").articles, 21);
}
