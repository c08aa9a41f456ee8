use jiff::civil::date;

use super::*;
use crate::blocks;

fn meta(head: &str) -> PageMeta {
    meta_of(head, "The talks in Sarn go on.")
}

fn meta_of(head: &str, text: &str) -> PageMeta {
    let page = Html::parse_document(&format!("<html>{head}<p>{text}</p></html>"));
    Declared::read(&page, &blocks::of(&page)).with(&[text.to_owned()], &Metadata::default())
}

const ARTICLE: &str = r#""@type": "NewsArticle", "headline": "Talks in Sarn go on", "datePublished": "2022-03-16T23:30:00-05:00",
    "dateModified": "2022-03-17T08:00:00-05:00", "author": [{"@type": "Person", "name": "Ana Oren"}, {"name": "Lu Tarn"}],
    "publisher": {"@type": "Organization", "name": "Oria Daily"}, "inLanguage": "en-GB", "url": "https://example.org/talks""#;

#[test]
fn json_ld_is_read_however_it_is_wrapped_or_broken() {
    let other = r#"{"@type": "NewsArticle", "headline": "Oria wins the cup", "datePublished": "2020-01-01"}"#;
    for json in [
        format!("{{{ARTICLE}}}"),
        format!("[{{\"@type\": \"WebSite\", \"name\": \"x\"}}, {{{ARTICLE}}}]"),
        format!("{{\"@context\": \"x\", \"@graph\": [{{\"@type\": \"WebPage\"}}, {other}, {{{ARTICLE}}}]}}"),
        format!("{{\"@type\": \"WebPage\", \"mainEntity\": {{{ARTICLE}}}}}"),
        format!("<!-- {{{ARTICLE},\n }}; -->"),
        format!("{{{ARTICLE}, \"description\": \"a\nb \\' c\"}}"),
        format!("{{{ARTICLE}}} {other}"),
        format!("{{{}}}", ARTICLE.replace("\"NewsArticle\"", "[\"ReportageNewsArticle\", \"x\"]")),
    ] {
        let page = meta(&format!("<h1>Talks in Sarn go on</h1><script type='application/ld+json'>{json}</script>"));
        let want = PageMeta {
            title: Some("Talks in Sarn go on".to_owned()),
            byline: Some("Ana Oren, Lu Tarn".to_owned()),
            outlet: Some("Oria Daily".to_owned()),
            published: Some(date(2022, 3, 16)),
            modified: Some(date(2022, 3, 17)),
            language: Some("en".to_owned()),
            url: Some("https://example.org/talks".to_owned()),
        };
        assert_eq!(page, want, "{json}");
    }
}

#[test]
fn references_in_json_ld_are_followed() {
    let page = meta(
        r##"<script type="application/ld+json">{"@graph": [
        {"@type": "Article", "headline": "Talks go on &amp; on", "author": {"@id": "#a"}, "publisher": {"@id": "#p"}},
        {"@id": "#a", "@type": "Person", "name": "Ana Oren"}, {"@id": "#p", "name": "Oria Daily"}]}</script>"##,
    );
    assert_eq!(page.title.as_deref(), Some("Talks go on & on"));
    assert_eq!((page.byline.as_deref(), page.outlet.as_deref()), (Some("Ana Oren"), Some("Oria Daily")));
}

#[test]
fn json_ld_past_mending_gives_what_stands_plainly() {
    let page = meta(
        r#"<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Talks go on", "datePublished":"2022-03-16", "x": "a "b" c"</script>"#,
    );
    assert_eq!((page.title.as_deref(), page.published), (Some("Talks go on"), Some(date(2022, 3, 16))));
    for junk in ["", "{", "}", "[", "null", "{\"@type\": 7}", &"[".repeat(5000), &"{\"a\":".repeat(5000)] {
        let page = meta(&format!("<script type='application/ld+json'>{junk}</script>"));
        assert_eq!(page.title, None, "{junk:.20}");
    }
}

#[test]
fn meta_tags_and_times_give_days() {
    for (head, published, modified) in [
        ("<meta property=article:published_time content=2022-03-16T09:00:00Z>", Some(16), None),
        (
            "<meta name=DC.date content='16 March 2022'><meta name=last-modified content='March 17, 2022'>",
            Some(16),
            Some(17),
        ),
        ("<meta name=parsely-pub-date content=20220316>", Some(16), None),
        ("<meta itemprop=datePublished content='2022-03-16 10:00'>", Some(16), None),
        ("<meta name=date content='soon'><p><time datetime=2022-03-16>Wednesday</time>", Some(16), None),
        ("<body><time datetime=2022-03-15>a</time><time class=published datetime=2022-03-16>b</time>", Some(16), None),
        ("<div>Published 7:07 PM EST March 16, 2022</div>", Some(16), None),
        ("<div>Published in Sarn</div><div>Updated March 16, 2022</div>", None, None),
        // Which of several unmarked times is the article's is not known.
        ("<body><time datetime=2022-03-15>a</time><time datetime=2022-03-16>b</time>", None, None),
        ("<meta property=article:published_time content=1970-01-01T00:00:00Z>", None, None),
        // A change before publication is no change.
        ("<meta name=pubdate content=2022-03-16><meta name=last-modified content=2022-03-01>", Some(16), None),
    ] {
        let page = meta(head);
        let march = |day: Option<i8>| day.map(|day| date(2022, 3, day));
        assert_eq!((page.published, page.modified), (march(published), march(modified)), "{head}");
    }
}

#[test]
fn titles_lose_the_name_of_the_site() {
    let site =
        "<meta property=og:site_name content='Oria Daily'><link rel=canonical href=https://www.oriadaily.example/a/b>";
    for (head, want) in [
        ("<title>Talks go on | Oria Daily</title>", "Talks go on"),
        ("<title>Talks go on - World - Oria Daily</title><h1>Talks go on</h1>", "Talks go on"),
        ("<title>Oria Daily - Talks in Sarn go on</title>", "Talks in Sarn go on"),
        ("<title>Talks go on – oriadaily.example</title>", "Talks go on"),
        ("<title>Talks go on - and on</title>", "Talks go on - and on"),
        ("<title>Oren: Talks go on</title>", "Oren: Talks go on"),
        ("<meta property=og:title content='Talks &amp;#8216;go on&amp;#8217;'>", "Talks ‘go on’"),
        ("<meta property=og:title content='Oria Daily'><title>Talks go on</title>", "Talks go on"),
        ("<meta property=og:title content='Talks Go On'><h1>Oria Daily</h1><h1>Talks  go on</h1>", "Talks go on"),
    ] {
        assert_eq!(meta(&format!("{site}{head}")).title.as_deref(), Some(want), "{head}");
    }
}

#[test]
fn bylines_are_names() {
    for (raw, want) in [
        ("By Ana Oren", Some("Ana Oren")),
        ("BY ANA OREN and Lu Tarn", Some("ANA OREN and Lu Tarn")),
        ("Ana Oren, Senior Correspondent", Some("Ana Oren")),
        ("Ana Oren; Lu Tarn", Some("Ana Oren, Lu Tarn")),
        ("Ana Oren, ana@example.org", Some("Ana Oren")),
        ("Staff writer", Some("Staff writer")),
        ("Byron Oren", Some("Byron Oren")),
        ("Ana Oren Monday, November", Some("Ana Oren")),
        ("Ana Oren Published", Some("Ana Oren")),
        ("Frank March", Some("Frank March")),
        ("https://example.org/oren", None),
        ("ana@example.org", None),
        ("", None),
    ] {
        assert_eq!(names::byline(raw).as_deref(), want, "{raw}");
    }
    let own = "<meta property=og:site_name content='Oria Daily'><meta name=author content='Oria Daily'>";
    assert_eq!(meta(own).byline.as_deref(), Some("Oria Daily"));
    assert_eq!(meta(&format!("{own}<meta name=dc.creator content='Ana Oren'>")).byline.as_deref(), Some("Ana Oren"));
}

#[test]
fn outlets_are_names_before_they_are_addresses() {
    for (head, want) in [
        (
            "<meta property=og:site_name content=example.org><meta name=application-name content='Oria Daily'>",
            "Oria Daily",
        ),
        ("<meta property=og:site_name content=example.org>", "example.org"),
        (
            "<link rel=canonical href=https://example.org/a><meta property=og:title content='Talks go on'>\
             <meta property=og:site_name content='Talks go on'><title>Talks go on | Oria Daily</title>",
            "example.org",
        ),
        ("<link rel=canonical href=https://www.example.org/a>", "example.org"),
        ("<meta property=og:url content=https://example.org/talks><link rel=canonical href=/talks>", "example.org"),
    ] {
        assert_eq!(meta(head).outlet.as_deref(), Some(want), "{head}");
    }
    let home = "<link rel=canonical href=https://example.org/><meta property=og:url content=https://example.org/talks>";
    assert_eq!(meta(home).url.as_deref(), Some("https://example.org/talks"));
}

#[test]
fn a_long_body_tells_its_language_and_a_short_one_believes_the_page() {
    let french =
        "Le ministre des Affaires étrangères a déclaré mercredi que les négociations de paix se poursuivraient. "
            .repeat(5);
    for (head, text, want) in [
        ("<html lang=en-GB>", "The talks go on.", Some("en")),
        ("<html lang=de_AT>", "Ja.", Some("de")),
        ("<html lang=en>", &french, Some("fr")),
        ("<meta property=og:locale content=fr_FR>", "Oui.", Some("fr")),
        ("<html lang=''>", "Yes.", None),
        ("<html lang=none-such>", "Yes.", None),
    ] {
        assert_eq!(meta_of(head, text).language.as_deref(), want, "{head}");
    }
}

#[test]
fn signs_without_end_take_linear_time() {
    for sign in ["&", "<", "<a", "<1", "&a;&"] {
        assert!(!names::text(&sign.repeat(500_000)).is_empty());
    }
    assert_eq!(names::text("a <b>b</b> < c &amp;lt; &nonsense; <d"), "a b < c < &nonsense; <d");
    assert!(names::text(&format!("{}>", "<1".repeat(500_000))).starts_with("<1"));
}
