//! The words of figures in lists, and of the filters by them.

use crate::Language;

catalogue! {
    /// The words of figures in lists, in one language.
    ListWords
    texts {
        also_in: "Also in", "同时属于";
        assessed: "With live evidence", "有有效证据";
        came_in: "Came in", "收录";
        provider: "Builds on", "基于";
        any: "Any", "不限";
        focus_only: "Focus sectors only", "仅重点赛道";
        best_grade: "Best grade", "最高等级";
        conviction: "Conviction", "信念值";
        demand: "Demand", "需求";
        demand_long: "Demand: the 1 that the evidence shows", "需求：证据显示的“1”";
        hype_gap: "Hype gap", "水分";
        hype_gap_long: "What is claimed beyond demand", "声称超出需求的部分";
        flags: "Flags", "风险标记";
        no_flags: "None", "无";
        not_looked_at: "Not looked at", "未评估";
        not_looked_at_why: "No record of it is live, and no deal is active", "没有有效记录，也没有进行中的项目";
        hard: "Hard", "严重";
        watch: "To watch", "关注";
        note: "To note", "提示";

        proof: "Proof", "真实凭证";
        proof_either: "With or without", "不限";
        proof_yes: "With proof", "有凭证";
        proof_no: "Without proof", "无凭证";
        figures: "Figures", "数值";
        conviction_range: "Conviction, 0 to 100", "信念值，0 至 100";
        at_least: "At least", "至少";
        at_most: "At most", "至多";
        hype_share: "Hype share", "水分占比";
        hype_share_range: "Hype share, 0 to 1", "水分占比，0 至 1";
        with_flags: "With one of", "含任一";
        without_flags: "With none of", "不含";
        not_flag: "Without flag", "不含标记";
        flag: "Flag", "风险标记";
        yes: "yes", "有";
        no: "no", "无";
    }
    sentences {
        range(from, to): "{from} to {to}", "{from} 至 {to}";
        weighted(weight, names): "{weight}: {names}", "{weight}：{names}";
        short_figures(conviction, demand, gap): "Conviction\u{a0}{conviction} · Demand\u{a0}{demand} · Gap\u{a0}{gap}",
            "信念值\u{a0}{conviction} · 需求\u{a0}{demand} · 水分\u{a0}{gap}";
    }
}
