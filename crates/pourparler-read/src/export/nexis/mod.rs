//! Exports of Nexis (LexisNexis), old and new.
//!
//! The old products write one layout, as text and as HTML: a line `3 of 50 DOCUMENTS`, then outlet, day and headline, then
//! labelled particulars in capitals, the story, and more particulars ([`txt`], [`html`]). Nexis Uni and Lexis Advance write
//! another, mostly as Word documents: headline, outlet and day, particulars, `Body`, the story, and `End of Document`
//! ([`uni`]). Both exist in several languages.

mod html;
mod label;
mod txt;
mod uni;

use super::markup::goes_on;
use super::{Parts, byline, day, is_copyright, outlet, title, tongue};
use crate::Draft;
use crate::problem::{ProblemKind, Report};
use label::Label;

/// Whether a text is such an export, as plain text or as HTML.
pub(crate) fn looks_like(text: &str) -> bool {
    if crate::html::looks_like(text) { html::looks_like(text) } else { txt::looks_like(text) || uni::looks_like(text) }
}

/// The articles of a text for which [`looks_like`] holds.
pub(crate) fn read(text: &str, report: &mut Report<'_>) -> Vec<Draft> {
    if crate::html::looks_like(text) {
        html::read(text, report)
    } else if txt::looks_like(text) {
        txt::read(text, report)
    } else {
        uni::read(text.lines(), report)
    }
}

/// The articles of a Word document's paragraphs; `None` where they are no such export.
pub(crate) fn read_paragraphs(paragraphs: &[String], report: &mut Report<'_>) -> Option<Vec<Draft>> {
    // In the old layout, paragraphs are divided by blank lines; only where a text was put into a document as it is are
    // they there already, and each paragraph is a line of fixed width.
    let wrapped = paragraphs.iter().all(|p| p.len() <= 100);
    let text = paragraphs.join(if wrapped { "\n" } else { "\n\n" });
    if txt::looks_like(&text) {
        Some(txt::read(&text, report))
    } else if uni::looks_like(&text) {
        Some(uni::read(paragraphs.iter().map(String::as_str), report))
    } else {
        None
    }
}

/// The number of an article and how many the export says there are, of a line that stands alone: `3 of 50 DOCUMENTS`,
/// `Dokument 3 von 50`, `Document 3 de 50`.
fn marker(line: &str) -> Option<(usize, usize)> {
    let line = line.trim();
    if line.len() > 60 {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |word: &str| {
        let digits: String = word.chars().filter(|c| !matches!(c, '.' | ',')).collect();
        digits.parse::<usize>().ok()
    };
    let named = |word: &str| {
        let word = word.to_lowercase();
        ["docum", "dokum", "докум"].iter().any(|start| word.starts_with(start))
    };
    let between = ["of", "von", "de", "di", "van", "sur", "из", "af", "av", "z"];
    let (at, of) = match words[..] {
        [at, join, of, name] if between.contains(&join.to_lowercase().as_str()) && named(name) => (at, of),
        [name, at, join, of] if between.contains(&join.to_lowercase().as_str()) && named(name) => (at, of),
        _ => return None,
    };
    Some((number(at)?, number(of)?)).filter(|&(_, of)| of > 0)
}

/// Says where the number of articles is not what the export says of itself.
fn compare(found: usize, announced: Option<usize>, report: &mut Report<'_>) {
    let Some(announced) = announced.filter(|&n| n != found) else { return };
    let reason = format!(
        "the export says that it holds {announced} articles and {found} were found; if it is one of several parts, give \
         the others too"
    );
    report.add(ProblemKind::Count, None, reason);
}

/// The number that most of the markers announce.
fn announced(markers: &[(usize, usize)]) -> Option<usize> {
    let mut all: Vec<usize> = markers.iter().map(|(_, of)| *of).collect();
    all.sort_unstable();
    let most = all.chunk_by(|a, b| a == b).max_by_key(|same| same.len());
    most.and_then(|same| same.first().copied())
}

/// So many paragraphs without a label may stand between the particulars behind a story.
const AFTER_TAIL: usize = 6;

/// A piece of an article in the old layout: what stands between two blank lines, or in one box of the page.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Block {
    label: Option<Label>,
    /// Its text without the label, a string a paragraph.
    paragraphs: Vec<String>,
    /// It stands in the middle of the line, as outlet, day and copyright do.
    centred: bool,
    /// The layout itself marks the label as one.
    sure: bool,
}

impl Block {
    fn line(&self) -> String {
        self.paragraphs.join(" ")
    }

    fn is_copyright(&self) -> bool {
        self.label.is_none() && self.paragraphs.first().is_some_and(|first| is_copyright(first))
    }
}

/// An article in the old layout from its blocks, without the marker.
fn assemble(blocks: &[Block]) -> Parts {
    let mut parts = Parts::default();
    let (above, rest) = blocks.split_at(end_of_head(blocks));
    for block in above {
        if let Some(label) = block.label {
            keep(label, block, &mut parts);
        }
    }
    let head: Vec<Block> = above.iter().filter(|b| b.label.is_none()).cloned().collect();
    let after_day = read_head(&head, &mut parts);
    let mut candidates: Vec<&Block> = head[after_day..].iter().filter(|b| !b.centred && !b.is_copyright()).collect();
    if candidates.is_empty() {
        candidates.extend(head[after_day..].iter().filter(|b| !b.is_copyright() && !is_edition(&b.line())));
    } else if candidates.len() > 1 && is_edition(&candidates[0].line()) {
        candidates.remove(0);
    }
    read_rest(rest, &mut parts);
    let mut candidates = candidates.into_iter();
    if parts.title.is_none() {
        parts.title = candidates.next().and_then(|b| title(&b.line()));
    }
    // Further lines between headline and particulars belong to the story: a second headline, a lead.
    let before: Vec<String> = candidates.flat_map(|b| b.paragraphs.iter().cloned()).collect();
    parts.body.splice(0..0, before);
    trim(&mut parts.body);
    parts
}

/// Takes from a story what the database puts around it: headings of its parts, and at its end the copyright and a bare
/// address. Paragraphs that were broken in the middle of a sentence are made whole.
fn trim(body: &mut Vec<String>) {
    body.retain(|line| !matches!(line.as_str(), "ABSTRACT" | "FULL TEXT" | "FULL TEXT:" | "ABSTRACT:"));
    while body.last().is_some_and(|last| is_copyright(last) || is_address(last)) {
        body.pop();
    }
    let mut whole: Vec<String> = Vec::with_capacity(body.len());
    for line in body.drain(..) {
        match whole.last_mut() {
            Some(last) if goes_on(last, &line) => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => whole.push(line),
        }
    }
    *body = whole;
}

/// Whether a line is an address on the web and nothing else.
fn is_address(line: &str) -> bool {
    !line.contains(' ') && ["http://", "https://", "www."].iter().any(|start| line.starts_with(start))
}

/// How many blocks stand above the labels. A programme's name is labelled and may stand above the day.
fn end_of_head(blocks: &[Block]) -> usize {
    let story = blocks.iter().position(|b| matches!(b.label, Some(Label::Body | Label::Length)));
    let day = blocks[..story.unwrap_or(0)].iter().position(tells_day).unwrap_or(0);
    blocks.iter().skip(day).position(|b| b.label.is_some()).map_or(blocks.len(), |at| day + at)
}

/// Whether a block is a line with a day.
fn tells_day(block: &Block) -> bool {
    let line = block.line();
    block.label.is_none()
        && !block.is_copyright()
        && line.split_whitespace().count() <= 20
        && day::find(&line).is_some()
}

/// Reads outlet and day, which stand above the labels, and gives back how many blocks they take.
fn read_head(head: &[Block], parts: &mut Parts) -> usize {
    let found = head.iter().position(tells_day);
    parts.published = found.and_then(|at| day::find(&head[at].line()));
    let named = found.unwrap_or_else(|| head.iter().take_while(|b| b.centred).count().max(1)).min(head.len());
    // An agency's terms may stand above its name.
    let short = |b: &&Block| b.line().split_whitespace().count() <= 12 && !is_edition(&b.line());
    let mut above = head[..named].iter();
    let outlet = match found {
        Some(_) => above.clone().rev().filter(short).find_map(named_by),
        None => above.clone().find_map(named_by),
    };
    parts.outlet = outlet.or_else(|| above.find_map(named_by)).or(parts.outlet.take());
    if let Some(at) = found {
        return at + 1;
    }
    // Without a day, it may still be there in a form that is not understood: with digits, after the outlet.
    let odd = head
        .iter()
        .take(4)
        .map(Block::line)
        .find(|line| line.bytes().any(|b| b.is_ascii_digit()) && !is_copyright(line));
    parts.odd_day = odd;
    named.min(head.len())
}

/// The outlet that a block names; the copyright may stand above it in the same block.
fn named_by(block: &Block) -> Option<String> {
    let lines: Vec<&String> = block.paragraphs.iter().filter(|line| !is_copyright(line)).collect();
    if lines.len() == block.paragraphs.len() {
        let supplied = |line: &&String| ["Supplied by", "Provided by"].iter().any(|start| line.starts_with(start));
        let own: Vec<&str> = lines.into_iter().filter(|line| !supplied(line)).map(String::as_str).collect();
        return outlet(&own.join(" "));
    }
    lines.last().and_then(|line| outlet(line))
}

/// Reads labelled particulars and the story between them.
fn read_rest(blocks: &[Block], parts: &mut Parts) {
    // The story begins after this one, if it is there.
    let last_head = blocks
        .iter()
        .position(|b| b.label == Some(Label::Body))
        .or_else(|| blocks.iter().position(|b| b.label == Some(Label::Length)))
        .unwrap_or(0);
    // Where so much of the story is left that no particulars have begun yet.
    let plain = |b: &Block| b.label.is_none() && !b.centred && !b.is_copyright();
    let goes_on = blocks.iter().enumerate().rev().filter(|(_, b)| plain(b)).nth(AFTER_TAIL).map_or(0, |(at, _)| at);
    let mut in_body = false;
    for (at, block) in blocks.iter().enumerate() {
        match block.label {
            Some(label) if !in_body => {
                keep(label, block, parts);
                if label == Label::Body {
                    in_body = true;
                    parts.body.extend(block.paragraphs.iter().cloned());
                }
            }
            // A second paragraph of some particular.
            None if !in_body && at < last_head => {}
            None if block.is_copyright() && block.centred => {}
            None => {
                in_body = true;
                parts.body.extend(block.paragraphs.iter().cloned());
            }
            Some(label) if ends(label, block, at < goes_on) => {
                for block in &blocks[at..] {
                    if let Some(label @ (Label::Language | Label::Byline)) = block.label {
                        keep(label, block, parts);
                    }
                }
                return;
            }
            Some(_) if block.sure => {}
            Some(_) => parts.body.extend(block.paragraphs.iter().cloned()),
        }
    }
}

/// Whether a label that stands behind the beginning of the story is its end.
fn ends(label: Label, block: &Block, goes_on: bool) -> bool {
    match label {
        Label::Language => true,
        Label::Tail | Label::Unknown if block.sure => true,
        // Prose has `NOTE:` and `CORRECTION:` too; then more of it follows.
        Label::Tail => !goes_on,
        _ => false,
    }
}

/// Keeps what a labelled block says.
fn keep(label: Label, block: &Block, parts: &mut Parts) {
    let line = block.line();
    match label {
        Label::Headline => parts.title = parts.title.take().or_else(|| title(&line)),
        Label::Byline => parts.byline = parts.byline.take().or_else(|| byline(&line)),
        Label::Language => parts.language = parts.language.take().or_else(|| tongue::tag(&line).map(str::to_owned)),
        Label::Outlet => parts.outlet = parts.outlet.take().or_else(|| outlet(&line)),
        Label::Published => parts.published = parts.published.or_else(|| day::find(&line)),
        _ => {}
    }
}

/// Whether a line only names one of the day's editions.
fn is_edition(line: &str) -> bool {
    let lower = line.to_lowercase();
    let named = ["edition", "ausgabe", "édition", "edición", "edizione", "editie", "edição"];
    line.split_whitespace().count() <= 6 && named.iter().any(|name| lower.contains(name))
}

#[cfg(test)]
mod tests;
