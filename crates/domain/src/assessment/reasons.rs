//! Why a flag is raised, in words.

use super::{
    PROOF_LIMIT,
    figure::Figure,
    flags::{Because, FlagReason},
    shown,
    words::{grade_name, state_name},
};
use crate::Language;

impl FlagReason {
    /// The reason in a sentence.
    pub fn text(&self, language: Language) -> String {
        self.because.text(language)
    }
}

fn listed(figures: &[Figure], language: Language) -> String {
    let figures: Vec<String> = figures
        .iter()
        .map(|figure| match language {
            Language::En => format!("{} ({})", figure.text(language), figure.observed_on),
            Language::Zh => format!("{}（{}）", figure.text(language), figure.observed_on),
        })
        .collect();
    figures.join(match language {
        Language::En => "; ",
        Language::Zh => "；",
    })
}

impl Because {
    /// The reason in a sentence.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::En => self.english(),
            Language::Zh => self.chinese(),
        }
    }

    fn english(&self) -> String {
        let language = Language::En;
        match self {
            Self::Refuted { figures } => {
                format!("Checked, and false: {}.", listed(figures, language))
            }
            Self::NothingLive => "There is no evidence of real users yet.".into(),
            Self::NothingProven { live, documented: 0 } => format!(
                "None of {live} live {} is a documented or verified figure of use.",
                if *live == 1 { "record" } else { "records" }
            ),
            Self::NothingProven { documented, .. } => format!(
                "{documented} documented {} of use, but none still contributes {PROOF_LIMIT} to demand.",
                if *documented == 1 { "figure" } else { "figures" }
            ),
            Self::NamesNoPayer => "No 1 in front: the need names nobody who pays.".into(),
            Self::PreLlmClaimsLargeModel { grade } => format!(
                "It says that it has a large model ({}), but what it has is AI from before large models.",
                grade_name(*grade, language)
            ),
            Self::MostlyHype {
                claimed_demand,
                demand,
                hype_share,
            } => format!(
                "{} % of what is claimed is not believed: claimed {}, demand {}.",
                shown::rounded(100.0 * hype_share, 0),
                shown::share(*claimed_demand),
                shown::share(*demand)
            ),
            Self::NothingOfItsOwn => {
                "It builds on an API, and neither training data of its own nor a flywheel of usage is proven."
                    .into()
            }
            Self::HangsOn {
                providers,
                is_hidden_by_clamp,
            } => format!(
                "It stands still without {}, and names no alternative{}.",
                providers.join(", "),
                if *is_hidden_by_clamp {
                    "; the multiplier's limit hides what that costs"
                } else {
                    ""
                }
            ),
            Self::NothingNewSince { on, days } => {
                format!("It had proof, but its newest documented figure of use is of {on}, {days} days ago.")
            }
            Self::UseFell { falls } => {
                let falls: Vec<String> = falls
                    .iter()
                    .map(|fall| {
                        format!(
                            "from {} ({}) to {} ({}), {} % of it",
                            fall.from.text(language),
                            fall.from.observed_on,
                            fall.to.text(language),
                            fall.to.observed_on,
                            shown::rounded(fall.percent_left, 0)
                        )
                    })
                    .collect();
                format!("Use fell {}.", falls.join("; "))
            }
            Self::ComputeOpen {
                compute,
                training_data,
            } => format!(
                "A base model needs compute and training data: compute is {}, training data {}.",
                state_name(*compute, language),
                state_name(*training_data, language)
            ),
            Self::LaunchedBeforeLargeModels { on } => {
                format!(
                    "It says that it has a large model, but its product was launched on {on}, before there were any."
                )
            }
            Self::RateMissing { currencies } => format!(
                "Revenue in {} has no exchange rate of its day or the 31 days before.",
                currencies.join(", ")
            ),
        }
    }

    fn chinese(&self) -> String {
        let language = Language::Zh;
        match self {
            Self::Refuted { figures } => format!("经核查不属实：{}。", listed(figures, language)),
            Self::NothingLive => "尚无任何真实用户证据。".into(),
            Self::NothingProven { live, documented: 0 } => {
                format!("{live} 条有效记录中，没有一条有凭据或已核实的使用数据。")
            }
            Self::NothingProven { documented, .. } => {
                format!("有 {documented} 条有凭据的使用数据，但没有一条对需求的贡献达到 {PROOF_LIMIT}。")
            }
            Self::NamesNoPayer => "前面没有“1”：需求没有写明谁付费。".into(),
            Self::PreLlmClaimsLargeModel { grade } => format!(
                "自称拥有大模型（{}），但其技术是大模型之前的 AI。",
                grade_name(*grade, language)
            ),
            Self::MostlyHype {
                claimed_demand,
                demand,
                hype_share,
            } => format!(
                "所声称的有 {} % 不可信：声称 {}，需求 {}。",
                shown::rounded(100.0 * hype_share, 0),
                shown::share(*claimed_demand),
                shown::share(*demand)
            ),
            Self::NothingOfItsOwn => "调用模型 API，自有训练数据与使用飞轮均无凭据。".into(),
            Self::HangsOn {
                providers,
                is_hidden_by_clamp,
            } => format!(
                "离开 {} 即无法运转，且没有替代{}。",
                providers.join("、"),
                if *is_hidden_by_clamp {
                    "；乘数的界限掩盖了这一代价"
                } else {
                    ""
                }
            ),
            Self::NothingNewSince { on, days } => {
                format!("曾有真实凭证，但最新一条有凭据的使用数据截至 {on}，已过 {days} 天。")
            }
            Self::UseFell { falls } => {
                let falls: Vec<String> = falls
                    .iter()
                    .map(|fall| {
                        format!(
                            "从{}（{}）降至{}（{}），仅余 {} %",
                            fall.from.text(language),
                            fall.from.observed_on,
                            fall.to.text(language),
                            fall.to.observed_on,
                            shown::rounded(fall.percent_left, 0)
                        )
                    })
                    .collect();
                format!("用量下滑：{}。", falls.join("；"))
            }
            Self::ComputeOpen {
                compute,
                training_data,
            } => format!(
                "自研底层大模型需要算力与训练数据：算力{}，训练数据{}。",
                state_name(*compute, language),
                state_name(*training_data, language)
            ),
            Self::LaunchedBeforeLargeModels { on } => {
                format!("自称拥有大模型，但产品于 {on} 推出，当时尚无大模型。")
            }
            Self::RateMissing { currencies } => {
                format!("{} 收入在当日及之前 31 天内没有汇率。", currencies.join("、"))
            }
        }
    }
}
