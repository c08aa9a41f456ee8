//! Projects held against the rules of the format, which real specimens are held against, too.

mod rules;

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use pourparler_brief::IssueLabel;
use proptest::prelude::*;
use rules::{Element, parse, violations};
use zip::ZipArchive;

use super::*;
use crate::fixture::{TEXT, any_record, tricky};
use crate::{ArticleRecord, Exporter, Problem, Report};

fn issues() -> Vec<IssueLabel> {
    let issue = |id: &str, label: &str, group: &str| IssueLabel {
        id: id.to_owned(),
        label: label.to_owned(),
        group: group.to_owned(),
    };
    vec![
        issue("neutrality", "Neutralité & <non-alignment>", "security"),
        issue("ceasefire", "Ceasefire", ""),
        issue("truce", "Ceasefire", "security"),
        issue("security", "security", "security"),
    ]
}

/// What an archive holds.
struct Project {
    root: Element,
    qde: String,
    texts: Vec<(String, String)>,
}

impl Project {
    fn open(path: &Path) -> Self {
        let mut archive = ZipArchive::new(File::open(path).expect("it opens")).expect("it is a ZIP");
        let (mut qde, mut texts) = (String::new(), Vec::new());
        for n in 0..archive.len() {
            let mut entry = archive.by_index(n).expect("it is there");
            let name = entry.name().expect("it is UTF-8").into_owned();
            match name.strip_prefix("sources/").filter(|file| file.ends_with(".txt")) {
                Some(file) => {
                    let mut text = String::new();
                    entry.read_to_string(&mut text).expect("it is UTF-8");
                    texts.push((file.to_owned(), text));
                }
                None if name == "project.qde" => {
                    entry.read_to_string(&mut qde).expect("it is UTF-8");
                }
                None => {}
            }
        }
        Self { root: parse(&qde), qde, texts }
    }

    /// The words under each selection, with the names of its codes and the user.
    fn coded(&self) -> Vec<(String, Vec<String>, String)> {
        let named = |guid: &str| {
            let found = self.root.all().into_iter().find(|e| e.attribute("guid") == Some(guid)).expect("it is there");
            found.attribute("name").unwrap_or_default().to_owned()
        };
        let mut coded = Vec::new();
        for source in self.root.all().into_iter().filter(|e| e.name == "TextSource") {
            let file = source.attribute("plainTextPath").expect("it has one").trim_start_matches("internal://");
            let text = &self.texts.iter().find(|(name, _)| name == file).expect("it is there").1;
            for selection in source.children.iter().filter(|e| e.name == "PlainTextSelection") {
                let at = |name| selection.attribute(name).expect("it has one").parse().expect("it is a number");
                let (start, end): (usize, usize) = (at("startPosition"), at("endPosition"));
                let codings = selection.children.iter().filter(|e| e.name == "Coding");
                let codes = codings.map(|c| named(c.children[0].attribute("targetGUID").expect("it has one")));
                let user = named(selection.attribute("creatingUser").expect("it has one"));
                coded.push((text.chars().skip(start).take(end - start).collect(), codes.collect(), user));
            }
        }
        coded
    }
}

fn export(folder: &Path, name: &str, records: &[ArticleRecord]) -> (PathBuf, Report) {
    let path = folder.join(name);
    let mut export = Box::new(ProjectExport::create(&path, &issues()).expect("it begins"));
    for record in records {
        export.article(record).expect("it is written");
    }
    let report = export.finish().expect("it is whole");
    (path, report)
}

#[test]
fn selections_hold_their_words_and_codes() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut record = tricky();
    let twice = pourparler_text::Position { option: None, ..record.read.statements[0].positions[0].clone() };
    record.read.statements[0].positions.push(twice);
    let (path, report) = export(folder.path(), "a.qdpx", &[record]);
    let project = Project::open(&path);
    assert_eq!(violations(&project.root, &project.texts), Vec::<String>::new());
    let codes = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
    let neutrality = "Neutralité & <non-alignment>";
    let full = codes(&[&format!("{neutrality}: conditional"), "Ceasefire: supports", "Act: propose"]);
    let (machine, person) = ("Pourparler (accurate 6)".to_owned(), "Bo".to_owned());
    assert_eq!(
        project.coded(),
        [
            ("Neutrality,".to_owned(), full.clone(), machine.clone()),
            ("if guaranteed, may come,".to_owned(), full, machine.clone()),
            ("שלום לכולם,".to_owned(), codes(&["Act: assert"]), machine),
            ("the Osk model".to_owned(), codes(&[&format!("{neutrality}: opposes"), "Act: reject"]), person),
        ]
    );
    assert_eq!(project.texts[0].1, TEXT);
    let described = project.root.all().into_iter().find(|e| e.name == "Description" && e.text.contains("Speaker"));
    let described = &described.expect("it is there").text;
    for line in
        ["Role: Foreign Minister", "Via: 𝄞 Radio Tolm < the Tolm agency", "Conditions: if guaranteed", "Score: 0.50"]
    {
        assert!(described.lines().any(|l| l == line), "{line} in {described}");
    }
    let cases: Vec<_> = project.root.all().into_iter().filter(|e| e.name == "Case").collect();
    let names: Vec<_> = cases.iter().filter_map(|c| c.attribute("name")).collect();
    assert_eq!(names, ["Zoe\u{301} Mar\u{327}", "Vessar"]);
    assert_eq!(cases[1].children.iter().filter(|c| c.name == "SelectionRef").count(), 3);
    assert_eq!((report.articles, report.statements, report.losses.len()), (1, 3, 4));
}

#[test]
fn names_of_codes_are_unique_and_all_are_codable_or_not() {
    let mut out = Vec::new();
    write_codebook(&mut out, &issues()).expect("it is written");
    let root = parse(&String::from_utf8(out).expect("it is UTF-8"));
    assert_eq!(violations(&root, &[]), Vec::<String>::new());
    let all = root.all();
    let codes: Vec<_> = all.iter().filter(|e| e.name == "Code").collect();
    let mut names: Vec<_> = codes.iter().filter_map(|c| c.attribute("name")).collect();
    assert_eq!(codes.len(), names.len());
    names.sort_unstable();
    names.dedup();
    assert_eq!(codes.len(), names.len(), "{names:?}");
    for code in codes {
        let folder = code.children.iter().any(|c| c.name == "Code");
        assert_eq!(code.attribute("isCodable"), Some(if folder { "false" } else { "true" }));
    }
    let mut none = Vec::new();
    write_codebook(&mut none, &[]).expect("it is written");
    assert_eq!(violations(&parse(&String::from_utf8(none).expect("it is UTF-8")), &[]), Vec::<String>::new());
}

#[test]
fn one_record_is_one_project() {
    let folder = tempfile::tempdir().expect("a folder");
    let (a, b) = (folder.path().join("a"), folder.path().join("b"));
    let [one, two] = [&a, &b].map(|folder| {
        std::fs::create_dir(folder).expect("it is made");
        std::fs::read(export(folder, "x.qdpx", &[tricky()]).0).expect("it is read")
    });
    assert!(one == two);
    let taken = ProjectExport::create(&a.join("x.qdpx"), &[]).map(|_| ()).expect_err("it is refused");
    assert!(matches!(taken.problem, Problem::Taken));
    let mut twice = ProjectExport::create(&a.join("y.qdpx"), &[]).expect("it begins");
    twice.article(&tricky()).expect("it is written");
    twice.article(&tricky()).expect_err("an article that is there already");
}

#[test]
fn what_xml_cannot_hold_is_replaced_and_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut record = tricky();
    record.read.article.title = Some("a\u{1}\tb\r\n]]>\u{ffff}".to_owned());
    let (path, report) = export(folder.path(), "a.qdpx", &[record]);
    let project = Project::open(&path);
    assert!(project.qde.contains("name=\"a\u{fffd} b ]]&gt;\u{fffd}\""), "{}", project.qde);
    assert!(report.losses.iter().any(|loss| loss.what.contains("XML") && loss.times == 2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_record_keeps_the_rules(mut records in proptest::collection::vec(any_record(), 0..4)) {
        for (n, record) in records.iter_mut().enumerate() {
            record.read.article.id.push_str(&format!("-{n}"));
        }
        let folder = tempfile::tempdir().expect("a folder");
        let (path, report) = export(folder.path(), "a.qdpx", &records);
        let project = Project::open(&path);
        prop_assert_eq!(violations(&project.root, &project.texts), Vec::<String>::new());
        let mut words = Vec::new();
        for record in &records {
            let text = &record.read.article.text;
            for span in record.read.statements.iter().flat_map(|s| &s.content) {
                words.push(text.get(text.to_bytes(*span)).to_owned());
            }
        }
        prop_assert_eq!(project.coded().into_iter().map(|(words, ..)| words).collect::<Vec<_>>(), words);
        prop_assert_eq!(report.articles, records.len());
    }
}

#[test]
fn the_rules_are_those_that_specimens_keep() {
    let Some(folder) = std::env::var_os("POURPARLER_SHARED") else {
        eprintln!("SKIPPED: POURPARLER_SHARED does not name the folder that holds data/formats/qdpx");
        return;
    };
    for name in ["nvivo_project.qdpx", "demo.qdpx"] {
        let project = Project::open(&PathBuf::from(&folder).join("data/formats/qdpx").join(name));
        assert_eq!(violations(&project.root, &project.texts), Vec::<String>::new(), "{name}");
        assert!(project.texts.len() == 2 && project.root.all().len() > 100);
    }
}
