//! A fund (基金主体) that may invest: in which currency, between which amounts, under which constraints; and where a
//! deal does not suit it (domain.md §6).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    FundId, Language, Message, Problem, Problems,
    assessment::grouped,
    check::{NAME_LIMIT, TEXT_LIMIT, required},
    money::{Currency, MoneyRange},
    startup::CompanyStructure,
};

/// Funds of a workspace, retired ones too.
pub const FUNDS_LIMIT: usize = 50;

/// A fund that may invest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct Fund {
    pub id: FundId,
    pub name: String,
    pub currency: Currency,
    /// What it puts into one deal, in its own currency.
    pub ticket: Option<MoneyRange>,
    /// What it may not do, in words: 返投比例, 国资, 单项目上限, 境外限制.
    pub constraints: Option<String>,
    /// Whether deals name it no more.
    pub is_retired: bool,
    pub version: i32,
}

/// A change of a fund: a field left out stays as it is, `Some(None)` clears it.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "the fields are those of Fund")]
pub struct FundEdit {
    pub name: Option<String>,
    pub currency: Option<Currency>,
    pub ticket: Option<Option<MoneyRange>>,
    pub constraints: Option<Option<String>>,
    pub is_retired: Option<bool>,
}

impl Fund {
    /// The fund after an edit.
    #[must_use]
    pub fn edited(mut self, edit: FundEdit) -> Self {
        let FundEdit {
            name,
            currency,
            ticket,
            constraints,
            is_retired,
        } = edit;
        self.name = name.unwrap_or(self.name);
        self.currency = currency.unwrap_or(self.currency);
        self.ticket = ticket.unwrap_or(self.ticket);
        self.constraints = constraints.unwrap_or(self.constraints);
        self.is_retired = is_retired.unwrap_or(self.is_retired);
        self
    }

    /// The fund as it is stored: texts without blanks, a ticket in the fund's currency, none where nothing is said of
    /// it. Or all that is wrong with it.
    pub fn prepared(self) -> Result<Self, Vec<Problem>> {
        let Self {
            id,
            name,
            currency,
            ticket,
            constraints,
            is_retired,
            version,
        } = self;
        let mut wrong = Problems::default();
        let name = required(&name, "name", NAME_LIMIT, &mut wrong);
        let ticket = ticket.and_then(|range| {
            let stated = range.currency.clone();
            let in_currency = MoneyRange {
                currency: Some(stated.unwrap_or_else(|| currency.clone())),
                ..range
            };
            in_currency.prepared("ticket", &mut wrong)
        });
        // Of a currency alone nothing is kept.
        let ticket =
            ticket.filter(|range| range.low.is_some() || range.high.is_some() || range.as_found.is_some());
        if let Some(other) = ticket.as_ref().and_then(|range| range.currency.as_ref()) {
            wrong.push_if(*other != currency, || {
                let message = Message::TicketInOtherCurrency {
                    ticket: other.code().to_owned(),
                    fund: currency.code().to_owned(),
                };
                Problem::invalid("ticket.currency", message)
            });
        }
        // Constraints are shown with their lines, as they were written.
        let constraints = constraints
            .map(|words| words.trim().to_owned())
            .filter(|words| !words.is_empty());
        if let Some(words) = &constraints {
            crate::check::check_length(words, "constraints", TEXT_LIMIT, &mut wrong);
        }
        wrong.into_result()?;
        Ok(Self {
            id,
            name,
            currency,
            ticket,
            constraints,
            is_retired,
            version,
        })
    }
}

/// Where a deal does not suit a fund that is to do it. A note, never a refusal: structures and amounts are negotiated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// The startup's structure is not decided, or not known.
    StructureUndecided,
    /// An onshore startup, and a fund that invests in another currency than CNY.
    Onshore {
        /// The fund's currency.
        fund: Currency,
    },
    /// A startup offshore, and a fund that invests in CNY.
    Offshore,
    /// The amount is in another currency than the fund's.
    OtherCurrency {
        /// The amount's.
        amount: Currency,
        /// The fund's.
        fund: Currency,
    },
    /// All of our amount is below what the fund puts into a deal.
    BelowTicket {
        /// Our amount at its most.
        amount: Decimal,
        /// The least that the fund puts in.
        least: Decimal,
        /// In which currency.
        currency: Currency,
    },
    /// All of our amount is above what the fund puts into a deal.
    AboveTicket {
        /// Our amount at its least.
        amount: Decimal,
        /// The most that the fund puts in.
        most: Decimal,
        /// In which currency.
        currency: Currency,
    },
}

/// The currency in which funds invest onshore.
const ONSHORE: &str = "CNY";

/// Where a deal does not suit a fund: its startup's structure; the currency of our amount (of what they seek, where we
/// have named none of ours); and our amount, where it is in the fund's currency and wholly outside the ticket.
pub fn mismatches(
    fund: &Fund,
    structure: CompanyStructure,
    our_amount: Option<&MoneyRange>,
    amount_sought: Option<&MoneyRange>,
) -> Vec<Mismatch> {
    let mut found = Vec::new();
    let is_onshore = fund.currency.code() == ONSHORE;
    match structure {
        CompanyStructure::Undecided => found.push(Mismatch::StructureUndecided),
        CompanyStructure::Onshore if !is_onshore => found.push(Mismatch::Onshore {
            fund: fund.currency.clone(),
        }),
        CompanyStructure::OffshoreVie if is_onshore => found.push(Mismatch::Offshore),
        CompanyStructure::Onshore | CompanyStructure::OffshoreVie => {}
    }
    let currency_of = |range: Option<&MoneyRange>| range.and_then(|range| range.currency.clone());
    if let Some(amount) = currency_of(our_amount).or_else(|| currency_of(amount_sought))
        && amount != fund.currency
    {
        found.push(Mismatch::OtherCurrency {
            amount,
            fund: fund.currency.clone(),
        });
    }
    if let (Some(ours), Some(ticket)) = (our_amount, &fund.ticket)
        && ours.currency.as_ref() == Some(&fund.currency)
    {
        // A range without a high end has no most; one with a high end alone is no more than that.
        if let (Some(amount), Some(least)) = (ours.high, ticket.low)
            && amount < least
        {
            found.push(Mismatch::BelowTicket {
                amount,
                least,
                currency: fund.currency.clone(),
            });
        }
        if let (Some(amount), Some(most)) = (ours.low, ticket.high)
            && amount > most
        {
            found.push(Mismatch::AboveTicket {
                amount,
                most,
                currency: fund.currency.clone(),
            });
        }
    }
    found
}

impl Mismatch {
    /// The note, as a sentence.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::En => self.en(),
            Language::Zh => self.zh(),
        }
    }

    fn en(&self) -> String {
        match self {
            Self::StructureUndecided => "The startup's structure is not decided.".into(),
            Self::Onshore { fund } => {
                format!(
                    "The startup is set up onshore; the fund invests in {}.",
                    fund.code()
                )
            }
            Self::Offshore => "The startup is set up offshore (VIE); the fund invests in CNY.".into(),
            Self::OtherCurrency { amount, fund } => format!(
                "The amount is in {}; the fund invests in {}.",
                amount.code(),
                fund.code()
            ),
            Self::BelowTicket {
                amount,
                least,
                currency,
            } => format!(
                "Our amount of at most {1} {0} is below the fund's ticket, which begins at {2} {0}.",
                currency.code(),
                grouped(*amount),
                grouped(*least)
            ),
            Self::AboveTicket {
                amount,
                most,
                currency,
            } => format!(
                "Our amount of at least {1} {0} is above the fund's ticket, which ends at {2} {0}.",
                currency.code(),
                grouped(*amount),
                grouped(*most)
            ),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::StructureUndecided => "公司架构未定。".into(),
            Self::Onshore { fund } => format!("公司为境内架构；该基金以 {} 投资。", fund.code()),
            Self::Offshore => "公司为境外 (VIE) 架构；该基金以 CNY 投资。".into(),
            Self::OtherCurrency { amount, fund } => {
                format!("金额以 {} 计；该基金以 {} 投资。", amount.code(), fund.code())
            }
            Self::BelowTicket {
                amount,
                least,
                currency,
            } => format!(
                "我方拟投至多 {1} {0}，低于该基金单笔下限 {2} {0}。",
                currency.code(),
                grouped(*amount),
                grouped(*least)
            ),
            Self::AboveTicket {
                amount,
                most,
                currency,
            } => format!(
                "我方拟投至少 {1} {0}，高于该基金单笔上限 {2} {0}。",
                currency.code(),
                grouped(*amount),
                grouped(*most)
            ),
        }
    }
}

#[cfg(test)]
mod tests;
