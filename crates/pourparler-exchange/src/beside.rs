//! Files that are written beside their place and put there when they are whole: nobody finds half a file, and what stands there
//! already is never written over.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::{ExchangeError, Problem};

/// A file on the way. Dropped before it is [`placed`](Self::place), it is gone.
pub struct Beside {
    target: PathBuf,
    temporary: TempPath,
}

impl Beside {
    /// Begins a file in the folder of its place.
    ///
    /// # Errors
    /// Where something stands there already, or the folder takes no file.
    pub fn begin(target: &Path) -> Result<(Self, File), ExchangeError> {
        if target.symlink_metadata().is_ok() {
            return Err(ExchangeError::new(target, Problem::Taken));
        }
        let folder = target.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut made = tempfile::Builder::new();
        made.prefix(".pourparler-").suffix(".part");
        #[cfg(unix)]
        let open = <std::fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666);
        // As any file that a program makes: the mask of the process takes its part away.
        #[cfg(unix)]
        made.permissions(open);
        let (file, temporary) = made.tempfile_in(folder).map_err(|e| ExchangeError::new(target, e))?.into_parts();
        Ok((Self { target: target.to_owned(), temporary }, file))
    }

    /// Where it is written until it is whole.
    pub fn path(&self) -> &Path {
        &self.temporary
    }

    /// Where it goes.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// Where something has come to stand there meanwhile, or it cannot be moved.
    pub fn place(self) -> Result<(), ExchangeError> {
        self.temporary.persist_noclobber(&self.target).map_err(|e| match e.error.kind() {
            io::ErrorKind::AlreadyExists => ExchangeError::new(&self.target, Problem::Taken),
            _ => ExchangeError::new(&self.target, e.error),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_over_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("a.dna");
        let names = || std::fs::read_dir(folder.path()).expect("it is read").count();
        drop(Beside::begin(&target).expect("it begins"));
        assert_eq!(names(), 0);
        let (first, _) = Beside::begin(&target).expect("it begins");
        let (second, _) = Beside::begin(&target).expect("it begins");
        first.place().expect("it is placed");
        assert!(matches!(second.place().expect_err("it is taken").problem, Problem::Taken));
        assert!(matches!(Beside::begin(&target).map(|_| ()).expect_err("it is taken").problem, Problem::Taken));
        assert_eq!(names(), 1);
    }
}
