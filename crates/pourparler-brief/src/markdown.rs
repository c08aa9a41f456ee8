//! The brief in Markdown that also reads well on a terminal.

use std::fmt::Write as _;

use pourparler_text::Stance;

use crate::words::{DOUBTFUL, answered, decided, long, meaning, party, plain, said, sign, who, who_for};
use crate::{Brief, Cell, Cited};

/// So many parties have a column in the matrix; the others are listed under it.
const COLUMNS: usize = 5;
/// So many statements of a list are quoted; of the others only the numbers are given.
const QUOTED: usize = 8;

/// Writes the brief as Markdown.
#[must_use]
pub fn to_markdown(brief: &Brief) -> String {
    let mut out = findings_to_markdown(brief);
    statements(&mut out, brief);
    out
}

/// Writes what the brief says, without the list of statements at its end: for whoever shows the statements in another way.
#[must_use]
pub fn findings_to_markdown(brief: &Brief) -> String {
    let mut out = String::new();
    line(&mut out, &format!("# {}\n", escape(&brief.title)));
    line(&mut out, &format!("{}\n", brief.extent()));
    if brief.statements.is_empty() {
        line(&mut out, "No statements were found, so there is nothing to say about where anybody stands.\n");
    } else {
        for section in [positions, moved, distances, new, conditions, claims, commitments, rounds, talk_days, speakers]
        {
            section(&mut out, brief);
        }
    }
    gaps(&mut out, brief);
    out
}

// Writing to a String cannot fail, so its result is not looked at here or below.
fn line(out: &mut String, text: &str) {
    let _ = writeln!(out, "{text}");
}

fn heading(out: &mut String, text: &str) {
    let _ = writeln!(out, "## {text}\n");
}

/// Text from an article as Markdown that shows just that text.
fn escape(text: &str) -> String {
    let mut out = String::new();
    let mut number = true;
    for c in plain(text).chars() {
        // At the start of a line these begin a list, numbered or not, or underline a heading.
        let begins =
            number && (matches!(c, '.' | ')') && !out.is_empty() || out.is_empty() && matches!(c, '-' | '+' | '='));
        number &= c.is_ascii_digit();
        if begins || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// `[1][2]`.
fn cites(numbers: &[usize]) -> String {
    numbers.iter().map(|n| format!("[{n}]")).collect()
}

fn positions(out: &mut String, brief: &Brief) {
    heading(out, "Where they stand");
    let (shown, others) = brief.matrix.rows.split_at(brief.matrix.rows.len().min(COLUMNS));
    if shown.is_empty() {
        line(out, "No statement has both a party and an issue.\n");
        return;
    }
    let mut table = vec![vec![String::new()]];
    table[0].extend(shown.iter().map(|r| escape(&r.party)));
    for (group, columns) in brief.groups() {
        if !group.is_empty() {
            let mut row = vec![format!("**{}**", escape(group))];
            row.resize(shown.len() + 1, String::new());
            table.push(row);
        }
        for column in columns {
            let issue = &brief.matrix.issues[column].id;
            let mut row = vec![escape(brief.label(issue))];
            row.extend(shown.iter().map(|r| match &r.cells[column] {
                Some(held) => cell(brief, issue, held),
                None => "*silent*".to_owned(),
            }));
            table.push(row);
        }
    }
    write_table(out, &table);
    for row in others {
        let held = brief.matrix.issues.iter().zip(&row.cells).filter_map(|(column, c)| {
            c.as_ref().map(|c| format!("{} {}", escape(brief.label(&column.id)), cell(brief, &column.id, c)))
        });
        let _ = writeln!(out, "- **{}**: {}", escape(&row.party), held.collect::<Vec<_>>().join("; "));
    }
    if !others.is_empty() {
        out.push('\n');
    }
    let legend = Stance::ALL.iter().map(|&s| format!("{} {}", sign(s), meaning(s))).collect::<Vec<_>>();
    let _ = writeln!(out, "{} · *silent*: has not spoken on it in this record\n", legend.join(" · "));
}

fn cell(brief: &Brief, issue: &str, cell: &Cell) -> String {
    let mut text = format!("{} {}", sign(cell.stance), cites(&cell.statements));
    if !cell.dissent.is_empty() {
        text.push_str(", but");
        for (stance, numbers) in brief.by_stance(issue, &cell.dissent) {
            let _ = write!(text, " {} {}", sign(stance), cites(&numbers));
        }
    }
    text
}

/// Writes a table whose columns are as wide as their widest cell, and no wider.
fn write_table(out: &mut String, rows: &[Vec<String>]) {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |i: usize| rows.iter().filter_map(|r| r.get(i)).map(|c| c.chars().count()).max().unwrap_or(0).max(3);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for (i, row) in rows.iter().enumerate() {
        for (cell, &width) in row.iter().zip(&widths) {
            let _ = write!(out, "| {cell:width$} ");
        }
        out.push_str("|\n");
        if i == 0 {
            for width in &widths {
                let _ = write!(out, "|{}", "-".repeat(width + 2));
            }
            out.push_str("|\n");
        }
    }
    out.push('\n');
}

fn moved(out: &mut String, brief: &Brief) {
    if brief.moves.is_empty() {
        return;
    }
    heading(out, "What moved");
    for (i, m) in brief.moves.iter().enumerate() {
        if !m.is_firm() && (i == 0 || brief.moves[i - 1].is_firm()) {
            line(out, &format!("{}{DOUBTFUL}:\n", if i > 0 { "\n" } else { "" }));
        }
        let first = m.after.first().and_then(|n| brief.statement(*n));
        let _ = write!(
            out,
            "- **{}, {}**, {}: {} {} {} → {} {} {}",
            escape(brief.label(&m.issue)),
            escape(&m.party),
            brief.short(m.day),
            sign(m.from),
            m.from,
            cites(&m.before),
            sign(m.to),
            m.to,
            cites(&m.after),
        );
        if let Some(first) = first {
            let _ = write!(out, "; first {}", escape(&who(first)));
        }
        if !m.cautions.is_empty() {
            let reasons: Vec<_> = m.cautions.iter().map(|c| c.as_str()).collect();
            let _ = write!(out, ". *Caution: {}.*", reasons.join(", "));
        }
        out.push('\n');
    }
    out.push('\n');
}

/// A statement in one line: party, speaker, the words, number.
fn short(cited: &Cited) -> String {
    let (party, who) = (party(cited), who(cited));
    let who = if who == party { String::new() } else { format!(", {}", escape(&who)) };
    format!("**{}**{who}: {} [{}]", escape(&party), escape(&said(cited, 110)), cited.number)
}

/// Statements quoted one a line; of a long list the last ones, and the numbers of the others.
fn quoted(out: &mut String, brief: &Brief, numbers: &[usize]) {
    let (rest, last) = numbers.split_at(numbers.len().saturating_sub(QUOTED));
    for cited in last.iter().filter_map(|n| brief.statement(*n)) {
        let _ = writeln!(out, "- {}", short(cited));
    }
    if !rest.is_empty() {
        let _ = writeln!(out, "- earlier: {}", cites(rest));
    }
    out.push('\n');
}

fn new(out: &mut String, brief: &Brief) {
    let Some(new) = &brief.new else { return };
    heading(out, &format!("New since {}", long(new.since)));
    if new.statements.is_empty() {
        line(out, "Nothing.\n");
    } else {
        quoted(out, brief, &new.statements);
    }
}

fn conditions(out: &mut String, brief: &Brief) {
    if brief.conditions.is_empty() {
        return;
    }
    heading(out, "Conditions");
    for condition in &brief.conditions {
        let Some(cited) = brief.statement(condition.statement) else { continue };
        let issues: Vec<_> = condition.issues.iter().map(|i| escape(brief.label(i))).collect();
        let terms: Vec<_> = condition.terms.iter().map(|t| format!("*{}*", escape(t))).collect();
        let terms = if terms.is_empty() { String::new() } else { format!(" · terms: {}", terms.join("; ")) };
        let _ = writeln!(out, "- {} · {}{terms}", short(cited), issues.join(", "));
    }
    out.push('\n');
}

fn claims(out: &mut String, brief: &Brief) {
    let claims = &brief.claims;
    if !claims.answered.is_empty() {
        heading(out, "Claims and answers");
        for joined in &claims.answered {
            let Some(claim) = brief.statement(joined.claim) else { continue };
            let _ = writeln!(out, "- {}", short(claim));
            for answer in joined.answers.iter().filter_map(|n| brief.statement(*n)) {
                let _ = writeln!(out, "  - {} by {}", answered(answer.entry.statement.act), short(answer));
            }
        }
        out.push('\n');
    }
    for (title, numbers) in [("Unanswered", &claims.unanswered), ("Denials of claims not found", &claims.denials)] {
        if !numbers.is_empty() {
            heading(out, title);
            quoted(out, brief, numbers);
        }
    }
}

fn distances(out: &mut String, brief: &Brief) {
    if brief.distances.is_empty() {
        return;
    }
    heading(out, "Closer and further");
    for d in &brief.distances {
        let parties: Vec<_> = d.parties.iter().map(|p| escape(p)).collect();
        let before = d.before.map_or_else(String::new, |b| format!("{b:.2} → "));
        let issue = escape(brief.label(&d.issue));
        let _ = writeln!(
            out,
            "- {issue}: **{}** {}, {before}{:.2} {}",
            parties.join(" – "),
            d.trend(),
            d.now,
            cites(&d.statements)
        );
    }
    line(out, "\n0: they stand together; 1: one is for it and the other against.\n");
}

fn commitments(out: &mut String, brief: &Brief) {
    if brief.commitments.is_empty() {
        return;
    }
    heading(out, "Promised");
    let last = brief.period.map(|p| p.to);
    for promise in &brief.commitments {
        let Some(cited) = brief.statement(promise.statement) else { continue };
        let to = promise.to.as_ref().map_or_else(String::new, |to| format!(" · to {}", escape(to)));
        let due = promise.due.as_ref().map_or_else(String::new, |d| format!(" · by {}", brief.short(d.to)));
        let word: Vec<usize> = promise.done.into_iter().chain(promise.broken).collect();
        let _ = writeln!(out, "- {}{to}{due} · {} {}", short(cited), promise.status(last), cites(&word));
    }
    out.push('\n');
}

fn rounds(out: &mut String, brief: &Brief) {
    if brief.rounds.is_empty() {
        return;
    }
    heading(out, "Rounds of talks");
    for meeting in &brief.rounds {
        let days = meeting.when(|d| brief.short(d)).unwrap_or_else(|| "no day known".to_owned());
        let parties: Vec<_> = meeting.parties.iter().map(|p| escape(p)).collect();
        let _ = write!(out, "- **{days}**: {}", escape(&meeting.title()));
        for (what, who) in [
            ("", parties.join(", ")),
            ("level: ", meeting.level.clone().unwrap_or_default()),
            ("mediator: ", meeting.mediator.as_deref().map(escape).unwrap_or_default()),
        ] {
            if !who.is_empty() {
                let _ = write!(out, " · {what}{who}");
            }
        }
        let _ = writeln!(out, " · {} reports", meeting.reports.len());
        for (when, numbers) in ["before", "during", "after"].into_iter().zip(&meeting.said) {
            if !numbers.is_empty() {
                let _ = writeln!(out, "  - said {when}: {}", cites(numbers));
            }
        }
    }
    out.push('\n');
}

fn talk_days(out: &mut String, brief: &Brief) {
    if brief.talk_days.is_empty() {
        return;
    }
    heading(out, "Days on which several parties spoke of the talks");
    for day in &brief.talk_days {
        let parties: Vec<_> = day.parties.iter().map(|p| escape(p)).collect();
        let _ = writeln!(out, "- {}: {} {}", brief.short(day.day), parties.join(", "), cites(&day.statements));
    }
    out.push('\n');
}

fn speakers(out: &mut String, brief: &Brief) {
    heading(out, "Who speaks");
    for voice in &brief.voices.speakers {
        let _ = write!(out, "- **{}** ", escape(&voice.name));
        let about: Vec<_> =
            voice.role.iter().chain(voice.party.iter().filter(|p| **p != voice.name)).map(|w| escape(w)).collect();
        if !about.is_empty() {
            let _ = write!(out, "({}) ", about.join(", "));
        }
        let _ = write!(out, "{} {}", voice.statements.len(), cites(&voice.statements));
        for carrier in &voice.via {
            let _ = write!(out, "; through {} {}", escape(&carrier.name), cites(&carrier.statements));
        }
        out.push('\n');
    }
    for (what, numbers) in [("not named", &brief.voices.unnamed), ("no source", &brief.voices.unattributed)] {
        if !numbers.is_empty() {
            let _ = writeln!(out, "- *{what}*: {} {}", numbers.len(), cites(numbers));
        }
    }
    out.push('\n');
}

fn gaps(out: &mut String, brief: &Brief) {
    heading(out, "Not covered");
    for gap in brief.gap_lines(COLUMNS) {
        let _ = writeln!(out, "- {}", format!("{} {}", escape(&gap.text), cites(&gap.statements)).trim_end());
    }
    out.push('\n');
}

fn statements(out: &mut String, brief: &Brief) {
    if brief.statements.is_empty() {
        return;
    }
    heading(out, "Statements");
    for cited in brief.statements.iter() {
        statement(out, brief, cited);
    }
}

fn statement(out: &mut String, brief: &Brief, cited: &Cited) {
    let statement = &cited.entry.statement;
    let day = match cited.day {
        Some(day) if cited.is_dated() => brief.short(day),
        Some(day) => format!("published {}", brief.short(day)),
        None => "no date".to_owned(),
    };
    let mut about = vec![escape(&who_for(cited)), format!("{}, {}", statement.quotation, statement.act)];
    about.extend(statement.positions.iter().map(|p| format!("{} {}", escape(brief.label(&p.issue)), sign(p.stance))));
    about.push(decided(cited));
    let _ = writeln!(out, "**[{}]** {day} · {}", cited.number, about.join(" · "));
    let _ = writeln!(out, "> {}\n", escape(&cited.entry.sentence));
    let mut source: Vec<String> = Vec::new();
    source.extend(cited.entry.outlet.as_deref().map(escape));
    source.extend(cited.entry.title.as_deref().map(|t| format!("*{}*", escape(t))));
    source.extend(cited.entry.published.map(|d| brief.short(d)));
    source.extend((!statement.via.is_empty()).then(|| format!("through {}", escape(&statement.via.join(", then ")))));
    source.extend(cited.appearances.iter().skip(1).map(|a| {
        let day = a.published.map_or_else(String::new, |d| format!(" {}", brief.short(d)));
        format!("also in {}{day}", escape(a.outlet.as_deref().unwrap_or(&a.article)))
    }));
    let _ = writeln!(out, "{}\n", source.join(", "));
}
