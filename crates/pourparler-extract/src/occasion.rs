//! The day of a statement without time words of its own: that of the occasion on which it was made.
//!
//! A date given once holds for what the same mouth says next, and the date of a speech, a meeting or a ruling for what is said by
//! those who are named with it. Only what an article tells as past goes on so: *claims* and *has claimed* say what somebody holds,
//! and what is told inside another's words was said at another time.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use pourparler_text::{Article, Byte, DateRange, Dating, Span, Statement};
use regex::Regex;

use crate::act::listed;
use crate::dates::Anchors;
use crate::decode::Attribution;
use crate::lexicon::is_document;
use crate::when::{self, words};

/// So many paragraphs on, a date still holds.
const CARRIED: usize = 2;

/// Words for what one speaks at, and for doing so.
static OCCASION: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"\b(?:spoke|speaking|addressed|speech|address|conference|met|meeting|talks|summit|visit(?:ed|s)?|travell?ed|delivered|ruled|ruling|judge?ment|opinion|statement|interview|testified|letter|summoned|prayers|rally|questioned|debate|hearing|issued)\b";
    Regex::new(words).expect("the pattern is well-formed")
});

/// Past forms that do not end in *-ed*.
const PAST: &str = "\
    said, told, wrote, spoke, was, were, did, gave, made, went, thought, felt, saw, found, held, sought, swore, took, \
    put, began, read, sent, laid, came, meant, knew, stood, drew, left, struck, set, hit, cast, kept, chose, forbade, \
    broke, brought, upheld, withdrew";

/// Words with which a source begins that was spoken of before.
const KNOWN: &str = "the, this, that, its, his, her, their";

/// Documents that are of one day, unlike plans and websites.
const ISSUED: &str = "\
    report, statement, complaint, motion, decree, judgment, judgement, ruling, resolution, letter, proclamation, \
    lawsuit, suit, decision, order, email, e-mail, memo, summary, petition, filing, declaration, communique";

/// Words that put a cue back to another time.
const BEFORE_THAT: &str = "recently, previously, earlier, initially, formerly, once, repeatedly";

/// Words before a cue that make another tense of it, or none.
const OTHER_TENSES: &str = "\
    has, have, had, having, is, are, be, been, being, will, would, shall, should, may, might, can, could, must, to";

/// Words that may stand between such a word and the cue, or before the verb in the cue.
const BETWEEN: &str = "also, still, again, later, then, further, not, never, only, even, both, just, long";

/// The dated occasions of an article.
pub(crate) struct Occasions<'a> {
    text: &'a str,
    lines: &'a [Span<Byte>],
    /// What is said in the article, in order.
    contents: Vec<Span<Byte>>,
    /// The sentences that tell of an occasion and its day, in order.
    told: Vec<(Span<Byte>, DateRange)>,
    published: Option<Date>,
    anchors: &'a Anchors,
}

impl<'a> Occasions<'a> {
    /// Finds the occasions that an article dates in its own words.
    pub(crate) fn new(
        article: &'a Article,
        lines: &'a [Span<Byte>],
        sentences: &[Span<Byte>],
        attributions: &[Attribution],
        anchors: &'a Anchors,
    ) -> Self {
        let (text, published) = (article.text.as_str(), article.published);
        let mut contents: Vec<_> = attributions.iter().flat_map(|a| a.content.iter().copied()).collect();
        contents.sort_by_key(|c| c.start);
        let told = sentences.iter().filter_map(|&sentence| {
            let words = text.get(Range::from(sentence))?;
            let said: Vec<_> = contents.iter().filter_map(|&c| inside(c, sentence)).collect();
            let own = |at: &usize| !said.iter().any(|s| s.contains(at));
            let mut places = OCCASION.find_iter(words).map(|m| m.start()).filter(own);
            let day = places.find_map(|at| when::said_on(words, at, &said, published, anchors))?;
            is_one_occasion(&day).then_some((sentence, day))
        });
        let told = told.collect();
        Self { text, lines, contents, told, published, anchors }
    }

    /// The part of a sentence that is told in the same voice as a cue: the words of another that it stands in, else the sentence.
    pub(crate) fn voice(&self, cue: &[Span<Byte>], sentence: Span<Byte>) -> Span<Byte> {
        let around = |c: &&Span<Byte>| cue.first().is_some_and(|&cue| c.covers(cue));
        let voice = self.contents.iter().filter(around).min_by_key(|c| c.len()).copied().unwrap_or(sentence);
        Span::new(voice.start.max(sentence.start), voice.end.min(sentence.end))
    }

    /// The day of a statement: by the time words that stand in its own voice, or else taken over from what stands before it.
    pub(crate) fn day(
        &self,
        before: &[Statement<Byte>],
        this: &Statement<Byte>,
        voice: Span<Byte>,
    ) -> Option<DateRange> {
        self.own_day(this, voice).or_else(|| self.carried(before, this))
    }

    fn own_day(&self, this: &Statement<Byte>, voice: Span<Byte>) -> Option<DateRange> {
        let cue = *this.cue.first()?;
        let apart = self.contents.iter().filter(|c| !c.covers(cue));
        let said: Vec<_> = apart.filter_map(|&c| inside(c, voice)).collect();
        let words = self.text.get(Range::from(voice))?;
        when::said_on(words, cue.start.checked_sub(voice.start)?, &said, self.published, self.anchors)
    }

    /// The day of what the same mouth said before, or of an occasion that names it; of *the report*, the day that was told last.
    fn carried(&self, before: &[Statement<Byte>], this: &Statement<Byte>) -> Option<DateRange> {
        let at = place(this)?;
        let nested = this.cue.iter().any(|cue| self.contents.iter().any(|c| c.covers(*cue)));
        if nested || !self.is_told_as_past(this) {
            return None;
        }
        let document = is_known_document(self.source(this));
        let name = this.speaker.name.as_deref().or(document.then_some(""))?;
        let near = |other: usize| self.line(at).saturating_sub(self.line(other)) <= CARRIED;
        let same = |s: &&Statement<Byte>| document || s.speaker.name.as_deref() == Some(name);
        let said = before.iter().rev().filter(same).find_map(|s| {
            let day = s.said_on.as_ref().filter(|day| is_one_occasion(day))?;
            place(s).filter(|&other| near(other)).map(|other| (other, day))
        });
        let mut told = self.told.iter().rev().filter(|(sentence, _)| sentence.end <= at);
        let told = told.find(|(sentence, _)| !near(sentence.start) || document || self.names(*sentence, name));
        let told = told.filter(|(sentence, _)| near(sentence.start)).map(|(sentence, day)| (sentence.start, day));
        let (_, day) = [said, told].into_iter().flatten().max_by_key(|(place, _)| *place)?;
        Some(DateRange { text: None, method: Some(Dating::Carried), ..day.clone() })
    }

    /// The words of a statement's source.
    fn source(&self, statement: &Statement<Byte>) -> &'a str {
        statement.source.first().and_then(|s| self.text.get(Range::from(*s))).unwrap_or_default()
    }

    /// Which paragraph a place is in.
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|l| l.end <= at)
    }

    /// Whether a sentence names somebody by the last word of their name, in the article's own words.
    fn names(&self, sentence: Span<Byte>, name: &str) -> bool {
        let Some(last) = words(name).next_back().filter(|w| w.starts_with(char::is_uppercase)) else { return false };
        let own = |at: usize| !self.contents.iter().any(|c| c.start <= at && at < c.end);
        let sentence_words = self.text.get(Range::from(sentence)).unwrap_or_default();
        words(sentence_words).any(|w| {
            let at = sentence.start + (w.as_ptr() as usize - sentence_words.as_ptr() as usize);
            w == last && own(at)
        })
    }

    /// Whether a cue tells of something said once: *said*, *was told*, *saying*; a quotation without a cue goes on.
    fn is_told_as_past(&self, statement: &Statement<Byte>) -> bool {
        let Some(&cue) = statement.cue.first() else { return true };
        let between = |w: &&str| listed(BETWEEN, w) || w.ends_with("ly");
        let before = self.text.get(..cue.start).unwrap_or_default();
        let before = before.rsplit(['\n', '.', ',', ';', '“', '"']).next().unwrap_or_default();
        if words(before).next_back().is_some_and(|w| listed(BEFORE_THAT, w)) {
            return false;
        }
        let auxiliary = words(before).rev().find(|w| !between(w));
        if auxiliary.is_some_and(|w| listed(OTHER_TENSES, w)) {
            return false;
        }
        let verb = self.text.get(Range::from(cue)).and_then(|cue| words(cue).find(|w| !between(w)));
        // *The report says* what it said on its day.
        let document = words(self.source(statement)).any(is_document);
        verb.map(str::to_lowercase).is_some_and(|verb| {
            let present = document && verb.ends_with('s');
            let participle = verb.ends_with("ing") && verb != "according" && verb != "having" && verb != "being";
            participle || present || verb.ends_with("ed") || listed(PAST, &verb)
        })
    }
}

/// The part of a span that lies in another, from the start of that.
pub(crate) fn inside(span: Span<Byte>, whole: Span<Byte>) -> Option<Range<usize>> {
    let (start, end) = (span.start.max(whole.start), span.end.min(whole.end));
    (start < end).then(|| start - whole.start..end - whole.start)
}

/// Whether a source is a document that was spoken of before: *the report*, *the judge’s ruling*.
fn is_known_document(source: &str) -> bool {
    let known = words(source).next().is_some_and(|w| listed(KNOWN, &w.to_lowercase()));
    let owned = source.contains("’s ") || source.contains("'s ");
    (known || owned) && words(source).next_back().is_some_and(|w| listed(ISSUED, w))
}

/// Where a statement is made.
fn place(statement: &Statement<Byte>) -> Option<usize> {
    statement.cue.first().or(statement.content.first()).map(|s| s.start)
}

/// Whether a date is that of something said once, and no month or year in which it was said at some time.
fn is_one_occasion(date: &DateRange) -> bool {
    (date.to - date.from).get_days() < 7
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use pourparler_text::{paragraphs, sentences};

    use super::*;

    /// A speaker and the words that tell what they said, with source, cue and content in `{…}<…>[…]`; narration has none of them.
    /// What somebody else says inside the content has its cue and content in `«…»(…)`.
    type Piece<'a> = (&'a str, &'a str);

    /// The days of the pieces' statements, in an article of Wednesday, 12 March 2031.
    fn days(pieces: &[Piece]) -> Vec<Option<String>> {
        let (mut text, mut found) = (String::new(), Vec::new());
        for (speaker, piece) in pieces {
            let [mut outer, mut inner] = [Attribution::default(), Attribution::default()];
            let mut open = Vec::new();
            for c in piece.chars() {
                let part = match c {
                    '{' | '<' | '[' | '«' | '(' => {
                        open.push(text.len());
                        continue;
                    }
                    '}' => &mut outer.source,
                    '>' => &mut outer.cue,
                    ']' => &mut outer.content,
                    '»' => &mut inner.cue,
                    ')' => &mut inner.content,
                    c => {
                        text.push(c);
                        continue;
                    }
                };
                part.push(Span::new(open.pop().unwrap_or_default(), text.len()));
            }
            text.push(' ');
            let told = [(*speaker, outer), ("Somebody Else", inner)];
            found.extend(told.into_iter().filter(|(_, a)| !a.content.is_empty()));
        }
        let mut article = Article::from_text(text);
        article.published = Some(date(2031, 3, 12));
        let text = article.text.as_str();
        let (lines, sentences) = (paragraphs(text), sentences(text));
        let attributions: Vec<_> = found.iter().map(|(_, a)| a.clone()).collect();
        let anchors = Anchors::default();
        let occasions = Occasions::new(&article, &lines, &sentences, &attributions, &anchors);
        let mut out: Vec<Statement<Byte>> = Vec::new();
        for (speaker, attribution) in found {
            let mut this = Statement::bare("s", attribution.content);
            (this.source, this.cue) = (attribution.source, attribution.cue);
            this.speaker.name = Some(speaker.to_owned());
            let at = place(&this).unwrap_or_default();
            let sentence = sentences.iter().find(|s| at < s.end).copied().unwrap_or(Span::new(0, text.len()));
            let voice = occasions.voice(&this.cue, sentence);
            this.said_on = occasions.day(&out, &this, voice);
            out.push(this);
        }
        out.iter().map(|s| s.said_on.as_ref().map(|d| d.from.to_string())).collect()
    }

    fn check(pieces: &[Piece], expected: &[Option<&str>]) {
        assert_eq!(days(pieces).iter().map(Option::as_deref).collect::<Vec<_>>(), expected, "{pieces:?}");
    }

    const MONDAY: Option<&str> = Some("2031-03-10");
    const OREN: Piece = ("Ana Oren", "Ana Oren <said> on Monday that [the mine was safe].");

    #[test]
    fn a_day_holds_for_what_is_told_as_past() {
        for goes_on in [
            "\n\nShe <added> that [the river was clean].",
            "She <told> reporters [it was clean], smiling.",
            "She laughed, <calling> [the offer] late.",
            "She also firmly <rejected> [the offer].",
            "[“It is clean,”] she <was quoted as saying>.",
            "\n\n[“It is clean.”]",
        ] {
            check(&[OREN, ("Ana Oren", goes_on)], &[MONDAY, MONDAY]);
        }
    }

    #[test]
    fn what_is_held_or_was_said_before_has_no_day() {
        for other in [
            "She <claims> that [the river is clean].",
            "She has <accused> [the owners] of lying.",
            "She had long <warned> [of floods].",
            "Her <demand> [for a dam] is old.",
            "She recently <condemned> [the owners].",
            "She wants to <propose> [a dam].",
            "<According to> her, [the river is clean].",
            "\n\nIt rained.\n\nIt rained.\n\nShe <said> [it rained].",
        ] {
            check(&[OREN, ("Ana Oren", other)], &[MONDAY, None]);
        }
        check(&[OREN, ("Pia Ilves", "Pia Ilves <said> [it was not].")], &[MONDAY, None]);
        check(
            &[
                ("Ana Oren", "Ana Oren <said> last year that [it rained]."),
                ("Ana Oren", "She <added> that [it snowed]."),
            ],
            &[Some("2030-01-01"), None],
        );
    }

    #[test]
    fn a_document_says_what_it_said_on_its_day() {
        let report = ("League", "The League’s report <said> on Monday that [the mine was safe].");
        check(&[report, ("League", "{The report} <warns> of [floods].")], &[MONDAY, MONDAY]);
        check(&[report, ("League", "{The League} <warns> of [floods].")], &[MONDAY, None]);
        check(&[OREN, ("League", "{The letter} <warns> of [floods].")], &[MONDAY, MONDAY]);
        check(&[OREN, ("League", "{Her rival’s letter} <warned> of [floods].")], &[MONDAY, MONDAY]);
        check(&[OREN, ("League", "{A letter} <warned> of [floods].")], &[MONDAY, None]);
        check(&[OREN, ("League", "{The plan} <warns> of [floods].")], &[MONDAY, None]);
    }

    #[test]
    fn an_occasion_dates_what_those_say_who_are_named_with_it() {
        let met = ("", "On Monday, Ana Oren met her rival Pia Ilves in Tarn.");
        check(&[met, ("Ana Oren", "Oren <said> [the talks were good].")], &[MONDAY]);
        check(&[met, ("Pia Ilves", "\n\nIlves <praised> [the talks].")], &[MONDAY]);
        check(&[met, ("Jan Kask", "Jan Kask <praised> [the talks].")], &[None]);
        check(&[met, ("Ana Oren", "Oren <hopes> [for more talks].")], &[None]);
        check(&[("", "On Monday, Ana Oren fell ill."), ("Ana Oren", "She <said> [the talks were good].")], &[None]);
        check(&[("", "On Monday, Ana Oren will meet Pia Ilves."), ("Ana Oren", "She <praised> [her].")], &[None]);
        check(
            &[
                ("Jan Kask", "Jan Kask <said> [Ana Oren met Pia Ilves on Monday]."),
                ("Ana Oren", "Oren <praised> [her]."),
            ],
            &[None, None],
        );
    }

    #[test]
    fn the_nearest_occasion_counts() {
        let tuesday = ("", "Ana Oren gave a speech on Tuesday.");
        check(&[OREN, tuesday, ("Ana Oren", "She <said> [it rained].")], &[MONDAY, Some("2031-03-11")]);
    }

    #[test]
    fn words_in_one_voice_date_no_cue_in_another() {
        const TUESDAY: Option<&str> = Some("2031-03-11");
        check(&[("Ana Oren", "On Tuesday, Ana Oren <dropped> [her rival's «claim» (to the mine)].")], &[TUESDAY, None]);
        check(&[("Ana Oren", "Ana Oren <said> on Tuesday [her rival «agreed» (to a truce)].")], &[TUESDAY, None]);
        check(
            &[("Ana Oren", "Ana Oren <said> on Tuesday [her rival «agreed» (to a truce) on Monday].")],
            &[TUESDAY, MONDAY],
        );
    }
}
