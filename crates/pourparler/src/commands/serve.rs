//! `pourparler serve`: the workspace in a browser.

use std::io::Write;

use anyhow::Context;
use pourparler_web::{ProviderSettings, Ready, Settings, TeamSettings, TlsFiles};

use super::Outcome;
use crate::args::{Serve, Team};

pub fn run(args: &Serve) -> anyhow::Result<Outcome> {
    let Team { team, tls_cert, tls_key, behind_proxy, oidc_issuer, oidc_client_id, oidc_client_secret_file } =
        &args.team;
    // The command line gives all three of them or none.
    let provider = match (oidc_issuer, oidc_client_id, oidc_client_secret_file) {
        (Some(issuer), Some(client_id), Some(file)) => {
            Some(ProviderSettings { issuer: issuer.clone(), client_id: client_id.clone(), secret_file: file.clone() })
        }
        _ => None,
    };
    let tls = tls_cert.clone().zip(tls_key.clone()).map(|(certificate, key)| TlsFiles { certificate, key });
    let settings = Settings {
        ledger: args.ledger.ledger.clone(),
        dossier: args.dossier.clone(),
        listen: args.listen,
        hosts: args.host.clone(),
        allow_hosts: args.allow_host.clone(),
        reviewer: args.reviewer.clone(),
        tls,
        team: team.then(|| TeamSettings { behind_proxy: *behind_proxy, provider }),
    };
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no threads to serve with")?;
    runtime.block_on(pourparler_web::serve(settings, |ready| told(args, &ready), ended()))?;
    Ok(Outcome::Done)
}

/// Says where the workspace is. Whoever started the program may have closed its output, which is no reason not to serve.
fn told(args: &Serve, ready: &Ready) {
    let mut out = std::io::stdout().lock();
    let ledger = pourparler_ledger::shown(&args.ledger.ledger);
    let _ = writeln!(out, "{}: open {} in a browser; Ctrl-C ends it", ledger.display(), ready.url);
    if let Some(link) = &ready.first_owner {
        let _ = writeln!(
            out,
            "Nobody has an owner's account yet. This link makes the first, once and within a day:\n  {link}"
        );
    }
    let _ = out.flush();
    if !args.team.team && !ready.address.ip().is_loopback() {
        eprintln!(
            "pourparler: everyone who reaches {} can read and change this ledger; there are no accounts without --team",
            ready.address
        );
    }
}

/// Comes to pass at Ctrl-C and SIGTERM.
async fn ended() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let Ok(mut terminated) = terminated else {
            let _ = interrupted.await;
            return;
        };
        tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
}
