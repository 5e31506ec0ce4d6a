//! A list of made-up startups as a file, such as funds buy or export them.

use std::fmt::Write as _;

use crate::{Size, names::Named};

/// What half of them do, in Chinese and in English; some with words that the importer knows.
const LINES: [(&str, &str); 6] = [
    (
        "用多模态大模型为连锁门店排班，省下店长每周的人工核对",
        "Drafts shift plans for retail chains from messages and till data",
    ),
    (
        "为游戏工作室生成 3D 资产，按交付的模型收费",
        "3D asset generation for game studios, priced by delivered model",
    ),
    (
        "面向制造业的视觉质检，边缘设备上运行",
        "Visual inspection for factories that runs on the line's own devices",
    ),
    (
        "法律合同审查助手，接入现有的文档系统",
        "Reviews contracts inside the document system that a legal team has",
    ),
    (
        "RPA 流程自动化，把文字指令变成办公软件里的动作",
        "Text to action for back offices: instructions become clicks and entries",
    ),
    (
        "预训练与微调工具，数据留在客户自己的机房",
        "Fine-tuning tools for teams whose data may not leave the building",
    ),
];
const PLACES: [(&str, &str, &str); 4] = [
    ("CN", "北京", "智能,企业服务"),
    ("US", "San Francisco", "AI, B2B, SaaS"),
    ("CN", "深圳", "机器人,硬件"),
    ("GB", "London", "AI, Developer Tools"),
];

/// A CSV file of so many startups, its head first: `id, name, one_liner, description, country, city, website, tags, founded`.
pub fn list(size: Size) -> String {
    let mut named = Named::new(size);
    let mut text = String::from("id,name,one_liner,description,country,city,website,tags,founded\n");
    for n in 1..=size.startups {
        let (name, domain) = named.name_and_domain(n);
        let (chinese, english) = LINES[(n as usize / 2) % LINES.len()];
        let line = if n % 2 == 1 { chinese } else { english };
        let (country, city, tags) = PLACES[n as usize % PLACES.len()];
        let _ = writeln!(
            text,
            "s-{n},\"{name}\",\"{line}\",\"{line}. Fictional company {n}, made up to measure with: {chinese}; {english}.\",{country},{city},https://{domain},\"{tags}\",{}",
            2012 + n % 14
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_a_row_for_each_startup_and_none_twice() {
        let text = list(Size {
            startups: 500,
            seed: 1,
        });
        let ids: std::collections::HashSet<&str> = text
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').next())
            .collect();
        assert_eq!(text.lines().count(), 501);
        assert_eq!(ids.len(), 500);
    }
}
