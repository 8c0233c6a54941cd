package dev.sea.integrations.report;

/** Why a call to AWS failed. The names are part of the API and never change. */
public enum FailureCode {
    /** The role's trust policy does not let SEA in, or the role does not exist. STS does not say which. */
    TRUST_POLICY_DENIED(Nature.DENIAL),
    /** The role's trust policy lets SEA in without the integration's external ID. */
    EXTERNAL_ID_NOT_ENFORCED(Nature.FAULT),
    /** No identity policy of the principal allows the action. */
    IDENTITY_POLICY_MISSING(Nature.DENIAL),
    PERMISSIONS_BOUNDARY_DENIED(Nature.DENIAL),
    SERVICE_CONTROL_POLICY_DENIED(Nature.DENIAL),
    /** An explicit deny in an identity policy. */
    EXPLICIT_DENY(Nature.DENIAL),
    /** An explicit deny in the bucket policy; or no allow there, which S3 says only within one organization. */
    BUCKET_POLICY_DENIED(Nature.DENIAL),
    /** A denial that AWS says no more about. */
    ACCESS_DENIED(Nature.DENIAL),
    /** A policy of the caller denies the use of the key, or AWS does not say which policy does. */
    KMS_DENIED(Nature.DENIAL),
    /** The key's policy denies its use. Across accounts, KMS answers the same if the key does not exist. */
    KMS_KEY_POLICY_DENIED(Nature.DENIAL),
    /** The key is disabled, pending deletion, or not of a kind that S3 can use. */
    KMS_KEY_UNUSABLE(Nature.FAULT),
    NO_SUCH_BUCKET(Nature.FAULT),
    WRONG_REGION(Nature.FAULT),
    WRONG_OWNER(Nature.FAULT),
    /** AWS knows no such active access key. It does not know one either that was made a moment ago. */
    INVALID_ACCESS_KEY(Nature.DENIAL),
    SIGNATURE_MISMATCH(Nature.FAULT),
    /** The role or key belongs to the account that SEA itself runs in. */
    OWN_ACCOUNT(Nature.FAULT),
    /** The account has not activated STS in the region. */
    STS_REGION_DISABLED(Nature.FAULT),
    /** A stored access key may do more than SEA needs. Only ever a warning. */
    MORE_THAN_NEEDED(Nature.FAULT),
    /** Somebody who knows the customer could guess the external ID. Only ever a warning. */
    GUESSABLE_EXTERNAL_ID(Nature.FAULT),
    /** What was recorded at an earlier target cannot be read. Only ever a warning. */
    EARLIER_RECORDINGS_UNREACHABLE(Nature.FAULT),
    /** Our own session policy denies the call. A bug in SEA, which tells nothing about the customer's set-up. */
    SESSION_POLICY_DENIED(Nature.UNKNOWN),
    /** SEA's own role, permissions or session failed. Tells nothing about the customer's set-up. */
    SERVICE_FAULT(Nature.UNKNOWN),
    /** SEA has lost the stored access key. That says nothing about the customer's set-up, and nothing can be learned of it. */
    STORED_KEY_GONE(Nature.UNKNOWN),
    THROTTLED(Nature.UNKNOWN),
    TIMED_OUT(Nature.UNKNOWN),
    AWS_UNAVAILABLE(Nature.UNKNOWN),
    /** The answer is not one that AWS gives to this call. */
    UNEXPECTED_ANSWER(Nature.UNKNOWN);

    /** What a failure tells. */
    public enum Nature {
        /**
         * A role or policy denies the call, or AWS does not know the access key. It may pass later, while IAM spreads a change.
         */
        DENIAL,
        /** Something is wrong, and waiting does not help. */
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

    /** Whether the fault is in SEA: the operator hears of it, and the customer is not blamed. */
    public boolean isOurs() {
        return this == SERVICE_FAULT || this == SESSION_POLICY_DENIED || this == STORED_KEY_GONE;
    }
}
