//! Teasers: one-sentence lines about other stories between the end of a story and the furniture of the page.
//!
//! They look like paragraphs of the story, so the judgement is by cohesion. In a story each paragraph takes up a word of the
//! one before; a teaser shares at most the topic that the page's stories have in common. Teasers are also written to
//! stand alone, in the headline's present tense, and quote nobody. A single such line is taken for the story's last
//! paragraph unless it is worded as a teaser.

use std::collections::{HashMap, HashSet};

use pourparler_text::sentences;

use crate::furniture::{Role, quotes};

/// More lines than this are no teasers but a story of loose paragraphs.
const MOST: usize = 8;

/// Words in the longest teaser.
const LONGEST: usize = 35;

/// A word that stands so often in a text is its topic, and a teaser may share it.
const TOPIC: usize = 4;

/// So many paragraphs of the story before the teasers must not share a word with them either.
const WINDOW: usize = 3;

/// Wordings of teasers.
const PHRASES: &[&str] = &[
    "we take a look",
    "take a look at",
    "here's what",
    "here is what",
    "here are the",
    "what you need to know",
    "what we know so far",
    "all you need to know",
    "we look at",
    "in pictures",
];

/// First words that refer back to the paragraph before.
const BACK: &[&str] = &[
    "he",
    "she",
    "it",
    "they",
    "his",
    "her",
    "its",
    "their",
    "this",
    "that",
    "these",
    "those",
    "but",
    "and",
    "however",
    "also",
    "meanwhile",
    "earlier",
    "later",
    "still",
    "yet",
    "such",
    "both",
    "then",
    "so",
    "instead",
    "nor",
    "neither",
];

/// Words of reports: verbs in their tense, where teasers keep to the headline's present, days, and people known from above.
const REPORTED: &[&str] = &[
    "said",
    "told",
    "added",
    "asked",
    "warned",
    "agreed",
    "rejected",
    "denied",
    "called",
    "announced",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "today",
    "yesterday",
    "mr",
    "mrs",
    "ms",
];

/// Words of five letters and more that show no cohesion: function words, titles, units of time.
const EMPTY: &[&str] = &[
    "about",
    "above",
    "after",
    "again",
    "against",
    "among",
    "april",
    "around",
    "august",
    "because",
    "before",
    "being",
    "below",
    "between",
    "chief",
    "could",
    "december",
    "during",
    "eight",
    "every",
    "february",
    "first",
    "foreign",
    "friday",
    "general",
    "january",
    "leader",
    "leaders",
    "march",
    "minister",
    "ministers",
    "ministry",
    "monday",
    "month",
    "months",
    "never",
    "november",
    "october",
    "official",
    "officials",
    "other",
    "others",
    "president",
    "presidential",
    "prime",
    "saturday",
    "second",
    "secretary",
    "september",
    "seven",
    "should",
    "since",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "still",
    "sunday",
    "their",
    "there",
    "these",
    "third",
    "those",
    "three",
    "through",
    "thursday",
    "today",
    "tuesday",
    "under",
    "until",
    "wednesday",
    "weeks",
    "where",
    "which",
    "while",
    "would",
    "years",
    "yesterday",
];

/// Letters that tell two words of one stem from others: *negotiators* and *negotiate*, *Russia* and *Russian*.
const STEM: usize = 5;

/// The teasers right before the furniture that begins at line `block`, as line numbers in order.
pub(crate) fn before(lines: &[&str], roles: &[Option<Role>], block: usize) -> Vec<usize> {
    let topic = topic(&lines[..block]);
    let bare = |i: usize| roles[i].is_none();
    let mut first = block;
    while first > 0 && block - first <= MOST && bare(first - 1) {
        let line = lines[first - 1];
        let before = lines[..first - 1].last().filter(|_| bare(first - 2));
        let cohesive = before.is_some_and(|before| share(line, before, &topic));
        if !stands_alone(line) || cohesive && !worded(line) {
            break;
        }
        first -= 1;
    }
    if block - first > MOST {
        return Vec::new();
    }
    // A paragraph of the story at the head of the run may take up a word from further up than the last one.
    while first < block {
        let story = &lines[first.saturating_sub(WINDOW)..first];
        if worded(lines[first]) || !story.iter().any(|before| share(lines[first], before, &topic)) {
            break;
        }
        first += 1;
    }
    // A page of nothing but such lines has no story that they could interrupt.
    let enough = block - first >= 2 || (first < block && worded(lines[first]));
    if enough && first > 0 { (first..block).collect() } else { Vec::new() }
}

/// Whether a line reads as a whole by itself: one sentence that quotes and reports nobody and refers to nothing before it.
fn stands_alone(line: &str) -> bool {
    let words: Vec<String> = words(line).map(str::to_lowercase).collect();
    words.len() <= LONGEST
        && words.first().is_some_and(|w| !BACK.contains(&w.as_str()))
        && !quotes(line)
        && !words.iter().any(|w| REPORTED.contains(&w.as_str()))
        && sentences(line).len() == 1
}

/// Whether a line is worded as a teaser.
fn worded(line: &str) -> bool {
    let line = line.to_lowercase().replace('’', "'");
    PHRASES.iter().any(|phrase| line.contains(phrase))
}

/// Whether two lines share a stem that is not the topic.
fn share(line: &str, other: &str, topic: &HashSet<String>) -> bool {
    let own: HashSet<String> = stems(line).collect();
    stems(other).any(|stem| own.contains(&stem) && !topic.contains(&stem))
}

/// The stems that stand in a text so often that they are its topic.
fn topic(lines: &[&str]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for stem in lines.iter().flat_map(|line| stems(line)) {
        *counts.entry(stem).or_default() += 1;
    }
    counts.into_iter().filter(|(_, count)| *count >= TOPIC).map(|(stem, _)| stem).collect()
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// The first letters of every content word.
fn stems(line: &str) -> impl Iterator<Item = String> {
    words(line).filter(|w| w.chars().nth(STEM - 1).is_some()).filter_map(|word| {
        let word = word.to_lowercase();
        (!EMPTY.contains(&word.as_str())).then(|| word.chars().take(STEM).collect())
    })
}

#[cfg(test)]
mod tests {
    use crate::furniture::find;

    fn cut(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|s| &text[s.start..s.end]).collect()
    }

    const STORY: &str = "Oria said on Monday that it wanted an end to the grain embargo.\n\
        The embargo has cost Oria half of its harvest, officials in Oria said.\n\
        Tarn, whose fleet blocks the harbour, wants its prisoners back from Oria first.\n\
        The prisoners were taken when the fleet entered the harbour.";

    #[test]
    fn teasers_go_with_the_furniture_below_them() {
        let teasers = "After decades of drought, farmers in Oria turn to new crops.\nA nurse remembers the first night of the war in Oria.";
        let text = format!("{STORY}\n{teasers}\nFollow Oria Daily:\nLeave a Reply");
        assert_eq!(cut(&text), format!("{teasers}\nFollow Oria Daily:\nLeave a Reply").lines().collect::<Vec<_>>());
    }

    #[test]
    fn a_story_is_kept_where_no_page_follows_or_nothing_is_loose() {
        let loose = "Farmers in Oria turn to new crops.\nA nurse remembers the first night of the war.";
        assert_eq!(cut(&format!("{STORY}\n{loose}")), Vec::<&str>::new());
        assert_eq!(cut(&format!("{STORY}\n{loose}\n(Reporting by Ana Oren)")), ["(Reporting by Ana Oren)"]);
        assert_eq!(cut(&format!("{STORY}\nFollow us")), ["Follow us"]);
        // One loose line may be the story's end, lines that refer back or report are.
        for end in [
            "Farmers turn to new crops.",
            "They turn to new crops.\nBut rain is rare.",
            "Farmers said no.\nA nurse told of “nights”.",
            "Farmers turn to crops.\nA nurse left on Monday.",
        ] {
            assert_eq!(cut(&format!("{STORY}\n{end}\nFollow us")), ["Follow us"], "{end}");
        }
    }

    #[test]
    fn one_line_worded_as_a_teaser_is_enough() {
        let teaser = "As the embargo enters its third month, we take a look at the harbour.";
        assert_eq!(cut(&format!("{STORY}\n{teaser}\nFollow us")), [teaser, "Follow us"]);
    }

    #[test]
    fn a_page_of_loose_lines_is_no_page_of_teasers() {
        let lines =
            ["Apples rot early.", "Banks close late.", "Cats sleep well.", "Dogs run far."].repeat(5).join("\n");
        assert_eq!(cut(&format!("{lines}\nFollow us")), ["Follow us"]);
        assert_eq!(cut("Apples rot early.\nBanks close late.\nFollow us"), ["Follow us"]);
    }
}
