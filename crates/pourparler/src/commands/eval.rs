//! `pourparler eval`: how good statements are beside gold, with every error in its sentence.

use std::io::{BufWriter, Write};

use pourparler_intake::{Input, Workshop, dossier};
use pourparler_read::ReadOptions;
use pourparler_text::{ArticleStatements, CodePoint, Entry, Statement};

use super::{Outcome, Usage};
use crate::args::Eval;
use crate::gold::{Statements, Texts, load};
use crate::output::tame;
use crate::score::{Scores, Verdict};
use crate::terminal::Terminal;

pub fn run(args: &Eval) -> anyhow::Result<Outcome> {
    let texts = Texts::load(&args.articles)?;
    let gold = load(&args.gold, &texts)?;
    let predicted = match &args.predicted {
        Some(path) => load(path, &texts)?,
        None => read(args, &gold)?,
    };
    for problem in gold.problems.iter().chain(&predicted.problems) {
        eprintln!("pourparler: {problem}");
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut all = Scores::default();
    let empty = Vec::new();
    for (id, gold) in &gold.articles {
        let found = predicted.articles.get(id);
        if let Some(found) = found
            && found.article.text != gold.article.text
        {
            return Err(Usage(format!("{id}: the text of the prediction is not that of the gold")).into());
        }
        let found_statements = found.map_or(&empty, |f| &f.statements);
        let mut scores = Scores::default();
        let pairs = scores.add(gold.article.text.as_str(), &gold.statements, found_statements);
        all.add(gold.article.text.as_str(), &gold.statements, found_statements);
        if args.per_article {
            let (statement, content) = (scores.statement.f1(), scores.content.f1());
            writeln!(
                out,
                "{id}: statement F1 {statement:.3}  content F1 {content:.3}  gold {}",
                gold.statements.len()
            )?;
        }
        if args.errors {
            errors(&mut out, gold, found, &pairs)?;
        }
    }
    if args.json {
        serde_json::to_writer(&mut out, &all)?;
        writeln!(out)?;
    } else {
        figures(&mut out, &all)?;
    }
    out.flush()?;
    Ok(match (gold.problems.is_empty(), gold.articles.is_empty()) {
        (false, _) => Outcome::SomeFailed,
        (true, true) => Outcome::NothingFound,
        (true, false) => Outcome::Done,
    })
}

/// The gold's articles, read by this program.
fn read(args: &Eval, gold: &Statements) -> anyhow::Result<Statements> {
    let dossier = dossier(args.reading.dossier.as_deref())?;
    let workshop = Workshop::new(&args.reading.options(), &dossier)?;
    // As `read` would: the articles as JSON, page furniture found in them.
    let mut bytes = Vec::new();
    for one in gold.articles.values() {
        serde_json::to_writer(&mut bytes, &one.article)?;
        bytes.push(b'\n');
    }
    let input = Input::of_bytes(args.gold.display().to_string(), bytes, ReadOptions::default());
    let articles = workshop.read_all(input, &Terminal::without_bar());
    let articles =
        workshop.extract(articles)?.into_iter().map(|e| (e.statements.article.id.clone(), e.statements)).collect();
    Ok(Statements { articles, problems: Vec::new() })
}

fn figures(out: &mut impl Write, scores: &Scores) -> std::io::Result<()> {
    for (name, c) in scores.counts() {
        let (p, r, f1) = (c.precision(), c.recall(), c.f1());
        let of = format!("({} of {} predicted, {} gold)", c.right, c.predicted, c.gold);
        writeln!(out, "{name:12} P {p:.3}  R {r:.3}  F1 {f1:.3}   {of}")?;
    }
    let shares: Vec<_> = scores.shares().into_iter().map(|(n, s)| format!("{n} {:.3}", s.share())).collect();
    writeln!(out, "matched pairs: {}  (of {})", shares.join("  "), scores.act.of)?;
    let pronouns = scores.pronouns;
    writeln!(out, "pronouns resolved right: {:.3}  ({} of {})", pronouns.share(), pronouns.right, pronouns.of)
}

/// What was missed, what was found and is not there, and what is wrong about the rest; each in its sentence.
fn errors(
    out: &mut impl Write,
    gold: &ArticleStatements,
    found: Option<&ArticleStatements>,
    pairs: &[(usize, usize, Verdict)],
) -> std::io::Result<()> {
    let id = &gold.article.id;
    let (gold, found) = (gold.entries(), found.map(ArticleStatements::entries).unwrap_or_default());
    for (i, entry) in gold.iter().enumerate() {
        let Some(&(_, j, verdict)) = pairs.iter().find(|p| p.0 == i) else {
            writeln!(out, "{id} {} missed: {}", entry.statement.id, told(entry))?;
            continue;
        };
        for (what, right, value) in fields(verdict) {
            if !right {
                let (a, b) = (value(&entry.statement), value(&found[j].statement));
                writeln!(out, "{id} {} {what}: {b}, not {a}: {}", entry.statement.id, told(entry))?;
            }
        }
    }
    for (j, entry) in found.iter().enumerate() {
        if !pairs.iter().any(|p| p.1 == j) {
            writeln!(out, "{id} {} not in the gold: {}", entry.statement.id, told(entry))?;
        }
    }
    Ok(())
}

/// A part of a statement, as its value is shown.
type Shown = fn(&Statement<CodePoint>) -> String;

/// The parts that are compared: name, whether it is right, and how to show it.
fn fields(v: Verdict) -> [(&'static str, bool, Shown); 7] {
    [
        ("speaker", v.name, |s| shown(s.speaker.name.as_deref())),
        ("party", v.party, |s| shown(s.speaker.party.as_deref())),
        ("kind", v.kind, |s| s.speaker.kind.to_string()),
        ("quotation", v.quotation, |s| s.quotation.to_string()),
        ("act", v.act, |s| s.act.to_string()),
        ("date", v.said_on, |s| {
            s.said_on.as_ref().map_or_else(|| "none".into(), |d| format!("{} to {}", d.from, d.to))
        }),
        ("via", v.via, |s| if s.via.is_empty() { "none".into() } else { tame(&s.via.join(" < ")) }),
    ]
}

fn shown(value: Option<&str>) -> String {
    value.map_or_else(|| "none".into(), tame)
}

/// A statement in its sentence.
fn told(entry: &Entry) -> String {
    tame(&format!("[{}] {}", entry.content, entry.sentence))
}
