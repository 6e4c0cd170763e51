#!/bin/sh
# Counts yesterday's orders and prints them as JSON.
set -eu
psql "$STATS_URL" --no-align --tuples-only --command \
  "select count(*) from orders where placed_at >= current_date - 1 and placed_at < current_date" |
  jq --raw-input '{ orders: tonumber }'
