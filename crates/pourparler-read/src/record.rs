//! One record: bytes that are in memory as a whole, in one form, with one article or several.

use pourparler_text::Article;

use crate::export::{factiva, nexis};
use crate::problem::{ProblemKind, Report};
use crate::{
    Draft, InputKind, ReadArticle, ReadOptions, decode, docx, feed, furniture, html, json, language, mail, origin, pdf,
    plain,
};

/// Most bytes of one article's text: some ten times the longest that any newspaper prints.
const LARGEST: usize = 1 << 20;

/// The articles of a record.
pub(crate) fn read(bytes: &[u8], options: &ReadOptions, report: &mut Report<'_>) -> Vec<ReadArticle> {
    let mut articles = parse(bytes, options, report);
    let alone = articles.len() == 1;
    for article in articles.iter_mut().filter(|a| a.record.is_empty()) {
        article.record = match alone {
            true => bytes.to_vec(),
            // An article that cannot be cut out is its own record, written down.
            false => serde_json::to_vec(&article.article).unwrap_or_default(),
        };
    }
    articles
}

fn parse(bytes: &[u8], options: &ReadOptions, report: &mut Report<'_>) -> Vec<ReadArticle> {
    if bytes.starts_with(pdf::MAGIC) {
        let Some(text) = pdf::text(bytes, report) else { return Vec::new() };
        let (kind, drafts) = exported(&text, report)
            .unwrap_or_else(|| (InputKind::Pdf, vec![plain::read(text.clone(), options.published)]));
        return drafts.into_iter().filter_map(|d| finish(d, kind, "pdf", options, report)).collect();
    }
    if mail::looks_like(bytes) {
        let draft = mail::read(bytes, report);
        return draft.into_iter().filter_map(|d| finish(d, InputKind::Mail, "mail", options, report)).collect();
    }
    if docx::looks_like(bytes) {
        return document(bytes, options, report);
    }
    let Some(decoded) = decode::decode(bytes, options.charset.as_deref(), report) else { return Vec::new() };
    if decoded.text.trim().is_empty() {
        report.add(ProblemKind::Empty, None, "it holds no text; give an article");
        return Vec::new();
    }
    let decoding = decoded.decoding;
    let (kind, drafts) = if feed::looks_like(&decoded.text) {
        (InputKind::Feed, feed::read(&decoded.text, options.url.as_deref(), report))
    } else if json::looks_like(&decoded.text) {
        (InputKind::Json, json::read(&decoded.text, report))
    } else if let Some(found) = exported(&decoded.text, report) {
        found
    } else if html::looks_like(&decoded.text) {
        (InputKind::Html, html::read(decoded.text, report).into_iter().collect())
    } else if let Some(what) = decode::other_markup(&decoded.text) {
        report.add(
            ProblemKind::Unsupported,
            None,
            format!("it is {what}, which is not read; save its articles as text or HTML"),
        );
        return Vec::new();
    } else {
        (InputKind::Text, vec![plain::read(decoded.text.into_owned(), options.published)])
    };
    drafts.into_iter().filter_map(|draft| finish(draft, kind, &decoding, options, report)).collect()
}

/// The articles of a text that a database gave out; `None` where it is none.
fn exported(text: &str, report: &mut Report<'_>) -> Option<(InputKind, Vec<Draft>)> {
    if nexis::looks_like(text) {
        Some((InputKind::Nexis, nexis::read(text, report)))
    } else if factiva::looks_like(text) {
        Some((InputKind::Factiva, factiva::read(text, report)))
    } else {
        None
    }
}

/// The articles of a Word document: an export's, or the one that it is.
fn document(bytes: &[u8], options: &ReadOptions, report: &mut Report<'_>) -> Vec<ReadArticle> {
    let paragraphs = match docx::paragraphs(bytes) {
        Ok(paragraphs) => paragraphs,
        Err(reason) => {
            report.add(ProblemKind::Broken, None, reason);
            return Vec::new();
        }
    };
    if paragraphs.iter().all(|p| p.trim().is_empty()) {
        report.add(ProblemKind::Empty, None, "the Word document holds no text; give an article");
        return Vec::new();
    }
    let (kind, drafts) = match nexis::read_paragraphs(&paragraphs, report) {
        Some(drafts) => (InputKind::Nexis, drafts),
        None => {
            let text = paragraphs.join("\n");
            exported(&text, report)
                .unwrap_or_else(|| (InputKind::Text, vec![plain::read(text.clone(), options.published)]))
        }
    };
    drafts.into_iter().filter_map(|draft| finish(draft, kind, "docx", options, report)).collect()
}

/// An article with what can be told from its text; `None`, with a problem, where it is too large to be one.
pub(crate) fn finish(
    draft: Draft,
    kind: InputKind,
    decoding: &str,
    options: &ReadOptions,
    report: &mut Report<'_>,
) -> Option<ReadArticle> {
    let Draft { mut article, head, place, modified, record, kind: own } = draft;
    let size = article.text.as_str().len();
    if size > LARGEST {
        let reason = format!("its text has {:.1} MB, which no article has; cut it into articles", size as f64 / 1e6);
        report.add(ProblemKind::TooLarge, place, reason);
        return None;
    }
    article.published = article.published.or(options.published);
    article.url = article.url.or_else(|| options.url.clone());
    tell_language(&mut article, place, report);
    let find = if kind == InputKind::Html { furniture::find_in_story } else { furniture::find };
    let mut furniture = find(article.text.as_str());
    furniture.extend(head);
    furniture.sort();
    furniture.dedup();
    let origin = origin::origin(&article).map(str::to_owned);
    let (decoding, kind) = (decoding.to_owned(), own.unwrap_or(kind));
    let record = record.unwrap_or_default();
    Some(ReadArticle { article, furniture, decoding, kind, modified, origin, record })
}

fn tell_language(article: &mut Article, place: Option<String>, report: &mut Report<'_>) {
    let tag = article.language.get_or_insert_with(|| language::detect(article.text.as_str()).to_owned());
    if !language::is_english(tag) {
        let reason =
            format!("it is in {}; only English is read, so no statements are taken from it", language::name(tag));
        report.add(ProblemKind::OtherLanguage, place, reason);
    }
}
