//! Actors: who speaks, over all articles. They are made from the speakers of statements, by [`cluster`], and from what
//! people decided; each decision is added to a log, and any can be undone by a further one.

mod cluster;

use std::collections::{BTreeSet, HashMap, HashSet};

use pourparler_text::names::key;
use pourparler_text::{Entry, sha256_hex};
use serde::{Deserialize, Serialize};

pub use cluster::{Form, Mention};

use crate::add::json;
use crate::store::{Store, values};
use crate::{Ledger, LedgerError, Problem, chain, log, tables};

/// Somebody who speaks, over all articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// Stays the same while the first mention stays: six hexadecimal digits.
    pub id: String,
    /// The name that was decided on, or the fullest that most articles give.
    pub name: String,
    /// Person, organisation, …
    pub kind: String,
    /// Whom most statements say it speaks for.
    pub party: Option<String>,
    /// Offices, the most frequent first.
    pub roles: Vec<String>,
    /// Names under which it speaks, the most frequent first.
    pub names: Vec<String>,
    /// Ids of the articles in which it speaks.
    pub articles: Vec<String>,
    /// How many statements.
    pub statements: usize,
    /// Whether a person decided something about it.
    pub decided: bool,
    #[serde(skip)]
    forms: Vec<(Form, String)>,
}

/// What is decided about: speakers of these forms, in one article or in all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Those {
    form: Form,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    article: Option<String>,
}

impl Those {
    fn are(&self, mention: &Mention) -> bool {
        self.form == mention.form && self.article.as_ref().is_none_or(|a| *a == mention.article)
    }
}

/// A human decision about actors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// These are one.
    Merge(Vec<Those>),
    /// These are another than the rest.
    Split(Vec<Those>),
    /// The actor of these is called so.
    Rename(Vec<Those>, String),
    /// Speakers of this name are the actor of these.
    Alias(Vec<Those>, String),
    /// The decision of this number does not hold.
    Undo(i64),
}

impl Decision {
    fn action(&self) -> &'static str {
        match self {
            Self::Merge(_) => "merge",
            Self::Split(_) => "split",
            Self::Rename(..) => "rename",
            Self::Alias(..) => "alias",
            Self::Undo(_) => "undo",
        }
    }
}

impl Decision {
    /// The speakers that it is about; none where it undoes another.
    #[must_use]
    pub fn about(&self) -> &[Those] {
        match self {
            Self::Merge(those) | Self::Split(those) | Self::Rename(those, _) | Self::Alias(those, _) => those,
            Self::Undo(_) => &[],
        }
    }

    /// What it does, in a word.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.action()
    }
}

impl std::fmt::Display for Those {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.form.name)?;
        if let Some(party) = &self.form.party {
            write!(f, " ({party})")?;
        }
        self.article.iter().try_for_each(|article| write!(f, " in {article}"))
    }
}

impl std::fmt::Display for Decision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let list = |those: &[Those]| those.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let action = self.action();
        match self {
            Self::Merge(those) | Self::Split(those) => write!(f, "{action} {}", list(those)),
            Self::Rename(those, name) | Self::Alias(those, name) => write!(f, "{action} {}: {name}", list(those)),
            Self::Undo(number) => write!(f, "{action} {number}"),
        }
    }
}

/// A decision with its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Number in the log, from 1 on.
    pub number: i64,
    /// When it was made, RFC 3339 in UTC.
    pub made_at: String,
    /// What was decided.
    pub decision: Decision,
    /// Whether a later decision undid it.
    pub undone: bool,
}

impl Actor {
    /// All of it, for a decision.
    #[must_use]
    pub fn all(&self) -> Vec<Those> {
        let forms: BTreeSet<_> = self.forms.iter().map(|(form, _)| form.clone()).collect();
        let whole = |form: &Form| Those { form: form.clone(), article: None };
        forms.iter().map(whole).collect()
    }

    /// Whether this is its id, or was that of an actor that was merged into it.
    #[must_use]
    pub fn had_id(&self, known: &str) -> bool {
        self.forms.iter().any(|(form, article)| id(form, article) == known)
    }

    /// The speakers that it is, as statements name them, each with the id of an article in which they speak.
    pub fn mentions(&self) -> impl Iterator<Item = (&Form, &str)> {
        self.forms.iter().map(|(form, article)| (form, article.as_str()))
    }

    /// Whether a decision is about any speaker that it is.
    #[must_use]
    pub fn is_meant_by(&self, decision: &Decision) -> bool {
        let of = |those: &Those| {
            let fits = |article: &String| those.article.as_ref().is_none_or(|a| a == article);
            self.forms.iter().any(|(form, article)| *form == those.form && fits(article))
        };
        decision.about().iter().any(of)
    }

    /// Its mentions under these names, or in these articles, for a decision; a name matches in any case.
    #[must_use]
    pub fn part(&self, names: &[String], articles: &[String]) -> Vec<Those> {
        let named = |form: &Form| names.iter().any(|n| key(n) == key(&form.name));
        let mut out = BTreeSet::new();
        for (form, article) in &self.forms {
            if named(form) {
                out.insert(Those { form: form.clone(), article: None });
            } else if articles.contains(article) {
                out.insert(Those { form: form.clone(), article: Some(article.clone()) });
            }
        }
        out.into_iter().collect()
    }
}

/// A speaker of an article: name, kind, party, id of the article.
type Mentioned<'a> = (&'a str, &'a str, Option<&'a str>, &'a str);

/// Which of many actors makes a statement.
#[derive(Debug)]
pub struct WhoSpeaks<'a>(HashMap<Mentioned<'a>, usize>);

impl<'a> WhoSpeaks<'a> {
    /// Of these actors.
    #[must_use]
    pub fn of(actors: &'a [Actor]) -> Self {
        let one = |(place, actor): (usize, &'a Actor)| {
            let key = move |(form, article): (&'a Form, &'a str)| {
                ((form.name.as_str(), form.kind.as_str(), form.party.as_deref(), article), place)
            };
            actor.mentions().map(key)
        };
        Self(actors.iter().enumerate().flat_map(one).collect())
    }

    /// The place of the actor who makes a statement; `None` where its speaker has no name.
    #[must_use]
    pub fn makes(&self, entry: &Entry) -> Option<usize> {
        let speaker = &entry.statement.speaker;
        let name = speaker.name.as_deref()?;
        self.0.get(&(name, speaker.kind.as_str(), speaker.party.as_deref(), entry.article.as_str())).copied()
    }
}

impl Ledger {
    /// All actors, those with most statements first.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn actors(&self) -> Result<Vec<Actor>, LedgerError> {
        self.told(self.db.view(|view| Ok(actors(&mentions(view)?, &decisions(view)?))))
    }

    /// The log of decisions about actors, the first one first.
    ///
    /// # Errors
    /// Where the ledger fails or holds something that cannot be read.
    pub fn actor_log(&self) -> Result<Vec<Logged>, LedgerError> {
        self.told(decisions(self.db.as_ref()))
    }

    /// Adds a decision about actors to the log and gives its number.
    ///
    /// # Errors
    /// [`Problem::NoDecision`] where it would undo one that is not there, or where the ledger fails.
    pub fn decide(&mut self, decision: &Decision) -> Result<i64, LedgerError> {
        let about = json(decision);
        let result = self.db.write(|tx| {
            if let Decision::Undo(number) = decision
                && !decisions(tx)?.iter().any(|l| l.number == *number && !l.undone)
            {
                return Err(Problem::NoDecision { number: *number });
            }
            let sql = "INSERT INTO actor_decision (made_at, action, about) VALUES (?, ?, ?) RETURNING key";
            let key = tx.one(sql, values![log::now(tx)?, decision.action(), about])?;
            let before = match decision {
                Decision::Undo(number) => tables::logged_row(tx, "actor_decision", *number)?,
                _ => None,
            };
            chain::log_row(tx, &self.actor, "actor_decision", None, key, before.as_ref())?;
            Ok(key)
        });
        self.told(result)
    }
}

fn decisions(db: &dyn Store) -> Result<Vec<Logged>, Problem> {
    let mut all: Vec<Logged> = Vec::new();
    db.each("SELECT key, made_at, about FROM actor_decision ORDER BY key", &[], |row| {
        let about: String = row.get(2)?;
        let decision = serde_json::from_str(&about).map_err(|e| Problem::Unreadable(format!("about: {e}")))?;
        if let Decision::Undo(number) = decision {
            all.iter_mut().filter(|l| l.number == number).for_each(|l| l.undone = true);
        }
        all.push(Logged { number: row.get(0)?, made_at: row.get(1)?, decision, undone: false });
        Ok(())
    })?;
    // Undoing an undoing brings the first decision back.
    for at in 0..all.len() {
        if let (Decision::Undo(number), true) = (all[at].decision.clone(), all[at].undone) {
            all.iter_mut().filter(|l| l.number == number).for_each(|l| l.undone = false);
        }
    }
    Ok(all)
}

/// Who speaks in which article; of one view, so that every statement has its article.
fn mentions(view: &dyn Store) -> Result<Vec<Mention>, Problem> {
    let ids: HashMap<i64, String> =
        view.rows("SELECT key, id FROM article", &[], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect();
    let mut all: Vec<Mention> = Vec::new();
    // By article and name: the places of its forms among all, most often one.
    let mut places: HashMap<i64, HashMap<String, Vec<usize>>> = HashMap::new();
    let sql = "SELECT article, speaker_name, speaker_kind, speaker_party, speaker_role FROM statement
               WHERE speaker_name IS NOT NULL ORDER BY key";
    view.each(sql, &[], |row| {
        let (article, name, kind) = (row.get(0)?, row.text(1)?.unwrap_or_default(), row.text(2)?.unwrap_or_default());
        let (party, role) = (row.text(3)?, row.text(4)?);
        let of_article = places.entry(article).or_default();
        let forms = match of_article.get_mut(name) {
            Some(forms) => forms,
            None => of_article.entry(name.to_owned()).or_default(),
        };
        let same = |at: &&usize| all[**at].form.kind == kind && all[**at].form.party.as_deref() == party;
        let at = forms.iter().find(same).copied().unwrap_or(all.len());
        if at == all.len() {
            forms.push(at);
            all.push(Mention {
                form: Form { name: name.to_owned(), kind: kind.to_owned(), party: party.map(str::to_owned) },
                article: ids.get(&article).cloned().unwrap_or_default(),
                roles: BTreeSet::new(),
                statements: 0,
            });
        }
        all[at].statements += 1;
        if let Some(role) = role.filter(|role| !all[at].roles.contains(*role)) {
            all[at].roles.insert(role.to_owned());
        }
        Ok(())
    })?;
    Ok(all)
}

/// A set of mentions on the way to being an actor.
#[derive(Default)]
struct Group {
    mentions: Vec<usize>,
    name: Option<String>,
    decided: bool,
}

fn actors(mentions: &[Mention], log: &[Logged]) -> Vec<Actor> {
    let clusters = cluster::cluster(mentions).into_iter();
    let mut groups: Vec<Group> = clusters.map(|mentions| Group { mentions, ..Group::default() }).collect();
    for logged in log.iter().filter(|l| !l.undone) {
        apply(&mut groups, mentions, &logged.decision);
    }
    groups.retain(|g| !g.mentions.is_empty());
    let mut out: Vec<Actor> = groups.iter().map(|g| described(g, mentions)).collect();
    out.sort_by(|a, b| b.statements.cmp(&a.statements).then_with(|| a.name.cmp(&b.name)));
    out
}

fn apply(groups: &mut Vec<Group>, mentions: &[Mention], decision: &Decision) {
    let holds =
        |group: &Group, those: &[Those]| group.mentions.iter().any(|&m| those.iter().any(|t| t.are(&mentions[m])));
    match decision {
        Decision::Merge(those) => merge(groups, |group| holds(group, those)),
        Decision::Split(those) => {
            let mut other = Group { decided: true, ..Group::default() };
            for group in groups.iter_mut() {
                let (out, kept): (Vec<_>, Vec<_>) =
                    group.mentions.iter().copied().partition(|&m| those.iter().any(|t| t.are(&mentions[m])));
                group.decided |= !out.is_empty();
                group.mentions = kept;
                other.mentions.extend(out);
            }
            groups.push(other);
        }
        Decision::Rename(those, name) => {
            for group in groups.iter_mut().filter(|g| holds(g, those)) {
                (group.name, group.decided) = (Some(name.clone()), true);
            }
        }
        Decision::Alias(those, alias) => {
            let wanted = key(alias);
            let names: HashSet<&str> = mentions.iter().map(|m| m.form.name.as_str()).collect();
            let names: HashSet<&str> = names.into_iter().filter(|name| key(name) == wanted).collect();
            let named = |group: &Group| group.mentions.iter().any(|&m| names.contains(mentions[m].form.name.as_str()));
            merge(groups, |group| holds(group, those) || named(group));
        }
        Decision::Undo(_) => {}
    }
}

/// The id that an actor has whose first mention this is.
fn id(form: &Form, article: &str) -> String {
    let whole = format!("{}|{}|{article}", form.name, form.kind);
    sha256_hex(whole.as_bytes())[..6].to_owned()
}

/// Puts the groups that fit into the first of them.
fn merge(groups: &mut [Group], fits: impl Fn(&Group) -> bool) {
    let found: Vec<usize> = (0..groups.len()).filter(|&g| fits(&groups[g])).collect();
    let Some((&first, rest)) = found.split_first() else { return };
    for &other in rest {
        let Group { mentions, name, .. } = std::mem::take(&mut groups[other]);
        groups[first].mentions.extend(mentions);
        groups[first].name = groups[first].name.take().or(name);
    }
    groups[first].decided = true;
}

fn described(group: &Group, mentions: &[Mention]) -> Actor {
    let of = |m: usize| &mentions[m];
    let statements = |m: usize| of(m).statements;
    let by_weight = |value: &dyn Fn(&Mention) -> Vec<String>| {
        let mut counts: Vec<(String, usize)> = Vec::new();
        for &m in &group.mentions {
            for v in value(of(m)) {
                match counts.iter_mut().find(|(known, _)| *known == v) {
                    Some((_, n)) => *n += statements(m),
                    None => counts.push((v, statements(m))),
                }
            }
        }
        counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        counts.into_iter().map(|(v, _)| v).collect::<Vec<_>>()
    };
    let names = by_weight(&|m| vec![m.form.name.clone()]);
    let words = |name: &&String| name.split_whitespace().count();
    // Of names of most words, the most frequent one.
    let most = names.iter().map(|n| words(&n)).max().unwrap_or(0);
    let fullest = names.iter().find(|n| words(n) == most).cloned().unwrap_or_default();
    let mut sorted = group.mentions.clone();
    sorted.sort_unstable();
    let id = sorted.first().map_or_else(String::new, |&m| id(&of(m).form, &of(m).article));
    let mut seen: HashSet<&str> = HashSet::new();
    let articles = sorted.iter().map(|&m| &of(m).article).filter(|article| seen.insert(article)).cloned();
    Actor {
        id,
        name: group.name.clone().unwrap_or(fullest),
        kind: by_weight(&|m| vec![m.form.kind.clone()]).into_iter().next().unwrap_or_default(),
        party: by_weight(&|m| m.form.party.iter().cloned().collect()).into_iter().next(),
        roles: by_weight(&|m| m.roles.iter().cloned().collect()),
        names,
        articles: articles.collect(),
        statements: group.mentions.iter().map(|&m| statements(m)).sum(),
        decided: group.decided,
        forms: sorted.iter().map(|&m| (of(m).form.clone(), of(m).article.clone())).collect(),
    }
}
