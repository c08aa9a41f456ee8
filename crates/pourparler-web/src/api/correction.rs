//! What a person says about a statement: which of it is given, whether it makes sense, and the statement with it.

use jiff::civil::Date;
use pourparler_text::{
    Act, CodePoint, DateRange, Firmness, Manner, Position, Quotation, Span, Speaker, SpeakerKind, Stance, Statement,
    Text,
};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use crate::WebError;
use crate::talks::Talks;

/// A name, an office or an addressee has at most so many characters.
const LONGEST: usize = 300;
/// So many spans of a kind, positions or names in a chain are taken.
const MOST: usize = 40;

/// What is put right. A field that is absent is left as it is; `null` takes its value away. Spans are `[[start, end], …]`, end
/// exclusive, in Unicode code points of the article's text.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Who says it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<SpeakerIn>)]
    pub speaker: Option<Option<SpeakerIn>>,
    /// What it does: `assert`, `demand`, `deny`, …
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub act: Option<Option<Act>>,
    /// When it was said.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<DaysIn>)]
    pub said_on: Option<Option<DaysIn>>,
    /// Who carried the words, nearest to the speaker first.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Vec<String>>)]
    pub via: Option<Option<Vec<String>>>,
    /// To whom it is said.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub addressee: Option<Option<String>>,
    /// `red line`, `demand`, `preference` or `hint`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub firmness: Option<Option<Firmness>>,
    /// Which issues it takes up, and how: all of them.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Vec<PositionIn>>)]
    pub positions: Option<Option<Vec<PositionIn>>>,
    /// The words that name the speaker.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Vec<[usize; 2]>>)]
    pub source: Option<Option<Vec<[usize; 2]>>>,
    /// The words that make it an attribution.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Vec<[usize; 2]>>)]
    pub cue: Option<Option<Vec<[usize; 2]>>>,
    /// What is said or held; it cannot be taken away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Vec<[usize; 2]>>)]
    pub content: Option<Option<Vec<[usize; 2]>>>,
}

/// Who says it. Absent fields are left as they are; `null` takes a value away.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpeakerIn {
    /// The fullest name that the article gives.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub name: Option<Option<String>>,
    /// `person`, `organisation`, `country`, `group` or `unnamed`; it cannot be taken away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub kind: Option<Option<SpeakerKind>>,
    /// Office or description.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub role: Option<Option<String>>,
    /// For whom the speaker speaks.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub party: Option<Option<String>>,
}

/// Days, both inclusive.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DaysIn {
    /// First day, `YYYY-MM-DD`.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day, `YYYY-MM-DD`; the first where it is absent.
    #[schema(value_type = Option<String>, format = Date)]
    pub to: Option<Date>,
}

/// A stance on an issue.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PositionIn {
    /// Id of an issue of the dossier.
    pub issue: String,
    /// `supports`, `opposes`, `conditional`, `open` or `unclear`.
    #[schema(value_type = String)]
    pub stance: Stance,
    /// Id of an option of that issue.
    pub option: Option<String>,
}

/// `null` is something given, unlike a field that is absent.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

fn bad<T>(words: String) -> Result<T, WebError> {
    Err(WebError::Bad(words))
}

impl Correction {
    /// Puts it into a statement of a text. `field` is where the correction stands in what was sent.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn apply(
        self,
        statement: &mut Statement<CodePoint>,
        text: &Text,
        talks: &Talks,
        field: &str,
    ) -> Result<(), WebError> {
        match self.speaker {
            Some(Some(speaker)) => speaker.apply(&mut statement.speaker, field)?,
            Some(None) => statement.speaker = Speaker::unattributed(),
            None => {}
        }
        match self.act {
            Some(Some(act)) => statement.act = act,
            Some(None) => return bad(format!("`{field}.act` cannot be taken away; the weakest act is `assert`.")),
            None => {}
        }
        if let Some(days) = self.said_on {
            statement.said_on = days.map(|days| days.range(field)).transpose()?;
        }
        if let Some(via) = self.via {
            let via = via.unwrap_or_default();
            few(via.len(), &format!("{field}.via"))?;
            let named = via.iter().enumerate().map(|(at, name)| name_of(name, &format!("{field}.via[{at}]")));
            statement.via = named.collect::<Result<_, _>>()?;
        }
        if let Some(addressee) = self.addressee {
            statement.manner.addressee = name(addressee, &format!("{field}.addressee"))?;
        }
        if let Some(firmness) = self.firmness {
            statement.manner.firmness = firmness;
        }
        if let Some(positions) = self.positions {
            statement.positions = checked(positions.unwrap_or_default(), &statement.positions, talks, field)?;
        }
        for (given, held, part) in
            [(self.source, &mut statement.source, "source"), (self.cue, &mut statement.cue, "cue")]
        {
            if let Some(given) = given {
                *held = spans(&given.unwrap_or_default(), text, &format!("{field}.{part}"))?;
            }
        }
        if let Some(content) = self.content {
            let place = format!("{field}.content");
            statement.content = spans(&content.unwrap_or_default(), text, &place)?;
            if statement.content.is_empty() {
                return bad(format!("`{place}` is empty; a statement says something."));
            }
            // What tells how it is put stands inside the content.
            let inside = |s: &Span<CodePoint>| statement.content.iter().any(|c| c.covers(*s));
            let Manner { conditions, reasons, hedges, .. } = &mut statement.manner;
            [conditions, reasons, hedges].into_iter().for_each(|spans| spans.retain(inside));
        }
        Ok(())
    }

    /// A statement that nobody had found.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn into_statement(self, text: &Text, talks: &Talks) -> Result<Statement<CodePoint>, WebError> {
        if self.content.is_none() {
            return bad("`added.content` is missing; a statement says something.".to_owned());
        }
        let mut statement = Statement::bare("new", Vec::new());
        self.apply(&mut statement, text, talks, "added")?;
        statement.quotation = Quotation::of(&statement.content, text);
        Ok(statement)
    }
}

impl SpeakerIn {
    fn apply(self, speaker: &mut Speaker, field: &str) -> Result<(), WebError> {
        for (given, held, part) in [
            (self.name, &mut speaker.name, "name"),
            (self.role, &mut speaker.role, "role"),
            (self.party, &mut speaker.party, "party"),
        ] {
            if let Some(given) = given {
                *held = name(given, &format!("{field}.speaker.{part}"))?;
            }
        }
        match self.kind {
            Some(Some(kind)) => speaker.kind = kind,
            Some(None) => {
                return bad(format!("`{field}.speaker.kind` cannot be taken away; who is not named is `unnamed`."));
            }
            None => {}
        }
        Ok(())
    }
}

impl DaysIn {
    fn range(self, field: &str) -> Result<DateRange, WebError> {
        let to = self.to.unwrap_or(self.from);
        if to < self.from {
            return bad(format!("`{field}.said_on` ends on {to}, before it begins on {}.", self.from));
        }
        Ok(DateRange { from: self.from, to, text: None, method: None, anchor: None })
    }
}

fn few(count: usize, field: &str) -> Result<(), WebError> {
    if count > MOST { bad(format!("`{field}` has {count} entries; at most {MOST} are taken.")) } else { Ok(()) }
}

fn name(given: Option<String>, field: &str) -> Result<Option<String>, WebError> {
    given.map(|name| name_of(&name, field)).transpose()
}

fn name_of(given: &str, field: &str) -> Result<String, WebError> {
    let name = given.trim();
    if name.is_empty() {
        return bad(format!("`{field}` is empty; send null to take the value away."));
    }
    let length = name.chars().count();
    if length > LONGEST {
        return bad(format!("`{field}` has {length} characters; at most {LONGEST} are taken."));
    }
    if name.chars().any(char::is_control) {
        return bad(format!("`{field}` holds a control character, such as a line break."));
    }
    Ok(name.to_owned())
}

fn checked(given: Vec<PositionIn>, before: &[Position], talks: &Talks, field: &str) -> Result<Vec<Position>, WebError> {
    few(given.len(), &format!("{field}.positions"))?;
    let mut out: Vec<Position> = Vec::with_capacity(given.len());
    for (at, PositionIn { issue, stance, option }) in given.into_iter().enumerate() {
        let place = format!("{field}.positions[{at}]");
        // An issue that the dossier had and has no longer may stay.
        let stays = before.iter().any(|p| p.issue == issue && (option.is_none() || p.option == option));
        match talks.dossier.issues.iter().find(|i| i.id == issue) {
            None if !stays => {
                return bad(format!(
                    "`{place}.issue` is `{issue}`, which the dossier does not know; `/dossier` lists its issues."
                ));
            }
            Some(known) => {
                let names = |wanted: &String| known.options.iter().any(|o| o.id == *wanted);
                if let Some(option) = option.as_ref().filter(|o| !stays && !names(o)) {
                    return bad(format!("`{place}.option` is `{option}`, which the issue `{issue}` does not have."));
                }
            }
            None => {}
        }
        if out.iter().any(|p| p.issue == issue && p.option == option) {
            return bad(format!("`{place}` names the issue `{issue}` a second time."));
        }
        out.push(Position { issue, stance, option, by: None });
    }
    Ok(out)
}

fn spans(given: &[[usize; 2]], text: &Text, field: &str) -> Result<Vec<Span<CodePoint>>, WebError> {
    few(given.len(), field)?;
    let length = text.as_str().chars().count();
    let mut out: Vec<Span<CodePoint>> = Vec::with_capacity(given.len());
    for (at, &[start, end]) in given.iter().enumerate() {
        if end > length {
            return bad(format!("`{field}[{at}]` ends at {end}, but the text has {length} code points."));
        }
        if end <= start {
            return bad(format!("`{field}[{at}]` is [{start}, {end}] and holds nothing; the end is exclusive."));
        }
        let span = Span::new(start, end);
        if text.get(text.to_bytes(span)).trim().is_empty() {
            return bad(format!("`{field}[{at}]` holds nothing but white space."));
        }
        out.push(span);
    }
    out.sort_unstable();
    match out.windows(2).find(|two| two[0].overlaps(two[1])) {
        Some(two) => bad(format!("`{field}` has {:?} and {:?}, which overlap.", two[0], two[1])),
        None => Ok(out),
    }
}
