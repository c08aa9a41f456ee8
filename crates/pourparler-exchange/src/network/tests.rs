use std::collections::HashMap;
use std::path::Path;

use jiff::civil::date;
use pourparler_brief::Appearance;
use pourparler_text::{Entry, Position, SpeakerKind, Stance};
use proptest::prelude::*;
use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};

use super::*;
use crate::Report;
use crate::fixture::tricky;

/// A statement of a party on a day of March, on issues.
fn said(party: &str, day: Option<i8>, sides: &[(&str, Stance)]) -> Cited {
    let mut entry: Entry = tricky().read.entries().remove(2);
    entry.statement.speaker.party = Some(party.to_owned());
    entry.statement.speaker.name = Some(format!("Ms {party}"));
    entry.statement.speaker.kind = SpeakerKind::Person;
    entry.statement.positions = sides.iter().map(|(issue, stance)| Position::new(*issue, *stance)).collect();
    entry.published = day.map(|day| date(2031, 3, day));
    Cited { number: 1, day: entry.day(), appearances: vec![Appearance::from(&entry)], entry }
}

use Stance::{Open, Opposes, Supports};

fn talks() -> Vec<Cited> {
    vec![
        said("Vessar", Some(1), &[("ceasefire", Supports)]),
        said("Orlu", Some(3), &[("ceasefire", Supports), ("gas", Opposes)]),
        said("Vessar", Some(4), &[("ceasefire", Supports), ("gas", Supports)]),
        said("Vessar", Some(5), &[("ceasefire", Opposes)]),
        said("Tolm", None, &[("gas", Supports)]),
        said("Tolm", Some(9), &[("gas", Open)]),
    ]
}

fn days(of: &[(i8, usize)]) -> BTreeMap<Date, usize> {
    of.iter().map(|(day, count)| (date(2031, 3, *day), *count)).collect()
}

fn edge<'a>(graph: &'a Graph, a: &str, b: &str) -> &'a Edge {
    let named = |edge: &&Edge| {
        let ends = [edge.source, edge.target].map(|at| graph.nodes[at].label.as_str());
        ends == [a, b] || ends == [b, a]
    };
    graph.edges.iter().find(named).expect("they are joined")
}

#[test]
fn sides_have_their_days_and_shares() {
    let graph = Graph::two_mode(&talks(), &[], &Scope::default(), Share::None);
    let stand = edge(&graph, "Vessar", "ceasefire");
    assert_eq!(stand.behind, Behind::Sides { supports: 2, opposes: 1 });
    assert_eq!((stand.weight, &stand.days), (3.0, &days(&[(1, 1), (4, 1), (5, 1)])));
    let vessar = graph.nodes.iter().find(|n| n.label == "Vessar").expect("it speaks");
    assert_eq!((vessar.statements, &vessar.days), (3, &days(&[(1, 1), (4, 1), (5, 1)])));
    let share = |share| edge(&Graph::two_mode(&talks(), &[], &Scope::default(), share), "Vessar", "ceasefire").weight;
    // Three of the four sides that it took, and three of the four that were taken on it.
    assert_eq!((share(Share::Activity), share(Share::Prominence)), (0.75, 0.75));
    let lost: HashMap<_, _> = graph.losses.iter().map(|l| (l.what, l.times)).collect();
    assert_eq!(lost["statements that take no side, or of no such actor"], 1);
    assert_eq!(lost["statements without a day: weighed, but on no day"], 1);
}

#[test]
fn two_are_joined_from_the_day_on_which_both_had_spoken() {
    let tie = |links| {
        let graph = Graph::one_mode(&talks(), &[], &Scope::default(), links, Norm::None);
        let tie = edge(&graph, "Vessar", "Orlu");
        (tie.weight, tie.days.clone())
    };
    assert_eq!(tie(Links::Agreement), (2.0, days(&[(3, 1), (4, 1)])));
    // On gas from the 4th on, on the ceasefire from the 5th on.
    assert_eq!(tie(Links::Conflict), (2.0, days(&[(4, 1), (5, 1)])));
    let graph = Graph::one_mode(&talks(), &[], &Scope::default(), Links::Agreement, Norm::None);
    assert_eq!(edge(&graph, "Vessar", "Tolm").days, days(&[]), "nobody knows since when");
}

#[test]
fn persons_are_actors_too_and_who_is_left_out_is_told() {
    let scope = Scope { who: Actors::Speakers, most: 1, ..Scope::default() };
    let graph = Graph::two_mode(&talks(), &[], &scope, Share::None);
    assert_eq!((graph.nodes[0].label.as_str(), graph.nodes[0].kind), ("Ms Vessar", Kind::Person));
    assert_eq!(graph.nodes[0].party.as_deref(), Some("Vessar"));
    assert_eq!((graph.losses[0].what, graph.losses[0].times), ("actors beyond the number asked for, left out", 2));
}

/// All values of attributes and texts of a file of XML, which has to be whole.
fn strings(xml: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(xml).expect("it is UTF-8");
    let mut reader = Reader::from_str(text);
    let (mut out, mut text) = (Vec::new(), String::new());
    loop {
        match reader.read_event().expect("it is XML") {
            Event::Start(tag) | Event::Empty(tag) => {
                text.clear();
                for attribute in tag.attributes() {
                    let value = attribute.expect("it is an attribute");
                    out.push(value.normalized_value(XmlVersion::Implicit1_0).expect("it is text").into_owned());
                }
            }
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(name) => {
                let sign = name.resolve_char_ref().expect("it is a reference").map(String::from);
                let known = quick_xml::escape::resolve_xml_entity(&name).map(str::to_owned);
                text.push_str(&sign.or(known).expect("it is known"));
            }
            Event::End(_) => out.push(std::mem::take(&mut text)),
            Event::Eof => return out,
            _ => {}
        }
    }
}

fn both_forms(graph: &Graph) -> [(Vec<u8>, Report); 2] {
    let (mut graphml, mut gexf) = (Vec::new(), Vec::new());
    let first = write_graphml(&mut graphml, Path::new("x"), graph).expect("memory takes it");
    let second = write_gexf(&mut gexf, Path::new("x"), graph).expect("memory takes it");
    [(graphml, first), (gexf, second)]
}

#[test]
fn what_xml_cannot_hold_is_replaced_and_told() {
    let statements = [said("a\u{1}<&>\"'\n\u{fffe}b\tש🎉", Some(1), &[("x\u{0}", Supports)])];
    let graph = Graph::two_mode(&statements, &[], &Scope::default(), Share::None);
    for (xml, report) in both_forms(&graph) {
        let found = strings(&xml);
        assert!(found.iter().any(|s| s == "a\u{fffd}<&>\"'\n\u{fffd}b\tש🎉"), "{found:?}");
        assert!(report.losses.iter().any(|l| l.what.starts_with("names with characters")));
    }
}

#[test]
fn days_in_a_row_are_one_spell() {
    let graph = Graph::two_mode(&talks(), &[], &Scope::default(), Share::None);
    let [_, (gexf, report)] = both_forms(&graph);
    let text = String::from_utf8(gexf).expect("it is UTF-8");
    assert!(text.contains(r#"<spell start="2031-03-04" end="2031-03-05"/>"#), "{text}");
    assert!(text.contains(r#"<spell start="2031-03-01" end="2031-03-01"/>"#));
    assert!(text.contains(r#"start="2031-03-01" end="2031-03-05">"#), "the whole time");
    assert!(report.losses.iter().any(|l| l.what == "edges without a day, there at all times"));
}

#[test]
fn nothing_is_a_network_too() {
    let graph = Graph::one_mode(&[], &[], &Scope::default(), Links::Both, Norm::Jaccard);
    for (xml, report) in both_forms(&graph) {
        strings(&xml);
        assert_eq!(report, Report::default());
    }
}

proptest! {
    #[test]
    fn any_names_and_days_make_whole_files(
        all in proptest::collection::vec(
            (".{0,6}|[\\x00-\\x20]{1,3}", proptest::option::of(1_i8..=28), ".{0,4}", 0..Stance::ALL.len()),
            0..12,
        ),
    ) {
        let statements: Vec<Cited> =
            all.iter().map(|(who, day, issue, stance)| said(who, *day, &[(issue, Stance::ALL[*stance])])).collect();
        let two = Graph::two_mode(&statements, &[], &Scope::default(), Share::None);
        for edge in &two.edges {
            let Behind::Sides { supports, opposes } = edge.behind else { panic!("these are sides") };
            prop_assert!(edge.days.values().sum::<usize>() <= supports + opposes);
        }
        let dated = two.nodes.iter().filter(|n| n.kind == Kind::Party).map(|n| n.days.values().sum::<usize>());
        let undated: usize = two.losses.iter().filter(|l| l.what.contains("without a day")).map(|l| l.times).sum();
        prop_assert_eq!(dated.sum::<usize>() + undated, two.statements);
        for links in [Links::Agreement, Links::Conflict, Links::Both] {
            let one = Graph::one_mode(&statements, &[], &Scope::default(), links, Norm::Cosine);
            for (xml, _) in both_forms(&one).into_iter().chain(both_forms(&two)) {
                strings(&xml);
            }
        }
    }
}
