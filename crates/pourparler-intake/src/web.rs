//! Addresses as inputs.

use std::sync::OnceLock;

use pourparler_fetch::{Answer, Fetcher, Manners, Options, Problem, Request};
use pourparler_read::ReadOptions;

use crate::inputs::Input;

/// Gets the addresses that the user gave; the client is made when the first comes.
#[derive(Default)]
pub struct Web {
    allowed_hosts: Vec<String>,
    fetcher: OnceLock<Fetcher>,
}

impl Web {
    /// May connect to these hosts, wherever they are.
    #[must_use]
    pub fn new(allowed_hosts: &[String]) -> Self {
        Self { allowed_hosts: allowed_hosts.to_vec(), fetcher: OnceLock::new() }
    }

    /// What lies at an address, as an input.
    ///
    /// # Errors
    /// Why it could not be had.
    pub fn load(&self, address: &str) -> Result<Input, Problem> {
        let options = || Options { allowed_hosts: self.allowed_hosts.clone(), ..Options::default() };
        let fetcher = self.fetcher.get_or_init(|| Fetcher::new(options()));
        let request = Request::new(address, Manners::Asked);
        match fetcher.fetch(&request).map_err(|e| e.problem)? {
            Answer::Fetched(f) => {
                let options = ReadOptions { charset: f.charset, url: Some(f.url), published: None };
                Ok(Input::of_bytes(address.to_owned(), f.body, options))
            }
            // Only who asks with a mark of what it has is told so.
            Answer::Unchanged => Err(Problem::Status { code: 304, retry_after: None }),
        }
    }
}
