//! The words of the matrix of layers and sectors.

use crate::Language;

catalogue! {
    /// The words of the matrix, in one language.
    MatrixWords
    texts {
        matrix: "Matrix", "矩阵";
        about: "Where the fund looks, and where it does not: every sector by layer. A startup counts for a sector and for those above it.",
            "基金在看哪里、没在看哪里：各赛道按层分布。公司计入所在赛道及其上级赛道。";
        measure: "Measure", "指标";
        startups: "Startups", "公司数";
        deals: "Active deals", "进行中项目";
        proof: "With verified proof", "有已核实凭证";
        conviction: "Median conviction", "信念值中位数";
        gap: "Median hype gap", "水分中位数";
        startups_means: "Each cell says how many.", "每格为公司数。";
        deals_means: "How many active deals their startups have; n is how many startups these are.",
            "其中公司的进行中项目数，以及公司数。";
        proof_means: "The share of n startups that have proof graded Verified.", "公司中有“已核实”凭证的占比，以及公司数。";
        conviction_means: "The median conviction of the n startups of which something is live.", "有有效证据的公司的信念值中位数，以及公司数。";
        gap_means: "The median of what is claimed beyond demand, of the n startups of which something is live.",
            "有有效证据的公司中声称超出需求部分的中位数，以及公司数。";
        came_in_means: "The period narrows it to startups that were written down in it, both days among them.",
            "时段将其限于在该时段内（含首尾两日）收录的公司。";
        region: "The matrix, scrolls sideways", "矩阵，可左右滚动";
        all_layers: "All layers", "全部层";
        all_sectors: "All startups", "全部公司";
        no_sector: "In no sector", "无赛道";
        twice: "A startup in two sectors counts in each of their rows, and once in a total.",
            "属于两个赛道的公司在两行中各计一次，在合计中只计一次。";
        no_match: "No startups match these filters", "没有公司符合这些条件";
        few: "few", "样本少";
        few_means: "Hatched: fewer than 3, so that the figure says little.", "斜纹：不足 3 家，数值参考意义有限。";
        empty_means: "· no startup", "· 没有公司";
        legend: "Shade, and the length of the line below: up to and with", "颜色与底线长度：不超过";
        roots: "Main sectors", "一级赛道";
        every_sector: "Every sector", "全部赛道";
        depth: "Depth", "层级";
        focus: "Focus of the fund", "基金重点赛道";
        focus_menu: "Focus", "重点";
        payer: "Who pays", "谁付费";
        open_problem: "Not solved yet", "尚未解决";
        thesis: "Thesis", "投资判断";
        nothing_yet: "Nothing to count yet", "还没有可统计的公司";
        nothing_yet_why: "Startups appear here by their layer and sectors as soon as there are any.", "收录公司后，这里按层与赛道统计。";
        nothing_then: "No startup was known on that day", "当日还没有公司";
        bad_query_why: "No figures are shown, so that nobody takes them for others. Remove what is marked red, or clear all.",
            "为避免误认，本页不显示数值。请移除标红的条件，或全部清除。";
    }
    sentences {
        n(n): "n {n}", "{n} 家";
        opens(sector, layer, figure): "{sector}, {layer}: {figure}", "{sector}，{layer}：{figure}";
    }
}
