//! Certificates.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum_server::tls_rustls::RustlsConfig;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::ServeError;

/// Files of a certificate, in PEM.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The certificate, followed by those that lead to its root.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// How connections are kept secret.
///
/// # Errors
/// Where a file cannot be read, or the key is not the certificate's.
pub fn config(files: &TlsFiles) -> Result<RustlsConfig, ServeError> {
    Ok(RustlsConfig::from_config(read(files)?))
}

/// Takes up a renewed certificate: looks `every` so often whether the files are others, and keeps the one that it has where the new ones
/// do not belong together.
pub async fn renew(held: RustlsConfig, files: TlsFiles, every: Duration) {
    let changed = |path: &Path| std::fs::metadata(path).and_then(|file| file.modified()).ok();
    let state = || -> [Option<SystemTime>; 2] { [changed(&files.certificate), changed(&files.key)] };
    let mut known = state();
    loop {
        tokio::time::sleep(every).await;
        let now = state();
        if now == known {
            continue;
        }
        match read(&files) {
            Ok(config) => {
                held.reload_from_config(config);
                known = now;
            }
            // The other file may be about to be written; it is tried again until both fit.
            Err(error) => eprintln!("pourparler: the certificate stays as it was: {error}"),
        }
    }
}

fn read(files: &TlsFiles) -> Result<Arc<ServerConfig>, ServeError> {
    let told = |file: &Path, what: String| ServeError::Certificate { file: file.to_owned(), what };
    let chain = CertificateDer::pem_file_iter(&files.certificate).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.map_err(|error| told(&files.certificate, error.to_string()))?;
    if chain.is_empty() {
        return Err(told(&files.certificate, "there is no certificate in it".to_owned()));
    }
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|error| told(&files.key, error.to_string()))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.and_then(|config| config.with_no_client_auth().with_single_cert(chain, key));
    let mut config = config.map_err(|error| told(&files.key, error.to_string()))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
