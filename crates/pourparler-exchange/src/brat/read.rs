//! Reading brat annotation: ours, PolNeAR's, and what people made of either in brat.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use pourparler_text::{
    Act, Article, ArticleStatements, CodePoint, Quotation, Round, Span, Speaker, SpeakerKind, Stance, Statement,
};
use serde::Deserialize;

use super::write::lines;
use crate::{ArticleRecord, ExchangeError, Problem};

/// What stands beside the annotation in our own folders.
#[derive(Debug, Deserialize)]
struct Beside {
    article: serde_json::Map<String, serde_json::Value>,
    text_sha256: String,
    extractor: String,
    reviewers: BTreeMap<String, String>,
    rounds: Vec<Round<CodePoint>>,
    furniture: Vec<Span<CodePoint>>,
    statements: Vec<Statement<CodePoint>>,
}

/// Reads the articles of a folder and of those inside it, in the order of their names. What is wrong with one goes to `wrong`, and
/// the rest is read.
///
/// A statement that was exported comes back as it was, but for what was changed in brat: its words, its quotation, act and kind of
/// speaker, and its first stance. What was changed or is new was decided by a person and carries no score.
///
/// # Errors
/// Where the folder cannot be read, or what `each` gives.
pub fn import<E: From<ExchangeError>>(
    folder: &Path,
    each: &mut dyn FnMut(ArticleRecord) -> Result<(), E>,
    wrong: &mut dyn FnMut(String),
) -> Result<(), E> {
    let mut files = Vec::new();
    annotations_in(folder, &mut files).map_err(|e| ExchangeError::new(folder, e))?;
    files.sort();
    for file in files {
        match article(&file, wrong) {
            Ok(record) => each(record)?,
            Err(e) => wrong(e.to_string()),
        }
    }
    Ok(())
}

fn annotations_in(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // Links are not followed, so that none leads round and round.
        if entry.file_type()?.is_dir() {
            annotations_in(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "ann") {
            files.push(path);
        }
    }
    Ok(())
}

fn article(file: &Path, wrong: &mut dyn FnMut(String)) -> Result<ArticleRecord, ExchangeError> {
    let read = |path: &Path| fs::read_to_string(path).map_err(|e| ExchangeError::new(path, e));
    let annotation = read(file)?;
    let text = read(&text_of(file))?;
    let beside = file.with_extension("json");
    let beside: Option<Beside> = match beside.is_file() {
        true => Some(serde_json::from_str(&read(&beside)?).map_err(|e| ExchangeError::new(&beside, e))?),
        false => None,
    };
    let article = Article::from_text(text);
    let events = Annotation::parse(&annotation, article.text.as_str().chars().count(), &mut |what| {
        wrong(format!("{}: {what}", file.display()));
    });
    let Some(beside) = beside else {
        let article = Article { id: name(file), ..article };
        let statements = events.iter().map(|e| e.fresh(&article)).collect();
        let read = ArticleStatements::new(article, statements);
        return Ok(ArticleRecord {
            read,
            furniture: Vec::new(),
            extractor: "brat".to_owned(),
            reviewers: BTreeMap::new(),
        });
    };
    if beside.text_sha256 != article.text.sha256() {
        let what = "its text is no longer the one that was exported, so that places do not hold; put the old text back";
        return Err(ExchangeError::new(file, Problem::Damaged(what.to_owned())));
    }
    let mut head = serde_json::Value::Object(beside.article);
    head["text"] = article.text.as_str().into();
    let article: Article = serde_json::from_value(head).map_err(|e| ExchangeError::new(file, e))?;
    let letters: Vec<char> = article.text.as_str().chars().collect();
    let mut reviewers = beside.reviewers;
    let mut statements = Vec::new();
    for event in &events {
        let known = event.number.checked_sub(1).and_then(|at| beside.statements.get(at));
        let statement = match known {
            Some(known) => event.changed(known, &letters),
            None => event.fresh(&article),
        };
        if known != Some(&statement) {
            reviewers.remove(&statement.id);
        }
        statements.push(statement);
    }
    reviewers.retain(|id, _| statements.iter().any(|s| s.id == *id));
    let read = ArticleStatements { article, statements, rounds: beside.rounds };
    Ok(ArticleRecord { read, furniture: beside.furniture, extractor: beside.extractor, reviewers })
}

/// The text of an annotation: beside it, or as PolNeAR has it in a folder `text` beside the annotation's own, without the mark of
/// who annotated at its name's end.
fn text_of(file: &Path) -> PathBuf {
    let near = file.with_extension("txt");
    if near.is_file() {
        return near;
    }
    let stem = name(file);
    let bare = stem.rsplit_once('_').map_or(stem.as_str(), |(bare, _)| bare);
    let folder = file.parent().and_then(Path::parent).map(|folder| folder.join("text"));
    let far = folder.into_iter().flat_map(|folder| [&stem, bare].map(|name| folder.join(format!("{name}.txt"))));
    far.into_iter().find(|text| text.is_file()).unwrap_or(near)
}

fn name(file: &Path) -> String {
    file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// An attribution as brat has it.
#[derive(Debug, Default)]
struct Annotation {
    number: usize,
    source: Vec<Span<CodePoint>>,
    cue: Vec<Span<CodePoint>>,
    content: Vec<Span<CodePoint>>,
    values: HashMap<String, String>,
}

impl Annotation {
    /// The attributions of a file, in its order. What is not understood goes to `wrong`.
    fn parse(annotation: &str, length: usize, wrong: &mut dyn FnMut(String)) -> Vec<Self> {
        let mut bound: HashMap<&str, Vec<Span<CodePoint>>> = HashMap::new();
        let mut values: HashMap<&str, HashMap<String, String>> = HashMap::new();
        let (mut events, mut before) = (Vec::new(), None);
        for (number, line) in annotation.lines().enumerate() {
            let mut columns = line.split('\t');
            let (id, what) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
            // Words that reach over the end of a line go on in the next.
            if before == Some('T') && !is_id(id) {
                continue;
            }
            before = id.chars().next();
            let mut not_understood = || wrong(format!("line {}: `{line}` is not understood and left out", number + 1));
            match id.chars().next() {
                Some('T') => match places(what, length) {
                    Some(spans) => drop(bound.insert(id, spans)),
                    None => not_understood(),
                },
                Some('E') => match id[1..].parse() {
                    Ok(number) => events.push((id, number, what)),
                    Err(_) => not_understood(),
                },
                Some('A' | 'M') => {
                    let mut words = what.splitn(3, ' ');
                    let (Some(name), Some(event)) = (words.next(), words.next()) else {
                        not_understood();
                        continue;
                    };
                    let value = words.next().unwrap_or_default().to_owned();
                    values.entry(event).or_default().insert(name.to_owned(), value);
                }
                // Notes are for people; lines of other kinds are nothing that we know.
                None | Some('#') => {}
                Some(_) => not_understood(),
            }
        }
        // PolNeAR has events that say that there is no attribution, too.
        let attributions = events.into_iter().filter(|(.., roles): &(_, _, &str)| roles.starts_with("Attribution"));
        let made = attributions.filter_map(|(id, number, roles)| {
            let mut event = Self { number, values: values.remove(id).unwrap_or_default(), ..Self::default() };
            for (role, target) in roles.split(' ').filter_map(|role| role.split_once(':')) {
                let spans = bound.get(target).cloned().unwrap_or_default();
                // A second content is called `Content2`.
                match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                    "Source" => event.source.extend(spans),
                    "Cue" => event.cue.extend(spans),
                    "Content" => event.content.extend(spans),
                    _ => {}
                }
            }
            if event.content.is_empty() {
                wrong(format!("{id}: an attribution without content is left out"));
            }
            [&mut event.source, &mut event.cue, &mut event.content].into_iter().for_each(|spans| spans.sort());
            (!event.content.is_empty()).then_some(event)
        });
        made.collect()
    }

    fn value<T: FromStr>(&self, name: &str) -> Option<T> {
        self.values.get(name)?.parse().ok()
    }

    /// A statement that was exported, with what was changed since.
    fn changed(&self, known: &Statement<CodePoint>, text: &[char]) -> Statement<CodePoint> {
        let mut statement = known.clone();
        let parts = [
            (&mut statement.source, &self.source),
            (&mut statement.cue, &self.cue),
            (&mut statement.content, &self.content),
        ];
        for (spans, marked) in parts {
            let mut cut: Vec<Span<CodePoint>> = spans.iter().flat_map(|s| lines(*s, text)).collect();
            cut.sort();
            if cut != *marked {
                spans.clone_from(marked);
            }
        }
        statement.quotation = self.value("Quotation").unwrap_or(statement.quotation);
        statement.act = self.value("Act").unwrap_or(statement.act);
        statement.speaker.kind = self.value("SpeakerKind").unwrap_or(statement.speaker.kind);
        if let Some((position, stance)) = statement.positions.first_mut().zip(self.value::<Stance>("Stance"))
            && position.stance != stance
        {
            *position = pourparler_text::Position { stance, by: None, ..position.clone() };
        }
        if statement != *known || self.values.contains_key("Reviewed") {
            statement.confidence = None;
        }
        statement
    }

    /// A statement that brat alone knows.
    fn fresh(&self, article: &Article) -> Statement<CodePoint> {
        let words = |spans: &[Span<CodePoint>]| {
            let words: Vec<&str> = spans.iter().map(|&s| article.text.get(article.text.to_bytes(s))).collect();
            words.join(" ")
        };
        let source = words(&self.source);
        Statement {
            source: self.source.clone(),
            cue: self.cue.clone(),
            quotation: self.value("Quotation").unwrap_or_else(|| Quotation::of(&self.content, &article.text)),
            // The words describe the source; whether they are a name, nobody has said.
            speaker: Speaker {
                name: None,
                kind: self.value("SpeakerKind").unwrap_or(SpeakerKind::Unnamed),
                role: Some(source).filter(|s| !s.is_empty()),
                party: None,
            },
            act: self.value("Act").unwrap_or(Act::Assert),
            ..Statement::bare(format!("E{}", self.number), self.content.clone())
        }
    }
}

/// Whether this is how a line begins: `T12`.
fn is_id(id: &str) -> bool {
    let mut letters = id.chars();
    letters.next().is_some_and(|c| c.is_ascii_uppercase() || matches!(c, '#' | '*'))
        && letters.all(|c| c.is_ascii_digit())
}

/// The places of `Source 90 111;120 130`, where all are inside a text of so many code points.
fn places(what: &str, length: usize) -> Option<Vec<Span<CodePoint>>> {
    let (_, places) = what.split_once(' ')?;
    let place = |place: &str| {
        let (start, end) = place.split_once(' ')?;
        let (start, end): (usize, usize) = (start.parse().ok()?, end.parse().ok()?);
        (start < end && end <= length).then(|| Span::new(start, end))
    };
    places.split(';').map(place).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Exporter as _;
    use crate::brat::BratFolder;
    use crate::fixture::{any_record, at, tricky};

    fn written(records: &[ArticleRecord]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let mut out = Box::new(BratFolder::create(folder.path()).expect("begun"));
        for record in records {
            out.article(record).expect("written");
        }
        assert_eq!(out.finish().expect("finished").articles, records.len());
        folder
    }

    fn read(folder: &Path) -> (Vec<ArticleRecord>, Vec<String>) {
        let (mut records, mut wrong) = (Vec::new(), Vec::new());
        let each = &mut |record| {
            records.push(record);
            Ok::<(), ExchangeError>(())
        };
        import(folder, each, &mut |what| wrong.push(what)).expect("the folder is there");
        (records, wrong)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_goes_out_comes_back(record in any_record()) {
            let folder = written(std::slice::from_ref(&record));
            prop_assert_eq!(read(folder.path()), (vec![record], vec![]));
        }

        #[test]
        fn no_annotation_is_too_bad(lines in "([TEAR#*][0-9]{0,2}\t?[A-Za-z]{0,8}[: ][0-9]{0,4} ?[0-9]{0,9};?\t?\\PC{0,5}\n){0,6}") {
            let folder = written(&[tricky()]);
            fs::write(folder.path().join("tricky-1.ann"), lines).expect("written");
            read(folder.path());
        }
    }

    #[test]
    fn places_are_of_the_words_beside_them() {
        let folder = written(&[tricky()]);
        let text: Vec<char> = fs::read_to_string(folder.path().join("tricky-1.txt")).expect("text").chars().collect();
        let annotation = fs::read_to_string(folder.path().join("tricky-1.ann")).expect("annotation");
        let mut seen = 0;
        for line in annotation.lines().filter(|l| l.starts_with('T')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let spans = places(columns[1], text.len()).expect("places");
            let words: Vec<String> = spans.iter().map(|s| text[s.start..s.end].iter().collect()).collect();
            assert_eq!(words.join(" "), columns[2]);
            seen += 1;
        }
        assert_eq!(seen, 12, "source, cue, content and anchor of three statements");
    }

    #[test]
    fn what_was_changed_in_brat_was_decided_by_a_person() {
        let folder = written(&[tricky()]);
        let path = folder.path().join("tricky-1.ann");
        let annotation = fs::read_to_string(&path).expect("annotation");
        let model = at("the Osk model");
        let added = format!(
            "T90\tContent {} {}\tthe Osk model\nT91\tCue {} {}\trejects\nE9\tAttribution:T91 Content:T90 Cue:T91\n",
            model.start,
            model.end,
            at("rejects").start,
            at("rejects").end
        );
        let changed =
            annotation.replace("Act E1 propose", "Act E1 demand").replace("Stance E1 conditional", "Stance E1 opposes");
        fs::write(&path, changed + &added).expect("written");
        let (records, wrong) = read(folder.path());
        let all = &records[0].read.statements;
        assert_eq!((wrong.len(), all.len()), (0, 4));
        assert_eq!((all[0].act, all[0].positions[0].stance, all[0].confidence), (Act::Demand, Stance::Opposes, None));
        assert_eq!(all[0].positions[1], tricky().read.statements[0].positions[1]);
        assert_eq!(all[1], tricky().read.statements[1]);
        assert_eq!((all[3].id.as_str(), &all[3].content[..], all[3].confidence), ("E9", &[model][..], None));
        assert_eq!(records[0].reviewers.get("s3").map(String::as_str), Some("Bo"));
    }

    #[test]
    fn annotation_of_others_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = "Local activists say “we stay”. Others left.";
        fs::write(folder.path().join("a.txt"), text).expect("written");
        let annotation = "T1\tSource 0 15\tLocal activists\nT2\tCue 16 19\tsay\nT3\tContent 20 29\t“we stay”\n\
                          T4\tAttribution 16 19\tsay\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\nR1\tCoref Arg1:T1 Arg2:T3\t\n\
                          T5\tContent 90 99\tnowhere\nE2\tAttribution:T4 Content:T5 Cue:T2\n";
        fs::write(folder.path().join("a.ann"), annotation).expect("written");
        let (records, wrong) = read(folder.path());
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        let [statement] = &records[0].read.statements[..] else { panic!("one statement") };
        assert_eq!((records[0].read.article.id.as_str(), statement.quotation), ("a", Quotation::Direct));
        assert_eq!(
            (statement.speaker.name.as_deref(), statement.speaker.role.as_deref()),
            (None, Some("Local activists"))
        );
    }

    #[test]
    fn folders_are_read_as_polnear_has_them() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["text", "attributions"] {
            fs::create_dir(folder.path().join(name)).expect("made");
        }
        fs::write(folder.path().join("text/a_1.txt"), "Ann said she\nwould stay.").expect("written");
        let annotation = "T1\tSource 0 3\tAnn\nT2\tContent 9 23\tshe\nwould stay\nT3\tCue 4 8\tsaid\nT4\tAttribution 4 8\tsaid\n\
                          E1\tAttribution:T4 Content:T2 Cue:T3 Source:T1\nE2\tDiscard:T4 Content:T2\n";
        fs::write(folder.path().join("attributions/a_1_6b86.ann"), annotation).expect("written");
        let (records, wrong) = read(folder.path());
        assert_eq!((records.len(), wrong.len()), (1, 0), "{wrong:?}");
        assert_eq!((records[0].read.article.id.as_str(), records[0].read.statements.len()), ("a_1_6b86", 1));
    }

    #[test]
    fn another_text_is_refused() {
        let folder = written(&[tricky()]);
        fs::write(folder.path().join("tricky-1.txt"), "Another text.").expect("written");
        let (records, wrong) = read(folder.path());
        assert!(records.is_empty() && wrong.iter().any(|w| w.contains("put the old text back")), "{wrong:?}");
    }
}
