//! Web addresses.

use std::sync::LazyLock;

use domain::text::{domain_identifies, registrable_domain};
use url::Url;

use super::telling;
use crate::saying::Saying;

/// Marks that say yes or no where an address is asked for.
const FLAGS: &[&str] = &[
    "✔", "✓", "✅", "√", "☑", "✘", "✗", "❌", "×", "✖", "yes", "no", "true", "false", "是", "否", "有",
];

/// Hosts on which others write about a startup, or show its work: they are nobody's who is written about.
static PUBLISHERS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    include_str!("../../data/publishers.txt")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Parts of a path that an article or paper has, and a home page has not.
const ARTICLE_PARTS: &[&str] = &[
    "news",
    "article",
    "articles",
    "article_news",
    "blog",
    "blogs",
    "post",
    "posts",
    "press",
    "story",
    "stories",
    "info",
    "abs",
    "pdf",
    "paper",
    "papers",
    "p",
    "s",
    "detail",
    "research",
    "models",
    "collections",
];

/// Whether a cell says yes or no, or nothing at all, where it could name an address.
pub(crate) fn is_flag(text: &str) -> bool {
    telling(text).is_none_or(|text| FLAGS.contains(&text.to_lowercase().as_str()))
}

/// A web address, with `https://` where it has no scheme. None for a blank, a mark, or a scheme alone; an error says
/// why it is none.
pub(crate) fn address(text: &str) -> Result<Option<String>, Saying> {
    let Some(text) = telling(text).filter(|text| !is_flag(text)) else {
        return Ok(None);
    };
    let mut rest = text.as_str();
    let mut scheme = "https";
    // Some have their scheme twice.
    while let Some((first, after)) = rest.split_once("://") {
        if !matches!(first.to_lowercase().as_str(), "http" | "https") {
            break;
        }
        scheme = if first.len() == 4 { "http" } else { "https" };
        rest = after;
    }
    if rest.trim_matches(['/', ' ']).is_empty() {
        return Ok(None);
    }
    let whole = format!("{scheme}://{rest}");
    let host_is_named = registrable_domain(&whole).is_some();
    let is_right = host_is_named
        && !rest.contains("://")
        && !rest.contains(char::is_whitespace)
        && !rest.split('/').next().unwrap_or_default().contains('@')
        && Url::parse(&whole).is_ok();
    if is_right {
        Ok(Some(whole))
    } else {
        Err(Saying::NotAnAddress(text))
    }
}

/// The registrable domain of an address, where it says who somebody is.
pub(crate) fn identifying_domain(address: &str) -> Option<String> {
    let domain = registrable_domain(address)?;
    (domain_identifies(&domain) && !PUBLISHERS.contains(&domain.as_str())).then_some(domain)
}

/// The same for an address that leads to a product or work: an article, paper or file identifies nobody.
pub(crate) fn product_domain(address: &str) -> Option<String> {
    let domain = identifying_domain(address)?;
    let url = Url::parse(address).ok()?;
    let is_article = url.path().to_lowercase().ends_with(".pdf")
        || url
            .path_segments()
            .is_some_and(|mut parts| parts.any(|part| ARTICLE_PARTS.contains(&part.to_lowercase().as_str())));
    (!is_article).then_some(domain)
}

/// The domain of an address that is given for a product of a name: where it is the product's own. A part of a larger
/// site, such as `workspace.google.com/marketplace`, says nothing of who makes the product.
pub(crate) fn own_domain<'n>(address: &str, mut names: impl Iterator<Item = &'n str>) -> Option<String> {
    let domain = product_domain(address)?;
    if names.any(|name| domain_is_like(&domain, name)) {
        return Some(domain);
    }
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?;
    let is_home = host.strip_prefix("www.").unwrap_or(host) == domain && url.path() == "/";
    is_home.then_some(domain)
}

/// What companies put behind their name to have a domain.
const SUFFIXES: &[&str] = &[
    "", "ai", "app", "corp", "global", "group", "hq", "inc", "labs", "robot", "robotics", "tech",
];

/// Whether a domain is like a name: its first label is the name, its beginning, or its first word with a usual suffix
/// or something behind a hyphen.
pub(crate) fn domain_is_like(domain: &str, name: &str) -> bool {
    let label = domain.split('.').next().unwrap_or_default();
    let joined = label.replace('-', "");
    let key = domain::text::name_key(name);
    let first = name
        .split([' ', '-', '.'])
        .next()
        .map(domain::text::name_key)
        .unwrap_or_default();
    let is_telling = |text: &str| text.len() >= 3 && text.is_ascii();
    if is_telling(&key) && (joined == key || (joined.len() >= 4 && key.starts_with(&joined))) {
        return true;
    }
    is_telling(&first)
        && (label.split('-').next() == Some(first.as_str())
            || joined
                .strip_prefix(&first)
                .is_some_and(|rest| SUFFIXES.contains(&rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_people_write_it() {
        let table = [
            ("https://acme.com", Some("https://acme.com")),
            ("http://acme.com/x?y", Some("http://acme.com/x?y")),
            ("acme.com", Some("https://acme.com")),
            ("www.acme.com.cn/", Some("https://www.acme.com.cn/")),
            ("http://https://acme.com/", Some("https://acme.com/")),
            (" \u{200b}acme.ai ", Some("https://acme.ai")),
            ("https://", None),
            ("http://", None),
            ("", None),
            ("✔", None),
            ("\u{200b}✘", None),
            ("N/A", None),
        ];
        for (text, read) in table {
            assert_eq!(address(text).unwrap().as_deref(), read, "{text:?}");
        }
        for text in [
            "https://htp://www.acme.com",
            "http://url",
            "ask me",
            "ada@acme.com",
            "javascript:alert(1)",
        ] {
            assert_eq!(address(text), Err(Saying::NotAnAddress(text.to_owned())));
        }
    }

    #[test]
    fn only_a_home_of_its_own_identifies() {
        let table = [
            ("https://chat.baichuan-ai.com/", Some("baichuan-ai.com")),
            ("https://www.datagrand.com/products/aigc/", Some("datagrand.com")),
            ("https://github.com/acme/app", None),
            ("https://huggingface.co/acme", None),
            ("https://mp.weixin.qq.com/s/abc", None),
            ("https://www.nature.com/articles/s41586", None),
            ("https://www.ithome.com/0/695/295.htm", None),
            ("https://acme.com/news/detail/1235", None),
            ("https://acme.com/report.pdf", None),
        ];
        for (address, domain) in table {
            assert_eq!(product_domain(address).as_deref(), domain, "{address}");
        }
    }

    #[test]
    fn a_part_of_a_larger_site_is_no_home_of_a_product() {
        let table = [
            ("https://acme.ai/", "Zeta", Some("acme.ai")),
            ("https://www.acme.ai", "Zeta", Some("acme.ai")),
            ("https://acme.ai/product", "Acme", Some("acme.ai")),
            ("https://acme.ai/product", "Zeta", None),
            ("https://zeta.acme.com", "Zeta", None),
        ];
        for (address, name, domain) in table {
            assert_eq!(
                own_domain(address, [name].into_iter()).as_deref(),
                domain,
                "{address}"
            );
        }
    }

    #[test]
    fn a_domain_is_like_a_name_that_it_begins_with() {
        assert!(domain_is_like("harmonicdrive.net", "Harmonic Drive Systems"));
        assert!(domain_is_like("nidec-dtc.com", "Nidec Drive Technology"));
        assert!(domain_is_like("figure.ai", "Figure AI"));
        assert!(!domain_is_like("robotictrade.com", "Robot Launches A New Arm"));
        assert!(!domain_is_like("moons.com.cn", "Mingzhi Appliance"));
        assert!(!domain_is_like("36kr.com", "三花智控"));
    }
}
