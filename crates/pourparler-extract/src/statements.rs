//! Attributions become statements: speaker, party, chain, date, act, issues and stances.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use pourparler_dossier::{Dossier, Gazetteer, IssueHit};
use pourparler_text::{
    Act, Article, Byte, DateRange, Dating, Position, Quotation, Round, Shown, Span, Statement, Text, paragraphs,
    sentences,
};

use crate::dates::Anchors;
use crate::decode::{Attribution, Entity};
use crate::linking::{Linker, Passage};
use crate::occasion::{Occasions, inside};
use crate::reader::{Pieced, Reader};
use crate::speaker::Resolver;
use crate::tagger::{Model, Tagger, TaggerError};
use crate::told_words::{Said, ToldWords};
use crate::view::{Lines, Quoted, quotation_marks, quotation_states};
use crate::{act, chain, due, interview, manner, misread, named_later, relayed, rounds, speaker_kind, stance, via};

/// A first line of no more bytes than this is a dateline or a headline, and no first paragraph.
const SHORTEST_LEAD: usize = 40;

/// From this confidence on an attribution is kept: about where what is lost and what is wrongly found balance.
pub const LEAST_CONFIDENCE: f32 = 0.3;

/// What is found in an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extraction {
    /// The statements, in the order of the text.
    pub statements: Vec<Statement<Byte>>,
    /// The rounds of talks that it tells of, in the order of the text.
    pub rounds: Vec<Round<Byte>>,
}

/// Extracts the statements of articles: the tagger with a dossier's names and issues.
pub struct Extractor {
    models: Arc<Models>,
    least_confidence: f32,
    gazetteer: Gazetteer,
    issues: Linker,
    anchors: Anchors,
}

/// What was learnt; the extractors of several dossiers share it.
struct Models {
    tagger: Tagger,
    told_words: ToldWords,
    /// Reads each statement by itself; the fast model does without.
    reader: Option<Reader>,
}

impl Extractor {
    /// Loads a tagger and prepares a dossier.
    ///
    /// # Errors
    /// Where the weights inside the program cannot be used.
    pub fn new(dossier: &Dossier, model: Model) -> Result<Self, TaggerError> {
        let reader = match model {
            Model::Accurate => Some(Reader::new()?),
            Model::Fast => None,
        };
        let models = Models { tagger: Tagger::new(model)?, told_words: ToldWords::new()?, reader };
        Self::with_models(Arc::new(models), LEAST_CONFIDENCE, dossier)
    }

    /// An extractor for another dossier that shares the tagger, most of the memory, with this one.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn with_dossier(&self, dossier: &Dossier) -> Result<Self, TaggerError> {
        Self::with_models(Arc::clone(&self.models), self.least_confidence, dossier)
    }

    fn with_models(models: Arc<Models>, least_confidence: f32, dossier: &Dossier) -> Result<Self, TaggerError> {
        Ok(Self {
            least_confidence,
            gazetteer: Gazetteer::new(dossier),
            issues: Linker::new(dossier, &models.tagger)?,
            anchors: Anchors::new(&dossier.anchors),
            models,
        })
    }

    /// Keeps statements from this confidence on, in place of [`LEAST_CONFIDENCE`]; 0 keeps all.
    #[must_use]
    pub fn with_least_confidence(mut self, least: f32) -> Self {
        self.least_confidence = least;
        self
    }

    /// The statements of an article in the order of its text. Nothing is read from `furniture`.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn statements(&self, article: &Article, furniture: &[Span<Byte>]) -> Result<Vec<Statement<Byte>>, TaggerError> {
        Ok(self.extract(article, furniture)?.statements)
    }

    /// The statements of an article, and the rounds of talks that it tells of. Nothing is read from `furniture`.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn extract(&self, article: &Article, furniture: &[Span<Byte>]) -> Result<Extraction, TaggerError> {
        let text = article.text.as_str();
        let keep = |paragraph: Span<Byte>| !furniture.iter().any(|f| f.overlaps(paragraph));
        let paragraphs = paragraphs(text);
        let mut lines = Lines::new(text, &paragraphs, self.models.tagger.pieces());
        let (mut attributions, entities) = self.models.tagger.find(&mut lines, keep)?;
        attributions.retain(|a| self.models.tagger.confidence(&a.signals) >= self.least_confidence);
        // A bare *which* says nothing.
        attributions.retain(|a| !Statement::words(&a.content, &article.text).eq_ignore_ascii_case("which"));
        attributions = interview::read(article, keep, attributions);
        relayed::give_to_speakers(text, &mut attributions);
        let statements = self.made_of(article, &mut lines, attributions, &entities)?;
        let mut rounds = rounds::rounds(article, &entities, &self.gazetteer, &self.anchors);
        rounds.retain(|r| keep(r.sentence));
        Ok(Extraction { statements, rounds })
    }

    /// The statements that attributions of an article make, which have to come in the order of its text; with the entities that the
    /// tagger found in it.
    ///
    /// # Errors
    /// Where the model fails.
    pub fn resolve(
        &self,
        article: &Article,
        attributions: Vec<Attribution>,
        entities: &[Entity],
    ) -> Result<Vec<Statement<Byte>>, TaggerError> {
        let text = article.text.as_str();
        let paragraphs = paragraphs(text);
        let mut lines = Lines::new(text, &paragraphs, self.models.tagger.pieces());
        self.made_of(article, &mut lines, attributions, entities)
    }

    /// The same with the article's paragraphs, some of which the tagger may have read.
    fn made_of(
        &self,
        article: &Article,
        views: &mut Lines,
        attributions: Vec<Attribution>,
        entities: &[Entity],
    ) -> Result<Vec<Statement<Byte>>, TaggerError> {
        let text = article.text.as_str();
        let entities = misread::set_right(text, entities, &self.gazetteer);
        let mut resolver = Resolver::new(article, &entities, &attributions, &self.gazetteer);
        let sentences = sentences(text);
        let lines = views.spans();
        let quoted = quoted_bytes(text, lines);
        let title = article.title.as_deref().unwrap_or_default();
        let words: Vec<Words> =
            attributions.iter().map(|a| Words::of(views, a, &article.text)).collect::<Result<_, _>>()?;
        let reader = self.models.reader.as_ref();
        let readings = match reader {
            Some(reader) => {
                let pieces = attributions.iter().map(|a| Pieced::read(views, a)).collect::<Result<Vec<_>, _>>()?;
                reader.read(&pieces)?.into_iter().map(Some).collect()
            }
            None => vec![None; words.len()],
        };
        let passages: Vec<_> = attributions
            .iter()
            .zip(words.iter().zip(&readings))
            .map(|(attribution, (words, reading))| {
                let sentence = sentence_of(attribution, &sentences);
                let line = views.line_of(sentence.start);
                Passage {
                    content: &words.content,
                    pieces: &words.content_has,
                    context: format!("{}\n{title}", &text[Range::from(sentence)]),
                    line,
                    paragraph: &text[Range::from(lines.get(line).copied().unwrap_or(sentence))],
                    topic: &attribution.told.topic,
                    reading: reader.zip(reading.as_ref()),
                }
            })
            .collect();
        let lead = lines.iter().find(|line| line.len() > SHORTEST_LEAD).map_or("", |line| &text[Range::from(*line)]);
        let issues = self.issues.issues(views, title, lead, &passages)?;
        let occasions = Occasions::new(article, lines, &sentences, &attributions, &self.anchors);
        let mut out: Vec<Statement<Byte>> = Vec::with_capacity(attributions.len());
        for (((attribution, words), reading), hits) in attributions.into_iter().zip(words).zip(readings).zip(issues) {
            // *I think so* of an answer is part of it; what takes up an issue counts beside it.
            if attribution.own_voice && hits.is_empty() {
                continue;
            }
            let Words { cue: cue_words, content, length, cue_has, content_has } = words;
            let speaker = resolver.resolve(&attribution);
            // Without a label, and with nobody who could have been asked, there is no telling whose words they are.
            if attribution.asked && speaker.name.is_none() {
                continue;
            }
            let own = resolver.is_own_voice(&attribution);
            // Who carried the words, and when they were said, is told in the voice that tells of them.
            let voice = occasions.voice(&attribution.cue, sentence_of(&attribution, &sentences));
            let sentence = &text[Range::from(voice)];
            let inside = |s: &Span<Byte>| inside(*s, voice);
            let contents: Vec<_> = attribution.content.iter().filter_map(inside).collect();
            let cue = attribution.cue.first().and_then(inside);
            let source = attribution.source.first().and_then(inside);
            let quotation = match attribution.verbatim {
                true => Quotation::Direct,
                false => quotation(text, &attribution.content, &quoted),
            };
            let by_words = act::act(&cue_words, &content, quotation);
            let said =
                Said { cue: &cue_has, content: &content_has, length, asks: content.contains('?'), quotation, by_words };
            let act = self.models.told_words.act(&said, &attribution.told, reading.as_ref());
            let position = |hit: IssueHit| {
                let shown = hit.by != Shown::Meaning;
                let ruled =
                    shown.then(|| stance::stance(&hit.issue, by_words, &cue_words, &content, hit.words.clone()));
                let read = reader.zip(reading.as_ref()).map(|(reader, reading)| reader.stances(reading, &hit.issue));
                let stance = match ruled.filter(|&ruled| stance::demands_an_end(&hit.issue, by_words, ruled)) {
                    Some(ruled) => ruled,
                    None => self.models.told_words.stance(&said, &hit.issue, ruled, &attribution.told, read),
                };
                Position { issue: hit.issue, stance, option: hit.option, by: Some(hit.by) }
            };
            let positions: Vec<Position> = hits.into_iter().map(position).collect();
            let around = manner::Words {
                text,
                cue: &attribution.cue,
                content: &attribution.content,
                act,
                stands: !positions.is_empty(),
            };
            let manner = manner::manner(&around, &self.gazetteer);
            let confidence = Some(self.models.tagger.confidence(&attribution.signals));
            let mut statement = Statement {
                id: format!("s{}", out.len() + 1),
                via: cue.map_or_else(Vec::new, |cue| via::via(sentence, source, cue, &contents)),
                said_on: None,
                source: attribution.source,
                cue: attribution.cue,
                content: attribution.content,
                quotation,
                speaker,
                act,
                positions,
                manner,
                relayed_by: None,
                confidence,
            };
            statement.said_on = occasions.day(&out, &statement, voice).or_else(|| own.then(|| of_the_day(article))?);
            if matches!(act, Act::Commit | Act::Demand | Act::Accept | Act::Propose) {
                let said = statement.said_on.as_ref().map(|d| d.to).or(article.published);
                statement.manner.due = due::due(&content, said);
            }
            out.push(statement);
        }
        mark_relayed(&mut out);
        named_later::name_the_described(&article.text, &mut out);
        chain::settle(article, &mut out);
        speaker_kind::settle(&mut out);
        Ok(out)
    }
}

/// The words of an attribution, and their wordpieces.
struct Words {
    cue: String,
    content: String,
    /// Of the content, in pieces.
    length: usize,
    /// Each of its pieces once.
    cue_has: BTreeSet<i32>,
    content_has: BTreeSet<i32>,
}

impl Words {
    fn of(lines: &mut Lines, attribution: &Attribution, text: &Text) -> Result<Self, TaggerError> {
        let [cue, content] = [&attribution.cue, &attribution.content].map(|spans| Statement::words(spans, text));
        let pieces = [lines.within(&attribution.cue)?, lines.within(&attribution.content)?];
        let [cue_has, content_has] = pieces.each_ref().map(|part| part.iter().map(|(id, _)| *id).collect());
        Ok(Self { cue, content, length: pieces[1].len(), cue_has, content_has })
    }
}

/// The sentence in which an attribution is made: that of its cue, else of its content.
fn sentence_of(attribution: &Attribution, sentences: &[Span<Byte>]) -> Span<Byte> {
    let anchor = attribution.cue.first().or(attribution.content.first()).copied().unwrap_or(Span::new(0, 0));
    // Sentences stand in order; the first that ends after the anchor's start is its own.
    let at = sentences.partition_point(|s| s.end <= anchor.start);
    let sentence = sentences.get(at).filter(|s| s.overlaps(anchor)).copied().unwrap_or(anchor);
    // A cue after the quotation's full stop, or a span that the sentence splitter cut, belongs in whole.
    Span::new(sentence.start.min(anchor.start), sentence.end.max(anchor.end))
}

/// Marks statements that are reported inside another's content with that one's id: the innermost, where there are several.
fn mark_relayed(statements: &mut [Statement<Byte>]) {
    let inside = |inner: &Statement<Byte>, outer: &Statement<Byte>| {
        let parts = inner.cue.iter().chain(&inner.content);
        inner.id != outer.id
            && !inner.cue.is_empty()
            && parts.clone().all(|part| outer.content.iter().any(|c| c.covers(*part)))
    };
    let length = |s: &Statement<Byte>| s.content.iter().map(Span::len).sum::<usize>();
    let outer: Vec<Option<String>> = statements
        .iter()
        .map(|s| statements.iter().filter(|o| inside(s, o)).min_by_key(|o| length(o)).map(|o| o.id.clone()))
        .collect();
    for (statement, outer) in statements.iter_mut().zip(outer) {
        statement.relayed_by = outer;
    }
}

/// What a text says in its own voice, it says on the day that it is of.
fn of_the_day(article: &Article) -> Option<DateRange> {
    article.published.map(|day| DateRange {
        from: day,
        to: day,
        text: None,
        method: Some(Dating::OwnDay),
        anchor: None,
    })
}

/// For every byte of a text whether it stands in quotation marks, as the marks of its paragraph tell.
fn quoted_bytes(text: &str, lines: &[Span<Byte>]) -> Vec<bool> {
    let mut quoted = vec![false; text.len()];
    for &line in lines {
        let chars: Vec<(usize, char)> = text[Range::from(line)].char_indices().collect();
        for (&(at, _), state) in chars.iter().zip(quotation_states(&quotation_marks(&chars))) {
            quoted[line.start + at] = state != Quoted::Outside;
        }
    }
    quoted
}

/// Direct, mixed or indirect, by how many of the content's letters and digits are quoted.
fn quotation(text: &str, content: &[Span<Byte>], quoted: &[bool]) -> Quotation {
    let (mut inside, mut outside) = (0usize, 0usize);
    for span in content {
        for (at, _) in text[Range::from(*span)].char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            if quoted[span.start + at] { inside += 1 } else { outside += 1 }
        }
    }
    // "that" before a quotation is no part of what is quoted.
    let that = content.first().is_some_and(|s| text[Range::from(*s)].starts_with("that "));
    match (inside, outside.saturating_sub(if that { 4 } else { 0 })) {
        (0, _) => Quotation::Indirect,
        (_, 0) => Quotation::Direct,
        _ => Quotation::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::*;
    use crate::decode::EntityKind;

    const FRAGMENTS: &[&str] = &[
        "Ana Oren",
        "Clinton ",
        "Kesk",
        " ",
        ", ",
        ". ",
        "\n\n",
        "‘",
        "’",
        "“",
        "”",
        "\"",
        "'s ",
        "’s ",
        " said",
        "the ",
        "Russian ",
        "foreign minister",
        "Mr. ",
        "é",
        "—",
        "who ",
        "spokesman for ",
        "of ",
        "she",
        "(",
        "according to ",
        "officials",
        "the two leaders",
        "both ",
        "Peru",
        "the side",
        "Front of Tarn (FOT)",
        "the report",
        "I met with ",
        "we ",
        "discussed ",
        "they",
        "In May, ",
        "Paris-based ",
        "countries such as ",
    ];

    proptest! {
        /// Wherever the tagger may see names and sources, speakers are sought without a slip.
        #[test]
        fn no_text_stops_the_search_for_speakers(
            fragments in vec(select(FRAGMENTS), 0..40),
            names in vec((any::<Index>(), any::<Index>()), 0..6),
            sources in vec((any::<Index>(), any::<Index>()), 0..4),
        ) {
            let text = fragments.concat();
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let span = |(a, b): (Index, Index)| {
                let (a, b) = (*a.get(&places), *b.get(&places));
                Span::new(a.min(b), a.max(b))
            };
            let kinds = [EntityKind::Person, EntityKind::Organisation, EntityKind::Place];
            let entities: Vec<_> =
                names.into_iter().map(span).zip(kinds.into_iter().cycle()).map(|(span, kind)| Entity { span, kind }).collect();
            let attributions: Vec<_> = sources
                .into_iter()
                .map(span)
                .map(|s| Attribution {
                    source: vec![s],
                    cue: vec![Span::new(s.end, s.end)],
                    content: vec![],
                    ..Attribution::default() })
                .collect();
            let mut article = Article::from_text(text);
            // An address, so that its first person is sought, too.
            article.outlet = Some("Office of the President of Ukraine".to_owned());
            let gazetteer = Gazetteer::new(&Dossier::general());
            let mut resolver = Resolver::new(&article, &entities, &attributions, &gazetteer);
            for attribution in &attributions {
                let _ = resolver.resolve(attribution);
            }
        }
    }
}
