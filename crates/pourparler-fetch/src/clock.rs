//! Time and waiting, so that tests need neither.

use std::time::Duration;

use jiff::Timestamp;

/// Tells the time and waits.
pub trait Clock: Send + Sync {
    /// The time.
    fn now(&self) -> Timestamp;

    /// Waits. `false` where the program is to end and the time has not passed.
    fn sleep(&self, time: Duration) -> bool;
}

/// The machine's clock, whose waiting nothing breaks off.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep(&self, time: Duration) -> bool {
        std::thread::sleep(time);
        true
    }
}

/// A time so much later; the last there is where it would be beyond that.
pub(crate) fn later(time: Timestamp, by: Duration) -> Timestamp {
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// How long it is until then; nothing where it is past.
pub(crate) fn until(now: Timestamp, then: Timestamp) -> Duration {
    now.duration_until(then).try_into().unwrap_or_default()
}
