//! Files on their way in and out. One that comes in waits outside the database until all of it is there: then its size,
//! hash and kind are known, a write can be tried again, and a sender who is slow or gone holds no transaction. It waits in
//! a file without a name, which is gone with the program. Neither way is a file in memory as a whole.

mod media;

use std::{fs::File, io, os::unix::fs::FileExt as _, sync::Arc};

use domain::{FileId, person::DocumentFile};
use sha2::{Digest, Sha256};
use storage::file::CHUNK_BYTES;
use tokio::{io::AsyncWriteExt as _, task::spawn_blocking};

use crate::{
    App, Error,
    write::{Stop, Write},
};

/// How much of its beginning tells what a file is.
const HEAD_BYTES: usize = 64 * 1024;

/// A file that is coming in.
pub struct Holding {
    limit_bytes: u64,
    byte_size: u64,
    hash: Sha256,
    head: Vec<u8>,
    file: tokio::fs::File,
}

/// A file that came in whole and is not stored yet. It is gone with its last clone.
#[derive(Debug, Clone)]
pub struct Held {
    /// What its sender calls it.
    pub name: String,
    /// What its first bytes say that it is, such as `application/pdf`.
    pub media_type: String,
    /// Its bytes, counted.
    pub byte_size: u64,
    /// The SHA-256 of its bytes.
    pub sha256: [u8; 32],
    file: Arc<File>,
}

/// That more came than may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

fn failed(error: io::Error) -> Error {
    Error::Internal(format!("a file on its way in: {error}"))
}

impl Holding {
    /// Begins to hold a file of so many bytes at most.
    pub async fn begin(limit_bytes: u64) -> Result<Self, Error> {
        let file = spawn_blocking(tempfile::tempfile)
            .await
            .map_err(|error| Error::Internal(error.to_string()))?
            .map_err(failed)?;
        Ok(Self {
            limit_bytes,
            byte_size: 0,
            hash: Sha256::new(),
            head: Vec::new(),
            file: tokio::fs::File::from_std(file),
        })
    }

    /// Takes the next bytes; once there were too many, none is kept.
    pub async fn take(&mut self, bytes: &[u8]) -> Result<Result<(), TooLarge>, Error> {
        self.byte_size = self.byte_size.saturating_add(bytes.len() as u64);
        if self.byte_size > self.limit_bytes {
            return Ok(Err(TooLarge));
        }
        self.hash.update(bytes);
        let missing = HEAD_BYTES.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..missing]);
        self.file.write_all(bytes).await.map_err(failed)?;
        Ok(Ok(()))
    }

    /// All of it is there. `name` is what its sender calls it, perhaps with the folders that it was in.
    pub async fn finish(mut self, name: &str) -> Result<Held, Error> {
        self.file.flush().await.map_err(failed)?;
        Ok(Held {
            name: bare(name),
            media_type: media::of(&self.head).to_owned(),
            byte_size: self.byte_size,
            sha256: self.hash.finalize().into(),
            file: Arc::new(self.file.into_std().await),
        })
    }
}

/// A file's name without folders and without what cannot be seen.
fn bare(name: &str) -> String {
    name.rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_control())
        .collect()
}

impl Held {
    /// As a document tells of it.
    pub(crate) fn described(&self, id: FileId) -> DocumentFile {
        DocumentFile {
            id,
            name: self.name.clone(),
            media_type: self.media_type.clone(),
            byte_size: self.byte_size as i64,
            sha256: hex::encode(self.sha256),
        }
    }

    /// The piece that comes `n`th, from 0; empty behind the last.
    async fn chunk(&self, n: u64) -> Result<Vec<u8>, Error> {
        let file = Arc::clone(&self.file);
        let begin = n * CHUNK_BYTES as u64;
        let length = self.byte_size.saturating_sub(begin).min(CHUNK_BYTES as u64) as usize;
        spawn_blocking(move || {
            let mut bytes = vec![0; length];
            file.read_exact_at(&mut bytes, begin).map(|()| bytes)
        })
        .await
        .map_err(|error| Error::Internal(error.to_string()))?
        .map_err(failed)
    }
}

/// Stores a file with its bytes.
pub(crate) async fn store(w: &Write, described: &DocumentFile, held: &Held) -> Result<(), Stop> {
    storage::file::insert(&w.tx, described, w.by, w.now).await?;
    for n in 0.. {
        let bytes = held.chunk(n).await?;
        if bytes.is_empty() {
            break;
        }
        storage::file::insert_chunk(&w.tx, described.id, n as i32, bytes).await?;
    }
    Ok(())
}

/// What is in a stored file, handed out piece by piece to who was let at it.
#[derive(Debug, Clone)]
pub struct Content {
    db: storage::Database,
    id: FileId,
    next: i32,
}

impl Content {
    pub(crate) fn of(app: &App, id: FileId) -> Self {
        Self {
            db: app.inner.db.clone(),
            id,
            next: 0,
        }
    }

    /// The next piece; None behind the last.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let found = storage::file::chunk(&self.db, self.id, self.next).await?;
        self.next += 1;
        Ok(found)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_counted_hashed_and_read_back_piece_by_piece() {
        let mut holding = Holding::begin(1_000_000).await.unwrap();
        let all: Vec<u8> = (0..600_000_u32).map(|n| (n % 251) as u8).collect();
        for piece in all.chunks(70_001) {
            assert_eq!(holding.take(piece).await.unwrap(), Ok(()));
        }
        let held = holding.finish("C:\\fakepath\\a\u{0}b.bin").await.unwrap();
        assert_eq!((held.name.as_str(), held.byte_size), ("ab.bin", all.len() as u64));
        assert_eq!(held.sha256, <[u8; 32]>::from(Sha256::digest(&all)));
        let mut read = Vec::new();
        for n in 0..4 {
            let piece = held.chunk(n).await.unwrap();
            assert!(piece.len() <= CHUNK_BYTES);
            read.extend(piece);
        }
        assert_eq!(read, all);
    }

    #[tokio::test]
    async fn the_limit_is_the_last_size_that_is_taken() {
        let mut holding = Holding::begin(10).await.unwrap();
        assert_eq!(holding.take(&[0; 10]).await.unwrap(), Ok(()));
        assert_eq!(holding.take(&[0]).await.unwrap(), Err(TooLarge));
    }
}
