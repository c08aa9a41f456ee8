//! When what is on record came in, so that each reader can be told what is new to them.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use pourparler_brief::Cited;
use pourparler_ledger::{Actor, ArticleHead};

/// A record of so many statements is all new to whoever never looked at it; of a larger one, what came in last is.
const SMALL: usize = 300;
/// So long before the latest arrival begins what is new to whoever never looked.
const FIRST_LOOK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// When articles, and with them statements and actors, came in.
#[derive(Debug, Default)]
pub struct Arrivals {
    /// Of each statement, by its number less one: when the first article that has it came in.
    of_statements: Vec<Timestamp>,
    /// Numbers of statements, the latest arrival first.
    latest: Vec<usize>,
    /// Places of actors in their list with when their first article came in, the latest first.
    actors: Vec<(Timestamp, usize)>,
    /// Articles whose language is not read, the latest first.
    unread: Vec<(Timestamp, Unread)>,
    /// When the last article came in.
    pub until: Option<Timestamp>,
}

/// An article in a language that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Its id.
    pub article: String,
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// BCP 47 tag.
    pub language: String,
}

impl Arrivals {
    /// From all articles, and what was made of them.
    pub fn of(articles: &[ArticleHead], statements: &[Cited], actors: &[Actor]) -> Self {
        let at: HashMap<&str, Timestamp> = articles.iter().map(|a| (a.id.as_str(), a.added_at)).collect();
        let until = articles.iter().map(|a| a.added_at).max();
        // What was added between two questions to the ledger counts as the last that was seen.
        let last = until.unwrap_or_default();
        let first_of = |ids: &mut dyn Iterator<Item = &str>| {
            ids.map(|id| at.get(id).copied().unwrap_or(last)).min().unwrap_or(last)
        };
        let of_statements: Vec<_> =
            statements.iter().map(|c| first_of(&mut c.appearances.iter().map(|a| a.article.as_str()))).collect();
        let mut latest: Vec<usize> = (1..=of_statements.len()).collect();
        latest.sort_by_key(|number| std::cmp::Reverse(of_statements[number - 1]));
        let arrived = |actor: &Actor| first_of(&mut actor.articles.iter().map(String::as_str));
        let mut actors: Vec<_> = actors.iter().enumerate().map(|(place, actor)| (arrived(actor), place)).collect();
        actors.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        let mut unread: Vec<_> = articles.iter().filter_map(|a| Some((a.added_at, Unread::of(a)?))).collect();
        unread.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        Self { of_statements, latest, actors, unread, until }
    }

    /// From when on everything is new to a reader who never looked; `None` for all that there is.
    #[must_use]
    pub fn first_look(&self) -> Option<Timestamp> {
        let large = self.of_statements.len() > SMALL;
        self.until.filter(|_| large).and_then(|until| until.checked_sub(FIRST_LOOK).ok())
    }

    /// Whether a statement came in after an instant.
    #[must_use]
    pub fn is_new(&self, number: usize, since: Option<Timestamp>) -> bool {
        let at = number.checked_sub(1).and_then(|place| self.of_statements.get(place));
        at.is_some_and(|at| since.is_none_or(|since| *at > since))
    }

    /// Numbers of the statements that came in after an instant, the latest first.
    #[must_use]
    pub fn statements(&self, since: Option<Timestamp>) -> &[usize] {
        let end = self.latest.partition_point(|number| self.is_new(*number, since));
        &self.latest[..end]
    }

    /// Places of the actors of whom nothing was on record before an instant, the latest first.
    pub fn actors(&self, since: Option<Timestamp>) -> impl Iterator<Item = usize> {
        new(&self.actors, since).map(|(_, place)| *place)
    }

    /// The articles in languages that are not read that came in after an instant, the latest first.
    pub fn unread(&self, since: Option<Timestamp>) -> impl Iterator<Item = &Unread> {
        new(&self.unread, since).map(|(_, article)| article)
    }
}

fn new<T>(list: &[(Timestamp, T)], since: Option<Timestamp>) -> impl Iterator<Item = &(Timestamp, T)> {
    list.iter().take_while(move |(at, _)| since.is_none_or(|since| *at > since))
}

impl Unread {
    fn of(article: &ArticleHead) -> Option<Self> {
        let language = article.language.clone()?;
        let first = language.split(['-', '_']).next().unwrap_or_default();
        if first.eq_ignore_ascii_case("en") || first.eq_ignore_ascii_case("eng") {
            return None;
        }
        Some(Self {
            article: article.id.clone(),
            title: article.title.clone(),
            outlet: article.outlet.clone(),
            language,
        })
    }
}
