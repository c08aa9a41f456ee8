//! Accounts and what lets people in.

use jiff::{SignedDuration, Timestamp};

use pourparler_ledger::{IDLE, Identity, Invite, LONGEST, Ledger, PeopleError, Refusal, Role, Secret};

use crate::store::{IS_SQLITE, Place, fresh};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn at(hours: i64) -> Timestamp {
    "2031-03-04T05:06:07.5Z"
        .parse::<Timestamp>()
        .expect("an instant")
        .checked_add(HOUR * i32::try_from(hours).expect("few"))
        .expect("an instant")
}

fn secret() -> Secret {
    Secret::new().expect("randomness")
}

fn invited(ledger: &Ledger, name: &str, role: Role) -> i64 {
    let (secret, invite) = (secret(), Invite { name: Some(name.to_owned()), ..Invite::default() });
    ledger.people().invite(("tests", None), &invite, role, &secret, (at(0), at(1))).expect("invited");
    ledger.people().accept(&secret, None, "$argon2id$", at(0)).expect("accepted").id
}

fn refused<T: std::fmt::Debug>(done: Result<T, PeopleError>) -> Refusal {
    match done.expect_err("refused") {
        PeopleError::Refused(refusal) => refusal,
        PeopleError::Ledger(error) => panic!("{error}"),
    }
}

#[test]
fn secrets_are_long_and_never_the_same() {
    let (one, two) = (secret(), secret());
    assert_eq!(one.reveal().len(), 64);
    assert_ne!(one.reveal(), two.reveal());
    assert_ne!(one.hash(), one.reveal());
    assert_eq!(Secret::given(one.reveal()).hash(), one.hash());
}

#[test]
fn names_that_read_alike_are_one() {
    let ledger = fresh();
    invited(&ledger, "Ana Ortega", Role::Reader);
    let people = ledger.people();
    for name in ["ana ortega", "ANA  ORTEGA", "Ána Ortega", "Ana-Ortega"] {
        let invite = Invite { name: Some(name.to_owned()), ..Invite::default() };
        let done = people.invite(("tests", None), &invite, Role::Owner, &secret(), (at(0), at(1)));
        assert!(matches!(refused(done), Refusal::NameTaken(_)), "{name}");
        // An invitation that leaves the name open is held to the same when it is used.
        let open = secret();
        people.invite(("tests", None), &Invite::default(), Role::Reader, &open, (at(0), at(1))).expect("invited");
        assert!(matches!(refused(people.accept(&open, Some(name), "x", at(0))), Refusal::NameTaken(_)), "{name}");
        assert!(people.invitation(&open, at(0)).expect("asked").is_some(), "what failed used nothing up");
        assert_eq!(people.account_of(name).expect("asked").expect("found").name, "Ana Ortega");
    }
}

#[test]
fn sessions_end_by_themselves() {
    let ledger = fresh();
    let (people, ana) = (ledger.people(), invited(&ledger, "Ana", Role::Reader));
    let shown = secret();
    people.open_session(ana, &shown, "a\nbrowser", at(0)).expect("open");
    let holds = |now: Timestamp| people.session(&shown, now).expect("asked").is_some();
    let idle = i64::from(i32::try_from(IDLE.as_hours()).expect("few"));
    assert!(holds(at(0)) && holds(at(idle - 1)) && !holds(at(idle + 1)));
    // Used again and again it lasts longer, and not for ever.
    let mut hours = 0;
    while let Some((session, account)) = people.session(&shown, at(hours)).expect("asked") {
        assert_eq!((account.name.as_str(), session.agent.as_str()), ("Ana", "abrowser"));
        assert!(!session.is_used_anew(session.used_at) && session.is_used_anew(at(hours + 1)));
        people.use_session(&session, at(hours)).expect("kept");
        hours += idle - 1;
    }
    assert!((LONGEST.as_hours()..LONGEST.as_hours() + idle).contains(&hours), "{hours}");
    assert_eq!(people.sessions(ana, at(hours)).expect("asked"), []);
    // The next sign-in sweeps it away.
    people.open_session(ana, &secret(), "", at(hours)).expect("open");
    assert_eq!(people.end_sessions(ana, None).expect("ended"), 1);
}

#[test]
fn tokens_hold_until_their_day() {
    let ledger = fresh();
    let (people, ana) = (ledger.people(), invited(&ledger, "Ana", Role::Editor));
    let shown = secret();
    people.make_token(ana, &shown, "export", Role::Reader, (at(0), at(2))).expect("made");
    let holds = |now: Timestamp| people.token(&shown, now).expect("asked").is_some();
    assert!(holds(at(1)) && !holds(at(2)) && !holds(at(3)));
    assert!(people.token(&secret(), at(1)).expect("asked").is_none());
    assert!(people.session(&shown, at(1)).expect("asked").is_none(), "a token is no session");
    assert_eq!(refused(people.withdraw_token(ana + 1, 1)), Refusal::NoAccount);
    assert_eq!(people.tokens(ana).expect("asked").len(), 1);
}

#[test]
fn nothing_of_a_secret_is_stored() {
    if !IS_SQLITE {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("talks.db");
    let ledger = Ledger::open(&path).expect("a ledger");
    let (session, token, invitation) = (secret(), secret(), secret());
    let (people, ana) = (ledger.people(), invited(&ledger, "Ana", Role::Owner));
    people.open_session(ana, &session, "", at(0)).expect("open");
    people.make_token(ana, &token, "export", Role::Reader, (at(0), at(2))).expect("made");
    people.invite(("Ana", Some(ana)), &Invite::default(), Role::Reader, &invitation, (at(0), at(1))).expect("made");
    drop(ledger);
    for entry in std::fs::read_dir(folder.path()).expect("listed") {
        let bytes = std::fs::read(entry.expect("a file").path()).expect("read");
        for secret in [&session, &token, &invitation] {
            let wanted = secret.reveal().as_bytes();
            assert!(!bytes.windows(wanted.len()).any(|window| window == wanted));
        }
    }
}

#[test]
fn an_owner_who_is_none_any_more_has_invited_nobody() {
    let ledger = fresh();
    let (people, own, ben) =
        (ledger.people(), invited(&ledger, "Own", Role::Owner), invited(&ledger, "Ben", Role::Owner));
    let (by_ben, by_own) = (secret(), secret());
    people.invite(("Ben", Some(ben)), &Invite::default(), Role::Owner, &by_ben, (at(0), at(9))).expect("made");
    people.invite(("Own", Some(own)), &Invite::default(), Role::Reader, &by_own, (at(0), at(9))).expect("made");
    people.set_role("Own", ben, Role::Editor, at(1)).expect("changed");
    assert!(people.invitation(&by_ben, at(1)).expect("asked").is_none());
    assert!(people.invitation(&by_own, at(1)).expect("asked").is_some());
    assert_eq!(refused(people.set_role("Own", own, Role::Editor, at(1))), Refusal::LastOwner);
    assert_eq!(refused(people.end_account("Own", own, at(1))), Refusal::LastOwner);
    assert!(people.has_owner().expect("asked"));
}

#[test]
fn a_provider_vouches_for_whom_it_knows_and_who_was_invited() {
    let ledger = fresh();
    let people = ledger.people();
    let identity = |issuer: &str, subject: &str, mail: Option<&str>| Identity {
        issuer: issuer.to_owned(),
        subject: subject.to_owned(),
        verified_mail: mail.map(str::to_owned),
        name: None,
    };
    let invite = Invite { mail: Some("Ana@desk.example".to_owned()), ..Invite::default() };
    people.invite(("tests", None), &invite, Role::Editor, &secret(), (at(0), at(5))).expect("invited");
    let none = people.vouched(&identity("https://id.example", "1", None), None, at(1));
    assert_eq!(refused(none), Refusal::NotInvited);
    let late = people.vouched(&identity("https://id.example", "1", Some("ana@desk.example")), None, at(6));
    assert_eq!(refused(late), Refusal::NotInvited, "the invitation is too old by then");
    let ana = people.vouched(&identity("https://id.example", "1", Some("ana@desk.example")), None, at(1)).expect("Ana");
    assert_eq!((ana.role, ana.name.as_str(), ana.has_password), (Role::Editor, "ana@desk.example", false));
    let again = people.vouched(&identity("https://id.example", "1", None), None, at(6)).expect("Ana");
    assert_eq!(again.id, ana.id);
    for (issuer, subject) in [("https://other.example", "1"), ("https://id.example", "2")] {
        let other = people.vouched(&identity(issuer, subject, Some("ana@desk.example")), None, at(1));
        assert_eq!(refused(other), Refusal::NotInvited, "{issuer} {subject}: her account is bound to another");
    }
    // A link to set a password is no invitation.
    let link = secret();
    people.invite_back(("tests", None), ana.id, &link, (at(0), at(5))).expect("made");
    let other = people.vouched(&identity("https://id.example", "2", None), Some(&link), at(1));
    assert_eq!(refused(other), Refusal::NotInvited);
}

/// Two at the same time cannot do together what neither may do alone.
#[test]
fn what_holds_once_holds_once_for_two_at_a_time() {
    let place = Place::new();
    let ledger = place.open();
    let owners = [invited(&ledger, "Own", Role::Owner), invited(&ledger, "Ben", Role::Owner)];
    let shown = secret();
    ledger.people().invite(("tests", None), &Invite::default(), Role::Reader, &shown, (at(0), at(1))).expect("made");
    let done: Vec<(bool, bool)> = std::thread::scope(|scope| {
        let threads: Vec<_> = owners
            .into_iter()
            .map(|owner| {
                let (ledger, shown) = (place.open(), Secret::given(shown.reveal()));
                scope.spawn(move || {
                    let name = format!("Invited by {owner}");
                    let accepted = ledger.people().accept(&shown, Some(&name), "x", at(0)).is_ok();
                    (ledger.people().set_role("tests", owner, Role::Reader, at(0)).is_ok(), accepted)
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert_eq!(done.iter().filter(|(stepped_down, _)| *stepped_down).count(), 1, "{done:?}");
    assert_eq!(done.iter().filter(|(_, accepted)| *accepted).count(), 1, "{done:?}");
    assert!(ledger.people().has_owner().expect("asked"));
}

/// A ledger that is moved lets in whom it let in before, and others after them.
#[test]
fn people_move_with_their_ledger() {
    let (from, mut to) = (fresh(), fresh());
    let ana = invited(&from, "Ana", Role::Owner);
    let (session, token) = (secret(), secret());
    from.people().open_session(ana, &session, "", at(0)).expect("open");
    from.people().make_token(ana, &token, "export", Role::Reader, (at(0), at(9))).expect("made");
    from.copy_into(&mut to).expect("copied");
    assert_eq!(to.people().accounts().expect("asked"), from.people().accounts().expect("asked"));
    assert!(to.people().session(&session, at(1)).expect("asked").is_some());
    assert!(to.people().token(&token, at(1)).expect("asked").is_some());
    assert_ne!(invited(&to, "Ben", Role::Reader), ana);
    assert_eq!(to.verify().expect("looked"), []);
}

/// What leaves a ledger in open formats lets nobody in.
#[test]
fn nothing_that_lets_in_is_written_out() {
    let ledger = fresh();
    let ana = invited(&ledger, "Ana", Role::Owner);
    let session = secret();
    ledger.people().open_session(ana, &session, "", at(0)).expect("open");
    let mut all = String::new();
    let took = ledger.each_piece(|piece| -> Result<(), pourparler_ledger::LedgerError> {
        all += &format!("{piece:?}");
        Ok(())
    });
    took.expect("written out");
    assert!(all.contains("account made"), "the log is");
    assert!(!all.contains(&session.hash()) && !all.contains("argon2id"), "{all}");
}
