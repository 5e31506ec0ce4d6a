//! The words of my work, quick add, interactions and tasks.

use crate::Language;

catalogue! {
    /// The words of my work, quick add, interactions and tasks in one language.
    WorkWords
    texts {
        my_work: "My work", "我的工作";
        overdue: "Overdue", "已逾期";
        today: "Today", "今天";
        this_week: "The next 7 days", "未来 7 天";
        later: "Later, or any day", "以后或未定";
        past_limit: "Past their stage's limit", "超过阶段时限";
        blocked: "A gate is in the way", "门槛未达";
        old_evidence: "Evidence has gone stale", "证据已过期";
        add_evidence: "Add evidence", "添加证据";
        next_meeting: "Next meeting", "下次会议";
        open_agenda: "Open the agenda", "查看议程";
        nothing_waits: "Nothing is waiting for you", "没有待办事项";
        nothing_waits_why: "Your open tasks stand here, and the deals that you lead: whose next step is due, who stay too long in a stage, at a gate, or on old evidence.",
            "您的未完成待办，以及您负责的项目（下一步将到期、停留超时、门槛未达或证据过期），会出现在这里。";
        quick_add: "Quick add", "快速添加";
        quick_add_about: "What you just heard of, kept at once: the startup, or the one already here, a deal in the first stage, who brought it and the text. Everything else later.",
            "把刚听说的先记下来：公司（或已有的公司）、第一阶段的项目、来源和原文；其余以后再补。";
        name: "Name of the startup", "公司名称";
        website: "Web site", "网站";
        website_hint: "By its domain a startup that is here already is known first.", "已有的公司首先按域名识别。";
        one_liner: "What it does, in a line", "一句话介绍";
        brought_by: "Who brought it", "谁介绍的";
        channel: "Channel", "渠道";
        text: "Text", "原文";
        text_hint: "A message, a mail, your notes. Markdown is drawn, and kept as written.", "消息、邮件或笔记。支持 Markdown，并按原文保存。";
        link: "Link", "链接";
        link_hint: "A deck, an article, a profile: kept as a document of the deal.", "演示文稿、文章或主页：保存为项目的文件。";
        files: "Files", "文件";
        files_hint: "Up to 10, kept as documents of the deal.", "最多 10 个，保存为项目的文件。";
        already_here: "Already here: ", "已有：";
        same_name: "(same name)", "（同名）";
        same_domain: "(same domain)", "（同一域名）";
        said_known_name: "Already here, by its name. What you sent was added to it; the last changes below can be taken back together.",
            "已有这家公司（同名）。您发送的内容已加入其中，可在下方动态中一并撤销。";
        said_known_domain: "Already here, by its domain. What you sent was added to it; the last changes below can be taken back together.",
            "已有这家公司（同一域名）。您发送的内容已加入其中，可在下方动态中一并撤销。";
        add: "Add", "添加";
        look_for_it: "Look at who is here", "查看已有的公司";
        said_captured: "Kept, with its deal. The last changes below can be taken back together.", "已记录，并已建立项目。可在下方动态中一并撤销。";
        interactions: "Interactions", "互动";
        no_interactions: "Nothing logged yet", "尚无互动记录";
        log_interaction: "Log an interaction", "记录互动";
        kind: "Kind", "方式";
        day: "Day", "日期";
        time: "Time", "时间";
        time_hint: "24 hours, such as 14:05.", "24 小时制，如 14:05。";
        summary: "What came of it, in a line", "一句话结论";
        body: "What was said", "内容";
        participants: "Who took part", "参与者";
        participants_hint: "Names, with commas between them.", "姓名之间用逗号隔开。";
        deal: "Deal", "项目";
        no_deal: "None: all of the fund see it", "不属于项目：全基金可见";
        deal_hint: "What belongs to a deal is seen by those who see the deal.", "属于项目的内容，只有能看到该项目的人可见。";
        say_summary: "Say in a line what came of it.", "请用一句话写明结论。";
        say_name: "Say what the startup is called.", "请填写公司名称。";
        say_day: "Say on which day.", "请填写日期。";
        said_logged: "The interaction is logged.", "互动已记录。";
        tasks: "Tasks", "待办";
        no_tasks: "Nothing to be done", "没有待办";
        add_task: "Add a task", "添加待办";
        what: "What is to be done", "要做什么";
        who: "By whom", "由谁";
        nobody: "Whoever takes it", "待认领";
        due: "Until", "截止日期";
        say_what: "Say what is to be done.", "请写明要做什么。";
        said_task: "The task is added.", "待办已添加。";
        done: "Done", "完成";
        said_done: "Done. The activity can take it back.", "已完成，可在动态中撤销。";
        not_done: "Not done", "未能完成";
        was_done: "done", "已完成";
        edit: "Edit", "编辑";
        edit_task: "Edit the task", "编辑待办";
        edit_interaction: "Edit the interaction", "编辑互动";
        reopen: "Open again", "重新打开";
        said_reopened: "Open again.", "已重新打开。";
        tasks_mine: "Mine", "我的";
        tasks_open: "Open", "未完成";
        tasks_all: "All", "全部";
        tasks_bad: "Choose one of the tabs above. Nothing is shown, so that nobody takes other tasks for these.", "请选择上方的标签。为避免误认，本页不显示任何待办。";
        no_tasks_why: "Tasks are added on the page of a startup, and stand here by when they are due.", "待办在公司页面添加，并按到期日列在这里。";
        all_tasks: "All tasks", "全部待办";
        condition: "Condition", "附加条件";
        from_meeting: "from", "来自";
        preview: "Preview", "预览";
        nothing_to_preview: "Nothing is written yet.", "尚未填写内容。";
        checklist: "Checklist", "尽调清单";
        for_all: "Asked of every startup", "每家公司都要答";
        state: "What came of it", "结论";
        note: "Note", "备注";
        note_changed: "Note changed", "备注已更改";
        answer_it: "Answer", "填写";
        say_state: "Choose what came of it.", "请选择结论。";
        next_step: "Next step", "下一步";
    }
    sentences {
        due_on(day): "due {day}", "{day} 到期";
        with(people): "with {people}", "参与：{people}";
        logged_by(who): "logged by {who}", "{who} 记录";
        stale_in(stage, days, limit): "{stage} {days} d: limit {limit}", "{stage} {days} 天，时限 {limit} 天";
        gate_lacks(stage, names): "The gate to {stage} lacks: {names}", "{stage}门槛未达：{names}";
        for_deal(title): "for {title}", "项目：{title}";
        not_a_time(text): "“{text}” is no time of day; write it as 14:05.", "“{text}”不是时间，请写成 14:05。";
        did_log(what): "logged “{what}”", "记录了互动“{what}”";
        did_change_interaction(what): "changed the interaction “{what}”", "更改了互动“{what}”";
        did_add_task(what): "added the task “{what}”", "添加了待办“{what}”";
        did_finish_task(what): "finished the task “{what}”", "完成了待办“{what}”";
        did_change_task(what): "changed the task “{what}”", "更改了待办“{what}”";
        for_layer(layer): "Asked of its layer: {layer}", "所在层要答：{layer}";
        done_what(what): "Done: {what}", "完成：{what}";
        reopen_what(what): "Open again: {what}", "重新打开：{what}";
        edit_what(what): "Edit: {what}", "编辑：{what}";
    }
}
