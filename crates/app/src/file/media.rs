//! What a file is, by its first bytes. Neither its name nor its sender is asked. It says whether a
//! browser may show a file in place, so that what is doubtful is bytes.

/// Signs that a text has beside those that are seen.
const BLANKS: [u8; 4] = [b'\t', b'\n', b'\r', 0x0c];

/// How an archive's entry begins: its name stands `NAME_AT` bytes behind.
const ENTRY: &[u8] = b"PK\x03\x04";
const NAME_AT: usize = 30;
/// How a paper of an older office begins. Which one wrote it is not told here.
const OLDER_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The media type of what begins so: one that is recognised, else plain text where it is UTF-8, else bytes.
pub(super) fn of(head: &[u8]) -> &'static str {
    if let Some(paper) = office(head) {
        return paper;
    }
    if let Some(kind) = infer::get(head) {
        return kind.mime_type();
    }
    if is_text(head) {
        "text/plain"
    } else {
        "application/octet-stream"
    }
}

/// What paper of an office the bytes are: one of today is an archive that begins with its table of contents, and whose
/// folders say what it is. Their order differs from program to program.
fn office(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(OLDER_OFFICE) {
        return Some("application/x-ole-storage");
    }
    let name_at = |at: usize| head.get(at + NAME_AT..).unwrap_or_default();
    let is_paper = head.starts_with(ENTRY)
        && [
            &b"[Content_Types].xml"[..],
            b"_rels/",
            b"docProps/",
            b"word/",
            b"xl/",
            b"ppt/",
        ]
        .iter()
        .any(|first| name_at(0).starts_with(first));
    if !is_paper {
        return None;
    }
    let entries = head.windows(ENTRY.len()).enumerate();
    entries
        .filter(|(_, window)| *window == ENTRY)
        .find_map(|(at, _)| match name_at(at) {
            name if name.starts_with(b"word/") => {
                Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document")
            }
            name if name.starts_with(b"xl/") => {
                Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            }
            name if name.starts_with(b"ppt/") => {
                Some("application/vnd.openxmlformats-officedocument.presentationml.presentation")
            }
            _ => None,
        })
}

/// Whether the bytes are UTF-8 without control signs; the last sign may be cut off.
fn is_text(head: &[u8]) -> bool {
    let is_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    is_utf8 && head.iter().all(|byte| *byte >= 0x20 || BLANKS.contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of an archive as offices write their papers: the parts in order, the first one empty.
    fn archive(parts: &[&str]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00\x21\x00");
            bytes.extend([0; 12]);
            bytes.extend((part.len() as u16).to_le_bytes());
            bytes.extend([0, 0]);
            bytes.extend(part.as_bytes());
            bytes.extend([0; 40]);
        }
        bytes
    }

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        let deck = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
        let parts = |last| archive(&["[Content_Types].xml", "_rels/.rels", last]);
        for (head, expected) in [
            (&b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"[..], "application/pdf"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
            (b"GIF89a\x01\0\x01\0", "image/gif"),
            (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
            (&parts("word/document.xml"), word),
            (&parts("xl/workbook.xml"), sheet),
            (&parts("ppt/presentation.xml"), deck),
            (&archive(&["notes.txt", "word/x"]), "application/zip"),
            (OLDER_OFFICE, "application/x-ole-storage"),
            ("名称,城市\n月之暗面,北京\n".as_bytes(), "text/plain"),
            (&"月".as_bytes()[..2], "text/plain"),
            (b"<html><script>alert(1)</script>", "text/html"),
            (b"\xc3\xfb\xb3\xc6,1\n", "application/octet-stream"),
            (b"a\0b", "application/octet-stream"),
            (b"\x01\x02", "application/octet-stream"),
        ] {
            assert_eq!(of(head), expected, "{:?}", String::from_utf8_lossy(head));
        }
        let text = "月".repeat(9);
        assert_eq!(of(text.as_bytes()), "text/plain");
        let drawing = of(b"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>");
        assert!(
            !matches!(drawing, "image/png" | "image/jpeg" | "image/gif" | "image/webp"),
            "{drawing} is shown in place"
        );
    }

    #[test]
    fn no_beginning_is_too_short_or_too_odd_to_be_looked_at() {
        let odd: [&[u8]; 12] = [
            b"",
            ENTRY,
            OLDER_OFFICE,
            b"\x1a\x45\xdf\xa3",
            b"dey\n036\0",
            b"dex\n035\0",
            b"\xca\xfe\xba\xbe",
            b"\0\0\0\x0cftyp",
            b"\xff\xff\xff\xffftypheic",
            b"\x50\x2a\x4d\x18\xff\xff\xff\xff",
            b"RIFF",
            b"\xef\xbb\xbf",
        ];
        for begin in odd {
            for fill in [0, 0x20, 0xff] {
                for length in 0..600 {
                    let mut head = begin.to_vec();
                    head.resize(length, fill);
                    assert!(!of(&head).is_empty());
                }
            }
        }
        assert_eq!(of(b""), "text/plain");
        let mut table = archive(&["[Content_Types].xml"]);
        table[18..22].fill(0xff);
        assert_eq!(of(&table), "application/zip");
    }
}
