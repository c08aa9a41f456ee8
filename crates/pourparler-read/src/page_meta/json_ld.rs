//! The JSON-LD of a page: the object that describes its main article, however it is wrapped or broken.

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::names::{one_line, same, text};

/// What JSON-LD says of an article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Article {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) modified: Option<Date>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
}

/// Types of objects that are articles, but for those whose name ends so.
const TYPES: &[&str] = &["BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "Recipe", "Review"];

/// Parts of an object that describe other things than the page's own article.
const OTHERS: &[&str] = &[
    "itemListElement",
    "liveBlogUpdate",
    "hasPart",
    "isPartOf",
    "mentions",
    "citation",
    "video",
    "associatedMedia",
    "isBasedOn",
    "comment",
    "about",
    "relatedLink",
];

/// So many objects are looked at.
const MOST: usize = 10_000;

/// The main article of a page whose visible titles are these.
pub(super) fn main(scripts: &[String], titles: &[&str]) -> Article {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parsed(script)).collect();
    let objects = objects(&values);
    let articles: Vec<_> = objects.iter().copied().filter(|object| is_article(object)).take(100).collect();
    let titled = |object: &&&Map<String, Value>| {
        string(object, "headline").is_some_and(|headline| titles.iter().any(|title| starts_alike(title, &headline)))
    };
    let dated = |object: &&&Map<String, Value>| object.contains_key("datePublished");
    let main = articles.iter().find(titled).or_else(|| articles.iter().find(dated)).or(articles.first());
    match main {
        Some(object) => read(object, &objects),
        // A page that has no article object may still date itself.
        None => objects.iter().find(|o| is_a(o, |t| t == "WebPage") && o.contains_key("datePublished")).map_or_else(
            || scripts.iter().find_map(|script| scanned(script)).unwrap_or_default(),
            |page| Article {
                published: date(page, "datePublished"),
                modified: date(page, "dateModified"),
                ..Article::default()
            },
        ),
    }
}

/// Whether one title begins with the other: declared headlines are cut, visible ones have the site's name behind.
fn starts_alike(title: &str, headline: &str) -> bool {
    let squeeze = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (a, b) = (squeeze(title), squeeze(headline));
    a.len().min(b.len()) >= 8 && (a.starts_with(&b) || b.starts_with(&a))
}

fn read(object: &Map<String, Value>, objects: &[&Map<String, Value>]) -> Article {
    let headline = string(object, "headline").or_else(|| string(object, "name"));
    let url = string(object, "url").or_else(|| {
        object.get("mainEntityOfPage").and_then(|page| match page {
            Value::String(url) => Some(url.clone()),
            Value::Object(page) => string(page, "@id").or_else(|| string(page, "url")),
            _ => None,
        })
    });
    let mut authors = Vec::new();
    for key in ["author", "creator"] {
        if authors.is_empty() {
            object.get(key).into_iter().for_each(|value| named(value, objects, &mut authors));
        }
    }
    let mut publishers = Vec::new();
    for key in ["publisher", "sourceOrganization"] {
        object.get(key).into_iter().for_each(|value| named(value, objects, &mut publishers));
    }
    let language = object.get("inLanguage").and_then(|value| match value {
        Value::String(tag) => Some(tag.clone()),
        Value::Object(language) => string(language, "alternateName").or_else(|| string(language, "name")),
        Value::Array(tags) => tags.first().and_then(Value::as_str).map(str::to_owned),
        _ => None,
    });
    Article {
        headline,
        authors,
        publisher: publishers.into_iter().next(),
        published: date(object, "datePublished").or_else(|| date(object, "dateCreated")),
        modified: date(object, "dateModified"),
        language,
        url,
    }
}

/// The names in an author or publisher: a string, an object, a reference to one, or several of these.
fn named(value: &Value, objects: &[&Map<String, Value>], out: &mut Vec<String>) {
    let add = |name: &str, out: &mut Vec<String>| {
        let name = text(name);
        if !name.is_empty() && !out.iter().any(|before| same(before, &name)) && out.len() < 20 {
            out.push(name);
        }
    };
    let values = match value {
        Value::Array(values) => values.as_slice(),
        one => std::slice::from_ref(one),
    };
    for value in values.iter().take(50) {
        match value {
            Value::String(name) => add(name, out),
            Value::Object(object) => match object.get("name") {
                Some(Value::String(name)) => add(name, out),
                Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).for_each(|name| add(name, out)),
                _ => {
                    let id = object.get("@id").and_then(Value::as_str);
                    let other = id.and_then(|id| {
                        objects
                            .iter()
                            .find(|o| o.get("@id").and_then(Value::as_str) == Some(id) && o.contains_key("name"))
                    });
                    if let Some(name) = other.and_then(|o| string(o, "name")) {
                        add(&name, out);
                    }
                }
            },
            _ => {}
        }
    }
}

fn string(object: &Map<String, Value>, key: &str) -> Option<String> {
    object.get(key).and_then(Value::as_str).map(text).filter(|s| !s.is_empty())
}

fn date(object: &Map<String, Value>, key: &str) -> Option<Date> {
    let value = object.get(key)?;
    value.as_str().or_else(|| value.as_array()?.first()?.as_str()).and_then(super::day)
}

fn is_a(object: &Map<String, Value>, is: impl Fn(&str) -> bool) -> bool {
    match object.get("@type") {
        Some(Value::String(name)) => is(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

fn is_article(object: &Map<String, Value>) -> bool {
    is_a(object, |name| {
        let name = name.rsplit(['/', ':']).next().unwrap_or(name);
        name.ends_with("Article") || TYPES.contains(&name)
    })
}

/// All objects that may describe the page's own article, and those they refer to.
fn objects(values: &[Value]) -> Vec<&Map<String, Value>> {
    let mut out = Vec::new();
    let mut queue: std::collections::VecDeque<&Value> = values.iter().collect();
    while let Some(value) = queue.pop_front()
        && out.len() < MOST
    {
        match value {
            Value::Array(values) => queue.extend(values),
            Value::Object(object) => {
                out.push(object);
                queue.extend(object.iter().filter(|(key, _)| !OTHERS.contains(&key.as_str())).map(|(_, v)| v));
            }
            _ => {}
        }
    }
    out
}

/// A script as JSON, mended where it is broken in one of the common ways.
fn parsed(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_start_matches("//").trim();
    let script = script.strip_prefix("<![CDATA[").unwrap_or(script);
    let end = script.rfind(['}', ']'])?;
    let script = &script[..=end];
    if let Ok(value) = serde_json::from_str(script) {
        return Some(value);
    }
    let mended = mended(script);
    serde_json::from_str(&mended).ok().or_else(|| {
        // Several objects one after the other.
        let mut values = serde_json::Deserializer::from_str(&mended).into_iter::<Value>();
        let values: Vec<Value> = std::iter::from_fn(|| values.next()?.ok()).collect();
        (!values.is_empty()).then_some(Value::Array(values))
    })
}

/// JSON without line breaks in strings, commas before closing brackets and escapes that there are not.
fn mended(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut chars = script.chars().peekable();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if in_string => match chars.next() {
                Some(next) if "\"\\/bfnrtu".contains(next) => out.extend([c, next]),
                Some(next) if !next.is_control() => out.push(next),
                _ => {}
            },
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            '}' | ']' if !in_string => {
                let end = out.trim_end().len();
                if out[..end].ends_with(',') {
                    out.truncate(end - 1);
                }
                out.push(c);
            }
            ';' if !in_string => {}
            c => out.push(c),
        }
    }
    out
}

/// What can be read of JSON that is past mending: values that stand plainly behind their keys.
fn scanned(script: &str) -> Option<Article> {
    if !script.contains("Article\"") && !script.contains("BlogPosting\"") {
        return None;
    }
    let value = |key: &str| {
        let after = script.split_once(&format!("\"{key}\""))?.1.trim_start().strip_prefix(':')?.trim_start();
        let value = after.strip_prefix('"')?.split('"').next()?;
        Some(one_line(value)).filter(|v| !v.is_empty() && v.len() < 300)
    };
    let day = |key: &str| value(key).as_deref().and_then(super::day);
    Some(Article {
        headline: value("headline").map(|h| text(&h)),
        published: day("datePublished"),
        modified: day("dateModified"),
        ..Article::default()
    })
}
