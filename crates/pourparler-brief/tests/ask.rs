//! Every question, put to the invented dispute.

mod fixture;

use std::fmt::Write;

use pourparler_brief::{Ask, AskOptions, Question};

fn written(ask: &Ask, question: Question) -> String {
    let answer = ask.answer(question);
    let mut out = format!("{}\n{}\n", answer.question, answer.columns.join(" | "));
    for row in &answer.rows {
        assert_eq!(row.cells.len(), answer.columns.len(), "{}", question.name());
        assert!(row.statements.iter().all(|n| ask.statement(*n).is_some()), "{}", question.name());
        writeln!(out, "{} {:?}", row.cells.join(" | "), row.statements).expect("a string takes all");
    }
    out
}

#[test]
fn answers() {
    let fixture = fixture::fixture();
    let ask = Ask::new(
        &fixture.entries,
        &fixture.rounds(),
        &fixture.issues,
        &AskOptions { since: Some(fixture::day(10)), ..Default::default() },
    );
    let all: Vec<String> = Question::ALL.iter().map(|q| written(&ask, *q)).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn a_party_an_issue_and_a_day_narrow_an_answer() {
    let fixture = fixture::fixture();
    let options = AskOptions {
        party: Some("velmora".into()),
        issue: Some("ceasefire".into()),
        on: Some(fixture::day(9)),
        ..AskOptions::default()
    };
    let ask = Ask::new(&fixture.entries, &fixture.rounds(), &fixture.issues, &options);
    let answer = ask.answer(Question::Position);
    let cells: Vec<_> =
        answer.rows.iter().map(|r| (r.cells[0].as_str(), r.cells[1].as_str(), r.cells[2].as_str())).collect();
    assert_eq!(cells, [("Velmora", "ceasefire", "opposes")]);
    for question in Question::ALL {
        let parties = written(&ask, *question);
        assert!(!parties.contains("2031-03-14"), "{}: {parties}", question.name());
    }
}

#[test]
fn nothing_is_answered_from_nothing() {
    let ask = Ask::new(&[], &[], &[], &AskOptions::default());
    for question in Question::ALL {
        assert_eq!(ask.answer(*question).rows, [], "{}", question.name());
        assert_eq!(question.name().parse(), Ok(*question));
    }
    assert!("whom".parse::<Question>().is_err());
}
