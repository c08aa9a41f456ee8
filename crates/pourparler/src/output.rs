//! Statements in print: a table to read, rows of CSV.

use std::io::{Result, Write};

use comfy_table::{Attribute, Cell, ColumnConstraint, ContentArrangement, Table, Width, presets};
use pourparler_brief::{Answer, Ask, COLUMNS as ROWS, Cited, Matrix, cells};
use pourparler_ledger::{Actor, Alpha, CopyGroup, Field};
pub use pourparler_text::tame;
use pourparler_text::{ArticleStatements, CodePoint, Entry, Stance, Statement};

/// So many characters of a content are shown in a table.
const SHOWN: usize = 300;

fn new_table(head: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if table.width().is_none() {
        table.set_width(120);
    }
    table.set_header(head.iter().map(|h| Cell::new(h).add_attribute(Attribute::Bold)));
    table
}

fn shortened(text: &str) -> String {
    let text = tame(text);
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn speaker(s: &Statement<CodePoint>) -> String {
    let name = s.speaker.name.as_deref().unwrap_or("(unattributed)");
    let mut lines =
        vec![tame(&[Some(name), s.speaker.role.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", "))];
    if !s.via.is_empty() {
        lines.push(tame(&format!("through {}", s.via.join(", "))));
    }
    lines.join("\n")
}

fn day(s: &Statement<CodePoint>) -> String {
    match &s.said_on {
        None => String::new(),
        Some(d) if d.from == d.to => d.from.to_string(),
        Some(d) => format!("{} to {}", d.from, d.to),
    }
}

fn issues(s: &Statement<CodePoint>) -> String {
    s.positions.iter().map(|p| format!("{}: {}", p.issue, p.stance)).collect::<Vec<_>>().join("\n")
}

fn row(s: &Statement<CodePoint>, content: &str) -> Vec<String> {
    vec![
        speaker(s),
        s.speaker.party.as_deref().map(tame).unwrap_or_default(),
        day(s),
        format!("{}\n{}", s.act, s.quotation),
        issues(s),
        shortened(content),
        s.confidence.map_or_else(String::new, |c| format!("{c:.2}")),
    ]
}

const COLUMNS: [&str; 7] = ["speaker", "for", "said on", "act", "issues", "content", "score"];

/// Actors in a table.
pub fn actors(out: &mut impl Write, actors: &[&Actor]) -> Result<()> {
    let mut table = new_table(&["id", "actor", "for", "offices", "names", "articles", "statements"]);
    for actor in actors {
        let list = |values: &[String]| values.iter().map(|v| tame(v)).collect::<Vec<_>>().join("\n");
        table.add_row(vec![
            format!("{}{}", actor.id, if actor.decided { " *" } else { "" }),
            tame(&actor.name),
            tame(actor.party.as_deref().unwrap_or_default()),
            list(&actor.roles),
            list(&actor.names),
            actor.articles.len().to_string(),
            actor.statements.to_string(),
        ]);
    }
    writeln!(out, "{table}")?;
    match actors.iter().any(|a| a.decided) {
        true => writeln!(out, "* by human decision"),
        false => Ok(()),
    }
}

/// A group of articles of one text: the first stored first, each with what it is to which other.
pub fn copies(out: &mut impl Write, group: &CopyGroup) -> Result<()> {
    let mut table = new_table(&["article", "outlet", "published", "from", "headline", "is"]);
    for article in &group.articles {
        let text = |value: &Option<String>| value.as_deref().map(shortened).unwrap_or_default();
        let kin = article.kin.as_ref().map_or_else(
            || "first".to_owned(),
            |k| format!("{} of {} ({:.0}%)", k.kinship, tame(&k.of), k.score * 100.0),
        );
        let seen =
            if article.appearances > 1 { format!(", seen {} times", article.appearances) } else { String::new() };
        table.add_row(vec![
            tame(&article.id),
            text(&article.outlet),
            article.published.map(|d| d.to_string()).unwrap_or_default(),
            text(&article.origin),
            text(&article.title),
            format!("{kin}{seen}"),
        ]);
    }
    writeln!(out, "{table}\n")
}

/// How far reviewers agree, by field.
pub fn agreement(out: &mut impl Write, found: &[(Field, Alpha)]) -> Result<()> {
    let mut table = new_table(&["field", "alpha (nominal)", "places", "values"]);
    for (field, alpha) in found {
        let value = match alpha.value {
            Some(value) => format!("{value:.3}"),
            None if alpha.units == 0 => "no place with two values".to_owned(),
            None => "not defined: all values are the same".to_owned(),
        };
        table.add_row([field.as_str().to_owned(), value, alpha.units.to_string(), alpha.values.to_string()]);
    }
    writeln!(out, "{table}")
}

fn statement_table() -> Table {
    let mut table = new_table(&COLUMNS);
    let widths = [(0, 26), (1, 14), (2, 11), (3, 12), (4, 24)];
    for (column, width) in widths {
        if let Some(column) = table.column_mut(column) {
            column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(width)));
        }
    }
    table
}

/// So many lines of page furniture are shown of an article, and so many characters of each.
const FURNITURE: (usize, usize) = (6, 50);

/// The lines of an article that were left out as page furniture, so that a reader sees what was not read.
fn left_out(lines: &[&str]) -> String {
    let (most, longest) = FURNITURE;
    let shown = lines.iter().take(most).map(|line| match line.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => (*line).to_owned(),
    });
    let shown = shown.collect::<Vec<_>>().join(" | ");
    let more = if lines.len() > most { format!(" | and {} more", lines.len() - most) } else { String::new() };
    format!("left out as page furniture: {shown}{more}")
}

/// One article's statements as a table under its particulars, and the lines of page furniture that were left out.
pub fn table(out: &mut impl Write, found: &ArticleStatements, furniture: &[&str]) -> Result<()> {
    let article = &found.article;
    let published = article.published.map(|d| d.to_string());
    let head = [article.outlet.as_deref(), published.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    writeln!(out, "{}", tame(article.title.as_deref().unwrap_or(&article.id)))?;
    writeln!(out, "{}{}{} statements", tame(&head), if head.is_empty() { "" } else { " · " }, found.statements.len())?;
    if !found.statements.is_empty() {
        let mut table = statement_table();
        for entry in found.entries() {
            table.add_row(row(&entry.statement, &entry.content));
        }
        writeln!(out, "{table}")?;
    }
    if !furniture.is_empty() {
        writeln!(out, "{}", tame(&left_out(furniture)))?;
    }
    writeln!(out)
}

/// Lines of the record as a table.
pub fn entries(out: &mut impl Write, entries: &[Entry]) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let mut table = statement_table();
    for entry in entries {
        let from = [entry.outlet.as_deref().map(str::to_owned), entry.published.map(|d| d.to_string())];
        let from = from.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let mut row = row(&entry.statement, &entry.content);
        row[5] = format!("{}\n({})\n{}/{}", row[5], tame(&from), tame(&entry.article), tame(&entry.statement.id));
        table.add_row(row);
    }
    writeln!(out, "{table}\n{} statements", entries.len())
}

/// Parties by issues: issues down, parties across.
pub fn matrix(out: &mut impl Write, matrix: &Matrix) -> Result<()> {
    let mut head = vec!["issue"];
    head.extend(matrix.rows.iter().map(|r| r.party.as_str()));
    let mut table = new_table(&head);
    for (at, issue) in matrix.issues.iter().enumerate() {
        let mut row = vec![issue.id.clone()];
        for party in &matrix.rows {
            row.push(match party.cells.get(at).and_then(Option::as_ref) {
                None => "silent".into(),
                Some(cell) => {
                    let day = cell.day.map_or_else(|| "undated".into(), |d| d.to_string());
                    format!("{} {}\n{day} · {}", sign(cell.stance), cell.stance, cell.count())
                }
            });
        }
        table.add_row(row);
    }
    writeln!(out, "{table}\nEach cell: latest stance, its day, number of statements. `silent`: has not spoken on it.")
}

/// An answer: its rows, each with the sentence that weighs most, and what it rests on.
pub fn answer(out: &mut impl Write, ask: &Ask, answer: &Answer, all: usize) -> Result<()> {
    writeln!(out, "{}", answer.question)?;
    let cited = answer.rows.iter().any(|r| !r.statements.is_empty());
    let mut head = answer.columns.clone();
    if cited {
        head.push("rests on");
    }
    let mut table = new_table(&head);
    // The sentence is what a reader checks: it gets the room of three cells.
    if let Some(column) = table.column_mut(answer.columns.len()) {
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Percentage(36)));
    }
    for row in &answer.rows {
        let mut cells: Vec<String> = row.cells.iter().map(|c| shortened(c)).collect();
        if let Some(first) = row.statements.first().and_then(|n| ask.statement(*n)) {
            cells.push(evidence(first, row.statements.len()));
        } else if cited {
            cells.push(String::new());
        }
        table.add_row(cells);
    }
    if !answer.rows.is_empty() {
        writeln!(out, "{table}")?;
    }
    let basis = &answer.basis;
    let days = basis.days.map_or_else(|| "no day known".to_owned(), |(from, to)| format!("{from} to {to}"));
    let score = basis.score.map_or_else(String::new, |s| format!(", mean score {s:.2}"));
    writeln!(
        out,
        "{} of {all} rows; from {} statements, {} outlets, {days}{score}, {:.0}% not reviewed",
        answer.rows.len(),
        basis.statements,
        basis.outlets,
        basis.unreviewed * 100.0
    )
}

/// A statement as a table cites it: where, when, who, in which sentence, how sure, and how many more there are.
fn evidence(cited: &Cited, all: usize) -> String {
    let entry = &cited.entry;
    let day = cited.day.map_or_else(|| "undated".to_owned(), |d| d.to_string());
    let outlet = entry.outlet.as_deref().unwrap_or("no outlet");
    let score = entry.statement.confidence.map_or_else(|| "reviewed".to_owned(), |c| format!("{c:.2}"));
    let more = if all > 1 { format!("; {} more", all - 1) } else { String::new() };
    let sentence = shortened(&entry.sentence);
    format!(
        "{sentence}\n({}, {day}, {score}{more})\n{}/{}",
        tame(outlet),
        tame(&entry.article),
        tame(&entry.statement.id)
    )
}

fn sign(stance: Stance) -> char {
    match stance {
        Stance::Supports => '✓',
        Stance::Opposes => '✗',
        Stance::Conditional | Stance::Open => '◐',
        Stance::Unclear => '—',
    }
}

/// Rows of CSV, with one head line before the first.
#[derive(Default)]
pub struct Csv {
    begun: bool,
}

impl Csv {
    /// Writes lines of the record.
    pub fn write(&mut self, out: &mut impl Write, entries: &[Entry]) -> Result<()> {
        let mut csv = csv::Writer::from_writer(out);
        if !self.begun {
            csv.write_record(ROWS)?;
            self.begun = true;
        }
        for entry in entries {
            csv.write_record(cells(entry))?;
        }
        csv.flush()
    }
}
