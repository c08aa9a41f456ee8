//! Names of languages, as the interfaces of newspaper databases write them, and their BCP 47 tags.

/// The tag and the name in English, German, French, Spanish, Italian, Portuguese, Dutch, Chinese (both scripts), Japanese
/// and Russian, as far as they differ, then in the language itself; all in lower case.
const NAMES: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "english",
            "englisch",
            "anglais",
            "inglés",
            "inglese",
            "inglês",
            "engels",
            "英语",
            "英文",
            "英語",
            "английский",
        ],
    ),
    (
        "de",
        &[
            "german",
            "deutsch",
            "allemand",
            "alemán",
            "tedesco",
            "alemão",
            "duits",
            "德语",
            "德文",
            "德語",
            "ドイツ語",
            "немецкий",
        ],
    ),
    (
        "fr",
        &[
            "french",
            "französisch",
            "français",
            "francés",
            "francese",
            "francês",
            "frans",
            "法语",
            "法文",
            "法語",
            "フランス語",
            "французский",
        ],
    ),
    (
        "es",
        &[
            "spanish",
            "spanisch",
            "espagnol",
            "español",
            "spagnolo",
            "espanhol",
            "spaans",
            "castellano",
            "西班牙语",
            "西班牙文",
            "西班牙語",
            "スペイン語",
            "испанский",
        ],
    ),
    (
        "it",
        &[
            "italian",
            "italienisch",
            "italien",
            "italiano",
            "italiaans",
            "意大利语",
            "意大利文",
            "義大利文",
            "イタリア語",
            "итальянский",
        ],
    ),
    (
        "pt",
        &[
            "portuguese",
            "portugiesisch",
            "portugais",
            "portugués",
            "portoghese",
            "português",
            "portugees",
            "葡萄牙语",
            "葡萄牙文",
            "ポルトガル語",
            "португальский",
        ],
    ),
    ("nl", &["dutch", "niederländisch", "néerlandais", "neerlandés", "holandés", "olandese", "holandês", "nederlands"]),
    ("ru", &["russian", "russisch", "russe", "ruso", "russo", "俄语", "俄文", "俄語", "ロシア語", "русский"]),
    (
        "zh",
        &[
            "chinese",
            "chinesisch",
            "chinois",
            "chino",
            "cinese",
            "chinês",
            "chinees",
            "中文",
            "汉语",
            "简体中文",
            "繁体中文",
            "簡體中文",
            "繁體中文",
            "中国語",
            "китайский",
        ],
    ),
    (
        "ja",
        &["japanese", "japanisch", "japonais", "japonés", "giapponese", "japonês", "japans", "日语", "日文", "日本語"],
    ),
    ("ko", &["korean", "koreanisch", "coréen", "coreano", "koreaans", "韩语", "韩文", "韓文", "韓国語", "한국어"]),
    ("ar", &["arabic", "arabisch", "arabe", "árabe", "arabo", "阿拉伯语", "阿拉伯文", "العربية"]),
    ("sv", &["swedish", "schwedisch", "suédois", "sueco", "svedese", "zweeds", "svenska", "瑞典语"]),
    ("da", &["danish", "dänisch", "danois", "danés", "danese", "dinamarquês", "deens", "dansk"]),
    ("no", &["norwegian", "norwegisch", "norvégien", "noruego", "norvegese", "norueguês", "noors", "norsk"]),
    ("fi", &["finnish", "finnisch", "finnois", "finlandés", "finlandese", "finlandês", "fins", "suomi"]),
    ("pl", &["polish", "polnisch", "polonais", "polaco", "polacco", "polonês", "pools", "polski"]),
    ("cs", &["czech", "tschechisch", "tchèque", "checo", "ceco", "tcheco", "tsjechisch", "čeština"]),
    ("tr", &["turkish", "türkisch", "turc", "turco", "turks", "türkçe"]),
    ("uk", &["ukrainian", "ukrainisch", "ukrainien", "ucraniano", "ucraino", "oekraïens", "украинский", "українська"]),
    ("hu", &["hungarian", "ungarisch", "hongrois", "húngaro", "ungherese", "hongaars", "magyar"]),
    ("el", &["greek", "griechisch", "grec", "griego", "greco", "grego", "grieks", "ελληνικά"]),
    ("he", &["hebrew", "hebräisch", "hébreu", "hebreo", "ebraico", "hebreeuws"]),
    ("fa", &["persian", "farsi", "persisch", "persan", "persa", "perzisch"]),
    ("id", &["indonesian", "bahasa indonesia", "indonesisch", "indonésien", "indonesio", "indonesiano"]),
    ("ca", &["catalan", "katalanisch", "catalán", "catalano", "catalão", "català"]),
];

/// The tag of a language by its name, such as `Englisch` or `GERMAN; DEUTSCH`.
pub(super) fn tag(name: &str) -> Option<&'static str> {
    name.split([';', ',', '/', '(']).find_map(|part| {
        let part = part.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        NAMES.iter().find(|(_, names)| names.contains(&part.as_str())).map(|(tag, _)| *tag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_tags() {
        for (name, want) in [
            ("ENGLISH", Some("en")),
            ("GERMAN; DEUTSCH", Some("de")),
            ("Englisch", Some("en")),
            ("anglais", Some("en")),
            ("中文(简体)", Some("zh")),
            ("Late Edition - Final", None),
            ("1", None),
            ("", None),
        ] {
            assert_eq!(tag(name), want, "{name}");
        }
    }

    #[test]
    fn no_name_stands_for_two_languages() {
        let mut names: Vec<_> = NAMES.iter().flat_map(|(_, names)| *names).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
