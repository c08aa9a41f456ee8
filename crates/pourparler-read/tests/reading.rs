//! Whole inputs, friendly and hostile, through the one public function.

use jiff::civil::date;
use pourparler_read::{InputKind, ProblemKind, ReadOptions, Reading, read};
use proptest::prelude::*;

fn plainly(bytes: impl AsRef<[u8]>) -> Reading {
    read(bytes.as_ref(), "input", &ReadOptions::default())
}

fn kinds(reading: &Reading) -> Vec<ProblemKind> {
    reading.problems.iter().map(|p| p.kind).collect()
}

const PAGE: &str = "<!DOCTYPE html><html lang=en><head><title>Talks in Sarn go on</title>
<meta property='og:site_name' content='Oria Daily'><meta name='author' content='Ana Oren'>
<meta property='article:published_time' content='2022-03-16T09:00:00Z'>
<link rel='canonical' href='https://example.org/talks'></head><body>
<nav><ul><li><a href=/>Home</a></li><li><a href=/world>World</a></li></ul></nav>
<article><h1>Talks in Sarn go on</h1>
<p>The foreign minister of Oria said on Wednesday that the talks in Sarn would go on until an agreement is reached.</p>
<p>“We are close to an agreement, and we will not leave before it is signed,” she told reporters at the lake.</p>
<p>Tarn &amp; its allies rejected the plan for the harbour, and asked that the prisoners be sent home before the embargo ends.</p>
</article><footer>Copyright 2022 Oria Daily. All rights reserved.</footer></body></html>";

#[test]
fn a_plain_text() {
    let text = "Talks in Sarn go on\nBy Ana Oren\n\nSARN, March 14 (Reuters) - The talks go on, the minister said.\r\n\r\nFollow us\r\n";
    let options = ReadOptions { published: Some(date(2022, 3, 16)), ..ReadOptions::default() };
    let reading = read(text.as_bytes(), "input", &options);
    let [one] = reading.articles.as_slice() else { panic!("one article") };
    assert_eq!((one.kind, one.decoding.as_str()), (InputKind::Text, "utf-8"));
    assert_eq!(one.article.title.as_deref(), Some("Talks in Sarn go on"));
    assert_eq!(one.article.outlet.as_deref(), Some("Reuters"));
    assert_eq!(one.article.published, Some(date(2022, 3, 14)));
    assert_eq!(one.article.language.as_deref(), Some("en"));
    let furniture: Vec<_> = one.furniture.iter().map(|&s| one.article.text.get(s)).collect();
    assert_eq!(furniture, ["By Ana Oren", "Follow us"]);
    assert!(one.article.text.as_str().ends_with("said.\r\n\r\nFollow us\r\n"));
    assert_eq!(reading.problems, []);
}

#[test]
fn the_day_given_is_used_where_there_is_none() {
    let options = ReadOptions { published: Some(date(2022, 3, 16)), ..ReadOptions::default() };
    for (input, day) in [
        ("The talks go on.", 16),
        ("{\"text\":\"a\"}", 16),
        ("{\"text\":\"a\",\"published\":\"2022-03-02\"}", 2),
        (PAGE, 16),
    ] {
        assert_eq!(read(input.as_bytes(), "input", &options).articles[0].article.published, Some(date(2022, 3, day)));
    }
}

#[test]
fn a_page() {
    let reading = plainly(PAGE);
    let [one] = reading.articles.as_slice() else { panic!("one article") };
    let article = &one.article;
    assert_eq!(one.kind, InputKind::Html);
    assert_eq!(article.title.as_deref(), Some("Talks in Sarn go on"));
    assert_eq!((article.outlet.as_deref(), article.byline.as_deref()), (Some("Oria Daily"), Some("Ana Oren")));
    assert_eq!((article.published, article.language.as_deref()), (Some(date(2022, 3, 16)), Some("en")));
    assert_eq!(article.url.as_deref(), Some("https://example.org/talks"));
    let text = article.text.as_str();
    assert!(text.contains("“We are close") && text.contains("Tarn & its allies") && !text.contains("Home"), "{text}");
    assert!(text.lines().count() >= 3 && !text.contains("rights reserved"), "{text}");
    assert_eq!(reading.problems, []);
}

#[test]
fn the_words_of_a_page_keep_their_spaces_and_its_days_are_told() {
    let page = PAGE
        .replace("the talks in Sarn would", "the <a href=/t><b>talks in Sarn</b></a> <i>would</i>")
        .replace("<title>", "<meta property='article:modified_time' content='2022-03-18T01:00:00+01:00'><title>")
        .replace("Talks in Sarn go on</title>", "Talks in Sarn go on | Oria Daily</title>");
    let reading = plainly(page);
    let [one] = reading.articles.as_slice() else { panic!("one article") };
    assert_eq!(one.article.title.as_deref(), Some("Talks in Sarn go on"));
    assert_eq!(one.modified, Some(date(2022, 3, 18)));
    let text = one.article.text.as_str();
    assert!(text.starts_with("The foreign minister") && text.contains("that the talks in Sarn would go on"), "{text}");
}

#[test]
fn a_table_in_a_page_is_no_menu_and_a_menu_in_pasted_text_is() {
    let rows = ["Oria 12 3", "Tarn 11 4", "Sarn 10 5", "Oren 9 6", "Lake 8 7"];
    let table = rows.map(|row| format!("<p>{row}</p>")).concat();
    let reading = plainly(PAGE.replace("<p>“We", &format!("{table}<p>“We")));
    assert_eq!(reading.articles[0].furniture, []);
    let story = "The minister of Oria said on Monday that the talks in Sarn would go on until Friday.";
    let text = format!("Menu\nWorld\nPolitics\nSport\nTravel\nAbout us\n{story}\n{story}\n");
    let reading = plainly(text);
    let one = &reading.articles[0];
    assert!(one.furniture.iter().all(|&s| !one.article.text.get(s).contains("minister")));
    assert!(one.furniture.iter().any(|&s| one.article.text.get(s) == "Sport"));
}

#[test]
fn another_language_is_given_and_reported() {
    let text = "Le ministre des Affaires étrangères a déclaré mercredi que les négociations de paix se poursuivraient.";
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    for (bytes, decoding) in [(text.as_bytes(), "utf-8"), (&latin, "windows-1252 (detected)")] {
        let reading = plainly(bytes);
        assert_eq!(reading.articles[0].article.language.as_deref(), Some("fr"));
        assert_eq!(reading.articles[0].decoding, decoding);
        assert_eq!(kinds(&reading), [ProblemKind::OtherLanguage]);
        assert!(reading.problems[0].to_string().contains("French"));
    }
    let lines = "{\"text\":\"The talks go on.\"}\n{\"text\":\"x\",\"language\":\"de-AT\"}";
    assert_eq!(plainly(lines).problems[0].place.as_deref(), Some("line 2"));
}

#[test]
fn what_holds_no_article_is_a_problem_and_no_panic() {
    for (input, kind) in [
        (b"".as_slice(), ProblemKind::Empty),
        (b" \r\n\t", ProblemKind::Empty),
        (b"\xef\xbb\xbf", ProblemKind::Empty),
        (b"\xff\xfe", ProblemKind::Empty),
        (b"\0\0\0\0", ProblemKind::Binary),
        (b"%PDF-1.4", ProblemKind::Broken),
        (b"<?xml version='1.0'?><rss><channel/></rss>", ProblemKind::Empty),
        (b"<?xml version='1.0'?><minutes/>", ProblemKind::Unsupported),
        (b"{\"text\": 1}", ProblemKind::Json),
        (b"{\"text\": \"a\"", ProblemKind::Json),
        (b"<html></html>", ProblemKind::Html),
    ] {
        let reading = plainly(input);
        assert_eq!((reading.articles.len(), kinds(&reading)), (0, vec![kind]), "{input:?}");
    }
}

#[test]
fn an_article_without_words_is_still_an_article() {
    let reading = plainly("{\"id\":\"x\",\"text\":\"\"}");
    assert_eq!(reading.articles[0].article.id, "x");
    assert_eq!(reading.problems, []);
}

/// Large inputs; anything quadratic would not come to an end.
#[test]
fn large_inputs_take_linear_time() {
    const SIZE: usize = 1_000_000;
    let fill = |unit: &str| unit.repeat(SIZE / unit.len());
    for input in [
        fill("The talks go on. "),
        "The talks go on. ".repeat(300_000),
        fill("x"),
        fill("\n"),
        fill("a\n"),
        fill("Follow us\n"),
        fill("Apples rot.\n") + "Follow us",
        fill("\\ud83c"),
        fill("<"),
        fill("{"),
        fill("{\"a\":"),
        fill("{\"text\":\"a\"}\n"),
        format!("{{\"text\":\"{}\"}}", fill("The talks go on. ")),
        format!("{{{}", fill("\"\n")),
        format!("[{}", fill("[\n")),
        format!("<html>{}", &fill("<")[..50_000]),
        format!("<html><script>{}", &fill("</")[..50_000]),
        format!("<!--{}", fill("<!-->")),
        fill("<div></x>"),
        fill("Menu\n"),
        fill("â€™ "),
        fill("Ã"),
        format!("<html><p>{}", fill("a b <br>")),
        format!("<html><p>{}", "The talks in Sarn go on and on and on and on today. <br>".repeat(2000)),
        format!("<html><script type='application/ld+json'>{}", fill("[{\"a\":")),
        format!("SARN (Reuters) {}", fill("- ")),
    ] {
        plainly(&input);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(&plainly(bytes))?;
    }

    #[test]
    fn any_text_is_read_without_a_panic(
        text in "(<p>|<html>|\\{|\"text\":|\"|\\[|\n|\r\n|Follow us|By |March 1, |\\(AP\\) — |\\\\ud83c|\u{feff}|é|🎉|\\PC{0,9}){0,40}",
    ) {
        check(&plainly(text))?;
    }
}

fn check(reading: &Reading) -> Result<(), TestCaseError> {
    for one in &reading.articles {
        prop_assert!(one.furniture.is_sorted());
        prop_assert!(one.furniture.iter().all(|&s| one.article.text.fits(s) && !s.is_empty()));
    }
    Ok(())
}

#[test]
fn exports_are_told_by_their_content() {
    let nexis = "    1 of 1 DOCUMENTS\n\n    Oria Daily\n\n    March 16, 2022 Wednesday\n\nTalks go on\n\nLENGTH: 5 words\n\n\
                 The talks go on, the minister said.\n\nLANGUAGE: ENGLISH\n";
    let factiva = "<html><body><div class='article enArticle'><div id='hd'><span class='enHeadline'>Talks go on</span></div>\
                   <div>5 words</div><div>16 March 2022</div><div>Oria Daily</div><div>ORIA</div><div>English</div>\
                   <p class='articleParagraph'>The talks go on, the minister said.</p></div></body></html>";
    let ninjs = "{\"uri\":\"urn:x:1\",\"type\":\"text\",\"versioncreated\":\"2022-03-16T09:00:00Z\",\"provider\":\"Oria Daily\",\
                 \"headline\":\"Talks go on\",\"language\":\"en\",\"body_text\":\"The talks go on, the minister said.\"}";
    for (input, kind, name) in [
        (nexis, InputKind::Nexis, "Nexis"),
        (factiva, InputKind::Factiva, "Factiva"),
        (ninjs, InputKind::Ninjs, "ninjs"),
    ] {
        let reading = plainly(input);
        let [one] = reading.articles.as_slice() else { panic!("one article: {reading:?}") };
        assert_eq!((one.kind, one.kind.to_string().as_str()), (kind, name));
        assert_eq!(one.article.text.as_str(), "The talks go on, the minister said.");
        assert_eq!(one.article.title.as_deref(), Some("Talks go on"));
        assert_eq!(
            (one.article.outlet.as_deref(), one.article.published),
            (Some("Oria Daily"), Some(date(2022, 3, 16)))
        );
        assert!(!one.record.is_empty());
        assert_eq!(reading.problems, []);
    }
    let mixed = format!("[{ninjs},\n{{\"text\":\"The talks go on.\"}}]");
    let kinds: Vec<_> = plainly(mixed).articles.into_iter().map(|a| a.kind).collect();
    assert_eq!(kinds, [InputKind::Ninjs, InputKind::Json]);
}
