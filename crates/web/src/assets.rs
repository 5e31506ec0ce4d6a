//! Styles, the script and the icon: their names carry a hash of their content, so browsers keep them for good.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "assets/"]
struct Assets;

/// Hexadecimal digits of the content's hash in an asset's name.
const HASH_DIGITS: usize = 12;

/// The address of an asset, `tokens.css` say; without a hash if there is no such asset, which a test rules out.
pub(crate) fn url(name: &str) -> String {
    match (Assets::get(name), name.rsplit_once('.')) {
        (Some(file), Some((stem, extension))) => format!("/assets/{stem}-{}.{extension}", hash_of(&file)),
        _ => format!("/assets/{name}"),
    }
}

/// Serves an asset under its hashed name alone: any other name is not there.
pub(crate) async fn serve(Path(path): Path<String>) -> Response {
    let found = path.rsplit_once('.').and_then(|(rest, extension)| {
        let (stem, hash) = rest.rsplit_once('-')?;
        let file = Assets::get(&format!("{stem}.{extension}"))?;
        (hash == hash_of(&file)).then_some(file)
    });
    match found {
        Some(file) => (
            [
                (header::CONTENT_TYPE, content_type(file.metadata.mimetype())),
                (
                    header::CACHE_CONTROL,
                    "public, max-age=31536000, immutable".to_owned(),
                ),
            ],
            file.data,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn hash_of(file: &rust_embed::EmbeddedFile) -> String {
    hex::encode(file.metadata.sha256_hash())[..HASH_DIGITS].to_owned()
}

fn content_type(mime: &str) -> String {
    if mime.starts_with("text/") {
        format!("{mime}; charset=utf-8")
    } else {
        mime.to_owned()
    }
}
