"""A build into a folder: what an earlier one has read, and is as it was, is not read again."""

from __future__ import annotations

import contextlib
import gc
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg import output
from kg.archive import ArchiveWriter, Settled
from kg.errors import KgError, SourceError, StoreError
from kg.extract.rulebook.loading import load
from kg.graph.contribution import Contribution
from kg.graph.gathered import Gathered
from kg.graph.patch import patch_store
from kg.graph.said import said
from kg.graph.settling import Edit
from kg.graph.splice import splice_turtle
from kg.graph.store import open_store, write_store
from kg.pipeline.collecting import TROUBLED, Collector
from kg.pipeline.earlier import FINGERPRINT, Earlier, find_earlier, write_checks
from kg.pipeline.settings import Settings
from kg.pipeline.sources import Sources, Watch
from kg.report import Report
from kg.source import find
from kg.view import READ, page_of, picture_of
from kg.view.excerpt import Excerpt
from kg.view.latest import Latest, latest
from kg.view.renew import renew

if TYPE_CHECKING:
    from kg.extract.rulebook.ruleset import RuleSet

PATCHED_SHARE = 0.2
"""Of the documents: where more than these differ, it is faster to write the store anew."""

FEW = 10
"""Documents that may differ however few there are."""

_TOTALS = "totals"


def build_folder(sources: Sequence[Path | str], out: Path, settings: Settings, watch: Watch | None = None) -> Report:
    """Read everything in `sources` and put the store, the Turtle, the picture and the report at `out`, or nothing.

    Sources given as text are URIs, which Spark reads. What was read is kept beside them, see `kg.archive`, and taken
    from there by the next build.

    Raises:
        SourceError: No document could be read; `out` stays as it was.
        StoreError: `out` holds something else or cannot be written.
        RuleError: The declared rules do not load.
        KgError: The settings are no settings.
    """
    settings.check()
    rules = load(settings.rules, settings.names)  # a broken rule stops before any work
    _keep_apart(sources, out)
    fingerprint = settings.fingerprint()
    with contextlib.ExitStack() as stack:
        reading = reader(sources, settings, rules, watch, stack)
        folder = stack.enter_context(output.building(out))

        def build() -> _Build:
            return _Build(folder, reading(), fingerprint)

        earlier = "" if settings.fresh else find_earlier(out, fingerprint)
        if isinstance(earlier, str):
            return build().whole(note=earlier)
        try:
            with earlier.archive:
                return build().again(earlier)
        except Exception as error:  # what corrupt files provoke has many names
            if isinstance(error, KgError) and not isinstance(error, StoreError):
                raise
            note = f"the earlier build is of no use: {str(error).splitlines()[0]}"
        # Either the earlier build is damaged, or nothing can be written, which will come up again. Not within the block
        # above: an error holds all that it came from, and a store that is open keeps its folder locked.
        gc.collect()
        output.empty(folder)
        return build().whole(note=note)


def reader(
    sources: Sequence[Path | str], settings: Settings, rules: RuleSet, watch: Watch | None, stack: contextlib.ExitStack
) -> Callable[[], Sources]:
    """Find the files in `sources` and return what reads them; each time it does so anew.

    What it needs ends with `stack`.

    Raises:
        SourceError: A source does not exist or cannot be listed.
        KgError: Spark is not there or fails.
    """
    if settings.engine == "local":
        files = find(sources, settings.include)
        return lambda: Sources(sources, files, settings, rules, watch)
    from kg.pipeline.cluster import Cluster
    from kg.pipeline.spark import SparkSources

    cluster = stack.enter_context(Cluster())
    files = find(sources, settings.include, cluster.files)
    return lambda: SparkSources(sources, files, settings, rules, watch, cluster=cluster)


class _Build:
    """One build into a folder.

    Args:
        folder: Where it goes, which is empty.
        sources: What is to be read.
        fingerprint: Of the settings.
    """

    def __init__(self, folder: Path, sources: Sources, fingerprint: str) -> None:
        self.folder = folder
        self.sources = sources
        self.base = sources.settings.base
        self.fingerprint = fingerprint

    def again(self, earlier: Earlier) -> Report:
        """Build with what an earlier build has read.

        Raises:
            StoreError: The earlier build is damaged.
        """
        here = {found.identifier: self.sources.hash(found) for found in self.sources.found}
        changed = {source for source, hash_ in here.items() if not hash_ or earlier.sources.get(source) != hash_}
        dropped = [source for source in earlier.sources if source in changed or source not in here]
        gone = {document for source in dropped for document in earlier.archive.documents_of(source)}
        # What made trouble and is as it was will most likely make the same again.
        same = {source for source in changed if earlier.sources.get(source) == TROUBLED + here[source]}
        different = [document for source in {*dropped} - same for document in earlier.archive.documents_of(source)]
        self.sources.known = lambda source: [page for _, page in earlier.archive.packed_pages(source)]
        if earlier.note or len(different) + len(changed - same) > max(FEW, PATCHED_SHARE * len(earlier.archive)):
            kept = [source for source in here if source not in changed]
            return self.whole(earlier, kept, changed, note=earlier.note)
        return self._patched(earlier, changed, dropped, gone)

    def whole(
        self,
        earlier: Earlier | None = None,
        kept: Sequence[str] = (),
        changed: set[str] | None = None,
        *,
        note: str = "",
    ) -> Report:
        """Write everything anew.

        Args:
            earlier: An earlier build.
            kept: The sources of which its archive is to be used.
            changed: The sources to read; by default all.
            note: Why nothing else of the earlier build is used.
        """
        with contextlib.closing(ArchiveWriter(self.folder)) as archive, Gathered(self.folder, self.base) as gathered:
            collector = Collector(self.sources, archive)

            def contributions() -> Iterator[Contribution]:
                if earlier:
                    yield from collector.keep(earlier, kept)
                for outcome in collector.read(changed):
                    again = earlier and outcome.kept and outcome.page
                    yield from earlier.contributions(again) if earlier and again else outcome.contributions

            shown = Latest(self.base)

            def watched() -> Iterator[Contribution]:
                for contribution in contributions():
                    gathered.add(contribution)
                    shown.add(contribution)
                    yield contribution

            written = write_store(watched(), self.folder, base=self.base, unsettled=gathered.unsettled)
            archive.settle((), map(_settled, written.settled))
            graph = open_store(self.folder)
            with (self.folder / output.TURTLE).open("wb") as file:
                gathered.write(graph, file, {_subject(edit) for edit in written.settled})
            report = collector.report(self.base)
            report.count(graph)
            report.note = note
            if earlier:
                report.removed = len(set(earlier.archive.identifiers()).difference(archive.reading().identifiers()))
            self._finish(archive, report)
        picture = picture_of(said(shown.triples(written.settled), READ), shown.count)
        self._show(page_of(picture, base=self.base).encode(), report)
        return report

    def _patched(self, earlier: Earlier, changed: set[str], dropped: Sequence[str], gone: set[str]) -> Report:
        """Write what differs from an earlier build into a copy of it.

        Args:
            earlier: The earlier build.
            changed: The sources to read.
            dropped: Those of the earlier build that changed or are gone.
            gone: The documents that were read in these.
        """
        with contextlib.closing(ArchiveWriter(self.folder, earlier.folder)) as archive:
            for source in dropped:
                archive.drop(source)
            collector = Collector(self.sources, archive)
            new: list[Contribution] = []
            for outcome in collector.read(changed):
                new += outcome.contributions
                if outcome.kept and outcome.page:
                    gone -= {document.identifier for document in outcome.page.documents}
            patch = patch_store(
                earlier.folder,
                self.folder,
                gone=gone,
                contributions=new,
                settled=lambda nodes: _edits(earlier, nodes),
            )
            archive.settle((node.value for node in patch.concerned), map(_settled, patch.settled))
            before, graph = open_store(earlier.folder), open_store(self.folder)
            report = collector.report(self.base)
            report.recount(json.loads(earlier.archive.meta()[_TOTALS]), before, graph, patch.differing)
            report.kept = len(report.documents) - report.anew
            report.removed = len(gone.difference(document.identifier for document in report.documents))
            self._finish(archive, report)
        with (self.folder / output.TURTLE).open("wb") as file:
            splice_turtle(earlier.folder / output.TURTLE, graph, patch.differing, file)
        page = (earlier.folder / output.PICTURE).read_bytes()
        dated = ((document.identifier, document.published) for document in report.documents)
        now = Excerpt(graph.store, latest(dated, self.base))
        self._show(renew(page, before.store, now, patch.touched, len(report.documents)), report)
        return report

    def _finish(self, archive: ArchiveWriter, report: Report) -> None:
        archive.note(FINGERPRINT, self.fingerprint)
        archive.note(_TOTALS, json.dumps([report.entities, report.facts]))
        archive.commit()

    def _show(self, page: bytes, report: Report) -> None:
        (self.folder / output.PICTURE).write_bytes(page)
        with (self.folder / output.REPORT).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(report.json())
        write_checks(self.folder)


def _settled(edit: Edit) -> Settled:
    return Settled(_subject(edit).value, edit.added, f"{edit.quad} .")


def _subject(edit: Edit) -> NamedNode:
    assert isinstance(edit.quad.subject, NamedNode)
    return edit.quad.subject


def _edits(earlier: Earlier, nodes: set[NamedNode]) -> list[Edit]:
    """Return what was settled of some things in an earlier build."""
    settled = earlier.archive.settled(node.value for node in nodes)
    text = "\n".join(one.quad for one in settled)
    quads = pyoxigraph.parse(text, RdfFormat.N_QUADS)
    return [Edit(Quad(*quad), one.added) for quad, one in zip(quads, settled, strict=True)]


def _keep_apart(sources: Sequence[Path | str], out: Path) -> None:
    """Make sure that no build is read as a source.

    Raises:
        SourceError: `out` lies within a source.
    """
    place = out.resolve()
    for source in sources:
        if isinstance(source, Path) and source.is_dir() and source.resolve() in (place, *place.parents):
            raise SourceError(
                f"the output folder {str(out)!r} lies within this source and would be read as a part of it",
                where=str(source),
                remedy="choose another folder with -o",
            )
