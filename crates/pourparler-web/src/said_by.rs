//! Which actor makes which statement, and where they depart from their party: worked out when it is first asked for.

use pourparler_brief::Dissent;
use pourparler_ledger::WhoSpeaks;

use crate::view::View;

/// Who says what.
#[derive(Debug)]
pub struct SaidBy {
    /// Of each actor, by place: the numbers of the statements, in their order.
    statements: Vec<Vec<usize>>,
    /// Statements that depart from the party line.
    dissents: Vec<Dissent>,
}

impl SaidBy {
    fn of(view: &View) -> Self {
        let who = WhoSpeaks::of(&view.actors);
        let mut statements = vec![Vec::new(); view.actors.len()];
        for cited in view.statements.iter() {
            if let Some(actor) = who.makes(&cited.entry) {
                statements[actor].push(cited.number);
            }
        }
        Self { statements, dissents: view.standings.dissents() }
    }
}

impl View {
    fn said_by(&self) -> &SaidBy {
        self.said_by.get_or_init(|| SaidBy::of(self))
    }

    /// The numbers of the statements that an actor makes, in their order; `place` is that in the list of actors.
    #[must_use]
    pub fn statements_of(&self, place: usize) -> &[usize] {
        self.said_by().statements.get(place).map_or(&[], Vec::as_slice)
    }

    /// Where a statement departs from the party line, by issue.
    #[must_use]
    pub fn dissents_of(&self, number: usize) -> &[Dissent] {
        let all = &self.said_by().dissents;
        let start = all.partition_point(|d| d.statement < number);
        let end = all.partition_point(|d| d.statement <= number);
        &all[start..end]
    }

    /// The place of the actor that has this id, or to which one that had it belongs now.
    #[must_use]
    pub fn actor_place(&self, id: &str) -> Option<usize> {
        let now = self.actors.iter().position(|actor| actor.id == id);
        now.or_else(|| self.actors.iter().position(|actor| actor.had_id(id)))
    }
}
