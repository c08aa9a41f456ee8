//! `pourparler dossier`: the file that says what the talks are about.

use pourparler_dossier::Dossier;

use super::{Outcome, Usage};
use crate::args::{Dossier as Args, DossierCommand};

pub fn run(args: &Args) -> anyhow::Result<Outcome> {
    match &args.command {
        DossierCommand::New => {
            print!("{}", Dossier::template());
            Ok(Outcome::Done)
        }
        DossierCommand::Check { file } => {
            let name = file.display();
            let text = std::fs::read_to_string(file).map_err(|e| Usage(format!("{name}: {e}")))?;
            let dossier = Dossier::parse(&text).map_err(|e| Usage(format!("{name}: {e}")))?;
            // What counts is the dossier as it is used: an issue of the built-in one may be given words alone.
            let problems = Dossier::general().extended_by(dossier).problems();
            for problem in &problems {
                println!("{name}: {problem}");
            }
            if problems.is_empty() {
                println!("{name}: nothing wrong");
            }
            Ok(if problems.is_empty() { Outcome::Done } else { Outcome::NothingFound })
        }
    }
}
