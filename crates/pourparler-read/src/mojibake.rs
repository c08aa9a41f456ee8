//! Mojibake: UTF-8 that somebody read as windows-1252 and saved again, as in `Oriaâ€™s cafÃ©`. It is undone only where
//! no other reading is left.
//!
//! The judgement is by runs of characters beyond ASCII. A run that was UTF-8 goes back to bytes of windows-1252 that are
//! valid UTF-8; the letters of real words hardly ever do: the Ã of *NÃO* stands alone. Where all runs of a text go back,
//! the text is mended as a whole; where only some do, the lines are mended that show the trouble beyond doubt.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// So often text can have gone through the mill.
const MOST: usize = 3;

/// What the runs of a piece of text say.
#[derive(Default)]
struct Signs {
    /// Runs that cannot have been UTF-8.
    sound: usize,
    /// Characters that sequences in the others stand for and that no writing explains.
    broken: usize,
    /// Whether one of them is a quotation mark or a dash.
    marks: bool,
}

impl Signs {
    fn are_certain(&self) -> bool {
        self.sound == 0 && (self.marks || self.broken >= 2)
    }
}

/// The text with what was broken mended; `None` where nothing is certain to be.
pub(crate) fn mended(text: &str) -> Option<String> {
    let mut out: Option<String> = None;
    for _ in 0..MOST {
        match once(out.as_deref().unwrap_or(text)) {
            Some(better) => out = Some(better),
            None => break,
        }
    }
    out
}

fn once(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let all = signs(text);
    if all.broken == 0 {
        return None;
    }
    let whole = all.are_certain();
    let mut changed = false;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if whole || !line.is_ascii() && signs(line).are_certain() {
            out.push_str(&undone(line));
            changed = true;
        } else {
            out.push_str(line);
        }
    }
    changed.then_some(out)
}

fn signs(text: &str) -> Signs {
    let mut signs = Signs::default();
    for run in runs(text).filter(|run| !run.is_ascii()) {
        match back(run) {
            None => signs.sound += 1,
            Some(better) => {
                signs.broken += better.chars().filter(|&c| !is_explained(c)).count();
                signs.marks |= run.starts_with("â€") && better.starts_with(|c: char| "‘’“”–—…•".contains(c));
            }
        }
    }
    signs
}

/// Whether the two characters that a character became can stand side by side in a real text, such as the end of a
/// word in capitals and a mark: `«ROMÂNÂ»`, `LÃº`.
fn is_explained(c: char) -> bool {
    matches!(c, '\u{a0}' | '«' | '»' | 'ª' | 'º' | 'ú' | 'ê' | 'û')
}

/// The text's runs of ASCII and of other characters, by turns.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let ascii = rest.chars().next()?.is_ascii();
        // The first byte of a character tells as much, and its others are beyond ASCII too.
        let end = rest.bytes().position(|b| b.is_ascii() != ascii).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(run)
    })
}

/// What a run of characters beyond ASCII was before it was read as windows-1252.
fn back(run: &str) -> Option<String> {
    let (bytes, _, lossy) = WINDOWS_1252.encode(run);
    if lossy { None } else { String::from_utf8(bytes.into_owned()).ok() }
}

fn undone(line: &str) -> String {
    runs(line)
        .map(|run| if run.is_ascii() { Cow::Borrowed(run) } else { back(run).map_or(Cow::Borrowed(run), Cow::Owned) })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn broken(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn broken_text_is_mended() {
        for text in [
            "Oria’s talks go on.",
            "“We agree,” she said – for now…",
            "The café in São Tomé was full.",
            "Переговоры продолжаются.",
            "Çavuşoğlu met Szijjártó.",
            "会谈继续进行。",
        ] {
            assert_eq!(mended(&broken(text)).as_deref(), Some(text));
            assert_eq!(mended(&broken(&broken(text))).as_deref(), Some(text));
        }
    }

    #[test]
    fn sound_text_is_left_alone() {
        for text in [
            "",
            "The talks go on.",
            "Oria’s “talks” – for now… at the café.",
            "NÃO, disse o ministro. A DECISÃO FOI TOMADA EM VÃO.",
            "IRMÃ E IRMÃO; «ROMÂNÂ», «ÎN ROMÂNIA»",
            "«Â» is a letter of Romanian, «Ã» of Portuguese; LÃº.",
            "Le château, l’été, à Noël; €5, £6 and 7º.",
            "It was shown as Ã© once.",
            "Â",
            "â€",
            "Переговоры продолжаются.",
            "Việt Nam, TÂN, SÃ",
        ] {
            assert_eq!(mended(text), None, "{text}");
        }
    }

    #[test]
    fn lines_beyond_doubt_are_mended_in_sound_text() {
        let (bad, good) = (broken("Oria’s minister said “no”."), "Oria’s minister said “no”.");
        let text = format!("A café in Sarn – “open”.\n{bad}\nNÃO.\nA single Ã© stays.\n");
        let want = format!("A café in Sarn – “open”.\n{good}\nNÃO.\nA single Ã© stays.\n");
        assert_eq!(mended(&text), Some(want));
    }

    proptest! {
        #[test]
        fn any_text_comes_to_an_end_and_what_is_ascii_stays(text in "(Ã|©|â€|™|Â|»|é|\n|a b|\\PC){0,30}") {
            if let Some(better) = mended(&text) {
                let ascii = |s: &str| s.chars().filter(char::is_ascii).collect::<String>();
                prop_assert_eq!(ascii(&better), ascii(&text));
            }
        }
    }
}
