//! Passwords: what they must be, and argon2id.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

use super::Team;
use crate::WebError;

/// A password has so many characters at least, …
const SHORTEST: usize = 12;
/// … and so many bytes at most.
const LONGEST: usize = 1024;

/// A password as somebody gave it; it has no form in which it could get into a message.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(value_type = String)]
pub struct Password(String);

impl Password {
    /// The same, however the keyboard composed its letters.
    fn bytes(&self) -> Vec<u8> {
        self.0.nfkc().collect::<String>().into_bytes()
    }

    /// Whether it may be somebody's.
    ///
    /// # Errors
    /// What it lacks.
    pub fn fits(&self, name: &str) -> Result<(), WebError> {
        let long = self.0.chars().count();
        if long < SHORTEST {
            return Err(WebError::Bad(format!(
                "A password has {SHORTEST} characters or more; this one has {long}. Four or five words that do not belong together are a good one."
            )));
        }
        if self.0.len() > LONGEST {
            return Err(WebError::Bad(format!("A password has {LONGEST} bytes at most.")));
        }
        let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        let (given, name) = (plain(&self.0), plain(name));
        let letters: std::collections::BTreeSet<char> = given.chars().collect();
        if letters.len() < 4 || (!name.is_empty() && given == name) {
            return Err(WebError::Bad("This password is too easy to guess.".to_owned()));
        }
        Ok(())
    }
}

/// What OWASP asks for at least: 19 MiB, two passes, one lane. Written here so that it changes with a commit and not with the library.
fn hasher() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// What is verified against where there is nothing to verify against, so that it takes as long.
static NOBODYS: LazyLock<String> = LazyLock::new(|| hash(b"nobody's password").unwrap_or_default());

/// Makes what takes time at its first use, so that nobody can tell the first name that is unknown by it.
pub fn prepare() {
    LazyLock::force(&NOBODYS);
}

pub(super) fn hash(password: &[u8]) -> Option<String> {
    hasher().hash_password(password).ok().map(|hash| hash.to_string())
}

impl Team {
    /// The PHC string that is kept of a password.
    ///
    /// # Errors
    /// Where the system has no randomness or memory.
    pub async fn hash(&self, password: &Password) -> Result<String, WebError> {
        let bytes = password.bytes();
        let hashed = self.hashing(move || hash(&bytes)).await?;
        hashed.ok_or_else(|| WebError::Fault("The password could not be hashed.".to_owned()))
    }

    /// Whether this is the password of which `phc` is kept; without one it takes the same way and ends in no.
    ///
    /// # Errors
    /// Where the program is at fault.
    pub async fn verify(&self, password: &Password, phc: Option<String>) -> Result<bool, WebError> {
        let bytes = password.bytes();
        self.hashing(move || {
            let kept = phc.as_deref().unwrap_or(&NOBODYS);
            let fits = PasswordHash::new(kept).is_ok_and(|kept| hasher().verify_password(&bytes, &kept).is_ok());
            fits && phc.is_some()
        })
        .await
    }

    async fn hashing<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, WebError> {
        let fault = || WebError::Fault("The program made a mistake with a password.".to_owned());
        let _turn = self.hashing.acquire().await.map_err(|_| fault())?;
        tokio::task::spawn_blocking(work).await.map_err(|_| fault())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_that_do_not_do() {
        let fits = |password: &str| Password(password.to_owned()).fits("Ana Maria Ortega").is_ok();
        for bad in
            ["", "short", "elevenchars", "aaaaaaaaaaaaaaaa", "abababababab", "Ana Maria Ortega", "ana.maria.ortega"]
        {
            assert!(!fits(bad), "{bad}");
        }
        for good in ["dam gate salt lamp", "twelve chars", "пароль из слов", "ana maria ortega and her dog"]
        {
            assert!(fits(good), "{good}");
        }
        assert!(!fits(&"long ".repeat(300)));
    }

    #[test]
    fn hashes_are_argon2id_as_it_is_recommended() {
        let kept = hash(b"dam gate salt lamp").expect("a hash");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert_ne!(kept, hash(b"dam gate salt lamp").expect("a hash"), "salted");
    }

    #[test]
    fn letters_are_the_same_however_they_were_composed() {
        let [one, two] = ["caf\u{e9} au lait au", "cafe\u{301} au lait au"].map(|p| Password(p.to_owned()).bytes());
        assert_eq!(one, two);
    }
}
