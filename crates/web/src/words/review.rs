//! The words of review meetings.

use crate::Language;

catalogue! {
    /// The words of review meetings, in one language.
    ReviewWords
    texts {
        reviews: "Reviews", "会议";
        schedule: "Schedule a meeting", "安排会议";
        about: "The agenda of a meeting is made of what changed since the last one of its kind; deciding moves the deal; closing freezes everything as it stood.",
            "议程由自上次同类会议以来的变化生成；作出决定即移动项目；会议结束时，一切按当时状态存档。";
        live: "Going on", "进行中";
        next: "Coming", "即将召开";
        past: "Past", "已结束";
        none_yet: "No meetings yet", "还没有会议";
        older: "Older meetings", "更早的会议";
        newest: "Newest meetings", "最新的会议";
        weekly: "Weekly", "周会";
        project_approval: "Project approval", "立项会";
        committee: "Committee", "投决会";
        kind: "Kind", "类型";
        title: "Title", "标题";
        when: "When", "时间";
        day: "Day", "日期";
        hour: "Starts at", "开始时间";
        hour_hint: "Such as 10:00, in the workspace's time zone.", "例如 10:00，按工作区时区。";
        not_an_hour: "Give an hour such as 10:00.", "请填写时间，例如 10:00。";
        not_minutes: "Give whole minutes, 1 to 1440.", "请填写整数分钟，1 至 1440。";
        minutes: "Minutes", "分钟";
        presenter: "Presenter", "主持人";
        attendees: "Attendees", "出席者";
        attendees_hint: "Partners and administrators among them vote.", "其中的合伙人与管理员参加投票。";
        rule: "What votes mean", "表决规则";
        rule_of_kind: "As meetings of this kind", "按该类会议的规则";
        lead_decides: "The deal's owner decides", "项目负责人决定";
        majority: "Majority; a tie is no", "多数决；平票为否";
        unanimous: "Unanimous", "一致同意";
        blind: "Blind votes", "匿名投票";
        blind_yes: "blind until voting is closed", "投票结束前互不可见";
        blind_no: "open", "公开";
        quorum_half: "half of the voters must vote", "须有半数投票人投票";
        agenda: "Agenda", "议程";
        why_here: "Why it is here", "上会原因";
        nothing_on: "Nothing on the agenda yet", "议程暂无内容";
        nothing_on_why: "As deals come, move, change or wait for a decision, they appear here. You can add any deal yourself.",
            "有项目新增、移动、变化或等待决定时会出现在这里，也可以自行添加。";
        add_deal: "Add a deal", "添加项目";
        add: "Add", "添加";
        drop: "Drop", "移除";
        restore: "Put back", "恢复";
        dropped: "Dropped", "已移除";
        dropped_last_time: "was dropped last time", "上次会议曾移除";
        up: "Earlier", "提前";
        down: "Later", "推后";
        set: "Set", "设定";
        start: "Start the meeting", "开始会议";
        start_hint: "The agenda stands from then on.", "开始后议程固定。";
        join: "Go to the meeting", "进入会议";
        call_off: "Call off", "取消会议";
        called_off: "The meeting is called off. Its activity can undo that.", "会议已取消，可在动态中撤销。";
        read_minutes: "Minutes", "纪要";
        present: "Present", "展示";
        presented: "everybody looks at this", "大家正在看";
        pause: "Pause", "休会";
        please_wait: "Please wait", "请稍候";
        please_wait_why: "There is a break. The meeting goes on here in a moment.", "休会片刻，会议稍后在此继续。";
        reload: "Reload to follow", "刷新以跟进";
        one: "The 1", "“1”";
        no_one: "No 1 in front", "前面没有“1”";
        conviction: "Conviction", "信念值";
        demand: "Demand (the “1”)", "需求（“1”）";
        notes: "Notes", "记录";
        notes_hint: "Markdown", "支持 Markdown";
        save_notes: "Save notes", "保存记录";
        notes_clash: "Somebody saved these notes while you were writing. Yours are below; theirs stand above the field.",
            "您书写期间有人保存了这份记录。您写的在输入框中，对方的在其上方。";
        their_notes: "As saved now", "目前保存的记录";
        votes: "Votes", "投票";
        your_vote: "Your vote", "您的投票";
        strong_yes: "Strong yes", "强烈赞成";
        yes: "Yes", "赞成";
        no: "No", "反对";
        strong_no: "Strong no", "强烈反对";
        abstain: "Abstain", "弃权";
        comment: "In words", "说明";
        vote: "Vote", "投票";
        voted: "voted", "已投";
        close_votes: "Close voting", "结束投票";
        votes_closed: "closed", "已结束";
        conflict: "I have a conflict of interest", "我有利益冲突";
        conflict_back: "I have no conflict any more", "我已无利益冲突";
        conflict_says: "You declared a conflict of interest: you neither vote nor read the notes.", "您已声明利益冲突：不参加投票，也不查看记录。";
        decision: "Decision", "决定";
        decide: "Record decision", "记录决定";
        advance: "Advance", "推进";
        hold: "Hold", "暂缓";
        pass: "Pass", "不投";
        invest: "Invest", "投资";
        what: "What", "决定内容";
        to_stage: "To stage", "至阶段";
        next_stage: "The next one", "下一阶段";
        pass_reason: "Reason, for a pass", "不投的理由";
        revisit_on: "Look again on", "再看日期";
        rationale: "Why", "理由";
        conditions: "Conditions", "附加条件";
        conditions_hint: "One a line; each becomes a task.", "每行一条，各自成为待办。";
        override_reason: "Why a closed gate does not stop it", "破例推进的理由";
        take_back: "Take back", "撤回决定";
        nothing_decided: "Nothing is decided yet.", "尚无决定。";
        close_first: "Close voting first: votes are blind.", "请先结束投票：投票互不可见。";
        tasks: "Tasks", "待办";
        task: "What is to be done", "待办内容";
        who: "Who", "负责人";
        nobody: "Whoever takes it", "待认领";
        due: "Due", "截止";
        add_task: "Add task", "添加待办";
        close: "Close the meeting", "结束会议";
        close_hint: "Freezes minutes and packet. This cannot be undone.", "纪要与存档将固定，不可撤销。";
        undecided: "Not decided", "未决定";
        here: "You look at", "当前查看";
        back_to_current: "Back to what is presented", "回到正在展示的议题";
        previous: "Previous", "上一个";
        forward: "Next", "下一个";
        as_markdown: "Markdown", "Markdown 文件";
        as_json: "Packet (JSON)", "存档 (JSON)";
        amendments: "Amendments", "补充说明";
        amend: "Add a remark", "添加补充说明";
        remark: "Remark", "说明";
        frozen: "Frozen at closing. Its hash is", "会议结束时已固定，哈希值为";
        draft_minutes: "A draft: the minutes are frozen when the meeting is closed.", "草稿：会议结束时纪要将固定。";
        said_scheduled: "Scheduled.", "已安排。";
        said_done: "Done.", "已完成。";
        said_closed: "Closed. Minutes and packet are frozen.", "会议已结束，纪要与存档已固定。";
        not_done: "That was not done", "操作未完成";
        say_day: "Say on which day it is.", "请填写日期。";
        say_title: "Give it a title.", "请填写标题。";
    }
    sentences {
        minutes_of(planned, total): "{planned} of {total} min", "{planned} / {total} 分钟";
        min(n): "{n} min", "{n} 分钟";
        item_of(n, total): "item {n} of {total}", "第 {n} / {total} 项";
        voted_of(n, total): "{n} of {total} voted", "已投 {n}/{total}";
        threshold(n): "{n} yes of the members", "成员中 {n} 票赞成";
        minutes_title(title): "Minutes: {title}", "纪要：{title}";
        live_title(title): "Live: {title}", "进行中：{title}";
        looks_back(day): "What changed since {day}", "自 {day} 以来的变化";
    }
}
