//! `pourparler copies`: which articles are copies or updates of one another, in a ledger or in files; files are only read, so that
//! archives of any size go through.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::Context;
use pourparler_intake::{Input, files, loses};
use pourparler_ledger::{CopyGroup, CopyMember, KinOf, Ledger};
use pourparler_read::copies::{CopyIndex, Kinship, Profile};
use pourparler_read::{Found, ReadArticle, ReadOptions, read_from};

use super::Outcome;
use crate::args::{AnswerFormat, Copies};
use crate::output;
use crate::terminal::Terminal;

pub fn run(args: &Copies) -> anyhow::Result<Outcome> {
    if !args.sources.is_empty() {
        return of_files(args);
    }
    let mut ledger = Ledger::open_existing(&args.ledger.ledger)?;
    ledger.compare_all()?;
    let groups = ledger.copies()?;
    let mut printed = Printed::new(args.format);
    for group in &groups {
        printed.group(group)?;
    }
    printed.finish(ledger.counts()?.articles)?;
    Ok(if groups.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// Reads files and finds the copies among their articles.
fn of_files(args: &Copies) -> anyhow::Result<Outcome> {
    let mut index = CopyIndex::new(tempfile::tempfile().context("no room for what is compared")?);
    let options = ReadOptions { published: args.published, ..ReadOptions::default() };
    let mut failed = false;
    for path in files(&args.sources, &Terminal::without_bar()) {
        failed |= !take_in(&mut index, &path, &options)?;
    }
    let mut printed = Printed::new(args.format);
    let groups = index.groups();
    for numbers in &groups {
        let mut articles = Vec::new();
        for &number in numbers {
            let mut member: CopyMember = label(&index.label(number)?)?;
            if let Some(closest) = index.closest(number) {
                let of = label(&index.label(closest.earlier)?)?.id;
                member.kin = Some(KinOf { kinship: closest.kin.kinship, of, score: closest.kin.score });
            }
            articles.push(member);
        }
        printed.group(&CopyGroup { articles })?;
    }
    printed.finish(index.len())?;
    Ok(match (failed, groups.is_empty()) {
        (true, _) => Outcome::SomeFailed,
        (false, true) => Outcome::NothingFound,
        (false, false) => Outcome::Done,
    })
}

/// Gives the articles of a file to the index; whether nothing of the file was lost. What was is named on standard error.
fn take_in(index: &mut CopyIndex<File>, path: &Path, options: &ReadOptions) -> anyhow::Result<bool> {
    let input = match Input::open(path) {
        Ok(input) => input,
        Err(error) => {
            eprintln!("pourparler: {}: {error}", path.display());
            return Ok(false);
        }
    };
    let name = input.name.clone();
    let (mut whole, mut failure) = (true, None);
    let _ = read_from(input, &name, options, |found| {
        match found {
            Found::Problem(problem) => {
                eprintln!("pourparler: {problem}");
                whole &= !loses(&problem);
            }
            Found::Article(read) => {
                let told = labelled(&read).and_then(|label| Ok(index.insert(&Profile::of_read(&read), &label)?));
                if let Err(error) = told {
                    failure = Some(error);
                    return ControlFlow::Break(());
                }
            }
        }
        ControlFlow::Continue(())
    });
    failure.map_or(Ok(whole), |error| Err(error.context("what is compared could not be kept")))
}

/// The particulars of an article that are printed, as the index keeps them.
fn labelled(read: &ReadArticle) -> anyhow::Result<Vec<u8>> {
    let article = &read.article;
    let particulars = (&article.id, &article.outlet, article.published, &read.origin, &article.title);
    Ok(serde_json::to_vec(&particulars)?)
}

fn label(bytes: &[u8]) -> anyhow::Result<CopyMember> {
    let (id, outlet, published, origin, title) = serde_json::from_slice(bytes)?;
    Ok(CopyMember { id, outlet, published, origin, title, appearances: 1, kin: None })
}

/// Groups on standard output, and how many there were.
struct Printed {
    out: BufWriter<std::io::StdoutLock<'static>>,
    format: AnswerFormat,
    groups: usize,
    copies: usize,
    updates: usize,
}

impl Printed {
    fn new(format: AnswerFormat) -> Self {
        let out = BufWriter::new(std::io::stdout().lock());
        Self { out, format, groups: 0, copies: 0, updates: 0 }
    }

    fn group(&mut self, group: &CopyGroup) -> anyhow::Result<()> {
        self.groups += 1;
        let all =
            |kinship| group.articles.iter().filter(|a| a.kin.as_ref().is_some_and(|k| k.kinship == kinship)).count();
        self.copies += all(Kinship::Copy);
        self.updates += all(Kinship::Update);
        match self.format {
            AnswerFormat::Table => output::copies(&mut self.out, group)?,
            AnswerFormat::Json => {
                serde_json::to_writer(&mut self.out, group)?;
                writeln!(self.out)?;
            }
        }
        Ok(())
    }

    fn finish(mut self, articles: usize) -> anyhow::Result<()> {
        self.out.flush()?;
        let Self { groups, copies, updates, .. } = self;
        eprintln!("{articles} articles: {groups} groups with {copies} copies and {updates} updates");
        Ok(())
    }
}
