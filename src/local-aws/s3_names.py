"""Names in an account's own namespace: only that account can create such a bucket, in the Region that the name says.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html#account-regional-naming-rules
"""

from __future__ import annotations

import re

from errors import AwsError
from wire import Call

HEADER = "x-amz-bucket-namespace"
_REGIONAL = re.compile(r".+-\d{12}-[a-z]{2,4}(-[a-z]+)+-\d+-an")


def check(call: Call, account: str) -> None:
    """Raises S3's error if CreateBucket may not use this name. S3 sends these codes; its documents do not list them."""
    where = re.search(rb"<LocationConstraint>(.*?)</LocationConstraint>", call.body)
    suffix = f"-{account}-{where[1].decode() if where else call.region}-an"
    if call.headers.get(HEADER) == "account-regional":
        if not call.bucket.endswith(suffix) or call.bucket == suffix:
            raise AwsError(
                400,
                "InvalidNamespaceHeader",
                "The requested bucket name did not include the account-regional namespace suffix, but the provided "
                f"{HEADER} header value is account-regional. Specify {suffix} as the bucket name suffix to create a bucket in "
                "your account-regional namespace, or remove the header.",
            )
    elif _REGIONAL.fullmatch(call.bucket):
        raise AwsError(
            400,
            "MissingNamespaceHeader",
            "The requested bucket is an account-regional namespace bucket, but your request is missing the required "
            f"{HEADER} header.",
            {"Header": HEADER},
        )
    elif call.bucket.endswith("-an"):
        raise AwsError(400, "InvalidBucketName", "The specified bucket is not valid.", {"BucketName": call.bucket})
