//! `touchstone assess`: what the evidence says about a startup's real users, and why, in words.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use app::{
    Caller,
    page::Page,
    startup::{Filter, Order},
};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use domain::{
    AnyId, Instant, Language, StartupId,
    assessment::{Assessment, ask, assess, shown},
    startup::Startup,
    time,
};

/// How many questions are asked next.
const ASKS: usize = 5;
/// How many startups of a name are listed.
const NAMESAKES: u64 = 10;

/// Whom to assess, and when.
#[derive(Args)]
pub struct Assess {
    /// The startup: its id, its name in URLs, or words that find it alone.
    startup: String,
    /// As known at the end of a day (2024-06-30) or at an instant (2024-06-30T12:00:00Z); now where left out.
    #[arg(long, value_name = "WHEN")]
    as_of: Option<String>,
    /// The language of the explanation.
    #[arg(long, value_enum, default_value_t = Words::En)]
    lang: Words,
}

#[derive(Clone, Copy, ValueEnum)]
enum Words {
    En,
    Zh,
}

/// Assesses a startup and prints the explanation.
pub async fn run(caller: &Caller, command: Assess) -> Result<()> {
    let Assess { startup, as_of, lang } = command;
    let as_of = as_of.as_deref().map(|text| when(caller, text)).transpose()?;
    let language = match lang {
        Words::En => Language::En,
        Words::Zh => Language::Zh,
    };
    let id = find(caller, &startup).await?;
    let known = caller.startups_by_ids(&[id], as_of).await?.pop();
    let Some(known) = known else {
        bail!("{startup} was not known then; it came later");
    };
    let inputs = caller.assessment_inputs(&[id]).await?;
    let inputs = inputs.get(&id).context("the startup is gone")?;
    let at = as_of.unwrap_or_else(|| caller.latest(inputs));
    let found = assess(inputs, at);
    let zone = caller.app().workspace().time_zone;
    let mut text = format!(
        "{}, {}\n\n{}\n",
        known.profile.name,
        at.with_timezone(&zone).format("%Y-%m-%d %H:%M %Z"),
        found.text(language)
    );
    tell(&mut text, &found, language);
    let asks = ask(inputs, at);
    if !asks.is_empty() {
        text += heading(language, "Ask next\n", "尽调问题\n");
        for one in asks.iter().take(ASKS) {
            let _ = writeln!(text, "  {} {}", one.question(language), one.example(language));
        }
    }
    print!("{text}");
    Ok(())
}

fn heading(language: Language, english: &'static str, chinese: &'static str) -> &'static str {
    match language {
        Language::En => english,
        Language::Zh => chinese,
    }
}

fn tell(text: &mut String, found: &Assessment, language: Language) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "\n{}", found.multiplier.text(language));
    if !found.contributions.is_empty() {
        *text += "\n";
        *text += heading(language, "Evidence that stands\n", "有效证据\n");
    }
    for one in &found.contributions {
        let mark = if one.counts { '*' } else { ' ' };
        let _ = writeln!(
            text,
            " {mark} {}  {}",
            shown::rounded(one.adds, 4),
            one.text(language)
        );
    }
    if !found.flags.is_empty() {
        *text += "\n";
        *text += heading(language, "Flags\n", "风险标记\n");
    }
    for flag in &found.flags {
        let _ = writeln!(text, "  {}: {}", flag.flag.name(language), flag.text(language));
    }
    *text += "\n";
}

/// The end of a day in the workspace's zone, or an instant.
fn when(caller: &Caller, text: &str) -> Result<Instant> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Ok(time::end_of_day(caller.app().workspace().time_zone, day));
    }
    let at = chrono::DateTime::parse_from_rfc3339(text).with_context(|| {
        format!("--as-of: {text:?} is neither a day such as 2024-06-30 nor an instant such as 2024-06-30T12:00:00Z")
    })?;
    Ok(time::instant(at.to_utc()))
}

/// The startup that an id, a name in URLs, or words name.
async fn find(caller: &Caller, words: &str) -> Result<StartupId> {
    if let Some(AnyId::StartupTag(id)) = AnyId::parse(words) {
        return Ok(id);
    }
    if let Some(id) = caller.startup_id_by_slug(words).await? {
        return Ok(id);
    }
    let filter = Filter {
        search: Some(words.to_owned()),
        ..Filter::default()
    };
    let page = Page::first(NAMESAKES);
    let found = caller.startups(&filter, Order::Name, false, &page).await?.rows;
    let named: Vec<&Startup> = found.iter().filter(|one| one.profile.name == words).collect();
    match (named.as_slice(), found.as_slice()) {
        ([one], _) => Ok(one.id),
        (_, [one]) => Ok(one.id),
        (_, []) => bail!("no startup has the id, the name in URLs or the words {words:?}"),
        (_, several) => {
            let names: Vec<String> = several
                .iter()
                .map(|one| format!("{} ({})", one.profile.name, one.slug))
                .collect();
            bail!("{words:?} finds several startups; name one: {}", names.join(", "))
        }
    }
}
