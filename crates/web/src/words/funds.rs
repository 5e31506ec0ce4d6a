//! The words of the settings of funds, and of funds on deals.

use crate::Language;

catalogue! {
    /// The words of funds, in one language.
    FundWords
    texts {
        fund: "Fund", "基金";
        funds: "Funds", "基金";
        about: "The funds that may invest. A deal names those that may do it, and says where its startup's structure, its currency or our amount does not suit one. A fund is never deleted, as deals name it; a retired one is named no more.",
            "可以出资的基金主体。项目注明可由哪些基金投资，并提示公司架构、币种或我方拟投金额与基金不符之处。基金不会被删除，因为项目引用它；停用后不再可选。";
        add: "Add a fund", "新增基金";
        edit: "Edit", "编辑";
        name: "Name", "名称";
        currency: "Currency", "币种";
        currency_hint: "CNY for an RMB fund, USD for a dollar fund, or any other code of three letters.",
            "人民币基金填 CNY，美元基金填 USD，或其他三位货币代码。";
        ticket: "Ticket", "单笔金额";
        ticket_low: "From", "下限";
        ticket_high: "To", "上限";
        ticket_words: "Words as found", "原文";
        ticket_hint: "What it puts into one deal, in its own currency, in whole units.", "对单个项目的出资额，以基金币种的元为单位填全数。";
        constraints: "Constraints", "约束";
        constraints_hint: "In words: re-investment ratio, state capital, limit for one deal, limits offshore.",
            "用文字说明：返投比例、国资、单项目上限、境外限制。";
        is_retired: "Named by deals", "供项目选用";
        takes: "Deals may name it", "可选用";
        takes_none: "Retired: deals name it no more; those that do keep it", "停用：不再可选，已引用的项目保留";
        retired: "Retired", "已停用";
        none_yet: "No funds yet", "还没有基金";
        none_yet_why: "Add the funds that may invest; deals then name them, and sums by fund stay in each fund's currency.",
            "新增可以出资的基金后，项目即可选用，按基金的合计以各自币种显示。";
        not_said: "Not said", "未注明";
        region: "The funds, scrolls sideways", "基金列表，可左右滚动";
        said_saved: "Saved.", "已保存。";
        may_do_it: "Funds that may do it", "可投资的基金";
        no_fund: "None named yet", "尚未注明";
        suits: "Nothing speaks against it", "没有不符之处";
        say_amount: "Write digits alone, such as 20000000.", "请只写数字，如 20000000。";
    }
    sentences {
        edit_name(name): "Edit the fund {name}", "编辑基金：{name}";
    }
}
