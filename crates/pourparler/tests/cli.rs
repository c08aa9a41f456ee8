//! The program as a user has it: articles and ledgers on disk, what is printed, and the exit code.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn articles() -> String {
    root().join("examples/articles").display().to_string()
}

fn dossier() -> String {
    root().join("examples/dossier.toml").display().to_string()
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn pourparler_in(folder: &Path, args: &[&str], input: &[u8]) -> Ran {
    use std::io::Write as _;
    let mut child = Command::new(env!("CARGO_BIN_EXE_pourparler"))
        .args(args)
        .current_dir(folder)
        .env_remove("POURPARLER_LEDGER")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that does not read its input may be gone already.
    let _ = child.stdin.take().expect("piped").write_all(input);
    let Output { status, stdout, stderr } = child.wait_with_output().expect("it ends");
    Ran {
        code: status.code().expect("no signal"),
        out: String::from_utf8(stdout).expect("UTF-8"),
        err: String::from_utf8(stderr).expect("UTF-8"),
    }
}

fn pourparler(args: &[&str]) -> Ran {
    pourparler_in(&root(), args, b"")
}

#[test]
fn alone_it_says_what_to_do_next() {
    let ran = pourparler(&[]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("pourparler brief examples/articles"), "{}", ran.out);
}

#[test]
fn statements_follow_the_schema_and_lie_in_the_text() {
    let schema: Value = serde_json::from_str(include_str!("../../../schema/statements.schema.json")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let ran = pourparler(&["read", "--format", "jsonl", "--dossier", &dossier(), &articles()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.lines().count() >= 12);
    for line in ran.out.lines() {
        let found: Value = serde_json::from_str(line).expect("JSON");
        let errors: Vec<_> = validator.iter_errors(&found).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        let length = found["article"]["text"].as_str().expect("a text").chars().count() as u64;
        for s in found["statements"].as_array().expect("a list") {
            for span in ["source", "cue", "content"].iter().flat_map(|role| s[role].as_array().expect("a list")) {
                assert!(span[0].as_u64() < span[1].as_u64() && span[1].as_u64() <= Some(length));
            }
            assert!(!s["content"].as_array().expect("a list").is_empty());
        }
    }
}

#[test]
fn json_articles_keep_id_and_text_and_order() {
    let text = "Title-like first line\r\n\r\n“We agree,” said Ilva Rast, the envoy. 🎉\n\n";
    let lines: Vec<_> = ["b", "a"]
        .iter()
        .map(|id| serde_json::json!({ "id": id, "text": text, "language": "en" }).to_string())
        .chain([serde_json::json!({ "id": "none", "text": "It rained all night over the lake.", "language": "en" })
            .to_string()])
        .collect();
    let ran = pourparler_in(&root(), &["read", "--format", "jsonl", "-"], lines.join("\n").as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let found: Vec<Value> = ran.out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let ids: Vec<_> = found.iter().map(|f| f["article"]["id"].as_str().expect("an id")).collect();
    assert_eq!(ids, ["b", "a", "none"]);
    assert_eq!(found[0]["article"]["text"], text);
    assert_eq!(found[0]["statements"][0]["speaker"]["name"], "Ilva Rast");
    assert_eq!(found[2]["statements"], serde_json::json!([]));
}

#[test]
fn both_models_read() {
    let found = |model: &str| -> Vec<Value> {
        let ran = pourparler(&["read", "--format", "jsonl", "--model", model, &articles()]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let article = |line: &str| serde_json::from_str::<Value>(line).expect("JSON")["statements"].clone();
        ran.out.lines().flat_map(|line| article(line).as_array().expect("a list").clone()).collect()
    };
    let (accurate, fast) = (found("accurate"), found("fast"));
    let common = accurate.iter().filter(|a| fast.iter().any(|f| f["content"] == a["content"])).count();
    assert!(2 * common >= accurate.len(), "{common} of {}", accurate.len());
    assert_ne!(accurate, fast);
    assert_eq!(pourparler(&["read", "--model", "best", &articles()]).code, 2);
}

#[test]
fn every_format_prints_every_statement() {
    let article = root().join("examples/articles/04-dam-gates.txt").display().to_string();
    let run = |format: &str| pourparler(&["read", "--dossier", "examples/dossier.toml", "--format", format, &article]);
    let json: Value = serde_json::from_str(&run("json").out).expect("JSON");
    let statements = json["statements"].as_array().expect("one article is one object").len();
    assert!(statements > 5);
    let csv = run("csv").out;
    assert_eq!(csv::Reader::from_reader(csv.as_bytes()).into_records().filter_map(Result::ok).count(), statements);
    let brat = run("brat").out;
    assert_eq!(brat.lines().filter(|l| l.starts_with('E')).count(), statements);
    assert!(run("table").out.contains(&format!("{statements} statements")));
}

#[test]
fn what_is_left_out_as_furniture_is_shown() {
    let text = format!(
        "Talks in Sarn\nBy Ana Oren\n\nOren said that the talks go on.\n\n{}",
        "Follow us on Twitter\n".repeat(9)
    );
    let ran = pourparler_in(&root(), &["read", "-"], text.as_bytes());
    assert!(ran.out.contains("left out as page furniture: By Ana Oren | Follow us on Twitter | "), "{}", ran.out);
    assert!(ran.out.contains(" | and 4 more"), "{}", ran.out);
}

/// What is bad about an input, the code that it ends with, and a word of the message.
#[test]
fn bad_input_is_named_and_the_rest_goes_on() {
    let folder = TempDir::new().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let good = "“We agree to the plan,” said Ilva Rast, the envoy of the union, on Monday.";
    let french = "Le ministre a déclaré que les négociations avançaient et que la délégation restait prête à discuter \
                  de toutes les questions avec ses partenaires dans les prochains jours.";
    let cases: [(&str, &[u8], i32, &str); 6] = [
        ("good.txt", good.as_bytes(), 0, ""),
        ("empty.txt", b"", 3, "empty.txt"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", 3, "picture.txt"),
        // It is kept and marked; nothing of it is lost, and nothing is found.
        ("french.txt", french.as_bytes(), 1, "French"),
        ("broken.jsonl", b"{\"id\": \"x\", \"text\": \"No one spoke.\"}\n{\"id\": ", 3, "line 2"),
        ("nobody.txt", b"It rained all night over the lake, and the gates stayed shut.", 1, ""),
    ];
    for (name, bytes, code, word) in cases {
        std::fs::write(at(name), bytes).expect("written");
        let ran = pourparler_in(folder.path(), &["read", name], b"");
        assert_eq!(ran.code, code, "{name}: {}", ran.err);
        assert!(ran.err.contains(word), "{name}: {}", ran.err);
        assert_eq!(ran.err.is_empty(), word.is_empty(), "{name}: {}", ran.err);
    }
    let all = pourparler_in(folder.path(), &["read", "--format", "jsonl", "."], b"");
    assert_eq!(all.code, 3);
    assert!(all.out.contains("Ilva Rast"), "the good article is read all the same");
    let missing = pourparler_in(folder.path(), &["read", "nowhere.txt", "good.txt"], b"");
    assert_eq!((missing.code, missing.err.contains("nowhere.txt")), (3, true));
    assert!(missing.out.contains("Ilva Rast"));
}

#[test]
fn invalid_utf8_is_read_and_said() {
    let ran = pourparler_in(
        &root(),
        &["read", "--format", "jsonl", "-"],
        b"\x93We agree,\x94 said Andr\xe9 Rast, the envoy.",
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("André Rast"), "{}", ran.out);
}

#[test]
fn a_ledger_is_filled_once_and_answers() {
    let folder = TempDir::new().expect("a folder");
    let run = |args: &[&str]| pourparler_in(folder.path(), args, b"");
    let first = run(&["add", &articles(), "--dossier", &dossier()]);
    assert_eq!(first.code, 0, "{}", first.err);
    let again = run(&["add", &articles(), "--dossier", &dossier()]);
    assert!(again.err.contains(" 0 new articles"), "{}", again.err);

    let all = run(&["statements", "--format", "jsonl"]);
    let rows: Vec<Value> = all.out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert!(rows.len() > 60);
    let party = rows.iter().find_map(|r| r["statement"]["speaker"]["party"].as_str()).expect("a party");
    let of_party = run(&["statements", "--party", &party.to_uppercase(), "--format", "jsonl"]);
    let expected = rows.iter().filter(|r| r["statement"]["speaker"]["party"] == party).count();
    assert_eq!(of_party.out.lines().count(), expected);
    assert_eq!(run(&["statements", "--speaker", "nobody at all"]).code, 1);
    assert_eq!(run(&["statements", "--text", "\"( NEAR * gates"]).code, 1);

    let positions = run(&["positions"]);
    assert!(positions.out.contains("silent") && positions.out.contains(party), "{}", positions.out);
    let verified = run(&["verify"]);
    assert_eq!(verified.code, 0, "{}", verified.err);
    let brief = run(&["brief", "--ledger", "pourparler.db", "--html", "brief.html", "--dossier", &dossier()]);
    assert_eq!(brief.code, 0, "{}", brief.err);
    let page = std::fs::read_to_string(folder.path().join("brief.html")).expect("a page");
    assert!(page.contains("<svg") && !page.contains("<script"));
}

/// Three pages in an archive, one of them in French and one with no article, then a torn record.
fn archive() -> Vec<u8> {
    let story = "<p>The foreign minister of Oria, Ana Oren, said on Monday that the talks in Sarn would go on for another day.</p>\
                 <p>“We will not leave before the harbour is open,” Oren told reporters at the lake on Monday evening.</p>";
    let french = "<p>La ministre des Affaires étrangères a déclaré lundi que les négociations de paix se poursuivraient demain.</p>\
                  <p>Elle a dit aux journalistes que son pays ne partirait pas avant l’ouverture du port, malgré la guerre.</p>";
    let mut out = Vec::new();
    for (number, body) in [story, french, ""].iter().enumerate() {
        let page =
            format!("<html><head><title>Talks {number}</title></head><body><article>{body}</article></body></html>");
        let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\nContent-Type: application/http; \
             msgtype=response\r\nContent-Length: {}\r\n\r\n",
            response.len()
        );
        out.extend_from_slice(format!("{head}{response}\r\n\r\n").as_bytes());
    }
    out
}

#[test]
fn archives_are_read_as_streams_and_what_was_lost_is_listed() {
    let folder = TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("talks.warc"), archive()).expect("written");
    std::fs::write(folder.path().join("empty.txt"), "").expect("written");
    std::fs::write(folder.path().join("story.txt"), "Oren said that the harbour would stay closed.").expect("written");
    let run = |args: &[&str]| pourparler_in(folder.path(), args, b"");
    let read = run(&["read", "--format", "jsonl", "talks.warc"]);
    let lines: Vec<Value> = read.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told = |i: usize| (lines[i]["article"]["language"].as_str(), lines[i]["statements"].as_array().map(Vec::len));
    assert_eq!((lines.len(), told(1), read.code), (2, (Some("fr"), Some(0)), 3), "{}", read.err);
    assert!(told(0).1 > Some(0), "{}", read.out);

    let added = run(&["add", "--failed", "failed.txt", "talks.warc", "empty.txt", "story.txt"]);
    assert_eq!(added.code, 3);
    for words in ["3 new articles", "1 French", "of 2 inputs something was lost", "add --from failed.txt"] {
        assert!(added.err.contains(words), "{words}: {}", added.err);
    }
    let list = std::fs::read_to_string(folder.path().join("failed.txt")).expect("the list");
    let named: Vec<_> = list.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(named, ["talks.warc", "empty.txt"]);

    // Mended, they are tried again: what is known is passed over, and afterwards the input is finished.
    std::fs::write(folder.path().join("empty.txt"), "Oren denied that the port was open.").expect("written");
    let again = run(&["add", "--from", "failed.txt"]);
    assert!(again.err.contains("1 new articles") && again.err.contains("2 known already"), "{}", again.err);
    let third = run(&["add", "story.txt", "empty.txt"]);
    assert!(third.code == 0 && third.err.contains("0 new articles") && third.err.contains("2 known"), "{}", third.err);
    assert_eq!(run(&["verify"]).code, 0);
}

#[test]
fn ledgers_that_are_none_are_refused_and_kept() {
    let folder = TempDir::new().expect("a folder");
    let run = |args: &[&str]| pourparler_in(folder.path(), args, b"");
    let missing = run(&["statements", "--ledger", "missing.db"]);
    assert_eq!(missing.code, 4);
    assert!(missing.err.contains("missing.db") && !folder.path().join("missing.db").exists());
    let garbage = b"this is no ledger, and never was one".repeat(300);
    std::fs::write(folder.path().join("garbage.db"), &garbage).expect("written");
    let refused = run(&["add", "--ledger", "garbage.db", &articles()]);
    assert_eq!(refused.code, 4);
    assert!(refused.err.contains("garbage.db"), "{}", refused.err);
    assert_eq!(std::fs::read(folder.path().join("garbage.db")).expect("still there"), garbage);
}

#[test]
fn dossiers_are_started_and_checked() {
    let folder = TempDir::new().expect("a folder");
    let run = |args: &[&str]| pourparler_in(folder.path(), args, b"");
    let template = run(&["dossier", "new"]).out;
    std::fs::write(folder.path().join("talks.toml"), &template).expect("written");
    assert_eq!(run(&["dossier", "check", "talks.toml"]).code, 0);
    std::fs::write(folder.path().join("bad.toml"), "[[side]]\nnam = \"X\"\n").expect("written");
    let bad = run(&["dossier", "check", "bad.toml"]);
    assert_eq!(bad.code, 2);
    assert!(bad.err.contains("bad.toml") && bad.err.contains('2'), "{}", bad.err);
    assert_eq!(run(&["dossier", "check", &dossier()]).code, 0);
}

#[test]
fn the_brief_of_the_examples() {
    let ran = pourparler(&["brief", "examples/articles", "--dossier", "examples/dossier.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    insta::assert_snapshot!("brief_of_the_examples", ran.out);
}

/// The figures are those of `score_statements.py` on the same files, to the last digit.
#[test]
fn statements_are_scored_beside_gold() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/eval");
    let at = |name: &str| fixtures.join(name).display().to_string();
    let texts = root().join("examples/gold").display().to_string();
    let run = |more: &[&str]| {
        let (gold, predicted) = (at("gold.jsonl"), at("predicted.jsonl"));
        pourparler(&[&["eval", &gold, &predicted, "--articles", &texts], more].concat())
    };
    let ran = run(&["--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut found: Value = serde_json::from_str(&ran.out).expect("JSON");
    found.as_object_mut().expect("an object").remove("pronouns");
    let figures = std::fs::read_to_string(at("figures.json")).expect("there");
    assert_eq!(found, serde_json::from_str::<Value>(&figures).expect("JSON"));
    let errors = run(&["--errors", "--per-article"]);
    for word in [" missed: ", " speaker: none, not ", "statement F1", "matched pairs: kind"] {
        assert!(errors.out.contains(word), "{word}: {}", errors.out);
    }
    // Without the texts, stand-off gold is named and nothing is made up.
    let bare = pourparler(&["eval", &at("gold.jsonl"), &at("predicted.jsonl")]);
    assert_eq!((bare.code, bare.err.contains("--articles")), (3, true), "{}", bare.err);
}

#[test]
fn actors_are_listed_merged_and_parted_again() {
    let folder = TempDir::new().expect("a folder");
    let run = |args: &[&str]| pourparler_in(folder.path(), args, b"");
    assert_eq!(run(&["add", &articles(), "--dossier", &dossier()]).code, 0);
    let list = || -> Vec<Value> {
        run(&["actors", "--json"]).out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
    };
    let before = list();
    let people: Vec<_> = before.iter().filter(|a| a["kind"] == "person").collect();
    assert!(people.len() > 3);
    let (a, b) = (people[0]["id"].as_str().expect("an id"), people[1]["name"].as_str().expect("a name"));
    assert_eq!(run(&["actors", "merge", a, b]).code, 0);
    assert_eq!(list().len(), before.len() - 1);
    assert!(run(&["actors", "log"]).out.contains("merge"));
    assert_eq!(run(&["actors", "rename", a, "Somebody Else"]).code, 0);
    assert!(run(&["actors", "show", "somebody else"]).out.contains("Somebody Else"));
    for number in ["2", "1"] {
        assert_eq!(run(&["actors", "undo", number]).code, 0);
    }
    assert_eq!(list(), before);
    let wrong = run(&["actors", "show", "Nobody At All"]);
    assert_eq!((wrong.code, wrong.err.contains("pourparler actors")), (2, true), "{}", wrong.err);
    assert_eq!(run(&["actors", "undo", "2"]).code, 2);
}

#[test]
fn questions_are_answered_reviews_kept_and_articles_read_again() {
    let folder = TempDir::new().expect("a folder");
    let run = |args: &[&str]| pourparler_in(folder.path(), args, b"");
    assert_eq!(run(&["add", &articles(), "--dossier", &dossier()]).code, 0);
    let listed = run(&["ask"]);
    assert!(listed.code == 0 && listed.out.contains("matrix"), "{}", listed.out);
    for line in listed.out.lines() {
        let question = line.split_whitespace().next().expect("a name");
        let ran = run(&["ask", question, "--format", "json", "--dossier", &dossier()]);
        assert!(ran.code == 0 || ran.code == 1, "{question}: {}", ran.err);
        let answer: Value = serde_json::from_str(&ran.out).expect("JSON");
        assert!(answer["basis"]["statements"].as_u64() > Some(100), "{question}");
        for statement in
            answer["rows"].as_array().expect("rows").iter().flat_map(|r| r["statements"].as_array().expect("a list"))
        {
            assert!(statement["sentence"].as_str().is_some_and(|s| !s.is_empty()), "{question}");
        }
        assert!(run(&["ask", question]).err.is_empty(), "{question}");
    }
    assert_eq!(run(&["ask", "whom"]).code, 2);

    // A statement is corrected; the answer is of the person, and stays when the article is read again.
    let first = || -> Value {
        let ran = run(&["statements", "--speaker", "orduk", "--limit", "1", "--format", "jsonl"]);
        serde_json::from_str(&ran.out).expect("a statement of Orduk")
    };
    let name = format!(
        "{}/{}",
        first()["article"].as_str().expect("an id"),
        first()["statement"]["id"].as_str().expect("an id")
    );
    let mend = ["review", "--by", "ana", "correct", &name, "--act", "commit", "--position", "water=supports"];
    assert_eq!(run(&mend).code, 0);
    let mended = first();
    assert_eq!(mended["statement"]["act"], "commit");
    assert_eq!(mended["statement"]["positions"][0]["issue"], "water");
    assert_eq!(mended["statement"].get("confidence"), None);
    let again = run(&["reextract", "--dossier", &dossier()]);
    assert!(again.code == 0 && again.out.contains("nothing is replaced yet"), "{}{}", again.out, again.err);
    assert_eq!(run(&["reextract", "--dossier", &dossier(), "--apply"]).code, 0);
    assert_eq!(first()["statement"]["act"], "commit");
    let log = run(&["review", "log"]);
    assert!(log.out.contains("ana") && log.out.contains("keep"), "{}", log.out);
    // One reviewer agrees with nobody; a second may, and what does not vary cannot be told.
    let alone = run(&["review", "agreement"]);
    assert!(alone.code == 1 && alone.out.contains("no place with two values"), "{} {}", alone.code, alone.out);
    assert_eq!(run(&["review", "--by", "ivo", "correct", &name, "--act", "deny"]).code, 0);
    let table = run(&["review", "agreement"]);
    assert!(table.code == 0 && table.out.contains("not defined") && !table.out.contains("NaN"), "{}", table.out);
    let json = run(&["review", "agreement", "--format", "json"]);
    let json: Value = serde_json::from_str(&json.out).expect("JSON");
    let act = json["fields"].as_array().expect("fields").iter().find(|f| f["field"] == "act").expect("act");
    assert_eq!((&act["alpha"], &act["units"], &act["values"]), (&0.0.into(), &1.into(), &2.into()));
    assert_eq!(run(&["review", "--by", "ivo", "undo", "2"]).code, 0);
    assert_eq!(run(&["review", "--by", "ana", "undo", "1"]).code, 0);
    assert!(first()["statement"].get("confidence").is_some());
    for bad in [["review", "accept", "nothing"], ["review", "reject", "nothing/s1"]] {
        assert_eq!(run(&bad).code, 2);
    }
    assert_eq!(run(&["verify"]).code, 0);

    let proposed = run(&["dossier", "suggest"]);
    assert_eq!(proposed.code, 0);
    assert!(proposed.out.contains("[[person]]") && proposed.out.contains("name = "), "{}", proposed.out);
    let file = folder.path().join("proposed.toml");
    std::fs::write(&file, format!("name = \"t\"\n{}", proposed.out)).expect("written");
    let checked = run(&["dossier", "check", "proposed.toml"]);
    assert!(!checked.err.contains("line"), "what is proposed is a dossier: {}", checked.err);
    for topic in ["peace", "trade", "climate", "labour"] {
        let printed = run(&["dossier", "new", "--topic", topic]);
        std::fs::write(&file, printed.out).expect("written");
        assert_eq!(run(&["dossier", "check", "proposed.toml"]).code, 0, "{topic}");
    }
    assert_eq!(run(&["dossier", "new", "--topic", "weather"]).code, 2);
}

/// A story, its copy under another headline and cut, a third with a new lead, and one that has nothing to do with them.
fn wire() -> String {
    let story = "Oria rejected a plan for a truce along the river on Monday, saying that its guards would stay until Tarn opens the road to Sarn.\nAna Oren, who leads Oria's envoys, told reporters after four hours of talks that the plan asked too much and gave nothing in return.\nTarn's foreign ministry said that the road had been closed because of floods and would be opened once the bridges were mended.";
    let new = "Tarn opened the road to Sarn late on Monday after the lake states had threatened to end their mediation, and Oria called its envoys back to the table on the same evening.";
    let other = "Growers around Sarn poured milk into the harbour on Tuesday to protest against the new toll on the coastal road, which they say would cost each farm more than the harvest brings in during a dry year.";
    [
        ("first", "Oria rejects truce", format!("SARN (Reuters) - {story}")),
        ("cut", "No truce", story.lines().take(2).collect::<Vec<_>>().join("\n")),
        ("on", "UPDATE 1-Road opens", format!("{new}\n{story}")),
        ("other", "Growers pour milk", other.to_owned()),
    ]
    .iter()
    .map(|(id, title, text)| {
        serde_json::json!({ "id": id, "title": title, "text": text, "language": "en" }).to_string() + "\n"
    })
    .collect()
}

#[test]
fn copies_are_grouped_in_files_and_in_ledgers() {
    let folder = TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("wire.jsonl"), wire()).expect("written");
    let group = |args: &[&str]| -> Value {
        let ran = pourparler_in(folder.path(), args, b"");
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.err.contains("4 articles: 1 groups with 1 copies and 1 updates"), "{}", ran.err);
        serde_json::from_str(&ran.out).expect("one group a line")
    };
    let of_files = group(&["copies", "--format", "json", "wire.jsonl"]);
    let ran = pourparler_in(folder.path(), &["add", "--model", "fast", "wire.jsonl"], b"");
    assert!(ran.code == 0 && ran.err.contains("1 are copies and 1 updates"), "{}", ran.err);
    assert_eq!(group(&["copies", "--format", "json"]), of_files);
    let articles = of_files["articles"].as_array().expect("a list");
    let told: Vec<_> = articles.iter().map(|a| (a["id"].as_str(), a["kinship"].as_str(), a["of"].as_str())).collect();
    let first = Some("first");
    assert_eq!(
        told,
        [(first, None, None), (Some("cut"), Some("copy"), first), (Some("on"), Some("update"), Some("cut"))]
    );
    assert_eq!(articles[0]["origin"], "Reuters");
    let table = pourparler_in(folder.path(), &["copies"], b"");
    assert!(table.out.contains("update of cut"), "{}", table.out);

    std::fs::write(folder.path().join("other.txt"), "The talks go on.").expect("written");
    assert_eq!(pourparler_in(folder.path(), &["copies", "other.txt"], b"").code, 1);
    assert_eq!(pourparler_in(folder.path(), &["copies", "wire.jsonl", "missing.txt"], b"").code, 3);
    assert_eq!(pourparler_in(folder.path(), &["copies", "--ledger", "missing.db"], b"").code, 4);
}
