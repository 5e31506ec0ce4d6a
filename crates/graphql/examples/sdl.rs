//! Prints the schema's SDL, for `cargo xtask schema`.
fn main() {
    print!("{}", touchstone_graphql::sdl(&touchstone_graphql::schema()));
}
