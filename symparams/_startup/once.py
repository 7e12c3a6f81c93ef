"""Values computed once. ``functools`` has both decorators, but importing it takes a fifth of a start."""

from __future__ import annotations

__all__ = ["cache", "cached_property"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from functools import cache, cached_property
else:

    class cached_property:
        """An attribute that is computed when it is first used."""

        def __init__(self, function):
            self.function, self.__doc__ = function, function.__doc__

        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, thing, owner=None):
            if thing is None:
                return self
            value = vars(thing)[self.name] = self.function(thing)
            return value

    def cache(function):
        """A function of hashable arguments that computes each result once."""
        answers = {}

        def asked(*arguments):
            if arguments not in answers:
                answers[arguments] = function(*arguments)
            return answers[arguments]

        asked.__name__, asked.__qualname__, asked.__module__ = function.__name__, function.__qualname__, function.__module__
        asked.__doc__, asked.__wrapped__ = function.__doc__, function
        return asked
