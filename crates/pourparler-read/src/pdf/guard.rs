//! Documents that would end the program or keep it busy for hours: the library that extracts text neither counts how deep
//! drawings stand in drawings nor how much a stream unpacks to.

use std::io::{self, Read as _};

use flate2::read::ZlibDecoder;
use pdf_extract::content::Content;
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

/// Most bytes that a stream may unpack to: more than any picture of a page.
const LARGEST: u64 = 256 << 20;

/// Most bytes that all streams together may unpack to.
const LARGEST_OF_ALL: u64 = 1 << 30;

/// Most pages; a newspaper has a hundred.
const PAGES: usize = 2000;

/// A page's node may have so many others above it.
const ABOVE: usize = 64;

/// Drawings may stand so deep in one another.
const DEEPEST: usize = 12;

/// So many bytes of drawing instructions are followed.
const INSTRUCTIONS: usize = 64 << 20;

/// So many times a drawing may be put into another.
const DRAWINGS: usize = 20_000;

/// Most codes that the table of a font has; there are 65,536 of two bytes.
const CODES: u64 = 1 << 17;

/// Whether streams unpack to so much that they are made to fill the memory. The document is not parsed for that: parsing
/// unpacks some of them.
pub(super) fn is_bomb(bytes: &[u8]) -> bool {
    const BEGINS: &[u8] = b"stream";
    let (mut at, mut all) = (0, 0);
    while let Some(found) = bytes[at..].windows(BEGINS.len()).position(|w| w == BEGINS) {
        at += found + BEGINS.len();
        let data = bytes[at..].trim_ascii_start();
        let packed = matches!(data, [a, b, ..] if a & 15 == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0);
        if packed {
            let mut unpacked = ZlibDecoder::new(data).take(LARGEST + 1);
            // What is damaged ends there.
            let _ = io::copy(&mut unpacked, &mut io::sink());
            let size = LARGEST + 1 - unpacked.limit();
            all += size;
            if size > LARGEST || all > LARGEST_OF_ALL {
                return true;
            }
        }
    }
    false
}

/// Takes the pictures out. The library looks for text in them, too, as if they were drawings.
pub(super) fn drop_pictures(doc: &mut Document) {
    for object in doc.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image")
        {
            *stream = Stream::new(Dictionary::new(), Vec::new());
        }
    }
}

/// Why a document is not read, if anything speaks against it.
pub(super) fn objection(doc: &Document, pages: &[ObjectId]) -> Option<&'static str> {
    if pages.len() > PAGES {
        return Some("it has thousands of pages");
    }
    let packed_twice = doc.objects.values().filter_map(|o| o.as_stream().ok()).any(is_packed_twice);
    if packed_twice {
        return Some("a part of it is packed twice");
    }
    let content = |stream: &Stream| stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    if doc.objects.values().filter_map(|o| o.as_stream().ok()).any(|s| codes(&content(s)) > CODES) {
        return Some("one of its fonts has more signs than there are");
    }
    let mut walk = Walk { doc, instructions: INSTRUCTIONS, drawings: DRAWINGS };
    for &page in pages {
        let node = doc.get_dictionary(page).ok()?;
        let above = |node: &Dictionary| doc.get_dictionary(node.get(b"Parent").ok()?.as_reference().ok()?).ok();
        let mut nodes = std::iter::successors(Some(node), |node| above(node));
        let resources = nodes.by_ref().take(ABOVE).find_map(|node| walk.dictionary(node, b"Resources"));
        if std::iter::successors(Some(node), |node| above(node)).nth(ABOVE).is_some() {
            return Some("the tree of its pages has no end");
        }
        let content = doc.get_page_content(page).ok()?;
        if !walk.follow(&content, resources, 0) {
            return Some("its drawings stand in one another without end");
        }
    }
    None
}

/// How many codes the ranges of a font's table have, which the library writes out one by one; 0 for other streams.
fn codes(content: &[u8]) -> u64 {
    const BEGINS: &[u8] = b"beginbfrange";
    let mut at = 0;
    let mut all = 0;
    while let Some(found) = content[at..].windows(BEGINS.len()).position(|w| w == BEGINS) {
        at += found + BEGINS.len();
        let mut rest = &content[at..];
        // First and last code, and what they stand for.
        while let (Some(first), Some(last)) = (code(&mut rest), code(&mut rest)) {
            all += u64::from(last.saturating_sub(first));
            let listed = rest.starts_with(b"[").then(|| rest.iter().position(|&b| b == b']')).flatten();
            match listed {
                Some(end) => rest = blank(&rest[end + 1..]),
                None if code(&mut rest).is_some() => {}
                None => break,
            }
        }
        // A code in letters is allowed, and nobody writes one.
        if blank(rest).starts_with(b"(") {
            return u64::MAX;
        }
        at = content.len() - rest.len();
    }
    all
}

/// Takes a code such as `<01ff>` off the front; longer ones count as their last four bytes.
fn code(rest: &mut &[u8]) -> Option<u32> {
    let inner = blank(rest).strip_prefix(b"<")?;
    let end = inner.iter().position(|&b| b == b'>')?;
    *rest = blank(&inner[end + 1..]);
    let digits = inner[..end].iter().filter_map(|&b| char::from(b).to_digit(16));
    Some(digits.fold(0, |code, digit| code << 4 | digit))
}

/// What follows white space and comments.
fn blank(mut rest: &[u8]) -> &[u8] {
    loop {
        rest = rest.trim_ascii_start();
        let Some(comment) = rest.strip_prefix(b"%") else { return rest };
        let end = comment.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(comment.len());
        rest = &comment[end..];
    }
}

fn is_packed_twice(stream: &Stream) -> bool {
    let filters = stream.filters().unwrap_or_default();
    filters.iter().filter(|f| matches!(**f, b"FlateDecode" | b"Fl" | b"LZWDecode" | b"LZW")).count() > 1
}

/// Follows drawings into one another as the library does, and counts.
struct Walk<'a> {
    doc: &'a Document,
    instructions: usize,
    drawings: usize,
}

impl<'a> Walk<'a> {
    /// Whether instructions, and those of the drawings that they put in, come to an end.
    fn follow(&mut self, content: &[u8], resources: Option<&'a Dictionary>, depth: usize) -> bool {
        let left = self.instructions.checked_sub(content.len()).zip(self.drawings.checked_sub(1));
        let Some((instructions, drawings)) = left.filter(|_| depth <= DEEPEST) else { return false };
        (self.instructions, self.drawings) = (instructions, drawings);
        let Some(named) = resources.and_then(|r| self.dictionary(r, b"XObject")) else { return true };
        let Ok(content) = Content::decode(content) else { return true };
        let names = content.operations.iter().filter(|o| o.operator == "Do");
        names.filter_map(|o| o.operands.first()?.as_name().ok()).all(|name| {
            let Some(drawing) = self.object(named, name).and_then(|o| o.as_stream().ok()) else { return true };
            let content = drawing.decompressed_content().unwrap_or_else(|_| drawing.content.clone());
            self.follow(&content, self.dictionary(&drawing.dict, b"Resources").or(resources), depth + 1)
        })
    }

    fn dictionary(&self, of: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        self.object(of, key)?.as_dict().ok()
    }

    fn object(&self, of: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        self.doc.dereference(of.get(key).ok()?).ok().map(|(_, object)| object)
    }
}
