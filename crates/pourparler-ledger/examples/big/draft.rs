//! Articles as they are thought out: lines with what is said in them, which other outlets copy.

use jiff::ToSpan as _;
use jiff::civil::Date;
use pourparler_text::{
    Act, Article, ArticleStatements, CodePoint, DateRange, Dating, Firmness, Manner, Position, Quotation, Round,
    RoundState, Shown, Span, Speaker, Stance, Statement,
};

use crate::world::{Chance, World, capital};

/// An article before it has an outlet.
pub struct Draft {
    pub title: String,
    pub published: Option<Date>,
    lines: Vec<Line>,
}

enum Line {
    /// Words in which nobody says anything.
    Told(String),
    Round(String, Box<Round<CodePoint>>),
    Said(Box<Said>),
}

/// A statement, whose spans wait for the place of its words: those of [`Manner`] are counted inside the content.
struct Said {
    source: String,
    cue: &'static str,
    content: String,
    statement: Statement<CodePoint>,
}

/// Words of every day that hold a sentence together.
const SMALL: [&str; 16] = [
    "the", "of", "and", "with", "in", "along", "before", "for", "under", "its", "from", "to", "every", "between", "on",
    "over",
];
const CUES: [&str; 10] =
    ["said", "told reporters", "said", "warned", "added", "insisted", "said", "announced", "stressed", "argued"];

/// How each act begins, so that what is promised may be said to be done, and what is claimed denied.
fn phrase(chance: &mut Chance, act: Act) -> &'static str {
    let phrases: &[&str] = match act {
        Act::Assert => &["has reached", "was opened along", "runs beside", "has released", "delivered", "returned"],
        Act::Assess => &["may yet weaken", "is likely to shape", "could hold", "seems near"],
        Act::Propose => &["offers to open", "proposes to share", "would put forward"],
        Act::Demand => &["must withdraw from", "has to release", "should halt", "must never touch"],
        Act::Accept => &["agrees to", "has signed", "welcomes", "can live with"],
        Act::Reject => &["will never accept", "rules out", "does not accept", "refuses"],
        Act::Commit => &["will deliver", "will begin to lift", "promises to return", "intends to release"],
        Act::Warn => &["will answer", "risks losing", "faces", "shall pay for"],
        Act::Accuse => &["has violated", "broke", "failed to keep", "attacked"],
        Act::Deny => &["never attacked", "did not delay", "has not breached"],
    };
    chance.word(phrases)
}

/// So many words, some of an issue where it is about one.
fn words(chance: &mut Chance, world: &World, issue: Option<usize>, count: usize) -> Vec<String> {
    (0..count)
        .map(|at| match issue {
            _ if at % 2 == 0 => chance.word(&SMALL).to_owned(),
            Some(issue) if chance.percent(55) => {
                let own = &world.issues[issue].words;
                own[chance.skewed(own.len())].clone()
            }
            _ => world.words[chance.skewed(world.words.len())].clone(),
        })
        .collect()
}

impl Draft {
    pub fn new(chance: &mut Chance, world: &mut World, published: Option<Date>, statements: usize) -> Self {
        let title = capital(&words(chance, world, None, 8)[1..].join(" "), "");
        let mut lines = Vec::new();
        // What an article is about, and who is heard in it.
        let about: Vec<usize> = (0..3).map(|_| chance.skewed(world.issues.len())).collect();
        let heard: Vec<usize> = (0..5).map(|_| chance.skewed(world.speakers.len())).collect();
        for _ in 0..statements {
            if chance.percent(40) {
                lines.push(Line::Told(capital(&words(chance, world, None, 9).join(" "), ".")));
            }
            let speaker = if chance.percent(75) { *chance.of(&heard) } else { chance.below(world.speakers.len()) };
            let said = said(chance, world, speaker, &about, published);
            lines.push(Line::Said(Box::new(said)));
        }
        if chance.percent(5) {
            lines.push(round(chance, world, published));
        }
        Self { title, published, lines }
    }

    /// The article as an outlet prints it; of a copy, a line is left out now and then.
    pub fn printed(&self, chance: &mut Chance, number: usize, outlet: &str, copy: bool) -> ArticleStatements {
        let mut page = Page::default();
        page.push(&format!("{} — ", outlet.to_uppercase()));
        let (mut statements, mut rounds) = (Vec::new(), Vec::new());
        for line in &self.lines {
            if copy && chance.percent(6) {
                continue;
            }
            match line {
                Line::Told(words) => drop(page.push(words)),
                Line::Round(words, round) => {
                    rounds.push(Round { sentence: page.push(words), ..(**round).clone() });
                }
                Line::Said(said) => statements.push(said.printed(&mut page, statements.len())),
            }
            page.push(if chance.percent(30) { "\n\n" } else { " " });
        }
        let mut article = Article::from_text(page.text.trim_end());
        article.id = format!("big-{number}");
        article.title = Some(self.title.clone());
        article.outlet = Some(outlet.to_owned());
        article.published = self.published.map(|day| if copy { day.saturating_add(1.day()) } else { day });
        article.url = Some(format!("https://news.example.org/{number}"));
        article.language = Some(if number.is_multiple_of(23) { "fr" } else { "en" }.to_owned());
        ArticleStatements { article, statements, rounds }
    }
}

/// A text that grows, counted in code points.
#[derive(Default)]
struct Page {
    text: String,
    length: usize,
}

impl Page {
    fn push(&mut self, words: &str) -> Span<CodePoint> {
        let start = self.length;
        self.text.push_str(words);
        self.length += words.chars().count();
        Span::new(start, self.length)
    }
}

impl Said {
    fn printed(&self, page: &mut Page, number: usize) -> Statement<CodePoint> {
        let mut out = self.statement.clone();
        out.id = format!("s{}", number + 1);
        let direct = out.quotation == Quotation::Direct;
        if direct {
            out.content = vec![page.push(&format!("“{},”", self.content))];
            page.push(" ");
        }
        if !self.source.is_empty() {
            out.source = vec![page.push(&self.source)];
            page.push(" ");
            out.cue = vec![page.push(self.cue)];
        }
        if !direct {
            page.push(if self.source.is_empty() { "" } else { " that " });
            out.content = vec![page.push(&self.content)];
        }
        page.push(".");
        let start = out.content[0].start + usize::from(direct);
        let moved = |spans: &[Span<CodePoint>]| {
            spans.iter().map(|s| Span::new(s.start + start, s.end + start)).collect::<Vec<_>>()
        };
        out.manner.conditions = moved(&self.statement.manner.conditions);
        out.manner.reasons = moved(&self.statement.manner.reasons);
        out.manner.hedges = moved(&self.statement.manner.hedges);
        out
    }
}

fn said(chance: &mut Chance, world: &mut World, speaker: usize, about: &[usize], published: Option<Date>) -> Said {
    let act = *chance.of(Act::ALL);
    let party = world.speakers[speaker].party;
    let mut positions: Vec<Position> = Vec::new();
    for _ in 0..[0, 1, 1, 1, 2][chance.below(5)] {
        let issue = if chance.percent(70) { *chance.of(about) } else { chance.below(world.issues.len()) };
        let stance = world.stance(chance, party, issue);
        let issue = &world.issues[issue];
        let option = if chance.percent(20) { issue.options.first().cloned() } else { None };
        let by = Some(*chance.of(Shown::ALL));
        positions.push(Position { option, by, ..Position::new(issue.id.clone(), stance) });
    }
    let issue = positions.first().and_then(|p| world.issues.iter().position(|i| i.id == p.issue));

    let subject = match chance.below(4) {
        0 => "we".to_owned(),
        1 => format!("the {} delegation", world.parties[world.party(chance)]),
        _ => world.parties[world.party(chance)].clone(),
    };
    let count = 6 + chance.below(12);
    let mut content = format!("{subject} {} {}", phrase(chance, act), words(chance, world, issue, count).join(" "));
    if chance.percent(10) {
        content.push_str(&format!(" {}", 2 + chance.below(900)));
    }
    let mut manner: Manner<CodePoint> = Manner::default();
    let mut clause = |chance: &mut Chance, begin: &str| {
        content.push(' ');
        let start = content.chars().count();
        content.push_str(&format!("{begin} {}", words(chance, world, issue, 4).join(" ")));
        vec![Span::new(start, content.chars().count())]
    };
    if positions.iter().any(|p| p.stance == Stance::Conditional) {
        manner.conditions = clause(chance, "only if");
    }
    if chance.percent(10) {
        manner.reasons = clause(chance, "because");
    }
    if !positions.is_empty() && chance.percent(60) {
        manner.firmness = Some(*chance.of(Firmness::ALL));
    }
    if matches!(act, Act::Demand | Act::Commit | Act::Warn | Act::Accuse) && chance.percent(50) {
        manner.addressee = Some(world.parties[world.party(chance)].clone());
    }
    let days = |first: Option<Date>, length: i64| {
        first.map(|from| DateRange {
            from,
            to: from.saturating_add(length.days()),
            text: Some("on the day".to_owned()),
            method: Some(*Dating::ALL.first().unwrap_or(&Dating::Named)),
            anchor: None,
        })
    };
    if act == Act::Commit && chance.percent(40) {
        manner.due = days(published.map(|day| day.saturating_add(60.days())), 30);
    }
    let before: i64 = [0, 0, 0, 1, 1, 2, 5][chance.below(7)];
    let length = if chance.percent(5) { 6 } else { 0 };
    let said_on =
        if chance.percent(65) { days(published.map(|day| day.saturating_sub(before.days())), length) } else { None };

    let speaker = &world.speakers[speaker];
    // The full name most often, then the last of it.
    let name = (!speaker.names.is_empty()).then(|| speaker.names[chance.skewed(speaker.names.len())].clone());
    let unattributed = chance.percent(3);
    let source = match (&name, &speaker.role) {
        _ if unattributed => String::new(),
        (Some(name), Some(role)) if chance.percent(30) => format!("{name}, the {role},"),
        (Some(name), _) => name.clone(),
        (None, role) => format!("a {}", role.as_deref().unwrap_or("source")),
    };
    let speaker = if unattributed {
        Speaker::unattributed()
    } else {
        Speaker {
            name,
            kind: speaker.kind,
            role: speaker.role.clone(),
            party: party.map(|party| world.parties[party].clone()),
        }
    };
    let via = match chance.below(20) {
        0 | 1 => vec![world.outlets[chance.below(4)].clone()],
        2 => vec![world.outlets[chance.below(4)].clone(), chance.of(&world.outlets).clone()],
        _ => vec![],
    };
    let quotation = if source.is_empty() { Quotation::Indirect } else { *chance.of(Quotation::ALL) };
    #[expect(clippy::cast_precision_loss, reason = "a number below a hundred")]
    let confidence = Some(0.5 + 0.005 * chance.below(100) as f32);
    let statement = Statement {
        id: String::new(),
        source: vec![],
        cue: vec![],
        content: vec![],
        quotation,
        speaker,
        via,
        said_on,
        act,
        positions,
        manner,
        relayed_by: None,
        confidence,
    };
    Said { source, cue: chance.word(&CUES), content, statement }
}

fn round(chance: &mut Chance, world: &World, published: Option<Date>) -> Line {
    let (first, second) = (chance.below(2), 2 + chance.below(2));
    let parties = vec![world.parties[first].clone(), world.parties[second].clone()];
    // One round every six weeks or so.
    let number = published.and_then(|day| u32::try_from(i32::from(day.day_of_year()) / 40 + 1).ok());
    let place = chance.of(&world.places).clone();
    let words = format!("The delegations of {} met in {place} for talks.", parties.join(" and "));
    let round = Round {
        sentence: Span::new(0, 0),
        number: number.filter(|_| chance.percent(50)),
        state: *chance.of(RoundState::ALL),
        when: published.filter(|_| chance.percent(60)).map(|day| DateRange {
            from: day,
            to: day,
            text: None,
            method: None,
            anchor: None,
        }),
        place: Some(place),
        remote: chance.percent(10),
        parties,
        level: Some(chance.word(&["leaders", "ministers", "negotiators", "experts"]).to_owned()),
        mediator: None,
    };
    Line::Round(words, Box::new(round))
}
