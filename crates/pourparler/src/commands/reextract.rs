//! `pourparler reextract`: the articles of a ledger read again by the program as it is now. Nothing is replaced before the
//! differences were shown; what people decided stays.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};

use pourparler_intake::{Again, Workshop, dossier, learn};
use pourparler_ledger::Ledger;
use pourparler_text::{CodePoint, Span, Statement};

use super::Outcome;
use crate::args::Reextract;
use crate::output::tame;

pub fn run(args: &Reextract) -> anyhow::Result<Outcome> {
    let mut dossier = dossier(args.reading.dossier.as_deref())?;
    let mut ledger = Ledger::open_existing(&args.ledger.ledger)?;
    learn(&mut dossier, &ledger)?;
    let workshop = Workshop::new(&args.reading.options(), &dossier)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut changes: BTreeMap<&'static str, usize> = BTreeMap::new();
    let (mut read, mut differ) = (0, 0);
    for head in ledger.articles()? {
        let Some(Again { before, after }) = workshop.again(&ledger, &head.id)? else { continue };
        read += 1;
        let lines = differences(&before.statements, &after.statements);
        if !lines.is_empty() {
            differ += 1;
            writeln!(out, "{}  {}", tame(&head.id), tame(head.title.as_deref().unwrap_or_default()))?;
        }
        for (what, line) in lines {
            *changes.entry(what).or_default() += 1;
            writeln!(out, "  {what}: {}", tame(&line))?;
        }
        if args.apply {
            ledger.replace(&after, workshop.made_by)?;
        }
    }
    let counts: Vec<String> = changes.iter().map(|(what, n)| format!("{n} {what}")).collect();
    let done = if args.apply { "replaced" } else { "nothing is replaced yet: --apply does it" };
    writeln!(
        out,
        "{read} articles, {differ} differ: {}; {done}",
        if counts.is_empty() { "no change".to_owned() } else { counts.join(", ") }
    )?;
    out.flush()?;
    Ok(if read == 0 { Outcome::NothingFound } else { Outcome::Done })
}

/// What is new, gone and other between two extractions of one text. Statements are held to be the same where their contents
/// share a half of their code points.
fn differences(before: &[Statement<CodePoint>], after: &[Statement<CodePoint>]) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    let mut left: Vec<&Statement<CodePoint>> = before.iter().collect();
    for new in after {
        let Some(at) = left.iter().position(|old| Span::same_place(&old.content, &new.content)) else {
            out.push(("new", told(new)));
            continue;
        };
        let old = left.remove(at);
        let pairs = [
            ("content", spans(old) != spans(new), String::new(), String::new()),
            ("speaker", old.speaker.name != new.speaker.name, name(old), name(new)),
            ("party", old.speaker.party != new.speaker.party, party(old), party(new)),
            ("act", old.act != new.act, old.act.to_string(), new.act.to_string()),
            ("date", days(old) != days(new), days(old), days(new)),
            ("positions", positions(old) != positions(new), positions(old), positions(new)),
        ];
        for (what, differs, was, is) in pairs {
            if differs {
                let change = if was.is_empty() && is.is_empty() { String::new() } else { format!("{was} → {is}: ") };
                out.push((what, format!("{change}{}", told(new))));
            }
        }
    }
    out.extend(left.into_iter().map(|old| ("gone", told(old))));
    out
}

fn spans(s: &Statement<CodePoint>) -> Vec<(usize, usize)> {
    s.content.iter().map(|s| (s.start, s.end)).collect()
}

fn told(s: &Statement<CodePoint>) -> String {
    format!("{} ({}) at {:?}", name(s), s.act, spans(s))
}

fn name(s: &Statement<CodePoint>) -> String {
    s.speaker.name.clone().unwrap_or_else(|| "(unattributed)".to_owned())
}

fn party(s: &Statement<CodePoint>) -> String {
    s.speaker.party.clone().unwrap_or_else(|| "nobody".to_owned())
}

fn days(s: &Statement<CodePoint>) -> String {
    s.said_on.as_ref().map_or_else(|| "undated".to_owned(), |d| format!("{} to {}", d.from, d.to))
}

fn positions(s: &Statement<CodePoint>) -> String {
    let all: Vec<String> = s.positions.iter().map(|p| format!("{}: {}", p.issue, p.stance)).collect();
    if all.is_empty() { "none".to_owned() } else { all.join(", ") }
}
