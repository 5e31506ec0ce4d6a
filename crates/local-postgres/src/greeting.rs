//! The first words of Postgres' protocol: enough to see whether a server lets sessions in.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

/// Version 3.0 of the protocol, which every server that is old or new enough for us speaks.
const PROTOCOL: i32 = 196_608;
/// How long an answer is waited for; who waits for a server asks again.
const ANSWER_PATIENCE: Duration = Duration::from_secs(2);
/// "The database system is starting up", "is in recovery mode", "is shutting down".
const CANNOT_CONNECT_NOW: &str = "57P03";

/// Whether a session of this user and database would come about: false while there is nobody at the socket, or a
/// server that starts, recovers or stops. A server that refuses for another reason is up: the reason is for
/// whoever connects in earnest.
pub(crate) fn is_let_in(socket: &Path, user: &str, database: &str) -> bool {
    matches!(greet(socket, user, database), Ok(true))
}

fn greet(socket: &Path, user: &str, database: &str) -> std::io::Result<bool> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(ANSWER_PATIENCE))?;
    stream.set_write_timeout(Some(ANSWER_PATIENCE))?;
    stream.write_all(&hello(user, database))?;
    let mut kind = [0];
    stream.read_exact(&mut kind)?;
    if kind != *b"E" {
        // The request for a password, or that none is needed. Leaving in order keeps the server's log quiet.
        stream.write_all(&[b'X', 0, 0, 0, 4])?;
        return Ok(true);
    }
    let mut length = [0; 4];
    stream.read_exact(&mut length)?;
    let mut fields =
        vec![0; usize::try_from(u32::from_be_bytes(length).clamp(4, 64 * 1024) - 4).unwrap_or(0)];
    stream.read_exact(&mut fields)?;
    Ok(code(&fields) != Some(CANNOT_CONNECT_NOW))
}

fn hello(user: &str, database: &str) -> Vec<u8> {
    let mut body = Vec::from(PROTOCOL.to_be_bytes());
    for word in ["user", user, "database", database, ""] {
        body.extend_from_slice(word.as_bytes());
        body.push(0);
    }
    let mut message = Vec::from((body.len() as i32 + 4).to_be_bytes());
    message.extend_from_slice(&body);
    message
}

/// The code among an error's fields, each of which is a letter, its text and a zero byte.
fn code(fields: &[u8]) -> Option<&str> {
    fields
        .split(|byte| *byte == 0)
        .find_map(|field| field.strip_prefix(b"C"))
        .and_then(|code| std::str::from_utf8(code).ok())
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;
    use std::thread;

    use super::*;

    /// What is found at a socket whose server answers a greeting with `answer`.
    fn found(answer: &'static [u8]) -> bool {
        let dir = tempfile::tempdir().unwrap();
        let socket = dir.path().join("socket");
        let listener = UnixListener::bind(&socket).unwrap();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut hello = [0; 39];
            stream.read_exact(&mut hello).unwrap();
            assert_eq!(
                &hello[..],
                b"\0\0\0\x27\0\x03\0\0user\0somebody\0database\0things\0\0"
            );
            stream.write_all(answer).unwrap();
            // Until the other side leaves: closing first could take the answer away from it.
            let _ = stream.read(&mut [0; 8]);
        });
        let found = is_let_in(&socket, "somebody", "things");
        server.join().unwrap();
        found
    }

    #[test]
    fn a_server_that_lets_sessions_in_is_found() {
        assert!(found(b"R\0\0\0\x08\0\0\0\0"));
    }

    #[test]
    fn a_server_that_recovers_does_not_let_anybody_in() {
        assert!(!found(b"E\0\0\0\x18SFATAL\0C57P03\0M...\0\0"));
    }

    #[test]
    fn a_server_that_refuses_for_another_reason_is_up() {
        assert!(found(b"E\0\0\0\x18SFATAL\0C3D000\0M...\0\0"));
    }

    #[test]
    fn an_empty_socket_is_nobody() {
        let dir = tempfile::tempdir().unwrap();
        assert!(!is_let_in(&dir.path().join("socket"), "somebody", "things"));
    }
}
