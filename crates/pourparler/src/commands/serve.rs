//! `pourparler serve`: the workspace in a browser.

use std::io::Write;
use std::net::SocketAddr;

use anyhow::Context;
use pourparler_web::Settings;

use super::Outcome;
use crate::args::Serve;

pub fn run(args: &Serve) -> anyhow::Result<Outcome> {
    let settings = Settings {
        ledger: args.ledger.ledger.clone(),
        dossier: args.dossier.clone(),
        listen: args.listen,
        hosts: args.host.clone(),
        allow_hosts: args.allow_host.clone(),
        reviewer: args.reviewer.clone(),
    };
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no threads to serve with")?;
    runtime.block_on(pourparler_web::serve(settings, |address| told(args, address), ended()))?;
    Ok(Outcome::Done)
}

/// Says where the workspace is. Whoever started the program may have closed its output, which is no reason not to serve.
fn told(args: &Serve, address: SocketAddr) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(
        out,
        "{}: open http://{address}/ in a browser; Ctrl-C ends it",
        pourparler_ledger::shown(&args.ledger.ledger).display()
    );
    let _ = out.flush();
    if !address.ip().is_loopback() {
        eprintln!("pourparler: everyone who reaches {address} can read and change this ledger; there are no accounts");
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
