//! The words of what conviction is made of: the Why chart, flags, questions.

use crate::Language;

catalogue! {
    /// The words of what conviction is made of, in one language.
    WhyWords
    texts {
        conviction: "Conviction", "信念值";
        multiplier: "Multiplier", "乘数";
        hype_gap: "Hype gap", "水分";
        why_this: "Why this conviction?", "为何是这个信念值？";
        why_none: "Conviction is demand times what AI can make of it. Without a record there is nothing to multiply.",
            "信念值是需求乘以 AI 的乘数。没有记录，就没有可乘的东西。";
        nothing_yet: "nothing yet", "尚无记录";
        nothing_counts: "nothing that counts", "没有计入的记录";
        all_shown: "none", "无";
        limit: "proven + 0.200", "已证实 + 0.200";
        between: "; ", "；";
        as_table: "As table", "以表格显示";
        table_region: "What each record contributes, scrolls sideways", "各条记录的贡献，可左右滚动";
        group: "Group", "组别";
        record: "Record", "记录";
        grade: "Grade", "等级";
        weight: "Weight", "权重";
        strength: "Strength", "强度";
        credence: "Credence", "可信度";
        freshness: "Freshness", "新鲜度";
        contributes: "Contributes", "贡献";
        counts: "Counts?", "计入？";
        adds: "Adds", "增加";
        explanation: "Explained", "说明";
        replaced: "Replaced by the newer", "已被较新的记录取代：";
        total: "Total", "合计";

        flags: "Flags", "风险标记";
        no_flags: "No flag is raised.", "没有风险标记。";
        rests_on: "Records", "相关记录";

        ask_next: "Ask next", "尽调问题";
        ask_why: "The answers worth most", "最有价值的回答";
        no_asks: "No answer would raise conviction by a tenth of a point.", "没有回答能让信念值提高 0.1。";
        enter_answer: "Enter the answer", "录入回答";
        copy: "Copy for WeChat", "复制到微信";
        copy_text: "The questions as text", "问题文本";
        copy_now: "Copy", "复制";
        copied: "Copied", "已复制";
    }
    sentences {
        why(conviction): "Why {conviction}?", "为何是 {conviction}？";
        rubric(version): "rubric v{version}", "评分标准 v{version}";
        demand_is(demand): "demand {demand}", "需求 {demand}";
        proven_is(proven): "proven {proven}", "已证实 {proven}";
        claimed_is(claimed): "claimed {claimed}", "声称 {claimed}";
        gap_is(gap): "gap {gap}", "水分 {gap}";
        share_of_claim(percent): "{percent} of the claim", "占声称的 {percent}";
        not_counted(amount): "{amount} not counted: words add at most 0.200 to what is proven",
            "{amount} 不计入：口头说法与关注度最多在已证实之上增加 0.200";
        chart_of(rows, demand, proven, claimed): "On an axis from 0 to 1: {rows}. Demand {demand}, of which proven {proven}; claimed {claimed}.",
            "在 0 到 1 的轴上：{rows}。需求 {demand}，其中已证实 {proven}；声称 {claimed}。";
        row_of(group, record, adds): "{group}, {record}: {adds}", "{group}，{record}：{adds}";
        days_old(n): "{n} d", "{n} 天";
        would_stay(now): "Conviction would stay {now}", "信念值不变，仍为 {now}";
        would_go(now, then): "Conviction would go {now} → {then}", "信念值将从 {now} 变为 {then}";
        questions_for(name): "Questions for {name}", "给 {name} 的问题";
    }
}
