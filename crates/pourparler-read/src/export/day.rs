//! Days as newspaper databases write them, in the languages of their interfaces.
//!
//! `January 11, 2010 Monday`, `9. Januar 2012 Montag`, `lunes 9 de enero de 2012`, `2018年5月28日`: a month's name with a
//! day and a year beside it, whatever stands around them.

use jiff::civil::Date;

/// Names of the months, in lower case, as nominatives and as dates bend them. Where a language cuts a name short, it is
/// listed only if the short form is no beginning of the long one.
const MONTHS: [&[&str]; 12] = [
    // English, German, French, Spanish, Portuguese, Italian, Dutch, Danish and Norwegian, Swedish, Finnish, Polish,
    // Czech, Russian, Turkish; then Chinese and Japanese.
    &[
        "january",
        "januar",
        "jänner",
        "janvier",
        "enero",
        "janeiro",
        "gennaio",
        "januari",
        "tammikuuta",
        "tammikuu",
        "stycznia",
        "styczeń",
        "ledna",
        "leden",
        "января",
        "январь",
        "ocak",
        "一月",
    ],
    &[
        "february",
        "februar",
        "feber",
        "février",
        "febrero",
        "fevereiro",
        "febbraio",
        "februari",
        "helmikuuta",
        "helmikuu",
        "lutego",
        "luty",
        "února",
        "únor",
        "февраля",
        "февраль",
        "şubat",
        "二月",
    ],
    &[
        "march",
        "märz",
        "mars",
        "marzo",
        "março",
        "maart",
        "mrt",
        "mrz",
        "marts",
        "maaliskuuta",
        "maaliskuu",
        "marca",
        "marzec",
        "března",
        "březen",
        "марта",
        "март",
        "mart",
        "三月",
    ],
    &[
        "april",
        "avril",
        "abril",
        "aprile",
        "huhtikuuta",
        "huhtikuu",
        "kwietnia",
        "kwiecień",
        "dubna",
        "duben",
        "апреля",
        "апрель",
        "nisan",
        "四月",
    ],
    &[
        "may",
        "mai",
        "mayo",
        "maio",
        "maggio",
        "mei",
        "maj",
        "toukokuuta",
        "toukokuu",
        "maja",
        "května",
        "květen",
        "мая",
        "май",
        "mayıs",
        "五月",
    ],
    &[
        "june",
        "juni",
        "juin",
        "junio",
        "junho",
        "giugno",
        "kesäkuuta",
        "kesäkuu",
        "czerwca",
        "czerwiec",
        "června",
        "červen",
        "июня",
        "июнь",
        "haziran",
        "六月",
    ],
    &[
        "july",
        "juli",
        "juillet",
        "julio",
        "julho",
        "luglio",
        "heinäkuuta",
        "heinäkuu",
        "lipca",
        "lipiec",
        "července",
        "červenec",
        "июля",
        "июль",
        "temmuz",
        "七月",
    ],
    &[
        "august",
        "août",
        "aout",
        "agosto",
        "augustus",
        "augusti",
        "elokuuta",
        "elokuu",
        "sierpnia",
        "sierpień",
        "srpna",
        "srpen",
        "августа",
        "август",
        "ağustos",
        "八月",
    ],
    &[
        "september",
        "septembre",
        "septiembre",
        "setiembre",
        "setembro",
        "settembre",
        "syyskuuta",
        "syyskuu",
        "września",
        "wrzesień",
        "září",
        "сентября",
        "сентябрь",
        "eylül",
        "九月",
    ],
    &[
        "october",
        "oktober",
        "octobre",
        "octubre",
        "outubro",
        "ottobre",
        "okt",
        "lokakuuta",
        "lokakuu",
        "października",
        "październik",
        "října",
        "říjen",
        "октября",
        "октябрь",
        "ekim",
        "十月",
    ],
    &[
        "november",
        "novembre",
        "noviembre",
        "novembro",
        "marraskuuta",
        "marraskuu",
        "listopada",
        "listopad",
        "listopadu",
        "ноября",
        "ноябрь",
        "kasım",
        "十一月",
    ],
    &[
        "december",
        "dezember",
        "décembre",
        "diciembre",
        "dezembro",
        "dicembre",
        "dez",
        "joulukuuta",
        "joulukuu",
        "grudnia",
        "grudzień",
        "prosince",
        "prosinec",
        "декабря",
        "декабрь",
        "aralık",
        "十二月",
    ],
];

/// Words between the parts of a date.
const BETWEEN: &[&str] = &["de", "del", "of", "di", "do", "den", "г"];

/// The first full date in a line.
pub(super) fn find(line: &str) -> Option<Date> {
    numbered(line).or_else(|| named(line)).or_else(|| in_digits(line))
}

/// A year, month and day that are each followed by the sign for it, as in Chinese, Japanese and Korean.
fn numbered(line: &str) -> Option<Date> {
    let mut rest = line;
    let mut parts = [0i16; 3];
    for (part, signs) in parts.iter_mut().zip([['年', '년'], ['月', '월'], ['日', '일']]) {
        let (before, after) = rest.split_once(signs)?;
        let before = before.trim_end();
        let start = before.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + char_len(before, at));
        *part = before[start..].parse().ok()?;
        rest = after;
    }
    date(parts[0], i8::try_from(parts[1]).ok()?, i8::try_from(parts[2]).ok()?)
}

fn char_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

/// A month by its name, with a day before or after it, and a year.
fn named(line: &str) -> Option<Date> {
    let words: Vec<String> = line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .filter(|w| !BETWEEN.contains(&w.as_str()))
        .collect();
    let at = |i: usize| words.get(i).map(String::as_str).unwrap_or_default();
    (0..words.len()).find_map(|i| {
        let (a, b, c, d) = (at(i), at(i + 1), at(i + 2), at(i + 3));
        if let Some(month) = month(a) {
            let day = day(b)?;
            // A weekly gives the first and the last day: `September 11-17, 2006`.
            return year(c).or_else(|| self::day(c).and(year(d))).and_then(|year| date(year, month, day));
        }
        if let (Some(day), Some(month), Some(year)) = (day(a), month(b), year(c)) {
            return date(year, month, day);
        }
        date(year(a)?, month(b)?, day(c)?)
    })
}

/// `2010-01-11`, `11.01.2010`, and with strokes where they leave no doubt which is the month.
fn in_digits(line: &str) -> Option<Date> {
    line.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | 'T' | '(' | ')')).find_map(|word| {
        let mark = ['-', '.', '/'].into_iter().find(|&mark| word.matches(mark).count() == 2)?;
        let mut parts = word.split(mark);
        let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
        if let Some(year) = year(a) {
            return date(year, small(b, 12)?, small(c, 31)?);
        }
        let (year, a, b) = (year(c)?, small(a, 31)?, small(b, 31)?);
        match (mark, a > 12, b > 12) {
            ('.', _, false) | (_, true, false) => date(year, b, a),
            (_, false, true) => date(year, a, b),
            _ if a == b => date(year, a, b),
            _ => None,
        }
    })
}

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok().filter(|_| (1700..=2200).contains(&year))
}

/// The month of a word in lower case; names can be cut short to their first three letters.
fn month(word: &str) -> Option<i8> {
    let numbered = word.strip_suffix(['月', '월']).and_then(|number| small(number, 12));
    if numbered.is_some() {
        return numbered;
    }
    let whole = |names: &&[&str]| names.contains(&word);
    let short = |names: &&[&str]| word.chars().count() >= 3 && names.iter().any(|name| name.starts_with(word));
    let found = |test: &dyn Fn(&&[&str]) -> bool| MONTHS.iter().position(test);
    found(&whole).or_else(|| found(&short)).and_then(|at| i8::try_from(at + 1).ok())
}

/// `11`, `11th`, `1er`, `1º`.
fn day(word: &str) -> Option<i8> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (digits, rest) = word.split_at(end);
    matches!(rest, "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "日").then(|| small(digits, 31)).flatten()
}

fn small(word: &str, max: i8) -> Option<i8> {
    let short = (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|n| short && (1..=max).contains(n))
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|y| word.len() == 4 && (1700..=2200).contains(y))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_in_many_languages() {
        for (line, want) in [
            ("January 11, 2010 Monday", date(2010, 1, 11)),
            ("3 January 1993", date(1993, 1, 3)),
            ("14. November 2017", date(2017, 11, 14)),
            ("November 14, 2017 Tuesday 12:00 AM GMT", date(2017, 11, 14)),
            ("Montag 9. Januar 2012", date(2012, 1, 9)),
            ("27. Februar 2012 Montag 9:50 PM GMT+1", date(2012, 2, 27)),
            ("1986 January 2", date(1986, 1, 2)),
            ("September 12, 2001, Wednesday, Late Edition - Final", date(2001, 9, 12)),
            ("September 11-17, 2006", date(2006, 9, 11)),
            ("lundi 1er août 2011", date(2011, 8, 1)),
            ("9 de enero de 2012 lunes", date(2012, 1, 9)),
            ("Enero 9, 2012", date(2012, 1, 9)),
            ("lunedì 9 gennaio 2012", date(2012, 1, 9)),
            ("mar. 10 gennaio 2012", date(2012, 1, 10)),
            ("maandag 9 maart 2012", date(2012, 3, 9)),
            ("9 de março de 2012", date(2012, 3, 9)),
            ("9 мая 2012 г.", date(2012, 5, 9)),
            ("12 červenec 2012", date(2012, 7, 12)),
            ("2018年5月28日", date(2018, 5, 28)),
            ("2018 年 5 月 28 日 星期一", date(2018, 5, 28)),
            ("2018년 5월 28일", date(2018, 5, 28)),
            ("28 五月 2018", date(2018, 5, 28)),
            ("28 十二月 2018", date(2018, 12, 28)),
            ("28 5月 2018", date(2018, 5, 28)),
            ("Sept. 4, 2018", date(2018, 9, 4)),
            ("2010-01-11T09:00", date(2010, 1, 11)),
            ("11.01.2010", date(2010, 1, 11)),
            ("13/01/2010", date(2010, 1, 13)),
            ("JANUARY 11, 2010", date(2010, 1, 11)),
        ] {
            assert_eq!(find(line), Some(want), "{line}");
        }
    }

    #[test]
    fn what_is_no_full_day() {
        for line in [
            "November 2017",
            "Copyright 2010 Oria Media Ltd",
            "February 31, 2010",
            "03/04/2010",
            "1 of 10 DOCUMENTS",
            "Length: 355 words",
            "10:15 GMT",
            "",
        ] {
            assert_eq!(find(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn no_line_panics(line in "([0-9]{1,4}|年|月|日|[ ,./-]|May|märz|é){0,12}") {
            find(&line);
        }
    }
}
