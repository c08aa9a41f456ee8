//! A text in stretches with the statements that begin in each, and these in parts that a page can hold, however long the text is and
//! however many statements begin at one place.

use std::ops::Range;

use pourparler_text::{Byte, CodePoint, Span, Statement};

/// So many bytes of text stand in one part at most, and …
const TEXT: usize = 60_000;
/// … so many of markup, as estimated.
const MARKUP: usize = 130_000;
/// A line of more bytes is cut, …
const PIECE: usize = 12_000;
/// … at white space where there is some in its last bytes.
const SEEK: usize = 2_000;
/// So many statements are shown beside one stretch; those beyond are shown beside the same stretch once more.
const BESIDE: usize = 50;
/// What a stretch, a statement, a position and a marked span cost in markup.
const COSTS: [usize; 4] = [170, 1_500, 150, 150];

/// A line of a text, or a piece of a long one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it is.
    pub bytes: Span<Byte>,
    /// The same in code points.
    pub points: Span<CodePoint>,
    /// Whether it goes on with the line of the block before.
    pub goes_on: bool,
}

/// A block and some of the statements that begin in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The block.
    pub block: Block,
    /// Places of the statements, in the order of the text.
    pub statements: Vec<usize>,
    /// How many of the block's statements come before these.
    pub earlier: usize,
    /// How many statements begin in the block.
    pub all: usize,
}

/// The lines that are not blank, long ones in pieces.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut out = Vec::new();
    let (mut start, mut points) = (0, 0);
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches(['\n', '\r']);
        let mut rest = if words.trim().is_empty() { "" } else { words };
        let (mut at, mut point, mut goes_on) = (start, points, false);
        while !rest.is_empty() {
            let piece = &rest[..cut(rest)];
            let count = piece.chars().count();
            let (bytes, span) = (Span::new(at, at + piece.len()), Span::new(point, point + count));
            out.push(Block { bytes, points: span, goes_on });
            (at, point, goes_on) = (at + piece.len(), point + count, true);
            rest = &rest[piece.len()..];
        }
        start += line.len();
        points += line.chars().count();
    }
    out
}

/// Where a line is cut.
fn cut(line: &str) -> usize {
    if line.len() <= PIECE {
        return line.len();
    }
    let end = line.floor_char_boundary(PIECE);
    let near = line.floor_char_boundary(end - SEEK);
    let space = line[near..end].char_indices().rev().find(|(_, c)| c.is_whitespace());
    space.map_or(end, |(at, c)| near + at + c.len_utf8())
}

/// Where a statement begins.
fn anchor(statement: &Statement<CodePoint>) -> usize {
    let first = |spans: &[Span<CodePoint>]| spans.first().map(|s| s.start);
    first(&statement.content).or_else(|| first(&statement.source)).or_else(|| first(&statement.cue)).unwrap_or_default()
}

/// A text in parts.
pub fn parts(text: &str, statements: &[Statement<CodePoint>]) -> Vec<Vec<Stretch>> {
    let mut order: Vec<usize> = (0..statements.len()).collect();
    order.sort_by_key(|&at| anchor(&statements[at]));
    let blocks = blocks(text);
    let mut out: Vec<Vec<Stretch>> = vec![Vec::new()];
    let (mut used, mut markup, mut taken) = (0, 0, 0);
    for (n, &block) in blocks.iter().enumerate() {
        // What begins between two lines belongs to the one before, and what begins before all lines to the first.
        let end = blocks.get(n + 1).map_or(usize::MAX, |next| next.points.start);
        let first = taken;
        taken += order[first..].iter().take_while(|&&at| anchor(&statements[at]) < end).count();
        let here = &order[first..taken];
        let chunks = if here.is_empty() { vec![here] } else { here.chunks(BESIDE).collect() };
        for (chunk, some) in chunks.into_iter().enumerate() {
            let words = &text[Range::from(block.bytes)];
            let costs: usize = some.iter().map(|&at| cost(&statements[at])).sum();
            let markup_here = COSTS[0] + escaped(words) + costs;
            let full = used + words.len() > TEXT || markup + markup_here > MARKUP;
            if full && out.last().is_some_and(|part| !part.is_empty()) {
                out.push(Vec::new());
                (used, markup) = (0, 0);
            }
            (used, markup) = (used + words.len(), markup + markup_here);
            let stretch = Stretch { block, statements: some.to_vec(), earlier: chunk * BESIDE, all: here.len() };
            if let Some(part) = out.last_mut() {
                part.push(stretch);
            }
        }
    }
    out
}

fn cost(statement: &Statement<CodePoint>) -> usize {
    let spans = statement.source.len() + statement.cue.len() + statement.content.len();
    COSTS[1] + statement.positions.len().min(8) * COSTS[2] + spans * COSTS[3]
}

/// How many bytes words have as markup.
fn escaped(words: &str) -> usize {
    let more = |c: char| match c {
        '<' | '>' | '&' | '"' => 5,
        c if c.is_control() => 2,
        _ => 0,
    };
    words.len() + words.chars().map(more).sum::<usize>()
}

/// The part in which a statement stands.
pub fn part_of(parts: &[Vec<Stretch>], statement: usize) -> Option<usize> {
    parts.iter().position(|part| part.iter().any(|stretch| stretch.statements.contains(&statement)))
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::fixture::bare;

    /// A statement of these words of a text.
    pub fn statement(id: usize, start: usize, end: usize) -> Statement<CodePoint> {
        bare(&format!("s{id}"), vec![Span::new(start, end)])
    }

    #[test]
    fn lines_are_blocks_and_their_breaks_are_nowhere() {
        let text = "One. 🎉\r\n\r\n  \nשלום\u{2028}x\ry\n";
        let found: Vec<_> = blocks(text).iter().map(|b| (&text[Range::from(b.bytes)], b.points.start)).collect();
        assert_eq!(found, [("One. 🎉", 0), ("שלום\u{2028}x\ry", 13)]);
        assert_eq!(text.chars().nth(13), Some('ש'));
        assert!(blocks("").is_empty() && blocks("\n \r\n").is_empty());
    }

    #[test]
    fn a_line_without_a_space_is_cut_anywhere_and_nothing_is_lost() {
        for unit in ["x", "é", "👩‍👩‍👧", "word ", "\0"] {
            let text = unit.repeat(1_000_000 / unit.len());
            let parts = parts(&text, &[]);
            let spans = parts.iter().flatten().map(|s| s.block);
            let (mut bytes, mut points) = (0, 0);
            for block in spans {
                assert_eq!((block.bytes.start, block.points.start), (bytes, points));
                assert_eq!(block.goes_on, bytes > 0);
                (bytes, points) = (block.bytes.end, block.points.end);
            }
            assert_eq!((bytes, points), (text.len(), text.chars().count()), "{unit}");
            assert!(
                parts.len() >= 16
                    && parts.iter().all(|part| part.iter().map(|s| s.block.bytes.len()).sum::<usize>() <= TEXT)
            );
        }
        let spaced = "word ".repeat(10_000);
        assert!(blocks(&spaced).iter().all(|b| spaced[Range::from(b.bytes)].ends_with(' ')));
    }

    #[test]
    fn every_statement_stands_in_one_part() {
        let text = "Ana said so.\n".repeat(3_000);
        let at_one_place: Vec<_> = (0..2_000).map(|n| statement(n, 0, 3)).collect();
        let spread: Vec<_> = (0..2_000).map(|n| statement(n, n * 13, n * 13 + 8)).collect();
        for statements in [at_one_place, spread] {
            let parts = parts(&text, &statements);
            let mut shown: Vec<usize> = parts.iter().flatten().flat_map(|s| s.statements.clone()).collect();
            shown.sort_unstable();
            assert_eq!(shown, (0..2_000).collect::<Vec<_>>());
            assert!(parts.iter().all(|part| part.iter().map(|s| s.statements.len()).sum::<usize>() <= 100));
            assert_eq!(part_of(&parts, 1_999).map(|n| n > 10), Some(true));
        }
        let one = [statement(0, 2, 3)];
        assert_eq!(
            parts("\n\n\nAna", &one)[0][0].statements,
            [0],
            "what begins before all lines stands with the first"
        );
    }
}
