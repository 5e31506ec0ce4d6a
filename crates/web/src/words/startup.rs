//! The words of a startup's page.

use crate::Language;

catalogue! {
    /// The words of a startup's page in one language.
    StartupWords
    texts {
        add_evidence: "Add evidence", "添加证据";
        edit: "Edit", "编辑";
        on_this_page: "On this page", "本页内容";
        best_grade: "Best grade", "最高等级";
        the_one: "The 1", "“1”";
        the_one_why: "Who pays, and why", "谁付费，为什么";
        no_one: "No 1 in front", "前面没有“1”";
        no_one_why: "Nobody is named who pays for this. AI multiplies; without a need that somebody pays for there is nothing to multiply.",
            "还没有写明谁为此付费。AI 是乘数；没有人愿意付费的需求，就没有可乘的“1”。";
        name_need: "Name the need", "写明需求";
        payer: "Who pays", "谁付费";
        pain: "What hurts", "痛点";
        cost_today: "What it costs them today", "目前的代价";
        alternative_today: "What they use instead", "目前的替代方案";
        evidence: "Evidence", "证据";
        no_evidence_why: "Proof of real users goes here: customers who pay, users who come back. Each record keeps its source and its grade.",
            "真实用户的凭证记在这里：付费的客户、回来的用户。每条记录都保留来源与等级。";
        older: "Older records", "更早的记录";
        newest: "Newest records", "最新的记录";
        superseded: "Superseded", "已被更正";
        newer_record: "by a newer record", "见更新的记录";
        overtaken: "Replaced", "已被取代";
        by_newer_figure: "by a newer figure", "见较新的数据";
        supersedes: "Corrects an older record", "更正了一条旧记录";
        retracted: "Retracted", "已撤回";
        review: "Review grade", "复核等级";
        correct: "Correct", "更正";
        retract: "Retract…", "撤回…";
        grade_history: "History of the grade", "等级变更";
        checked: "checked:", "核查：";
        deals: "Deals", "项目";
        no_deals: "No deals yet", "尚无项目";
        restricted: "Only its team sees this", "仅项目成员可见";
        stale: "longer than the stage's limit", "超过阶段期限";
        next_step: "Next step", "下一步";
        owner: "Owner", "负责人";
        seeks: "Seeks", "拟融资";
        overdue: "overdue", "已逾期";
        people: "People", "人员";
        no_people: "Nobody noted yet", "尚未记录人员";
        founder: "Founder", "创始人";
        elsewhere: "Also", "其他经历";
        competitors: "Competitors", "竞争对手";
        no_competitors: "None named", "尚未指定";
        documents: "Documents", "文件";
        add_file: "Add a file", "添加文件";
        add_link: "Add a link", "添加链接";
        its_link: "Link", "链接";
        no_documents: "No documents yet", "尚无文件";
        activity: "Activity", "动态";
        all_of_it: "Last changes", "最近的变更";
        undo: "Undo", "撤销";
        the_program: "Touchstone", "试金石";
        identity: "Identity", "身份";
        also_called: "Also called", "又名";
        domains: "Domains", "域名";
        website: "Web site", "网站";
        place: "Place", "所在地";
        founded: "Founded", "成立";
        launched: "Product launched", "产品上线";
        structure: "Structure", "架构";
        pivot: "Did before", "转型前";
        pivoted: "Pivoted", "转型时间";
        known_as: "Known to sources as", "来源编号";
        facts: "Graded facts", "分级事实";
        owns_training_data: "Owns training data", "拥有训练数据";
        usage_flywheel: "Flywheel of usage", "使用飞轮";
        claims_large_model: "Says it has a large model", "声称拥有大模型";
        not_known: "not known", "未知";
        description: "Description", "介绍";
        new_tab_hint: "opens another site", "打开其他网站";
        not_undone: "Not undone", "未能撤销";
        back: "Back", "返回";
        said_saved: "Saved.", "已保存。";
        said_added: "The startup is added.", "公司已添加。";
        said_recorded: "The evidence is recorded.", "证据已记录。";
        said_attached: "The document is added.", "文件已添加。";
        said_reviewed: "The grade is changed, and the review kept.", "等级已更改，复核已留存。";
        said_retracted: "The record is retracted. It stays here, struck.", "记录已撤回，仍以删除线保留在此。";
        said_undone: "Taken back. The activity says so.", "已撤销，动态中有记录。";
        did_add_startup: "added the startup", "添加了公司";
        did_answer_checklist: "answered an item of the checklist", "更新了尽调清单";
        did_change_something: "changed something", "作了变更";
    }
    sentences {
        since_year(year): "since {year}", "{year} 年至今";
        until_year(year): "until {year}", "至 {year} 年";
        days_in_stage(days): "{days} d in this stage", "在此阶段 {days} 天";
        older_figures(n): "Older figures that it replaces: {n}", "被它取代的旧数据：{n} 条";
        sample(n): "sample {n}", "样本 {n}";
        segment_of(segment): "segment: {segment}", "细分：{segment}";
        period_from(day): "from {day}", "自 {day}";
        in_force_until(day): "in force until {day}", "有效期至 {day}";
        supplied_by(who): "supplied by {who}", "由 {who} 提供";
        recorded_by(who, day): "recorded by {who}, {day}", "{who} 记录于 {day}";
        retracted_because(day, reason): "{day}: {reason}", "{day}：{reason}";
        changed(when, who): "Changed {when} by {who}", "{who} 更改于 {when}";
        changed_at(when): "Changed {when}", "更改于 {when}";
        records(n): "{n} records", "{n} 条记录";
        did_change(fields): "changed {fields}", "更改了{fields}";
        did_record(what): "recorded {what}", "记录了 {what}";
        did_correct(what): "corrected to {what}", "更正为 {what}";
        did_grade(what, from, to): "graded {what}: {from} → {to}", "复核 {what}：{from} → {to}";
        did_retract(what): "retracted {what}", "撤回了 {what}";
        did_open_deal(title): "opened the deal {title}", "新建项目 {title}";
        did_change_deal(title): "changed the deal {title}", "更改了项目 {title}";
        did_move_deal(title): "moved the deal {title}", "移动了项目 {title}";
        did_override(title, reason): "moved the deal {title} past a closed gate: {reason}", "破例推进了项目 {title}：{reason}";
        did_void_move(title): "took back the last move of {title}", "作废了 {title} 的上一次移动";
        did_add_dependency(provider): "noted that it builds on {provider}", "记录了对 {provider} 的依赖";
        did_change_dependency(provider): "changed how it builds on {provider}", "更改了对 {provider} 的依赖";
        did_add_document(title): "added the document {title}", "添加了文件 {title}";
        did_change_document(title): "changed the document {title}", "更改了文件 {title}";
        did_add_post(person, organisation): "noted {person} at {organisation}", "记录了 {person} 任职于 {organisation}";
        did_undo(what): "took back a change: {what}", "撤销了一项变更：{what}";
    }
}
