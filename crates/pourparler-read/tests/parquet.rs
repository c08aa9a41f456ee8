//! Tables as Parquet; with the feature `parquet` alone.
#![cfg(feature = "parquet")]

use std::sync::Arc;

use jiff::civil::date;
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use pourparler_read::{InputKind, ProblemKind, ReadOptions, Reading, read};

/// A table of headlines, days since 1970 and bodies.
fn table(body: &str, rows: &[(&str, i32, &str)]) -> Vec<u8> {
    let schema = format!(
        "message articles {{ required binary headline (UTF8); required int32 published (DATE); required binary {body} (UTF8); }}"
    );
    let schema = Arc::new(parse_message_type(&schema).expect("a schema"));
    let mut bytes = Vec::new();
    let properties = Arc::new(WriterProperties::builder().build());
    let mut file = SerializedFileWriter::new(&mut bytes, schema, properties).expect("a writer");
    let mut group = file.next_row_group().expect("a group");
    for column in 0..3 {
        let mut writer = group.next_column().expect("it is written").expect("a column");
        match column {
            1 => {
                let days: Vec<i32> = rows.iter().map(|r| r.1).collect();
                writer.typed::<Int32Type>().write_batch(&days, None, None).expect("it is written");
            }
            _ => {
                let cells: Vec<ByteArray> =
                    rows.iter().map(|r| if column == 0 { r.0 } else { r.2 }).map(ByteArray::from).collect();
                writer.typed::<ByteArrayType>().write_batch(&cells, None, None).expect("it is written");
            }
        }
        writer.close().expect("it is closed");
    }
    group.close().expect("it is closed");
    file.close().expect("it is closed");
    bytes
}

fn reading(bytes: &[u8]) -> Reading {
    read(bytes, "table.parquet", &ReadOptions::default())
}

#[test]
fn rows_become_articles() {
    let rows =
        [("Talks go on", 19_067, "The talks go on, she said."), ("None", 19_068, " "), ("End", 19_068, "He left.")];
    let read = reading(&table("body", &rows));
    let told: Vec<_> = read.articles.iter().map(|a| (a.article.title.as_deref(), a.article.published)).collect();
    assert_eq!(told, [(Some("Talks go on"), Some(date(2022, 3, 16))), (Some("End"), Some(date(2022, 3, 17)))]);
    assert_eq!((read.articles[0].kind, read.articles[1].article.text.as_str()), (InputKind::Table, "He left."));
    assert_eq!(
        read.problems.iter().map(|p| (p.kind, p.place.as_deref())).collect::<Vec<_>>(),
        [(ProblemKind::Empty, Some("row 2"))]
    );
    assert_eq!(reading(&read.articles[0].record).articles[0].article, read.articles[0].article);
}

#[test]
fn tables_without_a_text_and_damaged_ones_are_told() {
    let whole = table("body", &[("Talks", 1, "The talks go on.")]);
    for (bytes, kind) in [
        (table("speaker", &[("Talks", 1, "Oren")]), ProblemKind::Table),
        (whole[..whole.len() - 9].to_vec(), ProblemKind::Broken),
        (b"PAR1".to_vec(), ProblemKind::Broken),
    ] {
        let read = reading(&bytes);
        assert_eq!((read.articles.len(), read.problems.iter().map(|p| p.kind).collect::<Vec<_>>()), (0, vec![kind]));
    }
}
