//! Addresses as inputs, and how a program that waits is brought to an end.

use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use pourparler_fetch::{Answer, Clock, Fetcher, Manners, Options, Problem, Request};
use pourparler_read::ReadOptions;

use crate::inputs::Input;

/// Gets the addresses that the user gave; the client is made when the first comes.
#[derive(Default)]
pub struct Web {
    allowed_hosts: Vec<String>,
    fetcher: OnceLock<Fetcher>,
}

impl Web {
    /// May connect to these hosts, wherever they are.
    pub fn new(allowed_hosts: &[String]) -> Self {
        Self { allowed_hosts: allowed_hosts.to_vec(), fetcher: OnceLock::new() }
    }

    /// What lies at an address, as an input.
    ///
    /// # Errors
    /// Why it could not be had.
    pub fn load(&self, address: &str) -> Result<Input, Problem> {
        let options = || Options { allowed_hosts: self.allowed_hosts.clone(), ..Options::default() };
        let fetcher = self.fetcher.get_or_init(|| Fetcher::new(options()));
        let request = Request::new(address, Manners::Asked);
        match fetcher.fetch(&request).map_err(|e| e.problem)? {
            Answer::Fetched(f) => {
                let options = ReadOptions { charset: f.charset, url: Some(f.url), published: None };
                Ok(Input::of_bytes(address.to_owned(), f.body, options))
            }
            // Only who asks with a mark of what it has is told so.
            Answer::Unchanged => Err(Problem::Status { code: 304, retry_after: None }),
        }
    }
}

/// The wish that the program end, which breaks off all waiting.
#[derive(Clone, Default)]
pub struct Stop(Arc<(Mutex<bool>, Condvar)>);

impl Stop {
    /// Takes Ctrl-C and SIGTERM as that wish; the second ends the program at once, which the ledger can bear.
    ///
    /// # Errors
    /// Where the system lets nobody listen.
    pub fn on_signals() -> anyhow::Result<Self> {
        let stop = Self::default();
        let told = stop.clone();
        ctrlc::set_handler(move || {
            if told.is_wanted() {
                std::process::exit(130);
            }
            told.want();
        })?;
        Ok(stop)
    }

    fn want(&self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.1.notify_all();
    }

    /// Whether the program is to end.
    pub fn is_wanted(&self) -> bool {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for Stop {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep(&self, time: Duration) -> bool {
        let began = Instant::now();
        let mut wanted = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        while !*wanted {
            let Some(left) = time.checked_sub(began.elapsed()).filter(|left| !left.is_zero()) else { return true };
            wanted = self.0.1.wait_timeout(wanted, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_ends_with_time_or_the_wish() {
        let stop = Stop::default();
        assert!(stop.sleep(Duration::from_millis(1)));
        let told = stop.clone();
        let began = Instant::now();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(Duration::from_millis(20));
                told.want();
            });
            assert!(!stop.sleep(Duration::from_secs(600)));
        });
        assert!(began.elapsed() < Duration::from_secs(60));
        assert!(!stop.sleep(Duration::ZERO) && stop.is_wanted());
    }
}
