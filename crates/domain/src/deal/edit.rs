//! What people change about a deal, apart from its moves.

use chrono::NaiveDate;

use super::{
    Deal, DealSource, Instrument, InvestorRole, RevisitWhen, Round, Terms, ValuationBasis, Visibility,
};
use crate::{
    FundId, UserId,
    money::{Money, MoneyRange},
};

/// A change of a deal's terms: a field left out stays as it is, `Some(None)` clears it.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(missing_docs, reason = "the fields are those of Terms")]
pub struct TermsEdit {
    pub title: Option<String>,
    pub round: Option<Round>,
    pub owner_id: Option<Option<UserId>>,
    pub team: Option<Vec<UserId>>,
    pub visibility: Option<Visibility>,
    pub amount_sought: Option<Option<MoneyRange>>,
    pub our_amount: Option<Option<MoneyRange>>,
    pub investor_role: Option<Option<InvestorRole>>,
    pub co_investors: Option<Vec<String>>,
    pub instrument: Option<Option<Instrument>>,
    pub valuation: Option<Option<Money>>,
    pub valuation_basis: Option<Option<ValuationBasis>>,
    pub fund_ids: Option<Vec<FundId>>,
    pub term_sheet_signed_on: Option<Option<NaiveDate>>,
    pub term_sheet_expires_on: Option<Option<NaiveDate>>,
    pub exclusive_until: Option<Option<NaiveDate>>,
    pub signed_on: Option<Option<NaiveDate>>,
    pub paid_on: Option<Option<NaiveDate>>,
    pub sources: Option<Vec<DealSource>>,
    pub next_step: Option<Option<String>>,
    pub next_step_due: Option<Option<NaiveDate>>,
    pub revisit_on: Option<Option<NaiveDate>>,
    pub revisit_trigger: Option<Option<String>>,
    pub revisit_when: Option<Option<RevisitWhen>>,
}

impl Terms {
    /// The terms of a deal about which nothing is known but its title: seen by all, of an unknown round.
    pub fn titled(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            round: Round::Unknown,
            owner_id: None,
            team: Vec::new(),
            visibility: Visibility::Team,
            amount_sought: None,
            our_amount: None,
            investor_role: None,
            co_investors: Vec::new(),
            instrument: None,
            valuation: None,
            valuation_basis: None,
            fund_ids: Vec::new(),
            term_sheet_signed_on: None,
            term_sheet_expires_on: None,
            exclusive_until: None,
            signed_on: None,
            paid_on: None,
            sources: Vec::new(),
            next_step: None,
            next_step_due: None,
            revisit_on: None,
            revisit_trigger: None,
            revisit_when: None,
        }
    }

    /// The terms after an edit.
    #[must_use]
    pub fn edited(mut self, edit: TermsEdit) -> Self {
        macro_rules! take { ($($field:ident),+) => {$(if let Some(value) = edit.$field { self.$field = value; })+} }
        take!(
            title,
            round,
            owner_id,
            team,
            visibility,
            amount_sought,
            our_amount,
            investor_role,
            co_investors,
            instrument,
            valuation,
            valuation_basis,
            fund_ids,
            term_sheet_signed_on,
            term_sheet_expires_on,
            exclusive_until,
            signed_on,
            paid_on,
            sources,
            next_step,
            next_step_due,
            revisit_on,
            revisit_trigger,
            revisit_when
        );
        self
    }
}

impl Deal {
    /// Everybody of its team, once each: its owner, who opened it, and those named. All of them see it when it is
    /// restricted.
    pub fn members(&self) -> Vec<UserId> {
        let mut members: Vec<UserId> = Vec::new();
        for user in self
            .terms
            .owner_id
            .iter()
            .chain(&self.opened_by)
            .chain(&self.terms.team)
        {
            if !members.contains(user) {
                members.push(*user);
            }
        }
        members
    }
}

impl Round {
    /// The round as people write it in a title; empty where it is not known.
    pub const fn label(self) -> &'static str {
        match self {
            Self::PreSeed => "Pre-seed",
            Self::Angel => "Angel",
            Self::AngelPlus => "Angel+",
            Self::Seed => "Seed",
            Self::PreA => "Pre-A",
            Self::PreAPlus => "Pre-A+",
            Self::A => "A",
            Self::APlus => "A+",
            Self::PreB => "Pre-B",
            Self::B => "B",
            Self::BPlus => "B+",
            Self::C => "C",
            Self::CPlus => "C+",
            Self::D => "D",
            Self::DPlus => "D+",
            Self::EOrLater => "E or later",
            Self::PreIpo => "Pre-IPO",
            Self::Ipo => "IPO",
            Self::Strategic => "Strategic",
            Self::Bridge => "Bridge",
            Self::Secondary => "Secondary",
            Self::Acquisition => "Acquisition",
            Self::Unknown => "",
        }
    }
}
