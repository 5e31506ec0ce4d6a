//! Through which channel a deal came.

use crate::schema;
use crate::words::Words;

macro_rules! channels {
    ($($variant:ident = $code:literal, $word:ident;)+) => {
        /// Through which channel a deal came.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, cynic::Enum)]
        pub(crate) enum Channel {
            $(#[cynic(rename = $code)] $variant,)+
        }

        impl Channel {
            /// All of them, in the order in which a filter offers them.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As the API and addresses write it.
            pub(crate) fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// Its word.
            pub(crate) fn word(self, words: &Words) -> &'static str {
                match self {
                    $(Self::$variant => words.analytics().$word,)+
                }
            }
        }
    };
}

channels! {
    Inbound = "INBOUND", inbound;
    Referral = "REFERRAL", referral;
    Outbound = "OUTBOUND", outbound;
    Event = "EVENT", event;
    Scout = "SCOUT", scout;
    Fa = "FA", fa;
    CoInvestor = "CO_INVESTOR", co_investor;
    Portfolio = "PORTFOLIO", portfolio;
    Lp = "LP", lp;
    Government = "GOVERNMENT", government;
    University = "UNIVERSITY", university;
    Media = "MEDIA", media;
    Import = "IMPORT", import;
}
