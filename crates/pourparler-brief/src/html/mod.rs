//! The brief as one HTML file that needs nothing else: no script, no font, no picture from elsewhere.

mod charts;
mod sections;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::Brief;
use crate::words::plain;

pub use charts::{symbol, symbols};

const STYLE: &str = include_str!("style.css");

/// Writes the brief as one self-contained HTML file.
///
/// All text from articles is escaped and set apart in its writing direction; an address becomes a link only where it
/// is one of the web.
#[must_use]
pub fn to_html(brief: &Brief) -> String {
    let title = plain(&brief.title);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#positions" { "Skip to the positions" }
                (charts::symbols())
                header {
                    h1 { bdi { (title) } }
                    p.extent { (brief.extent()) }
                }
                main { (body(brief)) }
            }
        }
    }
    .into_string()
}

fn body(brief: &Brief) -> Markup {
    if brief.statements.is_empty() {
        return html! {
            section #positions {
                h2 { "Where they stand" }
                p { "No statements were found, so there is nothing to say about where anybody stands." }
            }
            (sections::gaps(brief))
        };
    }
    html! {
        (charts::charts(brief))
        (sections::positions(brief))
        div.columns {
            (sections::moved(brief))
            (sections::distances(brief))
            (sections::conditions(brief))
            (sections::new(brief))
        }
        (sections::claims(brief))
        div.columns {
            (sections::open_claims(brief))
            (sections::commitments(brief))
            (sections::rounds(brief))
            (sections::talk_days(brief))
            (sections::speakers(brief))
            (sections::gaps(brief))
        }
        (sections::statements(brief))
    }
}
