//! The thread that does the jobs.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use pourparler_fetch::{Fetcher, Options};
use pourparler_intake::{
    Adding, Asked, Input, IntakeError, Listener, ReadingOptions, Stop, Watch, Web, Workshop, learn,
};
use pourparler_ledger::Ledger;
use pourparler_read::ReadOptions;

use super::{ARTICLES, ArticleBecame, PROBLEMS, ReportOut, State, TELLING, Work, tell};
use crate::App;
use crate::app::News;

/// How long a feed is left alone that is well, as `pourparler watch` has it.
const EVERY: Duration = Duration::from_secs(15 * 60);
/// So often it is looked whether the time of a feed has come.
const LOOKING: Duration = Duration::from_secs(20);

/// In whose name articles come that nobody asked for just now.
const FEEDS: &str = "watched feeds";

/// The workshop, with the state of the dossier that it was made for.
type Kept = Option<(u64, Arc<Workshop>)>;

/// Does one job after the other until the program ends.
pub fn go_on(app: &App) {
    let mut kept: Kept = None;
    while let Some(id) = next(app) {
        run(app, id, &mut kept);
    }
}

/// The next job, as soon as there is one; none where the program ends.
fn next(app: &App) -> Option<u64> {
    let jobs = app.jobs();
    let mut all = jobs.all();
    loop {
        if all.ending {
            return None;
        }
        if let Some(job) = all.jobs.iter_mut().find(|job| job.shown.state == State::Waiting) {
            job.shown.state = State::Running;
            return Some(job.shown.id);
        }
        if !all.watching {
            all = jobs.wake.wait(all).unwrap_or_else(std::sync::PoisonError::into_inner);
            continue;
        }
        drop(all);
        let due = due_feeds(app);
        all = jobs.all();
        if due.is_empty() {
            all = jobs.wake.wait_timeout(all, LOOKING).unwrap_or_else(std::sync::PoisonError::into_inner).0;
        } else {
            let count = due.len() as u64;
            all.push(
                "Watched feeds whose time has come".to_owned(),
                Work::DueFeeds(due),
                Some(count),
                FEEDS.to_owned(),
            );
        }
    }
}

fn due_feeds(app: &App) -> Vec<String> {
    let now = Timestamp::now();
    let asked = Ledger::open_existing(&app.settings().ledger).and_then(|ledger| ledger.watched_feeds());
    let due = asked.unwrap_or_default().into_iter().filter(|f| f.feed.next_at.is_none_or(|at| at <= now));
    due.map(|f| f.feed.url).collect()
}

fn run(app: &App, id: u64, kept: &mut Kept) {
    let (work, stop, title, by) = {
        let mut all = app.jobs().all();
        let Some(job) = all.jobs.iter_mut().find(|job| job.shown.id == id) else { return };
        (job.work.take(), job.stop.clone(), job.shown.title.clone(), job.by.clone())
    };
    let Some(work) = work else { return };
    let in_bytes = matches!(work, Work::Bytes(_) | Work::File(_));
    let progress = Arc::new(Progress { app: app.clone(), id, in_bytes });
    progress.change(true, |_| {});
    let done = catch_unwind(AssertUnwindSafe(|| does(app, work, (&title, &by), &stop, &progress, kept)));
    let (report, fault) = match done {
        Ok(Ok(report)) => (Some(report), None),
        Ok(Err(e)) => (None, Some(e.to_string())),
        // What the panic left of the workshop is not used again.
        Err(_) => {
            *kept = None;
            (None, Some("The program made a mistake here; what it was stands on its standard error.".to_owned()))
        }
    };
    progress.change(true, |job| {
        job.state = match (&fault, stop.is_wanted()) {
            (Some(_), _) => State::Failed,
            (None, true) => State::Stopped,
            (None, false) => State::Done,
        };
        job.ended = Some(Timestamp::now());
        job.report = report;
        job.fault = fault;
    });
    app.jobs().wake.notify_all();
    app.tell(News::Changed);
}

fn does(
    app: &App,
    work: Work,
    (title, by): (&str, &str),
    stop: &Stop,
    progress: &Arc<Progress>,
    kept: &mut Kept,
) -> Result<ReportOut, IntakeError> {
    let settings = app.settings();
    let mut ledger = Ledger::open(&settings.ledger)?;
    ledger.act_as(by);
    if matches!(work, Work::Reextract) {
        // What people decided since the workshop was made counts as examples now.
        *kept = kept.take().map(|(_, workshop)| (u64::MAX, workshop));
    }
    let workshop = workshop(app, &ledger, kept)?;
    if matches!(work, Work::Reextract) {
        return reextract(app, ledger, &workshop, stop, progress);
    }
    let mut adding = Adding::new(ledger, workshop).heard_by(progress.clone()).ended_by(stop.clone());
    match work {
        Work::Bytes(bytes) => {
            let _ = adding.input(Input::of_bytes(title.to_owned(), bytes, ReadOptions::default()))?;
            adding.store_waiting()?;
        }
        Work::File(path) => match Input::open(&path) {
            Ok(mut input) => {
                title.clone_into(&mut input.name);
                let _ = adding.input(input)?;
                adding.store_waiting()?;
            }
            Err(e) => adding.report.fail(title, e.to_string()),
        },
        Work::Addresses(addresses) => {
            for address in &addresses {
                if stop.is_wanted() {
                    break;
                }
                adding.address(address)?;
                progress.change(false, |job| job.done += 1);
            }
        }
        Work::Feeds(feeds) => return turn(app, adding, &feeds, Asked::All, stop, progress),
        Work::DueFeeds(feeds) => return turn(app, adding, &feeds, Asked::Due, stop, progress),
        Work::Reextract => {}
    }
    named(adding)
}

/// The report of what was added, its articles with their headlines.
fn named(adding: Adding) -> Result<ReportOut, IntakeError> {
    let Adding { ledger, report, .. } = adding;
    let mut report = ReportOut::from(report);
    for article in &mut report.articles {
        article.title = ledger.article_head(&article.id)?.and_then(|head| head.title);
    }
    Ok(report)
}

/// The workshop for the dossier as it is now: made at the first job, and then only given another dossier.
fn workshop(app: &App, ledger: &Ledger, kept: &mut Kept) -> Result<Arc<Workshop>, IntakeError> {
    let talks = app.talks();
    if let Some((generation, workshop)) = kept.as_ref()
        && *generation == talks.generation
    {
        return Ok(Arc::clone(workshop));
    }
    let mut dossier = talks.dossier.clone();
    learn(&mut dossier, ledger)?;
    let made = match kept.as_ref() {
        Some((_, workshop)) => workshop.with_dossier(&dossier)?,
        None => Workshop::new(&ReadingOptions::default(), &dossier)?.with_web(Web::new(&app.settings().allow_hosts)),
    };
    let made = Arc::new(made);
    *kept = Some((talks.generation, Arc::clone(&made)));
    Ok(made)
}

fn turn(
    app: &App,
    adding: Adding,
    feeds: &[String],
    asked: Asked,
    stop: &Stop,
    progress: &Arc<Progress>,
) -> Result<ReportOut, IntakeError> {
    let clock = Arc::new(stop.clone());
    let allowed_hosts = app.settings().allow_hosts.clone();
    let fetcher = Fetcher::new(Options { allowed_hosts, clock: clock.clone(), ..Options::default() });
    let mut watch = Watch::new(adding, fetcher, clock, EVERY);
    for feed in feeds {
        if stop.is_wanted() {
            break;
        }
        watch.turn(std::slice::from_ref(feed), asked)?;
        progress.change(false, |job| job.done += 1);
    }
    // What failed in a feed is on record with it, and told as it happened.
    named(watch.adding)
}

/// Reads all articles again and puts what is found in the place of what was; what people decided stays.
fn reextract(
    app: &App,
    mut ledger: Ledger,
    workshop: &Workshop,
    stop: &Stop,
    progress: &Progress,
) -> Result<ReportOut, IntakeError> {
    let articles = ledger.articles()?;
    progress.change(true, |job| job.of = Some(articles.len() as u64));
    let mut report = ReportOut::default();
    let mut changed = 0;
    let mut told = Instant::now();
    for head in articles {
        if stop.is_wanted() {
            break;
        }
        if let Some(again) = workshop.again(&ledger, &head.id)? {
            report.read += 1;
            report.statements += again.after.statements.len();
            if again.before != again.after {
                changed += 1;
                ledger.replace(&again.after, workshop.made_by)?;
                if report.articles.len() < ARTICLES {
                    report.articles.push(ArticleBecame { id: head.id, title: head.title, became: "changed" });
                }
            }
        }
        progress.change(false, |job| {
            job.done += 1;
            job.articles += 1;
        });
        if told.elapsed() > Duration::from_secs(10) {
            told = Instant::now();
            app.tell(News::Changed);
        }
    }
    report.changed = Some(changed);
    Ok(report)
}

/// Keeps how a job goes, and tells open pages from time to time.
struct Progress {
    app: App,
    id: u64,
    /// Whether the job is told by its bytes: that of one input whose size is known.
    in_bytes: bool,
}

impl Progress {
    fn change(&self, now: bool, change: impl FnOnce(&mut super::JobOut)) {
        let mut all = self.app.jobs().all();
        let Some(job) = all.jobs.iter_mut().find(|job| job.shown.id == self.id) else { return };
        change(&mut job.shown);
        if now || job.told_at.is_none_or(|at| at.elapsed() >= TELLING) {
            job.told_at = Some(Instant::now());
            let shown = job.shown.clone();
            drop(all);
            tell(&self.app, &shown);
        }
    }

    fn say(&self, what: &str) {
        self.change(false, |job| {
            if job.told.len() == PROBLEMS {
                job.told.remove(0);
            }
            job.told.push(what.to_owned());
        });
    }
}

impl Listener for Progress {
    fn bytes(&self, count: u64) {
        if self.in_bytes {
            self.change(false, |job| job.done += count);
        }
    }

    fn articles(&self, read: usize) {
        self.change(false, |job| job.articles = read);
    }

    fn problem(&self, message: &str) {
        self.say(message);
    }

    fn event(&self, _: Timestamp, what: &str) {
        self.say(what);
    }
}
