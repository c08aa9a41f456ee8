//! Exports held against what DNA's own sample keeps to, and what comes back from both.

mod checks;
mod edits;

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use pourparler_brief::IssueLabel;
use pourparler_text::{SpeakerKind, Stance};
use proptest::prelude::*;
use rusqlite::Connection;

use super::*;
use crate::fixture::{TEXT, any_record, tricky};
use crate::{ArticleRecord, ExchangeError, Exporter, Problem, Report};

fn issues() -> Vec<IssueLabel> {
    let issue = |id: &str, label: &str, group: &str| IssueLabel {
        id: id.to_owned(),
        label: label.to_owned(),
        group: group.to_owned(),
    };
    vec![
        issue("neutrality", "Neutrality", "security"),
        issue("ceasefire", "Ceasefire", ""),
        issue("truce", "Ceasefire", "security"),
    ]
}

fn export(folder: &Path, records: &[ArticleRecord]) -> (PathBuf, Report) {
    let path = folder.join("out.dna");
    let mut export = Box::new(DnaExport::create(&path, "secret", &issues()).expect("it begins"));
    for record in records {
        export.article(record).expect("it is written");
    }
    let report = export.finish().expect("it is whole");
    (path, report)
}

fn read(path: &Path) -> (Vec<ArticleRecord>, Imported) {
    let mut records = Vec::new();
    let imported = import(path, &mut |record| {
        records.push(record);
        Ok::<(), ExchangeError>(())
    });
    (records, imported.expect("it is read"))
}

fn refused(path: &Path) -> String {
    let error = import(path, &mut |_| Ok::<(), ExchangeError>(())).expect_err("it is refused");
    assert_eq!(error.file, path);
    error.problem.to_string()
}

fn shared(file: &str) -> Option<PathBuf> {
    let found = std::env::var_os("POURPARLER_SHARED").map(|folder| PathBuf::from(folder).join(file));
    if found.is_none() {
        eprintln!("SKIPPED: POURPARLER_SHARED does not name the folder that holds {file}");
    }
    found
}

const SAMPLE: &str = "data/formats/dna/sample.dna";

#[test]
fn marks_hold_their_words_in_utf16() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, report) = export(folder.path(), &[tricky()]);
    let db = Connection::open(path).expect("it opens");
    let units: Vec<u16> = TEXT.encode_utf16().collect();
    let mut rows = db
        .prepare(
            "SELECT s.StatementTypeId, s.Start, s.Stop, c.Name, e.Value, b.Value FROM STATEMENTS s JOIN CODERS c ON c.ID = s.Coder
             LEFT JOIN DATASHORTTEXT d ON d.StatementId = s.ID AND d.VariableId = 3 LEFT JOIN ENTITIES e ON e.ID = d.Entity
             LEFT JOIN DATABOOLEAN b ON b.StatementId = s.ID WHERE s.StatementTypeId = 1 ORDER BY s.ID",
        )
        .expect("it is asked");
    let marks = rows.query_map([], |row| {
        let (start, stop): (usize, usize) = (row.get(1)?, row.get(2)?);
        let words = String::from_utf16_lossy(&units[start..stop]);
        Ok((words, row.get::<_, String>(3)?, row.get::<_, String>(4)?, row.get::<_, bool>(5)?))
    });
    let marks: Vec<_> = marks.expect("they are read").map(|m| m.expect("it is read")).collect();
    let first = "Neutrality,\r\nif guaranteed, may come,";
    let mark = |words: &str, coder: &str, concept: &str, agrees| (words.into(), coder.into(), concept.into(), agrees);
    assert_eq!(
        marks,
        [
            mark(first, "Admin", "Neutrality", true),
            mark(first, "Admin", "Ceasefire", true),
            mark("the Osk model", "Bo", "Neutrality", false),
        ]
    );
    let lost: Vec<_> = report.losses.iter().map(|l| (l.what.split([',', ' ']).next().unwrap_or(""), l.times)).collect();
    let told = [("texts", 1), ("contents", 1), ("conditional", 1), ("statements", 1)];
    assert_eq!((report.articles, report.statements, &lost[..]), (1, 3, &told[..]));
}

#[test]
fn all_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut bare = tricky();
    bare.read.statements.clear();
    bare.reviewers.clear();
    bare.read.article.id = "no statements".to_owned();
    bare.read.article.title = None;
    let mut long = tricky();
    long.read.article.id = "long".to_owned();
    let wordy = |end: &str| format!("{}{end}", "Ψ".repeat(200));
    for (n, statement) in long.read.statements.iter_mut().enumerate() {
        statement.speaker.name = Some(wordy(&n.to_string()));
        statement.speaker.role = Some(wordy("role"));
    }
    long.read.article.title = Some(wordy("title"));
    long.reviewers.insert("s1".to_owned(), "Admin".to_owned());
    let round = r#"{"sentence":[0,5],"number":3,"state":"held","parties":["Vessar"]}"#;
    long.read.rounds.push(serde_json::from_str(round).expect("it is read"));
    let records = [tricky(), bare, long];
    let (path, report) = export(folder.path(), &records);
    assert!(report.losses.iter().any(|loss| loss.what.contains("190 characters")));
    let (back, imported) = read(&path);
    assert_eq!(back, records);
    let told: Vec<(&str, &str)> = imported.issues.iter().map(|i| (i.id.as_str(), i.name.as_str())).collect();
    assert_eq!(told, [("neutrality", "Neutrality"), ("ceasefire", "Ceasefire"), ("truce", "Ceasefire (truce)")]);
    assert_eq!(imported.report, Report { articles: 3, statements: 6, losses: vec![] });
    assert_eq!(imported.left_out, []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_record_comes_back(mut records in proptest::collection::vec(any_record(), 1..4)) {
        for (n, record) in records.iter_mut().enumerate() {
            record.read.article.id.push_str(&format!("-{n}"));
        }
        let folder = tempfile::tempdir().expect("a folder");
        let (path, _) = export(folder.path(), &records);
        let (back, imported) = read(&path);
        prop_assert_eq!(back, records);
        prop_assert_eq!(imported.report.losses, vec![]);
        prop_assert_eq!(checks::violations(&Connection::open(path).expect("it opens"), true), Vec::<String>::new());
    }
}

#[test]
fn what_stands_there_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, _) = export(folder.path(), &[]);
    let again = DnaExport::create(&path, "secret", &[]).map(|_| ()).expect_err("it is refused");
    assert!(matches!(again.problem, Problem::Taken));
    drop(DnaExport::create(&folder.path().join("given-up.dna"), "secret", &[]).expect("it begins"));
    assert_eq!(fs::read_dir(folder.path()).expect("it is read").count(), 1, "nothing half is left");
}

#[test]
fn coders_open_with_the_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, _) = export(folder.path(), &[tricky()]);
    for (file, password, coders) in [(Some(path), "secret", 2), (shared(SAMPLE), "sample", 4)] {
        let Some(file) = file else { continue };
        let db = Connection::open(file).expect("it opens");
        let mut kept = db.prepare("SELECT Password FROM CODERS").expect("it is asked");
        let kept = kept.query_map([], |row| row.get::<_, String>(0)).expect("it is read");
        let kept: Vec<String> = kept.map(|k| k.expect("it is read")).collect();
        assert_eq!(kept.len(), coders);
        assert!(password::opens(&kept[0], password) && !password::opens(&kept[0], "Sample"), "{password}");
    }
}

#[test]
fn the_sample_of_dna_is_read() {
    let Some(sample) = shared(SAMPLE) else { return };
    let (records, imported) = read(&sample);
    assert_eq!((records.len(), imported.version.as_str()), (7, "3.0.7"));
    let statements = || records.iter().flat_map(|r| r.read.statements.iter().map(move |s| (r, s)));
    assert_eq!(statements().map(|(_, s)| s.positions.len()).sum::<usize>(), 40);
    assert_eq!(imported.report.statements, statements().count());
    assert_eq!(imported.left_out, [("Annotation".to_owned(), 1)]);
    for (record, statement) in statements() {
        assert_eq!((statement.confidence, statement.speaker.kind), (None, SpeakerKind::Person));
        assert_eq!(record.reviewers[&statement.id], "Coder 1");
        assert!(statement.positions.iter().all(|p| imported.issues.iter().any(|i| i.id == p.issue)));
    }
    let first = &records[0];
    assert_eq!(first.read.article.published, Some(date(2005, 1, 26)));
    assert_eq!(first.extractor, "Discourse Network Analyzer 3.0.7");
    let said = &first.read.statements[0];
    assert_eq!(said.speaker.name.as_deref(), Some("Joel Bluestein"));
    assert_eq!(said.speaker.party.as_deref(), Some("Energy and Environmental Analysis, Inc."));
    let position = ("co2-legislation-will-not-hurt-the-economy", Stance::Opposes);
    assert_eq!((said.positions[0].issue.as_str(), said.positions[0].stance), position);
    let text = &first.read.article.text;
    let words = text.get(text.to_bytes(said.content[0]));
    let units: Vec<u16> = text.as_str().encode_utf16().collect();
    assert_eq!(words, String::from_utf16_lossy(&units[6351..7213]));
    let named = imported.parties.iter().find(|p| p.name == "Sierra Club").expect("it is there");
    assert_eq!(named.attributes, [("Type".to_owned(), "NGO".to_owned())]);
    assert_eq!((imported.issues.len(), imported.parties.len(), imported.people.len()), (6, 7, 7));
    let (again, _) = read(&sample);
    assert_eq!(again, records, "ids are the same at each reading");

    // And out again, and back.
    let folder = tempfile::tempdir().expect("a folder");
    let (path, _) = export(folder.path(), &records);
    assert_eq!(read(&path).0, records);
}

#[test]
fn what_is_no_file_of_dna_3_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let (good, _) = export(folder.path(), &[tricky(), tricky()]);
    let good = fs::read(good).expect("it is read");
    let path = folder.path().join("bad.dna");
    let mut noise = 1_u64;
    let random = std::iter::repeat_with(|| {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        noise.to_le_bytes()[7]
    });
    let random: Vec<u8> = random.take(20_000).collect();
    for (bytes, told) in [(&b""[..], "no SQLite"), (b"SQLite format 3\0", "damaged"), (&random, "encrypted")] {
        fs::write(&path, bytes).expect("it is written");
        assert!(refused(&path).contains(told), "{told}: {}", refused(&path));
    }
    for part in 1..8 {
        fs::write(&path, &good[..good.len() * part / 8]).expect("it is written");
        refused(&path);
    }
    fs::write(&path, [&b"SQLite format 3\0"[..], &random].concat()).expect("it is written");
    refused(&path);
    assert!(refused(&folder.path().join("none.dna")).contains("No such file") || cfg!(windows));

    for (sql, told) in [
        ("UPDATE SETTINGS SET Value = '2.0 beta 25' WHERE Property = 'version'", "version 2.0 beta 25"),
        ("DELETE FROM SETTINGS", "none of DNA 3's"),
        ("DROP TABLE SETTINGS", "another program"),
        ("ALTER TABLE VARIABLES RENAME COLUMN StatementTypeId TO Role", "tables of DNA 3.0"),
    ] {
        fs::write(&path, &good).expect("it is written");
        Connection::open(&path).and_then(|db| db.execute_batch(sql)).expect("it is changed");
        assert!(refused(&path).contains(told), "{sql}: {}", refused(&path));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn bytes_that_are_wrong_do_no_harm(flips in proptest::collection::vec((0_usize..1 << 20, any::<u8>()), 1..40)) {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, _) = export(folder.path(), &[tricky()]);
        let mut bytes = fs::read(&path).expect("it is read");
        for (at, byte) in flips {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        fs::write(&path, bytes).expect("it is written");
        let _ = import(&path, &mut |_| Ok::<(), ExchangeError>(()));
    }
}
