//! Whose words they are where an outlet only carries them: *Reuters quotes a diplomat as saying …* is the diplomat's
//! statement, through Reuters.

use std::sync::LazyLock;

use pourparler_text::{Byte, Span};
use regex::Regex;

use crate::decode::Attribution;
use crate::lexicon::{is_body, is_group, is_modifier, is_role, is_unnamed, pronoun};
use crate::people::line_start;
use crate::via::is_outlet;

/// So many bytes a name with its title and apposition may take.
const LONGEST: usize = 160;

/// A verb by which one brings in another's words.
static QUOTING: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(quot(?:es?|ed|ing)|cit(?:es?|ed|ing))\b"));
/// What follows the one who is quoted.
static AS_SAYING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\s+([^“”\x22\n;:]{2,160}?),?\s+(?:as\s+(?:saying|telling|warning|stating)|saying|who)[,:]?\s+")
});
/// *was*, right before *quoted*.
static PASSIVE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:is|are|was|were|been|being|be)\s*(?:\w+ly\s+)?$"));
/// Somebody who says something, at the start of what an outlet reports.
static SAYS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:that\s+)?([^“”\x22.;:]+?)\s+((?:has\s+|had\s+)?(?:said|says|told\s+\w+))\s+"));

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is well-formed")
}

/// Gives the attributions of one text to those who speak in them. One that only names who speaks in another, *The BBC cited the mayor,
/// as saying …*, is none.
pub(crate) fn give_to_speakers(text: &str, attributions: &mut Vec<Attribution>) {
    for attribution in attributions.iter_mut() {
        let Some(&cue) = attribution.cue.first() else { continue };
        let Some(&source) = attribution.source.first() else {
            attribution.source.extend(subject(text, cue));
            continue;
        };
        if let Some((speaker, content)) = quoted(text, attribution, source, cue) {
            (attribution.source, attribution.content) = (vec![speaker], content);
        } else if let Some(speaker) = cited(text, source) {
            attribution.source = vec![speaker];
        } else if let Some(speaker) = whole(text, source, cue) {
            attribution.source = vec![speaker];
        } else if let Some((speaker, verb, content)) = reported(text, attribution, source, cue) {
            (attribution.source, attribution.cue, attribution.content) = (vec![speaker], vec![verb], vec![content]);
        }
    }
    let sources: Vec<Span<Byte>> = attributions.iter().flat_map(|a| &a.source).copied().collect();
    attributions.retain(|a| {
        // *Oren, who called it a farce, said …* has a statement of its own in the source.
        let apart = |source: &&Span<Byte>| !a.cue.iter().any(|cue| cue.overlaps(**source));
        let names = |c: &Span<Byte>| sources.iter().filter(apart).any(|s| s.start <= c.start && c.end <= s.end);
        a.content.is_empty() || !a.content.iter().all(names)
    });
}

/// *The Associated Press quotes a Japanese official as saying*, *the minister was quoted by RIA as saying*.
fn quoted(
    text: &str,
    attribution: &Attribution,
    source: Span<Byte>,
    cue: Span<Byte>,
) -> Option<(Span<Byte>, Vec<Span<Byte>>)> {
    // The verb is in the cue, or between source and cue: *quotes a diplomat* <as saying>.
    let from = if source.end <= cue.start { source.end } else { cue.start };
    let verb = QUOTING.find(text.get(from..cue.end)?)?;
    let verb = from + verb.start()..from + verb.end();
    let line = line_start(text, cue.start);
    let before = text.get(line..verb.start)?;
    if let Some(passive) = PASSIVE.find(before) {
        // The subject speaks; what stands after *by* carries.
        let between = text.get(cue.start..source.start)?.trim_end();
        let subject = between.ends_with(" by").then(|| last_phrase(text, line, line + passive.start()))??;
        return Some((subject, attribution.content.clone()));
    }
    let from = verb.end;
    let found = AS_SAYING.captures(text.get(from..)?)?;
    let (name, marker) = (found.get(1)?, from + found.get(0)?.end());
    // What the tagger took for content before the marker is none.
    let content: Vec<_> =
        attribution.content.iter().filter(|s| s.end > marker).map(|s| Span::new(s.start.max(marker), s.end)).collect();
    (!content.is_empty()).then(|| (Span::new(from + name.start(), from + name.end()), content))
}

/// The subject of *is quoted as saying*, where the tagger saw none.
fn subject(text: &str, cue: Span<Byte>) -> Option<Span<Byte>> {
    let verb = QUOTING.find(text.get(cue.start..cue.end)?)?;
    let line = line_start(text, cue.start);
    let passive = PASSIVE.find(text.get(line..cue.start + verb.start())?)?;
    last_clause(text, line, line + passive.start())
}

/// Where a phrase goes on after the last of its marks; its beginning where it has none.
fn after_last(phrase: &str, mark: impl Fn(char) -> bool) -> usize {
    phrase.char_indices().rev().find(|(_, c)| mark(*c)).map_or(0, |(at, c)| at + c.len_utf8())
}

/// The phrase that ends at a place: from the sentence's beginning, or the quotation's end, on.
fn last_clause(text: &str, line: usize, end: usize) -> Option<Span<Byte>> {
    let phrase = text.get(line..end)?.trim_end().trim_end_matches(',');
    let mark = |c: char| matches!(c, '”' | '"' | ';' | ':' | '?' | '!');
    let stop = phrase.rfind(". ").map_or(0, |at| at + 1);
    let start = after_last(phrase, mark).max(stop);
    let named = phrase[start..].trim_start_matches([',', ' ']);
    (!named.is_empty() && named.len() <= LONGEST)
        .then(|| Span::new(line + phrase.len() - named.len(), line + phrase.len()))
}

/// The phrase that ends at a place: from the mark or the quotation before it on.
fn last_phrase(text: &str, line: usize, end: usize) -> Option<Span<Byte>> {
    let phrase = text.get(line..end)?.trim_end();
    let mark = |c: char| matches!(c, ',' | '”' | '"' | ';' | ':' | '’');
    let start = after_last(phrase.trim_end_matches(','), mark);
    let named = phrase[start..].trim_start();
    let start = line + phrase.len() - named.len();
    (!named.is_empty() && named.len() <= LONGEST).then(|| Span::new(start, line + phrase.len()))
}

/// *La Stampa reported that Defence Minister Arturo Parisi says …*: the minister's words.
fn reported(
    text: &str,
    attribution: &Attribution,
    source: Span<Byte>,
    cue: Span<Byte>,
) -> Option<(Span<Byte>, Span<Byte>, Span<Byte>)> {
    let reports = ["report", "reports", "reported", "said", "says", "say", "according to"];
    // The tagger may leave the one who says it out of the content.
    let (first, last) = (attribution.content.first()?, attribution.content.last()?);
    let content: Span<Byte> = Span::new(first.start, last.end);
    let outlet = text.get(source.start..source.end)?;
    let verb = text.get(cue.start..cue.end)?.to_lowercase();
    if !reports.iter().any(|r| verb == *r || verb.split(' ').next() == Some(r)) || !is_outlet(outlet) {
        return None;
    }
    let said = text.get(content.start..content.end)?;
    let found = SAYS.captures(said)?;
    let (name, verb) = (found.get(1)?, found.get(2)?);
    let last = name.as_str().rsplit(' ').next()?;
    let somebody = last.starts_with(char::is_uppercase)
        || pronoun(name.as_str()).is_some()
        || is_role(last)
        || is_unnamed(last)
        || is_group(last)
        || is_body(last);
    let span = |start: usize, end: usize| Span::new(content.start + start, content.start + end);
    let fits = somebody && name.len() <= LONGEST && found.get(0)?.end() < said.len();
    fits.then(|| {
        (
            span(name.start(), name.end()),
            span(verb.start(), verb.end()),
            span(found.get(0).map_or(0, |f| f.end()), said.len()),
        )
    })
}

/// *Reuters, citing two officials, reported …*: the officials' words.
fn cited(text: &str, source: Span<Byte>) -> Option<Span<Byte>> {
    static CITING: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^,? (?:which )?(?:citing|quoting|cited|quoted) ([^,.;:“”\x22]{3,100}?)(?:, |\.|$| (?:as saying|reported|said|says))",
        )
    });
    if !is_outlet(text.get(source.start..source.end)?) {
        return None;
    }
    let line = text[source.end..].find('\n').map_or(text.len(), |i| source.end + i);
    let found = CITING.captures(text.get(source.end..line)?)?.get(1)?;
    Some(Span::new(source.end + found.start(), source.end + found.end()))
}

/// A source that is nothing but an article, with the words that belong to it.
fn whole(text: &str, source: Span<Byte>, cue: Span<Byte>) -> Option<Span<Byte>> {
    let word = text.get(source.start..source.end)?;
    if !["the", "a", "an", "its", "his", "her", "their", "a senior", "the top"].contains(&word.to_lowercase().as_str())
    {
        return None;
    }
    let rest = text.get(source.end..cue.start.max(source.end))?;
    let mut end = None;
    for word in rest.split_whitespace() {
        let plain = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let head = is_body(plain) || is_role(plain) || is_group(plain) || is_unnamed(plain);
        if !(head || is_modifier(plain) || plain.starts_with(char::is_uppercase)) {
            break;
        }
        end = Some(word.as_ptr() as usize - text.as_ptr() as usize + plain.len());
        if plain.len() < word.len() {
            break;
        }
    }
    end.map(|end| Span::new(source.start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence with its source in `{…}`, its cue in `<…>` and its content in `[…]`; the source that comes of it.
    fn given(marked: &str) -> String {
        let (mut text, mut open) = (String::new(), 0);
        let (mut source, mut cue, mut content) = (vec![], vec![], vec![]);
        for c in marked.chars() {
            match c {
                '{' | '<' | '[' => open = text.len(),
                '}' => source.push(Span::new(open, text.len())),
                '>' => cue.push(Span::new(open, text.len())),
                ']' => content.push(Span::new(open, text.len())),
                c => text.push(c),
            }
        }
        let mut all = vec![Attribution { source, cue, content, ..Attribution::default() }];
        give_to_speakers(&text, &mut all);
        text[all[0].source[0].start..all[0].source[0].end].to_owned()
    }

    #[test]
    fn who_is_quoted_speaks() {
        for (marked, source) in [
            ("{Reuters} <quotes> a Tarnish diplomat as saying [talks will go on].", "a Tarnish diplomat"),
            ("{Reuters} quotes a diplomat as <saying> [talks will go on].", "a diplomat"),
            ("{Reuters} <quoted a diplomat Monday as saying> [talks will go on].", "a diplomat Monday"),
            (
                "{Reuters} <quoted> Ana Oren, head of the house, saying [talks will go on].",
                "Ana Oren, head of the house",
            ),
            ("“Yes,” spokesman Ivo Ilves was <quoted as saying by> {Tarn Radio}.", "spokesman Ivo Ilves"),
            (
                "The daily {Tarn Times} <reported> [that Minister Ana Oren says the troops will stay].",
                "Minister Ana Oren",
            ),
            ("But {the} Tarnish presidency shortly after <said> [it rejected the offer].", "the Tarnish presidency"),
            ("{Reuters}, citing two Tarnish officials, <reported> [that talks went on].", "two Tarnish officials"),
            // Nobody else speaks here.
            ("{Reuters} <reported> [that the minister left].", "Reuters"),
            ("{Ana Oren} <said> [Ivo Ilves said no].", "Ana Oren"),
            ("{Ana Oren} <cited> [reasons of health].", "Ana Oren"),
        ] {
            assert_eq!(given(marked), source, "{marked}");
        }
    }

    #[test]
    fn to_name_who_speaks_is_no_statement() {
        for (text, source, cue, content, left) in [
            ("The BBC cited mayor Ana Oren, as saying no.", "mayor Ana Oren", "cited", "mayor Ana Oren", 1),
            ("Oren, who called it a farce, said no.", "Oren, who called it a farce", "called", "it a farce", 2),
            ("Oren rejected the mayor Ivo Ilves, said Tal.", "Tal", "rejected", "the mayor Ivo Ilves", 2),
        ] {
            let place = |words: &str| {
                let at = text.find(words).unwrap_or_default();
                vec![Span::new(at, at + words.len())]
            };
            let other = Attribution { source: place(source), content: place("."), ..Attribution::default() };
            let naming = Attribution { cue: place(cue), content: place(content), ..Attribution::default() };
            let mut all = vec![other, naming];
            give_to_speakers(text, &mut all);
            assert_eq!(all.len(), left, "{text}");
        }
    }
}
