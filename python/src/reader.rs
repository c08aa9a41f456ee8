//! Reading articles: the model, a dossier, and threads.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use pourparler_exchange::ArticleRecord;
use pourparler_exchange::table::StatementRow;
use pourparler_extract::Model;
use pourparler_intake::{Extracted, Input, ReadingOptions, Workshop, code_points, dossier, loses};
use pourparler_read::{Found, Problem, ReadOptions};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::batch::Batch;
use crate::failure::failed;
use crate::tables::Tables;

/// What reads: the model inside the package, with a dossier. It is loaded once, and can be used from several threads.
#[pyclass(frozen, module = "pourparler")]
pub struct Reader {
    workshop: Arc<Workshop>,
}

#[pymethods]
impl Reader {
    #[new]
    fn new(
        py: Python,
        dossier_path: Option<PathBuf>,
        model: &str,
        min_score: Option<f32>,
        jobs: usize,
    ) -> PyResult<Self> {
        let model = match model {
            "accurate" => Model::Accurate,
            "fast" => Model::Fast,
            other => return Err(PyValueError::new_err(format!("model `{other}` is neither `accurate` nor `fast`"))),
        };
        let min_score = min_score.unwrap_or(pourparler_extract::LEAST_CONFIDENCE);
        if !(0.0..=1.0).contains(&min_score) {
            return Err(PyValueError::new_err(format!("min_score {min_score} is not from 0 to 1")));
        }
        let reading = ReadingOptions { published: None, min_score, model, jobs };
        py.detach(|| {
            let dossier = dossier(dossier_path.as_deref()).map_err(failed)?;
            Ok(Self { workshop: Arc::new(Workshop::new(&reading, &dossier).map_err(failed)?) })
        })
    }

    /// The statements of inputs, given as bytes: of each a name and the bytes, in any form that `pourparler read` knows. Gives one
    /// JSON object an article, of each input the articles and what was wrong with it.
    fn read(&self, py: Python, inputs: Vec<(String, Vec<u8>)>, published: Option<&str>) -> PyResult<Vec<Read>> {
        let published = day(published)?;
        py.detach(|| {
            let (articles, read) = self.extracted(inputs, published)?;
            // Not by way of a value, which would give scores digits that they do not have.
            let json = |found: &Extracted| serde_json::to_string(&found.statements).map_err(failed);
            let told = |wrong: Vec<Problem>| wrong.iter().map(Problem::to_string).collect();
            let mut articles = articles.iter();
            let each = read.into_iter();
            each.map(|(n, wrong)| Ok((articles.by_ref().take(n).map(json).collect::<PyResult<_>>()?, told(wrong))))
                .collect()
        })
    }

    /// The tables of a file, some articles at a time, and with each what was lost since the one before.
    fn tables_of_file(&self, path: PathBuf, at_once: usize) -> Tables {
        Tables::begin(Arc::clone(&self.workshop), path, at_once)
    }

    /// A table of statements without rows: its schema.
    #[staticmethod]
    fn empty_table() -> PyResult<Batch> {
        Batch::of_statements(&[])
    }

    /// The same as a table of statements. Gives also what was lost, with the names of the inputs.
    fn table(
        &self,
        py: Python,
        inputs: Vec<(String, Vec<u8>)>,
        published: Option<&str>,
    ) -> PyResult<(Batch, Vec<(String, String)>)> {
        let published = day(published)?;
        py.detach(|| {
            let names: Vec<String> = inputs.iter().map(|(name, _)| name.clone()).collect();
            let (articles, read) = self.extracted(inputs, published)?;
            let rows: Vec<StatementRow> =
                articles.into_iter().flat_map(|found| StatementRow::of(&record(&self.workshop, found))).collect();
            let lost = names.into_iter().zip(read).flat_map(|(name, (_, wrong))| {
                let lost = wrong.into_iter().filter(loses);
                lost.map(move |problem| (name.clone(), problem.to_string()))
            });
            Ok((Batch::of_statements(&rows)?, lost.collect()))
        })
    }
}

/// Of an input how many articles it has, and what was wrong.
type Of = (usize, Vec<Problem>);

/// Of an input the articles, as JSON, and what was wrong.
type Read = (Vec<String>, Vec<String>);

impl Reader {
    /// The articles of inputs with their statements, and of each input how many articles it has and what was wrong with it.
    fn extracted(
        &self,
        inputs: Vec<(String, Vec<u8>)>,
        published: Option<Date>,
    ) -> PyResult<(Vec<Extracted>, Vec<Of>)> {
        let (mut articles, mut read) = (Vec::new(), Vec::new());
        for (name, bytes) in inputs {
            let (before, mut wrong) = (articles.len(), Vec::new());
            let options = ReadOptions { published, ..ReadOptions::default() };
            let _ = self.workshop.read(Input::of_bytes(name, bytes, options), |found| {
                match found {
                    Found::Article(article) => articles.push(*article),
                    Found::Problem(problem) => wrong.push(problem),
                }
                ControlFlow::Continue(())
            });
            read.push((articles.len() - before, wrong));
        }
        Ok((self.workshop.extract(articles).map_err(failed)?, read))
    }
}

/// What was extracted, as it is exchanged.
pub fn record(workshop: &Workshop, found: Extracted) -> ArticleRecord {
    ArticleRecord {
        furniture: code_points(&found.read),
        read: found.statements,
        extractor: workshop.made_by.to_owned(),
        reviewers: BTreeMap::new(),
    }
}

/// A day, as `YYYY-MM-DD`.
pub fn day(text: Option<&str>) -> PyResult<Option<Date>> {
    let parse =
        |text: &str| text.parse().map_err(|_| PyValueError::new_err(format!("`{text}` is no day: use YYYY-MM-DD")));
    text.map(parse).transpose()
}
