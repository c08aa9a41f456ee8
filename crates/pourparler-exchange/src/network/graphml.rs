//! GraphML, for visone, yEd, networkx, igraph, R.
//!
//! Beside the data, nodes and edges carry the drawing in yFiles' elements, which yEd and visone understand: names, colours by
//! kind or sign, sizes and widths. Nodes stand on a circle, actors inside and issues outside, until a layout is chosen.

use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::io::{self, Write};
use std::path::Path;

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::names::{clean, report};
use super::{Behind, Edge, Graph, Kind, Node, real};
use crate::{ExchangeError, Report};

/// Data of nodes and edges: id of the key, whose it is, name, type.
const KEYS: &[(&str, &str, &str, &str)] = &[
    ("label", "node", "label", "string"),
    ("name", "node", "name", "string"),
    ("type", "node", "type", "string"),
    ("issue", "node", "issue", "string"),
    ("party", "node", "party", "string"),
    ("frequency", "node", "frequency", "int"),
    ("node_first", "node", "first", "string"),
    ("node_last", "node", "last", "string"),
    ("weight", "edge", "weight", "double"),
    ("supports", "edge", "supports", "int"),
    ("opposes", "edge", "opposes", "int"),
    ("agree", "edge", "agree", "string"),
    ("differ", "edge", "differ", "string"),
    ("edge_first", "edge", "first", "string"),
    ("edge_last", "edge", "last", "string"),
];

/// Writes a network as GraphML. Days are told as the first and the last.
/// `file` is the name in errors.
///
/// # Errors
/// Where it cannot be written.
pub fn write_graphml(out: &mut impl Write, file: &Path, graph: &Graph) -> Result<Report, ExchangeError> {
    write(out, graph).map_err(|e| ExchangeError::new(file, e))
}

fn write(out: &mut impl Write, graph: &Graph) -> io::Result<Report> {
    let mut report = report(graph);
    for node in graph.nodes.iter().filter(|n| n.days.len() > 2) {
        report.lose("days of a node between its first and its last, which GEXF holds", || node.label.clone());
    }
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("no"))))?;
    xml.create_element("graphml")
        .with_attributes([
            ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xmlns:y", "http://www.yworks.com/xml/graphml"),
            (
                "xsi:schemaLocation",
                "http://graphml.graphdrawing.org/xmlns http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd",
            ),
        ])
        .write_inner_content(|xml| {
            for (id, of, drawing) in [("d0", "node", "nodegraphics"), ("e0", "edge", "edgegraphics")] {
                xml.create_element("key")
                    .with_attributes([("id", id), ("for", of), ("yfiles.type", drawing)])
                    .write_empty()?;
            }
            for (id, of, name, kind) in KEYS {
                xml.create_element("key")
                    .with_attributes([("id", *id), ("for", *of), ("attr.name", *name), ("attr.type", *kind)])
                    .write_empty()?;
            }
            xml.create_element("graph")
                .with_attributes([("id", "G"), ("edgedefault", "undirected")])
                .write_inner_content(|xml| {
                    xml.create_element("desc").write_text_content(BytesText::new(&graph.name))?;
                    for (at, node) in graph.nodes.iter().enumerate() {
                        write_node(xml, graph, at, node, &mut report)?;
                    }
                    let heaviest = graph.edges.iter().map(|e| e.weight.abs()).fold(0.0, f64::max);
                    for (at, edge) in graph.edges.iter().enumerate() {
                        write_edge(xml, graph, at, edge, heaviest, &mut report)?;
                    }
                    Ok(())
                })?;
            Ok(())
        })?;
    xml.get_mut().flush()?;
    Ok(report)
}

fn write_node<W: Write>(
    xml: &mut Writer<W>,
    graph: &Graph,
    at: usize,
    node: &Node,
    report: &mut Report,
) -> io::Result<()> {
    let label = clean(&node.label, report);
    xml.create_element("node").with_attribute(("id", node.id.as_str())).write_inner_content(|xml| {
        for key in ["label", "name"] {
            data(xml, key, &label)?;
        }
        data(xml, "type", node.kind.as_str())?;
        for (key, value) in [("issue", &node.issue), ("party", &node.party)] {
            if let Some(value) = value {
                data(xml, key, &clean(value, report))?;
            }
        }
        data(xml, "frequency", &node.statements.to_string())?;
        ends(xml, ["node_first", "node_last"], &node.days)?;
        xml.create_element("data").with_attribute(("key", "d0")).write_inner_content(|xml| {
            xml.create_element("y:ShapeNode").write_inner_content(|xml| {
                let size = format!("{:.1}", 16.0 + 8.0 * real(node.statements).ln_1p());
                let [x, y] = place(graph, at).map(|p| format!("{p:.1}"));
                xml.create_element("y:Geometry")
                    .with_attributes([("x", &*x), ("y", &*y), ("width", &*size), ("height", &*size)])
                    .write_empty()?;
                let (colour, shape) = match node.kind {
                    Kind::Issue => ("#E69F00", "roundrectangle"),
                    Kind::Party | Kind::Person => ("#56B4E9", "ellipse"),
                };
                xml.create_element("y:Fill")
                    .with_attributes([("color", colour), ("transparent", "false")])
                    .write_empty()?;
                xml.create_element("y:NodeLabel").write_text_content(BytesText::new(&label))?;
                xml.create_element("y:Shape").with_attribute(("type", shape)).write_empty()?;
                Ok(())
            })?;
            Ok(())
        })?;
        Ok(())
    })?;
    Ok(())
}

fn write_edge<W: Write>(
    xml: &mut Writer<W>,
    graph: &Graph,
    at: usize,
    edge: &Edge,
    heaviest: f64,
    report: &mut Report,
) -> io::Result<()> {
    let id = format!("e{}", at + 1);
    let (source, target) = (&graph.nodes[edge.source].id, &graph.nodes[edge.target].id);
    xml.create_element("edge")
        .with_attributes([("id", &*id), ("source", source), ("target", target)])
        .write_inner_content(|xml| {
            data(xml, "weight", &edge.weight.to_string())?;
            let against = match &edge.behind {
                Behind::Sides { supports, opposes } => {
                    data(xml, "supports", &supports.to_string())?;
                    data(xml, "opposes", &opposes.to_string())?;
                    opposes > supports
                }
                Behind::Issues { agree, differ } => {
                    for (key, issues) in [("agree", agree), ("differ", differ)] {
                        data(xml, key, &clean(&issues.join("; "), report))?;
                    }
                    edge.weight < 0.0
                }
            };
            ends(xml, ["edge_first", "edge_last"], &edge.days)?;
            xml.create_element("data").with_attribute(("key", "e0")).write_inner_content(|xml| {
                xml.create_element("y:PolyLineEdge").write_inner_content(|xml| {
                    let width = if heaviest > 0.0 { 1.0 + 5.0 * edge.weight.abs() / heaviest } else { 1.0 };
                    let colour = if against { "#D55E00" } else { "#0072B2" };
                    xml.create_element("y:LineStyle")
                        .with_attributes([("color", colour), ("type", "line"), ("width", &*format!("{width:.2}"))])
                        .write_empty()?;
                    xml.create_element("y:Arrows")
                        .with_attributes([("source", "none"), ("target", "none")])
                        .write_empty()?;
                    Ok(())
                })?;
                Ok(())
            })?;
            Ok(())
        })?;
    Ok(())
}

fn data<W: Write>(xml: &mut Writer<W>, key: &str, value: &str) -> io::Result<()> {
    xml.create_element("data").with_attribute(("key", key)).write_text_content(BytesText::new(value)).map(drop)
}

fn ends<W: Write>(xml: &mut Writer<W>, keys: [&str; 2], days: &BTreeMap<Date, usize>) -> io::Result<()> {
    let ends = days.keys().next().into_iter().chain(days.keys().next_back());
    keys.into_iter().zip(ends).try_for_each(|(key, day)| data(xml, key, &day.to_string()))
}

/// Where a node stands to begin with.
fn place(graph: &Graph, at: usize) -> [f64; 2] {
    let issues = graph.nodes.iter().rev().take_while(|n| n.kind == Kind::Issue).count();
    let actors = graph.nodes.len() - issues;
    let radius = |n: usize| 40.0 * real(n.max(3)) / TAU;
    let (nth, of, far) = match graph.nodes[at].kind {
        Kind::Issue => (at - actors, issues, radius(actors).max(radius(issues)) + 120.0),
        Kind::Party | Kind::Person => (at, actors, radius(actors)),
    };
    let angle = TAU * real(nth) / real(of.max(1));
    [far * angle.cos(), far * angle.sin()]
}
