//! Time on a line: where days stand in a drawing.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use maud::{Markup, html};

use crate::pages::days_between;

/// At most so many days are written below a line.
const TICKS: usize = 9;
/// So much room the name of a day needs.
const NAME: f64 = 56.0;

/// A stretch of days that is drawn between two places.
#[derive(Debug, Clone, Copy)]
pub struct Time {
    from: Date,
    days: i32,
    left: f64,
    width: f64,
}

impl Time {
    /// Days from the first to the last, from `left` on and `width` wide.
    pub fn new(from: Date, to: Date, left: f64, width: f64) -> Self {
        Self { from, days: days_between(from, to).max(1), left, width }
    }

    /// Where a day stands.
    pub fn x(&self, day: Date) -> f64 {
        self.left + self.width * f64::from(days_between(self.from, day)) / f64::from(self.days)
    }

    /// Where a column begins, of at most `most`.
    pub fn column_x(&self, column: i32, most: i32) -> f64 {
        self.left + self.width * f64::from(column) / f64::from(most.min(self.days + 1))
    }

    /// In which of at most `most` columns of equal width a day stands.
    pub fn column(&self, day: Date, most: i32) -> i32 {
        let columns = most.min(self.days + 1);
        (i64::from(days_between(self.from, day)) * i64::from(columns) / i64::from(self.days + 1)) as i32
    }

    /// Days with their places, to be written below: as many as there is room for, and round ones.
    pub fn ticks(&self) -> Vec<(f64, String)> {
        // Steps of days begin with the first day, others where a month or a year does.
        let (first, month, year) = (self.from, self.from.first_of_month(), self.from.first_of_year());
        let steps: [(Span, Date, &str); 10] = [
            (1.day(), first, "%-d %b"),
            (2.days(), first, "%-d %b"),
            (1.week(), first, "%-d %b"),
            (2.weeks(), first, "%-d %b"),
            (1.month(), month, "%b %Y"),
            (3.months(), year, "%b %Y"),
            (6.months(), year, "%b %Y"),
            (1.year(), year, "%Y"),
            (5.years(), year, "%Y"),
            (50.years(), year, "%Y"),
        ];
        let of = |(step, begin, format): &(Span, Date, &str)| {
            let mut day = *begin;
            let mut ticks = Vec::new();
            let last = self.from.saturating_add(self.days.days());
            while day <= last && ticks.len() <= TICKS {
                if day >= self.from {
                    ticks.push((self.x(day), day.strftime(format).to_string()));
                }
                let next = day.saturating_add(*step);
                if next <= day {
                    break;
                }
                day = next;
            }
            ticks
        };
        steps.iter().map(of).find(|ticks| ticks.len() <= TICKS).unwrap_or_default()
    }

    /// The days below a drawing, with a line up to its top for each.
    pub fn axis(&self, top: i32, bottom: i32) -> Markup {
        html! {
            @for (x, label) in self.ticks() {
                path.rule d={ "M" (place(x)) " " (top) "V" (bottom) } {}
                @if x > self.left + self.width - NAME {
                    text.tick x=(place(x)) y=(bottom + 12) text-anchor="end" { (label) }
                } @else {
                    text.tick x=(place(x + 3.0)) y=(bottom + 12) { (label) }
                }
            }
        }
    }
}

/// A place in a drawing, to a tenth.
pub fn place(x: f64) -> String {
    let written = format!("{x:.1}");
    written.strip_suffix(".0").map(str::to_owned).unwrap_or(written)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_stand_in_proportion() {
        let time = Time::new(date(2031, 3, 1), date(2031, 3, 11), 100.0, 200.0);
        assert_eq!(place(time.x(date(2031, 3, 1))), "100");
        assert_eq!(place(time.x(date(2031, 3, 6))), "200");
        assert_eq!(place(time.x(date(2031, 3, 11))), "300");
        let one = Time::new(date(2031, 3, 1), date(2031, 3, 1), 0.0, 10.0);
        assert_eq!(one.column(date(2031, 3, 1), 36), 0);
        assert_eq!([1, 6, 11].map(|d| time.column(date(2031, 3, d), 4)), [0, 1, 3]);
        assert_eq!([1, 6, 11].map(|d| time.column(date(2031, 3, d), 36)), [0, 5, 10]);
    }

    #[test]
    fn ticks_are_few_and_round() {
        for (to, count, first) in [
            (date(2031, 3, 3), 2, "3 Mar"),
            (date(2031, 3, 20), 9, "3 Mar"),
            (date(2031, 4, 20), 7, "3 Mar"),
            (date(2031, 11, 1), 8, "Apr 2031"),
            (date(2032, 6, 1), 5, "Apr 2031"),
            (date(2036, 11, 1), 5, "2032"),
        ] {
            let ticks = Time::new(date(2031, 3, 3), to, 0.0, 100.0).ticks();
            assert!(ticks.len() <= TICKS, "{to}: {ticks:?}");
            assert_eq!((ticks.len(), ticks[0].1.as_str()), (count, first), "{to}: {ticks:?}");
        }
    }
}
