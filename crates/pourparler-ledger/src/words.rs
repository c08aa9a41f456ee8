//! Plain words, as somebody types them, made into a query of the full-text index.

use pourparler_text::names;

/// A query for entries that hold every word, in any order and any column. Words joined by punctuation
/// (`cease-fire`) must follow one another. `None` where there is no word to look for.
///
/// Every word is quoted, so that nothing in it is an operator.
pub fn text(plain: &str) -> Option<String> {
    // A NUL would end the query in the middle of a quotation; the other controls are as little part of a word.
    all(plain.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| w.contains(char::is_alphanumeric)))
}

/// A query for entries whose speaker's name has every word of this one. `None` where it has no words.
pub fn speaker(name: &str) -> Option<String> {
    let words = names::fold(name);
    all(words.iter().map(String::as_str)).map(|words| format!("speaker_key : ({words})"))
}

fn all<'a>(words: impl Iterator<Item = &'a str>) -> Option<String> {
    let quoted: Vec<_> = words.map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
    (!quoted.is_empty()).then(|| quoted.join(" AND "))
}
