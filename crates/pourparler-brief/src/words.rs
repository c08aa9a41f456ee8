//! Words that both written forms use: dates, signs, shortened and cleaned text.

use jiff::civil::Date;
use pourparler_text::{Act, Quotation, Stance, acts};

use crate::{Brief, Cited};

/// What stands before the moves that are not firm.
pub const DOUBTFUL: &str =
    "Perhaps, since another speaker or outlet, or others of the party, may be all there is to it";

/// Text from an article, fit for one line of a terminal or page: white space is one blank, and characters that would
/// [act](acts) instead of being read are left out.
#[must_use]
pub fn plain(text: &str) -> String {
    let read: String = text.chars().filter(|&c| c.is_whitespace() || !acts(c)).collect();
    read.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first words of a statement's content, about `most` characters: in quotation marks where they are the speaker's
/// own words, without where they are the article's.
#[must_use]
pub fn said(cited: &Cited, most: usize) -> String {
    let content = &cited.entry.content;
    if cited.entry.statement.quotation != Quotation::Direct {
        return excerpt(content, most);
    }
    let marks = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | ',') || c.is_whitespace();
    format!("“{}”", excerpt(content.trim_matches(marks), most))
}

/// The first words of a text, about `most` characters.
#[must_use]
pub fn excerpt(text: &str, most: usize) -> String {
    let text = plain(text);
    if text.chars().count() <= most {
        return text;
    }
    let cut = text.char_indices().nth(most).map_or(text.len(), |(i, _)| i);
    let end = text[..cut].rfind(' ').unwrap_or(cut);
    format!("{} …", text[..end].trim_end_matches([',', ';', ':', ' ', '–', '—']))
}

/// `16 March 2022`.
#[must_use]
pub fn long(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

impl Brief {
    /// `16 Mar`, with the year where the record spans several.
    pub(crate) fn short(&self, day: Date) -> String {
        let one_year = self.period.is_some_and(|p| p.from.year() == p.to.year());
        day.strftime(if one_year { "%-d %b" } else { "%-d %b %Y" }).to_string()
    }

    /// The line that says how much was read.
    pub(crate) fn extent(&self) -> String {
        let named = self.statements.iter().filter(|c| c.is_named()).count();
        let reviewed = self.statements.iter().filter(|c| c.is_reviewed()).count();
        let mut parts = vec![
            counted(self.sources.len(), "article", "articles"),
            counted(self.gaps.outlets.len(), "outlet", "outlets"),
        ];
        if !self.statements.is_empty() {
            let statements = counted(self.statements.len(), "statement", "statements");
            let reports: usize = self.statements.iter().map(|c| c.appearances.len()).sum();
            let copies = if reports > self.statements.len() { format!(" in {reports} reports") } else { String::new() };
            parts.push(format!("{statements}{copies}, {named} by named speakers"));
            parts.push(match reviewed {
                0 => "none reviewed by a person".to_owned(),
                n if n == self.statements.len() => "all reviewed by a person".to_owned(),
                n => format!("{n} reviewed by a person"),
            });
        }
        if let Some(period) = self.period {
            parts.push(if period.from == period.to {
                long(period.to)
            } else {
                let same_month = period.from.first_of_month() == period.to.first_of_month();
                let same_year = period.from.year() == period.to.year();
                let from = if same_month {
                    "%-d"
                } else if same_year {
                    "%-d %B"
                } else {
                    "%-d %B %Y"
                };
                format!("{} to {}", period.from.strftime(from), long(period.to))
            });
        }
        parts.join(" · ")
    }

    /// Statements on an issue by the stance that they take.
    pub(crate) fn by_stance(&self, issue: &str, numbers: &[usize]) -> Vec<(Stance, Vec<usize>)> {
        let takes = |n: &usize, stance| self.statement(*n).and_then(|c| c.stance_on(issue)) == Some(stance);
        let of = |stance| numbers.iter().filter(|n| takes(n, stance)).copied().collect::<Vec<_>>();
        Stance::ALL.iter().map(|&s| (s, of(s))).filter(|(_, of)| !of.is_empty()).collect()
    }
}

/// `1 article`, `2 articles`.
#[must_use]
pub fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The sign that stands for a stance beside its colour.
pub(crate) fn sign(stance: Stance) -> &'static str {
    match stance {
        Stance::Supports => "✓",
        Stance::Opposes => "✗",
        Stance::Conditional => "◐",
        Stance::Open => "○",
        Stance::Unclear => "?",
    }
}

/// What each stance means, for the legend.
#[must_use]
pub fn meaning(stance: Stance) -> &'static str {
    match stance {
        Stance::Supports => "supports or demands",
        Stance::Opposes => "opposes",
        Stance::Conditional => "conditional: yes, on terms",
        Stance::Open => "open: not excluded",
        Stance::Unclear => "unclear: taken up without a stance",
    }
}

/// Who speaks: `Ivo Marr (Foreign Minister)`, or what stands for a name.
#[must_use]
pub fn who(cited: &Cited) -> String {
    let speaker = &cited.entry.statement.speaker;
    match (&speaker.name, &speaker.role) {
        (Some(name), Some(role)) => format!("{} ({})", plain(name), plain(role)),
        (Some(name), None) | (None, Some(name)) => plain(name),
        (None, None) => "no source named".to_owned(),
    }
}

/// Who speaks and for whom; a party that speaks for itself is named once.
pub(crate) fn who_for(cited: &Cited) -> String {
    match (who(cited), party(cited)) {
        (who, party) if who == party => party,
        (who, party) => format!("{who}, {party}"),
    }
}

/// The party as a heading for a line: its name, or that there is none.
pub(crate) fn party(cited: &Cited) -> String {
    cited.party().map_or_else(|| "no party".to_owned(), plain)
}

/// Who decided on the statement: a person, or the machine with its score.
pub(crate) fn decided(cited: &Cited) -> String {
    match cited.entry.statement.confidence {
        Some(score) => format!("machine {score:.2}"),
        None => "person".to_owned(),
    }
}

/// What an answer does, after its claim.
pub(crate) fn answered(act: Act) -> &'static str {
    match act {
        Act::Deny => "denied",
        Act::Reject => "rejected",
        Act::Accept => "accepted",
        _ => "accused in turn",
    }
}

/// A sentence in pieces, each with whether it belongs to the content. Where the content is not found in it, the whole
/// sentence is one piece outside.
pub(crate) fn pieces(cited: &Cited) -> Vec<(String, bool)> {
    let sentence = plain(&cited.entry.sentence);
    let mut out = Vec::new();
    let mut rest = sentence.as_str();
    for part in cited.entry.content.split(" … ").map(plain).filter(|p| !p.is_empty()) {
        if let Some(at) = rest.find(&part) {
            out.push((rest[..at].to_owned(), false));
            out.push((part.clone(), true));
            rest = &rest[at + part.len()..];
        }
    }
    out.push((rest.to_owned(), false));
    out.retain(|(text, _)| !text.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_acts_is_made_plain() {
        let cases = [
            ("a\u{202e}b\u{2066}c\u{2069}", "abc"),
            ("\u{1b}[31mred\u{7}", "[31mred"),
            (" two\r\n lines\t ", "two lines"),
            ("שלום e\u{301} 🎉", "שלום e\u{301} 🎉"),
        ];
        for (given, wanted) in cases {
            assert_eq!(plain(given), wanted);
        }
    }

    #[test]
    fn excerpts_end_between_words() {
        let cases = [
            ("short", 20, "short"),
            ("a ceasefire, on one condition", 15, "a ceasefire …"),
            ("停火停火停火", 3, "停火停 …"),
            ("", 5, ""),
        ];
        for (given, most, wanted) in cases {
            assert_eq!(excerpt(given, most), wanted);
        }
    }
}
