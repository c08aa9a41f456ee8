//! The rules by which the record is added up, one table of cases each.

mod fixture;

use fixture::{day, entry, on, positions, speaker};
use pourparler_brief::{
    Brief, BriefOptions, Caution, Cited, Record, claims, distinct, matrix, moves, to_html, to_markdown, voices,
};
use pourparler_text::{Act, Entry, Quotation, Stance};

const PREMIER: &str = "Mira Hale|person|Prime Minister|Ostrand";
const ENVOY: &str = "Tomas Kest|person|envoy|Ostrand";
const SECOND_ENVOY: &str = "Ana Fell|person|envoy|Ostrand";
const SOURCE: &str = "a senior official|unnamed||Ostrand";

/// A statement of a day of March, on the record's usual terms; the content is made different by its number.
fn said(of_march: i8, who: &str, held: &str) -> Entry {
    let mut e = entry("a", &format!("words of {who} on day {of_march} about {held}"));
    e.outlet = Some("Lakes Wire".to_owned());
    e.published = Some(day(of_march));
    e.statement.said_on = on(day(of_march));
    e.statement.speaker = speaker(who);
    e.statement.positions = positions(held);
    e
}

fn act(mut e: Entry, act: Act, content: &str) -> Entry {
    e.statement.act = act;
    e.content = content.to_owned();
    e.sentence = content.to_owned();
    e
}

fn direct(mut e: Entry) -> Entry {
    e.statement.quotation = Quotation::Direct;
    e
}

fn relayed(mut e: Entry) -> Entry {
    e.statement.via = vec!["State Radio".to_owned()];
    e
}

fn undated(mut e: Entry) -> Entry {
    e.statement.said_on = None;
    e.published = None;
    e
}

/// Stance, numbers that hold it, dissent, others.
type Held = (Stance, Vec<usize>, Vec<usize>, Vec<usize>);

/// The issue `truce` for Ostrand.
fn truce(entries: &[Entry], of_march: Option<i8>) -> Option<Held> {
    let cell = matrix(&distinct(entries), of_march.map(day)).cell("Ostrand", "truce").cloned()?;
    assert_eq!(cell.count(), cell.statements.len() + cell.dissent.len() + cell.other.len());
    Some((cell.stance, cell.statements, cell.dissent, cell.other))
}

#[test]
fn the_latest_day_wins_then_the_weightiest() {
    use Stance::{Conditional, Open, Opposes, Supports, Unclear};
    let cases = [
        ("silence is no stance", vec![said(1, PREMIER, "water=open")], None),
        (
            "the latest day wins",
            vec![said(2, PREMIER, "truce=opposes"), said(1, PREMIER, "truce=supports")],
            Some((Opposes, vec![2], vec![], vec![1])),
        ),
        (
            "a direct quotation outweighs a relayed report of the same day",
            vec![direct(said(1, PREMIER, "truce=open")), relayed(said(1, ENVOY, "truce=opposes"))],
            Some((Open, vec![1], vec![2], vec![])),
        ),
        (
            "a named person outweighs an unnamed one",
            vec![said(1, SOURCE, "truce=opposes"), said(1, PREMIER, "truce=supports")],
            Some((Supports, vec![2], vec![1], vec![])),
        ),
        (
            "at a tie the last counts",
            vec![said(1, ENVOY, "truce=supports"), said(1, SECOND_ENVOY, "truce=conditional")],
            Some((Conditional, vec![2], vec![1], vec![])),
        ),
        (
            "who settles outweighs who speaks",
            vec![said(1, PREMIER, "truce=supports"), said(1, ENVOY, "truce=opposes")],
            Some((Supports, vec![1], vec![2], vec![])),
        ),
        (
            "unclear never hides what was clear before",
            vec![said(1, PREMIER, "truce=supports"), said(2, PREMIER, "truce=unclear")],
            Some((Supports, vec![1], vec![], vec![2])),
        ),
        (
            "unclear counts where nothing is clearer",
            vec![said(1, PREMIER, "truce=unclear")],
            Some((Unclear, vec![1], vec![], vec![])),
        ),
        (
            "without a day is earlier than any day",
            vec![undated(said(9, PREMIER, "truce=opposes")), said(1, ENVOY, "truce=open")],
            Some((Open, vec![1], vec![], vec![2])),
        ),
    ];
    for (what, entries, wanted) in cases {
        assert_eq!(truce(&entries, None), wanted, "{what}");
    }
    let entries =
        [said(1, PREMIER, "truce=supports"), said(5, PREMIER, "truce=opposes"), undated(said(1, ENVOY, "truce=open"))];
    assert_eq!(truce(&entries, Some(4)), Some((Supports, vec![1], vec![], vec![])));
}

#[test]
fn without_a_party_there_is_no_position() {
    let statements = distinct(&[said(1, "Ann Roe|person|analyst|", "truce=supports")]);
    assert!(matrix(&statements, None).rows.is_empty() && moves(&statements).is_empty());
}

#[test]
fn moves_need_two_clear_stances() {
    use Caution::{Contested, NewOutlet, NewSpeaker, NotDated, SecondHand};
    let mut elsewhere = said(2, PREMIER, "truce=opposes");
    elsewhere.outlet = Some("Tarn Herald".to_owned());
    let mut published_only = said(2, PREMIER, "truce=opposes");
    published_only.statement.said_on = None;
    let before = || said(1, PREMIER, "truce=supports");
    let after = || said(2, PREMIER, "truce=opposes");
    let cases = [
        ("the same stance", vec![before(), said(2, PREMIER, "truce=supports")], None),
        ("unclear", vec![before(), said(2, PREMIER, "truce=unclear")], None),
        ("another issue", vec![before(), said(2, PREMIER, "water=opposes")], None),
        ("two voices of one day", vec![before(), said(1, ENVOY, "truce=opposes")], None),
        ("no day", vec![before(), undated(after())], None),
        ("a change", vec![before(), after()], Some(vec![])),
        (
            "over an unclear day",
            vec![before(), said(2, PREMIER, "truce=unclear"), said(3, PREMIER, "truce=opposes")],
            Some(vec![]),
        ),
        ("another speaker", vec![before(), said(2, ENVOY, "truce=opposes")], Some(vec![NewSpeaker])),
        ("unnamed", vec![before(), said(2, SOURCE, "truce=opposes")], Some(vec![NewSpeaker, SecondHand])),
        ("another outlet", vec![before(), elsewhere], Some(vec![NewOutlet])),
        ("relayed", vec![before(), relayed(after())], Some(vec![SecondHand])),
        ("contested", vec![before(), direct(after()), said(2, ENVOY, "truce=supports")], Some(vec![Contested])),
        ("dated by publication", vec![before(), published_only], Some(vec![NotDated])),
    ];
    for (what, entries, wanted) in cases {
        let found = moves(&distinct(&entries));
        assert_eq!(found.first().map(|m| m.cautions.clone()), wanted, "{what}");
        assert!(found.len() < 2, "{what}");
    }
}

#[test]
fn copies_are_one_statement() {
    let wire = |article: &str, published: i8, content: &str| {
        let mut e = act(said(1, PREMIER, "truce=open"), Act::Assert, content);
        e.article = article.to_owned();
        e.published = Some(day(published));
        e.statement.said_on = None;
        e
    };
    let other_speaker = |mut e: Entry| {
        e.statement.speaker = speaker(ENVOY);
        e
    };
    let dated = |mut e: Entry, of_march: i8| {
        e.statement.said_on = on(day(of_march));
        e
    };
    let cases = [
        ("quotation marks and case", vec![wire("a", 1, "“We agree.”"), wire("b", 2, "we agree")], 1),
        ("twice in one article", vec![wire("a", 1, "We agree"), wire("a", 1, "We agree")], 1),
        ("other words", vec![wire("a", 1, "We agree"), wire("b", 1, "We disagree")], 2),
        ("another speaker", vec![wire("a", 1, "We agree"), other_speaker(wire("b", 1, "We agree"))], 2),
        ("a slogan weeks later", vec![wire("a", 1, "We agree"), wire("b", 20, "We agree")], 2),
        ("said on other days", vec![dated(wire("a", 3, "We agree"), 1), dated(wire("b", 3, "We agree"), 2)], 2),
        (
            "the same day, reported late",
            vec![dated(wire("a", 3, "We agree"), 1), dated(wire("b", 25, "We agree"), 1)],
            1,
        ),
        ("no words to compare", vec![wire("a", 1, "…"), wire("b", 1, "!")], 2),
    ];
    for (what, entries, wanted) in cases {
        assert_eq!(distinct(&entries).len(), wanted, "{what}");
    }
    let found = distinct(&[wire("late", 4, "We agree"), wire("first", 2, "We agree"), wire("late", 4, "We agree")]);
    let articles: Vec<_> = found[0].appearances.iter().map(|a| a.article.as_str()).collect();
    assert_eq!((articles, found[0].entry.article.as_str()), (vec!["first", "late"], "first"));
}

#[test]
fn answers_are_joined_where_it_is_reasonably_certain() {
    const THEM: &str = "Ilse Orso|person||Velmora";
    let shelled = |of_march| {
        act(said(of_march, THEM, "civilians=opposes"), Act::Accuse, "Ostrand shelled the market of Old Tarn")
    };
    let denies = |of_march, held: &str| act(said(of_march, PREMIER, held), Act::Deny, "shelling any market");
    let unrelated = act(said(2, PREMIER, "civilians=unclear"), Act::Deny, "Velmora’s account of the convoy");
    let own = act(said(1, PREMIER, "civilians=opposes"), Act::Assert, "a shell hit the market");
    let demand = |of_march| act(said(of_march, THEM, "prisoners=supports"), Act::Demand, "release every prisoner");
    // Claims with answers, unanswered, denials without a claim.
    type Wanted = (Vec<(usize, Vec<usize>)>, Vec<usize>, Vec<usize>);
    let cases: Vec<(&str, Vec<Entry>, Wanted)> = vec![
        ("a denial", vec![shelled(1), denies(2, "civilians=unclear")], (vec![(1, vec![2])], vec![], vec![])),
        (
            "reported before its claim",
            vec![denies(2, "civilians=unclear"), shelled(2)],
            (vec![(2, vec![1])], vec![], vec![]),
        ),
        ("before the claim was made", vec![denies(1, "civilians=unclear"), shelled(2)], (vec![], vec![2], vec![1])),
        (
            "long after",
            vec![shelled(1), {
                let mut e = denies(2, "civilians=unclear");
                e.statement.said_on = on(jiff::civil::date(2031, 6, 1));
                e
            }],
            (vec![], vec![1], vec![2]),
        ),
        ("other words", vec![shelled(1), unrelated], (vec![], vec![1], vec![2])),
        ("another issue", vec![shelled(1), denies(2, "trade=unclear")], (vec![], vec![1], vec![2])),
        ("their own party", vec![own, denies(2, "civilians=unclear")], (vec![], vec![], vec![2])),
        ("a demand nobody takes up", vec![demand(1), said(2, PREMIER, "truce=open")], (vec![], vec![1], vec![])),
        ("a demand taken up", vec![demand(1), said(2, PREMIER, "prisoners=open")], (vec![], vec![], vec![])),
        (
            "accepted",
            vec![demand(1), act(said(2, PREMIER, "prisoners=supports"), Act::Accept, "the release of prisoners")],
            (vec![(1, vec![2])], vec![], vec![]),
        ),
    ];
    for (what, entries, wanted) in cases {
        let found = claims(&distinct(&entries));
        let answered = found.answered.into_iter().map(|a| (a.claim, a.answers)).collect();
        assert_eq!((answered, found.unanswered, found.denials), wanted, "{what}");
    }
}

#[test]
fn voices_keep_the_unnamed_apart() {
    let entries = [
        said(1, PREMIER, ""),
        said(2, "MIRA HÁLE|person||Ostrand", ""),
        said(3, SOURCE, ""),
        said(4, "", ""),
        relayed(said(5, ENVOY, "")),
    ];
    let statements = distinct(&entries);
    let voices = voices(&statements);
    let speakers: Vec<_> =
        voices.speakers.iter().map(|v| (v.name.as_str(), v.statements.clone(), v.only_relayed(&statements))).collect();
    assert_eq!(speakers, [("Mira Hale", vec![1, 2], false), ("Tomas Kest", vec![5], true)]);
    assert_eq!((voices.unnamed, voices.unattributed), (vec![3], vec![4]));
    assert_eq!(voices.speakers[0].role.as_deref(), Some("Prime Minister"));
}

#[test]
fn a_party_brief_has_its_row_and_what_answers_it() {
    let fixture = fixture::fixture();
    let brief = Brief::new(&fixture.record(), &BriefOptions { parties: vec!["velmora".into()], ..Default::default() });
    assert_eq!(brief.matrix.rows.iter().map(|r| r.party.as_str()).collect::<Vec<_>>(), ["Velmora"]);
    let others: Vec<_> =
        brief.statements.iter().filter(|c| c.party() != Some("Velmora")).map(|c| c.entry.statement.act).collect();
    assert!(others.contains(&Act::Deny), "the denial of Velmora’s accusation belongs to it");
    let ostrand =
        Brief::new(&fixture.record(), &BriefOptions { parties: vec!["Ostrand".into()], ..Default::default() });
    let waiting: Vec<_> = ostrand.claims.unanswered.iter().filter_map(|n| ostrand.statement(*n)).collect();
    assert_eq!(waiting.len(), 1, "Velmora has spoken on water since, though its words are not in the brief");
    assert!(waiting[0].entry.content.contains("corridor"));
    assert!(brief.gaps.silences[0].issues.contains(&"withdrawal".to_owned()), "{:?}", brief.gaps.silences);
}

#[test]
fn an_issue_and_a_last_day_narrow_the_brief() {
    let fixture = fixture::fixture();
    let options = BriefOptions { issues: vec!["ceasefire".into()], until: Some(day(9)), ..Default::default() };
    let brief = Brief::new(&fixture.record(), &options);
    assert_eq!(brief.matrix.issues.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["ceasefire"]);
    assert!(brief.statements.iter().all(|c| c.day <= Some(day(9)) && c.stance_on("ceasefire").is_some()));
    assert_eq!((brief.title.as_str(), brief.sources.len()), ("Where the parties stand on ceasefire", 3));
    assert!(brief.moves.is_empty(), "Velmora moved on the 14th only");
}

#[test]
fn new_is_from_a_day_on_or_of_the_last_day() {
    let fixture = fixture::fixture();
    let new = |since| {
        Brief::new(&fixture.record(), &BriefOptions { since, ..Default::default() })
            .new
            .map(|n| (n.since, n.statements.len()))
    };
    assert_eq!(new(None), Some((day(16), 6)));
    assert_eq!(new(Some(day(14))), Some((day(14), 10)));
    assert_eq!(new(Some(day(30))), Some((day(30), 0)));
}

#[test]
fn hostile_text_stays_text() {
    let hostile = "</bdi><script>alert(1)</script> \u{202e}evil\u{1b}[2J | ![x](javascript:1) # <b onclick='x'>";
    let mut e = direct(said(1, &format!("{hostile}|person|{hostile}|{hostile}").replace("| !", "!"), "truce=supports"));
    e.content = hostile.to_owned();
    e.sentence = hostile.to_owned();
    e.title = Some(hostile.to_owned());
    e.outlet = Some(hostile.to_owned());
    e.url = Some("javascript:alert(1)".to_owned());
    e.statement.positions[0].issue = hostile.to_owned();
    e.statement.via = vec![hostile.to_owned()];
    let brief = Brief::new(
        &Record { entries: &[e], ..Default::default() },
        &BriefOptions { title: Some(hostile.into()), ..Default::default() },
    );
    let (html, markdown) = (to_html(&brief), to_markdown(&brief));
    for bad in ["<script", "<b ", "href=\"javascript", "\u{202e}", "\u{1b}"] {
        assert!(!html.contains(bad), "{bad:?} in the page");
    }
    for bad in [" <script", "x](javascript", "\u{202e}", "\u{1b}"] {
        assert!(!markdown.contains(bad), "{bad:?} in the Markdown");
    }
    assert!(html.contains("&lt;script&gt;alert(1)"));
}

#[test]
fn an_empty_record_says_so() {
    let brief = Brief::new(&Record::default(), &BriefOptions::default());
    assert!(to_markdown(&brief).contains("No statements were found"));
    assert!(to_html(&brief).contains("No statements were found"));
    assert_eq!(*brief.statements, Vec::<Cited>::new());
}
