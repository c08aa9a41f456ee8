//! Reads saved pages and writes what was read of each, as JSON: `extract [--unpack] PAGE.html.gz...`.
//!
//! The name of a page without its endings is its id. Of each page, the body without page furniture, the whole text
//! and the particulars are written. With `--unpack` pages are only unpacked, to tell what of the time that is.

use std::path::Path;
use std::{env, fs, io};

use flate2::read::GzDecoder;
use pourparler_read::{ReadArticle, ReadOptions, read};
use serde_json::{Map, Value, json};

fn main() -> io::Result<()> {
    let mut paths: Vec<String> = env::args().skip(1).collect();
    let only_unpack = paths.first().is_some_and(|a| a == "--unpack");
    if only_unpack {
        paths.remove(0);
    }
    let mut out = Map::new();
    for path in &paths {
        let mut page = Vec::new();
        io::Read::read_to_end(&mut GzDecoder::new(fs::File::open(path)?), &mut page)?;
        if only_unpack {
            continue;
        }
        let reading = read(&page, path, &ReadOptions::default());
        let name = Path::new(path).file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let id = name.split('.').next().unwrap_or(&name);
        let problems: Vec<_> = reading.problems.iter().map(ToString::to_string).collect();
        let mut page = reading.articles.first().map_or_else(|| json!({ "articleBody": "" }), shown);
        page["problems"] = json!(problems);
        out.insert(id.to_owned(), page);
    }
    println!("{}", Value::Object(out));
    Ok(())
}

fn shown(one: &ReadArticle) -> Value {
    let article = &one.article;
    let text = article.text.as_str();
    let day = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string());
    let mut body = String::new();
    let mut at = 0;
    for span in &one.furniture {
        body.push_str(&text[at..span.start.max(at)]);
        at = span.end;
    }
    body.push_str(&text[at..]);
    let furniture: Vec<_> = one.furniture.iter().map(|&span| article.text.get(span)).collect();
    json!({
        "articleBody": body,
        "text": text,
        "furniture": furniture,
        "title": article.title,
        "byline": article.byline,
        "outlet": article.outlet,
        "published": day(article.published),
        "modified": day(one.modified),
        "language": article.language,
        "url": article.url,
        "decoding": one.decoding,
    })
}
