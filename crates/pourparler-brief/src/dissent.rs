//! Who departs from the party line: statements that take another stance than their party held on the same day.

use pourparler_text::Stance;
use serde::Serialize;

use crate::standing::weightiest;
use crate::{Standing, Standings};

/// A statement that takes another stance on an issue than its party held on its day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dissent {
    /// The statement.
    pub statement: usize,
    /// Id of the issue.
    pub issue: String,
    /// Its stance.
    pub stance: Stance,
    /// That of the party on the day.
    pub line: Stance,
    /// The statement of that day that weighs most for the party's stance.
    pub lead: usize,
}

impl Standings {
    /// The statements that depart from the party line, in their order.
    ///
    /// The line is a party's position on an issue as [`Standings::matrix`] has it as of the statement's day: the stance that weighs
    /// most among what the party said that day. Statements without a clear stance or without a day depart from nothing.
    #[must_use]
    pub fn dissents(&self) -> Vec<Dissent> {
        let mut out = Vec::new();
        for ((_, issue), rows) in self.groups() {
            let clear: Vec<Standing> = rows.iter().filter(|r| r.is_clear() && r.day.is_some()).copied().collect();
            for of_day in clear.chunk_by(|a, b| a.day == b.day) {
                let Some(line) = weightiest(of_day) else { continue };
                let lead = of_day.iter().filter(|r| r.stance == line).max_by_key(|r| (r.weight, r.statement));
                let Some(lead) = lead.map(|r| r.statement) else { continue };
                out.extend(of_day.iter().filter(|r| r.stance != line).map(|r| Dissent {
                    statement: r.statement,
                    issue: issue.to_owned(),
                    stance: r.stance,
                    line,
                    lead,
                }));
            }
        }
        out.sort_by(|a, b| (a.statement, &a.issue).cmp(&(b.statement, &b.issue)));
        out
    }
}

#[cfg(test)]
mod tests {
    use pourparler_text::Act;

    use super::*;
    use crate::Marks;

    #[test]
    fn only_the_lighter_stances_of_one_party_on_one_day_depart() {
        let names = ["Karveth", "Lusenia", "dam"].map(str::to_owned).to_vec();
        let row = |statement, party, day: Option<&str>, stance, weight| Standing {
            statement,
            party,
            issue: 2,
            day: day.map(|day| day.parse().expect("a day")),
            stance,
            act: Act::Assert,
            weight,
            speaker: None,
            outlet: None,
            marks: Marks::default(),
        };
        let (first, second) = (Some("2031-03-01"), Some("2031-03-02"));
        let rows = vec![
            row(1, 0, first, Stance::Opposes, 5),
            row(2, 0, first, Stance::Opposes, 2),
            row(3, 0, first, Stance::Supports, 4),
            row(4, 0, first, Stance::Unclear, 1),
            // another party, another day, no day
            row(5, 1, first, Stance::Supports, 1),
            row(6, 0, second, Stance::Supports, 1),
            row(7, 0, None, Stance::Open, 9),
            row(8, 0, second, Stance::Conditional, 3),
        ];
        let found = Standings::new(rows, names).dissents();
        let found: Vec<_> = found.iter().map(|d| (d.statement, d.stance, d.line, d.lead)).collect();
        let wanted = [(3, Stance::Supports, Stance::Opposes, 1), (6, Stance::Supports, Stance::Conditional, 8)];
        assert_eq!(found, wanted);
    }
}
