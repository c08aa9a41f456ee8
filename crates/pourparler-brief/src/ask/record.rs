//! Questions about claims, promises and how good the record is.

use pourparler_text::names;

use super::{Ask, Table, day, party, row, speaker};
use crate::commitments::commitments_of;
use crate::same::begins_with;
use crate::{Cited, Meeting, meetings};

/// Words by which somebody takes back own words; compared by how they begin.
const TAKEN_BACK: &[&str] = &[
    "retract",
    "withdrew",
    "withdrawn",
    "misquot",
    "misinterpret",
    "misunderst",
    "misspok",
    "clarif",
    "backtrack",
    "apolog",
    "correct",
    "recant",
    "context",
];

impl Ask {
    /// The rounds that were asked for, with their numbers in the list of all.
    fn asked_meetings(&self) -> Vec<(usize, Meeting)> {
        let numbered = meetings(&self.reports, &self.statements).into_iter().enumerate().map(|(i, m)| (i + 1, m));
        let asked = numbered.filter(|(n, m)| {
            let party = self.options.party.is_none() || m.parties.iter().any(|p| self.of_party(Some(p)));
            party && self.options.round.is_none_or(|wanted| wanted == *n)
        });
        asked.collect()
    }

    pub(super) fn rounds(&self) -> Table {
        let rows = self.asked_meetings().into_iter().map(|(number, m)| {
            let place =
                m.place.clone().unwrap_or_else(|| if m.remote { "at a distance".to_owned() } else { String::new() });
            let reports = m.reports.iter().filter_map(|&i| self.reports.get(i));
            let sentence = reports.max_by_key(|r| r.sentence.len()).map_or(String::new(), |r| {
                format!("{} ({}, {})", r.sentence, r.outlet.as_deref().unwrap_or(&r.article), day(r.published))
            });
            let after: Vec<usize> =
                m.said[1].iter().chain(&m.said[2]).copied().filter(|n| self.of_the_talks(*n)).collect();
            let days = m.when(|d| d.to_string()).unwrap_or_else(|| "undated".to_owned());
            let counted = m.number.map_or_else(String::new, |n| n.to_string());
            let cells = [
                number.to_string(),
                days,
                counted,
                place,
                m.parties.join(", "),
                m.level.clone().unwrap_or_default(),
                m.mediator.clone().unwrap_or_default(),
                m.state.to_string(),
                sentence,
            ];
            row(cells, self.weightiest(after))
        });
        (vec!["n", "days", "counted", "where", "who", "level", "mediator", "state", "report"], rows.collect())
    }

    pub(super) fn around(&self) -> Table {
        let mut rows = Vec::new();
        for (number, meeting) in self.asked_meetings() {
            for (when, numbers) in ["before", "during", "after"].into_iter().zip(&meeting.said) {
                for cited in numbers.iter().filter_map(|n| self.statement(*n)).filter(|c| self.of_party(c.party())) {
                    let cells = [
                        number.to_string(),
                        when.to_owned(),
                        day(cited.day),
                        party(cited),
                        speaker(cited),
                        cited.entry.content.clone(),
                    ];
                    rows.push(row(cells, vec![cited.number]));
                }
            }
        }
        (vec!["round", "when", "day", "for", "speaker", "content"], rows)
    }

    /// Whether a statement is about the negotiation itself.
    fn of_the_talks(&self, number: usize) -> bool {
        let talks = |issue: &str| self.labels.iter().any(|l| l.id == issue && l.group == "talks");
        self.statement(number).is_some_and(|c| c.entry.statement.positions.iter().any(|p| talks(&p.issue)))
    }

    pub(super) fn claims(&self) -> Table {
        let found = self.standings.claims(&self.statements, &self.contents);
        let concerns = |numbers: &[usize]| {
            numbers.iter().filter_map(|n| self.statement(*n)).any(|c| {
                self.of_party(c.party()) && self.options.issue.as_deref().is_none_or(|issue| c.takes_up(issue))
            })
        };
        let mut rows = Vec::new();
        for answered in &found.answered {
            let numbers: Vec<usize> = std::iter::once(answered.claim).chain(answered.answers.iter().copied()).collect();
            let Some(claim) = self.statement(answered.claim).filter(|_| concerns(&numbers)) else { continue };
            let answers = answered.answers.iter().filter_map(|n| self.statement(*n));
            let answers: Vec<String> =
                answers.map(|a| format!("{} by {}, {}", answer_word(a), party(a), day(a.day))).collect();
            let cells = [day(claim.day), party(claim), claim.entry.content.clone(), answers.join("; ")];
            rows.push(row(cells, numbers));
        }
        for number in &found.unanswered {
            let Some(claim) = self.statement(*number).filter(|_| concerns(&[*number])) else { continue };
            let cells = [day(claim.day), party(claim), claim.entry.content.clone(), "no answer found".to_owned()];
            rows.push(row(cells, vec![*number]));
        }
        (vec!["day", "claimed by", "claim", "answer"], rows)
    }

    pub(super) fn withdrawn(&self) -> Table {
        let mut rows = Vec::new();
        let found = self.standings.claims(&self.statements, &self.contents);
        for answered in &found.answered {
            let Some(claim) = self.statement(answered.claim).filter(|c| self.of_party(c.party())) else { continue };
            for answer in answered.answers.iter().filter_map(|n| self.statement(*n)) {
                if answer.entry.statement.act == pourparler_text::Act::Deny {
                    let cells = [
                        "denied by another".to_owned(),
                        day(answer.day),
                        party(claim),
                        claim.entry.content.clone(),
                        format!("{} ({})", answer.entry.content, speaker(answer)),
                    ];
                    rows.push(row(cells, vec![claim.number, answer.number]));
                }
            }
        }
        for c in self.asked() {
            let (mut taken_back, mut of_troops) = (false, false);
            names::each_folded(&c.entry.sentence, |word| {
                taken_back |= begins_with(TAKEN_BACK, word);
                of_troops |= word == "troops";
            });
            if taken_back && !of_troops {
                let cells = ["own words".to_owned(), day(c.day), party(c), c.entry.content.clone(), speaker(c)];
                rows.push(row(cells, vec![c.number]));
            }
        }
        // One mouth that says the other of what it said before.
        for m in self
            .standings
            .moves()
            .iter()
            .filter(|m| self.of_party(Some(&m.party)) && self.of_issue(&m.issue) && m.is_firm())
        {
            let cells = [
                "position changed".to_owned(),
                day(Some(m.day)),
                m.party.clone(),
                format!("{}: {}", self.label(&m.issue), m.from),
                m.to.to_string(),
            ];
            rows.push(row(cells, m.after.iter().chain(&m.before).copied().collect()));
        }
        (vec!["what", "day", "party", "was", "is"], rows)
    }

    pub(super) fn commitments(&self) -> Table {
        let last = self.statements.iter().filter_map(|c| c.day).max();
        let wanted =
            |c: &Cited| self.of_party(c.party()) && self.options.issue.as_deref().is_none_or(|i| c.takes_up(i));
        let rows = commitments_of(&self.statements, &self.contents).into_iter().filter_map(|promise| {
            let cited = self.statement(promise.statement).filter(|c| wanted(c))?;
            let due = promise.due.as_ref().map_or_else(String::new, |d| {
                let words = d.text.as_deref().unwrap_or_default();
                if d.from == d.to { format!("{} ({words})", d.to) } else { format!("by {} ({words})", d.to) }
            });
            let cells = [
                day(cited.day),
                party(cited),
                cited.entry.content.clone(),
                promise.to.clone().unwrap_or_default(),
                due,
                promise.status(self.options.on.or(last)).to_owned(),
            ];
            let statements = [Some(promise.statement), promise.done, promise.broken].into_iter().flatten().collect();
            Some(row(cells, statements))
        });
        (vec!["day", "by", "promise", "to", "due", "status"], rows.collect())
    }

    pub(super) fn sourcing(&self) -> Table {
        let mut rows = Vec::new();
        for c in self.asked() {
            let mut outlets: Vec<_> = c.appearances.iter().map(|a| &a.outlet).collect();
            outlets.dedup();
            let doubts = [
                (outlets.len() == 1, "one outlet"),
                (!c.is_named(), "not named"),
                (c.is_relayed(), "carried by others"),
                (c.entry.statement.relayed_by.is_some(), "reported by another speaker"),
                (!c.is_dated(), "dated by publication"),
            ];
            let doubts: Vec<&str> = doubts.into_iter().filter(|(holds, _)| *holds).map(|(_, what)| what).collect();
            // Most statements have one outlet; that alone is no news.
            if doubts.len() > 1 {
                let through = c.entry.statement.via.join(", ");
                let cells = [day(c.day), party(c), speaker(c), doubts.join("; "), through, c.entry.content.clone()];
                rows.push((doubts.len(), row(cells, vec![c.number])));
            }
        }
        rows.sort_by_key(|(doubts, _)| std::cmp::Reverse(*doubts));
        (vec!["day", "for", "speaker", "rests on", "through", "content"], rows.into_iter().map(|(_, r)| r).collect())
    }

    pub(super) fn new_since(&self) -> Table {
        let since = self.options.since.or_else(|| self.statements.iter().filter_map(|c| c.day).max());
        let rows = self.asked().filter(|c| since.is_some() && c.day >= since).map(|c| {
            let act = c.entry.statement.act.to_string();
            row([day(c.day), party(c), speaker(c), act, self.issues_of(c), c.entry.content.clone()], vec![c.number])
        });
        (vec!["day", "for", "speaker", "act", "issue", "content"], rows.collect())
    }

    pub(super) fn gaps(&self) -> Table {
        let all = self.statements.len();
        let mut rows = Vec::new();
        let mut share = |what: &str, test: &dyn Fn(&Cited) -> bool| {
            let numbers: Vec<usize> = self.statements.iter().filter(|c| test(c)).map(|c| c.number).collect();
            if !numbers.is_empty() {
                rows.push(row([what.to_owned(), format!("{} of {all} statements", numbers.len())], numbers));
            }
        };
        share("no known speaker", &|c| c.entry.statement.speaker.name.is_none());
        share("speaker not named", &|c| !c.is_named() && c.entry.statement.speaker.name.is_some());
        share("for no known party", &|c| c.party().is_none());
        share("dated by publication only", &|c| !c.is_dated());
        share("on none of the issues", &|c| c.entry.statement.positions.is_empty());
        share("carried by others", &Cited::is_relayed);
        share("found by machine, not reviewed", &|c| !c.is_reviewed());
        let matrix = self.standings.matrix(self.options.on);
        for of in matrix.rows.iter().filter(|r| self.of_party(Some(&r.party))).take(6) {
            let silent = matrix.issues.iter().zip(&of.cells).filter(|(_, cell)| cell.is_none());
            let silent: Vec<&str> = silent.map(|(c, _)| self.label(&c.id)).collect();
            if !silent.is_empty() {
                rows.push(row([format!("{} is silent on", of.party), silent.join(", ")], Vec::new()));
            }
        }
        let spoken: Vec<&str> = matrix.issues.iter().map(|c| c.id.as_str()).collect();
        let unheard: Vec<&str> =
            self.labels.iter().filter(|l| !spoken.contains(&l.id.as_str())).map(|l| l.label.as_str()).collect();
        if !unheard.is_empty() {
            rows.push(row(["no statement at all on".to_owned(), unheard.join(", ")], Vec::new()));
        }
        (vec!["gap", "how much"], rows)
    }
}

fn answer_word(answer: &Cited) -> &'static str {
    use pourparler_text::Act;
    match answer.entry.statement.act {
        Act::Deny => "denied",
        Act::Reject => "rejected",
        Act::Accept => "accepted",
        Act::Accuse => "countered",
        _ => "confirmed",
    }
}
