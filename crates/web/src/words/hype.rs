//! The words of the hype map.

use crate::Language;

catalogue! {
    /// The words of the hype map, in one language.
    HypeWords
    texts {
        about: "A dot for every startup with live evidence: to the right what it claims, upward what its evidence shows. On the line all of the claim is shown; the further below it, the more is talk.",
            "每个点是一家有有效证据的公司：越靠右声称越多，越靠上证据显示的需求越多。在线上，句句属实；离线越远，空谈越多。";
        claimed_demand: "Claimed demand", "声称需求";
        demand: "Demand", "需求";
        claimed_axis: "Claimed demand: what it would be if every word were believed →", "声称需求：若句句可信 →";
        demand_axis: "↑ Demand: what the evidence shows", "↑ 需求：证据所示";
        all_shown: "all shown", "句句属实";
        talk: "talk", "空谈";
        hype_gap: "Hype gap", "水分";
        hype_share: "Hype share", "水分占比";
        startup: "Startup", "公司";
        grade: "Best grade", "最高等级";
        no_grade: "No record of use", "无使用记录";
        legend_grade: "Sign: best grade", "符号：最高等级";
        legend_layer: "Bar beside it: layer", "旁边的横条：层";
        map_region: "The map, scrolls sideways", "水分图，可左右滚动";
        table: "By hype gap, the widest first", "按水分排列，最大在前";
        table_region: "Startups by hype gap, scrolls sideways", "按水分排列的公司，可左右滚动";
        by_layer: "By layer", "按层";
        by_sector: "By sector", "按赛道";
        layers_region: "Sums by layer, scrolls sideways", "按层汇总，可左右滚动";
        sectors_region: "Sums by sector, scrolls sideways", "按赛道汇总，可左右滚动";
        startups: "Startups", "公司数";
        flagged: "Flagged", "有标记";
        flagged_long: "With the flag Hype gap", "带“水分”标记";
        median_claimed: "Median claimed", "声称中位数";
        median_demand: "Median demand", "需求中位数";
        median_gap: "Median gap", "水分中位数";
        several: "A startup in several sectors counts in each.", "属于多个赛道的公司在每个赛道各计一次。";
        roots: "Main sectors", "一级赛道";
        every_sector: "Every sector", "全部赛道";
        no_sector: "In no sector", "无赛道";
        all_layers: "All layers", "全部层";
        all_sectors: "All sectors", "全部赛道";
        nothing_yet: "Nothing to put on the map yet", "图上还没有公司";
        nothing_yet_why: "A startup appears here with its first record of evidence: what it claims against what is shown.",
            "公司有了第一条证据记录后会出现在这里：声称的与所示的对照。";
        nothing_then: "Nothing was on the map on that day", "当日图上还没有公司";
        bad_query_why: "No map is drawn, so that nobody takes another one for it. Remove what is marked red, or clear all.",
            "为避免误认，本页不绘图。请移除标红的条件，或全部清除。";
        heat: "The darker a field, the more startups lie in it; each shade doubles.", "颜色越深，公司越多；每深一级约多一倍。";
        row: "Row", "行";
        depth: "Depth", "层级";
    }
    sentences {
        described(n): "{n} startups; the same figures stand in the table below.", "{n} 家公司；相同数据见下方表格。";
        widest(n): "The {n} widest gaps of all are in the table.", "表格列出水分最大的 {n} 家。";
        rows_of(first, last, total): "{first}–{last} of {total}", "第 {first}–{last} 家，共 {total} 家";
    }
}
