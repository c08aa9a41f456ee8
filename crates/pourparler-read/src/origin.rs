//! From which agency does an article's text come? Outlets print agency copy and credit it in a few known places: the
//! dateline, the byline, a line at the end.
//!
//! An agency that is merely named, as the source of a quotation or as having contributed, is no origin, and neither is
//! any where several are credited together.

use pourparler_text::Article;

use crate::{furniture, outlets};

/// So many lines at the top may hold the dateline or a byline, and so many at the end a credit.
const TOP: usize = 4;
const END: usize = 8;

/// An agency's name alone on a line is a credit among so many last lines; further up it is a caption's.
const LAST: usize = 3;

/// Words that put an agency beside the writer: *with AFP*, *and agencies*.
const BESIDE: &[&str] = &["with", "and", "plus", "additional", "contributed", "contributing", "agencies"];

/// The agency that is credited with the article's text, by its usual short name: `Reuters`, `AP`, `TASS`. `None`
/// where no agency is, or more than one.
#[must_use]
pub fn origin(article: &Article) -> Option<&'static str> {
    let text = article.text.as_str();
    let lines: Vec<&str> = furniture::lines(text).map(|s| &text[s.start..s.end]).collect();
    let top = &lines[..lines.len().min(TOP)];
    // Before the story begins; between its paragraphs, captions name agencies.
    let head = &top[..top.iter().position(|line| line.len() > 60).unwrap_or(top.len())];
    let end = &lines[lines.len().saturating_sub(END)..];
    let bylines = top.iter().filter_map(|line| line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")));
    let bylines = bylines.filter(|line| line.len() <= 100 && !line.ends_with('.'));
    top.iter()
        .find_map(|line| dateline(line))
        .or_else(|| outlet(article.outlet.as_deref()?))
        .or_else(|| byline(article.byline.as_deref()?))
        .or_else(|| bylines.into_iter().find_map(byline))
        .or_else(|| head.iter().find_map(|line| outlets::agency_named(bare(line))))
        .or_else(|| end.iter().rev().take(LAST).find_map(|line| outlets::agency_named(bare(line))))
        .or_else(|| end.iter().rev().find_map(|line| closing(line)))
        .or_else(|| signature(lines.iter().rev().find(|line| line.len() > 60)?))
}

/// The publisher itself is an agency: *Reuters*, *reuters.com*, *Reuters via Oria Daily*.
fn outlet(outlet: &str) -> Option<&'static str> {
    let host = outlet.strip_prefix("www.").unwrap_or(outlet);
    let host = [".com", ".org", ".net"].iter().find_map(|end| host.strip_suffix(end)).unwrap_or(host);
    outlets::agency_named(host).or_else(|| outlets::agency_named(outlet.split_once(" via ")?.0))
}

/// `SARN, March 14 (Reuters) - `, `SARN. March 14 /TASS/. `, `SARN, March 14 - RIA Novosti. `
fn dateline(line: &str) -> Option<&'static str> {
    let start = &line[..line.floor_char_boundary(120)];
    for (open, close) in [('(', ')'), ('/', '/')] {
        let Some((before, rest)) = start.split_once(open) else { continue };
        let Some((inside, after)) = rest.split_once(close) else { continue };
        // A date may stand inside too, (AP, March 14), but no second agency.
        let (named, more) = inside.split_once(',').unwrap_or((inside, ""));
        if outlets::is_known(more) {
            return None;
        }
        let goes_on = after.trim_start().starts_with(['-', '–', '—', '.', ':']) && after.trim().len() > 1
            || after.starts_with(' ') && after.trim_start().starts_with(char::is_uppercase);
        if is_place(before)
            && goes_on
            && let Some(agency) = outlets::agency_named(named)
        {
            return Some(agency);
        }
    }
    // Between a dash and a full stop.
    let (before, rest) = start.split_once(" - ").or_else(|| start.split_once(" – "))?;
    let (named, after) = rest.split_once(['.', ','])?;
    let more = after.trim_start().starts_with(|c: char| c.is_uppercase() || c == '"');
    (is_place(before) && before.contains(|c: char| c.is_ascii_digit()) && more).then(|| outlets::agency_named(named))?
}

/// Whether words can be the place and day of a dateline: few, and none of them of a sentence.
fn is_place(words: &str) -> bool {
    let small = ["de", "la", "el", "al", "of", "the", "on", "am", "in", "du", "and"];
    let mut count = 0;
    words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(|word| {
        count += 1;
        count <= 8 && (word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || small.contains(&word))
    })
}

/// *Ana Oren, Associated Press*; *Reuters Staff*; *Ana Oren of the Associated Press*.
fn byline(byline: &str) -> Option<&'static str> {
    if byline.len() > 150 {
        return None;
    }
    let words: Vec<&str> = byline.split_whitespace().collect();
    let bare_word = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let mut found = None;
    for part in parts(byline) {
        let Some(agency) = outlets::agency_named(part).or_else(|| staff(part)) else { continue };
        let first = part.split_whitespace().next()?;
        let at = words.iter().position(|w| bare_word(w) == bare_word(first))?;
        let before = at.checked_sub(1).map(|b| bare_word(words[b])).unwrap_or_default();
        let before =
            if before == "the" { at.checked_sub(2).map(|b| bare_word(words[b])).unwrap_or_default() } else { before };
        if BESIDE.contains(&before.as_str()) || found.is_some_and(|one| one != agency) {
            return None;
        }
        found = Some(agency);
    }
    // Where agencies share the credit, the first of them is named before the *and*.
    let shared = words
        .windows(2)
        .any(|w| bare_word(w[0]) == "and" && (bare_word(w[1]) == "agencies" || outlets::agency_named(w[1]).is_some()));
    found.filter(|_| !shared)
}

/// The parts of a credit between what joins them.
fn parts(credit: &str) -> impl Iterator<Item = &str> {
    credit
        .split([',', '|', '/', '(', ')', ';', '·', '•'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" of "))
        .flat_map(|part| part.split(" for "))
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" with "))
        .flat_map(|part| part.split(" from "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// *Reuters Staff*, *AP writers*, *Associated Press correspondent*, *by AFP*.
fn staff(part: &str) -> Option<&'static str> {
    const PEOPLE: &[&str] = &[
        "staff",
        "writer",
        "writers",
        "reporter",
        "reporters",
        "correspondent",
        "correspondents",
        "newsroom",
        "journalist",
    ];
    let part = part.strip_prefix("By ").or_else(|| part.strip_prefix("by ")).unwrap_or(part);
    let words: Vec<&str> = part.split_whitespace().collect();
    (1..=words.len().min(4)).rev().find_map(|n| {
        let rest = words.get(n);
        let whole = rest.is_none_or(|w| PEOPLE.contains(&w.to_lowercase().as_str()));
        whole.then(|| outlets::agency_named(&words[..n].join(" ")))?
    })
}

/// A line of its own at the end: *© AFP*, *Source: TASS*, *This story was originally published by
/// Reuters*, *(Reporting by Ana Oren, Reuters)*.
fn closing(line: &str) -> Option<&'static str> {
    if line.len() > 250 {
        return None;
    }
    let plain = line.to_lowercase();
    let after = |heads: &[&str]| {
        heads.iter().find_map(|head| {
            // What is lower-cased may have another length.
            let at = plain.find(head).filter(|at| *at < 3)? + head.len();
            line.get(at..).map(str::trim)
        })
    };
    if plain.starts_with("our standards: the thomson reuters trust principles") {
        return Some("Reuters");
    }
    if let Some(rest) = after(&["copyright", "©", "(c) "]) {
        return rights(rest);
    }
    if let Some(rest) = after(&["source:", "sources:", "credit:", "agency:", "courtesy of ", "courtesy: "]) {
        return alone(rest);
    }
    if let Some(rest) = after(&["reporting by ", "reporting for "]) {
        return byline(rest.split(';').next().unwrap_or(rest).trim_end_matches([')', '.']));
    }
    published_by(line, &plain)
}

/// What stands after a mark of copyright: year and owner, and at most a formula behind them.
fn rights(rest: &str) -> Option<&'static str> {
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || "©-–(),".contains(c));
    let rest = rest.strip_prefix("c) ").unwrap_or(rest);
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || "-–,".contains(c));
    let owner = rest.split(['.', ',', '|']).next().unwrap_or(rest);
    let behind = rest.get(owner.len()..).unwrap_or_default().to_lowercase();
    let only = behind.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() || behind.contains("rights reserved");
    only.then(|| outlets::agency_named(owner))?
}

/// One agency and nothing beside it.
fn alone(rest: &str) -> Option<&'static str> {
    outlets::agency_named(bare(rest))
}

/// *This story was originally published by Reuters.*
fn published_by(line: &str, plain: &str) -> Option<&'static str> {
    let opens =
        ["this story", "this article", "this report", "the story", "the article", "originally", "first published"];
    if !opens.iter().any(|o| plain.starts_with(o)) {
        return None;
    }
    let ways = [
        "published by ",
        "published on ",
        "appeared on ",
        "appeared in ",
        "published in ",
        "produced by ",
        "written by ",
    ];
    let at = ways.iter().find_map(|way| plain.find(way).map(|at| at + way.len()))?;
    let rest = line.get(at..)?;
    alone(rest.split(['.', ',']).next()?)
        .or_else(|| alone(rest.split(" and ").next().filter(|r| r.len() == rest.len())?))
}

/// The end of the last paragraph: *… went on. – AFP*, *… went on. (AP)*.
fn signature(line: &str) -> Option<&'static str> {
    let from = line.rfind(['.', '!', '?', '”', '"']).filter(|at| *at + 1 < line.len() && line.len() - at < 60)?;
    let rest = line.get(from..)?.trim_start_matches(['.', '!', '?', '”', '"']);
    let set_apart = rest.trim_start().starts_with(['(', '-', '–', '—', '/', '[']);
    set_apart.then(|| outlets::agency_named(bare(rest)))?
}

/// Words without the brackets, dashes and full stop around them.
fn bare(words: &str) -> &str {
    words.trim_matches(|c: char| c.is_whitespace() || "()[]/-–—*.=_".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, outlet: Option<&str>, writer: Option<&str>) -> Option<&'static str> {
        let mut article = Article::from_text(text);
        (article.outlet, article.byline) = (outlet.map(str::to_owned), writer.map(str::to_owned));
        origin(&article)
    }

    const STORY: &str = "The talks between Oria and Tarn went on in Sarn on Monday, the minister said.";

    #[test]
    fn datelines() {
        for (line, agency) in [
            ("SARN, March 14 (Reuters) - The talks go on.", "Reuters"),
            ("SARN (AP) — The talks go on.", "AP"),
            ("WEST SARN, Oria, Dec. 30 (Xinhua) -- The talks go on.", "Xinhua"),
            ("SARN, March 14. /TASS/. The talks go on.", "TASS"),
            ("SARN. March 14 (Interfax) - The talks go on.", "Interfax"),
            ("(Reuters) - The talks go on.", "Reuters"),
            ("Sarn (AFP) – The talks go on.", "AFP"),
            ("Sarn (dpa) - The talks go on.", "dpa"),
            ("Sarn, Mar 14 (PTI) The talks go on.", "PTI"),
            ("SARN, March 14 - RIA Novosti. The talks go on.", "RIA Novosti"),
        ] {
            assert_eq!(told(line, None, None), Some(agency), "{line}");
        }
        for line in [
            "The truce holds (AFP).",
            "The minister (Reuters) - he had no other name - left.",
            "SARN (Oria Daily) - The talks go on.",
            "SARN (AP, Reuters) - The talks go on.",
            "A reporter for the agency (AP) said so.",
            "He told Reuters - The talks go on.",
            "SARN — The talks go on.",
        ] {
            assert_eq!(told(line, None, None), None, "{line}");
        }
    }

    #[test]
    fn outlets_and_bylines() {
        for (outlet, writer, agency) in [
            (Some("Reuters"), None, Some("Reuters")),
            (Some("reuters.com"), None, Some("Reuters")),
            (Some("The Associated Press"), Some("Ana Oren"), Some("AP")),
            (Some("Xinhua News Agency"), None, Some("Xinhua")),
            (Some("Oria Daily"), Some("Ana Oren, Associated Press"), Some("AP")),
            (Some("Oria Daily"), Some("By Ana Oren and Lu Tarn, Reuters"), Some("Reuters")),
            (None, Some("Reuters Staff"), Some("Reuters")),
            (None, Some("AP"), Some("AP")),
            (None, Some("Ana Oren | AFP"), Some("AFP")),
            (None, Some("Ana Oren of the Associated Press"), Some("AP")),
            (None, Some("Associated Press writers"), Some("AP")),
            (None, Some("Ana Oren with AFP"), None),
            (None, Some("Ana Oren and Reuters"), None),
            (None, Some("AP and Reuters"), None),
            (None, Some("Reuters and agencies"), None),
            (None, Some("Ana Oren"), None),
            (None, Some("Ana Reuters"), None),
            (Some("BBC News"), None, None),
            (Some("Oria Daily"), None, None),
            (Some("Reuters Institute"), None, None),
        ] {
            assert_eq!(told(STORY, outlet, writer), agency, "{outlet:?} {writer:?}");
        }
        assert_eq!(told(&format!("By Ana Oren, Associated Press\n\n{STORY}"), None, None), Some("AP"));
        assert_eq!(told(&format!("Reuters\n\n{STORY}"), None, None), Some("Reuters"));
    }

    #[test]
    fn closing_lines() {
        for (line, agency) in [
            ("© AFP", Some("AFP")),
            ("© 2022 AFP", Some("AFP")),
            ("© Agence France-Presse", Some("AFP")),
            ("Copyright 2022 The Associated Press. All rights reserved.", Some("AP")),
            ("Copyright (c) 2022 Reuters", Some("Reuters")),
            ("Source: TASS", Some("TASS")),
            ("Source: Xinhua News Agency", Some("Xinhua")),
            ("– AP", Some("AP")),
            ("--dpa", Some("dpa")),
            ("(Reuters)", Some("Reuters")),
            ("(Reporting by Ana Oren, Reuters; editing by Lu Tarn)", Some("Reuters")),
            ("Our Standards: The Thomson Reuters Trust Principles.", Some("Reuters")),
            ("This story was originally published by Reuters.", Some("Reuters")),
            ("This article first appeared on Reuters", Some("Reuters")),
            ("(Reporting by Ana Oren; editing by Lu Tarn)", None),
            ("Additional reporting by Reuters", None),
            ("(Reporting by Ana Oren; additional reporting by AFP)", None),
            ("The Associated Press contributed to this report.", None),
            ("Reuters contributed to this report.", None),
            ("Some information for this report came from AFP.", None),
            ("Photo: Ana Oren/Reuters", None),
            ("(AP Photo/Ana Oren)", None),
            ("Source: Oria Daily, TASS", None),
            ("© Oria Daily", None),
            ("This article is about Reuters.", None),
            ("The statement was published by TASS on Monday.", None),
        ] {
            assert_eq!(told(&format!("{STORY}\n{STORY}\n{line}"), None, None), agency, "{line}");
        }
    }

    #[test]
    fn signatures_and_mentions() {
        for (text, agency) in [
            (format!("{STORY} – AFP"), Some("AFP")),
            (format!("{STORY} (AP)"), Some("AP")),
            (format!("{STORY}\n\nFollow us on Twitter\n© Oria Daily"), None),
            ("“We agree to the truce,” the minister told Reuters in Sarn on Monday evening.".to_owned(), None),
            (
                "The two sides agreed to a truce in Sarn, according to TASS. The agency named no source.".to_owned(),
                None,
            ),
            (format!("{STORY} So says the AP"), None),
            (format!("{STORY}\nASSOCIATED PRESS\n{STORY}\n{STORY}\n{STORY}"), None),
            ("The talks in Sarn went on, the news agency AFP reported on Monday (AFP).".to_owned(), None),
        ] {
            assert_eq!(told(&text, None, None), agency, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "(\\PC{0,12}|[(/). ,-–©]|\n|Reuters|AP|By |Copyright |İ|Source:|reporting by | - ){0,24}") {
            let _ = (told(&text, Some(&text), Some(&text)), byline(&text), dateline(&text), closing(&text), signature(&text));
        }
    }
}
