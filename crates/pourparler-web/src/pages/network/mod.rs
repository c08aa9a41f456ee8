//! Who stands with whom: actors joined with one another or with issues, as a drawing and as a table of the heaviest ties.

mod layout;

use axum::extract::State;
use jiff::civil::Date;
use maud::{Markup, html};
use pourparler_brief::counted;
use pourparler_brief::{Actors, Links, Network, Norm, TwoMode, excerpt, plain};
use serde::{Deserialize, Serialize};

use super::Answer;
use super::parts::{address, figures, issue};
use crate::App;
use crate::app::Current;
use crate::ask::Asked;
use crate::chart::place;
use crate::shell::{Page, Reader};
use crate::widgets::{segment, words};
use layout::{HEIGHT, WIDTH, laid_out};

/// So many actors and issues are drawn.
const NODES: usize = 60;
/// Of these so many are actors, where issues stand among them.
const ACTORS_WITH_ISSUES: usize = 30;
/// So many ties are drawn, the heaviest.
const EDGES: usize = 220;
/// So many ties stand in the table.
const ROWS: usize = 25;

/// Whether actors are joined with one another or with issues.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    /// With one another.
    #[default]
    One,
    /// With issues.
    Two,
}

/// Which network.
#[derive(Debug, Default, Deserialize)]
pub struct Query {
    #[serde(default)]
    mode: Mode,
    #[serde(default)]
    actors: Actors,
    #[serde(default)]
    links: Links,
    #[serde(default)]
    norm: Norm,
    since: Option<Date>,
    until: Option<Date>,
}

/// A node of the drawing.
struct Node {
    name: String,
    address: String,
    statements: usize,
    class: &'static str,
}

/// An edge of the drawing.
struct Edge {
    nodes: [usize; 2],
    weight: f64,
    class: &'static str,
    tells: String,
}

/// `GET /network`
pub async fn page(State(app): State<App>, reader: Reader, Asked(query): Asked<Query>) -> Answer {
    let current = app.view().await?;
    let most = if query.mode == Mode::Two { ACTORS_WITH_ISSUES } else { NODES };
    let two = TwoMode::of(&current.statements, query.actors, query.since, query.until, most);
    let who = if query.actors == Actors::Parties { ("party", "parties") } else { ("speaker", "speakers") };
    let body = html! {
        h1 { "Who stands with whom" }
        (choice(&query))
        @if two.actors.is_empty() {
            p { "Nobody took a side on any issue " @if query.since.is_some() || query.until.is_some() { "in these days" } @else { "yet" } "." }
        } @else if query.mode == Mode::Two {
            (two_mode(&current, &query, &two))
        } @else {
            (one_mode(&current, &query, &two.joined(query.links, query.norm)))
        }
        @if two.left_out > 0 {
            p.quiet { (counted(two.left_out, who.0, who.1)) " with fewer statements " @if two.left_out == 1 { "is" } @else { "are" } " left out; narrow the days to see them." }
        }
        p.quiet { "For an issue counts who supports it, be it on terms; against it who opposes it. Who is open or unclear takes no side. Each statement counts once, however many articles carry it; weights are those of discourse networks." }
    };
    Ok(Page::new("Network").of(&current).with(&reader, &body))
}

/// A choice of one of several, as it is written in the address and in words.
fn select<T: PartialEq + Serialize>(name: &str, label: &str, chosen: &T, all: &[(T, &str)]) -> Markup {
    let written =
        |value: &T| serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    html! {
        label { span { (label) } select name=(name) {
            @for (value, text) in all { option value=(written(value)) selected[value == chosen] { (text) } }
        } }
    }
}

fn choice(query: &Query) -> Markup {
    html! {
        form.asks method="get" action="/network" {
            (select("actors", "Who", &query.actors, &[(Actors::Parties, "parties"), (Actors::Speakers, "speakers")]))
            (select("mode", "joined with", &query.mode, &[(Mode::One, "one another"), (Mode::Two, "issues")]))
            @if query.mode == Mode::One {
                (select("links", "by", &query.links, &[(Links::Agreement, "agreement"), (Links::Conflict, "conflict"), (Links::Both, "agreement less conflict")]))
                (select("norm", "divided by", &query.norm, &[(Norm::None, "nothing"), (Norm::Average, "average activity"), (Norm::Jaccard, "Jaccard"), (Norm::Cosine, "cosine")]))
            }
            label { span { "From" } input type="date" name="since" value=[query.since]; }
            label { span { "to" } input type="date" name="until" value=[query.until]; }
            button.first { "Show" }
        }
    }
}

/// Where an actor is to be found.
fn actor_address(query: &Query, name: &str) -> String {
    let field = if query.actors == Actors::Parties { "party" } else { "speaker" };
    address("/search", &[(field, name)])
}

fn one_mode(current: &Current, query: &Query, network: &Network) -> Markup {
    let nodes: Vec<Node> = network
        .actors
        .iter()
        .map(|actor| Node {
            name: actor.name.clone(),
            address: actor_address(query, &actor.name),
            statements: actor.statements,
            class: "actor",
        })
        .collect();
    let tells = |tie: &pourparler_brief::Tie| {
        format!("{} and {}: {:.2}", network.actors[tie.actors[0]].name, network.actors[tie.actors[1]].name, tie.weight)
    };
    // Between those who only differ nothing pulls.
    let class = |weight: f64| if query.links == Links::Conflict || weight < 0.0 { "opposes" } else { "supports" };
    let edges = network.ties.iter().take(EDGES).map(|tie| Edge {
        nodes: tie.actors,
        weight: tie.weight.abs(),
        class: class(tie.weight),
        tells: tells(tie),
    });
    let issues = |ids: &[String]| {
        html! {
            @for (i, id) in ids.iter().take(5).enumerate() { @if i > 0 { ", " } (issue(&current.talks, id)) }
            @if ids.len() > 5 { " and " (ids.len() - 5) " more" }
        }
    };
    html! {
        (drawing(&nodes, &edges.collect::<Vec<_>>(), network.ties.len()))
        @if network.ties.is_empty() { p { "No two of them are joined so." } } @else {
            h2 { "The heaviest ties" }
            div.scroll role="region" aria-label="The heaviest ties" tabindex="0" { table.ties {
                thead { tr { th scope="col" { "Who" } th scope="col" { "with whom" } th.number scope="col" { "Weight" } th scope="col" { "Same side on" } th scope="col" { "Opposite sides on" } } }
                tbody { @for tie in network.ties.iter().take(ROWS) { tr {
                    @for at in tie.actors { td { a href=(nodes[at].address) { (words(&nodes[at].name)) } } }
                    td.number { @if query.actors == Actors::Parties {
                        a href=(address("/matrix", &[("party", &nodes[tie.actors[0]].name), ("party", &nodes[tie.actors[1]].name)])) { (format!("{:.2}", tie.weight)) }
                    } @else { (format!("{:.2}", tie.weight)) } }
                    td { (issues(&tie.agree)) }
                    td { (issues(&tie.differ)) }
                } } }
            } }
            @if network.ties.len() > ROWS { p.quiet { "and " (network.ties.len() - ROWS) " lighter" } }
        }
    }
}

fn two_mode(current: &Current, query: &Query, two: &TwoMode) -> Markup {
    let label = |id: &str| current.talks.label(id).to_owned();
    let issues = &two.issues[..two.issues.len().min(NODES - two.actors.len())];
    let actors = two.actors.iter().map(|actor| Node {
        name: actor.name.clone(),
        address: actor_address(query, &actor.name),
        statements: actor.statements,
        class: "actor",
    });
    let topics = issues.iter().map(|topic| Node {
        name: label(&topic.issue),
        address: format!("/issues/{}", segment(&topic.issue)),
        statements: topic.statements,
        class: "topic",
    });
    let nodes: Vec<Node> = actors.chain(topics).collect();
    let mut stands: Vec<_> = two.stands.iter().filter(|stands| stands.issue < issues.len()).collect();
    stands.sort_by_key(|stands| std::cmp::Reverse(stands.supports + stands.opposes));
    let class = |stands: &pourparler_brief::Stands| match stands.supports.cmp(&stands.opposes) {
        std::cmp::Ordering::Greater => "supports",
        std::cmp::Ordering::Less => "opposes",
        std::cmp::Ordering::Equal => "unclear",
    };
    #[expect(clippy::cast_precision_loss, reason = "a count of statements")]
    let edges = stands.iter().take(EDGES).map(|stands| Edge {
        nodes: [stands.actor, two.actors.len() + stands.issue],
        weight: (stands.supports + stands.opposes) as f64,
        class: class(stands),
        tells: format!(
            "{} on {}: {} for, {} against",
            two.actors[stands.actor].name,
            label(&two.issues[stands.issue].issue),
            stands.supports,
            stands.opposes
        ),
    });
    html! {
        (drawing(&nodes, &edges.collect::<Vec<_>>(), stands.len()))
        @if issues.len() < two.issues.len() { p.quiet { (counted(two.issues.len() - issues.len(), "issue", "issues")) " with fewer statements left out." } }
        h2 { "Who speaks most for and against what" }
        div.scroll role="region" aria-label="Who speaks most for and against what" tabindex="0" { table.ties {
            thead { tr { th scope="col" { "Who" } th scope="col" { "on" } th.number scope="col" { "For" } th.number scope="col" { "Against" } th scope="col" { "Latest" } } }
            tbody { @for stands in stands.iter().take(ROWS) { tr {
                td { a href=(nodes[stands.actor].address) { (words(&nodes[stands.actor].name)) } }
                td { (issue(&current.talks, &two.issues[stands.issue].issue)) }
                td.number { (stands.supports) }
                td.number { (stands.opposes) }
                td { (figures(current, &[stands.latest], 1)) }
            } } }
        } }
        @if stands.len() > ROWS { p.quiet { "and " (stands.len() - ROWS) " with fewer statements" } }
    }
}

/// Nodes and edges in the plane.
fn drawing(nodes: &[Node], edges: &[Edge], ties: usize) -> Markup {
    let links: Vec<([usize; 2], f64)> = edges.iter().map(|edge| (edge.nodes, edge.weight)).collect();
    let places = laid_out(nodes.len(), &links);
    let heaviest = edges.iter().map(|edge| edge.weight).fold(f64::MIN_POSITIVE, f64::max);
    let most = nodes.iter().map(|node| node.statements).max().unwrap_or(1).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a count of statements")]
    let radius = |node: &Node| 4.0 + 9.0 * (node.statements as f64 / most as f64).sqrt();
    html! {
        figure.network {
            div.scroll role="region" aria-label="The network, drawn" tabindex="0" {
                svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="group" aria-label="Network; the table below tells its heaviest ties" {
                    @for edge in edges {
                        @let [a, b] = edge.nodes.map(|at| places[at]);
                        path class={ "edge " (edge.class) } d={ "M" (place(a.0)) " " (place(a.1)) "L" (place(b.0)) " " (place(b.1)) }
                            stroke-width=(place(0.7 + 5.3 * edge.weight / heaviest)) { title { (plain(&edge.tells)) } }
                    }
                    @for (node, (x, y)) in nodes.iter().zip(&places) {
                        a class={ "node " (node.class) } href=(node.address) tabindex="-1" {
                            title { (plain(&node.name)) ": " (counted(node.statements, "statement", "statements")) }
                            @if node.class == "topic" {
                                rect x=(place(x - radius(node))) y=(place(y - radius(node))) width=(place(2.0 * radius(node))) height=(place(2.0 * radius(node))) {}
                            } @else {
                                circle cx=(place(*x)) cy=(place(*y)) r=(place(radius(node))) {}
                            }
                            text x=(place(x + radius(node) + 3.0)) y=(place(y + 4.0)) { (excerpt(&node.name, 26)) }
                        }
                    }
                }
            }
            figcaption {
                "Broader lines weigh more" @if nodes.iter().any(|node| node.class == "topic") { "; squares are issues; green for, red against, grey both." } @else { "; green joins those who agree, red those who differ." }
                @if ties > edges.len() { " The " (edges.len()) " heaviest of " (ties) " ties are drawn." }
            }
        }
    }
}
