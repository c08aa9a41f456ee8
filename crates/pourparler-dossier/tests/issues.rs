//! Which issues statements take up.
#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use pourparler_dossier::{Dossier, IssueMatcher};
use proptest::prelude::*;

static GENERAL: LazyLock<IssueMatcher> = LazyLock::new(|| IssueMatcher::new(&Dossier::general()));

fn issues(content: &str, context: &str) -> Vec<String> {
    GENERAL.issues(content, context).into_iter().map(|h| h.issue).collect()
}

/// What is said at talks of many kinds, and all that it takes up.
#[test]
fn statements_take_up_issues() {
    for (content, want) in [
        ("the two sides are close to a deal", "progress"),
        ("the talks have reached a deadlock", "progress"),
        ("the negotiations were constructive but difficult", "progress"),
        ("we are ready to talk", "progress"),
        ("the next round will be in Geneva", "format"),
        ("it would not accept preconditions", "good-faith"),
        ("the other side is only playing for time", "good-faith"),
        ("an immediate cease‑fire", "ceasefire"),
        ("both parties must show restraint", "ceasefire"),
        ("all foreign troops must leave", "withdrawal"),
        ("its forces would pull back behind the river", "withdrawal"),
        ("Oskaria needs security guarantees", "guarantees"),
        ("a non-aligned state", "neutrality"),
        ("the country will never join the alliance", "alliance"),
        ("militias must lay down their arms", "demilitarise"),
        ("it will go on enriching uranium", "nuclear"),
        ("the rocket test was a success", "missiles"),
        ("“We need more weapons”", "arms-supply"),
        ("a no fly zone", "airspace"),
        ("peacekeepers should patrol the strip", "peacekeepers"),
        ("the group is on the list of terrorist organisations", "terrorism"),
        ("it will never cede the province", "territory"),
        ("settlement construction continues", "territory"),
        ("a referendum on independence", "recognition"),
        ("broad autonomy for the north", "autonomy"),
        ("the president must step down", "power-sharing"),
        ("the vote count was rigged and elections must be held again", "elections"),
        ("a new constitution by spring", "constitution"),
        ("the accession talks with the EU may open", "accession"),
        ("humanitarian corridors for the city", "civilians"),
        ("an exchange of prisoners, all for all", "prisoners"),
        ("refugees have a right of return", "refugees"),
        ("those who committed war crimes will stand trial", "justice"),
        ("restrictions on press freedom", "rights"),
        ("the blockade should be lifted", "sanctions"),
        ("an arms embargo", "sanctions"),
        ("frozen assets should pay for rebuilding", "reparation sanctions"),
        ("lower tariffs on steel", "trade"),
        ("gas deliveries through the pipeline", "energy"),
        ("austerity has failed", "budget"),
        ("nurses want higher wages", "labour"),
        ("net zero by 2050", "emissions"),
        ("a loss and damage fund", "climate-money"),
        ("the invasion was unprovoked", "legitimacy"),
        ("it would expel ten diplomats", "bilateral"),
        ("a prisoner exchange and a lasting truce", "prisoners ceasefire"),
    ] {
        let mut found = issues(content, "");
        let mut want: Vec<_> = want.split(' ').collect();
        found.sort();
        want.sort_unstable();
        assert_eq!(found, want, "{content}");
    }
}

#[test]
fn other_statements_take_up_none() {
    for content in [
        "it had rained for three days",
        "that five people were hurt in the accident",
        "according to the schedule",
        "he was born in a village in the east",
        "the Nobel Peace Prize goes to a writer",
        "Amnesty International has an office there",
        "swift action was needed",
        "carbon copies of the letter",
        "",
        "…",
    ] {
        assert_eq!(issues(content, ""), [""; 0], "{content}");
    }
}

#[test]
fn weak_words_give_way() {
    assert_eq!(issues("the talks went on", ""), ["progress"]);
    assert_eq!(issues("prisoners came up at the talks", ""), ["prisoners"]);
}

#[test]
fn only_short_statements_that_point_back_look_around() {
    let around = "It said the arms embargo must stay.\nTalks to resume";
    assert_eq!(issues("it cannot allow that to happen", around), ["sanctions"]);
    assert_eq!(issues("“Never”", around), ["sanctions"]);
    assert_eq!(issues("that the museum in the old town will open in May", around), [""; 0]);
    assert_eq!(
        issues("this is a matter for the parliament, which will meet in the old town hall on the first of May", around),
        ["format"]
    );
    let hit = &GENERAL.issues("it will not", around)[0];
    assert_eq!(hit.words, 0..11);
}

#[test]
fn hits_name_words_and_options() {
    let content = "“an unconditional cease-fire” comes first";
    let hit = &GENERAL.issues(content, "")[0];
    assert_eq!((&content[hit.words.clone()], hit.option.as_deref()), ("unconditional cease-fire", Some("full")));
}

#[test]
fn a_list_of_everything_keeps_what_is_said_most() {
    let content =
        "a permanent ceasefire, a ceasefire line and truce monitors, wages, tariffs, asylum, pipelines and austerity";
    let found = issues(content, "");
    assert_eq!(found.len(), 3);
    assert_eq!(found[0], "ceasefire");
}

proptest! {
    #[test]
    fn words_fit_the_content(content in "(\\PC|cease-fire|talks |İ|security guarantee|’s| it |\n){0,24}", around in "\\PC{0,20}") {
        for hit in GENERAL.issues(&content, &around) {
            prop_assert!(content.get(hit.words).is_some());
        }
    }
}
