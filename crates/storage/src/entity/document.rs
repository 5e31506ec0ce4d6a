use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub title: String,
    pub kind: String,
    pub url: Option<String>,
    pub sha256: Option<Vec<u8>>,
    pub byte_size: Option<i64>,
    pub file_id: Option<Uuid>,
    pub publisher: Option<String>,
    pub byline: Option<String>,
    pub note: Option<String>,
    pub reprint_of: Option<Uuid>,
    pub startup_id: Option<Uuid>,
    pub origin_startup_id: Option<Uuid>,
    pub deal_id: Option<Uuid>,
    pub added_by: Option<Uuid>,
    pub added_at: DateTimeUtc,
    pub recorded_at: DateTimeUtc,
    pub version: i32,
    pub hidden_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
