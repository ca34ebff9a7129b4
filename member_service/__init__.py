"""The member service: boxes bring their sales here, shoppers claim points for them.

The rooms, from the wire inwards:

- `app` puts the parts together; `api` are the routes for boxes (docs/sync-api.md), `pages` those for
  shoppers; `limits`, `headers` and `errors` are what both share;
- `signing` checks who sent a request (RFC 9421, RFC 9530);
- `claim_token` and `typed_code` read what is printed on paper (docs/claim-token.md), `money` and `phone`
  what people write;
- `store` keeps it: tables, and one module for each thing that is done to them;
- `migrations` bring a store of any age up to date.

It obeys the same documents and the same test vectors as the box, and shares no code with it.
"""
