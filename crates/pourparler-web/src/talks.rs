//! The dossier as the workspace uses it: the built-in one with the user's file, read anew when the file changes.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use pourparler_brief::IssueLabel;
use pourparler_dossier::Dossier;

/// What the talks are about.
#[derive(Debug)]
pub struct Talks {
    /// The built-in dossier with the user's.
    pub dossier: Dossier,
    /// What the issues are called, in the order of the dossier.
    pub issues: Vec<IssueLabel>,
    /// The user's file as it is written; empty where there is none yet.
    pub own: String,
    /// Counts the states of the file that were seen.
    pub generation: u64,
    /// Why the file as it is now cannot be used, where it cannot; then what it said before holds.
    pub fault: Option<String>,
}

impl Talks {
    fn of(own: String, generation: u64) -> Result<Self, String> {
        // Where there is no file yet, nothing is said; a file that says something has to be a dossier.
        let user =
            if own.trim().is_empty() { Dossier::default() } else { Dossier::parse(&own).map_err(|e| e.to_string())? };
        let dossier = Dossier::general().extended_by(user);
        Ok(Self { issues: IssueLabel::of(&dossier), dossier, own, generation, fault: None })
    }

    /// What an issue is called; its id where it has no name.
    #[must_use]
    pub fn label<'a>(&'a self, issue: &'a str) -> &'a str {
        IssueLabel::name_in(&self.issues, issue)
    }
}

/// Keeps the dossier, and sees when its file is changed.
#[derive(Debug)]
pub struct Keeper {
    /// The user's file, or where it is to be.
    pub file: Option<PathBuf>,
    now: Mutex<(Option<SystemTime>, Arc<Talks>)>,
}

impl Keeper {
    /// Reads a dossier, be its file there or not yet.
    ///
    /// # Errors
    /// Where the file cannot be read or is no dossier.
    pub fn new(file: Option<PathBuf>) -> Result<Self, String> {
        // A topic's name stands for a built-in dossier, which cannot be written to.
        let topic = file.as_deref().filter(|f| !f.exists()).and_then(|f| f.to_str()).and_then(Dossier::built_in);
        let (changed, text) = match (&file, topic) {
            (_, Some(text)) => (None, text.to_owned()),
            (Some(file), None) => read(file)?,
            (None, None) => (None, String::new()),
        };
        let talks = Talks::of(text, 0).map_err(|e| match &file {
            Some(file) => format!("{}: {e}", file.display()),
            None => e,
        })?;
        let file = file.filter(|_| topic.is_none());
        Ok(Self { file, now: Mutex::new((changed, Arc::new(talks))) })
    }

    /// The dossier as it is now.
    pub fn talks(&self) -> Arc<Talks> {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = &self.file else { return Arc::clone(&now.1) };
        let changed = file.metadata().and_then(|m| m.modified()).ok();
        if changed != now.0 {
            now.0 = changed;
            let generation = now.1.generation + 1;
            now.1 = match read(file).and_then(|(_, text)| Talks::of(text, generation)) {
                Ok(talks) => Arc::new(talks),
                Err(fault) => {
                    let before = &now.1;
                    let (dossier, issues, own) = (before.dossier.clone(), before.issues.clone(), before.own.clone());
                    Arc::new(Talks { dossier, issues, own, generation, fault: Some(fault) })
                }
            };
        }
        Arc::clone(&now.1)
    }
}

fn read(file: &Path) -> Result<(Option<SystemTime>, String), String> {
    if !file.exists() {
        return Ok((None, String::new()));
    }
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok((file.metadata().and_then(|m| m.modified()).ok(), text))
}
