//! What a statement does: the speech act behind a cue and its content.
//!
//! Most cues tell it by themselves (*rejected*, *called for*); *said* and its like leave it to the content.
//! Both kinds of evidence are tables of words below, so that a rule is a line of data. [`act`] is a pure
//! function of the words: a learned classifier can take its place behind the same signature.

use pourparler_text::{Act, Quotation, names};

/// What a cue tells about the act.
#[derive(Debug, Clone, Copy)]
enum Hint {
    /// It is this.
    Is(Act),
    /// It is what the content says, and this where the content says nothing.
    Default(Act),
    /// It is this where the content is a thing (*hinted at a deal*), the content's act where it is a clause.
    OfThing(Act),
}

use Act::{Accept, Accuse, Assert, Assess, Commit, Demand, Deny, Propose, Reject, Warn};
use Hint::{Default, Is, OfThing};

/// Cues by lemma: of several in one cue the first counts (*refused to accept*), and at one place the longest.
/// A lemma stands for its regular inflections; of more than one word, the rest may follow at a distance.
const CUES: &[(Hint, &str)] = &[
    (
        Is(Demand),
        "demand, call for, call on, call upon, call to, urge, appeal, require, request, ask, order, instruct, \
        insist on, press for, push for, plead, beg, implore, exhort, encourage, want, seek, sought, command, \
        summon, advise",
    ),
    (
        Is(Reject),
        "reject, rejection, refuse, refusal, rule out, decline, oppose, opposition, object, objection, dismiss, \
        dismissal, spurn, rebuff, veto, resist, turn down, disagree, vote against, boycott, unwilling, say no, \
        said no, shun, snub",
    ),
    (Is(Warn), "warn, warning, threaten, threat, alert"),
    (Default(Warn), "caution"),
    (Is(Deny), "deny, denial, refute, dispute, disavow"),
    (
        Is(Accuse),
        "accuse, accusation, blame, condemn, condemnation, denounce, criticise, criticize, criticism, decry, \
        deplore, slam, blast, lambast, lambaste, castigate, rebuke, allege, allegation, complain, complaint, \
        lash out, chide",
    ),
    (
        Is(Commit),
        "promise, pledge, vow, commit, undertake, undertook, swear, swore, assure, guarantee, will, would, \
        willing, willingness, ready, readiness, prepared, intend, intention, plan, decide, decision, determined, \
        resolve",
    ),
    (Is(Propose), "propose, proposal, offer, recommend, invite, put forward, float"),
    (OfThing(Propose), "suggest, suggestion, hint, signal"),
    (
        Is(Accept),
        "agree, agreement, accept, acceptance, accede, consent, welcome, endorse, approve, approval, adopt, \
        ratify, support, backs, backed, concede, acknowledge, admit, recognise, recognize, vote, embrace",
    ),
    (
        Is(Assess),
        "hope, believe, belief, expect, expectation, fear, think, thought, predict, prediction, anticipate, \
        foresee, foresaw, doubt, worry, estimate, hail, praise, laud, applaud, optimistic, pessimistic, \
        confident, convinced, concerned, regret",
    ),
    (
        Default(Assess),
        "call, describe, depict, portray, characterise, characterize, consider, regard, view, feel, felt, \
        express, see, saw, label, dub, brand",
    ),
];

/// Words in a cue that turn it round; *t* is what is left of *doesn't*.
const NEGATIONS: &str = "not, never, no, cannot, t, nor, neither";

/// Words that show that what is rejected is a claim and no offer, so that rejecting is denying.
const CLAIMS: &str = "\
    claim*, allegation*, accusation*, report, reports, rumour*, rumor*, charge, charges, assertion*";

/// Says that a claim is not true, wherever it stands in the content.
const DENIALS: &str = "\
    baseless, unfounded, groundless, untrue, not true, no truth, fabricat*, is false, are false, was false, \
    were false, a lie, are lies, nothing to do with, no involvement, not involved, not responsible for, \
    not behind, nonsense";

/// Consequences that make a condition a threat.
const CONSEQUENCES: &str = "\
    consequence*, face, retaliat*, respond, strike, attack, suffer, pay, collapse*, price, catastroph*, disaster*";

/// What content tells where the cue is neutral; the words that stand first decide.
const CONTENTS: &[(Act, &str)] = &[
    (
        Demand,
        "must, should, ought to, need to, needs to, have to, has to, is needed, are needed, need for, can only, \
        is essential, it is time, it was time, no right to, we want, we demand, wants, we need, it needs, \
        insists on, calls for, called for, calls on, called on, urges, urged",
    ),
    (Warn, "consequences, retaliat*, could lead to, would lead to, will lead to, risks, risk of, will pay, brink of"),
    (
        Reject,
        "will not, would not, won t, wouldn t, shall not, will never, would never, never accept, never agree, \
        never allow, never recogni*, never surrender, cannot accept, cannot allow, cannot agree, \
        cannot tolerate, can t accept, can t allow, could not accept, not accept, not allow, not agree, \
        not recogni*, not negotiable, non negotiable, unacceptable, not acceptable, no question of, \
        out of the question, red line*, rejects, rejected, refuses, refused, opposes, opposed, ruled out, \
        rules out, no intention of, not ready, not willing, unwilling, not prepared, no to",
    ),
    (
        Commit,
        "we will, i will, we ll, i ll, we shall, i shall, he will, she will, he would, she would, they would, \
        it would, it will, willing to, ready to, prepared to, intends to, intend to, plans to, committed to, \
        determined to, will continue to, would continue to, pledged, vowed",
    ),
    (
        Accept,
        "realise*, realize*, acknowledge*, accepts, accepted, agrees to, agreed to, agrees that, agreed that, \
        agrees with, we agree, i agree, we accept, we welcome, welcomes, welcomed, we support, supports, \
        in favour of, in favor of, conceded",
    ),
    (Propose, "propose, proposes, proposed, offered, offers, let us, why not, could meet"),
    (
        Accuse,
        "responsible for, to blame, violat*, aggress*, guilty, crime*, criminal*, genocid*, atrocit*, \
        provocation*, sabotag*, undermin*, hypocri*, betray*, illegal*, unlawful*, threat to, a threat, \
        massacr*, barbar*, lied, lying, blackmail*, ethnic cleansing, breach*, in breach, shameful, outrage*, \
        failing to, brutal*, cynical*, deliberately",
    ),
    (
        Assess,
        "hope*, good sign, bad sign, realistic, unrealistic, optimis*, pessimis*, likely, unlikely, expect*, \
        believe*, think, thinks, thought, seen as, in my view, in our view, in my opinion, progress, difficult, \
        easy, not easy, constructive, productive, positive, encouraging, promising, disappoint*, concern, \
        concerns, concerned, worr*, fear, fears, feared, afraid, important, significant, good, bad, better, \
        worse, great, historic, success*, failure, failed, mistake*, wrong, dangerous, danger, might, may, \
        could be, could become, step forward, right direction, breakthrough*, deadlock*, stalemate, impasse, \
        too early, too soon, premature, chance, chances, opportunity, confident, confidence, sceptic*, skeptic*, \
        doubt*, unclear, uncertain*, impossible, tragedy, tragic, useful, frank, businesslike, seems, seem, \
        appears, appear, sincere, serious, would be, will be a, far apart, far from, proud, sad, unfortunate*",
    ),
];

/// Pronouns that stand for the speaker where content begins with them, before a verb of the cue table.
const SPEAKERS: &str = "it, he, she, they, we, i";

/// Words that may stand between such a pronoun and its verb.
const AUXILIARIES: &str = "has, have, had, is, are, am, was, were, also, still, fully, strongly";

/// Words by which a finite clause is known.
const FINITE: &str = "\
    is, are, was, were, has, have, had, means, will, would, may, might, can, cannot, does, do, did";

/// The verbs with which a quoted order begins.
const IMPERATIVES: &str = "stop, end, give, let, close, withdraw, release, leave, help, lift, open, please, do";

/// What a statement does, from its cue and its content; [`Act::Assert`] where neither tells.
#[must_use]
pub fn act(cue: &str, content: &str, quotation: Quotation) -> Act {
    let words = names::fold(cue);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let content = folded(content);
    let told = |otherwise: Act| of_content(&content, quotation).unwrap_or(otherwise);

    let Some((hint, lemma)) = of_cue(&words) else {
        // *told them to leave*
        let order = content.starts_with(" to ") && words.iter().any(|w| matches!(*w, "told" | "tell" | "tells"));
        return if order { Demand } else { told(Assert) };
    };
    if words.iter().any(|w| listed(NEGATIONS, w)) {
        return negated(hint, told(Assess));
    }
    match hint {
        // A wish to do something oneself is an intention.
        Is(Demand) if matches!(lemma, "want" | "seek" | "sought") && content.starts_with(" to ") => Commit,
        Is(Reject) if first(&content, CLAIMS).is_some() => Deny,
        Is(act) => act,
        Default(act) => told(act),
        OfThing(act) if !is_clause(&content) => act,
        OfThing(_) => match told(Assess) {
            Demand => Propose,
            act => act,
        },
    }
}

/// What the cue's words tell, with the lemma that tells it.
fn of_cue(words: &[&str]) -> Option<(Hint, &'static str)> {
    (0..words.len()).find_map(|at| {
        CUES.iter()
            .flat_map(|(hint, lemmas)| lemmas.split(", ").map(move |lemma| (*hint, lemma)))
            .filter(|(_, lemma)| stands_at(&words[at..], lemma))
            .max_by_key(|(_, lemma)| lemma.len())
    })
}

/// The act of a cue that is negated: *did not accept* rejects, *does not rule out* lets in.
fn negated(hint: Hint, content: Act) -> Act {
    match hint {
        Is(Accept | Commit | Propose | Demand) | OfThing(_) => Reject,
        Is(Reject | Deny) => Accept,
        Is(Assess) => Assess,
        Is(_) => Assert,
        Default(_) => content,
    }
}

/// What folded content tells by itself.
fn of_content(content: &str, quotation: Quotation) -> Option<Act> {
    if first(content, DENIALS).is_some() {
        return Some(Deny);
    }
    if first(content, "if, unless, otherwise").is_some() && first(content, CONSEQUENCES).is_some() {
        return Some(Warn);
    }
    let words: Vec<&str> = content.split_whitespace().collect();
    if quotation != Quotation::Indirect && words.first().is_some_and(|w| listed(IMPERATIVES, w)) {
        return Some(Demand);
    }
    let table = CONTENTS
        .iter()
        .filter_map(|(act, phrases)| Some((first(content, phrases)?, *act)))
        // The rule that stands earlier in the table wins a tie: `min_by_key` takes the first.
        .min_by_key(|(at, _)| *at);
    match table {
        // *it would be a mistake* is no promise.
        Some((at, Commit)) if first(&content[at..], "it would be, it will be") == Some(0) => Some(Assess),
        Some((_, act)) => Some(act),
        None => of_own_verb(&words),
    }
}

/// The act of a clause that says in its first verb what the speaker does: *it opposes the plan*.
fn of_own_verb(words: &[&str]) -> Option<Act> {
    let words = words.strip_prefix(&["that"]).unwrap_or(words);
    let (pronoun, rest) = words.split_first()?;
    let verb = rest.iter().position(|w| !listed(AUXILIARIES, w))?;
    match of_cue(rest.get(verb..=verb)?) {
        Some((Is(act), _)) if listed(SPEAKERS, pronoun) => Some(act),
        _ => None,
    }
}

/// Whether folded content is a clause rather than the name of a thing.
fn is_clause(content: &str) -> bool {
    content.starts_with(" that ") || first(content, FINITE).is_some()
}

/// Whether a lemma of one or more words stands at the beginning of `words`, its later words anywhere after.
fn stands_at(words: &[&str], lemma: &str) -> bool {
    let mut parts = lemma.split(' ');
    let head = parts.next().unwrap_or_default();
    words.split_first().is_some_and(|(word, rest)| inflects(word, head) && parts.all(|part| rest.contains(&part)))
}

/// Whether a word is the lemma or one of its regular inflections.
pub(crate) fn inflects(word: &str, lemma: &str) -> bool {
    if let Some(ending) = word.strip_prefix(lemma) {
        let last = lemma.chars().next_back();
        let doubled = ending.strip_prefix(|c| Some(c) == last);
        return matches!(ending, "" | "s" | "es" | "d" | "ed" | "ing") || matches!(doubled, Some("ed" | "ing"));
    }
    let stem = |end: char| lemma.strip_suffix(end).and_then(|stem| word.strip_prefix(stem));
    stem('e') == Some("ing") || matches!(stem('y'), Some("ies" | "ied"))
}

/// Words in lower case without accents and punctuation, one blank around each: what [`first`] looks into.
pub(crate) fn folded(words: &str) -> String {
    format!(" {} ", names::key(words))
}

/// Whether a list, its items parted by `, `, has the word.
pub(crate) fn listed(list: &str, word: &str) -> bool {
    // A single byte is found faster than two.
    list.split(',').any(|item| item.strip_prefix(' ').unwrap_or(item) == word)
}

/// Where in folded text the first of a list's phrases begins. A star at a phrase's end stands for any ending.
pub(crate) fn first(text: &str, phrases: &str) -> Option<usize> {
    let at = |phrase: &str| {
        let (stem, open) = phrase.strip_suffix('*').map_or((phrase, false), |stem| (stem, true));
        let starts = |at: usize| text[..at].ends_with(' ');
        let ends = |at: usize| open || text[at + stem.len()..].starts_with(' ');
        text.match_indices(stem).map(|(at, _)| at).find(|&at| starts(at) && ends(at)).map(|at| at - 1)
    };
    phrases.split(", ").filter_map(at).min()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(cases: &[(Act, &str, &str)]) {
        for &(expected, cue, content) in cases {
            assert_eq!(act(cue, content, Quotation::Indirect), expected, "{cue} | {content}");
        }
    }

    #[test]
    fn cues_that_tell_the_act() {
        check(&[
            (Demand, "called for", "an immediate truce"),
            (Demand, "has repeatedly urged", "both parties to return to the table"),
            (Demand, "repeated its call to", "open the port"),
            (Demand, "insisted on", "a written answer"),
            (Demand, "protesters' demand", "for an inquiry"),
            (Reject, "rejected", "the offer"),
            (Reject, "refused to accept", "the mediator"),
            (Reject, "ruled out", "early elections"),
            (Reject, "ruled any compromise out", "on the border"),
            (Reject, "its refusal", "to comply"),
            (Warn, "threatened to", "close the strait"),
            (Warn, "warned", "that the truce would not hold"),
            (Deny, "denies", "breaking the truce"),
            (Deny, "dismissed", "reports of a secret deal"),
            (Accuse, "blamed", "the rebels for the delay"),
            (Accuse, "criticised", "the tariff"),
            (Commit, "pledged", "to send observers"),
            (Commit, "was promised by", "a seat at the table"),
            (Commit, "is willing to", "meet in Tarn"),
            (Commit, "wants", "to rejoin the customs union"),
            (Propose, "proposed", "a six-week pause"),
            (Propose, "put forward", "a timetable"),
            (Accept, "agreed to", "a second round"),
            (Accept, "welcomed", "the comment"),
            (Assess, "hopes", "that talks resume"),
            (Assess, "fears", "a collapse"),
        ]);
    }

    #[test]
    fn negated_cues_turn_round() {
        check(&[
            (Reject, "did not accept", "the terms"),
            (Reject, "does not recognise", "the court"),
            (Reject, "doesn’t want", "a wider war"),
            (Reject, "would not", "sign"),
            (Accept, "does not rule out", "a meeting"),
            (Accept, "did not deny", "the contacts"),
            (Assess, "does not believe", "the offer is sincere"),
        ]);
    }

    #[test]
    fn neutral_cues_leave_it_to_the_content() {
        check(&[
            (Demand, "said", "that the garrison must leave by spring"),
            (Demand, "told", "to halt the drills"),
            (Demand, "said", "the fee can only be set by parliament"),
            (Commit, "said", "it would reopen the crossing"),
            (Commit, "says", "it is ready to talk but will not disarm"),
            (Reject, "said", "it cannot accept foreign troops"),
            (Reject, "said", "they will never recognise the vote"),
            (Reject, "said", "it opposes the tariff"),
            (Deny, "said", "claims of a massacre were unfounded"),
            (Warn, "said", "if the shelling goes on, the city will face famine"),
            (Accuse, "said", "the army was responsible for the shelling"),
            (Accuse, "said", "the raid violated the armistice"),
            (Accept, "said", "his side acknowledged the court's ruling"),
            (Assess, "said", "the round was a step in the right direction"),
            (Assess, "said", "it would be a mistake to stop now"),
            (Assess, "cautioned", "that the talks were not easy"),
            (Warn, "cautioned", "against haste"),
            (Assess, "called", "the meeting a waste"),
            (Accuse, "called", "the strike a crime"),
            (Assess, "suggested", "that the gap is narrowing"),
            (Propose, "suggested", "a meeting on the island"),
            (Propose, "suggested", "that monitors should stay"),
            (Assert, "said", "the two delegations met for three hours"),
            (Assert, "reported", "that the road was cut"),
            (Assert, "", "The column reached the river."),
        ]);
    }

    #[test]
    fn words_that_only_look_alike_do_not_count() {
        check(&[
            (Assert, "said", "the mustard harvest has begun"),
            (Assert, "said", "the parties agreed on Monday's agenda"),
            (Assert, "said", "the demands were read out at noon"),
            (Assert, "stated", "that it is raining"),
            (Assert, "asserted", "that the bridge stands"),
        ]);
    }

    #[test]
    fn a_quoted_order_is_a_demand() {
        assert_eq!(act("said", "“Stop the bombing,”", Quotation::Direct), Demand);
        assert_eq!(act("said", "stop the bombing", Quotation::Indirect), Assert);
    }

    #[test]
    fn tables_hold_each_entry_once_and_folded() {
        let mut all: Vec<&str> = CUES.iter().flat_map(|(_, lemmas)| lemmas.split(", ")).collect();
        let cues = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), cues);
        for phrase in
            CONTENTS.iter().map(|(_, phrases)| *phrases).chain([DENIALS, CLAIMS]).flat_map(|list| list.split(", "))
        {
            let plain = phrase.trim_end_matches('*');
            assert_eq!(names::key(plain), plain);
        }
    }

    #[test]
    fn inflections() {
        for (word, lemma) in [("denies", "deny"), ("vetoed", "veto"), ("urging", "urge"), ("committed", "commit")] {
            assert!(inflects(word, lemma), "{word}");
        }
        for (word, lemma) in [("asset", "as"), ("demanding-", "demand"), ("plane", "plan"), ("backer", "back")] {
            assert!(!inflects(word, lemma), "{word}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(cue in "\\PC{0,20}", content in "\\PC{0,40}") {
            let _ = act(&cue, &content, Quotation::Mixed);
        }
    }
}
