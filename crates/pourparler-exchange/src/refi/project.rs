//! Writes a record as a project. Texts go into the archive as they come; what `project.qde` says of them waits in a file of its
//! own, since codes, users and cases stand before it and are known last.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek as _, Write};
use std::path::Path;

use pourparler_brief::IssueLabel;
use pourparler_text::{Article, CodePoint, DateRange, Span, Statement};
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::cases::{Cases, values, variables};
use super::codes::{act_code, begin, codes, stance_code};
use super::xml::Xml;
use crate::beside::Beside;
use crate::guid::guid;
use crate::record::{Maker, marked};
use crate::{ArticleRecord, ExchangeError, Exporter, PROGRAM, Report};

/// Above this size an entry needs the wide fields of the ZIP format.
const WIDE: u64 = 1 << 31;

/// An export to a project of REFI-QDA (`.qdpx`).
pub struct ProjectExport {
    archive: ZipWriter<BufWriter<File>>,
    sources: Xml<BufWriter<File>>,
    beside: Beside,
    issues: Vec<IssueLabel>,
    users: BTreeMap<Uuid, String>,
    cases: Cases,
    report: Report,
}

impl ProjectExport {
    /// Begins a project. The issues become codes, also those that no statement takes up.
    ///
    /// # Errors
    /// Where something stands in the place already, or it cannot be written.
    pub fn create(path: &Path, issues: &[IssueLabel]) -> Result<Self, ExchangeError> {
        let (beside, file) = Beside::begin(path)?;
        let waiting = tempfile::tempfile().map_err(|e| ExchangeError::new(path, e))?;
        Ok(Self {
            archive: ZipWriter::new(BufWriter::new(file)),
            sources: Xml::new(BufWriter::new(waiting)),
            beside,
            issues: issues.to_vec(),
            users: BTreeMap::new(),
            cases: Cases::default(),
            report: Report::default(),
        })
    }

    fn user(&mut self, kind: &str, name: &str) -> Uuid {
        let key = guid(kind, &[name]);
        self.users.entry(key).or_insert_with(|| name.to_owned());
        key
    }

    fn source(&mut self, record: &ArticleRecord) -> io::Result<()> {
        let article = &record.read.article;
        let key = guid("source", &[&article.id]);
        let before = self.sources.replaced;
        self.archive.start_file(format!("sources/{key}.txt"), entry(article.text.as_str().len() as u64))?;
        self.archive.write_all(article.text.as_str().as_bytes())?;
        let machine = self.user("machine", &format!("Pourparler ({})", record.extractor));
        self.told(record);

        let name = article.title.as_deref().filter(|t| !t.trim().is_empty()).unwrap_or(&article.id);
        let path = format!("internal://{key}.txt");
        let (source, user) = (key.to_string(), machine.to_string());
        let attributes = [("guid", source.as_str()), ("name", name), ("plainTextPath", &path), ("creatingUser", &user)];
        self.sources.open("TextSource", &attributes)?;
        for statement in &record.read.statements {
            let user = match record.maker(statement) {
                Maker::Person(Some(reviewer)) => self.user("person", reviewer),
                Maker::Person(None) => self.user("nobody", "A person who is not named"),
                Maker::Machine => machine,
            };
            self.statement(article, key, statement, user)?;
        }
        let published = article.published.filter(|day| (1..=9999).contains(&day.year())).map(|day| day.to_string());
        let particulars = [
            ("Article", Some(article.id.as_str())),
            ("Outlet", article.outlet.as_deref()),
            ("Byline", article.byline.as_deref()),
            ("Published", published.as_deref()),
            ("Address", article.url.as_deref()),
            ("Language", article.language.as_deref()),
            ("Extractor", Some(&record.extractor)),
        ];
        values(&mut self.sources, &particulars)?;
        self.sources.close("TextSource")?;
        for _ in before..self.sources.replaced {
            self.report.lose("characters that XML cannot hold, replaced", || article.id.clone());
        }
        self.report.articles += 1;
        Ok(())
    }

    /// Notes what of an article has no room, or may be read otherwise.
    fn told(&mut self, record: &ArticleRecord) {
        let article = &record.read.article;
        if article.text.as_str().contains('\r') {
            let what =
                "texts with carriage returns, which some programs leave out, so that selections look shifted there";
            self.report.lose(what, || article.id.clone());
        }
        for _ in &record.read.rounds {
            self.report.lose("rounds of talks", || article.id.clone());
        }
        for _ in &record.furniture {
            self.report.lose("lines of page furniture, which are not marked as such", || article.id.clone());
        }
        if article.published.is_some_and(|day| day.year() < 1) {
            self.report.lose("days before the year 1", || article.id.clone());
        }
    }

    fn statement(
        &mut self,
        article: &Article,
        source: Uuid,
        statement: &Statement<CodePoint>,
        user: Uuid,
    ) -> io::Result<()> {
        let place = || format!("{}/{}", article.id, statement.id);
        let spans = marked(statement, &article.text);
        if spans.is_empty() {
            self.report.lose("statements that mark no words, left out", place);
            return Ok(());
        }
        if [&statement.source, &statement.cue].iter().any(|s| !s.is_empty()) || has_terms(statement) {
            self.report.lose("places of sources, cues and terms, whose words are in descriptions", place);
        }
        let counted = statement.said_on.as_ref().is_some_and(|d| d.method.is_some() || d.anchor.is_some());
        if counted || statement.positions.iter().any(|p| p.by.is_some()) {
            self.report.lose("how days and positions were found", place);
        }
        self.report.statements += 1;
        let user = user.to_string();
        let mut keys = Vec::new();
        let mut codes: Vec<Uuid> = Vec::new();
        for code in statement.positions.iter().map(|p| stance_code(&p.issue, p.stance)) {
            // Positions on two options of one issue may take one stance.
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes.push(act_code(statement.act));
        for issue in statement.positions.iter().map(|p| &p.issue) {
            if !self.issues.iter().any(|known| known.id == *issue) {
                self.issues.push(IssueLabel { id: issue.clone(), label: issue.clone(), group: String::new() });
            }
        }
        for (n, span) in spans.iter().enumerate() {
            let number = (n + 1).to_string();
            let key = guid("selection", &[&article.id, &statement.id, &number]);
            keys.push(key);
            let name = match spans.len() {
                1 => statement.id.clone(),
                all => format!("{} {number}/{all}", statement.id),
            };
            let (start, end) = (span.start.to_string(), span.end.to_string());
            let attributes = [
                ("guid", &*key.to_string()),
                ("name", &name),
                ("startPosition", &start),
                ("endPosition", &end),
                ("creatingUser", &user),
            ];
            self.sources.open("PlainTextSelection", &attributes)?;
            if n == 0 {
                self.sources.text("Description", &description(statement, article))?;
            }
            for code in &codes {
                let code = code.to_string();
                let key = guid("coding", &[&article.id, &statement.id, &number, &code]);
                self.sources.open("Coding", &[("guid", &key.to_string()), ("creatingUser", &user)])?;
                self.sources.empty("CodeRef", &[("targetGUID", &code)])?;
                self.sources.close("Coding")?;
            }
            self.sources.close("PlainTextSelection")?;
        }
        self.cases.add(&statement.speaker, source, &keys);
        Ok(())
    }

    fn end(self) -> io::Result<(Beside, Report)> {
        let mut waiting = self.sources.into_inner().into_inner().map_err(io::IntoInnerError::into_error)?;
        let size = waiting.stream_position()?;
        waiting.rewind()?;
        let mut archive = self.archive;
        archive.start_file("project.qde", entry(size))?;
        let name = self.beside.target().file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut xml = begin(BufWriter::new(archive))?;
        xml.open("Project", &[("xmlns", "urn:QDA-XML:project:1.0"), ("name", &name), ("origin", PROGRAM)])?;
        if !self.users.is_empty() {
            xml.open("Users", &[])?;
            for (key, name) in &self.users {
                xml.empty("User", &[("guid", &key.to_string()), ("name", name)])?;
            }
            xml.close("Users")?;
        }
        xml.open("CodeBook", &[])?;
        codes(&mut xml, &self.issues)?;
        xml.close("CodeBook")?;
        variables(&mut xml)?;
        self.cases.write(&mut xml)?;
        if size > 0 {
            xml.open("Sources", &[])?;
            let mut to = xml.into_inner();
            io::copy(&mut BufReader::new(waiting), &mut to)?;
            xml = Xml::new(to);
            xml.close("Sources")?;
        }
        xml.close("Project")?;
        let archive = xml.into_inner().into_inner().map_err(io::IntoInnerError::into_error)?;
        archive.finish()?.flush()?;
        Ok((self.beside, self.report))
    }
}

impl Exporter for ProjectExport {
    fn article(&mut self, record: &ArticleRecord) -> Result<(), ExchangeError> {
        self.source(record).map_err(|e| ExchangeError::new(self.beside.target(), e))
    }

    fn finish(self: Box<Self>) -> Result<Report, ExchangeError> {
        let target = self.beside.target().to_owned();
        let (beside, report) = self.end().map_err(|e| ExchangeError::new(&target, e))?;
        beside.place()?;
        Ok(report)
    }
}

/// An entry of the archive that says nothing of when it was written.
fn entry(size: u64) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .large_file(size > WIDE)
}

fn has_terms(statement: &Statement<CodePoint>) -> bool {
    let manner = &statement.manner;
    [&manner.conditions, &manner.reasons, &manner.hedges].iter().any(|spans| !spans.is_empty())
}

/// What has no code, a line for each part.
fn description(statement: &Statement<CodePoint>, article: &Article) -> String {
    let text = &article.text;
    let words = |spans: &[Span<CodePoint>]| Statement::words_at(spans, text);
    let days = |days: &Option<DateRange>| {
        days.as_ref().map_or_else(String::new, |d| {
            let span = if d.from == d.to { d.from.to_string() } else { format!("{} to {}", d.from, d.to) };
            d.text.as_ref().map_or(span.clone(), |words| format!("{span} ({words})"))
        })
    };
    let told = |text: &Option<String>| text.clone().unwrap_or_default();
    let options = statement.positions.iter().filter_map(|p| Some(format!("{} of {}", p.option.as_ref()?, p.issue)));
    let (speaker, manner) = (&statement.speaker, &statement.manner);
    let lines = [
        ("Speaker", told(&speaker.name)),
        ("Kind", speaker.kind.to_string()),
        ("Role", told(&speaker.role)),
        ("Party", told(&speaker.party)),
        ("Said on", days(&statement.said_on)),
        ("Via", statement.via.join(" < ")),
        ("Quotation", statement.quotation.to_string()),
        ("Source", words(&statement.source)),
        ("Cue", words(&statement.cue)),
        ("Option", options.collect::<Vec<_>>().join(", ")),
        ("Conditions", words(&manner.conditions)),
        ("Reasons", words(&manner.reasons)),
        ("Hedges", words(&manner.hedges)),
        ("Firmness", manner.firmness.map(|f| f.to_string()).unwrap_or_default()),
        ("Addressee", told(&manner.addressee)),
        ("Due", days(&manner.due)),
        ("Relayed by", told(&statement.relayed_by)),
        ("Score", statement.confidence.map(|score| format!("{score:.2}")).unwrap_or_default()),
    ];
    let mut all = String::new();
    for (name, line) in lines.iter().filter(|(_, line)| !line.trim().is_empty()) {
        let line: Vec<&str> = line.split_whitespace().collect();
        let apart = if all.is_empty() { "" } else { "\n" };
        // Writing to a String cannot fail.
        let _ = write!(all, "{apart}{name}: {}", line.join(" "));
    }
    all
}
