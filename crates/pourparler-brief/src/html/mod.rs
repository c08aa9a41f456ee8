//! The brief as one HTML file that needs nothing else: no script, no font, no picture from elsewhere.

mod charts;
mod sections;
mod written;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::Brief;
use crate::words::plain;

pub use charts::{symbol, symbols};
use written::Written;
pub use written::{Ways, Which};

/// What a brief has around it in a file of its own.
const PAGE: &str = include_str!("page.css");
/// How a brief looks.
const BRIEF: &str = include_str!("brief.css");

/// How a brief looks as a part of a page: a style sheet that holds below `.brief` alone. Colours and faces are the page's own, by the
/// names that they have in a brief's file.
pub const STYLE: &str = concat!("@scope (.brief) {\n", include_str!("brief.css"), "}\n");

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
                style { (PreEscaped(PAGE)) (PreEscaped(BRIEF)) }
            }
            body {
                a.skip href="#positions" { "Skip to the positions" }
                (charts::symbols())
                (heading(brief))
                main { (sections_of(&Written::whole(brief))) }
            }
        }
    }
    .into_string()
}

/// What stands in a brief, for a page that has [`symbols`] and [`STYLE`]. Where the rest of a list is elsewhere, by `ways`, lists are cut
/// and lead there, and of the statements only those are given that the brief cites first; so it has a bounded size, whatever the record's.
#[must_use]
pub fn body(brief: &Brief, ways: &dyn Ways) -> Markup {
    html! {
        (heading(brief))
        (sections_of(&Written::cut(brief, ways)))
    }
}

fn heading(brief: &Brief) -> Markup {
    html! {
        header {
            h1 { bdi { (plain(&brief.title)) } }
            p.extent { (brief.extent()) }
        }
    }
}

fn sections_of(brief: &Written<'_>) -> Markup {
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
