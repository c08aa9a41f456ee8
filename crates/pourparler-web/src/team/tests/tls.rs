//! Certificates, and that passwords go over no network in the clear.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use pourparler_ledger::{Invite, Ledger, Role, Secret};
use tokio::sync::oneshot;

use super::{DAY, PASSWORD, PHC, hence, now};
use crate::team::TeamSettings;
use crate::{App, Ready, ServeError, Settings, TlsFiles, serve};

fn settings(folder: &tempfile::TempDir, listen: [u8; 4]) -> Settings {
    Settings {
        ledger: folder.path().join("talks.db"),
        dossier: None,
        listen: (listen, 0).into(),
        hosts: Vec::new(),
        allow_hosts: Vec::new(),
        reviewer: "tester".to_owned(),
        tls: None,
        team: Some(TeamSettings::default()),
    }
}

/// A certificate of its own for this machine; where it and its key lie.
fn certificate(folder: &tempfile::TempDir, name: &str) -> (TlsFiles, Vec<u8>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]).expect("made");
    let path = |end: &str| folder.path().join(format!("{name}.{end}"));
    let files = TlsFiles { certificate: path("crt"), key: path("key") };
    std::fs::write(&files.certificate, made.cert.pem()).expect("written");
    std::fs::write(&files.key, made.signing_key.serialize_pem()).expect("written");
    (files, made.cert.pem().into_bytes())
}

#[test]
fn passwords_go_over_no_network_in_the_clear() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = |settings: Settings| {
        let address = SocketAddr::new(settings.listen.ip(), 7070);
        App::open(settings, address).map(drop)
    };
    let clear = settings(&folder, [0, 0, 0, 0]);
    let told = open(clear.clone()).expect_err("refused");
    assert!(matches!(told, ServeError::InTheClear { .. }) && told.to_string().contains("--tls-cert"), "{told}");
    assert!(!clear.ledger.exists(), "nothing was made");
    let (files, _) = certificate(&folder, "own");
    open(Settings { tls: Some(files), ..clear.clone() }).expect("by https");
    let behind_proxy = Some(TeamSettings { behind_proxy: true, provider: None });
    open(Settings { team: behind_proxy, ..clear.clone() }).expect("by a proxy");
    open(Settings { team: None, ..clear }).expect("without accounts it is as it was");
    open(settings(&folder, [127, 0, 0, 1])).expect("at this machine");
}

#[test]
fn certificates_that_do_not_do_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let ((own, _), (other, _)) = (certificate(&folder, "own"), certificate(&folder, "other"));
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    std::fs::write(path("empty"), "").expect("written");
    std::fs::write(path("nonsense"), [0, 159, 146, 150]).expect("written");
    for (certificate, key) in [
        (path("missing"), own.key.clone()),
        (own.certificate.clone(), path("missing")),
        (path("empty"), own.key.clone()),
        (own.certificate.clone(), path("empty")),
        (path("nonsense"), own.key.clone()),
        (own.certificate.clone(), path("nonsense")),
        (own.certificate.clone(), other.key.clone()),
        (own.key.clone(), own.certificate.clone()),
    ] {
        let files = TlsFiles { certificate, key };
        let told = crate::team::config(&files).map(drop).expect_err("refused").to_string();
        assert!(told.contains("--tls-cert"), "{told}");
    }
    crate::team::config(&own).map(drop).expect("a pair");
}

/// A certificate is taken up when it is renewed, and stays where what is there does not fit.
#[tokio::test]
async fn a_renewed_certificate_is_taken_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let (files, _) = certificate(&folder, "own");
    let held = crate::team::config(&files).expect("a pair");
    let first = held.get_inner();
    let every = Duration::from_millis(10);
    let renewing = tokio::spawn(crate::team::renew(held.clone(), files.clone(), every));
    let key = std::fs::read(&files.key).expect("a key");
    std::fs::write(&files.key, "nonsense").expect("written");
    tokio::time::sleep(every * 10).await;
    assert!(Arc::ptr_eq(&first, &held.get_inner()));
    std::fs::write(&files.key, key).expect("written");
    for _ in 0..500 {
        tokio::time::sleep(every).await;
        if !Arc::ptr_eq(&first, &held.get_inner()) {
            renewing.abort();
            return;
        }
    }
    panic!("the certificate was not taken up");
}

/// The whole program by https: a session's cookie is for https alone, and browsers are told to stay there.
#[tokio::test(flavor = "multi_thread")]
async fn a_team_comes_by_https() {
    let folder = tempfile::tempdir().expect("a folder");
    let (files, root) = certificate(&folder, "own");
    let settings = Settings { tls: Some(files), ..settings(&folder, [127, 0, 0, 1]) };
    let ledger = Ledger::open(&settings.ledger).expect("a ledger");
    let secret = Secret::new().expect("randomness");
    let invite = Invite { name: Some("Ana".to_owned()), ..Invite::default() };
    let people = ledger.people();
    people.invite(("tests", None), &invite, Role::Owner, &secret, (now(), hence(DAY))).expect("invited");
    people.accept(&secret, None, &PHC, now()).expect("accepted");
    drop(ledger);

    let (told, listening) = oneshot::channel::<Ready>();
    let (end, ended) = oneshot::channel::<()>();
    let serving = tokio::spawn(serve(settings, |ready| drop(told.send(ready)), async { drop(ended.await) }));
    let ready = listening.await.expect("it serves");
    assert!(ready.url.starts_with("https://127.0.0.1:") && ready.first_owner.is_none(), "{ready:?}");
    let asked = tokio::task::spawn_blocking(move || {
        let roots = ureq::tls::RootCerts::new_with_certs(&[ureq::tls::Certificate::from_pem(&root).expect("a root")]);
        let tls = ureq::tls::TlsConfig::builder().root_certs(roots).build();
        let config = || ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let agent = config().tls_config(tls).build().new_agent();
        let page = agent.get(format!("{}sign-in", ready.url)).call().expect("a page");
        assert_eq!(page.status(), 200);
        assert_eq!(page.headers()["strict-transport-security"], "max-age=31536000");
        let origin = ready.url.trim_end_matches('/');
        let form = [("name", "Ana"), ("password", PASSWORD)];
        let sign_in =
            agent.post(format!("{origin}/sign-in")).header("origin", origin).send_form(form).expect("an answer");
        assert_eq!(sign_in.status(), 303);
        let cookie = sign_in.headers()["set-cookie"].to_str().expect("ASCII").to_owned();
        assert!(cookie.starts_with("__Host-session=") && cookie.ends_with("; Secure"), "{cookie}");
        let pair = cookie.split(';').next().expect("a pair");
        let who = agent.get(format!("{origin}/api/v1/me")).header("cookie", pair).call().expect("an answer");
        assert_eq!(who.status(), 200);

        // Whoever knows no such root is told so by their browser, and http is not spoken.
        assert!(config().build().new_agent().get(&ready.url).call().is_err());
        let plain = config().build().new_agent().get(ready.url.replace("https", "http")).call();
        assert!(plain.is_err() || plain.is_ok_and(|answer| answer.status() == 400));
    });
    asked.await.expect("asked");
    drop(end);
    serving.await.expect("no panic").expect("it ended well");
}
