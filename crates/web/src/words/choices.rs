//! The words of closed sets: routes, sources, rounds and the like.

use crate::Language;

catalogue! {
    /// The words of closed sets in one language.
    ChoiceWords
    texts {
        token_reads: "read", "读取";
        token_writes: "write", "写入";
        token_imports: "import", "导入";
        token_administers: "administer", "管理";
        token_calendar: "Calendar", "日历";
        paying_customers: "Paying customers", "付费客户";
        recurring_revenue: "Recurring revenue", "年经常性收入";
        revenue_collected: "Revenue collected", "回款";
        revenue_recognised: "Revenue recognised", "确认收入";
        revenue_contracted: "Revenue contracted", "合同收入";
        run_rate: "Revenue run rate", "年化收入";
        one_off_revenue: "One-off revenue", "一次性收入";
        signed_contracts: "Signed contracts", "已签合同";
        paid_conversion: "Paid conversion", "付费转化率";
        units_deployed: "Units deployed", "已部署设备";
        pilots: "Paid pilots", "付费试点";
        retention: "Retention", "留存率";
        logo_retention: "Account retention", "客户留存率";
        net_revenue_retention: "Net revenue retention", "净收入留存率";
        usage_intensity: "Daily of monthly users", "日活占月活";
        customer_references: "Good customer calls", "客户访谈认可";
        active_users: "Active users", "活跃用户";
        daily_users: "Daily users", "日活用户";
        weekly_users: "Weekly users", "周活用户";
        monthly_users: "Monthly users", "月活用户";
        developers_building: "Developers building", "在用开发者";
        app_store_ratings: "Store ratings", "应用商店评分数";
        web_traffic: "Visits a month", "月访问量";
        open_source_stars: "Stars", "开源星标";
        open_source_downloads: "Downloads a month", "月下载量";
        waitlist: "Waitlist", "候补名单";
        unpaid_pilots: "Unpaid pilots", "免费试点";
        user_statement: "Users who say so", "用户表态";
        press_coverage: "Press articles", "媒体报道";

        group_money: "Money", "付费";
        group_loyalty: "Loyalty", "留存";
        group_reach: "Reach", "规模";
        group_interest: "Interest", "关注度";

        scale_log: "Logarithmic", "对数";
        scale_linear: "Linear", "线性";

        flag_refuted_claim: "Refuted claim", "声称被证伪";
        flag_no_real_users: "No real users", "无真实用户";
        flag_no_need: "No need named", "需求不明";
        flag_relabelled_ai: "Relabelled AI", "旧 AI 换皮";
        flag_hype_gap: "Hype gap", "水分";
        flag_thin_wrapper: "Thin wrapper", "套壳";
        flag_single_provider: "Single provider", "单一供应商";
        flag_stale_evidence: "Stale evidence", "证据过期";
        flag_declining_use: "Declining use", "用量下滑";
        flag_compute_unproven: "Compute unproven", "算力未证实";
        flag_check_route: "Check the route", "路线待核";
        flag_no_rate: "No exchange rate", "缺汇率";

        trains_base_model: "Trains a base model", "自研底层大模型";
        tunes_base_model: "Tunes a base model", "调优基座模型";
        builds_on_api: "Builds on an API", "调用模型 API";
        pre_llm_ai: "AI from before large models", "大模型之前的 AI";
        route_unknown: "Route not known", "路线未知";

        onshore: "In mainland China", "境内架构";
        offshore_vie: "Offshore with a VIE", "境外 VIE 架构";
        structure_undecided: "Not decided or not known", "未定或未知";

        name_brand: "Brand", "品牌名";
        name_legal: "Registered name", "注册名称";
        name_product: "Product", "产品名";
        name_former: "Former name", "曾用名";
        name_other: "Other name", "其他名称";

        source_founder: "Founder", "创始人口述";
        source_deck: "Deck", "商业计划书";
        source_data_room: "Data room", "资料室";
        source_analytics: "Analytics export", "数据后台导出";
        source_call: "Customer call", "客户访谈";
        source_store: "App store", "应用商店";
        source_third: "Third party", "第三方";
        source_press: "Press", "媒体";
        source_other: "Other source", "其他来源";

        basis_recurring: "Recurring by contract", "按合同经常性";
        basis_collected: "Collected, seen in the bank", "已回款";
        basis_recognised: "Recognised in the books", "已确认收入";
        basis_contracted: "Contracted, not delivered yet", "已签约未交付";
        basis_run_rate: "A month times twelve", "单月乘以十二";
        basis_one_off: "One-off", "一次性";

        window_day: "A day", "每日";
        window_week: "A week", "每周";
        window_month: "A month", "每月";

        exactly: "Exactly", "恰好";
        about: "About", "约";
        at_least: "At least", "至少";
        at_most: "At most", "至多";

        to_the_day: "To the day", "精确到日";
        to_the_month: "To the month", "精确到月";
        to_the_quarter: "To the quarter", "精确到季度";
        to_the_half: "To the half year", "精确到半年";
        to_the_year: "To the year", "精确到年";

        mode_api: "Calls its API", "调用 API";
        mode_fine_tune: "Tunes its model", "微调模型";
        mode_self_hosted: "Runs its model by itself", "自行部署";

        did_price: "Price", "调价";
        did_launch: "Launch", "发布";
        did_api_opened: "API opened", "开放 API";
        did_delay: "Delay", "推迟";
        did_outage: "Outage", "故障";
        did_policy: "Policy", "政策";
        did_shutdown: "Shutdown", "停服";

        if_price: "Changes its prices", "调整价格";
        if_ships: "Ships the same feature", "推出同样的功能";
        if_shutdown: "Shuts its API", "关闭 API";
        if_outage: "Fails for a while", "出现故障";

        hit_high: "Hard", "严重";
        hit_medium: "Medium", "中等";
        hit_low: "Little", "轻微";
        hit_none: "Not at all", "无影响";

        interaction_meeting: "Meeting", "会面";
        interaction_call: "Call", "通话";
        interaction_email: "E-mail", "邮件";
        interaction_wechat: "WeChat", "微信";
        interaction_note: "Note", "笔记";
        deal_active: "Active", "进行中";
        deal_on_hold: "On hold", "暂缓跟踪";
        deal_invested: "Invested", "已投资";
        deal_passed: "Passed", "不投";
        deal_lost: "Lost", "已错失";

        channel_inbound: "They wrote to us", "主动投递";
        channel_referral: "Referral", "熟人推荐";
        channel_outbound: "We wrote to them", "主动联系";
        channel_event: "Event", "活动";
        channel_scout: "Scout", "项目推荐人";
        channel_fa: "Financial adviser", "财务顾问";
        channel_co_investor: "Another fund", "同行";
        channel_portfolio: "Portfolio company", "被投推荐";
        channel_lp: "Investor of ours", "出资人";
        channel_government: "Park or authority", "园区";
        channel_university: "University", "高校";
        channel_media: "Media", "媒体";
        channel_import: "Import", "导入";

        pass_no_real_users: "No real users", "无真实用户";
        pass_wrapper: "Wrapper", "套壳";
        pass_market: "Market", "市场";
        pass_team: "Team", "团队";
        pass_valuation: "Valuation", "估值";
        pass_timing: "Timing", "时机";
        pass_conflict: "Conflict with what we hold", "与已投冲突";
        pass_other: "Other reason", "其他原因";

        role_lead: "Lead", "领投";
        role_co_lead: "Co-lead", "联合领投";
        role_follow: "Follow", "跟投";
        pre_money: "Pre-money", "投前";
        post_money: "Post-money", "投后";
        equity: "New shares", "新股";
        convertible: "Convertible", "可转债";
        secondary_shares: "Shares from a holder", "老股";
        visible_team: "Everybody of the fund", "基金全体";
        visible_restricted: "Only its team and administrators", "仅项目成员与管理员";

        gate_verified_proof: "Verified proof", "已核实的证据";
        gate_known_route: "Known route", "技术路线明确";
        gate_layer_set: "Layer set", "已分层";
        gate_need_named: "Need named", "需求明确";
        gate_checklist: "Nothing open on the checklist", "清单无未决项";
        gate_no_refuted: "No refuted claim", "无被证伪的说法";

        check_open: "Open", "待查";
        check_ok: "OK", "通过";
        check_concern: "Concern", "有疑虑";

        round_pre_seed: "Pre-seed", "种子前轮";
        round_angel: "Angel", "天使轮";
        round_angel_plus: "Angel+", "天使+ 轮";
        round_seed: "Seed", "种子轮";
        round_pre_a: "Pre-A", "Pre-A 轮";
        round_pre_a_plus: "Pre-A+", "Pre-A+ 轮";
        round_a: "Series A", "A 轮";
        round_a_plus: "Series A+", "A+ 轮";
        round_pre_b: "Pre-B", "Pre-B 轮";
        round_b: "Series B", "B 轮";
        round_b_plus: "Series B+", "B+ 轮";
        round_c: "Series C", "C 轮";
        round_c_plus: "Series C+", "C+ 轮";
        round_d: "Series D", "D 轮";
        round_d_plus: "Series D+", "D+ 轮";
        round_later: "Series E or later", "E 轮及以后";
        round_pre_ipo: "Pre-IPO", "上市前轮";
        round_ipo: "IPO", "上市";
        round_strategic: "Strategic", "战略投资";
        round_bridge: "Bridge", "过桥轮";
        round_secondary: "Secondary", "老股转让";
        round_acquisition: "Acquisition", "并购";
        round_unknown: "Round not known", "轮次未知";

        document_contract: "Contract", "合同";
        document_deck: "Deck", "商业计划书";
        document_export: "Export", "导出数据";
        document_model: "Financial model", "财务模型";
        document_press: "Press", "媒体报道";
        document_transcript: "Transcript", "访谈记录";
        document_other: "Document", "文件";

        yes: "Yes", "是";
        no: "No", "否";
    }
    sentences {}
}
