//! Titles, names of outlets and bylines as readers know them, without what pages put around them for machines.

/// What stands between a headline and the site's name.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " « ", " ~ ", ": "];

/// Words of somebody's post, which is no part of a name.
const ROLES: &[&str] = &[
    "correspondent",
    "editor",
    "reporter",
    "writer",
    "producer",
    "columnist",
    "contributor",
    "journalist",
    "bureau",
    "staff",
    "chief",
    "photographer",
    "analyst",
    "fellow",
    "professor",
    "freelance",
    "senior",
    "deputy",
    "opinion",
];

/// No name of an entity is longer, in bytes.
const LONGEST_ENTITY: usize = 8;

/// A text of the page: no entities, no tags, single spaces.
pub(super) fn text(raw: &str) -> String {
    let mut out = raw.to_owned();
    // Declarations are often escaped once for the page and once more for themselves.
    for _ in 0..2 {
        if out.contains('&') {
            out = unescaped(&out);
        }
    }
    if out.contains('<') {
        out = without_tags(&out);
    }
    one_line(&out)
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    // A sign that no end follows is looked at once, however many there are.
    let last = text.rfind('>').map_or(usize::MAX, |at| text.len() - at);
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let opens = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && after.len() >= last;
        match opens.then(|| after.split_once('>')).flatten() {
            Some((_, after)) => rest = after,
            None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out + rest
}

fn unescaped(text: &str) -> String {
    const NAMED: &[(&str, char)] = &[
        ("amp", '&'),
        ("quot", '"'),
        ("apos", '\''),
        ("lt", '<'),
        ("gt", '>'),
        ("nbsp", ' '),
        ("ndash", '–'),
        ("mdash", '—'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("hellip", '…'),
        ("eacute", 'é'),
        ("egrave", 'è'),
        ("agrave", 'à'),
        ("ccedil", 'ç'),
        ("ouml", 'ö'),
        ("uuml", 'ü'),
        ("auml", 'ä'),
    ];
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let near = &after[..after.floor_char_boundary(LONGEST_ENTITY + 1)];
        let entity = near.find(';').map(|end| (&after[..end], &after[end + 1..]));
        let found = entity.and_then(|(name, after)| {
            let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => n.parse().ok(),
            });
            let named = || NAMED.iter().find(|(n, _)| *n == name).map(|(_, c)| *c);
            number.and_then(char::from_u32).filter(|c| !c.is_control()).or_else(named).map(|c| (c, after))
        });
        match found {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out + rest
}

/// Whether two names or titles are one but for their marks and case.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let letters =
        |s: &'_ str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (a, b) = (letters(a), letters(b));
    !a.is_empty() && a == b
}

/// The name of the machine in an address, without `www`.
pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// Whether a declared name of a site is one and no sentence, address or handle.
pub(super) fn is_site(name: &str) -> bool {
    // A platform is no outlet.
    let platform = ["blogger", "wordpress", "wordpress.com"].iter().any(|p| name.eq_ignore_ascii_case(p));
    !platform
        && !name.is_empty()
        && name.len() <= 80
        && !name.contains("//")
        && !name.starts_with('@')
        && !name.contains(" | ")
}

/// A title without the name of the site before or behind it.
pub(super) fn without_site(title: &str, outlet: Option<&str>, url: Option<&str>, headings: &[String]) -> String {
    let host = url.map(host).unwrap_or_default();
    let squeeze = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let domain = squeeze(host.rsplit_once('.').map_or(host, |(name, _)| name));
    let is_site = |part: &str| {
        let letters = squeeze(part);
        outlet.is_some_and(|outlet| same(part, outlet) || letters.len() >= 4 && squeeze(outlet).contains(&letters))
            || letters.len() >= 3
                && (domain == letters || domain.len() >= 4 && (letters == squeeze(host) || domain.ends_with(&letters)))
    };
    let mut title = title;
    // A title can have a section and the site behind it: `Talks go on | World | Oria Daily`.
    'parts: loop {
        if headings.iter().any(|heading| same(heading, title)) {
            break;
        }
        for separator in SEPARATORS {
            if let Some((before, after)) = title.rsplit_once(separator)
                && !before.trim().is_empty()
                && (is_site(after) || headings.iter().any(|heading| same(heading, before)))
            {
                title = before.trim_end();
                continue 'parts;
            }
            if let Some((before, after)) = title.split_once(separator)
                && after.split(' ').count() >= 3
                && (is_site(before) && *separator != ": " || headings.iter().any(|heading| same(heading, after)))
            {
                title = after.trim_start();
                continue 'parts;
            }
        }
        break;
    }
    title.to_owned()
}

/// The names in a byline, without `By`, posts and addresses; `None` where no name is left.
pub(super) fn byline(raw: &str) -> Option<String> {
    let raw = text(raw);
    let mut rest = raw.as_str();
    for label in ["by ", "by: ", "written by ", "posted by ", "author: ", "von ", "por ", "par "] {
        if let Some((head, after)) = rest.split_at_checked(label.len())
            && head.eq_ignore_ascii_case(label)
        {
            rest = after.trim_start();
        }
    }
    let whole = before_date(rest).trim().trim_end_matches([',', ';', '|', '.']);
    if whole.is_empty() || whole.len() > 200 || whole.contains("//") || whole.starts_with("www.") {
        return None;
    }
    let parts = whole.split([',', ';', '|']).map(str::trim).filter(|part| !part.is_empty());
    let kept: Vec<&str> = parts.filter(|part| !part.contains('@') && !is_role(part)).collect();
    if kept.is_empty() {
        // A post alone is all that the page gives: `Staff writer`.
        return Some(whole.to_owned()).filter(|w| !w.contains('@') && w.chars().any(char::is_alphabetic));
    }
    joined(kept.into_iter().map(str::to_owned))
}

/// A byline without the day or the label that a page runs into it: `Ana Oren Monday, November 18`, `Ana Oren Published`.
fn before_date(byline: &str) -> &str {
    const ENDS: &[&str] = &[
        "published",
        "posted",
        "updated",
        "commented",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "july",
        "september",
        "october",
        "november",
        "december",
    ];
    let mut at = 0;
    for word in byline.split_inclusive(' ') {
        let plain = word.trim().trim_matches([',', ':', ';', '|']).to_lowercase();
        // The first words are the name; some of these are names too.
        if at > 0 && ENDS.contains(&plain.as_str()) && byline[..at].trim().contains(' ') {
            return &byline[..at];
        }
        at += word.len();
    }
    byline
}

/// Whether a part of a byline names a post.
fn is_role(part: &str) -> bool {
    let mut words = part.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).peekable();
    words.peek().is_none() || words.any(|word| ROLES.iter().any(|role| word.eq_ignore_ascii_case(role)))
}

/// Names with commas between, each once.
pub(super) fn joined(names: impl IntoIterator<Item = String>) -> Option<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names {
        if name.chars().any(char::is_alphabetic) && !out.iter().any(|before| same(before, &name)) {
            out.push(name);
        }
    }
    (!out.is_empty()).then(|| out.join(", "))
}
