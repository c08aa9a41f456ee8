//! What happened, day by day: rounds of talks, moves, claims and their answers, promises and the days on which they fall due.

use std::fmt;

use jiff::civil::Date;
use pourparler_brief::Cited;
use serde::Deserialize;

use crate::view::View;

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A round of talks.
    Round,
    /// A party changed its position.
    Move,
    /// Something was claimed and answered.
    Claim,
    /// Something was claimed and nobody answered.
    Unanswered,
    /// Something was promised.
    Promise,
    /// The day by which something was promised.
    Due,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Round, Self::Move, Self::Claim, Self::Unanswered, Self::Promise, Self::Due];

    /// As it is written in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Round => "round",
            Self::Move => "move",
            Self::Claim => "claim",
            Self::Unanswered => "unanswered",
            Self::Promise => "promise",
            Self::Due => "due",
        }
    }

    /// Many of the kind, in words.
    pub fn many(self) -> &'static str {
        match self {
            Self::Round => "rounds of talks",
            Self::Move => "moves",
            Self::Claim => "claims with answers",
            Self::Unanswered => "claims without an answer",
            Self::Promise => "promises",
            Self::Due => "days on which promises fall due",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happening {
    /// On which day.
    pub day: Date,
    /// What it is.
    pub kind: Kind,
    /// Which of the view's rounds, moves, answered or unanswered claims or commitments.
    pub at: usize,
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// In which a party has a part.
    pub party: Option<String>,
    /// That is about an issue.
    pub issue: Option<String>,
    /// Of one of these kinds; of all where there are none.
    pub kinds: Vec<Kind>,
    /// From this day on.
    pub since: Option<Date>,
    /// Up to this day.
    pub until: Option<Date>,
}

impl Happening {
    /// Everything that has a day, the latest first.
    pub fn all(view: &View) -> Vec<Self> {
        let said = |number: usize| view.statement(number).and_then(|cited| cited.day);
        let numbered = |kind: Kind, days: &mut dyn Iterator<Item = Option<Date>>| -> Vec<Self> {
            days.enumerate().filter_map(|(at, day)| Some(Self { day: day?, kind, at })).collect()
        };
        let due = |c: &pourparler_brief::Commitment| c.due.as_ref().map(|due| due.to);
        let mut all = [
            numbered(Kind::Round, &mut view.rounds.iter().map(|round| round.days.map(|days| days.from))),
            numbered(Kind::Move, &mut view.moves.iter().map(|change| Some(change.day))),
            numbered(Kind::Claim, &mut view.claims.answered.iter().map(|answered| said(answered.claim))),
            numbered(Kind::Unanswered, &mut view.claims.unanswered.iter().map(|claim| said(*claim))),
            numbered(Kind::Promise, &mut view.commitments.iter().map(|c| said(c.statement))),
            numbered(Kind::Due, &mut view.commitments.iter().map(due)),
        ]
        .concat();
        all.sort_by_key(|happening| (std::cmp::Reverse(happening.day), happening.kind, happening.at));
        all
    }

    /// The statements that it rests on; of a round those that were made while it lasted.
    pub fn statements(&self, view: &View) -> Vec<usize> {
        match self.kind {
            Kind::Round => view.rounds[self.at].said[1].clone(),
            Kind::Move => view.moves[self.at].before.iter().chain(&view.moves[self.at].after).copied().collect(),
            Kind::Claim => {
                let answered = &view.claims.answered[self.at];
                std::iter::once(answered.claim).chain(answered.answers.iter().copied()).collect()
            }
            Kind::Unanswered => vec![view.claims.unanswered[self.at]],
            Kind::Promise | Kind::Due => {
                let promise = &view.commitments[self.at];
                [Some(promise.statement), promise.done, promise.broken].into_iter().flatten().collect()
            }
        }
    }

    /// Who has a part in it.
    pub fn parties<'a>(&self, view: &'a View) -> Vec<&'a str> {
        let mut parties: Vec<&str> = match self.kind {
            Kind::Round => view.rounds[self.at].parties.iter().map(String::as_str).collect(),
            Kind::Move => vec![&view.moves[self.at].party],
            _ => self.statements(view).iter().filter_map(|n| view.statement(*n)?.party()).collect(),
        };
        let mut seen = std::collections::HashSet::new();
        parties.retain(|party| seen.insert(*party));
        parties
    }

    fn has_part(&self, view: &View, party: &str) -> bool {
        let by = |number: usize| view.statement(number).and_then(Cited::party) == Some(party);
        match self.kind {
            Kind::Round => view.rounds[self.at].parties.iter().any(|p| p == party),
            Kind::Move => view.moves[self.at].party == party,
            Kind::Claim => {
                let answered = &view.claims.answered[self.at];
                by(answered.claim) || answered.answers.iter().any(|n| by(*n))
            }
            Kind::Unanswered => by(view.claims.unanswered[self.at]),
            Kind::Promise | Kind::Due => {
                let promise = &view.commitments[self.at];
                promise.party.as_deref() == Some(party) || promise.to.as_deref() == Some(party)
            }
        }
    }

    fn is_about(&self, view: &View, issue: &str) -> bool {
        let on = |number: usize| view.statement(number).is_some_and(|cited| cited.stance_on(issue).is_some());
        match self.kind {
            Kind::Move => view.moves[self.at].issue == issue,
            Kind::Claim => on(view.claims.answered[self.at].claim),
            Kind::Unanswered => on(view.claims.unanswered[self.at]),
            Kind::Promise | Kind::Due => on(view.commitments[self.at].statement),
            Kind::Round => view.rounds[self.at].said[1].iter().any(|n| on(*n)),
        }
    }
}

impl Wanted {
    /// Whether a day lies in the period.
    pub fn in_time(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// What passes, the latest first.
    pub fn of<'a>(&self, view: &'a View) -> Vec<&'a Happening> {
        let passes = |happening: &&Happening| {
            (self.kinds.is_empty() || self.kinds.contains(&happening.kind))
                && self.in_time(happening.day)
                && self.party.as_deref().is_none_or(|party| happening.has_part(view, party))
                && self.issue.as_deref().is_none_or(|issue| happening.is_about(view, issue))
        };
        view.happenings().iter().filter(passes).collect()
    }

    /// Whether a statement is one of the party's, on the issue.
    pub fn takes(&self, cited: &Cited) -> bool {
        self.party.as_deref().is_none_or(|party| cited.party() == Some(party))
            && self.issue.as_deref().is_none_or(|issue| cited.stance_on(issue).is_some())
    }
}
