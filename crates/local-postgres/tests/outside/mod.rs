//! Asking a server something, and saying that a test was not done.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use local_postgres::Server;

/// Says that a test was not done, where the whole run's account is kept.
pub fn skip(reason: &str) {
    println!("SKIPPED: {reason}");
    if let Some(path) = std::env::var_os("TOUCHSTONE_SKIP_LOG") {
        let mut log = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .unwrap();
        writeln!(log, "SKIPPED: {reason}").unwrap();
    }
}

/// Asks the server something by its own protocol and gives the bytes of the answer, so that the tests need
/// neither a driver nor client programs.
pub fn ask(server: &Server, database: &str, sql: &str) -> String {
    let socket = server.socket_dir().join(".s.PGSQL.5432");
    let mut stream = UnixStream::connect(socket).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut hello = Vec::from(196_608_i32.to_be_bytes());
    hello.extend_from_slice(format!("user\0touchstone\0database\0{database}\0\0").as_bytes());
    stream.write_all(&(hello.len() as i32 + 4).to_be_bytes()).unwrap();
    stream.write_all(&hello).unwrap();
    read_until_ready(&mut stream);
    stream.write_all(b"Q").unwrap();
    stream.write_all(&(sql.len() as i32 + 5).to_be_bytes()).unwrap();
    stream.write_all(sql.as_bytes()).unwrap();
    stream.write_all(b"\0").unwrap();
    let answer = read_until_ready(&mut stream);
    stream.write_all(&[b'X', 0, 0, 0, 4]).unwrap();
    answer
}

fn read_until_ready(stream: &mut UnixStream) -> String {
    let mut all = String::new();
    loop {
        let mut head = [0; 5];
        stream.read_exact(&mut head).expect("an answer");
        let length = i32::from_be_bytes([head[1], head[2], head[3], head[4]]) as usize - 4;
        let mut body = vec![0; length];
        stream.read_exact(&mut body).unwrap();
        match head[0] {
            b'Z' => return all,
            b'E' => panic!("the server says: {}", String::from_utf8_lossy(&body)),
            b'D' => all.push_str(&String::from_utf8_lossy(&body)),
            _ => {}
        }
    }
}
