//! The tools, one module each.

mod article;
mod ask;
mod brief;
mod issues;
mod moves;
mod parties;
mod positions;
mod search;
mod statement;

use crate::tool::Offered;

/// Every tool, in the order in which they are listed.
pub fn all() -> Vec<Offered> {
    vec![
        Offered::of::<issues::Issues>(),
        Offered::of::<parties::Parties>(),
        Offered::of::<search::SearchStatements>(),
        Offered::of::<statement::Statement>(),
        Offered::of::<article::Article>(),
        Offered::of::<positions::Positions>(),
        Offered::of::<moves::Moves>(),
        Offered::of::<ask::Ask>(),
        Offered::of::<brief::Brief>(),
    ]
}
