//! The packet of a closed meeting: what stood when it was closed, in a form whose hash anybody can compute again.
//!
//! An item's hash is SHA-256 over its salt and its canonical JSON; the packet's is over the canonical JSON of its head,
//! which lists the hashes of all items. So a reader who is shown some of the items can check those, and that the others
//! are as they were, without learning what is in them.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// Bytes of an item's salt.
pub const SALT_BYTES: usize = 16;

/// JSON in one form: keys in order, no blanks, no number but whole ones (a fraction becomes the string of its digits, so
/// that no reader rounds it).
pub fn canonical(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut sorted: Vec<(&String, &Value)> = fields.iter().collect();
            sorted.sort_by_key(|(name, _)| name.as_bytes());
            let fields: Map<String, Value> = sorted
                .into_iter()
                .map(|(name, value)| (name.clone(), canonical(value)))
                .collect();
            Value::Object(fields)
        }
        Value::Array(values) => Value::Array(values.iter().map(canonical).collect()),
        Value::Number(number) if !(number.is_i64() || number.is_u64()) => Value::String(number.to_string()),
        other => other.clone(),
    }
}

/// The hash of an item.
pub fn item_sha256(salt: &[u8; SALT_BYTES], body: &Value) -> [u8; 32] {
    Sha256::new()
        .chain_update(salt)
        .chain_update(canonical(body).to_string())
        .finalize()
        .into()
}

/// The head of a packet, with the hashes of its items, and the hash of the whole.
pub fn sealed(mut head: Map<String, Value>, items: &[[u8; 32]]) -> (Value, [u8; 32]) {
    let hashes = items.iter().map(|hash| Value::String(hex(hash))).collect();
    head.insert("items".to_owned(), Value::Array(hashes));
    let head = canonical(&Value::Object(head));
    let sha256 = Sha256::digest(head.to_string()).into();
    (head, sha256)
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_order_of_fields_does_not_change_a_hash_and_a_fraction_is_kept_digit_by_digit() {
        let one = json!({ "b": 1, "a": { "y": 0.1, "x": null } });
        let other: Value = serde_json::from_str(r#"{"a":{"x":null,"y":0.1},"b":1}"#).unwrap();
        assert_eq!(canonical(&one).to_string(), r#"{"a":{"x":null,"y":"0.1"},"b":1}"#);
        let salt = [7; SALT_BYTES];
        assert_eq!(item_sha256(&salt, &one), item_sha256(&salt, &other));
        assert_ne!(item_sha256(&salt, &one), item_sha256(&[8; SALT_BYTES], &one));
        // Hashed once more, what was canonical already is the same.
        assert_eq!(item_sha256(&salt, &one), item_sha256(&salt, &canonical(&one)));
    }

    #[test]
    fn the_hash_of_a_packet_depends_on_every_item() {
        let head = || Map::from_iter([("title".to_owned(), json!("Weekly"))]);
        let (told, sha256) = sealed(head(), &[[1; 32], [2; 32]]);
        assert_eq!(told["items"][1], json!("02".repeat(32)));
        assert_ne!(sealed(head(), &[[1; 32], [3; 32]]).1, sha256);
        assert_eq!(sealed(head(), &[[1; 32], [2; 32]]).1, sha256);
    }
}
