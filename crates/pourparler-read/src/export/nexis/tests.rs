use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// Two articles as the old products write them.
const OLD: &str = "\u{feff}
Download Request: Selected Items: 1-2
Time Of Request: Friday, March 20, 2031  16:51:31

                               1 of 2 DOCUMENTS


                             The Sarn Times (Oria)

                            March 16, 2031 Thursday
                                   Edition 1;
                                    Scotland

Harbour talks go on into a third
day

BYLINE: By Ana Oren

SECTION: NEWS; Pg. 3

LENGTH: 355 words

The talks over the harbour of Sarn will go on until an agreement is
signed, Oria's foreign minister said.

NOTE: this is what she said. \"We stay,\" she said, and LENGTH: is no
label here.

LOAD-DATE: March 17, 2031

LANGUAGE: ENGLISH

GRAPHIC: The harbour
of Sarn

PUBLICATION-TYPE: Newspaper


                       Copyright 2031 Sarn Media Ltd
                              All Rights Reserved

                               2 of 2 DOCUMENTS


                       Copyright 2031 The Tarn Company
                               The Tarn Herald

                  March 14, 2031, Tuesday, Late Edition - Final

SECTION: Section A; Page 1; Column 1; Foreign Desk

LENGTH: 120 words

HEADLINE: Tarn Rejects Plan

BYLINE:  By LU TARN

DATELINE: SARN, March 13

BODY:
   Tarn rejected the plan.
The prisoners stay.
   A second paragraph.

URL: http://example.org

LOAD-DATE: March 14, 2031
";

/// Title, outlet, day, byline, language and text of each article, and kinds of problems.
type Shown = (Option<String>, Option<String>, Option<jiff::civil::Date>, Option<String>, Option<String>, String);

fn shown(drafts: Vec<Draft>) -> Vec<Shown> {
    drafts
        .into_iter()
        .map(|d| {
            let a = d.article;
            (a.title, a.outlet, a.published, a.byline, a.language, a.text.as_str().to_owned())
        })
        .collect()
}

fn of(text: &str) -> (Vec<Draft>, Vec<(ProblemKind, Option<String>)>) {
    assert!(looks_like(text), "{text}");
    let mut report = Report::new("test");
    let drafts = read(text, &mut report);
    (drafts, report.finish().into_iter().map(|p| (p.kind, p.place)).collect())
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn old_text() {
    let (drafts, problems) = of(OLD);
    assert_eq!(problems, []);
    assert_eq!(drafts.iter().map(|d| d.place.as_deref()).collect::<Vec<_>>(), [Some("article 1"), Some("article 2")]);
    let records: String =
        drafts.iter().map(|d| String::from_utf8_lossy(d.record.as_deref().unwrap_or_default())).collect();
    assert_eq!(records, OLD[OLD.find("                               1 of").unwrap_or(0)..]);
    assert_eq!(
        shown(drafts),
        [
            (
                some("Harbour talks go on into a third day"),
                some("The Sarn Times (Oria)"),
                Some(date(2031, 3, 16)),
                some("Ana Oren"),
                some("en"),
                "The talks over the harbour of Sarn will go on until an agreement is signed, Oria's foreign minister said.
\
                 NOTE: this is what she said. \"We stay,\" she said, and LENGTH: is no label here."
                    .to_owned()
            ),
            (
                some("Tarn Rejects Plan"),
                some("The Tarn Herald"),
                Some(date(2031, 3, 14)),
                some("LU TARN"),
                None,
                "Tarn rejected the plan. The prisoners stay.\nA second paragraph.".to_owned()
            ),
        ]
    );
}

#[test]
fn old_text_in_other_languages() {
    for (marker, day, labels, tail, language) in [
        (
            "Dokument 1 von 1",
            "16. März 2031 Donnerstag",
            "AUTOR: Ana Oren\n\nLÄNGE: 20 Wörter",
            "SPRACHE: GERMAN; DEUTSCH",
            "de",
        ),
        (
            "Document 1 de 1",
            "jeudi 16 mars 2031",
            "AUTEUR: Ana Oren\n\nLONGUEUR: 20 mots",
            "LANGUE: FRENCH; FRANÇAIS",
            "fr",
        ),
        (
            "Documento 1 de 1",
            "16 de marzo de 2031",
            "SECCIÓN: A\nLONGITUD: 20 palabras",
            "IDIOMA: SPANISH; ESPAÑOL",
            "es",
        ),
        ("1 van 1 DOCUMENTEN", "16 maart 2031 donderdag", "RUBRIEK: A\n\nLENGTE: 20 woorden", "TAAL: DUTCH", "nl"),
    ] {
        let text = format!(
            "{marker}\n\n\n    Sarner Zeitung\n\n    {day}\n\nEin Titel\n\n{labels}\n\nDer Text.\n\nUnd noch einer.\n\n{tail}\n\n    Copyright 2031 X\n"
        );
        let (drafts, problems) = of(&text);
        assert_eq!(problems, [], "{marker}");
        let (title, outlet, published, _, tag, body) = shown(drafts).remove(0);
        assert_eq!((title, outlet), (some("Ein Titel"), some("Sarner Zeitung")), "{marker}");
        assert_eq!((published, tag.as_deref()), (Some(date(2031, 3, 16)), Some(language)), "{marker}");
        assert_eq!(body, "Der Text.\nUnd noch einer.", "{marker}");
    }
}

#[test]
fn heads_of_many_products() {
    for (head, title, outlet) in [
        (
            "     Copyright 2031 Agence Oria\n     All Rights Reserved\n\n     The materials in this file were compiled by \
             Agence Oria.  These\n     materials may not be republished without the express written consent of it.\n\n     \
             Agence Oria Online\n\n     March 16, 2031; Thursday 2:31 PM, Eastern Time\n\nTalks go on\n",
            "Talks go on",
            "Agence Oria Online",
        ),
        (
            "     Oria TV\n\nSHOW: SARN TONIGHT 9:00 PM\n\n     March 16, 2031 Thursday\n\n     Transcript # 1\n\nTalks go on; \
             Tarn\nrejects\n\nANCHORS: Ana Oren\n",
            "Talks go on; Tarn rejects",
            "Oria TV",
        ),
        (
            "     BBC Sarn - Political\n     Supplied by Sarn Worldwide\n\n     March 16, 2031 Thursday\n\nTalks go on\n\nA second line\n",
            "Talks go on",
            "BBC Sarn - Political",
        ),
        (
            "The Sarn Times\n\nMarch 16, 2031 Thursday\n\nFinal Edition\n\nTalks go on\n",
            "Talks go on",
            "The Sarn Times",
        ),
        (
            "     The Sarn Times - Final Edition\n\n     THURSDAY, MARCH 16, 2031\n\nThe talks of March 1, 2031\n",
            "The talks of March 1, 2031",
            "The Sarn Times",
        ),
    ] {
        let text = format!("1 of 1 DOCUMENTS\n\n{head}\nLENGTH: 5 words\n\nThe talks go on.\n\nLANGUAGE: ENGLISH\n");
        let (drafts, problems) = of(&text);
        assert_eq!(problems, [], "{head}");
        let (got, from, day, _, _, body) = shown(drafts).remove(0);
        assert_eq!((got.as_deref(), from.as_deref()), (Some(title), Some(outlet)), "{head}");
        assert_eq!(day, Some(date(2031, 3, 16)), "{head}");
        assert!(body.ends_with("The talks go on."), "{body}");
    }
}

/// A page as Nexis UK writes it, from what stands in its boxes: a class and runs of text.
fn page(articles: &[&[(&str, &[&str])]]) -> String {
    let mut page = format!(
        "<HTML>\n<HEAD>\n<STYLE TYPE=\"text/css\"><!--\n.c0 {{ text-align: center; }}\n.c5 {{ text-align: left; }}\n--></STYLE>\n\
         <META TOPIC=\"null\" DOCUMENTS=\"{}\" /></HEAD>\n<BODY>\n",
        articles.len()
    );
    for (i, article) in articles.iter().enumerate() {
        let (n, of) = (i + 1, articles.len());
        page += &format!(
            "<A NAME=\"DOC_ID_{n}_0\"></A><!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> -->\n"
        );
        page += &format!(
            "<BR><DIV CLASS=\"c0\"><P CLASS=\"c1\"><SPAN CLASS=\"c2\">{n} of {of} DOCUMENTS</SPAN></P>\n</DIV>\n"
        );
        for (class, runs) in *article {
            page += &format!("<BR><DIV CLASS=\"{class}\"><P CLASS=\"c6\">");
            for run in *runs {
                page += &if *run == "/" {
                    "</P>\n<P CLASS=\"c6\">".to_owned()
                } else {
                    format!("<SPAN CLASS=\"c2\">{run}</SPAN>")
                };
            }
            page += "</P>\n</DIV>\n";
        }
        page += "<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n";
    }
    page + "</BODY></HTML>"
}

#[test]
fn old_html() {
    let page = page(&[
        &[
            ("c0", &["<IMG SRC=logo><BR>", "Sarn Online"]),
            ("c0", &["16.", " M&auml;rz 2031 Donnerstag 9:50 PM GMT+1", "&nbsp;"]),
            ("c5", &["Oria ", "verspricht", " Frieden"]),
            ("c5", &["AUTOR: ", "Ana Oren ; Lu Tarn"]),
            ("c5", &["L&Auml;NGE: ", "1285 W&ouml;rter"]),
            ("c5", &["HIGHLIGHT:", "&nbsp;Ein Vorspann."]),
            ("c5", &["Sarn - Die Gespr&auml;che", " gehen weiter.", "/", "OREN: Wir bleiben.", "/"]),
            ("c5", &["UPDATE: ", "17. M&auml;rz 2031"]),
            ("c5", &["SPRACHE: ", "GERMAN; DEUTSCH"]),
            ("c5", &["ZEITUNGS-CODE: ", "spox"]),
            ("c0", &["Copyright 2031 Sarn Online GmbH<BR>Alle Rechte vorbehalten"]),
        ],
        &[
            ("c0", &["Agence Oria -- English"]),
            ("c0", &["March 12, 2031 Tuesday 5:01 AM GMT"]),
            ("c5", &["Talks go on"]),
            ("c5", &["LENGTH: ", "55 words"]),
            ("c5", &["SARN:", " The talks go on, and on, and on.", "/", "They will end."]),
            ("c0", &["Copyright 2031 Agence Oria"]),
        ],
    ]);
    let (drafts, problems) = of(&page);
    assert_eq!(problems, []);
    let record = String::from_utf8(drafts[1].record.clone().unwrap_or_default()).expect("it was text");
    assert!(record.starts_with("<A NAME=\"DOC_ID_2_0\">") && record.contains("and on") && !record.contains("1 of 2"));
    assert_eq!(
        shown(drafts),
        [
            (
                some("Oria verspricht Frieden"),
                some("Sarn Online"),
                Some(date(2031, 3, 16)),
                some("Ana Oren ; Lu Tarn"),
                some("de"),
                "Sarn - Die Gespräche gehen weiter.\nOREN: Wir bleiben.".to_owned()
            ),
            (
                some("Talks go on"),
                some("Agence Oria -- English"),
                Some(date(2031, 3, 12)),
                None,
                None,
                "SARN: The talks go on, and on, and on.\nThey will end.".to_owned()
            ),
        ]
    );
}

const UNI: &str = "
User Name: ANA OREN
Date and Time: Wednesday, March 19, 2031 7:11:00 PM JST
Job Number: 1
Documents (3)
1. Talks go on
Client/Matter: -None-
Search Terms: harbour

Talks go on
The Sarn Times
March 16, 2031 Thursday, Late Edition - Final

Copyright 2031 The Sarn Times All Rights Reserved

Section:\u{a0}World; Pg. 1
Length:\u{a0}98 words
Byline:\u{a0}By ANA OREN
Highlight:\u{a0}A lead.
Body

ABSTRACT
The talks go on.
OREN: We stay in Sarn for as long as it takes, and we sign
when it is done.
Graphic of the day
http://example.org/talks
Graphic

Photo: the harbour
Classification

Language:\u{a0}ENGLISH
Subject:\u{a0}TALKS (90%)
Load-Date:\u{a0}March 17, 2031

End of Document

Tarn sagt nein
Sarner Zeitung
14. März 2031 Dienstag

Rubrik:\u{a0}POLITIK
Länge:\u{a0}12 Wörter
Textkörper

Tarn sagt nein.

Load-Date:\u{a0}15. März 2031

Ende des Dokuments
";

#[test]
fn uni() {
    let (drafts, problems) = of(UNI);
    // The cover sheet says three.
    assert_eq!(problems, [(ProblemKind::Count, None)]);
    let record = String::from_utf8(drafts[0].record.clone().unwrap_or_default()).expect("it was text");
    assert!(record.starts_with("Talks go on\nThe Sarn Times") && record.contains("Load-Date"), "{record}");
    assert_eq!(
        shown(drafts),
        [
            (
                some("Talks go on"),
                some("The Sarn Times"),
                Some(date(2031, 3, 16)),
                some("ANA OREN"),
                some("en"),
                "The talks go on.\nOREN: We stay in Sarn for as long as it takes, and we sign when it is done.\nGraphic of the day"
                    .to_owned()
            ),
            (
                some("Tarn sagt nein"),
                some("Sarner Zeitung"),
                Some(date(2031, 3, 14)),
                None,
                None,
                "Tarn sagt nein.".to_owned()
            ),
        ]
    );
}

#[test]
fn word_documents_hold_both_layouts() {
    for (text, mark, count) in
        [(UNI, "\n", 2), (OLD, "\n\n", 2), (OLD, "\n", 2), ("Talks go on\nThe talks go on.\n", "\n", 0)]
    {
        let paragraphs: Vec<String> = text.split(mark).map(str::to_owned).collect();
        let drafts = read_paragraphs(&paragraphs, &mut Report::new("test")).unwrap_or_default();
        assert_eq!(drafts.len(), count);
        for draft in drafts {
            assert!(
                draft.article.published.is_some() && draft.article.outlet.is_some() && draft.article.title.is_some()
            );
        }
    }
}

#[test]
fn what_an_article_lacks_is_told_and_it_comes_out() {
    let text =
        "      1 of 9 DOCUMENTS\n\n      The Sarn Times\n\n      Spring 2031\n\nLENGTH: 5 words\n\nThe talks go on.\n";
    let (drafts, problems) = of(text);
    assert_eq!(
        problems,
        [(ProblemKind::Partial, some("article 1")), (ProblemKind::Date, some("article 1")), (ProblemKind::Count, None)]
    );
    assert_eq!(shown(drafts), [(None, some("The Sarn Times"), None, None, None, "The talks go on.".to_owned())]);
}

#[test]
fn other_texts_are_no_exports() {
    for text in [
        "The talks go on.\nShe read 1 of 2 documents and left.\n",
        "A list of papers\n\n1 of 2 documents\n\nThe first paper is about the talks.\n",
        "Body\nThe talks go on.\nEnd\n",
        "End of Document\n\nA poem with that name.\n",
        "<html><body><p>1 of 2 documents</p><p>The talks go on.</p></body></html>",
        "<html><div class=\"article\"><h1>Talks</h1><p>The talks go on.</p></div></html>",
        "",
    ] {
        assert!(!looks_like(text), "{text}");
    }
}

#[test]
fn hostile_pages_end() {
    let deep = format!("<html><p>1 of 1 DOCUMENTS</p>LENGTH: {}", "<div>".repeat(100_000));
    let (drafts, problems) = of(&deep);
    assert_eq!((drafts.len(), problems[0].0), (0, ProblemKind::TooLarge));
    let many = format!("<html><!-- <DOC NUMBER=1> -->{}", "<p>1 of 1 DOCUMENTS</p>".repeat(20_000));
    assert_eq!(of(&many).0.len(), 20_000);
}

#[test]
fn many_labels_in_a_story_take_linear_time() {
    let head = "1 of 1 DOCUMENTS\n\nThe Sarn Times\n\nMarch 16, 2031\n\nLENGTH: 9 words\n\nThey met.\n\n";
    let text = format!(
        "{head}{}{}",
        "NOTE: they go on.\n\n".repeat(30_000),
        "(c) 1\n\n".repeat(30_000) + &"So.\n\n".repeat(9)
    );
    let (drafts, _) = of(&text);
    assert!(drafts[0].article.text.as_str().ends_with("So."));
}

proptest! {
    #[test]
    fn no_text_panics(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("1 of 2 DOCUMENTS\n"), Just("Dokument 1 von 2\n"), Just("\n\n"), Just("    March 16, 2031\n"),
                Just("LENGTH: 5 words\n"), Just("BODY:\n"), Just("HEADLINE: é\n"), Just("LANGUAGE: X\n"), Just("Body\n"),
                Just("End of Document\n"), Just("Länge:\u{a0}5\n"), Just("Load-Date: x\n"), Just("Copyright 2031\n"),
                Just("Documents (2)\n"), Just("Oren. "), Just("\u{a0}:\n"), Just("Graphic\n"),
            ],
            0..40,
        )
    ) {
        let text = pieces.concat();
        if looks_like(&text) {
            read(&text, &mut Report::new("test"));
        }
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        read_paragraphs(&lines, &mut Report::new("test"));
    }

    #[test]
    fn no_page_panics(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("<DIV CLASS=\"c0\">"), Just("</DIV>"), Just("<P>1 of 2 DOCUMENTS</P>"), Just("<DOC NUMBER=1>"),
                Just("<!-- "), Just(" -->"), Just("<A NAME=\"DOC_ID_1_0\">"), Just("LENGTH: "), Just("<SPAN>BYLINE: </SPAN>"),
                Just("é"), Just("<"), Just(">"), Just("&nbsp;"), Just("March 16, 2031"), Just("<BR>"), Just("DOCUMENTS=\"2\""),
                Just("<STYLE>.c0 { text-align: center }</STYLE>"), Just("<table>"),
            ],
            0..40,
        )
    ) {
        let page = format!("<HTML>{}", pieces.concat());
        html::looks_like(&page);
        html::read(&page, &mut Report::new("test"));
    }
}

#[test]
fn printed_pages_and_labels_without_wide_spaces() {
    let text = "Page 1 of 2\nTalks go on in Sarn\n\nTalks go on in Sarn\nThe Sarn Times\nMarch 16, 2031 Sunday\n\nCopyright 2031 X\n\n\
        Section: NEWS\nLength: 57 words\n\nBody\n\nThe talks about the harbour of Sarn, which began on Monday between the two\nPage 2 of 2\nTalks go on in...\n\nsides go on.\n\nCorrection\n\n\
        He is Lu, not Lou.\n\nClassification\n\nLanguage: GERMAN; DEUTSCH\n\nLoad-Date: March 17, 2031\n\nEnd of Document\n";
    let mut report = Report::new("test");
    let drafts = read(text, &mut report);
    assert_eq!(drafts.len(), 1);
    let one = &drafts[0].article;
    assert_eq!((one.title.as_deref(), one.outlet.as_deref()), (Some("Talks go on in Sarn"), Some("The Sarn Times")));
    assert_eq!(
        (one.text.as_str(), one.language.as_deref()),
        ("The talks about the harbour of Sarn, which began on Monday between the two sides go on.", Some("de"))
    );
}
