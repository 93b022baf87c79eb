"""Event files as TensorBoard's own code writes them: messages by its protocol buffers, records by its writer.

Run with Python 3.11 and tensorboard (the version used is in the file):

    python make_events.py
"""
import io
import json
import pathlib

import tensorboard.version
from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

HERE = pathlib.Path(__file__).parent


def record(event):
    file = io.BytesIO()
    RecordWriter(file).write(event.SerializeToString(deterministic=True))
    return file.getvalue().hex()


def scalars(wall_time, step, values):
    summary = Summary(value=[Summary.Value(tag=tag, simple_value=value) for tag, value in values])
    return {"wallTime": wall_time, "step": step, "tags": [tag for tag, _ in values], "values": [v for _, v in values],
            "record": record(Event(wall_time=wall_time, step=step, summary=summary))}


events = {
    "version": tensorboard.version.VERSION,
    "fileVersion": {"wallTime": 1795000000.25, "record": record(Event(wall_time=1795000000.25, file_version="brain.Event:2"))},
    "sessionStart": {"wallTime": 1795000001.5, "step": 1200, "record": record(
        Event(wall_time=1795000001.5, step=1200, session_log=SessionLog(status=SessionLog.START)))},
    "scalars": [
        scalars(1795000000.5, 0, [("loss", 0.0)]),
        scalars(1795000001.123, 1, [("learning/loss", 0.1), ("learning/score", -200.0)]),
        scalars(1795000002.0, 127, [("a", 1e-45), ("b", 3.4e38)]),
        scalars(1795000003.0, 128, [("größe/ε", 2.5)]),
        scalars(1795000004.0, 300_000_000_000, [("x" * 200, 123456789.0)]),
        scalars(1795000005.0, 2**40, []),
    ],
}
(HERE / "events.json").write_text(json.dumps(events, indent=1, ensure_ascii=False) + "\n")
