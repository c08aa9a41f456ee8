//! What happened: the timeline, and each of its parts by itself.

use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use pourparler_brief::{Commitment, Meeting, Move};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::model::{DaysOut, Part};
use crate::app::Current;
use crate::ask::Asked;
use crate::error::ProblemDetails;
use crate::happenings::{Happening, Kind, Wanted};
use crate::view::name;
use crate::{App, WebError};

/// So many are sent at most at once, …
const MOST: usize = 500;
/// … and so many where nothing is said.
const USUAL: usize = 50;

/// What is asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Query {
    /// In which this party has a part.
    party: Option<String>,
    /// That is about this issue.
    issue: Option<String>,
    /// Of these kinds: `round`, `move`, `claim`, `unanswered`, `promise`, `due`. Only the timeline has several.
    #[serde(default)]
    #[param(value_type = Vec<String>)]
    kind: Vec<Kind>,
    /// First day.
    #[param(value_type = Option<String>, format = Date)]
    since: Option<Date>,
    /// Last day.
    #[param(value_type = Option<String>, format = Date)]
    until: Option<Date>,
    /// How many to pass over.
    offset: Option<usize>,
    /// How many to send: 50 where it is not said, 500 at most.
    limit: Option<usize>,
}

impl Query {
    /// The happenings of some kinds that are asked for.
    fn part<T>(self, current: &Current, kinds: &[Kind], form: impl Fn(&Happening) -> T) -> Json<Part<T>> {
        let kinds = if kinds.is_empty() { self.kind } else { kinds.to_vec() };
        let wanted = Wanted { party: self.party, issue: self.issue, kinds, since: self.since, until: self.until };
        let found = wanted.of(current);
        let offset = self.offset.unwrap_or(0);
        let items = found.iter().skip(offset).take(self.limit.unwrap_or(USUAL).min(MOST)).map(|h| form(h)).collect();
        Json(Part { items, total: found.len(), offset })
    }
}

fn names(current: &Current, numbers: &[usize]) -> Vec<String> {
    numbers.iter().filter_map(|n| current.statement(*n)).map(name).collect()
}

fn one(current: &Current, number: usize) -> String {
    current.statement(number).map(name).unwrap_or_default()
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct HappeningOut {
    /// On which day, `YYYY-MM-DD`; of a round its first.
    day: String,
    /// `round`, `move`, `claim`, `unanswered`, `promise` or `due`.
    kind: &'static str,
    /// Who has a part in it.
    parties: Vec<String>,
    /// The statements that it rests on, as `ARTICLE/ID`; of a round those that were made while it lasted.
    statements: Vec<String>,
}

/// What happened, the latest first: rounds of talks, moves, claims with their answers and without, promises and the days on which they
/// fall due. What has no day is left out.
#[utoipa::path(get, path = "/timeline", params(Query), responses((status = 200, body = Part<HappeningOut>), (status = 400, body = ProblemDetails)))]
pub async fn timeline(
    State(app): State<App>,
    Asked(query): Asked<Query>,
) -> Result<Json<Part<HappeningOut>>, WebError> {
    let current = app.view().await?;
    Ok(query.part(&current, &[], |happening| HappeningOut {
        day: happening.day.to_string(),
        kind: happening.kind.as_str(),
        parties: happening.parties(&current).into_iter().map(str::to_owned).collect(),
        statements: names(&current, &happening.statements(&current)),
    }))
}

/// A party's change of position.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoveOut {
    /// The party.
    party: String,
    /// Id of the issue.
    issue: String,
    /// What the issue is called.
    label: String,
    /// Where it stood.
    from: &'static str,
    /// Where it stands after.
    to: &'static str,
    /// The day of the new position.
    day: String,
    /// The statements of the last day of the earlier position.
    before: Vec<String>,
    /// The statements of the new position's first day.
    after: Vec<String>,
    /// Whether nothing speaks against it but that its day is that of publication.
    firm: bool,
    /// Why it may be no change of position at all.
    cautions: Vec<&'static str>,
}

impl MoveOut {
    fn of(current: &Current, change: &Move) -> Self {
        Self {
            party: change.party.clone(),
            issue: change.issue.clone(),
            label: current.talks.label(&change.issue).to_owned(),
            from: change.from.as_str(),
            to: change.to.as_str(),
            day: change.day.to_string(),
            before: names(current, &change.before),
            after: names(current, &change.after),
            firm: change.is_firm(),
            cautions: change.cautions.iter().map(|caution| caution.as_str()).collect(),
        }
    }
}

/// Changes of position, the latest first.
#[utoipa::path(get, path = "/moves", params(Query), responses((status = 200, body = Part<MoveOut>), (status = 400, body = ProblemDetails)))]
pub async fn moves(State(app): State<App>, Asked(query): Asked<Query>) -> Result<Json<Part<MoveOut>>, WebError> {
    let current = app.view().await?;
    Ok(query.part(&current, &[Kind::Move], |happening| MoveOut::of(&current, &current.moves[happening.at])))
}

/// A round of talks.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoundOut {
    /// Which round it is, where some article counts.
    number: Option<u32>,
    /// Its first day.
    from: Option<String>,
    /// Its last day.
    to: Option<String>,
    /// Whether an article tells the days; else those of publication stand in for them.
    dated: bool,
    /// `planned`, `held`, `under way` or `failed`.
    state: &'static str,
    /// Where.
    place: Option<String>,
    /// Whether it was held by video or telephone.
    remote: bool,
    /// Who took part.
    parties: Vec<String>,
    /// Leaders, ministers, negotiators or experts.
    level: Option<String>,
    /// Who mediated.
    mediator: Option<String>,
    /// What articles tell of it.
    reports: Vec<ReportOut>,
    /// What was said in the days before.
    before: Vec<String>,
    /// What was said while it lasted.
    during: Vec<String>,
    /// What was said in the days after.
    after: Vec<String>,
}

/// What one article tells of a round.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportOut {
    /// Id of the article.
    article: String,
    /// Outlet of the article.
    outlet: Option<String>,
    /// The sentence that tells of it.
    sentence: String,
}

impl RoundOut {
    fn of(current: &Current, meeting: &Meeting) -> Self {
        let reports = meeting.reports.iter().filter_map(|at| current.round_reports.get(*at));
        Self {
            number: meeting.number,
            from: meeting.days.map(|days| days.from.to_string()),
            to: meeting.days.map(|days| days.to.to_string()),
            dated: meeting.dated,
            state: meeting.state.as_str(),
            place: meeting.place.clone(),
            remote: meeting.remote,
            parties: meeting.parties.clone(),
            level: meeting.level.clone(),
            mediator: meeting.mediator.clone(),
            reports: reports
                .map(|report| ReportOut {
                    article: report.article.clone(),
                    outlet: report.outlet.clone(),
                    sentence: report.sentence.clone(),
                })
                .collect(),
            before: names(current, &meeting.said[0]),
            during: names(current, &meeting.said[1]),
            after: names(current, &meeting.said[2]),
        }
    }
}

/// Rounds of talks that have a day, the latest first.
#[utoipa::path(get, path = "/rounds", params(Query), responses((status = 200, body = Part<RoundOut>), (status = 400, body = ProblemDetails)))]
pub async fn rounds(State(app): State<App>, Asked(query): Asked<Query>) -> Result<Json<Part<RoundOut>>, WebError> {
    let current = app.view().await?;
    Ok(query.part(&current, &[Kind::Round], |happening| RoundOut::of(&current, &current.rounds[happening.at])))
}

/// A claim, accusation, proposal or demand, and how it was met.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClaimOut {
    /// The statement that makes it, as `ARTICLE/ID`.
    claim: String,
    /// Its day.
    day: String,
    /// Who answered and how; empty where no answer was found.
    answers: Vec<AnswerOut>,
}

/// An answer to a claim.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerOut {
    /// The statement, as `ARTICLE/ID`.
    statement: String,
    /// `deny`, `reject`, `accept` or `accuse`.
    act: &'static str,
}

/// Claims with their answers and claims without, the latest first; `kind=claim` or `kind=unanswered` gives one of the two.
#[utoipa::path(get, path = "/claims", params(Query), responses((status = 200, body = Part<ClaimOut>), (status = 400, body = ProblemDetails)))]
pub async fn claims(State(app): State<App>, Asked(query): Asked<Query>) -> Result<Json<Part<ClaimOut>>, WebError> {
    let current = app.view().await?;
    let both = [Kind::Claim, Kind::Unanswered];
    let kinds: Vec<Kind> = both.into_iter().filter(|kind| query.kind.is_empty() || query.kind.contains(kind)).collect();
    if kinds.is_empty() {
        return Err(WebError::Bad("Claims are of the kinds `claim` and `unanswered`.".to_owned()));
    }
    Ok(query.part(&current, &kinds, |happening| {
        let (claim, answers) = match happening.kind {
            Kind::Claim => {
                let answered = &current.claims.answered[happening.at];
                (answered.claim, answered.answers.as_slice())
            }
            _ => (current.claims.unanswered[happening.at], &[][..]),
        };
        let answers = answers.iter().filter_map(|n| current.statement(*n));
        ClaimOut {
            claim: one(&current, claim),
            day: happening.day.to_string(),
            answers: answers
                .map(|cited| AnswerOut { statement: name(cited), act: cited.entry.statement.act.as_str() })
                .collect(),
        }
    }))
}

/// A promise and what became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommitmentOut {
    /// The statement that makes it, as `ARTICLE/ID`.
    statement: String,
    /// The day on which it was made.
    day: String,
    /// Who promises.
    party: Option<String>,
    /// To whom, where the words tell.
    to: Option<String>,
    /// By when, where the words tell.
    due: Option<DaysOut>,
    /// Where it stands on the last day of the record, in words.
    status: &'static str,
    /// A later statement that says it was done.
    done: Option<String>,
    /// A later statement that says it was not kept.
    broken: Option<String>,
}

impl CommitmentOut {
    fn of(current: &Current, day: Date, promise: &Commitment) -> Self {
        Self {
            statement: one(current, promise.statement),
            day: day.to_string(),
            party: promise.party.clone(),
            to: promise.to.clone(),
            due: promise.due.as_ref().map(DaysOut::of),
            status: promise.status(current.days().map(|(_, last)| last)),
            done: promise.done.map(|n| one(current, n)),
            broken: promise.broken.map(|n| one(current, n)),
        }
    }
}

/// Promises, the latest first.
#[utoipa::path(get, path = "/commitments", params(Query), responses((status = 200, body = Part<CommitmentOut>), (status = 400, body = ProblemDetails)))]
pub async fn commitments(
    State(app): State<App>,
    Asked(query): Asked<Query>,
) -> Result<Json<Part<CommitmentOut>>, WebError> {
    let current = app.view().await?;
    let form = |happening: &Happening| CommitmentOut::of(&current, happening.day, &current.commitments[happening.at]);
    Ok(query.part(&current, &[Kind::Promise], form))
}
