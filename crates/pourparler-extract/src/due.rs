//! By when something is promised or demanded: days to come, counted from the day on which it was said.

use std::sync::LazyLock;

use jiff::civil::Date;
use jiff::{Span as Time, ToSpan};
use pourparler_text::{DateRange, Dating};
use regex::{Captures, Regex};

use crate::dates::{Days, month_number, month_of, weekday_named, year_of};

const COUNTS: [&str; 13] =
    ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

type Resolve = fn(&Captures, Date) -> Option<Days>;

static FORMS: LazyLock<Vec<(Regex, Resolve)>> = LazyLock::new(|| {
    let count = r"(?P<count>an?|\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";
    let months = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)";
    let weekdays = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";
    let forms: [(String, Resolve); 8] = [
        (format!(r"\bwithin (?:the next )?{count} (?P<unit>hour|day|week|month|year)s?\b"), within),
        (format!(r"\bin (?:the next|the coming) {count} (?P<unit>hour|day|week|month|year)s?\b"), within),
        (
            format!(
                r"\b(?:by|before|until|on|from) (?P<day>\d{{1,2}})(?:st|nd|rd|th)? {months}(?:,? (?P<year>\d{{4}}))?\b"
            ),
            named,
        ),
        (
            format!(
                r"\b(?:by|before|until|on|from) {months} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?\b"
            ),
            named,
        ),
        (format!(r"\b(?:by|before|until|on) (?:next )?{weekdays}\b"), on_weekday),
        (format!(r"\b(?:by|before|until|in) (?:the end of )?{months}(?: (?P<year>\d{{4}}))?\b"), in_month),
        (r"\b(?:by |before )?(?:the end of )?(?P<which>this|next|the) (?P<unit>week|month|year)\b".to_owned(), whole),
        (r"\b(?:by|before|in|until) (?P<year>20\d\d)\b".to_owned(), in_year),
    ];
    // The forms are constants that the tests compile.
    forms.into_iter().map(|(form, resolve)| (Regex::new(&form).expect("the form is well-formed"), resolve)).collect()
});

/// The first time that the words name from `said` on; `None` where they name none, or only days before.
#[must_use]
pub(crate) fn due(words: &str, said: Option<Date>) -> Option<DateRange> {
    let said = said?;
    let found = FORMS.iter().filter_map(|(form, resolve)| {
        let found = form.captures(words)?;
        let whole = found.get(0)?;
        let (from, to) = resolve(&found, said).filter(|(_, to)| *to >= said)?;
        Some((
            whole.start(),
            DateRange {
                from,
                to,
                text: Some(whole.as_str().to_owned()),
                method: Some(Dating::Relative),
                anchor: Some(said),
            },
        ))
    });
    found.min_by_key(|(at, _)| *at).map(|(_, due)| due)
}

fn within(found: &Captures, said: Date) -> Option<Days> {
    let word = &found["count"];
    let count = match word {
        "a" | "an" => 1,
        _ => word.parse().ok().or_else(|| COUNTS.iter().position(|c| *c == word))?,
    };
    let count = i64::try_from(count).ok()?;
    let span: Time = match &found["unit"] {
        "hour" => ((count + 23) / 24).days(),
        "day" => count.days(),
        "week" => count.weeks(),
        "month" => count.months(),
        _ => count.years(),
    };
    Some((said, said.checked_add(span).ok()?))
}

fn named(found: &Captures, said: Date) -> Option<Days> {
    let (month, day) = (month_number(&found["month"])?, found["day"].parse().ok()?);
    let of = |year| Date::new(year, month, day).ok();
    let date = match found.name("year") {
        Some(year) => of(year.as_str().parse().ok()?)?,
        None => of(said.year()).filter(|d| *d >= said).or_else(|| of(said.year() + 1))?,
    };
    Some((date, date))
}

fn on_weekday(found: &Captures, said: Date) -> Option<Days> {
    let weekday = weekday_named(&found["weekday"])?;
    let ahead = i64::from(said.weekday().until(weekday));
    let date = said.checked_add(if ahead == 0 { 7 } else { ahead }.days()).ok()?;
    Some((date, date))
}

fn in_month(found: &Captures, said: Date) -> Option<Days> {
    let month = month_number(&found["month"])?;
    match found.name("year") {
        Some(year) => month_of(year.as_str().parse().ok()?, month),
        None => month_of(said.year(), month).filter(|(_, to)| *to >= said).or_else(|| month_of(said.year() + 1, month)),
    }
}

fn whole(found: &Captures, said: Date) -> Option<Days> {
    let monday = said.checked_sub(i64::from(said.weekday().to_monday_zero_offset()).days()).ok()?;
    let (from, length): (Date, Time) = match &found["unit"] {
        "week" => (monday, 1.week()),
        "month" => (said.first_of_month(), 1.month()),
        _ => (said.first_of_year(), 1.year()),
    };
    let from = if &found["which"] == "next" { from.checked_add(length).ok()? } else { from };
    Some((from, from.checked_add(length).ok()?.yesterday().ok()?))
}

fn in_year(found: &Captures, _: Date) -> Option<Days> {
    year_of(found["year"].parse().ok()?)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_to_come() {
        let said = date(2031, 3, 14); // a Friday
        for (words, expected) in [
            ("to pull back by Monday", Some((date(2031, 3, 17), date(2031, 3, 17)))),
            ("to return on Friday", Some((date(2031, 3, 21), date(2031, 3, 21)))),
            ("to free them within two weeks", Some((date(2031, 3, 14), date(2031, 3, 28)))),
            ("to open it within 48 hours", Some((date(2031, 3, 14), date(2031, 3, 16)))),
            ("before 3 May", Some((date(2031, 5, 3), date(2031, 5, 3)))),
            ("by February 2", Some((date(2032, 2, 2), date(2032, 2, 2)))),
            ("by the end of April", Some((date(2031, 4, 1), date(2031, 4, 30)))),
            ("to sign it next month", Some((date(2031, 4, 1), date(2031, 4, 30)))),
            ("net zero by 2050", Some((date(2050, 1, 1), date(2050, 12, 31)))),
            ("what it did in 2029", None),
            ("to go on", None),
        ] {
            assert_eq!(due(words, Some(said)).map(|d| (d.from, d.to)), expected, "{words}");
        }
        assert_eq!(due("by Monday", None), None);
    }
}
