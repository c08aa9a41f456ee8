//! Writes made-up records in a form, and says how long it took and how much memory; a form that can be read is read again:
//! `bulk FORMAT OUT [STATEMENTS]`. The checks under `checks/` are fed by it.
//!
//! The forms: `csv`, `jsonl`, `parquet` (a feature), `brat`, `dna`, `qdpx`, `cas`, `annotations`, `claims`, `prov`; `graphml-…`, `gexf-…` and
//! `graph-…` (the same as JSON) of the networks `sides`, `agreement`, `conflict`, `both`; and `statements`, the record as JSON lines
//! with which the checks compare.

mod record;

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use pourparler_brief::{Appearance, Cited, Links, Norm};
use pourparler_exchange::network::{Graph, Scope, Share, write_gexf, write_graphml};
use pourparler_exchange::{
    ArticleRecord, ExchangeError, Exporter, Report, brat, cas, claims, dna, prov, refi, table, web_annotation,
};

use crate::record::{EACH, labels, record};

type Done<T = Report> = Result<T, Box<dyn Error>>;

fn main() -> Done<()> {
    let mut args = std::env::args().skip(1);
    let (Some(format), Some(out)) = (args.next(), args.next()) else {
        return Err("bulk FORMAT OUT [STATEMENTS]".into());
    };
    let statements: usize = args.next().map_or(Ok(100_000), |n| n.parse())?;
    let (articles, out) = (statements.div_ceil(EACH), Path::new(&out));
    let (report, took) = match exporter(&format, out) {
        Some(exporter) => write_all(exporter?, articles)?,
        None => {
            let cited = cited(articles);
            let began = Instant::now();
            (write_whole(&format, out, articles, &cited)?, began.elapsed())
        }
    };
    let size = if out.is_dir() { 0 } else { fs::metadata(out)?.len() };
    tell(&format!("{format}: {} MB", size / 1_000_000), took);
    report.losses.iter().for_each(|loss| println!("  lost: {loss}"));
    let began = Instant::now();
    if let Some(count) = read_again(&format, out)? {
        tell(&format!("{format}: {count} statements read again"), began.elapsed());
    }
    Ok(())
}

/// The exporter of a form that keeps articles.
fn exporter(format: &str, out: &Path) -> Option<Done<Box<dyn Exporter>>> {
    Some(match format {
        "csv" => file(out).and_then(|file| Ok(Box::new(table::Csv::new(file, out)?) as _)),
        "jsonl" => file(out).map(|file| Box::new(table::JsonLines::new(file, out)) as _),
        #[cfg(feature = "parquet")]
        "parquet" => file(out).and_then(|file| Ok(Box::new(table::Parquet::new(file, out)?) as _)),
        "brat" => brat::BratFolder::create(out).map(|e| Box::new(e) as _).map_err(Into::into),
        "dna" => dna::DnaExport::create(out, "secret", &labels()).map(|e| Box::new(e) as _).map_err(Into::into),
        "qdpx" => refi::ProjectExport::create(out, &labels()).map(|e| Box::new(e) as _).map_err(Into::into),
        "cas" => cas::CasFolder::create(out).map(|e| Box::new(e) as _).map_err(Into::into),
        "annotations" => file(out).and_then(|file| Ok(Box::new(web_annotation::WebAnnotations::new(file, out)?) as _)),
        "prov" => file(out).and_then(|file| Ok(Box::new(prov::Provenance::new(file, out)?) as _)),
        _ => return None,
    })
}

/// Writes articles, and tells how long that took without making them.
fn write_all(mut exporter: Box<dyn Exporter>, articles: usize) -> Done<(Report, Duration)> {
    let mut took = Duration::ZERO;
    for n in 0..articles {
        let record = record(n);
        let began = Instant::now();
        exporter.article(&record)?;
        took += began.elapsed();
    }
    let began = Instant::now();
    let report = exporter.finish()?;
    Ok((report, took + began.elapsed()))
}

/// Writes a form that is of a record as a whole.
fn write_whole(format: &str, out: &Path, articles: usize, cited: &[Cited]) -> Done {
    let mut file = file(out)?;
    match format {
        "claims" => return Ok(claims::write_claims(&mut file, out, cited, &labels())?),
        "statements" => {
            for n in 0..articles {
                serde_json::to_writer(&mut file, &record(n).read)?;
                writeln!(file)?;
            }
        }
        network => {
            let (form, kind) = network.split_once('-').ok_or("no such format")?;
            let graph = graph(kind, cited)?;
            match form {
                "graphml" => return Ok(write_graphml(&mut file, out, &graph)?),
                "gexf" => return Ok(write_gexf(&mut file, out, &graph)?),
                _ => serde_json::to_writer(&mut file, &graph)?,
            }
        }
    }
    file.flush()?;
    Ok(Report::default())
}

/// How many statements a form gives back; `None` where it is not read.
fn read_again(format: &str, out: &Path) -> Done<Option<usize>> {
    let mut count = 0;
    let mut each = |record: ArticleRecord| -> Result<(), ExchangeError> {
        count += record.read.statements.len();
        Ok(())
    };
    let wrong = &mut |what: String| println!("  wrong: {what}");
    match format {
        "jsonl" => table::read_json_lines(BufReader::new(File::open(out)?), out, &mut each, wrong)?,
        "brat" => brat::import(out, &mut each, wrong)?,
        "dna" => drop(dna::import(out, &mut each)?),
        #[cfg(feature = "parquet")]
        "parquet" => table::read_parquet(out, &mut table::Assembler::default(), &mut each, wrong)?,
        _ => return Ok(None),
    }
    Ok(Some(count))
}

/// Time, and the most memory so far.
fn tell(what: &str, took: Duration) {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or("unknown", str::trim);
    println!("{what}, {:.1} s, peak memory {peak}", took.as_secs_f64());
}

fn file(out: &Path) -> Done<BufWriter<File>> {
    Ok(BufWriter::new(File::create(out)?))
}

fn graph(kind: &str, statements: &[Cited]) -> Done<Graph> {
    let links = match kind {
        "sides" => return Ok(Graph::two_mode(statements, &labels(), &Scope::default(), Share::Activity)),
        "agreement" => Links::Agreement,
        "conflict" => Links::Conflict,
        "both" => Links::Both,
        _ => return Err("no such network".into()),
    };
    Ok(Graph::one_mode(statements, &labels(), &Scope::default(), links, Norm::Average))
}

fn cited(articles: usize) -> Vec<Cited> {
    let entries = (0..articles).flat_map(|n| record(n).read.entries());
    let cited = entries.enumerate().map(|(n, entry)| Cited {
        number: n + 1,
        day: entry.day(),
        appearances: vec![Appearance::from(&entry)],
        entry,
    });
    cited.collect()
}
