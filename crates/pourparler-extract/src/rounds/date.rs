//! When a round is: days past by the forms of [`dates`](crate::dates), days to come by those of [`due`](crate::due).

use std::ops::Range;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;
use pourparler_text::{DateRange, Dating};
use regex::{Captures, Regex};

use super::particulars::Clause;
use super::words::{Gap, Words};
use crate::dates::{Anchors, PATTERNS, Resolver, days_named, month_number};
use crate::due::due;

/// Words before time words that make them another event's, or a limit.
const ELSEWHERE: &str = "\
    since, until, till, by, before, after, from, for, of, to, through, than, every, each, about, between, past, \
    ahead, following, next, coming, and, or";
/// So far ahead a day without its year may lie; later it is rather one that has passed.
const AHEAD: i64 = 270;
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Time words of days to come, and how [`due`] would have them.
static COMING: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let month = concat!(
        r"(?P<month>(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?",
        r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?)"
    );
    let year = r"(?:,? (?P<year>20\d\d)\b)?";
    let weekday = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";
    let day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?";
    let first = r"(?P<first>[0-3]?\d)(?:st|nd|rd|th)?(?: and | to | through |[-–])";
    let forms = [
        (format!(r"(?:[Oo]n )?{first}{day}(?: of)? {month}{year}"), "on <day> <month> <year>"),
        (format!(r"(?:[Oo]n )?{month} {first}{day}\b{year}"), "on <day> <month> <year>"),
        (format!(r"(?:[Oo]n )?(?:{weekday},? )?(?:the )?{day}(?: of)? {month}{year}"), "on <day> <month> <year>"),
        (format!(r"(?:[Oo]n )?(?:{weekday},? )?{month} {day}\b{year}"), "on <day> <month> <year>"),
        (format!(r"(?:in )?(?:early|mid|late)[ -]{month}{year}"), "in <month> <year>"),
        (format!(r"(?:in|for) {month}{year}"), "in <month> <year>"),
        (format!(r"(?:[Oo]n )?{weekday}(?: and |[-–]){}", weekday.replace("weekday", "last")), "on <weekday>"),
        (format!(r"(?:[Oo]n )?(?:(?:next|this|early|late) )?{weekday}"), "on <weekday>"),
        (r"(?:[Ll]ater |early |late )?(?:[Tt]his|[Nn]ext) (?:week|month|year)".to_owned(), "<whole>"),
        (r"(?:with)?in (?:the next|the coming) (?:two|three|few|\d+) (?:day|week|month)s".to_owned(), "<whole>"),
        (r"in 20\d\d".to_owned(), "<whole>"),
        (r"[Tt]omorrow(?: (?:morning|afternoon|evening|night))?".to_owned(), "tomorrow"),
        (r"(?:[Ll]ater )?[Tt]oday|tonight|this (?:morning|afternoon|evening)".to_owned(), "today"),
    ];
    // The forms are constants that the tests compile.
    forms
        .into_iter()
        .map(|(form, due)| (Regex::new(&format!(r"\b(?:{form})\b")).expect("the form is well-formed"), due))
        .collect()
});

/// Time words of the sentence, with what they name.
struct Time {
    range: Range<usize>,
    days: DateRange,
}

/// The days past or present on which it happened.
pub(super) fn past(clause: &Clause, published: Option<Date>, anchors: &Anchors) -> Option<DateRange> {
    let sentence = clause.words.sentence;
    let anchored = anchors.0.iter().map(|(pattern, first)| (pattern, Resolver::From(*first)));
    let forms = PATTERNS.iter().map(|(pattern, form)| (pattern, Resolver::Form(*form)));
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut found = Vec::new();
    for (pattern, resolver) in anchored.chain(forms) {
        for captures in pattern.captures_iter(sentence) {
            let Some(whole) = captures.get(0) else { continue };
            let mut range = whole.range();
            if taken.iter().any(|t| t.start < range.end && range.start < t.end) {
                continue;
            }
            taken.push(range.clone());
            let Some((mut from, to)) = resolver.days(&captures, published) else { continue };
            if let Some((start, day)) = with_day_before(sentence, &captures, to) {
                (range.start, from) = (start, day);
            }
            if published.is_some_and(|day| from > day) {
                continue;
            }
            let to = published.map_or(to, |day| to.min(day));
            let (method, anchor) = resolver.method(&captures, published);
            let text = sentence.get(range.clone()).map(str::to_owned);
            found.push(Time { range, days: DateRange { from, to, text, method: Some(method), anchor } });
        }
    }
    nearest(clause, found)
}

/// *on 12 and 13 March*: where the first day begins, and which it is.
fn with_day_before(sentence: &str, captures: &Captures, to: Date) -> Option<(usize, Date)> {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:\b[Oo]n )?\b([0-3]?\d)(?: and | to |[-–])$").expect("the form is well-formed")
    });
    let day = captures.name("day")?;
    captures.name("month").filter(|month| month.start() > day.start())?;
    let before = BEFORE.captures(sentence.get(..day.start())?)?;
    let first = Date::new(to.year(), to.month(), before[1].parse().ok()?).ok().filter(|first| *first < to)?;
    Some((before.get(0)?.start(), first))
}

/// The days to come on which it is to be.
///
/// `part` is where among the clause's bytes they may stand.
pub(super) fn ahead(clause: &Clause, published: Option<Date>, part: Option<Range<usize>>) -> Option<DateRange> {
    let sentence = clause.words.sentence;
    let mut found: Vec<Time> = Vec::new();
    for (form, template) in COMING.iter() {
        for captures in form.captures_iter(sentence) {
            let Some(range) = captures.get(0).map(|m| m.range()) else { continue };
            let inside = part.as_ref().is_none_or(|p| p.start <= range.start && range.end <= p.end);
            let free = !found.iter().any(|t| t.range.start < range.end && range.start < t.range.end);
            if inside
                && free
                && let Some(days) = coming(&captures, template, published)
            {
                found.push(Time { range, days });
            }
        }
    }
    nearest(clause, found)
}

fn coming(captures: &Captures, template: &str, published: Option<Date>) -> Option<DateRange> {
    let named = |name: &str| captures.name(name).map_or("", |m| m.as_str());
    let whole = captures.get(0)?.as_str();
    let text = Some(whole.to_owned());
    let near = |days: i64| {
        let day = published?.checked_add(days.days()).ok()?;
        Some(DateRange { from: day, to: day, text: text.clone(), method: Some(Dating::Relative), anchor: published })
    };
    match template {
        "today" => return near(0),
        "tomorrow" => return near(1),
        _ => {}
    }
    let month = month_number(named("month")).and_then(|n| MONTHS.get(usize::try_from(n).ok()?.checked_sub(1)?));
    let lower = whole.to_lowercase();
    let words = [
        ("<whole>", lower.as_str()),
        ("<weekday>", named("weekday")),
        ("<day>", named("day")),
        ("<year>", named("year")),
    ];
    let words = words.iter().fold(template.to_owned(), |form, (name, word)| form.replace(name, word));
    let words = words.replace("<month>", month.copied().unwrap_or_default());
    let dated = !named("year").is_empty() || template == "<whole>";
    let found = match published {
        // *On Tuesday*, on a Tuesday, is today; by what is promised it would be a week on.
        Some(day) if template == "on <weekday>" && !whole.contains("next") => {
            due(&words, day.yesterday().ok()).map(|d| (d.from, d.to))
        }
        Some(_) => due(&words, published).map(|d| (d.from, d.to)),
        // A whole date needs no day to count from.
        None if dated => days_named(words.trim(), None),
        None => None,
    };
    let (mut from, mut to) = found?;
    if let Some(last) = captures.name("last").and_then(|last| due(&format!("on {}", last.as_str()), published)) {
        to = last.to.max(to);
    }
    let far = published.and_then(|day| day.checked_add(AHEAD.days()).ok()).is_some_and(|limit| from > limit);
    if far && !dated {
        return None;
    }
    if let Some(first) =
        captures.name("first").and_then(|first| Date::new(from.year(), from.month(), first.as_str().parse().ok()?).ok())
    {
        from = first.min(from);
    }
    let (method, anchor) = if named("year").is_empty() { (Dating::Relative, published) } else { (Dating::Named, None) };
    Some(DateRange { from, to, text, method: Some(method), anchor })
}

/// The time words nearest to the verb: those after it first, then those between noun and verb, then those that lead in.
fn nearest(clause: &Clause, found: Vec<Time>) -> Option<DateRange> {
    let words = clause.words;
    let verb = &clause.happening.words;
    let ranked = found.into_iter().filter_map(|time| {
        let first = words.at_byte(time.range.start);
        let last = words.at_byte(time.range.end.saturating_sub(1));
        let inside = clause.range.start <= first && last < clause.range.end;
        let rank = if first >= verb.end { first - verb.end } else { 30 + verb.start.saturating_sub(last) };
        (inside && dates_it(clause, first, last)).then_some((rank, time.days))
    });
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, days)| days)
}

fn dates_it(clause: &Clause, first: usize, last: usize) -> bool {
    let words: &Words = clause.words;
    let noun = &clause.meeting.words;
    // *Monday’s talks*, but not *Monday’s attack*
    if words.possessive(last) {
        return noun.contains(&last) || noun.contains(&(last + 1));
    }
    let before = first.wrapping_sub(1);
    let own = words.preposition(first);
    let joined = words.gap(first) == Gap::Joined;
    let set_for =
        words.lower(before) == "for" && words.is(before.wrapping_sub(1), "scheduled, set, slated, planned, due");
    if joined && !own && words.is(before, ELSEWHERE) && !set_for {
        return false;
    }
    // *Oren, who came on Monday, held talks*: before the verb only in its own part of the clause, or leading in.
    let part = (last + 1..clause.happening.words.start).any(|at| words.gap(at) == Gap::Comma);
    let leads = (clause.range.start..=first).all(|at| at == clause.range.start || words.gap(at) == Gap::Joined)
        && (words.preposition(clause.range.start)
            || words.date(clause.range.start)
            || words.adverb(clause.range.start));
    !part || leads
}
