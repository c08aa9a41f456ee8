//! Pieces of markup as feeds and mail hold them: what are their paragraphs? No line is left out, for none is page furniture.

use ego_tree::iter::Edge;
use scraper::Node;

use crate::{blocks, html, tree};

/// Elements whose content is not for reading.
const SILENT: &[&str] =
    &["script", "style", "noscript", "iframe", "template", "svg", "math", "head", "title", "textarea"];

/// The text of a piece of markup, one line a block. What is nested too deep, or too large, to be anybody's article has none.
pub(crate) fn text(markup: &str) -> String {
    if markup.len() > html::LARGEST || html::depth(markup) > html::DEEPEST {
        return String::new();
    }
    let Some(tree) = tree::of_fragment(markup) else { return String::new() };
    let mut out = String::with_capacity(markup.len());
    let mut silent = 0usize;
    for edge in tree.tree.root().traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        match node.value() {
            // A line break in markup is a space.
            Node::Text(words) if opens && silent == 0 => {
                out.extend(words.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }));
            }
            Node::Element(element) if SILENT.contains(&element.name()) => {
                silent = if opens { silent + 1 } else { silent.saturating_sub(1) };
            }
            Node::Element(element) if blocks::BLOCKS.contains(&element.name()) => out.push('\n'),
            _ => {}
        }
    }
    lines(&out)
}

/// The lines of a text that have words, with single spaces between these.
pub(crate) fn lines(text: &str) -> String {
    let lines = text.lines().map(tidy).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// A line with single spaces between its words.
pub(crate) fn tidy(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_lines() {
        for (markup, want) in [
            ("<p>A <b>b</b>\n c.</p><p>D&nbsp;&amp;lt; &lt;e&gt;</p>", "A b c.\nD &lt; <e>"),
            ("Tarn&rsquo;s &#8220;no&#8221; &mdash; again", "Tarn’s “no” — again"),
            ("a<br>b<br/>c<ul><li>d</ul>", "a\nb\nc\nd"),
            ("<p title='a > b'>Words</p><script>if (a<b) alert()</script><style>p{}</style><!-- no -->", "Words"),
            ("<td>cell</td> no table", "cell no table"),
            ("plain words & more < fewer", "plain words & more < fewer"),
            ("<p", ""),
            ("", ""),
        ] {
            assert_eq!(text(markup), want, "{markup}");
        }
    }

    #[test]
    fn hostile_markup_has_no_text_and_takes_no_time() {
        assert_eq!(text(&"<div>".repeat(100_000)), "");
        assert_eq!(text(&"x".repeat(html::LARGEST + 1)), "");
        text(&"<".repeat(100_000));
        text(&"<p>".repeat(100_000));
    }

    #[test]
    fn lines_of_lines_are_the_same() {
        let once = lines(" a  b \r\n\n\tc\u{a0}d ");
        assert_eq!(once, "a b\nc d");
        assert_eq!(lines(&once), once);
    }
}
