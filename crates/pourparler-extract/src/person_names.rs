//! Where a person's name begins and ends: what the tagger missed of it, and what it took that is a title or a day.

use std::ops::Range;

use pourparler_dossier::Gazetteer;

use crate::lexicon::{is_modifier, is_role};
use crate::people::{TITLES, bare, is_day, line_after, line_before, line_start};

/// Words that stand inside names.
const PARTICLES: &[&str] =
    &["de", "da", "del", "di", "dos", "van", "von", "der", "den", "la", "al", "bin", "ibn", "el", "ben", "abu"];

/// A name is no longer than so many bytes.
const LONGEST_NAME: usize = 48;

/// A name with the capitalised words that run on from it, which the tagger may have missed.
pub(crate) fn whole_name(text: &str, range: Range<usize>, gazetteer: &Gazetteer) -> Range<usize> {
    let fits = |word: &str| {
        let root = ["al-", "el-", "as-", "ad-", "ar-", "ash-"]
            .iter()
            .find_map(|article| word.strip_prefix(article))
            .unwrap_or(word);
        root.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || "-'’".contains(c))
            && !(is_role(word) || is_modifier(word) || is_day(word) || gazetteer.lookup(word).is_some())
    };
    let Range { mut start, mut end } = range;
    start = with_initials(text, start, end);
    // To the left only inside a sentence, where what begins one is capitalised anyway, and of a single name.
    let before = line_before(text, start);
    // *Said al*-Oren, of which the tagger may have seen the last part alone
    if let Some(article) = ["al-", "Al-", "el-", "El-"].iter().find(|article| before.ends_with(**article)) {
        start -= article.len();
    }
    let before = line_before(text, start);
    // *Ana* of *Ana B. Oren*, where the name begins with the initial
    let initial = text[start..end].split(' ').next().is_some_and(|w| w.len() == 2 && w.ends_with('.'));
    let single = initial || !text[start..end].contains(' ');
    if single
        && let Some(word) = before.strip_suffix(' ').and_then(|b| b.rsplit(' ').next())
        && fits(word)
        && before.len() > word.len() + 1
        && before[..before.len() - word.len() - 1].ends_with(' ')
        && !before[..before.len() - word.len() - 1].trim_end().ends_with(['.', '?', '!', '”', '"', ':'])
    {
        start -= word.len() + 1;
    }
    // *Lee Soo*-hyuck, *Crystal C*’Bearing: the tagger may cut a word.
    let rest = line_after(text, end);
    let cut = rest.find(|c: char| !(c.is_alphanumeric() || "-'’".contains(c))).unwrap_or(rest.len());
    let possessive = ["'s", "’s"].iter().any(|s| rest[..cut].ends_with(s));
    if !possessive && rest[..cut].len() > 1 {
        end += rest[..cut].trim_end_matches(['-', '\'', '’']).len();
    }
    // *K.*C. Oren, *K.C*. Oren: initials may be written without spaces, and the tagger may part them.
    while let Some(initial) = glued_initial(&text[start..end], line_after(text, end)) {
        end += initial;
    }
    end += usize::from(initial_stops(text, start, end));
    end += nickname(&text[start..end], line_after(text, end));
    while let Some(word) =
        line_after(text, end).strip_prefix(' ').and_then(|a| a.split([' ', ',', '.', ';', ':']).next())
    {
        let plain = bare(word);
        let particle = PARTICLES.contains(&word)
            && line_after(text, end)[1 + word.len()..]
                .strip_prefix(' ')
                .is_some_and(|a| a.starts_with(char::is_uppercase));
        // A word behind an opening mark is another phrase.
        // An initial's full stop ends no name: *George W. Bush*.
        let stopped = text[start..end].ends_with(['.', ',']) && !ends_with_initial(&text[start..end]);
        if !(particle || fits(plain) && word.starts_with(plain)) || stopped {
            break;
        }
        end += 1 + plain.len();
        if plain.len() < word.len() || end - start > LONGEST_NAME {
            break;
        }
        // *Ana B. Oren*, of whom the tagger may have seen *Ana* alone
        end += usize::from(initial_stops(text, start, end));
    }
    start..end
}

/// How long the nickname between marks is that stands inside a name: *Ana “Lucky” Oren*, of which the tagger may have seen a part.
fn nickname(name: &str, rest: &str) -> usize {
    let marks = [('"', '"'), ('“', '”')];
    let inside = |open: char, close: char| {
        let opened = name.matches(open).count();
        let begun = if open == close { opened % 2 == 1 } else { opened > name.matches(close).count() };
        let nick = if begun { rest } else { rest.strip_prefix(' ')?.strip_prefix(open)? };
        let length = nick.find(close).filter(|length| *length <= 24)?;
        let behind = &nick[length + close.len_utf8()..];
        let word = behind.strip_prefix(' ')?.split(' ').next()?;
        let goes_on = word.starts_with(char::is_uppercase) || PARTICLES.contains(&word);
        goes_on.then_some(rest.len() - behind.len())
    };
    marks.into_iter().find_map(|(open, close)| inside(open, close)).unwrap_or(0)
}

/// Whether a full stop that belongs to an initial follows the name, and the name goes on behind it.
fn initial_stops(text: &str, start: usize, end: usize) -> bool {
    line_after(text, end).starts_with(". ") && ends_with_initial(&text[start..=end])
}

/// How long the initial is that follows initials without a space.
fn glued_initial(name: &str, rest: &str) -> Option<usize> {
    let initials = name.split_inclusive('.').all(|w| w.ends_with('.') && w.chars().count() == 2);
    let letter = rest.chars().next().filter(|c| initials && c.is_uppercase())?.len_utf8();
    rest[letter..].starts_with('.').then_some(letter + 1)
}

/// Where a name starts with its initials, of which the tagger may have seen the last alone: *V. K. Oren*.
fn with_initials(text: &str, start: usize, end: usize) -> usize {
    let name = text[start..end].trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut start = end - name.len();
    let initial = |before: &str| {
        let rest = before.trim_end().strip_suffix('.')?;
        let letter = rest.chars().next_back().filter(|c| c.is_uppercase())?;
        let rest = &rest[..rest.len() - letter.len_utf8()];
        rest.ends_with(' ').then_some(rest.len())
    };
    while let Some(at) = initial(line_before(text, start)) {
        start = line_start(text, start) + at;
    }
    start
}

/// Whether a name ends with a single letter and its full stop, or with several without spaces.
fn ends_with_initial(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    let glued = last.len() > 2 && last.split_inclusive('.').all(|w| w.ends_with('.') && w.chars().count() == 2);
    let single = name.contains(' ') && last.chars().count() == 2 && last.ends_with('.');
    (glued || single) && last.starts_with(char::is_uppercase)
}

/// A name without titles before it and possessives or punctuation after it.
pub(crate) fn trim_name(text: &str, range: Range<usize>) -> Range<usize> {
    let mut name = &text[range.clone()];
    for mark in ["'s", "’s", "'", "’"] {
        name = name.strip_suffix(mark).unwrap_or(name);
    }
    name = name.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
    // *Ana Oren QC*, *Ana Oren MP*: what stands after a name is no part of it.
    if let Some((rest, _)) = name.rsplit_once(' ').filter(|(_, last)| ["QC", "KC", "MP", "PhD"].contains(last)) {
        name = rest;
    }
    // "Mohamed ElBaradei Tuesday", "Tuesday Mitsotakis": the tagger may take the day for a part of the name.
    if let Some((rest, _)) = name.rsplit_once(' ').filter(|(_, last)| is_day(last)) {
        name = rest;
    }
    let mut start = range.start;
    if let Some((_, rest)) = name.split_once(' ').filter(|(first, _)| is_day(first)) {
        start += name.len() - rest.len();
        name = rest;
    }
    // "Republic President Vaclav Klaus", as the tagger may cut it
    let title = name.rmatch_indices(' ').map(|(i, _)| i).find(|&i| {
        let word = bare(name[..i].rsplit(' ').next().unwrap_or_default());
        (is_role(word) || TITLES.contains(&word.to_lowercase().as_str())) && word.starts_with(char::is_uppercase)
    });
    if let Some(title) = title {
        start += title + 1;
        name = &name[title + 1..];
    }
    while let Some((first, rest)) = name.split_once(' ') {
        let word = bare(first).to_lowercase();
        if !(TITLES.contains(&word.as_str()) || is_role(&word) || is_modifier(&word)) {
            break;
        }
        start += name.len() - rest.len();
        name = rest;
    }
    start..start + name.len()
}
