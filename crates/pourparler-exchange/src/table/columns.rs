//! What each column of the tables means: in one place, from which the data dictionary and the types of Arrow are made.

use std::fmt::Write as _;

/// Number of the tables' form. It grows when a column changes its meaning or goes; columns may come without that.
pub const VERSION: u32 = 1;

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether a row may have nothing here.
    pub nullable: bool,
    /// What it means.
    pub meaning: &'static str,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words, or one of a list of names.
    Text,
    /// A whole number.
    Number,
    /// A number from 0 to 1.
    Score,
    /// Yes or no.
    Flag,
    /// A day.
    Day,
    /// Several texts.
    Texts,
    /// Several spans in code points of the article's text, end exclusive.
    Spans,
    /// Several stances on issues.
    Positions,
}

impl Kind {
    fn words(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "whole number",
            Self::Score => "number from 0 to 1",
            Self::Flag => "true or false",
            Self::Day => "day, `YYYY-MM-DD` in text",
            Self::Texts => "list of texts",
            Self::Spans => "list of `{start, end}`",
            Self::Positions => "list of `{issue, stance, option, shown_by}`",
        }
    }
}

const fn always(name: &'static str, kind: Kind, meaning: &'static str) -> Column {
    Column { name, kind, nullable: false, meaning }
}

const fn maybe(name: &'static str, kind: Kind, meaning: &'static str) -> Column {
    Column { name, kind, nullable: true, meaning }
}

/// The table of statements: one row a statement, and one row for an article that has none.
pub const STATEMENTS: &[Column] = {
    use Kind as K;
    &[
        always("article", K::Text, "Id of the article."),
        maybe("title", K::Text, "Headline."),
        maybe("outlet", K::Text, "Who published it."),
        maybe("byline", K::Text, "Who wrote it."),
        maybe("published", K::Day, "Day of publication."),
        maybe("url", K::Text, "Address."),
        maybe("language", K::Text, "BCP 47 tag."),
        always(
            "text_sha256",
            K::Text,
            "SHA-256 of the text in UTF-8, hexadecimal. Spans hold for this text and no other.",
        ),
        maybe("text", K::Text, "The text into which spans point: in one row of each article, empty in its others."),
        maybe("rounds", K::Text, "Rounds of talks that the article tells of, as JSON: in the row that has the text."),
        always("furniture_spans", K::Spans, "Lines of the text that are page furniture: in the row that has the text."),
        always(
            "statements",
            K::Number,
            "How many statements the article has. Where it is 0, this row is the only one.",
        ),
        maybe("ordinal", K::Number, "Place of the statement in its article, from 0."),
        maybe("statement", K::Text, "Id of the statement, unique in its article; empty where the article has none."),
        maybe("speaker", K::Text, "Fullest name of the speaker that the article gives; empty where it names nobody."),
        maybe("kind", K::Text, "person, organisation, country, group or unnamed."),
        maybe("role", K::Text, "Office or description, without the country."),
        maybe("party", K::Text, "Side, country or body for which the speaker speaks."),
        always("via", K::Texts, "Who carried the words to this article, nearest to the speaker first."),
        maybe("said_from", K::Day, "First day on which it may have been said; empty where nothing tells."),
        maybe("said_to", K::Day, "Last such day, inclusive."),
        maybe("said_text", K::Text, "The words that gave it."),
        maybe("said_method", K::Text, "How it was found: named, relative, counted, carried or own day."),
        maybe("said_anchor", K::Day, "The day from which it was counted."),
        maybe("quotation", K::Text, "direct, indirect or mixed."),
        maybe("act", K::Text, "assert, assess, propose, demand, accept, reject, commit, warn, accuse or deny."),
        always(
            "positions",
            K::Positions,
            "Which issues it takes up, and how: supports, opposes, conditional, open or unclear.",
        ),
        maybe("firmness", K::Text, "red line, demand, preference or hint."),
        maybe("addressee", K::Text, "To whom it is said, where it asks, warns, promises or accuses."),
        maybe("due_from", K::Day, "By when, where it promises or asks: first day."),
        maybe("due_to", K::Day, "Last day, inclusive."),
        maybe("due_text", K::Text, "The words that gave it."),
        maybe("due_method", K::Text, "How it was found, as in `said_method`."),
        maybe("due_anchor", K::Day, "The day from which it was counted."),
        maybe(
            "relayed_by",
            K::Text,
            "Id of the statement of the same article inside whose content this one is reported.",
        ),
        maybe("confidence", K::Score, "How sure the extraction is; empty where a person decided."),
        maybe("reviewer", K::Text, "Which person decided last, where one did."),
        maybe(
            "content",
            K::Text,
            "What is said: the words under `content_spans`, joined by ` … ` where they are interrupted.",
        ),
        maybe("sentence", K::Text, "The sentence or sentences in which the statement stands."),
        always("source_spans", K::Spans, "The words that name the speaker."),
        always("cue_spans", K::Spans, "The words that make it an attribution."),
        always("content_spans", K::Spans, "What is said or held."),
        always("condition_spans", K::Spans, "The terms on which it holds."),
        always("reason_spans", K::Spans, "The reasons given."),
        always("hedge_spans", K::Spans, "Words that make it less than certain."),
        always("extractor", K::Text, "Name and version of what made the statements."),
        maybe(
            "error",
            K::Text,
            "Why the article could not be read: then it has this row alone, and nothing else is in it but its id.",
        ),
    ]
};

/// The table of positions: one row for each party and issue on which it has spoken.
pub const POSITIONS: &[Column] = {
    use Kind as K;
    &[
        always("party", K::Text, "The party."),
        always("issue", K::Text, "Id of the issue."),
        always("issue_name", K::Text, "Its name in the dossier."),
        maybe("on", K::Day, "The day as of which it holds; empty for the whole record."),
        always(
            "stance",
            K::Text,
            "supports, opposes, conditional, open or unclear. A party that has not spoken on an issue has no row.",
        ),
        maybe("since", K::Day, "The latest day on which the party said so; empty where no statement has a day."),
        always("lead", K::Text, "The statement that weighs most for it, `ARTICLE/STATEMENT`."),
        always("for", K::Texts, "The statements of that day that take the stance."),
        always("dissent", K::Texts, "Those of that day that take another."),
        always("other", K::Texts, "The party's others on the issue: of earlier days, or without a clear stance."),
    ]
};

/// The table of moves: one row for each change of a position.
pub const MOVES: &[Column] = {
    use Kind as K;
    &[
        always("party", K::Text, "The party."),
        always("issue", K::Text, "Id of the issue."),
        always("issue_name", K::Text, "Its name in the dossier."),
        always("from", K::Text, "The stance before."),
        always("to", K::Text, "The stance after."),
        always("day", K::Day, "The day of the new position."),
        always("firm", K::Flag, "Whether nothing speaks against the move but that its day may be that of publication."),
        always(
            "cautions",
            K::Texts,
            "Why it may be no change of position: new-speaker, new-outlet, second-hand, contested, not-dated.",
        ),
        always("before", K::Texts, "The statements of the last day of the earlier position, `ARTICLE/STATEMENT`."),
        always("after", K::Texts, "Those of the new position's first day; the first of them said it first."),
    ]
};

/// The data dictionary of all tables, in Markdown.
#[must_use]
pub fn dictionary() -> String {
    let mut out = format!(
        "# Tables of the record\n\n`pourparler export csv`, `jsonl` and `parquet` write these tables (`--table` chooses); this is form \
         {VERSION} of them. Names of columns are\nthe same everywhere. CSV joins the parts of a list by `; `, writes a stance as \
         `issue:stance` and gives the words of spans in place of\nthe spans; a cell that a spreadsheet would take for a formula begins \
         with an apostrophe. JSON lines and Parquet hold everything:\n`pourparler import` and `pourparler add` put a table of statements \
         into a ledger again.\n"
    );
    let tables = [
        ("Statements", "One row a statement; an article without statements has one row as well.", STATEMENTS),
        ("Positions", "One row for each party and issue on which it has spoken.", POSITIONS),
        ("Moves", "One row for each change of a position.", MOVES),
    ];
    for (name, what, columns) in tables {
        // Writing to a String cannot fail.
        let _ =
            write!(out, "\n## {name}\n\n{what}\n\n| column | holds | may be empty | meaning |\n|---|---|---|---|\n");
        for Column { name, kind, nullable, meaning } in columns {
            let empty = if *nullable { "yes" } else { "no" };
            let _ = writeln!(out, "| `{name}` | {} | {empty} | {meaning} |", kind.words());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::tricky;
    use crate::table::StatementRow;

    /// The dictionary that people read is the one of this code; with `UPDATE_DOCS` set it is written anew.
    #[test]
    fn the_dictionary_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/tables.md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, dictionary()).expect("written");
        }
        let there = std::fs::read_to_string(path).unwrap_or_default();
        assert!(there == dictionary(), "run the tests with UPDATE_DOCS=1 and look at docs/tables.md");
    }

    #[test]
    fn every_field_of_a_row_is_described_in_its_order() {
        let row = serde_json::to_string(&StatementRow::of(&tricky())[0]).expect("JSON");
        let mut at = 0;
        for column in STATEMENTS {
            let key = format!("\"{}\":", column.name);
            let found = row[at..].find(&key).unwrap_or_else(|| panic!("{key} is not there, or not in its place"));
            at += found + key.len();
        }
        assert_eq!(
            serde_json::to_value(StatementRow::default()).expect("JSON").as_object().map(|o| o.len()),
            Some(STATEMENTS.len())
        );
    }
}
