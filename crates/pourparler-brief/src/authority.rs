//! With what authority somebody speaks for a party: who settles, who speaks for those who do, who only comments.

use pourparler_text::names::fold;
use pourparler_text::{Speaker, SpeakerKind};
use serde::Serialize;

/// How far a speaker can bind the party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Authority {
    /// Has a view: an expert, a member of parliament, somebody who is not named.
    Comments,
    /// Speaks for those who settle: a spokesman, an envoy, a ministry, a minister of another field.
    Speaks,
    /// Can settle: a head of state or government, a foreign minister, the leader of a movement.
    Settles,
}

impl Authority {
    /// The authority in a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Comments => "comments",
            Self::Speaks => "speaks",
            Self::Settles => "settles",
        }
    }

    /// The authority of a speaker, by kind and office; of nobody's speaker it is the least.
    #[must_use]
    pub fn of(speaker: &Speaker) -> Self {
        if speaker.party.is_none() {
            return Self::Comments;
        }
        let role = speaker.role.as_deref().map(fold).unwrap_or_default();
        let has = |list: &[&str]| role.iter().any(|w| list.contains(&w.as_str()));
        match speaker.kind {
            SpeakerKind::Country | SpeakerKind::Organisation => Self::Speaks,
            SpeakerKind::Group => Self::Comments,
            SpeakerKind::Unnamed if has(SPEAKING) => Self::Speaks,
            SpeakerKind::Unnamed => Self::Comments,
            // *The president's spokesman* and *the deputy foreign minister* are not those whom they serve.
            SpeakerKind::Person if has(SERVING) => Self::Speaks,
            SpeakerKind::Person if has(SETTLING) || has(&["foreign"]) && has(&["minister", "secretary"]) => {
                Self::Settles
            }
            SpeakerKind::Person if has(SPEAKING) => Self::Speaks,
            SpeakerKind::Person => Self::Comments,
        }
    }
}

const SETTLING: &[&str] = &[
    "president",
    "premier",
    "prime",
    "chancellor",
    "king",
    "queen",
    "emir",
    "sultan",
    "leader",
    "pope",
    "taoiseach",
    "ruler",
    "chairman",
    "chairwoman",
    "general",
    "commander",
    "head",
];
const SERVING: &[&str] = &[
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "deputy",
    "vice",
    "adviser",
    "advisor",
    "aide",
    "secretary",
    "former",
    "ex",
    "candidate",
    "member",
    "attorney",
    "opposition",
];
const SPEAKING: &[&str] = &[
    "minister",
    "negotiator",
    "envoy",
    "ambassador",
    "representative",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "diplomat",
    "secretary",
    "official",
    "delegate",
    "mediator",
    "chief",
    "director",
    "deputy",
    "adviser",
    "advisor",
    "governor",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_tell_who_settles() {
        for (kind, role, authority) in [
            (SpeakerKind::Person, Some("Prime Minister"), Authority::Settles),
            (SpeakerKind::Person, Some("Foreign Minister"), Authority::Settles),
            (SpeakerKind::Person, Some("deputy foreign minister"), Authority::Speaks),
            (SpeakerKind::Person, Some("president's spokesman"), Authority::Speaks),
            (SpeakerKind::Person, Some("Trade Minister"), Authority::Speaks),
            (SpeakerKind::Person, Some("lawmaker"), Authority::Comments),
            (SpeakerKind::Person, None, Authority::Comments),
            (SpeakerKind::Country, None, Authority::Speaks),
            (SpeakerKind::Unnamed, Some("official"), Authority::Speaks),
        ] {
            let role = role.map(str::to_owned);
            let speaker =
                Speaker { name: Some("Ana Oren".into()), kind, role: role.clone(), party: Some("Tarn".into()) };
            assert_eq!(Authority::of(&speaker), authority, "{role:?}");
            assert_eq!(Authority::of(&Speaker { party: None, ..speaker }), Authority::Comments);
        }
    }
}
