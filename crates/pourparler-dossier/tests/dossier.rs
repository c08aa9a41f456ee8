//! Reading, checking and extending dossiers.
#![allow(clippy::unwrap_used)]

use pourparler_dossier::{Dossier, IssueMatcher, SideKind};
use proptest::prelude::*;

/// The ids that gold annotations use.
const ISSUES: [&str; 34] = [
    "progress",
    "format",
    "good-faith",
    "ceasefire",
    "withdrawal",
    "guarantees",
    "neutrality",
    "alliance",
    "demilitarise",
    "nuclear",
    "missiles",
    "arms-supply",
    "airspace",
    "peacekeepers",
    "terrorism",
    "territory",
    "recognition",
    "autonomy",
    "power-sharing",
    "elections",
    "constitution",
    "accession",
    "civilians",
    "prisoners",
    "refugees",
    "justice",
    "rights",
    "sanctions",
    "reparation",
    "trade",
    "energy",
    "budget",
    "labour",
    "emissions",
];

#[test]
fn the_general_dossier_has_every_issue_and_no_problems() {
    let general = Dossier::general();
    let ids: Vec<_> = general.issues.iter().map(|i| i.id.as_str()).collect();
    for id in ISSUES.iter().chain(&["climate-money", "legitimacy", "bilateral"]) {
        assert!(ids.contains(id), "{id} is missing");
    }
    assert_eq!(ids.len(), ISSUES.len() + 3);
    assert_eq!(general.problems(), []);
    assert!(general.sides.is_empty() && general.people.is_empty());
}

#[test]
fn the_template_reads_and_has_no_problems() {
    let template = Dossier::parse(Dossier::template()).unwrap();
    assert_eq!(Dossier::general().extended_by(template.clone()).problems(), []);
    assert_eq!(template.sides[2].kind, SideKind::Group);
    assert_eq!(template.people[0].offices.len(), 2);
}

#[test]
fn a_dossier_survives_being_written() {
    for dossier in [Dossier::general(), Dossier::parse(Dossier::template()).unwrap()] {
        let json = serde_json::to_string(&dossier).unwrap();
        assert_eq!(serde_json::from_str::<Dossier>(&json).unwrap(), dossier);
    }
}

#[test]
fn errors_say_where_and_what() {
    for (text, line, column, words) in [
        ("name = \"T\"\n[[side]]\nnmae = \"X\"\n", 3, 1, ["unknown field `nmae`", "correct the spelling"]),
        ("name = \"T\"\n[[person]]\n", 2, 1, ["missing field `name`", "add it"]),
        ("name = \"T\"\nname = \"U\"\n", 2, 1, ["duplicate key", "keep one"]),
        ("name = \"T\"\nanchors = [{ name = \"é\", from = \"2031-02-30\" }]", 2, 33, ["no date", "2031-01-10"]),
        ("name = \"T\"\n[[side]]\nname = \"X\"\nkind = \"club\"\n", 4, 8, ["`club`", "country"]),
        ("name = T", 1, 8, ["", ""]),
        ("", 1, 1, ["missing field `name`", "add it"]),
    ] {
        let error = Dossier::parse(text).unwrap_err();
        let shown = error.to_string();
        assert_eq!((error.line, error.column), (line, column), "{shown}");
        assert!(words.iter().all(|w| shown.contains(w)), "{shown}");
    }
}

#[test]
fn days_may_be_quoted_or_bare() {
    let read =
        |from| Dossier::parse(&format!("name = \"T\"\nanchors = [{{ name = \"war\", from = {from} }}]")).unwrap();
    assert_eq!(read("2031-01-10"), read("\"2031-01-10\""));
}

#[test]
fn problems_are_named() {
    let text = r#"
        name = " "
        [[side]]
        name = "Velmora"
        demonyms = ["Velmoran"]
        wikidata = "159"
        [[side]]
        name = "Oskaria"
        aliases = ["the Velmoran Republic", "velmoran"]
        [[side]]
        name = "Oskaria"
        [[person]]
        name = "Ilva Rast"
        aliases = ["Rast"]
        party = "Atlantis"
        [[person.office]]
        title = "Minister"
        from = "2031-05-01"
        to = "2031-01-10"
        [[person]]
        name = "Oren Rast"
        aliases = ["Rast"]
        party = "France"
        [[issue]]
        id = "empty"
        [[issue]]
        id = "bad"
        label = "bad words"
        words = ["tr*uce", "a +", ""]
        not = ["a + b"]
        [[issue.option]]
        id = "one"
        [[issue.option]]
        id = "one"
    "#;
    let problems: Vec<_> = Dossier::parse(text).unwrap().problems().iter().map(ToString::to_string).collect();
    for want in [
        "dossier: it has no name",
        "side `Velmora`: `159` is no Wikidata item",
        "side `Oskaria`: it is there twice",
        "name `velmoran`: `Velmora` and `Oskaria`",
        "name `Rast`: `Ilva Rast` and `Oren Rast`",
        "person `Ilva Rast`: `Atlantis` is no side",
        "person `Ilva Rast`: as Minister they end on 2031-01-10",
        "issue `empty`: it has no label",
        "issue `empty`: it has no words",
        "issue `bad`: `tr*uce` cannot be sought",
        "issue `bad`: `a +` cannot be sought",
        "issue `bad`: `` cannot be sought",
        "issue `bad`: `a + b` is in `not`",
        "option of issue `bad` `one`: it is there twice",
    ] {
        assert!(problems.iter().any(|p| p.starts_with(want)), "{want:?} is not among {problems:#?}");
    }
    assert_eq!(problems.len(), 14, "{problems:#?}");
}

#[test]
fn a_user_dossier_adds_to_the_general_one() {
    let user = r#"
        name = "Talks"
        [[issue]]
        id = "ceasefire"
        label = "the Sarn truce"
        words = ["Sarn line", "ceasefire*"]
        [[issue.option]]
        id = "full"
        words = ["guns silent for good"]
        [[issue.option]]
        id = "sea-only"
        words = ["truce at sea"]
        [[issue]]
        id = "straits"
        label = "passage"
        words = ["toll*"]
    "#;
    let general = Dossier::general();
    let both = general.clone().extended_by(Dossier::parse(user).unwrap());
    let find = |d: &Dossier| d.issues.iter().find(|i| i.id == "ceasefire").unwrap().clone();
    let (before, after) = (find(&general), find(&both));
    assert_eq!(
        (both.name.as_str(), after.label.as_str(), after.group.as_str()),
        ("Talks", "the Sarn truce", "security")
    );
    assert_eq!(after.words.len(), before.words.len() + 1, "a word that is there already is not added");
    assert_eq!(after.options.len(), before.options.len() + 1);
    assert_eq!(both.issues.len(), general.issues.len() + 1);
    let hits = IssueMatcher::new(&both).issues("a truce at sea", "");
    assert_eq!((hits[0].issue.as_str(), hits[0].option.as_deref()), ("ceasefire", Some("sea-only")));
}

proptest! {
    #[test]
    fn parsing_never_panics(text in "(\\PC|\n|name = |\\[\\[side\\]\\]\n|\"){0,60}") {
        if let Err(error) = Dossier::parse(&text) {
            prop_assert!(error.line >= 1 && error.column >= 1);
        }
    }
}
