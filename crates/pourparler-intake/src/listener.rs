//! Whom the work tells how it goes: a terminal shows it as a bar and lines, a server as the state of a job.

use jiff::Timestamp;

/// Hears how the work goes. All of it may come from any thread, and should be taken quickly: the work waits meanwhile.
pub trait Listener: Send + Sync {
    /// So many more bytes of an input were read.
    fn bytes(&self, _count: u64) {}

    /// So many articles were read by now, or known before they had to be.
    fn articles(&self, _read: usize) {}

    /// Something is wrong with an input; the message begins with the input's name.
    fn problem(&self, _message: &str) {}

    /// Something happened in a watch.
    fn event(&self, _at: Timestamp, _what: &str) {}
}

/// Nobody, who hears nothing.
impl Listener for () {}
