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

        horizon_days: "After how many days", "多少天后";
        valid_until: "In force until", "有效期至";
        revenue_basis: "Basis of revenue", "收入口径";
        sample_size: "Sample", "样本量";
        checked: "What was checked", "核查了什么";
    }
    sentences {
        edit_name(name): "Edit {name}", "编辑 {name}";
        other_name(n): "Other name {n}", "其他名称 {n}";
        taken_domain(name): "Already here: {name} (same domain).", "已有：{name}（同一域名）。";
        taken_name(name): "Already here: {name} (same name).", "已有：{name}（同名）。";
        taken(name): "Already here: {name}.", "已有：{name}。";
        look_at(name): "Look at {name}", "查看 {name}";
        not_a_day(text): "“{text}” is no day; write it as 2024-07-31.", "“{text}”不是日期；请写成 2024-07-31。";
        changed_meanwhile(who, at): "{who} changed this at {at}, while you were editing.", "您编辑期间，{who} 已于 {at} 作修改。";
    }
}
