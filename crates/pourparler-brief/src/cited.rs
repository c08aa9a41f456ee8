//! Statements, each counted once and numbered, with the articles in which they appear.

use std::collections::HashMap;

use jiff::civil::Date;
use pourparler_text::{Entry, Quotation, SpeakerKind, Stance, names};
use serde::Serialize;

/// How many days apart two reports of the same words may be and still count as copies, where they do not both tell
/// the day on which it was said. Slogans come back; wire copy does not take longer than this.
const COPY_DAYS: i32 = 7;

/// A statement as the brief cites it: `[number]`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cited {
    /// Its number, counted from 1 in the order of days; statements without any day come last.
    pub number: usize,
    /// The day on which it counts, see [`Entry::day`].
    pub day: Option<Date>,
    /// Its first appearance: the words and all particulars are taken from there.
    pub entry: Entry,
    /// The articles in which it appears, the first published first.
    pub appearances: Vec<Appearance>,
}

/// One article in which a statement appears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Appearance {
    /// Id of the article.
    pub article: String,
    /// Headline of the article.
    pub title: Option<String>,
    /// Outlet of the article.
    pub outlet: Option<String>,
    /// Day on which the article was published.
    pub published: Option<Date>,
    /// Address of the article.
    pub url: Option<String>,
}

impl From<&Entry> for Appearance {
    fn from(entry: &Entry) -> Self {
        Self {
            article: entry.article.clone(),
            title: entry.title.clone(),
            outlet: entry.outlet.clone(),
            published: entry.published,
            url: entry.url.clone(),
        }
    }
}

impl Cited {
    fn new(entry: &Entry) -> Self {
        Self { number: 0, day: entry.day(), entry: entry.clone(), appearances: vec![entry.into()] }
    }

    /// The party that the speaker speaks for.
    #[must_use]
    pub fn party(&self) -> Option<&str> {
        self.entry.statement.speaker.party.as_deref()
    }

    /// Whether the article tells the day on which it was said; otherwise the day of publication stands in for it.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        self.entry.statement.said_on.is_some()
    }

    /// Whether the article names the speaker.
    #[must_use]
    pub fn is_named(&self) -> bool {
        let speaker = &self.entry.statement.speaker;
        speaker.name.is_some() && speaker.kind != SpeakerKind::Unnamed
    }

    /// Whether someone carried the words between the speaker and the article.
    #[must_use]
    pub fn is_relayed(&self) -> bool {
        !self.entry.statement.via.is_empty()
    }

    /// Whether a person has decided on it; what carries a score was made by machine.
    #[must_use]
    pub fn is_reviewed(&self) -> bool {
        self.entry.statement.confidence.is_none()
    }

    /// The one stance by which a drawing marks the statement: its first clear one, else unclear, else none.
    #[must_use]
    pub fn mark(&self) -> Option<Stance> {
        let positions = &self.entry.statement.positions;
        let clear = positions.iter().find(|p| p.stance != Stance::Unclear);
        clear.or(positions.first()).map(|p| p.stance)
    }

    /// What the statement weighs against others of the same day: one, and one more each for words in quotation
    /// marks, for a named person, and for words that nobody relayed.
    pub(crate) fn weight(&self) -> u32 {
        let statement = &self.entry.statement;
        let quoted = statement.quotation != Quotation::Indirect;
        let person = self.is_named() && statement.speaker.kind == SpeakerKind::Person;
        1 + u32::from(quoted) + u32::from(person) + u32::from(!self.is_relayed())
    }

    /// The stance that it takes on an issue; `None` where it does not take it up.
    #[must_use]
    pub fn stance_on(&self, issue: &str) -> Option<Stance> {
        self.entry.statement.positions.iter().find(|p| p.issue == issue).map(|p| p.stance)
    }

    pub(crate) fn takes_up(&self, issue: &str) -> bool {
        self.stance_on(issue).is_some()
    }

    /// The speaker's name as a key, so that spellings with and without accents are one speaker.
    pub(crate) fn speaker_key(&self) -> Option<String> {
        self.entry.statement.speaker.name.as_deref().map(names::key)
    }
}

/// The statements of the record, each once, numbered in the order of days.
///
/// Two entries are one statement where speaker and content are the same but for case, accents and punctuation, and
/// nothing tells that they were said on different days: the days of saying overlap where both are told, and the two
/// reports are at most a week apart where they are not. The first published is the first appearance.
#[must_use]
pub fn distinct(entries: &[Entry]) -> Vec<Cited> {
    let mut by_publication: Vec<&Entry> = entries.iter().collect();
    by_publication.sort_by_key(|e| (e.published.is_none(), e.published));

    let mut found: Vec<Cited> = Vec::new();
    let mut alike: HashMap<(Option<String>, String), Vec<usize>> = HashMap::new();
    for entry in by_publication {
        let words = names::key(&entry.content);
        // Without a single word there is nothing to tell that it is the same.
        if words.is_empty() {
            found.push(Cited::new(entry));
            continue;
        }
        let speaker = entry.statement.speaker.name.as_deref().map(names::key);
        let same = alike.entry((speaker, words)).or_default();
        if let Some(&i) = same.iter().find(|&&i| same_occasion(&found[i].entry, entry)) {
            if found[i].appearances.iter().all(|a| a.article != entry.article) {
                found[i].appearances.push(entry.into());
            }
        } else {
            same.push(found.len());
            found.push(Cited::new(entry));
        }
    }

    found.sort_by_key(|c| (c.day.is_none(), c.day));
    number(&mut found);
    found
}

/// Numbers statements in the order in which they stand.
pub(crate) fn number(statements: &mut [Cited]) {
    for (i, cited) in statements.iter_mut().enumerate() {
        cited.number = i + 1;
    }
}

fn same_occasion(a: &Entry, b: &Entry) -> bool {
    match (&a.statement.said_on, &b.statement.said_on) {
        (Some(a), Some(b)) => a.from <= b.to && b.from <= a.to,
        _ => a.day().zip(b.day()).is_none_or(|(a, b)| days_between(a, b) <= COPY_DAYS),
    }
}

/// How many days lie between two days, whichever comes first.
pub(crate) fn days_between(a: Date, b: Date) -> i32 {
    // Without a rounding unit the span is counted in days alone, and both are dates that exist.
    a.until(b).map_or(i32::MAX, |span| span.get_days().abs())
}
