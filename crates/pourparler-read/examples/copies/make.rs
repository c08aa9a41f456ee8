//! Copies and updates of an article, made with a fixed seed.

use jiff::ToSpan;
use jiff::civil::date;
use pourparler_text::{Article, Text, sentences};

/// A small generator of numbers that are the same in every run (SplitMix64).
pub struct Random(u64);

impl Random {
    /// One that belongs to a name.
    pub fn of(name: &str) -> Self {
        let mut random = Self(
            name.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)),
        );
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// A share from `low` to `high`.
    pub fn share(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

/// What is done to an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Truncated,
    Headline,
    Reordered,
    Corrected,
    Furniture,
    Added,
    Combined,
    Updated,
}

pub const KINDS: [Kind; 8] = [
    Kind::Truncated,
    Kind::Headline,
    Kind::Reordered,
    Kind::Corrected,
    Kind::Furniture,
    Kind::Added,
    Kind::Combined,
    Kind::Updated,
];

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Truncated => "truncated",
            Self::Headline => "headline",
            Self::Reordered => "reordered",
            Self::Corrected => "corrected",
            Self::Furniture => "furniture",
            Self::Added => "added",
            Self::Combined => "combined",
            Self::Updated => "updated",
        }
    }
}

/// The article with a day where it has none, but for a third of them.
pub fn dated(article: &Article) -> Article {
    let mut random = Random::of(&format!("{} day", article.id));
    let day = date(2031, 1, 1).saturating_add((random.below(300) as i64).days());
    let undated = random.below(3) == 0;
    Article { published: if undated { None } else { article.published.or(Some(day)) }, ..article.clone() }
}

pub fn with_text(article: &Article, text: String) -> Article {
    Article { text: Text::new(text), ..article.clone() }
}

/// The article after what `kind` says was done to it; `None` where it is too short for it.
pub fn make(base: &Article, kind: Kind, pool: &[&Article]) -> Option<Article> {
    let mut random = Random::of(&format!("{} {}", base.id, kind.name()));
    let mut made = base.clone();
    made.published = base.published.map(|day| day.saturating_add((random.below(3) as i64).days()));
    let mut paragraphs = paragraphs(base.text.as_str());
    if kind == Kind::Combined {
        let mut kinds = [Kind::Headline, Kind::Reordered, Kind::Corrected, Kind::Furniture, Kind::Added];
        random.shuffle(&mut kinds);
        let mut kinds = kinds[..2 + random.below(2)].to_vec();
        if random.below(2) == 0 {
            // What is cut is cut first: an outlet gets the whole and keeps its beginning.
            kinds.insert(0, Kind::Truncated);
        }
        for kind in kinds {
            change(&mut made, &mut paragraphs, kind, pool, &mut random);
        }
    } else {
        change(&mut made, &mut paragraphs, kind, pool, &mut random);
    }
    made.text = Text::new(paragraphs.join("\n\n"));
    // Of less than that only equality could be told.
    (made.text.as_str().split_whitespace().count() >= 32 && made.text != base.text || kind == Kind::Headline)
        .then_some(made)
}

fn change(article: &mut Article, paragraphs: &mut Vec<String>, kind: Kind, pool: &[&Article], random: &mut Random) {
    match kind {
        Kind::Truncated => {
            let words = paragraphs.iter().map(|p| p.split_whitespace().count()).sum::<usize>();
            let mut left = (words as f64 * random.share(0.34, 0.9)) as usize;
            for paragraph in paragraphs.iter_mut() {
                let kept: Vec<&str> = paragraph.split_whitespace().take(left).collect();
                left -= kept.len();
                *paragraph = kept.join(" ");
            }
            paragraphs.retain(|p| !p.is_empty());
        }
        Kind::Headline => article.title = Some("Oria and Tarn: what the envoys said in Sarn".to_owned()),
        Kind::Reordered => random.shuffle(paragraphs),
        Kind::Corrected => {
            let rate = random.share(0.01, 0.08);
            for paragraph in paragraphs.iter_mut() {
                *paragraph = corrected(paragraph, rate, random);
            }
        }
        Kind::Furniture => {
            let agency = ["Reuters", "AP", "AFP", "Xinhua"][random.below(4)];
            if let Some(first) = paragraphs.first_mut() {
                first.insert_str(0, &format!("SARN, March 14 ({agency}) - "));
            }
            paragraphs.push("The Harbour Gazette has told Oria's mornings since the days of sail. Our newsroom in Sarn is paid for by its readers; if you value what we do, become a friend of the house for the price of a coffee.".to_owned());
            paragraphs
                .extend(["Follow us on Twitter".to_owned(), "© The Harbour Gazette. All rights reserved.".to_owned()]);
        }
        Kind::Added => {
            for _ in 0..1 + random.below(3) {
                let Some(words) = passage(pool, 20 + random.below(30), random) else { return };
                // Never before the lead.
                let at = if random.below(2) == 0 { paragraphs.len() } else { 1 + random.below(paragraphs.len()) };
                paragraphs.insert(at.min(paragraphs.len()), words);
            }
        }
        Kind::Updated => update(article, paragraphs, pool, random),
        Kind::Combined => {}
    }
}

/// A new lead and between 30% and 60% of new text, other numbers, and often less of the old.
fn update(article: &mut Article, paragraphs: &mut Vec<String>, pool: &[&Article], random: &mut Random) {
    let mut old = std::mem::take(paragraphs);
    if random.below(2) == 0 && old.len() > 3 {
        old.remove(0);
    }
    if random.below(2) == 0 {
        old.truncate((old.len() as f64 * random.share(0.7, 1.0)).ceil() as usize);
    }
    for paragraph in &mut old {
        *paragraph = paragraph
            .split(' ')
            .map(|w| {
                if w.contains(|c: char| c.is_ascii_digit()) && random.below(2) == 0 {
                    "17".to_owned()
                } else {
                    w.to_owned()
                }
            })
            .collect::<Vec<_>>()
            .join(" ");
    }
    let words: usize = old.iter().map(|p| p.split_whitespace().count()).sum();
    let share = random.share(0.3, 0.6);
    let mut new = (words as f64 * share / (1.0 - share)) as usize;
    paragraphs.extend(passage(pool, 25, random));
    new = new.saturating_sub(25);
    while new > 0 {
        let Some(words) = passage(pool, new.min(45), random) else { break };
        new = new.saturating_sub(words.split_whitespace().count());
        let at = random.below(old.len() + 1);
        old.insert(at, words);
    }
    paragraphs.append(&mut old);
    article.title = match random.below(5) {
        0 => Some("UPDATE 2-Envoys meet in Sarn".to_owned()),
        1 => Some("Envoys meet in Sarn (adds details)".to_owned()),
        _ => Some("Envoys leave Sarn".to_owned()),
    };
}

/// Whole sentences from somewhere in the pool, at least so many words.
fn passage(pool: &[&Article], words: usize, random: &mut Random) -> Option<String> {
    let mut out = String::new();
    for _ in 0..50 {
        let text = pool.get(random.below(pool.len()))?.text.as_str();
        let spans = sentences(text);
        let from = random.below(spans.len());
        for span in spans.iter().skip(from).take(3) {
            out += &text[span.start..span.end];
            out.push(' ');
            if out.split_whitespace().count() >= words {
                return Some(out.trim().to_owned());
            }
        }
    }
    None
}

/// Words changed, left out and put in here and there; numbers and names more often.
fn corrected(paragraph: &str, rate: f64, random: &mut Random) -> String {
    let words = paragraph.split(' ').filter_map(|word| {
        let likely = word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if random.share(0.0, 1.0) > if likely { rate * 1.5 } else { rate } {
            return Some(word.to_owned());
        }
        match (random.below(3), likely) {
            (0, false) => None,
            (1, false) => Some(format!("{word} indeed")),
            _ if word.starts_with(|c: char| c.is_ascii_digit()) => Some(random.below(90).to_string()),
            _ if likely => Some("Oren".to_owned()),
            _ => Some("certain".to_owned()),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The last sentences of an article.
pub fn background(article: &Article, count: usize) -> String {
    let text = article.text.as_str();
    let spans = sentences(text);
    let last = spans.iter().skip(spans.len().saturating_sub(count));
    last.map(|s| &text[s.start..s.end]).collect::<Vec<_>>().join(" ")
}

/// Paragraphs; of a text of one or two, groups of two sentences.
fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<String> = text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
    if lines.len() > 2 {
        return lines;
    }
    let spans = sentences(text);
    spans.chunks(2).map(|two| two.iter().map(|s| &text[s.start..s.end]).collect::<Vec<_>>().join(" ")).collect()
}
