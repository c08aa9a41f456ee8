//! Where a speaker stands on an issue, from what the statement does and the words around the issue.
//!
//! The act gives a first direction: who demands a thing is for it, who rejects it is against it. Words that stand
//! between that act and the issue turn it round: to demand *an end to* sanctions is to be against them. Three
//! things qualify it: terms (*only if*), openness (*is being discussed*), and what kind of issue it is, for a
//! ceasefire is itself an end of something, and how talks go is told by hope and gloom. Each is a table below;
//! [`stance`] is a pure function that a learned classifier can replace.

use std::ops::Range;

use pourparler_text::{Act, Stance};

use crate::act::{first, folded, inflects, listed};

/// In what way words bear on an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A thing one is for or against: a membership, sanctions, a tariff.
    Thing,
    /// An end of harm, or a protection from it: *stop the shelling* is for a ceasefire, and so is blaming for it.
    Relief,
    /// How the talks go: hope is for it, gloom against it.
    Outlook,
    /// Whether the talks are meant: trust is for it; to name ultimatums and delay is against them, on no terms.
    Faith,
    /// Whose cause is just: to justify oneself is for it, to condemn the war or deny the grounds against it.
    Cause,
}

/// The issues that are no plain things.
const KINDS: &[(Kind, &str)] = &[
    (Kind::Outlook, "progress"),
    (Kind::Faith, "good-faith"),
    (Kind::Cause, "legitimacy"),
    (
        Kind::Relief,
        "ceasefire, withdrawal, demilitarise, airspace, civilians, prisoners, refugees, justice, rights, \
        emissions",
    ),
];

/// Things that are blamed and warned of for themselves; of others, only how they are done.
const DISPUTED: &str = "alliance, accession, arms-supply, nuclear, missiles, terrorism, territory, recognition, sanctions, peacekeepers, \
    demilitarise, power-sharing";

/// Cues that condemn the thing that follows them.
const CONDEMNING: &str = "condemn*, criticis*, criticiz*, denounc*, deplor*, slam*, attack*, decr*, warn*";

/// Words that make a yes depend on something, or a no last until something.
const TERMS: &str = "\
    only if, only when, only on, only after, provided, providing, unless, as long as, so long as, on condition, \
    on the condition, conditional on, in exchange for, in return for, subject to, can only, until, depends on";

/// Words that neither take nor exclude a thing.
const OPENNESS: &str = "\
    discuss*, consider, considered, considering, possible, possibility, possibly, could, might, may, variant*, \
    option, options, looked at, looking at, look at, not rul*, not exclud*, on the table, open to, explor*, \
    examin*, potential, negotiat*, weigh*, study, studying";

/// Lemmas that take away what follows them, or what they are said of: *lift sanctions*, *sanctions must be lifted*.
const REMOVALS: &str = "\
    lift, end, stop, halt, remove, drop, cancel, ease, suspend, abandon, cease, freeze, froze, frozen, dismantle, \
    ban, scrap, renounce, prohibit, prevent, avoid, reduce, cut, curb, delay, postpone, reverse, forgo, fight, \
    combat, counter, defeat, eliminate, eradicate, revoke, relax, waive, phase, quit, leave, removal, cessation, \
    suspension, free";

/// Lemmas by which something is refused or broken: they turn round any issue.
const BREACHES: &str = "\
    reject, oppose, refuse, violate, violation, breach, break, broke, broken, block, undermine, obstruct, \
    sabotage, resist, against, without, instead, fail, deny, ignore, veto";

/// Plain negations.
const NEGATIONS: &str = "not, no, never, cannot, t, nor, neither";

/// Hope in the talks.
const HOPE: &str = "\
    hope, hopes, hopeful, realistic, progress, progressing, close to, closer, good sign, agreed, constructive, \
    productive, breakthrough*, serious, optimis*, positive, encouraging, promising, advanc*, step forward, \
    right direction, businesslike, converg*, nearing, near agreement, within reach, narrow*, willing to, ready to, \
    fruitful, useful, success*, compromise, sincer*, good faith, momentum";

/// Gloom about the talks, and bad faith in them.
const GLOOM: &str = "\
    deadlock*, stalemate, impasse, collaps*, far apart, far from, pessimis*, difficult*, not easy, suspended, \
    broke down, broken down, waste of time, stalled, stalling, pointless, failed, failure, sceptic*, skeptic*, \
    doubt*, ultimatum*, precondition*, insincer*, bad faith, sabotag*, drag, dragging, delaying, unrealistic, \
    disappoint*, obstruct*";

/// Words that take hope away where they stand one or two words before it.
const LITTLE: &str = "no, not, little, few, never, hardly, without, t, lack, less";

/// Words that hold a war or a cause to be unjust or ungrounded.
const CONDEMNATIONS: &str = "\
    aggress*, illegal*, unlawful*, unprovoked, unjustif*, invasion, invad*, war of choice, violat*, crime*, \
    criminal*, baseless, unfounded, groundless, pretext*, false, untrue";

/// Words that give a war or a cause its grounds.
const JUSTIFICATIONS: &str = "\
    no option, no choice, no alternative, self defence, self defense, right to defend, forced to, in response, \
    because, legitimate, justif*, lawful, logic, had to, protect*, provok*";

/// Marks that part clauses.
const STOPS: [char; 10] = [',', ';', ':', '.', '!', '?', '–', '—', '(', ')'];

/// Words that begin another clause.
const JOINTS: &str = "but, while, because, although, though, whereas, and, which, who";

/// Where the speaker stands on an issue that the content takes up.
///
/// `around` is where in the content, in bytes, the issue's words stand; empty where that is not known, and then the
/// content's first clause is read as being about the issue.
#[must_use]
pub fn stance(issue: &str, act: Act, cue: &str, content: &str, around: Range<usize>) -> Stance {
    let kind = kind_of(issue);
    let all = folded(content);
    let near = Near::new(content, around);
    match kind {
        Kind::Outlook => outlook(act, &all),
        Kind::Faith => faith(act, &all),
        Kind::Cause => cause(act, &all),
        Kind::Thing | Kind::Relief => thing(issue, kind, act, cue, &all, &near),
    }
}

/// Whether somebody demands an end of a thing, of which these rules know better than what was learnt: in the corpus they are right of 33
/// such stances in 40.
pub(crate) fn demands_an_end(issue: &str, act: Act, stance: Stance) -> bool {
    matches!(act, Act::Demand | Act::Propose) && stance == Stance::Opposes && kind_of(issue) == Kind::Thing
}

fn kind_of(issue: &str) -> Kind {
    KINDS.iter().find(|(_, issues)| listed(issues, issue)).map_or(Kind::Thing, |(kind, _)| *kind)
}

/// The words of the clause in which an issue is named, before and after it, folded.
struct Near {
    before: String,
    after: String,
    /// Whether a condition stands before the issue in the whole content, so that the issue is the condition.
    in_terms: bool,
}

impl Near {
    fn new(content: &str, around: Range<usize>) -> Self {
        let (Some(left), Some(right)) = (content.get(..around.start), content.get(around.end..)) else {
            return Self::new(content, 0..0);
        };
        if around.is_empty() {
            let clause = content.split(STOPS).next().unwrap_or_default();
            return Self { before: folded(clause), after: String::new(), in_terms: false };
        }
        let clause = folded(left.rsplit(STOPS).next().unwrap_or_default());
        let words: Vec<&str> = clause.split_whitespace().collect();
        let joint = words.iter().rposition(|w| listed(JOINTS, w)).map_or(0, |at| at + 1);
        let after = folded(right.split(STOPS).next().unwrap_or_default());
        let end = first(&after, JOINTS).unwrap_or(after.len());
        Self {
            before: format!(" {} ", words[joint..].join(" ")),
            after: format!("{} ", &after[..end]),
            in_terms: first(&folded(left), TERMS).is_some(),
        }
    }

    /// Whether the words near the issue turn the speaker's direction round.
    fn turned(&self, kind: Kind, act: Act) -> bool {
        // Where a removal is the issue itself, it turns nothing round.
        let removes = |word: &str| kind == Kind::Thing && has_form(REMOVALS, word);
        let breaks = |word: &str| has_form(BREACHES, word);
        // Rejecting and denying have their direction from these very words, where it is not from the cue; and what is
        // *not ruled out* is let in.
        let negates = !matches!(act, Act::Reject | Act::Deny | Act::Accuse)
            && first(&self.before, "not rul*, not exclud*").is_none();
        let negates = |word: &str| negates && listed(NEGATIONS, word);

        let before =
            self.before.split_whitespace().any(|w| removes(w) || negates(w) || (breaks(w) && act != Act::Reject));
        // Said of the issue: *sanctions must be lifted*, *a ceasefire is not possible*.
        let after = first(&self.after, "be, been, being, is, are")
            .is_some_and(|at| self.after[at..].split_whitespace().take(3).any(|w| removes(w) || negates(w)));
        before != after
    }
}

/// Whether a word is a form of one of the list's lemmas.
fn has_form(lemmas: &str, word: &str) -> bool {
    lemmas.split(", ").any(|lemma| inflects(word, lemma))
}

/// The stance toward a thing, or toward relief from one.
fn thing(issue: &str, kind: Kind, act: Act, cue: &str, all: &str, near: &Near) -> Stance {
    let hedged = first(all, OPENNESS).is_some();
    let direction = match act {
        Act::Demand | Act::Commit | Act::Accept | Act::Propose => Stance::Supports,
        Act::Warn if first(&folded(cue), "threat*").is_some() => Stance::Supports,
        // Blaming for harm, or warning of it, is for the relief from it.
        Act::Accuse | Act::Warn if kind == Kind::Relief => return Stance::Supports,
        // To blame somebody of some doing is to be against the thing only where the thing itself is disputed; to
        // condemn the thing is.
        Act::Accuse | Act::Warn if !listed(DISPUTED, issue) && first(&folded(cue), CONDEMNING).is_none() => {
            Stance::Unclear
        }
        Act::Reject | Act::Accuse | Act::Warn => Stance::Opposes,
        Act::Assert | Act::Assess | Act::Deny => Stance::Unclear,
    };
    let has_terms = first(all, TERMS).is_some() || first(all, "if").is_some() && act != Act::Warn;
    if has_terms && !matches!(act, Act::Accuse | Act::Deny | Act::Warn) {
        return if near.in_terms { Stance::Supports } else { Stance::Conditional };
    }
    // *does not rule out*: let in, and no more.
    if act == Act::Accept && first(&folded(cue), "rule, ruled, ruling, exclude, excluded").is_some() {
        return Stance::Open;
    }
    let turned = near.turned(kind, act);
    match direction {
        Stance::Unclear if turned => Stance::Opposes,
        Stance::Unclear if hedged => Stance::Open,
        Stance::Supports if hedged && !turned && act == Act::Propose => Stance::Open,
        Stance::Supports if turned => Stance::Opposes,
        Stance::Opposes if turned => Stance::Supports,
        direction => direction,
    }
}

/// The stance toward how the talks go.
fn outlook(act: Act, all: &str) -> Stance {
    if act == Act::Propose && first(all, OPENNESS).is_some() {
        return Stance::Open;
    }
    if first(all, TERMS).is_some() {
        return Stance::Conditional;
    }
    // What follows the last *but* weighs more than what it limits.
    let limit = all.rfind(" but ");
    let (said, limited) = limit.map_or((all, ""), |at| (&all[at..], &all[..at]));
    let refused = first(said, NEGATIONS).is_some_and(|at| !said[at..].contains(" only "));
    match (mood(said), mood(limited), act) {
        (_, _, Act::Reject | Act::Accuse) => Stance::Opposes,
        // *is willing to talk, but will not surrender*
        (_, Some(true), Act::Commit | Act::Accept) if refused => Stance::Conditional,
        (Some(true), _, _) | (None, Some(true), _) => Stance::Supports,
        (Some(false), _, _) | (None, Some(false), _) => Stance::Opposes,
        (None, None, Act::Demand | Act::Commit | Act::Accept | Act::Propose) => Stance::Supports,
        (None, None, Act::Warn) => Stance::Opposes,
        (None, None, _) if first(all, OPENNESS).is_some() => Stance::Open,
        (None, None, _) => Stance::Unclear,
    }
}

/// The stance toward good faith in the talks.
fn faith(act: Act, all: &str) -> Stance {
    match (mood(all), act) {
        (_, Act::Reject | Act::Accuse | Act::Warn) | (Some(false), _) => Stance::Opposes,
        (Some(true), _) | (None, Act::Demand | Act::Commit | Act::Accept | Act::Propose) => Stance::Supports,
        (None, _) => Stance::Unclear,
    }
}

/// Whether words are hopeful or gloomy: gloom where both are, for hope is easily said.
fn mood(words: &str) -> Option<bool> {
    if first(words, GLOOM).is_some() {
        return Some(false);
    }
    let at = first(words, HOPE)?;
    let denied = words[..at].split_whitespace().rev().take(2).any(|w| listed(LITTLE, w));
    Some(!denied)
}

/// The stance toward whose cause is just.
fn cause(act: Act, all: &str) -> Stance {
    let condemned = first(all, CONDEMNATIONS).is_some();
    match act {
        Act::Deny | Act::Reject => Stance::Opposes,
        _ if first(all, JUSTIFICATIONS).is_some() => Stance::Supports,
        _ if condemned => Stance::Opposes,
        // To blame the other side is to hold one's own cause for just.
        Act::Accuse => Stance::Supports,
        _ => Stance::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use Act::{Accept, Accuse, Assert, Assess, Commit, Demand, Deny, Propose, Reject, Warn};
    use Stance::{Conditional, Open, Opposes, Supports, Unclear};

    /// Cases with the issue's words in brackets inside the content; none where they are not known.
    fn check(cases: &[(Stance, &str, Act, &str, &str)]) {
        for &(expected, issue, act, cue, content) in cases {
            let start = content.find('[').unwrap_or(0);
            let end = content.find(']').map_or(0, |at| at - 1);
            let plain = content.replace(['[', ']'], "");
            assert_eq!(stance(issue, act, cue, &plain, start..end), expected, "{issue} | {cue} | {content}");
        }
    }

    #[test]
    fn the_act_gives_the_direction() {
        check(&[
            (Supports, "ceasefire", Demand, "called for", "an immediate [ceasefire]"),
            (Opposes, "ceasefire", Reject, "rejected", "the [truce] offered by the council"),
            (Supports, "guarantees", Accept, "welcomed", "the [guarantees]"),
            (Supports, "elections", Commit, "promised", "[elections] in spring"),
            (Opposes, "trade", Accuse, "criticised", "the new [tariffs]"),
            (Opposes, "sanctions", Warn, "warned against", "new [sanctions]"),
            (Supports, "sanctions", Warn, "threatened", "new [sanctions]"),
            (Unclear, "energy", Assert, "said", "the [pipeline] is 300 km long"),
            (
                Supports,
                "guarantees",
                Demand,
                "called for",
                "a binding pact, signed by states that would not stand aside",
            ),
        ]);
    }

    #[test]
    fn words_near_the_issue_turn_it() {
        check(&[
            (Opposes, "sanctions", Demand, "demanded", "an end to the [sanctions]"),
            (Opposes, "sanctions", Demand, "said", "[sanctions] must be lifted"),
            (Supports, "sanctions", Reject, "refused to", "lift the [sanctions]"),
            (Opposes, "nuclear", Demand, "called on them to", "halt [enrichment]"),
            (Opposes, "terrorism", Demand, "said", "both must fight [terrorism]"),
            (Opposes, "alliance", Accept, "acknowledged", "it could not join the [alliance]"),
            (Opposes, "alliance", Assert, "said", "he spoke of guarantees without [alliance enlargement]"),
            (Opposes, "alliance", Reject, "said", "it will never join the [alliance]"),
            (Supports, "ceasefire", Accuse, "accused", "them of violating the [ceasefire]"),
            (Supports, "missiles", Reject, "refused to", "freeze its [missile] programme"),
        ]);
    }

    #[test]
    fn to_demand_an_end_is_plain() {
        for (issue, act, stance, plain) in [
            ("sanctions", Demand, Opposes, true),
            ("fishing", Propose, Opposes, true),
            ("sanctions", Demand, Supports, false),
            ("sanctions", Commit, Opposes, false),
            ("ceasefire", Demand, Opposes, false),
            ("progress", Demand, Opposes, false),
        ] {
            assert_eq!(demands_an_end(issue, act, stance), plain, "{issue}");
        }
    }

    #[test]
    fn words_in_another_clause_do_not_turn_it() {
        check(&[
            (Supports, "guarantees", Demand, "demanded", "[guarantees] and an end to the sanctions"),
            (Supports, "guarantees", Demand, "said", "the fighting must not go on, and [guarantees] are needed"),
            (Supports, "elections", Demand, "called for", "no more delay but [elections] this year"),
        ]);
    }

    #[test]
    fn relief_is_an_end_of_something() {
        check(&[
            (Supports, "ceasefire", Demand, "urged", "them to stop the [shelling]"),
            (Supports, "prisoners", Demand, "demanded", "an end to the [detention] of reporters"),
            (Supports, "civilians", Accuse, "condemned", "the attack on [civilians]"),
            (Supports, "civilians", Warn, "warned", "that [aid] was running out"),
            (Opposes, "withdrawal", Reject, "said", "it will not [withdraw]"),
            (Supports, "emissions", Commit, "pledged to", "cut [emissions] by half"),
        ]);
    }

    #[test]
    fn terms_and_openness() {
        check(&[
            (Conditional, "ceasefire", Commit, "said", "it would keep the [truce] only if the other side did"),
            (Conditional, "withdrawal", Reject, "said", "there will be no [withdrawal] until the vote"),
            (Conditional, "nuclear", Accept, "agreed to", "[inspections] in exchange for fuel"),
            (Supports, "guarantees", Demand, "said", "it would sign only on firm [guarantees]"),
            (Open, "neutrality", Assert, "said", "[neutrality] is being discussed"),
            (Open, "elections", Propose, "suggested", "[elections] as one possible way out"),
            (Open, "format", Accept, "did not rule out", "a [meeting]"),
            (Open, "format", Assess, "said", "a [summit] could follow"),
        ]);
    }

    #[test]
    fn hope_and_gloom_tell_how_talks_go() {
        check(&[
            (Supports, "progress", Assess, "said", "the gap was narrowing"),
            (Supports, "progress", Assess, "said", "the round was not easy but brought some hope"),
            (Opposes, "progress", Assess, "said", "there was no progress at all"),
            (Opposes, "progress", Assess, "said", "there was little hope of a deal"),
            (Opposes, "progress", Assess, "said", "the talks had hit a deadlock"),
            (Conditional, "progress", Commit, "said", "it is ready to talk, but will not yield"),
            (Open, "progress", Propose, "hinted at", "a possible way out"),
            (Opposes, "good-faith", Reject, "rejected", "the ultimatum"),
            (Opposes, "good-faith", Commit, "said", "it is willing to talk, but will not bow to ultimatums"),
            (Supports, "good-faith", Assess, "said", "the other side was sincere"),
            (Opposes, "good-faith", Accuse, "accused", "them of playing for time"),
            (Unclear, "progress", Assert, "said", "the talks lasted an hour"),
        ]);
    }

    #[test]
    fn whose_cause_is_just() {
        check(&[
            (Supports, "legitimacy", Assert, "said", "it had no choice but to act"),
            (Supports, "legitimacy", Accuse, "blamed", "the league for encircling it"),
            (Opposes, "legitimacy", Accuse, "condemned", "the unprovoked invasion"),
            (Opposes, "legitimacy", Deny, "said", "talk of persecution is baseless"),
        ]);
    }

    proptest! {
        #[test]
        fn no_range_panics(content in "\\PC{0,30}(but|only if|[,.])?\\PC{0,30}", a in 0usize..90, b in 0usize..90) {
            for issue in ["ceasefire", "progress", "legitimacy", "trade"] {
                let _ = stance(issue, Act::Demand, "called for", &content, a..b);
            }
        }
    }
}
