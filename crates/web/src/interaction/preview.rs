//! A text in Markdown as it will be drawn, before it is kept.

use cynic::QueryBuilder;

use crate::answer::Outcome;
use crate::problem::Problem;
use crate::visit::Visit;
use crate::{Site, schema, send};

#[derive(cynic::QueryVariables)]
struct MarkdownVariables {
    text: String,
}

/// The text as safe HTML.
#[derive(cynic::QueryFragment)]
#[cynic(graphql_type = "Query", variables = "MarkdownVariables")]
struct Markdown {
    #[arguments(text: $text)]
    markdown_html: String,
}

/// The document of the button.
pub(super) fn document() -> String {
    Markdown::build(MarkdownVariables { text: String::new() }).query
}

/// The text as HTML that the server made safe; where it does not take the text, it says why.
pub(super) async fn drawn(site: &Site, visit: &Visit, text: &str) -> Result<String, Problem> {
    let nothing = visit.words().work().nothing_to_preview;
    if text.is_empty() {
        return Ok(format!("<p>{nothing}</p>"));
    }
    let variables = send::variables(&MarkdownVariables {
        text: text.to_owned(),
    })?;
    let found: Outcome<Markdown> = send::read(site, visit, document(), variables, "Markdown").await?;
    Ok(match found {
        Outcome::Data(found) => found.markdown_html,
        // Too long: saving says so beside the field.
        Outcome::Refused(_) => format!("<p>{nothing}</p>"),
    })
}
