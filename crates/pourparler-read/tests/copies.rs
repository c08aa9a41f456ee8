//! Copies, updates, and different stories that only look alike.

use std::io::Cursor;

use jiff::civil::{Date, date};
use pourparler_read::copies::{CopyIndex, Groups, Kin, Kinship, Profile, compare};
use pourparler_text::Article;
use proptest::prelude::*;

const STORY: &str = "Oria rejected a plan for a truce along the river on Monday, saying that its guards would stay until Tarn opens the road to Sarn.

Ana Oren, who leads Oria's envoys, told reporters after four hours of talks that the plan asked too much and gave nothing in return.

\"We came with an offer and found a wall,\" she said. \"As long as the road is closed, there is nothing to sign.\"

Tarn's foreign ministry said that the road had been closed because of floods and would be opened once the bridges were mended, which could take until May.

The two countries have argued over the river since 1994, when a dam upstream left the fields around Sarn dry for two summers.

A third round of talks is planned for Thursday. Mediators from the lake states have asked both sides to bring engineers along.";

const OTHER: &str = "Growers around Sarn poured milk into the harbour on Tuesday to protest against the new toll on the coastal road.

Lu Tarn, who speaks for the growers, said that the toll would cost each farm more than the harvest brings in during a dry year.

The port authority answered that the toll pays for the dredging without which no ship could load grain after August.";

const BACKGROUND: &str = "The two countries have argued over the river since 1994, when a dam upstream left the fields around Sarn dry for two summers.";

fn article(title: Option<&str>, published: Option<Date>, text: &str) -> Profile {
    let mut article = Article::from_text(text);
    (article.title, article.published) = (title.map(str::to_owned), published);
    Profile::of(&article)
}

fn plain(text: &str) -> Profile {
    article(None, None, text)
}

fn kinship(a: &Profile, b: &Profile) -> Option<Kinship> {
    assert_eq!(compare(a, b), compare(b, a), "it does not matter which is first");
    compare(a, b).map(|kin| kin.kinship)
}

fn paragraphs() -> Vec<&'static str> {
    STORY.split("\n\n").collect()
}

#[test]
fn copies() {
    let story = plain(STORY);
    let p = paragraphs();
    let reordered = [p[0], p[4], p[3], p[1], p[5], p[2]].join("\n");
    for (what, text) in [
        ("cut", p[..3].join("\n\n")),
        ("cut inside a sentence", STORY[..STORY.len() / 2].to_owned()),
        ("without its lead", p[1..].join("\n\n")),
        ("re-ordered", reordered.clone()),
        ("wrapped", STORY.split_whitespace().collect::<Vec<_>>().chunks(9).map(|w| w.join(" ")).collect::<Vec<_>>().join("\n")),
        ("corrected", STORY.replace("four hours", "five hours").replace("May", "June").replace("Ana Oren", "Anna Oren")),
        ("in capitals and other marks", STORY.to_uppercase().replace('"', "”").replace('\'', "’")),
        ("with agency line", format!("SARN, March 14 (Reuters) - {STORY}\n(Reporting by Lu Tarn; editing by Ana Quist)\nFollow us on Twitter")),
        ("with a paragraph added", format!("{STORY}\n\nOur correspondent in Sarn adds that few shops were open on Monday and that the bridge was guarded by four men.")),
        ("with one put in", STORY.replacen("\n\n", "\n\nIn the harbour of Sarn nobody had expected anything else from that day of talks, as fishermen told this newspaper.\n\n", 1)),
        ("cut, re-ordered and corrected", reordered.replace("river", "stream").lines().take(4).collect::<Vec<_>>().join("\n")),
    ] {
        assert_eq!(kinship(&story, &plain(&text)), Some(Kinship::Copy), "{what}");
    }
    let headline = article(Some("Road to Sarn stays closed"), Some(date(2031, 3, 15)), STORY);
    assert_eq!(compare(&story, &headline), Some(Kin { kinship: Kinship::Copy, score: 1.0 }));
}

#[test]
fn updates() {
    let p = paragraphs();
    let lead = "Tarn opened the road to Sarn late on Monday after the lake states had threatened to end their mediation, and Oria called its envoys back to the table.";
    let more = "Lorries with grain and medicine passed the bridge before midnight, drivers said, while engineers were still laying planks on the northern side of it.";
    let written_on = [lead, more, p[0], p[1], p[2], p[4]].join("\n\n");
    let new_lead_for_old = [lead, more, p[1], p[2], p[3], p[4], p[5]].join("\n\n");
    let extended = format!("{STORY}\n\n{more}");
    let (day, next) = (Some(date(2031, 3, 14)), Some(date(2031, 3, 15)));
    let told = Some("UPDATE 1-Oria rejects truce");
    for (what, title, published, text, expected) in [
        ("new lead above the old", None, None, &written_on, Kinship::Update),
        ("new lead, a day later", None, next, &written_on, Kinship::Update),
        ("new lead for the old", None, next, &new_lead_for_old, Kinship::Update),
        ("new paragraph, and the headline says so", told, next, &extended, Kinship::Update),
        ("new paragraph", None, next, &extended, Kinship::Copy),
        ("the headline says so but nothing is new", told, next, &STORY.to_owned(), Kinship::Copy),
        // What came first and begins in another way: the later one is a part of it.
        ("the day before", None, Some(date(2031, 3, 13)), &written_on, Kinship::Copy),
    ] {
        let story = article(None, day, STORY);
        assert_eq!(kinship(&story, &article(title, published, text)), Some(expected), "{what}");
    }
}

#[test]
fn different_stories() {
    let story = plain(STORY);
    for (what, text) in [
        ("another story", OTHER.to_owned()),
        ("another with the same background", format!("{OTHER}\n\n{BACKGROUND}")),
        ("the background alone, in a short text", BACKGROUND.to_owned()),
        ("the first sentence, in a short text", STORY.split('.').next().unwrap_or_default().to_owned()),
        ("nothing", String::new()),
        ("marks", "— * —".to_owned()),
    ] {
        assert_eq!(kinship(&story, &plain(&text)), None, "{what}");
    }
    // Two stories of an outlet that puts the same lines under each.
    let house = "The Harbour Gazette has told Oria's mornings since the days of sail. Our newsroom is paid for by its readers; if you value what we do, become a friend of the house for the price of a coffee a month.";
    assert_eq!(kinship(&plain(&format!("{STORY}\n{house}")), &plain(&format!("{OTHER}\n{house}"))), None);
    assert_eq!(kinship(&plain(""), &plain("—")), None);
}

#[test]
fn short_texts_are_copies_only_as_a_whole() {
    let short = "Oria and Tarn will meet again on Thursday, the envoys said.";
    assert_eq!(
        kinship(&plain(short), &plain("ORIA and Tarn will meet again on Thursday — the envoys said")),
        Some(Kinship::Copy)
    );
    assert_eq!(kinship(&plain(short), &plain("Oria and Tarn will meet again on Friday, the envoys said.")), None);
    assert_eq!(kinship(&plain(short), &plain(&format!("{short} {STORY}"))), None);
}

fn index() -> CopyIndex<Cursor<Vec<u8>>> {
    CopyIndex::new(Cursor::new(Vec::new()))
}

#[test]
fn an_index_tells_new_texts_from_known_ones() {
    let mut index = index();
    let cut = paragraphs()[..3].join("\n\n");
    let given = [STORY, OTHER, &cut, "The talks go on.", "talks", STORY, "The talks go on!"];
    let earlier: Vec<Vec<u32>> = given
        .iter()
        .enumerate()
        .map(|(n, text)| {
            let found = index.insert(&plain(text), format!("n{n}").as_bytes()).expect("memory does not fail");
            found.iter().map(|r| r.earlier).collect()
        })
        .collect();
    assert_eq!(earlier, [vec![], vec![], vec![0], vec![], vec![], vec![0, 2], vec![3]]);
    assert_eq!(index.groups(), [vec![0, 2, 5], vec![3, 6]]);
    assert_eq!((index.len(), index.is_empty()), (7, false));
    assert_eq!(index.label(2).expect("it is there"), b"n2");
    assert!(index.label(7).is_err());
    assert_eq!(index.closest(5).map(|r| (r.earlier, r.kin.score)), Some((0, 1.0)));
    assert_eq!(index.closest(1), None);
}

/// More than what waits in memory goes through the file, and comes back from it.
#[test]
fn what_is_in_the_file_is_compared_too() {
    let mut index = index();
    let (first, label) = (plain(STORY), vec![b'x'; 5000]);
    assert!(index.insert(&first, b"first").expect("new").is_empty());
    for n in 0..500 {
        let text: String = (0..60).map(|w| format!("w{} ", n * 60 + w)).collect();
        assert!(index.insert(&plain(&text), &label).expect("new").is_empty());
    }
    let found = index.insert(&article(None, Some(date(2031, 3, 14)), STORY), b"again").expect("known");
    assert_eq!(found.iter().map(|r| r.earlier).collect::<Vec<_>>(), [0]);
    assert_eq!(index.label(0).expect("kept"), b"first");
    assert_eq!(index.label(250).expect("kept"), label);
}

/// A file that fails is told, and nothing panics.
#[test]
fn a_file_that_fails_is_an_error() {
    let mut bytes = [0; 64];
    let mut index = CopyIndex::new(Cursor::new(&mut bytes[..]));
    let result = (0..400).try_for_each(|n| index.insert(&plain(STORY), &vec![n as u8; 5000]).map(|_| ()));
    assert!(result.is_err());
}

fn words() -> impl Strategy<Value = Vec<u16>> {
    proptest::collection::vec(0u16..400, 0..120)
}

fn text_of(words: &[u16]) -> String {
    words.iter().map(|w| format!("w{w} ")).collect()
}

proptest! {
    #[test]
    fn every_text_is_its_own_copy_and_comparing_is_symmetrical(a in words(), b in words(), cut in 0usize..120) {
        let (one, two) = (plain(&text_of(&a)), plain(&text_of(&b)));
        prop_assert_eq!(compare(&one, &two), compare(&two, &one));
        if !a.is_empty() {
            prop_assert_eq!(compare(&one, &one), Some(Kin { kinship: Kinship::Copy, score: 1.0 }));
        }
        let kept = &a[..cut.min(a.len())];
        if kept.len() >= 30 {
            let kin = compare(&one, &plain(&text_of(kept)));
            prop_assert!(kin.is_some_and(|k| k.kinship == Kinship::Copy && k.score == 1.0));
        }
    }

    #[test]
    fn the_order_of_articles_makes_no_other_groups(seed in proptest::collection::vec(words(), 1..6), order in Just((0..12usize).collect::<Vec<_>>()).prop_shuffle()) {
        // Each text whole, and its first half.
        let texts: Vec<String> = seed.iter().flat_map(|w| [text_of(w), text_of(&w[..w.len() / 2])]).collect();
        let groups = |order: &[usize]| {
            let mut index = index();
            let given: Vec<usize> = order.iter().copied().filter(|n| *n < texts.len()).collect();
            for &n in &given {
                index.insert(&plain(&texts[n]), b"").expect("memory does not fail");
            }
            let mut named: Vec<Vec<usize>> = index.groups().iter().map(|g| g.iter().map(|&n| given[n as usize]).collect()).collect();
            named.iter_mut().for_each(|g| g.sort_unstable());
            named.sort_unstable();
            named
        };
        prop_assert_eq!(groups(&(0..12).collect::<Vec<_>>()), groups(&order));
    }

    #[test]
    fn no_text_panics(text in "(\\PC{0,20}|\n|会谈| s |’|e\u{301}|UPDATE 2-|\\(adds ){0,60}", title in "\\PC{0,30}") {
        let profile = article(Some(&title), None, &text);
        prop_assert!(profile.sketch().is_sorted() && profile.sketch().len() <= pourparler_read::copies::SKETCH);
        let _ = (compare(&profile, &plain(STORY)), compare(&profile, &profile));
    }

    #[test]
    fn sets_do_not_depend_on_the_order_of_joins(mut pairs in proptest::collection::vec((0u32..20, 0u32..20), 0..30)) {
        let all = |pairs: &[(u32, u32)]| {
            let mut groups = Groups::default();
            (0..20).for_each(|_| groups.push());
            pairs.iter().for_each(|&(a, b)| groups.join(b, a));
            groups.all()
        };
        let forward = all(&pairs);
        pairs.reverse();
        prop_assert_eq!(forward, all(&pairs));
    }
}
