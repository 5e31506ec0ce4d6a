//! Made-up names, in Chinese and English, with what the rules of `domain` make of them.

use std::{collections::HashMap, fmt::Write as _};

use domain::{
    startup::{Name, NameKind, Profile},
    text,
};

use crate::{Size, array, line};

/// Beginnings of Chinese names; two of different lists make one.
const HAN_FIRST: &[&str] = &[
    "星云", "深蓝", "青禾", "云帆", "智海", "灵犀", "北斗", "朗月", "松间", "九章", "千帆", "万象", "知行",
    "格物", "明镜", "飞鸟", "远山", "晨曦", "流光", "极光", "启明", "天工", "开物", "墨子", "鲁班", "伏羲",
    "神农", "仓颉", "河图", "洛书", "昆仑", "蓬莱", "沧海", "桑田", "惊蛰", "谷雨", "白露", "霜降", "立春",
    "夏至", "秋分", "冬至", "玄鸟", "青龙", "朱雀", "白泽", "麒麟", "凤鸣", "鹿鸣", "鹤唳",
];
const HAN_SECOND: &[&str] = &[
    "之光", "之声", "之眼", "之手", "之心", "之路", "之门", "之桥", "之源", "之谷", "引擎", "矩阵", "向量",
    "张量", "语义", "图谱", "感知", "认知", "推理", "决策", "视界", "听见", "妙笔", "画布", "剧场", "工坊",
    "实验", "车间", "学堂", "书院", "医者", "药师", "匠心", "机杼", "机心", "臂膀", "行者", "信使", "管家",
    "伙伴",
];
/// What a Chinese name may end with; the third digit of its number.
const HAN_LAST: &[&str] = &[
    "智能",
    "科技",
    "机器人",
    "大模型",
    "数据",
    "云",
    "三维",
    "语音",
    "视觉",
    "具身",
    "芯片",
    "软件",
    "互娱",
    "教育",
    "医疗",
    "金融",
    "物流",
    "制造",
    "农业",
    "能源",
    "法务",
    "客服",
    "营销",
    "设计",
    "安全",
];
const LATIN_FIRST: &[&str] = &[
    "Amber", "Birch", "Cobalt", "Delta", "Ember", "Fjord", "Granite", "Harbor", "Indigo", "Juniper",
    "Kestrel", "Lumen", "Maple", "Nimbus", "Onyx", "Pebble", "Quartz", "Raven", "Saffron", "Tundra", "Umber",
    "Velvet", "Willow", "Xenon", "Yarrow", "Zephyr", "Aspen", "Basalt", "Cedar", "Dune", "Echo", "Flint",
    "Glacier", "Hazel", "Iris", "Jade", "Kelp", "Lotus", "Moss", "Nectar", "Opal", "Pine", "Quill", "Reef",
    "Slate", "Thorn", "Vale", "Wren", "Yonder", "Zenith",
];
const LATIN_SECOND: &[&str] = &[
    "loop", "mind", "forge", "works", "path", "stack", "sense", "scale", "craft", "bridge", "grid", "cast",
    "point", "flow", "lens", "mesh", "pilot", "spark", "tone", "trace", "vault", "wave", "wise", "yard",
    "zone", "bay", "beam", "bit", "base", "cell", "core", "dock", "edge", "field", "gate", "hub", "kit",
    "lab", "line", "link",
];
const LATIN_LAST: &[&str] = &[
    "AI",
    "Labs",
    "Robotics",
    "Systems",
    "Models",
    "Data",
    "Cloud",
    "3D",
    "Voice",
    "Vision",
    "Agents",
    "Chips",
    "Software",
    "Games",
    "Learning",
    "Health",
    "Finance",
    "Logistics",
    "Works",
    "Farm",
    "Energy",
    "Legal",
    "Support",
    "Studio",
    "Security",
];

/// How many names one language has.
const NAMES: u64 = 50 * 40 * 25;
/// Shares no factor with [`NAMES`], so that its multiples meet every name once.
const STRIDE: u64 = 7_919;

/// Names of startups, each with a slug and a domain that no other has.
pub struct Named {
    seed: u64,
    slugs: HashMap<String, u32>,
}

/// A name out of three lists, by its number among all of them.
fn of_lists(lists: [&[&str]; 3], number: u64, separators: [&str; 2]) -> String {
    let [first, second, last] = lists;
    let (one, rest) = (number % first.len() as u64, number / first.len() as u64);
    let (two, three) = (rest % second.len() as u64, rest / second.len() as u64);
    // Beyond all names, they are told apart by a number.
    let round = number / NAMES;
    let mut name = [
        first[one as usize],
        separators[0],
        second[two as usize],
        separators[1],
        last[(three % last.len() as u64) as usize],
    ]
    .concat();
    if round > 0 {
        let _ = write!(name, " {}", round + 1);
    }
    name
}

impl Named {
    pub fn new(size: Size) -> Self {
        Self {
            seed: u64::from(size.seed),
            slugs: HashMap::new(),
        }
    }

    /// The names of the startup with this number in Latin letters and in Chinese, and whether it goes by the Chinese one.
    fn of(&self, n: u32) -> (String, String, bool) {
        let place = u64::from(n / 2);
        let shuffled = (place % NAMES * STRIDE + self.seed * 131) % NAMES + place / NAMES * NAMES;
        (
            of_lists([LATIN_FIRST, LATIN_SECOND, LATIN_LAST], shuffled, ["", " "]),
            of_lists([HAN_FIRST, HAN_SECOND, HAN_LAST], shuffled, ["", ""]),
            n % 2 == 1,
        )
    }

    /// The name and the domain of the startup with this number.
    pub fn name_and_domain(&mut self, n: u32) -> (String, String) {
        let (latin, han, is_chinese) = self.of(n);
        let name = if is_chinese { han } else { latin };
        let domain = format!("{}.example", self.slug(&name));
        (name, domain)
    }

    /// The row of the startup with this number.
    pub fn startup(&mut self, n: u32) -> String {
        let (latin, han, is_chinese) = self.of(n);
        let (name, alias) = if is_chinese {
            // Two in three have the registered name beside the brand.
            let alias = (!n.is_multiple_of(3)).then(|| Name {
                name: format!("北京{han}科技有限公司"),
                language: Some("zh".to_owned()),
                kind: NameKind::Legal,
            });
            (han, alias)
        } else {
            let alias = n.is_multiple_of(3).then(|| Name {
                name: format!("{latin}, Inc."),
                language: Some("en".to_owned()),
                kind: NameKind::Legal,
            });
            (latin, alias)
        };
        let slug = self.slug(&name);
        let domain = format!("{slug}.example");
        let mut profile = Profile::named(name);
        profile.aliases.extend(alias);
        let aliases = serde_json::to_string(&profile.aliases).unwrap_or_default();
        line(&[
            &n.to_string(),
            &slug,
            &profile.name,
            &text::name_sort(&profile.name),
            &text::fold(&profile.name),
            &aliases,
            &array(&profile.name_keys()),
            &text::search_text(profile.all_names(), [domain.as_str()]),
            &domain,
            if is_chinese { "t" } else { "f" },
        ])
    }

    /// As `storage::startup::free_slug` finds it: the base, or the base with the next number.
    fn slug(&mut self, name: &str) -> String {
        let base = text::slug_base(name);
        let seen = self.slugs.entry(base.clone()).or_default();
        *seen += 1;
        if *seen == 1 {
            base
        } else {
            let slug = format!("{base}-{seen}");
            self.slugs.insert(slug.clone(), 1);
            slug
        }
    }
}

/// The row of the person with this number. The names are those of nobody: stems and figures.
pub fn person(n: u32) -> String {
    const SURNAMES: &[char] = &[
        '赵', '钱', '孙', '李', '周', '吴', '郑', '王', '冯', '陈', '褚', '卫',
    ];
    const STEMS: &[char] = &['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
    const FIRST: &[&str] = &[
        "Alix", "Bo", "Cleo", "Dara", "Eden", "Fay", "Gray", "Hale", "Indy", "Jules",
    ];
    let name = if n.is_multiple_of(3) {
        format!("{} Sample {n}", FIRST[(n / 3) as usize % FIRST.len()])
    } else {
        let han: String = n
            .to_string()
            .bytes()
            .map(|digit| STEMS[usize::from(digit - b'0') % STEMS.len()])
            .collect();
        format!("{}{han}", SURNAMES[n as usize % SURNAMES.len()])
    };
    let email = format!("p{n}@people.example");
    line(&[
        &n.to_string(),
        &name,
        &text::name_sort(&name),
        &text::search_text([name.as_str()], [email.as_str()]),
    ])
}

/// Where people studied and worked before.
pub struct Organisations;

impl Organisations {
    /// Names as people write them, and what they are.
    const ALL: &[(&str, &str)] = &[
        ("清华大学", "UNIVERSITY"),
        ("Tsinghua University", "UNIVERSITY"),
        ("北京大学", "UNIVERSITY"),
        ("浙江大学", "UNIVERSITY"),
        ("上海交通大学", "UNIVERSITY"),
        ("中国科学院自动化研究所", "LAB"),
        ("Stanford University", "UNIVERSITY"),
        ("Carnegie Mellon University", "UNIVERSITY"),
        ("微软亚洲研究院", "LAB"),
        ("百度", "COMPANY"),
        ("字节跳动", "COMPANY"),
        ("阿里巴巴", "COMPANY"),
        ("快手", "COMPANY"),
        ("Google", "COMPANY"),
        ("红松资本(虚构)", "FUND"),
    ];

    /// The rows of all.
    pub fn rows() -> String {
        (1..)
            .zip(Self::ALL)
            .map(|(n, (name, kind)): (u32, _)| line(&[&n.to_string(), name, &text::name_key(name), kind]))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn fields(row: &str) -> Vec<&str> {
        row.trim_end().split('\t').collect()
    }

    #[test]
    fn no_two_startups_share_a_name_a_slug_or_a_domain() {
        let mut named = Named::new(Size { startups: 0, seed: 5 });
        let (mut names, mut slugs, mut domains) = (HashSet::new(), HashSet::new(), HashSet::new());
        for n in 1..=110_000 {
            let row = named.startup(n);
            let fields = fields(&row);
            assert!(names.insert(fields[2].to_owned()), "{}", fields[2]);
            assert!(slugs.insert(fields[1].to_owned()), "{}", fields[1]);
            assert!(domains.insert(fields[8].to_owned()), "{}", fields[8]);
        }
    }

    #[test]
    fn a_startup_is_prepared_already() {
        let mut named = Named::new(Size { startups: 0, seed: 1 });
        for n in 1..200 {
            let row = named.startup(n);
            let fields = fields(&row);
            assert_eq!(text::registrable_domain(fields[8]).as_deref(), Some(fields[8]));
            let mut profile = Profile::named(fields[2]);
            profile.aliases = serde_json::from_str(&fields[5].replace("\\\\", "\\")).unwrap();
            profile.domains = vec![fields[8].to_owned()];
            let today = "2026-01-01".parse().unwrap();
            assert_eq!(profile.clone().prepared(today), Ok(profile));
        }
    }

    #[test]
    fn no_two_people_share_a_name() {
        let names: HashSet<String> = (1..=20_000).map(|n| fields(&person(n))[1].to_owned()).collect();
        assert_eq!(names.len(), 20_000);
    }
}
