//! The phrases around a name that describe who bears it: titles before it, appositions before and behind, clauses that tell whom
//! somebody heads, the sentence that brought somebody in.

use crate::described::without_article;
use crate::lexicon::{is_body, is_modifier, is_role, leads, opens};
use crate::offices::in_name_of_body;
use crate::people::{bare, line_before};

/// *Russian Foreign Minister* before a name: the words that run up to it and end in a role.
pub(crate) fn title_before(before: &str) -> Option<&str> {
    let trimmed = before.trim_end();
    let mut start = trimmed.len();
    let mut role = false;
    for word in trimmed.split_whitespace().rev() {
        let at = word.as_ptr() as usize - trimmed.as_ptr() as usize;
        let plain = bare(word);
        let stops = word.ends_with([',', ';', ':', '.', '”', '"', '“', ')', '—', '–']) && !abbreviation(word);
        let fits = is_role(plain)
            || is_modifier(plain)
            || is_body(plain) && start < trimmed.len()
            || plain.starts_with(char::is_uppercase)
            || ["of", "to", "for", "and", "the"].contains(&plain) && start < trimmed.len();
        // *Bo Tarn leading President Oren*
        let left = trimmed[..at].trim_end().rsplit(' ').next().unwrap_or_default();
        let leads = word == "leading" && left.starts_with(char::is_uppercase) && !is_role(left);
        if stops || !fits || leads || plain.is_empty() || opens(plain) {
            break;
        }
        role |= is_role(plain);
        // *Secretary of State Ana Oren and General Tal*: behind an office, what stands before *and* is another one's.
        if plain == "and" && role {
            let left = trimmed[..at].trim_end().rsplit(' ').next().unwrap_or_default();
            if !is_role(bare(left)) && in_name_of_body(trimmed[..at].trim_end(), plain).is_none() {
                break;
            }
        }
        if !["of", "to", "for", "and", "the"].contains(&plain) {
            start = at;
        }
    }
    role.then(|| &trimmed[start..])
}

/// *UPS international operations manager* before a name: all that its source has before it, where that is an office.
pub(crate) fn title_in_source(before: &str, length: usize) -> Option<&str> {
    let title = without_article(before.get(before.len().checked_sub(length)?..)?.trim_end());
    let title = title.strip_prefix("Current ").unwrap_or(title);
    let words: Vec<_> = title.split_whitespace().map(bare).collect();
    let parted = title.contains([',', ';', ':', '"', '“', '(', '–', '—']) || title.contains(" and ");
    let clause = words.iter().any(|w| ["who", "which", "that", "said", "as"].contains(w));
    let office = words.len() <= 9 && phrase_head(&words).is_some_and(is_role);
    (office && !parted && !clause).then_some(title)
}

/// What stands before a name, without *Mr.*, *Dr.* and their like right before it.
pub(crate) fn without_courtesy(before: &str) -> &str {
    let mut rest = before;
    while let Some((words, _)) = rest.trim_end().rsplit_once(' ').filter(|(_, last)| is_courtesy(last)) {
        rest = words;
    }
    rest
}

/// *Mr.* and its like, which tell nothing of an office.
pub(crate) fn is_courtesy(word: &str) -> bool {
    ["mr", "mrs", "ms", "miss", "dr", "prof"].contains(&bare(word).to_lowercase().as_str())
}

pub(crate) fn abbreviation(word: &str) -> bool {
    word.ends_with('.') && word.len() <= 5 && word.starts_with(char::is_uppercase)
}

/// *Russia's chief negotiator,* before a name.
pub(crate) fn apposition_before(before: &str) -> Option<&str> {
    let trimmed = before.trim_end().strip_suffix(',')?;
    // *The general secretary of the TRU (Tarn Rail Union),*
    let trimmed = match trimmed.strip_suffix(')').and_then(|rest| rest.rfind(" (")) {
        // *The taoiseach (Irish prime minister)*
        Some(at) if !trimmed[at..].split_whitespace().map(bare).any(is_role) => &trimmed[..at],
        _ => trimmed,
    };
    let marks = trimmed.char_indices().rev().filter(|(_, c)| ",.;“\"–—:".contains(*c));
    // The full stops of *U.S.* and *Mr.* end no sentence.
    let short = |at: usize| {
        let word = trimmed[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        word.chars().count() == 1 && word.starts_with(char::is_uppercase) || is_courtesy(word)
    };
    let stop = marks.into_iter().find(|&(at, c)| c != '.' || !short(at));
    let from = stop.map_or(0, |(at, c)| at + c.len_utf8());
    let phrase = trimmed[from..].trim();
    let phrase = phrase.strip_prefix("according to ").unwrap_or(phrase);
    let phrase = master_of_aide(phrase).unwrap_or(phrase);
    let words: Vec<_> = phrase.split_whitespace().map(bare).collect();
    let office = |head: &str| is_role(head) || head == "counterpart";
    (words.len() <= 14 && phrase_head(&words).is_some_and(office)).then_some(phrase)
}

/// *President of Peru* of *An aide to the President of Peru*: behind a comma the leader's name follows, and not the aide's.
pub(crate) fn master_of_aide(phrase: &str) -> Option<&str> {
    let (aide, office) = phrase.split_once(" to the ")?;
    let aide = aide.rsplit(' ').next().is_some_and(is_role);
    (aide && office.split(' ').next().is_some_and(|w| leads(&w.to_lowercase()))).then_some(office)
}

/// *, the Russian chief negotiator,* after a name.
pub(crate) fn apposition_after(after: &str) -> Option<&str> {
    let rest = after.strip_prefix(", ")?;
    let stops = rest.match_indices([',', ';', '.', '–', '—', '”', '"', '\n']);
    // *Tarnel Inc.*, *the U.S. envoy*: an abbreviation's full stop ends no phrase.
    let short = |at: usize| {
        let word = rest[..at].rsplit([' ', '.']).next().unwrap_or_default();
        ["Inc", "Corp", "Co", "Ltd", "St"].contains(&word) || word.len() == 1 && word.starts_with(char::is_uppercase)
    };
    let end = stops.into_iter().find(|&(at, mark)| mark != "." || !short(at)).map_or(rest.len(), |(at, _)| at);
    let phrase = rest[..end].split(" on ").next()?;
    let words: Vec<_> = phrase.split_whitespace().map(bare).collect();
    // *One of the party’s four negotiators*
    let one_of = phrase.strip_prefix("one of ").and_then(|_| phrase_head(words.get(2..)?));
    let several = one_of.is_some_and(|head| head.strip_suffix('s').is_some_and(is_role));
    (words.len() <= 18 && (several || phrase_head(&words).is_some_and(is_role))).then_some(phrase)
}

/// *The Peruvian delegation* of *, who heads the Peruvian delegation,* after a name, *Tarn Front faction holds* of *, whose Tarn Front
/// faction holds*.
pub(crate) fn heading(after: &str) -> Option<&str> {
    let clause = after.strip_prefix(", ")?;
    let clause = &clause[..clause.find([';', '\n', '”', '"']).unwrap_or(clause.len())];
    let verbs = [
        "who heads ",
        "who leads ",
        "who chairs ",
        "who co-chairs ",
        "who headed ",
        "who led ",
        "who is heading ",
        "who is leading ",
        "who represents ",
        "who speaks for ",
        "who runs ",
        "who now heads ",
        "who now leads ",
        "who now chairs ",
        "who negotiates for ",
        "who negotiated for ",
        "who mediates for ",
        "who works for ",
        "whose ",
        " to lead ",
    ];
    let body = verbs.iter().find_map(|verb| match verb.strip_prefix(' ') {
        Some(_) => clause.split_once(verb).filter(|(before, _)| !before.contains([',', '.'])).map(|(_, rest)| rest),
        None => clause.strip_prefix(verb),
    })?;
    let (body, rest) = body.split_at(body.find([',', '.'])?);
    // *Who leads the movement’s wing, the Front,*: the name says more.
    let named = rest.strip_prefix(", ").is_some_and(|rest| without_article(rest).starts_with(char::is_uppercase));
    let body = match clause.strip_prefix("whose ") {
        // *Whose Tarn Front faction holds the north*: up to what it is.
        Some(_) => {
            let force = [" faction", " wing", " party", " movement", " group", " militia", " forces", " army"];
            let end = force.iter().filter_map(|word| Some(body.find(word)? + word.len())).min();
            let wing = body.strip_prefix("wing of ").map(|_| body.find(" holds").unwrap_or(body.len()));
            &body[..wing.or(end)?]
        }
        None => body,
    };
    (body.split(' ').count() <= 12 && !named).then_some(body)
}

/// *The Tarn Union* of *Speaking for the Tarn Union, Ana Oren …*.
pub(crate) fn spoken_for(before: &str) -> Option<&str> {
    let clause = before.trim_end().strip_suffix(',')?.rsplit(['.', ';', '”', '"', ',']).next()?;
    let begun = ["speaking for ", "speaking on behalf of "];
    let lower = clause.to_ascii_lowercase();
    let at = begun.iter().find_map(|begun| Some(lower.find(begun)? + begun.len()))?;
    let body = &clause[at..];
    (body.split(' ').count() <= 8).then_some(body)
}

/// *Leader of the Civic Union* of *Ana Oren has been re-elected as leader of the Civic Union*.
pub(crate) fn chosen_for(after: &str) -> Option<&str> {
    // *Oren is the head of the Tarn Council in Lima.*
    let is = after.strip_prefix(" is the ").or_else(|| after.strip_prefix(" is a "));
    let rest = [" has been ", " had been ", " was ", " is "].iter().find_map(|be| after.strip_prefix(be))?;
    let (verb, rest) = is.map_or_else(|| rest.split_once(' '), |held| Some(("named", held)))?;
    let chosen = ["elected", "reelected", "re-elected", "chosen", "named", "appointed", "reappointed", "confirmed"];
    let rest = chosen.contains(&verb).then(|| rest.strip_prefix("as ").unwrap_or(rest))?;
    let phrase = without_article(rest);
    let marks = [",", ".", ";", "\n", "”", "\"", " at ", " on ", " in ", " by ", " after "];
    let phrase = &phrase[..marks.iter().filter_map(|mark| phrase.find(mark)).min().unwrap_or(phrase.len())];
    let words: Vec<_> = phrase.split_whitespace().map(bare).collect();
    (words.len() <= 12 && phrase_head(&words).is_some_and(is_role)).then_some(phrase)
}

/// A description without the other side: *Peru’s chief negotiator* of *Peru’s chief negotiator with the Tarn Front*.
pub(crate) fn own_side(phrase: &str) -> &str {
    let (own, _) = phrase.split_once(" with ").unwrap_or((phrase, ""));
    let facing = ["negotiator", "negotiators", "mediator", "mediators", "envoy", "talks", "negotiations", "liaison"];
    let faces = own.split(' ').next_back().is_some_and(|last| facing.contains(&last));
    if faces { own } else { phrase }
}

/// *The Peruvian envoy* of *The Peruvian envoy was more guarded. Speaking to reporters, Ana Oren …*: the description with which a short
/// sentence brings in the one whom the next one names.
pub(crate) fn presented_before(text: &str, name: usize) -> Option<&str> {
    let before = line_before(text, name);
    let (sentences, opening) = before.rsplit_once(". ")?;
    let sentence = sentences.rsplit_once(". ").map_or(sentences, |(_, last)| last);
    let short = |words: &str, most: usize| words.split_whitespace().count() <= most;
    if !short(sentence, 12) || !short(opening, 5) || opening.contains(['“', '"', ';']) {
        return None;
    }
    let begun = ["The ", "His ", "Her ", "Its ", "Their "].iter().any(|b| sentence.starts_with(b));
    let verbs =
        [" was ", " is ", " had ", " has ", " went ", " sounded ", " struck ", " gave ", " took ", " put ", " saw "];
    let end = verbs.iter().filter_map(|verb| sentence.find(verb)).min()?;
    let phrase = &sentence[..end];
    let words: Vec<_> = phrase.split_whitespace().map(bare).collect();
    (begun && words.len() <= 8 && phrase_head(&words).is_some_and(is_role)).then_some(phrase)
}

/// The last word before a preposition.
pub(crate) fn phrase_head<'a>(words: &[&'a str]) -> Option<&'a str> {
    let small = ["of", "for", "to", "in", "at", "from", "with", "between", "who", "whose"];
    // *Who served as president of Peru* tells the office behind its *who*.
    let before = words.iter().skip(1).position(|w| small.contains(w)).map_or(words, |at| &words[..=at]);
    // *The envoy mediating in the war*
    let doing = before.windows(2).position(|pair| is_role(pair[0]) && pair[1].ends_with("ing") && !is_role(pair[1]));
    doing.map_or(before.last(), |at| before.get(at)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_before_and_after_names() {
        for (before, phrase) in [
            ("while Russian Foreign Minister ", Some("Russian Foreign Minister")),
            ("But Foreign Minister ", Some("Foreign Minister")),
            ("He met U.S. Secretary of State ", Some("U.S. Secretary of State")),
            ("“No,” Kremlin spokesman ", Some("Kremlin spokesman")),
            ("He spoke of President ", Some("President")),
            ("He then met ", None),
            ("said the minister, ", None),
        ] {
            assert_eq!(title_before(before), phrase, "{before}");
        }
        assert_eq!(apposition_before("Then Chad’s chief negotiator, "), Some("Then Chad’s chief negotiator"));
        assert_eq!(apposition_before("It ended. The U.S. envoy to Peru, "), Some("The U.S. envoy to Peru"));
        assert_eq!(apposition_before("On the first day of talks, "), None);
        assert_eq!(apposition_after(", the head of the delegation, said"), Some("the head of the delegation"));
        assert_eq!(apposition_after(", who is in Geneva, said"), None);
        for (before, body) in [
            ("Speaking for the Tarn Union, ", Some("the Tarn Union")),
            ("It ended. Speaking on behalf of Tarn Relief, ", Some("Tarn Relief")),
            ("“No.” Speaking for Tarn Relief, ", Some("Tarn Relief")),
            ("Speaking in Lima, ", None),
            ("Speaking for an hour to the press before he went back to the talks in Lima, ", None),
        ] {
            assert_eq!(spoken_for(before), body, "{before}");
        }
        for (after, office) in [
            (" has been re-elected as leader of the Civic Union at its meeting.", Some("leader of the Civic Union")),
            (" was named the head of Tarn Relief.", Some("head of Tarn Relief")),
            (" was named in the report.", None),
            (" was elected on Monday.", None),
            (" was happy.", None),
        ] {
            assert_eq!(chosen_for(after), office, "{after}");
        }
        assert_eq!(own_side("Peru’s chief negotiator with the Tarn Front"), "Peru’s chief negotiator");
        assert_eq!(own_side("a lawyer with the Tarn Fund"), "a lawyer with the Tarn Fund");
    }
}
