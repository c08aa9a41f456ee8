//! When something was said: the time words that date an attribution, resolved against the article's date.
//!
//! Which words name a day or a span of days is the matter of [`dates`](crate::dates). Whether such words date *this* cue is
//! decided here, by where they stand:
//! outside the content, in the cue's own clause or in an adverbial before it, and not after *since* or *next*.
//! Where in doubt the answer is `None`: a date not found is better than another event's date.

use std::ops::Range;

use jiff::civil::Date;
use pourparler_text::DateRange;

use crate::act::listed;
use crate::dates::{Anchors, PATTERNS, Resolver, month_number, weekday_named};

/// Words before a time word that make it another event's, or a day to come.
const ELSEWHERE: &str = "\
    since, until, till, by, before, after, from, for, of, to, through, than, next, following, every, each, coming, \
    past, about, between, the, a, this, his, her, its, their, our, weekly, as, starting, and, or";

/// Words that may follow a weekday that has no preposition: after others it is part of a name (*Friday prayers*).
const FUNCTION_WORDS: &str = "\
    in, at, after, following, during, that, to, by, on, with, as, he, she, it, they, the, but, and, from, before, \
    ahead, while, when, for, via, about, amid, his, her, its, their, there, a, an, of, if, no, not, both, all, \
    without, we, you, i";

/// Words that open another clause, whose time is not the cue's.
const SUBORDINATORS: &str = "\
    who, whose, whom, which, where, when, until, since, before, ahead, because, although, though, while, whereas, \
    unless, if";

/// Words that part the clause in which a time word stands from the cue that follows it.
const CONNECTORS: &str = "and, but, as, after, that, so, then";

/// Words with which an adverbial before the subject begins.
const PREPOSITIONS: &str = "in, at, on, during, after, following, over, from, with, by, via, also";

/// Words that may stand alone before an adverbial: *But on Monday, …*.
const OPENERS: &str = "but, and, also, then, meanwhile, yet, just, only, very";

/// The first words of time words that bring their own preposition.
const OWN_PREPOSITIONS: &str = "on, in, during, as, over, at";

/// Marks that part a clause from what stands before it.
const BOUNDS: [char; 8] = [',', ';', ':', '(', '“', '"', '—', '–'];

/// Cues that tell of hearsay, which nobody said on a day.
const HEARSAY: &str = "reportedly, allegedly, supposedly, purportedly";

/// Verbs and participles that put a cue with *to* into the future: *is expected to say*.
const PLANNED: &str = "expected, due, scheduled, set, plans, planned, planning, intends";

/// The days on which the thing at a cue was said, where the sentence tells.
///
/// `cue_at` is the byte offset of the cue in the sentence, `contents` the bytes of what is said there: time words
/// inside a content belong to that. `published` is the article's date. The nearest time words to the cue
/// count; vague ones (*shortly after*, *earlier in the day*) name no day.
#[must_use]
pub fn said_on(
    sentence: &str,
    cue_at: usize,
    contents: &[Range<usize>],
    published: Option<Date>,
    anchors: &Anchors,
) -> Option<DateRange> {
    if !sentence.is_char_boundary(cue_at) || is_future(sentence, cue_at) || is_hearsay(&sentence[cue_at..]) {
        return None;
    }
    let contents: Vec<_> = contents.iter().filter(|c| sentence.get((*c).clone()).is_some()).cloned().collect();
    let outside = |found: &Range<usize>| !contents.iter().any(|c| c.start < found.end && found.start < c.end);
    let place = Place { sentence, cue_at, contents: &contents };
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut nearest: Option<(usize, DateRange)> = None;
    let anchored = anchors.0.iter().map(|(pattern, first)| (pattern, Resolver::From(*first)));
    for (pattern, resolve) in anchored.chain(PATTERNS.iter().map(|(pattern, form)| (pattern, Resolver::Form(*form)))) {
        for found in pattern.captures_iter(sentence) {
            // *a 2006 study*: the time words are a part of what shows that they are.
            let document = found.name("date");
            let Some(whole) = document.or(found.get(0)) else { continue };
            let range = whole.range();
            if taken.iter().any(|t| t.start < range.end && range.start < t.end) {
                continue;
            }
            taken.push(range.clone());
            if !outside(&range)
                || (range.start <= cue_at && cue_at < range.end)
                || !place.dates_the_cue(&range, document.is_some())
            {
                continue;
            }
            let Some((from, to)) = resolve.days(&found, published) else { continue };
            // Nothing is reported before it is said.
            if published.is_some_and(|day| from > day) {
                continue;
            }
            let to = published.map_or(to, |day| to.min(day));
            let distance = place.words_between(&range).len().saturating_sub(usize::from(range.start > cue_at));
            if nearest.as_ref().is_none_or(|(least, _)| distance < *least) {
                let (method, anchor) = resolve.method(&found, published);
                let text = Some(whole.as_str().to_owned());
                nearest = Some((distance, DateRange { from, to, text, method: Some(method), anchor }));
            }
        }
    }
    nearest.map(|(_, range)| range)
}

/// Whether the cue speaks of what is yet to be said.
fn is_future(sentence: &str, cue_at: usize) -> bool {
    let (before, cue) = sentence.split_at(cue_at);
    let modal = |w: Option<&str>| w.is_some_and(|w| matches!(w, "will" | "would" | "shall"));
    let mut back = words(before).rev();
    let last = back.next();
    let planned = last == Some("to") && back.next().is_some_and(|w| listed(PLANNED, w));
    planned || modal(last) || modal(words(cue).next())
}

/// Whether a cue tells of what is only heard: *reportedly*, *by early reports*.
fn is_hearsay(cue: &str) -> bool {
    let mut words = words(cue).map(str::to_lowercase);
    words.next().is_some_and(|w| listed(HEARSAY, &w) || w == "by" && words.take(3).any(|w| w == "reports"))
}

/// The words of a stretch of text.
pub(crate) fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty())
}

/// Whether a part of a sentence is empty or begins like an adverbial: *in Tarn*, *speaking to the press*.
fn begins_adverbial(part: &str) -> bool {
    words(part).next().is_none_or(|w| {
        let w = w.to_lowercase();
        listed(PREPOSITIONS, &w) || w.ends_with("ing")
    })
}

/// Where time words stand, seen from the cue.
struct Place<'a> {
    sentence: &'a str,
    cue_at: usize,
    contents: &'a [Range<usize>],
}

impl Place<'_> {
    /// Whether time words date the cue; `document` is whether they say which document or speech it was.
    fn dates_the_cue(&self, found: &Range<usize>, document: bool) -> bool {
        if document {
            return if found.start < self.cue_at { self.leads_to_cue(found) } else { self.follows_cue(found) };
        }
        let before = &self.sentence[..found.start];
        let after = &self.sentence[found.end..];
        // *Monday's vote*, *Friday-Sunday*
        if after.starts_with(['’', '\'', '-']) || before.ends_with('-') {
            return false;
        }
        let first = words(&self.sentence[found.clone()]).next().unwrap_or_default();
        let calendar = weekday_named(first).is_some() || month_number(first).is_some();
        // *told USA Today*
        let in_name = first.starts_with(char::is_uppercase) && before.trim_end().ends_with(char::is_alphanumeric);
        if if calendar { !self.stands_bare(found) } else { in_name } {
            return false;
        }
        let elsewhere = words(before).next_back().is_some_and(|w| listed(ELSEWHERE, &w.to_lowercase()));
        if elsewhere && !listed(OWN_PREPOSITIONS, &first.to_lowercase()) && !self.after_content(found) {
            return false;
        }
        if found.start < self.cue_at { self.leads_to_cue(found) } else { self.follows_cue(found) }
    }

    /// Whether day or month words without a preposition stand by themselves and not before a noun.
    fn stands_bare(&self, found: &Range<usize>) -> bool {
        let rest = &self.sentence[found.end..];
        let at_edge = |at: usize| self.cue_at == at || self.contents.iter().any(|c| c.start == at);
        let Some(next) = rest.strip_prefix(' ') else { return true };
        at_edge(found.end + 1)
            || !next.starts_with(char::is_alphanumeric)
            || next.starts_with(char::is_uppercase)
            || words(next).next().is_some_and(|w| listed(FUNCTION_WORDS, w))
    }

    /// Whether the time words come right after the content.
    fn after_content(&self, found: &Range<usize>) -> bool {
        self.contents
            .iter()
            .any(|c| self.sentence.get(c.end..found.start).is_some_and(|gap| !gap.contains(char::is_alphanumeric)))
    }

    /// Before the cue: in its clause (*Oren on Monday said*), or in an adverbial (*Speaking in Tarn on Monday, Oren
    /// said*).
    fn leads_to_cue(&self, found: &Range<usize>) -> bool {
        let clause = self.sentence[..found.start].rsplit(BOUNDS).next().unwrap_or_default().trim();
        let to_cue = &self.sentence[found.end..self.cue_at];
        if words(clause).any(|w| listed(SUBORDINATORS, &w.to_lowercase())) {
            return false;
        }
        let adverbial = begins_adverbial(clause) || listed(OPENERS, &clause.to_lowercase());
        if adverbial && to_cue.contains([',', '—', '–']) {
            return true;
        }
        if self.words_between(found).iter().any(|w| listed(CONNECTORS, w) || listed(SUBORDINATORS, w)) {
            return false;
        }
        // *Oren welcomed the offer on Monday, saying*: a participle shares its main clause's time.
        let participle = words(&self.sentence[self.cue_at..]).next().is_some_and(|w| w.ends_with("ing"));
        participle || adverbial || !to_cue.contains(',')
    }

    /// After the cue: with nothing between that opens another clause.
    fn follows_cue(&self, found: &Range<usize>) -> bool {
        if self.words_between(found).iter().any(|w| listed(SUBORDINATORS, w)) {
            return false;
        }
        let content_end =
            self.contents.iter().map(|c| c.end).filter(|&end| end > self.cue_at && end <= found.start).max();
        let tail = content_end.and_then(|end| self.sentence.get(end..found.start)).unwrap_or_default();
        if words(tail).next().is_some_and(|w| listed(CONNECTORS, w)) {
            return false;
        }
        // *said, days after the raid failed on Monday*: a further part of the sentence must be an adverbial.
        let gap = &self.sentence[content_end.unwrap_or(self.cue_at)..found.start];
        gap.rsplit_once(BOUNDS).is_none_or(|(_, part)| begins_adverbial(part))
    }

    /// The words between the cue and the time words that are no content.
    fn words_between(&self, found: &Range<usize>) -> Vec<&str> {
        let (mut at, end) =
            if found.start < self.cue_at { (found.end, self.cue_at) } else { (self.cue_at, found.start) };
        let mut inside: Vec<_> = self.contents.iter().filter(|c| c.start < end && c.end > at).collect();
        inside.sort_by_key(|c| c.start);
        let mut out = Vec::new();
        for content in inside {
            out.extend(words(self.sentence.get(at..content.start).unwrap_or_default()));
            at = content.end.max(at);
        }
        out.extend(words(self.sentence.get(at..end).unwrap_or_default()));
        out
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use pourparler_dossier::Anchor;
    use proptest::prelude::*;

    use super::*;

    /// Wednesday, 12 March 2031.
    const PUBLISHED: Date = date(2031, 3, 12);

    /// The sentence's range with its cue in `<…>` and contents in `[…]`, as `from to text`.
    fn read(marked: &str, published: Option<Date>) -> Option<String> {
        let (mut sentence, mut cue_at, mut contents) = (String::new(), 0, Vec::new());
        let mut open = 0;
        for c in marked.chars() {
            match c {
                '<' => cue_at = sentence.len(),
                '[' => open = sentence.len(),
                ']' => contents.push(open..sentence.len()),
                '>' => {}
                c => sentence.push(c),
            }
        }
        let war = Anchor { name: "the war".to_owned(), from: date(2031, 2, 20) };
        said_on(&sentence, cue_at, &contents, published, &Anchors::new(&[war]))
            .map(|r| format!("{} {} {}", r.from, r.to, r.text.unwrap_or_default()))
    }

    fn check(cases: &[(&str, &str)]) {
        for (marked, expected) in cases {
            assert_eq!(read(marked, Some(PUBLISHED)).as_deref(), Some(*expected), "{marked}");
        }
    }

    fn check_none(cases: &[&str]) {
        for marked in cases {
            assert_eq!(read(marked, Some(PUBLISHED)), None, "{marked}");
        }
    }

    #[test]
    fn days() {
        check(&[
            ("[“Yes,”] Oren <told> Tarn Radio on Wednesday.", "2031-03-12 2031-03-12 on Wednesday"),
            ("Oren <said> on Thursday [he agreed].", "2031-03-06 2031-03-06 on Thursday"),
            ("Oren <said> Monday [he agreed].", "2031-03-10 2031-03-10 Monday"),
            ("Oren <told> reporters Tuesday in Tarn that [he agreed].", "2031-03-11 2031-03-11 Tuesday"),
            ("Oren <said> last Wednesday [he agreed].", "2031-03-05 2031-03-05 last Wednesday"),
            ("Earlier on Monday, Oren <said> [he agreed].", "2031-03-10 2031-03-10 Earlier on Monday"),
            ("Oren <said> late Sunday [he agreed].", "2031-03-09 2031-03-09 late Sunday"),
            ("Very early yesterday, Oren <said> [he agreed].", "2031-03-11 2031-03-11 early yesterday"),
            ("This past Wednesday, Oren <said> [he agreed].", "2031-03-05 2031-03-05 This past Wednesday"),
            ("On Monday — a day after the raid — Oren <said> [he agreed].", "2031-03-10 2031-03-10 On Monday"),
            ("Oren <said> on Tuesday night that [he agreed].", "2031-03-11 2031-03-11 on Tuesday night"),
            ("Yesterday officials <said> [they agreed].", "2031-03-11 2031-03-11 Yesterday"),
            ("Oren <said> this morning that [he agreed].", "2031-03-12 2031-03-12 this morning"),
            ("Oren <said> three days ago that [he agreed].", "2031-03-09 2031-03-09 three days ago"),
            ("On February 24, Oren <said> [he agreed].", "2031-02-24 2031-02-24 On February 24"),
            ("Oren <said> on 24 November that [he agreed].", "2030-11-24 2030-11-24 on 24 November"),
            ("On Monday, March 3, 2031, Oren <said> [yes].", "2031-03-03 2031-03-03 On Monday, March 3, 2031"),
            (
                "Oren <said> on the 3rd of March 2019 that [he agreed].",
                "2019-03-03 2019-03-03 on the 3rd of March 2019",
            ),
            ("Oren <said> on Feb. 29 that [he agreed].", "2028-02-29 2028-02-29 on Feb. 29"),
        ]);
    }

    #[test]
    fn spans_of_days_end_with_the_article() {
        check(&[
            ("Oren <said> earlier this week that [he agreed].", "2031-03-10 2031-03-12 earlier this week"),
            ("Oren <said> last week [he agreed].", "2031-03-03 2031-03-09 last week"),
            ("Last month, Oren <said> [he agreed].", "2031-02-01 2031-02-28 Last month"),
            ("Oren <said> last year [he agreed].", "2030-01-01 2030-12-31 last year"),
            ("Oren <said> in the third quarter that [he agreed].", "2030-07-01 2030-09-30 in the third quarter"),
            ("Oren <said> last quarter that [he agreed].", "2030-10-01 2030-12-31 last quarter"),
            ("Oren <said> over the weekend that [he agreed].", "2031-03-08 2031-03-09 over the weekend"),
            (
                "Oren <said> shortly before dawn on Monday that [he agreed].",
                "2031-03-10 2031-03-10 before dawn on Monday",
            ),
            ("Oren <said> in February that [he agreed].", "2031-02-01 2031-02-28 in February"),
            ("Oren <said> in early March that [he agreed].", "2031-03-01 2031-03-10 in early March"),
            ("Oren <said> in late June that [he agreed].", "2030-06-21 2030-06-30 in late June"),
            ("Oren <said> in mid-2019 that [he agreed].", "2019-06-01 2019-07-31 in mid-2019"),
            ("Oren <said> in late 2019 that [he agreed].", "2019-10-01 2019-12-31 in late 2019"),
            ("Oren <said> in May that [he agreed].", "2030-05-01 2030-05-31 in May"),
            ("Oren <said> last December that [he agreed].", "2030-12-01 2030-12-31 last December"),
            ("Oren <said> in February 2022 that [he agreed].", "2022-02-01 2022-02-28 in February 2022"),
            ("Oren <said> in June last year that [he agreed].", "2030-06-01 2030-06-30 in June last year"),
            (
                "Tarn <was promised by> the League as far back as 2008 [that it could join].",
                "2008-01-01 2008-12-31 as far back as 2008",
            ),
            ("Oren <said> two months ago that [he agreed].", "2031-01-01 2031-01-31 two months ago"),
        ]);
    }

    #[test]
    fn documents_that_date_the_cue() {
        check(&[
            ("A 2006 study by the League <found> that [it rained].", "2006-01-01 2006-12-31 2006"),
            ("<According to> a June 2019 poll, [it rained].", "2019-06-01 2019-06-30 June 2019"),
            ("Oren, in her March 3 media release, <said> [it rained].", "2031-03-03 2031-03-03 March 3"),
            ("In a Sunday news conference, Oren <said> [it rained].", "2031-03-09 2031-03-09 Sunday"),
            ("[It rained], Oren <said> in her 1976 autobiography.", "1976-01-01 1976-12-31 1976"),
        ]);
        check_none(&[
            "Oren <said> [the 2006 study was wrong].",
            "Oren, who wrote a 2006 study, <said> [it rained].",
            "Oren <called> [it a 2006 report].",
        ]);
    }

    #[test]
    fn places_that_date_the_cue() {
        check(&[
            ("Speaking in Tarn on Monday, Oren <said> [he agreed].", "2031-03-10 2031-03-10 on Monday"),
            ("Oren, speaking in Tarn on Monday, <said> [he agreed].", "2031-03-10 2031-03-10 on Monday"),
            ("Announcing the raid on February 24, Oren <blamed> [the League].", "2031-02-24 2031-02-24 on February 24"),
            ("Oren on Monday <rejected> [the offer].", "2031-03-10 2031-03-10 on Monday"),
            ("But on Monday, Oren <said> [he agreed].", "2031-03-10 2031-03-10 on Monday"),
            ("Oren <welcomed> [the comment] on Monday on Tarn TV.", "2031-03-10 2031-03-10 on Monday"),
            ("Oren welcomed the comment on Monday, <saying> [it gave hope].", "2031-03-10 2031-03-10 on Monday"),
            ("Hopes rose after Oren <said> on Tuesday [Tarn could not join].", "2031-03-11 2031-03-11 on Tuesday"),
            ("On Monday Oren <said> on Tuesday [he agreed].", "2031-03-11 2031-03-11 on Tuesday"),
            ("[“Yes,”] Oren <said> on Monday, [“and soon.”]", "2031-03-10 2031-03-10 on Monday"),
        ]);
    }

    #[test]
    fn days_counted_from_an_event() {
        check(&[
            (
                "On the 21st day of the war, Oren <said> [he agreed].",
                "2031-03-12 2031-03-12 On the 21st day of the war",
            ),
            (
                "Oren <said> on the third day of the war [he agreed].",
                "2031-02-22 2031-02-22 on the third day of the war",
            ),
            ("Ten days on, 14 days into the war, Oren <said> [yes].", "2031-03-06 2031-03-06 14 days into the war"),
        ]);
        check_none(&[
            "On the 21st day of the fast, Oren <said> [he agreed].",
            "On the 99th day of the war, Oren <said> [yes].",
        ]);
    }

    #[test]
    fn other_events_do_not_date_the_cue() {
        check_none(&[
            "Oren <said> [troops on Tuesday were unable to move].",
            "Talks were due to resume on Wednesday by video link, which both sides have <suggested> [is progress].",
            "Oren, who met Ilves on Monday, <said> [he agreed].",
            "Oren, elected in 2018, <said> [he agreed].",
            "Hopes rose on Tuesday after Oren <said> [Tarn could not join].",
            "Oren <rejected> [the offer] and met observers on Monday.",
            "Oren <said> [he agreed], days after the raid failed on Monday.",
            "Oren has <said> since Monday that [he agreed].",
            "Oren <said> ahead of talks on Wednesday that [he agreed].",
            "Oren <said> before Monday’s vote that [he agreed].",
            "In his Friday sermon, Oren <said> [he agreed].",
            "Oren <told> Friday prayers [he agreed].",
            "Oren <said> in Mayor Ilves's office that [he agreed].",
            "Oren <said> in the 1990s that [he agreed].",
            "Oren <told> Tarn Today [he agreed].",
            "Oren <announced> [three days of mourning], Wednesday through Friday.",
            "On Monday the dam broke and <reportedly> [drowned the mine].",
            "On Monday the dam broke and <by early reports> [drowned the mine].",
        ]);
    }

    #[test]
    fn vague_words_and_days_to_come_are_no_date() {
        check_none(&[
            "Oren <said> shortly after that [he agreed].",
            "Oren <said> earlier in the day that [he agreed].",
            "Oren <said> next Monday that [he agreed].",
            "Oren is expected to <say> on Monday that [he agrees].",
            "Oren <will announce> [it] on Monday.",
            "Oren <said> tomorrow [was another day].",
            "Oren <said> in 2040 [he agreed].",
        ]);
    }

    #[test]
    fn without_the_articles_date_only_full_dates_count() {
        for (marked, expected) in [
            ("Oren <said> on Monday [he agreed].", None),
            ("Oren <said> in February [he agreed].", None),
            ("Oren <said> last week [he agreed].", None),
            ("Oren <said> in 2008 [he agreed].", Some("2008-01-01 2008-12-31 in 2008")),
            ("Oren <said> on 3 March 2031 [he agreed].", Some("2031-03-03 2031-03-03 on 3 March 2031")),
        ] {
            assert_eq!(read(marked, None).as_deref(), expected, "{marked}");
        }
    }

    proptest! {
        #[test]
        fn what_is_found_stands_in_the_sentence(
            head in "\\PC{0,12}( on Monday| in 2008| 31 June|, last week)?\\PC{0,8}",
            tail in "\\PC{0,8}( an? day ago| in March last year| on Sunday)?\\PC{0,8}",
            cue_at in 0usize..50,
            content in 0usize..50,
        ) {
            let sentence = format!("{head} said {tail}");
            let contents = content..content + 5;
            if let Some(range) = said_on(&sentence, cue_at, std::slice::from_ref(&contents), Some(PUBLISHED), &Anchors::default()) {
                prop_assert!(range.from <= range.to && range.to <= PUBLISHED);
                prop_assert!(range.text.is_some_and(|t| sentence.contains(&t)));
            }
        }
    }
}
