//! GEXF 1.3 with time, for Gephi.
//!
//! Both ends of an interval belong to it, so that one day begins and ends on itself. A node and an edge are there on the days
//! of the statements behind them, days in a row as one spell; how many statements a day had is a value of that day. Weights
//! are of the whole time. What has no day at all has no spell, and Gephi shows it always.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::names::{clean, report};
use super::{Behind, Graph};
use crate::{ExchangeError, PROGRAM, Report};

/// Attributes that hold at all times, of nodes and of edges: id, title, type.
const OF_NODES: &[(&str, &str, &str)] = &[
    ("kind", "type", "string"),
    ("issue", "issue", "string"),
    ("party", "party", "string"),
    ("frequency", "frequency", "integer"),
];
const OF_EDGES: &[(&str, &str, &str)] = &[
    ("supports", "supports", "integer"),
    ("opposes", "opposes", "integer"),
    ("agree", "agree", "string"),
    ("differ", "differ", "string"),
];

/// The id of what is counted by day.
const PER_DAY: &str = "per_day";

/// Writes a network as GEXF, with the days on which nodes and edges are there.
/// `file` is the name in errors.
///
/// # Errors
/// Where it cannot be written.
pub fn write_gexf(out: &mut impl Write, file: &Path, graph: &Graph) -> Result<Report, ExchangeError> {
    write(out, graph).map_err(|e| ExchangeError::new(file, e))
}

fn write(out: &mut impl Write, graph: &Graph) -> io::Result<Report> {
    let mut report = report(graph);
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("gexf")
        .with_attributes([
            ("xmlns", "http://gexf.net/1.3"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:schemaLocation", "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd"),
            ("version", "1.3"),
        ])
        .write_inner_content(|xml| {
            xml.create_element("meta").write_inner_content(|xml| {
                xml.create_element("creator").write_text_content(BytesText::new(PROGRAM))?;
                xml.create_element("description").write_text_content(BytesText::new(&graph.name))?;
                Ok(())
            })?;
            let mut all = vec![("mode", "dynamic"), ("defaultedgetype", "undirected"), ("timeformat", "date")];
            let days = graph.nodes.iter().flat_map(|n| n.days.keys());
            let ends = (days.clone().min().map(Date::to_string), days.max().map(Date::to_string));
            if let (Some(start), Some(end)) = (&ends.0, &ends.1) {
                all.extend([("timerepresentation", "interval"), ("start", start), ("end", end)]);
            }
            xml.create_element("graph").with_attributes(all).write_inner_content(|xml| {
                for (of, attributes) in [("node", OF_NODES), ("edge", OF_EDGES)] {
                    declare(xml, of, "static", attributes)?;
                    declare(xml, of, "dynamic", &[(PER_DAY, "statements that day", "integer")])?;
                }
                write_nodes(xml, graph, &mut report)?;
                write_edges(xml, graph, &mut report)
            })?;
            Ok(())
        })?;
    xml.get_mut().flush()?;
    Ok(report)
}

fn declare<W: Write>(xml: &mut Writer<W>, of: &str, mode: &str, attributes: &[(&str, &str, &str)]) -> io::Result<()> {
    xml.create_element("attributes").with_attributes([("class", of), ("mode", mode)]).write_inner_content(|xml| {
        for (id, title, kind) in attributes {
            // An id is unique in its class alone, and some readers do not tell classes apart.
            let id = format!("{of}_{id}");
            xml.create_element("attribute")
                .with_attributes([("id", &*id), ("title", title), ("type", kind)])
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn write_nodes<W: Write>(xml: &mut Writer<W>, graph: &Graph, report: &mut Report) -> io::Result<()> {
    xml.create_element("nodes").write_inner_content(|xml| {
        for node in &graph.nodes {
            let label = clean(&node.label, report);
            let mut values = vec![("kind", node.kind.as_str().to_owned())];
            for (key, value) in [("issue", &node.issue), ("party", &node.party)] {
                values.extend(value.as_deref().map(|v| (key, clean(v, report).into_owned())));
            }
            values.push(("frequency", node.statements.to_string()));
            if node.days.is_empty() {
                report.lose("nodes without a day, there at all times", || label.clone().into_owned());
            }
            xml.create_element("node")
                .with_attributes([("id", &*node.id), ("label", &*label)])
                .write_inner_content(|xml| of_time(xml, "node", &values, &node.days))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn write_edges<W: Write>(xml: &mut Writer<W>, graph: &Graph, report: &mut Report) -> io::Result<()> {
    xml.create_element("edges").write_inner_content(|xml| {
        for (at, edge) in graph.edges.iter().enumerate() {
            let (source, target) = (&graph.nodes[edge.source], &graph.nodes[edge.target]);
            let values = match &edge.behind {
                Behind::Sides { supports, opposes } => {
                    [("supports", supports.to_string()), ("opposes", opposes.to_string())]
                }
                Behind::Issues { agree, differ } => [("agree", agree), ("differ", differ)]
                    .map(|(key, issues)| (key, clean(&issues.join("; "), report).into_owned())),
            };
            if edge.days.is_empty() {
                report
                    .lose("edges without a day, there at all times", || format!("{} – {}", source.label, target.label));
            }
            let (id, weight) = (format!("e{}", at + 1), edge.weight.to_string());
            xml.create_element("edge")
                .with_attributes([("id", &*id), ("source", &*source.id), ("target", &*target.id), ("weight", &*weight)])
                .write_inner_content(|xml| of_time(xml, "edge", &values, &edge.days))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The values of a node or an edge, and when it is there.
fn of_time<W: Write>(
    xml: &mut Writer<W>,
    of: &str,
    values: &[(&str, String)],
    days: &BTreeMap<Date, usize>,
) -> io::Result<()> {
    xml.create_element("attvalues").write_inner_content(|xml| {
        for (key, value) in values {
            let id = format!("{of}_{key}");
            xml.create_element("attvalue").with_attributes([("for", &*id), ("value", value)]).write_empty()?;
        }
        let id = format!("{of}_{PER_DAY}");
        for (day, count) in days {
            let (day, count) = (day.to_string(), count.to_string());
            xml.create_element("attvalue")
                .with_attributes([("for", &*id), ("value", &*count), ("start", &*day), ("end", &*day)])
                .write_empty()?;
        }
        Ok(())
    })?;
    if days.is_empty() {
        return Ok(());
    }
    xml.create_element("spells").write_inner_content(|xml| {
        for (start, end) in spells(days) {
            let (start, end) = (start.to_string(), end.to_string());
            xml.create_element("spell").with_attributes([("start", &*start), ("end", &*end)]).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Days in a row as one, first and last.
fn spells(days: &BTreeMap<Date, usize>) -> Vec<(Date, Date)> {
    let mut out: Vec<(Date, Date)> = Vec::new();
    for &day in days.keys() {
        match out.last_mut() {
            Some((_, end)) if end.checked_add(1.day()).is_ok_and(|next| next == day) => *end = day,
            _ => out.push((day, day)),
        }
    }
    out
}
