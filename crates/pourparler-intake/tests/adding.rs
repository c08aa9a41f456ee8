//! Inputs into a ledger: from bytes, files and addresses, twice, broken off, and read again.

#[path = "../../pourparler-fetch/tests/server/mod.rs"]
mod server;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use pourparler_dossier::{Dossier, Issue};
use pourparler_extract::Model;
use pourparler_intake::{
    Adding, Became, DossierProblem, Input, IntakeError, Listener, ReadingOptions, Report, Stop, Watch, Web, Workshop,
    dossier, files, learn, named,
};
use pourparler_ledger::Ledger;
use pourparler_read::ReadOptions;
use server::{Server, answer};

/// One for all tests, as a server has one for all jobs.
static WORKSHOP: LazyLock<Arc<Workshop>> = LazyLock::new(|| {
    let reading = ReadingOptions { model: Model::Fast, jobs: 1, ..ReadingOptions::default() };
    let workshop = Workshop::new(&reading, &Dossier::general()).expect("the weights are part of the program");
    Arc::new(workshop.with_web(Web::new(&["127.0.0.1".to_owned()])))
});

/// Keeps what it hears; may want the work to stop when it heard of so many articles.
#[derive(Default)]
struct Ears {
    bytes: AtomicU64,
    articles: AtomicUsize,
    problems: Mutex<Vec<String>>,
    stop: Stop,
    enough: Option<usize>,
}

impl Ears {
    fn problems(&self) -> Vec<String> {
        self.problems.lock().expect("nobody panicked").clone()
    }
}

impl Listener for Ears {
    fn bytes(&self, count: u64) {
        self.bytes.fetch_add(count, Ordering::SeqCst);
    }

    fn articles(&self, read: usize) {
        self.articles.store(read, Ordering::SeqCst);
        if self.enough == Some(read) {
            self.stop.want();
        }
    }

    fn problem(&self, message: &str) {
        self.problems.lock().expect("nobody panicked").push(message.to_owned());
    }
}

fn ledger(folder: &Path) -> Ledger {
    Ledger::open(folder.join("talks.db")).expect("a ledger")
}

fn adding(folder: &Path, ears: &Arc<Ears>) -> Adding {
    Adding::new(ledger(folder), Arc::clone(&WORKSHOP)).heard_by(ears.clone()).ended_by(ears.stop.clone())
}

/// A made-up report of a day of talks, unlike those of other days.
fn text(n: usize) -> String {
    let days = ["the harbour of Ostra", "the salt mines", "fishing in the strait", "the northern railway", "pensions"];
    let places = ["Velm", "Ostra", "Sarn", "Karv", "Luse", "Tarn", "Dolm"];
    let (about, place) = (days[n % days.len()], places[n % places.len()]);
    format!(
        "{place} delegates speak of {about}, report {n}\n\nThe foreign minister of Velmora, Ana Oren, said in {place} that {about} \
         would be settled within {n} weeks.\n\n“We will not sign report {n} before {about} is dealt with,” she told reporters.\n"
    )
}

fn given(name: &str, text: &str) -> Input {
    Input::of_bytes(name.to_owned(), text.as_bytes().to_vec(), ReadOptions::default())
}

/// So many articles as JSON, one a line.
fn lines(articles: usize) -> String {
    let quoted = |text: String| text.replace('"', "\\\"").replace('\n', "\\n");
    (0..articles).map(|n| format!("{{\"id\": \"a{n}\", \"text\": \"{}\"}}\n", quoted(text(n)))).collect()
}

/// Reads an input to its end.
fn read(adding: &mut Adding, input: Input) {
    assert_eq!(adding.input(input).expect("neither ledger nor model fails"), ControlFlow::Continue(()));
}

#[test]
fn what_the_work_is_made_of_can_go_to_another_thread() {
    fn can_go<T: Send>() {}
    fn can_be_shared<T: Send + Sync + 'static>() {}
    can_go::<Adding>();
    can_go::<Watch>();
    can_go::<Input>();
    can_be_shared::<Workshop>();
    can_be_shared::<Report>();
    can_be_shared::<IntakeError>();
    can_be_shared::<Stop>();
}

#[test]
fn a_pasted_text_is_added_once_and_named_each_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let ears = Arc::new(Ears::default());
    let mut adding = adding(folder.path(), &ears);
    read(&mut adding, given("pasted", &text(1)));
    assert_eq!(adding.report.new, 0, "it waits for company");
    adding.store_waiting().expect("stored");
    assert_eq!((adding.report.read, adding.report.new, adding.report.known), (1, 1, 0));
    assert!(adding.report.statements > 0);
    assert_eq!(ears.bytes.load(Ordering::SeqCst), text(1).len() as u64);
    // The same bytes, and then the same text in other bytes.
    read(&mut adding, given("pasted again", &text(1)));
    read(&mut adding, given("from elsewhere", &format!("\u{feff}{}", text(1))));
    // Nearly the same text.
    read(&mut adding, given("a copy", &text(1).replace("told reporters", "told the reporters")));
    adding.store_waiting().expect("stored");
    let Report { read: seen, new, known, copies, failed, last, .. } = &adding.report;
    assert_eq!((*seen, *new, *known, *copies, failed.len()), (4, 2, 2, 1, 0));
    let id = &last[0].0;
    let became: Vec<_> = last.iter().map(|(other, became)| (other == id, *became)).collect();
    assert_eq!(
        became,
        [(true, Became::New), (true, Became::Known), (true, Became::Known), (false, Became::Copy)],
        "{last:?}"
    );
    for (id, _) in last {
        assert!(adding.ledger.article(id).expect("asked").is_some(), "{id}");
    }
    assert_eq!(adding.ledger.verify().expect("looked"), []);
    assert_eq!(ears.problems(), Vec::<String>::new());
}

#[test]
fn what_is_no_article_is_told_and_the_others_go_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let ears = Arc::new(Ears::default());
    let mut adding = adding(folder.path(), &ears);
    std::fs::write(folder.path().join("good.txt"), text(3)).expect("written");
    std::fs::write(folder.path().join("none.bin"), [0, 159, 146, 150, 0, 1, 2]).expect("written");
    let paths: Vec<PathBuf> = ["gone.txt", "none.bin", "good.txt"].map(|name| folder.path().join(name)).into();
    adding.sources(&paths).expect("added");
    read(&mut adding, given("nothing", ""));
    let failed: Vec<_> = adding.report.failed.iter().map(|(source, _)| source.clone()).collect();
    let shown = |path: &PathBuf| path.display().to_string();
    assert_eq!(failed, [shown(&paths[0]), shown(&paths[1]), "nothing".to_owned()]);
    assert_eq!((adding.report.new, ears.articles.load(Ordering::SeqCst)), (1, 1));
    let told = ears.problems();
    assert_eq!(told.len(), 3, "{told:?}");
    for (message, source) in told.iter().zip(&failed) {
        assert!(message.starts_with(&format!("{source}: ")), "{message}");
    }
}

#[test]
fn work_that_is_stopped_keeps_what_it_has_and_goes_on_later() {
    const ALL: usize = 30;
    let folder = tempfile::tempdir().expect("a folder");
    let archive = lines(ALL);
    let ears = Arc::new(Ears { enough: Some(7), ..Ears::default() });
    let mut first = adding(folder.path(), &ears);
    assert_eq!(first.input(given("archive", &archive)).expect("read"), ControlFlow::Break(()));
    first.store_waiting().expect("stored");
    assert_eq!((first.report.read, first.report.new), (7, 7));
    assert_eq!(first.report.failed, []);
    assert_eq!(first.ledger.verify().expect("looked"), []);
    // Of files that come after, none is opened.
    let path = folder.path().join("later.txt");
    std::fs::write(&path, text(ALL + 1)).expect("written");
    first.sources(&[path]).expect("nothing to do");
    assert_eq!(first.report.read, 7);
    drop(first);

    let mut second = adding(folder.path(), &Arc::default());
    read(&mut second, given("archive", &archive));
    second.store_waiting().expect("stored");
    assert_eq!((second.report.new, second.report.known), (ALL - 7, 7), "it was not taken for finished");
    read(&mut second, given("archive", &archive));
    assert_eq!((second.report.new, second.report.known), (ALL - 7, 7 + ALL));
}

#[test]
fn jobs_side_by_side_share_a_workshop() {
    let folders: Vec<_> = (0..2).map(|_| tempfile::tempdir().expect("a folder")).collect();
    std::thread::scope(|scope| {
        for folder in &folders {
            scope.spawn(|| {
                let mut adding = adding(folder.path(), &Arc::default());
                read(&mut adding, given("archive", &lines(5)));
                adding.store_waiting().expect("stored");
                assert_eq!(adding.report.new, 5);
            });
        }
    });
    let found = |n: usize| ledger(folders[n].path()).article("a2").expect("asked").map(|a| a.statements);
    assert!(found(0).is_some() && found(0) == found(1));
}

#[test]
fn an_address_is_added_and_never_taken_for_a_file() {
    let server = Server::start(|asked, stream| match asked.path.as_str() {
        "/talks" => answer(stream, "200 OK", "Content-Type: text/plain; charset=utf-8\n", text(4).as_bytes()),
        _ => answer(stream, "404 Not Found", "", b""),
    });
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("secret.txt");
    std::fs::write(&file, text(5)).expect("written");
    let ears = Arc::new(Ears::default());
    let mut adding = adding(folder.path(), &ears);
    let addresses =
        [server.url("/talks"), server.url("/gone"), file.display().to_string(), format!("file://{}", file.display())];
    for address in &addresses {
        adding.address(address).expect("told where it fails");
    }
    assert_eq!((adding.report.new, adding.report.read), (1, 1), "{:?}", adding.report);
    let failed: Vec<_> = adding.report.failed.iter().map(|(source, _)| source).collect();
    assert_eq!(failed, addresses[1..].iter().collect::<Vec<_>>());
    let heads = adding.ledger.articles().expect("asked");
    let article = adding.ledger.article(&heads[0].id).expect("asked").expect("it is there").article;
    assert_eq!(article.url.as_deref(), Some(addresses[0].as_str()));
}

#[test]
fn a_stored_article_is_found_again_with_another_dossier() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut adding = adding(folder.path(), &Arc::default());
    read(&mut adding, given("pasted", &text(0)));
    adding.store_waiting().expect("stored");
    let (id, ledger) = (adding.report.last[0].0.clone(), &mut adding.ledger);
    let same = WORKSHOP.again(ledger, &id).expect("found").expect("it is there");
    assert!(!same.before.statements.is_empty());
    assert_eq!(same.before.statements, same.after.statements);
    assert!(WORKSHOP.again(ledger, "nobody").expect("asked").is_none());

    let mut talks = Dossier::general();
    let words = vec!["harbour".to_owned()];
    talks.issues.push(Issue { id: "harbour".to_owned(), label: "the harbour".to_owned(), words, ..Issue::default() });
    learn(&mut talks, ledger).expect("asked");
    let other = WORKSHOP.with_dossier(&talks).expect("made");
    let again = other.again(ledger, &id).expect("found").expect("it is there");
    let takes_up = |statements: &[pourparler_text::Statement<_>]| {
        statements.iter().filter(|s| s.positions.iter().any(|p| p.issue == "harbour")).count()
    };
    assert_eq!(takes_up(&again.before.statements), 0);
    assert!(takes_up(&again.after.statements) > 0);
    assert_eq!(again.before.statements.len(), again.after.statements.len());
    ledger.replace(&again.after, other.made_by).expect("replaced");
    assert_eq!(ledger.as_extracted(&id).expect("asked").expect("it is there").statements, again.after.statements);
}

#[test]
fn a_dossier_is_a_file_or_a_topic_and_what_is_wrong_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(dossier(None).expect("built in").issues.len(), Dossier::general().issues.len());
    assert!(dossier(Some(Path::new("trade"))).expect("built in").issues.len() > Dossier::general().issues.len());
    let gone = folder.path().join("gone.toml");
    let fault = dossier(Some(&gone)).expect_err("it is not there");
    assert!(matches!(fault.problem, DossierProblem::Unreadable(_)) && fault.to_string().contains("gone.toml: "));
    let wrong = folder.path().join("wrong.toml");
    std::fs::write(&wrong, "[[issue]]\nname = 3\n").expect("written");
    let fault = dossier(Some(&wrong)).expect_err("it is none");
    assert!(matches!(fault.problem, DossierProblem::Wrong(_)) && fault.to_string().contains("wrong.toml: "), "{fault}");
}

#[test]
fn folders_and_lists_name_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("inner")).expect("made");
    for name in ["b.txt", "a.txt", "inner/c.txt", ".hidden"] {
        std::fs::write(path(name), "words").expect("written");
    }
    let below = ["a.txt", "b.txt", "inner/c.txt"].map(path);
    assert_eq!(files(&[folder.path().to_owned()], &()), below);
    assert_eq!(files(&[path("gone"), path("b.txt")], &()), [path("gone"), path("b.txt")]);
    let list = path("list");
    std::fs::write(&list, format!("# two\n\n{}\n  {}\n", path("b.txt").display(), path("inner").display()))
        .expect("written");
    let all = named(&[path("a.txt")], Some(&list), &()).expect("read");
    assert_eq!(all, ["a.txt", "b.txt", "inner/c.txt"].map(path));
    let error = named(&[], Some(&path("gone")), &()).expect_err("it is not there");
    assert!(error.to_string().contains("gone: the list of inputs: ") && !error.is_passing(), "{error}");
}

#[test]
fn as_many_articles_at_once_as_there_are() {
    // More than a stack has room for, were one begun inside another.
    let many = 1_200;
    let reading = ReadingOptions { model: Model::Fast, jobs: 2, ..ReadingOptions::default() };
    let workshop = Workshop::new(&reading, &Dossier::general()).expect("the weights are part of the program");
    let line = |n| format!("{{\"id\": \"a{n}\", \"text\": \"Ana Oren said that gate {n} was shut.\"}}\n");
    let lines: String = (0..many).map(line).collect();
    let read = workshop.read_all(given("many.jsonl", &lines), &Ears::default());
    let found = workshop.extract(read).expect("the model reads");
    let ids: Vec<&str> = found.iter().map(|e| e.statements.article.id.as_str()).collect();
    assert_eq!(ids, (0..many).map(|n| format!("a{n}")).collect::<Vec<_>>());
    assert!(found.iter().all(|e| e.statements.statements.len() == 1));
}
