//! Domains: what of a web address is registered, and whether that says who somebody is.

use url::{Host, Url};

/// The registrable domain of a web address or host, in lower case and ASCII (`https://www.Example.co.uk/x` is
/// `example.co.uk`, `例子.中国` is `xn--fsqu00a.xn--fiqs8s`). Below a suffix that its owner lends out it is the
/// borrower's own part (`foo.github.io`). None for an IP address, a name without a dot, or what is no host at all.
pub fn registrable_domain(host_or_url: &str) -> Option<String> {
    let text = host_or_url.trim();
    let is_url = text.contains("://");
    let url = if is_url {
        Url::parse(text)
    } else {
        Url::parse(&format!("http://{text}"))
    }
    .ok()?;
    // Without a scheme, `name@host` is somebody's e-mail address.
    if !matches!(url.scheme(), "http" | "https") || (!is_url && text.contains('@')) {
        return None;
    }
    let Some(Host::Domain(host)) = url.host() else {
        return None;
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    if host.len() > 253 || !host.contains('.') || !host.split('.').all(is_label) {
        return None;
    }
    match psl::domain_str(host) {
        Some(domain) => Some(domain.to_owned()),
        // The lender's own page at the suffix it lends out: `github.io` itself is registered too.
        None => is_lent(host).then(|| host.to_owned()),
    }
}

/// Whether a registrable domain says who somebody is. Many share a host that lends out its subdomains (the private
/// section of the public suffix list, such as `github.io` or `notion.site`, and whatever lies below it) or paths
/// ([`SHARED`]): those do not. They do not identify their owners either, who are known by name.
pub fn domain_identifies(domain: &str) -> bool {
    !domain.is_empty() && !is_lent(domain) && !SHARED.contains(&domain)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// Whether a domain is, or lies below, a suffix that a private owner lends out to others.
fn is_lent(domain: &str) -> bool {
    psl::suffix(domain.as_bytes()).is_some_and(|suffix| {
        suffix.typ() == Some(psl::Type::Private)
            && !std::str::from_utf8(suffix.as_bytes()).is_ok_and(|suffix| REGISTRIES.contains(&suffix))
    })
}

/// Suffixes of the private section under which companies register domains of their own, as under `.com`.
const REGISTRIES: &[&str] = &[
    "ae.org", "br.com", "cn.com", "co.com", "com.de", "com.se", "de.com", "eu.com", "gb.net", "hk.com",
    "hk.org", "hu.net", "in.net", "inc.hk", "jp.net", "jpn.com", "ltd.hk", "mex.com", "ru.com", "sa.com",
    "se.net", "uk.com", "uk.net", "us.com", "us.org", "za.bz", "za.com",
];

/// Hosts on which many have a page, each under a path or a subdomain that is no suffix.
const SHARED: &[&str] = &[
    // code and models
    "bitbucket.org",
    "codeberg.org",
    "crates.io",
    "docker.com",
    "gitcode.com",
    "gitee.com",
    "github.com",
    "gitlab.com",
    "hf.co",
    "huggingface.co",
    "kaggle.com",
    "modelscope.cn",
    "npmjs.com",
    "openi.org.cn",
    "pypi.org",
    "replicate.com",
    "sourceforge.net",
    // networks of people
    "bilibili.com",
    "bsky.app",
    "discord.com",
    "discord.gg",
    "douban.com",
    "douyin.com",
    "facebook.com",
    "fb.com",
    "instagram.com",
    "kuaishou.com",
    "linkedin.com",
    "maimai.cn",
    "pinterest.com",
    "reddit.com",
    "slack.com",
    "t.co",
    "t.me",
    "telegram.me",
    "telegram.org",
    "threads.net",
    "tiktok.com",
    "twitch.tv",
    "twitter.com",
    "vimeo.com",
    "weibo.cn",
    "weibo.com",
    "x.com",
    "xiaohongshu.com",
    "xhslink.com",
    "youtu.be",
    "youtube.com",
    "zhihu.com",
    // what others write
    "36kr.com",
    "163.com",
    "arxiv.org",
    "baidu.com",
    "cnblogs.com",
    "csdn.net",
    "huxiu.com",
    "jianshu.com",
    "juejin.cn",
    "lark.com",
    "medium.com",
    "sina.cn",
    "sina.com.cn",
    "sohu.com",
    "substack.com",
    "techcrunch.com",
    "toutiao.com",
    "wikipedia.org",
    // lists of companies
    "angel.co",
    "cbinsights.com",
    "crunchbase.com",
    "dealroom.co",
    "f6s.com",
    "g2.com",
    "itjuzi.com",
    "pitchbook.com",
    "producthunt.com",
    "qcc.com",
    "tianyancha.com",
    "tracxn.com",
    "wellfound.com",
    "ycombinator.com",
    // shops of apps and goods
    "amazon.com",
    "apple.com",
    "appgallery.cn",
    "huawei.com",
    "itch.io",
    "jd.com",
    "microsoft.com",
    "mi.com",
    "steampowered.com",
    "taobao.com",
    "taptap.cn",
    "tmall.com",
    // pages, forms, documents and links that anybody makes
    "about.me",
    "airtable.com",
    "bit.ly",
    "box.com",
    "calendly.com",
    "canva.com",
    "carrd.co",
    "dingtalk.com",
    "docsend.com",
    "dropbox.com",
    "feishu.cn",
    "figma.com",
    "google.com",
    "jinshuju.net",
    "kdocs.cn",
    "larkoffice.com",
    "larksuite.com",
    "linktr.ee",
    "live.com",
    "mikecrm.com",
    "notion.com",
    "notion.site",
    "notion.so",
    "pitch.com",
    "qq.com",
    "sharepoint.com",
    "shimo.im",
    "squarespace.com",
    "tally.so",
    "typeform.com",
    "webflow.com",
    "weebly.com",
    "wix.com",
    "wixsite.com",
    "wjx.cn",
    "wordpress.com",
    "youdao.com",
    "yuque.com",
    // mail that anybody has
    "126.com",
    "aliyun.com",
    "foxmail.com",
    "gmail.com",
    "hotmail.com",
    "icloud.com",
    "outlook.com",
    "proton.me",
    "qq.cn",
    "yahoo.com",
    "yeah.net",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registrable_domain_of_an_address_or_host() {
        let table = [
            ("https://www.Example.com/a?b#c", Some("example.com")),
            ("http://example.com:8080", Some("example.com")),
            ("https://me:secret@example.com/", Some("example.com")),
            ("Example.COM", Some("example.com")),
            ("  www.example.com/pricing ", Some("example.com")),
            ("example.com.", Some("example.com")),
            ("a.b.example.co.uk", Some("example.co.uk")),
            ("www.deepseek.com.cn", Some("deepseek.com.cn")),
            ("moonshot.cn", Some("moonshot.cn")),
            ("ｅｘａｍｐｌｅ．ｃｏｍ", Some("example.com")),
            ("例子.中国", Some("xn--fsqu00a.xn--fiqs8s")),
            ("www.xn--fsqu00a.xn--fiqs8s", Some("xn--fsqu00a.xn--fiqs8s")),
            ("foo.github.io", Some("foo.github.io")),
            ("https://docs.foo.github.io/x", Some("foo.github.io")),
            ("https://foo.vercel.app", Some("foo.vercel.app")),
            ("team.notion.site", Some("team.notion.site")),
            ("https://github.io", Some("github.io")),
            ("acme.cn.com", Some("acme.cn.com")),
            ("acme.example", Some("acme.example")),
            ("localhost", None),
            ("http://localhost:3000", None),
            ("127.0.0.1", None),
            ("http://[::1]/", None),
            ("1.2", None),
            ("com", None),
            ("co.uk", None),
            ("", None),
            (" ", None),
            (".", None),
            ("..", None),
            ("foo..com", None),
            (".com", None),
            ("exa mple.com", None),
            ("ex!ample.com", None),
            ("-example.com", None),
            ("founder@example.com", None),
            ("ftp://example.com", None),
            ("mailto:founder@example.com", None),
            ("深度求索", None),
        ];
        for (text, domain) in table {
            assert_eq!(registrable_domain(text).as_deref(), domain, "{text:?}");
        }
    }

    #[test]
    fn a_domain_of_ones_own_identifies_and_a_shared_one_does_not() {
        for domain in [
            "example.com",
            "deepseek.com",
            "acme.cn.com",
            "acme.com.cn",
            "acme.example",
            "openai.com",
        ] {
            assert!(domain_identifies(domain), "{domain}");
        }
        for address in [
            "https://github.com/acme/app",
            "https://acme.github.io",
            "https://acme.notion.site/x",
            "https://www.notion.so/acme",
            "https://acme.vercel.app",
            "https://mp.weixin.qq.com/s/abc",
            "https://apps.apple.com/app/id1",
            "https://play.google.com/store/apps/details?id=a",
            "https://docs.google.com/document/d/1",
            "https://acme.feishu.cn/docx/1",
            "https://www.linkedin.com/company/acme",
            "https://x.com/acme",
            "https://acme.substack.com",
            "https://huggingface.co/acme",
            "https://acme.hf.space",
            "https://news.ycombinator.com/item?id=1",
            "https://github.io",
        ] {
            let domain = registrable_domain(address).unwrap();
            assert!(!domain_identifies(&domain), "{address} gives {domain}");
        }
        assert!(!domain_identifies(""));
    }

    #[test]
    fn the_lists_hold_what_a_domain_is_compared_with() {
        for shared in SHARED {
            assert_eq!(registrable_domain(shared).as_deref(), Some(*shared), "{shared}");
        }
        for registry in REGISTRIES {
            let suffix = psl::suffix(registry.as_bytes()).unwrap();
            assert_eq!(
                (suffix.as_bytes(), suffix.typ()),
                (registry.as_bytes(), Some(psl::Type::Private)),
                "{registry}"
            );
        }
    }
}
