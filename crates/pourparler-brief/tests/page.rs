//! The brief as a part of a page: cut, with ways to the whole record; and made of what was added up before.

use std::sync::Arc;

use pourparler_brief::{
    Brief, BriefOptions, Cited, Record, Standings, Summed, Ways, Which, body, claims, commitments, distinct, matrix,
    meetings, moves, to_html, voices,
};
use pourparler_text::{Act, Entry, Stance};

mod fixture;
use fixture::{day, entry, fixture, positions, speaker};

struct Elsewhere;

impl Ways for Elsewhere {
    fn sentence(&self, cited: &Cited) -> String {
        format!("/sentence/{}", cited.number)
    }

    fn statements(&self, which: &Which<'_>) -> String {
        format!("/statements?{}&{}", which.party.unwrap_or_default(), which.issue.unwrap_or_default())
    }
}

/// What comes after a mark up to the next quotation mark.
fn after<'a>(page: &'a str, mark: &'a str) -> impl Iterator<Item = &'a str> {
    page.split(mark).skip(1).filter_map(|rest| rest.split('"').next())
}

#[test]
fn what_was_added_up_before_gives_the_same_brief() {
    let fixture = fixture();
    let record = fixture.record();
    let statements = Arc::new(distinct(record.entries));
    let standings = Standings::of(&statements);
    let summed = Summed {
        statements: &statements,
        standings: &standings,
        matrix: &matrix(&statements, None),
        moves: &moves(&statements),
        claims: &claims(&statements),
        commitments: &commitments(&statements),
        rounds: &meetings(record.rounds, &statements),
        voices: &voices(&statements),
    };
    let names = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    for (parties, issues, until) in [
        (names(&[]), names(&[]), None),
        (names(&["velmora"]), names(&[]), None),
        (names(&["Ostrand", "Velmora", "velmora"]), names(&[]), Some(day(14))),
        (names(&[]), names(&["ceasefire"]), Some(day(9))),
        (names(&["Ostrand"]), names(&["ceasefire", "withdrawal"]), None),
        (names(&["nobody"]), names(&["nothing"]), None),
    ] {
        let options = BriefOptions { parties, issues, until, ..Default::default() };
        let (one, other) = (Brief::new(&record, &options), Brief::of(&summed, &record, &options));
        assert_eq!(to_html(&one), to_html(&other), "{options:?}");
        let whole = options == BriefOptions::default();
        assert_eq!(Arc::ptr_eq(&other.statements, &statements), whole, "only what is narrowed is copied: {options:?}");
    }
}

#[test]
fn several_parties_and_issues_have_their_rows_and_columns() {
    let fixture = fixture();
    let options = BriefOptions {
        parties: vec!["ostrand".to_owned(), "Velmora".to_owned(), "OSTRAND".to_owned()],
        issues: vec!["ceasefire".to_owned(), "withdrawal".to_owned()],
        ..Default::default()
    };
    let brief = Brief::new(&fixture.record(), &options);
    assert_eq!(brief.matrix.rows.iter().map(|r| r.party.as_str()).collect::<Vec<_>>(), ["Ostrand", "Velmora"]);
    let mut issues: Vec<_> = brief.matrix.issues.iter().map(|c| c.id.as_str()).collect();
    issues.sort_unstable();
    assert_eq!(issues, ["ceasefire", "withdrawal"]);
    assert_eq!(
        brief.title,
        format!("Ostrand and Velmora on {} and {}", brief.label("ceasefire"), brief.label("withdrawal"))
    );
}

/// A record of so many statements by thirty parties on sixty issues.
fn large(count: usize) -> Vec<Entry> {
    let one = |i: usize| {
        let (party, issue) = (i % 30, (i / 7) % 60);
        let mut e = entry(
            &format!("article-number-{}", i / 12),
            &format!(
                "statement {i} says that the crossing number {i} of the river stays closed to all that come after {i}"
            ),
        );
        e.published = Some(day(1 + i8::try_from(i % 27).expect("small")));
        e.statement.id = format!("s{i}");
        e.statement.speaker =
            speaker(&format!("Speaker Number{} of Party|person|Foreign Minister|Party of the Number {party}", i % 400));
        e.statement.act = Act::ALL[i % Act::ALL.len()];
        let stance = Stance::ALL[(i / 3) % Stance::ALL.len()];
        e.statement.positions = positions(&format!("issue-{issue}={stance}")).into_iter().collect();
        e
    };
    (0..count).map(one).collect()
}

#[test]
fn a_page_holds_a_large_record_and_leads_to_all_of_it() {
    let entries = large(20_000);
    let brief = Brief::new(&Record { entries: &entries, ..Record::default() }, &BriefOptions::default());
    let page = body(&brief, &Elsewhere).into_string();
    assert!(page.len() <= 180_000, "{} bytes", page.len());
    let listed: Vec<&str> = after(&page, "<li id=\"s").collect();
    assert!(!listed.is_empty());
    for number in after(&page, "href=\"#s").filter(|n| n.bytes().all(|b| b.is_ascii_digit())) {
        assert!(listed.contains(&number), "#s{number} is not on the page");
    }
    for number in &listed {
        assert!(page.contains(&format!("href=\"/sentence/{number}\"")), "{number} leads to its sentence");
    }
    assert!(page.contains("/statements?Party of the Number 1&amp;issue-"), "what is not shown can be found");
}

#[test]
fn a_file_leads_nowhere_else() {
    let fixture = fixture();
    let brief = Brief::new(&fixture.record(), &BriefOptions::default());
    let file = to_html(&brief);
    assert!(!file.contains("/sentence/") && !file.contains("/statements?"));
    assert_eq!(after(&file, "<li id=\"s").count(), brief.statements.len());
}
