//! Tables of a large file, one after the other while it is read: an archive of any size costs the memory of some articles.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

use pourparler_exchange::table::StatementRow;
use pourparler_intake::{Input, Workshop, loses};
use pourparler_read::{Found, ReadArticle};
use pyo3::prelude::*;

use crate::batch::Batch;
use crate::failure::failed;
use crate::reader::record;

/// The rows of some articles, and what was lost since those before.
type Part = Result<(Vec<StatementRow>, Vec<String>), String>;

/// The tables of a file, as an iterator.
#[pyclass(frozen, module = "pourparler")]
pub struct Tables {
    parts: Mutex<Receiver<Part>>,
}

impl Tables {
    /// Begins to read a file in a thread of its own, which ends when nobody wants more of it.
    pub fn begin(workshop: Arc<Workshop>, path: PathBuf, at_once: usize) -> Self {
        // One part waits while the next is made.
        let (send, parts) = sync_channel(1);
        std::thread::spawn(move || {
            let mut file = Reading { workshop, send, at_once, articles: Vec::new(), lost: Vec::new() };
            if let Err(what) = file.read(&path) {
                // Nobody may be there to hear it.
                let _ = file.send.send(Err(what));
            }
        });
        Self { parts: Mutex::new(parts) }
    }
}

#[pymethods]
impl Tables {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python) -> PyResult<Option<(Batch, Vec<String>)>> {
        py.detach(|| {
            let parts = self.parts.lock().map_err(|_| failed("an earlier call was broken off"))?;
            match parts.recv() {
                Ok(Ok((rows, lost))) => Ok(Some((Batch::of_statements(&rows)?, lost))),
                Ok(Err(what)) => Err(failed(what)),
                Err(_) => Ok(None),
            }
        })
    }
}

struct Reading {
    workshop: Arc<Workshop>,
    send: SyncSender<Part>,
    at_once: usize,
    articles: Vec<ReadArticle>,
    lost: Vec<String>,
}

impl Reading {
    fn read(&mut self, path: &std::path::Path) -> Result<(), String> {
        let input = Input::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let mut result = Ok(true);
        let workshop = Arc::clone(&self.workshop);
        let _ = workshop.read(input, |found| {
            match found {
                Found::Article(article) => self.articles.push(*article),
                Found::Problem(problem) if loses(&problem) => self.lost.push(problem.to_string()),
                Found::Problem(_) => {}
            }
            if self.articles.len() >= self.at_once {
                result = self.hand_over();
            }
            if matches!(result, Ok(true)) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        result?;
        if !self.articles.is_empty() || !self.lost.is_empty() {
            self.hand_over()?;
        }
        Ok(())
    }

    /// Extracts what has come together and hands it over; whether anybody wants more.
    fn hand_over(&mut self) -> Result<bool, String> {
        let articles = std::mem::take(&mut self.articles);
        let found = self.workshop.extract(articles).map_err(|e| e.to_string())?;
        let rows = found.into_iter().flat_map(|found| StatementRow::of(&record(&self.workshop, found))).collect();
        Ok(self.send.send(Ok((rows, std::mem::take(&mut self.lost)))).is_ok())
    }
}
