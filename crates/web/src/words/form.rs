//! The words of forms: fields, hints, and what went wrong.

use crate::Language;

catalogue! {
    /// The words of forms in one language.
    FormWords
    texts {
        name: "Name", "名称";
        aliases: "Other names", "其他名称";
        domains: "Domains", "域名";
        website: "Web site", "网站";
        one_liner: "One line", "一句话介绍";
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
        competitors: "Competitors", "竞争对手";
        technical_route: "Technical route", "技术路线";
        owns_training_data: "Owns training data", "拥有训练数据";
        usage_flywheel: "Flywheel of usage", "使用飞轮";
        claims_large_model: "Says it has a large model", "声称拥有大模型";
        need: "Need", "需求";
        hidden: "Visibility", "可见性";
        other_fields: "Other fields", "其他字段";
        horizon_days: "After how many days", "多少天后";
        valid_until: "In force until", "有效期至";
        revenue_basis: "Basis of revenue", "收入口径";
        sample_size: "Sample", "样本量";
        checked: "What was checked", "核查了什么";
    }
    sentences {}
}
