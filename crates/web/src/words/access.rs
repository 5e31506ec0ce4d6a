//! The words of the settings of access: tokens and calendars.

use crate::Language;

catalogue! {
    /// The words of access, in one language.
    AccessWords
    texts {
        access: "Access", "访问";
        calendar: "Calendar", "日历";
        calendars: "In your calendar", "订阅到日历";
        calendar_about: "An address that the calendar on your phone or desk subscribes to. It shows the meetings you attend, your tasks, next steps of deals you lead, ends of term sheets and of exclusivity, and days of looking again. Whoever has the address can read it; restricted deals stand there without a name.",
            "供手机或电脑上的日历订阅的地址：显示你参加的会议、你的任务、你负责项目的下一步、条款清单和排他期的截止日，以及复看日期。任何持有地址的人都能读取；受限项目不显示名称。";
        make_calendar: "Make an address", "生成地址";
        fresh_calendar: "Your calendar's address", "你的日历地址";
        fresh_calendar_about: "Add it to your calendar as a subscription. It is shown this once; lost, make another and revoke this one.",
            "请在日历中以订阅方式添加。此地址只显示这一次；遗失后请另行生成并撤销旧地址。";
        subscribe: "Subscribe on this device", "在本机订阅";
        tokens: "API tokens", "API 令牌";
        tokens_about: "For scripts and dashboards that query the API in your name, with no more rights than yours. A token is sent as Authorization: Bearer.",
            "供脚本和看板以你的名义查询 API，权限不超过你本人。以 Authorization: Bearer 发送。";
        token: "Token", "令牌";
        new_token: "New token", "新建令牌";
        make_token: "Make the token", "创建令牌";
        fresh_token: "Your new token", "新令牌";
        fresh_token_about: "Put it where your script reads it. It is shown this once; lost, make another and revoke this one.",
            "请保存到脚本读取之处。令牌只显示这一次；遗失后请另建并撤销旧令牌。";
        name: "Name", "名称";
        name_hint: "What uses it, such as: weekly dashboard.", "由什么使用，例如：每周看板。";
        may: "May", "可用于";
        comma: ", ", "、";
        made: "Made", "创建";
        used: "Last used", "最近使用";
        never: "never", "从未";
        until: "Until", "有效期至";
        until_revoked: "until it is revoked", "直到撤销";
        over: "expired", "已过期";
        revoke: "Revoke", "撤销";
        copy: "Copy", "复制";
        copied: "Copied.", "已复制。";
        marked: "It is marked: copy it with Ctrl-C.", "已选中，请按 Ctrl-C 复制。";
        no_tokens: "No tokens", "没有令牌";
        region_calendars: "Your calendars' addresses, scrolls sideways", "日历地址列表，可左右滚动";
        region_tokens: "Your tokens, scrolls sideways", "令牌列表，可左右滚动";
        said_revoked: "Revoked: it opens nothing any more.", "已撤销，不再有效。";
    }
    sentences {
        for_days(days, day): "for {days} days, until {day}", "{days} 天，至 {day}";
    }
}
