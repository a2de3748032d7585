"""Texts that say nearly the same, the obvious way: sets of words, and every pair of texts compared."""

import itertools
import re
import unicodedata


def words(text):
    """Words without case, accents, invisible marks, links and names after @; for alphabets that put blanks."""
    text = re.sub(r"(?i)(?<!\w)(?:https?:|www\.)\S+", " ", text)
    text = re.sub(r"(?<!\w)@[A-Za-z0-9_]*", " ", text)
    plain = unicodedata.normalize("NFKD", text).casefold()
    seen = (c for c in plain if unicodedata.combining(c) < 200 and unicodedata.category(c) != "Cf")
    return re.findall(r"[^\W_]+", "".join(seen))


def parts(text):
    """Words and pairs of neighbouring words."""
    found = words(text)
    return {(word,) for word in found} | set(itertools.pairwise(found))


def in_common(one, other):
    """Jaccard index of two sets."""
    return len(one & other) / len(one | other) if one or other else 0.0


def near_pairs(texts, least):
    """All pairs of places whose texts have so much in common, and how much."""
    sets = [parts(text) for text in texts]
    pairs = {(i, j): in_common(sets[i], sets[j]) for i, j in itertools.combinations(range(len(sets)), 2)}
    return {pair: alike for pair, alike in pairs.items() if alike >= least}


def leaders(texts, near, least):
    """For each text the leader of the earlier one that it is nearest to, the earliest of several; or itself."""
    sets, found = [parts(text) for text in texts], []
    for place, one in enumerate(sets):
        best, most = place, near
        for earlier in range(place):
            alike = in_common(one, sets[earlier])
            is_more = alike > most or (alike == most and best == place)
            if is_more and (found[earlier] == earlier or in_common(one, sets[found[earlier]]) >= least):
                best, most = earlier, alike
        found.append(place if best == place else found[best])
    return found
