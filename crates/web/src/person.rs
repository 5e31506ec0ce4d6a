//! People where they stand on a startup's page: the founder's mark, the post, and where else they were.

use chrono::{Datelike, NaiveDate};

use crate::schema;
use crate::words::Words;

/// A post at a startup.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Affiliation")]
pub(crate) struct PostLine {
    is_founder: bool,
    title: Option<String>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    person: PersonLine,
}

/// Who holds it.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Person")]
struct PersonLine {
    id: cynic::Id,
    name: String,
    affiliations: Vec<OtherPost>,
}

/// A post of theirs, anywhere.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Affiliation")]
struct OtherPost {
    organisation: String,
    title: Option<String>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    startup: Option<PlaceOfPost>,
}

#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "Startup")]
struct PlaceOfPost {
    id: cynic::Id,
}

/// A person as the page draws them.
pub(crate) struct PersonView {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) is_founder: bool,
    pub(crate) post: String,
    pub(crate) years: String,
    pub(crate) elsewhere: Vec<ElsewhereView>,
}

/// Where else a person is or was.
pub(crate) struct ElsewhereView {
    pub(crate) organisation: String,
    /// Of a startup that is kept here, its page.
    pub(crate) link: Option<String>,
    pub(crate) post: String,
    pub(crate) years: String,
}

impl PostLine {
    /// This post and the person's others, those at the startup of the page left out.
    pub(crate) fn view(self, here: &str, words: &Words) -> PersonView {
        let elsewhere = self.person.affiliations.into_iter().filter(|post| {
            post.startup
                .as_ref()
                .is_none_or(|startup| startup.id.inner() != here)
        });
        PersonView {
            id: self.person.id.into_inner(),
            name: self.person.name,
            is_founder: self.is_founder,
            post: self.title.unwrap_or_default(),
            years: years(self.from, self.to, words),
            elsewhere: elsewhere
                .map(|post| ElsewhereView {
                    organisation: post.organisation,
                    link: post
                        .startup
                        .map(|startup| crate::startup::path(startup.id.inner())),
                    post: post.title.unwrap_or_default(),
                    years: years(post.from, post.to, words),
                })
                .collect(),
        }
    }
}

/// `2019–2022`, `since 2023`, `until 2020`; empty where neither end is known.
fn years(from: Option<NaiveDate>, to: Option<NaiveDate>, words: &Words) -> String {
    let year = |day: NaiveDate| day.year().to_string();
    match (from, to) {
        (None, None) => String::new(),
        (Some(from), None) => words.startup().since_year(&year(from)),
        (None, Some(to)) => words.startup().until_year(&year(to)),
        (Some(from), Some(to)) if from.year() == to.year() => year(from),
        (Some(from), Some(to)) => format!("{}–{}", year(from), year(to)),
    }
}
