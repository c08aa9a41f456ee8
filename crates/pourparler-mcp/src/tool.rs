//! What a tool is, and how a call of one is answered.

use std::sync::Arc;

use rmcp::handler::server::common::{schema_for_input, schema_for_output};
use rmcp::model::{CallToolResult, ContentBlock, JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::record::{Desk, Record};
use crate::refusal::Refusal;

/// A call of a tool: its fields are the arguments.
pub trait Call: DeserializeOwned + JsonSchema + 'static {
    /// What the call is answered with.
    type Answer: Answer;
    /// The tool's name.
    const NAME: &'static str;
    /// Its name for people.
    const TITLE: &'static str;
    /// What it does, for the assistant.
    const DESCRIPTION: &'static str;

    /// Answers from the record.
    ///
    /// # Errors
    /// Where an argument cannot be used or the ledger fails.
    fn answer(self, record: &Record<'_>) -> Result<Self::Answer, Refusal>;
}

/// An answer: structured by its fields, and as text.
pub trait Answer: Serialize + JsonSchema + 'static {
    /// The answer in words. Whatever comes from an article is [tame](pourparler_text::tame) in it.
    fn text(&self) -> String;
}

/// A tool, ready to be listed and called.
pub struct Offered {
    /// Its description in the protocol's terms.
    pub tool: Tool,
    /// Answers a call.
    pub call: fn(&Desk, JsonObject) -> CallToolResult,
}

impl Offered {
    /// The tool that is called by these calls.
    pub fn of<C: Call>() -> Self {
        let annotations = ToolAnnotations::new().read_only(true).destructive(false).idempotent(true).open_world(false);
        let mut input = tidied((*schema_for_input::<C>().unwrap_or_default()).clone());
        input.entry("properties").or_insert_with(|| Value::Object(JsonObject::new()));
        let output = tidied((*schema_for_output::<C::Answer>()).clone());
        let tool = Tool::new(C::NAME, C::DESCRIPTION, Arc::new(input))
            .with_title(C::TITLE)
            .with_raw_output_schema(Arc::new(output))
            .with_annotations(annotations);
        Self { tool, call: answered::<C> }
    }
}

/// A schema without what is of no use to anybody and some clients cannot read: that what may be absent may be null, and how wide
/// a number is in this program.
fn tidied(mut schema: JsonObject) -> JsonObject {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|t| t != "null");
        if let [one] = types.as_slice() {
            let one = one.clone();
            schema.insert("type".to_owned(), one);
        }
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.retain(|w| !w.is_null());
    }
    if schema
        .get("format")
        .and_then(Value::as_str)
        .is_some_and(|f| f.starts_with("uint") || f.starts_with("int") || f == "double")
    {
        schema.remove("format");
    }
    for value in schema.values_mut() {
        if let Value::Object(inner) = value {
            *inner = tidied(std::mem::take(inner));
        }
    }
    schema
}

fn answered<C: Call>(desk: &Desk, arguments: JsonObject) -> CallToolResult {
    let answer = arguments_of::<C>(arguments).and_then(|call| call.answer(&Record::open(desk)?));
    let written = answer.and_then(|answer| {
        let value = serde_json::to_value(&answer).map_err(|e| Refusal::Arguments(format!("no answer: {e}")))?;
        Ok((answer.text(), value))
    });
    match written {
        Ok((text, value)) => {
            let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
            result.structured_content = Some(value);
            result
        }
        Err(refusal) => CallToolResult::error(vec![ContentBlock::text(refusal.to_string())]),
    }
}

/// Reads arguments. The message of one that cannot be read begins with its name.
fn arguments_of<C: Call>(arguments: JsonObject) -> Result<C, Refusal> {
    serde_json::from_value(Value::Object(arguments.clone())).map_err(|error: serde_json::Error| {
        let problem = error.to_string();
        // Alone, the argument that is at fault is refused in the same words, before it is seen that others are missing.
        let at_fault = arguments.into_iter().find_map(|(name, value)| {
            let alone = JsonObject::from_iter([(name.clone(), value)]);
            let same = serde_json::from_value::<C>(Value::Object(alone)).is_err_and(|e| e.to_string() == problem);
            same.then_some(name)
        });
        let named = at_fault.filter(|_| !problem.starts_with("missing field") && !problem.starts_with("unknown field"));
        let told = named.map_or_else(|| problem.clone(), |name| format!("{name}: {problem}"));
        Refusal::Arguments(told.replace("field `", "argument `"))
    })
}
