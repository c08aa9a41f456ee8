//! How far people and the machine agree, and people with one another, as their decisions tell.

use std::collections::{BTreeMap, HashMap};

use pourparler_text::{CodePoint, Span, Statement};

use crate::review::{self, Review, Told, Verdict};
use crate::together::{Settled, Settlement, settlements};
use crate::{Ledger, LedgerError};

/// A part of a statement on which two may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Where its content begins and ends.
    Content,
    /// The words that name the speaker.
    Source,
    /// The words that make it an attribution.
    Cue,
    /// Direct, indirect or mixed.
    Quotation,
    /// Who speaks: name and kind.
    Speaker,
    /// The speaker's office.
    Role,
    /// Whom the speaker speaks for.
    Party,
    /// Who carried the words.
    Via,
    /// When it was said.
    Date,
    /// What it does.
    Act,
    /// Which issues it takes up, and how.
    Positions,
    /// Terms, reasons, hedges, firmness, addressee and due date.
    Manner,
}

impl Part {
    /// Every part, in the order of definition.
    pub const ALL: &[Self] = &[
        Self::Content,
        Self::Source,
        Self::Cue,
        Self::Quotation,
        Self::Speaker,
        Self::Role,
        Self::Party,
        Self::Via,
        Self::Date,
        Self::Act,
        Self::Positions,
        Self::Manner,
    ];

    /// The part in a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Source => "source",
            Self::Cue => "cue",
            Self::Quotation => "quotation",
            Self::Speaker => "speaker",
            Self::Role => "role",
            Self::Party => "party",
            Self::Via => "via",
            Self::Date => "date",
            Self::Act => "act",
            Self::Positions => "positions",
            Self::Manner => "manner",
        }
    }

    fn differs(self, a: &Statement<CodePoint>, b: &Statement<CodePoint>) -> bool {
        match self {
            Self::Content => a.content != b.content,
            Self::Source => a.source != b.source,
            Self::Cue => a.cue != b.cue,
            Self::Quotation => a.quotation != b.quotation,
            Self::Speaker => (&a.speaker.name, a.speaker.kind) != (&b.speaker.name, b.speaker.kind),
            Self::Role => a.speaker.role != b.speaker.role,
            Self::Party => a.speaker.party != b.speaker.party,
            Self::Via => a.via != b.via,
            // By which words and from which day it was found, a person need not tell.
            Self::Date => {
                let days = |s: &Statement<CodePoint>| s.said_on.as_ref().map(|d| (d.from, d.to));
                days(a) != days(b)
            }
            Self::Act => a.act != b.act,
            // Nor by what an issue was shown; and their order says nothing.
            Self::Positions => positions(a) != positions(b),
            Self::Manner => a.manner != b.manner,
        }
    }
}

pub(crate) fn positions(statement: &Statement<CodePoint>) -> Vec<(&str, &str, Option<&str>)> {
    let mut all: Vec<_> =
        statement.positions.iter().map(|p| (p.issue.as_str(), p.stance.as_str(), p.option.as_deref())).collect();
    all.sort_unstable();
    all
}

/// The parts in which two readings of one statement differ; ids and scores are none.
#[must_use]
pub fn differences(a: &Statement<CodePoint>, b: &Statement<CodePoint>) -> Vec<Part> {
    Part::ALL.iter().copied().filter(|part| part.differs(a, b)).collect()
}

/// What people made of what the machine found, by the decisions that hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewStatistics {
    /// Articles about which somebody decided something.
    pub articles: usize,
    /// Statements of the machine that were kept as they were.
    pub kept: usize,
    /// Statements of the machine that were kept with something put right.
    pub corrected: usize,
    /// In how many of these each part was put right; parts that never were are left out.
    pub corrected_in: BTreeMap<Part, usize>,
    /// Statements of the machine that are none.
    pub rejected: usize,
    /// Statements that the machine had not found and a person added.
    pub missed: usize,
}

impl ReviewStatistics {
    /// The statements of the machine on which somebody decided.
    #[must_use]
    pub fn decided(&self) -> usize {
        self.kept + self.corrected + self.rejected
    }

    /// The share of these that were not right as they were; `None` where nothing is decided.
    #[must_use]
    pub fn error_rate(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "counts of decisions")]
        let share = (self.corrected + self.rejected) as f64 / self.decided() as f64;
        (self.decided() > 0).then_some(share)
    }
}

/// What several people decided about one place of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct SecondOpinion {
    /// Id of the article.
    pub article: String,
    /// The content, as the last decision has it.
    pub content: Vec<Span<CodePoint>>,
    /// The last decision of each reviewer that holds, the earliest first; one that settles what others differ in is not among them.
    pub decisions: Vec<Review>,
    /// Whether some keep a statement there and others reject it.
    pub disputed: bool,
    /// The parts in which those who keep it differ.
    pub parts: Vec<Part>,
    /// What it was settled to, where nobody decided otherwise since.
    pub settled: Option<Settlement>,
}

impl SecondOpinion {
    /// Whether all of them decided the same.
    #[must_use]
    pub fn agrees(&self) -> bool {
        !self.disputed && self.parts.is_empty()
    }

    /// Whether they differ, and nobody settled it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.agrees() && self.settled.is_none()
    }
}

impl Ledger {
    /// What people made of what the machine found so far.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn review_statistics(&self) -> Result<ReviewStatistics, LedgerError> {
        self.told(self.db.view(|view| {
            let mut all = ReviewStatistics::default();
            for (article, reviews) in by_article(review::reviews(view, None)?) {
                let made = review::made(view, review::article_key(view, &article)?)?;
                let outcome = review::outcome(made.clone(), &reviews);
                all.articles += 1;
                all.rejected += outcome.rejected.iter().filter(|held| held.made.is_some()).count();
                for held in outcome.held.iter().filter(|held| held.statement.confidence.is_none()) {
                    let Some(machine) = held.made.and_then(|at| made.get(at)) else {
                        all.missed += 1;
                        continue;
                    };
                    let parts = differences(machine, &held.statement);
                    *(if parts.is_empty() { &mut all.kept } else { &mut all.corrected }) += 1;
                    parts.into_iter().for_each(|part| *all.corrected_in.entry(part).or_default() += 1);
                }
            }
            Ok(all)
        }))
    }

    /// The places on which two reviewers or more decided, by article in the order of the first decisions about each.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn second_opinions(&self) -> Result<Vec<SecondOpinion>, LedgerError> {
        self.told(self.db.view(|view| {
            let (reviews, settled) = (review::reviews(view, None)?, settlements(view, None)?);
            let all = by_article(reviews).into_iter();
            Ok(all.flat_map(|(article, reviews)| opinions(&article, reviews, &settled)).collect())
        }))
    }
}

/// The decisions about statements that hold, by article.
fn by_article(reviews: Vec<Review>) -> Vec<(String, Vec<Review>)> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut out: Vec<(String, Vec<Review>)> = Vec::new();
    for review in reviews.into_iter().filter(|r| !r.undone) {
        let Some(article) = review.article.clone() else { continue };
        let place = *places.entry(article.clone()).or_insert(out.len());
        if place == out.len() {
            out.push((article, Vec::new()));
        }
        out[place].1.push(review);
    }
    out
}

/// A place, and what was decided about it.
struct Site {
    decisions: Vec<Review>,
    settled: Option<Settlement>,
    /// Number and words of the last decision, which may be the one that settled it.
    last: Review,
}

/// The second opinions among the decisions about an article, which are those that hold; `settled` are those of them that settle others.
pub(crate) fn opinions(article: &str, reviews: Vec<Review>, settled: &HashMap<i64, Settled>) -> Vec<SecondOpinion> {
    let mut sites: Vec<Site> = Vec::new();
    for review in reviews {
        if let Some(Settled { opinions, note }) = settled.get(&review.number) {
            let of = |site: &&mut Site| site.decisions.iter().any(|d| opinions.contains(&d.number));
            if let Some(site) = sites.iter_mut().find(of) {
                site.last = review.clone();
                site.settled = Some(Settlement { opinions: opinions.clone(), review, note: note.clone() });
            }
            continue;
        }
        match sites.iter_mut().find(|site| same_place(&site.last.verdict, &review.verdict)) {
            Some(site) => {
                // Whoever decides again has changed their mind.
                site.decisions.retain(|earlier| earlier.reviewer != review.reviewer);
                site.last = review.clone();
                // A settlement stands as long as everybody follows it.
                site.settled.take_if(|settled| !same_reading(&settled.review.verdict, &review.verdict));
                site.decisions.push(review);
            }
            None => sites.push(Site { last: review.clone(), decisions: vec![review], settled: None }),
        }
    }
    sites.into_iter().filter(|site| site.decisions.len() > 1).map(|site| opinion(article, site)).collect()
}

fn same_reading(a: &Verdict, b: &Verdict) -> bool {
    match (a.kept(), b.kept()) {
        (Some(a), Some(b)) => differences(a, b).is_empty(),
        (a, b) => a.is_none() && b.is_none(),
    }
}

fn opinion(article: &str, Site { decisions, settled, last }: Site) -> SecondOpinion {
    let kept: Vec<&Statement<CodePoint>> = decisions.iter().filter_map(|r| r.verdict.kept()).collect();
    let disputed = !kept.is_empty() && kept.len() < decisions.len();
    let differ = |part: &Part| kept.windows(2).any(|two| part.differs(two[0], two[1]));
    let parts = Part::ALL.iter().copied().filter(differ).collect();
    let content = last.verdict.places().pop().map(|(content, _)| content.to_vec()).unwrap_or_default();
    SecondOpinion { article: article.to_owned(), content, decisions, disputed, parts, settled }
}

/// Whether two decisions are about one statement. One that reports another has nearly the same content and another cue.
fn same_place(a: &Verdict, b: &Verdict) -> bool {
    let (a, b) = (a.places(), b.places());
    let same = |(a, cue_of_a): &Told, (b, cue_of_b): &Told| {
        let cues = cue_of_a.zip(*cue_of_b).is_none_or(|(a, b)| review::same_cue(a, b));
        cues && Span::same_place(a, b)
    };
    a.iter().any(|a| b.iter().any(|b| same(a, b)))
}
