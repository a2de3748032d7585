"""ascendant: who moves whom on Facebook, X and LinkedIn, with evidence and doubt.

>>> import ascendant
>>> ascendant.__all__
['Caveat', 'Question', 'ReadOptions', 'Study', '__version__', 'brief', 'mirror']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["Caveat", "Question", "ReadOptions", "Study", "__version__", "brief", "mirror"]

if TYPE_CHECKING:
    from ascendant.errors import Caveat
    from ascendant.read.options import ReadOptions
    from ascendant.store.options import Question
    from ascendant.study import Study, brief
    from ascendant.study.mirror import mirror

_HOMES = {
    "Caveat": "ascendant.errors",
    "Question": "ascendant.store.options",
    "ReadOptions": "ascendant.read.options",
    "Study": "ascendant.study",
    "brief": "ascendant.study",
    "mirror": "ascendant.study.mirror",
}


def __getattr__(name: str) -> object:  # public names are loaded when they are used: `import ascendant` stays light
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  loaded when used

    return getattr(import_module(_HOMES[name]), name)
