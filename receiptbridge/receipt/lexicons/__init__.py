"""What receipts print, by language: one module a language, data only.

Each module has four tables, their phrases separated by "|", folded when they are compiled (`fold`):
LABELS (meaning of a label -> phrases), TITLES (kind -> what a line that is little else says), SAYINGS (kind
-> what says so wherever it stands), PROOFS (what only a finished sale bears; "ride": a journey, a parking or a filling
up that is over; "served": what a table's bill bears). The kind "asking" is that of bills, and of what says that it is
no invoice: a sale only where payments settle it.
"""
