//! The catalogue: every word of the pages once, in both languages. A key with one language does not compile.
//!
//! What every page needs is here; the words of closed sets, of a startup's page and of forms have files of their own.

use crate::Language;

/// Makes one table with a text per language, and one function per sentence with figures in it.
macro_rules! catalogue {
    (
        $(#[$about:meta])* $catalogue:ident
        texts { $($key:ident: $en:literal, $zh:literal;)* }
        sentences { $($(#[$note:meta])* $name:ident($($argument:ident),*): $en_sentence:literal, $zh_sentence:literal;)* }
    ) => {
        $(#[$about])*
        pub(crate) struct $catalogue {
            #[allow(dead_code, reason = "a catalogue without sentences does not ask for it")]
            pub(crate) language: Language,
            $(pub(crate) $key: &'static str,)*
        }

        static EN: $catalogue = $catalogue { language: Language::En, $($key: $en,)* };
        static ZH: $catalogue = $catalogue { language: Language::Zh, $($key: $zh,)* };

        impl $catalogue {
            /// The words of a language.
            pub(crate) fn of(language: Language) -> &'static Self {
                match language {
                    Language::En => &EN,
                    Language::Zh => &ZH,
                }
            }

            $($(#[$note])* pub(crate) fn $name(&self, $($argument: &str),*) -> String {
                match self.language {
                    Language::En => format!($en_sentence),
                    Language::Zh => format!($zh_sentence),
                }
            })*
        }

        #[cfg(test)]
        pub(super) const ALL: &[(&str, &str, &str)] = &[
            $((stringify!($key), $en, $zh),)*
            $((stringify!($name), $en_sentence, $zh_sentence),)*
        ];
    };
}

mod access;
mod activity;
mod analytics;
mod beliefs;
mod choices;
mod deal;
mod form;
mod funds;
mod hype;
mod keys;
mod list;
mod live;
mod matrix;
mod passes;
mod pipeline;
mod providers;
mod review;
mod settings;
mod stages;
mod startup;
mod why;
mod work;

pub(crate) use access::AccessWords;
pub(crate) use activity::ActivityWords;
pub(crate) use analytics::AnalyticsWords;
pub(crate) use beliefs::BeliefWords;
pub(crate) use choices::ChoiceWords;
pub(crate) use deal::DealWords;
pub(crate) use form::FormWords;
pub(crate) use funds::FundWords;
pub(crate) use hype::HypeWords;
pub(crate) use keys::KeyWords;
pub(crate) use list::ListWords;
pub(crate) use live::LiveWords;
pub(crate) use matrix::MatrixWords;
pub(crate) use passes::PassWords;
pub(crate) use pipeline::PipelineWords;
pub(crate) use providers::ProviderWords;
pub(crate) use review::ReviewWords;
pub(crate) use settings::SettingsWords;
pub(crate) use stages::StageWords;
pub(crate) use startup::StartupWords;
pub(crate) use why::WhyWords;
pub(crate) use work::WorkWords;

impl Words {
    /// What stands between the items of a list.
    pub(crate) fn comma(&self) -> &'static str {
        match self.language {
            Language::En => ", ",
            Language::Zh => "、",
        }
    }

    /// What stands between conditions that are told in a row.
    pub(crate) fn semicolon(&self) -> &'static str {
        match self.language {
            Language::En => "; ",
            Language::Zh => "；",
        }
    }

    /// The words of closed sets.
    pub(crate) fn choices(&self) -> &'static ChoiceWords {
        ChoiceWords::of(self.language)
    }

    /// The words of a startup's page.
    pub(crate) fn startup(&self) -> &'static StartupWords {
        StartupWords::of(self.language)
    }

    /// The words of my work, quick add, interactions and tasks.
    pub(crate) fn work(&self) -> &'static WorkWords {
        WorkWords::of(self.language)
    }

    /// The words of what conviction is made of.
    pub(crate) fn why(&self) -> &'static WhyWords {
        WhyWords::of(self.language)
    }

    /// The words of figures in lists and of their filters.
    pub(crate) fn list(&self) -> &'static ListWords {
        ListWords::of(self.language)
    }

    /// The words of pages that follow what others change.
    pub(crate) fn live(&self) -> &'static LiveWords {
        LiveWords::of(self.language)
    }

    /// The words of what keys do.
    pub(crate) fn keys(&self) -> &'static KeyWords {
        KeyWords::of(self.language)
    }

    /// The words of access: tokens and calendars.
    pub(crate) fn access(&self) -> &'static AccessWords {
        AccessWords::of(self.language)
    }

    /// The words of funds.
    pub(crate) fn funds(&self) -> &'static FundWords {
        FundWords::of(self.language)
    }

    /// The words of passes and misses.
    pub(crate) fn passes(&self) -> &'static PassWords {
        PassWords::of(self.language)
    }

    /// The words of theses and capabilities.
    pub(crate) fn beliefs(&self) -> &'static BeliefWords {
        BeliefWords::of(self.language)
    }

    /// The words of providers.
    pub(crate) fn providers(&self) -> &'static ProviderWords {
        ProviderWords::of(self.language)
    }

    /// The words of the hype map.
    pub(crate) fn hype(&self) -> &'static HypeWords {
        HypeWords::of(self.language)
    }

    /// The words of the workspace's activity.
    pub(crate) fn activity(&self) -> &'static ActivityWords {
        ActivityWords::of(self.language)
    }

    /// The words of analytics.
    pub(crate) fn analytics(&self) -> &'static AnalyticsWords {
        AnalyticsWords::of(self.language)
    }

    /// The words of the matrix.
    pub(crate) fn matrix(&self) -> &'static MatrixWords {
        MatrixWords::of(self.language)
    }

    /// The words of a deal's page and forms.
    pub(crate) fn deal(&self) -> &'static DealWords {
        DealWords::of(self.language)
    }

    /// The words of the board and of deals in lists.
    pub(crate) fn pipeline(&self) -> &'static PipelineWords {
        PipelineWords::of(self.language)
    }

    /// The words of review meetings.
    pub(crate) fn review(&self) -> &'static ReviewWords {
        ReviewWords::of(self.language)
    }

    /// The words of the settings of stages.
    pub(crate) fn stages(&self) -> &'static StageWords {
        StageWords::of(self.language)
    }

    /// The words of the settings.
    pub(crate) fn settings(&self) -> &'static SettingsWords {
        SettingsWords::of(self.language)
    }

    /// The words of forms.
    pub(crate) fn form(&self) -> &'static FormWords {
        FormWords::of(self.language)
    }
}

catalogue! {
    /// The words of one language.
    Words
    texts {
        touchstone: "Touchstone", "试金石";
        skip: "Skip to content", "跳到正文";
        main_menu: "Main", "主导航";
        menu: "Menu", "菜单";
        breadcrumb: "Breadcrumb", "当前位置";
        startups: "Startups", "公司";
        hype_map: "Hype map", "水分图";
        as_of: "As of", "时点";
        as_of_day: "As it stood at the end of", "截至当日结束";
        month_end: "Month end", "上月末";
        quarter_end: "Quarter end", "上季末";
        year_end: "Year end", "上年末";
        back_to_now: "Back to now", "回到现在";
        shows_now: "This page shows now", "本页显示当前状态";
        no_such_day: "No such day", "没有这一天";
        no_such_day_why: "as_of in the address takes a day up to today, such as 2024-06-30, or an instant, such as 2024-06-30T12:00:00Z.",
            "地址中的 as_of 应为不晚于今天的日期，例如 2024-06-30，或时刻，例如 2024-06-30T12:00:00Z。";
        not_known_then: "Not known on that day", "当日尚无此记录";
        not_known_then_why: "It was written down later. Go back to now, or choose a later day.", "它是后来才记录的。请回到现在，或选择更晚的日期。";
        past_is_read_only: "The past cannot be changed", "过去的状态不能更改";
        past_is_read_only_why: "Nothing was done: this address stands in the past. Go back to now and do it there.",
            "没有执行任何操作：这个地址显示的是过去的时点。请回到现在再操作。";
        search: "Search", "搜索";
        search_all: "Startups, deals, people, documents, evidence", "公司、项目、人员、文件、证据";
        search_short: "Type two letters or one Chinese character.", "请输入至少两个字母或一个汉字。";
        search_nothing: "No match.", "没有匹配的结果。";
        search_keys: "↑ ↓ choose, Enter opens, Esc closes", "↑ ↓ 选择，Enter 打开，Esc 关闭";
        search_startups: "Show startups whose name contains", "筛选名称包含的公司";
        search_hint: "Name or alias", "名称或别名";
        language_choice: "Language", "语言";
        theme: "Theme", "主题";
        theme_auto: "Auto", "自动";
        theme_light: "Light", "浅色";
        theme_dark: "Dark", "深色";
        sign_in: "Sign in", "登录";
        sign_out: "Sign out", "退出登录";
        show_query: "Show the query", "查看查询";
        printed: "Printed", "打印于";

        viewer: "Viewer", "只读成员";
        analyst: "Analyst", "分析师";
        partner: "Partner", "合伙人";
        admin: "Administrator", "管理员";

        filters: "Filters", "筛选条件";
        apply: "Apply", "应用";
        clear_all: "Clear all", "全部清除";
        name: "Name", "名称";
        text: "Name contains", "名称包含";
        layer: "Layer", "层";
        sector: "Sector", "赛道";
        sectors: "Sectors", "赛道";
        country: "Country", "国家";
        focus: "Focus of the fund", "重点赛道";
        fictional: "Fictional", "虚构";
        the_one: "The 1", "“1”";
        the_one_long: "Who pays: the 1 before the multiplier", "谁付费：乘数前面的“1”";
        no_one: "No 1 in front", "前面没有“1”";
        newest_evidence: "Newest evidence", "最新证据";
        no_evidence: "No evidence yet", "尚无证据";
        no_use: "No figure of use yet", "尚无使用数据";
        founded: "Founded", "成立";
        updated: "Updated", "更新";
        sort: "Sort", "排序";
        rows: "Rows", "每页行数";
        page_position: "Place in the list", "列表位置";
        display: "Display", "显示";
        model: "Model", "底层大模型";
        middleware: "Middleware", "中间层";
        app: "App", "应用层";
        unclassified: "Unclassified", "未分层";
        claimed: "Claimed", "声称";
        documented: "Documented", "有凭据";
        verified: "Verified", "已核实";
        refuted: "Refuted", "已证伪";
        table_region: "Startups, scrolls sideways", "公司列表，可左右滚动";
        name_up: "Name, A to Z", "名称，正序";
        name_down: "Name, Z to A", "名称，倒序";
        created_down: "Last added first", "最近收录在前";
        created_up: "First added first", "最早收录在前";
        updated_down: "Last updated first", "最近更新在前";
        updated_up: "Longest untouched first", "最久未更新在前";
        conviction_down: "Highest conviction first", "信念值最高在前";
        conviction_up: "Lowest conviction first", "信念值最低在前";
        demand_down: "Highest demand first", "需求最高在前";
        demand_up: "Lowest demand first", "需求最低在前";
        hype_down: "Widest hype gap first", "水分最大在前";
        hype_up: "Narrowest hype gap first", "水分最小在前";
        founded_down: "Youngest first", "最近成立在前";
        founded_up: "Oldest first", "最早成立在前";
        pages: "Pages", "翻页";
        previous: "Prev", "上一页";
        next: "Next", "下一页";
        first_page: "First page", "第一页";
        none_here: "Nothing on this page", "本页没有内容";
        none_here_why: "The list has changed since this link was made.", "这个链接生成之后，列表有了变化。";
        nothing_yet: "No startups yet", "还没有公司";
        nothing_yet_why: "Here stands every company the fund looks at, with what is known about its real users. They come in by import, by the API or by a script; the first one shows up on this page.",
            "基金看过的每家公司都列在这里，连同已知的真实用户证据。公司可以通过导入、API 或脚本收录；第一家收录后就会出现在本页。";
        bad_query: "This address asks for something this page does not know", "这个地址包含本页无法识别的条件";
        bad_query_why: "No rows are shown, so that nobody takes an unfiltered list for a filtered one. Remove what is marked red, or clear all.",
            "为避免把未筛选的列表误认为已筛选，本页不显示任何行。请移除标红的条件，或全部清除。";
        not_recognised: "not recognised", "无法识别";

        nothing_here: "Nothing here", "没有内容";
        nothing_here_en: "Nothing here, or not for you.", "Nothing here, or not for you.";
        nothing_here_zh: "这里没有内容，或您无权查看。", "这里没有内容，或您无权查看。";
        to_startups: "To the startups", "去公司列表";
        failed: "Something broke on our side", "我们这边出错了";
        failed_why: "Nothing was saved. Try again; if it stays, tell whoever runs this server the number below.",
            "没有保存任何内容。请重试；如果仍然出错，请把下面的编号告诉服务器管理员。";
        request_number: "Request", "请求编号";
        not_allowed: "Your role may not do this", "您的角色不能执行此操作";
        not_allowed_why: "Nothing was done. Readers see everything here; analysts and partners write. An administrator can change your role.",
            "没有执行任何操作。只读成员可以查看，分析师与合伙人可以编辑；管理员可以更改您的角色。";
        not_from_here: "This form was sent from another site", "这个表单来自其他网站";
        not_from_here_why: "Nothing was done. Open the page again and press the button there.",
            "没有执行任何操作。请重新打开页面，再按其中的按钮。";
        try_again: "Try again", "重试";

        login_how: "Touchstone signs you in by a link that works once.", "试金石通过一次性链接登录。";
        login_first: "First time here", "第一次使用";
        login_first_how: "Open the link that this command printed:", "打开这条命令打印的链接：";
        login_again: "Need a new link", "需要新的链接";
        login_again_how: "Ask whoever runs the server for one; they make it with:", "请服务器管理员用这条命令生成：";
        login_you: "You will be signed in as", "您将登录为";
        email: "E-mail", "邮箱";
        login_workspace: "Workspace", "工作区";
        login_demo: "Demo data", "演示数据";
        demo_bar: "Demo workspace", "演示工作区";
        demo_own: "Start with my own data", "用自己的数据开始";
        demo_old: "Its days lie more than two weeks back.", "演示日期已过去两周以上。";
        demo_anew: "Start the demo anew", "重新开始演示";
        broken_form: "The form did not arrive whole", "表单未完整送达";
        broken_form_why: "Nothing was saved. Go back and send it again.", "未保存任何内容。请返回并重新发送。";
        not_for_you: "Only an administrator can do that", "只有管理员可以这样做";
        not_for_you_why: "It would change what everybody on this server sees. Nothing was done.", "这会改变服务器上每个人看到的内容。没有执行任何操作。";
        login_once: "The button uses the link up. Opening this page did not.", "按下按钮后链接即失效；仅打开本页不会。";
    }
    sentences {
        as_it_stood(date): "As it stood on {date}, as known by then", "{date} 时的状态，以当时所知为准";
        page_title(page): "{page} · Touchstone", "{page} · 试金石";
        range_of(first, last, total): "{first}–{last} of {total}", "第 {first}–{last} 家，共 {total} 家";
        some_of(shown, total): "{shown} of {total}", "{shown} 家，共 {total} 家";
        one_in_all(total): "{total} startup", "共 {total} 家公司";
        many_in_all(total): "{total} startups", "共 {total} 家公司";
        no_match_one(): "No startups match this filter", "没有公司符合这个条件";
        no_match_many(n): "No startups match {n} filters", "没有公司符合这 {n} 个条件";
        remove_filter(filter): "Remove filter {filter}", "移除条件：{filter}";
        rows_a_page(n): "{n} rows a page", "每页 {n} 行";
        after_days(n): "after {n} d", "第 {n} 天";
        good_of(good, asked): "{good} of {asked}", "{asked} 次中 {good} 次";
        more(n): "+{n} more", "另有 {n} 条";
        at_least_more(n): "+{n} or more", "另有至少 {n} 条";
        search_for(text): "Search: {text}", "搜索：{text}";
        create_named(text): "Create “{text}”", "新增“{text}”";
        zone(zone): "Times in {zone}", "时区 {zone}";
        version(version): "Touchstone {version}", "试金石 {version}";
        sign_in_as(name): "Sign in as {name}", "以 {name} 的身份登录";
    }
}

#[cfg(test)]
mod tests {
    use super::{
        access, activity, analytics, beliefs, choices, deal, form, funds, hype, keys, list, live, matrix,
        passes, pipeline, providers, review, settings, stages, startup, why, work,
    };

    /// All texts of all catalogues.
    fn all() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        [
            super::ALL,
            access::ALL,
            activity::ALL,
            analytics::ALL,
            choices::ALL,
            deal::ALL,
            form::ALL,
            funds::ALL,
            hype::ALL,
            keys::ALL,
            list::ALL,
            live::ALL,
            matrix::ALL,
            beliefs::ALL,
            providers::ALL,
            passes::ALL,
            pipeline::ALL,
            review::ALL,
            settings::ALL,
            stages::ALL,
            startup::ALL,
            why::ALL,
            work::ALL,
        ]
        .into_iter()
        .flatten()
        .copied()
    }

    fn holes(sentence: &str) -> Vec<&str> {
        let mut holes: Vec<_> = sentence
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(hole, _)| hole)
            .collect();
        holes.sort_unstable();
        holes
    }

    #[test]
    fn every_key_says_something_in_both_languages() {
        for (key, en, zh) in all() {
            assert!(!en.trim().is_empty() && !zh.trim().is_empty(), "{key}");
            assert_eq!(
                holes(en),
                holes(zh),
                "{key} has other figures in the other language"
            );
        }
    }

    #[test]
    fn chinese_texts_are_chinese() {
        for (key, _, zh) in all().filter(|(key, ..)| *key != "nothing_here_en") {
            let bare: String = zh
                .split('{')
                .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest))
                .collect();
            assert!(
                !bare.chars().any(char::is_alphabetic)
                    || crate::Language::of_name(&bare) == crate::Language::Zh,
                "{key}: {zh}"
            );
        }
    }

    #[test]
    fn han_and_latin_are_set_apart_by_a_space() {
        let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
        for (key, _, zh) in all() {
            let chars: Vec<char> = zh.chars().collect();
            for pair in chars.windows(2) {
                let touching = is_han(pair[0]) && pair[1].is_ascii_alphanumeric()
                    || pair[0].is_ascii_alphanumeric() && is_han(pair[1]);
                assert!(!touching, "{key}: {zh}");
            }
        }
    }
}
