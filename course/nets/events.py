"""Event files: what TensorBoard shows, written and read without TensorBoard itself.

``keras.callbacks.TensorBoard`` needs the package ``tensorboard``. Its files are plain records, which
TensorFlow alone can write; whoever has TensorBoard opens them with ``tensorboard --logdir FOLDER``.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import pandas as pd

__all__ = ["EventLog", "read_events", "write_event"]

# TensorBoard tells kinds of data apart by a code: 1 a number, 2 a tensor, 3 a sequence of files.
DATA_CLASS = {"scalars": 1, "histograms": 2, "text": 2, "images": 3, "audio": 3}


class EventLog(keras.callbacks.Callback):
    """Write the results of each epoch into event files, those of training and validation apart.

    Parameters
    ----------
    folder : str or Path
        The folder of this run; runs beside each other in one folder can be compared.

    Examples
    --------
    >>> EventLog("my_logs/run_1").folder.name
    'run_1'
    """

    def __init__(self, folder: str | Path) -> None:
        super().__init__()
        self.folder = Path(folder)

    def on_train_begin(self, logs: Mapping[str, float] | None = None) -> None:
        """Forget the files of an earlier training."""
        self._writers: dict[str, Any] = {}

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        """Write each result under the name that Keras' own callback gives it."""
        for name, value in (logs or {}).items():
            part = "validation" if name.startswith("val_") else "train"
            with self._writer(part).as_default():
                write_event(f"epoch_{name.removeprefix('val_')}", float(value), epoch)

    def on_train_end(self, logs: Mapping[str, float] | None = None) -> None:
        """Close the files."""
        for writer in self._writers.values():
            writer.close()

    def _writer(self, part: str) -> Any:
        import tensorflow as tf

        if part not in self._writers:
            self._writers[part] = tf.summary.create_file_writer(str(self.folder / part))
        return self._writers[part]


def write_event(tag: str, value: Any, step: int, kind: str = "scalars") -> None:
    """Write one record into the event file whose writer is the default one.

    Parameters
    ----------
    tag : str
        The name of the curve, picture or sound.
    value : number or tensor
        A number; for the other kinds what TensorBoard's protocol asks for, see the lecture on training.
    step : int
        The epoch, or another count.
    kind : str, optional
        ``"scalars"``, ``"histograms"``, ``"images"``, ``"text"`` or ``"audio"``.
    """
    import tensorflow as tf

    if kind not in DATA_CLASS:
        raise ValueError(f"kind must be one of {', '.join(DATA_CLASS)}; it is {kind!r}.")
    metadata = tf.compat.v1.SummaryMetadata(
        plugin_data=tf.compat.v1.SummaryMetadata.PluginData(plugin_name=kind), data_class=DATA_CLASS[kind]
    )
    if kind == "scalars":
        try:
            value = tf.constant(float(value), tf.float32)
        except (TypeError, ValueError):
            raise ValueError(f"value must be a number; it is {value!r}.") from None
    if not tf.summary.write(tag, value, step=step, metadata=metadata):
        raise ValueError(
            "no event file is open: write inside `with tf.summary.create_file_writer(folder).as_default():`."
        )


def read_events(folder: str | Path) -> pd.DataFrame:
    """Read all event files below a folder.

    Parameters
    ----------
    folder : str or Path
        Of one run, or of many.

    Returns
    -------
    pandas.DataFrame
        A row for each record: ``run`` (the folder of its file), ``tag``, ``step``, ``kind``, and ``value``,
        which is NaN where the record holds no number.
    """
    import tensorflow as tf
    from tensorflow.core.util.event_pb2 import Event

    folder = Path(folder)
    files = sorted(folder.rglob("events.out.tfevents.*"))
    if not files:
        raise ValueError(f"folder must hold event files; there are none in {folder}.")
    rows = []
    for file in files:
        for record in tf.data.TFRecordDataset(str(file)).as_numpy_iterator():
            event = Event.FromString(record)
            for entry in event.summary.value:
                kind = entry.metadata.plugin_data.plugin_name
                value = float(tf.make_ndarray(entry.tensor)) if kind == "scalars" else float("nan")
                rows.append((file.parent.relative_to(folder).as_posix(), entry.tag, event.step, kind, value))
    return pd.DataFrame(rows, columns=["run", "tag", "step", "kind", "value"])
