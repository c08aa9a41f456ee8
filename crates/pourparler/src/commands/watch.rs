//! `pourparler watch`: the articles that feeds announce, into a ledger, round by round.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use pourparler_fetch::{Clock as _, Fetcher, Options, is_address};
use pourparler_ledger::{Ledger, LedgerError, Problem};

use super::{Outcome, Usage};
use crate::adding::Adding;
use crate::args::Watch as Args;
use crate::corpus::{Workshop, dossier, learn};
use crate::watching::{Round, Watch, shown};
use crate::web::Stop;

/// A ledger that others keep busy is tried again after this.
const BUSY: Duration = Duration::from_secs(60);

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
    let stop = Stop::on_signals()?;
    let clock = Arc::new(stop.clone());
    let options = Options { allowed_hosts: args.allow_host.clone(), clock: clock.clone(), ..Options::default() };
    let adding = Adding::new(ledger, Workshop::new(&args.reading, &dossier)?);
    let told = stop.clone();
    let mut watch = Watch::new(adding, Fetcher::new(options), clock, args.every, move || told.is_wanted());
    let mut failed = false;
    loop {
        for feed in &args.feeds {
            let known = watch.adding.ledger.watched_feed(feed)?;
            let waits = known.next_at.filter(|time| *time > stop.now());
            // Somebody who asks for one round has their own interval; what failed is left alone all the same.
            if let Some(next_at) = waits.filter(|_| !args.once || known.failures > 0) {
                if args.once {
                    let why = known.last_error.unwrap_or_default();
                    watch.log(&format!("{feed}: left alone until {}: {why}", shown(next_at)));
                    failed = true;
                }
                continue;
            }
            match round(&mut watch, feed) {
                Ok(Round::Well) => {}
                Ok(Round::SomeFailed) => failed = true,
                Ok(Round::Stopped) => break,
                Err(e) if args.once || !passing(&e) => return Err(e),
                Err(e) => {
                    watch.log(&format!("{e:#}"));
                    let _ = stop.sleep(BUSY);
                }
            }
        }
        if args.once || stop.is_wanted() {
            break;
        }
        let mut next = Timestamp::MAX;
        for feed in &args.feeds {
            next = next.min(watch.adding.ledger.watched_feed(feed)?.next_at.unwrap_or(Timestamp::MIN));
        }
        let wait = stop.now().duration_until(next).try_into().unwrap_or_default();
        // A little more, so that rounding makes no idle turns.
        if !stop.sleep(Duration::max(wait, Duration::from_secs(1))) {
            break;
        }
    }
    if stop.is_wanted() {
        watch.log("ended as asked; the next watch goes on from here");
    }
    Ok(if args.once && failed { Outcome::SomeFailed } else { Outcome::Done })
}

/// One round, with a line of what it brought.
fn round(watch: &mut Watch, feed: &str) -> anyhow::Result<Round> {
    let before = (watch.adding.report.new, watch.adding.report.statements);
    let round = watch.round(feed)?;
    let now = (watch.adding.report.new, watch.adding.report.statements);
    if round != Round::Stopped {
        watch.log(&format!("{feed}: {} new articles with {} statements", now.0 - before.0, now.1 - before.1));
    }
    Ok(round)
}

/// Whether a failure of the ledger may be over in a while.
fn passing(error: &anyhow::Error) -> bool {
    error.downcast_ref::<LedgerError>().is_some_and(|e| matches!(e.problem, Problem::Locked | Problem::DiskFull))
}
