//! Questions about who speaks.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Ask, Table, day, party, party_name, row, speaker};
use crate::cited::SpeakerKeys;
use crate::{Authority, Cited};

/// Somebody is quiet who spoke so many times before and not since.
const SPOKE: usize = 2;

impl Ask {
    /// The statements of each speaker of a party, by name.
    fn speakers(&self) -> Vec<Vec<&Cited>> {
        let mut keys = SpeakerKeys::default();
        let mut found: BTreeMap<(&str, Rc<str>), Vec<&Cited>> = BTreeMap::new();
        for cited in self.asked() {
            found.entry((party_name(cited), keys.of(cited).unwrap_or_default())).or_default().push(cited);
        }
        let mut found: Vec<_> = found.into_values().collect();
        found.sort_by_key(|all| std::cmp::Reverse(all.len()));
        found
    }

    pub(super) fn who(&self) -> Table {
        let rows = self.speakers().into_iter().map(|all| {
            let days: Vec<_> = all.iter().filter_map(|c| c.day).collect();
            let through = all.iter().filter(|c| c.is_relayed()).count();
            row(
                [
                    party(all[0]),
                    name(&all),
                    role(&all),
                    all.len().to_string(),
                    format!("{} to {}", day(days.iter().min().copied()), day(days.iter().max().copied())),
                    through.to_string(),
                ],
                self.weightiest(numbers(&all)),
            )
        });
        (vec!["for", "speaker", "office", "statements", "days", "through others"], rows.collect())
    }

    pub(super) fn authority(&self) -> Table {
        let mut rows: Vec<_> = self
            .speakers()
            .into_iter()
            .filter(|all| all[0].is_named())
            .map(|all| {
                let authority = all.iter().map(|c| Authority::of(&c.entry.statement.speaker)).max();
                let authority = authority.unwrap_or(Authority::Comments);
                let cells =
                    [authority.as_str().to_owned(), party(all[0]), name(&all), role(&all), all.len().to_string()];
                (authority, row(cells, self.weightiest(numbers(&all))))
            })
            .collect();
        rows.sort_by_key(|(authority, _)| std::cmp::Reverse(*authority));
        (vec!["authority", "for", "speaker", "office", "statements"], rows.into_iter().map(|(_, r)| r).collect())
    }

    pub(super) fn actors(&self) -> Table {
        let mut rows = Vec::new();
        for all in self.speakers().into_iter().filter(|all| all[0].is_named()) {
            let first = all.iter().filter_map(|c| c.day).min();
            let last = all.iter().filter_map(|c| c.day).max();
            let recent = |d| self.since.is_some_and(|since| d >= Some(since));
            let second_hand = all.iter().all(|c| c.is_relayed() || c.entry.statement.relayed_by.is_some());
            let news = [
                (recent(first) && first.is_some(), "new"),
                (!recent(last) && last.is_some() && all.len() >= SPOKE, "quiet"),
                (second_hand, "only second-hand"),
            ];
            for (_, what) in news.into_iter().filter(|(holds, _)| *holds) {
                let cells = [what.to_owned(), party(all[0]), name(&all), day(first), day(last), all.len().to_string()];
                rows.push(row(cells, self.weightiest(numbers(&all))));
            }
        }
        rows.sort_by(|a, b| a.cells[0].cmp(&b.cells[0]));
        (vec!["what", "for", "speaker", "first", "last", "statements"], rows)
    }

    pub(super) fn dissent(&self) -> Table {
        let mut rows = Vec::new();
        for ((of, issue), all) in self.standings.groups() {
            if !self.of_party(Some(of)) || !self.of_issue(issue) {
                continue;
            }
            // The latest clear stance of each speaker.
            let mut latest: BTreeMap<u32, crate::Standing> = BTreeMap::new();
            for standing in all.iter().filter(|r| r.is_clear()) {
                if let Some(speaker) = standing.speaker {
                    latest.insert(speaker, *standing);
                }
            }
            let Some(line) = crate::standing::weightiest(latest.values()) else { continue };
            for standing in latest.values().filter(|s| s.stance != line) {
                let Some(cited) = self.statement(standing.statement) else { continue };
                let with = latest.values().filter(|s| s.stance == line).map(|s| s.statement);
                let statements = [standing.statement].into_iter().chain(with).collect();
                let cells = [
                    of.to_owned(),
                    self.label(issue).to_owned(),
                    speaker(cited),
                    standing.stance.to_string(),
                    line.to_string(),
                    day(cited.day),
                ];
                rows.push(row(cells, statements));
            }
        }
        (vec!["party", "issue", "speaker", "stance", "others of the party", "day"], rows)
    }
}

fn numbers(all: &[&Cited]) -> Vec<usize> {
    all.iter().map(|c| c.number).collect()
}

/// The fullest of the names.
fn name(all: &[&Cited]) -> String {
    all.iter().map(|c| speaker(c)).max_by_key(String::len).unwrap_or_default()
}

/// The latest office given.
fn role(all: &[&Cited]) -> String {
    all.iter().rev().find_map(|c| c.entry.statement.speaker.role.clone()).unwrap_or_default()
}
