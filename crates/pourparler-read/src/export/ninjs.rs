//! News items of agencies in IPTC's ninjs, versions 1 to 3: one JSON object an item.
//!
//! Version 1 writes `headline`, `byline`, `body_text`; from version 2 on there are lists (`headlines`, `bodies`); version 3
//! writes its names in mixed case. All are read alike. Pictures, recordings and events without a text are no articles, and
//! an item that was withdrawn is not read; both are reported.

use jiff::civil::Date;
use pourparler_text::{Article, Text};
use serde_json::{Map, Value};

use super::{byline, day, markup};
use crate::problem::{ProblemKind, Report};
use crate::{Draft, date};

/// Names that an item has besides its `uri`; one is enough.
const NAMES: &[&str] = &[
    "type",
    "versioncreated",
    "firstcreated",
    "contentcreated",
    "pubstatus",
    "headline",
    "headlines",
    "bodies",
    "body_text",
    "body_xhtml",
    "description_text",
    "descriptions",
    "renditions",
    "eventdetails",
];

/// Whether an object is such an item.
pub(crate) fn looks_like(object: &Map<String, Value>) -> bool {
    let named = |name: &str| object.keys().any(|key| key.eq_ignore_ascii_case(name));
    object.get("uri").is_some_and(Value::is_string)
        && !object.contains_key("text")
        && NAMES.iter().any(|name| named(name))
}

/// The article of an item, which stands at `place` and is written as `record`.
pub(crate) fn read(
    object: &Map<String, Value>,
    place: Option<String>,
    record: &str,
    report: &mut Report<'_>,
) -> Option<Draft> {
    let item = Item(object);
    let uri = item.string("uri")?;
    let kind = item.kind();
    if let Some(status) =
        item.string("pubstatus").filter(|s| matches!(s.to_lowercase().as_str(), "canceled" | "cancelled"))
    {
        let reason = format!("the agency withdrew the item `{uri}` (`pubstatus` is `{status}`), so it is not read");
        report.add(ProblemKind::Withdrawn, place, reason);
        return None;
    }
    let title = item.title();
    let mut body = item.body();
    if body.is_empty() && matches!(kind.to_lowercase().as_str(), "text" | "composite") {
        body = item.description();
        if !body.is_empty() {
            let reason = format!("the item `{uri}` has no body; its description is read as its text");
            report.add(ProblemKind::Partial, place.clone(), reason);
        }
    }
    if body.is_empty() {
        let reason = format!("the item `{uri}` is of type `{kind}` and has no text; only items with a body are read");
        report.add(ProblemKind::Empty, place, reason);
        return None;
    }
    if title.as_ref() == body.first() && body.len() > 1 {
        body.remove(0);
    }
    let [first, version, content, embargo] =
        ["firstcreated", "versioncreated", "contentcreated", "embargoeduntil"].map(|name| item.day(name));
    // What may not be published before a day is not published before it.
    let published =
        first.or(version).or(content).map(|day| embargo.map_or(day, |embargo| day.max(embargo))).or(embargo);
    if published.is_none() {
        let reason = "the item tells no day of publication (`versioncreated`, `firstcreated`); give it yourself";
        report.add(ProblemKind::Date, place.clone(), reason);
    }
    let article = Article {
        id: uri.clone(),
        title,
        outlet: item.outlet(),
        byline: item.string("byline").or_else(|| item.string("by")).and_then(|line| byline(&line)),
        published,
        url: Some(uri).filter(|uri| uri.starts_with("http://") || uri.starts_with("https://")),
        language: item.string("language"),
        text: Text::new(body.join("\n")),
    };
    let modified = version.filter(|&version| published.is_some_and(|published| version > published));
    Some(Draft { place, modified, record: Some(record.as_bytes().to_vec()), ..Draft::new(article) })
}

/// An item, whose names differ between versions only in case.
struct Item<'a>(&'a Map<String, Value>);

impl<'a> Item<'a> {
    fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    fn string(&self, name: &str) -> Option<String> {
        let text = self.get(name)?.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn day(&self, name: &str) -> Option<Date> {
        let text = self.string(name)?;
        date::iso(&text).or_else(|| day::find(&text))
    }

    /// The objects of a list.
    fn list(&self, name: &str) -> Vec<Item<'a>> {
        let list = self.get(name).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_object).map(Item).collect()
    }

    /// What it is; an item that does not say so is a text unless it has what other kinds have.
    fn kind(&self) -> String {
        let other = [("eventdetails", "event"), ("plannedcoverage", "planning"), ("renditions", "picture")];
        let told = || other.iter().find(|(name, _)| self.get(name).is_some()).map_or("text", |(_, kind)| kind);
        self.string("type").unwrap_or_else(|| told().to_owned())
    }

    fn title(&self) -> Option<String> {
        let headlines = self.list("headlines");
        let main = headlines.iter().find(|h| h.string("role").is_some_and(|role| role == "main"));
        let listed = || main.or(headlines.first()).and_then(|h| h.string("value"));
        let other = || self.0.iter().find(|(key, _)| key.to_lowercase().starts_with("headline_"))?.1.as_str();
        let title = self.string("headline").or_else(listed).or_else(|| self.string("title"));
        title.or_else(|| other().map(str::to_owned)).map(|t| markup::tidy(&t)).filter(|t| !t.is_empty())
    }

    /// Whose news it is: the source that the item names, or who holds the right to it.
    fn outlet(&self) -> Option<String> {
        let sources = ["infosources", "infosource"].into_iter().flat_map(|name| self.list(name));
        let source = sources.into_iter().find_map(|s| s.string("name").or_else(|| s.string("literal")));
        let given = source.or_else(|| self.string("provider")).or_else(|| self.string("source"));
        given.or_else(|| self.string("copyrightholder"))
    }

    /// The paragraphs of the best of the item's bodies: markup tells paragraphs apart, and so may plain text.
    fn body(&self) -> Vec<String> {
        let mut plain: Vec<Vec<String>> = Vec::new();
        let mut marked: Vec<Vec<String>> = Vec::new();
        // `kind` is the type of content, or the name of a property that ends in it.
        let mut add = |value: &str, kind: &str| {
            let told = ["html", "xml", "nitf"].iter().any(|mark| kind.contains(mark));
            if told || kind != "text/plain" && value.trim_start().starts_with('<') {
                marked.push(story(value));
            } else {
                plain.push(lines(value));
            }
        };
        for (name, value) in self.0 {
            if let (Some(kind), Some(value)) = (name.to_lowercase().strip_prefix("body_"), value.as_str()) {
                add(value, kind);
            }
        }
        for body in self.list("bodies") {
            if let Some(value) = body.string("value") {
                add(&value, &body.string("contenttype").unwrap_or_default().to_lowercase());
            }
        }
        let several = |bodies: &[Vec<String>]| bodies.iter().find(|b| b.len() > 1).cloned();
        let any = |bodies: Vec<Vec<String>>| bodies.into_iter().find(|b| !b.is_empty());
        several(&marked).or_else(|| several(&plain)).or_else(|| any(marked)).or_else(|| any(plain)).unwrap_or_default()
    }

    fn description(&self) -> Vec<String> {
        let listed = || self.list("descriptions").into_iter().find_map(|d| d.string("value"));
        let value = self.string("description_text").or_else(listed).unwrap_or_default();
        lines(&value)
    }
}

/// The paragraphs of a plain text: what stands between blank lines, or without any, each line.
fn lines(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    let mark = if text.trim().contains("\n\n") { "\n\n" } else { "\n" };
    text.split(mark).map(markup::tidy).filter(|line| !line.is_empty()).collect()
}

/// The paragraphs of a body in HTML, or in NITF, whose head and byline are no part of the story.
fn story(markup: &str) -> Vec<String> {
    let Some(tree) = markup::parse(markup) else { return Vec::new() };
    let elements = || tree.root_element().descendants().filter_map(scraper::ElementRef::wrap);
    let content = elements().find(|e| matches!(e.value().name(), "body.content" | "bodytext" | "brodtext"));
    let boxed = || elements().find(|e| e.value().classes().any(|class| class == "bodytext"));
    markup::paragraphs(content.or_else(boxed).unwrap_or_else(|| tree.root_element()))
}

#[cfg(test)]
mod tests;
