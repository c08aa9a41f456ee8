//! What somebody may have meant by a name that nothing here has.

use pourparler_text::names;

/// So many names are offered.
const OFFERED: usize = 6;
/// Least likeness, from 0 to 1, of a name that is offered.
const LIKE: f64 = 0.75;

/// A name that something here has, and other words for the same.
pub struct Known<'a> {
    /// The name that is offered.
    pub name: &'a str,
    /// What else it is called.
    pub also: Vec<&'a str>,
}

/// The names nearest to what was wanted, the nearest first.
pub fn near<'a>(wanted: &str, known: impl IntoIterator<Item = Known<'a>>) -> Vec<&'a str> {
    let wanted = names::key(wanted);
    let like = |other: &str| {
        let other = names::key(other);
        let shared = wanted.split(' ').filter(|w| w.len() > 2).any(|w| other.split(' ').any(|o| o == w));
        if shared { 1.0 } else { strsim::jaro_winkler(&wanted, &other) }
    };
    let mut found: Vec<(f64, &str)> = known
        .into_iter()
        .map(|k| (k.also.into_iter().chain([k.name]).map(like).fold(0.0, f64::max), k.name))
        .filter(|(likeness, _)| *likeness >= LIKE)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    found.dedup();
    found.into_iter().take(OFFERED).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_and_half_remembered_names_are_found_and_others_not() {
        let known = || {
            [
                ("ceasefire", vec!["Ceasefire, truce"]),
                ("prisoner-exchange", vec!["Exchange of prisoners"]),
                ("water-sharing", vec!["Sharing of the river"]),
            ]
            .into_iter()
            .map(|(name, also)| Known { name, also })
        };
        for (wanted, found) in [
            ("ceasfire", vec!["ceasefire"]),
            ("Cease-Fire", vec!["ceasefire"]),
            ("truce", vec!["ceasefire"]),
            ("prisoners", vec!["prisoner-exchange"]),
            ("river", vec!["water-sharing"]),
            ("tariffs", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(near(wanted, known()), found, "{wanted}");
        }
    }
}
