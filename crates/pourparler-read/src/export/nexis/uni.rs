//! The layout of Nexis Uni and Lexis Advance: headline, outlet, day, particulars, `Body`, the story, `End of Document`.

use super::super::markup::tidy;
use super::super::{Parts, byline, day, is_copyright, outlet, title, tongue};
use super::label::{self, Label};
use super::{compare, is_edition, trim};
use crate::Draft;
use crate::problem::Report;

/// Lines that end an article.
const ENDS: &[&str] = &[
    "end of document",
    "ende des dokuments",
    "ende des dokumentes",
    "dokumentende",
    "fin du document",
    "fin de document",
    "fin del documento",
    "fin de documento",
    "fine del documento",
    "fine documento",
    "fim do documento",
    "fim de documento",
    "einde van document",
    "einde van het document",
    "einde document",
    "文件结尾",
    "文档结尾",
];

/// Lines after which the story begins.
const BODIES: &[&str] = &[
    "body",
    "text",
    "full text",
    "haupttext",
    "textkörper",
    "volltext",
    "corps",
    "corps du texte",
    "texte",
    "cuerpo",
    "cuerpo del texto",
    "texto",
    "corpo",
    "corpo del testo",
    "corpo do texto",
    "testo",
    "tekst",
    "hoofdtekst",
    "正文",
];

/// Lines with which the particulars behind the story begin.
const TAILS: &[&str] = &[
    "graphic",
    "grafik",
    "graphique",
    "gráfico",
    "gráficos",
    "grafico",
    "afbeelding",
    "classification",
    "klassifizierung",
    "klassifikation",
    "clasificación",
    "classificazione",
    "classificação",
    "classificatie",
    "分类",
];

/// As [`TAILS`], but they may be headlines in the story too.
const DOUBTFUL_TAILS: &[&str] =
    &["notes", "correction", "correction appended", "korrektur", "anmerkungen", "bildunterschrift", "illustration"];

fn is_one(line: &str, of: &[&str]) -> bool {
    let line = line.trim();
    line.len() <= 40 && of.contains(&line.to_lowercase().trim_end_matches(':'))
}

/// Whether a text has ends of articles and their particulars.
pub(super) fn looks_like(text: &str) -> bool {
    let mut ended = false;
    let mut particular = false;
    for line in text.lines() {
        ended |= is_one(line, ENDS);
        particular |= is_one(line, BODIES)
            || line.len() < 200
                && matches!(label::of_any_case(line), Some((Label::Length | Label::Tail | Label::Head, _)));
        if ended && particular {
            return true;
        }
    }
    false
}

/// The articles.
pub(super) fn read<'a>(paragraphs: impl Iterator<Item = &'a str>, report: &mut Report<'_>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut announced = None;
    let mut finish = |open: &mut Vec<&str>, report: &mut Report<'_>| {
        let first = drafts.is_empty();
        if first {
            announced = open.iter().take(400).find_map(|line| documents(line));
        }
        if open.iter().any(|p| !p.trim().is_empty()) {
            let (parts, from) = article(open, first);
            drafts.push(parts.draft(format!("article {}", drafts.len() + 1), open[from..].join("\n"), report));
        }
        open.clear();
    };
    for paragraph in without_page_heads(paragraphs.collect()) {
        if is_one(paragraph, ENDS) {
            finish(&mut open, report);
        } else {
            open.push(paragraph);
        }
    }
    // What stands behind the last end is an article only if it looks like one.
    let cut_off = open.iter().any(|p| is_one(p, BODIES) || matches!(label::of_any_case(p), Some((Label::Length, _))));
    if cut_off {
        finish(&mut open, report);
    }
    compare(drafts.len(), announced, report);
    drafts
}

/// Paragraphs without what a printed page has at its head: `Page 2 of 3` and under it the headline over again.
fn without_page_heads(paragraphs: Vec<&str>) -> Vec<&str> {
    let is_head = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
        matches!(words.as_slice(), ["Page" | "Seite" | "Página" | "Pagina" | "Pagina's", n, "of" | "von" | "sur" | "de" | "di" | "van", m]
            if number(n) && number(m))
    };
    if !paragraphs.iter().any(|p| is_head(p)) {
        return paragraphs;
    }
    // A long headline is cut short there.
    let shown = |line: &str| line.trim().trim_end_matches(['.', '…', ' ']).to_owned();
    let again = |at: usize| {
        let title = shown(paragraphs[at]);
        let same = |(i, other): (usize, &&str)| i != at && other.trim().starts_with(title.as_str());
        title.len() >= 8 && paragraphs.iter().enumerate().any(same)
    };
    let mut out = Vec::with_capacity(paragraphs.len());
    let mut under_head = false;
    for (at, &paragraph) in paragraphs.iter().enumerate() {
        if is_head(paragraph) {
            under_head = true;
        } else if paragraph.trim().is_empty() || !std::mem::take(&mut under_head) || !again(at) {
            out.push(paragraph);
        }
    }
    out
}

/// The number on the cover sheet: `Documents (50)`.
fn documents(line: &str) -> Option<usize> {
    let (name, number) = line.trim().split_once('(')?;
    let name = name.trim().to_lowercase();
    let named = ["docum", "dokum", "文"].iter().any(|start| name.starts_with(start)) && !name.contains(' ');
    number.strip_suffix(')')?.trim().parse().ok().filter(|_| named)
}

/// An article from its paragraphs, and where it begins if a cover sheet stands before it.
fn article(paragraphs: &[&str], first: bool) -> (Parts, usize) {
    let mut parts = Parts::default();
    let begins = paragraphs.iter().position(|p| is_one(p, BODIES));
    let labelled = |p: &str| matches!(label::of_any_case(p), Some((label, _)) if label != Label::Unknown);
    let head_end = begins.unwrap_or_else(|| {
        let last = paragraphs.iter().take(40).rposition(|p| labelled(p) && !is_load_date(p));
        last.map_or(0, |at| at + 1)
    });
    let head = &paragraphs[..head_end];
    // The day is the last one above the particulars; a cover sheet has days too.
    let day_at = (0..head.len()).rev().find(|&i| {
        let line = tidy(head[i]);
        !is_copyright(&line)
            && !labelled(head[i])
            && line.split_whitespace().count() <= 20
            && day::find(&line).is_some()
    });
    let filled: Vec<usize> = (0..head.len()).filter(|&i| !head[i].trim().is_empty()).collect();
    let before = |limit: usize| filled.iter().copied().filter(move |&i| i < limit).rev();
    let cover = first && head.iter().any(|p| documents(p).is_some() || is_cover(p));
    let mut start = filled.first().copied().unwrap_or(0);
    match day_at {
        Some(at) => {
            parts.published = day::find(&tidy(head[at]));
            // An edition's name may stand between outlet and day.
            let mut above = before(at).skip_while(|&i| is_edition(&tidy(head[i])));
            parts.outlet = above.next().and_then(|i| outlet(&tidy(head[i])));
            let titles: Vec<usize> = above.collect();
            let titles = if cover { &titles[..titles.len().min(1)] } else { &titles[..] };
            start = titles.last().copied().unwrap_or(start);
            let whole = titles.iter().rev().map(|&i| tidy(head[i])).collect::<Vec<_>>().join(" ");
            parts.title = title(&whole);
        }
        None => {
            // Headline and outlet are the first two lines still, if no cover sheet hides them.
            let plain: Vec<usize> =
                filled.iter().copied().filter(|&i| !labelled(head[i]) && !is_copyright(&tidy(head[i]))).collect();
            if !cover && let [name, rest @ ..] = plain.as_slice() {
                parts.title = title(&tidy(head[*name]));
                parts.outlet = rest.first().and_then(|&i| outlet(&tidy(head[i])));
                parts.odd_day = rest.get(1).map(|&i| tidy(head[i]));
            }
        }
    }
    for paragraph in &head[day_at.map_or(0, |at| at + 1)..] {
        match label::among_labels(paragraph) {
            Some((Label::Byline, name)) => parts.byline = parts.byline.take().or_else(|| byline(&tidy(name))),
            Some((Label::Language, name)) => parts.language = tongue::tag(name).map(str::to_owned),
            Some((Label::Outlet, name)) => parts.outlet = parts.outlet.take().or_else(|| outlet(&tidy(name))),
            Some((Label::Published, line)) => parts.published = parts.published.or_else(|| day::find(line)),
            _ => {}
        }
    }
    let story = &paragraphs[head_end + usize::from(begins.is_some())..];
    let end = (0..story.len()).find(|&i| ends(story, i)).unwrap_or(story.len());
    parts.body = lines(&story[..end]);
    for paragraph in &story[end..] {
        if let Some((Label::Language, name)) = label::among_labels(paragraph) {
            parts.language = parts.language.take().or_else(|| tongue::tag(name).map(str::to_owned));
        }
    }
    trim(&mut parts.body);
    (parts, start)
}

/// Whether the particulars behind the story begin with this paragraph.
fn ends(story: &[&str], at: usize) -> bool {
    let paragraph = story[at];
    if is_one(paragraph, TAILS) || is_load_date(paragraph) {
        return true;
    }
    let mut filled = story[at + 1..].iter().filter(|p| !p.trim().is_empty()).take(8);
    let last = filled.clone().count() < 4;
    let mut more = || last || filled.any(|p| is_one(p, TAILS) || is_load_date(p));
    if is_one(paragraph, DOUBTFUL_TAILS) {
        return more();
    }
    matches!(label::of_any_case(paragraph), Some((Label::Tail | Label::Language, rest)) if rest.starts_with('\u{a0}'))
        && more()
}

fn is_load_date(paragraph: &str) -> bool {
    matches!(paragraph.trim().split_once(':'), Some((name, _)) if name.trim().eq_ignore_ascii_case("load-date"))
}

/// Whether a line is of a cover sheet.
fn is_cover(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    ["job number:", "client/matter:", "search terms:", "search type:", "user name:", "auftragsnummer:", "suchbegriffe:"]
        .iter()
        .any(|start| line.starts_with(start))
}

/// The lines of a story, each a paragraph; a break inside a paragraph of a Word document divides it.
fn lines(paragraphs: &[&str]) -> Vec<String> {
    paragraphs.iter().flat_map(|p| p.lines()).map(tidy).filter(|line| !line.is_empty()).collect()
}
