# The program in a container: `docker build -t touchstone .`, and docker-compose.yml for it with its Postgres.
# Both images are of one Debian, so that the program finds the C library that it was built against.

# The version of rust-toolchain.toml; a test compares them.
FROM rust:1.95.0-slim-bookworm AS build
WORKDIR /build
COPY . .
# The caches live as long as the builder, so that a change of one line does not compile everything.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked -p touchstone \
    && cp target/release/touchstone /usr/local/bin/touchstone

FROM debian:12.12-slim
RUN useradd --system --uid 7420 --home-dir /nonexistent --shell /usr/sbin/nologin touchstone
COPY --from=build /usr/local/bin/touchstone /usr/local/bin/touchstone
# By number, so that a host that forbids root sees that it is not.
USER 7420
# A container's own loopback is reached by nobody else.
ENV TOUCHSTONE_LISTEN=0.0.0.0:7420
EXPOSE 7420
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s CMD ["touchstone", "ready"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["touchstone"]
CMD ["serve"]
