//! What became of an export or an import: what was written, and what found no room.

use std::fmt;

/// What was written, and what a format could not hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Articles that were written or read.
    pub articles: usize,
    /// Statements that were written or read.
    pub statements: usize,
    /// What found no room, each kind once.
    pub losses: Vec<Loss>,
}

/// Something that found no room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What: `titles of more than 190 characters, cut`.
    pub what: &'static str,
    /// How often.
    pub times: usize,
    /// The first place: an article's id, or `ARTICLE/STATEMENT`.
    pub first: String,
}

impl Report {
    /// Notes that something found no room.
    pub fn lose(&mut self, what: &'static str, place: impl FnOnce() -> String) {
        match self.losses.iter_mut().find(|loss| loss.what == what) {
            Some(loss) => loss.times += 1,
            None => self.losses.push(Loss { what, times: 1, first: place() }),
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, times, first } = self;
        match times {
            1 => write!(f, "{what}: once, at {first}"),
            _ => write!(f, "{what}: {times} times, first at {first}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_loss_is_told_once() {
        let mut report = Report::default();
        for place in ["a1", "a2"] {
            report.lose("hedges", || place.to_owned());
        }
        report.lose("titles cut", || "a3".to_owned());
        let told: Vec<String> = report.losses.iter().map(Loss::to_string).collect();
        assert_eq!(told, ["hedges: 2 times, first at a1", "titles cut: once, at a3"]);
    }
}
