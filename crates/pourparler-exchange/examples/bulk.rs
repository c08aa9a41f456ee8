//! Writes a record made up at random in one of the formats and tells how long it took and how much memory:
//! `cargo run -p pourparler-exchange --release --example bulk -- FORMAT OUT [STATEMENTS]`. A format that can be read is read again.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::civil::date;
use pourparler_brief::IssueLabel;
use pourparler_exchange::dna::{self, DnaExport};
use pourparler_exchange::refi::ProjectExport;
use pourparler_exchange::{ArticleRecord, ExchangeError, Exporter};
use pourparler_text::{
    Act, Article, ArticleStatements, CodePoint, DateRange, Dating, Manner, Position, Quotation, Shown, Span, Speaker,
    SpeakerKind, Stance, Statement,
};

const EACH: usize = 12;
const ISSUES: usize = 30;

/// A format by its name: how it is written, and how it is read again.
type Format = (&'static str, fn(&Path) -> Result<Box<dyn Exporter>, ExchangeError>, Option<Reads>);
type Reads = fn(&Path) -> Result<usize, ExchangeError>;

const FORMATS: [Format; 2] = [
    ("dna", |out| Ok(Box::new(DnaExport::create(out, "secret", &issues())?)), Some(read_dna)),
    ("refi", |out| Ok(Box::new(ProjectExport::create(out, &issues())?)), None),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [format, out, rest @ ..] = &arguments[..] else { return Err("FORMAT OUT [STATEMENTS]".into()) };
    let count = rest.first().map_or(Ok(100_000), |n| n.parse::<usize>())?;
    let known = FORMATS.iter().find(|(name, ..)| name == format).ok_or("this format is not known")?;

    let made = Instant::now();
    let mut dice = Dice(7);
    let articles = count.div_ceil(EACH);
    (0..articles).for_each(|n| drop(std::hint::black_box(article(n, &mut dice))));
    let making = made.elapsed();

    let (began, mut dice) = (Instant::now(), Dice(7));
    let mut export = known.1(Path::new(out))?;
    for n in 0..articles {
        export.article(&article(n, &mut dice))?;
    }
    let report = export.finish()?;
    let took = began.elapsed().saturating_sub(making);
    tell(&format!("{} statements of {} articles written", report.statements, report.articles), took);
    for loss in &report.losses {
        println!("  {loss}");
    }
    let size = std::fs::metadata(out).map_or(0, |file| if file.is_file() { file.len() } else { 0 });
    println!("  {} MB", size / 1_000_000);
    if let Some(read) = known.2 {
        let began = Instant::now();
        let statements = read(Path::new(out))?;
        tell(&format!("{statements} statements read"), began.elapsed());
    }
    Ok(())
}

fn read_dna(file: &Path) -> Result<usize, ExchangeError> {
    Ok(dna::import(file, &mut |_| Ok::<(), ExchangeError>(()))?.report.statements)
}

/// Time, and the most memory so far.
fn tell(what: &str, took: Duration) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or("unknown", str::trim);
    println!("{what} in {:.1} s, peak memory {peak}", took.as_secs_f64());
}

fn issues() -> Vec<IssueLabel> {
    let issue = |n: usize| IssueLabel {
        id: format!("issue-{n}"),
        label: format!("Issue {n}"),
        group: format!("group {}", n % 4),
    };
    (0..ISSUES).map(issue).collect()
}

/// Numbers that are the same at each run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }
}

/// An article of about three thousand characters.
fn article(n: usize, dice: &mut Dice) -> ArticleRecord {
    let (mut text, mut statements, mut reviewers) = (String::new(), Vec::new(), BTreeMap::new());
    let mut length = 0;
    for k in 0..EACH {
        let (who, party) = (dice.throw(3000), dice.throw(60));
        let source = format!("Zoé Speaker{who}");
        let content =
            format!("“the {} clause of the draft, as it stands, is what we can live with, 🎉” ", dice.throw(900));
        let filler = "There was more in the hall than anybody wrote down, and the night went on. ".repeat(2);
        let start = length;
        let sentence = format!("{source} of Party{party} said {content}{filler}\n");
        length += sentence.chars().count();
        text.push_str(&sentence);
        let said = start + source.chars().count() + format!(" of Party{party} ").len();
        let decided = dice.throw(10) == 0;
        let id = format!("s{}", k + 1);
        if decided {
            reviewers.insert(id.clone(), format!("reviewer {}", dice.throw(4)));
        }
        statements.push(statement(id, [start, said], &source, (party, content.chars().count() - 1), decided, dice));
    }
    let article = Article {
        id: format!("article-{n}"),
        title: Some(format!("What they said on day {n}")),
        outlet: Some(format!("Outlet {}", n % 40)),
        published: Some(date(2031, 1 + i8::try_from(n % 12).unwrap_or(0), 1 + i8::try_from(n % 28).unwrap_or(0))),
        url: Some(format!("https://example.org/{n}")),
        language: Some("en".to_owned()),
        ..Article::from_text(text)
    };
    let read = ArticleStatements::new(article, statements);
    ArticleRecord { read, furniture: Vec::new(), extractor: "accurate 6".to_owned(), reviewers }
}

fn statement(
    id: String,
    [start, said]: [usize; 2],
    source: &str,
    (party, length): (usize, usize),
    decided: bool,
    dice: &mut Dice,
) -> Statement<CodePoint> {
    let day = date(2031, 1, 1 + i8::try_from(dice.throw(28)).unwrap_or(0));
    let positions = (0..[0, 1, 1, 1, 2][dice.throw(5)]).map(|_| Position {
        by: Some(Shown::Words),
        ..Position::new(format!("issue-{}", dice.throw(ISSUES)), Stance::ALL[dice.throw(Stance::ALL.len())])
    });
    let positions = positions.collect();
    let content = said + 5;
    Statement {
        id,
        source: vec![Span::new(start, start + source.chars().count())],
        cue: vec![Span::new(said, said + 4)],
        content: vec![Span::new(content, content + length)],
        quotation: Quotation::Direct,
        speaker: Speaker {
            name: Some(source.to_owned()),
            kind: SpeakerKind::Person,
            role: Some("Minister".to_owned()),
            party: Some(format!("Party{party}")),
        },
        via: vec!["the agency".to_owned()],
        said_on: Some(DateRange {
            from: day,
            to: day,
            text: Some("on Monday".to_owned()),
            method: Some(Dating::Relative),
            anchor: Some(day),
        }),
        act: Act::ALL[dice.throw(Act::ALL.len())],
        positions,
        manner: Manner::default(),
        relayed_by: None,
        confidence: (!decided).then_some(0.75),
    }
}
