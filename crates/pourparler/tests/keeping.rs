//! Ledgers kept: copied between databases, backed up and restored, verified, erased from, encrypted. PostgreSQL is started by the test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[path = "../../pourparler-ledger/tests/postgres/server.rs"]
mod server;

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn run_with(folder: &Path, key: Option<&str>, args: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pourparler"));
    command.args(args).current_dir(folder).env_remove("POURPARLER_LEDGER").env_remove("POURPARLER_KEY_FILE");
    if let Some(key) = key {
        command.env("POURPARLER_KEY_FILE", key);
    }
    let done = command.output().expect("the program starts");
    Ran {
        code: done.status.code().expect("no signal"),
        out: String::from_utf8(done.stdout).expect("UTF-8"),
        err: String::from_utf8(done.stderr).expect("UTF-8"),
    }
}

/// Runs it and gives what it printed, where it did what it should.
fn done(folder: &Path, args: &[&str]) -> String {
    let ran = run_with(folder, None, args);
    assert_eq!(ran.code, 0, "{args:?}: {}{}", ran.out, ran.err);
    ran.out
}

/// A folder with a ledger of the examples and two decisions.
fn place() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let examples: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/articles");
    done(folder.path(), &["add", examples.to_str().expect("a path"), "--ledger", "talks.db", "--model", "fast"]);
    let statements = done(folder.path(), &["export", "jsonl", "--ledger", "talks.db"]);
    let row: serde_json::Value = statements
        .lines()
        .map(|l| serde_json::from_str(l).expect("JSON"))
        .find(|r: &serde_json::Value| !r["statement"].is_null())
        .expect("one");
    let name = format!("{}/{}", row["article"].as_str().expect("id"), row["statement"].as_str().expect("id"));
    done(folder.path(), &["review", "--ledger", "talks.db", "--by", "ana", "accept", &name]);
    done(folder.path(), &["review", "--ledger", "talks.db", "--by", "ivo", "undo", "1"]);
    folder
}

#[test]
fn a_ledger_goes_to_postgresql_and_back_by_a_backup() {
    let folder = place();
    let at = folder.path();
    let server = server::Server::start();
    let address = server.address().replace("pourparler@", "pourparler:a-password@");
    let said = done(at, &["copy", "talks.db", &address]);
    assert!(said.contains("2 decisions") && !said.contains("a-password"), "{said}");
    let (ours, theirs) =
        (done(at, &["export", "jsonl", "--ledger", "talks.db"]), done(at, &["export", "jsonl", "--ledger", &address]));
    assert_eq!(ours, theirs);
    for question in [
        &["positions"][..],
        &["statements", "--text", "talks"],
        &["ask", "who"],
        &["actors"],
        &["copies"],
        &["review", "log"],
    ] {
        let with = |ledger: &str| {
            let mut args = question.to_vec();
            args.splice(1..1, ["--ledger", ledger]);
            let ran = run_with(at, None, &args);
            (ran.code, ran.out)
        };
        assert_eq!(with("talks.db"), with(&address), "{question:?}");
    }
    let verified = done(at, &["verify", "--rebuild", "--ledger", &address]);
    assert!(verified.contains("made anew from its log, the record is the same"), "{verified}");
    // It is not written over, nor is its backup.
    let again = run_with(at, None, &["copy", "talks.db", &address]);
    assert!(again.code == 4 && again.err.contains("something is in this ledger already"), "{}", again.err);
    assert!(!again.err.contains("a-password"), "{}", again.err);
    done(at, &["backup", "talks.backup", "--ledger", &address]);
    assert!(!at.join("talks.backup-wal").exists());
    assert_eq!(run_with(at, None, &["backup", "talks.backup", "--ledger", &address]).code, 2);
    done(at, &["restore", "talks.backup", "--ledger", "again.db"]);
    assert_eq!(done(at, &["export", "jsonl", "--ledger", "again.db"]), ours);
    assert_eq!(
        done(at, &["log", "--end", "--ledger", "again.db"]),
        done(at, &["log", "--end", "--ledger", "talks.db"])
    );
    // A server that is not there is told, and the password is not.
    let gone = run_with(at, None, &["statements", "--ledger", "postgres://desk:a-password@127.0.0.1:9/talks"]);
    assert!(
        gone.code == 4 && gone.err.contains("cannot be reached") && !gone.err.contains("a-password"),
        "{}",
        gone.err
    );
}

#[test]
fn the_log_tells_what_was_done_and_shows_what_was_done_past_it() {
    let folder = place();
    let at = folder.path();
    let end = done(at, &["log", "--end", "--ledger", "talks.db"]);
    let log = done(at, &["log", "--ledger", "talks.db"]);
    assert!(log.lines().next().is_some_and(|line| line.contains("ivo") && line.contains("review 2")), "{log}");
    let article = done(at, &["log", "--json", "--limit", "1000", "--ledger", "talks.db"])
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .find_map(|e| e["about"].as_str().and_then(|about| about.strip_prefix("article ")).map(str::to_owned))
        .expect("an article");
    let erased = done(at, &["erase", &article, "--because", "asked for", "--by", "ana", "--ledger", "talks.db"]);
    assert!(erased.contains("a tombstone stays") && !erased.contains("has not overwritten"), "{erased}");
    let verified = done(at, &["verify", "--noted", end.trim(), "--rebuild", "--ledger", "talks.db"]);
    assert!(verified.contains("the log is whole"), "{verified}");
    assert_eq!(run_with(at, None, &["erase", &article, "--because", "again", "--ledger", "talks.db"]).code, 4);
    rusqlite::Connection::open(at.join("talks.db"))
        .and_then(|db| db.execute_batch("DROP TRIGGER event_stays; UPDATE event SET actor = 'eve' WHERE number = 2"))
        .expect("tampered with");
    let found = run_with(at, None, &["verify", "--ledger", "talks.db"]);
    assert!(found.code == 4 && found.out.contains("entry 2 of the log"), "{}", found.out);
    let other = format!("1:{}", "0".repeat(64));
    let cut = run_with(at, None, &["verify", "--noted", &other, "--ledger", "talks.db"]);
    assert!(cut.out.contains("it was cut or made anew"), "{}", cut.out);
    assert_eq!(run_with(at, None, &["verify", "--noted", "nothing", "--ledger", "talks.db"]).code, 2);
}

#[test]
fn a_ledger_is_encrypted_and_written_out() {
    let folder = place();
    let at = folder.path();
    fs::write(at.join("key"), "a key of more than twelve characters\n").expect("written");
    done(at, &["copy", "talks.db", "secret.db", "--to-key", "key"]);
    let bytes = fs::read(at.join("secret.db")).expect("read");
    assert!(!bytes.windows(6).any(|w| w == b"SQLite"));
    let refused = run_with(at, None, &["statements", "--ledger", "secret.db"]);
    assert!(refused.code == 4 && refused.err.contains("POURPARLER_KEY_FILE"), "{}", refused.err);
    let opened = run_with(at, Some("key"), &["export", "jsonl", "--ledger", "secret.db"]);
    assert_eq!(opened.out, done(at, &["export", "jsonl", "--ledger", "talks.db"]));
    done(at, &["backup", "talks.backup", "--key", "key", "--ledger", "talks.db"]);
    assert_eq!(run_with(at, None, &["restore", "talks.backup", "--ledger", "again.db"]).code, 4);
    done(at, &["restore", "talks.backup", "--key", "key", "--ledger", "again.db"]);

    done(at, &["export", "everything", "--out", "archive", "--ledger", "talks.db"]);
    let sums = fs::read_to_string(at.join("archive/SHA256SUMS")).expect("read");
    assert!(sums.contains("event.jsonl") && sums.contains("inputs/"), "{sums}");
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").expect("a sum and a name");
        let bytes = fs::read(at.join("archive").join(name)).expect("a file");
        assert_eq!(pourparler_text::sha256_hex(&bytes), sum, "{name}");
    }
    // It is not written over.
    assert_eq!(run_with(at, None, &["export", "everything", "--out", "archive", "--ledger", "talks.db"]).code, 4);
}
