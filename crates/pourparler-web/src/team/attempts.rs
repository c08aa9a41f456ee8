//! Who guesses passwords has to wait, and each time longer: by account, whoever guesses, and by address, whoever is guessed at.
//!
//! An attempt counts as failed from its beginning until it succeeds, so that many at a time are no way around.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many attempts at one account fail before anybody has to wait.
const FREE_AT_ACCOUNT: u32 = 5;
/// So many attempts from one address fail before it has to wait; several people may share it.
const FREE_FROM_ADDRESS: u32 = 20;
/// The first wait; each further failure doubles it, …
const FIRST_WAIT: Duration = Duration::from_secs(4);
/// … up to this.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);
/// After so long without a failure all is forgotten.
const FORGOTTEN: Duration = Duration::from_secs(60 * 60);
/// So many accounts and addresses are remembered.
const REMEMBERED: usize = 20_000;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Whose {
    Account(String),
    Address(IpAddr),
}

impl Whose {
    fn free(&self) -> u32 {
        match self {
            Self::Account(_) => FREE_AT_ACCOUNT,
            Self::Address(_) => FREE_FROM_ADDRESS,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Failed {
    times: u32,
    last: Instant,
}

impl Failed {
    /// How long the next attempt has to wait after the last.
    fn wait(self, free: u32) -> Duration {
        match self.times.checked_sub(free) {
            None => Duration::ZERO,
            Some(over) => FIRST_WAIT.saturating_mul(2_u32.saturating_pow(over)).min(LONGEST_WAIT),
        }
    }
}

/// Attempts that failed.
#[derive(Debug, Default)]
pub struct Attempts(Mutex<HashMap<Whose, Failed>>);

/// An attempt that was begun.
#[derive(Debug)]
#[must_use]
pub struct Attempt<'a> {
    attempts: &'a Attempts,
    whose: Vec<Whose>,
}

impl Attempts {
    /// Begins an attempt at an account, known or not, from an address.
    ///
    /// # Errors
    /// How long to wait first.
    pub fn begin(&self, account: &str, address: Option<IpAddr>) -> Result<Attempt<'_>, Duration> {
        self.begin_at(account, address, Instant::now())
    }

    fn begin_at(&self, account: &str, address: Option<IpAddr>, now: Instant) -> Result<Attempt<'_>, Duration> {
        let account = account.trim().to_lowercase().chars().take(300).collect();
        let whose: Vec<Whose> =
            [Some(Whose::Account(account)), address.map(Whose::Address)].into_iter().flatten().collect();
        let mut failed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let longest = whose.iter().filter_map(|whose| {
            let before = failed.get(whose).filter(|f| now.duration_since(f.last) < FORGOTTEN)?;
            before.wait(whose.free()).checked_sub(now.duration_since(before.last)).filter(|left| !left.is_zero())
        });
        if let Some(wait) = longest.max() {
            return Err(wait);
        }
        if failed.len() >= REMEMBERED {
            failed.retain(|_, f| now.duration_since(f.last) < FORGOTTEN);
        }
        if failed.len() >= REMEMBERED {
            // Somebody fills it on purpose: those who failed once make room, who has to wait stays.
            failed.retain(|whose, f| f.times >= whose.free());
        }
        for whose in &whose {
            let known = failed.entry(whose.clone()).or_insert(Failed { times: 0, last: now });
            if now.duration_since(known.last) >= FORGOTTEN {
                known.times = 0;
            }
            *known = Failed { times: known.times.saturating_add(1), last: now };
        }
        Ok(Attempt { attempts: self, whose })
    }
}

impl Attempt<'_> {
    /// It succeeded: nothing is left of failures at the account, and this one does not count for the address.
    pub fn succeeded(self) {
        let mut failed = self.attempts.0.lock().unwrap_or_else(PoisonError::into_inner);
        for whose in &self.whose {
            match whose {
                Whose::Account(_) => {
                    failed.remove(whose);
                }
                Whose::Address(_) => {
                    if let Some(known) = failed.get_mut(whose) {
                        known.times = known.times.saturating_sub(1);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let (attempts, mut now) = (Attempts::default(), Instant::now());
        for _ in 0..FREE_AT_ACCOUNT {
            drop(attempts.begin_at("ana", None, now).expect("free"));
        }
        for wait in [4, 8, 16, 32, 64, 128, 256, 512, 900, 900] {
            let told = attempts.begin_at(" ANA ", None, now).expect_err("waits");
            assert_eq!(told, Duration::from_secs(wait));
            now += told;
            drop(attempts.begin_at("ana", None, now).expect("waited"));
        }
        assert!(attempts.begin_at("ben", None, now).is_ok(), "others are free");
        now += FORGOTTEN;
        drop(attempts.begin_at("ana", None, now).expect("forgotten"));
    }

    #[test]
    fn success_clears_the_account_but_not_the_address() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        let address = Some(IpAddr::from([192, 0, 2, 1]));
        for number in 0..FREE_FROM_ADDRESS {
            drop(attempts.begin_at(&format!("guess {number}"), address, now).expect("free"));
        }
        assert!(attempts.begin_at("ana", address, now).is_err(), "an address that guesses names waits, too");
        assert!(attempts.begin_at("ana", Some(IpAddr::from([192, 0, 2, 2])), now).is_ok());

        for _ in 0..FREE_AT_ACCOUNT - 1 {
            drop(attempts.begin_at("ben", None, now).expect("free"));
        }
        attempts.begin_at("ben", None, now).expect("the last free one").succeeded();
        for _ in 0..FREE_AT_ACCOUNT {
            drop(attempts.begin_at("ben", None, now).expect("free again"));
        }
    }

    #[test]
    fn what_is_remembered_is_bounded_and_who_waits_stays() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        for _ in 0..FREE_AT_ACCOUNT {
            drop(attempts.begin_at("ana", None, now).expect("free"));
        }
        for number in 0..REMEMBERED * 2 {
            drop(attempts.begin_at(&format!("guess {number}"), None, now).expect("free"));
        }
        assert!(attempts.0.lock().expect("unpoisoned").len() <= REMEMBERED);
        assert!(attempts.begin_at("ana", None, now).is_err());
    }
}
