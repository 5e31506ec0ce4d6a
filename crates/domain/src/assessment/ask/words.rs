//! The words of a question and of what its answer would do.

use super::{Ask, AskFor};
use crate::{
    Language,
    assessment::{Figure, shown, words::grade_name},
    evidence::{EvidenceKind, Grade},
};

impl Ask {
    /// The question, to be put to founders or customers.
    pub fn question(&self, language: Language) -> String {
        let figure = self.figure().text(language);
        let words = questions(self.kind);
        match (self.ask_for, language) {
            (AskFor::New, Language::En) => words.new.0.into(),
            (AskFor::New, Language::Zh) => words.new.1.into(),
            (AskFor::Again { .. }, Language::En) => {
                format!(
                    "{figure}: still so, as of {}? {}",
                    self.record.observed_on, words.proof.0
                )
            }
            (AskFor::Again { .. }, Language::Zh) => {
                format!(
                    "截至 {}，“{figure}”是否依旧？{}",
                    self.record.observed_on, words.proof.1
                )
            }
            (AskFor::Sample { .. }, Language::En) => {
                format!(
                    "{}: measured on how many? {}",
                    self.sampleless().text(language),
                    words.proof.0
                )
            }
            (AskFor::Sample { .. }, Language::Zh) => {
                format!(
                    "“{}”的样本有多大？{}",
                    self.sampleless().text(language),
                    words.proof.1
                )
            }
            (AskFor::Proof { from, .. }, Language::En) => {
                let from = grade_name(from, language);
                if self.grade == Grade::Documented {
                    format!("{figure}: only {from} so far. Is there a document or an export that shows it?")
                } else {
                    format!("{figure}: only {from} so far. {}", words.proof.0)
                }
            }
            (AskFor::Proof { from, .. }, Language::Zh) => {
                let from = grade_name(from, language);
                if self.grade == Grade::Documented {
                    format!("“{figure}”目前仅为“{from}”：能否提供文件或数据导出？")
                } else {
                    format!("“{figure}”目前仅为“{from}”。{}", words.proof.1)
                }
            }
        }
    }

    fn sampleless(&self) -> Figure {
        Figure {
            sample_size: None,
            ..self.figure()
        }
    }

    /// What the answer would do: "Verified, 30-day retention of 30 % (of 100 users) would add 14.2 points: 10.0 → 24.2".
    pub fn example(&self, language: Language) -> String {
        let figure = self.figure().text(language);
        let grade = grade_name(self.grade, language);
        let then = shown::conviction(self.conviction_then);
        let now = self.conviction_now.map(shown::conviction);
        // Of what is shown, so that the sentence adds up.
        let points = then - now.unwrap_or_default();
        let now = now.map_or_else(|| "—".to_owned(), |now| now.to_string());
        match language {
            Language::En => {
                let mut letters = grade.chars();
                let grade: String = letters
                    .next()
                    .map(|first| first.to_ascii_uppercase())
                    .into_iter()
                    .chain(letters)
                    .collect();
                format!("{grade}, {figure} would add {points} points: {now} → {then}.")
            }
            Language::Zh => format!("若“{figure}”为“{grade}”，信念值可增加 {points}：{now} → {then}。"),
        }
    }
}

struct Questions {
    /// Where there is no figure yet.
    new: (&'static str, &'static str),
    /// How to check one that there is.
    proof: (&'static str, &'static str),
}

fn questions(kind: EvidenceKind) -> Questions {
    use EvidenceKind as K;
    let (new, proof) = match kind {
        K::PayingCustomers => (
            (
                "How many customers pay today, related parties and subsidised pilots left out, and may we call some?",
                "除关联方与补贴试点外，目前有多少家客户付费？能否回访其中几家？",
            ),
            (
                "May we call some of them, and see their invoices?",
                "能否回访其中几家，并查看发票？",
            ),
        ),
        K::RecurringRevenue => (
            (
                "How much revenue recurs a year, and may we see the contracts and the bank's statements?",
                "年经常性收入是多少？能否查看合同与银行流水？",
            ),
            (
                "May we see the contracts and the bank's statements?",
                "能否查看合同与银行流水？",
            ),
        ),
        K::SignedContracts => (
            (
                "Which contracts are in force, until when, and may we read them?",
                "有哪些合同正在执行、到何时为止？能否查看原件？",
            ),
            (
                "May we read them, and call the other side?",
                "能否查看原件，并向对方核实？",
            ),
        ),
        K::PaidConversion => (
            ("Of how many users do how many pay?", "多少用户中有多少付费？"),
            (
                "May we see users and payers in the analytics ourselves?",
                "能否在数据后台查看用户数与付费数？",
            ),
        ),
        K::UnitsDeployed => (
            (
                "How many units run at customers who pay, and may we visit one?",
                "有多少台设备在付费客户处运行？能否实地查看？",
            ),
            (
                "May we visit some, or see their logs?",
                "能否实地查看，或查看运行日志？",
            ),
        ),
        K::Pilots => (
            (
                "Who pays for a pilot, until when, and may we call them?",
                "哪些客户在付费试点、到何时为止？能否回访？",
            ),
            ("May we call those who pay for them?", "能否回访付费方？"),
        ),
        K::Retention => (
            (
                "Of the users who came in one month, how many are still there 30 days later?",
                "某月新增的用户中，30 天后还有多少留下？",
            ),
            (
                "May we compute it ourselves from an export of the cohort?",
                "能否由我们用同期群导出数据自行计算？",
            ),
        ),
        K::LogoRetention => (
            (
                "Of the accounts of a year ago, how many still pay?",
                "一年前的客户中，还有多少在付费？",
            ),
            (
                "May we compare the customer lists of both years?",
                "能否对照两年的客户名单？",
            ),
        ),
        K::NetRevenueRetention => (
            (
                "What do the customers of a year ago pay today, in percent of then?",
                "一年前的客户如今支付的金额是当时的百分之多少？",
            ),
            (
                "May we see revenue by customer for both years?",
                "能否查看两年按客户的收入？",
            ),
        ),
        K::UsageIntensity => (
            (
                "How many of a month's users come on a given day?",
                "月活用户中，每天有多少人使用？",
            ),
            (
                "May we see daily and monthly users in the analytics ourselves?",
                "能否在数据后台查看日活与月活？",
            ),
        ),
        K::CustomerReferences => (
            (
                "Which customers may we call, chosen by us from the whole list?",
                "能否由我们从完整名单中自选几家客户访谈？",
            ),
            ("May we make the calls ourselves?", "能否由我们亲自访谈？"),
        ),
        K::ActiveUsers => (
            (
                "How many people use it in a month, and may we see the analytics?",
                "月活用户有多少？能否查看数据后台？",
            ),
            (
                "May we see it in the analytics ourselves?",
                "能否在数据后台查看？",
            ),
        ),
        K::DevelopersBuilding => (
            (
                "How many developers build on it, counted by active keys?",
                "按活跃密钥计，有多少开发者在使用？",
            ),
            ("May we see the active keys ourselves?", "能否查看活跃密钥数？"),
        ),
        K::AppStoreRatings => (
            (
                "How many ratings does it have in the stores?",
                "应用商店里有多少评分？",
            ),
            ("Let us look at the store's page.", "由我们查看应用商店页面。"),
        ),
        K::WebTraffic => (
            (
                "How many visits does the site have a month?",
                "网站月访问量是多少？",
            ),
            ("May we see the analytics?", "能否查看数据后台？"),
        ),
        K::OpenSourceStars | K::OpenSourceDownloads => (
            (
                "Where is the repository, and how often is it used?",
                "代码仓库在哪里，使用情况如何？",
            ),
            ("Let us look at the repository.", "由我们查看代码仓库。"),
        ),
        K::Waitlist => (
            ("How many have signed up?", "有多少人登记候补？"),
            ("May we see the list?", "能否查看名单？"),
        ),
        K::UnpaidPilots => (
            (
                "Who tries it, and what would make them pay?",
                "谁在试用？怎样才会付费？",
            ),
            ("May we call them?", "能否回访？"),
        ),
        K::UserStatement => (
            (
                "What do users say, of how many asked?",
                "受访用户怎么说？问了多少人？",
            ),
            ("May we see the answers?", "能否查看问卷？"),
        ),
        K::PressCoverage => (
            ("Who wrote about it of their own accord?", "有哪些媒体主动报道？"),
            ("Let us read the articles.", "由我们阅读原文。"),
        ),
    };
    Questions { new, proof }
}
