//! Search, its counts and its table over a small ledger.

use axum::http::{StatusCode, header};
use pourparler_text::{Act, Stance};

use crate::fixture::{article, said};
use crate::tests::Space;

async fn space() -> Space {
    let space = Space::new();
    let first = [
        said("Élise Nóvak", "Karveth", "the dam gates stay shut").on("dam", Stance::Opposes).act(Act::Reject),
        said("Oren Tal", "Lusenia", "the café at the dam <b>reopened</b> & stayed").on("dam", Stance::Supports),
        said("Oren Tal", "Lusenia", "=1+1 is what monitors counted"),
    ];
    space.add(article("a", "Osmela Courier", "2031-03-04", &first)).await;
    let second = [said("Mira Quist", "", "nothing was agreed on prisoners").act(Act::Deny)];
    space.add(article("b", "Ileth Post", "2031-01-09", &second)).await;
    space
}

#[tokio::test]
async fn findings_are_marked_counted_and_escaped() {
    let space = space().await;
    let page = space.get("/search?text=CAFE%20dam").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("<mark>café</mark> at the <mark>dam</mark> &lt;b&gt;reopened"), "{}", page.body);
    assert!(page.body.contains("1 found"), "{}", page.body);
    let page = space.get("/search?speaker=novak").await.body;
    assert!(page.contains("Élise <mark>Nóvak</mark>") && !page.contains("Mira Quist</bdi></strong>"), "{page}");
    let page = space.get("/search?party=karveth").await.body;
    assert!(page.contains("href=\"/search\" title=\"Take it away\""), "a chip takes the filter away: {page}");
    assert!(page.contains("?party=karveth&amp;issue=dam"), "a count narrows further: {page}");
    let page = space.get("/search?text=gates&tab=articles").await.body;
    assert!(
        page.contains("Headline of a") && !page.contains("Headline of b") && page.contains("<mark>gates</mark>"),
        "{page}"
    );
}

#[tokio::test]
async fn an_empty_answer_tells_the_way_out() {
    let space = space().await;
    let page = space.get("/search?text=dam&party=Velmora").await.body;
    assert!(page.contains("No statement passes all of this"), "{page}");
    assert!(page.contains("href=\"/search?text=dam\">2 without the party"), "{page}");
    assert!(page.contains("Articles hold it: 1"), "{page}");
    let page = Space::new().get("/search").await.body;
    assert!(page.contains("Nothing is on record yet") && page.contains("href=\"/add\""), "{page}");
    for path in ["/search?stance=maybe", "/search?since=soon", "/search?page=x"] {
        assert_eq!(space.get(path).await.status, StatusCode::BAD_REQUEST, "{path}");
    }
    for path in [
        "/search?page=0",
        "/search?page=999999999999",
        "/search?text=%22%28OR",
        "/search?min_score=NaN",
        "/search?party=%F0%9F%8E%89",
    ] {
        assert_eq!(space.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn programs_get_the_same() {
    let space = space().await;
    let json = |body: &str| serde_json::from_str::<serde_json::Value>(body).expect("JSON");
    let list = json(&space.get("/api/v1/statements?limit=2&offset=1&order=oldest").await.body);
    assert_eq!(
        (list["total"].as_u64(), list["offset"].as_u64(), list["items"].as_array().map(Vec::len)),
        (Some(4), Some(1), Some(2))
    );
    assert_eq!(list["items"][0]["name"], "a/s1", "the earliest of all was passed over");
    let facets = json(&space.get("/api/v1/facets?issue=dam").await.body);
    assert_eq!((&facets["statements"], &facets["parties"]["values"][0]["value"]), (&2.into(), &"Karveth".into()));
    let before = json(&space.get("/api/v1/facets").await.body);
    space.add(article("c", "Ileth Post", "2031-03-05", &[said("Oren Tal", "Lusenia", "rain fell")])).await;
    let after = json(&space.get("/api/v1/facets").await.body);
    assert_eq!((&before["statements"], &after["statements"]), (&4.into(), &5.into()), "kept counts end with the state");
}

#[tokio::test]
async fn a_table_has_what_is_shown_and_no_formulas() {
    let space = space().await;
    let table = space.get("/api/v1/statements.csv?party=Lusenia&order=oldest").await;
    assert_eq!(table.headers.get(header::CONTENT_TYPE).expect("a type"), "text/csv; charset=utf-8");
    let lines: Vec<&str> = table.body.lines().collect();
    assert_eq!(lines.len(), 3, "{}", table.body);
    assert!(lines[0].starts_with("article,title,outlet,published,url,statement,speaker"), "{}", lines[0]);
    assert!(lines[2].contains(",'=1+1 is what monitors counted,"), "{}", lines[2]);
    let none = space.get("/api/v1/statements.csv?party=Velmora").await;
    assert_eq!(none.body.lines().count(), 1, "the head alone");
}
