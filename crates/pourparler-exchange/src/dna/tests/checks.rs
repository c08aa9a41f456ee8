//! What holds of every file of DNA 3, checked on its own sample and on ours.

use rusqlite::Connection;

use super::*;

/// Queries that count what breaks a rule, with the rule; `true` where it is asked of our files only.
const RULES: [(bool, &str, &str); 16] = [
    (false, "the version is 3", "SELECT NOT EXISTS (SELECT 1 FROM SETTINGS WHERE Property = 'version' AND Value GLOB '3.*')"),
    (false, "coder 1 is Admin", "SELECT NOT EXISTS (SELECT 1 FROM CODERS WHERE ID = 1 AND Name = 'Admin')"),
    (
        false,
        "each ordered pair of coders has one relation",
        "SELECT COUNT(*) FROM CODERS a JOIN CODERS b ON a.ID != b.ID
         WHERE 1 != (SELECT COUNT(*) FROM CODERRELATIONS r WHERE r.Coder = a.ID AND r.OtherCoder = b.ID)",
    ),
    (false, "there are no other relations", "SELECT (SELECT COUNT(*) FROM CODERRELATIONS) != COUNT(*) * (COUNT(*) - 1) FROM CODERS"),
    (
        false,
        "each short text variable with attributes has an empty entity",
        "SELECT COUNT(*) FROM VARIABLES v WHERE DataType = 'short text' AND ID IN (SELECT VariableId FROM ATTRIBUTEVARIABLES)
         AND NOT EXISTS (SELECT 1 FROM ENTITIES e WHERE e.VariableId = v.ID AND e.Value = '')",
    ),
    (
        true,
        "each short text variable has an empty entity",
        "SELECT COUNT(*) FROM VARIABLES v WHERE DataType = 'short text'
         AND NOT EXISTS (SELECT 1 FROM ENTITIES e WHERE e.VariableId = v.ID AND e.Value = '')",
    ),
    (
        false,
        "each entity has a value for each attribute of its variable",
        "SELECT COUNT(*) FROM ENTITIES e JOIN ATTRIBUTEVARIABLES a ON a.VariableId = e.VariableId
         WHERE NOT EXISTS (SELECT 1 FROM ATTRIBUTEVALUES v WHERE v.EntityId = e.ID AND v.AttributeVariableId = a.ID)",
    ),
    (
        false,
        "attributes are those of the entity's variable",
        "SELECT COUNT(*) FROM ATTRIBUTEVALUES v JOIN ENTITIES e ON e.ID = v.EntityId
         JOIN ATTRIBUTEVARIABLES a ON a.ID = v.AttributeVariableId WHERE a.VariableId != e.VariableId",
    ),
    (
        false,
        "each statement has one value for each variable of its type, where its data type is kept",
        "SELECT COUNT(*) FROM STATEMENTS s JOIN VARIABLES v ON v.StatementTypeId = s.StatementTypeId WHERE 1 != CASE v.DataType
         WHEN 'boolean' THEN (SELECT COUNT(*) FROM DATABOOLEAN d WHERE d.StatementId = s.ID AND d.VariableId = v.ID)
         WHEN 'integer' THEN (SELECT COUNT(*) FROM DATAINTEGER d WHERE d.StatementId = s.ID AND d.VariableId = v.ID)
         WHEN 'long text' THEN (SELECT COUNT(*) FROM DATALONGTEXT d WHERE d.StatementId = s.ID AND d.VariableId = v.ID)
         ELSE (SELECT COUNT(*) FROM DATASHORTTEXT d WHERE d.StatementId = s.ID AND d.VariableId = v.ID) END",
    ),
    (
        false,
        "there are no other values",
        "SELECT (SELECT COUNT(*) FROM STATEMENTS s JOIN VARIABLES v ON v.StatementTypeId = s.StatementTypeId)
         != (SELECT COUNT(*) FROM DATABOOLEAN) + (SELECT COUNT(*) FROM DATAINTEGER) + (SELECT COUNT(*) FROM DATALONGTEXT)
         + (SELECT COUNT(*) FROM DATASHORTTEXT)",
    ),
    (
        false,
        "short texts are entities of their variable",
        "SELECT COUNT(*) FROM DATASHORTTEXT d JOIN ENTITIES e ON e.ID = d.Entity WHERE e.VariableId != d.VariableId",
    ),
    (
        false,
        "marks lie in their document",
        "SELECT COUNT(*) FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId WHERE Stop > 2 * LENGTH(Text) OR Start >= Stop",
    ),
    (false, "documents and statements have coders", "SELECT (SELECT COUNT(*) FROM DOCUMENTS WHERE Coder IS NULL) + COUNT(*) FROM STATEMENTS WHERE Coder IS NULL"),
    (false, "passwords are of 48 bytes", "SELECT COUNT(*) FROM CODERS WHERE LENGTH(Password) != 64"),
    (false, "dates are midnights", "SELECT COUNT(*) FROM DOCUMENTS WHERE Date % 86400 != 0"),
    (false, "colours are given", "SELECT COUNT(*) FROM ENTITIES WHERE Red IS NULL OR Green IS NULL OR Blue IS NULL"),
];

/// The rules that a file breaks.
pub fn violations(db: &Connection, ours: bool) -> Vec<String> {
    let asked = RULES.iter().filter(|(only, ..)| ours || !only);
    let broken =
        asked.filter(|(_, _, sql)| db.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("it is asked") != 0);
    let mut broken: Vec<String> = broken.map(|(_, rule, _)| (*rule).to_owned()).collect();
    let mut keys = db.prepare("PRAGMA foreign_key_check").expect("it is asked");
    if keys.exists([]).expect("it is checked") {
        broken.push("foreign keys are kept".to_owned());
    }
    let whole: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it is checked");
    if whole != "ok" {
        broken.push(whole);
    }
    broken
}

/// Every table's definition without white space, sorted, and what else describes the file.
fn layout(db: &Connection) -> (Vec<String>, Vec<String>) {
    let rows = |sql: &str| -> Vec<String> {
        let mut rows = db.prepare(sql).expect("it is asked");
        let rows = rows.query_map([], |row| row.get::<_, String>(0)).expect("it is read");
        rows.map(|r| r.expect("it is read")).collect()
    };
    let mut tables = rows("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL");
    for table in &mut tables {
        table.retain(|c| !c.is_whitespace());
    }
    tables.sort();
    let mut rest =
        rows("SELECT Label || Red || ' ' || Green || ' ' || Blue FROM STATEMENTTYPES WHERE ID < 4 ORDER BY ID");
    rest.extend(rows("SELECT ID || Variable || DataType || StatementTypeId FROM VARIABLES WHERE ID < 12 ORDER BY ID"));
    rest.extend(rows("SELECT ID || AttributeVariable || VariableId FROM ATTRIBUTEVARIABLES WHERE ID < 10 ORDER BY ID"));
    rest.extend(rows("SELECT Property || Value FROM SETTINGS ORDER BY Property"));
    for pragma in ["user_version", "application_id", "encoding", "journal_mode", "page_size", "auto_vacuum"] {
        rest.extend(rows(&format!("SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}")));
    }
    (tables, rest)
}

#[test]
fn our_files_keep_to_what_dnas_keep_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, _) = export(folder.path(), &[tricky()]);
    let ours = Connection::open(path).expect("it opens");
    assert_eq!(violations(&ours, true), Vec::<String>::new());
    let Some(sample) = shared(SAMPLE) else { return };
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let sample = Connection::open_with_flags(sample, flags).expect("it opens");
    assert_eq!(violations(&sample, false), Vec::<String>::new());
    assert_eq!(layout(&ours), layout(&sample));
}
