//! Records for the tests of formats: an article in which every unit of offsets differs, with every field of a statement in use, and
//! records made up at random.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use pourparler_text::{
    Act, Article, ArticleStatements, CodePoint, DateRange, Dating, Firmness, Manner, Position, Quotation, Shown, Span,
    Speaker, SpeakerKind, Stance, Statement,
};
use proptest::prelude::*;

use crate::ArticleRecord;

/// Emoji, combining marks, a line ending of two characters, right-to-left text, and an astral letter.
pub const TEXT: &str = "🎉 “Neutrality,\r\nif guaranteed, may come,” Zoe\u{301} Mar\u{327} of Vessar told 𝄞 Radio Tolm on Monday. \
                        “שלום לכולם,” said an envoy.\r\nVessar rejects the Osk model.";

/// Where words stand in [`TEXT`].
pub fn at(words: &str) -> Span<CodePoint> {
    let start = TEXT.find(words).expect("these words are in the text");
    let before = TEXT[..start].chars().count();
    Span::new(before, before + words.chars().count())
}

fn bare(id: &str, content: Vec<Span<CodePoint>>) -> Statement<CodePoint> {
    Statement { confidence: Some(0.5), ..Statement::bare(id, content) }
}

fn day(day: Date) -> DateRange {
    DateRange { from: day, to: day, text: None, method: None, anchor: None }
}

/// An article with three statements: the first with every field, the second of an unnamed speaker relayed by the first, the third
/// decided by a person.
pub fn tricky() -> ArticleRecord {
    let article = Article {
        id: "tricky-1".to_owned(),
        title: Some("Talks <&> “hope” 🎉".to_owned()),
        outlet: Some("The Tolm Courier".to_owned()),
        byline: Some("A. Writer".to_owned()),
        published: Some(date(2031, 3, 5)),
        url: Some("https://example.org/a?b=1&c=2".to_owned()),
        language: Some("en".to_owned()),
        ..Article::from_text(TEXT)
    };
    let full = Statement {
        source: vec![at("Zoe\u{301} Mar\u{327} of Vessar")],
        cue: vec![at("told")],
        content: vec![at("Neutrality,"), at("if guaranteed, may come,")],
        quotation: Quotation::Direct,
        speaker: Speaker {
            name: Some("Zoe\u{301} Mar\u{327}".to_owned()),
            kind: SpeakerKind::Person,
            role: Some("Foreign Minister".to_owned()),
            party: Some("Vessar".to_owned()),
        },
        via: vec!["𝄞 Radio Tolm".to_owned(), "the Tolm agency".to_owned()],
        said_on: Some(DateRange {
            text: Some("on Monday".to_owned()),
            method: Some(Dating::Relative),
            anchor: Some(date(2031, 3, 5)),
            ..day(date(2031, 3, 3))
        }),
        act: Act::Propose,
        positions: vec![
            Position {
                option: Some("osk".to_owned()),
                by: Some(Shown::Words),
                ..Position::new("neutrality", Stance::Conditional)
            },
            Position::new("ceasefire", Stance::Supports),
        ],
        manner: Manner {
            conditions: vec![at("if guaranteed")],
            reasons: vec![],
            hedges: vec![at("may")],
            firmness: Some(Firmness::Hint),
            addressee: Some("Orlu".to_owned()),
            due: Some(day(date(2031, 4, 1))),
        },
        ..bare("s1", vec![])
    };
    let relayed = Statement {
        source: vec![at("an envoy")],
        cue: vec![at("said")],
        quotation: Quotation::Direct,
        speaker: Speaker { role: Some("envoy".to_owned()), ..Speaker::unattributed() },
        relayed_by: Some("s1".to_owned()),
        ..bare("s2", vec![at("שלום לכולם,")])
    };
    let decided = Statement {
        source: vec![Span::new(at("Vessar rejects").start, at("Vessar rejects").start + 6)],
        cue: vec![at("rejects")],
        speaker: Speaker {
            name: Some("Vessar".to_owned()),
            kind: SpeakerKind::Country,
            role: None,
            party: Some("Vessar".to_owned()),
        },
        act: Act::Reject,
        positions: vec![Position::new("neutrality", Stance::Opposes)],
        confidence: None,
        ..bare("s3", vec![at("the Osk model")])
    };
    ArticleRecord {
        read: ArticleStatements::new(article, vec![full, relayed, decided]),
        furniture: vec![at("Vessar rejects the Osk model.")],
        extractor: "accurate 6".to_owned(),
        reviewers: BTreeMap::from([("s3".to_owned(), "Bo".to_owned())]),
    }
}

/// A record made up at random: any text, spans anywhere in it, fields filled or not.
pub fn any_record() -> impl Strategy<Value = ArticleRecord> {
    let word = "[\\PC🎉ש]{1,12}";
    let statements = proptest::collection::vec(any_statement(), 0..5);
    ("[a-z0-9]{1,16}", "\\PC{1,40}(\r\n|🎉|e\u{301}|ש)\\PC{0,60}", proptest::option::of(word), any_day(), statements)
        .prop_map(|(id, text, title, published, drafts)| {
            let length = text.chars().count();
            let article = Article { id, title, published, ..Article::from_text(text) };
            let statements: Vec<Statement<CodePoint>> = drafts
                .into_iter()
                .enumerate()
                .map(|(n, draft)| Statement { id: format!("s{}", n + 1), ..fitted(draft, length) })
                .collect();
            let decided = statements.iter().filter(|s| s.confidence.is_none());
            let reviewers = decided.map(|s| (s.id.clone(), "Bo".to_owned())).collect();
            ArticleRecord {
                read: ArticleStatements::new(article, statements),
                furniture: Vec::new(),
                extractor: "accurate 6".to_owned(),
                reviewers,
            }
        })
}

fn any_day() -> impl Strategy<Value = Option<Date>> {
    proptest::option::of((1990_i16..2040, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| date(y, m, d)))
}

/// A statement whose spans are drawn from 0 to 1000 and still have to be [`fitted`].
fn any_statement() -> impl Strategy<Value = Statement<CodePoint>> {
    let spans = |most| proptest::collection::vec((0_usize..1000, 1_usize..400), most);
    let name = || proptest::option::of("[\\PC]{1,12}");
    let pick = |n: usize| 0..n;
    (
        (spans(0..=1), spans(0..=1), spans(1..=3)),
        (name(), name(), name(), proptest::collection::vec("[\\PC]{1,9}", 0..3)),
        (any_day(), name(), any_day(), proptest::option::of(0.0_f32..=1.0)),
        (pick(SpeakerKind::ALL.len()), pick(Act::ALL.len()), pick(Quotation::ALL.len()), pick(Stance::ALL.len())),
        (proptest::option::of("[a-z-]{1,9}"), name(), proptest::option::of(pick(Firmness::ALL.len()))),
    )
        .prop_map(|((source, cue, content), (who, role, party, via), (said, words, due, score), kinds, rest)| {
            let spans = |all: Vec<(usize, usize)>| all.into_iter().map(|(s, l)| Span::new(s, s + l)).collect();
            let (issue, addressee, firmness) = rest;
            Statement {
                source: spans(source),
                cue: spans(cue),
                quotation: Quotation::ALL[kinds.2],
                speaker: Speaker { name: who, kind: SpeakerKind::ALL[kinds.0], role, party },
                via,
                said_on: said.map(|d| DateRange { text: words, ..day(d) }),
                act: Act::ALL[kinds.1],
                positions: issue.into_iter().map(|i| Position::new(i, Stance::ALL[kinds.3])).collect(),
                manner: Manner {
                    firmness: firmness.map(|f| Firmness::ALL[f]),
                    addressee,
                    due: due.map(day),
                    ..Manner::default()
                },
                confidence: score,
                ..bare("", spans(content))
            }
        })
}

/// Brings spans into a text of so many code points: none empty, those of one list in order and apart.
fn fitted(draft: Statement<CodePoint>, length: usize) -> Statement<CodePoint> {
    let mut draft = draft.map_spans(|s: Span<CodePoint>| {
        let start = s.start % length;
        Span::<CodePoint>::new(start, (start + s.len()).min(length))
    });
    draft.content.sort();
    draft.content.dedup_by(|later, earlier| later.start <= earlier.end);
    draft
}
