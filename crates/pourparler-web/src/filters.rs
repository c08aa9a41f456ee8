//! Which statements a search asks for, as it stands in addresses: of the page, of the interface and of tables.

use jiff::Timestamp;
use jiff::civil::Date;
use pourparler_ledger::{ArticleFilter, Filter, Order};
use pourparler_text::{Act, Quotation, SpeakerKind, Stance};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::WebError;
use crate::widgets::changed;

/// Which statements are asked for: those that pass everything that is set.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filters {
    /// Words that all stand in content, sentence or speaker; case and accents do not count.
    pub text: Option<String>,
    /// Words of the speaker's name.
    pub speaker: Option<String>,
    /// The whole name of the speaker.
    pub speaker_exactly: Option<String>,
    /// What kind of speaker it is: `person`, `organisation`, `country`, `group` or `unnamed`.
    #[param(value_type = Option<String>)]
    pub kind: Option<SpeakerKind>,
    /// The whole name of the party.
    pub party: Option<String>,
    /// Id of an issue.
    pub issue: Option<String>,
    /// Stance on that issue, or on any.
    #[param(value_type = Option<String>)]
    pub stance: Option<Stance>,
    /// What the statement does.
    #[param(value_type = Option<String>)]
    pub act: Option<Act>,
    /// `direct`, `indirect` or `mixed`.
    #[param(value_type = Option<String>)]
    pub quotation: Option<Quotation>,
    /// The outlet, to the letter.
    pub outlet: Option<String>,
    /// First day.
    #[param(value_type = Option<String>, format = Date)]
    pub since: Option<Date>,
    /// Last day.
    #[param(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Only what was stored after this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    pub added_since: Option<Timestamp>,
    /// Only what a person decided, or only what nobody did.
    pub reviewed: Option<bool>,
    /// Least score, from 0 to 1; what a person decided always passes.
    pub min_score: Option<f32>,
    /// In which order they come; the latest day first where it is not said.
    pub order: Option<Sorting>,
}

/// In which order statements come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sorting {
    /// The latest day first.
    #[default]
    Newest,
    /// The earliest day first.
    Oldest,
    /// Those first in which the words that are asked for weigh most.
    Relevance,
    /// The least certain first.
    LeastCertain,
}

impl Sorting {
    /// Each with what it is called in addresses and on the page.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Newest, "newest", "latest day first"),
        (Self::Oldest, "oldest", "earliest day first"),
        (Self::Relevance, "relevance", "most of these words first"),
        (Self::LeastCertain, "least-certain", "least certain first"),
    ];

    fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(sorting, ..)| *sorting == self).map_or("", |(_, name, _)| name)
    }
}

impl From<Sorting> for Order {
    fn from(sorting: Sorting) -> Self {
        match sorting {
            Sorting::Newest => Self::Newest,
            Sorting::Oldest => Self::Oldest,
            Sorting::Relevance => Self::Relevance,
            Sorting::LeastCertain => Self::LeastCertain,
        }
    }
}

/// Text that says something.
fn given(text: &Option<String>) -> Option<String> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

impl Filters {
    /// What the ledger is asked.
    #[must_use]
    pub fn filter(&self) -> Filter {
        Filter {
            text: given(&self.text),
            speaker: given(&self.speaker),
            speaker_exactly: given(&self.speaker_exactly),
            kind: self.kind,
            party: given(&self.party),
            issue: given(&self.issue),
            stance: self.stance,
            act: self.act,
            quotation: self.quotation,
            outlet: given(&self.outlet),
            since: self.since,
            until: self.until,
            added_since: self.added_since,
            reviewed: self.reviewed,
            min_score: self.min_score,
            ..Filter::default()
        }
    }

    /// The same of articles, of which only words, outlet and days can be asked.
    #[must_use]
    pub fn articles(&self) -> ArticleFilter {
        ArticleFilter {
            words: given(&self.text),
            outlet: given(&self.outlet),
            since: self.since,
            until: self.until,
            added_since: self.added_since,
            ..ArticleFilter::default()
        }
    }

    /// The order.
    #[must_use]
    pub fn order(&self) -> Order {
        self.order.unwrap_or_default().into()
    }

    /// What is set, by the names that it has in addresses.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let all = [
            ("text", given(&self.text)),
            ("speaker", given(&self.speaker)),
            ("speaker_exactly", given(&self.speaker_exactly)),
            ("kind", self.kind.map(|v| v.to_string())),
            ("party", given(&self.party)),
            ("issue", given(&self.issue)),
            ("stance", self.stance.map(|v| v.to_string())),
            ("act", self.act.map(|v| v.to_string())),
            ("quotation", self.quotation.map(|v| v.to_string())),
            ("outlet", given(&self.outlet)),
            ("since", self.since.map(|v| v.to_string())),
            ("until", self.until.map(|v| v.to_string())),
            ("added_since", self.added_since.map(|v| v.to_string())),
            ("reviewed", self.reviewed.map(|v| v.to_string())),
            ("min_score", self.min_score.map(|v| v.to_string())),
            ("order", self.order.filter(|v| *v != Sorting::default()).map(|v| v.as_str().to_owned())),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The query of an address that asks for this, with some of it changed: set anew, or taken away.
    #[must_use]
    pub fn query(&self, changes: &[(&'static str, Option<&str>)]) -> String {
        changed(self.pairs(), changes)
    }

    /// The same without some of it.
    ///
    /// # Errors
    /// Never: what it wrote itself it can read.
    pub fn without(&self, names: &[&'static str]) -> Result<Self, WebError> {
        let changes: Vec<_> = names.iter().map(|name| (*name, None)).collect();
        let query = self.query(&changes);
        serde_html_form::from_str(query.trim_start_matches('?')).map_err(|e| WebError::Fault(e.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Filters {
        serde_html_form::from_str(query).expect(query)
    }

    #[test]
    fn addresses_say_what_was_asked() {
        for query in [
            "text=cease-fire%20%26%20%22talks%22&party=Karveth&stance=opposes&reviewed=false",
            "speaker_exactly=Nara%20Ishkenti&kind=person&act=reject&quotation=mixed&order=least-certain",
            "outlet=Osmela%20Courier&since=2031-03-01&until=2031-03-31&min_score=0.75",
            "added_since=2031-03-01T10%3A00%3A00.25Z&text=%C3%A9t%C3%A9",
        ] {
            let filters = read(query);
            let again = filters.query(&[]);
            assert_eq!(read(again.trim_start_matches('?')), filters, "{query} became {again}");
            assert_eq!(filters.pairs().len(), query.split('&').count(), "{query}");
        }
    }

    #[test]
    fn parts_are_set_anew_and_taken_away() {
        let filters = read("text=dam&party=Karveth&order=newest");
        assert_eq!(filters.query(&[("party", None)]), "?text=dam");
        assert_eq!(
            filters.query(&[("party", Some("A & B")), ("act", Some("deny"))]),
            "?text=dam&party=A%20%26%20B&act=deny"
        );
        assert_eq!(Filters::default().query(&[]), "");
        assert_eq!(filters.without(&["text", "order"]).expect("read").pairs(), [("party", "Karveth".to_owned())]);
        assert_eq!(read("text=%20%20&party=").filter(), Filter::default(), "blanks ask for nothing");
    }
}
