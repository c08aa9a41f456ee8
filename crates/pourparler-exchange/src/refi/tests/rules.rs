//! The rules of the format for the elements that are used here: which attributes each has, and which children in which order.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// An element with what is in it.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    pub text: String,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// This element and all below.
    pub fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        all.extend(self.children.iter().flat_map(Self::all));
        all
    }
}

/// The root of a document that is well formed.
pub fn parse(xml: &str) -> Element {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().expect("it is well formed") {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => {
                let element = element(&start);
                open.last_mut().expect("the root is open").children.push(element);
            }
            Event::End(_) => {
                let element = open.pop().expect("it was opened");
                open.last_mut().expect("it is in another").children.push(element);
            }
            Event::Text(text) => open.last_mut().expect("it is in another").text += &text,
            Event::GeneralRef(name) => {
                let text = quick_xml::escape::unescape(&format!("&{};", &*name)).expect("it is known").into_owned();
                open.last_mut().expect("it is in another").text += &text;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let mut document = open.pop().expect("all others are closed");
    assert_eq!((open.len(), document.children.len()), (0, 1));
    document.children.remove(0)
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.expect("it is well formed");
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).expect("it is text");
        (attribute.key.as_ref().to_owned(), value.into_owned())
    });
    let attributes = attributes.collect();
    Element { name: start.name().as_ref().to_owned(), attributes, ..Element::default() }
}

/// What an attribute holds.
#[derive(Clone, Copy, PartialEq)]
enum Is {
    Guid,
    Text,
    Boolean,
    Integer,
    Time,
    Type,
    Colour,
}

use Is::{Boolean, Colour, Guid, Integer, Text, Time, Type};

/// Whether it has to be there.
const MUST: bool = true;
const MAY: bool = false;

/// An element: its attributes, and its children in their order with how many there have to be and may be.
struct Rule {
    name: &'static str,
    attributes: &'static [(&'static str, Is, bool)],
    children: &'static [(&'static str, usize, usize)],
}

const MANY: usize = usize::MAX;
const CHANGED: [(&str, Is, bool); 4] = [
    ("creatingUser", Guid, MAY),
    ("creationDateTime", Time, MAY),
    ("modifyingUser", Guid, MAY),
    ("modifiedDateTime", Time, MAY),
];
const TARGET: &[(&str, Is, bool)] = &[("targetGUID", Guid, MUST)];
const SELECTION: &[(&str, Is, bool)] = &[
    ("guid", Guid, MUST),
    ("name", Text, MAY),
    ("startPosition", Integer, MUST),
    ("endPosition", Integer, MUST),
    CHANGED[0],
    CHANGED[1],
    CHANGED[2],
    CHANGED[3],
];

const fn rule(
    name: &'static str,
    attributes: &'static [(&'static str, Is, bool)],
    children: &'static [(&'static str, usize, usize)],
) -> Rule {
    Rule { name, attributes, children }
}

const RULES: [Rule; 28] = [
    rule(
        "Project",
        &[
            ("name", Text, MUST),
            ("origin", Text, MAY),
            ("creatingUserGUID", Guid, MAY),
            ("creationDateTime", Time, MAY),
            ("modifyingUserGUID", Guid, MAY),
            ("modifiedDateTime", Time, MAY),
            ("basePath", Text, MAY),
        ],
        &[("Users", 0, 1), ("CodeBook", 0, 1), ("Variables", 0, 1), ("Cases", 0, 1), ("Sources", 0, 1)],
    ),
    rule("Users", &[], &[("User", 1, MANY)]),
    rule("User", &[("guid", Guid, MUST), ("name", Text, MAY), ("id", Text, MAY)], &[]),
    rule("CodeBook", &[("origin", Text, MAY)], &[("Codes", 1, 1)]),
    rule("Codes", &[], &[("Code", 1, MANY)]),
    rule(
        "Code",
        &[("guid", Guid, MUST), ("name", Text, MUST), ("isCodable", Boolean, MUST), ("color", Colour, MAY)],
        &[("Description", 0, 1), ("NoteRef", 0, MANY), ("Code", 0, MANY)],
    ),
    rule("Description", &[], &[]),
    rule("NoteRef", TARGET, &[]),
    rule("Variables", &[], &[("Variable", 1, MANY)]),
    rule(
        "Variable",
        &[("guid", Guid, MUST), ("name", Text, MUST), ("typeOfVariable", Type, MUST)],
        &[("Description", 0, 1)],
    ),
    rule("Cases", &[], &[("Case", 1, MANY)]),
    rule(
        "Case",
        &[("guid", Guid, MUST), ("name", Text, MAY)],
        &[
            ("Description", 0, 1),
            ("CodeRef", 0, MANY),
            ("VariableValue", 0, MANY),
            ("SourceRef", 0, MANY),
            ("SelectionRef", 0, MANY),
        ],
    ),
    rule(
        "VariableValue",
        &[],
        &[
            ("VariableRef", 1, 1),
            ("TextValue", 0, 1),
            ("BooleanValue", 0, 1),
            ("IntegerValue", 0, 1),
            ("FloatValue", 0, 1),
            ("DateValue", 0, 1),
            ("DateTimeValue", 0, 1),
        ],
    ),
    rule("VariableRef", TARGET, &[]),
    rule("TextValue", &[], &[]),
    rule("BooleanValue", &[], &[]),
    rule("IntegerValue", &[], &[]),
    rule("FloatValue", &[], &[]),
    rule("DateValue", &[], &[]),
    rule("DateTimeValue", &[], &[]),
    rule("CodeRef", TARGET, &[]),
    rule("SourceRef", TARGET, &[]),
    rule("SelectionRef", TARGET, &[]),
    rule("Sources", &[], &[("TextSource", 1, MANY)]),
    rule(
        "TextSource",
        &[
            ("guid", Guid, MUST),
            ("name", Text, MAY),
            ("richTextPath", Text, MAY),
            ("plainTextPath", Text, MAY),
            CHANGED[0],
            CHANGED[1],
            CHANGED[2],
            CHANGED[3],
        ],
        &[
            ("Description", 0, 1),
            ("PlainTextContent", 0, 1),
            ("PlainTextSelection", 0, MANY),
            ("Coding", 0, MANY),
            ("NoteRef", 0, MANY),
            ("VariableValue", 0, MANY),
        ],
    ),
    rule("PlainTextContent", &[], &[]),
    rule("PlainTextSelection", SELECTION, &[("Description", 0, 1), ("Coding", 0, MANY), ("NoteRef", 0, MANY)]),
    rule("Coding", &[("guid", Guid, MUST), CHANGED[0], CHANGED[1]], &[("CodeRef", 1, 1), ("NoteRef", 0, MANY)]),
];

fn keeps(value: &str, is: Is) -> bool {
    match is {
        Text => true,
        Boolean => ["true", "false", "0", "1"].contains(&value),
        Integer => value.parse::<i64>().is_ok(),
        Time => value.len() >= 19 && value.as_bytes()[10] == b'T',
        Type => ["Text", "Boolean", "Integer", "Float", "Date", "DateTime"].contains(&value),
        Colour => value.starts_with('#') && [4, 7].contains(&value.len()),
        Guid => {
            let bare = value.strip_prefix('{').and_then(|v| v.strip_suffix('}')).unwrap_or(value);
            let lengths: Vec<usize> = bare.split('-').map(str::len).collect();
            lengths == [8, 4, 4, 4, 12] && bare.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
        }
    }
}

/// What an element and those below break. `texts` are the text files of the project by their names.
pub fn violations(root: &Element, texts: &[(String, String)]) -> Vec<String> {
    let mut broken = Vec::new();
    let space = match root.name.as_str() {
        "Project" => "urn:QDA-XML:project:1.0",
        "CodeBook" => "urn:QDA-XML:codebook:1.0",
        other => return vec![format!("the root is {other}")],
    };
    if root.attribute("xmlns") != Some(space) {
        broken.push("the namespace is another".to_owned());
    }
    let all = root.all();
    for element in &all {
        shape(element, &mut broken);
    }
    targets(&all, &mut broken);
    for source in all.iter().filter(|e| e.name == "TextSource") {
        places(source, texts, &mut broken);
    }
    for value in all.iter().filter(|e| e.name == "DateValue") {
        if value.text.parse::<jiff::civil::Date>().is_err() || value.text.len() != 10 {
            broken.push(format!("{} is no day", value.text));
        }
    }
    broken
}

fn shape(element: &Element, broken: &mut Vec<String>) {
    let name = &element.name;
    let Some(rule) = RULES.iter().find(|rule| rule.name == name) else {
        broken.push(format!("{name} is not known"));
        return;
    };
    for (key, ..) in rule.attributes.iter().filter(|(.., must)| *must) {
        if element.attribute(key).is_none() {
            broken.push(format!("{name} lacks {key}"));
        }
    }
    for (key, value) in
        element.attributes.iter().filter(|(key, _)| !key.starts_with("xmlns") && !key.starts_with("xsi:"))
    {
        match rule.attributes.iter().find(|(known, ..)| known == key) {
            None => broken.push(format!("{name} has {key}")),
            Some((_, is, _)) if !keeps(value, *is) => broken.push(format!("{name}/{key} is {value}")),
            Some(_) => {}
        }
    }
    let mut rest = element.children.iter().map(|c| c.name.as_str()).peekable();
    for (child, least, most) in rule.children {
        let mut count = 0;
        while rest.next_if(|next| next == child).is_some() {
            count += 1;
        }
        if count < *least || count > *most {
            broken.push(format!("{name} has {count} of {child}"));
        }
    }
    if let Some(next) = rest.next() {
        broken.push(format!("{next} is not at its place in {name}"));
    }
    let holds_text = rule.children.is_empty();
    if !holds_text && !element.text.trim().is_empty() {
        broken.push(format!("{name} holds text"));
    }
}

/// GUIDs are given once, and what is pointed to is there and of the right kind.
fn targets(all: &[&Element], broken: &mut Vec<String>) {
    let mut guids = std::collections::HashMap::new();
    for element in all {
        if let Some(guid) = element.attribute("guid")
            && guids.insert(guid, element.name.as_str()).is_some()
        {
            broken.push(format!("{guid} is given twice"));
        }
    }
    let codable: Vec<_> = all.iter().filter(|e| e.attribute("isCodable") == Some("false")).collect();
    for element in all {
        let wanted = match element.name.as_str() {
            "CodeRef" => "Code",
            "VariableRef" => "Variable",
            "SourceRef" => "TextSource",
            "SelectionRef" => "PlainTextSelection",
            _ => "User",
        };
        let keys = ["targetGUID", "creatingUser", "modifyingUser", "creatingUserGUID", "modifyingUserGUID"];
        for guid in keys.iter().filter_map(|key| element.attribute(key)) {
            if guids.get(guid) != Some(&wanted) {
                broken.push(format!("{} points to {guid}, which is no {wanted}", element.name));
            }
            if element.name == "CodeRef" && codable.iter().any(|code| code.attribute("guid") == Some(guid)) {
                broken.push(format!("{guid} is coded and not codable"));
            }
        }
    }
}

/// Selections lie in their text.
fn places(source: &Element, texts: &[(String, String)], broken: &mut Vec<String>) {
    let within = source.children.iter().any(|c| c.name == "PlainTextContent");
    let Some(path) = source.attribute("plainTextPath").filter(|_| !within) else {
        broken.push("a source has no text, or two".to_owned());
        return;
    };
    let file = path.trim_start_matches("internal://");
    let Some((_, text)) = texts.iter().find(|(name, _)| name == file) else {
        broken.push(format!("{path} is not there"));
        return;
    };
    let length = text.chars().count();
    for selection in source.children.iter().filter(|c| c.name == "PlainTextSelection") {
        let at = |name| selection.attribute(name).and_then(|at| at.parse::<usize>().ok());
        match (at("startPosition"), at("endPosition")) {
            (Some(start), Some(end)) if start < end && end <= length => {}
            place => broken.push(format!("a selection at {place:?} in a text of {length}")),
        }
    }
}
