//! Exports of Factiva (Dow Jones): as HTML in two layouts, as text (`txt`) and as XML (`xml`).
//!
//! The article view has a box for each article: headline, author, then boxes without names in a fixed order (length, day,
//! time, outlet, its code, edition, page, language, copyright), then paragraphs. *Full article plus indexing* has a table
//! for each, whose rows begin with a code: `HD`, `BY`, `WC`, `PD`, `SN`, `LP`, `TD`. Labels and dates are in the language
//! of the interface; classes and codes are always the same.

mod txt;
mod xml;

use ego_tree::iter::Edge;
use scraper::{ElementRef, Html};

use super::markup::{self, line, paragraphs, tidy};
use super::{Parts, byline, day, is_copyright, outlet, tongue};
use crate::Draft;
use crate::problem::{ProblemKind, Report};

/// Codes of rows, at least two of which an article's table has.
const CODES: &[&str] = &["HD", "WC", "PD", "SN", "LP", "TD", "AN", "SC"];

/// Whether a text is such an export. A page has the boxes or tables, by their classes and codes. Other pages have the class
/// `article` too.
pub(crate) fn looks_like(page: &str) -> bool {
    if !crate::html::looks_like(page) {
        return xml::looks_like(page) || txt::looks_like(page);
    }
    let boxed = boxes(page, 1).first().is_some_and(|&at| {
        let near = &page[at..page.floor_char_boundary(at + 60_000)];
        let code = |before: &str| before.rsplit(['"', '\'', ' ']).next().unwrap_or_default().to_owned();
        let mut codes = near.split("Article").take(3).map(code).filter(|code| code.len() >= 2);
        let headed = codes.any(|code| near.contains(&format!("{code}Headline")));
        near.contains("articleParagraph") || headed || has_codes(near)
    });
    boxed || page.matches("<td").take(8).count() == 8 && has_codes(page)
}

/// Whether cells of a markup hold two of the codes or more.
fn has_codes(markup: &str) -> bool {
    CODES
        .iter()
        .filter(|code| markup.contains(&format!(">{code}<")) || markup.contains(&format!(">{code}&nbsp;")))
        .count()
        >= 4
}

/// The articles of a text for which [`looks_like`] holds.
pub(crate) fn read(page: &str, report: &mut Report<'_>) -> Vec<Draft> {
    if !crate::html::looks_like(page) {
        return if xml::looks_like(page) { xml::read(page, report) } else { txt::read(page, report) };
    }
    let starts = boxes(page, usize::MAX);
    let mut reader = Reader { report, drafts: Vec::new(), last: None };
    if starts.is_empty() {
        reader.piece(page);
    }
    let ends = starts.iter().skip(1).copied().chain([page.len()]);
    for (from, to) in starts.iter().copied().zip(ends) {
        reader.piece(&page[from..to]);
    }
    reader.finish()
}

/// Where the boxes of articles begin, at most so many: tags with a class such as `enArticle`.
fn boxes(page: &str, most: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, _) in page.match_indices("Article") {
        let before = &page[page.floor_char_boundary(at.saturating_sub(300))..at];
        let Some(open) = before.rfind('<') else { continue };
        let tag = &before[open..];
        // The class is a language's code and then `Article`, as a word of its own.
        let code: Vec<char> = tag.chars().rev().take_while(char::is_ascii_lowercase).collect();
        let outside = tag[..tag.len() - code.len()].ends_with(['"', '\'', ' ']);
        let ended = page[at + "Article".len()..].starts_with(['"', '\'', ' ']);
        if (2..=6).contains(&code.len()) && outside && ended && tag.contains("class=") && !tag.contains('>') {
            let start = at - before.len() + open;
            if found.last() != Some(&start) {
                found.push(start);
            }
            if found.len() == most {
                break;
            }
        }
    }
    found
}

struct Reader<'r, 'p> {
    report: &'r mut Report<'p>,
    drafts: Vec<Draft>,
    /// The number before the last headline, where the export counts them.
    last: Option<usize>,
}

impl Reader<'_, '_> {
    /// Reads the markup of one box, or of a page that has tables only.
    fn piece(&mut self, markup: &str) {
        let Some(tree) = markup::parse(markup) else {
            let place = Some(format!("article {}", self.drafts.len() + 1));
            self.report.add(
                ProblemKind::TooLarge,
                place,
                "its markup is nested too deep, or left open too often, to be read",
            );
            return;
        };
        let tables = tables(&tree);
        for table in &tables {
            self.keep(from_table(*table), table.html());
        }
        if tables.is_empty() {
            let root = tree.root_element();
            let article = root.child_elements().find(|e| has_class(*e, "Article")).unwrap_or(root);
            self.keep(from_box(article), article.html());
        }
    }

    fn keep(&mut self, mut parts: Parts, record: String) {
        let place = format!("article {}", self.drafts.len() + 1);
        if let Some((number, title)) = parts.title.as_deref().and_then(counted) {
            let (number, title) = (number, title.to_owned());
            // A headline may begin with a number and a bracket by itself; a count goes on.
            if number == self.drafts.len() + 1 || self.last.is_some_and(|last| number == last + 1) {
                self.last = Some(number);
                parts.title = Some(title);
            }
        }
        self.drafts.push(parts.draft(place, record, self.report));
    }

    fn finish(self) -> Vec<Draft> {
        let found = self.drafts.len();
        if let Some(last) = self.last.filter(|&last| last > found) {
            let reason = format!("the export counts its articles up to {last} and {found} were found; export it anew");
            self.report.add(ProblemKind::Count, None, reason);
        }
        self.drafts
    }
}

/// The number before a headline: `12) Talks go on`.
fn counted(title: &str) -> Option<(usize, &str)> {
    let (number, rest) = title.split_once(") ")?;
    Some((number.parse().ok()?, rest.trim()))
}

fn has_class(element: ElementRef<'_>, end: &str) -> bool {
    element.value().classes().any(|class| class.ends_with(end))
}

/// An article of the article view.
fn from_box(article: ElementRef<'_>) -> Parts {
    let mut parts = Parts::default();
    let mut particulars: Vec<String> = Vec::new();
    let mut unnamed: Vec<String> = Vec::new();
    let mut passed: Option<ego_tree::NodeId> = None;
    for edge in article.traverse() {
        let node = match edge {
            Edge::Open(node) if passed.is_none() => node,
            Edge::Close(node) if passed == Some(node.id()) => {
                passed = None;
                continue;
            }
            // What lies in an element that was read is read with it.
            _ => continue,
        };
        let Some(element) = ElementRef::wrap(node) else { continue };
        let name = element.value().name();
        let read = if has_class(element, "Headline") || element.attr("id") == Some("hd") {
            parts.title = parts.title.take().or_else(|| Some(line(element)).filter(|t| !t.is_empty()));
            true
        } else if has_class(element, "author") {
            parts.byline = parts.byline.take().or_else(|| byline(&line(element)));
            true
        } else if has_class(element, "articleParagraph") || name == "pre" {
            parts.body.extend(paragraphs(element));
            true
        } else if name == "p" {
            unnamed.extend(Some(line(element)).filter(|l| !l.is_empty()));
            true
        } else if name == "div" && leaf(element) {
            particulars.extend(Some(line(element)).filter(|l| !l.is_empty()));
            true
        } else {
            false
        };
        if read {
            passed = Some(node.id());
        }
    }
    if parts.body.is_empty() {
        // An older or newer page, whose paragraphs have no class: the last ones are the provider and the number.
        let end = unnamed.iter().rposition(|l| is_number(l)).unwrap_or(unnamed.len());
        let provider = end.checked_sub(1).filter(|&at| end < unnamed.len() && at > 0 && is_name(&unnamed[at]));
        parts.body = unnamed[..provider.unwrap_or(end)].to_vec();
    }
    while parts.body.last().is_some_and(|l| is_copyright(l) || is_number(l)) {
        parts.body.pop();
    }
    read_particulars(&particulars, &mut parts);
    parts
}

/// Whether a line may be the name of a firm, which a sentence is not.
fn is_name(line: &str) -> bool {
    line.split_whitespace().count() <= 8 && !line.ends_with(['.', '!', '?', '"', '”', '\''])
}

/// Whether no box lies in a box.
fn leaf(element: ElementRef<'_>) -> bool {
    !element
        .descendants()
        .skip(1)
        .any(|n| n.value().as_element().is_some_and(|e| matches!(e.name(), "div" | "p" | "table")))
}

/// `Document SARN000020310316`, in any language: the last word is the number.
fn is_number(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |w: &str| {
        w.len() >= 16
            && w.bytes().all(|b| b.is_ascii_alphanumeric())
            && w.bytes().filter(u8::is_ascii_digit).count() >= 8
    };
    words.len() <= 3 && words.last().is_some_and(|w| number(w))
}

/// The boxes without names: after the length come day, sometimes a time, and outlet.
fn read_particulars(lines: &[String], parts: &mut Parts) {
    let is_day = |line: &String| line.split_whitespace().count() <= 8 && day::find(line).is_some();
    let length = lines.iter().position(|line| is_length(line));
    let from = length.map_or(0, |at| at + 1);
    let found = lines[from..].iter().position(is_day).map(|at| from + at);
    parts.odd_day = length.and_then(|at| lines.get(at + 1).cloned());
    // Where the day is not understood, it stands behind the length all the same.
    let day_at = found.or_else(|| Some(length? + 1).filter(|&at| at < lines.len()));
    let Some(day_at) = day_at else { return };
    parts.published = day::find(&lines[day_at]);
    let after = &lines[day_at + 1..];
    parts.outlet = after.iter().find(|line| !is_time(line)).filter(|l| !is_copyright(l)).and_then(|name| outlet(name));
    parts.language = after.iter().skip(1).find_map(|name| tongue::tag(name)).map(str::to_owned);
}

/// `877 words`, `1,285 Wörter`, `1 024 mots`, `877 字`: a number with a word or two that have no digits.
fn is_length(line: &str) -> bool {
    let digits =
        line.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}')).count();
    let number: String = line.chars().take(digits).collect();
    let unit: String = line.chars().skip(digits).collect();
    let known = [
        "word",
        "words",
        "wort",
        "wörter",
        "mot",
        "mots",
        "palabra",
        "palabras",
        "parola",
        "parole",
        "palavra",
        "palavras",
        "woord",
        "woorden",
        "字",
        "词",
        "語",
        "单词",
        "文字",
        "слов",
        "слова",
        "слово",
        "단어",
        "글자",
        "kelime",
        "słów",
        "słowa",
        "ord",
    ];
    let unit = unit.trim().to_lowercase();
    // A letter may have been lost to a wrong encoding: `W\u{fffd}rter`.
    let mended = unit.replace('\u{fffd}', "ö");
    number.starts_with(|c: char| c.is_ascii_digit())
        && (known.contains(&unit.as_str()) || known.contains(&mended.as_str()))
}

/// `21:07`, `09:15 PM`.
fn is_time(line: &str) -> bool {
    line.len() <= 20 && line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(':')
}

/// The innermost tables that have a row for the headline.
fn tables(tree: &Html) -> Vec<ElementRef<'_>> {
    let is_table = |e: &ElementRef<'_>| e.value().name() == "table";
    let all = tree.root_element().descendants().filter_map(ElementRef::wrap).filter(is_table);
    let coded = all.filter(|table| {
        let codes: Vec<String> = rows(*table).into_iter().map(|(code, _)| code).collect();
        codes.iter().any(|c| c == "HD") && codes.iter().any(|c| c != "HD" && CODES.contains(&c.as_str()))
    });
    let mut innermost: Vec<ElementRef<'_>> = Vec::new();
    for table in coded {
        // What lies in a table comes right behind it.
        if innermost.last().is_some_and(|last| table.ancestors().any(|above| above.id() == last.id())) {
            innermost.pop();
        }
        innermost.push(table);
    }
    innermost
}

/// Codes and cells of a table's own rows.
fn rows(table: ElementRef<'_>) -> Vec<(String, ElementRef<'_>)> {
    let mut rows = Vec::new();
    let parts = table.child_elements().flat_map(|e| {
        let inner = e.child_elements().filter(move |_| matches!(e.value().name(), "tbody" | "thead" | "tfoot"));
        std::iter::once(e).chain(inner)
    });
    for row in parts.filter(|e| e.value().name() == "tr") {
        let mut cells = row.child_elements().filter(|e| matches!(e.value().name(), "td" | "th"));
        if let (Some(code), Some(cell)) = (cells.next(), cells.next()) {
            // A cell may hold the rest of the page; what is no code is not read through.
            let short = code.text().try_fold(40usize, |left, text| left.checked_sub(text.len())).is_some();
            let code = if short { tidy(&code.text().collect::<String>()) } else { String::new() };
            if (2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
                rows.push((code, cell));
            }
        }
    }
    rows
}

/// An article of the layout with indexing.
fn from_table(table: ElementRef<'_>) -> Parts {
    let mut parts = Parts::default();
    let filled = |cell| Some(line(cell)).filter(|l| !l.is_empty());
    for (code, cell) in rows(table) {
        match code.as_str() {
            "HD" => parts.title = filled(cell),
            "BY" => parts.byline = byline(&line(cell)),
            "PD" => {
                parts.published = day::find(&line(cell));
                parts.odd_day = filled(cell);
            }
            "SN" => parts.outlet = outlet(&line(cell)),
            "LA" => parts.language = tongue::tag(&line(cell)).map(str::to_owned),
            "LP" | "TD" => parts.body.extend(paragraphs(cell)),
            _ => {}
        }
    }
    while parts.body.last().is_some_and(|l| is_copyright(l) || is_number(l)) {
        parts.body.pop();
    }
    parts
}

#[cfg(test)]
mod tests;
