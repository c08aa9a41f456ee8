//! The reference of the exchange form, made from its JSON schema.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::{cell, root, up_to_date};

/// What a value is, in words; objects that stand for themselves are left to `fields`.
pub fn words(schema: &Value, of_reference: &dyn Fn(&str) -> String) -> String {
    if let Some(name) = schema["$ref"].as_str() {
        return of_reference(name.rsplit('/').next().unwrap_or(name));
    }
    if let Some(values) = schema["enum"].as_array() {
        return values
            .iter()
            .map(|v| format!("`{}`", v.as_str().map_or_else(|| v.to_string(), str::to_owned)))
            .collect::<Vec<_>>()
            .join(", ");
    }
    if let Some(value) = schema.get("const") {
        return format!("`{}`", value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        if let Some(choices) = schema[key].as_array() {
            let mut choices: Vec<String> = choices.iter().map(|choice| words(choice, of_reference)).collect();
            choices.dedup();
            return choices.join(if key == "allOf" { " and " } else { " or " });
        }
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return "anything".into(),
    };
    let mut out: Vec<String> = Vec::new();
    for kind in kinds {
        out.push(match kind {
            "array" if schema["prefixItems"].is_array() => {
                let parts = schema["prefixItems"].as_array().into_iter().flatten();
                format!("[{}]", parts.map(|part| words(part, of_reference)).collect::<Vec<_>>().join(", "))
            }
            "array" => format!("list of {}", words(&schema["items"], of_reference)),
            "object" if schema["additionalProperties"].is_object() => {
                format!("object of {}", words(&schema["additionalProperties"], of_reference))
            }
            "string" => match schema["format"].as_str() {
                Some(format) => format!("text ({format})"),
                None => "text".into(),
            },
            "integer" => "whole number".into(),
            "boolean" => "true or false".into(),
            other => other.into(),
        });
    }
    out.join(" or ")
}

/// The members of an object by their names, whatever order they were kept in; of anything else none.
pub fn members(value: &Value) -> BTreeMap<&str, &Value> {
    value.as_object().into_iter().flatten().map(|(name, member)| (name.as_str(), member)).collect()
}

/// Writes a row for each field of an object, those of objects within it under their whole names.
fn fields(out: &mut String, schema: &Value, before: &str, of_reference: &dyn Fn(&str) -> String) {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (name, field) in members(&schema["properties"]) {
        let whole = format!("{before}{name}");
        let always = if required.contains(&name) { "yes" } else { "" };
        let meaning = cell(field["description"].as_str().unwrap_or_default());
        // Writing to a String cannot fail.
        let _ = writeln!(out, "| `{whole}` | {} | {always} | {meaning} |", cell(&words(field, of_reference)));
        let choices = field["anyOf"].as_array().into_iter().flatten();
        for inner in choices.chain([field, &field["items"]]) {
            let list = if std::ptr::eq(inner, &field["items"]) { "[]." } else { "." };
            fields(out, inner, &format!("{whole}{list}"), of_reference);
        }
    }
}

fn page(schema: &Value) -> String {
    let definitions = &schema["$defs"];
    let of_reference = |name: &str| match name {
        "spans" => "spans".to_owned(),
        "day" => "day".to_owned(),
        other => words(&definitions[other], &|name| name.to_owned()),
    };
    let mut out = format!(
        "# Statements as JSON\n\n{}\n\n`schema/statements.schema.json` is the schema (JSON Schema 2020-12). *Spans* are a list of `[start, \
         end]`, more than one where other words interrupt; a *day* is `YYYY-MM-DD`. A field that is not always there is left out where \
         there is nothing to say.\n\n| field | holds | always | meaning |\n|---|---|---|---|\n",
        schema["description"].as_str().unwrap_or_default()
    );
    fields(&mut out, schema, "", &of_reference);
    out
}

#[test]
fn the_reference_of_the_schema_is_up_to_date() {
    let text = std::fs::read_to_string(root().join("schema/statements.schema.json")).expect("the schema");
    let page = page(&serde_json::from_str(&text).expect("JSON"));
    // What a statement has is on the page under its whole name.
    for name in ["`article.id`", "`statements[].speaker.party`", "`statements[].said_on.from`", "`rounds[].number`"] {
        assert!(page.contains(name), "{name}");
    }
    up_to_date("statements.md", &page);
}
