//! Makes statements of attributions whose spans are given, as gold gives them, to measure the resolution of speakers, dates and
//! chains by itself. Statement files as JSON, one a line, on standard input; the same with everything but the spans made anew out.

use std::io::{BufRead, Write};

use pourparler_dossier::Dossier;
use pourparler_extract::{Attribution, Extractor, Model, Tagger};
use pourparler_text::{ArticleStatements, Byte, CodePoint, Span};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tagger = Tagger::new(Model::Accurate)?;
    let extractor = Extractor::new(&Dossier::general(), Model::Accurate)?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let gold: ArticleStatements = serde_json::from_str(&line?)?;
        let article = gold.article;
        let (_, entities) = tagger.attributions(article.text.as_str(), |_| true)?;
        let bytes = |spans: &[Span<CodePoint>]| -> Vec<Span<Byte>> {
            spans.iter().map(|&s| article.text.to_bytes(s)).collect()
        };
        let mut given: Vec<_> = gold
            .statements
            .iter()
            .map(|s| Attribution {
                source: bytes(&s.source),
                cue: bytes(&s.cue),
                content: bytes(&s.content),
                ..Attribution::default()
            })
            .collect();
        given.sort_by_key(|a| a.cue.first().or(a.source.first()).or(a.content.first()).map(|s| s.start));
        let statements = extractor.resolve(&article, given, &entities)?;
        let statements = statements.into_iter().map(|s| s.to_code_points(&article.text)).collect();
        writeln!(out, "{}", serde_json::to_string(&ArticleStatements::new(article, statements))?)?;
    }
    Ok(())
}
