//! `pourparler mcp`: a ledger for assistants.

use super::Outcome;
use crate::args::Mcp;
use crate::corpus::dossier;

pub fn run(args: Mcp) -> anyhow::Result<Outcome> {
    let dossier = dossier(args.dossier.as_deref())?;
    pourparler_mcp::serve(args.ledger.ledger, dossier)?;
    Ok(Outcome::Done)
}
