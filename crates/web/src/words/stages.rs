//! The words of the pipeline's settings.

use crate::Language;

catalogue! {
    /// The words of the settings of stages, in one language.
    StageWords
    texts {
        stages: "Stages", "阶段";
        about: "How far a deal can get, in order: the limit after which it counts as stale, and what the gate asks before a deal comes in. A stage is never deleted, as deals stood in it; a retired one takes no more.",
            "项目进展的各个阶段，按顺序排列：超过期限即视为停滞；进入前须满足门槛条件。阶段不会被删除，因为曾有项目处于其中；停用后不再接收项目。";
        add: "Add a stage", "新增阶段";
        edit: "Edit", "编辑";
        order: "Place", "次序";
        name: "Name", "名称";
        name_en: "English name", "英文名称";
        name_zh: "Chinese name", "中文名称";
        key: "Key", "代码";
        key_hint: "Capitals, digits and _, such as SITE_VISIT. Filters and the API call it so; it never changes.",
            "大写字母、数字与下划线，如 SITE_VISIT。筛选条件与 API 使用它，之后不可更改。";
        limit: "Limit, days", "期限（天）";
        limit_hint: "A deal that is here for longer is stale. 1 to 3,650.", "停留更久的项目视为超期。1 至 3,650。";
        gate: "Gate", "门槛";
        gate_hint: "What must hold before a deal comes into this stage. A partner can override it with a reason.",
            "项目进入此阶段前须满足的条件。合伙人可写明理由破例推进。";
        no_gate: "Open", "无";
        retired: "Retired", "已停用";
        is_retired: "Takes deals", "接收项目";
        takes: "Deals come into it", "接收新项目";
        takes_none: "Retired: deals come into it no more; those in it stay", "停用：不再接收新项目，已在其中的项目保留";
        region: "The stages, scrolls sideways", "阶段列表，可左右滚动";
        asked: "Asked", "适用范围";
        not_asked: "Not asked", "不要求";
        of_all: "Of every deal", "所有项目";
        of_only: "Only of these", "仅限下列";
        of_except: "Of all but these", "除下列以外";
        layers: "Layers", "层";
        rounds: "Rounds", "轮次";
        any_round: "Any round", "任何轮次";
        sets: "Begin with a set", "采用一套阶段";
        sets_about: "The stages of the set come in its order; those that stand and belong to it keep their limit and gate, those that do not are retired where they stand. Deals stay where they are.",
            "按所选一套的顺序排列；已有且属于其中的阶段保留期限与门槛，其余停用并保留原有位置。项目留在原处。";
        standard: "One committee", "一次投决会";
        two_committees: "Two committees", "两次会议";
        adopt: "Adopt this set…", "采用这一套…";
        adopt_now: "Adopt the set", "确认采用";
        said_saved: "Saved.", "已保存。";
        said_adopted: "The set is adopted.", "已采用。";
        new_ones: "New", "新增";
        stays: "Stays", "保留";
        comes_back: "Taken up again", "重新启用";
        goes: "Retired", "停用";
        set_order: "In this order", "顺序";
        say_limit: "Say a whole number of days, 1 to 3,650.", "请填写整数天数，1 至 3,650。";
        say_scope: "Say which layers or rounds.", "请选择层或轮次。";
    }
    sentences {
        edit_name(name): "Edit the stage {name}", "编辑阶段：{name}";
        adopt_name(name): "Adopt the set: {name}", "采用：{name}";
        place(n): "{n}", "第 {n} 位";
        days(n): "{n} d", "{n} 天";
        names(what, names): "{what}: {names}", "{what}：{names}";
    }
}
