//! Between a ledger and the forms of other programs: articles with their statements and decisions, out and in.

use pourparler_exchange::ArticleRecord;
use pourparler_ledger::{Added, Ledger, LedgerError, Origin, Place, Put, Verdict};
use pourparler_text::{CodePoint, Statement};

/// Who decided, where a record does not tell.
const UNKNOWN: &str = "imported";

/// What became of a record that was brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The id under which the article is kept.
    pub id: String,
    /// Whether it is new to the ledger.
    pub new: bool,
    /// How many decisions of people came with it that were not there.
    pub decisions: usize,
}

/// An article of a ledger, as it goes out; `None` where there is none of this id.
///
/// # Errors
/// Where the ledger fails or holds something that cannot be read.
pub fn record_of(ledger: &Ledger, id: &str) -> Result<Option<ArticleRecord>, LedgerError> {
    let Some(reading) = ledger.reading(id)? else { return Ok(None) };
    let who = reading.read.statements.iter().enumerate().filter_map(|(at, s)| {
        let deed = reading.holds(at).filter(|_| s.confidence.is_none())?;
        Some((s.id.clone(), deed.review.reviewer.clone()))
    });
    let reviewers = who.collect();
    let furniture = ledger.furniture(id)?.unwrap_or_default();
    let extractor = ledger.extractor(id)?.unwrap_or_default();
    Ok(Some(ArticleRecord { read: reading.read, furniture, extractor, reviewers }))
}

/// Brings a record into a ledger. Of an article that is there already the statements stay as they are, but for what people decided:
/// that is taken up, once.
///
/// # Errors
/// Where the article or a statement does not fit, or the ledger fails.
pub fn store_record(ledger: &mut Ledger, source: &str, record: &ArticleRecord) -> Result<Stored, LedgerError> {
    let read = &record.read;
    // The article as an object, as it could be given to be read.
    let snapshot = serde_json::json!(read.article).to_string();
    let origin = Origin {
        snapshot: snapshot.as_bytes(),
        source,
        decoding: "json, utf-8",
        modified: None,
        furniture: &record.furniture,
    };
    let (id, new) = match ledger.add(&origin, read, &record.extractor)? {
        Added::New => (read.article.id.clone(), true),
        Added::Known { id } => (id, false),
    };
    let mut decisions = 0;
    // What stands there now; read anew only where a decision changed it.
    let mut there: Option<Vec<Statement<CodePoint>>> = None;
    for statement in read.statements.iter().filter(|s| s.confidence.is_none()) {
        let was = if new {
            Some(Place::of(statement))
        } else {
            let now = match there.take() {
                Some(now) => now,
                None => ledger.article(&id)?.map_or_else(Vec::new, |read| read.statements),
            };
            let known = now.iter().any(|s| is_same(s, statement));
            let was = now.iter().find(|s| s.id == statement.id || Place::of(s) == Place::of(statement)).map(Place::of);
            if known {
                there = Some(now);
                continue;
            }
            was
        };
        let verdict = Verdict::Put(Put { was, now: Some(Box::new(statement.clone())) });
        let reviewer = record.reviewers.get(&statement.id).map_or(UNKNOWN, String::as_str);
        ledger.review(&id, &verdict, reviewer)?;
        decisions += 1;
    }
    Ok(Stored { id, new, decisions })
}

/// Whether two statements say the same. Ids are given anew to what people added, so that they tell nothing.
fn is_same(a: &Statement<CodePoint>, b: &Statement<CodePoint>) -> bool {
    *a == Statement { id: a.id.clone(), ..b.clone() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use pourparler_text::{Act, Article, ArticleStatements, Span, Speaker, SpeakerKind, Stance, Statement};

    use proptest::prelude::*;

    use super::*;

    fn ledger(folder: &tempfile::TempDir, name: &str) -> Ledger {
        Ledger::open(folder.path().join(name)).expect("a ledger")
    }

    fn said(id: &str, from: usize, to: usize, confidence: Option<f32>) -> Statement<CodePoint> {
        let party = Some("Vessar".to_owned());
        Statement {
            speaker: Speaker { kind: SpeakerKind::Country, party, ..Speaker::unattributed() },
            positions: vec![pourparler_text::Position::new("water", Stance::Open)],
            confidence,
            ..Statement::bare(id, vec![Span::new(from, to)])
        }
    }

    fn record() -> ArticleRecord {
        let article = Article {
            id: "a1".to_owned(),
            ..Article::from_text("Vessar said the dam is open. Orlu would wait. More.")
        };
        let statements = vec![said("s1", 12, 27, Some(0.75)), said("s2", 29, 44, None), said("s3", 46, 50, None)];
        ArticleRecord {
            read: ArticleStatements::new(article, statements),
            furniture: vec![Span::new(46, 51)],
            extractor: "accurate 6".to_owned(),
            reviewers: BTreeMap::from([("s2".to_owned(), "Bo".to_owned())]),
        }
    }

    #[test]
    fn a_record_goes_through_ledgers_unchanged() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut first = ledger(&folder, "a.db");
        let stored = store_record(&mut first, "table.jsonl", &record()).expect("stored");
        assert_eq!(stored, Stored { id: "a1".to_owned(), new: true, decisions: 2 });
        let out = record_of(&first, "a1").expect("read").expect("it is there");
        let mut wanted = record();
        wanted.reviewers.insert("s3".to_owned(), UNKNOWN.to_owned());
        assert_eq!(out, wanted);

        let mut second = ledger(&folder, "b.db");
        store_record(&mut second, "table.jsonl", &out).expect("stored");
        assert_eq!(record_of(&second, "a1").expect("read"), Some(out.clone()));
        let again = store_record(&mut second, "table.jsonl", &out).expect("stored again");
        assert_eq!((again.new, again.decisions), (false, 0));
        assert_eq!(second.reviews().expect("read").len(), 2);
    }

    /// Statements in any places of a text, several in one place among them, some decided by people.
    fn any_record() -> impl Strategy<Value = ArticleRecord> {
        let statement = (0_usize..40, 1_usize..20, proptest::option::of(0.0_f32..=1.0), 0..Act::ALL.len());
        ("[a-z ש🎉]{60}", proptest::collection::vec(statement, 0..6)).prop_map(|(text, drafts)| {
            let statements: Vec<Statement<CodePoint>> = drafts
                .into_iter()
                .enumerate()
                .map(|(n, (start, length, score, act))| Statement {
                    act: Act::ALL[act],
                    ..said(&format!("s{}", n + 1), start, start + length, score)
                })
                .collect();
            let decided = statements.iter().filter(|s| s.confidence.is_none());
            let reviewers = decided.map(|s| (s.id.clone(), format!("reviewer of {}", s.id))).collect();
            ArticleRecord {
                read: ArticleStatements::new(Article { id: "any".to_owned(), ..Article::from_text(text) }, statements),
                furniture: vec![Span::new(3, 9)],
                extractor: "fast 6".to_owned(),
                reviewers,
            }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn a_ledger_gives_what_it_was_given(record in any_record()) {
            let folder = tempfile::tempdir().expect("a folder");
            let mut ledger = ledger(&folder, "a.db");
            store_record(&mut ledger, "table.jsonl", &record).expect("stored");
            prop_assert_eq!(record_of(&ledger, "any").expect("read").expect("it is there"), record.clone());
            prop_assert_eq!(store_record(&mut ledger, "table.jsonl", &record).expect("stored again").decisions, 0);
            prop_assert_eq!(ledger.verify().expect("looked"), vec![]);
        }
    }

    #[test]
    fn what_people_decided_elsewhere_is_taken_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut ledger = ledger(&folder, "a.db");
        store_record(&mut ledger, "table.jsonl", &record()).expect("stored");
        let mut back = record();
        let first = &mut back.read.statements[0];
        (first.confidence, first.act) = (None, Act::Deny);
        back.reviewers.insert("s1".to_owned(), "Ann".to_owned());
        back.read.statements.push(said("new", 0, 6, None));
        let stored = store_record(&mut ledger, "coded.dna", &back).expect("stored");
        assert_eq!((stored.new, stored.decisions), (false, 2));
        let now = record_of(&ledger, "a1").expect("read").expect("it is there");
        assert_eq!(now.read.statements.len(), 4);
        let s1 = now.read.statements.iter().find(|s| s.id == "s1").expect("kept");
        assert_eq!((s1.act, now.reviewers["s1"].as_str()), (Act::Deny, "Ann"));
        assert_eq!(store_record(&mut ledger, "coded.dna", &back).expect("again").decisions, 0);
    }
}
