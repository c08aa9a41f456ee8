//! Which articles have which hashes in their sketches: a table small enough for archives.
//!
//! Every entry is eight bytes: 32 bits of the hash and the article's number. The eight bits before them choose one of
//! 256 shards, open-addressed, that grow one at a time, by a quarter, so that growth never holds much more than the
//! table itself. What 40 bits cannot tell apart costs a comparison in vain.

use super::MOST_UNDER_HASH;

/// Shards of the table.
const SHARDS: usize = 256;

/// The number that stands for no article.
const FREE: u32 = u32::MAX;

#[derive(Debug)]
pub(super) struct Postings {
    shards: Vec<Shard>,
}

#[derive(Debug, Default)]
struct Shard {
    slots: Vec<(u32, u32)>,
    taken: usize,
}

impl Postings {
    pub(super) fn new() -> Self {
        Self { shards: (0..SHARDS).map(|_| Shard::default()).collect() }
    }

    /// Files an article under a hash.
    pub(super) fn add(&mut self, hash: u64, article: u32) {
        let (shard, tag) = place(hash);
        self.shards[shard].add(tag, article);
    }

    /// The articles under a hash.
    pub(super) fn find(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        let (shard, tag) = place(hash);
        self.shards[shard].find(tag)
    }

    /// Bytes that the table holds.
    pub(super) fn bytes(&self) -> usize {
        self.shards.iter().map(|s| s.slots.capacity() * size_of::<(u32, u32)>()).sum()
    }
}

/// Shard and tag of a hash. Sketches hold the smallest hashes, whose upper bits are mostly zero: the lower ones are used.
fn place(hash: u64) -> (usize, u32) {
    ((hash >> 32) as usize % SHARDS, hash as u32)
}

impl Shard {
    fn add(&mut self, tag: u32, article: u32) {
        if self.find(tag).count() >= MOST_UNDER_HASH {
            return;
        }
        // At most seven eighths are taken, so that looking ends soon.
        if (self.taken + 1) * 8 > self.slots.len() * 7 {
            let larger = self.slots.len() + self.slots.len() / 4 + 16;
            let old = std::mem::replace(&mut self.slots, vec![(0, FREE); larger]);
            for (tag, article) in old.into_iter().filter(|slot| slot.1 != FREE) {
                self.put(tag, article);
            }
        }
        self.put(tag, article);
        self.taken += 1;
    }

    fn put(&mut self, tag: u32, article: u32) {
        let at = self.from(tag).find(|&at| self.slots[at].1 == FREE);
        // There is a free slot: the table was made larger before.
        if let Some(at) = at {
            self.slots[at] = (tag, article);
        }
    }

    fn find(&self, tag: u32) -> impl Iterator<Item = u32> + '_ {
        let slots = self.from(tag).map(|at| self.slots[at]).take_while(|slot| slot.1 != FREE);
        slots.filter(move |slot| slot.0 == tag).map(|slot| slot.1)
    }

    /// Every slot once, from the tag's own on.
    fn from(&self, tag: u32) -> impl Iterator<Item = usize> + use<> {
        let length = self.slots.len();
        let start = ((u64::from(tag) * length as u64) >> 32) as usize;
        (start..length).chain(0..start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_filed_is_found() {
        let mut postings = Postings::new();
        let hash = |n: u32| u64::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for n in 0..20_000 {
            postings.add(hash(n), n);
            postings.add(hash(n / 2), n + 50_000);
            postings.add(77, n);
        }
        for n in 0..10_000 {
            let mut found: Vec<_> = postings.find(hash(n)).collect();
            found.sort_unstable();
            assert_eq!(found, [n, 2 * n + 50_000, 2 * n + 50_001]);
        }
        assert_eq!(postings.find(77).count(), MOST_UNDER_HASH);
        assert_eq!(postings.find(78).count(), 0);
        assert!(postings.bytes() < 40_048 * 8 * 2);
    }
}
