//! The words of providers: what they did, what they might do, and who is exposed to them.

use crate::Language;

catalogue! {
    /// The words of providers, in one language.
    ProviderWords
    texts {
        providers: "Providers", "模型供应商";
        about: "Who supplies base models, and who builds on them. Asked of each: what if it cuts its price, ships the same, shuts its API, or fails?",
            "谁提供底层模型，谁建立其上。对每一家都可以问：如果它降价、推出同样的功能、关闭 API 或出现故障，会怎样？";
        none_yet: "No provider yet", "暂无供应商";
        none_why: "A provider supplies base models. Add one, then say on a startup's record that it builds on it.", "供应商提供底层模型。先新增一家，再在公司记录中注明依赖。";
        none_then: "No provider was known on that day", "当日尚无供应商记录";
        add: "Add a provider", "新增供应商";
        name: "Name", "名称";
        name_hint: "What it is called, whatever its legal form.", "常用名称，不必写全称。";
        save: "Add", "新增";
        say_name: "Say what it is called.", "请填写名称。";
        region: "Providers, scrolls sideways", "模型供应商，可左右滚动";
        provider: "Provider", "供应商";
        startups: "Startups", "公司";
        startups_long: "Startups with a dependency on it in force", "依赖在有效期内的公司";
        stranded: "No alternative", "无备选";
        stranded_long: "Critical, and no alternative is named", "关键依赖，且没有备选";
        active_deals: "Active deals", "进行中项目";
        amount: "They seek", "拟融金额";
        latest: "Latest event", "最近事件";
        is_here: "It is here as a startup:", "它本身也是库中公司：";
        what_if: "What if…", "如果……";
        events: "What it did", "供应商动态";
        no_events: "Nothing is recorded yet.", "尚无记录。";
        record: "Record an event", "记录事件";
        record_hint: "Active deals of startups that are exposed come onto the next agendas with it.", "受影响公司的进行中项目会因此进入下次会议议程。";
        kind: "What it did", "类型";
        on: "On which day", "日期";
        on_hint: "The last day of a period; one that was announced may be yet to come.", "时段填最后一天；已宣布的事件可以在将来。";
        precision: "How exactly the day is known", "日期精度";
        summary: "In a sentence", "一句话";
        summary_hint: "Such as “0.30 → 0.03 CNY per 1,000 characters”.", "例如“每千字 0.30 → 0.03 元”。";
        source_url: "Where it can be read", "来源链接";
        source: "Source", "来源";
        say_kind: "Say what it did.", "请选择类型。";
        say_day: "Say on which day.", "请填写日期。";
        say_summary: "Say it in a sentence.", "请用一句话写明。";
        save_event: "Record it", "记录";
        said_recorded: "The event is recorded. Deals of startups that are exposed come onto the next agendas.", "已记录。受影响公司的项目将进入下次会议议程。";
        said_added: "The provider is added.", "已新增供应商。";
        exposed: "Who was exposed", "受影响的公司";
        nobody_exposed: "Nobody depended on it on that day.", "当日没有公司依赖它。";
        dependents: "Who builds on it", "谁建立其上";
        no_dependents: "No startup builds on it.", "没有公司依赖它。";
        dependents_region: "Who builds on it, scrolls sideways", "谁建立其上，可左右滚动";
        startup: "Startup", "公司";
        how: "How", "方式";
        critical: "Critical", "关键";
        yes: "Yes", "是";
        no: "No", "否";
        cost_share: "Share of cost", "成本占比";
        alternative: "Alternative", "备选";
        no_alternative: "none", "无";
        since: "Since", "自";
        until: "Until", "至";
        what_if_lead: "Who would be hit, how hard, and what is at stake. Who runs its model by themselves is hit where it ships the same, and by nothing else.",
            "谁会受影响、程度如何、涉及多少金额。自行部署模型的公司只受同类功能的冲击。";
        scenario: "What it does", "情形";
        percent: "By how many percent", "变动百分比";
        percent_hint: "-90 is ninety percent cheaper.", "-90 即降价九成。";
        ask: "Ask", "查看";
        bad_percent: "Say by how many percent: more than -100 and at most 1000, and not 0.", "请填写变动百分比：大于 -100、不超过 1000 且不为 0。";
        bad_scenario: "There is no such case; choose one.", "没有这种情形，请选择。";
        nobody: "Nobody would be hit.", "没有公司会受影响。";
        hits: "Who would be hit", "受影响的公司";
        hits_region: "Who would be hit, scrolls sideways", "受影响的公司，可左右滚动";
        severity: "How hard", "程度";
        effect: "Effect", "影响";
        deals: "Active deals", "进行中项目";
        no_deals: "none", "无";
        all_critical: "all critical", "全部为关键依赖";
        restricted: "Only its team sees this", "仅团队可见";
        record_as: "Record as event", "记录为事件";
    }
    sentences {
        startups_of(n): "{n} startups", "{n} 家公司";
        one_startup_of(n): "{n} startup", "{n} 家公司";
        deals_of(n): "{n} active deals", "{n} 个进行中项目";
        one_deal_of(n): "{n} active deal", "{n} 个进行中项目";
        critical_of(n): "{n} critical", "{n} 家为关键依赖";
        stranded_of(n): "{n} without an alternative", "{n} 家无备选";
        invested_of(n): "{n} invested in", "{n} 家已投";
        unknown_of(n): "for {n} of the deals no amount is named", "其中 {n} 个项目未披露金额";
        if_cheaper(name, percent): "What if {name} cuts its prices by {percent}%?", "如果 {name} 降价 {percent}%？";
        if_dearer(name, percent): "What if {name} raises its prices by {percent}%?", "如果 {name} 涨价 {percent}%？";
        if_ships(name): "What if {name} ships what they sell?", "如果 {name} 推出同样的功能？";
        if_shuts(name): "What if {name} shuts its API?", "如果 {name} 关闭 API？";
        if_fails(name): "What if {name} fails for a while?", "如果 {name} 出现故障？";
        if_any(name): "What if {name}…", "如果 {name}……";
        record_of(name): "Record what {name} did", "记录 {name} 的动态";
        first_of(n): "The first {n} are listed; the figures count all.", "仅列出前 {n} 家；合计包含全部。";
        cheaper(percent): "prices fall by {percent}%", "降价 {percent}%";
        dearer(percent): "prices rise by {percent}%", "涨价 {percent}%";
    }
}
