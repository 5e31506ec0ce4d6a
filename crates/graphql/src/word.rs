//! One way to serve a closed set of the domain's words as an enum of the API.

/// Declares the API's enum of a domain's vocabulary, each word with its description.
macro_rules! word {
    ($(#[$m:meta])* $name:ident, $remote:literal { $($(#[$vm:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$m])*
        #[derive(async_graphql::Enum, Copy, Clone, Eq, PartialEq)]
        #[graphql(remote = $remote)]
        pub enum $name { $($(#[$vm])* $variant),+ }
    };
}
pub(crate) use word;
