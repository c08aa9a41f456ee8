//! schema.org `Claim`: each statement once, with who made it and the articles in which it appeared, as JSON-LD.
//!
//! It is for those who collect and check claims. Only that something was claimed is told: nobody is rated, and an answer by
//! the other side is no rating either, so there is no `ClaimReview`.
//!
//! What the vocabulary has no word for is in terms of ours (`pp:`): act, stance, terms, the reporting chain, the score. A
//! statement takes its particulars from its first appearance, the earliest published.

use std::io::{self, Write};
use std::path::Path;

use jiff::civil::Date;
use pourparler_brief::{Appearance, Cited, IssueLabel};
use pourparler_text::{DateRange, Position, Speaker, SpeakerKind};
use serde_json::{Value, json};

use crate::linked::{GRAPH_TAIL, TERMS, address, agent_type, confidence, graph_head, object, statement_urn, urn};
use crate::{ExchangeError, Report};

fn context() -> Value {
    let day = json!({ "@type": "http://www.w3.org/2001/XMLSchema#date" });
    json!({
        "@vocab": "https://schema.org/",
        "pp": TERMS,
        "url": { "@type": "@id" },
        "datePublished": day,
    })
}

/// Writes statements as claims, in one graph. `issues` gives issues their names; `file` is the name in errors.
///
/// # Errors
/// Where it cannot be written.
pub fn write_claims(
    out: &mut impl Write,
    file: &Path,
    statements: &[Cited],
    issues: &[IssueLabel],
) -> Result<Report, ExchangeError> {
    let fail = |e: io::Error| ExchangeError::new(file, e);
    let mut report = Report { statements: statements.len(), ..Report::default() };
    out.write_all(graph_head(&context()).as_bytes()).map_err(fail)?;
    for (at, cited) in statements.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" }).map_err(fail)?;
        let claim = claim(cited, issues, &mut report);
        serde_json::to_writer(&mut *out, &claim).map_err(|e| ExchangeError::new(file, e))?;
    }
    out.write_all(GRAPH_TAIL.as_bytes()).and_then(|()| out.flush()).map_err(fail)?;
    Ok(report)
}

fn claim(cited: &Cited, issues: &[IssueLabel], report: &mut Report) -> Value {
    let entry = &cited.entry;
    let statement = &entry.statement;
    let manner = &statement.manner;
    let appearances: Vec<Value> = cited.appearances.iter().map(|a| article(a, report)).collect();
    let created = statement.said_on.as_ref().and_then(|days| {
        let one = reduced(days);
        if one.is_none() {
            let place = || format!("{}/{}", entry.article, statement.id);
            report.lose("days of saying that are no day, month or year, only in terms of ours", place);
        }
        one
    });
    object([
        ("@id", json!(statement_urn(&entry.article, &statement.id))),
        ("@type", json!("Claim")),
        ("text", json!(entry.content)),
        ("author", author(&statement.speaker)),
        ("dateCreated", json!(created)),
        ("datePublished", json!(cited.appearances.iter().filter_map(|a| a.published).min())),
        ("firstAppearance", appearances.first().map_or(Value::Null, |a| json!({ "@id": a["@id"] }))),
        ("appearance", Value::Array(appearances)),
        ("about", statement.positions.iter().map(|p| about(p, issues)).collect()),
        ("pp:act", json!(statement.act.as_str())),
        ("pp:quotation", json!(statement.quotation.as_str())),
        ("pp:via", if statement.via.is_empty() { Value::Null } else { json!({ "@list": statement.via }) }),
        ("pp:condition", json!(cited.words_of(&manner.conditions))),
        ("pp:reason", json!(cited.words_of(&manner.reasons))),
        ("pp:hedge", json!(cited.words_of(&manner.hedges))),
        ("pp:firmness", json!(manner.firmness.map(|f| f.as_str()))),
        ("pp:addressee", json!(manner.addressee)),
        ("pp:dueFrom", json!(manner.due.as_ref().map(|d| d.from))),
        ("pp:dueTo", json!(manner.due.as_ref().map(|d| d.to))),
        ("pp:saidFrom", json!(statement.said_on.as_ref().map(|d| d.from))),
        ("pp:saidTo", json!(statement.said_on.as_ref().map(|d| d.to))),
        ("pp:sentence", json!(entry.sentence)),
        ("pp:relayedBy", json!(statement.relayed_by.as_ref().map(|outer| statement_urn(&entry.article, outer)))),
        ("pp:confidence", confidence(statement.confidence)),
        ("pp:reviewed", json!(cited.is_reviewed())),
    ])
}

/// Who makes the claim; nothing where the article tells nothing of it.
fn author(speaker: &Speaker) -> Value {
    let Some(kind) = agent_type(speaker) else { return Value::Null };
    let of = speaker.party.as_ref().filter(|party| speaker.name.as_ref() != Some(party));
    let party = of.map_or(Value::Null, |party| json!({ "@type": "Organization", "name": party }));
    let (is, role, belongs) = match kind {
        SpeakerKind::Person | SpeakerKind::Unnamed => ("Person", "jobTitle", "affiliation"),
        SpeakerKind::Organisation | SpeakerKind::Group => ("Organization", "description", "parentOrganization"),
        // A country speaks through its government.
        SpeakerKind::Country => ("GovernmentOrganization", "description", "parentOrganization"),
    };
    object([
        ("@type", json!(is)),
        ("name", json!(speaker.name)),
        (role, json!(speaker.role)),
        (belongs, party),
        ("pp:kind", json!(kind.as_str())),
    ])
}

fn article(appearance: &Appearance, report: &mut Report) -> Value {
    let url = address(appearance.url.as_deref(), &appearance.article, report);
    object([
        ("@id", json!(urn("article", &[&appearance.article]))),
        ("@type", json!("NewsArticle")),
        ("identifier", json!(appearance.article)),
        ("url", json!(url)),
        ("headline", json!(appearance.title)),
        (
            "publisher",
            appearance.outlet.as_ref().map_or(Value::Null, |o| json!({ "@type": "Organization", "name": o })),
        ),
        ("datePublished", json!(appearance.published)),
    ])
}

fn about(position: &Position, issues: &[IssueLabel]) -> Value {
    object([
        ("@type", json!("DefinedTerm")),
        ("termCode", json!(position.issue)),
        ("name", json!(IssueLabel::name_in(issues, &position.issue))),
        ("pp:stance", json!(position.stance.as_str())),
        ("pp:option", json!(position.option)),
    ])
}

/// Days as one date of ISO 8601, as fine as they are: a day, a month, a year. `None` of other stretches.
fn reduced(days: &DateRange) -> Option<String> {
    let (from, to) = (days.from, days.to);
    let month = (from.first_of_month(), from.last_of_month());
    let year: (Date, Date) = (from.first_of_year(), from.last_of_year());
    match (from, to) {
        _ if from == to => Some(from.to_string()),
        whole if whole == month => Some(from.strftime("%Y-%m").to_string()),
        whole if whole == year => Some(from.strftime("%Y").to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use pourparler_brief::distinct;
    use proptest::prelude::*;

    use super::*;
    use crate::fixture::{any_record, tricky};

    fn written(statements: &[Cited]) -> (Vec<Value>, Report) {
        let issues = [IssueLabel { id: "neutrality".to_owned(), label: "Neutrality".to_owned(), group: String::new() }];
        let mut out = Vec::new();
        let report = write_claims(&mut out, Path::new("claims.jsonld"), statements, &issues).expect("memory takes it");
        let mut all: Value = serde_json::from_slice(&out).expect("it is JSON");
        (serde_json::from_value(all["@graph"].take()).expect("claims"), report)
    }

    /// The tricky article, and a copy of it that another outlet published a day later.
    fn twice() -> Vec<Cited> {
        let mut copy = tricky().read;
        copy.article.id = "copy".to_owned();
        copy.article.outlet = Some("The Osk Times".to_owned());
        copy.article.published = Some(date(2031, 3, 6));
        distinct(&[tricky().read.entries(), copy.entries()].concat())
    }

    fn claim_of<'a>(all: &'a [Value], words: &str) -> &'a Value {
        all.iter().find(|c| c["text"].as_str().is_some_and(|t| t.contains(words))).expect("it is a claim")
    }

    #[test]
    fn a_statement_is_one_claim_in_all_its_articles() {
        let (all, report) = written(&twice());
        assert_eq!((all.len(), report.statements), (3, 3));
        let claim = claim_of(&all, "guaranteed");
        assert_eq!(claim["text"], "Neutrality, … if guaranteed, may come,");
        assert_eq!(claim["author"]["@type"], "Person");
        assert_eq!(claim["author"]["jobTitle"], "Foreign Minister");
        assert_eq!(claim["author"]["affiliation"]["name"], "Vessar");
        assert_eq!((&claim["dateCreated"], &claim["datePublished"]), (&json!("2031-03-03"), &json!("2031-03-05")));
        assert_eq!(claim["appearance"].as_array().expect("articles").len(), 2);
        assert_eq!(claim["firstAppearance"]["@id"], claim["appearance"][0]["@id"]);
        assert_eq!(claim["appearance"][0]["publisher"]["name"], "The Tolm Courier");
        assert_eq!(claim["about"][0]["name"], "Neutrality");
        assert_eq!(claim["pp:condition"], json!(["if guaranteed"]));
        assert_eq!(claim["@id"], statement_urn("tricky-1", "s1"), "it is named after its first appearance");
    }

    #[test]
    fn kinds_of_speakers_are_kinds_of_authors() {
        let (all, _) = written(&twice());
        assert_eq!(claim_of(&all, "Osk")["author"]["@type"], "GovernmentOrganization");
        let unnamed = &claim_of(&all, "שלום")["author"];
        assert_eq!((unnamed["jobTitle"].as_str(), unnamed.get("name")), (Some("envoy"), None));
        assert_eq!(author(&Speaker::unattributed()), Value::Null);
    }

    #[test]
    fn days_are_as_fine_as_they_were_told() {
        let told = |from, to| reduced(&DateRange { from, to, text: None, method: None, anchor: None });
        assert_eq!(told(date(2031, 3, 3), date(2031, 3, 3)).as_deref(), Some("2031-03-03"));
        assert_eq!(told(date(2031, 2, 1), date(2031, 2, 28)).as_deref(), Some("2031-02"));
        assert_eq!(told(date(2031, 1, 1), date(2031, 12, 31)).as_deref(), Some("2031"));
        assert_eq!(told(date(2031, 3, 3), date(2031, 3, 9)), None);
    }

    proptest! {
        #[test]
        fn any_record_is_claims(record in any_record()) {
            let (all, report) = written(&distinct(&record.read.entries()));
            prop_assert_eq!(all.len(), report.statements);
        }
    }
}
