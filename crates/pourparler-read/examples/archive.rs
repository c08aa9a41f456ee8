//! Memory and speed of reading and de-duplicating an archive: `cargo run --release --example archive -- COUNT ARTICLES…`
//!
//! It makes an endless file of JSON articles of some 300 words from the sentences of real ones, shuffled, with every fourth word
//! another, so that no two have much in common; every sixth is a cut copy of one before. The file goes through reading and the
//! index as an archive would. At each tenth it prints how many articles a second went through, what the process holds in memory and
//! how many of the copies were found.

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::time::Instant;

use pourparler_read::copies::{CopyIndex, Profile};
use pourparler_read::{Found, ReadOptions, read_from};
use pourparler_text::sentences;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().ok_or("give a count and files of articles")?.parse()?;
    let mut pool = Vec::new();
    for file in arguments {
        let _ = read_from(File::open(&file)?, &file, &ReadOptions::default(), |found| {
            if let Found::Article(read) = found {
                let text = read.article.text.as_str();
                pool.extend(sentences(text).iter().map(|s| text[s.start..s.end].to_owned()));
            }
            ControlFlow::Continue(())
        });
    }
    let words: Vec<String> = pool.iter().flat_map(|s| s.split_whitespace().map(str::to_owned)).collect();
    let maker = Maker { pool, words, made: 0, count, seed: 1, before: Vec::new(), out: Vec::new(), at: 0 };
    let mut index = CopyIndex::new(tempfile::tempfile()?);
    let (start, mut copies, mut found, mut wrong) = (Instant::now(), 0, 0, 0);
    // Of which article each has the text.
    let mut texts: Vec<u32> = Vec::new();
    println!("{:>9} {:>10} {:>8} {:>9} {:>7} {:>6}", "articles", "per second", "RSS MB", "index MB", "found", "wrong");
    let mut failure = None;
    let flow = read_from(maker, "made", &ReadOptions::default(), |one| {
        let Found::Article(read) = one else { return ControlFlow::Continue(()) };
        let number = index.len();
        match index.insert(&Profile::of_read(&read), read.article.id.as_bytes()) {
            Ok(related) => {
                // A copy names what it is one of.
                let of: Option<u32> = read.article.outlet.as_deref().and_then(|o| o.parse().ok());
                copies += usize::from(of.is_some());
                // Of many copies of one text, others may be given in the place of the first.
                let text = of.unwrap_or(number as u32);
                texts.push(text);
                found += usize::from(of.is_some() && related.iter().any(|r| texts[r.earlier as usize] == text));
                wrong += usize::from(of.is_none() && !related.is_empty());
            }
            Err(error) => {
                failure = Some(error);
                return ControlFlow::Break(());
            }
        }
        if (number + 1) % (count / 10).max(1) == 0 {
            let speed = (number + 1) as f64 / start.elapsed().as_secs_f64();
            let share = 100.0 * found as f64 / copies.max(1) as f64;
            let (rss, held) = (resident() as f64 / 1e6, index.memory() as f64 / 1e6);
            println!("{:>9} {speed:>10.0} {rss:>8.0} {held:>9.1} {share:>6.1}% {wrong:>6}", number + 1);
        }
        ControlFlow::Continue(())
    });
    if let (ControlFlow::Break(()), Some(error)) = (flow, failure) {
        return Err(error.into());
    }
    let groups = index.groups();
    let in_groups: usize = groups.iter().map(Vec::len).sum();
    println!("{} groups with {in_groups} articles; {:.0} s", groups.len(), start.elapsed().as_secs_f64());
    Ok(())
}

/// Bytes of memory that the process holds; 0 where the system does not tell.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// The file of articles, made as it is read.
struct Maker {
    pool: Vec<String>,
    words: Vec<String>,
    made: usize,
    count: usize,
    seed: u64,
    /// Some articles made before, with their numbers.
    before: Vec<(usize, String)>,
    out: Vec<u8>,
    at: usize,
}

impl Maker {
    fn below(&mut self, n: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.seed >> 33) % n.max(1) as u64) as usize
    }

    fn line(&mut self) -> String {
        let number = self.made;
        self.made += 1;
        let (of, text) = if !self.before.is_empty() && self.below(6) == 0 {
            let at = self.below(self.before.len());
            let (of, text) = self.before[at].clone();
            let words: Vec<&str> = text.split(' ').collect();
            let kept = words.len() * (40 + self.below(50)) / 100;
            (Some(of), words[..kept].join(" "))
        } else {
            let mut text = String::new();
            let mut words = 0;
            while words < 300 {
                let at = self.below(self.pool.len());
                let sentence = self.pool[at].clone();
                for word in sentence.split_whitespace() {
                    words += 1;
                    let other = self.below(4) == 0;
                    let at = self.below(self.words.len());
                    text += if other { &self.words[at] } else { word };
                    text.push(' ');
                }
                text.push('\n');
            }
            // Copies are made of some thousand articles of all ages.
            let slot = self.below(self.made);
            if self.before.len() < 3000 {
                self.before.push((number, text.clone()));
            } else if slot < 3000 {
                self.before[slot] = (number, text.clone());
            }
            (None, text)
        };
        serde_json::json!({ "id": number.to_string(), "outlet": of.map(|n| n.to_string()), "text": text }).to_string()
    }
}

impl Read for Maker {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.out.len() {
            if self.made == self.count {
                return Ok(0);
            }
            self.out = self.line().into_bytes();
            self.out.push(b'\n');
            self.at = 0;
        }
        let length = buffer.len().min(self.out.len() - self.at);
        buffer[..length].copy_from_slice(&self.out[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}
