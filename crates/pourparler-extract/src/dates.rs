//! Which days time words name: a table of patterns ([`FORMS`]), each with the function that resolves it against the article's
//! date, and the days that are counted from a dossier's events.

use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use pourparler_dossier::Anchor;
use pourparler_text::Dating;
use regex::{Captures, Regex};

/// Days from the first to the last, inclusive.
pub(crate) type Days = (Date, Date);

/// Resolves matched words against the publication date; `None` where they name no day or need a date that is not known.
pub(crate) type Resolve = fn(&Captures, Option<Date>) -> Option<Days>;

/// *Before dawn*, *shortly after midnight*: when on a day, and not before or after it.
const HOUR: &str =
    r"(?:(?i:before|after|around) (?:dawn|daybreak|sunrise|noon|midday|sunset|dusk|nightfall|midnight) )?";

const WEEKDAY: &str = "(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";
const MONTH: &str = concat!(
    r"(?P<month>(?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
);
const YEAR: &str = r"(?P<year>(?:19|20)\d\d)\b";
const EARLY: &str = "(?:(?i:earlier|early|later|late|back) )?";
const PART_OF_DAY: &str = "(?: (?:morning|afternoon|evening|night))?";
const COUNT: &str = "(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|[0-9]{1,2})";

const OWNER: &str = "(?i:an?|the|its|his|her|their|to) ";
const DOCUMENT: &str = concat!(
    r"(?:[\w&’'-]+ ){0,3}(?:report|study|poll|survey|interview|conference|release|alert|statement|speech|address|letter",
    r"|book|autobiography|comment|ruling|tweet|testimony|manifesto|article)\b"
);

/// The forms of time words, with `<…>` for the parts above. Of two that overlap the earlier form counts.
const FORMS: &[(&str, Resolve)] = &[
    // What a document or a speech is called by: *a 2006 study*, *its March 8 release*, *in a Sunday interview*.
    (r"<of>(?P<date><month> (?P<day>[0-3]?\d)(?:,? <year>)?) <document>", calendar_day),
    (r"<of>(?P<date><month>(?: <year>)?) <document>", calendar_month),
    (r"<of>(?P<date><weekday>) <document>", weekday),
    (r"<of>(?P<date><year>) <document>", calendar_year),
    (
        r"<early>(?:[Oo]n )?(?:<weekday>,? )?(?:the )?(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? <month>(?:,? <year>)?",
        calendar_day,
    ),
    (r"<early>(?:[Oo]n )?(?:<weekday>,? )?<month> (?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?:,? <year>)?", calendar_day),
    (
        r"<early>(?:(?i:in|during) )(?:(?:early|mid|late)[ -])?<month>(?:,? <year>|,? (?P<which>last|this) year)?",
        calendar_month,
    ),
    (r"(?i:as far back as|as early as) <month>(?: <year>)?", calendar_month),
    (r"<early>(?P<which>[Ll]ast) <month>", calendar_month),
    (r"<hour><early>(?:[Oo]n )?(?:(?P<which>(?i:last|this past)) )?<weekday><part>", weekday),
    (
        r"<early>(?i:(?P<word>today|tonight|yesterday|last night|this morning|this afternoon|this evening))<part>",
        near_day,
    ),
    (r"<early>(?i:(?P<which>this|last) (?P<unit>week|month|year))\b", period),
    (
        r"(?i:in )?(?i:the )?(?:(?P<which>(?i:this|last|latest|year-earlier)) |(?i:(?P<nth>first|second|third|fourth)[ -]))(?i:(?:fiscal )?quarter)(?:(?: of| in)? <year>)?",
        quarter,
    ),
    (r"(?i:over the|at the|this|during the|last) (?P<unit>weekend)", weekend),
    (r"(?i:<count> (?P<unit>day|week|month|year)s? ago)", ago),
    (r"(?i:<early>(?:in|during)|as far back as|as early as) (?:(?:early|mid|late)[ -])?<year>", calendar_year),
];

pub(crate) static PATTERNS: LazyLock<Vec<(Regex, Resolve)>> = LazyLock::new(|| {
    let parts = [
        ("<weekday>", WEEKDAY),
        ("<month>", MONTH),
        ("<year>", YEAR),
        ("<hour>", HOUR),
        ("<early>", EARLY),
        ("<part>", PART_OF_DAY),
        ("<count>", COUNT),
        ("<of>", OWNER),
        ("<document>", DOCUMENT),
    ];
    let compile = |form: &str| {
        let pattern = parts.iter().fold(form.to_owned(), |form, (name, part)| form.replace(name, part));
        // The forms are constants, and every test compiles them all.
        Regex::new(&format!(r"\b{pattern}")).expect("a form is a regular expression")
    };
    FORMS.iter().map(|(form, resolve)| (compile(form), *resolve)).collect()
});

/// Events of a dossier that texts count days from: *on the 21st day of the war*.
#[derive(Debug, Default)]
pub struct Anchors(pub(crate) Vec<(Regex, Date)>);

impl Anchors {
    /// Prepares a dossier's anchors.
    #[must_use]
    pub fn new(anchors: &[Anchor]) -> Self {
        let compile = |anchor: &Anchor| {
            let name = regex::escape(anchor.name.trim_start_matches("the "));
            let of = format!(r"(?:(?:the|its|their|\w+['’]s) )?{name}\b");
            let ordinal = format!(r"(?P<n>\d{{1,4}})(?:st|nd|rd|th)|(?P<word>{})", ORDINALS.join("|"));
            let pattern = format!(
                r"(?i)\b(?:on )?(?:(?:the )?(?:{ordinal}) day of|day (?P<day>\d{{1,4}}) of|(?P<into>\d{{1,4}}) days into) {of}"
            );
            // Only a name too long for the engine does not compile; its days are then not known.
            Regex::new(&pattern).ok().map(|pattern| (pattern, anchor.from))
        };
        Self(anchors.iter().filter_map(compile).collect())
    }
}

/// Ordinals in words, from the first on.
pub(crate) const ORDINALS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// How matched words become days.
#[derive(Clone, Copy)]
pub(crate) enum Resolver {
    /// By a form of time words.
    Form(Resolve),
    /// Counted from the first day of an event.
    From(Date),
}

impl Resolver {
    /// How it becomes days, and from which day it is counted.
    pub(crate) fn method(self, found: &Captures, published: Option<Date>) -> (Dating, Option<Date>) {
        match self {
            Self::From(first) => (Dating::Counted, Some(first)),
            Self::Form(_) if found.name("year").is_some() => (Dating::Named, None),
            Self::Form(_) => (Dating::Relative, published),
        }
    }

    pub(crate) fn days(self, found: &Captures, published: Option<Date>) -> Option<Days> {
        let first = match self {
            Self::Form(resolve) => return resolve(found, published),
            Self::From(first) => first,
        };
        let counted = number::<i64>(found, "n").or_else(|| number(found, "day"));
        let word = || {
            let word = found.name("word")?.as_str();
            let at = ORDINALS.iter().position(|w| w.eq_ignore_ascii_case(word))?;
            i64::try_from(at + 1).ok()
        };
        // The first day is the event's own.
        let after = match number::<i64>(found, "into") {
            Some(days) => days,
            None => counted.or_else(word)?.checked_sub(1)?,
        };
        let day = first.checked_add(jiff::Span::new().try_days(after).ok()?).ok()?;
        Some((day, day))
    }
}

/// The days that time words name by themselves, as *last May*, *the third quarter of 1998* or *1997*, seen from a day;
/// `None` where they name none, or more words stand with them than time words.
#[must_use]
pub fn days_named(words: &str, from: Option<Date>) -> Option<(Date, Date)> {
    let read = |words: &str| {
        let whole = |found: &Captures| found.get(0).is_some_and(|m| m.range() == (0..words.len()));
        PATTERNS
            .iter()
            .find_map(|(pattern, resolve)| pattern.captures(words).filter(whole).and_then(|c| resolve(&c, from)))
    };
    // A month or a year may stand without the preposition that dates a cue.
    read(words).or_else(|| read(&format!("in {}", words.strip_prefix("the ").unwrap_or(words))))
}

/// The latest such day of the week that is not after `last`.
fn latest(weekday: Weekday, last: Date) -> Option<Date> {
    last.checked_sub(weekday.until(last.weekday()).days()).ok()
}

pub(crate) fn weekday_named(name: &str) -> Option<Weekday> {
    const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let offset = WEEKDAYS.iter().position(|d| *d == name)?;
    Weekday::from_monday_zero_offset(i8::try_from(offset).ok()?).ok()
}

/// The month's number, from its name or the abbreviation of it.
pub(crate) fn month_number(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let at = MONTHS.iter().position(|m| name.starts_with(m))?;
    i8::try_from(at + 1).ok()
}

pub(crate) fn month_of(year: i16, month: i8) -> Option<Days> {
    let from = Date::new(year, month, 1).ok()?;
    Some((from, from.last_of_month()))
}

pub(crate) fn year_of(year: i16) -> Option<Days> {
    Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
}

/// The named part of a match as a number.
fn number<T: std::str::FromStr>(found: &Captures, name: &str) -> Option<T> {
    found.name(name)?.as_str().parse().ok()
}

/// *on 24 February*, *Monday, March 3, 2031*: without a year, the latest such day.
fn calendar_day(found: &Captures, published: Option<Date>) -> Option<Days> {
    let (day, month) = (number(found, "day")?, month_number(found.name("month")?.as_str())?);
    let date = match number(found, "year") {
        Some(year) => Date::new(year, month, day).ok()?,
        None => {
            let published = published?;
            // Nine years hold a 29 February.
            (0..9).filter_map(|back| Date::new(published.year() - back, month, day).ok()).find(|&d| d <= published)?
        }
    };
    Some((date, date))
}

/// *in February*, *in March last year*, *last May*: without a year, the latest such month.
fn calendar_month(found: &Captures, published: Option<Date>) -> Option<Days> {
    let month = month_number(found.name("month")?.as_str())?;
    if let Some(year) = number(found, "year") {
        return month_of(year, month).map(|days| third(found, days));
    }
    let published = published?;
    let which = found.name("which").map(|w| w.as_str());
    let said_year = found.get(0)?.as_str().ends_with("year");
    let year = match which {
        Some("this") => published.year(),
        Some(_) if said_year => published.year() - 1,
        // *last May*, in May, is the year before's.
        Some(_) if month >= published.month() => published.year() - 1,
        _ if month > published.month() => published.year() - 1,
        _ => published.year(),
    };
    month_of(year, month).map(|days| third(found, days))
}

/// Which part of a month or a year is meant: *early*, *mid* or *late*, where such a word stands with it.
fn part_of(found: &Captures) -> Option<usize> {
    let words = found.get(0)?.as_str().to_lowercase();
    let as_early = words.starts_with("as ");
    let part = |w: &str| ["early", "mid", "late"].iter().position(|p| *p == w).filter(|_| !as_early);
    words.split(|c: char| !c.is_alphabetic()).find_map(part)
}

/// The ten days or so of a month that are meant by *early*, *mid* or *late*.
fn third(found: &Captures, (from, to): Days) -> Days {
    let day = |n: i8| Date::new(from.year(), from.month(), n).unwrap_or(to);
    match part_of(found) {
        Some(0) => (from, day(10)),
        Some(1) => (day(11), day(20)),
        Some(_) => (day(21), to),
        None => (from, to),
    }
}

/// *on Wednesday*: the latest one, the article's own day included unless it is *last* Wednesday.
fn weekday(found: &Captures, published: Option<Date>) -> Option<Days> {
    let name = found.name("weekday")?.as_str();
    let mut last = published?;
    if found.name("which").is_some() {
        last = last.yesterday().ok()?;
    }
    let day = latest(weekday_named(name)?, last)?;
    Some((day, day))
}

/// *today*, *yesterday*, *last night*, *this morning*.
fn near_day(found: &Captures, published: Option<Date>) -> Option<Days> {
    let day = match found.name("word")?.as_str().to_lowercase().as_str() {
        "yesterday" | "last night" => published?.yesterday().ok()?,
        _ => published?,
    };
    Some((day, day))
}

/// *this week*, *last month*, *earlier this year*.
fn period(found: &Captures, published: Option<Date>) -> Option<Days> {
    let back = i32::from(found.name("which")?.as_str().eq_ignore_ascii_case("last"));
    back_by(published?, back, found.name("unit")?.as_str())
}

/// *the third quarter of 1998*, *last quarter*: without a year, the latest such quarter that has ended or begun.
fn quarter(found: &Captures, published: Option<Date>) -> Option<Days> {
    let own = published.map(|day| (day.year(), (day.month() - 1) / 3));
    let (year, quarter) = match (found.name("nth"), found.name("which")) {
        (Some(nth), _) => {
            let nth =
                ["first", "second", "third", "fourth"].iter().position(|n| nth.as_str().eq_ignore_ascii_case(n))?;
            let nth = i8::try_from(nth).ok()?;
            match number(found, "year") {
                Some(year) => (year, nth),
                None => own.map(|(year, now)| if nth > now { (year - 1, nth) } else { (year, nth) })?,
            }
        }
        (None, Some(which)) => match (own?, which.as_str().to_lowercase().as_str()) {
            ((year, now), "this") => (year, now),
            ((year, now), "year-earlier") => (year - 1, now),
            ((year, 0), _) => (year - 1, 3),
            ((year, now), _) => (year, now - 1),
        },
        (None, None) => return None,
    };
    let first = Date::new(year, quarter * 3 + 1, 1).ok()?;
    Some((first, first.checked_add(2.months()).ok()?.last_of_month()))
}

/// *three days ago*, *a week ago*.
fn ago(found: &Captures, published: Option<Date>) -> Option<Days> {
    const NUMBERS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let count = found.name("count")?.as_str().to_lowercase();
    let back = match NUMBERS.iter().position(|n| *n == count) {
        Some(at) => i32::try_from(at + 1).ok()?,
        None => count.parse().unwrap_or(1),
    };
    back_by(published?, back, found.name("unit")?.as_str())
}

/// The day, the week from Monday to Sunday, the month or the year so many of them before the one of `day`.
fn back_by(day: Date, back: i32, unit: &str) -> Option<Days> {
    match unit.to_lowercase().as_str() {
        "day" => day.checked_sub(back.days()).ok().map(|d| (d, d)),
        "week" => {
            let monday =
                day.checked_sub(day.weekday().to_monday_zero_offset().days()).ok()?.checked_sub(back.weeks()).ok()?;
            Some((monday, monday.checked_add(6.days()).ok()?))
        }
        "month" => {
            let day = day.checked_sub(back.months()).ok()?;
            month_of(day.year(), day.month())
        }
        _ => year_of(day.year().checked_sub(i16::try_from(back).ok()?)?),
    }
}

/// *over the weekend*: the latest Saturday and the day after.
fn weekend(_: &Captures, published: Option<Date>) -> Option<Days> {
    let saturday = latest(Weekday::Saturday, published?)?;
    Some((saturday, saturday.tomorrow().ok()?))
}

/// *in 2008*, *in late 2008*: the first or last three months, or June and July.
fn calendar_year(found: &Captures, _: Option<Date>) -> Option<Days> {
    let year = number(found, "year")?;
    let months = match part_of(found) {
        Some(0) => (1, 3),
        Some(1) => (6, 7),
        Some(_) => (10, 12),
        None => return year_of(year),
    };
    Some((month_of(year, months.0)?.0, month_of(year, months.1)?.1))
}
