//! Ledgers encrypted at rest.

use std::fs;

use pourparler_ledger::{Key, Ledger, Problem};
use tempfile::TempDir;

use crate::support::{article, origin};

fn key(folder: &TempDir, name: &str, words: &str) -> Key {
    let file = folder.path().join(name);
    fs::write(&file, words).expect("written");
    Key::from_file(file).expect("a key")
}

#[test]
fn an_encrypted_ledger_opens_with_its_key_and_with_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("secret.db");
    let (own, other) =
        (key(&folder, "own", "it's a long \"key\" of ours\n"), key(&folder, "other", "quite another key"));
    let mut ledger = Ledger::open_with(&path, &own, true).expect("made");
    for n in 0..5 {
        ledger.add(&origin(format!("bytes {n}").as_bytes()), &article(n), "model 1").expect("added");
    }
    // Neither the file nor what stands beside it while it is open tells a word.
    for entry in fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let bytes = fs::read(&entry).expect("read");
        for word in [&b"corridor"[..], b"SQLite format", b"CREATE TABLE", b"model 1"] {
            assert!(!bytes.windows(word.len()).any(|w| w == word), "{}", entry.display());
        }
    }
    drop(ledger);
    let before = fs::read(&path).expect("read");
    for refused in [Ledger::open_with(&path, &other, false), Ledger::open_existing(&path)] {
        let error = refused.expect_err("the key does not fit");
        assert!(matches!(error.problem, Problem::NotSqlite), "{error}");
        assert!(error.to_string().contains("POURPARLER_KEY_FILE"), "{error}");
    }
    assert!(before == fs::read(&path).expect("read"), "the file was touched");
    let ledger = Ledger::open_with(&path, &own, false).expect("opened");
    assert_eq!(ledger.verify().expect("looked"), []);
    // Into the open and back under another key.
    let mut open = Ledger::open(folder.path().join("open.db")).expect("made");
    let copied = ledger.copy_into(&mut open).expect("copied");
    let mut again = Ledger::open_with(folder.path().join("again.db"), &other, true).expect("made");
    assert_eq!(open.copy_into(&mut again).expect("copied"), copied);
    again.close().expect("closed");
    Ledger::open_with(folder.path().join("again.db"), &other, false).expect("opened");
}

#[test]
fn a_key_is_a_line_of_some_length_and_never_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("key");
    for short in ["", "short", "elevenchars\nand more on the next line"] {
        fs::write(&file, short).expect("written");
        let error = Key::from_file(&file).expect_err("too short");
        assert!(matches!(error.problem, Problem::NoKey(_)) && !error.to_string().contains("elevenchars"), "{error}");
    }
    assert!(matches!(Key::from_file("/nowhere/key").expect_err("missing").problem, Problem::NoKey(_)));
    assert_eq!(format!("{:?}", key(&folder, "long", "long enough to be one")), "Key");
}
