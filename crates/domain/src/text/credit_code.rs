//! 统一社会信用代码: the number under which a company is registered in mainland China.

/// The signs of a code by value: digits and capital letters without I, O, S, V and Z.
const SIGNS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// The weight of each place but the last: powers of 3 modulo 31.
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// Whether this is a unified social credit code (GB 32100): 18 places in capitals, of which the third to the eighth
/// are the digits of a region, and the last checks the others.
pub fn credit_code_is_valid(code: &str) -> bool {
    let code = code.as_bytes();
    if code.len() != 18 || !code[2..8].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let value = |sign: &u8| SIGNS.iter().position(|known| known == sign);
    let Some(values) = code.iter().map(value).collect::<Option<Vec<_>>>() else {
        return false;
    };
    let sum: usize = values
        .iter()
        .zip(WEIGHTS)
        .map(|(value, weight)| value * weight)
        .sum();
    values[17] == (31 - sum % 31) % 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_as_registered_are_valid() {
        for code in [
            "91110000802100433B",
            "914403001922038216",
            "91330100799655058B",
            "91110108551385082Q",
        ] {
            assert!(credit_code_is_valid(code), "{code}");
        }
    }

    #[test]
    fn a_code_with_a_wrong_sign_place_or_length_is_not() {
        let codes = [
            "",
            "91110000802100433C",
            "91110000802100433b",
            "9111000080210043B",
            "91110000802100433B0",
            "91110000802100O33B",
            "911100008021004三B",
            "91A10000802100433B",
        ];
        for code in codes {
            assert!(!credit_code_is_valid(code), "{code}");
        }
    }

    #[test]
    fn no_single_wrong_sign_goes_unnoticed() {
        let right = b"91110000802100433B";
        for place in 0..18 {
            for sign in SIGNS.iter().filter(|sign| **sign != right[place]) {
                let mut wrong = right.to_vec();
                wrong[place] = *sign;
                assert!(!credit_code_is_valid(&String::from_utf8(wrong).unwrap()));
            }
        }
    }
}
