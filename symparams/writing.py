"""Writing a file whole, or not at all."""

from __future__ import annotations

import os

from .errors import SettingError, brief


def write_whole(path: object, text: str) -> None:
    """Writes a file whole or not at all: whoever looks sees the old text or the new one, never half of it.

    Raises :class:`SettingError` where it cannot be written; what stood there before is untouched then.
    """
    if not (isinstance(path, str | os.PathLike) and os.fspath(path)):
        raise SettingError(f"a file is named by its path, such as 'lstm.tex', not {brief(path)}")
    try:
        place = os.path.realpath(path)
        unfinished = f"{place}.{os.getpid()}.tmp"
        if os.path.exists(place) and not os.path.isfile(place):  # such as /dev/stdout: there is nothing to keep
            with open(place, "w", encoding="utf-8") as device:
                device.write(text)
            return
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
