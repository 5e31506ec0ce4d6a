//! The strings of the pages, both languages side by side: a missing one does not compile.

use crate::Language;

macro_rules! words {
    ($($key:ident: $en:literal | $zh:literal;)+) => {
        /// The strings of one language.
        #[derive(Debug, Clone, Copy)]
        #[allow(missing_docs, reason = "each is named as it reads")]
        pub struct Words { $(pub $key: &'static str),+ }
        const EN: Words = Words { $($key: $en),+ };
        const ZH: Words = Words { $($key: $zh),+ };
    };
}

words! {
    tag: "en" | "zh-CN";
    code: "en" | "zh";
    other: "中文" | "English";
    other_tag: "zh-CN" | "en";
    other_code: "zh" | "en";
    product: "Touchstone" | "试金石";
    skip: "Skip to content" | "跳至内容";
    startups: "Startups" | "公司";
    search: "Search" | "搜索";
    layer: "Layer" | "层";
    sector: "Sector" | "赛道";
    name: "Name" | "名称";
    need: "The 1" | "“1”";
    evidence: "Newest evidence" | "最新证据";
    country: "Country" | "国家";
    all: "All" | "全部";
    filter: "Filter" | "筛选";
    clear: "Clear all" | "全部清除";
    no_match: "No startups match these filters." | "没有符合筛选条件的公司。";
    nothing_yet: "No startups yet. They come in through the API or the example script." | "尚无公司。可通过 API 或示例脚本导入。";
    no_one: "No 1 in front" | "前面没有“1”";
    no_evidence: "No evidence yet" | "尚无证据";
    previous: "Previous" | "上一页";
    next: "Next" | "下一页";
    pages: "Pages" | "分页";
    show_query: "Show the query" | "查看此页的查询";
    sign_in: "Sign in" | "登录";
    sign_out: "Sign out" | "退出";
    sign_in_as: "Sign in as" | "登录身份";
    ask_for_link: "Open the one-time link that the program printed, or ask for a new one:" | "请打开程序打印的一次性链接，或申请新的链接：";
    not_here: "Nothing here, or not for you." | "这里没有内容，或您无权查看。";
    failed: "Something went wrong on our side. Nothing was saved." | "服务器出错，未保存任何内容。";
    bad_value: "This filter cannot be read, so nothing is shown:" | "无法识别该筛选条件，因此不显示内容：";
    model: "Model" | "底层大模型";
    middleware: "Middleware" | "中间层";
    app: "App" | "应用层";
    unclassified: "Unclassified" | "未分层";
    claimed: "Claimed" | "声称";
    documented: "Documented" | "有凭据";
    verified: "Verified" | "已核实";
    refuted: "Refuted" | "已证伪";
}

/// The strings of a language.
pub fn words(language: Language) -> Words {
    match language {
        Language::En => EN,
        Language::Zh => ZH,
    }
}
