#!/usr/bin/env bash
# Drives a fresh server with the npm client open311 0.0.12: install the client, start the server on a small county in a
# scratch folder, make a key, run drive.mjs. Leaves nothing behind but node_modules here.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
scratch=$(mktemp -d)
server=

clean_up() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$scratch"
}
trap clean_up EXIT

(cd "$here" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)

PORT=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
export PORT JINGWEI_DATA=$scratch/data JINGWEI_KEYS=$scratch/keys JINGWEI_SEED=small JINGWEI_LOG=warn
node "$root/bin/jingwei.js" serve >"$scratch/log" 2>&1 &
server=$!
for _ in $(seq 1 180); do
  if curl -fs "http://localhost:$PORT/readyz" >/dev/null; then break; fi
  kill -0 "$server" 2>/dev/null || { cat "$scratch/log"; exit 1; }
  sleep 1
done

# The key stands alone on the last line.
JINGWEI_KEY=$(node "$root/bin/jingwei.js" apikey create --scope open311 | tail -n 1)
export JINGWEI_KEY JINGWEI_URL=http://localhost:$PORT
node "$here/drive.mjs" || { cat "$scratch/log"; exit 1; }
