//! Articles for the tests of pages: of an invented dispute, a sentence for each statement.

use jiff::civil::Date;
use pourparler_ledger::Origin;
use pourparler_text::{
    Act, Article, ArticleStatements, CodePoint, Manner, Position, Span, Speaker, SpeakerKind, Stance, Statement, Text,
};

use crate::tests::Space;

/// What somebody says in an article.
#[derive(Debug, Clone)]
pub struct Said {
    pub who: &'static str,
    pub role: Option<&'static str>,
    pub party: Option<&'static str>,
    pub what: &'static str,
    pub act: Act,
    pub on: Option<(&'static str, Stance)>,
    pub via: Vec<String>,
    pub due: Option<Date>,
    pub score: Option<f32>,
}

/// A person's plain assertion for a party.
pub fn said(who: &'static str, party: &'static str, what: &'static str) -> Said {
    let party = Some(party).filter(|party| !party.is_empty());
    Said { who, role: None, party, what, act: Act::Assert, on: None, via: Vec::new(), due: None, score: Some(0.9) }
}

impl Said {
    pub fn act(self, act: Act) -> Self {
        Self { act, ..self }
    }

    pub fn on(self, issue: &'static str, stance: Stance) -> Self {
        Self { on: Some((issue, stance)), ..self }
    }

    pub fn role(self, role: &'static str) -> Self {
        Self { role: Some(role), ..self }
    }
}

/// What nobody in particular is reported to assert, in these words.
pub fn bare(id: &str, content: Vec<Span<CodePoint>>) -> Statement<CodePoint> {
    Statement { confidence: Some(0.5), ..Statement::bare(id, content) }
}

/// An article of a day; its statements are called `s1`, `s2`, …
pub fn article(id: &str, outlet: &str, published: &str, all: &[Said]) -> ArticleStatements {
    let mut text = String::new();
    let mut statements = Vec::new();
    for (at, said) in all.iter().enumerate() {
        let start = text.chars().count();
        let name = said.who.chars().count();
        let before = format!("{} said that ", said.who);
        text.push_str(&format!("{before}{}.\n", said.what));
        let content = start + before.chars().count();
        let span = |from: usize, length: usize| vec![Span::<CodePoint>::new(from, from + length)];
        let due = |day| pourparler_text::DateRange { from: day, to: day, text: None, method: None, anchor: None };
        statements.push(Statement {
            source: span(start, name),
            cue: span(start + name + 1, 4),
            speaker: Speaker {
                name: Some(said.who.to_owned()),
                kind: SpeakerKind::Person,
                role: said.role.map(str::to_owned),
                party: said.party.map(str::to_owned),
            },
            via: said.via.clone(),
            act: said.act,
            positions: said.on.iter().map(|(issue, stance)| Position::new(*issue, *stance)).collect(),
            manner: Manner { due: said.due.map(due), ..Manner::default() },
            confidence: said.score,
            ..bare(&format!("s{}", at + 1), span(content, said.what.chars().count()))
        });
    }
    let mut article = Article::from_text("");
    article.id = id.to_owned();
    article.title = Some(format!("Headline of {id}"));
    article.outlet = Some(outlet.to_owned());
    article.published = Some(published.parse().expect("a day"));
    article.language = Some("en".to_owned());
    article.text = Text::new(text);
    ArticleStatements::new(article, statements)
}

impl Space {
    /// Adds an article.
    pub async fn add(&self, read: ArticleStatements) {
        let add = move |ledger: &mut pourparler_ledger::Ledger| {
            let snapshot = read.article.id.clone().into_bytes();
            let origin = Origin { snapshot: &snapshot, source: "wire", decoding: "text", ..Origin::default() };
            ledger.add(&origin, &read, "model 1")
        };
        self.app.write(add).await.expect("added");
    }
}
