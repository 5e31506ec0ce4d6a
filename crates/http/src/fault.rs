//! What the transport itself refuses: codes, statuses and words in both languages.

use async_graphql::{ErrorExtensionValues, Pos, ServerError};
use axum::http::StatusCode;

use crate::gate::{Language, Refusal};

/// The `extensions.code` of top-level errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// No credentials, or none that hold.
    Unauthenticated,
    /// Known, but not allowed.
    Forbidden,
    /// The request, the document or a value in it is wrong.
    BadUserInput,
    /// The document asks for more than the limits allow.
    TooComplex,
    /// Too many requests, sockets or operations.
    RateLimited,
    /// It took too long.
    Timeout,
    /// Our own fault.
    Internal,
}

impl Code {
    /// Every code there is.
    pub const ALL: [Self; 7] = [
        Self::Unauthenticated,
        Self::Forbidden,
        Self::BadUserInput,
        Self::TooComplex,
        Self::RateLimited,
        Self::Timeout,
        Self::Internal,
    ];

    /// The code as callers see it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::TooComplex => "TOO_COMPLEX",
            Self::RateLimited => "RATE_LIMITED",
            Self::Timeout => "TIMEOUT",
            Self::Internal => "INTERNAL",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == text)
    }
}

/// A refusal by the transport, before anything was executed.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub code: Code,
    /// The status; `None` when the document is at fault, whose status depends on the media type asked for.
    pub status: Option<StatusCode>,
    en: String,
    zh: String,
    pub position: Option<Pos>,
}

impl Fault {
    /// A fault of the document: 400 as `application/graphql-response+json`, 200 as `application/json`.
    pub fn document(code: Code, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self {
            code,
            status: None,
            en: en.into(),
            zh: zh.into(),
            position: None,
        }
    }

    /// A fault whose status is the same in every media type.
    pub fn status(status: StatusCode, code: Code, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self {
            code,
            status: Some(status),
            en: en.into(),
            zh: zh.into(),
            position: None,
        }
    }

    pub fn bad_request(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self::status(StatusCode::BAD_REQUEST, Code::BadUserInput, en, zh)
    }

    pub fn bad_document(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self::document(Code::BadUserInput, en, zh)
    }

    pub fn at(self, position: Pos) -> Self {
        Self {
            position: Some(position),
            ..self
        }
    }

    /// More of something than allowed. `what` names it in both languages.
    pub fn too_complex((en, zh): (&str, &str), found: u64, limit: u32) -> Self {
        Self::document(
            Code::TooComplex,
            format!("The document has {found} {en}; at most {limit} are allowed. Split it, or ask for less."),
            format!("该查询的{zh}为 {found},上限为 {limit}。请拆分查询或减少所取内容。"),
        )
    }

    pub fn unauthenticated() -> Self {
        Self::status(
            StatusCode::UNAUTHORIZED,
            Code::Unauthenticated,
            "Sign in, or send a valid token as Authorization: Bearer <token>.",
            "请先登录,或以 Authorization: Bearer <token> 提供有效的令牌。",
        )
    }

    pub fn internal(request_id: &str) -> Self {
        let (en, zh) = internal_words(request_id);
        Self::status(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, en, zh)
    }

    pub fn timeout(limit_ms: u32) -> Self {
        Self {
            code: Code::Timeout,
            status: None,
            en: format!(
                "The request took longer than {limit_ms} ms and was stopped. Ask for less at a time."
            ),
            zh: format!("请求超过 {limit_ms} 毫秒,已被中止。请减少单次所取内容。"),
            position: None,
        }
    }

    pub fn rate_limited(limit: u32, wait_seconds: u64) -> Self {
        Self::status(
            StatusCode::TOO_MANY_REQUESTS,
            Code::RateLimited,
            format!("At most {limit} requests a minute are answered. Try again in {wait_seconds} s."),
            format!("每分钟最多处理 {limit} 个请求,请在 {wait_seconds} 秒后重试。"),
        )
    }

    pub fn refused(refusal: Refusal, request_id: &str) -> Self {
        match refusal {
            Refusal::Unauthenticated => Self::unauthenticated(),
            Refusal::Forbidden(words) => {
                Self::status(StatusCode::FORBIDDEN, Code::Forbidden, words.clone(), words)
            }
            Refusal::BadUserInput(words) => Self::bad_request(words.clone(), words),
            Refusal::Internal(cause) => {
                tracing::error!(request_id, cause, "the gate failed");
                Self::internal(request_id)
            }
        }
    }

    pub fn words(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Zh => &self.zh,
        }
    }

    /// As an error of an answer.
    pub fn to_error(&self, language: Language, request_id: &str) -> ServerError {
        let mut error = ServerError::new(self.words(language), self.position);
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", self.code.as_str());
        if self.code == Code::Internal {
            extensions.set("requestId", request_id);
        }
        error.extensions = Some(extensions);
        error
    }
}

/// What is said of our own faults, in English and in Chinese.
pub(crate) fn internal_words(request_id: &str) -> (String, String) {
    (
        format!("Something went wrong on our side. The log has it under request {request_id}."),
        format!("服务器内部出错,日志中的请求编号为 {request_id}。"),
    )
}
