//! What can be asked, as a form, and what is asked just now, each with a way to take it away.

use jiff::civil::Date;
use maud::{Markup, html};
use pourparler_ledger::Facets;
use pourparler_text::{Act, Quotation, SpeakerKind, Stance};

use super::{Asking, Tab};
use crate::filters::Sorting;

/// A filter that is set.
pub struct Set {
    /// What it is called in addresses.
    pub names: Vec<&'static str>,
    /// What it is called on the page.
    pub name: &'static str,
    /// What it asks for, in words.
    pub value: String,
}

impl Set {
    /// What an address changes to be without it.
    pub fn taken_away(&self) -> Vec<(&'static str, Option<&'static str>)> {
        self.names.iter().map(|name| (*name, None)).collect()
    }
}

/// The filters that are set; a whole month or year is one.
pub fn set(asking: &Asking) -> Vec<Set> {
    let filters = asking.filters;
    let period = filters.since.zip(filters.until);
    let named = period.and_then(|(since, until)| named_period(since, until));
    let mut out = Vec::new();
    for (name, value) in filters.pairs() {
        let (label, value) = match name {
            "order" => continue,
            "until" if named.is_some() => continue,
            "since" if named.is_some() => ("the period", named.clone().unwrap_or(value)),
            "text" => ("the words", value),
            "speaker" => ("speakers named", value),
            "speaker_exactly" => ("the speaker", value),
            "kind" => ("the kind of speaker", value),
            "party" => ("the party", value),
            "issue" => ("the issue", asking.talks.label(&value).to_owned()),
            "stance" => ("the stance", value),
            "act" => ("the act", value),
            "quotation" => ("quotation", value),
            "outlet" => ("the outlet", value),
            "since" => ("from", day(filters.since)),
            "until" => ("to", day(filters.until)),
            "added_since" => {
                ("added after", filters.added_since.map_or(value, |at| at.strftime("%-d %b %Y, %H:%M UTC").to_string()))
            }
            "reviewed" => ("review:", if value == "true" { "reviewed".to_owned() } else { "not reviewed".to_owned() }),
            _ => ("the least score", filters.min_score.map_or(value, |score| crate::widgets::percent(score.into()))),
        };
        let names = if name == "since" && named.is_some() { vec!["since", "until"] } else { vec![name] };
        out.push(Set { names, name: label, value });
    }
    out
}

fn day(day: Option<Date>) -> String {
    day.map(|day| day.strftime("%-d %b %Y").to_string()).unwrap_or_default()
}

/// A period that is a month or a year.
fn named_period(since: Date, until: Date) -> Option<String> {
    if since == since.first_of_year() && until == since.last_of_year() {
        Some(since.year().to_string())
    } else if since == since.first_of_month() && until == since.last_of_month() {
        Some(since.strftime("%B %Y").to_string())
    } else {
        None
    }
}

/// The form, and what is set.
pub fn form(asking: &Asking, all: &Facets) -> Markup {
    let f = asking.filters;
    let set = set(asking);
    // What the counts beside the list can set, and a few more.
    let hidden = f.pairs().iter().any(|(name, _)| !matches!(*name, "text" | "order"));
    html! {
        form action="/search" role="search" aria-label="Search the record" {
            @if asking.tab == Tab::Articles { input type="hidden" name="tab" value="articles"; }
            @if let Some(name) = &f.speaker_exactly { input type="hidden" name="speaker_exactly" value=(name); }
            @if let Some(at) = f.added_since { input type="hidden" name="added_since" value=(at); }
            div.asks.main-asks {
                label.words { span { "Words" } input #words type="search" name="text" value=[&f.text] autocomplete="off"; }
                label { span { "Order" } select name="order" {
                    @for (sorting, name, label) in Sorting::ALL {
                        option value=(if sorting == Sorting::default() { "" } else { name }) selected[f.order.unwrap_or_default() == sorting] { (label) }
                    }
                } }
                button.first { "Search" }
            }
            details.more-asks open[hidden] {
                summary { "Who, what, when" }
                div.asks {
                    label { span { "Speaker" } input name="speaker" value=[&f.speaker] autocomplete="off"; }
                    label { span { "Kind" } (choice("kind", f.kind.map(SpeakerKind::as_str), SpeakerKind::ALL.iter().map(|v| v.as_str()))) }
                    label { span { "Party" } input name="party" value=[&f.party] list="parties" autocomplete="off"; }
                    label { span { "Issue" } select name="issue" {
                        option value="" { "any" }
                        @if let Some(id) = f.issue.as_ref().filter(|id| asking.talks.issues.iter().all(|l| l.id != **id)) {
                            option value=(id) selected { (id) }
                        }
                        @for issue in &asking.talks.issues {
                            option value=(issue.id) selected[f.issue.as_ref() == Some(&issue.id)] { (issue.label) }
                        }
                    } }
                    label { span { "Stance" } (choice("stance", f.stance.map(Stance::as_str), Stance::ALL.iter().map(|v| v.as_str()))) }
                    label { span { "Act" } (choice("act", f.act.map(Act::as_str), Act::ALL.iter().map(|v| v.as_str()))) }
                    label { span { "Quotation" } (choice("quotation", f.quotation.map(Quotation::as_str), Quotation::ALL.iter().map(|v| v.as_str()))) }
                    label { span { "Outlet" } input name="outlet" value=[&f.outlet] list="outlets" autocomplete="off"; }
                    label { span { "From" } input type="date" name="since" value=[f.since]; }
                    label { span { "To" } input type="date" name="until" value=[f.until]; }
                    label { span { "Review" } select name="reviewed" {
                        @for (value, label) in [("", "any"), ("true", "reviewed"), ("false", "not reviewed")] {
                            option value=(value) selected[f.reviewed.map(|r| r.to_string()).unwrap_or_default() == value] { (label) }
                        }
                    } }
                    label { span { "Least score" } input type="number" name="min_score" min="0" max="1" step="any" value=[f.min_score] placeholder="0 to 1"; }
                }
            }
            datalist #parties { @for party in &all.parties.values { option value=(party.value) {} } }
            datalist #outlets { @for outlet in &all.outlets.values { option value=(outlet.value) {} } }
        }
        @if !set.is_empty() {
            ul.chips aria-label="Asked for" {
                @for filter in &set {
                    li { a href=(asking.address(&filter.taken_away())) title="Take it away" {
                        span.hidden-label { "Take away: " } (filter.name) " " strong { bdi { (filter.value) } } span.cross aria-hidden="true" { "×" }
                    } }
                }
                @if set.len() > 1 { li { a href={ "/search" @if asking.tab == Tab::Articles { "?tab=articles" } } { "Clear all" } } }
            }
        }
    }
}

fn choice<'a>(name: &str, chosen: Option<&str>, values: impl Iterator<Item = &'a str>) -> Markup {
    html! {
        select name=(name) {
            option value="" { "any" }
            @for value in values { option value=(value) selected[chosen == Some(value)] { (value) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_months_and_years_have_names() {
        for (since, until, wanted) in [
            ("2031-03-01", "2031-03-31", Some("March 2031")),
            ("2032-02-01", "2032-02-29", Some("February 2032")),
            ("2031-02-01", "2031-03-31", None),
            ("2031-01-01", "2031-12-31", Some("2031")),
            ("2031-01-01", "2032-12-31", None),
            ("2031-03-01", "2031-03-30", None),
        ] {
            let named = named_period(since.parse().expect(since), until.parse().expect(until));
            assert_eq!(named.as_deref(), wanted, "{since} to {until}");
        }
    }
}
