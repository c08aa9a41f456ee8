//! Statements: attributions whose speaker is resolved and dated, in the words of the exchange form.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Byte, CodePoint, Span, Text, Unit};

named!(
    /// How much of the content stands in quotation marks.
    Quotation {
        /// All of it.
        Direct = "direct",
        /// None of it.
        Indirect = "indirect",
        /// Part of it.
        Mixed = "mixed",
    }
);

named!(
    /// What kind of speaker it is.
    SpeakerKind {
        /// A named person.
        Person = "person",
        /// A ministry, alliance, firm, party, …
        Organisation = "organisation",
        /// A country, or a capital that stands for its government.
        Country = "country",
        /// Several together: *both sides*, *experts*.
        Group = "group",
        /// Not named: *a senior official*, or nobody at all.
        Unnamed = "unnamed",
    }
);

named!(
    /// What a statement does.
    Act {
        /// States how things stand.
        Assert = "assert",
        /// Evaluates, expects, hopes, fears.
        Assess = "assess",
        /// Offers a term, an option, a meeting.
        Propose = "propose",
        /// Requires, asks, calls for.
        Demand = "demand",
        /// Agrees, concedes, welcomes.
        Accept = "accept",
        /// Refuses, rules out, opposes.
        Reject = "reject",
        /// Promises or declares an own intention.
        Commit = "commit",
        /// Threatens or warns of consequences.
        Warn = "warn",
        /// Blames or condemns.
        Accuse = "accuse",
        /// Says that a claim is not true.
        Deny = "deny",
    }
);

named!(
    /// Where a speaker stands on an issue.
    Stance {
        /// For it.
        Supports = "supports",
        /// Against it.
        Opposes = "opposes",
        /// Yes, on terms.
        Conditional = "conditional",
        /// Discussing it, not excluding it.
        Open = "open",
        /// Takes it up without a stance.
        Unclear = "unclear",
    }
);

named!(
    /// How firmly something is put.
    Firmness {
        /// Not to be moved: *never*, *not negotiable*.
        RedLine = "red line",
        /// Required: *must*, *insists*.
        Demand = "demand",
        /// Wished for: *should*, *would like*, *is ready to*.
        Preference = "preference",
        /// Let in and no more: *could*, *does not rule out*.
        Hint = "hint",
    }
);

named!(
    /// What shows that a statement takes up an issue.
    Shown {
        /// The content's own words.
        Words = "words",
        /// A weak word of the content, where nothing shows another issue.
        Weak = "weak word",
        /// The words around a content that points back.
        Around = "words around",
        /// No word, but the statement's meaning.
        Meaning = "meaning",
    }
);

named!(
    /// How a date was found.
    Dating {
        /// The words name it whole: *on 24 February 2022*.
        Named = "named",
        /// Counted from the day of publication: *on Wednesday*, *last month*, *in February*.
        Relative = "relative",
        /// Counted from an event of the dossier: *on the 21st day of the war*.
        Counted = "counted",
        /// Given in an earlier sentence of the same occasion.
        Carried = "carried",
        /// The text itself speaks, on the day that it is of.
        OwnDay = "own day",
    }
);

impl Stance {
    /// Whether it is for its issue, be it on terms, or against it; `None` where it takes no side.
    #[must_use]
    pub fn agrees(self) -> Option<bool> {
        match self {
            Self::Supports | Self::Conditional => Some(true),
            Self::Opposes => Some(false),
            Self::Open | Self::Unclear => None,
        }
    }
}

impl Quotation {
    /// How much of a content stands in quotation marks, by the marks in it and around it.
    #[must_use]
    pub fn of(content: &[Span<CodePoint>], text: &Text) -> Self {
        const MARKS: &[char] = &['"', '“', '”', '„', '«', '»', '‟'];
        let outside = |span: Span<CodePoint>| {
            let span = text.to_bytes(span);
            let (before, words, after) = (&text.as_str()[..span.start], text.get(span), &text.as_str()[span.end..]);
            let opened = words.starts_with(MARKS) || before.ends_with(MARKS);
            let closed = words.trim_end_matches(['.', ',']).ends_with(MARKS) || after.starts_with(MARKS);
            (opened && closed, words.contains(MARKS))
        };
        let found: Vec<(bool, bool)> = content.iter().map(|&span| outside(span)).collect();
        match (found.iter().all(|(whole, _)| *whole), found.iter().any(|(whole, inside)| *whole || *inside)) {
            (true, _) => Self::Direct,
            (false, true) => Self::Mixed,
            (false, false) => Self::Indirect,
        }
    }
}

/// Who speaks, as far as the article tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The fullest name that the article gives.
    pub name: Option<String>,
    /// Person, organisation, …
    pub kind: SpeakerKind,
    /// Office or description, without the country.
    pub role: Option<String>,
    /// The side, country or body that the speaker speaks for.
    pub party: Option<String>,
}

impl Speaker {
    /// A speaker of whom the article says nothing.
    #[must_use]
    pub fn unattributed() -> Self {
        Self { name: None, kind: SpeakerKind::Unnamed, role: None, party: None }
    }
}

/// The day or days on which something was said.
/// Its granularity is its length: a day, a week from Monday on, a month, a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateRange {
    /// First day.
    pub from: Date,
    /// Last day, inclusive.
    pub to: Date,
    /// The words that gave it; `None` where it carries over from an earlier sentence.
    #[serde(default)]
    pub text: Option<String>,
    /// How it was found; absent where a person gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Dating>,
    /// The day from which it was counted, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Date>,
}

impl DateRange {
    /// As ISO 8601 has it: `2031-03-03`, or `2031-03-03/2031-03-09`.
    #[must_use]
    pub fn iso(&self) -> String {
        if self.from == self.to { self.from.to_string() } else { format!("{}/{}", self.from, self.to) }
    }
}

/// A stance on one issue.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The issue's id in the dossier.
    pub issue: String,
    /// Where the speaker stands.
    pub stance: Stance,
    /// The id of the option of the issue that is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
    /// What shows it; absent where a person decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Shown>,
}

impl Position {
    /// A stance on an issue as a person gives it: on no option, by nothing but their word.
    #[must_use]
    pub fn new(issue: impl Into<String>, stance: Stance) -> Self {
        Self { issue: issue.into(), stance, option: None, by: None }
    }
}

/// How a statement is put. Its spans are counted in `U` and lie inside the content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Manner<U: Unit> {
    /// The terms on which it holds: *only on legally verified guarantees*.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Span<U>>,
    /// The reasons given: *because the shelling goes on*.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Span<U>>,
    /// Words that make it less than certain: *may*, *reportedly*.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hedges: Vec<Span<U>>,
    /// How firmly it is put, where it takes a stance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub firmness: Option<Firmness>,
    /// To whom it is said, where it asks, warns, promises or accuses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub addressee: Option<String>,
    /// By when, where it promises or asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<DateRange>,
}

impl<U: Unit> Default for Manner<U> {
    fn default() -> Self {
        Self {
            conditions: Vec::new(),
            reasons: Vec::new(),
            hedges: Vec::new(),
            firmness: None,
            addressee: None,
            due: None,
        }
    }
}

/// One statement of one article. Its spans are counted in `U`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Statement<U: Unit> {
    /// Unique in its article.
    pub id: String,
    /// The words that name the speaker; empty where none do.
    pub source: Vec<Span<U>>,
    /// The words that make it an attribution; empty where none do.
    pub cue: Vec<Span<U>>,
    /// What is said or held.
    pub content: Vec<Span<U>>,
    /// Direct, indirect or mixed.
    pub quotation: Quotation,
    /// Who says it.
    pub speaker: Speaker,
    /// Who carried the words to this article, nearest to the speaker first.
    pub via: Vec<String>,
    /// When it was said; `None` where nothing tells.
    pub said_on: Option<DateRange>,
    /// What it does.
    pub act: Act,
    /// Which issues it takes up, and how.
    pub positions: Vec<Position>,
    /// On what terms, for what reasons, how firmly and to whom.
    #[serde(flatten)]
    pub manner: Manner<U>,
    /// Id of the statement of the same article inside whose content this one is reported: *A says that B promised*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relayed_by: Option<String>,
    /// How sure the extraction is, from 0 to 1; absent where a person decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
}

impl<U: Unit> Statement<U> {
    /// What nobody in particular is reported to assert, in these words; it carries no score.
    #[must_use]
    pub fn bare(id: impl Into<String>, content: Vec<Span<U>>) -> Self {
        Self {
            id: id.into(),
            source: Vec::new(),
            cue: Vec::new(),
            content,
            quotation: Quotation::Indirect,
            speaker: Speaker::unattributed(),
            via: Vec::new(),
            said_on: None,
            act: Act::Assert,
            positions: Vec::new(),
            manner: Manner::default(),
            relayed_by: None,
            confidence: None,
        }
    }

    /// The day on which it counts, in an article of a day: the last on which it was said, else that of publication.
    #[must_use]
    pub fn day(&self, published: Option<Date>) -> Option<Date> {
        self.said_on.as_ref().map(|d| d.to).or(published)
    }

    /// The same statement with spans in another unit.
    pub fn map_spans<V: Unit>(self, convert: impl Fn(Span<U>) -> Span<V>) -> Statement<V> {
        let all = |spans: Vec<Span<U>>| spans.into_iter().map(&convert).collect();
        Statement {
            id: self.id,
            source: all(self.source),
            cue: all(self.cue),
            content: all(self.content),
            quotation: self.quotation,
            speaker: self.speaker,
            via: self.via,
            said_on: self.said_on,
            act: self.act,
            positions: self.positions,
            manner: Manner {
                conditions: all(self.manner.conditions),
                reasons: all(self.manner.reasons),
                hedges: all(self.manner.hedges),
                firmness: self.manner.firmness,
                addressee: self.manner.addressee,
                due: self.manner.due,
            },
            relayed_by: self.relayed_by,
            confidence: self.confidence,
        }
    }
}

impl Statement<Byte> {
    /// For the exchange form: spans in code points of `text`.
    #[must_use]
    pub fn to_code_points(self, text: &Text) -> Statement<CodePoint> {
        self.map_spans(|s| text.to_code_points(s))
    }

    /// The words under some of its spans, joined by ` … ` where they are interrupted.
    #[must_use]
    pub fn words(spans: &[Span<Byte>], text: &Text) -> String {
        spans.iter().map(|&s| text.get(s)).collect::<Vec<_>>().join(" … ")
    }
}

impl Statement<CodePoint> {
    /// The words under some of its spans, joined by ` … ` where they are interrupted.
    #[must_use]
    pub fn words_at(spans: &[Span<CodePoint>], text: &Text) -> String {
        let spans: Vec<_> = spans.iter().map(|&s| text.to_bytes(s)).collect();
        Statement::<Byte>::words(&spans, text)
    }

    /// From the exchange form: spans in bytes of `text`.
    #[must_use]
    pub fn to_bytes(self, text: &Text) -> Statement<Byte> {
        self.map_spans(|s| text.to_bytes(s))
    }
}
