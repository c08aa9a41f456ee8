use jiff::civil::Date;
use pourparler_ledger::Filter;
use pourparler_text::{
    Act, Article, ArticleStatements, CodePoint, DateRange, Dating, Entry, Firmness, Manner, Position, Quotation, Span,
    Speaker, SpeakerKind, Stance, Statement, Text,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::store::{fresh, holdable};
use crate::support::origin;

/// What breaks offsets: surrogate pairs, combining marks, right-to-left words, both line breaks, controls.
const PIECES: &[&str] = &["🎉", "👩‍👧", "e\u{301}", "שלום", "مرحبا", "\r\n", "\n", "\0", "“", ". ", "She said"];

fn text() -> impl Strategy<Value = String> {
    vec(prop_oneof![select(PIECES).prop_map(str::to_owned), "(?s).{0,8}"], 0..20).prop_map(|all| holdable(all.concat()))
}

fn day() -> impl Strategy<Value = Date> {
    (1900i16..2100, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| jiff::civil::date(year, month, day))
}

/// Spans somewhere in a text of so many code points.
fn spans(length: usize) -> impl Strategy<Value = Vec<Span<CodePoint>>> {
    vec((0..=length, 0..=length).prop_map(|(a, b)| Span::new(a.min(b), a.max(b))), 0..3)
}

fn statement(length: usize) -> impl Strategy<Value = Statement<CodePoint>> {
    let position = ("[a-z-]{1,8}", select(Stance::ALL)).prop_map(|(issue, stance)| Position::new(issue, stance));
    let speaker = (option::of(text()), select(SpeakerKind::ALL), option::of(text()), option::of(text()))
        .prop_map(|(name, kind, role, party)| Speaker { name, kind, role, party });
    let said_on = option::of(
        (day(), day(), option::of(text()), option::of(select(Dating::ALL)), option::of(day()))
            .prop_map(|(from, to, text, method, anchor)| DateRange { from, to, text, method, anchor }),
    );
    let spans = (spans(length), spans(length), spans(length));
    let kinds = (select(Quotation::ALL), select(Act::ALL), option::of(0f32..=1.0));
    (spans, kinds, speaker, vec(text(), 0..3), said_on, vec(position, 0..4)).prop_map(
        |((source, cue, content), (quotation, act, confidence), speaker, via, said_on, positions)| Statement {
            id: String::new(),
            manner: Manner {
                conditions: content.clone(),
                hedges: cue.clone(),
                firmness: confidence.map(|_| Firmness::Hint),
                addressee: via.first().cloned(),
                due: said_on.clone(),
                ..Manner::default()
            },
            source,
            cue,
            content,
            quotation,
            speaker,
            via,
            said_on,
            act,
            positions,
            relayed_by: None,
            confidence,
        },
    )
}

fn article() -> impl Strategy<Value = ArticleStatements> {
    let particulars = (text(), [option::of(text()), option::of(text()), option::of(text())], option::of(day()));
    (particulars, text()).prop_flat_map(|((id, [title, outlet, byline], published), text)| {
        let length = text.chars().count();
        let article = Article {
            id,
            outlet,
            byline,
            published,
            url: title.clone(),
            language: title.as_ref().map(|_| "en-GB".to_owned()),
            title,
            text: Text::new(text),
        };
        vec(statement(length), 0..4).prop_map(move |mut statements| {
            for (i, statement) in statements.iter_mut().enumerate() {
                statement.id = format!("s{i}");
            }
            ArticleStatements::new(article.clone(), statements)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_goes_in_comes_out(read in article(), snapshot in vec(any::<u8>(), 0..40)) {
        let mut ledger = fresh();
        ledger.add(&origin(&snapshot), &read, "model 1").expect("added");
        prop_assert_eq!(ledger.article(&read.article.id).expect("read"), Some(read.clone()));
        prop_assert_eq!(ledger.verify().expect("looked"), []);

        let by_place = |mut entries: Vec<Entry>| {
            entries.sort_by(|a, b| a.statement.id.cmp(&b.statement.id));
            entries
        };
        let found = ledger.statements(&Filter::default()).expect("asked");
        prop_assert!(found.is_sorted_by_key(|e| (e.day().is_none(), e.day())));
        prop_assert_eq!(by_place(found), by_place(read.entries()));
    }
}
