//! `pourparler watch`: the articles that feeds announce, into a ledger, round by round.

use std::sync::Arc;

use pourparler_fetch::{Fetcher, Options, is_address};
use pourparler_intake::{Adding, Asked, Stop, Watch, Workshop, dossier, learn};
use pourparler_ledger::Ledger;

use super::{Outcome, Usage};
use crate::args::Watch as Args;
use crate::terminal::Terminal;

pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    if let Some(feed) = args.feeds.iter().find(|feed| !is_address(feed)) {
        return Err(Usage(format!(
            "{feed}: only feeds at http or https addresses are watched; `pourparler add` reads files"
        ))
        .into());
    }
    let mut dossier = dossier(args.reading.dossier.as_deref())?;
    let ledger = Ledger::open(&args.ledger.ledger)?;
    learn(&mut dossier, &ledger)?;
    let stop = on_signals()?;
    let clock = Arc::new(stop.clone());
    let options = Options { allowed_hosts: args.allow_host.clone(), clock: clock.clone(), ..Options::default() };
    let workshop = Arc::new(Workshop::new(&args.reading.options(), &dossier)?);
    let terminal = Arc::new(Terminal::without_bar());
    let adding = Adding::new(ledger, workshop).heard_by(terminal).ended_by(stop.clone());
    let mut watch = Watch::new(adding, Fetcher::new(options), clock, args.every);
    let well = if args.once {
        watch.turn(&args.feeds, Asked::All)?
    } else {
        loop {
            watch.turn(&args.feeds, Asked::Due)?;
            if stop.is_wanted() || !watch.wait(&args.feeds)? {
                break true;
            }
        }
    };
    if stop.is_wanted() {
        watch.log("ended as asked; the next watch goes on from here");
    }
    Ok(if well { Outcome::Done } else { Outcome::SomeFailed })
}

/// Takes Ctrl-C and SIGTERM as the wish to end; the second ends the program at once, which the ledger can bear.
fn on_signals() -> anyhow::Result<Stop> {
    let stop = Stop::default();
    let told = stop.clone();
    ctrlc::set_handler(move || {
        if told.is_wanted() {
            std::process::exit(130);
        }
        told.want();
    })?;
    Ok(stop)
}
