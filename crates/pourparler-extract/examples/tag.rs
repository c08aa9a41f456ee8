//! Tags articles given as JSON objects, one a line, on standard input: `{"id", "text"}` in,
//! `{"doc", "attributions", "names"}` out, offsets in code points. With an argument, by the weights in that file.

use std::io::{BufRead, Write};

use pourparler_extract::{Model, Tagger};
use pourparler_text::Article;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tagger = match std::env::args_os().nth(1) {
        Some(weights) => Tagger::with_weights(&std::fs::read(weights)?)?,
        None => Tagger::new(Model::Accurate)?,
    };
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let article: Article = serde_json::from_str(&line?)?;
        let (attributions, entities) = tagger.attributions(article.text.as_str(), |_| true)?;
        let points = |spans: &[_]| spans.iter().map(|&s| article.text.to_code_points(s)).collect::<Vec<_>>();
        let rows: Vec<_> = attributions
            .iter()
            .map(|a| {
                serde_json::json!({
                    "source": points(&a.source), "cue": points(&a.cue), "content": points(&a.content),
                    "confidence": tagger.confidence(&a.signals), "signals": a.signals,
                })
            })
            .collect();
        let names: Vec<_> = entities
            .iter()
            .map(|e| serde_json::json!([article.text.to_code_points(e.span), format!("{:?}", e.kind)]))
            .collect();
        writeln!(out, "{}", serde_json::json!({ "doc": article.id, "attributions": rows, "names": names }))?;
    }
    Ok(())
}
