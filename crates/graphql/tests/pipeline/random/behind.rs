//! Every figure opens: the list of deals behind each cell of the funnel and each bucket of the flow is as long as the
//! figure says, and holds the deals that a slow count finds.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{At, Fund, STAGES, in_shanghai};

/// A question that counts deals under the name, with its filter as the API writes it.
fn counts(document: &mut String, name: &str, filter: &str) {
    write!(
        document,
        "{name}: deals(first: 200, asOf: $at, filter: {{ {filter} }}) {{ totalCount nodes {{ title }} }} "
    )
    .unwrap();
}

const PERIOD: &str = "openedFrom: $from, openedTo: $to";

/// The filters behind a cell of a cohort's funnel.
fn of_cohort(figure: &str, stage: &str) -> String {
    let more = match figure {
        "entered" => format!("reached: \"{stage}\""),
        "skipped" => format!("skipped: \"{stage}\""),
        "advanced" => format!("advancedFrom: \"{stage}\""),
        "passed" => format!("furthest: \"{stage}\", statuses: [PASSED, LOST]"),
        _ => format!("furthest: \"{stage}\", statuses: [ACTIVE, ON_HOLD]"),
    };
    format!("{PERIOD}, {more}")
}

/// And of a funnel of moves.
fn of_moves(figure: &str, stage: &str) -> String {
    let kind = match figure {
        "stillThere" => "STILL_THERE".to_owned(),
        other => other.to_uppercase(),
    };
    format!("moved: {{ from: $from, to: $to, kind: {kind}, stage: \"{stage}\" }}")
}

const FIGURES: [&str; 5] = ["entered", "skipped", "advanced", "passed", "stillThere"];

impl Fund {
    async fn listed(&self, questions: &str, variables: Value) -> Value {
        let document = format!("query($from: DateTime!, $to: DateTime!, $at: DateTime!) {{ {questions} }}");
        let told = self.ask(&document, variables).await;
        for (name, list) in told.as_object().unwrap() {
            let nodes = list["nodes"].as_array().unwrap().len();
            assert_eq!(list["totalCount"], nodes, "{name}");
        }
        told
    }

    pub(super) async fn compare_lists(&self, from: At, to: At, at: At) {
        let variables = json!({ "from": from, "to": to, "at": at });
        let document = "query($from: DateTime!, $to: DateTime!, $at: DateTime!) { \
            cohort: funnel(from: $from, to: $to, asOf: $at) { opened invested passed stages { entered skipped advanced passed stillThere movers { entered } } } \
            activity: funnel(from: $from, to: $to, view: ACTIVITY, asOf: $at) { stages { skipped stillThere movers { entered skipped advanced passed } } } }";
        let told = self.ask(document, variables.clone()).await;
        for figure in FIGURES {
            let mut questions = String::new();
            for stage in STAGES {
                counts(
                    &mut questions,
                    &format!("cohort_{stage}"),
                    &of_cohort(figure, stage),
                );
                counts(
                    &mut questions,
                    &format!("moves_{stage}"),
                    &of_moves(figure, stage),
                );
            }
            let listed = self.listed(&questions, variables.clone()).await;
            for (n, stage) in STAGES.iter().enumerate() {
                let cohort = &told["cohort"]["stages"][n];
                assert_eq!(
                    listed[format!("cohort_{stage}")]["totalCount"],
                    cohort[figure],
                    "{figure} of {stage}"
                );
                assert_eq!(cohort["movers"], Value::Null);
                let moves = &told["activity"]["stages"][n];
                let of = if figure == "stillThere" {
                    &moves[figure]
                } else {
                    &moves["movers"][figure]
                };
                let names = self.movers(figure, n, (from, to), at);
                assert_eq!(*of, names.len(), "deals whose moves count as {figure} of {stage}");
                assert_eq!(
                    titles(&listed[format!("moves_{stage}")]),
                    names,
                    "{figure} of {stage} from {from} to {to} as of {at}"
                );
            }
        }
        let mut questions = String::new();
        counts(&mut questions, "opened", PERIOD);
        counts(
            &mut questions,
            "invested",
            &format!("{PERIOD}, statuses: [INVESTED]"),
        );
        counts(
            &mut questions,
            "passed",
            &format!("{PERIOD}, statuses: [PASSED, LOST]"),
        );
        let listed = self.listed(&questions, variables).await;
        for figure in ["opened", "invested", "passed"] {
            assert_eq!(listed[figure]["totalCount"], told["cohort"][figure], "{figure}");
        }
    }

    /// The deals of which some move of the period counts for a figure of a stage, by title.
    fn movers(&self, figure: &str, stage: usize, (from, to): (At, At), at: At) -> Vec<&str> {
        let mut found = Vec::new();
        for deal in &self.deals {
            let Some((now, status)) = deal.state(at) else {
                continue;
            };
            let counts = deal.standing(at).into_iter().any(|row| {
                let invested = row.to.1 == "INVESTED";
                let was_behind = row.from.is_none_or(|from| from.0 < stage);
                let entered = was_behind && (invested || row.to.0 >= stage);
                from <= row.occurred
                    && row.occurred <= to
                    && match figure {
                        "entered" => entered,
                        "skipped" => entered && row.to.0 != stage,
                        "advanced" => {
                            row.from.is_none_or(|from| from.0 <= stage) && (invested || row.to.0 > stage)
                        }
                        "passed" => row.to.0 == stage && matches!(row.to.1, "PASSED" | "LOST"),
                        _ => {
                            was_behind
                                && row.to.0 == stage
                                && now == stage
                                && matches!(status, "ACTIVE" | "ON_HOLD")
                        }
                    }
            });
            if counts {
                found.push(deal.title.as_str());
            }
        }
        found.sort_unstable();
        found
    }

    /// The deals behind the flow of the whole period, and how many each bucket says there are.
    pub(super) async fn compare_flow_lists(&self, from: At, to: At, at: At) {
        let days = json!({ "from": in_shanghai(from), "to": in_shanghai(to), "at": at });
        let document = "query($from: Date!, $to: Date!, $at: DateTime!) { flow(from: $from, to: $to, interval: QUARTER, asOf: $at) \
            { start opened advanced advancedDeals passed passedDeals invested } }";
        let told = self.ask(document, days).await;
        for bucket in told["flow"].as_array().unwrap() {
            let first = super::day(bucket["start"].as_str().unwrap()).max(in_shanghai(from));
            let next = super::day(bucket["start"].as_str().unwrap()) + chrono::Months::new(3);
            let last = next.pred_opt().unwrap().min(in_shanghai(to));
            let variables = json!({ "from": format!("{first}T00:00:00+08:00"), "to": format!("{last}T23:59:59.999999+08:00"), "at": at });
            let mut questions = String::new();
            for kind in ["OPENED", "ADVANCED", "PASSED", "INVESTED"] {
                counts(
                    &mut questions,
                    &kind.to_lowercase(),
                    &format!("moved: {{ from: $from, to: $to, kind: {kind} }}"),
                );
            }
            let listed = self.listed(&questions, variables).await;
            for (list, figure) in [
                ("opened", "opened"),
                ("advanced", "advancedDeals"),
                ("passed", "passedDeals"),
                ("invested", "invested"),
            ] {
                assert_eq!(listed[list]["totalCount"], bucket[figure], "{figure} of {bucket}");
            }
            assert!(bucket["advanced"].as_i64() >= bucket["advancedDeals"].as_i64());
        }
    }
}

fn titles(list: &Value) -> Vec<&str> {
    let mut titles: Vec<&str> = list["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["title"].as_str().unwrap())
        .collect();
    titles.sort_unstable();
    titles
}
