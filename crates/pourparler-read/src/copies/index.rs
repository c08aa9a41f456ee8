//! Articles one after the other, as archives give them: each is new, or a copy or update of some that came before.

use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};

use jiff::civil::Date;

use super::marks::Mark;
use super::postings::Postings;
use super::{Groups, Kin, Profile, candidates, compare};

/// What is kept is written in pieces of so many bytes.
const PIECE: usize = 1 << 20;

/// Stands for a day that is not known.
const NO_DAY: i32 = i32::MIN;

/// Bytes of a record before its shingles: lengths of shingles and label, words, whole, day, mark.
const HEAD: usize = 4 + 4 + 4 + 8 + 4 + 1;

/// An earlier article and what a later one is to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Related {
    /// Number of the earlier article, counted from 0 in the order in which they were given.
    pub earlier: u32,
    /// What the later is to it.
    pub kin: Kin,
}

/// Finds copies and updates among any number of articles.
///
/// In memory it holds some 300 bytes an article; what is needed to compare texts, about four bytes a word, and the labels go
/// to `file`, which must be empty and is used by nobody else: an unlinked temporary file, or a [`std::io::Cursor`] for few
/// articles.
#[derive(Debug)]
pub struct CopyIndex<F> {
    postings: Postings,
    groups: Groups,
    /// The closest earlier article of those that have one, by number.
    closest: Vec<(u32, Related)>,
    kept: Kept<F>,
}

impl<F: Read + Write + Seek> CopyIndex<F> {
    /// An index without articles.
    #[must_use]
    pub fn new(file: F) -> Self {
        let kept = Kept { file, starts: Vec::new(), written: 0, waiting: Vec::new() };
        Self { postings: Postings::new(), groups: Groups::default(), closest: Vec::new(), kept }
    }

    /// How many articles were given.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kept.starts.len()
    }

    /// Whether none was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.starts.is_empty()
    }

    /// Takes in the next article, whose number is [`CopyIndex::len`], and says which earlier ones it is a copy or an
    /// update of, in their order; none where it is new. `label` is kept for [`CopyIndex::label`].
    ///
    /// # Errors
    /// Where the file fails, or there are four thousand million articles; the article was then not taken in.
    pub fn insert(&mut self, profile: &Profile, label: &[u8]) -> Result<Vec<Related>> {
        let number = u32::try_from(self.len()).ok().filter(|n| *n < u32::MAX);
        let number = number.ok_or_else(|| Error::new(ErrorKind::FileTooLarge, "too many articles for one index"))?;
        let related = self.look_up(profile)?;
        self.kept.push(profile, label)?;
        for &hash in profile.sketch() {
            self.postings.add(hash, number);
        }
        self.groups.push();
        for one in &related {
            self.groups.join(one.earlier, number);
        }
        if let Some(first) = related.iter().copied().reduce(|a, b| if b.kin.is_closer_than(&a.kin) { b } else { a }) {
            self.closest.push((number, first));
        }
        Ok(related)
    }

    /// Which of the articles that were given an article is a copy or an update of, without taking it in.
    ///
    /// # Errors
    /// Where the file fails.
    pub fn look_up(&mut self, profile: &Profile) -> Result<Vec<Related>> {
        let mut related = Vec::new();
        for earlier in self.candidates(profile.sketch()) {
            if let Some(kin) = compare(profile, &self.kept.profile(earlier)?) {
                related.push(Related { earlier, kin });
            }
        }
        related.sort_unstable_by_key(|r| r.earlier);
        Ok(related)
    }

    /// The articles that share hashes with a sketch, those that share most first.
    fn candidates(&self, sketch: &[u64]) -> Vec<u32> {
        let found = sketch.iter().flat_map(|&hash| self.postings.find(hash)).collect();
        candidates(found, sketch.len())
    }

    /// The label that was given with an article.
    ///
    /// # Errors
    /// Where the file fails, or there is no such article.
    pub fn label(&mut self, number: u32) -> Result<Vec<u8>> {
        self.kept.label(number)
    }

    /// The closest earlier article of one that has any, and what it is to it: of copies the one most alike, else of
    /// updates.
    #[must_use]
    pub fn closest(&self, number: u32) -> Option<Related> {
        let at = self.closest.binary_search_by_key(&number, |c| c.0).ok()?;
        Some(self.closest[at].1)
    }

    /// The groups of articles that are copies or updates of one another, directly or by others between them, by their first
    /// articles; articles that are alone are left out.
    pub fn groups(&mut self) -> Vec<Vec<u32>> {
        self.groups.all()
    }

    /// Bytes of memory that the index holds, about.
    #[must_use]
    pub fn memory(&self) -> usize {
        let rows = self.kept.starts.capacity() * (size_of::<u64>() + size_of::<u32>());
        self.postings.bytes()
            + rows
            + self.closest.capacity() * size_of::<(u32, Related)>()
            + self.kept.waiting.capacity()
    }
}

/// What is kept of articles outside memory.
#[derive(Debug)]
struct Kept<F> {
    file: F,
    /// Where each article's record begins.
    starts: Vec<u64>,
    /// So many bytes are in the file; the rest waits.
    written: u64,
    waiting: Vec<u8>,
}

impl<F: Read + Write + Seek> Kept<F> {
    fn push(&mut self, profile: &Profile, label: &[u8]) -> Result<()> {
        let length =
            |n: usize| u32::try_from(n).map_err(|_| Error::new(ErrorKind::FileTooLarge, "an article is too long"));
        let (shingles, label_length) = (length(profile.shingles.len())?, length(label.len())?);
        if self.waiting.len() >= PIECE {
            self.file.seek(SeekFrom::Start(self.written))?;
            self.file.write_all(&self.waiting)?;
            self.written += self.waiting.len() as u64;
            self.waiting.clear();
        }
        self.starts.push(self.written + self.waiting.len() as u64);
        let out = &mut self.waiting;
        out.extend(shingles.to_le_bytes());
        out.extend(label_length.to_le_bytes());
        out.extend(profile.words.to_le_bytes());
        out.extend(profile.whole.to_le_bytes());
        out.extend(profile.published.map_or(NO_DAY, days).to_le_bytes());
        out.push(profile.mark.to_byte());
        profile.shingles.iter().for_each(|s| out.extend(s.to_le_bytes()));
        out.extend(label);
        Ok(())
    }

    fn profile(&mut self, number: u32) -> Result<Profile> {
        let record = self.record(number)?;
        let mut fields = Fields(&record);
        let (shingles, _) = (fields.u32() as usize, fields.u32());
        let (words, whole, published) =
            (fields.u32(), u64::from_le_bytes(fields.take()), i32::from_le_bytes(fields.take()));
        let [mark] = fields.take();
        let shingles = (0..shingles).map(|_| fields.u32()).collect();
        Ok(Profile::kept(words, whole, shingles, Mark::from_byte(mark), day(published)))
    }

    fn label(&mut self, number: u32) -> Result<Vec<u8>> {
        let record = self.record(number)?;
        let mut fields = Fields(&record);
        let (shingles, length) = (fields.u32() as usize, fields.u32() as usize);
        let from = HEAD + 4 * shingles;
        Ok(record.get(from..from + length).unwrap_or_default().to_vec())
    }

    /// The bytes of one record, from the file or from what waits.
    fn record(&mut self, number: u32) -> Result<Vec<u8>> {
        let none = || Error::new(ErrorKind::NotFound, "there is no such article");
        let at = number as usize;
        let start = *self.starts.get(at).ok_or_else(none)?;
        let end = self.starts.get(at + 1).copied().unwrap_or(self.written + self.waiting.len() as u64);
        let length = usize::try_from(end - start).map_err(|_| none())?;
        if let Some(from) = start.checked_sub(self.written) {
            let from = from as usize;
            return Ok(self.waiting[from..from + length].to_vec());
        }
        let mut record = vec![0; length];
        self.file.seek(SeekFrom::Start(start))?;
        self.file.read_exact(&mut record)?;
        Ok(record)
    }
}

/// Reads fields off the front of a record; past its end, which only a file changed by others has, they are zero.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let Some((head, rest)) = self.0.split_first_chunk::<N>() else { return [0; N] };
        self.0 = rest;
        *head
    }

    fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.take())
    }
}

/// A day as one number, later days larger.
fn days(date: Date) -> i32 {
    i32::from(date.year()) * 512 + i32::from(date.month()) * 32 + i32::from(date.day())
}

fn day(days: i32) -> Option<Date> {
    let (year, rest) = (days.div_euclid(512), days.rem_euclid(512));
    // Both parts of the rest are small.
    Date::new(i16::try_from(year).ok()?, (rest / 32) as i8, (rest % 32) as i8).ok()
}
