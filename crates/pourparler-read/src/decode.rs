//! Bytes to text: which encoding they are in, or that they are no text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use crate::mojibake;
use crate::problem::{ProblemKind, Report};

/// Text and the encoding it came in.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) decoding: String,
}

/// First bytes of common formats that are no text, and what to call them.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document of the old format"),
    (b"{\\rtf", "an RTF document"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ\0", "xz-compressed"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ID3", "an MP3 recording"),
];

/// A NUL byte this early means that the rest is no text either.
const NUL_WINDOW: usize = 8192;

/// So many first bytes of a page are searched for its encoding. Browsers search 1024; pages with a long head work by chance.
const HEAD: usize = 8192;

/// The text of an input; `None`, with a problem, where it is no text. `charset` is what whoever sent it declared.
///
/// A byte order mark settles the encoding. Next, valid UTF-8 is UTF-8 whatever was declared, since bytes of another
/// encoding hardly ever are; then the declaration of the sender counts, the page's own, and what the bytes look like.
pub(crate) fn decode<'a>(bytes: &'a [u8], charset: Option<&str>, report: &mut Report<'_>) -> Option<Decoded<'a>> {
    let mut decoded = as_declared(bytes, charset, report)?;
    if let Some(text) = mojibake::mended(&decoded.text) {
        decoded.text = Cow::Owned(text);
        decoded.decoding += ", mojibake repaired";
    }
    Some(decoded)
}

fn as_declared<'a>(bytes: &'a [u8], charset: Option<&str>, report: &mut Report<'_>) -> Option<Decoded<'a>> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        let reason = format!("it is {what}, which is not read; save the article as text, HTML or PDF");
        report.add(ProblemKind::Unsupported, None, reason);
        return None;
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Some(with(encoding, "", &bytes[length..], report));
    }
    if let Some(encoding) = utf16(bytes) {
        return Some(with(encoding, " (detected)", bytes, report));
    }
    if let Some(place) = binary(bytes) {
        let reason = "it is binary data of an unknown kind; save the article as text, HTML or PDF";
        report.add(ProblemKind::Binary, Some(place), reason);
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Decoded { text: Cow::Borrowed(text), decoding: "utf-8".to_owned() });
    }
    if mostly_utf8(bytes) {
        return Some(with(encoding_rs::UTF_8, "", bytes, report));
    }
    let told = charset.and_then(|label| Encoding::for_label(label.as_bytes())).or_else(|| declared(bytes));
    // Saved anew in another encoding, a page still declares the old one.
    if let Some(encoding) = told.filter(|&told| told != encoding_rs::UTF_8 || !never_utf8(bytes)) {
        return Some(with(encoding, " (declared)", bytes, report));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Some(with(detector.guess(None, Utf8Detection::Deny), " (detected)", bytes, report))
}

fn with<'a>(encoding: &'static Encoding, how: &str, bytes: &'a [u8], report: &mut Report<'_>) -> Decoded<'a> {
    let name = encoding.name().to_ascii_lowercase();
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken {
        let place = text.find('\u{fffd}').map(|at| {
            let line = report.first_line + text.as_bytes()[..at].iter().filter(|&&b| b == b'\n').count();
            format!("line {line}")
        });
        let reason = format!("some bytes are not valid {name} and are read as U+FFFD; convert the file to UTF-8");
        report.add(ProblemKind::Encoding, place, reason);
    }
    Decoded { text, decoding: name + how }
}

/// UTF-16 without a byte order mark: text in it that is mostly of Latin letters has a NUL in every other byte.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(NUL_WINDOW) & !1];
    let nuls = |from: usize| head.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let pairs = head.len() / 2;
    let encoding = match (nuls(0), nuls(1)) {
        (0, odd) if 2 * odd > pairs => encoding_rs::UTF_16LE,
        (even, 0) if 2 * even > pairs => encoding_rs::UTF_16BE,
        _ => return None,
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(head)?;
    let control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    (pairs >= 4 && !text.contains(control)).then_some(encoding)
}

/// Where the first sign of binary data stands: an early NUL, or more control characters than text has.
fn binary(bytes: &[u8]) -> Option<String> {
    let place = |at: usize| format!("byte {at}");
    if let Some(at) = bytes.iter().take(NUL_WINDOW).position(|&b| b == 0) {
        return Some(place(at));
    }
    let control = |b: u8| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b) || b == 0x7f;
    let controls = bytes.iter().filter(|&&b| control(b)).count();
    (controls > bytes.len() / 100).then(|| place(bytes.iter().position(|&b| control(b)).unwrap_or(0)))
}

/// Whether bytes that are not valid UTF-8 are a damaged file of it rather than another encoding: there are many more
/// characters of several bytes than places that break.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

/// Whether no character of several bytes is UTF-8 and many break it.
fn never_utf8(bytes: &[u8]) -> bool {
    let chunks = || bytes.utf8_chunks();
    chunks().all(|chunk| chunk.valid().is_ascii()) && chunks().filter(|chunk| !chunk.invalid().is_empty()).count() >= 3
}

/// The encoding that an HTML or XML head declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    if head.trim_ascii_start().first() != Some(&b'<') {
        return None;
    }
    let find = |key: &[u8], from: usize| head[from..].windows(key.len()).position(|w| w == key).map(|at| from + at);
    // Scripts and links have character sets of their own.
    let mut from = 0;
    let mut at = None;
    while let (None, Some(tag)) = (at, find(b"<meta", from)) {
        let end = find(b">", tag).unwrap_or(head.len());
        at = find(b"charset", tag).filter(|at| *at < end).map(|at| at + b"charset".len());
        from = end;
    }
    let xml = || find(b"encoding", 0).filter(|at| find(b"?>", 0).is_some_and(|end| *at < end));
    let at = at.or_else(|| xml().map(|at| at + b"encoding".len()))?;
    let rest = head[at..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let label = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = label.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(label.len());
    Encoding::for_label(&label[..end])
}

/// Markup that is text and yet no article: what it is.
pub(crate) fn other_markup(text: &str) -> Option<&'static str> {
    let start = text.trim_start();
    start.starts_with("<?xml").then_some("XML")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (Option<(String, String)>, Vec<ProblemKind>) {
        let mut report = Report::new("test");
        let out = decode(bytes, None, &mut report).map(|d| (d.text.into_owned(), d.decoding));
        (out, report.finish().into_iter().map(|p| p.kind).collect())
    }

    #[test]
    fn encodings_are_told_apart() {
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("Tarn’s".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let page =
            b"<html><head><META http-equiv=x content=\"text/html; charset=iso-8859-2\"></head>Wa\xb3\xeasa".as_slice();
        for (bytes, text, decoding) in [
            ("Café".as_bytes(), "Café", "utf-8"),
            (b"\xef\xbb\xbfCaf\xc3\xa9", "Café", "utf-8"),
            (
                b"The caf\xe9\x92s owner \x93agreed\x94 on Monday.",
                "The café’s owner “agreed” on Monday.",
                "windows-1252 (detected)",
            ),
            (&utf16, "Tarn’s", "utf-16le"),
            (page, "Wałęsa", "iso-8859-2 (declared)"),
        ] {
            let (out, problems) = decoded(bytes);
            let (got, how) = out.expect("it is text");
            assert!(got.ends_with(text), "{got:?}");
            assert_eq!(how, decoding);
            assert_eq!(problems, []);
        }
    }

    #[test]
    fn declarations_are_found_where_they_stand_and_believed_in_order() {
        let body = b"<p>Wa\xb3\xeasa</p>".as_slice();
        let far = format!("<html><head>{}<meta charset=iso-8859-2>", "<!-- long -->".repeat(250));
        let script = "<html><script charset=utf-8 src=x></script><meta  charset = 'iso-8859-2' >";
        for head in [&far, script, "<?xml version='1.0' encoding='iso-8859-2'?>", "<meta charset=\"ISO-8859-2\">"] {
            let (out, _) = decoded(&[head.as_bytes(), body].concat());
            let (text, how) = out.expect("it is text");
            assert!(text.contains("Wałęsa") && how == "iso-8859-2 (declared)", "{head:.60} {how}");
        }
        let mut report = Report::new("test");
        let page = [b"<meta charset=iso-8859-1>", body].concat();
        let sent = decode(&page, Some("iso-8859-2"), &mut report).expect("it is text");
        assert_eq!(sent.decoding, "iso-8859-2 (declared)");
        // Valid UTF-8 is not anything else.
        for charset in [None, Some("iso-8859-2")] {
            let page = "<meta charset=iso-8859-1><p>Wałęsa";
            let sent = decode(page.as_bytes(), charset, &mut report).expect("it is text");
            assert_eq!((sent.text.as_ref(), sent.decoding.as_str()), (page, "utf-8"));
        }
    }

    #[test]
    fn utf16_needs_no_mark() {
        let text = "The talks go on, Tarn’s minister said.\r\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, how) in [(little, "utf-16le (detected)"), (big, "utf-16be (detected)")] {
            assert_eq!(decoded(&bytes), (Some((text.to_owned(), how.to_owned())), vec![]));
        }
        for bytes in [b"a\0".as_slice(), b"a\0b\0\x01\0c\0d\0e\0", b"\0\0\0\0\0\0\0\0", b"a\0b\0c\0dde\0\0f\0g"] {
            assert_eq!(decoded(bytes), (None, vec![ProblemKind::Binary]), "{bytes:?}");
        }
    }

    #[test]
    fn mojibake_is_declared() {
        let (out, problems) = decoded("Oriaâ€™s talks go on.".as_bytes());
        assert_eq!(out, Some(("Oria’s talks go on.".to_owned(), "utf-8, mojibake repaired".to_owned())));
        assert_eq!(problems, []);
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let bytes = ["“Yes,” he said – “no” – “café”.\n".as_bytes(), b"a \xe2\x80 b"].concat();
        let (out, problems) = decoded(&bytes);
        assert_eq!(out.map(|(text, how)| (text.ends_with("a \u{fffd} b"), how)), Some((true, "utf-8".to_owned())));
        assert_eq!(problems, [ProblemKind::Encoding]);
    }

    #[test]
    fn a_false_declaration_of_utf8_is_not_believed() {
        let page = b"<html><meta charset=utf-8><p>120 W\xf6rter, 130 W\xf6rter, \xa9 2020".as_slice();
        let (out, problems) = decoded(page);
        assert!(out.is_some_and(|(text, how)| text.contains("130 Wörter, © 2020") && how.ends_with("(detected)")));
        assert_eq!(problems, []);
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (bytes, kind) in [
            (b"{\\rtf1 words}".as_slice(), ProblemKind::Unsupported),
            (b"words\0and more", ProblemKind::Binary),
            (b"\x01\x02\x03 words", ProblemKind::Binary),
        ] {
            assert_eq!(decoded(bytes), (None, vec![kind]));
        }
    }

    #[test]
    fn one_stray_control_character_is_no_binary() {
        let bytes = format!("{}\u{8}{}", "The talks go on. ".repeat(10), "They will end. ".repeat(10));
        assert!(decoded(bytes.as_bytes()).0.is_some());
    }
}
