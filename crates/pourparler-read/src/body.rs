//! The story of a page: which of the page's blocks are its body.
//!
//! The `trafilatura` crate says where the story is; the words come from the page's own blocks that it chose, since what
//! it hands out loses spaces beside links and pieces of paragraphs. It runs with its strict rules first. Where these
//! leave much of the page's prose out, its slower comparison with other extractors decides, then its lenient rules.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use trafilatura::dom::Document;
use trafilatura::{ExtractResult, ExtractionFocus, Metadata, Options, extract_document};

use crate::blocks::{self, Block};

/// A block of so many words is a paragraph of prose.
const PARAGRAPH: usize = 12;

/// Words in the runs by which blocks are found again in what was extracted.
const RUN: usize = 3;

/// The strict rules are believed where they keep so much of the page's prose, in percent.
const ENOUGH: usize = 60;

/// A short line this near to the story's first or last paragraph may belong to it.
const NEAR: usize = 3;

/// Elements that say nothing to a reader.
const UNSEEN: &[&str] = &["script", "style", "svg", "link", "meta", "noscript", "iframe"];

/// The lines of the story in a page, and the particulars that the extractor found.
pub(crate) struct Body {
    pub(crate) lines: Vec<String>,
    pub(crate) metadata: Metadata,
}

/// Finds the story; the reason where there is none. Where it `is_dated`, no day of publication is guessed.
pub(crate) fn find(doc: &Document, is_dated: bool) -> Result<Body, String> {
    let blocks = blocks::of(doc);
    let prose: usize = blocks.iter().filter(|b| is_prose(b)).map(|b| b.words).sum();
    let mut why = String::new();
    let mut best: Option<(usize, Body)> = None;
    for (focus, fallback) in [
        (ExtractionFocus::FavorPrecision, false),
        (ExtractionFocus::FavorPrecision, true),
        (ExtractionFocus::Balanced, true),
    ] {
        // A tree is used up by the extraction; copying one costs a tenth of parsing.
        let mut tree = doc.clone_document();
        let mut options = options(focus, fallback);
        if !fallback {
            // Much of the time would go into what no reader sees. The other rules can take a story from scripts.
            let root = tree.root();
            tree.strip_elements(root, true, UNSEEN);
        }
        if is_dated {
            // Any day will do; it is not looked at.
            options = options.with_html_date_override(Default::default());
        }
        match extract_document(tree, &options) {
            Ok(result) => {
                let body = chosen(doc, &blocks, result);
                let words = body.lines.iter().map(|line| line.split(' ').count()).sum::<usize>();
                let enough = 100 * words >= ENOUGH * prose;
                if best.as_ref().is_none_or(|(before, _)| words > *before) {
                    best = Some((words, body));
                }
                // The lenient rules are for pages on which the others find nothing.
                if enough || fallback && best.as_ref().is_some_and(|(words, _)| *words > 0) {
                    break;
                }
            }
            Err(error) => why = error.to_string(),
        }
    }
    match best {
        Some((1.., body)) => Ok(body),
        _ if why.is_empty() => Err("it holds no text".to_owned()),
        _ => Err(why),
    }
}

fn options(focus: ExtractionFocus, fallback: bool) -> Options {
    Options::default().with_fallback(fallback).with_focus(focus).with_exclude_comments(true)
}

fn is_prose(block: &Block) -> bool {
    block.words >= PARAGRAPH && !block.is_links() && !block.aside
}

/// The lines of the page that were extracted; the extracted text itself where they are not found again.
fn chosen(doc: &Document, blocks: &[Block], result: ExtractResult) -> Body {
    let extracted = paragraphs(&result.content_html);
    let mut lines = aligned(doc, blocks, &extracted);
    let size = |lines: &[String]| lines.iter().map(|line| squeezed(line).len()).sum::<usize>();
    if 10 * size(&lines) < 8 * size(&extracted) {
        lines = extracted;
    }
    Body { lines, metadata: result.metadata }
}

/// The blocks that the extracted lines are made of.
fn aligned(doc: &Document, blocks: &[Block], extracted: &[String]) -> Vec<String> {
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
    fill(doc, blocks, &mut is_body);
    blocks.iter().zip(is_body).filter(|(_, is)| *is).map(|(block, _)| block.text.clone()).collect()
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
fn fill(doc: &Document, blocks: &[Block], is_body: &mut [bool]) {
    let like = |a: &Block, b: &Block| {
        let class = |block: &Block| doc.get_attribute(block.element, "class");
        a.parent == b.parent && doc.tag_name(a.element) == doc.tag_name(b.element) && class(a) == class(b)
    };
    let mut before: Option<usize> = None;
    for i in 0..blocks.len() {
        if is_body[i] {
            before = Some(i);
            continue;
        }
        let block = &blocks[i];
        if !is_prose(block) || doc.tag_name(block.element) != "p" {
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

/// The text of extracted markup, one line a block; the extractor's own text runs the paragraphs together.
fn paragraphs(markup: &str) -> Vec<String> {
    blocks::of(&Document::parse(markup)).into_iter().map(|block| block.text).collect()
}
