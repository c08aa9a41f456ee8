//! Plain text: a headline and the lines of a news page's head, where they are there, and then the story.
//!
//! Only the headline is cut from the text, as a prefix; byline and date lines stay in it and count as furniture, so that
//! nothing of what was given is lost.

use jiff::civil::Date;
use pourparler_text::{Article, Byte, Span, Text};

use crate::date::{self, Found};
use crate::{Draft, furniture, outlets};

/// So many lines after the headline may belong to the head.
const HEAD_LINES: usize = 5;

/// Words that stand around the date in the head of a page.
const DATE_LABELS: &[&str] = &[
    "published",
    "posted",
    "updated",
    "last",
    "modified",
    "date",
    "on",
    "at",
    "am",
    "pm",
    "gmt",
    "utc",
    "est",
    "edt",
    "et",
    "cet",
    "bst",
    "p",
    "m",
    "a",
];

/// Reads an article; `near` gives the year to datelines that have none.
pub(crate) fn read(mut text: String, near: Option<Date>) -> Draft {
    let spans: Vec<_> = furniture::lines(&text).take(HEAD_LINES + 2).collect();
    let mut lines = spans.iter().copied();
    let mut article = Article::from_text("");
    let mut cut = 0;
    if let [first, second, ..] = spans[..]
        && is_title(&text, first, second)
    {
        article.title = Some(get(&text, first).trim_matches(['#', '*', ' ']).to_owned());
        cut = second.start;
        lines.next();
    }
    let mut head = Vec::new();
    for span in lines {
        let line = get(&text, span);
        if head.len() < HEAD_LINES && HeadLine::read(line).is_some_and(|found| found.keep(&mut article)) {
            head.push(Span::new(span.start - cut, span.end - cut));
            continue;
        }
        // The headline may stand under the outlet and the day. It is not cut out there.
        let next = spans.iter().copied().find(|next| next.start > span.start);
        if article.title.is_none() && !head.is_empty() && next.is_some_and(|next| is_title(&text, span, next)) {
            article.title = Some(line.trim_matches(['#', '*', ' ']).to_owned());
            head.push(span);
            continue;
        }
        if let Some(dateline) = Dateline::read(line) {
            article.outlet = article.outlet.or(dateline.agency);
            article.published = article.published.or_else(|| dateline.date?.resolve(near));
        }
        break;
    }
    text.drain(..cut);
    article.id = Article::id_of(&text);
    article.text = Text::new(text);
    Draft { head, ..Draft::new(article) }
}

fn get(text: &str, span: Span<Byte>) -> &str {
    &text[span.start..span.end]
}

/// Whether the first line is a headline: a short line that is no sentence, with a story after it.
fn is_title(text: &str, first: Span<Byte>, second: Span<Byte>) -> bool {
    let (line, next) = (get(text, first), get(text, second));
    let plain = line.trim_matches(['#', '*', ' ']);
    let words = plain.split_whitespace().count();
    let like_one = first.len() <= 200
        && (2..=25).contains(&words)
        && plain.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "‘’“\"'".contains(c))
        && (!plain.ends_with(['"', '”']) || HeadLine::read(next).is_some())
        && !plain.trim_end_matches(['’', '\'', ')']).ends_with(['.', ',', ';', ':', '…'])
        && HeadLine::read(line).is_none()
        && Dateline::read(line).is_none();
    // Without a blank line between, the first line may be the first of a text wrapped at a fixed width.
    let apart = text[first.end..second.start].matches('\n').count() > 1
        // The text of a page begins with its title, and its menu follows.
        || words >= 4
            && next.split_whitespace().count() <= 2
            && furniture::find(text).iter().any(|line| line.start == second.start)
        || HeadLine::read(next).is_some()
        || next.starts_with(|c: char| !c.is_lowercase()) && next.ends_with(['.', '!', '?', '"', '”', '’', ')']);
    like_one && apart
}

/// A line of the head between headline and story.
enum HeadLine {
    Byline(String),
    /// *By Ana Oren, 16 March 2031*
    Signed(String, Date),
    Published(Date),
    Outlet(String),
    /// *The Harbour Gazette, 16 March 2031*
    Imprint(String, Date),
}

impl HeadLine {
    fn read(line: &str) -> Option<Self> {
        let words = line.split_whitespace().count();
        if line.len() > 120 || words > 14 || line.ends_with('.') && !line.to_lowercase().ends_with(".m.") {
            return None;
        }
        let labelled = |labels: &[&str]| {
            labels.iter().find_map(|label| {
                let (head, rest) = line.split_at_checked(label.len())?;
                let rest = rest.trim();
                (head.eq_ignore_ascii_case(label) && !rest.is_empty()).then(|| rest.to_owned())
            })
        };
        if let Some(name) = labelled(&["by ", "written by ", "author:", "byline:"]) {
            let named = name.starts_with(char::is_uppercase);
            return named.then(|| Self::signed(name));
        }
        if let Some(name) = labelled(&["source:", "outlet:", "publication:"]) {
            return Some(Self::Outlet(name));
        }
        if let Some((name, rest)) = line.rsplit_once(", ")
            && let Some(day) = date::find(rest).and_then(Found::full)
            && rest.split_whitespace().count() == 3
            && name.starts_with(char::is_uppercase)
            && date::find(name).is_none()
            && !name.split_whitespace().all(|w| date_word(w.trim_end_matches(',')).is_some())
        {
            return Some(Self::Imprint(name.to_owned(), day));
        }
        if let Some(day) = date::find(line).and_then(Found::full) {
            let other = |w: &&str| w.bytes().any(|b| b.is_ascii_alphabetic()) && date_word(w).is_none();
            let others = line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).filter(other);
            // The month is a word too, and an outlet's name may stand beside the date.
            return (others.count() <= 4).then_some(Self::Published(day));
        }
        let name = line.trim_matches(['(', ')', '—', '-', ' ']);
        outlets::is_known(name).then(|| Self::Outlet(name.to_owned()))
    }

    /// A byline; the day may stand behind the name in the same line: *By Ana Oren, 16 March 2031*.
    fn signed(name: String) -> Self {
        let day = date::find(&name).and_then(Found::full);
        let end = name.find(|c: char| c.is_ascii_digit()).unwrap_or(name.len());
        let bare = |words: &str| words.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.').len();
        let mut kept = &name[..bare(&name[..end])];
        // The month, a weekday and a label may stand before the number.
        while let Some((before, last)) = kept.rsplit_once(' ')
            && of_date(last.trim_matches(|c: char| !c.is_alphanumeric()))
        {
            kept = &before[..bare(before)];
        }
        match day {
            Some(day) if !kept.is_empty() => Self::Signed(kept.to_owned(), day),
            _ => Self::Byline(name),
        }
    }

    /// Puts the line's value into the article; a second one of its kind is no longer head.
    fn keep(self, article: &mut Article) -> bool {
        match self {
            Self::Byline(name) => article.byline.replace(name).is_none(),
            Self::Signed(name, day) => {
                article.published.get_or_insert(day);
                article.byline.replace(name).is_none()
            }
            Self::Outlet(name) => article.outlet.replace(name).is_none(),
            Self::Published(day) => {
                article.published.get_or_insert(day);
                true
            }
            Self::Imprint(name, day) => {
                article.published.get_or_insert(day);
                article.outlet.replace(name).is_none()
            }
        }
    }
}

/// Whether a word is a month, a weekday or a label beside a date.
fn of_date(word: &str) -> bool {
    word.is_empty()
        || date_word(word).is_some()
        || date::find(&format!("1 {word} 2000")).and_then(Found::full).is_some()
}

/// A label or a weekday beside a date.
fn date_word(word: &str) -> Option<()> {
    let word = word.to_lowercase();
    let weekday = word.len() >= 3 && word.ends_with("day");
    (weekday || DATE_LABELS.contains(&word.as_str())).then_some(())
}

/// The place, day and agency that open a wire story: `SARN, March 14 (Reuters) - `.
#[derive(Debug, PartialEq, Eq)]
struct Dateline {
    agency: Option<String>,
    date: Option<Found>,
}

impl Dateline {
    fn read(paragraph: &str) -> Option<Self> {
        let start = &paragraph[..paragraph.floor_char_boundary(100)];
        let dash = [" - ", " – ", "—", " -- "].iter().filter_map(|dash| start.find(dash)).min()?;
        let before = start[..dash].trim();
        let (outside, agency) = match before.rsplit_once('(') {
            Some((outside, inside)) => (outside.trim(), Some(inside.split_once(')')?.0.trim())),
            None => (before, None),
        };
        let agency = agency.filter(|a| (1..=4).contains(&a.split_whitespace().count()));
        let date = date::find(outside).or_else(|| date::find(agency?));
        let place = outside.split(',').next().unwrap_or(outside).trim();
        let capitals =
            place.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !place.chars().any(char::is_lowercase);
        let named = agency.is_some_and(|a| a.starts_with(char::is_uppercase) || outlets::is_known(a));
        let placed = place.is_empty() || place.starts_with(char::is_uppercase);
        let short = outside.split_whitespace().count() <= 8;
        let opens = short && placed && (capitals || named || date.is_some() && place.split_whitespace().count() <= 3);
        opens.then(|| Self { agency: agency.filter(|_| named).map(str::to_owned), date })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn plain(text: &str) -> Article {
        read(text.to_owned(), Some(date(2022, 3, 16))).article
    }

    #[test]
    fn headlines_are_cut_and_sentences_are_not() {
        let body = "The talks go on, the minister said.";
        for title in [
            "Talks enter ‘serious phase’",
            "# Talks enter serious phase",
            "Will the talks go on?",
            "5 things about the talks",
        ] {
            let article = plain(&format!("{title}\n\n{body}\n"));
            assert_eq!(article.title.as_deref(), Some(title.trim_start_matches("# ")));
            assert_eq!(article.text.as_str(), format!("{body}\n"));
        }
        for text in [
            body.to_owned(),
            "Talks enter serious phase".to_owned(),
            format!("The talks go on.\n{body}"),
            format!("“We agree”\n\n{body}"),
            format!("Oren calls it ‘a good sign.’\n\n{body}"),
            // Wrapped at a fixed width.
            "The talks between the two sides went on for\na third day on Monday and will go on, the\nminister said."
                .to_owned(),
            "The talks were held in Sarn by Prime Minister\nOren and his guests from the neighbouring\ncountry."
                .to_owned(),
        ] {
            let article = plain(&text);
            assert_eq!((article.title.as_deref(), article.text.as_str()), (None, text.as_str()));
        }
    }

    #[test]
    fn the_head_is_read_and_stays_in_the_text_as_furniture() {
        let draft = read("Talks go on\nBy Ana Oren and Lu Tarn\nReuters\nPublished: 14 March 2022, 10:15 GMT\n\nThe talks go on.\r\n".to_owned(), None);
        let article = draft.article;
        assert_eq!(article.title.as_deref(), Some("Talks go on"));
        assert_eq!(article.byline.as_deref(), Some("Ana Oren and Lu Tarn"));
        assert_eq!(article.outlet.as_deref(), Some("Reuters"));
        assert_eq!(article.published, Some(date(2022, 3, 14)));
        let head: Vec<_> = draft.head.iter().map(|&s| article.text.get(s)).collect();
        assert_eq!(head, ["By Ana Oren and Lu Tarn", "Reuters", "Published: 14 March 2022, 10:15 GMT"]);
        assert_eq!(article.id, Article::id_of(article.text.as_str()));
    }

    #[test]
    fn a_byline_may_have_the_day_in_it() {
        for (line, name, day) in [
            ("By Ana Oren, 16 March 2022", "Ana Oren", Some(date(2022, 3, 16))),
            ("By Ana Oren | Published Wednesday, March 16, 2022", "Ana Oren", Some(date(2022, 3, 16))),
            ("By Ana Oren and Lu Tarn 2022-03-16", "Ana Oren and Lu Tarn", Some(date(2022, 3, 16))),
            ("By Ana Oren", "Ana Oren", None),
            ("By Ana Oren of Channel 4", "Ana Oren of Channel 4", None),
        ] {
            let article = plain(&format!("Talks go on\n{line}\n\nThe talks go on."));
            assert_eq!((article.byline.as_deref(), article.published), (Some(name), day), "{line}");
        }
    }

    #[test]
    fn a_headline_may_stand_under_outlet_and_day() {
        let text =
            "The Harbour Gazette, 16 March 2022\n\nTalks go on in Sarn\n\nBy Ana Oren\n\nThe talks go on, she said.";
        let draft = read(text.to_owned(), None);
        assert_eq!(
            (draft.article.title.as_deref(), draft.article.byline.as_deref()),
            (Some("Talks go on in Sarn"), Some("Ana Oren"))
        );
        assert_eq!((draft.article.text.as_str(), draft.head.len()), (text, 3));
        let story = plain("16 March 2022\n\nThe talks go on, she said.\n\nHe left.");
        assert_eq!(story.title, None);
    }

    #[test]
    fn a_title_stands_above_a_menu() {
        let body = "The talks go on, the minister of Oria said on Monday, and they will go on for days.\n";
        let article = plain(&format!("Talks go on in Sarn\nHome\nWorld\nSport\nSubscribe\nLog in\n{body}"));
        assert_eq!(article.title.as_deref(), Some("Talks go on in Sarn"));
        assert!(article.text.as_str().starts_with("Home\n"));
    }

    #[test]
    fn an_imprint_gives_outlet_and_day() {
        let article = plain(
            "Oren: \"We ask for a river\"\nBy Ana Tarn\nOffice of the President of Oria, 5 March 2022\n\nThe talks go on.",
        );
        assert_eq!(article.title.as_deref(), Some("Oren: \"We ask for a river\""));
        assert_eq!(article.outlet.as_deref(), Some("Office of the President of Oria"));
        assert_eq!(article.published, Some(date(2022, 3, 5)));
    }

    #[test]
    fn sentences_with_dates_are_no_head() {
        for line in [
            "By then the talks had failed",
            "On March 14, 2022, the two ministers met in Sarn for talks",
            "By mid-March 2022 it was over.",
            "Reuters said so",
        ] {
            assert!(HeadLine::read(line).is_none(), "{line}");
        }
        for line in [
            "March 16, 2022",
            "Wednesday, 16 March 2022",
            "2022-03-16",
            "Updated 10:15 p.m. EDT, Wed March 16, 2022",
            "Reuters",
            "(AP)",
        ] {
            assert!(HeadLine::read(line).is_some(), "{line}");
        }
    }

    #[test]
    fn datelines_give_agency_and_day() {
        for (text, agency, day) in [
            ("SARN, March 14 (Reuters) - The talks go on.", Some("Reuters"), Some(date(2022, 3, 14))),
            ("GENEVA (AP) — The talks go on.", Some("AP"), None),
            ("WEST SARN, Oria, Dec. 30 (Xinhua) -- The talks go on.", Some("Xinhua"), Some(date(2021, 12, 30))),
            ("SARN – The talks go on.", None, None),
            ("(Reuters) - The talks go on.", Some("Reuters"), None),
            ("Sarn, 14 March 2021 – The talks go on.", None, Some(date(2021, 3, 14))),
            ("SARN/TARN (Reuters) - The talks go on.", Some("Reuters"), None),
        ] {
            let article = plain(text);
            assert_eq!((article.outlet.as_deref(), article.published), (agency, day), "{text}");
            assert_eq!(article.text.as_str(), text);
        }
    }

    #[test]
    fn dashes_in_prose_are_no_datelines() {
        for text in [
            "The talks – the third this week – go on.",
            "Oria’s side (which won) – said no.",
            "He agreed — on March 14 — to talks.",
            "A third day of talks on March 14 between the two sides of the war — and a fourth.",
            "No",
        ] {
            assert_eq!(Dateline::read(text), None, "{text}");
        }
    }
}
