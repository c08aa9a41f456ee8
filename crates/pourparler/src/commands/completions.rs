//! `pourparler completions`: what lets a shell complete commands and options.

use std::io::Write as _;

use clap::CommandFactory as _;

use super::Outcome;
use crate::args::{Args, Completions};

pub fn run(args: &Completions) -> anyhow::Result<Outcome> {
    // Into memory first: the generator panics where its output goes away.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "pourparler", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Outcome::Done)
}
