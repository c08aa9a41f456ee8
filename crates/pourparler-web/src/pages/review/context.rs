//! A statement in the sentences around it, with source, cue and content marked.

use maud::{Markup, html};
use pourparler_text::{CodePoint, Span, Statement, sentences};

use crate::pages::articles::{Mark, marked, marks};

/// So many code points around the statement are looked at, …
const AROUND: usize = 1_200;
/// … and so many of a statement that is longer than anybody reads at once.
const LONGEST: usize = 3_000;
/// So many sentences before and after it are shown.
const SENTENCES: usize = 2;

/// The words of a statement and what stands around them.
pub fn around(text: &str, statement: &Statement<CodePoint>) -> Markup {
    let all: Vec<Mark> = marks(statement).collect();
    let start = all.iter().map(|m| m.span.start).min().unwrap_or_default();
    let end = all.iter().map(|m| m.span.end).max().unwrap_or_default().min(start + LONGEST);
    let window = Span::<CodePoint>::new(start.saturating_sub(AROUND), end + AROUND);
    // Only the window is cut into sentences, since texts may be long.
    let mut chars = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let from = chars.by_ref().nth(window.start).unwrap_or(text.len());
    let to = chars.nth(window.len().saturating_sub(1)).unwrap_or(text.len());
    let words = &text[from..to];
    let pieces: Vec<(usize, &str)> = counted(words, window.start);
    let first = pieces.iter().position(|(at, s)| at + s.chars().count() > start).unwrap_or_default();
    let last = pieces.iter().rposition(|(at, _)| *at < end).unwrap_or_default();
    let shown = first.saturating_sub(SENTENCES)..(last + SENTENCES + 1).min(pieces.len());
    let mut line = usize::MAX;
    let lines =
        pieces.get(shown).unwrap_or_default().iter().fold(Vec::<Vec<(usize, &str)>>::new(), |mut lines, &(at, s)| {
            // Sentences of one paragraph stay together.
            let before = words[..s.as_ptr() as usize - words.as_ptr() as usize].matches('\n').count();
            if before != line {
                lines.push(Vec::new());
                line = before;
            }
            if let Some(last) = lines.last_mut() {
                last.push((at, s));
            }
            lines
        });
    html! {
        div.around { @for line in &lines { p.text dir="auto" {
            @for (n, (at, sentence)) in line.iter().enumerate() { @if n > 0 { " " } (marked(sentence, *at, &all)) }
        } } }
    }
}

/// The sentences of a part of a text that begins at the code point `start`, with where each begins. A long one without an end is cut.
fn counted(words: &str, start: usize) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let (mut at, mut point) = (0, start);
    for sentence in sentences(words) {
        point += words[at..sentence.start].chars().count();
        let found = &words[sentence.start..sentence.end];
        out.push((point, found));
        point += found.chars().count();
        at = sentence.end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::bare;

    fn statement(start: usize, end: usize) -> Statement<CodePoint> {
        bare("s1", vec![Span::new(start, end)])
    }

    #[test]
    fn the_content_is_marked_where_it_is() {
        let text =
            "🎉 One. Two went. Three came.\n\nOren said the gates open. Four left. Five slept. Six sang. Seven ran.";
        let at = text
            .chars()
            .collect::<Vec<_>>()
            .windows(9)
            .position(|w| w.iter().collect::<String>() == "the gates")
            .expect("there");
        let html = around(text, &statement(at, at + 14)).into_string();
        assert!(html.contains("class=\"c\">the gates open</span>"), "{html}");
        assert!(html.contains("Two went.") && html.contains("Three came.</span></p><p"), "{html}");
        assert!(html.contains("Five slept.") && !html.contains("Six sang.") && !html.contains("One."), "{html}");
    }

    #[test]
    fn a_text_without_a_space_is_cut() {
        let text = "é".repeat(1_000_000);
        for (start, end) in [(0, 1_000_000), (500_000, 500_010), (999_990, 1_000_000)] {
            let html = around(&text, &statement(start, end)).into_string();
            assert!(html.len() < 15_000 && html.contains("class=\"c\""), "{}", html.len());
        }
        assert!(around("", &statement(0, 5)).into_string().len() < 100);
    }
}
