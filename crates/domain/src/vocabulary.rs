//! One way to declare a closed set of words: an enum, its codes as they stand in the API and the database, and the
//! way back from a code.

/// A word that is not one of its kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value:?} is no {kind}; one of {expected} would be")]
pub struct UnknownWord {
    /// What the word should have been.
    pub kind: &'static str,
    /// The word found.
    pub value: String,
    /// The codes there are, separated by commas.
    pub expected: String,
}

/// Declares a closed set of words with their codes.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$variant_meta])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every word, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code, as the API and the database have it.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.code()) }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::vocabulary::UnknownWord;
            fn from_str(value: &str) -> Result<Self, Self::Err> {
                match value {
                    $($code => Ok(Self::$variant),)+
                    _ => Err($crate::vocabulary::UnknownWord {
                        kind: stringify!($name), value: value.to_owned(), expected: [$($code),+].join(", "),
                    }),
                }
            }
        }
    };
}
pub(crate) use vocabulary;
