//! The reference of the API, made from the document that the program itself hands out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::schema::{members, words};
use super::{cell, up_to_date};

/// A workspace that ends with the test.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(folder: &std::path::Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pourparler"))
            .args(["serve", "--ledger", "talks.db", "--listen", "127.0.0.1:0"])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut told = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut told).expect("it says where it is");
        let address = told.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        let address = address.unwrap_or_else(|| panic!("no address: {told}")).to_owned();
        Self { child, address }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        answer.split_once("\r\n\r\n").expect("a body").1.to_owned()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn link(name: &str) -> String {
    format!("[{name}](#{})", name.to_lowercase())
}

fn type_of(schema: &Value) -> String {
    cell(&words(schema, &link))
}

fn page(document: &Value) -> String {
    let mut out = String::from(
        "# The API\n\nWhat the workspace’s pages show and do, as JSON under `/api/v1` of `pourparler serve`. `/api/v1/openapi.json` is the \
         document (OpenAPI 3.1) that this page is made from.\n\nLists come in pages (`offset`, `limit`) and tell how many there are in all. \
         Errors are problem details (RFC 9457) as `application/problem+json`. Answers carry an `ETag`; asked again with `If-None-Match`, they \
         are `304` as long as nothing changed. A decision names the statement as it was seen, and is refused with `409` where somebody \
         decided meanwhile. Only this machine’s own pages and programs may change anything: a request whose `Origin` or `Host` is another \
         is refused.\n",
    );
    // By what they are about, which is what their addresses begin with.
    let mut about: BTreeMap<&str, Vec<(&str, &str, &Value)>> = BTreeMap::new();
    for (path, item) in members(&document["paths"]) {
        let topic = path.trim_start_matches("/api/v1/").split(['/', '.']).next().unwrap_or_default();
        for (method, operation) in members(item) {
            about.entry(topic).or_default().push((path, method, operation));
        }
    }
    // Writing to a String cannot fail.
    for (topic, mut operations) in about {
        operations.sort_by_key(|(path, method, _)| (*path, *method));
        let _ = write!(out, "\n## {topic}\n");
        for (path, method, operation) in operations {
            let _ = write!(out, "\n### {} {path}\n", method.to_uppercase());
            for key in ["summary", "description"] {
                if let Some(text) = operation[key].as_str() {
                    let _ = write!(out, "\n{}\n", text.trim());
                }
            }
            parameters(&mut out, operation);
            for (kind, body) in members(&operation["requestBody"]["content"]) {
                let _ = write!(out, "\nSent: {} (`{kind}`).\n", type_of(&body["schema"]));
            }
            responses(&mut out, operation);
        }
    }
    out.push_str("\n## Objects\n");
    for (name, schema) in members(&document["components"]["schemas"]) {
        object(&mut out, name, schema);
    }
    // What parameters alone are made of may be missing among the objects.
    let mut named = BTreeSet::new();
    references(document, &mut named);
    for name in named.into_iter().filter(|name| document["components"]["schemas"][*name].is_null()) {
        out = out.replace(&link(name), &format!("`{name}`"));
    }
    out
}

/// The names of the objects that are referred to anywhere in a value.
fn references<'a>(value: &'a Value, named: &mut BTreeSet<&'a str>) {
    if let Some(reference) = value["$ref"].as_str() {
        named.extend(reference.strip_prefix("#/components/schemas/"));
    }
    match value {
        Value::Object(members) => members.values().for_each(|member| references(member, named)),
        Value::Array(items) => items.iter().for_each(|item| references(item, named)),
        _ => {}
    }
}

fn parameters(out: &mut String, operation: &Value) {
    let parameters = operation["parameters"].as_array().filter(|all| !all.is_empty());
    let Some(parameters) = parameters else { return };
    out.push_str("\n| parameter | in | holds | needed | meaning |\n|---|---|---|---|---|\n");
    for parameter in parameters {
        let text = |key: &str| cell(parameter[key].as_str().unwrap_or_default());
        let needed = if parameter["required"] == true { "yes" } else { "" };
        let kind = type_of(&parameter["schema"]);
        let _ = writeln!(out, "| `{}` | {} | {kind} | {needed} | {} |", text("name"), text("in"), text("description"));
    }
}

fn responses(out: &mut String, operation: &Value) {
    out.push_str("\n| answer | holds | when |\n|---|---|---|\n");
    for (status, response) in members(&operation["responses"]) {
        let mut holds: Vec<String> = Vec::new();
        for (kind, body) in members(&response["content"]) {
            holds.push(match body.get("schema") {
                Some(schema) => type_of(schema),
                None => format!("`{kind}`"),
            });
        }
        let when = cell(response["description"].as_str().unwrap_or_default());
        let _ = writeln!(out, "| {status} | {} | {when} |", holds.join(" or "));
    }
}

fn object(out: &mut String, name: &str, schema: &Value) {
    let _ = write!(out, "\n### {name}\n");
    if let Some(text) = schema["description"].as_str() {
        let _ = write!(out, "\n{}\n", text.trim());
    }
    if let Some(choices) = schema["oneOf"].as_array().filter(|all| all.iter().all(|one| one["properties"].is_object()))
    {
        for (n, choice) in choices.iter().enumerate() {
            let _ = write!(out, "\n{}\n", if n == 0 { "Either" } else { "or" });
            if let Some(text) = choice["description"].as_str() {
                let _ = write!(out, "\n{}\n", text.trim());
            }
            fields(out, &[choice]);
        }
        return;
    }
    let parts: Vec<&Value> = match schema["allOf"].as_array() {
        Some(parts) => parts.iter().collect(),
        None => vec![schema],
    };
    if parts.iter().all(|part| part["properties"].is_null()) {
        let _ = write!(out, "\n{}.\n", type_of(schema));
        return;
    }
    for part in parts.iter().filter(|part| part["properties"].is_null()) {
        let _ = write!(out, "\nAll of {}, and:\n", type_of(part));
    }
    fields(out, &parts);
}

/// A table of the fields of an object that has several parts.
fn fields(out: &mut String, parts: &[&Value]) {
    out.push_str("\n| field | holds | always | meaning |\n|---|---|---|---|\n");
    for part in parts {
        let required: Vec<&str> = part["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (field, schema) in members(&part["properties"]) {
            let always = if required.contains(&field) { "yes" } else { "" };
            let meaning = cell(schema["description"].as_str().unwrap_or_default());
            let _ = writeln!(out, "| `{field}` | {} | {always} | {meaning} |", type_of(schema));
        }
    }
}

#[test]
fn the_reference_of_the_api_is_up_to_date() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::start(folder.path());
    let document: Value = serde_json::from_str(&served.get("/api/v1/openapi.json")).expect("JSON");
    let page = page(&document);
    for path in document["paths"].as_object().expect("paths").keys() {
        assert!(page.contains(path.as_str()), "{path}");
    }
    for name in document["components"]["schemas"].as_object().expect("schemas").keys() {
        assert!(page.contains(&format!("\n### {name}\n")), "{name}");
    }
    up_to_date("api.md", &page);
}
