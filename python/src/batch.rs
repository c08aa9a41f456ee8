//! A table on its way to Python: Arrow's C data interface, as the PyCapsule protocol has it.

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, to_ffi};
use arrow_array::{Array as _, RecordBatch, StructArray};
use pourparler_exchange::table::arrow;
use pourparler_exchange::table::{Column, StatementRow};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use serde::Serialize;

use crate::failure::failed;

/// Rows as columns. `pyarrow.record_batch`, `polars.DataFrame` and others take it without a copy.
#[pyclass(frozen, module = "pourparler")]
pub struct Batch(RecordBatch);

impl Batch {
    /// Rows of a table.
    pub fn of<T: Serialize>(columns: &[Column], rows: &[T]) -> PyResult<Self> {
        arrow::batch(columns, rows).map(Self).map_err(failed)
    }

    /// Rows of the table of statements.
    pub fn of_statements(rows: &[StatementRow]) -> PyResult<Self> {
        Self::of(pourparler_exchange::table::STATEMENTS, rows)
    }
}

#[pymethods]
impl Batch {
    /// How many rows there are.
    fn __len__(&self) -> usize {
        self.0.num_rows()
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.0.schema().fields().iter().map(|f| f.name().clone()).collect()
    }

    fn __repr__(&self) -> String {
        format!("<pourparler.Batch of {} rows, {} columns>", self.0.num_rows(), self.0.num_columns())
    }

    /// The schema, as the PyCapsule protocol of Arrow has it.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(&*self.0.schema()).map_err(failed)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// Schema and columns, as the PyCapsule protocol of Arrow has them.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        // The protocol lets a producer give what it has.
        let _ = requested_schema;
        let columns = StructArray::from(self.0.clone());
        let (array, _) = to_ffi(&columns.to_data()).map_err(failed)?;
        let array: FFI_ArrowArray = array;
        Ok((self.__arrow_c_schema__(py)?, PyCapsule::new_with_value(py, array, c"arrow_array")?))
    }
}
