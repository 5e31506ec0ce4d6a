//! Quick add.

use app::deal::Capture;
use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::{DocumentTag, Problem};

use super::{
    Channel,
    input::{DealPayload, payload, refused},
};
use crate::{
    context::{caller, gather_id, path},
    error::told,
    scalar::Url,
};

/// What somebody just heard of.
#[derive(InputObject)]
pub struct CaptureDealInput {
    /// What the startup is called.
    name: String,
    /// Its web site: by its domain it is known first.
    website: Option<Url>,
    /// What it does, in a line.
    one_liner: Option<String>,
    /// Who brought it, in words.
    brought_by: Option<String>,
    /// Through which channel; INBOUND if left out.
    channel: Option<Channel>,
    /// What was heard, in Markdown: kept as a note.
    text: Option<String>,
    /// Documents that are kept already, and belong to no other startup or deal.
    documents: Option<Vec<ID>>,
    /// Where more is to be read: kept as a document.
    link: Option<Url>,
}

impl CaptureDealInput {
    fn read(self) -> std::result::Result<Capture, Vec<Problem>> {
        let mut problems = Vec::new();
        let documents = self.documents.unwrap_or_default();
        let documents = documents
            .iter()
            .enumerate()
            .filter_map(|(n, id)| gather_id::<DocumentTag>(id, &format!("documents.{n}"), &mut problems))
            .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Capture {
            name: self.name,
            website: self.website.map(|url| url.0),
            one_liner: self.one_liner,
            brought_by: self.brought_by,
            channel: self.channel.map(Into::into),
            text: self.text,
            documents,
            link: self.link.map(|url| url.0),
            files: Vec::new(),
        })
    }
}

/// Quick add.
#[derive(Default)]
pub struct CaptureMutation;

#[Object]
impl CaptureMutation {
    /// Keeps what somebody just heard of: the startup, or the one already here, a deal in the first stage, who brought it,
    /// the text as a note and the documents, all or nothing. The startup is known by the domain of its web site, else by
    /// a name or alias; where several may be meant, CONFLICT names them. What the startup lacked is filled in, nothing is
    /// overwritten. Where all of the fund see an active deal of it whose round is not known, that deal is given back, with
    /// the note, the documents and who brought it added. Undo of any of its changes takes back all of them.
    async fn capture_deal(&self, ctx: &Context<'_>, input: CaptureDealInput) -> Result<DealPayload> {
        match input.read() {
            Ok(capture) => {
                let done = caller(ctx)?
                    .capture_deal(capture, &path(ctx))
                    .await
                    .map_err(told)?;
                payload(ctx, done).await
            }
            Err(problems) => Ok(refused(ctx, problems)),
        }
    }
}
