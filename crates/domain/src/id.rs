//! Typed ids: a version 7 UUID with a readable prefix (`startup_01h455vb4pex5vsknk084sn02q`), one type per kind of record.

use std::borrow::Cow;

use type_safe_id::{StaticType, Type, TypeSafeId};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$meta:meta])* $alias:ident, $tag:ident = $prefix:literal;)+) => {$(
        #[doc = concat!("Marks ids that begin with `", $prefix, "_`.")]
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $tag;
        impl StaticType for $tag { const TYPE: &'static str = $prefix; }
        $(#[$meta])*
        pub type $alias = TypeSafeId<$tag>;
    )+

        /// An id of any kind of record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "one variant a kind, named as it")]
        pub enum AnyId { $($tag($alias)),+ }

        impl AnyId {
            /// Reads an id of whichever kind its prefix names. None where it is no id at all.
            pub fn parse(text: &str) -> Option<Self> {
                let (prefix, _) = text.rsplit_once('_')?;
                match prefix { $($prefix => text.parse().ok().map(Self::$tag),)+ _ => None }
            }
            /// The id as it is written, with its kind.
            pub fn text(self) -> String { match self { $(Self::$tag(id) => id.to_string()),+ } }
            /// The bare UUID.
            pub fn uuid(self) -> Uuid { match self { $(Self::$tag(id) => id.uuid()),+ } }
        }

        impl std::fmt::Display for AnyId {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self { $(Self::$tag(id) => id.fmt(f)),+ }
            }
        }
    };
}

ids! {
    /// Of a startup.
    StartupId, StartupTag = "startup";
    /// Of a sector.
    SectorId, SectorTag = "sector";
    /// Of a person.
    PersonId, PersonTag = "person";
    /// Of an affiliation.
    AffiliationId, AffiliationTag = "affiliation";
    /// Of a document.
    DocumentId, DocumentTag = "document";
    /// Of the file of a document.
    FileId, FileTag = "file";
    /// Of an evidence record.
    EvidenceId, EvidenceTag = "evidence";
    /// Of a review of an evidence record's grade.
    EvidenceReviewId, EvidenceReviewTag = "evreview";
    /// Of a stage of the pipeline.
    StageId, StageTag = "stage";
    /// Of a fund that may invest.
    FundId, FundTag = "fund";
    /// Of a deal.
    DealId, DealTag = "deal";
    /// Of what became later of a deal's startup.
    OutcomeId, OutcomeTag = "outcome";
    /// Of a change of a deal's stage or status.
    DealChangeId, DealChangeTag = "dealchange";
    /// Of a user.
    UserId, UserTag = "user";
    /// Of an API token (not its secret).
    TokenId, TokenTag = "token";
    /// Of an import.
    ImportId, ImportTag = "import";
    /// Of a supplier of base models.
    ProviderId, ProviderTag = "provider";
    /// Of a dependency on one.
    DependencyId, DependencyTag = "dependency";
    /// Of something that a provider did.
    ProviderEventId, ProviderEventTag = "providerevent";
    /// Of an answered item of a startup's checklist.
    ChecklistItemId, ChecklistItemTag = "checklistitem";
    /// Of an exchange rate.
    ExchangeRateId, ExchangeRateTag = "rate";
    /// Of a version of the rubric.
    RubricId, RubricTag = "rubric";
    /// Of an interaction.
    InteractionId, InteractionTag = "interaction";
    /// Of a task.
    TaskId, TaskTag = "task";
    /// Of a review meeting.
    ReviewId, ReviewTag = "review";
    /// Of an item of its agenda.
    AgendaItemId, AgendaItemTag = "agendaitem";
    /// Of a remark on a closed meeting.
    ReviewAmendmentId, ReviewAmendmentTag = "amendment";
    /// Of a decision about an item.
    ReviewDecisionId, ReviewDecisionTag = "decision";
    /// Of a belief of the fund.
    ThesisId, ThesisTag = "thesis";
    /// Of something that base models can do.
    CapabilityId, CapabilityTag = "capability";
    /// Of a verdict on either.
    VerdictId, VerdictTag = "verdict";
    /// Of an operation: one mutation that changed something.
    OperationId, OperationTag = "operation";
    /// Of an activity row: one record that an operation changed.
    ActivityId, ActivityTag = "activity";
}

/// The id of nothing.
pub const NIL: Uuid = Uuid::nil();

/// Puts a type on a UUID that came from a column which holds ids of that type.
pub fn typed<T: Type + Default>(uuid: Uuid) -> TypeSafeId<T> {
    TypeSafeId::from_type_and_uuid(T::default(), uuid)
}

/// The prefix of a kind of id, for messages ("expected an id that begins with `startup_`").
pub fn prefix<T: StaticType>() -> Cow<'static, str> {
    Cow::Borrowed(T::TYPE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_written_and_only_under_its_own_prefix() {
        let id: StartupId = typed(Uuid::from_u128(0x0191_0000_0000_7000_8000_0000_0000_0001));
        assert_eq!(id.to_string().parse::<StartupId>().unwrap(), id);
        assert!(id.to_string().parse::<DealId>().is_err());
        assert_eq!(AnyId::parse(&id.to_string()), Some(AnyId::StartupTag(id)));
        assert_eq!(AnyId::parse("startup_nonsense"), None);
    }
}
