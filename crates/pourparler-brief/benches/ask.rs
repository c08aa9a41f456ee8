//! What it costs to put each question to a ledger: made-up statements of twelve parties on thirty issues over two years, a fifth of
//! them copies. `ASK_STATEMENTS=1000000 cargo bench -p pourparler-brief` asks a larger one.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::{Date, date};
use pourparler_brief::{Ask, AskOptions, Question};
use pourparler_ledger::{Filter, Ledger, Origin};
use pourparler_text::{
    Act, Article, ArticleStatements, Manner, Position, Quotation, Span, Speaker, SpeakerKind, Stance, Statement,
};

/// Statements of an article.
const EACH: usize = 20;
/// So many different words are said.
const WORDS: usize = 3000;

/// A row of numbers that looks like chance and is the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % n
    }
}

fn day(n: usize) -> Date {
    date(2030, 1, 1).saturating_add(jiff::Span::new().days(i64::try_from(n).unwrap_or(0)))
}

fn statement(chance: &mut Chance, id: usize, day: Date) -> (Statement<pourparler_text::CodePoint>, String) {
    let party = chance.below(12);
    let words: Vec<String> = (0..12).map(|_| format!("{:x}word", 4096 + chance.below(WORDS))).collect();
    let content = words.join(" ");
    let speaker = Speaker {
        name: Some(format!("Ana{} Oren{party}", chance.below(15))),
        kind: SpeakerKind::Person,
        role: Some(["minister", "president", "spokesman"][chance.below(3)].to_owned()),
        party: Some(format!("Party {party}")),
    };
    let positions = (0..chance.below(3))
        .map(|_| Position::new(format!("issue-{}", chance.below(30)), Stance::ALL[chance.below(Stance::ALL.len())]))
        .collect();
    let said = pourparler_text::DateRange { from: day, to: day, text: None, method: None, anchor: None };
    let statement = Statement {
        id: format!("s{id}"),
        source: vec![],
        cue: vec![],
        content: vec![Span::new(0, 1)],
        quotation: Quotation::ALL[chance.below(3)],
        speaker,
        via: if chance.below(6) == 0 { vec!["State Radio".to_owned()] } else { vec![] },
        said_on: (chance.below(3) > 0).then_some(said),
        act: Act::ALL[chance.below(Act::ALL.len())],
        positions,
        manner: Manner::default(),
        relayed_by: None,
        confidence: Some(0.8),
    };
    (statement, content)
}

fn fill(ledger: &mut Ledger, statements: usize) {
    for n in 0..statements / EACH {
        // Every fifth article is a copy of the words of the one before it.
        let mut chance = Chance(u64::try_from(if n % 5 == 4 { n - 1 } else { n }).unwrap_or(0));
        let published = day(n / 5 * 5 * 730 / (statements / EACH).max(1));
        let (found, lines): (Vec<_>, Vec<String>) = (0..EACH).map(|i| statement(&mut chance, i, published)).unzip();
        let text = format!("{n}: {}", lines.join(". "));
        let mut article = Article::from_text(&text);
        article.id = format!("a{n}");
        article.published = Some(published);
        article.outlet = Some(format!("Outlet {}", n % 9));
        // Each content is where its words stand in the text.
        let mut at = text.find(": ").unwrap_or(0) + 2;
        let found = found.into_iter().zip(&lines).map(|(mut s, line)| {
            s.content = vec![Span::new(at, at + line.len())];
            at += line.len() + 2;
            s
        });
        let read = ArticleStatements::new(article, found.collect());
        let bytes = n.to_string();
        let origin =
            Origin { snapshot: bytes.as_bytes(), source: "made up", decoding: "text, utf-8", ..Origin::default() };
        ledger.add(&origin, &read, "model 1").expect("added");
    }
}

fn ask(c: &mut Criterion) {
    let statements = std::env::var("ASK_STATEMENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = Ledger::open(folder.path().join("talks.db")).expect("a ledger");
    fill(&mut ledger, statements);
    let mut group = c.benchmark_group(format!("ask {statements}"));
    group.sample_size(10).warm_up_time(Duration::from_millis(50)).measurement_time(Duration::from_millis(300));
    group.bench_function("load", |b| b.iter(|| ledger.statements(black_box(&Filter::default()))));
    let entries = ledger.statements(&Filter::default()).expect("asked");
    group.bench_function("prepare", |b| b.iter(|| Ask::new(black_box(&entries), &[], &[], &AskOptions::default())));
    let ask = Ask::new(&entries, &[], &[], &AskOptions::default());
    for question in Question::ALL {
        group.bench_function(question.name(), |b| b.iter(|| ask.answer(black_box(*question))));
    }
}

criterion_group!(benches, ask);
criterion_main!(benches);
