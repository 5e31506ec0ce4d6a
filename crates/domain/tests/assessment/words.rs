//! Every number explains itself, in words that can be read out.

use domain::{
    Language,
    assessment::{Assessment, ChecklistState, ComputeItem, Flag},
    evidence::{EvidenceKind, Grade, RevenueBasis},
    startup::TechnicalRoute,
};

use crate::ledger::{Build as _, Ledger, bigclaim, critical_api, cubeforge, holds, record};

const NOW: &str = "2024-07-31";

fn sentences(found: &Assessment, language: Language) -> Vec<String> {
    found.contributions.iter().map(|one| one.text(language)).collect()
}

#[test]
fn each_contribution_says_its_factors_and_whether_it_counts() {
    let found = cubeforge().assess(NOW);
    assert_eq!(
        sentences(&found, Language::En),
        [
            "20 paying customers, verified, as of 2024-06-30: weight 0.60 × strength 0.6597 × credence 1.0 × freshness 0.8875 \
             (31 days old) = 0.3513. It is the best of money, so it counts.",
            "30-day retention of 35 % (of 400 users), documented, as of 2024-05-31: weight 0.50 × strength 0.8333 × credence 0.7 × \
             freshness 0.8906 (61 days old) = 0.2598. It is the best of loyalty, so it counts.",
            "30,000 monthly users, claimed, as of 2024-07-15: weight 0.40 × strength 0.7441 × credence 0.3 × freshness 0.9402 \
             (16 days old) = 0.0840. It is the best of reach, so it counts.",
        ]
    );
    assert_eq!(
        sentences(&found, Language::Zh)[0],
        "20 家付费客户，已核实，截至 2024-06-30：权重 0.60 × 强度 0.6597 × 可信度 1.0 × 新鲜度 0.8875（已过 31 天）= 0.3513。\
         它是“付费”组中最强的一条，计入。"
    );
}

#[test]
fn the_whole_is_said_in_a_few_sentences() {
    assert_eq!(
        cubeforge().assess(NOW).text(Language::En),
        "Conviction is 32.7 of 100: demand 0.5601 × multiplier 1.75 ÷ 3. Proven is 0.5198; words and interest add 0.0403. \
         If everything claimed were true, demand would be 0.7062: the hype gap is 0.1461, 21 % of the claim."
    );
    assert_eq!(
        bigclaim().assess(NOW).text(Language::Zh),
        "信念值 10.0（满分 100）：需求 0.2000 × 乘数 1.50 ÷ 3。其中已证实 0.0000，口头说法与关注度增加 0.2000（已达上限）。\
         若所有说法属实，需求应为 0.7720：水分 0.5720，占说法的 74 %。"
    );
}

#[test]
fn the_multiplier_says_its_steps() {
    let found = cubeforge().assess(NOW).multiplier;
    assert_eq!(
        found.reasons(Language::En),
        [
            "1.50 builds on an API",
            "+0.50 own training data",
            "-0.25 hangs on Basemodel One without an alternative"
        ]
    );
    assert_eq!(
        found.text(Language::En),
        "The multiplier is 1.75: 1.50 (builds on an API) + 0.50 (own training data) - 0.25 (hangs on Basemodel One without an alternative)."
    );
    assert_eq!(
        found.text(Language::Zh),
        "乘数 1.75：1.50（调用模型 API） + 0.50（自有训练数据） - 0.25（关键依赖 Basemodel One，没有替代）。"
    );
    let low = Ledger::new().depends(critical_api()).assess(NOW).multiplier;
    assert!(
        low.text(Language::En)
            .ends_with("; held at 1.00, the least there is.")
    );
    let most = Ledger::new()
        .route(TechnicalRoute::TrainsBaseModel)
        .checked(ComputeItem::Compute, ChecklistState::Ok)
        .checked(ComputeItem::TrainingData, ChecklistState::Ok)
        .edit(|traits| {
            traits.owns_training_data = Some(holds(Grade::Verified));
            traits.usage_flywheel = Some(holds(Grade::Documented));
        })
        .assess(NOW)
        .multiplier;
    assert!((most.value - 3.0).abs() < 1e-12 && !most.is_clamped());
    assert!(
        most.reasons(Language::Zh)[1].contains("飞轮"),
        "one bonus for both"
    );
}

#[test]
fn what_weakens_a_record_is_said() {
    let ledger = Ledger::new()
        .with(
            record(EvidenceKind::RecurringRevenue, 9_000_000, NOW)
                .currency("CNY")
                .basis(RevenueBasis::Collected),
        )
        .with(record(EvidenceKind::Retention, 30, NOW))
        .with(record(EvidenceKind::Pilots, None, NOW))
        .with(record(EvidenceKind::Waitlist, 4_000, NOW).reviewed(Grade::Refuted, NOW));
    let found = ledger.assess(NOW);
    let about = |kind, language| {
        let one = found.contributions.iter().find(|one| one.kind == kind).unwrap();
        one.text(language)
    };
    let revenue = about(EvidenceKind::RecurringRevenue, Language::En);
    assert!(
        revenue.starts_with("9,000,000 CNY of revenue a year collected, claimed"),
        "{revenue}"
    );
    assert!(
        revenue.contains("no exchange rate") && revenue.contains("words count a third"),
        "{revenue}"
    );
    assert!(about(EvidenceKind::Retention, Language::Zh).contains("样本量未知"));
    assert!(about(EvidenceKind::Pilots, Language::En).contains("has no figure"));
    assert!(about(EvidenceKind::Pilots, Language::En).contains("Another record of money is stronger"));
    assert!(about(EvidenceKind::Waitlist, Language::Zh).ends_with("经核查不属实，不计入。"));
}

#[test]
fn a_contract_in_force_says_that_it_does_not_age() {
    let contract = |grade| {
        let record = record(EvidenceKind::SignedContracts, 3, "2023-07-01")
            .until("2024-12-31")
            .graded(grade);
        Ledger::new().with(record).assess(NOW).contributions[0].text(Language::En)
    };
    let proven = contract(Grade::Documented);
    assert!(
        proven.contains("freshness 1.0000 (0 days old)") && proven.contains("does not age before it ends"),
        "{proven}"
    );
    assert!(contract(Grade::Claimed).contains("(396 days old)"));
}

#[test]
fn a_flag_says_its_reason_with_its_numbers() {
    let words = |ledger: &Ledger, flag, language| ledger.flag(flag, NOW).unwrap().text(language);
    assert_eq!(
        words(&bigclaim(), Flag::HypeGap, Language::En),
        "74 % of what is claimed is not believed: claimed 0.7720, demand 0.2000."
    );
    assert_eq!(
        words(&bigclaim(), Flag::ComputeUnproven, Language::Zh),
        "自研底层大模型需要算力与训练数据：算力未查看，训练数据未查看。"
    );
    assert_eq!(
        words(&cubeforge(), Flag::SingleProvider, Language::En),
        "It stands still without Basemodel One, and names no alternative."
    );
    let refuted = Ledger::new()
        .with(record(EvidenceKind::PayingCustomers, 1, "2024-07-01").reviewed(Grade::Refuted, "2024-07-02"));
    assert_eq!(
        words(&refuted, Flag::RefutedClaim, Language::En),
        "Checked, and false: 1 paying customer (2024-07-01)."
    );
}

#[test]
fn every_kind_has_words_in_both_languages_with_its_figure_and_without() {
    for kind in EvidenceKind::ALL {
        for value in [None, Some(1), Some(12_345)] {
            let ledger = Ledger::new().with(record(*kind, value, NOW).of(20_000));
            let figure = ledger.assess(NOW).contributions[0].figure.clone();
            let (english, chinese) = (figure.text(Language::En), figure.text(Language::Zh));
            assert!(
                chinese.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c)),
                "{chinese}"
            );
            assert!(english.is_ascii(), "{english}");
            assert_eq!(
                value == Some(12_345),
                english.contains("12,345") && chinese.contains("12,345"),
                "{english}"
            );
        }
    }
}

#[test]
fn an_assessment_that_is_kept_reads_back_as_it_was() {
    let found = cubeforge().assess(NOW);
    let written = serde_json::to_value(&found).unwrap();
    assert_eq!(
        serde_json::from_value::<Assessment>(written.clone()).unwrap(),
        found
    );
    assert_eq!(
        written["figures"]["flags"],
        serde_json::json!(["SINGLE_PROVIDER"])
    );
}
