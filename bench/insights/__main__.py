"""Print every table; end with 1 where a bound is broken."""

import sys
from concurrent.futures import ProcessPoolExecutor

from bench.insights import coping_strategies, differing, weeks

PARTS = {
    "Is craving different on days with something?": differing.report,
    "What helps in the moment?": coping_strategies.report,
    "Is a week unlike the weeks before?": weeks.report,
}


def main() -> int:
    """All parts, two at a time."""
    broken = []
    with ProcessPoolExecutor(2) as pool:
        runs = [(title, pool.submit(part)) for title, part in PARTS.items()]
        for title, run in runs:
            lines, faults = run.result()
            print(f"\n## {title}\n\n" + "\n".join(lines), flush=True)
            broken += faults
    for fault in broken:
        print(f"Out of bounds: {fault}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
