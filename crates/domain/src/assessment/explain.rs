//! Every number explains itself, in words that can be read out: each contribution, the multiplier, the whole.

use super::{
    Assessment, Contribution, UNPROVEN_LIMIT,
    multiplier::Multiplier,
    shown,
    words::{grade_name, group_name, route_name},
};
use crate::{Language, evidence::Grade, startup::TechnicalRoute};

impl Contribution {
    /// The record, its factors and whether it counts, in a sentence or two.
    pub fn text(&self, language: Language) -> String {
        let figure = self.figure.text(language);
        let grade = grade_name(self.grade, language);
        let on = self.figure.observed_on;
        let mut sentences = vec![self.product(language)];
        sentences.extend(self.remarks(language));
        match language {
            Language::En => format!("{figure}, {grade}, as of {on}: {}.", sentences.join(". ")),
            Language::Zh => format!("{figure}，{grade}，截至 {on}：{}。", sentences.join("。")),
        }
    }

    fn product(&self, language: Language) -> String {
        let weight = shown::rounded(self.weight, 2);
        let strength = shown::share(self.strength.total);
        let credence = shown::rounded(self.credence, 1);
        let freshness = shown::share(self.freshness);
        let contribution = shown::share(self.contribution);
        let days = self.age_days;
        match language {
            Language::En => format!(
                "weight {weight} × strength {strength} × credence {credence} × freshness {freshness} ({days} {}) = {contribution}",
                if days == 1 { "day old" } else { "days old" }
            ),
            Language::Zh => format!(
                "权重 {weight} × 强度 {strength} × 可信度 {credence} × 新鲜度 {freshness}（已过 {days} 天）= {contribution}"
            ),
        }
    }

    fn remarks(&self, language: Language) -> Vec<String> {
        let is_english = language == Language::En;
        let say = |english: &str, chinese: &str| if is_english { english } else { chinese }.to_owned();
        let mut remarks = Vec::new();
        if self.strength.lacks_rate {
            remarks.push(say(
                "There is no exchange rate for its day, so it counts as a tenth",
                "当日没有可用汇率，强度按 0.1 计",
            ));
        } else if self.strength.value.is_none() {
            remarks.push(say(
                "It has no figure, so it counts as a tenth",
                "没有数值，强度按 0.1 计",
            ));
        }
        let lacks_sample =
            self.strength.sample.or(self.strength.good_share).is_some() && self.figure.sample_size.is_none();
        if lacks_sample {
            remarks.push(say(
                "Its sample is not known, so a tenth of it counts",
                "样本量未知，只计十分之一",
            ));
        }
        if self.is_doubted {
            remarks.push(say(
                "A record was refuted in the last year, so words count a third",
                "一年内有记录被证伪，口头说法只计三分之一",
            ));
        }
        if self.ages_from > self.figure.observed_on {
            remarks.push(say(
                "A proven contract does not age before it ends",
                "有凭据的合同在到期前不折旧",
            ));
        }
        let group = group_name(self.group, language);
        remarks.push(if self.grade == Grade::Refuted {
            say(
                "It was checked and is false, so it counts nothing",
                "经核查不属实，不计入",
            )
        } else if self.counts {
            if is_english {
                format!("It is the best of {group}, so it counts")
            } else {
                format!("它是“{group}”组中最强的一条，计入")
            }
        } else if self.contribution > 0.0 {
            if is_english {
                format!("Another record of {group} is stronger, so it does not count")
            } else {
                format!("“{group}”组中另有更强的记录，不计入")
            }
        } else {
            say("It adds nothing", "没有贡献")
        });
        remarks
    }
}

impl Multiplier {
    /// What it is made of, step by step.
    pub fn reasons(&self, language: Language) -> Vec<String> {
        self.steps(language)
            .into_iter()
            .map(|(sign, amount, why)| format!("{sign}{} {why}", shown::rounded(amount, 2)))
            .chain(self.clamp_words(language))
            .collect()
    }

    /// The multiplier with its reasons, in a sentence.
    pub fn text(&self, language: Language) -> String {
        let value = shown::rounded(self.value, 2);
        let steps: Vec<String> = self
            .steps(language)
            .into_iter()
            .map(|(sign, amount, why)| {
                let amount = shown::rounded(amount, 2);
                let sign = if sign.is_empty() {
                    String::new()
                } else {
                    format!("{sign} ")
                };
                match language {
                    Language::En => format!("{sign}{amount} ({why})"),
                    Language::Zh => format!("{sign}{amount}（{why}）"),
                }
            })
            .collect();
        let sum = steps.join(" ");
        let clamp = self.clamp_words(language);
        match language {
            Language::En => {
                let clamp = clamp.map_or_else(String::new, |words| format!("; {words}"));
                format!("The multiplier is {value}: {sum}{clamp}.")
            }
            Language::Zh => {
                let clamp = clamp.map_or_else(String::new, |words| format!("；{words}"));
                format!("乘数 {value}：{sum}{clamp}。")
            }
        }
    }

    fn steps(&self, language: Language) -> Vec<(&'static str, f64, String)> {
        let is_english = language == Language::En;
        let route = route_name(self.route, language);
        let route = match (self.route, self.is_compute_proven) {
            (TechnicalRoute::TrainsBaseModel, true) if is_english => {
                format!("{route}, compute and training data are OK")
            }
            (TechnicalRoute::TrainsBaseModel, true) => format!("{route}，算力与训练数据均已通过"),
            (TechnicalRoute::TrainsBaseModel, false) if is_english => {
                format!("{route}, compute and training data are not both OK")
            }
            (TechnicalRoute::TrainsBaseModel, false) => format!("{route}，算力与训练数据未全部通过"),
            _ => route.to_owned(),
        };
        let mut steps = vec![("", self.base, route)];
        if self.data_bonus > 0.0 {
            let (english, chinese) = match (self.owns_training_data, self.has_flywheel) {
                (true, true) => (
                    "own training data and a flywheel of usage",
                    "自有训练数据与使用飞轮",
                ),
                (true, false) => ("own training data", "自有训练数据"),
                (false, _) => ("a flywheel of usage", "使用飞轮"),
            };
            steps.push((
                "+",
                self.data_bonus,
                if is_english { english } else { chinese }.to_owned(),
            ));
        }
        if self.provider_cost > 0.0 {
            let names: Vec<&str> = self
                .single_providers
                .iter()
                .map(|one| one.name.as_str())
                .collect();
            steps.push((
                "-",
                self.provider_cost,
                if is_english {
                    format!("hangs on {} without an alternative", names.join(", "))
                } else {
                    format!("关键依赖 {}，没有替代", names.join("、"))
                },
            ));
        }
        steps
    }

    fn clamp_words(&self, language: Language) -> Option<String> {
        let value = shown::rounded(self.value, 2);
        self.is_clamped().then(|| match language {
            Language::En if self.value < 2.0 => format!("held at {value}, the least there is"),
            Language::En => format!("held at {value}, the most there is"),
            Language::Zh if self.value < 2.0 => format!("不低于下限 {value}"),
            Language::Zh => format!("不超过上限 {value}"),
        })
    }
}

impl Assessment {
    /// The whole in a few sentences.
    pub fn text(&self, language: Language) -> String {
        let figures = &self.figures;
        let Some(conviction) = figures.conviction else {
            return match language {
                Language::En => "No evidence yet, so there is no conviction.".into(),
                Language::Zh => "尚无证据，因此没有信念值。".into(),
            };
        };
        let conviction = shown::conviction(conviction);
        let multiplier = shown::rounded(figures.multiplier, 2);
        let share = shown::share;
        let demand = share(figures.demand);
        let proven = share(figures.proven);
        let words = share(figures.demand - figures.proven);
        let claimed = share(figures.claimed_demand);
        let gap = share(figures.hype_gap);
        let percent = shown::rounded(100.0 * figures.hype_share.unwrap_or(0.0), 0);
        let is_cut = self.all > figures.proven + UNPROVEN_LIMIT;
        match language {
            Language::En => {
                let cut = if is_cut {
                    ", which is the most that they may"
                } else {
                    ""
                };
                format!(
                    "Conviction is {conviction} of 100: demand {demand} × multiplier {multiplier} ÷ 3. Proven is {proven}; words and \
                     interest add {words}{cut}. If everything claimed were true, demand would be {claimed}: the hype gap is {gap}, \
                     {percent} % of the claim."
                )
            }
            Language::Zh => {
                let cut = if is_cut { "（已达上限）" } else { "" };
                format!(
                    "信念值 {conviction}（满分 100）：需求 {demand} × 乘数 {multiplier} ÷ 3。其中已证实 {proven}，\
                     口头说法与关注度增加 {words}{cut}。若所有说法属实，需求应为 {claimed}：水分 {gap}，占说法的 {percent} %。"
                )
            }
        }
    }
}
