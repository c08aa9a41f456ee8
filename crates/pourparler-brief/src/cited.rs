//! Statements, each counted once and numbered, with the articles in which they appear.

use std::collections::HashMap;
use std::rc::Rc;

use jiff::civil::Date;
use pourparler_text::{CodePoint, Entry, Firmness, Quotation, Span, SpeakerKind, Stance, Statement, Unit, names};
use serde::Serialize;

use crate::Authority;
use crate::same::Wording;
use crate::vocabulary::{Contents, Stems, Vocabulary};

/// How many days apart two reports of the same words may be and still count as copies, where they do not both tell
/// the day on which it was said. Slogans come back; wire copy does not take longer than this.
const COPY_DAYS: i32 = 7;

/// By so many characters the pieces of an interrupted content are joined in [`Entry::content`].
const PIECES_JOINED: usize = 3;

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
    fn new(entry: Entry, appearances: Vec<Appearance>) -> Self {
        Self { number: 0, day: entry.day(), entry, appearances }
    }

    /// Whether it counts in a period; without a day it is in none but that of all time.
    #[must_use]
    pub fn is_within(&self, since: Option<Date>, until: Option<Date>) -> bool {
        match self.day {
            Some(day) => since.is_none_or(|since| since <= day) && until.is_none_or(|until| day <= until),
            None => since.is_none() && until.is_none(),
        }
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

    /// What the statement weighs against others of the same day, see [`weight`].
    #[must_use]
    pub fn weight(&self) -> u32 {
        weight(&self.entry.statement, self.appearances.len())
    }

    /// The stance that it takes on an issue; `None` where it does not take it up.
    #[must_use]
    pub fn stance_on(&self, issue: &str) -> Option<Stance> {
        self.entry.statement.positions.iter().find(|p| p.issue == issue).map(|p| p.stance)
    }

    pub(crate) fn takes_up(&self, issue: &str) -> bool {
        self.stance_on(issue).is_some()
    }

    /// The words under spans of the content: spans are code points of the article, and the content's own tell where its words
    /// begin.
    #[must_use]
    pub fn words_of(&self, spans: &[Span<CodePoint>]) -> Vec<String> {
        let mut at = 0;
        let mut pieces: Vec<(usize, usize, usize)> = Vec::new();
        for span in &self.entry.statement.content {
            pieces.push((span.start, span.end, at));
            at += span.end - span.start + PIECES_JOINED;
        }
        let words = |s: &Span<CodePoint>| {
            let (start, _, at) = pieces.iter().find(|(start, end, _)| *start <= s.start && s.end <= *end)?;
            Some(self.entry.content.chars().skip(at + s.start - start).take(s.end - s.start).collect())
        };
        spans.iter().filter_map(words).collect()
    }
}

/// The names of speakers as keys, so that spellings with and without accents are one speaker. Few names are said again and
/// again: each is folded once.
#[derive(Debug, Default)]
pub(crate) struct SpeakerKeys<'a> {
    known: HashMap<&'a str, Rc<str>>,
}

impl<'a> SpeakerKeys<'a> {
    /// The key of a statement's speaker; `None` where nobody is named or described.
    pub(crate) fn of(&mut self, cited: &'a Cited) -> Option<Rc<str>> {
        let name = cited.entry.statement.speaker.name.as_deref()?;
        Some(Rc::clone(self.known.entry(name).or_insert_with(|| names::key(name).into())))
    }
}

/// What a statement weighs against others of its party on the same day: one; one more each for words in quotation marks, for
/// a named person, for words that nobody relayed, and for a red line; one for who [speaks](Authority::Speaks) for the party and
/// two for who [settles](Authority::Settles); and one or two for being reported by two or by four articles and more.
#[must_use]
pub fn weight<U: Unit>(statement: &Statement<U>, appearances: usize) -> u32 {
    let quoted = statement.quotation != Quotation::Indirect;
    let named = statement.speaker.name.is_some() && statement.speaker.kind == SpeakerKind::Person;
    let direct = statement.via.is_empty() && statement.relayed_by.is_none();
    let firm = statement.manner.firmness == Some(Firmness::RedLine);
    let ones = [quoted, named, direct, firm].into_iter().map(u32::from).sum::<u32>();
    let authority = match Authority::of(&statement.speaker) {
        Authority::Comments => 0,
        Authority::Speaks => 1,
        Authority::Settles => 2,
    };
    1 + ones + authority + appearances.max(1).ilog2().min(2)
}

/// The statements of the record, each once, numbered in the order of days.
///
/// Two entries are one statement where the names may be one speaker's, the words are the same
/// or nearly, and nothing tells that they were said on different days: the days of saying overlap where
/// both are told, and the two reports are at most a week apart where they are not. Of a speaker without a name only the very same
/// words are one. The first published is the first appearance.
#[must_use]
pub fn distinct(entries: &[Entry]) -> Vec<Cited> {
    distinct_with_contents(entries).0
}

/// The same as [`distinct`], with what they are about.
pub(crate) fn distinct_with_contents(entries: &[Entry]) -> (Vec<Cited>, Contents) {
    let (groups, vocabulary) = groups(entries);
    let cited = |group: Group| {
        let appearances = appearances(group.reports.iter().map(|&at| &entries[at]));
        (Cited::new(entries[group.reports[0]].clone(), appearances), group.stems)
    };
    let (statements, stems) = in_order(groups.into_iter().map(cited).collect());
    (statements, Contents::new(stems, vocabulary))
}

/// The same as [`distinct`], of entries that nobody needs any longer: none is held twice.
#[must_use]
pub fn distinct_of(entries: Vec<Entry>) -> Vec<Cited> {
    let (groups, _) = groups(&entries);
    let mut slots: Vec<Option<Entry>> = entries.into_iter().map(Some).collect();
    let mut found = Vec::with_capacity(groups.len());
    for group in groups {
        let appearances = appearances(group.reports.iter().filter_map(|&at| slots[at].as_ref()));
        let mut reports = group.reports.iter().filter_map(|&at| slots[at].take());
        found.extend(reports.next().map(|first| (Cited::new(first, appearances), group.stems)));
        // The copies are let go.
        reports.for_each(drop);
    }
    in_order(found).0
}

/// The articles of reports, each once.
fn appearances<'a>(reports: impl Iterator<Item = &'a Entry>) -> Vec<Appearance> {
    let mut out: Vec<Appearance> = Vec::new();
    for report in reports {
        if out.iter().all(|a| a.article != report.article) {
            out.push(report.into());
        }
    }
    out
}

fn in_order(mut found: Vec<(Cited, Stems)>) -> (Vec<Cited>, Vec<Stems>) {
    found.sort_by_cached_key(|(c, _)| (c.day.is_none(), c.day));
    let (mut statements, stems): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    number(&mut statements);
    (statements, stems)
}

/// Reports of one statement.
struct Group {
    /// The first published first: places in what was given.
    reports: Vec<usize>,
    /// What the first of them is about.
    stems: Stems,
}

/// Which entries are one statement, the first published first, with the vocabulary of all.
fn groups(entries: &[Entry]) -> (Vec<Group>, Vocabulary) {
    let mut by_publication: Vec<usize> = (0..entries.len()).collect();
    by_publication.sort_by_key(|&at| (entries[at].published.is_none(), entries[at].published));
    let mut rank = vec![0; entries.len()];
    by_publication.iter().enumerate().for_each(|(place, &at)| rank[at] = place);

    // Only those of one last name are held beside each other. Papers give a name in whole or the last of it.
    let mut names: HashMap<&str, (String, String)> = HashMap::new();
    let mut of_last: HashMap<String, Vec<(usize, String)>> = HashMap::new();
    for at in by_publication {
        let entry = &entries[at];
        let (last, given) = match entry.statement.speaker.name.as_deref() {
            Some(name) => names.entry(name).or_insert_with(|| split(name)).clone(),
            None => Default::default(),
        };
        // Those without a name are told by their words alone.
        let last = if last.is_empty() { format!("\n{}", names::key(&entry.content)) } else { last };
        of_last.entry(last).or_default().push((at, given));
    }
    let mut vocabulary = Vocabulary::default();
    let groups = of_last.into_values().flat_map(|reports| of_one_name(entries, reports, &mut vocabulary));
    let mut found: Vec<Group> = groups.collect();
    found.sort_unstable_by_key(|group| rank[group.reports[0]]);
    (found, vocabulary)
}

/// The last word of a name, folded, and the others.
fn split(name: &str) -> (String, String) {
    let mut words = names::fold(name);
    let last = words.pop().unwrap_or_default();
    (last, words.join(" "))
}

/// The same of the reports of one last name, each with the names before it; the first published first.
fn of_one_name(entries: &[Entry], reports: Vec<(usize, String)>, vocabulary: &mut Vocabulary) -> Vec<Group> {
    if let [(alone, _)] = reports.as_slice() {
        return vec![Group { reports: vec![*alone], stems: vocabulary.stems(&entries[*alone].content) }];
    }
    let mut found: Vec<Group> = Vec::new();
    let mut of_week: HashMap<i32, Vec<Known>> = HashMap::new();
    for (place, given) in reports {
        let entry = &entries[place];
        let wording = Wording::of(&entry.content, vocabulary);
        // Without a single word there is nothing to tell that it is the same.
        if wording.is_empty() {
            found.push(Group { reports: vec![place], stems: Stems::default() });
            continue;
        }
        let week = week(entry);
        // Reports that are at most a week apart lie in one stretch of days or in neighbours.
        let near = [week - 1, week, week + 1];
        let same = near.iter().filter_map(|w| of_week.get(w)).flatten().find(|known| {
            let first = &entries[found[known.at].reports[0]];
            // The words first: most differ, and that shows at once.
            let named_so = || known.given == given || given.is_empty() || known.given.is_empty();
            known.wording.is_same(&wording, vocabulary)
                && same_occasion(first, entry)
                && (named_so() || same_speaker(first, entry))
        });
        if let Some(at) = same.map(|known| known.at) {
            found[at].reports.push(place);
        } else {
            of_week.entry(week).or_default().push(Known { at: found.len(), given, wording });
            found.push(Group { reports: vec![place], stems: Stems::default() });
        }
    }
    for known in of_week.into_values().flatten() {
        found[known.at].stems = known.wording.into_stems();
    }
    found
}

/// Numbers statements in the order in which they stand.
pub(crate) fn number(statements: &mut [Cited]) {
    for (i, cited) in statements.iter_mut().enumerate() {
        cited.number = i + 1;
    }
}

/// A statement that is on the list already, as it is compared.
struct Known {
    /// Its place on the list.
    at: usize,
    /// The speaker's names but the last, folded.
    given: String,
    wording: Wording,
}

/// The stretch of [`COPY_DAYS`] days in which an entry's day lies; those without any day have one of their own.
fn week(entry: &Entry) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    entry.day().map_or(i32::MIN / 2, |day| epoch.until(day).map_or(0, |span| span.get_days()).div_euclid(COPY_DAYS + 1))
}

/// Whether two names may be one's: *Ilse Orso*, *I. Orso*, *Orso*.
fn same_speaker(a: &Entry, b: &Entry) -> bool {
    match (&a.statement.speaker.name, &b.statement.speaker.name) {
        (Some(a), Some(b)) => names::key(a) == names::key(b) || names::may_be_one(a, b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// Whether nothing tells that two reports are of different days.
pub(crate) fn same_occasion(a: &Entry, b: &Entry) -> bool {
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
