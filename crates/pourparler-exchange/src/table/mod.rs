//! Tables: statements, positions and moves as rows, for spreadsheets, data frames and clusters.
//!
//! The table of statements holds a record whole: an [`Assembler`] puts its rows, in whatever order they come, together to articles
//! again. Its text stands in the first row of each article only, so that forty statements do not carry forty copies.
//! [`STATEMENTS`], [`POSITIONS`] and [`MOVES`] say what each column means; the data dictionary is made from them.

#[cfg(feature = "arrow")]
pub mod arrow;
mod assemble;
mod columns;
mod csv;
mod json_lines;
#[cfg(feature = "parquet")]
mod parquet;
mod standings;
mod statement_row;

pub use assemble::Assembler;
pub use columns::{Column, Kind, MOVES, POSITIONS, STATEMENTS, VERSION, dictionary};
pub use csv::{Csv, write_csv};
pub use json_lines::{JsonLines, read_json_lines, write_json_lines};
#[cfg(feature = "parquet")]
pub use parquet::{Parquet, is_statements, read_parquet, write_parquet};
pub use standings::{MoveRow, PositionRow, move_rows, position_rows};
pub use statement_row::{PositionCell, SpanCell, StatementRow};
