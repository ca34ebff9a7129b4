"""One counter on virtual time: register, box, printer, sync, service and shoppers, with everything that may go wrong.

The core (`Session`), the issuer, the journal, the courier and the service's store are the real ones; time, the wires,
the disk and the network are not. One seed decides what happens when, so that a run that ends badly can be run again.

`clock` is the time and whose turn it is; `storage` the journal on a disk that may lose power, or in a real file;
`counter` register, lane and printer; `office` sync, service and shoppers; `trouble` what goes wrong; `run` puts one
world together and holds it, at its end, against the laws.

    python -m benchmarks simulate --seeds 100000
    python -m benchmarks simulate --seed 4711
"""
