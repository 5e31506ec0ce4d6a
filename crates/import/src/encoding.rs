//! The encoding of a text: by its mark, by its shape, by what its bytes can mean.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use crate::Unreadable;

/// How much of a text says enough about its encoding.
const SAMPLE_BYTES: usize = 256 * 1024;
/// How many characters of East Asia tell Chinese from Japanese and Korean; fewer are taken for Chinese.
const SURE_PAIRS: usize = 40;

/// A text with what it was written in.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub encoding: &'static str,
}

/// Reads a file as text: in the encoding named, else in the one found out. A byte that means nothing is an error that
/// names its place, never a sign of replacement.
pub(crate) fn decode<'a>(
    file: &str,
    bytes: &'a [u8],
    named: Option<&str>,
) -> Result<Decoded<'a>, Unreadable> {
    let (marked, mark_bytes) = Encoding::for_bom(bytes).map_or((None, 0), |(e, n)| (Some(e), n));
    let content = &bytes[mark_bytes..];
    let encoding = match named {
        Some(name) => {
            Encoding::for_label(name.trim().as_bytes()).ok_or_else(|| Unreadable::UnknownEncoding {
                encoding: name.to_owned(),
            })?
        }
        None => marked.unwrap_or_else(|| guess(content)),
    };
    // GB18030 is GBK with more characters.
    let encoding = if encoding == GBK { GB18030 } else { encoding };
    decode_as(encoding, content)
        .map(|text| Decoded {
            text,
            encoding: encoding.name(),
        })
        .map_err(|at| Unreadable::Encoding {
            file: file.to_owned(),
            encoding: encoding.name().to_owned(),
            offset: mark_bytes + at,
            line: line_of(encoding, &content[..at.min(content.len())]),
        })
}

/// The text, or the offset of the first byte that means nothing.
fn decode_as<'a>(encoding: &'static Encoding, content: &'a [u8]) -> Result<Cow<'a, str>, usize> {
    if encoding == UTF_8 {
        return std::str::from_utf8(content)
            .map(Cow::Borrowed)
            .map_err(|error| error.valid_up_to());
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(content.len());
    let mut text = String::with_capacity(room.unwrap_or(content.len()));
    match decoder.decode_to_string_without_replacement(content, &mut text, true) {
        (DecoderResult::InputEmpty, _) => {}
        (DecoderResult::Malformed(length, after), read) => {
            return Err(read.saturating_sub(usize::from(length) + usize::from(after)));
        }
        (DecoderResult::OutputFull, read) => return Err(read),
    }
    // The holes of a single-byte encoding come out as controls that nobody writes.
    if encoding.is_single_byte() && text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c)) {
        let is_hole = |byte: &u8| {
            let one = [*byte];
            let (decoded, _) = encoding.decode_without_bom_handling(&one);
            decoded.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c))
        };
        return Err(content.iter().position(is_hole).unwrap_or(0));
    }
    Ok(Cow::Owned(text))
}

/// The line of a byte, from 1, by the line feeds before it.
fn line_of(encoding: &'static Encoding, before: &[u8]) -> usize {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        let feed = if encoding == UTF_16LE {
            [b'\n', 0]
        } else {
            [0, b'\n']
        };
        return 1 + before
            .as_chunks::<2>()
            .0
            .iter()
            .filter(|unit| **unit == feed)
            .count();
    }
    before.split(|byte| *byte == b'\n').count()
}

/// What a text without a mark is most likely written in.
fn guess(content: &[u8]) -> &'static Encoding {
    if let Some(wide) = guess_wide(content) {
        return wide;
    }
    if std::str::from_utf8(content).is_ok() || is_damaged_utf8(content) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // All of it: what is not ASCII may come late.
    detector.feed(content, true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    let pairs = pairs_of_chinese(content).unwrap_or(0);
    let is_unsure = guessed.is_single_byte() || pairs < SURE_PAIRS;
    if pairs > 0 && is_unsure && decode_as(GB18030, content).is_ok() {
        return GB18030;
    }
    guessed
}

/// UTF-16 shows by its zeros: every sign of ASCII has one, always on the same side.
fn guess_wide(content: &[u8]) -> Option<&'static Encoding> {
    let sample = &content[..content.len().min(SAMPLE_BYTES)];
    let (units, rest) = sample.as_chunks::<2>();
    if units.is_empty() || !rest.is_empty() {
        return None;
    }
    let zeros = |side: usize| units.iter().filter(|unit| unit[side] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let (encoding, on_its_side, on_the_other) = if first > second {
        (UTF_16BE, first, second)
    } else {
        (UTF_16LE, second, first)
    };
    if on_its_side * 50 < units.len() || on_the_other * 20 > on_its_side {
        return None;
    }
    // A text of bytes with a stray NUL has no line and no cell when it is read by twos.
    let text = decode_as(encoding, &content[..content.len() & !1]).ok()?;
    let is_table = text.contains(['\n', '\r']) && text.contains([',', ';', '\t', '|', '{']);
    is_table.then_some(encoding)
}

/// Whether a text that is not UTF-8 is yet too much like it to be anything else: many characters of several bytes are
/// whole, few are broken.
fn is_damaged_utf8(content: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in content.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= 10 && whole >= 10 * broken
}

/// How many pairs the bytes beyond ASCII make, where all stand in pairs as the characters and signs of GB 2312 do.
fn pairs_of_chinese(content: &[u8]) -> Option<usize> {
    let (mut pairs, mut at) = (0_usize, 0);
    while at < content.len() {
        if content[at].is_ascii() {
            at += 1;
            continue;
        }
        let is_pair = matches!(content[at], 0xa1..=0xa3 | 0xb0..=0xf7)
            && content
                .get(at + 1)
                .is_some_and(|trail| (0xa1..=0xfe).contains(trail));
        if !is_pair {
            return None;
        }
        pairs += 1;
        at += 2;
    }
    Some(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "公司,官网\n深度求索,deepseek.com\n月之暗面,moonshot.cn\n";

    fn wide(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn one_text_is_read_from_every_encoding() {
        let gb = GB18030.encode(TEXT).0.into_owned();
        let marked = |mark: &[u8], content: Vec<u8>| [mark, &content].concat();
        let table = [
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            (marked(b"\xef\xbb\xbf", TEXT.as_bytes().to_vec()), "UTF-8"),
            (marked(b"\xff\xfe", wide(TEXT, true)), "UTF-16LE"),
            (marked(b"\xfe\xff", wide(TEXT, false)), "UTF-16BE"),
            (wide(TEXT, true), "UTF-16LE"),
            (wide(TEXT, false), "UTF-16BE"),
            (gb, "gb18030"),
        ];
        for (bytes, encoding) in table {
            let decoded = decode("list.csv", &bytes, None).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.encoding), (TEXT, encoding));
        }
    }

    #[test]
    fn short_texts_are_told_apart() {
        let table: [(&[u8], &str, &str); 3] = [
            (b"name\nCaf\xe9\n", "name\nCafé\n", "windows-1252"),
            (b"a,b,c\n1,2,3\n4,5,\xa9", "a,b,c\n1,2,3\n4,5,©", "windows-1252"),
            (b"name\n\xb0\xd9\xb6\xc8\n", "name\n百度\n", "gb18030"),
        ];
        for (bytes, text, encoding) in table {
            let decoded = decode("list.csv", bytes, None).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.encoding), (text, encoding));
        }
    }

    #[test]
    fn a_stray_nul_makes_no_wide_text() {
        let decoded = decode("nul.csv", b"a,b,c\n\0,2,3", None).unwrap();
        assert_eq!(decoded.encoding, "UTF-8");
    }

    #[test]
    fn a_byte_that_means_nothing_is_named_with_its_place() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.push(0xff);
        let error = decode("list.csv", &bytes, None).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!(
                "list.csv: the bytes at offset {}, line 4, are no UTF-8",
                TEXT.len()
            )),
            "{error}"
        );
        let error = decode("list.csv", b"a\n\x81\n", Some("windows-1252")).unwrap_err();
        assert!(error.to_string().contains("offset 2, line 2"), "{error}");
        let error = decode("list.csv", b"\xff\xfea\0\n\0\x00\xd8b\0", None).unwrap_err();
        assert!(error.to_string().contains("offset 6, line 2"), "{error}");
    }

    #[test]
    fn an_encoding_that_nobody_knows_is_refused() {
        let error = decode("list.csv", b"a", Some("utf-9")).unwrap_err().to_string();
        assert!(error.starts_with("\"utf-9\" is no encoding"), "{error}");
    }
}
