//! Whom names stand for.
#![allow(clippy::unwrap_used)]

use jiff::civil::date;
use pourparler_dossier::Form::{Body, Capital, Country, Demonym, Movement, Seat};
use pourparler_dossier::{Dossier, Gazetteer, world};
use proptest::prelude::*;

#[test]
fn names_of_the_world() {
    for (words, party, name, form) in [
        ("Russia", "Russia", "Russia", Country),
        ("Moscow", "Russia", "Russia", Capital),
        ("the Kremlin", "Russia", "Kremlin", Seat),
        ("The Kremlin’s", "Russia", "Kremlin", Seat),
        ("Russians", "Russia", "Russia", Demonym),
        ("Russian Federation", "Russia", "Russia", Country),
        ("US", "United States", "United States", Country),
        ("the U.S.", "United States", "United States", Country),
        ("U.S.'s", "United States", "United States", Country),
        ("White House", "United States", "White House", Seat),
        ("America's", "United States", "United States", Country),
        ("Britons", "United Kingdom", "United Kingdom", Demonym),
        ("Kiev", "Ukraine", "Ukraine", Capital),
        ("Kyiv", "Ukraine", "Ukraine", Capital),
        ("Peking", "China", "China", Capital),
        ("DPRK", "North Korea", "North Korea", Country),
        ("Democratic Republic of Congo", "DR Congo", "DR Congo", Country),
        ("Côte d’Ivoire", "Ivory Coast", "Ivory Coast", Country),
        ("Cote d'Ivoire", "Ivory Coast", "Ivory Coast", Country),
        ("Turkey", "Turkey", "Turkey", Country),
        ("Türkiye", "Turkey", "Turkey", Country),
        ("the Elysee", "France", "Élysée", Seat),
        ("Quai d’Orsay", "France", "Quai d'Orsay", Seat),
        ("TEHRAN", "Iran", "Iran", Capital),
        ("The Hague", "Netherlands", "Netherlands", Capital),
        ("the Philippines", "Philippines", "Philippines", Country),
        ("Palestinians", "Palestinian Authority", "Palestinians", Movement),
        ("Hizbollah", "Hezbollah", "Hezbollah", Movement),
        ("Houthi", "Houthis", "Houthis", Movement),
        ("Revolutionary Armed Forces of Colombia", "FARC", "FARC", Movement),
        ("U.N.", "United Nations", "United Nations", Body),
        ("the UN Security Council", "United Nations", "UN Security Council", Body),
        ("International Atomic Energy Agency", "IAEA", "IAEA", Body),
        ("Nato", "NATO", "NATO", Body),
        ("EU", "European Union", "European Union", Body),
        ("Brussels", "European Union", "European Union", Capital),
        ("ICRC", "Red Cross", "Red Cross", Body),
    ] {
        let place = world().lookup(words).unwrap_or_else(|| panic!("{words} is not known"));
        assert_eq!((place.party, place.name, place.form), (party, name, form), "{words}");
    }
}

#[test]
fn words_that_are_no_names() {
    for words in
        ["us", "turkey", "it", "the", "", "'s", "polish", "chad", "Washington Post", "who", "US dollar", "Male", "The"]
    {
        assert_eq!(world().lookup(words), None, "{words}");
    }
}

#[test]
fn ambiguous_names_say_so() {
    for (word, ambiguous) in
        [("Georgia", true), ("Jordan", true), ("Chad", true), ("JORDAN", true), ("Iran", false), ("Hamas", false)]
    {
        assert_eq!(world().lookup(word).unwrap().ambiguous, ambiguous, "{word}");
    }
}

#[test]
fn mentions_are_the_longest_at_word_boundaries() {
    for (text, want) in [
        ("The US-led force told us nothing, US$5 aside.", "US=United States"),
        ("Nigeria and Niger; the Nigerians.", "Nigeria=Nigeria Niger=Niger Nigerians=Nigeria"),
        ("South Sudan's envoy left Sudan.", "South Sudan=South Sudan Sudan=Sudan"),
        (
            "A U.N. Security Council vote; the U.S. abstained.",
            "U.N. Security Council=United Nations U.S.=United States",
        ),
        ("In New Mexico the Washington Post met Mexico’s envoy.", "Mexico=Mexico"),
        ("Russia–Ukraine talks, Iran/Iraq", "Russia=Russia Ukraine=Ukraine Iran=Iran Iraq=Iraq"),
        ("African-Americans and Latin Americans", ""),
        ("the White House", "White House=United States"),
        ("Germany’s Bundestag", "Germany=Germany Bundestag=Germany"),
        // What a name only tells of somebody else.
        ("Iranian-backed Houthis", "Houthis=Houthis"),
        ("pro-Russian officials from the ex-Soviet rivals and a Serb-majority town", ""),
        ("museum USB Unix Chinatown", ""),
    ] {
        let found: Vec<_> =
            world().scan(text).into_iter().map(|(range, place)| format!("{}={}", &text[range], place.party)).collect();
        assert_eq!(found.join(" "), want, "{text}");
    }
}

fn talks() -> Gazetteer {
    let text = r#"
        name = "Talks"
        [[side]]
        name = "Velmora"
        aliases = ["Republic of Velmora", "Georgia"]
        capital = "Sarn"
        demonyms = ["Velmoran", "Velmorans"]
        seats = ["the Citadel"]
        [[side]]
        name = "Kingdom of Spain"
        [[side]]
        name = "Coast Movement"
        aliases = ["Kremlin"]
        kind = "group"
        [[side]]
        name = "River League"
        kind = "organisation"
        [[person]]
        name = "Ilva van Rast"
        aliases = ["I. Rast"]
        party = "Republic of Velmora"
        [[person.office]]
        title = "Foreign Minister"
        from = "2031-01-10"
        to = "2031-05-01"
        [[person.office]]
        title = "Prime Minister"
        from = "2031-05-02"
        [[person]]
        name = "José Oren"
        party = "Madrid"
        [[person.office]]
        title = "envoy"
        [[person]]
        name = "Tomas Oren"
    "#;
    Gazetteer::new(&Dossier::parse(text).unwrap())
}

#[test]
fn sides_come_before_the_world() {
    let talks = talks();
    for (words, party, name, form) in [
        ("Velmora", "Velmora", "Velmora", Country),
        ("Georgia", "Velmora", "Velmora", Country),
        ("Tbilisi", "Velmora", "Velmora", Capital),
        ("Sarn", "Velmora", "Velmora", Capital),
        ("Velmorans", "Velmora", "Velmora", Demonym),
        ("the Citadel’s", "Velmora", "Citadel", Seat),
        ("Madrid", "Kingdom of Spain", "Kingdom of Spain", Capital),
        ("Spaniards", "Kingdom of Spain", "Kingdom of Spain", Demonym),
        ("Moncloa", "Kingdom of Spain", "Moncloa", Seat),
        ("Coast Movement", "Coast Movement", "Coast Movement", Movement),
        ("the Kremlin", "Coast Movement", "Coast Movement", Movement),
        ("Moscow", "Russia", "Russia", Capital),
        ("River League", "River League", "River League", Body),
        ("France", "France", "France", Country),
    ] {
        let place = talks.lookup(words).unwrap();
        assert_eq!((place.party, place.name, place.form, place.ambiguous), (party, name, form, false), "{words}");
    }
}

#[test]
fn people_by_name_and_day() {
    let talks = talks();
    let day = |month| Some(date(2031, month, 5));
    for (name, on, want) in [
        ("Ilva van Rast", day(2), Some(("Ilva van Rast", Some("Velmora"), Some("Foreign Minister")))),
        ("van Rast", day(6), Some(("Ilva van Rast", Some("Velmora"), Some("Prime Minister")))),
        ("Rast’s", Some(date(2030, 1, 1)), Some(("Ilva van Rast", Some("Velmora"), None))),
        ("I. RAST", None, Some(("Ilva van Rast", Some("Velmora"), None))),
        ("Jose Oren", None, Some(("José Oren", Some("Kingdom of Spain"), Some("envoy")))),
        ("Tomas Oren", day(1), Some(("Tomas Oren", None, None))),
        ("Oren", None, None),
        ("Ilva", None, None),
        ("Brast", None, None),
        ("", None, None),
    ] {
        let found = talks.person(name, on).map(|p| (p.name, p.party, p.title));
        assert_eq!(found, want, "{name}");
    }
}

proptest! {
    #[test]
    fn mentions_fit_the_text(text in "(\\PC|Russia|U\\.S\\.|the |’s|Côte d’Ivoire|\n){0,30}") {
        let mut end = 0;
        for (range, place) in world().scan(&text) {
            prop_assert!(range.start >= end && range.start < range.end);
            prop_assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
            prop_assert_eq!(world().lookup(&text[range.clone()]), Some(place));
            end = range.end;
        }
    }
}

#[test]
fn figures_of_world_politics_speak_for_a_party_in_their_years() {
    let gazetteer = Gazetteer::new(&Dossier::general());
    for (name, year, parties) in [
        ("George W. Bush", Some(2005), &["United States"][..]),
        ("Angela Merkel", Some(2010), &["Germany"]),
        ("Merkel", None, &["Germany"]),
        ("Angela Merkel", Some(2024), &[]),
        // Stoltenberg spoke for Norway before he spoke for NATO.
        ("Jens Stoltenberg", Some(2012), &["Norway"]),
        ("Jens Stoltenberg", Some(2020), &["NATO"]),
        ("Nobody At All", None, &[]),
    ] {
        assert_eq!(gazetteer.leader(name, year), parties, "{name}, {year:?}");
    }
}

#[test]
fn countries_had_other_names() {
    let world = Gazetteer::new(&Dossier::default());
    assert_eq!(world.former_name("North Macedonia"), Some(("Macedonia", 2019)));
    assert_eq!(world.former_name("Peru"), None);
    // A side has the name that its dossier gives it.
    let dossier = Dossier::parse("name = \"Talks\"\n[[side]]\nname = \"North Macedonia\"\n").unwrap();
    assert_eq!(Gazetteer::new(&dossier).former_name("North Macedonia"), None);
}
