//! The known forms of furniture lines.

use super::quotes;

/// What a line of furniture tells about the lines around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Left over from a web page.
    Page,
    /// A credit or a note: wire copy has them too, with no page around.
    Credit,
    /// Heads a list of other stories: the headlines that follow belong to it.
    List,
    /// Heads what stands after the story, down to the end: sources and other short entries.
    Rest,
    /// Heads what readers had to say, down to the end.
    Comments,
}

/// How a line is matched; patterns are in lower case with plain apostrophes.
enum Form {
    /// The whole line, but for a colon or stars at its end.
    Is(&'static str),
    /// Its first words.
    Starts(&'static str),
    /// Words inside.
    Has(&'static str),
    /// Its last words, but for a full stop.
    Ends(&'static str),
}

use Form::{Ends, Has, Is, Starts};
use Role::{Comments, Credit, List, Page, Rest};

const TABLE: &[(Form, Role)] = &[
    // Following, sharing, apps.
    (Starts("follow us"), Page),
    (Starts("follow me on"), Page),
    (Starts("like us on"), Page),
    (Starts("find us on"), Page),
    (Starts("join us on"), Page),
    (Starts("connect with us"), Page),
    (Starts("share this"), Page),
    (Starts("share on"), Page),
    (Starts("share via"), Page),
    (Is("share"), Page),
    (Is("tweet"), Page),
    (Is("print"), Page),
    (Is("copy link"), Page),
    (Starts("email this"), Page),
    (Starts("print this"), Page),
    (Starts("download our app"), Page),
    (Starts("download the app"), Page),
    (Starts("get our app"), Page),
    (Starts("install our app"), Page),
    (Is("facebook"), Page),
    (Is("twitter"), Page),
    (Is("instagram"), Page),
    (Is("linkedin"), Page),
    (Is("pinterest"), Page),
    (Is("whatsapp"), Page),
    (Is("reddit"), Page),
    (Is("flipboard"), Page),
    (Is("youtube"), Page),
    (Is("rss"), Page),
    (Is("email"), Page),
    (Is("click to share"), Page),
    (Starts("like this story?"), Page),
    (Starts("like what you"), Page),
    (Starts("have a tip?"), Page),
    (Starts("got a tip?"), Page),
    // Newsletters and subscriptions.
    (Is("newsletter"), Page),
    (Is("newsletters"), Page),
    (Starts("your subscription"), Page),
    (Starts("log in or"), Page),
    (Starts("create an account"), Page),
    (Starts("don't have an account"), Page),
    (Starts("subscribe to"), Page),
    (Starts("subscribe now"), Page),
    (Starts("subscribe for"), Page),
    (Is("subscribe"), Page),
    (Starts("already a subscriber"), Page),
    (Starts("sign up for"), Page),
    (Starts("sign up to"), Page),
    (Starts("sign up here"), Page),
    (Is("sign up"), Page),
    (Is("sign in"), Page),
    (Is("log in"), Page),
    (Starts("get the latest news"), Page),
    (Starts("get our newsletter"), Page),
    (Starts("get the newsletter"), Page),
    (Starts("thank you for subscribing"), Page),
    (Starts("enter your email"), Page),
    (Starts("support our journalism"), Page),
    // Comments.
    (Starts("leave a reply"), Comments),
    (Starts("leave a comment"), Comments),
    (Starts("leave your comment"), Comments),
    (Starts("post a comment"), Comments),
    (Starts("add a comment"), Comments),
    (Is("comments"), Comments),
    (Is("no comments"), Page),
    (Is("no comments yet"), Page),
    (Is("show comments"), Page),
    (Is("view comments"), Page),
    (Is("view all comments"), Page),
    (Is("post comment"), Page),
    (Starts("comments are closed"), Page),
    (Starts("cancel reply"), Page),
    (Starts("join the conversation"), Page),
    (Starts("join the discussion"), Page),
    (Starts("log in to comment"), Page),
    (Starts("you must be logged in"), Page),
    (Starts("your email address will not be published"), Page),
    (Starts("required fields are marked"), Page),
    (Starts("save my name"), Page),
    (Starts("notify me of"), Page),
    (Is("name *"), Page),
    (Is("email *"), Page),
    (Is("website"), Page),
    // Other stories.
    (Starts("read more:"), Page),
    (Starts("read more |"), Page),
    (Starts("read more about"), Page),
    (Starts("read more on"), Page),
    (Is("read more"), List),
    (Is("more"), List),
    (Starts("read also"), List),
    (Starts("also read"), List),
    (Starts("read next"), List),
    (Starts("read the full"), Page),
    (Starts("read the rest"), Page),
    (Starts("see also"), List),
    (Starts("related:"), Page),
    (Is("related"), List),
    (Is("related stories"), List),
    (Is("related articles"), List),
    (Is("related content"), List),
    (Is("related coverage"), List),
    (Is("related posts"), List),
    (Is("related topics"), List),
    (Starts("recommended reading"), List),
    (Is("most watched"), List),
    (Is("sponsored content"), List),
    (Is("promoted stories"), List),
    (Is("latest stories"), List),
    (Is("latest videos"), List),
    (Is("other stories"), List),
    (Is("related videos"), List),
    (Is("related news"), Rest),
    (Is("sister links"), Rest),
    (Is("external links"), Rest),
    (Is("sources"), Rest),
    (Is("references"), Rest),
    (Starts("more on this story"), List),
    (Starts("more from"), List),
    (Is("more stories"), List),
    (Is("more news"), List),
    (Is("most read"), List),
    (Is("most popular"), List),
    (Is("most viewed"), List),
    (Is("recommended"), List),
    (Starts("recommended for you"), List),
    (Is("recommended stories"), List),
    (Is("editor's picks"), List),
    (Is("editors' picks"), List),
    (Is("top stories"), List),
    (Is("latest news"), List),
    (Is("trending"), List),
    (Is("trending now"), List),
    (Is("up next"), List),
    (Starts("you may also like"), List),
    (Starts("you might also"), List),
    (Starts("don't miss"), Page),
    (Starts("list of "), List),
    // Moving about in the page.
    (Starts("click here"), Page),
    (Starts("tap here"), Page),
    (Starts("click to"), Page),
    (Is("advertisement"), Page),
    (Is("advertising"), Page),
    (Is("story continues below advertisement"), Page),
    (Starts("article continues below"), Page),
    (Starts("article continues after"), Page),
    (Starts("continue reading"), Page),
    (Starts("skip to"), Page),
    (Starts("skip past"), Page),
    (Starts("back to top"), Page),
    (Starts("back to main menu"), Page),
    (Starts("story continues below"), Page),
    (Starts("advertisement - continue"), Page),
    (Is("menu"), Page),
    (Is("search"), Page),
    (Is("close"), Page),
    (Is("home"), Page),
    (Is("sections"), Page),
    (Is("loading"), Page),
    (Is("about us"), Page),
    (Is("contact us"), Page),
    (Is("advertise"), Page),
    (Is("advertise with us"), Page),
    (Is("careers"), Page),
    (Is("site map"), Page),
    (Is("sitemap"), Page),
    (Is("accessibility"), Page),
    (Starts("home >"), Page),
    (Starts("home »"), Page),
    (Starts("home /"), Page),
    (Starts("home |"), Page),
    (Is("load more"), Page),
    (Is("see more"), Page),
    (Is("show more"), Page),
    (Starts("this page is available in"), Page),
    (Starts("tags:"), Page),
    (Starts("topics:"), Page),
    (Starts("keywords:"), Page),
    (Starts("filed under"), Page),
    (Starts("view full"), Page),
    // Moving pictures and galleries.
    (Starts("watch:"), Page),
    (Starts("watch |"), Page),
    (Starts("watch live"), Page),
    (Starts("watch the video"), Page),
    (Starts("listen:"), Page),
    (Starts("listen to this"), Page),
    (Starts("listen to article"), Page),
    (Starts("listen to the article"), Page),
    (Starts("listen to story"), Page),
    (Starts("media playback is"), Page),
    (Starts("your browser does not support"), Page),
    (Starts("please enable javascript"), Page),
    (Starts("enable javascript"), Page),
    (Starts("listen to the podcast"), Page),
    (Starts("video:"), Page),
    (Starts("gallery:"), Page),
    (Starts("in pictures:"), Page),
    (Is("in pictures"), Page),
    (Starts("live updates:"), Page),
    (Starts("to display this content"), Page),
    (Starts("play video"), Page),
    // Rights, cookies.
    (Has("all rights reserved"), Page),
    (Starts("copyright ©"), Page),
    (Starts("copyright (c)"), Page),
    (Starts("copyright 1"), Page),
    (Starts("copyright 2"), Page),
    (Starts("©"), Page),
    (Has("may not be published, broadcast, rewritten"), Page),
    (Starts("we use cookies"), Page),
    (Starts("this website uses cookies"), Page),
    (Starts("this site uses cookies"), Page),
    (Starts("by continuing to use"), Page),
    (Starts("accept all cookies"), Page),
    (Starts("accept cookies"), Page),
    (Starts("manage cookies"), Page),
    (Starts("cookie settings"), Page),
    (Has("agree to our terms"), Page),
    (Is("terms of use"), Page),
    (Is("terms and conditions"), Page),
    (Is("privacy policy"), Page),
    (Is("privacy notice"), Page),
    (Is("cookie policy"), Page),
    (Is("terms of service"), Page),
    (Starts("do not sell my"), Page),
    (Starts("this site is protected by"), Page),
    (Starts("by signing up"), Page),
    (Starts("by clicking"), Page),
    // Credits and notes of the desk.
    (Starts("reporting by "), Credit),
    (Starts("(reporting by "), Credit),
    (Starts("additional reporting"), Credit),
    (Starts("--additional reporting"), Credit),
    (Starts("writing by "), Credit),
    (Starts("editing by "), Credit),
    (Starts("(editing by "), Credit),
    (Starts("compiled by "), Credit),
    (Starts("contributing:"), Credit),
    (Ends("contributed reporting"), Credit),
    (Ends("contributed to this report"), Credit),
    (Ends("contributed to this story"), Credit),
    (Ends("contributed to this article"), Credit),
    (Starts("our standards:"), Page),
    (Starts("our editorial standards"), Page),
    (Starts("this article was originally published"), Credit),
    (Starts("this story was originally published"), Credit),
    (Starts("originally published"), Credit),
    (Starts("this story has been updated"), Credit),
    (Starts("this article has been updated"), Credit),
    (Starts("a version of this article"), Credit),
    (Starts("as published in"), Credit),
    (Starts("photo:"), Credit),
    (Starts("photo by "), Credit),
    (Starts("photos:"), Credit),
    (Starts("(photo"), Credit),
    (Starts("[photo"), Credit),
    (Starts("image:"), Credit),
    (Starts("image credit"), Credit),
    (Starts("image source"), Credit),
    (Starts("image caption"), Credit),
    (Starts("image copyright"), Credit),
    (Starts("media caption"), Credit),
    (Is("enlarge this image"), Credit),
    (Is("toggle caption"), Credit),
    (Is("hide caption"), Credit),
    (Starts("photo credit"), Credit),
    (Starts("file photo"), Credit),
    (Starts("file image"), Credit),
];

/// No line of furniture in the table is longer, in bytes.
const LONGEST: usize = 300;

/// So many words at most stand in a line that merely begins like furniture.
const MOST_WORDS: usize = 25;

/// The role of a line that is furniture by its own form.
pub(crate) fn role(line: &str) -> Option<Role> {
    if line.len() > LONGEST {
        return None;
    }
    let plain = normal(line);
    if !plain.contains(char::is_alphanumeric) || is_photo_credit(&plain) {
        return Some(Credit);
    }
    let words = plain.split(' ').count();
    if words > MOST_WORDS
        || quotes(line)
        || plain.split(' ').any(|w| matches!(w.trim_end_matches([',', '.']), "said" | "says" | "told"))
    {
        return None;
    }
    if is_follow(&plain, words) || is_comment_count(&plain) || is_newsletter(&plain) || is_reading_time(&plain) {
        return Some(Page);
    }
    let closed = plain.trim_end_matches([':', '.', '…', '»', '>', ' ']);
    TABLE.iter().find(|(form, _)| matches(form, &plain, closed)).map(|(_, role)| *role)
}

fn matches(form: &Form, plain: &str, closed: &str) -> bool {
    match form {
        Is(words) => closed == *words || plain == *words,
        Starts(words) => {
            plain.strip_prefix(words).is_some_and(|rest| ends_word(words) || !rest.starts_with(char::is_alphanumeric))
        }
        Has(words) => plain.contains(words),
        Ends(words) => closed.ends_with(words),
    }
}

/// Whether a pattern says itself where its last word ends.
fn ends_word(pattern: &str) -> bool {
    pattern.ends_with([' ', ':']) || pattern.ends_with(|c: char| c.is_ascii_digit())
}

/// A line in lower case with plain apostrophes and single spaces, without the bullet or the marks of a heading at its front.
fn normal(line: &str) -> String {
    let bare =
        line.trim_start_matches(|c: char| c.is_whitespace() || "•·*#=-–—>▶►|".contains(c)).trim_end_matches(['=', '#']);
    let plain = bare.to_lowercase().replace(['’', '‘'], "'");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// *Follow X:*, *Follow X on Twitter*, *Follow X @x*.
fn is_follow(plain: &str, words: usize) -> bool {
    const PLACES: &[&str] = &[
        " on twitter",
        " on facebook",
        " on instagram",
        " on telegram",
        " on youtube",
        " on x",
        " on social",
        " on whatsapp",
        " @",
    ];
    plain.starts_with("follow ")
        && words <= 15
        && (plain.ends_with(':') && words <= 7 || PLACES.iter().any(|place| plain.contains(place)))
}

/// *12 comments*, *Comments (12)*, *3 thoughts on “…”*.
fn is_comment_count(plain: &str) -> bool {
    let rest = plain.trim_matches(|c: char| c.is_ascii_digit() || "(),. ".contains(c));
    rest.len() < plain.len() && matches!(rest, "comment" | "comments" | "shares" | "replies" | "responses")
}

/// *4 min read*, *Reading time: 4 minutes*.
fn is_reading_time(plain: &str) -> bool {
    let rest = plain.strip_prefix("reading time").unwrap_or(plain);
    let labelled = rest.len() < plain.len();
    let rest = rest.trim_start_matches([':', ' ', '~']).trim_start_matches(|c: char| c.is_ascii_digit());
    let is_time = |words: &str| ["min", "mins", "minute", "minutes", "-minute", "min."].contains(&words);
    match rest.trim().strip_suffix(" read") {
        Some(words) => rest.len() < plain.len() && is_time(words.trim()),
        None => labelled && is_time(rest.trim()),
    }
}

/// *Get our daily newsletter in your inbox.*
fn is_newsletter(plain: &str) -> bool {
    const CALLS: &[&str] =
        &["get", "receive", "join", "sign", "subscribe", "want", "try", "enter", "our", "daily", "weekly"];
    let first = plain.split(' ').next().unwrap_or("");
    CALLS.contains(&first) && (plain.contains("newsletter") || plain.contains("your inbox"))
}

/// A caption with its credit: *The ministers in Sarn. (AP Photo/Ana Oren)*, *… [File: A. Oren/Reuters]*.
fn is_photo_credit(plain: &str) -> bool {
    const AGENCIES: &[&str] =
        &["reuters", "afp", "epa", "ap", "getty", "anadolu", "xinhua", "tass", "efe", "dpa", "epa-efe"];
    let Some(inner) = plain.strip_suffix([')', ']']).and_then(|rest| rest.rsplit(['(', '[']).next()) else {
        return plain.ends_with("/getty images") || plain.ends_with("via getty images") || plain.ends_with("/ap photo");
    };
    let parts: Vec<&str> = inner.split('/').map(str::trim).collect();
    let agency = |part: &&str| {
        AGENCIES.iter().any(|a| part == a || part.strip_prefix(a).is_some_and(|rest| rest.starts_with(' ')))
    };
    ["photo:", "photo by", "ap photo", "image:", "file:", "handout"].iter().any(|label| inner.contains(label))
        || parts.len() > 1 && parts.iter().any(agency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_lines() {
        for line in [
            "Follow Oria Daily:",
            "Follow us on Twitter and Facebook",
            "FOLLOW ANA OREN ON TWITTER @anaoren.",
            "Leave a Reply",
            "Your email address will not be published. Required fields are marked *",
            "12 Comments",
            "Comments (3)",
            "Subscribe to our channel",
            "Sign up for our daily newsletter",
            "Get the day’s stories in your inbox.",
            "READ MORE: Talks enter third day",
            "• Also read | Talks enter third day",
            "Related: Talks enter third day",
            "Share this article",
            "Copyright © 2022 Oria Daily. All rights reserved.",
            "© Oria Daily",
            "Advertisement",
            "ADVERTISEMENT:",
            "(Photo: Ana Oren)",
            "The ministers on their way to the talks in Sarn, March 14. (AP Photo/Ana Oren)",
            "The ministers in Sarn [File: Ana Oren/Reuters]",
            "Reporting by Ana Oren; Editing by Lu Tarn",
            "(Reporting by Ana Oren in Sarn; editing by Lu Tarn)",
            "Ana Oren contributed reporting.",
            "We use cookies to make this site better.",
            "Click here to read the full report",
            "Don’t miss our live coverage",
            "___",
            "Tags: Oria, talks",
            "== Sources ==",
            "Home > World > Talks",
            "4 min read",
            "Reading time: 5 minutes",
            "Listen to article 4 min",
            "Like this story? Share it with a friend!",
            "Facebook",
        ] {
            assert!(role(line).is_some(), "{line}");
        }
    }

    #[test]
    fn lines_of_stories() {
        for line in [
            "Follow the money, he said.",
            "“Follow us,” he said.",
            "Follow-up talks are planned for Monday.",
            "Following the talks, both sides left.",
            "Share prices fell in Sarn.",
            "Shares in Oria rose.",
            "Related talks are due in Sarn on Monday.",
            "Sources close to the talks said so.",
            "Comments by the minister angered Tarn.",
            "Copyright law is the third issue in the talks.",
            "Advertising is banned in Oria.",
            "More than 100 people were killed.",
            "More from both sides is needed, the envoy said.",
            "Watch the border closely, he told his officers.",
            "The two sides agreed (in principle) to a truce.",
            "Oria rejects the plan (and has said so).",
            "The truce holds (AFP).",
            "Recommended steps include a truce.",
            "Subscribers to the plan are few.",
            "Reporting by state media was wrong, she said.",
            "Photos published on Monday show the damage.",
            "Tweets by the minister angered Tarn.",
            "Most read the plan as a threat.",
            "No comment",
            "Home was far for the prisoners",
            "Search of the harbour goes on",
            "Close to the border, shells fell",
            "4 minutes later he read the text",
            "By clicking of pens the envoys showed how bored they were, he said.",
            "Facebook took the page down.",
            "Glory to Oria!",
        ] {
            assert_eq!(role(line), None, "{line}");
        }
    }

    #[test]
    fn every_pattern_is_in_normal_form_and_stands_once() {
        let words: Vec<_> = TABLE.iter().map(|(Is(w) | Starts(w) | Has(w) | Ends(w), _)| *w).collect();
        for (i, w) in words.iter().enumerate() {
            assert!(!words[..i].contains(w), "{w} stands twice");
            assert!(normal(w).starts_with(w.trim_start_matches('-').trim_end()), "{w}");
        }
    }
}
