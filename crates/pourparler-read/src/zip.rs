//! ZIP archives: each member is read like an input of its own. Nothing is written anywhere, so a member's name is no more
//! than a word in messages, whatever path it spells.

use std::io::{BufRead, BufReader, Cursor, Read as _};
use std::ops::ControlFlow;

use ::zip::ZipArchive;

use crate::budget;
use crate::open::Opener;
use crate::problem::ProblemKind;

/// First bytes of an archive.
pub(crate) const MAGIC: &[u8] = b"PK\x03\x04";

/// Most bytes of an archive. Its directory stands at its end, so it is read into memory first.
const LARGEST: usize = 512 << 20;

/// Files by which an archive is known to be a document of an office program that is not read.
const OFFICE: &[&str] = &["xl/workbook.xml", "ppt/presentation.xml", "META-INF/manifest.xml", "META-INF/container.xml"];

/// Reads the members of an archive.
pub(crate) fn read(opener: &mut Opener<'_>, input: &mut dyn BufRead) -> ControlFlow<()> {
    let Some(bytes) = opener.bytes(input, LARGEST)? else { return ControlFlow::Continue(()) };
    let size = bytes.len() as u64;
    let mut archive = match ZipArchive::new(Cursor::new(bytes.as_slice())) {
        Ok(archive) => archive,
        Err(error) => {
            opener.report.add(ProblemKind::Broken, None, format!("the ZIP archive is damaged: {error}; get it anew"));
            return opener.tell();
        }
    };
    if archive.index_for_name("word/document.xml").is_some() {
        return opener.record(&bytes);
    }
    if OFFICE.iter().any(|name| archive.index_for_name(name).is_some()) {
        let reason = "it is a document of an office program, which is not read; save it as text, HTML, CSV or DOCX";
        opener.report.add(ProblemKind::Unsupported, None, reason);
        return opener.tell();
    }
    let declared: u64 = (0..archive.len()).filter_map(|i| archive.by_index_raw(i).ok().map(|m| m.size())).sum();
    if declared > budget::most(size) {
        let reason =
            format!("its members unpack to {} MB, hundreds of times its size; unpack what is wanted", declared >> 20);
        opener.report.add(ProblemKind::TooLarge, None, reason);
        return opener.tell();
    }
    opener.within("zip", |opener| members(opener, &mut archive))
}

fn members(opener: &mut Opener<'_>, archive: &mut ZipArchive<Cursor<&[u8]>>) -> ControlFlow<()> {
    for index in 0..archive.len() {
        let name = archive.name_for_index(index).and_then(Result::ok).unwrap_or_default().into_owned();
        let hidden = name
            .split(['/', '\\'])
            .any(|part| part == "__MACOSX" || part.starts_with('.') && part != ".." && part != ".");
        if hidden || name.ends_with('/') {
            continue;
        }
        opener.report.enter(format!("member {name}"));
        let flow = match archive.by_index(index) {
            // A member may lie about its size; what it says is all that is read of it.
            Ok(member) => {
                let size = member.size();
                let member = opener.budget.unpacked(member.take(size));
                opener.open(&mut BufReader::new(member))
            }
            Err(error) => {
                opener.report.add(ProblemKind::Broken, None, format!("it cannot be unpacked: {error}"));
                opener.tell()
            }
        };
        opener.report.leave();
        flow?;
    }
    ControlFlow::Continue(())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use ::zip::ZipWriter;
    use ::zip::write::SimpleFileOptions;

    use super::*;
    use crate::{ReadOptions, Reading};

    fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            archive.start_file(*name, SimpleFileOptions::default()).expect("memory takes everything");
            archive.write_all(bytes).expect("memory takes everything");
        }
        archive.finish().expect("memory takes everything").into_inner()
    }

    fn reading(bytes: &[u8]) -> Reading {
        crate::read(bytes, "test", &ReadOptions::default())
    }

    fn kinds(reading: &Reading) -> Vec<ProblemKind> {
        reading.problems.iter().map(|p| p.kind).collect()
    }

    #[test]
    fn members_are_inputs_of_their_own() {
        let inner = zip(&[("c.txt", b"The end.")]);
        let archive = zip(&[
            ("a.txt", b"The talks go on."),
            ("../../etc/passwd", b"He left."),
            ("__MACOSX/._a.txt", b"x"),
            ("empty.txt", b""),
            ("b/more.jsonl", b"{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n"),
            ("inner.zip", &inner),
        ]);
        let read = reading(&archive);
        let texts: Vec<_> = read.articles.iter().map(|a| a.article.text.as_str()).collect();
        assert_eq!(texts, ["The talks go on.", "He left.", "One.", "Two.", "The end."]);
        assert_eq!(kinds(&read), [ProblemKind::Empty]);
        assert_eq!(read.problems[0].place.as_deref(), Some("member empty.txt"));
        assert_eq!(read.articles[4].decoding, "zip, zip, utf-8");
    }

    #[test]
    fn what_is_no_archive_of_articles_is_told() {
        assert_eq!(kinds(&reading(b"PK\x03\x04 and no more")), [ProblemKind::Broken]);
        assert_eq!(kinds(&reading(&zip(&[("xl/workbook.xml", b"<x/>")]))), [ProblemKind::Unsupported]);
        let mut archive =
            zip(&[("a.txt", b"The talks go on, and on, and on, and on, and on, and on, and on."), ("b.txt", b"Yes.")]);
        archive[40] ^= 0xff;
        let read = reading(&archive);
        assert_eq!(read.articles.last().map(|a| a.article.text.as_str()), Some("Yes."), "{read:?}");
    }
}
