//! Page furniture: lines of a text that belong to the page and not to the story, such as *Follow us*, comment forms,
//! credits and the headlines of other stories. No statement may come from them.
//!
//! A line is judged by its form: furniture lines are short, quote nobody and begin or read in one of a few known ways,
//! which the table in `forms` names; many short ones in a row are a menu (`runs`). What only its neighbours give away, a teaser of another story, is [`crate::teaser`]'s.

use pourparler_text::{Byte, Span};

use crate::teaser;

mod forms;
mod runs;

pub(crate) use forms::Role;

/// Words in the longest entry of a list of sources.
const LONGEST_ENTRY: usize = 50;

/// Words in the longest headline.
const LONGEST_HEADLINE: usize = 20;

/// The lines of a text that are not blank, without the white space around them.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Span<Byte>> + '_ {
    let mut start = 0;
    text.split('\n').filter_map(move |line| {
        let at = start + line.len() - line.trim_start().len();
        start += line.len() + 1;
        let trimmed = line.trim();
        (!trimmed.is_empty()).then(|| Span::new(at, at + trimmed.len()))
    })
}

/// The lines of a text that are furniture, in order.
pub(crate) fn find(text: &str) -> Vec<Span<Byte>> {
    judged(text, true)
}

/// The lines of a page's story that are furniture, in order: it was cut out of its page, so menus are no longer with it,
/// and short lines in a row are a list or a table of its own.
pub(crate) fn find_in_story(text: &str) -> Vec<Span<Byte>> {
    judged(text, false)
}

fn judged(text: &str, may_have_menus: bool) -> Vec<Span<Byte>> {
    let spans: Vec<_> = lines(text).collect();
    let lines: Vec<&str> = spans.iter().map(|s| &text[s.start..s.end]).collect();
    let mut roles: Vec<_> = lines.iter().map(|line| forms::role(line)).collect();
    spread(&lines, &mut roles);
    let block = roles.iter().rposition(Option::is_none).map_or(0, |last| last + 1);
    let is_page = roles[block..].iter().any(|r| r.is_some_and(|r| r != Role::Credit));
    if is_page {
        for teaser in teaser::before(&lines, &roles, block) {
            roles[teaser] = Some(Role::Page);
        }
    }
    let runs = if may_have_menus { runs::find(&lines) } else { vec![false; lines.len()] };
    let is_furniture = roles.iter().zip(runs).map(|(role, run)| role.is_some() || run);
    spans.into_iter().zip(is_furniture).filter_map(|(span, is)| is.then_some(span)).collect()
}

/// Takes the lines under headings of lists and of closing sections to their heading.
fn spread(lines: &[&str], roles: &mut [Option<Role>]) {
    // From here on there are only entries, no paragraphs of a story.
    let entries =
        lines.iter().rposition(|line| line.split_whitespace().count() > LONGEST_ENTRY).map_or(0, |last| last + 1);
    let prose =
        |line: &&str| Some(line.split_whitespace().count()).filter(|words| *words > LONGEST_HEADLINE).unwrap_or(0);
    let total: usize = lines.iter().map(prose).sum();
    let mut before = 0;
    let mut in_list = false;
    let mut in_rest = false;
    for i in 0..lines.len() {
        // Under the menus of a page, its story may begin late.
        let closing = 2 * i >= lines.len() && 3 * before >= total;
        before += prose(&lines[i]);
        match roles[i] {
            Some(Role::List) => in_list = true,
            Some(Role::Comments) if closing => in_rest = true,
            Some(Role::Rest) if closing && i >= entries => in_rest = true,
            // Such a heading may as well be one of the story's own.
            Some(Role::Rest | Role::Comments) => roles[i] = None,
            Some(_) => {}
            // At the end of a page, the headlines of a list may quote.
            None if in_rest || in_list && (is_headline(lines[i]) && (closing || !quotes(lines[i]))) => {
                roles[i] = Some(Role::Page)
            }
            None => in_list = false,
        }
    }
}

/// Whether a line can be the headline of another story: short, and no sentence.
fn is_headline(line: &str) -> bool {
    line.len() <= 200
        && line.split_whitespace().count() <= LONGEST_HEADLINE
        && !line.ends_with(['.', ':', ',', '"', '”'])
}

/// Whether somebody is quoted in the line.
pub(crate) fn quotes(line: &str) -> bool {
    line.contains(['"', '“', '”', '„', '«', '»'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|s| &text[s.start..s.end]).collect()
    }

    #[test]
    fn headings_take_what_belongs_to_them() {
        let text = "The talks go on.\nMost read\nTalks enter third day\nOria wins the cup\nThe minister left.\nThey agreed.\nThey met.\nSources\nA. Oren, Talks in Sarn. Oria Daily, March 14";
        let want = [
            "Most read",
            "Talks enter third day",
            "Oria wins the cup",
            "Sources",
            "A. Oren, Talks in Sarn. Oria Daily, March 14",
        ];
        assert_eq!(found(text), want);
        let text = "The talks go on.\nThe minister left.\nRead also:\n\"We will stay\", growers say\nOria says no";
        assert_eq!(found(text), ["Read also:", "\"We will stay\", growers say", "Oria says no"]);
        assert_eq!(found("Sources\nTwo of them spoke.\nThey met.\nThey left."), Vec::<&str>::new());
    }

    proptest! {
        #[test]
        fn spans_are_whole_lines_in_order(text in "(\\PC{0,12}|[ \t\r]|\n|Follow us\n|Sources\n|Share\n|Most read\n|“A b.”\n){0,40}") {
            let mut before = 0;
            for span in find(&text) {
                let line = text.get(span.start..span.end);
                prop_assert!(span.start >= before && line.is_some_and(|l| l.trim() == l && !l.is_empty() && !l.contains('\n')));
                before = span.end;
            }
        }
    }
}
