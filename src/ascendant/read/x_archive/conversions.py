"""What the owner did elsewhere, as advertisers told X -> rows. Times have no zone: UTC is assumed."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ascendant.activity import Activity, Ad, content_id
from ascendant.read.x_archive.ads import each_in
from ascendant.read.x_archive.records_ads import AdLine, Conversion
from ascendant.read.x_archive.story import UNKNOWN_RECORD, Item, Owner, Place, moment
from ascendant.read.x_posts.refusals import Refused


class Conversions:
    """What the owner did elsewhere, as advertisers told X."""

    decoder: msgspec.json.Decoder[AdLine] = msgspec.json.Decoder(AdLine)
    _conversion: msgspec.json.Decoder[Conversion] = msgspec.json.Decoder(Conversion)

    def __init__(self, owner: Owner) -> None:
        self._owner = owner

    def records(self, line: AdLine, place: Place) -> Iterator[Item]:
        """What a group tells."""
        if line.ad is None or line.ad.ads_user_data is None:
            raise Refused(UNKNOWN_RECORD)
        for group in line.ad.ads_user_data.values():
            yield from each_in(group.conversions, self._conversion, place, self._tracked)

    def note(self) -> str | None:
        """Nothing is to be said."""
        return None

    def _tracked(self, conversion: Conversion, place: Place) -> Iterator[Item]:
        payer = conversion.advertiser_info
        actor = self._owner.account(None, payer.screen_name) if payer is not None else None
        name = (payer.advertiser_name if payer is not None else None) or conversion.application_name or None
        what = conversion.event_type or conversion.conversion_event or None
        happened_at, basis, precision = moment(conversion.conversion_time)
        missing = (() if actor is not None else ("actor_id",)) + (() if happened_at is not None else ("happened_at",))
        yield Activity(
            activity_id=content_id("x", "tracked", self._owner.key, happened_at, what, name, conversion.conversion_url),
            platform="x",
            verb="tracked",
            direction="about_me",
            actor_id=actor,
            object_id=self._owner.key,
            object_kind="event",
            happened_at=happened_at,
            time_basis=basis,
            time_precision=precision,
            text=what,
            urls=(conversion.conversion_url,) if conversion.conversion_url else None,
            ad=Ad(advertiser=name),
            text_repaired=place.is_repaired,
            collected_at=self._owner.collected_at,
            missing=missing or None,
            source_file=place.file,
            source_pointer=place.pointer,
        )
