//! Mentions are not actors: they are clustered, and people merge, split and rename them, each logged and reversible.

use pourparler_ledger::{Actor, Decision, Filter, Ledger, Problem, WhoSpeaks};
use pourparler_text::{Article, ArticleStatements, SpeakerKind};

use crate::store::fresh;
use crate::support::{origin, said};

/// A ledger with an article for each speaker, given as name, party and role.
fn ledger(speakers: &[(&str, &str, &str)]) -> Ledger {
    let mut ledger = fresh();
    for (n, (name, party, role)) in speakers.iter().enumerate() {
        let text = format!("{name} said that the gates of day {n} stay shut.");
        let mut statement = said(&text, "s1", name, "the gates");
        statement.speaker.kind = SpeakerKind::Person;
        statement.speaker.party = Some((*party).to_owned());
        statement.speaker.role = Some((*role).to_owned()).filter(|r| !r.is_empty());
        let article = Article { id: format!("n{n}"), ..Article::from_text(text) };
        let read = ArticleStatements::new(article, vec![statement]);
        ledger.add(&origin(name.as_bytes()), &read, "model 1").expect("added");
    }
    ledger
}

fn actors(ledger: &Ledger) -> Vec<(String, Vec<String>)> {
    let mut all: Vec<_> = ledger.actors().expect("actors").into_iter().map(|a| (a.name, a.articles)).collect();
    all.sort();
    all
}

fn named(ledger: &Ledger, name: &str) -> Actor {
    ledger.actors().expect("actors").into_iter().find(|a| a.name == name).expect("it is there")
}

fn list(all: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
    all.iter().map(|(name, ids)| ((*name).to_owned(), ids.iter().map(|id| (*id).to_owned()).collect())).collect()
}

#[test]
fn one_person_in_many_articles_is_one_and_two_of_a_name_stay_two() {
    let ledger = ledger(&[
        ("Volodymyr Tarn", "Lumé", "president"),
        ("Tarn", "Lumé", ""),
        ("V. Tarn", "Lumé", ""),
        ("Ana Ilves", "Ostland", "judge"),
        ("Mira Ilves", "Ostland", "envoy"),
        ("Ilves", "Ostland", "envoy"),
    ]);
    let expected: [(&str, &[&str]); 3] =
        [("Ana Ilves", &["n3"]), ("Mira Ilves", &["n4", "n5"]), ("Volodymyr Tarn", &["n0", "n1", "n2"])];
    assert_eq!(actors(&ledger), list(&expected));
}

#[test]
fn decisions_are_logged_and_can_be_undone() {
    let mut ledger = ledger(&[("Ana Oren", "Tarn", ""), ("Mira Quist", "Tarn", ""), ("Oren", "Tarn", "")]);
    let before = actors(&ledger);
    assert_eq!(before, list(&[("Ana Oren", &["n0", "n2"]), ("Mira Quist", &["n1"])]));

    let both = [named(&ledger, "Ana Oren").all(), named(&ledger, "Mira Quist").all()].concat();
    let merged = ledger.decide(&Decision::Merge(both)).expect("decided");
    assert_eq!(actors(&ledger), list(&[("Ana Oren", &["n0", "n1", "n2"])]));
    ledger.decide(&Decision::Undo(merged)).expect("decided");
    assert_eq!(actors(&ledger), before);

    let part = named(&ledger, "Ana Oren").part(&["oren".to_owned()], &[]);
    let split = ledger.decide(&Decision::Split(part)).expect("decided");
    assert_eq!(actors(&ledger), list(&[("Ana Oren", &["n0"]), ("Mira Quist", &["n1"]), ("Oren", &["n2"])]));
    let renamed = Decision::Rename(named(&ledger, "Oren").all(), "Ivo Oren".to_owned());
    ledger.decide(&renamed).expect("decided");
    assert!(named(&ledger, "Ivo Oren").decided);
    ledger.decide(&Decision::Alias(named(&ledger, "Ivo Oren").all(), "Mira Quist".to_owned())).expect("decided");
    assert_eq!(actors(&ledger), list(&[("Ana Oren", &["n0"]), ("Ivo Oren", &["n1", "n2"])]));

    // Undoing is undone as well.
    let undone = ledger.decide(&Decision::Undo(split)).expect("decided");
    ledger.decide(&Decision::Undo(undone)).expect("decided");
    assert_eq!(actors(&ledger), list(&[("Ana Oren", &["n0"]), ("Ivo Oren", &["n1", "n2"])]));

    let log = ledger.actor_log().expect("a log");
    assert_eq!(log.iter().map(|l| l.number).collect::<Vec<_>>(), (1..=7).collect::<Vec<_>>());
    assert_eq!(log.iter().map(|l| l.undone).collect::<Vec<_>>(), [true, false, false, false, false, true, false]);
    assert_eq!(log[0].decision.to_string(), "merge Ana Oren (Tarn), Oren (Tarn), Mira Quist (Tarn)");
    let error = ledger.decide(&Decision::Undo(99)).expect_err("there is none");
    assert!(matches!(error.problem, Problem::NoDecision { number: 99 }));
}

#[test]
fn decisions_outlive_a_new_extraction() {
    let mut ledger = ledger(&[("Ana Oren", "Tarn", ""), ("Mira Quist", "Tarn", "")]);
    let both = [named(&ledger, "Ana Oren").all(), named(&ledger, "Mira Quist").all()].concat();
    ledger.decide(&Decision::Merge(both)).expect("decided");
    let read = ledger.article("n1").expect("read").expect("it is there");
    ledger.replace(&read, "model 2").expect("replaced");
    assert_eq!(actors(&ledger), list(&[("Ana Oren", &["n0", "n1"])]));
}

#[test]
fn every_statement_of_a_name_is_one_actors() {
    let mut ledger = ledger(&[
        ("Volodymyr Tarn", "Lumé", "president"),
        ("Tarn", "Lumé", ""),
        ("Ana Ilves", "Ostland", "judge"),
        ("Ilves", "Ostland", "envoy"),
    ]);
    let split = Decision::Split(named(&ledger, "Volodymyr Tarn").part(&[], &["n1".to_owned()]));
    let merge = Decision::Merge([named(&ledger, "Ana Ilves").all(), named(&ledger, "Volodymyr Tarn").all()].concat());
    for decisions in [vec![], vec![split.clone()], vec![merge]] {
        for decision in &decisions {
            ledger.decide(decision).expect("decided");
        }
        let actors = ledger.actors().expect("actors");
        let who = WhoSpeaks::of(&actors);
        let mut counts = vec![0; actors.len()];
        for entry in ledger.statements(&Filter::default()).expect("asked") {
            let place = who.makes(&entry).expect("it has a name");
            assert!(
                actors[place].articles.contains(&entry.article)
                    && actors[place].names.contains(&entry.statement.speaker.name.expect("a name"))
            );
            counts[place] += 1;
        }
        assert_eq!(counts, actors.iter().map(|a| a.statements).collect::<Vec<_>>());
        for decision in &decisions {
            let meant: Vec<_> = actors.iter().filter(|a| a.is_meant_by(decision)).map(|a| a.articles.clone()).collect();
            assert_eq!(meant.len(), 1, "{decision}: {meant:?}");
        }
    }
    let actors = ledger.actors().expect("actors");
    assert!(actors.iter().all(|a| !a.is_meant_by(&Decision::Undo(1))));
}
