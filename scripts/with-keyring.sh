#!/bin/sh
# Runs a command on a session bus of its own, with an empty unlocked keyring that is thrown away afterwards.
# The data folder is fresh because a keyring from an earlier run opens only with that run's password.
set -eu

if [ "${PARLEY_KEYRING_FOLDER:-}" = '' ]; then
  PARLEY_KEYRING_FOLDER=$(mktemp -d)
  export PARLEY_KEYRING_FOLDER
  trap 'rm -rf "$PARLEY_KEYRING_FOLDER"' EXIT
  # A trapped signal lets the shell wait for the command, which gets the signal too, and then clean up.
  trap ':' INT TERM HUP
  mkdir -m 700 "$PARLEY_KEYRING_FOLDER/run" "$PARLEY_KEYRING_FOLDER/data"
  status=0
  XDG_RUNTIME_DIR="$PARLEY_KEYRING_FOLDER/run" \
    dbus-run-session -- "$0" "$@" || status=$?
  exit "$status"
fi

export XDG_DATA_HOME="$PARLEY_KEYRING_FOLDER/data"
printf 'test' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
daemon=$!
trap 'kill "$daemon" 2>/dev/null || true' EXIT
trap ':' INT TERM HUP

tries=0
while [ ! -S "$XDG_RUNTIME_DIR/keyring/control" ]; do
  tries=$((tries + 1))
  if [ "$tries" -gt 100 ]; then
    echo 'The keyring did not start within 10 seconds.' >&2
    exit 1
  fi
  sleep 0.1
done

"$@"
