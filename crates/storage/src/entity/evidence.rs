use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub startup_id: Uuid,
    pub origin_startup_id: Uuid,
    pub kind: String,
    pub value: Option<Decimal>,
    pub qualifier: String,
    pub as_found: Option<String>,
    pub currency: Option<String>,
    pub revenue_basis: Option<String>,
    pub activity_window: Option<String>,
    pub horizon_days: Option<i32>,
    pub sample_size: Option<i64>,
    pub segment: Option<String>,
    pub period_start: Option<Date>,
    pub observed_on: Date,
    pub precision: String,
    pub valid_until: Option<Date>,
    pub entered_grade: String,
    pub grade: String,
    pub source: String,
    pub supplied_by: Option<String>,
    pub source_url: Option<String>,
    pub document_ids: Vec<Uuid>,
    pub note: Option<String>,
    pub supersedes: Option<Uuid>,
    pub recorded_at: DateTimeUtc,
    pub recorded_by: Option<Uuid>,
    pub retracted_at: Option<DateTimeUtc>,
    pub retracted_by: Option<Uuid>,
    pub retraction_reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
