//! The tutorial is true: what it gives to type runs as it stands, one after the other, and prints what it says.

use std::path::Path;
use std::process::Command;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::root;

/// The fenced blocks of a document: what kind they are of, and what stands in them.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) => {
                inside = true;
                out.push((kind.into_string(), String::new()));
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(words) if inside => {
                if let Some((_, block)) = out.last_mut() {
                    block.push_str(&words);
                }
            }
            _ => {}
        }
    }
    out
}

/// The first line of a block that was not printed; lines of the block stand in the order of what was printed, and a line of `…`
/// stands for any others.
fn untrue<'a>(block: &'a str, printed: &str) -> Option<&'a str> {
    let mut printed = printed.lines().map(str::trim_end);
    let shown = block.lines().map(str::trim_end).filter(|line| line.trim() != "…");
    let mut shown = shown.filter(|line| !line.is_empty());
    shown.find(|line| {
        // The end of a long line may be left out.
        match line.strip_suffix('…') {
            Some(begun) => !printed.any(|p| p.starts_with(begun)),
            None => !printed.any(|p| p == *line),
        }
    })
}

fn run(folder: &Path, script: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_pourparler")).parent().expect("it lies in a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    let ran = Command::new("sh")
        .args(["-e", "-c", script])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", program.display()))
        .env("USER", "ada")
        .env_remove("POURPARLER_LEDGER")
        .output()
        .expect("a shell");
    let told = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{script}: {}\n{told}", ran.status);
    String::from_utf8_lossy(&ran.stdout).into_owned() + &told
}

#[cfg(unix)]
#[test]
fn what_the_tutorial_says_is_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let examples = root().canonicalize().expect("the repository").join("examples");
    std::os::unix::fs::symlink(examples, folder.path().join("examples")).expect("a link");
    let text = std::fs::read_to_string(root().join("docs/tutorial.md")).expect("the tutorial");
    let mut printed = String::new();
    let (mut ran, mut seen) = (0, 0);
    for (kind, block) in blocks(&text) {
        match kind.as_str() {
            "sh" => {
                printed = run(folder.path(), &block);
                ran += 1;
            }
            "text" => {
                if let Some(line) = untrue(&block, &printed) {
                    panic!("the tutorial shows `{line}`; what was printed is\n{printed}");
                }
                seen += 1;
            }
            _ => {}
        }
    }
    assert!(ran > 10 && seen > 5, "{ran} blocks were run, {seen} answers looked at");
}

#[test]
fn what_was_not_printed_is_seen() {
    let printed = "one\ntwo  \nthree and more\nfour\n";
    assert_eq!(untrue("one\n…\nthree…\n\nfour\n", printed), None);
    assert_eq!(untrue("two\none\n", printed), Some("one"));
    assert_eq!(untrue("one\ntwo and\n", printed), Some("two and"));
    assert_eq!(untrue("three\n", printed), Some("three"));
    assert_eq!(blocks("`a`\n```sh\nb\nc\n```\n"), [("sh".to_owned(), "b\nc\n".to_owned())]);
}
