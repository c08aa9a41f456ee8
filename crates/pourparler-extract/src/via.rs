//! Who carried the words: the outlets, platforms and offices between a speaker and the article.
//!
//! An outlet is known by its form (*… News*, *… Times*, *news agency*), by a noun that describes it (*the channel
//! RBC*), or, for the worldwide agencies and platforms whose names have no such form, by a table. It is a carrier
//! only where it stands as one: after a word such as *told*, *by*, *on* or *with*, or before *reported* and its
//! like; never inside the content, and never as the speaker itself.

use std::ops::Range;

use crate::act::listed;
use crate::outlet_words::{
    BRINGING_ANY, CALENDAR, CARRYING, DESCRIBED, DESCRIPTIONS, GIVEN_OUT, NAME_PARTS, NO_OUTLETS, OFFICES,
    OPENING_WORDS, OUTLET_WORDS, OUTLETS, OWNERSHIP, PLATFORMS, POSTING, REPORTERS, REPORTING, SMALL, STOPS,
};

/// Who carried the words at a cue to the article, nearest to the speaker first, each as it stands but for a *the*.
///
/// All ranges are bytes of the sentence. The article's own outlet is not known here and not left out.
#[must_use]
pub fn via(sentence: &str, source: Option<Range<usize>>, cue: Range<usize>, contents: &[Range<usize>]) -> Vec<String> {
    let words = words(sentence, contents);
    let whole_source = source.clone();
    let reader = Reader { sentence, words: &words, source, cue: &cue, contents };
    let mut found: Vec<(Nearness, &str)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(carrier) = reader.carrier(at) else {
            at += 1;
            continue;
        };
        if let Some(nearness) = carrier.nearness {
            found.push((nearness, carrier.name));
        }
        at = carrier.next.max(at + 1);
    }
    // The sort is stable: within one nearness the text's order stands.
    found.sort_by_key(|(nearness, _)| *nearness);
    let mut out: Vec<String> = Vec::new();
    let tweets = |part: Range<usize>| sentence.get(part).is_some_and(|c| c.to_lowercase().contains("tweet"));
    let one_tweet = (1..words.len()).any(|at| reader.is_tweet(at));
    let tweeted = one_tweet || tweets(cue.clone()) || whole_source.is_some_and(tweets);
    for name in tweeted.then_some("Twitter").into_iter().chain(found.into_iter().map(|(_, name)| name)) {
        if !out.iter().any(|n| n == name) {
            out.push(name.to_owned());
        }
    }
    out
}

/// Whether a phrase names an outlet.
#[must_use]
pub fn is_outlet(phrase: &str) -> bool {
    let words = words(phrase, &[]);
    let reader = Reader { sentence: phrase, words: &words, source: None, cue: &(0..0), contents: &[] };
    (0..words.len()).any(|at| reader.outlet(at).is_some_and(|(_, next)| next == words.len()))
}

/// Whether a name is that of a platform on which people speak.
pub(crate) fn is_platform(name: &str) -> bool {
    listed(PLATFORMS, name)
}

/// How near to the speaker a carrier stands among several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// Cited by another carrier.
    Cited,
    /// Told or used by the speaker.
    Used,
    /// Reports what was told to others.
    Reports,
}

/// An outlet, platform or office found in a sentence.
struct Carrier<'a> {
    name: &'a str,
    /// How it carries; `None` where it only stands there.
    nearness: Option<Nearness>,
    /// The word after it.
    next: usize,
}

/// A word of the sentence: letters and digits, with the marks inside it (*state-run*, *BBC’s*, *U.S.*).
struct Word<'a> {
    text: &'a str,
    range: Range<usize>,
    /// Whether only white space, and no edge of the content, parts it from the word before.
    joined: bool,
}

fn words<'a>(sentence: &'a str, contents: &[Range<usize>]) -> Vec<Word<'a>> {
    let inner = |c: char| matches!(c, '-' | '’' | '\'' | '.' | '&' | '/' | '_');
    let mut out: Vec<Word> = Vec::new();
    let mut chars = sentence.char_indices().peekable();
    let mut gap_at = 0;
    while let Some(&(start, c)) = chars.peek() {
        if !c.is_alphanumeric() {
            chars.next();
            continue;
        }
        let mut end = start;
        while let Some(&(at, c)) = chars.peek() {
            let after = sentence[at + c.len_utf8()..].chars().next();
            let inside = inner(c) && after.is_some_and(char::is_alphanumeric);
            if !(c.is_alphanumeric() || inside) {
                break;
            }
            end = at + c.len_utf8();
            chars.next();
        }
        let edge = contents.iter().any(|c| [c.start, c.end].iter().any(|at| (gap_at..=start).contains(at)));
        let joined = !edge && sentence[gap_at..start].chars().all(|c| c.is_whitespace() || c == '\'');
        out.push(Word { text: &sentence[start..end], range: start..end, joined });
        gap_at = end;
    }
    out
}

/// A word without its possessive ending.
fn plain(word: &str) -> &str {
    word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word)
}

/// Whether a word is the address of a site: *Lumo.com*, *Tarn.org.uk*.
fn is_site(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(name, domain)| {
        let country = domain.len() == 2 && domain.chars().all(|c| c.is_ascii_lowercase());
        name.len() > 2 && (country || matches!(domain, "com" | "org" | "net" | "info"))
    })
}

/// Reads carriers off the words of a sentence.
struct Reader<'a, 'r> {
    sentence: &'a str,
    words: &'r [Word<'a>],
    source: Option<Range<usize>>,
    cue: &'r Range<usize>,
    contents: &'r [Range<usize>],
}

impl<'a> Reader<'a, '_> {
    /// The carrier that begins at a word, if one does.
    fn carrier(&self, at: usize) -> Option<Carrier<'a>> {
        let found =
            self.platform(at).or_else(|| self.outlet(at)).or_else(|| self.paper(at)).or_else(|| self.quoter(at));
        let (name, next) = found.or_else(|| self.office(at))?;
        let whole = self.words[at].range.start..self.words[next - 1].range.end;
        Some(Carrier { name: &self.sentence[name], nearness: self.nearness(at, next, &whole), next })
    }

    fn word(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |w| w.text)
    }

    /// Whether a word is listed in lower case.
    fn lower(&self, list: &str, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| listed(list, &w.text.to_lowercase()))
    }

    /// Whether a word goes on a phrase that the word before belongs to.
    fn joined(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.joined)
    }

    /// Bytes from one word to before another.
    fn bytes(&self, words: Range<usize>) -> Range<usize> {
        let last = plain(self.words[words.end - 1].text).len();
        self.words[words.start].range.start..self.words[words.end - 1].range.start + last
    }

    /// How many words from `at` on are a name of the list, the longest one.
    fn known(&self, list: &str, at: usize) -> Option<usize> {
        (1..=3).rev().find(|&n| {
            let Some(words) = self.words.get(at..at + n) else { return false };
            let joined = words[1..].iter().all(|w| w.joined);
            let name: Vec<_> = words.iter().map(|w| plain(w.text)).collect();
            joined && listed(list, &name.join(" "))
        })
    }

    /// A platform's name, without the words that go with it (*his Telegram channel*).
    fn platform(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let next = at + self.known(PLATFORMS, at)?;
        let brought = at > 0 && self.lower("on, platform, network, site, via, to", at - 1);
        (self.word(at) != "X" || brought).then(|| (self.bytes(at..next), next))
    }

    /// An outlet's name: a run of names with its description, or a description with its owner.
    fn outlet(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let run = self.run(at);
        let owned = self.many(run, |i| self.lower(OWNERSHIP, i));
        let described = self.descriptions(owned);
        if described > owned && !self.lower(DESCRIBED, described) {
            // *the newspaper La Repubblica*, *a TV channel, Geo TV,*
            let parted = |mark: &str| self.gap(described).trim() == mark && !self.joined(described);
            // *the state news agency (TNA)*
            if parted("(") && self.run(described) > described {
                let named = self.run(described);
                return Some((self.bytes(described..named), named));
            }
            let comma = described < self.words.len() && parted(",");
            if self.joined(described) || comma {
                let named = self.run(described + usize::from(self.word(described) == "The"));
                let closed = !self.joined(named) || self.lower(CARRYING, named);
                if named > described && (!comma || closed) {
                    let next = self.descriptions(named);
                    return Some((self.bytes(described..next), next));
                }
            }
            if described > at && (run > at || owned > run) {
                // *Tarn’s Lumo newspaper*: the name begins after the possessive.
                let at = self.after_possessive(at..run);
                // *the Washington Post newspaper*: what only describes a whole name is no part of it.
                let named = run > at + 1 && self.word(run) == "newspaper";
                return Some((self.bytes(at..if named { run } else { described }), described));
            }
        }
        if run == at || listed(NO_OUTLETS, plain(self.word(run - 1))) {
            return None;
        }
        self.named(at..run).map(|name| (self.bytes(name.clone()), name.end))
    }

    /// *told The Lumo*: within a sentence a capital makes the article a part of a paper's name.
    fn paper(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let within = at > 0 && self.joined(at) && self.word(at - 1).starts_with(char::is_lowercase);
        if self.word(at) != "The" || !within || !self.joined(at + 1) || self.known(OUTLETS, at + 1).is_some() {
            return None;
        }
        let brought = self.lower(BRINGING_ANY, at - 1)
            || at > 1
                && (self.lower("by", at - 1) && self.lower(GIVEN_OUT, at - 2)
                    || self.lower("to", at - 1) && self.lower("according", at - 2)
                    || self.for_outlet(at - 1));
        let next = self.run(at + 1);
        let is_paper = brought || self.named(at + 1..next).is_some();
        (is_paper && next > at + 1 && !listed(NO_OUTLETS, plain(self.word(next - 1))))
            .then(|| (self.bytes(at..next), next))
    }

    /// *quoted by Lumo*, *in an interview with Lumo*: one word that nothing shows to be an outlet but what it does.
    fn quoter(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let quoted = at > 1
            && (self.lower("by", at - 1) && self.lower("quoted, cited", at - 2)
                || self.lower("with", at - 1) && self.lower("interview", at - 2));
        // *an interview with Tarnish reporters*
        let describes = self.joined(at + 1)
            && self.word(at + 1).starts_with(char::is_lowercase)
            && !(self.lower(SMALL, at + 1) || self.lower("published, broadcast, aired", at + 1));
        (quoted && self.joined(at) && self.run(at) == at + 1 && !describes).then(|| (self.bytes(at..at + 1), at + 1))
    }

    /// Whether a word brings in the outlet that a reporter works for: *a reporter for the Tarn Times*.
    fn for_outlet(&self, at: usize) -> bool {
        at > 0 && self.lower("for, from, of, with", at) && self.lower(REPORTERS, at - 1)
    }

    /// Whether a word is the tweet in which the cue's words stand: *in a tweet*, *according to a tweet by*.
    fn is_tweet(&self, at: usize) -> bool {
        let said = self.contents.iter().any(|c| c.contains(&self.words[at].range.start));
        self.word(at) == "tweet" && self.lower("a, his, her, their, its", at - 1) && !said
    }

    /// Where a name begins in a run of names: after the last possessive (*Tarn’s Daily Mirror*).
    fn after_possessive(&self, run: Range<usize>) -> usize {
        run.clone().rev().find(|&i| plain(self.word(i)) != self.word(i)).map_or(run.start, |i| i + 1)
    }

    /// What of a run of names is an outlet by its form or by the table.
    fn named(&self, run: Range<usize>) -> Option<Range<usize>> {
        if let Some((start, n)) = run.clone().find_map(|i| self.known(OUTLETS, i).map(|n| (i, n))) {
            let ends = |i: usize| self.word(i - 1).ends_with("’s") || self.word(i - 1).ends_with("'s");
            let more = |i: usize| {
                i < run.end
                    && (listed(OUTLET_WORDS, self.word(i)) || listed(NAME_PARTS, self.word(i)) || self.is_number(i))
            };
            let mut end = start + n;
            while !ends(end) && more(end) {
                end += 1;
            }
            return Some(start..end);
        }
        let start = self.after_possessive(run.clone());
        if start < run.end && run.end - start > 1 && listed(OPENING_WORDS, self.word(start)) {
            return Some(start..run.end);
        }
        if let Some(site) = run.clone().find(|&i| is_site(plain(self.word(i)))) {
            return Some(site..site + 1);
        }
        let last = run.clone().rev().find(|&i| listed(OUTLET_WORDS, plain(self.word(i))))?;
        let start = if last < start { run.start } else { start };
        let mut end = last + 1;
        let of_place = |end: usize| self.word(end) == "of" || self.word(end - 1) == "of";
        while end < run.end && (self.is_number(end) || listed(NAME_PARTS, self.word(end)) || of_place(end)) {
            end += 1;
        }
        // A bare *Press* or *News* names nothing; the *Times* and the *Post* do.
        (end - start > 1 || matches!(plain(self.word(last)), "Times" | "Post")).then_some(start..end)
    }

    fn is_number(&self, at: usize) -> bool {
        self.word(at).starts_with(|c: char| c.is_ascii_digit())
    }

    /// The end of the run of capitalised words and numbers that begins at a word; the word itself where none does.
    fn run(&self, at: usize) -> usize {
        let in_name = |i: usize| {
            let word = self.word(i);
            let capital =
                word.starts_with(char::is_uppercase) || word.starts_with("al-") || (i > at && self.is_number(i));
            let connects = i > at && word == "of" && listed("Times, Voice, Radio", self.word(i - 1));
            (connects || capital && !self.lower(SMALL, i)) && !listed(CALENDAR, plain(word))
        };
        self.many(at, in_name)
    }

    /// The first word from `at` on that the test fails, or that another mark parts from those before.
    fn many(&self, at: usize, test: impl Fn(usize) -> bool) -> usize {
        (at..self.words.len()).find(|&i| (i > at && !self.joined(i)) || !test(i)).unwrap_or(self.words.len())
    }

    /// The end of the nouns that describe an outlet; *news* only before another of them or after a name.
    fn descriptions(&self, at: usize) -> usize {
        if at > 0 && !self.joined(at) {
            return at;
        }
        let lower = |i: usize| self.word(i).starts_with(char::is_lowercase) || self.word(i) == "TV";
        self.many(at, |i| {
            lower(i) && self.lower(DESCRIPTIONS, i) && self.word(i) != "agency" || self.word(i) == "agency" && i > at
        })
    }

    /// A body that gives out words, after *published by* and the like.
    fn office(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let given = at > 1 && self.lower("by", at - 1) && self.lower(GIVEN_OUT, at - 2);
        if !given {
            return None;
        }
        let start = if self.lower("the", at) { at + 1 } else { at };
        let end = self.many(start, |i| i < start + 6 && !self.lower(STOPS, i));
        let head = (start..end).find(|&i| self.lower(OFFICES, i))?;
        let head = (head + 1..end).take_while(|&i| self.lower(OFFICES, i)).last().unwrap_or(head);
        Some((self.bytes(start..head + 1), head + 1))
    }

    /// What stands between a word and the one before.
    fn gap(&self, at: usize) -> &'a str {
        let start = if at == 0 { 0 } else { self.words[at - 1].range.end };
        self.words.get(at).map_or("", |w| &self.sentence[start..w.range.start])
    }

    /// How the outlet in these words carries the cue's words, if it does.
    fn nearness(&self, at: usize, next: usize, whole: &Range<usize>) -> Option<Nearness> {
        let overlaps = |r: &Range<usize>| r.start < whole.end && whole.start < r.end;
        if self.contents.iter().any(overlaps) {
            return None;
        }
        let brought = self.brought_in(at);
        let after_day = |i: usize| if listed(CALENDAR, self.word(i)) && i > 0 { i - 1 } else { i };
        let given_out =
            brought.is_some_and(|i| self.word(i) == "by" && i > 0 && self.lower(GIVEN_OUT, after_day(i - 1)));
        if self.source.as_ref().is_some_and(overlaps) {
            return given_out.then_some(Nearness::Used);
        }
        if let Some(i) = brought {
            let word = self.word(i).to_lowercase();
            // *according to Reuters*, where that is the cue, makes Reuters the speaker.
            let accords = word == "to" && i > 0 && self.lower("according", i - 1);
            if accords && self.cue.contains(&self.words[i].range.start) {
                return None;
            }
            return Some(match word.as_str() {
                "citing" | "cites" | "cited" | "quoting" => Nearness::Cited,
                _ if accords => Nearness::Reports,
                _ => Nearness::Used,
            });
        }
        let other_clause = at > 0 && self.lower("and, but, while, although, whereas", at - 1);
        // *The BBC also quoted*, *the agency on Monday quoted*
        let between = |i: usize| self.lower("also, later, earlier, on", i) || listed(CALENDAR, self.word(i));
        let verb = (next..next + 3).find(|&i| !between(i)).unwrap_or(next);
        // *the agency, Interfax, quotes*
        let joined = self.joined(verb) || matches!(self.gap(verb).trim(), "," | ")");
        (self.lower(REPORTING, verb) && joined && !other_clause).then_some(Nearness::Reports)
    }

    /// The word that brings in a name, past the words that describe it: *with* in *with the Tarn-based weekly …*.
    fn brought_in(&self, at: usize) -> Option<usize> {
        let list = if self.known(PLATFORMS, at).is_some() { POSTING } else { CARRYING };
        let mut i = at;
        for _ in 0..6 {
            if i == 0 || !self.joined(i) {
                return None;
            }
            i -= 1;
            if self.lower(list, i) || self.for_outlet(i) {
                return Some(i);
            }
            let word = self.word(i);
            let described = word.starts_with(char::is_lowercase)
                || plain(word) != word
                || word == "The"
                || word.ends_with("-based");
            if self.lower(STOPS, i) || !described {
                return None;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A sentence with its source in `{…}`, its cue in `<…>` and its contents in `[…]`.
    fn read(marked: &str) -> Vec<String> {
        let mut sentence = String::new();
        let (mut source, mut cue, mut contents) = (None, 0..0, Vec::new());
        let mut open = 0;
        for c in marked.chars() {
            match c {
                '{' | '<' | '[' => open = sentence.len(),
                '}' => source = Some(open..sentence.len()),
                '>' => cue = open..sentence.len(),
                ']' => contents.push(open..sentence.len()),
                c => sentence.push(c),
            }
        }
        via(&sentence, source, cue, &contents)
    }

    fn check(cases: &[(&str, &[&str])]) {
        for (marked, expected) in cases {
            assert_eq!(read(marked), *expected, "{marked}");
        }
    }

    fn check_none(cases: &[&str]) {
        for marked in cases {
            assert_eq!(read(marked), Vec::<String>::new(), "{marked}");
        }
    }

    #[test]
    fn outlets_by_form() {
        check(&[
            ("[“Yes,”] {Oren} <told> TBN news on Monday.", &["TBN news"]),
            ("[“Yes,”] {Oren} <was quoted as saying> by Tarna news agency.", &["Tarna news agency"]),
            ("{Oren} <said> [yes] in an interview with the Daily Tarn.", &["Daily Tarn"]),
            ("{Oren} <told> the Tarn Times [he agreed].", &["Tarn Times"]),
            ("{Oren} <told> Times of Tarn [he agreed].", &["Times of Tarn"]),
            ("{Oren} <told> Channel 4 News [he agreed].", &["Channel 4 News"]),
            ("{Oren} <welcomed> [it] on Monday on the Tarnish channel TBK TV.", &["TBK TV"]),
            ("{Oren} <told> a Tarnish TV channel, Geo TV, that [he agreed].", &["Geo TV"]),
            ("In an interview with the newspaper La Hora, {Oren} <said> [yes].", &["La Hora"]),
            ("{Oren} <told> Tarn’s Lumo newspaper [he agreed].", &["Lumo newspaper"]),
            ("{Oren} <said> on state television that [he agreed].", &["state television"]),
            ("{Oren}, in remarks to al-Lumo television, <said> [yes].", &["al-Lumo television"]),
            ("{Oren} <told> Tarnish radio Wednesday that [he agreed].", &["Tarnish radio"]),
            ("{Oren} <told> the state news agency TNA [he agreed].", &["TNA"]),
            ("{Oren} <told> the Tarnish daily The Lumo [he agreed].", &["The Lumo"]),
            ("{Oren} <told> The Lumo [he agreed].", &["The Lumo"]),
            ("{Oren} <said>, according to The Lumo, [he agreed].", &["The Lumo"]),
            ("{Oren} <told> a reporter for The Lumo [he agreed].", &["The Lumo"]),
            ("{Oren} <told> a Tarnish radio station (Lumo) [he agreed].", &["Lumo"]),
            ("[“Yes,”] {Oren} <said>, as quoted by Lumo.", &["Lumo"]),
            ("In an interview with Lumo, {Oren} <said> [yes].", &["Lumo"]),
            ("[“Yes,”] {Oren} <said> per Tarn News.", &["Tarn News"]),
            ("{Oren}, in remarks to Lumo.com, <said> [yes].", &["Lumo.com"]),
            ("Tarnish media quote {Oren} as <saying> [yes].", &["Tarnish media"]),
            ("{Oren} <told> the Tarnish Broadcasting Corporation [he agreed].", &["Tarnish Broadcasting Corporation"]),
        ]);
    }

    #[test]
    fn outlets_known_worldwide() {
        check(&[
            ("{Oren} <told> The Associated Press [he agreed].", &["Associated Press"]),
            ("{Oren} <told> Tarn-based AFP [he agreed].", &["AFP"]),
            ("{Two diplomats} <told> Reuters Friday [a deal was near].", &["Reuters"]),
            ("{Oren} <told> the BBC’s Jane Ilves that [he agreed].", &["BBC"]),
            ("{Oren} <told> the Associated Press news agency [he agreed].", &["Associated Press news agency"]),
            ("{Oren} <told> BBC Radio 4 [he agreed].", &["BBC Radio 4"]),
            ("{Oren} <said> [yes], according to Reuters.", &["Reuters"]),
            ("{Oren} <said> [yes] in a statement seen by AFP.", &["AFP"]),
            ("{A draft seen by Reuters} <says> [troops would leave].", &["Reuters"]),
            ("{Oren} <told> CNN [“Reuters was wrong”].", &["CNN"]),
        ]);
    }

    #[test]
    fn platforms_and_offices() {
        check(&[
            ("{Oren} <wrote> on Telegram that [he agreed].", &["Telegram"]),
            ("{Oren} <said> on his official Twitter account [he agreed].", &["Twitter"]),
            ("{Oren} <said> in a post on X [he agreed].", &["X"]),
            ("{Oren} <tweeted> [“We agree.”]", &["Twitter"]),
            ("{Oren} <wrote> in a tweet [“We agree.”]", &["Twitter"]),
            ("[They agreed], <according to> a tweet on Monday by {Oren}.", &["Twitter"]),
            ("{Oren} <said> in a Facebook post [he agreed].", &["Facebook"]),
            ("[“Yes,”] {he} <said> in comments published by Oren’s office.", &["Oren’s office"]),
            ("[“Yes,”] {he} <said> in a statement released by the foreign ministry.", &["foreign ministry"]),
        ]);
    }

    #[test]
    fn chains_run_from_the_speaker_outward() {
        check(&[
            (
                "[“Yes,”] {Oren} <was quoted as saying> by TNA news agency, according to Reuters.",
                &["TNA news agency", "Reuters"],
            ),
            ("Reuters reported, citing state media, that {Oren} <said> [yes].", &["state media", "Reuters"]),
            ("Interfax quoted {Oren} as <telling> the BBC that [he agreed].", &["BBC", "Interfax"]),
            ("State television reported that {the minister} <said> [yes].", &["State television"]),
        ]);
    }

    #[test]
    fn people_places_and_governments_told_are_none() {
        check_none(&[
            "{Oren} <told> reporters in Geneva that [he agreed].",
            "{Oren} <told> the United Nations Security Council [he agreed].",
            "{Oren} <told> Ilves [he agreed].",
            "{Oren} <told> the National Press Club [he agreed].",
            "{Oren} <said> on Monday in Tarn [he agreed].",
            "{Oren} <told> the International Atomic Energy Agency [he agreed].",
            "{Oren} <told> the Guardian Council [he agreed].",
            "{Oren} <said> by telephone [he agreed].",
            "{Oren}, with his X-ray in hand, <said> [he agreed].",
            "{Oren} <said> in a televised address [he agreed].",
            "{Oren} <said> at a Tarnish news conference [he agreed].",
            "{Oren} <said> on his party's Web site [he agreed].",
            "{Oren} <said> in The Tarnmouth [he agreed].",
            "In an interview with Tarnish miners, {Oren} <said> [yes].",
            "In an interview with Jan Ilves, {Oren} <said> [yes].",
            "{Oren} <said> [a tweet had angered him].",
        ]);
    }

    #[test]
    fn the_speaker_and_the_content_are_no_carriers() {
        check_none(&[
            "{Reuters} <reported> [the talks had begun].",
            "<According to> {Reuters}, [the talks had begun].",
            "{Al Jazeera’s Jane Ilves} <said> [it was a good sign].",
            "{Oren} <said> [he had spoken to the BBC on Twitter].",
            "{Twitter’s owner} <said> [he agreed].",
            "{State television} <said> [the talks had begun].",
        ]);
    }

    proptest! {
        #[test]
        fn every_name_stands_in_the_sentence(
            head in "\\PC{0,10}( told Reuters| on X|the newspaper La Hora)?\\PC{0,8}",
            tail in "\\PC{0,8}( by state TV|, a TV channel, Geo TV,| published by the)?\\PC{0,10}",
            a in 0usize..60,
            b in 0usize..60,
        ) {
            let sentence = format!("{head} said {tail}");
            for name in via(&sentence, Some(a..b), b..a, &[a..a + 3, b..b + 9]) {
                prop_assert!(sentence.contains(&name));
            }
        }
    }
}
