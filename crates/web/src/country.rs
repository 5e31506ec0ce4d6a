//! Names of countries in both languages, for the list and its filter.

use crate::Language;

/// ISO 3166 codes with their names, by English name. A code that is not here is shown as it is.
pub(crate) const COUNTRIES: &[(&str, &str, &str)] = &[
    ("AR", "Argentina", "阿根廷"),
    ("AU", "Australia", "澳大利亚"),
    ("AT", "Austria", "奥地利"),
    ("BE", "Belgium", "比利时"),
    ("BR", "Brazil", "巴西"),
    ("CA", "Canada", "加拿大"),
    ("CL", "Chile", "智利"),
    ("CN", "China", "中国"),
    ("CO", "Colombia", "哥伦比亚"),
    ("CZ", "Czechia", "捷克"),
    ("DK", "Denmark", "丹麦"),
    ("EG", "Egypt", "埃及"),
    ("EE", "Estonia", "爱沙尼亚"),
    ("FI", "Finland", "芬兰"),
    ("FR", "France", "法国"),
    ("DE", "Germany", "德国"),
    ("GR", "Greece", "希腊"),
    ("HK", "Hong Kong", "中国香港"),
    ("HU", "Hungary", "匈牙利"),
    ("IN", "India", "印度"),
    ("ID", "Indonesia", "印度尼西亚"),
    ("IE", "Ireland", "爱尔兰"),
    ("IL", "Israel", "以色列"),
    ("IT", "Italy", "意大利"),
    ("JP", "Japan", "日本"),
    ("KZ", "Kazakhstan", "哈萨克斯坦"),
    ("KE", "Kenya", "肯尼亚"),
    ("KR", "South Korea", "韩国"),
    ("LU", "Luxembourg", "卢森堡"),
    ("MO", "Macao", "中国澳门"),
    ("MY", "Malaysia", "马来西亚"),
    ("MX", "Mexico", "墨西哥"),
    ("NL", "Netherlands", "荷兰"),
    ("NZ", "New Zealand", "新西兰"),
    ("NG", "Nigeria", "尼日利亚"),
    ("NO", "Norway", "挪威"),
    ("PK", "Pakistan", "巴基斯坦"),
    ("PH", "Philippines", "菲律宾"),
    ("PL", "Poland", "波兰"),
    ("PT", "Portugal", "葡萄牙"),
    ("RO", "Romania", "罗马尼亚"),
    ("RU", "Russia", "俄罗斯"),
    ("SA", "Saudi Arabia", "沙特阿拉伯"),
    ("SG", "Singapore", "新加坡"),
    ("ZA", "South Africa", "南非"),
    ("ES", "Spain", "西班牙"),
    ("SE", "Sweden", "瑞典"),
    ("CH", "Switzerland", "瑞士"),
    ("TW", "Taiwan", "中国台湾"),
    ("TH", "Thailand", "泰国"),
    ("TR", "Türkiye", "土耳其"),
    ("UA", "Ukraine", "乌克兰"),
    ("AE", "United Arab Emirates", "阿联酋"),
    ("GB", "United Kingdom", "英国"),
    ("US", "United States", "美国"),
    ("VN", "Vietnam", "越南"),
];

/// The name of a country in the reader's language; its code where the name is not known here.
pub(crate) fn name(code: &str, language: Language) -> &str {
    match COUNTRIES.iter().find(|(known, ..)| *known == code) {
        Some((_, en, zh)) => match language {
            Language::En => en,
            Language::Zh => zh,
        },
        None => code,
    }
}
