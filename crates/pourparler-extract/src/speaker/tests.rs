use pourparler_dossier::Dossier;
use pourparler_text::Span;

use super::*;
use crate::decode::EntityKind;

/// Marks in a text: `[source]`, `<person>`, `{organisation}`, `«place»`. The sources become attributions, one each.
fn resolved(marked: &str) -> Vec<Speaker> {
    let (mut text, mut open, mut sources, mut entities) = (String::new(), Vec::new(), Vec::new(), Vec::new());
    for c in marked.chars() {
        match c {
            '[' | '<' | '{' | '«' => open.push(text.len()),
            ']' | '>' | '}' | '»' => {
                let span = Span::new(open.pop().expect("it was opened"), text.len());
                match c {
                    ']' => sources.push(span),
                    '>' => entities.push(Entity { span, kind: EntityKind::Person }),
                    '»' => entities.push(Entity { span, kind: EntityKind::Place }),
                    _ => entities.push(Entity { span, kind: EntityKind::Organisation }),
                }
            }
            c => text.push(c),
        }
    }
    let attributions: Vec<_> = sources
        .into_iter()
        .map(|s| Attribution {
            source: vec![s],
            cue: vec![Span::new(s.end, s.end + 1)],
            content: vec![],
            ..Attribution::default()
        })
        .collect();
    let article = Article::from_text(text);
    let gazetteer = Gazetteer::new(&Dossier::general());
    let mut resolver = Resolver::new(&article, &entities, &attributions, &gazetteer);
    attributions.iter().map(|a| resolver.resolve(a)).collect()
}

pub(crate) fn last(marked: &str) -> (Option<String>, SpeakerKind, Option<String>) {
    let speaker = resolved(marked).pop().expect("a source is marked");
    (speaker.name, speaker.kind, speaker.party)
}

#[test]
fn sources_become_speakers() {
    use SpeakerKind::{Country, Group, Organisation, Person, Unnamed};
    for (marked, name, kind, party) in [
        ("[Moscow] said no.", Some("Russia"), Country, Some("Russia")),
        ("[The Kremlin] said no.", Some("Kremlin"), Organisation, Some("Russia")),
        ("[Peruvian Foreign Minister <Ana Oren>] said no.", Some("Ana Oren"), Person, Some("Peru")),
        ("[Peru’s chief negotiator, <Ana Oren>,] said no.", Some("Ana Oren"), Person, Some("Peru")),
        ("Peru’s president, <Ana Oren>, came. [<Oren>] said no.", Some("Ana Oren"), Person, Some("Peru")),
        ("Peruvian President <Ana Oren> came. [She] said no.", Some("Ana Oren"), Person, Some("Peru")),
        ("Peruvian President <Ana Oren> came.\n[The Peruvian leader] said no.", Some("Ana Oren"), Person, Some("Peru")),
        ("[<Ana Oren>, an analyst in Peru,] said no.", Some("Ana Oren"), Person, None),
        ("[A senior Peruvian official] said no.", Some("A senior Peruvian official"), Unnamed, Some("Peru")),
        ("[<Ana Oren>’s office] said no.", Some("Ana Oren’s office"), Organisation, None),
        ("[both sides] said no.", Some("both sides"), Group, None),
        // The two whom the text is about, whoever was named last.
        (
            "Peru and Chile fought. Peru and Chile met near Bolivia. [The two countries] said no.",
            Some("Peru and Chile"),
            Group,
            None,
        ),
        ("[Peru, Cuba and Chile, which guarantee the talks,] said no.", Some("Peru, Cuba and Chile"), Group, None),
        // What somebody knows of belongs to the description.
        ("[A source close to the talks] said no.", Some("A source close to the talks"), Unnamed, None),
        // A heading, and whose an outlet is, are no part of what it is called.
        ("[TRADE TALKS\n\nA diplomat] said no.", Some("A diplomat"), Unnamed, None),
        ("[the official {Tarn Press Agency}] said no.", Some("Tarn Press Agency"), Organisation, None),
        // What stands at the beginning of a source belongs to the name, whatever the tagger saw.
        ("[Lado <Wani Oren>] said no.", Some("Lado Wani Oren"), Person, None),
        ("[Saudi <Arabia>] said no.", Some("Saudi Arabia"), Country, Some("Saudi Arabia")),
        ("[Axios] said no.", Some("Axios"), Organisation, None),
        ("[The {Union} -- made up of firms --] said no.", Some("Union"), Organisation, Some("Union")),
        // An Arabic name may go on with its article, and what is in brackets is short for a body.
        ("[Peruvian General <Ana> al-Oren] said no.", Some("Ana al-Oren"), Person, Some("Peru")),
        ("[the broadcaster {Canal Sur}] said no.", Some("Canal Sur"), Organisation, None),
        (
            "Talks with the {United Nations} failed. [the body] said no.",
            Some("United Nations"),
            Organisation,
            Some("United Nations"),
        ),
    ] {
        let expected = (name.map(str::to_owned), kind, party.map(str::to_owned));
        assert_eq!(last(marked), expected, "{marked}");
    }
}

#[test]
fn several_and_shortened() {
    use SpeakerKind::{Country, Group, Organisation, Person};
    for (marked, name, kind, party) in [
        ("[both Peru and Chile] said no.", "Peru and Chile", Group, None),
        ("[Peru, Chile and a host of small states] said no.", "Peru, Chile and a host of small states", Group, None),
        ("[members of the Arab League] said no.", "members of the Arab League", Group, Some("Arab League")),
        ("[members of the Peruvian team] said no.", "members of the Peruvian team", Group, None),
        ("[Firms including {Orenwerk}, {Tarnel} and {Ilves}] said no.", "Firms", Group, None),
        ("[<Ana Oren> of the {Civic Union} and 78 others] said no.", "Ana Oren and 78 others", Group, None),
        ("Peru met Chile. [the two countries] agreed.", "Peru and Chile", Group, None),
        ("<Ana Oren> met <Ivo Ilves>. [the two leaders] agreed.", "Ana Oren and Ivo Ilves", Group, None),
        // The line before ends in a mark of several bytes.
        ("<Ana Oren> met <Ivo Ilves>, “he said.”\n[the two leaders] agreed.", "Ana Oren and Ivo Ilves", Group, None),
        ("[<Ana Oren>, <Ivo Ilves> and <Bo Tarn>] said no.", "Ana Oren and Ivo Ilves and Bo Tarn", Group, None),
        (
            "The {Front of Free Tarn} (FFT) met. [The FFT] said no.",
            "Front of Free Tarn",
            Organisation,
            Some("Front of Free Tarn"),
        ),
        ("[The larger Hamas militant group that rules] said no.", "Hamas", Organisation, Some("Hamas")),
        ("[The Israeli side] said no.", "Israel", Country, Some("Israel")),
        ("<Ana Oren> met <Bo Tarn>, [who] had left. [<Oren>] asked. [She] said no.", "Ana Oren", Person, None),
        ("<Sergey Ilvenskyy> came. [<Ilvensky>] said no.", "Sergey Ilvenskyy", Person, None),
        // Where a member of a house is from is not whom she speaks for; nor is where an envoy is sent.
        ("[committee member <Ana Oren> of Chad] said no.", "Ana Oren", Person, None),
        ("[The U.S. envoy to Peru, <Ana Oren>,] said no.", "Ana Oren", Person, Some("United States")),
        ("[Peru’s housing minister <Ana Oren>] said no. Chad, Chad, Chad.", "Ana Oren", Person, Some("Peru")),
        // A country in a party's name is not whom it speaks for; one in a ministry's is.
        (
            "[the {People’s Party of Peru}] said no.",
            "People’s Party of Peru",
            Organisation,
            Some("People’s Party of Peru"),
        ),
        ("[Peru’s foreign ministry] said no.", "Peru’s foreign ministry", Organisation, Some("Peru")),
        ("[officials on both sides] said no. Peru, Peru", "officials on both sides", SpeakerKind::Unnamed, None),
        ("[Peruvian voters] said no.", "Peruvian voters", Group, None),
        // Somebody's spokesman is not that person.
        ("<Ana Oren> came. [An aide to Ms. Oren] said no.", "An aide to Ms. Oren", SpeakerKind::Unnamed, None),
        // The first of two family names; a firm by the first word of its name; whom a firm's people speak for.
        ("<Ana Oren Tal> came. [<Oren>] said no.", "Ana Oren Tal", Person, None),
        (
            "The {Tarnel Motor Company} lost. [<Tarnel>] said no.",
            "Tarnel Motor Company",
            Organisation,
            Some("Tarnel Motor Company"),
        ),
        ("The {Tarnel Foundation} met. Mr. <Tarnel> came. [<Tarnel>] said no.", "Tarnel", Person, None),
        ("<Ana Oren> came. [a spokeswoman for {Oren}] said no.", "a spokeswoman for Oren", SpeakerKind::Unnamed, None),
        ("<Ana Oren> came. {Oren} left. [Oren] said no.", "Ana Oren", Person, None),
        ("[a spokeswoman for {Tarnel}] said no.", "a spokeswoman for Tarnel", SpeakerKind::Unnamed, Some("Tarnel")),
        ("[<Ana Oren>, {Tarnel}’s chief executive,] said no.", "Ana Oren", Person, Some("Tarnel")),
        ("[former Peruvian President <Ana Oren>] said no.", "Ana Oren", Person, None),
    ] {
        assert_eq!(last(marked), (Some(name.to_owned()), kind, party.map(str::to_owned)), "{marked}");
    }
}

#[test]
fn titles_agencies_and_who_is_only_named() {
    use SpeakerKind::{Country, Group, Organisation, Person, Unnamed};
    let mut wrong = Vec::new();
    for (marked, name, kind, party) in [
        // Whose spokeswoman it is does not speak; who holds an office of a country does.
        (
            "[a spokeswoman for Peruvian Prime Minister <Ana Oren>] said no.",
            "a spokeswoman for Peruvian Prime Minister Ana Oren",
            Unnamed,
            Some("Peru"),
        ),
        ("[the prime minister of Peru, <Ana Oren>,] said no.", "Ana Oren", Person, Some("Peru")),
        // What is said of one is not said of the next.
        (
            "[Peruvian minister <Ana Oren> and Chilean President <Bo Tarn>] said no.",
            "Ana Oren and Bo Tarn",
            Group,
            None,
        ),
        ("[He] said no.", "", Unnamed, None),
        ("<Ana Oren> came. [She and others] said no.", "Ana Oren and others", Group, None),
        // A name that the tagger did not see.
        ("[Peru’s Foreign Minister Ana Oren] said no.", "Ana Oren", Person, Some("Peru")),
        ("President <Ivo W>. Tal came. [<Tal>] said no.", "Ivo W. Tal", Person, None),
        // A country behind a word that describes it.
        ("[neighbouring Peru] said no.", "Peru", Country, Some("Peru")),
        // Two sides' officials are nobody's; media speak for none.
        ("[Peruvian and Chilean officials] said no.", "Peruvian and Chilean officials", Unnamed, None),
        ("[Peruvian media] said no.", "Peruvian media", Group, None),
        ("[the government and the main rebel group] said no.", "government and the main rebel group", Group, None),
        ("[74 percent of Peruvians] said no.", "74 percent of Peruvians", Group, None),
        // Where a body is, is no part of its name.
        ("[The {Court of Session} in Scotland] said no.", "Court of Session", Organisation, Some("Scotland")),
        ("[The {U.S. Geological Survey}] said no.", "US Geological Survey", Organisation, Some("United States")),
        // For whom one sits, and against whom.
        ("[<Ana Oren> (D-MI)] said no.", "Ana Oren", Person, Some("Democratic Party")),
        ("[New York Republican congressman <Ana Oren>] said no.", "Ana Oren", Person, Some("Republican Party")),
        ("Peru, Peru. [Opposition candidate <Ana Oren>] said no.", "Ana Oren", Person, Some("opposition")),
        // A document is its author's.
        ("Judge <Ana Oren> sat. [Judge <Oren>’s ruling] said no.", "Ana Oren", Person, None),
        // Whom a sentence begins with is whom the next is about.
        ("<Ana Oren> wrote to <Eva Tal> on Monday. [She] said no.", "Ana Oren", Person, None),
    ] {
        let expected = (Some(name.to_owned()).filter(|n| !n.is_empty()), kind, party.map(str::to_owned));
        if last(marked) != expected {
            wrong.push((marked, last(marked)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A marked text with name, kind and party of its last speaker.
type Case = (&'static str, &'static str, SpeakerKind, Option<&'static str>);

pub(crate) fn expect_all(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (marked, name, kind, party) in cases {
        let found = last(marked);
        if found != (Some((*name).to_owned()), *kind, party.map(str::to_owned)) {
            wrong.push((marked, found));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn offices_before_courtesies_and_initials() {
    use SpeakerKind::{Country, Person};
    expect_all(&[
        ("[Peru’s minister of trade, Mr. <Ana Oren>,] said no.", "Ana Oren", Person, Some("Peru")),
        ("[Peruvian Prime Minister Dr. <Ana Oren>] said no.", "Ana Oren", Person, Some("Peru")),
        (
            "Peruvian President <Bo Tarn> came. [An adviser to Mr. <Tarn>, <Ana Oren>,] said no.",
            "Ana Oren",
            Person,
            Some("Peru"),
        ),
        ("[Peru’s Home Secretary V<. K. Oren>] said no.", "V. K. Oren", Person, Some("Peru")),
        // A sentence’s end is no initial.
        ("He went to Peru. [<Oren>] said no.", "Oren", Person, None),
        // The article of *the committee* stands before what looks like a title.
        (
            "The {Tarn Relief Committee} met. [The committee’s chairman <Ana Oren>] said no.",
            "Ana Oren",
            Person,
            Some("Tarn Relief Committee"),
        ),
        // Who stands for an office does not hold it.
        ("Peru, Peru. [Peruvian presidential candidate <Ana Oren>] said no.", "Ana Oren", Person, None),
        ("[Republican presidential candidate <Ana Oren>] said no.", "Ana Oren", Person, Some("Republican Party")),
        ("[Congressman <Ana Oren>] said no.", "Ana Oren", Person, Some("United States")),
        // A country, and no pronoun; a person, and no city.
        ("<Ana Oren> came. [US] said no.", "United States", Country, Some("United States")),
        ("<Ana Paris> came. [Paris] said no.", "Ana Paris", Person, None),
        ("<Ana Oren> came. [Paris] said no.", "France", Country, Some("France")),
        ("Peru, Peru. [The mayor of Oren, <Bo Tarn>,] said no.", "Bo Tarn", Person, Some("Oren")),
    ]);
}

#[test]
fn spokesmen_ranks_and_parties_by_name() {
    use SpeakerKind::{Group, Person, Unnamed};
    expect_all(&[
        // A spokesman who comes with no body is that of the body that spoke before, unless he is said to be another's.
        ("[{Tarnel}] said no. [A spokesperson] said why.", "A spokesperson", Unnamed, Some("Tarnel")),
        ("[{Tarnel}] said no. [Spokesman <Ana Oren>] said why.", "Ana Oren", Person, Some("Tarnel")),
        ("[{Tarnel}] said no. [<Ana Oren>, a spokesman for the families,] said why.", "Ana Oren", Person, None),
        ("[{Radio Tarn}] said no. [A spokesperson] said why.", "A spokesperson", Unnamed, None),
        ("[<Bo Tarn>] said no. [A spokesperson] said why.", "A spokesperson", Unnamed, None),
        // What stands before a rank says more than where the rank is from.
        (
            "[the head of the {Arab League}’s force, Peruvian General <Ana Oren>,] said no.",
            "Ana Oren",
            Person,
            Some("Arab League"),
        ),
        ("[Peruvian General <Ana Oren>] said no.", "Ana Oren", Person, Some("Peru")),
        ("[Most Republicans] said no.", "Most Republicans", Group, Some("Republican Party")),
        ("[Some Peruvians] said no.", "Some Peruvians", Group, None),
        ("[Supporters of the opposition] said no.", "Supporters of the opposition", Group, Some("opposition")),
        // An association bears its country in its name; a party is of a country.
        (
            "[<Ana Oren>, director of the Peruvian {Bakers Association},] said no.",
            "Ana Oren",
            Person,
            Some("Peruvian Bakers Association"),
        ),
        ("[<Ana Oren> of the Peruvian Red Crescent] said no.", "Ana Oren", Person, Some("Peruvian Red Crescent")),
        (
            "[A «Tarnville» Police spokesman] said no.",
            "A Tarnville Police spokesman",
            Unnamed,
            Some("Tarnville Police"),
        ),
        ("[A spokeswoman for {Tarn} Air] said no.", "A spokeswoman for Tarn Air", Unnamed, Some("Tarn Air")),
    ]);
}

#[test]
fn offices_held_now_and_embassies() {
    use SpeakerKind::{Organisation, Person};
    expect_all(&[
        ("[Former Peruvian President <Ana Oren>, the head of {NATO},] said no.", "Ana Oren", Person, Some("NATO")),
        // Another former office, or another person’s, is none that is held now.
        ("[Former Peruvian President <Ana Oren>, a former head of {NATO},] said no.", "Ana Oren", Person, None),
        (
            "[Former Peruvian President <Ana Oren>] met Chad’s minister <Bo Tarn>. [<Oren>] said no.",
            "Ana Oren",
            Person,
            None,
        ),
        ("[<Ana Oren>, president of the Oren Relief League,] said no.", "Ana Oren", Person, Some("Oren Relief League")),
        ("Peru. [<Ana Oren>, undersecretary of State for Management,] said no.", "Ana Oren", Person, Some("Peru")),
        ("[The Chilean embassy in Peru] said no.", "Chilean embassy in Peru", Organisation, Some("Chile")),
    ]);
}

#[test]
fn groups_with_examples_and_lists() {
    use SpeakerKind::{Group, Person, Unnamed};
    expect_all(&[
        ("[Peru, Chile, and Bolivia] said no.", "Peru, Chile, and Bolivia", Group, None),
        ("[Peru, Chile and Bolivia] said no.", "Peru, Chile and Bolivia", Group, None),
        ("[Peru, along with Chile,] said no.", "Peru and Chile", Group, None),
        ("[critics, including Peru and Chile,] said no.", "critics", Group, None),
        ("[Many senators, including <Ana Oren>,] said no.", "Many senators", Group, None),
        ("[countries such as Peru and Chile] said no.", "Peru and Chile", Group, None),
        ("[firms including {Tarnel} and {Oren Air}] said no.", "firms", Group, None),
        ("[<Ana Oren>, who won in 2006, 2007 and 2009,] said no.", "Ana Oren", Person, None),
        ("According to [local reports], <Ana Oren>, a farmer, left.", "local reports", Unnamed, None),
        ("According to [{Reuters} and {CNN}], <Ana Oren>, a farmer, left.", "Reuters and CNN", Group, None),
    ]);
}

#[test]
fn bodies_by_their_words() {
    use SpeakerKind::{Organisation, Person, Unnamed};
    expect_all(&[
        (
            "[A spokesperson for Tarnel South] said no.",
            "A spokesperson for Tarnel South",
            Unnamed,
            Some("Tarnel South"),
        ),
        ("[A Tarnel spokeswoman] said no.", "A Tarnel spokeswoman", Unnamed, Some("Tarnel")),
        // An adjective is no body, nor is an office or a person's courtesy.
        ("[A Tarnish spokeswoman] said no.", "A Tarnish spokeswoman", Unnamed, None),
        ("[A spokeswoman for President Oren] said no.", "A spokeswoman for President Oren", Unnamed, None),
        ("[A spokeswoman for Mr. Oren] said no.", "A spokeswoman for Mr. Oren", Unnamed, None),
        ("[<Ana Oren> of the Center for Tarn Relief] said no.", "Ana Oren", Person, Some("Center for Tarn Relief")),
        ("[<Ana Oren> of the University of Tarn] said no.", "Ana Oren", Person, None),
        ("[<Ana Oren> of Tarnville] said no.", "Ana Oren", Person, None),
        ("The {Tarn Study Group} met. [The TSG] said no.", "Tarn Study Group", Organisation, Some("Tarn Study Group")),
        ("The {Tarn Study Group} met. [The TXG] said no.", "TXG", Organisation, Some("TXG")),
        ("[the bipartisan «Tarn» {Study Group}] said no.", "Tarn Study Group", Organisation, Some("Tarn Study Group")),
        ("{Tarnco Chairman} <Ana Oren> left. [Tarnco] said no.", "Tarnco", Organisation, Some("Tarnco")),
        ("It is [{Tarnco}’s] demand.", "Tarnco", Organisation, Some("Tarnco")),
        (
            "[The {Relief Union of Tarn} in Peru] said no.",
            "Relief Union of Tarn",
            Organisation,
            Some("Relief Union of Tarn"),
        ),
    ]);
}

#[test]
fn what_is_written_stands_for_who_wrote_it() {
    use SpeakerKind::{Group, Organisation, Person, Unnamed};
    let scholars = "Researchers from the University of Tarn";
    expect_all(&[
        ("[Researchers from the {University of Tarn}] met. [The study] said no.", scholars, Group, None),
        ("[Researchers from the {University of Tarn}] met. [The research paper] said no.", scholars, Group, None),
        ("[Researchers from the {University of Tarn}] met. [The scientists] said no.", scholars, Group, None),
        ("[Researchers from the {University of Tarn}] met. [A study] said no.", "A study", Unnamed, None),
        ("[Villagers from Tarnville] met. [The study] said no.", "The study", Unnamed, None),
        ("[A team of scientists] said no.", "team of scientists", Group, None),
        ("[Rebels of the north] met. [The rebels] said no.", "Rebels of the north", Group, None),
        ("[Rebels of the north] met. [The miners] said no.", "The miners", Group, None),
        ("[{Tarnel}’s take-down notice] said no.", "Tarnel", Organisation, Some("Tarnel")),
        ("[{Tarnel}’s Advisory Number 14] said no.", "Tarnel", Organisation, Some("Tarnel")),
        ("{Tarnel} met. [A notice] said no.", "A notice", Unnamed, None),
        ("[a memo posted online by Senator <Ana Oren>] said no.", "Ana Oren", Person, None),
    ]);
}

#[test]
fn names_of_outlets_and_of_several_bodies() {
    use SpeakerKind::{Group, Organisation};
    expect_all(&[
        ("[The official {Tarn Post} newspaper] said no.", "Tarn Post", Organisation, None),
        ("[The nationalist weekly {Canal Sur}] said no.", "Canal Sur", Organisation, None),
        ("[the Peruvian newspaper] said no.", "Peruvian newspaper", Organisation, Some("Peru")),
        ("[The rivals {Tarnel} and {Ilves}] met. {Tarnel} won. {Ilves} did not.", "Tarnel and Ilves", Group, None),
        (
            "[{Tarn Fire and Rescue}] said no. Rescue came.",
            "Tarn Fire and Rescue",
            Organisation,
            Some("Tarn Fire and Rescue"),
        ),
        ("According to [the {Tarn Herald}], <Ana Oren> left.", "Tarn Herald", Organisation, None),
        ("[The Ropewalk] said no.", "Ropewalk", Organisation, None),
    ]);
}

#[test]
fn bodies_of_offices() {
    use SpeakerKind::{Organisation, Person, Unnamed};
    expect_all(&[
        ("They met [TLP vice chairman <Ana Oren>].", "Ana Oren", Person, Some("TLP")),
        ("They met [the Tarnford coach, <Ana Oren>].", "Ana Oren", Person, Some("Tarnford")),
        ("[<Ana Oren>, Tarnel’s chief executive,] said no.", "Ana Oren", Person, Some("Tarnel")),
        // A field or a place is nobody's body.
        ("Peru. [Peruvian «Middle Tarn» envoy <Ana Oren>] said no.", "Ana Oren", Person, Some("Peru")),
        ("Peru. [<Ana Oren>, minister for {Industry},] said no.", "Ana Oren", Person, Some("Peru")),
        // The head of a firm is of the one that was named, a university's official of the university.
        ("{Tarnel} grew. That is what [CEO <Ana Oren>] said.", "Ana Oren", Person, Some("Tarnel")),
        ("{Tarnel} grew. That is what [farmer <Ana Oren>] said.", "Ana Oren", Person, None),
        (
            "{University of Tarn} closed. [<Ana Oren>, a university spokesperson,] said why.",
            "Ana Oren",
            Person,
            Some("University of Tarn"),
        ),
        (
            "{Tarn Relief} met. [A spokesperson for the charity] said no.",
            "A spokesperson for the charity",
            Unnamed,
            None,
        ),
        // Reporters speak for nobody, scholars for no university.
        ("[Peruvian journalist <Ana Oren>] said no.", "Ana Oren", Person, None),
        ("[<Ana Oren> of {Tarn University}] said no.", "Ana Oren", Person, None),
        // A firm for short; a national commission is the country's; so are state media, unless somebody else owns them.
        ("[{Tarnel Inc.}] said no.", "Tarnel Inc.", Organisation, Some("Tarnel")),
        (
            "Peru, Peru. [The {National Bridge Commission}] said no.",
            "National Bridge Commission",
            Organisation,
            Some("Peru"),
        ),
        ("Peru, Peru. [State television] said no.", "State television", Organisation, Some("Peru")),
        ("Peru, Peru. [The North’s state television] said no.", "North’s state television", Organisation, None),
        // A party bears its country in its name.
        (
            "The {Peruvian Solidarity Party} met. [The party] said no.",
            "Peruvian Solidarity Party",
            Organisation,
            Some("Peruvian Solidarity Party"),
        ),
        ("[Republican front-runner <Ana Oren>] said no.", "Ana Oren", Person, Some("Republican Party")),
    ]);
}

#[test]
fn names_that_the_tagger_cuts_or_misses() {
    use SpeakerKind::{Person, Unnamed};
    expect_all(&[
        ("[<Ana> B. <Oren>] said no.", "Ana B. Oren", Person, None),
        ("[<K.>C<. Oren>, a farmer,] said no.", "K.C. Oren", Person, None),
        ("<Ana Ilvesson> came. [<Ilveson>] said no.", "Ana Ilvesson", Person, None),
        ("<Ana Ilvesson> came. [<Elvesson>] said no.", "Elvesson", Person, None),
        ("<Ana al-Tarni> came. [al-Tarni] said no.", "Ana al-Tarni", Person, None),
        ("Anna Kestrin came. [Kestrin] said no.", "Anna Kestrin", Person, None),
        ("North Kestrin came. [Kestrin] said no.", "Kestrin", Unnamed, None),
        ("<Ana Oren> came. [Ana] said no.", "Ana Oren", Person, None),
        ("[<Oren> officials] said no.", "Oren officials", Unnamed, None),
        ("<Ana Oren> came. [Oren, 33,] said no.", "Ana Oren", Person, None),
    ]);
}

#[test]
fn pronouns_of_those_who_have_not_spoken() {
    use SpeakerKind::Organisation;
    expect_all(&[
        ("The {Tarnel League} met. [They] said no.", "Tarnel League", Organisation, Some("Tarnel League")),
        ("<Ana Oren> says that {Tarnel} knows what [it] wants.", "Tarnel", Organisation, Some("Tarnel")),
    ]);
    for marked in ["Talks with {Tarnel} failed. [They] said no.", "Talks with {Tarnel} failed. [It] said no."] {
        assert_eq!(last(marked).0, None, "{marked}");
    }
}

#[test]
fn a_name_inside_a_source_may_be_anothers() {
    use SpeakerKind::{Country, Group, Organisation, Person, Unnamed};
    expect_all(&[
        ("[Peru, which fought President <Ivo Tal>,] said no.", "Peru", Country, Some("Peru")),
        ("[The jury in the <Ivo Tal> trial] said no.", "jury in the Ivo Tal trial", Unnamed, None),
        ("<Ivo Fields> was asked. [<Fields>’ lawyers] said no.", "Fields’ lawyers", Group, None),
        (
            "<Ivo Tal> was asked. [the opposition — including Mr. <Tal>] said no.",
            "opposition",
            Organisation,
            Some("opposition"),
        ),
        ("[businessman and <Tal> loyalist <Ana Oren>] said no.", "Ana Oren", Person, None),
        ("<Ana Oren> and <Ivo Tal> came. [Neither <Oren> nor <Tal>] said no.", "Ana Oren and Ivo Tal", Group, None),
        ("<Ivo Tal> died. [A statement from <Tal>’s family] said no.", "Tal’s family", Unnamed, None),
        (
            "[An aide to the President of Peru, <Ana Oren>,] said no.",
            "An aide to the President of Peru",
            Unnamed,
            Some("Peru"),
        ),
        ("“[My father] said no.”", "My father", Unnamed, None),
        (
            "President <Ivo Tal> of Peru came. [Peru’s customs head] said no.",
            "Peru’s customs head",
            Unnamed,
            Some("Peru"),
        ),
        ("The {White House} was red. [The House] said no.", "House", Organisation, None),
    ]);
}

#[test]
fn names_are_told_by_their_words() {
    use SpeakerKind::{Country, Group, Organisation, Person};
    expect_all(&[
        ("[Chile, Peru and Britain] said no.", "Chile, Peru and Britain", Group, None),
        ("[Peru and the U.S.] said no.", "Peru and United States", Group, None),
        ("The {Democratic Party} met. [Democrats] said no.", "Democrats", Group, Some("Democratic Party")),
        ("[the island of Malta] said no.", "Malta", Country, Some("Malta")),
        ("[Peru under its old king] said no.", "Peru", Country, Some("Peru")),
        (
            "[The High Court of Peru and Chile] said no.",
            "High Court of Peru and Chile",
            Organisation,
            Some("High Court of Peru and Chile"),
        ),
        ("[a lower court ruling] said no.", "lower court", Organisation, None),
        ("[An email from {Oren & Co} to Ivo Tal] said no.", "Oren & Co", Organisation, Some("Oren & Co")),
        ("[the envoy <Ana> “Lucky” Oren] said no.", "Ana “Lucky” Oren", Person, None),
        ("[TRN harbour operations manager <Ana Oren>] said no.", "Ana Oren", Person, Some("TRN")),
        ("[Tarnel’s head of deep sea fishing <Ana Oren>] said no.", "Ana Oren", Person, Some("Tarnel")),
        (
            "The Tarn Study Group (TSG) met. [<Ana Oren>, a spokeswoman for the TSG,] said no.",
            "Ana Oren",
            Person,
            Some("Tarn Study Group"),
        ),
    ]);
}

#[test]
fn holders_and_movements() {
    use SpeakerKind::{Group, Person, Unnamed};
    expect_all(&[
        (
            "Peru’s president, <Ana Oren>, met Chilean President <Ivo Tal>. [The presidents of Peru and Chile] said no.",
            "Ana Oren and Ivo Tal",
            Group,
            None,
        ),
        ("[The presidents of Peru and Chile] said no.", "presidents of Peru and Chile", Group, None),
        ("[<Ana Oren>, a leader of the Palestinian militant group Hamas,] said no.", "Ana Oren", Person, Some("Hamas")),
        ("[Envoys at the meeting, including <Ana Oren>,] said no.", "Envoys at the meeting", Unnamed, None),
        ("[Diplomats at the United Nations] said no.", "Diplomats at the United Nations", Unnamed, None),
    ]);
}

#[test]
fn countries_and_organs_are_called_as_the_article_does() {
    use SpeakerKind::{Country, Organisation};
    expect_all(&[
        ("[Macedonia] said no.", "Macedonia", Country, Some("Macedonia")),
        ("North Macedonia met Peru. [Macedonia] said no.", "North Macedonia", Country, Some("North Macedonia")),
        (
            "The {Supreme Court} of Peru met. [The court] said no.",
            "Supreme Court of Peru",
            Organisation,
            Some("Supreme Court"),
        ),
        (
            "The Supreme Court of Peru met. [Chile’s {Supreme Court}] said no.",
            "Supreme Court",
            Organisation,
            Some("Chile"),
        ),
        ("Peru. [The government’s lawyer, <Ana Oren>,] said no.", "Ana Oren", SpeakerKind::Person, Some("Peru")),
    ]);
}

#[test]
fn nobody_is_invented() {
    for marked in [
        "[He] said no.",
        "[It] said no.",
        // the only woman named is not "he"
        "Ms. <Oren> came. [He] said no.",
        "[I] said no.",
    ] {
        assert_eq!(last(marked).0, None, "{marked}");
    }
    // The verb of a question is no part of a name.
    assert_eq!(last("[Would Peru] sign?").0.as_deref(), Some("Peru"));
    assert_eq!(last("[Will Oren] said no.").0.as_deref(), Some("Will Oren"));
    // An unnamed official is not the minister who was named before.
    let (name, kind, _) = last("Peruvian Foreign Minister <Ana Oren> came. [A Peruvian minister] said no.");
    assert_eq!((name.as_deref(), kind), (Some("A Peruvian minister"), SpeakerKind::Unnamed));
}
