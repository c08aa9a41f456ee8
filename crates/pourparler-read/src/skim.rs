//! A page without what no reader sees: scripts, styles, drawings and comments, which are most of the bytes of a news page.
//!
//! Tags are told apart as a browser does, so that a sign inside an attribute, a comment or a script is not taken for one.
//! What has no end stays in the page. Every byte is looked at a few times at most, whatever the page is made of.

/// Elements without anything to read, whose content is no markup.
const DROPPED: &[&str] = &["script", "style", "noscript"];

/// Other elements whose content is no markup.
const RAW: &[&str] = &["textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Elements that end a drawing when they stand in it, by which the rest of the page would be lost with it.
const NO_DRAWING: &[&str] = &[
    "body",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "i",
    "img",
    "li",
    "listing",
    "menu",
    "meta",
    "nobr",
    "ol",
    "p",
    "pre",
    "ruby",
    "s",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tt",
    "u",
    "ul",
    "var",
    "b",
    "big",
    "blockquote",
    "foreignobject",
];

/// The page without those parts. Data in JSON, by which pages tell of themselves, is kept.
pub(crate) fn skimmed(page: &str) -> String {
    let mut out = String::with_capacity(page.len() / 2);
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = page[at..].find('<') {
        let start = at + found;
        let Some(part) = part(page, start) else { break };
        if part.is_dropped {
            out.push_str(&page[copied..start]);
            copied = part.end;
        }
        at = part.end;
    }
    out.push_str(&page[copied..]);
    out
}

/// What begins at a sign `<`.
struct Part {
    end: usize,
    is_dropped: bool,
}

/// The part of the page that begins at a sign; `None` where it has no end and takes the rest of the page with it.
fn part(page: &str, start: usize) -> Option<Part> {
    let bytes = page.as_bytes();
    let kept = |end| Some(Part { end, is_dropped: false });
    match bytes.get(start + 1) {
        Some(b'!') if page[start..].starts_with("<!--") => {
            Some(Part { end: end_of_comment(page, start)?, is_dropped: true })
        }
        Some(b'!' | b'?') => kept(find(page, start, ">")?),
        Some(b'/') if bytes.get(start + 2).is_some_and(u8::is_ascii_alphabetic) => kept(end_of_tag(bytes, start + 2)?),
        Some(b'/') => kept(find(page, start, ">")?),
        Some(letter) if letter.is_ascii_alphabetic() => {
            let name = name_at(bytes, start + 1);
            let end = end_of_tag(bytes, start + 1)?;
            let is = |names: &[&str]| names.iter().any(|n| name.eq_ignore_ascii_case(n.as_bytes()));
            if is(DROPPED) {
                let is_data = contains(&bytes[start..end], b"+json");
                let close = if is(&["script"]) { end_of_script(page, end)? } else { end_of_raw(page, end, name)? };
                Some(Part { end: close, is_dropped: !is_data })
            } else if is(RAW) {
                kept(end_of_raw(page, end, name)?)
            } else if is(&["plaintext"]) {
                None
            } else if is(&["svg"]) && !bytes[..end].ends_with(b"/>") {
                end_of_drawing(page, end)
            } else {
                kept(end)
            }
        }
        _ => kept(start + 1),
    }
}

/// The end behind the next place where `what` stands.
fn find(page: &str, from: usize, what: &str) -> Option<usize> {
    page[from..].find(what).map(|at| from + at + what.len())
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|w| w.eq_ignore_ascii_case(what))
}

fn name_at(bytes: &[u8], at: usize) -> &[u8] {
    let rest = &bytes[at..];
    let end = rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
    &rest[..end.unwrap_or(rest.len())]
}

/// `<!-->` and `<!--->` are whole comments; `--!>` ends one as well.
fn end_of_comment(page: &str, start: usize) -> Option<usize> {
    let mut at = start + 2;
    loop {
        at = find(page, at, "--")?;
        if page[at..].starts_with('>') {
            return Some(at + 1);
        }
        if page[at..].starts_with("!>") && at >= start + 6 {
            return Some(at + 2);
        }
        // The second stroke can be the first of two.
        at -= 1;
    }
}

/// The end of the tag whose name begins here. Only behind `=` do quotation marks enclose.
fn end_of_tag(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes[at..].iter().position(|b| matches!(b, b'>' | b'='))?;
        if bytes[at] == b'>' {
            return Some(at + 1);
        }
        at += 1;
        at += bytes[at..].iter().position(|b| !b.is_ascii_whitespace())?;
        if let quote @ (b'"' | b'\'') = bytes[at] {
            at += 2 + bytes[at + 1..].iter().position(|b| *b == quote)?;
        } else {
            at += bytes[at..].iter().position(|b| b.is_ascii_whitespace() || *b == b'>')?;
        }
    }
}

/// Whether the tag with this name begins here: `</name` or `<name`, and no longer name.
fn is_tag(bytes: &[u8], at: usize, open: &[u8], name: &[u8]) -> bool {
    let Some((head, after)) = bytes[at..].strip_prefix(open).and_then(|rest| rest.split_at_checked(name.len())) else {
        return false;
    };
    head.eq_ignore_ascii_case(name)
        && after.first().is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
}

/// The end of an element whose content is no markup, with its end tag.
fn end_of_raw(page: &str, from: usize, name: &[u8]) -> Option<usize> {
    let mut at = from;
    loop {
        at = find(page, at, "</")?;
        if is_tag(page.as_bytes(), at - 2, b"</", name) {
            return end_of_tag(page.as_bytes(), at);
        }
    }
}

/// The end of a script. In what is made a comment in it, a script inside a script has an end of its own.
fn end_of_script(page: &str, from: usize) -> Option<usize> {
    let bytes = page.as_bytes();
    let (mut in_comment, mut in_inner) = (false, false);
    let mut at = from;
    loop {
        at += if in_comment { page[at..].find(['<', '-'])? } else { page[at..].find('<')? };
        if bytes[at..].starts_with(b"-->") {
            (in_comment, in_inner) = (false, false);
        } else if bytes[at..].starts_with(b"<!--") {
            // Its two strokes can be those of its end.
            in_comment = true;
            at += 1;
        } else if is_tag(bytes, at, b"</", b"script") {
            if !in_inner {
                return end_of_tag(bytes, at + 2);
            }
            in_inner = false;
        } else if in_comment && is_tag(bytes, at, b"<", b"script") {
            in_inner = true;
        }
        at += 1;
    }
}

/// A drawing, from behind its first tag; where markup stands in it that is none of a drawing, it is kept as far as that.
fn end_of_drawing(page: &str, from: usize) -> Option<Part> {
    let bytes = page.as_bytes();
    let (mut at, mut open) = (from, 1);
    while open > 0 {
        at += page[at..].find('<')?;
        if page[at..].starts_with("<!--") {
            at = end_of_comment(page, at)?;
            continue;
        }
        let closing = bytes.get(at + 1) == Some(&b'/');
        let name_from = at + 1 + usize::from(closing);
        if !bytes.get(name_from).is_some_and(u8::is_ascii_alphabetic) {
            at += 1;
            continue;
        }
        let name = name_at(bytes, name_from);
        if NO_DRAWING.iter().any(|n| name.eq_ignore_ascii_case(n.as_bytes())) {
            return Some(Part { end: at, is_dropped: false });
        }
        at = end_of_tag(bytes, name_from)?;
        if name.eq_ignore_ascii_case(b"svg") {
            open = if closing { open - 1 } else { open + usize::from(!bytes[..at].ends_with(b"/>")) };
        }
    }
    Some(Part { end: at, is_dropped: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_reader_sees_is_left_out() {
        for (page, want) in [
            ("<p>a<script>if (a<b) '<p>'</script>b</p>", "<p>ab</p>"),
            ("<style type='>'>p {}</STYLE ><p>a", "<p>a"),
            ("a<!-- <p> -->b<!-->c<!--->d<!-- x --!>e<!--!> -- --->f", "abcdef"),
            ("<noscript><img></noscript>a", "a"),
            ("<svg viewBox='0'><g><svg/><path d='M'/><svg></svg></g></svg>a", "a"),
            ("<svg/>a", "<svg/>a"),
            ("<script>a</scripts></script>b", "b"),
            ("<script><!-- '<script></script>' --></script>b", "b"),
            ("<script><!--> </script>b", "b"),
            ("<script><!-- </script>b", "b"),
        ] {
            assert_eq!(skimmed(page), want, "{page}");
        }
    }

    #[test]
    fn the_rest_of_a_page_is_kept() {
        for page in [
            "",
            "a < b, <3",
            "<p title='<script>'>a</p><p title=\"<!--\">b</p>",
            "<p title=a'<script>b</script>",
            "<p a\"='<style>'>b</p>",
            "<title><script></title><textarea><!-- </textarea>a",
            "<script type='application/ld+json'>{\"a\": \"<!-- <p>\"}</script>a",
            "<script>no end",
            "<!-- no end",
            "<svg><path>no end",
            "<svg><path><p>a</p></svg>",
            "<plaintext><script></script>",
            "<?xml <!DOCTYPE html><p",
            "</ <p>",
        ] {
            assert_eq!(skimmed(page), page);
        }
    }

    #[test]
    fn hostile_pages_take_no_time() {
        let pieces = [
            "<svg>",
            "<svg><p>",
            "<!--",
            "<script>",
            "<",
            "</",
            "<a",
            "<p a='",
            "<p =",
            "<a =\"\" ",
            "</script ",
            "-",
            "--!>",
        ];
        for start in ["", "<svg>", "<script>", "<script><!--", "<textarea>", "<!--", "<p "] {
            for piece in pieces {
                let page = start.to_owned() + &piece.repeat(300_000);
                assert!(skimmed(&page).len() <= page.len());
            }
        }
    }
}
