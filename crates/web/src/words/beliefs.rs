//! The words of theses and capabilities.

use crate::Language;

catalogue! {
    /// The words of theses and capabilities, in one language.
    BeliefWords
    texts {
        theses: "Theses", "投资判断";
        capabilities: "Capabilities of models", "模型能力";
        title: "Theses and capabilities", "投资判断与模型能力";
        about: "What the fund believes, and what base models can do. Verdicts are dated and appended; none is rewritten.",
            "基金的判断，以及底层模型能做到什么。每次结论都有日期，只追加，不改写。";
        add_thesis: "Add a thesis", "新增投资判断";
        add_capability: "Add a capability", "新增模型能力";
        none_yet: "None yet", "暂无";
        theses_why: "A thesis says in a sentence what the fund believes of a market, a layer or a sector.", "用一句话写下基金对某个市场、层或赛道的判断。";
        capabilities_why: "A capability says in a sentence what base models can do, or not yet. Passed deals can wait for it.", "用一句话写下底层模型能做到或尚不能做到什么。不投的项目可以等待它。";
        statement: "Statement", "内容";
        statement_thesis_hint: "A sentence that can turn out to be wrong.", "一句可能被证伪的话。";
        statement_capability_hint: "A sentence such as “models can make usable 3D assets”.", "例如“模型能生成可用的 3D 资产”。";
        is_about: "About", "关于";
        status: "Status", "状态";
        since: "Since", "自";
        review_on: "Look again on", "复查日期";
        review_hint: "When the fund wants to ask itself again.", "计划再次审视的日期。";
        rests: "Rests on it", "以此为据";
        bets: "Bets on it", "押注";
        waits: "Waits for it", "等待中";
        startups: "Startups", "公司";
        deals: "Active deals", "进行中的项目";
        waiting: "Passed deals that wait for it", "等待它的不投项目";
        no_startups: "No startup says so yet. On a startup's page, say on what it rests.", "还没有公司。可在公司页面注明其依据。";
        no_deals: "No active deal.", "没有进行中的项目。";
        no_waiting: "No passed deal waits for it. Passing a deal, say that it does.", "没有不投项目在等待。不投时可以选择等待它。";
        timeline: "Verdicts", "历次结论";
        no_verdicts: "No verdict yet.", "尚无结论。";
        begun: "written down", "写下";
        source: "Source", "来源";
        give: "Give a verdict", "给出结论";
        give_hint: "It is added to the others. That of the latest day holds.", "追加在已有结论之后；以日期最近的一条为准。";
        on: "Since which day", "自哪天起";
        reason: "Reason", "依据";
        reason_hint: "What was seen, in words that can be checked.", "看到了什么，用可以核对的话写下。";
        source_url: "Where it can be read", "来源链接";
        save_verdict: "Add the verdict", "追加结论";
        edit: "Edit", "编辑";
        edit_thesis: "Edit a thesis", "编辑投资判断";
        edit_capability: "Edit a capability", "编辑模型能力";
        layer: "Layer", "层";
        sector: "Sector", "赛道";
        any: "None in particular", "不限";
        held: "Held", "坚持";
        questioned: "Questioned", "存疑";
        dropped: "Dropped", "放弃";
        not_yet: "Not yet", "尚未实现";
        partly: "Partly", "部分实现";
        solved: "Solved", "已实现";
        said_saved: "Saved.", "已保存。";
        said_judged: "The verdict is added.", "结论已追加。";
        startup_rests: "Theses and bets", "判断与押注";
        startup_none: "It rests on no thesis and bets on no capability yet.", "尚未注明依据的判断或押注的能力。";
        choose: "Choose…", "选择…";
        choose_heading: "Theses and bets", "判断与押注";
        choose_theses: "It rests on these theses", "以这些判断为据";
        choose_capabilities: "It bets on these capabilities of models", "押注这些模型能力";
        say_statement: "Write a sentence.", "请写一句话。";
        say_day: "Say since which day.", "请填写日期。";
        say_status: "Say how it stands.", "请选择状态。";
        when_capability: "Or a capability of models", "或模型能力";
        when_status: "That is at least", "至少达到";
        nothing: "Nothing", "不设";
    }
    sentences {
        of_startups(n): "{n} startups bet on this", "{n} 家公司押注于此";
        of_one_startup(n): "{n} startup bets on this", "{n} 家公司押注于此";
        come_back(n): "{n} passed deals would come back for review", "{n} 个不投项目将回到评审";
        comes_back(n): "{n} passed deal would come back for review", "{n} 个不投项目将回到评审";
        both(rest, back): "{rest}, {back}", "{rest}，{back}";
        bets_of(name): "Theses and bets of {name}", "{name} 的判断与押注";
        waits_until(status): "waits until {status}", "等到{status}";
    }
}
