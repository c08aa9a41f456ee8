//! How a statement is put: its terms, its reasons, its hedges, how firm it is, and to whom it is said.
//!
//! All of it is read from the words of the content and of the cue, by the tables below.

use std::sync::LazyLock;

use pourparler_dossier::{Form, Gazetteer};
use pourparler_text::{Act, Byte, Firmness, Manner, Span};
use regex::Regex;

/// Words that begin a condition wherever they stand.
const TERMS: &str = r"only (?:if|when|after|once|on|by)|provided(?: that)?|providing(?: that)?|as long as|so long as|unless|on (?:the )?condition(?: that)?|conditional (?:up)?on|in exchange for|in return for|subject to|depend(?:s|ing|ent)? (?:up)?on|contingent (?:up)?on";
/// Words that begin one where the statement is about what the speaker will or wants to do.
const LOOSE_TERMS: &str = r"if|until|once|before|when";
/// Words before such a one by which it begins none: *as if*, *even if*.
const NO_TERMS: &str = r"(?:as|even|ask(?:ed|s)?|asking|know|see|wonder(?:s|ed)?|decide|what|only|just|shortly|days?|weeks?|months?|years?|long|not|and) $";
/// Words that begin a reason.
const REASONS: &str = r"because|due to|owing to|in order to|so that|so as to|in response to|as a result of|on (?:the )?grounds|in view of|given that|in light of|for fear of|since (?:it|they|he|she|we|there)";
/// Words that make less certain.
const HEDGES: &str = r"may|might|could|perhaps|possibly|maybe|likely|unlikely|probably|reportedly|allegedly|apparently|appears? to|seems? to|in principle|not necessarily|some kind of|presumably|supposedly";
/// Words that no terms move.
const RED_LINES: &str = r"never|under no circumstances?|red lines?|non-?\s?negotiable|not negotiable|unacceptable|not acceptable|no compromise|not compromise|will not (?:accept|allow|tolerate|surrender|yield|recogni[sz]e|give up|permit|negotiate)|won.t (?:accept|allow|tolerate|surrender)|cannot (?:accept|be accepted|allow|tolerate)|no way|out of the question|categorical(?:ly)?|absolutely not|not one inch|at any price|at any cost|ultimatums?";
/// Words that require.
const DEMANDS: &str = r"must|ha(?:s|ve) to|insists?|insisted|requires?|required|demand(?:s|ed|ing)?|needs? to|immediate(?:ly)?|unconditional(?:ly)?|will not|refus(?:es?|ed|al)|reject(?:s|ed|ion)?";
/// Words that let in and no more.
const HINTS: &str = r"not rul(?:e|ed|ing) out|not exclud(?:e|ed)|hint(?:s|ed|ing)?|signal(?:s|l?ed|l?ing)?|could|might|may|possible|possibility|consider(?:s|ed|ing)?|open to|explor(?:e|ing)|willing to discuss|suggest(?:s|ed|ing)?|look(?:ing)? at";

fn pattern(words: &str) -> Regex {
    // The tables are constants that the tests compile.
    Regex::new(&format!(r"(?i)\b(?:{words})\b")).expect("the pattern is well-formed")
}

static TERM: LazyLock<Regex> = LazyLock::new(|| pattern(TERMS));
static LOOSE_TERM: LazyLock<Regex> = LazyLock::new(|| pattern(LOOSE_TERMS));
static NO_TERM: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"(?i)\b{NO_TERMS}")).expect("the pattern is well-formed"));
static REASON: LazyLock<Regex> = LazyLock::new(|| pattern(REASONS));
static HEDGE: LazyLock<Regex> = LazyLock::new(|| pattern(HEDGES));
static RED_LINE: LazyLock<Regex> = LazyLock::new(|| pattern(RED_LINES));
static DEMAND: LazyLock<Regex> = LazyLock::new(|| pattern(DEMANDS));
static HINT: LazyLock<Regex> = LazyLock::new(|| pattern(HINTS));

/// What a statement's words are, as far as its manner needs them.
pub(crate) struct Words<'a> {
    pub text: &'a str,
    pub cue: &'a [Span<Byte>],
    pub content: &'a [Span<Byte>],
    pub act: Act,
    /// Whether it takes a stance on some issue.
    pub stands: bool,
}

/// How a statement is put.
pub(crate) fn manner(words: &Words<'_>, gazetteer: &Gazetteer) -> Manner<Byte> {
    let mut manner = Manner::default();
    let loose = matches!(words.act, Act::Commit | Act::Accept | Act::Propose | Act::Demand | Act::Reject);
    for &span in words.content {
        let part = &words.text[std::ops::Range::from(span)];
        let place = |at: (usize, usize)| Span::new(span.start + at.0, span.start + at.1);
        let mut terms: Vec<(usize, usize)> = TERM.find_iter(part).map(|m| clause(part, m.start())).collect();
        if loose {
            let open = |m: &regex::Match<'_>| {
                !terms.iter().any(|t| t.0 <= m.start() && m.start() < t.1) && !NO_TERM.is_match(&part[..m.start()])
            };
            let more: Vec<_> = LOOSE_TERM.find_iter(part).filter(open).map(|m| clause(part, m.start())).collect();
            terms.extend(more);
        }
        manner.conditions.extend(apart(terms).into_iter().map(place));
        let reasons = REASON.find_iter(part).map(|m| clause(part, m.start())).collect();
        manner.reasons.extend(apart(reasons).into_iter().map(place));
        manner.hedges.extend(HEDGE.find_iter(part).map(|m| place((m.start(), m.end()))));
    }
    manner.firmness = firmness(words);
    manner.addressee = addressee(words, gazetteer);
    manner
}

/// From a word to the end of its clause: a mark, or the end.
fn clause(part: &str, start: usize) -> (usize, usize) {
    let rest = &part[start..];
    let marks = [',', ';', ':', '.', '!', '?', '—', '–', '”', '"', ')', '\n'];
    // The points of *3.5* and *U.S.* end nothing.
    let ends = |(at, c): &(usize, char)| {
        let next = rest[at + c.len_utf8()..].chars().next();
        let before = rest[..*at].chars().next_back();
        marks.contains(c)
            && !(next.is_some_and(char::is_alphanumeric) && matches!(c, '.' | ','))
            && !(*c == '.' && before.is_some_and(char::is_uppercase))
    };
    let end = rest.char_indices().find(ends).map_or(part.len(), |(at, _)| start + at);
    (start, start + part[start..end].trim_end().len())
}

/// Clauses in order, without those that lie in one before.
fn apart(mut clauses: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    clauses.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for clause in clauses {
        if out.last().is_none_or(|last| last.1 <= clause.0) {
            out.push(clause);
        }
    }
    out
}

/// How firmly a stance is put: by the firmest words of cue and content.
fn firmness(words: &Words<'_>) -> Option<Firmness> {
    if !words.stands || matches!(words.act, Act::Accuse | Act::Deny) {
        return None;
    }
    let parts = || words.cue.iter().chain(words.content).map(|s| &words.text[std::ops::Range::from(*s)]);
    let shows = |table: &Regex| parts().any(|part| table.is_match(part));
    if HINT.is_match(parts().next().unwrap_or_default()) {
        return Some(Firmness::Hint);
    }
    Some(match words.act {
        _ if shows(&RED_LINE) => Firmness::RedLine,
        Act::Demand => Firmness::Demand,
        _ if shows(&DEMAND) => Firmness::Demand,
        Act::Assert | Act::Assess | Act::Propose if shows(&HINT) => Firmness::Hint,
        _ => Firmness::Preference,
    })
}

/// The country, body or capital to whom a demand, a warning, a promise or a charge is addressed: what stands between cue and
/// content, or what the content begins with before *to*, *of* or *for*.
fn addressee(words: &Words<'_>, gazetteer: &Gazetteer) -> Option<String> {
    if !matches!(words.act, Act::Demand | Act::Warn | Act::Commit | Act::Accuse | Act::Propose | Act::Reject) {
        return None;
    }
    let (cue, content) = (words.cue.last()?, words.content.first()?);
    let named = |at: usize, end: usize| {
        let phrase = words.text.get(at..end)?;
        let (range, place) = gazetteer.scan(phrase).into_iter().next()?;
        let article = phrase[..range.start].trim();
        let near = article.is_empty() || article.eq_ignore_ascii_case("the") || article.eq_ignore_ascii_case("on");
        let whole = !phrase[range.end..].starts_with(['\'', '’']) && place.form != Form::Demonym;
        (near && whole).then(|| (place.party.to_owned(), at + range.end))
    };
    if cue.end < content.start
        && let Some((name, _)) = named(cue.end, content.start)
    {
        return Some(name);
    }
    if content.start < cue.end || content.start - cue.end > 12 {
        return None;
    }
    let (name, end) = named(content.start, content.end)?;
    let rest = words.text.get(end..content.end)?.trim_start();
    ["to ", "of ", "for ", "against ", "not to ", "over ", "that "].iter().any(|w| rest.starts_with(w)).then_some(name)
}

#[cfg(test)]
mod tests {
    use pourparler_dossier::Dossier;

    use super::*;

    fn read(cue: &str, content: &str, act: Act) -> (Vec<String>, Vec<String>, Option<Firmness>, Option<String>) {
        let text = format!("{cue} {content}");
        let words = Words {
            text: &text,
            cue: &[Span::new(0, cue.len())],
            content: &[Span::new(cue.len() + 1, text.len())],
            act,
            stands: true,
        };
        let manner = manner(&words, &Gazetteer::new(&Dossier::general()));
        let said = |spans: &[Span<Byte>]| spans.iter().map(|s| text[s.start..s.end].to_owned()).collect();
        (said(&manner.conditions), said(&manner.reasons), manner.firmness, manner.addressee)
    }

    #[test]
    fn terms_and_reasons_are_clauses() {
        for (cue, content, act, terms, reasons) in [
            (
                "said",
                "it would accept only on legally verified guarantees, and soon",
                Act::Accept,
                vec!["only on legally verified guarantees"],
                vec![],
            ),
            (
                "said",
                "they will not talk until the siege is lifted",
                Act::Reject,
                vec!["until the siege is lifted"],
                vec![],
            ),
            ("said", "If the guns fall silent, we will come", Act::Commit, vec!["If the guns fall silent"], vec![]),
            ("said", "it looked as if the talks would go on", Act::Commit, vec![], vec![]),
            ("said", "when he came it rained", Act::Assert, vec![], vec![]),
            ("said", "they left because of the U.S. offer.", Act::Assert, vec![], vec!["because of the U.S. offer"]),
        ] {
            let found = read(cue, content, act);
            assert_eq!(
                (found.0, found.1),
                (terms.into_iter().map(str::to_owned).collect(), reasons.into_iter().map(str::to_owned).collect()),
                "{content}"
            );
        }
    }

    #[test]
    fn firmness_is_that_of_the_firmest_words() {
        for (cue, content, act, firmness) in [
            ("said", "it would never give up the coast", Act::Reject, Firmness::RedLine),
            ("called for", "a truce", Act::Demand, Firmness::Demand),
            ("said", "a truce could be discussed", Act::Assess, Firmness::Hint),
            ("did not rule out", "a truce", Act::Accept, Firmness::Hint),
            ("welcomed", "the truce", Act::Accept, Firmness::Preference),
        ] {
            assert_eq!(read(cue, content, act).2, Some(firmness), "{cue} {content}");
        }
    }

    #[test]
    fn the_addressee_is_whom_it_is_asked_of() {
        for (cue, content, act, addressee) in [
            ("urged", "Iran to stop enrichment", Act::Demand, Some("Iran")),
            ("accused", "Russia of lying", Act::Accuse, Some("Russia")),
            ("demanded", "Iranian concessions", Act::Demand, None),
            ("said", "Iran to stop", Act::Assert, None),
        ] {
            assert_eq!(read(cue, content, act).3.as_deref(), addressee, "{cue} {content}");
        }
    }
}
