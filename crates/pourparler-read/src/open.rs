//! From a stream to records: what is it, by its first bytes, and how is it taken apart without holding all of it?
//!
//! Compressed streams are unpacked on the way, archives are walked member by member, files of many articles record by
//! record. Only one record is in memory at a time, and it has a largest size.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;

use crate::budget::Budget;
use crate::problem::{ProblemKind, Report};
use crate::{Found, ReadArticle, ReadOptions, csv, gzip, json, mail, record, warc, zip};

/// Most bytes of a record, or of an input that can only be read as a whole.
pub(crate) const LARGEST: usize = 64 << 20;

/// So many containers may lie in one another.
const DEEPEST: usize = 4;

/// So many first bytes tell what a stream is.
const HEAD: usize = 8 << 10;

/// JSON objects are read in pieces of about so many bytes.
const PIECE: usize = 4 << 20;

/// Opens one input, whatever it holds, and hands over what is found in it.
pub(crate) struct Opener<'a> {
    pub(crate) options: &'a ReadOptions,
    pub(crate) report: Report<'a>,
    each: &'a mut dyn FnMut(Found) -> ControlFlow<()>,
    /// The containers that are open, such as `gzip`.
    containers: Vec<&'static str>,
    pub(crate) budget: Budget,
}

impl<'a> Opener<'a> {
    pub(crate) fn new(
        source: &'a str,
        options: &'a ReadOptions,
        each: &'a mut dyn FnMut(Found) -> ControlFlow<()>,
    ) -> Self {
        Self { options, report: Report::new(source), each, containers: Vec::new(), budget: Budget::default() }
    }

    /// Reads the whole input.
    pub(crate) fn open_input(mut self, input: impl Read) -> ControlFlow<()> {
        let given = self.budget.given(input);
        self.open(&mut BufReader::with_capacity(64 << 10, given))?;
        let rest = self.report.untold();
        self.hand_over(rest.into_iter().map(Found::Problem))
    }

    /// Reads a stream that is the input or lies in one of its containers.
    pub(crate) fn open(&mut self, input: &mut dyn BufRead) -> ControlFlow<()> {
        let mut head = Vec::new();
        let failure = FailOnce(input.take(HEAD as u64).read_to_end(&mut head).err());
        if let (FailOnce(Some(error)), []) = (&failure, head.as_slice()) {
            return self.broken(error);
        }
        let kind = head.clone();
        let mut input = Cursor::new(head).chain(failure.chain(input));
        if kind.starts_with(gzip::MAGIC) {
            let unpacked = self.budget.unpacked(gzip::Unpacked::new(input));
            self.within("gzip", |opener| opener.open(&mut BufReader::new(unpacked)))
        } else if kind.starts_with(warc::MAGIC) {
            self.within("warc", |opener| warc::read(opener, &mut input))
        } else if kind.starts_with(zip::MAGIC) {
            zip::read(self, &mut input)
        } else if mail::is_box(&kind) {
            self.within("mbox", |opener| mail::read_box(opener, &mut input))
        } else if json_lines(&kind) {
            self.json(&mut input)
        } else if let Some(delimiter) = csv::delimiter(&kind) {
            csv::read(self, &mut input, delimiter)
        } else if kind.starts_with(b"\xff\xfe") || kind.starts_with(b"\xfe\xff") {
            self.utf16(&mut input)
        } else {
            #[cfg(feature = "parquet")]
            if kind.starts_with(crate::parquet::MAGIC) {
                return crate::parquet::read(self, &mut input);
            }
            self.whole(&mut input)
        }
    }

    /// Opens what lies in a container.
    pub(crate) fn within(
        &mut self,
        container: &'static str,
        open: impl FnOnce(&mut Self) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if self.containers.len() == DEEPEST {
            let reason = format!("more than {DEEPEST} containers lie in one another; unpack it and give what is in it");
            self.report.add(ProblemKind::TooLarge, None, reason);
            return self.tell();
        }
        self.containers.push(container);
        let flow = open(self);
        self.containers.pop();
        flow
    }

    /// Reads a record that is part of the input, with what its container tells of it; `place` says where it is.
    pub(crate) fn part(&mut self, bytes: &[u8], options: &ReadOptions, place: String) -> ControlFlow<()> {
        self.report.enter(place);
        let articles = record::read(bytes, options, &mut self.report);
        self.report.leave();
        self.give(articles)
    }

    /// Reads a stream in UTF-16. A table in it, as office programs write one, is read like any other.
    fn utf16(&mut self, input: &mut dyn BufRead) -> ControlFlow<()> {
        let Some(bytes) = self.bytes(input, LARGEST)? else { return ControlFlow::Continue(()) };
        let (text, encoding, _) = encoding_rs::UTF_16LE.decode(&bytes);
        match csv::delimiter(&text.as_bytes()[..text.floor_char_boundary(HEAD)]) {
            Some(delimiter) => {
                let name = if encoding == encoding_rs::UTF_16LE { "utf-16le" } else { "utf-16be" };
                self.within(name, |opener| csv::read(opener, &mut text.as_bytes(), delimiter))
            }
            None => self.record(&bytes),
        }
    }

    /// Reads what is left of the stream as one record.
    fn whole(&mut self, input: &mut dyn BufRead) -> ControlFlow<()> {
        match self.bytes(input, LARGEST)? {
            Some(bytes) => self.record(&bytes),
            None => ControlFlow::Continue(()),
        }
    }

    /// What is left of the stream; `None`, with a problem, where it is too much.
    pub(crate) fn bytes(&mut self, input: &mut dyn BufRead, most: usize) -> ControlFlow<(), Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        if let Err(error) = input.take(most as u64 + 1).read_to_end(&mut bytes) {
            self.broken(&error)?;
        }
        if bytes.len() <= most {
            return ControlFlow::Continue(Some(bytes));
        }
        let reason = format!("it is larger than the {} MB that are read at once; cut it up", most >> 20);
        self.report.add(ProblemKind::TooLarge, None, reason);
        self.tell()?;
        ControlFlow::Continue(None)
    }

    /// Reads bytes that are one record.
    pub(crate) fn record(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        let articles = record::read(bytes, self.options, &mut self.report);
        self.give(articles)
    }

    /// Reads JSON objects in pieces that end where a line begins with an object.
    fn json(&mut self, input: &mut dyn BufRead) -> ControlFlow<()> {
        let mut lines = Lines::new(input);
        let (mut piece, mut first) = (Vec::new(), 1);
        loop {
            let line = match lines.next() {
                Ok(line) => line,
                Err(error) => {
                    self.json_piece(&piece, first)?;
                    return self.broken(&error);
                }
            };
            let begins = matches!(&line, Some(Line::Whole(words)) if words.starts_with(b"{"));
            if line.is_none() || begins && piece.len() >= PIECE || piece.len() > LARGEST {
                self.json_piece(&piece, first)?;
                piece.clear();
                first = lines.number;
            }
            match line {
                None => return ControlFlow::Continue(()),
                Some(Line::Whole(words)) => piece.extend(words),
                Some(Line::TooLong) => {
                    let place = Some(format!("line {}", lines.number));
                    let reason = format!("the line is longer than {} MB and is left out", LARGEST >> 20);
                    self.report.add(ProblemKind::TooLarge, place, reason);
                }
            }
        }
    }

    fn json_piece(&mut self, piece: &[u8], first: usize) -> ControlFlow<()> {
        if piece.is_empty() {
            return self.tell();
        }
        self.report.first_line = first;
        let articles = record::read(piece, self.options, &mut self.report);
        self.report.first_line = 1;
        self.give(articles)
    }

    /// Hands over articles and the problems there were with them.
    pub(crate) fn give(&mut self, articles: Vec<ReadArticle>) -> ControlFlow<()> {
        self.tell()?;
        let containers = self.containers.iter().map(|c| format!("{c}, ")).collect::<String>();
        self.hand_over(articles.into_iter().map(|mut article| {
            article.decoding.insert_str(0, &containers);
            Found::Article(Box::new(article))
        }))
    }

    /// Hands over the problems that there were.
    pub(crate) fn tell(&mut self) -> ControlFlow<()> {
        let problems = self.report.take();
        self.hand_over(problems.into_iter().map(Found::Problem))
    }

    /// The stream failed: what was read of it is read, the rest cannot be.
    pub(crate) fn broken(&mut self, error: &io::Error) -> ControlFlow<()> {
        let reason = format!("the rest could not be read: {error}; get the file anew");
        self.report.add(ProblemKind::Broken, None, reason);
        self.tell()
    }

    fn hand_over(&mut self, found: impl Iterator<Item = Found>) -> ControlFlow<()> {
        for one in found {
            (self.each)(one)?;
        }
        ControlFlow::Continue(())
    }
}

/// Fails once, as the stream did from whose head it was kept, and then is at its end.
struct FailOnce(Option<io::Error>);

impl Read for FailOnce {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl BufRead for FailOnce {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.take().map_or(Ok(&[]), Err)
    }

    fn consume(&mut self, _: usize) {}
}

/// Whether a stream that begins so can be read as JSON piece by piece: in an encoding in which a line break is one byte.
fn json_lines(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    !head.contains(&0) && head.utf8_chunks().next().is_some_and(|chunk| json::looks_like(chunk.valid()))
}

/// A line with its end.
pub(crate) enum Line {
    Whole(Vec<u8>),
    /// It is longer than [`LARGEST`] and was passed over.
    TooLong,
}

/// Lines of a stream, none of them longer than memory allows.
pub(crate) struct Lines<'a> {
    input: &'a mut dyn BufRead,
    /// Number of the line that was read last, counted from 1.
    pub(crate) number: usize,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(input: &'a mut dyn BufRead) -> Self {
        Self { input, number: 0 }
    }

    /// The next line; `None` at the end of the stream.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut line = Vec::new();
        (&mut *self.input).take(LARGEST as u64).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        if line.len() < LARGEST || line.ends_with(b"\n") {
            return Ok(Some(Line::Whole(line)));
        }
        self.input.skip_until(b'\n')?;
        Ok(Some(Line::TooLong))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    /// Texts of the articles in an input, with their decoding, and the kinds of the problems.
    fn opened(input: impl Read) -> (Vec<(String, String)>, Vec<ProblemKind>) {
        let (mut articles, mut problems) = (Vec::new(), Vec::new());
        let mut each = |found| {
            match found {
                Found::Article(one) => articles.push((one.article.text.as_str().to_owned(), one.decoding)),
                Found::Problem(problem) => problems.push(problem.kind),
            }
            ControlFlow::Continue(())
        };
        let flow = Opener::new("test", &ReadOptions::default(), &mut each).open_input(input);
        assert_eq!(flow, ControlFlow::Continue(()));
        (articles, problems)
    }

    pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(bytes).and_then(|()| packed.finish()).expect("memory takes everything")
    }

    fn article(text: &str, decoding: &str) -> (String, String) {
        (text.to_owned(), decoding.to_owned())
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let text = "The talks go on.";
        let once = gzip(text.as_bytes());
        assert_eq!(opened(once.as_slice()), (vec![article(text, "gzip, utf-8")], vec![]));
        let twice = gzip(&once);
        assert_eq!(opened(twice.as_slice()), (vec![article(text, "gzip, gzip, utf-8")], vec![]));
        let deep = (0..3).fold(twice, |packed, _| gzip(&packed));
        assert_eq!(opened(deep.as_slice()), (vec![], vec![ProblemKind::TooLarge]));
    }

    #[test]
    fn bombs_are_told_and_cost_no_memory() {
        let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
        let zeros = vec![b'a'; 1 << 20];
        for _ in 0..65 {
            bomb.write_all(&zeros).expect("memory takes everything");
        }
        let bomb = bomb.finish().expect("memory takes everything");
        assert_eq!(opened(bomb.as_slice()), (vec![], vec![ProblemKind::TooLarge]));
    }

    #[test]
    fn json_in_pieces_is_json_as_a_whole() {
        let filler = "x".repeat(1000);
        let count = 2 * PIECE / 1000;
        let mut lines = String::new();
        for i in 0..count {
            lines += &format!("{{\"text\":\"{i}\",\"filler\":\"{filler}\"}}\n");
        }
        lines += "nonsense\n{\"text\":\"end\"}\n";
        let (articles, problems) = opened(lines.as_bytes());
        assert_eq!((articles.len(), articles[count].0.as_str()), (count + 1, "end"));
        assert_eq!(problems, [ProblemKind::Json]);
    }

    #[test]
    fn a_line_without_end_is_left_out_and_the_rest_read() {
        let line = b"{\"text\":\"a\"}\n";
        let endless =
            line.chain(io::repeat(b'{').take(3 * LARGEST as u64)).chain(b"\n".as_slice()).chain(line.as_slice());
        let (articles, problems) = opened(endless);
        assert_eq!((articles.len(), problems), (2, vec![ProblemKind::TooLarge]));
    }
}
