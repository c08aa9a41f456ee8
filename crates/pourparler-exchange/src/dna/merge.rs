//! Makes statements of what is marked in a document: ours as they were, with what people did to them since, and theirs.

use std::collections::{BTreeMap, HashMap, HashSet};

use pourparler_text::{Article, CodePoint, Manner, Position, Span, Speaker, SpeakerKind, Stance, Statement};

use super::document::Notes;
use super::slug::slug;
use crate::Report;

/// A position as DNA marks it. Its place is counted in UTF-16 code units, end exclusive.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Side {
    pub start: i64,
    pub stop: i64,
    pub coder: String,
    pub person: String,
    pub organization: String,
    pub concept: String,
    /// `None` where it takes no side.
    pub agreement: Option<bool>,
}

/// Something marked in a document, under its key.
pub enum Marked {
    /// A position that stands for itself, or the twin of one of ours.
    Side { id: i64, side: Side },
    /// A position of ours: the twin that was written with it if it takes a side, its number in its statement, from 1.
    Ours { id: i64, side: Side, number: usize, statement: Box<Statement<CodePoint>> },
}

/// A twin that has to be there if nobody did anything to it.
struct Twin {
    id: i64,
    side: Side,
    statement: usize,
    number: usize,
}

/// The statements of a document on the way.
pub struct Merge<'a> {
    article: &'a Article,
    notes: Option<&'a Notes>,
    ids: &'a HashMap<String, String>,
    report: &'a mut Report,
    kept: Vec<Statement<CodePoint>>,
    reviewers: BTreeMap<String, String>,
    by_id: HashMap<String, usize>,
    twins: Vec<Twin>,
    sides: Vec<(i64, Side)>,
}

impl<'a> Merge<'a> {
    /// For an article; the notes are ours, where its text is as we wrote it, and `ids` those of issues by the concepts' names.
    pub fn begin(
        article: &'a Article,
        notes: Option<&'a Notes>,
        ids: &'a HashMap<String, String>,
        report: &'a mut Report,
    ) -> Self {
        let reviewers = notes.map(|notes| notes.reviewers.clone()).unwrap_or_default();
        Self {
            article,
            notes,
            ids,
            report,
            kept: Vec::new(),
            reviewers,
            by_id: HashMap::new(),
            twins: Vec::new(),
            sides: Vec::new(),
        }
    }

    /// Takes in what is marked.
    pub fn add(&mut self, marked: Marked) {
        match marked {
            Marked::Side { id, side } => self.sides.push((id, side)),
            Marked::Ours { id, side, number, statement } => {
                let position = number.checked_sub(1).and_then(|n| statement.positions.get(n));
                let agreement = position.and_then(|p| p.stance.agrees());
                let at = match self.by_id.get(&statement.id) {
                    Some(&at) => at,
                    None => {
                        self.by_id.insert(statement.id.clone(), self.kept.len());
                        let statement = self.fitted(*statement, &side);
                        self.kept.push(statement);
                        self.kept.len() - 1
                    }
                };
                if agreement.is_some() {
                    let side = Side { agreement, ..side };
                    // It was written right after it.
                    self.twins.push(Twin { id: id.saturating_add(1), side, statement: at, number });
                }
            }
        }
    }

    /// A statement of ours; where the text was changed, only the place that DNA keeps can be trusted.
    fn fitted(&mut self, statement: Statement<CodePoint>, side: &Side) -> Statement<CodePoint> {
        if self.notes.is_some() {
            return statement;
        }
        let article = &self.article.id;
        let what = "places of sources, cues and terms in texts or notes that were changed in DNA";
        self.report.lose(what, || format!("{article}/{}", statement.id));
        Statement {
            source: vec![],
            cue: vec![],
            content: self.span(side).into_iter().collect(),
            manner: Manner { conditions: vec![], reasons: vec![], hedges: vec![], ..statement.manner },
            ..statement
        }
    }

    /// The place in code points; `None` where it holds nothing of the text.
    fn span(&self, side: &Side) -> Option<Span<CodePoint>> {
        let unit = |unit: i64| usize::try_from(unit).unwrap_or(0);
        let span = self.article.text.from_utf16(Span::new(unit(side.start), unit(side.stop)));
        (!span.is_empty()).then_some(span)
    }

    /// All statements, and who decided on which.
    pub fn end(mut self) -> (Vec<Statement<CodePoint>>, BTreeMap<String, String>) {
        let altered = self.pair();
        let gone: HashSet<(usize, usize)> = self.twins.iter().map(|t| (t.statement, t.number)).collect();
        for (twin, side) in altered {
            self.alter(&twin, side);
        }
        self.take_away(&gone);
        let added = self.join();
        if !added.is_empty() {
            self.kept.extend(added);
            self.kept.sort_by_key(|s| s.content.first().map_or(0, |span| span.start));
        }
        (self.kept, self.reviewers)
    }

    /// Takes those that are as they were written away from the twins and from what is marked, so that only new ones are left there;
    /// gives those that were altered. The twins that are left are no longer in the file.
    fn pair(&mut self) -> Vec<(Twin, Side)> {
        let mut twins: HashMap<i64, Twin> = std::mem::take(&mut self.twins).into_iter().map(|t| (t.id, t)).collect();
        let mut sides = std::mem::take(&mut self.sides);
        sides.retain(|(id, side)| match twins.get(id) {
            Some(twin) if twin.side == *side => twins.remove(id).is_none(),
            _ => true,
        });
        // Under other keys, where somebody moved statements between files.
        let mut moved: HashMap<Side, Vec<i64>> = HashMap::new();
        for twin in twins.values() {
            moved.entry(twin.side.clone()).or_default().push(twin.id);
        }
        sides.retain(|(_, side)| match moved.get_mut(side).and_then(Vec::pop) {
            Some(id) => twins.remove(&id).is_none(),
            None => true,
        });
        let (mut altered, mut new) = (Vec::new(), Vec::new());
        for (id, side) in sides {
            match twins.remove(&id) {
                Some(twin) => altered.push((twin, side)),
                None => new.push((id, side)),
            }
        }
        (self.twins, self.sides) = (twins.into_values().collect(), new);
        altered
    }

    /// What somebody changed in a twin is so in the statement, too, which is then that coder's.
    fn alter(&mut self, twin: &Twin, side: Side) {
        let span = self.span(&side);
        let issue = self.issue(&side.concept);
        let Some(statement) = self.kept.get_mut(twin.statement) else { return };
        if (side.start, side.stop) != (twin.side.start, twin.side.stop)
            && let Some(span) = span
        {
            statement.content = vec![span];
        }
        if (&side.person, &side.organization) != (&twin.side.person, &twin.side.organization) {
            let role = statement.speaker.role.take().filter(|_| side.person == twin.side.person);
            statement.speaker = Speaker { role, ..speaker(&side) };
        }
        if let Some(position) = twin.number.checked_sub(1).and_then(|n| statement.positions.get_mut(n)) {
            if side.concept != twin.side.concept {
                *position = Position::new(issue, position.stance);
            }
            if side.agreement != twin.side.agreement {
                *position = Position::new(position.issue.clone(), stance(side.agreement));
            }
        }
        statement.confidence = None;
        self.reviewers.insert(statement.id.clone(), side.coder);
    }

    fn take_away(&mut self, gone: &HashSet<(usize, usize)>) {
        for (at, statement) in self.kept.iter_mut().enumerate() {
            let mut number = 0;
            let before = statement.positions.len();
            statement.positions.retain(|_| {
                number += 1;
                !gone.contains(&(at, number))
            });
            if statement.positions.len() < before {
                statement.confidence = None;
                let article = &self.article.id;
                let what = "positions whose statement was deleted in DNA, taken away here as well";
                self.report.lose(what, || format!("{article}/{}", statement.id));
            }
        }
    }

    /// Positions that stand for themselves: those of one speaker at one place are one statement.
    fn join(&mut self) -> Vec<Statement<CodePoint>> {
        let sides = std::mem::take(&mut self.sides);
        let mut made: Vec<Statement<CodePoint>> = Vec::new();
        let mut at: HashMap<Side, Vec<usize>> = HashMap::new();
        for (key, side) in sides {
            let article = &self.article.id;
            let Some(span) = self.span(&side) else {
                self.report.lose("statements outside of their text, left out", || format!("{article}/{key}"));
                continue;
            };
            if self.notes.is_none() && self.article.text.as_str().contains('\r') {
                let what = "statements in texts with carriage returns, which DNA may have placed without counting them";
                self.report.lose(what, || format!("{article}/{key}"));
            }
            let position =
                (!side.concept.is_empty()).then(|| Position::new(self.issue(&side.concept), stance(side.agreement)));
            let same = Side { concept: String::new(), agreement: None, ..side.clone() };
            let places = at.entry(same).or_default();
            // Two stances on one issue are two statements.
            let room = |n: &&usize| {
                let positions = &made[**n].positions;
                position.as_ref().is_none_or(|p| positions.iter().all(|q| q.issue != p.issue || q == p))
            };
            if let Some(&n) = places.iter().find(room) {
                let positions = &mut made[n].positions;
                let further = position.filter(|p| !positions.contains(p));
                positions.extend(further);
                continue;
            }
            let mut id = format!("dna-{key}");
            while self.by_id.contains_key(&id) {
                id.push('a');
            }
            self.by_id.insert(id.clone(), usize::MAX);
            if !side.coder.is_empty() {
                self.reviewers.insert(id.clone(), side.coder.clone());
            }
            places.push(made.len());
            made.push(decided(id, span, speaker(&side), position));
        }
        made
    }

    fn issue(&self, concept: &str) -> String {
        self.ids.get(concept).cloned().unwrap_or_else(|| slug(concept))
    }
}

/// A statement that a person marked, of which no more is known.
fn decided(id: String, span: Span<CodePoint>, speaker: Speaker, position: Option<Position>) -> Statement<CodePoint> {
    Statement { speaker, positions: position.into_iter().collect(), ..Statement::bare(id, vec![span]) }
}

fn speaker(side: &Side) -> Speaker {
    let told = |name: &str| Some(name.to_owned()).filter(|n| !n.is_empty());
    let (person, party) = (told(&side.person), told(&side.organization));
    let kind = match (&person, &party) {
        (Some(_), _) => SpeakerKind::Person,
        (None, Some(_)) => SpeakerKind::Organisation,
        (None, None) => SpeakerKind::Unnamed,
    };
    Speaker { name: person.or_else(|| party.clone()), kind, role: None, party }
}

fn stance(agreement: Option<bool>) -> Stance {
    match agreement {
        Some(true) => Stance::Supports,
        Some(false) => Stance::Opposes,
        None => Stance::Unclear,
    }
}
