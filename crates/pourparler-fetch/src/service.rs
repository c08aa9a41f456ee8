//! A service that the user named for the program to talk to: requests of any kind, and answers of any status.

use std::time::Duration;

use ureq::Agent;
use ureq::http::{Request, Response};
use ureq::unversioned::transport::DefaultConnector;

use crate::client::problem;
use crate::guard::{self, Guard};
use crate::{FetchError, Problem, USER_AGENT};

/// An answer has at most so many bytes.
const LARGEST: u64 = 1 << 20;
/// Longest time for one request with its answer.
const LONGEST: Duration = Duration::from_secs(15);

/// Talks to a service. The hosts that were named may be anywhere; where the service itself leads to must be on the public internet.
/// Redirects are handed on and not followed.
pub struct Service {
    agent: Agent,
}

impl Service {
    /// A client that may connect to these hosts wherever they are.
    #[must_use]
    pub fn new(hosts: &[String]) -> Self {
        let config = Agent::config_builder()
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(USER_AGENT)
            .timeout_global(Some(LONGEST))
            .build();
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), Guard::new(hosts)) }
    }

    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// Where there is none, it is too large, or the host may not be connected to.
    pub fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, FetchError> {
        let url = request.uri().to_string();
        self.answer(request).map_err(|problem| FetchError { url, problem })
    }

    fn answer(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Problem> {
        let url = guard::address(&request.uri().to_string())?;
        let told = |error| problem(error, &url);
        let (parts, mut body) = self.agent.run(request).map_err(told)?.into_parts();
        let bytes = body.with_config().limit(LARGEST).read_to_vec().map_err(told)?;
        Ok(Response::from_parts(parts, bytes))
    }
}
