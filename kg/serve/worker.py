"""A process that answers queries, one after the other, and may be ended at any moment.

It reads jobs from standard input and writes replies to standard output, one line of JSON each; an answer itself goes
into the file that the job names. Whoever started it ends it when a query takes too long: nothing inside the store can.
"""

from __future__ import annotations

import json
import math
import signal
import sys
from pathlib import Path
from typing import TypedDict

from pyoxigraph import QueryBoolean, QuerySolutions

from kg.errors import KgError, QueryError, RemoteError
from kg.graph.export import serialize
from kg.graph.layout import prefixes
from kg.query.dataset import Dataset
from kg.query.run import answering
from kg.remote import is_url
from kg.serve.elsewhere import follow
from kg.serve.media import RESULTS, TRIPLES, Form
from kg.serve.snapshot import Snapshot
from kg.serve.writing import Bounded, TooLargeError, write_results, write_triples

GRACE = 5
"""Seconds of computing beyond the time limit after which the system ends a process that nobody ended."""
_LONGEST = 1000
"""Characters of a message; what was asked may be quoted in it."""


class Limits(TypedDict):
    """What a worker is started with: the build, and what one query may take; see `Settings`."""

    store: str
    time_limit: float
    memory_limit: int
    result_limit: int


class Job(TypedDict, total=False):
    """What is to be answered.

    Attributes:
        query: SPARQL, or the name of a question.
        params: Values of its parameters.
        default: The graphs to read as the default graph, in place of those that the query names.
        named: The graphs that `GRAPH` reaches, likewise.
        results: Name of the form for rows and truth values; missing where none is accepted.
        triples: Name of the form for triples, likewise.
        rows: How many rows to give at most.
        dump: In place of a query, the format in which to write the whole graph.
        out: The file for the answer.
    """

    query: str
    params: dict[str, str]
    default: list[str]
    named: list[str]
    results: str
    triples: str
    rows: int
    dump: str
    out: str


class Reply(TypedDict, total=False):
    """How it went.

    Attributes:
        form: Name of the form in which the answer is written.
        more: Whether rows were left out.
        status: Where it failed, the status that says so; then `what`, `where` and `remedy` are those of the error.
    """

    form: str
    more: bool
    status: int
    what: str
    where: str
    remedy: str


def main() -> None:
    """Answer jobs until standard input ends."""
    limits: Limits = json.loads(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its workers
    _bound_memory(limits["memory_limit"])
    try:
        build = follow(limits["store"] if is_url(limits["store"]) else Path(limits["store"]), limits["time_limit"])
    except KgError as error:
        _say(_failed(503, error))
        return
    _say({})
    for line in sys.stdin.buffer:
        job: Job = json.loads(line)
        if "dump" not in job:
            _bound_computing(limits["time_limit"])
        _say(_reply(build.current(), job, limits["result_limit"]))


def _say(reply: Reply) -> None:
    sys.stdout.buffer.write(json.dumps(reply).encode() + b"\n")
    sys.stdout.buffer.flush()


def _reply(build: Snapshot, job: Job, limit: int) -> Reply:
    try:
        if "dump" in job:
            with Path(job["out"]).open("wb") as file:
                serialize(build.graph, job["dump"], file)
            return {"form": job["dump"], "more": False}
        # In memory first: what goes wrong with the file is no fault of the query.
        answer = Bounded(limit)
        reply = _answer(build, job, answer)
        Path(job["out"]).write_bytes(answer.getbuffer())
        return reply
    except TooLargeError:
        remedy = "ask for less with LIMIT, or take a dump"
        return _failed(422, KgError(f"the answer has more than {limit:,} bytes", remedy=remedy))
    except MemoryError:
        return _failed(422, KgError("the query takes more memory than one may", remedy="ask for less at once"))
    except OSError as error:
        return _failed(500, KgError(f"the answer cannot be kept: {error.strerror}", remedy="ask again"))
    except KgError as error:
        return _failed(400 if isinstance(error, QueryError) else 502 if isinstance(error, RemoteError) else 500, error)


def _answer(build: Snapshot, job: Job, out: Bounded) -> Reply:
    dataset = Dataset(tuple(job.get("default", ())), tuple(job.get("named", ())))
    with answering(build.graph, job["query"], job.get("params"), dataset=dataset) as answer:
        if isinstance(answer, QuerySolutions | QueryBoolean):
            if "results" not in job:
                return _unacceptable("rows and truth values", RESULTS)
            more = write_results(answer, _form(RESULTS, job["results"]), out, job.get("rows"))
            return {"form": job["results"], "more": more}
        if "triples" not in job:
            return _unacceptable("triples", TRIPLES)
        write_triples(answer, _form(TRIPLES, job["triples"]), out, prefixes(build.graph.base))
        return {"form": job["triples"], "more": False}


def _form(forms: tuple[Form, ...], name: str) -> Form:
    return next(form for form in forms if form.name == name)


def _unacceptable(what: str, forms: tuple[Form, ...]) -> Reply:
    remedy = f"accept one of {', '.join(form.media[0] for form in forms)}"
    return _failed(406, KgError(f"{what} do not come in that form", where="Accept", remedy=remedy))


def _failed(status: int, error: KgError) -> Reply:
    what, where, remedy = (text[:_LONGEST] for text in (error.what, error.where, error.remedy))
    return {"status": status, "what": what, "where": where, "remedy": remedy}


def _bound_memory(limit: int) -> None:
    """Have the system refuse more memory; where that is exceeded inside the store, the process ends."""
    if limit and sys.platform == "linux":  # elsewhere the limit is not kept by the system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _bound_computing(seconds: float) -> None:
    """Have the system end this process some time after a query should have been ended, for want of anyone else."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = math.ceil(used.ru_utime + used.ru_stime + seconds) + GRACE
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
