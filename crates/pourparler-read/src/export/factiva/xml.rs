//! Factiva's XML: an element `article` for each article, with its parts as elements of fixed names.

use quick_xml::Reader as Xml;
use quick_xml::events::Event;

use super::super::markup::tidy;
use super::super::{Parts, byline, day, outlet, tongue};
use super::{Reader, is_number};
use crate::problem::{ProblemKind, Report};
use crate::{Draft, date};

/// Whether an XML text is such an export.
pub(super) fn looks_like(text: &str) -> bool {
    text.trim_start().starts_with('<')
        && text.contains("<article")
        && text.contains("headline>")
        && (text.contains("leadParagraph") || text.contains("tailParagraphs"))
}

/// The articles.
pub(super) fn read(text: &str, report: &mut Report<'_>) -> Vec<Draft> {
    let mut xml = Xml::from_str(text);
    // What was written carelessly still has its text.
    xml.config_mut().check_end_names = false;
    let mut reader = Reader { report, drafts: Vec::new(), last: None };
    let mut open: Vec<String> = Vec::new();
    let mut article: Option<(Parts, usize)> = None;
    let mut words = String::new();
    loop {
        let at = xml.buffer_position();
        match xml.read_event() {
            Ok(Event::Start(tag)) => {
                let name = tag.local_name().into_inner().to_owned();
                match name.as_str() {
                    "article" => article = Some((Parts::default(), usize::try_from(at).unwrap_or(text.len()))),
                    // Words that are set apart stand in a paragraph.
                    "headline" | "byline" | "sourceName" | "baseLanguage" | "date" | "paragraph" | "leadParagraph"
                    | "tailParagraphs" => words.clear(),
                    _ => {}
                }
                open.push(name);
            }
            Ok(Event::Text(more)) => words.push_str(&more),
            Ok(Event::CData(more)) => words.push_str(&more),
            Ok(Event::GeneralRef(name)) => {
                let sign = name.resolve_char_ref().ok().flatten().map(String::from);
                let sign = sign.or_else(|| quick_xml::escape::resolve_xml_entity(&name).map(str::to_owned));
                words.push_str(sign.as_deref().unwrap_or("\u{fffd}"));
            }
            Ok(Event::End(tag)) => {
                let name = tag.local_name().into_inner().to_owned();
                let within = |outer: &str| open.iter().any(|o| o == outer);
                if name == "article" {
                    if let Some((parts, from)) = article.take() {
                        let to = usize::try_from(xml.buffer_position()).unwrap_or(text.len()).min(text.len());
                        reader.keep(parts, text.get(from..to).unwrap_or_default().to_owned());
                    }
                } else if let Some((parts, _)) = &mut article {
                    let line = tidy(&words);
                    let given = Some(line.clone()).filter(|l| !l.is_empty());
                    match name.as_str() {
                        "headline" => parts.title = parts.title.take().or(given),
                        "byline" => parts.byline = parts.byline.take().or_else(|| byline(&line)),
                        "sourceName" => parts.outlet = parts.outlet.take().or_else(|| outlet(&line)),
                        "baseLanguage" => parts.language = language(&line),
                        "date" if within("publicationDate") => {
                            parts.published = date::iso(&line).or_else(|| day::find(&line));
                            parts.odd_day = given;
                        }
                        "paragraph" | "leadParagraph" | "tailParagraphs"
                            if within("leadParagraph") || within("tailParagraphs") =>
                        {
                            parts.body.extend(given.filter(|line| !is_number(line)));
                            words.clear();
                        }
                        _ => {}
                    }
                }
                while open.pop().is_some_and(|o| o != name) {}
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let place = Some(format!("after article {}", reader.drafts.len()));
                let reason = format!("the XML is broken here: {error}; export it anew");
                reader.report.add(ProblemKind::Broken, place, reason);
                break;
            }
        }
    }
    // What a break cut off is kept with what it has.
    if let Some((parts, from)) = article.filter(|(parts, _)| !parts.body.is_empty()) {
        reader.keep(parts, text.get(from..).unwrap_or_default().to_owned());
    }
    reader.finish()
}

/// The tag of a language that is given by a code or by its name.
fn language(word: &str) -> Option<String> {
    let code = (2..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphabetic());
    if code { Some(word.to_lowercase()) } else { tongue::tag(word).map(str::to_owned) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const XML: &str = "<?xml version=\"1.0\"?><r:response xmlns:r=\"x\"><result><article><baseLanguage>EN</baseLanguage><byline>By ANA OREN</byline>\
        <headline><paragraph display=\"Proportional\">Oria &amp; Tarn <hlt>talk</hlt></paragraph></headline>\
        <leadParagraph><paragraph>The talks\n go on.</paragraph></leadParagraph><publicationDate><date>2031-03-16</date></publicationDate>\
        <sourceName>Sarn Times</sourceName><tailParagraphs><paragraph>They end.</paragraph><paragraph>&#x201c;Yes.&#x201d;</paragraph>\
        </tailParagraphs><wordCount>12</wordCount></article><article><headline>Second</headline><leadParagraph>He left.</leadParagraph>";

    #[test]
    fn elements_are_parts() {
        assert!(looks_like(XML) && !looks_like("<article><p>The talks go on.</p></article>") && !looks_like("Talks"));
        let mut report = Report::new("test");
        let drafts = read(XML, &mut report);
        assert_eq!(drafts.len(), 2);
        let one = &drafts[0].article;
        assert_eq!((one.title.as_deref(), one.byline.as_deref()), (Some("Oria & Tarn talk"), Some("ANA OREN")));
        assert_eq!((one.outlet.as_deref(), one.published), (Some("Sarn Times"), Some(date(2031, 3, 16))));
        assert_eq!((one.language.as_deref(), one.text.as_str()), (Some("en"), "The talks go on.\nThey end.\n“Yes.”"));
        assert_eq!(drafts[1].article.text.as_str(), "He left.");
    }

    proptest! {
        #[test]
        fn no_bytes_panic(cut in 0usize..900, at in 0usize..900, byte in 0u8..128) {
            let mut bytes = XML.as_bytes()[..XML.floor_char_boundary(cut % XML.len())].to_vec();
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            read(&String::from_utf8_lossy(&bytes), &mut Report::new("test"));
        }
    }
}
