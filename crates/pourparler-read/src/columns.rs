//! The names under which tables and JSON objects of other programs keep the parts of an article.

use jiff::civil::Date;
use pourparler_text::{Article, Text};

use crate::problem::{ProblemKind, Report};
use crate::{Draft, date, fragment};

/// A part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Id,
    Title,
    Outlet,
    Byline,
    Published,
    Modified,
    Url,
    Language,
    Text,
}

/// Names of columns, without case, blanks, hyphens and underscores, in some languages of office programs. Of two columns for one part the one whose name
/// stands first here is taken, so that a `description` does not win over a `body`.
const NAMES: &[(Part, &[&str])] = &[
    (Part::Id, &["id", "articleid", "docid", "documentid", "guid", "uuid", "uri"]),
    (
        Part::Title,
        &[
            "title",
            "headline",
            "heading",
            "headlines",
            "articletitle",
            "subject",
            "titel",
            "überschrift",
            "schlagzeile",
            "titre",
            "título",
            "titulo",
            "titular",
            "titolo",
            "kop",
        ],
    ),
    (
        Part::Outlet,
        &[
            "outlet",
            "publication",
            "newspaper",
            "publisher",
            "sourcename",
            "medianame",
            "media",
            "source",
            "site",
            "domain",
            "sourcedomain",
            "outletname",
            "newspapername",
            "zeitung",
            "medium",
            "quelle",
            "journal",
            "média",
            "fuente",
            "periódico",
            "medio",
            "fonte",
            "testata",
            "bron",
            "krant",
        ],
    ),
    (
        Part::Byline,
        &[
            "byline",
            "author",
            "authors",
            "creator",
            "by",
            "journalist",
            "writer",
            "autor",
            "autoren",
            "verfasser",
            "auteur",
            "auteurs",
            "autores",
            "autore",
        ],
    ),
    (
        Part::Published,
        &[
            "published",
            "publishedat",
            "publisheddate",
            "publishdate",
            "publicationdate",
            "datepublished",
            "pubdate",
            "pubdatetime",
            "date",
            "datetime",
            "timestamp",
            "datepublish",
            "publicationtime",
            "firstpublished",
            "datum",
            "erscheinungsdatum",
            "fecha",
            "data",
            "datepublication",
        ],
    ),
    (Part::Modified, &["modified", "modifiedat", "datemodified", "updated", "updatedat", "lastmodified"]),
    (Part::Url, &["url", "link", "canonicalurl", "webaddress", "permalink", "address", "sourceurl"]),
    (Part::Language, &["language", "lang", "inlanguage", "sprache", "langue", "idioma", "lingua", "taal"]),
    (
        Part::Text,
        &[
            "text",
            "fulltext",
            "articletext",
            "body",
            "articlebody",
            "bodytext",
            "maintext",
            "plaintext",
            "content",
            "contents",
            "article",
            "story",
            "transcript",
            "articlecontent",
            "rawtext",
            "volltext",
            "artikel",
            "artikeltext",
            "inhalt",
            "haupttext",
            "texte",
            "textintégral",
            "contenu",
            "corps",
            "texto",
            "cuerpo",
            "contenido",
            "testo",
            "tekst",
        ],
    ),
];

/// Which part of an article a column of this name holds, and how good the name is for it; less is better.
fn part(name: &str) -> Option<(Part, usize)> {
    let name: String = name
        .trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '_' | '.'))
        .flat_map(char::to_lowercase)
        .collect();
    NAMES.iter().find_map(|(part, names)| names.iter().position(|n| *n == name).map(|rank| (*part, rank)))
}

/// Which column of a table holds which part; `None` where none holds the text.
pub(crate) fn parts<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<Vec<Option<Part>>> {
    let mut parts: Vec<Option<(Part, usize)>> = names.into_iter().map(part).collect();
    for (wanted, _) in NAMES {
        let best = parts.iter().flatten().filter(|(p, _)| p == wanted).map(|(_, rank)| *rank).min();
        let mut kept = false;
        for part in &mut parts {
            if let Some((p, rank)) = *part
                && p == *wanted
                && (Some(rank) != best || std::mem::replace(&mut kept, true))
            {
                *part = None;
            }
        }
    }
    let parts: Vec<_> = parts.into_iter().map(|p| p.map(|(part, _)| part)).collect();
    parts.contains(&Some(Part::Text)).then_some(parts)
}

/// The article of a row; `None`, with a problem, where it has no text.
pub(crate) fn draft<'a>(
    cells: impl IntoIterator<Item = (Part, &'a str)>,
    place: String,
    report: &mut Report<'_>,
) -> Option<Draft> {
    let mut article = Article::from_text("");
    let (mut id, mut modified) = (None, None);
    for (part, cell) in cells {
        let given = Some(cell.trim().to_owned()).filter(|c| !c.is_empty());
        match part {
            Part::Id => id = given,
            Part::Title => article.title = given,
            Part::Outlet => article.outlet = given,
            Part::Byline => article.byline = given,
            Part::Url => article.url = given,
            Part::Language => article.language = given,
            Part::Text => {
                article.text = Text::new(if is_markup(cell) { fragment::text(cell) } else { cell.to_owned() })
            }
            Part::Modified => modified = given.as_deref().and_then(day),
            Part::Published => {
                article.published = given.as_deref().and_then(day);
                if let (Some(words), None) = (given, article.published) {
                    let shown: String = words.chars().take(40).collect();
                    let reason = format!("the day of publication is no day: `{shown}`; write it as 2022-03-16");
                    report.add(ProblemKind::Date, Some(place.clone()), reason);
                }
            }
        }
    }
    if article.text.as_str().trim().is_empty() {
        report.add(ProblemKind::Empty, Some(place), "the row has no text");
        return None;
    }
    article.id = id.unwrap_or_else(|| Article::id_of(article.text.as_str()));
    Some(Draft { place: Some(place), modified, ..Draft::new(article) })
}

/// Whether a text is a piece of a page, as programs that publish keep it.
fn is_markup(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('<') && ["</p>", "</div>", "<br"].iter().any(|tag| text.contains(tag))
}

/// A day as programs write it (`2022-03-16`, with a time after it), in words, or in numbers with the year last where
/// these can be read in one way only.
pub(crate) fn day(words: &str) -> Option<Date> {
    date::written(words).or_else(|| numbers(words))
}

/// `16/03/2022`, `03/16/2022`, `20220316`. A day and a month that could be exchanged tell nothing.
fn numbers(words: &str) -> Option<Date> {
    let first = words.split_whitespace().next()?;
    if first.len() == 8 && first.bytes().all(|b| b.is_ascii_digit()) {
        return Date::new(first[..4].parse().ok()?, first[4..6].parse().ok()?, first[6..].parse().ok()?).ok();
    }
    let mut numbers = first.split(['/', '.', '-']).map(|n| n.parse::<i16>().ok());
    let (a, b, year) = (numbers.next()??, numbers.next()??, numbers.next()??);
    if numbers.next().is_some() || year < 1000 {
        return None;
    }
    // With dots the day comes first everywhere.
    let (day, month) = match (a, b) {
        (13.., 1..=12) => (a, b),
        (1..=12, 13..) => (b, a),
        _ if a == b || first.contains('.') => (a, b),
        _ => return None,
    };
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn columns_are_known_by_many_names() {
        assert!(parts(["Überschrift", "Datum", "Volltext"]).is_some_and(|p| p.iter().all(Option::is_some)));
        let names = ["ID", "Publication Date", "Head-line", "headline", "source", "description", "Full_Text", "body"];
        let want = [
            Some(Part::Id),
            Some(Part::Published),
            Some(Part::Title),
            None,
            Some(Part::Outlet),
            None,
            Some(Part::Text),
            None,
        ];
        assert_eq!(parts(names).as_deref(), Some(want.as_slice()));
        for none in [&["speaker", "words"][..], &["title", "date"], &[]] {
            assert_eq!(parts(none.iter().copied()), None);
        }
    }

    #[test]
    fn markup_becomes_text() {
        let text = |cell: &str| {
            let draft = draft([(Part::Text, cell)], String::new(), &mut Report::new("test"));
            draft.map(|d| d.article.text.as_str().to_owned())
        };
        assert_eq!(text("<p>The talks</p><p>go &amp; on.</p>").as_deref(), Some("The talks\ngo & on."));
        assert_eq!(text("a < b").as_deref(), Some("a < b"));
    }

    #[test]
    fn days_are_read_where_they_can_be() {
        let want = Some(date(2022, 3, 16));
        for words in [
            "2022-03-16",
            "2022-03-16T10:00:00Z",
            "16/03/2022",
            "03/16/2022",
            "16.03.2022 10:00",
            "20220316",
            "March 16, 2022",
        ] {
            assert_eq!(day(words), want, "{words}");
        }
        for words in ["03/04/2022", "soon", "", "1.2", "99999999", "16/03/22", "0/0/2022"] {
            assert_eq!(day(words), None, "{words}");
        }
    }
}
