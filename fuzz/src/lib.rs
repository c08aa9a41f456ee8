//! What all targets check: any bytes come to an end without a panic, and what is read keeps the invariants of reading, of dossiers and of spans.

use std::cell::Cell;
use std::io::{Cursor, Write as _};
use std::sync::Once;
use std::{panic, thread};

use pourparler_dossier::{Change, Dossier, Gazetteer, IssueMatcher, changed};
use pourparler_read::copies::{CopyIndex, Profile, compare};
use pourparler_read::{ReadOptions, Reading, WORKER, feed_entries, read};
use pourparler_text::{ArticleStatements, CodePoint, Span, Statement, Text, paragraphs, sentences};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// One in so many mutations repeats a part of the input.
const REPEATED: u32 = 256;

/// Reads bytes that begin as inputs of one form do, so that the fuzzer need not find that out.
pub fn check(head: &[u8], data: &[u8]) {
    let_workers_panic();
    let bytes = [head, data].concat();
    let Reading { articles, problems } = read(&bytes, "fuzz", &ReadOptions::default());
    for one in &articles {
        assert!(one.furniture.is_sorted());
        assert!(one.furniture.iter().all(|&span| one.article.text.fits(span) && !span.is_empty()));
        assert!(!one.article.id.is_empty());
    }
    for problem in &problems {
        assert!(!problem.reason.is_empty());
    }
}

/// Reads a feed as articles and as entries. An entry alone is a feed of its own.
pub fn check_feed(head: &[u8], data: &[u8]) {
    check(head, data);
    let options = ReadOptions { url: Some("https://example.org/feed".to_owned()), ..ReadOptions::default() };
    let (entries, _) = feed_entries(&[head, data].concat(), "fuzz", &options);
    for entry in entries.iter().take(4) {
        assert_eq!(feed_entries(&entry.record, "fuzz", &options).0.len(), 1);
    }
}

/// Reads a Word document with these bytes as its text.
pub fn check_document(xml: &[u8]) {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // Memory takes everything.
    let written =
        archive.start_file("word/document.xml", SimpleFileOptions::default()).is_ok() && archive.write_all(xml).is_ok();
    assert!(written);
    check(b"", &archive.finish().map(Cursor::into_inner).unwrap_or_default());
}

/// Reads a page that an archive keeps with these bytes as what the server sent behind its first line.
pub fn check_response(data: &[u8]) {
    let response = [b"HTTP/1.1 200 OK\r\n", data].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/talks\r\n\
         Content-Type: application/http\r\nContent-Length: {}\r\n\r\n",
        response.len()
    );
    check(head.as_bytes(), &response);
}

/// Compares two texts, which a zero byte divides.
pub fn check_copies(data: &[u8]) {
    let_workers_panic();
    let mut texts = data.splitn(2, |&b| b == 0).map(|bytes| read(bytes, "fuzz", &ReadOptions::default()).articles);
    let mut profile = || texts.next()?.first().map(Profile::of_read);
    let (Some(a), Some(b)) = (profile(), profile()) else { return };
    assert_eq!(compare(&a, &b), compare(&b, &a));
    let mut index = CopyIndex::new(Cursor::new(Vec::new()));
    for (number, one) in (0..).zip([&a, &b, &a]) {
        let related = index.insert(one, b"label").expect("memory takes everything");
        assert!(related.iter().all(|r| r.earlier < number && (0.0..=1.0).contains(&r.kin.score)));
        // A text is a copy of itself.
        assert!(number < 2 || a.words() == 0 || related.iter().any(|r| r.earlier == 0));
        assert_eq!(index.label(number).expect("it was given"), b"label");
    }
    assert!(index.groups().len() <= 1);
}

/// Reads a dossier, tells what is wrong with it, writes it, changes it by a form, and lets it find names and issues in itself.
pub fn check_dossier(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(dossier) = Dossier::parse(text) else { return };
    let _ = dossier.problems();
    assert_eq!(Dossier::parse(&dossier.to_toml()).as_ref(), Ok(&dossier), "what is written is what was read");
    let side = dossier.sides.first().cloned();
    let changes = [
        Change::Name { to: "Talks of \"Tarn\" # 2".to_owned() },
        Change::Side { of: side.as_ref().map(|s| s.name.clone()), to: None },
        Change::Side { of: None, to: side },
        Change::Issue { of: None, to: dossier.issues.first().cloned() },
    ];
    for change in changes {
        if let Ok(changed) = changed(text, &change) {
            assert!(Dossier::parse(&changed).is_ok());
        }
    }
    let gazetteer = Gazetteer::new(&dossier);
    for (range, place) in gazetteer.scan(text) {
        assert!(text.get(range).is_some() && !place.party.is_empty());
    }
    for hit in IssueMatcher::new(&dossier).issues(text, text) {
        assert!(text.get(hit.words).is_some());
    }
}

/// Cuts a text into paragraphs and sentences, and takes their spans through every unit and back.
pub fn check_spans(data: &[u8]) {
    let string = String::from_utf8_lossy(data).into_owned();
    let text = Text::new(string.as_str());
    for spans in [paragraphs(&string), sentences(&string)] {
        assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
        for span in spans {
            assert!(text.fits(span) && !span.is_empty());
            let points = text.to_code_points(span);
            assert_eq!(text.to_bytes(points), span);
            assert_eq!(text.from_utf16(text.to_utf16(span)), points);
        }
    }
}

/// Reads a record as statement files hold it; where its spans lie in its text, they are the same after both conversions.
pub fn check_record(data: &[u8]) {
    let Ok(record) = serde_json::from_slice::<ArticleStatements>(data) else { return };
    let text = record.article.text.clone();
    let inside = text.as_str().chars().count();
    for statement in record.statements {
        let sound = Cell::new(true);
        let _ = statement.clone().map_spans(|span: Span<CodePoint>| {
            sound.set(sound.get() && span.start <= span.end && span.end <= inside);
            span
        });
        let bytes = statement.clone().to_bytes(&text);
        let _ = (Statement::words(&bytes.content, &text), statement.day(None));
        if sound.get() {
            assert_eq!(bytes.to_code_points(&text), statement);
        }
    }
}

/// The fuzzer ends at every panic, also at those that readers expect and catch.
fn let_workers_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let fatal = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if thread::current().name() != Some(WORKER) {
                fatal(panic);
            }
        }));
    });
}

/// Now and then repeats a part of the input as often as it fits: what takes time that grows with the square shows then.
pub fn stretch(data: &mut [u8], size: usize, most: usize, seed: u32) -> usize {
    if size == 0 || seed % REPEATED != 0 {
        return libfuzzer_sys::fuzzer_mutate(data, size, most);
    }
    let mut seed = seed as usize / REPEATED as usize;
    let mut below = |limit: usize| {
        let number = seed % limit;
        seed = seed / limit ^ seed.rotate_left(11);
        number
    };
    let from = below(size);
    let length = 1 + below((size - from).min(64));
    let part = data[from..from + length].to_vec();
    let rest = data[from + length..size].to_vec();
    let end = most.saturating_sub(rest.len()).max(from + length);
    for (to, &byte) in data[from..end].iter_mut().zip(part.iter().cycle()) {
        *to = byte;
    }
    data[end..end + rest.len()].copy_from_slice(&rest);
    end + rest.len()
}

/// A target with a check of its own.
#[macro_export]
macro_rules! target {
    ($check:expr) => {
        libfuzzer_sys::fuzz_target!(|data: &[u8]| $check(data));
        libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
            $crate::stretch(data, size, max_size, seed)
        });
    };
}

/// A target for inputs that begin so.
#[macro_export]
macro_rules! reader {
    ($head:expr) => {
        $crate::target!(|data| $crate::check($head, data));
    };
}
