//! What a page says of its article: title, byline, outlet, days, language, address.
//!
//! The publisher's own declarations come first: JSON-LD (`json_ld`), then meta tags, then marked elements of the page, and
//! last what the extractor guessed. What is for machines and not for readers, such as the site's name behind a headline
//! or an address in a byline, is taken off (`names`).

use jiff::civil::Date;
use scraper::node::Element;
use scraper::{ElementRef, Html};
use trafilatura::Metadata;

use crate::blocks::Blocks;
use crate::date::{self, Found};
use crate::language;

mod json_ld;
mod names;

pub(crate) use names::same;

/// The particulars of an article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct PageMeta {
    pub(crate) title: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) modified: Option<Date>,
    pub(crate) language: Option<String>,
    pub(crate) url: Option<String>,
}

/// Names of meta tags, the most telling first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "og:pubdate",
    "datepublished",
    "rnews:datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "bt:pubdate",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "datecreated",
    "dc.date",
    "dcterms.date",
    "pubdate",
    "publish_date",
    "publish-date",
    "publishdate",
    "published_date",
    "publication_date",
    "date_published",
    "article_date_original",
    "article.created",
    "date",
];
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "article:modified",
    "og:article:modified_time",
    "og:updated_time",
    "og:modified_time",
    "datemodified",
    "rnews:datemodified",
    "bt:moddate",
    "dc.date.modified",
    "dcterms.modified",
    "article.updated",
    "revision_date",
    "lastmod",
    "last-modified",
    "last_modified",
];
const TITLES: &[&str] = &["og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title"];
const AUTHORS: &[&str] = &[
    "author",
    "article:author_name",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
];
const SITES: &[&str] = &["og:site_name", "dc.publisher", "dcterms.publisher", "application-name"];
const LOCALES: &[&str] = &["og:locale", "content-language", "dc.language", "language", "inlanguage"];

/// A body of so many letters tells its language better than the page's markup does.
const TELLING: usize = 300;

/// No headline is longer, in bytes.
const LONGEST_TITLE: usize = 500;

/// What the elements of a page declare.
#[derive(Default)]
pub(crate) struct Declared {
    /// Meta tags in order: name in lower case, content.
    metas: Vec<(String, String)>,
    canonical: Option<String>,
    language: Option<String>,
    title: Option<String>,
    headings: Vec<String>,
    /// Days of `<time>` elements: marked as those of publication, marked as those of a change, others.
    times: [Vec<Date>; 3],
    article: json_ld::Article,
}

impl Declared {
    /// The particulars of the article whose story was found, with guesses for what the page does not declare.
    pub(crate) fn with(&self, lines: &[String], guess: &Metadata) -> PageMeta {
        let guessed = |s: &str| Some(s.trim().to_owned()).filter(|s| !s.is_empty());
        let url = self.url().or_else(|| guessed(&guess.url).filter(|u| u.starts_with("http")));
        let outlet = self.outlet(guessed(&guess.sitename), url.as_deref().or(Some(&guess.hostname)));
        let title = self.headline(guessed(&guess.title), outlet.as_deref(), url.as_deref());
        let byline = self.byline(guessed(&guess.author), outlet.as_deref());
        let (published, modified) = self.days(guess.date.and_then(|day| day.to_string().parse().ok()), url.as_deref());
        let language = self.language(lines);
        PageMeta { title, byline, outlet, published, modified, language, url }
    }

    /// Whether the day of publication is known without a guess.
    pub(crate) fn is_dated(&self) -> bool {
        self.told().is_some()
    }

    /// Whether something is left to guess.
    pub(crate) fn lacks(&self) -> bool {
        let url = self.url();
        let outlet = self.outlet(None, url.as_deref());
        !self.is_dated()
            || outlet.is_none()
            || self.headline(None, outlet.as_deref(), url.as_deref()).is_none()
            || self.byline(None, outlet.as_deref()).is_none_or(|name| outlet.is_some_and(|outlet| same(&name, &outlet)))
    }

    pub(crate) fn read(page: &Html, blocks: &Blocks) -> Self {
        let mut out = Self::default();
        let mut scripts = Vec::new();
        for element in page.tree.root().descendants().filter_map(ElementRef::wrap) {
            let text = || element.text().collect::<String>();
            let attribute = |name| attribute(element.value(), name).map(str::to_owned);
            match element.value().name() {
                "html" => {
                    out.language = out.language.take().or_else(|| attribute("lang")).or_else(|| attribute("xml:lang"))
                }
                "title" => out.title = out.title.take().or_else(|| Some(text())),
                "h1" => out.headings.push(names::one_line(&text())),
                "meta" => {
                    let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|n| attribute(n));
                    if let (Some(name), Some(content)) = (name, attribute("content")) {
                        out.metas.push((name.to_lowercase(), content));
                    }
                }
                "link" => {
                    let is = attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
                    if is {
                        out.canonical = out.canonical.take().or_else(|| attribute("href"));
                    }
                }
                "script" if attribute("type").is_some_and(|t| t.to_lowercase().starts_with("application/ld+json")) => {
                    scripts.push(text());
                }
                "time" => out.time(element),
                _ => {}
            }
        }
        out.headings.retain(|heading| !heading.is_empty() && heading.len() <= LONGEST_TITLE);
        out.headings.truncate(20);
        let titles: Vec<&str> =
            out.headings.iter().map(String::as_str).chain(out.metas(TITLES)).chain(out.title.as_deref()).collect();
        let article = json_ld::main(&scripts, &titles);
        out.article = article;
        if !out.is_dated() {
            out.times[0].extend(shown(blocks));
        }
        out
    }

    fn time(&mut self, element: ElementRef<'_>) {
        let attribute = |name: &str| element.value().attr(name).unwrap_or_default().to_lowercase();
        let Some(day) = day(&attribute("datetime")).or_else(|| day(&element.text().collect::<String>())) else {
            return;
        };
        let marks = attribute("itemprop") + &attribute("class") + &attribute("data-testid");
        let kind = if ["modif", "updat"].iter().any(|m| marks.contains(m)) && !marks.contains("publish") {
            1
        } else if marks.contains("publish") || marks.contains("entry-date") || element.value().attr("pubdate").is_some()
        {
            0
        } else {
            2
        };
        self.times[kind].push(day);
    }

    /// Contents of the meta tags of these names, in the order of the names.
    fn metas<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a str> {
        names.iter().flat_map(|name| self.metas.iter().filter(move |(n, _)| n == name).map(|(_, c)| c.as_str()))
    }

    fn url(&self) -> Option<String> {
        let all =
            self.canonical.as_deref().into_iter().chain(self.metas(&["og:url"])).chain(self.article.url.as_deref());
        let all: Vec<&str> = all.filter(|url| url.starts_with("http://") || url.starts_with("https://")).collect();
        // The home page's address in place of the article's is a common mistake.
        let has_path = |url: &&&str| url.split('/').skip(3).any(|part| !part.is_empty());
        all.iter().find(has_path).or(all.first()).map(|url| (*url).to_owned())
    }

    fn outlet(&self, guessed: Option<String>, url: Option<&str>) -> Option<String> {
        let host = url.map(names::host).filter(|host| !host.is_empty());
        let all = self.article.publisher.iter().cloned().chain(self.metas(SITES).map(names::text));
        // Some pages give the headline as the name of the site, others the site's name as the headline.
        let titled = |name: &str| self.title.as_ref().is_none_or(|title| names::text(title).starts_with(name));
        let titles = || self.article.headline.as_deref().into_iter().chain(self.metas(&["og:title"]));
        let is_title = |name: &String| titled(name) && titles().any(|title| same(title, name));
        let all: Vec<String> = all.filter(|name| names::is_site(name) && !is_title(name)).collect();
        let is_host = |name: &&String| !name.contains(' ') && name.contains('.');
        // What is guessed is a piece of the title or of the host's name.
        all.iter().find(|name| !is_host(name)).or(all.first()).cloned().or(host.map(str::to_owned)).or(guessed)
    }

    fn headline(&self, guessed: Option<String>, outlet: Option<&str>, url: Option<&str>) -> Option<String> {
        let candidates = self.article.headline.iter().cloned().chain(self.metas(TITLES).map(names::text));
        let candidates: Vec<String> = candidates
            .chain(<&[String; 1]>::try_from(self.headings.as_slice()).into_iter().flatten().cloned())
            .chain(guessed)
            .chain(self.title.iter().map(|title| names::text(title)))
            .filter(|title| title.len() <= LONGEST_TITLE)
            .map(|title| names::without_site(&title, outlet, url, &self.headings))
            .filter(|title| !title.is_empty() && outlet.is_none_or(|outlet| !same(title, outlet)))
            .collect();
        // What readers see above the story is its headline, if a declaration agrees.
        let seen = candidates.iter().find_map(|title| self.headings.iter().find(|heading| same(heading, title)));
        seen.or(candidates.first()).or(self.headings.first()).cloned()
    }

    fn byline(&self, guessed: Option<String>, outlet: Option<&str>) -> Option<String> {
        let authors = self.article.authors.iter().map(|a| names::byline(a)).collect::<Vec<_>>();
        let metas = self.metas(AUTHORS).map(names::byline);
        let declared = (!authors.is_empty()).then(|| names::joined(authors.into_iter().flatten()));
        let all = declared.into_iter().flatten().chain(metas.flatten()).chain(guessed.and_then(|g| names::byline(&g)));
        let all: Vec<String> = all.collect();
        // The outlet's own name as author tells less than a name elsewhere.
        let is_outlet = |name: &&String| outlet.is_some_and(|outlet| same(name, outlet));
        all.iter().find(|name| !is_outlet(name)).or(all.first()).cloned()
    }

    /// The day of publication as the page declares it.
    fn told(&self) -> Option<Date> {
        self.article.published.or_else(|| self.metas(PUBLISHED).find_map(day)).or(self.times[0].first().copied())
    }

    /// Days of publication and of the last change.
    fn days(&self, guessed: Option<Date>, url: Option<&str>) -> (Option<Date>, Option<Date>) {
        let [_, changed, others] = &self.times;
        let told = self.told();
        // The guess may come from the address, which tells when a page was set up.
        let from_address =
            guessed.is_some_and(|guess| url.is_some_and(|url| url.contains(&guess.strftime("/%Y/%m/%d").to_string())));
        let only = others.first().copied().filter(|first| others.iter().all(|day| day == first));
        let day = told.or(guessed.filter(|_| !from_address)).or(only).or(guessed);
        let modified =
            self.article.modified.or_else(|| self.metas(MODIFIED).find_map(self::day)).or(changed.last().copied());
        // A change before publication is some other file's.
        (day, modified.filter(|modified| day.is_none_or(|day| *modified >= day)))
    }

    fn language(&self, lines: &[String]) -> Option<String> {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase();
        let all =
            self.language.as_deref().into_iter().chain(self.article.language.as_deref()).chain(self.metas(LOCALES));
        let declared =
            all.map(primary).find(|tag| matches!(tag.len(), 2..=3) && tag.bytes().all(|b| b.is_ascii_lowercase()));
        let letters: usize = lines.iter().map(String::len).sum();
        let detected = (letters >= TELLING).then(|| language::sure(&lines.join("\n"))).flatten();
        detected.map(str::to_owned).or(declared)
    }
}

/// What an attribute says, if it says anything.
fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attr(name).map(str::trim).filter(|value| !value.is_empty())
}

/// The day of publication that a page shows in words: *Published 7:07 PM EST Nov 19, 2019*.
fn shown(blocks: &Blocks) -> Option<Date> {
    const LABELS: &[&str] = &["published", "posted", "first published"];
    let labelled =
        |line: &str| LABELS.iter().any(|label| line.get(..label.len()).is_some_and(|l| l.eq_ignore_ascii_case(label)));
    let lines = blocks.lines.iter().filter(|block| block.words <= 12 && labelled(&block.text));
    lines.filter_map(|block| day(&block.text)).next()
}

/// The day in a date as pages declare it, in the page's own offset.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let compact = |s: &str| Date::new(s[..4].parse().ok()?, s[4..6].parse().ok()?, s[6..8].parse().ok()?).ok();
    let found = if matches!(digits, 8 | 12 | 14) { compact(text) } else { date::find(text).and_then(Found::full) };
    // The epoch stands for no day.
    found.filter(|day| (1980..2200).contains(&day.year()))
}

#[cfg(test)]
mod tests;
