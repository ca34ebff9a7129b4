"""What readings of receipts are worth, beside the truth: of captures, or of generated receipts.

- `grading`   one capture: what was read against what is true
- `bounds`    how far a rate that was counted may be from the true one
- `corpus`    captures and predictions from their files, and how captures are grouped
- `figures`   a group's rates with their sample sizes and bounds
- `text`      the table for a terminal, with the mistakes, worst first
- `markdown`  the table for the README, and its place there

`python -m hardware_sim.score PREDICTIONS.jsonl`, or `make score`.
"""
