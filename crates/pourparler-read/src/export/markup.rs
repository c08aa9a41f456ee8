//! What the readers of exports in HTML need of a piece of markup: its text, one string a paragraph.

use scraper::{ElementRef, Html, Node};

pub(super) use crate::fragment::tidy;
use crate::{blocks, html, tree};

/// A piece of markup as a tree; `None` where it is nested so deep, or left open so often, that only a hostile page is.
pub(super) fn parse(markup: &str) -> Option<Html> {
    (html::depth(markup) <= html::DEEPEST).then(|| tree::of_fragment(markup)).flatten()
}

/// Whether an element begins and ends a line.
pub(super) fn is_block(name: &str) -> bool {
    blocks::BLOCKS.contains(&name) || matches!(name, "td" | "th" | "main" | "header" | "footer" | "aside" | "html")
}

/// The text of an element: a string for each block and each line that a break ends, with single spaces inside.
pub(super) fn paragraphs(element: ElementRef<'_>) -> Vec<String> {
    let mut lines = Lines::default();
    for edge in element.traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => match node.value() {
                Node::Text(text) if !silent(node.parent()) => lines.add(text),
                Node::Element(inner) if inner.name() == "br" => lines.wrap(),
                Node::Element(inner) if is_block(inner.name()) => lines.end(),
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) => {
                if node.value().as_element().is_some_and(|e| e.name() != "br" && is_block(e.name())) {
                    lines.end();
                }
            }
        }
    }
    lines.finish()
}

/// Whether the text of an element is not for readers.
pub(super) fn silent(parent: Option<ego_tree::NodeRef<'_, Node>>) -> bool {
    parent
        .and_then(|p| p.value().as_element())
        .is_some_and(|e| matches!(e.name(), "script" | "style" | "noscript" | "title" | "template"))
}

/// The text of an element on one line.
pub(super) fn line(element: ElementRef<'_>) -> String {
    paragraphs(element).join(" ")
}

/// Text that is gathered into lines.
#[derive(Default)]
pub(super) struct Lines {
    done: Vec<String>,
    open: String,
    /// Only a break stands before what is open.
    wrapped: bool,
}

impl Lines {
    pub(super) fn add(&mut self, text: &str) {
        self.open.push_str(text);
    }

    /// Ends the line, if there is anything on it.
    pub(super) fn end(&mut self) {
        let line = tidy(&self.open);
        self.open.clear();
        let wrapped = std::mem::take(&mut self.wrapped);
        if line.is_empty() {
            return;
        }
        match self.done.last_mut() {
            Some(last) if wrapped && goes_on(last, &line) => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => self.done.push(line),
        }
    }

    /// Ends the line at a break, which may be no more than where the page was wrapped.
    pub(super) fn wrap(&mut self) {
        let more = !self.open.trim().is_empty();
        self.end();
        self.wrapped = more;
    }

    pub(super) fn finish(mut self) -> Vec<String> {
        self.end();
        self.done
    }
}

/// Whether a line is the middle of a sentence that the next one goes on with.
pub(super) fn goes_on(line: &str, next: &str) -> bool {
    line.len() >= 40
        && line.ends_with(|c: char| c.is_alphanumeric() || c == ',')
        && next.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_strings() {
        for (markup, want) in [
            ("<p>A <b>b</b>\n c.</p><p>D&nbsp;&amp;lt; é</p>", vec!["A b c.", "D &lt; é"]),
            ("<div><h2>A</h2>b<br>c<script>x</script></div>", vec!["A", "b", "c"]),
            ("<table><tr><td>HD</td><td>A</td></tr></table>", vec!["HD", "A"]),
            (
                "<p>The talks over the harbour of Sarn will, she said,<br>go on.<br>The talks between the two of them will<br/><br/>end.</p>",
                vec![
                    "The talks over the harbour of Sarn will, she said, go on.",
                    "The talks between the two of them will",
                    "end.",
                ],
            ),
            ("<p> &nbsp; </p>", vec![]),
        ] {
            let tree = parse(markup).expect("it is shallow");
            assert_eq!(paragraphs(tree.root_element()), want, "{markup}");
        }
    }

    #[test]
    fn deep_markup_is_refused() {
        assert!(parse(&"<div>".repeat(100_000)).is_none());
    }
}
