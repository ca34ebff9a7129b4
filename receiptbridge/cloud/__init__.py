"""From the box to the member service: its own process, which may die without the paper knowing.

`schedule` says when to try again (pure); `client` asks the service and judges its answers; `wire` spells a
sale as `docs/sync-api.md` has it; `sync` is the loop that empties the outbox; `enrol` makes a box one of the
merchant's.
"""
