//! Questions about issues and positions.

use std::collections::{BTreeMap, BTreeSet};

use pourparler_text::{Act, Firmness, Stance};

use super::{Ask, Table, day, party, row, speaker};
use crate::{Caution, Cited, place};

impl Ask {
    pub(super) fn wording(&self) -> Table {
        let mut rows = Vec::new();
        for ((of, issue), all) in self.standings.groups() {
            if self.of_party(Some(of)) && self.of_issue(issue) {
                let numbers = self.weightiest(all.iter().map(|r| r.statement).collect());
                let words = numbers.first().and_then(|n| self.statement(*n)).map_or("", |c| c.entry.content.as_str());
                let cells = [self.label(issue).to_owned(), of.to_owned(), words.to_owned(), all.len().to_string()];
                rows.push(row(cells, numbers));
            }
        }
        rows.sort_by(|a, b| a.cells[0].cmp(&b.cells[0]).then(b.statements.len().cmp(&a.statements.len())));
        (vec!["issue", "party", "in its words", "statements"], rows)
    }

    pub(super) fn one_sided(&self) -> Table {
        let rows = self.standings.one_sided().into_iter().filter(|o| self.of_issue(&o.issue)).map(|one| {
            let raised: Vec<&str> = one.raised.iter().map(|(party, _)| party.as_str()).collect();
            let numbers = one.raised.iter().flat_map(|(_, numbers)| numbers.iter().copied()).collect();
            let cells = [self.label(&one.issue).to_owned(), raised.join(", "), one.silent.join(", ")];
            row(cells, self.weightiest(numbers))
        });
        (vec!["issue", "raised by", "never mentioned by"], rows.collect())
    }

    pub(super) fn position(&self) -> Table {
        let matrix = self.standings.matrix(self.options.on);
        let mut rows = Vec::new();
        for of in matrix.rows.iter().filter(|r| self.of_party(Some(&r.party))) {
            for (column, cell) in matrix.issues.iter().zip(&of.cells).filter(|(c, _)| self.of_issue(&c.id)) {
                let Some(cell) = cell else { continue };
                let Some(lead) = self.statement(cell.lead) else { continue };
                let option = lead.entry.statement.positions.iter().find(|p| p.issue == column.id);
                let option = option.and_then(|p| p.option.clone()).unwrap_or_default();
                let mut statements = vec![cell.lead];
                statements.extend(cell.statements.iter().chain(&cell.dissent).filter(|n| **n != cell.lead));
                let cells = [
                    of.party.clone(),
                    self.label(&column.id).to_owned(),
                    cell.stance.to_string(),
                    option,
                    day(cell.day),
                    speaker(lead),
                    cell.count().to_string(),
                    cell.dissent.len().to_string(),
                ];
                rows.push(row(cells, statements));
            }
        }
        (vec!["party", "issue", "stance", "option", "since", "speaker", "statements", "otherwise that day"], rows)
    }

    pub(super) fn matrix(&self) -> Table {
        let matrix = self.standings.matrix(self.options.on);
        let mut rows = Vec::new();
        for (at, column) in matrix.issues.iter().enumerate().filter(|(_, c)| self.of_issue(&c.id)) {
            let mut by_stance: BTreeMap<Stance, Vec<&str>> = BTreeMap::new();
            let mut silent: Vec<&str> = Vec::new();
            for of in &matrix.rows {
                match of.cells.get(at).and_then(Option::as_ref) {
                    Some(cell) => by_stance.entry(cell.stance).or_default().push(&of.party),
                    None => silent.push(&of.party),
                }
            }
            let places: Vec<f64> = by_stance.keys().filter_map(|s| place(*s)).collect();
            let apart =
                places.iter().copied().fold(f64::MIN, f64::max) - places.iter().copied().fold(f64::MAX, f64::min);
            let verdict = match (by_stance.values().map(Vec::len).sum::<usize>(), places.is_empty()) {
                (0 | 1, _) => "one side only",
                (_, true) => "taken up, no stance",
                _ if apart >= 1.0 => "differ",
                _ if apart > 0.0 => "near",
                _ => "agree",
            };
            let of = |stance| by_stance.get(&stance).map_or_else(String::new, |p| p.join(", "));
            let cells = [
                self.label(&column.id).to_owned(),
                verdict.to_owned(),
                of(Stance::Supports),
                [of(Stance::Conditional), of(Stance::Open)]
                    .iter()
                    .filter(|s| !s.is_empty())
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(", "),
                of(Stance::Opposes),
                silent.join(", "),
            ];
            rows.push(row(cells, self.weightiest(column.statements.clone())));
        }
        (vec!["issue", "the sides", "for it", "open or on terms", "against it", "silent"], rows)
    }

    pub(super) fn moves(&self) -> Table {
        let rows =
            self.standings.moves().into_iter().filter(|m| self.of_party(Some(&m.party)) && self.of_issue(&m.issue));
        let rows = rows.map(|m| {
            let first = m.after.first().and_then(|n| self.statement(*n)).map_or_else(String::new, speaker);
            let doubts: Vec<&str> = m.cautions.iter().copied().map(Caution::as_str).collect();
            let real = if m.is_firm() { "firm" } else { "perhaps" };
            let cells = [
                day(Some(m.day)),
                m.party.clone(),
                self.label(&m.issue).to_owned(),
                format!("{} → {}", m.from, m.to),
                first,
                real.to_owned(),
                doubts.join("; "),
            ];
            row(cells, m.after.iter().chain(&m.before).copied().collect())
        });
        (vec!["day", "party", "issue", "move", "first said by", "is it real", "doubts"], rows.collect())
    }

    pub(super) fn distance(&self) -> Table {
        let distances = self.standings.distances(self.since, self.options.on);
        let wanted = distances.into_iter().filter(|d| {
            self.of_issue(&d.issue)
                && (self.options.party.is_none() || d.parties.iter().any(|p| self.of_party(Some(p))))
        });
        let rows = wanted.map(|d| {
            let before = d.before.map_or_else(|| "–".to_owned(), |b| format!("{b:.2}"));
            let cells = [
                self.label(&d.issue).to_owned(),
                d.parties.join(" – "),
                before,
                format!("{:.2}", d.now),
                d.trend().to_owned(),
                d.points.len().to_string(),
            ];
            row(cells, d.statements.to_vec())
        });
        (vec!["issue", "parties", "before", "now", "trend", "changes"], rows.collect())
    }

    pub(super) fn conditions(&self) -> Table {
        let on_terms = |c: &&Cited| {
            !c.entry.statement.manner.conditions.is_empty()
                || c.entry.statement.positions.iter().any(|p| p.stance == Stance::Conditional)
        };
        let rows = self.asked().filter(on_terms).map(|c| {
            let terms = c.words_of(&c.entry.statement.manner.conditions);
            let terms = if terms.is_empty() { c.entry.content.clone() } else { terms.join("; ") };
            row([day(c.day), party(c), speaker(c), self.issues_of(c), terms], vec![c.number])
        });
        (vec!["day", "for", "speaker", "issue", "terms"], latest_first(rows.collect()))
    }

    pub(super) fn reasons(&self) -> Table {
        let rows = self.asked().filter(|c| !c.entry.statement.manner.reasons.is_empty()).map(|c| {
            let reasons = c.words_of(&c.entry.statement.manner.reasons).join("; ");
            row([day(c.day), party(c), speaker(c), self.issues_of(c), reasons], vec![c.number])
        });
        (vec!["day", "for", "speaker", "issue", "reason"], latest_first(rows.collect()))
    }

    pub(super) fn firmness(&self) -> Table {
        let mut rows: Vec<_> = self
            .asked()
            .filter_map(|c| {
                let firmness = c.entry.statement.manner.firmness?;
                let stances =
                    c.entry.statement.positions.iter().map(|p| format!("{}: {}", self.label(&p.issue), p.stance));
                let cells =
                    [firmness.to_string(), day(c.day), party(c), speaker(c), stances.collect::<Vec<_>>().join("; ")];
                Some((firmness, std::cmp::Reverse(c.day), row(cells, vec![c.number])))
            })
            .collect();
        rows.sort_by_key(|(firmness, day, _)| (*firmness, *day));
        (vec!["firmness", "day", "for", "speaker", "stance"], rows.into_iter().map(|(.., r)| r).collect())
    }

    pub(super) fn room(&self) -> Table {
        let mut rows = Vec::new();
        for m in self.standings.moves().iter().filter(|m| self.of_party(Some(&m.party)) && self.of_issue(&m.issue)) {
            // Towards the middle, or over it: from a firm no or yes to terms and openness.
            let softer = matches!(m.from, Stance::Opposes | Stance::Supports)
                && matches!(m.to, Stance::Open | Stance::Conditional)
                || m.from == Stance::Opposes && m.to == Stance::Supports;
            if softer {
                let cells = [
                    "softened".to_owned(),
                    day(Some(m.day)),
                    m.party.clone(),
                    self.label(&m.issue).to_owned(),
                    format!("{} → {}", m.from, m.to),
                ];
                rows.push(row(cells, m.after.iter().chain(&m.before).copied().collect()));
            }
        }
        for c in self.asked().filter(|c| !c.entry.statement.positions.is_empty()) {
            let s = &c.entry.statement;
            let what = match (s.act, s.manner.firmness) {
                (Act::Accept, _) => "concession",
                (Act::Propose, _) => "offer",
                (_, Some(Firmness::Hint)) if s.positions.iter().any(|p| p.stance != Stance::Opposes) => "hint",
                _ if s.positions.iter().any(|p| p.stance == Stance::Conditional) => "on terms",
                _ => continue,
            };
            rows.push(row(
                [what.to_owned(), day(c.day), party(c), self.issues_of(c), c.entry.content.clone()],
                vec![c.number],
            ));
        }
        rows.extend(self.dropped_demands());
        (vec!["what", "day", "party", "issue", "how"], latest_first(rows))
    }

    /// Issues on which a party demanded at least twice and has demanded nothing since the recent days began, though it spoke.
    fn dropped_demands(&self) -> Vec<super::AnswerRow> {
        let Some(since) = self.since else { return Vec::new() };
        let recent = self.statements.iter().filter(|c| c.day >= Some(since));
        let spoke: BTreeSet<&str> = recent.filter_map(Cited::party).collect();
        let groups = self.standings.groups();
        let dropped = groups.iter().filter(|((of, issue), all)| {
            let demands = all.iter().filter(|r| r.act == Act::Demand);
            let before = demands.clone().filter(|r| r.day < Some(since)).count();
            before >= 2
                && !all.iter().any(|r| r.day >= Some(since))
                && spoke.contains(*of)
                && self.of_party(Some(of))
                && self.of_issue(issue)
        });
        dropped
            .map(|((of, issue), all)| {
                let demands: Vec<_> = all.iter().filter(|r| r.act == Act::Demand).collect();
                let last = demands.iter().filter_map(|r| r.day).max();
                let cells = [
                    "not repeated".to_owned(),
                    day(last),
                    (*of).to_owned(),
                    self.label(issue).to_owned(),
                    format!("demanded {} times until then, not since {since}", demands.len()),
                ];
                row(cells, self.weightiest(demands.iter().map(|r| r.statement).collect()))
            })
            .collect()
    }

    pub(super) fn linked(&self) -> Table {
        let rows = self.standings.linked().into_iter().filter(|l| l.issues.iter().any(|i| self.of_issue(i))).map(|l| {
            let moved: Vec<String> = l.moved.iter().map(|(party, day)| format!("{party} on {day}")).collect();
            let cells = [
                l.issues.iter().map(|i| self.label(i)).collect::<Vec<_>>().join(" – "),
                l.together.len().to_string(),
                moved.join("; "),
            ];
            row(cells, self.weightiest(l.together))
        });
        (vec!["issues", "in one statement", "moved together"], rows.collect())
    }

    pub(super) fn agenda(&self) -> Table {
        let rows = self.standings.agenda(self.options.on).into_iter().filter(|p| self.of_issue(&p.issue)).map(|p| {
            let distance = p.distance.map_or_else(|| "–".to_owned(), |d| format!("{d:.2}"));
            let cells = [
                self.label(&p.issue).to_owned(),
                p.statements.to_string(),
                distance,
                format!("{:.2}", p.weight),
                p.parties.join(", "),
            ];
            row(cells, vec![p.latest])
        });
        (vec!["issue", "statements", "greatest distance", "weight", "raised by"], rows.collect())
    }

    pub(super) fn elsewhere(&self) -> Table {
        let mut issues: Vec<&str> = match &self.options.issue {
            Some(issue) => vec![issue],
            None => self.standings.groups().keys().map(|(_, issue)| *issue).collect(),
        };
        issues.sort_unstable();
        issues.dedup();
        let rows = issues.into_iter().map(|issue| {
            let label = self.label(issue);
            let words: String = label.chars().map(|c| if c.is_alphanumeric() { c } else { '+' }).collect();
            let cells = [
                label.to_owned(),
                format!("https://www.peaceagreements.org/search?SearchText={words}"),
                format!("https://www.languageofpeace.org/#/search/{words}"),
            ];
            row(cells, Vec::new())
        });
        (vec!["issue", "PA-X, agreements", "Language of Peace, provisions"], rows.collect())
    }
}

/// Rows whose first or second cell is a day, the latest first.
fn latest_first(mut rows: Vec<super::AnswerRow>) -> Vec<super::AnswerRow> {
    fn day(row: &super::AnswerRow) -> &str {
        let is_day = |cell: &&String| cell.len() == 10 && cell.as_bytes()[4] == b'-';
        row.cells.iter().take(2).find(is_day).map_or("", String::as_str)
    }
    rows.sort_by(|a, b| day(b).cmp(day(a)));
    rows
}
