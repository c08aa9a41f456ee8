//! `pourparler man`: the manual pages, made from what the command line itself knows.

use std::io::Write as _;
use std::path::Path;
use std::{fs, io};

use anyhow::Context as _;
use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use super::Outcome;
use crate::args::{Args, Man as ManArgs};

pub fn run(args: &ManArgs) -> anyhow::Result<Outcome> {
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    match &args.folder {
        Some(folder) => {
            let written = fs::create_dir_all(folder).and_then(|()| write(&command, folder));
            written.with_context(|| format!("{}: the manual pages cannot be written", folder.display()))?;
        }
        None => {
            let mut text = Vec::new();
            page(&command).render(&mut text)?;
            io::stdout().write_all(&text)?;
        }
    }
    Ok(Outcome::Done)
}

/// Writes the pages of a command and of all below it.
fn write(command: &Command, folder: &Path) -> io::Result<()> {
    page(command).generate_to(folder)?;
    command.get_subcommands().filter(|below| !below.is_hide_set()).try_for_each(|below| write(below, folder))
}

/// The page of a command: its foot names the program and its version, whichever command it is.
fn page(command: &Command) -> Man {
    Man::new(command.clone()).source(concat!("pourparler ", env!("CARGO_PKG_VERSION")))
}
