//! Tables in the memory form of Arrow: record batches, which Python's libraries and Parquet take without copying.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, FieldRef, Fields, Schema};
use serde::Serialize;

use super::{Column, Kind, STATEMENTS, StatementRow, VERSION};

/// The schema of a table. Its metadata tell the number of the tables' form.
#[must_use]
pub fn schema(columns: &[Column]) -> Schema {
    let metadata = [("pourparler.tables".to_owned(), VERSION.to_string())];
    Schema::new_with_metadata(fields(columns), metadata)
}

/// The fields of a table.
fn fields(columns: &[Column]) -> Vec<FieldRef> {
    columns.iter().map(|c| Arc::new(Field::new(c.name, data_type(c.kind), c.nullable))).collect()
}

fn data_type(kind: Kind) -> DataType {
    let list = |of: DataType| DataType::List(Arc::new(Field::new("item", of, false)));
    let text = |name: &str, nullable: bool| Field::new(name, DataType::Utf8, nullable);
    match kind {
        Kind::Text => DataType::Utf8,
        // Signed, since Spark and many others have no other numbers.
        Kind::Number => DataType::Int32,
        Kind::Score => DataType::Float32,
        Kind::Flag => DataType::Boolean,
        Kind::Day => DataType::Date32,
        Kind::Texts => list(DataType::Utf8),
        Kind::Spans => {
            let ends = ["start", "end"].map(|name| Field::new(name, DataType::Int32, false));
            list(DataType::Struct(Fields::from_iter(ends)))
        }
        Kind::Positions => {
            let parts = [text("issue", false), text("stance", false), text("option", true), text("shown_by", true)];
            list(DataType::Struct(Fields::from_iter(parts)))
        }
    }
}

/// Rows as a record batch.
///
/// # Errors
/// What does not fit, in words: a number beyond 2³¹, or rows of another table.
pub fn batch<T: Serialize>(columns: &[Column], rows: &[T]) -> Result<RecordBatch, String> {
    let made = serde_arrow::to_record_batch(&fields(columns), &rows).map_err(|e| e.to_string())?;
    made.with_schema(Arc::new(schema(columns))).map_err(|e| e.to_string())
}

/// The rows of a record batch of the table of statements.
///
/// # Errors
/// What is not as it should be, in words.
pub fn statement_rows(batch: &RecordBatch) -> Result<Vec<StatementRow>, String> {
    serde_arrow::from_record_batch(batch).map_err(|e| e.to_string())
}

/// Whether a schema is that of the table of statements, whatever stands beside it.
#[must_use]
pub fn is_statements(schema: &Schema) -> bool {
    STATEMENTS.iter().all(|c| schema.field_with_name(c.name).is_ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fixture::any_record;
    use crate::table::{MOVES, POSITIONS, move_rows, position_rows};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn rows_go_through_arrow_unchanged(record in any_record()) {
            let rows = StatementRow::of(&record);
            let batch = batch(STATEMENTS, &rows).expect("a batch");
            prop_assert!(is_statements(batch.schema_ref()));
            prop_assert_eq!(statement_rows(&batch).expect("rows"), rows);
        }
    }

    #[test]
    fn other_tables_have_batches_too() {
        let statements = pourparler_brief::distinct(&crate::fixture::tricky().read.entries());
        let positions = batch(POSITIONS, &position_rows(&statements, &[], None)).expect("a batch");
        let moves = batch(MOVES, &move_rows(&statements, &[])).expect("a batch");
        assert_eq!((positions.num_rows(), moves.num_rows()), (2, 1));
        assert!(!is_statements(moves.schema_ref()));
    }
}
