//! What the record and the dossier tell of one issue.

use jiff::civil::Date;
use pourparler_brief::{Cell, Cited, Distance, Linked, OneSided};
use pourparler_dossier::Issue;
use pourparler_text::Stance;

use crate::app::Current;
use crate::order;

/// A party's stance from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<'a> {
    /// The party.
    pub party: &'a str,
    /// The day.
    pub day: Date,
    /// Where it stood before; `None` where it had not taken a stance.
    pub from: Option<Stance>,
    /// Where it stands from that day on.
    pub to: Stance,
    /// The statement that said it first.
    pub statement: usize,
}

/// One issue.
#[derive(Debug)]
pub struct Facts<'a> {
    /// Its id.
    pub id: &'a str,
    /// What the dossier says of it.
    pub defined: Option<&'a Issue>,
    /// All statements that take it up.
    pub numbers: &'a [usize],
    /// The parties that have spoken on it, sides first, each with its position.
    pub held: Vec<(&'a str, &'a Cell)>,
    /// Sides that never spoke on it.
    pub unheard_sides: Vec<&'a str>,
    /// Other parties that are heard on other issues and never on this.
    pub unheard_others: Vec<&'a str>,
    /// How the parties came to stand where they stand, in the order of days.
    pub changes: Vec<Change<'a>>,
    /// How far apart pairs of parties stand, the greatest distance first.
    pub distances: Vec<&'a Distance>,
    /// Who raises it while others are silent.
    pub one_sided: Option<&'a OneSided>,
    /// Issues that go together with it.
    pub linked: Vec<&'a Linked>,
}

impl<'a> Facts<'a> {
    /// What is known of an issue; `None` where neither record nor dossier knows it.
    pub fn of(current: &'a Current, id: &'a str) -> Option<Self> {
        let defined = current.talks.dossier.issues.iter().find(|issue| issue.id == id);
        let numbers = current.statements_on(id);
        if defined.is_none() && numbers.is_empty() {
            return None;
        }
        let parties = order::rows(current, &current.talks);
        let column = current.matrix.issues.iter().position(|column| column.id == id);
        let held =
            parties.iter().filter_map(|(party, row)| Some((*party, row.as_ref()?.cells.get(column?)?.as_ref()?)));
        let held: Vec<(&str, &Cell)> = held.collect();
        let one_sided = current.one_sided().iter().find(|one| one.issue == id);
        let sides = parties.iter().map(|(party, _)| *party).filter(|party| order::is_side(&current.talks, party));
        let unheard_sides: Vec<&str> = sides.filter(|party| held.iter().all(|(name, _)| name != party)).collect();
        let others = one_sided.iter().flat_map(|one| one.silent.iter().map(String::as_str));
        let mut changes: Vec<Change<'a>> =
            held.iter().flat_map(|(party, cell)| changes(current, party, id, cell)).collect();
        changes.sort_by_key(|change| change.day);
        Some(Self {
            id,
            defined,
            numbers,
            unheard_others: others.filter(|party| !unheard_sides.contains(party)).collect(),
            unheard_sides,
            changes,
            distances: current.distances().iter().filter(|distance| distance.issue == id).collect(),
            one_sided,
            linked: current.linked().iter().filter(|linked| linked.issues.iter().any(|issue| issue == id)).collect(),
            held,
        })
    }

    /// The statements that say yes on terms, the latest first, with the words of the terms where they are known.
    pub fn conditions(&self, current: &'a Current) -> Vec<(&'a Cited, Vec<String>)> {
        let all = self.numbers.iter().rev().filter_map(|n| current.statement(*n));
        all.filter_map(|cited| {
            let words = cited.words_of(&cited.entry.statement.manner.conditions);
            let conditional = cited.stance_on(self.id) == Some(Stance::Conditional);
            (conditional || !words.is_empty()).then_some((cited, words))
        })
        .collect()
    }
}

/// How one party came to stand where it stands: its first stance with a day, and its moves.
fn changes<'a>(current: &'a Current, party: &'a str, issue: &str, cell: &Cell) -> Vec<Change<'a>> {
    let mut moves: Vec<_> = current.moves.iter().filter(|m| m.party == party && m.issue == issue).collect();
    moves.sort_by_key(|m| m.day);
    let rows = current.standings.rows_of(party, issue);
    let stance = moves.first().map_or(cell.stance, |m| m.from);
    let first = rows.iter().find(|row| row.is_clear() && row.day.is_some());
    // Of the first day the statement that takes the stance which the party then held.
    let first = first.and_then(|first| {
        let of_day = rows.iter().find(|row| row.day == first.day && row.stance == stance).unwrap_or(first);
        Some(Change { party, day: first.day?, from: None, to: stance, statement: of_day.statement })
    });
    let later = moves.into_iter().map(|m| Change {
        party,
        day: m.day,
        from: Some(m.from),
        to: m.to,
        statement: m.after.first().copied().unwrap_or_default(),
    });
    first.into_iter().chain(later).collect()
}
