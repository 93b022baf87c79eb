#!/usr/bin/env python3
"""Whether TensorBoard reads what a training log writes: every run, tag, step, time and value.

First of a run of the program: its event files must hold the numbers of its progress.jsonl, and what the machine adds.

Two TensorBoards, one with each of its two loaders, follow a log while it is written, killed with SIGKILL, and gone on with
from an earlier update. In the end their pages Scalars and Time Series, TensorBoard's EventAccumulator and tbparse must hold
exactly the numbers of progress.jsonl.

usage: check_tensorboard.py TRADER SAMPLE        (the paths of trader and training-log-sample; needs requirements.txt)
"""
import collections, importlib.metadata, json, pathlib, re, signal, struct, subprocess, sys, tempfile, time, urllib.parse, urllib.request

import tbparse
from tensorboard import version
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

TRAININGS, KEPT, POINTS = 3, 120, 400
TIMING = {"updatesPerSecond", "residentMemoryBytes"}
NO_CURVES = {"training", "seed", "update", "wallTime"}


def single(value):
    """The nearest number of 32 bits."""
    return struct.unpack("f", struct.pack("f", value))[0]


def expected(folder):
    """{(training, tag): [(step, time, value)]} of progress.jsonl."""
    series = collections.defaultdict(list)
    for text in (folder / "progress.jsonl").read_text().splitlines():
        line = json.loads(text)
        for key, value in line.items():
            if key not in NO_CURVES and value is not None:
                tag = ("machine/" if key in TIMING else "learning/") + key
                series[line["training"], tag].append((line["update"], line["wallTime"], single(value)))
    return dict(series)


def accumulated(run):
    accumulator = EventAccumulator(str(run), size_guidance={"scalars": 0})
    accumulator.Reload()
    return {(run.name, tag): [(e.step, e.wall_time, e.value) for e in accumulator.Scalars(tag)]
            for tag in accumulator.Tags()["scalars"]}


def parsed(folder):
    table = tbparse.SummaryReader(str(folder / "tensorboard"), extra_columns={"dir_name", "wall_time"}).scalars
    series = collections.defaultdict(list)
    for row in table.itertuples():
        series[row.dir_name, row.tag].append((row.step, row.wall_time, row.value))
    return dict(series)


class Server:
    """A TensorBoard that follows a folder."""

    def __init__(self, folder, fast):
        self.name = "data server" if fast else "Python loader"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tensorboard.main", "--logdir", str(folder / "tensorboard"), "--port", "0",
             "--reload_interval", "1", "--samples_per_plugin", "scalars=1000000", f"--load_fast={'true' if fast else 'false'}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if match := re.search(r"http://localhost:(\d+)/", line):
                self.root = f"http://localhost:{match[1]}"
                return
        sys.exit(f"TensorBoard ({self.name}) did not start")

    def get(self, path, **form):
        data = urllib.parse.urlencode(form).encode() if form else None
        with urllib.request.urlopen(f"{self.root}/data/plugin/{path}", data, timeout=30) as answer:
            return json.load(answer)

    def scalars(self):
        return {(run, tag): [(step, at, value) for at, step, value in self.get(
                    "scalars/scalars?" + urllib.parse.urlencode({"run": run, "tag": tag}))]
                for run, tags in self.get("scalars/tags").items() for tag in tags}

    def time_series(self):
        tags = sorted({tag for tags in self.get("timeseries/tags")["scalars"]["runTagInfo"].values() for tag in tags})
        requests = json.dumps([{"plugin": "scalars", "tag": tag} for tag in tags])
        return {(run, answer["tag"]): [(p["step"], p["wallTime"], p["value"]) for p in points]
                for answer in self.get("timeseries/timeSeries", requests=requests)
                for run, points in answer["runToSeries"].items()}

    def wait(self, is_done):
        """Pages are read again every second."""
        for _ in range(60):
            try:
                if is_done(self.scalars()):
                    return True
            except OSError:
                pass
            time.sleep(1)
        return False


def require(condition, message):
    if not condition:
        sys.exit(f"NOT AS IT SHOULD BE: {message}")
    print("  " + message, flush=True)


def difference(found, wanted):
    keys = [key for key in wanted.keys() | found.keys() if found.get(key) != wanted.get(key)]
    return "" if not keys else f": {len(keys)} of {len(wanted)} differ, such as {sorted(keys)[0]}"


def check_torn(folder, run, scratch):
    """Cuts the event file within its last record: whatever is whole before is read."""
    file, = run.iterdir()
    contents = file.read_bytes()
    starts, place = [], 0
    while place < len(contents):
        starts.append(place)
        place += 16 + int.from_bytes(contents[place:place + 8], "little")
    require(place == len(contents), f"{file.name} consists of {len(starts)} whole records")
    whole = {key: [point for point in points] for key, points in accumulated(run).items()}
    last = max(points[-1][0] for points in whole.values())
    shorter = {key: [point for point in points if point[0] < last] for key, points in whole.items()}
    for cut in range(starts[-1] + 1, len(contents)):
        (scratch / file.name).write_bytes(contents[:cut])
        found = {(run.name, tag): points for (_, tag), points in accumulated(scratch).items()}
        if found != {key: points for key, points in shorter.items() if points}:
            require(False, f"cut at byte {cut}, all whole records are read")
    require(True, f"cut at each of the {len(contents) - starts[-1] - 1} bytes of its last record, all others are read")


def check_run(trader, folder):
    """A small run from its beginning to its end. Its progress.jsonl has no times."""
    seeds = 2
    subprocess.run([trader, "solve", "wave", "--seeds", str(seeds), "--set", "agent.updates=1000", "--output", folder],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wanted = collections.defaultdict(list)
    for text in (folder / "progress.jsonl").read_text().splitlines():
        line = json.loads(text)
        if (TIMING | {"wallTime"}) & line.keys():
            sys.exit("NOT AS IT SHOULD BE: what a clock says is in the progress.jsonl of a finished run")
        for key, value in line.items():
            if key not in NO_CURVES and value is not None and not isinstance(value, str):
                wanted[line["training"], "learning/" + key].append((line["update"], single(value)))
    found = collections.defaultdict(list)
    for run in (folder / "tensorboard").iterdir():
        found |= accumulated(run)
    for read, name in (found, "EventAccumulator"), (parsed(folder), "tbparse"):
        learned = {key: [(step, value) for step, _, value in points] for key, points in read.items()
                   if key[1].startswith("learning/")}
        require(learned == dict(wanted), f"{name} holds {sum(map(len, learned.values()))} points of {len(learned)} curves"
                + difference(learned, dict(wanted)))
        times = [at for points in read.values() for _, at, _ in points]
        require(max(times) - min(times) < 600 and abs(max(times) - time.time()) < 600, f"{name}: the times are those of the run")
        machine = {key for key in read if key[1].startswith("machine/")}
        require(len(machine) == 2 * seeds, f"{name}: rate and memory of {seeds} trainings")


def main():
    trader, sample = sys.argv[1:] if len(sys.argv) == 3 else sys.exit(__doc__)
    print(f"TensorBoard {version.VERSION}, tbparse {importlib.metadata.version('tbparse')}")
    with tempfile.TemporaryDirectory() as name:
        print("trader solve wave:")
        check_run(trader, pathlib.Path(name, "run"))
    with tempfile.TemporaryDirectory() as name:
        folder, scratch = pathlib.Path(name, "run"), pathlib.Path(name, "torn")
        (folder / "tensorboard").mkdir(parents=True)
        scratch.mkdir()
        servers = [Server(folder, fast) for fast in (True, False)]
        try:
            print("while it is written, until SIGKILL:")
            writer = subprocess.Popen([sample, str(folder), str(TRAININGS), "1000000"])
            for server in servers:
                require(server.wait(lambda found: len(found) == 9 * TRAININGS and all(found.values())), f"{server.name}: curves are there")
            time.sleep(0.5)
            require(writer.poll() is None, "the log was still being written")
            writer.send_signal(signal.SIGKILL)
            writer.wait()
            lines = (folder / "progress.jsonl").read_text()
            require(lines.endswith("\n") and [json.loads(line) for line in lines.splitlines()],
                    f"progress.jsonl consists of {lines.count(chr(10))} whole lines")
            killed = expected(folder)
            updates = max(points[-1][0] for points in killed.values())
            require(updates > KEPT, f"the program was killed at update {updates}")
            for run in sorted((folder / "tensorboard").iterdir()):
                found = accumulated(run)
                # The line of a point is written before its event.
                require(all(points[:len(found[key])] == found[key] and len(found[key]) >= len(points) - 1
                            for key, points in killed.items() if key[0] == run.name), f"{run.name}: every event is a line")
            check_torn(folder, run, scratch)

            print(f"gone on with after update {KEPT}:")
            subprocess.run([sample, str(folder), str(TRAININGS), str(POINTS), str(KEPT)], check=True)
            wanted = expected(folder)
            steps = [step for step, _, _ in wanted["wave-seed1", "learning/score"]]
            require(steps == list(range(POINTS)), f"progress.jsonl holds each of {POINTS} updates once")
            require(any(wanted[key][:KEPT + 1] == killed[key][:KEPT + 1] and wanted[key] != killed[key]
                        for key in wanted), "points up to there stayed as they were")
            runs = {}
            for run in sorted((folder / "tensorboard").iterdir()):
                *earlier, _ = sorted(run.iterdir())
                require(not any(file.stat().st_size for file in earlier), f"{run.name}: one event file that holds anything")
                runs |= accumulated(run)
            points = sum(map(len, wanted.values()))
            what = f"holds {points:,} points of {len(wanted)} curves"
            require(runs == wanted, f"EventAccumulator {what}" + difference(runs, wanted))
            table = parsed(folder)
            require(table == wanted, f"tbparse {what}" + difference(table, wanted))
            for server in servers:
                server.wait(lambda found: found == wanted)
                for page, found in ("Scalars", server.scalars()), ("Time Series", server.time_series()):
                    require(found == wanted, f"{server.name}: {page} {what}" + difference(found, wanted))
        finally:
            for server in servers:
                server.process.terminate()
                server.process.wait()
    print("TensorBoard reads what was written.")


main()
