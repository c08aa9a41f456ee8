//! The counts beside the findings: each value a link that adds it to what is asked, or takes it away.

use std::collections::BTreeMap;

use jiff::civil::Date;
use maud::{Markup, html};
use pourparler_ledger::{Facet, FacetValue, Facets};
use pourparler_text::Stance;

use super::Asking;
use crate::widgets::{grouped, stance, words};

/// So many bars stand in a row; where there are more months, they are years.
const BARS: usize = 24;
/// How high the highest bar is.
const HEIGHT: usize = 40;

/// All counts but those of months.
pub fn facets(asking: &Asking, facets: &Facets) -> Markup {
    let plain = |value: &str| words(value);
    let issue = |value: &str| words(asking.talks.label(value));
    let signed = |value: &str| value.parse::<Stance>().map_or_else(|_| words(value), stance);
    let unreviewed = facets.statements - facets.reviewed;
    let reviewed = [("true", facets.reviewed), ("false", unreviewed)].into_iter().filter(|(_, count)| *count > 0);
    let reviewed = Facet {
        values: reviewed.map(|(value, count)| FacetValue { value: value.to_owned(), count }).collect(),
        ..Facet::default()
    };
    let decided = |value: &str| html! { @if value == "true" { "reviewed" } @else { "not reviewed" } };
    html! {
        section.facets #narrow aria-labelledby="narrow-title" {
            h2.hidden-label #narrow-title { "Narrow down" }
            (facet(asking, "Party", "party", &facets.parties, &plain))
            (facet(asking, "Issue", "issue", &facets.issues, &issue))
            (facet(asking, "Stance", "stance", &facets.stances, &signed))
            (facet(asking, "Speaker", "speaker_exactly", &facets.speakers, &plain))
            (facet(asking, "Kind of speaker", "kind", &facets.kinds, &plain))
            (facet(asking, "Act", "act", &facets.acts, &plain))
            (facet(asking, "Quotation", "quotation", &facets.quotations, &plain))
            (facet(asking, "Outlet", "outlet", &facets.outlets, &plain))
            (facet(asking, "Review", "reviewed", &reviewed, &decided))
        }
    }
}

/// So many values are shown before one asks for the rest.
const SHOWN: usize = 8;

fn facet(asking: &Asking, title: &str, name: &'static str, facet: &Facet, shown: &dyn Fn(&str) -> Markup) -> Markup {
    let chosen = asking.filters.pairs().into_iter().find(|(of, _)| *of == name).map(|(_, value)| value);
    let same = |value: &str| {
        chosen
            .as_deref()
            .is_some_and(|c| c == value || pourparler_text::names::key(c) == pourparler_text::names::key(value))
    };
    let value = |value: &FacetValue| {
        let is_chosen = same(&value.value);
        let change = (!is_chosen).then_some(value.value.as_str());
        html! { li { a.chosen[is_chosen] href=(asking.address(&[(name, change)])) {
            span.value { @if is_chosen { span.hidden-label { "Take away: " } } (shown(&value.value)) @if is_chosen { span.cross aria-hidden="true" { "×" } } }
            span.count { (grouped(value.count)) }
        } } }
    };
    let (first, rest) = facet.values.split_at(facet.values.len().min(SHOWN));
    html! {
        @if !facet.values.is_empty() {
            section.facet {
                h3 { (title) }
                ul { @for v in first { (value(v)) } }
                @if !rest.is_empty() { details { summary { (rest.len()) " more" } ul { @for v in rest { (value(v)) } } } }
                @if facet.more > 0 { p.aside { (grouped(facet.more)) " further; name one above" } }
                @if facet.without > 0 { p.aside { (grouped(facet.without)) " without" } }
            }
        }
    }
}

/// A bar: what it is called in short and in full, its days, how many statements.
struct Bar {
    short: String,
    long: String,
    days: (Date, Date),
    count: usize,
}

/// The months, or the years where there are many, as bars.
pub fn months(asking: &Asking, facets: &Facets) -> Markup {
    let bars = bars(&facets.months);
    let highest = bars.iter().map(|bar| bar.count).max().unwrap_or(0);
    let chosen = |bar: &Bar| asking.filters.since == Some(bar.days.0) && asking.filters.until == Some(bar.days.1);
    html! {
        @if bars.len() > 1 || bars.iter().any(chosen) {
            nav.months aria-label="Statements by time" {
                ol { @for bar in &bars { li {
                    @if bar.count == 0 {
                        span.bar { span.name { (bar.short) } span.hidden-label { (bar.long) ": none" } }
                    } @else {
                        @let (since, until) = (bar.days.0.to_string(), bar.days.1.to_string());
                        @let is_chosen = chosen(bar);
                        @let height = (bar.count * HEIGHT).div_ceil(highest.max(1)).max(1);
                        a.bar.chosen[is_chosen] title={ (bar.long) ": " (grouped(bar.count)) }
                            href=(asking.address(&[("since", (!is_chosen).then_some(&*since)), ("until", (!is_chosen).then_some(&*until))])) {
                            svg width="18" height=(HEIGHT) aria-hidden="true" { rect x="0" y=(HEIGHT - height) width="18" height=(height) rx="1" {} }
                            span.name aria-hidden="true" { (bar.short) }
                            span.hidden-label { @if is_chosen { "Take away: " } (bar.long) ": " (grouped(bar.count)) }
                        }
                    }
                } } }
                @if facets.months.without > 0 { p.aside { (grouped(facets.months.without)) " of no known day" } }
            }
        }
    }
}

/// A bar for each month from the first to the last, or for each year; more than fit are the latest.
fn bars(months: &Facet) -> Vec<Bar> {
    let counts: BTreeMap<Date, usize> = months
        .values
        .iter()
        .filter_map(|month| Some((format!("{}-01", month.value).parse().ok()?, month.count)))
        .collect();
    let Some((first, last)) = counts.keys().next().zip(counts.keys().next_back()) else { return Vec::new() };
    let in_months =
        (i32::from(last.year()) - i32::from(first.year())) * 12 + i32::from(last.month()) - i32::from(first.month());
    let yearly = usize::try_from(in_months).unwrap_or(0) >= BARS;
    let mut out = Vec::new();
    let mut at = if yearly { last.first_of_year() } else { *last };
    // From the end, so that what does not fit is what lies longest ago.
    while out.len() < BARS && at >= if yearly { first.first_of_year() } else { *first } {
        let days = (at, if yearly { at.last_of_year() } else { at.last_of_month() });
        let count = counts.range(days.0..=days.1).map(|(_, count)| count).sum();
        let (short, long) = match yearly {
            true => (at.strftime("%Y").to_string(), at.strftime("%Y").to_string()),
            false if at.month() == 1 => (at.strftime("%Y").to_string(), at.strftime("%B %Y").to_string()),
            false => (at.strftime("%b").to_string(), at.strftime("%B %Y").to_string()),
        };
        out.push(Bar { short, long, days, count });
        let step = if yearly { jiff::Span::new().years(1) } else { jiff::Span::new().months(1) };
        match at.checked_sub(step) {
            Ok(before) => at = before,
            Err(_) => break,
        }
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facet(months: &[(&str, usize)]) -> Facet {
        let values = months.iter().map(|(value, count)| FacetValue { value: (*value).to_owned(), count: *count });
        Facet { values: values.collect(), ..Facet::default() }
    }

    #[test]
    fn months_without_statements_have_their_place() {
        let got = bars(&facet(&[("2031-02", 3), ("2030-11", 5)]));
        let got: Vec<_> = got.iter().map(|b| (b.long.as_str(), b.days.1.to_string(), b.count)).collect();
        let wanted = [
            ("November 2030", "2030-11-30".to_owned(), 5),
            ("December 2030", "2030-12-31".to_owned(), 0),
            ("January 2031", "2031-01-31".to_owned(), 0),
            ("February 2031", "2031-02-28".to_owned(), 3),
        ];
        assert_eq!(got, wanted);
        assert!(bars(&facet(&[])).is_empty());
    }

    #[test]
    fn many_months_are_years() {
        let got = bars(&facet(&[("2031-02", 3), ("2029-02", 1), ("2029-01", 4)]));
        let got: Vec<_> = got.iter().map(|b| (b.long.as_str(), b.count)).collect();
        assert_eq!(got, [("2029", 5), ("2030", 0), ("2031", 3)]);
        assert_eq!(bars(&facet(&[("2031-02", 3), ("1031-02", 3)])).len(), BARS, "a wrong date makes no endless row");
    }
}
