use jiff::civil::date;
use pourparler_ledger::{Filter, Ledger};
use pourparler_text::{Act, Article, ArticleStatements, DateRange, Position, Quotation, SpeakerKind, Stance, Text};
use proptest::prelude::*;

use crate::store::fresh;
use crate::support::{article, origin, said};

/// Three articles: one dated, one of no known day, one where nobody speaks.
fn ledger() -> Ledger {
    let position = |issue: &str, stance| Position::new(issue, stance);

    let text = "“We accept the corridor,” said Élise Nóvak. Ana Oren rejected the toll. \
                A senior official warned of long delays. 🎉";
    let mut accepts = said(text, "s1", "Élise Nóvak", "“We accept the corridor,”");
    accepts.quotation = Quotation::Direct;
    accepts.speaker.party = Some("Tarn".to_owned());
    accepts.act = Act::Accept;
    accepts.positions = vec![position("corridor", Stance::Supports)];
    let mut rejects = said(text, "s2", "Ana Oren", "the toll");
    rejects.speaker.party = Some("Tarn".to_owned());
    rejects.act = Act::Reject;
    rejects.positions = vec![position("toll", Stance::Opposes)];
    rejects.confidence = Some(0.4);
    rejects.said_on =
        Some(DateRange { from: date(2024, 2, 25), to: date(2024, 2, 27), text: None, method: None, anchor: None });
    let mut warns = said(text, "s3", "A senior official", "long delays");
    warns.speaker.name = None;
    warns.speaker.kind = SpeakerKind::Unnamed;
    warns.act = Act::Warn;
    warns.confidence = None;
    let dated = Article {
        id: "a".to_owned(),
        published: Some(date(2024, 3, 1)),
        outlet: Some("Ostrand Daily".to_owned()),
        ..Article::from_text(text)
    };

    let text = "Oren Tal of Lumé said the cease-fire “could hold”.";
    let mut hopes = said(text, "s1", "Oren Tal", "the cease-fire “could hold”");
    hopes.quotation = Quotation::Mixed;
    hopes.speaker.party = Some("Lumé".to_owned());
    hopes.positions = vec![position("toll", Stance::Conditional), position("corridor", Stance::Open)];
    let undated = Article { id: "b".to_owned(), ..Article::from_text(text) };

    let silent = Article { id: "c".to_owned(), ..Article::from_text("Nothing happened in Tarn.") };

    let mut ledger = fresh();
    for (article, statements) in [(undated, vec![hopes]), (silent, Vec::new()), (dated, vec![accepts, rejects, warns])]
    {
        let snapshot = article.text.as_str().as_bytes().to_vec();
        ledger.add(&origin(&snapshot), &ArticleStatements::new(article, statements), "model 1").expect("added");
    }
    ledger
}

fn found(ledger: &Ledger, filter: &Filter) -> Vec<String> {
    let entries = ledger.statements(filter).expect("asked");
    entries.iter().map(|e| format!("{}/{}", e.article, e.statement.id)).collect()
}

/// A filter with some fields set.
macro_rules! filter {
    ($($field:ident: $value:expr),*) => { Filter { $($field: Some($value.into()),)* ..Filter::default() } };
}

#[test]
fn each_filter_lets_through_what_it_should() {
    let ledger = ledger();
    let cases: &[(Filter, &[&str])] = &[
        (filter! {}, &["a/s2", "a/s1", "a/s3", "b/s1"]),
        (filter! { speaker: "novak" }, &["a/s1"]),
        (filter! { speaker: "NÓVAK, Élise" }, &["a/s1"]),
        (filter! { speaker: "oren" }, &["a/s2", "b/s1"]),
        (filter! { speaker: "oren ana" }, &["a/s2"]),
        (filter! { speaker: "ore" }, &[]),
        (filter! { speaker: "corridor" }, &[]),
        (filter! { speaker: "official" }, &[]),
        (filter! { speaker: " — " }, &[]),
        (filter! { speaker_exactly: "oren tal" }, &["b/s1"]),
        (filter! { speaker_exactly: "Tal Oren" }, &[]),
        (filter! { speaker_exactly: "Oren" }, &[]),
        (filter! { kind: SpeakerKind::Unnamed }, &["a/s3"]),
        (filter! { kind: SpeakerKind::Group }, &[]),
        (filter! { outlet: "Ostrand Daily" }, &["a/s2", "a/s1", "a/s3"]),
        (filter! { outlet: "Ostrand" }, &[]),
        (filter! { reviewed: true }, &["a/s3"]),
        (filter! { reviewed: false }, &["a/s2", "a/s1", "b/s1"]),
        (filter! { party: "TARN" }, &["a/s2", "a/s1"]),
        (filter! { party: "lume" }, &["b/s1"]),
        (filter! { party: "tar" }, &[]),
        (filter! { issue: "toll" }, &["a/s2", "b/s1"]),
        (filter! { issue: "tol" }, &[]),
        (filter! { stance: Stance::Open }, &["b/s1"]),
        (filter! { issue: "toll", stance: Stance::Conditional }, &["b/s1"]),
        (filter! { issue: "corridor", stance: Stance::Conditional }, &[]),
        (filter! { act: Act::Warn }, &["a/s3"]),
        (filter! { act: Act::Deny }, &[]),
        (filter! { quotation: Quotation::Mixed }, &["b/s1"]),
        (filter! { since: date(2024, 2, 28) }, &["a/s1", "a/s3"]),
        (filter! { until: date(2024, 2, 27) }, &["a/s2"]),
        (filter! { until: date(2024, 2, 26) }, &[]),
        (filter! { since: date(2024, 2, 27), until: date(2024, 3, 1) }, &["a/s2", "a/s1", "a/s3"]),
        (filter! { since: date(2024, 3, 2), until: date(2024, 2, 1) }, &[]),
        (filter! { text: "corridor Accept" }, &["a/s1"]),
        (filter! { text: "elise" }, &["a/s1"]),
        (filter! { text: "cease-fire" }, &["b/s1"]),
        (filter! { text: "fire cease" }, &["b/s1"]),
        (filter! { text: "fire-cease" }, &[]),
        (filter! { text: "corridor delays" }, &[]),
        (filter! { text: "corridor OR toll" }, &[]),
        (filter! { text: "corr*" }, &[]),
        (filter! { text: "🎉" }, &[]),
        (filter! { text: "speaker_key:oren" }, &[]),
        (filter! { article: "a" }, &["a/s2", "a/s1", "a/s3"]),
        (filter! { article: "c" }, &[]),
        (filter! { min_score: 0.5 }, &["a/s1", "a/s3", "b/s1"]),
        (filter! { limit: 2_usize }, &["a/s2", "a/s1"]),
        (filter! { limit: 0_usize }, &[]),
        (filter! { limit: usize::MAX, party: "tarn", text: "toll", speaker: "Oren" }, &["a/s2"]),
    ];
    for (filter, expected) in cases {
        assert_eq!(found(&ledger, filter), *expected, "{filter:?}");
    }
}

#[test]
fn an_entry_has_its_article_and_its_words() {
    let entries = ledger().statements(&filter! { act: Act::Accept }).expect("asked");
    assert_eq!(entries[0].published, Some(date(2024, 3, 1)));
    assert_eq!(entries[0].content, "“We accept the corridor,”");
    assert_eq!(entries[0].sentence, "“We accept the corridor,” said Élise Nóvak.");
}

#[test]
fn articles_come_by_day_with_their_statements_counted() {
    let heads = ledger().articles().expect("read");
    let short: Vec<_> = heads.iter().map(|h| (h.id.as_str(), h.published, h.statements)).collect();
    assert_eq!(short, [("a", Some(date(2024, 3, 1)), 3), ("b", None, 1), ("c", None, 0)]);
    assert_eq!(ledger().article("d").expect("asked"), None);
}

#[test]
fn no_query_is_an_error() {
    let ledger = ledger();
    for hostile in [
        "\"",
        "\"\"",
        "\"toll",
        "toll\"",
        "'",
        "NEAR(",
        "NEAR(toll corridor, 2)",
        "*",
        "toll*",
        "^toll",
        "-toll",
        "toll AND",
        "NOT",
        "(",
        "{content} : toll",
        "a:b",
        "+",
        "\0",
        "toll\0corridor",
        "🎉",
        "%",
        "_",
        ";",
        "\\",
        "toll; DROP TABLE statement",
        "\u{301}",
        "שלום",
    ] {
        for filter in [filter! { text: hostile }, filter! { speaker: hostile }, filter! { party: hostile }] {
            ledger.statements(&filter).expect(hostile);
        }
    }
    assert_eq!(found(&ledger, &filter! { text: "the\0toll" }), ["a/s2"]);
}

#[test]
fn a_word_that_the_index_does_not_know_as_one_is_no_error() {
    let mut ledger = fresh();
    let mut read = article(1);
    // Letters newer than the index's tables.
    read.article.text = Text::new(format!("{} 𞤀𞤁𞤂", read.article.text.as_str()));
    ledger.add(&origin(b"one"), &read, "model 1").expect("added");
    ledger.statements(&filter! { text: "𞤀𞤁𞤂 corridor", speaker: "𞤀𞤁𞤂 oren" }).expect("asked");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_is_typed_is_a_query(text in any::<String>(), speaker in any::<String>()) {
        let filter = filter! { text: text, speaker: speaker };
        let answer = fresh().statements(&filter);
        prop_assert!(answer.is_ok(), "{answer:?}");
    }
}

#[test]
fn names_in_use_are_listed_once() {
    let ledger = ledger();
    assert_eq!(ledger.parties().expect("asked"), ["Lumé", "Tarn"]);
    assert_eq!(ledger.issues().expect("asked"), ["corridor", "toll"]);
    let empty = fresh();
    assert_eq!((empty.parties().expect("asked").len(), empty.issues().expect("asked").len()), (0, 0));
}
