//! Bytes to text: which encoding they are in, or that they are no text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use crate::problem::{ProblemKind, Report};

/// Text and the encoding it came in.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) decoding: String,
}

/// First bytes of common formats that are no text, and what to call them.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
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
    (b"WARC/", "a web archive (WARC)"),
    (b"ID3", "an MP3 recording"),
];

/// A NUL byte this early means that the rest is no text either.
const NUL_WINDOW: usize = 8192;

/// The text of an input; `None`, with a problem, where it is no text. `charset` is what whoever sent it declared.
pub(crate) fn decode<'a>(bytes: &'a [u8], charset: Option<&str>, report: &mut Report<'_>) -> Option<Decoded<'a>> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        let reason = format!("it is {what}, which is not read; give the article as text, HTML or JSON");
        report.add(ProblemKind::Unsupported, None, reason);
        return None;
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Some(with(encoding, "", &bytes[length..], report));
    }
    if let Some(place) = binary(bytes) {
        let reason = "it is binary data, not text; give the article as text, HTML or JSON in UTF-8";
        report.add(ProblemKind::Binary, Some(place), reason);
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Decoded { text: Cow::Borrowed(text), decoding: "utf-8".to_owned() });
    }
    if mostly_utf8(bytes) {
        return Some(with(encoding_rs::UTF_8, "", bytes, report));
    }
    if let Some(encoding) = charset.and_then(|label| Encoding::for_label(label.as_bytes())).or_else(|| declared(bytes))
    {
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

/// The encoding that an HTML or XML head declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    if head.trim_ascii_start().first() != Some(&b'<') {
        return None;
    }
    let after = |key: &[u8]| head.windows(key.len()).position(|w| w == key).map(|at| at + key.len());
    let at = after(b"charset=").or_else(|| after(b"encoding="))?;
    let label = head[at..].strip_prefix(b"\"").or_else(|| head[at..].strip_prefix(b"'")).unwrap_or(&head[at..]);
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
    fn damaged_utf8_stays_utf8() {
        let bytes = ["“Yes,” he said – “no” – “café”.\n".as_bytes(), b"a \xe2\x80 b"].concat();
        let (out, problems) = decoded(&bytes);
        assert_eq!(out.map(|(text, how)| (text.ends_with("a \u{fffd} b"), how)), Some((true, "utf-8".to_owned())));
        assert_eq!(problems, [ProblemKind::Encoding]);
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (bytes, kind) in [
            (b"%PDF-1.7\n%\xe2".as_slice(), ProblemKind::Unsupported),
            (b"PK\x03\x04\x14\0", ProblemKind::Unsupported),
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
