//! From inputs to a ledger: what is opened, read, extracted and stored, one article a transaction.
//!
//! A [`Workshop`] holds what reads: the model, a dossier and a number of threads. It is loaded once and shared. [`Adding`] brings
//! inputs into a ledger through it, and [`Watch`] what feeds announce. How the work goes is told to a [`Listener`]; a [`Stop`] ends
//! it between two articles. Whatever was stored by then stays, and the same inputs can be given again.
//!
//! This crate prints nothing and asks nobody: what is shown, and in what form, is for the caller to say.

mod adding;
mod bringing;
mod dossiers;
mod error;
mod exchange;
mod inputs;
mod listener;
mod report;
mod stop;
mod watching;
mod web;
mod workshop;

pub use adding::Adding;
pub use bringing::{Bringing, bring, is_statements};
pub use dossiers::{DossierFault, DossierProblem, dossier, learn};
pub use error::{IntakeError, Unopened};
pub use exchange::{Stored, record_of, store_record};
pub use inputs::{Input, files, named, size};
pub use listener::Listener;
pub use report::{Became, Report};
pub use stop::Stop;
pub use watching::{Asked, Round, Watch, shown};
pub use web::Web;
pub use workshop::{Again, Extracted, ReadingOptions, Workshop, code_points, loses, work_through};
