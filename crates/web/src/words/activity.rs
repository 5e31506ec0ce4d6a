//! The words of the workspace's activity.

use crate::Language;

catalogue! {
    /// The words of the workspace's activity in one language.
    ActivityWords
    texts {
        activity: "Activity", "动态";
        about: "Every change of the workspace, newest first. What happens in a restricted deal is told to its team alone.",
            "工作区的全部变更，最新在前。受限项目的变更只有其成员可见。";
        who: "Who", "谁";
        anybody: "Anybody", "所有人";
        what: "What", "什么";
        anything: "Anything", "全部内容";
        when: "When", "何时";
        since: "From", "从";
        until: "Until", "至";
        all_days: "Any day", "不限日期";
        last_7: "Last 7 days", "最近 7 天";
        last_30: "Last 30 days", "最近 30 天";
        import: "Import", "导入";
        newest: "Newest", "最新";
        newer: "Newer", "较新";
        older: "Older", "较早";
        nothing: "No change matches", "没有符合条件的变更";
        nothing_yet: "Nothing has happened yet", "还没有任何变更";
        nothing_why: "Choose other people, other records or another time.", "请选择其他成员、内容或时间。";
        nothing_yet_why: "As soon as somebody adds or changes something, it stands here: who, what and when.",
            "只要有人新增或更改内容，这里就会列出：谁、什么、何时。";
        bad_query_why: "No changes are shown, so that nobody takes them for others. Remove what is marked red, or clear all.",
            "为避免误认，本页不显示任何变更。请移除标红的条件，或全部清除。";
        of_startups: "Startups", "公司";
        of_evidence: "Evidence", "证据";
        of_deals: "Deals", "项目";
        of_interactions: "Interactions", "互动";
        of_tasks: "Tasks", "待办";
        of_documents: "Documents", "文件";
        of_people: "People", "人员";
        of_providers: "Providers", "模型供应商";
        of_checklists: "Checklists", "尽调清单";
        of_beliefs: "Theses and capabilities", "投资判断与模型能力";
        of_reviews: "Meetings", "会议";
        of_imports: "Imports", "导入";
        of_settings: "Settings", "设置";
        did_vote: "voted on an item", "对一项投了票";
        did_change_rates: "recorded exchange rates", "记录了汇率";
        did_change_rubric: "changed the rubric", "更改了评估准则";
        did_change_review_kind: "changed how a kind of meeting is held", "更改了会议规则";
    }
    sentences {
        imported(source): "from the import {source}", "来自导入 {source}";
        did_add_person(name): "added the person {name}", "添加了人员 {name}";
        did_change_person(name): "changed the person {name}", "更改了人员 {name}";
        did_add_provider(name): "added the provider {name}", "添加了模型供应商 {name}";
        did_change_provider(name): "changed the provider {name}", "更改了模型供应商 {name}";
        did_record_event(name, summary): "recorded what {name} did: {summary}", "记录了 {name} 的动态：{summary}";
        did_add_fund(name): "added the fund {name}", "添加了基金 {name}";
        did_change_fund(name): "changed the fund {name}", "更改了基金 {name}";
        did_add_stage(name): "added the stage {name}", "添加了阶段 {name}";
        did_change_stage(name): "changed the stage {name}", "更改了阶段 {name}";
        did_add_thesis(statement): "added the thesis “{statement}”", "添加了投资判断“{statement}”";
        did_change_thesis(statement): "changed the thesis “{statement}”", "更改了投资判断“{statement}”";
        did_judge_thesis(statement, status): "judged the thesis “{statement}”: {status}", "对投资判断“{statement}”作出结论：{status}";
        did_add_capability(statement): "added the capability “{statement}”", "添加了模型能力“{statement}”";
        did_change_capability(statement): "changed the capability “{statement}”", "更改了模型能力“{statement}”";
        did_judge_capability(statement, status): "judged the capability “{statement}”: {status}", "对模型能力“{statement}”作出结论：{status}";
        did_change_sector(name): "changed the sector {name}", "更改了赛道 {name}";
        did_change_user(name): "changed the user {name}", "更改了用户 {name}";
        did_add_user(name): "added the user {name}", "添加了用户 {name}";
        did_add_token(name): "made the API token {name}", "创建了访问令牌 {name}";
        did_revoke_token(name): "revoked the API token {name}", "停用了访问令牌 {name}";
        did_import(source): "imported {source}", "导入了 {source}";
        did_note_outcome(what): "noted what came later: {what}", "记录了后续情况：{what}";
        did_retract_outcome(what): "retracted what came later: {what}", "撤回了后续情况：{what}";
        did_schedule(title): "scheduled the meeting {title}", "安排了会议 {title}";
        did_begin(title): "began the meeting {title}", "开始了会议 {title}";
        did_close(title): "closed the meeting {title}", "结束了会议 {title}";
        did_change_review(title): "changed the meeting {title}", "更改了会议 {title}";
        did_decide(title): "recorded a decision in {title}", "在 {title} 中记录了决定";
        did_change_agenda(title): "changed the agenda of {title}", "更改了 {title} 的议程";
    }
}
