//! How fast inputs of each kind are read.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pourparler_read::{ReadOptions, read};

/// A story of so many paragraphs, with the furniture of a page below.
fn story(paragraphs: usize) -> String {
    let mut text = "Talks in Sarn go on\n\nSARN, March 14 (Reuters) - The talks go on, the minister said.\n".to_owned();
    for i in 0..paragraphs {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "On day {i} of the talks the minister of Oria said that “the harbour” would stay closed to ships of Tarn."
        );
    }
    text + "A nurse remembers the first night of the war.\nFollow us\nLeave a Reply\n"
}

fn reading(c: &mut Criterion) {
    let text = story(40);
    let line = serde_json::json!({ "id": "a", "text": text }).to_string() + "\n";
    let paragraphs = text.lines().map(|line| format!("<p>{line}</p>\n")).collect::<String>();
    let page = format!(
        "<html><head><title>Talks</title></head><body><nav>Home</nav><article>{paragraphs}</article></body></html>"
    );
    let mut group = c.benchmark_group("read");
    for (name, input) in [("text", text), ("json lines", line.repeat(100)), ("html", page)] {
        group.throughput(Throughput::Bytes(input.len() as u64));
        group.bench_function(name, |b| b.iter(|| read(black_box(input.as_bytes()), "bench", &ReadOptions::default())));
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
