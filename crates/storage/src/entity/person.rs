use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub name_sort: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub aliases: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub contacts: Json,
    pub links: Vec<String>,
    pub search_text: String,
    pub recorded_at: DateTimeUtc,
    pub version: i32,
    pub hidden_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}
