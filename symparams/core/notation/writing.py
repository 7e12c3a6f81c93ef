"""Writing a file whole, or not at all."""

from __future__ import annotations

import os

from ...errors import SettingError, brief


def write_whole(path: object, text: str) -> None:
    """Writes a file whole or not at all: whoever looks sees the old text or the new one, never half of it.

    Raises :class:`SettingError` where it cannot be written; what stood there before is untouched then.
    """
    if not (isinstance(path, str | os.PathLike) and os.fspath(path)):
        raise SettingError(f"a file is named by its path, such as 'lstm.tex', not {brief(path)}")
    try:
        if os.path.exists(path) and not os.path.isfile(path):  # such as /dev/stdout: there is nothing to keep
            with open(path, "w", encoding="utf-8") as device:
                device.write(text)
            return
        place = os.path.realpath(path)
        unfinished = f"{place}.{os.getpid()}.tmp"
        try:
            with open(unfinished, "x", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            if os.path.exists(place):
                os.chmod(unfinished, os.stat(place).st_mode & 0o777)
            os.replace(unfinished, place)
        except BaseException:
            if os.path.exists(unfinished):
                os.unlink(unfinished)
            raise
    except (OSError, ValueError) as error:  # ValueError: a null byte in the path
        raise SettingError(f"cannot write {os.fspath(path)!r}: {getattr(error, 'strerror', None) or error}") from error
