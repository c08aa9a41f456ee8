//! Articles for tests and measurements: made up, and as like each other as they need to be.

use pourparler_ledger::Origin;
use pourparler_text::{
    Act, Article, ArticleStatements, CodePoint, Position, Quotation, Span, Speaker, SpeakerKind, Stance, Statement,
    Text,
};

/// Where every article of the tests comes from.
pub fn origin(snapshot: &[u8]) -> Origin<'_> {
    Origin { snapshot, source: "wire/1.txt", decoding: "text, utf-8", ..Origin::default() }
}

/// The span of the first place where `words` stand in `text`.
pub fn span(text: &str, words: &str) -> Span<CodePoint> {
    let start = text[..text.find(words).expect("the words are there")].chars().count();
    Span::new(start, start + words.chars().count())
}

/// A plain assertion by a person, found by its words.
pub fn said(text: &str, id: &str, source: &str, content: &str) -> Statement<CodePoint> {
    Statement {
        id: id.to_owned(),
        source: vec![span(text, source)],
        cue: Vec::new(),
        content: vec![span(text, content)],
        quotation: Quotation::Indirect,
        speaker: Speaker { name: Some(source.to_owned()), kind: SpeakerKind::Person, role: None, party: None },
        via: Vec::new(),
        said_on: None,
        act: Act::Assert,
        positions: Vec::new(),
        manner: pourparler_text::Manner::default(),
        relayed_by: None,
        confidence: Some(0.9),
    }
}

/// Article number `n`, with twenty statements of five speakers of three parties on two issues.
pub fn article(n: usize) -> ArticleStatements {
    const SPEAKERS: [&str; 5] = ["Ana Oren", "Élise Nóvak", "Oren Tal", "Mira Quist", "Ludo Bram"];
    const PARTIES: [&str; 3] = ["Tarn", "Lumé", "Ostland"];
    let words = |i: usize| (SPEAKERS[(n + i) % 5], format!("the corridor of day {n} needs {i} guards and a toll"));
    let body: Vec<_> = (0..20).map(&words).map(|(who, what)| format!("{who} said that {what}.")).collect();
    let text = body.join("\n");
    let statements = (0..20)
        .map(|i| {
            let (who, what) = words(i);
            let mut s = said(&text, &format!("s{i}"), who, &what);
            s.speaker.party = Some(PARTIES[(n + i) % 3].to_owned());
            s.act = Act::ALL[(n + i) % Act::ALL.len()];
            let issue = ["corridor", "toll"][i % 2].to_owned();
            s.positions.push(Position::new(issue, Stance::ALL[(n + i) % Stance::ALL.len()]));
            s
        })
        .collect();
    let day = jiff::civil::date(2024, 1, 1).saturating_add(jiff::Span::new().days((n % 365) as i64));
    let mut article = Article::from_text("");
    article.id = format!("n{n}");
    article.published = Some(day);
    article.text = Text::new(text);
    ArticleStatements::new(article, statements)
}
