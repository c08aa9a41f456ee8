//! Which lines of a page are its story, as the names of its elements tell.
//!
//! The story is looked for in the place that is named for it most plainly. What is marked there as standing beside it is
//! left out, what holds most of the page's prose excepted, whatever it is called. Whether the answer is beyond doubt
//! is said as well: a place must be named, and the page's largest group of paragraphs must be in the story.

use std::collections::HashMap;
use std::ops::Range;

use crate::blocks::{Block, Blocks, PARAGRAPH};
use crate::purpose::RANKS;

/// A place of a story has so many words of prose.
const LEAST: usize = 40;

/// And so much of the page's prose, in percent: pages hold whole other stories too.
const SHARE: usize = 25;

/// A place within another is the better one if it has so much of that one's prose, in percent.
const NEARLY_ALL: usize = 90;

/// A short line with more links than this, in percent of its bytes, leads away from the story.
const MOST_LINKED: usize = 80;

/// The story must have so much of the largest group of paragraphs, in percent.
const AGREEMENT: usize = 80;

/// The story of a page.
pub(crate) struct Story {
    /// Which of the page's lines are its own.
    pub(crate) lines: Vec<bool>,
    /// Whether no other judgement is needed.
    pub(crate) is_sure: bool,
}

/// Finds the story: the paragraphs of its place, the short lines among them and those that follow.
pub(crate) fn find(blocks: &Blocks) -> Story {
    let lines = &blocks.lines;
    let is_beside = beside(blocks);
    let place = place(blocks, &Prose::of(lines, |i| !is_beside[i]));
    let within = place.clone().unwrap_or(0..lines.len());
    let may = |i: usize| {
        let most = if lines[i].words >= PARAGRAPH { 50 } else { MOST_LINKED };
        !is_beside[i] && !lines[i].aside && lines[i].linked_percent() <= most
    };
    let is_paragraph = |i: &usize| lines[*i].words >= PARAGRAPH && may(*i);
    let mut is_story = vec![false; lines.len()];
    if let Some(first) = within.clone().find(is_paragraph) {
        let last = within.clone().rfind(is_paragraph).unwrap_or(first);
        (first..=last).for_each(|i| is_story[i] = may(i));
        let after = (last + 1..within.end).take_while(|i| may(*i));
        let end = after.last().unwrap_or(last);
        // A heading with nothing below it heads what is not the story's.
        let end = (last..=end).rfind(|i| !lines[*i].is_heading).unwrap_or(last);
        is_story[last..=end].fill(true);
    }
    let is_sure = place.is_some() && has_largest_group(lines, &is_story);
    Story { lines: is_story, is_sure }
}

/// The lines that stand beside the story.
fn beside(blocks: &Blocks) -> Vec<bool> {
    let all = Prose::of(&blocks.lines, |_| true);
    let mut out = vec![false; blocks.lines.len()];
    for range in &blocks.beside {
        if 2 * all.words(range) <= all.words(&(0..out.len())) {
            out[range.clone()].fill(true);
        }
    }
    out
}

/// The place of the story, if one is named.
fn place(blocks: &Blocks, prose: &Prose) -> Option<Range<usize>> {
    let all = prose.words(&(0..blocks.lines.len()));
    (0..RANKS).find_map(|rank| {
        let of_rank = || blocks.places.iter().filter(|(r, _)| *r == rank).map(|(_, range)| range);
        let most = of_rank().map(|range| prose.words(range)).max()?;
        let inner = of_rank().filter(|range| 100 * prose.words(range) >= NEARLY_ALL * most).min_by_key(|r| r.len())?;
        (most >= LEAST && 100 * most >= SHARE * all).then(|| inner.clone())
    })
}

/// Whether the story has the most of the page's largest group of paragraphs, which are those under one element.
fn has_largest_group(lines: &[Block], is_story: &[bool]) -> bool {
    let mut groups: HashMap<_, (usize, usize)> = HashMap::new();
    for (line, is_story) in lines.iter().zip(is_story).filter(|(line, _)| line.is_prose()) {
        let (all, kept) = groups.entry(line.parent).or_default();
        *all += line.words;
        *kept += if *is_story { line.words } else { 0 };
    }
    let largest = groups.values().max();
    largest.is_none_or(|(all, kept)| 100 * kept >= AGREEMENT * all)
}

/// Words of prose in the lines up to each.
struct Prose(Vec<usize>);

impl Prose {
    fn of(lines: &[Block], counts: impl Fn(usize) -> bool) -> Self {
        let mut sums = vec![0];
        let mut sum = 0;
        for (i, line) in lines.iter().enumerate() {
            sum += if line.is_prose() && counts(i) { line.words } else { 0 };
            sums.push(sum);
        }
        Self(sums)
    }

    fn words(&self, range: &Range<usize>) -> usize {
        self.0[range.end] - self.0[range.start]
    }
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;
    use crate::blocks;

    /// A paragraph of prose, told from others by its first word.
    fn p(word: &str) -> String {
        let rest = "said that the talks on the harbour of Sarn would go on until Friday, and that nobody had left";
        format!("<p>{word} {rest}.</p>")
    }

    /// The first words of the story's lines, and whether they are beyond doubt.
    fn found(body: &str) -> (String, bool) {
        let page = Html::parse_document(body);
        let blocks = blocks::of(&page);
        let story = find(&blocks);
        let words = blocks.lines.iter().zip(&story.lines).filter(|(_, is)| **is);
        let words: Vec<_> = words.filter_map(|(line, _)| line.text.split(' ').next()).collect();
        (words.join(" "), story.is_sure)
    }

    #[test]
    fn a_story_is_found_where_names_tell_of_it() {
        let story = p("A") + "<h2>Inside</h2>" + &p("B") + &p("C") + "<ul><li>One</li><li>Two</li></ul>";
        let other = p("X");
        for body in [
            format!("{other}<div class=story-body>{story}</div>{other}"),
            format!("<article class=teaser>{other}</article><article>Top{story}<h3>Last</h3></article>"),
            format!(
                "<main>{other}<div class=article-text>{story}<div class=related><p>Else</p>{other}</div></div></main>"
            ),
            format!("<div id=content><div class=content>{story}<p><a>Go elsewhere</a></div><p>Below</div>"),
            format!("<main>{story}<aside>{other}</aside></main>"),
            // So much of the page is the story, whatever it is called.
            format!("<div class=article-body><div class=no-sidebar>{story}</div></div>"),
        ] {
            assert_eq!(found(&body), ("A Inside B C One Two".to_owned(), true), "{body}");
        }
    }

    #[test]
    fn what_is_in_doubt_is_said() {
        let story = p("A") + &p("B") + &p("C");
        // No place is named.
        assert_eq!(found(&format!("<div>{story}</div>")), ("A B C".to_owned(), false));
        // The larger group of paragraphs is elsewhere.
        assert_eq!(
            found(&format!("<article>{story}</article><div>{story}{}</div>", p("D"))),
            ("A B C".to_owned(), false)
        );
        assert_eq!(found("<article>Short</article>"), (String::new(), false));
        assert_eq!(found(""), (String::new(), false));
    }
}
