//! Rows of deals and of their changes, to values of the domain and back.

use domain::{
    Instant, Viewer,
    deal::{Deal, DealChange, RevisitDue, Standing, Terms},
    money::{Currency, Money, MoneyRange},
    text, typed,
};
use rust_decimal::Decimal;
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::{
    Error,
    access::push_visible,
    entity::{deal, deal_change},
    position::by_position,
    sql::Sql,
};

by_position!(
    deal,
    "d",
    [
        id,
        startup_id,
        title,
        stage_id,
        status,
        owner_id,
        team,
        opened_by,
        visibility,
        round,
        amount_low,
        amount_high,
        amount_currency,
        amount_as_found,
        our_amount_low,
        our_amount_high,
        our_amount_currency,
        our_amount_as_found,
        investor_role,
        co_investors,
        instrument,
        valuation,
        valuation_currency,
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
        pass_reason,
        pass_note,
        revisit_on,
        revisit_trigger,
        revisit_when,
        revisit_due_since,
        revisit_due_because,
        entered_stage_at,
        held_micros,
        held_since,
        opened_at,
        created_at,
        recorded_at,
        version,
        hidden_at,
    ],
    // What is derived, or kept to undo a merge.
    origin_startup_id: Uuid::nil(),
    title_sort: String::new(),
    search_text: String::new(),
);

const TABLE: &str = "deal";
const CHANGES: &str = "deal_change";

/// Appends what deals are selected from, under the alias `d`, with the condition under which the viewer may see them
/// and the hidden ones left out, so that further conditions follow with `and`. As known at an instant if one is
/// given: the fields as they stood, the rights as they stand.
pub(crate) fn push_source(sql: &mut Sql, viewer: &Viewer, as_of: Option<Instant>) {
    let Some(at) = as_of else {
        sql.push("deal d join startup s on s.id = d.startup_id where s.hidden_at is null and d.hidden_at is null and ");
        push_visible(sql, viewer, "d");
        return;
    };
    sql.push(
        "(select v.deal_id as id, v.startup_id, v.title, v.title_sort, c.search_text, v.stage_id, v.status, v.owner_id, v.team, \
         v.opened_by, v.visibility, v.round, v.amount_low, v.amount_high, v.amount_currency, v.amount_as_found, v.our_amount_low, \
         v.our_amount_high, v.our_amount_currency, v.our_amount_as_found, v.investor_role, v.co_investors, v.instrument, v.valuation, \
         v.valuation_currency, v.valuation_basis, v.fund_ids, v.term_sheet_signed_on, v.term_sheet_expires_on, v.exclusive_until, v.signed_on, v.paid_on, \
         v.sources, v.next_step, v.next_step_due, v.pass_reason, v.pass_note, v.revisit_on, v.revisit_trigger, v.revisit_when, \
         v.revisit_due_since, v.revisit_due_because, v.entered_stage_at, \
         v.held_micros, v.held_since, c.opened_at, c.created_at, v.known_from as recorded_at, v.version, v.hidden_at \
         from deal_version v join deal c on c.id = v.deal_id where v.known_from <= ",
    );
    sql.bind(at, "")
        .push(" and (v.known_until is null or v.known_until > ")
        .bind(at, "")
        .push(") and ");
    push_visible(sql, viewer, "c");
    sql.push(") d join startup_version s on s.startup_id = d.startup_id and s.known_from <= ")
        .bind(at, "");
    sql.push(" and (s.known_until is null or s.known_until > ")
        .bind(at, "")
        .push(") where s.hidden_at is null and d.hidden_at is null");
}

fn currency(id: Uuid, code: &str) -> Result<Currency, Error> {
    Error::row(TABLE, id, Currency::parse(code).ok_or(code))
}

fn range(
    id: Uuid,
    low: Option<Decimal>,
    high: Option<Decimal>,
    code: Option<String>,
    as_found: Option<String>,
) -> Result<Option<MoneyRange>, Error> {
    let range = MoneyRange {
        low: low.map(|v| v.normalize()),
        high: high.map(|v| v.normalize()),
        currency: code.map(|code| currency(id, &code)).transpose()?,
        as_found,
    };
    Ok((range != MoneyRange::default()).then_some(range))
}

pub(super) fn read(row: deal::Model) -> Result<Deal, Error> {
    let deal::Model {
        id,
        startup_id,
        origin_startup_id: _,
        title,
        title_sort: _,
        search_text: _,
        stage_id,
        status,
        owner_id,
        team,
        opened_by,
        visibility,
        round,
        amount_low,
        amount_high,
        amount_currency,
        amount_as_found,
        our_amount_low,
        our_amount_high,
        our_amount_currency,
        our_amount_as_found,
        investor_role,
        co_investors,
        instrument,
        valuation,
        valuation_currency,
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
        pass_reason,
        pass_note,
        revisit_on,
        revisit_trigger,
        revisit_when,
        revisit_due_since,
        revisit_due_because,
        entered_stage_at,
        held_micros,
        held_since,
        opened_at,
        created_at,
        recorded_at,
        version,
        hidden_at,
    } = row;
    let terms = Terms {
        title,
        round: Error::row(TABLE, id, round.parse())?,
        owner_id: owner_id.map(typed),
        team: team.into_iter().map(typed).collect(),
        visibility: Error::row(TABLE, id, visibility.parse())?,
        amount_sought: range(id, amount_low, amount_high, amount_currency, amount_as_found)?,
        our_amount: range(
            id,
            our_amount_low,
            our_amount_high,
            our_amount_currency,
            our_amount_as_found,
        )?,
        investor_role: investor_role
            .map(|w| Error::row(TABLE, id, w.parse()))
            .transpose()?,
        co_investors,
        instrument: instrument.map(|w| Error::row(TABLE, id, w.parse())).transpose()?,
        valuation: match (valuation, valuation_currency) {
            (Some(amount), Some(code)) => Some(Money {
                amount: amount.normalize(),
                currency: currency(id, &code)?,
            }),
            _ => None,
        },
        valuation_basis: valuation_basis
            .map(|w| Error::row(TABLE, id, w.parse()))
            .transpose()?,
        fund_ids: fund_ids.into_iter().map(typed).collect(),
        term_sheet_signed_on,
        term_sheet_expires_on,
        exclusive_until,
        signed_on,
        paid_on,
        sources: Error::row(TABLE, id, serde_json::from_value(sources))?,
        next_step,
        next_step_due,
        revisit_on,
        revisit_trigger,
        revisit_when: revisit_when
            .map(|when| Error::row(TABLE, id, serde_json::from_value(when)))
            .transpose()?,
    };
    let revisit_due = match (revisit_due_since, revisit_due_because) {
        (Some(since), Some(because)) => Some(RevisitDue {
            since,
            because: Error::row(TABLE, id, serde_json::from_value(because))?,
        }),
        _ => None,
    };
    let standing = Standing {
        stage_id: typed(stage_id),
        status: Error::row(TABLE, id, status.parse())?,
        pass_reason: pass_reason
            .map(|w| Error::row(TABLE, id, w.parse()))
            .transpose()?,
        pass_note,
        entered_stage_at,
        held_micros,
        held_since,
    };
    Ok(Deal {
        id: typed(id),
        startup_id: typed(startup_id),
        terms,
        standing,
        opened_by: opened_by.map(typed),
        opened_at,
        created_at,
        updated_at: recorded_at,
        version,
        hidden_at,
        revisit_due,
    })
}

pub(super) fn write(deal: &Deal) -> Result<deal::ActiveModel, Error> {
    let Deal {
        id,
        startup_id,
        terms,
        standing,
        opened_by,
        opened_at,
        created_at,
        updated_at,
        version,
        hidden_at,
        revisit_due,
    } = deal.clone();
    let Terms {
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
        revisit_when,
    } = terms;
    let Standing {
        stage_id,
        status,
        pass_reason,
        pass_note,
        entered_stage_at,
        held_micros,
        held_since,
    } = standing;
    let sought = amount_sought.unwrap_or_default();
    let ours = our_amount.unwrap_or_default();
    let (valuation, valuation_currency) = valuation.map_or((None, None), |money| {
        (Some(money.amount), Some(money.currency.code().to_owned()))
    });
    Ok(deal::ActiveModel {
        id: Set(id.uuid()),
        startup_id: Set(startup_id.uuid()),
        origin_startup_id: Set(startup_id.uuid()),
        title_sort: Set(text::name_sort(&title)),
        search_text: Set(text::fold(&title)),
        title: Set(title),
        stage_id: Set(stage_id.uuid()),
        status: Set(status.code().to_owned()),
        owner_id: Set(owner_id.map(|u| u.uuid())),
        team: Set(team.into_iter().map(|u| u.uuid()).collect()),
        opened_by: Set(opened_by.map(|u| u.uuid())),
        visibility: Set(visibility.code().to_owned()),
        round: Set(round.code().to_owned()),
        amount_low: Set(sought.low),
        amount_high: Set(sought.high),
        amount_currency: Set(sought.currency.map(|c| c.code().to_owned())),
        amount_as_found: Set(sought.as_found),
        our_amount_low: Set(ours.low),
        our_amount_high: Set(ours.high),
        our_amount_currency: Set(ours.currency.map(|c| c.code().to_owned())),
        our_amount_as_found: Set(ours.as_found),
        investor_role: Set(investor_role.map(|w| w.code().to_owned())),
        co_investors: Set(co_investors),
        instrument: Set(instrument.map(|w| w.code().to_owned())),
        valuation: Set(valuation),
        valuation_currency: Set(valuation_currency),
        valuation_basis: Set(valuation_basis.map(|w| w.code().to_owned())),
        fund_ids: Set(fund_ids.into_iter().map(|fund| fund.uuid()).collect()),
        term_sheet_signed_on: Set(term_sheet_signed_on),
        term_sheet_expires_on: Set(term_sheet_expires_on),
        exclusive_until: Set(exclusive_until),
        signed_on: Set(signed_on),
        paid_on: Set(paid_on),
        sources: Set(Error::row(TABLE, id, serde_json::to_value(sources))?),
        next_step: Set(next_step),
        next_step_due: Set(next_step_due),
        pass_reason: Set(pass_reason.map(|w| w.code().to_owned())),
        pass_note: Set(pass_note),
        revisit_on: Set(revisit_on),
        revisit_trigger: Set(revisit_trigger),
        revisit_when: Set(revisit_when
            .map(|when| Error::row(TABLE, id, serde_json::to_value(when)))
            .transpose()?),
        revisit_due_since: Set(revisit_due.as_ref().map(|due| due.since)),
        revisit_due_because: Set(revisit_due
            .map(|due| Error::row(TABLE, id, serde_json::to_value(due.because)))
            .transpose()?),
        entered_stage_at: Set(entered_stage_at),
        held_micros: Set(held_micros),
        held_since: Set(held_since),
        opened_at: Set(opened_at),
        created_at: Set(created_at),
        recorded_at: Set(updated_at),
        version: Set(version),
        hidden_at: Set(hidden_at),
    })
}

pub(super) fn read_change(row: deal_change::Model) -> Result<DealChange, Error> {
    let deal_change::Model {
        id,
        deal_id,
        from_stage_id,
        to_stage_id,
        from_status,
        to_status,
        occurred_at,
        recorded_at,
        by,
        reason,
        pass_reason,
        overrode,
        override_reason,
        voids,
        review_id,
    } = row;
    Ok(DealChange {
        id: typed(id),
        deal_id: typed(deal_id),
        from: match (from_stage_id, from_status) {
            (Some(stage), Some(status)) => Some((typed(stage), Error::row(CHANGES, id, status.parse())?)),
            _ => None,
        },
        to: (typed(to_stage_id), Error::row(CHANGES, id, to_status.parse())?),
        occurred_at,
        recorded_at,
        by: by.map(typed),
        reason,
        pass_reason: pass_reason
            .map(|w| Error::row(CHANGES, id, w.parse()))
            .transpose()?,
        overrode: overrode
            .iter()
            .map(|w| Error::row(CHANGES, id, w.parse()))
            .collect::<Result<_, _>>()?,
        override_reason,
        voids: voids.map(typed),
        review_id: review_id.map(typed),
    })
}
