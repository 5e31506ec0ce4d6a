//! The product over HTTP: connections that are kept, on each of them one request after the other.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// A server that is asked.
pub struct Server {
    address: String,
    token: String,
}

impl Server {
    pub fn new(url: &str, token: &str) -> Result<Self> {
        let address = url
            .strip_prefix("http://")
            .context("the server's URL is not http")?;
        Ok(Self {
            address: address.trim_end_matches('/').to_owned(),
            token: token.to_owned(),
        })
    }

    fn request(&self, body: &str) -> Vec<u8> {
        format!(
            "POST /graphql HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
             Accept: application/graphql-response+json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.token,
            body.len()
        )
        .into_bytes()
    }

    /// What a request's `data` is; an answer with errors is one.
    pub fn ask(&self, body: &str) -> Result<Value> {
        let mut connection = Connection::to(&self.address)?;
        let answer: Value = serde_json::from_slice(connection.send(&self.request(body))?)?;
        if answer.get("errors").is_some() {
            bail!("the API answered {answer} to {body}");
        }
        answer
            .get("data")
            .cloned()
            .with_context(|| format!("no data in {answer}"))
    }

    /// How many requests a second are answered over so many connections, the bodies taken in turn. Every answer has
    /// to be as long as that body's first, but for what it says of its cost.
    pub fn load(&self, bodies: &[&str], connections: u32, duration: Duration) -> Result<f64> {
        let requests: Vec<Vec<u8>> = bodies.iter().map(|body| self.request(body)).collect();
        let mut first = Connection::to(&self.address)?;
        let lengths = requests
            .iter()
            .map(|request| first.send(request).map(told))
            .collect::<Result<Vec<_>>>()?;
        let barrier = Barrier::new(connections as usize);
        let count = |n: usize| -> Result<(u64, Duration)> {
            let mut connection = Connection::to(&self.address)?;
            barrier.wait();
            let (begun, mut answered, mut next) = (Instant::now(), 0, n);
            while begun.elapsed() < duration {
                let at = next % requests.len();
                let length = told(connection.send(&requests[at])?);
                if length != lengths[at] {
                    bail!("an answer of {length} bytes where {} were to come", lengths[at]);
                }
                answered += 1;
                next += 1;
            }
            Ok((answered, begun.elapsed()))
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (0..connections as usize)
                .map(|n| scope.spawn(move || count(n)))
                .collect();
            let mut rate = 0.0;
            for thread in threads {
                let (answered, took) = thread
                    .join()
                    .map_err(|_| anyhow::anyhow!("a connection panicked"))??;
                rate += answered as f64 / took.as_secs_f64();
            }
            Ok(rate)
        })
    }
}

/// How long an answer is without its extensions, which come last: they say how many statements it took.
fn told(answer: &[u8]) -> usize {
    const NAME: &[u8] = b"\"extensions\":";
    const TAIL: usize = 512;
    let tail = answer.len().saturating_sub(TAIL);
    let at = answer[tail..].windows(NAME.len()).rposition(|part| part == NAME);
    at.map_or(answer.len(), |at| tail + at)
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    fn to(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| format!("connecting to {address}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self {
            stream,
            buffer: vec![0; 256 * 1024],
        })
    }

    /// Sends a request and reads its answer's body.
    fn send(&mut self, request: &[u8]) -> Result<&[u8]> {
        self.stream.write_all(request)?;
        let mut filled = 0;
        let mut whole = None;
        loop {
            let read = self.stream.read(&mut self.buffer[filled..])?;
            if read == 0 {
                bail!("the server closed the connection");
            }
            filled += read;
            if whole.is_none() {
                whole = extent(&self.buffer[..filled])?;
            }
            if let Some((begin, end)) = whole
                && filled >= end
            {
                return Ok(&self.buffer[begin..end]);
            }
            if filled == self.buffer.len() {
                self.buffer.resize(filled * 2, 0);
            }
        }
    }
}

/// Where the body of an answer begins and ends, once its head is there.
fn extent(answer: &[u8]) -> Result<Option<(usize, usize)>> {
    let Some(head_length) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = std::str::from_utf8(&answer[..head_length])?;
    if !head.starts_with("HTTP/1.1 200") {
        bail!("the server answered {head}");
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse().ok())?
    });
    let length: usize = length.context("an answer without content-length")?;
    Ok(Some((head_length + 4, head_length + 4 + length)))
}

#[cfg(test)]
mod tests {
    use super::{extent, told};

    #[test]
    fn what_an_answer_says_of_its_cost_is_not_counted() {
        let of =
            |cost: &str| told(format!(r#"{{"data":{{"a":1}},"extensions":{{"cost":{cost}}}}}"#).as_bytes());
        assert_eq!(of("9"), of("10"));
        assert_eq!(told(b"{}"), 2);
    }

    #[test]
    fn the_body_of_an_answer_is_found_once_its_head_is_there() {
        let head = b"HTTP/1.1 200 OK\r\ncontent-type: x\r\nContent-Length: 5\r\n\r\n";
        assert_eq!(extent(&head[..20]).unwrap(), None);
        assert_eq!(extent(head).unwrap(), Some((head.len(), head.len() + 5)));
        assert!(extent(b"HTTP/1.1 429 Too Many Requests\r\n\r\n").is_err());
        assert!(extent(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }
}
