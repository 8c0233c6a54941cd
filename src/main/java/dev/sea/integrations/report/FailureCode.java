package dev.sea.integrations.report;

/** Why a call to AWS did not do what it was made for. The names are stable, and part of the API. */
public enum FailureCode {
    /** The role's trust policy does not let SEA in, or the role does not exist: STS tells these apart for nobody. */
    TRUST_POLICY_DENIED(Nature.DENIAL),
    EXTERNAL_ID_NOT_ENFORCED(Nature.FAULT),
    IDENTITY_POLICY_MISSING(Nature.DENIAL),
    PERMISSIONS_BOUNDARY_DENIED(Nature.DENIAL),
    SERVICE_CONTROL_POLICY_DENIED(Nature.DENIAL),
    /** An explicit deny in an identity policy. */
    EXPLICIT_DENY(Nature.DENIAL),
    /** An explicit deny in the bucket policy; or no allow there, which S3 tells within an organization only. */
    BUCKET_POLICY_DENIED(Nature.DENIAL),
    /** A denial of which AWS tells no more. */
    ACCESS_DENIED(Nature.DENIAL),
    /** By a policy of whoever calls. */
    KMS_DENIED(Nature.DENIAL),
    /** By the key's policy; across accounts also where there is no such key. */
    KMS_KEY_POLICY_DENIED(Nature.DENIAL),
    /** Disabled, or waiting for its deletion. */
    KMS_KEY_UNUSABLE(Nature.FAULT),
    NO_SUCH_BUCKET(Nature.FAULT),
    WRONG_REGION(Nature.FAULT),
    WRONG_OWNER(Nature.FAULT),
    INVALID_ACCESS_KEY(Nature.FAULT),
    SIGNATURE_MISMATCH(Nature.FAULT),
    /** The role or key belongs to the account that SEA itself runs in. */
    OWN_ACCOUNT(Nature.FAULT),
    STS_REGION_DISABLED(Nature.FAULT),
    /** Stored keys that may do more than SEA needs: a warning. */
    MORE_THAN_NEEDED(Nature.FAULT),
    /** Our own session policy cut what the role allows: a bug of ours. */
    SESSION_POLICY_DENIED(Nature.FAULT),
    THROTTLED(Nature.UNKNOWN),
    TIMED_OUT(Nature.UNKNOWN),
    AWS_UNAVAILABLE(Nature.UNKNOWN),
    UNEXPECTED_ANSWER(Nature.UNKNOWN);

    /** What a failure of this code teaches. */
    public enum Nature {
        /** A role or policy refuses: may mend itself while IAM spreads a change. */
        DENIAL,
        /** Waiting cannot mend it. */
        FAULT,
        /** Nothing was learned. */
        UNKNOWN
    }

    private final Nature nature;

    FailureCode(Nature nature) {
        this.nature = nature;
    }

    public Nature nature() {
        return nature;
    }
}
