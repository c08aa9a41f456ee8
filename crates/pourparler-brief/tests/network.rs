//! Networks of actors, reckoned by hand.

mod fixture;

use fixture::{day, entry, on, positions, speaker};
use pourparler_brief::{Actors, Cited, Links, Norm, TwoMode, distinct};

/// Statements `(day of March, speaker, positions)`, each in words of its own.
fn said(all: &[(i8, &str, &str)]) -> Vec<Cited> {
    let made = all.iter().enumerate().map(|(i, (of_march, who, held))| {
        let mut e = entry("a", &format!("sentence {i} tells of {held} as seen by {who}"));
        e.content = format!("word{i}a word{i}b word{i}c");
        e.published = Some(day(*of_march));
        e.statement.said_on = on(day(*of_march));
        e.statement.speaker = speaker(who);
        e.statement.positions = positions(held);
        e
    });
    distinct(&made.collect::<Vec<_>>())
}

const A: &str = "Ana Fell|person|envoy|Ostrand";
const B: &str = "Ivo Marr|person|envoy|Velmora";
const C: &str = "the Union|organisation||Lakes Union";

fn record() -> Vec<Cited> {
    said(&[
        (1, A, "truce=supports"),
        (2, A, "truce=conditional"),
        (2, A, "water=opposes"),
        (3, B, "truce=supports"),
        (4, B, "water=supports"),
        (5, B, "water=supports"),
        (6, B, "water=supports"),
        (7, C, "truce=opposes"),
        // Neither takes a side.
        (8, C, "water=open"),
        (9, C, "truce=unclear"),
    ])
}

fn weight(two: &TwoMode, links: Links, norm: Norm, pair: [&str; 2]) -> Option<f64> {
    let network = two.joined(links, norm);
    let tie = network.ties.iter().find(|t| {
        let names = t.actors.map(|at| network.actors[at].name.as_str());
        names == pair || names == [pair[1], pair[0]]
    });
    tie.map(|t| t.weight)
}

#[test]
fn sides_are_counted() {
    let two = TwoMode::of(&record(), Actors::Parties, None, None, 60);
    let actors: Vec<_> = two.actors.iter().map(|a| (a.name.as_str(), a.statements)).collect();
    assert_eq!(actors, [("Velmora", 4), ("Ostrand", 3), ("Lakes Union", 1)]);
    let issues: Vec<_> = two.issues.iter().map(|i| (i.issue.as_str(), i.statements)).collect();
    assert_eq!(issues, [("truce", 4), ("water", 4)]);
    let stands: Vec<_> = two.stands.iter().map(|s| (s.actor, s.issue, s.supports, s.opposes)).collect();
    assert_eq!(stands, [(0, 0, 1, 0), (0, 1, 3, 0), (1, 0, 2, 0), (1, 1, 0, 1), (2, 0, 0, 1)]);
}

#[test]
fn weights_are_those_of_discourse_networks() {
    let two = TwoMode::of(&record(), Actors::Parties, None, None, 60);
    let (ab, ac) = (["Ostrand", "Velmora"], ["Ostrand", "Lakes Union"]);
    for (links, norm, pair, wanted) in [
        // On the truce 2 · 1 for it; on water one against.
        (Links::Agreement, Norm::None, ab, Some(2.0)),
        (Links::Conflict, Norm::None, ab, Some(3.0)),
        (Links::Both, Norm::None, ab, Some(-1.0)),
        // Three statements and four.
        (Links::Agreement, Norm::Average, ab, Some(2.0 / 3.5)),
        (Links::Conflict, Norm::Cosine, ab, Some(3.0 / 12.0)),
        // 2 · 1 that both took, 3 and 1 that one did.
        (Links::Agreement, Norm::Jaccard, ab, Some(2.0 / 6.0)),
        (Links::Agreement, Norm::None, ac, None),
        (Links::Conflict, Norm::None, ac, Some(2.0)),
        (Links::Both, Norm::Average, ac, Some(-2.0 / 2.0)),
        // Each alone: two and one for and against the truce, one against water.
        (Links::Conflict, Norm::Jaccard, ac, Some(2.0 / 4.0)),
    ] {
        assert_eq!(weight(&two, links, norm, pair), wanted, "{links:?} {norm:?} {pair:?}");
    }
    let network = two.joined(Links::Both, Norm::None);
    let tie = network.ties.iter().find(|t| t.actors == [0, 1]).expect("a tie");
    assert_eq!((tie.agree.as_slice(), tie.differ.as_slice()), (&["truce".to_owned()][..], &["water".to_owned()][..]));
}

#[test]
fn days_and_room_are_kept_to() {
    let all = record();
    let early = TwoMode::of(&all, Actors::Parties, None, Some(day(3)), 60);
    assert_eq!(weight(&early, Links::Conflict, Norm::None, ["Ostrand", "Velmora"]), None);
    assert_eq!(weight(&early, Links::Agreement, Norm::None, ["Ostrand", "Velmora"]), Some(2.0));
    let late = TwoMode::of(&all, Actors::Parties, Some(day(7)), None, 60);
    assert_eq!(late.actors.len(), 1, "who only discusses takes no side");
    let narrow = TwoMode::of(&all, Actors::Parties, None, None, 2);
    assert_eq!((narrow.actors.len(), narrow.left_out), (2, 1));
    assert_eq!(narrow.issues[0].statements + narrow.issues[1].statements, 7, "without those who were left out");
}

#[test]
fn persons_are_told_from_those_they_speak_for() {
    let two = TwoMode::of(&record(), Actors::Speakers, None, None, 60);
    let actors: Vec<_> = two.actors.iter().map(|a| (a.name.as_str(), a.party.as_deref())).collect();
    assert_eq!(actors, [("Ivo Marr", Some("Velmora")), ("Ana Fell", Some("Ostrand"))]);
}

#[test]
fn two_sides_of_one_statement_are_one_statement() {
    let two = TwoMode::of(&said(&[(1, A, "truce=supports water=opposes")]), Actors::Parties, None, None, 60);
    assert_eq!(two.actors[0].statements, 1);
    assert_eq!(two.stands.len(), 2);
}

#[test]
fn nothing_comes_of_nothing() {
    let two = TwoMode::of(&[], Actors::Parties, None, None, 60);
    assert_eq!(two.joined(Links::Both, Norm::Jaccard).ties, []);
}
