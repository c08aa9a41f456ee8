//! Tags articles given as JSON objects, one a line, on standard input: `{"id", "text"}` in,
//! `{"doc", "attributions"}` out, offsets in code points.

use std::io::{BufRead, Write};

use pourparler_extract::Tagger;
use pourparler_text::Article;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tagger = Tagger::new()?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let article: Article = serde_json::from_str(&line?)?;
        let (attributions, _) = tagger.attributions(article.text.as_str(), |_| true)?;
        let points = |spans: &[_]| spans.iter().map(|&s| article.text.to_code_points(s)).collect::<Vec<_>>();
        let rows: Vec<_> = attributions
            .iter()
            .map(|a| {
                serde_json::json!({
                    "source": points(&a.source), "cue": points(&a.cue), "content": points(&a.content),
                    "confidence": a.confidence,
                })
            })
            .collect();
        writeln!(out, "{}", serde_json::json!({ "doc": article.id, "attributions": rows }))?;
    }
    Ok(())
}
