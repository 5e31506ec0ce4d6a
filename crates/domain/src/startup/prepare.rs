//! What a profile is held to before it is stored.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{GradedFact, Name, Need, Profile};
use crate::{
    Message, Problem, Problems,
    check::{bounded, check_count, check_past, clean_optional, distinct, optional, optional_url, required},
    text::{fold, registrable_domain},
};

/// Characters of a name, alias or city.
pub const NAME_LIMIT: usize = crate::check::NAME_LIMIT;
/// Characters of the line that says what a startup does.
pub const ONE_LINER_LIMIT: usize = 500;
/// Characters of a description.
pub const DESCRIPTION_LIMIT: usize = 20_000;
/// Characters of a text of the need, of a fact's words, of the previous focus.
pub const TEXT_LIMIT: usize = crate::check::TEXT_LIMIT;
/// Other names of a startup.
pub const ALIASES_LIMIT: usize = 100;
/// Domains of a startup.
pub const DOMAINS_LIMIT: usize = 50;
/// Sectors of a startup.
pub const SECTORS_LIMIT: usize = 50;
/// Competitors that are named for a startup.
pub const COMPETITORS_LIMIT: usize = 50;
/// Custom fields of a startup.
pub const CUSTOM_FIELDS_LIMIT: usize = 200;
/// Bytes of all custom fields together, as JSON.
pub const CUSTOM_FIELDS_LIMIT_BYTES: usize = 64 * 1024;

impl Profile {
    /// The profile as it is stored, on the day `today` of the workspace: texts without blanks, each alias, domain and
    /// sector once, domains as registered, that of the web site among them. Or all that is wrong with it.
    pub fn prepared(self, today: NaiveDate) -> Result<Self, Vec<Problem>> {
        let Self {
            name,
            aliases,
            domains,
            website,
            one_liner,
            description,
            country,
            city,
            founded_on,
            product_launched_on,
            previous_focus,
            pivoted_on,
            structure,
            layer,
            sector_ids,
            competitor_ids,
            technical_route,
            owns_training_data,
            usage_flywheel,
            claims_large_model,
            need,
            custom_fields,
            mut proposed,
        } = self;
        let mut wrong = Problems::default();
        let name = required(&name, "name", NAME_LIMIT, &mut wrong);
        let aliases = prepared_aliases(aliases, &name, &mut wrong);
        let website = optional_url(website, "website", &mut wrong);
        let domains = prepared_domains(domains, website.as_deref(), &mut wrong);
        for (field, day) in [
            ("foundedOn", founded_on),
            ("productLaunchedOn", product_launched_on),
            ("pivotedOn", pivoted_on),
        ] {
            check_past(day, field, today, &mut wrong);
        }
        check_custom_fields(&custom_fields, &mut wrong);
        let sector_ids = distinct(bounded(sector_ids, "sectors", SECTORS_LIMIT, &mut wrong));
        let mut fact =
            |fact: Option<GradedFact>, field: &str| fact.map(|fact| fact.prepared(field, today, &mut wrong));
        let owns_training_data = fact(owns_training_data, "ownsTrainingData");
        let usage_flywheel = fact(usage_flywheel, "usageFlywheel");
        let claims_large_model = fact(claims_large_model, "claimsLargeModel");
        let profile = Self {
            name,
            aliases,
            domains,
            website,
            one_liner: optional(one_liner, "oneLiner", ONE_LINER_LIMIT, &mut wrong),
            description: optional(description, "description", DESCRIPTION_LIMIT, &mut wrong),
            country: prepared_country(country, &mut wrong),
            city: optional(city, "city", NAME_LIMIT, &mut wrong),
            founded_on,
            product_launched_on,
            previous_focus: optional(previous_focus, "previousFocus", TEXT_LIMIT, &mut wrong),
            pivoted_on,
            structure,
            layer,
            sector_ids: sector_ids.clone(),
            competitor_ids: distinct(bounded(
                competitor_ids,
                "competitors",
                COMPETITORS_LIMIT,
                &mut wrong,
            )),
            technical_route,
            owns_training_data,
            usage_flywheel,
            claims_large_model,
            need: need.prepared(&mut wrong),
            custom_fields,
            proposed: {
                proposed.layer = proposed.layer.filter(|_| layer.is_some());
                proposed.sectors.retain(|id, _| sector_ids.contains(id));
                proposed
            },
        };
        wrong.into_result()?;
        Ok(profile)
    }
}

impl GradedFact {
    fn prepared(self, field: &str, today: NaiveDate, wrong: &mut Problems) -> Self {
        let Self {
            holds,
            grade,
            words,
            on,
            source_url,
        } = self;
        check_past(on, &format!("{field}.on"), today, wrong);
        Self {
            holds,
            grade,
            words: optional(words, &format!("{field}.words"), TEXT_LIMIT, wrong),
            on,
            source_url: optional_url(source_url, &format!("{field}.sourceUrl"), wrong),
        }
    }
}

impl Need {
    fn prepared(self, wrong: &mut Problems) -> Self {
        let Self {
            payer,
            pain,
            cost_today,
            alternative_today,
        } = self;
        let mut text = |text: Option<String>, field: &str| optional(text, field, TEXT_LIMIT, wrong);
        Self {
            payer: text(payer, "need.payer"),
            pain: text(pain, "need.pain"),
            cost_today: text(cost_today, "need.costToday"),
            alternative_today: text(alternative_today, "need.alternativeToday"),
        }
    }
}

/// The aliases, of a startup or a person, without those that say the name, or another alias, once more.
pub(crate) fn prepared_aliases(aliases: Vec<Name>, of: &str, wrong: &mut Problems) -> Vec<Name> {
    let mut seen = vec![fold(of)];
    let mut kept = Vec::new();
    let aliases = bounded(aliases, "aliases", ALIASES_LIMIT, wrong);
    for (n, Name { name, language, kind }) in aliases.into_iter().enumerate() {
        let name = required(&name, &format!("aliases.{n}.name"), NAME_LIMIT, wrong);
        let language = clean_optional(language);
        if let Some(tag) = language.as_deref() {
            wrong.push_if(!is_language_tag(tag), || {
                Problem::invalid(
                    &format!("aliases.{n}.language"),
                    Message::NotALanguage {
                        value: tag.to_owned(),
                    },
                )
            });
        }
        let folded = fold(&name);
        if !seen.contains(&folded) {
            seen.push(folded);
            kept.push(Name { name, language, kind });
        }
    }
    kept
}

/// Whether a text has the shape of a language tag (BCP 47): two to eight letters, then parts of one to eight letters
/// or figures, parted by hyphens.
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_language =
        |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic());
    let is_subtag =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    parts.next().is_some_and(is_language) && parts.all(is_subtag)
}

fn prepared_domains(domains: Vec<String>, website: Option<&str>, wrong: &mut Problems) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    let domains = bounded(domains, "domains", DOMAINS_LIMIT, wrong);
    for (n, value) in domains.into_iter().enumerate() {
        match registrable_domain(&value) {
            Some(domain) if kept.contains(&domain) => {}
            Some(domain) => kept.push(domain),
            None => wrong.push(Problem::invalid(
                &format!("domains.{n}"),
                Message::NotADomain { value },
            )),
        }
    }
    if let Some(domain) = website.and_then(registrable_domain)
        && !kept.contains(&domain)
    {
        kept.push(domain);
    }
    check_count(kept.len(), "domains", DOMAINS_LIMIT, wrong);
    kept
}

fn prepared_country(country: Option<String>, wrong: &mut Problems) -> Option<String> {
    let code = clean_optional(country)?.to_ascii_uppercase();
    wrong.push_if(
        code.len() != 2 || !code.bytes().all(|b| b.is_ascii_uppercase()),
        || Problem::invalid("country", Message::NotACountry { value: code.clone() }),
    );
    Some(code)
}

fn check_custom_fields(fields: &Map<String, Value>, wrong: &mut Problems) {
    check_count(fields.len(), "customFields", CUSTOM_FIELDS_LIMIT, wrong);
    let bytes = serde_json::to_vec(fields).map_or(0, |json| json.len());
    wrong.push_if(bytes > CUSTOM_FIELDS_LIMIT_BYTES, || {
        Problem::invalid(
            "customFields",
            Message::TooLarge {
                bytes,
                limit_bytes: CUSTOM_FIELDS_LIMIT_BYTES,
            },
        )
    });
    for (name, value) in fields {
        wrong.push_if(name.contains('\0') || holds_nul(value), || {
            Problem::invalid("customFields", Message::CannotBeKept { name: name.clone() })
        });
    }
}

/// Whether a NUL sign, which no column of text or JSON holds, stands anywhere in a value.
fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(holds_nul),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| name.contains('\0') || holds_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests;
