//! The coders of a file that is written: DNA's first, and one for each person who decided.

use std::collections::HashMap;

use rusqlite::Connection;

use super::entities::Shortened;
use super::layout::ADMIN;
use super::password;
use crate::{Problem, Report};

/// Colours of coders, in turn.
const COLOURS: [[u8; 3]; 6] =
    [[255, 255, 0], [51, 153, 255], [255, 102, 102], [102, 255, 0], [255, 153, 51], [178, 102, 255]];

/// The coders so far.
pub struct Coders {
    password: String,
    ids: HashMap<String, i64>,
    forms: Shortened,
}

impl Coders {
    /// With DNA's first coder.
    pub fn begin(db: &Connection, password: &str) -> Result<Self, Problem> {
        let mut coders = Self { password: password.to_owned(), ids: HashMap::new(), forms: Shortened::default() };
        coders.add(db, "Admin", &mut Report::default())?;
        // A reviewer of this name is somebody else.
        Ok(Self { ids: HashMap::new(), ..coders })
    }

    /// The key of a reviewer's coder.
    pub fn of(&mut self, db: &Connection, reviewer: &str, report: &mut Report) -> Result<i64, Problem> {
        match self.ids.get(reviewer) {
            Some(&id) => Ok(id),
            None => self.add(db, reviewer, report),
        }
    }

    fn add(&mut self, db: &Connection, name: &str, report: &mut Report) -> Result<i64, Problem> {
        let form = self.forms.add(name, report, || name.to_owned());
        let before: i64 = db.query_row("SELECT COUNT(*) FROM CODERS", [], |row| row.get(0))?;
        let [r, g, b] = COLOURS[usize::try_from(before).unwrap_or(0) % COLOURS.len()];
        let row = (form.as_ref(), r, g, b, password::kept(&self.password)?);
        db.execute("INSERT INTO CODERS (Name, Red, Green, Blue, Password) VALUES (?, ?, ?, ?, ?)", row)?;
        let id = db.last_insert_rowid();
        debug_assert!(before > 0 || id == ADMIN);
        for other in 1..id {
            for (coder, other) in [(id, other), (other, id)] {
                db.execute("INSERT INTO CODERRELATIONS (Coder, OtherCoder) VALUES (?, ?)", (coder, other))?;
            }
        }
        self.ids.insert(name.to_owned(), id);
        Ok(id)
    }
}
