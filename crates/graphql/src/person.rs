//! People and their posts.

mod load;

use app::page::KeyKind;
use app::person::{Filter, NewAffiliation, NewPerson, place};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::{Instant, PersonTag, Problem, StartupId, StartupTag, person};

pub(crate) use load::{AffiliationKey, PersonKey};
use load::{PeopleKey, PostsKey};

use crate::{
    connection::{Window, connection},
    context::{UserKey, caller, gather_id, language, loader, path},
    error::told,
    interaction::{self, InteractionConnection, Owner},
    scalar::{Date, DateTime, Url},
    startup::{self, Startup, StartupName, StartupNameInput, names},
    user::{User, UserError, split, user_errors},
    word::word,
};

word! {
    /// How a person is reached.
    ContactKind, "person::ContactKind" {
        /// By phone.
        Phone,
        /// By e-mail.
        Email,
        /// By WeChat.
        Wechat,
        /// Otherwise.
        Other,
    }
}
word! {
    /// What an organisation is.
    OrganisationKind, "person::OrganisationKind" {
        /// A company.
        Company,
        /// A university.
        University,
        /// A laboratory.
        Lab,
        /// A fund.
        Fund,
        /// Anything else.
        Other,
    }
}

/// One way to reach a person.
#[derive(Clone)]
pub struct Contact(person::Contact);

/// One way to reach a person.
#[Object]
impl Contact {
    /// Which way.
    async fn kind(&self) -> ContactKind {
        self.0.kind.into()
    }
    /// The number, address or name.
    async fn value(&self) -> &str {
        &self.0.value
    }
    /// Who of us has it.
    async fn known_by(&self, ctx: &Context<'_>) -> Result<Vec<User>> {
        let found = loader(ctx)?
            .load_many(self.0.known_by.iter().map(|id| UserKey(*id)))
            .await?;
        Ok(self
            .0
            .known_by
            .iter()
            .filter_map(|id| found.get(&UserKey(*id)).cloned().map(User))
            .collect())
    }
}

/// A person, as known at an instant.
#[derive(Clone)]
pub struct Person {
    pub(crate) row: person::Person,
    pub(crate) as_of: Option<Instant>,
}

/// A person: names, ways to reach them, and their posts.
#[Object]
impl Person {
    /// The person's id.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }
    /// The name they go by.
    async fn name(&self) -> &str {
        &self.row.name
    }
    /// Other names, each with its language when known.
    async fn aliases(&self) -> Vec<StartupName> {
        self.row.aliases.iter().cloned().map(Into::into).collect()
    }
    /// Ways to reach them, and who of us has them.
    async fn contacts(&self) -> Vec<Contact> {
        self.row.contacts.iter().cloned().map(Contact).collect()
    }
    /// Pages about them.
    async fn links(&self) -> Vec<Url> {
        self.row.links.iter().cloned().map(Url).collect()
    }
    /// Their posts, the latest first.
    async fn affiliations(&self, ctx: &Context<'_>) -> Result<Vec<Affiliation>> {
        let posts = loader(ctx)?
            .load_one(PostsKey(self.row.id, self.as_of))
            .await?
            .unwrap_or_default();
        Ok(posts
            .into_iter()
            .map(|row| Affiliation {
                row,
                as_of: self.as_of,
            })
            .collect())
    }
    /// The interactions that they took part in and the caller may see, the latest first.
    async fn interactions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<InteractionConnection> {
        let paging = (first, after, last, before);
        interaction::of(ctx, Owner::Person(self.row.id), self.as_of, paging).await
    }
    /// When they were last changed.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.row.updated_at)
    }
    /// Rises by one with every change of their own fields.
    async fn version(&self) -> i32 {
        self.row.version
    }
}

/// A post of a person, as known at an instant.
#[derive(Clone)]
pub struct Affiliation {
    pub(crate) row: person::Affiliation,
    pub(crate) as_of: Option<Instant>,
}

/// A post of a person: where, as what, from when to when. Being a founder is one.
#[Object]
impl Affiliation {
    /// The post's id.
    pub async fn id(&self) -> ID {
        self.row.id.to_string().into()
    }
    /// Whose it is.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        let found = loader(ctx)?
            .load_one(PersonKey(self.row.person_id, self.as_of))
            .await?;
        let row = found.ok_or_else(|| told(app::Error::Internal("a post without its person".into())))?;
        Ok(Person {
            row,
            as_of: self.as_of,
        })
    }
    /// The organisation's name, such as Tsinghua University.
    async fn organisation(&self) -> &str {
        &self.row.organisation
    }
    /// What the organisation is.
    async fn kind(&self) -> OrganisationKind {
        self.row.kind.into()
    }
    /// The startup that the organisation is, if it is one that we keep.
    async fn startup(&self, ctx: &Context<'_>) -> Result<Option<Startup>> {
        let Some(id) = self.row.startup_id else {
            return Ok(None);
        };
        startup::by_id(ctx, id, self.as_of).await
    }
    /// As what, such as CTO.
    async fn title(&self) -> Option<&str> {
        self.row.title.as_deref()
    }
    /// Whether they founded it.
    async fn is_founder(&self) -> bool {
        self.row.is_founder
    }
    /// Since when, if known.
    async fn from(&self) -> Option<Date> {
        self.row.from_on.map(Date)
    }
    /// Until when; null: not known, or still.
    async fn to(&self) -> Option<Date> {
        self.row.to_on.map(Date)
    }
}

/// The posts at a startup, founders first.
pub(crate) async fn at_startup(
    ctx: &Context<'_>,
    id: StartupId,
    as_of: Option<Instant>,
) -> Result<Vec<Affiliation>> {
    let posts = loader(ctx)?
        .load_one(PeopleKey(id, as_of))
        .await?
        .unwrap_or_default();
    Ok(posts.into_iter().map(|row| Affiliation { row, as_of }).collect())
}

/// Counts the people that a filter leaves.
pub struct PersonCount(Filter);
impl PersonCount {
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(i32::try_from(caller(ctx)?.people_count(&self.0).await.map_err(told)?).unwrap_or(i32::MAX))
    }
}
connection!(
    PersonConnection,
    PersonEdge,
    Person,
    PersonCount,
    "people, by name"
);

const ORDER: &str = "NAME";

/// Queries about people.
#[derive(Default)]
pub struct PersonQuery;

#[Object]
impl PersonQuery {
    /// People, by name, Chinese by pinyin: whose names or contacts hold all words of `search`, and who have or had a
    /// post at the organisation of `affiliatedWith`.
    #[allow(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn people(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        search: Option<String>,
        affiliated_with: Option<String>,
    ) -> Result<PersonConnection> {
        let window = Window::read((ORDER, KeyKind::Text), first, after, last, before)?;
        let filter = Filter {
            search,
            affiliated_with,
        };
        let slice = caller(ctx)?.people(&filter, &window.page()).await.map_err(told)?;
        let rows = window.rows(
            slice,
            ORDER,
            |node: &Person| place(&node.row),
            |row| Person { row, as_of: None },
        );
        Ok(PersonConnection {
            rows,
            count: PersonCount(filter),
        })
    }
}

/// One way to reach a person. Who adds it is noted as having it.
#[derive(InputObject)]
pub struct ContactInput {
    /// Which way.
    kind: ContactKind,
    /// The number, address or name.
    value: String,
}

/// What is known of a person.
#[derive(InputObject)]
pub struct CreatePersonInput {
    /// The name they go by.
    name: String,
    /// Other names.
    aliases: Option<Vec<StartupNameInput>>,
    /// Ways to reach them.
    contacts: Option<Vec<ContactInput>>,
    /// Pages about them.
    links: Option<Vec<Url>>,
}

/// A post of a person.
#[derive(InputObject)]
pub struct CreateAffiliationInput {
    /// Whose it is.
    person: ID,
    /// The organisation's name.
    organisation: String,
    /// What the organisation is.
    kind: OrganisationKind,
    /// The startup that the organisation is, if it is one that we keep.
    startup: Option<ID>,
    /// As what, such as CTO.
    title: Option<String>,
    /// Whether they founded it; false if left out.
    is_founder: Option<bool>,
    /// Since when.
    from: Option<Date>,
    /// Until when; not before `from`.
    to: Option<Date>,
}

impl CreateAffiliationInput {
    fn read(self) -> std::result::Result<NewAffiliation, Vec<Problem>> {
        let mut problems = Vec::new();
        let person = gather_id::<PersonTag>(&self.person, "person", &mut problems);
        let startup = self
            .startup
            .and_then(|id| gather_id::<StartupTag>(&id, "startup", &mut problems));
        let Some(person) = person.filter(|_| problems.is_empty()) else {
            return Err(problems);
        };
        Ok(NewAffiliation {
            person,
            organisation: self.organisation,
            kind: self.kind.into(),
            startup,
            title: self.title,
            is_founder: self.is_founder.unwrap_or(false),
            from_on: self.from.map(|d| d.0),
            to_on: self.to.map(|d| d.0),
        })
    }
}

/// What became of a mutation of a person.
#[derive(SimpleObject)]
pub struct PersonPayload {
    /// The person.
    person: Option<Person>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// What became of a mutation of a post.
#[derive(SimpleObject)]
pub struct AffiliationPayload {
    /// The post.
    affiliation: Option<Affiliation>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// Mutations of people and posts.
#[derive(Default)]
pub struct PersonMutation;

#[Object]
impl PersonMutation {
    /// Adds a person; their contacts are noted as known by the caller.
    async fn create_person(&self, ctx: &Context<'_>, input: CreatePersonInput) -> Result<PersonPayload> {
        let CreatePersonInput {
            name,
            aliases,
            contacts,
            links,
        } = input;
        let new = NewPerson {
            name,
            aliases: names(aliases.unwrap_or_default()),
            contacts: contacts
                .unwrap_or_default()
                .into_iter()
                .map(|c| (c.kind.into(), c.value))
                .collect(),
            links: links.unwrap_or_default().into_iter().map(|link| link.0).collect(),
        };
        let (id, user_errors) = split(
            ctx,
            caller(ctx)?.create_person(new, &path(ctx)).await.map_err(told)?,
        );
        let person = match id {
            Some(id) => caller(ctx)?.people_by_ids(&[id], None).await.map_err(told)?.pop(),
            None => None,
        };
        Ok(PersonPayload {
            person: person.map(|row| Person { row, as_of: None }),
            user_errors,
        })
    }
    /// Adds a post of a person: at a startup, a company, a university.
    async fn create_affiliation(
        &self,
        ctx: &Context<'_>,
        input: CreateAffiliationInput,
    ) -> Result<AffiliationPayload> {
        let new = match input.read() {
            Ok(new) => new,
            Err(problems) => {
                let user_errors = user_errors(problems, language(ctx));
                return Ok(AffiliationPayload {
                    affiliation: None,
                    user_errors,
                });
            }
        };
        let (id, user_errors) = split(
            ctx,
            caller(ctx)?
                .create_affiliation(new, &path(ctx))
                .await
                .map_err(told)?,
        );
        let post = match id {
            Some(id) => caller(ctx)?
                .affiliations_by_ids(&[id], None)
                .await
                .map_err(told)?
                .pop(),
            None => None,
        };
        Ok(AffiliationPayload {
            affiliation: post.map(|row| Affiliation { row, as_of: None }),
            user_errors,
        })
    }
}
