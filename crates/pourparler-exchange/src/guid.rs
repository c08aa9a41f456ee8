//! GUIDs that depend on nothing but what they stand for.

use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// The GUID of a thing of some kind, from the parts that make it what it is: the same at any time and on any machine. It is a UUID of
/// version 8 (RFC 9562), made from a SHA-256.
pub(crate) fn guid(kind: &str, parts: &[&str]) -> Uuid {
    let mut hash = Sha256::new().chain_update("pourparler");
    for part in [kind].iter().chain(parts) {
        // With their lengths, so that no two lists of parts run together.
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    let digest: [u8; 32] = hash.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_one_guid() {
        assert_eq!(guid("code", &["a", "b"]), guid("code", &["a", "b"]));
        let all = [guid("code", &["a", "b"]), guid("code", &["ab"]), guid("code", &["ab", ""]), guid("user", &["ab"])];
        assert!((1..4).all(|n| !all[..n].contains(&all[n])));
        assert_eq!(guid("code", &[]).get_version_num(), 8);
    }
}
