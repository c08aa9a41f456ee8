//! That the native part can be loaded by Python. Having this test, `cargo test` builds the library, which Python's own tests then use.

/// The library exports the function by which Python begins.
#[test]
fn the_library_is_a_module_of_python() {
    let tests = std::env::current_exe().expect("the test is a file");
    let library = tests.with_file_name(format!(
        "{}pourparler_native{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    ));
    let bytes = std::fs::read(&library).unwrap_or_else(|e| panic!("{}: {e}", library.display()));
    assert!(bytes.windows(14).any(|w| w == b"PyInit__native"));
}
