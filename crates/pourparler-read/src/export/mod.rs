//! Exports of newspaper databases and of news agencies: files that hold many articles, each with a block of particulars.
//!
//! Each reader knows one product in its many layouts. What it finds becomes [`Parts`], and from there on all are alike: the
//! body is text, the particulars are fields, and what an article lacks is a problem with its place.

pub(crate) mod factiva;
pub(crate) mod nexis;
pub(crate) mod ninjs;

mod day;
mod markup;
mod tongue;

use jiff::civil::Date;
use pourparler_text::{Article, Text};

use crate::Draft;
use crate::problem::{ProblemKind, Report};

/// What was found of one article.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Parts {
    title: Option<String>,
    outlet: Option<String>,
    byline: Option<String>,
    published: Option<Date>,
    /// The line in which a day was looked for, where none was found.
    odd_day: Option<String>,
    language: Option<String>,
    body: Vec<String>,
}

impl Parts {
    /// The article, which stands at `place`, from its own part of the input.
    fn draft(mut self, place: String, record: String, report: &mut Report<'_>) -> Draft {
        self.without_repeated_title();
        self.odd_day = self.odd_day.filter(|line| line.bytes().any(|b| b.is_ascii_digit()));
        let missing: Vec<_> =
            [(self.title.is_none(), "headline"), (self.outlet.is_none(), "outlet"), (self.body.is_empty(), "text")]
                .iter()
                .filter_map(|(is, what)| is.then_some(*what))
                .collect();
        if !missing.is_empty() {
            let reason = format!("no {} was found; check the article in the export", missing.join(" and no "));
            report.add(ProblemKind::Partial, Some(place.clone()), reason);
        }
        if self.published.is_none() {
            let reason = match &self.odd_day {
                Some(line) => format!("no day of publication could be read from `{}`", beginning(line)),
                None => "no day of publication was found".to_owned(),
            };
            report.add(ProblemKind::Date, Some(place.clone()), reason + "; give it yourself");
        }
        let text = self.body.join("\n");
        let article = Article {
            id: Article::id_of(&text),
            title: self.title,
            outlet: self.outlet,
            byline: self.byline,
            published: self.published,
            url: None,
            language: self.language,
            text: Text::new(text),
        };
        Draft { place: Some(place), record: Some(record.into_bytes()), ..Draft::new(article) }
    }

    /// The headline is a field; where the body begins with it too, it is left out there.
    fn without_repeated_title(&mut self) {
        if let (Some(title), Some(first)) = (&self.title, self.body.first())
            && first == title
            && self.body.len() > 1
        {
            self.body.remove(0);
        }
    }
}

fn beginning(line: &str) -> String {
    line.chars().take(60).collect()
}

/// A headline without what the database adds to it.
fn title(line: &str) -> Option<String> {
    let mut title = line.trim();
    for added in ["- Correction Appended", "; Correction Appended", "(Correction Appended)"] {
        title = title.strip_suffix(added).unwrap_or(title).trim_end();
    }
    (!title.is_empty()).then(|| title.to_owned())
}

/// A name without the word that stands before names in bylines.
fn byline(line: &str) -> Option<String> {
    let line = line.trim();
    let before = ["By ", "BY ", "by ", "Von ", "VON ", "Par ", "PAR ", "Por ", "POR ", "From ", "FROM "];
    let name = before.iter().find_map(|word| line.strip_prefix(word)).unwrap_or(line).trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Whether a line only says whose right the article is.
fn is_copyright(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    let said = [
        "all rights reserved",
        "alle rechte vorbehalten",
        "tous droits réservés",
        "todos los derechos reservados",
        "reservados todos los derechos",
        "tutti i diritti riservati",
        "todos os direitos reservados",
        "alle rechten voorbehouden",
        "版权所有",
        "版權所有",
    ];
    let marked = ["copyright", "(c)", "©", "(copyright"].iter().any(|mark| line.starts_with(mark));
    let numbered = || line.chars().take(80).any(|c| c.is_ascii_digit());
    line.len() <= 400 && (said.iter().any(|words| line.starts_with(words)) || marked && (numbered() || line.len() < 80))
}

/// An outlet's name without what only tells which of the day's editions it was.
fn outlet(name: &str) -> Option<String> {
    let name = name.trim();
    let cut = name.rfind(" - ").filter(|&at| name[at..].to_lowercase().contains("edition"));
    let name = name[..cut.unwrap_or(name.len())].trim_end_matches([',', ';', ' ', '-']);
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_lose_the_word_before_them() {
        for (line, want) in [
            ("By ANA OREN", Some("ANA OREN")),
            ("Von Lu Tarn", Some("Lu Tarn")),
            ("von Lu Tarn", Some("von Lu Tarn")),
            ("Byron Oren", Some("Byron Oren")),
            (" ", None),
        ] {
            assert_eq!(byline(line).as_deref(), want, "{line}");
        }
    }

    #[test]
    fn copyright_lines_are_told_from_sentences() {
        for line in [
            "Copyright 2010 Oria Media",
            "All Rights Reserved",
            "© 2010 Oria",
            "(c) 2017 Oria Ltd",
            "Alle Rechte vorbehalten",
        ] {
            assert!(is_copyright(line), "{line}");
        }
        for line in ["The copyright of 2010 is disputed.", "All rights are reserved for them.", "Oria"] {
            assert!(!is_copyright(line), "{line}");
        }
    }

    #[test]
    fn editions_are_no_part_of_the_name() {
        for (name, want) in [
            ("The Sarn Times - Final Edition", "The Sarn Times"),
            ("The Sarn Times (Oria)", "The Sarn Times (Oria)"),
            ("Agence Oria - English", "Agence Oria - English"),
        ] {
            assert_eq!(outlet(name).as_deref(), Some(want));
        }
    }
}
