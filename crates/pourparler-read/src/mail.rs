//! Mail: newsletters and releases as single messages (EML) and as boxes of them (mbox).

use std::io::BufRead;
use std::ops::ControlFlow;

use jiff::civil::Date;
use mail_parser::{DateTime, Message, MessageParser, MimeHeaders as _};
use pourparler_text::{Article, Text};

use crate::open::{LARGEST, Line, Lines, Opener};
use crate::problem::{ProblemKind, Report};
use crate::{Draft, fragment, html, plain};

/// Fields of which two show that a text is a message.
const FIELDS: &[&str] = &[
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "received",
    "return-path",
    "delivered-to",
    "content-type",
    "list-unsubscribe",
    "reply-to",
];

/// Whether a stream that begins so is a box of messages.
pub(crate) fn is_box(head: &[u8]) -> bool {
    let Some(end) = head.iter().position(|&b| b == b'\n') else { return false };
    head.starts_with(b"From ") && looks_like(&head[end + 1..])
}

/// Whether a stream that begins so is a message: fields at its head, two of them known.
pub(crate) fn looks_like(head: &[u8]) -> bool {
    let mut known = 0;
    for line in head.split(|&b| b == b'\n') {
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = line.iter().position(|&b| b == b':') else { break };
        let name = &line[..colon];
        if name.is_empty() || !name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-') {
            break;
        }
        known += usize::from(FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field.as_bytes())));
    }
    // The head of an article may have a line `From:` or `Date:`; a message has an address or the mark of its format.
    known >= 3
        && head.split(|&b| b == b'\n').any(|line| {
            let line = line.to_ascii_lowercase();
            line.starts_with(b"mime-version:")
                || line.starts_with(b"message-id:")
                || line.starts_with(b"received:")
                || line.starts_with(b"from:") && line.contains(&b'@')
        })
}

/// Reads a box message by message. A line that begins with `From ` after a blank line begins a message.
pub(crate) fn read_box(opener: &mut Opener<'_>, input: &mut dyn BufRead) -> ControlFlow<()> {
    let mut lines = Lines::new(input);
    let (mut message, mut number, mut blank, mut large) = (Vec::new(), 0, true, false);
    loop {
        let line = match lines.next() {
            Ok(line) => line,
            Err(error) => {
                one(opener, &message, number, large)?;
                return opener.broken(&error);
            }
        };
        match line {
            None => return one(opener, &message, number, large),
            Some(Line::Whole(line)) if blank && line.starts_with(b"From ") => {
                one(opener, &message, number, large)?;
                message.clear();
                (number, blank, large) = (number + 1, false, false);
            }
            Some(Line::Whole(line)) => {
                blank = line.trim_ascii().is_empty();
                // Boxes mark a line of the message that begins like a message.
                let escaped = line.starts_with(b">")
                    && line.trim_ascii_start().strip_prefix(b">").is_some_and(|l| l.starts_with(b"From "));
                message.extend_from_slice(if escaped { &line[1..] } else { &line });
            }
            Some(Line::TooLong) => large = true,
        }
        if message.len() > LARGEST {
            large = true;
            message.clear();
        }
    }
}

fn one(opener: &mut Opener<'_>, message: &[u8], number: usize, large: bool) -> ControlFlow<()> {
    let place = format!("message {number}");
    if large {
        let reason = format!("the message is larger than {} MB and is left out", LARGEST >> 20);
        opener.report.add(ProblemKind::TooLarge, Some(place), reason);
        return opener.tell();
    }
    if message.trim_ascii().is_empty() {
        return opener.tell();
    }
    let options = opener.options.clone();
    opener.part(message, &options, place)
}

/// The article of a message: what its HTML holds, or else its plain text.
pub(crate) fn read(bytes: &[u8], report: &mut Report<'_>) -> Option<Draft> {
    let Some(message) = MessageParser::default().parse(bytes) else {
        report.add(ProblemKind::Broken, None, "the mail message cannot be read; save its text");
        return None;
    };
    let Some(mut article) = body(&message, report) else {
        report.add(ProblemKind::Empty, None, "the mail message holds no text; save what is attached to it alone");
        return None;
    };
    let given = |s: &str| Some(s.trim().to_owned()).filter(|s| !s.is_empty());
    article.title = message.subject().and_then(given).or(article.title);
    let from = message.from().and_then(|from| from.first());
    article.outlet = from.and_then(|f| f.name().or(f.address())).and_then(given).or(article.outlet);
    article.published = message.date().and_then(day).or(article.published);
    Some(Draft::new(article))
}

fn day(date: &DateTime) -> Option<Date> {
    Date::new(date.year.try_into().ok()?, date.month.try_into().ok()?, date.day.try_into().ok()?).ok()
}

fn body(message: &Message<'_>, report: &mut Report<'_>) -> Option<Article> {
    let is_html = |i: &u32| message.part(*i).is_some_and(|part| part.is_content_type("text", "html"));
    let markup: String =
        message.html_body.iter().filter(|i| is_html(i)).filter_map(|&i| message.part(i)?.text_contents()).collect();
    if !markup.is_empty() {
        // Of what goes wrong with the page there is no need to tell where the message has a plain text, too.
        let mut aside = Report::new("");
        if let Some(draft) = html::read(markup.as_str().into(), &mut aside) {
            return Some(draft.article);
        }
        let text = fragment::text(&markup);
        if !text.is_empty() && message.text_body.iter().all(is_html) {
            report.add(ProblemKind::Html, None, "no article stands out in the message; the whole of it is read");
            return Some(Article::from_text(text));
        }
    }
    let text: String = message.text_body.iter().filter_map(|&i| message.part(i)?.text_contents()).collect();
    if text.trim().is_empty() {
        return None;
    }
    let text = text.replace("\r\n", "\n");
    let mut article = plain::read(text.clone(), None).article;
    // The subject is the headline. Another at the head of the text stays there, so that it is not lost.
    let subject = message.subject().map(str::trim).filter(|s| !s.is_empty());
    if subject.is_some_and(|subject| article.title.as_deref().is_some_and(|title| title != subject)) {
        article.id = Article::id_of(&text);
        article.text = Text::new(text);
    }
    Some(article)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{InputKind, ReadOptions, Reading};

    const MESSAGE: &str = "From: \"Oria Daily\" <news@example.org>\r\nTo: reader@example.org\r\nSubject: =?utf-8?q?Talks_at_the_caf=C3=A9?=\r\n\
        Date: Wed, 16 Mar 2022 09:00:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\nThe talks go on, the minister of Oria said at the caf=C3=A9.\r\n\r\nShe =\r\nleft.\r\n";

    fn reading(bytes: &[u8]) -> Reading {
        crate::read(bytes, "test", &ReadOptions::default())
    }

    #[test]
    fn messages_are_told_from_articles() {
        assert!(looks_like(MESSAGE.as_bytes()));
        for text in [
            "Date: 16 March 2022\nFrom: the Foreign Ministry\nSubject: talks\n\nThe talks go on.",
            "Oren: We agree.\nTarn: We do not.\nDate: none",
            "The talks go on.\nFrom: x@example.org",
            "From here on, the talks go on.\n\nYes.",
            "",
        ] {
            assert!(!looks_like(text.as_bytes()) && !is_box(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_message_is_an_article() {
        let read = reading(MESSAGE.as_bytes());
        let [one] = read.articles.as_slice() else { panic!("one article: {read:?}") };
        assert_eq!(one.kind, InputKind::Mail);
        assert_eq!(one.article.title.as_deref(), Some("Talks at the café"));
        assert_eq!(
            (one.article.outlet.as_deref(), one.article.published),
            (Some("Oria Daily"), Some(date(2022, 3, 16)))
        );
        assert_eq!(one.article.text.as_str(), "The talks go on, the minister of Oria said at the café.\n\nShe left.\n");
    }

    #[test]
    fn a_headline_beside_the_subject_is_kept() {
        for (headline, want) in [("A day of talks", "A day of talks\n\nThe talks"), ("Talks at the café", "The talks")]
        {
            let headline = headline.replace('é', "=C3=A9");
            let message = MESSAGE.replace("\r\n\r\nThe talks", &format!("\r\n\r\n{headline}\r\n\r\nThe talks"));
            let article = &reading(message.as_bytes()).articles[0].article;
            assert_eq!(article.title.as_deref(), Some("Talks at the café"));
            assert!(article.text.as_str().starts_with(want), "{}", article.text.as_str());
        }
    }

    #[test]
    fn a_day_that_is_none_costs_only_itself() {
        let message = MESSAGE.replace("16 Mar", "99 Mar");
        let read = reading(message.as_bytes());
        assert_eq!(read.articles.iter().map(|a| a.article.published).collect::<Vec<_>>(), [None]);
    }

    #[test]
    fn a_box_is_taken_apart() {
        let bad = "From a@example.org Wed Mar 16\nFrom: a@example.org\nSubject: none\nMIME-Version: 1.0\n\n\n";
        let mbox = format!(
            "From a@example.org Wed Mar 16 09:00:00 2022\n{MESSAGE}\n{bad}\nFrom b@example.org Thu Mar 17\n{MESSAGE}\n>From here it went on.\n"
        );
        let read = reading(mbox.as_bytes());
        assert_eq!(read.articles.len(), 2, "{read:?}");
        assert_eq!(read.problems.iter().map(|p| p.place.as_deref()).collect::<Vec<_>>(), [Some("message 2")]);
        assert!(read.articles[1].article.text.as_str().ends_with("From here it went on.\n"));
        assert_eq!(read.articles[0].decoding, "mbox, mail");
    }
}
