//! The codebook: issues with their stances, and acts.

use std::io::{self, Write};

use pourparler_brief::IssueLabel;
use pourparler_text::{Act, Stance};
use quick_xml::events::{BytesDecl, Event};
use uuid::Uuid;

use super::xml::Xml;
use crate::PROGRAM;
use crate::guid::guid;
use crate::issue_names::distinct;

/// The code of a stance on an issue.
pub fn stance_code(issue: &str, stance: Stance) -> Uuid {
    guid("stance", &[issue, stance.as_str()])
}

/// The code of an act.
pub fn act_code(act: Act) -> Uuid {
    guid("act", &[act.as_str()])
}

/// Writes the codes of a codebook alone, without articles (`.qdc`).
///
/// # Errors
/// Where `out` fails.
pub fn write_codebook(out: &mut dyn Write, issues: &[IssueLabel]) -> io::Result<()> {
    let mut xml = begin(out)?;
    xml.open("CodeBook", &[("xmlns", "urn:QDA-XML:codebook:1.0"), ("origin", PROGRAM)])?;
    codes(&mut xml, issues)?;
    xml.close("CodeBook")
}

/// A document with its declaration.
pub fn begin<W: Write>(mut out: W) -> io::Result<Xml<W>> {
    quick_xml::Writer::new(&mut out).write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    Ok(Xml::new(out))
}

/// Writes the element `Codes`.
pub fn codes<W: Write>(xml: &mut Xml<W>, issues: &[IssueLabel]) -> io::Result<()> {
    let names = distinct(issues);
    xml.open("Codes", &[])?;
    if !issues.is_empty() {
        folder(xml, guid("folder", &["issues"]), "Issues")?;
        let mut groups: Vec<&str> = Vec::new();
        for issue in issues {
            if !groups.contains(&issue.group.as_str()) {
                groups.push(&issue.group);
            }
        }
        for group in groups {
            let grouped = !group.is_empty();
            if grouped {
                let shared = names.iter().any(|name| name == group) || ["Issues", "Acts"].contains(&group);
                let name = if shared { format!("{group} (group)") } else { group.to_owned() };
                folder(xml, guid("group", &[group]), &name)?;
            }
            for (issue, name) in issues.iter().zip(&names).filter(|(issue, _)| issue.group == group) {
                folder(xml, guid("issue", &[&issue.id]), name)?;
                if *name != issue.id {
                    xml.text("Description", &issue.id)?;
                }
                for stance in Stance::ALL {
                    code(xml, stance_code(&issue.id, *stance), &format!("{name}: {stance}"))?;
                }
                xml.close("Code")?;
            }
            if grouped {
                xml.close("Code")?;
            }
        }
        xml.close("Code")?;
    }
    folder(xml, guid("folder", &["acts"]), "Acts")?;
    for act in Act::ALL {
        code(xml, act_code(*act), &format!("Act: {act}"))?;
    }
    xml.close("Code")?;
    xml.close("Codes")
}

fn folder<W: Write>(xml: &mut Xml<W>, guid: Uuid, name: &str) -> io::Result<()> {
    xml.open("Code", &[("guid", &guid.to_string()), ("name", name), ("isCodable", "false")])
}

fn code<W: Write>(xml: &mut Xml<W>, guid: Uuid, name: &str) -> io::Result<()> {
    xml.empty("Code", &[("guid", &guid.to_string()), ("name", name), ("isCodable", "true")])
}
