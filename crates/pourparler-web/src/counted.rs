//! The counts beside lists of statements, kept for as long as the record stays as it is.

use std::sync::{Arc, Mutex, PoisonError};

use pourparler_ledger::{Facets, Filter};

use crate::{App, WebError};

/// The counts of so many filters are kept: whoever turns pages asks for the same ones again.
const KEPT: usize = 16;

/// Counts of one state of the ledger, by what was asked.
#[derive(Debug, Default)]
pub struct Counted(Mutex<(i64, Vec<Asked>)>);

type Asked = (Filter, Arc<Facets>);

impl Counted {
    fn known(&self, version: i64, filter: &Filter) -> Option<Arc<Facets>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.1.iter().find(|(asked, _)| kept.0 == version && asked == filter);
        found.map(|(_, facets)| Arc::clone(facets))
    }

    fn keep(&self, version: i64, filter: Filter, facets: &Arc<Facets>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != version {
            *kept = (version, Vec::new());
        }
        if kept.1.len() >= KEPT {
            // That of no filter costs most and is asked for by everybody.
            let oldest = kept.1.iter().position(|(asked, _)| *asked != Filter::default());
            oldest.map(|at| kept.1.remove(at));
        }
        kept.1.push((filter, Arc::clone(facets)));
    }
}

impl App {
    /// How many of the statements that pass a filter there are of each kind.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub async fn facets(&self, filter: Filter) -> Result<Arc<Facets>, WebError> {
        // Asked before the counts are made: those of a newer state count as of this one, and are made anew once.
        let version = self.version()?;
        if let Some(facets) = self.counted().known(version, &filter) {
            return Ok(facets);
        }
        let asked = filter.clone();
        let facets = Arc::new(self.read(move |ledger| ledger.facets(&asked)).await?);
        self.counted().keep(version, filter, &facets);
        Ok(facets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_hold_for_one_state_of_the_ledger() {
        let counted = Counted::default();
        let of = |party: usize| Filter { party: Some(party.to_string()), ..Filter::default() };
        let facets = Arc::new(Facets::default());
        counted.keep(1, Filter::default(), &facets);
        for party in 0..KEPT * 2 {
            counted.keep(1, of(party), &facets);
        }
        assert!(counted.known(1, &Filter::default()).is_some());
        assert!(counted.known(1, &of(KEPT * 2 - 1)).is_some() && counted.known(1, &of(0)).is_none());
        assert!(counted.known(2, &Filter::default()).is_none());
        counted.keep(2, of(1), &facets);
        assert!(counted.known(2, &Filter::default()).is_none() && counted.known(1, &of(1)).is_none());
    }
}
