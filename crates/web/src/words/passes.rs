//! The words of passes: their reasons, what became later, and what brings a deal back.

use crate::Language;

catalogue! {
    /// The words of passes and misses, in one language.
    PassWords
    texts {
        pass_reasons: "Pass reasons", "不投理由";
        misses: "Misses", "错过的项目";
        reasons_mean: "The deals that are passed and were passed in the period, by when the pass happened. A pass that was taken back, or from which the deal came back, counts for nothing; a deal passed twice counts by its last pass. Funded later are those with a known outcome that has an amount, if only in words, and happened on the day of the pass or after.",
            "当前为不投、且在该时段内（按发生时间）不投的项目。已撤回的不投、以及之后重新推进的项目不计；两次不投的按最后一次计。后来获投指已知后续结果中写有金额（可仅为文字）、且发生在不投当日或之后的项目。";
        words_mean: "What was written with each pass, the latest change first; at most 50.", "每次不投时写下的说明，最近更改在前，至多 50 条。";
        misses_mean: "Of the deals that Pass reasons counts, those that others funded later: a known outcome has an amount, if only in words, and happened on the day of the pass or after. Conviction then is the startup's at the instant of the pass, by what was known then; conviction now is that of today or of the day shown. Lost deals are none: they were not ours to decline.",
            "“不投理由”所计项目中后来由他人投资的项目：已知后续结果写有金额（可仅为文字），且发生在不投当日或之后。“当时信念值”为不投那一刻、按当时已知信息计算的公司信念值；“现在信念值”为今天或所示日期的值。已错失的项目不在其中：并非由我方放弃。";
        reason: "Reason", "理由";
        deals: "Deals", "项目";
        funded_later: "Funded later", "后来获投";
        not_funded: "Not known to be funded", "未知获投";
        share: "Share", "占比";
        in_words: "In words", "具体说明";
        deal: "Deal", "项目";
        words: "Words", "说明";
        passed_on: "Passed", "不投日期";
        became: "What became of it", "后续结果";
        when: "When", "时间";
        at_what: "At what", "金额";
        then: "Conviction then", "当时信念值";
        now: "Conviction now", "现在信念值";

        outcome_watch: "What became of it later", "后续结果";
        no_outcome: "Nothing known yet", "尚无后续结果";
        record_outcome: "Record an outcome", "记录后续结果";
        what_hint: "Who funded it, or what else became of it. With an amount, if only words such as “undisclosed”, it counts as funded later.", "由谁投资，或其他结果。填写金额（可仅为“未披露”等文字）即计为后来获投。";
        source: "Where it can be read", "来源链接";
        amount: "Amount raised", "融资金额";
        retract: "Retract…", "撤回…";
        retract_heading: "Retract an outcome", "撤回后续结果";
        retract_hint: "It stays in the history; views of days before still show it.", "历史中仍会保留；查看此前日期时仍会显示。";
        why: "Why", "原因";
        said_recorded: "The outcome is recorded.", "后续结果已记录。";
        said_retracted: "The outcome is retracted.", "后续结果已撤回。";
        source_link: "Source", "来源";

        revisit_when: "Comes back by itself at", "自动回到视野的条件";
        is_due: "It is time to look again", "现在应当再看";
        when_kind: "Evidence", "证据类型";
        when_grade: "Graded at least", "等级至少";
        when_value: "Value at least", "数值至少";
        when_conviction: "Or conviction at least", "或信念值至少";
        when_hint: "By itself a deal comes back for one of these: evidence of a kind and grade, a conviction, or a capability of models. While it is passed or on hold, that is as soon as it is there.",
            "自动回到视野的条件任选其一：证据类型与等级、信念值、模型能力。项目不投或暂缓期间，一旦满足即回到视野。";
        nothing: "Nothing", "不设";
        came_back: "Came back", "回到视野";
    }
    sentences {
        n_of(n): "n = {n} passed deals", "n = {n} 个不投项目";
        misses_of(misses, passed, share): "{misses} of {passed} passed deals were funded later ({share})", "{passed} 个不投项目中 {misses} 个后来获投（{share}）";
        share_funded(share): "{share} funded later", "{share} 后来获投";
        due_since(when): "since {when}", "自 {when}";
        reached_day(day): "to be looked at again on {day}", "约定于 {day} 再看";
        now_there(what): "now there: {what}", "现已具备：{what}";
        record_of(name): "What became later: {name}", "后续结果：{name}";
    }
}
