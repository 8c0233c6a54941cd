package dev.sea.integrations.policy;

/** A permission that SEA needs, named as in a policy. */
public enum NeededAction {
    LIST_BUCKET("s3:ListBucket", On.BUCKET),
    PUT_OBJECT("s3:PutObject", On.OBJECTS),
    GET_OBJECT("s3:GetObject", On.OBJECTS),
    /** Needed for session metadata only. */
    GET_OBJECT_TAGGING("s3:GetObjectTagging", On.OBJECTS),
    ENCRYPT("kms:Encrypt", On.KEY),
    DECRYPT("kms:Decrypt", On.KEY),
    GENERATE_DATA_KEY("kms:GenerateDataKey", On.KEY);

    /** The kind of resource that an action is granted on. Granting a bucket's action on an object's ARN has no effect. */
    enum On {
        BUCKET,
        OBJECTS,
        KEY
    }

    private final String id;
    private final On on;

    NeededAction(String id, On on) {
        this.id = id;
        this.on = on;
    }

    /** As in a policy, such as {@code s3:PutObject}. */
    public String id() {
        return id;
    }

    On on() {
        return on;
    }

    @Override
    public String toString() {
        return id;
    }
}
