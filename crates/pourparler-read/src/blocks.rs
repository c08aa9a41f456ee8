//! The blocks of a page: its visible text as lines, each with what the markup around it says of its purpose.
//!
//! A block ends where a browser would begin a new line. Words keep the white space that the page has between them.

use trafilatura::dom::{Document, NodeId};

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
    /// Whether it stands in a caption, an aside, or the like.
    pub(crate) aside: bool,
}

impl Block {
    /// Whether most of it is links.
    pub(crate) fn is_links(&self) -> bool {
        2 * self.linked > self.text.len()
    }
}

/// One step of the walk, which keeps its own stack: pages may be deeper than a thread's stack is.
enum Step {
    Enter(NodeId),
    Leave { block: bool, link: bool, aside: bool },
}

/// Collects the lines on the walk.
struct Walk<'a> {
    doc: &'a Document,
    blocks: Vec<Block>,
    raw: String,
    /// Bytes of the raw line that are in links.
    linked: usize,
    /// Block elements that are open.
    open: Vec<NodeId>,
    links: usize,
    asides: usize,
}

/// The blocks of a page's body, in order.
pub(crate) fn of(doc: &Document) -> Vec<Block> {
    let Some(body) = doc.body() else { return Vec::new() };
    let mut walk =
        Walk { doc, blocks: Vec::new(), raw: String::new(), linked: 0, open: vec![body], links: 0, asides: 0 };
    let mut steps = vec![Step::Enter(body)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(node) => walk.enter(node, &mut steps),
            Step::Leave { block, link, aside } => {
                if block {
                    walk.end_line();
                    walk.open.pop();
                }
                walk.links -= usize::from(link);
                walk.asides -= usize::from(aside);
            }
        }
    }
    walk.end_line();
    walk.blocks
}

impl Walk<'_> {
    fn enter(&mut self, node: NodeId, steps: &mut Vec<Step>) {
        if self.doc.is_text(node) {
            let text = self.doc.outer_html(node);
            self.linked += usize::from(self.links > 0) * text.len();
            self.raw.push_str(&text);
            return;
        }
        if !self.doc.is_element(node) {
            return;
        }
        let name = self.doc.tag_name(node);
        if UNSEEN.contains(&name) || self.doc.get_attribute(node, "hidden").is_some() {
            return;
        }
        if matches!(name, "td" | "th") {
            self.raw.push(' ');
        }
        let block = BLOCKS.contains(&name);
        if block {
            self.end_line();
        }
        let children = self.doc.child_nodes(node);
        if children.is_empty() {
            return;
        }
        let (link, aside) = (name == "a", ASIDE.contains(&name));
        if block {
            self.open.push(node);
        }
        self.links += usize::from(link);
        self.asides += usize::from(aside);
        steps.push(Step::Leave { block, link, aside });
        steps.extend(children.into_iter().rev().map(Step::Enter));
    }

    fn end_line(&mut self) {
        let words = self.raw.split_whitespace().count();
        if let (1.., Some(&element)) = (words, self.open.last()) {
            self.blocks.push(Block {
                text: self.raw.split_whitespace().collect::<Vec<_>>().join(" "),
                element,
                parent: self.doc.parent(element),
                words,
                linked: self.linked,
                aside: self.asides > 0,
            });
        }
        self.raw.clear();
        self.linked = 0;
    }
}

/// How deep the nodes of a tree lie on average.
pub(crate) fn mean_depth(doc: &Document) -> usize {
    let mut level = vec![doc.root()];
    let (mut depth, mut nodes, mut sum) = (0, 0, 0);
    while !level.is_empty() {
        nodes += level.len();
        sum += depth * level.len();
        level = level.iter().flat_map(|&node| doc.child_nodes(node)).collect();
        depth += 1;
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
            let lines: Vec<_> = of(&Document::parse(page)).into_iter().map(|b| b.text).collect();
            assert_eq!(lines.join("\n"), want, "{page}");
        }
    }

    #[test]
    fn links_and_asides_are_known() {
        let doc =
            Document::parse("<p><a>Home</a> ></p><figure>x<figcaption>y</figcaption></figure><p>z <a>w</a> z</p>");
        let kinds: Vec<_> = of(&doc).iter().map(|b| (b.is_links(), b.aside)).collect();
        assert_eq!(kinds, [(true, false), (false, true), (false, true), (false, false)]);
    }

    #[test]
    fn depth_is_a_mean_of_all_nodes() {
        assert!((100..105).contains(&mean_depth(&Document::parse(&"<div>".repeat(200)))));
        assert_eq!(mean_depth(&Document::parse(&"<p>x".repeat(100))), 3);
    }
}
