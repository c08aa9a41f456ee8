//! What only some pages ask of the record: made when it is first asked for, and kept as long as the view.

use std::collections::HashMap;
use std::sync::OnceLock;

use pourparler_brief::{AgendaPoint, Distance, Linked, OneSided};

use crate::happenings::Happening;
use crate::view::View;

/// The parts that are made when they are first asked for.
#[derive(Debug, Default)]
pub struct Further {
    distances: OnceLock<Vec<Distance>>,
    agenda: OnceLock<Vec<AgendaPoint>>,
    one_sided: OnceLock<Vec<OneSided>>,
    linked: OnceLock<Vec<Linked>>,
    of_issue: OnceLock<HashMap<String, Vec<usize>>>,
    happenings: OnceLock<Vec<Happening>>,
}

impl View {
    /// How far apart the parties stand on each issue.
    pub fn distances(&self) -> &[Distance] {
        self.further.distances.get_or_init(|| self.standings.distances(None, None))
    }

    /// The issues, the one that a next round needs most first.
    pub fn agenda(&self) -> &[AgendaPoint] {
        self.further.agenda.get_or_init(|| self.standings.agenda(None))
    }

    /// The issues that some raise and others never mention.
    pub fn one_sided(&self) -> &[OneSided] {
        self.further.one_sided.get_or_init(|| self.standings.one_sided())
    }

    /// The issues that go together.
    pub fn linked(&self) -> &[Linked] {
        self.further.linked.get_or_init(|| self.standings.linked())
    }

    /// The numbers of all statements that take up an issue, also of those that no party makes.
    pub fn statements_on(&self, issue: &str) -> &[usize] {
        let of_issue = self.further.of_issue.get_or_init(|| {
            let mut of_issue: HashMap<String, Vec<usize>> = HashMap::new();
            for cited in self.statements.iter() {
                for position in &cited.entry.statement.positions {
                    match of_issue.get_mut(&position.issue) {
                        Some(numbers) if numbers.last() == Some(&cited.number) => {}
                        Some(numbers) => numbers.push(cited.number),
                        None => drop(of_issue.insert(position.issue.clone(), vec![cited.number])),
                    }
                }
            }
            of_issue
        });
        of_issue.get(issue).map_or(&[], Vec::as_slice)
    }

    /// What happened, the latest first.
    pub fn happenings(&self) -> &[Happening] {
        self.further.happenings.get_or_init(|| Happening::all(self))
    }
}
