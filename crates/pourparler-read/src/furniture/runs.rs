//! Navigation: runs of short lines that are no sentences, such as menus, lists of topics and of other stories' headlines.
//!
//! One such line may be a heading of the story; many in a row are a menu. Lists of the story's own are told by what leads
//! to them: a colon, bullets or numbers.

use super::quotes;

/// So many lines in a row are a menu.
const LEAST: usize = 5;

/// Words in the longest entry of a menu.
const ENTRY: usize = 6;

/// Words in the longest headline.
const HEADLINE: usize = 20;

/// Words in the shortest paragraph of a story.
const PARAGRAPH: usize = 12;

/// The lines that stand in runs of navigation.
pub(super) fn find(lines: &[&str]) -> Vec<bool> {
    let first = lines.iter().position(|line| is_paragraph(line)).unwrap_or(0);
    let last = lines.iter().rposition(|line| is_paragraph(line)).unwrap_or(lines.len());
    let mut out = vec![false; lines.len()];
    let mut start = 0;
    for i in 0..=lines.len() {
        // Headlines in a row can be a story's own list, but not before its first paragraph or after its last.
        let longest = if i < first || i > last { HEADLINE } else { ENTRY };
        if lines.get(i).is_some_and(|line| is_entry(line, longest)) {
            continue;
        }
        let led_to = start > 0 && lines[start - 1].ends_with(':');
        // With no paragraph anywhere, a text is a list as a whole.
        if i - start >= LEAST && !led_to && i - start < lines.len() {
            out[start..i].fill(true);
        }
        start = i + 1;
    }
    out
}

/// Whether a line is a whole paragraph of prose.
fn is_paragraph(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '"', '”', '’', ')']) && line.split_whitespace().count() >= PARAGRAPH
}

/// Whether a line can stand in a menu: a few words that are no sentence, quote nobody and are no entry of a list.
fn is_entry(line: &str, longest: usize) -> bool {
    let opens = line.chars().next().is_some_and(|c| !c.is_lowercase() && !"-–—•*·([".contains(c));
    let numbered = line
        .split_once(['.', ')'])
        .is_some_and(|(n, rest)| n.len() <= 3 && rest.starts_with(' ') && n.bytes().all(|b| b.is_ascii_alphanumeric()));
    let words = line.split_whitespace().count();
    opens
        && !numbered
        && words <= longest
        // Some scripts put no spaces between words.
        && line.len() <= 12 * longest
        && !line.ends_with(['.', '!', ':', ';', ',', '…', '。'])
        && !quotes(line)
        && !(words > ENTRY && line.split_whitespace().any(|w| matches!(w, "said" | "says" | "told")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The foreign minister of Oria said on Monday that the talks in Sarn would go on until Friday.";

    fn kept(text: &str) -> String {
        let lines: Vec<&str> = text.lines().collect();
        let runs = find(&lines);
        lines.iter().zip(runs).filter(|(_, run)| !run).map(|(line, _)| *line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn menus_and_lists_of_headlines_are_found() {
        let menu = "Menu\nWorld\nPolitics\nSport\nAbout us";
        let headlines = "Oria wins the cup for the third time in a row\nFarmers turn to crops that need no rain\n\
            What the embargo costs a family in Tarn\nHarbour opens to fishing boats\nA nurse remembers the first night of the war";
        for text in [
            format!("{menu}\n{STORY}"),
            format!("{STORY}\n{menu}\n{STORY}"),
            format!("{headlines}\n{STORY}\n{menu}"),
            format!("{STORY}\n{headlines}"),
        ] {
            let only = text.lines().filter(|line| *line == STORY).collect::<Vec<_>>().join("\n");
            assert_eq!(kept(&text), only, "{text}");
        }
    }

    #[test]
    fn lists_of_the_story_and_its_headings_are_kept() {
        let list = "Withdrawal of troops\nRelease of prisoners\nAn open harbour\nFree passage\nNo more sanctions";
        let bullets = list.lines().map(|line| format!("• {line}")).collect::<Vec<_>>().join("\n");
        let numbers = list.lines().zip(1..).map(|(line, n)| format!("{n}. {line}")).collect::<Vec<_>>().join("\n");
        let headlines =
            list.lines().map(|line| format!("{line} as the two sides agreed in Sarn")).collect::<Vec<_>>().join("\n");
        for text in [
            format!("{STORY}\nOria asks for this:\n{list}\n{STORY}"),
            format!("{STORY}\n{bullets}\n{STORY}"),
            format!("{STORY}\n{numbers}\n{STORY}"),
            format!("{STORY}\n{headlines}\n{STORY}"),
            format!("Talks go on\nA third day\n{STORY}\nWhat comes next\n{STORY}"),
            format!("{STORY}\n“We agree”\n“We do not”\n“Never”\n“Perhaps”\n“Why?”"),
            // Lines wrapped at a fixed width.
            "The talks between the two\nsides went on for a third\nday on Monday and will go\non, the minister said after\nhe had met his guests from\nthe other side."
                .to_owned(),
            list.to_owned(),
        ] {
            assert_eq!(kept(&text), text);
        }
    }
}
