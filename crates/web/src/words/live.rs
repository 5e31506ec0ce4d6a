//! The words of pages that follow what others change.

use crate::Language;

catalogue! {
    /// The words of pages that follow what others change, in one language.
    LiveWords
    texts {
        now: "Live:", "进行中：";
        paused: "Live updates paused", "实时更新已暂停";
        retry: "Retry", "重试";
        show: "Show", "查看";
        opens_anew: "in a new tab", "在新标签页中";
        refresh: "Refresh", "刷新";
        somebody: "Somebody", "有人";
        one_change: "1 change", "1 处更改";
    }
    sentences {
        changed(who): "{who} changed this", "{who} 更改了此内容";
        changes(n): "{n} changes", "{n} 处更改";
    }
}
