//! Names of countries in both languages, for the list and its filter.

use std::sync::LazyLock;

use pinyin::ToPinyin;

use crate::Language;

/// The codes of ISO 3166-1 with their names, by English name. A code that is not here is shown as it is.
const COUNTRIES: &[(&str, &str, &str)] = &[
    ("AF", "Afghanistan", "阿富汗"),
    ("AX", "Åland Islands", "奥兰群岛"),
    ("AL", "Albania", "阿尔巴尼亚"),
    ("DZ", "Algeria", "阿尔及利亚"),
    ("AS", "American Samoa", "美属萨摩亚"),
    ("AD", "Andorra", "安道尔"),
    ("AO", "Angola", "安哥拉"),
    ("AI", "Anguilla", "安圭拉"),
    ("AQ", "Antarctica", "南极洲"),
    ("AG", "Antigua and Barbuda", "安提瓜和巴布达"),
    ("AR", "Argentina", "阿根廷"),
    ("AM", "Armenia", "亚美尼亚"),
    ("AW", "Aruba", "阿鲁巴"),
    ("AU", "Australia", "澳大利亚"),
    ("AT", "Austria", "奥地利"),
    ("AZ", "Azerbaijan", "阿塞拜疆"),
    ("BS", "Bahamas", "巴哈马"),
    ("BH", "Bahrain", "巴林"),
    ("BD", "Bangladesh", "孟加拉国"),
    ("BB", "Barbados", "巴巴多斯"),
    ("BY", "Belarus", "白俄罗斯"),
    ("BE", "Belgium", "比利时"),
    ("BZ", "Belize", "伯利兹"),
    ("BJ", "Benin", "贝宁"),
    ("BM", "Bermuda", "百慕大"),
    ("BT", "Bhutan", "不丹"),
    ("BO", "Bolivia", "玻利维亚"),
    (
        "BQ",
        "Bonaire, Sint Eustatius and Saba",
        "博奈尔、圣尤斯特歇斯和萨巴",
    ),
    ("BA", "Bosnia and Herzegovina", "波黑"),
    ("BW", "Botswana", "博茨瓦纳"),
    ("BV", "Bouvet Island", "布韦岛"),
    ("BR", "Brazil", "巴西"),
    ("IO", "British Indian Ocean Territory", "英属印度洋领地"),
    ("VG", "British Virgin Islands", "英属维尔京群岛"),
    ("BN", "Brunei", "文莱"),
    ("BG", "Bulgaria", "保加利亚"),
    ("BF", "Burkina Faso", "布基纳法索"),
    ("BI", "Burundi", "布隆迪"),
    ("KH", "Cambodia", "柬埔寨"),
    ("CM", "Cameroon", "喀麦隆"),
    ("CA", "Canada", "加拿大"),
    ("CV", "Cape Verde", "佛得角"),
    ("KY", "Cayman Islands", "开曼群岛"),
    ("CF", "Central African Republic", "中非"),
    ("TD", "Chad", "乍得"),
    ("CL", "Chile", "智利"),
    ("CN", "China", "中国"),
    ("CX", "Christmas Island", "圣诞岛"),
    ("CC", "Cocos Islands", "科科斯群岛"),
    ("CO", "Colombia", "哥伦比亚"),
    ("KM", "Comoros", "科摩罗"),
    ("CG", "Congo", "刚果(布)"),
    ("CD", "Congo (Democratic Republic)", "刚果(金)"),
    ("CK", "Cook Islands", "库克群岛"),
    ("CR", "Costa Rica", "哥斯达黎加"),
    ("CI", "Côte d’Ivoire", "科特迪瓦"),
    ("HR", "Croatia", "克罗地亚"),
    ("CU", "Cuba", "古巴"),
    ("CW", "Curaçao", "库拉索"),
    ("CY", "Cyprus", "塞浦路斯"),
    ("CZ", "Czechia", "捷克"),
    ("DK", "Denmark", "丹麦"),
    ("DJ", "Djibouti", "吉布提"),
    ("DM", "Dominica", "多米尼克"),
    ("DO", "Dominican Republic", "多米尼加"),
    ("EC", "Ecuador", "厄瓜多尔"),
    ("EG", "Egypt", "埃及"),
    ("SV", "El Salvador", "萨尔瓦多"),
    ("GQ", "Equatorial Guinea", "赤道几内亚"),
    ("ER", "Eritrea", "厄立特里亚"),
    ("EE", "Estonia", "爱沙尼亚"),
    ("SZ", "Eswatini", "斯威士兰"),
    ("ET", "Ethiopia", "埃塞俄比亚"),
    ("FK", "Falkland Islands", "福克兰群岛(马尔维纳斯)"),
    ("FO", "Faroe Islands", "法罗群岛"),
    ("FJ", "Fiji", "斐济"),
    ("FI", "Finland", "芬兰"),
    ("FR", "France", "法国"),
    ("GF", "French Guiana", "法属圭亚那"),
    ("PF", "French Polynesia", "法属波利尼西亚"),
    ("TF", "French Southern Territories", "法属南部领地"),
    ("GA", "Gabon", "加蓬"),
    ("GM", "Gambia", "冈比亚"),
    ("GE", "Georgia", "格鲁吉亚"),
    ("DE", "Germany", "德国"),
    ("GH", "Ghana", "加纳"),
    ("GI", "Gibraltar", "直布罗陀"),
    ("GR", "Greece", "希腊"),
    ("GL", "Greenland", "格陵兰"),
    ("GD", "Grenada", "格林纳达"),
    ("GP", "Guadeloupe", "瓜德罗普"),
    ("GU", "Guam", "关岛"),
    ("GT", "Guatemala", "危地马拉"),
    ("GG", "Guernsey", "根西"),
    ("GN", "Guinea", "几内亚"),
    ("GW", "Guinea-Bissau", "几内亚比绍"),
    ("GY", "Guyana", "圭亚那"),
    ("HT", "Haiti", "海地"),
    ("HM", "Heard and McDonald Islands", "赫德岛和麦克唐纳群岛"),
    ("HN", "Honduras", "洪都拉斯"),
    ("HK", "Hong Kong", "中国香港"),
    ("HU", "Hungary", "匈牙利"),
    ("IS", "Iceland", "冰岛"),
    ("IN", "India", "印度"),
    ("ID", "Indonesia", "印度尼西亚"),
    ("IR", "Iran", "伊朗"),
    ("IQ", "Iraq", "伊拉克"),
    ("IE", "Ireland", "爱尔兰"),
    ("IM", "Isle of Man", "马恩岛"),
    ("IL", "Israel", "以色列"),
    ("IT", "Italy", "意大利"),
    ("JM", "Jamaica", "牙买加"),
    ("JP", "Japan", "日本"),
    ("JE", "Jersey", "泽西"),
    ("JO", "Jordan", "约旦"),
    ("KZ", "Kazakhstan", "哈萨克斯坦"),
    ("KE", "Kenya", "肯尼亚"),
    ("KI", "Kiribati", "基里巴斯"),
    ("KW", "Kuwait", "科威特"),
    ("KG", "Kyrgyzstan", "吉尔吉斯斯坦"),
    ("LA", "Laos", "老挝"),
    ("LV", "Latvia", "拉脱维亚"),
    ("LB", "Lebanon", "黎巴嫩"),
    ("LS", "Lesotho", "莱索托"),
    ("LR", "Liberia", "利比里亚"),
    ("LY", "Libya", "利比亚"),
    ("LI", "Liechtenstein", "列支敦士登"),
    ("LT", "Lithuania", "立陶宛"),
    ("LU", "Luxembourg", "卢森堡"),
    ("MO", "Macao", "中国澳门"),
    ("MG", "Madagascar", "马达加斯加"),
    ("MW", "Malawi", "马拉维"),
    ("MY", "Malaysia", "马来西亚"),
    ("MV", "Maldives", "马尔代夫"),
    ("ML", "Mali", "马里"),
    ("MT", "Malta", "马耳他"),
    ("MH", "Marshall Islands", "马绍尔群岛"),
    ("MQ", "Martinique", "马提尼克"),
    ("MR", "Mauritania", "毛里塔尼亚"),
    ("MU", "Mauritius", "毛里求斯"),
    ("YT", "Mayotte", "马约特"),
    ("MX", "Mexico", "墨西哥"),
    ("FM", "Micronesia", "密克罗尼西亚"),
    ("MD", "Moldova", "摩尔多瓦"),
    ("MC", "Monaco", "摩纳哥"),
    ("MN", "Mongolia", "蒙古"),
    ("ME", "Montenegro", "黑山"),
    ("MS", "Montserrat", "蒙特塞拉特"),
    ("MA", "Morocco", "摩洛哥"),
    ("MZ", "Mozambique", "莫桑比克"),
    ("MM", "Myanmar", "缅甸"),
    ("NA", "Namibia", "纳米比亚"),
    ("NR", "Nauru", "瑙鲁"),
    ("NP", "Nepal", "尼泊尔"),
    ("NL", "Netherlands", "荷兰"),
    ("NC", "New Caledonia", "新喀里多尼亚"),
    ("NZ", "New Zealand", "新西兰"),
    ("NI", "Nicaragua", "尼加拉瓜"),
    ("NE", "Niger", "尼日尔"),
    ("NG", "Nigeria", "尼日利亚"),
    ("NU", "Niue", "纽埃"),
    ("NF", "Norfolk Island", "诺福克岛"),
    ("KP", "North Korea", "朝鲜"),
    ("MK", "North Macedonia", "北马其顿"),
    ("MP", "Northern Mariana Islands", "北马里亚纳群岛"),
    ("NO", "Norway", "挪威"),
    ("OM", "Oman", "阿曼"),
    ("PK", "Pakistan", "巴基斯坦"),
    ("PW", "Palau", "帕劳"),
    ("PS", "Palestine", "巴勒斯坦"),
    ("PA", "Panama", "巴拿马"),
    ("PG", "Papua New Guinea", "巴布亚新几内亚"),
    ("PY", "Paraguay", "巴拉圭"),
    ("PE", "Peru", "秘鲁"),
    ("PH", "Philippines", "菲律宾"),
    ("PN", "Pitcairn Islands", "皮特凯恩群岛"),
    ("PL", "Poland", "波兰"),
    ("PT", "Portugal", "葡萄牙"),
    ("PR", "Puerto Rico", "波多黎各"),
    ("QA", "Qatar", "卡塔尔"),
    ("RE", "Réunion", "留尼汪"),
    ("RO", "Romania", "罗马尼亚"),
    ("RU", "Russia", "俄罗斯"),
    ("RW", "Rwanda", "卢旺达"),
    ("BL", "Saint Barthélemy", "圣巴泰勒米"),
    ("SH", "Saint Helena", "圣赫勒拿"),
    ("KN", "Saint Kitts and Nevis", "圣基茨和尼维斯"),
    ("LC", "Saint Lucia", "圣卢西亚"),
    ("MF", "Saint Martin", "法属圣马丁"),
    ("PM", "Saint Pierre and Miquelon", "圣皮埃尔和密克隆"),
    ("VC", "Saint Vincent and the Grenadines", "圣文森特和格林纳丁斯"),
    ("WS", "Samoa", "萨摩亚"),
    ("SM", "San Marino", "圣马力诺"),
    ("ST", "São Tomé and Príncipe", "圣多美和普林西比"),
    ("SA", "Saudi Arabia", "沙特阿拉伯"),
    ("SN", "Senegal", "塞内加尔"),
    ("RS", "Serbia", "塞尔维亚"),
    ("SC", "Seychelles", "塞舌尔"),
    ("SL", "Sierra Leone", "塞拉利昂"),
    ("SG", "Singapore", "新加坡"),
    ("SX", "Sint Maarten", "荷属圣马丁"),
    ("SK", "Slovakia", "斯洛伐克"),
    ("SI", "Slovenia", "斯洛文尼亚"),
    ("SB", "Solomon Islands", "所罗门群岛"),
    ("SO", "Somalia", "索马里"),
    ("ZA", "South Africa", "南非"),
    (
        "GS",
        "South Georgia and the South Sandwich Islands",
        "南乔治亚和南桑威奇群岛",
    ),
    ("KR", "South Korea", "韩国"),
    ("SS", "South Sudan", "南苏丹"),
    ("ES", "Spain", "西班牙"),
    ("LK", "Sri Lanka", "斯里兰卡"),
    ("SD", "Sudan", "苏丹"),
    ("SR", "Suriname", "苏里南"),
    ("SJ", "Svalbard and Jan Mayen", "斯瓦尔巴和扬马延"),
    ("SE", "Sweden", "瑞典"),
    ("CH", "Switzerland", "瑞士"),
    ("SY", "Syria", "叙利亚"),
    ("TW", "Taiwan", "中国台湾"),
    ("TJ", "Tajikistan", "塔吉克斯坦"),
    ("TZ", "Tanzania", "坦桑尼亚"),
    ("TH", "Thailand", "泰国"),
    ("TL", "Timor-Leste", "东帝汶"),
    ("TG", "Togo", "多哥"),
    ("TK", "Tokelau", "托克劳"),
    ("TO", "Tonga", "汤加"),
    ("TT", "Trinidad and Tobago", "特立尼达和多巴哥"),
    ("TN", "Tunisia", "突尼斯"),
    ("TR", "Türkiye", "土耳其"),
    ("TM", "Turkmenistan", "土库曼斯坦"),
    ("TC", "Turks and Caicos Islands", "特克斯和凯科斯群岛"),
    ("TV", "Tuvalu", "图瓦卢"),
    ("UG", "Uganda", "乌干达"),
    ("UA", "Ukraine", "乌克兰"),
    ("AE", "United Arab Emirates", "阿联酋"),
    ("GB", "United Kingdom", "英国"),
    ("US", "United States", "美国"),
    ("VI", "United States Virgin Islands", "美属维尔京群岛"),
    ("UY", "Uruguay", "乌拉圭"),
    ("UM", "US Minor Outlying Islands", "美国本土外小岛屿"),
    ("UZ", "Uzbekistan", "乌兹别克斯坦"),
    ("VU", "Vanuatu", "瓦努阿图"),
    ("VA", "Vatican City", "梵蒂冈"),
    ("VE", "Venezuela", "委内瑞拉"),
    ("VN", "Vietnam", "越南"),
    ("WF", "Wallis and Futuna", "瓦利斯和富图纳"),
    ("EH", "Western Sahara", "西撒哈拉"),
    ("YE", "Yemen", "也门"),
    ("ZM", "Zambia", "赞比亚"),
    ("ZW", "Zimbabwe", "津巴布韦"),
];

/// Every code, in the order in which a reader of the language looks for names: by letters, or by pinyin.
pub(crate) fn codes(language: Language) -> &'static [&'static str] {
    static BY_PINYIN: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let mut countries: Vec<_> = COUNTRIES.iter().collect();
        countries.sort_by_cached_key(|(.., zh)| syllables(zh));
        countries.iter().map(|(code, ..)| *code).collect()
    });
    static BY_LETTERS: LazyLock<Vec<&str>> =
        LazyLock::new(|| COUNTRIES.iter().map(|(code, ..)| *code).collect());
    match language {
        Language::En => &BY_LETTERS,
        Language::Zh => &BY_PINYIN,
    }
}

fn syllables(text: &str) -> Vec<&'static str> {
    text.to_pinyin()
        .flatten()
        .map(|syllable| syllable.plain())
        .collect()
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_a_name_in_both_languages_and_a_code_of_its_own() {
        let mut codes: Vec<_> = COUNTRIES.iter().map(|(code, ..)| *code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 249, "the codes that ISO 3166-1 assigns");
        assert_eq!(name("SI", Language::En), "Slovenia");
        assert_eq!(name("SI", Language::Zh), "斯洛文尼亚");
        assert_eq!(name("QQ", Language::Zh), "QQ");
    }

    #[test]
    fn names_are_offered_in_the_order_a_reader_looks_for_them() {
        assert_eq!(codes(Language::En)[..2], ["AF", "AX"]);
        let first_three: Vec<_> = codes(Language::Zh)[..3]
            .iter()
            .map(|code| name(code, Language::Zh))
            .collect();
        assert_eq!(first_three, ["阿尔巴尼亚", "阿尔及利亚", "阿富汗"]);
        assert_eq!(codes(Language::Zh).len(), COUNTRIES.len());
    }
}
