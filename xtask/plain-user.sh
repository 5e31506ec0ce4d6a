#!/usr/bin/env bash
# As a stranger would: a new user with an empty home gets the pinned compiler and a clone in an empty folder, runs
# `cargo run --release -- up`, signs in by the link, stops it, and runs `cargo xtask test`. Then root does the same in
# another empty folder. The user and all folders are gone afterwards.
#
#   xtask/plain-user.sh            all of it: some fifteen minutes of two cores
#   xtask/plain-user.sh --check    only that the user, the compiler, the clone and the registry work: two minutes
#   xtask/plain-user.sh --user     without root's turn;  --root: without the user's
#
# It runs as root, by hand: CI has no users to make. What reaches a registry from here (proxies, certificates, cargo's
# own configuration) is taken over from the environment it is called in.
set -euo pipefail

turns="user root"
depth=all
for argument in "$@"; do
    case $argument in
    --check) depth=check turns=user ;;
    --user) turns=user ;;
    --root) turns=root ;;
    *)
        sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "$0"
        exit 2
        ;;
    esac
done
if [ "$(id -u)" != 0 ]; then
    echo "This makes and removes a user: run it as root." >&2
    exit 2
fi

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && git rev-parse --show-toplevel)
work=$(mktemp -d /var/tmp/touchstone-plain.XXXXXX)
# Passed through by the user, and by Postgres, which runs as one when root starts it.
chmod 711 "$work"
user=touchstone-plain-$$
results=()

say() { printf '\n== %s\n' "$*"; }
fail() {
    echo "FAILED: $*" >&2
    exit 1
}
# Runs a step and notes how long it took.
timed() {
    local name=$1 began=$SECONDS
    shift
    "$@" || fail "$name"
    results+=("$(printf '%5d s  %s' $((SECONDS - began)) "$name")")
}

user_exists() { id "$user" >/dev/null 2>&1; }
# Ends every process of the user that this script made, the tests' Postgres among them.
end_processes_of_user() {
    local signal pids
    for signal in INT KILL; do
        pids=$(pgrep -u "$user" || true)
        [ -z "$pids" ] && return
        # shellcheck disable=SC2086
        kill -s "$signal" $pids 2>/dev/null || true
        sleep 2
    done
}
server=
root_data=
cleanup() {
    local outcome=$? uid
    trap - EXIT INT TERM
    if [ -n "$server" ] && kill -s INT "$server" 2>/dev/null; then
        wait "$server" || true
    fi
    if user_exists; then
        uid=$(id -u "$user")
        end_processes_of_user
        rm -rf "/tmp/touchstone-test-$uid" "/dev/shm/touchstone-test-$uid"
        userdel "$user" || true
    fi
    [ -z "$root_data" ] || rm -rf "$root_data"
    rm -rf "$work"
    exit "$outcome"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# The pinned compiler without rustup, readable by everybody, and the test runner where there is one.
copy_toolchain() {
    local sysroot program
    sysroot=$(cd "$repository" && rustc --print sysroot)
    mkdir "$work/toolchain" "$work/programs"
    tar -C "$sysroot" --exclude=./share/doc --exclude=./lib/rustlib/src -cf - . | tar -C "$work/toolchain" -xf -
    for program in cargo-nextest cargo-deny; do
        if program=$(command -v "$program"); then
            cp "$program" "$work/programs/"
        fi
    done
    chmod -R a+rX "$work/toolchain" "$work/programs"
}

# The variables by which a registry is reached, one NAME=VALUE a line. Files that not everybody can read are copied.
registry_environment() {
    local name value copy
    mkdir "$work/reach"
    while IFS='=' read -r -d '' name value; do
        case $name in
        CARGO_REGISTRY_TOKEN | *_TOKEN | *_CREDENTIAL*) continue ;;
        CARGO_REGISTRIES_* | CARGO_REGISTRY_* | CARGO_HTTP_* | CARGO_NET_* | CARGO_SOURCE_* | npm_config_registry | \
            *_proxy | *_PROXY | SSL_CERT_* | *_CA_* | *CAINFO | *_CA_CERTS) ;;
        *) continue ;;
        esac
        if [ -f "$value" ] && ! setpriv --reuid "$user" --regid "$user" --clear-groups test -r "$value"; then
            copy=$work/reach/$name
            cp "$value" "$copy"
            chmod 644 "$copy"
            value=$copy
        fi
        printf '%s=%s\n' "$name" "$value"
    done < <(env -0)
}

# As whom the following steps are done, and where.
who=
home=
folder=
as() {
    local switch=() place=(TOUCHSTONE_PLAIN=1)
    if [ "$who" != root ]; then
        switch=(setpriv --reuid "$who" --regid "$who" --init-groups)
    elif [ -n "${TOUCHSTONE_DATA_DIR:-}" ]; then
        place=(TOUCHSTONE_DATA_DIR="$TOUCHSTONE_DATA_DIR")
    fi
    # Executed in place, so that a signal to the background job reaches the program itself.
    cd "$folder" && exec env -i "${reach[@]}" "${place[@]}" HOME="$home" USER="$who" LOGNAME="$who" LANG=C.UTF-8 \
        PATH="$work/toolchain/bin:$work/programs:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" \
        "${switch[@]}" "$@"
}

clone() {
    git clone --quiet --no-local "$repository" "$folder"
    chown -R "$who:" "$folder"
}

# `up` until its link has signed somebody in.
up() {
    local out=$work/$who.up listen=() url link jar=$work/$who.cookies status began=$SECONDS
    if (exec 3<>/dev/tcp/127.0.0.1/7420) 2>/dev/null; then
        echo "port 7420 is taken here: another one is used"
        listen=(--listen 127.0.0.1:0)
    fi
    (as cargo run --release -- up "${listen[@]}") >"$out" 2>"$out.log" &
    server=$!
    until url=$(sed -n 's/^ready //p' "$out") && [ -n "$url" ] && link=$(grep '/login?link=' "$out"); do
        if ! kill -0 "$server" 2>/dev/null; then
            tail -n 20 "$out.log" >&2
            return 1
        fi
        sleep 1
    done
    echo "ready after $((SECONDS - began)) s: $url"
    curl --silent --show-error --fail --output /dev/null "$link" || return 1
    curl --silent --show-error --fail --output /dev/null --cookie-jar "$jar" --header "Origin: $url" \
        --data-urlencode "link=${link#*link=}" --data-urlencode 'next=/startups' "$url/login" || return 1
    status=$(curl --silent --output "$out.page" --write-out '%{http_code}' --cookie "$jar" "$url/startups")
    [ "$status" = 200 ] || { echo "/startups answered $status" >&2; return 1; }
    grep -q 'href="/startups/' "$out.page" || grep -qi '<table' "$out.page" || { echo "no startups on the page" >&2; return 1; }
    kill -s INT "$server"
    if ! wait "$server"; then
        tail -n 20 "$out.log" >&2
        return 1
    fi
    server=
}

tests() {
    (as cargo xtask test) >"$work/$who.tests" 2>&1 || {
        tail -n 60 "$work/$who.tests" >&2
        return 1
    }
    tail -n 1 "$work/$who.tests"
}

say "the user $user and the compiler"
mkdir "$work/home" "$work/skeleton"
useradd --home-dir "$work/home" --create-home --skel "$work/skeleton" --shell /bin/bash "$user" 2>/dev/null ||
    fail "the user could not be made"
chown "$user:" "$work/home"
timed "copy of the compiler" copy_toolchain
registry_environment >"$work/reach.list"
mapfile -t reach <"$work/reach.list"
configuration=${CARGO_HOME:-$HOME/.cargo}/config.toml

for turn in $turns; do
    who=$([ "$turn" = root ] && echo root || echo "$user")
    home=$work/$turn-home
    folder=$work/$turn-clone
    [ "$turn" = root ] && mkdir "$home" || home=$work/home
    [ -z "$(ls -A "$home")" ] || fail "the home is not empty"
    if [ -f "$configuration" ]; then
        install -d -o "$who" "$home/.cargo"
        install -m 644 "$configuration" "$home/.cargo/config.toml"
    fi
    if [ "$turn" = root ] && [ "$depth" = all ]; then
        if [ -e /var/lib/touchstone ]; then
            export TOUCHSTONE_DATA_DIR=$work/root-data
            echo "/var/lib/touchstone is in use here: root's data goes to another place"
        else
            root_data=/var/lib/touchstone
        fi
    fi
    say "as $who in an empty folder"
    timed "$turn: clone" clone
    (as cargo --version)
    if [ "$depth" = check ]; then
        timed "$turn: cargo fetch" eval '(as cargo fetch --quiet --locked)'
        timed "$turn: cargo check -p touchstone-domain" eval '(as cargo check --quiet --locked -p touchstone-domain)'
        continue
    fi
    timed "$turn: cargo run --release -- up, signed in, stopped" up
    if [ "$turn" = user ] && pgrep -u "$user" >/dev/null; then
        pgrep -a -u "$user" >&2
        fail "something was left running"
    fi
    timed "$turn: cargo xtask test" tests
done

say "done"
printf '%s\n' "${results[@]}"
