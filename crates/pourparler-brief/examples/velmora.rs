//! Writes the brief of an invented dispute: `cargo run --example velmora > brief.html`, or with `md` for Markdown.

use pourparler_brief::{Brief, BriefOptions, to_html, to_markdown};

#[path = "../tests/fixture/mod.rs"]
mod fixture;

fn main() {
    let fixture = fixture::fixture();
    let options = BriefOptions { title: Some("Velmora–Ostrand river talks".to_owned()), ..BriefOptions::default() };
    let brief = Brief::new(&fixture.record(), &options);
    let markdown = std::env::args().nth(1).is_some_and(|a| a == "md");
    println!("{}", if markdown { to_markdown(&brief) } else { to_html(&brief) });
}
