//! The ledger: the record of a negotiation on disk, and every question that is put to it.
//!
//! A [`Ledger`] is one SQLite file, or one schema of a PostgreSQL database. It keeps two kinds of things apart. *Ground* is what came in: the bytes of an
//! article, its frozen text, and where that text appeared; it is added and never changed. *Derived* is what an
//! extractor made of a text, under the extractor's name; [`Ledger::replace`] throws it away and stores it again
//! without touching the ground.
//!
//! Each article is stored in one transaction, so a program that is killed loses at most the article in hand, and the
//! same input can be given again: what is known is not stored twice.
//!
//! This crate knows no files but the ledger's own, no network but the way to its database, and no models. The tables are those of
//! the files in `migrations/`, which say what each column means to readers with other tools.

mod actors;
mod add;
mod agreement;
mod articles;
mod chain;
mod copies;
mod copy;
mod decided;
mod erase;
mod error;
mod facets;
mod feeds;
mod filter;
mod key;
mod log;
mod open;
mod origins;
mod page;
mod people;
mod query;
mod review;
mod row;
mod store;
mod tables;
mod together;
mod verify;
mod watch;
mod words;
mod workspace;

use std::path::{Path, PathBuf};

pub use actors::{Actor, Decision, Form, Logged, Those, WhoSpeaks};
pub use add::{Added, Origin};
pub use agreement::{Part, ReviewStatistics, SecondOpinion, differences};
pub use articles::{ArticleFilter, ArticleHead};
pub use copies::{CopyGroup, CopyMember, KinOf};
pub use copy::{Copied, Piece};
pub use decided::{Decided, Deed, Did, Reading, ReviewFilter};
pub use erase::Erased;
pub use error::{LedgerError, Problem};
pub use facets::{Facet, FacetValue, Facets};
pub use feeds::{FeedFailure, FeedState};
pub use filter::Filter;
pub use key::Key;
pub use log::{Event, Head};
pub use open::shown;
pub use origins::{AppearanceHead, ArticleValues, Relative};
pub use page::{Order, Page, Paging};
pub use people::{
    Account, IDLE, Identity, Invitation, Invite, LONGEST, People, PeopleError, Refusal, Role, Secret, Session, Token,
};
pub use query::Counts;
pub use review::{Place, Put, Review, Verdict};
pub use together::{Alpha, Assigned, Assignment, Comment, Field, Settlement, alphas};
pub use verify::Fault;
pub use watch::{EntryState, WatchedEntry, WatchedFeed};

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    db: Box<dyn store::Store>,
    /// The file, or the address without a password.
    name: PathBuf,
    /// Who acts through it.
    actor: String,
}

impl Ledger {
    /// What the ledger is called: its file, or its address without a password.
    #[must_use]
    pub fn name(&self) -> &Path {
        &self.name
    }

    /// Closes it. A ledger in a file is that one file from then on, with nothing beside it.
    ///
    /// # Errors
    /// Where something could not be written.
    pub fn close(self) -> Result<(), LedgerError> {
        self.told(self.db.close())
    }

    /// Names the ledger in a failure.
    fn told<T>(&self, result: Result<T, Problem>) -> Result<T, LedgerError> {
        result.map_err(|problem| LedgerError { ledger: self.name.clone(), problem })
    }
}
