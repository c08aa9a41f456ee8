//! Web archives: WARC with the pages that servers sent, and WET with their text.
//!
//! The framing is read here and not by a library so that a record of any length needs bounded memory and a damaged one
//! costs only itself: reading goes on at the next line that begins a record.

use std::io::{self, BufRead, Read as _};
use std::ops::ControlFlow;

use crate::ReadOptions;
use crate::http;
use crate::open::{LARGEST, Opener};
use crate::problem::ProblemKind;

/// First bytes of a record.
pub(crate) const MAGIC: &[u8] = b"WARC/";

/// Most bytes of a record's head.
const LARGEST_HEAD: usize = 256 << 10;

/// So many fields a record's head may have.
const FIELDS: usize = 128;

/// What a record says of itself.
struct Head {
    kind: String,
    length: u64,
    url: Option<String>,
    content_type: String,
}

/// What comes next in the stream.
enum Next {
    Record(Head),
    /// Bytes that are no record.
    Damage,
    End,
}

/// Reads the records of an archive.
pub(crate) fn read(opener: &mut Opener<'_>, input: &mut dyn BufRead) -> ControlFlow<()> {
    let (mut number, mut damaged) = (0usize, false);
    loop {
        let result = match next(input) {
            Ok(Next::End) => return opener.tell(),
            Ok(Next::Record(head)) => {
                (number, damaged) = (number + 1, false);
                one(opener, input, &head, number)
            }
            Ok(Next::Damage) => {
                // One gap is one problem, however long it is.
                if !std::mem::replace(&mut damaged, true) {
                    let reason = "the archive is damaged here; reading goes on at the next record";
                    opener.report.add(ProblemKind::Broken, Some(format!("after record {number}")), reason);
                }
                Ok(opener.tell())
            }
            Err(error) => Err(error),
        };
        match result {
            Ok(flow) => flow?,
            // After a damaged member of a packed archive the next one can be read.
            Err(error) if is_damage(&error) => {
                let reason = format!("the archive is damaged here ({error}); reading goes on at the next record");
                opener.report.add(ProblemKind::Broken, Some(format!("at record {number}")), reason);
                opener.tell()?;
            }
            Err(error) => return opener.broken(&error),
        }
    }
}

/// Whether it is the data that is bad, and not the stream.
fn is_damage(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof)
}

/// Reads a record's body and what is in it.
fn one(opener: &mut Opener<'_>, input: &mut dyn BufRead, head: &Head, number: usize) -> io::Result<ControlFlow<()>> {
    let place = match &head.url {
        Some(url) => format!("record {number} ({url})"),
        None => format!("record {number}"),
    };
    let page = matches!(head.kind.as_str(), "response" | "resource" | "conversion")
        && (head.kind == "response" || http::may_hold_an_article(&head.content_type))
        && !head.url.as_deref().is_some_and(|url| url.starts_with("dns:") || url.ends_with("/robots.txt"));
    if page && head.length > LARGEST as u64 {
        let reason = format!("the record has {} MB, more than any page", head.length >> 20);
        opener.report.add(ProblemKind::TooLarge, Some(place.clone()), reason);
    }
    if !page || head.length > LARGEST as u64 {
        io::copy(&mut input.take(head.length), &mut io::sink())?;
        return Ok(opener.tell());
    }
    let mut body = Vec::new();
    input.take(head.length).read_to_end(&mut body)?;
    if (body.len() as u64) < head.length {
        opener.report.add(ProblemKind::Broken, Some(place), "the archive ends within the record; get it anew");
        return Ok(opener.tell());
    }
    let mut content_type = Some(head.content_type.clone());
    if head.kind == "response" && head.content_type.starts_with("application/http") {
        match http::response(&body) {
            Ok(Some(response)) => (body, content_type) = (response.body, response.content_type),
            Ok(None) => return Ok(ControlFlow::Continue(())),
            Err(why) => {
                opener.report.add(ProblemKind::Broken, Some(place), why);
                return Ok(opener.tell());
            }
        }
    }
    let options = ReadOptions {
        charset: content_type.as_deref().and_then(http::charset),
        url: head.url.clone(),
        ..opener.options.clone()
    };
    Ok(opener.part(&body, &options, place))
}

/// Finds the next record and reads its head.
fn next(input: &mut dyn BufRead) -> io::Result<Next> {
    let mut line = Vec::new();
    loop {
        line.clear();
        input.take(LARGEST_HEAD as u64).read_until(b'\n', &mut line)?;
        match line.trim_ascii() {
            _ if line.is_empty() => return Ok(Next::End),
            [] => {}
            words if words.starts_with(MAGIC) => break,
            _ => return Ok(Next::Damage),
        }
    }
    let mut head = Vec::new();
    while !matches!(head.as_slice(), [.., b'\n', b'\n'] | [.., b'\n', b'\r', b'\n'] | [b'\r', b'\n'] | [b'\n']) {
        let left = LARGEST_HEAD.saturating_sub(head.len()) as u64;
        if input.take(left).read_until(b'\n', &mut head)? == 0 {
            return Ok(Next::Damage);
        }
    }
    let mut fields = [httparse::EMPTY_HEADER; FIELDS];
    let Ok(httparse::Status::Complete((_, fields))) = httparse::parse_headers(&head, &mut fields) else {
        return Ok(Next::Damage);
    };
    let field = |name: &str| {
        let found = fields.iter().find(|f| f.name.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(found.value).trim().to_owned())
    };
    let Some(length) = field("Content-Length").and_then(|l| l.parse().ok()) else { return Ok(Next::Damage) };
    Ok(Next::Record(Head {
        kind: field("WARC-Type").unwrap_or_default().to_ascii_lowercase(),
        length,
        url: field("WARC-Target-URI").map(|url| url.trim_matches(['<', '>']).to_owned()),
        content_type: field("Content-Type").unwrap_or_default().to_ascii_lowercase(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::tests::gzip;
    use crate::{ReadOptions, Reading};

    fn record(kind: &str, content_type: &str, body: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/{kind}\r\nContent-Type: {content_type}\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body, b"\r\n\r\n"].concat()
    }

    fn page(words: &str) -> Vec<u8> {
        let body = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-2\r\n\r\n<html><head><title>Talks</title></head><body>\
             <article><p>{words} The foreign minister of Oria said that the talks in Sarn would go on for another day.</p>\
             <p>Nothing was agreed on the harbour, she told reporters at the lake on Monday.</p></article></body></html>"
        );
        record("response", "application/http; msgtype=response", encoding_rs::ISO_8859_2.encode(&body).0.as_ref())
    }

    fn reading(bytes: &[u8]) -> Reading {
        crate::read(bytes, "test", &ReadOptions::default())
    }

    fn kinds(reading: &Reading) -> Vec<ProblemKind> {
        reading.problems.iter().map(|p| p.kind).collect()
    }

    #[test]
    fn pages_and_their_texts_are_read_and_the_rest_passed_over() {
        let archive = [
            record("warcinfo", "application/warc-fields", b"software: x\r\n"),
            record("request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
            page("Wałęsa spoke."),
            record("response", "application/http", b"HTTP/1.1 302 Found\r\n\r\n"),
            record("metadata", "application/json", b"{\"text\":\"no\"}"),
            record("conversion", "text/plain", "Talks go on\n\nThe talks go on, he said.\n".as_bytes()),
        ]
        .concat();
        let packed: Vec<u8> = [&archive[..100], &archive[100..]].iter().flat_map(|part| gzip(part)).collect();
        for bytes in [&archive, &packed] {
            let reading = reading(bytes);
            assert_eq!(reading.problems, []);
            let [one, two] = reading.articles.as_slice() else { panic!("two articles: {reading:?}") };
            assert!(one.article.text.as_str().contains("Wałęsa"), "{one:?}");
            assert_eq!(one.article.url.as_deref(), Some("https://example.org/response"));
            assert!(one.decoding.ends_with("warc, iso-8859-2 (declared)"), "{}", one.decoding);
            assert!(one.record.starts_with(b"<html>"));
            assert_eq!(two.article.title.as_deref(), Some("Talks go on"));
        }
    }

    #[test]
    fn damage_costs_only_what_is_damaged() {
        let (a, b) = (page("First."), page("Second."));
        let torn =
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\nwords\r\nmore words\r\n\r\n".to_vec();
        let read = reading(&[a.clone(), torn, b.clone()].concat());
        assert_eq!((read.articles.len(), kinds(&read)), (2, vec![ProblemKind::Broken]));

        let mut packed = [gzip(&a), gzip(&a), gzip(&b)];
        packed[1].truncate(90);
        let read = reading(&packed.concat());
        assert_eq!(read.articles.len(), 2, "{:?}", read.problems);
        assert!(!read.problems.is_empty());

        let cut = [a.clone(), b[..200].to_vec()].concat();
        let read = reading(&cut);
        assert_eq!((read.articles.len(), kinds(&read)), (1, vec![ProblemKind::Broken]));
        assert_eq!(read.problems[0].place.as_deref(), Some("record 2 (https://example.org/response)"));
    }

    #[test]
    fn a_record_larger_than_any_page_is_passed_over() {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            2 * LARGEST
        );
        let next = page("Second.");
        let stream = head
            .as_bytes()
            .chain(io::repeat(b'x').take(2 * LARGEST as u64))
            .chain(b"\r\n\r\n".as_slice())
            .chain(next.as_slice());
        let mut found = Vec::new();
        let _ = crate::read_from(stream, "test", &ReadOptions::default(), |one| {
            found.push(matches!(one, crate::Found::Article(_)));
            ControlFlow::Continue(())
        });
        assert_eq!(found, [false, true]);
        let endless = b"WARC/1.0\r\n".chain(io::repeat(b'x').take(1 << 20));
        let _ = crate::read_from(endless, "test", &ReadOptions::default(), |_| ControlFlow::Continue(()));
    }
}
