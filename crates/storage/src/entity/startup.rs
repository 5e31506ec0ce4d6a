use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "startup")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub name_sort: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub aliases: Json,
    pub name_keys: Vec<String>,
    pub search_text: String,
    pub domains: Vec<String>,
    pub website: Option<String>,
    pub one_liner: Option<String>,
    pub description: Option<String>,
    pub country: Option<String>,
    pub city: Option<String>,
    pub founded_on: Option<Date>,
    pub product_launched_on: Option<Date>,
    pub previous_focus: Option<String>,
    pub pivoted_on: Option<Date>,
    pub structure: String,
    pub layer: Option<String>,
    pub technical_route: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub need: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub facts: Json,
    pub sector_ids: Vec<Uuid>,
    pub competitor_ids: Vec<Uuid>,
    #[sea_orm(column_type = "JsonBinary")]
    pub custom_fields: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub proposed: Json,
    pub created_at: DateTimeUtc,
    pub recorded_at: DateTimeUtc,
    pub version: i32,
    pub hidden_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
