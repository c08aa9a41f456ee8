//! The types: layers of our own by the names that INCEpTION gives to custom layers, and what we use of DKPro Core's.

use quick_xml::escape::escape;
use serde_json::{Map, Value, json};

pub(super) const SOURCE: &str = "webanno.custom.Source";
pub(super) const CUE: &str = "webanno.custom.Cue";
pub(super) const CONTENT: &str = "webanno.custom.Content";
pub(super) const MANNER: &str = "webanno.custom.Manner";
pub(super) const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
pub(super) const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
pub(super) const META: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
pub(super) const FIELD: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.MetaDataStringField";

const ANNOTATION: &str = "uima.tcas.Annotation";
const TEXT: &str = "uima.cas.String";
const TEXTS: &str = "uima.cas.String[]";

/// A type: its name, what it extends, what it is, and its features with their ranges.
struct Type {
    name: &'static str,
    extends: &'static str,
    about: &'static str,
    features: &'static [(&'static str, &'static str)],
}

/// A link of INCEpTION: exactly a role and a target.
macro_rules! link {
    ($name:literal, $target:expr) => {
        Type {
            name: concat!("webanno.custom.Content", $name, "Link"),
            extends: "uima.cas.TOP",
            about: "",
            features: &[("role", TEXT), ("target", $target)],
        }
    };
}

/// Layers of our own.
const OURS: &[Type] = &[
    Type {
        name: SOURCE,
        extends: ANNOTATION,
        about: "The words that name who speaks.",
        features: &[("statementId", TEXT)],
    },
    Type {
        name: CUE,
        extends: ANNOTATION,
        about: "The words that make it an attribution.",
        features: &[("statementId", TEXT)],
    },
    Type {
        name: MANNER,
        extends: ANNOTATION,
        about: "A condition, a reason or a hedge inside what is said.",
        features: &[("statementId", TEXT), ("kind", TEXT)],
    },
    link!("Sources", SOURCE),
    link!("Cues", CUE),
    link!("Pieces", CONTENT),
    link!("Manner", MANNER),
    link!("RelayedBy", CONTENT),
    Type {
        name: CONTENT,
        extends: ANNOTATION,
        about: "What is said. The first piece of a statement carries its particulars.",
        features: &[
            ("statementId", TEXT),
            ("speaker", TEXT),
            ("speakerKind", TEXT),
            ("role", TEXT),
            ("party", TEXT),
            ("quotation", TEXT),
            ("act", TEXT),
            ("positions", TEXTS),
            ("via", TEXTS),
            ("saidFrom", TEXT),
            ("saidTo", TEXT),
            ("saidWords", TEXT),
            ("firmness", TEXT),
            ("addressee", TEXT),
            ("dueFrom", TEXT),
            ("dueTo", TEXT),
            ("dueWords", TEXT),
            ("confidence", "uima.cas.Float"),
            ("madeBy", TEXT),
            ("madeByName", TEXT),
            ("sources", "webanno.custom.ContentSourcesLink[]"),
            ("cues", "webanno.custom.ContentCuesLink[]"),
            ("pieces", "webanno.custom.ContentPiecesLink[]"),
            ("manner", "webanno.custom.ContentMannerLink[]"),
            ("relayedBy", "webanno.custom.ContentRelayedByLink[]"),
        ],
    },
];

/// Types that INCEpTION has, with the features that we fill.
const DKPRO: &[Type] = &[
    Type { name: SENTENCE, extends: ANNOTATION, about: "", features: &[("id", TEXT)] },
    Type { name: TOKEN, extends: ANNOTATION, about: "", features: &[("id", TEXT)] },
    Type { name: FIELD, extends: ANNOTATION, about: "", features: &[("key", TEXT), ("value", TEXT)] },
    Type {
        name: META,
        extends: "uima.tcas.DocumentAnnotation",
        about: "",
        features: &[
            ("documentTitle", TEXT),
            ("documentId", TEXT),
            ("documentUri", TEXT),
            ("isLastSegment", "uima.cas.Boolean"),
        ],
    },
];

/// All types, as a file of CAS in JSON declares them.
pub(super) fn json() -> Value {
    let all = DKPRO.iter().chain(OURS).map(|kind| {
        let mut declared = Map::new();
        declared.insert("%NAME".to_owned(), json!(kind.name));
        declared.insert("%SUPER_TYPE".to_owned(), json!(kind.extends));
        for (name, range) in kind.features {
            declared.insert((*name).to_owned(), json!({ "%NAME": name, "%RANGE": range }));
        }
        (kind.name.to_owned(), Value::Object(declared))
    });
    Value::Object(all.collect())
}

/// Our layers, as a type system of UIMA.
pub(super) fn xml() -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n<types>\n",
    );
    for Type { name, extends, about, features } in OURS {
        out.push_str(&format!(
            "<typeDescription><name>{name}</name><description>{}</description>\
             <supertypeName>{extends}</supertypeName>\n <features>\n",
            escape(*about)
        ));
        for (name, range) in *features {
            let range = match range.strip_suffix("[]") {
                Some(TEXT) => "<rangeTypeName>uima.cas.StringArray</rangeTypeName>".to_owned(),
                Some(of) => {
                    format!("<rangeTypeName>uima.cas.FSArray</rangeTypeName><elementType>{of}</elementType>")
                }
                None => format!("<rangeTypeName>{range}</rangeTypeName>"),
            };
            let feature = format!("<name>{name}</name><description/>{range}");
            out.push_str(&format!("  <featureDescription>{feature}</featureDescription>\n"));
        }
        out.push_str(" </features>\n</typeDescription>\n");
    }
    out.push_str("</types>\n</typeSystemDescription>\n");
    out
}
