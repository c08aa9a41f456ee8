//! Speakers whom a story's first sentence only describes and whom it names after: *An Italian official says … On Monday,
//! Minister Ana Oren said …*, where both say the same.

use std::collections::HashSet;

use pourparler_text::names::fold;
use pourparler_text::{Byte, SpeakerKind, Statement, Text};

use crate::act::listed;
use crate::described::{head, without_article};
use crate::lexicon::is_document;
use crate::people::line_start;

/// So many statements on, a speaker may be named.
const SOON: usize = 3;
/// From this share of common words on, two contents say the same.
const ALIKE: f64 = 0.2;
/// A line of fewer characters that ends no sentence is a byline or a place.
const SHORT: usize = 70;

/// What tells spokesmen apart whose phrases name no body.
const EMPLOYERS: &str = "airline, airport, army, city, club, company, county, court, hospital, military, navy, police, prison, \
    school, union, university";

/// Titles of clerics.
const CLERICS: &str =
    "archbishop, ayatollah, bishop, cardinal, imam, lama, mufti, mullah, patriarch, rabbi, sheik, sheikh";

/// Gives described speakers the names that the text gives them soon after, with what else it tells of them.
pub(crate) fn name_the_described(text: &Text, statements: &mut [Statement<Byte>]) {
    for at in 0..statements.len() {
        let Some(described) = description(text, &statements[at]) else { continue };
        let (this, later) = (&statements[at], statements[at + 1..].iter().take(SOON));
        let words = content_words(text, this);
        // Who speaks inside another's words is not that one.
        let inside = |s: &&Statement<Byte>| {
            let quoted = |at: usize| this.content.iter().any(|c| c.start <= at && at < c.end);
            s.source.first().is_some_and(|source| quoted(source.start))
        };
        let named = later.filter(|s| !inside(s) && fits(text, this, s)).find(|s| {
            let other = content_words(text, s);
            let (common, all) = (words.intersection(&other).count(), words.union(&other).count());
            #[expect(clippy::cast_precision_loss, reason = "counts of words")]
            let share = common as f64 / all.max(1) as f64;
            let indefinite = begins_anew(text, this);
            let same_words = indefinite && share >= ALIKE;
            if !unheard_of(text, this, s) {
                return same_words && this.speaker.kind != SpeakerKind::Unnamed;
            }
            same_words
                || brought_in(text, this, s)
                || (indefinite || in_lead(text, this, s)) && same_head(text, this, s)
                || bare_in_next_line(text, this, s)
                || body_in_next_line(text, this, s)
        });
        let Some(mut speaker) = named.map(|s| s.speaker.clone()) else { continue };
        // *Peru's envoy* is Peru's, whatever the rest of the article had told of the name.
        let source = source_words(text, this);
        let own =
            |party: &String| source.strip_prefix(party.as_str()).is_some_and(|rest| rest.starts_with(['\'', '’']));
        let party = this.speaker.party.clone();
        speaker.party = party.clone().filter(own).or(speaker.party).or(party);
        speaker.role = speaker.role.or_else(|| this.speaker.role.clone());
        for statement in &mut statements[at..] {
            let name = statement.speaker.name.as_deref();
            if name == Some(described.as_str()) || name == speaker.name.as_deref() {
                statement.speaker = speaker.clone();
            }
        }
    }
}

/// The words that name the speaker first.
fn source_words<'t>(text: &'t Text, statement: &Statement<Byte>) -> &'t str {
    statement.source.first().map_or("", |s| text.get(*s))
}

/// Whether somebody is not named up to the description.
fn unheard_of(text: &Text, described: &Statement<Byte>, named: &Statement<Byte>) -> bool {
    let Some(source) = described.source.first() else { return false };
    let known = |name: &str| {
        let last = name.rsplit(' ').next().unwrap_or(name);
        text.as_str()[..source.end].contains(last)
    };
    !named.speaker.name.as_deref().is_some_and(known)
}

/// Whether somebody stands in a story's first paragraph; bylines and places before it are none.
fn in_first_line(text: &Text, statement: &Statement<Byte>) -> bool {
    let before = |start: usize| text.as_str()[..start].trim_end().rsplit_once('\n').map(|(before, _)| before);
    let short = |line: &str| line.chars().count() < SHORT && !line.trim_end().ends_with(['.', '”', '"']);
    statement.source.first().is_some_and(|s| before(s.start).is_none_or(|lines| lines.split('\n').all(short)))
}

/// Whether a description begins a paragraph: stories that are printed together each begin with one.
fn opens_paragraph(text: &Text, statement: &Statement<Byte>) -> bool {
    let text = text.as_str();
    statement.source.first().is_some_and(|s| text[line_start(text, s.start)..s.start].trim_matches(' ').is_empty())
}

/// Whether somebody is named soon after the line that describes them: so many lines are begun or ended between.
fn in_next_lines(text: &Text, described: &Statement<Byte>, named: &Statement<Byte>, lines: usize) -> bool {
    let (Some(first), Some(second)) = (described.source.first(), named.source.first()) else { return false };
    let between = text.as_str().get(first.end..second.start).unwrap_or("\n\n\n\n");
    between.contains('\n') && between.split('\n').filter(|line| !line.trim().is_empty()).count() <= lines
}

/// Whether a story leads with a description, of somebody named further on.
fn in_lead(text: &Text, described: &Statement<Byte>, named: &Statement<Byte>) -> bool {
    in_first_line(text, described) || opens_paragraph(text, described) && in_next_lines(text, described, named, 3)
}

/// *An armed group in the south says … The Front for Peace, which …*: whether a paragraph begins with a body's description and the
/// next with the name of one.
fn body_in_next_line(text: &Text, described: &Statement<Byte>, named: &Statement<Byte>) -> bool {
    let source = source_words(text, described);
    let called = [
        "group",
        "party",
        "movement",
        "organisation",
        "organization",
        "opposition",
        "militia",
        "coalition",
        "alliance",
    ];
    let new = begins_anew(text, described) || source.contains("'s ") || source.contains("’s ");
    let body = new && called.contains(&head(source).as_str()) || source.starts_with("One of ");
    let own = named.speaker.kind == SpeakerKind::Organisation && named.speaker.party == named.speaker.name;
    body && own
        && opens_paragraph(text, described)
        && opens_paragraph(text, named)
        && in_next_lines(text, described, named, 2)
}

/// Whether an official of a party is described in a story's first line, and a person of that party is brought in after.
fn brought_in(text: &Text, described: &Statement<Byte>, named: &Statement<Byte>) -> bool {
    let person = named.speaker.kind == SpeakerKind::Person && named.speaker.role.is_some();
    let party = described.speaker.party.is_some() && described.speaker.party == named.speaker.party;
    // Nobody calls a president an official, or a minister a spokesman.
    let source = source_words(text, described);
    let lesser = ["official", "diplomat", "negotiator", "envoy"].contains(&head(source).as_str());
    let rules = ["president", "premier", "chancellor", "king", "queen", "minister"];
    let role = named.speaker.role.as_deref().map(fold).unwrap_or_default();
    let higher = lesser && role.iter().any(|w| rules.contains(&w.as_str()));
    let speaks = |word: &str| word.starts_with("spokes");
    let other = speaks(&head(source)) && !role.iter().any(|w| speaks(w));
    in_lead(text, described, named) && person && party && !higher && !other
}

/// *Peru's foreign minister says … Ana Oren told reporters …*: whether one person is described in a story's first line, and the
/// next line has somebody of whom it tells a name and nothing more.
fn bare_in_next_line(text: &Text, described: &Statement<Byte>, named: &Statement<Byte>) -> bool {
    let Some(second) = named.source.first() else { return false };
    let one = described.speaker.kind == SpeakerKind::Unnamed && described.speaker.role.is_some();
    let person =
        named.speaker.kind == SpeakerKind::Person && named.speaker.name.as_deref().is_some_and(|n| n.contains(' '));
    // A name alone: *Ana Oren*, and no *analyst Ana Oren*.
    let bare = fold(text.get(*second)) == fold(named.speaker.name.as_deref().unwrap_or_default());
    let leads = opens_paragraph(text, described) || in_first_line(text, described);
    leads && one && person && bare && in_next_lines(text, described, named, 2)
}

/// Whether the name comes with the word by which the one described was called: *a spokesman for … The spokesman, Ivo Ant, …*.
fn same_head(text: &Text, described: &Statement<Byte>, named: &Statement<Byte>) -> bool {
    let Some(source) = described.source.first() else { return false };
    let role = named.speaker.role.as_deref().map(fold).unwrap_or_default();
    let person = named.speaker.kind == SpeakerKind::Person;
    let one = described.speaker.kind == SpeakerKind::Unnamed && described.speaker.role.is_some();
    // *A hospital spokesman* is not *the police spokesman, Ivo Ant*.
    let phrase = without_article(text.get(*source));
    let of = phrase.split_once(' ').map(|(of, _)| of).filter(|of| listed(EMPLOYERS, of));
    let other = of.is_some_and(|of| !role.iter().any(|w| w == of));
    // *The country's top cleric … Grand Ayatollah Oren*
    let called = head(phrase);
    let same = |last: &String| *last == called || called == "cleric" && listed(CLERICS, last);
    person && one && !other && role.last().is_some_and(same)
}

fn begins_anew(text: &Text, statement: &Statement<Byte>) -> bool {
    let phrase = source_words(text, statement);
    ["A ", "An ", "a ", "an ", "One of "].iter().any(|a| phrase.starts_with(a))
}

/// The name of a speaker that is only a description: of somebody not spoken of before, or in a story's first line of anybody.
fn description(text: &Text, statement: &Statement<Byte>) -> Option<String> {
    let speaker = &statement.speaker;
    // *Peru's minister* may begin a story; *the minister* goes back to somebody.
    let phrase = without_article(source_words(text, statement));
    let new = begins_anew(text, statement) || opens_paragraph(text, statement) && phrase.contains(' ');
    let one = match speaker.kind {
        SpeakerKind::Unnamed => speaker.role.is_some() && (new || in_first_line(text, statement)),
        SpeakerKind::Organisation | SpeakerKind::Group => new,
        _ => false,
    };
    one.then(|| speaker.name.clone())?
}

/// Whether somebody may be the one described: named, and not of another party.
fn fits(text: &Text, description: &Statement<Byte>, statement: &Statement<Byte>) -> bool {
    let (described, speaker) = (&description.speaker, &statement.speaker);
    let called = head(speaker.name.as_deref().unwrap_or_default());
    let document = speaker.kind == SpeakerKind::Unnamed && is_document(&called);
    // A party that the words beside the name do not tell was gathered from the rest of the article.
    let source = source_words(text, statement);
    let gathered = || {
        let stem = |w: &String| w.chars().take(4).collect::<String>();
        let words: Vec<String> = fold(source).iter().map(stem).collect();
        let told = speaker.party.as_deref().is_some_and(|p| fold(p).iter().any(|w| words.contains(&stem(w))));
        let leads = opens_paragraph(text, description) || bare_in_next_line(text, description, statement);
        let near = leads && in_next_lines(text, description, statement, 2);
        !told && (near || in_first_line(text, description) && same_head(text, description, statement))
    };
    let named = match described.kind {
        SpeakerKind::Unnamed => matches!(speaker.kind, SpeakerKind::Person | SpeakerKind::Unnamed),
        _ => speaker.kind == SpeakerKind::Organisation,
    };
    // Of two descriptions, one that is called by the same word: *a diplomat*, and no *rebel officers*.
    let source_head = head(source_words(text, description));
    let named = named && (speaker.kind != SpeakerKind::Unnamed || called == source_head);
    let longer = speaker.name.as_deref().is_some_and(|n| Some(n) != described.name.as_deref());
    let own = speaker.party == speaker.name;
    let party = described.party.is_none()
        || speaker.party.is_none()
        || speaker.party == described.party
        || own && speaker.kind == SpeakerKind::Organisation
        || gathered();
    !document && named && longer && party && !statement.source.is_empty()
}

fn content_words(text: &Text, statement: &Statement<Byte>) -> HashSet<String> {
    let words = fold(&Statement::words(&statement.content, text));
    words.into_iter().filter(|w| w.len() > 3).map(|w| w.chars().take(5).collect()).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use pourparler_text::{Act, Manner, Quotation, Span, Speaker};

    use super::*;

    /// A statement whose source is the first place of these words in the text.
    pub(crate) fn said(text: &Text, source: &str, speaker: Speaker) -> Statement<Byte> {
        let start = text.as_str().find(source).expect("it is there");
        Statement {
            id: String::new(),
            source: vec![Span::new(start, start + source.len())],
            cue: vec![],
            content: vec![],
            quotation: Quotation::Indirect,
            speaker,
            via: vec![],
            said_on: None,
            act: Act::Assert,
            positions: vec![],
            manner: Manner::default(),
            relayed_by: None,
            confidence: None,
        }
    }

    #[test]
    fn no_official_is_the_president() {
        let of_peru = |name: &str, kind, role: &str| Speaker {
            name: Some(name.to_owned()),
            kind,
            role: Some(role.to_owned()),
            party: Some("Peru".to_owned()),
        };
        for (called, office, is_one) in [
            ("official", "security chief", true),
            ("official", "President", false),
            ("spokesman", "foreign minister", false),
            ("spokesman", "army spokesman", true),
        ] {
            let described = format!("A Peruvian {called}");
            let text = Text::new(format!("{described} said no.\n\nThe {office}, Ana Oren, said why."));
            let source = format!("The {office}, Ana Oren");
            let unnamed = of_peru(&described, SpeakerKind::Unnamed, called);
            let named = of_peru("Ana Oren", SpeakerKind::Person, office);
            let mut statements = [said(&text, &described, unnamed), said(&text, &source, named)];
            name_the_described(&text, &mut statements);
            assert_eq!(statements[0].speaker.name.as_deref() == Some("Ana Oren"), is_one, "{called}, {office}");
        }
    }

    #[test]
    fn who_speaks_inside_anothers_words_is_somebody_else() {
        let of_peru = |name: &str, kind, role: &str| Speaker {
            name: Some(name.to_owned()),
            kind,
            role: Some(role.to_owned()),
            party: Some("Peru".to_owned()),
        };
        let text = Text::new("A Peruvian official said the spokesman, Ana Oren, had promised a truce.".to_owned());
        let unnamed = of_peru("A Peruvian official", SpeakerKind::Unnamed, "official");
        let named = of_peru("Ana Oren", SpeakerKind::Person, "spokesman");
        let mut statements =
            [said(&text, "A Peruvian official", unnamed), said(&text, "the spokesman, Ana Oren", named)];
        let whole = |words: &str| {
            let start = text.as_str().find(words).expect("it is there");
            vec![Span::new(start, start + words.len())]
        };
        statements[0].content = whole("the spokesman, Ana Oren, had promised a truce");
        statements[1].content = whole("had promised a truce");
        name_the_described(&text, &mut statements);
        assert_eq!(statements[0].speaker.name.as_deref(), Some("A Peruvian official"));
    }

    #[test]
    fn who_is_described_first_is_named_after() {
        let described = |name: &str, role: &str| Speaker {
            name: Some(name.to_owned()),
            kind: SpeakerKind::Unnamed,
            role: Some(role.to_owned()),
            party: Some("Peru".to_owned()),
        };
        let person = |role: Option<&str>, party: Option<&str>| Speaker {
            name: Some("Ana Oren".to_owned()),
            kind: SpeakerKind::Person,
            role: role.map(str::to_owned),
            party: party.map(str::to_owned),
        };
        for (text, first, second, named, is_one) in [
            ("Peru’s minister said no.\n\nAna Oren said why.", "Peru’s minister", "Ana Oren", person(None, None), true),
            (
                "A spokesman for Peru said no. The spokesman, Ana Oren, said why.",
                "A spokesman for Peru",
                "The spokesman, Ana Oren",
                person(Some("spokesman"), None),
                true,
            ),
            // A story further down the page.
            (
                "It rained.\n\nPeru’s minister said no.\n\nAna Oren said why.",
                "Peru’s minister",
                "Ana Oren",
                person(None, None),
                true,
            ),
            // A party that only the rest of the article tells.
            (
                "Peru’s minister said no.\n\nAna Oren said why.",
                "Peru’s minister",
                "Ana Oren",
                person(None, Some("Chad")),
                true,
            ),
            // Somebody of another office or another body, named before, or two lines on.
            (
                "A hospital minister said no. The minister, Ana Oren, said why.",
                "A hospital minister",
                "The minister, Ana Oren",
                person(Some("police minister"), None),
                false,
            ),
            (
                "Peru’s minister said no.\n\nThe analyst Ana Oren said why.",
                "Peru’s minister",
                "The analyst Ana Oren",
                person(Some("analyst"), None),
                false,
            ),
            (
                "Peru’s minister said no.\n\nChad’s Ana Oren said why.",
                "Peru’s minister",
                "Chad’s Ana Oren",
                person(None, Some("Chad")),
                false,
            ),
            (
                "Oren left, Peru’s minister said.\n\nAna Oren said why.",
                "Peru’s minister",
                "Ana Oren",
                person(None, None),
                false,
            ),
            (
                "Peru’s minister said no.\n\nIt rained.\n\nIt snowed.\n\nAna Oren said why.",
                "Peru’s minister",
                "Ana Oren",
                person(None, None),
                false,
            ),
        ] {
            let text = Text::new(text);
            let role = first.split(' ').find(|w| ["minister", "spokesman"].contains(w)).expect("an office");
            let mut statements = [said(&text, first, described(first, role)), said(&text, second, named)];
            name_the_described(&text, &mut statements);
            let one = statements[0].speaker.name.as_deref() == Some("Ana Oren");
            assert_eq!(one, is_one, "{}", text.as_str());
            assert_eq!(statements[1].speaker.party.as_deref() == Some("Peru"), is_one, "{}", text.as_str());
        }
    }
}
