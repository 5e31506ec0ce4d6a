use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    Instant, Language, Problem, Problems, ProviderEventId, ProviderId, UserId,
    check::{NAME_LIMIT, check_era, optional_url, required},
    time::DatePrecision,
};

crate::vocabulary::vocabulary! {
    /// What a provider did.
    EventKind {
        /// It changed a price.
        Price = "PRICE",
        /// It brought out a model or a product.
        Launch = "LAUNCH",
        /// It opened an API.
        ApiOpened = "API_OPENED",
        /// It put something off.
        Delay = "DELAY",
        /// It failed for a while.
        Outage = "OUTAGE",
        /// It changed what may be done with its models.
        Policy = "POLICY",
        /// It ended an API or a model.
        Shutdown = "SHUTDOWN",
    }
}

impl EventKind {
    /// In words.
    pub const fn name(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            Self::Price => ("price", "调价"),
            Self::Launch => ("launch", "发布"),
            Self::ApiOpened => ("API opened", "开放 API"),
            Self::Delay => ("delay", "推迟"),
            Self::Outage => ("outage", "故障"),
            Self::Policy => ("policy", "政策"),
            Self::Shutdown => ("shutdown", "停服"),
        };
        match language {
            Language::En => en,
            Language::Zh => zh,
        }
    }
    /// Whether it reaches those who run the provider's model by themselves: what happens to an API or its price does not.
    pub const fn reaches_self_hosted(self) -> bool {
        matches!(self, Self::Launch)
    }
}

/// Something that a provider did. Never rewritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderEvent {
    /// Its id.
    pub id: ProviderEventId,
    /// Whose doing it was.
    pub provider_id: ProviderId,
    /// What it was.
    pub said: Said,
    /// When it was recorded.
    pub created_at: Instant,
    /// By whom; None for the program itself.
    pub created_by: Option<UserId>,
    /// When it was last hidden or shown again.
    pub updated_at: Instant,
}

/// What somebody says that a provider did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Said {
    /// What kind of thing.
    pub kind: EventKind,
    /// On which day, the last of a period; one that was announced is yet to come.
    pub on: NaiveDate,
    /// How exactly the day is known.
    pub precision: DatePrecision,
    /// In a sentence: "0.30 → 0.03 CNY per 1,000 characters".
    pub summary: String,
    /// Where it can be read.
    pub source_url: Option<String>,
}

impl Said {
    /// The event as it is kept; or all that is wrong with it.
    pub fn prepared(self) -> Result<Self, Vec<Problem>> {
        let Self {
            kind,
            on,
            precision,
            summary,
            source_url,
        } = self;
        let mut wrong = Problems::default();
        check_era(Some(on), "on", &mut wrong);
        let said = Self {
            kind,
            on,
            precision,
            summary: required(&summary, "summary", NAME_LIMIT, &mut wrong),
            source_url: optional_url(source_url, "sourceUrl", &mut wrong),
        };
        wrong.into_result()?;
        Ok(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_without_words_or_with_no_address_is_refused_at_its_places() {
        let said = |summary: &str, url: Option<&str>| Said {
            kind: EventKind::Price,
            on: "2024-05-15".parse().unwrap(),
            precision: DatePrecision::Day,
            summary: summary.into(),
            source_url: url.map(Into::into),
        };
        let fields = |wrong: Vec<Problem>| -> Vec<String> {
            wrong.iter().map(|problem| problem.field.join(".")).collect()
        };
        let kept = said("  half the price ", Some("https://example.com/price")).prepared();
        assert_eq!(kept.unwrap().summary, "half the price");
        let wrong = said("  ", Some("the news")).prepared().unwrap_err();
        assert_eq!(fields(wrong), ["summary", "sourceUrl"]);
    }
}
