"""A registry of one small data set, and a web server that can misbehave."""

import hashlib
import http.server
import threading

import pytest

from course.datasets import registry, shapes, values
from course.datasets.readers import read

WINES = "\n".join(
    [
        ";".join(shapes.COLUMNS["wine-quality"]),
        "7.4;0.7;0.0;1.9;0.076;11.0;34.0;0.9978;3.51;0.56;9.4;5",
        "7.8;0.88;0.0;2.6;0.098;25.0;67.0;0.9968;3.2;0.68;9.8;6",
        "",
    ]
).encode()


@pytest.fixture
def wines():
    """A table of two wines, as the bytes of a file."""
    return WINES


@pytest.fixture
def register(tmp_path, monkeypatch):
    """Make two wines the only data set; return a function that says where they are published."""

    def write(*addresses, member="", copy=WINES):
        listed = "".join(f'{{ url = "{url}", member = "{member}" }},' for url in addresses)
        sha256 = hashlib.sha256(copy).hexdigest()
        folder = tmp_path / "registry"
        folder.mkdir(exist_ok=True)
        (folder / "datasets.toml").write_text(
            f"""[wine-quality]
title = "Two wines"
kind = "file"
serves = []
licence = "none"
origin = "a test"
standin = "drawn wines"
[[wine-quality.files]]
name = "winequality-red.csv"
values = "{values.digest(read("wine-quality", [WINES]))}"
copies = [{{ sha256 = "{sha256}", bytes = {len(copy)} }}]
addresses = [{listed}]
"""
        )
        registry._read.cache_clear()
        return registry.find("wine-quality")

    monkeypatch.setattr(registry, "registry_folder", lambda: tmp_path / "registry")
    yield write
    registry._read.cache_clear()


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An empty data home."""
    folder = tmp_path / "data"
    monkeypatch.setenv("COURSE_DATA_HOME", str(folder))
    return folder


class Site:
    """Pages by path, each with a list of answers: one a request, the last one for good."""

    def __init__(self):
        self.pages, self.requests = {}, []

    def put(self, path, *answers):
        self.pages[path] = list(answers)
        return self.url + path


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    site = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            site.requests.append(self.path)
            answers = site.pages.get(self.path, [404])
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            if isinstance(answer, int):
                self.send_error(answer)
                return
            if callable(answer):
                answer(self)
                return
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


def broken_off(content):
    """Promise the whole content, send half of it, and hang up."""

    def answer(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content[: len(content) // 2])

    return answer


@pytest.fixture
def half(wines):
    return broken_off(wines)
