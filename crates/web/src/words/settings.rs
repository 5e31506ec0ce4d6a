//! The words of the settings.

use crate::Language;

catalogue! {
    /// The words of the settings, in one language.
    SettingsWords
    texts {
        settings: "Settings", "设置";
        rubric: "Rubric", "评分标准";
        rates: "Exchange rates", "汇率";
        rubric_about: "How much each kind of evidence can weigh, how a figure becomes a strength, and how fast it fades. A change is a new version; every version stays readable, and an assessment names the one it used.",
            "每类证据的权重、数值如何换算为强度，以及随时间衰减的速度。每次修改生成新版本；所有版本均可查阅，评估会注明所用版本。";
        edit_rubric: "Edit the rubric", "修改评分标准";
        old_version: "This version is in force no more.", "此版本已不再生效。";
        to_current: "To the one in force", "查看现行版本";
        in_force: "In force", "现行";
        versions: "Versions", "版本";
        the_first: "The one a workspace begins with", "工作区的初始版本";
        kind: "Kind", "类型";
        group: "Group", "组别";
        weight: "Weight", "权重";
        scale: "Scale", "刻度";
        unit_or_zero: "Unit or zero", "单位或零点";
        full_at: "Full at", "满分值";
        half_n: "Sample of half weight", "半权样本量";
        half_life: "Half-life, days", "半衰期（天）";
        usage: "Tells of use", "属于使用";
        rubric_region: "The rubric, scrolls sideways", "评分标准，可左右滚动";
        preview: "Preview the change", "预览变化";
        preview_again: "Preview again", "重新预览";
        nothing_saved_yet: "Nothing is saved yet.", "尚未保存。";
        no_change: "No conviction would change.", "不会有信念值变化。";
        movers: "What would change most", "变化最大的公司";
        movers_region: "What would change most, scrolls sideways", "变化最大的公司，可左右滚动";
        startup: "Startup", "公司";
        now: "Now", "现在";
        then: "Then", "修改后";
        change: "Change", "变化";
        rank: "Rank", "排名";
        save_rubric: "Save as a new version", "保存为新版本";
        note: "Why it is changed", "修改原因";
        note_hint: "Kept with the version, so that the next reader knows.", "与版本一起保存，供日后查阅。";
        say_note: "Say why it is changed.", "请写明修改原因。";
        same_rubric: "Nothing differs from the version in force.", "与现行版本没有差别。";
        said_saved: "Saved. The new version is in force, and every conviction follows it.", "已保存。新版本已生效，所有信念值随之更新。";

        rates_about: "Money in evidence counts in US dollars, at the newest rate dated on or before the figure's day, at most 31 days before it.",
            "证据中的金额按美元计算，取数值当日或之前、最多早 31 天的最新汇率。";
        record_rate: "Record a rate", "录入汇率";
        currency: "Currency", "货币";
        day: "Day", "日期";
        usd: "US dollars for one", "一单位合美元";
        usd_hint: "Such as 0.1404 for one CNY.", "例如一元人民币填 0.1404。";
        source: "Source", "来源";
        source_hint: "Who says so, such as ECB.", "数据出处，如欧洲央行。";
        by: "Recorded by", "录入人";
        at: "Recorded", "录入时间";
        the_program: "The program", "程序";
        rates_region: "Exchange rates, scrolls sideways", "汇率，可左右滚动";
        no_rates: "No exchange rates yet", "还没有汇率";
        no_rates_why: "Without a rate, revenue in another currency counts a tenth and carries the flag No exchange rate.",
            "没有汇率时，其他货币的收入只按十分之一计入，并带“缺汇率”标记。";
        import: "Bring in many at once", "批量导入";
        import_how: "The European Central Bank publishes all days as one file, eurofxref-hist.csv. Whoever runs the server brings it in with:",
            "欧洲央行把所有日期的汇率发布在一个文件中（eurofxref-hist.csv）。服务器管理员用这条命令导入：";
        import_again: "The same file again changes nothing.", "再次导入同一文件不会有任何变化。";
        said_recorded: "The rate is recorded.", "汇率已录入。";
        say_currency: "Say which currency, such as CNY.", "请填写货币，如 CNY。";
        say_day: "Say of which day.", "请填写日期。";
        say_usd: "Say what one unit is worth in US dollars.", "请填写一单位合多少美元。";
        older: "Older", "更早";
        newest: "Newest", "最新";
    }
    sentences {
        version(n): "Version {n}", "第 {n} 版";
        since(when): "since {when}", "{when} 起";
        full_within(days): "Full at, up to {days} d", "满分值（{days} 天以内）";
        step(full, days): "{full} up to {days} d", "{days} 天以内 {full}";
        would_change(all, changed, five): "Of {all} startups with evidence, {changed} convictions would change, {five} of them by 5 points or more.",
            "在 {all} 家有证据的公司中，{changed} 家的信念值会变化，其中 {five} 家变化达到 5 分。";
        rank_from_to(was, will): "{was} → {will}", "{was} → {will}";
    }
}
