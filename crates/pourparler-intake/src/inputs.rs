//! What is read: files, the files of folders, standard input, addresses; each opened as a stream, so that its size does not matter.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pourparler_read::ReadOptions;
use pourparler_text::{sha256_hex, sha256_hex_of};

use crate::{IntakeError, Listener};

/// An input that is open, under the name that messages give it.
pub struct Input {
    /// Where it is from: a path, an address, or what the user called it.
    pub name: String,
    /// What is known of this input alone.
    pub options: ReadOptions,
    stream: Stream,
    listener: Arc<dyn Listener>,
}

enum Stream {
    File(File),
    Bytes(Cursor<Vec<u8>>),
    Standard,
}

impl Input {
    fn new(name: String, stream: Stream) -> Self {
        Self { name, options: ReadOptions::default(), stream, listener: Arc::new(()) }
    }

    /// Bytes that are there already.
    #[must_use]
    pub fn of_bytes(name: String, bytes: Vec<u8>, options: ReadOptions) -> Self {
        Self { options, ..Self::new(name, Stream::Bytes(Cursor::new(bytes))) }
    }

    /// Opens a file, or standard input where it is `-`.
    ///
    /// # Errors
    /// Where there is no such file, or it is none.
    pub fn open(path: &Path) -> io::Result<Self> {
        if path.as_os_str() == "-" {
            return Ok(Self::new("standard input".to_owned(), Stream::Standard));
        }
        Ok(Self::new(path.display().to_string(), Stream::File(File::open(path)?)))
    }

    /// What is read of it from now on is told.
    #[must_use]
    pub fn heard_by(self, listener: Arc<dyn Listener>) -> Self {
        Self { listener, ..self }
    }

    /// SHA-256 of all its bytes, in hexadecimal; `None` where they can be read only once.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn sha256(&mut self) -> io::Result<Option<String>> {
        match &mut self.stream {
            Stream::Standard => Ok(None),
            Stream::Bytes(bytes) => Ok(Some(sha256_hex(bytes.get_ref()))),
            // A pipe that has a name, too, can be read only once.
            Stream::File(file) if !file.metadata()?.is_file() => Ok(None),
            Stream::File(file) => {
                let sha256 = sha256_hex_of(&mut *file)?;
                file.rewind()?;
                Ok(Some(sha256))
            }
        }
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = match &mut self.stream {
            Stream::File(file) => file.read(buffer),
            Stream::Bytes(bytes) => bytes.read(buffer),
            Stream::Standard => io::stdin().lock().read(buffer),
        }?;
        self.listener.bytes(count as u64);
        Ok(count)
    }
}

/// The files that the sources name: a folder stands for the files below it, in order of their names; hidden ones are
/// left out. What of a folder cannot be looked into is told.
pub fn files(sources: &[PathBuf], listener: &dyn Listener) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for source in sources {
        if source.is_dir() {
            let hidden = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().to_string_lossy().starts_with('.');
            for entry in walkdir::WalkDir::new(source).sort_by_file_name().into_iter().filter_entry(|e| !hidden(e)) {
                match entry {
                    Ok(e) if e.file_type().is_file() => out.push(e.into_path()),
                    Ok(_) => {}
                    Err(e) => listener.problem(&e.to_string()),
                }
            }
        } else {
            // Also what is not there: opening it says so, and the others go on.
            out.push(source.clone());
        }
    }
    out
}

/// The files that the sources name, and those that a list names, one a line; its blank lines and those that begin with `#` are
/// passed over.
///
/// # Errors
/// Where the list cannot be read.
pub fn named(sources: &[PathBuf], list: Option<&Path>, listener: &dyn Listener) -> Result<Vec<PathBuf>, IntakeError> {
    let mut all = files(sources, listener);
    if let Some(list) = list {
        let unread = |error| IntakeError::List { path: list.to_owned(), error };
        let text = std::fs::read_to_string(list).map_err(unread)?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        all.extend(files(&lines.map(PathBuf::from).collect::<Vec<_>>(), listener));
    }
    Ok(all)
}

/// Bytes of all files together, as far as that is known.
#[must_use]
pub fn size(paths: &[PathBuf]) -> u64 {
    paths.iter().filter_map(|path| path.metadata().ok()).map(|m| m.len()).sum()
}
