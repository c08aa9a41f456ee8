//! The reporting chain as the whole article tells it: what one sentence says of who carried the words (`via`) is completed from the
//! statements around, and freed of the article's own outlet.

use pourparler_text::{Article, Byte, Statement};

use crate::act::listed;
use crate::outlet_words::WITH_ARTICLE;
use crate::{lexicon, via};

/// Completes the chains of an article's statements, which have to come in the order of its text, with their speakers.
///
/// What an outlet reports that somebody says comes through that outlet. What one goes on to say in a paragraph, named by a pronoun or
/// not at all, comes through whom the words before it did. The outlet whose article it is carries nothing.
pub(crate) fn settle(article: &Article, statements: &mut [Statement<Byte>]) {
    let own = |name: &String| article.outlet.as_deref().is_some_and(|outlet| is_same_outlet(outlet, name));
    for at in 0..statements.len() {
        let (before, rest) = statements.split_at_mut(at);
        let Some((this, after)) = rest.split_first_mut() else { continue };
        let outer = this.relayed_by.as_ref().and_then(|id| before.iter().chain(after.iter()).find(|s| s.id == *id));
        let reports = outer.and_then(|outer| outlet(article, outer));
        let reports = reports.filter(|name| this.speaker.name.as_ref() != Some(name) && !this.via.contains(name));
        this.via.extend(reports);
        this.via.retain(|name| !own(name));
        if let Some(last) = before.last().filter(|last| this.via.is_empty() && goes_on(article, last, this)) {
            this.via.clone_from(&last.via);
        }
    }
}

/// The outlet that makes a statement, as the text names it.
fn outlet(article: &Article, statement: &Statement<Byte>) -> Option<String> {
    let name = statement.speaker.name.as_deref().filter(|name| via::is_outlet(name))?;
    let source = Statement::words(&statement.source, &article.text);
    let whole = source.strip_prefix("The ").filter(|rest| *rest == name).and(name.rsplit(' ').next());
    Some(if whole.is_some_and(|last| listed(WITH_ARTICLE, last)) { source } else { name.to_owned() })
}

/// Whether a statement goes on with what the same mouth said right before it.
fn goes_on(article: &Article, last: &Statement<Byte>, this: &Statement<Byte>) -> bool {
    let source = Statement::words(&this.source, &article.text);
    let end = last.content.iter().map(|part| part.end).max().unwrap_or_default();
    let next = this.cue.first().or(this.content.first()).map_or(end, |part| part.start);
    let apart = article.text.as_str().get(end..next).is_some_and(|between| between.contains('\n'));
    this.speaker.name.is_some()
        && this.speaker.name == last.speaker.name
        && !apart
        && (source.is_empty() || lexicon::pronoun(&source).is_some())
}

/// Whether two names are one outlet's: *Voice of America*, *VOA*, *VOA News*.
fn is_same_outlet(outlet: &str, name: &str) -> bool {
    let initials = outlet.split(' ').filter_map(|word| word.chars().next()).collect::<String>().to_uppercase();
    let short = name.strip_suffix(" News").unwrap_or(name);
    let outlet = outlet.strip_suffix(" News").unwrap_or(outlet);
    name.eq_ignore_ascii_case(outlet) || short.eq_ignore_ascii_case(outlet) || initials.len() > 2 && short == initials
}

#[cfg(test)]
mod tests {
    use pourparler_text::{Span, Speaker, SpeakerKind, Text};

    use super::*;

    /// A statement of `name`, whose source, cue and content stand in the text; an empty source is none.
    fn said(text: &str, id: &str, [source, cue, content]: [&str; 3], name: &str, via: &[&str]) -> Statement<Byte> {
        let place = |words: &str| {
            let at = text.find(words).expect("it is there");
            Some(Span::new(at, at + words.len())).filter(|span| !span.is_empty()).into_iter().collect()
        };
        let speaker = Speaker { name: Some(name.to_owned()), kind: SpeakerKind::Person, role: None, party: None };
        Statement {
            id: id.to_owned(),
            source: place(source),
            cue: place(cue),
            content: place(content),
            via: via.iter().map(|&name| name.to_owned()).collect(),
            ..crate::named_later::tests::said(&Text::new(text), source, speaker)
        }
    }

    fn settled(text: &str, outlet: &str, mut statements: Vec<Statement<Byte>>) -> Vec<String> {
        let mut article = Article::from_text(text);
        article.outlet = Some(outlet.to_owned());
        settle(&article, &mut statements);
        statements.last().map(|s| s.via.clone()).unwrap_or_default()
    }

    #[test]
    fn what_an_outlet_reports_comes_through_it() {
        for (outlet, name, via) in [
            ("The Tarn Times", "Tarn Times", "The Tarn Times"),
            ("The Associated Press", "Associated Press", "Associated Press"),
            ("Tarn Radio", "Tarn Radio", "Tarn Radio"),
        ] {
            let text = format!("{outlet} reported that Oren rejected the offer.");
            let outer = said(&text, "s1", [outlet, "reported", "that Oren rejected the offer"], name, &[]);
            let mut inner = said(&text, "s2", ["Oren", "rejected", "the offer"], "Ana Oren", &[]);
            inner.relayed_by = Some("s1".to_owned());
            assert_eq!(settled(&text, "The Lumo", vec![outer.clone(), inner.clone()]), [via]);
            // A ministry that reports is no outlet.
            let ministry =
                Statement { speaker: Speaker { name: Some("Ministry".to_owned()), ..outer.speaker.clone() }, ..outer };
            assert!(settled(&text, "The Lumo", vec![ministry, inner]).is_empty());
        }
    }

    #[test]
    fn one_goes_on_through_the_same_outlet_in_a_paragraph() {
        for (text, source, name, carried) in [
            ("Oren told Tarn Radio no. She added it was late.", "She", "Ana Oren", true),
            ("Oren told Tarn Radio no, and added it was late.", "", "Ana Oren", true),
            ("Oren told Tarn Radio no.\nShe added it was late.", "She", "Ana Oren", false),
            ("Oren told Tarn Radio no. Oren added it was late.", "Oren", "Ana Oren", false),
            ("Oren told Tarn Radio no. He added it was late.", "He", "Ivo Tal", false),
        ] {
            let first = said(text, "s1", ["Oren", "told", "no"], "Ana Oren", &["Tarn Radio"]);
            let next = said(text, "s2", [source, "added", "it was late"], name, &[]);
            assert_eq!(settled(text, "The Lumo", vec![first, next]), ["Tarn Radio"][..usize::from(carried)], "{text}");
        }
    }

    #[test]
    fn the_articles_own_outlet_carries_nothing() {
        for (outlet, name, own) in [
            ("Voice of Tarn", "VOT", true),
            ("Voice of Tarn", "VOT News", true),
            ("Voice of Tarn", "Voice of Tarn", true),
            ("Tarn Radio", "TR", false),
            ("Tarn Radio", "Tarn Times", false),
        ] {
            let text = format!("Oren told {name} no.");
            let one = said(&text, "s1", ["Oren", "told", "no"], "Ana Oren", &[name]);
            assert_eq!(settled(&text, outlet, vec![one]).is_empty(), own, "{outlet}, {name}");
        }
    }
}
