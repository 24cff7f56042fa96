"""Asks a policy that Byelaw compiled: may I do this?

In: the bytes that `byelaw build` writes, and questions as dicts or as JSON text. Out: whether it is allowed, or decisions
as dicts or as JSON text, the same bytes that the command line writes.
Never here: what a rule means, or an exception for something wrong with a question.
"""

import ctypes
import json
import math
import os

__all__ = ["NotAPolicy", "Policy"]

_LONGEST = 1 << 20
_DEEPEST = 128


def _library():
    """The C library that lies beside this file, with the types of its functions."""
    here = os.path.dirname(os.path.abspath(__file__))
    names = ("libbyelaw_c.so", "libbyelaw_c.dylib", "byelaw_c.dll")
    found = [path for path in (os.path.join(here, name) for name in names) if os.path.exists(path)]
    if not found:
        raise ImportError(f"the package is not whole: none of {', '.join(names)} lies in {here}")
    library = ctypes.CDLL(found[0])
    pointer, size = ctypes.c_void_p, ctypes.c_size_t
    told = ctypes.POINTER(pointer)
    for name, result, *parameters in (
        ("byelaw_load", pointer, ctypes.c_char_p, size, told),
        ("byelaw_allows", ctypes.c_bool, pointer, ctypes.c_char_p, size, told),
        ("byelaw_decide", pointer, pointer, ctypes.c_char_p, size),
        ("byelaw_vocabulary", pointer, pointer),
        ("byelaw_policy_free", None, pointer),
        ("byelaw_text_data", pointer, pointer),
        ("byelaw_text_len", size, pointer),
        ("byelaw_text_free", None, pointer),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, parameters
    return library


_C = _library()


def _taken(text):
    """The text that the library gave, which it gets back."""
    try:
        return ctypes.string_at(_C.byelaw_text_data(text), _C.byelaw_text_len(text)).decode("utf-8")
    finally:
        _C.byelaw_text_free(text)


class NotAPolicy(ValueError):
    """The bytes are no compiled policy, or are damaged."""


class Policy:
    """A policy that answers questions. It never changes: threads may share it."""

    __slots__ = ("_policy",)

    def __init__(self, policy):
        """Loads a compiled policy from its bytes; raises `NotAPolicy` if they are none."""
        self._policy = None
        data, why = bytes(memoryview(policy)), ctypes.c_void_p()
        self._policy = _C.byelaw_load(data, len(data), ctypes.byref(why))
        if not self._policy:
            raise NotAPolicy(_taken(why) if why else "the policy could not be loaded")

    def __del__(self):
        if getattr(self, "_policy", None):
            _C.byelaw_policy_free(self._policy)
            self._policy = None

    def allows(self, question):
        """Whether what is asked is allowed without any condition. False for everything else, an error too.

        Whoever enforces uses only this."""
        try:
            text = _written(question)
        except _Refused:
            return False
        return _C.byelaw_allows(self._policy, text, len(text), None) is True

    def decide(self, question):
        """The decision on a question, or `{"error": ...}` with what is wrong with it."""
        try:
            text = _written(question)
        except _Refused as refused:
            return {"error": refused.error}
        return json.loads(_taken(_C.byelaw_decide(self._policy, text, len(text))))

    def decide_json(self, question):
        """The same as text: JSON in, JSON out."""
        try:
            text = _bytes(question)
        except _Refused as refused:
            return json.dumps({"error": refused.error}, separators=(",", ":"))
        return _taken(_C.byelaw_decide(self._policy, text, len(text)))

    def vocabulary(self):
        """Every word that a question may use."""
        return json.loads(_taken(_C.byelaw_vocabulary(self._policy)))


class _Refused(Exception):
    """A value that is no question."""

    def __init__(self, code, message, at=""):
        super().__init__(message)
        self.error = {"code": code, "message": message, **({"at": at} if at else {})}


def _bytes(question):
    if not isinstance(question, str):
        raise _Refused("type", "a question is a text in JSON")
    try:
        return _short(question.encode("utf-8"))
    except UnicodeEncodeError:
        raise _Refused("json", "the text has half a character (a lone surrogate) in it") from None


def _short(text):
    if len(text) > _LONGEST:
        raise _Refused("too_many", f"a question may be at most {_LONGEST} bytes long")
    return text


def _written(question):
    """A question as JSON in UTF-8.

    `json` alone would write another question than the caller meant: a key that is a number becomes a text, and NaN
    becomes something that is no JSON. Here whatever is not plain is refused, by its place."""
    left = [_LONGEST]
    try:
        plain = _plain(question, "", 0, left)
    except _Refused:
        raise
    except Exception:
        raise _Refused("type", "the question could not be read: something in it raised an error") from None
    return _short(json.dumps(plain, allow_nan=False, separators=(",", ":")).encode("ascii"))


def _plain(value, at, deep, left):
    # One value in many places is written many times: what counts is how much is written.
    left[0] -= 1
    if left[0] < 0:
        raise _Refused("too_many", f"a question may be at most {_LONGEST} bytes long")
    kind = type(value)
    if value is None or kind in (bool, int, str):
        return value
    if kind is float:
        if math.isfinite(value):
            return value
        raise _Refused("type", "this number is not finite", at)
    if kind not in (dict, list, tuple):
        raise _Refused("type", f"a value of the type `{kind.__name__}` cannot be said in JSON; what is not known is None", at)
    if deep >= _DEEPEST:
        raise _Refused("json", f"its brackets stand more than {_DEEPEST} deep")
    if kind is not dict:
        return [_plain(item, f"{at}[{place}]", deep + 1, left) for place, item in enumerate(value)]
    if any(type(key) is not str for key in value):
        raise _Refused("type", "each key is a text", at)
    return {key: _plain(item, f"{at}.{key}" if at else key, deep + 1, left) for key, item in value.items()}
