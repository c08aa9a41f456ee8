//! What all targets check: any bytes come to an end without a panic, and what is read keeps the invariants of reading.

use pourparler_read::{ReadOptions, Reading, read};

/// Reads bytes that begin as inputs of one form do, so that the fuzzer need not find that out.
pub fn check(head: &[u8], data: &[u8]) {
    let bytes = [head, data].concat();
    let Reading { articles, problems } = read(&bytes, "fuzz", &ReadOptions::default());
    for one in &articles {
        assert!(one.furniture.is_sorted());
        assert!(one.furniture.iter().all(|&span| one.article.text.fits(span) && !span.is_empty()));
        assert!(!one.article.id.is_empty());
    }
    for problem in &problems {
        assert!(!problem.reason.is_empty());
    }
}

/// A target for inputs that begin so.
#[macro_export]
macro_rules! reader {
    ($head:expr) => {
        libfuzzer_sys::fuzz_target!(|data: &[u8]| $crate::check($head, data));
    };
}
