package dev.sea.integrations.policy;

/** A permission that SEA's workflows need, named as in a policy. */
public enum NeededAction {
    LIST_BUCKET("s3:ListBucket", On.BUCKET),
    PUT_OBJECT("s3:PutObject", On.OBJECTS),
    GET_OBJECT("s3:GetObject", On.OBJECTS),
    /** For session metadata only. */
    GET_OBJECT_TAGGING("s3:GetObjectTagging", On.OBJECTS),
    ENCRYPT("kms:Encrypt", On.KEY),
    DECRYPT("kms:Decrypt", On.KEY),
    GENERATE_DATA_KEY("kms:GenerateDataKey", On.KEY);

    /** The kind of resource that an action is granted on: an object's ARN grants nothing for the bucket's actions. */
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
