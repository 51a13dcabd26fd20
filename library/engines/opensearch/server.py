"""The search server, as far as the engine needs it: a few verbs over the official client.

Every failure comes out as one that an operator can act upon: EngineUnavailable with the address and a remedy, or
IndexOutOfDate where there is no such index. Connections that break and answers that will pass are tried again.
"""

from __future__ import annotations

import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypeVar

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as Unreachable
from opensearchpy.exceptions import OpenSearchException, TransportError
from urllib3 import Timeout

from library.engines.opensearch.failures import PASSING, failure, missing, passing, refusal, refused, stranger
from library.engines.opensearch.parcels import Parcel, packed, wrapped
from library.engines.opensearch.place import AUTHORITY_FILE, Place
from library.errors import EngineUnavailable, LibraryError, Problem, RecordError

Json = dict[str, Any]
T = TypeVar("T")

CONNECT = 2.0
"""Seconds in which a connection has to come about."""
SEARCH = 30.0
"""Seconds for an answer to a search."""
CHANGE = 120.0
"""Seconds for an answer to what makes, fills or takes away an index."""
CONNECTIONS = 16
"""Connections that are kept open."""
PAUSES = (0.3, 0.9, 2.7, 8.1)
"""Seconds before another try of what changes an index; after the last one it is given up."""
SEARCH_TRIES = 2
"""Of the pauses, those for somebody who waits for a page."""
REST = 2.0
"""Seconds for which a server that could not be reached is not asked to search again: else all who come would queue."""
WHOLE = {"allow_partial_search_results": False}
"""A shard that is missing makes an error, never an answer that lacks some works."""
ITEMS = "errors,items.*.status,items.*.error"
"""What is wanted of the answer to a parcel; without it the answer is as long as what was sent."""


class Server:
    """A search server. Its verbs may be used by many threads at once.

    Every verb raises EngineUnavailable when the server does not do what it is asked, and IndexOutOfDate when
    there is no such index.
    """

    def __init__(
        self,
        place: Place,
        *,
        connect: float = CONNECT,
        search: float = SEARCH,
        pauses: tuple[float, ...] = PAUSES,
        rest: float = REST,
    ) -> None:
        """No connection is made yet. Raises RecordError when the file of the authority is no certificate."""
        self.place = place
        self.shown = place.shown
        self._connect = connect
        self._pauses = pauses
        self._rest = rest
        self._resting: tuple[float, LibraryError] | None = None
        secure = place.scheme == "https"
        self._client = OpenSearch(
            hosts=[{"host": place.host, "port": place.port, "use_ssl": secure}],
            ssl_context=_trust(place) if secure else None,
            headers=_headers(place),
            timeout=Timeout(connect=connect, read=search),
            pool_maxsize=CONNECTIONS,
            max_retries=0,  # the client would try again without a pause
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    # -- searching

    def search(self, index: str | None, body: Json, preference: str = "") -> Json:
        """The answer to a search; `index` is None when the body has a point in time.

        Searches with the same `preference` go to the same copies of the shards.
        """
        asked = {**WHOLE, **({"preference": preference} if preference else {})}
        return self._answer(lambda client: client.search(index=index, body=body, **asked), patient=False)

    def searches(self, pairs: Sequence[tuple[str, Json]]) -> tuple[Json, ...]:
        """The answers to several searches at once, each an index and a body."""
        if not pairs:
            return ()
        lines = [line for index, body in pairs for line in ({"index": index, **WHOLE}, body)]
        answers = self._answer(partial(_every, lines), patient=False)["responses"]
        for answer in answers:
            if "error" in answer:
                raise refusal(int(answer.get("status", 500)), answer["error"], self.place)
        return tuple(answers)

    @contextmanager
    def point_in_time(self, index: str, keep: str = "2m") -> Iterator[str]:
        """A point in time: searches with it see the index as it is now; after `keep` without any it is let go."""
        point = self._answer(partial(_point, index, keep), patient=False)["pit_id"]
        try:
            yield str(point)
        finally:
            with suppress(EngineUnavailable):  # it ends by itself
                self._answer(lambda client: client.delete_pit(body={"pit_id": [point]}, ignore=404), patient=False)

    # -- writing

    def bulk(self, actions: Iterable[Mapping[str, Any]], timeout: float = CHANGE) -> int:
        """Carry out actions in the form of the client's `helpers.bulk`, and say how many they were.

        They are sent in parcels, and what the server has no time for is sent again, more slowly: an action may be
        carried out twice, and must come to the same then. An index is never made on the way. Nothing can be found
        before `refresh`. EngineUnavailable names the first document that is not taken; others may have been.
        """
        kinds: dict[str, bool] = {}
        count = 0
        for parcel in packed(actions):
            for index in {action.index for action in parcel} - kinds.keys():
                kinds[index] = self._is_alias(index)
            self._deliver(parcel, frozenset(index for index, alias in kinds.items() if alias), timeout)
            count += len(parcel)
        return count

    def _deliver(self, parcel: Parcel, aliases: frozenset[str], timeout: float) -> None:
        """Send a parcel until all of it is taken; it is given up when several tries in a row gain nothing."""
        fruitless = 0
        while parcel:
            items = self._answer(partial(_post, wrapped(parcel, aliases), self._within(timeout))).get("items", ())
            answers = [next(iter(item.values())) for item in items]
            errors = [(action, answer) for action, answer in zip(parcel, answers, strict=True) if "error" in answer]
            given_up = fruitless == len(self._pauses) and len(errors) == len(parcel)
            for action, answer in errors:
                if given_up or answer["status"] not in PASSING:
                    raise refused(action.id, answer["status"], answer["error"], self.place)
            if errors:
                fruitless = fruitless + 1 if len(errors) == len(parcel) else 0
                time.sleep(self._pauses[max(fruitless - 1, 0)])
            parcel = tuple(action for action, _ in errors)

    def refresh(self, index: str) -> None:
        """Let what was written be found."""
        self._answer(lambda client: client.indices.refresh(index=index, request_timeout=self._within(CHANGE)))

    # -- indexes

    def create(self, index: str, body: Json | None = None) -> None:
        """Make an index, as the templates say that fit its name."""
        self._answer(lambda client: client.indices.create(index=index, body=body, request_timeout=self._within(CHANGE)))

    def delete(self, index: str) -> None:
        """Take an index away; nothing happens when it is not there."""
        within = self._within(CHANGE)
        self._answer(lambda client: client.indices.delete(index=index, ignore_unavailable=True, request_timeout=within))

    def swap(self, actions: Sequence[Json]) -> None:
        """Change aliases, all at once or none."""
        body, within = {"actions": list(actions)}, self._within(CHANGE)
        self._answer(lambda client: client.indices.update_aliases(body=body, request_timeout=within))

    def behind(self, alias: str, patient: bool = False) -> tuple[str, ...]:
        """The indexes behind an alias, or behind all that fit a pattern; none when there is no such alias."""
        answer = self._answer(lambda client: client.indices.get_alias(name=alias, ignore=404), patient)
        return tuple(sorted(answer)) if "error" not in answer else ()

    def named(self, pattern: str) -> tuple[str, ...]:
        """The indexes whose names fit a pattern with `*`."""
        answer = self._answer(lambda client: client.indices.resolve_index(name=pattern), patient=False)
        return tuple(sorted(one["name"] for one in answer["indices"]))

    def put_template(self, name: str, body: Json) -> None:
        """Say how indexes are to be made from now on."""
        self._answer(lambda client: client.indices.put_index_template(name=name, body=body))

    def _is_alias(self, index: str) -> bool:
        if self.behind(index, patient=True):
            return True
        if not self.ask(lambda client: client.indices.exists(index=index)):
            raise missing(index)
        return False

    # -- asking

    def ask(self, call: Callable[[OpenSearch], T], patient: bool = True) -> T:
        """What a call of the client gives, after some tries where they may help.

        It may be called several times, also when the server had heard it before the connection broke. Without
        patience there are fewer tries, and none just after the server could not be reached.
        """
        pauses = self._pauses if patient else self._pauses[:SEARCH_TRIES]
        if not patient and self._resting is not None and time.monotonic() < self._resting[0]:
            error = self._resting[1]
            raise EngineUnavailable(error.message, error.remedy)
        for pause in (*pauses, None):
            try:
                return call(self._client)
            except OpenSearchException as error:
                if pause is None or not passing(error):
                    told = failure(error, self.place)
                    if isinstance(error, Unreachable):
                        self._resting = time.monotonic() + self._rest, told
                    raise told from error
                time.sleep(pause)
        raise AssertionError("the last try either answers or raises")

    def _answer(self, call: Callable[[OpenSearch], Any], patient: bool = True) -> Json:
        """The same for a call to which a server gives a JSON object."""
        answer = self.ask(call, patient)
        if not isinstance(answer, dict):
            raise stranger(self.place)
        return answer

    def _within(self, seconds: float) -> Timeout:
        return Timeout(connect=self._connect, read=seconds)


def _point(index: str, keep: str, client: OpenSearch) -> Any:
    return client.create_pit(index=index, keep_alive=keep, allow_partial_pit_creation=False)


def _every(lines: list[Json], client: OpenSearch) -> Any:
    """All answers, or the error of one that another try may better: so ends a search when its index is replaced."""
    answer = client.msearch(body=lines)
    for one in answer.get("responses", ()) if isinstance(answer, dict) else ():
        if one.get("status") in PASSING and "error" in one:
            raise TransportError(one["status"], "one of several searches failed", one)
    return answer


def _post(body: bytes, within: Timeout, client: OpenSearch) -> Any:
    headers = {"content-encoding": "gzip", "content-type": "application/x-ndjson"}
    params = {"filter_path": ITEMS, "request_timeout": within}
    return client.transport.perform_request("POST", "/_bulk", params=params, body=body, headers=headers)


def _headers(place: Place) -> dict[str, str]:
    headers = {"accept-encoding": "gzip"}
    if place.user:
        # not by the client, which cannot write a password with signs beyond Latin-1
        headers["authorization"] = f"Basic {b64encode(f'{place.user}:{place.password}'.encode()).decode()}"
    return headers


def _trust(place: Place) -> ssl.SSLContext:
    """Whom we believe that the server is who it says. Raises RecordError."""
    try:
        return ssl.create_default_context(cafile=place.authority)
    except (OSError, ValueError):
        problem = Problem(AUTHORITY_FILE, "", "is no certificate", "put the authority's certificate there, as PEM")
        raise RecordError((problem,)) from None
