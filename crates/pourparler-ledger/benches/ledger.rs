//! What it costs to add an article, and to ask a ledger of 20,000 statements.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::date;
use pourparler_ledger::{Filter, Ledger};
use pourparler_text::Act;

#[path = "../tests/it/support.rs"]
mod support;

fn add(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = Ledger::open(folder.path().join("talks.db")).expect("a ledger");
    let mut n = 0;
    c.bench_function("add/article of 20 statements", |b| {
        b.iter_batched(
            || {
                n += 1;
                (n.to_string(), support::article(n))
            },
            |(bytes, read)| ledger.add(&support::origin(bytes.as_bytes()), &read, "model 1").expect("added"),
            criterion::BatchSize::SmallInput,
        );
    });
}

fn ask(c: &mut Criterion) {
    let mut ledger = Ledger::in_memory().expect("a ledger");
    for n in 0..1000 {
        ledger.add(&support::origin(n.to_string().as_bytes()), &support::article(n), "model 1").expect("added");
    }
    let some = |words: &str| Some(words.to_owned());
    let all = Filter::default();
    for (name, filter) in [
        ("all", all.clone()),
        ("first 50", Filter { limit: Some(50), ..all.clone() }),
        (
            "speaker and month",
            Filter {
                speaker: some("novak"),
                since: Some(date(2024, 3, 1)),
                until: Some(date(2024, 3, 31)),
                ..all.clone()
            },
        ),
        (
            "party, issue and act",
            Filter { party: some("Tarn"), issue: some("toll"), act: Some(Act::Demand), ..all.clone() },
        ),
        ("text", Filter { text: some("corridor 77"), ..all.clone() }),
    ] {
        c.bench_function(&format!("ask 20,000/{name}"), |b| b.iter(|| ledger.statements(black_box(&filter))));
    }
}

criterion_group!(benches, add, ask);
criterion_main!(benches);
