//! Rounds of talks: meetings of a negotiation that an article tells of, with what it tells of them.

use serde::{Deserialize, Serialize};

use crate::{Byte, CodePoint, DateRange, Span, Text, Unit};

named!(
    /// How far a round of talks had come when the article was written.
    RoundState {
        /// Yet to come: *is due to open*, *will resume*.
        Planned = "planned",
        /// Over: *ended*, *was held*, *met for talks*.
        Held = "held",
        /// Begun and, as far as the sentence tells, not over: *opened*, *resumed*, *entered its third day*.
        UnderWay = "under way",
        /// Broken off or never held: *collapsed*, *was postponed*.
        Failed = "failed",
    }
);

/// One sentence's news of a round of talks. Its span is counted in `U`.
///
/// Two sentences may tell of one round: which of them do is not decided here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Round<U: Unit> {
    /// The sentence that tells of it.
    pub sentence: Span<U>,
    /// Which round it is, where it is counted: 3 for *the third round*.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// Whether it is planned, held, under way or failed.
    pub state: RoundState,
    /// When that came or comes about; for a failed round also the days that were set for it. `None` where nothing tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<DateRange>,
    /// Where, as the article names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Whether it is held at a distance: by video link, by telephone.
    #[serde(default)]
    pub remote: bool,
    /// The countries, bodies and movements that take part, by their canonical names in the order of mention.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<String>,
    /// Who meets: `leaders`, `ministers`, `negotiators` or `experts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Who mediates, hosts or chairs: a person as named, else a country or body by its canonical name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediator: Option<String>,
}

impl<U: Unit> Round<U> {
    /// The same round with its span in another unit.
    pub fn map_spans<V: Unit>(self, convert: impl Fn(Span<U>) -> Span<V>) -> Round<V> {
        Round {
            sentence: convert(self.sentence),
            number: self.number,
            state: self.state,
            when: self.when,
            place: self.place,
            remote: self.remote,
            parties: self.parties,
            level: self.level,
            mediator: self.mediator,
        }
    }
}

impl Round<Byte> {
    /// For the exchange form: the span in code points of `text`.
    #[must_use]
    pub fn to_code_points(self, text: &Text) -> Round<CodePoint> {
        self.map_spans(|s| text.to_code_points(s))
    }
}

impl Round<CodePoint> {
    /// From the exchange form: the span in bytes of `text`.
    #[must_use]
    pub fn to_bytes(self, text: &Text) -> Round<Byte> {
        self.map_spans(|s| text.to_bytes(s))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exchange_form_comes_back_as_it_was() {
        let text = Text::new("“Früh.” The third round ended.");
        let at = text.as_str().find("The").expect("it is there");
        let round = Round::<Byte> {
            sentence: Span::new(at, text.as_str().len()),
            number: Some(3),
            state: RoundState::Held,
            when: None,
            place: None,
            remote: false,
            parties: vec!["Karveth".to_owned()],
            level: None,
            mediator: None,
        };
        let out = round.clone().to_code_points(&text);
        assert_eq!(out.sentence, Span::new(8, 30));
        let json = serde_json::to_string(&out).expect("it is written");
        assert_eq!(json, r#"{"sentence":[8,30],"number":3,"state":"held","remote":false,"parties":["Karveth"]}"#);
        let back: Round<CodePoint> = serde_json::from_str(&json).expect("it is read");
        assert_eq!(back.to_bytes(&text), round);
    }
}
