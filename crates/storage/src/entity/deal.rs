use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "deal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub startup_id: Uuid,
    pub origin_startup_id: Uuid,
    pub title: String,
    pub title_sort: String,
    pub search_text: String,
    pub stage_id: Uuid,
    pub status: String,
    pub owner_id: Option<Uuid>,
    pub team: Vec<Uuid>,
    pub opened_by: Option<Uuid>,
    pub visibility: String,
    pub round: String,
    pub amount_low: Option<Decimal>,
    pub amount_high: Option<Decimal>,
    pub amount_currency: Option<String>,
    pub amount_as_found: Option<String>,
    pub our_amount_low: Option<Decimal>,
    pub our_amount_high: Option<Decimal>,
    pub our_amount_currency: Option<String>,
    pub our_amount_as_found: Option<String>,
    pub investor_role: Option<String>,
    pub co_investors: Vec<String>,
    pub instrument: Option<String>,
    pub valuation: Option<Decimal>,
    pub valuation_currency: Option<String>,
    pub valuation_basis: Option<String>,
    pub fund_ids: Vec<Uuid>,
    pub term_sheet_signed_on: Option<Date>,
    pub term_sheet_expires_on: Option<Date>,
    pub exclusive_until: Option<Date>,
    pub signed_on: Option<Date>,
    pub paid_on: Option<Date>,
    #[sea_orm(column_type = "JsonBinary")]
    pub sources: Json,
    pub next_step: Option<String>,
    pub next_step_due: Option<Date>,
    pub pass_reason: Option<String>,
    pub pass_note: Option<String>,
    pub revisit_on: Option<Date>,
    pub revisit_trigger: Option<String>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub revisit_when: Option<Json>,
    pub revisit_due_since: Option<DateTimeUtc>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub revisit_due_because: Option<Json>,
    pub entered_stage_at: DateTimeUtc,
    pub held_micros: i64,
    pub held_since: Option<DateTimeUtc>,
    pub opened_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
    pub recorded_at: DateTimeUtc,
    pub version: i32,
    pub hidden_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
