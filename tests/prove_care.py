"""`make prove-care`: the proofs of care at length. 5,000 stories, and 1,000 rounds of reading against stopping on PostgreSQL.

The ordinary suite runs a tenth of it or less. Takes about half an hour on two cores.
"""

import shutil
import sys

from tests.database import postgres
from tests.run import ROOT, pytest

STORIES, ROUNDS, WRITES = "5000", "1000", "1000"


def prove() -> list[bool]:
    """The stories on SQLite; the races, the writers and some stories again on PostgreSQL."""
    var = ROOT / "var" / "test" / "care"
    shutil.rmtree(var, ignore_errors=True)
    stories, telling = "tests/care/test_machine.py", ("-rP", "--show-capture=stdout")
    fine = [pytest(f"{STORIES} stories, SQLite", *telling, stories, CARE_RUNS=STORIES, VAR_DIR=str(var / "sqlite"))]
    with postgres() as address:
        more = {"CARE_ROUNDS": ROUNDS, "CARE_WRITES": WRITES, "CARE_RUNS": "500"}
        parts = ["tests/care/test_race.py", "tests/care/test_records.py", stories]
        where = {"VAR_DIR": str(var / "pg"), "DATABASE_URL": address}
        fine.append(pytest("Races and writers, PostgreSQL", *telling, *parts, **where, **more))
    return fine


if __name__ == "__main__":
    results = prove()
    print(f"\n{'Everything holds.' if all(results) else 'Something does not hold: see above.'}")
    sys.exit(not all(results))
