//! The blocks of a page: its visible text as lines, each with what the markup around it says of its purpose.
//!
//! A block ends where a browser would begin a new line. Words keep the white space that the page has between them.

use std::ops::Range;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::node::Element;
use scraper::{Html, Node};

use crate::fragment;
use crate::purpose::{self, Purpose};

/// A block of so many words is a paragraph of prose.
pub(crate) const PARAGRAPH: usize = 12;

/// Elements that begin and end a line.
pub(crate) const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];

/// Elements whose content no reader sees.
const UNSEEN: &[&str] = &[
    "audio", "button", "canvas", "head", "iframe", "math", "noscript", "object", "option", "script", "select", "style",
    "svg", "template", "textarea", "video",
];

/// Elements that hold what stands beside a story.
const ASIDE: &[&str] = &["aside", "figcaption", "figure", "footer", "nav"];

/// A line of a page.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// Its words with single spaces.
    pub(crate) text: String,
    /// The innermost element that makes it a line.
    pub(crate) element: NodeId,
    /// The element around that one.
    pub(crate) parent: Option<NodeId>,
    /// How many words it has.
    pub(crate) words: usize,
    /// How many of its bytes are the text of links.
    linked: usize,
    /// Whether it is a heading.
    pub(crate) is_heading: bool,
    /// Whether it stands in a caption, an aside, or the like.
    pub(crate) aside: bool,
}

impl Block {
    /// Whether most of it is links.
    pub(crate) fn is_links(&self) -> bool {
        self.linked_percent() > 50
    }

    /// How much of it is the text of links, in percent of its bytes.
    pub(crate) fn linked_percent(&self) -> usize {
        (100 * self.linked).div_ceil(self.text.len().max(1))
    }

    /// Whether it is a paragraph that can be a story's.
    pub(crate) fn is_prose(&self) -> bool {
        self.words >= PARAGRAPH && !self.is_links() && !self.aside
    }
}

/// What the walk through a page finds.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    /// The lines, in order.
    pub(crate) lines: Vec<Block>,
    /// Lines in elements whose names say that they stand beside a story.
    pub(crate) beside: Vec<Range<usize>>,
    /// Lines in elements whose names say that they hold a story, and how plainly: 0 says most.
    pub(crate) places: Vec<(u8, Range<usize>)>,
}

/// One step of the walk, which keeps its own stack: pages may be deeper than a thread's stack is.
enum Step<'a> {
    Enter(NodeRef<'a, Node>),
    Leave { block: bool, link: bool, aside: bool, purpose: Purpose, start: usize },
}

/// Collects the lines on the walk.
#[derive(Default)]
struct Walk {
    found: Blocks,
    raw: String,
    /// Bytes of the raw line that are in links.
    linked: usize,
    /// Block elements that are open, each with its parent.
    open: Vec<(NodeId, Option<NodeId>, bool)>,
    links: usize,
    asides: usize,
}

/// The blocks of a page's body, in order.
pub(crate) fn of(page: &Html) -> Blocks {
    let mut walk = Walk::default();
    let mut steps = Vec::new();
    steps.extend(body(page).map(Step::Enter));
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(node) => walk.enter(node, &mut steps),
            Step::Leave { block, link, aside, purpose, start } => {
                if block {
                    walk.end_line();
                    walk.open.pop();
                }
                walk.links -= usize::from(link);
                walk.asides -= usize::from(aside);
                let lines = start..walk.found.lines.len();
                match purpose {
                    _ if lines.is_empty() => {}
                    Purpose::Beside => walk.found.beside.push(lines),
                    Purpose::Story(rank) if walk.asides == 0 => walk.found.places.push((rank, lines)),
                    _ => {}
                }
            }
        }
    }
    walk.end_line();
    walk.found
}

/// The body of a page.
fn body(page: &Html) -> Option<NodeRef<'_, Node>> {
    let child = |of: NodeRef<'_, Node>, name: &str| {
        of.children().find(|node| element(node).is_some_and(|e| e.name() == name)).map(|n| n.id())
    };
    let html = page.tree.get(child(page.tree.root(), "html")?)?;
    page.tree.get(child(html, "body")?)
}

fn element<'a>(node: &NodeRef<'a, Node>) -> Option<&'a Element> {
    node.value().as_element()
}

impl Walk {
    fn enter<'a>(&mut self, node: NodeRef<'a, Node>, steps: &mut Vec<Step<'a>>) {
        if let Node::Text(text) = node.value() {
            self.linked += usize::from(self.links > 0) * text.len();
            self.raw.push_str(text);
            return;
        }
        let Some(element) = element(&node) else { return };
        let name = element.name();
        if UNSEEN.contains(&name) || element.attr("hidden").is_some() {
            return;
        }
        if matches!(name, "td" | "th") {
            self.raw.push(' ');
        }
        let block = BLOCKS.contains(&name);
        if block {
            self.end_line();
        }
        if !node.has_children() {
            return;
        }
        let (link, aside) = (name == "a", ASIDE.contains(&name));
        if block {
            let heading = matches!(name.as_bytes(), [b'h', b'1'..=b'6']);
            self.open.push((node.id(), node.parent().map(|parent| parent.id()), heading));
        }
        self.links += usize::from(link);
        self.asides += usize::from(aside);
        let purpose = if block { purpose::of(element) } else { Purpose::Unknown };
        steps.push(Step::Leave { block, link, aside, purpose, start: self.found.lines.len() });
        steps.extend(node.children().rev().map(Step::Enter));
    }

    fn end_line(&mut self) {
        let words = words(&self.raw);
        if let (1.., Some(&(element, parent, is_heading))) = (words, self.open.last()) {
            self.found.lines.push(Block {
                text: fragment::tidy(&self.raw),
                element,
                parent,
                words,
                linked: self.linked,
                is_heading,
                aside: self.asides > 0,
            });
        }
        self.raw.clear();
        self.linked = 0;
    }
}

/// How many words a text has. Chinese and Japanese have no spaces between them; two signs are taken for one there.
pub(crate) fn words(text: &str) -> usize {
    let signs = text.chars().filter(|c| ('\u{3041}'..'\u{a000}').contains(c)).count();
    text.split_whitespace().count() + signs / 2
}

/// How deep the nodes of a tree lie on average.
pub(crate) fn mean_depth(page: &Html) -> usize {
    let (mut depth, mut nodes, mut sum) = (0usize, 0usize, 0usize);
    for edge in page.tree.root().traverse() {
        match edge {
            Edge::Open(_) => {
                nodes += 1;
                sum += depth;
                depth += 1;
            }
            Edge::Close(_) => depth -= 1,
        }
    }
    sum / nodes.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_a_browser_shows_them() {
        for (page, want) in [
            ("<p>ahead of <a href=x><b>Oren</b></a> on\n Monday.</p>", "ahead of Oren on Monday."),
            ("<div>a<p>b</p>c<br>d</div>", "a\nb\nc\nd"),
            ("<table><tr><td>1<td>Oria<td>2</tr><tr><td>x</table>", "1 Oria 2\nx"),
            ("<script>x</script><p hidden>no</p><svg><text>no</text></svg><p>&lt;yes&gt;&nbsp;&amp;c</p>", "<yes> &c"),
            ("<ul><li><p>a</p></li><li>b</li></ul>", "a\nb"),
            ("", ""),
        ] {
            let lines: Vec<_> = of(&Html::parse_document(page)).lines.into_iter().map(|b| b.text).collect();
            assert_eq!(lines.join("\n"), want, "{page}");
        }
    }

    #[test]
    fn links_and_asides_are_known() {
        let doc =
            Html::parse_document("<p><a>Home</a> ></p><figure>x<figcaption>y</figcaption></figure><p>z <a>w</a> z</p>");
        let kinds: Vec<_> = of(&doc).lines.iter().map(|b| (b.is_links(), b.aside)).collect();
        assert_eq!(kinds, [(true, false), (false, true), (false, true), (false, false)]);
    }

    #[test]
    fn depth_is_a_mean_of_all_nodes() {
        assert!((100..105).contains(&mean_depth(&Html::parse_document(&"<div>".repeat(200)))));
        assert_eq!(mean_depth(&Html::parse_document(&"<p>x".repeat(100))), 3);
    }
}
