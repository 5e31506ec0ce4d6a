//! The fictional fund's deals, and the fictional founders behind them.

use chrono::TimeDelta;
use domain::{
    StartupId,
    deal::{Channel, DealSource, DealStatus, PassReason, Round, TermsEdit},
    person::OrganisationKind,
    startup::{Name, NameKind},
    time::DatePrecision,
};

use super::made;
use crate::{
    Caller, Error,
    deal::{NewDeal, NewMove},
    person::{NewAffiliation, NewPerson},
};

/// A deal, and who founded its startup.
struct Story {
    startup: &'static str,
    founder: &'static str,
    founder_zh: &'static str,
    round: Round,
    channel: Channel,
    opened_days_ago: i64,
    /// Keys of stages, and how many days ago the deal came into them.
    moves: &'static [(&'static str, i64)],
    /// Why it was passed, with the days since.
    passed: Option<(PassReason, i64)>,
    next_step: Option<&'static str>,
}

const STORIES: &[Story] = &[
    Story {
        startup: "Cubeforge",
        founder: "Lin Zhou (fictional)",
        founder_zh: "林舟（虚构）",
        round: Round::PreA,
        channel: Channel::Referral,
        opened_days_ago: 40,
        moves: &[("SCREENING", 33), ("FIRST_MEETING", 21)],
        passed: None,
        next_step: Some("Call three of the studios (fictional)"),
    },
    Story {
        startup: "Handover",
        founder: "Mei Arden (fictional)",
        founder_zh: "梅雅（虚构）",
        round: Round::A,
        channel: Channel::Event,
        opened_days_ago: 75,
        moves: &[("SCREENING", 70), ("FIRST_MEETING", 52), ("DILIGENCE", 24)],
        passed: None,
        next_step: Some("Count the arms at two warehouses (fictional)"),
    },
    Story {
        startup: "Bigclaim",
        founder: "Tao Reed (fictional)",
        founder_zh: "芦涛（虚构）",
        round: Round::Angel,
        channel: Channel::Fa,
        opened_days_ago: 9,
        moves: &[("SCREENING", 4)],
        passed: None,
        next_step: Some("Ask for the list of customers (fictional)"),
    },
    Story {
        startup: "Meshwright",
        founder: "Ivo Shen (fictional)",
        founder_zh: "沈一（虚构）",
        round: Round::Seed,
        channel: Channel::University,
        opened_days_ago: 310,
        moves: &[("SCREENING", 305), ("FIRST_MEETING", 300)],
        passed: Some((PassReason::Timing, 294)),
        next_step: None,
    },
    Story {
        startup: "Wrapwell",
        founder: "Nora Pike (fictional)",
        founder_zh: "派诺（虚构）",
        round: Round::Seed,
        channel: Channel::Inbound,
        opened_days_ago: 60,
        moves: &[],
        passed: Some((PassReason::Wrapper, 55)),
        next_step: None,
    },
];

/// Puts founders and deals in, for those of the startups that have a story.
pub(super) async fn put_in(caller: &Caller, startups: &[(&'static str, StartupId)]) -> Result<(), Error> {
    for story in STORIES {
        let Some((_, startup)) = startups.iter().find(|(name, _)| *name == story.startup) else {
            return Err(Error::Internal(format!(
                "the demonstration has no {}",
                story.startup
            )));
        };
        found(caller, story, *startup).await?;
        tell(caller, story, *startup).await?;
    }
    Ok(())
}

async fn found(caller: &Caller, story: &Story, startup: StartupId) -> Result<(), Error> {
    let person = NewPerson {
        name: story.founder.into(),
        aliases: vec![Name {
            name: story.founder_zh.into(),
            language: Some("zh".into()),
            kind: NameKind::Other,
        }],
        contacts: Vec::new(),
        links: Vec::new(),
    };
    let person = made(caller.create_person(person, "demo").await?)?;
    let post = NewAffiliation {
        person,
        organisation: story.startup.into(),
        kind: OrganisationKind::Company,
        startup: Some(startup),
        title: Some("CEO".into()),
        is_founder: true,
        from_on: None,
        to_on: None,
    };
    made(caller.create_affiliation(post, "demo").await?)?;
    Ok(())
}

async fn tell(caller: &Caller, story: &Story, startup: StartupId) -> Result<(), Error> {
    let now = caller.now();
    let ago = |days: i64| Some(now - TimeDelta::days(days));
    let source = DealSource {
        channel: story.channel,
        who: None,
        person_id: None,
        on: None,
        precision: DatePrecision::Day,
    };
    let new = NewDeal {
        startup,
        stage: None,
        terms: TermsEdit {
            round: Some(story.round),
            sources: Some(vec![source]),
            next_step: Some(story.next_step.map(Into::into)),
            ..TermsEdit::default()
        },
        occurred_at: ago(story.opened_days_ago),
    };
    let deal = made(caller.open_deal(new, "demo").await?)?;
    let into_stage = story.moves.iter().map(|(stage, days_ago)| NewMove {
        stage: Some((*stage).into()),
        status: None,
        reason: None,
        pass_reason: None,
        pass_note: None,
        revisit_on: None,
        occurred_at: ago(*days_ago),
    });
    let out = story.passed.map(|(reason, days_ago)| NewMove {
        stage: None,
        status: Some(DealStatus::Passed),
        reason: Some("fictional".into()),
        pass_reason: Some(reason),
        pass_note: None,
        revisit_on: None,
        occurred_at: ago(days_ago),
    });
    for (version, one) in (1..).zip(into_stage.chain(out)) {
        made(caller.move_deal(deal, version, one, "demo").await?)?;
    }
    Ok(())
}
