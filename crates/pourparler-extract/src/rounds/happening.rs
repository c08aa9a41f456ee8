//! Verbs of a meeting's happening, and how they stand with its noun: *the talks ended*, *they held talks*.

use std::ops::Range;

use pourparler_text::RoundState::{self, Failed, Held, Planned, UnderWay};

use super::meeting::Meeting;
use super::words::{Gap, Words};
use crate::act::listed;

/// How a verb may take its noun of meeting.
type Uses = u8;
/// *talks ended*
const SUBJECT: Uses = 1;
/// *talks were held*
const PASSIVE: Uses = 2;
/// *they held talks*
const OBJECT: Uses = 4;
/// *they met for talks*
const FOR: Uses = 8;
/// *they hosted talks*: the one who does is no party but the host.
const HOST: Uses = 16;

/// A verb of happening.
struct Verb {
    /// Base, third person, past, participle and gerund.
    forms: [&'static str; 5],
    /// The words that must follow.
    after: &'static str,
    uses: Uses,
    /// What it tells of a meeting once done.
    done: RoundState,
}

impl Verb {
    fn base(&self) -> &'static str {
        self.forms[0]
    }

    fn participle(&self) -> &'static str {
        self.forms[3]
    }

    fn gerund(&self) -> &'static str {
        self.forms[4]
    }
}

/// A row of the table.
const fn verb(forms: [&'static str; 5], after: &'static str, uses: Uses, done: RoundState) -> Verb {
    Verb { forms, after, uses, done }
}

/// Those with words that must follow stand before those without.
const VERBS: &[Verb] = &[
    verb(["take", "takes", "took", "taken", "taking"], "place", SUBJECT, Held),
    verb(["kick", "kicks", "kicked", "kicked", "kicking"], "off", SUBJECT | OBJECT, UnderWay),
    verb(["get", "gets", "got", "got", "getting"], "under way", SUBJECT, UnderWay),
    verb(["get", "gets", "got", "got", "getting"], "underway", SUBJECT, UnderWay),
    verb(["go", "goes", "went", "gone", "going"], "ahead", SUBJECT, Held),
    verb(["go", "goes", "went", "gone", "going"], "into", SUBJECT, UnderWay),
    verb(["wrap", "wraps", "wrapped", "wrapped", "wrapping"], "up", SUBJECT | OBJECT | PASSIVE, Held),
    verb(["sit", "sits", "sat", "sat", "sitting"], "down", FOR, Held),
    verb(["break", "breaks", "broke", "broken", "breaking"], "up", SUBJECT, Held),
    verb(["break", "breaks", "broke", "broken", "breaking"], "down", SUBJECT, Failed),
    verb(["break", "breaks", "broke", "broken", "breaking"], "off", SUBJECT | OBJECT | PASSIVE, Failed),
    verb(["fall", "falls", "fell", "fallen", "falling"], "apart", SUBJECT, Failed),
    verb(["fall", "falls", "fell", "fallen", "falling"], "through", SUBJECT, Failed),
    verb(["call", "calls", "called", "called", "calling"], "off", OBJECT | PASSIVE, Failed),
    verb(["put", "puts", "put", "put", "putting"], "off", OBJECT | PASSIVE, Failed),
    verb(["hold", "holds", "held", "held", "holding"], "", OBJECT | PASSIVE, Held),
    verb(["meet", "meets", "met", "met", "meeting"], "", FOR, Held),
    verb(["gather", "gathers", "gathered", "gathered", "gathering"], "", FOR, Held),
    verb(["begin", "begins", "began", "begun", "beginning"], "", SUBJECT | OBJECT, UnderWay),
    verb(["start", "starts", "started", "started", "starting"], "", SUBJECT | OBJECT | PASSIVE, UnderWay),
    verb(["open", "opens", "opened", "opened", "opening"], "", SUBJECT | OBJECT | PASSIVE, UnderWay),
    verb(["resume", "resumes", "resumed", "resumed", "resuming"], "", SUBJECT | OBJECT | PASSIVE, UnderWay),
    verb(["restart", "restarts", "restarted", "restarted", "restarting"], "", SUBJECT | OBJECT | PASSIVE, UnderWay),
    verb(["reopen", "reopens", "reopened", "reopened", "reopening"], "", SUBJECT | OBJECT | PASSIVE, UnderWay),
    verb(["launch", "launches", "launched", "launched", "launching"], "", OBJECT | PASSIVE, UnderWay),
    verb(["continue", "continues", "continued", "continued", "continuing"], "", SUBJECT | OBJECT, UnderWay),
    verb(["reconvene", "reconvenes", "reconvened", "reconvened", "reconvening"], "", SUBJECT | PASSIVE | FOR, UnderWay),
    verb(["enter", "enters", "entered", "entered", "entering"], "", OBJECT | SUBJECT, UnderWay),
    verb(["convene", "convenes", "convened", "convened", "convening"], "", SUBJECT | PASSIVE | FOR, UnderWay),
    verb(["end", "ends", "ended", "ended", "ending"], "", SUBJECT | OBJECT | PASSIVE, Held),
    verb(["conclude", "concludes", "concluded", "concluded", "concluding"], "", SUBJECT | OBJECT | PASSIVE, Held),
    verb(["finish", "finishes", "finished", "finished", "finishing"], "", SUBJECT | OBJECT, Held),
    verb(["close", "closes", "closed", "closed", "closing"], "", SUBJECT | OBJECT, Held),
    verb(["complete", "completes", "completed", "completed", "completing"], "", OBJECT | PASSIVE, Held),
    verb(["adjourn", "adjourns", "adjourned", "adjourned", "adjourning"], "", SUBJECT | OBJECT | PASSIVE, Held),
    // *Last* is seldom a verb.
    verb(["lasts", "lasts", "lasted", "lasted", "lasting"], "", SUBJECT, Held),
    verb(["recess", "recesses", "recessed", "recessed", "recessing"], "", SUBJECT, Held),
    verb(["broker", "brokers", "brokered", "brokered", "brokering"], "", OBJECT | HOST, Held),
    verb(["host", "hosts", "hosted", "hosted", "hosting"], "", OBJECT | PASSIVE | HOST, Held),
    verb(["chair", "chairs", "chaired", "chaired", "chairing"], "", OBJECT | PASSIVE | HOST, Held),
    verb(["mediate", "mediates", "mediated", "mediated", "mediating"], "", OBJECT | HOST, Held),
    verb(["collapse", "collapses", "collapsed", "collapsed", "collapsing"], "", SUBJECT, Failed),
    verb(["fail", "fails", "failed", "failed", "failing"], "", SUBJECT, Failed),
    verb(["cancel", "cancels", "cancelled", "cancelled", "cancelling"], "", OBJECT | PASSIVE, Failed),
    verb(["cancel", "cancels", "canceled", "canceled", "canceling"], "", OBJECT | PASSIVE, Failed),
    verb(["postpone", "postpones", "postponed", "postponed", "postponing"], "", OBJECT | PASSIVE, Failed),
    verb(["suspend", "suspends", "suspended", "suspended", "suspending"], "", OBJECT | PASSIVE, Failed),
    verb(["abandon", "abandons", "abandoned", "abandoned", "abandoning"], "", OBJECT | PASSIVE, Failed),
    verb(["delay", "delays", "delayed", "delayed", "delaying"], "", OBJECT | PASSIVE, Failed),
    verb(["scrap", "scraps", "scrapped", "scrapped", "scrapping"], "", OBJECT | PASSIVE, Failed),
];

const NEGATIONS: &str = "\
    not, never, isn't, aren't, wasn't, weren't, hasn't, haven't, hadn't, won't, wouldn't, didn't, doesn't, don't, \
    cannot, hardly, nor";
const BE: &str = "is, are, was, were";
const HAVE: &str = "has, have, had, having";
const WILL: &str = "will, would, shall";
const MODALS: &str = "may, might, can, could, should, must, ought, do, does, did, let, need";
/// What makes the infinitive after it something planned.
const PLANNING: &str = "\
    due, scheduled, set, slated, expected, planned, plan, plans, planning, agreed, agree, agreeing, decided, going, \
    about, is, are, was, were";
/// What makes time words after it those of a plan: *talks scheduled for Monday*.
const SET: &str = "due, scheduled, set, slated, planned, expected";
const SET_FOR: &str = "for, on, in, at, early, late, later, next, this, tomorrow";
const OTHER: &str = "be, been, being, to";
/// Verbs of ending.
const ENDING: &str = "end, conclude, finish, close, adjourn, recess, wrap, complete, break";
/// How far from its noun a verb may stand, in words.
const REACH: usize = 24;
/// What talks fail to do that were not held.
const BE_HELD: &str = "begin, start, open, resume, take, materialise, materialize, convene, happen, be";
/// Words that bring in what the talks are about.
pub(super) const TOPIC: &str = "on, over, about, concerning, regarding, aimed";
/// Words before *for talks* by which nobody meets for them.
const NO_TALKS: &str = "\
    call, calls, called, calling, hope, hopes, hoped, hoping, press, pressed, pressing, push, pushed, pushing, plan, \
    plans, need, prospect, prospects, date, dates, venue, ready, condition, conditions, proposal, proposals, ground, \
    framework, basis, way, agenda, schedule, preparations, prepare, preparing, appeal, appeals, appealed, appealing, \
    support, demand, demands, request, requests, offer, offers, time, timetable, deadline, opposition, reason, \
    reasons, plea, wait, waiting";
/// Participles that go on the phrase of a noun.
const PARTICIPLES: &str = "\
    mediated, brokered, sponsored, facilitated, aimed, focused, focussed, attended, led, called, dubbed, based, \
    backed, held, convened, organised, organized";

/// What a verb tells of its meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    State(RoundState),
    /// The present that lasts: under way, or a plan where a day to come stands with it.
    Now,
    /// Yet to end, and so begun: *the talks are due to end on Friday*.
    Ends,
    /// The present, which is a plan where a day to come stands with it: *talks open on Monday*.
    IfDated,
}

/// A verb that tells of a meeting.
#[derive(Debug, Clone)]
pub(super) struct Happening {
    /// From its first auxiliary to the words that belong to it.
    pub words: Range<usize>,
    pub told: Told,
    /// Whether the meeting is its object.
    pub object: bool,
    /// Whether its subject only hosts.
    pub host: bool,
    /// Whether it is the verb of a clause, no participle or relative clause.
    pub finite: bool,
}

impl Happening {
    fn done(&self) -> bool {
        matches!(self.told, Told::State(Held | Failed | UnderWay) | Told::Now)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tense {
    Past,
    Present,
    Progressive,
    Future,
    /// A participle without auxiliary.
    Bare,
}

/// Whether a word is a form of a verb of happening, with what must follow it.
pub(super) fn is_verb(words: &Words, at: usize) -> bool {
    // *the resumed talks*: a participle there is an adjective.
    forms(words, at).next().is_some() && !words.determiner(at.wrapping_sub(1))
}

/// Whether a word may follow the noun of meeting in its verb.
pub(super) fn may_follow(words: &Words, at: usize) -> bool {
    [BE, HAVE, WILL, MODALS, NEGATIONS, OTHER].iter().any(|list| words.is(at, list)) || is_verb(words, at)
}

/// The verbs that a word may be, and where they end.
fn forms<'v>(words: &'v Words, at: usize) -> impl Iterator<Item = (&'static Verb, usize)> + 'v {
    let word = words.lower(at);
    let has = move |verb: &&Verb| verb.forms.contains(&word);
    VERBS.iter().filter(has).filter_map(move |verb| {
        let end = verb.after.split_whitespace().try_fold(at + 1, |next, particle| {
            (words.gap(next) == Gap::Joined && words.lower(next) == particle).then_some(next + 1)
        })?;
        // What is *held up* or *held back* is not held.
        let another = verb.base() == "hold" && words.is(end, "up, back, off, out, over");
        (!another).then_some((verb, end))
    })
}

/// The auxiliaries before a verb, the nearest first, and where they begin.
fn auxiliaries<'w>(words: &'w Words, verb: usize) -> (Vec<&'w str>, usize) {
    let (mut out, mut first, mut at) = (Vec::new(), verb, verb);
    while out.len() < 6 {
        at = words.back(at);
        let lists = [BE, HAVE, WILL, MODALS, NEGATIONS, OTHER];
        let planning = out.last() == Some(&"to") && words.is(at, PLANNING);
        if !planning && !lists.iter().any(|list| words.is(at, list)) {
            break;
        }
        out.push(words.lower(at));
        first = at;
    }
    (out, first)
}

/// Tense of a verb and whether it is passive; `None` where it is denied, or only wished or possible.
fn tense(verb: &Verb, word: &str, auxiliaries: &[&str]) -> Option<(Tense, bool)> {
    if auxiliaries.iter().any(|a| listed(NEGATIONS, a)) {
        return None;
    }
    let [base, third, past, participle, gerund] = verb.forms;
    let real = |rest: &[&str]| !rest.iter().any(|a| listed(MODALS, a) || listed(WILL, a) || *a == "to");
    // What *had been due to* happen did not, or is told by another verb; what *had been agreed* may yet.
    let planned = |plan: &str, rest: &[&str]| {
        listed(PLANNING, plan) && (listed("agreed, decided", plan) || !rest.contains(&"had"))
    };
    match auxiliaries {
        [will, ..] if word == base && listed(WILL, will) => Some((Tense::Future, false)),
        ["to", plan, rest @ ..] if word == base && planned(plan, rest) => Some((Tense::Future, false)),
        [] if (word == base && base != past) || word == third => Some((Tense::Present, false)),
        ["be", will, ..] if word == participle && listed(WILL, will) => Some((Tense::Future, true)),
        ["be", "to", plan, rest @ ..] if word == participle && planned(plan, rest) => Some((Tense::Future, true)),
        ["been", have, rest @ ..] if word == participle && listed(HAVE, have) && real(rest) => {
            Some((Tense::Past, true))
        }
        ["being"] if word == participle => Some((Tense::Progressive, true)),
        ["being", be, ..] if word == participle && listed(BE, be) => Some((Tense::Progressive, true)),
        [be, ..] if word == participle && matches!(*be, "was" | "were") => Some((Tense::Past, true)),
        // *are held* is a habit, *are suspended* a state.
        [be, ..] if word == participle && listed(BE, be) && verb.done == Failed => Some((Tense::Past, true)),
        [have, rest @ ..] if word == participle && listed(HAVE, have) && real(rest) => Some((Tense::Past, false)),
        [] if word == past => Some((Tense::Past, false)),
        [] if word == participle => Some((Tense::Bare, true)),
        [be, ..] if word == gerund && listed(BE, be) => Some((Tense::Progressive, false)),
        ["been", have, rest @ ..] if word == gerund && listed(HAVE, have) && real(rest) => {
            Some((Tense::Progressive, false))
        }
        ["be", will, ..] if word == gerund && listed(WILL, will) => Some((Tense::Future, false)),
        _ => None,
    }
}

fn told(verb: &Verb, tense: Tense, passive: bool, auxiliaries: &[&str]) -> Option<Told> {
    let now = auxiliaries.iter().any(|a| matches!(*a, "is" | "are"));
    Some(match (tense, verb.done) {
        (Tense::Past | Tense::Bare, state) => Told::State(state),
        (Tense::Progressive, Failed) => return None,
        (Tense::Progressive, _) if now => Told::Now,
        (Tense::Progressive, _) => Told::State(UnderWay),
        (Tense::Future, Failed) if passive => Told::State(Failed),
        (Tense::Future | Tense::Present, Failed) => return None,
        (Tense::Future, _) if listed(ENDING, verb.base()) => Told::Ends,
        (Tense::Future, _) => Told::State(Planned),
        (Tense::Present, _) if verb.base() == "continue" => Told::State(UnderWay),
        (Tense::Present, _) => Told::IfDated,
    })
}

/// What the sentence tells of a meeting, in order; empty where it only speaks of it.
pub(super) fn happenings(words: &Words, meeting: &Meeting) -> Vec<Happening> {
    match object_of(words, meeting) {
        Some(happening) => {
            // *postponed talks set for Monday*
            let set = at_word(words, meeting.words.end, meeting.noun()).filter(|h| h.told == Told::State(Planned));
            set.into_iter().filter(|_| happening.told == Told::State(Failed)).chain([happening.clone()]).collect()
        }
        None => subject_of(words, meeting),
    }
}

/// The verb whose object the meeting is: *held a round of talks*, *met in Tarn for talks*.
fn object_of(words: &Words, meeting: &Meeting) -> Option<Happening> {
    let start = meeting.words.start;
    if words.gap(start) != Gap::Joined {
        return None;
    }
    let before = start - 1;
    // Of *entered into talks* and *sat down to talks* the preposition goes with the verb.
    let (needed, mut at) = match words.lower(before) {
        "for" if words.is(before.wrapping_sub(1), NO_TALKS) => return None,
        "for" => (FOR, before),
        "into" | "to" => (OBJECT | FOR, before),
        _ => (OBJECT, start),
    };
    for _ in 0..16 {
        if at == 0 || words.gap(at) == Gap::Hard || (needed == OBJECT && words.gap(at) == Gap::Comma) {
            return None;
        }
        at -= 1;
        let found = forms(words, at).find(|(verb, end)| verb.uses & needed != 0 && *end <= start);
        if let Some((verb, end)) = found {
            if words.lower(before) == "into" && verb.base() != "enter"
                || words.lower(before) == "to" && verb.after != "down"
            {
                return None;
            }
            if words.determiner(at.wrapping_sub(1)) {
                return None;
            }
            return as_object(words, verb, at, end, start);
        }
        let between =
            needed == FOR && !words.opener(at) && !words.saying(at) && !words.any(at..at + 1, "and, but, will, to");
        // *held on Monday a round*
        let time = words.date(at) || words.adverb(at) || words.is(at, "on, off, down, up");
        if !between && !time && at != before {
            return None;
        }
        if needed == OBJECT && !time {
            return None;
        }
    }
    None
}

fn as_object(words: &Words, verb: &Verb, at: usize, end: usize, start: usize) -> Option<Happening> {
    let (auxiliaries, first) = auxiliaries(words, at);
    let word = words.lower(at);
    let told = match tense(verb, word, &auxiliaries) {
        Some((_, true)) => return None,
        Some((tense, false)) => told(verb, tense, false, &auxiliaries)?,
        // *after holding talks*
        None if auxiliaries.is_empty() && word == verb.gerund() && words.lower(at.wrapping_sub(1)) == "after" => {
            Told::State(verb.done)
        }
        // *are to meet on Monday to resume talks*
        None if auxiliaries == ["to"] && word == verb.base() => return meets_to(words, first, start),
        None => return None,
    };
    let finite = !auxiliaries.is_empty() || word != verb.gerund();
    Some(Happening { words: first..end.min(start), told, object: true, host: verb.uses & HOST != 0, finite })
}

/// A meeting to begin or go on with talks, before *to*.
fn meets_to(words: &Words, to: usize, start: usize) -> Option<Happening> {
    let last = to.wrapping_sub(1);
    if !(words.date(last) || words.capital(last) || words.adverb(last) || forms(words, last).next().is_some()) {
        return None;
    }
    let before =
        (to.saturating_sub(10)..to).rev().take_while(|&at| words.gap(at + 1) == Gap::Joined && !words.opener(at));
    let meets = |at: usize| Some((at, forms(words, at).find(|(verb, _)| verb.uses & FOR != 0)?));
    let (at, (verb, end)) = before.filter_map(meets).next()?;
    let (auxiliaries, first) = auxiliaries(words, at);
    let (tense, passive) = tense(verb, words.lower(at), &auxiliaries)?;
    let told = told(verb, tense, passive, &auxiliaries)?;
    Some(Happening { words: first..end.min(start), told, object: true, host: false, finite: true })
}

/// The verbs whose subject the meeting is, with participles and relative clauses right after the noun.
fn subject_of(words: &Words, meeting: &Meeting) -> Vec<Happening> {
    let noun = meeting.noun();
    let before = meeting.words.start.wrapping_sub(1);
    // In *progress in the talks ended* the talks are not what ended; in *after the talks ended* they are.
    let joined = words.gap(meeting.words.start) != Gap::Hard;
    // Nor are they in *a rite to open the talks ended*.
    let subject = !joined || !(words.preposition(before) || is_verb(words, before));
    let mut out: Vec<Happening> = Vec::new();
    let mut at = noun + 1;
    while at <= noun + REACH && words.gap(at) != Gap::Hard {
        let word = words.lower(at);
        if let Some(happening) = at_word(words, at, noun) {
            let coordinated = matches!(words.lower(happening.words.start.wrapping_sub(1)), "and" | "but" | "then");
            if happening.finite && (!subject || (out.is_empty() && coordinated)) {
                break;
            }
            at = happening.words.end;
            out.push(happening);
            continue;
        }
        let follows = verb_follows(words, at + 1, noun);
        let goes_on = match word {
            "and" | "but" | "then" => follows || (out.is_empty() && word == "and" && words.gap(at) == Gap::Joined),
            // In *talks on a war that began in May* it is not the talks that began.
            "which" | "that" => follows && !words.any(noun + 1..at, TOPIC),
            "before" => follows || words.is(at + 1, "being"),
            _ if words.opener(at) || words.saying(at) || words.pronoun(at) => false,
            _ if words.adverb(at) => true,
            // *talks on ending the war*
            _ if word.ends_with("ing") && words.preposition(at - 1) => true,
            // An auxiliary, or a word of planning, that leads to another verb ends the search.
            _ if may_follow(words, at) || (words.is(at, SET) && words.lower(at + 1) == "to") => {
                follows || verb_follows(words, at, noun)
            }
            _ if at == noun + 1 => {
                words.gap(at) == Gap::Comma || words.preposition(at) || words.date(at) || words.is(at, PARTICIPLES)
            }
            _ => !finite_looking(words, at),
        };
        if !goes_on {
            break;
        }
        at += 1;
    }
    out
}

/// Whether only auxiliaries and adverbs part a word from a verb of happening.
fn verb_follows(words: &Words, from: usize, noun: usize) -> bool {
    let mut at = from;
    while at < from + 7 && words.gap(at) != Gap::Hard {
        if at_word(words, at, noun).is_some() {
            return true;
        }
        let lead = [BE, HAVE, WILL, OTHER].iter().any(|list| words.is(at, list)) || words.is(at, PLANNING);
        if !(lead || words.adverb(at)) {
            return false;
        }
        at += 1;
    }
    false
}

/// Whether a word in *-ed* is likely the verb of a clause, and no adjective or participle of a phrase.
fn finite_looking(words: &Words, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    let in_phrase = words.determiner(before)
        || words.preposition(before)
        || words.lower(before) == "and"
        || words.gap(at) == Gap::Comma;
    let verb = words.lower(at).ends_with("ed") && !words.lower(at).contains('-') && !words.capital(at);
    verb && !in_phrase && !words.is(at, PARTICIPLES) && !words.is(at + 1, "by")
}

/// The verb of happening at a word after the noun.
fn at_word(words: &Words, at: usize, noun: usize) -> Option<Happening> {
    let relative = |first: usize| matches!(words.lower(first.wrapping_sub(1)), "which" | "that");
    let (auxiliaries, first) = auxiliaries(words, at);
    let direct = at == noun + 1 || words.gap(at) == Gap::Comma;
    let state = |state, words: Range<usize>, finite| {
        Some(Happening { words, told: Told::State(state), object: false, host: false, finite })
    };
    let be = auxiliaries.first().is_some_and(|a| listed(BE, a));
    let denied = auxiliaries.iter().any(|a| listed(NEGATIONS, a));
    let going = |end: usize| words.gap(end) == Gap::Joined;
    if be && !denied {
        match (words.lower(at), words.lower(at + 1)) {
            ("underway" | "ongoing", _) => return state(UnderWay, first..at + 1, !relative(first)),
            ("under", "way") | ("in", "progress" | "session") if going(at + 1) => {
                return state(UnderWay, first..at + 2, !relative(first));
            }
            _ => {}
        }
    }
    let set = words.is(at, SET)
        && going(at + 1)
        && (words.is(at + 1, SET_FOR) || words.date(at + 1))
        && !words.any(at + 1..at + 3, "last");
    let set_now =
        auxiliaries.is_empty() && (direct || relative(at)) || be || matches!(auxiliaries[..], ["been", "has" | "have"]);
    if set && set_now && !denied {
        return state(Planned, first..at + 1, be && !relative(first));
    }
    // *opened on Monday before collapsing*, *before being suspended*
    let before = words.lower(first.wrapping_sub(1)) == "before";
    for (verb, end) in forms(words, at) {
        let word = words.lower(at);
        let Some((tense, mut passive)) = tense(verb, word, &auxiliaries) else {
            if before && word == verb.gerund() && auxiliaries.is_empty() && verb.uses & SUBJECT != 0 {
                return state(verb.done, first..end, true);
            }
            continue;
        };
        if before && auxiliaries == ["being"] && verb.uses & PASSIVE != 0 {
            return state(verb.done, first..end, true);
        }
        // *talks held in Tarn*, *talks, postponed in May,*
        let reduced = auxiliaries.is_empty() && direct && word == verb.participle() && verb.uses & PASSIVE != 0;
        if reduced && verb.uses & SUBJECT == 0 {
            passive = true;
        } else if verb.uses & if passive { PASSIVE } else { SUBJECT } == 0 && !(reduced && tense == Tense::Bare) {
            continue;
        }
        // *talks due to begin on Monday*, *talks being held in Tarn*
        let planned = (first == noun + 1 || words.gap(first) == Gap::Comma)
            && (words.is(first, SET) || words.lower(first) == "being");
        let finite = !(relative(first) || planned || (reduced && passive));
        if verb.base() == "enter" || verb.after == "into" {
            let spell = (end..end + 5).any(|k| words.is(k, "day, week, month, hour, phase, stage, round"));
            if !spell {
                continue;
            }
        }
        if verb.base() == "fail" && words.lower(end) == "to" && !words.is(end + 1, BE_HELD) {
            return state(Held, first..end, finite);
        }
        let told = told(verb, tense, passive, &auxiliaries)?;
        return Some(Happening { words: first..end, told, object: false, host: false, finite });
    }
    None
}

/// What the happenings of one meeting come to: one round, or one that was held and one that is to follow.
pub(super) fn rounds_told(happenings: Vec<Happening>) -> Vec<(Happening, Option<Range<usize>>)> {
    let Some((last, before)) = happenings.split_last() else { return Vec::new() };
    let done = before.iter().rev().find(|h| h.done());
    // The days that were set for what failed.
    let set = before.iter().find(|h| h.told == Told::State(Planned)).map(|h| h.words.clone());
    match (done, last.told) {
        (Some(done), Told::State(Planned) | Told::IfDated | Told::Ends)
            if matches!(done.told, Told::State(UnderWay) | Told::Now) =>
        {
            vec![(done.clone(), None)]
        }
        (Some(done), Told::State(Planned)) => vec![(done.clone(), None), (last.clone(), None)],
        (_, Told::State(Failed)) => vec![(last.clone(), set)],
        _ => vec![(last.clone(), None)],
    }
}
