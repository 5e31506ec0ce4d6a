//! The words of the pages of analytics.

use crate::Language;

catalogue! {
    /// The words of analytics, in one language.
    AnalyticsWords
    texts {
        analytics: "Analytics", "分析";
        funnel: "Funnel", "漏斗";
        flow: "Flow", "流量";
        sources: "Sources", "来源";
        pipeline: "Active deals", "进行中项目";

        period: "Period", "时段";
        last_30: "Last 30 days", "最近 30 天";
        last_90: "Last 90 days", "最近 90 天";
        this_quarter: "This quarter", "本季度";
        last_quarter: "Last quarter", "上季度";
        this_year: "This year", "今年";
        last_year: "Last year", "去年";
        from: "From", "从";
        to: "To", "至";
        any_time: "Any time", "不限时间";
        opened_in: "Opened", "新开于";
        from_to: "From … to", "起止日期";
        owner: "Owner", "负责人";
        channel: "Channel", "渠道";
        all_layers: "All layers", "全部层";
        all_sectors: "All sectors", "全部赛道";
        all_owners: "All owners", "全部负责人";
        all_channels: "All channels", "全部渠道";
        mode: "View", "口径";
        cohort: "Cohort", "批次";
        activity: "Activity", "活动";
        interval: "Interval", "间隔";
        week: "Week", "周";
        month: "Month", "月";
        quarter: "Quarter", "季度";
        group: "Group by", "分组";
        by_layer: "Layer", "层";
        by_sector: "Sector", "赛道";
        by_round: "Round", "轮次";
        bad_query_why: "No figures are shown, so that nobody takes them for others. Remove what is marked red, or clear all.",
            "为避免误认，本页不显示数值。请移除标红的条件，或全部清除。";
        nothing: "Nothing in this period", "该时段内没有数据";
        nothing_why: "Choose a longer period, or fewer filters.", "请选择更长的时段，或减少条件。";
        period_before: "Period before", "上一时段";
        compare: "Compare with the period before", "与上一时段比较";
        entered_before: "Entered before", "上一时段进入";
        conversion_before: "Conversion before", "上一时段转化率";
        skipped: "Of them skipped it", "其中跳过";
        table_region: "The table, scrolls sideways", "表格，可左右滚动";
        few: "few", "样本少";

        cohort_means: "The deals opened in the period, each once a stage, at the furthest stage that they reached, followed to now and not to the end of the period. A skipped stage counts as passed through, a backward move undoes no entry, invested counts as through all, lost with passed: entered = advanced + passed + still there.",
            "该时段内新开的项目，每个阶段各计一次，按到达过的最远阶段，一直跟踪到现在而非时段结束。跳过的阶段视为经过，回退不撤销已进入，已投资视为走完全程，已错失并入不投：进入 = 推进 + 不投 + 仍在。";
        activity_means: "The moves of the period. A move forward enters each stage that it comes into or through, and advances from each that it leaves behind; a move backward counts for nothing. Voided moves are left out.",
            "该时段内的变动。向前一次，即进入所到和途经的每个阶段，并从离开的每个阶段推进；回退不计。已作废的变动不计。";
        funnel_more: "Deals that skipped a stage are among those that entered and advanced, and hatched. Conversion is advanced / entered. Days are those of stays that ended, time on hold left out; under 5 a share is marked few.",
            "跳过该阶段的项目计入进入与推进，以斜线标出。转化率 = 推进 / 进入。天数取已结束的停留，不含暂缓时间；不足 5 时占比标为“样本少”。";
        stage: "Stage", "阶段";
        entered: "Entered", "进入";
        advanced: "Advanced", "推进";
        passed: "Passed or lost", "不投或错失";
        still_there: "Still there", "仍在";
        conversion: "Conversion", "转化率";
        median_days: "Median days", "天数中位数";
        p90_days: "Days of 9 in 10", "九成不超过（天）";
        stays: "Stays", "停留数";
        outcome: "What came of all", "整体去向";

        flow_means: "What happened in each interval, by when it happened, voided moves left out: deals opened, moves to a later stage, moves to passed or lost, moves to invested. Where an interval only touches the period, what lies in it.",
            "各时段内发生的事，按发生时间，不含已作废的变动：新开项目、推进到后续阶段、变为不投或错失、变为已投资。与时段部分重叠的，只计重叠部分。";
        begins: "Begins", "起始";
        opened: "Opened", "新开";
        moved_on: "Advanced", "推进";
        invested: "Invested", "已投资";
        entrants_of_deals: "By owner, channel and fund: startups with a deal of these.", "按负责人、渠道和基金筛选时，指有此类项目的公司。";
        all_funds: "All funds", "全部基金";
        entrants: "Entrants by month of founding", "按成立月份的新公司";
        entrants_means: "Startups founded in each month of the period, with and without proof of real use. Months without any are left out, as are startups whose day is not known.",
            "时段内每月成立的公司，分有无真实使用凭证。没有公司的月份与成立日期不明的公司不列。";
        founded: "Month", "月份";
        with_proof: "With proof", "有凭证";
        without_proof: "Without proof", "无凭证";
        startups: "Startups", "公司数";

        sources_means: "What each source brought, of the deals opened in the period. A deal with several sources counts for each; one without a source for none. New names are startups that had no deal before.",
            "各来源在该时段带来的项目。有多个来源的项目在每个来源各计一次，没有来源的不计。新公司指此前没有项目的公司。";
        who: "Who", "来源方";
        nobody: "Nobody named", "未注明";
        deals: "Deals", "项目";
        reached: "Reached diligence", "到达尽调";
        not_reached: "Before diligence", "未到尽调";
        median_conviction: "Median conviction", "信念值中位数";
        new_names: "New names", "新公司";
        last_new: "Last new name", "最近一次";

        pipeline_means: "Active deals as they stand, put together. A deal of two sectors, channels or funds counts in both. Amounts are those sought, lows and highs added apart in the workspace's currency, by fund in the fund's own; those not known are counted, not guessed.",
            "当前进行中的项目按组汇总。属于两个赛道、渠道或基金的项目在两组各计一次。金额为拟融资额，低端与高端分别相加，折为工作区货币，按基金时折为该基金的币种；未知金额只计数，不估算。";
        pipeline_opened: "The period narrows them to those that were opened in it, by when that happened, both days among them.",
            "时段将其限于在该时段内（含首尾两日）新开的项目，按实际发生时间。";
        amount: "Amount sought", "拟融资额";
        amount_unknown: "Without an amount", "金额未知";
        stale: "Over the stage's limit", "超过阶段期限";
        in_time: "Within the limit", "期限内";
        no_group: "None", "无";
    }
    sentences {
        between(from, to): "{from} to {to}", "{from} 至 {to}";
        of_deals(n, deals): "{n} (deals: {deals})", "{n}（项目 {deals} 个）";
        n_before(n, before): "{n} · was {before}", "{n} · 上期 {before}";
        n_deals_before(n, before): "n = {n} deals, {before} in the period before", "n = {n} 个项目，上一时段 {before} 个";
        n_moves_before(n, before): "{n} opened in the period, {before} in the period before", "时段内新开 {n} 个，上一时段 {before} 个";
        n_deals(n): "n = {n} deals", "n = {n} 个项目";
        n_startups(n): "n = {n} startups", "n = {n} 家公司";
        n_moves(n): "{n} opened in the period", "时段内新开 {n} 个";
        goes_on(share, median, p90): "{share} went on · median {median} d · 9 in 10 within {p90} d", "{share} 推进 · 中位 {median} 天 · 九成在 {p90} 天内";
        went_on(share): "{share} went on", "{share} 推进";
        n_brought(n): "n = {n}, a deal of several sources counted for each", "n = {n}，多来源的项目各计一次";
    }
}
