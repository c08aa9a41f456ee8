//! A team on the command line.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use pourparler_ledger::{Ledger, Role, Secret};

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pourparler"));
    command.args(args).current_dir(folder).env_remove("POURPARLER_LEDGER").env("USER", "desk").stdin(Stdio::null());
    command
}

fn pourparler(folder: &Path, args: &[&str]) -> Ran {
    let output = command(folder, args).output().expect("it runs");
    Ran {
        code: output.status.code().expect("no signal"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// The code of a link, if it has one as long as it should be.
fn code(line: &str) -> Option<&str> {
    let (_, code) = line.trim().split_once("/invitation#")?;
    (code.len() == 64 && code.bytes().all(|b| b.is_ascii_hexdigit())).then_some(code)
}

#[test]
fn people_are_invited_given_roles_and_shut_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    assert_eq!(pourparler(path, &["people", "list"]).code, 4, "there is no ledger");
    let ledger = Ledger::open(path.join("pourparler.db")).expect("a ledger");
    assert_eq!(pourparler(path, &["people", "list"]).code, 1, "nobody is there");

    let address = "https://desk.example";
    let made =
        pourparler(path, &["people", "invite", "Ana Ortega", "--role", "owner", "--address", "https://desk.example/"]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(made.out.starts_with(&format!("{address}/invitation#")), "{}", made.out);
    let shown = code(&made.out).expect("a code");
    assert!(!made.err.contains(shown));
    let listed = pourparler(path, &["people", "list"]);
    assert!(listed.out.contains("Ana Ortega") && listed.out.contains("invited until"), "{}", listed.out);
    assert!(!listed.out.contains(shown));
    let now = jiff::Timestamp::now();
    let ana = ledger.people().accept(&Secret::given(shown), None, "$argon2id$", now).expect("Ana");
    assert_eq!(ana.role, Role::Owner);

    for (args, told) in [
        (&["people", "invite", "ana ortega"][..], "name of another account"),
        (&["people", "role", "Ana Ortega", "reader"], "only owner"),
        (&["people", "deactivate", "Ana Ortega"], "only owner"),
        (&["people", "role", "Nobody", "reader"], "nobody here is called"),
        (&["people", "role", "Ana Ortega", "king"], "king"),
        (&["people", "invite", "Ben", "--mail", "nonsense"], "no mail address"),
        (&["people", "invite", "Ben", "--days", "31"], "31"),
    ] {
        let ran = pourparler(path, args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(told), "{args:?}: {}", ran.err);
    }
    let made = pourparler(path, &["people", "invite", "Ben"]);
    let ben = ledger.people().accept(&Secret::given(code(&made.out).expect("a code")), None, "x", now).expect("Ben");
    assert_eq!(ben.role, Role::Reviewer, "where it is not said");
    for (args, told) in [
        (&["people", "role", "BEN", "owner"][..], "Ben is owner now"),
        (&["people", "role", "Ana Ortega", "reader"], "Ana Ortega is reader now"),
        (&["people", "deactivate", "Ana Ortega"], "may no longer come in"),
        (&["people", "activate", "Ana Ortega"], "may come in again, as reader"),
    ] {
        let ran = pourparler(path, args);
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        assert!(ran.out.contains(told), "{args:?}: {}", ran.out);
    }
    let link = pourparler(path, &["people", "password", "Ana Ortega"]);
    assert!(code(&link.out).is_some(), "{}", link.out);
    assert!(pourparler(path, &["people", "list"]).out.contains("password link until"));
}

#[test]
fn what_cannot_be_served_safely_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("secret"), "x").expect("written");
    for (args, told) in [
        (&["--team", "--listen", "0.0.0.0:0"][..], "in the clear"),
        (&["--team", "--tls-cert", "a.crt"], "--tls-key"),
        (&["--tls-cert", "a.crt", "--tls-key", "a.key"], "a.crt"),
        (&["--behind-proxy"], "--team"),
        (&["--team", "--behind-proxy", "--tls-cert", "a.crt", "--tls-key", "a.key"], "cannot be used with"),
        (&["--team", "--oidc-issuer", "https://id.example"], "--oidc-client-id"),
        (
            &[
                "--team",
                "--oidc-issuer",
                "http://id.example",
                "--oidc-client-id",
                "a",
                "--oidc-client-secret-file",
                "secret",
            ],
            "https alone",
        ),
        (
            &[
                "--team",
                "--oidc-issuer",
                "https://id.example",
                "--oidc-client-id",
                "a",
                "--oidc-client-secret-file",
                "none",
            ],
            "none",
        ),
    ] {
        let ran = pourparler(folder.path(), &[&["serve"][..], args].concat());
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(told), "{args:?}: {}", ran.err);
        assert!(!folder.path().join("pourparler.db").exists(), "{args:?}: nothing was made");
    }
}

#[test]
fn the_first_owner_is_told_the_way_in_and_later_nobody_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = |lines: usize| -> Vec<String> {
        let args = ["serve", "--team", "--listen", "127.0.0.1:0"];
        let mut child = command(folder.path(), &args).stdout(Stdio::piped()).spawn().expect("it runs");
        let out = BufReader::new(child.stdout.take().expect("piped"));
        let told = out.lines().take(lines).map(|line| line.expect("a line")).collect();
        child.kill().expect("it ran");
        child.wait().expect("it ended");
        told
    };
    let first = told(3);
    assert!(first[0].contains("open http://127.0.0.1:") && first[1].contains("owner"), "{first:?}");
    assert!(first[2].trim().starts_with("http://127.0.0.1:"), "{first:?}");
    let again = told(3);
    let (old, new) = (code(&first[2]).expect("a code"), code(&again[2]).expect("a code"));
    let ledger = Ledger::open(folder.path().join("pourparler.db")).expect("a ledger");
    let now = jiff::Timestamp::now();
    assert!(ledger.people().accept(&Secret::given(old), Some("Mallory"), "x", now).is_err());
    ledger.people().accept(&Secret::given(new), Some("Ana"), "x", now).expect("the first owner");
    assert_eq!(told(1).len(), 1);
    assert!(ledger.people().invitations(now).expect("asked").is_empty(), "none was made");
}
