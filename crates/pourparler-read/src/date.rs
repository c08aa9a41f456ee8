//! Calendar dates as datelines and the heads of articles write them.

use jiff::civil::Date;

/// A month and a day, with the year where it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    month: i8,
    day: i8,
    year: Option<i16>,
}

impl Found {
    /// The date, if its year is given.
    pub(crate) fn full(self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day).ok()
    }

    /// The date; without a year of its own, the last such day up to a week after `near`.
    pub(crate) fn resolve(self, near: Option<Date>) -> Option<Date> {
        if self.year.is_some() {
            return self.full();
        }
        let near = near?;
        let this_year = Date::new(near.year(), self.month, self.day);
        match this_year {
            Ok(date) if (date - near).get_days() <= 7 => Some(date),
            _ => Date::new(near.year() - 1, self.month, self.day).ok(),
        }
    }
}

/// The day with which a text begins as programs write it, `2022-03-16`, whatever follows.
pub(crate) fn iso(text: &str) -> Option<Date> {
    text.get(..10)?.parse().ok()
}

/// A day as programs write it, or in words.
pub(crate) fn written(text: &str) -> Option<Date> {
    iso(text).or_else(|| find(text)?.full())
}

/// The first date in a short text: `March 14`, `14 March 2022`, `Mar. 14th, 2022`, `2022-03-14`.
pub(crate) fn find(text: &str) -> Option<Found> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    (0..words.len()).find_map(|i| {
        let at = |k: usize| words.get(i + k).copied();
        let (a, b, c) = (at(0)?, at(1)?, at(2));
        let year_of = |w: Option<&str>| w.and_then(year);
        if let (Some(month), Some(day)) = (month(a), day(b)) {
            return Some(Found { month, day, year: year_of(c) });
        }
        if let (Some(day), Some(month)) = (day(a), month(b)) {
            return Some(Found { month, day, year: year_of(c) });
        }
        let year = year(a)?;
        // A time may follow the day with no more than a `T` between.
        let (month, day) = (number(b, 12)?, number(c?.split('T').next()?, 31)?);
        Some(Found { month, day, year: Some(year) })
    })
}

fn month(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    // “may” and “march” are words too; as months they have a capital.
    if !word.starts_with(char::is_uppercase) || word.len() < 3 {
        return None;
    }
    let word = word.to_lowercase();
    let short = |name: &str| word == name[..3] || word == "sept" && name == "september";
    (1..).zip(NAMES).find(|(_, name)| word == *name || short(name)).map(|(i, _)| i)
}

fn day(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|s| word.strip_suffix(s)).unwrap_or(word);
    number(digits, 31)
}

fn number(word: &str, max: i8) -> Option<i8> {
    let short = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|n| short && (1..=max).contains(n))
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|y| word.len() == 4 && (1800..=2200).contains(y))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn full_dates() {
        for text in [
            "March 16, 2022",
            "16 March 2022",
            "Wednesday, Mar. 16th, 2022 at 10:15",
            "2022-03-16T10:00",
            "on 16th MARCH 2022",
        ] {
            assert_eq!(find(text).and_then(Found::full), Some(date(2022, 3, 16)), "{text}");
        }
        for text in ["march 16 2022", "16 2022", "the 16th", "February 31, 2022", "2022-13-01", "MA 3", "May", ""] {
            assert_eq!(find(text).and_then(Found::full), None, "{text}");
        }
    }

    #[test]
    fn a_year_is_taken_from_the_day_nearby() {
        let resolve = |text: &str, near| find(text).and_then(|f| f.resolve(near));
        assert_eq!(resolve("March 14", Some(date(2022, 3, 16))), Some(date(2022, 3, 14)));
        assert_eq!(resolve("Dec. 31", Some(date(2022, 1, 1))), Some(date(2021, 12, 31)));
        assert_eq!(resolve("March 14", None), None);
        assert_eq!(resolve("Feb 29", Some(date(2022, 3, 1))), None);
        assert_eq!(resolve("March 14, 2019", Some(date(2022, 3, 16))), Some(date(2019, 3, 14)));
    }
}
