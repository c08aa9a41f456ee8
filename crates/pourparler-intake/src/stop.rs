//! The wish that the work end, which breaks off all waiting.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use pourparler_fetch::Clock;

/// A wish that several can have and hear: clones of it are one. As a [`Clock`] it lets nobody sleep on.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<(Mutex<bool>, Condvar)>);

impl Stop {
    /// The work is to end from now on.
    pub fn want(&self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.1.notify_all();
    }

    /// Whether the work is to end.
    #[must_use]
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
