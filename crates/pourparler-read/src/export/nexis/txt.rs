//! The old layout as plain text, wrapped at a fixed width.

use std::ops::Range;

use super::super::markup::tidy;
use super::label;
use super::{Block, announced, assemble, compare, marker};
use crate::Draft;
use crate::problem::Report;

/// So many lines after a marker show whether it is one.
const NEAR: usize = 200;

/// Whether a text holds articles that begin with markers; prose can have such a line too, but then no labels follow.
pub(super) fn looks_like(text: &str) -> bool {
    let mut lines = text.lines();
    let mut seen = 0;
    while let Some(line) = lines.next() {
        if marker(line).is_none() {
            continue;
        }
        seen += 1;
        if lines.clone().take(NEAR).any(|line| label::of(line).is_some()) {
            return true;
        }
        if seen > 10 {
            return false;
        }
    }
    false
}

/// The articles; what stands before the first is the cover sheet.
pub(super) fn read(text: &str, report: &mut Report<'_>) -> Vec<Draft> {
    let mut markers = Vec::new();
    let mut starts: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(numbers) = marker(line) {
            markers.push(numbers);
            starts.push(at..at + line.len());
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|next| next.start).chain([text.len()]);
    let drafts: Vec<Draft> = starts
        .iter()
        .zip(ends)
        .enumerate()
        .map(|(i, (start, end))| {
            let parts = assemble(&blocks(&text[start.end..end]));
            parts.draft(format!("article {}", i + 1), text[start.start..end].to_owned(), report)
        })
        .collect();
    compare(drafts.len(), announced(&markers), report);
    drafts
}

/// The blocks of an article: what stands between blank lines, and each label anew.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        // Labels may follow one another without a blank line, and then each begins a block.
        let begins = label::of(line).is_some() && open.first().is_some_and(|first| label::of(first).is_some());
        if (line.trim().is_empty() || begins) && !open.is_empty() {
            blocks.push(block(&open));
            open.clear();
        }
        if !line.trim().is_empty() {
            open.push(line);
        }
    }
    blocks
}

fn block(lines: &[&str]) -> Block {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let centred = lines.iter().all(|line| indent(line) >= 4);
    let Some(first) = lines.first() else { return Block::default() };
    let labelled = if centred { None } else { label::of(first) };
    let mut paragraphs: Vec<String> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let words = match labelled {
            Some((_, rest)) if i == 0 => rest,
            _ => line,
        };
        // Without blank lines between, a paragraph begins where a line is indented. Centred lines stay lines.
        let begins = i == 0 || centred || indent(line) >= 2 && indent(lines[i - 1]) < indent(line);
        match paragraphs.last_mut() {
            Some(open) if !begins => {
                open.push(' ');
                open.push_str(words);
            }
            _ => paragraphs.push(words.to_owned()),
        }
    }
    let paragraphs = paragraphs.iter().map(|p| tidy(p)).filter(|p| !p.is_empty()).collect();
    Block { label: labelled.map(|(label, _)| label), paragraphs, centred, sure: false }
}
