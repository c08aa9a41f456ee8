//! What an element of a page is for, as its names tell: it holds the story, or what stands beside one.
//!
//! The names are those in `id` and `class`, cut into words: `article-body__relatedLinks` has four. `itemprop`, `role` and
//! what hides an element count as well.

use scraper::node::Element;

/// What an element is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// It holds a story, and maybe more; below [`RANKS`], and 0 says it most plainly.
    Story(u8),
    /// It stands beside a story.
    Beside,
    /// Its names do not tell.
    Unknown,
}

/// How many ranks of plainness there are.
pub(crate) const RANKS: u8 = 4;

/// Elements that have names of purpose.
const NAMED: &[&str] = &["article", "main", "div", "section", "ul", "ol", "dl", "li", "dd", "dt", "p", "header"];

/// Of these, those that can hold a story.
const HOLDERS: &[&str] = &["article", "main", "div", "section"];

/// Words which, with one of the next list behind them, name the body of a story: `story-text`, `articleBody`.
const BODY_OF: &[&str] = &["article", "entry", "news", "post", "story"];
const BODY: &[&str] = &["body", "content", "copy", "text"];

/// Words for what stands beside a story, in the order of their first letters; one with a stroke begins longer words too.
const BESIDE: &[&str] = &[
    "ad",
    "ads",
    "advert-",
    "aside",
    "author-",
    "banner-",
    "bio",
    "breadcrumb-",
    "btn",
    "button-",
    "byline-",
    "caption-",
    "carousel",
    "comment",
    "commenting",
    "comments",
    "consent",
    "cookie-",
    "copyright",
    "credit",
    "disclaimer",
    "disqus",
    "embed-",
    "foot",
    "footer-",
    "gallery",
    "hidden",
    "hide",
    "link",
    "links",
    "login",
    "menu-",
    "meta",
    "metadata",
    "modal",
    "nav-",
    "newsletter-",
    "noprint",
    "outbrain",
    "overlay",
    "paywall",
    "popular",
    "popup",
    "promo-",
    "rail",
    "rating-",
    "readmore",
    "recirc-",
    "recommend-",
    "related-",
    "reply",
    "respond",
    "share-",
    "sharing",
    "sidebar-",
    "signup",
    "slide-",
    "social-",
    "sponsor-",
    "subnav",
    "subscri-",
    "taboola",
    "tag",
    "tags",
    "teaser-",
    "timestamp",
    "toolbar",
    "trending",
    "widget-",
];

/// What an element is for.
pub(crate) fn of(element: &Element) -> Purpose {
    let name = element.name();
    let style = element.attr("style").unwrap_or_default();
    if !NAMED.contains(&name) {
        return Purpose::Unknown;
    }
    if name == "header" || element.attr("aria-hidden") == Some("true") || is_hidden(style) {
        return Purpose::Beside;
    }
    let holds = HOLDERS.contains(&name);
    if holds && element.attr("itemprop") == Some("articleBody") {
        return Purpose::Story(0);
    }
    let mut rank = match name {
        "article" => 1,
        "main" => 3,
        _ if element.attr("role") == Some("main") => 3,
        _ => RANKS,
    };
    let mut is_beside = false;
    for names in ["id", "class"].iter().filter_map(|names| element.attr(names)) {
        let mut before_is_body_of = false;
        each_word(names, |word, is_first| {
            is_beside |= is_beside_word(word);
            rank = rank.min(match word {
                _ if !is_first && before_is_body_of && BODY.contains(&word) || is_run_together(word) => 0,
                "article" | "story" if is_first => 2,
                "main" if is_first => 3,
                "content" => 3,
                _ => RANKS,
            });
            before_is_body_of = BODY_OF.contains(&word);
        });
    }
    match is_beside {
        true => Purpose::Beside,
        false if holds && rank < RANKS => Purpose::Story(rank),
        false => Purpose::Unknown,
    }
}

fn is_hidden(style: &str) -> bool {
    style.split(';').any(|rule| {
        rule.split_once(':').is_some_and(|(name, value)| name.trim() == "display" && value.trim().starts_with("none"))
    })
}

/// Whether a word is two: `articlebody`.
fn is_run_together(word: &str) -> bool {
    BODY_OF.iter().any(|of| word.strip_prefix(of).is_some_and(|rest| BODY.contains(&rest)))
}

fn is_beside_word(word: &str) -> bool {
    let Some(letter) = word.get(..1) else { return false };
    let from = BESIDE.partition_point(|entry| &entry[..1] < letter);
    let near = BESIDE[from..].iter().take_while(|entry| entry.starts_with(letter));
    near.copied().any(|entry| entry.strip_suffix('-').map_or(entry == word, |stem| word.starts_with(stem)))
}

/// Calls back with each word of some names in lower case, and whether it is the first of its name.
fn each_word(names: &str, mut call: impl FnMut(&str, bool)) {
    let mut word = String::new();
    for name in names.split_ascii_whitespace() {
        let (mut is_first, mut after_small) = (true, false);
        for c in name.chars().chain(['-']) {
            if (!c.is_ascii_alphanumeric() || c.is_ascii_uppercase() && after_small) && !word.is_empty() {
                call(&word, is_first);
                is_first = false;
                word.clear();
            }
            if c.is_ascii_alphanumeric() {
                word.push(c.to_ascii_lowercase());
            }
            after_small = c.is_ascii_lowercase();
        }
    }
}

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use super::*;

    fn purpose(tag: &str) -> Purpose {
        let page = Html::parse_fragment(tag);
        let any = Selector::parse("html > *").expect("it is one");
        page.select(&any).next().map_or(Purpose::Unknown, |element| of(element.value()))
    }

    #[test]
    fn names_tell_what_an_element_is_for() {
        for (tag, want) in [
            ("<div class='article-body'>", Purpose::Story(0)),
            ("<div class='x StoryText'>", Purpose::Story(0)),
            ("<div id=articlebody>", Purpose::Story(0)),
            ("<section itemprop=articleBody class=links>", Purpose::Story(0)),
            ("<article class='list'>", Purpose::Story(1)),
            ("<div class='story wide'>", Purpose::Story(2)),
            ("<div role=main>", Purpose::Story(3)),
            ("<div id=content>", Purpose::Story(3)),
            ("<div class='article-body__related-posts'>", Purpose::Beside),
            ("<div class='socialShare'>", Purpose::Beside),
            ("<ul class='top navbar'>", Purpose::Beside),
            ("<article class='teaser'>", Purpose::Beside),
            ("<div style='color: red; display :none'>", Purpose::Beside),
            ("<p aria-hidden=true>", Purpose::Beside),
            ("<header>", Purpose::Beside),
        ] {
            assert_eq!(purpose(tag), want, "{tag}");
        }
    }

    #[test]
    fn names_that_only_look_like_it_do_not() {
        for tag in [
            "<div class='commentary'>",
            "<div class='reload'>",
            "<div class='grid-main'>",
            "<div class='live-story'>",
            "<div class='news text'>",
            "<ul class='article-body'>",
            "<div style='display: block'>",
            "<div class='Über -- _'>",
            "<span class='share'>",
            "<div>",
        ] {
            assert_eq!(purpose(tag), Purpose::Unknown, "{tag}");
        }
    }

    #[test]
    fn words_are_in_the_order_of_their_first_letters() {
        assert!(BESIDE.is_sorted_by_key(|word| &word[..1]));
    }
}
