//! Records made up: articles of some three thousand characters with emoji, combining marks, right-to-left words and line ends of two
//! characters.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::date;
use pourparler_brief::IssueLabel;
use pourparler_exchange::ArticleRecord;
use pourparler_text::{
    Act, Article, ArticleStatements, CodePoint, DateRange, Manner, Position, Quotation, Span, Speaker, SpeakerKind,
    Stance, Statement,
};

/// Statements in an article.
pub const EACH: usize = 12;

const FILLER: &str =
    ".\r\nNothing else was said that anybody wrote down, and the night went on as nights do in the valley of Tolm. ";

/// Names of its issues.
pub fn labels() -> Vec<IssueLabel> {
    let label =
        |n| IssueLabel {
            id: format!("issue-{n}"), label: format!("Issue <{n}> & “more” 🎉"), group: String::new()
        };
    (0..12).map(label).collect()
}

/// An article made up, the same for the same number.
pub fn record(n: usize) -> ArticleRecord {
    let mut text = String::new();
    let mut statements = Vec::new();
    for s in 0..EACH {
        let seed = n * EACH + s;
        let party = format!("Party {}", seed % 97);
        let name = format!("Zoe\u{301} Mar\u{327} {}", seed % 389);
        let mut mark = |words: &str, after: &str| {
            let start = text.chars().count();
            text.push_str(words);
            let end = text.chars().count();
            text.push_str(after);
            Span::<CodePoint>::new(start, end)
        };
        mark(["🎉 ", "", "𝄞 “", "שלום. "][seed % 4], "");
        let first = mark("“we will accept the neutrality of the valley,”", " 🤝🏽 ");
        let source = mark(&format!("{name} of {party}"), " ");
        let cue = mark("told", " Radio Tolm on Monday, ");
        let hedge = if seed.is_multiple_of(3) {
            mark("“שלום לכולם perhaps", " ")
        } else {
            mark("“provided that", " ")
        };
        let last = mark(&format!("all troops leave by day {seed}.”"), FILLER);
        let stance = Stance::ALL[seed % Stance::ALL.len()];
        let day = date(2031, 1, 1).saturating_add(i64::try_from(seed % 700).unwrap_or(0).days());
        statements.push(Statement {
            id: format!("s{}", s + 1),
            source: vec![source],
            cue: vec![cue],
            content: vec![first, Span::new(hedge.start, last.end)],
            quotation: Quotation::ALL[seed % Quotation::ALL.len()],
            speaker: Speaker {
                name: Some(name),
                kind: SpeakerKind::ALL[seed % SpeakerKind::ALL.len()],
                role: Some("envoy".to_owned()),
                party: Some(party),
            },
            via: if seed.is_multiple_of(2) { vec!["Radio Tolm".to_owned(), "the agency".to_owned()] } else { vec![] },
            said_on: (!seed.is_multiple_of(5)).then(|| DateRange {
                from: day,
                to: day,
                text: Some("on Monday".to_owned()),
                method: None,
                anchor: None,
            }),
            act: Act::ALL[seed % Act::ALL.len()],
            positions: vec![Position::new(format!("issue-{}", seed % 12), stance)],
            manner: Manner { hedges: vec![hedge], ..Manner::default() },
            relayed_by: (s == 1).then(|| "s1".to_owned()),
            confidence: (!seed.is_multiple_of(7)).then_some(0.9),
        });
    }
    let article = Article {
        id: format!("article/{n}"),
        title: Some(format!("Talks <&> “hope” {n}")),
        outlet: Some("The Tolm Courier".to_owned()),
        published: Some(date(2031, 3, 5)).filter(|_| !n.is_multiple_of(11)),
        url: Some(format!("https://example.org/a?b={n}&c=2")).filter(|_| !n.is_multiple_of(3)),
        language: Some("en".to_owned()),
        ..Article::from_text(text)
    };
    let reviewers = BTreeMap::from([("s1".to_owned(), "Bo".to_owned())]);
    ArticleRecord {
        read: ArticleStatements::new(article, statements),
        furniture: vec![],
        extractor: "accurate 6".to_owned(),
        reviewers,
    }
}
