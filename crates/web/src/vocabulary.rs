//! Closed sets of the schema: a code, a word in the reader's language, and all there are, for the fields of forms.

/// Declares a set: its variants with the code of the API and the key of the word.
macro_rules! vocabulary {
    ($(#[$about:meta])* $name:ident { $($variant:ident = $code:literal, $word:ident;)+ }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, cynic::Enum)]
        $(#[$about])*
        pub(crate) enum $name {
            $(#[cynic(rename = $code)] $variant,)+
        }

        #[allow(dead_code, reason = "a set that no form offers is only shown")]
        impl $name {
            /// All of them, in the order in which a form offers them.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As the API and forms write it.
            pub(crate) fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// Reads what a form sent.
            pub(crate) fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }

            /// Its word.
            pub(crate) fn word(self, words: &$crate::words::Words) -> &'static str {
                match self {
                    $(Self::$variant => words.choices().$word,)+
                }
            }
        }
    };
}
