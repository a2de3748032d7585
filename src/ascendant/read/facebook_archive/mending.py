"""Text as Facebook's JSON spells it -> text: its UTF-8 bytes stand there as if each were a sign of Latin-1.

Good text comes through unchanged, and so does good text beside bad; a sign that was cut in its middle is left out.
Pages in HTML spell correctly and must never be put through this.
"""

from __future__ import annotations

import re
from typing import Final

import ftfy

# A sign of several bytes, and what is left of one at the end or at the beginning of a text that was cut.
_SIGN: Final = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CUT_END: Final = re.compile("(?:[\xc2-\xf4]|[\xe0-\xf4][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})$")
_CUT_START: Final = re.compile("^[\x80-\xbf]{1,3}")
# No text holds these; they show that a lone half of a sign is no letter of the text.
_NEVER_TEXT: Final = re.compile("[\x80-\x9f]")


def mended(text: str) -> str:
    """The text that was meant.

    >>> mended("Ã\\x89picerie Ã\\xa0 LiÃ¨ge ð\\x9f\\x98\\x82"), mended("déjà vu"), mended("voilà")
    ('Épicerie à Liège 😂', 'déjà vu', 'voilà')
    >>> mended("“Voilà”, dit-elle : cafÃ©"), mended("TrÃ¨s bien ð\\x9f\\x98"), mended("caf\\xc3")
    ('“Voilà”, dit-elle : café', 'Très bien ', 'cafÃ')
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeEncodeError:
        pass  # beside signs that no byte can be
    except UnicodeDecodeError:
        whole = _uncut(text)
        if whole is text:
            return text
        try:
            return whole.encode("latin-1").decode("utf-8")
        except UnicodeDecodeError:
            return text
    if _SIGN.search(text) is None:
        return text
    fixed: str = ftfy.fix_encoding(_uncut(text))
    return fixed


def _uncut(text: str) -> str:
    """The text without halves of signs at its ends; the very same text where these may be letters."""
    end, start = _CUT_END.search(text), _CUT_START.match(text)
    if end is None and start is None:
        return text
    if _SIGN.search(text) is None and _NEVER_TEXT.search(text) is None:
        return text
    return text[start.end() if start else 0 : end.start() if end else None]
