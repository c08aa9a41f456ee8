use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn of(page: &str) -> (Vec<Draft>, Vec<(ProblemKind, Option<String>)>) {
    assert!(looks_like(page), "{page}");
    let mut report = Report::new("test");
    let drafts = read(page, &mut report);
    (drafts, report.finish().into_iter().map(|p| (p.kind, p.place)).collect())
}

/// A page of the article view with these articles.
fn page(articles: &[String]) -> String {
    let boxes: Vec<String> = articles
        .iter()
        .enumerate()
        .map(|(i, article)| {
            if i + 1 < articles.len() {
                format!("<div id=\"article-SARN{i}\" class=\"article\">{article}</div><br><span></span>")
            } else {
                let article = article.replacen("<div class", "<div id=\"lastArticle\" class", 1);
                format!("<div id=\"article-SARN{i}\" class=\"lastarticle\">{article}</div>")
            }
        })
        .collect();
    format!(
        "<html><head><title>Factiva</title></head><body><h1>Dow Jones Factiva</h1>{}<table><tr><td>Sources</td><td>All \
         sources</td></tr></table><span class=\"copyright\">© 2031 Factiva, Inc. All rights reserved.</span></body></html>",
        boxes.concat()
    )
}

fn article(code: &str, title: &str, particulars: &[&str]) -> String {
    let lines: String = particulars.iter().map(|line| format!("<div>{line}</div>")).collect();
    format!(
        "<div class=\"article {code}Article\"><p>\n</p><div>Foreign Desk; 1</div>\n<div id=\"hd\"><span \
         class=\"{code}Headline\">{title} </span>\n</div><div class=\"author\">By Ana Oren </div>{lines}\n<p></p>\n<p \
         class=\"articleParagraph {code}articleParagraph\">The <b>talks</b> \n go on.</p>\n<p class=\"articleParagraph \
         {code}articleParagraph\">They end &amp; begin.</p>\n<p>A caption.</p><p>Sarn Media Ltd</p><p>Document \
         SARN000020310316ed4100001</p></div>"
    )
}

#[test]
fn the_article_view_in_many_languages() {
    for (code, particulars, outlet, language) in [
        (
            "en",
            vec!["877 words", "16 March 2031", "The Sarn Times", "SARN", "1; National", "13", "English", "(c) 2031 X"],
            "The Sarn Times",
            "en",
        ),
        (
            "de",
            vec!["1.285 Wörter", "16 März 2031", "Sarn Online", "SARN", "Deutsch", "Copyright 2031."],
            "Sarn Online",
            "de",
        ),
        (
            "en",
            vec!["1,285 W\u{fffd}rter", "16 März 2031", "21:07", "Sarn Online", "SARN", "Englisch", "Copyright"],
            "Sarn Online",
            "en",
        ),
        ("fr", vec!["1 024 mots", "16 mars 2031", "Le Sarn", "SARN", "Français", "© 2031"], "Le Sarn", "fr"),
        ("es", vec!["877 palabras", "16 marzo 2031", "09:15 PM", "El Sarn", "SARN", "Español", "x"], "El Sarn", "es"),
        ("zhcn", vec!["877 字", "2031 年 3 月 16 日", "Sarn Ribao", "SARN", "中文", "x"], "Sarn Ribao", "zh"),
        ("en", vec!["877 字", "2031年3月16日", "The Sarn Times", "SARN", "英文", "x"], "The Sarn Times", "en"),
        ("ru", vec!["877 слов", "16 марта 2031", "Сарн", "SARN", "Русский", "x"], "Сарн", "ru"),
        (
            "en",
            vec!["Special to The Sarn Times", "877 words", "16 March 2031", "The Sarn Times", "SARN", "English"],
            "The Sarn Times",
            "en",
        ),
        ("en", vec!["877 unknownunits", "16 March 2031", "The Sarn Times", "SARN", "English"], "The Sarn Times", "en"),
    ] {
        let page = page(&[article(code, "Talks go on", &particulars), article(code, "Second", &particulars)]);
        let (drafts, problems) = of(&page);
        assert_eq!(problems, [], "{particulars:?}");
        assert_eq!(drafts.len(), 2);
        let one = &drafts[0].article;
        assert_eq!((one.title.as_deref(), one.byline.as_deref()), (Some("Talks go on"), Some("Ana Oren")));
        assert_eq!(one.published, Some(date(2031, 3, 16)), "{particulars:?}");
        assert_eq!((one.outlet.as_deref(), one.language.as_deref()), (Some(outlet), Some(language)), "{particulars:?}");
        assert_eq!(one.text.as_str(), "The talks go on.\nThey end & begin.");
        let record = String::from_utf8_lossy(drafts[1].record.as_deref().unwrap_or_default()).into_owned();
        assert!(record.contains("Second") && !record.contains("Talks go on") && !record.contains("All rights"));
    }
}

#[test]
fn paragraphs_without_classes_are_the_story() {
    let view = article("en", "Talks", &["877 words", "16 March 2031", "The Sarn Times", "SARN", "English"]);
    let page = page(&[view.replace("<p class=\"articleParagraph enarticleParagraph\">", "<p>")]);
    let (drafts, problems) = of(&page);
    assert_eq!(problems, []);
    assert_eq!(drafts[0].article.text.as_str(), "The talks go on.\nThey end & begin.\nA caption.");
}

#[test]
fn a_day_that_is_not_understood_is_told() {
    let page = page(&[article("en", "Talks", &["877 words", "16 Blosh 2031", "The Sarn Times", "SARN", "English"])]);
    let (drafts, problems) = of(&page);
    assert_eq!(problems, [(ProblemKind::Date, Some("article 1".to_owned()))]);
    assert_eq!((drafts[0].article.outlet.as_deref(), drafts[0].article.published), (Some("The Sarn Times"), None));
}

#[test]
fn counted_headlines_are_counted() {
    let counted =
        |n: usize| article("de", &format!("{n}) Titel"), &["8 Wörter", "16 März 2031", "Sarn", "SARN", "Deutsch"]);
    let (drafts, problems) = of(&page(&[counted(1), counted(2)]));
    assert_eq!((drafts[1].article.title.as_deref(), problems), (Some("Titel"), vec![]));
    let (drafts, problems) = of(&page(&[counted(1), counted(7)]));
    assert_eq!(drafts[1].article.title.as_deref(), Some("7) Titel"));
    assert_eq!(problems, []);
}

#[test]
fn full_article_plus_indexing() {
    let row = |code: &str, cell: &str| {
        format!("<tr><td class=\"index\" valign=\"top\"><b>{code}</b>&nbsp;</td><td>{cell}</td></tr>\n")
    };
    let table = |title: &str| {
        format!(
            "<table>{}</table>",
            [
                row("SE", "News"),
                row("HD", &format!("<b><span class='enHeadline'>{title}</span></b>")),
                row("BY", "By Ana Oren"),
                row("WC", "877 words"),
                row("PD", "16 March 2031"),
                row("ET", "09:15"),
                row("SN", "The Sarn Times"),
                row("SC", "SARN"),
                row("LA", "English"),
                row("CY", "(c) 2031 X"),
                row("LP", "<p class=\"articleParagraph\">A lead.</p>"),
                row("TD", "<p class=\"articleParagraph\">The talks\ngo on.</p><p>They end.</p>"),
                row("NS", "gtalk : Talks | <table><tr><td>TD</td><td>no story</td></tr></table>"),
                row("AN", "Document SARN000020310316ed4100001"),
            ]
            .concat()
        )
    };
    let boxed = |t: &str| format!("<div class=\"article enArticle\"><p>\n</p>{}</div>", table(t));
    for page in [
        format!("<html><body>{}{}</body></html>", boxed("Talks go on"), boxed("Second")),
        format!("<html><body>{}<hr>{}</body></html>", table("Talks go on"), table("Second")),
    ] {
        let (drafts, problems) = of(&page);
        assert_eq!((drafts.len(), problems), (2, vec![]));
        let one = &drafts[0].article;
        assert_eq!((one.title.as_deref(), one.byline.as_deref()), (Some("Talks go on"), Some("Ana Oren")));
        assert_eq!((one.outlet.as_deref(), one.language.as_deref()), (Some("The Sarn Times"), Some("en")));
        assert_eq!(one.published, Some(date(2031, 3, 16)));
        assert_eq!(one.text.as_str(), "A lead.\nThe talks go on.\nThey end.");
    }
}

#[test]
fn other_pages_are_no_exports() {
    for page in [
        "<html><div class=\"article\"><h1>Talks</h1><p>The talks go on.</p></div></html>",
        "<html><div class=\"newsArticle main\"><h1 class=\"Headline\">Talks</h1><p>The talks go on.</p></div></html>",
        "<html><body><p>The class of an article in Factiva is <code>enArticle</code>, its codes HD, PD, SN.</p></body></html>",
        "<html><table><tr><td>HD</td><td>screen</td></tr><tr><td>4K</td><td>screen</td></tr></table></html>",
        "The talks go on.",
    ] {
        assert!(!looks_like(page), "{page}");
    }
}

#[test]
fn lengths_and_numbers() {
    for line in ["877 words", "1,285 Wörter", "1 024 mots", "12.345 parole", "877字"] {
        assert!(is_length(line), "{line}");
    }
    for line in ["13", "1; National", "words", "9 January 1993", "6,7", ""] {
        assert!(!is_length(line), "{line}");
    }
    assert!(is_number("Dokument SARN000020310316ed4100001") && !is_number("The document is signed"));
}

#[test]
fn of_tables_in_tables_the_innermost_is_the_article() {
    let open = "<table><tr><td>HD</td><td>Talks go on</td></tr><tr><td>LP</td><td>".repeat(100);
    let (drafts, _) =
        of(&format!("<html><div class=\"article enArticle\"><span class=\"enHeadline\">x</span>{open}They end."));
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].article.text.as_str(), "They end.");
}

proptest! {
    #[test]
    fn no_page_panics(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("<div class=\"article enArticle\">"), Just("</div>"), Just("<div>"), Just("877 words"), Just("16 March 2031"),
                Just("<div id=\"hd\">"), Just("<span class=\"enHeadline\">1) é"), Just("</span>"), Just("<p class=\"articleParagraph\">"),
                Just("<table><tr><td>HD</td><td>x"), Just("</td></tr><tr><td>LP</td><td>"), Just("</table>"), Just("enArticle\""),
                Just("<"), Just("class=\"Article"), Just("é"), Just("<pre>"), Just("Document SARN000020310316ed4100001"),
            ],
            0..40,
        )
    ) {
        let page = format!("<html>{}", pieces.concat());
        looks_like(&page);
        read(&page, &mut Report::new("test"));
    }
}
