//! What belongs to the phrase of a source and what only adds to it; abbreviations and what they stand for.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::described::head;
use crate::lexicon::is_group;
use crate::people::is_day;
use crate::several::several_heads;

/// The abbreviations that a text brings in after what they stand for, whose initials they are.
pub(crate) fn abbreviated(text: &str) -> HashMap<&str, &str> {
    static BROUGHT_IN: LazyLock<Regex> = LazyLock::new(|| {
        let words = r"((?:[\p{Lu}][\w’'-]*)(?: (?:of|and|for|the|on|de|in|to|&|[\p{Lu}][\w’'-]*)){1,7})(?: \(|, or (?:the )?)([\p{Lu}\d]{2,7})[),]";
        Regex::new(words).expect("the pattern is well-formed")
    });
    let mut found = HashMap::new();
    for hit in BROUGHT_IN.captures_iter(text) {
        let (Some(whole), Some(short)) = (hit.get(1), hit.get(2)) else { continue };
        let (whole, short) = (whole.as_str(), short.as_str());
        let Some(initial) = short.chars().next() else { continue };
        // The name begins where a word begins with the abbreviation's first letter: *Liberation Tigers of Tarn (LTT)* behind *Sri Lanka and
        // the* at that one from which on the initials are the abbreviation, if there is one.
        let at = |w: &str| w.as_ptr() as usize - whole.as_ptr() as usize;
        let starts = || whole.split(' ').filter(|w| w.starts_with(initial) && *w != "The").map(at);
        let start = starts().find(|&start| has_initials(&whole[start..], short)).or_else(|| starts().next());
        if let Some(name) = start.map(|at| &whole[at..]).filter(|name| name.contains(' ')) {
            found.entry(short).or_insert(name);
        }
    }
    found
}

/// Whether an abbreviation is the initials of a name's capitalised words: *TSG* of *Tarn Study Group*.
pub(crate) fn has_initials(name: &str, short: &str) -> bool {
    let initial = |word: &str| word.chars().next().filter(|c| c.is_uppercase());
    name.split([' ', '-']).filter_map(initial).eq(short.chars())
}

/// A source phrase without white space, commas and dashes around it.
pub(crate) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let phrase = &text[range.clone()];
    // A heading is no part of a source.
    let phrase = phrase.trim_end().rfind('\n').map_or(phrase, |heading| &phrase[heading + 1..]);
    // *In December, a Tarnish official*
    let adverbial = ["In ", "On ", "At ", "Last ", "Earlier "].iter().any(|w| phrase.starts_with(w));
    let phrase =
        phrase.split_once(", ").filter(|(_, rest)| adverbial && !rest.is_empty()).map_or(phrase, |(_, rest)| rest);
    let left = phrase.trim_start_matches(|c: char| c.is_whitespace() || ",;:–—-".contains(c));
    // *Would Peru sign?*; words that are names as well (*Will*, *May*) stay.
    let asking =
        |first: &str| ["Did", "Does", "Would", "Could", "Should", "Has", "Have", "Had", "Is", "Are"].contains(&first);
    let left = left.split_once(' ').filter(|(first, _)| asking(first)).map_or(left, |(_, rest)| rest);
    let start = range.end - left.len();
    let kept = left.trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-".contains(c));
    // "a spokesman Thursday", "the minister today"
    let day = |last: &str| is_day(last) || ["today", "yesterday", "tonight"].contains(&last);
    let kept = kept.rsplit_once(' ').filter(|(_, last)| day(last)).map_or(kept, |(rest, _)| rest);
    let kept = kept.strip_suffix(" also").unwrap_or(kept);
    // *Tarn’s* of *Tarn’s demand*
    let kept = kept.strip_suffix("'s").or_else(|| kept.strip_suffix("’s")).unwrap_or(kept);
    start..start + kept.len()
}

/// The group of a phrase that names some of it: *critics* of *critics, including Peru and Chile*.
pub(crate) fn before_examples(phrase: &str) -> Option<&str> {
    let (all, _) = phrase.split_once(" including ").or_else(|| phrase.split_once(" such as "))?;
    let head = head(all);
    (is_group(&head) || several_heads(&head) || head == "opposition").then_some(all)
}

/// What tells how near somebody is to those of whom it is told.
pub(crate) const CLOSE_TO: &str = " close to ";

/// Where it is told of what a source knows: behind *an official* of *an official briefed on the talks*.
pub(crate) fn knows_of(phrase: &str) -> Option<usize> {
    let knowing = [" familiar with ", " briefed on ", " with knowledge of ", " with direct knowledge of "];
    knowing.iter().filter_map(|know| phrase.find(know)).min()
}

/// A phrase without what only adds to it: from a comma, a relative pronoun or *speaking* on.
pub(crate) fn core(phrase: &str) -> &str {
    // A comma inside a number parts nothing.
    let parts = |(at, c): (usize, char)| match c {
        ',' => !phrase[at + 1..].starts_with(|c: char| c.is_ascii_digit()),
        c => matches!(c, '(' | '–' | '—'),
    };
    let mark = phrase.char_indices().find(|&c| parts(c)).map_or(phrase.len(), |(at, _)| at);
    let dash = phrase.find(" -- ").filter(|at| !phrase[at + 4..].starts_with("and "));
    let mut end = dash.unwrap_or(phrase.len()).min(mark);
    // *A source close to the talks*, *officials familiar with the plan* are called so.
    let knowing = knows_of(&phrase[..end]).is_some() || phrase[..end].contains(CLOSE_TO);
    let mut last = "";
    for word in phrase[..end].split_whitespace() {
        // *An official traveling with the minister* is called so.
        let travelling = word == "with" && (last.ends_with("ing") || last.ends_with("ed"));
        last = word;
        if travelling {
            continue;
        }
        if ["who", "which", "that", "speaking", "during", "earlier", "under"].contains(&word)
            || word == "with" && !knowing
            || word == "last" && phrase[..end].contains(" last ")
        {
            end = word.as_ptr() as usize - phrase.as_ptr() as usize;
            break;
        }
    }
    let mut core = phrase[..end].trim_end();
    // The tagger may end a source too late.
    while let Some((rest, last)) = core.rsplit_once(' ') {
        if !["in", "on", "of", "at", "for", "by", "from", "the", "a", "and", "to", "meeting", "during"].contains(&last)
        {
            break;
        }
        // *Officials meeting* in a city, but *officials at the meeting*
        if last == "meeting" && [" the", " a", " this", "'s", "’s"].iter().any(|article| rest.ends_with(article)) {
            break;
        }
        core = rest;
    }
    core
}
