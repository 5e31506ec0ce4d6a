//! The words of the board, of the table of deals and of moves.

use crate::Language;

catalogue! {
    /// The words of the board and of deals in lists, in one language.
    PipelineWords
    texts {
        pipeline: "Pipeline", "项目看板";
        deals: "Deals", "项目";
        deal: "Deal", "项目";
        text: "Title or name contains", "标题或名称包含";
        search_deals: "Show deals whose title or startup contains", "筛选标题或公司名称包含的项目";
        search_hint: "Deal or startup", "项目或公司";
        owner: "Owner", "负责人";
        me: "Me", "我";
        channel: "Channel", "渠道";
        round: "Round", "轮次";
        stage: "Stage", "阶段";
        status: "Status", "状态";
        stale_filter: "Time in stage", "停留时间";
        stale_either: "Any", "不限";
        stale_yes: "Past the limit", "已超期";
        stale_no: "Within the limit", "未超期";
        collapsed: "Folded columns", "折叠的列";
        density: "Density", "疏密";
        cards: "Cards of a column", "每列卡片数";
        comfortable: "Cards", "卡片";
        compact: "One line a card", "每张一行";
        age_down: "Longest in stage first", "停留最久在前";
        age_up: "Newest in stage first", "最近进入在前";
        next_up: "Next step due first", "下一步最早到期在前";
        title_up: "Title, A to Z", "标题，正序";
        title_down: "Title, Z to A", "标题，倒序";
        conviction_down: "Highest conviction first", "信念值最高在前";
        conviction_up: "Lowest conviction first", "信念值最低在前";
        opened_down: "Last opened first", "最近新建在前";
        opened_up: "First opened first", "最早新建在前";

        opened: "Opened", "新开";
        reached: "Reached or passed", "到达或经过";
        beyond: "Went on from", "从中推进";
        furthest: "Furthest stage", "最远阶段";
        skipped: "Skipped", "跳过";
        moved_in: "Moves", "变动";
        moved_advanced: "went on", "推进";
        moved_entered: "came into or through", "进入或经过";
        moved_invested: "invested", "已投资";
        moved_opened: "opened", "新开";
        moved_passed: "passed or lost", "不投或错失";
        moved_skipped: "skipped", "跳过";
        moved_still: "came into and still there", "进入且仍在";
        source: "Source", "来源";
        nobody: "nobody named", "未注明";
        group: "Group", "分组";
        sector_itself: "Sector itself", "赛道本身";
        none_of_it: "none", "无";
        first_of_startup: "First deal of its startup", "公司的首个项目";
        yes: "yes", "是";
        no: "no", "否";

        board_region: "Board, scrolls sideways", "看板，可左右滚动";
        table_region: "Deals, scrolls sideways", "项目列表，可左右滚动";
        as_table: "As a table", "表格";
        as_board: "As a board", "看板";
        gate: "Gate", "门槛";
        retired: "retired", "已停用";
        no_cards: "No deals", "没有项目";
        past_limit: "past the limit of its stage", "已超过阶段期限";
        no_next: "No next step", "没有下一步";
        overdue: "overdue", "已逾期";
        restricted: "Only its team sees this", "仅项目成员可见";
        overridden: "Gate overridden", "已破例推进";
        move_to: "Move to…", "移至…";
        hold_here: "Put on hold", "暂缓";
        pass_here: "Pass…", "不投…";
        invest_here: "Invested…", "已投资…";
        lose_here: "Lost…", "已错失…";
        seeks: "Seeks", "拟融资";
        ours: "Ours", "我方拟投";
        rounds: "Rounds", "拟融资";
        age: "In stage", "停留";
        next_step: "Next step", "下一步";
        updated: "Updated", "更新";
        keys: "Arrows go from card to card, M moves, Shift with ← → to the stage beside, Enter opens, C folds the column",
            "方向键在卡片间移动，M 移动项目，Shift 加 ← → 移至相邻阶段，Enter 打开，C 折叠列";

        nothing_yet: "No active deals yet", "还没有进行中的项目";
        nothing_yet_why: "Here stands every deal by how far it got. Open one from a startup's page; it begins in the first stage.",
            "每个项目按进展列在这里。从公司页面新建项目，它会进入第一个阶段。";
        no_deals: "No deals yet", "还没有项目";
        nothing_then: "No deal was known on that day", "当日尚无项目";
        bad_query_why: "No deals are shown, so that nobody takes an unfiltered board for a filtered one. Remove what is marked red, or clear all.",
            "为避免把未筛选的看板误认为已筛选，本页不显示任何项目。请移除标红的条件，或全部清除。";
    }
    sentences {
        days_from_to(from, to): "{from} to {to}", "{from}至{to}";
        since(from): "since {from}", "{from}起";
        until(to): "until {to}", "截至{to}";
        days_ago(n): "{n} days ago", "{n} 天前";
        moved_at(what, stage, days): "{what} {stage}, {days}", "{what} {stage}，{days}";
        moved_anywhere(what, days): "{what}, {days}", "{what}，{days}";
        brought_by(channel, who): "{channel}, {who}", "{channel}，{who}";
        field_is(field, value): "{field}: {value}", "{field}：{value}";
        active(n): "{n} active", "进行中 {n} 个";
        in_all(n): "{n} deals", "共 {n} 个项目";
        one_in_all(n): "{n} deal", "共 {n} 个项目";
        stale(n): "{n} past the limit", "{n} 个超期";
        unknown(n): "+ {n} unknown", "另 {n} 个未披露";
        unknown_alone(n): "{n} unknown", "{n} 个未披露";
        not_set(n): "+ {n} not set", "另 {n} 个未定";
        not_set_alone(n): "{n} not set", "{n} 个未定";
        no_rate(n): "+ {n} without a rate", "另 {n} 个缺汇率";
        no_rate_alone(n): "{n} without a rate", "{n} 个缺汇率";
        limit(n): "limit {n} d", "期限 {n} 天";
        median(n): "median {n} d", "中位 {n} 天";
        days(n): "{n} d", "{n} 天";
        gate_of(stage): "Gate of {stage}", "{stage} 的门槛";
        only_for(scope): "only {scope}", "仅限 {scope}";
        not_for(scope): "not {scope}", "不含 {scope}";
        up_to(round): "up to {round}", "至 {round}";
        show_more(n, left): "Show {n} more ({left} left)", "再显示 {n} 个（还有 {left} 个）";
        open_table(n): "Open {n} as a table", "以表格打开 {n} 个";
        fold_stage(stage): "Fold {stage}", "折叠 {stage}";
        unfold_stage(stage): "Unfold {stage}", "展开 {stage}";
        move_named(name): "Move {name}", "移动 {name}";
        led_by(name): "Owner {name}", "负责人 {name}";
        overridden_what(conditions): "Gate overridden: {conditions}", "已破例推进：{conditions}";
        moved(name, stage, n): "{name} moved to {stage}, {n} deals", "{name} 已移至 {stage}，共 {n} 个项目";
        moved_one(name, stage, n): "{name} moved to {stage}, {n} deal", "{name} 已移至 {stage}，共 {n} 个项目";
        no_match_one(): "No deals match this filter", "没有项目符合这个条件";
        no_match_many(n): "No deals match {n} filters", "没有项目符合这 {n} 个条件";
        range_of(first, last, total): "{first}–{last} of {total}", "第 {first}–{last} 个，共 {total} 个";
        some_of(shown, total): "{shown} of {total}", "{shown} 个，共 {total} 个";
    }
}
