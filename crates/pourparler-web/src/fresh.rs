//! What is new since a reader last looked, and what waits for somebody: the same for the page and for programs.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use pourparler_ledger::{FeedFailure, LedgerError};

use crate::app::Current;
use crate::{App, WebError};

/// So many days ahead a promise is due soon.
const SOON: i64 = 14;
/// The machine doubts what it holds less likely than this.
const DOUBTED: f32 = 0.6;
/// So many failed sources are told.
const FAILURES: usize = 20;

/// What a reader is told.
#[derive(Debug)]
pub struct Fresh {
    /// From when on things are new; `None` where all are.
    pub since: Option<Timestamp>,
    /// Whether the reader never said that they had looked.
    pub first: bool,
    /// When the last article came in.
    pub until: Option<Timestamp>,
    /// How many statements are new.
    pub statements: usize,
    /// The new statements by article, the heaviest article first; of each the heaviest statement first.
    pub articles: Vec<Vec<usize>>,
    /// Places of the moves that could not be seen before.
    pub moves: Vec<usize>,
    /// Places of the new actors.
    pub actors: Vec<usize>,
    /// Claims without an answer, the latest first.
    pub unanswered: Vec<usize>,
    /// Places of promises that are due soon, the first due first.
    pub due: Vec<usize>,
    /// Places of promises that are overdue with no word of them, the last due first.
    pub overdue: Vec<usize>,
    /// The day that promises are held against: today, or the last day of a record that is ahead of it.
    pub today: Date,
    /// Feeds and entries that failed.
    pub failures: Vec<FeedFailure>,
    /// Statements that the machine doubts and nobody decided on.
    pub doubtful: usize,
}

impl Fresh {
    /// What is new to a reader since `since`, or since they last looked.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub async fn of(app: &App, current: &Current, reader: &str, since: Option<Timestamp>) -> Result<Self, WebError> {
        let name = reader.to_owned();
        let asked =
            app.read(move |ledger| Ok::<_, LedgerError>((ledger.looked(&name)?, ledger.feed_failures(FAILURES)?)));
        let (looked, failures) = asked.await?;
        let scores = current.statements.iter().filter_map(|c| c.entry.statement.confidence);
        let doubtful = scores.filter(|score| *score < DOUBTED).count();
        let arrivals = &current.arrivals;
        let looked = since.or(looked);
        let since = looked.or_else(|| arrivals.first_look());
        let new = arrivals.statements(since);
        let today = today(current);
        let (due, overdue) = promises(current, today);
        let mut unanswered = current.claims.unanswered.clone();
        unanswered.sort_by_key(|number| std::cmp::Reverse((current.statement(*number).and_then(|c| c.day), *number)));
        Ok(Self {
            since,
            first: looked.is_none(),
            until: arrivals.until,
            statements: new.len(),
            articles: by_article(current, new),
            moves: moves(current, since),
            actors: arrivals.actors(since).collect(),
            unanswered,
            due,
            overdue,
            today,
            failures,
            doubtful,
        })
    }
}

fn today(current: &Current) -> Date {
    let today = jiff::tz::TimeZone::system().to_datetime(Timestamp::now()).date();
    current.days().map_or(today, |(_, last)| today.max(last))
}

/// Statements by the article of their first appearance.
fn by_article(current: &Current, numbers: &[usize]) -> Vec<Vec<usize>> {
    let weight = |number: &usize| current.weight(*number);
    let mut of_article: HashMap<&str, Vec<usize>> = HashMap::new();
    for number in numbers {
        if let Some(cited) = current.statement(*number) {
            of_article.entry(&cited.entry.article).or_default().push(*number);
        }
    }
    let mut out: Vec<(u32, Vec<usize>)> = of_article
        .into_values()
        .map(|mut numbers| {
            numbers.sort_by_key(|number| (std::cmp::Reverse(weight(number)), *number));
            (numbers.iter().map(weight).sum(), numbers)
        })
        .collect();
    out.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    out.into_iter().map(|(_, numbers)| numbers).collect()
}

/// Moves of which one end was not on record before, the firm ones and then the latest first.
fn moves(current: &Current, since: Option<Timestamp>) -> Vec<usize> {
    let all_new = |numbers: &[usize]| numbers.iter().all(|number| current.arrivals.is_new(*number, since));
    let new = |place: &usize| {
        let moved = &current.moves[*place];
        all_new(&moved.after) || all_new(&moved.before)
    };
    let mut out: Vec<usize> = (0..current.moves.len()).filter(new).collect();
    out.sort_by_key(|place| (!current.moves[*place].is_firm(), std::cmp::Reverse(current.moves[*place].day)));
    out
}

/// Promises that are due soon, and those that are overdue.
fn promises(current: &Current, today: Date) -> (Vec<usize>, Vec<usize>) {
    let soon = today.saturating_add(jiff::Span::new().days(SOON));
    let (mut due, mut overdue) = (Vec::new(), Vec::new());
    for (place, promise) in current.commitments.iter().enumerate() {
        let Some(day) = promise.due.as_ref().map(|due| due.to) else { continue };
        if promise.done.is_some() || promise.broken.is_some() {
            continue;
        }
        if day < today {
            overdue.push((std::cmp::Reverse(day), place));
        } else if day <= soon {
            due.push((day, place));
        }
    }
    overdue.sort_unstable();
    due.sort_unstable();
    (due.into_iter().map(|(_, place)| place).collect(), overdue.into_iter().map(|(_, place)| place).collect())
}
