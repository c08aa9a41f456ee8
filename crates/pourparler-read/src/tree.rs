//! Markup as a tree, unless it is made to grow one that fills the memory or takes hours.
//!
//! An element that sets letters, such as `<b>`, is opened anew in every paragraph behind it until its end tag comes. With
//! hundreds left open, each further tag of three bytes makes hundreds of elements. And for an end tag the parser looks
//! through all elements that are open. No page that is meant to be read has hundreds.

use html5ever::driver::{self, Parser};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::{QualName, local_name, ns};
use scraper::{Html, HtmlTreeSink};

use crate::html::DEEPEST;

/// So many bytes are parsed before the tree is looked at again.
const STEP: usize = 512;

/// A tree may have so many nodes and one more for each byte; pages have one for every ten bytes or more.
const FREE: usize = 1000;

/// A piece of markup; `None` where its tree would be many times its size, or too deep.
pub(crate) fn of_fragment(markup: &str) -> Option<Html> {
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let sink = HtmlTreeSink::new(Html::new_fragment());
    grown(driver::parse_fragment(sink, Default::default(), body, Vec::new(), false), markup)
}

/// A page; `None` where its tree would be many times its size, or too deep.
pub(crate) fn of_page(page: &str) -> Option<Html> {
    let sink = HtmlTreeSink::new(Html::new_document());
    grown(driver::parse_document(sink, Default::default()), page)
}

fn grown(mut parser: Parser<HtmlTreeSink>, markup: &str) -> Option<Html> {
    let mut rest = markup;
    while !rest.is_empty() {
        let (step, after) = rest.split_at(rest.ceil_char_boundary(STEP));
        parser.process(StrTendril::from_slice(step));
        let html = parser.tokenizer.sink.sink.0.borrow();
        let deep = html.tree.nodes().next_back().is_some_and(|last| last.ancestors().nth(DEEPEST).is_some());
        if deep || html.tree.values().len() > FREE + markup.len() {
            return None;
        }
        drop(html);
        rest = after;
    }
    Some(parser.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_that_of_the_markup_as_a_whole() {
        let long = format!("<p title='a > b'>{}&amp;<b>é</b>\r\n</p>", "é ".repeat(400));
        for markup in ["", "<p>Talks &amp; more<br>go on</p>", "<table><td>a", &long, &long.repeat(9)] {
            let tree = of_fragment(markup).expect("it is a small one");
            assert_eq!(tree, Html::parse_fragment(markup));
            assert_eq!(of_page(markup), Some(Html::parse_document(markup)));
        }
    }

    #[test]
    fn trees_that_grow_out_of_little_are_refused() {
        let open: String = (0..400).map(|i| format!("<b id={i}>")).collect();
        for markup in
            [format!("<p>{open}{}", "<p>x".repeat(8000)), (0..2500).map(|i| format!("<div><b id={i}></div>")).collect()]
        {
            assert!(of_fragment(&markup).is_none() && of_page(&markup).is_none());
        }
    }

    #[test]
    fn deep_trees_are_refused_where_tags_do_not_show_their_depth() {
        // In a drawing, cells of a table nest as everything does.
        for markup in [format!("<svg>{}{}", "<td>".repeat(200_000), "</x>".repeat(200_000)), "<div>".repeat(200_000)] {
            assert!(of_fragment(&markup).is_none() && of_page(&markup).is_none());
        }
    }
}
