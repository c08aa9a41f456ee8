//! The written forms: snapshots of an invented dispute, and that whatever is cited can be opened.

mod fixture;

use std::collections::HashSet;

use fixture::{day, entry, fixture, on, positions, speaker};
use pourparler_brief::{Brief, BriefOptions, Record, to_html, to_markdown};
use pourparler_text::{Act, Entry, Quotation, Stance};
use proptest::prelude::*;

fn brief() -> Brief {
    let options = BriefOptions { title: Some("Velmora–Ostrand river talks".to_owned()), ..Default::default() };
    Brief::new(&fixture().record(), &options)
}

#[test]
fn markdown() {
    insta::assert_snapshot!(to_markdown(&brief()));
}

#[test]
fn one_party_in_markdown() {
    let options = BriefOptions { parties: vec!["Ostrand".to_owned()], since: Some(day(14)), ..Default::default() };
    insta::assert_snapshot!(to_markdown(&Brief::new(&fixture().record(), &options)));
}

/// The page without its style sheet and drawings, one line an element.
#[test]
fn html() {
    let page = to_html(&brief());
    let mut text = without(&without(&page, "<style", "</style>"), "<svg", "</svg>");
    for tag in ["<section", "<h2", "<tr", "<td", "<th", "<li", "<div", "<figure", "<blockquote", "<main", "<header"] {
        text = text.replace(tag, &format!("\n{tag}"));
    }
    insta::assert_snapshot!(text);
}

fn without(page: &str, from: &str, to: &str) -> String {
    let mut parts = page.split(from);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once(to).map_or("", |(_, rest)| rest))
}

#[test]
fn the_page_needs_nothing_else() {
    let page = to_html(&brief());
    for outside in ["<script", "<link", "<img", "<iframe", "@import", "url(", " src=", " onload", "style=\""] {
        assert!(!page.contains(outside), "{outside} in the page");
    }
    for link in attributes(&page, "href=\"#") {
        assert!(page.contains(&format!("id=\"{link}\"")), "nothing has the id {link}");
    }
    let ids = attributes(&page, " id=\"");
    assert_eq!(ids.len(), ids.iter().collect::<HashSet<_>>().len(), "an id is there twice");
}

/// What stands after `start` up to the closing quotation mark.
fn attributes<'a>(page: &'a str, start: &str) -> Vec<&'a str> {
    page.split(start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Every number in the lists that cite statements.
fn cited(brief: &Brief) -> Vec<usize> {
    let cells = brief.matrix.rows.iter().flat_map(|r| r.cells.iter().flatten());
    let cells =
        cells.flat_map(|c| [&c.statements, &c.dissent, &c.other].into_iter().flatten().copied().chain([c.lead]));
    let rows = brief.matrix.rows.iter().flat_map(|r| r.statements.clone());
    let columns = brief.matrix.issues.iter().flat_map(|c| c.statements.clone());
    let moves = brief.moves.iter().flat_map(|m| [m.before.clone(), m.after.clone()].concat());
    let answered = brief.claims.answered.iter().flat_map(|a| a.answers.iter().copied().chain([a.claim]));
    let voices = brief.voices.speakers.iter().flat_map(|v| v.statements.clone());
    let gaps = &brief.gaps;
    let lists = [
        &brief.claims.unanswered,
        &brief.claims.denials,
        &brief.voices.unnamed,
        &brief.voices.unattributed,
        &gaps.undated,
        &gaps.unnamed,
        &gaps.relayed,
        &gaps.no_party,
        &gaps.no_issue,
    ];
    cells
        .chain(rows)
        .chain(columns)
        .chain(moves)
        .chain(answered)
        .chain(voices)
        .chain(lists.into_iter().flatten().copied())
        .chain(brief.conditions.iter().map(|c| c.statement))
        .chain(brief.talk_days.iter().flat_map(|d| d.statements.clone()))
        .chain(brief.new.iter().flat_map(|n| n.statements.clone()))
        .collect()
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let held = (prop::sample::select(vec!["ceasefire", "progress", "water"]), prop::sample::select(Stance::ALL));
    let who =
        prop::sample::select(vec!["Ann|person|envoy|A", "Bo|person||B", "C|country||C", "a source|unnamed||A", ""]);
    let words =
        prop::sample::select(vec!["the market was shelled", "shelling the market", "a truce", "“ | <x> \u{202e}"]);
    let days = (prop::option::of(1i8..28), prop::option::of(1i8..28));
    (0..4u8, who, words, prop::collection::vec(held, 0..3), prop::sample::select(Act::ALL), days, any::<bool>())
        .prop_map(|(article, who, words, held, act, (published, said), relayed)| {
            let mut e = entry(&format!("a{article}"), words);
            e.published = published.map(day);
            e.statement.said_on = said.and_then(|d| on(day(d)));
            e.statement.speaker = speaker(who);
            e.statement.act = act;
            e.statement.quotation = if relayed { Quotation::Mixed } else { Quotation::Indirect };
            e.statement.via = if relayed { vec!["a wire".to_owned()] } else { vec![] };
            e.statement.positions = held.iter().flat_map(|(i, s)| positions(&format!("{i}={s}"))).collect();
            e
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_cited_can_be_opened(
        entries in prop::collection::vec(any_entry(), 0..30),
        party in prop::option::of(prop::sample::select(vec!["A", "b", "nobody"])),
        issue in prop::option::of(prop::sample::select(vec!["water", "nothing"])),
        until in prop::option::of(1i8..28),
    ) {
        let issues = fixture().issues;
        let record = Record { entries: &entries, issues: &issues, ..Default::default() };
        let options = BriefOptions {
            parties: party.map(str::to_owned).into_iter().collect(), issues: issue.map(str::to_owned).into_iter().collect(), until: until.map(day), ..Default::default()
        };
        let brief = Brief::new(&record, &options);
        for n in cited(&brief) {
            prop_assert_eq!(brief.statement(n).map(|c| c.number), Some(n));
        }
        let reports: usize = brief.statements.iter().map(|c| c.appearances.len()).sum();
        prop_assert!(brief.statements.len() <= reports && reports <= entries.len());
        let (page, markdown) = (to_html(&brief), to_markdown(&brief));
        for link in attributes(&page, "href=\"#s") {
            let id = format!("id=\"s{link}\"");
            prop_assert!(page.contains(&id), "{}", id);
        }
        for number in markdown.split('[').skip(1).filter_map(|rest| rest.split(']').next()?.parse::<usize>().ok()) {
            prop_assert!(brief.statement(number).is_some());
        }
    }
}
