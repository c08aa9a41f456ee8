//! Failures as Python's exceptions.

use std::fmt::Display;

use pyo3::PyErr;
use pyo3::create_exception;
use pyo3::exceptions::PyException;

create_exception!(pourparler, PourparlerError, PyException, "What went wrong, where, and what to do about it.");

/// A failure in words.
pub fn failed(what: impl Display) -> PyErr {
    PourparlerError::new_err(what.to_string())
}
