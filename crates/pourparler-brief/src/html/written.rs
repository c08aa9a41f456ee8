//! A brief while it is written: where its numbers lead, and how much of its lists is shown.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Deref;

use jiff::civil::Date;
use maud::{Markup, html};

use crate::{Brief, Cited};

/// So many statements are given at the end of a brief that is cut.
const LISTED: usize = 30;
/// A brief of no more statements than this shows more numbers of each list.
const SMALL: usize = 150;

/// Ways from a brief to a place that holds the whole record.
pub trait Ways {
    /// Address of a statement's sentence.
    fn sentence(&self, cited: &Cited) -> String;
    /// Address of a list of statements.
    fn statements(&self, which: &Which<'_>) -> String;
}

/// Statements that a brief has and does not show.
#[derive(Debug, Clone, Copy, Default)]
pub struct Which<'a> {
    /// Of a party.
    pub party: Option<&'a str>,
    /// On an issue, by its id.
    pub issue: Option<&'a str>,
    /// From a day on.
    pub since: Option<Date>,
    /// Up to a day.
    pub until: Option<Date>,
}

/// A brief while it is written.
pub(super) struct Written<'a> {
    brief: &'a Brief,
    ways: Option<&'a dyn Ways>,
    /// The statements that are to be given at the end.
    listed: RefCell<BTreeSet<usize>>,
}

impl Deref for Written<'_> {
    type Target = Brief;
    fn deref(&self) -> &Brief {
        self.brief
    }
}

impl<'a> Written<'a> {
    /// All of it, in a file that leads nowhere else.
    pub fn whole(brief: &'a Brief) -> Self {
        Self { brief, ways: None, listed: RefCell::default() }
    }

    /// As much of it as a page can bear.
    pub fn cut(brief: &'a Brief, ways: &'a dyn Ways) -> Self {
        Self { ways: Some(ways), ..Self::whole(brief) }
    }

    pub fn is_cut(&self) -> bool {
        self.ways.is_some()
    }

    /// As much of a list as is shown: at most so many where the brief is cut.
    pub fn some<'t, T>(&self, list: &'t [T], most: usize) -> &'t [T] {
        if self.is_cut() { &list[..list.len().min(most)] } else { list }
    }

    /// The way to what of a list is not shown.
    pub fn more(&self, all: usize, shown: usize, which: &Which<'_>) -> Markup {
        let ways = self.ways.filter(|_| all > shown);
        html! { @if let Some(ways) = ways { a.quiet href=(ways.statements(which)) { "and " (all - shown) " more" } " " } }
    }

    /// Where statements can be seen together.
    pub fn statements_at(&self, which: &Which<'_>) -> Option<String> {
        self.ways.map(|ways| ways.statements(which))
    }

    /// Where a statement is: in the list at the end, or where that has enough of them in its article.
    pub fn place(&self, cited: &Cited) -> String {
        if let Some(ways) = self.ways {
            let mut listed = self.listed.borrow_mut();
            if listed.len() >= LISTED && !listed.contains(&cited.number) {
                return ways.sentence(cited);
            }
            listed.insert(cited.number);
        }
        format!("#s{}", cited.number)
    }

    /// Where a statement is that is a mark in a drawing: drawings alone would fill the list at the end.
    pub fn drawn_place(&self, cited: &Cited) -> String {
        self.sentence(cited).unwrap_or_else(|| format!("#s{}", cited.number))
    }

    /// How many numbers of a list are shown.
    pub fn numbers(&self, whole: usize, few: usize) -> usize {
        match self.is_cut() {
            false => whole,
            true if self.statements.len() <= SMALL => whole / 2,
            true => few,
        }
    }

    /// Address of a statement's sentence, where the brief leads to sentences.
    pub fn sentence(&self, cited: &Cited) -> Option<String> {
        self.ways.map(|ways| ways.sentence(cited))
    }

    /// The statements that are given at the end, once everything else is written.
    pub fn listed(&self) -> Vec<&Cited> {
        if self.is_cut() {
            self.listed.borrow().iter().filter_map(|&n| self.brief.statement(n)).collect()
        } else {
            self.brief.statements.iter().collect()
        }
    }
}
