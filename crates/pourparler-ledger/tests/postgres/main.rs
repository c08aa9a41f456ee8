//! The tests of `tests/it`, all those that are not about SQLite's files, on ledgers in PostgreSQL.

#[path = "../it/actors.rs"]
mod actors;
#[path = "../it/adding.rs"]
mod adding;
#[path = "../it/agreement.rs"]
mod agreement;
#[path = "../it/copies.rs"]
mod copies;
#[path = "../it/deciding.rs"]
mod deciding;
#[path = "../it/filters.rs"]
mod filters;
#[path = "../it/logging.rs"]
mod logging;
#[path = "../it/moving.rs"]
mod moving;
#[path = "../it/pages.rs"]
mod pages;
#[path = "../it/people.rs"]
mod people;
#[path = "../it/reviewing.rs"]
mod reviewing;
#[path = "../it/round_trip.rs"]
mod round_trip;
mod server;
mod store;
#[path = "../it/support.rs"]
mod support;
#[path = "../it/together.rs"]
mod together;
#[path = "../it/verifying.rs"]
mod verifying;
#[path = "../it/watching.rs"]
mod watching;
#[path = "../it/workspace.rs"]
mod workspace;

/// The client of PostgreSQL waits by a runtime of its own. A ledger can be opened, asked and closed wherever one is under way already.
#[test]
fn a_ledger_can_be_asked_from_within_a_runtime() {
    let place = store::Place::new();
    for mut runtime in [tokio::runtime::Builder::new_current_thread(), tokio::runtime::Builder::new_multi_thread()] {
        runtime.build().expect("a runtime").block_on(async {
            let ledger = place.open();
            assert_eq!(ledger.counts().expect("asked").articles, 0);
            drop(ledger);
        });
    }
}
