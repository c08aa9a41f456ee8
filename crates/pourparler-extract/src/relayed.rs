//! Whose words they are where an outlet only carries them: *Reuters quotes a diplomat as saying …* is the diplomat's
//! statement, through Reuters.

use std::sync::LazyLock;

use pourparler_text::{Byte, Span};
use regex::Regex;

use crate::decode::Attribution;
use crate::lexicon::{is_body, is_document, is_group, is_modifier, is_role, is_unnamed, pronoun};
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
static SAYS: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = "said|says|told\\s+\\w+|urged|warned|stressed|insisted|accused|denied|vowed|pledged|promised|demanded|rejected|called\\s+(?:on|for)|reiterated|condemned|welcomed|ruled\\s+out";
    pattern(&format!(r"^(?:that\s+)?([^“”\x22.;:]+?)\s+(?:also\s+|again\s+)?((?:has\s+|had\s+)?(?:{verbs}))\s+"))
});

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is well-formed")
}

/// Gives the attributions of one text to those who speak in them. One that only names who speaks in another, *The BBC cited the mayor,
/// as saying …*, is none.
pub(crate) fn give_to_speakers(text: &str, attributions: &mut Vec<Attribution>) {
    for at in 0..attributions.len() {
        let Some(&cue) = attributions[at].cue.first() else { continue };
        let Some(&source) = attributions[at].source.first() else {
            let found = subject(text, cue).map(|s| vec![s]).or_else(|| goes_on(text, &mut attributions[..], at));
            attributions[at].source.extend(found.unwrap_or_default());
            continue;
        };
        let attribution = &mut attributions[at];
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

/// The source of *said it was late but ruled out a delay*, where the tagger saw none at *ruled out*: that of the cue before in the
/// sentence. What the tagger took for content of that one up to this cue, ends before the *but*.
fn goes_on(text: &str, attributions: &mut [Attribution], at: usize) -> Option<Vec<Span<Byte>>> {
    static JOINT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"[\s,]+(?:but|and)\s+(?:(?:also|again|then|later|instead|\w+ly)\s+)?$"));
    let cue = *attributions[at].cue.first()?;
    let verb = text.get(cue.start..cue.end)?;
    let past =
        verb.split(' ').next().is_some_and(|w| w.ends_with("ed") || ["said", "told", "made", "put"].contains(&w));
    let line = line_start(text, cue.start);
    let joint = line + JOINT.find(text.get(line..cue.start)?).filter(|_| past)?.start();
    let near = |a: &Attribution| a.cue.first().filter(|c| line <= c.start && c.end <= joint).map(|c| c.end);
    let (before, end) = (0..attributions.len())
        .filter(|&i| i != at && !attributions[i].source.is_empty())
        .filter_map(|i| near(&attributions[i]).map(|end| (i, end)))
        .max_by_key(|(_, end)| *end)?;
    let same_sentence = !text.get(end..joint)?.contains(". ");
    let inner = attributions[before].content.iter().any(|c| c.start < cue.start && cue.end < c.end);
    if !same_sentence || inner {
        return None;
    }
    for content in &mut attributions[before].content {
        if content.start < joint && cue.start < content.end {
            content.end = joint;
        }
    }
    Some(attributions[before].source.clone())
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

/// *A joint statement released after the talks*, of which the tagger may have seen *the talks* alone.
fn given_out(text: &str, source: Span<Byte>) -> Option<Span<Byte>> {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        let papers = "statement|communiqu[eé]|readout|declaration|report|letter";
        pattern(&format!(
            r"(?i)\b(?:a|an|the)\s+(?:\w+\s+)?(?:{papers})\s+(?:\w+\s+)?(?:after|at|from|following|during|before)\s+$"
        ))
    });
    let word = text.get(source.start..source.end)?.to_lowercase();
    let word = word.trim_start_matches("the ");
    if !["talks", "meeting", "summit", "session", "negotiations"].contains(&word) {
        return None;
    }
    let line = line_start(text, source.start);
    let found = BEFORE.find(text.get(line..source.start)?)?;
    Some(Span::new(line + found.start(), source.end))
}

/// A source that is nothing but an article, with the words that belong to it.
fn whole(text: &str, source: Span<Byte>, cue: Span<Byte>) -> Option<Span<Byte>> {
    let word = text.get(source.start..source.end)?;
    if let Some(statement) = given_out(text, source) {
        return Some(statement);
    }
    if !["the", "a", "an", "its", "his", "her", "their", "a senior", "the top"].contains(&word.to_lowercase().as_str())
    {
        return None;
    }
    // *Said the statement*: behind its cue, a source goes on to the next mark.
    let behind = cue.end <= source.start;
    let rest = if behind { text.get(source.end..)? } else { text.get(source.end..cue.start.max(source.end))? };
    let rest = rest.split(['.', ',', '\n']).next()?;
    let mut end = None;
    for word in rest.split_whitespace() {
        let plain = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let head = is_body(plain) || is_role(plain) || is_group(plain) || is_unnamed(plain) || is_document(plain);
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
    use std::ops::Range;

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
            ("“No,” <said> {the} statement.", "the statement"),
            ("A joint statement released after {the talks} <said> [it].", "A joint statement released after the talks"),
            ("[Oren also urged Peru to leave], <according to> {Tarn Radio}.", "Oren"),
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
    fn a_second_cue_has_the_first_ones_source() {
        for (text, second, ends, own) in [
            ("Oren said it was late but ruled out a delay.", "ruled out", "it was late", true),
            ("Oren said it was late, and also denied it.", "denied", "it was late", true),
            ("Oren said it was late. But denied it was.", "denied", "it was late. But denied it was", false),
            ("Oren said Tal had left and denied it all.", "denied", "Tal had left and denied it all", false),
        ] {
            let place = |words: &str| {
                let at = text.find(words).expect("it is there");
                vec![Span::new(at, at + words.len())]
            };
            let taken = if own {
                format!(
                    "{}{second}",
                    text.split(second).next().unwrap_or_default().split_once("said ").map_or("", |(_, rest)| rest)
                )
            } else {
                ends.to_owned()
            };
            let first = Attribution {
                source: place("Oren"),
                cue: place("said"),
                content: place(&taken),
                ..Attribution::default()
            };
            let other = Attribution { cue: place(second), content: place("."), ..Attribution::default() };
            let mut all = vec![first, other];
            give_to_speakers(text, &mut all);
            assert_eq!(!all[1].source.is_empty(), own, "{text}");
            assert_eq!(&text[Range::from(all[0].content[0])], ends, "{text}");
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
