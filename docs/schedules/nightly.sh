#!/bin/sh
# One night: hold the claims against what they come from, build the edition, say what changed since the last one.
# For cron, systemd and CI: nightly.sh PROJECT
# Ends with 0 where there is nothing to tell, else as the command does: 1 findings or changes, 2 usage, 3 execution
# (or out of time), 4 environment (or another night still at work).
set -u
cd "${1:?name the project folder}" || exit 4
PATH="$PWD/.venv/bin:$PATH"
export PATH
state=.cache/nightly
before=$state/before
mkdir -p "$state" || exit 4
exec 9> "$state/lock" || exit 4
flock -n 9 || { echo "another night is still at work in $PWD" >&2; exit 4; }

# What the machine may have caused is tried again, after a pause; what a person must look at is not.
attempt() {
    tries=${NUAGE_TRIES:-3}
    while :; do
        timeout -k 60 "${NUAGE_LIMIT:-30m}" "$@" 9>&-
        code=$?
        [ "$code" -le 4 ] || code=3
        tries=$((tries - 1))
        if [ "$code" -le 2 ] || [ "$tries" -le 0 ]; then
            return "$code"
        fi
        echo "exit code $code: once more" >&2
        sleep "${NUAGE_PAUSE:-60}"
    done
}

rm -rf "$before"
mkdir "$before" || exit 4
if [ -f reports/SHA256SUMS ]; then
    find reports -mindepth 1 -maxdepth 1 ! -name editions ! -name latest -exec cp -R {} "$before" \; || exit 4
fi
attempt nuage verify || exit
attempt nuage build || exit
if [ -f "$before/SHA256SUMS" ]; then
    attempt nuage diff "$before" reports
fi
