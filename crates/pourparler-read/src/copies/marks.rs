//! What headlines say of updates: *UPDATE 2-*, *2nd lead*, *WRAPUP 3*, *(adds details)*.

/// How far a story was written on, as its headline tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Mark {
    /// It says nothing.
    #[default]
    None,
    /// An update; 0 where it has no number.
    Update(u8),
}

/// Words that open a bracket in which a desk says what it changed.
const CHANGES: &[&str] =
    &["adds", "updates", "updating", "recasts", "releads", "rewrites", "writes through", "new throughout"];

impl Mark {
    /// The mark of a headline.
    pub(super) fn of(title: &str) -> Self {
        // What stands further back is no mark.
        let title = &title[..title.floor_char_boundary(300)];
        let plain = title.to_lowercase();
        let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let first = |at: usize| words.get(at).copied().unwrap_or_default();
        let number = |at: usize| first(at).parse::<u8>().ok().filter(|n| *n < 30);
        // Desks write the mark in capitals or set it apart: “Update on the talks” is a headline.
        let apart = |word: &str| {
            let after = plain.trim_start_matches(|c: char| !c.is_alphanumeric()).get(word.len()..).unwrap_or_default();
            title.contains(&word.to_uppercase()) || after.starts_with(':')
        };
        match first(0) {
            word @ ("update" | "wrapup" | "updated") if number(1).is_some() || apart(word) => {
                return Self::Update(number(1).unwrap_or(0));
            }
            "lead" if apart("lead") && !title.contains("LEADER") => return Self::Update(1),
            _ => {}
        }
        // `2nd lead`, `(2nd LD)`, `1st LD-Writethru`, at the front or in brackets.
        for (at, pair) in words.windows(2).enumerate() {
            let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| pair[0].strip_suffix(end)?.parse::<u8>().ok());
            let is_lead = matches!(pair[1], "lead" | "ld");
            if let Some(number) = ordinal.filter(|_| is_lead && (at == 0 || plain.contains(&format!("({} ", pair[0]))))
            {
                return Self::Update(number);
            }
        }
        if plain.starts_with("(lead)") || plain.starts_with("(ld)") {
            return Self::Update(1);
        }
        let says_so = plain.split(['(', '[']).skip(1).any(|inside| CHANGES.iter().any(|c| starts_word(inside, c)));
        if says_so { Self::Update(0) } else { Self::None }
    }

    /// The mark of a text's first line, where that is nothing but a bracket: *(Adds quotes, details)*.
    pub(super) fn of_line(line: &str) -> Self {
        let closed = line.starts_with('(') && line.ends_with(')') || line.starts_with('[') && line.ends_with(']');
        if closed { Self::of(line) } else { Self::None }
    }

    pub(super) fn or(self, other: Self) -> Self {
        if self == Self::None { other } else { self }
    }

    /// Whether a text with this mark was written after one with the other.
    pub(super) fn follows(self, other: Self) -> bool {
        match (self, other) {
            (Self::Update(_), Self::None) => true,
            (Self::Update(new), Self::Update(old)) => new > old,
            (Self::None, _) => false,
        }
    }

    /// As a number to keep.
    pub(super) fn to_byte(self) -> u8 {
        match self {
            Self::None => u8::MAX,
            Self::Update(number) => number,
        }
    }

    pub(super) fn from_byte(byte: u8) -> Self {
        if byte == u8::MAX { Self::None } else { Self::Update(byte) }
    }
}

fn starts_word(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_that_say_that_they_are_updates() {
        for (title, number) in [
            ("UPDATE 1-Oria rejects truce", 1),
            ("UPDATE 2-Oria rejects truce", 2),
            ("Update 3: Oria rejects truce", 3),
            ("UPDATE: Oria rejects truce", 0),
            ("WRAPUP 4-Oria rejects truce", 4),
            ("LEAD: Oria rejects truce", 1),
            ("(LEAD) Oria rejects truce", 1),
            ("(2nd LD) Oria rejects truce", 2),
            ("2nd lead Oria rejects truce", 2),
            ("1st LD-Writethru: Oria rejects truce", 1),
            ("Oria rejects truce (adds details)", 0),
            ("Oria rejects truce (Updates with quotes)", 0),
            ("Oria rejects truce [recasts]", 0),
        ] {
            assert_eq!(Mark::of(title), Mark::Update(number), "{title}");
        }
        for title in [
            "",
            "Update on the talks in Sarn",
            "Oria updates its offer",
            "Lead negotiator leaves Sarn",
            "LEADERS meet in Sarn",
            "Oria takes the lead",
            "2nd round of talks in Sarn",
            "Talks in 2nd lead-up to truce",
            "Truce (adds up to little)x".trim_end_matches("(adds up to little)x"),
            "CORRECTED-Oria rejects truce",
            "Oria rejects truce (Reuters)",
        ] {
            assert_eq!(Mark::of(title), Mark::None, "{title}");
        }
        assert_eq!(Mark::of_line("(Adds quotes, background)"), Mark::Update(0));
        assert_eq!(Mark::of_line("The talks (adds nothing) go on."), Mark::None);
    }

    #[test]
    fn updates_follow_by_number() {
        assert!(Mark::Update(0).follows(Mark::None) && Mark::Update(2).follows(Mark::Update(1)));
        assert!(!Mark::None.follows(Mark::None) && !Mark::Update(1).follows(Mark::Update(1)));
        for mark in [Mark::None, Mark::Update(0), Mark::Update(7)] {
            assert_eq!(Mark::from_byte(mark.to_byte()), mark);
        }
    }
}
