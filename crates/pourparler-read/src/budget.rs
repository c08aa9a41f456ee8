//! Bombs: how much does all that is packed in an input unpack to? Each container by itself may be harmless, and yet a
//! thousand of them in one, or one in another, be none that ends.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// A bomb unpacks to more than this many times its size …
const RATIO: u64 = 250;

/// … and to more than this many bytes.
const SUSPICIOUS: u64 = 1 << 30;

/// The most bytes to which so many packed bytes may unpack.
pub(crate) fn most(packed: u64) -> u64 {
    SUSPICIOUS.max(packed.saturating_mul(RATIO))
}

/// The bytes of an input as it came, and those that were unpacked from it in all of its containers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Budget(Rc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    given: Cell<u64>,
    unpacked: Cell<u64>,
}

impl Budget {
    /// The input as it comes.
    pub(crate) fn given<R: Read>(&self, input: R) -> Given<R> {
        Given { input, budget: self.clone() }
    }

    /// What is unpacked from the input, or from something in it.
    pub(crate) fn unpacked<R: Read>(&self, input: R) -> Unpacked<R> {
        Unpacked { input, budget: self.clone() }
    }
}

/// A stream whose bytes count as given.
pub(crate) struct Given<R> {
    input: R,
    budget: Budget,
}

impl<R: Read> Read for Given<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.budget.0.given.update(|given| given + count as u64);
        Ok(count)
    }
}

/// A stream whose bytes count as unpacked; it fails where they are too many.
pub(crate) struct Unpacked<R> {
    input: R,
    budget: Budget,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let counts = &self.budget.0;
        if counts.unpacked.get() > most(counts.given.get()) {
            return Err(io::Error::other("it unpacks to hundreds of times its size, as no text does"));
        }
        let count = self.input.read(buffer)?;
        counts.unpacked.update(|unpacked| unpacked + count as u64);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unpacked_counts_whatever_it_lies_in() {
        let budget = Budget::default();
        let unpack = |bytes: u64| io::copy(&mut budget.unpacked(io::repeat(b'a').take(bytes)), &mut io::sink());
        for _ in 0..4 {
            assert!(unpack(SUSPICIOUS / 4).is_ok());
        }
        assert!(unpack(1 << 20).is_err());
        assert!(
            io::copy(&mut budget.given(io::repeat(b'a').take(SUSPICIOUS / RATIO + (1 << 20))), &mut io::sink()).is_ok()
        );
        assert!(unpack(1 << 20).is_ok());
    }
}
