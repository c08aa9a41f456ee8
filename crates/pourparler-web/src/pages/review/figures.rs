//! How right the machine was so far, and how far reviewers agree, said as carefully as the figures are good for.

use maud::{Markup, html};
use pourparler_ledger::Field;

use crate::pages::articles::clipped;
use crate::quality::{Quality, Share};
use crate::widgets::percent;

/// So many pairs of reviewers are shown.
const PAIRS: usize = 20;

/// A share, its counts and its interval.
fn share(count: usize, of: usize) -> Markup {
    html! {
        @match Share::of(count, of) {
            Some(share) => { td.number { (percent(share.share)) } td.number { (count) " of " (of) } td.number { (percent(share.low)) " – " (percent(share.high)) } }
            None => { td.number { "–" } td.number { "0 of 0" } td {} }
        }
    }
}

fn told(field: Field) -> &'static str {
    match field {
        Field::Statement => "a statement, or none",
        Field::Issues => "issues, with stances",
        Field::Date => "when it was said",
        Field::Via => "who carried the words",
        other => other.as_str(),
    }
}

/// The section about both.
pub fn quality(quality: &Quality) -> Markup {
    let machine = &quality.machine;
    let decided = machine.decided();
    html! {
        section.quality data-live="quality" {
            h2 { "How right the machine was so far" }
            @if decided + machine.missed == 0 { p { "Nobody has decided on anything yet, so nothing can be said." } }
            @else {
                div.scroll role="region" aria-label="Shares of what was decided on" tabindex="0" { table {
                    thead { tr { th scope="col" { "Statements of the machine" } th.number scope="col" { "Share" } th.number scope="col" { "Counts" } th.number scope="col" { "95 % interval" } } }
                    tbody {
                        tr { th scope="row" { "kept as they were" } (share(machine.kept, decided)) }
                        tr { th scope="row" { "corrected" } (share(machine.corrected, decided)) }
                        @for (part, count) in &machine.corrected_in { tr.sub { th scope="row" { "in " (part.as_str()) } (share(*count, decided)) } }
                        tr { th scope="row" { "rejected" } (share(machine.rejected, decided)) }
                        tr { th scope="row" { strong { "wrong in some way" } } (share(machine.corrected + machine.rejected, decided)) }
                    }
                } }
                p { (machine.missed) @if machine.missed == 1 { " statement was" } @else { " statements were" } " missed and added by people; how many more were missed, nobody has counted. "
                    a href="/review/log" { "The decisions" } " behind these figures, in " (machine.articles) @if machine.articles == 1 { " article." } @else { " articles." } }
                p.quiet { "This is no random sample: the queue shows the least certain first, and people choose what they read. The record as a whole is likely to be better than these figures. The intervals (Wilson) tell only what chance leaves open." }
            }
            h2 { "How far reviewers agree" }
            @if quality.twice == 0 { p { "No statement was decided on by two reviewers yet." } }
            @else {
                div.scroll role="region" aria-label="Agreement of reviewers" tabindex="0" { table {
                    thead { tr { th scope="col" { "Statements with two reviewers or more" } th.number scope="col" { "Share" } th.number scope="col" { "Counts" } th.number scope="col" { "95 % interval" } } }
                    tbody {
                        tr { th scope="row" { "same verdict: a statement, or none" } (share(quality.same_verdict, quality.twice)) }
                        tr { th scope="row" { "the same in every part" } (share(quality.same_in_all, quality.twice)) }
                        @for (part, count) in &quality.differ_in { tr.sub { th scope="row" { "differ in " (part.as_str()) } (share(*count, quality.twice)) } }
                        @for pair in quality.pairs.iter().take(PAIRS) { tr.sub { th scope="row" { (clipped(&pair.names[0])) " and " (clipped(&pair.names[1])) ", same verdict" } (share(pair.same, pair.statements)) } }
                    }
                } }
                div.scroll role="region" aria-label="Krippendorff’s alpha by field" tabindex="0" { table {
                    thead { tr { th scope="col" { "Krippendorff’s alpha, nominal" } th.number scope="col" { "Alpha" } th.number scope="col" { "Places" } th.number scope="col" { "Values" } } }
                    tbody { @for (field, alpha) in &quality.alphas { tr {
                        th scope="row" { (told(*field)) }
                        td.number { @match alpha.value {
                            Some(value) => strong { (format!("{value:.2}").replace('-', "−")) },
                            None if alpha.units == 0 => "–",
                            None => "not defined: all are the same",
                        } }
                        td.number { (alpha.units) } td.number { (alpha.values) }
                    } } }
                } }
                p { (quality.open) @if quality.open == 1 { " disagreement waits" } @else { " disagreements wait" } " to be settled; " a href="/review/disagreements" { "where reviewers differ" } "." }
                p.quiet { "Alpha is 1 where all agree and 0 where they agree as often as chance would have it. Who says that there is no statement counts for the first line only; issues with their stances count as one value, the same or not; a settlement counts for none. The second reviewer sees what the first decided, so readings made apart would agree less." }
            }
        }
    }
}
