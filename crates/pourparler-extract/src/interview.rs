//! Interviews without labels: each question is a paragraph of its own, often in bold type that a text no longer shows, and
//! the answer in the first person follows it.
//!
//! Prose has questions too. So the title or the first lines have to say that somebody was asked, several questions have to
//! speak to *you*, and several answers of *I* and *we*, most of the ones or of the others. What fails one of these stays as the
//! tagger saw it.

use pourparler_text::{Article, Byte, Span, paragraphs};

use crate::decode::Attribution;
use crate::transcript::{Turn, first_person, is_transcript, turns};

/// An interview has at least so many questions.
const QUESTIONS: usize = 3;
/// A question has at most so many words.
const LONGEST_QUESTION: usize = 90;
/// What an interviewer says without asking is short.
const LONGEST_REMARK: usize = 35;

/// Words by which a title or a first paragraph tells an interview.
pub(crate) const TELLING: [&str; 18] = [
    "interview",
    "q&a",
    "q & a",
    "in conversation",
    "spoke with",
    "spoke to",
    "speaks to",
    "speaks with",
    "talks to",
    "talked to",
    "talked with",
    "sat down with",
    "answered",
    "caught up with",
    "discusses",
    "reached out to",
    "talks about",
    "tells",
];

/// Adds the answers of an interview without labels to what was found in its paragraphs, less what was found of the answers
/// themselves. Only paragraphs that `keep` admits are read.
pub(crate) fn read(article: &Article, keep: impl Fn(Span<Byte>) -> bool, found: Vec<Attribution>) -> Vec<Attribution> {
    let text = article.text.as_str();
    let lines: Vec<Span<Byte>> = paragraphs(text).into_iter().filter(|&line| keep(line)).collect();
    let Some(first) = lines.iter().position(|line| is_question(words(text, *line))) else { return found };
    let opening = lines[..first].iter().map(|line| words(text, *line));
    let told = article.title.as_deref().into_iter().chain(opening).any(tells);
    if !told || is_transcript(text, &turns(text, &lines)) {
        return found;
    }
    let Some(answers) = answers(text, &lines[first..]) else { return found };
    let turns: Vec<(Turn, Attribution)> = answers
        .into_iter()
        .filter_map(|lines| {
            let start = lines.first()?.start;
            let turn = Turn { label: Span::new(start, start), colon: Span::new(start, start), lines };
            let whole = turn.attribution(text)?;
            let whole = Attribution { source: Vec::new(), cue: Vec::new(), asked: true, ..whole };
            Some((turn, whole))
        })
        .collect();
    let beside = |a: Attribution| turns.iter().try_fold(a, |a, (turn, whole)| turn.beside(text, a, Some(whole)));
    let mut out: Vec<Attribution> = found.into_iter().filter_map(beside).collect();
    out.extend(turns.into_iter().map(|(_, whole)| whole));
    out.sort_by_key(|a| a.source.iter().chain(&a.cue).chain(&a.content).map(|s| s.start).min());
    out
}

/// The paragraphs of each answer, if questions and answers are those of an interview.
fn answers(text: &str, lines: &[Span<Byte>]) -> Option<Vec<Vec<Span<Byte>>>> {
    let mut answers: Vec<Vec<Span<Byte>>> = Vec::new();
    let (mut questions, mut to_you) = (0, 0);
    for (at, &line) in lines.iter().enumerate() {
        let said = words(text, line);
        if is_question(said) {
            questions += 1;
            to_you += usize::from(speaks_to_you(said));
            answers.push(Vec::new());
        } else if is_remark(said) {
            // The interviewer may say something instead of asking.
            answers.push(Vec::new());
        } else if let Some(open) = answers.last_mut()
            && is_sentence(said)
        {
            let last = !lines[at..].iter().any(|line| is_question(words(text, *line)));
            // Behind the last answer the paper speaks again.
            if last && !open.is_empty() && !first_person(said) {
                break;
            }
            open.push(line);
        }
    }
    answers.retain(|answer| !answer.is_empty());
    let own = answers.iter().filter(|answer| answer.iter().any(|line| first_person(words(text, *line)))).count();
    let enough = questions >= QUESTIONS && answers.len() >= QUESTIONS;
    let some = 3 * to_you >= questions && 3 * own >= answers.len();
    let most = 3 * to_you >= 2 * questions || 3 * own >= 2 * answers.len();
    (enough && some && most).then_some(answers)
}

fn words(text: &str, line: Span<Byte>) -> &str {
    text[line.start..line.end].trim_matches(|c: char| c.is_whitespace() || c == '*' || c == '_')
}

fn tells(line: &str) -> bool {
    let line = line.to_lowercase();
    TELLING.iter().any(|told| line.contains(told))
}

/// Whether a paragraph is a question and no quotation of one.
fn is_question(line: &str) -> bool {
    line.ends_with('?') && !line.starts_with(['“', '"', '‘', '\'']) && line.split_whitespace().count() <= LONGEST_QUESTION
        // Whoever answers may ask back.
        && !line.split(|c: char| !c.is_alphanumeric()).any(|word| word == "I" || word == "my")
}

/// Whether a paragraph speaks to the one who is asked, and not as that one does.
fn is_remark(line: &str) -> bool {
    speaks_to_you(line)
        && !first_person(line)
        && line.split_whitespace().count() <= LONGEST_REMARK
        && line.split(|c: char| !c.is_alphanumeric()).next().is_some_and(|w| w == "You" || w == "Your")
}

fn speaks_to_you(line: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "you" | "You" | "your" | "Your"))
}

/// Whether a paragraph is more than a heading or the words under a picture.
fn is_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '…', '”', '"', ')', ':', ';'])
        && !line.contains("Image:")
        && !line.starts_with("File photo")
        || line.split_whitespace().count() > LONGEST_REMARK
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(title: &str, text: &str) -> Vec<String> {
        let mut article = Article::from_text(text);
        article.title = Some(title.to_owned());
        let words = |a: &Attribution| a.content.iter().map(|s| &text[s.start..s.end]).collect::<Vec<_>>().join(" ");
        read(&article, |_| true, Vec::new()).iter().map(words).collect()
    }

    #[test]
    fn answers_are_taken_and_prose_is_not() {
        let text = "The Gazette met Ana Oren in Sarn.\n\nWill you open the gates?\n\nWe will open them in May.\n\nThat is our offer.\n\nOn \
            Oria\n\nYou said no before.\n\nI did. Things have changed.\n\nWhat do you ask for?\n\nI ask for a river.\n\nAnd if they \
            say no?\n\nThen we go to the court.\n\nI hope not.\n\nThe talks go on.";
        let want = [
            "We will open them in May. That is our offer.",
            "I did. Things have changed.",
            "I ask for a river.",
            "Then we go to the court. I hope not.",
        ];
        assert_eq!(found("An interview with Ana Oren", text), want);
        // Who speaks of others does so in few answers of the first person, where all questions speak to *you*.
        let others = "The Gazette spoke to Ana Oren.\n\nWhat do you want?\n\nI want a river.\n\nWill you go on?\n\nThe talks go on.\n\n\
            Whom do you trust?\n\nOria keeps its word.";
        assert_eq!(found("The gates", others), ["I want a river.", "The talks go on.", "Oria keeps its word."]);
        let none: [String; 0] = [];
        // Nobody is said to have been asked.
        assert_eq!(found("The gates", text), none);
        // Two questions are none, nor is prose that speaks to nobody.
        assert_eq!(found("Interview", "Will you go?\n\nI will.\n\nWhen will you?\n\nI go now."), none);
        let prose = "Who wins?\n\nOria does.\n\nWho loses?\n\nTarn does.\n\nWhat is next?\n\nThe talks go on.";
        assert_eq!(found("Interview", prose), none);
        assert_eq!(found("", ""), none);
    }
}
