//! Writes made-up records in a linked form, and says how long it took and how much memory: `bulk_linked FORMAT OUT [STATEMENTS]`.
//!
//! The texts hold emoji, combining marks and right-to-left words. The forms, by which `checks/*.py` are fed: `annotations`,
//! `cas` (a folder), `claims`, `prov`; `graphml-…`, `gexf-…` and `graph-…` (the same as JSON) of the networks `sides`,
//! `agreement`, `conflict`, `both`; and `statements`, the record itself as JSON lines, which the checks compare with.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use jiff::ToSpan;
use jiff::civil::date;
use pourparler_brief::{Appearance, Cited, IssueLabel, Links, Norm};
use pourparler_exchange::network::{Graph, Scope, Share, write_gexf, write_graphml};
use pourparler_exchange::{ArticleRecord, Exporter, Report, cas, claims, prov, web_annotation};
use pourparler_text::{
    Act, Article, ArticleStatements, CodePoint, DateRange, Manner, Position, Quotation, Span, Speaker, SpeakerKind,
    Stance, Statement,
};

/// Statements in an article.
const EACH: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(format), Some(out)) = (args.next(), args.next()) else {
        return Err("bulk_linked FORMAT OUT [STATEMENTS]".into());
    };
    let statements: usize = args.next().map_or(Ok(100_000), |n| n.parse())?;
    let articles = statements.div_ceil(EACH);
    let out = Path::new(&out);
    let start = Instant::now();
    let report = match format.as_str() {
        "cas" => write_all(Box::new(cas::CasFolder::create(out)?), articles)?,
        "annotations" => write_all(Box::new(web_annotation::WebAnnotations::new(file(out)?, out)?), articles)?,
        "prov" => write_all(Box::new(prov::Provenance::new(file(out)?, out)?), articles)?,
        "claims" => timed(|| Ok(claims::write_claims(&mut file(out)?, out, &cited(articles), &labels())?))?,
        "statements" => {
            let mut file = file(out)?;
            for n in 0..articles {
                serde_json::to_writer(&mut file, &record(n).read)?;
                writeln!(file)?;
            }
            file.flush()?;
            Report::default()
        }
        network => {
            let (form, kind) = network.split_once('-').ok_or("no such format")?;
            let graph = graph(kind, &cited(articles))?;
            let mut file = file(out)?;
            timed(|| {
                Ok(match form {
                    "graphml" => write_graphml(&mut file, out, &graph)?,
                    "gexf" => write_gexf(&mut file, out, &graph)?,
                    _ => {
                        serde_json::to_writer(&mut file, &graph)?;
                        file.flush()?;
                        Report::default()
                    }
                })
            })?
        }
    };
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let memory = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("no VmHWM here");
    println!("{format}: {} statements, {:.2?} in all, {memory}", report.statements, start.elapsed());
    report.losses.iter().for_each(|loss| println!("lost: {loss}"));
    Ok(())
}

fn file(out: &Path) -> Result<BufWriter<File>, Box<dyn Error>> {
    Ok(BufWriter::new(File::create(out)?))
}

fn timed(write: impl FnOnce() -> Result<Report, Box<dyn Error>>) -> Result<Report, Box<dyn Error>> {
    let start = Instant::now();
    let report = write()?;
    println!("written in {:.2?}", start.elapsed());
    Ok(report)
}

fn write_all(mut exporter: Box<dyn Exporter>, articles: usize) -> Result<Report, Box<dyn Error>> {
    (0..articles).try_for_each(|n| exporter.article(&record(n)))?;
    Ok(exporter.finish()?)
}

fn graph(kind: &str, statements: &[Cited]) -> Result<Graph, Box<dyn Error>> {
    let links = match kind {
        "sides" => return Ok(Graph::two_mode(statements, &labels(), &Scope::default(), Share::Activity)),
        "agreement" => Links::Agreement,
        "conflict" => Links::Conflict,
        "both" => Links::Both,
        _ => return Err("no such network".into()),
    };
    Ok(Graph::one_mode(statements, &labels(), &Scope::default(), links, Norm::Average))
}

fn labels() -> Vec<IssueLabel> {
    let label =
        |n| IssueLabel {
            id: format!("issue-{n}"), label: format!("Issue <{n}> & “more” 🎉"), group: String::new()
        };
    (0..12).map(label).collect()
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

/// An article made up, the same for the same number.
fn record(n: usize) -> ArticleRecord {
    let mut text = String::new();
    let mut statements = Vec::new();
    for s in 0..EACH {
        let seed = n * EACH + s;
        let party = format!("Party {}", seed % 97);
        let name = format!("Zoe\u{301} Mar\u{327} {}", seed % 389);
        let mut mark = |words: &str, after: &str| {
            let start = text.chars().count();
            text.push_str(words);
            let end = text.chars().count();
            text.push_str(after);
            Span::<CodePoint>::new(start, end)
        };
        mark(["🎉 ", "", "𝄞 “", "שלום. "][seed % 4], "");
        let first = mark("we will accept the neutrality of the valley", ", 🤝🏽 ");
        let source = mark(&format!("{name} of {party}"), " ");
        let cue = mark("told", " Radio Tolm on Monday, ");
        let hedge =
            if seed.is_multiple_of(3) { mark("שלום לכולם perhaps", " ") } else { mark("provided that", " ") };
        let last = mark(&format!("all troops leave by day {seed}"), ".\r\nNothing else was said. ");
        let stance = Stance::ALL[seed % Stance::ALL.len()];
        let day = date(2031, 1, 1).saturating_add(i64::try_from(seed % 700).unwrap_or(0).days());
        statements.push(Statement {
            id: format!("s{}", s + 1),
            source: vec![source],
            cue: vec![cue],
            content: vec![first, Span::new(hedge.start, last.end)],
            quotation: Quotation::ALL[seed % Quotation::ALL.len()],
            speaker: Speaker {
                name: Some(name),
                kind: SpeakerKind::ALL[seed % SpeakerKind::ALL.len()],
                role: Some("envoy".to_owned()),
                party: Some(party),
            },
            via: if seed.is_multiple_of(2) { vec!["Radio Tolm".to_owned(), "the agency".to_owned()] } else { vec![] },
            said_on: (!seed.is_multiple_of(5)).then(|| DateRange {
                from: day,
                to: day,
                text: Some("on Monday".to_owned()),
                method: None,
                anchor: None,
            }),
            act: Act::ALL[seed % Act::ALL.len()],
            positions: vec![Position::new(format!("issue-{}", seed % 12), stance)],
            manner: Manner { hedges: vec![hedge], ..Manner::default() },
            relayed_by: (s == 1).then(|| "s1".to_owned()),
            confidence: (!seed.is_multiple_of(7)).then_some(0.9),
        });
    }
    let article = Article {
        id: format!("article/{n}"),
        title: Some(format!("Talks <&> “hope” {n}")),
        outlet: Some("The Tolm Courier".to_owned()),
        published: Some(date(2031, 3, 5)).filter(|_| !n.is_multiple_of(11)),
        url: Some(format!("https://example.org/a?b={n}&c=2")).filter(|_| !n.is_multiple_of(3)),
        language: Some("en".to_owned()),
        ..Article::from_text(text)
    };
    let reviewers = BTreeMap::from([("s1".to_owned(), "Bo".to_owned())]);
    ArticleRecord {
        read: ArticleStatements::new(article, statements),
        furniture: vec![],
        extractor: "accurate 6".to_owned(),
        reviewers,
    }
}
