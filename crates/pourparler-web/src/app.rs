//! What all handlers share.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use pourparler_ledger::{Ledger, LedgerError};
use tokio::sync::{broadcast, watch};

use crate::acting::actor;
use crate::counted::Counted;
use crate::guard::without_port;
use crate::jobs::Jobs;
use crate::kept::Kept;
use crate::talks::{Keeper, Talks};
use crate::team::Team;
use crate::view::View;
use crate::{ServeError, Settings, WebError};

/// So many connections wait for the next reader; more are made and closed again where more read at a time.
const IDLE_CONNECTIONS: usize = 16;

/// So long a page waits for the record as it is now; then it shows what was there before, and says so.
const PATIENCE: Duration = Duration::from_millis(400);

/// So often it is looked whether another program changed the ledger.
const LOOK_OUT: Duration = Duration::from_secs(2);

/// A view that took long to make is not made again at once: the pause is so many times the time that it took, …
const PAUSE: u32 = 3;
/// … and at most so long.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);

/// The workspace over one ledger.
#[derive(Debug, Clone)]
pub struct App(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    settings: Settings,
    /// Names under which we may be asked for.
    names: Vec<String>,
    /// Tells in marks of answers one start of the program from the next.
    started: u64,
    /// A connection that only looks whether anything changed.
    lookout: Mutex<Ledger>,
    idle: Mutex<Vec<Ledger>>,
    writer: Mutex<Ledger>,
    dossier: Keeper,
    views: watch::Sender<Option<Arc<View>>>,
    /// Whether a view is being made.
    making: Mutex<bool>,
    news: broadcast::Sender<News>,
    jobs: Jobs,
    kept: Kept,
    counted: Counted,
    team: Option<Team>,
}

/// What pages that are open are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The record is another than it was.
    Changed,
    /// How a job stands, as JSON.
    Job(Arc<str>),
    /// The program ends.
    Ending,
}

/// The view that a page is made from.
#[derive(Debug, Clone)]
pub struct Current {
    /// What the record adds up to.
    pub view: Arc<View>,
    /// The dossier.
    pub talks: Arc<Talks>,
    /// Whether it is the record as it is now, and not as it was a moment ago.
    pub fresh: bool,
}

impl std::ops::Deref for Current {
    type Target = View;
    fn deref(&self) -> &View {
        &self.view
    }
}

impl App {
    /// Opens the ledger and the dossier.
    ///
    /// # Errors
    /// Where either cannot be read.
    pub fn open(settings: Settings, address: SocketAddr) -> Result<Self, ServeError> {
        let team = Team::of(&settings)?;
        let writer = Ledger::open(&settings.ledger)?;
        let lookout = Ledger::open_existing(&settings.ledger)?;
        let dossier = Keeper::new(settings.dossier.clone()).map_err(ServeError::Dossier)?;
        let mut names = vec!["localhost".to_owned(), address.ip().to_string(), format!("[{}]", address.ip())];
        if address.ip().is_loopback() || address.ip().is_unspecified() {
            names.extend(["127.0.0.1".to_owned(), "[::1]".to_owned()]);
        }
        names.extend(settings.hosts.iter().map(|host| host.to_ascii_lowercase()));
        let started = jiff::Timestamp::now().as_millisecond().unsigned_abs();
        Ok(Self(Arc::new(Inner {
            settings,
            names,
            started,
            lookout: Mutex::new(lookout),
            idle: Mutex::default(),
            writer: Mutex::new(writer),
            dossier,
            views: watch::Sender::new(None),
            making: Mutex::new(false),
            news: broadcast::Sender::new(64),
            jobs: Jobs::default(),
            kept: Kept::default(),
            counted: Counted::default(),
            team,
        })))
    }

    /// How the workspace was started.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// What there is of a team, where the workspace is served to one.
    #[must_use]
    pub(crate) fn team(&self) -> Option<&Team> {
        self.0.team.as_ref()
    }

    /// Whether browsers reach the workspace by https.
    #[must_use]
    pub(crate) fn is_secure(&self) -> bool {
        self.0.settings.tls.is_some() || self.0.team.as_ref().is_some_and(Team::is_secure)
    }

    /// What the ledger is called; of the address of a database only the database's name.
    #[must_use]
    pub(crate) fn ledger_name(&self) -> String {
        let name = self.0.settings.ledger.to_string_lossy();
        match name.split_once("://") {
            Some((_, address)) => {
                let database = address.split_once('/').map_or("", |(_, database)| database);
                database.split('?').next().unwrap_or_default().to_owned()
            }
            None => self.0.settings.ledger.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        }
    }

    /// The user's dossier file, if there is one or may be one.
    #[must_use]
    pub fn dossier_file(&self) -> Option<&PathBuf> {
        self.0.dossier.file.as_ref()
    }

    /// The dossier as it is now.
    #[must_use]
    pub fn talks(&self) -> Arc<Talks> {
        self.0.dossier.talks()
    }

    /// Whether `host`, with or without a port, is one of our names.
    #[must_use]
    pub fn is_our_name(&self, host: &str) -> bool {
        let name = without_port(host).to_ascii_lowercase();
        self.0.names.contains(&name)
    }

    /// What is being added.
    #[must_use]
    pub(crate) fn jobs(&self) -> &Jobs {
        &self.0.jobs
    }

    /// What open pages are to be told, from now on.
    #[must_use]
    pub fn news(&self) -> broadcast::Receiver<News> {
        self.0.news.subscribe()
    }

    /// Tells open pages something; nobody may be listening.
    pub fn tell(&self, news: News) {
        let _ = self.0.news.send(news);
    }

    /// Counts that were made for this state of the ledger.
    pub(crate) fn counted(&self) -> &Counted {
        &self.0.counted
    }

    /// Ends what would not end by itself.
    pub(crate) fn stop(&self) {
        self.0.jobs.end();
        self.tell(News::Ending);
    }

    /// Asks the ledger something, beside others who do.
    ///
    /// # Errors
    /// What the question gives.
    pub async fn read<T, E>(
        &self,
        question: impl FnOnce(&Ledger) -> Result<T, E> + Send + 'static,
    ) -> Result<T, WebError>
    where
        T: Send + 'static,
        E: Into<WebError> + From<LedgerError> + Send + 'static,
    {
        let app = self.clone();
        let asked = move || -> Result<T, E> {
            let ledger = app.connection()?;
            let answer = question(&ledger);
            app.give_back(ledger);
            answer
        };
        finished(tokio::task::spawn_blocking(asked).await)?.map_err(Into::into)
    }

    /// Changes the ledger; one does at a time.
    ///
    /// # Errors
    /// What the change gives.
    pub async fn write<T, E>(
        &self,
        change: impl FnOnce(&mut Ledger) -> Result<T, E> + Send + 'static,
    ) -> Result<T, WebError>
    where
        T: Send + 'static,
        E: Into<WebError> + Send + 'static,
    {
        let done = self.keep(change).await;
        if done.is_ok() {
            self.tell(News::Changed);
        }
        done
    }

    /// Changes what is no part of the record; open pages are told nothing.
    ///
    /// # Errors
    /// What the change gives.
    pub(crate) async fn keep<T, E>(
        &self,
        change: impl FnOnce(&mut Ledger) -> Result<T, E> + Send + 'static,
    ) -> Result<T, WebError>
    where
        T: Send + 'static,
        E: Into<WebError> + Send + 'static,
    {
        let app = self.clone();
        let actor = self.actor();
        let changed = move || {
            app.at_once(|ledger| {
                ledger.act_as(actor);
                change(ledger)
            })
        };
        finished(tokio::task::spawn_blocking(changed).await)?.map_err(Into::into)
    }

    /// In whose name the request at hand changes something.
    pub(crate) fn actor(&self) -> String {
        actor().unwrap_or_else(|| self.0.settings.reviewer.clone())
    }

    /// Changes the ledger where nobody else waits.
    pub(crate) fn at_once<T, E>(&self, change: impl FnOnce(&mut Ledger) -> Result<T, E>) -> Result<T, E> {
        change(&mut self.0.writer.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn connection(&self) -> Result<Ledger, LedgerError> {
        let idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| Ledger::open_existing(&self.0.settings.ledger), Ok)
    }

    fn give_back(&self, ledger: Ledger) {
        let mut idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_CONNECTIONS {
            idle.push(ledger);
        }
    }

    /// A number that changes with the ledger, whoever changes it.
    pub(crate) fn version(&self) -> Result<i64, LedgerError> {
        // It asks for two words of the file and waits for nobody, so it needs no thread of its own.
        self.0.lookout.lock().unwrap_or_else(PoisonError::into_inner).version()
    }

    /// What the record adds up to: as it is now, or as it was a moment ago where making that anew takes long.
    ///
    /// # Errors
    /// Where the ledger fails.
    pub async fn view(&self) -> Result<Current, WebError> {
        let talks = self.talks();
        let version = self.version()?;
        let mut views = self.0.views.subscribe();
        let current = |view: &Arc<View>, fresh| Current { view: Arc::clone(view), talks: Arc::clone(&talks), fresh };
        // One that could not be made is tried again, and meanwhile is none.
        let held = views.borrow_and_update().clone().filter(|view| view.fault.is_none());
        if let Some(view) = held.as_ref().filter(|v| v.version == version) {
            return Ok(current(view, true));
        }
        self.make_view(held.as_deref());
        let newer = views.wait_for(|view| view.as_ref().is_some_and(|v| v.version >= version));
        match &held {
            Some(view) => match tokio::time::timeout(PATIENCE, newer).await {
                Ok(Ok(newer)) => Ok(current(newer.as_ref().unwrap_or(view), true)),
                _ => Ok(current(view, false)),
            },
            None => match newer.await {
                Ok(newer) if newer.as_ref().is_some_and(|v| v.fault.is_none()) => {
                    newer.as_ref().map(|view| current(view, true)).ok_or_else(|| WebError::Fault("no view".to_owned()))
                }
                _ => Err(WebError::Fault("The ledger cannot be read; standard error says why.".to_owned())),
            },
        }
    }

    /// Tells open pages what other programs change, until the workspace ends.
    pub(crate) async fn look_out(self) {
        let mut known = self.version().ok();
        let mut news = self.news();
        loop {
            match tokio::time::timeout(LOOK_OUT, news.recv()).await {
                Ok(Ok(News::Ending) | Err(broadcast::error::RecvError::Closed)) => return,
                Ok(_) => {}
                Err(_) => {
                    let version = self.version().ok();
                    if version != known {
                        known = version;
                        self.tell(News::Changed);
                    }
                }
            }
        }
    }

    /// Makes the view anew in the background, if nobody is at it.
    fn make_view(&self, held: Option<&View>) {
        let mut making = self.0.making.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut *making, true) {
            return;
        }
        let pause = held.map_or(Duration::ZERO, |view| {
            let pause = if view.took > PATIENCE { (view.took * PAUSE).min(LONGEST_PAUSE) } else { Duration::ZERO };
            pause.saturating_sub(view.made.elapsed())
        });
        let app = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(pause).await;
            let reading = app.clone();
            let made = tokio::task::spawn_blocking(move || {
                let began = Instant::now();
                let version = reading.version()?;
                let ledger = reading.connection()?;
                let view = View::of(&ledger, version, began);
                reading.give_back(ledger);
                view
            });
            let view = match made.await {
                Ok(Ok(view)) => Ok(view),
                Ok(Err(e)) => Err(e.to_string()),
                Err(e) => Err(e.to_string()),
            };
            *app.0.making.lock().unwrap_or_else(PoisonError::into_inner) = false;
            match view {
                Ok(view) => {
                    app.0.views.send_replace(Some(Arc::new(view)));
                    app.tell(News::Changed);
                }
                Err(fault) => {
                    eprintln!("pourparler: {fault}");
                    // Those who wait for a first view are told; who has an older one keeps it.
                    app.0.views.send_if_modified(|view| match view {
                        None => {
                            *view = Some(Arc::new(View::failed(fault)));
                            true
                        }
                        Some(_) => false,
                    });
                }
            }
        });
    }

    /// Answers that hold as long as the record does.
    pub(crate) fn kept(&self) -> &Kept {
        &self.0.kept
    }

    /// What marks the answers of this state of things.
    pub(crate) fn mark(&self) -> Option<String> {
        // Of this connection alone, which never changes anything: it sees every change, also of what is remembered of feeds and readers.
        let touched = self.0.lookout.lock().unwrap_or_else(PoisonError::into_inner).touched().ok()?;
        // Pages may say how long ago something was, in days.
        let day = jiff::Timestamp::now().as_second() / 86_400;
        Some(format!("{:x}.{touched:x}.{:x}.{day}", self.0.started, self.talks().generation))
    }
}

fn finished<T>(joined: Result<T, tokio::task::JoinError>) -> Result<T, WebError> {
    joined.map_err(|_| {
        WebError::Fault("The program made a mistake with the ledger; standard error says what.".to_owned())
    })
}
