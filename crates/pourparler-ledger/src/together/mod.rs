//! Several people on one record: what they say about statements, whose reading holds where they differ, who reads what, and how far
//! they agree.

mod alpha;
mod assignments;
mod comments;
mod settling;

pub use alpha::{Alpha, Field, alphas};
pub use assignments::{Assigned, Assignment};
pub use comments::Comment;
pub use settling::Settlement;
pub(crate) use settling::{Settled, settlements};

use crate::Problem;

/// A comment or a note has at most so many characters.
const LONGEST: usize = 4_000;
/// And a name so many, as in the workspace.
const NAME: usize = 80;

/// What somebody wrote, without the white space around it.
fn written<'w>(words: &'w str, what: &str) -> Result<&'w str, Problem> {
    let words = words.trim();
    let length = words.chars().count();
    if length > LONGEST {
        return Err(Problem::Unsuited(format!("{what} has {length} characters; at most {LONGEST} are kept")));
    }
    if words.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Problem::Unsuited(format!("{what} holds a control character")));
    }
    Ok(words)
}

/// A name of a reviewer.
fn named(name: &str) -> Result<&str, Problem> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
        return Err(Problem::Unsuited(format!(
            "a reviewer has a name of 1 to {NAME} characters, all of them printable"
        )));
    }
    Ok(name)
}
