//! What people did in DNA to a file of ours.

use rusqlite::Connection;

use super::*;

fn after(sql: &str) -> (ArticleRecord, Imported) {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, _) = export(folder.path(), &[tricky()]);
    Connection::open(&path).and_then(|db| db.execute_batch(sql)).expect("it is changed");
    let (mut records, imported) = read(&path);
    (records.remove(0), imported)
}

/// Two positions of one person at one place of the only document, where the text says `if guaranteed`.
const ADDED: &str = "
    INSERT INTO CODERS (ID, Name, Password) VALUES (7, 'Cy', 'x');
    INSERT INTO ENTITIES (ID, VariableId, Value) VALUES (900, 1, 'Ana'), (901, 2, 'Tolm'), (902, 3, 'Free trade');
    INSERT INTO STATEMENTS (ID, StatementTypeId, DocumentId, Start, Stop, Coder) VALUES (50, 1, 1, 17, 30, 7), (51, 1, 1, 17, 30, 7);
    INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (50, 1, 900), (50, 2, 901), (50, 3, 902),
        (51, 1, 900), (51, 2, 901), (51, 3, (SELECT ID FROM ENTITIES WHERE VariableId = 3 AND Value = 'Neutrality'));
    INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (50, 4, 1), (51, 4, 0);";

#[test]
fn what_was_added_is_the_coders() {
    let (record, imported) = after(ADDED);
    let (was, ids): (ArticleRecord, Vec<&str>) =
        (tricky(), record.read.statements.iter().map(|s| s.id.as_str()).collect());
    assert_eq!(ids, ["s1", "dna-50", "s2", "s3"]);
    let kept: Vec<_> = record.read.statements.iter().filter(|s| s.id.starts_with('s')).cloned().collect();
    assert_eq!(kept, was.read.statements);
    let added = &record.read.statements[1];
    let positions: Vec<_> = added.positions.iter().map(|p| (p.issue.as_str(), p.stance)).collect();
    assert_eq!(positions, [("free-trade", Stance::Supports), ("neutrality", Stance::Opposes)]);
    assert_eq!((added.speaker.name.as_deref(), added.speaker.party.as_deref()), (Some("Ana"), Some("Tolm")));
    let text = &record.read.article.text;
    assert_eq!(text.get(text.to_bytes(added.content[0])), "if guaranteed");
    assert_eq!((record.reviewers["dna-50"].as_str(), record.reviewers["s3"].as_str()), ("Cy", "Bo"));
    assert_eq!(imported.issues.last().map(|i| i.id.as_str()), Some("free-trade"));
}

#[test]
fn what_was_altered_is_altered() {
    let twin = "(SELECT MIN(ID) FROM STATEMENTS WHERE StatementTypeId = 1)";
    let (record, _) = after(&format!("UPDATE DATABOOLEAN SET Value = 0 WHERE StatementId = {twin}"));
    let statement = &record.read.statements[0];
    let stances: Vec<Stance> = statement.positions.iter().map(|p| p.stance).collect();
    assert_eq!((stances, statement.confidence), (vec![Stance::Opposes, Stance::Supports], None));
    assert_eq!((record.reviewers["s1"].as_str(), &statement.via), ("Admin", &tricky().read.statements[0].via));

    let (record, _) = after("UPDATE ENTITIES SET Value = 'Zo' WHERE VariableId = 1 AND Value != ''");
    let speaker = &record.read.statements[0].speaker;
    assert_eq!((speaker.name.as_deref(), speaker.party.as_deref()), (Some("Zo"), Some("Vessar")));
    assert_eq!(record.read.statements[1..], tricky().read.statements[1..], "the others have no twin of that name");

    let (record, imported) = after(&format!("DELETE FROM STATEMENTS WHERE ID = {twin}"));
    let issues: Vec<&str> = record.read.statements[0].positions.iter().map(|p| p.issue.as_str()).collect();
    assert_eq!((issues, imported.report.losses.len()), (vec!["ceasefire"], 1));

    let (record, _) = after("UPDATE DOCUMENTS SET Title = 'Talks', Notes = 'Mine' || char(10) || Notes, Date = 0");
    let article = &record.read.article;
    assert_eq!((article.title.as_deref(), article.published, article.id.as_str()), (Some("Talks"), None, "tricky-1"));
    assert_eq!(record.read.statements, tricky().read.statements);
}

#[test]
fn keys_may_change_and_texts_too() {
    let moved = "PRAGMA foreign_keys = off; UPDATE STATEMENTS SET ID = ID + 1000 WHERE StatementTypeId = 1;
        UPDATE DATABOOLEAN SET StatementId = StatementId + 1000;
        UPDATE DATASHORTTEXT SET StatementId = StatementId + 1000 WHERE VariableId < 4;";
    let (record, imported) = after(moved);
    assert_eq!((record, imported.report.losses), (tricky(), vec![]));

    let (record, imported) = after("UPDATE DOCUMENTS SET Text = Text || ' More.'");
    assert_ne!(record.read.article.id, "tricky-1");
    let first = &record.read.statements[0];
    let text = &record.read.article.text;
    let words = text.get(text.to_bytes(first.content[0]));
    assert_eq!((words, first.source.len()), ("Neutrality,\r\nif guaranteed, may come,", 0));
    assert_eq!(record.read.statements.len(), 3);
    assert!(imported.report.losses.iter().any(|l| l.what.contains("changed in DNA")), "{:?}", imported.report);
}
