//! Passwords of DNA's coders, as Jasypt's strong encryptor keeps them: sixteen bytes of salt and a SHA-256 that was taken a hundred
//! thousand times, first of the salt and the password's NFC, together in base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

const SALT: usize = 16;
const TIMES: usize = 100_000;

/// A password as the file keeps it, with a salt of its own.
///
/// # Errors
/// Where the system gives no random bytes.
pub fn kept(password: &str) -> std::io::Result<String> {
    let mut salt = [0; SALT];
    getrandom::fill(&mut salt).map_err(std::io::Error::other)?;
    Ok(salted(&salt, password))
}

fn salted(salt: &[u8], password: &str) -> String {
    let normal: String = password.nfc().collect();
    let mut digest = Sha256::new().chain_update(salt).chain_update(normal).finalize();
    for _ in 1..TIMES {
        digest = Sha256::digest(digest);
    }
    STANDARD.encode([salt, &digest[..]].concat())
}

/// Whether a password opens what a file keeps.
#[cfg(test)]
pub fn opens(kept: &str, password: &str) -> bool {
    let salt = STANDARD.decode(kept).ok().and_then(|bytes| bytes.get(..SALT).map(<[u8]>::to_vec));
    salt.is_some_and(|salt| salted(&salt, password) == kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_opens() {
        let (one, two) = (kept("Zoe\u{301}").expect("it is made"), kept("Zoe\u{301}").expect("it is made"));
        assert!(opens(&one, "Zo\u{e9}") && opens(&two, "Zoe\u{301}"), "composed or not, it is one password");
        assert!(one != two && !opens(&one, "zoe") && !opens("", "") && !opens("?", ""));
        assert_eq!(one.len(), 64);
    }
}
