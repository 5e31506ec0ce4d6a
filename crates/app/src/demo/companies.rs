//! Real makers of base models and AI products: public facts in our own words, each with its company's own page as the
//! source. No evidence, no grade, no deal.

use domain::startup::{Name, NameKind, Profile};

use super::{
    data::{Company, Words},
    made,
    replay::{Replay, Standing},
};
use crate::{Error, startup::NewStartup};

/// Under which name a custom field says where the facts can be read.
const SOURCE: &str = "source";

impl Replay {
    pub(super) async fn company(&mut self, company: &Company) -> Result<(), Error> {
        let Company {
            name,
            zh,
            country,
            layer,
            route,
            sectors,
            website,
            line,
            line_zh,
        } = company;
        let mut profile = Profile::named(name);
        if !zh.is_empty() {
            profile.aliases.push(Name {
                name: zh.clone(),
                language: Some("zh".into()),
                kind: NameKind::Brand,
            });
        }
        profile.website = Some(website.clone());
        let line = Words {
            en: line.clone(),
            zh: line_zh.clone(),
        };
        profile.one_liner = Some(line.to_string());
        profile.country = Some(country.clone());
        profile.layer = Some(*layer);
        profile.technical_route = *route;
        profile
            .custom_fields
            .insert(SOURCE.into(), website.clone().into());
        let new = NewStartup {
            profile,
            sectors: sectors.split(';').map(str::to_owned).collect(),
            external_ids: Vec::new(),
        };
        let id = made(name, self.by("sun")?.create_startup(new, "demo").await?)?;
        self.startups.insert(name.clone(), Standing { id, version: 1 });
        Ok(())
    }
}
