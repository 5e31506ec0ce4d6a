//! A dozen fictional startups with evidence, people and deals, so that a newcomer sees at once what the workspace is about. They go
//! in through the same use cases as everything else, and say of themselves that they are fictional.

mod pipeline;

use chrono::Days;
use domain::{
    Problem,
    evidence::{ActivityWindow, EvidenceKind, EvidenceSource, Grade, Observation},
    money::Qualifier,
    startup::{Layer, Name, NameKind, Need, Profile, TechnicalRoute},
    time::DatePrecision,
};

use crate::{Caller, Error, evidence::NewEvidence, startup::NewStartup};

struct Fiction(
    &'static str,
    &'static str,
    Layer,
    TechnicalRoute,
    &'static str,
    &'static str,
    &'static str,
    &'static [(EvidenceKind, i64, Grade, u64)],
);

use EvidenceKind::{
    ActiveUsers, DevelopersBuilding, OpenSourceStars, PayingCustomers, Pilots, Retention, UnitsDeployed,
    Waitlist,
};
use Grade::{Claimed, Documented, Refuted, Verified};
use Layer::{App, Middleware, Model};
use TechnicalRoute::{BuildsOnApi, PreLlmAi, TrainsBaseModel, TunesBaseModel};

/// English name, Chinese name, layer, route, sector, one line, payer, and evidence: kind, value, grade, days ago.
const FICTIONS: &[Fiction] = &[
    Fiction(
        "Bigclaim",
        "大言",
        Model,
        TrainsBaseModel,
        "chinese-llm",
        "A base model, says its deck",
        "Enterprises",
        &[
            (PayingCustomers, 100, Claimed, 3),
            (ActiveUsers, 100_000, Claimed, 3),
        ],
    ),
    Fiction(
        "Cubeforge",
        "立方工坊",
        App,
        BuildsOnApi,
        "3d-generation",
        "Usable 3D assets from a sketch",
        "Game studios",
        &[
            (PayingCustomers, 20, Documented, 31),
            (Retention, 35, Documented, 61),
            (ActiveUsers, 30_000, Claimed, 16),
        ],
    ),
    Fiction(
        "Meshwright",
        "网匠",
        Middleware,
        TunesBaseModel,
        "3d-generation",
        "Constrains models to watertight meshes",
        "Animation houses",
        &[
            (PayingCustomers, 14, Documented, 23),
            (Waitlist, 4_000, Claimed, 300),
        ],
    ),
    Fiction(
        "Wrapwell",
        "快包",
        App,
        BuildsOnApi,
        "ai-saas",
        "A chat window around somebody's API",
        "",
        &[],
    ),
    Fiction(
        "Quietlake",
        "静湖",
        App,
        BuildsOnApi,
        "companionship",
        "A companion that listens",
        "",
        &[(ActiveUsers, 2_000, Claimed, 40)],
    ),
    Fiction(
        "Handover",
        "递手",
        App,
        TunesBaseModel,
        "robotics",
        "Words into motion for warehouse arms",
        "Warehouse operators",
        &[(UnitsDeployed, 42, Verified, 20), (Pilots, 3, Documented, 90)],
    ),
    Fiction(
        "Clickpath",
        "点径",
        App,
        BuildsOnApi,
        "rpa",
        "Does the clicking in old accounting systems",
        "Accounting firms",
        &[
            (PayingCustomers, 61, Verified, 12),
            (Retention, 58, Documented, 45),
        ],
    ),
    Fiction(
        "Loomtune",
        "织调",
        Middleware,
        TunesBaseModel,
        "fine-tuning",
        "Fine-tuning for teams without researchers",
        "Software teams",
        &[
            (DevelopersBuilding, 700, Documented, 25),
            (OpenSourceStars, 5_200, Documented, 8),
        ],
    ),
    Fiction(
        "Facecast",
        "面塑",
        Middleware,
        TunesBaseModel,
        "virtual-humans",
        "Virtual-human models for training videos",
        "Training departments",
        &[(PayingCustomers, 9, Documented, 70)],
    ),
    Fiction(
        "Oldwine",
        "旧酿",
        App,
        PreLlmAi,
        "search",
        "Keyword search, now called a large model",
        "Law firms",
        &[(PayingCustomers, 30, Refuted, 15)],
    ),
    Fiction(
        "Basewright",
        "基石",
        Model,
        TrainsBaseModel,
        "embodied-models",
        "A base model for bodies",
        "Robot makers",
        &[(Pilots, 2, Documented, 33)],
    ),
    Fiction(
        "Codelantern",
        "码灯",
        App,
        BuildsOnApi,
        "code",
        "Reviews code where it was written",
        "Software teams",
        &[
            (PayingCustomers, 120, Documented, 18),
            (ActiveUsers, 9_000, Documented, 18),
        ],
    ),
];

/// Puts the fictional startups in, as the caller.
pub async fn put_in(caller: &Caller) -> Result<(), Error> {
    let today = caller.today();
    let mut startups = Vec::new();
    for Fiction(name, zh, layer, route, sector, line, payer, evidence) in FICTIONS {
        let mut profile = Profile::named(*name);
        profile.aliases = vec![Name {
            name: (*zh).into(),
            language: Some("zh".into()),
            kind: NameKind::Brand,
        }];
        profile.one_liner = Some(format!("{line} (fictional)"));
        profile.country = Some("CN".into());
        profile.layer = Some(*layer);
        profile.technical_route = *route;
        profile.need = Need {
            payer: (!payer.is_empty()).then(|| (*payer).into()),
            ..Need::default()
        };
        profile.custom_fields.insert("fictional".into(), true.into());
        let new = NewStartup {
            profile,
            sectors: vec![(*sector).into()],
            external_ids: Vec::new(),
        };
        let startup = made(caller.create_startup(new, "demo").await?)?;
        startups.push((*name, startup));
        for (kind, value, grade, days_ago) in *evidence {
            let observation = Observation {
                kind: *kind,
                value: Some((*value).into()),
                qualifier: Qualifier::Exact,
                as_found: None,
                currency: None,
                revenue_basis: None,
                window: (*kind == ActiveUsers).then_some(ActivityWindow::Month),
                horizon_days: (*kind == Retention).then_some(30),
                sample_size: (*kind == Retention).then_some(400),
                segment: None,
                period_start: None,
                observed_on: today.checked_sub_days(Days::new(*days_ago)).unwrap_or(today),
                precision: DatePrecision::Day,
                valid_until: None,
                source: EvidenceSource::DataRoom,
                supplied_by: None,
                source_url: (*grade != Claimed).then(|| "https://data-room.example/export".into()),
                document_ids: Vec::new(),
                note: Some("fictional".into()),
            };
            let checked =
                matches!(grade, Verified | Refuted).then(|| "called the customers (fictional)".to_owned());
            made(
                caller
                    .record_evidence(
                        NewEvidence {
                            startup,
                            observation,
                            grade: *grade,
                            checked,
                        },
                        "demo",
                    )
                    .await?,
            )?;
        }
    }
    pipeline::put_in(caller, &startups).await
}

fn made<T>(outcome: Result<T, Vec<Problem>>) -> Result<T, Error> {
    outcome.map_err(|problems| Error::Internal(format!("the demonstration was refused: {problems:?}")))
}
