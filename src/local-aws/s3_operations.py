"""The S3 operation of a request and the permission that it needs, by method and sub-resource.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
"""

from __future__ import annotations

from wire import Call

#: A browser's question whether a page may send a request; no SDK has a name for it.
PREFLIGHT = "PreflightRequest"

#: sub-resource -> method -> (operation, action); the first sub-resource in the URL decides.
BUCKET: dict[str, dict[str, tuple[str, str]]] = {
    "accelerate": {
        "GET": ("GetBucketAccelerateConfiguration", "GetAccelerateConfiguration"),
        "PUT": ("PutBucketAccelerateConfiguration", "PutAccelerateConfiguration"),
    },
    "acl": {"GET": ("GetBucketAcl", "GetBucketAcl"), "PUT": ("PutBucketAcl", "PutBucketAcl")},
    "cors": {
        "GET": ("GetBucketCors", "GetBucketCORS"),
        "PUT": ("PutBucketCors", "PutBucketCORS"),
        "DELETE": ("DeleteBucketCors", "PutBucketCORS"),
    },
    "delete": {"POST": ("DeleteObjects", "DeleteObject")},
    "encryption": {
        "GET": ("GetBucketEncryption", "GetEncryptionConfiguration"),
        "PUT": ("PutBucketEncryption", "PutEncryptionConfiguration"),
        "DELETE": ("DeleteBucketEncryption", "PutEncryptionConfiguration"),
    },
    "inventory": {
        "GET": ("GetBucketInventoryConfiguration", "GetInventoryConfiguration"),
        "PUT": ("PutBucketInventoryConfiguration", "PutInventoryConfiguration"),
    },
    "lifecycle": {
        "GET": ("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
        "PUT": ("PutBucketLifecycleConfiguration", "PutLifecycleConfiguration"),
        "DELETE": ("DeleteBucketLifecycle", "PutLifecycleConfiguration"),
    },
    "location": {"GET": ("GetBucketLocation", "GetBucketLocation")},
    "logging": {"GET": ("GetBucketLogging", "GetBucketLogging"), "PUT": ("PutBucketLogging", "PutBucketLogging")},
    "notification": {
        "GET": ("GetBucketNotificationConfiguration", "GetBucketNotification"),
        "PUT": ("PutBucketNotificationConfiguration", "PutBucketNotification"),
    },
    "object-lock": {
        "GET": ("GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"),
        "PUT": ("PutObjectLockConfiguration", "PutBucketObjectLockConfiguration"),
    },
    "ownershipControls": {
        "GET": ("GetBucketOwnershipControls", "GetBucketOwnershipControls"),
        "PUT": ("PutBucketOwnershipControls", "PutBucketOwnershipControls"),
        "DELETE": ("DeleteBucketOwnershipControls", "PutBucketOwnershipControls"),
    },
    "policy": {
        "GET": ("GetBucketPolicy", "GetBucketPolicy"),
        "PUT": ("PutBucketPolicy", "PutBucketPolicy"),
        "DELETE": ("DeleteBucketPolicy", "DeleteBucketPolicy"),
    },
    "policyStatus": {"GET": ("GetBucketPolicyStatus", "GetBucketPolicyStatus")},
    "publicAccessBlock": {
        "GET": ("GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
        "PUT": ("PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
        "DELETE": ("DeletePublicAccessBlock", "PutBucketPublicAccessBlock"),
    },
    "replication": {
        "GET": ("GetBucketReplication", "GetReplicationConfiguration"),
        "PUT": ("PutBucketReplication", "PutReplicationConfiguration"),
        "DELETE": ("DeleteBucketReplication", "PutReplicationConfiguration"),
    },
    "requestPayment": {
        "GET": ("GetBucketRequestPayment", "GetBucketRequestPayment"),
        "PUT": ("PutBucketRequestPayment", "PutBucketRequestPayment"),
    },
    "tagging": {
        "GET": ("GetBucketTagging", "GetBucketTagging"),
        "PUT": ("PutBucketTagging", "PutBucketTagging"),
        "DELETE": ("DeleteBucketTagging", "PutBucketTagging"),
    },
    "uploads": {"GET": ("ListMultipartUploads", "ListBucketMultipartUploads")},
    "versioning": {"GET": ("GetBucketVersioning", "GetBucketVersioning"), "PUT": ("PutBucketVersioning", "PutBucketVersioning")},
    "versions": {"GET": ("ListObjectVersions", "ListBucketVersions")},
    "website": {
        "GET": ("GetBucketWebsite", "GetBucketWebsite"),
        "PUT": ("PutBucketWebsite", "PutBucketWebsite"),
        "DELETE": ("DeleteBucketWebsite", "DeleteBucketWebsite"),
    },
    "": {
        "HEAD": ("HeadBucket", "ListBucket"),
        "GET": ("ListObjects", "ListBucket"),
        "PUT": ("CreateBucket", "CreateBucket"),
        "DELETE": ("DeleteBucket", "DeleteBucket"),
        "POST": ("PostObject", "PutObject"),
    },
}
OBJECT: dict[str, dict[str, tuple[str, str]]] = {
    "acl": {"GET": ("GetObjectAcl", "GetObjectAcl"), "PUT": ("PutObjectAcl", "PutObjectAcl")},
    "attributes": {"GET": ("GetObjectAttributes", "GetObjectAttributes")},
    "legal-hold": {"GET": ("GetObjectLegalHold", "GetObjectLegalHold"), "PUT": ("PutObjectLegalHold", "PutObjectLegalHold")},
    "restore": {"POST": ("RestoreObject", "RestoreObject")},
    "retention": {"GET": ("GetObjectRetention", "GetObjectRetention"), "PUT": ("PutObjectRetention", "PutObjectRetention")},
    "select": {"POST": ("SelectObjectContent", "GetObject")},
    "tagging": {
        "GET": ("GetObjectTagging", "GetObjectTagging"),
        "PUT": ("PutObjectTagging", "PutObjectTagging"),
        "DELETE": ("DeleteObjectTagging", "DeleteObjectTagging"),
    },
    "uploadId": {
        "GET": ("ListParts", "ListMultipartUploadParts"),
        "PUT": ("UploadPart", "PutObject"),
        "POST": ("CompleteMultipartUpload", "PutObject"),
        "DELETE": ("AbortMultipartUpload", "AbortMultipartUpload"),
    },
    "uploads": {"POST": ("CreateMultipartUpload", "PutObject")},
    "": {
        "HEAD": ("HeadObject", "GetObject"),
        "GET": ("GetObject", "GetObject"),
        "PUT": ("PutObject", "PutObject"),
        "DELETE": ("DeleteObject", "DeleteObject"),
    },
}
#: Action -> the action that is needed instead if the request names a version.
VERSIONED = {
    "GetObject": "GetObjectVersion",
    "GetObjectAcl": "GetObjectVersionAcl",
    "GetObjectTagging": "GetObjectVersionTagging",
    "GetObjectAttributes": "GetObjectVersionAttributes",
    "PutObjectAcl": "PutObjectVersionAcl",
    "PutObjectTagging": "PutObjectVersionTagging",
    "DeleteObject": "DeleteObjectVersion",
    "DeleteObjectTagging": "DeleteObjectVersionTagging",
}


def _entry(call: Call) -> tuple[str, str] | None:
    if not call.bucket:
        return ("ListBuckets", "ListAllMyBuckets") if call.method == "GET" else None
    table = OBJECT if call.key else BUCKET
    sub = next((s for s in table if s and s in call.arguments), "")
    return table[sub].get(call.method)


def name(call: Call) -> str:
    if call.method == "OPTIONS":
        return PREFLIGHT
    operation = (_entry(call) or ("", ""))[0]
    if operation == "ListObjects" and call.arguments.get("list-type") == "2":
        return "ListObjectsV2"
    if operation in ("PutObject", "UploadPart") and "x-amz-copy-source" in call.headers:
        return {"PutObject": "CopyObject", "UploadPart": "UploadPartCopy"}[operation]
    return operation


def permission(call: Call) -> str | None:
    """The action that the operation needs, such as s3:ListBucket; None if there is no such operation."""
    entry = _entry(call)
    if entry is None:
        return None
    action = entry[1]
    if call.key and "versionId" in call.arguments:
        action = VERSIONED.get(action, action)
    return f"s3:{action}"
