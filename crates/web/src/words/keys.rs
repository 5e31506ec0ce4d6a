//! The words of what keys do.

use crate::Language;

catalogue! {
    /// The words of what keys do, in one language.
    KeyWords
    texts {
        shortcuts: "Keyboard shortcuts", "键盘快捷键";
        about: "Every action can be reached by Tab and Enter too. Keys do nothing while you type in a field.",
            "所有操作也可用 Tab 和 Enter 完成。在输入框中输入时，快捷键不起作用。";
        single: "Single keys", "单键快捷键";
        single_about: "All of these but Ctrl K, Ctrl Enter, Enter, Esc and the arrows are single keys, or two one after the other. Switch them off if you press them by mistake or speak to your computer. Kept in this browser.",
            "除 Ctrl K、Ctrl Enter、Enter、Esc 和方向键外，其余均为单键或先后按下的两个键。如果容易误触或使用语音输入，可以关闭。此设置保存在本浏览器中。";
        on: "On", "开启";
        off: "Off", "关闭";
        everywhere: "Everywhere", "所有页面";
        go: "Go to a page", "前往页面";
        lists: "Lists", "列表";
        board: "Pipeline, on a card", "项目看板，选中卡片时";
        records: "A startup, a deal", "公司、项目";
        meeting: "A meeting that goes on", "进行中的会议";
        forms: "Forms", "表单";
        search: "Search everything", "搜索全部内容";
        help: "This page", "打开本页";
        quick_add: "Quick add", "快速录入";
        close: "Close a menu or a dialog", "关闭菜单或对话框";
        filter: "Filter by text", "按文字筛选";
        between: "From card to card and from stage to stage", "在卡片和阶段之间移动焦点";
        step: "To the stage before or after", "移到上一个或下一个阶段";
        move_deal: "Move the deal", "移动项目";
        open: "Open the deal", "打开项目";
        fold: "Fold the stage", "收起该阶段";
        interaction: "Log an interaction with the startup", "为公司记录互动";
        turn: "Present the next item or the one before", "展示下一项或上一项";
        votes: "To the votes", "前往表决";
        ballot: "Vote, from strong yes to abstain", "投票：从强烈赞成到弃权";
        close_votes: "Close voting", "结束投票";
        decision: "To the decision", "前往决定";
        note: "To the notes", "前往记录";
        task: "To a new task", "前往新任务";
        back: "Back to the item that is presented", "回到正在展示的议题";
        save: "Save", "保存";
        providers: "Providers", "模型供应商";
        then: "then", "然后";
        or: "or", "或";
        to: "to", "至";
    }
    sentences {}
}
