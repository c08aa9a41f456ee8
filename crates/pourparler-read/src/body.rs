//! The story of a page: which of the page's blocks are its body.
//!
//! On most pages the names of elements tell it (`story`). Where these leave a doubt, or much of the page's prose out, the
//! `trafilatura` crate compares what several extractors find, and what is more is taken. It says where the story
//! is; the words come from the page's own blocks that it chose, since what it hands out loses spaces beside links and
//! pieces of paragraphs.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Deref;

use scraper::Html;
use trafilatura::dom::Document;
use trafilatura::{ExtractionFocus, Metadata, Options, extract_document, metadata};

use crate::blocks::{self, Block, Blocks, PARAGRAPH};
use crate::story;

/// Words in the runs by which blocks are found again in what was extracted.
const RUN: usize = 3;

/// What the names of elements tell is believed where it keeps so much of the page's prose, in percent.
const ENOUGH: usize = 70;

/// A short line this near to the story's first or last paragraph may belong to it.
const NEAR: usize = 3;

/// The lines of the story in a page; the reason where there is none.
pub(crate) fn find(page: &Html, blocks: &Blocks, doc: &dyn Deref<Target = Document>) -> Result<Vec<String>, String> {
    let lines = &blocks.lines;
    let prose: usize = lines.iter().filter(|b| b.is_prose()).map(|b| b.words).sum();
    let size = |lines: &[String]| lines.iter().map(|line| blocks::words(line)).sum::<usize>();
    let mut story = story::find(blocks);
    drop_copies(lines, &mut story.lines);
    fill(page, lines, &mut story.lines);
    let mut best = kept(lines, &story.lines);
    if story.is_sure && 100 * size(&best) >= ENOUGH * prose {
        return Ok(best);
    }
    let mut why = "it holds no text".to_owned();
    // The lenient rules are for pages on which the others find nothing.
    for focus in [ExtractionFocus::FavorPrecision, ExtractionFocus::Balanced] {
        // A tree is used up by the extraction; copying one costs a tenth of parsing. Any day will do; it is not looked at.
        let options = Options::default().with_fallback(true).with_focus(focus).with_exclude_comments(true);
        match extract_document(doc.clone_document(), &options.with_html_date_override(Default::default())) {
            Ok(result) => {
                let found = chosen(page, lines, &result.content_html);
                if size(&found) > size(&best) {
                    best = found;
                }
            }
            Err(error) => why = error.to_string(),
        }
        if !best.is_empty() {
            return Ok(best);
        }
    }
    Err(why)
}

/// What the extractor guesses of an article's particulars. Where it `is_dated`, no day of publication is guessed.
pub(crate) fn guess(doc: &Document, is_dated: bool) -> Metadata {
    let mut options = Options::default();
    if is_dated {
        options = options.with_html_date_override(Default::default());
    }
    // What is declared for machines was read before; what readers are shown is what is left to look at.
    let mut tree = doc.clone_document();
    tree.strip_elements(tree.root(), true, &["script", "link", "meta"]);
    metadata::extract_metadata(&tree, &options)
}

fn kept(lines: &[Block], is_kept: &[bool]) -> Vec<String> {
    lines.iter().zip(is_kept).filter(|(_, is)| **is).map(|(block, _)| block.text.clone()).collect()
}

/// The lines of the page that were extracted; the extracted text itself where they are not found again.
fn chosen(page: &Html, blocks: &[Block], markup: &str) -> Vec<String> {
    // The extractor's own text runs the paragraphs together.
    let extracted =
        blocks::of(&Html::parse_document(markup)).lines.into_iter().map(|block| block.text).collect::<Vec<_>>();
    let lines = aligned(page, blocks, &extracted);
    let size = |lines: &[String]| lines.iter().map(|line| squeezed(line).len()).sum::<usize>();
    if 10 * size(&lines) < 8 * size(&extracted) { extracted } else { lines }
}

/// The blocks that the extracted lines are made of.
fn aligned(page: &Html, blocks: &[Block], extracted: &[String]) -> Vec<String> {
    let runs: HashSet<u64> = extracted.iter().flat_map(|line| runs_of(line)).collect();
    let whole: HashSet<String> = extracted.iter().map(|line| squeezed(line)).collect();
    let mut is_body: Vec<bool> = blocks.iter().map(|b| b.words >= PARAGRAPH && is_kept(&b.text, &runs)).collect();
    drop_copies(blocks, &mut is_body);
    let (Some(first), Some(last)) = (is_body.iter().position(|b| *b), is_body.iter().rposition(|b| *b)) else {
        return Vec::new();
    };
    for i in first..=last {
        if !is_body[i] && blocks[i].words < PARAGRAPH {
            let words = squeezed(&blocks[i].text);
            is_body[i] = whole.contains(&words) || !blocks[i].is_links() && are_all_kept(&blocks[i].text, &runs);
        }
    }
    let short = |i: usize| whole.contains(&squeezed(&blocks[i].text));
    for i in (first.saturating_sub(NEAR)..first).chain(last + 1..blocks.len().min(last + 1 + NEAR)) {
        is_body[i] = short(i);
    }
    // Below the last paragraph, lists of short entries run on.
    let mut at = last + 1 + NEAR;
    while at < blocks.len() && is_body[at - 1] && short(at) {
        is_body[at] = true;
        at += 1;
    }
    fill(page, blocks, &mut is_body);
    kept(blocks, &is_body)
}

/// Of paragraphs that stand in the page more than once, keeps the one with the most of the story around it.
fn drop_copies(blocks: &[Block], is_body: &mut [bool]) {
    let around = |i: usize, is: &[bool]| (i.saturating_sub(4)..(i + 5).min(is.len())).filter(|&k| is[k]).count();
    let mut kept: HashMap<&str, usize> = HashMap::new();
    for i in 0..blocks.len() {
        if !is_body[i] {
            continue;
        }
        let Some(&before) = kept.get(blocks[i].text.as_str()) else {
            kept.insert(&blocks[i].text, i);
            continue;
        };
        let drop = if around(i, is_body) > around(before, is_body) { before } else { i };
        is_body[drop] = false;
        kept.insert(&blocks[i].text, if drop == i { before } else { i });
    }
}

/// Takes in paragraphs that were left out from among their like: same element, same class, same parent as the paragraphs
/// of the story on both sides, or as the story's first, above it.
fn fill(page: &Html, blocks: &[Block], is_body: &mut [bool]) {
    let element = |block: &Block| page.tree.get(block.element).and_then(|node| node.value().as_element());
    let name = |block: &Block| element(block).map(|e| e.name());
    let like = |a: &Block, b: &Block| {
        let class = |block: &Block| element(block).and_then(|e| e.attr("class"));
        a.parent == b.parent && name(a) == name(b) && class(a) == class(b)
    };
    let mut before: Option<usize> = None;
    for i in 0..blocks.len() {
        if is_body[i] {
            before = Some(i);
            continue;
        }
        let block = &blocks[i];
        if !block.is_prose() || name(block) != Some("p") {
            continue;
        }
        let after = (i + 1..blocks.len().min(i + 8)).find(|&k| is_body[k] && blocks[k].words >= PARAGRAPH);
        let near = |k: Option<usize>| k.is_some_and(|k| like(block, &blocks[k]));
        if near(after) && (before.is_none() || near(before)) {
            is_body[i] = true;
            before = Some(i);
        }
    }
}

/// Whether half of a block's runs of words were extracted.
fn is_kept(text: &str, runs: &HashSet<u64>) -> bool {
    let (mut all, mut kept) = (0, 0);
    for run in runs_of(text) {
        all += 1;
        kept += usize::from(runs.contains(&run));
    }
    2 * kept >= all && all > 0
}

/// Whether all of a short line's runs of words were extracted.
fn are_all_kept(text: &str, runs: &HashSet<u64>) -> bool {
    let mut own = runs_of(text).peekable();
    own.peek().is_some() && own.all(|run| runs.contains(&run))
}

/// Hashes of all runs of words in a line.
fn runs_of(line: &str) -> impl Iterator<Item = u64> {
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let count = words.len().saturating_sub(RUN - 1);
    (0..count).map(move |i| {
        let mut hasher = DefaultHasher::new();
        words[i..i + RUN].hash(&mut hasher);
        hasher.finish()
    })
}

/// Letters and digits alone.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
