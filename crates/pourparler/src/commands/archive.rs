//! `pourparler export everything`: all that a ledger holds as files that any program reads, with their sums.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use pourparler_ledger::{Ledger, LedgerError, Piece};
use pourparler_text::sha256_hex;

const README: &str = "\
Everything that a ledger of Pourparler held at one moment.

TABLE.jsonl   the rows of each table, one JSON object a line; what the tables and their columns mean is told in the
              program's migrations (crates/pourparler-ledger/migrations)
inputs/       the bytes that came in, each file named by its SHA-256; `snapshot.jsonl` and `appearance.jsonl` tell
              what they were
SHA256SUMS    of all these files: `sha256sum --check SHA256SUMS`

`event.jsonl` is the log: each entry holds the hash of the one before it. Accounts, sessions and tokens are left out.
";

/// Writes it into a folder that is not there yet, and gives the number of rows.
pub fn write(ledger: &Ledger, folder: &Path) -> anyhow::Result<usize> {
    let at = |path: &Path| format!("{}: cannot be written", path.display());
    fs::create_dir(folder).with_context(|| at(folder))?;
    let inputs = folder.join("inputs");
    fs::create_dir(&inputs).with_context(|| at(&inputs))?;
    let mut tables: BTreeMap<&'static str, BufWriter<File>> = BTreeMap::new();
    let mut rows = 0;
    ledger.each_piece(|piece| -> Result<(), Failed> {
        match piece {
            Piece::Row { table, row } => {
                rows += 1;
                if !tables.contains_key(table) {
                    let file = File::create_new(folder.join(format!("{table}.jsonl")))?;
                    tables.insert(table, BufWriter::new(file));
                }
                if let Some(out) = tables.get_mut(table) {
                    writeln!(out, "{row}")?;
                }
            }
            Piece::Snapshot { sha256, bytes } => fs::write(inputs.join(sha256), bytes)?,
        }
        Ok(())
    })?;
    for (_, mut out) in tables {
        out.flush().with_context(|| at(folder))?;
    }
    fs::write(folder.join("README.txt"), README).with_context(|| at(folder))?;
    sums(folder).with_context(|| at(folder))?;
    Ok(rows)
}

fn sums(folder: &Path) -> std::io::Result<()> {
    let mut out = String::new();
    for of in ["", "inputs"] {
        let mut names: Vec<_> = fs::read_dir(folder.join(of))?.collect::<Result<_, _>>()?;
        names.sort_by_key(fs::DirEntry::file_name);
        for entry in names.iter().filter(|entry| entry.path().is_file()) {
            let (name, sum) = (entry.file_name(), sha256_hex(&fs::read(entry.path())?));
            let name = Path::new(of).join(name);
            out.push_str(&format!("{sum}  {}\n", name.display()));
        }
    }
    fs::write(folder.join("SHA256SUMS"), out)
}

/// Why writing broke off.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Disk(#[from] std::io::Error),
}
