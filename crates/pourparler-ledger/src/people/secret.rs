//! Secrets that the program draws: of sessions, invitations, tokens.

use pourparler_text::sha256_hex;

/// 256 random bits, or what somebody gives as such. It has no form in which it could get into a message or a log, and is gone from memory
/// no later than the program needs it.
pub struct Secret(String);

impl Secret {
    /// A new one from the system's source of randomness.
    ///
    /// # Errors
    /// Where the system has none to give.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut bits = [0u8; 32];
        getrandom::fill(&mut bits)?;
        Ok(Self(bits.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// What somebody gave, to be looked up.
    #[must_use]
    pub fn given(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What is stored of it.
    #[must_use]
    pub fn hash(&self) -> String {
        sha256_hex(self.0.as_bytes())
    }

    /// The secret itself, for the one whose it is.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}
