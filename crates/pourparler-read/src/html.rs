//! HTML pages: the article's body and its particulars, found by the `trafilatura` crate.

use std::borrow::Cow;
use std::thread;

use jiff::civil::Date;
use pourparler_text::{Article, Text};
use trafilatura::{ExtractResult, ExtractionFocus, Options, extract};

use crate::Draft;
use crate::date::{self, Found};
use crate::problem::{ProblemKind, Report};

/// No news page is larger, in bytes; extraction takes many times a page's size in memory.
pub(crate) const LARGEST: usize = 8 << 20;

/// No news page is nested deeper. Building and walking the tree of one that is takes time that grows with the square.
pub(crate) const DEEPEST: usize = 1000;

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

/// Elements that begin and end a line.
pub(crate) const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "section",
    "article",
    "table",
    "tr",
    "figure",
    "figcaption",
    "body",
];

/// Elements whose content is not markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "noscript", "iframe", "xmp"];

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
    if depth(&page) > DEEPEST {
        let reason =
            format!("the page is nested more than {DEEPEST} elements deep and is not read; save the article as text");
        report.add(ProblemKind::TooLarge, None, reason);
        return None;
    }
    match extracted(&page) {
        Ok(result) => Some(draft(result, &page)),
        Err(why) => {
            let reason = format!("no article was found in the page ({why}); save the article as text");
            report.add(ProblemKind::Html, None, reason);
            None
        }
    }
}

/// Runs the extraction where neither a deep tree nor a panic can end the program.
fn extracted(page: &str) -> Result<ExtractResult, String> {
    let work = || {
        let options = Options::default()
            .with_fallback(true)
            .with_focus(ExtractionFocus::FavorPrecision)
            .with_exclude_comments(true)
            .with_exclude_tables(true);
        extract(page, &options)
    };
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).map_err(|e| e.to_string())?;
        let result = worker.join().map_err(|_| "the extraction broke down".to_owned())?.map_err(|e| e.to_string())?;
        if paragraphs(&result.content_html).is_empty() { Err("it holds no text".to_owned()) } else { Ok(result) }
    })
}

fn draft(result: ExtractResult, page: &str) -> Draft {
    let meta = result.metadata;
    let given = |s: String| Some(s.trim().to_owned()).filter(|s| !s.is_empty());
    let text = Text::new(paragraphs(&result.content_html));
    let article = Article {
        id: Article::id_of(text.as_str()),
        title: given(meta.title),
        outlet: given(meta.sitename).or_else(|| given(meta.hostname)),
        byline: given(meta.author),
        published: meta.date.and_then(|date| date.to_string().parse::<Date>().ok()).or_else(|| declared_day(page)),
        url: given(meta.url),
        language: given(meta.language),
        text,
    };
    Draft::new(article)
}

/// The day of publication as the page declares it, whatever day that is; the extractor knows no days to come.
fn declared_day(page: &str) -> Option<Date> {
    ["article:published_time", "datePublished"].iter().find_map(|name| {
        let after = page.split_once(name)?.1;
        let near = &after[..after.floor_char_boundary(60)];
        date::find(near.trim_start_matches(|c: char| !c.is_ascii_digit())).and_then(Found::full)
    })
}

/// The text of extracted markup, one line a block; the extractor's own text runs the paragraphs together.
fn paragraphs(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut line = String::new();
    let mut rest = markup;
    loop {
        let (words, tag) = rest.split_once('<').unwrap_or((rest, ""));
        line.push_str(words);
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        let name = name_at(tag.trim_start_matches('/').as_bytes(), 0);
        if after.is_empty() || BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block.as_bytes())) {
            end_line(&mut out, &line);
            line.clear();
        }
        if after.is_empty() {
            return out;
        }
        rest = after;
    }
}

/// Adds a line with single spaces between its words, if it has any.
fn end_line(out: &mut String, line: &str) {
    // The serialiser escapes these and no others; the ampersand goes last.
    let line = line
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    let mut words = line.split_whitespace();
    let Some(first) = words.next() else { return };
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(first);
    for word in words {
        out.push(' ');
        out.push_str(word);
    }
}

/// How deep the tags of a page nest, roughly, in one pass.
pub(crate) fn depth(page: &str) -> usize {
    let bytes = page.as_bytes();
    let (mut open, mut deepest) = (0usize, 0usize);
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|&b| b == b'<') {
        at += found + 1;
        let closing = bytes.get(at) == Some(&b'/');
        let name = name_at(bytes, at + usize::from(closing));
        if name.is_empty() || NO_END.iter().any(|n| name.eq_ignore_ascii_case(n.as_bytes())) {
            continue;
        }
        let end = bytes[at..].iter().position(|&b| b == b'>').map_or(bytes.len(), |e| at + e);
        if closing {
            open = open.saturating_sub(1);
        } else if bytes[at..end].last() != Some(&b'/') {
            open += 1;
            deepest = deepest.max(open);
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
    fn blocks_become_lines() {
        for (markup, want) in [
            ("<p>A <b>b</b>\n c.</p><p>D&nbsp;&amp;lt; &lt;e&gt;</p>", "A b c.\nD &lt; <e>"),
            ("<div><h2>A</h2>b<br>c<ul><li>d</li></ul></div>e", "A\nb\nc\nd\ne"),
            ("<p> </p><p></p>", ""),
            ("a < b", "a"),
            ("", ""),
        ] {
            assert_eq!(paragraphs(markup), want, "{markup}");
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
        assert_eq!(depth(&"<div>".repeat(100_000)), 100_000);
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
