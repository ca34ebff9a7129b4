"""Worlds from seeds, spread over processes, until one is found that breaks a law: `benchmarks.simulation` tells how.

python -m benchmarks simulate --seeds 100000
python -m benchmarks simulate --seed 4711        (that one, once more)
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context

from benchmarks.simulation.clock import LawBroken
from benchmarks.simulation.run import Told, run_world
from benchmarks.table import table

Outcome = Told | str  # what happened in a world, or which law was broken


def run_worlds(seeds: Iterable[int]) -> list[Outcome]:
    return [_outcome(seed) for seed in seeds]


def survey(seeds: range, processes: int) -> list[Outcome]:
    shares = [seeds[part::processes] for part in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return list(chain.from_iterable(pool.map(run_worlds, shares)))


def main(arguments: list[str]) -> None:
    options = _parse(arguments)
    if options.seed is not None:
        print(run_world(options.seed))
        return
    began = time.perf_counter()
    outcomes = survey(range(options.first, options.first + options.seeds), options.processes)
    seconds = time.perf_counter() - began
    told = [outcome for outcome in outcomes if isinstance(outcome, Told)]
    broken = [outcome for outcome in outcomes if isinstance(outcome, str)]
    row = {
        "worlds": str(len(outcomes)),
        "jobs": str(sum(one.jobs for one in told)),
        "codes": str(sum(one.codes for one in told)),
        "kills": str(sum(one.kills for one in told)),
        "power cuts": str(sum(one.power_cuts for one in told)),
        "laws broken": str(len(broken)),
        "worlds a second": f"{len(outcomes) / seconds:.0f}",
    }
    print(table("Simulated counters", [row]))
    print(*broken[:20], sep="\n")


def _outcome(seed: int) -> Outcome:
    try:
        return run_world(seed)
    except LawBroken as broken:
        return str(broken)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks simulate")
    parser.add_argument("--seed", type=int, help="this world only, with its traceback")
    parser.add_argument("--seeds", type=int, default=2000)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args(arguments)
