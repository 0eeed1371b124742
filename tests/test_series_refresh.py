"""The command refresh, against a server of our own on this machine: good answers, bad ones, none."""

from __future__ import annotations

import copy
import json
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from analysis import cli, series
from analysis.errors import InputError, NuageError, SetupError, UsageError
from analysis.series import jsonstat, releases
from analysis.series import refresh as refreshing
from analysis.series.refresh import Refreshed

SOUND = Path(__file__).parent / "planted/series/sound"
HELD = "adoption.2031-02-03.csv"
NEW = "adoption.2032-02-02.csv"

#: The release of the sound series as the office would send it: 2 units × 2 places × 2 years, some without a value.
DIMENSIONS = {
    "freq": ["A"],
    "size_emp": ["GE10"],
    "nace_r2": ["ALL"],
    "indic_is": ["E_CC"],
    "unit": ["PC_ENT", "PC_ENT_IUSE"],
    "geo": ["FR", "DE"],
    "time": ["2029", "2030"],
}
VALUES = {0: 26.86, 1: 26.76, 2: 41.6, 5: 27.12}
FLAGS = {0: "ep", 1: "b", 3: "c", 5: "b"}
POSITIONS = 8
SAME_DAY = "2031-02-03T11:00:00+0100"
NEXT_YEAR = "2032-02-02T23:00:00+0100"

Answer = dict[str, Any]
Handler = Callable[["_Handler"], None]


def answer(updated: str = SAME_DAY) -> Answer:
    """A sparse answer, without flags left out: values and flags as objects keyed by position."""
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Fictitious use",
        "updated": updated,
        "value": {str(position): value for position, value in VALUES.items()},
        "status": {str(position): flag for position, flag in FLAGS.items()},
        "id": list(DIMENSIONS),
        "size": [len(codes) for codes in DIMENSIONS.values()],
        "dimension": {
            name: {"label": name, "category": {"index": {code: i for i, code in enumerate(codes)}}}
            for name, codes in DIMENSIONS.items()
        },
    }


def dense(sparse: Answer) -> Answer:
    """The same answer with arrays, null where there is nothing."""
    arrays = {name: [sparse[name].get(str(i)) for i in range(POSITIONS)] for name in ("value", "status")}
    return sparse | arrays


def turned(sparse: Answer) -> Answer:
    """The same answer with the two years as the slowest dimension, and codes as arrays."""
    rest = [name for name in DIMENSIONS if name != "time"]
    places = {year: [2 * i + year for i in range(POSITIONS // 2)] for year in (0, 1)}
    order = places[0] + places[1]
    moved = {
        name: {str(order.index(int(key))): each for key, each in sparse[name].items()} for name in ("value", "status")
    }
    lists = {name: {"category": {"index": codes}} for name, codes in DIMENSIONS.items()}
    sizes = [2, *(len(DIMENSIONS[name]) for name in rest)]
    return sparse | moved | {"id": ["time", *rest], "size": sizes, "dimension": lists}


class _Handler(BaseHTTPRequestHandler):
    server: Office

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.answer(self)

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""

    def send(self, content: bytes, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in ({"Content_Length": str(len(content))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)


class Office(ThreadingHTTPServer):
    """A statistical office on this machine."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer: Handler = lambda handler: handler.send(b"", 404)
        self.asked: list[str] = []
        self.closing = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/data/fict_use?format=JSON"

    def gives(self, content: object, status: int = 200) -> None:
        sent = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.answer = lambda handler: handler.send(sent, status)

    def handle_error(self, *_: object) -> None:
        """Whoever asked has hung up: nothing to tell."""


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv("no_proxy", "*")
    server = Office()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.closing.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SOUND, tmp_path / series.FOLDER)
    (tmp_path / "data/raw/claims").mkdir()
    monkeypatch.setenv("NUAGE_PROJECT", str(tmp_path))
    return tmp_path


def files(project: Path) -> dict[str, bytes]:
    """Everything in the folder of the series, hidden files too."""
    return {file.name: file.read_bytes() for file in (project / series.FOLDER).iterdir()}


def fetch(project: Path, office: Office, timeout: float = 10) -> Refreshed:
    return refreshing.refresh(project, series.card(project, "adoption"), office.address, timeout)


def refuses(project: Path, office: Office, kind: type[NuageError], what: str, timeout: float = 10) -> str:
    """The refusal of the office's answer, with nothing written and nothing lost."""
    before = files(project)
    with pytest.raises(kind, match=what) as refusal:
        fetch(project, office, timeout)
    assert files(project) == before
    told = str(refusal.value)
    assert "way out:" in told
    return told


# Good answers.


@pytest.mark.parametrize("form", [lambda sparse: sparse, dense, turned], ids=["sparse", "dense", "turned"])
def test_the_same_release_says_nothing_new(project: Path, office: Office, form: Callable[[Answer], Answer]) -> None:
    before = files(project)
    office.gives(form(answer()))
    outcome = fetch(project, office)
    assert (outcome.file, outcome.before, outcome.changes) == (None, "2031-02-03", ())
    assert files(project) == before


@pytest.mark.parametrize("form", [lambda sparse: sparse, dense, turned], ids=["sparse", "dense", "turned"])
def test_a_new_release_is_written_beside_the_old_one(
    project: Path, office: Office, form: Callable[[Answer], Answer]
) -> None:
    before = files(project)
    office.gives(form(answer(NEXT_YEAR)))
    outcome = fetch(project, office)
    assert outcome.file == series.FOLDER / NEW
    written = files(project)
    expected = before[HELD].decode().replace("2031-02-03T11:00:00+01:00", "2032-02-02T23:00:00+01:00")
    assert written.pop(NEW).decode() == expected
    assert written == before


def test_a_new_release_says_what_changed(project: Path, office: Office) -> None:
    changed = answer(NEXT_YEAR)
    changed["value"] |= {"0": 26.9, "3": 47, "4": 27}
    changed["status"] = {"1": "b"}
    del changed["value"]["2"]
    office.gives(changed)
    assert [str(change) for change in fetch(project, office).changes] == [
        "gone     DE 2029 PC_ENT: 41.60",
        "revised  DE 2030 PC_ENT: not available (c) → 47.00",
        "revised  FR 2029 PC_ENT: 26.86 (ep) → 26.90",
        "new      FR 2029 PC_ENT_IUSE: 27.00",
        "flag     FR 2030 PC_ENT_IUSE: 27.12 (b) → 27.12",
    ]


def test_the_catalogue_takes_the_new_release_and_keeps_the_old_one(project: Path, office: Office) -> None:
    changed = answer(NEXT_YEAR)
    changed["value"]["0"] = 26.9
    office.gives(changed)
    fetch(project, office)
    tellings = series.load(project).tellings("adoption_fr_2029")
    assert [(each.id, each.printed, each.newest) for each in tellings] == [
        ("adoption_fr_2029", "26.90", True),
        ("adoption_fr_2029_r20310203", "26.86", False),
    ]


def test_an_earlier_release_is_compared_with_the_one_before_it(project: Path, office: Office) -> None:
    office.gives(answer("2030-01-07T11:00:00+0100"))
    outcome = fetch(project, office)
    assert (outcome.before, len(outcome.changes)) == ("", 5)
    assert series.load(project)["adoption_fr_2029"].released == "2031-02-03"


def test_an_answer_to_a_narrower_question_is_no_other_content(project: Path, office: Office) -> None:
    narrow = answer()
    del narrow["value"]["2"]
    office.gives(narrow)
    assert [change.kind for change in fetch(project, office).changes] == ["gone"]


def test_values_keep_the_decimals_of_the_office_and_are_never_rounded(project: Path, office: Office) -> None:
    changed = answer(NEXT_YEAR)
    changed["value"] |= {"0": 5e1, "1": 26.7654, "2": -1}
    office.gives(changed)
    fetch(project, office)
    assert [each.printed for each in series.load(project).latest("adoption")][:3] == ["-1.00", "50.00", "26.7654"]


def test_the_form_that_eurostat_sends_is_read(project: Path, office: Office) -> None:
    sent = answer(NEXT_YEAR) | {"source": "ESTAT", "extension": {"id": "FICT_USE", "status": {"label": {"b": "break"}}}}
    sent["status"] |= {"4": ":", "6": ": u"}
    office.gives(sent)
    fetch(project, office)
    text = files(project)[NEW].decode()
    assert "PC_ENT_IUSE,FR,2029,:,," in text
    assert "PC_ENT_IUSE,DE,2029,:,u," in text


def test_redirections_are_followed(project: Path, office: Office) -> None:
    def redirect(handler: _Handler) -> None:
        if "moved" in handler.path:
            handler.send(json.dumps(answer(NEXT_YEAR)).encode())
        else:
            handler.send(b"", 301, Location="/moved")

    office.answer = redirect
    assert fetch(project, office).file


def test_the_filters_of_the_card_are_asked_for(project: Path, office: Office) -> None:
    card = project / series.FOLDER / "adoption.toml"
    card.write_text(card.read_text().replace("https://office.example", office.address.rpartition("/data")[0]))
    office.gives(answer(NEXT_YEAR))
    assert refreshing.refresh(project, series.card(project, "adoption")).file
    asked = office.asked[0]
    assert asked.startswith("/api/fict_use?format=JSON&")
    assert "geo=FR&geo=DE" in asked


# The same release with another content.


def test_another_value_for_the_same_release_is_refused(project: Path, office: Office) -> None:
    other = answer()
    other["value"]["0"] = 26.9
    office.gives(other)
    told = refuses(project, office, InputError, "another content")
    assert "FR 2029 PC_ENT: 26.86 (ep) → 26.90 (ep)" in told
    assert HELD in told


def test_another_flag_or_one_more_point_for_the_same_release_is_refused(project: Path, office: Office) -> None:
    other = answer()
    other["status"]["2"] = "p"
    office.gives(other)
    assert "flag DE 2029" in refuses(project, office, InputError, "another content")
    more = answer()
    more["value"]["4"] = 27
    office.gives(more)
    assert "new FR 2029 PC_ENT_IUSE: 27.00" in refuses(project, office, InputError, "another content")


def test_a_release_of_the_same_day_at_another_hour_says_nothing_new(project: Path, office: Office) -> None:
    office.gives(answer("2031-02-03T23:00:00+0100"))
    assert fetch(project, office).file is None


# Bad answers.


def without(content: Answer, *keys: str) -> Answer:
    changed = copy.deepcopy(content)
    at = changed
    for key in keys[:-1]:
        at = at[key]
    del at[keys[-1]]
    return changed


def with_(content: Answer, value: object, *keys: str) -> Answer:
    changed = copy.deepcopy(content)
    at = changed
    for key in keys[:-1]:
        at = at[key]
    at[keys[-1]] = value
    return changed


GOOD = answer(NEXT_YEAR)
TEXT = json.dumps(GOOD).encode()
INDEX = ("category", "index")
BAD: dict[str, tuple[object, str]] = {
    "html": (b"<!DOCTYPE html><html><body>Maintenance</body></html>", "a page came in place of data"),
    "html_after_a_mark": (b"\xef\xbb\xbf\n <html></html>", "a page came in place of data"),
    "truncated": (TEXT[: len(TEXT) // 2], "not JSON, or is cut off"),
    "empty": (b"", "not JSON, or is cut off"),
    "not_utf_8": (b'{"label": "\xff\xfe"}', "not JSON, or is cut off"),
    "too_deep": (b"[" * 100_000, "not JSON, or is cut off"),
    "nan": (TEXT.replace(b"26.86", b"NaN"), "not JSON, or is cut off"),
    "a_list": ([GOOD], "no JSON-stat"),
    "a_number": (b"42", "no JSON-stat"),
    "warning": (
        {"warning": {"status": 413, "label": "ASYNCHRONOUS_RESPONSE. Your request will be treated later"}},
        "the office answers with warning 413",
    ),
    "error": (
        {"error": [{"status": 400, "id": 150, "label": "Invalid value for geo"}]},
        "the office answers with error 400",
    ),
    "error_in_words": ({"error": "no such data set"}, "the office answers with error"),
    "wrong_class": (with_(GOOD, "collection", "class"), 'not of the class "dataset"'),
    "no_class": (without(GOOD, "class"), 'not of the class "dataset"'),
    "another_data_set": (GOOD | {"extension": {"id": "FICT_BUY"}}, "the answer is of another data set"),
    "no_id": (without(GOOD, "id"), "the dimensions are not those of the data set"),
    "dimension_not_in_id": (with_(GOOD, GOOD["id"][1:], "id"), "the dimensions are not those of the data set"),
    "unknown_dimension": (with_(GOOD, [*GOOD["id"], "sex"], "id"), "the dimensions are not those of the data set"),
    "dimension_missing": (without(GOOD, "dimension", "geo"), 'the dimension "geo" is missing'),
    "no_dimensions": (without(GOOD, "dimension"), "is missing"),
    "no_size": (without(GOOD, "size"), "size does not tell"),
    "size_too_short": (with_(GOOD, [1, 1, 1], "size"), "size does not tell"),
    "size_of_words": (with_(GOOD, ["1"] * 7, "size"), "size does not tell"),
    "size_unlike_the_codes": (with_(GOOD, [1, 1, 1, 1, 2, 3, 2], "size"), '"geo" has not as many codes'),
    "codes_not_numbered": (with_(GOOD, {"FR": 0, "DE": 2}, "dimension", "geo", *INDEX), "not numbered one by one"),
    "codes_twice": (with_(GOOD, ["FR", "FR"], "dimension", "geo", *INDEX), "not numbered one by one"),
    "unknown_geo": (with_(GOOD, {"FR": 0, "XX": 1}, "dimension", "geo", *INDEX), 'does not know geo "XX"'),
    "unknown_unit": (with_(GOOD, ["PC_ENT", "PC_EMP"], "dimension", "unit", *INDEX), 'does not know unit "PC_EMP"'),
    "another_indicator": (with_(GOOD, ["E_CC1"], "dimension", "indic_is", *INDEX), 'does not know indic_is "E_CC1"'),
    "time_not_a_period": (with_(GOOD, ["2029", "latest"], "dimension", "time", *INDEX), 'the time "latest"'),
    "no_value": (without(GOOD, "value"), "value is missing"),
    "value_of_words": (with_(GOOD, "none", "value"), "value is missing"),
    "values_all_missing": (with_(GOOD, {}, "value"), "the answer has no value"),
    "array_too_short": (with_(GOOD, [26.86, 26.76], "value"), "value does not fit the sizes"),
    "array_too_long": (with_(GOOD, [1.0] * 9, "value"), "value does not fit the sizes"),
    "index_out_of_range": (with_(GOOD, 30.0, "value", "8"), "value has a position that is not there"),
    "index_negative": (with_(GOOD, 30.0, "value", "-1"), "value has a position that is not there"),
    "index_of_letters": (with_(GOOD, 30.0, "value", "FR"), "value has a position that is not there"),
    "flag_out_of_range": (with_(GOOD, "b", "status", "99"), "status has a position that is not there"),
    "value_of_text": (with_(GOOD, "26.86", "value", "0"), "a value is no number"),
    "value_true": (with_(GOOD, True, "value", "0"), "a value is no number"),
    "value_of_a_list": (with_(GOOD, [26.86], "value", "0"), "a value is no number"),
    "value_immense": (TEXT.replace(b"26.86", b"1e999999"), "a value is no number of a statistic"),
    "unknown_flag": (with_(GOOD, "q", "status", "0"), 'unknown flag "q"'),
    "flag_of_a_number": (with_(GOOD, 7, "status", "0"), "a flag is no text"),
    "no_release": (without(GOOD, "updated"), "does not tell when it was released"),
    "release_of_words": (with_(GOOD, "yesterday", "updated"), "does not tell when it was released"),
    "release_not_in_the_calendar": (with_(GOOD, "2032-02-30T11:00:00+0100", "updated"), "does not tell when"),
}


@pytest.mark.parametrize(("content", "what"), BAD.values(), ids=BAD.keys())
def test_a_bad_answer_is_refused_and_nothing_is_written(
    project: Path, office: Office, content: object, what: str
) -> None:
    office.gives(content)
    refuses(project, office, NuageError, what)


def test_a_bad_answer_is_evidence_on_one_line(project: Path, office: Office) -> None:
    office.gives(b"<html>\n" + b"very long " * 1000 + b"</html>")
    evidence = next(line for line in refuses(project, office, InputError, "a page").splitlines() if "evidence" in line)
    assert len(evidence) < 200


def test_any_beginning_of_an_answer_is_refused(project: Path) -> None:
    card = series.card(project, "adoption")
    for length in range(0, len(TEXT), 7):
        with pytest.raises(InputError):
            jsonstat.vintage(TEXT[:length], card, "the office")


@pytest.mark.parametrize("status", [400, 403, 404, 413, 429, 500, 503])
def test_an_error_of_the_server_is_told_by_its_number(project: Path, office: Office, status: int) -> None:
    office.gives(b'{"error": "no"}', status)
    assert f"HTTP {status}" in refuses(project, office, InputError, "the server answers with an error")


def test_what_the_office_says_of_an_error_is_told(project: Path, office: Office) -> None:
    office.gives({"error": [{"status": 400, "id": 150, "label": "Invalid value for geo"}]}, 400)
    assert "error 400: Invalid value for geo" in refuses(
        project, office, InputError, "the server answers with an error"
    )
    office.gives(b"<html>", 502)
    assert "HTTP 502" in refuses(project, office, InputError, "the server answers with an error")
    office.gives([1], 500)
    assert "HTTP 500" in refuses(project, office, InputError, "the server answers with an error")


def test_redirections_without_end_are_refused(project: Path, office: Office) -> None:
    office.answer = lambda handler: handler.send(b"", 302, Location=handler.path)
    refuses(project, office, InputError, "the server answers with an error")


def test_an_answer_shorter_than_announced_is_cut_off(project: Path, office: Office) -> None:
    office.answer = lambda handler: handler.send(TEXT, Content_Length=str(len(TEXT) + 10), Connection="close")
    assert "10 are missing" in refuses(project, office, InputError, "cut off")


def test_an_answer_in_pieces_that_ends_early_is_cut_off(project: Path, office: Office) -> None:
    def pieces(handler: _Handler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(b"ff\r\n{")

    office.answer = pieces
    refuses(project, office, InputError, "cut off")


def test_an_answer_that_is_not_http_is_refused(project: Path, office: Office) -> None:
    def greet(handler: _Handler) -> None:
        handler.wfile.write(b"SMTP ready\r\n\r\n")

    office.answer = greet
    refuses(project, office, InputError, "the answer is not HTTP")


def test_an_immense_answer_is_not_read_to_its_end(
    project: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "LARGEST", 1000)
    office.gives(b" " * 100_000)
    refuses(project, office, InputError, "too large")


# No answer.


def wait(handler: _Handler) -> None:
    handler.server.closing.wait(5)


def drip(handler: _Handler) -> None:
    """Head at once, then a blank now and then: never silent for long, never done."""
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.closing.wait(0.05):
        handler.wfile.write(b" ")


def drip_the_head(handler: _Handler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
    while not handler.server.closing.wait(0.05):
        handler.wfile.write(b"a")


@pytest.mark.parametrize("slowly", [wait, drip, drip_the_head])
def test_a_slow_answer_is_given_up_in_time(project: Path, office: Office, slowly: Handler) -> None:
    office.answer = slowly
    assert "--timeout" in refuses(project, office, SetupError, "no complete answer within 0.3 s", timeout=0.3)


def test_an_answer_that_takes_its_time_is_waited_for(project: Path, office: Office) -> None:
    def late(handler: _Handler) -> None:
        handler.server.closing.wait(0.2)
        handler.send(TEXT)

    office.answer = late
    assert fetch(project, office, timeout=10).file


def test_a_server_that_hangs_up_is_no_answer(project: Path, office: Office) -> None:
    office.answer = lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)
    refuses(project, office, SetupError, "nothing answers")


def test_no_server_is_no_answer(office: Office) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/"
        with pytest.raises(SetupError, match="nothing answers"):
            refreshing.fetch(address, 5)
    assert office.asked == []


@pytest.mark.parametrize(
    "address", ["file:///etc/hosts", "ftp://a.example/x", "office.example", "http://", "http://a b/", ""]
)
def test_only_web_addresses_are_asked(address: str) -> None:
    with pytest.raises(UsageError, match="not a web address"):
        refreshing.fetch(address, 5)


# Writing.


def test_a_folder_that_cannot_be_written_is_told(
    project: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.link", full)
    office.gives(GOOD)
    before = files(project)
    with pytest.raises(SetupError, match="cannot be written"):
        fetch(project, office)
    assert files(project) == before


def test_a_file_written_meanwhile_is_not_written_over(
    project: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(project)
    held = releases.vintages(series.card(project, "adoption"), project)
    (project / series.FOLDER / NEW).write_bytes(b"of another run")
    monkeypatch.setattr(releases, "vintages", lambda *_: held)
    office.gives(GOOD)
    with pytest.raises(InputError, match="written meanwhile"):
        fetch(project, office)
    assert files(project) == before | {NEW: b"of another run"}


def test_a_fault_in_the_files_that_are_here_is_told_before_anything_is_asked(project: Path, office: Office) -> None:
    file = project / series.FOLDER / HELD
    file.write_text(file.read_text().replace("26.76,b", "26.76,q"))
    office.gives(GOOD)
    with pytest.raises(NuageError, match='unknown flag "q"'):
        fetch(project, office)
    assert office.asked == []


# The command.


@pytest.mark.usefixtures("project")
def test_the_command_prints_what_changed_and_what_was_written(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = with_(GOOD, 26.9, "value", "0")
    office.gives(changed)
    assert cli.main(["refresh", "adoption", "--from", office.address]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "adoption: release of 2032-02-02, against that of 2031-02-03",
        "  revised  FR 2029 PC_ENT: 26.86 (ep) → 26.90 (ep)",
        "written: data/raw/series/adoption.2032-02-02.csv",
    ]
    assert cli.main(["refresh", "--from", office.address]) == 0
    assert "nothing new; the release of 2032-02-02 is here already" in capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_the_command_says_that_no_point_changed_or_that_some_were_not_asked_for(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.gives(GOOD)
    assert cli.main(["refresh", "--from", office.address]) == 0
    assert "no point changed" in capsys.readouterr().out
    office.gives(without(GOOD, "value", "2"))
    assert cli.main(["refresh", "--from", office.address]) == 0
    assert "1 of its points are not in this answer" in capsys.readouterr().out


def test_the_exit_code_tells_a_bad_answer_from_none_and_from_a_wrong_call(
    project: Path, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(project)
    office.gives(b"<html></html>")
    assert cli.main(["refresh", "--from", office.address]) == 1
    office.answer = wait
    assert cli.main(["refresh", "--from", office.address, "--timeout", "0.2"]) == 4
    for wrong in (
        ["adopion"],
        ["survey"],
        ["--timeout", "0"],
        ["--timeout", "nan"],
        ["--timeout", "soon"],
        ["--form", "x"],
    ):
        assert cli.main(["refresh", *wrong]) == 2, wrong
    assert 'did you mean "adoption"' in capsys.readouterr().err
    assert files(project) == before


def test_without_series_there_is_nothing_to_fetch(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in files(project):
        (project / series.FOLDER / name).unlink()
    assert cli.main(["refresh"]) == 0
    assert "nothing to fetch" in capsys.readouterr().out
    assert cli.main(["refresh", "--from", "http://127.0.0.1/"]) == 2


# Where the network is.


def test_only_the_refresh_of_series_imports_what_touches_the_network() -> None:
    package = Path(series.__file__).parents[1]
    networked = {"urllib.request", "http.client", "socket", "requests", "httpx"}
    found = {
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        if any(
            f"{word} {name}" in file.read_text(encoding="utf-8") for name in networked for word in ("import", "from")
        )
    }
    # The runs of notebooks talk through pairs of sockets that have no address.
    assert {file for file in found if not file.startswith("notebooks/")} == {"series/refresh.py"}
    sockets = [file.read_text(encoding="utf-8") for file in (package / "notebooks").glob("*.py")]
    assert not any(name in text for text in sockets for name in ("AF_INET", "create_connection", ".connect("))
