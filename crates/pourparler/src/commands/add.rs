//! `pourparler add`: articles into a ledger, each in one transaction, the known ones passed over.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use indicatif::HumanDuration;
use pourparler_intake::{Adding, Bringing, Report, Web, Workshop, bring, dossier, is_statements, learn, named, size};
use pourparler_ledger::Ledger;

use super::{Outcome, import};
use crate::args::Add;
use crate::terminal::Terminal;

pub fn run(args: &Add) -> anyhow::Result<Outcome> {
    let mut dossier = dossier(args.inputs.reading.dossier.as_deref())?;
    let mut ledger = Ledger::open(&args.ledger.ledger)?;
    learn(&mut dossier, &ledger)?;
    // A table of statements, as a cluster writes it, has been read already.
    let (tables, sources): (Vec<_>, Vec<_>) = args.inputs.sources.iter().cloned().partition(|path| is_statements(path));
    let mut brought = Bringing::default();
    for table in &tables {
        bring(&mut ledger, table, &mut brought)?;
    }
    if !tables.is_empty() {
        import::tell(&ledger.name().display().to_string(), &brought);
        if sources.is_empty() && args.inputs.from.is_none() {
            return Ok(if brought.wrong == 0 { Outcome::Done } else { Outcome::SomeFailed });
        }
    }
    let paths = named(&sources, args.inputs.from.as_deref(), &Terminal::without_bar())?;
    let workshop = Workshop::new(&args.inputs.reading.options(), &dossier)?.with_web(Web::new(&args.inputs.allow_host));
    let terminal = Arc::new(Terminal::with_bar(size(&paths))?);
    let mut adding = Adding::new(ledger, Arc::new(workshop)).heard_by(terminal.clone());
    adding.sources(&paths)?;
    let time = terminal.finish();
    let report = adding.report;
    if let Some(path) = &args.failed {
        std::fs::write(path, retry_list(&report))
            .with_context(|| format!("{}: the list of failed inputs", path.display()))?;
    }
    let rate = report.read as f64 / time.as_secs_f64().max(0.001);
    eprintln!(
        "{}: {} articles read in {}, {rate:.0} a second",
        pourparler_ledger::shown(&args.ledger.ledger).display(),
        report.read,
        HumanDuration(time)
    );
    eprint!("{}", summary(&report, args.failed.as_deref()));
    Ok(if report.failed.is_empty() && brought.wrong == 0 { Outcome::Done } else { Outcome::SomeFailed })
}

/// What became of the inputs, one line each for what there was.
fn summary(report: &Report, list: Option<&Path>) -> String {
    let Report { new, known, statements, copies, updates, languages, failed, .. } = report;
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(out, "  {new} new articles with {statements} statements, {known} known already");
    if copies + updates > 0 {
        let _ =
            writeln!(out, "  of the new, {copies} are copies and {updates} updates; `pourparler copies` shows of what");
    }
    if !languages.is_empty() {
        let each = languages.iter().map(|(tag, n)| format!("{n} {}", pourparler_read::language_name(tag)));
        let each = each.collect::<Vec<_>>().join(", ");
        let _ = writeln!(
            out,
            "  of the new, {} are in languages that are not read: {each}",
            languages.values().sum::<usize>()
        );
    }
    if !failed.is_empty() {
        let _ = writeln!(out, "  of {} inputs something was lost:", failed.len());
        for (source, reasons) in failed.iter().take(SHOWN) {
            let more = if reasons.len() > 1 { format!(" (and {} more)", reasons.len() - 1) } else { String::new() };
            let _ = writeln!(out, "    {source}: {}{more}", reasons.first().map_or("", String::as_str));
        }
        if failed.len() > SHOWN {
            let _ = writeln!(out, "    and {} more", failed.len() - SHOWN);
        }
        let _ = match list {
            Some(list) => {
                writeln!(out, "  all of them are in {0}; `pourparler add --from {0}` tries them again", list.display())
            }
            None => writeln!(out, "  `--failed FILE` writes a list of them, to try again with `--from FILE`"),
        };
    }
    out
}

/// So many failed inputs are shown in the report.
const SHOWN: usize = 10;

/// The inputs of which something was lost, as `--from` reads them, with the reasons as comments.
fn retry_list(report: &Report) -> String {
    let mut out = String::new();
    for (source, reasons) in &report.failed {
        for reason in reasons {
            let _ = writeln!(out, "# {}", reason.replace('\n', " "));
        }
        let _ = writeln!(out, "{source}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_tells_what_there_was() {
        let mut report = Report { read: 9, new: 5, known: 2, statements: 12, copies: 1, ..Report::default() };
        report.languages.insert("fr".to_owned(), 2);
        report.fail("a.txt", "it holds no text".to_owned());
        report.fail("b.warc", "record 3: damaged".to_owned());
        report.fail("b.warc", "record 9:\ndamaged".to_owned());
        let told = summary(&report, Some(Path::new("failed.txt")));
        let want = "  5 new articles with 12 statements, 2 known already\n  of the new, 1 are copies and 0 updates; `pourparler copies` \
                    shows of what\n  of the new, 2 are in languages that are not read: 2 French\n  of 2 inputs something was \
                    lost:\n    a.txt: it holds no text\n    b.warc: record 3: damaged (and 1 more)\n  all of them are in failed.txt; \
                    `pourparler add --from failed.txt` tries them again\n";
        assert_eq!(told, want);
        assert_eq!(
            retry_list(&report),
            "# it holds no text\na.txt\n# record 3: damaged\n# record 9: damaged\nb.warc\n"
        );
        assert_eq!(summary(&Report::default(), None), "  0 new articles with 0 statements, 0 known already\n");
    }
}
