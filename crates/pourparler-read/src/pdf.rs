//! PDF documents: the text of their pages, lines joined to paragraphs again.
//!
//! The `pdf-extract` crate reads the pages. It gives up on some documents by a panic, which is caught.

use std::collections::HashMap;
use std::thread;

use pdf_extract::{Document, PlainTextOutput};

use crate::fragment::tidy;
use crate::problem::{ProblemKind, Report};

mod guard;

/// First bytes of a document.
pub(crate) const MAGIC: &[u8] = b"%PDF-";

/// Most bytes of a document.
const LARGEST: usize = 32 << 20;

/// Stack of the thread that extracts: documents nest objects in one another.
const STACK: usize = 64 << 20;

/// So many lines at the top and at the bottom of a page may be its running head and foot.
const RUNNING: usize = 2;

/// The text of a document, a paragraph a line.
pub(crate) fn text(bytes: &[u8], report: &mut Report<'_>) -> Option<String> {
    if bytes.len() > LARGEST {
        let reason = format!("the PDF has {} MB, more than the {} MB that are read", bytes.len() >> 20, LARGEST >> 20);
        report.add(ProblemKind::TooLarge, None, reason);
        return None;
    }
    let pages = match pages(bytes) {
        Ok(pages) => pages,
        Err(why) => {
            report.add(ProblemKind::Broken, None, format!("the PDF cannot be read ({why}); save its text"));
            return None;
        }
    };
    let text = paragraphs(&pages);
    if text.is_empty() {
        report.add(
            ProblemKind::Empty,
            None,
            "the PDF holds no text, only pictures of pages; have its text recognised first",
        );
        return None;
    }
    Some(text)
}

/// The text of each page.
fn pages(bytes: &[u8]) -> Result<Vec<String>, String> {
    thread::scope(|scope| {
        let work = || extracted(bytes);
        let worker = thread::Builder::new().name(crate::WORKER.to_owned()).stack_size(STACK);
        let worker = worker.spawn_scoped(scope, work).map_err(|e| e.to_string())?;
        worker.join().map_err(|_| "it is broken or of an unknown kind".to_owned())?
    })
}

fn extracted(bytes: &[u8]) -> Result<Vec<String>, String> {
    if guard::is_bomb(bytes) {
        return Err("it unpacks to hundreds of times its size".to_owned());
    }
    let mut doc = Document::load_mem(bytes).map_err(|e| e.to_string())?;
    if doc.is_encrypted() {
        doc.decrypt("").map_err(|e| e.to_string())?;
    }
    guard::drop_pictures(&mut doc);
    let pages = doc.get_pages();
    if let Some(why) = guard::objection(&doc, &pages.values().copied().collect::<Vec<_>>()) {
        return Err(why.to_owned());
    }
    let mut texts = Vec::new();
    for &page in pages.keys() {
        let mut text = String::new();
        if pdf_extract::output_doc_page(&doc, &mut PlainTextOutput::new(&mut text), page).is_err() {
            break;
        }
        texts.push(text);
    }
    Ok(texts)
}

/// The paragraphs of all pages, one a line, with a blank line between, without running heads, feet and page numbers.
fn paragraphs(pages: &[String]) -> String {
    let pages: Vec<Vec<String>> = pages.iter().map(|page| lines(page)).collect();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in &pages {
        let words: Vec<_> = page.iter().filter(|l| !l.is_empty()).collect();
        for i in (0..words.len()).filter(|&i| is_edge(i, words.len())) {
            *seen.entry(shape(words[i])).or_default() += 1;
        }
    }
    let running = |line: &str| {
        let digits_only = line.chars().all(|c| c.is_ascii_digit() || " -–|/".contains(c));
        digits_only
            || is_printed_by_browser(line)
            || pages.len() > 2 && seen.get(&shape(line)).is_some_and(|&n| 2 * n > pages.len())
    };
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for page in &pages {
        let last = page.iter().filter(|l| !l.is_empty()).count();
        let mut number = 0;
        for line in page {
            if line.is_empty() {
                open = false;
                continue;
            }
            number += 1;
            if is_edge(number - 1, last) && running(line) {
                continue;
            }
            match out.last_mut() {
                Some(paragraph) if open => join(paragraph, line),
                // A paragraph may go on over the end of a page.
                Some(paragraph) if number <= RUNNING + 1 && goes_on(paragraph, line) => join(paragraph, line),
                _ => out.push(line.clone()),
            }
            open = true;
        }
        open = false;
    }
    out.join("\n\n")
}

/// Whether the line with this number is among the first or the last of a page.
fn is_edge(number: usize, count: usize) -> bool {
    number < RUNNING || number + RUNNING >= count
}

/// The lines of a page with single spaces; several blank ones are one.
fn lines(page: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in page.lines() {
        let line = without_ligatures(&tidy(line));
        if !(line.is_empty() && out.last().is_none_or(String::is_empty)) {
            out.push(line);
        }
    }
    out
}

/// A line with letters that were set as one sign as letters again, and without hyphens that are not seen.
fn without_ligatures(line: &str) -> String {
    const LIGATURES: &[(char, &str)] =
        &[('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"), ('ﬄ', "ffl"), ('ﬅ', "st"), ('ﬆ', "st"), ('\u{ad}', "")];
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match LIGATURES.iter().find(|(sign, _)| *sign == c) {
            Some((_, letters)) => out.push_str(letters),
            None => out.push(c),
        }
    }
    out
}

/// Whether a line is what browsers print at the edges of a page: `11/28/26, 11:07 PM Talks go on`, `https://example.org/a 1/2`.
/// Spaces may be anywhere in it.
fn is_printed_by_browser(line: &str) -> bool {
    let dense: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let foot = dense.contains("://") && {
        let mut parts = dense.rsplitn(2, '/');
        let (last, before) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        digits(last) && before.ends_with(|c: char| c.is_ascii_digit())
    };
    let head = dense.split_once(',').is_some_and(|(day, time)| {
        let parts: Vec<&str> = day.split(['/', '.']).collect();
        parts.len() == 3
            && parts.iter().all(|p| digits(p))
            && time.split_once(':').is_some_and(|(hour, _)| digits(hour))
    });
    foot || head
}

/// A line with its numbers made alike, as the page numbers in running heads differ.
fn shape(line: &str) -> String {
    line.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>().replace("00", "0")
}

fn goes_on(paragraph: &str, line: &str) -> bool {
    !paragraph.ends_with(['.', '!', '?', '"', '”', '’', ':']) && line.starts_with(char::is_lowercase)
}

/// Adds a line to a paragraph; a word that was divided at the line's end is one again.
fn join(paragraph: &mut String, line: &str) {
    let divided = paragraph.strip_suffix('-').is_some_and(|p| p.ends_with(char::is_lowercase));
    if divided && line.starts_with(char::is_lowercase) {
        paragraph.pop();
    } else if !paragraph.is_empty() {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::ReadOptions;

    #[test]
    fn what_browsers_print_around_pages_is_told() {
        for line in [
            "11/28/26, 11:07 PM Talks go on",
            "1 1 /2 8 /2 6 , 1 1 :0 7 PM",
            "28.11.2026, 11:07",
            "https://example.org/a.html 1/2",
            "file:///tmp /a. html 1 /1",
        ] {
            assert!(is_printed_by_browser(line), "{line}");
        }
        for line in [
            "On 11/28/26, 11 people came",
            "See https://example.org/talks",
            "The vote was 1/2",
            "28.11.2026, Sarn: talks",
        ] {
            assert!(!is_printed_by_browser(line), "{line}");
        }
        assert_eq!(without_ligatures("the oﬃce\u{ad}r ﬁnds"), "the officer finds");
    }

    #[test]
    fn lines_become_paragraphs() {
        let page = |number: usize, words: &str| format!("Oria  Daily   page {number}\n\n{words}\n\n{number}\n");
        let pages = [
            page(9, "Talks go on\n\nThe talks  in\nSarn went on, the min-\nister said, and will"),
            page(10, "go on for a day.\n\nHe left."),
            page(11, "She stayed in well-\nKnown places.\n\n2022"),
        ];
        let want = "Talks go on\n\nThe talks in Sarn went on, the minister said, and will go on for a day.\n\nHe left.\n\n\
                    She stayed in well- Known places.";
        assert_eq!(paragraphs(&pages), want);
        assert_eq!(paragraphs(&["\n \n".to_owned()]), "");
    }

    /// A document with one line of text, as small as the format allows.
    fn document(line: &str) -> Vec<u8> {
        with(&format!("BT /F1 12 Tf 72 720 Td ({line}) Tj ET"), "/Parent 2 0 R", &[])
    }

    /// A document with these drawing instructions, entries of its page, and further objects from the sixth on.
    fn with(content: &str, entries: &str, more: &[String]) -> Vec<u8> {
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            format!(
                "<</Type/Page/MediaBox[0 0 612 792]/Contents 4 0 R{entries}/Resources<</Font<</F1 5 0 R>>/XObject<</D 6 0 R>>>>>>"
            ),
            format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        ];
        objects.extend_from_slice(more);
        let (mut out, mut places) = ("%PDF-1.4\n".to_owned(), Vec::new());
        for (i, object) in objects.iter().enumerate() {
            places.push(out.len());
            out += &format!("{} 0 obj\n{object}\nendobj\n", i + 1);
        }
        let (table, count) = (out.len(), objects.len() + 1);
        out += &format!("xref\n0 {count}\n0000000000 65535 f \n");
        out += &places.iter().map(|at| format!("{at:010} 00000 n \n")).collect::<String>();
        out += &format!("trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        out.into_bytes()
    }

    /// A drawing with these instructions, in which `/D` is the object of the given number.
    fn drawing(content: &str, inner: usize) -> String {
        let resources = format!("/Resources<</XObject<</D {inner} 0 R>>>>");
        format!("<</Type/XObject/Subtype/Form{resources}/Length {}>>stream\n{content}\nendstream", content.len())
    }

    #[test]
    fn drawings_without_end_are_told() {
        let line = "BT /F1 12 Tf 72 720 Td (The talks go on.) Tj ET /D Do";
        let read = |bytes: &[u8]| {
            let reading = crate::read(bytes, "test", &ReadOptions::default());
            (reading.articles.len(), reading.problems.iter().map(|p| p.reason.clone()).collect::<String>())
        };
        assert_eq!(read(&with(line, "/Parent 2 0 R", &[drawing("", 7)])), (1, String::new()));
        let itself = with(line, "/Parent 2 0 R", &[drawing("/D Do", 6)]);
        let twice: Vec<_> = (7..60).map(|next| drawing("/D Do /D Do", next)).collect();
        for bytes in [itself, with(line, "/Parent 2 0 R", &twice)] {
            let (articles, why) = read(&bytes);
            assert!(articles == 0 && why.contains("without end"), "{why}");
        }
        let (articles, why) = read(&with(line, "/Parent 3 0 R", &[]));
        assert!(articles == 0 && why.contains("no end"), "{why}");
    }

    #[test]
    fn fonts_with_too_many_signs_are_told() {
        let read = |ranges: &str| {
            let table = format!("1 begincodespacerange <00> <ff> endcodespacerange 2 beginbfrange {ranges} endbfrange");
            let table = format!("<</Length {}>>stream\n{table}\nendstream", table.len());
            let reading = crate::read(&with("", "/Parent 2 0 R", &[table]), "test", &ReadOptions::default());
            reading.problems.iter().map(|p| p.reason.clone()).collect::<String>()
        };
        assert!(!read("<01> <7f> <0041> <0080> <00ff> [<0041> <0042>]").contains("signs"));
        assert!(read("<01> <7f> [<0041>] %\n<00000000> <ffffffff> <0041>").contains("signs"));
        assert!(read("<01> <7f> <0041> (\\0\\0\\0) (zzzz) <0041>").contains("signs"));
    }

    #[test]
    fn bombs_are_told() {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        let spaces = vec![b' '; 1 << 20];
        for _ in 0..257 {
            packed.write_all(&spaces).expect("memory takes everything");
        }
        let packed = packed.finish().expect("memory takes everything");
        assert!(guard::is_bomb(&[b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode>>stream\r\n", packed.as_slice()].concat()));
        assert!(!guard::is_bomb(&document("stream x\u{1}")));
    }

    #[test]
    fn a_document_is_an_article() {
        let reading = crate::read(&document("The talks go on, she said."), "test", &ReadOptions::default());
        assert_eq!(reading.problems, []);
        assert_eq!(reading.articles[0].article.text.as_str(), "The talks go on, she said.");
        assert_eq!((reading.articles[0].decoding.as_str(), reading.articles[0].kind), ("pdf", crate::InputKind::Pdf));
    }

    #[test]
    fn what_is_broken_or_holds_no_text_is_told() {
        let whole = document("The talks go on.");
        for bytes in [&b"%PDF-1.7\n%\xe2"[..], &whole[..whole.len() / 2], &document(" ")] {
            let reading = crate::read(bytes, "test", &ReadOptions::default());
            assert_eq!((reading.articles.len(), reading.problems.len()), (0, 1));
        }
    }
}
