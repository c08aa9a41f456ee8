//! What kind of speaker a description is, once it is known that no name stands behind it.
//!
//! *The foreign minister* is one person and known, though the article may not name him; *a minister* is unnamed. Shares and counts of
//! people are groups. These are matters of the description alone, which is why they wait until all speakers are found.

use std::sync::LazyLock;

use pourparler_text::{Byte, SpeakerKind, Statement};
use regex::Regex;

use crate::act::listed;
use crate::described::head;
use crate::lexicon::is_role;
use crate::phrases::{CLOSE_TO, knows_of};

/// Offices and relations that one person has, where they are not *a* minister's.
const ONE_AND_KNOWN: &str = "\
    minister, president, leader, envoy, ambassador, chairman, chairwoman, secretary, speaker, candidate, nominee, \
    governor, senator, patriarch, pope, king, queen, prosecutor, cleric, professor, chancellor, premier, judge, bishop, \
    archbishop, founder, coach, father, mother, son, daughter, brother, sister, husband, wife";

/// Plural heads that are named by what they are, and not kept unnamed as *officials* and *sources* are.
const PEOPLE: &str = "prosecutors, witnesses, soldiers, troops, reporters, journalists";

/// Words for several people that are not plural.
const COLLECTIVES: &str = "family, jury, crowd, management, couple, public";

/// Heads that are kept unnamed however many there are.
const KEPT_UNNAMED: &str = "official, officials, source, sources, diplomat, diplomats, aide, aides, report, reports";

/// Plural things in writing, behind which nobody is named.
const FINDINGS: &str = "polls, surveys, figures, findings, estimates, investigations, results, studies, statistics";

/// Bodies that a description without a name may stand for.
const PLACES_OF_WORK: &str = "hospital, newspaper, magazine, publication, website, site, university, city, club";

/// How many, or what share: *only 30%*, *those surveyed*, *tens of thousands of miners*.
static HOW_MANY: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"(?i)\d%|\bper ?cent\b|^(?:the )?(?:those|each|everyone|everybody)\b|^(?:the )?(?:most|many|all|both|several|dozens|hundreds|thousands|millions|tens|a (?:large |small |growing )?(?:majority|proportion|number|percentage|minority)|majority|(?:large|small|growing) (?:proportion|number)|(?:(?:only|nearly|about|some|more than|less than|over|up to|at least) )?(?:\d{1,3}(?:,\d{2,3})*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|twenty)) ";
    Regex::new(words).expect("the pattern is well-formed")
});

/// Somebody from a body who is not named: *source within the ministry*, *League spokesperson*.
static ONE_INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"\b(?:source|official|aide|diplomat|spokes(?:man|woman|person))s?(?:$| (?:within|inside|in|at|with|from|for|attending|close|familiar|who)\b)";
    Regex::new(words).expect("the pattern is well-formed")
});

/// Settles the kinds of speakers that are known by a description only.
pub(crate) fn settle(statements: &mut [Statement<Byte>]) {
    for statement in statements {
        let speaker = &mut statement.speaker;
        let described = speaker.name.as_deref().and_then(|name| of_description(name, speaker.kind));
        speaker.kind = described.unwrap_or(speaker.kind);
    }
}

/// The kind that a description shows better than the one it has; `None` where it does not.
fn of_description(name: &str, kind: SpeakerKind) -> Option<SpeakerKind> {
    let folded = name.to_lowercase();
    let head = head(&folded);
    let head = head.trim_end_matches("'s").trim_end_matches("’s");
    let indefinite = ["a ", "an ", "another ", "one ", "some "].iter().any(|word| folded.starts_with(word));
    // *Two people briefed on the talks* are sources, however many.
    let knowing = knows_of(&folded).is_some() || folded.contains(CLOSE_TO);
    let many = HOW_MANY.is_match(name) && !listed(KEPT_UNNAMED, head) && !knowing;
    match kind {
        SpeakerKind::Unnamed if many || listed(PEOPLE, head) || listed(COLLECTIVES, head) => Some(SpeakerKind::Group),
        SpeakerKind::Unnamed if listed(ONE_AND_KNOWN, head) && !indefinite && !folded.contains(" and ") => {
            Some(SpeakerKind::Person)
        }
        SpeakerKind::Unnamed if listed(PLACES_OF_WORK, head) && !indefinite => Some(SpeakerKind::Organisation),
        // *Undersecretary of Mines Ana Oren*, *Directorate of Mines*; a *Directorate General* is no general.
        SpeakerKind::Unnamed if is_title(name) => Some(match name.split(' ').any(|w| is_role(w) && w != "General") {
            true => SpeakerKind::Person,
            false => SpeakerKind::Organisation,
        }),
        SpeakerKind::Group if listed(FINDINGS, head) || knowing => Some(SpeakerKind::Unnamed),
        // *State media* are one voice.
        SpeakerKind::Group if folded.ends_with("state media") => Some(SpeakerKind::Organisation),
        SpeakerKind::Organisation if many || ["mps", "associates", "scientists"].contains(&head) => {
            Some(SpeakerKind::Group)
        }
        SpeakerKind::Organisation if ONE_INSIDE.is_match(name) => Some(SpeakerKind::Unnamed),
        _ => None,
    }
}

/// Whether a phrase of several words is a name as a whole, as titles of papers and bodies are.
fn is_title(name: &str) -> bool {
    let words = || name.trim_start_matches("The ").split(' ');
    let small = |word: &str| ["of", "the", "and", "for"].contains(&word);
    words().count() > 1 && words().all(|word| word.starts_with(char::is_uppercase) || small(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: SpeakerKind, cases: &[(&str, Option<SpeakerKind>)]) {
        for (name, expected) in cases {
            assert_eq!(of_description(name, kind), *expected, "{name}");
        }
    }

    #[test]
    fn whoever_holds_an_office_is_a_person() {
        let person = Some(SpeakerKind::Person);
        check(
            SpeakerKind::Unnamed,
            &[
                ("Tarnish foreign minister", person),
                ("leader of the miners, who came late", person),
                ("Tarn’s envoy to the talks", person),
                ("his father", person),
                ("a foreign minister", None),
                ("another candidate", None),
                ("spokesman for the foreign minister", None),
                ("Undersecretary of Mines Ana Oren", person),
                ("Tarnish official", None),
            ],
        );
    }

    #[test]
    fn many_people_are_a_group() {
        let group = Some(SpeakerKind::Group);
        check(
            SpeakerKind::Unnamed,
            &[
                ("only 30%", group),
                ("29 percent of miners", group),
                ("those on the pier", group),
                ("twelve miners", group),
                ("most soldiers", group),
                ("Prosecutors", group),
                ("his family", group),
                ("two senior officials", None),
                ("many diplomatic sources", None),
                ("reports", None),
            ],
        );
        check(
            SpeakerKind::Organisation,
            &[("MPs from the League", group), ("more than 40% of the Tarnish people", group), ("League of Tarn", None)],
        );
    }

    #[test]
    fn bodies_and_papers_are_organisations() {
        let body = Some(SpeakerKind::Organisation);
        check(
            SpeakerKind::Unnamed,
            &[
                ("The hospital", body),
                ("Lumo newspaper", body),
                ("The Tarn Weekly", body),
                ("Directorate of Mines", body),
                ("a newspaper", None),
                ("Lumo", None),
                ("The ship", None),
            ],
        );
        check(SpeakerKind::Group, &[("state media", body), ("local media", None), ("miners", None)]);
    }

    #[test]
    fn somebody_inside_a_body_is_unnamed() {
        let unnamed = Some(SpeakerKind::Unnamed);
        check(
            SpeakerKind::Organisation,
            &[
                ("source within the Tarnish ministry", unnamed),
                ("League spokesperson", unnamed),
                ("official Tarnish agency", None),
                ("2031 Truth Commission", None),
            ],
        );
    }

    #[test]
    fn findings_have_nobody_behind_them() {
        let sources = ("two people briefed on the talks", Some(SpeakerKind::Unnamed));
        check(SpeakerKind::Group, &[("Polls", Some(SpeakerKind::Unnamed)), ("voters", None), sources]);
    }
}
