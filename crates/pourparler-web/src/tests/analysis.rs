//! The pages of analysis over a small record of an invented dispute, and over one as large as they must bear.

use axum::http::StatusCode;
use jiff::civil::Date;
use pourparler_ledger::Origin;
use pourparler_text::{
    Act, Article, ArticleStatements, DateRange, Manner, Position, Quotation, Span, Speaker, SpeakerKind, Statement,
    Text,
};
use serde_json::Value;

use super::Space;

const DOSSIER: &str = r#"
name = "Talks on the Sarn"
[[side]]
name = "Velmora"
[[side]]
name = "Ostrand"
[[side]]
name = "Tarn"
[[issue]]
id = "truce"
label = "truce: a halt of all fire"
group = "security"
words = ["truce"]
[[issue.option]]
id = "short"
label = "for ten days"
[[issue]]
id = "toll"
label = "toll on the bridge"
group = "money"
words = ["toll"]
"#;

/// A statement to be made: day of March, who for whom, act, positions, words.
type Said<'a> = (i8, &'a str, &'a str, Act, &'a [(&'a str, &'a str)], &'a str);

fn day(of_march: i8) -> Date {
    jiff::civil::date(2031, 3, of_march)
}

/// An article that holds these statements and no other words.
fn article(id: &str, all: &[Said]) -> ArticleStatements {
    let mut text = String::new();
    let mut statements = Vec::new();
    for (i, (of_march, who, party, act, positions, words)) in all.iter().enumerate() {
        let start = text.chars().count();
        text.push_str(words);
        let end = text.chars().count();
        text.push_str(".\n");
        statements.push(Statement {
            id: format!("s{}", i + 1),
            source: Vec::new(),
            cue: Vec::new(),
            content: vec![Span::new(start, end)],
            quotation: Quotation::Indirect,
            speaker: Speaker {
                name: Some((*who).to_owned()),
                kind: SpeakerKind::Person,
                role: None,
                party: Some((*party).to_owned()),
            },
            via: Vec::new(),
            said_on: Some(DateRange {
                from: day(*of_march),
                to: day(*of_march),
                text: None,
                method: None,
                anchor: None,
            }),
            act: *act,
            positions: positions.iter().map(|(issue, s)| Position::new(*issue, s.parse().expect("a stance"))).collect(),
            manner: Manner::default(),
            relayed_by: None,
            confidence: Some(0.9),
        });
    }
    let mut article = Article::from_text("");
    id.clone_into(&mut article.id);
    article.outlet = Some("Lakes Wire".to_owned());
    article.published = all.first().map(|said| day(said.0));
    article.text = Text::new(text);
    ArticleStatements::new(article, statements)
}

async fn space(articles: &[ArticleStatements]) -> Space {
    let space = Space::new();
    std::fs::write(space.path("talks.toml"), DOSSIER).expect("written");
    for article in articles {
        let article = article.clone();
        let added = space.app.write(move |ledger| {
            let origin = Origin {
                snapshot: article.article.id.as_bytes(),
                source: "a.txt",
                decoding: "text, utf-8",
                ..Origin::default()
            };
            ledger.add(&origin, &article, "model 1")
        });
        added.await.expect("added");
    }
    space
}

async fn small() -> Space {
    use Act::{Accuse, Commit, Demand, Deny};
    space(&[article(
        "a1",
        &[
            (
                1,
                "Ivo Marr",
                "Velmora",
                Demand,
                &[("truce", "opposes")],
                "no truce can hold while columns cross the river Sarn",
            ),
            (
                2,
                "Mira Hale",
                "Ostrand",
                Demand,
                &[("truce", "supports")],
                "a truce must begin before the thaw of spring",
            ),
            (
                3,
                "Mira Hale",
                "Ostrand",
                Accuse,
                &[("truce", "unclear")],
                "Velmora shelled the harbour bridge during morning prayers",
            ),
            (
                4,
                "Ivo Marr",
                "Velmora",
                Deny,
                &[("truce", "unclear")],
                "nobody shelled the harbour bridge during prayers at all",
            ),
            (
                8,
                "Ivo Marr",
                "Velmora",
                Commit,
                &[("truce", "supports"), ("toll", "opposes")],
                "the army will keep to a truce from Friday on",
            ),
            (
                9,
                "Odd <b>Name</b>",
                "The <i>League</i>",
                Demand,
                &[("toll", "supports")],
                "<script>alert(1)</script> a toll is due",
            ),
        ],
    )])
    .await
}

async fn json(space: &Space, path: &str) -> Value {
    let got = space.get(path).await;
    assert_eq!(got.status, StatusCode::OK, "{path}: {}", got.body);
    serde_json::from_str(&got.body).expect(path)
}

#[tokio::test]
async fn positions_are_told_for_every_day() {
    let space = small().await;
    let of = |all: &Value, party: &str| {
        let found = all["parties"].as_array().expect("parties").iter().find(|p| p["party"] == party).cloned();
        found.expect(party)
    };
    let now = json(&space, "/api/v1/positions").await;
    let names: Vec<_> =
        now["parties"].as_array().expect("parties").iter().map(|p| p["party"].as_str().expect("a name")).collect();
    assert_eq!(names, ["Velmora", "Ostrand", "Tarn", "The <i>League</i>"], "sides first, also the silent one");
    let velmora = of(&now, "Velmora");
    assert_eq!(velmora["positions"][0]["stance"], "supports");
    assert_eq!(velmora["positions"][0]["lead"], "a1/s5");
    assert_eq!(of(&now, "Tarn")["silent"], serde_json::json!(["truce", "toll"]));
    assert_eq!(of(&now, "Ostrand")["silent"], serde_json::json!(["toll"]));
    let before = json(&space, "/api/v1/positions?on=2031-03-07").await;
    assert_eq!(of(&before, "Velmora")["positions"][0]["stance"], "opposes");
    assert_eq!(of(&before, "Velmora")["silent"], serde_json::json!(["toll"]), "it had not spoken by then");
    let money = json(&space, "/api/v1/positions?group=money&party=Ostrand").await;
    assert_eq!(money["parties"].as_array().map(Vec::len), Some(1));
    assert_eq!(money["issues"][0]["id"], "toll");
}

#[tokio::test]
async fn the_matrix_says_stance_age_weight_and_silence() {
    let space = small().await;
    let page = space.get("/matrix?on=2031-03-07").await.body;
    for wanted in [
        "As of <time",
        "<b>opposes</b> <small>6 d ago · 2",
        "data-first=\"2031-03-01\" data-last=\"2031-03-09\"",
        "href=\"/matrix/history?party=Velmora&amp;issue=truce\"",
        "href=\"/matrix?on=2031-03-06\"",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    assert_eq!(
        page.matches("<span class=\"silent\">silent</span></td>").count(),
        6,
        "toll nobody, truce neither Tarn nor the League"
    );
    let chosen = space.get("/matrix?party=Ostrand&party=Tarn&group=security").await.body;
    assert!(chosen.contains("<td data-party=\"Tarn\">") && !chosen.contains("data-party=\"Velmora\""), "{chosen}");
    assert!(!chosen.contains("issue=toll"), "{chosen}");
}

#[tokio::test]
async fn a_cell_opens_its_history_with_moves_marked() {
    let space = small().await;
    let page = space.get("/matrix/history?party=Velmora&issue=truce").await.body;
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}: {page}"));
    assert!(at("columns cross") < at("nobody shelled") && at("nobody shelled") < at("<li class=\"moved\">"));
    assert!(at("<li class=\"moved\">") < at("the army will keep"));
    assert!(space.get("/matrix/history?party=Tarn&issue=truce").await.body.contains("class=\"silent\""));
    assert_eq!(space.get("/matrix/history?party=Tarn").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_issue_tells_who_moved_and_who_never_spoke() {
    let space = small().await;
    let truce = json(&space, "/api/v1/issues/truce").await;
    assert_eq!(truce["definition"], "truce: a halt of all fire");
    assert_eq!(truce["silent_sides"], serde_json::json!(["Tarn"]));
    let changes: Vec<_> = truce["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .map(|c| (c["party"].as_str(), c["from"].as_str(), c["to"].as_str()))
        .collect();
    assert_eq!(
        changes,
        [
            (Some("Velmora"), None, Some("opposes")),
            (Some("Ostrand"), None, Some("supports")),
            (Some("Velmora"), Some("opposes"), Some("supports"))
        ]
    );
    assert_eq!(truce["distances"][0]["now"], 0.0);
    assert_eq!(truce["distances"][0]["trend"], "shrinking");
    let listed = json(&space, "/api/v1/issues").await;
    assert_eq!(listed["total"], 2);
    assert_eq!(listed["items"][0]["id"], "toll", "two opposed weigh more than two who came together");
    let page = space.get("/issues/truce").await;
    assert_eq!(page.status, StatusCode::OK);
    for wanted in ["a halt of all fire", "for ten days", "Who never spoke on it", ">Tarn<", "shrinking"] {
        assert!(page.body.contains(wanted), "{wanted}: {}", page.body);
    }
    assert!(space.get("/issues").await.body.contains("href=\"/issues/truce\""));
    assert_eq!(space.get("/issues/nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(space.get("/api/v1/issues/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_timeline_tells_what_happened() {
    let space = small().await;
    let kinds = |all: &Value| -> Vec<String> {
        let items = all["items"].as_array().expect("items");
        items
            .iter()
            .map(|i| format!("{} {}", i["day"].as_str().unwrap_or_default(), i["kind"].as_str().unwrap_or_default()))
            .collect()
    };
    let all = json(&space, "/api/v1/timeline").await;
    let told = kinds(&all);
    assert!(told.is_sorted_by(|a, b| a[..10] >= b[..10]), "{told:?}");
    assert!(told.contains(&"2031-03-08 move".to_owned()) && told.contains(&"2031-03-03 claim".to_owned()), "{told:?}");
    assert!(told.contains(&"2031-03-08 promise".to_owned()), "{told:?}");
    let moves = json(&space, "/api/v1/moves").await;
    assert_eq!(moves["items"][0]["before"], serde_json::json!(["a1/s1"]));
    let claims = json(&space, "/api/v1/claims?kind=claim").await;
    assert_eq!(claims["items"][0]["answers"], serde_json::json!([{"statement": "a1/s4", "act": "deny"}]));
    assert_eq!(json(&space, "/api/v1/timeline?kind=move&party=Ostrand").await["total"], 0);
    assert_eq!(json(&space, "/api/v1/timeline?kind=move&issue=truce&since=2031-03-08").await["total"], 1);
    assert_eq!(json(&space, "/api/v1/timeline?kind=move&until=2031-03-07").await["total"], 0);
    assert_eq!(json(&space, "/api/v1/commitments").await["items"][0]["party"], "Velmora");
    assert_eq!(json(&space, "/api/v1/rounds").await["total"], 0);
    assert_eq!(space.get("/api/v1/claims?kind=move").await.status, StatusCode::BAD_REQUEST);
    let page = space.get("/timeline").await.body;
    assert!(page.contains("March 2031") && page.contains(">Denied<"), "{page}");
    assert!(!space.get("/timeline?kind=move").await.body.contains(">Denied<"));
}

#[tokio::test]
async fn networks_join_those_who_take_sides() {
    let space = small().await;
    let all = json(&space, "/api/v1/network?norm=none").await;
    assert_eq!(
        all["ties"],
        serde_json::json!([{"actors": ["Velmora", "Ostrand"], "weight": 1.0, "agree": ["truce"], "differ": ["truce"]}])
    );
    let conflict = json(&space, "/api/v1/network?norm=none&links=conflict").await;
    assert_eq!(conflict["ties"].as_array().map(Vec::len), Some(2), "{conflict}");
    for path in [
        "/network",
        "/network?mode=two",
        "/network?actors=speakers&links=both&norm=cosine",
        "/network?since=2040-01-01",
    ] {
        let page = space.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
    }
    assert_eq!(space.get("/network?norm=magic").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn nothing_is_well_said_where_nothing_is_on_record() {
    let space = Space::new();
    for path in [
        "/matrix",
        "/issues",
        "/timeline",
        "/network",
        "/network?mode=two",
        "/api/v1/positions",
        "/api/v1/timeline",
        "/api/v1/network",
    ] {
        assert_eq!(space.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn text_from_articles_stays_text() {
    let space = small().await;
    for path in [
        "/matrix",
        "/matrix/history?party=The+%3Ci%3ELeague%3C%2Fi%3E&issue=toll",
        "/issues",
        "/issues/toll",
        "/timeline",
        "/network",
        "/network?mode=two&actors=speakers",
    ] {
        let page = space.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for bad in ["<script>alert", "<i>League", "<b>Name", " style="] {
            assert!(!page.body.contains(bad), "{path} has {bad}");
        }
    }
}

#[tokio::test]
async fn pages_stay_small_over_a_large_record() {
    let stances = ["supports", "opposes", "conditional", "open", "unclear"];
    let parties: Vec<String> = (0..30).map(|p| format!("People's Republic no. {p}")).collect();
    let issues: Vec<String> = (0..60).map(|i| format!("issue-of-some-length-{i}")).collect();
    let speakers: Vec<String> = (0..200).map(|s| format!("Speaker{} Surname{s}", s / 7)).collect();
    let mut articles = Vec::new();
    for of_month in 0..6_usize {
        let mut all: Vec<(i8, usize, usize, usize, String)> = Vec::new();
        for (p, i) in (0..parties.len()).flat_map(|p| (0..issues.len()).map(move |i| (p, i))) {
            let day = i8::try_from(1 + (of_month * 5 + p + i) % 28).expect("a day");
            all.push((
                day,
                p,
                i,
                (p * 7 + i * 3 + of_month) % 5,
                format!("words{of_month}x{p}x{i} about what no{p}y{i}y{of_month} wants next"),
            ));
        }
        let positions: Vec<Vec<(&str, &str)>> =
            all.iter().map(|(_, _, i, s, _)| vec![(issues[*i].as_str(), stances[*s])]).collect();
        let said: Vec<Said> = all
            .iter()
            .zip(&positions)
            .map(|((day, p, i, s, words), held)| {
                (
                    *day,
                    speakers[(p * 60 + i) % 200].as_str(),
                    parties[*p].as_str(),
                    Act::ALL[(p + i + s) % 10],
                    held.as_slice(),
                    words.as_str(),
                )
            })
            .collect();
        articles.push(article(&format!("article-with-a-long-name-{of_month}"), &said));
    }
    let space = space(&articles).await;
    for path in [
        "/matrix",
        "/matrix?on=2031-03-14&skip=20",
        "/matrix/history?party=People%27s+Republic+no.+3&issue=issue-of-some-length-7",
        "/issues",
        "/issues/issue-of-some-length-7",
        "/timeline",
        "/network",
        "/network?actors=speakers&links=both",
        "/network?mode=two",
    ] {
        let began = std::time::Instant::now();
        let page = space.get(path).await;
        println!("{path}: {} bytes, {:?}", page.body.len(), began.elapsed());
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.body.len() <= 200_000, "{path} has {} bytes", page.body.len());
    }
}
