//! What moved: positions that changed from one day to a later one.

use jiff::civil::Date;
use pourparler_text::Stance;
use serde::Serialize;

use crate::standing::weightiest;
use crate::{Cited, Standing, Standings};

/// A party's change of position on an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    /// The party.
    pub party: String,
    /// Id of the issue.
    pub issue: String,
    /// Where it stood.
    pub from: Stance,
    /// Where it stands after.
    pub to: Stance,
    /// The day of the new position.
    pub day: Date,
    /// The statements of the last day of the earlier position.
    pub before: Vec<usize>,
    /// The statements of the new position's first day; the first of them said it first.
    pub after: Vec<usize>,
    /// Why it may be no change of position at all.
    pub cautions: Vec<Caution>,
}

impl Move {
    /// Whether the same mouth is known to have spoken otherwise before, or at least nothing speaks against the move
    /// but that its day is that of publication.
    #[must_use]
    pub fn is_firm(&self) -> bool {
        self.cautions.iter().all(|c| *c == Caution::NotDated)
    }
}

/// A reason to doubt a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Caution {
    /// Nobody who takes the new position had spoken for the party on the issue before.
    NewSpeaker,
    /// No outlet that reports it had reported the party on the issue before.
    NewOutlet,
    /// It rests on words that were relayed, or on speakers who are not named.
    SecondHand,
    /// Others of the party still said otherwise on the same day.
    Contested,
    /// The day is that of publication: no article tells when it was said.
    NotDated,
}

impl Caution {
    /// The caution in words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NewSpeaker => "a new speaker",
            Self::NewOutlet => "a new outlet",
            Self::SecondHand => "relayed or unnamed",
            Self::Contested => "others of the party disagree that day",
            Self::NotDated => "dated by publication only",
        }
    }
}

/// The moves of all parties; see [`Standings::moves`].
#[must_use]
pub fn moves(statements: &[Cited]) -> Vec<Move> {
    Standings::of(statements).moves()
}

impl Standings {
    /// The moves of all parties, the [firm](Move::is_firm) ones first, each kind in the order of days.
    ///
    /// A party's position on each day is found as in [`Standings::matrix`], from that day's statements alone. Two
    /// positions in a row that differ are a move. Statements without a clear stance make none, nor do statements without
    /// any day.
    #[must_use]
    pub fn moves(&self) -> Vec<Move> {
        let mut out = Vec::new();
        for ((party, issue), rows) in self.groups() {
            let clear: Vec<Standing> = rows.iter().filter(|r| r.is_clear()).copied().collect();
            let mut last: Option<(Stance, Vec<usize>)> = None;
            for of_day in clear.chunk_by(|a, b| a.day == b.day) {
                let (Some(day), Some(stance)) = (of_day[0].day, weightiest(of_day)) else { continue };
                let (new, others): (Vec<Standing>, Vec<Standing>) =
                    of_day.iter().copied().partition(|r| r.stance == stance);
                let after: Vec<usize> = new.iter().map(|r| r.statement).collect();
                if let Some((from, before)) = last.take().filter(|(from, _)| *from != stance) {
                    let earlier = &clear[..clear.partition_point(|r| r.day < Some(day))];
                    out.push(Move {
                        party: party.to_owned(),
                        issue: issue.to_owned(),
                        from,
                        to: stance,
                        day,
                        before,
                        after: after.clone(),
                        cautions: cautions(earlier, &new, !others.is_empty()),
                    });
                }
                last = Some((stance, after));
            }
        }
        out.sort_by_key(|m| (!m.is_firm(), m.day));
        out
    }
}

fn cautions(earlier: &[Standing], new: &[Standing], contested: bool) -> Vec<Caution> {
    let known = |r: &Standing| r.speaker.is_some() && earlier.iter().any(|e| e.speaker == r.speaker);
    let reported = |r: &Standing| earlier.iter().any(|e| e.outlet == r.outlet);
    let every = |test: &dyn Fn(&Standing) -> bool| new.iter().all(test);
    [
        (Caution::NewSpeaker, every(&|r| !known(r))),
        (Caution::NewOutlet, every(&|r| !reported(r))),
        (Caution::SecondHand, every(&|r| r.marks.relayed || !r.marks.named)),
        (Caution::Contested, contested),
        (Caution::NotDated, every(&|r| !r.marks.dated)),
    ]
    .into_iter()
    .filter_map(|(caution, holds)| holds.then_some(caution))
    .collect()
}
