//! Plain words, as somebody types them, made into a query of the full-text index.

use pourparler_text::names;

use crate::Problem;
use crate::store::{Dialect, Store, values};

/// Words that all have to be there, in any order; and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// As they were typed, without what is no part of a word.
    typed: Vec<String>,
    /// Whether only the speaker's name is looked at.
    of_speaker: bool,
}

impl Words {
    /// Entries that hold every word, in any order and any column. Words joined by punctuation (`cease-fire`) must follow one
    /// another. `None` where there is no word to look for.
    pub fn text(plain: &str) -> Option<Self> {
        // A NUL would end the query in the middle of a quotation; the other controls are as little part of a word.
        let words = plain.split(|c: char| c.is_whitespace() || c.is_control());
        Self::all(words.filter(|w| indexed(w).next().is_some()).map(str::to_owned), false)
    }

    /// Entries whose speaker's name has every word of this one. `None` where it has no words.
    pub fn speaker(name: &str) -> Option<Self> {
        Self::all(names::fold(name).into_iter(), true)
    }

    fn all(words: impl Iterator<Item = String>, of_speaker: bool) -> Option<Self> {
        let typed: Vec<_> = words.collect();
        (!typed.is_empty()).then_some(Self { typed, of_speaker })
    }

    /// In the language of SQLite's FTS5. Every word is quoted, so that nothing in it is an operator.
    pub(crate) fn for_fts5(&self) -> String {
        let quoted: Vec<_> = self.typed.iter().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
        let all = quoted.join(" AND ");
        if self.of_speaker { format!("speaker_key : ({all})") } else { all }
    }

    /// In the language of PostgreSQL's `to_tsquery`. Nothing but letters and digits is in a folded word.
    pub(crate) fn for_tsquery(&self) -> String {
        let weight = if self.of_speaker { ":A" } else { "" };
        let phrase = |word: &String| {
            let parts: Vec<_> = indexed(word).map(|part| format!("{part}{weight}")).collect();
            format!("({})", parts.join(" <-> "))
        };
        self.typed.iter().map(phrase).collect::<Vec<_>>().join(" & ")
    }
}

/// So many bytes of an article's folded text are indexed: PostgreSQL takes no more than a mebibyte of words.
const MOST_INDEXED: usize = 600_000;

/// Puts a statement's words into the index. SQLite's triggers do that by themselves.
pub(crate) fn index_statement(
    db: &dyn Store,
    key: i64,
    content: &str,
    sentence: &str,
    speaker_key: Option<&str>,
) -> Result<(), Problem> {
    if db.dialect() == Dialect::Postgres {
        db.execute(
            "INSERT INTO statement_words (statement, words) VALUES (?, setweight(to_tsvector('simple', ?), 'A')
                 || setweight(to_tsvector('simple', ?), 'B') || setweight(to_tsvector('simple', ?), 'C'))",
            values![key, folded(speaker_key.unwrap_or_default()), folded(content), folded(sentence)],
        )?;
    }
    Ok(())
}

/// Puts an article's words into the index. SQLite's triggers do that by themselves.
pub(crate) fn index_article(db: &dyn Store, key: i64, title: Option<&str>, text: &str) -> Result<(), Problem> {
    if db.dialect() == Dialect::Postgres {
        let mut folded = folded(&format!("{} {text}", title.unwrap_or_default()));
        folded.truncate(folded.floor_char_boundary(MOST_INDEXED));
        db.execute(
            "INSERT INTO article_words (article, words) VALUES (?, to_tsvector('simple', ?))",
            values![key, folded],
        )?;
    }
    Ok(())
}

/// The words of a text as PostgreSQL's index has them: in lower case, without accents, and nothing between them but blanks.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in indexed(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word);
    }
    out
}

/// The words of a text, one by one, as SQLite's `unicode61` has them.
fn indexed(text: &str) -> impl Iterator<Item = String> {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    let plain: String =
        text.nfd().filter(|&c| !is_combining_mark(c)).map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.to_lowercase().split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_is_an_operator() {
        for (typed, fts5, tsquery) in [
            ("cease-fire now", "\"cease-fire\" AND \"now\"", "(cease <-> fire) & (now)"),
            ("Élise OR \"x\"", "\"Élise\" AND \"OR\" AND \"\"\"x\"\"\"", "(elise) & (or) & (x)"),
            ("a:* & b | !c", "\"a:*\" AND \"b\" AND \"!c\"", "(a) & (b) & (c)"),
        ] {
            let words = Words::text(typed).expect("words");
            assert_eq!((words.for_fts5().as_str(), words.for_tsquery().as_str()), (fts5, tsquery));
        }
        assert_eq!(Words::text(" -- \0"), None);
        let speaker = Words::speaker("Ana O'Ren").expect("words");
        assert_eq!(speaker.for_tsquery(), "(ana:A) & (o:A) & (ren:A)");
    }
}
