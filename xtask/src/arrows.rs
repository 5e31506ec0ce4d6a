//! Which crate may use which. ARCHITECTURE.md says why.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Result;
use cargo_metadata::{DependencyKind, MetadataCommand};

use crate::run::Workspace;

/// For each crate of ours, the crates of ours that it may use.
const ARROWS: &[(&str, &[&str])] = &[
    (
        "touchstone",
        &[
            "touchstone-http",
            "touchstone-web",
            "touchstone-graphql",
            "touchstone-app",
            "touchstone-storage",
            "touchstone-local-postgres",
            // For roles, scopes and languages on the command line.
            "touchstone-domain",
        ],
    ),
    ("touchstone-http", &["touchstone-graphql", "touchstone-app"]),
    ("touchstone-web", &[]),
    ("touchstone-graphql", &["touchstone-app", "touchstone-domain"]),
    (
        "touchstone-app",
        &["touchstone-storage", "touchstone-import", "touchstone-domain"],
    ),
    ("touchstone-storage", &["touchstone-domain"]),
    ("touchstone-import", &["touchstone-domain"]),
    ("touchstone-domain", &[]),
    ("touchstone-local-postgres", &[]),
    // What no user of the product runs.
    (
        "touchstone-test-support",
        &[
            "touchstone-storage",
            "touchstone-app",
            "touchstone-domain",
            "touchstone-local-postgres",
            // For roles, scopes and languages on the command line.
            "touchstone-domain",
        ],
    ),
    ("touchstone-synthetic", &["touchstone-domain"]),
    (
        "xtask",
        &[
            "touchstone-local-postgres",
            "touchstone-synthetic",
            // For reading the ids that the API writes.
            "touchstone-domain",
        ],
    ),
];

/// Crates of ours that every crate's own tests may use.
const FOR_TESTS: &[&str] = &["touchstone-test-support", "touchstone-synthetic"];

/// Crates of others that only some of ours may name.
const RESERVED: &[(&str, &[&str])] = &[
    ("sea-orm", &["touchstone-storage", "touchstone-test-support"]),
    ("sqlx", &["touchstone-storage", "touchstone-test-support"]),
    ("async-graphql", &["touchstone-graphql", "touchstone-http"]),
    ("axum", &["touchstone-http", "touchstone-web", "touchstone"]),
];

/// That one crate names another in its manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The crate that does.
    pub by: String,
    /// The crate that it names.
    pub of: String,
    /// Whether only its tests, examples and benches use it.
    pub in_tests_only: bool,
}

/// What the manifests of the workspace say.
pub fn uses(workspace: &Workspace) -> Result<(Vec<String>, Vec<Use>)> {
    let metadata = MetadataCommand::new()
        .current_dir(&workspace.root)
        .no_deps()
        .exec()?;
    let mut crates = Vec::new();
    let mut uses = Vec::new();
    for package in &metadata.packages {
        crates.push(package.name.to_string());
        uses.extend(package.dependencies.iter().map(|dependency| Use {
            by: package.name.to_string(),
            of: dependency.name.clone(),
            in_tests_only: dependency.kind == DependencyKind::Development,
        }));
    }
    Ok((crates, uses))
}

/// What is wrong with them, a line each.
pub fn faults(crates: &[String], uses: &[Use]) -> Vec<String> {
    let arrows: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut faults = Vec::new();
    for name in crates {
        if !arrows.contains_key(name.as_str()) {
            faults.push(format!(
                "{name} has no line in xtask/src/arrows.rs that says which crates it may use"
            ));
        }
    }
    for one in uses {
        let allowed = arrows.get(one.by.as_str()).copied().unwrap_or_default();
        if crates.contains(&one.of) && one.by != one.of && !allowed.contains(&one.of.as_str()) {
            let for_tests = one.in_tests_only && FOR_TESTS.contains(&one.of.as_str());
            if !for_tests {
                let mut fault = format!("{} may not use {}", one.by, one.of);
                match allowed {
                    [] => fault.push_str(": it uses no crate of ours"),
                    allowed => {
                        let _ = write!(fault, ": it may use {}", allowed.join(", "));
                    }
                }
                faults.push(fault);
            }
        }
        if let Some((_, who)) = RESERVED.iter().find(|(name, _)| *name == one.of)
            && !who.contains(&one.by.as_str())
        {
            faults.push(format!(
                "{} may not name {}: only {} may",
                one.by,
                one.of,
                who.join(", ")
            ));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(uses: &[(&str, &str, bool)]) -> Vec<String> {
        let crates: Vec<String> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
        let uses: Vec<Use> = uses
            .iter()
            .map(|(by, of, in_tests_only)| Use {
                by: (*by).to_owned(),
                of: (*of).to_owned(),
                in_tests_only: *in_tests_only,
            })
            .collect();
        faults(&crates, &uses)
    }

    #[test]
    fn the_arrows_drawn_are_allowed() {
        let fine = [
            ("touchstone-app", "touchstone-storage", false),
            ("touchstone-storage", "sea-orm", false),
            ("touchstone-storage", "touchstone-test-support", true),
            ("touchstone-web", "serde", false),
            ("touchstone-web", "axum", false),
        ];
        assert_eq!(faults_of(&fine), Vec::<String>::new());
    }

    #[test]
    fn an_arrow_against_the_stream_is_a_fault() {
        let faults = faults_of(&[("touchstone-domain", "touchstone-storage", false)]);
        assert_eq!(
            faults,
            ["touchstone-domain may not use touchstone-storage: it uses no crate of ours"]
        );
        let faults = faults_of(&[("touchstone-http", "touchstone-storage", true)]);
        assert_eq!(faults.len(), 1, "tests make no difference to it: {faults:?}");
    }

    #[test]
    fn what_is_for_tests_is_not_for_the_product() {
        assert_eq!(
            faults_of(&[("touchstone-app", "touchstone-test-support", false)]).len(),
            1
        );
    }

    #[test]
    fn the_database_is_named_in_storage_only() {
        let faults = faults_of(&[
            ("touchstone-app", "sqlx", false),
            ("touchstone-web", "async-graphql", true),
        ]);
        assert_eq!(faults.len(), 2);
        assert!(
            faults[0].starts_with("touchstone-app may not name sqlx"),
            "{faults:?}"
        );
    }

    #[test]
    fn a_new_crate_must_be_drawn_in() {
        let faults = faults(&["touchstone-novel".to_owned()], &[]);
        assert_eq!(faults.len(), 1);
        assert!(faults[0].contains("touchstone-novel"));
    }
}
