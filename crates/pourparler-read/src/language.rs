//! Which language a text is in. Only English is extracted from, so the question is mainly whether it is that.

use whatlang::Lang;

/// So much of a text, in bytes, tells its language.
const SAMPLE: usize = 4000;

/// Fewer letters than this tell nothing.
const ENOUGH: usize = 60;

/// English function words, none of which is frequent in a neighbouring language.
const ENGLISH: &[&str] =
    &["the", "of", "and", "to", "that", "with", "said", "for", "was", "by", "from", "his", "their"];

/// BCP 47 tags of the detector's languages whose three-letter code is not the tag.
const TAGS: &[(Lang, &str)] = &[
    (Lang::Afr, "af"),
    (Lang::Aka, "ak"),
    (Lang::Amh, "am"),
    (Lang::Ara, "ar"),
    (Lang::Aze, "az"),
    (Lang::Bel, "be"),
    (Lang::Ben, "bn"),
    (Lang::Bul, "bg"),
    (Lang::Cat, "ca"),
    (Lang::Ces, "cs"),
    (Lang::Cmn, "zh"),
    (Lang::Cym, "cy"),
    (Lang::Dan, "da"),
    (Lang::Deu, "de"),
    (Lang::Ell, "el"),
    (Lang::Eng, "en"),
    (Lang::Epo, "eo"),
    (Lang::Est, "et"),
    (Lang::Fin, "fi"),
    (Lang::Fra, "fr"),
    (Lang::Guj, "gu"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Hrv, "hr"),
    (Lang::Hun, "hu"),
    (Lang::Hye, "hy"),
    (Lang::Ind, "id"),
    (Lang::Ita, "it"),
    (Lang::Jav, "jv"),
    (Lang::Jpn, "ja"),
    (Lang::Kan, "kn"),
    (Lang::Kat, "ka"),
    (Lang::Khm, "km"),
    (Lang::Kor, "ko"),
    (Lang::Lat, "la"),
    (Lang::Lav, "lv"),
    (Lang::Lit, "lt"),
    (Lang::Mal, "ml"),
    (Lang::Mar, "mr"),
    (Lang::Mkd, "mk"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Nld, "nl"),
    (Lang::Nob, "nb"),
    (Lang::Ori, "or"),
    (Lang::Pan, "pa"),
    (Lang::Pes, "fa"),
    (Lang::Pol, "pl"),
    (Lang::Por, "pt"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Sin, "si"),
    (Lang::Slk, "sk"),
    (Lang::Slv, "sl"),
    (Lang::Sna, "sn"),
    (Lang::Spa, "es"),
    (Lang::Srp, "sr"),
    (Lang::Swe, "sv"),
    (Lang::Tam, "ta"),
    (Lang::Tel, "te"),
    (Lang::Tgl, "tl"),
    (Lang::Tha, "th"),
    (Lang::Tuk, "tk"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
    (Lang::Urd, "ur"),
    (Lang::Uzb, "uz"),
    (Lang::Vie, "vi"),
    (Lang::Yid, "yi"),
    (Lang::Zul, "zu"),
];

/// BCP 47 tag of the text's language; English where the text is too short or too mixed to tell.
pub(crate) fn detect(text: &str) -> &'static str {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    // A character of the Chinese script says as much as a word.
    let dense = sample.chars().filter(|c| ('\u{2e80}'..='\u{d7a3}').contains(c)).count();
    if letters + 4 * dense < ENOUGH || reads_as_english(sample) {
        return "en";
    }
    match whatlang::detect(sample) {
        // Hardly a sentence of English has none of these words.
        Some(info) if info.is_reliable() || has_no_english(sample) || !info.script().langs().contains(&Lang::Eng) => {
            tag(info.lang())
        }
        _ => "en",
    }
}

/// BCP 47 tag of the text's language, where there is enough text to be sure.
pub(crate) fn sure(text: &str) -> Option<&'static str> {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let english = sample.split(|c: char| !c.is_alphabetic()).filter(|w| ENGLISH.contains(w)).count();
    if english >= 5 && reads_as_english(sample) {
        return Some("en");
    }
    whatlang::detect(sample).filter(whatlang::Info::is_reliable).map(|info| tag(info.lang()))
}

/// Whether a text of a sentence or more has no English function word at all.
fn has_no_english(text: &str) -> bool {
    let mut words = 0;
    let english = |word: &str| {
        words += 1;
        ENGLISH
            .iter()
            .chain(&["in", "on", "at", "is", "it", "not", "he", "she", "we", "i"])
            .any(|e| word.eq_ignore_ascii_case(e))
    };
    let any = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .filter(|w| w.chars().all(char::is_lowercase))
        .any(english);
    !any && words >= 8
}

/// Whether one word in twelve is an English function word. News full of foreign names can mislead a detector that
/// counts letters.
fn reads_as_english(text: &str) -> bool {
    let (mut words, mut english) = (0, 0);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        words += 1;
        english += usize::from(ENGLISH.iter().any(|e| word.eq_ignore_ascii_case(e)));
    }
    english * 12 >= words && english > 0
}

fn tag(lang: Lang) -> &'static str {
    TAGS.iter().find(|(l, _)| *l == lang).map_or(lang.code(), |(_, tag)| tag)
}

/// Whether a BCP 47 tag is English of any country.
#[must_use]
pub fn is_english(tag: &str) -> bool {
    let first = primary(tag);
    first.eq_ignore_ascii_case("en") || first.eq_ignore_ascii_case("eng")
}

/// English name of a tag's language; the tag itself where it has none here.
#[must_use]
pub fn name(tag: &str) -> String {
    let first = primary(tag).to_ascii_lowercase();
    TAGS.iter().find(|(_, t)| *t == first).map_or_else(|| tag.to_owned(), |(lang, _)| lang.eng_name().to_owned())
}

fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_news() {
        for (tag, text) in [
            (
                "en",
                "The foreign minister of Oria said that the talks would go on until Friday, and that his side was ready.",
            ),
            (
                "fr",
                "Le ministre des Affaires étrangères a déclaré que les négociations se poursuivraient jusqu’à vendredi.",
            ),
            (
                "de",
                "Der Außenminister sagte, die Gespräche würden bis Freitag fortgesetzt, seine Seite sei dazu bereit.",
            ),
            (
                "ru",
                "Министр иностранных дел заявил, что переговоры продолжатся до пятницы, его сторона готова к этому.",
            ),
            (
                "uk",
                "Міністр закордонних справ заявив, що переговори триватимуть до п’ятниці, його сторона готова до цього.",
            ),
            ("de", "Die Ministerin von Tarn sagte am Montag, dass ihr Land die Tore im Mai öffnen werde."),
            ("ar", "قال وزير الخارجية إن المحادثات ستستمر حتى يوم الجمعة وإن الجانب الذي يمثله مستعد لذلك تماما."),
            ("zh", "外交部长表示，会谈将持续到星期五，他的一方已经为此做好了准备，并希望达成协议。"),
        ] {
            assert_eq!(detect(text), tag, "{text}");
        }
    }

    #[test]
    fn short_and_mixed_texts_count_as_english() {
        for text in [
            "",
            "12:45",
            "Bonjour",
            "Ana Oren, Lu Tarn, Tomas Kell, Lena Brook, Merrow, Vardane, Ostmark, Sarn",
            "Lavrov, Çavuşoğlu, Szijjártó and Borrell met in Antalya for the talks on grain that Ankara called.",
        ] {
            assert_eq!(detect(text), "en", "{text}");
        }
    }

    #[test]
    fn tags_have_names() {
        assert!(is_english("en-GB") && is_english("EN") && !is_english("enm-x") && !is_english("fr"));
        assert_eq!(name("fr-CA"), "French");
        assert_eq!(name("tlh"), "tlh");
    }
}
