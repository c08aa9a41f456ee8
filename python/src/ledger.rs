//! Ledgers: what `pourparler add` keeps, asked from Python.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard};

use pourparler_brief::{Cited, IssueLabel, distinct};
use pourparler_exchange::table::{self, StatementRow};
use pourparler_intake::{dossier, record_of};
use pourparler_ledger::{Filter, Ledger as Store};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;

use crate::batch::Batch;
use crate::failure::failed;
use crate::reader::day;

/// A ledger that is there, to be read.
#[pyclass(frozen, module = "pourparler")]
pub struct Ledger {
    // A connection is for one thread at a time.
    store: Mutex<Store>,
    names: Vec<IssueLabel>,
}

#[pymethods]
impl Ledger {
    #[new]
    fn new(path: PathBuf, dossier_path: Option<PathBuf>) -> PyResult<Self> {
        let names = IssueLabel::of(&dossier(dossier_path.as_deref()).map_err(failed)?);
        Ok(Self { store: Mutex::new(Store::open_existing(&path).map_err(failed)?), names })
    }

    /// Ids of the articles, in the order of their days.
    fn article_ids(&self, py: Python) -> PyResult<Vec<String>> {
        py.detach(|| Ok(self.store()?.articles().map_err(failed)?.into_iter().map(|head| head.id).collect()))
    }

    /// An article with its statements, as JSON.
    fn article(&self, py: Python, id: &str) -> PyResult<String> {
        let found = py.detach(|| self.store()?.article(id).map_err(failed))?;
        let found = found.ok_or_else(|| PyKeyError::new_err(format!("there is no article `{id}` here")))?;
        serde_json::to_string(&found).map_err(failed)
    }

    /// Statements that pass a filter, as one JSON object a line.
    #[allow(clippy::too_many_arguments, reason = "each is a filter's argument in Python")]
    fn entries(
        &self,
        py: Python,
        party: Option<String>,
        issue: Option<String>,
        speaker: Option<String>,
        text: Option<String>,
        since: Option<&str>,
        until: Option<&str>,
        limit: Option<usize>,
    ) -> PyResult<String> {
        let (since, until) = (day(since)?, day(until)?);
        let filter = Filter { party, issue, speaker, text, since, until, limit, ..Filter::default() };
        py.detach(|| {
            let found = self.store()?.statements(&filter).map_err(failed)?;
            let lines = found.iter().map(|entry| serde_json::to_string(entry).map(|line| line + "\n"));
            lines.collect::<Result<String, _>>().map_err(failed)
        })
    }

    /// The whole table of statements.
    fn statements(&self, py: Python) -> PyResult<Batch> {
        py.detach(|| {
            let store = self.store()?;
            let mut rows = Vec::new();
            for head in store.articles().map_err(failed)? {
                rows.extend(record_of(&store, &head.id).map_err(failed)?.iter().flat_map(StatementRow::of));
            }
            Batch::of_statements(&rows)
        })
    }

    /// The table of positions, of the whole record or as of a day.
    fn positions(&self, py: Python, on: Option<&str>) -> PyResult<Batch> {
        let on = day(on)?;
        py.detach(|| Batch::of(table::POSITIONS, &table::position_rows(&self.cited()?, &self.names, on)))
    }

    /// The table of moves.
    fn moves(&self, py: Python) -> PyResult<Batch> {
        py.detach(|| Batch::of(table::MOVES, &table::move_rows(&self.cited()?, &self.names)))
    }
}

impl Ledger {
    fn store(&self) -> PyResult<MutexGuard<'_, Store>> {
        self.store.lock().map_err(|_| failed("an earlier call to this ledger was broken off; open it anew"))
    }

    /// All statements, each once.
    fn cited(&self) -> PyResult<Vec<Cited>> {
        Ok(distinct(&self.store()?.statements(&Filter::default()).map_err(failed)?))
    }
}
