//! The fictional startups: written down, their founders and documents added, facts about them learned.

use domain::{
    person::OrganisationKind,
    startup::{GradedFact, Name, NameKind, Need, Profile, ProfileEdit},
};

use super::{
    Calendar,
    data::{Document, Fact, Founder, Startup, Words, both},
    made,
    replay::{FactKind, Replay, Standing},
};
use crate::{
    Error,
    document::NewDocument,
    person::{NewAffiliation, NewPerson},
    startup::NewStartup,
};

impl Startup {
    /// The graded facts that the story tells of it.
    pub(super) fn facts(&self) -> impl Iterator<Item = (FactKind, &Fact)> {
        [
            (FactKind::TrainingData, &self.training_data),
            (FactKind::UsageFlywheel, &self.usage_flywheel),
            (FactKind::ClaimsModel, &self.claims_model),
        ]
        .into_iter()
        .filter_map(|(kind, fact)| Some((kind, fact.as_ref()?)))
    }

    /// A page of the startup's own, on a domain that is nobody's.
    fn page(&self, path: &str) -> String {
        format!("https://{}.example{path}", self.name.to_lowercase())
    }
}

impl Fact {
    fn graded(&self, calendar: Calendar) -> GradedFact {
        GradedFact {
            holds: true,
            grade: self.grade,
            words: Some(self.words.to_string()),
            on: Some(calendar.day(self.day)),
            source_url: None,
        }
    }
}

fn text(words: Option<&Words>) -> Option<String> {
    words.map(Words::to_string)
}

fn chinese(name: &str, kind: NameKind) -> Vec<Name> {
    vec![Name {
        name: name.to_owned(),
        language: Some("zh".into()),
        kind,
    }]
}

impl Replay {
    pub(super) async fn startup(&mut self, startup: &Startup) -> Result<(), Error> {
        let calendar = self.calendar;
        let mut profile = Profile::named(&startup.name);
        profile.aliases = chinese(&startup.zh, NameKind::Brand);
        profile.website = Some(startup.page(""));
        profile.one_liner = Some(startup.line.to_string());
        profile.country = Some(startup.country.clone().unwrap_or_else(|| "CN".into()));
        profile.city = Some(startup.city.clone());
        profile.founded_on = Some(calendar.day(startup.founded));
        profile.product_launched_on = startup.launched.map(|day| calendar.day(day));
        profile.previous_focus = text(startup.previous_focus.as_ref());
        profile.pivoted_on = startup.pivoted.map(|day| calendar.day(day));
        profile.layer = Some(startup.layer);
        profile.technical_route = startup.route;
        profile.need = Need {
            payer: text(startup.payer.as_ref()),
            pain: text(startup.pain.as_ref()),
            cost_today: text(startup.cost_today.as_ref()),
            alternative_today: text(startup.alternative_today.as_ref()),
        };
        for (kind, fact) in startup.facts().filter(|(_, fact)| fact.known.is_none()) {
            let place = match kind {
                FactKind::TrainingData => &mut profile.owns_training_data,
                FactKind::UsageFlywheel => &mut profile.usage_flywheel,
                FactKind::ClaimsModel => &mut profile.claims_large_model,
            };
            *place = Some(fact.graded(calendar));
        }
        profile.custom_fields.insert("fictional".into(), true.into());
        let new = NewStartup {
            profile,
            sectors: startup.sectors.clone(),
            external_ids: Vec::new(),
        };
        let id = made(
            &startup.name,
            self.by(&startup.by)?.create_startup(new, "demo").await?,
        )?;
        self.startups
            .insert(startup.name.clone(), Standing { id, version: 1 });
        Ok(())
    }

    pub(super) async fn fact(&mut self, startup: &Startup, kind: FactKind, fact: &Fact) -> Result<(), Error> {
        let Standing { id, version } = self.named(&startup.name)?;
        let learned = Some(Some(fact.graded(self.calendar)));
        let edit = match kind {
            FactKind::TrainingData => ProfileEdit {
                owns_training_data: learned,
                ..ProfileEdit::default()
            },
            FactKind::UsageFlywheel => ProfileEdit {
                usage_flywheel: learned,
                ..ProfileEdit::default()
            },
            FactKind::ClaimsModel => ProfileEdit {
                claims_large_model: learned,
                ..ProfileEdit::default()
            },
        };
        let caller = self.by(&startup.by)?;
        let changed = caller.update_startup(id, version, edit, None, "demo").await?;
        made(&startup.name, changed)?;
        let version = version + 1;
        self.startups
            .insert(startup.name.clone(), Standing { id, version });
        Ok(())
    }

    pub(super) async fn founder(&mut self, startup: &Startup, founder: &Founder) -> Result<(), Error> {
        let person = NewPerson {
            name: founder.name.clone(),
            aliases: chinese(&founder.zh, NameKind::Other),
            contacts: Vec::new(),
            links: Vec::new(),
        };
        let caller = self.by(&startup.by)?;
        let person = made(&founder.name, caller.create_person(person, "demo").await?)?;
        let post = NewAffiliation {
            person,
            organisation: startup.name.clone(),
            kind: OrganisationKind::Company,
            startup: Some(self.named(&startup.name)?.id),
            title: Some(founder.title.clone()),
            is_founder: true,
            from_on: Some(self.calendar.day(startup.founded)),
            to_on: None,
        };
        made(&founder.name, caller.create_affiliation(post, "demo").await?)?;
        Ok(())
    }

    pub(super) async fn document(&mut self, document: &Document) -> Result<(), Error> {
        let Document {
            startup,
            day: _,
            by,
            kind,
            title,
            title_zh,
            publisher,
            path,
        } = document;
        let new = NewDocument {
            title: both(title, title_zh).unwrap_or_default(),
            kind: *kind,
            url: Some(format!(
                "https://data-room.example/{}/{path}",
                startup.to_lowercase()
            )),
            file: None,
            publisher: (!publisher.is_empty()).then(|| publisher.clone()),
            byline: None,
            reprint_of: None,
            note: None,
            startup: Some(self.named(startup)?.id),
            deal: None,
        };
        made(title, self.by(by)?.create_document(new, "demo").await?)?;
        Ok(())
    }
}
