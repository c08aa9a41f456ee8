//! What the parts of extraction cost on one article of the examples.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pourparler_dossier::Dossier;
use pourparler_extract::{Extractor, Model, Tagger, attributions};
use pourparler_text::Article;

const ARTICLE: &str = include_str!("../../../examples/articles/04-dam-gates.txt");

fn benches(c: &mut Criterion) {
    let tagger = Tagger::new(Model::Accurate).expect("the weights are part of the crate");
    let windows = tagger.windows(ARTICLE, |_| true).expect("it is text");
    let scores: Vec<_> = windows.iter().map(|w| tagger.score(w).expect("it runs")).collect();
    let extractor = Extractor::new(&Dossier::general(), Model::Accurate).expect("the weights are part of the crate");
    let article = Article::from_text(ARTICLE);
    let mut group = c.benchmark_group("extract");
    group.throughput(Throughput::Elements(ARTICLE.split_whitespace().count() as u64));
    group.bench_function("view", |b| b.iter(|| tagger.windows(black_box(ARTICLE), |_| true)));
    group.bench_function("tagging", |b| b.iter(|| windows.iter().map(|w| tagger.score(w)).collect::<Vec<_>>()));
    group.bench_function("linking", |b| {
        b.iter(|| windows.iter().zip(&scores).map(|(w, s)| attributions(w, s).len()).sum::<usize>());
    });
    group.bench_function("statements", |b| b.iter(|| extractor.statements(black_box(&article), &[])));
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
