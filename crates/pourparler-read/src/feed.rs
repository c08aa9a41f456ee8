//! Feeds: RSS of every version, Atom and JSON Feed, each entry an article; parsed by the `feed-rs` crate.
//!
//! What is kept of an entry is a JSON Feed that holds it alone, so that reading it again gives the same article.

use jiff::civil::Date;
use pourparler_text::{Article, Text, sha256_hex};
use quick_xml::events::Event;
use serde_json::{Map, Value, json};
use url::Url;

use crate::problem::{ProblemKind, Report};
use crate::{Draft, date, fragment};

/// What a JSON Feed calls itself, without the version's number.
const JSON_FEED: &str = "jsonfeed.org/version/";

/// The version under which entries are kept.
const KEPT_AS: &str = "https://jsonfeed.org/version/1.1";

/// No feed is nested deeper.
const DEEPEST: usize = 200;

/// A content of fewer bytes of text is taken for a teaser.
const SHORT_CONTENT: usize = 400;

/// A summary of so many bytes of text is taken for the whole article; many feeds have no other place for it.
const LONG_SUMMARY: usize = 1500;

/// An entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// What the feed calls the entry: the same at every reading. Where the feed names it not, its address, else a hash of it.
    pub id: String,
    /// Address of the page that the entry points to.
    pub link: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication, as the feed's own clock has it.
    pub published: Option<Date>,
    /// Day of the last change.
    pub updated: Option<Date>,
    /// Whether the feed holds the article's text and not only a teaser of it. A guess: feeds do not tell.
    pub full: bool,
    /// A feed of this entry alone, in JSON: [`crate::read`] makes the article of it.
    pub record: Vec<u8>,
}

/// What a feed tells of itself and of its entries.
struct Feed {
    title: Option<String>,
    language: Option<String>,
    entries: Vec<Entry>,
}

/// An entry, its markup made text.
struct Entry {
    seen: FeedEntry,
    byline: Option<String>,
    text: String,
}

/// Whether a text is a feed.
pub(crate) fn looks_like(text: &str) -> bool {
    matches!(root(text), Some((_, "rss" | "feed" | "RDF")))
        || text.contains("jsonfeed.org") && json_feed(text).is_some()
}

/// The articles of a feed; `base` is the address that it came from.
pub(crate) fn read(text: &str, base: Option<&str>, report: &mut Report<'_>) -> Vec<Draft> {
    let Some(feed) = parse(text, base, report) else { return Vec::new() };
    let (mut drafts, mut teasers) = (Vec::new(), 0);
    let count = feed.entries.len();
    if count == 0 {
        report.add(ProblemKind::Empty, None, "the feed has no entries; get it anew another time");
    }
    for (number, Entry { seen, byline, text }) in (1..).zip(feed.entries) {
        teasers += usize::from(!seen.full);
        if text.is_empty() {
            continue;
        }
        let article = Article {
            id: Article::id_of(&text),
            title: seen.title,
            outlet: feed.title.clone(),
            byline,
            published: seen.published,
            url: seen.link,
            language: feed.language.clone(),
            text: Text::new(text),
        };
        let (place, record) = (Some(format!("entry {number}")), Some(seen.record));
        drafts.push(Draft { place, modified: seen.updated, record, ..Draft::new(article) });
    }
    if teasers > 0 {
        let reason = format!(
            "{teasers} of its {count} entries hold no more than a summary; `pourparler watch` reads their pages"
        );
        report.add(ProblemKind::Teaser, None, reason);
    }
    drafts
}

/// The entries of a feed.
pub(crate) fn entries(text: &str, base: Option<&str>, report: &mut Report<'_>) -> Vec<FeedEntry> {
    if !looks_like(text) {
        let reason = "it is no feed; give the address of an RSS, Atom or JSON Feed, which the site's pages name";
        report.add(ProblemKind::Unsupported, None, reason);
        return Vec::new();
    }
    parse(text, base, report).map_or_else(Vec::new, |feed| feed.entries.into_iter().map(|e| e.seen).collect())
}

fn parse(text: &str, base: Option<&str>, report: &mut Report<'_>) -> Option<Feed> {
    match parsed(text, base) {
        Ok(feed) => Some(taken(feed, base)),
        // A transfer that broke off leaves the entries before it whole.
        Err(error) => {
            let rescued = cut(text).and_then(|whole| parsed(&whole, base).ok());
            let reason = match &rescued {
                Some(feed) => {
                    format!("the feed is damaged ({error}); the {} entries before that are read", feed.entries.len())
                }
                None => format!("the feed cannot be read: {error}; get it anew, or tell its publisher"),
            };
            report.add(ProblemKind::Feed, None, reason);
            rescued.map(|feed| taken(feed, base))
        }
    }
}

fn parsed(text: &str, base: Option<&str>) -> Result<feed_rs::model::Feed, String> {
    let parser = feed_rs::parser::Builder::new()
        .base_uri(base)
        // What has no id gets one of ours: the parser's own may differ from one reading to the next.
        .id_generator(|_, _, _| String::new())
        // Only days matter here, and as the outlet writes them: the parser would move them to Greenwich.
        .timestamp_parser(|text| {
            let day = date::find(text)?.full()?;
            let (month, day_of_month) = (day.month().unsigned_abs().into(), day.day().unsigned_abs().into());
            let day = chrono::NaiveDate::from_ymd_opt(day.year().into(), month, day_of_month)?;
            Some(day.and_time(chrono::NaiveTime::MIN).and_utc())
        })
        .build();
    let told = |error: feed_rs::parser::ParseFeedError| error.to_string();
    match json_feed(text) {
        Some(feed) => parser.parse(feed.to_string().as_bytes()).map_err(told),
        None => {
            let xml = plain_xml(text);
            if is_deep(&xml) {
                return Err(format!("it is nested more than {DEEPEST} elements deep"));
            }
            parser.parse(xml.as_bytes()).map_err(told)
        }
    }
}

/// Whether elements are nested so deep that the parser, which calls itself for some, would end the program.
fn is_deep(xml: &str) -> bool {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut depth = 0usize;
    // At what is broken the parser ends, too.
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof => break,
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// A JSON Feed in the form that the parser reads: it is stricter than most writers.
fn json_feed(text: &str) -> Option<Value> {
    let start = text.trim_start().strip_prefix('\u{feff}').unwrap_or(text).trim_start();
    if !start.starts_with('{') {
        return None;
    }
    let mut feed: Map<String, Value> = serde_json::from_str(start).ok()?;
    let version = feed.get("version")?.as_str()?;
    let number =
        version.strip_prefix("https://").or_else(|| version.strip_prefix("http://"))?.strip_prefix(JSON_FEED)?;
    if !number.starts_with('1') {
        return None;
    }
    let mut out = Map::new();
    out.insert("version".to_owned(), KEPT_AS.into());
    out.insert("title".to_owned(), text_of(feed.get("title")).unwrap_or_default().into());
    if let Some(language) = text_of(feed.get("language")) {
        out.insert("language".to_owned(), language.into());
    }
    out.extend(authors(&feed));
    let items = match feed.remove("items") {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    };
    let items = items.iter().filter_map(Value::as_object).map(|item| {
        const TEXTS: [&str; 9] = [
            "id",
            "url",
            "external_url",
            "title",
            "content_html",
            "content_text",
            "summary",
            "date_published",
            "date_modified",
        ];
        let mut kept: Map<_, _> =
            TEXTS.iter().filter_map(|&key| Some((key.to_owned(), Value::from(text_of(item.get(key))?)))).collect();
        kept.extend(authors(item));
        Value::Object(kept)
    });
    out.insert("items".to_owned(), items.collect());
    Some(Value::Object(out))
}

/// A string, or the number that some write in its place.
fn text_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The names of the authors, in the newer form.
fn authors(object: &Map<String, Value>) -> Option<(String, Value)> {
    let many = object.get("authors").and_then(Value::as_array).into_iter().flatten();
    let names: Vec<_> = object
        .get("author")
        .into_iter()
        .chain(many)
        .filter_map(|author| Some(json!({ "name": text_of(author.get("name"))? })))
        .collect();
    (!names.is_empty()).then(|| ("authors".to_owned(), names.into()))
}

/// The feed's markup without its XML declaration, for it is decoded already, and under a version that the parser knows.
fn plain_xml(text: &str) -> String {
    let Some((at, name)) = root(text) else { return text.to_owned() };
    let rest = &text[at..];
    if name != "rss" {
        return rest.to_owned();
    }
    let (tag, body) = rest.split_at(rest.find('>').unwrap_or(rest.len()));
    if ["\"0.91\"", "\"0.92\"", "\"2.0\"", "'0.91'", "'0.92'", "'2.0'"].iter().any(|known| tag.contains(known)) {
        return rest.to_owned();
    }
    // 0.93, 0.94, 2.0.1 and none at all are as good as 2.0.
    let tag = tag.replacen("version=", "was=", 1);
    format!("{} version=\"2.0\" {}{body}", &tag[..4], &tag[4..])
}

/// Where the first element of a text stands that is XML, and its name without prefix.
fn root(text: &str) -> Option<(usize, &str)> {
    let mut at = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
    loop {
        let rest = &text[at..];
        let end = [("<!--", "-->"), ("<?", "?>"), ("<!DOCTYPE", ">")].iter().find_map(|&(open, close)| {
            let inner = rest.strip_prefix(open)?;
            Some(open.len() + inner.find(close)? + close.len())
        });
        let Some(end) = end else { break };
        at += end;
        at += text[at..].len() - text[at..].trim_start().len();
    }
    let tag = text[at..].strip_prefix('<')?;
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric() && c != ':').unwrap_or(tag.len());
    let after = tag[end..].chars().next()?;
    let name = tag[..end].rsplit(':').next()?;
    (after == '>' || after.is_whitespace()).then_some((at, name))
}

/// The feed up to the end of its last whole entry.
fn cut(text: &str) -> Option<String> {
    let (at, name) = root(text)?;
    let (last, close) = match name {
        "rss" => ("</item>", "</channel></rss>"),
        "feed" => ("</entry>", "</feed>"),
        _ => return None,
    };
    let end = text.rfind(last)? + last.len();
    Some(format!("{}{close}", text.get(at..end)?))
}

fn taken(feed: feed_rs::model::Feed, base: Option<&str>) -> Feed {
    let base = base.and_then(|base| Url::parse(base).ok());
    let home = feed.links.iter().find_map(|link| Url::parse(&link.href).ok());
    let base = base.or(home);
    let title = feed.title.as_ref().and_then(line);
    let language = feed.language.filter(|tag| !tag.trim().is_empty());
    let about = About { title: title.as_deref(), language: language.as_deref(), base: base.as_ref() };
    let entries = feed.entries.into_iter().map(|entry| about.entry(entry)).collect();
    Feed { title, language, entries }
}

/// What entries take from their feed.
struct About<'a> {
    title: Option<&'a str>,
    language: Option<&'a str>,
    base: Option<&'a Url>,
}

impl About<'_> {
    fn entry(&self, entry: feed_rs::model::Entry) -> Entry {
        let content =
            entry.content.as_ref().and_then(|c| Some((c.body.clone()?, markup(c.content_type.subty().as_str()))));
        let content = content.filter(|(body, _)| !body.trim().is_empty());
        let is_content = content.is_some();
        let summary = entry.summary.as_ref().map(|s| (s.content.clone(), markup(s.content_type.subty().as_str())));
        let (body, is_markup) = content.or(summary).unwrap_or_default();
        let text = if is_markup { fragment::text(&body) } else { fragment::lines(&body) };
        let link = self.link(&entry);
        let title = entry.title.as_ref().and_then(line);
        let names: Vec<_> = entry.authors.iter().filter_map(|a| a.name.as_deref()).filter_map(author).collect();
        let byline = (!names.is_empty()).then(|| names.join(", "));
        let (published, updated) = (entry.published.and_then(day), entry.updated.and_then(day));
        let id = Some(entry.id.trim().to_owned()).filter(|id| !id.is_empty()).or_else(|| link.clone());
        let id =
            id.unwrap_or_else(|| sha256_hex(format!("{}\n{text}", title.as_deref().unwrap_or_default()).as_bytes()));
        let item = json!({
            "id": id, "url": link, "title": title,
            (if is_markup { "content_html" } else { "content_text" }): body,
            "date_published": published.map(|day| day.to_string()),
            "date_modified": updated.map(|day| day.to_string()),
            "authors": names.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
        });
        let record = json!({
            "version": KEPT_AS, "title": self.title, "language": self.language, "home_page_url": self.base.map(Url::as_str),
            "items": [item],
        });
        let long = text.len() >= if is_content { SHORT_CONTENT } else { LONG_SUMMARY };
        let full = long && !breaks_off(&text);
        let record = record.to_string().into_bytes();
        Entry { seen: FeedEntry { id, link, title, published, updated, full, record }, byline, text }
    }

    /// The page that an entry points to; its id is one in many feeds, and the only one in some.
    fn link(&self, entry: &feed_rs::model::Entry) -> Option<String> {
        let pages = entry.links.iter().filter(|l| l.target.is_none());
        let mut pages = pages.filter(|l| matches!(l.rel.as_deref(), None | Some("alternate"))).map(|l| l.href.as_str());
        let id = Some(entry.id.as_str()).filter(|id| id.starts_with("http"));
        pages.find_map(|href| self.address(href)).or_else(|| id.and_then(|id| self.address(id)))
    }

    fn address(&self, href: &str) -> Option<String> {
        let href = href.trim();
        let url = Url::parse(href).ok().or_else(|| self.base?.join(href).ok())?;
        (matches!(url.scheme(), "http" | "https") && !href.is_empty()).then(|| url.to_string())
    }
}

fn markup(subtype: &str) -> bool {
    !subtype.eq_ignore_ascii_case("plain")
}

/// A headline in one line. Feeds of all kinds write entities into headlines that should be plain.
fn line(text: &feed_rs::model::Text) -> Option<String> {
    let words = &text.content;
    let is_markup = markup(text.content_type.subty().as_str()) || words.contains('&') && words.contains(';');
    let line = if is_markup { fragment::text(words) } else { fragment::lines(words) };
    Some(line.replace('\n', " ")).filter(|line| !line.is_empty())
}

/// A name that is one, and no mail address.
fn author(name: &str) -> Option<String> {
    let name = fragment::lines(name).replace('\n', " ");
    (!name.is_empty() && !name.contains('@')).then_some(name)
}

fn day(moment: chrono::DateTime<chrono::Utc>) -> Option<Date> {
    moment.format("%Y-%m-%d").to_string().parse().ok()
}

/// Whether a text ends as teasers do.
fn breaks_off(text: &str) -> bool {
    const ENDS: [&str; 8] =
        ["…", "...", "…]", "...]", "read more", "continue reading", "read the full story", "full story"];
    let last = text.lines().next_back().unwrap_or_default().trim_end_matches([' ', '»', '→', '>', '.']).to_lowercase();
    let dots = text.trim_end();
    ENDS.iter().any(|end| dots.ends_with(end) || last.ends_with(end))
}
