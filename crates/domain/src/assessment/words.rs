//! The words of figures in both languages: one table for each, so that a kind without words does not compile.

use rust_decimal::Decimal;

use super::{figure::Figure, flags::Flag, inputs::ChecklistState, rubric::EvidenceGroup};
use crate::{
    Language,
    evidence::{ActivityWindow, EvidenceKind, Grade, RevenueBasis},
    startup::TechnicalRoute,
};

/// A number with its thousands apart: 1,000,000.
pub(crate) fn grouped(number: impl Into<Decimal>) -> String {
    let written = number.into().normalize().to_string();
    let (whole, fraction) = written
        .split_once('.')
        .map_or((written.as_str(), None), |(whole, fraction)| {
            (whole, Some(fraction))
        });
    let (sign, digits) = whole
        .strip_prefix('-')
        .map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::from(sign);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

impl Figure {
    /// The figure in words: "20 paying customers", "30 天留存率 35 %（样本 400）".
    pub fn text(&self, language: Language) -> String {
        let Some(value) = self.value else {
            let kind = kind_name(self.kind, language);
            return match language {
                Language::En => format!("{kind} without a figure"),
                Language::Zh => format!("{kind}（无数值）"),
            };
        };
        let value_words = grouped(value);
        let is_one = value == Decimal::ONE;
        match language {
            Language::En => self.english(&value_words, is_one),
            Language::Zh => self.chinese(&value_words),
        }
    }

    fn english(&self, value: &str, is_one: bool) -> String {
        use EvidenceKind as K;
        let count = |one: &str, many: &str| format!("{value} {}", if is_one { one } else { many });
        let sample = |of: &str| {
            self.sample_size
                .map_or_else(String::new, |size| format!(" (of {}{of})", grouped(size)))
        };
        match self.kind {
            K::PayingCustomers => count("paying customer", "paying customers"),
            K::RecurringRevenue => {
                let currency = self.currency.as_deref().unwrap_or_default();
                let basis = match self.revenue_basis {
                    Some(RevenueBasis::Recurring) => "recurring revenue a year",
                    Some(RevenueBasis::Collected) => "revenue a year collected",
                    Some(RevenueBasis::Recognised) => "revenue a year recognised",
                    Some(RevenueBasis::Contracted) => "revenue a year contracted",
                    Some(RevenueBasis::RunRate) => "run-rate revenue a year",
                    Some(RevenueBasis::OneOff) => "one-off revenue",
                    None => "revenue a year",
                };
                format!("{value} {currency} of {basis}")
            }
            K::SignedContracts => count("signed contract", "signed contracts"),
            K::PaidConversion => format!("{value} % of users paying{}", sample("")),
            K::UnitsDeployed => count("unit deployed", "units deployed"),
            K::Pilots => count("paid pilot", "paid pilots"),
            K::Retention => {
                let horizon = self
                    .horizon_days
                    .map_or_else(String::new, |days| format!("{days}-day "));
                format!("{horizon}retention of {value} %{}", sample(" users"))
            }
            K::LogoRetention => format!("{value} % of accounts kept over a year{}", sample("")),
            K::NetRevenueRetention => format!("net revenue retention of {value} %{}", sample(" accounts")),
            K::UsageIntensity => format!("{value} % of monthly users coming daily{}", sample("")),
            K::CustomerReferences => {
                let calls = count("good customer call", "good customer calls");
                self.sample_size
                    .map_or_else(|| calls.clone(), |size| format!("{calls} of {}", grouped(size)))
            }
            K::ActiveUsers => match self.window {
                Some(ActivityWindow::Day) => count("daily user", "daily users"),
                Some(ActivityWindow::Week) => count("weekly user", "weekly users"),
                Some(ActivityWindow::Month) => count("monthly user", "monthly users"),
                None => count("active user", "active users"),
            },
            K::DevelopersBuilding => count("developer building on it", "developers building on it"),
            K::AppStoreRatings => count("store rating", "store ratings"),
            K::WebTraffic => count("visit a month", "visits a month"),
            K::OpenSourceStars => count("star", "stars"),
            K::OpenSourceDownloads => count("download a month", "downloads a month"),
            K::Waitlist => count("sign-up on the waitlist", "sign-ups on the waitlist"),
            K::UnpaidPilots => count("unpaid pilot", "unpaid pilots"),
            K::UserStatement => format!("{value} % of users asked saying so{}", sample("")),
            K::PressCoverage => count("press article", "press articles"),
        }
    }

    fn chinese(&self, value: &str) -> String {
        use EvidenceKind as K;
        let name = kind_name(self.kind, Language::Zh);
        let sample = || {
            self.sample_size
                .map_or_else(String::new, |size| format!("（样本 {}）", grouped(size)))
        };
        match self.kind {
            K::PayingCustomers => format!("{value} 家付费客户"),
            K::RecurringRevenue => {
                let currency = self.currency.as_deref().unwrap_or_default();
                let basis = match self.revenue_basis {
                    Some(RevenueBasis::Recurring) => "年经常性收入",
                    Some(RevenueBasis::Collected) => "年回款",
                    Some(RevenueBasis::Recognised) => "年确认收入",
                    Some(RevenueBasis::Contracted) => "年合同收入",
                    Some(RevenueBasis::RunRate) => "年化收入",
                    Some(RevenueBasis::OneOff) => "一次性收入",
                    None => "年收入",
                };
                format!("{basis} {value} {currency}")
            }
            K::SignedContracts => format!("{value} 份已签合同"),
            K::UnitsDeployed => format!("{value} 台已部署设备"),
            K::Pilots => format!("{value} 个付费试点"),
            K::UnpaidPilots => format!("{value} 个免费试点"),
            K::PressCoverage => format!("{value} 篇媒体报道"),
            K::DevelopersBuilding => format!("{value} 名在用开发者"),
            K::Retention => {
                let horizon = self
                    .horizon_days
                    .map_or_else(String::new, |days| format!("{days} 天"));
                format!("{horizon}留存率 {value} %{}", sample())
            }
            K::PaidConversion
            | K::LogoRetention
            | K::NetRevenueRetention
            | K::UsageIntensity
            | K::UserStatement => {
                format!("{name} {value} %{}", sample())
            }
            K::CustomerReferences => self.sample_size.map_or_else(
                || format!("{value} 次客户访谈认可"),
                |size| format!("{} 次客户访谈中 {value} 次认可", grouped(size)),
            ),
            K::ActiveUsers => {
                let name = match self.window {
                    Some(ActivityWindow::Day) => "日活用户",
                    Some(ActivityWindow::Week) => "周活用户",
                    Some(ActivityWindow::Month) => "月活用户",
                    None => "活跃用户",
                };
                format!("{name} {value}")
            }
            K::AppStoreRatings
            | K::WebTraffic
            | K::OpenSourceStars
            | K::OpenSourceDownloads
            | K::Waitlist => {
                format!("{name} {value}")
            }
        }
    }
}

/// The name of a kind.
pub(crate) fn kind_name(kind: EvidenceKind, language: Language) -> &'static str {
    use EvidenceKind as K;
    let (english, chinese) = match kind {
        K::PayingCustomers => ("paying customers", "付费客户"),
        K::RecurringRevenue => ("recurring revenue", "年经常性收入"),
        K::SignedContracts => ("signed contracts", "已签合同"),
        K::PaidConversion => ("paid conversion", "付费转化率"),
        K::UnitsDeployed => ("units deployed", "已部署设备"),
        K::Pilots => ("paid pilots", "付费试点"),
        K::Retention => ("retention", "留存率"),
        K::LogoRetention => ("account retention", "客户留存率"),
        K::NetRevenueRetention => ("net revenue retention", "净收入留存率"),
        K::UsageIntensity => ("daily of monthly users", "日活占月活"),
        K::CustomerReferences => ("good customer calls", "客户访谈认可"),
        K::ActiveUsers => ("active users", "活跃用户"),
        K::DevelopersBuilding => ("developers building", "在用开发者"),
        K::AppStoreRatings => ("store ratings", "应用商店评分数"),
        K::WebTraffic => ("visits a month", "月访问量"),
        K::OpenSourceStars => ("stars", "开源星标"),
        K::OpenSourceDownloads => ("downloads a month", "月下载量"),
        K::Waitlist => ("waitlist", "候补名单"),
        K::UnpaidPilots => ("unpaid pilots", "免费试点"),
        K::UserStatement => ("users who say so", "用户表态"),
        K::PressCoverage => ("press articles", "媒体报道"),
    };
    chosen(language, english, chinese)
}

/// The name of a group.
pub(super) fn group_name(group: EvidenceGroup, language: Language) -> &'static str {
    let (english, chinese) = match group {
        EvidenceGroup::Money => ("money", "付费"),
        EvidenceGroup::Loyalty => ("loyalty", "留存"),
        EvidenceGroup::Reach => ("reach", "规模"),
        EvidenceGroup::Interest => ("interest", "关注度"),
    };
    chosen(language, english, chinese)
}

/// The word of a grade.
pub(crate) fn grade_name(grade: Grade, language: Language) -> &'static str {
    let (english, chinese) = match grade {
        Grade::Claimed => ("claimed", "声称"),
        Grade::Documented => ("documented", "有凭据"),
        Grade::Verified => ("verified", "已核实"),
        Grade::Refuted => ("refuted", "已证伪"),
    };
    chosen(language, english, chinese)
}

/// What a route is.
pub(super) fn route_name(route: TechnicalRoute, language: Language) -> &'static str {
    let (english, chinese) = match route {
        TechnicalRoute::TrainsBaseModel => ("trains a base model", "自研底层大模型"),
        TechnicalRoute::TunesBaseModel => ("tunes a base model", "调优基座模型"),
        TechnicalRoute::BuildsOnApi => ("builds on an API", "调用模型 API"),
        TechnicalRoute::PreLlmAi => ("AI from before large models", "大模型之前的 AI"),
        TechnicalRoute::Unknown => ("route not known", "路线未知"),
    };
    chosen(language, english, chinese)
}

/// The state of an item of the checklist.
pub(super) fn state_name(state: Option<ChecklistState>, language: Language) -> &'static str {
    let (english, chinese) = match state {
        None => ("not looked at", "未查看"),
        Some(ChecklistState::Open) => ("open", "待查"),
        Some(ChecklistState::Ok) => ("OK", "通过"),
        Some(ChecklistState::Concern) => ("a concern", "有顾虑"),
    };
    chosen(language, english, chinese)
}

impl Flag {
    /// Its name on a chip.
    pub fn name(self, language: Language) -> &'static str {
        let (english, chinese) = match self {
            Self::RefutedClaim => ("Refuted claim", "声称被证伪"),
            Self::NoRealUsers => ("No real users", "无真实用户"),
            Self::NoNeed => ("No need named", "需求不明"),
            Self::RelabelledAi => ("Relabelled AI", "旧 AI 换皮"),
            Self::HypeGap => ("Hype gap", "水分"),
            Self::ThinWrapper => ("Thin wrapper", "套壳"),
            Self::SingleProvider => ("Single provider", "单一供应商"),
            Self::StaleEvidence => ("Stale evidence", "证据过期"),
            Self::DecliningUse => ("Declining use", "用量下滑"),
            Self::ComputeUnproven => ("Compute unproven", "算力未证实"),
            Self::CheckRoute => ("Check the route", "路线待核"),
            Self::NoRate => ("No exchange rate", "缺汇率"),
        };
        chosen(language, english, chinese)
    }
}

fn chosen(language: Language, english: &'static str, chinese: &'static str) -> &'static str {
    match language {
        Language::En => english,
        Language::Zh => chinese,
    }
}
