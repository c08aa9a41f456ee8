//! gzip, member by member: a damaged one costs only itself.

use std::io::{self, BufRead, Cursor, Read};

use flate2::bufread::GzDecoder;

/// First bytes of a gzip member.
pub(crate) const MAGIC: &[u8] = b"\x1f\x8b\x08";

/// After so many damaged members in a row the rest is given up; in packed data, what looks like a member is rare.
const FAILURES: usize = 64;

/// The unpacked bytes of a stream of gzip members. A member that is damaged is an error once; whoever reads on after it
/// is at the next member.
pub(crate) struct Unpacked<R: BufRead> {
    /// Taken out only while a member is exchanged for the next.
    member: Option<GzDecoder<Packed<R>>>,
    /// Damaged members since something was unpacked.
    failures: usize,
}

impl<R: BufRead> Unpacked<R> {
    pub(crate) fn new(packed: R) -> Self {
        Self { member: Some(GzDecoder::new(Packed::new(packed))), failures: 0 }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(member) = self.member.as_mut() else { return Ok(0) };
            match member.read(buffer) {
                Ok(0) if !buffer.is_empty() => {
                    let mut packed = self.member.take().map(GzDecoder::into_inner);
                    // What stands behind the last member, as a signature may, is no member.
                    let more = packed.as_mut().is_some_and(|p| p.at_member().unwrap_or(false));
                    self.member = packed.filter(|_| more).map(GzDecoder::new);
                }
                Ok(count) => {
                    self.failures = 0;
                    return Ok(count);
                }
                Err(error) => {
                    let mut packed = self.member.take().map(GzDecoder::into_inner);
                    self.failures += 1;
                    let more =
                        self.failures < FAILURES && packed.as_mut().is_some_and(|p| p.seek_member().unwrap_or(false));
                    self.member = packed.filter(|_| more).map(GzDecoder::new);
                    return Err(error);
                }
            }
        }
    }
}

/// So many of the bytes that were taken last are kept. A decoder that comes upon damage may have read on into the next
/// member before it sees that.
const KEPT: usize = 256 << 10;

/// The packed stream: counted, and kept for a while.
struct Packed<R> {
    inner: R,
    /// What was taken since the member began, or the last of it.
    taken: Vec<u8>,
    /// Bytes to be given a second time, before the stream goes on.
    again: Cursor<Vec<u8>>,
}

impl<R: BufRead> Packed<R> {
    fn new(inner: R) -> Self {
        Self { inner, taken: Vec::new(), again: Cursor::default() }
    }

    /// Whether another member begins here.
    fn at_member(&mut self) -> io::Result<bool> {
        self.taken.clear();
        Ok(self.fill_buf()?.first() == Some(&MAGIC[0]))
    }

    /// Goes to the first place after the beginning of the damaged member where another may begin.
    fn seek_member(&mut self) -> io::Result<bool> {
        let taken = std::mem::take(&mut self.taken);
        self.give_again(taken.get(1..).unwrap_or_default());
        // Byte by byte, since a member may begin where one buffer ends.
        let mut last = [0; MAGIC.len()];
        while let Some(&byte) = self.fill_buf()?.first() {
            self.consume(1);
            last.rotate_left(1);
            last[MAGIC.len() - 1] = byte;
            if last == MAGIC {
                self.taken.clear();
                self.give_again(MAGIC);
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Puts bytes before what comes next.
    fn give_again(&mut self, bytes: &[u8]) {
        let at = self.again.position();
        let before = &self.again.get_ref()[..at as usize];
        // Mostly they came from here just now; a copy of all that waits for each damaged member would take too long.
        if before.ends_with(bytes) {
            self.again.set_position(at - bytes.len() as u64);
        } else {
            let rest = &self.again.get_ref()[at as usize..];
            self.again = Cursor::new([bytes, rest].concat());
        }
    }
}

impl<R: BufRead> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut ready = self.fill_buf()?;
        let count = ready.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Packed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        // In two steps for the borrow checker.
        if self.again.fill_buf()?.is_empty() { self.inner.fill_buf() } else { self.again.fill_buf() }
    }

    fn consume(&mut self, count: usize) {
        let again = self.again.get_ref().len() - self.again.position() as usize;
        if again > 0 {
            let from = self.again.position() as usize;
            self.taken.extend_from_slice(&self.again.get_ref()[from..from + count]);
            self.again.consume(count);
        } else {
            self.again = Cursor::default();
            // What is consumed was filled before, so that this neither reads nor fails.
            if let Ok(buffer) = self.inner.fill_buf() {
                self.taken.extend_from_slice(&buffer[..count]);
            }
            self.inner.consume(count);
        }
        if self.taken.len() > 2 * KEPT {
            self.taken.drain(..KEPT);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::open::tests::gzip;

    /// What can be read of a stream, and how often it failed on the way.
    fn all(packed: &[u8]) -> (Vec<u8>, usize) {
        let (mut unpacked, mut out, mut failures) = (Unpacked::new(packed), Vec::new(), 0);
        while unpacked.read_to_end(&mut out).is_err() {
            failures += 1;
        }
        (out, failures)
    }

    #[test]
    fn a_damaged_member_costs_only_itself() {
        let members = ["one ", "two ", "three "].map(|words| gzip(words.repeat(50).as_bytes()));
        let [one, two, three] = &members;
        let whole = "one ".repeat(50) + &"three ".repeat(50);
        for damaged in [&two[..two.len() / 2], &two[..11], b"\x1f\x8b\x08nonsense"] {
            let (out, failures) = all(&[one, damaged, three].concat());
            let out = String::from_utf8_lossy(&out);
            assert!(
                out.starts_with("one ") && out.ends_with(&"three ".repeat(50)) && out.len() >= whole.len(),
                "{out}"
            );
            assert_eq!(failures, 1);
        }
        assert_eq!(all(&[one.as_slice(), b"a signature"].concat()), ("one ".repeat(50).into_bytes(), 0));
    }

    #[test]
    fn many_false_members_take_linear_time() {
        let (_, failures) = all(&MAGIC.repeat(300_000));
        assert!(failures > 0);
    }

    #[test]
    fn damaged_members_within_a_large_one_take_linear_time() {
        let mut damaged = gzip(b"words");
        let end = damaged.len() - 8;
        damaged[end] ^= 1;
        let inner = damaged.repeat(60_000 / damaged.len());
        let length = u16::try_from(inner.len()).expect("it is small");
        // A block that is stored as it is.
        let block = [&[0], &length.to_le_bytes()[..], &(!length).to_le_bytes(), &inner].concat();
        let member = [&gzip(b"")[..10], &block.repeat(4), b"\xff"].concat();
        let (out, failures) = all(&member.repeat(2));
        assert!(failures > 10_000 && out.starts_with(MAGIC), "{failures}");
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end(bytes in prop::collection::vec(prop_oneof![Just(MAGIC.to_vec()), prop::collection::vec(any::<u8>(), 0..30), Just(gzip(b"words"))], 0..12)) {
            all(&bytes.concat());
        }
    }
}
