//! An HTTP response as an archive keeps it: what is in it, free of its transfer.

use std::io::Read as _;

use flate2::read::{DeflateDecoder, ZlibDecoder};

use crate::gzip;
use crate::open::LARGEST;

/// So many headers a response may have.
const HEADERS: usize = 256;

/// The body of a response that may hold an article.
pub(crate) struct Response {
    pub(crate) body: Vec<u8>,
    /// Media type and its parameters.
    pub(crate) content_type: Option<String>,
}

/// The response in a record; `Ok(None)` where it holds no article: a redirection, an error page, an image.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn response(bytes: &[u8]) -> Result<Option<Response>, String> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut head = httparse::Response::new(&mut headers);
    let config = {
        let mut config = httparse::ParserConfig::default();
        // Archives keep whatever servers sent.
        config
            .allow_obsolete_multiline_headers_in_responses(true)
            .allow_spaces_after_header_name_in_responses(true)
            .ignore_invalid_headers_in_responses(true)
            .allow_multiple_spaces_in_response_status_delimiters(true);
        config
    };
    let start = match config.parse_response(&mut head, bytes) {
        Ok(httparse::Status::Complete(start)) => start,
        Ok(httparse::Status::Partial) => return Err("its HTTP head has no end".to_owned()),
        Err(error) => return Err(format!("its HTTP head is broken: {error}")),
    };
    let header = |name: &str| {
        let found = head.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(found.value).ok().map(|v| v.trim().to_ascii_lowercase())
    };
    let content_type = header("content-type");
    if head.code != Some(200) || !content_type.as_deref().is_none_or(may_hold_an_article) {
        return Ok(None);
    }
    let mut body = bytes[start..].to_vec();
    // Some archives keep the headers of the transfer over a body that is free of it already.
    if header("transfer-encoding").is_some_and(|t| t.contains("chunked"))
        && let Some(whole) = unchunked(&body)
    {
        body = whole;
    }
    for coding in header("content-encoding").unwrap_or_default().split(',').map(str::trim).rev() {
        body = decoded(body, coding)?;
    }
    Ok(Some(Response { body, content_type }))
}

/// Whether a body of this media type may be an article.
pub(crate) fn may_hold_an_article(content_type: &str) -> bool {
    let media = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    ["", "text/html", "application/xhtml+xml", "text/plain", "application/pdf", "application/http"]
        .contains(&media.as_str())
}

/// The label of the character set in a content type.
pub(crate) fn charset(content_type: &str) -> Option<String> {
    let (_, rest) = content_type.split_once("charset=")?;
    let label = rest.trim_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(label.len());
    Some(label[..end].to_owned()).filter(|l| !l.is_empty())
}

/// The body without its chunks; `None` where it has none.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    loop {
        let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(body) else {
            // A body that was cut short ends between two chunks.
            return (!out.is_empty()).then_some(out);
        };
        let size = usize::try_from(size).ok()?;
        if size == 0 {
            return Some(out);
        }
        let end = start.saturating_add(size).min(body.len());
        out.extend_from_slice(&body[start..end]);
        body = body[end..].strip_prefix(b"\r\n").unwrap_or(&body[end..]);
    }
}

fn decoded(body: Vec<u8>, coding: &str) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let most = LARGEST as u64 + 1;
    let result = match coding {
        "gzip" | "x-gzip" if body.starts_with(gzip::MAGIC) => {
            gzip::Unpacked::new(body.as_slice()).take(most).read_to_end(&mut out)
        }
        "deflate" if body.first() == Some(&0x78) => ZlibDecoder::new(body.as_slice()).take(most).read_to_end(&mut out),
        "deflate" if !body.starts_with(b"<") => DeflateDecoder::new(body.as_slice()).take(most).read_to_end(&mut out),
        // Unpacked already, under the header of the transfer.
        "" | "identity" | "gzip" | "x-gzip" | "deflate" => return Ok(body),
        _ if body.trim_ascii_start().starts_with(b"<") => return Ok(body),
        other => return Err(format!("its body is packed as `{other}`, which is not read")),
    };
    match result {
        Ok(count) if count > LARGEST => Err(format!("its body unpacks to more than {} MB", LARGEST >> 20)),
        Ok(_) => Ok(out),
        Err(_) if !out.is_empty() => Ok(out),
        Err(error) => Err(format!("its body cannot be unpacked: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::tests::gzip;

    fn with(headers: &str, body: &[u8]) -> Vec<u8> {
        [format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n").as_bytes(), body].concat()
    }

    #[test]
    fn bodies_come_free_of_their_transfer() {
        let page = b"<p>The talks go on.</p>";
        let chunks = b"10;x=y\r\n<p>The talks go \r\n7\r\non.</p>\r\n0\r\n\r\n";
        for (headers, body) in [
            ("Content-Type: text/html", page.to_vec()),
            ("Content-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked", chunks.to_vec()),
            ("Transfer-Encoding: chunked", page.to_vec()),
            ("Content-Encoding: gzip", gzip(page)),
            ("Content-Encoding: gzip", page.to_vec()),
            ("Content-Encoding: br", page.to_vec()),
        ] {
            let got = response(&with(headers, &body)).expect("it is read").expect("it is a page");
            assert_eq!(String::from_utf8_lossy(&got.body), String::from_utf8_lossy(page), "{headers}");
        }
        assert_eq!(unchunked(&chunks[..30]).map(|b| b.len()), Some(17));
    }

    #[test]
    fn what_holds_no_article_is_passed_over() {
        for bytes in [
            b"HTTP/1.1 301 Moved\r\nLocation: x\r\n\r\n".to_vec(),
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>".to_vec(),
            with("Content-Type: image/png", b"\x89PNG"),
        ] {
            assert!(response(&bytes).is_ok_and(|r| r.is_none()));
        }
        for bytes in
            [&b"HTTP/1.1 200 OK\r\nA: b"[..], b"", b"nonsense\r\n\r\n", &with("Content-Encoding: br", b"\x01\x02")]
        {
            assert!(response(bytes).is_err());
        }
    }

    #[test]
    fn charsets_are_found() {
        assert_eq!(charset("text/html; charset=\"utf-8\"").as_deref(), Some("utf-8"));
        assert_eq!(charset("text/html; charset=iso-8859-1; x").as_deref(), Some("iso-8859-1"));
        assert_eq!(charset("text/html; charset="), None);
    }
}
