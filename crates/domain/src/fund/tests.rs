use uuid::Uuid;

use super::*;
use crate::{ProblemCode, typed};

fn currency(code: &str) -> Currency {
    Currency::parse(code).unwrap()
}

fn range(low: Option<i64>, high: Option<i64>, code: &str) -> MoneyRange {
    MoneyRange {
        low: low.map(Into::into),
        high: high.map(Into::into),
        currency: Some(currency(code)),
        as_found: None,
    }
}

fn fund(code: &str) -> Fund {
    Fund {
        id: typed(Uuid::from_u128(1)),
        name: " First fund ".into(),
        currency: currency(code),
        ticket: Some(range(Some(5_000_000), Some(30_000_000), code)),
        constraints: Some("  no offshore \n 返投比例 1.5  ".into()),
        is_retired: false,
        version: 1,
    }
}

#[test]
fn a_ticket_is_in_the_funds_currency_and_takes_it_where_none_is_named() {
    let mut unnamed = fund("CNY");
    unnamed.ticket.as_mut().unwrap().currency = None;
    let stored = unnamed.prepared().unwrap();
    assert_eq!(stored.name, "First fund");
    assert_eq!(stored.constraints.as_deref(), Some("no offshore \n 返投比例 1.5"));
    assert_eq!(stored.ticket.unwrap().currency, Some(currency("CNY")));
    let mut silent = fund("CNY");
    silent.ticket = Some(MoneyRange::default());
    assert_eq!(silent.prepared().unwrap().ticket, None);
}

#[test]
fn a_fund_without_a_name_or_with_a_ticket_in_dollars_for_yuan_is_refused_at_its_place() {
    let mut wrong = fund("CNY");
    wrong.name = " ".into();
    wrong.ticket = Some(range(Some(9), Some(3), "USD"));
    let problems = wrong.prepared().unwrap_err();
    let told: Vec<_> = problems.iter().map(|p| (p.code, p.field.join("."))).collect();
    assert_eq!(
        told,
        [
            (ProblemCode::Required, "name".to_owned()),
            (ProblemCode::Invalid, "ticket".to_owned()),
            (ProblemCode::Invalid, "ticket.currency".to_owned()),
        ]
    );
}

#[test]
fn structure_currency_and_ticket_are_noted_where_they_do_not_suit_a_fund() {
    use CompanyStructure::{OffshoreVie, Onshore, Undecided};
    let ours = |low: Option<i64>, high: Option<i64>, code| Some(range(low, high, code));
    let cases = [
        // Suits: onshore, yuan, within the ticket.
        (
            "CNY",
            Onshore,
            ours(Some(10_000_000), Some(20_000_000), "CNY"),
            vec![],
        ),
        ("USD", OffshoreVie, ours(Some(5_000_000), None, "USD"), vec![]),
        (
            "CNY",
            Undecided,
            None,
            vec!["The startup's structure is not decided."],
        ),
        (
            "CNY",
            OffshoreVie,
            None,
            vec!["The startup is set up offshore (VIE); the fund invests in CNY."],
        ),
        (
            "USD",
            Onshore,
            None,
            vec!["The startup is set up onshore; the fund invests in USD."],
        ),
        // In another currency the ticket says nothing of it.
        (
            "CNY",
            Onshore,
            ours(Some(1), Some(2), "USD"),
            vec!["The amount is in USD; the fund invests in CNY."],
        ),
        // Partly within the ticket is within it; wholly outside is not.
        (
            "CNY",
            Onshore,
            ours(Some(1_000_000), Some(5_000_000), "CNY"),
            vec![],
        ),
        (
            "CNY",
            Onshore,
            ours(Some(30_000_000), Some(90_000_000), "CNY"),
            vec![],
        ),
        (
            "CNY",
            Onshore,
            ours(Some(1_000_000), Some(4_999_999), "CNY"),
            vec![
                "Our amount of at most 4,999,999 CNY is below the fund's ticket, which begins at 5,000,000 CNY.",
            ],
        ),
        (
            "CNY",
            Onshore,
            ours(Some(30_000_001), None, "CNY"),
            vec![
                "Our amount of at least 30,000,001 CNY is above the fund's ticket, which ends at 30,000,000 CNY.",
            ],
        ),
    ];
    for (code, structure, amount, expected) in cases {
        let found = mismatches(&fund(code), structure, amount.as_ref(), None);
        let said: Vec<String> = found.iter().map(|one| one.text(Language::En)).collect();
        assert_eq!(said, expected, "{code} {structure} {amount:?}");
        for one in found {
            let zh = one.text(Language::Zh);
            assert!(zh.ends_with('。') && zh != one.text(Language::En), "{zh}");
        }
    }
}

#[test]
fn what_they_seek_tells_the_currency_where_our_amount_is_not_named() {
    let sought = range(Some(1), None, "USD");
    let notes = mismatches(&fund("CNY"), CompanyStructure::Onshore, None, Some(&sought));
    assert_eq!(
        notes,
        [Mismatch::OtherCurrency {
            amount: currency("USD"),
            fund: currency("CNY")
        }]
    );
    let ours = range(Some(6_000_000), None, "CNY");
    let with_ours = mismatches(
        &fund("CNY"),
        CompanyStructure::Onshore,
        Some(&ours),
        Some(&sought),
    );
    assert_eq!(with_ours, []);
}
