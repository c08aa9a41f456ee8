use pourparler_ledger::{CopyGroup, Ledger, Origin};
use pourparler_read::copies::Kinship;
use pourparler_text::{Article, ArticleStatements};

use crate::store::{IS_SQLITE, Place, fresh};

const STORY: &str = "SARN, March 14 (Reuters) - Oria rejected a plan for a truce along the river on Monday, saying that its guards would stay until Tarn opens the road to Sarn.
Ana Oren, who leads Oria's envoys, told reporters after four hours of talks that the plan asked too much and gave nothing in return.
Tarn's foreign ministry said that the road had been closed because of floods and would be opened once the bridges were mended, which could take until May.
A third round of talks is planned for Thursday. Mediators from the lake states have asked both sides to bring engineers along.";

const OTHER: &str = "Growers around Sarn poured milk into the harbour on Tuesday to protest against the new toll on the coastal road.
Lu Tarn, who speaks for the growers, said that the toll would cost each farm more than the harvest brings in during a dry year.";

const NEW: &str = "Tarn opened the road to Sarn late on Monday after the lake states had threatened to end their mediation, and Oria called its envoys back to the table.
Lorries with grain and medicine passed the bridge before midnight, drivers said, while engineers were still laying planks on the northern side of it.";

fn add(ledger: &mut Ledger, id: &str, title: &str, text: &str) {
    let mut article = Article::from_text(text);
    (article.id, article.title, article.outlet) =
        (id.to_owned(), Some(title.to_owned()), Some("Oria Daily".to_owned()));
    let origin = Origin { snapshot: id.as_bytes(), source: "wire.jsonl", decoding: "JSON, utf-8", ..Origin::default() };
    ledger.add(&origin, &ArticleStatements::new(article, Vec::new()), "model 1").expect("added");
}

fn fill(ledger: &mut Ledger) {
    add(ledger, "first", "Oria rejects truce", STORY);
    add(ledger, "other", "Growers pour milk", OTHER);
    add(ledger, "cut", "No truce", &STORY[..STORY.len() * 2 / 3]);
    add(ledger, "on", "UPDATE 1-Road opens", &format!("{NEW}\n{STORY}"));
    add(ledger, "short", "Talks", "The talks go on.");
    add(ledger, "shorter", "Talks", "The talks go on!");
    // The same text again is another appearance of the same article.
    let again = Origin { snapshot: b"again", source: "other.jsonl", decoding: "JSON, utf-8", ..Origin::default() };
    ledger.appeared(&again, &Article::from_text(STORY)).expect("known");
}

/// Ids, kinship and what they are kin of.
/// Ids of the articles of each group, with what each is of which other.
type Shown<'a> = Vec<Vec<(&'a str, Option<(Kinship, &'a str)>)>>;

fn shown(groups: &[CopyGroup]) -> Shown<'_> {
    groups
        .iter()
        .map(|g| {
            g.articles.iter().map(|m| (m.id.as_str(), m.kin.as_ref().map(|k| (k.kinship, k.of.as_str())))).collect()
        })
        .collect()
}

fn expected() -> Shown<'static> {
    vec![
        vec![("first", None), ("cut", Some((Kinship::Copy, "first"))), ("on", Some((Kinship::Update, "first")))],
        vec![("short", None), ("shorter", Some((Kinship::Copy, "short")))],
    ]
}

#[test]
fn copies_and_updates_are_found_as_articles_come() {
    let mut ledger = fresh();
    assert_eq!(ledger.copies().expect("asked"), []);
    fill(&mut ledger);
    let groups = ledger.copies().expect("asked");
    assert_eq!(shown(&groups), expected());
    let first = &groups[0].articles[0];
    assert_eq!(
        (first.origin.as_deref(), first.outlet.as_deref(), first.appearances),
        (Some("Reuters"), Some("Oria Daily"), 2)
    );
    assert_eq!(groups[1].articles[0].origin, None);
    let kin = ledger.kin("on").expect("asked");
    assert_eq!(kin.iter().map(|k| k.of.as_str()).collect::<Vec<_>>(), ["first", "cut"]);
    assert!(ledger.kin("other").expect("asked").is_empty() && ledger.kin("nobody").expect("asked").is_empty());
    assert_eq!(ledger.verify().expect("looked"), []);
}

/// What is derived can be lost, or be another method's: it is made again.
#[test]
fn what_older_versions_stored_is_compared_later() {
    for spoil in ["DELETE FROM compared", "UPDATE compared SET method = 0", "DELETE FROM compared WHERE article > 2"] {
        let place = Place::new();
        fill(&mut place.open());
        let pragma = if IS_SQLITE { "PRAGMA foreign_keys = ON;" } else { "" };
        place.tamper(&format!("{pragma} {spoil}"));
        let mut ledger = place.open();
        if spoil.contains("> 2") {
            add(&mut ledger, "late", "Talks go on", "The talks of the two countries go on.");
        } else {
            ledger.compare_all().expect("compared");
        }
        let groups = ledger.copies().expect("asked");
        assert_eq!(shown(&groups), expected(), "{spoil}");
        assert!(groups.iter().flat_map(|g| &g.articles).all(|m| m.kin.as_ref().is_none_or(|k| k.score > 0.4)));
        assert_eq!(ledger.verify().expect("looked"), []);
    }
}
