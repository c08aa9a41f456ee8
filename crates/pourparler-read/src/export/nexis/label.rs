//! The labels of Nexis' fields, in the languages of its interfaces.

/// What a label says of the lines behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Headline,
    Byline,
    Length,
    Language,
    Published,
    Outlet,
    /// The story begins behind it.
    Body,
    /// Another particular that stands before the story.
    Head,
    /// Particulars that stand behind the story.
    Tail,
    /// A label that no table knows, in a layout that marks labels as such.
    Unknown,
}

/// Labels in capitals, by what they say.
const LABELS: &[(Label, &[&str])] = &[
    (
        Label::Headline,
        &["HEADLINE", "ÜBERSCHRIFT", "SCHLAGZEILE", "TITEL", "TITRE", "TITULAR", "TITOLO", "MANCHETE", "KOP"],
    ),
    (
        Label::Byline,
        &["BYLINE", "AUTOR", "AUTOREN", "VERFASSER", "AUTEUR", "AUTEURS", "SIGNATURE", "AUTORE", "AUTHOR", "NAAMREGEL"],
    ),
    (
        Label::Length,
        &[
            "LENGTH",
            "LÄNGE",
            "LAENGE",
            "LONGUEUR",
            "LONGITUD",
            "LUNGHEZZA",
            "LENGTE",
            "COMPRIMENTO",
            "EXTENSÃO",
            "EXTENSIÓN",
        ],
    ),
    (Label::Language, &["LANGUAGE", "SPRACHE", "LANGUE", "IDIOMA", "LENGUA", "LINGUA", "LÍNGUA", "TAAL"]),
    (Label::Published, &["DATE", "DATUM", "FECHA", "DATA", "PUBLICATION-DATE", "PUBLICATION DATE"]),
    (Label::Outlet, &["PUBLICATION", "SOURCE", "QUELLE", "FUENTE", "FONTE", "BRON"]),
    (
        Label::Body,
        &[
            "BODY",
            "TEXT",
            "FULL TEXT",
            "VOLLTEXT",
            "HAUPTTEXT",
            "TEXTE",
            "CORPS",
            "TEXTO",
            "CUERPO",
            "TESTO",
            "TEKST",
            "CORPO",
        ],
    ),
    (
        Label::Head,
        &[
            "SECTION",
            "RUBRIK",
            "RESSORT",
            "RUBRIQUE",
            "SECCIÓN",
            "SECCION",
            "SEZIONE",
            "SEÇÃO",
            "SECÇÃO",
            "RUBRIEK",
            "SECTIE",
            "DATELINE",
            "ORTSMARKE",
            "LIEU",
            "HIGHLIGHT",
            "HIGHLIGHTS",
            "SERIES",
            "SERIE",
            "SÉRIE",
            "DISTRIBUTION",
            "COLUMN",
            "PAGE",
            "SEITE",
            "PÁGINA",
            "PAGINA",
            "EDITION",
            "AUSGABE",
            "ÉDITION",
            "EDICIÓN",
            "EDIZIONE",
            "EDIÇÃO",
            "EDITIE",
            "DOCUMENT-TYPE",
            "DOC-TYPE",
            "CONTENT-TYPE",
            "STORY-TYPE",
            "STORY TYPE",
            "ARTICLE-TYPE",
            "PROGRAM",
            "SHOW",
            "ANCHOR",
            "ANCHORS",
            "GUEST",
            "GUESTS",
            "REPORTER",
            "REPORTERS",
            "SLUG",
        ],
    ),
    (
        Label::Tail,
        &[
            "LOAD-DATE",
            "UPDATE",
            "AKTUALISIERT",
            "LADEDATUM",
            "DATE-CHARGEMENT",
            "DATE DE CHARGEMENT",
            "DATE-MISE-A-JOUR",
            "MISE A JOUR",
            "FECHA-CARGA",
            "FECHA DE CARGA",
            "FECHA DE ACTUALIZACIÓN",
            "DATA DI CARICAMENTO",
            "DATA DE CARREGAMENTO",
            "LAADDATUM",
            "LAAD-DATUM",
            "PUBLICATION-TYPE",
            "PUBLIKATIONSART",
            "PUBLIKATIONS-ART",
            "TYPE-PUBLICATION",
            "TYPE DE PUBLICATION",
            "TIPO DE PUBLICACIÓN",
            "TIPO DI PUBBLICAZIONE",
            "TIPO DE PUBLICAÇÃO",
            "PUBLICATIETYPE",
            "PUB-TYPE",
            "JOURNAL-CODE",
            "JOURNAL CODE",
            "ZEITUNGS-CODE",
            "CODE-REVUE",
            "CODE DU JOURNAL",
            "CÓDIGO DEL PERIÓDICO",
            "GRAPHIC",
            "GRAFIK",
            "GRAPHIQUE",
            "GRÁFICO",
            "GRAFICO",
            "GRAFICA",
            "GRAFISCH",
            "AFBEELDING",
            "IMMAGINE",
            "ILLUSTRATION",
            "SUBJECT",
            "SUBJECTS",
            "THEMEN",
            "SUJET",
            "ASUNTO",
            "ARGOMENTO",
            "ASSUNTO",
            "ONDERWERP",
            "ORGANIZATION",
            "COMPANY",
            "TICKER",
            "INDUSTRY",
            "PERSON",
            "GEOGRAPHIC",
            "CITY",
            "STATE",
            "COUNTRY",
            "URL",
            "NOTES",
            "CORRECTION",
            "CORRECTION-DATE",
            "ACC-NO",
            "COPYRIGHT",
            "KEYWORDS",
            "TYPE",
            "DOC-ID",
            "CLASSIFICATION",
            "INTERNET-SERVICE",
        ],
    ),
];

/// A label in capitals at the start of a line, and what stands behind it: `LENGTH: 355 words`.
pub(super) fn of(line: &str) -> Option<(Label, &str)> {
    let (name, rest) = split(line)?;
    known(name).map(|label| (label, rest))
}

/// As [`of`], for labels in small letters too, which a space without break divides from their value: `Length:\u{a0}355`.
pub(super) fn of_any_case(line: &str) -> Option<(Label, &str)> {
    let (name, rest) = split(line)?;
    // The name of a person who is asked stands before a colon too; only labels have this space behind them.
    let marked = rest.starts_with('\u{a0}') || line.ends_with(':');
    let capitals = name.to_uppercase();
    let sure = ["LOAD-DATE", "LENGTH", "LÄNGE", "LONGUEUR", "LONGITUD", "LUNGHEZZA", "LENGTE"];
    if !marked && !sure.contains(&capitals.as_str()) {
        return None;
    }
    known(&capitals)
        .map(|label| (label, rest))
        .or_else(|| marked.then_some((Label::Unknown, rest)).filter(|_| is_name(name)))
}

/// As [`of_any_case`], where only labels stand.
pub(super) fn among_labels(line: &str) -> Option<(Label, &str)> {
    let (name, rest) = split(line)?;
    known(&name.to_uppercase()).map(|label| (label, rest))
}

/// A label that no table knows: a word or two in capitals before a colon.
pub(super) fn unknown(line: &str) -> Option<(Label, &str)> {
    let (name, rest) = split(line)?;
    (is_name(name) && !name.chars().any(char::is_lowercase)).then_some((Label::Unknown, rest))
}

fn known(name: &str) -> Option<Label> {
    LABELS.iter().find(|(_, names)| names.contains(&name)).map(|(label, _)| *label)
}

fn is_name(name: &str) -> bool {
    (3..=30).contains(&name.chars().count())
        && name.split_whitespace().count() <= 4
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '_'))
}

fn split(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.trim_start().split_once([':', '：'])?;
    let name = name.trim_end();
    (!name.is_empty() && name.len() <= 40).then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_from_prose() {
        for (line, want) in [
            ("LENGTH: 355 words", Some(Label::Length)),
            ("LÄNGE: 120 Wörter", Some(Label::Length)),
            ("  BYLINE: Ana Oren", Some(Label::Byline)),
            ("SPRACHE : GERMAN", Some(Label::Language)),
            ("BODY:", Some(Label::Body)),
            ("Length: the talks went on", None),
            ("OREN: We agree.", None),
            ("SARN: The talks go on", None),
            ("The talks go on", None),
            ("", None),
        ] {
            assert_eq!(of(line).map(|(label, _)| label), want, "{line}");
        }
        for (line, want) in [
            ("Section:\u{a0}News", Some(Label::Head)),
            ("Geographic:\u{a0}ORIA", Some(Label::Tail)),
            ("Anything:\u{a0}ORIA", Some(Label::Unknown)),
            ("Load-Date: May 1, 2010", Some(Label::Tail)),
            ("Person: she said", None),
            ("Oren: We agree.", None),
        ] {
            assert_eq!(of_any_case(line).map(|(label, _)| label), want, "{line}");
        }
    }

    #[test]
    fn no_label_says_two_things() {
        let mut names: Vec<_> = LABELS.iter().flat_map(|(_, names)| *names).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
