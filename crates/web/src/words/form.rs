//! The words of forms: fields, hints, and what went wrong.

use crate::Language;

catalogue! {
    /// The words of forms in one language.
    FormWords
    texts {
        add_startup: "Add startup", "新增创业公司";
        edit: "Edit", "编辑";
        save: "Save", "保存";
        cancel: "Cancel", "取消";
        needed: "(needed)", "（必填）";
        preview: "Preview", "预览";
        keys_hint: "Ctrl or ⌘ with Enter saves", "按 Ctrl 或 ⌘ 加 Enter 保存";
        faults: "Nothing was saved yet", "尚未保存";
        not_known: "Not known", "未知";
        somebody: "Somebody", "有人";
        not_there: "It is not there, or not for you.", "它不存在，或您无权查看。";

        merged: "They changed other fields than you. Theirs are taken over below; yours are as you typed them. Save again.",
            "对方修改的是其他字段，已并入下方；您填写的内容保持不变。请再次保存。";
        clashing: "You both changed these. What only they changed is taken over below.",
            "你们都修改了以下字段。只有对方修改的内容已并入下方。";
        field: "Field", "字段";
        yours: "Yours", "您的";
        now: "Now", "现在";
        use_mine: "Use mine", "用我的";
        use_theirs: "Use theirs", "用对方的";
        keep_editing: "Keep editing", "继续编辑";

        group_name: "Who it is", "身份";
        group_class: "What it does with models", "与大模型的关系";
        group_company: "The company", "公司情况";
        name: "Name", "名称";
        name_hint: "The name it is known by.", "大家平时叫它的名字。";
        aliases: "Other names", "其他名称";
        name_kind: "Kind", "类型";
        name_language: "Language", "语言";
        language_unknown: "Not said", "未注明";
        language_zh: "Chinese", "中文";
        language_en: "English", "英文";
        domains: "Domains", "域名";
        domains_hint: "One a line, such as example.com. The web site's is added by itself.", "每行一个，如 example.com。网站的域名会自动加入。";
        website: "Web site", "网站";
        website_hint: "Such as https://example.com", "如 https://example.com";
        one_liner: "One line", "一句话介绍";
        one_liner_hint: "What it does, for somebody who never heard of it.", "向从未听说过它的人说明它做什么。";
        description: "Description", "介绍";
        country: "Country", "国家";
        city: "City", "城市";
        founded_on: "Founded on", "成立日期";
        product_launched_on: "Product launched on", "产品上线日期";
        previous_focus: "Did before", "转型前";
        pivoted_on: "Pivoted on", "转型日期";
        structure: "Structure", "架构";
        layer: "Layer", "层";
        sectors: "Sectors", "赛道";
        sectors_hint: "★ is a focus of the fund.", "★ 为基金的重点赛道。";
        competitors: "Competitors", "竞争对手";
        technical_route: "Technical route", "技术路线";
        owns_training_data: "Owns training data", "拥有训练数据";
        usage_flywheel: "Flywheel of usage", "使用飞轮";
        claims_large_model: "Says it has a large model", "声称拥有大模型";
        facts_hint: "Say yes or no only where somebody said so, and how well it is proven.", "只有在有依据时才选择是或否，并注明等级。";
        holds: "Is it so?", "是否如此？";
        grade: "Grade", "等级";
        in_words: "In whose words", "原话";
        on: "When", "何时";
        link: "Link", "链接";
        need: "Need", "需求";
        need_hint: "AI multiplies. Here stands what it multiplies: somebody who pays, and why.", "AI 是乘数。这里写的是被乘的“1”：谁付费，为什么。";
        payer_hint: "Who has the money and spends it on this.", "谁有预算，并且愿意花在这上面。";
        hidden: "Visibility", "可见性";
        other_fields: "Other fields", "其他字段";

        day_shape: "2024-07-31", "2024-07-31";
        say_name: "Say its name.", "请填写名称。";
        say_yes_or_no: "Say yes or no, or leave the fact empty.", "请选择是或否，或把这一项留空。";

        group_what: "What was seen", "看到了什么";
        several: "Several figures at once", "一次录入多项数据";
        several_hint: "Fill the lines that you know. All are recorded together, or none where one is wrong.", "填写已知的各行即可。全部一起记录；若有一行有误，则都不记录。";
        figures: "Figures", "数据";
        record_all: "Record all", "全部记录";
        say_value: "Say the value, or leave the line empty.", "请填写数值，或将整行留空。";
        say_some_figure: "Fill at least one line.", "请至少填写一行。";
        group_when: "When", "何时";
        group_proof: "How we know", "依据";
        kind: "Kind", "类型";
        kind_hint: "Choose first: what else is needed follows from it.", "请先选择类型，其余必填项随之而定。";
        choose_kind: "Choose a kind", "请选择类型";
        choose: "Choose", "请选择";
        money: "Money", "付费";
        loyalty: "Loyalty", "留存";
        reach: "Reach", "规模";
        interest: "Interest", "关注度";
        figure: "Figure", "读数";
        qualifier: "How exactly", "精确程度";
        value: "Value", "数值";
        value_hint: "The level on that day, never an increment. Percent as a number: 35.", "当日的水平，而不是增量。百分比直接填数字，如 35。";
        currency: "Currency", "货币";
        currency_hint: "For revenue: three letters, such as CNY.", "仅用于收入：三个字母，如 CNY。";
        revenue_basis: "Basis of revenue", "收入口径";
        basis_hint: "For revenue. What is paid for goods that pass through is no revenue.", "仅用于收入。流水 GMV 不是收入。";
        window: "Window", "统计窗口";
        window_hint: "For active users: counted over which time.", "仅用于活跃用户：按多长时间统计。";
        horizon_days: "After how many days", "多少天后";
        horizon_hint: "For retention: 1, 7, 30, 90 or more.", "仅用于留存率：1、7、30、90 或更多。";
        sample_size: "Sample", "样本量";
        sample_hint: "Of how many: the cohort, the calls made, the people asked.", "基数：同期用户数、访谈次数或受访人数。";
        as_found: "Words as found", "原文";
        as_found_hint: "As the source says it, if it gives no plain figure.", "来源没有给出明确数字时，照抄原文。";
        segment: "Segment", "细分";
        segment_hint: "If it holds for a part only, such as one city.", "仅适用于部分范围时填写，如某个城市。";
        observed: "Observed", "观察时间";
        precision: "How exactly", "精确程度";
        observed_on: "Day", "日期";
        observed_hint: "The day that the figure is about; of a period its last day.", "数值所指的日期；如为一段时间，填最后一天。";
        period_start: "Period from", "起始日";
        period_hint: "If it is about a period: its first day.", "如为一段时间，填第一天。";
        valid_until: "In force until", "有效期至";
        valid_hint: "For contracts and pilots.", "仅用于合同与试点。";
        source: "Source", "来源";
        supplied_by: "Supplied by", "提供人";
        source_url_hint: "Where it can be read again.", "可再次查阅的位置。";
        documents: "Documents", "文件";
        new_document: "Attach a new document", "附上新文件";
        document_title: "Title", "标题";
        document_title_hint: "Left out, a file's own name.", "不填时使用文件名。";
        add_file: "Add a file", "添加文件";
        add_link: "Add a link", "添加链接";
        file: "File", "文件";
        file_hint: "A deck, a contract, an export, a picture; kept as it is.", "商业计划书、合同、导出数据或图片；原样保存。";
        file_link_hint: "Where it came from, if it is on the web too.", "如网上也有，填写其出处。";
        publisher: "Publisher", "发布者";
        publisher_hint: "Who published it first.", "最初由谁发布。";
        byline: "Author", "作者";
        type_text: "text", "文本";
        type_unknown: "unknown type", "未知类型";
        say_link: "Give the link.", "请填写链接。";
        say_file_or_link: "Choose a file, or give a link.", "请选择文件，或填写链接。";
        proof_rule: "Documented needs a document or a link. What the founder, the deck or the press says stays Claimed until a document is attached: a link only repeats their words.",
            "“有凭据”需要文件或链接。创始人、商业计划书或媒体的说法，附上文件之前只能算“声称”：链接只是转述。";
        grade_hint: "Verified and Refuted come by a review that says what was checked.", "“已核实”与“已证伪”须经复核，并写明核查了什么。";
        note: "Note", "备注";
        correct: "Correct evidence", "更正证据";
        correct_hint: "A correction is a new record; the old one stays, struck.", "更正会新建一条记录，旧记录以删除线保留。";
        save_correction: "Save the correction", "保存更正";
        review_hint: "The grade before stays in the record's history.", "原等级会保留在记录的历史中。";
        save_review: "Save the review", "保存复核";
        new_grade: "New grade", "新等级";
        checked: "What was checked", "核查了什么";
        checked_hint: "Such as: called 3 customers and saw their invoices.", "例如：致电 3 位客户并查看发票。";
        retract: "Retract evidence", "撤回证据";
        retract_hint: "It counts no more, and stays in the ledger, struck. This cannot be undone: record it anew if it was right.",
            "撤回后不再计入，以删除线保留在台账中。撤回不可撤销：如果记录无误，请重新记录。";
        reason: "Why", "原因";
        reason_hint: "Such as: it speaks of another company.", "例如：这条记录说的是另一家公司。";
        is_retracted: "It is retracted already.", "该记录已撤回。";
        say_kind: "Choose what was seen.", "请选择类型。";
        say_day: "Say which day the figure is about.", "请填写数值所指的日期。";
        say_source: "Say where it comes from.", "请选择来源。";
        say_horizon: "Say after how many days, such as 30.", "请填写多少天后，如 30。";
        say_window: "Say over which time they are counted.", "请选择统计窗口。";
        say_currency: "Money needs its currency, such as CNY.", "金额需要货币，如 CNY。";
        say_grade: "Choose the new grade.", "请选择新等级。";
        say_checked: "Say what was checked.", "请写明核查了什么。";
        say_reason: "Say why.", "请写明原因。";
        say_document: "Choose a file, or give both a title and a link.", "请选择文件，或同时填写标题和链接。";
    }
    sentences {
        edit_name(name): "Edit {name}", "编辑 {name}";
        choose_again(name): "Choose {name} again: a file is not kept until all is saved.", "请重新选择 {name}：全部保存前不会保留文件。";
        other_name(n): "Other name {n}", "其他名称 {n}";
        taken_domain(name): "Already here: {name} (same domain).", "已有：{name}（同一域名）。";
        taken_name(name): "Already here: {name} (same name).", "已有：{name}（同名）。";
        taken(name): "Already here: {name}.", "已有：{name}。";
        look_at(name): "Look at {name}", "查看 {name}";
        not_a_day(text): "“{text}” is no day; write it as 2024-07-31.", "“{text}”不是日期；请写成 2024-07-31。";
        not_a_number(text): "“{text}” is no number.", "“{text}”不是数字。";
        not_whole(text): "“{text}” is no whole number.", "“{text}”不是整数。";
        changed_meanwhile(who, at): "{who} changed this at {at}, while you were editing.", "您编辑期间，{who} 已于 {at} 作修改。";
    }
}
