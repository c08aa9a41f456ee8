//! Links of documents lead somewhere, and the manual's summary names every chapter.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::root;

/// What links of a document are checked for: its links and the names under which its headings are linked to.
#[derive(Debug, Default)]
struct Document {
    links: Vec<String>,
    anchors: BTreeSet<String>,
}

impl Document {
    fn of(text: &str) -> Self {
        let mut out = Self::default();
        let mut heading: Option<String> = None;
        for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    out.links.push(dest_url.into_string());
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => out.anchors.extend(heading.take().map(|words| anchor(&words))),
                Event::Text(words) | Event::Code(words) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&words);
                    }
                }
                _ => {}
            }
        }
        out
    }

    fn read(path: &Path) -> Self {
        Self::of(&std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
    }
}

/// The name under which a heading is linked to, as mdBook and code hosts make it.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || *c == '-' || *c == '_').collect()
}

/// The links of a document that lead nowhere.
fn dead(path: &Path, document: &Document) -> Vec<String> {
    let lost = |link: &&String| {
        if link.contains("://") || link.starts_with("mailto:") {
            return false;
        }
        let (file, part) = link.split_once('#').unwrap_or((link, ""));
        let target = match file {
            "" => path.to_owned(),
            file => path.parent().expect("a file lies in a folder").join(file),
        };
        let known =
            |part: &str| target.extension().is_none_or(|e| e != "md") || Document::read(&target).anchors.contains(part);
        !target.exists() || !(part.is_empty() || known(part))
    };
    document.links.iter().filter(lost).cloned().collect()
}

/// All Markdown below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for path in std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()) {
        if path.is_dir() {
            out.extend(below(&path));
        } else if path.extension().is_some_and(|e| e == "md") {
            out.push(path);
        }
    }
    out.sort();
    out
}

#[test]
fn links_of_documents_lead_somewhere() {
    let mut documents = below(&root().join("docs"));
    let others = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "python/README.md", "examples/README.md"];
    documents.extend(others.map(|name| root().join(name)));
    let lost: Vec<String> = documents
        .iter()
        .flat_map(|path| {
            dead(path, &Document::read(path)).into_iter().map(|link| format!("{}: {link}", path.display()))
        })
        .collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn the_summary_names_every_chapter_once() {
    let docs = root().join("docs");
    let summary = Document::read(&docs.join("SUMMARY.md"));
    let named: BTreeSet<PathBuf> = summary.links.iter().map(|link| docs.join(link)).collect();
    assert_eq!(named.len(), summary.links.len(), "a chapter is named twice");
    let there: BTreeSet<PathBuf> = below(&docs).into_iter().filter(|path| !path.ends_with("SUMMARY.md")).collect();
    assert_eq!(named, there);
    // Each begins with a heading: it is the chapter's title in the pages around it.
    for path in there {
        let text = std::fs::read_to_string(&path).expect("a chapter");
        assert!(text.starts_with("# "), "{} has no title", path.display());
    }
}

#[test]
fn lost_links_are_seen_and_others_are_not() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("there.md"), "# First `steps`, all\n\n## B_c – d\n").expect("written");
    std::fs::write(folder.path().join("picture.png"), "").expect("written");
    let text = "# Here\n[a](there.md) [b](there.md#first-steps-all) [c](https://example.org/lost) [d](#here) ![e](picture.png)\n\
        [f](lost.md) [g](there.md#lost) [h](#lost) ![i](lost.png) `[j](lost2.md)` [k][ref]\n\n```\n[l](lost3.md)\n```\n\n\
        [ref]: lost4.md\n\n| a |\n|---|\n| [m](lost5.md) [n](there.md#b_c--d) |\n";
    let path = folder.path().join("here.md");
    std::fs::write(&path, text).expect("written");
    let lost = dead(&path, &Document::of(text));
    assert_eq!(lost, ["lost.md", "there.md#lost", "#lost", "lost.png", "lost4.md", "lost5.md"]);
}
