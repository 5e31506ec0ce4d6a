//! Saying that a test was not done.

use std::fs::OpenOptions;
use std::io::Write;

/// Says why a test is not done here: on its output, and in the file that `TOUCHSTONE_SKIP_LOG` names, from
/// which a whole run gives account. The test should return after it.
pub fn skip(reason: &str) {
    println!("SKIPPED: {reason}");
    if let Some(path) = std::env::var_os("TOUCHSTONE_SKIP_LOG") {
        // One write, so that tests which run side by side do not mix their lines.
        let line = format!("SKIPPED: {}\n", reason.replace('\n', " "));
        let written = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .and_then(|mut log| log.write_all(line.as_bytes()));
        if let Err(error) = written {
            println!("and {} could not be written: {error}", path.display());
        }
    }
}
