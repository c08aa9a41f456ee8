//! The record in other programs' forms, as a user has it: out of a ledger, and into one again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

fn pourparler(folder: &Path, args: &[&str]) -> Ran {
    let ran = Command::new(env!("CARGO_BIN_EXE_pourparler"))
        .args(args)
        .current_dir(folder)
        .env_remove("POURPARLER_LEDGER")
        .output()
        .expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: ran.status.code(), out: text(ran.stdout), err: text(ran.stderr) }
}

fn done(folder: &Path, args: &[&str]) -> Ran {
    let ran = pourparler(folder, args);
    assert_eq!(ran.code, Some(0), "{args:?}: {}", ran.err);
    ran
}

/// A ledger of some examples, with decisions of people: made once, copied for each test.
fn ledger() -> TempDir {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let (examples, dossier) = (root().join("examples/articles"), root().join("examples/dossier.toml"));
        let mut files: Vec<PathBuf> = fs::read_dir(examples).expect("read").map(|e| e.expect("entry").path()).collect();
        files.sort();
        let mut args = vec!["add", "--ledger", "talks.db", "--model", "fast", "--dossier"];
        let dossier = dossier.display().to_string();
        args.push(&dossier);
        let names: Vec<String> = files.iter().take(5).map(|path| path.display().to_string()).collect();
        args.extend(names.iter().map(String::as_str));
        done(folder.path(), &args);
        let listed = done(folder.path(), &["statements", "--ledger", "talks.db", "--format", "jsonl"]).out;
        let names: Vec<String> = listed
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
            .map(|e| format!("{}/{}", e["article"].as_str().expect("id"), e["statement"]["id"].as_str().expect("id")))
            .collect();
        let review = |decision: &[&str]| {
            let mut args = vec!["review", "--ledger", "talks.db", "--by", "Bo"];
            args.extend(decision);
            done(folder.path(), &args);
        };
        review(&["accept", &names[0]]);
        review(&["reject", &names[3]]);
        review(&["correct", &names[5], "--speaker", "Ana Oren", "--position", "water=opposes"]);
        folder
    });
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(made.path().join("talks.db"), folder.path().join("talks.db")).expect("copied");
    folder
}

/// What goes out by a format and comes in by `import` is the same record, with its decisions; coming in twice changes nothing.
#[test]
fn records_come_back_as_they_went_out() {
    let folder = ledger();
    let at = folder.path();
    fs::write(at.join("password"), "talks\n").expect("written");
    let whole = done(at, &["export", "jsonl", "--ledger", "talks.db"]).out;
    assert!(whole.lines().count() > 40);
    for (format, out, more) in [
        ("jsonl", "talks.jsonl", &[][..]),
        ("brat", "brat", &[]),
        ("dna", "talks.dna", &["--password-file", "password"]),
    ] {
        let mut args = vec!["export", format, "--ledger", "talks.db", "--out", out];
        args.extend(more);
        done(at, &args);
        let other = format!("{format}.db");
        let first = done(at, &["import", out, "--ledger", &other]).err;
        assert!(first.contains("5 new articles") && first.contains("2 decisions of people"), "{format}: {first}");
        let again = done(at, &["import", out, "--ledger", &other]).err;
        assert!(again.contains("0 new articles") && !again.contains("decisions"), "{format}: {again}");
        // Into the ledger that it is from it brings nothing.
        let home = done(at, &["import", out, "--ledger", "talks.db"]).err;
        assert!(home.contains("0 new articles") && !home.contains("decisions"), "{format}: {home}");
        let back = done(at, &["export", "jsonl", "--ledger", &other]).out;
        assert!(back == whole, "{format}: the record is another");
        assert_eq!(pourparler(at, &["verify", "--ledger", &other]).code, Some(0));
    }
}

#[test]
fn every_format_is_written_and_nothing_is_written_over() {
    let folder = ledger();
    let at = folder.path();
    let dossier = root().join("examples/dossier.toml").display().to_string();
    for (args, holds) in [
        (&["csv"][..], "article,title,outlet"),
        (&["csv", "--table", "positions"], "party,issue,issue_name"),
        (&["csv", "--table", "moves"], "party,issue,issue_name,from,to"),
        (&["jsonl", "--table", "positions"], "\"stance\":"),
        (&["graphml"], "<graphml"),
        (&["graphml", "--network", "agreement", "--norm", "jaccard", "--actors", "speakers"], "<graphml"),
        (&["gexf", "--network", "both"], "version=\"1.3\""),
        (&["gexf", "--norm", "activity"], "mode=\"dynamic\""),
        (&["annotations"], "\"AnnotationCollection\""),
        (&["claims", "--dossier", &dossier], "\"Claim\""),
        (&["prov"], "wasDerivedFrom"),
        (&["qdc"], "urn:QDA-XML:codebook:1.0"),
    ] {
        let mut args = args.to_vec();
        args.insert(0, "export");
        if args[1] != "qdc" {
            args.extend(["--ledger", "talks.db"]);
        }
        let ran = done(at, &args);
        assert!(ran.out.contains(holds), "{args:?}: {}", &ran.out[..ran.out.len().min(300)]);
        args.extend(["--out", "out.file"]);
        done(at, &args);
        assert_eq!(fs::read_to_string(at.join("out.file")).expect("read"), ran.out, "{args:?}");
        let taken = pourparler(at, &args);
        assert_eq!(taken.code, Some(2), "{args:?}");
        assert!(taken.err.contains("out.file: is there already"), "{}", taken.err);
        fs::remove_file(at.join("out.file")).expect("taken away");
    }
    let listed = done(at, &["export", "jsonl", "--ledger", "talks.db"]).out;
    let first: serde_json::Value = serde_json::from_str(listed.lines().next().expect("a line")).expect("JSON");
    let name = format!("{}/{}", first["article"].as_str().expect("an id"), first["statement"].as_str().expect("an id"));
    let one = done(at, &["export", "prov", "--ledger", "talks.db", "--statement", &name]).out;
    assert!(one.contains("wasQuotedFrom") && one.len() < 20_000, "{one}");
    for (format, file) in [("cas", "cas/TypeSystem.xml"), ("brat", "brat/annotation.conf"), ("qdpx", "qdpx")] {
        done(at, &["export", format, "--ledger", "talks.db", "--out", format]);
        assert!(at.join(file).is_file(), "{file}");
        assert_eq!(pourparler(at, &["export", format, "--ledger", "talks.db", "--out", format]).code, Some(2));
    }
}

#[test]
fn an_export_can_be_narrowed() {
    let folder = ledger();
    let at = folder.path();
    let count = |more: &[&str]| {
        let mut args = vec!["export", "csv", "--ledger", "talks.db"];
        args.extend(more);
        pourparler(at, &args).out.lines().count()
    };
    let (all, karveth) = (count(&[]), count(&["--party", "Karveth"]));
    assert!(1 < karveth && karveth < all, "{karveth} of {all}");
    assert_eq!(count(&["--since", "2099-01-01"]), 1);
    assert_eq!(pourparler(at, &["export", "csv", "--ledger", "talks.db", "--until", "1999-01-01"]).code, Some(1));
}

#[test]
fn what_cannot_be_is_told() {
    let folder = ledger();
    let at = folder.path();
    fs::write(at.join("text.txt"), "Karveth said no.").expect("written");
    fs::write(at.join("half.jsonl"), "{\"article\":\"a\"").expect("written");
    fs::write(at.join("other.db"), b"SQLite format 3\0 and then nothing").expect("written");
    fs::write(at.join("empty"), "\n").expect("written");
    for (args, code, tells) in [
        (&["import", "text.txt"][..], 3, "text.txt: is nothing that can be imported"),
        (&["import", "half.jsonl"], 3, "line 1: "),
        (&["import", "other.db"], 3, "other.db: "),
        (&["import", "nowhere"], 3, "nowhere: "),
        (&["export", "graphml", "--norm", "cosine"], 2, "none, activity or prominence"),
        (&["export", "graphml", "--network", "both", "--norm", "activity"], 2, "average, jaccard or cosine"),
        (&["export", "prov", "--statement", "nowhere/s1"], 2, "no statement is called `nowhere/s1`"),
        (&["export", "dna", "--out", "a.dna", "--password-file", "empty"], 2, "the password is empty"),
        (&["export", "csv", "--out", "nowhere/table.csv"], 4, "nowhere/table.csv"),
    ] {
        let mut args = args.to_vec();
        args.extend(["--ledger", "talks.db"]);
        let ran = pourparler(at, &args);
        assert_eq!(ran.code, Some(code), "{args:?}: {}", ran.err);
        assert!(ran.err.contains(tells), "{args:?}: {}", ran.err);
    }
    assert!(!at.join("a.dna").exists());
    #[cfg(not(feature = "parquet"))]
    {
        let ran = pourparler(at, &["export", "parquet", "--ledger", "talks.db", "--out", "a.parquet"]);
        assert!(ran.code == Some(2) && ran.err.contains("--features parquet"), "{}", ran.err);
    }
}

/// DNA's own sample comes in whole, its concepts and organizations as a dossier.
#[test]
fn a_file_of_dna_comes_in() {
    let Some(shared) = std::env::var_os("POURPARLER_SHARED").map(PathBuf::from) else {
        eprintln!("SKIPPED: POURPARLER_SHARED does not name the folder of specimens");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let sample = shared.join("data/formats/dna/sample.dna").display().to_string();
    let ran = done(folder.path(), &["import", &sample, "--ledger", "dna.db", "--dossier-out", "dna.toml"]);
    assert!(ran.err.contains("decisions of people came with them"), "{}", ran.err);
    done(folder.path(), &["dossier", "check", "dna.toml"]);
    let positions = done(folder.path(), &["positions", "--ledger", "dna.db", "--json"]).out;
    assert!(positions.contains("opposes") && positions.contains("supports"));
}
