//! The command line: parse, call the rooms of the house, print.
//!
//! Exit codes: 0 done, 1 nothing found, 2 usage, 3 some inputs failed (each named on standard error), 4 the ledger or
//! the model is at fault.

mod args;
mod commands;
mod gold;
mod output;
#[cfg(test)]
mod reference;
mod score;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use pourparler_exchange::{ExchangeError, Problem};
use pourparler_intake::DossierFault;
use pourparler_ledger::PeopleError;
use pourparler_web::ServeError;

use crate::args::{Args, Command};
use crate::commands::Outcome;

const WELCOME: &str = "\
Pourparler reads the reporting of a negotiation and keeps the record of it:
who said what, for whom, on which issue, when, and through whom.

Try it on the example articles:
  pourparler brief examples/articles --dossier examples/dossier.toml
  pourparler read examples/articles --dossier examples/dossier.toml

Then on your own: put articles into a folder as you have them (pages, texts, PDF,
mail, archives, exports), and
  pourparler dossier new > talks.toml       describe the talks (optional)
  pourparler add FOLDER --dossier talks.toml    keep them in a ledger
  pourparler positions                      who stands where
  pourparler ask                            the questions that it answers
  pourparler serve --dossier talks.toml     all of it in the browser
  pourparler brief --ledger pourparler.db --html brief.html

`pourparler help` lists all commands. From a checkout, put `cargo run --release --`
in place of `pourparler`.
";

/// Libraries that read pages and documents give some of them up by a panic, which is caught and told as a problem of the input:
/// the panic's own message would only frighten.
fn keep_caught_panics_quiet() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() != Some(pourparler_read::WORKER) {
            told(info);
        }
    }));
}

fn main() -> ExitCode {
    keep_caught_panics_quiet();
    let args = Args::parse();
    let Some(command) = args.command else {
        print!("{WELCOME}");
        return ExitCode::SUCCESS;
    };
    let outcome = match command {
        Command::Read(a) => commands::read::run(&a),
        Command::Add(a) => commands::add::run(&a),
        Command::Watch(a) => commands::watch::run(&a),
        Command::Statements(a) => commands::statements::run(&a),
        Command::Positions(a) => commands::positions::run(&a),
        Command::Brief(a) => commands::brief::run(&a),
        Command::Serve(a) => commands::serve::run(&a),
        Command::People(a) => commands::people::run(&a),
        Command::Verify(a) => commands::verify::run(&a),
        Command::Log(a) => commands::keeping::log(&a),
        Command::Backup(a) => commands::keeping::backup(&a),
        Command::Restore(a) => commands::keeping::restore(&a),
        Command::Copy(a) => commands::keeping::copy(&a),
        Command::Erase(a) => commands::keeping::erase(&a),
        Command::Dossier(a) => commands::dossier::run(&a),
        Command::Copies(a) => commands::copies::run(&a),
        Command::Actors(a) => commands::actors::run(&a),
        Command::Ask(a) => commands::ask::run(&a),
        Command::Review(a) => commands::review::run(&a),
        Command::Reextract(a) => commands::reextract::run(&a),
        Command::Export(a) => commands::export::run(&a),
        Command::Import(a) => commands::import::run(&a),
        Command::Eval(a) => commands::eval::run(&a),
        Command::Mcp(a) => commands::mcp::run(a),
        Command::Man(a) => commands::man::run(&a),
        Command::Completions(a) => commands::completions::run(&a),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NothingFound) => ExitCode::from(1),
        Ok(Outcome::SomeFailed) => ExitCode::from(3),
        // The reader of our output went away (`pourparler … | head`): that is no failure of ours.
        Err(e) if broken_pipe(&e) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("pourparler: {e:#}");
            ExitCode::from(if of_usage(&e) { 2 } else { 4 })
        }
    }
}

/// A mistake in what the user gave.
fn of_usage(error: &anyhow::Error) -> bool {
    let taken = error.downcast_ref::<ExchangeError>().is_some_and(|e| matches!(e.problem, Problem::Taken));
    let unserved = matches!(
        error.downcast_ref::<ServeError>(),
        Some(ServeError::InTheClear { .. } | ServeError::Certificate { .. } | ServeError::Provider(_))
    );
    let refused = matches!(error.downcast_ref::<PeopleError>(), Some(PeopleError::Refused(_)));
    taken || refused || unserved || error.is::<commands::Usage>() || error.is::<DossierFault>()
}

fn broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| {
        let io = e.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        let json = e.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        let exchange = e.downcast_ref::<ExchangeError>().and_then(ExchangeError::io_error_kind);
        io.or(json).or(exchange) == Some(std::io::ErrorKind::BrokenPipe)
    })
}
