//! Gold and predicted statements from files: whole statement files, or stand-off ones that name their article by its id
//! and the hash of its text.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use pourparler_intake::files;
use pourparler_text::{Article, ArticleStatements, CodePoint, Statement, sha256_hex};
use serde::Deserialize;

use crate::commands::Usage;
use crate::terminal::Terminal;

/// One object of a statement file. A stand-off file has the hash of the text in place of the text.
#[derive(Deserialize)]
struct Object {
    article: serde_json::Map<String, serde_json::Value>,
    statements: Vec<Statement<CodePoint>>,
}

/// Article objects as the texts of stand-off gold, by id.
#[derive(Default)]
pub struct Texts(HashMap<String, Article>);

impl Texts {
    /// Reads articles as JSON objects, one or many a file; what has no id or no text is passed over.
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn load(sources: &[PathBuf]) -> anyhow::Result<Self> {
        let mut out = HashMap::new();
        for path in files(sources, &Terminal::without_bar()) {
            let name = path.display();
            let text = std::fs::read_to_string(&path).map_err(|e| Usage(format!("{name}: {e}")))?;
            for value in serde_json::Deserializer::from_str(&text).into_iter::<serde_json::Value>() {
                let value = value.map_err(|e| Usage(format!("{name}: {e}")))?;
                let value = value.get("article").cloned().unwrap_or(value);
                if let Ok(article) = serde_json::from_value::<Article>(value) {
                    out.insert(article.id.clone(), article);
                }
            }
        }
        Ok(Self(out))
    }
}

/// Statement files of one side, gold or predicted.
pub struct Statements {
    /// The articles with their statements, by id.
    pub articles: BTreeMap<String, ArticleStatements>,
    /// What had to be left out: which article, and why.
    pub problems: Vec<String>,
}

/// Reads statement files: a file or a folder, one object a file or many.
///
/// # Errors
/// Where a file cannot be read or is none.
pub fn load(source: &Path, texts: &Texts) -> anyhow::Result<Statements> {
    let mut out = Statements { articles: BTreeMap::new(), problems: Vec::new() };
    for path in files(&[source.to_owned()], &Terminal::without_bar()) {
        let name = path.display();
        let text = std::fs::read_to_string(&path).map_err(|e| Usage(format!("{name}: {e}")))?;
        for object in serde_json::Deserializer::from_str(&text).into_iter::<Object>() {
            let object = object.map_err(|e| Usage(format!("{name}: this is no statement file: {e}")))?;
            match article(object.article, texts) {
                Ok(article) => {
                    let id = article.id.clone();
                    out.articles.insert(id, ArticleStatements::new(article, object.statements));
                }
                Err(problem) => out.problems.push(format!("{name}: {problem}")),
            }
        }
    }
    Ok(out)
}

fn article(object: serde_json::Map<String, serde_json::Value>, texts: &Texts) -> Result<Article, String> {
    if object.contains_key("text") {
        return serde_json::from_value(object.into()).map_err(|e| format!("a broken article: {e}"));
    }
    let string = |key: &str| object.get(key).and_then(serde_json::Value::as_str);
    let id = string("id").ok_or("an article without id")?;
    let article = texts
        .0
        .get(id)
        .ok_or_else(|| format!("{id}: the text is not here; give the file that holds its article with --articles"))?;
    let found = sha256_hex(article.text.as_str().as_bytes());
    match string("sha256") {
        Some(sha256) if sha256 == found => Ok(article.clone()),
        Some(_) => Err(format!("{id}: the text is not the one that was annotated: its SHA-256 is {found}")),
        None => Err(format!("{id}: neither `text` nor `sha256`")),
    }
}
