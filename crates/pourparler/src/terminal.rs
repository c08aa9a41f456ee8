//! How the work goes, on standard error: a bar where there is much to do, messages above it and not through it.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use pourparler_intake::{Listener, shown};

/// The user at a terminal.
pub struct Terminal {
    bar: ProgressBar,
}

impl Terminal {
    /// Shows messages alone.
    pub fn without_bar() -> Self {
        Self { bar: ProgressBar::hidden() }
    }

    /// Shows a bar as well, for so many bytes.
    pub fn with_bar(bytes: u64) -> anyhow::Result<Self> {
        let style = ProgressStyle::with_template("{bar:30} {percent}% of {total_bytes}, {msg}, {eta} left")?;
        Ok(Self { bar: ProgressBar::new(bytes).with_style(style) })
    }

    /// Takes the bar away, and tells how long it was there.
    pub fn finish(&self) -> Duration {
        let time = self.bar.elapsed();
        self.bar.finish_and_clear();
        time
    }
}

impl Listener for Terminal {
    fn bytes(&self, count: u64) {
        self.bar.inc(count);
    }

    fn articles(&self, read: usize) {
        if read.is_multiple_of(10) {
            let seconds = self.bar.elapsed().as_secs_f64().max(0.001);
            self.bar.set_message(format!("{read} articles, {:.0}/s", read as f64 / seconds));
        }
    }

    fn problem(&self, message: &str) {
        self.bar.suspend(|| eprintln!("pourparler: {message}"));
    }

    fn event(&self, at: Timestamp, what: &str) {
        eprintln!("{} {what}", shown(at));
    }
}
