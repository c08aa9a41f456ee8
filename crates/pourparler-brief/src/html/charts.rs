//! The two drawings: statements by party and day, and how many there are on each issue and of each party.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use maud::{Markup, html};
use pourparler_text::Stance;

use super::written::{Which, Written};
use crate::Cited;
use crate::words::{excerpt, party, said, who};

/// At most so many columns of time; where days are too many, weeks, months or years stand for them.
const COLUMNS: usize = 18;
/// At most so many rows or bars.
const ROWS: usize = 8;
/// So many marks a drawing has at most where the brief is cut; of more, numbers stand for them.
const MARKS: usize = 150;
/// So many moves are drawn where the brief is cut: those that it lists.
const MOVES: usize = super::sections::LINES;
/// Width of a column, size of a mark, marks beside and below one another in a column.
const COLUMN: usize = 72;
const MARK: usize = 14;
const BESIDE: usize = 3;
const BELOW: usize = 4;

/// The marks, defined once for the whole page.
#[must_use]
pub fn symbols() -> Markup {
    html! {
        svg.symbols width="0" height="0" aria-hidden="true" {
            symbol id="mark-supports" viewBox="0 0 12 12" { path.line d="M1.8 6.6 4.8 9.6 10.4 2.6" {} }
            symbol id="mark-opposes" viewBox="0 0 12 12" { path.line d="M2.4 2.4 9.6 9.6M9.6 2.4 2.4 9.6" {} }
            symbol id="mark-conditional" viewBox="0 0 12 12" {
                circle.line cx="6" cy="6" r="4.4" {} path d="M6 1.6a4.4 4.4 0 0 0 0 8.8z" fill="currentColor" {}
            }
            symbol id="mark-open" viewBox="0 0 12 12" { circle.line cx="6" cy="6" r="4.4" {} }
            symbol id="mark-unclear" viewBox="0 0 12 12" { path.line d="M3.8 3.9a2.2 2.2 0 1 1 3.5 1.8c-.9.7-1.3 1-1.3 1.9M6 10.2v.1" {} }
            symbol id="mark-none" viewBox="0 0 12 12" { path.line d="M3 6h6" {} }
        }
    }
}

fn name(stance: Option<Stance>) -> &'static str {
    stance.map_or("none", Stance::as_str)
}

/// The mark of a stance in running text.
#[must_use]
pub fn symbol(stance: Option<Stance>) -> Markup {
    html! { svg.sign aria-hidden="true" { use href={ "#mark-" (name(stance)) } {} } }
}

/// A mark in a drawing that leads to its statement. The same links stand in the text, so the keyboard passes these by.
fn mark(brief: &Written<'_>, cited: &Cited, x: usize, y: usize) -> Markup {
    html! {
        a href=(brief.drawn_place(cited)) tabindex="-1" {
            title { (cited.number) " · " (who(cited)) ": " (said(cited, 120)) }
            rect.hit x=(x) y=(y) width=(MARK) height=(MARK) {}
            use class=(name(cited.mark())) href={ "#mark-" (name(cited.mark())) } x=(x + 1) y=(y + 1) width="12" height="12" {}
        }
    }
}

pub(super) fn charts(brief: &Written<'_>) -> Markup {
    let parties = parties(brief);
    html! {
        section.charts aria-label="The record at a glance" {
            (strip(brief, &parties))
            (bars(brief, &parties))
        }
    }
}

/// The statements of each party, the party with most first; those of no party come last.
fn parties<'a>(brief: &'a Written<'_>) -> Vec<(String, Vec<&'a Cited>)> {
    let mut of: BTreeMap<(bool, String), Vec<&Cited>> = BTreeMap::new();
    for cited in brief.statements.iter() {
        of.entry((cited.party().is_none(), party(cited))).or_default().push(cited);
    }
    let mut of: Vec<_> = of.into_iter().collect();
    of.sort_by_key(|((none, _), statements)| (*none, std::cmp::Reverse(statements.len())));
    of.into_iter().map(|((_, name), statements)| (name, statements)).collect()
}

/// How much time a column stands for.
#[derive(Clone, Copy)]
enum Step {
    Day,
    Week,
    Month,
    Year,
}

impl Step {
    const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// The first day of the column in which a day lies.
    fn start(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            Self::Month => day.first_of_month(),
            Self::Year => day.first_of_year(),
        }
    }

    fn span(self) -> Span {
        match self {
            Self::Day => 1.day(),
            Self::Week => 1.week(),
            Self::Month => 1.month(),
            Self::Year => 1.year(),
        }
    }

    fn label(self, start: Date) -> String {
        let format = match self {
            Self::Day | Self::Week => "%-d %b",
            Self::Month => "%b %Y",
            Self::Year => "%Y",
        };
        start.strftime(format).to_string()
    }

    fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// The smallest step with which all days fit, and the columns that have statements. Of too many years the last are
/// kept.
fn columns(brief: &Written<'_>) -> (Step, Vec<Date>) {
    let starts = |step: Step| {
        let mut starts: Vec<_> = brief.statements.iter().filter_map(|c| c.day).map(|day| step.start(day)).collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    };
    let fitting = Step::ALL.into_iter().map(|s| (s, starts(s))).find(|(_, starts)| starts.len() <= COLUMNS);
    fitting.unwrap_or_else(|| {
        let years = starts(Step::Year);
        (Step::Year, years[years.len() - COLUMNS..].to_vec())
    })
}

/// A row for each party, a column for each day with statements, a mark for each statement.
fn strip(brief: &Written<'_>, parties: &[(String, Vec<&Cited>)]) -> Markup {
    let (step, columns) = columns(brief);
    // What statements of no party are called.
    let nobody =
        parties.iter().find(|(_, all)| all.first().is_some_and(|c| c.party().is_none())).map_or("", |(name, _)| name);
    let width = (columns.len() * COLUMN).max(240);
    let mut y = 22;
    let in_columns = |statements: &[&'_ Cited]| -> Vec<Vec<usize>> {
        let mut of_column = vec![Vec::new(); columns.len()];
        for cited in statements {
            if let Some(column) = cited.day.and_then(|day| columns.binary_search(&step.start(day)).ok()) {
                of_column[column].push(cited.number);
            }
        }
        of_column
    };
    let shown: Vec<(&String, Vec<Vec<usize>>)> =
        parties.iter().take(ROWS).map(|(name, statements)| (name, in_columns(statements))).collect();
    let counts = || shown.iter().flat_map(|(_, of_column)| of_column.iter().map(Vec::len));
    let most = counts().max().unwrap_or(0);
    let as_numbers = brief.is_cut() && counts().map(|n| n.min(BESIDE * BELOW)).sum::<usize>() > MARKS;
    let rows: Vec<Markup> = shown
        .iter()
        .map(|(name, of_column)| {
            let top = y;
            let tallest = of_column.iter().map(Vec::len).max().unwrap_or(0).div_ceil(BESIDE).clamp(1, BELOW);
            let tallest = if as_numbers { 1 } else { tallest };
            y += 18 + tallest * MARK + 12;
            html! {
                path.rule d={ "M0 " (top) "H" (width) } {}
                text.party x="0" y=(top + 13) { (excerpt(name, 30)) }
                @for (i, numbers) in of_column.iter().enumerate() {
                    @if as_numbers {
                        @let last = columns[i].saturating_add(step.span()).saturating_sub(1.day());
                        @let party = (**name != nobody).then_some(name.as_str());
                        @let which = Which { party, issue: None, since: Some(columns[i]), until: Some(last) };
                        (heap(brief, numbers.len(), most, &which, i * COLUMN, top + 18))
                    } @else {
                        (pile(brief, &numbers.iter().filter_map(|&n| brief.statement(n)).collect::<Vec<_>>(), i * COLUMN, top + 18))
                    }
                }
                @for (i, m) in brief.some(&brief.moves, MOVES).iter().enumerate() {
                    @if let (true, Some(column)) = (m.party == **name, columns.iter().position(|&c| c == step.start(m.day))) {
                        a href={ "#m" (i + 1) } tabindex="-1" {
                            title { "moved on " (brief.label(&m.issue)) ": " (m.from) " → " (m.to) }
                            path.moved d={ "M" (column * COLUMN) " " (y - 6) "h" (COLUMN - 8) } {}
                        }
                    }
                }
            }
        })
        .collect();
    let skips = |pair: &[Date]| pair[0].saturating_add(step.span()) < pair[1];
    html! {
        figure {
            figcaption {
                strong { "Who spoke when" }
                @if as_numbers { " How many statements; one column a " } @else { " One mark a statement, by its first clear stance; one column a " }
                 (step.name()) " with statements; dotted where time "
                "passes without any. " span.moved-key {} " a position moved."
                @if parties.len() > ROWS { " The " (ROWS) " parties that speak most." }
            }
            div.scroll role="region" aria-label="Statements by party and time" tabindex="0" {
                svg width=(width) height=(y) viewBox={ "0 0 " (width) " " (y) } role="group" aria-label="Statements by party and time" {
                    @for (i, &start) in columns.iter().enumerate() { text.tick x=(i * COLUMN) y="12" { (step.label(start)) } }
                    @for (i, pair) in columns.windows(2).enumerate() {
                        @if skips(pair) { path.gap d={ "M" ((i + 1) * COLUMN - 6) " 4V" (y) } {} }
                    }
                    @for row in &rows { (row) }
                }
            }
        }
    }
}

/// How many statements of one party there are in one column, as a number over a bar.
fn heap(brief: &Written<'_>, count: usize, most: usize, which: &Which<'_>, x: usize, y: usize) -> Markup {
    let length = (count * (COLUMN - 12)).div_ceil(most.max(1));
    html! {
        @if let (true, Some(address)) = (count > 0, brief.statements_at(which)) {
            a href=(address) tabindex="-1" {
                text.tick x=(x) y=(y + 9) { (count) }
                rect.none x=(x) y=(y + 12) width=(length) height="4" {}
            }
        }
    }
}

/// The marks of one party in one column.
fn pile(brief: &Written<'_>, statements: &[&Cited], x: usize, y: usize) -> Markup {
    let room = BESIDE * BELOW;
    // Where they do not all fit, the last place says how many more there are.
    let drawn = if statements.len() > room { room - 1 } else { statements.len() };
    let place = |i: usize| (x + i % BESIDE * MARK, y + i / BESIDE * MARK);
    html! {
        @for (i, cited) in statements.iter().take(drawn).enumerate() { (mark(brief, cited, place(i).0, place(i).1)) }
        @if let Some(next) = statements.get(drawn) {
            a href=(brief.drawn_place(next)) tabindex="-1" {
                text.tick x=(place(drawn).0) y=(place(drawn).1 + 11) { "+" (statements.len() - drawn) }
            }
        }
    }
}

/// A bar: what it is called, and its statements with the stance that each is drawn with.
struct Bar<'a> {
    label: &'a str,
    /// What all of them are on, or whose they are.
    which: Which<'a>,
    pieces: Vec<(Option<Stance>, &'a Cited)>,
}

impl<'a> Bar<'a> {
    fn new(label: &'a str, which: Which<'a>, pieces: impl Iterator<Item = (Option<Stance>, &'a Cited)>) -> Self {
        let mut pieces: Vec<_> = pieces.collect();
        pieces.sort_by_key(|(stance, cited)| (stance.is_none(), *stance, cited.number));
        Self { label, which, pieces }
    }

    /// The pieces of one stance together: from which to which.
    fn stretches(&self) -> Vec<(Option<Stance>, usize, usize)> {
        let mut end = 0;
        let same = self.pieces.chunk_by(|a, b| a.0 == b.0);
        same.map(|same| {
            (same[0].0, end, {
                end += same.len();
                end
            })
        })
        .collect()
    }
}

/// How many statements there are on each issue and of each party.
fn bars<'a>(brief: &'a Written<'_>, parties: &'a [(String, Vec<&'a Cited>)]) -> Markup {
    let on = |issue: &'_ str, n: usize| brief.statement(n).map(|c| (c.stance_on(issue), c));
    let on_issue = |issue| Which { issue: Some(issue), ..Which::default() };
    let of_party = |all: &[&'a Cited]| Which { party: all.first().and_then(|c| c.party()), ..Which::default() };
    let columns = brief.matrix.issues.iter().take(if brief.is_cut() { ROWS } else { usize::MAX });
    let issues = columns
        .map(|c| Bar::new(brief.label(&c.id), on_issue(&c.id), c.statements.iter().filter_map(|&n| on(&c.id, n))));
    let parties = parties.iter().map(|(name, all)| Bar::new(name, of_party(all), all.iter().map(|&c| (c.mark(), c))));
    let (issues, parties): (Vec<_>, Vec<_>) = (issues.collect(), parties.collect());
    let longest = issues.iter().chain(&parties).map(|b| b.pieces.len()).max().unwrap_or(0).max(12);
    html! {
        div.bars-of {
            (bar_chart(brief, "Statements by issue", &issues, brief.matrix.issues.len(), longest))
            (bar_chart(brief, "Statements by party", &parties, parties.len(), longest))
        }
    }
}

/// Bars made of one piece for each statement; `longest` pieces fill the width. Where the brief is cut, statements of one stance that do
/// not have a place each are one piece.
fn bar_chart(brief: &Written<'_>, title: &str, bars: &[Bar<'_>], all: usize, longest: usize) -> Markup {
    const LABEL: usize = 122;
    const BAR: usize = 70;
    const ROW: usize = 18;
    let shown = &bars[..bars.len().min(ROWS)];
    let height = shown.len() * ROW;
    let at = |piece: usize| LABEL + piece * BAR / longest;
    html! {
        figure {
            figcaption { strong { (title) } @if all > ROWS { " The first " (ROWS) " of " (all) "." } }
            svg.bars width="390" height=(height) viewBox={ "0 0 390 " (height) } role="group" aria-label=(title) {
                @for (row, bar) in shown.iter().enumerate() {
                    @let y = row * ROW;
                    text x="0" y=(y + 12) { (excerpt(bar.label, 16)) }
                    @if let (true, Some(address)) = (longest > BAR, brief.statements_at(&bar.which)) {
                        a href=(address) tabindex="-1" {
                            title { (bar.label) }
                            @for (stance, from, to) in bar.stretches() {
                                rect class=(name(stance)) x=(at(from)) y=(y + 3) width=((at(to) - at(from)).max(1)) height="10" {}
                            }
                        }
                    } @else {
                        @for (i, (stance, cited)) in bar.pieces.iter().enumerate() {
                            a href=(brief.drawn_place(cited)) tabindex="-1" {
                                title { (cited.number) " · " (name(*stance)) }
                                rect class=(name(*stance)) x=(at(i)) y=(y + 3)
                                    width=((at(i + 1) - at(i)).saturating_sub(1).max(1)) height="10" {}
                            }
                        }
                    }
                    (tally(&bar.pieces, at(bar.pieces.len()) + 6, y))
                }
            }
        }
    }
}

/// How many take each stance, as signs with numbers.
fn tally(pieces: &[(Option<Stance>, &Cited)], mut x: usize, y: usize) -> Markup {
    let mut counts = Vec::new();
    for stance in Stance::ALL.iter().copied().map(Some).chain([None]) {
        let n = pieces.iter().filter(|(s, _)| *s == stance).count();
        if n > 0 {
            counts.push((stance, n, x));
            x += 19 + 7 * n.to_string().len();
        }
    }
    html! {
        @for (stance, n, x) in counts {
            use class=(name(stance)) href={ "#mark-" (name(stance)) } x=(x) y=(y + 3) width="10" height="10" {}
            text.tick x=(x + 12) y=(y + 12) { (n) }
        }
    }
}
