use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use pourparler_ledger::{Added, Counts, Filter, Ledger, LedgerError, Origin, Problem};
use pourparler_text::{ArticleStatements, Span, Text, sha256_hex};

use crate::store::{IS_SQLITE, Place, fresh};
use crate::support::{article, origin, said};

fn counts(ledger: &Ledger) -> (usize, usize, usize) {
    let Counts { articles, appearances, statements } = ledger.counts().expect("counts");
    (articles, appearances, statements)
}

#[test]
fn the_same_text_is_stored_once_and_its_appearances_are_remembered() {
    let mut ledger = fresh();
    let one = article(1);
    let other_id = ArticleStatements::new(
        pourparler_text::Article { id: "other".to_owned(), ..one.article.clone() },
        one.statements.clone(),
    );
    let elsewhere = Origin { source: "wire/2.txt", ..origin(b"one") };
    let known = Added::Known { id: "n1".to_owned() };
    for (origin, read, added, expected) in [
        (origin(b"one"), &one, Added::New, (1, 1, 20)),
        (origin(b"one"), &one, known.clone(), (1, 1, 20)),
        (elsewhere, &one, known.clone(), (1, 2, 20)),
        (Origin { snapshot: b"one, with another banner", ..elsewhere }, &one, known.clone(), (1, 3, 20)),
        (origin(b"other"), &other_id, known, (1, 4, 20)),
        (origin(b"two"), &article(2), Added::New, (2, 5, 40)),
    ] {
        assert_eq!(ledger.add(&origin, read, "model 1").expect("added"), added);
        assert_eq!(counts(&ledger), expected);
    }
}

#[test]
fn an_article_without_statements_is_an_article() {
    let mut ledger = fresh();
    let silent = ArticleStatements { statements: Vec::new(), ..article(1) };
    ledger.add(&origin(b"one"), &silent, "model 1").expect("added");
    assert_eq!(ledger.article("n1").expect("read"), Some(silent.clone()));
    let heads = ledger.articles().expect("read");
    assert_eq!(heads.len(), 1);
    assert_eq!((heads[0].statements, heads[0].extractor.as_str()), (0, "model 1"));
    assert_eq!(heads[0].sha256, silent.article.text.sha256());
}

#[test]
fn what_is_known_is_told_before_the_model_runs() {
    let mut ledger = fresh();
    let (one, sha256) = (article(1), sha256_hex(b"one"));
    assert_eq!(ledger.appeared(&origin(b"one"), &one.article).expect("asked"), None);
    assert!(!ledger.knows(&sha256).expect("asked"));
    assert_eq!(counts(&ledger), (0, 0, 0));
    ledger.add(&origin(b"one"), &one, "model 1").expect("added");
    assert!(ledger.knows(&sha256).expect("asked"));
    assert_eq!(ledger.appeared(&origin(b"copy"), &one.article).expect("asked"), Some("n1".to_owned()));
    assert_eq!(counts(&ledger), (1, 2, 20));
}

#[test]
fn an_article_at_fault_leaves_nothing_behind() {
    let mut ledger = fresh();
    ledger.add(&origin(b"one"), &article(1), "model 1").expect("added");
    let changed = |change: fn(&mut ArticleStatements)| {
        let mut read = article(2);
        change(&mut read);
        read
    };
    for (read, message) in [
        (changed(|r| r.article.id = "n1".to_owned()), "`n1` already stands for another text"),
        (changed(|r| r.statements[3].id = "s2".to_owned()), "statement `s2` of article `n2` does not fit: another"),
        (changed(|r| r.statements[3].cue = vec![Span::new(7, 70_000)]), "cue 7..70000 is not inside the text"),
        (changed(|r| r.article.text = Text::new("short")), "source 0..8 is not inside the text of 5 code points"),
    ] {
        let error = ledger.add(&origin(b"two"), &read, "model 1").expect_err(message);
        assert!(error.to_string().contains(message), "{error}");
        assert!(error.problem.is_of_input());
        assert_eq!(counts(&ledger), (1, 1, 20));
        assert!(!ledger.knows(&sha256_hex(b"two")).expect("asked"));
    }
}

#[test]
fn a_failure_in_the_middle_leaves_nothing_behind() {
    let place = Place::new();
    let mut ledger = place.open();
    let (fail, mended) = if IS_SQLITE {
        (
            "CREATE TRIGGER fail BEFORE INSERT ON statement WHEN new.ordinal = 7
             BEGIN SELECT raise(ABORT, 'in the middle'); END",
            "DROP TRIGGER fail",
        )
    } else {
        ("ALTER TABLE statement ADD CONSTRAINT fail CHECK (ordinal <> 7)", "ALTER TABLE statement DROP CONSTRAINT fail")
    };
    place.tamper(fail);
    let error = ledger.add(&origin(b"one"), &article(1), "model 1").expect_err("the trigger fails");
    assert!(matches!(error.problem, Problem::Database(_)) && !error.problem.is_of_input(), "{error}");
    assert_eq!(counts(&ledger), (0, 0, 0));
    place.tamper(mended);
    assert_eq!(ledger.add(&origin(b"one"), &article(1), "model 1").expect("added"), Added::New);
    assert_eq!(ledger.verify().expect("looked"), []);
}

#[test]
fn a_newer_extraction_takes_the_place_of_the_older() {
    let mut ledger = fresh();
    let one = article(1);
    ledger.add(&origin(b"one"), &one, "model 1").expect("added");
    let text = one.article.text.as_str();
    let again = ArticleStatements::new(
        one.article.clone(),
        vec![said(text, "s0", "Élise Nóvak", "the corridor of day 1 needs 0 guards")],
    );
    let found = |ledger: &Ledger, text: &str| {
        ledger.statements(&Filter { text: Some(text.to_owned()), ..Filter::default() }).expect("asked").len()
    };
    assert_eq!((found(&ledger, "Nóvak"), found(&ledger, "Quist")), (4, 4));
    ledger.replace(&again, "model 2").expect("replaced");
    assert_eq!((found(&ledger, "Nóvak"), found(&ledger, "Quist")), (1, 0));
    assert_eq!(counts(&ledger), (1, 1, 1));
    assert_eq!(ledger.article("n1").expect("read"), Some(again));
    assert_eq!(ledger.articles().expect("read")[0].extractor, "model 2");
    assert_eq!(ledger.verify().expect("looked"), []);

    let mut other = article(2);
    let problem = |result: Result<(), LedgerError>| result.expect_err("refused").problem;
    assert!(matches!(problem(ledger.replace(&other, "model 2")), Problem::UnknownArticle { .. }));
    other.article.id = "n1".to_owned();
    assert!(matches!(problem(ledger.replace(&other, "model 2")), Problem::IdTaken { .. }));
    assert_eq!(counts(&ledger), (1, 1, 1));
}

/// Says which ledger [`adds_until_killed`] writes to.
const VICTIM: &str = "POURPARLER_TEST_VICTIM";

/// A program that ends with this value, also where the test fails.
struct Victim(Child);

impl Drop for Victim {
    fn drop(&mut self) {
        let _ended = self.0.kill().and_then(|()| self.0.wait());
    }
}

/// Not a test of its own: the program that [`a_kill_loses_at_most_the_article_in_hand`] kills.
#[test]
#[ignore = "run by another test"]
fn adds_until_killed() {
    let Some(path) = std::env::var_os(VICTIM) else { return };
    let mut ledger = Ledger::open(path).expect("a ledger");
    for n in 0.. {
        ledger.add(&origin(format!("{n}").as_bytes()), &article(n), "model 1").expect("added");
    }
}

#[test]
fn a_kill_loses_at_most_the_article_in_hand() {
    let place = Place::new();
    let child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--ignored", "--exact", "adding::adds_until_killed"])
        .env(VICTIM, &place.name)
        .stdout(Stdio::null())
        .spawn()
        .expect("started");
    let child = Victim(child);
    let ledger = place.open();
    let patience = Instant::now() + Duration::from_secs(60);
    while counts(&ledger).0 < 5 && Instant::now() < patience {
        std::thread::sleep(Duration::from_millis(5));
    }
    let before = counts(&ledger).0;
    drop(child);
    drop(ledger);

    let mut ledger = Ledger::open_existing(&place.name).expect("opens again");
    let (articles, appearances, statements) = counts(&ledger);
    assert!(articles >= before && before >= 5, "{before} before, {articles} after");
    assert_eq!((appearances, statements), (articles, articles * 20));
    assert_eq!(ledger.verify().expect("looked"), []);
    assert_eq!(ledger.add(&origin(b"next"), &article(articles), "model 1").expect("added"), Added::New);
}

#[test]
fn finished_inputs_and_furniture_are_kept() {
    let mut ledger = fresh();
    assert_eq!(ledger.finished("abc").expect("it is read"), None);
    for articles in [3, 4] {
        ledger.finish("abc", "archive.warc", articles).expect("it is kept");
        assert_eq!(ledger.finished("abc").expect("it is read"), Some(3), "what was finished once stays so");
    }
    let furniture = [Span::new(12, 21), Span::new(30, 40)];
    let origin = Origin { furniture: &furniture, modified: Some(jiff::civil::date(2024, 1, 3)), ..origin(b"one") };
    ledger.add(&origin, &article(1), "test 1").expect("it is stored");
    assert_eq!(ledger.furniture("n1").expect("it is read"), Some(furniture.to_vec()));
    assert_eq!(ledger.furniture("n2").expect("it is read"), None);
}
