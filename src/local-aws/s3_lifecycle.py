"""When an object will expire by the bucket's lifecycle rules, as S3 tells it in x-amz-expiration.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from moto.s3.models import FakeBucket, FakeKey, LifecycleRule, s3_backends

from wire import Answer, Call

TELLS = ("PutObject", "GetObject", "HeadObject", "CopyObject", "CompleteMultipartUpload")


def told(call: Call, bucket: FakeBucket, stored: FakeKey, answer: Answer) -> Answer:
    """The answer with the earliest date on which a rule deletes the current version, and that rule."""
    if call.operation not in TELLS or "versionId" in call.arguments:
        return answer
    expiries = [(when, rule.id) for rule in bucket.rules if (when := _expires(rule, stored)) is not None]
    if not expiries:
        return answer
    when, rule_id = min(expiries)
    date = when.strftime("%a, %d %b %Y %H:%M:%S GMT")
    told_so = f'expiry-date="{date}", rule-id="{quote(str(rule_id))}"'
    return dataclasses.replace(answer, headers=(*answer.headers, ("x-amz-expiration", told_so)))


def _expires(rule: LifecycleRule, stored: FakeKey) -> datetime | None:
    if rule.status != "Enabled" or not _applies(rule, stored):
        return None
    if rule.expiration_date:
        return datetime.fromisoformat(str(rule.expiration_date).replace("Z", "+00:00")).astimezone(UTC)
    if not rule.expiration_days:
        return None
    made = stored.last_modified if stored.last_modified.tzinfo else stored.last_modified.replace(tzinfo=UTC)
    due = made + timedelta(days=int(rule.expiration_days))
    midnight = due.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight if due == midnight else midnight + timedelta(days=1)


def _applies(rule: LifecycleRule, stored: FakeKey) -> bool:
    """By the key's start, the tags and, in rules of today, nothing else that moto keeps."""
    chosen: Any = rule.filter
    prefixes, tags = [rule.prefix], []
    if chosen is not None:
        both = chosen.and_filter
        prefixes += [chosen.prefix, both.prefix if both else None]
        tags = [(chosen.tag_key, chosen.tag_value)] if chosen.tag_key else []
        tags += list(both.tags.items()) if both else []
    backend = s3_backends[stored.account_id]["aws"]
    has = {(tag["Key"], tag["Value"]) for tag in backend.get_object_tagging(stored)["Tags"]}
    return all(stored.name.startswith(prefix or "") for prefix in prefixes) and set(tags) <= has
