//! What the demonstration's figures are: by the formula from all its records, and as they are stored on day 0.

use std::sync::Arc;

use domain::assessment::{self, Ask, Assessment, Inputs, shown};

use crate::Demo;

/// Conviction as it is shown.
pub fn conviction(assessment: &Assessment) -> String {
    let conviction = assessment.figures.conviction;
    conviction.map_or_else(|| "-".to_owned(), |figure| shown::conviction(figure).to_string())
}

/// How many of its records are live.
pub fn live(assessment: &Assessment) -> usize {
    assessment.contributions.len() + assessment.overtaken.len()
}

impl Demo {
    async fn inputs(&self, name: &str) -> Arc<Inputs> {
        let id = self.named(name).id;
        let mut found = self.caller().assessment_inputs(&[id]).await.unwrap();
        found.remove(&id).unwrap()
    }

    /// What to ask of a startup next, on day 0.
    pub async fn asked(&self, name: &str) -> Vec<Ask> {
        assessment::ask(&*self.inputs(name).await, crate::end_of(0))
    }

    /// The assessment of a startup at the end of the day so many days from day 0, as known then.
    pub async fn assessed(&self, name: &str, offset: i64) -> Assessment {
        assessment::assess(&*self.inputs(name).await, crate::end_of(offset))
    }
}
