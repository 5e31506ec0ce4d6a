//! Every flag goes up and comes down again within one history, and each past instant still shows what stood then.

use domain::{
    Language,
    assessment::{ChecklistState, ComputeItem, DependencyTerms, Fact, Flag},
    evidence::{EvidenceKind, Grade},
    startup::{Layer, TechnicalRoute},
};

use crate::ledger::{Build as _, Ledger, critical_api, day, holds, record};
use EvidenceKind::{PayingCustomers, RecurringRevenue};

/// A history, and three days of it: before the flag, under it, after it.
struct Turns {
    flag: Flag,
    ledger: Ledger,
    days: [&'static str; 3],
}

const BEFORE: &str = "2024-02-01";
const RAISED: &str = "2024-03-01";
const UNDER: &str = "2024-04-01";
const LOWERED: &str = "2024-06-01";
const AFTER: &str = "2024-07-01";

fn customers(count: i64, on: &str) -> domain::assessment::Record {
    record(PayingCustomers, count, on)
}

fn documented(count: i64, on: &str) -> domain::assessment::Record {
    customers(count, on).graded(Grade::Documented)
}

/// The startup itself is known otherwise from [`RAISED`] on, and again from [`LOWERED`] on.
fn traits(
    base: &Ledger,
    raise: impl FnOnce(&mut domain::assessment::Traits),
    lower: impl FnOnce(&mut domain::assessment::Traits),
) -> Ledger {
    base.clone().then(RAISED, raise).then(LOWERED, lower)
}

fn history(flag: Flag) -> Turns {
    let turns = |ledger| Turns {
        flag,
        ledger,
        days: [BEFORE, UNDER, AFTER],
    };
    let bare = Ledger::new();
    let claims = |ledger: Ledger| ledger.edit(|it| it.claims_large_model = Some(holds(Grade::Claimed)));
    match flag {
        Flag::RefutedClaim => turns(
            bare.with(
                customers(100, "2024-01-10")
                    .reviewed(Grade::Refuted, RAISED)
                    .reviewed(Grade::Verified, LOWERED),
            ),
        ),
        Flag::NoRealUsers => turns(
            bare.with(documented(20, "2024-01-10").retracted(RAISED))
                .with(documented(20, LOWERED)),
        ),
        Flag::NoNeed => turns(traits(
            &bare,
            |it| it.names_payer = false,
            |it| it.names_payer = true,
        )),
        Flag::RelabelledAi => turns(traits(
            &claims(bare).route(TechnicalRoute::BuildsOnApi),
            |it| it.route = TechnicalRoute::PreLlmAi,
            |it| it.claims_large_model = Some(holds(Grade::Refuted)),
        )),
        // Nothing is claimed; a claim comes; it is checked, and true.
        Flag::HypeGap => turns(bare.with(customers(100, RAISED).reviewed(Grade::Verified, LOWERED))),
        Flag::ThinWrapper => turns(traits(
            &bare
                .layer(Layer::App)
                .route(TechnicalRoute::BuildsOnApi)
                .edit(|it| it.owns_training_data = Some(holds(Grade::Documented))),
            |it| {
                it.owns_training_data = Some(Fact {
                    holds: false,
                    grade: Grade::Verified,
                });
            },
            |it| it.usage_flywheel = Some(holds(Grade::Documented)),
        )),
        Flag::SingleProvider => turns(
            bare.depends_between(RAISED, Some(LOWERED), critical_api())
                .depends_between(
                    LOWERED,
                    None,
                    DependencyTerms {
                        has_alternative: true,
                        ..critical_api()
                    },
                ),
        ),
        // 180 days after the figure it is stale without anybody doing anything, until a new one comes.
        Flag::StaleEvidence => Turns {
            flag,
            ledger: bare
                .with(documented(50, "2024-01-10"))
                .with(documented(50, "2024-09-01")),
            days: ["2024-07-08", "2024-07-09", "2024-09-01"],
        },
        Flag::DecliningUse => turns(
            bare.with(documented(100, "2024-01-10"))
                .with(documented(60, RAISED))
                .with(documented(90, LOWERED)),
        ),
        Flag::ComputeUnproven => turns(
            bare.layer(Layer::Model)
                .checked(ComputeItem::Compute, ChecklistState::Ok)
                .checked_between(
                    "2024-01-01",
                    Some(RAISED),
                    ComputeItem::TrainingData,
                    ChecklistState::Ok,
                )
                .checked_between(
                    RAISED,
                    Some(LOWERED),
                    ComputeItem::TrainingData,
                    ChecklistState::Concern,
                )
                .checked_between(LOWERED, None, ComputeItem::TrainingData, ChecklistState::Ok),
        ),
        Flag::CheckRoute => turns(traits(
            &claims(bare)
                .route(TechnicalRoute::TunesBaseModel)
                .edit(|it| it.product_launched_on = Some(day("2021-05-01"))),
            |it| it.route = TechnicalRoute::Unknown,
            |it| it.product_launched_on = Some(day("2023-05-01")),
        )),
        Flag::NoRate => turns(
            bare.with(record(RecurringRevenue, 1_000_000, RAISED).currency("CNY"))
                .rate_recorded(LOWERED, "CNY", "2024-02-15", "0.14"),
        ),
    }
}

#[test]
fn every_flag_goes_up_and_comes_down_and_the_past_still_shows_it() {
    for flag in Flag::ALL {
        let Turns { flag, ledger, days } = history(*flag);
        let [before, under, after] = days.map(|day| ledger.flag(flag, day));
        assert_eq!(before, None, "{flag} on {}", days[0]);
        assert_eq!(after, None, "{flag} on {}", days[2]);
        let reason = under.unwrap_or_else(|| panic!("{flag} should be up on {}", days[1]));
        for language in [Language::En, Language::Zh] {
            assert!(!reason.text(language).is_empty(), "{flag}");
        }
    }
}

#[test]
fn a_flag_turns_at_the_very_instant_at_which_its_reason_became_known() {
    for flag in Flag::ALL {
        if *flag == Flag::StaleEvidence {
            continue; // turns with the day, not with what somebody wrote
        }
        let ledger = history(*flag).ledger;
        for (when, is_up) in [
            ("2024-03-01T03:59:59.999999Z", false),
            ("2024-03-01T04:00:00Z", true),
            ("2024-06-01T03:59:59.999999Z", true),
            ("2024-06-01T04:00:00Z", false),
        ] {
            assert_eq!(ledger.flag(*flag, when).is_some(), is_up, "{flag} at {when}");
        }
    }
}

#[test]
fn evidence_goes_stale_at_the_workspaces_midnight() {
    let ledger = history(Flag::StaleEvidence).ledger;
    // Midnight in Shanghai is 16:00 UTC.
    for (when, is_stale) in [
        ("2024-07-08T15:59:59.999999Z", false),
        ("2024-07-08T16:00:00Z", true),
    ] {
        assert_eq!(
            ledger.flag(Flag::StaleEvidence, when).is_some(),
            is_stale,
            "{when}"
        );
    }
}

#[test]
fn a_provider_is_single_from_the_day_it_is_needed_until_the_day_it_is_not() {
    let terms = DependencyTerms {
        since: Some(day(RAISED)),
        until: Some(day(LOWERED)),
        ..critical_api()
    };
    let ledger = Ledger::new().depends(terms);
    for (when, is_up) in [
        ("2024-02-29", false),
        (RAISED, true),
        ("2024-05-31", true),
        (LOWERED, false),
    ] {
        assert_eq!(ledger.flag(Flag::SingleProvider, when).is_some(), is_up, "{when}");
    }
}
