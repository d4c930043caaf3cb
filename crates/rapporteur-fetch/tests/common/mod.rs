//! A small server on loopback, whose answers a test writes as they go over the wire.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How a request is answered.
pub(crate) enum Reply {
    /// With these bytes, after which the connection is closed.
    Bytes(Vec<u8>),
    /// With nothing, for longer than a test waits.
    Silence,
    /// With a page that does not end.
    Endless,
}

/// A server that runs until the tests end.
pub(crate) struct Server {
    pub(crate) port: u16,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server; `answer` gets the head of each request.
    pub(crate) fn start(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (seen, answer) = (Arc::clone(&requests), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                thread::spawn(move || {
                    let head = head_of(&stream);
                    seen.lock().unwrap().push(head.clone());
                    send(stream, answer(&head));
                });
            }
        });
        Server { port, requests }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The heads of the requests for a path.
    pub(crate) fn requests(&self, path: &str) -> Vec<String> {
        let begin = format!("GET {path} ");
        self.requests.lock().unwrap().iter().filter(|head| head.starts_with(&begin)).cloned().collect()
    }
}

/// A response with a body of a type.
pub(crate) fn page(content_type: &str, body: &str) -> Reply {
    with_headers(&format!("Content-Type: {content_type}"), body.as_bytes())
}

/// A response with status 200 and these header lines.
pub(crate) fn with_headers(headers: &str, body: &[u8]) -> Reply {
    let mut bytes = format!("HTTP/1.1 200 OK\r\n{headers}\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    Reply::Bytes(bytes)
}

/// A response without a body.
pub(crate) fn status(line: &str, headers: &str) -> Reply {
    Reply::Bytes(format!("HTTP/1.1 {line}\r\n{headers}Content-Length: 0\r\n\r\n").into_bytes())
}

fn head_of(stream: &TcpStream) -> String {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.take_while(|line| !line.is_empty()).map(|line| line + "\n").collect()
}

fn send(mut stream: TcpStream, reply: Reply) {
    // The client may have gone.
    match reply {
        Reply::Bytes(bytes) => drop(stream.write_all(&bytes)),
        Reply::Silence => thread::sleep(Duration::from_secs(20)),
        Reply::Endless => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
            while stream.write_all(&[b'a'; 4096]).is_ok() {}
        }
    }
}
