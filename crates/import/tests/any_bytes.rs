//! No file ends the program, whatever its bytes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where a file is not as it was made"
)]

use std::{fs, path::Path};

use import::{Options, Source, open};
use proptest::prelude::*;

/// Reads to the end, or is told why not.
fn survives(file_name: Option<&str>, bytes: &[u8]) {
    match open(Source { file_name, bytes }, &Options::default()) {
        Ok(reader) => {
            let columns = reader.info().columns.len();
            assert!(columns > 0);
            for row in reader {
                assert!(row.is_fatal() || row.skip.is_some() || row.said.name.is_some());
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn made_up() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survives(None, &bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(name|公司|website|成立时间|标签)(,(\\PC|\n|\"|;|\\[|\\]|\\(|\\)|年|月){0,12}){0,40}") {
        survives(Some("list.csv"), text.as_bytes());
    }

    #[test]
    fn any_json_like_text_is_read_or_refused(text in "[\\[{]([\\[\\]{}:,\"a1 \n]|\"name\":|\"x\":\\[|null){0,60}") {
        survives(Some("list.json"), text.as_bytes());
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(
        which in any::<prop::sample::Index>(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        end in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let files = made_up();
        let mut bytes = which.get(&files).clone();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(end.index(bytes.len()));
        }
        survives(None, &bytes);
    }
}
