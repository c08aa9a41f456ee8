//! The manual's reference of commands and questions, made from the command line itself, and a look at whether what the documents
//! tell readers to type can be typed.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Arg, Command, CommandFactory as _, Parser as _};
use pourparler_brief::Question;

use crate::args::Args;

#[path = "../tests/manual/pages.rs"]
mod pages;

use pages::{root, up_to_date};

/// The command line as it is once every part knows its whole name.
fn command_line() -> Command {
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    command
}

/// A command and all below it, those that are hidden left out.
fn all(command: &Command) -> Vec<&Command> {
    let below = command.get_subcommands().filter(|c| !c.is_hide_set());
    [command].into_iter().chain(below.flat_map(all)).collect()
}

fn commands() -> String {
    let command = command_line();
    let mut out = String::from(
        "# Commands\n\nWhat `pourparler help COMMAND` and the manual pages (`pourparler man FOLDER`) say, in one place. `COMMAND` stands \
         for any of these:\n\n",
    );
    // Writing to a String cannot fail.
    for command in command.get_subcommands().filter(|c| !c.is_hide_set()) {
        let _ = writeln!(out, "- [`{0}`](#pourparler-{0}): {1}", command.get_name(), about(command));
    }
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let _ = writeln!(out, "\n{after}");
    for command in all(&command).into_iter().skip(1) {
        let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
        let depth = "#".repeat(name.split(' ').count().min(4));
        let usage = command.clone().render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ");
        let _ = write!(out, "\n{depth} {name}\n\n{}.\n\n```text\n{usage}\n```\n", about(command));
        let own: Vec<&Arg> = command.get_arguments().filter(|a| !a.is_hide_set() && !is_automatic(a)).collect();
        if own.is_empty() {
            continue;
        }
        out.push_str("\n| argument | meaning |\n|---|---|\n");
        // What has no name comes first, as it does on the command line.
        let (values, options): (Vec<&Arg>, Vec<&Arg>) = own.into_iter().partition(|a| a.is_positional());
        for arg in values.into_iter().chain(options) {
            let _ = writeln!(out, "| {} | {} |", form(arg), meaning(arg));
        }
    }
    out
}

fn about(command: &Command) -> String {
    let text = command.get_long_about().or_else(|| command.get_about()).map(ToString::to_string).unwrap_or_default();
    cell(&text)
}

/// `--help` and its like, which every command has.
fn is_automatic(arg: &Arg) -> bool {
    matches!(arg.get_id().as_str(), "help" | "version")
}

/// How an argument is written.
fn form(arg: &Arg) -> String {
    let names =
        arg.get_value_names().unwrap_or_default().iter().map(|n| format!("<{n}>")).collect::<Vec<_>>().join(" ");
    let takes = arg.get_action().takes_values();
    let value = if takes { names.as_str() } else { "" };
    let more = if arg.get_num_args().is_some_and(|n| n.max_values() > 1) && takes { "…" } else { "" };
    match arg.get_long() {
        Some(long) => cell(format!("`--{long} {value}").trim_end()) + "`" + more,
        None => format!("`{value}`{more}"),
    }
}

/// What an argument means, what it is where nothing is said, and which values it takes.
fn meaning(arg: &Arg) -> String {
    let help = arg.get_long_help().or_else(|| arg.get_help()).map(ToString::to_string).unwrap_or_default();
    let mut out = cell(&help);
    let values = arg.get_possible_values();
    let values: Vec<String> = values
        .iter()
        .filter(|v| !v.is_hide_set() && arg.get_action().takes_values())
        .map(|v| match v.get_help() {
            Some(help) => format!("`{}` ({})", v.get_name(), cell(&help.to_string())),
            None => format!("`{}`", v.get_name()),
        })
        .collect();
    let mut more = |words: String| {
        if !out.is_empty() {
            out.push_str("; ");
        }
        out.push_str(&words);
    };
    if !values.is_empty() {
        more(format!("one of {}", values.join(", ")));
    }
    if let Some(env) = arg.get_env() {
        more(format!("else what the environment’s `{}` says", env.to_string_lossy()));
    }
    let defaults: Vec<_> = arg.get_default_values().iter().map(|v| v.to_string_lossy()).collect();
    if !defaults.is_empty() && arg.get_action().takes_values() {
        more(format!("else `{}`", defaults.join(", ")));
    }
    out
}

/// Words as they may stand in a cell of a table.
fn cell(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

fn questions() -> String {
    let mut out = format!(
        "# Questions\n\n`pourparler ask NAME` answers these {}; the workspace and `pourparler mcp` know them under the same names. [Asking \
         the record](../how-to/ask.md) tells how.\n\n| name | question |\n|---|---|\n",
        Question::ALL.len()
    );
    for question in Question::ALL {
        let _ = writeln!(out, "| `{}` | {} |", question.name(), question.words());
    }
    out
}

#[test]
fn the_reference_of_commands_is_up_to_date() {
    up_to_date("commands.md", &commands());
}

#[test]
fn the_list_of_questions_is_up_to_date() {
    up_to_date("questions.md", &questions());
}

#[test]
fn no_page_says_who_made_it() {
    let me = std::env::var("USER").unwrap_or_else(|_| "root".into());
    assert!(!commands().contains(&format!("`{me}`")), "a value of this machine's environment is on the page");
}

/// What documents give readers to type: the lines of fenced blocks that begin with the program's name. Blocks of text show what is
/// printed, and how commands are formed.
fn typed(document: &str) -> Vec<String> {
    let (mut inside, mut fenced) = (false, false);
    let mut out: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in document.lines() {
        if let Some(kind) = line.trim_start().strip_prefix("```") {
            inside = !inside;
            fenced = inside && kind != "text";
            goes_on = false;
        } else if goes_on && let Some(last) = out.last_mut() {
            goes_on = line.ends_with('\\');
            last.push_str(line.trim_end_matches('\\'));
        } else if fenced && (line.starts_with("pourparler ") || line.starts_with("cargo run --release -- ")) {
            goes_on = line.ends_with('\\');
            let line = line.replacen("cargo run --release --", "pourparler", 1);
            out.push(line.trim_end_matches('\\').to_owned());
        }
    }
    out
}

/// The words of a line that are the program's: not those behind a `|`, `>` or `;`, nor what a comment says.
fn words(line: &str) -> Vec<String> {
    let words = shlex::split(line).unwrap_or_else(|| panic!("no shell can read `{line}`"));
    let ends = |word: &String| ["|", ">", "<", "&&", ";", "&"].contains(&word.as_str());
    words.into_iter().take_while(|word| !ends(word)).collect()
}

/// All documents that people read in order to use the program.
fn documents() -> Vec<PathBuf> {
    let mut out = vec![root().join("README.md"), root().join("python/README.md"), root().join("examples/README.md")];
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|e| e == "md") {
                out.push(entry);
            }
        }
    }
    out
}

#[test]
fn what_documents_give_to_type_can_be_typed() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for path in documents() {
        let text = std::fs::read_to_string(&path).expect("a document");
        for line in typed(&text) {
            seen += 1;
            if let Err(e) = Args::try_parse_from(words(&line))
                && e.use_stderr()
            {
                wrong.push(format!("{}: `{line}`: {e}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 60, "{seen} commands were found");
}

#[test]
fn lines_to_type_are_found_and_read_as_a_shell_reads_them() {
    let document = "pourparler no\n```sh\npourparler read a.txt   # 'tis a comment\n$ pourparler no\npourparler read --format \\\n  jsonl 'a b.txt' | jq .\n```\npourparler no\n```text\npourparler no\n```\n";
    let lines: Vec<_> = typed(document).iter().map(|line| words(line)).collect();
    assert_eq!(
        lines,
        [vec!["pourparler", "read", "a.txt"], vec!["pourparler", "read", "--format", "jsonl", "a b.txt"]]
    );
}
