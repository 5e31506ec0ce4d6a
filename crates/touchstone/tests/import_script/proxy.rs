//! What stands between a program and its server in real life: a connection that breaks, a minute that is full.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

const FULL: &str = r#"{"errors":[{"message":"too many requests","extensions":{"code":"RATE_LIMITED"}}]}"#;

/// Passes connections on to the server at `url`, but for the first two: the first request is carried out, and its
/// answer lost; the second is told to come back in three seconds. Gives its own URL.
pub fn start(url: &str) -> String {
    let server = url.strip_prefix("http://").unwrap().to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let own = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for (number, client) in listener.incoming().enumerate() {
            let client = client.unwrap();
            match number {
                0 => lose_the_answer(client, &server),
                1 => say_full(client),
                _ => pass_on(&client, &server),
            }
        }
    });
    own
}

fn lose_the_answer(mut client: TcpStream, server: &str) {
    let mut upstream = TcpStream::connect(server).unwrap();
    let mut request = upstream.try_clone().unwrap();
    let mut from = client.try_clone().unwrap();
    let sending = thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut request);
    });
    let mut first = [0];
    upstream.read_exact(&mut first).unwrap();
    client.flush().unwrap();
    client.shutdown(Shutdown::Both).unwrap();
    sending.join().unwrap();
}

fn say_full(mut client: TcpStream) {
    let mut request = Vec::new();
    let mut part = [0; 4096];
    // Closing while something is unread would reset the connection, and the answer with it.
    while !is_whole(&request) {
        let read = client.read(&mut part).unwrap();
        assert_ne!(read, 0, "the request broke off");
        request.extend_from_slice(&part[..read]);
    }
    write!(
        client,
        "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nRetry-After: 3\r\n\
         Connection: close\r\nContent-Length: {}\r\n\r\n{FULL}",
        FULL.len()
    )
    .unwrap();
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some((head, _)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length: usize = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .unwrap()
        .trim()
        .parse()
        .unwrap();
    request.len() == head.len() + 4 + length
}

fn pass_on(client: &TcpStream, server: &str) {
    let upstream = TcpStream::connect(server).unwrap();
    for (from, to) in [(client, &upstream), (&upstream, client)] {
        let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
        thread::spawn(move || {
            let _ = std::io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        });
    }
}
