"""What the service keeps: tables (`tables`), transactions (`database`), and what is done in them.

Each other module takes a Session and does one thing whole: `merchants` (tills and enrolment codes), `boxes`
(enrolment, keys, nonces), `issued` (tokens heard of), `sales` (what boxes send), `claims` (what shoppers do).
None of them commits: that is for whoever opened the transaction.
"""
