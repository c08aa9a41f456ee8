//! A web server for tests: it listens on this machine alone and says what the test has it say. The tests of the command line use
//! it too.

#![allow(dead_code, reason = "each test that includes it uses a part")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request, as far as tests care.
#[derive(Debug, Clone)]
pub struct Asked {
    pub path: String,
    /// Lines of the head, names in lower case.
    pub headers: Vec<(String, String)>,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

type Says = dyn Fn(&Asked, &mut TcpStream) -> std::io::Result<()> + Send + Sync;

/// A server that ends with the program.
pub struct Server {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// A server that answers as `says` writes.
    pub fn start(says: impl Fn(&Asked, &mut TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let (log, says): (_, Arc<Says>) = (asked.clone(), Arc::new(says));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, says) = (log.clone(), says.clone());
                std::thread::spawn(move || {
                    // Clients go away in the middle: that is what some tests are about.
                    let _ = serve(stream, &log, &*says);
                });
            }
        });
        Self { address, asked }
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The paths that were asked for, in order.
    pub fn paths(&self) -> Vec<String> {
        self.requests().into_iter().map(|asked| asked.path).collect()
    }

    pub fn requests(&self) -> Vec<Asked> {
        self.asked.lock().expect("no panic").clone()
    }

    /// Forgets what was asked for.
    pub fn forget(&self) {
        self.asked.lock().expect("no panic").clear();
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<Asked>>, says: &Says) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = Vec::new();
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let asked = Asked { path, headers };
    log.lock().expect("no panic").push(asked.clone());
    says(&asked, &mut stream)?;
    stream.flush()
}

/// Writes an answer with these header lines, each ended by a line break.
pub fn answer(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) -> std::io::Result<()> {
    let head = headers.replace('\n', "\r\n");
    write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {}\r\n{head}\r\n", body.len())?;
    stream.write_all(body)
}

/// Writes the head of a redirect.
pub fn lead(stream: &mut TcpStream, to: &str) -> std::io::Result<()> {
    answer(stream, "302 Found", &format!("Location: {to}\n"), b"")
}
