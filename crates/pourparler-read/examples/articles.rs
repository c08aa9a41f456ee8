//! Prints what is read from files: for each article its particulars, how long it is, and how it begins and ends.
//!
//! `cargo run -p pourparler-read --example articles -- [--text] FILE...`; with `--text`, each text as a whole too,
//! and which of its lines are page furniture.

use std::fs;

use pourparler_read::{ReadOptions, read};

fn main() {
    let whole = std::env::args().any(|arg| arg == "--text");
    for path in std::env::args().skip(1).filter(|arg| arg != "--text") {
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{path}: {error}");
                continue;
            }
        };
        let reading = read(&bytes, &path, &ReadOptions::default());
        let articles = &reading.articles;
        let share =
            |has: &dyn Fn(&pourparler_text::Article) -> bool| articles.iter().filter(|one| has(&one.article)).count();
        for (i, one) in articles.iter().enumerate() {
            let article = &one.article;
            let text = article.text.as_str();
            let day = article.published.map_or_else(|| "-".to_owned(), |day| day.to_string());
            let shown = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".to_owned());
            let first: String = text.chars().take(60).collect();
            let last: Vec<char> = text.chars().rev().take(60).collect();
            let last: String = last.into_iter().rev().collect();
            println!(
                "{:4} {day} | {} | {} | {} | {} | {} | {first:?} … {last:?}",
                i + 1,
                shown(&article.outlet),
                shown(&article.title),
                shown(&article.byline),
                shown(&article.language),
                text.len(),
            );
            if whole {
                println!("{text}\n");
                for line in &one.furniture {
                    println!("  left out: {}", article.text.get(*line));
                }
            }
        }
        println!(
            "{path}: {} articles ({}); with title {}, day {}, outlet {}, byline {}, text {}",
            articles.len(),
            articles.first().map_or_else(|| "none".to_owned(), |one| format!("{}, {}", one.kind, one.decoding)),
            share(&|a| a.title.is_some()),
            share(&|a| a.published.is_some()),
            share(&|a| a.outlet.is_some()),
            share(&|a| a.byline.is_some()),
            share(&|a| !a.text.as_str().is_empty()),
        );
        for problem in &reading.problems {
            println!("  {problem}");
        }
    }
}
