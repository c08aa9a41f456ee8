//! Adding to the ledger while pages are open: jobs are done one after the other, in the order in which they came, by one thread.
//!
//! What a job stores it stores article by article, so whatever ends it loses no more than the article in hand; jobs that wait are lost
//! when the program ends. The same thread asks watched feeds what is new while it has nothing else to do, where that is switched on.

mod work;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use pourparler_intake::{Became, Report, Stop};
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::app::News;

/// So many jobs are remembered.
const REMEMBERED: usize = 50;
/// So many may wait.
const WAITING: usize = 1_000;
/// Open pages are told of a job's progress at most so often.
const TELLING: Duration = Duration::from_millis(250);
/// So long the program waits at its end for the article in hand.
const PATIENCE: Duration = Duration::from_secs(10);
/// So many problems of a job are shown, the last ones.
const PROBLEMS: usize = 20;
/// Of so many articles it is told what became of them, the last ones.
const ARTICLES: usize = 200;
/// So many inputs that failed are shown.
const FAILED: usize = 100;

/// What is to be done.
#[derive(Debug)]
pub enum Work {
    /// Bytes that were pasted, under a name.
    Bytes(Vec<u8>),
    /// A file that was sent; it is gone when this value is.
    File(tempfile::TempPath),
    /// What lies at addresses.
    Addresses(Vec<String>),
    /// Feeds are asked, whether or not their time has come.
    Feeds(Vec<String>),
    /// The feeds whose time has come.
    DueFeeds(Vec<String>),
    /// All articles are read again, with the dossier as it is now.
    Reextract,
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Others come first.
    Waiting,
    /// It is being done.
    Running,
    /// It came to its end.
    Done,
    /// It was ended by somebody; what it stored by then stays.
    Stopped,
    /// It could not go on.
    Failed,
}

/// What became of an article.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ArticleBecame {
    /// Its id.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// `new`, `copy`, `update`, `known` or `changed`.
    pub became: &'static str,
}

/// An input of which something was lost.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FailedInput {
    /// The input.
    pub source: String,
    /// Why.
    pub reasons: Vec<String>,
}

/// What a job did.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct ReportOut {
    /// Articles read.
    pub read: usize,
    /// Articles that were stored.
    pub new: usize,
    /// Articles that were there already.
    pub known: usize,
    /// Statements in the new ones.
    pub statements: usize,
    /// How many of the new are copies of one that was there.
    pub copies: usize,
    /// How many of the new are updates of one that was there.
    pub updates: usize,
    /// How many articles have other statements than before, where articles were read again.
    pub changed: Option<usize>,
    /// Articles in languages that are not read, by BCP 47 tag.
    pub languages: BTreeMap<String, usize>,
    /// Inputs of which something was lost.
    pub failed: Vec<FailedInput>,
    /// How many more of them there are.
    pub more_failed: usize,
    /// What became of the articles seen to last.
    pub articles: Vec<ArticleBecame>,
}

/// A job as it is shown.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct JobOut {
    /// Its number.
    pub id: u64,
    /// What is done.
    pub title: String,
    /// How far it is.
    pub state: State,
    /// When it came, was begun and ended.
    #[schema(value_type = String, format = DateTime)]
    pub came: Timestamp,
    /// When it ended.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended: Option<Timestamp>,
    /// How much of it is done, …
    pub done: u64,
    /// … of how much, where that is known: bytes, addresses, feeds or articles.
    pub of: Option<u64>,
    /// Articles read by now.
    pub articles: usize,
    /// What is wrong with inputs or happened in feeds, the last of it.
    pub told: Vec<String>,
    /// Why it could not go on.
    pub fault: Option<String>,
    /// What it did, once it is over.
    pub report: Option<ReportOut>,
}

#[derive(Debug)]
struct Job {
    shown: JobOut,
    stop: Stop,
    work: Option<Work>,
    /// In whose name it adds.
    by: String,
    told_at: Option<Instant>,
}

/// The jobs of this run of the program.
#[derive(Debug, Default)]
pub struct Jobs {
    all: Mutex<All>,
    wake: Condvar,
}

#[derive(Debug, Default)]
struct All {
    jobs: VecDeque<Job>,
    last: u64,
    begun: bool,
    ending: bool,
    watching: bool,
}

impl Jobs {
    fn all(&self) -> std::sync::MutexGuard<'_, All> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All jobs that are remembered, the latest first.
    pub fn list(&self) -> Vec<JobOut> {
        self.all().jobs.iter().rev().map(|job| job.shown.clone()).collect()
    }

    /// One job.
    pub fn get(&self, id: u64) -> Option<JobOut> {
        self.all().jobs.iter().find(|job| job.shown.id == id).map(|job| job.shown.clone())
    }

    /// Whether watched feeds are asked as their time comes.
    pub fn watching(&self) -> bool {
        self.all().watching
    }

    /// How many jobs may still be given.
    pub fn room(&self) -> usize {
        WAITING.saturating_sub(self.all().jobs.iter().filter(|job| job.shown.state == State::Waiting).count())
    }

    /// Everything ends, the job in hand after its article; those that wait are let go, with their files.
    pub fn end(&self) {
        let mut all = self.all();
        all.ending = true;
        for job in &mut all.jobs {
            job.stop.want();
            if job.shown.state == State::Waiting {
                job.work = None;
            }
        }
        drop(all);
        self.wake.notify_all();
    }

    /// Waits for the end of the job in hand, but not for long.
    pub fn wait_for_end(&self) {
        let running = |all: &mut All| all.jobs.iter().any(|job| job.shown.state == State::Running);
        let _ = self.wake.wait_timeout_while(self.all(), PATIENCE, running);
    }

    /// Ends a job; one that waits is never begun. `false` where it is over already, `None` where there is none.
    pub fn cancel(&self, app: &App, id: u64) -> Option<bool> {
        let mut all = self.all();
        let job = all.jobs.iter_mut().find(|job| job.shown.id == id)?;
        let open = matches!(job.shown.state, State::Waiting | State::Running);
        job.stop.want();
        if job.shown.state == State::Waiting {
            job.shown.state = State::Stopped;
            job.shown.ended = Some(Timestamp::now());
            job.work = None;
            let shown = job.shown.clone();
            drop(all);
            tell(app, &shown);
        }
        Some(open)
    }
}

impl App {
    /// Gives the thread that adds something to do.
    pub fn add_job(&self, title: String, work: Work, of: Option<u64>) -> JobOut {
        let mut all = self.jobs().all();
        let shown = all.push(title, work, of, self.actor());
        let begin = !std::mem::replace(&mut all.begun, true);
        drop(all);
        if begin {
            self.begin();
        }
        self.jobs().wake.notify_all();
        tell(self, &shown);
        shown
    }

    /// Whether watched feeds are asked as their time comes, from now on until the program ends.
    pub fn watch_feeds(&self, watching: bool) {
        let mut all = self.jobs().all();
        all.watching = watching;
        let begin = watching && !std::mem::replace(&mut all.begun, true);
        drop(all);
        if begin {
            self.begin();
        }
        self.jobs().wake.notify_all();
    }

    fn begin(&self) {
        let app = self.clone();
        // It ends with the program: its stop is wanted then, and what it has in hand is one article.
        let begun = std::thread::Builder::new().name("adding".to_owned()).spawn(move || work::go_on(&app));
        if let Err(e) = begun {
            eprintln!("pourparler: no thread to add with: {e}");
        }
    }
}

impl All {
    fn push(&mut self, title: String, work: Work, of: Option<u64>, by: String) -> JobOut {
        self.last += 1;
        let shown = JobOut {
            id: self.last,
            title,
            state: State::Waiting,
            came: Timestamp::now(),
            ended: None,
            done: 0,
            of,
            articles: 0,
            told: Vec::new(),
            fault: None,
            report: None,
        };
        let over = |job: &Job| !matches!(job.shown.state, State::Waiting | State::Running);
        while self.jobs.len() >= REMEMBERED
            && let Some(place) = self.jobs.iter().position(over)
        {
            self.jobs.remove(place);
        }
        self.jobs.push_back(Job { shown: shown.clone(), stop: Stop::default(), work: Some(work), by, told_at: None });
        shown
    }
}

/// Tells open pages how a job stands.
fn tell(app: &App, job: &JobOut) {
    // A report can be long, and is asked for once.
    let short = JobOut { report: None, ..job.clone() };
    if let Ok(json) = serde_json::to_string(&short) {
        app.tell(News::Job(json.into()));
    }
}

impl From<Report> for ReportOut {
    fn from(report: Report) -> Self {
        let became = |became: Became| match became {
            Became::New => "new",
            Became::Known => "known",
            Became::Copy => "copy",
            Became::Update => "update",
        };
        let failed = report.failed.len();
        let last = report.last.into_iter().rev().take(ARTICLES);
        Self {
            read: report.read,
            new: report.new,
            known: report.known,
            statements: report.statements,
            copies: report.copies,
            updates: report.updates,
            changed: None,
            languages: report.languages,
            failed: report
                .failed
                .into_iter()
                .take(FAILED)
                .map(|(source, reasons)| FailedInput { source, reasons })
                .collect(),
            more_failed: failed.saturating_sub(FAILED),
            articles: last.map(|(id, b)| ArticleBecame { id, title: None, became: became(b) }).collect(),
        }
    }
}
