//! The country that the text around a place is about, whose an office is that comes without one.

use std::ops::Range;

use crate::act::listed;
use crate::described::without_article;
use crate::outlet_words;
use crate::people::{line_before_start, line_start};
use crate::speaker::Resolver;

/// So many bytes before a place, what is named tells what the text is about there.
const NEAR: usize = 700;
/// What the name of a country weighs for what the text is about: in the same sentence, the same paragraph, the one before, not farther
/// than `NEAR`, before that; and in the title.
const WEIGHTS: [f32; 5] = [10.0, 3.0, 1.0, 0.5, 0.1];
const IN_TITLE: f32 = 1.0;
/// What it weighs which country's outlet the article is from: where it is of that country, the office's is left out.
const AT_HOME: f32 = 3.0;
/// News agencies by their single word, and whose state they are.
const STATE_AGENCIES: [(&str, &str); 27] = [
    ("KCNA", "North Korea"),
    ("Yonhap", "South Korea"),
    ("Xinhua", "China"),
    ("CCTV", "China"),
    ("IRNA", "Iran"),
    ("ISNA", "Iran"),
    ("Tasnim", "Iran"),
    ("TASS", "Russia"),
    ("Tass", "Russia"),
    ("RIA", "Russia"),
    ("SANA", "Syria"),
    ("SPA", "Saudi Arabia"),
    ("KUNA", "Kuwait"),
    ("QNA", "Qatar"),
    ("WAM", "United Arab Emirates"),
    ("Petra", "Jordan"),
    ("Anadolu", "Turkey"),
    ("SUNA", "Sudan"),
    ("BelTA", "Belarus"),
    ("Azertac", "Azerbaijan"),
    ("Armenpress", "Armenia"),
    ("Ukrinform", "Ukraine"),
    ("Tanjug", "Serbia"),
    ("Bernama", "Malaysia"),
    ("Antara", "Indonesia"),
    ("Granma", "Cuba"),
    ("Saba", "Yemen"),
];

impl Resolver<'_> {
    /// The country that the text around a place is about: the one whose names before it weigh most, the nearer the more (`WEIGHTS`);
    /// where none is named before, the one that is named most in the whole article.
    pub(crate) fn home(&self, at: usize) -> Option<String> {
        let line = line_start(self.text, at);
        let sentence = self.text[line..at].rfind(['.', '?', '!']).map_or(line, |end| line + end + 1);
        let line_before = line_before_start(self.text, at);
        let [in_sentence, in_line, in_line_before, near, far] = WEIGHTS;
        // What is said may be about others; what it begins with, its speaker most often holds of himself.
        let of_others = |start: usize| {
            let quoted = |c: &Range<usize>| self.text[c.start..].starts_with(['"', '“', '‘', '«']);
            self.contents
                .iter()
                .find(|c| c.contains(&start))
                .is_some_and(|c| start - c.start > "the ".len() || quoted(c))
        };
        let weight = |start: usize| match start {
            _ if start >= line && of_others(start) => near,
            _ if start >= sentence => in_sentence,
            _ if start >= line => in_line,
            _ if start >= line_before => in_line_before,
            _ if at - start <= NEAR => near,
            _ => far,
        };
        let (titled, named) = self.countries.split_at(self.in_title);
        let before = || named.iter().filter(|(start, _)| *start < at);
        // What only the title names, the text has not come to.
        let titled = titled.iter().filter(|(_, party)| before().any(|(_, named)| named == party));
        let weighed = before().map(|(start, party)| (*party, weight(*start)));
        let weighed = weighed.chain(titled.map(|(_, party)| (*party, IN_TITLE)));
        // A minister speaks to the agency of his own state.
        let sentence_end = self.text[at..].find(['.', '\n']).map_or(self.text.len(), |end| at + end);
        let mut words = self.text[sentence..sentence_end].split(|c: char| !c.is_alphanumeric());
        let agency = words.find_map(|word| STATE_AGENCIES.iter().find(|(name, _)| *name == word));
        let weighed = weighed.chain(agency.map(|(_, country)| (*country, in_sentence)));
        let outlet = self.article.outlet.as_deref().map(without_article);
        let home = outlet.and_then(|name| outlet_words::AT_HOME.iter().find(|(_, outlets)| listed(outlets, name)));
        let weighed =
            weighed.chain(home.filter(|(home, _)| self.parties.contains(home)).map(|(home, _)| (*home, AT_HOME)));
        heaviest(weighed).map(str::to_owned).or_else(|| self.main_country())
    }

    /// The country that the article and its title name most.
    pub(crate) fn main_country(&self) -> Option<String> {
        heaviest(self.countries.iter().map(|(_, party)| (*party, 1.0))).map(str::to_owned)
    }
}

/// The country whose names weigh most in all, the first of several.
fn heaviest<'a>(names: impl Iterator<Item = (&'a str, f32)>) -> Option<&'a str> {
    let mut sums: Vec<(&str, f32)> = Vec::new();
    for (party, weight) in names {
        match sums.iter_mut().find(|(known, _)| *known == party) {
            Some((_, sum)) => *sum += weight,
            None => sums.push((party, weight)),
        }
    }
    sums.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(party, _)| party)
}
