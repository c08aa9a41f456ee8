//! gzip, member by member: a damaged one costs only itself.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// First bytes of a gzip member.
pub(crate) const MAGIC: &[u8] = b"\x1f\x8b\x08";

/// A bomb unpacks to more than this many times its size …
const RATIO: u64 = 250;

/// … and to more than this many bytes.
const SUSPICIOUS: u64 = 1 << 30;

/// The unpacked bytes of a stream of gzip members. A member that is damaged is an error once; whoever reads on after it
/// is at the next member.
pub(crate) struct Unpacked<R: BufRead> {
    /// Taken out only while a member is exchanged for the next.
    member: Option<GzDecoder<Counted<R>>>,
    out: u64,
}

impl<R: BufRead> Unpacked<R> {
    pub(crate) fn new(packed: R) -> Self {
        Self { member: Some(GzDecoder::new(Counted { inner: packed, count: 0 })), out: 0 }
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
                    self.out += count as u64;
                    let packed = self.member.as_ref().map_or(0, |m| m.get_ref().count);
                    if self.out > SUSPICIOUS && self.out / RATIO > packed {
                        self.member = None;
                        return Err(io::Error::other("it unpacks to hundreds of times its size, as no text does"));
                    }
                    return Ok(count);
                }
                Err(error) => {
                    let mut packed = self.member.take().map(GzDecoder::into_inner);
                    let more = packed.as_mut().is_some_and(|p| p.seek_member().unwrap_or(false));
                    self.member = packed.filter(|_| more).map(GzDecoder::new);
                    return Err(error);
                }
            }
        }
    }
}

/// Counts what is taken from a stream.
struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R: BufRead> Counted<R> {
    /// Whether another member begins here.
    fn at_member(&mut self) -> io::Result<bool> {
        Ok(self.fill_buf()?.first() == Some(&MAGIC[0]))
    }

    /// Goes on to the next place where a member may begin.
    fn seek_member(&mut self) -> io::Result<bool> {
        loop {
            let buffer = self.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            let length = buffer.len();
            match buffer.windows(MAGIC.len()).position(|window| window == MAGIC) {
                Some(at) => {
                    self.consume(at);
                    return Ok(true);
                }
                None => self.consume(length),
            }
        }
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.count += count as u64;
        self.inner.consume(count);
    }
}
