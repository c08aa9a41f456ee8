//! The old layout as HTML: one box a piece, outlet and day in the middle, labels in a run of their own.

use std::ops::Range;

use ego_tree::iter::Edge;
use scraper::{Html, Node};

use super::super::markup::{self, Lines, is_block, silent, tidy};
use super::label::{self, Label};
use super::{Block, announced, assemble, compare, marker};
use crate::Draft;
use crate::problem::{ProblemKind, Report};

/// What stands, hidden, before each article.
const HIDDEN: &str = "<DOC NUMBER";

/// Whether a page holds articles that begin with markers.
pub(super) fn looks_like(page: &str) -> bool {
    let found = markers(page, 3);
    found.iter().any(|(at, _)| {
        let near = &page[*at..page.floor_char_boundary(at + 40_000)];
        let labels = ["LENGTH:", "SECTION:", "LOAD-DATE:", "NGE:", "LONGUEUR:", "LONGITUD:", "LUNGHEZZA:", "LENGTE:"];
        page.contains(HIDDEN) || labels.iter().any(|label| near.contains(label))
    })
}

/// The articles of a page.
pub(super) fn read(page: &str, report: &mut Report<'_>) -> Vec<Draft> {
    let found = markers(page, usize::MAX);
    let starts: Vec<usize> = found
        .iter()
        .enumerate()
        .map(|(i, (at, _))| {
            let before = i.checked_sub(1).map_or(0, |last| found[last].0);
            start(page, before, *at)
        })
        .collect();
    let ends = starts.iter().skip(1).copied().chain([page.len()]);
    let centred = centred_classes(page);
    let slices: Vec<Range<usize>> = starts.iter().copied().zip(ends).map(|(from, to)| from..to).collect();
    let mut drafts = Vec::new();
    for (i, slice) in slices.into_iter().enumerate() {
        let markup = &page[slice];
        let place = format!("article {}", i + 1);
        let Some(tree) = markup::parse(markup) else {
            report.add(
                ProblemKind::TooLarge,
                Some(place),
                "its markup is nested too deep, or left open too often, to be read",
            );
            continue;
        };
        let parts = assemble(&blocks(&tree, &centred));
        drafts.push(parts.draft(place, markup.to_owned(), report));
    }
    let numbers: Vec<_> = found.iter().map(|(_, numbers)| *numbers).collect();
    compare(drafts.len(), declared(page).or_else(|| announced(&numbers)), report);
    drafts
}

/// Places and numbers of the markers, at most so many: runs of text that are a marker.
fn markers(page: &str, most: usize) -> Vec<(usize, (usize, usize))> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(close) = page[at..].find('>') {
        let text = at + close + 1;
        let end = page[text..].find('<').map_or(page.len(), |open| text + open);
        let run = &page[text..end];
        if run.len() < 80
            && let Some(numbers) = marker(&run.replace("&nbsp;", " "))
        {
            found.push((text, numbers));
            if found.len() == most {
                break;
            }
        }
        at = end;
    }
    found
}

/// Where the article of a marker begins: with its anchor or its hidden element, or else with the box around the marker.
fn start(page: &str, after: usize, marker: usize) -> usize {
    let before = &page[after..marker];
    let hidden = before.rfind(HIDDEN).and_then(|at| before[..at].rfind("<!--"));
    let anchor = ["<A NAME=\"DOC_ID_", "<a name=\"DOC_ID_"].iter().find_map(|anchor| before.rfind(anchor));
    let first = match (anchor, hidden) {
        (Some(a), Some(h)) => Some(a.min(h)),
        (a, h) => a.or(h),
    };
    let lower = || ["<DIV", "<div", "<P", "<p"].iter().find_map(|tag| before.rfind(tag));
    after + first.or_else(lower).unwrap_or(before.len())
}

/// The number of articles in the page's head: `DOCUMENTS="262"`.
fn declared(page: &str) -> Option<usize> {
    let head = &page[..page.floor_char_boundary(20_000)];
    let number = head.split_once("DOCUMENTS=\"")?.1.split('"').next()?;
    number.parse().ok()
}

/// Names of the page's classes whose text stands in the middle.
fn centred_classes(page: &str) -> Vec<String> {
    let head = &page[..page.floor_char_boundary(20_000)];
    let rules = head.split('}').filter_map(|rule| rule.rsplit_once('{'));
    rules
        .filter(|(_, rule)| rule.contains("text-align: center") || rule.contains("text-align:center"))
        .filter_map(|(name, _)| Some(name.rsplit_once('.')?.1.trim().to_owned()))
        .collect()
}

/// The pieces of an article: what stands between the beginnings and ends of boxes.
fn blocks(tree: &Html, centred: &[String]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open = Piece::default();
    for edge in tree.root_element().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if !silent(node.parent()) => open.add(text),
                Node::Element(element) if element.name() == "div" => {
                    blocks.extend(open.finish());
                    let centre = element.classes().any(|class| centred.iter().any(|c| c == class))
                        || element.attr("align").is_some_and(|align| align.eq_ignore_ascii_case("center"));
                    open = Piece { centred: centre, ..Piece::default() };
                }
                Node::Element(element) if element.name() == "br" => open.lines.wrap(),
                Node::Element(element) if is_block(element.name()) => open.lines.end(),
                _ => {}
            },
            Edge::Close(node) => match node.value().as_element().map(|e| e.name()) {
                Some("div") => {
                    blocks.extend(open.finish());
                    open = Piece::default();
                }
                Some(name) if name != "br" && is_block(name) => open.lines.end(),
                _ => {}
            },
        }
    }
    blocks.extend(open.finish());
    if blocks.first().is_some_and(|first| marker(&first.line()).is_some()) {
        blocks.remove(0);
    }
    blocks
}

/// A box that is being read.
#[derive(Default)]
struct Piece {
    lines: Lines,
    centred: bool,
    /// The first run of text in it.
    first: Option<String>,
}

impl Piece {
    fn add(&mut self, text: &str) {
        if self.first.is_none() && !text.trim().is_empty() {
            self.first = Some(tidy(text));
        }
        self.lines.add(text);
    }

    fn finish(self) -> Option<Block> {
        let mut paragraphs = self.lines.finish();
        let several = paragraphs.len() > 1 || paragraphs.iter().any(|p| p.split_whitespace().count() > 60);
        let line = paragraphs.first_mut()?;
        // A label is a run of its own, which a name before a colon is not.
        let run = self.first.filter(|first| first.ends_with(':') && line.starts_with(first.as_str()));
        let labelled = match &run {
            // A whole story may begin with such a run too, as with the place it comes from.
            Some(_) => label::of(line).or_else(|| label::unknown(line).filter(|_| !several)),
            None => label::of(line),
        };
        let label = labelled.map(|(label, _)| label);
        if let Some((_, rest)) = labelled {
            *line = rest.trim().to_owned();
        }
        paragraphs.retain(|p| !p.is_empty());
        let sure = run.is_some() && label.is_some_and(|label| label != Label::Body);
        Some(Block { label, paragraphs, centred: self.centred, sure })
    }
}
