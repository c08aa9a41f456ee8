//! Exports of Factiva as text, as they come from word processors, PDF documents and the clipboard: the article view without its
//! boxes, or rows that begin with a code. Each article ends with its number: `Document SARN000020310316`.

use super::super::markup::tidy;
use super::super::{Parts, byline, day, is_copyright, outlet, tongue};
use super::{Reader, is_length, is_name, is_number, read_particulars};
use crate::Draft;
use crate::problem::Report;

/// Codes of rows.
const CODES: &[&str] = &[
    "SE", "HD", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "CT", "RF", "CO", "IN",
    "NS", "RE", "IPC", "IPD", "PUB", "AN", "BY", "CLM", "ART",
];

/// So many lines after the length tell day, outlet, language and rights.
const PARTICULARS: usize = 14;

/// Words of a name that is a firm's.
const FIRMS: &[&str] = &[
    "ltd",
    "limited",
    "inc",
    "llc",
    "plc",
    "gmbh",
    "ag",
    "company",
    "co",
    "corporation",
    "s.a",
    "media",
    "group",
    "newspapers",
    "digital",
    "syndication",
];

/// Whether a text holds such articles: a number at the end of a line's own, and before it a length with a day behind it, or
/// rows with codes.
pub(super) fn looks_like(text: &str) -> bool {
    let mut before: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if ends(line) {
            return is_article(&before);
        }
        before.push(line);
        // Of a long text that is none, not all has to be read.
        if before.len() > 20_000 {
            return false;
        }
    }
    false
}

fn is_article(lines: &[&str]) -> bool {
    let coded = |wanted: &str| lines.iter().any(|line| code(line).is_some_and(|(code, _)| code == wanted));
    length_at(lines).is_some() || coded("HD") && (coded("PD") || coded("SN")) && (coded("LP") || coded("TD"))
}

/// Where the length stands, with a day soon behind it.
fn length_at(lines: &[&str]) -> Option<usize> {
    let dated = |at: usize| {
        lines[at + 1..].iter().take(2).any(|line| line.split_whitespace().count() <= 8 && day::find(line).is_some())
    };
    (0..lines.len()).find(|&at| is_length(lines[at]) && dated(at))
}

/// Whether a line is the number at an article's end.
fn ends(line: &str) -> bool {
    let line = code(line).filter(|(code, _)| *code == "AN").map_or(line, |(_, rest)| rest);
    let words = line.split_whitespace().count();
    words == 2 && is_number(line) && line.starts_with(|c: char| c.is_uppercase() || !c.is_ascii())
}

/// The articles of a text for which [`looks_like`] holds.
pub(super) fn read(text: &str, report: &mut Report<'_>) -> Vec<Draft> {
    let mut reader = Reader { report, drafts: Vec::new(), last: None };
    let mut open: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        let trimmed = line.trim();
        if is_page_edge(trimmed) {
            continue;
        }
        open.push(line);
        if ends(trimmed) {
            finish(&mut reader, &mut open);
        }
    }
    // The last may have been cut off before its number.
    if is_article(&open.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect::<Vec<_>>()) {
        finish(&mut reader, &mut open);
    }
    reader.finish()
}

fn finish(reader: &mut Reader<'_, '_>, open: &mut Vec<&str>) {
    let lines = std::mem::take(open);
    let filled: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    let headed = filled.iter().any(|line| code(line).is_some_and(|(code, _)| code == "HD"));
    let parts = if headed && length_at(&filled).is_none() { coded(&lines) } else { viewed(&lines) };
    reader.keep(parts, lines.join("\n"));
}

/// What stands at the edge of each page: `Page 3 of 92`, `© 2031 Factiva, Inc. All rights reserved.`
fn is_page_edge(line: &str) -> bool {
    let factiva =
        line.len() < 120 && line.contains("Factiva") && is_copyright(&line[line.find(['©', '(']).unwrap_or(0)..]);
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
    factiva || matches!(words.as_slice(), ["Page" | "Seite" | "Página" | "Pagina", n, _, m] if number(n) && number(m))
}

/// The code at the start of a line, and what stands behind it.
fn code(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let end = line.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(line.len());
    let (code, rest) = line.split_at(end);
    // One space may stand behind a word, too, which has more around it.
    let parted = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (parted && CODES.contains(&code)).then(|| (code, rest.trim()))
}

/// An article whose rows begin with codes.
fn coded(lines: &[&str]) -> Parts {
    let mut parts = Parts::default();
    let mut rows: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        // In the story a line may begin with such a word: *IN Sarn the talks went on*.
        let story = rows.last().is_some_and(|(code, _)| matches!(*code, "LP" | "TD"));
        match code(line) {
            Some((code, rest))
                if !story || rest.is_empty() || line.contains("  ") || line.contains('\t') || code == "AN" =>
            {
                rows.push((code, vec![rest]));
            }
            _ => {
                if let Some((_, words)) = rows.last_mut() {
                    words.push(line);
                }
            }
        }
    }
    for (code, words) in rows {
        let line = || tidy(&words.join(" "));
        match code {
            "HD" => parts.title = Some(line()).filter(|t| !t.is_empty()),
            "BY" => parts.byline = byline(&line()),
            "PD" => {
                parts.published = day::find(&line());
                parts.odd_day = Some(line());
            }
            "SN" => parts.outlet = outlet(&line()),
            "LA" => parts.language = tongue::tag(&line()).map(str::to_owned),
            "LP" | "TD" => parts.body.extend(paragraphs(&words)),
            _ => {}
        }
    }
    parts
}

/// An article of the view without codes: headline, author, length, day, outlet and other particulars, the story.
fn viewed(lines: &[&str]) -> Parts {
    let mut parts = Parts::default();
    let filled: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].trim().is_empty()).collect();
    let words: Vec<&str> = filled.iter().map(|&i| lines[i].trim()).collect();
    let Some(length) = length_at(&words) else {
        parts.body = paragraphs(lines);
        return parts;
    };
    let mut head = &words[..length];
    // For whom an author wrote is said behind the name.
    while let [before @ .., last] = head
        && ["Special to ", "SPECIAL TO "].iter().any(|start| last.starts_with(start))
    {
        head = before;
    }
    if let [before @ .., title, last] = head
        && is_author(title, last)
    {
        parts.byline = byline(last);
        head = &head[..before.len() + 1];
    }
    parts.title = head.last().map(|line| tidy(line)).filter(|t| !t.is_empty());
    let near = &words[length..words.len().min(length + PARTICULARS)];
    let rights = near.iter().position(|line| is_copyright(line));
    let tongue = near.iter().position(|line| tongue::tag(line).is_some());
    // Where neither is there, the story begins with the first line that is as long as a line of it.
    let end = rights.or(tongue).map(|at| at + 1);
    let end = end.or_else(|| near.iter().position(|line| line.len() > 60)).unwrap_or(near.len());
    let particulars: Vec<String> = near[..end].iter().map(|line| (*line).to_owned()).collect();
    read_particulars(&particulars, &mut parts);
    let story = filled.get(length + end).map_or(&[][..], |&from| &lines[from..]);
    parts.body = paragraphs(story);
    if parts.body.last().is_some_and(|line| ends(line)) {
        parts.body.pop();
        // Right above the number stands who gave the article.
        if parts.body.len() > 1 && parts.body.last().is_some_and(|line| is_firm(line)) {
            parts.body.pop();
        }
    }
    parts
}

/// Whether the line under a headline names its author.
fn is_author(title: &str, line: &str) -> bool {
    let begins =
        ["By ", "BY ", "Von ", "VON ", "Par ", "PAR ", "Por ", "POR "].iter().any(|word| line.starts_with(word));
    let words: Vec<&str> = line.split_whitespace().collect();
    let name = (2..=4).contains(&words.len())
        && words
            .iter()
            .all(|w| w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphabetic() || ".-'’,".contains(c)));
    begins || name && title.split_whitespace().count() > words.len().max(3)
}

/// Whether a line names the firm that gave the article.
fn is_firm(line: &str) -> bool {
    let named = |word: &str| FIRMS.contains(&word.trim_matches(['.', ',', '(', ')']).to_lowercase().as_str());
    is_name(line.trim_end_matches('.')) && line.split_whitespace().any(named)
}

/// The paragraphs of lines: each is one, but where blank lines part them, lines of a fixed width belong together.
fn paragraphs(lines: &[&str]) -> Vec<String> {
    let wrapped = lines.iter().any(|line| line.trim().is_empty()) && lines.iter().all(|line| line.trim().len() <= 110);
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for line in lines {
        let line = tidy(line);
        match out.last_mut() {
            _ if line.is_empty() => open = false,
            Some(last) if open && wrapped && last.len() > 40 => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => {
                out.push(line);
                open = true;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::problem::ProblemKind;

    const VIEW: &str = "Factiva\n\nNews\nTalks go on\nBy Ana Oren\nSpecial to The Sarn Times\n357 words\n16 March 2031\n10:15\nThe Sarn Times\nSARN\n12\nEnglish\n\
        (c) 2031 The Sarn Times\n\nThe talks go on, said the minister of Oria, who had come to Sarn.\n\n\"We agree,\" he said.\n\n\
        Sarn Media GmbH (SARN)\n\nDocument SARN000020310316ed4100001\n\nThe second story of the day in Sarn\nLu Tarn\n1.285 Wörter\n\
        17. März 2031\nSarn Online\nSARN\nDeutsch\nCopyright 2031 Sarn\n\nDie Gespräche gehen weiter.\nPage 2 of 9 © 2031 Factiva, Inc. \
        All rights reserved.\nSie enden.\n\nDokument SARN000020310317ed4100002\n\nSuchzusammenfassung\nText\nDatum\n";

    const CODED: &str = "SE  News\nHD  Talks go on\nBY  By Ana Oren\nWC  357 words\nPD  16 March 2031\nSN  The Sarn Times\nSC  SARN\n\
        LA  English\nCY  (c) 2031 X\n\nLP\nThe talks go on, said the minister of Oria, who\n had come to Sarn.\n\nTD\nIN Sarn, they agree.\n\
        \nCO  x : Sarn\nIN  i1 : Gates\nAN  Document SARN000020310316ed4100001\n";

    fn of(text: &str) -> (Vec<Draft>, Vec<ProblemKind>) {
        assert!(looks_like(text), "{text}");
        let mut report = Report::new("test");
        let drafts = read(text, &mut report);
        (drafts, report.finish().into_iter().map(|p| p.kind).collect())
    }

    #[test]
    fn the_article_view_as_text() {
        let (drafts, problems) = of(VIEW);
        assert_eq!((drafts.len(), problems), (2, vec![]));
        let (one, two) = (&drafts[0].article, &drafts[1].article);
        assert_eq!((one.title.as_deref(), one.byline.as_deref()), (Some("Talks go on"), Some("Ana Oren")));
        assert_eq!((one.outlet.as_deref(), one.published), (Some("The Sarn Times"), Some(date(2031, 3, 16))));
        let text = "The talks go on, said the minister of Oria, who had come to Sarn.\n\"We agree,\" he said.";
        assert_eq!(one.text.as_str(), text);
        assert_eq!(two.title.as_deref(), Some("The second story of the day in Sarn"));
        assert_eq!((two.byline.as_deref(), two.outlet.as_deref()), (Some("Lu Tarn"), Some("Sarn Online")));
        assert_eq!((two.published, two.language.as_deref()), (Some(date(2031, 3, 17)), Some("de")));
        assert_eq!(two.text.as_str(), "Die Gespräche gehen weiter.\nSie enden.");
        let spaced = VIEW.replace('\n', "\r\n\r\n");
        assert_eq!(of(&spaced).0[0].article.text.as_str(), text);
    }

    #[test]
    fn rows_with_codes_as_text() {
        for text in [CODED.to_owned(), CODED.replace("  ", "\t"), CODED.replace("HD  ", "HD\n")] {
            let (drafts, problems) = of(&text);
            assert_eq!((drafts.len(), problems), (1, vec![]));
            let one = &drafts[0].article;
            assert_eq!((one.title.as_deref(), one.byline.as_deref()), (Some("Talks go on"), Some("Ana Oren")));
            assert_eq!((one.outlet.as_deref(), one.published), (Some("The Sarn Times"), Some(date(2031, 3, 16))));
            let want = "The talks go on, said the minister of Oria, who had come to Sarn.\nIN Sarn, they agree.";
            assert_eq!(one.text.as_str(), want, "{text}");
        }
    }

    #[test]
    fn what_is_cut_off_is_read_and_prose_is_none() {
        let cut = &VIEW[..VIEW.find("Dokument").expect("it is there")];
        assert_eq!(of(cut).0.len(), 2);
        for text in [
            "The talks go on.\n357 words\n16 March 2031\n",
            "HD television\nPD\nLP records\n",
            "Talks go on\n\nDocument SARN000020310316ed4100001 was signed.",
            "Talks go on\n\nDocument SARN000020310316ed4100001\n",
            "",
        ] {
            assert!(!looks_like(text), "{text}");
        }
    }
}
