//! Who is in the team, and how they come into it.

use axum::http::{Method, StatusCode};
use pourparler_ledger::{Role, Secret};

use super::{DAY, Desk, PASSWORD, Shows, begun, json};
use crate::team::first_invitation;

/// The code of a link.
fn code(link: &str) -> &str {
    link.split_once("/invitation#").expect("a link").1
}

#[tokio::test]
async fn the_first_owner_comes_in_by_the_link_that_the_program_prints() {
    let desk = Desk::new();
    let old = first_invitation(&desk.app).expect("a ledger").expect("nobody is there yet");
    let link = first_invitation(&desk.app).expect("a ledger").expect("nobody is there yet");
    let opened = |link: String| {
        let desk = &desk;
        async move { desk.form(&Shows::Nothing, "/invitation", &[("code", code(&link))]).await }
    };
    assert_eq!(opened(old).await.status, StatusCode::NOT_FOUND, "the newer one took its place");
    let page = opened(link.clone()).await;
    assert!(page.status == StatusCode::OK && page.body.contains("owner"), "{}", page.body);
    let accept = |name: &'static str, password: &'static str| {
        let (desk, link) = (&desk, link.clone());
        async move {
            let fields = [("code", code(&link)), ("name", name), ("password", password)];
            desk.form(&Shows::Nothing, "/invitation/accept", &fields).await
        }
    };
    for (name, password, why) in [
        ("Ana", "short", "12 characters or more"),
        ("", PASSWORD, "A name has"),
        ("…", PASSWORD, "A name has"),
        ("A\nb", "A nb and so", "12 characters"),
    ] {
        let got = accept(name, password).await;
        assert_eq!(got.status, StatusCode::BAD_REQUEST, "{name}");
        assert!(got.body.contains(why) && begun(&got).is_none(), "{name}: {}", got.body);
    }
    let got = accept("Ana", PASSWORD).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.body);
    let shows = begun(&got).expect("a session");
    assert_eq!(json(&desk.api(&shows, Method::GET, "/me", "").await)["role"], "owner");
    assert_eq!(accept("Mallory", PASSWORD).await.status, StatusCode::NOT_FOUND, "it holds once");
    assert_eq!(first_invitation(&desk.app).expect("a ledger"), None, "there is an owner");
}

#[tokio::test]
async fn owners_invite_and_take_back() {
    let desk = Desk::new();
    let owner = desk.signed_in("Own", Role::Owner);
    let invite = |body: &'static str| desk.api(&owner, Method::POST, "/people/invitations", body);
    for (body, status) in [
        (r#"{"name":"Own","role":"reader","days":7}"#, StatusCode::CONFLICT),
        (r#"{"name":"òwn!","role":"reader","days":7}"#, StatusCode::CONFLICT),
        (r#"{"name":"Ben","role":"king","days":7}"#, StatusCode::BAD_REQUEST),
        (r#"{"name":"Ben","role":"reader","days":31}"#, StatusCode::BAD_REQUEST),
        (r#"{"name":"Ben","role":"reader","days":7,"mail":"nonsense"}"#, StatusCode::BAD_REQUEST),
        (r#"{"name":"Ben","role":"reader"}"#, StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(invite(body).await.status, status, "{body}");
    }
    let made = invite(r#"{"name":"Ben","role":"editor","days":7}"#).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let link = json(&made)["link"].as_str().expect("a link").to_owned();
    assert!(link.starts_with("http://localhost:7070/invitation#"), "{link}");
    let listed = desk.api(&owner, Method::GET, "/people/invitations", "").await;
    assert!(listed.body.contains("Ben") && !listed.body.contains(code(&link)), "{}", listed.body);
    // The name is the owner's to give: what the form says of it counts for nothing.
    let fields = [("code", code(&link)), ("name", "Somebody else"), ("password", PASSWORD)];
    let ben = begun(&desk.form(&Shows::Nothing, "/invitation/accept", &fields).await).expect("a session");
    assert_eq!(json(&desk.api(&ben, Method::GET, "/me", "").await)["name"], "Ben");

    let link =
        json(&invite(r#"{"name":"Cai","role":"reader","days":7}"#).await)["link"].as_str().expect("a link").to_owned();
    let open = json(&desk.api(&owner, Method::GET, "/people/invitations", "").await);
    let id = open[0]["id"].as_i64().expect("a number");
    assert_eq!(
        desk.api(&ben, Method::DELETE, &format!("/people/invitations/{id}"), "").await.status,
        StatusCode::FORBIDDEN
    );
    let path = format!("/people/invitations/{id}");
    for status in [StatusCode::NO_CONTENT, StatusCode::NOT_FOUND] {
        assert_eq!(desk.api(&owner, Method::DELETE, &path, "").await.status, status);
    }
    let fields = [("code", code(&link)), ("password", PASSWORD)];
    assert_eq!(desk.form(&Shows::Nothing, "/invitation/accept", &fields).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_last_owner_stays_one() {
    let desk = Desk::new();
    let (own, ben) = (desk.somebody("Own", Role::Owner), desk.somebody("Ben", Role::Reader));
    let owner = desk.session(own);
    let change = |id: i64, body: &'static str| {
        let (desk, owner) = (&desk, &owner);
        async move { desk.api(owner, Method::PUT, &format!("/people/{id}"), body).await }
    };
    for body in [r#"{"role":"editor"}"#, r#"{"active":false}"#, r#"{"role":"reader","active":false}"#] {
        let got = change(own, body).await;
        assert_eq!(got.status, StatusCode::CONFLICT, "{body}");
        assert!(got.body.contains("only owner"), "{}", got.body);
    }
    assert_eq!(change(ben, r#"{"role":"owner"}"#).await.status, StatusCode::OK);
    assert_eq!(change(ben, r#"{"active":false}"#).await.status, StatusCode::OK);
    assert_eq!(
        change(own, r#"{"role":"editor"}"#).await.status,
        StatusCode::CONFLICT,
        "who may not come in is no owner"
    );
    assert_eq!(change(ben, r#"{"active":true}"#).await.status, StatusCode::OK);
    assert_eq!(change(own, r#"{"role":"editor"}"#).await.status, StatusCode::OK);
    assert_eq!(change(ben, r#"{"role":"owner"}"#).await.status, StatusCode::FORBIDDEN, "from now on an editor");
    let owner = desk.session(ben);
    assert_eq!(desk.api(&owner, Method::PUT, "/people/999", r#"{"role":"owner"}"#).await.status, StatusCode::NOT_FOUND);
}

/// Whose account ends is out at once, with all that they could come back by.
#[tokio::test]
async fn an_ended_account_leaves_no_way_in() {
    let desk = Desk::new();
    let owner = desk.signed_in("Own", Role::Owner);
    let ben = desk.somebody("Ben", Role::Owner);
    let (session, token) = (desk.session(ben), desk.token(ben, Role::Owner));
    let for_themselves =
        desk.api(&session, Method::POST, "/people/invitations", r#"{"name":"Ben too","role":"owner","days":30}"#);
    let for_themselves = json(&for_themselves.await)["link"].as_str().expect("a link").to_owned();
    let link = desk.api(&session, Method::POST, &format!("/people/{ben}/password-link"), "").await;
    let link = json(&link)["link"].as_str().expect("a link").to_owned();
    let got = desk.api(&owner, Method::PUT, &format!("/people/{ben}"), r#"{"active":false}"#).await;
    assert_eq!((got.status, json(&got)["active"].clone()), (StatusCode::OK, false.into()));
    assert!(!desk.lets_in(&session).await && !desk.lets_in(&token).await);
    let got = desk.form(&Shows::Nothing, "/sign-in", &[("name", "Ben"), ("password", PASSWORD)]).await;
    assert_eq!(got.status, StatusCode::UNAUTHORIZED);
    for link in [&for_themselves, &link] {
        let got =
            desk.form(&Shows::Nothing, "/invitation/accept", &[("code", code(link)), ("password", PASSWORD)]).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{}", got.body);
    }
    assert_eq!(
        desk.api(&owner, Method::POST, &format!("/people/{ben}/password-link"), "").await.status,
        StatusCode::NOT_FOUND
    );
    // Let in again, they have the password that they had, and nothing else of before.
    let got = desk.api(&owner, Method::PUT, &format!("/people/{ben}"), r#"{"active":true}"#).await;
    assert_eq!(got.status, StatusCode::OK);
    assert!(!desk.lets_in(&session).await && !desk.lets_in(&token).await);
    let got = desk.form(&Shows::Nothing, "/sign-in", &[("name", "Ben"), ("password", PASSWORD)]).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_password_link_is_for_one_account_and_ends_what_it_had() {
    let desk = Desk::new();
    let owner = desk.signed_in("Own", Role::Owner);
    let ben = desk.somebody("Ben", Role::Reader);
    let (session, token) = (desk.session(ben), desk.token(ben, Role::Reader));
    let make = || desk.api(&owner, Method::POST, "/people/2/password-link", "");
    assert_eq!(ben, 2);
    let old = json(&make().await)["link"].as_str().expect("a link").to_owned();
    let link = json(&make().await)["link"].as_str().expect("a link").to_owned();
    let page = desk.form(&Shows::Nothing, "/invitation", &[("code", code(&link))]).await;
    assert!(page.body.contains("Another password") && page.body.contains("Ben"), "{}", page.body);
    let accept = |link: String| {
        let desk = &desk;
        async move {
            let fields = [("code", code(&link)), ("name", "Own"), ("password", "four quite other words")];
            desk.form(&Shows::Nothing, "/invitation/accept", &fields).await
        }
    };
    assert_eq!(accept(old).await.status, StatusCode::NOT_FOUND);
    assert!(desk.lets_in(&session).await);
    let fresh = begun(&accept(link.clone()).await).expect("a session");
    assert_eq!(json(&desk.api(&fresh, Method::GET, "/me", "").await)["name"], "Ben");
    assert!(!desk.lets_in(&session).await && !desk.lets_in(&token).await && desk.lets_in(&owner).await);
    assert_eq!(accept(link).await.status, StatusCode::NOT_FOUND, "it holds once");
}

#[tokio::test]
async fn an_old_invitation_does_not_hold() {
    let desk = Desk::new();
    let secret = Secret::new().expect("randomness");
    let made = desk.app.at_once(|ledger| {
        let when = (super::ago(DAY), super::ago(DAY / 24));
        ledger.people().invite(("tests", None), &pourparler_ledger::Invite::default(), Role::Owner, &secret, when)
    });
    made.expect("made");
    let fields = [("code", secret.reveal()), ("name", "Ana"), ("password", PASSWORD)];
    assert_eq!(desk.form(&Shows::Nothing, "/invitation/accept", &fields).await.status, StatusCode::NOT_FOUND);
    assert_eq!(desk.form(&Shows::Nothing, "/invitation", &fields[..1]).await.status, StatusCode::NOT_FOUND);
}

/// Names are text, whatever they hold.
#[tokio::test]
async fn names_are_no_markup() {
    let desk = Desk::new();
    let name = "<b onclick=x>Ana</b>\"'&";
    let owner = desk.signed_in(name, Role::Owner);
    for path in ["/people", "/account", "/matrix"] {
        let got = desk.get_as(&owner, path).await;
        assert!(got.body.contains("&lt;b onclick=x&gt;") && !got.body.contains("<b onclick"), "{path}");
    }
}
