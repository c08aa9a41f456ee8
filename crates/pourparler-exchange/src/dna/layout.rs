//! What a new file holds before the first document: the tables, DNA's own statement types and the one of ours.

use pourparler_text::{Stance, Statement};
use rusqlite::Connection;

/// The version of DNA whose files these are.
pub const VERSION: &str = "3.0.7";
const RELEASED: &str = "2022-06-10";

/// How many characters a short field holds.
pub const SHORT: usize = 190;

/// The coder that DNA makes by itself.
pub const ADMIN: i64 = 1;

/// The statement type of DNA's users.
pub const SIDES: i64 = 1;
/// The statement type that loses nothing.
pub const OURS: i64 = 4;
/// The label of [`OURS`].
pub const LABEL: &str = "pourparler";

const TYPES: [(i64, &str, [u8; 3]); 4] = [
    (SIDES, "DNA Statement", [239, 208, 51]),
    (2, "NPF Story Element", [100, 200, 190]),
    (3, "Annotation", [211, 211, 211]),
    (OURS, LABEL, [138, 170, 229]),
];

/// What a variable holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Boolean,
    Integer,
    Long,
    Short,
}

impl Holds {
    const ALL: [(Self, &str); 4] = [
        (Self::Boolean, "boolean"),
        (Self::Integer, "integer"),
        (Self::Long, "long text"),
        (Self::Short, "short text"),
    ];

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// What DNA's name of a data type means.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(kind, _)| *kind)
    }
}

/// Keys of the variables: those of DNA Statement stand under the numbers that DNA gives them.
pub mod var {
    pub const PERSON: i64 = 1;
    pub const ORGANIZATION: i64 = 2;
    pub const CONCEPT: i64 = 3;
    pub const AGREEMENT: i64 = 4;
    pub const OUR_PERSON: i64 = 12;
    pub const OUR_ORGANIZATION: i64 = 13;
    pub const ISSUE: i64 = 14;
    pub const STANCE: i64 = 15;
    pub const STANCE_NAME: i64 = 16;
    pub const ACT: i64 = 17;
    pub const SAID_ON: i64 = 18;
    pub const CUE: i64 = 19;
    pub const CHAIN: i64 = 20;
    pub const SCORE: i64 = 21;
    pub const ID: i64 = 22;
    pub const NUMBER: i64 = 23;
    pub const RECORD: i64 = 24;
}

/// Name of the variable that counts the positions of a statement, from 1; 0 where it has none.
pub const NUMBER: &str = "number";
/// Name of the variable that holds a whole statement.
pub const RECORD: &str = "record";

/// Every variable: key, statement type, name and what it holds.
pub const VARIABLES: [(i64, i64, &str, Holds); 24] = [
    (var::PERSON, SIDES, "person", Holds::Short),
    (var::ORGANIZATION, SIDES, "organization", Holds::Short),
    (var::CONCEPT, SIDES, "concept", Holds::Short),
    (var::AGREEMENT, SIDES, "agreement", Holds::Boolean),
    (5, 2, "narrator", Holds::Short),
    (6, 2, "victim", Holds::Short),
    (7, 2, "villain", Holds::Short),
    (8, 2, "plot", Holds::Short),
    (9, 2, "hero", Holds::Short),
    (10, 2, "policy solution", Holds::Short),
    (11, 3, "note", Holds::Long),
    (var::OUR_PERSON, OURS, "person", Holds::Short),
    (var::OUR_ORGANIZATION, OURS, "organization", Holds::Short),
    (var::ISSUE, OURS, "issue", Holds::Short),
    (var::STANCE, OURS, "stance", Holds::Integer),
    (var::STANCE_NAME, OURS, "stance name", Holds::Short),
    (var::ACT, OURS, "act", Holds::Short),
    (var::SAID_ON, OURS, "statement date", Holds::Short),
    (var::CUE, OURS, "cue", Holds::Long),
    (var::CHAIN, OURS, "chain", Holds::Long),
    (var::SCORE, OURS, "score", Holds::Integer),
    (var::ID, OURS, "id", Holds::Long),
    (var::NUMBER, OURS, NUMBER, Holds::Integer),
    (var::RECORD, OURS, RECORD, Holds::Long),
];

/// Keys of the attributes of entities.
pub mod attribute {
    pub const ORGANIZATION_TYPE: i64 = 2;
    pub const CONCEPT_TYPE: i64 = 3;
    pub const PERSON_NOTES: i64 = 7;
    pub const ISSUE_ID: i64 = 10;
}

/// Name of the attribute of a concept that tells the id of the issue.
pub const ISSUE_ID: &str = "issue id";

/// Every attribute: key, the variable whose entities have it, and name. The first nine are those that DNA makes.
pub const ATTRIBUTES: [(i64, i64, &str); 10] = [
    (1, var::PERSON, "Type"),
    (attribute::ORGANIZATION_TYPE, var::ORGANIZATION, "Type"),
    (attribute::CONCEPT_TYPE, var::CONCEPT, "Type"),
    (4, var::PERSON, "Alias"),
    (5, var::ORGANIZATION, "Alias"),
    (6, var::CONCEPT, "Alias"),
    (attribute::PERSON_NOTES, var::PERSON, "Notes"),
    (8, var::ORGANIZATION, "Notes"),
    (9, var::CONCEPT, "Notes"),
    (attribute::ISSUE_ID, var::CONCEPT, ISSUE_ID),
];

/// A stance as a number, for DNA's integer qualifiers: from -2 (opposes) to 2 (supports).
pub fn weight(stance: Stance) -> i64 {
    match stance {
        Stance::Supports => 2,
        Stance::Conditional => 1,
        Stance::Open | Stance::Unclear => 0,
        Stance::Opposes => -2,
    }
}

/// The score in thousandths; -1 where a person decided.
#[expect(clippy::cast_possible_truncation, reason = "between 0 and 1000")]
pub fn thousandths<U: pourparler_text::Unit>(statement: &Statement<U>) -> i64 {
    statement.confidence.map_or(-1, |score| (score.clamp(0.0, 1.0) * 1000.0).round() as i64)
}

/// Makes the tables and fills those that do not depend on the record.
pub fn lay(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(include_str!("schema.sql"))?;
    for (property, value) in [("version", VERSION), ("date", RELEASED)] {
        db.execute("INSERT INTO SETTINGS (Property, Value) VALUES (?, ?)", (property, value))?;
    }
    for (id, label, [r, g, b]) in TYPES {
        db.execute(
            "INSERT INTO STATEMENTTYPES (ID, Label, Red, Green, Blue) VALUES (?, ?, ?, ?, ?)",
            (id, label, r, g, b),
        )?;
    }
    for (id, of, name, holds) in VARIABLES {
        let row = (id, name, holds.name(), of);
        db.execute("INSERT INTO VARIABLES (ID, Variable, DataType, StatementTypeId) VALUES (?, ?, ?, ?)", row)?;
    }
    for (id, variable, name) in ATTRIBUTES {
        let row = (id, variable, name);
        db.execute("INSERT INTO ATTRIBUTEVARIABLES (ID, VariableId, AttributeVariable) VALUES (?, ?, ?)", row)?;
    }
    Ok(())
}
