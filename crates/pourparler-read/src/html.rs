//! HTML pages: what nobody reads is left out (`skim`), hostile ones are refused, then the story (`body`) and its
//! particulars (`page_meta`) are found.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::thread;

use pourparler_text::{Article, Text};
use trafilatura::dom::Document;

use crate::page_meta::{self, Declared, PageMeta};
use crate::problem::{ProblemKind, Report};
use crate::{Draft, blocks, body, skim, tree};

/// No news page is larger, in bytes; extraction takes many times a page's size in memory.
pub(crate) const LARGEST: usize = 8 << 20;

/// No news page is nested deeper, and browsers show none that is. Building and walking its tree takes time that grows
/// with the square.
pub(crate) const DEEPEST: usize = 500;

/// Nor do its nodes lie deeper on average. The extraction looks up from each.
const DEEPEST_MEAN: usize = 100;

/// Stack of the thread that extracts: room for walks down a tree as deep as the deepest.
const STACK: usize = 64 << 20;

/// Elements that open a page or a piece of one.
const OPENING: &[&str] = &[
    "!doctype html",
    "html",
    "head",
    "body",
    "article",
    "main",
    "section",
    "div",
    "p",
    "h1",
    "h2",
    "header",
    "meta",
    "title",
    "script",
    "link",
    "span",
    "table",
];

/// Elements that need no end tag, or have none: they do not nest by being left open.
const NO_END: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "rp", "rt",
    "html", "head", "body", "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
];

/// Elements whose content is not markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "noscript", "iframe", "xmp"];

/// Elements within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "big", "cite", "code", "em", "font", "i", "ins", "label", "mark", "q", "s", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
];

/// Whether a text is an HTML page or a piece of one.
pub(crate) fn looks_like(text: &str) -> bool {
    let mut start = text.trim_start();
    while let Some((_, rest)) =
        ["<!--", "<?xml"].iter().find_map(|open| start.strip_prefix(open)).and_then(|c| c.split_once('>'))
    {
        start = rest.trim_start();
    }
    let Some(tag) = start.strip_prefix('<') else { return false };
    OPENING.iter().any(|name| {
        tag.split_at_checked(name.len()).is_some_and(|(head, rest)| {
            head.eq_ignore_ascii_case(name) && rest.starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace())
        })
    })
}

/// The article of a page.
pub(crate) fn read(page: Cow<'_, str>, report: &mut Report<'_>) -> Option<Draft> {
    if page.len() > LARGEST {
        let reason = format!(
            "the page has {} MB, more than the {} MB that are read; save the article alone",
            page.len() >> 20,
            LARGEST >> 20
        );
        report.add(ProblemKind::TooLarge, None, reason);
        return None;
    }
    let page = skim::skimmed(&page);
    if depth(&page) > DEEPEST {
        let reason =
            format!("the page is nested more than {DEEPEST} elements deep and is not read; save the article as text");
        report.add(ProblemKind::TooLarge, None, reason);
        return None;
    }
    match extracted(&page) {
        Ok(draft) => Some(draft),
        Err(why) => {
            let reason = format!("no article was found in the page ({why}); save the article as text");
            report.add(ProblemKind::Html, None, reason);
            None
        }
    }
}

/// Runs the extraction where neither a deep tree nor a panic can end the program.
fn extracted(page: &str) -> Result<Draft, String> {
    let work = || {
        let Some(tree) = tree::of_page(page) else {
            return Err(format!("it is nested more than {DEEPEST} elements deep, or too many of them are left open"));
        };
        if blocks::mean_depth(&tree) > DEEPEST_MEAN {
            return Err(format!("its elements lie more than {DEEPEST_MEAN} deep on average"));
        }
        let blocks = blocks::of(&tree);
        let declared = Declared::read(&tree, &blocks);
        // The extractor needs a tree of its own, which most pages do without.
        let doc = LazyCell::new(|| Document::parse(page));
        let lines = body::find(&tree, &blocks, &doc)?;
        let guess = declared.lacks().then(|| body::guess(&doc, declared.is_dated()));
        Ok(draft(declared.with(&lines, &guess.unwrap_or_default()), lines))
    };
    thread::scope(|scope| {
        let worker = thread::Builder::new()
            .name(crate::WORKER.to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, work)
            .map_err(|e| e.to_string())?;
        worker.join().map_err(|_| "the extraction broke down".to_owned())?
    })
}

fn draft(meta: PageMeta, mut lines: Vec<String>) -> Draft {
    // The headline is the article's title and no line of its story.
    if let (Some(first), Some(title)) = (lines.first(), &meta.title)
        && lines.len() > 1
        && page_meta::same(first, title)
    {
        lines.remove(0);
    }
    let text = Text::new(lines.join("\n"));
    let article = Article {
        id: Article::id_of(text.as_str()),
        title: meta.title,
        outlet: meta.outlet,
        byline: meta.byline,
        published: meta.published,
        url: meta.url,
        language: meta.language,
        text,
    };
    Draft { modified: meta.modified, ..Draft::new(article) }
}

/// How deep the tags of a page nest, roughly, in one pass; counting ends beyond [`DEEPEST`].
///
/// As for a browser, an end tag closes what was opened by its name, if anything was; end tags of inline elements do
/// not reach beyond the block that they stand in.
pub(crate) fn depth(page: &str) -> usize {
    let bytes = page.as_bytes();
    let mut open: Vec<&[u8]> = Vec::new();
    let mut deepest = 0;
    let is = |name: &[u8], names: &[&str]| names.iter().any(|n| name.eq_ignore_ascii_case(n.as_bytes()));
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|&b| b == b'<') {
        at += found + 1;
        let closing = bytes.get(at) == Some(&b'/');
        let name = name_at(bytes, at + usize::from(closing));
        if name.is_empty() || is(name, NO_END) {
            continue;
        }
        let end = bytes[at..].iter().position(|&b| b == b'>').map_or(bytes.len(), |e| at + e);
        if closing {
            let inline = is(name, INLINE);
            let reached = open.iter().rposition(|n| n.eq_ignore_ascii_case(name) || inline && !is(n, INLINE));
            if let Some(last) = reached.filter(|last| open[*last].eq_ignore_ascii_case(name)) {
                open.truncate(last);
            }
        } else if bytes[at..end].last() != Some(&b'/') {
            open.push(name);
            deepest = deepest.max(open.len());
            if deepest > DEEPEST {
                return deepest;
            }
            if let Some(raw) = RAW.iter().find(|n| name.eq_ignore_ascii_case(n.as_bytes())) {
                at = end_of_raw(bytes, end, raw);
                continue;
            }
        }
        at = end;
    }
    deepest
}

fn name_at(bytes: &[u8], at: usize) -> &[u8] {
    let rest = bytes.get(at..).unwrap_or_default();
    let end = rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
    &rest[..end]
}

/// Where the end tag of an element stands whose content is no markup; the end of the page where there is none.
fn end_of_raw(bytes: &[u8], from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = bytes[at..].windows(2).position(|w| w == b"</") {
        at += found;
        if name_at(bytes, at + 2).eq_ignore_ascii_case(name.as_bytes()) {
            return at;
        }
        at += 2;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_from_text() {
        for page in [
            "<!DOCTYPE html><html>",
            " \n<html lang=en>",
            "<!-- saved --><HTML>",
            "<?xml version='1.0'?><html>",
            "<p>Words</p>",
            "<div class=a>",
        ] {
            assert!(looks_like(page), "{page}");
        }
        for text in ["<rss version='2.0'>", "<Oren> Yes.", "<-- see", "3 < 4", "<pre-talks>", "<", "<!-- ", ""] {
            assert!(!looks_like(text), "{text}");
        }
    }

    #[test]
    fn depth_counts_what_stays_open() {
        for (page, want) in [
            ("<html><body><div><p>a<p>b<br><img src=x><div></div></div></body></html>", 2),
            ("<script>if (a<b && c<d) '<div><div><div>'</script><div></div>", 1),
            ("<svg><path d=''/><path d=''/></svg>", 1),
            ("<div", 1),
            ("<script>", 1),
            ("a < b <", 0),
        ] {
            assert_eq!(depth(page), want, "{page}");
        }
        for deep in ["<div>", "<div></x>", "<div></b>", "<b><div></b>"] {
            assert!(depth(&deep.repeat(100_000)) > DEEPEST, "{deep}");
        }
    }

    #[test]
    fn hostile_pages_are_reported() {
        for page in ["<div>".repeat(100_000), "<b><i>".repeat(100_000), format!("<html>{}", "x".repeat(LARGEST))] {
            let mut report = Report::new("test");
            assert!(read(Cow::Owned(page), &mut report).is_none());
            assert_eq!(report.finish().len(), 1);
        }
    }

    #[test]
    fn a_page_without_an_article_is_a_problem() {
        let mut report = Report::new("test");
        assert!(
            read(Cow::Borrowed("<html><head><title>Empty</title></head><body></body></html>"), &mut report).is_none()
        );
        assert_eq!(report.finish().into_iter().map(|p| p.kind).collect::<Vec<_>>(), [ProblemKind::Html]);
    }
}
