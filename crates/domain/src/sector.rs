//! The sector tree, and the one a new workspace starts with (domain.md §2).

use serde::{Deserialize, Serialize};

use crate::SectorId;

/// A node of the sector tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sector {
    /// Its id.
    pub id: SectorId,
    /// Its name in filters and URLs.
    pub slug: String,
    /// English name.
    pub name: String,
    /// Chinese name.
    pub name_zh: String,
    /// The sector above it.
    pub parent_id: Option<SectorId>,
    /// Its place among its siblings.
    pub position: i32,
    /// Whether the fund focuses on it.
    pub is_focus: bool,
    /// Why the fund believes in it.
    pub thesis: Option<String>,
    /// Who pays, in a focus.
    pub payer: Option<String>,
    /// What models still cannot do, in a focus.
    pub open_problem: Option<String>,
    /// Rises by one with every change.
    pub version: i32,
}

/// A sector that a new workspace starts with.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs, reason = "the fields are those of Sector")]
pub struct DefaultSector {
    pub slug: &'static str,
    pub parent: Option<&'static str>,
    pub name: &'static str,
    pub name_zh: &'static str,
    pub is_focus: bool,
    pub payer: Option<&'static str>,
    pub open_problem: Option<&'static str>,
}

const fn node(
    parent: Option<&'static str>,
    slug: &'static str,
    name: &'static str,
    name_zh: &'static str,
) -> DefaultSector {
    DefaultSector {
        slug,
        parent,
        name,
        name_zh,
        is_focus: false,
        payer: None,
        open_problem: None,
    }
}

/// The tree of a new workspace, parents first.
pub const DEFAULT_SECTORS: &[DefaultSector] = &[
    node(None, "foundation-models", "Foundation models", "基础大模型"),
    node(
        Some("foundation-models"),
        "chinese-llm",
        "Chinese LLM",
        "中文大模型",
    ),
    node(
        Some("foundation-models"),
        "general-intelligence",
        "General intelligence",
        "通用智能",
    ),
    node(
        Some("foundation-models"),
        "embodied-models",
        "Embodied models",
        "具身模型",
    ),
    node(None, "model-tooling", "Model tooling", "模型工具"),
    node(
        Some("model-tooling"),
        "fine-tuning",
        "Fine-tuning",
        "微调与预训练",
    ),
    node(
        Some("model-tooling"),
        "virtual-humans",
        "Virtual-human models",
        "虚拟人模型",
    ),
    node(
        Some("model-tooling"),
        "infrastructure",
        "Infrastructure",
        "基础设施",
    ),
    node(None, "content-generation", "Content generation", "内容生成"),
    node(
        Some("content-generation"),
        "text-generation",
        "Text generation",
        "文本生成",
    ),
    node(
        Some("content-generation"),
        "image-generation",
        "Image generation",
        "图像生成",
    ),
    node(
        Some("content-generation"),
        "video-generation",
        "Video generation",
        "视频生成",
    ),
    node(
        Some("content-generation"),
        "audio-generation",
        "Audio generation",
        "音频生成",
    ),
    DefaultSector {
        is_focus: true,
        payer: Some("Game studios, for whom 3D content is very expensive"),
        open_problem: Some("Models cannot make usable 3D assets yet"),
        ..node(
            Some("content-generation"),
            "3d-generation",
            "3D generation",
            "3D 资产生成",
        )
    },
    DefaultSector {
        is_focus: true,
        open_problem: Some(
            "AI that directs things that act needs multimodal input and output; not fully solved",
        ),
        ..node(None, "text-to-action", "Text to action", "文字转动作")
    },
    node(Some("text-to-action"), "robotics", "Robotics", "机器人"),
    node(Some("text-to-action"), "rpa", "RPA", "RPA 流程自动化"),
    node(
        Some("text-to-action"),
        "assistants",
        "Global assistants",
        "全局智能助手",
    ),
    node(None, "vertical-ai", "AI for an industry", "行业 AI"),
    node(Some("vertical-ai"), "ai-saas", "AI SaaS", "AI SaaS"),
    node(Some("vertical-ai"), "companionship", "AI companions", "AI 陪伴"),
    node(Some("vertical-ai"), "code", "Code", "编程"),
    node(Some("vertical-ai"), "search", "Search", "搜索"),
];
