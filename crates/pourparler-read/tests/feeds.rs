//! Feeds of every kind, as articles and as lists of entries.

use jiff::civil::date;
use pourparler_read::{FeedEntry, InputKind, ProblemKind, ReadOptions, Reading, feed_entries, read};
use proptest::prelude::*;

fn options() -> ReadOptions {
    ReadOptions { url: Some("https://example.org/news/feed.xml".to_owned()), ..ReadOptions::default() }
}

fn plainly(feed: &str) -> Reading {
    read(feed.as_bytes(), "feed", &options())
}

fn listed(feed: &str) -> Vec<FeedEntry> {
    let (entries, problems) = feed_entries(feed.as_bytes(), "feed", &options());
    assert_eq!(problems, []);
    entries
}

fn kinds(problems: &[pourparler_read::Problem]) -> Vec<ProblemKind> {
    problems.iter().map(|p| p.kind).collect()
}

const BODY: &str = "<p>The foreign minister of Oria said on Wednesday that the talks in Sarn would go on until an \
agreement is reached.</p><p>&#8220;We are close to an agreement,&#8221; she told reporters at the lake, \
&amp; left.</p><p>Tarn rejected the plan for the harbour, and asked that the prisoners be sent home before the \
embargo ends. Its envoy Ana Oren said that nothing is agreed until all is agreed, and that the talks may last for \
weeks.</p>";

fn rss(version: &str, item: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n<!-- made -->\n<rss {version} \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <channel><title>Oria Daily &amp; Sunday</title><link>https://example.org/</link><language>en-US</language>{item}</channel></rss>"
    )
}

fn item(body: &str) -> String {
    format!(
        "<item><title>Talks in Sarn: Tarn&amp;#8217;s &lt;b&gt;no&lt;/b&gt;</title><link>/talks?a=1&amp;b=2</link>\
         <guid isPermaLink=\"false\">oria-1</guid><dc:creator>Ana Oren</dc:creator>\
         <pubDate>Wed, 16 Mar 2022 00:30:00 +0200</pubDate>{body}</item>"
    )
}

fn atom(content: &str) -> String {
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>Oria Daily &amp; Sunday</title>\
         <id>urn:oria</id><updated>2022-03-17T10:00:00Z</updated><entry><title type=\"html\">Talks in Sarn: Tarn&amp;#8217;s \
         &lt;b&gt;no&lt;/b&gt;</title><id>oria-1</id><link rel=\"self\" href=\"/self\"/><link href=\"/talks?a=1&amp;b=2\"/>\
         <author><name>Ana Oren</name></author><published>2022-03-16T00:30:00+02:00</published>\
         <updated>2022-03-17T09:00:00Z</updated>{content}</entry></feed>"
    )
}

fn json(content: &str) -> String {
    format!(
        "{{\"items\":[{{\"id\":\"oria-1\",\"url\":\"/talks?a=1&b=2\",\"title\":\"Talks in Sarn: Tarn’s no\",\
         \"authors\":[{{\"name\":\"Ana Oren\"}}],\"date_published\":\"2022-03-16T00:30:00+02:00\",{content}}}],\
         \"title\":\"Oria Daily & Sunday\",\"language\":\"en-US\",\"version\":\"https:\\/\\/jsonfeed.org\\/version\\/1.1\"}}"
    )
}

fn rdf(body: &str) -> String {
    format!(
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <channel><title>Oria Daily &amp; Sunday</title></channel><item><title>Talks in Sarn: Tarn’s no</title>\
         <link>https://example.org/talks?a=1&amp;b=2</link><dc:creator>Ana Oren</dc:creator>\
         <dc:date>2022-03-16T00:30:00+02:00</dc:date>{body}</item></rdf:RDF>"
    )
}

fn escaped(markup: &str) -> String {
    markup.replace('&', "&amp;").replace('<', "&lt;")
}

#[test]
fn feeds_of_every_kind_hold_the_same_article() {
    let cdata = format!("<description>Short.</description><content:encoded><![CDATA[{BODY}]]></content:encoded>");
    let text_only = BODY.replace("<p>", "").replace("</p>", "\\n").replace("&#8220;", "“").replace("&#8221;", "”");
    let text_only = text_only.replace("&amp;", "&");
    let feeds = [
        rss("version=\"2.0\"", &item(&cdata)),
        rss("version='0.94'", &item(&cdata)),
        rss("", &item(&format!("<content:encoded>{}</content:encoded>", escaped(BODY)))),
        atom(&format!("<summary>Short.</summary><content type=\"html\">{}</content>", escaped(BODY))),
        atom(&format!("<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">{BODY}</div></content>")),
        json(&format!("\"content_html\":{}", serde_json::json!(BODY))),
        json(&format!("\"content_text\":\"{text_only}\"")),
        rdf(&cdata),
    ];
    for feed in feeds {
        let reading = plainly(&feed);
        assert_eq!(reading.problems, [], "{feed}");
        let [one] = reading.articles.as_slice() else { panic!("one article in {feed}") };
        let article = &one.article;
        assert_eq!(one.kind, InputKind::Feed);
        assert_eq!(article.title.as_deref(), Some("Talks in Sarn: Tarn’s no"), "{feed}");
        assert_eq!(article.outlet.as_deref(), Some("Oria Daily & Sunday"), "{feed}");
        assert_eq!(article.byline.as_deref(), Some("Ana Oren"), "{feed}");
        assert_eq!(article.published, Some(date(2022, 3, 16)), "the outlet's own day: {feed}");
        assert_eq!(article.url.as_deref(), Some("https://example.org/talks?a=1&b=2"), "{feed}");
        let lines: Vec<_> = article.text.as_str().lines().collect();
        assert_eq!(lines.len(), 3, "{feed}");
        assert_eq!(lines[1], "“We are close to an agreement,” she told reporters at the lake, & left.");

        // What is kept of it is read as the same article again.
        let record = one.record.clone();
        let again = read(&record, "record", &ReadOptions::default());
        assert_eq!(again.problems, []);
        assert_eq!(again.articles[0].article, *article, "{feed}");
        let entries = listed(&feed);
        assert!(entries[0].full && entries[0].record == record, "{feed}");
        assert_eq!(entries[0].link, article.url);
    }
}

#[test]
fn a_change_of_an_entry_is_told() {
    let reading = plainly(&atom("<content>The talks in Sarn go on, the minister said on Monday.</content>"));
    assert_eq!(reading.articles[0].modified, Some(date(2022, 3, 17)));
}

#[test]
fn teasers_are_articles_and_one_problem() {
    let teaser = |n: usize| {
        format!(
            "<item><link>https://example.org/{n}</link><description>The talks go on, the minister said, and …</description></item>"
        )
    };
    let items = (0..12).map(teaser).collect::<String>()
        + &item(&format!("<description>{}</description>", escaped(&BODY.repeat(4))));
    let reading = plainly(&rss("version=\"2.0\"", &items));
    assert_eq!((reading.articles.len(), kinds(&reading.problems)), (13, vec![ProblemKind::Teaser]));
    assert!(reading.problems[0].reason.starts_with("12 of its 13 entries"), "{}", reading.problems[0]);
    let entries = listed(&rss("version=\"2.0\"", &items));
    assert_eq!(entries.iter().filter(|e| e.full).count(), 1);
    assert_eq!(entries[3].id, "https://example.org/3");
}

/// What names no entry has an id all the same, and the same one each time.
#[test]
fn entries_have_lasting_ids_and_only_web_addresses() {
    for (item, id, link) in [
        (
            "<item><guid>https://example.org/a</guid><description>x</description></item>",
            Some("https://example.org/a"),
            Some("https://example.org/a"),
        ),
        ("<item><guid>7</guid><link>javascript:alert(1)</link><title>t</title></item>", Some("7"), None),
        ("<item><link>../b</link></item>", Some("https://example.org/b"), Some("https://example.org/b")),
        ("<item><link>file:///etc/passwd</link><title>A title</title></item>", None, None),
        ("<item><title>Another</title></item>", None, None),
    ] {
        let feed = rss("version=\"2.0\"", item);
        let (first, second) = (listed(&feed), listed(&feed));
        assert_eq!(first, second);
        assert_eq!(first[0].link.as_deref(), link, "{item}");
        match id {
            Some(id) => assert_eq!(first[0].id, id),
            None => assert_eq!(first[0].id.len(), 64, "{item}"),
        }
    }
    let numbered = json("\"x\":1").replace("\"oria-1\"", "17");
    assert_eq!(listed(&numbered)[0].id, "17");
}

#[test]
fn damaged_feeds_give_what_is_whole() {
    let whole =
        rss("version=\"2.0\"", &item(&format!("<content:encoded><![CDATA[{BODY}]]></content:encoded>")).repeat(3));
    let at = whole.rfind("<item>").expect("three items") + 200;
    let reading = plainly(&whole[..at]);
    assert_eq!((reading.articles.len(), kinds(&reading.problems)), (2, vec![ProblemKind::Feed]), "{reading:?}");
    for (feed, want) in [
        ("<rss version='2.0'><channel><item><title>a</channel></rss>", vec![ProblemKind::Feed]),
        ("<rss version='2.0'>", vec![ProblemKind::Feed]),
        ("<feed><entry>", vec![ProblemKind::Feed]),
        ("<rss version='2.0'><channel><title>a</title></channel></rss>", vec![ProblemKind::Empty]),
        ("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[]}", vec![ProblemKind::Empty]),
    ] {
        let reading = plainly(feed);
        assert_eq!((reading.articles.len(), kinds(&reading.problems)), (0, want), "{feed}");
    }
}

#[test]
fn what_is_no_feed_is_none() {
    for input in [
        "<html><body><p>rss</p></body></html>",
        "The talks go on.",
        "{\"text\":\"They spoke of https://jsonfeed.org/version/1\"}",
        "{\"version\":\"https://jsonfeed.org/version/2\",\"items\":[]}",
        "<rssx version='2.0'>",
        "<feed",
        "",
        "%PDF-1.7",
    ] {
        let (entries, problems) = feed_entries(input.as_bytes(), "input", &options());
        assert_eq!((entries.len(), problems.len()), (0, 1), "{input}");
        assert!(plainly(input).articles.iter().all(|one| one.kind != InputKind::Feed), "{input}");
    }
}

#[test]
fn large_and_hostile_feeds_come_to_an_end() {
    let fill = |unit: &str| unit.repeat(500_000 / unit.len());
    for feed in [
        rss("version=\"2.0\"", &fill("<item><title>a</title></item>")),
        rss("version=\"2.0\"", &fill("<item>")),
        rss("version=\"2.0\"", &format!("<item><description>{}</description></item>", escaped(&fill("<div>")))),
        format!("<feed>{}", fill("<a>")),
        format!("<!--{}", fill("<!-- -->")),
        fill("<?a?>"),
        format!("{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{}", fill("{},")),
        format!("<!DOCTYPE a [<!ENTITY a \"{}\">]><rss version=\"2.0\"><channel>&a;&a;</channel></rss>", fill("&b;")),
    ] {
        plainly(&feed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_feed_is_read_without_a_panic(
        text in "(<rss version='2.0'>|<feed>|<rdf:RDF>|<channel>|</?item>|</?entry>|<link>|</link>|<title>|</title>|<content type='html'>|&amp;|&nope;|&|<!\\[CDATA\\[|\\]\\]>|<pubDate>|2022-03-16|https://|é|\\PC{0,9}){0,40}",
    ) {
        for prefix in ["<rss version='2.0'><channel>", "<feed>", "<rdf:RDF>", "<rss"] {
            plainly(&format!("{prefix}{text}"));
        }
    }
}

#[test]
fn a_feed_that_is_nested_too_deep_is_told() {
    let feed = format!(
        "<rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><item>{}",
        "<media:group>".repeat(100_000)
    );
    let (entries, problems) = feed_entries(feed.as_bytes(), "test", &ReadOptions::default());
    assert_eq!((entries.len(), problems.len()), (0, 1));
    assert!(problems[0].reason.contains("nested"), "{}", problems[0].reason);
}
