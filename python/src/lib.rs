//! The native part of the Python package `pourparler`: what Python's side calls, in as few and as plain functions as it takes.
//!
//! Articles and statements go over as the JSON of the exchange form, which Python's side makes into objects; tables go over through
//! Arrow's C data interface, without being copied. Whatever takes time lets other Python threads run.

mod batch;
mod failure;
mod ledger;
mod reader;
mod tables;

use pyo3::prelude::*;

/// The native part of `pourparler`.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::batch::Batch;
    #[pymodule_export]
    use super::failure::PourparlerError;
    #[pymodule_export]
    use super::ledger::Ledger;
    #[pymodule_export]
    use super::reader::Reader;
    #[pymodule_export]
    use super::tables::Tables;

    /// The version of the program that this is.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "Python's name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
