//! Registers the checked-in schema, against which every page's document is checked at compile time.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    cynic_codegen::register_schema("touchstone")
        .from_sdl_file("../../schema.graphql")?
        .as_default()?;
    Ok(())
}
