//! How long to leave an address alone that failed.

use std::time::Duration;

use jiff::Timestamp;

use crate::clock::until;

/// Nobody is left alone for longer, whatever they ask.
pub const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Waiting that doubles with each failure in a row, with chance in it so that those who failed together do not come back together.
#[derive(Debug)]
pub struct BackOff {
    first: Duration,
    chance: fastrand::Rng,
}

impl BackOff {
    /// Waits about `first` after the first failure.
    #[must_use]
    pub fn new(first: Duration) -> Self {
        Self { first, chance: fastrand::Rng::new() }
    }

    /// The same waiting each time that the seed is the same.
    #[must_use]
    pub fn with_seed(mut self, seed: u64) -> Self {
        self.chance = fastrand::Rng::with_seed(seed);
        self
    }

    /// How long to wait after so many failures in a row, at least as long as the server `asked`, and at most [`LONGEST`]. By
    /// itself it is between half of and the whole doubled time.
    pub fn after(&mut self, failures: u32, asked: Option<Duration>) -> Duration {
        let doubled = 2_u32.checked_pow(failures.saturating_sub(1)).and_then(|n| self.first.checked_mul(n));
        let whole = doubled.unwrap_or(LONGEST).min(LONGEST);
        let own = whole.mul_f64(0.5 + self.chance.f64() / 2.0);
        own.max(asked.unwrap_or_default()).min(LONGEST)
    }
}

/// What a server asks for in `Retry-After`: seconds or a date, at most [`LONGEST`].
pub(crate) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    let asked = match value.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => until(now, jiff::fmt::rfc2822::parse(value).ok()?.timestamp()),
    };
    Some(asked.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_up_to_a_day() {
        let mut back_off = BackOff::new(Duration::from_secs(60)).with_seed(7);
        for (failures, whole) in [(1, 60), (2, 120), (5, 960), (12, 86_400), (40, 86_400), (u32::MAX, 86_400)] {
            let waits: Vec<_> = (0..50).map(|_| back_off.after(failures, None).as_secs_f64()).collect();
            assert!(
                waits.iter().all(|w| (f64::from(whole) / 2.0..=f64::from(whole)).contains(w)),
                "{failures}: {waits:?}"
            );
            assert!(waits.windows(2).any(|w| w[0] != w[1]), "chance has a part in it");
        }
    }

    #[test]
    fn what_the_server_asks_is_kept_within_reason() {
        let mut back_off = BackOff::new(Duration::from_secs(60));
        assert_eq!(back_off.after(1, Some(Duration::from_secs(3600))), Duration::from_secs(3600));
        assert!(back_off.after(1, Some(Duration::from_secs(1))) >= Duration::from_secs(30));
        assert_eq!(back_off.after(1, Some(Duration::MAX)), LONGEST);
        let now: Timestamp = "2022-03-16T10:00:00Z".parse().expect("a time");
        for (value, want) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Wed, 16 Mar 2022 10:05:00 GMT", Some(300)),
            ("Wed, 16 Mar 2022 09:00:00 GMT", Some(0)),
            ("Wed, 16 Mar 2033 10:05:00 GMT", Some(86_400)),
            ("18446744073709551615", Some(86_400)),
            ("soon", None),
            ("-5", None),
            ("", None),
        ] {
            assert_eq!(retry_after(value, now), want.map(Duration::from_secs), "{value}");
        }
    }
}
