//! Word documents: the paragraphs of a `.docx` file, as text. Only its main part is read; notes, comments and what was
//! deleted stay out.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// The part of the archive that holds the text.
const DOCUMENT: &str = "word/document.xml";

/// Most bytes of that part when it is unpacked.
const LARGEST: u64 = 64 << 20;

/// The first bytes of every ZIP archive that holds something.
pub(crate) const MAGIC: &[u8] = b"PK\x03\x04";

/// Whether bytes are a Word document, be it a damaged one.
pub(crate) fn looks_like(bytes: &[u8]) -> bool {
    if !bytes.starts_with(MAGIC) {
        return false;
    }
    match ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive.index_for_name(DOCUMENT).is_some(),
        // The list of what is inside stands at the end and may be cut off; the parts name themselves, too.
        Err(_) => {
            let holds = |name: &str| bytes.windows(name.len()).any(|window| window == name.as_bytes());
            holds("[Content_Types].xml") && holds(DOCUMENT)
        }
    }
}

/// The paragraphs of a Word document, in order, empty ones too; the error says why they cannot be read.
pub(crate) fn paragraphs(bytes: &[u8]) -> Result<Vec<String>, String> {
    let damaged = |what: &dyn std::fmt::Display| format!("the Word document is damaged: {what}; save it anew");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    let part = archive.by_name(DOCUMENT).map_err(|e| damaged(&e))?;
    let mut xml = Vec::new();
    part.take(LARGEST + 1).read_to_end(&mut xml).map_err(|e| damaged(&e))?;
    if xml.len() as u64 > LARGEST {
        return Err(format!(
            "the text of the Word document takes more than the {} MB that are read; cut it up",
            LARGEST >> 20
        ));
    }
    // The format is UTF-8; a damaged letter costs only itself.
    read(&String::from_utf8_lossy(&xml)).map_err(|e| damaged(&e))
}

/// The paragraphs of the document's XML.
fn read(xml: &str) -> Result<Vec<String>, quick_xml::Error> {
    let mut reader = Reader::from_str(xml);
    // A document that was cut off or written carelessly still has its text.
    reader.config_mut().check_end_names = false;
    let mut done = Vec::new();
    // A text box holds paragraphs inside a paragraph.
    let mut open: Vec<String> = Vec::new();
    // Word writes some shapes twice; the second time is for old versions of it.
    let mut fallback = 0usize;
    let (mut in_text, mut in_run) = (false, false);
    loop {
        match reader.read_event()? {
            Event::Start(tag) => match local(&tag) {
                "Fallback" => fallback += 1,
                "p" => open.push(String::new()),
                "t" => in_text = true,
                "r" => in_run = true,
                name if in_run => add(&mut open, name, fallback),
                _ => {}
            },
            Event::Empty(tag) => match local(&tag) {
                "p" if fallback == 0 => done.push(String::new()),
                // Outside of runs, a `tab` is a place on the ruler.
                name if in_run => add(&mut open, name, fallback),
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "Fallback" => fallback = fallback.saturating_sub(1),
                "p" => {
                    if let Some(paragraph) = open.pop()
                        && fallback == 0
                    {
                        done.push(paragraph);
                    }
                }
                "t" => in_text = false,
                "r" => in_run = false,
                _ => {}
            },
            Event::Text(text) if in_text && fallback == 0 => {
                if let Some(paragraph) = open.last_mut() {
                    paragraph.push_str(&text);
                }
            }
            Event::GeneralRef(name) if in_text && fallback == 0 => {
                if let Some(paragraph) = open.last_mut() {
                    let sign = name.resolve_char_ref().ok().flatten().map(String::from);
                    let sign = sign.or_else(|| quick_xml::escape::resolve_xml_entity(&name).map(str::to_owned));
                    paragraph.push_str(sign.as_deref().unwrap_or("\u{fffd}"));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    // The innermost is the one in which the text was cut off.
    done.extend(open.into_iter().rev().filter(|p| !p.is_empty()));
    Ok(done)
}

/// What stands for a sign of its own.
fn add(open: &mut [String], name: &str, fallback: usize) {
    let sign = match name {
        "br" | "cr" => '\n',
        "tab" => '\t',
        "noBreakHyphen" => '\u{2011}',
        _ => return,
    };
    if let Some(paragraph) = open.last_mut()
        && fallback == 0
    {
        paragraph.push(sign);
    }
}

fn local<'a>(tag: &'a BytesStart<'_>) -> &'a str {
    tag.local_name().into_inner()
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// An archive with these parts, packed.
    pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
            zip.start_file(*name, options).expect("memory takes everything");
            zip.write_all(bytes).expect("memory takes everything");
        }
        zip.finish().expect("memory takes everything").into_inner()
    }

    /// A Word document with this body.
    pub(crate) fn document(body: &str) -> Vec<u8> {
        let xml = format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
        archive(&[("[Content_Types].xml", b"<Types/>"), (DOCUMENT, xml.as_bytes())])
    }

    #[test]
    fn paragraphs_breaks_and_signs() {
        let bytes = document(
            "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>Oria &amp; Tarn</w:t><w:br/>\
             <w:t xml:space=\"preserve\"> go&#160;on</w:t><w:tab/><w:delText>x</w:delText><w:instrText>y</w:instrText></w:r></w:p>\
             <w:p/><w:tbl><w:tr><w:tc><w:p><w:r><w:t>A cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
             <w:p><w:r><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>A box</w:t></w:r></w:p></mc:Choice>\
             <mc:Fallback><w:p><w:r><w:t>A box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        );
        assert!(looks_like(&bytes));
        let want = ["Oria & Tarn\n go\u{a0}on\t", "", "A cell", "A box", ""];
        assert_eq!(paragraphs(&bytes), Ok(want.map(str::to_owned).to_vec()));
    }

    #[test]
    fn other_archives_are_left_to_others() {
        assert!(!looks_like(&archive(&[("talks.txt", b"The talks go on.")])));
        let inside = document("<w:p/>");
        assert!(!looks_like(&archive(&[("talks.docx", inside.as_slice())])));
        assert!(!looks_like(b"PK\x03\x04"));
        assert!(!looks_like(b"word/document.xml [Content_Types].xml"));
    }

    #[test]
    fn bombs_and_damage_are_told() {
        let bomb = archive(&[(DOCUMENT, &vec![b' '; LARGEST as usize + 1])]);
        assert!(paragraphs(&bomb).is_err_and(|why| why.contains("64 MB")));
        let whole = document("<w:p><w:r><w:t>Talks</w:t></w:r></w:p>");
        let cut = &whole[..whole.len() - 40];
        assert!(looks_like(cut));
        assert!(paragraphs(cut).is_err_and(|why| why.contains("damaged")));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(at in 0usize..400, byte: u8, cut in 0usize..400) {
            let mut bytes = document("<w:p><w:r><w:t>Talks &amp;</w:t><w:br/></w:r></w:p>");
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len().saturating_sub(cut / 4));
            looks_like(&bytes);
            let _ = paragraphs(&bytes);
        }

        #[test]
        fn no_markup_panics(pieces in proptest::collection::vec(prop_oneof![
            Just("<w:p>"), Just("</w:p>"), Just("<w:r>"), Just("</w:r>"), Just("<w:t>"), Just("</w:t>"), Just("&amp;"),
            Just("&#0;"), Just("&x;"), Just("é"), Just("<mc:Fallback>"), Just("</mc:Fallback>"), Just("<w:br/>"), Just("<"),
        ], 0..30)) {
            let _ = read(&pieces.concat());
        }
    }
}
