//! `pourparler read`: the statements of articles, printed.

use std::io::{BufWriter, Write};

use pourparler_intake::{Web, Workshop, dossier, named, work_through};
use pourparler_text::ArticleStatements;

use super::Outcome;
use crate::args::{Format, Read};
use crate::output;
use crate::terminal::Terminal;

pub fn run(args: &Read) -> anyhow::Result<Outcome> {
    let dossier = dossier(args.inputs.reading.dossier.as_deref())?;
    let workshop = Workshop::new(&args.inputs.reading.options(), &dossier)?.with_web(Web::new(&args.inputs.allow_host));
    let terminal = Terminal::without_bar();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut all, mut statements) = (Vec::new(), 0);
    let mut csv = output::Csv::default();
    let paths = named(&args.inputs.sources, args.inputs.from.as_deref(), &terminal)?;
    let failed = work_through(&workshop, &paths, &terminal, |article| -> anyhow::Result<()> {
        let found = article.statements;
        statements += found.statements.len();
        match args.format {
            Format::Table => {
                let text = &article.read.article.text;
                let furniture: Vec<_> = article.read.furniture.iter().map(|&line| text.get(line)).collect();
                output::table(&mut out, &found, &furniture)?;
            }
            // An array has to know its end first.
            Format::Json => all.push(found),
            Format::Jsonl => {
                serde_json::to_writer(&mut out, &found)?;
                writeln!(out)?;
            }
            Format::Brat => brat(&mut out, &found)?,
            Format::Csv => csv.write(&mut out, &found.entries())?,
        }
        Ok(out.flush()?)
    })?;
    match (args.format, all.as_slice()) {
        (Format::Json, [one]) => serde_json::to_writer_pretty(&mut out, one)?,
        (Format::Json, all) => serde_json::to_writer_pretty(&mut out, all)?,
        _ => {}
    }
    if args.format == Format::Json {
        writeln!(out)?;
    }
    out.flush()?;
    Ok(match (failed, statements) {
        (true, _) => Outcome::SomeFailed,
        (false, 0) => Outcome::NothingFound,
        (false, _) => Outcome::Done,
    })
}

/// brat annotation of one article after the other, told apart by a comment line with their ids.
fn brat(out: &mut impl Write, found: &ArticleStatements) -> anyhow::Result<()> {
    writeln!(out, "#\tarticle {}", output::tame(&found.article.id))?;
    Ok(pourparler_exchange::brat::annotations(out, found)?)
}
