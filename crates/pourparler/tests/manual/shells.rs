//! What the program writes about itself for `man` and for shells.

use std::collections::BTreeSet;
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pourparler")).args(args).output().expect("it runs")
}

fn printed(args: &[&str]) -> String {
    let ran = run(args);
    assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).expect("UTF-8")
}

/// The commands that the help of a command lists.
fn listed(command: &[&str]) -> Vec<String> {
    let help = printed(&[command, &["--help"]].concat());
    let lines = help.lines().skip_while(|line| !line.ends_with("Commands:")).skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    // A command stands two signs in; what explains it, further.
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect()
}

/// Every visible command, whole: `dossier new`.
fn commands() -> Vec<Vec<String>> {
    let mut out: Vec<Vec<String>> = listed(&[]).into_iter().map(|name| vec![name]).collect();
    let mut at = 0;
    while let Some(command) = out.get(at).cloned() {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        out.extend(listed(&words).into_iter().map(|name| [command.clone(), vec![name]].concat()));
        at += 1;
    }
    out
}

#[test]
fn every_command_has_its_page() {
    let commands = commands();
    assert!(commands.len() > 45, "{commands:?}");
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("man/man1");
    printed(&["man", pages.to_str().expect("UTF-8")]);
    let there: BTreeSet<String> = std::fs::read_dir(&pages)
        .expect("a folder")
        .map(|e| e.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    let named = commands.iter().map(|command| format!("pourparler-{}.1", command.join("-")));
    let expected: BTreeSet<String> = named.chain(["pourparler.1".to_owned()]).collect();
    assert_eq!(there, expected);

    let main = std::fs::read_to_string(pages.join("pourparler.1")).expect("a page");
    assert_eq!(main, printed(&["man"]), "without a folder the page of the whole is printed");
    for command in commands.iter().filter(|c| c.len() == 1) {
        let name = format!("pourparler-{}(1)", command[0]).replace('-', "\\-");
        assert!(main.contains(&name), "{name} is not named on the page of the whole");
    }
    for page in &there {
        let text = std::fs::read_to_string(pages.join(page)).expect("a page");
        assert!(text.contains(".SH NAME") && text.contains(".SH SYNOPSIS"), "{page}");
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "").expect("written");
    let ran = run(&["man", file.join("man1").to_str().expect("UTF-8")]);
    let told = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(4), "{told}");
    assert!(told.contains("file/man1: the manual pages cannot be written"), "{told}");
}

#[test]
fn completions_know_every_command_and_option() {
    let commands = commands();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell]);
        for name in commands.iter().flatten() {
            assert!(script.contains(name.as_str()), "{shell} does not know {name}");
        }
        for option in ["min-score", "allow-host", "dossier-out", "password-file"] {
            assert!(script.contains(option), "{shell} does not know --{option}");
        }
    }
    assert_eq!(run(&["completions", "tcsh"]).status.code(), Some(2));
}
