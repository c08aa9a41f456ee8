//! What the record adds up to, made once for each state of the ledger and shared by all pages.

use std::sync::Arc;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use pourparler_brief::{
    Cited, Claims, Commitment, Matrix, Meeting, Move, Source, Standings, Voices, claims, commitments, distinct_of,
    meetings, voices,
};
use pourparler_ledger::{Actor, Filter, Ledger, LedgerError};
use pourparler_text::RoundEntry;

use crate::arrivals::Arrivals;
use crate::briefs::Briefs;
use crate::further::Further;
use crate::quality::Quality;
use crate::said_by::SaidBy;

/// The record, added up. Numbers are those of [`View::statements`], counted from 1.
#[derive(Debug)]
pub struct View {
    /// The state of the ledger that it was made from.
    pub version: i64,
    /// When it was made.
    pub made: Instant,
    /// How long that took.
    pub took: Duration,
    /// Why there is none.
    pub fault: Option<String>,
    /// All statements, each once, in the order of days, those without a day last.
    pub statements: Arc<Vec<Cited>>,
    /// Their stances.
    pub standings: Standings,
    /// Where the parties stand over the whole record.
    pub matrix: Matrix,
    /// What moved, the firm moves first.
    pub moves: Vec<Move>,
    /// Claims and answers.
    pub claims: Claims,
    /// What was promised.
    pub commitments: Vec<Commitment>,
    /// Rounds of talks.
    pub rounds: Vec<Meeting>,
    /// What articles tell of rounds of talks.
    pub round_reports: Vec<RoundEntry>,
    /// Who speaks.
    pub voices: Voices,
    /// Actors over all articles, those with most statements first.
    pub actors: Vec<Actor>,
    /// All articles.
    pub sources: Vec<Source>,
    /// How right the machine was, and how far reviewers agree; made when a page first asks for it.
    pub quality: OnceLock<Quality>,
    /// When all of it came in.
    pub arrivals: Arrivals,
    /// Who says what, once it is asked for.
    pub(crate) said_by: OnceLock<SaidBy>,
    /// What each statement weighs, once it is asked for.
    weights: OnceLock<Vec<u32>>,
    /// Briefs that were made from it.
    pub briefs: Briefs,
    /// What only some pages ask for.
    pub(crate) further: Further,
}

impl View {
    /// Adds up a ledger.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn of(ledger: &Ledger, version: i64, began: Instant) -> Result<Self, LedgerError> {
        let statements = distinct_of(ledger.statements(&Filter::default())?);
        let round_reports = ledger.rounds()?;
        let (articles, actors) = (ledger.articles()?, ledger.actors()?);
        let arrivals = Arrivals::of(&articles, &statements, &actors);
        let sources = articles.into_iter().map(Source::from).collect();
        Ok(Self { arrivals, ..Self::from_parts(statements, round_reports, actors, sources, version, began) })
    }

    fn from_parts(
        statements: Vec<Cited>,
        round_reports: Vec<RoundEntry>,
        actors: Vec<Actor>,
        sources: Vec<Source>,
        version: i64,
        began: Instant,
    ) -> Self {
        let standings = Standings::of(&statements);
        Self {
            version,
            fault: None,
            matrix: standings.matrix(None),
            moves: standings.moves(),
            claims: claims(&statements),
            commitments: commitments(&statements),
            rounds: meetings(&round_reports, &statements),
            voices: voices(&statements),
            round_reports,
            actors,
            sources,
            arrivals: Arrivals::default(),
            said_by: OnceLock::new(),
            weights: OnceLock::new(),
            further: Further::default(),
            quality: OnceLock::new(),
            standings,
            statements: Arc::new(statements),
            briefs: Briefs::default(),
            made: Instant::now(),
            took: began.elapsed(),
        }
    }

    /// In the place of a view that could not be made.
    #[must_use]
    pub fn failed(fault: String) -> Self {
        let nothing = Self::from_parts(Vec::new(), Vec::new(), Vec::new(), Vec::new(), i64::MAX, Instant::now());
        Self { fault: Some(fault), ..nothing }
    }

    /// The statement with a number.
    #[must_use]
    pub fn statement(&self, number: usize) -> Option<&Cited> {
        self.statements.get(number.checked_sub(1)?)
    }

    /// What the statement with a number weighs against others; 0 where there is none.
    #[must_use]
    pub fn weight(&self, number: usize) -> u32 {
        let weights = self.weights.get_or_init(|| self.statements.iter().map(Cited::weight).collect());
        number.checked_sub(1).and_then(|at| weights.get(at)).copied().unwrap_or(0)
    }

    /// First and last day of the record.
    #[must_use]
    pub fn days(&self) -> Option<(Date, Date)> {
        let first = self.statements.first()?.day?;
        let last = self.statements.iter().rev().find_map(|c| c.day)?;
        Some((first, last))
    }
}

/// What a statement is called everywhere outside: `ARTICLE/ID`.
#[must_use]
pub fn name(cited: &Cited) -> String {
    format!("{}/{}", cited.entry.article, cited.entry.statement.id)
}
