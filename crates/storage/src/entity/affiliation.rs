use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "affiliation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub organisation: String,
    pub organisation_key: String,
    pub kind: String,
    pub startup_id: Option<Uuid>,
    pub origin_startup_id: Option<Uuid>,
    pub title: Option<String>,
    pub is_founder: bool,
    pub from_on: Option<Date>,
    pub to_on: Option<Date>,
    pub recorded_at: DateTimeUtc,
    pub version: i32,
    pub hidden_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
