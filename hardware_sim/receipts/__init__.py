"""Receipts with a known truth, by the thousand: what registers of many countries would print.

Nothing here knows how receipts are read. The words are those of real registers, written down as data; the
arithmetic is done first, and the paper is made from it, so that the truth is what was sold and not what
somebody read. The rooms, in the order of a receipt:

- `registers/*.toml`   a country's words, prices and tenders, and the papers that its registers print
- `templates`   loads them; picks among their alternatives
- `baskets`     what was bought: invented, or real supermarket baskets
- `till`        rings it up: discounts, taxes, rounding, tenders, and the truth
- `decoys`      what else stands on receipts: points, balances, suggested tips
- `money`, `charsets`   amounts and characters as registers print and send them
- `spoil`       loses rows, or prints them with words that nobody knows
- `layout`      a paper's rows filled with the facts
- `writer`      rows to bytes, in the different ways in which registers send columns and characters
- `library`     the same by an encoder that others wrote
- `generate`    all of it together

`python -m hardware_sim.receipts --seed N --count M --out DIR` writes them as the captures are stored: the
bytes in `.bin`, the truth in `.json`. The same seed gives the same bytes.
"""
