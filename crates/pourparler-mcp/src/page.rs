//! What bounds an answer: so much at a time, and how to get the rest.

use crate::refusal::Refusal;

/// So many statements one answer cites at most.
pub const MOST_STATEMENTS: usize = 100;
/// So many rows one answer has at most.
pub const MOST_ROWS: usize = 50;

/// A part of a list.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    offset: usize,
    limit: usize,
}

impl Page {
    /// The part that was asked for.
    ///
    /// # Errors
    /// Where it is empty or larger than `most`.
    pub fn of(limit: Option<usize>, offset: Option<usize>, usual: usize, most: usize) -> Result<Self, Refusal> {
        match limit.unwrap_or(usual) {
            limit if limit == 0 || limit > most => {
                let what = format!("{limit} is not from 1 to {most}; get a long list in parts, with `offset`");
                Err(Refusal::of("limit", what))
            }
            limit => Ok(Self { offset: offset.unwrap_or(0), limit }),
        }
    }

    /// That part of a list, and how to get the rest, where there is any.
    pub fn cut<T>(self, all: Vec<T>) -> (Vec<T>, Option<String>) {
        let rest = all.len().saturating_sub(self.offset.saturating_add(self.limit));
        let more = (rest > 0).then(|| format!("{rest} more: offset {} gives the next", self.offset + self.limit));
        (all.into_iter().skip(self.offset).take(self.limit).collect(), more)
    }
}

/// What is left out of an answer for several reasons, in one sentence.
pub fn joined(parts: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_of_their_size_and_tell_of_the_rest() {
        for (limit, offset, part, more) in [
            (None, None, vec![0, 1, 2], Some("7 more: offset 3 gives the next")),
            (Some(4), Some(3), vec![3, 4, 5, 6], Some("3 more: offset 7 gives the next")),
            (Some(5), Some(5), vec![5, 6, 7, 8, 9], None),
            (Some(5), Some(usize::MAX), vec![], None),
        ] {
            let page = Page::of(limit, offset, 3, 5).expect("a part");
            assert_eq!(page.cut((0..10).collect()), (part, more.map(str::to_owned)));
        }
        for limit in [0, 6] {
            let refusal = Page::of(Some(limit), None, 3, 5).expect_err("refused").to_string();
            assert!(refusal.starts_with(&format!("limit: {limit} ")), "{refusal}");
        }
    }
}
